# What the scripts beside this file need: sourced with the packages wanted in $missing, so that what is missing comes
# from the packages of the distribution; then the modules that package-lock.json pins.
command -v node >/dev/null || missing="$missing nodejs"
command -v npm >/dev/null || missing="$missing npm"
if [ -n "$missing" ]; then
  command -v apt-get >/dev/null || { echo "$0 needs:$missing" >&2; exit 1; }
  apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi
(cd "$here" && npm ci --no-audit --no-fund --silent)
