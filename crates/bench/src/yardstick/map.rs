//! The fixed map of the yardstick: positions, distances and cells of nodes.

use super::{CELLS, TAU};

/// Where nodes are: fixed. Nodes are *placed*: numbered so that those of a cell are neighbours, 64 cells with
/// the same number of nodes each (eight strips by x, each cut in eight by y).
pub(super) struct Map {
    /// The node at a place, and the place of a node.
    pub(super) node: Vec<u32>,
    pub(super) place: Vec<u32>,
    /// Nodes of a cell, as a power of two.
    pub(super) shift: u32,
    pub(super) attraction: Vec<f64>,
    /// For two cells, the greatest of the distance factors exp(-tau d) between their nodes.
    pub(super) bound: Vec<[f64; CELLS]>,
    /// The same, for comparing with random numbers.
    pub(super) bound_f32: [[f32; CELLS]; CELLS],
    /// For two places, their distance factor over the bound of their cells, in 2^-32, less one.
    pub(super) accept: Vec<u32>,
}

impl Map {
    pub(super) fn new(nodes: usize) -> Self {
        let position = |j: usize, c: f64| (0.5 + j as f64 * c).fract();
        let x: Vec<f64> = (0..nodes).map(|j| position(j, 0.754_877_666_246_692_7)).collect();
        let y: Vec<f64> = (0..nodes).map(|j| position(j, 0.569_840_290_998_053_2)).collect();
        let mut node: Vec<u32> = (0..nodes as u32).collect();
        node.sort_by(|&a, &b| x[a as usize].total_cmp(&x[b as usize]));
        for strip in node.chunks_mut(nodes / 8) {
            strip.sort_by(|&a, &b| y[a as usize].total_cmp(&y[b as usize]));
        }
        let mut place = vec![0; nodes];
        node.iter().enumerate().for_each(|(p, &j)| place[j as usize] = p as u32);
        let attraction = node
            .iter()
            .map(|j| match j {
                j if j % 64 == 0 => 4.0,
                j if j % 8 == 0 => 2.0,
                _ => 1.0,
            })
            .collect();
        let factor = |p: usize, q: usize| {
            let (i, j) = (node[p] as usize, node[q] as usize);
            libm::exp(-TAU * libm::sqrt((x[i] - x[j]) * (x[i] - x[j]) + (y[i] - y[j]) * (y[i] - y[j])))
        };
        let shift = (nodes / CELLS).trailing_zeros();
        let mut bound = vec![[0.0f64; CELLS]; CELLS];
        for p in 0..nodes {
            for q in 0..nodes {
                let b = &mut bound[p >> shift][q >> shift];
                *b = b.max(factor(p, q));
            }
        }
        let mut accept = vec![0; nodes * nodes];
        for p in 0..nodes {
            for q in 0..nodes {
                let ratio = factor(p, q) / bound[p >> shift][q >> shift];
                accept[p * nodes + q] = (ratio * 4_294_967_296.0 - 0.5) as u32;
            }
        }
        let bound_f32 = std::array::from_fn(|c| bound[c].map(|b| b as f32));
        Map { node, place, shift, attraction, bound, bound_f32, accept }
    }

    pub(super) fn nodes(&self) -> usize {
        self.node.len()
    }
}
