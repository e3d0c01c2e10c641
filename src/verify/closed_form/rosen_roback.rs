//! C7. Rosen (1979) and Roback (1982), with a finite elasticity of location: wages fall and rents rise with
//! people until places are about as good as each other.

use super::{normalised, require, require_positive};
use crate::Result;

/// How wages and rents answer to people.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct RosenRoback {
    /// eta in `w = A N^-eta`; negative is agglomeration.
    pub wage_elasticity: f64,
    /// b, share of housing in spending.
    pub housing_share: f64,
    /// kappa in `N prop. to v^kappa`; infinite equalises utility.
    pub location_elasticity: f64,
}

/// Where people come to rest.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RosenRobackEquilibrium {
    /// Shares of persons.
    pub shares: Vec<f64>,
    /// `w = A N^-eta`.
    pub wages: Vec<f64>,
    /// Rent of a unit of housing, `b w N/H`.
    pub rents: Vec<f64>,
    /// Utility `v = B w rho^-b`.
    pub utilities: Vec<f64>,
}

impl RosenRoback {
    /// The stability condition `1 + kappa (eta (1-b) + b) > 0` as the number on its left; for infinite kappa
    /// `eta (1-b) + b`.
    pub(crate) fn stability(&self) -> f64 {
        let congestion = self.wage_elasticity * (1.0 - self.housing_share) + self.housing_share;
        if self.location_elasticity.is_infinite() {
            congestion
        } else {
            1.0 + self.location_elasticity * congestion
        }
    }

    /// The unique stable equilibrium `N_j prop. to (B_j A_j^(1-b) H_j^b)^(kappa/(1 + kappa (eta (1-b) + b)))`
    /// of `persons` people among places with amenity B, productivity A and housing H.
    pub(crate) fn equilibrium(
        &self,
        amenity: &[f64],
        productivity: &[f64],
        housing: &[f64],
        persons: f64,
    ) -> Result<RosenRobackEquilibrium> {
        require_positive(&[("amenity", amenity), ("productivity", productivity), ("housing", housing)])?;
        require(persons.is_finite() && persons > 0.0, "persons", persons, "above 0")?;
        let (eta, b, kappa) = (self.wage_elasticity, self.housing_share, self.location_elasticity);
        require(eta.is_finite(), "wage elasticity", eta, "a finite number")?;
        require(b > 0.0 && b < 1.0, "housing share", b, "between 0 and 1")?;
        require(kappa > 0.0, "location elasticity", kappa, "above 0, or infinity")?;
        let stability = self.stability();
        require(
            stability > 0.0,
            "1 + kappa (eta (1-b) + b)",
            stability,
            "above 0, or agglomeration runs away",
        )?;
        let exponent = if kappa.is_infinite() { 1.0 / stability } else { kappa / stability };
        let places = 0..amenity.len();
        let shares = normalised(
            places
                .clone()
                .map(|j| {
                    let log = libm::log(amenity[j])
                        + (1.0 - b) * libm::log(productivity[j])
                        + b * libm::log(housing[j]);
                    libm::exp(exponent * log)
                })
                .collect(),
        );
        let wages: Vec<f64> =
            places.clone().map(|j| productivity[j] * libm::pow(shares[j] * persons, -eta)).collect();
        let rents: Vec<f64> =
            places.clone().map(|j| b * wages[j] * shares[j] * persons / housing[j]).collect();
        let utilities = places.map(|j| amenity[j] * wages[j] * libm::pow(rents[j], -b)).collect();
        Ok(RosenRobackEquilibrium { shares, wages, rents, utilities })
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_near;
    use super::*;

    fn case(eta: f64, kappa: f64) -> RosenRobackEquilibrium {
        RosenRoback { wage_elasticity: eta, housing_share: 0.2, location_elasticity: kappa }
            .equilibrium(&[1.0, 1.2, 1.5], &[3.0, 2.0, 1.0], &[1.0, 1.5, 3.0], 1e5)
            .unwrap()
    }

    #[test]
    fn four_cases_give_the_worked_numbers() {
        assert_near(&case(0.1, 1.5).shares, &[0.370021, 0.346946, 0.283033], 5e-7);
        assert_near(&case(0.0, 1.5).shares, &[0.373371, 0.348012, 0.278617], 5e-7);
        assert_near(&case(-0.05, 1.5).shares, &[0.375285, 0.348608, 0.276107], 5e-7);
        // The worked digits of the limit are those of an elasticity of a million.
        assert_near(&case(0.0, 1e6).shares, &[0.495409, 0.365256, 0.139335], 5e-7);
        let mobile = case(0.0, f64::INFINITY);
        assert_near(&mobile.shares, &[0.495410, 0.365256, 0.139334], 5e-7);
        for v in &mobile.utilities {
            assert!((v / mobile.utilities[0] - 1.0).abs() < 1e-14);
        }
    }

    #[test]
    fn shares_are_the_fixed_point_of_location_choice() {
        let found = case(0.1, 1.5);
        let chosen = normalised(found.utilities.iter().map(|v| libm::pow(*v, 1.5)).collect());
        assert_near(&chosen, &found.shares, 1e-14);
    }

    #[test]
    fn runaway_agglomeration_is_refused() {
        let runaway = RosenRoback { wage_elasticity: -2.0, housing_share: 0.2, location_elasticity: 1.5 };
        assert!(runaway.stability() < 0.0);
        assert!(runaway.equilibrium(&[1.0, 1.0], &[1.0, 1.0], &[1.0, 1.0], 10.0).is_err());
    }
}
