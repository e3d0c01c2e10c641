//! The folder of a run: who may write into it, what is ours in it, and where a resumed run goes on.
//!
//! The folder keeps a journal, `.shanhai-folder`: every file the program is about to write is entered
//! before it is created, and every change of status is added as a line. Thus
//!
//! * a finished folder is recognised and never overwritten without `--force`;
//! * a run killed at any moment leaves a folder that is not finished;
//! * replacing a folder removes what the journal lists and nothing else: a user's notes stay;
//! * the journal is locked while a run writes, so two runs cannot share a folder. The lock goes with the
//!   process, even a killed one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::atomic_file::partial_of;
use super::csv::{TableWriter, ends_a_row};
pub(crate) use super::folder_journal::JOURNAL;
pub(crate) use super::folder_journal::Status;
use super::folder_journal::{TITLE, is_plain, parse, whole_lines};
use super::table::TableSpec;
use crate::error::{Error, Result};
use crate::message::Message;
use crate::messages;

/// How long each table was, in bytes, by the name of its file: what a checkpoint remembers.
pub(crate) type Positions = BTreeMap<String, u64>;

/// A folder that this process, and no other, writes into.
#[derive(Debug)]
pub struct ResultFolder {
    path: PathBuf,
    journal: File,
    /// Every file of ours, there or about to be.
    ours: BTreeSet<String>,
}

fn may_be_named(path: &Path) -> Result<()> {
    if path.exists() && !path.is_dir() {
        return Err(refuse(path, messages::a_file_not_a_folder()));
    }
    Ok(())
}

fn may_be_filled(path: &Path, force: bool) -> Result<()> {
    if !path.join(JOURNAL).exists() && !force && !is_empty(path)? {
        return Err(refuse(path, messages::not_made_by_program()));
    }
    Ok(())
}

fn may_be_replaced(path: &Path, status: Option<Status>, force: bool) -> Result<()> {
    match status {
        Some(Status::Finished) if !force => Err(refuse(path, messages::holds_finished_run())),
        Some(status) if !force => Err(refuse(path, messages::holds_unfinished_run(status.name()))),
        _ => Ok(()),
    }
}

/// Takes a lock that nobody holds for long after the program that held it let go: a process that such a program started
/// shares the lock until it becomes another program, some milliseconds later.
fn patiently_lock(file: &File) -> std::result::Result<(), TryLockError> {
    for _ in 0..25 {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(20)),
            outcome => return outcome,
        }
    }
    file.try_lock()
}

impl ResultFolder {
    /// Takes a folder for a new run, making it if need be.
    ///
    /// Without `force` the folder must be new or empty. With `force` what an earlier run wrote into it is
    /// removed; any other file stays, and a table never replaces a file that is not ours.
    pub fn create(path: impl AsRef<Path>, force: bool) -> Result<ResultFolder> {
        let path = path.as_ref();
        may_be_named(path)?;
        fs::create_dir_all(path).map_err(|e| Error::io(messages::io_create_the_folder(), path, e))?;
        may_be_filled(path, force)?;
        let mut folder = ResultFolder::open(path)?;
        let (ours, status) = folder.read_journal()?;
        folder.ours = ours;
        // Killed before its first file: nothing is lost, and whoever repeats the command may go on.
        let free = force || (status != Some(Status::Finished) && folder.holds_nothing());
        may_be_replaced(path, status, free)?;
        folder.clear()?;
        Ok(folder)
    }

    /// Refuses a folder that [`create`](ResultFolder::create) would refuse, and touches nothing: to be asked before
    /// work whose result goes there.
    ///
    /// # Errors
    /// If the folder may not be taken.
    pub(crate) fn may_be_taken(path: impl AsRef<Path>, force: bool) -> Result<()> {
        let path = path.as_ref();
        may_be_named(path)?;
        if !path.exists() {
            return Ok(());
        }
        may_be_filled(path, force)?;
        let Some((status, files)) = ResultFolder::look(path)? else { return Ok(()) };
        may_be_replaced(path, Some(status), force || (status != Status::Finished && files.is_empty()))
    }

