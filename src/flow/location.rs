//! Where people choose to live: a nested logit anchored at the registered home, workers and talent under
//! one law with two parameter sets.
//!
//! Nests are the own county {seat, village} and every prefecture (without the own county). The law is kept
//! as base-year probabilities and changes of utility since (exact hat algebra, Dekle, Eaton and
//! Kortum 2008), so the inverted place and stay terms are the base-year probabilities themselves:
//!
//! ```text
//! P(j | n) = s_j|n e^{(kappa/lambda) du_j} / sum,      I_n = sum_j s_j|n e^{(kappa/lambda) du_j}
//! P(n | h) = P0(n | h) I_n^lambda e^{kappa dC(h, n)} / sum
//! ```
//!
//! Outside the own county the lower table is shared by all homes of a border class; inside the own
//! prefecture it is per home county, because distance there is from county to county.

use crate::economy::Rules;
use crate::kernel::choice_table::ChoiceTable;
use crate::kernel::chunks::map_ranges;
use crate::policy::Lever;
use crate::world::{Geography, SKILLS, Tier, World};

use super::drift;
use super::utility::Utilities;

/// Age classes with a table of their own: 18-34, 35-54, 55 and over (children use the second).
pub const TABLE_AGES: usize = 3;
/// Classes of people with a table of their own.
pub const CLASSES: usize = SKILLS * TABLE_AGES;
/// Border classes of newcomers: from the own province, from another one.
pub const ORIGINS: usize = 2;

/// Index of a class.
#[inline(always)]
pub fn class(skill: usize, table_age: usize) -> usize {
    skill * TABLE_AGES + table_age
}

/// Base-year probabilities: the inverted terms of the law.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Law {
    /// Nests: node ranges of prefectures, then of outside nodes.
    pub nests: Vec<std::ops::Range<usize>>,
    /// Share of a node inside its nest: `[origin][class][node]`.
    pub lower: Vec<Vec<f64>>,
    /// Share of nodes of the own prefecture outside the own county: `[county][class][node of prefecture]`.
    pub own_prefecture: Vec<Vec<Vec<f64>>>,
    /// Probability of seat, village, then each nest: `[home][class][2 + nest]`.
    pub upper: Vec<f64>,
    /// Elasticity factor of homes outside the area (a small pool keeps the elasticity of the country).
    pub outside_kappa: f64,
    /// Utilities of the base year.
    pub base: Utilities,
    /// Persons of each home in each nest in the base year, kept only if the network matters.
    pub base_network: Vec<f64>,
    /// Cumulative change of moving costs since the base year by drivers, in log odds:
    /// village to seat, county, prefecture, province.
    pub drift: [f64; 4],
    /// Changes of the odds of being away that the scenario states, as they stand this year.
    pub now: Option<drift::Now>,
}

impl Law {
    /// Options of the upper table: seat, village, nests.
    pub fn options(&self) -> usize {
        2 + self.nests.len()
    }

    /// The base-year row of a home and class.
    pub fn upper_row(&self, home: usize, class: usize) -> &[f64] {
        let n = self.options();
        &self.upper[(home * CLASSES + class) * n..][..n]
    }
}

/// Which origin class a home is for a nest: 0 own province, 1 another province or outside.
pub fn origin(geography: &Geography, home: usize, nest: usize) -> usize {
    if geography.is_outside(home) || nest >= geography.prefectures.len() {
        return 1;
    }
    usize::from(geography.nodes[home].province != geography.prefectures[nest].province)
}

/// Border that a home crosses to a nest: 1 county, 2 prefecture, 3 province (0 is village to seat).
pub fn border(geography: &Geography, home: usize, nest: usize) -> usize {
    if origin(geography, home, nest) == 1 {
        3
    } else if geography.nodes[home].prefecture == nest {
        1
    } else {
        2
    }
}

/// The choice tables of one year.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    /// Seat, village, then each nest: `[home][class]`.
    upper: ChoiceTable,
    /// Node inside a nest: `[origin][class][nest]`, then `[county][class]` for nodes of the own prefecture.
    lower: ChoiceTable,
    nest_start: Vec<usize>,
    own_nest: Vec<usize>,
    origin: Vec<u8>,
    nests: usize,
    seat: Vec<u16>,
    village: Vec<u16>,
    county: Vec<u32>,
    /// Largest distance of any row of probabilities from one (identity I10).
    pub gap: f64,
}

