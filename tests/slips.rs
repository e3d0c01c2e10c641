//! Promise: a slip on the command line of an experiment costs nothing. It is answered before anything is touched: old
//! results stay, no folder is made, and the exit code is 2.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::small_area::scenario;
use clap::Parser;
use shanhai::Error;

#[derive(Parser)]
enum Command {
    Compare(shanhai::cli::compare::Args),
    Sensitivity(shanhai::cli::sensitivity::Args),
    Merge(shanhai::cli::merge::Args),
    Backtest(shanhai::cli::backtest::Args),
    Calibrate(shanhai::cli::calibrate::Args),
}

/// What a command answers; its words are separated by blanks.
fn answer(words: &str) -> Result<(), Error> {
    match Command::parse_from(["shanhai"].into_iter().chain(words.split(' '))) {
        Command::Compare(args) => shanhai::cli::compare::run(args),
        Command::Sensitivity(args) => shanhai::cli::sensitivity::run(args),
        Command::Merge(args) => shanhai::cli::merge::run(args),
        Command::Backtest(args) => shanhai::cli::backtest::run(&args),
        Command::Calibrate(args) => shanhai::cli::calibrate::run(&args),
    }
}

/// A small area with a table of targets, and commands that work on it.
struct Desk {
    place: tempfile::TempDir,
    file: String,
    targets: String,
}

impl Desk {
    fn new() -> Desk {
        let place = tempfile::tempdir().unwrap();
        let file = scenario(place.path(), "a", "").display().to_string();
        let targets = place.path().join("targets.csv");
        std::fs::write(&targets, "unit,population_2020\n331102,400000\n331121,350000\n331122,300000\n")
            .unwrap();
        let targets = targets.display().to_string();
        Desk { place, file, targets }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    /// The least that each command asks for.
    fn commands(&self) -> [(&'static str, String); 3] {
        [
            (
                "compare",
                format!("compare {} --treat parameters.relocation_review=0.2 --replicates 1", self.file),
            ),
            (
                "sensitivity",
                format!("sensitivity {} --parameters relocation_review --trajectories 1", self.file),
            ),
            ("backtest", format!("backtest {}", self.file)),
        ]
    }
}

/// Every file of a folder.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

/// Slips that every experiment answers, and a part of the answer.
const SLIPS: [(&str, &str); 3] = [
    ("--set parameters.relocation_reviews=1", "relocation_reviews"),
    ("--set run.years=-1", "run.years"),
    ("--replicates 4294967295", "at most 10000"),
];

#[test]
fn a_slip_costs_no_old_results_and_leaves_no_folder() {
    let desk = Desk::new();
    for (name, command) in desk.commands() {
        let [old, new] = [desk.path(name), desk.path(&format!("{name}_new"))];
        answer(&format!("{command} --out {}", old.display())).unwrap_or_else(|e| panic!("{name}: {e}"));
        let before = files(&old);
        let own = match name {
            "compare" => vec![("--level 95", "probability"), ("--orders 4000000000", "at most 10000")],
            "sensitivity" => vec![
                ("--level 95", "probability"),
                ("--trajectories 1000000000", "at most 499999"),
                ("--design sobol --points 1000000000", "at most 333333"),
                ("--design lhs --points 1000000000", "at most 999999"),
                ("--design nowhere.csv", "nowhere.csv could not be read"),
                ("--own-replicates 4294967295", "at most 10000"),
                ("--evidence nowhere/page.md", "is in a folder that is not there"),
                ("--job 70", "members 0 to 2"),
            ],
            _ => vec![("--targets nowhere.csv", "nowhere.csv could not be read")],
        };
        for (slip, part) in SLIPS.into_iter().chain(own) {
            // An option that is given twice is refused by the parser itself.
            let option = slip.split(' ').next().unwrap();
            let command = command.replace(&format!(" {option} 1"), "");
            for (out, force) in [(&old, " --force"), (&new, "")] {
                let error = answer(&format!("{command} {slip} --out {}{force}", out.display())).unwrap_err();
                let message = error.to_string();
                assert_eq!(error.exit_code(), 2, "{name} {slip}: {message}");
                assert!(message.contains(part), "{name} {slip}: no word of `{part}` in {message}");
            }
            assert!(files(&old) == before, "{name} {slip}: the old results are touched");
            assert!(!new.exists(), "{name} {slip}: a folder is left");
        }
        // The corrected command finds its folder free.
        answer(&format!("{command} --out {}", new.display())).unwrap_or_else(|e| panic!("{name}: {e}"));
    }
}

#[test]
fn files_and_folders_that_are_not_there_are_mistakes_in_the_arguments() {
    let desk = Desk::new();
    let (file, targets) = (&desk.file, &desk.targets);
    let calibrate = "--parameters reversion=0:1,wage=0:1";
    for (words, part) in [
        ("compare nowhere.toml".to_owned(), "nowhere.toml"),
        ("sensitivity nowhere.toml".to_owned(), "nowhere.toml"),
        ("backtest nowhere.toml".to_owned(), "nowhere.toml"),
        (format!("backtest {file} --targets nowhere.csv"), "nowhere.csv"),
        (format!("calibrate nowhere.toml --targets {targets} {calibrate}"), "nowhere.toml"),
        (format!("calibrate {file} --targets nowhere.csv {calibrate}"), "nowhere.csv"),
        (
            format!("calibrate {file} --targets {targets} {calibrate} --replicates 4294967295"),
            "at most 10000",
        ),
        ("merge nowhere".to_owned(), "nowhere"),
        (format!("merge {}", desk.place.path().display()), "members.jsonl"),
    ] {
        let error = answer(&words).unwrap_err();
        assert_eq!(error.exit_code(), 2, "{words}: {error}");
        assert!(error.to_string().contains(part), "{words}: no word of `{part}` in {error}");
    }
}

#[test]
fn the_whole_of_a_design_is_never_put_in_place_of_one_of_its_parts() {
    let desk = Desk::new();
    let [one, two] = ["1/2", "2/2"].map(|shard| {
        let out = desk.path(&shard.replace('/', "of"));
        let command = &desk.commands()[1].1;
        answer(&format!("{command} --shard {shard} --out {}", out.display())).unwrap();
        out
    });
    let before = files(&one);
    let words = format!("merge {} {} --out {} --force", one.display(), two.display(), one.display());
    let error = answer(&words).unwrap_err();
    assert_eq!(error.exit_code(), 2, "{error}");
    assert!(error.to_string().contains("is a part"), "{error}");
    assert!(files(&one) == before);
}
