//! Promise: one command line. `--quiet`, `--threads`, `--set`, `--force`, `--out` and `--language` are on every command that
//! runs or writes something and mean the same there, but for stated exceptions (docs/decisions.md).

use std::path::{Path, PathBuf};
use std::process::Output;

use clap::error::ErrorKind;
use clap::{Arg, Command, CommandFactory as _};
use shanhai::cli::Cli;
use shanhai::inside::Manifest;

use crate::prepare::{SMALL_CENTROIDS, small_census};
use crate::program::{said, scenario, shanhai};

const OPTIONS: [&str; 6] = ["quiet", "threads", "set", "force", "out", "language"];

/// Commands that print what the program knows, or draw what is there.
const RUN_NOTHING: [&str; 7] = ["nodes", "parameters", "schema", "policies", "report", "completions", "man"];

/// What a command does not have, and why.
const WITHOUT: [(&str, &[&str], &str); 5] = [
    ("resume", &["set", "force", "out"], "what goes on is what stood in the folder"),
    ("check", &["force", "out"], "nothing is written"),
    ("merge", &["set", "threads"], "nothing is run"),
    ("new", &["set", "threads"], "nothing is run"),
    ("prepare", &["set", "threads"], "nothing is run, and there is no scenario yet"),
];

/// Options of the same name that are another thing, and why.
const OTHER: [(&str, &str, &str); 4] = [
    ("bench", "threads", "a list: numbers of threads are what is measured"),
    ("verify", "set", "parameters of a case, for which its closed form is solved anew"),
    ("new", "force", "files of a user in a folder of a user, not results"),
    ("prepare", "force", "the same"),
];

/// The commands that run or write something.
fn commands() -> Vec<Command> {
    let mut program = Cli::command();
    // Options of the program reach its commands when it is built.
    program.build();
    let names: Vec<&str> = program.get_subcommands().map(Command::get_name).collect();
    for name in RUN_NOTHING.into_iter().chain(WITHOUT.map(|row| row.0)).chain(OTHER.map(|row| row.0)) {
        assert!(names.contains(&name), "there is no command {name}");
    }
    let runs =
        |command: &&Command| !RUN_NOTHING.contains(&command.get_name()) && command.get_name() != "help";
    let found: Vec<Command> = program.get_subcommands().filter(runs).cloned().collect();
    assert!(found.len() > 13, "only {} commands", found.len());
    found
}

fn option<'c>(command: &'c Command, name: &str) -> Option<&'c Arg> {
    command.get_arguments().find(|argument| argument.get_long() == Some(name))
}

#[test]
fn every_command_that_runs_something_has_the_common_options() {
    for command in commands() {
        let name = command.get_name();
        for wanted in OPTIONS {
            let excepted = WITHOUT.iter().find(|(of, options, _)| *of == name && options.contains(&wanted));
            match (option(&command, wanted), excepted) {
                (Some(_), None) | (None, Some(_)) => {}
                (None, None) => {
                    panic!("{name} has no --{wanted}: add it, or say here and in docs/decisions.md why")
                }
                (Some(_), Some((_, _, why))) => panic!("{name} has --{wanted}, and it is said that {why}"),
            }
        }
    }
}

#[test]
fn a_common_option_is_explained_and_read_alike_everywhere() {
    let told = |argument: &Arg| {
        let names = argument.get_value_names().unwrap_or_default();
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
        format!("{help} {names:?} {:?} {:?}", argument.get_action(), argument.get_default_values())
    };
    for name in ["quiet", "threads", "set", "force"] {
        let mut first: Option<(String, String)> = None;
        for command in commands() {
            let of = command.get_name();
            let Some(argument) = option(&command, name) else { continue };
            if OTHER.iter().any(|(other, option, _)| (*other, *option) == (of, name)) {
                continue;
            }
            let (there, words) = first.get_or_insert((of.to_owned(), told(argument)));
            assert_eq!(*words, told(argument), "--{name} of {there} and of {of}");
        }
        assert!(first.is_some(), "no command has --{name}");
    }
    for command in commands() {
        let Some(out) = option(&command, "out") else { continue };
        let names = out.get_value_names().unwrap_or_default();
        let names: Vec<String> = names.iter().map(ToString::to_string).collect();
        assert_eq!(names, ["DIR"], "--out of {}", command.get_name());
    }
    // The limit holds before a scenario is even looked for.
    for command in commands().iter().filter(|command| option(command, "threads").is_some()) {
        let words = ["shanhai", command.get_name(), "--threads", "100000"];
        let error = Cli::command().try_get_matches_from(words).expect_err("too many threads");
        assert_eq!(error.kind(), ErrorKind::ValueValidation, "{}: {error}", command.get_name());
    }
}

