//! Promise: a run that is stopped at any year, or killed at any moment, resumes to the same bytes as one that
//! never stopped; a damaged snapshot is refused.

mod support;

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use support::{assert_same_tables, command, run, said, scenario, shanhai};

const CASE: &str = "teaching/mountain_and_coast.toml";

fn snapshots(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "shanhai"))
        .collect();
    found.sort();
    found
}

/// A copy of a finished run's folder that looks as if the run had been killed after its last snapshot.
fn unfinished(folder: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(folder).expect("a folder of results") {
        let path = entry.expect("an entry").path();
        std::fs::copy(&path, to.join(path.file_name().expect("a name"))).expect("a copy");
    }
    let journal = to.join(".shanhai-folder");
    let text = std::fs::read_to_string(&journal).expect("the journal");
    std::fs::write(&journal, text.replace("status finished", "status running")).expect("the journal");
}

#[test]
fn a_run_resumed_from_any_year_equals_one_that_never_stopped() {
    let place = tempfile::tempdir().expect("a folder");
    let whole = place.path().join("whole");
    run(&scenario(CASE), &whole, &["--years", "5"]);
    for year in 1..=4 {
        // A run that ends early leaves its snapshot; the rows of later years are what resuming must add.
        let out = place.path().join(format!("stopped_{year}"));
        let every = year.to_string();
        run(&scenario(CASE), &out, &["--years", "5", "--snapshot-every", &every]);
        assert_same_tables(&whole, &out, "snapshots change nothing");
        let killed = place.path().join(format!("killed_{year}"));
        unfinished(&out, &killed);
        let last = snapshots(&killed).pop().expect("a snapshot");
        assert!(last.ends_with("snapshot_2025.shanhai"), "the last year has a snapshot: {}", last.display());
        let output = shanhai(["resume".as_ref(), killed.as_os_str(), "--quiet".as_ref()]);
        assert!(output.status.success(), "{}", said(&output));
        assert_same_tables(&whole, &killed, &format!("resumed after snapshots every {year} years"));
    }
}

#[test]
fn a_run_killed_at_any_moment_resumes_to_the_same_bytes() {
    let place = tempfile::tempdir().expect("a folder");
    let (whole, out) = (place.path().join("whole"), place.path().join("killed"));
    let options = ["--years", "12", "--persons-per-agent", "20", "--snapshot-every", "1"];
    run(&scenario(CASE), &whole, &options);
    let mut arguments = vec!["run".to_owned(), scenario(CASE).display().to_string(), "--quiet".to_owned()];
    arguments.extend(options.iter().map(ToString::to_string));
    arguments.extend(["--force".to_owned(), "--out".to_owned(), out.display().to_string()]);
    let again = ["resume".to_owned(), out.display().to_string(), "--quiet".to_owned()];
    let (mut kills, mut resumed) = (0, 0);
    loop {
        let going_on = !snapshots(&out).is_empty();
        let words: &[String] = if going_on { &again } else { &arguments };
        let mut child =
            command(words).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().expect("the program starts");
        // Uneven waits, from before the folder is there to several years of the run; later ones are left
        // alone, so that a slow machine also comes to an end.
        let wait = if kills < 12 { 120 + kills * 577 % 700 } else { 600_000 };
        let mut status = None;
        for _ in 0..wait / 5 {
            std::thread::sleep(Duration::from_millis(5));
            status = child.try_wait().expect("a child");
            if status.is_some() {
                break;
            }
        }
        resumed += i32::from(going_on);
        if status.is_none() {
            child.kill().expect("a child that runs");
            child.wait().expect("a child");
            kills += 1;
            continue;
        }
        let output = child.wait_with_output().expect("a child");
        assert!(output.status.success(), "after {kills} kills: {}", said(&output));
        break;
    }
    assert!(kills > 0, "nothing was killed");
    assert!(resumed > 0, "nothing was resumed after {kills} kills");
    assert_same_tables(&whole, &out, &format!("killed {kills} times"));
}

