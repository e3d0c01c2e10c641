//! Files that a command writes where its user says: never over another file unasked, and all of them or none.

use std::path::{Path, PathBuf};

use super::atomic_file::AtomicFile;
use crate::error::{Error, Result};
use crate::messages;

/// Files that belong together.
#[derive(Debug, Default)]
pub(crate) struct FileSet {
    force: bool,
    files: Vec<(PathBuf, Vec<u8>)>,
    /// Files of an earlier set that this one does not have.
    stale: Vec<PathBuf>,
}

impl FileSet {
    /// An empty set. With `force` it may replace files.
    pub(crate) fn new(force: bool) -> FileSet {
        FileSet { force, ..FileSet::default() }
    }

    /// Refuses a place that is taken; to be asked before the work whose result goes there.
    ///
    /// # Errors
    /// If something is there and may not be replaced.
    pub(crate) fn free(&self, path: &Path) -> Result<()> {
        let expected = match path.symlink_metadata() {
            Ok(there) if there.is_dir() => messages::name_a_file(),
            Ok(_) if !self.force => messages::another_file_or_force(),
            _ => return Ok(()),
        };
        Err(Error::Usage { found: messages::is_there_already(path.display()), expected })
    }

    /// Adds a file.
    pub(crate) fn add(&mut self, path: impl Into<PathBuf>, bytes: impl Into<Vec<u8>>) {
        self.files.push((path.into(), bytes.into()));
    }

    /// Says that a file does not belong to the set: one of an earlier set is removed with `force`, refused
    /// without.
    pub(crate) fn without(&mut self, path: impl Into<PathBuf>) {
        self.stale.push(path.into());
    }

    /// Writes all files, or none if one of them is refused.
    ///
    /// # Errors
    /// If a place is taken, two files have one name, or the operating system refuses.
    pub(crate) fn write(self) -> Result<()> {
        for path in self.files.iter().map(|(path, _)| path).chain(&self.stale) {
            self.free(path)?;
        }
        for (i, (path, _)) in self.files.iter().enumerate() {
            if self.files[..i].iter().any(|(other, _)| other == path) {
                return Err(Error::Usage {
                    found: messages::named_for_two_files(path.display()),
                    expected: messages::name_each_file_once(),
                });
            }
        }
        let mut whole = Vec::new();
        for (path, bytes) in &self.files {
            let mut file = AtomicFile::create(path)?;
            file.put(bytes)?;
            file.sync()?;
            whole.push(file);
        }
        for path in self.stale.iter().filter(|path| path.symlink_metadata().is_ok()) {
            std::fs::remove_file(path).map_err(|e| Error::io(messages::io_remove(), path, e))?;
        }
        whole.into_iter().try_for_each(AtomicFile::commit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_file_that_is_there_is_replaced_only_with_force() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("scenario.toml");
        fs::write(&path, "mine").unwrap();
        for (force, expected) in [(false, "mine"), (true, "new")] {
            let mut set = FileSet::new(force);
            set.add(&path, "new");
            assert_eq!(set.write().is_ok(), force);
            assert_eq!(fs::read_to_string(&path).unwrap(), expected);
        }
        assert!(FileSet::new(true).free(folder.path()).is_err(), "a folder is never replaced");
    }

    #[test]
    fn nothing_is_written_where_one_file_of_the_set_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("taken"), "mine").unwrap();
        for refused in [at("taken"), at("no/such/folder/c"), at("a")] {
            let mut set = FileSet::new(false);
            set.add(at("a"), "1");
            set.add(refused, "2");
            assert!(set.write().is_err());
            let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
            assert_eq!(left, ["taken"]);
        }
    }

    #[test]
    fn a_file_of_an_earlier_set_does_not_stay_beside_the_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("outside.csv"), "old").unwrap();
        for force in [false, true] {
            let mut set = FileSet::new(force);
            set.add(at("nodes.csv"), "new");
            set.without(at("outside.csv"));
            assert_eq!(set.write().is_ok(), force);
            assert_eq!(at("outside.csv").exists(), !force);
            assert_eq!(at("nodes.csv").exists(), force);
        }
    }
}
