//! Replicates of two arms under the same luck, and what their paired differences say.

use crate::Result;
use crate::estimate::resample::{bootstrap_interval, mean_interval};
use crate::estimate::student::two_sided_quantile;

/// How an interval is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Method {
    /// Student's t interval of the mean paired difference.
    #[default]
    T,
    /// Percentile interval of 1000 resamples of the replicates.
    Bootstrap,
}

impl Method {
    /// The name in words.
    pub fn name(self) -> &'static str {
        match self {
            Method::T => "t",
            Method::Bootstrap => "bootstrap",
        }
    }
}

/// Level and kind of all intervals of an experiment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// Probability with which an interval covers the truth, between 0 and 1.
    pub level: f64,
    /// How intervals are found.
    pub method: Method,
    /// Of the resamples.
    pub seed: u64,
}

/// Resamples of a bootstrap interval.
const RESAMPLES: u32 = 1000;

/// Two arms and what lies between them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// Mean of the arm without, over pairs.
    pub baseline: f64,
    /// Mean of the arm with, over pairs.
    pub policy: f64,
    /// Mean of policy less baseline, over pairs.
    pub difference: f64,
    /// Ends of the interval; NaN with fewer than two replicates.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// Pairs that had a value in both arms.
    pub replicates: usize,
}

impl Difference {
    /// Whether the interval leaves zero out.
    pub(crate) fn is_clear(&self) -> bool {
        (self.low > 0.0 && self.high > 0.0) || (self.low < 0.0 && self.high < 0.0)
    }
}

fn mean(values: &[f64]) -> f64 {
    if values.is_empty() { f64::NAN } else { values.iter().sum::<f64>() / values.len() as f64 }
}

/// The paired difference of two arms by replicate.
///
/// # Errors
/// Fails on a level that is no probability.
pub fn paired(policy: &[f64], baseline: &[f64], settings: &Settings) -> Result<Difference> {
    let pairs = || policy.iter().zip(baseline).filter(|(a, b)| a.is_finite() && b.is_finite());
    let differences: Vec<f64> = pairs().map(|(a, b)| a - b).collect();
    let (low, high) = interval(&differences, settings)?;
    Ok(Difference {
        baseline: mean(&pairs().map(|p| *p.1).collect::<Vec<_>>()),
        policy: mean(&pairs().map(|p| *p.0).collect::<Vec<_>>()),
        difference: mean(&differences),
        low,
        high,
        replicates: differences.len(),
    })
}

/// The difference of two arms with luck of their own, by Welch's t: the variances of both means add up,
/// `se^2 = s_p^2/n_p + s_b^2/n_b`, and degrees of freedom are Satterthwaite's.
pub(crate) fn unpaired(policy: &[f64], baseline: &[f64], level: f64) -> Difference {
    let finite = |values: &[f64]| values.iter().copied().filter(|v| v.is_finite()).collect::<Vec<f64>>();
    let (policy, baseline) = (finite(policy), finite(baseline));
    let difference = mean(&policy) - mean(&baseline);
    let fewer = policy.len().min(baseline.len());
    let (mut low, mut high) = (f64::NAN, f64::NAN);
    if fewer >= 2 {
        let [(p, p_rest), (b, b_rest)] =
            [&policy, &baseline].map(|v| (variance(v) / v.len() as f64, v.len() as f64 - 1.0));
        let square = p + b;
        let degrees = square * square / (p * p / p_rest + b * b / b_rest);
        let half = if square > 0.0 { two_sided_quantile(level, degrees) * libm::sqrt(square) } else { 0.0 };
        (low, high) = (difference - half, difference + half);
    }
    Difference { baseline: mean(&baseline), policy: mean(&policy), difference, low, high, replicates: fewer }
}

fn variance(values: &[f64]) -> f64 {
    let m = mean(values);
    values.iter().map(|v| (v - m) * (v - m)).sum::<f64>() / (values.len() as f64 - 1.0)
}

/// A mean over replicates and its Monte Carlo error `s/sqrt(n)`; the error is NaN with one.
pub(crate) fn mean_and_error(values: &[f64]) -> (f64, f64) {
    let finite: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).collect();
    let error = if finite.len() < 2 { f64::NAN } else { variance(&finite) / finite.len() as f64 };
    (mean(&finite), libm::sqrt(error))
}

/// Fewest values from which a percentile bootstrap can reach a level. No mean of a resample lies beyond the least and
/// the greatest value, and these hold the middle of symmetric luck with probability `1 - 2^(1-n)`: half the time with
/// two values, 97 % with six.
pub(crate) fn least_of_bootstrap(level: f64) -> usize {
    (2..1000).find(|&n| 1.0 - libm::exp2(1.0 - n as f64) >= level).unwrap_or(1000)
}

