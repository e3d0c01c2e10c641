"""What the book does beyond its tool: equations are typeset, folders are linked by their pages, sources by their text."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import equations

SOURCES = Path(os.environ["BOOK_SOURCES"])
# Blocks of four spaces between blank lines are equations on these pages.
TYPESET = {"docs/odd.md", "docs/decisions.md"}
typeset = {"blocks": 0, "left": 0}


def on_page_markdown(markdown: str, page, **_) -> str:
    path = page.file.src_uri
    if path in TYPESET:
        markdown = re.sub(r"(?<=\n\n)(?:    \S.*\n|    \s+\S.*\n)+(?=\n|\Z)", _equations, markdown)
    # Notebooks are shown executed.
    markdown = re.sub(r"(\]\((?!\w+:)[^)]*/(?:python|r))\.(?:ipynb|Rmd)\)", r"\1.md)", markdown)
    # The same text stands in the repository, where a folder shows its README.
    return re.sub(r"(\]\((?!\w+:)[^)#]*/)\)", r"\1README.md)", markdown)


def _equations(block: re.Match) -> str:
    lines = [line[4:] for line in block[0].splitlines()]
    # A paragraph that belongs to an item of a list is indented as well.
    before = block.string[: block.start()].rstrip().rsplit("\n\n", 1)[-1]
    if re.match(r"(?:[-*]|\d+\.) ", before):
        return block[0]
    try:
        html = equations.block("\n".join(lines))
    except ValueError as error:
        typeset["left"] += 1
        print(f"equations: left as text: {error}")
        return block[0]
    typeset["blocks"] += 1
    return html + "\n"


def on_post_build(**_) -> None:
    print(f"equations: {typeset['blocks']} blocks typeset, {typeset['left']} left as text")
    if not typeset["blocks"]:
        raise SystemExit("no equation was typeset: the pages no longer hold blocks of them")
