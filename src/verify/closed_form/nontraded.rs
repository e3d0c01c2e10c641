//! C15. A service that does not travel: two regions make a good for the world and a service for themselves; people move to
//! where real income is higher, and what they find dearer there is the service.
//!
//! Labour A m N makes the good; the service is `q = B K^a L^(1-a)` with K fixed, a fixed part of residents at work in it, and
//! takes the share b of spending. Revenue of the service is then `b/(1-b) A m N`, so both wages follow A, and the price is
//! what people bring over what they can make. Where each person draws the work, prices are compared at the numbers drawn.

use super::require;
use crate::Result;

/// The economy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Nontraded {
    /// a, capital's share in the service.
    pub capital_share: f64,
    /// b, the service in spending.
    pub spending_share: f64,
    /// kappa in `N prop. to v^kappa`.
    pub location_elasticity: f64,
}

impl Nontraded {
    /// Refuses parameters without a solution.
    ///
    /// # Errors
    /// Shares outside 0 to below 1, an elasticity that is not above 0.
    pub(crate) fn check(&self) -> Result<()> {
        let (a, b) = (self.capital_share, self.spending_share);
        require((0.0..1.0).contains(&a), "capital share", a, "from 0 to below 1")?;
        require(b > 0.0 && b < 1.0, "spending share", b, "between 0 and 1")?;
        require(self.location_elasticity > 0.0, "location elasticity", self.location_elasticity, "above 0")
    }

    /// Price of the service where the good's productivity is x times what it was, and people in the good and in the service
    /// `goods` and `service` times: revenue over quantity, `x goods/service^(1-a)`; `x n^a` if both are n.
    pub(crate) fn price(&self, x: f64, goods: f64, service: f64) -> f64 {
        x * goods / libm::pow(service, 1.0 - self.capital_share)
    }

    /// Real income over what it was, `people` in both together: wages a head `x goods/people` over `p^b`; `x^(1-b) n^(-ab)` if all
    /// are n.
    pub(crate) fn real_income(&self, x: f64, goods: f64, service: f64, people: f64) -> f64 {
        x * goods / people * libm::pow(self.price(x, goods, service), -self.spending_share)
    }

    /// How far chance may carry the log ratio of people, of two regions with n1 and n2 people of whom each draws one of the two kinds
    /// of work with the same odds: one standard deviation.
    pub(crate) fn deviation(&self, n1: f64, n2: f64) -> f64 {
        let (a, b, kappa) = (self.capital_share, self.spending_share, self.location_elasticity);
        let of_income = (1.0 - b - b * (1.0 - a)).abs();
        kappa / (1.0 + kappa * a * b) * of_income * libm::sqrt(1.0 / n1 + 1.0 / n2)
    }

    /// People of the first region over the second, over that ratio before its productivity became x times what it was:
    /// `x^(kappa (1-b)/(1 + kappa a b))`.
    pub(crate) fn people(&self, x: f64) -> f64 {
        let (a, b, kappa) = (self.capital_share, self.spending_share, self.location_elasticity);
        libm::pow(x, kappa * (1.0 - b) / (1.0 + kappa * a * b))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// People move until the ratio is the one that their choice between the two real incomes gives.
    #[test]
    fn the_ratio_of_people_is_a_fixed_point_of_choice() {
        for (a, b, kappa, x) in
            [(0.0, 0.4, 1.5, 1.3), (0.3, 0.4, 1.5, 1.3), (0.3, 0.4, 100.0, 1.3), (0.5, 0.2, 3.0, 0.7)]
        {
            let law = Nontraded { capital_share: a, spending_share: b, location_elasticity: kappa };
            law.check().unwrap();
            let ratio = law.people(x);
            // Half of two persons in each region before.
            let (n1, n2) = (2.0 * ratio / (1.0 + ratio), 2.0 / (1.0 + ratio));
            let chosen = libm::pow(law.real_income(x, n1, n1, n1) / law.real_income(1.0, n2, n2, n2), kappa);
            assert!((chosen / ratio - 1.0).abs() < 1e-12, "{chosen} {ratio}");
            // Money: b of all income, x m n plus the service's own, is the service's revenue, price times quantity.
            let revenue = b / (1.0 - b) * x * n1;
            assert!((revenue - b * (x * n1 + revenue)).abs() < 1e-12);
            let made = b / (1.0 - b) * libm::pow(n1, 1.0 - a);
            assert!((law.price(x, n1, n1) - revenue / made).abs() < 1e-12);
        }
        assert!(
            Nontraded { capital_share: 1.0, spending_share: 0.4, location_elasticity: 1.0 }.check().is_err()
        );
    }
}
