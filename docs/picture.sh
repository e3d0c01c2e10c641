#!/bin/sh
# Makes docs/report.png, the picture of the README, from a real result.
#   docs/picture.sh RESULT_DIR [RESULT_DIR ...]
# With no folder the comparison of the README is run first: 40 runs, some minutes. SHANHAI names the program.
set -eu
docs=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$docs/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -z "${SHANHAI:-}" ]; then
  (cd "$root" && cargo build --release --quiet)
  SHANHAI=${CARGO_TARGET_DIR:-$root/target}/release/shanhai
fi
(cd "$root/tests/browser" && npm ci --no-audit --no-fund --silent)
if [ $# -eq 0 ]; then
  "$SHANHAI" compare "$root/scenarios/zhejiang/common_prosperity.toml" --replicates 20 --persons-per-agent 200 \
    --out "$work/comparison" >/dev/null
  set -- "$work/comparison"
fi
"$SHANHAI" report "$@" --out "$work/report.html"
node "$root/tests/browser/picture.mjs" "$work/report.html" "$docs/report.png"
