//! How far chance alone carries a number: the bootstrap percentile interval and Student's interval of paired
//! differences. Under common random numbers two scenarios share their luck, so their difference is paired by
//! replicate and its interval is much narrower than that of either level.

use super::student::two_sided_quantile;
use super::unusable;
use crate::Result;
use crate::kernel::draw::{Draws, Purpose};
use crate::messages;

/// An estimate and the interval that covers the truth with the probability asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Point estimate from the whole sample.
    pub estimate: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// Whether a value lies in the interval.
    pub fn covers(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
}

/// The bootstrap percentile interval of a statistic of `rows` rows (Efron 1979).
///
/// The statistic is called with row numbers, once with 0, 1, ... and once for each of `replicates` resamples
/// with replacement; 1000 replicates are usual. Replicate r draws its i-th row by the key
/// (seed, bootstrap, r, i), so an interval does not depend on what was computed before it.
pub(crate) fn bootstrap_interval(
    rows: usize,
    statistic: impl FnMut(&[usize]) -> f64,
    replicates: u32,
    level: f64,
    seed: u64,
) -> Result<Interval> {
    let mut statistic = statistic;
    let mut intervals = bootstrap_intervals(rows, |r| vec![statistic(r)], replicates, level, seed)?;
    Ok(intervals.remove(0))
}

/// [`bootstrap_interval`] of several statistics from the same resamples.
pub(crate) fn bootstrap_intervals(
    rows: usize,
    mut statistics: impl FnMut(&[usize]) -> Vec<f64>,
    replicates: u32,
    level: f64,
    seed: u64,
) -> Result<Vec<Interval>> {
    check_level(level)?;
    if rows < 2 || replicates < 2 {
        return Err(unusable(
            messages::about_bootstrap(),
            messages::rows_and_replicates(rows, replicates),
            messages::at_least_two_of_each(),
        ));
    }
    let mut chosen: Vec<usize> = (0..rows).collect();
    let estimates = statistics(&chosen);
    let mut resampled = vec![Vec::with_capacity(replicates as usize); estimates.len()];
    for replicate in 0..replicates {
        let draws = Draws::new(seed, Purpose::Bootstrap, replicate);
        for (i, row) in chosen.iter_mut().enumerate() {
            *row = below(draws.bits(i as u64), rows);
        }
        for (values, value) in resampled.iter_mut().zip(statistics(&chosen)) {
            values.push(value);
        }
    }
    let outside = (1.0 - level) / 2.0;
    estimates
        .into_iter()
        .zip(&mut resampled)
        .map(|(estimate, values)| {
            if values.iter().any(|v| v.is_nan()) {
                return Err(unusable(
                    messages::about_bootstrap(),
                    messages::statistic_undefined(),
                    messages::statistic_for_every_resample(),
                ));
            }
            values.sort_by(f64::total_cmp);
            Ok(Interval {
                estimate,
                low: sorted_quantile(values, outside),
                high: sorted_quantile(values, 1.0 - outside),
            })
        })
        .collect()
}

/// Student's t interval of a mean: `mean +- t s/sqrt(n)`.
pub(crate) fn mean_interval(values: &[f64], level: f64) -> Result<Interval> {
    check_level(level)?;
    if values.len() < 2 || values.iter().any(|v| !v.is_finite()) {
        return Err(unusable(
            messages::interval_of_a_mean(),
            messages::values_not_finite(values.len()),
            messages::two_finite_values(),
        ));
    }
    let n = values.len() as f64;
    let estimate = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|v| (v - estimate) * (v - estimate)).sum();
    let half = two_sided_quantile(level, n - 1.0) * (squares / (n - 1.0) / n).sqrt();
    Ok(Interval { estimate, low: estimate - half, high: estimate + half })
}

