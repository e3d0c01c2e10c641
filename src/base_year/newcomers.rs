//! What the fitted law of homes and places finds: newcomers at every place, from the leavers of every home.
//!
//! The fit asks this some thousand times, so homes go in tiles of a few, whose sums of weights run side by side. Every sum
//! keeps its own order.

use super::homes::{Gravity, NestSums};
use crate::kernel::chunks::map_ranges;
use crate::people::location::ORIGINS;
use crate::world::{Geography, SKILLS};

/// Counties and outside homes of a part that one thread takes.
const PART: usize = 128;
/// Those of a tile.
const TILE: usize = 4;

/// What the law finds.
pub(super) struct Found {
    /// Newcomers by place, `[origin x skill][node]`.
    pub(super) columns: Vec<Vec<f64>>,
    /// People by pair of provinces, if asked for.
    pub(super) pairs: Vec<f64>,
    /// Leavers for whom there is no place to go.
    pub(super) stranded: f64,
    /// Leavers of all homes, where their mix of skills is free.
    pub(super) leavers: Option<Vec<[f64; SKILLS]>>,
}

/// A mix of skills of leavers that follows what places take: as many of each home, and the weight of all places for
/// each county and skill, before any place gave way.
pub(super) struct Mix {
    pub(super) leavers: Vec<[f64; SKILLS]>,
    pub(super) reach: Vec<[f64; SKILLS]>,
}

impl Mix {
    /// Leavers of a home of the area, at the weight of all places now; `last` where nobody is pulled.
    fn of_home(&self, h: usize, county: usize, now: &[f64; SKILLS], last: [f64; SKILLS]) -> [f64; SKILLS] {
        let (was, reach) = (self.leavers[h], &self.reach[county]);
        let pulled: [f64; SKILLS] =
            std::array::from_fn(|k| if reach[k] > 0.0 { was[k] * now[k] / reach[k] } else { was[k] });
        let (all, sum): (f64, f64) = (was.iter().sum(), pulled.iter().sum());
        if sum > 0.0 { pulled.map(|n| n * all / sum) } else { last }
    }

    /// Leavers of all homes at the weight of all places now.
    pub(super) fn follow(
        &self,
        geography: &Geography,
        last: &[[f64; SKILLS]],
        now: &[[f64; SKILLS]],
    ) -> Vec<[f64; SKILLS]> {
        let mut leavers = last.to_vec();
        for (h, leavers) in leavers.iter_mut().enumerate().take(geography.area_nodes()) {
            let county = geography.nodes[h].county;
            *leavers = self.of_home(h, county, &now[county], *leavers);
        }
        leavers
    }
}

/// What one thread finds of its homes.
struct Part {
    /// Leavers arriving in each nest by origin class and skill; own-prefecture arrivals are in `local`.
    arrivals: Vec<f64>,
    local: Vec<(usize, usize, f64)>,
    pairs: Vec<f64>,
    stranded: f64,
    leavers: Vec<(usize, [f64; SKILLS])>,
}

impl Gravity {
    /// The first home of a county or outside home.
    fn first_home(geography: &Geography, unit: usize) -> usize {
        match geography.counties.get(unit) {
            Some(county) => county.seat,
            None => geography.outside.start + unit - geography.counties.len(),
        }
    }

    /// Predicted newcomers; with a mix, of leavers that follow the weight of all places.
    pub(super) fn newcomers_found(
        &self,
        geography: &Geography,
        mix: Option<&Mix>,
        with_pairs: bool,
    ) -> Found {
        let nests = self.nests.len();
        let sums = self.nest_sums(geography);
        let units = geography.counties.len() + geography.outside.len();
        let parts = map_ranges(units, PART, |_, range| self.part(geography, &sums, range, mix, with_pairs));
        let mut found = Found {
            columns: vec![vec![0.0; geography.len()]; ORIGINS * SKILLS],
            pairs: vec![0.0; if with_pairs { self.pair.len() } else { 0 }],
            stranded: 0.0,
            leavers: mix.map(|_| self.leavers.clone()),
        };
        let mut arrivals = vec![0.0; ORIGINS * SKILLS * nests];
        for part in parts {
            found.stranded += part.stranded;
            found.pairs.iter_mut().zip(part.pairs).for_each(|(a, b)| *a += b);
            arrivals.iter_mut().zip(part.arrivals).for_each(|(a, b)| *a += b);
            if let Some(leavers) = &mut found.leavers {
                part.leavers.into_iter().for_each(|(h, now)| leavers[h] = now);
            }
            for (unit, k, people) in part.local {
                let nest = self.nests[geography.counties[unit].prefecture].clone();
                let weight = &self.weight[k];
                let sum: f64 = nest.clone().zip(&self.near[unit][k]).map(|(j, d)| weight[j] * d).sum();
                if sum > 0.0 {
                    for (j, d) in nest.zip(&self.near[unit][k]) {
                        found.columns[k][j] += people * weight[j] * d / sum;
                    }
                }
            }
        }
        for (i, column) in found.columns.iter_mut().enumerate() {
            for (n, nest) in self.nests.iter().enumerate() {
                let sum = sums.plain[i * nests + n];
                if sum > 0.0 {
                    for j in nest.clone() {
                        column[j] += arrivals[i * nests + n] * self.weight[i][j] / sum;
                    }
                }
            }
        }
        found
    }

