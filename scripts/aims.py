#!/usr/bin/env python3
"""Measures what docs/performance.md aims at, one commit beside another, in one run.

    scripts/aims.py [--old COMMIT] [--new COMMIT] [--rounds N] [--compare] [--china] [--yardstick] [--write]

Both commits are built (release) in worktrees of their own; programs that are there already can be named with
--old-program and --new-program, each run in --old-tree and --new-tree. Every row is run N times in turn, old and new,
and the least user time counts: neighbours on the machine disturb it less than they do a clock. --compare adds the comparison of
policies (minutes), --china every person of China for ten years (14 GiB, some minutes, a quiet machine), --yardstick the kernel's yardstick with 1e8 agents, which is built for it. A row that is not run says why.
With all three and two programs that are built the table takes half an hour on two cores. --write puts it into docs/performance.md.
"""
import argparse
import csv
import datetime
import os
import pathlib
import subprocess
import sys
import tempfile
import time

FIRST_EDITION = "8c5f72a"
ZHEJIANG = "scenarios/zhejiang/baseline.toml"
POLICIES = "scenarios/zhejiang/common_prosperity.toml"
CHINA = "scenarios/china/2010.toml"
# Phases that do not look at persons.
PAGE = pathlib.Path(__file__).resolve().parent.parent / "docs" / "performance.md"
MARKS = ("<!-- aims: written by scripts/aims.py --write -->\n", "<!-- aims: end -->\n")
PLACES = ["rules_s", "spend_s", "produce_s", "tax_s", "distribute_s", "invest_s", "renew_s"]


# What has been said of the table.
said_so_far = []


def say(row):
    print(row, flush=True)
    said_so_far.append(row)


def measured(command, tree):
    """User seconds, wall seconds and peak bytes of a command."""
    begun = time.monotonic()
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(command, cwd=tree, stdout=said, stderr=said)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            said.seek(0)
            sys.exit(f"{' '.join(map(str, command))}\n{said.read().decode(errors='replace')[-2000:]}")
    return {"user": used.ru_utime, "wall": time.monotonic() - begun, "peak": used.ru_maxrss * 1024}


class Commit:
    """One program with the tree that its scenarios are in."""

    def __init__(self, name, program, tree, scratch):
        self.name, self.program, self.tree, self.scratch = name, program, tree, scratch

    def run(self, scenario, persons, years, threads, *more):
        out = self.scratch / "run"
        return measured(
            [self.program, "run", scenario, "--persons-per-agent", str(persons), "--set", f"run.years={years}",
             "--threads", str(threads), "--quiet", "--out", out, "--force", *more], self.tree)

    def compare(self):
        return measured(
            [self.program, "compare", POLICIES, "--replicates", "20", "--set", "run.persons_per_agent=200",
             "--out", self.scratch / "compare", "--force"], self.tree)

    def yardstick(self):
        """Share of the pace of reading the same column that a step of the yardstick reaches, 1e8 agents at 64 nodes, two threads."""
        package = ["--package", "shanhai-bench"] if (self.tree / "crates" / "bench").exists() else []
        words = ["cargo", "bench", "--quiet", *package, "--bench", "yardstick", "--", "--agents", "1e8", "--nodes", "64", "--threads", "2"]
        # The target folder that the program was built into.
        where = {**os.environ, "CARGO_TARGET_DIR": str(self.program.parent.parent)}
        said = subprocess.run(words, cwd=self.tree, env=where, check=True, stdout=subprocess.PIPE, text=True).stdout
        share = next(word for word in said.split() if word.endswith("%") and word != "%")
        return float(share.rstrip("%"))

    def bench(self, scenario, agents, threads, years):
        # The first edition replaces no file here.
        table = self.scratch / "bench.csv"
        table.unlink(missing_ok=True)
        measured(
            [self.program, "bench", scenario, "--agents", agents, "--threads", threads, "--years", str(years),
             "--csv", table], self.tree)
        with table.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return [{key: value if key in ("scenario", "hash") else float(value) for key, value in row.items()}
                for row in rows]


def places(row):
    return sum(row[phase] for phase in PLACES)


def build(commit, scratch, name):
    tree = scratch / name
    subprocess.run(["git", "worktree", "add", "--detach", "--quiet", tree, commit], check=True)
    target = scratch / f"target-{name}"
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=tree, check=True,
                   env={**os.environ, "CARGO_TARGET_DIR": str(target)})
    return target / "release" / "shanhai", tree


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--old", default=FIRST_EDITION)
    words.add_argument("--new", default="HEAD")
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--compare", action="store_true")
    words.add_argument("--china", action="store_true")
    words.add_argument("--yardstick", action="store_true")
    words.add_argument("--write", action="store_true")
    for name in ("old", "new"):
        words.add_argument(f"--{name}-program", type=pathlib.Path)
        words.add_argument(f"--{name}-tree", type=pathlib.Path)
    given = words.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        commits = []
        try:
            for name in ("old", "new"):
                program, tree = getattr(given, f"{name}_program"), getattr(given, f"{name}_tree")
                if program is None:
                    program, tree = build(getattr(given, name), scratch, name)
                own = scratch / f"scratch-{name}"
                own.mkdir()
                commits.append(Commit(name, program.resolve(), (tree or pathlib.Path(".")).resolve(), own))
            table(given, commits)
            if given.write:
                write(given, commits)
        finally:
            for name in ("old", "new"):
                if (scratch / name).exists():
                    subprocess.run(["git", "worktree", "remove", "--force", scratch / name], check=False)


