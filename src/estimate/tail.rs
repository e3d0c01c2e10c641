//! The tail of a size distribution: Hill's estimator of the Pareto exponent of cities or projects.

use super::unusable;
use crate::Result;
use crate::messages;

/// An estimated tail, `P(S > x) prop. to x^-exponent` above the threshold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Tail {
    /// The Pareto exponent zeta; 1 is Zipf's law.
    pub exponent: f64,
    /// `zeta / sqrt(k)`, if the k values are independent.
    pub standard_error: f64,
    /// The (k+1)-th largest value, in the unit of the data.
    pub threshold: f64,
    /// How many values lie in the tail used.
    pub used: usize,
}

/// Hill's estimator from the `k` largest values: `1/zeta = (1/k) sum_{i<=k} ln(x_(i) / x_(k+1))`
/// (Hill 1975, Annals of Statistics 3(5)).
///
/// A larger k has less noise and more bias if the law is a power only far out; k = 1 % to 10 % of the values
/// is usual, and a plot over k is better than one number.
pub(crate) fn hill(values: &[f64], k: usize) -> Result<Tail> {
    if k < 2 || k >= values.len() {
        return Err(unusable(
            messages::about_hill_s_estimator(),
            messages::k_of_values(k, values.len()),
            messages::k_within(),
        ));
    }
    if let Some(row) = values.iter().position(|v| !v.is_finite()) {
        return Err(unusable(
            messages::sizes_in_row(row + 1),
            messages::as_is(values[row]),
            messages::a_finite_number(),
        ));
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let threshold = sorted[k];
    if threshold <= 0.0 {
        return Err(unusable(
            messages::about_hill_s_estimator(),
            messages::threshold_of(threshold),
            messages::largest_above_zero(),
        ));
    }
    let mean_log = sorted[..k].iter().map(|x| libm::log(x / threshold)).sum::<f64>() / k as f64;
    if mean_log <= 0.0 {
        return Err(unusable(
            messages::about_hill_s_estimator(),
            messages::equal_values_in_tail(),
            messages::values_that_differ(),
        ));
    }
    let exponent = 1.0 / mean_log;
    Ok(Tail { exponent, standard_error: exponent / (k as f64).sqrt(), threshold, used: k })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::draw::{Draws, Purpose};

    /// By hand: ln(8/2), ln(4/2), ln(4/2) have mean (4/3) ln 2.
    #[test]
    fn hill_by_pencil() {
        let tail = hill(&[1.0, 4.0, 8.0, 2.0, 4.0, 0.5], 3).unwrap();
        assert!((tail.exponent - 0.75 / std::f64::consts::LN_2).abs() < 1e-15);
        assert_eq!((tail.threshold, tail.used), (2.0, 3));
    }

    /// Renyi's representation: for an exact Pareto law Hill's estimator is the maximum likelihood estimator.
    #[test]
    fn hill_finds_the_exponent_of_pareto_draws_within_four_errors() {
        let draws = Draws::new(7, Purpose::Bootstrap, 0);
        for alpha in [0.8, 1.5, 3.0] {
            let sizes: Vec<f64> =
                (0..20_000).map(|i| libm::pow(1.0 - draws.uniform(i), -1.0 / alpha)).collect();
            let tail = hill(&sizes, 2_000).unwrap();
            assert!((tail.exponent - alpha).abs() < 4.0 * tail.standard_error, "{tail:?}");
        }
    }

    #[test]
    fn a_tail_without_enough_positive_values_is_refused() {
        assert!(hill(&[1.0, 2.0, 0.0, 0.0], 2).is_err());
        assert!(hill(&[1.0, 2.0], 2).is_err());
        assert!(hill(&[3.0; 9], 4).is_err());
    }
}
