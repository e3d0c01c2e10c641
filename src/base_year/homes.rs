//! Who lives where, by home: the home x place matrix under the nested gravity law, fitted so that it
//! reproduces what the census counts of each unit (stayers, newcomers by origin).

use super::anderson::Anderson;
use super::flows;
use crate::config::Parameters;
use crate::kernel::chunks::{map_parts, map_ranges};
use crate::messages;
use crate::people::location::ORIGINS;
use crate::world::{Geography, SKILLS};
use crate::{Error, Result};

/// Rounds of the fit, and of a fit whose mix of skills is free.
const ROUNDS: usize = 200;
const FREE_ROUNDS: usize = 1000;

/// Relative gap at which the fit is closed, and the largest that a first world may be built with.
const CLOSED: f64 = 1e-10;
const TOLERANCE: f64 = 0.01;

/// What a fit misses at a place, in what may be missed: a hundredth of the newcomers, or one person.
fn missed(target: f64, found: f64) -> f64 {
    (target - found).abs() / (TOLERANCE * target).max(1.0)
}

/// The fitted law of those who live outside their home county.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gravity {
    pub(super) nests: Vec<std::ops::Range<usize>>,
    /// Place weights `v`, by origin and skill: `[origin][skill][node]`.
    pub(super) weight: Vec<Vec<f64>>,
    /// Distance term of county and nest, to the power kappa: by skill `[county or outside home][nest]`.
    nest_distance: [Vec<f64>; SKILLS],
    /// Distance term inside the own prefecture, to the power kappa/lambda: `[county][skill][node of prefecture]`.
    near: Vec<[Vec<f64>; SKILLS]>,
    /// Persons of each home who live outside their county (or, of outside homes, in the area): `[home][skill]`.
    pub leavers: Vec<[f64; SKILLS]>,
    lambda: f64,
    border: f64,
    /// Weight of going from one province to another, `[origin x provinces + residence]`, that brings people to the
    /// counted flows; empty without them.
    pair: Vec<f64>,
    /// The counted flows themselves, in the same order.
    flows: Vec<f64>,
    /// Largest relative gap to the counted flows that the fit left, over pairs of a thousand persons or more.
    pub flow_gap: f64,
    /// Rounds that the fit took, and the largest relative gap it left.
    pub rounds: usize,
    pub gap: f64,
    /// Where it misses most: origin and skill, node, newcomers that are counted, newcomers that the law finds.
    worst: Option<(usize, usize, f64, f64)>,
    /// Whether homes send another mix of skills than was assumed, because places could not be met otherwise.
    pub mixed: bool,
    /// Leavers for whom there is no place to go.
    pub stranded: f64,
    /// Leavers added where a province counts more newcomers from itself than registered people who left.
    pub raised: f64,
}

/// Residents of a node by skill for each origin: from seat, from village, own province, other provinces.
/// Every origin has the skill mix of the place.
pub(crate) fn by_origin(geography: &Geography, j: usize) -> [[f64; SKILLS]; 4] {
    let f = &geography.nodes[j].facts;
    let origins = [f.stayers_from_seat, f.stayers_from_village, f.newcomers_province, f.newcomers_other];
    let share = if f.residents > 0 { f.talent as f64 / f.residents as f64 } else { 0.0 };
    origins.map(|n| [n as f64 * (1.0 - share), n as f64 * share])
}

