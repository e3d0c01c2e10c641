//! Two sets of fixed effects taken out of a column exactly: origins and destinations, counties and years.
//!
//! By the theorem of Frisch, Waugh and Lovell the coefficients of a regression with fixed effects are
//! those of the residuals of every column on the effects. The residuals come from one direct solve (the
//! larger set is eliminated, the smaller is a Cholesky system), so there is no convergence to wait for.

use super::least_squares::{Cholesky, Matrix};
use super::unusable;
use crate::Result;
use crate::messages;

/// The weighted projection on two sets of fixed effects.
#[derive(Clone, Debug)]
pub(crate) struct TwoWayEffects {
    /// Level of each observation in the eliminated (larger) and in the solved (smaller) set.
    eliminated: Vec<usize>,
    solved: Vec<usize>,
    weights: Vec<f64>,
    eliminated_weight: Vec<f64>,
    /// One solved level in each connected component is the reference, with effect 0.
    reference: Vec<bool>,
    factor: Cholesky,
    components: usize,
    swapped: bool,
}

impl TwoWayEffects {
    /// Prepares the projection of columns on the effects of `first` and `second` (levels 0, 1, ... without
    /// gaps, one an observation) under positive weights.
    pub(crate) fn new(first: &[usize], second: &[usize], weights: &[f64]) -> Result<Self> {
        let n = weights.len();
        let bad = |w: &f64| !w.is_finite() || *w <= 0.0;
        if first.len() != n || second.len() != n || n == 0 || weights.iter().any(bad) {
            return Err(unusable(
                messages::fixed_effects(),
                messages::levels_for_weights(first.len(), second.len(), n),
                messages::two_levels_and_weight(),
            ));
        }
        let levels = |l: &[usize]| l.iter().max().map_or(0, |m| m + 1);
        let swapped = levels(second) > levels(first);
        let (eliminated, solved) =
            if swapped { (second.to_vec(), first.to_vec()) } else { (first.to_vec(), second.to_vec()) };
        let (many, few) = (levels(&eliminated), levels(&solved));

        let mut eliminated_weight = vec![0.0; many];
        let mut schur = Matrix::zeros(few, few);
        let mut of_eliminated: Vec<Vec<(usize, f64)>> = vec![Vec::new(); many];
        for ((&e, &s), &w) in eliminated.iter().zip(&solved).zip(weights) {
            eliminated_weight[e] += w;
            schur[(s, s)] += w;
            of_eliminated[e].push((s, w));
        }
        let (reference, components) = components(&of_eliminated, few);
        // S = C - M' R^-1 M, of which only the lower triangle is read.
        for (e, links) in of_eliminated.iter().enumerate() {
            for &(a, weight_a) in links {
                let scaled = weight_a / eliminated_weight[e];
                for &(b, weight_b) in links {
                    if b <= a {
                        schur[(a, b)] -= scaled * weight_b;
                    }
                }
            }
        }
        for level in (0..few).filter(|&l| reference[l]) {
            for other in 0..few {
                schur[(level, other)] = 0.0;
                schur[(other, level)] = 0.0;
            }
            schur[(level, level)] = 1.0;
        }
        let factor = Cholesky::new(schur).map_err(|level| {
            unusable(
                messages::fixed_effects(),
                messages::level_without_weight(level),
                messages::levels_with_weight(),
            )
        })?;
        Ok(TwoWayEffects {
            eliminated,
            solved,
            weights: weights.to_vec(),
            eliminated_weight,
            reference,
            factor,
            components,
            swapped,
        })
    }

    /// The number of effects that can be told apart: levels of both sets less one a connected component.
    pub(crate) fn rank(&self) -> usize {
        self.eliminated_weight.len() + self.reference.len() - self.components
    }

