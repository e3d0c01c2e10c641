//! Eigenvalues of small symmetric matrices.

use super::least_squares::Matrix;

/// Eigenvalues and eigenvectors (columns) of a small symmetric matrix by Jacobi rotations.
pub(crate) fn symmetric_eigen(mut a: Matrix) -> (Vec<f64>, Matrix) {
    let n = a.rows;
    let mut v = Matrix::zeros(n, n);
    for i in 0..n {
        v[(i, i)] = 1.0;
    }
    for _ in 0..60 {
        let off: f64 = (0..n).flat_map(|i| (0..i).map(move |j| (i, j))).map(|at| a[at] * a[at]).sum();
        if off < 1e-24 {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                if a[(p, q)].abs() < 1e-300 {
                    continue;
                }
                let theta = (a[(q, q)] - a[(p, p)]) / (2.0 * a[(p, q)]);
                let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
                let t = if theta == 0.0 { 1.0 } else { t };
                let c = 1.0 / (t * t + 1.0).sqrt();
                let s = t * c;
                for i in 0..n {
                    let (x, y) = (a[(i, p)], a[(i, q)]);
                    a[(i, p)] = c * x - s * y;
                    a[(i, q)] = s * x + c * y;
                }
                for i in 0..n {
                    let (x, y) = (a[(p, i)], a[(q, i)]);
                    a[(p, i)] = c * x - s * y;
                    a[(q, i)] = s * x + c * y;
                }
                for i in 0..n {
                    let (x, y) = (v[(i, p)], v[(i, q)]);
                    v[(i, p)] = c * x - s * y;
                    v[(i, q)] = s * x + c * y;
                }
            }
        }
    }
    ((0..n).map(|i| a[(i, i)]).collect(), v)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eigenvalues_of_a_known_matrix() {
        let mut a = Matrix::zeros(2, 2);
        (a[(0, 0)], a[(1, 1)], a[(0, 1)], a[(1, 0)]) = (2.0, 2.0, 1.0, 1.0);
        let (mut values, _) = symmetric_eigen(a);
        values.sort_by(f64::total_cmp);
        assert!((values[0] - 1.0).abs() < 1e-12 && (values[1] - 3.0).abs() < 1e-12);
    }
}
