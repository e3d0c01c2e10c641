//! C2. Markov chains of migration anchored at the current place, and the static logit shares with networks.
//!
//! An agent in i chooses j with probability `e^(V_j - c_ij) / Z_i`. With symmetric costs the chain is
//! reversible and its stationary distribution is known (detailed balance; Kelly 1979, Reversibility and
//! Stochastic Networks, 1.2).

use super::{normalised, require, shares_of_exponentials, unusable};
use crate::Result;
use crate::messages;

/// The transition matrix `P_ij prop. to exp(V_j - c_ij - h_j [j != i])`: values V, costs c from row to
/// column, and barriers h that only those who move pay on entry.
pub(crate) fn current_place_chain(
    value: &[f64],
    cost: &[Vec<f64>],
    barrier: &[f64],
) -> Result<Vec<Vec<f64>>> {
    check(value, cost, barrier)?;
    Ok((0..value.len()).map(|i| shares_of_exponentials(&exponents(value, cost, barrier, i))).collect())
}

/// Its stationary distribution for symmetric costs, `pi_i prop. to e^(V_i - h_i) Z_i`.
pub(crate) fn reversible_stationary(value: &[f64], cost: &[Vec<f64>], barrier: &[f64]) -> Result<Vec<f64>> {
    check(value, cost, barrier)?;
    for (i, row) in cost.iter().enumerate() {
        for (j, there) in row.iter().enumerate() {
            let back = cost[j][i];
            if *there != back {
                return Err(unusable(
                    messages::moving_costs(),
                    messages::there_and_back(there, i, j, back),
                    messages::symmetric_costs(),
                ));
            }
        }
    }
    let log_weight = |i: usize| value[i] - barrier[i] + log_sum(&exponents(value, cost, barrier, i));
    Ok(shares_of_exponentials(&(0..value.len()).map(log_weight).collect::<Vec<_>>()))
}

/// The chain with one uniform cost m of any move, `W_ij = e^V_j`, `W_ii = e^(V_i + m)`.
pub(crate) fn uniform_cost_chain(value: &[f64], moving_cost: f64) -> Result<Vec<Vec<f64>>> {
    let n = value.len();
    let cost: Vec<Vec<f64>> =
        (0..n).map(|i| (0..n).map(|j| if i == j { 0.0 } else { moving_cost }).collect()).collect();
    current_place_chain(value, &cost, &vec![0.0; n])
}

/// Its stationary distribution `pi_i prop. to e^V_i (Z + e^V_i (e^m - 1))`, `Z = sum e^V`. At m = 0 these are
/// the logit shares; as m grows the elasticity doubles to `pi_i prop. to e^(2 V_i)`.
pub(crate) fn uniform_cost_stationary(value: &[f64], moving_cost: f64) -> Result<Vec<f64>> {
    finite("values", value)?;
    require(moving_cost.is_finite(), "moving cost", moving_cost, "a finite number")?;
    // Values may be moved by a constant; shares sum to Z = 1.
    let share = shares_of_exponentials(value);
    Ok(normalised(share.iter().map(|s| s * (1.0 + s * libm::expm1(moving_cost))).collect()))
}

#[cfg(test)]
/// A chain in which only a share psi of agents chooses in a step: `(1 - psi) I + psi P`. Every eigenvalue
/// moves to `1 - psi + psi lambda`; the stationary distribution stays.
pub(crate) fn gated(transition: &[Vec<f64>], psi: f64) -> Vec<Vec<f64>> {
    let stay = |i: usize, j: usize| if i == j { 1.0 - psi } else { 0.0 };
    transition
        .iter()
        .enumerate()
        .map(|(i, row)| row.iter().enumerate().map(|(j, p)| stay(i, j) + psi * p).collect())
        .collect()
}

#[cfg(test)]
/// Kolmogorov's products around the first three states, `P12 P23 P31` and `P13 P32 P21`: equal in a
/// reversible chain.
pub(crate) fn kolmogorov_products(transition: &[Vec<f64>]) -> Result<(f64, f64)> {
    if transition.len() < 3 || transition.iter().any(|row| row.len() < 3) {
        return Err(unusable(
            messages::transition_matrix(),
            messages::as_is(transition.len()),
            messages::band_at_least(3),
        ));
    }
    let p = transition;
    Ok((p[0][1] * p[1][2] * p[2][0], p[0][2] * p[2][1] * p[1][0]))
}

#[cfg(test)]
/// Steps in which the distance to the stationary distribution halves, `ln(1/2)/ln|lambda_2|`.
pub(crate) fn half_life(second_eigenvalue: f64) -> f64 {
    -std::f64::consts::LN_2 / libm::log(second_eigenvalue.abs())
}

/// Shares when the share itself attracts, `M prop. to e^(kappa u) M^(kappa gamma)`: the fixed point
/// `M prop. to e^(kappa u / (1 - kappa gamma))`, which exists for `kappa gamma < 1`.
pub(crate) fn network_shares(utility: &[f64], kappa: f64, network: f64) -> Result<Vec<f64>> {
    finite("utilities", utility)?;
    let feedback = kappa * network;
    require(kappa.is_finite() && feedback < 1.0, "kappa times network elasticity", feedback, "below 1")?;
    let exponents: Vec<f64> = utility.iter().map(|u| kappa * u / (1.0 - feedback)).collect();
    Ok(shares_of_exponentials(&exponents))
}

