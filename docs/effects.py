#!/usr/bin/env python3
"""Prints the tables of docs/effects.md: what each policy of scenarios/zhejiang/policies/ does alone, by evidence.

    docs/effects.py [PROGRAM] [--replicates N] [--persons-per-agent N]       (default: target/release/shanhai, 4, 500)

Each file is compared with itself without its policy. Output in billion yuan, residents in thousand persons, by tier, in the last
year; ~ marks an interval that holds zero. Policies whose size is a rule or a sum of money come first, those whose channel is an
assumed gain after them, each by name: not by the size of what they do. Break-even is the part of the assumed gain that pays the
cost, cost of a year over the output that it adds to the area in the last. The tables go between the marks of docs/effects.md.
"""
import argparse
import csv
import math
import pathlib
import subprocess
import tempfile

PAGE = pathlib.Path("docs/effects.md")
BEGIN, END = "<!-- begin:effects -->", "<!-- end:effects -->"
TIERS = ["county_seat", "village", "city"]
COLUMNS = [("output", 1e9), ("residents", 1e3)]
# Channels that are productivity, human capital or a wedge that the policy itself states, not money or a rule.
ASSUMED_GAIN = {
    "chain_leader": "omega_ch, survival",
    "consumption_upgrade": "trade wedge",
    "green_transition": "access of visitors",
    "industrial_upgrading": "growth of technology",
    "infrastructure": "trade wedge, access of visitors",
    "land_reform": "land_rental_gain",
    "metropolitan_circle": "market access, producer services",
    "skills_training": "training_gain",
    "talent_to_countryside": "diffusion",
}


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def zero(row):
    return float(row["low"]) <= 0.0 <= float(row["high"])


def cell(row, unit):
    return f"{float(row['difference']) / unit:+.1f}" + (" ~" if zero(row) else "")


def effect(program, path, asked):
    """What a scenario's policies do: cells by tier, the area's output and residents, cost a year."""
    with tempfile.TemporaryDirectory() as folder:
        words = ["compare", str(path), "--replicates", str(asked.replicates), "--persons-per-agent", str(asked.persons_per_agent)]
        subprocess.run([program, *words, "--out", folder + "/out"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        compared, costs = rows_of(folder + "/out/compare.csv"), rows_of(folder + "/out/costs.csv")
    years = sorted({int(row["year"]) for row in compared})
    last = {(r["indicator"], r["scope"], r["scope_id"]): r for r in compared if int(r["year"]) == years[-1]}
    area = next(row for (name, scope, _), row in last.items() if (name, scope) == ("output", "area"))
    people = next(row for (name, scope, _), row in last.items() if (name, scope) == ("residents", "area"))
    cost = sum(float(row["policy_yuan"]) for row in costs) / (years[-1] - years[0])
    return {
        "cells": [cell(last[name, "tier", tier], unit) for name, unit in COLUMNS for tier in TIERS],
        "null": zero(area) and all(zero(last["output", "tier", tier]) for tier in TIERS),
        "gain": math.nan if zero(area) else float(area["difference"]),
        "cost": cost,
        "head": cost / float(people["baseline"]),
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program", nargs="?", default="target/release/shanhai")
    parser.add_argument("--replicates", type=int, default=4)
    parser.add_argument("--persons-per-agent", type=int, default=500)
    asked = parser.parse_args()
    sections = {"rule": [], "gain": []}
    for path in sorted(pathlib.Path("scenarios/zhejiang/policies").glob("*.toml")):
        found = effect(asked.program, path, asked)
        start = f"| `{path.stem}` | " + " | ".join(found["cells"]) + f" | {found['head']:.0f} |"
        says = " null" if found["null"] else ""
        if path.stem in ASSUMED_GAIN:
            pays = found["cost"] / found["gain"] if found["cost"] > 0 else math.nan
            even = f"{pays:.2f}" if pays > 0 else "never" if found["cost"] > 0 else "no cost stated"
            sections["gain"].append(f"{start} {ASSUMED_GAIN[path.stem]} | {even} |{says} |")
        else:
            sections["rule"].append(f"{start}{says} |")
        print(path.stem, flush=True)
    head = "| policy | output: county seats | villages | cities | residents: county seats | villages | cities | cost, yuan a head |"
    line = "|---|---:|---:|---:|---:|---:|---:|---:|"
    text = (
        f"{BEGIN}\n\nPrinted by `docs/effects.py --replicates {asked.replicates} --persons-per-agent {asked.persons_per_agent}`.\n\n"
        "## Published sizes\n\nNone: no budget document or estimate was read for the size of any policy here.\n\n"
        "## Assumed sizes of a rule or a sum of money\n\nThe effect comes out of the model's mechanisms; its size follows the assumed size.\n\n"
        f"{head} |\n{line}---|\n" + "\n".join(sections["rule"]) + "\n\n"
        "## Assumed gains\n\nThe channel itself is a gain that the policy or a parameter states, so its effect is no finding. Break-even below one: that part of the gain\n"
        "pays the cost; \"never\": output is not told apart from unchanged, or falls.\n\n"
        f"{head} gain | break-even | |\n{line}---|---:|---|\n" + "\n".join(sections["gain"]) + f"\n\n{END}"
    )
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(page[: page.index(BEGIN)] + text + page[page.index(END) + len(END) :], encoding="utf-8")


if __name__ == "__main__":
    main()
