#!/bin/sh
# Makes reports of real and invented results and holds them to their promises in a real browser.
#   tests/browser/run.sh [PICTURES]     pictures of every page go to that folder
# SHANHAI names the program (built if not given); SLOWER=3 allows a slow machine three times the load time.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

CHROMIUM=${CHROMIUM:-/usr/bin/chromium}
# The Chinese font comes from the distribution also beside a browser of one's own.
missing=
[ -x "$CHROMIUM" ] || missing="$missing chromium"
fc-list :lang=zh 2>/dev/null | grep -q . || missing="$missing fontconfig fonts-noto-cjk"
export CHROMIUM
. "$here/tools.sh"

if [ -z "${SHANHAI:-}" ]; then
  (cd "$root" && cargo build --release --quiet)
  SHANHAI=${CARGO_TARGET_DIR:-$root/target}/release/shanhai
fi

cd "$root"
for replicate in 0 1; do
  "$SHANHAI" run scenarios/zhejiang/baseline.toml --quiet --out "$work/zhejiang$replicate" \
    --set run.persons_per_agent=2000 --set run.replicate=$replicate
done
"$SHANHAI" run scenarios/zhejiang/baseline.toml --quiet --out "$work/services" \
  --set run.persons_per_agent=2000 --set parameters.services_weight=0.2
"$SHANHAI" compare scenarios/zhejiang/common_prosperity.toml --out "$work/prosperity" --each --replicates 3 \
  --persons-per-agent 5000 --years 6 >/dev/null
"$SHANHAI" run scenarios/china/2010.toml --quiet --out "$work/china" --persons-per-agent 5000 --years 6
node "$here/invented.mjs" "$work"
"$SHANHAI" report "$work/zhejiang0" "$work/zhejiang1" --out "$work/runs.html"
"$SHANHAI" report "$work/zhejiang0" "$work/services" --out "$work/scenarios.html"
"$SHANHAI" report "$work/prosperity" --out "$work/prosperity.html"
"$SHANHAI" report "$work/prosperity" "$work/zhejiang0" --out "$work/both.html"
"$SHANHAI" report "$work/china" --out "$work/china.html"
"$SHANHAI" report "$work/hostile" --out "$work/hostile.html"
"$SHANHAI" report "$work/large" --out "$work/large.html"
cd "$here"
node check.mjs ${1:+--pictures "$1"} "$work/runs.html:full" "$work/prosperity.html:comparison" \
  "$work/both.html" "$work/scenarios.html" "$work/hostile.html" "$work/large.html" "$work/china.html"
