//! C12. Two-sector labour (Lewis 1954; Ranis and Fei 1961): farm workers leave until the farm wage has risen
//! to that of industry.

use super::require;
use crate::Result;

/// Farm workers at rest, `N_a = ((1-a) A / w_m)^(1/a)`, at most the labour force.
///
/// The farm wage is `w_a = (1-a) A N_a^-a`, a the share of land and capital; the industry wage w_m is fixed.
/// Workers and labour force are in one unit (with a labour force of 1, the share that farms).
pub(crate) fn farm_workers(
    technology: f64,
    other_share: f64,
    industry_wage: f64,
    labour_force: f64,
) -> Result<f64> {
    let a = other_share;
    require(a > 0.0 && a < 1.0, "share of land and capital", a, "between 0 and 1")?;
    super::require_positive(&[("Lewis", &[technology, industry_wage, labour_force])])?;
    Ok(libm::pow((1.0 - a) * technology / industry_wage, 1.0 / a).min(labour_force))
}

/// The share that farms when workers choose between the two sectors with a finite elasticity,
/// `x/(1-x) = (w_a(x)/w_m)^kappa`, `w_a = (1-a) A x^-a`; kappa to infinity equalises wages.
pub(crate) fn farm_share_at_elasticity(
    technology: f64,
    other_share: f64,
    industry_wage: f64,
    kappa: f64,
) -> Result<f64> {
    let a = other_share;
    require(a > 0.0 && a < 1.0, "share of land and capital", a, "between 0 and 1")?;
    require(kappa > 0.0 && kappa.is_finite(), "elasticity", kappa, "above 0")?;
    super::require_positive(&[("Lewis", &[technology, industry_wage])])?;
    let excess = |x: f64| {
        let gain = libm::log((1.0 - a) * technology / industry_wage) - a * libm::log(x);
        libm::log(x) - libm::log(1.0 - x) - kappa * gain
    };
    super::solve::bisect(1e-12, 1.0 - 1e-12, excess)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_wages_give_the_worked_numbers() {
        assert!((farm_workers(1.0, 0.44, 0.8, 1.0).unwrap() - 0.444580).abs() < 5e-7);
        assert!((farm_workers(1.0, 0.44, 1.2, 1.0).unwrap() - 0.176906).abs() < 5e-7);
        assert_eq!(farm_workers(1.0, 0.44, 0.3, 1.0).unwrap(), 1.0);
        assert!(farm_workers(1.0, 1.0, 0.8, 1.0).is_err());
    }

    #[test]
    fn a_great_elasticity_equalises_wages() {
        for wage in [0.8, 1.2] {
            let equal = farm_workers(1.0, 0.44, wage, 1.0).unwrap();
            let near = farm_share_at_elasticity(1.0, 0.44, wage, 1e7).unwrap();
            assert!((near - equal).abs() < 1e-6);
        }
    }
}