    /// Takes the folder of a run that did not finish and cuts every table back to where it stood when
    /// the checkpoint was made. Nothing is cut before everything has been checked.
    pub fn resume(path: impl AsRef<Path>, positions: &Positions) -> Result<ResultFolder> {
        let path = path.as_ref();
        if !path.join(JOURNAL).exists() {
            return Err(refuse(path, messages::no_run_to_resume()));
        }
        let mut folder = ResultFolder::open(path)?;
        let (ours, status) = folder.read_journal()?;
        folder.ours = ours;
        if status == Some(Status::Finished) {
            return Err(refuse(path, messages::nothing_to_resume()));
        }
        let mut tables = Vec::new();
        for (name, &position) in positions {
            tables.push((folder.table_at(name, position)?, name, position));
        }
        folder.note("status", Status::Running.name())?;
        for (file, name, position) in tables {
            let file_path = path.join(name);
            file.set_len(position).map_err(|e| Error::io(messages::io_cut_back(), &file_path, e))?;
            file.sync_all().map_err(|e| Error::io(messages::io_write_to_disk(), &file_path, e))?;
        }
        for name in &folder.ours {
            remove(&partial_of(&path.join(name)))?;
            if name.ends_with(".csv") && !positions.contains_key(name) {
                // Begun after the checkpoint: the resumed run will begin it again.
                remove(&path.join(name))?;
            }
        }
        Ok(folder)
    }

