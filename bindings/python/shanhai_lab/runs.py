"""Runs: a scenario lived year by year, its tables in memory."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ._lib import Run, ShanhaiError
from .policies import Policy, Year
from .results import Results, Table
from .scenario import Scenario

# Threads do not survive a fork: a child would wait for them for ever.
_threads_began_in: int | None = None


def _may_start_threads() -> None:
    global _threads_began_in
    if _threads_began_in is not None and _threads_began_in != os.getpid():
        raise ShanhaiError(
            "this process was forked from one in which shanhai had run: its threads did not come along; start workers with "
            '"spawn" or "forkserver" (multiprocessing.get_context("spawn"))'
        )
    _threads_began_in = os.getpid()


class Session:
    """A run under way: `step()` lives a year, iteration lives all, `finish()` hands out the tables.

    `policies` are functions of a :class:`Year` that answer with levers to set; see :func:`levers`.
    """

    def __init__(
        self,
        scenario: Scenario | str | os.PathLike[str],
        *,
        name: str | None = None,
        threads: int = 0,
        policies: Mapping[str, Policy] | None = None,
    ) -> None:
        _may_start_threads()
        scenario = scenario if isinstance(scenario, Scenario) else Scenario.read(scenario)
        self.scenario = scenario
        self._run = Run(name or _name(scenario), scenario._source, threads)
        for policy, callback in (policies or {}).items():
            self._run.add_policy(policy, _as_callback(callback))

    @property
    def year(self) -> int:
        """The last year that is over."""
        return self._run.year

    @property
    def years(self) -> int:
        """Years of the whole run."""
        return self._run.years

    @property
    def is_over(self) -> bool:
        """Whether all years are over."""
        return self._run.is_over

    @property
    def summary(self) -> str:
        """The program's summary of one screen, of the run so far."""
        return self._run.summary

    def step(self) -> int:
        """Lives a year; Ctrl-C is answered between two years. The year."""
        self._run.step()
        return self.year

    def __iter__(self) -> Iterator[int]:
        while not self.is_over:
            yield self.step()

    def finish(self) -> Results:
        """Ends the run, whether or not all years are over, and hands out its tables."""
        summary = self.summary
        return Results({table.name: Table(table) for table in self._run.finish()}, summary)


def run(
    scenario: Scenario | str | os.PathLike[str],
    *,
    name: str | None = None,
    threads: int = 0,
    policies: Mapping[str, Policy] | None = None,
    progress: bool | Callable[[int, int], None] = False,
) -> Results:
    """Lives a scenario to its end and returns its tables.

    `threads` 0 is one a core; they have no bearing on any number. `progress` shows a bar (tqdm where it is installed),
    or is called with the years that are over and all years. Ctrl-C raises KeyboardInterrupt after the year under way.
    """
    session = Session(scenario, name=name, threads=threads, policies=policies)
    tell, close = _progress(progress, session.years)
    try:
        for done, _ in enumerate(session, start=1):
            tell(done, session.years)
    finally:
        close()
    return session.finish()


def _progress(progress: bool | Callable[[int, int], None], years: int) -> tuple[Callable[[int, int], None], Callable[[], None]]:
    if callable(progress):
        return progress, lambda: None
    if not progress:
        return lambda done, years: None, lambda: None
    try:
        from tqdm.auto import tqdm
    except ImportError:
        return lambda done, years: print(f"\r{done} of {years} years", end="", file=sys.stderr), lambda: print(file=sys.stderr)
    bar = tqdm(total=years, unit="year")
    return lambda done, years: bar.update(done - bar.n), bar.close


def _as_callback(policy: Policy) -> Callable[[tuple[int, Any]], Any]:
    return lambda told: policy(Year(told[0], Table(told[1])))


def _name(scenario: Scenario) -> str:
    path = Path(scenario.name)
    folder = path.absolute().parent.name
    return f"{folder}-{path.stem}" if folder and path.name != scenario.name else path.stem
