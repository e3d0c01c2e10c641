//! The container of a checkpoint: one JSON header and named columns of raw little-endian numbers.
//!
//! The format survives changes of compiler, of crates and of the layout of our types, and NumPy can read
//! a column with `fromfile`. All numbers are little-endian.
//!
//! | part | bytes |
//! |---|---|
//! | magic | 12: `89` `SHANHAI` `0d 0a 1a 0a`, which a text-mode transfer would break |
//! | format | u32: [`FORMAT`] |
//! | header | u64 length, then JSON |
//! | each section | `01`, kind u8, length of name u8, name, count u64; the numbers; a `Checksum` of 16 bytes over them, keyed by what stands before them |
//! | end | `00`, u32 number of sections, sha256 of everything but the numbers |
//!
//! So sha256 covers the header, the list of sections and, through their checksums, every number, while the
//! numbers themselves are checked at the speed of memory. [`CheckpointReader::open`] checks everything but
//! the numbers; they are checked as they are read, or by [`CheckpointReader::verify`] before anything is
//! given up for them.

use std::fs::File;
use std::io::{Cursor, ErrorKind, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::atomic_file::AtomicFile;
use super::checksum::Checksum;
use super::sink::SharedBytes;
use crate::error::{Error, Result};
use crate::message::Message;
use crate::messages;

/// The version of the format that this program writes and reads.
pub const FORMAT: u32 = 1;

const MAGIC: [u8; 12] = *b"\x89SHANHAI\r\n\x1a\n";
const SECTION: u8 = 1;
const END: u8 = 0;
const SUM: usize = 16;

/// Numbers pass through a buffer of this size: it stays in the cache, and the memory of a checkpoint never
/// doubles.
const BUFFER: usize = 256 << 10;

/// What the numbers of a section are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum WordKind {
    /// Unsigned, one byte.
    U8 = 1,
    /// Unsigned, two bytes.
    U16 = 2,
    /// Unsigned, four bytes.
    U32 = 3,
    /// Unsigned, eight bytes.
    U64 = 4,
    /// Signed, eight bytes.
    I64 = 5,
    /// Floating point, eight bytes.
    F64 = 6,
}

impl WordKind {
    const ALL: [WordKind; 6] =
        [WordKind::U8, WordKind::U16, WordKind::U32, WordKind::U64, WordKind::I64, WordKind::F64];

    /// Its name in Rust and in messages.
    pub fn name(self) -> &'static str {
        match self {
            WordKind::U8 => "u8",
            WordKind::U16 => "u16",
            WordKind::U32 => "u32",
            WordKind::U64 => "u64",
            WordKind::I64 => "i64",
            WordKind::F64 => "f64",
        }
    }

    /// Bytes a number.
    pub fn size(self) -> usize {
        match self {
            WordKind::U8 => 1,
            WordKind::U16 => 2,
            WordKind::U32 => 4,
            WordKind::U64 | WordKind::I64 | WordKind::F64 => 8,
        }
    }
}

/// A number that a section can hold: `u8`, `u16`, `u32`, `u64`, `i64` or `f64`.
pub trait Word: Copy + LittleEndian {
    /// Its kind in the file.
    const KIND: WordKind;
}

/// To and from bytes, in a form that compiles to a copy.
pub trait LittleEndian: Sized {
    /// Writes words into the bytes of as many places.
    fn encode(words: &[Self], bytes: &mut [u8]);
    /// Reads words from the bytes of as many places.
    fn decode(bytes: &[u8], words: &mut [Self]);
    /// Reads words to the end of a list.
    fn append(bytes: &[u8], words: &mut Vec<Self>);
}

macro_rules! word {
    ($($type:ident $kind:ident),*) => { $(
        impl Word for $type {
            const KIND: WordKind = WordKind::$kind;
        }

        impl LittleEndian for $type {
            fn encode(words: &[Self], bytes: &mut [u8]) {
                let (places, _) = bytes.as_chunks_mut::<{ size_of::<$type>() }>();
                for (place, word) in places.iter_mut().zip(words) {
                    *place = word.to_le_bytes();
                }
            }

            fn decode(bytes: &[u8], words: &mut [Self]) {
                let (places, _) = bytes.as_chunks::<{ size_of::<$type>() }>();
                for (place, word) in places.iter().zip(words) {
                    *word = $type::from_le_bytes(*place);
                }
            }

            fn append(bytes: &[u8], words: &mut Vec<Self>) {
                let (places, _) = bytes.as_chunks::<{ size_of::<$type>() }>();
                words.extend(places.iter().map(|place| $type::from_le_bytes(*place)));
            }
        }
    )* };
}

