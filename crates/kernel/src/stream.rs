//! Streams: the draws of one key as a generator of the `rand` family, for what is sampled outside the model's own
//! equations.
//!
//! ```
//! use rand_distr::{Distribution, Gamma};
//! use shanhai_kernel::draw::{Draws, Purpose};
//!
//! let (seed, year, county) = (7, 2030, 331_102);
//! let mut stream = Draws::new(seed, Purpose::Shock, year).stream(county);
//! let shock = Gamma::new(2.0, 0.5).unwrap().sample(&mut stream);
//!
//! // The key alone decides: whoever asks, and in whichever order.
//! let again = Draws::new(seed, Purpose::Shock, year).stream(county);
//! assert_eq!(shock, Gamma::new(2.0, 0.5).unwrap().sample(&mut again.clone()));
//! ```
//!
//! The words of a stream are the same everywhere. What `rand_distr` makes of them may change with its version, and
//! with features that other crates of the build turn on (`num-traits/std`); the model therefore has samplers of its own.

use std::convert::Infallible;

use rand_core::TryRng;
use rand_core::block::{BlockRng, Generator};

use super::draw::{Draws, philox4x32_10};

/// One block, in the word of the counter that holds the purpose below it.
const BLOCK: u32 = 1 << 8;

/// A generator whose words are a function of (seed, purpose, step, entity), from [`Draws::stream`].
///
/// It begins with the words of [`Draws::block`]. Under one seed the first 2^26 words of two streams come from different
/// counters of one permutation, so that no block of four words occurs in both; a longer stream goes on under a key that
/// its last block gives.
#[derive(Clone, Debug)]
pub struct Stream(BlockRng<Blocks>);

impl Stream {
    pub(super) fn new(draws: &Draws, entity: u64) -> Stream {
        let (key, step, purpose) = draws.parts();
        let counter = [entity as u32, (entity >> 32) as u32, step, purpose];
        Stream(BlockRng::new(Blocks { key, counter }))
    }
}

impl TryRng for Stream {
    type Error = Infallible;

    #[inline]
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.0.next_word())
    }

    #[inline]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.0.next_u64_from_u32())
    }

    #[inline]
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill_bytes(bytes);
        Ok(())
    }
}

/// The Philox blocks of a stream, in order.
#[derive(Clone, Debug)]
struct Blocks {
    key: [u32; 2],
    /// Entity in two words, step, and in the last word the block's number above the purpose.
    counter: [u32; 4],
}

impl Generator for Blocks {
    type Output = [u32; 4];

