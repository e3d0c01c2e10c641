#!/bin/sh
# Compares two commits on one scenario: processor time, peak memory, and whether they write the same bytes.
#
#   scripts/compare-commits.sh OLD NEW [SCENARIO.toml [OVERRIDE...]]
#
# The two run in turn, five times each; of noisy machines take the least.
set -eu
[ $# -ge 2 ] || { sed -n '2,6p' "$0"; exit 2; }
old=$1 new=$2
shift 2
scenario=${1:-scenarios/zhejiang/baseline.toml}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- run.persons_per_agent=4 run.years=4
work=$(mktemp -d)
trap 'for c in old new; do git worktree remove --force "$work/$c" 2>/dev/null || :; done; rm -rf "$work"' EXIT
sets=
for o in "$@"; do sets="$sets --set $o"; done
for c in old new; do
  eval "commit=\$$c"
  git worktree add --detach --quiet "$work/$c" "$commit"
  (cd "$work/$c" && CARGO_TARGET_DIR="$work/target-$c" cargo build --release --quiet)
done
for round in 1 2 3 4 5; do
  for c in old new; do
    # shellcheck disable=SC2086
    (cd "$work/$c" && TIMEFORMAT='%U' && bash -c "TIMEFORMAT=%U; time \
      '$work/target-$c/release/shanhai' run $scenario $sets --threads 1 --quiet --out '$work/out-$c' --force >'$work/log'" \
      2>>"$work/$c.user")
  done
done
for c in old new; do
  eval "commit=\$$c"
  printf '%s  %s  user seconds, least of five: %s; peak of memory, bytes: %s\n' "$c" "$(git rev-parse --short "$commit")" \
    "$(sort -n "$work/$c.user" | head -n 1)" \
    "$(sed -n 's/.*"peak_resident_bytes": \([0-9]*\).*/\1/p' "$work/out-$c/manifest.json" | tail -n 1)"
done
same=yes
for table in "$work"/out-old/*.csv; do
  name=$(basename "$table")
  cmp -s "$table" "$work/out-new/$name" || { same=no; echo "differs: $name"; }
done
for table in "$work"/out-new/*.csv; do
  [ -f "$work/out-old/$(basename "$table")" ] || { same=no; echo "only new: $(basename "$table")"; }
done
echo "same bytes: $same"