word!(u8 U8, u16 U16, u32 U32, u64 U64, i64 I64, f64 F64);

/// Writes a checkpoint, section by section. Until [`finish`](CheckpointWriter::finish) the file does not have
/// its name; dropped before, it leaves no trace.
///
/// ```
/// # use shanhai::output::checkpoint_file::{CheckpointReader, CheckpointWriter};
/// # fn main() -> shanhai::Result<()> {
/// # let folder = tempfile::tempdir().unwrap();
/// # let path = folder.path().join("checkpoint_2030.shanhai");
/// #[derive(serde::Serialize, serde::Deserialize)]
/// struct Header {
///     year: i32,
/// }
/// let mut writer = CheckpointWriter::create(&path, &Header { year: 2030 })?;
/// writer.section("people", &[3u64, 1, 4])?;
/// writer.pieces("projects", 4, [&[0.5, 1.5][..], &[2.5, 3.5][..]])?;
/// writer.finish()?;
///
/// let mut reader = CheckpointReader::open(&path)?;
/// assert_eq!(reader.header::<Header>()?.year, 2030);
/// assert_eq!(reader.read::<u64>("people")?, [3, 1, 4]);
/// assert_eq!(reader.read::<f64>("projects")?, [0.5, 1.5, 2.5, 3.5]);
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct CheckpointWriter {
    target: Target,
    digest: Sha256,
    names: Vec<String>,
    buffer: Vec<u8>,
}

/// Where a checkpoint goes.
#[derive(Debug)]
enum Target {
    File(AtomicFile),
    Memory(SharedBytes),
}

impl Target {
    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        match self {
            Target::File(file) => file.put(bytes),
            Target::Memory(memory) => {
                memory.append(bytes);
                Ok(())
            }
        }
    }
}

impl CheckpointWriter {
    /// Begins a checkpoint with its header: year, seed, scenario, version, positions of the tables.
    pub fn create(path: impl AsRef<Path>, header: &impl Serialize) -> Result<CheckpointWriter> {
        let path = path.as_ref();
        CheckpointWriter::begin(path, header, || Ok(Target::File(AtomicFile::create(path)?)))
    }

    /// A whole checkpoint in memory: the header, and what `sections` writes.
    pub fn in_memory(
        header: &impl Serialize,
        sections: impl FnOnce(&mut CheckpointWriter) -> Result<()>,
    ) -> Result<Vec<u8>> {
        let memory = SharedBytes::default();
        let target = Target::Memory(memory.clone());
        let mut writer = CheckpointWriter::begin(Path::new("in memory"), header, || Ok(target))?;
        sections(&mut writer)?;
        writer.finish()?;
        Ok(memory.take())
    }

    fn begin(
        path: &Path,
        header: &impl Serialize,
        target: impl FnOnce() -> Result<Target>,
    ) -> Result<CheckpointWriter> {
        let header =
            serde_json::to_vec(header).map_err(|e| Error::io(messages::io_write(), path, e.into()))?;
        let mut writer = CheckpointWriter {
            target: target()?,
            digest: Sha256::new(),
            names: Vec::new(),
            buffer: vec![0; BUFFER],
        };
        let mut start = MAGIC.to_vec();
        start.extend(FORMAT.to_le_bytes());
        start.extend((header.len() as u64).to_le_bytes());
        start.extend(header);
        writer.put(&start)?;
        Ok(writer)
    }

    /// Writes a column.
    pub fn section<W: Word>(&mut self, name: &str, words: &[W]) -> Result<()> {
        self.pieces(name, words.len(), [words])
    }

