#!/bin/sh
# The golden bytes: the program that users get must write the tables whose sha256 is checked in.
# Usage, from the repository's root: .ci/golden.sh [PROGRAM]   (default: builds the release program)
# The same hashes, and those of every kind of policy, are held by tests/golden.rs for the test build.
set -eu
program=${1:-}
if [ -z "$program" ]; then
    cargo build --release --quiet
    program=${CARGO_TARGET_DIR:-target}/release/shanhai
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
here=$(pwd)
grep -v '^#' tests/golden/cases | while read -r case arguments; do
    for threads in 1 3; do
        # shellcheck disable=SC2086
        "$program" $arguments --threads "$threads" --out "$folder/$case-$threads" >"$folder/log" 2>&1 ||
            { cat "$folder/log"; exit 1; }
        (cd "$folder/$case-$threads" && sha256sum --check --strict --quiet "$here/tests/golden/$case.sha256")
        echo "$case, $threads thread(s): golden"
    done
done
