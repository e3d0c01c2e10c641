//! Promise: every file in scenarios/ is sound, and runs.

use std::path::{Path, PathBuf};

use crate::program::{root, run};
use shanhai::inside::load;

/// Every scenario of the repository.
fn all() -> Vec<PathBuf> {
    fn search(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("a folder of scenarios") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                search(&path, found);
            } else if path.extension().is_some_and(|end| end == "toml") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    search(&root().join("scenarios"), &mut found);
    found.sort();
    found
}

#[test]
fn every_scenario_is_sound_and_names_the_schema_on_its_first_line() {
    let all = all();
    assert!(all.len() >= 7, "only {} scenarios", all.len());
    for path in all {
        load(&path, &[]).unwrap_or_else(|e| panic!("{e}"));
        let text = std::fs::read_to_string(&path).expect("a scenario");
        let folders =
            path.strip_prefix(root().join("scenarios")).expect("a path inside").components().count() - 1;
        let line = format!("#:schema {}schema.json", "../".repeat(folders));
        assert_eq!(text.lines().next(), Some(line.as_str()), "{}", path.display());
    }
}

#[test]
fn every_scenario_runs_with_few_agents() {
    let place = tempfile::tempdir().expect("a folder");
    for path in all() {
        let (read, area) = load(&path, &[]).unwrap_or_else(|e| panic!("{e}"));
        let people: u64 = area.geography.nodes.iter().map(|n| n.facts.residents).sum();
        if area.geography.len() > 1000 {
            continue; // `.ci/run` runs all counties of China, at one agent a hundred persons.
        }
        let w = (people / 20_000).max(u64::from(read.run.persons_per_agent)).to_string();
        let out = place.path().join(path.strip_prefix(root()).expect("a path inside").with_extension(""));
        // Some policies begin later than that.
        run(&path, &out, &["--persons-per-agent", &w, "--years", "2", "--allow-idle"]);
        assert!(out.join("manifest.json").is_file() && out.join("datapackage.json").is_file());
    }
}

#[test]
fn the_checked_in_schema_is_the_one_of_the_program() {
    let path = root().join("scenarios/schema.json");
    let right = shanhai::cli::schema::text();
    if std::env::var_os("ACCEPT").is_some() {
        std::fs::write(&path, &right).expect("scenarios/schema.json");
    }
    let found = std::fs::read_to_string(&path).expect("scenarios/schema.json");
    assert!(
        found == right,
        "renew it: ACCEPT=1 cargo test schema, or cargo run -- schema > scenarios/schema.json"
    );
    let value: serde_json::Value = serde_json::from_str(&right).expect("JSON");
    let psi = &value["$defs"]["Parameters"]["properties"]["review_rate_18_34"];
    assert_eq!((&psi["minimum"], &psi["maximum"]), (&0.0.into(), &1.0.into()), "ranges are in the schema");
}