/// Leavers by home and skill: log odds of talent = the home county's plus one constant, solved so that
/// leavers and newcomers agree.
fn leavers(geography: &Geography, outside_in_area: &[u64]) -> Vec<[f64; SKILLS]> {
    let area = geography.area_nodes();
    let gone: Vec<f64> = (0..area)
        .map(|h| geography.nodes[h].facts.registered.saturating_sub(geography.stayers(h)) as f64)
        .collect();
    let national = outside_in_area.is_empty();
    let (mut newcomers, mut talent) = (0.0, 0.0);
    for j in 0..area {
        let o = by_origin(geography, j);
        newcomers += o[2][0] + o[2][1] + if national { o[3][0] + o[3][1] } else { 0.0 };
        talent += o[2][1] + if national { o[3][1] } else { 0.0 };
    }
    let target = if newcomers > 0.0 { talent / newcomers } else { 0.0 };
    let log_odds: Vec<f64> = geography
        .counties
        .iter()
        .map(|c| {
            let sum = |f: &dyn Fn(usize) -> u64| c.nodes().map(f).sum::<u64>() as f64;
            let residents = sum(&|j| geography.nodes[j].facts.residents).max(1.0);
            let share = (sum(&|j| geography.nodes[j].facts.talent) / residents).clamp(1e-6, 1.0 - 1e-6);
            libm::log(share / (1.0 - share))
        })
        .collect();
    let share = |h: usize, c: f64| 1.0 / (1.0 + libm::exp(-(log_odds[geography.nodes[h].county] + c)));
    let all: f64 = gone.iter().sum();
    let (mut low, mut high) = (-20.0, 20.0);
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        let sum: f64 = gone.iter().enumerate().map(|(h, n)| n * share(h, middle)).sum();
        if sum < target * all { low = middle } else { high = middle }
    }
    let constant = 0.5 * (low + high);
    let mut rows: Vec<[f64; SKILLS]> = gone
        .iter()
        .enumerate()
        .map(|(h, n)| {
            let t = if target > 0.0 { share(h, constant) } else { 0.0 };
            [n * (1.0 - t), n * t]
        })
        .collect();
    let (mut others, mut other_talent) = (0.0, 0.0);
    for j in 0..area {
        let o = by_origin(geography, j);
        others += o[3][0] + o[3][1];
        other_talent += o[3][1];
    }
    let mix = if others > 0.0 { other_talent / others } else { 0.0 };
    rows.extend(outside_in_area.iter().map(|&n| [n as f64 * (1.0 - mix), n as f64 * mix]));
    rows
}

/// Every newcomer from the own province left a home in it: where a province's registered people leave too few
/// leavers for that (registers lag moves inside a city), its leavers are raised to 1.02 times the newcomers;
/// in a closed area the others, who live outside their provinces, are scaled so that the total is kept.
/// Returns the persons added.
fn enough_leavers(geography: &Geography, leavers: &mut [[f64; SKILLS]], closed: bool) -> f64 {
    // Where no place counts people of another province and there is no outside, nobody can have gone elsewhere: there is no
    // room to keep.
    let elsewhere =
        geography.nodes[..geography.area_nodes()].iter().any(|node| node.facts.newcomers_other > 0);
    let room = if closed && !elsewhere { 1.0 } else { 1.02 };
    let mut added = 0.0;
    for k in 0..SKILLS {
        let total: f64 = leavers.iter().map(|l| l[k]).sum();
        let inside = |r: &crate::world::geography::Province| -> f64 {
            r.nodes.clone().map(|j| by_origin(geography, j)[2][k]).sum()
        };
        let mut beyond = 0.0;
        for r in &geography.provinces {
            let target = room * inside(r);
            let sum: f64 = r.nodes.clone().map(|h| leavers[h][k]).sum();
            if sum < target && sum > 0.0 {
                added += target - sum;
                r.nodes.clone().for_each(|h| leavers[h][k] *= target / sum);
            }
            beyond += sum.max(target) - inside(r);
        }
        let now: f64 = leavers.iter().map(|l| l[k]).sum();
        if closed && now > total && beyond > now - total {
            let keep = (beyond - (now - total)) / beyond;
            for r in &geography.provinces {
                let sum: f64 = r.nodes.clone().map(|h| leavers[h][k]).sum();
                if sum > 0.0 {
                    let inside = inside(r);
                    let factor = (inside + (sum - inside) * keep) / sum;
                    r.nodes.clone().for_each(|h| leavers[h][k] *= factor);
                }
            }
        }
    }
    added
}

