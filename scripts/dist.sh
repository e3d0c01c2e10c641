#!/bin/sh
# Builds what is handed out: one static program that needs nothing of the machine, with completions and manual pages.
#   scripts/dist.sh [FOLDER [PROGRAM]]        (target/distribution if not given)
# With PROGRAM, built for this machine alone, both run the same scenario: the tables must be the same bytes, and what the other
# C library costs is printed as a ratio of times. Needs a Rust toolchain with rustup.
set -eu
cd "$(dirname "$0")/.."
folder=${1:-target/distribution}
ours=${2:-}
most_bytes=20000000
target=$(uname -m)-unknown-linux-musl
rustup target list --installed | grep -q "$target" || rustup target add "$target"
cargo build --locked --profile dist --features parquet --target "$target"
mkdir -p "$folder/completions"
cp "${CARGO_TARGET_DIR:-target}/$target/dist/shanhai" "$folder/shanhai"
program=$(cd "$folder" && pwd)/shanhai

for shell in bash elvish fish powershell zsh; do
  "$program" completions "$shell" >"$folder/completions/shanhai.$shell"
done
"$program" man --out "$folder/man1"

bytes=$(wc -c <"$program")
echo "$folder/shanhai: $((bytes / 1000000)) MB, $(ls "$folder/man1" | wc -l) manual pages"
# An aim and not a limit while Parquet is inside: said aloud, never failed.
[ "$bytes" -le "$most_bytes" ] || echo "over the aim of $((most_bytes / 1000000)) MB" >&2
if ldd "$program" 2>&1 | grep -q '=>'; then
  echo "it is not static:" >&2
  ldd "$program" >&2
  exit 1
fi
[ -n "$ours" ] || exit 0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Seconds of the years of a run, the better of three.
seconds() {
  best=
  for try in 1 2 3; do
    "$1" run scenarios/zhejiang/baseline.toml --years 4 --persons-per-agent 50 --quiet --out "$work/$2" --force >"$work/log" 2>&1 ||
      { cat "$work/log" >&2; return 1; }
    took=$(sed -n 's/.*"duration_seconds": *\([0-9.]*\).*/\1/p' "$work/$2/manifest.json" | tail -n 1)
    best=$(awk -v a="$took" -v b="${best:-1e9}" 'BEGIN { print (a < b ? a : b) }')
  done
  echo "$best"
}
static=$(seconds "$program" static)
native=$(seconds "$ours" native)
for table in "$work"/native/*.csv; do
  cmp "$table" "$work/static/$(basename "$table")"
done
awk -v s="$static" -v n="$native" 'BEGIN { printf "same bytes; %.2f s, and %.2f s of the program of this machine: %.2f times\n", s, n, s / n }'
