//! Latin hypercube: every factor visits each of n equal strata once.

use crate::Result;
use crate::estimate::unusable;
use crate::kernel::draw::{Draws, Purpose};
use crate::messages;

/// `runs` points in `factors` dimensions: in each dimension one point lies in each stratum
/// [i/n, (i+1)/n), at a random place of it (McKay, Beckman and Conover 1979, Technometrics 21(2)).
///
/// A factor's column depends on the seed and its number only, so adding factors leaves the others alone.
pub(crate) fn latin_hypercube(runs: usize, factors: usize, seed: u64) -> Result<Vec<Vec<f64>>> {
    if runs == 0 || factors == 0 {
        return Err(unusable(
            messages::latin_hypercube(),
            messages::runs_of_factors(runs, factors),
            messages::at_least_one_of_each(),
        ));
    }
    let columns: Vec<Vec<f64>> = (0..factors).map(|factor| column(runs, factor as u32, seed)).collect();
    Ok((0..runs).map(|run| columns.iter().map(|c| c[run]).collect()).collect())
}

/// The places of one factor in every run.
fn column(runs: usize, factor: u32, seed: u64) -> Vec<f64> {
    let draws = Draws::new(seed, Purpose::Experiment, factor);
    // Sorting by keyed draws is a uniform permutation; the row number breaks a tie of 64 bits.
    let mut order: Vec<(u64, usize)> = (0..runs).map(|run| (draws.bits(2 * run as u64), run)).collect();
    order.sort_unstable();
    let mut column = vec![0.0; runs];
    for (stratum, &(_, run)) in order.iter().enumerate() {
        let inside = draws.uniform(2 * run as u64 + 1);
        let end = (stratum + 1) as f64 / runs as f64;
        // Rounding up must not carry a point over its stratum's end.
        column[run] = ((stratum as f64 + inside) / runs as f64).min(end.next_down());
    }
    column
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_factor_visits_every_stratum_once() {
        let rows = latin_hypercube(37, 5, 9).unwrap();
        for factor in 0..5 {
            let mut strata: Vec<usize> = rows.iter().map(|r| (r[factor] * 37.0) as usize).collect();
            strata.sort_unstable();
            assert_eq!(strata, (0..37).collect::<Vec<_>>());
        }
    }

    #[test]
    fn columns_are_hardly_correlated_and_do_not_depend_on_their_number() {
        let rows = latin_hypercube(1000, 4, 1).unwrap();
        let wider = latin_hypercube(1000, 6, 1).unwrap();
        assert!(rows.iter().zip(&wider).all(|(a, b)| a[..] == b[..4]));
        for (a, b) in [(0, 1), (1, 2), (0, 3)] {
            let covariance: f64 = rows.iter().map(|r| (r[a] - 0.5) * (r[b] - 0.5)).sum::<f64>() / 1000.0;
            // Correlation of independent permutations: standard deviation 1/sqrt(n-1).
            assert!((covariance * 12.0).abs() < 4.5 / 1000_f64.sqrt());
        }
    }

    #[test]
    fn the_seed_decides() {
        assert_eq!(latin_hypercube(10, 3, 4).unwrap(), latin_hypercube(10, 3, 4).unwrap());
        assert_ne!(latin_hypercube(10, 3, 4).unwrap(), latin_hypercube(10, 3, 5).unwrap());
        assert!(latin_hypercube(0, 3, 4).is_err());
    }
}
