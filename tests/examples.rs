//! Promise: the examples run, and say what their first lines promise.

use std::process::Command;

use crate::program::root;

/// What an example prints; `cargo test` has built it beside the test program.
fn printed(name: &str) -> String {
    let tests = std::env::current_exe().expect("the test program");
    let folder = tests.parent().and_then(|deps| deps.parent()).expect("the folder of the build");
    let output =
        Command::new(folder.join("examples").join(name)).current_dir(root()).output().unwrap_or_else(|e| {
            panic!("{name}: {e}; `cargo test` builds the examples, `--test main` alone does not")
        });
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn an_example_runs_a_scenario_in_memory() {
    let text = printed("run_a_scenario");
    assert!(text.contains("2025: ") && text.contains("nodes.csv: "), "{text}");
}

#[test]
fn an_example_brings_a_policy_of_its_own_and_it_changes_the_run() {
    let text = printed("own_policy");
    let pages: Vec<&str> = text.split("Population, persons").skip(1).collect();
    assert_eq!(pages.len(), 2, "{text}");
    assert_ne!(pages[0], pages[1], "the policy does nothing");
}