def write(given, commits):
    """Puts the table between the marks of the page."""
    page = PAGE.read_text(encoding="utf-8")
    before, begin, rest = page.partition(MARKS[0])
    _, end, after = rest.partition(MARKS[1])
    if not begin or not end:
        sys.exit(f"{PAGE}: the marks of the table are not there")
    names = []
    for commit, asked in zip(commits, (given.old, given.new)):
        here = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=commit.tree, check=False, capture_output=True, text=True)
        names.append(here.stdout.strip() or asked)
    head = (f"`scripts/aims.py`, old {names[0]}, new {names[1]}, {datetime.date.today().isoformat()}, {os.cpu_count()} processors; "
            f"least of {given.rounds} rounds.\n\n")
    PAGE.write_text(before + MARKS[0] + head + "\n".join(said_so_far) + "\n" + MARKS[1] + after, encoding="utf-8")


def line(what, unit, values, aim, note=""):
    old, new = values
    met = "" if aim is None else "yes" if new / old <= aim else "no"
    aim = "" if aim is None else f"{aim:.2f}"
    say(f"| {what} | {unit} | {old:.3g} | {new:.3g} | {new / old:.2f} | {aim} | {met} | {note} |")


def least(given, commits, work, key="user"):
    """The least of some rounds in turn, old and new."""
    rounds = [[work(commit)[key] for commit in commits] for _ in range(given.rounds)]
    return [min(values) for values in zip(*rounds)]


def table(given, commits):
    say("| what | unit | old | new | new/old | aim | met | |\n|---|---|---:|---:|---:|---:|---|---|")
    line("Zhejiang 1:10, 15 years, one thread", "user s",
         least(given, commits, lambda c: c.run(ZHEJIANG, 10, 15, 1)), 1 / 3)
    line("Zhejiang 1:500 with policies, 15 years, one thread", "user s",
         least(given, commits, lambda c: c.run(POLICIES, 500, 15, 1)), 1 / 3)
    line("Zhejiang 1:10, 15 years, two threads", "wall s",
         least(given, commits, lambda c: c.run(ZHEJIANG, 10, 15, 2), "wall"), None)

    # One thread and two, in one process each, by phase.
    for scenario, agents, what in ((ZHEJIANG, "6.4e6", "Zhejiang 1:10"), (CHINA, "1.35e7", "China 1:100")):
        rows = [commit.bench(scenario, agents, "1,2", 2) for commit in commits]
        one, two = ([row[i] for row in rows] for i in (0, 1))
        if any(a["hash"] != b["hash"] for a, b in zip(one, two)):
            sys.exit(f"{what}: one thread and two end in different agents")
        line(f"{what}: first world, one thread", "wall s", [row["start_s"] for row in one], None)
        line(f"{what}: first world, two threads", "wall s", [row["start_s"] for row in two], 0.4 if scenario == CHINA else None)
        line(f"{what}: phases of places and projects, one thread", "ms a year", [1e3 * places(row) for row in one], None)
        line(f"{what}: phases of places and projects, two threads", "ms a year", [1e3 * places(row) for row in two], None)
        gains = [places(a) / places(b) for a, b in zip(one, two)]
        say(f"| {what}: phases of places and projects, two threads over one | times | {gains[0]:.2f} | {gains[1]:.2f} | |"
            f" 1.70 | {'yes' if gains[1] >= 1.7 else 'no'} | |")
        line(f"{what}: pass over persons, two threads", "floors", [row["move_s"] / row["floor_s"] for row in two],
             None, "the aim of 13 is for one agent a person")

    if given.compare:
        line("compare of the policies of common prosperity, 20 replicates, 1:200", "user s",
             least(argparse.Namespace(rounds=1), commits, Commit.compare), 0.5)
    else:
        say("| compare of the policies of common prosperity, 20 replicates, 1:200 | | | | | 0.50 | | not run: --compare |")
    if given.china:
        tiers = ("--set", 'output.flows="tier"')
        runs = [commit.run(CHINA, 1, 10, 0, *tiers) for commit in commits]
        line("China 1:1, ten years", "wall s", [run["wall"] for run in runs], 0.64, "1.1 asked of the economy")
        line("China 1:1, ten years", "user s", [run["user"] for run in runs], None)
        say(f"| China 1:1, ten years | peak GiB | {runs[0]['peak'] / 2**30:.2f} | {runs[1]['peak'] / 2**30:.2f} | | 14 |"
            f" {'yes' if runs[1]['peak'] <= 14 * 2**30 else 'no'} | |")
        rows = [commit.bench(CHINA, "1.4e9", "2", 2)[0] for commit in commits]
        floors = [row["move_s"] / row["floor_s"] for row in rows]
        say(f"| China 1:1: pass over persons, two threads | floors | {floors[0]:.1f} | {floors[1]:.1f} | {floors[1] / floors[0]:.2f} | 13 |"
            f" {'yes' if floors[1] <= 13 else 'no'} | |")
        line("China 1:1: first world, two threads", "wall s", [row["start_s"] for row in rows], 0.4)
    else:
        say("| China 1:1, ten years | | | | | 1.10 | | not run: --china, on a quiet machine with 14 GiB |")
    if given.yardstick:
        shares = [commit.yardstick() for commit in commits]
        say(f"| yardstick, 1e8 agents, two threads | % of stream read | {shares[0]:.0f} | {shares[1]:.0f} | | 85 |"
            f" {'yes' if shares[1] >= 85 else 'no'} | |")
    else:
        say("| yardstick, 1e8 agents, two threads | % of stream read | | | | 85 | | not run: --yardstick |")


if __name__ == "__main__":
    main()
