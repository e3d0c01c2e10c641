//! C9. Size distributions: Gabaix's exponent of random growth, and the moments of Pareto sizes.

use super::require;
use crate::Result;

/// Pareto exponent of Gibrat growth with a reflecting lower barrier, `zeta = 1/(1 - S_min/S_mean)`
/// (Gabaix 1999, Quarterly Journal of Economics 114(3)); the barrier as a share of the mean size.
pub(crate) fn gabaix_exponent(barrier_over_mean: f64) -> Result<f64> {
    let x = barrier_over_mean;
    require((0.0..1.0).contains(&x), "barrier over mean", x, "from 0 to below 1")?;
    Ok(1.0 / (1.0 - x))
}

/// The same for yearly steps of a finite size: shocks `ln gamma ~ N(-sd^2/2, sd^2)`, the barrier a share of
/// last year's mean.
///
/// Sizes over the barrier are a reflected random walk of drift `-mu`, `mu = ln G + sd^2/2`, whose tail has
/// `E (gamma/G)^zeta = 1`, so `ln G = (zeta - 1) sd^2/2`; its mean follows from Spitzer's identity (1956,
/// Transactions of the AMS 82), `E e^W = exp sum (1/n) E (e^{S_n} - 1)^+`, and must be G over the barrier's
/// share. As sd goes to 0 this is [`gabaix_exponent`].
pub(crate) fn reflected_walk_exponent(barrier_over_mean: f64, sd: f64) -> Result<f64> {
    let x = barrier_over_mean;
    require(x > 0.0 && x < 1.0, "barrier over mean", x, "between 0 and 1")?;
    require(sd > 0.0 && sd.is_finite(), "standard deviation of growth", sd, "above 0")?;
    let normal = |z: f64| 0.5 * libm::erfc(-z / std::f64::consts::SQRT_2);
    let excess = |zeta: f64| {
        let growth = (zeta - 1.0) * sd * sd / 2.0;
        let mu = growth + sd * sd / 2.0;
        let mut sum = 0.0;
        for n in 1..2_000_000 {
            let n = f64::from(n);
            let root = sd * libm::sqrt(n);
            let term = libm::exp(-n * growth) * normal((sd * sd - mu) * n / root) - normal(-mu * n / root);
            sum += term / n;
            if term < 1e-13 {
                break;
            }
        }
        sum - growth + libm::log(x)
    };
    super::solve::bisect(1.01, 200.0, excess)
}

/// Standard error of Hill's estimator from k sizes, `zeta/sqrt(k)`.
pub(crate) fn hill_error(exponent: f64, used: f64) -> f64 {
    exponent / libm::sqrt(used)
}

/// Sizes `P(K > k) prop. to k^-alpha` between `least` and `greatest` (which may be infinite).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Pareto {
    /// alpha > 0.
    pub exponent: f64,
    /// k_min > 0, in any unit.
    pub least: f64,
    /// k_max, above `least`.
    pub greatest: f64,
}

impl Pareto {
    #[cfg(test)]
    /// An untruncated law.
    pub(crate) fn new(exponent: f64, least: f64) -> Result<Self> {
        Pareto::truncated(exponent, least, f64::INFINITY)
    }

    /// A truncated law.
    pub(crate) fn truncated(exponent: f64, least: f64, greatest: f64) -> Result<Self> {
        require(exponent.is_finite() && exponent > 0.0, "Pareto exponent", exponent, "above 0")?;
        require(least.is_finite() && least > 0.0, "least size", least, "above 0")?;
        require(greatest > least, "greatest size", greatest, "above the least")?;
        Ok(Pareto { exponent, least, greatest })
    }

    /// `k_max^-alpha / k_min^-alpha`, the share of an untruncated law beyond the truncation.
    fn beyond(&self) -> f64 {
        libm::pow(self.greatest / self.least, -self.exponent)
    }

    /// The moment `E K^r = k_min^r alpha/(alpha-r) (1 - b^(r-alpha))/(1 - b^-alpha)`, b = k_max/k_min;
    /// infinite for `r >= alpha` without truncation.
    pub(crate) fn moment(&self, r: f64) -> f64 {
        let (alpha, b) = (self.exponent, self.greatest / self.least);
        let part = if r == alpha {
            alpha * libm::log(b)
        } else if b.is_infinite() && r > alpha {
            f64::INFINITY
        } else {
            alpha / (alpha - r) * (1.0 - libm::pow(b, r - alpha))
        };
        libm::pow(self.least, r) * part / (1.0 - self.beyond())
    }

