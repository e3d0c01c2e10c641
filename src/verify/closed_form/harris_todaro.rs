//! C1. Harris and Todaro (1970), American Economic Review 60(1): migrants move towards the expected urban
//! wage, so urban unemployment is an equilibrium.

use super::solve::bisect;
use super::{require, unusable};
use crate::Result;
use crate::messages;

/// A city with a fixed number of jobs and a countryside whose wage falls with its workers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct HarrisTodaro {
    /// Workers in both places, persons.
    pub workers: f64,
    /// Urban jobs L_d, persons.
    pub urban_jobs: f64,
    /// Urban wage w_u, at or above what would clear the market.
    pub urban_wage: f64,
    /// Rural wage when `rural_reference` workers farm, in the unit of the urban wage.
    pub rural_wage: f64,
    /// Rural workers N_r0 at which the rural wage is given.
    pub rural_reference: f64,
    /// `w_r = rural_wage (N_r/N_r0)^-a`; 0 keeps the rural wage fixed. In a Cobb-Douglas farm a is the share
    /// that is not labour's.
    pub rural_exponent: f64,
}

/// Where migration comes to rest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct HarrisTodaroEquilibrium {
    /// Urban labour force N_u, persons.
    pub urban: f64,
    /// `u = 1 - L_d/N_u`, 0 if there are jobs for all.
    pub unemployment: f64,
    /// Rural wage at the equilibrium.
    pub rural_wage: f64,
}

impl HarrisTodaro {
    /// The equilibrium `N_u/N_r = (p_e w_u/w_r)^kappa`, `p_e = min(1, L_d/N_u)`. With kappa infinite it is
    /// the classic condition `p_e w_u = w_r`, or a corner if one place pays more wherever everybody is.
    pub(crate) fn equilibrium(&self, kappa: f64) -> Result<HarrisTodaroEquilibrium> {
        let Self { workers, urban_jobs, urban_wage, rural_wage, rural_reference, rural_exponent } = *self;
        super::require_positive(&[(
            "Harris-Todaro",
            &[workers, urban_jobs, urban_wage, rural_wage, rural_reference],
        )])?;
        require(
            rural_exponent >= 0.0 && rural_exponent.is_finite(),
            "rural exponent",
            rural_exponent,
            "0 or more",
        )?;
        require(kappa > 0.0, "kappa", kappa, "a number above 0, or infinity")?;
        let rural_at =
            |urban: f64| rural_wage * libm::pow((workers - urban) / rural_reference, -rural_exponent);
        // The logarithm of the condition, increasing in N_u.
        let excess = |urban: f64| {
            let employed = (urban_jobs / urban).min(1.0);
            let gain = libm::log(employed * urban_wage / rural_at(urban));
            if kappa.is_infinite() {
                -gain
            } else {
                libm::log(urban) - libm::log(workers - urban) - kappa * gain
            }
        };
        let (low, high) = (workers * 1e-300, workers.next_down());
        let urban = if excess(low) >= 0.0 {
            0.0
        } else if excess(high) <= 0.0 {
            workers
        } else {
            bisect(low, high, excess)?
        };
        if urban.is_nan() {
            return Err(unusable(
                messages::about_harris_todaro(),
                messages::no_equilibrium(),
                messages::wages_and_jobs_in_range(),
            ));
        }
        let unemployment = if urban > urban_jobs { 1.0 - urban_jobs / urban } else { 0.0 };
        Ok(HarrisTodaroEquilibrium { urban, unemployment, rural_wage: rural_at(urban) })
    }
}

/// The classic unemployment rate with a fixed rural wage, `u* = 1 - w_r/w_u`, 0 if the village pays more.
pub(crate) fn classic_unemployment(urban_wage: f64, rural_wage: f64) -> f64 {
    (1.0 - rural_wage / urban_wage).max(0.0)
}

/// Tolerance of u after one step of N agents, p = N_u/N: `5 (1-u) sqrt((1-p)/(p N))`.
pub(crate) fn unemployment_tolerance(unemployment: f64, urban_share: f64, agents: f64) -> f64 {
    super::tolerance::Z * (1.0 - unemployment) * libm::sqrt((1.0 - urban_share) / (urban_share * agents))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CASE: HarrisTodaro = HarrisTodaro {
        workers: 1e6,
        urban_jobs: 4e5,
        urban_wage: 60_000.0,
        rural_wage: 30_000.0,
        rural_reference: 5e5,
        rural_exponent: 0.0,
    };

    #[test]
    fn the_classic_city_has_half_its_workers_unemployed() {
        assert_eq!(classic_unemployment(60_000.0, 30_000.0), 0.5);
        let found = CASE.equilibrium(f64::INFINITY).unwrap();
        assert!((found.unemployment - 0.5).abs() < 1e-12 && (found.urban - 8e5).abs() < 1e-6);
    }

    #[test]
    fn a_cobb_douglas_village_gives_the_worked_numbers() {
        let found = HarrisTodaro { rural_exponent: 0.44, ..CASE }.equilibrium(f64::INFINITY).unwrap();
        assert!((found.urban - 668_055.0).abs() < 0.5);
        assert!((found.unemployment - 0.401247).abs() < 5e-7);
        assert!((found.rural_wage - 35_925.2).abs() < 0.05);
    }

    #[test]
    fn a_finite_elasticity_gives_the_worked_numbers() {
        for (kappa, urban, unemployment) in
            [(1.5, 603_909.0, 0.337649), (5.0, 684_926.0, 0.415995), (50.0, 780_003.0, 0.487182)]
        {
            let found = CASE.equilibrium(kappa).unwrap();
            assert!((found.urban - urban).abs() < 0.5, "{found:?}");
            assert!((found.unemployment - unemployment).abs() < 5e-7, "{found:?}");
        }
    }

    #[test]
    fn the_tolerance_of_one_step_gives_the_worked_numbers() {
        assert!((unemployment_tolerance(0.337649, 0.603909, 1e5) - 0.0085).abs() < 5e-5);
        assert!((unemployment_tolerance(0.415995, 0.684926, 1e5) - 0.0063).abs() < 5e-5);
    }

    #[test]
    fn corners_and_impossible_wages_are_handled() {
        let rich_village = HarrisTodaro { rural_wage: 70_000.0, ..CASE };
        assert_eq!(rich_village.equilibrium(f64::INFINITY).unwrap().urban, 0.0);
        let poor_village = HarrisTodaro { rural_wage: 1.0, ..CASE };
        assert_eq!(poor_village.equilibrium(f64::INFINITY).unwrap().urban, 1e6);
        assert!(HarrisTodaro { urban_wage: -1.0, ..CASE }.equilibrium(1.5).is_err());
        assert!(CASE.equilibrium(f64::NAN).is_err());
    }
}