    /// Looks into a folder without taking it: the status of its run and its files, nothing if it holds no
    /// run of this program. A run that was killed looks like one under way.
    pub fn look(path: impl AsRef<Path>) -> Result<Option<(Status, Vec<String>)>> {
        let path = path.as_ref();
        let journal_path = path.join(JOURNAL);
        let bytes = match fs::read(&journal_path) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(Error::io(messages::io_read(), &journal_path, e)),
        };
        let (ours, status) = parsed(path, &bytes)?;
        let there = ours.into_iter().filter(|name| path.join(name).is_file()).collect();
        Ok(status.map(|status| (status, there)))
    }

    /// Where the folder is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Enters a file into the journal and says where it belongs. To be called before the file is written.
    pub fn file(&mut self, name: &str) -> Result<PathBuf> {
        if !is_plain(name) {
            return Err(refuse(&self.path, messages::no_name_for_results(name)));
        }
        let path = self.path.join(name);
        if !self.ours.contains(name) {
            if path.symlink_metadata().is_ok() {
                return Err(refuse(&self.path, messages::not_written_by_program(name)));
            }
            self.note("file", name)?;
            self.ours.insert(name.to_string());
        }
        Ok(path)
    }

    /// Begins a table, or goes on with it in a resumed run.
    pub fn table(&mut self, spec: &'static TableSpec) -> Result<TableWriter> {
        let path = self.file(&spec.file())?;
        if path.exists() { TableWriter::append(path, spec) } else { TableWriter::create(path, spec) }
    }

    /// Removes a file of ours that is no longer needed, such as an old checkpoint.
    pub fn remove(&self, name: &str) -> Result<()> {
        if self.ours.contains(name) { remove(&self.path.join(name)) } else { Ok(()) }
    }

    /// Marks the folder as complete. The last thing a run does, after the tables, `datapackage.json` and
    /// `manifest.json` are on the disk.
    pub fn finish(self) -> Result<()> {
        self.close(Status::Finished)
    }

    /// Marks the folder as that of a run stopped by an error.
    pub fn failed(self) -> Result<()> {
        self.close(Status::Failed)
    }

    /// Says how the run ended; the last thing it does.
    pub fn close(mut self, status: Status) -> Result<()> {
        self.note("status", status.name())
    }

    /// Takes the folder of a run that has ended, to add a file that is made of its tables. The status stays.
    pub(crate) fn reopen(path: impl AsRef<Path>) -> Result<ResultFolder> {
        let path = path.as_ref();
        if !path.join(JOURNAL).exists() {
            return Err(refuse(path, messages::no_run_in_it()));
        }
        let mut folder = ResultFolder::open(path)?;
        folder.ours = folder.read_journal()?.0;
        Ok(folder)
    }

    /// Opens and locks the journal, making it if need be. A link in its place is not followed.
    fn open(path: &Path) -> Result<ResultFolder> {
        let journal_path = path.join(JOURNAL);
        refuse_link(path, JOURNAL)?;
        let journal = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&journal_path)
            .map_err(|e| Error::io(messages::io_open(), &journal_path, e))?;
        match patiently_lock(&journal) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(refuse(path, messages::another_run_writes()));
            }
            // Some network file systems know no locks; there the user's care has to do.
            Err(TryLockError::Error(e)) if e.kind() == ErrorKind::Unsupported => {}
            Err(TryLockError::Error(e)) => return Err(Error::io(messages::io_lock(), &journal_path, e)),
        }
        Ok(ResultFolder { path: path.to_path_buf(), journal, ours: BTreeSet::new() })
    }

    /// What the journal says. A last line that was cut short is taken away, so that the next one does not
    /// grow onto it.
    fn read_journal(&mut self) -> Result<(BTreeSet<String>, Option<Status>)> {
        let journal_path = self.path.join(JOURNAL);
        let mut bytes = Vec::new();
        self.journal
            .seek(SeekFrom::Start(0))
            .and_then(|_| self.journal.read_to_end(&mut bytes))
            .map_err(|e| Error::io(messages::io_read(), &journal_path, e))?;
        let said = parsed(&self.path, &bytes)?;
        let whole = whole_lines(&bytes).len() as u64;
        self.journal
            .set_len(whole)
            .and_then(|()| self.journal.seek(SeekFrom::End(0)))
            .map_err(|e| Error::io(messages::io_write(), &journal_path, e))?;
        Ok(said)
    }

    /// Whether no file of ours is there yet, whole or under way.
    fn holds_nothing(&self) -> bool {
        let there = |path: &Path| path.symlink_metadata().is_ok();
        self.ours
            .iter()
            .map(|name| self.path.join(name))
            .all(|file| !there(&file) && !there(&partial_of(&file)))
    }

    /// Removes what is ours and begins the journal anew. From the first removal on the folder does not
    /// count as finished.
    fn clear(&mut self) -> Result<()> {
        let journal_path = self.path.join(JOURNAL);
        if !self.ours.is_empty() {
            self.note("status", Status::Running.name())?;
        }
        for name in std::mem::take(&mut self.ours) {
            remove(&self.path.join(&name))?;
            remove(&partial_of(&self.path.join(&name)))?;
        }
        self.journal
            .set_len(0)
            .and_then(|()| self.journal.seek(SeekFrom::Start(0)))
            .and_then(|_| self.journal.write_all(format!("{TITLE}\nstatus running\n").as_bytes()))
            .and_then(|()| self.journal.sync_all())
            .map_err(|e| Error::io(messages::io_write(), &journal_path, e))
    }

    /// Adds a line to the journal and forces it to the disk.
    fn note(&mut self, word: &str, what: &str) -> Result<()> {
        self.journal
            .write_all(format!("{word} {what}\n").as_bytes())
            .and_then(|()| self.journal.sync_all())
            .map_err(|e| Error::io(messages::io_write(), self.path.join(JOURNAL), e))
    }

    /// A table of ours, checked to reach as far as a checkpoint remembers.
    fn table_at(&self, name: &str, position: u64) -> Result<File> {
        if !self.ours.contains(name) {
            return Err(refuse(&self.path, messages::checkpoint_remembers_table(name)));
        }
        let file_path = self.path.join(name);
        refuse_link(&self.path, name)?;
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .open(&file_path)
            .map_err(|e| Error::io(messages::io_open_the_table(), &file_path, e))?;
        let length = file.metadata().map_err(|e| Error::io(messages::io_read(), &file_path, e))?.len();
        if length < position {
            return Err(refuse(&self.path, messages::rows_are_missing(name, length, position)));
        }
        if !ends_a_row(&mut file, position).map_err(|e| Error::io(messages::io_read(), &file_path, e))? {
            return Err(refuse(&self.path, messages::changed_since_checkpoint(name)));
        }
        Ok(file)
    }
}