    /// What a range of counties and outside homes adds.
    fn part(
        &self,
        geography: &Geography,
        sums: &NestSums,
        units: std::ops::Range<usize>,
        mix: Option<&Mix>,
        with_pairs: bool,
    ) -> Part {
        let nests = self.nests.len();
        let mut part = Part {
            arrivals: vec![0.0; ORIGINS * SKILLS * nests],
            local: Vec::new(),
            pairs: vec![0.0; if with_pairs { self.pair.len() } else { 0 }],
            stranded: 0.0,
            leavers: Vec::new(),
        };
        let mut weights = vec![0.0; TILE * SKILLS * nests];
        for first in units.clone().step_by(TILE) {
            let tile = first..units.end.min(first + TILE);
            let all = self.weights_of_tile(geography, sums, tile.clone(), &mut weights);
            for (i, unit) in tile.enumerate() {
                let leavers = match mix {
                    Some(mix) => self.mixed_leavers(geography, unit, mix, &all[i], &mut part.leavers),
                    None => self.leavers_of_unit(geography, unit),
                };
                for k in 0..SKILLS {
                    if all[i][k] <= 0.0 {
                        part.stranded += leavers[k];
                        continue;
                    }
                    let weights = &weights[(i * SKILLS + k) * nests..][..nests];
                    self.arrive(geography, &mut part, (unit, k), weights, leavers[k] / all[i][k]);
                }
            }
        }
        part
    }

    /// Books the leavers of a county or outside home where they arrive.
    fn arrive(
        &self,
        geography: &Geography,
        part: &mut Part,
        (unit, k): (usize, usize),
        weights: &[f64],
        scale: f64,
    ) {
        let nests = self.nests.len();
        let home = Gravity::first_home(geography, unit);
        let (own, other) = part.arrivals.split_at_mut(SKILLS * nests);
        let (own, other) = (&mut own[k * nests..][..nests], &mut other[k * nests..][..nests]);
        if geography.is_outside(home) {
            add(other, weights, scale);
            return;
        }
        let node = &geography.nodes[home];
        let province = geography.provinces[node.province].prefectures.clone();
        for nests in [0..province.start, province.end..nests] {
            add(&mut other[nests.clone()], &weights[nests], scale);
        }
        for nests in [province.start..node.prefecture, node.prefecture + 1..province.end] {
            add(&mut own[nests.clone()], &weights[nests], scale);
        }
        part.local.push((unit, k, weights[node.prefecture] * scale));
        if part.pairs.is_empty() {
            return;
        }
        for (r, to) in geography.provinces.iter().enumerate().filter(|(r, _)| *r != node.province) {
            let pair = &mut part.pairs[node.province * geography.provinces.len() + r];
            weights[to.prefectures.clone()].iter().for_each(|w| *pair += w * scale);
        }
    }

    /// Weights of all nests, `[unit of the tile][skill][nest]`, and their sums.
    fn weights_of_tile(
        &self,
        geography: &Geography,
        sums: &NestSums,
        tile: std::ops::Range<usize>,
        weights: &mut [f64],
    ) -> [[f64; SKILLS]; TILE] {
        let nests = self.nests.len();
        for (i, unit) in tile.enumerate() {
            let home = Gravity::first_home(geography, unit);
            for k in 0..SKILLS {
                self.nest_weights(
                    geography,
                    home,
                    k,
                    &mut weights[(i * SKILLS + k) * nests..][..nests],
                    sums,
                );
            }
        }
        // Side by side: each sum waits for itself only. Rows beyond the tile are of no use.
        let rows: [&[f64]; TILE * SKILLS] = std::array::from_fn(|row| &weights[row * nests..][..nests]);
        let mut all = [[0.0; SKILLS]; TILE];
        for n in 0..nests {
            for (sum, row) in all.as_flattened_mut().iter_mut().zip(rows) {
                *sum += row[n];
            }
        }
        all
    }

