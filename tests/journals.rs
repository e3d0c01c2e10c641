//! Promise: long work is not lost. `compare`, `sensitivity`, `backtest` and `calibrate` enter what is done into a
//! journal; after a kill at any moment or Ctrl-C the same command goes on to the same bytes. A table that is changed
//! meanwhile is noticed.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::program::{command, said};
use crate::small_area::{read, scenario};
use shanhai::Error;
use shanhai::experiment::compare::Request;
use shanhai::experiment::{Method, Settings};
use shanhai::inside::experiment::sensitivity::{self, Journal, Members, Part, Plan, run};
use shanhai::inside::experiment::{Program, Study};
use shanhai::run::Clock;

/// A small area with a table of targets.
struct Desk {
    place: tempfile::TempDir,
    file: String,
    targets: String,
}

impl Desk {
    fn new() -> Desk {
        let place = tempfile::tempdir().unwrap();
        let odds = "[drivers.migration]\nyears = 20\ncrowding_density = 20\ncrowding = 0\n";
        let file = scenario(place.path(), "a", odds).display().to_string();
        let targets = place.path().join("targets.csv");
        std::fs::write(&targets, "unit,population_2020\n331102,400000\n331121,350000\n331122,300000\n")
            .unwrap();
        let targets = targets.display().to_string();
        Desk { place, file, targets }
    }

