#!/usr/bin/env python3
"""Prints the rows of docs/effects.md: what each policy of scenarios/zhejiang/policies/ does alone.

    docs/effects.py [PROGRAM]        (default: target/release/shanhai)

Each file is compared with itself without its policy: four replicates of one agent for 500 persons, 2035. Output in billion
yuan, residents in thousand persons, by tier; ~ marks an interval that holds zero.
"""
import csv
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = sys.argv[1] if len(sys.argv) > 1 else "target/release/shanhai"
TIERS = ["county_seat", "village", "city"]
COLUMNS = [("output", 1e9), ("residents", 1e3)]


def cell(row, unit):
    difference = float(row["difference"]) / unit
    zero = float(row["low"]) <= 0.0 <= float(row["high"])
    return f"{difference:+.1f}" + (" ~" if zero else "")


def main():
    for path in sorted(pathlib.Path("scenarios/zhejiang/policies").glob("*.toml")):
        with tempfile.TemporaryDirectory() as folder:
            words = ["compare", str(path), "--replicates", "4", "--persons-per-agent", "500", "--out", folder + "/out"]
            subprocess.run([PROGRAM, *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            with open(folder + "/out/compare.csv", encoding="utf-8", newline="") as file:
                rows = {
                    (row["indicator"], row["scope_id"]): row
                    for row in csv.DictReader(file)
                    if row["scope"] == "tier" and row["year"] == "2035"
                }
        cells = [cell(rows[name, tier], unit) for name, unit in COLUMNS for tier in TIERS]
        print(f"| `{path.stem}` | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
