//! Promise: the teaching cases give the same bytes from every build: this test holds the hashes for the test
//! build, `.ci/golden.sh` for the release program. To accept new bytes after understanding why they changed:
//! `ACCEPT=1 cargo test --test golden`.

mod support;

use std::fmt::Write as _;

use shanhai::output::checksum::sha256;
use support::{root, run, scenario, tables};

#[test]
fn the_tables_of_the_teaching_cases_are_the_golden_bytes() {
    let place = tempfile::tempdir().expect("a folder");
    let mut wrong = Vec::new();
    for case in ["two_regions", "mountain_and_coast"] {
        let out = place.path().join(case);
        run(&scenario("teaching").join(format!("{case}.toml")), &out, &[]);
        let mut found = String::new();
        for (name, bytes) in tables(&out) {
            let _ = writeln!(found, "{}  {name}", sha256(&bytes));
        }
        let golden = root().join("tests/golden").join(format!("{case}.sha256"));
        if std::env::var_os("ACCEPT").is_some() {
            std::fs::write(&golden, &found).expect("a writable folder");
        }
        let expected = std::fs::read_to_string(&golden).unwrap_or_default();
        for line in found.lines().filter(|line| !expected.lines().any(|l| l == *line)) {
            wrong.push(format!("{case}: {line}"));
        }
    }
    assert!(wrong.is_empty(), "these tables are not the golden ones:\n{}", wrong.join("\n"));
}
