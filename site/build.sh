#!/bin/sh
# Builds the what-if page as static files: site/build.sh [FOLDER]     (target/site if not given)
# Needs the Rust toolchain with the target of WebAssembly, node and npm. Any web server can serve the
# folder; what-if.html in it is the whole page as one file, which needs no server.
# ENGINE names a folder with an engine that is built already.
set -eu
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
out=${1:-$target/site}
if [ -z "${ENGINE:-}" ]; then
  rustup target list --installed 2>/dev/null | grep -q wasm32-unknown-unknown || rustup target add wasm32-unknown-unknown
  cargo build --locked -p shanhai-wasm --target wasm32-unknown-unknown --profile wasm
  ENGINE=$target/site-engine
  cargo run --locked --quiet -p shanhai-wasm-pack -- \
    "$target/wasm32-unknown-unknown/wasm/shanhai_wasm.wasm" "$ENGINE" web
fi
(cd site && npm ci --no-audit --no-fund --silent)
node site/build.mjs "$ENGINE" "$out"
