#!/usr/bin/env bash
# Promise: `pip install .` gives a module and a program that do what the program does. Installs into a fresh virtual
# environment and runs the tests beside this file, from anywhere: bindings/python/test.sh [ENVIRONMENT]
# An environment that is named is kept, with what the notebooks and the calibration examples need.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
environment="${1:-}"
extras=test
if [ -n "$environment" ]; then
    extras=test,notebooks,calibration
else
    environment="$(mktemp -d)"
    trap 'rm -rf "$environment"' EXIT
fi
python3 -m venv "$environment"
"$environment/bin/pip" install --quiet --disable-pip-version-check "$root[$extras]"
cd "$environment"
"$environment/bin/shanhai" --version
"$environment/bin/python" -m pytest --quiet -p no:cacheprovider "$root/bindings/python/tests"
