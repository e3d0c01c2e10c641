#!/usr/bin/env python3
"""Compares two folders of tables value by value: which tables and columns are equal, which are not.

    scripts/same-values.py OLD NEW [--rename OLD_NAME=NEW_NAME ...]

A column that was renamed is compared under --rename. Ends with 1 if a value differs or a column is missing.
"""
import argparse
import csv
import pathlib
import sys


def columns(path):
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return {name: [row[i] for row in rows[1:]] for i, name in enumerate(rows[0])}


def main():
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("old", type=pathlib.Path)
    words.add_argument("new", type=pathlib.Path)
    words.add_argument("--rename", action="append", default=[], metavar="OLD=NEW")
    given = words.parse_args()
    rename = dict(pair.split("=", 1) for pair in given.rename)
    differs = False
    names = sorted({p.name for folder in (given.old, given.new) for p in folder.glob("*.csv")})
    for name in names:
        old, new = given.old / name, given.new / name
        if not (old.is_file() and new.is_file()):
            print(f"{name}: only in {given.old if old.is_file() else given.new}")
            differs = True
            continue
        before, after = columns(old), columns(new)
        wrong = []
        for column, values in before.items():
            now = after.get(rename.get(column, column))
            if now is None:
                wrong.append(f"{column} (gone)")
            elif values != now:
                unequal = sum(a != b for a, b in zip(values, now)) + abs(len(values) - len(now))
                wrong.append(f"{column} ({unequal} of {len(values)})")
        known = {rename.get(column, column) for column in before}
        added = [column for column in after if column not in known]
        differs |= bool(wrong)
        equal = len(before) - len(wrong)
        print(f"{name}: {equal} of {len(before)} columns equal"
              + (f"; differing: {', '.join(wrong)}" if wrong else "")
              + (f"; new: {', '.join(added)}" if added else ""))
    sys.exit(differs)


if __name__ == "__main__":
    main()