    /// Writes a column that lies in several pieces.
    ///
    /// # Panics
    ///
    /// If the pieces do not have `count` numbers in all, the name is not one of 1 to 255 bytes, or it was
    /// used before: mistakes in the program that would make a file that cannot be read.
    pub fn pieces<'a, W: Word + 'a>(
        &mut self,
        name: &str,
        count: usize,
        pieces: impl IntoIterator<Item = &'a [W]>,
    ) -> Result<()> {
        let length = u8::try_from(name.len()).unwrap_or(0);
        assert!(length > 0, "`{name}` cannot be the name of a section");
        assert!(!self.names.iter().any(|n| n == name), "there are two sections `{name}`");
        self.names.push(name.to_string());
        let mut head = vec![SECTION, W::KIND as u8, length];
        head.extend(name.as_bytes());
        head.extend((count as u64).to_le_bytes());
        self.put(&head)?;

        let mut sum = Checksum::new(&head);
        let mut written = 0;
        for piece in pieces {
            written += piece.len();
            for words in piece.chunks(BUFFER / W::KIND.size()) {
                let bytes = &mut self.buffer[..size_of_val(words)];
                W::encode(words, bytes);
                sum.update(bytes);
                self.target.put(bytes)?;
            }
        }
        assert_eq!(written, count, "section `{name}` has another length than was said");
        self.put(&sum.finish())
    }

    /// Ends the checkpoint, forces it to disk and gives it its name.
    pub fn finish(mut self) -> Result<()> {
        let mut end = vec![END];
        end.extend((self.names.len() as u32).to_le_bytes());
        self.put(&end)?;
        let digest = std::mem::take(&mut self.digest).finalize();
        self.target.put(&digest)?;
        match self.target {
            Target::File(file) => file.commit(),
            Target::Memory(_) => Ok(()),
        }
    }