/// Builds the tables of a year from base probabilities and changes of utility.
pub fn tables(law: &Law, world: &World, rules: &Rules, now: &Utilities) -> Tables {
    let geography = &world.geography;
    let (nests, options) = (law.nests.len(), law.options());
    let kappa = [rules.p.kappa_workers, rules.p.kappa_talent];
    let lambda = rules.p.lambda_nest;
    let change = |j: usize, k: usize| now.node[j][k] - law.base.node[j][k];

    // Lower tables and the inclusive value of each nest.
    let mut lower = ChoiceTable::default();
    let mut inclusive = vec![0.0; ORIGINS * CLASSES * nests];
    let mut gap: f64 = 0.0;
    for origin in 0..ORIGINS {
        for class in 0..CLASSES {
            let k = class / TABLE_AGES;
            let share = &law.lower[origin * CLASSES + class];
            for (n, nodes) in law.nests.iter().enumerate() {
                let mut weights: Vec<f64> =
                    nodes.clone().map(|j| share[j] * libm::exp(kappa[k] / lambda * change(j, k))).collect();
                let base: f64 = nodes.clone().map(|j| share[j]).sum();
                let sum: f64 = weights.iter().sum();
                inclusive[(origin * CLASSES + class) * nests + n] =
                    if base > 0.0 { libm::pow(sum / base, lambda) } else { 0.0 };
                if let Some(now) = &law.now {
                    for (w, j) in weights.iter_mut().zip(nodes.clone()) {
                        *w *= now.lower(j, class % TABLE_AGES, origin);
                    }
                }
                gap = gap.max(lower.push(&mut weights));
            }
        }
    }

    // Own-prefecture tables: per home county.
    let mut own_inclusive = vec![0.0; geography.counties.len() * CLASSES];
    for (c, county) in geography.counties.iter().enumerate() {
        let nodes = geography.prefectures[county.prefecture].nodes.clone();
        for class in 0..CLASSES {
            let k = class / TABLE_AGES;
            let share = &law.own_prefecture[c][class];
            let mut weights: Vec<f64> = nodes
                .clone()
                .zip(share)
                .map(|(j, s)| s * libm::exp(kappa[k] / lambda * change(j, k)))
                .collect();
            let (base, sum): (f64, f64) = (share.iter().sum(), weights.iter().sum());
            own_inclusive[c * CLASSES + class] = if base > 0.0 { libm::pow(sum / base, lambda) } else { 0.0 };
            if let Some(now) = &law.now {
                for (w, j) in weights.iter_mut().zip(nodes.clone()) {
                    *w *= now.lower(j, class % TABLE_AGES, 0);
                }
            }
            gap = gap.max(lower.push(&mut weights));
        }
    }

    // Upper tables: per home.
    let network = (rules.p.gam_n > 0.0).then(|| network_by_nest(world, &law.nests));
    let stated = law.now.as_ref().map(|now| (now, drift::rises(law, geography, now)));
    let parts = map_ranges(geography.len(), 64, |_, homes| {
        let mut weights = vec![0.0; homes.len() * CLASSES * options];
        let mut factors = vec![0.0; options];
        for (i, h) in homes.clone().enumerate() {
            let outside = geography.is_outside(h);
            for class in 0..CLASSES {
                let k = class / TABLE_AGES;
                let kappa = if outside { kappa[k] * law.outside_kappa } else { kappa[k] };
                let base = law.upper_row(h, class);
                let row = &mut weights[(i * CLASSES + class) * options..][..options];
                if !outside {
                    own_county(law, rules, geography, now, h, k, base, row);
                }
                for n in 0..nests {
                    let base = base[2 + n];
                    if base <= 0.0 {
                        continue;
                    }
                    let own = !outside && geography.nodes[h].prefecture == n;
                    let inclusive = if own {
                        own_inclusive[geography.nodes[h].county * CLASSES + class]
                    } else {
                        let at = origin(geography, h, n) * CLASSES + class;
                        inclusive[at * nests + n]
                    };
                    let inclusive = if outside { libm::pow(inclusive, law.outside_kappa) } else { inclusive };
                    let b = border(geography, h, n);
                    let mut cost = -rules.levers.border(Lever::MovingCost, b, k);
                    if !outside {
                        cost += kept_land(now, h, n, k) - kept_land(&law.base, h, n, k);
                    }
                    if let Some(network) = &network {
                        let m = |counts: &[f64]| libm::log(1.0 + counts[h * nests + n] / rules.p.network_m0);
                        cost += rules.p.gam_n * (m(network) - m(&law.base_network));
                    }
                    // A person registered outside who stays outside crosses no border.
                    let stays = outside && law.nests[n].contains(&h);
                    let factor = if stays { 1.0 } else { libm::exp(kappa * cost + law.drift[b]) };
                    row[2 + n] = base * inclusive * factor;
                }
                if let Some((now, rises)) = &stated {
                    let rise = |n: usize| rises.of(geography, h, class, n);
                    now.factors(geography, h, class % TABLE_AGES, base, &rise, &mut factors);
                    row.iter_mut().zip(&factors).for_each(|(w, f)| *w *= f);
                }
            }
        }
        ChoiceTable::new(options, &mut weights)
    });
    let mut upper = ChoiceTable::default();
    for (part, g) in parts {
        upper.append(&part);
        gap = gap.max(g);
    }
    let code = |j: Option<usize>| j.map_or(u16::MAX, |j| j as u16);
    let county =
        |h: usize| (!geography.is_outside(h)).then(|| &geography.counties[geography.nodes[h].county]);
    Tables {
        upper,
        lower,
        nest_start: law.nests.iter().map(|n| n.start).collect(),
        own_nest: (0..geography.len())
            .map(|h| if geography.is_outside(h) { usize::MAX } else { geography.nodes[h].prefecture })
            .collect(),
        origin: (0..geography.len())
            .flat_map(|h| (0..nests).map(move |n| (h, n)))
            .map(|(h, n)| origin(geography, h, n) as u8)
            .collect(),
        nests,
        // Who is registered outside and would have no choice at all stays there: that is the first option.
        seat: (0..geography.len()).map(|h| code(Some(county(h).map_or(h, |c| c.seat)))).collect(),
        village: (0..geography.len()).map(|h| code(county(h).and_then(|c| c.village))).collect(),
        county: (0..geography.len())
            .map(|h| if geography.is_outside(h) { 0 } else { geography.nodes[h].county as u32 })
            .collect(),
        gap,
    }
}

