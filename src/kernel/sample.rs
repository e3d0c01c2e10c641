//! Numbers of a given distribution from keyed draws.
//!
//! Each is a fixed formula of one Philox block, in [`libm`], so that it has the same bits on every platform and is
//! not touched by a change of a random-number library.

use super::choice::Choice;
use super::draw::{Draws, unit};

/// A probability as the number of 32-bit words, of 2^32, for which an event happens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Chance(u64);

impl Chance {
    /// The nearest chance; below zero is never, above one always, and not a number never.
    #[inline]
    pub fn new(probability: f64) -> Self {
        Chance((probability.clamp(0.0, 1.0) * 4_294_967_296.0 + 0.5) as u64)
    }

    /// Whether the event happens for `word`.
    #[inline]
    pub fn holds(self, word: u32) -> bool {
        u64::from(word) < self.0
    }
}

impl Draws {
    /// Whether an event of this chance happens to `entity`.
    #[inline]
    pub fn happens(&self, entity: u64, chance: Chance) -> bool {
        chance.holds(self.block(entity)[0])
    }

    /// The option that `entity` chooses from a table.
    #[inline]
    pub fn choose(&self, entity: u64, choice: &Choice) -> usize {
        choice.pick(self.block(entity)[0])
    }

    /// An exponential number with this mean.
    pub fn exponential(&self, entity: u64, mean: f64) -> f64 {
        -mean * libm::log(self.positive_uniform(entity))
    }

    /// A number whose logarithm is normal with mean `mu` and standard deviation `sigma`.
    pub fn lognormal(&self, entity: u64, mu: f64, sigma: f64) -> f64 {
        libm::exp(mu + sigma * self.normal(entity))
    }

    /// A Pareto number: at least `least`, with P(X > x) = (least / x)^shape.
    pub fn pareto(&self, entity: u64, least: f64, shape: f64) -> f64 {
        least * libm::pow(self.positive_uniform(entity), -1.0 / shape)
    }

    /// A Pareto number given that it is at most `greatest`.
    pub fn truncated_pareto(&self, entity: u64, least: f64, greatest: f64, shape: f64) -> f64 {
        let beyond = libm::pow(least / greatest, shape);
        let tail = beyond + (1.0 - beyond) * self.positive_uniform(entity);
        (least * libm::pow(tail, -1.0 / shape)).clamp(least, greatest)
    }

    /// A uniform number in (0, 1], whose logarithm and powers are finite.
    #[inline]
    fn positive_uniform(&self, entity: u64) -> f64 {
        1.0 - unit(self.bits(entity))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::draw::Purpose;
    use rand_distr::Distribution;
    use rand_philox::Philox;

    const SIZE: u64 = 40_000;

    /// Whether our numbers and those of `rand_distr` come from one distribution: the two-sample
    /// Kolmogorov-Smirnov distance stays below its 99.99 % point, 2.225 sqrt(2 / n).
    fn same_distribution(what: &str, ours: impl Fn(&Draws, u64) -> f64, theirs: impl Distribution<f64>) {
        let generator = Philox::from_u64_seed_stream(1, 2);
        let theirs = theirs.sample_iter(generator).take(SIZE as usize);
        assert_same(what, ours, theirs);
    }

    fn assert_same(what: &str, ours: impl Fn(&Draws, u64) -> f64, theirs: impl Iterator<Item = f64>) {
        let draws = Draws::new(3, Purpose::Shock, 4);
        let mut ours: Vec<f64> = (0..SIZE).map(|i| ours(&draws, i)).collect();
        let mut theirs: Vec<f64> = theirs.collect();
        ours.sort_by(f64::total_cmp);
        theirs.sort_by(f64::total_cmp);
        let mut below = 0;
        let mut distance = 0;
        for (k, x) in ours.iter().enumerate() {
            while below < theirs.len() && theirs[below] <= *x {
                below += 1;
            }
            distance = distance.max(below.abs_diff(k).max(below.abs_diff(k + 1)));
        }
        let (distance, size) = (distance as f64 / SIZE as f64, SIZE as f64);
        assert!(distance < 2.225 * (2.0 / size).sqrt(), "{what}: distance {distance}");
    }

    #[test]
    fn distributions_are_those_of_rand_distr() {
        same_distribution("uniform", |d, i| d.uniform(i), rand_distr::Uniform::new(0.0, 1.0).unwrap());
        same_distribution("normal", |d, i| d.normal(i), rand_distr::StandardNormal);
        same_distribution("exponential", |d, i| d.exponential(i, 0.5), rand_distr::Exp::new(2.0).unwrap());
        let lognormal = rand_distr::LogNormal::new(1.0, 0.7).unwrap();
        same_distribution("lognormal", |d, i| d.lognormal(i, 1.0, 0.7), lognormal);
        let pareto = rand_distr::Pareto::new(2.0, 1.16).unwrap();
        same_distribution("Pareto", |d, i| d.pareto(i, 2.0, 1.16), pareto);
        let below = pareto.sample_iter(Philox::from_u64_seed_stream(5, 6)).filter(|&x| x <= 50.0);
        let below = below.take(SIZE as usize);
        assert_same("truncated Pareto", |d, i| d.truncated_pareto(i, 2.0, 50.0, 1.16), below);
    }

    #[test]
    #[should_panic(expected = "distance")]
    fn a_wrong_distribution_is_seen() {
        same_distribution("normal", |d, i| 1.1 * d.normal(i), rand_distr::StandardNormal);
    }

    #[test]
    fn pareto_numbers_stay_in_their_range() {
        let draws = Draws::new(1, Purpose::ProjectSize, 0);
        for i in 0..10_000 {
            assert!(draws.pareto(i, 3.0, 1.5) >= 3.0);
            assert!((3.0..=7.0).contains(&draws.truncated_pareto(i, 3.0, 7.0, 1.5)));
            assert_eq!(draws.truncated_pareto(i, 3.0, 3.0, 1.5), 3.0);
        }
    }

    #[test]
    fn chances_at_the_ends_are_certain() {
        for (probability, first, last) in [
            (0.0, false, false),
            (-1.0, false, false),
            (1.0, true, true),
            (2.0, true, true),
            (0.5, true, false),
        ] {
            let chance = Chance::new(probability);
            assert_eq!((chance.holds(0), chance.holds(u32::MAX)), (first, last), "{probability}");
        }
        assert!(!Chance::new(f64::NAN).holds(0));
    }

    #[test]
    fn events_and_choices_come_at_their_rate() {
        let draws = Draws::new(1, Purpose::Birth, 9);
        let z = |seen: usize, p: f64| (seen as f64 - SIZE as f64 * p) / (SIZE as f64 * p * (1.0 - p)).sqrt();
        for p in [0.001, 0.02, 0.5, 0.9] {
            let seen = (0..SIZE).filter(|&i| draws.happens(i, Chance::new(p))).count();
            assert!(z(seen, p).abs() < 4.0, "{p}: {seen}");
        }
        let choice = Choice::new(&[0.2, 0.0, 0.7, 0.1]).unwrap();
        for (option, p) in [(0, 0.2), (2, 0.7), (3, 0.1)] {
            let seen = (0..SIZE).filter(|&i| draws.choose(i, &choice) == option).count();
            assert!(z(seen, p).abs() < 4.0, "option {option}: {seen}");
        }
    }
}