/// ln Z of exponents, without overflow.
fn log_sum(exponents: &[f64]) -> f64 {
    let greatest = exponents.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    greatest + libm::log(exponents.iter().map(|e| libm::exp(e - greatest)).sum())
}

fn exponents(value: &[f64], cost: &[Vec<f64>], barrier: &[f64], i: usize) -> Vec<f64> {
    let entry = |j: usize| if i == j { 0.0 } else { barrier[j] };
    (0..value.len()).map(|j| value[j] - cost[i][j] - entry(j)).collect()
}

fn check(value: &[f64], cost: &[Vec<f64>], barrier: &[f64]) -> Result<()> {
    let n = value.len();
    if n == 0 || barrier.len() != n || cost.len() != n || cost.iter().any(|row| row.len() != n) {
        return Err(unusable(
            messages::migration_chain(),
            messages::values_barriers_costs(n, barrier.len(), cost.len()),
            messages::as_many_of_each(),
        ));
    }
    finite("values", value)?;
    finite("barriers", barrier)?;
    cost.iter().try_for_each(|row| finite("moving costs", row))
}

fn finite(what: &str, values: &[f64]) -> Result<()> {
    values.iter().try_for_each(|&v| require(v.is_finite(), what, v, "finite numbers"))
}

#[cfg(test)]
mod tests {
    use super::super::assert_near;
    use super::super::solve::{second_eigenvalue, stationary};
    use super::*;

    fn value() -> Vec<f64> {
        [3.0, 2.0, 1.0].map(libm::log).to_vec()
    }

    fn cost() -> Vec<Vec<f64>> {
        vec![vec![0.0, 1.0, 2.0], vec![1.0, 0.0, 0.5], vec![2.0, 0.5, 0.0]]
    }

    #[test]
    fn a_symmetric_chain_gives_the_worked_numbers() {
        let chain = current_place_chain(&value(), &cost(), &[0.0; 3]).unwrap();
        assert_near(&chain[0], &[0.774975, 0.190065, 0.034960], 5e-7);
        assert_near(&chain[1], &[0.297463, 0.539059, 0.163478], 5e-7);
        assert_near(&chain[2], &[0.155019, 0.463165, 0.381815], 5e-7);
        let pi = reversible_stationary(&value(), &cost(), &[0.0; 3]).unwrap();
        assert_near(&pi, &[0.536344, 0.342698, 0.120958], 5e-7);
        assert_near(&stationary(&chain).unwrap(), &pi, 1e-15);
        let second = second_eigenvalue(&chain).unwrap();
        assert_near(&[second, half_life(second)], &[0.535273, 1.11], 5e-3);
        assert_near(&[second], &[0.535273], 5e-7);
    }

    #[test]
    fn entry_barriers_keep_it_reversible() {
        let barrier = [1.0, 0.3, 0.0];
        let chain = current_place_chain(&value(), &cost(), &barrier).unwrap();
        let pi = reversible_stationary(&value(), &cost(), &barrier).unwrap();
        assert_near(&pi, &[0.384158, 0.422145, 0.193697], 5e-7);
        assert_near(&stationary(&chain).unwrap(), &pi, 1e-15);
        assert_near(&[second_eigenvalue(&chain).unwrap()], &[0.704717], 5e-7);
    }

    #[test]
    fn a_uniform_cost_gives_the_worked_numbers() {
        let chain = uniform_cost_chain(&value(), 2.0).unwrap();
        let pi = uniform_cost_stationary(&value(), 2.0).unwrap();
        assert_near(&pi, &[0.601861, 0.299380, 0.098759], 5e-7);
        assert_near(&stationary(&chain).unwrap(), &pi, 1e-15);
        assert_near(&[second_eigenvalue(&chain).unwrap()], &[0.714537], 5e-7);
        assert_near(&uniform_cost_stationary(&value(), 0.0).unwrap(), &[0.5, 1.0 / 3.0, 1.0 / 6.0], 1e-15);
        let free = gated(&uniform_cost_chain(&value(), 0.0).unwrap(), 0.15);
        assert_near(&[second_eigenvalue(&free).unwrap()], &[0.85], 1e-13);
    }

    #[test]
    fn general_costs_break_the_balance() {
        let mut cost = cost();
        cost[2][0] += 1.5;
        cost[0][1] += 0.7;
        cost[1][2] += 1.1;
        let chain = current_place_chain(&value(), &cost, &[0.0; 3]).unwrap();
        let (one_way, other_way) = kolmogorov_products(&chain).unwrap();
        assert_near(&[one_way, other_way], &[2.5e-4, 6.8e-3], 5e-6);
        assert_near(&stationary(&chain).unwrap(), &[0.654373, 0.271609, 0.074018], 5e-7);
        assert!(reversible_stationary(&value(), &cost, &[0.0; 3]).is_err());
    }

    #[test]
    fn networks_raise_the_elasticity() {
        let with = network_shares(&value(), 1.5, 0.1).unwrap();
        assert_near(&with, &[0.612437, 0.299442, 0.088122], 5e-7);
        let without = network_shares(&value(), 1.5, 0.0).unwrap();
        assert_near(&without, &[0.575778, 0.313414, 0.110808], 5e-7);
        // It is the fixed point of the map it solves.
        let again: Vec<f64> =
            with.iter().zip(value()).map(|(m, u)| libm::exp(1.5 * u) * libm::pow(*m, 0.15)).collect();
        assert_near(&normalised(again), &with, 1e-15);
        assert!(network_shares(&value(), 5.0, 0.2).is_err());
    }
}
