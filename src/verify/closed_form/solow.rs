//! C4. Solow (1956), Quarterly Journal of Economics 70(1), in discrete years: `K' = s Y + (1-delta) K`,
//! `Y = K^a (A L)^(1-a)`, growth n of labour and g of technology.

use super::require;
use crate::Result;

/// An economy that saves a constant share. Rates are a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Solow {
    /// Saving s, share of output.
    pub saving: f64,
    /// Depreciation delta, share of capital.
    pub depreciation: f64,
    /// Growth n of labour.
    pub labour_growth: f64,
    /// Growth g of labour-augmenting technology.
    pub technology_growth: f64,
    /// Capital's share a of output.
    pub capital_share: f64,
}

/// The balanced growth path, per efficiency unit of labour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct SolowSteadyState {
    /// `k* = (s / ((1+n)(1+g) - 1 + delta))^(1/(1-a))`.
    pub capital: f64,
    /// `y* = k*^a`.
    pub output: f64,
    /// K/Y, years.
    pub capital_output_ratio: f64,
    /// `a Y/K - delta`, a year.
    pub net_return: f64,
    /// Share of a small distance to k* that is left after a year:
    /// `(s a k*^(a-1) + 1 - delta) / ((1+n)(1+g))`.
    pub local_root: f64,
    /// Years in which a small distance halves.
    pub half_life: f64,
}

impl Solow {
    fn growth(&self) -> f64 {
        (1.0 + self.labour_growth) * (1.0 + self.technology_growth)
    }

    fn check(&self) -> Result<()> {
        let a = self.capital_share;
        require(a > 0.0 && a < 1.0, "capital share", a, "between 0 and 1")?;
        require(self.saving > 0.0 && self.saving <= 1.0, "saving", self.saving, "above 0, at most 1")?;
        let dilution = self.growth() - 1.0 + self.depreciation;
        require(dilution > 0.0 && self.growth() > 0.0, "growth plus depreciation", dilution, "above 0")?;
        let delta = self.depreciation;
        require((0.0..=1.0).contains(&delta), "depreciation", delta, "from 0 to 1")
    }

    /// The balanced growth path.
    pub(crate) fn steady_state(&self) -> Result<SolowSteadyState> {
        self.check()?;
        let a = self.capital_share;
        let capital_output_ratio = self.saving / (self.growth() - 1.0 + self.depreciation);
        let capital = libm::pow(capital_output_ratio, 1.0 / (1.0 - a));
        let local_root = (a * self.saving / capital_output_ratio + 1.0 - self.depreciation) / self.growth();
        Ok(SolowSteadyState {
            capital,
            output: libm::pow(capital, a),
            capital_output_ratio,
            net_return: a / capital_output_ratio - self.depreciation,
            local_root,
            half_life: -std::f64::consts::LN_2 / libm::log(local_root),
        })
    }

    /// Capital per efficiency unit from year 0 to `years`: `k' = (s k^a + (1-delta) k) / ((1+n)(1+g))`.
    pub(crate) fn path(&self, start: f64, years: usize) -> Result<Vec<f64>> {
        self.check()?;
        require(start.is_finite() && start > 0.0, "capital at the start", start, "above 0")?;
        let mut path = vec![start];
        let mut k = start;
        for _ in 0..years {
            let output = libm::pow(k, self.capital_share);
            k = (self.saving * output + (1.0 - self.depreciation) * k) / self.growth();
            path.push(k);
        }
        Ok(path)
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_near;
    use super::*;

    const CASE: Solow = Solow {
        saving: 0.40,
        depreciation: 0.10,
        labour_growth: 0.005,
        technology_growth: 0.03,
        capital_share: 0.5,
    };

    #[test]
    fn the_steady_state_gives_the_worked_numbers() {
        let s = CASE.steady_state().unwrap();
        assert_near(&[s.capital, s.output, s.capital_output_ratio], &[8.759673, 2.959674, 2.959674], 5e-7);
        assert_near(&[s.net_return, s.local_root], &[0.0689375, 0.934720], 5e-7);
        assert_near(&[s.half_life], &[10.2675], 5e-5);
    }

    #[test]
    fn the_path_from_a_fifth_gives_the_worked_numbers() {
        let k = CASE.steady_state().unwrap().capital;
        let path = CASE.path(0.2 * k, 100).unwrap();
        let found = [1, 10, 50, 100].map(|t| path[t] / k);
        assert_near(&found, &[0.232276, 0.509711, 0.961513, 0.998670], 5e-7);
        assert_near(&[CASE.path(k, 1000).unwrap()[1000]], &[k], 1e-12);
    }

    #[test]
    fn shrinking_economies_without_a_path_are_refused() {
        assert!(Solow { labour_growth: -0.2, ..CASE }.steady_state().is_err());
        assert!(Solow { capital_share: 1.0, ..CASE }.path(1.0, 3).is_err());
    }
}
