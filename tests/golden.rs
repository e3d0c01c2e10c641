//! Promise: the same scenario gives the same bytes from every build. This test holds the hashes of
//! `tests/golden` for the test build, `.ci/golden.sh` for the release program. To accept new bytes after
//! understanding why they changed: `ACCEPT=1 cargo test golden::`; `scripts/same-values.py` shows which values
//! two folders of tables share.

use std::fmt::Write as _;
use std::path::Path;

use crate::program::{root, run, said, shanhai, tables};
use crate::six_nodes::Area;
use shanhai::inside::sha256;
use shanhai::policy::KINDS;

/// Names the lines of `found` that the golden file does not have; writes the file instead if asked to.
fn differing(name: &str, found: &str) -> Vec<String> {
    let golden = root().join("tests/golden").join(format!("{name}.sha256"));
    if std::env::var_os("ACCEPT").is_some() {
        std::fs::write(&golden, found).expect("a writable folder");
    }
    let expected = std::fs::read_to_string(&golden).unwrap_or_default();
    let missing = expected.lines().filter(|line| !found.lines().any(|l| l == *line));
    let new = found.lines().filter(|line| !expected.lines().any(|l| l == *line));
    new.map(|line| format!("{name}: {line}"))
        .chain(missing.map(|line| format!("{name}: not {line}")))
        .collect()
}

/// `sha256sum` lines of the tables of a folder.
fn sums(folder: &Path, prefix: &str) -> String {
    tables(folder).iter().fold(String::new(), |mut text, (name, bytes)| {
        let _ = writeln!(text, "{}  {prefix}{name}", sha256(bytes));
        text
    })
}

#[test]
fn the_tables_of_the_golden_cases_are_the_golden_bytes() {
    let place = tempfile::tempdir().expect("a folder");
    let cases = std::fs::read_to_string(root().join("tests/golden/cases")).expect("the list of cases");
    let mut wrong = Vec::new();
    for case in cases.lines().filter(|line| !line.starts_with('#')) {
        let mut words = case.split_whitespace();
        let name = words.next().expect("a name");
        let out = place.path().join(name);
        let mut arguments: Vec<&str> = words.collect();
        arguments.extend(["--out", out.to_str().expect("a path")]);
        let output = shanhai(&arguments);
        assert!(output.status.success(), "{}", said(&output));
        wrong.extend(differing(name, &sums(&out, "")));
    }
    assert!(wrong.is_empty(), "these tables are not the golden ones:\n{}", wrong.join("\n"));
}

#[test]
fn the_tables_of_every_kind_of_policy_are_the_golden_bytes() {
    let area = Area::new();
    let mut found = String::new();
    for kind in KINDS {
        let example = kind.example.replace("../pairing.csv", "pairs.csv");
        let example = example.replace("from = 2025", "from = 2021").replace("from = 2022", "from = 2021");
        let scenario = area.scenario(kind.name, 4, &example);
        let out = area.path().join("results").join(kind.name);
        run(&scenario, &out, &[]);
        found += &sums(&out, &format!("{}/", kind.name));
    }
    let wrong = differing("policies", &found);
    assert!(wrong.is_empty(), "these tables are not the golden ones:\n{}", wrong.join("\n"));
}
