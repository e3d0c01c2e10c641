#!/usr/bin/env bash
# Executes both notebooks from anywhere in a clean clone and fails unless they print the same table:
#   docs/notebooks/run.sh PROGRAM PYTHON [OUT]
# PYTHON is an interpreter with `pip install '.[notebooks]'`; R and its package knitr come from the distribution. The executed
# pages and their figures go to OUT as Markdown (python.md, r.md).
set -euo pipefail
program="$(realpath "$1")"
python="$(cd "$(dirname "$2")" && pwd)/$(basename "$2")"
cd "$(dirname "${BASH_SOURCE[0]}")"
results=../../results
out="${3:-$results/notebooks}"
rm -rf "$results/notebook-python" "$results/notebook-r"
mkdir -p "$out"
out="$(cd "$out" && pwd)"

# The notebook calls the program that came with its module.
env PATH="$(dirname "$python"):$PATH" "$python" -m jupyter nbconvert --log-level WARN --to markdown --execute python.ipynb --output-dir "$out"
SHANHAI="$program" BOOK="$out" RETICULATE_PYTHON="$python" Rscript -e '
out <- Sys.getenv("BOOK")
knitr::opts_knit$set(base.dir = paste0(out, "/"), progress = FALSE)
knitr::opts_chunk$set(fig.path = "r_files/", dev = "svg", error = FALSE)
invisible(knitr::knit("r.Rmd", file.path(out, "r.md"), quiet = TRUE))'
diff "$results/notebook-python/table.md" "$results/notebook-r/table.md"
diff "$results/notebook-python/reform.toml" "$results/notebook-r/reform.toml"
echo "both notebooks print the same table:"
cat "$results/notebook-r/table.md"
