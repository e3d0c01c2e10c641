//! Checksums: sha256 for what users verify, and a fast one for gigabytes of checkpoint.
//!
//! sha256 binds texts and tables, at 0.3 to 2 GB a second. A checkpoint of every person of a country has
//! ten gigabytes, which must be checked at the speed of memory. [`Checksum`] looks for damage (bits that
//! flipped, pages that were lost or swapped), not for forgery.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::error::{Error, Result};
use crate::messages;

/// The sha256 of some bytes, in hexadecimal as `sha256sum` prints it.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// The length of a file in bytes and its sha256.
pub(crate) fn sha256_of_file(path: impl AsRef<Path>) -> Result<(u64, String)> {
    let path = path.as_ref();
    let mut file = File::open(path).map_err(|e| Error::io(messages::io_open(), path, e))?;
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 128 << 10];
    let mut length = 0;
    loop {
        let read = match file.read(&mut buffer) {
            Ok(0) => return Ok((length, hexadecimal(&digest.finalize()))),
            Ok(read) => read,
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(e) => return Err(Error::io(messages::io_read(), path, e)),
        };
        digest.update(&buffer[..read]);
        length += read as u64;
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes.iter().flat_map(|b| [b >> 4, b & 15]).map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}

/// Bytes taken in one step: eight words, one a lane.
const BLOCK: usize = 64;

/// Two odd numbers with their bits spread out (those of XXH64), so that multiplying loses nothing.
const SPREAD: [u64; 2] = [0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F];

/// A checksum of 128 bits over words of eight bytes, about as fast as memory can be read.
///
/// Eight lanes take one word each of every block of 64 bytes, with the round of XXH64:
/// `state = rotate(state + word * a, 31) * b`. Each part can be undone, so two texts that differ in one
/// word of a lane always leave that lane with different states; what differs in several words meets
/// again with a chance of about 2^-64. One multiplication a word would be faster and is not enough: a
/// flipped top bit passes through it alone, and two or three flips, one above the other, cancel. At the
/// end the lanes, the length and the key go through two different mixes of 64 bits.
#[derive(Clone, Debug)]
pub(crate) struct Checksum {
    lanes: [u64; 8],
    /// Bytes that do not fill a block yet.
    rest: [u8; BLOCK],
    filled: usize,
    length: u64,
}

impl Checksum {
    /// Begins a checksum. The key names what is summed, so that one thing does not pass for another.
    pub(crate) fn new(key: &[u8]) -> Checksum {
        let mut lanes = [0; 8];
        let mut state = SPREAD[0];
        for &byte in key {
            state = mix(state ^ u64::from(byte));
        }
        state ^= key.len() as u64;
        for lane in &mut lanes {
            state = mix(state.wrapping_add(SPREAD[0]));
            *lane = state;
        }
        Checksum { lanes, rest: [0; BLOCK], filled: 0, length: 0 }
    }

    /// Takes more bytes; how they are cut into pieces makes no difference.
    pub(crate) fn update(&mut self, mut bytes: &[u8]) {
        self.length = self.length.wrapping_add(bytes.len() as u64);
        if self.filled > 0 {
            let take = bytes.len().min(BLOCK - self.filled);
            self.rest[self.filled..self.filled + take].copy_from_slice(&bytes[..take]);
            self.filled += take;
            bytes = &bytes[take..];
            if self.filled < BLOCK {
                return;
            }
            let block = self.rest;
            step(&mut self.lanes, &block);
            self.filled = 0;
        }
        let (blocks, rest) = bytes.as_chunks::<BLOCK>();
        let mut lanes = self.lanes;
        for block in blocks {
            step(&mut lanes, block);
        }
        self.lanes = lanes;
        self.rest[..rest.len()].copy_from_slice(rest);
        self.filled = rest.len();
    }

    /// The checksum of everything taken.
    pub(crate) fn finish(mut self) -> [u8; 16] {
        if self.filled > 0 {
            self.rest[self.filled..].fill(0);
            let block = self.rest;
            step(&mut self.lanes, &block);
        }
        let (mut first, mut second) = (self.length, !self.length);
        for lane in self.lanes {
            first = mix(first ^ lane);
            second = mix(second.rotate_left(29).wrapping_add(lane));
        }
        let mut sum = [0; 16];
        sum[..8].copy_from_slice(&first.to_le_bytes());
        sum[8..].copy_from_slice(&second.to_le_bytes());
        sum
    }
}

