//! Many choices side by side: one row a class, in 32-bit thresholds.

#[cfg(target_arch = "x86_64")]
use crate::wide::wide;

/// 2^32: thresholds count in this unit.
const PROBABILITY_WORDS: f64 = 4_294_967_296.0;

/// Rows of cumulative probabilities, each with options of its own; a row is looked up with one 32-bit word.
///
/// Probabilities are audited in `f64` (they must add up to one within 1e-12, identity I10), then rounded to
/// multiples of 2^-32 with an error of at most 2^-32 an entry; the end of the last option with weight is 2^32,
/// written as the highest word.
///
/// Ends come in sixteens, a line of the cache each. Nothing is searched: how many ends a word has passed is counted,
/// sixteen at a time, in long rows first among the last ends of their sixteens.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChoiceTable {
    rows: Vec<Row>,
    ends: Vec<Sixteen>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Row {
    /// First sixteen of the row.
    start: u32,
    /// Number of options.
    width: u16,
    /// Sixteens of last ends that come before the ends themselves.
    index: u16,
}

#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(C, align(64))]
struct Sixteen([u32; 16]);

/// An end that no word passes.
const NEVER: u32 = u32::MAX;
/// The highest word that counts, so that none passes [`NEVER`].
const HIGHEST: u32 = u32::MAX - 1;
/// Rows of more sixteens than these have an index.
const SHORT: usize = 4;

impl Sixteen {
    /// How many ends a word has passed.
    #[inline(always)]
    fn passed(&self, word: u32) -> usize {
        self.0.iter().map(|&end| u32::from(end <= word)).sum::<u32>() as usize
    }

    /// The same with one comparison.
    #[cfg(target_arch = "x86_64")]
    #[inline]
    #[target_feature(enable = "avx512f,popcnt")]
    fn passed_wide(&self, word: u32) -> usize {
        use std::arch::x86_64::*;
        // SAFETY: sixteen words are read from an array of as many.
        let ends = unsafe { _mm512_loadu_si512(self.0.as_ptr().cast()) };
        _mm512_cmple_epu32_mask(ends, _mm512_set1_epi32(word as i32)).count_ones() as usize
    }
}

impl ChoiceTable {
    /// A table of equal rows of weights (not negative, any scale), written one after the other. Returns the
    /// table and the largest distance of a row's probabilities from one; a row without weight picks its
    /// first option.
    pub fn new(width: usize, weights: &mut [f64]) -> (Self, f64) {
        let mut table = ChoiceTable::default();
        let mut gap: f64 = 0.0;
        for row in weights.chunks_mut(width.max(1)) {
            gap = gap.max(table.push(row));
        }
        (table, gap)
    }

    /// Adds a row of weights; returns the distance of its probabilities from one.
    pub fn push(&mut self, row: &mut [f64]) -> f64 {
        let sum: f64 = row.iter().sum();
        if sum > 0.0 && sum.is_finite() {
            row.iter_mut().for_each(|w| *w /= sum);
        } else {
            row.fill(0.0);
            row[0] = 1.0;
        }
        let sixteens = row.len().div_ceil(16);
        let index = if sixteens > SHORT { sixteens.div_ceil(16) } else { 0 };
        let start = self.ends.len();
        self.rows.push(Row { start: start as u32, width: row.len() as u16, index: index as u16 });
        self.ends.resize(start + index + sixteens, Sixteen([NEVER; 16]));
        let last = row.iter().rposition(|&p| p > 0.0).unwrap_or(0);
        let (index, ends) = self.ends[start..].split_at_mut(index);
        let mut total = 0.0;
        for (i, &p) in row.iter().enumerate() {
            total += p;
            let end = libm::rint(total * PROBABILITY_WORDS);
            let end = if i >= last || end >= PROBABILITY_WORDS { NEVER } else { end as u32 };
            ends[i / 16].0[i % 16] = end;
        }
        for (i, sixteen) in ends.iter().enumerate().take(16 * index.len()) {
            index[i / 16].0[i % 16] = sixteen.0[15];
        }
        (total - 1.0).abs()
    }

