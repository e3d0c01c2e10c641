//! Promise: a first build stays small, and what the repository says of itself is one story.

use std::process::Command;

use crate::program::root;

fn text(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
}

/// Names of all packages that the root package is built from.
fn packages_of_a_plain_build() -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--package", "shanhai", "--edges", "normal", "--prefix", "none"])
        .args(["--format", "{p}"])
        .current_dir(root())
        .output()
        .expect("cargo starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn a_plain_build_has_no_binding_and_no_columnar_format_in_it() {
    let packages = packages_of_a_plain_build();
    for expected in ["shanhai", "shanhai-kernel", "serde", "clap"] {
        assert!(packages.iter().any(|name| name == expected), "{expected} is missing in {packages:?}");
    }
    for heavy in ["pyo3", "arrow", "parquet", "wasm-bindgen"] {
        let found = packages.iter().find(|name| *name == heavy || name.starts_with(&format!("{heavy}-")));
        assert_eq!(found, None, "the root package must not need {heavy}");
    }
}

/// Words in back quotes and lines of code blocks.
fn quoted(page: &str) -> Vec<&str> {
    let mut in_block = false;
    let mut found = Vec::new();
    for line in page.lines() {
        if line.starts_with("```") {
            in_block = !in_block;
        } else if in_block {
            found.push(line);
        } else {
            found.extend(line.split('`').skip(1).step_by(2));
        }
    }
    found
}

#[test]
fn every_path_that_contributing_names_is_there() {
    let page = text("CONTRIBUTING.md");
    let folders =
        [".ci/", "crates/", "docs/", "examples/", "results/", "scenarios/", "scripts/", "src/", "tests/"];
    let mut seen = 0;
    for words in quoted(&page).into_iter().flat_map(str::split_whitespace) {
        let path = words.trim_end_matches(',');
        if folders.iter().any(|folder| path.starts_with(folder)) {
            assert!(root().join(path).exists(), "CONTRIBUTING.md names {path}, which is not there");
            seen += 1;
        }
    }
    assert!(seen > 30, "only {seen} paths were found");
}

#[test]
fn every_file_of_tests_that_contributing_filters_by_is_there() {
    let page = text("CONTRIBUTING.md");
    let filters: Vec<&str> = quoted(&page)
        .into_iter()
        .filter(|line| line.contains("cargo test") && !line.contains("--lib"))
        .flat_map(str::split_whitespace)
        .filter_map(|word| word.strip_suffix("::"))
        .collect();
    assert!(filters.len() > 4, "{filters:?}");
    for name in filters {
        assert!(
            root().join(format!("tests/{name}.rs")).is_file(),
            "no tests/{name}.rs for `cargo test {name}::`"
        );
    }
}

#[test]
fn what_contributing_points_at_in_a_file_is_declared_there() {
    let page = text("CONTRIBUTING.md");
    // Words in back quotes stand at odd places, what is between them at even ones.
    let words: Vec<&str> = page.split('`').collect();
    let mut seen = 0;
    for pair in words[1..].chunks(2).zip(words[1..].chunks(2).skip(1)) {
        let ([name, " in "], Some(file)) = (pair.0, pair.1.first()) else { continue };
        if !file.ends_with(".rs") {
            continue;
        }
        let name = name.rsplit("::").next().unwrap_or_default();
        let code = text(file);
        let declared = match name.strip_suffix('!') {
            Some(table) => code.contains(&format!("{table}! {{")),
            None => ["fn ", "enum ", "struct "].iter().any(|kind| code.contains(&format!("{kind}{name}"))),
        };
        assert!(declared, "CONTRIBUTING.md says that `{name}` is in {file}");
        seen += 1;
    }
    assert!(seen > 10, "only {seen} were found");
}
