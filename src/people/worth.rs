//! What places are worth to people of a home, against the base year: the one reading of the law of
//! [`super::location`] that choice tables and welfare share.
//!
//! ```text
//! seat, village of the own county:  w_i = P0(own) I^lambda s_i|own e^{(kappa du_i - kappa dC)/lambda}/I
//! nest n elsewhere:                 w_n = P0(n | h) I_n^lambda e^{kappa dC(h, n)}
//! ```
//!
//! The choice is `w/sum w`; `(1/kappa) ln(sum w/sum P0)` is the gain of expected utility (Small and Rosen 1981). What a
//! scenario states of migration beyond the utilities ([`super::odds`]) is multiplied in by those who ask.

use crate::rules::{Lever, Rules};
use crate::world::{Geography, SKILLS, Tier, World};

use super::location::{CLASSES, Law, ORIGINS, TABLE_AGES, border, network_by_nest, origin};
use super::utility::Utilities;

/// Where in the lower tables a nest stands: for people of a border class from elsewhere, or of the own prefecture as a
/// county sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    /// By people of an origin (own province or another).
    From(usize),
    /// By people of a county of the same prefecture.
    Near,
}

/// Worth of every option to every home at one set of utilities.
pub(crate) struct Worth<'a> {
    law: &'a Law,
    rules: &'a Rules<'a>,
    geography: &'a Geography,
    now: &'a Utilities,
    kappa: [f64; SKILLS],
    /// `I_n^lambda` of every nest as people from elsewhere see it: `[origin][class][nest]`.
    shared: Vec<f64>,
    /// The same of the own prefecture without the own county: `[county][class]`.
    own: Vec<f64>,
    /// Persons of each home in each nest, if the network matters.
    network: Option<Vec<f64>>,
}

impl<'a> Worth<'a> {
    /// At utilities of now.
    pub(crate) fn new(law: &'a Law, world: &'a World, rules: &'a Rules<'a>, now: &'a Utilities) -> Worth<'a> {
        Worth::with_nests(law, world, rules, now, |_, _, _, _| ())
    }

    /// The same; every nest is shown with its class, its nodes and their weights `s_j|n e^{(kappa/lambda) du_j}`, in
    /// the order of the lower tables.
    pub(crate) fn with_nests(
        law: &'a Law,
        world: &'a World,
        rules: &'a Rules<'a>,
        now: &'a Utilities,
        mut show: impl FnMut(Seen, usize, std::ops::Range<usize>, &mut [f64]),
    ) -> Worth<'a> {
        let geography = &world.geography;
        let kappa = [rules.p.location_elasticity_workers, rules.p.location_elasticity_talent];
        let lambda = rules.p.nest_dissimilarity;
        let mut weights = Vec::new();
        let mut inclusive = |seen: Seen, class: usize, nodes: std::ops::Range<usize>, share: &[f64]| {
            let k = class / TABLE_AGES;
            let change = |j: usize| now.node[j][k] - law.base.node[j][k];
            weights.clear();
            weights
                .extend(nodes.clone().zip(share).map(|(j, s)| s * libm::exp(kappa[k] / lambda * change(j))));
            let (base, sum): (f64, f64) = (share.iter().sum(), weights.iter().sum());
            show(seen, class, nodes, &mut weights);
            if base > 0.0 { libm::pow(sum / base, lambda) } else { 0.0 }
        };
        let mut shared = Vec::with_capacity(ORIGINS * CLASSES * law.nests.len());
        for origin in 0..ORIGINS {
            for class in 0..CLASSES {
                let share = &law.lower[origin * CLASSES + class];
                for nodes in &law.nests {
                    shared.push(inclusive(Seen::From(origin), class, nodes.clone(), &share[nodes.clone()]));
                }
            }
        }
        let mut own = Vec::with_capacity(geography.counties.len() * CLASSES);
        for (county, classes) in geography.counties.iter().zip(&law.own_prefecture) {
            let nodes = geography.prefectures[county.prefecture].nodes.clone();
            for (class, share) in classes.iter().enumerate() {
                own.push(inclusive(Seen::Near, class, nodes.clone(), share));
            }
        }
        let network = (rules.p.network_pull > 0.0).then(|| network_by_nest(world, &law.nests));
        Worth { law, rules, geography, now, kappa, shared, own, network }
    }

