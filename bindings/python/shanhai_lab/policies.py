"""Policies of one's own: asked once a year, they see last year's table of nodes and set levers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from . import _lib
from .results import Table


@dataclass(frozen=True)
class Year:
    """What a policy knows when it is asked."""

    year: int
    """The year to come."""
    nodes: Table
    """`nodes.csv` of the year that is over: one row a node."""


Policy = Callable[[Year], "Mapping[str, Any] | None"]
"""A function of a :class:`Year` that answers `{lever: {place: value}}`, `{lever: value}` for a lever with one value
everywhere, or None. A place is what the lever is set for (:func:`levers`): a node's id, a county's code, a pair
(node, sector) or (border, skill). Nothing is paid: a policy of one's own moves rules, not money."""


class Lever(NamedTuple):
    """A rule that a policy may set."""

    name: str
    set_for: str
    unit: str
    least: float
    greatest: float
    meaning: str


def levers() -> list[Lever]:
    """Every lever, with what it is set for, its unit and its range."""
    return [Lever(*row) for row in _lib.levers()]
