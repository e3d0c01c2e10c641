//! Promise: a folder of results holds one run, a file of somebody else is never overwritten unasked, and a reader or
//! terminal that has gone away is no reason to fail.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use crate::program::{command, run, said, scenario, shanhai};
use shanhai::policy::KINDS;

const CASE: &str = "teaching/two_regions.toml";

fn path(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// A short run with a page, in a folder.
fn reported(place: &Path) -> PathBuf {
    let out = place.join("run");
    run(
        &scenario(CASE),
        &out,
        &["--years", "2", "--persons-per-agent", "500", "--checkpoint-every", "1", "--report"],
    );
    assert!(out.join("report.html").is_file());
    out
}

#[test]
fn the_page_of_an_old_run_does_not_stay_beside_new_tables() {
    let place = tempfile::tempdir().expect("a folder");
    let out = reported(place.path());
    run(&scenario(CASE), &out, &["--years", "1", "--persons-per-agent", "500", "--force"]);
    assert!(!out.join("report.html").exists());
    // A page that was asked for later goes with its tables too, and may be made again.
    for _ in 0..2 {
        let output = shanhai(["report", path(&out)]);
        assert!(output.status.success(), "{}", said(&output));
    }
    run(&scenario(CASE), &out, &["--years", "1", "--persons-per-agent", "500", "--force"]);
    assert!(!out.join("report.html").exists());
}

#[test]
fn a_resumed_run_gets_the_page_that_it_was_begun_with() {
    let place = tempfile::tempdir().expect("a folder");
    let out = reported(place.path());
    let journal = out.join(".shanhai-folder");
    let text = std::fs::read_to_string(&journal).expect("the journal");
    std::fs::write(&journal, text.replace("status finished", "status running")).expect("the journal");
    std::fs::remove_file(out.join("report.html")).expect("the page");
    let output = shanhai(["resume", path(&out), "--quiet"]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(out.join("report.html").is_file());
}

#[test]
fn no_command_overwrites_a_file_unasked() {
    let place = tempfile::tempdir().expect("a folder");
    let out = reported(place.path());
    let mine = place.path().join("scenario.toml");
    let bench = scenario(CASE);
    let commands: [&[&str]; 5] = [
        &["report", path(&out), "--out", path(&mine)],
        &["verify", "C2", "--agents", "1000", "--csv", path(&mine)],
        &["verify", "C2", "--agents", "1000", "--json", path(&mine)],
        &["bench", path(&bench), "--agents", "1000", "--threads", "1", "--years", "1", "--csv", path(&mine)],
        &["bench", path(&bench), "--agents", "1000", "--threads", "1", "--years", "1", "--svg", path(&mine)],
    ];
    for words in commands {
        std::fs::write(&mine, "mine").expect("a file");
        let output = shanhai(words);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {}", said(&output));
        assert!(said(&output).contains("is there already"), "{words:?}: {}", said(&output));
        assert_eq!(std::fs::read(&mine).expect("a file"), b"mine", "{words:?}");
        let output = shanhai([words, &["--force"]].concat());
        assert!(output.status.code() != Some(2), "{words:?}: {}", said(&output));
        assert_ne!(std::fs::read(&mine).expect("a file"), b"mine", "{words:?}");
    }
}

#[test]
fn exported_scenarios_and_pages_of_evidence_replace_nothing_unasked() {
    let place = tempfile::tempdir().expect("a folder");
    let at = |name: &str| place.path().join(name).display().to_string();
    let case = scenario(CASE).display().to_string();
    let (export, page, out) = (at("export"), at("page.md"), at("out"));
    let words = ["verify", "C2", "--agents", "1000", "--export", &export];
    assert!(shanhai(words).status.success());
    std::fs::write(&page, "mine").expect("a file");
    let evidence = [
        "sensitivity",
        &case,
        "--parameters",
        "relocation_review",
        "--trajectories",
        "1",
        "--evidence",
        &page,
        "--out",
        &out,
    ];
    for words in [&words[..], &evidence] {
        let output = shanhai(words);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {}", said(&output));
        assert!(said(&output).contains("is there already"), "{words:?}: {}", said(&output));
    }
    assert_eq!(std::fs::read(&page).expect("a file"), b"mine");
    assert!(shanhai([&words[..], &["--force"]].concat()).status.success());
}

#[test]
fn nobody_reading_is_no_reason_to_panic() {
    let case = scenario(CASE);
    let place = tempfile::tempdir().expect("a folder");
    let out = place.path().join("run");
    let long = ["run", path(&case), "--years", "2", "--persons-per-agent", "500", "--out", path(&out)];
    let commands: [(&[&str], i32); 6] = [
        (&["verify", "--list"], 0),
        (&["verify", "C2", "--agents", "1000", "--control"], 0),
        (&["parameters"], 0),
        (&["check", path(&case)], 0),
        (&["check", "nowhere.toml"], 2),
        (&long, 0),
    ];
    for (words, code) in commands {
        let mut child =
            command(words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        // Whoever read it has gone away before the first word.
        drop((child.stdout.take(), child.stderr.take()));
        let status = child.wait().expect("the program ends");
        assert_eq!(status.code(), Some(code), "{words:?}");
    }
}

/// Runs a shell script in which `$program` is the program.
#[cfg(unix)]
fn in_a_shell(script: &str) -> std::process::Output {
    let program = env!("CARGO_BIN_EXE_shanhai");
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", script]).env("program", program).current_dir(crate::program::root());
    shell.output().expect("a shell")
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_standard_error_is_no_reason_to_panic() {
    let output = in_a_shell("$program check nowhere.toml 2>/dev/full; echo $?");
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "2");
}

#[cfg(unix)]
#[test]
fn a_signal_that_was_ignored_stays_ignored_and_another_one_is_answered() {
    let place = tempfile::tempdir().expect("a folder");
    let case = scenario("teaching/mountain_and_coast.toml");
    for (signal, code) in [("HUP", "0"), ("TERM", "130")] {
        let out = place.path().join(signal);
        // As nohup starts it: with the hang-up ignored. The signal comes when the first rows are there.
        let script = format!(
            "trap '' HUP; $program run {} --years 60 --persons-per-agent 50 --quiet --out {} >/dev/null 2>&1 &
             child=$!; n=0
             while [ ! -s {}/nodes.csv ] && [ $n -lt 1000 ]; do sleep 0.01; n=$((n+1)); done
             kill -{signal} $child; wait $child; echo $?",
            path(&case),
            path(&out),
            path(&out)
        );
        let output = in_a_shell(&script);
        assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), code, "{signal}: {}", said(&output));
    }
}

#[test]
fn every_table_that_a_policy_names_is_in_the_list_of_inputs() {
    let area = crate::six_nodes::Area::new();
    let mut files = 0;
    for kind in KINDS {
        let schema = kind.schema();
        let fields = schema["properties"].as_object().expect("fields");
        for field in fields.keys().filter(|field| field.ends_with("_file")) {
            let text = format!("[[policy.{}]]\n{field} = \"pairs.csv\"\n", kind.name);
            let path = area.scenario(field, 1, &text);
            let read = shanhai::inside::diagnose::load::<shanhai::scenario::Scenario>(&path, &[]);
            let scenario = read.unwrap_or_else(|e| panic!("{e}")).value;
            assert!(scenario.input_files().contains(&Path::new("pairs.csv")), "{}.{field}", kind.name);
            files += 1;
        }
    }
    assert!(files >= 2, "only {files} policies name a table");
}
