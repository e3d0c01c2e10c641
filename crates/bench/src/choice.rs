//! Choice tables: one of many options with given probabilities, from one 32-bit random word.
//!
//! A table holds the cumulative probabilities in the order of the options (not an alias table):
//! a scenario that changes few probabilities changes few choices, because the same word falls into the same
//! place of nearly the same order. So the luck of an agent stays comparable across scenarios.
//!
//! Probabilities are audited in `f64` and then rounded to multiples of 2^-32, each with an error of at most
//! 2^-32; the end of the last option is 2^32 and not stored.

use std::hint::select_unpredictable;

use crate::{Error, Result};

/// How far the sum of probabilities may be from one.
const SUM_TOLERANCE: f64 = 1e-12;

/// 2^32: the number of words, the unit in which thresholds count.
const WORDS: f64 = 4_294_967_296.0;

/// What a table holds for the ends of options that no word reaches.
const NEVER: u32 = u32::MAX;

/// One option of many. With a guide (worth it from some hundred options) a choice looks at two neighbouring
/// guide entries and searches only between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Where each option ends, in 2^-32, but for the last one.
    ends: Vec<u32>,
    /// The last option that any word reaches.
    last: usize,
    /// For each value of a word's top bits, the option of the first such word.
    guide: Vec<u32>,
    guide_shift: u32,
}

impl Choice {
    /// The table of `probabilities`, which must not be negative and must add up to one within 1e-12.
    pub fn new(probabilities: &[f64]) -> Result<Self> {
        audit(probabilities)?;
        let mut ends = vec![0; probabilities.len() - 1];
        let last = quantise(probabilities, 1.0, &mut ends);
        Ok(Choice { ends, last, guide: Vec::new(), guide_shift: 0 })
    }

    /// The same choices, found faster when there are many options; costs 4 bytes an option.
    pub fn with_guide(mut self) -> Self {
        let bits = usize::BITS - self.ends.len().leading_zeros();
        let shift = 32 - bits.clamp(1, 16);
        let first = |g: u32| self.ends.partition_point(|&end| u64::from(end) <= u64::from(g) << shift) as u32;
        self.guide = (0..=1 << (32 - shift)).map(first).collect();
        self.guide_shift = shift;
        self
    }

    /// The option that `word` falls into.
    #[inline]
    pub fn pick(&self, word: u32) -> usize {
        let (from, to) = match self.guide.get((word >> self.guide_shift) as usize..) {
            Some(&[from, to, ..]) => (from as usize, to as usize),
            _ => (0, self.ends.len()),
        };
        (from + self.ends[from..to].partition_point(|&end| end <= word)).min(self.last)
    }

    /// The number of options.
    pub fn options(&self) -> usize {
        self.ends.len() + 1
    }

    /// The probability of an option after rounding.
    pub fn probability(&self, option: usize) -> f64 {
        let end = |k: usize| if k >= self.last { WORDS } else { f64::from(self.ends[k]) };
        (end(option) - if option == 0 { 0.0 } else { end(option - 1) }) / WORDS
    }
}

/// A nest, and then a node within it: the two-level choice of nested logit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NestedChoice {
    nests: Choice,
    nodes: Vec<Choice>,
}

impl NestedChoice {
    /// A choice among nests, and among the nodes of each nest given that nest.
    pub fn new(nests: Choice, nodes: Vec<Choice>) -> Result<Self> {
        if nests.options() != nodes.len() {
            return Err(Error {
                what: "nested choice".into(),
                found: format!("{} nests and {} tables of nodes", nests.options(), nodes.len()),
                expected: "one table of nodes for each nest".into(),
            });
        }
        Ok(NestedChoice { nests, nodes })
    }

    /// The nest that the first word falls into, and the node within it that the second falls into.
    #[inline]
    pub fn pick(&self, words: [u32; 2]) -> (usize, usize) {
        let nest = self.nests.pick(words[0]);
        (nest, self.nodes[nest].pick(words[1]))
    }
}