impl Gravity {
    /// Fits place weights so that newcomers by place and origin and leavers by home are met.
    pub(crate) fn fit(geography: &Geography, outside_in_area: &[u64], p: &Parameters) -> Gravity {
        let kappa = [p.location_elasticity_workers, p.location_elasticity_talent];
        let nests: Vec<_> = geography
            .prefectures
            .iter()
            .map(|n| n.nodes.clone())
            .chain(geography.outside.clone().map(|j| j..j + 1))
            .collect();
        let homes = geography.counties.len() + geography.outside.len();
        let point = |h: usize| match geography.counties.get(h) {
            Some(c) => (c.longitude, c.latitude),
            None => {
                let n = &geography.nodes[geography.outside.start + h - geography.counties.len()];
                (n.longitude, n.latitude)
            }
        };
        let nest_point = |n: usize| match geography.prefectures.get(n) {
            Some(p) => (p.longitude, p.latitude),
            None => point(geography.counties.len() + n - geography.prefectures.len()),
        };
        let decay = |km: f64, exponent: f64| libm::pow(km.max(p.local_distance_km), -exponent);
        let nest_distance = kappa.map(|kappa| {
            let mut table = vec![0.0; homes * nests.len()];
            map_parts(&mut table, nests.len().max(1), |h, row| {
                for (n, factor) in row.iter_mut().enumerate() {
                    let km = Geography::kilometres(point(h), nest_point(n));
                    *factor = decay(km, kappa * p.distance_loss);
                }
            });
            table
        });
        let near = geography
            .counties
            .iter()
            .enumerate()
            .map(|(c, county)| {
                kappa.map(|kappa| {
                    geography.prefectures[county.prefecture]
                        .nodes
                        .clone()
                        .map(|j| {
                            let other = geography.nodes[j].county;
                            if other == c {
                                0.0
                            } else {
                                decay(
                                    geography.county_distance(c, other),
                                    kappa * p.distance_loss / p.nest_dissimilarity,
                                )
                            }
                        })
                        .collect()
                })
            })
            .collect();
        let mut leavers = leavers(geography, outside_in_area);
        let raised = enough_leavers(geography, &mut leavers, outside_in_area.is_empty());
        let targets = targets(geography, &leavers);
        let flows = flows::persons(geography);
        let fit = Gravity {
            pair: vec![1.0; flows.len()],
            flows,
            weight: targets
                .iter()
                .map(|t| t.iter().map(|&n| f64::from(u8::from(n > 0.0))).collect())
                .collect(),
            nests,
            nest_distance,
            near,
            leavers,
            lambda: p.nest_dissimilarity,
            border: libm::exp(p.prefecture_border),
            raised,
            ..Default::default()
        };
        let mut strict = fit.clone();
        let mut steps = Anderson::default();
        for round in 0..ROUNDS {
            // Counts of places are met last: what the flows of a sample cannot agree with gives way.
            let to_flows = !strict.flows.is_empty() && 2 * round < ROUNDS;
            let before = strict.log_weights();
            strict.round(geography, &targets, to_flows);
            if strict.gap < CLOSED && (!to_flows || strict.flow_gap < CLOSED) {
                break;
            }
            // Places and flows may have no point in common that could be hastened to.
            if !to_flows && round + 1 < ROUNDS {
                strict.hasten(&mut steps, &before);
            }
        }
        if strict.agrees() { strict } else { fit.with_free_mix(geography, strict) }
    }

