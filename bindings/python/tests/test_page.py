"""Promise: the page for Python runs as it stands."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def test_every_block_of_the_page_runs(monkeypatch):
    import matplotlib

    matplotlib.use("Agg")
    monkeypatch.chdir(ROOT)
    page = (ROOT / "docs/python.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert len(blocks) >= 5
    names = {}
    for block in blocks:
        exec(compile(block, "docs/python.md", "exec"), names)
    assert names["rows"][0][1] != names["rows"][-1][1]
    changed = names["mine"].effects.to_pandas()
    assert set(changed["author"]) == {"easier_moves"}
