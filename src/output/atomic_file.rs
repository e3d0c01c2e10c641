//! Files that are there whole or not at all.
//!
//! The text goes to `<name>.partial`, is forced to disk and then takes its name in one step. A process
//! killed at any moment leaves the old file or the new one, never a mixture. The name of the partial file
//! is fixed, not drawn, so that whoever finds it knows what it is and can clear it away.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::messages;

/// What a file is called until it is complete.
pub(crate) const PARTIAL: &str = ".partial";

/// A file under way: write, then [`commit`](AtomicFile::commit). Dropped before, it leaves no trace.
#[derive(Debug)]
pub(crate) struct AtomicFile {
    file: File,
    partial: PathBuf,
    target: PathBuf,
    committed: bool,
}

impl AtomicFile {
    /// Begins a file that will take the name `target`. What stands under the name of the partial file, left by
    /// a killed process or put there as a link to elsewhere, is removed and never written through.
    pub(crate) fn create(target: impl AsRef<Path>) -> Result<AtomicFile> {
        let target = target.as_ref().to_path_buf();
        let partial = partial_of(&target);
        let refused = |e| Error::io(messages::io_create_the_file(), &partial, e);
        match fs::remove_file(&partial) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(refused(e)),
            _ => {}
        }
        let file = OpenOptions::new().write(true).create_new(true).open(&partial).map_err(refused)?;
        Ok(AtomicFile { file, partial, target, committed: false })
    }

    /// Writes bytes; the error names the file.
    pub(crate) fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write_all(bytes).map_err(|e| Error::io(messages::io_write_to(), &self.partial, e))
    }

    /// Forces everything to disk, still without its name.
    pub(crate) fn sync(&self) -> Result<()> {
        self.file.sync_all().map_err(|e| Error::io(messages::io_write_to_disk(), &self.partial, e))
    }

    /// Forces everything to disk and gives the file its name, replacing what was there.
    pub(crate) fn commit(mut self) -> Result<()> {
        self.sync()?;
        fs::rename(&self.partial, &self.target)
            .map_err(|e| Error::io(messages::io_put_in_place(), &self.target, e))?;
        self.committed = true;
        sync_folder_of(&self.target)
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        if !self.committed {
            // Nobody is left to tell if this fails; the next run clears partial files away.
            let _ = fs::remove_file(&self.partial);
        }
    }
}

/// Writes a whole file at once.
pub(crate) fn write(target: impl AsRef<Path>, bytes: &[u8]) -> Result<()> {
    let mut file = AtomicFile::create(target)?;
    file.put(bytes)?;
    file.commit()
}

/// The name a file has until it is complete.
pub(crate) fn partial_of(target: &Path) -> PathBuf {
    let mut name = target.as_os_str().to_owned();
    name.push(PARTIAL);
    PathBuf::from(name)
}

/// Forces the names in the folder of a file to disk: without it a power cut may forget a rename.
fn sync_folder_of(target: &Path) -> Result<()> {
    #[cfg(unix)]
    {
        let folder = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let handle = File::open(folder).map_err(|e| Error::io(messages::io_open_the_folder(), folder, e))?;
        handle.sync_all().map_err(|e| Error::io(messages::io_write_to_disk(), folder, e))?;
    }
    #[cfg(not(unix))]
    let _ = target;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_appears_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("manifest.json");
        write(&path, b"one").unwrap();
        let mut second = AtomicFile::create(&path).unwrap();
        second.put(b"two, longer").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"one");
        second.commit().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two, longer");
        assert!(!partial_of(&path).exists());
    }

    #[test]
    fn a_file_given_up_leaves_no_trace() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("manifest.json");
        let mut file = AtomicFile::create(&path).unwrap();
        file.put(b"half").unwrap();
        drop(file);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_place_of_the_partial_file_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (path, elsewhere) = (folder.path().join("manifest.json"), folder.path().join("elsewhere"));
        fs::write(&elsewhere, "mine").unwrap();
        std::os::unix::fs::symlink(&elsewhere, partial_of(&path)).unwrap();
        write(&path, b"new").unwrap();
        assert_eq!(fs::read(&elsewhere).unwrap(), b"mine");
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert!(path.symlink_metadata().unwrap().is_file());
    }

    #[test]
    fn the_error_names_the_file() {
        let error = AtomicFile::create("/no/such/folder/manifest.json").unwrap_err().to_string();
        assert!(error.contains("/no/such/folder/manifest.json.partial"), "{error}");
    }
}
