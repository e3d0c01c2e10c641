//! Least squares for a handful of regressors: ordinary and weighted by Householder reflections,
//! ridge by the same on the augmented rows, and the Cholesky factor that the two-way effects need.
//!
//! Reflections work on the regressors themselves and lose half the digits that the normal equations
//! lose; NIST's Longley data are the test (condition number about 5e9).

use std::ops::{Index, IndexMut};

use super::unusable;
use crate::Result;
use crate::messages;

/// A named column of numbers, one a row of the data.
#[derive(Clone, Debug, PartialEq)]
pub struct Regressor {
    /// What its coefficient is called.
    pub name: String,
    /// One number a row.
    pub values: Vec<f64>,
}

impl Regressor {
    /// A column under the name that results will carry.
    pub fn new(name: impl Into<String>, values: Vec<f64>) -> Self {
        Regressor { name: name.into(), values }
    }

    /// A column of ones: the intercept, which is never added silently.
    pub fn constant(rows: usize) -> Self {
        Regressor::new("constant", vec![1.0; rows])
    }
}

/// A small dense matrix, stored by rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Matrix {
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub columns: usize,
    values: Vec<f64>,
}

impl Matrix {
    /// A matrix of zeros.
    pub fn zeros(rows: usize, columns: usize) -> Self {
        Matrix { rows, columns, values: vec![0.0; rows * columns] }
    }

    /// One row.
    pub fn row(&self, i: usize) -> &[f64] {
        &self.values[i * self.columns..(i + 1) * self.columns]
    }

    /// Matrix times column vector.
    pub fn times(&self, vector: &[f64]) -> Vec<f64> {
        (0..self.rows).map(|i| dot(self.row(i), vector)).collect()
    }

    /// Matrix times matrix.
    pub fn product(&self, other: &Matrix) -> Matrix {
        let mut result = Matrix::zeros(self.rows, other.columns);
        for i in 0..self.rows {
            for k in 0..self.columns {
                let a = self[(i, k)];
                for j in 0..other.columns {
                    result[(i, j)] += a * other[(k, j)];
                }
            }
        }
        result
    }
}

impl Index<(usize, usize)> for Matrix {
    type Output = f64;
    #[inline]
    fn index(&self, (i, j): (usize, usize)) -> &f64 {
        &self.values[i * self.columns + j]
    }
}

impl IndexMut<(usize, usize)> for Matrix {
    #[inline]
    fn index_mut(&mut self, (i, j): (usize, usize)) -> &mut f64 {
        &mut self.values[i * self.columns + j]
    }
}

/// The inner product, added up in order.
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// The lower triangular factor L of a symmetric positive definite matrix, A = L L'.
#[derive(Clone, Debug)]
pub(crate) struct Cholesky {
    factor: Matrix,
}

impl Cholesky {
    /// Factors a symmetric matrix, reading its lower triangle. `Err` holds the first row that is a
    /// combination of those before it (its pivot fell below 1e-13 of its diagonal element).
    pub(crate) fn new(mut a: Matrix) -> std::result::Result<Self, usize> {
        for j in 0..a.rows {
            let diagonal = a[(j, j)];
            let pivot = diagonal - dot(&a.row(j)[..j], &a.row(j)[..j]);
            let positive = pivot > 1e-13 * diagonal; // false also for a pivot that is not a number
            if !positive {
                return Err(j);
            }
            let root = pivot.sqrt();
            a[(j, j)] = root;
            for i in j + 1..a.rows {
                a[(i, j)] = (a[(i, j)] - dot(&a.row(i)[..j], &a.row(j)[..j])) / root;
            }
        }
        Ok(Cholesky { factor: a })
    }

    /// Solves A x = b.
    pub(crate) fn solve(&self, b: &[f64]) -> Vec<f64> {
        let l = &self.factor;
        let mut x = b.to_vec();
        for i in 0..l.rows {
            x[i] = (x[i] - dot(&l.row(i)[..i], &x[..i])) / l[(i, i)];
        }
        for i in (0..l.rows).rev() {
            let known: f64 = (i + 1..l.rows).map(|k| l[(k, i)] * x[k]).sum();
            x[i] = (x[i] - known) / l[(i, i)];
        }
        x
    }

