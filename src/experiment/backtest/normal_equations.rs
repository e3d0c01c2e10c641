//! The linear algebra of a step of Gauss-Newton: normal equations with weights, clustered standard errors, and directions
//! that the targets hardly see.

use std::collections::BTreeMap;

use crate::estimate::eigen::symmetric_eigen;
use crate::estimate::least_squares::{Cholesky, Matrix};

/// A direction counts as weak if its eigenvalue is below this share of the largest.
pub(crate) const WEAK: f64 = 0.02;

/// `J'WJ` and `J'We`.
pub(super) fn normal_equations(jacobian: &[Vec<f64>], weight: &[f64], e: &[f64]) -> (Matrix, Vec<f64>) {
    let k = jacobian.len();
    let mut normal = Matrix::zeros(k, k);
    let mut gradient = vec![0.0; k];
    for i in 0..k {
        for j in 0..k {
            normal[(i, j)] =
                jacobian[i].iter().zip(&jacobian[j]).zip(weight).map(|((a, b), w)| a * b * w).sum();
        }
        gradient[i] = jacobian[i].iter().zip(e).zip(weight).map(|((a, e), w)| a * e * w).sum();
    }
    (normal, gradient)
}

/// The step of Levenberg and Marquardt: the diagonal is raised by a share of itself.
pub(super) fn damped(normal: &Matrix, gradient: &[f64], damping: f64) -> Vec<f64> {
    let k = gradient.len();
    let mut a = normal.clone();
    let largest = (0..k).map(|i| normal[(i, i)]).fold(0.0, f64::max).max(1e-300);
    for i in 0..k {
        a[(i, i)] += damping * normal[(i, i)] + 1e-12 * largest;
    }
    Cholesky::new(a).map_or_else(|_| vec![0.0; k], |c| c.solve(gradient))
}

/// `(J'WJ)^-1 (sum_c s_c s_c') (J'WJ)^-1` with s_c the score of prefecture c, times C/(C-1).
pub(super) fn sandwich(
    normal: &Matrix,
    jacobian: &[Vec<f64>],
    weight: &[f64],
    e: &[f64],
    cluster: &[usize],
) -> Vec<f64> {
    let k = jacobian.len();
    let Ok(factor) = Cholesky::new(normal.clone()) else { return vec![f64::NAN; k] };
    let bread = factor.inverse();
    let mut clusters: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for (u, &cluster) in cluster.iter().enumerate() {
        let sum = clusters.entry(cluster).or_insert_with(|| vec![0.0; k]);
        for i in 0..k {
            sum[i] += jacobian[i][u] * weight[u] * e[u];
        }
    }
    let c = clusters.len() as f64;
    let mut meat = Matrix::zeros(k, k);
    for s in clusters.values() {
        for i in 0..k {
            for j in 0..k {
                meat[(i, j)] += s[i] * s[j] * c / (c - 1.0).max(1.0);
            }
        }
    }
    let covariance = bread.product(&meat).product(&bread);
    (0..k).map(|i| covariance[(i, i)].max(0.0).sqrt()).collect()
}

/// Eigenvectors of the correlation of derivatives whose eigenvalue is small: combinations of parameters
/// that the targets cannot tell apart.
pub(super) fn weak_directions(jacobian: &[Vec<f64>], weight: &[f64]) -> Vec<(f64, Vec<f64>)> {
    let k = jacobian.len();
    let length: Vec<f64> =
        jacobian.iter().map(|j| j.iter().zip(weight).map(|(a, w)| a * a * w).sum::<f64>().sqrt()).collect();
    let mut weak = Vec::new();
    let mut a = Matrix::zeros(k, k);
    for i in 0..k {
        for j in 0..k {
            let product: f64 =
                jacobian[i].iter().zip(&jacobian[j]).zip(weight).map(|((a, b), w)| a * b * w).sum();
            let scale = length[i] * length[j];
            a[(i, j)] = if scale > 0.0 { product / scale } else { f64::from(u8::from(i == j)) };
        }
        if length[i] <= 0.0 {
            let mut direction = vec![0.0; k];
            direction[i] = 1.0;
            weak.push((0.0, direction));
        }
    }
    let (values, vectors) = symmetric_eigen(a);
    let largest = values.iter().copied().fold(0.0, f64::max).max(1e-300);
    for (i, value) in values.iter().enumerate() {
        if value / largest < WEAK {
            weak.push((value / largest, (0..k).map(|r| vectors[(r, i)]).collect()));
        }
    }
    weak
}
