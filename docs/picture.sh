#!/bin/sh
# Makes docs/report.png, the picture of the README, from a real result.
#   docs/picture.sh RESULT_DIR [RESULT_DIR ...]
# With no folder three replicates of Zhejiang are run first. SHANHAI names the program.
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
  for replicate in 0 1 2; do
    "$SHANHAI" run "$root/scenarios/zhejiang/baseline.toml" --quiet --out "$work/$replicate" \
      --set run.persons_per_agent=100 --set run.replicate=$replicate
  done
  set -- "$work/0" "$work/1" "$work/2"
fi
"$SHANHAI" report "$@" --out "$work/report.html"
node "$root/tests/browser/picture.mjs" "$work/report.html" "$docs/report.png"
