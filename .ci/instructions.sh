#!/bin/sh
# Instructions of a small run, counted by valgrind: a figure that does not depend on what else the machine does.
# Reported, never failed; says so and ends well where valgrind is missing. Valgrind has no AVX-512, so this counts the
# portable loops.
#
#   .ci/instructions.sh [SHANHAI [SCENARIO.toml]]
set -eu
program=${1:-target/release/shanhai}
scenario=${2:-scenarios/teaching/two_regions.toml}
command -v valgrind >/dev/null || { echo "instructions: valgrind is not here, nothing is counted"; exit 0; }
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
count() {
  valgrind --tool=callgrind --callgrind-out-file="$out/$1" "$program" run "$scenario" \
    --set run.years="$1" --threads 1 --quiet --out "$out/run-$1" \
    >"$out/log" 2>&1 || { echo "instructions: the run failed under valgrind"; tail -n 3 "$out/log"; exit 0; }
  sed -n 's/^summary: //p; s/^totals: //p' "$out/$1" | head -n 1
}
one=$(count 1)
three=$(count 3)
echo "instructions: one year $one, three years $three, a year more $(((three - one) / 2))"
