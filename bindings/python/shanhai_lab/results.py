"""Tables of runs, in memory or in a folder of results."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from . import _lib


class Table:
    """A table of the program. pandas, polars, duckdb and pyarrow take it through the Arrow capsule protocol."""

    __slots__ = ("_table",)

    def __init__(self, table: _lib.Table) -> None:
        self._table = table

    @property
    def name(self) -> str:
        """Name of the file without `.csv`."""
        return self._table.name

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return self._table.columns

    @property
    def units(self) -> dict[str, str]:
        """Unit of each column; empty where there is none."""
        return self._table.units

    @property
    def meanings(self) -> dict[str, str]:
        """What a value of each column says."""
        return self._table.meanings

    @property
    def csv(self) -> bytes:
        """The bytes that the program writes."""
        return self._table.csv

    def __len__(self) -> int:
        return len(self._table)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)

    def rows(self) -> list[dict[str, str]]:
        """The rows as text by column, without any other library."""
        cells = _rows(self.csv.decode().splitlines())
        names = next(cells)
        return [dict(zip(names, row)) for row in cells]

    def to_arrow(self) -> Any:
        """A pyarrow.Table, without a copy."""
        import pyarrow

        return pyarrow.table(self)

    def to_pandas(self) -> Any:
        """A pandas.DataFrame; codes are text."""
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        """A polars.DataFrame, without a copy."""
        import polars

        return polars.DataFrame(self)

    def __repr__(self) -> str:
        return f"<Table {self.name}: {len(self)} rows, {len(self.columns)} columns>"

    def _repr_html_(self) -> str:
        lines = self.csv.decode().splitlines()
        shown = [line for line in _rows(lines[:9])]
        head = "".join(f"<th>{escape(cell)}</th>" for cell in shown[0])
        body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in shown[1:])
        return f"<p>{escape(repr(self)[1:-1])}</p><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _rows(lines: list[str]) -> Iterator[list[str]]:
    import csv

    return csv.reader(io.StringIO("\n".join(lines)))


class _Tables(Mapping[str, Table]):
    """Tables by name, also as attributes: `result.nodes`."""

    def __getattr__(self, name: str) -> Table:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self[name]
        except KeyError:
            raise AttributeError(f"there is no table `{name}` here, only {', '.join(self)}") from None


class Results(_Tables):
    """What a run leaves: its tables and a summary of one screen."""

    def __init__(self, tables: Mapping[str, Table], summary: str) -> None:
        self._tables = dict(tables)
        self._summary = summary

    @property
    def summary(self) -> str:
        """The program's summary of one screen."""
        return self._summary

    def __getitem__(self, name: str) -> Table:
        return self._tables[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def save(self, folder: str | os.PathLike[str]) -> Path:
        """Writes the tables as the program does into a new folder."""
        folder = Path(folder)
        folder.mkdir(parents=True)
        for name, table in self.items():
            (folder / f"{name}.csv").write_bytes(table.csv)
        return folder

    def __repr__(self) -> str:
        return self.summary

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.summary)}</pre>"


class Folder(_Tables):
    """A folder of results on the disk; a table is read when it is asked for."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = Path(path)
        if not self._path.is_dir():
            raise FileNotFoundError(f"{self._path} is no folder of results")

    @property
    def path(self) -> Path:
        """Where it is."""
        return self._path

    @property
    def manifest(self) -> dict[str, Any]:
        """What was run, with which inputs, by which build, and how it ended."""
        return json.loads((self._path / "manifest.json").read_text(encoding="utf-8"))

    def __getitem__(self, name: str) -> Table:
        try:
            bytes_ = (self._path / f"{name}.csv").read_bytes()
        except FileNotFoundError:
            raise KeyError(name) from None
        return Table(_lib.Table.from_csv(name, bytes_, self._fields().get(name)))

    def _fields(self) -> dict[str, list[list[str]]]:
        """Name, type, unit and meaning of the columns of each table, as `datapackage.json` says them."""

        def of(field: dict[str, str]) -> list[str]:
            return [field["name"], field["type"], field.get("unit", ""), field["description"]]

        return {table["name"]: [of(field) for field in table["schema"]["fields"]] for table in self._package().get("resources", [])}

    def _package(self) -> dict[str, Any]:
        """`datapackage.json`; empty where there is none, as in a part of a design."""
        try:
            return json.loads((self._path / "datapackage.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(path.stem for path in self._path.glob("*.csv")))

    def __len__(self) -> int:
        return len(list(self._path.glob("*.csv")))

    def __repr__(self) -> str:
        return f"<Folder {self._path}: {', '.join(self)}>"

    def _repr_html_(self) -> str:
        titles = {table["name"]: table["title"] for table in self._package().get("resources", [])}
        rows = "".join(f"<tr><td>{escape(name)}</td><td>{escape(titles.get(name, ''))}</td></tr>" for name in self)
        return f"<p>{escape(os.fspath(self._path))}</p><table><tbody>{rows}</tbody></table>"


def open_folder(path: str | os.PathLike[str]) -> Folder:
    """The tables of a folder that the program wrote."""
    return Folder(path)