    /// Moves every place weight towards the newcomers that are counted, and every pair of provinces to its flow if asked.
    fn round(&mut self, geography: &Geography, targets: &[Vec<f64>], to_flows: bool) {
        let (predicted, pairs) = self.columns(geography);
        self.flow_gap = 0.0;
        for ((pair, &counted), found) in self.pair.iter_mut().zip(&self.flows).zip(pairs) {
            if counted > 0.0 && found > 0.0 {
                let ratio: f64 = counted / found;
                if counted >= 1000.0 {
                    self.flow_gap = self.flow_gap.max((ratio - 1.0).abs());
                }
                if to_flows {
                    *pair *= libm::pow(ratio, 0.9);
                }
            }
        }
        let (mut gap, mut most): (f64, f64) = (0.0, 0.0);
        self.worst = None;
        for (i, target) in targets.iter().enumerate() {
            for (j, &target) in target.iter().enumerate() {
                let predicted = predicted[i][j];
                if target > 0.0 && predicted > 0.0 {
                    let ratio = target / predicted;
                    gap = gap.max((ratio - 1.0).abs());
                    self.weight[i][j] *= libm::pow(ratio, 0.9);
                }
                let miss = missed(target, predicted);
                if miss > most {
                    most = miss;
                    self.worst = Some((i, j, target, predicted));
                }
            }
        }
        self.rounds += 1;
        self.gap = gap;
    }

    /// Whether the law finds the newcomers that are counted: to a hundredth, or to one person.
    fn agrees(&self) -> bool {
        self.worst.is_none_or(|(_, _, target, found)| missed(target, found) <= 1.0)
    }

    /// The fit with a mix of skills of each home's leavers that follows what places take. The mix of a home is no
    /// count: it is assumed from its residents, and gives way where counted newcomers cannot be met with it (a small
    /// closed area whose city takes more talent than the others can send). How many left each home stays as counted:
    ///
    /// `l_hk ~ l_hk0 W_hk/W_hk0`, W the weight of all places for home h and skill k.
    ///
    /// If that is no better, the strict fit is returned as it is.
    fn with_free_mix(mut self, geography: &Geography, strict: Gravity) -> Gravity {
        self.pair.clone_from(&strict.pair);
        let (leavers, reach) = (self.leavers.clone(), self.reach(geography));
        let mut steps = Anderson::default();
        for _ in 0..FREE_ROUNDS {
            let targets = targets(geography, &self.leavers);
            let before = self.log_weights();
            self.round(geography, &targets, false);
            if self.gap < CLOSED {
                break;
            }
            self.hasten(&mut steps, &before);
            let now = self.reach(geography);
            for (h, was) in leavers.iter().enumerate().take(geography.area_nodes()) {
                let c = geography.nodes[h].county;
                let pulled: [f64; SKILLS] = std::array::from_fn(|k| {
                    if reach[c][k] > 0.0 { was[k] * now[c][k] / reach[c][k] } else { was[k] }
                });
                let (all, sum): (f64, f64) = (was.iter().sum(), pulled.iter().sum());
                if sum > 0.0 {
                    self.leavers[h] = pulled.map(|n| n * all / sum);
                }
            }
        }
        self.mixed = true;
        self.rounds += strict.rounds;
        let most = |fit: &Gravity| fit.worst.map_or(0.0, |(_, _, target, found)| missed(target, found));
        if most(&self) < most(&strict) { self } else { strict }
    }

    /// Logarithms of place weights, of places that have one.
    fn log_weights(&self) -> Vec<f64> {
        self.weight.iter().flatten().filter(|w| **w > 0.0).map(|&w| libm::log(w)).collect()
    }

    /// After a round that began at these weights: goes on to where the rounds before say that they lead.
    fn hasten(&mut self, steps: &mut Anderson, before: &[f64]) {
        let now = self.log_weights();
        if now.len() != before.len() {
            // A weight fell to nothing: what was learned is of other places.
            *steps = Anderson::default();
            return;
        }
        let next = steps.next(before, now);
        let weights = self.weight.iter_mut().flatten().filter(|w| **w > 0.0);
        weights.zip(next).for_each(|(w, next)| *w = libm::exp(next));
    }