fn well(words: &[&str]) -> Output {
    let output = shanhai(words);
    assert!(output.status.success(), "{words:?}: {}", said(&output));
    output
}

fn silent(words: &[&str]) {
    let output = well(words);
    assert!(output.stdout.is_empty(), "{words:?}: {}", said(&output));
}

fn refused(words: &[&str], part: &str) {
    let output = shanhai(words);
    assert_eq!(output.status.code(), Some(2), "{words:?}: {}", said(&output));
    assert!(said(&output).contains(part), "{words:?}: no word of `{part}` in {}", said(&output));
}

fn text(path: impl AsRef<Path>) -> String {
    let path = path.as_ref();
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// A folder for results, and its name as a word of a command.
fn folder(place: &Path, name: &str) -> (PathBuf, String) {
    let path = place.join(name);
    let word = path.display().to_string();
    (path, word)
}

/// The table of a folder that says what it is and what made it.
fn kept(out: &Path, table: &str) -> String {
    let manifest = Manifest::read(out).unwrap_or_else(|e| panic!("{e}"));
    assert!(manifest.command.contains(&"--out".to_owned()), "{:?}", manifest.command);
    assert!(text(out.join("datapackage.json")).contains(&format!("\"{table}.csv\"")));
    text(out.join(format!("{table}.csv")))
}

/// Of a command that keeps results where it is asked to: a folder is replaced only with `--force`, and a slip, which is told
/// with a caret under the change, leaves it as it is.
fn replaced_only_with_force(words: &[&str], out: &Path, table: &str) {
    let before = kept(out, table);
    refused(words, "--force");
    let slip = [words, &["--force", "--set", "run.bogus=1"]].concat();
    refused(&slip, "--set:1:");
    refused(&slip, "^");
    assert_eq!(kept(out, table), before, "{words:?}");
    std::fs::write(out.join("notes.txt"), "mine").expect("a file");
    silent(&[words, &["--force", "--quiet"]].concat());
    assert_eq!(text(out.join("notes.txt")), "mine");
}

#[test]
fn moments_take_changes_threads_and_a_folder() {
    let place = tempfile::tempdir().expect("a folder");
    let ((one, out_one), (two, out_two)) = (folder(place.path(), "one"), folder(place.path(), "two"));
    let csv = place.path().join("rows.csv").display().to_string();
    let row = ["moments", "--only", "spending", "--no-switches", "--set", "run.persons_per_agent=5000"];
    let loud = [&row[..], &["--threads", "1", "--csv", &csv, "--out", &out_one]].concat();
    let page = String::from_utf8(well(&loud).stdout).expect("text");
    let again = "Printed by `shanhai moments --only spending --no-switches --set run.persons_per_agent=5000`";
    assert!(page.contains(again), "{page}");
    let table = kept(&one, "moments");
    assert!(table.contains(",shanhai moments --set run.persons_per_agent=5000 --only spending\n"), "{table}");
    assert_eq!(table, text(&csv));
    silent(&[&row[..], &["--threads", "2", "--quiet", "--out", &out_two]].concat());
    assert_eq!(table, kept(&two, "moments"), "threads change no number");
    replaced_only_with_force(&[&row[..], &["--out", &out_one]].concat(), &one, "moments");
    // What a row needs to know is missing, and nobody panics.
    let short = ["moments", "--only", "vital", "--no-switches", "--set", "run.persons_per_agent=20000"];
    let page = well(&[&short[..], &["--set", "run.years=1"]].concat());
    assert!(said(&page).contains("not measured"), "{}", said(&page));
}

#[test]
fn mechanisms_take_a_folder_and_the_page_says_what_was_changed() {
    let place = tempfile::tempdir().expect("a folder");
    let (out, word) = folder(place.path(), "out");
    let page = place.path().join("page.md");
    std::fs::write(&page, "before\n<!-- begin:acting -->\n<!-- end:acting -->\n").expect("a page");
    let page_word = page.display().to_string();
    let one = ["mechanisms", "--only", "M31", "--years", "1", "--persons-per-agent", "20000"];
    let words = [&one[..], &["--replicates", "2", "--out", &word]].concat();
    let output = well(&words);
    assert!(said(&output).contains(&word), "{}", said(&output));
    let table = kept(&out, "mechanisms");
    assert!(table.lines().count() == 2 && table.contains("\nM31,") && table.contains(",acts,"), "{table}");
    replaced_only_with_force(&words, &out, "mechanisms");
    let still = ["--set", "parameters.congestion_loss=0.0", "--page", &page_word, "--force", "--quiet"];
    silent(&[&words[..], &still].concat());
    assert!(kept(&out, "mechanisms").contains(",dead,"));
    let part = "--replicates 2 --set parameters.congestion_loss=0.0 --page ";
    assert!(text(&page).starts_with("before\n") && text(&page).contains(part), "{}", text(&page));
}

#[test]
fn verify_takes_threads_and_a_folder_and_is_silent_if_asked() {
    let place = tempfile::tempdir().expect("a folder");
    let (out, word) = folder(place.path(), "out");
    let csv = place.path().join("rows.csv").display().to_string();
    let case = ["verify", "C2", "--agents", "1000", "--quiet"];
    silent(&[&case[..], &["--threads", "2", "--out", &word]].concat());
    silent(&[&case[..], &["--threads", "1", "--csv", &csv]].concat());
    assert_eq!(kept(&out, "verification"), text(&csv), "threads change no number");
    refused(&[&case[..], &["--out", &word]].concat(), "--force");
    silent(&[&case[..], &["--out", &word, "--force"]].concat());
    refused(&["verify", "--list", "--quiet"], "--quiet");
}

#[test]
fn bench_takes_changes_and_a_folder_and_is_silent_if_asked() {
    let place = tempfile::tempdir().expect("a folder");
    let case = scenario("teaching/two_regions.toml").display().to_string();
    let words = ["bench", &case, "--agents", "2e4", "--threads", "1", "--years", "1"];
    let row = |name: &str, more: &[&str]| {
        let (out, word) = folder(place.path(), name);
        silent(&[&words[..], &["--quiet", "--out", &word], more].concat());
        let table = kept(&out, "bench");
        assert_eq!(table.lines().count(), 2, "{table}");
        table.trim_end().rsplit(',').next().expect("a hash").to_owned()
    };
    let own = row("own", &[]);
    assert_eq!(own, row("named", &["--set", "run.years=1"]));
    assert_ne!(own, row("seed", &["--set", "run.seed=2"]));
    assert_ne!(own, row("years", &["--set", "run.years=2"]), "--set stands over --years");
    let (out, word) = folder(place.path(), "own");
    replaced_only_with_force(&[&words[..], &["--out", &word]].concat(), &out, "bench");
}

#[test]
fn changes_stand_over_named_options() {
    let place = tempfile::tempdir().expect("a folder");
    let case = scenario("teaching/two_regions.toml").display().to_string();
    let (out, word) = folder(place.path(), "out");
    let size = ["--persons-per-agent", "500", "--years", "3", "--set", "run.years=1", "--out", &word];
    silent(&[&["run", &case, "--quiet"][..], &size].concat());
    assert!(text(out.join("runs.csv")).contains(",finished,2020,1,500,"), "{}", text(out.join("runs.csv")));
}

#[test]
fn a_quiet_check_says_only_what_is_wrong() {
    let case = scenario("teaching/two_regions.toml").display().to_string();
    silent(&["check", &case, "--quiet", "--threads", "2"]);
    refused(&["check", &case, "--quiet", "--set", "run.bogus=1"], "--set:1:");
}

#[test]
fn what_writes_files_is_silent_if_asked_and_replaces_them_only_with_force() {
    let place = tempfile::tempdir().expect("a folder");
    let at = |name: &str| place.path().join(name).display().to_string();
    let folder = at("mine");
    let new = ["new", "first.toml", "--out", &folder, "--quiet"];
    silent(&new);
    refused(&[&new[..], &["--title", "Another"]].concat(), "is there already");
    silent(&[&new[..], &["--title", "Another", "--force"]].concat());
    assert!(text(at("mine/first.toml")).contains("title = \"Another\""));
    let (census, centroids, out) = (at("census.csv"), at("centroids.csv"), at("tables"));
    std::fs::write(&census, small_census()).expect("a census");
    std::fs::write(&centroids, SMALL_CENTROIDS).expect("points");
    let files = ["prepare", "--census", &census, "--centroids", &centroids, "--year", "2010"];
    let prepare = [&files[..], &["--provinces", "990000", "--out", &out, "--quiet"]].concat();
    silent(&prepare);
    refused(&prepare, "is there already");
    silent(&[&prepare[..], &["--force"]].concat());
    refused(&["prepare", "--explain", "--quiet"], "--quiet");
}
