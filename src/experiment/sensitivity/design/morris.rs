//! Trajectories for Morris's elementary effects: one factor moves at a time.

use crate::Result;
use crate::estimate::resample::below;
use crate::estimate::unusable;
use crate::kernel::draw::{Draws, Purpose};
use crate::messages;

/// A Morris design and what its analysis needs to know.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MorrisDesign {
    pub factors: usize,
    pub trajectories: usize,
    /// `trajectories x (factors + 1)` rows, trajectory after trajectory, places in [0, 1].
    pub rows: Vec<Vec<f64>>,
}

/// Random trajectories on a grid of `levels` levels 0, 1/(p-1), ..., 1 (Morris 1991, Technometrics 33(2)).
///
/// The step is `p / (2 (p-1))`, which makes all levels of an even p equally likely; p = 4 and 10 to 50
/// trajectories are usual. Each trajectory starts at a random level, and moves every factor once, in random
/// order, up or down as the start allows.
pub(crate) fn morris(trajectories: usize, factors: usize, levels: u32, seed: u64) -> Result<MorrisDesign> {
    if trajectories == 0 || factors == 0 || levels < 2 || !levels.is_multiple_of(2) {
        return Err(unusable(
            messages::morris_design(),
            messages::trajectories_factors_levels(trajectories, factors, levels),
            messages::trajectory_and_even_levels(),
        ));
    }
    let (half, top) = (levels / 2, f64::from(levels - 1));
    let mut rows = Vec::with_capacity(trajectories * (factors + 1));
    for trajectory in 0..trajectories {
        let draws = Draws::new(seed, Purpose::Experiment, trajectory as u32);
        // From any of p levels exactly one move of p/2 levels stays on the grid.
        let start: Vec<u32> =
            (0..factors).map(|f| below(draws.bits(2 * f as u64), levels as usize) as u32).collect();
        let mut order: Vec<(u64, usize)> = (0..factors).map(|f| (draws.bits(2 * f as u64 + 1), f)).collect();
        order.sort_unstable();
        let mut place = start;
        let row = |place: &[u32]| place.iter().map(|&l| f64::from(l) / top).collect::<Vec<f64>>();
        rows.push(row(&place));
        for (_, factor) in order {
            place[factor] = if place[factor] < half { place[factor] + half } else { place[factor] - half };
            rows.push(row(&place));
        }
    }
    Ok(MorrisDesign { factors, trajectories, rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_factor_moves_at_a_time_by_the_step_and_all_do() {
        let design = morris(20, 7, 4, 3).unwrap();
        assert_eq!(design.rows.len(), 20 * 8);
        for trajectory in design.rows.chunks(8) {
            let mut moved: Vec<usize> = trajectory
                .windows(2)
                .map(|pair| {
                    let steps: Vec<(usize, f64)> = (0..7)
                        .map(|f| (f, (pair[1][f] - pair[0][f]).abs()))
                        .filter(|&(_, s)| s > 0.0)
                        .collect();
                    assert_eq!(steps.len(), 1);
                    assert!((steps[0].1 - 2.0 / 3.0).abs() < 1e-15);
                    steps[0].0
                })
                .collect();
            moved.sort_unstable();
            assert_eq!(moved, (0..7).collect::<Vec<_>>());
        }
    }

    #[test]
    fn levels_are_equally_likely_and_the_seed_decides() {
        let design = morris(3000, 2, 4, 8).unwrap();
        let mut counts = [0.0; 4];
        for row in design.rows.chunks(3).map(|t| &t[0]) {
            counts[(row[0] * 3.0).round() as usize] += 1.0;
        }
        assert!(
            counts.iter().all(|c: &f64| (c - 750.0).abs() < 4.5 * (750.0 * 0.75_f64).sqrt()),
            "{counts:?}"
        );
        assert_eq!(morris(4, 3, 6, 1).unwrap(), morris(4, 3, 6, 1).unwrap());
        assert_ne!(morris(4, 3, 6, 1).unwrap(), morris(4, 3, 6, 2).unwrap());
        assert!(morris(4, 3, 5, 1).is_err());
    }
}