    /// Weight of all places for each county and skill.
    fn reach(&self, geography: &Geography) -> Vec<[f64; SKILLS]> {
        let sums = self.nest_sums();
        let parts = map_ranges(geography.counties.len(), 128, |_, counties| {
            let mut weights = vec![0.0; self.nests.len()];
            let of_county = |county: &crate::world::geography::County| -> [f64; SKILLS] {
                std::array::from_fn(|k| {
                    self.nest_weights(geography, county.seat, k, &mut weights, &sums);
                    weights.iter().sum()
                })
            };
            geography.counties[counties].iter().map(of_county).collect::<Vec<_>>()
        });
        parts.concat()
    }

    /// Refuses tables whose homes and places do not agree: so many newcomers are counted at a place, and those who
    /// left the homes that they can come from are others.
    ///
    /// # Errors
    /// [`Error::Data`] with the place that misses most.
    pub(crate) fn must_agree(&self, geography: &Geography) -> Result<()> {
        let Some((i, j, target, found)) = self.worst.filter(|_| !self.agrees()) else { return Ok(()) };
        let from = if i < SKILLS { messages::its_own_province() } else { messages::other_provinces() };
        let skill = crate::world::Skill::ALL[i % SKILLS].name();
        let (counted, left) = (self.newcomers(geography), self.leavers.iter().flatten().sum::<f64>());
        Err(Error::Data {
            what: messages::table_of_nodes(),
            found: messages::newcomers_found(
                format_args!("{target:.0}"),
                skill,
                &geography.nodes[j].id,
                from,
                format_args!("{found:.0}"),
                self.rounds,
                counted,
                format_args!("{left:.0}"),
            ),
            expected: messages::newcomers_as_leavers(),
        })
    }

    /// Residents who are registered in another county.
    fn newcomers(&self, geography: &Geography) -> u64 {
        let area = geography.nodes[..geography.area_nodes()].iter();
        area.map(|n| n.facts.newcomers_province + n.facts.newcomers_other).sum()
    }

    /// Unnormalised weights of all nests for a county (or outside home) and skill.
    fn nest_weights(&self, geography: &Geography, home: usize, k: usize, out: &mut [f64], sums: &NestSums) {
        let unit = unit_of(geography, home);
        let nests = self.nests.len();
        let distance = &self.nest_distance[k][unit * nests..(unit + 1) * nests];
        let fill = |out: &mut [f64], nests: std::ops::Range<usize>, o: usize| {
            let powered = &sums.powered[(o * SKILLS + k) * self.nests.len()..][nests.clone()];
            let terms = powered.iter().zip(&distance[nests.clone()]);
            out[nests].iter_mut().zip(terms).for_each(|(out, (weight, distance))| *out = weight * distance);
        };
        fill(out, 0..nests, 1);
        if geography.is_outside(home) {
            out[geography.prefectures.len()..].fill(0.0);
            return;
        }
        let node = &geography.nodes[home];
        fill(out, geography.provinces[node.province].prefectures.clone(), 0);
        if !self.pair.is_empty() {
            for (r, province) in geography.provinces.iter().enumerate().filter(|(r, _)| *r != node.province) {
                let pair = self.pair[node.province * geography.provinces.len() + r];
                out[province.prefectures.clone()].iter_mut().for_each(|out| *out *= pair);
            }
        }
        let own = node.prefecture;
        let terms = self.nests[own].clone().zip(&self.near[unit][k]);
        let sum: f64 = terms.map(|(j, d)| self.weight[k][j] * d).sum();
        out[own] = if sum > 0.0 { libm::pow(sum, self.lambda) * self.border } else { 0.0 };
    }

    pub(super) fn nest_sums(&self) -> NestSums {
        let mut sums = NestSums { plain: Vec::new(), powered: Vec::new() };
        for weight in &self.weight {
            for nest in &self.nests {
                let sum: f64 = nest.clone().map(|j| weight[j]).sum();
                sums.plain.push(sum);
                sums.powered.push(if sum > 0.0 { libm::pow(sum, self.lambda) } else { 0.0 });
            }
        }
        sums
    }

