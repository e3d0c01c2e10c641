//! What tests that run the program share.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The folder of the repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A scenario of the repository.
pub fn scenario(name: &str) -> PathBuf {
    root().join("scenarios").join(name)
}

/// The program with arguments, run from the repository's root.
pub fn command<S: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_shanhai"));
    command.args(arguments).current_dir(root());
    command
}

/// Runs the program.
pub fn shanhai<S: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = S>) -> Output {
    command(arguments).output().expect("the program starts")
}

/// What a run said, for messages of failed tests.
pub fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    format!("{}\n{}\n{}", output.status, text(&output.stdout), text(&output.stderr))
}

/// Runs a scenario into a folder and expects it to be well.
pub fn run(scenario: &Path, out: &Path, more: &[&str]) {
    let mut arguments = vec!["run".into(), scenario.as_os_str().to_owned(), "--quiet".into(), "--out".into()];
    arguments.push(out.as_os_str().to_owned());
    arguments.extend(more.iter().map(Into::into));
    let output = shanhai(&arguments);
    assert!(output.status.success(), "{}", said(&output));
}

/// Every CSV of a folder of results.
pub fn tables(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut tables = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("a folder of results") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|end| end == "csv") {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            tables.insert(name, std::fs::read(&path).expect("a readable table"));
        }
    }
    assert!(tables.len() >= 6, "only {} tables in {}", tables.len(), folder.display());
    tables
}

/// Expects two folders to hold the same tables, byte for byte.
pub fn assert_same_tables(a: &Path, b: &Path, why: &str) {
    let (first, second) = (tables(a), tables(b));
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>(), "{why}");
    for (name, bytes) in first {
        let other = &second[&name];
        if bytes != *other {
            let (a, b) = (String::from_utf8_lossy(&bytes), String::from_utf8_lossy(other));
            let line = a.lines().zip(b.lines()).position(|(x, y)| x != y);
            let show = |text: &str| line.and_then(|i| text.lines().nth(i)).unwrap_or("(length)").to_owned();
            panic!("{why}: {name} differs at line {line:?}:\n{}\n{}", show(&a), show(&b));
        }
    }
}

/// How many random cases a test draws: a few, or as many as `PROPTEST_CASES` asks for (`.ci/nightly`).
pub fn random_cases(few: u32) -> u32 {
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => proptest::test_runner::Config::default().cases,
        None => few,
    }
}
