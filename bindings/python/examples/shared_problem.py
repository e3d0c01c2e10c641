"""The problem of the calibration examples: growth of technology in two sectors of an invented area, and what was seen of it.

What was seen comes from the model itself under other luck, so that the truth is known and a method can be held to it.
"""

from pathlib import Path

import shanhai_lab as sh

SCENARIO = Path(__file__).resolve().parents[3] / "scenarios/teaching/two_regions.toml"
KEYS = {"drivers.technology.industry": (0.0, 0.06), "drivers.technology.agriculture": (0.0, 0.08)}
TRUTH = {"drivers.technology.industry": 0.03, "drivers.technology.agriculture": 0.05}
# What is compared, output per head by tier, and how many yuan off count as one.
MOMENTS = {"city": 1000.0, "village": 300.0}
YEARS = [2023, 2026, 2030]

base = sh.Scenario.read(SCENARIO).with_(years=10, persons_per_agent=20)


def moments(values, seed=1):
    """The moments of a run: a number for each tier and year."""
    result = sh.run(base.with_(dict(values), seed=seed))
    rows = result.indicators.to_pandas()
    rows = rows[(rows["indicator"] == "output_per_head") & (rows["scope"] == "tier")]
    rows = rows.set_index(["scope_id", "year"])["value"]
    return {f"{tier} {year}": float(rows[tier, year]) for tier in MOMENTS for year in YEARS}


def distance(one, other):
    """How far two sets of moments are apart, in units of what counts as one."""
    return sum(((one[key] - other[key]) / MOMENTS[key.split()[0]]) ** 2 for key in one)


seen = moments(TRUTH, seed=7)
