"""Calibration: any numbers of a scenario, fitted to any numbers that the model prints.

What the command `shanhai calibrate --target` does, for scripts and executors: it asks for a run at a point, compares cells
of its tables with stated values, and takes damped Gauss-Newton steps inside bounds. All runs of a fit share their luck, so
that differences between points are the points'.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any

from ._lib import ShanhaiError
from .experiments import _on
from .runs import run
from .scenario import Scenario


@dataclass(frozen=True)
class Target:
    """A number that the model prints and what it should be.

    `table` and `column` say where it stands, `where` which row: columns and their values, such as
    `{"year": 2030, "indicator": "share_urban", "scope": "area"}`. Exactly one row may answer. `value` is in the unit of the
    column; `error` is its standard error in the same unit, or None where it is not known: then a tenth of the value counts as
    one error, and the fit has no standard errors.
    """

    table: str
    column: str
    where: Mapping[str, Any]
    value: float
    error: float | None = None

    @property
    def scale(self) -> float:
        """What counts as one error."""
        return self.error if self.error is not None else abs(self.value) / 10 or 1.0


@dataclass(frozen=True)
class Fit:
    """What a calibration found."""

    values: dict[str, float]
    """Fitted values by key."""
    errors: dict[str, float]
    """Their standard errors; NaN at a bound, where no target moves, or where a target has no error."""
    at_bound: list[str]
    """Keys that lie on a bound: the targets ask for more than it allows."""
    fitted: list[float]
    """What the model prints at the fitted values, in the order of the targets."""
    loss: list[float]
    """Sum of squared distances from the targets in errors, at the start and after each step."""
    runs: int
    """Points at which the model ran."""
    scenario: Scenario = field(repr=False)
    """The scenario with the fitted values."""


# Half width of a difference, as a share of the range: wide, since agents who cross a threshold are noise that does not
# shrink with the step.
_STEP = 0.05
# Dampings that are tried at a time, relative to the last that helped.
_DAMPINGS = (0.1, 1.0, 10.0, 100.0)


def calibrate(
    scenario: Scenario | str | os.PathLike[str],
    parameters: Mapping[str, tuple[float, float]],
    targets: Sequence[Target],
    *,
    executor: Executor | None = None,
    replicates: int = 1,
    rounds: int = 8,
    tolerance: float = 1e-3,
) -> Fit:
    """Fits numbers of a scenario to numbers that the model prints.

    `parameters` maps dotted keys to bounds: any number of the scenario, `{"parameters.review_rate_18_34": (0.05, 0.2),
    "policy.hukou_reform[0].access_workers": (0, 1)}`; the search starts at the scenario's values. `targets` are cells of any table of
    a run. `replicates` runs are averaged at each point. With an executor (of concurrent.futures, Dask, Ray, mpi4py, loky) the points of a
    round run side by side; they give the same numbers. The search ends after `rounds` steps, or when one lowers the loss by less than the
    share `tolerance`.

    Raises ShanhaiError where a target names no row or more than one.
    """
    scenario = scenario if isinstance(scenario, Scenario) else Scenario.read(scenario)
    keys, bounds = list(parameters), list(parameters.values())
    if not keys or len(targets) < len(keys):
        raise ShanhaiError(f"{len(targets)} targets cannot tell {len(keys)} parameters: give at least as many targets, and one parameter")
    for key, (low, high) in parameters.items():
        if not low < high:
            raise ShanhaiError(f"{key}: the lower bound {low} is not below the upper bound {high}")
    known: dict[tuple[float, ...], list[float]] = {}

    def at(points: list[list[float]]) -> list[list[float]]:
        new = [point for point in dict.fromkeys(map(tuple, points)) if point not in known]
        work = [(scenario.with_(dict(zip(keys, point))), list(targets), replicates) for point in new]
        made = [_printed(*one) for one in work] if executor is None else _on(executor, _printed, work)
        known.update(zip(new, made))
        return [known[tuple(point)] for point in points]

    def distances(printed: list[float]) -> list[float]:
        return [(target.value - value) / target.scale for target, value in zip(targets, printed)]

    def squared(printed: list[float]) -> float:
        return sum(distance * distance for distance in distances(printed))

    x = [min(max(value, low), high) for value, (low, high) in zip(_start(scenario, keys), bounds)]
    [printed] = at([x])
    losses, damping = [squared(printed)], 1e-2
    for _ in range(rounds):
        slopes = _slopes(x, bounds, targets, at)
        steps = [_step(slopes, distances(printed), bounds, damping * more) for more in _DAMPINGS]
        points = [[min(max(a + s, low), high) for a, s, (low, high) in zip(x, step, bounds)] for step in steps]
        tried = at(points)
        best = min(range(len(points)), key=lambda i: squared(tried[i]))
        if squared(tried[best]) >= losses[-1]:
            break
        x, printed, damping = points[best], tried[best], max(damping * _DAMPINGS[best], 1e-9)
        losses.append(squared(printed))
        if losses[-2] - losses[-1] < tolerance * losses[-2]:
            break
    at_bound = [key for key, value, ends in zip(keys, x, bounds) if value in ends]
    errors = _errors(_slopes(x, bounds, targets, at), parameters, at_bound, targets)
    values = dict(zip(keys, x))
    return Fit(values, errors, at_bound, printed, losses, len(known) * replicates, scenario.with_(values))


def _start(scenario: Scenario, keys: list[str]) -> list[float]:
    values = []
    for key in keys:
        value = scenario.value(key)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise ShanhaiError(f"{key} is {value!r}, which is no number")
        values.append(float(value))
    return values


def _printed(scenario: Scenario, targets: list[Target], replicates: int) -> list[float]:
    """What runs print where the targets look, as means over replicates."""
    sums = [0.0] * len(targets)
    for replicate in range(replicates):
        result = run(scenario.with_(replicate=replicate) if replicates > 1 else scenario)
        rows: dict[str, list[dict[str, str]]] = {}
        for i, target in enumerate(targets):
            if target.table not in rows:
                rows[target.table] = result[target.table].rows()
            sums[i] += _cell(rows[target.table], target)
    return [total / replicates for total in sums]


def _cell(rows: list[dict[str, str]], target: Target) -> float:
    found = [row for row in rows if all(row.get(column) == str(value) for column, value in target.where.items())]
    if len(found) != 1 or target.column not in found[0]:
        raise ShanhaiError(
            f"{target.table}.{target.column} where {dict(target.where)}: {len(found)} rows answer; a target is one cell"
        )
    return float(found[0][target.column] or "nan")


def _slopes(x: list[float], bounds: Sequence[tuple[float, float]], targets: Sequence[Target], at: Any) -> list[list[float]]:
    """Change of each target, in errors, with each key, in ranges: one list a key."""
    ends = []
    for i, (low, high) in enumerate(bounds):
        width = _STEP * (high - low)
        for value in (min(x[i] + width, high), max(x[i] - width, low)):
            ends.append([*x[:i], value, *x[i + 1 :]])
    printed = at(ends)
    slopes = []
    for i, (low, high) in enumerate(bounds):
        apart = (ends[2 * i][i] - ends[2 * i + 1][i]) / (high - low)
        pairs = zip(printed[2 * i], printed[2 * i + 1], targets)
        slopes.append([(above - below) / apart / target.scale for above, below, target in pairs])
    return slopes


def _normal(slopes: list[list[float]]) -> list[list[float]]:
    return [[sum(p * q for p, q in zip(a, b)) for b in slopes] for a in slopes]


def _step(slopes: list[list[float]], distances: list[float], bounds: Sequence[tuple[float, float]], damping: float) -> list[float]:
    normal = _normal(slopes)
    most = max((normal[i][i] for i in range(len(normal))), default=0.0) or 1.0
    for i in range(len(normal)):
        normal[i][i] += damping * max(normal[i][i], 1e-6 * most)
    gradient = [sum(p * q for p, q in zip(slope, distances)) for slope in slopes]
    return [part * (high - low) for part, (low, high) in zip(_solved(normal, gradient), bounds)]


def _errors(
    slopes: list[list[float]],
    bounds: Mapping[str, tuple[float, float]],
    at_bound: list[str],
    targets: Sequence[Target],
) -> dict[str, float]:
    """Standard errors of least squares whose targets have known, independent errors."""
    errors = {key: math.nan for key in bounds}
    free = [i for i, key in enumerate(bounds) if key not in at_bound and any(slopes[i])]
    if any(target.error is None for target in targets):
        return errors
    normal = _normal([slopes[i] for i in free])
    for place, i in enumerate(free):
        unit = [1.0 if other == place else 0.0 for other in range(len(free))]
        variance = _solved(normal, unit)[place]
        key = list(bounds)[i]
        low, high = bounds[key]
        errors[key] = math.sqrt(variance) * (high - low) if variance > 0 else math.nan
    return errors


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gaussian elimination with pivots; a direction that nothing moves stays where it is."""
    n = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        if abs(rows[i][i]) < 1e-300:
            continue
        for r in range(n):
            if r != i:
                share = rows[r][i] / rows[i][i]
                rows[r] = [a - share * b for a, b in zip(rows[r], rows[i])]
    return [rows[i][n] / rows[i][i] if abs(rows[i][i]) >= 1e-300 else 0.0 for i in range(n)]