    /// The inverse of A.
    pub(crate) fn inverse(&self) -> Matrix {
        let n = self.factor.rows;
        let mut inverse = Matrix::zeros(n, n);
        let mut unit = vec![0.0; n];
        for j in 0..n {
            unit[j] = 1.0;
            for (i, x) in self.solve(&unit).into_iter().enumerate() {
                inverse[(i, j)] = x;
            }
            unit[j] = 0.0;
        }
        inverse
    }
}

/// A fitted linear model y = X b + e.
#[derive(Clone, Debug)]
pub struct LinearFit {
    /// One a regressor, in the order given.
    pub coefficients: Vec<f64>,
    /// Classical standard errors, `s sqrt(diag (X'WX)^-1)`. For ridge, those of the shrunken estimate
    /// under independent errors.
    pub standard_errors: Vec<f64>,
    /// `(X'WX)^-1`, or `(X'WX + penalty)^-1`, by which other covariances are built.
    pub bread: Matrix,
    /// y - X b, unweighted.
    pub residuals: Vec<f64>,
    /// `s^2 = e'We/(n - k)`, n the rows of positive weight.
    pub residual_variance: f64,
    /// Share of the variance about the (weighted) mean that the fit explains.
    pub r_squared: f64,
}

/// Ordinary least squares. Add [`Regressor::constant`] for an intercept.
pub(crate) fn ordinary(regressors: &[Regressor], outcome: &[f64]) -> Result<LinearFit> {
    fit(regressors, outcome, None, None)
}

/// Weighted least squares: minimises `sum w e^2`. Weights are known up to a factor, as inverse variances; a
/// row of weight 0 counts as absent.
pub(crate) fn weighted(regressors: &[Regressor], outcome: &[f64], weights: &[f64]) -> Result<LinearFit> {
    fit(regressors, outcome, Some(weights), None)
}

/// Ridge regression (Hoerl and Kennard 1970): minimises `sum e^2 + sum_k penalty_k b_k^2`. A penalty of
/// zero leaves a coefficient, such as the constant, alone.
pub(crate) fn ridge(regressors: &[Regressor], outcome: &[f64], penalties: &[f64]) -> Result<LinearFit> {
    fit(regressors, outcome, None, Some(penalties))
}

