//! Where the files of a scenario are: a folder on the disk, or memory. Each is read once, so that what a run is
//! made of and what its checksums are of are the same bytes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::encoding::read_bytes;
use super::mapping::TableMapping;
use super::problem::Problem;
use super::source::Place;
use crate::messages;
use crate::nearest::nearest;
use crate::output::checksum::sha256;
use crate::output::manifest::InputFile;

/// Most bytes of a scenario.
pub(crate) const MOST_BYTES_OF_TEXT: u64 = 16 << 20;

/// Most bytes of a table. The nodes of the nation take 2.3 MB, every pair of 2,800 counties 200 MB.
pub(crate) const MOST_BYTES_OF_TABLE: u64 = 256 << 20;

/// Files by the path that the scenario gives them.
#[derive(Clone, Debug)]
pub struct Files {
    /// Where they are, or what stands before their names in messages.
    folder: PathBuf,
    /// In memory, or on the disk.
    memory: Option<BTreeMap<PathBuf, Vec<u8>>>,
}

impl Files {
    /// Files in a folder on the disk.
    pub fn folder(folder: impl Into<PathBuf>) -> Files {
        Files { folder: folder.into(), memory: None }
    }

    /// Files in memory.
    pub fn memory<N: Into<PathBuf>>(files: impl IntoIterator<Item = (N, Vec<u8>)>) -> Files {
        let files = files.into_iter().map(|(name, bytes)| (name.into(), bytes)).collect();
        Files { folder: PathBuf::new(), memory: Some(files) }
    }

    /// The folder, from anywhere; of files in memory what stands before their names.
    pub fn place(&self) -> PathBuf {
        match self.memory {
            None => std::path::absolute(&self.folder).unwrap_or_else(|_| self.folder.clone()),
            Some(_) => self.folder.clone(),
        }
    }

    /// Reads a table.
    pub fn read(&self, file: &Path) -> Input {
        self.read_up_to(file, MOST_BYTES_OF_TABLE)
    }

    /// Reads a scenario.
    pub(crate) fn read_text(&self, file: &Path) -> Input {
        self.read_up_to(file, MOST_BYTES_OF_TEXT)
    }

    fn read_up_to(&self, file: &Path, most: u64) -> Input {
        let path = self.folder.join(file);
        let bytes = match &self.memory {
            None => read_bytes(&path, most, messages::path_from_its_folder),
            Some(files) => files.get(file).cloned().ok_or_else(|| Box::new(absent(files, file))),
        };
        Input::new(file, path, bytes)
    }
}

fn absent(files: &BTreeMap<PathBuf, Vec<u8>>, file: &Path) -> Problem {
    let name = file.display().to_string();
    let title = messages::not_in_memory(&name);
    let problem = Problem::new(Place::file(name.as_str()), title);
    match nearest(&name, files.keys().filter_map(|there| there.to_str())) {
        Some(near) => problem.help(messages::near_file(near)),
        None => problem,
    }
}

/// A file that was read, or that could not be.
#[derive(Clone, Debug)]
pub struct Input {
    file: PathBuf,
    path: PathBuf,
    /// Its bytes, or what is to be said of a file without any.
    bytes: Result<Vec<u8>, Box<Problem>>,
    /// How it is to be read, where somebody said.
    mapping: Option<Arc<TableMapping>>,
    /// Whether codes are any text.
    text_codes: bool,
}

impl Input {
    fn new(file: &Path, path: PathBuf, bytes: Result<Vec<u8>, Box<Problem>>) -> Input {
        Input { file: file.to_path_buf(), path, bytes, mapping: None, text_codes: false }
    }

    /// The same with what a mapping file says of it.
    pub fn mapped(mut self, mapping: Option<Arc<TableMapping>>, text_codes: bool) -> Input {
        (self.mapping, self.text_codes) = (mapping, text_codes);
        self
    }

    /// The same; if it could not be read, that is said at the place that names it.
    pub(crate) fn named_at(mut self, place: impl FnOnce() -> Place) -> Input {
        self.bytes = self.bytes.map_err(|problem| Box::new(problem.moved(place())));
        self
    }

    /// How it is to be read, where somebody said.
    pub(crate) fn mapping(&self) -> Option<&Arc<TableMapping>> {
        self.mapping.as_ref()
    }

    /// Whether its codes are any text.
    pub(crate) fn text_codes(&self) -> bool {
        self.text_codes
    }

    /// A table on the disk.
    pub(crate) fn on_disk(path: &Path) -> Input {
        Input::up_to(path, MOST_BYTES_OF_TABLE)
    }

    /// A file on the disk that has at most so many bytes.
    pub(crate) fn up_to(path: &Path, most: u64) -> Input {
        Input::new(path, path.to_path_buf(), read_bytes(path, most, messages::path_from_here))
    }

    /// Bytes in memory; `name` is what messages call them.
    pub fn in_memory(name: &str, bytes: Vec<u8>) -> Input {
        Input::new(Path::new(name), name.into(), Ok(bytes))
    }

    /// A file that is not read, and why.
    pub fn refused(file: &Path, who: &str, why: &str) -> Input {
        let title = messages::base_of(who, why);
        let bytes = Err(Box::new(Problem::new(Place::file(file.display().to_string()), title)));
        Input::new(file, file.to_path_buf(), bytes)
    }

    /// Its path as the scenario names it.
    pub fn file(&self) -> PathBuf {
        self.file.clone()
    }

    /// What messages call it.
    pub fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// Its name without the folder.
    pub fn file_name(&self) -> String {
        self.path.file_name().unwrap_or(self.path.as_os_str()).to_string_lossy().into_owned()
    }

    /// Its bytes, or what is to be said of a file without any.
    pub fn bytes(&self) -> Result<&[u8], &Problem> {
        self.bytes.as_deref().map_err(Box::as_ref)
    }

    /// Its length and checksum; `None` of a file that could not be read.
    pub fn record(&self) -> Option<InputFile> {
        let bytes = self.bytes.as_ref().ok()?;
        let path = self.file.display().to_string();
        Some(InputFile { path, bytes: bytes.len() as u64, sha256: sha256(bytes) })
    }
}

/// The files that a scenario reads, with what was read. A file that is not in its list cannot be read.
#[derive(Debug)]
pub(crate) struct Inputs<'f> {
    files: &'f Files,
    list: Vec<PathBuf>,
    read: Vec<InputFile>,
}

impl<'f> Inputs<'f> {
    /// Nothing is read yet.
    pub(crate) fn new(files: &'f Files, list: &[&Path]) -> Inputs<'f> {
        Inputs { files, list: list.iter().map(|file| file.to_path_buf()).collect(), read: Vec::new() }
    }

    /// Reads a file of the list and keeps its checksum.
    pub(crate) fn read(&mut self, file: &Path) -> Input {
        if !self.list.iter().any(|listed| listed == file) {
            let name = file.display().to_string();
            let title = messages::not_in_list_of_inputs(&name);
            let bytes = Err(Box::new(Problem::new(Place::file(name.as_str()), title)));
            return Input::new(file, self.files.folder.join(file), bytes);
        }
        let input = self.files.read(file);
        if !self.read.iter().any(|record| Path::new(&record.path) == file) {
            self.read.extend(input.record());
        }
        input
    }

    /// Lengths and checksums of what was read.
    pub(crate) fn records(self) -> Vec<InputFile> {
        self.read
    }
}