/// The interval of a mean; NaN where there are fewer than two values, or too few for a bootstrap.
///
/// # Errors
/// Fails on a level that is no probability.
pub(crate) fn interval(values: &[f64], settings: &Settings) -> Result<(f64, f64)> {
    if values.len() < 2 || values.iter().any(|v| !v.is_finite()) {
        return Ok((f64::NAN, f64::NAN));
    }
    if values.iter().all(|v| *v == values[0]) {
        return Ok((values[0], values[0]));
    }
    if settings.method == Method::Bootstrap && values.len() < least_of_bootstrap(settings.level) {
        return Ok((f64::NAN, f64::NAN));
    }
    let interval = match settings.method {
        Method::T => mean_interval(values, settings.level)?,
        Method::Bootstrap => bootstrap_interval(
            values.len(),
            |rows| rows.iter().map(|&r| values[r]).sum::<f64>() / rows.len() as f64,
            RESAMPLES,
            settings.level,
            settings.seed,
        )?,
    };
    Ok((interval.low, interval.high))
}

/// A ratio of means of pairs, `mean a / mean b`, with its t interval by the delta method: the residuals
/// `(a - R b)/mean b` are what carries chance into it.
pub(crate) fn ratio(above: &[f64], below: &[f64], level: f64) -> (f64, f64, f64) {
    let (a, b) = (mean(above), mean(below));
    let ratio = a / b;
    let n = above.len() as f64;
    if above.len() < 2 || !ratio.is_finite() {
        return (ratio, f64::NAN, f64::NAN);
    }
    let squares: f64 =
        above.iter().zip(below).map(|(x, y)| ((x - ratio * y) / b) * ((x - ratio * y) / b)).sum();
    let half = two_sided_quantile(level, n - 1.0) * (squares / (n - 1.0) / n).sqrt();
    (ratio, ratio - half, ratio + half)
}

#[cfg(test)]
mod tests {
    use super::*;

    const T: Settings = Settings { level: 0.95, method: Method::T, seed: 1 };

    #[test]
    fn paired_differences_take_shared_luck_out() {
        let luck = [100.0, 140.0, 60.0, 120.0, 80.0, 110.0];
        let policy: Vec<f64> = luck.iter().enumerate().map(|(i, l)| l + 5.0 + 0.1 * i as f64).collect();
        let found = paired(&policy, &luck, &T).unwrap();
        assert!((found.difference - 5.25).abs() < 1e-12 && found.is_clear());
        assert!(found.high - found.low < 0.5, "{found:?}");
        let boot = paired(&policy, &luck, &Settings { method: Method::Bootstrap, ..T }).unwrap();
        assert!(boot.low > 5.0 - 1e-12 && boot.high < 5.5 + 1e-12 && boot.low < boot.difference);
    }

    #[test]
    fn one_replicate_has_no_interval_and_missing_values_are_left_out_by_pair() {
        let one = paired(&[3.0], &[1.0], &T).unwrap();
        assert!(one.difference == 2.0 && one.low.is_nan() && !one.is_clear());
        let some = paired(&[3.0, f64::NAN, 5.0], &[1.0, 2.0, 3.0], &T).unwrap();
        assert_eq!((some.replicates, some.baseline, some.low), (2, 2.0, 2.0));
    }

    #[test]
    fn a_bootstrap_of_too_few_values_has_no_interval_at_a_level_that_it_cannot_reach() {
        assert_eq!([0.5, 0.9, 0.95, 0.99].map(least_of_bootstrap), [2, 5, 6, 8]);
        let boot = Settings { method: Method::Bootstrap, ..T };
        assert!(interval(&[1.0, 2.0, 3.0, 4.0, 5.0], &boot).unwrap().0.is_nan());
        assert!(interval(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &boot).unwrap().0.is_finite());
    }

    #[test]
    fn arms_with_luck_of_their_own_have_welchs_interval() {
        // By hand: means 5 and 2, variances 1 of three values each side, se^2 = 1/3 + 1/3, 4 degrees of freedom.
        let found = unpaired(&[4.0, 5.0, 6.0], &[1.0, 2.0, 3.0], 0.95);
        let half = two_sided_quantile(0.95, 4.0) * libm::sqrt(2.0 / 3.0);
        assert!(
            (found.difference - 3.0).abs() < 1e-12 && (found.high - 3.0 - half).abs() < 1e-9,
            "{found:?}"
        );
        // Paired, the same numbers would have no width at all.
        assert_eq!(paired(&[4.0, 5.0, 6.0], &[1.0, 2.0, 3.0], &T).unwrap().high, 3.0);
        assert_eq!(mean_and_error(&[4.0, 5.0, 6.0]), (5.0, libm::sqrt(1.0 / 3.0)));
    }

    #[test]
    fn a_ratio_of_proportional_numbers_has_no_width() {
        let (ratio, low, high) = ratio(&[2.0, 4.0, 6.0], &[1.0, 2.0, 3.0], 0.95);
        assert_eq!((ratio, low, high), (2.0, 2.0, 2.0));
    }
}
