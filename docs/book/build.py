"""Lays out the sources of the book and builds it; called by build.sh, which installs the tools.

    build.py SOURCES SITE [--what-if FOLDER] [--notebooks FOLDER]

Pages lie as in the repository, so that their links are the same there and here; files of the repository that a page links to come
along. Any link inside the book that leads nowhere ends it with a status that is not zero.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONFIG = Path(__file__).with_name("mkdocs.yml")
# Pages of the book alone; they stand in docs/ there.
OWN = CONFIG.with_name("pages")
LINK = re.compile(r"!?\[[^\]]*\]\((?!\w+:)([^)#\s]+)")
WITHOUT = {
    "docs/notebooks/python.md": "# Notebook in Python\n\n`docs/notebooks/run.sh` executes it; this book was built without.\n",
    "docs/notebooks/r.md": "# Notebook in R\n\n`docs/notebooks/run.sh` executes it; this book was built without.\n",
}


def pages() -> list[str]:
    """The pages of the book, from its table of contents."""
    return re.findall(r"[\w./-]+\.md", CONFIG.read_text(encoding="utf-8").split("\nnav:")[1])


def lay_out(sources: Path, notebooks: Path | None, what_if: Path | None) -> None:
    shutil.rmtree(sources, ignore_errors=True)
    for name in pages():
        page = sources / name
        page.parent.mkdir(parents=True, exist_ok=True)
        own = OWN / Path(name).name
        if own.is_file() or (ROOT / name).is_file():
            shutil.copy(own if own.is_file() else ROOT / name, page)
        elif not notebooks:
            page.write_text(WITHOUT[name], encoding="utf-8")
    if notebooks:
        shutil.copytree(notebooks, sources / "docs/notebooks", dirs_exist_ok=True)
        # Output of a run is no prose: a heading of the page is the title of the R notebook.
        r = sources / "docs/notebooks/r.md"
        text = r.read_text(encoding="utf-8")
        title = re.search(r"^title: (.*)$", text, re.M)
        r.write_text(re.sub(r"\A---\n.*?\n---\n", f"# {title[1]}\n" if title else "", text, flags=re.S), encoding="utf-8")
    linked = pages()
    while linked:
        name = linked.pop()
        for target in LINK.findall((sources / name).read_text(encoding="utf-8")):
            wanted = os.path.normpath(os.path.join(os.path.dirname(name), target, "README.md" if target.endswith("/") else ""))
            if (ROOT / wanted).is_file() and not (sources / wanted).exists():
                (sources / wanted).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / wanted, sources / wanted)
                linked += [wanted] if wanted.endswith(".md") else []
    shutil.copy(CONFIG.with_name("book.css"), sources / "book.css")
    if what_if:
        shutil.copytree(what_if, sources / "what-if")
    else:
        (sources / "what-if").mkdir()
        for name in ("index.html", "what-if.html"):
            (sources / "what-if" / name).write_text("<p>This book was built without the page.", encoding="utf-8")


def summary(text: str) -> tuple[str, str]:
    """The heading of a page and its first sentence."""
    title = re.search(r"^# (.+)$", text, re.M)
    for paragraph in re.split(r"\n\s*\n", text[title.end() :] if title else text):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)|[*`]", lambda found: found[1] or "", paragraph).replace("\n", " ").strip()
        if plain and not re.match(r"[#<|>!-]|中文$|English$", plain):
            return (title[1] if title else "", re.split(r"(?<=[.?])\s|(?<=[。？])", plain)[0].strip())
    return (title[1] if title else "", "")


def write_llms(sources: Path, site: Path) -> None:
    """The book for a machine that reads: every page as Markdown, and a list of them with a sentence each."""
    lines = ["# shanhai", "", "> An agent-based laboratory for urban-rural factor flows in China: every person an agent, every policy paid for.", ""]
    nav = CONFIG.read_text(encoding="utf-8").split("\nnav:")[1]
    for line in nav.splitlines():
        section = re.match(r"  - ([^:]+):$", line)
        name = re.search(r"[\w./-]+\.md", line)
        if section:
            lines += ["", f"## {section[1]}", ""]
        elif name:
            text = (sources / name[0]).read_text(encoding="utf-8")
            title, sentence = summary(text)
            lines.append(f"- [{title or name[0]}]({name[0]})" + (f": {sentence}" if sentence else ""))
            (site / name[0]).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(sources / name[0], site / name[0])
    (site / "llms.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def broken(site: Path) -> list[str]:
    """Links of the built pages, their pictures and scripts, that lead to no file of the book."""
    found = []
    for page in site.rglob("*.html"):
        if "what-if" in page.relative_to(site).parts[:1]:
            continue
        for target in re.findall(r'(?:href|src)="([^"]+)"', page.read_text(encoding="utf-8")):
            if re.match(r"\w+:|#|//", target) or page.name == "404.html":
                continue
            path = (page.parent / target.split("#")[0].split("?")[0]).resolve()
            if not (path.is_file() or (path / "index.html").is_file()):
                found.append(f"{page.relative_to(site)}: {target}")
    text = (site / "llms.txt").read_text(encoding="utf-8")
    found += [f"llms.txt: {name}" for name in LINK.findall(text) if not (site / name).is_file()]
    return found


def main() -> None:
    words = argparse.ArgumentParser()
    words.add_argument("sources", type=Path)
    words.add_argument("site", type=Path)
    words.add_argument("--what-if", type=Path)
    words.add_argument("--notebooks", type=Path)
    given = words.parse_args()
    sources, site = given.sources.resolve(), given.site.resolve()
    lay_out(sources, given.notebooks, given.what_if)
    environment = {
        **os.environ,
        "BOOK_SOURCES": str(sources),
        "BOOK_SITE": str(site),
        "BOOK_PYTHON": str(ROOT / "bindings/python"),
        "NO_MKDOCS_2_WARNING": "1",
    }
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-f", str(CONFIG)], check=True, env=environment)
    write_llms(sources, site)
    wrong = broken(site)
    print("\n".join(wrong))
    print(f"{site}: {len(list(site.rglob('*.html')))} pages, {len(wrong)} broken links")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