    /// The mean.
    pub(crate) fn mean(&self) -> f64 {
        self.moment(1.0)
    }

    /// The size below which a share q of the sizes lies, `k_min (1 - q (1 - b^-alpha))^(-1/alpha)`.
    pub(crate) fn quantile(&self, q: f64) -> Result<f64> {
        require((0.0..=1.0).contains(&q), "share of sizes", q, "from 0 to 1")?;
        Ok(self.least * libm::pow(1.0 - q * (1.0 - self.beyond()), -1.0 / self.exponent))
    }

    /// The share of the total that the largest share x of the sizes holds; untruncated `x^(1-1/alpha)`.
    pub(crate) fn top_share(&self, x: f64) -> Result<f64> {
        let from = self.quantile(1.0 - x)?;
        if self.greatest.is_infinite() {
            require(self.exponent > 1.0, "Pareto exponent", self.exponent, "above 1 for a finite mean")?;
            return Ok(libm::pow(x, 1.0 - 1.0 / self.exponent));
        }
        if x == 0.0 {
            return Ok(0.0);
        }
        let top = Pareto { least: from, ..*self };
        Ok(x * top.mean() / self.mean())
    }

    /// The effective number of M draws over M, `(E K)^2 / E K^2` for large M: how noisy shares of money made
    /// of such projects are. 0 if the second moment is infinite.
    pub(crate) fn effective_share(&self) -> f64 {
        let mean = self.mean();
        if mean.is_infinite() { 0.0 } else { mean * mean / self.moment(2.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_near;
    use super::*;

    #[test]
    fn gabaix_and_hill_give_the_worked_numbers() {
        let found = [0.1, 0.3].map(|x| gabaix_exponent(x).unwrap());
        assert_near(&found, &[1.1111, 1.42857], 5e-5);
        assert_near(&[hill_error(found[1], 2000.0)], &[0.032], 5e-4);
        assert!(gabaix_exponent(1.0).is_err());
    }

    #[test]
    fn project_sizes_give_the_worked_numbers() {
        let sizes = Pareto::new(1.5, 1.0).unwrap();
        assert_near(&[sizes.mean(), sizes.quantile(0.5).unwrap()], &[3.0, 1.587], 5e-4);
        let top = [0.01, 0.10].map(|x| sizes.top_share(x).unwrap());
        assert_near(&top, &[0.2154, 0.4642], 5e-5);
        assert_eq!(sizes.effective_share(), 0.0);
        let truncated = Pareto::truncated(1.5, 1.0, 1e4).unwrap();
        // 3 (1 - 1e-2)/(1 - 1e-6), and the midpoint rule below agrees.
        assert_near(&[truncated.mean()], &[2.970003], 5e-7);
        assert_near(&[truncated.effective_share()], &[0.0297], 5e-5);
    }

    #[test]
    fn moments_agree_with_their_integrals() {
        for (alpha, least, greatest) in [(1.5, 2.0, 50.0), (1.0, 1.0, 9.0), (2.0, 0.5, 7.0)] {
            let sizes = Pareto::truncated(alpha, least, greatest).unwrap();
            for r in [1.0, 2.0] {
                // The midpoint rule over quantiles.
                let n = 20_000;
                let sum: f64 = (0..n)
                    .map(|i| libm::pow(sizes.quantile((f64::from(i) + 0.5) / f64::from(n)).unwrap(), r))
                    .sum();
                assert!((sum / f64::from(n) / sizes.moment(r) - 1.0).abs() < 1e-5);
            }
            let (n, x) = (20_000, 0.1);
            let top: f64 =
                (0..n).map(|i| sizes.quantile(1.0 - x * (f64::from(i) + 0.5) / f64::from(n)).unwrap()).sum();
            let share = x * top / f64::from(n) / sizes.mean();
            assert_near(&[sizes.top_share(x).unwrap()], &[share], 1e-5);
        }
        assert!(Pareto::truncated(1.5, 2.0, 1.0).is_err());
    }

    #[test]
    fn small_steps_of_growth_give_the_exponent_of_the_limit() {
        for barrier in [0.1, 0.3, 0.5] {
            let limit = gabaix_exponent(barrier).unwrap();
            let gap = |sd| limit - reflected_walk_exponent(barrier, sd).unwrap();
            assert!(gap(0.01).abs() < 0.01 * limit && gap(0.02).abs() < 0.02 * limit, "{barrier}");
            // The distance from the limit is linear in the step.
            assert!((gap(0.02) / gap(0.01) - 2.0).abs() < 0.1);
        }
        assert!(reflected_walk_exponent(1.0, 0.1).is_err());
    }
}