    /// Predicted newcomers by place, `[origin x skill][node]`, and people by pair of provinces.
    fn columns(&mut self, geography: &Geography) -> (Vec<Vec<f64>>, Vec<f64>) {
        let nests = self.nests.len();
        let sums = self.nest_sums();
        let units = geography.counties.len() + geography.outside.len();
        let first_home = |unit: usize| match geography.counties.get(unit) {
            Some(c) => c.seat,
            None => geography.outside.start + unit - geography.counties.len(),
        };
        // Leavers arriving in each nest by origin class; own-prefecture arrivals go straight to nodes.
        let parts = map_ranges(units, 128, |_, range| {
            let mut arrivals = vec![0.0; ORIGINS * SKILLS * nests];
            let mut local: Vec<(usize, usize, f64)> = Vec::new();
            let mut stranded = 0.0;
            let mut weights = vec![0.0; nests];
            let mut pairs = vec![0.0; self.pair.len()];
            for unit in range {
                let home = first_home(unit);
                let leavers = self.leavers_of_unit(geography, unit);
                for k in 0..SKILLS {
                    self.nest_weights(geography, home, k, &mut weights, &sums);
                    let all: f64 = weights.iter().sum();
                    if all <= 0.0 {
                        stranded += leavers[k];
                        continue;
                    }
                    let scale = leavers[k] / all;
                    let mut add = |nests: std::ops::Range<usize>, o: usize| {
                        let cells = &mut arrivals[(o * SKILLS + k) * self.nests.len()..][nests.clone()];
                        cells.iter_mut().zip(&weights[nests]).for_each(|(cell, w)| *cell += w * scale);
                    };
                    if geography.is_outside(home) {
                        add(0..nests, 1);
                        continue;
                    }
                    let node = &geography.nodes[home];
                    let province = &geography.provinces[node.province];
                    add(0..province.prefectures.start, 1);
                    add(province.prefectures.start..node.prefecture, 0);
                    local.push((unit, k, weights[node.prefecture] * scale));
                    add(node.prefecture + 1..province.prefectures.end, 0);
                    add(province.prefectures.end..nests, 1);
                    if pairs.is_empty() {
                        continue;
                    }
                    for (r, to) in geography.provinces.iter().enumerate().filter(|(r, _)| *r != node.province)
                    {
                        let pair = &mut pairs[node.province * geography.provinces.len() + r];
                        weights[to.prefectures.clone()].iter().for_each(|w| *pair += w * scale);
                    }
                }
            }
            (arrivals, local, stranded, pairs)
        });
        let mut pairs = vec![0.0; self.pair.len()];
        let mut arrivals = vec![0.0; ORIGINS * SKILLS * nests];
        let mut columns = vec![vec![0.0; geography.len()]; ORIGINS * SKILLS];
        self.stranded = 0.0;
        for (part, local, stranded, by_pair) in parts {
            self.stranded += stranded;
            pairs.iter_mut().zip(by_pair).for_each(|(a, b)| *a += b);
            arrivals.iter_mut().zip(part).for_each(|(a, b)| *a += b);
            for (unit, k, people) in local {
                let nest = self.nests[geography.counties[unit].prefecture].clone();
                let weight = &self.weight[k];
                let sum: f64 = nest.clone().zip(&self.near[unit][k]).map(|(j, d)| weight[j] * d).sum();
                if sum > 0.0 {
                    for (j, d) in nest.zip(&self.near[unit][k]) {
                        columns[k][j] += people * weight[j] * d / sum;
                    }
                }
            }
        }
        for o in 0..ORIGINS {
            for k in 0..SKILLS {
                let i = o * SKILLS + k;
                for (n, nest) in self.nests.iter().enumerate() {
                    let sum = sums.plain[i * nests + n];
                    if sum > 0.0 {
                        for j in nest.clone() {
                            columns[i][j] += arrivals[i * nests + n] * self.weight[i][j] / sum;
                        }
                    }
                }
            }
        }
        (columns, pairs)
    }

