//! The container of a checkpoint: one JSON header and named columns of raw little-endian numbers.
//!
//! The format survives changes of compiler, of crates and of the layout of our types, and NumPy can read
//! a column with `fromfile`. All numbers are little-endian.
//!
//! | part | bytes |
//! |---|---|
//! | magic | 12: `89` `SHANHAI` `0d 0a 1a 0a`, which a text-mode transfer would break |
//! | format | u32: `FORMAT` |
//! | header | u64 length, then JSON |
//! | each section | `01`, kind u8, length of name u8, name, count u64; the numbers; a `Checksum` of 16 bytes over them, keyed by what stands before them |
//! | end | `00`, u32 number of sections, sha256 of everything but the numbers |
//!
//! So sha256 covers the header, the list of sections and, through their checksums, every number, while the
//! numbers themselves are checked at the speed of memory. [`CheckpointReader::open`] checks everything but
//! the numbers; they are checked as they are read, or by [`CheckpointReader::verify`] before anything is
//! given up for them.

mod number;
mod reader;
mod writer;

pub(crate) use number::{LittleEndian, Word, WordKind};
pub use reader::CheckpointReader;
pub use writer::CheckpointWriter;

/// The version of the format that this program writes and reads.
pub(crate) const FORMAT: u32 = 1;

/// Begin and end of the name of a checkpoint in a folder of results.
const NAME: [&str; 2] = ["checkpoint_", ".shanhai"];

/// The file of the checkpoint after a year.
pub(crate) fn file_name(year: i32) -> String {
    format!("{}{year}{}", NAME[0], NAME[1])
}

/// The year of a checkpoint's file; none of another file.
pub(crate) fn year_of(file: &str) -> Option<i32> {
    file.strip_prefix(NAME[0])?.strip_suffix(NAME[1])?.parse().ok()
}

const MAGIC: [u8; 12] = *b"\x89SHANHAI\r\n\x1a\n";
const SECTION: u8 = 1;
const END: u8 = 0;
const SUM: usize = 16;

/// Numbers pass through a buffer of this size: it stays in the cache, and the memory of a checkpoint never
/// doubles.
const BUFFER: usize = 256 << 10;

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::{Path, PathBuf};

    use proptest::prelude::*;
    use serde::Serialize;

    use super::*;
    use crate::error::{Error, Result};

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
        let cash = reader.read::<i64>("cash")?;
        let shares = reader.read::<f64>("shares")?;
        let nobody = reader.read::<u64>("nobody")?;
        // Whatever is not refused must be what was written.
        assert_eq!(found, header());
        assert_eq!((people, flags), (vec![u64::MAX, 0, 5], vec![1, 2, 3]));
        assert_eq!((places, ids), (vec![500, 1, 65_535], vec![7, u32::MAX]));
        assert_eq!((cash, nobody.len()), (vec![i64::MIN, -1], 0));
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
        assert_eq!(reader.read::<u64>("whole").unwrap(), words);
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
