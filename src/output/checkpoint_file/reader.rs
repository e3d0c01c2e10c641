//! Reading a checkpoint, with every bit of it checked.

use std::fs::File;
use std::io::{Cursor, ErrorKind, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::number::{Word, WordKind};
use super::{BUFFER, FORMAT, MAGIC, SECTION, SUM};
use crate::error::{Error, Result};
use crate::message::Message;
use crate::messages;
use crate::output::checksum::Checksum;

/// One column of a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its name.
    pub name: String,
    /// What its numbers are.
    pub kind: WordKind,
    /// How many there are.
    pub count: usize,
    /// Where they begin in the file.
    pub offset: u64,
    key: Vec<u8>,
    sum: [u8; SUM],
}

/// Reads a checkpoint, in any order of its sections.
#[derive(Debug)]
pub struct CheckpointReader {
    path: PathBuf,
    file: Origin,
    header: Vec<u8>,
    sections: Vec<Section>,
    buffer: Vec<u8>,
}

/// Where a checkpoint comes from.
#[derive(Debug)]
enum Origin {
    File(File),
    Memory(Cursor<Vec<u8>>),
}

impl Read for Origin {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Origin::File(file) => file.read(buffer),
            Origin::Memory(bytes) => bytes.read(buffer),
        }
    }
}

impl Seek for Origin {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        match self {
            Origin::File(file) => file.seek(to),
            Origin::Memory(bytes) => bytes.seek(to),
        }
    }
}

impl CheckpointReader {
    /// Opens a checkpoint and checks all of it but the numbers.
    pub fn open(path: impl AsRef<Path>) -> Result<CheckpointReader> {
        let path = path.as_ref();
        let file = File::open(path).map_err(|e| Error::io(messages::io_open_the_checkpoint(), path, e))?;
        let length =
            file.metadata().map_err(|e| Error::io(messages::io_read_the_checkpoint(), path, e))?.len();
        CheckpointReader::scan(path, Origin::File(file), length)
    }

    /// The same for a checkpoint in memory; `name` is what messages call it.
    pub fn from_bytes(name: &str, bytes: Vec<u8>) -> Result<CheckpointReader> {
        let length = bytes.len() as u64;
        CheckpointReader::scan(Path::new(name), Origin::Memory(Cursor::new(bytes)), length)
    }

    /// Where it is, or what it was called.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn scan(path: &Path, file: Origin, length: u64) -> Result<CheckpointReader> {
        let mut scan = Scan { path, file, length, at: 0, digest: Sha256::new() };

        let magic = scan.take(MAGIC.len() as u64, &messages::its_first_bytes().to_string())?;
        if magic != MAGIC {
            return Err(damaged(path, messages::no_checkpoint_of_program()));
        }
        let format = scan.number::<4>(&messages::its_first_bytes().to_string())?;
        if format != u64::from(FORMAT) {
            return Err(damaged(path, messages::checkpoint_of_another_format(format, FORMAT)));
        }
        let header_length = scan.number::<8>(&messages::its_header().to_string())?;
        let header = scan.take(header_length, &messages::its_header().to_string())?;
        let mut sections = Vec::new();
        while scan.number::<1>(&messages::its_list_of_sections().to_string())? == u64::from(SECTION) {
            sections.push(scan.section()?);
        }
        let count = scan.number::<4>(&messages::its_end().to_string())?;
        let expected = std::mem::take(&mut scan.digest).finalize();
        let found = scan.take(expected.len() as u64, &messages::its_end().to_string())?;
        if found != expected[..] || count != sections.len() as u64 {
            return Err(damaged(path, messages::checkpoint_header_damaged()));
        }
        if scan.at != length {
            return Err(damaged(path, messages::bytes_follow_its_end(length - scan.at)));
        }
        let file = scan.file;
        Ok(CheckpointReader { path: path.to_path_buf(), file, header, sections, buffer: vec![0; BUFFER] })
    }

    /// The header.
    pub fn header<T: DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_slice(&self.header)
            .map_err(|e| damaged(&self.path, messages::checkpoint_header_unknown(e)))
    }

    /// The columns in the order of the file.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// A column, in memory that is taken once and filled piece by piece.
    pub fn read<W: Word>(&mut self, name: &str) -> Result<Vec<W>> {
        let section = self.find(name, W::KIND)?;
        let mut words = Vec::new();
        words
            .try_reserve_exact(section.count)
            .map_err(|_| damaged(&self.path, messages::section_exceeds_memory(name)))?;
        self.pass(&section, |bytes, _| W::append(bytes, &mut words))?;
        Ok(words)
    }

    /// Checks every number without keeping any: whether a checkpoint is whole is known before the state of a
    /// run is given up for it.
    pub fn verify(&mut self) -> Result<()> {
        for section in self.sections.clone() {
            self.pass(&section, |_, _| {})?;
        }
        Ok(())
    }

    fn find(&self, name: &str, kind: WordKind) -> Result<Section> {
        let section = self
            .sections
            .iter()
            .find(|section| section.name == name)
            .ok_or_else(|| damaged(&self.path, messages::no_section(name)))?;
        if section.kind != kind {
            let (found, kind) = (section.kind.name(), kind.name());
            return Err(damaged(&self.path, messages::section_of_another_kind(name, found, kind)));
        }
        Ok(section.clone())
    }

    /// Hands the bytes of a section to `take` piece by piece, with the number that each piece begins with,
    /// and checks their sum.
    fn pass(&mut self, section: &Section, mut take: impl FnMut(&[u8], usize)) -> Result<()> {
        let failed = |e: std::io::Error| match e.kind() {
            ErrorKind::UnexpectedEof => damaged(&self.path, messages::cut_short_in_section(&section.name)),
            _ => Error::io(messages::io_read_the_checkpoint(), &self.path, e),
        };
        self.file.seek(SeekFrom::Start(section.offset)).map_err(failed)?;
        let mut sum = Checksum::new(&section.key);
        let at_once = BUFFER / section.kind.size();
        let mut done = 0;
        while done < section.count {
            let words = at_once.min(section.count - done);
            let bytes = &mut self.buffer[..words * section.kind.size()];
            self.file.read_exact(bytes).map_err(failed)?;
            sum.update(bytes);
            take(bytes, done);
            done += words;
        }
        if sum.finish() != section.sum {
            return Err(damaged(&self.path, messages::section_damaged(&section.name)));
        }
        Ok(())
    }
}

