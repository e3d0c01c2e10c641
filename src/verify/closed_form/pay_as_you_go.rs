//! C16. Pensions out of contributions of the same year: the rate that balances a year, what is missing when benefits grow,
//! what households have.

use super::require;
use crate::Result;

/// A province whose ages never change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct PayAsYouGo {
    /// Wages before contributions of all who work.
    pub pay: f64,
    /// Part of them that bears contributions.
    pub covered: f64,
    /// People who draw out of contributions, and what each gets in the first year.
    pub drawn: f64,
    pub benefit: f64,
    /// What all others get together, out of budgets.
    pub budgets: f64,
    /// Growth of the benefit a year, beyond wages.
    pub growth: f64,
}

impl PayAsYouGo {
    /// Contributions on covered pay that balance the first year.
    ///
    /// # Errors
    /// If nothing is covered.
    pub(crate) fn rate(&self) -> Result<f64> {
        require(self.pay * self.covered > 0.0, "covered pay", self.pay * self.covered, "above 0")?;
        Ok(self.drawn * self.benefit / (self.pay * self.covered))
    }

    /// What contributions miss t years later.
    pub(crate) fn gap(&self, t: u32) -> f64 {
        self.drawn * self.benefit * (libm::pow(1.0 + self.growth, f64::from(t)) - 1.0)
    }

    /// Income of all households t years later: contributions come back to them.
    pub(crate) fn income(&self, t: u32) -> f64 {
        self.pay + self.gap(t) + self.budgets
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_workers_pay_for_two_elders() {
        let law =
            PayAsYouGo { pay: 600.0, covered: 0.5, drawn: 2.0, benefit: 30.0, budgets: 5.0, growth: 0.1 };
        assert_eq!(law.rate().unwrap(), 0.2);
        assert!((law.gap(2) - 60.0 * 0.21).abs() < 1e-12);
        assert!((law.income(2) - 605.0 - 60.0 * 0.21).abs() < 1e-12);
        assert!(PayAsYouGo { covered: 0.0, ..law }.rate().is_err());
    }
}