    /// Adds the rows of another table.
    pub fn append(&mut self, other: &ChoiceTable) {
        let before = self.ends.len() as u32;
        self.rows.extend(other.rows.iter().map(|row| Row { start: row.start + before, ..*row }));
        self.ends.extend(&other.ends);
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Options of a row.
    pub fn width(&self, row: usize) -> usize {
        usize::from(self.rows[row].width)
    }

    /// The option of a row that a word falls into.
    #[inline(always)]
    pub fn pick(&self, row: usize, word: u32) -> usize {
        self.count(row, word, Sixteen::passed)
    }

    /// The options of many rows: `options[i]` is what `words[i]` falls into in row `rows[i]`.
    pub fn pick_many(&self, rows: &[u32], words: &[u32], options: &mut [u16]) {
        #[cfg(target_arch = "x86_64")]
        if wide() {
            // SAFETY: `wide` found the features that `pick_many_wide` is compiled for.
            return unsafe { self.pick_many_wide(rows, words, options) };
        }
        for ((&row, &word), option) in rows.iter().zip(words).zip(options) {
            *option = self.pick(row as usize, word) as u16;
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f,popcnt")]
    fn pick_many_wide(&self, rows: &[u32], words: &[u32], options: &mut [u16]) {
        for ((&row, &word), option) in rows.iter().zip(words).zip(options) {
            *option = self.count(row as usize, word, |ends, word| ends.passed_wide(word)) as u16;
        }
    }

    #[inline(always)]
    fn count(&self, row: usize, word: u32, passed: impl Fn(&Sixteen, u32) -> usize) -> usize {
        let Row { start, width, index } = self.rows[row];
        let (start, index, word) = (start as usize, usize::from(index), word.min(HIGHEST));
        let all = &self.ends[start..start + index + usize::from(width).div_ceil(16)];
        let (index, ends) = all.split_at(index);
        if index.is_empty() {
            return ends.iter().map(|ends| passed(ends, word)).sum();
        }
        let sixteen: usize = index.iter().map(|ends| passed(ends, word)).sum();
        16 * sixteen + passed(&ends[sixteen], word)
    }

    /// Probability of an option as it will be drawn.
    pub fn probability(&self, row: usize, option: usize) -> f64 {
        let Row { start, index, .. } = self.rows[row];
        let ends = &self.ends[start as usize + usize::from(index)..];
        let end = |i: usize| match ends[i / 16].0[i % 16] {
            NEVER => PROBABILITY_WORDS,
            end => f64::from(end),
        };
        (end(option) - if option == 0 { 0.0 } else { end(option - 1) }) / PROBABILITY_WORDS
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate::gate_word;

    #[test]
    fn every_word_finds_an_option_with_weight_and_probabilities_are_kept() {
        let mut weights = [3.0, 2.0, 1.0, 0.0, 0.0, 0.0, 5.0, 0.0];
        let (table, gap) = ChoiceTable::new(4, &mut weights);
        assert!(gap < 1e-12);
        assert_eq!(table.pick(0, 0), 0);
        assert_eq!(table.pick(0, u32::MAX), 2);
        assert_eq!((table.pick(1, 0), table.pick(1, u32::MAX)), (2, 2));
        for (option, p) in [0.5, 1.0 / 3.0, 1.0 / 6.0, 0.0].into_iter().enumerate() {
            assert!((table.probability(0, option) - p).abs() <= 1.0 / PROBABILITY_WORDS);
        }
    }

    /// Rows of every length, short and indexed: all ways to look a word up agree with a plain search.
    #[test]
    fn counting_finds_what_a_search_finds() {
        let mut table = ChoiceTable::default();
        let mut plain = Vec::new();
        // An interpreter of the code is some thousand times slower: few rows and words show it every branch.
        let (widths, drawn): (&[u64], u64) = if cfg!(miri) {
            (&[1, 15, 16, 17, 65], 20)
        } else {
            (&[1, 5, 15, 16, 17, 40, 64, 65, 80, 257, 344, 1100], 2000)
        };
        for &width in widths {
            let weight = |i: u64| {
                if gate_word(2, 1, i).is_multiple_of(7) { 0.0 } else { (gate_word(1, 1, i) % 999) as f64 }
            };
            let mut row: Vec<f64> = (0..width).map(weight).collect();
            row[0] += 1.0;
            table.push(&mut row);
            let mut total = 0.0;
            let ends = row.iter().map(|p| {
                total += p;
                (total * PROBABILITY_WORDS).round()
            });
            plain.push((ends.collect::<Vec<f64>>(), row));
        }
        let mut copy = ChoiceTable::default();
        copy.append(&table);
        copy.append(&table);
        for (r, (ends, row)) in plain.iter().enumerate() {
            let words = (0..drawn).map(|i| gate_word(3, 1, i) as u32);
            let edges = ends.iter().flat_map(|&end| [end as u32, (end as u32).saturating_sub(1)]);
            let words: Vec<u32> = words.chain(edges).chain([0, u32::MAX - 1, u32::MAX]).collect();
            let mut many = vec![0; words.len()];
            copy.pick_many(&vec![(plain.len() + r) as u32; words.len()], &words, &mut many);
            for (&word, &option) in words.iter().zip(&many) {
                let last = row.iter().rposition(|&p| p > 0.0).unwrap();
                let search = ends.partition_point(|&end| end <= f64::from(word)).min(last);
                assert_eq!(table.pick(r, word), search, "row of {}", row.len());
                assert_eq!(usize::from(option), search);
                assert!(row[search] > 0.0);
            }
            let total: f64 = (0..row.len()).map(|option| table.probability(r, option)).sum();
            assert_eq!(total, 1.0);
        }
    }
}