/// Many tables of at most 4 * `FOURS` options, rebuilt every step in place and read without a branch that could
/// be guessed wrongly: by counting the ends passed, first of every fourth option, then within the four.
#[derive(Clone, Debug)]
pub struct ChoiceRows<const FOURS: usize> {
    rows: Vec<Row<FOURS>>,
    last: Vec<u32>,
}

/// Aligned so that each level of a row is in one line of the cache.
#[derive(Clone, Debug)]
#[repr(C, align(64))]
struct Row<const FOURS: usize> {
    /// The end of every fourth option.
    fours: [u32; FOURS],
    ends: [[u32; 4]; FOURS],
}

impl<const FOURS: usize> ChoiceRows<FOURS> {
    /// `rows` tables that always pick option 0.
    pub fn new(rows: usize) -> Self {
        let row = Row { fours: [NEVER; FOURS], ends: [[NEVER; 4]; FOURS] };
        ChoiceRows { rows: vec![row; rows], last: vec![0; rows] }
    }

    /// The number of tables.
    #[inline]
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Sets a table to non-negative `weights` in proportion, and returns their sum, which must be positive
    /// and finite. Dividing by the sum is what makes the probabilities add up to one here.
    pub fn set(&mut self, row: usize, weights: &[f64]) -> Result<f64> {
        let Row { fours, ends } = &mut self.rows[row];
        let (sum, last) = set_row(ends.as_flattened_mut(), weights)?;
        *fours = ends.map(|four| four[3]);
        self.last[row] = last;
        Ok(sum)
    }

    /// The option of table `row` that `word` falls into.
    #[inline(always)]
    pub fn pick(&self, row: usize, word: u32) -> usize {
        let Row { fours, ends } = &self.rows[row];
        let passed = |ends: &[u32]| ends.iter().map(|&end| u32::from(end <= word)).sum::<u32>();
        let four = inner(passed(fours), FOURS);
        let option = four * 4 + passed(&ends[four as usize % FOURS]);
        let last = self.last[row];
        select_unpredictable(option < last, option, last) as usize
    }

    /// [`pick`](Self::pick) with vector instructions. With it the whole yardstick step is 1.4 times as
    /// fast (64 nodes: 8.6e9 agent-steps a second against 6.1e9 on two threads).
    #[cfg(target_arch = "x86_64")]
    #[inline]
    #[target_feature(enable = "avx512f,avx512vl,popcnt")]
    pub(super) fn pick_avx512(&self, row: usize, word: u32) -> usize {
        use std::arch::x86_64::*;
        const { assert!(FOURS <= 16) };
        let Row { fours, ends } = &self.rows[row];
        let all = (1u32 << FOURS).wrapping_sub(1) as __mmask16;
        // SAFETY: of the sixteen words from `fours` on, only the `FOURS` that it has are read.
        let fours = unsafe { _mm512_maskz_loadu_epi32(all, fours.as_ptr().cast()) };
        let passed = _mm512_mask_cmple_epu32_mask(all, fours, _mm512_set1_epi32(word as i32));
        let four = inner(u32::from(passed).count_ones(), FOURS);
        // SAFETY: the four words of one element of `ends` are read.
        let ends = unsafe { _mm_loadu_si128(ends[four as usize % FOURS].as_ptr().cast()) };
        let passed = _mm_cmple_epu32_mask(ends, _mm_set1_epi32(word as i32));
        let option = four * 4 + u32::from(passed).count_ones();
        let last = self.last[row];
        select_unpredictable(option < last, option, last) as usize
    }
}

/// The last word passes all ends there are, also those of options that do not exist: it stays inside.
#[inline(always)]
fn inner(four: u32, fours: usize) -> u32 {
    four - four / fours as u32
}

