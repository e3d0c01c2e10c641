//! All tests of the program and of the library from outside, in one test program: it links once.
//! `cargo test golden` runs one file of them, `cargo test --test main golden` without building the unit tests.

// What they share.
mod program;
mod six_nodes;
mod small_area;

mod backtest;
mod bench;
mod branches;
mod checkpoints;
mod china;
mod cli;
mod compare;
mod conservation;
mod docs;
mod equations;
mod estimators;
mod examples;
mod facade;
mod files_of_others;
mod first_state;
mod first_world;
mod fits;
mod flows;
mod golden;
mod house;
mod idle_policies;
mod journals;
mod labour_market;
mod layers;
mod mechanisms;
mod moments;
mod null_run;
mod options;
mod overflow;
mod pay;
mod pensions;
mod plausible;
mod policies;
mod policy_rules;
mod prepare;
mod prepare_levels;
mod printed_tables;
mod problems;
mod problems_never_panic;
mod readers_never_panic;
mod replays;
mod report;
mod resume;
mod scenario_problems;
mod scenarios;
mod sectors;
mod sensitivity;
mod slips;
mod source_of_funds;
mod startups;
mod table_sums;
mod tables_of_others;
mod thread_count;
mod variants;
mod verify;
mod vital_rates;
mod welfare;
mod words;

#[test]
fn every_file_of_tests_is_a_module_of_the_test_program() {
    let main = include_str!("main.rs");
    for entry in std::fs::read_dir(program::root().join("tests")).expect("the folder of tests") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let is_module = name == "main" || main.lines().any(|line| line == format!("mod {name};"));
        let is_rust = path.extension().is_some_and(|end| end == "rs");
        assert!(
            is_module || !is_rust,
            "tests/{name}.rs runs only after a line `mod {name};` in tests/main.rs"
        );
    }
}
