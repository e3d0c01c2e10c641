//! Long difference: the change of each unit over the whole period on its treatment and what it was like before,
//! `y_iT - y_i0 = c + b d_i + x_i0'g + e_i`, with standard errors clustered by whatever shares its shocks.

use super::did::{Effect, cluster_meat};
use super::least_squares::{Regressor, ordinary};
use super::two_way::number_levels;
use super::unusable;
use crate::Result;
use crate::messages;

/// Regresses changes on a constant and the regressors; effects of the regressors in their order, the constant's last.
///
/// Covariance: `G/(G-1) (n-1)/(n-K)` times the sandwich of cluster sums (Stata's and statsmodels').
///
/// # Errors
/// Columns of unequal length or that are combinations of each other, and fewer than two clusters.
pub fn long_difference(change: &[f64], regressors: &[Regressor], cluster: &[usize]) -> Result<Vec<Effect>> {
    let (cluster, clusters) = number_levels(cluster);
    let groups = clusters.len();
    if cluster.len() != change.len() || groups < 2 {
        return Err(unusable(
            messages::long_difference(),
            messages::changes_in_clusters(change.len(), groups, cluster.len()),
            messages::a_cluster_for_each(),
        ));
    }
    let mut columns = regressors.to_vec();
    columns.push(Regressor::constant(change.len()));
    let fit = ordinary(&columns, change)?;
    let x: Vec<Vec<f64>> = columns.iter().map(|c| c.values.clone()).collect();
    let meat = cluster_meat(&cluster, groups, &x, &fit.residuals);
    let covariance = fit.bread.product(&meat).product(&fit.bread);
    let (n, k, g) = (change.len() as f64, columns.len() as f64, groups as f64);
    let factor = g / (g - 1.0) * (n - 1.0) / (n - k);
    let effect = |(j, column): (usize, &Regressor)| {
        let error = (factor * covariance[(j, j)]).sqrt();
        Effect::new(&column.name, fit.coefficients[j], error, g - 1.0)
    };
    Ok(columns.iter().enumerate().map(effect).collect())
}