/// See [`ChoiceRows::set`]; also returns the last option that any word reaches.
fn set_row(ends: &mut [u32], weights: &[f64]) -> Result<(f64, u32)> {
    assert!(weights.len() <= ends.len(), "a row holds at most {} options", ends.len());
    let sum: f64 = weights.iter().sum();
    if !(sum > 0.0 && sum.is_finite()) || weights.iter().any(|&w| w < 0.0) {
        return Err(Error {
            what: "choice weights".into(),
            found: format!("a sum of {sum} over {} options", weights.len()),
            expected: "weights that are not negative, with a positive and finite sum".into(),
        });
    }
    ends[weights.len() - 1..].fill(NEVER);
    let last = quantise(weights, 1.0 / sum, &mut ends[..weights.len() - 1]);
    Ok((sum, last as u32))
}

/// Refuses numbers that are not probabilities, or do not add up to one.
fn audit(probabilities: &[f64]) -> Result<()> {
    let wrong = |found: String, expected: &str| {
        Err(Error { what: "choice probabilities".into(), found, expected: expected.into() })
    };
    if probabilities.is_empty() {
        return wrong("no options".into(), "at least one");
    }
    if let Some((option, p)) = probabilities.iter().enumerate().find(|(_, p)| !(0.0..=2.0).contains(*p)) {
        return wrong(format!("{p} for option {option}"), "numbers from 0 to 1");
    }
    let sum: f64 = probabilities.iter().sum();
    if (sum - 1.0).abs() > SUM_TOLERANCE {
        return wrong(format!("a sum of {sum}"), "a sum of 1 within 1e-12");
    }
    Ok(())
}

