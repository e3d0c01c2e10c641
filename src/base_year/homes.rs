//! Who lives where, by home: the home x place matrix under the nested gravity law, fitted so that it
//! reproduces what the census counts of each unit (stayers, newcomers by origin).

use super::anderson::Anderson;
use super::flows;
use super::newcomers::{Found, Mix};
use crate::config::Parameters;
use crate::kernel::chunks::{map_parts, map_ranges};
use crate::messages;
use crate::people::location::ORIGINS;
use crate::world::{Geography, SKILLS};
use crate::{Error, Result};

/// Rounds of the fit, and of a fit whose mix of skills is free.
const ROUNDS: usize = 200;
const FREE_ROUNDS: usize = 1000;

/// Places of a part that one thread takes.
const PART: usize = 1024;

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
    pub(super) nest_distance: [Vec<f64>; SKILLS],
    /// Distance term inside the own prefecture, to the power kappa/lambda: `[county][skill][node of prefecture]`.
    pub(super) near: Vec<[Vec<f64>; SKILLS]>,
    /// Persons of each home who live outside their county (or, of outside homes, in the area): `[home][skill]`.
    pub leavers: Vec<[f64; SKILLS]>,
    pub(super) lambda: f64,
    pub(super) border: f64,
    /// Weight of going from one province to another, `[origin x provinces + residence]`, that brings people to the
    /// counted flows; empty without them.
    pub(super) pair: Vec<f64>,
    /// The counted flows themselves, in the same order.
    pub(super) flows: Vec<f64>,
    /// Largest relative gap to the counted flows when the fit last went towards them, over pairs of a thousand persons or more.
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
            let before = if to_flows { Vec::new() } else { strict.log_weights() };
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
        let found = self.newcomers_found(geography, None, to_flows);
        self.approach(targets, found, to_flows);
    }

    /// The same, given what the law finds.
    fn approach(&mut self, targets: &[Vec<f64>], found: Found, to_flows: bool) {
        self.stranded = found.stranded;
        if to_flows {
            self.flow_gap = 0.0;
            for ((pair, &counted), found) in self.pair.iter_mut().zip(&self.flows).zip(found.pairs) {
                if counted > 0.0 && found > 0.0 {
                    let ratio: f64 = counted / found;
                    if counted >= 1000.0 {
                        self.flow_gap = self.flow_gap.max((ratio - 1.0).abs());
                    }
                    *pair *= libm::pow(ratio, 0.9);
                }
            }
        }
        let (mut gap, mut most): (f64, f64) = (0.0, 0.0);
        self.worst = None;
        for (i, (target, columns)) in targets.iter().zip(&found.columns).enumerate() {
            let parts = map_parts(&mut self.weight[i], PART, |part, weights| {
                let first = part * PART;
                let mut gap: f64 = 0.0;
                for ((weight, &target), &found) in
                    weights.iter_mut().zip(&target[first..]).zip(&columns[first..])
                {
                    if target > 0.0 && found > 0.0 {
                        let ratio = target / found;
                        gap = gap.max((ratio - 1.0).abs());
                        *weight *= libm::pow(ratio, 0.9);
                    }
                }
                gap
            });
            gap = parts.into_iter().fold(gap, f64::max);
            for (j, (&target, &found)) in target.iter().zip(columns).enumerate() {
                let miss = missed(target, found);
                if miss > most {
                    most = miss;
                    self.worst = Some((i, j, target, found));
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
        let mix = Mix { leavers: self.leavers.clone(), reach: self.reach(geography) };
        let mut steps = Anderson::default();
        for round in 0..FREE_ROUNDS {
            let before = self.log_weights();
            let mut found = self.newcomers_found(geography, (round > 0).then_some(&mix), false);
            if let Some(leavers) = found.leavers.take() {
                self.leavers = leavers;
            }
            let targets = targets(geography, &self.leavers);
            self.approach(&targets, found, false);
            if self.gap < CLOSED {
                break;
            }
            self.hasten(&mut steps, &before);
            if round + 1 == FREE_ROUNDS {
                self.leavers = mix.follow(geography, &self.leavers, &self.reach(geography));
            }
        }
        self.mixed = true;
        self.rounds += strict.rounds;
        let most = |fit: &Gravity| fit.worst.map_or(0.0, |(_, _, target, found)| missed(target, found));
        if most(&self) < most(&strict) { self } else { strict }
    }

    /// Logarithms of place weights, of places that have one.
    fn log_weights(&self) -> Vec<f64> {
        let of_part = |weights: &[f64]| {
            weights.iter().filter(|w| **w > 0.0).map(|&w| libm::log(w)).collect::<Vec<f64>>()
        };
        let parts = |weights: &Vec<f64>| map_ranges(weights.len(), PART, |_, range| of_part(&weights[range]));
        self.weight.iter().flat_map(parts).collect::<Vec<_>>().concat()
    }

    /// After a round that began at these weights: goes on to where the rounds before say that they lead.
    fn hasten(&mut self, steps: &mut Anderson, before: &[f64]) {
        let now = self.log_weights();
        if now.len() != before.len() {
            // A weight fell to nothing: what was learned is of other places.
            *steps = Anderson::default();
            return;
        }
        let mut next = steps.next(before, now);
        map_parts(&mut next, PART, |_, part| part.iter_mut().for_each(|log| *log = libm::exp(*log)));
        let weights = self.weight.iter_mut().flatten().filter(|w| **w > 0.0);
        weights.zip(next).for_each(|(w, next)| *w = next);
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

    /// Sums of place weights over nests.
    pub(crate) fn nest_sums(&self, geography: &Geography) -> NestSums {
        let (nests, provinces) = (self.nests.len(), &geography.provinces);
        let (mut plain, mut powered) = (Vec::new(), Vec::new());
        for weight in &self.weight {
            for nest in &self.nests {
                let sum: f64 = nest.clone().map(|j| weight[j]).sum();
                plain.push(sum);
                powered.push(if sum > 0.0 { libm::pow(sum, self.lambda) } else { 0.0 });
            }
        }
        let from = |origin: usize, k: usize| &powered[(origin * SKILLS + k) * nests..][..nests];
        let mut seen = Vec::with_capacity(provinces.len() * SKILLS * nests);
        for province in provinces {
            for k in 0..SKILLS {
                let first = seen.len();
                seen.extend_from_slice(from(1, k));
                let own = province.prefectures.clone();
                seen[first..][own.clone()].copy_from_slice(&from(0, k)[own]);
            }
        }
        let mut pairs = vec![1.0; if self.pair.is_empty() { 0 } else { provinces.len() * nests }];
        for (row, pair) in pairs.chunks_mut(nests.max(1)).zip(self.pair.chunks(provinces.len().max(1))) {
            provinces.iter().zip(pair).for_each(|(to, &pair)| row[to.prefectures.clone()].fill(pair));
        }
        for (row, own) in pairs.chunks_mut(nests.max(1)).zip(provinces) {
            row[own.prefectures.clone()].fill(1.0);
        }
        NestSums { plain, powered, seen, pairs }
    }

    /// Expected persons of a home in each nest, by skill: `[nest][skill]`.
    pub(crate) fn by_nest(&self, geography: &Geography, home: usize, sums: &NestSums) -> Vec<[f64; SKILLS]> {
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
pub(crate) struct NestSums {
    pub(super) plain: Vec<f64>,
    pub(super) powered: Vec<f64>,
    /// The latter as people of a province see them, `[province][skill][nest]`.
    pub(super) seen: Vec<f64>,
    /// Weights of pairs of provinces, `[province of origin][nest]`, one inside a province; empty without counted flows.
    pub(super) pairs: Vec<f64>,
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