    fn leavers_of_unit(&self, geography: &Geography, unit: usize) -> [f64; SKILLS] {
        match geography.counties.get(unit) {
            Some(c) => {
                let mut sum = [0.0; SKILLS];
                for h in c.nodes() {
                    sum[0] += self.leavers[h][0];
                    sum[1] += self.leavers[h][1];
                }
                sum
            }
            None => self.leavers[geography.outside.start + unit - geography.counties.len()],
        }
    }

    /// Expected persons of a home in each nest, by skill: `[nest][skill]`.
    pub(crate) fn by_nest(&self, geography: &Geography, home: usize) -> Vec<[f64; SKILLS]> {
        let sums = self.nest_sums();
        self.by_nest_with(geography, home, &sums)
    }

    pub(super) fn by_nest_with(
        &self,
        geography: &Geography,
        home: usize,
        sums: &NestSums,
    ) -> Vec<[f64; SKILLS]> {
        let mut out = vec![[0.0; SKILLS]; self.nests.len()];
        let mut weights = vec![0.0; self.nests.len()];
        for k in 0..SKILLS {
            self.nest_weights(geography, home, k, &mut weights, sums);
            let all: f64 = weights.iter().sum();
            if all > 0.0 {
                for (n, w) in weights.iter().enumerate() {
                    out[n][k] = self.leavers[home][k] * w / all;
                }
            }
        }
        out
    }

    /// Weight of a place for newcomers of an origin class (0 own province, 1 other) and skill.
    pub(crate) fn place_weight(&self, origin: usize, k: usize, j: usize) -> f64 {
        self.weight[origin * SKILLS + k][j]
    }

    /// Nests: node ranges of prefectures, then of outside nodes.
    pub(crate) fn nests(&self) -> &[std::ops::Range<usize>] {
        &self.nests
    }

    /// Lower shares of the own-prefecture nest of a county, unnormalised: weight x distance.
    pub(crate) fn near_weight(&self, county: usize, k: usize, j: usize, first: usize) -> f64 {
        self.weight[k][j] * self.near[county][k][j - first]
    }
}

/// Sums of place weights over nests, `[(origin, skill) x nest]`: plain, and to the power lambda.
pub(super) struct NestSums {
    pub(super) plain: Vec<f64>,
    powered: Vec<f64>,
}

fn unit_of(geography: &Geography, home: usize) -> usize {
    if geography.is_outside(home) {
        geography.counties.len() + home - geography.outside.start
    } else {
        geography.nodes[home].county
    }
}

/// Newcomers by place to be met: `[origin x skill][node]`; outside nodes take the leavers that the area does
/// not find.
fn targets(geography: &Geography, leavers: &[[f64; SKILLS]]) -> Vec<Vec<f64>> {
    let mut targets = vec![vec![0.0; geography.len()]; ORIGINS * SKILLS];
    for j in 0..geography.area_nodes() {
        let o = by_origin(geography, j);
        for k in 0..SKILLS {
            targets[k][j] = o[2][k];
            targets[SKILLS + k][j] = o[3][k];
        }
    }
    let outside = geography.outside.clone();
    for k in 0..SKILLS {
        let gone: f64 = leavers.iter().map(|l| l[k]).sum();
        let found: f64 = targets[k].iter().chain(&targets[SKILLS + k]).sum();
        for j in outside.clone() {
            targets[SKILLS + k][j] = ((gone - found) / outside.len() as f64).max(0.0);
        }
    }
    targets
}

pub(super) fn nest_of_outside(geography: &Geography, j: usize) -> usize {
    geography.prefectures.len() + j - geography.outside.start
}

pub(super) fn nest_of(geography: &Geography, j: usize) -> usize {
    if geography.is_outside(j) { nest_of_outside(geography, j) } else { geography.nodes[j].prefecture }
}
