//! Promise: a run that is stopped at any year, or killed at any moment, resumes to the same bytes as one that
//! never stopped; a damaged checkpoint is refused.

use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::time::Duration;

use crate::program::{assert_same_tables, command, run, said, scenario, shanhai};
use shanhai::inside::{CheckpointReader, CheckpointWriter};
use shanhai::run::{Clock, Ended, Plan, Progress, Setting, Silent, Simulation, load};
use shanhai::scenario::ScenarioSource;

const CASE: &str = "teaching/mountain_and_coast.toml";

fn checkpoints(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut found: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "shanhai"))
        .collect();
    found.sort();
    found
}

/// A copy of a finished run's folder that looks as if the run had been killed after its last checkpoint.
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
fn a_run_restored_at_any_year_ends_in_the_same_state_as_one_that_never_stopped() {
    let place = tempfile::tempdir().expect("a folder");
    let at = |name: &str| place.path().join(name);
    let years = 5;
    for (case, more) in
        [(CASE, "run.persons_per_agent=20"), ("zhejiang/baseline.toml", "run.persons_per_agent=5000")]
    {
        let overrides = [format!("run.years={years}"), more.to_owned()];
        let save = |simulation: &Simulation, path: &Path| {
            let mut writer = CheckpointWriter::create(path, &"the same header").expect("a checkpoint");
            simulation.save(&mut writer).and_then(|()| writer.finish()).unwrap_or_else(|e| panic!("{e}"));
        };
        let mut whole = load(&scenario(case), &overrides).unwrap_or_else(|e| panic!("{e}"));
        for year in 0..years {
            save(&whole, &at(&format!("after_{year}")));
            whole.step().unwrap_or_else(|e| panic!("{e}"));
        }
        save(&whole, &at("whole"));
        let expected = std::fs::read(at("whole")).expect("a checkpoint");
        for year in 0..years {
            let path = at(&format!("after_{year}"));
            let mut reader = CheckpointReader::open(&path).unwrap_or_else(|e| panic!("{e}"));
            let mut restored = Simulation::restore(whole.scenario.clone(), &mut reader, Clock::STOPPED)
                .unwrap_or_else(|e| panic!("{e}"));
            for _ in year..years {
                restored.step().unwrap_or_else(|e| panic!("{e}"));
            }
            assert_eq!(restored.world.census, whole.world.census, "{case}: restored after {year} years");
            save(&restored, &at("restored"));
            let found = std::fs::read(at("restored")).expect("a checkpoint");
            assert!(found == expected, "{case}: restored after {year} years, another state at the end");
        }
    }
}

#[test]
fn snapshots_change_no_table_and_a_run_killed_after_its_last_one_is_finished() {
    let place = tempfile::tempdir().expect("a folder");
    let whole = place.path().join("whole");
    run(&scenario(CASE), &whole, &["--years", "4"]);
    for every in ["1", "3"] {
        let out = place.path().join(format!("every_{every}"));
        run(&scenario(CASE), &out, &["--years", "4", "--checkpoint-every", every]);
        assert_same_tables(&whole, &out, "checkpoints change nothing");
        let killed = place.path().join(format!("killed_{every}"));
        unfinished(&out, &killed);
        let output = shanhai(["resume".as_ref(), killed.as_os_str(), "--quiet".as_ref()]);
        assert!(output.status.success(), "{}", said(&output));
        assert_same_tables(&whole, &killed, "finished from the last checkpoint");
    }
}