#[test]
fn a_damaged_snapshot_a_changed_table_and_a_finished_run_are_refused() {
    let place = tempfile::tempdir().expect("a folder");
    let case = place.path().join("case");
    std::fs::create_dir(&case).expect("a folder");
    for name in ["mountain_and_coast.toml", "mountain_and_coast_nodes.csv"] {
        std::fs::copy(scenario("teaching").join(name), case.join(name)).expect("a copy");
    }
    let out = place.path().join("out");
    run(
        &case.join("mountain_and_coast.toml"),
        &out,
        &["--years", "2", "--persons-per-agent", "500", "--snapshot-every", "1"],
    );
    let resume = |folder: &Path| shanhai(["resume".as_ref(), folder.as_os_str()]);
    let refused = |folder: &Path, part: &str| {
        let output = resume(folder);
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert!(said(&output).contains(part), "no word of `{part}` in {}", said(&output));
    };
    refused(&out, "its run is finished");
    refused(place.path(), "no run of this program");

    let killed = place.path().join("killed");
    unfinished(&out, &killed);
    let snapshot = snapshots(&killed).pop().expect("a snapshot");
    let good = std::fs::read(&snapshot).expect("a snapshot");
    let mut bad = good.clone();
    let middle = bad.len() / 2;
    bad[middle] ^= 4;
    std::fs::write(&snapshot, &bad).expect("a snapshot");
    refused(&killed, "is damaged");
    std::fs::write(&snapshot, &good[..middle]).expect("a snapshot");
    refused(&killed, "cut short");
    std::fs::write(&snapshot, &good).expect("a snapshot");

    let table = case.join("mountain_and_coast_nodes.csv");
    let text = std::fs::read_to_string(&table).expect("a table");
    std::fs::write(&table, text.replace("invented", "changed")).expect("a table");
    refused(&killed, "was changed since the run began");
    // The snapshot holds what was read: a table that is gone does no harm.
    std::fs::remove_dir_all(&case).expect("a folder");
    let output = resume(&killed);
    assert!(output.status.success(), "{}", said(&output));
    assert_same_tables(&out, &killed, "resumed without its inputs");
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_keeps_complete_rows_says_so_and_can_be_resumed() {
    let place = tempfile::tempdir().expect("a folder");
    let (whole, out) = (place.path().join("whole"), place.path().join("out"));
    let options = ["--years", "40", "--persons-per-agent", "50", "--snapshot-every", "100"];
    run(&scenario(CASE), &whole, &options);
    let path = scenario(CASE);
    let mut words = vec!["run".as_ref(), path.as_os_str(), "--out".as_ref(), out.as_os_str()];
    words.extend(options.iter().map(std::ffi::OsStr::new));
    let child = command(&words).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().expect("a child");
    // The second year's rows are on their way.
    for _ in 0..2000 {
        std::thread::sleep(Duration::from_millis(5));
        if out.join("flows.csv").exists() {
            break;
        }
    }
    std::thread::sleep(Duration::from_millis(150));
    let id = child.id().to_string();
    let killed = std::process::Command::new("kill").args(["-INT", &id]).status().expect("kill");
    assert!(killed.success());
    let output = child.wait_with_output().expect("a child");
    if output.status.success() {
        return; // A machine fast enough to be done.
    }
    assert_eq!(output.status.code(), Some(130), "{}", said(&output));
    let manifest = std::fs::read_to_string(out.join("manifest.json")).expect("a manifest");
    assert!(manifest.contains("\"status\": \"interrupted\""), "{manifest}");
    let runs = std::fs::read_to_string(out.join("runs.csv")).expect("runs.csv");
    assert!(runs.lines().nth(1).is_some_and(|row| row.contains(",interrupted,")), "{runs}");
    for (name, bytes) in support::tables(&out) {
        assert!(bytes.ends_with(b"\n"), "{name} ends in the middle of a row");
    }
    let output = shanhai(["resume".as_ref(), out.as_os_str(), "--quiet".as_ref()]);
    assert!(output.status.success(), "{}", said(&output));
    assert_same_tables(&whole, &out, "interrupted and resumed");
}
