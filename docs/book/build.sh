#!/usr/bin/env bash
# Builds the documentation as a book of static files: docs/book/build.sh [SITE [WHAT_IF [NOTEBOOKS]]]
#   SITE        where it goes; target/book if not given
#   WHAT_IF     the built what-if page (site/build.sh)
#   NOTEBOOKS   the executed notebooks (docs/notebooks/run.sh)
# Needs Python with venv and PyPI. Fails at any link inside the book that leads nowhere.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
site="${1:-$here/../../target/book}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/tools"
"$work/tools/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
"$work/tools/bin/python" -m doctest "$here/equations.py"
"$work/tools/bin/python" "$here/build.py" "$work/sources" "$site" ${2:+--what-if "$2"} ${3:+--notebooks "$3"}
