//! C3b. Exact hat algebra: new shares and welfare from old shares and relative changes alone (Dekle, Eaton
//! and Kortum 2008; for migration Tombe and Zhu 2019, American Economic Review 109(5)).

use super::{normalised, require, unusable};
use crate::Result;
use crate::messages;

/// Shares and welfare after a change.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct HatChange {
    /// `pi'_j = pi_j w_j^kappa / sum`.
    pub shares: Vec<f64>,
    /// Welfare after over before, `(sum pi_j w_j^kappa)^(1/kappa)`.
    pub welfare: f64,
}

/// The effect of relative changes `w_j` (new real wage over old) on base shares that sum to 1.
pub(crate) fn hat_change(base_shares: &[f64], relative_wage: &[f64], kappa: f64) -> Result<HatChange> {
    let sum: f64 = base_shares.iter().sum();
    let bad = base_shares.iter().any(|s| s.is_nan() || *s < 0.0) || (sum - 1.0).abs() > 1e-9;
    if bad || base_shares.len() != relative_wage.len() {
        return Err(unusable(
            messages::base_shares(),
            messages::as_is(format_args!("{base_shares:?}")),
            messages::one_a_wage(),
        ));
    }
    require(kappa.is_finite() && kappa > 0.0, "kappa", kappa, "a finite number above 0")?;
    super::require_positive(&[("relative wage", relative_wage)])?;
    let weights: Vec<f64> =
        base_shares.iter().zip(relative_wage).map(|(s, w)| s * libm::pow(*w, kappa)).collect();
    let welfare = libm::pow(weights.iter().sum(), 1.0 / kappa);
    Ok(HatChange { shares: normalised(weights), welfare })
}

#[cfg(test)]
mod tests {
    use super::super::assert_near;
    use super::*;

    #[test]
    fn a_tenth_more_wage_gives_the_worked_numbers() {
        let change = hat_change(&[0.6, 0.3, 0.1], &[1.0, 1.1, 1.0], 1.5).unwrap();
        assert_near(&change.shares, &[0.573555, 0.330852, 0.095593], 5e-7);
        assert_near(&[change.welfare], &[1.030506], 5e-7);
    }

    #[test]
    fn no_change_changes_nothing_and_wrong_shares_are_refused() {
        let change = hat_change(&[0.25, 0.75], &[1.0, 1.0], 3.0).unwrap();
        assert_eq!(change.shares, [0.25, 0.75]);
        assert!(hat_change(&[0.25, 0.7], &[1.0, 1.0], 3.0).is_err());
        assert!(hat_change(&[0.25, 0.75], &[1.0, 0.0], 3.0).is_err());
    }
}
