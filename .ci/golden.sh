#!/bin/sh
# The golden bytes: the program that users get must write the tables whose sha256 is checked in.
# Usage, from the repository's root: .ci/golden.sh [PROGRAM]   (default: builds the release program)
# The same hashes are held by tests/golden.rs for the test build; to renew them after reading what changed:
#   ACCEPT=1 cargo test --test golden
set -eu
program=${1:-}
if [ -z "$program" ]; then
    cargo build --release --quiet
    program=${CARGO_TARGET_DIR:-target}/release/shanhai
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for sums in tests/golden/*.sha256; do
    case=$(basename "$sums" .sha256)
    for threads in 1 3; do
        "$program" run "scenarios/teaching/$case.toml" --quiet --threads "$threads" --force --out "$folder/$case"
        here=$(pwd)
        (cd "$folder/$case" && sha256sum --check --strict --quiet "$here/$sums")
        echo "$case, $threads thread(s): golden"
    done
done