/// Goes through a checkpoint without its numbers.
struct Scan<'p> {
    path: &'p Path,
    file: Origin,
    length: u64,
    at: u64,
    digest: Sha256,
}

impl Scan<'_> {
    /// The next bytes. No length that the file claims is believed before the file is known to have it.
    fn take(&mut self, count: u64, what: &str) -> Result<Vec<u8>> {
        self.demand(count, what)?;
        let mut bytes = vec![0; count as usize];
        self.file
            .read_exact(&mut bytes)
            .map_err(|e| Error::io(messages::io_read_the_checkpoint(), self.path, e))?;
        self.at += count;
        self.digest.update(&bytes);
        Ok(bytes)
    }

    fn number<const SIZE: usize>(&mut self, what: &str) -> Result<u64> {
        let bytes = self.take(SIZE as u64, what)?;
        Ok(bytes.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte)))
    }

    /// A section whose first byte is already taken.
    fn section(&mut self) -> Result<Section> {
        let what = messages::its_list_of_sections();
        let kind = self.number::<1>(&what.to_string())? as u8;
        let name_length = self.number::<1>(&what.to_string())?;
        let name = self.take(name_length, &what.to_string())?;
        let count = self.number::<8>(&what.to_string())?;
        let mut key = vec![SECTION, kind, name_length as u8];
        key.extend(&name);
        key.extend(count.to_le_bytes());

        let broken = || damaged(self.path, messages::list_of_sections_damaged());
        let kind = WordKind::ALL.into_iter().find(|k| *k as u8 == kind).ok_or_else(broken)?;
        let name = String::from_utf8(name).map_err(|_| broken())?;
        let bytes = count.checked_mul(kind.size() as u64).ok_or_else(broken)?;
        let count = usize::try_from(count).map_err(|_| broken())?;
        let offset = self.at;
        self.demand(bytes, &messages::its_section(&name).to_string())?;
        self.at += bytes;
        self.file
            .seek(SeekFrom::Start(self.at))
            .map_err(|e| Error::io(messages::io_read_the_checkpoint(), self.path, e))?;
        let mut sum = [0; SUM];
        sum.copy_from_slice(&self.take(SUM as u64, &what.to_string())?);
        Ok(Section { name, kind, count, offset, key, sum })
    }

    fn demand(&self, count: u64, what: &str) -> Result<()> {
        if count > self.length - self.at {
            return Err(damaged(self.path, messages::damaged_or_cut_short(self.length, what)));
        }
        Ok(())
    }
}

fn damaged(path: &Path, reason: Message) -> Error {
    Error::Checkpoint { path: path.to_path_buf(), reason }
}