/// `ln(1 + lambda_land T_h/w_nest)`: land kept while away, at nest level.
fn kept_land(u: &Utilities, home: usize, nest: usize, k: usize) -> f64 {
    libm::log(1.0 + u.kept_land[home] / u.nest_income[nest][k].max(1.0))
}

/// Seat and village of the own county: a nest of its own, with constants per home node by inversion.
#[expect(clippy::too_many_arguments, reason = "one home and class of the upper table")]
fn own_county(
    law: &Law,
    rules: &Rules,
    geography: &Geography,
    now: &Utilities,
    h: usize,
    k: usize,
    base: &[f64],
    row: &mut [f64],
) {
    let kappa = if k == 0 { rules.p.kappa_workers } else { rules.p.kappa_talent };
    let lambda = rules.p.lambda_nest;
    let all = base[0] + base[1];
    if all <= 0.0 {
        return;
    }
    let village = geography.nodes[h].tier == Tier::Village;
    let mut weight = [0.0; 2];
    for i in 0..2 {
        if base[i] <= 0.0 {
            continue;
        }
        let mut odds = kappa * (now.own[h][i][k] - law.base.own[h][i][k]);
        if village && i == 0 {
            // The border from the village to the seat is crossed in one direction only.
            odds += law.drift[0] * lambda - kappa * rules.levers.border(Lever::MovingCost, 0, k);
        }
        weight[i] = base[i] / all * libm::exp(odds / lambda);
    }
    let sum = weight[0] + weight[1];
    if sum <= 0.0 {
        return;
    }
    let nest = all * libm::pow(sum, lambda);
    for i in 0..2 {
        row[i] = nest * weight[i] / sum;
    }
}