/// Writes where each option but the last ends, and returns the last option that any word reaches:
/// those after it have less than 2^-33, among them impossible ones at the end of the list.
fn quantise(weights: &[f64], scale: f64, ends: &mut [u32]) -> usize {
    let mut end = 0.0;
    let mut last = 0;
    for (slot, weight) in ends.iter_mut().zip(weights) {
        end += weight * scale;
        // Adding one half and cutting is rounding, for numbers that are not negative.
        let rounded = (end * WORDS + 0.5) as u64;
        *slot = u32::try_from(rounded).unwrap_or(NEVER);
        last += usize::from(rounded <= u64::from(u32::MAX));
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use shanhai_kernel::draw::{Draws, Purpose};

    fn normal(weights: &[f64]) -> Vec<f64> {
        let sum: f64 = weights.iter().sum();
        weights.iter().map(|w| w / sum).collect()
    }

    #[test]
    fn probabilities_that_are_none_are_refused() {
        for wrong in [&[][..], &[0.5, 0.4999], &[1.5, -0.5], &[f64::NAN, 1.0], &[0.5, 0.5 + 2e-12]] {
            let message = Choice::new(wrong).unwrap_err().to_string();
            assert!(message.starts_with("choice probabilities: found"), "{message}");
        }
        assert!(Choice::new(&[0.5, 0.5 + 0.5e-12]).is_ok());
        assert!(ChoiceRows::<1>::new(1).set(0, &[0.0, 0.0]).is_err());
        assert!(ChoiceRows::<1>::new(1).set(0, &[1.0, f64::INFINITY]).is_err());
        assert!(ChoiceRows::<1>::new(1).set(0, &[2.0, -1.0]).is_err());
    }

    #[test]
    fn impossible_options_are_never_picked() {
        let choice = Choice::new(&[0.0, 0.5, 0.0, 0.5, 0.0, 0.0]).unwrap();
        let mut rows = ChoiceRows::<4>::new(1);
        rows.set(0, &[0.0, 2.0, 0.0, 2.0, 0.0, 0.0]).unwrap();
        for (word, option) in [(0, 1), ((1 << 31) - 1, 1), (1 << 31, 3), (u32::MAX, 3)] {
            assert_eq!(choice.pick(word), option);
            assert_eq!(choice.clone().with_guide().pick(word), option);
            assert_eq!(rows.pick(0, word), option);
        }
        assert_eq!(Choice::new(&[1.0]).unwrap().pick(u32::MAX), 0);
    }

    #[test]
    fn nests_need_one_table_each() {
        let half = Choice::new(&[0.5, 0.5]).unwrap();
        assert!(NestedChoice::new(half.clone(), vec![half.clone()]).is_err());
        let nested = NestedChoice::new(half.clone(), vec![half, Choice::new(&[1.0]).unwrap()]).unwrap();
        assert_eq!(nested.pick([0, u32::MAX]), (0, 1));
        assert_eq!(nested.pick([u32::MAX, u32::MAX]), (1, 0));
    }

    /// The reason for ordered tables: a small change of probabilities changes few choices.
    #[test]
    fn small_changes_move_few_choices() {
        let before = Choice::new(&normal(&[1.0; 50])).unwrap();
        let mut weights = [1.0; 50];
        weights[20] = 1.1;
        let after = Choice::new(&normal(&weights)).unwrap();
        let draws = Draws::new(1, Purpose::Location, 0);
        let changed = (0..10_000).filter(|&i| {
            let word = draws.block(i)[0];
            before.pick(word) != after.pick(word)
        });
        assert!(changed.count() < 600);
    }

    /// Chi-square of observed picks; the 99.99 % point for 39 degrees of freedom is 82.
    #[test]
    fn picks_come_at_their_probabilities() {
        let weights: Vec<f64> = (0..40).map(|k| libm::exp(-0.1 * f64::from(k))).collect();
        let choice = Choice::new(&normal(&weights)).unwrap().with_guide();
        let draws = Draws::new(2, Purpose::Location, 1);
        let n = 200_000;
        let mut counts = [0; 40];
        (0..n).for_each(|i| counts[choice.pick(draws.block(i)[0])] += 1);
        let chi_square: f64 = normal(&weights)
            .iter()
            .zip(counts)
            .map(|(p, c)| (f64::from(c) - p * n as f64).powi(2) / (p * n as f64))
            .sum();
        assert!(chi_square < 82.0, "{chi_square}");
    }

    proptest! {
        #[test]
        fn every_option_is_within_one_word_of_its_probability(
            weights in prop::collection::vec(prop_oneof![Just(0.0), 1e-12..1.0f64, 0.5..1.0f64], 1..300),
        ) {
            prop_assume!(weights.iter().sum::<f64>() > 0.0);
            let probabilities = normal(&weights);
            let choice = Choice::new(&probabilities).unwrap();
            let total: f64 = (0..weights.len()).map(|k| choice.probability(k)).sum();
            prop_assert_eq!(total, 1.0);
            for (k, p) in probabilities.iter().enumerate() {
                let error = (choice.probability(k) - p).abs() * WORDS;
                prop_assert!(error <= 1.0 + 1e-3, "option {}: {}", k, error);
            }
        }

        #[test]
        fn guide_and_rows_pick_what_the_plain_table_picks(
            weights in prop::collection::vec(prop_oneof![Just(0.0), 1e-9..1.0f64], 1..64),
            words in prop::collection::vec(any::<u32>(), 50),
        ) {
            prop_assume!(weights.iter().sum::<f64>() > 0.0);
            let plain = Choice::new(&normal(&weights)).unwrap();
            let guided = plain.clone().with_guide();
            let mut rows = ChoiceRows::<16>::new(2);
            rows.set(1, &normal(&weights)).unwrap();
            let edges = plain.ends.iter().flat_map(|&end| [end, end.wrapping_sub(1)]);
            for word in words.into_iter().chain(edges).chain([0, u32::MAX]) {
                let option = plain.pick(word);
                prop_assert!(weights[option] > 0.0);
                prop_assert_eq!(guided.pick(word), option);
                // Multiplying by 1 / sum instead of dividing may move an end by one word.
                let row = rows.pick(1, word);
                let near = |w: u32| plain.pick(w) == row;
                prop_assert!(near(word) || near(word.saturating_sub(1)) || near(word.saturating_add(1)));
            }
        }
    }
}
