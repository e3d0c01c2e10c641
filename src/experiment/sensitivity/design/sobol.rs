//! Sobol's sequence, which fills the cube more evenly than random points, and the matrices of Saltelli.

use super::direction_numbers::JOE_KUO;
use crate::Result;
use crate::estimate::unusable;
use crate::kernel::draw::{Draws, Purpose};
use crate::messages;

/// The largest number of dimensions; [`saltelli`] needs two a factor.
pub(super) const MOST_DIMENSIONS: usize = JOE_KUO.len() + 1;

/// Bits of a coordinate.
const BITS: usize = 32;

/// The first `points` points of Sobol's sequence in `dimensions` dimensions, in Gray-code order (Sobol' 1967;
/// Antonov and Saleev 1979; Joe and Kuo 2008), starting with the origin.
///
/// A power of two of points fills the cube evenly, other numbers less so. With a seed every coordinate is
/// XORed with random bits of its dimension (a digital shift), which keeps the evenness, makes the points
/// random as a set, and takes the origin away; without, the points are the published ones.
pub(super) fn sobol_points(points: usize, dimensions: usize, seed: Option<u64>) -> Result<Vec<Vec<f64>>> {
    if points == 0 || points > 1 << 31 || dimensions == 0 || dimensions > MOST_DIMENSIONS {
        return Err(unusable(
            messages::sobol_sequence(),
            messages::points_in_dimensions(points, dimensions),
            messages::points_within(1_u32 << 31, MOST_DIMENSIONS),
        ));
    }
    let shift: Vec<u32> = (0..dimensions as u64)
        .map(|d| seed.map_or(0, |s| Draws::new(s, Purpose::Experiment, 0).bits(d) as u32))
        .collect();
    // Half a unit keeps shifted points inside the open interval, so that quantile functions stay finite.
    let half = if seed.is_some() { 0.5 } else { 0.0 };
    let directions: Vec<[u32; BITS]> = (0..dimensions).map(direction_numbers).collect();
    let mut state = vec![0_u32; dimensions];
    let mut rows = Vec::with_capacity(points);
    for point in 0..points {
        if point > 0 {
            // Successive Gray codes differ in the bit at the lowest zero of the number before.
            let bit = (point - 1).trailing_ones() as usize;
            for (x, v) in state.iter_mut().zip(&directions) {
                *x ^= v[bit];
            }
        }
        let unit = 1.0 / (1_u64 << BITS) as f64;
        rows.push(state.iter().zip(&shift).map(|(x, s)| (f64::from(x ^ s) + half) * unit).collect());
    }
    Ok(rows)
}

/// The 32 direction numbers of a dimension, the first in the highest bit.
fn direction_numbers(dimension: usize) -> [u32; BITS] {
    let mut v = [0; BITS];
    if dimension == 0 {
        for (i, v) in v.iter_mut().enumerate() {
            *v = 1 << (BITS - 1 - i);
        }
        return v;
    }
    let (a, m) = JOE_KUO[dimension - 1];
    let s = m.len();
    for i in 0..BITS {
        if i < s {
            v[i] = m[i] << (BITS - 1 - i);
            continue;
        }
        v[i] = v[i - s] ^ (v[i - s] >> s);
        for k in 1..s {
            if a >> (s - 1 - k) & 1 == 1 {
                v[i] ^= v[i - k];
            }
        }
    }
    v
}

/// The runs for Sobol indices: two independent samples A and B, and for each factor A with that factor's
/// column from B (Saltelli et al. 2010, Computer Physics Communications 181).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SaltelliDesign {
    pub factors: usize,
    /// Number of base points n.
    pub base: usize,
    /// `n (k + 2)` rows. Base point after base point: A, then A with factor 1 from B, ..., factor k, then B.
    pub rows: Vec<Vec<f64>>,
}

/// A Saltelli design of `base` points (a power of two is best) for `factors` factors, from Sobol's sequence
/// in 2k dimensions, shifted by the seed.
pub(crate) fn saltelli(base: usize, factors: usize, seed: u64) -> Result<SaltelliDesign> {
    let points = sobol_points(base, 2 * factors, Some(seed))?;
    let mut rows = Vec::with_capacity(base * (factors + 2));
    for point in points {
        let (a, b) = point.split_at(factors);
        rows.push(a.to_vec());
        for factor in 0..factors {
            let mut mixed = a.to_vec();
            mixed[factor] = b[factor];
            rows.push(mixed);
        }
        rows.push(b.to_vec());
    }
    Ok(SaltelliDesign { factors, base, rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed with scipy 1.17.1, `stats.qmc.Sobol(d=256, scramble=False)`; dimensions 1, 2, 3, 4, 21, 64,
    /// 128, 256.
    #[test]
    fn points_are_the_published_ones() {
        let points = sobol_points(1024, 256, None).unwrap();
        for (point, expected) in [
            (3, [0.25, 0.75, 0.75, 0.75, 0.75, 0.25, 0.75, 0.25]),
            (5, [0.875, 0.875, 0.125, 0.375, 0.625, 0.625, 0.125, 0.875]),
            (100, [0.4140625, 0.2578125, 0.7734375, 0.7265625, 0.7578125, 0.6484375, 0.4609375, 0.5703125]),
            (
                777,
                [
                    0.6923828125,
                    0.9365234375,
                    0.1630859375,
                    0.2744140625,
                    0.2373046875,
                    0.4267578125,
                    0.1181640625,
                    0.6357421875,
                ],
            ),
            (
                1023,
                [
                    0.0009765625,
                    0.7529296875,
                    0.6123046875,
                    0.1455078125,
                    0.8662109375,
                    0.0400390625,
                    0.7001953125,
                    0.8427734375,
                ],
            ),
        ] {
            let found = [0, 1, 2, 3, 20, 63, 127, 255].map(|d| points[point][d]);
            assert_eq!(found, expected, "point {point}");
        }
    }

    #[test]
    fn shifted_points_still_visit_every_stratum_once() {
        let points = sobol_points(256, 40, Some(12)).unwrap();
        for d in 0..40 {
            let mut strata: Vec<usize> = points.iter().map(|p| (p[d] * 256.0) as usize).collect();
            strata.sort_unstable();
            assert_eq!(strata, (0..256).collect::<Vec<_>>());
        }
        assert_ne!(points, sobol_points(256, 40, Some(13)).unwrap());
    }

    #[test]
    fn saltelli_rows_mix_one_column_at_a_time() {
        let design = saltelli(8, 3, 1).unwrap();
        assert_eq!(design.rows.len(), 8 * 5);
        for block in design.rows.chunks(5) {
            for factor in 0..3 {
                for column in 0..3 {
                    let source = if column == factor { &block[4] } else { &block[0] };
                    assert_eq!(block[1 + factor][column], source[column]);
                }
            }
        }
        assert!(saltelli(8, MOST_DIMENSIONS / 2 + 1, 1).is_err());
    }
}
