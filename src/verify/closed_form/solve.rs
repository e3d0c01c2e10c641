//! Small solvers: bisection, Gaussian elimination, stationary distributions, spectral radius.

use super::unusable;
use crate::Result;
use crate::messages;

/// The root of a function that changes sign between `low` and `high`, to the last bit.
pub(crate) fn bisect(mut low: f64, mut high: f64, f: impl Fn(f64) -> f64) -> Result<f64> {
    let (at_low, at_high) = (f(low), f(high));
    if at_low == 0.0 {
        return Ok(low);
    }
    if at_high == 0.0 {
        return Ok(high);
    }
    if at_low.is_nan() || at_high.is_nan() || (at_low > 0.0) == (at_high > 0.0) {
        return Err(unusable(
            messages::about_bisection(),
            messages::values_at_ends(at_low, low, at_high, high),
            messages::of_different_sign(),
        ));
    }
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            return Ok(middle);
        }
        let value = f(middle);
        if value == 0.0 {
            return Ok(middle);
        }
        if (value > 0.0) == (at_low > 0.0) {
            low = middle;
        } else {
            high = middle;
        }
    }
}

/// Solves A x = b by elimination with partial pivoting.
#[allow(clippy::needless_range_loop)] // indices as on paper
pub(crate) fn linear(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Result<Vec<f64>> {
    let n = b.len();
    square("linear system", &a, n)?;
    for column in 0..n {
        let pivot = (column..n).max_by(|&i, &j| a[i][column].abs().total_cmp(&a[j][column].abs()));
        let pivot = pivot.unwrap_or(column);
        if a[pivot][column] == 0.0 || !a[pivot][column].is_finite() {
            return Err(unusable(
                messages::linear_system(),
                messages::singular_matrix(),
                messages::independent_equations(),
            ));
        }
        a.swap(column, pivot);
        b.swap(column, pivot);
        for row in column + 1..n {
            let factor = a[row][column] / a[column][column];
            for k in column..n {
                a[row][k] -= factor * a[column][k];
            }
            b[row] -= factor * b[column];
        }
    }
    for row in (0..n).rev() {
        let known: f64 = (row + 1..n).map(|k| a[row][k] * b[k]).sum();
        b[row] = (b[row] - known) / a[row][row];
    }
    Ok(b)
}

/// The stationary distribution of an irreducible chain with the given transition matrix (rows sum to 1), by
/// the elimination of Grassmann, Taksar and Heyman (1985), which never subtracts and so keeps all digits.
#[allow(clippy::needless_range_loop)] // indices as on paper
pub(crate) fn stationary(transition: &[Vec<f64>]) -> Result<Vec<f64>> {
    let n = transition.len();
    square("transition matrix", transition, n)?;
    for (i, row) in transition.iter().enumerate() {
        let sum: f64 = row.iter().sum();
        if (sum - 1.0).abs() > 1e-9 || row.iter().any(|p| p.is_nan() || *p < 0.0) {
            return Err(unusable(
                messages::transition_row(i),
                messages::row_and_sum(format_args!("{row:?}"), sum),
                messages::probabilities_to_one(),
            ));
        }
    }
    let mut p = transition.to_vec();
    for last in (1..n).rev() {
        let leaving: f64 = p[last][..last].iter().sum();
        if leaving <= 0.0 {
            return Err(unusable(
                messages::transition_matrix(),
                messages::no_way_from(last),
                messages::irreducible_chain(),
            ));
        }
        for i in 0..last {
            p[i][last] /= leaving;
            let through = p[i][last];
            for j in 0..last {
                p[i][j] += through * p[last][j];
            }
        }
    }
    let mut weight = vec![1.0; n];
    for state in 1..n {
        weight[state] = (0..state).map(|i| weight[i] * p[i][state]).sum();
    }
    Ok(super::normalised(weight))
}

/// The largest modulus of an eigenvalue, `lim ||A^m||^(1/m)` (Gelfand 1941), by squaring the matrix: the
/// powers 2^1 to 2^50, scaled, so that pairs of equal modulus need no care.
pub(crate) fn spectral_radius(matrix: &[Vec<f64>]) -> Result<f64> {
    let n = matrix.len();
    square("matrix", matrix, n)?;
    let mut a = matrix.to_vec();
    let mut log_radius = 0.0;
    let mut share = 1.0;
    for _ in 0..50 {
        let norm = a.iter().flatten().map(|x| x.abs()).fold(0.0, f64::max);
        if norm == 0.0 {
            return Ok(0.0);
        }
        log_radius += share * libm::log(norm);
        share /= 2.0;
        let mut squared = vec![vec![0.0; n]; n];
        for (squared, row) in squared.iter_mut().zip(&a) {
            for (x, other) in row.iter().zip(&a) {
                for (s, y) in squared.iter_mut().zip(other) {
                    *s += x / norm * (y / norm);
                }
            }
        }
        a = squared;
    }
    Ok(libm::exp(log_radius))
}

/// The second largest modulus of an eigenvalue of a transition matrix: the factor by which the distance to
/// the stationary distribution shrinks in a step.
pub(crate) fn second_eigenvalue(transition: &[Vec<f64>]) -> Result<f64> {
    let pi = stationary(transition)?;
    let rest: Vec<Vec<f64>> =
        transition.iter().map(|row| row.iter().zip(&pi).map(|(p, pi)| p - pi).collect()).collect();
    let radius = spectral_radius(&rest)?;
    // What rounding leaves of a matrix that is zero is not an eigenvalue.
    Ok(if radius < 1e-14 { 0.0 } else { radius })
}

fn square(what: &str, matrix: &[Vec<f64>], n: usize) -> Result<()> {
    if n == 0 || matrix.len() != n || matrix.iter().any(|row| row.len() != n) {
        return Err(unusable(
            super::said(what),
            messages::rows_of_wrong_length(matrix.len()),
            messages::about_a_square(),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::assert_near;
    use super::*;

    #[test]
    fn bisection_finds_roots() {
        let root = bisect(0.0, 2.0, |x| x * x - 2.0).unwrap();
        assert!((root - std::f64::consts::SQRT_2).abs() < 1e-15);
        assert!(bisect(2.0, 3.0, |x| x * x - 2.0).is_err());
    }

    #[test]
    fn linear_systems_need_their_pivots() {
        let a = vec![vec![0.0, 2.0, 1.0], vec![1.0, 1.0, 1.0], vec![2.0, 0.0, 3.0]];
        assert_near(&linear(a, vec![7.0, 6.0, 11.0]).unwrap(), &[1.0, 2.0, 3.0], 1e-14);
        assert!(linear(vec![vec![1.0, 2.0], vec![2.0, 4.0]], vec![1.0, 2.0]).is_err());
    }

    #[test]
    fn a_two_state_chain_is_solved_by_pencil() {
        let p = vec![vec![0.9, 0.1], vec![0.3, 0.7]];
        assert_near(&stationary(&p).unwrap(), &[0.75, 0.25], 1e-15);
        assert_near(&[second_eigenvalue(&p).unwrap()], &[0.6], 1e-14);
        assert!(stationary(&[vec![1.0, 0.0], vec![0.0, 1.0]]).is_err());
    }

    /// A rotation has eigenvalues of equal modulus on which plain power iteration never settles.
    #[test]
    fn a_complex_pair_has_a_radius() {
        let rotation = vec![vec![0.3, -0.4], vec![0.4, 0.3]];
        assert_near(&[spectral_radius(&rotation).unwrap()], &[0.5], 1e-13);
    }
}