#[test]
fn a_run_killed_at_any_moment_resumes_to_the_same_bytes() {
    let place = tempfile::tempdir().expect("a folder");
    let (whole, out) = (place.path().join("whole"), place.path().join("killed"));
    let options = ["--years", "12", "--persons-per-agent", "5", "--checkpoint-every", "1"];
    run(&scenario(CASE), &whole, &options);
    let mut arguments = vec!["run".to_owned(), scenario(CASE).display().to_string(), "--quiet".to_owned()];
    arguments.extend(options.iter().map(ToString::to_string));
    arguments.extend(["--force".to_owned(), "--out".to_owned(), out.display().to_string()]);
    let again = ["resume".to_owned(), out.display().to_string(), "--quiet".to_owned()];
    let (mut kills, mut resumed) = (0, 0);
    loop {
        let going_on = !checkpoints(&out).is_empty();
        let words: &[String] = if going_on { &again } else { &arguments };
        let mut child =
            command(words).stderr(Stdio::piped()).stdout(Stdio::null()).spawn().expect("the program starts");
        // The first kills come at once; later ones an uneven moment after another checkpoint is there, so that
        // each resumes from another year. After eight the run is left alone.
        let seen = checkpoints(&out).pop();
        let mut status = None;
        for waited in 0..1_000_000 {
            std::thread::sleep(Duration::from_millis(1));
            status = child.try_wait().expect("a child");
            let new = checkpoints(&out).pop() != seen;
            if status.is_some() || (kills < 2 && waited > 10 + 40 * kills) || (2..8).contains(&kills) && new {
                break;
            }
        }
        if status.is_none() {
            std::thread::sleep(Duration::from_millis((kills * 13 % 29) as u64));
            status = child.try_wait().expect("a child");
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

/// A small run with its tables beside it: the case, and the folder of the finished run.
fn small_case(place: &Path) -> (PathBuf, PathBuf) {
    let (case, out) = (place.join("case"), place.join("out"));
    std::fs::create_dir(&case).expect("a folder");
    for name in ["mountain_and_coast.toml", "mountain_and_coast_nodes.csv"] {
        std::fs::copy(scenario("teaching").join(name), case.join(name)).expect("a copy");
    }
    let options = ["--years", "3", "--persons-per-agent", "500", "--checkpoint-every", "1"];
    run(&case.join("mountain_and_coast.toml"), &out, &options);
    (case, out)
}

fn resume(folder: &Path) -> Output {
    shanhai(["resume".as_ref(), folder.as_os_str()])
}

fn refused(folder: &Path, code: i32, part: &str) {
    let output = resume(folder);
    assert_eq!(output.status.code(), Some(code), "{}", said(&output));
    assert!(said(&output).contains(part), "no word of `{part}` in {}", said(&output));
}

fn flip_a_bit(path: &Path) {
    let mut bytes = std::fs::read(path).expect("a checkpoint");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 4;
    std::fs::write(path, &bytes).expect("a checkpoint");
}

#[test]
fn a_damaged_newest_checkpoint_falls_back_to_the_older_one() {
    let place = tempfile::tempdir().expect("a folder");
    let (_, out) = small_case(place.path());
    let kept = checkpoints(&out);
    assert_eq!(kept.len(), 2, "a folder keeps the last two: {kept:?}");
    type Damage = fn(&Path);
    let cut: Damage = |path| {
        let bytes = std::fs::read(path).expect("a checkpoint");
        std::fs::write(path, &bytes[..bytes.len() / 2]).expect("a checkpoint");
    };
    let damages: [(Damage, &str); 2] = [(flip_a_bit, "is damaged"), (cut, "cut short")];
    for (n, (damage, word)) in damages.into_iter().enumerate() {
        let killed = place.path().join(format!("killed_{n}"));
        unfinished(&out, &killed);
        let both = checkpoints(&killed);
        damage(&both[1]);
        let output = resume(&killed);
        assert!(output.status.success(), "{}", said(&output));
        let told = said(&output);
        let older = both[0].file_name().expect("a name").to_string_lossy();
        assert!(told.contains(word) && told.contains(&format!("going on from {older}")), "{told}");
        assert_same_tables(&out, &killed, "resumed from the older checkpoint");
        assert_eq!(checkpoints(&killed).len(), 2, "the damaged one is written again");
    }
    let killed = place.path().join("killed");
    unfinished(&out, &killed);
    checkpoints(&killed).iter().for_each(|path| flip_a_bit(path));
    refused(&killed, 1, "is damaged");
}

#[test]
fn a_folder_that_is_no_unfinished_run_is_a_wrong_argument() {
    let place = tempfile::tempdir().expect("a folder");
    let (_, out) = small_case(place.path());
    refused(&out, 2, "its run is finished");
    refused(place.path(), 2, "no run of this program");
    refused(&place.path().join("nowhere"), 2, "no run of this program");
    let report = shanhai(["report".as_ref(), place.path().join("nowhere").as_os_str()]);
    assert_eq!(report.status.code(), Some(2), "{}", said(&report));
    let report = shanhai(["report".as_ref(), place.path().as_os_str()]);
    assert_eq!(report.status.code(), Some(2), "{}", said(&report));
}

#[test]
fn a_changed_table_is_refused_and_one_that_is_gone_does_no_harm() {
    let place = tempfile::tempdir().expect("a folder");
    let (case, out) = small_case(place.path());
    let killed = place.path().join("killed");
    unfinished(&out, &killed);
    let table = case.join("mountain_and_coast_nodes.csv");
    let text = std::fs::read_to_string(&table).expect("a table");
    std::fs::write(&table, text.replace("invented", "changed")).expect("a table");
    refused(&killed, 1, "was changed since the run began");
    // The checkpoint holds what was read: a table that is gone does no harm.
    std::fs::remove_dir_all(&case).expect("a folder");
    let output = resume(&killed);
    assert!(output.status.success(), "{}", said(&output));
    assert_same_tables(&out, &killed, "resumed without its inputs");
}

/// A run in process, with what it asks its caller.
fn in_process(case: &Path, out: &Path, progress: &dyn Progress, interrupted: bool) -> shanhai::Result<Ended> {
    let loaded = ScenarioSource::file(&case.join("mountain_and_coast.toml"))
        .load(&["run.years=3".to_owned(), "run.persons_per_agent=500".to_owned()])?;
    let plan = Plan { run: "case-mountain_and_coast".into(), checkpoint_every: 1, report: false };
    let asked = || interrupted;
    let setting = Setting {
        clock: Clock::STOPPED,
        threads: 1,
        command: &[],
        progress,
        interrupted: &asked,
        judge: &|_| Ok(()),
    };
    shanhai::run::begin(plan, loaded, out, false, &setting)
}

#[test]
fn a_run_interrupted_before_its_first_year_can_be_resumed() {
    let place = tempfile::tempdir().expect("a folder");
    let (case, whole) = small_case(place.path());
    let out = place.path().join("interrupted");
    let error = in_process(&case, &out, &Silent, true).err().expect("an interruption");
    assert_eq!(error.exit_code(), 130, "{error}");
    let output = resume(&out);
    assert!(output.status.success(), "{}", said(&output));
    assert_same_tables(&whole, &out, "interrupted before the first year");
}

/// Does something to a table when the second year is done.
struct Meddler<F: Fn() + Sync>(F);

impl<F: Fn() + Sync> Progress for Meddler<F> {
    fn year(&self, _year: i32, done: u32) {
        if done == 2 {
            (self.0)();
        }
    }
}

#[test]
fn a_table_that_is_changed_or_deleted_during_a_run_is_noticed_at_its_end() {
    let place = tempfile::tempdir().expect("a folder");
    let (case, whole) = small_case(place.path());
    let table = case.join("mountain_and_coast_nodes.csv");
    let text = std::fs::read_to_string(&table).expect("a table");
    let change = || std::fs::write(&table, text.replace("invented", "changed")).expect("a table");
    let delete = || std::fs::remove_file(&table).expect("a table");
    let meddlers: [(&dyn Progress, &str); 2] = [(&Meddler(change), "changed"), (&Meddler(delete), "deleted")];
    for (meddler, word) in meddlers {
        let out = place.path().join(word);
        let error = in_process(&case, &out, meddler, false).err().expect("an error");
        assert!(error.to_string().contains(&format!("nodes.csv was {word} since the run began")), "{error}");
        assert_eq!(error.exit_code(), 1);
        let manifest = std::fs::read_to_string(out.join("manifest.json")).expect("a manifest");
        assert!(manifest.contains("\"status\": \"failed\"") && manifest.contains(word), "{manifest}");
        // With the table as it was, the run is what it says.
        std::fs::write(&table, &text).expect("a table");
        let output = resume(&out);
        assert!(output.status.success(), "{}", said(&output));
        assert_same_tables(&whole, &out, word);
    }
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_keeps_complete_rows_says_so_and_can_be_resumed() {
    let place = tempfile::tempdir().expect("a folder");
    let (whole, out) = (place.path().join("whole"), place.path().join("out"));
    let options = ["--years", "40", "--persons-per-agent", "50", "--checkpoint-every", "100"];
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
    for (name, bytes) in crate::program::tables(&out) {
        assert!(bytes.ends_with(b"\n"), "{name} ends in the middle of a row");
    }
    let output = shanhai(["resume".as_ref(), out.as_os_str(), "--quiet".as_ref()]);
    assert!(output.status.success(), "{}", said(&output));
    assert_same_tables(&whole, &out, "interrupted and resumed");
}
