#!/bin/sh
# Holds the JavaScript and styles of the report, of the what-if page and of their tests to one format and to the rules of eslint.config.mjs.
#   tests/browser/lint.sh [--fix]     mends what can be mended
set -eu
here=$(cd "$(dirname "$0")" && pwd)
missing=
. "$here/tools.sh"

cd "$here/../.."
bin=$here/node_modules/.bin
format=--check
fix=
if [ "${1:-}" = --fix ]; then format=--write fix=--fix; fi
"$bin/prettier" "$format" --log-level warn \
  'assets/report/*.css' 'assets/report/{script,words,build}/*.js' 'tests/browser/*.mjs' 'tests/browser/package.json' \
  'site/*.{css,html,js,json,mjs}' 'site/{script,words}/*.js' 'docs/tutorial/*.mjs'
"$bin/eslint" $fix --config tests/browser/eslint.config.mjs --max-warnings 0 assets/report tests/browser site docs/tutorial
