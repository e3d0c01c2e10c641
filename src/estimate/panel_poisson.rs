//! Poisson pseudo maximum likelihood on a panel, `E[y_it] = exp(a_i + l_t + x_it'b)`: the difference in differences of
//! counts and sums that can be zero, with clustered standard errors (Santos Silva and Tenreyro 2006; Wooldridge 1999).
//!
//! The estimates are those of [`super::ppml::gravity`] with units for origins and periods for destinations.

use super::did::{Effect, Levels, PanelRow, cluster_meat, nested, one_outcome_a_row};
use super::least_squares::{Cholesky, Matrix, Regressor, collinear};
use super::ppml::{Flow, gravity};
use super::two_way::{TwoWayEffects, number_levels};
use crate::Result;

/// Effects as changes of ln E\[y\], in the order of the regressors.
///
/// Covariance: `G/(G-1) (n-1)/(n-K)` times the sandwich of cluster sums, K as in
/// [`super::did::two_way_fixed_effects`]. Rows that an effect makes zero with certainty are left out.
///
/// # Errors
/// As of `gravity`, and fewer than two clusters.
pub fn panel_poisson(panel: &[PanelRow], outcome: &[f64], regressors: &[Regressor]) -> Result<Vec<Effect>> {
    one_outcome_a_row(panel, outcome)?;
    let (_, periods) = number_levels(&panel.iter().map(|r| r.period).collect::<Vec<_>>());
    let of_period = |period: i32| periods.partition_point(|&p| p < period);
    let flows: Vec<Flow> = panel
        .iter()
        .zip(outcome)
        .map(|(r, &amount)| Flow { origin: r.unit, destination: of_period(r.period), amount })
        .collect();
    let fit = gravity(&flows, regressors)?;
    let kept: Vec<usize> = (0..flows.len()).filter(|&i| fit.fitted[i] > 0.0).collect();
    let Levels { unit, period, cluster, units, periods, groups } = Levels::of(panel, &kept)?;
    let mu: Vec<f64> = kept.iter().map(|&i| fit.fitted[i]).collect();
    let e: Vec<f64> = kept.iter().zip(&mu).map(|(&i, mu)| outcome[i] - mu).collect();
    let effects = TwoWayEffects::new(&unit, &period, &mu)?;
    let x: Vec<Vec<f64>> = regressors
        .iter()
        .map(|r| effects.residuals(&kept.iter().map(|&i| r.values[i]).collect::<Vec<_>>()))
        .collect();
    let k = x.len();
    let mut information = Matrix::zeros(k, k);
    for j in 0..k {
        for l in 0..k {
            information[(j, l)] = (0..mu.len()).map(|i| mu[i] * x[j][i] * x[l][i]).sum();
        }
    }
    let bread = Cholesky::new(information).map_err(|j| collinear(&regressors[j].name))?.inverse();
    let covariance = bread.product(&cluster_meat(&cluster, groups, &x, &e)).product(&bread);
    let counted = if nested(&unit, &cluster, units) { periods } else { effects.rank() };
    let (n, g) = (kept.len() as f64, groups as f64);
    let factor = g / (g - 1.0) * (n - 1.0) / (n - (k + counted) as f64);
    let effect = |(j, c): (usize, &super::ppml::GravityCoefficient)| {
        Effect::new(&c.name, c.estimate, (factor * covariance[(j, j)]).sqrt(), g - 1.0)
    };
    Ok(fit.coefficients.iter().enumerate().map(effect).collect())
}
