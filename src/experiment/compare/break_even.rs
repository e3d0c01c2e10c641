//! Break-even of a policy whose size is assumed: the size at which what households gain is what its programmes cost.
//!
//! The policy runs at a few sizes between two stated ends, each against the same scenario without it under common random
//! numbers. Gains and costs are sums over the years of the run, in money of the base year, without discounting: a run
//! that ends early sees the cost of what pays later. Between two sizes the net gain is taken as a straight line. The
//! interval of the size holds every size at which the interval of the net gain holds zero.

use super::outcome::{BreakEven, Comparison, Outcome};
use crate::experiment::replicates::interval;
use crate::{Error, Result, messages};

/// Sizes that are run between the two ends, these included.
pub(crate) const SIZES: usize = 5;

/// What can pay the cost: name of the yardstick and the indicator that is summed, both of the area.
pub(crate) const YARDSTICKS: [&str; 2] = ["income", "output"];

/// Gains and costs of one size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct AtSize {
    pub size: f64,
    /// Programme money, yuan over all years.
    pub cost: f64,
    /// What is gained, yuan over all years.
    pub gain: f64,
    /// Gain less cost and its interval over replicates.
    pub net: f64,
    pub low: f64,
    pub high: f64,
}

/// The sizes at which the net gain is zero, and the least and greatest at which it may be.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Found {
    pub sizes: Vec<f64>,
    pub low: f64,
    pub high: f64,
}

impl Outcome {
    /// Gains and costs by size.
    ///
    /// # Errors
    /// Fails on a level that is no probability.
    pub(crate) fn at_sizes(&self, asked: &BreakEven, yardstick: &str) -> Result<Vec<AtSize>> {
        let of = |&(size, program): &(f64, usize)| {
            let Some(comparison) = self.comparisons.iter().find(|c| is_of(self, c, program)) else {
                return Err(Error::Data {
                    what: messages::as_is(&asked.key),
                    found: messages::as_is(size),
                    expected: messages::runs_of_this_comparison(),
                });
            };
            let gains = self.sums_over_years(comparison, yardstick, "area", "all");
            let costs = self.programme_cost(comparison);
            let nets: Vec<f64> = gains.iter().zip(&costs).map(|(gain, cost)| gain - cost).collect();
            let (low, high) = interval(&nets, &self.settings)?;
            let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
            Ok(AtSize { size, cost: mean(&costs), gain: mean(&gains), net: mean(&nets), low, high })
        };
        asked.sizes.iter().map(of).collect()
    }
}

/// Whether a comparison is that of a size with the scenario without the policy.
fn is_of(outcome: &Outcome, comparison: &Comparison, program: usize) -> bool {
    comparison.name.starts_with(NAME) && outcome.arms[comparison.policy].program == program
}

/// How names of such comparisons begin; what has a colon is a part, told by the last year.
pub(crate) const NAME: &str = "break_even:";

/// Where the net gain is zero.
pub(crate) fn found(at: &[AtSize]) -> Found {
    let points = |value: fn(&AtSize) -> f64| at.iter().map(|x| (x.size, value(x))).collect::<Vec<_>>();
    let sizes = zeros(&points(|x| x.net));
    if at.iter().any(|x| !x.low.is_finite()) {
        return Found { sizes, low: f64::NAN, high: f64::NAN };
    }
    // Ends of what holds zero: where a bound crosses it, or an end of the sizes.
    let mut ends: Vec<f64> = [zeros(&points(|x| x.low)), zeros(&points(|x| x.high))].concat();
    ends.extend(
        at.first().into_iter().chain(at.last()).filter(|x| x.low <= 0.0 && x.high >= 0.0).map(|x| x.size),
    );
    let low = ends.iter().copied().fold(f64::INFINITY, f64::min);
    let high = ends.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if ends.is_empty() { Found { sizes, low: f64::NAN, high: f64::NAN } } else { Found { sizes, low, high } }
}

/// Where straight lines between points cross zero.
fn zeros(points: &[(f64, f64)]) -> Vec<f64> {
    let mut found: Vec<f64> = Vec::new();
    for pair in points.windows(2) {
        let [(a, x), (b, y)] = [pair[0], pair[1]];
        let at = match () {
            () if x == 0.0 => a,
            () if x * y < 0.0 => a + (b - a) * x / (x - y),
            () if y == 0.0 => b,
            () => continue,
        };
        if found.last() != Some(&at) {
            found.push(at);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(size: f64, net: f64, half: f64) -> AtSize {
        AtSize { size, cost: 1.0, gain: 1.0 + net, net, low: net - half, high: net + half }
    }

    #[test]
    fn a_policy_that_pays_up_to_a_size_breaks_even_there() {
        // Net gain 2 - size: zero at 2, and within .5 of zero from 1.5 to 2.5.
        let all: Vec<AtSize> = [0.0, 1.0, 3.0].map(|size| at(size, 2.0 - size, 0.5)).to_vec();
        assert_eq!(found(&all), Found { sizes: vec![2.0], low: 1.5, high: 2.5 });
    }

    #[test]
    fn a_policy_that_always_or_never_pays_has_no_such_size() {
        let never: Vec<AtSize> = [1.0, 2.0].map(|size| at(size, -size, 0.5)).to_vec();
        let none = found(&never);
        assert!(none.sizes.is_empty() && none.low.is_nan());
        // Nothing gained and nothing paid at size zero, a rise and a fall: two sizes break even.
        let hump = [at(0.0, 0.0, 0.0), at(1.0, 1.0, 0.0), at(2.0, -1.0, 0.0)];
        assert_eq!(found(&hump).sizes, [0.0, 1.5]);
    }

    #[test]
    fn luck_that_reaches_zero_at_an_end_reaches_the_end_of_the_interval() {
        let all: Vec<AtSize> = [1.0, 2.0, 3.0].map(|size| at(size, 2.4 - size, 1.0)).to_vec();
        let Found { sizes, low, high } = found(&all);
        assert!((sizes[0] - 2.4).abs() < 1e-12 && (low - 1.4).abs() < 1e-12 && high == 3.0, "{low} {high}");
    }
}