    /// Elasticity of a home's choices to income.
    pub(crate) fn kappa(&self, home: usize, k: usize) -> f64 {
        self.kappa[k] * if self.geography.is_outside(home) { self.law.outside_kappa } else { 1.0 }
    }

    /// Worth of seat, village and each nest to people of a home and class; in the base year, the probabilities of the
    /// law. Options that had no chance then are left as they are.
    ///
    /// `ways` is [`Worth::ways`] of the home.
    pub(crate) fn write(&self, home: usize, class: usize, ways: &[Vec<f64>; SKILLS], row: &mut [f64]) {
        let base = self.law.upper_row(home, class);
        if !self.geography.is_outside(home) {
            self.write_own_county(home, class / TABLE_AGES, base, row);
        }
        for (n, way) in ways[class / TABLE_AGES].iter().enumerate() {
            let p = base[2 + n];
            if p > 0.0 {
                row[2 + n] = p * self.inclusive(home, class, n) * way;
            }
        }
    }

    /// `I_n^lambda` of a nest as a home sees it.
    fn inclusive(&self, home: usize, class: usize, nest: usize) -> f64 {
        let outside = self.geography.is_outside(home);
        let value = if !outside && self.geography.nodes[home].prefecture == nest {
            self.own[self.geography.nodes[home].county * CLASSES + class]
        } else {
            let origin = origin(self.geography, home, nest);
            self.shared[(origin * CLASSES + class) * self.law.nests.len() + nest]
        };
        if outside { libm::pow(value, self.law.outside_kappa) } else { value }
    }

    /// `e^{kappa dC(h, n)}` by skill and nest: what has become of the ways from a home, of land kept and of people known
    /// there. All ages have it alike.
    pub(crate) fn ways(&self, home: usize) -> [Vec<f64>; SKILLS] {
        let (law, rules) = (self.law, self.rules);
        let outside = self.geography.is_outside(home);
        let kappa: [f64; SKILLS] = std::array::from_fn(|k| self.kappa(home, k));
        let mut ways = [const { Vec::new() }; SKILLS];
        for (nest, nodes) in law.nests.iter().enumerate() {
            // A person registered outside who stays outside crosses no border.
            if outside && nodes.contains(&home) {
                ways.iter_mut().for_each(|ways| ways.push(1.0));
                continue;
            }
            let met = self.network.as_ref().map(|network| {
                let known =
                    |m: &[f64]| libm::log(1.0 + m[home * law.nests.len() + nest] / rules.p.network_scale);
                rules.p.network_pull * (known(network) - known(&law.base_network))
            });
            let crossed = border(self.geography, home, nest);
            for (k, ways) in ways.iter_mut().enumerate() {
                let mut cost = -rules.levers.border(Lever::MovingCost, crossed, k);
                if !outside {
                    cost += kept_land(self.now, home, nest, k) - kept_land(&law.base, home, nest, k);
                }
                if let Some(met) = met {
                    cost += met;
                }
                ways.push(libm::exp(kappa[k] * cost));
            }
        }
        ways
    }

    /// Seat and village of the own county: a nest of its own, with constants per home node by inversion.
    fn write_own_county(&self, home: usize, k: usize, base: &[f64], row: &mut [f64]) {
        let (law, rules) = (self.law, self.rules);
        let (kappa, lambda) = (self.kappa[k], rules.p.nest_dissimilarity);
        let all = base[0] + base[1];
        if all <= 0.0 {
            return;
        }
        let village = self.geography.nodes[home].tier == Tier::Village;
        let mut weight = [0.0; 2];
        for i in 0..2 {
            if base[i] <= 0.0 {
                continue;
            }
            let mut odds = kappa * (self.now.own[home][i][k] - law.base.own[home][i][k]);
            if village && i == 0 {
                // The border from the village to the seat is crossed in one direction only.
                odds -= kappa * rules.levers.border(Lever::MovingCost, 0, k);
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
}

/// `ln(1 + lambda_land T_h/w_nest)`: land kept while away, at nest level.
fn kept_land(u: &Utilities, home: usize, nest: usize, k: usize) -> f64 {
    libm::log(1.0 + u.kept_land[home] / u.nest_income[nest][k].max(1.0))
}
