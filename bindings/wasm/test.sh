#!/bin/sh
# Promise: WebAssembly writes the bytes of the program. Builds the module, runs a scenario of Zhejiang with its policies
# at one agent a hundred persons under node and compares every table with the program's.
# Usage, from the repository's root: bindings/wasm/test.sh PROGRAM
set -eu
program=$1
target=${CARGO_TARGET_DIR:-target}
scenario=scenarios/zhejiang/common_prosperity.toml
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
rustup target list --installed 2>/dev/null | grep -q wasm32-unknown-unknown || rustup target add wasm32-unknown-unknown
cargo build --locked -p shanhai-wasm --target wasm32-unknown-unknown --profile wasm
cargo run --locked --quiet -p shanhai-wasm-pack -- \
    "$target/wasm32-unknown-unknown/wasm/shanhai_wasm.wasm" "$folder/module" nodejs
"$program" run "$scenario" --persons-per-agent 100 --quiet --out "$folder/native"
node bindings/wasm/same-bytes.mjs "$folder/module" "$scenario" "$folder/native" run.persons_per_agent=100