fn fit(
    regressors: &[Regressor],
    outcome: &[f64],
    weights: Option<&[f64]>,
    penalties: Option<&[f64]>,
) -> Result<LinearFit> {
    let (n, k) = (outcome.len(), regressors.len());
    check_columns(regressors, outcome)?;
    // A row of weight 0 says nothing, so it must not count as evidence either.
    let informative = weights.map_or(n, |w| w.iter().filter(|&&w| w > 0.0).count());
    if informative <= k || k == 0 {
        return Err(unusable(
            messages::least_squares(),
            messages::rows_and_regressors(informative, k),
            messages::more_rows_than_regressors(),
        ));
    }
    for (what, given, length) in [("weights", weights, n), ("ridge penalties", penalties, k)] {
        let Some(given) = given else { continue };
        let good = |v: f64| v.is_finite() && v >= 0.0;
        if given.len() != length || !given.iter().all(|&v| good(v)) {
            return Err(unusable(
                messages::as_is(messages::known(what)),
                messages::values_given(given.len()),
                messages::finite_values_from_zero(length),
            ));
        }
    }

    // Ridge is least squares with one further row sqrt(penalty) e_k, outcome 0, for each coefficient.
    let further = if penalties.is_some() { k } else { 0 };
    let mut x = Matrix::zeros(n + further, k);
    let mut y = vec![0.0; n + further];
    for i in 0..n {
        let root = weights.map_or(1.0, |w| w[i].sqrt());
        y[i] = root * outcome[i];
        for (j, regressor) in regressors.iter().enumerate() {
            x[(i, j)] = root * regressor.values[i];
        }
    }
    if let Some(penalties) = penalties {
        for (j, penalty) in penalties.iter().enumerate() {
            x[(n + j, j)] = penalty.sqrt();
        }
    }
    let (coefficients, bread) = reflect_and_solve(x, y, regressors)?;

    let residuals: Vec<f64> = (0..n)
        .map(|i| {
            let fitted: f64 = regressors.iter().zip(&coefficients).map(|(r, b)| r.values[i] * b).sum();
            outcome[i] - fitted
        })
        .collect();
    let weight = |i: usize| weights.map_or(1.0, |w| w[i]);
    let total: f64 = (0..n).map(weight).sum();
    let mean = (0..n).map(|i| weight(i) * outcome[i]).sum::<f64>() / total;
    let squares: f64 = (0..n).map(|i| weight(i) * residuals[i] * residuals[i]).sum();
    let about_mean: f64 = (0..n).map(|i| weight(i) * (outcome[i] - mean) * (outcome[i] - mean)).sum();
    let residual_variance = squares / (informative - k) as f64;
    let standard_errors = (0..k)
        .map(|j| {
            // Ridge: bread X'X bread = bread - bread diag(penalty) bread.
            let shrunk: f64 = penalties
                .map_or(0.0, |p| p.iter().enumerate().map(|(l, p)| p * bread[(j, l)] * bread[(j, l)]).sum());
            (residual_variance * (bread[(j, j)] - shrunk)).sqrt()
        })
        .collect();
    let r_squared = 1.0 - squares / about_mean;
    Ok(LinearFit { coefficients, standard_errors, bread, residuals, residual_variance, r_squared })
}

/// Refuses columns of unequal length and values that are not finite, by name and row.
pub(crate) fn check_columns(regressors: &[Regressor], outcome: &[f64]) -> Result<()> {
    let outcome = ("outcome", outcome);
    for (name, values) in regressors.iter().map(|r| (r.name.as_str(), r.values.as_slice())).chain([outcome]) {
        if values.len() != outcome.1.len() {
            return Err(unusable(
                messages::column_named(name),
                messages::rows_counted(values.len()),
                messages::rows_as_outcome(outcome.1.len()),
            ));
        }
        if let Some(row) = values.iter().position(|v| !v.is_finite()) {
            return Err(unusable(
                messages::column_in_row(name, row + 1),
                messages::as_is(values[row]),
                messages::a_finite_number(),
            ));
        }
    }
    Ok(())
}

/// Householder reflections turn X into R; then R b = Q'y, and `(X'X)^-1 = R^-1 R^-T`.
fn reflect_and_solve(mut x: Matrix, mut y: Vec<f64>, regressors: &[Regressor]) -> Result<(Vec<f64>, Matrix)> {
    let (n, k) = (x.rows, x.columns);
    for j in 0..k {
        let whole: f64 = (0..n).map(|i| x[(i, j)] * x[(i, j)]).sum::<f64>().sqrt();
        let rest: f64 = (j..n).map(|i| x[(i, j)] * x[(i, j)]).sum::<f64>().sqrt();
        let varies = rest > 1e-12 * whole;
        if !varies {
            return Err(collinear(&regressors[j].name));
        }
        let alpha = if x[(j, j)] > 0.0 { -rest } else { rest };
        let mut v: Vec<f64> = (j..n).map(|i| x[(i, j)]).collect();
        v[0] -= alpha;
        let half_length = dot(&v, &v) / 2.0;
        for c in j..k {
            let s = (j..n).map(|i| v[i - j] * x[(i, c)]).sum::<f64>() / half_length;
            for i in j..n {
                x[(i, c)] -= s * v[i - j];
            }
        }
        let s = dot(&v, &y[j..]) / half_length;
        for i in j..n {
            y[i] -= s * v[i - j];
        }
        x[(j, j)] = alpha;
    }
    let back = |right: &[f64]| {
        let mut b = vec![0.0; k];
        for i in (0..k).rev() {
            let known: f64 = (i + 1..k).map(|c| x[(i, c)] * b[c]).sum();
            b[i] = (right[i] - known) / x[(i, i)];
        }
        b
    };
    let coefficients = back(&y[..k]);
    let mut inverse = Matrix::zeros(k, k);
    let mut unit = vec![0.0; k];
    for j in 0..k {
        unit[j] = 1.0;
        for (i, value) in back(&unit).into_iter().enumerate() {
            inverse[(i, j)] = value;
        }
        unit[j] = 0.0;
    }
    let mut bread = Matrix::zeros(k, k);
    for i in 0..k {
        for j in 0..k {
            bread[(i, j)] = dot(inverse.row(i), inverse.row(j));
        }
    }
    Ok((coefficients, bread))
}

