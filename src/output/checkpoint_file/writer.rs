//! Writing a checkpoint.

use std::path::Path;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::number::Word;
use super::{BUFFER, END, FORMAT, MAGIC, SECTION};
use crate::error::{Error, Result};
use crate::messages;
use crate::output::atomic_file::AtomicFile;
use crate::output::checksum::Checksum;
use crate::output::sink::SharedBytes;

/// Writes a checkpoint, section by section. Until [`finish`](CheckpointWriter::finish) the file does not have
/// its name; dropped before, it leaves no trace.
///
/// ```
/// # use shanhai::inside::{CheckpointReader, CheckpointWriter};
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
