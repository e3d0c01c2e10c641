#!/bin/sh
# Drives the what-if page in a real browser and compares its tables with those of the program.
#   tests/browser/site.sh PROGRAM [FOLDER_OF_THE_PAGE] [PICTURES]
# The page is built if no folder is given. Pictures of it go to the last folder.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
site=${2:-}
CHROMIUM=${CHROMIUM:-/usr/bin/chromium}
missing=
[ -x "$CHROMIUM" ] || missing="$missing chromium"
fc-list :lang=zh 2>/dev/null | grep -q . || missing="$missing fontconfig fonts-noto-cjk"
export CHROMIUM
. "$here/tools.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -z "$site" ]; then
  site=$work/site
  "$root/site/build.sh" "$site"
fi
cd "$root"
node "$here/site.mjs" "$program" "$site" "$work" ${3:+"$3"}
