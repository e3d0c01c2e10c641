#!/usr/bin/env python3
"""A test of tests: are wrong equations caught, and by a test that says why?

    scripts/mutants.py [--build] [--keep] [--only N,N] [--write]

`scripts/mutants.toml` lists equations made wrong by hand. All of them go into a copy of the source behind a switch (the
environment variable SHANHAI_MUTANT), so one build holds them all. Without a switch every test must pass. With each switch the
test that is named for it runs first, then the tests of behaviour, then the golden bytes. --build stops after the build, --keep
takes the programs of the last one, --write prints the table into docs/testing.md between its marks. It takes a build and some minutes a survivor, so it is not part of `.ci/run`.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tomllib

ROOT = pathlib.Path(__file__).resolve().parent.parent
COPY = ROOT / "target" / "mutants" / "source"
PROGRAMS = ROOT / "target" / "mutants" / "programs.json"
PAGE = ROOT / "docs" / "testing.md"
BEGIN, END = "<!-- begin:mutants -->", "<!-- end:mutants -->"
# Tests of behaviour that a wrong equation should meet; golden bytes come last, since they catch everything and explain nothing.
BEHAVIOUR = ["policies::", "equations::", "policy_rules::", "welfare::", "startups::", "first_state::", "source_of_funds::", "labour_market::", "null_run::", "pay::", "pensions::", "sectors::", "conservation::"]
SWITCH = '''
/// The wrong equation that a test of tests asks for; 0 is none.
pub(crate) fn mutant(number: u32) -> bool {
    static ASKED: std::sync::OnceLock<u32> = std::sync::OnceLock::new();
    *ASKED.get_or_init(|| std::env::var("SHANHAI_MUTANT").ok().and_then(|n| n.parse().ok()).unwrap_or(0)) == number
}
'''


def copy(mutants):
    """The source with every wrong equation behind its switch."""
    shutil.rmtree(COPY, ignore_errors=True)
    leave = shutil.ignore_patterns("target", ".git", "results", "*.wasm")
    shutil.copytree(ROOT, COPY, ignore=leave, symlinks=True)
    for number, mutant in enumerate(mutants, 1):
        path = COPY / mutant["file"]
        text = path.read_text(encoding="utf-8")
        if text.count(mutant["at"]) != 1 or mutant["at"].count(mutant["old"]) < 1:
            sys.exit(f"mutant {number} ({mutant['says']}): {mutant['file']} has `{mutant['at']}` {text.count(mutant['at'])} times, not once")
        before, after = mutant["at"].rsplit(mutant["old"], 1)
        switched = f"(if crate::mutant({number}) {{ {mutant['new']} }} else {{ {mutant['old']} }})"
        path.write_text(text.replace(mutant["at"], before + switched + after), encoding="utf-8")
    library = COPY / "src" / "lib.rs"
    library.write_text(library.read_text(encoding="utf-8") + SWITCH, encoding="utf-8")


def environment(number):
    return os.environ | {"CARGO_TARGET_DIR": str(ROOT / "target"), "SHANHAI_MUTANT": str(number)}


def build():
    """The programs of the unit tests and of the tests of behaviour."""
    words = ["cargo", "test", "--no-run", "--lib", "--test", "main", "--message-format=json-render-diagnostics"]
    out = subprocess.run(words, cwd=COPY, env=environment(0), check=True, stdout=subprocess.PIPE, text=True).stdout
    programs = {}
    for line in out.splitlines():
        said = json.loads(line)
        if said.get("reason") == "compiler-artifact" and said.get("executable") and said["profile"]["test"]:
            programs[said["target"]["name"]] = said["executable"]
    PROGRAMS.write_text(json.dumps(programs), encoding="utf-8")
    return programs


def failing(programs, number, names):
    """The first test that fails of those whose names begin so, or nothing."""
    for program in programs.values():
        try:
            run = subprocess.run([program, *names], cwd=COPY, env=environment(number), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=900)
        except subprocess.TimeoutExpired:
            return "ran for ever"
        failed = [line.split()[1] for line in run.stdout.splitlines() if line.startswith("test ") and line.endswith("FAILED")]
        if failed:
            return failed[0]
        if run.returncode not in (0, 101):
            return "a crash"
    return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", action="store_true")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    mutants = tomllib.loads((ROOT / "scripts" / "mutants.toml").read_text(encoding="utf-8"))["mutant"]
    if asked.keep:
        programs = json.loads(PROGRAMS.read_text(encoding="utf-8"))
    else:
        copy(mutants)
        programs = build()
    if asked.build:
        return
    numbers = [int(n) for n in asked.only.split(",") if n] or list(range(1, len(mutants) + 1))
    named = sorted({mutants[n - 1]["test"] for n in numbers})
    if (broken := failing(programs, 0, named)) is not None:
        sys.exit(f"without any mutant {broken} fails")
    rows = []
    for number in numbers:
        mutant = mutants[number - 1]
        by, how = failing(programs, number, [mutant["test"]]), "named test"
        if by is None:
            by, how = failing(programs, number, BEHAVIOUR), "another test of behaviour"
        if by is None:
            by, how = failing(programs, number, ["golden::"]), "golden bytes alone"
        if by is None:
            by, how = "nothing", "survives"
        rows.append((number, mutant["says"], mutant["file"], how, by))
        print(f"{number:3} {how}: {mutant['says']} ({by})", flush=True)
    caught = sum(how in ("named test", "another test of behaviour") for *_, how, _ in rows)
    figure = f"{caught} of {len(rows)} mutants are caught by a test of behaviour ({100 * caught / len(rows):.0f} %), {sum(r[3] == 'golden bytes alone' for r in rows)} by golden bytes alone, {sum(r[3] == 'survives' for r in rows)} by nothing."
    print(figure)
    if asked.write:
        table = [BEGIN, "", figure, "", "| mutant | file | caught by | test |", "|---|---|---|---|"]
        table += [f"| {says} | `{file}` | {how} | `{by}` |" if how != "survives" else f"| {says} | `{file}` | **survives** | - |" for _, says, file, how, by in rows]
        text = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(text[: text.index(BEGIN)] + "\n".join(table) + "\n\n" + text[text.index(END) :], encoding="utf-8")


if __name__ == "__main__":
    main()