    /// Every command that keeps a journal, and the journal's name.
    fn commands(&self) -> [(&'static str, String); 5] {
        let file = &self.file;
        [
            ("runs.jsonl", format!("compare {file} --treat parameters.relocation_review=0.2 --replicates 3")),
            (
                "members.jsonl",
                format!(
                    "sensitivity {file} --parameters relocation_review,saving_rate_urban --trajectories 2"
                ),
            ),
            ("runs.jsonl", format!("backtest {file} --replicates 3")),
            (
                "predictions.jsonl",
                format!(
                    "calibrate {file} --targets {} --parameters crowding=-2:2 --method agents",
                    self.targets
                ),
            ),
            (
                "points.jsonl",
                format!(
                    "calibrate {file} --parameters review_rate_18_34=0.05..0.5 --target moved_in@2021=9000 --rounds 2 --replicates 3"
                ),
            ),
        ]
    }

    fn out(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }
}

fn words(command: &str, out: &Path) -> Vec<String> {
    let words = command.split(' ').map(str::to_owned);
    words.chain(["--out".to_owned(), out.display().to_string()]).collect()
}

fn finished(command_line: &str, out: &Path) {
    let output = command(words(command_line, out)).output().expect("the program starts");
    assert!(output.status.success(), "{command_line}: {}", said(&output));
}

/// Every table and description of a folder.
fn same(a: &Path, b: &Path, why: &str) {
    let names = |folder: &Path| -> Vec<String> {
        let entries = std::fs::read_dir(folder).expect("a folder");
        let names = entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> =
            names.filter(|n| n.ends_with(".csv") || n == "datapackage.json").collect();
        names.sort();
        names
    };
    assert_eq!(names(a), names(b), "{why}");
    assert!(!names(a).is_empty());
    for name in names(a) {
        assert!(read(a, &name) == read(b, &name), "{why}: {name} differs");
    }
}

#[test]
fn work_cut_after_any_part_goes_on_to_the_same_bytes_and_does_no_part_twice() {
    let desk = Desk::new();
    for (n, (journal, line)) in desk.commands().into_iter().enumerate() {
        let whole = desk.out(&format!("whole_{n}"));
        finished(&line, &whole);
        let lines: Vec<String> = read(&whole, journal).lines().map(str::to_owned).collect();
        assert!(lines.len() > 3, "{line}: {} lines", lines.len());
        for kept in [0, 1, lines.len() / 2, lines.len() - 1] {
            let cut = desk.out(&format!("cut_{n}_{kept}"));
            std::fs::create_dir(&cut).unwrap();
            // As after a kill in the middle of a line: nothing else is there but what the folder knows to be its own.
            let start = lines[..kept].iter().map(|l| format!("{l}\n")).collect::<String>();
            let half = &lines[kept][..lines[kept].len() / 2];
            std::fs::write(cut.join(journal), start.clone() + half).unwrap();
            let mark = read(&whole, ".shanhai-folder").replace("status finished\n", "");
            std::fs::write(cut.join(".shanhai-folder"), mark).unwrap();
            finished(&line, &cut);
            same(&whole, &cut, &format!("{line}, cut after {kept} lines"));
            assert!(read(&cut, journal).starts_with(&start), "what was done is not done again");
            let again = command(words(&line, &cut)).output().expect("the program starts");
            assert_eq!(
                again.status.code(),
                Some(2),
                "a finished folder is not begun again: {}",
                said(&again)
            );
        }
        // Other work does not go on with it.
        let other = format!("{line} --set run.years=1");
        let mark = read(&whole, ".shanhai-folder").replace("status finished\n", "");
        std::fs::write(whole.join(".shanhai-folder"), mark).unwrap();
        let refused = command(words(&other, &whole)).output().expect("the program starts");
        assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
        assert!(said(&refused).contains("they differ in"), "{}", said(&refused));
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_the_work_in_good_order_and_the_same_command_goes_on() {
    let desk = Desk::new();
    for (n, (journal, line)) in desk.commands().into_iter().enumerate() {
        // Long enough to be met in the middle.
        let line = format!("{line} --set run.years=8 --set run.persons_per_agent=200");
        let [whole, out] = ["whole", "stopped"].map(|name| desk.out(&format!("{name}_{n}")));
        let mut child = command(words(&line, &out))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let begun = Instant::now();
        let parts = || std::fs::read_to_string(out.join(journal)).unwrap_or_default().lines().count();
        while parts() < 3 && begun.elapsed() < Duration::from_secs(60) {
            assert!(child.try_wait().unwrap().is_none(), "{line} was done before it was stopped");
            std::thread::sleep(Duration::from_millis(1));
        }
        // SAFETY: the process is our child and was not waited for.
        assert_eq!(unsafe { libc::kill(child.id() as libc::pid_t, libc::SIGINT) }, 0);
        let output = child.wait_with_output().expect("a child");
        assert_eq!(output.status.code(), Some(130), "{line}: {}", said(&output));
        assert!(said(&output).contains("the same command goes on"), "{}", said(&output));
        assert!(read(&out, ".shanhai-folder").contains("status interrupted"));
        assert!(read(&out, "manifest.json").contains("\"status\": \"interrupted\""));
        finished(&line, &out);
        finished(&line, &whole);
        same(&whole, &out, &line);
        let manifest = read(&out, "manifest.json");
        assert!(manifest.contains(&format!("\"resumed_from\": \"{journal}\"")), "{manifest}");
    }
}

fn change(table: &Path) {
    let text = std::fs::read_to_string(table).unwrap();
    std::fs::write(table, text + "\n").unwrap();
}

#[test]
fn a_table_that_changes_between_two_runs_ends_the_work_and_is_named() {
    let desk = Desk::new();
    let request = Request {
        scenarios: vec![desk.file.clone().into()],
        overrides: Vec::new(),
        treat: vec!["parameters.relocation_review=0.2".into()],
        replicates: 2,
        replicate: None,
        each: false,
        pairs: false,
        shapley: false,
        orders: 1,
        independent: false,
        break_even: None,
        take_up: Vec::new(),
        threads: 1,
        settings: Settings { level: 0.95, method: Method::T, seed: 1 },
    };
    let table = desk.place.path().join("nodes.csv");
    let old = std::fs::read(&table).unwrap();
    let study = Study::new(&request).unwrap();
    let mut runs = 0;
    let ended = study.run(
        Clock::STOPPED,
        &|| false,
        |_| {
            runs += 1;
            if runs == 2 {
                change(&table);
            }
            Ok(())
        },
        |_, _, _| {},
    );
    let Err(Error::Changed { reason }) = ended.map(drop) else { panic!("not noticed") };
    let reason = reason.to_string();
    assert!(reason.contains("nodes.csv was changed") && reason.contains("goes on"), "{reason}");

    // A table that is gone makes no member refused: it ends the design.
    std::fs::write(&table, old).unwrap();
    let program = Program::read(desk.file.as_ref(), &[], &[]).unwrap();
    let request = sensitivity::Request {
        scenario: desk.file.clone().into(),
        overrides: Vec::new(),
        treat: Vec::new(),
        parameters: "relocation_review".into(),
        design: "morris".into(),
        trajectories: 2,
        points: 2,
        replicates: 1,
        own_replicates: None,
        level: 0.95,
        seed: 1,
        threads: 1,
    };
    let plan = Plan::new(&request, &program).unwrap();
    let mut journal = Journal::create(&desk.out("members.jsonl"), &plan).unwrap();
    let sha256 = plan.sha256().unwrap();
    let mut members = Members { plan: plan.clone(), sha256, keys: Vec::new(), members: Default::default() };
    let ended = run(&plan, &program, Part::All, 1, &mut journal, &mut members, &|| false, |done, _| {
        if done == 1 {
            std::fs::remove_file(&table).unwrap();
        }
    });
    let Err(Error::Changed { reason }) = ended else { panic!("{ended:?}") };
    let reason = reason.to_string();
    assert!(reason.contains("nodes.csv cannot be read any more"), "{reason}");
    assert!((1..5).contains(&members.members.len()), "what was done stays, and no member counts as refused");
}