    /// The effects (first, second) that fit a column best; within a component they are known up to a
    /// constant that moves from one set to the other.
    pub(crate) fn effects(&self, column: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let mut row_sum = vec![0.0; self.eliminated_weight.len()];
        let mut right = vec![0.0; self.reference.len()];
        for (i, &y) in column.iter().enumerate() {
            row_sum[self.eliminated[i]] += self.weights[i] * y;
            right[self.solved[i]] += self.weights[i] * y;
        }
        for i in 0..column.len() {
            let e = self.eliminated[i];
            right[self.solved[i]] -= self.weights[i] * row_sum[e] / self.eliminated_weight[e];
        }
        for (level, value) in right.iter_mut().enumerate() {
            if self.reference[level] {
                *value = 0.0;
            }
        }
        let solved = self.factor.solve(&right);
        for i in 0..column.len() {
            row_sum[self.eliminated[i]] -= self.weights[i] * solved[self.solved[i]];
        }
        let eliminated: Vec<f64> = row_sum.iter().zip(&self.eliminated_weight).map(|(s, w)| s / w).collect();
        if self.swapped { (solved, eliminated) } else { (eliminated, solved) }
    }

    /// The column less its best-fitting effects.
    pub(crate) fn residuals(&self, column: &[f64]) -> Vec<f64> {
        let mut residuals = column.to_vec();
        // The second pass removes the rounding that the elimination left in the first.
        for _ in 0..2 {
            let (first, second) = self.effects(&residuals);
            let (eliminated, solved) = if self.swapped { (second, first) } else { (first, second) };
            for (i, r) in residuals.iter_mut().enumerate() {
                *r -= eliminated[self.eliminated[i]] + solved[self.solved[i]];
            }
        }
        residuals
    }
}

/// Marks the first solved level of each connected component, and counts the components.
fn components(of_eliminated: &[Vec<(usize, f64)>], few: usize) -> (Vec<bool>, usize) {
    fn root(parent: &mut [usize], mut level: usize) -> usize {
        while parent[level] != level {
            parent[level] = parent[parent[level]];
            level = parent[level];
        }
        level
    }
    let mut parent: Vec<usize> = (0..few).collect();
    for links in of_eliminated {
        for pair in links.windows(2) {
            let (a, b) = (root(&mut parent, pair[0].0), root(&mut parent, pair[1].0));
            // The smaller number stays the root, so the reference does not depend on the row order.
            parent[a.max(b)] = a.min(b);
        }
    }
    let reference: Vec<bool> = (0..few).map(|l| parent[l] == l).collect();
    let components = reference.iter().filter(|&&r| r).count();
    (reference, components)
}

/// Numbers arbitrary labels 0, 1, ... in increasing order; gives the number of each observation and the
/// labels.
pub(crate) fn number_levels<T: Ord + Copy>(labels: &[T]) -> (Vec<usize>, Vec<T>) {
    let mut distinct = labels.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    let numbers = labels.iter().map(|l| distinct.partition_point(|d| d < l)).collect();
    (numbers, distinct)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn residuals_of_a_sum_of_effects_are_zero() {
        let first = [0, 0, 0, 1, 1, 2, 2, 2, 3];
        let second = [0, 1, 2, 0, 1, 1, 2, 0, 2];
        let weights = [1.0, 2.0, 0.5, 3.0, 1.0, 1.5, 2.0, 0.1, 1.0];
        let (a, b) = ([3.0, -1.0, 2.0, 7.0], [0.5, 1.0, -4.0]);
        let column: Vec<f64> = (0..9).map(|i| a[first[i]] + b[second[i]]).collect();
        for (f, s) in [(first.as_slice(), second.as_slice()), (second.as_slice(), first.as_slice())] {
            let effects = TwoWayEffects::new(f, s, &weights).unwrap();
            assert_eq!(effects.rank(), 6);
            assert!(effects.residuals(&column).iter().all(|r| r.abs() < 1e-14));
        }
    }

    #[test]
    fn unlinked_groups_have_their_own_reference() {
        let effects = TwoWayEffects::new(&[0, 0, 1, 2, 2, 3], &[0, 1, 0, 2, 3, 3], &[1.0; 6]).unwrap();
        assert_eq!((effects.components, effects.rank()), (2, 6));
        let residuals = effects.residuals(&[1.0, 4.0, 1.0, 5.0, 9.0, 2.0]);
        assert!(residuals.iter().all(|r| r.abs() < 1e-14), "six effects fit six numbers");
    }
}