#[inline(always)]
fn step(lanes: &mut [u64; 8], block: &[u8; BLOCK]) {
    let (words, _) = block.as_chunks::<8>();
    for (lane, word) in lanes.iter_mut().zip(words) {
        let word = u64::from_le_bytes(*word).wrapping_mul(SPREAD[1]);
        *lane = lane.wrapping_add(word).rotate_left(31).wrapping_mul(SPREAD[0]);
    }
}

/// Spreads every bit over all 64 (the last step of SplitMix64); it can be undone.
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn sum(key: &[u8], bytes: &[u8]) -> [u8; 16] {
        let mut checksum = Checksum::new(key);
        checksum.update(bytes);
        checksum.finish()
    }

    #[test]
    fn sha256_is_that_of_the_standard() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"abc"), abc);
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "abc").unwrap();
        assert_eq!(sha256_of_file(file.path()).unwrap(), (3, abc.to_string()));
    }

    #[test]
    fn the_checksum_never_changes() {
        // Checkpoints on users' disks carry these values.
        let bytes: Vec<u8> = (0..1000u32).map(|i| (i * 31 % 251) as u8).collect();
        assert_eq!(hexadecimal(&sum(b"", b"")), "f0abd943c58fac47f36596c52fb282bf");
        assert_eq!(hexadecimal(&sum(b"people", &bytes)), "29b66cd940b3809cef84b955ee290e2a");
    }

    #[test]
    fn any_one_or_two_flipped_bits_are_seen() {
        // Every pair of bits in three blocks: also those that sit one above the other in a lane.
        let bytes = vec![0u8; 3 * BLOCK];
        let bits = bytes.len() * 8;
        let mut seen = BTreeSet::from([sum(b"k", &bytes)]);
        let mut flipped = bytes.clone();
        for i in 0..bits {
            flipped[i / 8] ^= 1 << (i % 8);
            assert!(seen.insert(sum(b"k", &flipped)), "bit {i}");
            for j in 0..i {
                flipped[j / 8] ^= 1 << (j % 8);
                assert!(seen.insert(sum(b"k", &flipped)), "bits {i} and {j}");
                flipped[j / 8] ^= 1 << (j % 8);
            }
            flipped[i / 8] ^= 1 << (i % 8);
        }
    }

    #[test]
    fn lost_zeros_and_swapped_words_are_seen() {
        let sums: BTreeSet<_> = (0..300).map(|n| sum(b"k", &vec![0; n])).collect();
        assert_eq!(sums.len(), 300);
        let bytes: Vec<u8> = (0..4 * BLOCK).map(|i| (i / 8) as u8).collect();
        let mut seen = BTreeSet::from([sum(b"k", &bytes)]);
        for i in 0..bytes.len() / 8 {
            for j in 0..i {
                let mut swapped = bytes.clone();
                swapped[8 * i..8 * i + 8].fill(j as u8);
                swapped[8 * j..8 * j + 8].fill(i as u8);
                assert!(seen.insert(sum(b"k", &swapped)), "words {i} and {j}");
            }
        }
    }

    #[test]
    fn the_key_counts() {
        assert_ne!(sum(b"people", b"x"), sum(b"projects", b"x"));
        assert_ne!(sum(b"", b"x"), sum(b"\0", b"x"));
    }

    proptest! {
        #[test]
        fn pieces_make_no_difference(
            bytes in proptest::collection::vec(any::<u8>(), 0..600),
            cuts in proptest::collection::vec(0usize..200, 0..8),
        ) {
            let mut checksum = Checksum::new(b"k");
            let mut rest = &bytes[..];
            for cut in cuts {
                let (piece, after) = rest.split_at(cut.min(rest.len()));
                checksum.update(piece);
                rest = after;
            }
            checksum.update(rest);
            prop_assert_eq!(checksum.finish(), sum(b"k", &bytes));
        }

        #[test]
        fn any_change_is_seen(
            bytes in proptest::collection::vec(any::<u8>(), 1..600),
            at in any::<proptest::sample::Index>(),
            change in 1u8..,
        ) {
            let mut changed = bytes.clone();
            changed[at.index(bytes.len())] ^= change;
            prop_assert_ne!(sum(b"k", &changed), sum(b"k", &bytes));
        }
    }
}
