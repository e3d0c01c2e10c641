//! C5. Capital that follows returns with a finite elasticity: shares `prop. to (tau_j r_j)^kappa`,
//! `r_j = a A_j (K_j/L_j)^(a-1)`.

use super::{normalised, require, require_positive};
use crate::Result;

/// Where capital comes to rest.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CapitalAllocation {
    /// K_j, in the unit of the total.
    pub capital: Vec<f64>,
    /// Gross returns r_j before the wedge.
    pub returns: Vec<f64>,
    /// Standard deviation of ln r over places: 0 if returns are equal.
    pub dispersion: f64,
}

/// The allocation `K_j prop. to (tau_j A_j L_j^(1-a))^(kappa/(1 + kappa (1-a)))` of a given total among
/// places with technology A, labour L and wedge tau (1 is none). With kappa infinite the returns after wedge
/// are equal: `K_j prop. to (tau_j A_j)^(1/(1-a)) L_j`.
pub(crate) fn allocation(
    technology: &[f64],
    labour: &[f64],
    wedge: &[f64],
    total: f64,
    capital_share: f64,
    kappa: f64,
) -> Result<CapitalAllocation> {
    require_positive(&[("technology", technology), ("labour", labour), ("wedge", wedge)])?;
    let a = capital_share;
    require(a > 0.0 && a < 1.0, "capital share", a, "between 0 and 1")?;
    require(kappa >= 0.0, "kappa", kappa, "0 or more, or infinity")?;
    require(total.is_finite() && total > 0.0, "capital", total, "above 0")?;
    let exponent = if kappa.is_infinite() { 1.0 / (1.0 - a) } else { kappa / (1.0 + kappa * (1.0 - a)) };
    let weight = |j: usize| libm::pow(wedge[j] * technology[j] * libm::pow(labour[j], 1.0 - a), exponent);
    let shares = normalised((0..labour.len()).map(weight).collect());
    let capital: Vec<f64> = shares.iter().map(|s| s * total).collect();
    let returns: Vec<f64> =
        (0..labour.len()).map(|j| a * technology[j] * libm::pow(capital[j] / labour[j], a - 1.0)).collect();
    let logs: Vec<f64> = returns.iter().map(|r| libm::log(*r)).collect();
    let n = logs.len() as f64;
    let mean = logs.iter().sum::<f64>() / n;
    let dispersion = libm::sqrt(logs.iter().map(|l| (l - mean) * (l - mean)).sum::<f64>() / n);
    Ok(CapitalAllocation { capital, returns, dispersion })
}

#[cfg(test)]
mod tests {
    use super::super::assert_near;
    use super::*;

    fn case(wedge: f64, kappa: f64) -> CapitalAllocation {
        allocation(&[1.5, 1.0, 0.8], &[5.0, 3.0, 2.0], &[wedge, 1.0, 1.0], 100.0, 0.5, kappa).unwrap()
    }

    #[test]
    fn finite_and_infinite_elasticities_give_the_worked_numbers() {
        let found = case(1.0, 1.5);
        assert_near(&found.capital, &[50.9817, 28.9335, 20.0848], 5e-5);
        assert_near(&found.returns, &[0.234876, 0.161002, 0.126224], 5e-7);
        assert_near(&[found.dispersion], &[0.25549], 5e-6);
        let found = case(1.0, 10.0);
        assert_near(&found.capital, &[66.8524, 22.2207, 10.9269], 5e-5);
        assert_near(&[found.dispersion], &[0.07452], 5e-6);
        let found = case(1.0, f64::INFINITY);
        assert_near(&found.capital, &[72.4404, 19.3175, 8.2421], 5e-5);
        assert_near(&found.returns, &[0.1970406; 3], 5e-8);
        assert!(found.dispersion < 1e-14);
        assert_near(&case(0.8, 1.5).capital, &[46.2075, 31.7515, 22.0410], 5e-5);
    }

    #[test]
    fn the_allocation_is_the_fixed_point_of_its_rule() {
        for (wedge, kappa) in [(1.0, 0.7), (0.8, 1.5), (1.3, 4.0)] {
            let found = case(wedge, kappa);
            let again: Vec<f64> = found
                .returns
                .iter()
                .zip([wedge, 1.0, 1.0])
                .map(|(r, tau)| libm::pow(tau * r, kappa))
                .collect();
            let again: Vec<f64> = normalised(again).iter().map(|s| s * 100.0).collect();
            assert_near(&again, &found.capital, 1e-12);
        }
        assert!(allocation(&[1.0], &[0.0], &[1.0], 1.0, 0.5, 1.0).is_err());
    }
}
