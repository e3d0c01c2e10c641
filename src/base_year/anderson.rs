//! Anderson acceleration of a fixed point `x = g(x)` (Anderson 1965; Walker and Ni 2011, "Anderson acceleration for
//! fixed-point iterations", SIAM Journal on Numerical Analysis 49).
//!
//! ```text
//! f_k = g(x_k) - x_k        gamma = argmin |f_k - sum_i gamma_i df_i|        x_{k+1} = g(x_k) - sum_i gamma_i dg_i
//! ```
//!
//! with `df_i`, `dg_i` the last changes of f and of g. A step that made the residual larger is forgotten with all before
//! it, and the plain iteration goes on from where it stands: what converges without acceleration still does.

use std::collections::VecDeque;

/// Changes that are remembered.
const DEPTH: usize = 8;
/// Largest step beyond the plain one, in the unit of x.
const FARTHEST: f64 = 1.0;
/// Residual over the last one, squared, from which the past is forgotten.
const WORSE: f64 = 4.0;
/// Weight that keeps nearly parallel changes apart, over their own length.
const RIDGE: f64 = 1e-12;

/// The memory of an iteration.
#[derive(Default)]
pub(super) struct Anderson {
    /// The last g and f.
    last: Option<(Vec<f64>, Vec<f64>)>,
    /// Changes of g and f, oldest first.
    changes: VecDeque<(Vec<f64>, Vec<f64>)>,
    /// Products of the changes of f with each other, `[i][j]`.
    products: VecDeque<VecDeque<f64>>,
    /// Square of the last residual.
    residual: Option<f64>,
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Products of vectors with one, side by side: each sum waits for itself only.
fn dots(a: &[&[f64]], b: &[f64]) -> Vec<f64> {
    const SIDE: usize = 4;
    let mut products = Vec::with_capacity(a.len());
    for a in a.chunks(SIDE) {
        let rows: [&[f64]; SIDE] = std::array::from_fn(|i| &a[i.min(a.len() - 1)][..b.len()]);
        let mut sums = [0.0; SIDE];
        for (x, b) in b.iter().enumerate() {
            sums.iter_mut().zip(rows).for_each(|(sum, row)| *sum += row[x] * b);
        }
        products.extend_from_slice(&sums[..a.len()]);
    }
    products
}

fn change(now: &[f64], before: &[f64]) -> Vec<f64> {
    now.iter().zip(before).map(|(now, before)| now - before).collect()
}

impl Anderson {
    /// The next point after `x`, where the plain iteration would go to `g`.
    pub(super) fn next(&mut self, x: &[f64], g: Vec<f64>) -> Vec<f64> {
        let f = change(&g, x);
        let residual = dot(&f, &f);
        if self.residual.is_some_and(|last| residual > WORSE * last) {
            *self = Anderson::default();
        }
        self.residual = Some(residual);
        if let Some((last_g, last_f)) = self.last.take() {
            if self.changes.len() == DEPTH {
                self.changes.pop_front();
                self.products.pop_front();
                for row in &mut self.products {
                    row.pop_front();
                }
            }
            self.changes.push_back((change(&g, &last_g), change(&f, &last_f)));
            let with_last = self.with_changes(&self.changes[self.changes.len() - 1].1);
            self.products.iter_mut().zip(&with_last).for_each(|(row, product)| row.push_back(*product));
            self.products.push_back(with_last.into());
        }
        let gamma = self.weights(&f);
        let mut next = g.clone();
        for ((dg, _), gamma) in self.changes.iter().zip(gamma) {
            next.iter_mut().zip(dg).for_each(|(next, dg)| *next -= gamma * dg);
        }
        for (next, g) in next.iter_mut().zip(&g) {
            *next = next.clamp(g - FARTHEST, g + FARTHEST);
        }
        self.last = Some((g, f));
        next
    }

    /// Products of a vector with all changes of f.
    fn with_changes(&self, x: &[f64]) -> Vec<f64> {
        dots(&self.changes.iter().map(|(_, df)| df.as_slice()).collect::<Vec<_>>(), x)
    }

    /// Least squares by the normal equations of changes of unit length; where they cannot be told apart no weight.
    fn weights(&self, f: &[f64]) -> Vec<f64> {
        let n = self.changes.len();
        let length: Vec<f64> = (0..n).map(|i| libm::sqrt(self.products[i][i]).max(1e-300)).collect();
        let with_f = self.with_changes(f);
        let mut rows: Vec<Vec<f64>> = (0..n)
            .map(|i| {
                let products = (0..n).map(|j| {
                    let ridge = if i == j { RIDGE } else { 0.0 };
                    self.products[i][j] / length[i] / length[j] + ridge
                });
                products.chain([with_f[i] / length[i]]).collect()
            })
            .collect();
        for i in 0..n {
            let pivot = (i..n).max_by(|&a, &b| rows[a][i].abs().total_cmp(&rows[b][i].abs())).unwrap_or(i);
            rows.swap(i, pivot);
            if rows[i][i].abs() < RIDGE / 2.0 {
                return vec![0.0; n];
            }
            for below in i + 1..n {
                let factor = rows[below][i] / rows[i][i];
                for k in i..=n {
                    rows[below][k] -= factor * rows[i][k];
                }
            }
        }
        let mut gamma = vec![0.0; n];
        for i in (0..n).rev() {
            let known: f64 = (i + 1..n).map(|k| rows[i][k] * gamma[k]).sum();
            gamma[i] = (rows[i][n] - known) / rows[i][i];
        }
        gamma.iter().zip(length).map(|(gamma, length)| gamma / length).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A contraction of slow and fast parts, not linear: the plain iteration needs hundreds of rounds.
    fn g(x: &[f64]) -> Vec<f64> {
        let pull = |i: usize| 0.97 - 0.05 * i as f64;
        (0..x.len()).map(|i| 1.0 + pull(i) * x[i] + 0.01 * libm::sin(x[(i + 1) % x.len()])).collect()
    }

    fn rounds(accelerated: bool) -> (usize, Vec<f64>) {
        let mut x = vec![0.0; 12];
        let mut steps = Anderson::default();
        for round in 1..5_000 {
            let next = g(&x);
            if change(&next, &x).iter().all(|f| f.abs() < 1e-11) {
                return (round, next);
            }
            x = if accelerated { steps.next(&x, next) } else { next };
        }
        (5_000, x)
    }

    #[test]
    fn the_same_point_is_found_in_far_fewer_rounds() {
        let ((plain, a), (fast, b)) = (rounds(false), rounds(true));
        assert!(5 * fast < plain, "{fast} and {plain} rounds");
        assert!(a.iter().zip(&b).all(|(a, b)| (a - b).abs() < 1e-8), "{a:?} {b:?}");
    }

    #[test]
    fn a_residual_that_grows_is_answered_with_the_plain_step() {
        let mut steps = Anderson::default();
        steps.next(&[0.0, 0.0], vec![0.1, 0.2]);
        steps.next(&[0.1, 0.2], vec![0.15, 0.25]);
        assert_eq!(steps.next(&[0.0, 0.0], vec![5.0, 7.0]), [5.0, 7.0]);
    }
}