    /// Weight of all places for each county and skill.
    pub(super) fn reach(&self, geography: &Geography) -> Vec<[f64; SKILLS]> {
        let sums = self.nest_sums(geography);
        let parts = map_ranges(geography.counties.len(), PART, |_, counties| {
            let mut weights = vec![0.0; TILE * SKILLS * self.nests.len()];
            let mut reach = Vec::with_capacity(counties.len());
            for first in counties.clone().step_by(TILE) {
                let tile = first..counties.end.min(first + TILE);
                let all = self.weights_of_tile(geography, &sums, tile.clone(), &mut weights);
                reach.extend_from_slice(&all[..tile.len()]);
            }
            reach
        });
        parts.concat()
    }

    /// Unnormalised weights of all nests for a county (or outside home) and skill.
    pub(super) fn nest_weights(
        &self,
        geography: &Geography,
        home: usize,
        k: usize,
        out: &mut [f64],
        sums: &NestSums,
    ) {
        let unit = unit_of(geography, home);
        let nests = self.nests.len();
        let distance = &self.nest_distance[k][unit * nests..(unit + 1) * nests];
        if geography.is_outside(home) {
            let elsewhere = &sums.powered[(SKILLS + k) * nests..][..nests];
            multiply(out, elsewhere, distance);
            out[geography.prefectures.len()..].fill(0.0);
            return;
        }
        let node = &geography.nodes[home];
        multiply(out, &sums.seen[(node.province * SKILLS + k) * nests..][..nests], distance);
        if !sums.pairs.is_empty() {
            let pairs = &sums.pairs[node.province * nests..][..nests];
            out.iter_mut().zip(pairs).for_each(|(out, pair)| *out *= pair);
        }
        let nest = node.prefecture;
        let terms = self.nests[nest].clone().zip(&self.near[unit][k]);
        let sum: f64 = terms.map(|(j, d)| self.weight[k][j] * d).sum();
        out[nest] = if sum > 0.0 { libm::pow(sum, self.lambda) * self.border } else { 0.0 };
    }

    /// Leavers of the homes of a county, or of an outside home, together.
    fn leavers_of_unit(&self, geography: &Geography, unit: usize) -> [f64; SKILLS] {
        match geography.counties.get(unit) {
            Some(county) => together(county.nodes().map(|h| self.leavers[h])),
            None => self.leavers[Gravity::first_home(geography, unit)],
        }
    }

    /// The same where their mix is free; notes those of each home.
    fn mixed_leavers(
        &self,
        geography: &Geography,
        unit: usize,
        mix: &Mix,
        now: &[f64; SKILLS],
        noted: &mut Vec<(usize, [f64; SKILLS])>,
    ) -> [f64; SKILLS] {
        let Some(county) = geography.counties.get(unit) else { return self.leavers_of_unit(geography, unit) };
        together(county.nodes().map(|h| {
            let leavers = mix.of_home(h, unit, now, self.leavers[h]);
            noted.push((h, leavers));
            leavers
        }))
    }
}

fn together(homes: impl Iterator<Item = [f64; SKILLS]>) -> [f64; SKILLS] {
    let mut sum = [0.0; SKILLS];
    for leavers in homes {
        sum.iter_mut().zip(leavers).for_each(|(sum, n)| *sum += n);
    }
    sum
}

fn unit_of(geography: &Geography, home: usize) -> usize {
    if geography.is_outside(home) {
        geography.counties.len() + home - geography.outside.start
    } else {
        geography.nodes[home].county
    }
}

fn multiply(out: &mut [f64], a: &[f64], b: &[f64]) {
    for (out, (a, b)) in out.iter_mut().zip(a.iter().zip(b)) {
        *out = a * b;
    }
}

/// Adds scaled weights to arrivals.
fn add(cells: &mut [f64], weights: &[f64], scale: f64) {
    for (cell, weight) in cells.iter_mut().zip(weights) {
        *cell += weight * scale;
    }
}