/// The quantile of values by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996,
/// the default of R and NumPy).
pub(crate) fn quantile(values: &[f64], probability: f64) -> Result<f64> {
    if values.is_empty() || values.iter().any(|v| v.is_nan()) || !(0.0..=1.0).contains(&probability) {
        return Err(unusable(
            messages::about_quantile(),
            messages::values_and_probability(values.len(), probability),
            messages::numbers_and_probability(),
        ));
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    Ok(sorted_quantile(&sorted, probability))
}

fn sorted_quantile(sorted: &[f64], probability: f64) -> f64 {
    let place = probability * (sorted.len() - 1) as f64;
    let below = place as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
}

/// A uniform whole number below `n` from 64 random bits (Lemire's multiplication; a bias of n/2^64 is
/// nothing).
pub(crate) fn below(bits: u64, n: usize) -> usize {
    ((u128::from(bits) * n as u128) >> 64) as usize
}

fn check_level(level: f64) -> Result<()> {
    if level > 0.0 && level < 1.0 {
        return Ok(());
    }
    Err(unusable(messages::level_of_interval(), messages::as_is(level), messages::a_probability_such_as()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Student (1908), Biometrika 6, p. 20: hours of sleep gained under two drugs, ten patients. The interval
    /// is that of R's documentation of `sleep`, `t.test(..., paired = TRUE)`: (0.7001142, 2.4598858), mean
    /// 1.58.
    #[test]
    fn the_interval_of_differences_gives_students_sleep_data() {
        let first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
        let second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
        let differences: Vec<f64> = second.iter().zip(first).map(|(b, a)| b - a).collect();
        let interval = mean_interval(&differences, 0.95).unwrap();
        assert!((interval.estimate - 1.58).abs() < 1e-14);
        assert!((interval.low - 0.7001142).abs() < 5e-8, "{interval:?}");
        assert!((interval.high - 2.4598858).abs() < 5e-8, "{interval:?}");
    }

    /// The mean of a large sample: the percentile interval nears `mean +- 1.96 s/sqrt(n)`.
    #[test]
    fn bootstrap_of_a_mean_nears_the_normal_interval() {
        let draws = Draws::new(3, Purpose::Bootstrap, 77);
        let values: Vec<f64> = (0..2_000).map(|i| draws.normal(i)).collect();
        let mean = |rows: &[usize]| rows.iter().map(|&i| values[i]).sum::<f64>() / rows.len() as f64;
        let found = bootstrap_interval(values.len(), mean, 2_000, 0.95, 11).unwrap();
        let expected = mean_interval(&values, 0.95).unwrap();
        assert!((found.estimate - expected.estimate).abs() < 1e-15);
        // A quantile from 2000 resamples has a standard error of about .06 of the mean's.
        let tolerance = 4.0 * 0.06 / (2_000_f64).sqrt();
        assert!((found.low - expected.low).abs() < tolerance, "{found:?} {expected:?}");
        assert!((found.high - expected.high).abs() < tolerance, "{found:?} {expected:?}");
    }

    #[test]
    fn the_same_seed_gives_the_same_interval_and_another_seed_another() {
        let values = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0];
        let greatest = |rows: &[usize]| rows.iter().map(|&i| values[i]).sum::<f64>();
        let interval = |seed| bootstrap_interval(8, greatest, 200, 0.9, seed).unwrap();
        assert_eq!(interval(1), interval(1));
        assert_ne!(interval(1), interval(2));
    }

    #[test]
    fn quantiles_interpolate_as_in_r() {
        let values = [4.0, 1.0, 3.0, 2.0];
        assert_eq!(quantile(&values, 0.25).unwrap(), 1.75);
        assert_eq!(quantile(&values, 1.0).unwrap(), 4.0);
        assert!(quantile(&values, 1.1).is_err());
    }

    #[test]
    fn single_values_and_impossible_levels_are_refused() {
        assert!(mean_interval(&[1.0, 2.0], 95.0).is_err());
        assert!(mean_interval(&[1.0], 0.95).is_err());
    }
}