/// The complaint about a regressor that the ones before it, or the fixed effects, already explain.
pub(crate) fn collinear(name: &str) -> crate::Error {
    unusable(
        messages::regressor_named(name),
        messages::no_variation_of_its_own(),
        messages::regressor_of_its_own(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// NIST Statistical Reference Datasets, Longley: total employment, prices (1954 = 100), GNP, unemployed,
    /// armed forces, population over 14, year.
    const LONGLEY: [[f64; 7]; 16] = [
        [60323.0, 83.0, 234289.0, 2356.0, 1590.0, 107608.0, 1947.0],
        [61122.0, 88.5, 259426.0, 2325.0, 1456.0, 108632.0, 1948.0],
        [60171.0, 88.2, 258054.0, 3682.0, 1616.0, 109773.0, 1949.0],
        [61187.0, 89.5, 284599.0, 3351.0, 1650.0, 110929.0, 1950.0],
        [63221.0, 96.2, 328975.0, 2099.0, 3099.0, 112075.0, 1951.0],
        [63639.0, 98.1, 346999.0, 1932.0, 3594.0, 113270.0, 1952.0],
        [64989.0, 99.0, 365385.0, 1870.0, 3547.0, 115094.0, 1953.0],
        [63761.0, 100.0, 363112.0, 3578.0, 3350.0, 116219.0, 1954.0],
        [66019.0, 101.2, 397469.0, 2904.0, 3048.0, 117388.0, 1955.0],
        [67857.0, 104.6, 419180.0, 2822.0, 2857.0, 118734.0, 1956.0],
        [68169.0, 108.4, 442769.0, 2936.0, 2798.0, 120445.0, 1957.0],
        [66513.0, 110.8, 444546.0, 4681.0, 2637.0, 121950.0, 1958.0],
        [68655.0, 112.6, 482704.0, 3813.0, 2552.0, 123366.0, 1959.0],
        [69564.0, 114.2, 502601.0, 3931.0, 2514.0, 125368.0, 1960.0],
        [69331.0, 115.7, 518173.0, 4806.0, 2572.0, 127852.0, 1961.0],
        [70551.0, 116.9, 554894.0, 4007.0, 2827.0, 130081.0, 1962.0],
    ];

    fn longley() -> (Vec<Regressor>, Vec<f64>) {
        let column = |j: usize| LONGLEY.iter().map(|r| r[j]).collect::<Vec<_>>();
        let mut regressors = vec![Regressor::constant(16)];
        regressors.extend((1..7).map(|j| Regressor::new(format!("x{j}"), column(j))));
        (regressors, column(0))
    }

    fn close(found: f64, expected: f64, relative: f64) {
        assert!((found - expected).abs() <= relative * expected.abs(), "{found} is not {expected}");
    }

    #[test]
    fn ordinary_least_squares_gives_the_certified_values_of_nist_longley() {
        let (x, y) = longley();
        let fit = ordinary(&x, &y).unwrap();
        let certified = [
            (-3482258.63459582, 890420.383607373),
            (15.0618722713733, 84.9149257747669),
            (-0.358191792925910e-01, 0.334910077722432e-01),
            (-2.02022980381683, 0.488399681651699),
            (-1.03322686717359, 0.214274163161675),
            (-0.511041056535807e-01, 0.226073200069370),
            (1829.15146461355, 455.478499142212),
        ];
        for (j, (b, se)) in certified.into_iter().enumerate() {
            close(fit.coefficients[j], b, 1e-9);
            close(fit.standard_errors[j], se, 1e-9);
        }
        close(fit.residual_variance.sqrt(), 304.854073561965, 1e-10);
        close(fit.r_squared, 0.995479004577296, 1e-12);
    }

    /// Computed with statsmodels 0.15.0 (WLS, weights = row number) and numpy 2.4.6 (closed form of ridge).
    #[test]
    fn weighted_and_ridge_agree_with_independent_software() {
        let (x, y) = longley();
        let x = vec![x[0].clone(), x[1].clone(), x[3].clone()];
        let weights: Vec<f64> = (1..=16).map(f64::from).collect();
        let fit = weighted(&x, &y, &weights).unwrap();
        for (found, expected) in fit.coefficients.iter().zip(WLS_COEFFICIENTS) {
            close(*found, expected, 1e-10);
        }
        for (found, expected) in fit.standard_errors.iter().zip(WLS_ERRORS) {
            close(*found, expected, 1e-10);
        }
        close(fit.r_squared, WLS_R_SQUARED, 1e-10);
        let fit = ridge(&x, &y, &[0.0, 50.0, 1000.0]).unwrap();
        for (found, expected) in fit.coefficients.iter().zip(RIDGE_COEFFICIENTS) {
            close(*found, expected, 1e-10);
        }
        for (found, expected) in fit.standard_errors.iter().zip(RIDGE_ERRORS) {
            close(*found, expected, 1e-10);
        }
    }

    const WLS_COEFFICIENTS: [f64; 3] = [29237.03202951925, 381.6177085781539, -0.8734161542441665];
    const WLS_ERRORS: [f64; 3] = [2508.808226283575, 28.713712022409332, 0.2725876313462346];
    const WLS_R_SQUARED: f64 = 0.9506462655790815;
    const RIDGE_COEFFICIENTS: [f64; 3] = [33022.61519593693, 333.32096781542265, -0.5004545764373285];
    const RIDGE_ERRORS: [f64; 3] = [1922.972025090954, 22.66515224746278, 0.2692825327352447];

    #[test]
    fn a_collinear_regressor_is_named() {
        let x = vec![
            Regressor::constant(4),
            Regressor::new("km", vec![1.0, 2.0, 3.0, 4.0]),
            Regressor::new("metres", vec![1000.0, 2000.0, 3000.0, 4000.0]),
        ];
        let message = ordinary(&x, &[1.0, 3.0, 2.0, 5.0]).unwrap_err().to_string();
        assert!(message.contains("`metres`"), "{message}");
    }

    #[test]
    fn cholesky_solves_and_inverts() {
        let mut a = Matrix::zeros(3, 3);
        for (i, row) in [[4.0, 2.0, 0.6], [2.0, 5.0, 1.0], [0.6, 1.0, 3.0]].iter().enumerate() {
            for (j, v) in row.iter().enumerate() {
                a[(i, j)] = *v;
            }
        }
        let factor = Cholesky::new(a.clone()).unwrap();
        let x = factor.solve(&a.times(&[1.0, -2.0, 3.0]));
        for (found, expected) in x.iter().zip([1.0, -2.0, 3.0]) {
            assert!((found - expected).abs() < 1e-14);
        }
        let unit = a.product(&factor.inverse());
        for i in 0..3 {
            for j in 0..3 {
                assert!((unit[(i, j)] - f64::from(u8::from(i == j))).abs() < 1e-14);
            }
        }
        assert_eq!(Cholesky::new(Matrix::zeros(2, 2)).unwrap_err(), 0);
    }
}