/// Persons of each home in each nest: `[home][nest]`.
pub fn network_by_nest(world: &World, nests: &[std::ops::Range<usize>]) -> Vec<f64> {
    let mut nest_of = vec![0; world.geography.len()];
    for (n, nodes) in nests.iter().enumerate() {
        nest_of[nodes.clone()].fill(n);
    }
    let persons = world.persons_per_agent() as f64;
    let mut counts = vec![0.0; world.geography.len() * nests.len()];
    for (h, row) in world.census.homes.iter().enumerate() {
        for d in row {
            counts[h * nests.len() + nest_of[usize::from(d.place)]] += d.total() as f64 * persons;
        }
    }
    counts
}

impl Tables {
    /// The place that two words choose for a person of a home and class.
    #[inline]
    pub fn choose(&self, home: usize, class: usize, words: [u32; 2]) -> usize {
        match self.upper.pick(home * CLASSES + class, words[0]) {
            0 => usize::from(self.seat[home]),
            1 => usize::from(self.village[home]),
            option => {
                let nest = option - 2;
                self.nest_start[nest] + self.lower.pick(self.lower_row(home, class, nest), words[1])
            }
        }
    }

    /// The places of many persons, as [`choose`](Self::choose) finds them one by one: of person `i` with the class and
    /// home `rows[i] = home * CLASSES + class`.
    pub fn choose_many(&self, rows: &[u32], words: [&[u32]; 2], places: &mut [u16]) {
        const SIDE: usize = 64;
        let (mut options, mut nodes, mut lower) = ([0; SIDE], [0; SIDE], [0; SIDE]);
        for (i, rows) in rows.chunks(SIDE).enumerate() {
            let n = rows.len();
            let from = SIDE * i;
            self.upper.pick_many(rows, &words[0][from..from + n], &mut options[..n]);
            // Those who stay in the own county look a nest up too, in vain: cheaper than a branch nobody can guess.
            for ((lower, &row), &option) in lower.iter_mut().zip(rows).zip(&options) {
                let (home, class) = (row as usize / CLASSES, row as usize % CLASSES);
                *lower = self.lower_row(home, class, usize::from(option).saturating_sub(2)) as u32;
            }
            self.lower.pick_many(&lower[..n], &words[1][from..from + n], &mut nodes[..n]);
            for (k, (place, &row)) in places[from..from + n].iter_mut().zip(rows).enumerate() {
                let home = row as usize / CLASSES;
                let nest = usize::from(options[k]).saturating_sub(2);
                let own = if options[k] == 0 { self.seat[home] } else { self.village[home] };
                let other = self.nest_start[nest] as u16 + nodes[k];
                *place = std::hint::select_unpredictable(options[k] < 2, own, other);
            }
        }
    }

    /// Row of the lower table for people of a home and class who go to a nest.
    #[inline(always)]
    fn lower_row(&self, home: usize, class: usize, nest: usize) -> usize {
        let origin = usize::from(self.origin[home * self.nests + nest]);
        let shared = (origin * CLASSES + class) * self.nests + nest;
        let own = ORIGINS * CLASSES * self.nests + self.county[home] as usize * CLASSES + class;
        if self.own_nest[home] == nest { own } else { shared }
    }

    /// The probability that a person of a home and class chooses a place.
    pub fn probability(&self, home: usize, class: usize, place: usize) -> f64 {
        let row = home * CLASSES + class;
        let own = [self.seat[home], self.village[home]].iter().position(|&p| usize::from(p) == place);
        let own = own.map_or(0.0, |option| self.upper.probability(row, option));
        let nest = self.nest_start.partition_point(|&start| start <= place) - 1;
        let lower = self.lower_row(home, class, nest);
        own + self.upper.probability(row, 2 + nest)
            * self.lower.probability(lower, place - self.nest_start[nest])
    }

    /// The probability that a person of a home and class chooses each node.
    pub fn probabilities(&self, home: usize, class: usize, nodes: usize) -> Vec<f64> {
        let mut p = vec![0.0; nodes];
        let row = home * CLASSES + class;
        for (option, place) in [self.seat[home], self.village[home]].into_iter().enumerate() {
            if place != u16::MAX {
                p[usize::from(place)] += self.upper.probability(row, option);
            }
        }
        for nest in 0..self.nests {
            let upper = self.upper.probability(row, 2 + nest);
            if upper <= 0.0 {
                continue;
            }
            let row = self.lower_row(home, class, nest);
            for option in 0..self.lower.width(row) {
                p[self.nest_start[nest] + option] += upper * self.lower.probability(row, option);
            }
        }
        p
    }
}
