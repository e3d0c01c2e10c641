//! Promise: levels that nobody lives at are told with quantity, band, evidence and the names of the nodes: `check` and
//! `run` warn, and `--strict` makes warnings errors.

use std::path::{Path, PathBuf};

use crate::program::{root, said, scenario, shanhai};
use shanhai::inside::facts;
use shanhai::run::Finding;

/// The teaching case with a mistake in its table: `wrong` says what a cell of a node and column becomes.
fn mistaken(folder: &Path, wrong: impl Fn(&str, &str, f64) -> Option<f64>) -> PathBuf {
    let mut reader =
        csv::Reader::from_path(scenario("teaching/mountain_and_coast_nodes.csv")).expect("a table");
    let header = reader.headers().expect("a header").clone();
    let mut writer = csv::Writer::from_path(folder.join("nodes.csv")).expect("a file");
    writer.write_record(&header).expect("a header");
    for row in reader.records().map(|row| row.expect("a row")) {
        let cells = header.iter().zip(&row).map(|(column, cell)| {
            let changed = cell.parse().ok().and_then(|number| wrong(&row[0], column, number));
            changed.map_or_else(|| cell.to_owned(), |number| number.to_string())
        });
        writer.write_record(cells).expect("a row");
    }
    writer.flush().expect("a file");
    let path = folder.join("mistaken.toml");
    let text = "title = \"A mistake of units\"\n[run]\nyears = 1\npersons_per_agent = 500\n[world]\nnodes = \"nodes.csv\"\npreset = \"china_2020\"\n";
    std::fs::write(&path, text).expect("a scenario");
    path
}

/// Findings on the facts of a scenario.
fn found(path: &Path) -> Vec<Finding> {
    let (_, area) = shanhai::inside::load(path, &[]).unwrap_or_else(|e| panic!("{e}"));
    facts(&area.geography)
}

/// Talent of the teaching case in per cent of residents.
fn per_cent(node: &str) -> f64 {
    let shares =
        [("mountain_seat", 15), ("mountain_village", 3), ("coast_city", 30), ("coast_city_village", 10)];
    shares.iter().find(|(name, _)| *name == node).map_or(10.0, |(_, share)| f64::from(*share))
}

/// A mistake of units: name, what it makes of a cell, the quantity that has to be named, a node that has to be.
type Mistake = (&'static str, fn(&str, &str, f64) -> Option<f64>, &'static str, &'static str);

const MISTAKES: [Mistake; 6] = [
    (
        "output in 10,000 yuan",
        |_, column, x| column.starts_with("output_").then_some((x / 1e4).round()),
        "output per resident, yuan",
        "mountain_village",
    ),
    (
        "the coast times 10,000",
        |node, column, x| (column.starts_with("output_") && node.starts_with("coast")).then_some(x * 1e4),
        "greatest output per resident over the least (mixed units)",
        "the area",
    ),
    (
        "all coordinates 0",
        |_, column, _| ["longitude", "latitude"].contains(&column).then_some(0.0),
        "kilometres to the nearest other county",
        "Mountain",
    ),
    (
        "talent in per cent",
        |node, column, _| (column == "talent").then(|| per_cent(node)),
        "persons of tertiary education per resident",
        "coast_city",
    ),
    (
        "output and no jobs",
        |node, column, _| {
            let work = column.starts_with("employed_") || column == "commuters";
            (work && node == "mountain_village").then_some(0.0)
        },
        "output of a sector without a job in it, yuan",
        "mountain_village",
    ),
    (
        "all residents graduates",
        |node, column, _| (column == "talent" && node == "mountain_village").then_some(200_000.0),
        "persons of tertiary education per resident",
        "mountain_village",
    ),
];

#[test]
fn the_mistake_is_named() {
    for (mistake, wrong, quantity, name) in MISTAKES {
        let folder = tempfile::tempdir().expect("a folder");
        let path = mistaken(folder.path(), wrong);
        let findings = found(&path);
        let named = |finding: &Finding| {
            finding.band.quantity == quantity && finding.outside.iter().any(|(node, _)| node.contains(name))
        };
        assert!(findings.iter().any(named), "{mistake}: no word of {quantity} of {name} in {findings:#?}");
    }
}

#[test]
fn check_and_run_warn_and_are_strict_for_who_asks_for_it() {
    let place = tempfile::tempdir().expect("a folder");
    let (_, wrong, quantity, name) = MISTAKES[5];
    let path = mistaken(place.path(), wrong).display().to_string();
    let out = place.path().join("out");
    let run = ["run", &path, "--quiet", "--out", out.to_str().expect("a path in UTF-8")];
    for words in [&["check", &path][..], &run] {
        let output = shanhai([words, &["--strict"]].concat());
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains("--strict makes errors"), "{}", said(&output));
        assert!(!out.exists(), "{words:?} left a folder");
        let output = shanhai(words);
        assert!(output.status.success(), "{}", said(&output));
        for part in [quantity, name, "from 0.001 to 0.45", "0.003 to 0.41 seen", "warning"] {
            assert!(said(&output).contains(part), "{words:?}: no word of {part} in {}", said(&output));
        }
    }
}

#[test]
fn shipped_tables_lie_inside_the_bands_of_facts() {
    for name in [
        "teaching/two_regions.toml",
        "teaching/mountain_and_coast.toml",
        "zhejiang/baseline.toml",
        "zhejiang/baseline_2010.toml",
        "henan/baseline.toml",
        "henan/baseline_2010.toml",
        "china/2010.toml",
    ] {
        let findings = found(&root().join("scenarios").join(name));
        assert!(findings.is_empty(), "{name}: {}", shanhai::inside::told(&findings, 12));
    }
}

#[test]
fn shipped_scenarios_pass_check_strict() {
    for name in [
        "teaching/two_regions",
        "teaching/mountain_and_coast",
        "zhejiang/baseline",
        "zhejiang/baseline_2010",
        "henan/baseline",
        "henan/baseline_2010",
    ] {
        let path = scenario(&format!("{name}.toml")).display().to_string();
        let output = shanhai(["check", &path, "--strict"]);
        assert!(output.status.success(), "{name}: {}", said(&output));
    }
}

#[test]
fn a_fifth_of_the_labour_force_without_work_is_told_of() {
    let path = scenario("teaching/two_regions.toml").display().to_string();
    let rates =
        ["--set", "parameters.unemployment_city=0.205", "--set", "parameters.unemployment_seat=0.205"];
    let words = [&["check", &path][..], &rates].concat();
    let output = shanhai(&words);
    assert!(output.status.success(), "{}", said(&output));
    for part in ["urban unemployment rate", "from 0.02 to 0.08"] {
        assert!(said(&output).contains(part), "no word of {part} in {}", said(&output));
    }
    assert_eq!(shanhai([&words[..], &["--strict"]].concat()).status.code(), Some(2));
}