    #[inline]
    fn generate(&mut self, words: &mut [u32; 4]) {
        *words = philox4x32_10(self.counter, self.key);
        let (next, ended) = self.counter[3].overflowing_add(BLOCK);
        self.counter[3] = next;
        if ended {
            self.key = [words[0], words[1]];
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;
    use rand::seq::SliceRandom;
    use rand::{Rng, RngExt};

    use super::*;
    use crate::draw::Purpose;

    fn stream(seed: u64, purpose: Purpose, step: u32, entity: u64) -> Stream {
        Draws::new(seed, purpose, step).stream(entity)
    }

    fn blocks_of(purpose: Purpose) -> Blocks {
        stream(1, purpose, 2, 3).0.core.clone()
    }

    fn words(mut stream: Stream, n: usize) -> Vec<u64> {
        (0..n).map(|_| stream.next_u64()).collect()
    }

    #[test]
    fn a_stream_begins_with_the_single_draws_of_its_key() {
        let draws = Draws::new(11, Purpose::Bootstrap, 3);
        let mut stream = draws.stream(5);
        assert_eq!(stream.clone().next_u64(), draws.bits(5));
        assert_eq!([0; 4].map(|_| stream.next_u32()), draws.block(5));
        assert_ne!([0; 4].map(|_| stream.next_u32()), draws.block(5), "the second block is another");
    }

    proptest! {
        #[test]
        fn a_stream_is_a_function_of_its_key_alone(seed: u64, step: u32, entity: u64, other: u64, n in 0_usize..50) {
            let alone = words(stream(seed, Purpose::Shock, step, entity), n);
            let mut neighbour = stream(seed, Purpose::Shock, step, other);
            let mut again = stream(seed, Purpose::Shock, step, entity);
            for word in alone {
                neighbour.next_u32();
                prop_assert_eq!(again.next_u64(), word);
            }
        }

        /// However the words are asked for, they are the same words in the same order.
        #[test]
        fn bytes_and_numbers_of_32_and_64_bits_are_the_same_words(entity: u64, sizes in prop::collection::vec(0_usize..5, 1..40)) {
            let mut by_words = stream(1, Purpose::Experiment, 0, entity);
            let mut mixed = by_words.clone();
            for size in sizes {
                let expected: Vec<u8> = (0..size).flat_map(|_| by_words.next_u32().to_le_bytes()).collect();
                let found = match size {
                    1 => mixed.next_u32().to_le_bytes().to_vec(),
                    2 => mixed.next_u64().to_le_bytes().to_vec(),
                    _ => {
                        let mut bytes = vec![0; 4 * size];
                        mixed.fill_bytes(&mut bytes);
                        bytes
                    }
                };
                prop_assert_eq!(found, expected);
            }
        }
    }

    /// A part of a word that a filling did not need is dropped, and the next draw begins with the next word.
    #[test]
    fn a_filling_that_ends_inside_a_word_drops_the_rest_of_it() {
        let mut all = stream(1, Purpose::Experiment, 0, 0);
        let mut cut = all.clone();
        let (first, second, third) = (all.next_u32(), all.next_u32(), all.next_u32());
        let mut bytes = [0; 5];
        cut.fill_bytes(&mut bytes);
        assert_eq!(bytes[..4], first.to_le_bytes());
        assert_eq!(bytes[4], second.to_le_bytes()[0]);
        assert_eq!(cut.next_u32(), third);
    }

    /// Keys that differ in one part, and by little: of 2000 streams of 64 words no word of 64 bits occurs twice.
    #[test]
    #[cfg_attr(miri, ignore = "many draws, and nothing unsafe")]
    fn two_keys_never_share_words() {
        let mut seen = BTreeSet::new();
        for i in 0..500_u32 {
            let far = u64::from(i) << 32;
            for stream in [
                stream(u64::from(i), Purpose::Shock, 1000, 1000),
                stream(1000, Purpose::Shock, i, 1000),
                stream(1000, Purpose::Shock, 1000, u64::from(i)),
                stream(1000, Purpose::Yardstick, 1000, far),
            ] {
                seen.extend(words(stream, 64));
            }
        }
        assert_eq!(seen.len(), 4 * 500 * 64);
    }

    /// No counter of one key is a counter of another, because a purpose leaves the bits of the block's number free.
    #[test]
    fn the_blocks_of_a_stream_keep_the_purpose_below_their_number() {
        for purpose in [Purpose::Gate, Purpose::Yardstick] {
            assert!((purpose as u32) < BLOCK);
            let mut blocks = blocks_of(purpose);
            for number in 0..1000 {
                assert_eq!(blocks.counter, [3, 0, 2, (number * BLOCK) | purpose as u32]);
                blocks.generate(&mut [0; 4]);
            }
        }
    }

    #[test]
    fn a_stream_of_more_than_2_to_the_26_words_does_not_begin_again() {
        let mut blocks = blocks_of(Purpose::Shock);
        let begin = blocks.clone();
        blocks.counter[3] |= !(BLOCK - 1);
        let mut last = [0; 4];
        blocks.generate(&mut last);
        assert_eq!(blocks.counter, begin.counter);
        assert_eq!(blocks.key, [last[0], last[1]]);
        let (mut first, mut after) = ([0; 4], [0; 4]);
        begin.clone().generate(&mut first);
        blocks.generate(&mut after);
        assert_ne!(first, after);
    }

    #[test]
    fn a_stream_serves_rand_for_ranges_and_shuffles() {
        let mut stream = stream(9, Purpose::Experiment, 0, 1);
        let mut order: Vec<u32> = (0..100).collect();
        order.shuffle(&mut stream);
        assert_ne!(order, (0..100).collect::<Vec<u32>>());
        order.sort_unstable();
        assert_eq!(order, (0..100).collect::<Vec<u32>>());
        assert!((0..1000).all(|_| (3..7).contains(&stream.random_range(3..7))));
    }
}
