//! The promise of this module as a whole: a run killed at any moment resumes to the same bytes.
//!
//! A small run (two tables, a checkpoint a year, the second table begun late) is started as a process of its
//! own, killed at random moments, resumed from its newest good checkpoint, and compared with one that was
//! left alone.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::checkpoint_file::{CheckpointReader, CheckpointWriter};
use super::datapackage::{self, About, DataPackage};
use super::folder::{Positions, ResultFolder, Status};
use super::manifest::Manifest;
use super::table::{Column, TableSpec};
use crate::clock::Clock;
use crate::error::Result;

const YEARS: std::ops::Range<i32> = 2020..2080;
const ROWS: u64 = 400;
const LATE: i32 = 2030;

const NODES: TableSpec = TableSpec {
    name: "nodes",
    title: "Nodes",
    description: "One row a node and year.",
    columns: &[
        Column::year("year", "The year."),
        Column::integer("node", "", "The node."),
        Column::number("income_yuan", "yuan", "Its income."),
    ],
    key: &["year", "node"],
};
const EFFECTS: TableSpec = TableSpec { name: "effects", ..NODES };

#[derive(Serialize, Deserialize)]
struct Header {
    /// The first year that the checkpoint has not seen.
    next: i32,
    positions: Positions,
}

/// A run from wherever its folder stands to its end.
fn run(path: &Path) -> Result<()> {
    let mut state: Vec<u64> = (0..ROWS).collect();
    let mut first = YEARS.start;
    let mut resumed_from = None;
    let mut positions = Positions::new();
    let (status, files) = ResultFolder::look(path)?.unwrap_or((Status::Running, Vec::new()));
    if status == Status::Finished {
        // Killed between its last word and its end.
        return Ok(());
    }
    let mut checkpoints: Vec<String> =
        files.into_iter().filter(|name| name.starts_with("checkpoint_")).collect();
    if let Some(name) = checkpoints.pop() {
        let mut reader = CheckpointReader::open(path.join(&name))?;
        let header: Header = reader.header()?;
        state = reader.read("state")?;
        (first, positions, resumed_from) = (header.next, header.positions, Some(name));
    }
    let (mut folder, mut manifest) = match &resumed_from {
        Some(_) => (ResultFolder::resume(path, &positions)?, Manifest::read(path)?),
        None => (ResultFolder::create(path, true)?, Manifest::new(vec!["run".to_string()], 7)),
    };
    for name in &checkpoints {
        folder.remove(name)?;
    }
    let clock = manifest.begin(1, resumed_from.as_deref(), Clock::STOPPED);
    manifest.write(&mut folder)?;
    let mut nodes = folder.table(&NODES)?;
    let mut effects = None;
    for year in first..YEARS.end {
        for (node, word) in state.iter_mut().enumerate() {
            *word = word.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(year as u64);
            nodes.row().year(year).integer(node as i64).number(*word as f64 / 3.0).end()?;
        }
        if year >= LATE {
            let table = match effects.take() {
                Some(table) => table,
                None => folder.table(&EFFECTS)?,
            };
            effects.insert(table).row().year(year).integer(0).number(state[0] as f64).end()?;
        }
        let mut positions = Positions::new();
        for table in [Some(&mut nodes), effects.as_mut()].into_iter().flatten() {
            table.sync()?;
            positions.insert(table.spec().file(), table.position());
        }
        let name = folder.file(&format!("checkpoint_{year}.shanhai"))?;
        let mut checkpoint = CheckpointWriter::create(name, &Header { next: year + 1, positions })?;
        checkpoint.section("state", &state)?;
        checkpoint.finish()?;
        folder.remove(&format!("checkpoint_{}.shanhai", year - 1))?;
    }
    nodes.finish()?;
    effects.map_or(Ok(()), |effects| effects.finish())?;
    DataPackage::describe(path, &[&NODES, &EFFECTS], &About::default())?.write(&mut folder)?;
    manifest.end(&clock, Vec::new(), Status::Finished, None);
    manifest.write(&mut folder)?;
    folder.finish()
}

const FOLDER: &str = "SHANHAI_TEST_KILLED_RUN";

/// The process that is killed; does nothing when the tests are run as usual.
#[test]
fn the_run_that_is_killed() {
    if let Some(path) = std::env::var_os(FOLDER) {
        run(Path::new(&path)).unwrap();
    }
}

#[test]
fn a_run_killed_at_any_moment_resumes_to_the_same_bytes() {
    let place = tempfile::tempdir().unwrap();
    let (whole, killed) = (place.path().join("whole"), place.path().join("killed"));
    run(&whole).unwrap();
    let mut kills = 0;
    loop {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "output::killed_run::the_run_that_is_killed"])
            .env(FOLDER, &killed)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // Uneven steps, from before the folder is there to several years of the run; later ones are left
        // alone so that a slow disk also comes to an end.
        let patience = if kills < 40 { 1 + kills * 17 % 61 } else { 60_000 };
        let mut status = None;
        for _ in 0..patience {
            std::thread::sleep(Duration::from_millis(1));
            status = child.try_wait().unwrap();
            if status.is_some() {
                break;
            }
        }
        match status {
            Some(status) => {
                assert!(status.success(), "the resumed run failed after {kills} kills");
                break;
            }
            None => {
                child.kill().unwrap();
                child.wait().unwrap();
                kills += 1;
            }
        }
    }
    assert!(kills > 0, "nothing was killed");
    // Only kills before the first checkpoint begin a new manifest.
    assert!(Manifest::read(&killed).unwrap().sessions.len() > 1, "nothing was resumed");
    for name in ["nodes.csv", "effects.csv", datapackage::FILE, "checkpoint_2079.shanhai"] {
        let same = fs::read(whole.join(name)).unwrap() == fs::read(killed.join(name)).unwrap();
        assert!(same, "{name} differs after {kills} kills");
    }
    let names = |path: &Path| {
        let entries = fs::read_dir(path).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
        entries.collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(names(&whole), names(&killed), "nothing is left lying about");
    let manifest = Manifest::read(&killed).unwrap();
    assert_eq!(manifest.status, Status::Finished);
    assert!(manifest.sessions.last().is_some_and(|session| session.ended.is_some()));
}
