#!/bin/sh
# Measures what docs/performance.md shows: docs/performance.csv and docs/performance.svg. Two cores, 16 GiB, some ten
# minutes; other programs should be quiet. SHANHAI names the program.
set -eu
docs=$(cd "$(dirname "$0")" && pwd)
cd "$docs/.."
if [ -z "${SHANHAI:-}" ]; then
  cargo build --release --quiet
  SHANHAI=${CARGO_TARGET_DIR:-target}/release/shanhai
fi
"$SHANHAI" bench scenarios/teaching/two_regions.toml scenarios/zhejiang/baseline.toml scenarios/china/2010.toml \
  --agents 1e6,1e7,1e8,1.35e9 --threads 1,2 --years 2 --csv docs/performance.csv --svg docs/performance.svg
