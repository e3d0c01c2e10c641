//! Many choices of the same width side by side: one row a class, in 32-bit thresholds.

use super::choice::PROBABILITY_WORDS;

/// Rows of cumulative probabilities; a row is looked up with one 32-bit word.
///
/// Probabilities are audited in `f64` (they must add up to one within 1e-12, identity I10), then rounded to
/// multiples of 2^-32 with an error of at most 2^-32 an entry; the end of the last option is 2^32.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ChoiceTable {
    width: usize,
    ends: Vec<u32>,
    last: Vec<u16>,
}

impl ChoiceTable {
    /// A table from rows of weights (not negative, any scale), written one after the other. Returns the
    /// table and the largest distance of a row's probabilities from one; a row without weight picks its
    /// first option.
    pub fn new(width: usize, weights: &mut [f64]) -> (Self, f64) {
        let mut table = ChoiceTable { width, ends: Vec::with_capacity(weights.len()), last: Vec::new() };
        let mut gap: f64 = 0.0;
        for row in weights.chunks_mut(width.max(1)) {
            gap = gap.max(table.push(row));
        }
        (table, gap)
    }

    fn push(&mut self, row: &mut [f64]) -> f64 {
        let sum: f64 = row.iter().sum();
        if sum > 0.0 && sum.is_finite() {
            row.iter_mut().for_each(|w| *w /= sum);
        } else {
            row.fill(0.0);
            row[0] = 1.0;
        }
        let mut total = 0.0;
        let mut last = 0;
        for (i, &p) in row.iter().enumerate() {
            total += p;
            if p > 0.0 {
                last = i;
            }
            let end = libm::rint(total * PROBABILITY_WORDS);
            self.ends.push(if end >= PROBABILITY_WORDS { u32::MAX } else { end as u32 });
        }
        self.last.push(last as u16);
        (total - 1.0).abs()
    }

    /// Adds the rows of another table of the same width.
    pub fn append(&mut self, other: ChoiceTable) {
        self.width = other.width;
        self.ends.extend(other.ends);
        self.last.extend(other.last);
    }

    /// The option of a row that a word falls into.
    #[inline(always)]
    pub fn pick(&self, row: usize, word: u32) -> usize {
        let ends = &self.ends[row * self.width..(row + 1) * self.width];
        // Most people stay: the first options are looked at before the rest is searched.
        if word < ends[0] {
            return 0;
        }
        ends.partition_point(|&end| end <= word).min(usize::from(self.last[row]))
    }

    /// Options of a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Probability of an option as it will be drawn.
    pub fn probability(&self, row: usize, option: usize) -> f64 {
        let last = usize::from(self.last[row]);
        let end = |i: usize| {
            if i >= last { PROBABILITY_WORDS } else { f64::from(self.ends[row * self.width + i]) }
        };
        if option > last {
            return 0.0;
        }
        (end(option) - if option == 0 { 0.0 } else { end(option - 1) }) / PROBABILITY_WORDS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
