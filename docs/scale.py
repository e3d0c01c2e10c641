#!/usr/bin/env python3
"""Prints the scale curve of docs/performance.md: memory by count, time measured and beyond that extrapolated.

    docs/scale.py [docs/performance.csv]

Time a year is a line through the two largest measured runs of China on two threads: what does not depend on agents, and what
an agent adds. More agents than 1.35e9 are taken to be more persons at as many places, with as many projects a person.
"""
import csv
import pathlib
import sys

PERSONS_PER_PROJECT = 100
BYTES_PROJECT = 40
# Room for growth: a column grows by a sixty-fourth, a list of projects by a quarter.
ROOM_AGENTS, ROOM_PROJECTS = 65 / 64, 1.25
# Program, tables of places and of the year for the 5,410 places of China, from a run with 1.4e7 agents.
BESIDE = 1.6e9


def main():
    path = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).with_name("performance.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["scenario"] == "china/2010" and row["threads"] == "2"]
    rows.sort(key=lambda row: float(row["agents"]))
    agents = [float(row["agents"]) for row in rows]
    year = [sum(float(row[k]) for k in row if k.endswith("_s") and k not in ("start_s", "floor_s", "agent_years_per_s"))
            for row in rows]
    start = [float(row["start_s"]) for row in rows]
    bytes_agent = float(rows[-1]["bytes_per_agent"])

    def beyond(values, n):
        slope = (values[-1] - values[-2]) / (agents[-1] - agents[-2])
        return values[-1] + slope * (n - agents[-1])

    print("| agents | memory, GB: agents | projects | the rest | together | a year, s | first world, s | |")
    print("|---:|---:|---:|---:|---:|---:|---:|---|")
    for n in agents + [2.7e9, 5.4e9, 8e9]:
        persons = max(n, agents[-1])
        columns = n * bytes_agent * ROOM_AGENTS
        projects = persons / PERSONS_PER_PROJECT * BYTES_PROJECT * ROOM_PROJECTS
        known = n in agents
        times = (year[agents.index(n)], start[agents.index(n)]) if known else (beyond(year, n), beyond(start, n))
        print(f"| {n:.3g} | {columns / 1e9:.2f} | {projects / 1e9:.2f} | {BESIDE / 1e9:.1f} |"
              f" {(columns + projects + BESIDE) / 1e9:.1f} | {times[0]:.1f} | {times[1]:.0f} |"
              f" {'measured' if known else 'extrapolated'} |")


if __name__ == "__main__":
    main()