fn parsed(path: &Path, bytes: &[u8]) -> Result<(BTreeSet<String>, Option<Status>)> {
    parse(bytes).map_err(|line| refuse(path, messages::journal_not_understood(JOURNAL, line)))
}

fn is_empty(path: &Path) -> Result<bool> {
    let mut entries = fs::read_dir(path).map_err(|e| Error::io(messages::io_read_the_folder(), path, e))?;
    Ok(entries.next().is_none())
}

/// Removes a file if it is there; a folder of that name stays.
fn remove(path: &Path) -> Result<()> {
    match path.symlink_metadata() {
        Ok(found) if !found.is_dir() => {
            fs::remove_file(path).map_err(|e| Error::io(messages::io_remove(), path, e))
        }
        _ => Ok(()),
    }
}

/// Refuses a file of ours that somebody replaced by a link: writing would go elsewhere.
fn refuse_link(path: &Path, name: &str) -> Result<()> {
    match path.join(name).symlink_metadata() {
        Ok(found) if found.is_symlink() => Err(refuse(path, messages::link_to_elsewhere(name))),
        _ => Ok(()),
    }
}

fn refuse(path: &Path, reason: Message) -> Error {
    Error::Results { path: path.to_path_buf(), reason }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::table::Column;

    const NODES: TableSpec = TableSpec {
        name: "nodes",
        title: "Nodes",
        description: "One row a node and year.",
        columns: &[Column::year("year", "The year."), Column::integer("persons", "persons", "How many.")],
        key: &["year"],
    };

    const EFFECTS: TableSpec = TableSpec { name: "effects", ..NODES };

    fn write_year(table: &mut TableWriter, year: i32) {
        table.row().year(year).integer(i64::from(year) * 2).end().unwrap();
    }

    /// A folder with nodes.csv of three years, closed with a status, none as after a kill.
    fn run(path: &Path, status: Option<Status>) -> Positions {
        let mut folder = ResultFolder::create(path, false).unwrap();
        let mut nodes = folder.table(&NODES).unwrap();
        write_year(&mut nodes, 2020);
        nodes.sync().unwrap();
        let positions = Positions::from([("nodes.csv".to_string(), nodes.position())]);
        let mut effects = folder.table(&EFFECTS).unwrap();
        write_year(&mut effects, 2021);
        write_year(&mut nodes, 2021);
        write_year(&mut nodes, 2022);
        nodes.finish().unwrap();
        effects.finish().unwrap();
        if let Some(status) = status {
            folder.close(status).unwrap();
        }
        positions
    }

    #[test]
    fn a_finished_folder_is_never_overwritten_without_force() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/run");
        run(&path, Some(Status::Finished));
        let before = fs::read(path.join("nodes.csv")).unwrap();
        let error = ResultFolder::create(&path, false).unwrap_err().to_string();
        assert!(error.contains("finished run") && error.contains("--force"), "{error}");
        let error = ResultFolder::resume(&path, &Positions::new()).unwrap_err().to_string();
        assert!(error.contains("nothing to resume"), "{error}");
        assert_eq!(fs::read(path.join("nodes.csv")).unwrap(), before);
    }

    #[test]
    fn a_run_that_was_killed_before_its_first_file_leaves_a_folder_that_may_be_used() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("run");
        drop(ResultFolder::create(&path, false).unwrap());
        drop(ResultFolder::create(&path, false).unwrap());
        run(&path, None);
        let error = ResultFolder::create(&path, false).unwrap_err().to_string();
        assert!(error.contains("did not finish"), "{error}");
    }

    #[test]
    fn force_removes_what_is_ours_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        run(path, Some(Status::Finished));
        fs::write(path.join("notes.txt"), "mine").unwrap();
        fs::write(path.join("flows.csv"), "mine too").unwrap();
        fs::write(path.join("nodes.csv.partial"), "left over").unwrap();
        let mut again = ResultFolder::create(path, true).unwrap();
        let mut left: Vec<_> =
            fs::read_dir(path).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        left.sort();
        assert_eq!(left, [JOURNAL, "flows.csv", "notes.txt"]);
        let error = again.file("flows.csv").unwrap_err().to_string();
        assert!(error.contains("not written by this program"), "{error}");
        assert_eq!(fs::read_to_string(path.join("flows.csv")).unwrap(), "mine too");
    }

    #[test]
    fn a_folder_of_somebody_else_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("nodes.csv"), "mine").unwrap();
        let error = ResultFolder::create(folder.path(), false).unwrap_err().to_string();
        assert!(error.contains("not made by this program"), "{error}");
        assert!(!folder.path().join(JOURNAL).exists());
        assert!(ResultFolder::resume(folder.path(), &Positions::new()).is_err());
        let mut beside = ResultFolder::create(folder.path(), true).unwrap();
        assert!(beside.table(&NODES).is_err());
        assert_eq!(fs::read_to_string(folder.path().join("nodes.csv")).unwrap(), "mine");
    }

    #[test]
    fn a_file_in_place_of_the_folder_is_said_so() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let error = ResultFolder::create(file.path(), true).unwrap_err().to_string();
        assert!(error.contains("it is a file"), "{error}");
    }

    #[test]
    fn two_runs_cannot_share_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let first = ResultFolder::create(folder.path(), false).unwrap();
        for force in [false, true] {
            let error = ResultFolder::create(folder.path(), force).unwrap_err().to_string();
            assert!(error.contains("another run"), "{error}");
        }
        drop(first);
        ResultFolder::create(folder.path(), true).unwrap();
    }

    #[test]
    fn a_resumed_folder_has_the_bytes_of_an_uninterrupted_one() {
        let whole = tempfile::tempdir().unwrap();
        run(whole.path(), Some(Status::Finished));
        for status in [None, Some(Status::Interrupted), Some(Status::Failed)] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path();
            let positions = run(path, status);
            // A kill in the middle of a write.
            let mut torn = OpenOptions::new().append(true).open(path.join("nodes.csv")).unwrap();
            torn.write_all(b"20").unwrap();
            fs::write(path.join("nodes.csv.partial"), "left over").unwrap();
            let error = ResultFolder::create(path, false).unwrap_err().to_string();
            assert!(error.contains("resume"), "{error}");

            let mut resumed = ResultFolder::resume(path, &positions).unwrap();
            assert!(!path.join("effects.csv").exists() && !path.join("nodes.csv.partial").exists());
            let mut nodes = resumed.table(&NODES).unwrap();
            assert_eq!(nodes.position(), positions["nodes.csv"]);
            let mut effects = resumed.table(&EFFECTS).unwrap();
            write_year(&mut effects, 2021);
            write_year(&mut nodes, 2021);
            write_year(&mut nodes, 2022);
            nodes.finish().unwrap();
            effects.finish().unwrap();
            resumed.finish().unwrap();
            for name in ["nodes.csv", "effects.csv"] {
                assert_eq!(fs::read(path.join(name)).unwrap(), fs::read(whole.path().join(name)).unwrap());
            }
            assert!(ResultFolder::create(path, false).unwrap_err().to_string().contains("finished"));
        }
    }

    #[test]
    fn nothing_is_cut_when_the_tables_do_not_fit_the_checkpoint() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let positions = run(path, None);
        let before = fs::read(path.join("nodes.csv")).unwrap();
        let wrong = [
            (("nodes.csv", before.len() as u64 + 1), "rows are missing"),
            (("nodes.csv", positions["nodes.csv"] - 1), "changed since"),
            (("nodes.csv", 0), "changed since"),
            (("others.csv", 5), "not written"),
            (("../nodes.csv", 5), "not written"),
        ];
        for ((name, position), reason) in wrong {
            let positions = Positions::from([("effects.csv".to_string(), 13), (name.to_string(), position)]);
            let error = ResultFolder::resume(path, &positions).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
            assert_eq!(fs::read(path.join("nodes.csv")).unwrap(), before);
        }
    }

    #[test]
    fn a_journal_cut_anywhere_never_endangers_a_file() {
        let folder = tempfile::tempdir().unwrap();
        run(folder.path(), Some(Status::Finished));
        let journal = fs::read(folder.path().join(JOURNAL)).unwrap();
        for length in 0..journal.len() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path();
            run(path, Some(Status::Finished));
            fs::write(path.join(JOURNAL), &journal[..length]).unwrap();
            fs::write(path.join("no"), "mine").unwrap();
            // Whatever the journal forgot is not ours any more and stays.
            drop(ResultFolder::create(path, true).unwrap());
            assert_eq!(fs::read_to_string(path.join("no")).unwrap(), "mine");
        }
    }

    #[test]
    fn a_folder_can_be_looked_into_without_taking_it() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(ResultFolder::look(folder.path()).unwrap(), None);
        let mut ours = ResultFolder::create(folder.path(), false).unwrap();
        for name in ["checkpoint_2021.shanhai", "checkpoint_2022.shanhai"] {
            fs::write(ours.file(name).unwrap(), "").unwrap();
        }
        ours.remove("checkpoint_2021.shanhai").unwrap();
        let seen = ResultFolder::look(folder.path()).unwrap();
        assert_eq!(seen, Some((Status::Running, vec!["checkpoint_2022.shanhai".to_string()])));
        ours.close(Status::Interrupted).unwrap();
        assert_eq!(ResultFolder::look(folder.path()).unwrap().unwrap().0, Status::Interrupted);
    }

    #[test]
    fn a_journal_of_another_version_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        for text in ["shanhai result folder 2\n", "shanhai result folder 1\nfile ../../etc\n"] {
            fs::write(folder.path().join(JOURNAL), text).unwrap();
            let error = ResultFolder::create(folder.path(), true).unwrap_err().to_string();
            assert!(error.contains("does not understand"), "{error}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_place_of_the_journal_or_a_table_is_not_followed() {
        let place = tempfile::tempdir().unwrap();
        let (path, elsewhere) = (place.path().join("run"), place.path().join("elsewhere"));
        fs::create_dir(&path).unwrap();
        fs::write(&elsewhere, "").unwrap();
        let link = |name: &str| std::os::unix::fs::symlink(&elsewhere, path.join(name)).unwrap();
        link(JOURNAL);
        let error = ResultFolder::create(&path, true).unwrap_err().to_string();
        assert!(error.contains("is a link"), "{error}");
        assert_eq!(fs::read(&elsewhere).unwrap(), b"");

        fs::remove_file(path.join(JOURNAL)).unwrap();
        let positions = run(&path, Some(Status::Failed));
        fs::copy(path.join("nodes.csv"), &elsewhere).unwrap();
        fs::remove_file(path.join("nodes.csv")).unwrap();
        link("nodes.csv");
        let before = fs::read(&elsewhere).unwrap();
        let error = ResultFolder::resume(&path, &positions).unwrap_err().to_string();
        assert!(error.contains("`nodes.csv` is a link"), "{error}");
        assert_eq!(fs::read(&elsewhere).unwrap(), before);
    }

    #[test]
    fn a_file_made_of_the_tables_goes_with_them() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        run(path, Some(Status::Finished));
        let mut ended = ResultFolder::reopen(path).unwrap();
        fs::write(ended.file("report.html").unwrap(), "of the old tables").unwrap();
        drop(ended);
        assert_eq!(ResultFolder::look(path).unwrap().unwrap().0, Status::Finished);
        drop(ResultFolder::create(path, true).unwrap());
        assert!(!path.join("report.html").exists());
    }

    #[test]
    fn only_plain_names_are_files_of_results() {
        let folder = tempfile::tempdir().unwrap();
        let mut folder = ResultFolder::create(folder.path(), false).unwrap();
        for name in ["", ".", "..", JOURNAL, "a/b", "a\\b", "a b", "a\nstatus finished"] {
            assert!(folder.file(name).is_err(), "`{name}`");
        }
        assert!(folder.file("checkpoint-2030.shanhai").is_ok());
    }
}
