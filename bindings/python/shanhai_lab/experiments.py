"""Experiments of many runs: the program's commands as functions. Each leaves a folder that a referee can repeat."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from . import _lib
from .results import Folder
from .runs import _may_start_threads
from .scenario import Scenario

Given = "Scenario | str | os.PathLike[str]"


def compare(
    *scenarios: Given,
    out: str | os.PathLike[str],
    executor: Executor | None = None,
    parts: int = 4,
    **options: Any,
) -> Folder:
    """Compares scenarios under the same luck; `shanhai compare --help` lists the options.

    One scenario is compared with itself without its policies. Options are keywords: `replicates=20`, `each=True`,
    `persons_per_agent=200`.

    With an executor (of concurrent.futures, Dask, Ray, mpi4py, loky) the replicates are dealt to `parts` that run wherever
    the executor runs them; a part whose worker died is run once more. The tables are those of the comparison in one
    piece, byte for byte. Workers need this module and no shared disk.
    """
    if executor is None:
        return _folder("compare", scenarios, out, options)
    carried = [one if isinstance(one, Scenario) else Scenario.read(one) for one in scenarios]
    options = dict(options)
    replicates = int(options.pop("replicates", 20))
    dealt = [list(range(part, replicates, parts)) for part in range(min(parts, replicates))]
    words = _words(options)
    with tempfile.TemporaryDirectory() as scratch:
        folders: list[str] = []
        for files in _on(executor, _replicates, [(carried, words, numbers) for numbers in dealt]):
            for journal in files:
                folder = Path(scratch) / f"journal{len(folders)}"
                folder.mkdir()
                (folder / _JOURNAL).write_bytes(journal)
                folders.append(os.fspath(folder))
        return _folder("compare", carried, out, {**options, "replicates": replicates, "take_up": folders})


# The file of a comparison that says which runs are done.
_JOURNAL = "runs.jsonl"


def _replicates(scenarios: list[Scenario], words: list[str], numbers: list[int]) -> list[bytes]:
    """Runs some replicates of a comparison in a worker: their journals."""
    journals = []
    with tempfile.TemporaryDirectory() as scratch:
        files = [os.fspath(one.write(Path(scratch) / str(i))) for i, one in enumerate(scenarios)]
        sets = [word for one in scenarios for change in one.changes for word in ("--set", change)]
        for number in numbers:
            out = Path(scratch) / f"replicate{number}"
            _command(["compare", *files, *sets, *words, "--replicate", str(number), "--quiet", "--out", os.fspath(out)])
            journals.append((out / _JOURNAL).read_bytes())
    return journals


def _on(executor: Executor, work: Any, each: list[tuple[Any, ...]]) -> list[Any]:
    """What an executor makes of pieces of work, in their order; a piece whose worker died is done once more."""
    pending = [executor.submit(work, *arguments) for arguments in each]
    results = []
    for future, arguments in zip(pending, each):
        try:
            results.append(future.result())
        except _lib.ShanhaiError:
            raise
        except Exception:
            results.append(executor.submit(work, *arguments).result())
    return results


def backtest(scenario: Given, *, out: str | os.PathLike[str], **options: Any) -> Folder:
    """Scores a scenario's past against what was counted; `shanhai backtest --help` lists the options."""
    return _folder("backtest", [scenario], out, options)


def report(*folders: str | os.PathLike[str], out: str | os.PathLike[str], force: bool = False) -> Path:
    """Makes one page of folders of results; it opens without a network."""
    _command(["report", *map(os.fspath, folders), "--out", os.fspath(out), *(["--force"] if force else [])])
    return Path(out)


def sensitivity(
    scenario: Given,
    *,
    out: str | os.PathLike[str],
    executor: Executor | None = None,
    parts: int = 4,
    **options: Any,
) -> Folder:
    """Runs a scenario over a design of parameters; `shanhai sensitivity --help` lists the options.

    With an executor (of concurrent.futures, Dask, Ray, mpi4py, loky) the design is cut into `parts` that run wherever
    the executor runs them; a part whose worker died is run once more. The tables are those of the run in one piece, byte
    for byte. Workers need this module and no shared disk.
    """
    if executor is None:
        return _folder("sensitivity", [scenario], out, options)
    scenario = scenario if isinstance(scenario, Scenario) else Scenario.read(scenario)
    words = _words(options)
    made = _on(executor, _part, [(scenario, words, part, parts) for part in range(1, parts + 1)])
    with tempfile.TemporaryDirectory() as scratch:
        folders = []
        for part, files in enumerate(made, start=1):
            folder = Path(scratch) / f"part{part}"
            folder.mkdir()
            for name, content in files.items():
                (folder / name).write_bytes(content)
            folders.append(os.fspath(folder))
        _command(["merge", *folders, "--out", os.fspath(out)])
    return Folder(out)


def _part(scenario: Scenario, words: list[str], part: int, parts: int) -> dict[str, bytes]:
    """Runs a part of a design in a worker: its files by name."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "part"
        # The same place on every worker: what a part was made of must be the same text.
        file = scenario.write(Path(scratch) / "scenario")
        sets = [word for change in scenario.changes for word in ("--set", change)]
        _command(["sensitivity", os.fspath(file), *sets, *words, "--shard", f"{part}/{parts}", "--out", os.fspath(out)])
        return {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}


def _folder(command: str, scenarios: Iterable[Given], out: str | os.PathLike[str], options: dict[str, Any]) -> Folder:
    scratch = Path(tempfile.mkdtemp())
    try:
        words = [command]
        for i, scenario in enumerate(scenarios):
            if isinstance(scenario, Scenario):
                words.append(os.fspath(scenario.write(scratch / str(i))))
                words += [word for change in scenario.changes for word in ("--set", change)]
            else:
                words.append(os.fspath(scenario))
        _command([*words, *_words(options), "--out", os.fspath(out)])
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return Folder(out)


def _words(options: dict[str, Any]) -> list[str]:
    """Keywords as options of the command line: `persons_per_agent=200` is `--persons-per-agent 200`."""
    words = []
    for key, value in options.items():
        option = "--" + key.replace("_", "-")
        if value is True:
            words.append(option)
        elif isinstance(value, (list, tuple)):
            words += [word for item in value for word in (option, str(item))]
        elif value is not None and value is not False:
            words += [option, str(value)]
    return words


def _command(words: list[str]) -> None:
    _may_start_threads()
    code = _lib.command(words)
    if code == 130:
        raise KeyboardInterrupt
    if code != 0:
        raise _lib.ShanhaiError(f"`shanhai {words[0]}` ended with {code}; what is wrong stands above")
