"""Scenarios: text, the tables that it names, and changes on top, as one value that can travel between processes."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ._lib import Source


class Scenario:
    """A checked scenario with its tables. It does not change: `with_` makes another."""

    __slots__ = ("_source",)

    def __init__(self, source: Source) -> None:
        self._source = source

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Scenario:
        """Reads a scenario file, or `FILE#NAME` for a variant that it makes of itself, and every table that it names.

        Raises ScenarioError with everything that is wrong, each problem with line and caret.
        """
        return cls(Source.read(os.fspath(path)))

    @classmethod
    def from_dict(cls, scenario: Mapping[str, Any], tables: Mapping[str, Any] = {}, name: str = "scenario.toml") -> Scenario:
        """A scenario from a nested dict as the TOML would be read, and its tables by the paths that it gives them.

        A table is bytes or text of a CSV, or a data frame (anything with `to_csv(index=False)` or `write_csv()`).
        """
        files = {path: _csv(table) for path, table in tables.items()}
        made = cls(Source(name, Source.toml(json.dumps(scenario)), files, []))
        made.check()
        return made

    def with_(self, changes: Mapping[str, Any] | None = None, /, **run: Any) -> Scenario:
        """The scenario with changes on top, checked as if they stood in the file.

        `changes` maps dotted keys to values: `{"policy.hukou_reform[0].access_workers": 0.6, "drivers.wage": 0.03}`.
        Keywords are keys of the table `[run]`: `with_(years=5, seed=2)`.
        """
        words = [f"{key}={_toml(value)}" for key, value in (changes or {}).items()]
        words += [f"run.{key}={_toml(value)}" for key, value in run.items()]
        made = Scenario(self._source.with_changes(words))
        made.check()
        return made

    def check(self) -> None:
        """Raises ScenarioError if anything is wrong with the scenario or its tables."""
        self._source.check()

    def value(self, key: str) -> Any:
        """A value as the program understands it, defaults included, by its dotted key: `value("run.years")`.

        Raises ShanhaiError where there is none.
        """
        return json.loads(self._source.value(key))

    @property
    def name(self) -> str:
        """What messages call it: the file it was read from."""
        return self._source.name

    @property
    def text(self) -> str:
        """The TOML, without the changes."""
        return self._source.text

    @property
    def changes(self) -> list[str]:
        """Changes on top of the text, `key=value`."""
        return self._source.changes

    def write(self, folder: str | os.PathLike[str]) -> Path:
        """Writes the scenario file and its tables into a new folder, for the program or a referee; the file's path, with
        `#NAME` behind it for a variant.

        Changes stay apart: the program takes them as `--set`, so they are written to `changes.txt`, one a line.
        """
        folder = Path(folder)
        folder.mkdir(parents=True)
        for name, table in self._source.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(table)
        name, mark, variant = self.name.rpartition("#") if self._is_variant() else (self.name, "", "")
        path = folder / Path(name).name
        path.write_text(self.text, encoding="utf-8")
        if self.changes:
            (folder / "changes.txt").write_text("\n".join(self.changes) + "\n", encoding="utf-8")
        return path.with_name(path.name + mark + variant)

    def _is_variant(self) -> bool:
        """Whether it is one of the scenarios that a file makes of itself: `set.toml#late`."""
        return "#" in self.name and "/" not in self.name.rpartition("#")[2] and not Path(self.name).exists()

    def __getstate__(self) -> tuple[str, str, dict[str, bytes], list[str]]:
        source = self._source
        return source.name, source.text, source.files, source.changes

    def __setstate__(self, state: tuple[str, str, dict[str, bytes], list[str]]) -> None:
        self._source = Source(*state)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scenario) and self.__getstate__() == other.__getstate__()

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        changes = "".join(f", {change}" for change in self.changes)
        return f"<Scenario {self.name}{changes}>"


def _csv(table: Any) -> bytes:
    if isinstance(table, bytes):
        return table
    if isinstance(table, str):
        return table.encode()
    if hasattr(table, "write_csv"):
        return table.write_csv().encode()
    if hasattr(table, "to_csv"):
        return table.to_csv(index=False).encode()
    raise TypeError(f"a table is bytes or text of a CSV, or a data frame, not {type(table).__name__}")


def _toml(value: Any) -> str:
    """A value in TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{json.dumps(key)} = {_toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, (int, float)):
        # Numbers of NumPy are Python's too, but show themselves with their type.
        return repr(float(value) if isinstance(value, float) else int(value))
    if hasattr(value, "item"):
        # A scalar of NumPy.
        return _toml(value.item())
    raise TypeError(f"no TOML can be written of {value!r}")