    /// Writes what sha256 covers.
    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.digest.update(bytes);
        self.target.put(bytes)
    }
}

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

    /// A column into memory that is already there, such as a piece of a larger column. After an error the
    /// contents are of no use.
    pub fn read_into<W: Word>(&mut self, name: &str, words: &mut [W]) -> Result<()> {
        let section = self.find(name, W::KIND)?;
        if section.count != words.len() {
            return Err(damaged(
                &self.path,
                messages::section_of_another_length(name, section.count, words.len()),
            ));
        }
        self.pass(&section, |bytes, first| W::decode(bytes, &mut words[first..]))
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;
    use std::fs;

    #[derive(Debug, PartialEq, Serialize, serde::Deserialize)]
    struct Header {
        year: i32,
        positions: BTreeMap<String, u64>,
    }

    fn header() -> Header {
        Header { year: 2030, positions: BTreeMap::from([("nodes.csv".to_string(), 1234)]) }
    }

    fn write(path: &Path) {
        let mut writer = CheckpointWriter::create(path, &header()).unwrap();
        writer.section("flags", &[1u8, 2, 3]).unwrap();
        writer.section("places", &[500u16, 1, 65_535]).unwrap();
        writer.section("ids", &[7u32, u32::MAX]).unwrap();
        writer.section("people", &[u64::MAX, 0, 5]).unwrap();
        writer.section("cash", &[i64::MIN, -1]).unwrap();
        writer.section("shares", &[0.1, -0.0, f64::INFINITY]).unwrap();
        writer.section::<u64>("nobody", &[]).unwrap();
        writer.finish().unwrap();
    }

    /// Everything that a run would read.
    fn read(path: &Path) -> Result<()> {
        let mut reader = CheckpointReader::open(path)?;
        let found: Header = reader.header()?;
        let people = reader.read::<u64>("people")?;
        let flags = reader.read::<u8>("flags")?;
        let places = reader.read::<u16>("places")?;
        let ids = reader.read::<u32>("ids")?;
        let mut cash = [0; 2];
        reader.read_into::<i64>("cash", &mut cash)?;
        let shares = reader.read::<f64>("shares")?;
        let nobody = reader.read::<u64>("nobody")?;
        // Whatever is not refused must be what was written.
        assert_eq!(found, header());
        assert_eq!((people, flags), (vec![u64::MAX, 0, 5], vec![1, 2, 3]));
        assert_eq!((places, ids), (vec![500, 1, 65_535], vec![7, u32::MAX]));
        assert_eq!((cash, nobody.len()), ([i64::MIN, -1], 0));
        let bits: Vec<u64> = shares.iter().map(|share| share.to_bits()).collect();
        assert_eq!(bits, [0.1f64, -0.0, f64::INFINITY].map(f64::to_bits));
        Ok(())
    }

    fn example() -> (tempfile::TempDir, PathBuf, Vec<u8>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("checkpoint.shanhai");
        write(&path);
        let bytes = fs::read(&path).unwrap();
        (folder, path, bytes)
    }

    /// That a file is refused, in words about the checkpoint.
    fn refused(path: &Path, bytes: &[u8]) -> String {
        fs::write(path, bytes).unwrap();
        match read(path) {
            Err(Error::Checkpoint { reason, .. }) => reason.to_string(),
            Err(other) => panic!("another error: {other}"),
            Ok(()) => panic!("a damaged checkpoint was taken"),
        }
    }

    #[test]
    fn a_checkpoint_reads_back_as_written() {
        let (_folder, path, _) = example();
        read(&path).unwrap();
        let mut reader = CheckpointReader::open(&path).unwrap();
        reader.verify().unwrap();
        let names: Vec<_> = reader.sections().iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names, ["flags", "places", "ids", "people", "cash", "shares", "nobody"]);
    }

    #[test]
    fn the_same_state_is_the_same_bytes() {
        let (_folder, path, bytes) = example();
        write(&path);
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }

    #[test]
    fn columns_longer_than_the_buffer_and_in_pieces_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.shanhai");
        let words: Vec<u64> = (0..100_003).map(|i: u64| i.wrapping_mul(0x9E37_79B9_7F4A_7C15)).collect();
        let bytes: Vec<u8> = (0..600_001u32).map(|i| i as u8).collect();
        let mut writer = CheckpointWriter::create(&path, &header()).unwrap();
        writer.pieces("words", words.len(), words.chunks(7_777)).unwrap();
        writer.section("whole", &words).unwrap();
        writer.section("bytes", &bytes).unwrap();
        writer.finish().unwrap();
        let mut reader = CheckpointReader::open(&path).unwrap();
        assert_eq!(reader.read::<u8>("bytes").unwrap(), bytes);
        assert_eq!(reader.read::<u64>("words").unwrap(), words);
        let mut whole = vec![0u64; words.len()];
        reader.read_into("whole", &mut whole).unwrap();
        assert_eq!(whole, words);
        let section = &reader.sections()[0];
        let raw = fs::read(&path).unwrap();
        let first = section.offset as usize;
        assert_eq!(raw[first + 8..first + 16], words[1].to_le_bytes(), "readable from elsewhere");
    }

    #[test]
    fn an_unfinished_checkpoint_does_not_take_the_place_of_a_good_one() {
        let (folder, path, bytes) = example();
        let mut writer = CheckpointWriter::create(&path, &header()).unwrap();
        writer.section("people", &[1u64]).unwrap();
        drop(writer);
        assert_eq!(fs::read(&path).unwrap(), bytes);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn every_single_bit_flip_is_refused() {
        let (_folder, path, bytes) = example();
        for bit in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            refused(&path, &flipped);
        }
    }

    #[test]
    fn every_truncation_is_refused() {
        let (_folder, path, bytes) = example();
        for length in 0..bytes.len() {
            let reason = refused(&path, &bytes[..length]);
            assert!(reason.contains("cut short"), "{length}: {reason}");
        }
        let longer = [&bytes[..], b"x"].concat();
        assert!(refused(&path, &longer).contains("1 bytes follow"));
    }

    #[test]
    fn the_reason_says_what_is_wrong() {
        let (_folder, path, bytes) = example();
        assert!(refused(&path, b"").contains("0 bytes"));
        assert!(refused(&path, b"year,node,persons\n2020,330102u,5\n").contains("not a checkpoint"));
        let mut other = bytes.clone();
        other[12] = 9;
        let reason = refused(&path, &other);
        assert!(reason.contains("format 9") && reason.contains("reads format 1"), "{reason}");
        let mut other = bytes.clone();
        let people = other.windows(8).position(|w| w == u64::MAX.to_le_bytes()).unwrap();
        other[people + 8] = 1;
        assert!(refused(&path, &other).contains("section `people` is damaged"));
        let mut other = bytes.clone();
        let year = other.windows(4).position(|w| w == b"2030").unwrap();
        other[year] = b'3';
        assert!(refused(&path, &other).contains("sha256"));
        let missing = CheckpointReader::open(path.with_extension("no")).unwrap_err();
        assert!(matches!(missing, Error::Io { .. }), "{missing}");

        fs::write(&path, &bytes).unwrap();
        let mut reader = CheckpointReader::open(&path).unwrap();
        for (error, reason) in [
            (reader.read::<u32>("people").unwrap_err(), "holds u64 and not u32"),
            (reader.read::<u64>("others").unwrap_err(), "no section `others`"),
            (reader.read_into::<u64>("people", &mut [0]).unwrap_err(), "3 numbers and 1 were expected"),
            (reader.header::<Vec<u8>>().unwrap_err(), "header is not one"),
        ] {
            assert!(error.to_string().contains(reason), "{error}");
        }
    }

    #[test]
    fn sections_of_two_checkpoints_do_not_mix() {
        let folder = tempfile::tempdir().unwrap();
        let paths = ["a", "b"].map(|name| folder.path().join(name));
        for (path, words) in paths.iter().zip([[1u64, 2], [3, 4]]) {
            let mut writer = CheckpointWriter::create(path, &header()).unwrap();
            writer.section("people", &words).unwrap();
            writer.finish().unwrap();
        }
        let offset = CheckpointReader::open(&paths[0]).unwrap().sections()[0].offset as usize;
        let (mut a, b) = (fs::read(&paths[0]).unwrap(), fs::read(&paths[1]).unwrap());
        a[offset..offset + 16 + SUM].copy_from_slice(&b[offset..offset + 16 + SUM]);
        assert!(refused(&paths[0], &a).contains("sha256"));
    }

    #[test]
    #[should_panic(expected = "another length")]
    fn a_wrong_count_is_a_mistake_in_the_program() {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = CheckpointWriter::create(folder.path().join("s"), &header()).unwrap();
        let _ = writer.pieces("people", 3, [&[1u64, 2][..]]);
    }

    proptest! {
        #[test]
        fn random_damage_is_refused(
            places in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..40),
        ) {
            let (_folder, path, bytes) = example();
            let mut changed = bytes.clone();
            for (place, byte) in places {
                changed[place.index(bytes.len())] = byte;
            }
            if changed != bytes {
                refused(&path, &changed);
            }
        }

        #[test]
        fn lost_doubled_and_zeroed_stretches_are_refused(
            from in any::<proptest::sample::Index>(),
            length in 1usize..200,
            how in 0..3,
        ) {
            let (_folder, path, bytes) = example();
            let from = from.index(bytes.len());
            let to = (from + length).min(bytes.len());
            let mut changed = bytes.clone();
            match how {
                0 => { changed.drain(from..to); }
                1 => { changed.splice(to..to, bytes[from..to].iter().copied()); }
                _ => changed[from..to].fill(0),
            }
            if changed != bytes {
                refused(&path, &changed);
            }
        }

        #[test]
        fn no_file_makes_the_reader_panic(
            bytes in proptest::collection::vec(any::<u8>(), 0..400),
            honest in 0usize..100,
        ) {
            let (_folder, path, good) = example();
            // A good start brings the reader further in.
            let changed = [&good[..honest], &bytes[..]].concat();
            if changed != good {
                refused(&path, &changed);
            }
        }

        #[test]
        fn any_words_read_back(words in proptest::collection::vec(any::<u64>(), 0..500)) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("s");
            let floats: Vec<f64> = words.iter().map(|&bits| f64::from_bits(bits)).collect();
            let mut writer = CheckpointWriter::create(&path, &header()).unwrap();
            writer.section("words", &words).unwrap();
            writer.section("floats", &floats).unwrap();
            writer.finish().unwrap();
            let mut reader = CheckpointReader::open(&path).unwrap();
            prop_assert_eq!(&reader.read::<u64>("words").unwrap(), &words);
            let back: Vec<u64> =
                reader.read::<f64>("floats").unwrap().into_iter().map(f64::to_bits).collect();
            prop_assert_eq!(back, words);
        }
    }
}
