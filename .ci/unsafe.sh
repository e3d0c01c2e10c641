#!/bin/sh
# The unsafe code of the kernel under checkers: its tests in Miri, which has the portable loops, and with the address
# sanitizer, which has the vectors of this processor too. Both need a nightly toolchain; without one valgrind runs the tests.
# What is missing is said; a checker that is there and finds something fails.
#
#   .ci/unsafe.sh
set -eu
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}/unsafe
host=$(rustc -vV | sed -n 's/^host: //p')
checked=no
if cargo +nightly miri --version >/dev/null 2>&1; then
  # rayon's queues keep their memory until the end; proptest reads its seed from the environment.
  MIRIFLAGS="-Zmiri-ignore-leaks -Zmiri-disable-isolation -Zmiri-tree-borrows" PROPTEST_CASES=2 RAYON_NUM_THREADS=2 \
    cargo +nightly miri test --package shanhai-kernel --lib --target-dir "$target"
  checked=yes
else
  echo "unsafe: no Miri here (rustup component add miri --toolchain nightly)"
fi
if cargo +nightly --version >/dev/null 2>&1; then
  RUSTFLAGS="-Zsanitizer=address" ASAN_OPTIONS=detect_leaks=0 \
    cargo +nightly test --package shanhai-kernel --lib --target "$host" --target-dir "$target"
  checked=yes
else
  echo "unsafe: no nightly toolchain here, no sanitizer"
fi
if [ $checked = no ] && command -v valgrind >/dev/null; then
  cargo test --package shanhai-kernel --lib --no-run --target-dir "$target"
  for tests in "$target"/debug/deps/shanhai_kernel-*; do
    if [ -x "$tests" ] && [ ! -d "$tests" ]; then valgrind --error-exitcode=1 --quiet "$tests" --test-threads 1; fi
  done
  checked=yes
fi
[ $checked = yes ] || { echo "unsafe: nothing could check it"; exit 1; }
