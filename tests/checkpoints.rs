//! Promise: everything that a year reads is in the checkpoint. In process, for every kind of policy, a run that is
//! dropped after any year and taken up from its checkpoint writes the same tables as one that went on.

use crate::six_nodes::Area;
use shanhai::inside::CheckpointReader;
use shanhai::output::MemoryTables;
use shanhai::policy::KINDS;
use shanhai::run::{Clock, Plan, Session};
use shanhai::scenario::{Files, ScenarioSource};

const YEARS: u32 = 4;

#[test]
fn a_run_of_any_policy_taken_up_after_any_year_writes_the_tables_of_one_that_never_stopped() {
    for kind in KINDS {
        let area = Area::new();
        let example = kind.example.replace("../pairing.csv", "pairs.csv");
        let example = example.replace("from = 2025", "from = 2021").replace("from = 2022", "from = 2021");
        let path = area.scenario(kind.name, YEARS, &example);
        let loaded = ScenarioSource::file(&path).load(&[]).unwrap_or_else(|e| panic!("{}: {e}", kind.name));
        let sink = MemoryTables::default();
        let mut whole =
            Session::start(Plan::named("run"), loaded, sink, Clock::STOPPED).expect("a first world");
        let mut checkpoints = vec![whole.checkpoint().expect("a checkpoint")];
        while !whole.is_over() {
            whole.step().unwrap_or_else(|e| panic!("{}: {e}", kind.name));
            checkpoints.push(whole.checkpoint().expect("a checkpoint"));
        }
        let expected = whole.stop().expect("tables").into_bytes();
        assert_eq!((checkpoints.len(), expected.len()), (YEARS as usize + 1, shanhai::observe::TABLES.len()));
        for (year, bytes) in checkpoints.into_iter().enumerate() {
            let mut reader = CheckpointReader::from_bytes("checkpoint", bytes).expect("a checkpoint");
            let taken_up = Session::resume(
                &mut reader,
                Files::folder(area.path()),
                |positions| MemoryTables::resume(expected.clone(), positions),
                Clock::STOPPED,
            );
            let mut session = taken_up.unwrap_or_else(|e| panic!("{}: {e}", kind.name));
            while !session.is_over() {
                session.step().unwrap_or_else(|e| panic!("{}: {e}", kind.name));
            }
            for (name, found) in session.stop().expect("tables").into_bytes() {
                let same = found == expected[&name];
                assert!(same, "{}, taken up after {year} years: {name} differs", kind.name);
            }
        }
    }
}

#[test]
fn a_run_from_memory_into_memory_writes_the_tables_of_one_from_a_file_into_a_folder() {
    let case = crate::program::scenario("teaching/two_regions.toml");
    let place = tempfile::tempdir().expect("a folder");
    let out = place.path().join("out");
    crate::program::run(&case, &out, &["--years", "2", "--persons-per-agent", "100"]);
    let text = std::fs::read_to_string(&case).expect("a scenario");
    let nodes = std::fs::read(case.with_file_name("two_regions_nodes.csv")).expect("a table");
    let source = ScenarioSource::memory(&text, [("two_regions_nodes.csv", nodes)]);
    let changes = ["run.years=2".to_owned(), "run.persons_per_agent=100".to_owned()];
    let loaded = source.load(&changes).unwrap_or_else(|e| panic!("{e}"));
    let plan = Plan::named("teaching-two_regions");
    let mut session =
        Session::start(plan, loaded, MemoryTables::default(), Clock::STOPPED).expect("a first world");
    while !session.is_over() {
        session.step().unwrap_or_else(|e| panic!("{e}"));
    }
    let tables = session.stop().expect("tables").into_bytes();
    assert_eq!(tables, crate::program::tables(&out));
}

#[test]
fn a_table_that_is_not_in_memory_is_named_with_the_one_that_was_perhaps_meant() {
    let text = "title = \"t\"\n[world]\nnodes = \"nodes.csv\"\n";
    let source = ScenarioSource::memory(text, [("node.csv", Vec::new())]);
    let error = source.load(&[]).expect_err("a refusal").to_string();
    assert!(error.contains("nodes.csv could not be read") && error.contains("`node.csv`"), "{error}");
}
