"""The five figures that most questions begin with; each draws on an axis and returns it.

Needs matplotlib and what `Table.to_pandas` needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .results import Folder, Results

TIERS = {"city": "#1f5f8b", "county_seat": "#d1802f", "village": "#4f8a3c"}
"""Colours of the tiers in every figure."""


def _axis(ax: Axes | None) -> Axes:
    if ax is not None:
        return ax
    import matplotlib.pyplot as plt

    return plt.subplots()[1]


def residents(result: Results | Folder, ax: Axes | None = None) -> Axes:
    """Residents of cities, county seats and villages over the years, relative to the base year."""
    ax = _axis(ax)
    frame = result.nodes.to_pandas().groupby(["year", "tier"])["residents"].sum().unstack()
    for tier, colour in TIERS.items():
        if tier in frame:
            ax.plot(frame.index, frame[tier] / frame[tier].iloc[0], color=colour, label=tier.replace("_", " "))
    ax.set(xlabel="year", ylabel="residents, base year = 1", title="Where people live")
    ax.legend()
    return ax


def indicator(result: Results | Folder, name: str, scope: str = "area", ax: Axes | None = None) -> Axes:
    """An indicator over the years, a line for each place of the scope."""
    ax = _axis(ax)
    frame = result.indicators.to_pandas()
    frame = frame[(frame["indicator"] == name) & (frame["scope"] == scope)]
    if frame.empty:
        known = sorted(result.indicators.to_pandas()["indicator"].unique())
        raise KeyError(f"there is no indicator {name!r} of scope {scope!r}; there are {', '.join(known)}")
    for place, rows in frame.groupby("scope_id"):
        ax.plot(rows["year"], rows["value"], color=TIERS.get(str(place)), label=str(place).replace("_", " "))
    ax.set(xlabel="year", ylabel=frame["unit"].iloc[0], title=name.replace("_", " "))
    if frame["scope_id"].nunique() > 1:
        ax.legend()
    return ax


def flows(result: Results | Folder, factor: str = "labour", ax: Axes | None = None) -> Axes:
    """What each tier gains of a factor in a year, arrivals less departures; the gains of all tiers sum to zero."""
    ax = _axis(ax)
    frame = result.tier_flows.to_pandas()
    frame = frame[frame["factor"] == factor]
    if frame.empty:
        known = sorted(result.tier_flows.to_pandas()["factor"].unique())
        raise KeyError(f"there is no factor {factor!r}; there are {', '.join(known)}")
    arrived = frame.groupby(["year", "destination"])["amount"].sum().unstack(fill_value=0)
    left = frame.groupby(["year", "origin"])["amount"].sum().unstack(fill_value=0)
    net = arrived.sub(left, fill_value=0)
    for tier in net:
        ax.plot(net.index, net[tier], color=TIERS.get(str(tier)), label=str(tier).replace("_", " "))
    ax.axhline(0, color="#888888", linewidth=0.8)
    ax.set(xlabel="year", ylabel=f"net gain, {frame['unit'].iloc[0]} a year", title=f"Flow of {factor}")
    ax.legend()
    return ax


def places(result: Results | Folder, column: str = "residents", ax: Axes | None = None) -> Axes:
    """How a column of `nodes.csv` changed from first to last year, in log points, each node where it lies."""
    import numpy

    ax = _axis(ax)
    nodes = result.nodes.to_pandas()
    first, last = nodes["year"].min(), nodes["year"].max()
    wide = nodes[nodes["year"].isin([first, last])].pivot(index="node", columns="year", values=column)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        change = numpy.log(wide[last] / wide[first]).rename("change")
    frame = result.places.to_pandas().set_index("node").join(change).replace([numpy.inf, -numpy.inf], numpy.nan)
    frame = frame.dropna(subset=["change"])
    most = frame["change"].abs().quantile(0.98) or 1.0
    dots = ax.scatter(frame["longitude"], frame["latitude"], c=frame["change"], cmap="RdBu", vmin=-most, vmax=most, s=14)
    ax.figure.colorbar(dots, ax=ax, label=f"change of {column}, log points")
    ax.set(xlabel="longitude", ylabel="latitude", title=f"{column.replace('_', ' ')}, {first} to {last}")
    return ax


def effects(comparison: Folder, indicator: str, ax: Axes | None = None) -> Axes:
    """Paired differences of an indicator of the whole area over the years, with their intervals."""
    ax = _axis(ax)
    frame = comparison.compare.to_pandas()
    frame = frame[(frame["indicator"] == indicator) & (frame["scope"] == "area")]
    if frame.empty:
        known = sorted(comparison.compare.to_pandas()["indicator"].unique())
        raise KeyError(f"there is no indicator {indicator!r}; there are {', '.join(known)}")
    for name, rows in frame.groupby("comparison"):
        (line,) = ax.plot(rows["year"], rows["difference"], label=str(name))
        ax.fill_between(rows["year"], rows["low"], rows["high"], color=line.get_color(), alpha=0.2)
    ax.axhline(0, color="#888888", linewidth=0.8)
    ax.set(xlabel="year", ylabel=f"difference, {frame['unit'].iloc[0]}", title=indicator.replace("_", " "))
    ax.legend()
    return ax


def summary(result: Results | Folder) -> Any:
    """Residents, flows of labour and talent, and change of residents on a map, in one figure."""
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(2, 2, figsize=(11, 8), layout="constrained")
    residents(result, axes[0, 0])
    flows(result, "labour", axes[0, 1])
    flows(result, "talent", axes[1, 0])
    places(result, "residents", axes[1, 1])
    return figure
