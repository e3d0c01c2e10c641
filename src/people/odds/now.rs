//! By what this year's choice of a place differs from that of the base year.

use crate::people::location::{CLASSES, Law, ORIGINS, TABLE_AGES, border, origin};
use crate::world::{Geography, Tier};

/// What the tables of one year take from the stated changes. Odds are multiplied by these numbers.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Now {
    /// Part of the stated change at the end of the last year and of this one.
    pub(super) part: [f64; 2],
    /// Probability a year to review the place, mean over the people of each table age.
    pub(super) psi: [f64; TABLE_AGES],
    /// Home terms by node over the period, log odds.
    pub(super) home: Vec<f64>,
    /// Age terms over the period.
    pub(super) age: [f64; TABLE_AGES],
    /// Stayers registered at the seat over those of the village, by home.
    pub(super) seat: Vec<f64>,
    /// Change of the log odds of stayers to live at the seat over the period, by home.
    pub(super) village_to_seat: Vec<f64>,
    /// `e^u` by origin, end of the year and node.
    pub(super) place: [[Vec<f64>; 2]; ORIGINS],
    /// Growth of people away in a year by border class.
    pub(super) growth: [f64; ORIGINS],
    /// Border constants at the end of the last year and of this one, log odds: own province, others.
    pub cost: [[f64; ORIGINS]; 2],
}

impl Now {
    /// Terms of a home and table age at the end of the last year (0) and of this one (1), log odds.
    pub(super) fn home(&self, home: usize, age: usize, end: usize) -> f64 {
        (self.home[home] + self.age[age]) * self.part[end]
    }

    /// Share of a node inside its nest, times what the review has to overshoot: by how much a base-year
    /// weight is multiplied.
    pub fn lower(&self, j: usize, age: usize, origin: usize) -> f64 {
        let [before, after] = [self.place[origin][0][j], self.place[origin][1][j]];
        (before + (after * self.growth[origin] - before) / self.psi[age]).max(0.0)
    }

    /// Factors of seat and village at both ends of the year: villagers move to the seat until the odds of all who
    /// stay in the county, those of the seat included, have changed as stated; as many stay as before.
    ///
    /// ```text
    /// (r + x')/(1 - x') = e^v (r + x)/(1 - x)        x: share of villagers at the seat, r: people of the seat over villagers
    /// ```
    fn seat(&self, geography: &Geography, home: usize, base: &[f64]) -> [[f64; 2]; 2] {
        let stay = base[0] + base[1];
        if geography.nodes[home].tier != Tier::Village || base[0] <= 0.0 || base[1] <= 0.0 {
            return [[1.0; 2]; 2];
        }
        let (r, x) = (self.seat[home], base[0] / stay);
        self.part.map(|part| {
            let odds = libm::exp(self.village_to_seat[home] * part) * (r + x) / (1.0 - x);
            let there = ((odds - r) / (1.0 + odds)).max(0.0);
            [there / x, (1.0 - there) / (1.0 - x)]
        })
    }

    /// By what each option of a row of base-year probabilities (seat, village, nests) is multiplied in the stock of
    /// people, at both ends of the year. `rise[n]` is the mean of `e^u` in nest n at both ends.
    pub fn stock(
        &self,
        geography: &Geography,
        home: usize,
        age: usize,
        base: &[f64],
        rise: &dyn Fn(usize) -> [f64; 2],
        mut each: impl FnMut(usize, [f64; 2]),
    ) {
        let outside = geography.is_outside(home);
        let terms: [f64; 2] = std::array::from_fn(|e| libm::exp(self.home(home, age, e)));
        let costs: [[f64; 2]; 2] = std::array::from_fn(|e| self.cost[e].map(libm::exp));
        let seat = self.seat(geography, home, base);
        for (option, &p) in base.iter().enumerate() {
            let factor = if option < 2 {
                seat.map(|s| s[option])
            } else if p <= 0.0 {
                [1.0; 2]
            } else {
                let n = option - 2;
                let stays = outside && n == geography.prefectures.len() + home - geography.outside.start;
                let b = usize::from(border(geography, home, n) == 3);
                let rise = rise(n);
                std::array::from_fn(|e| if stays { 1.0 } else { terms[e] * costs[e][b] * rise[e] })
            };
            each(option, factor);
        }
    }

    /// Turns a row of base-year probabilities (seat, village, nests) into the factors by which the choice of
    /// this year differs from it. `rise[n]` is the mean of `e^u` in nest n at both ends of the year.
    pub fn factors(
        &self,
        geography: &Geography,
        home: usize,
        age: usize,
        base: &[f64],
        rise: &dyn Fn(usize) -> [f64; 2],
        out: &mut [f64],
    ) {
        let (mut sums, mut ends) = ([0.0; 2], vec![[0.0; 2]; base.len()]);
        self.stock(geography, home, age, base, rise, |option, factor| {
            for e in 0..2 {
                ends[option][e] = base[option] * factor[e];
                sums[e] += ends[option][e];
            }
        });
        for (option, &p) in base.iter().enumerate() {
            let [before, after] = [ends[option][0] / sums[0], ends[option][1] / sums[1]];
            let choice = (before + (after - before) / self.psi[age]).max(0.0);
            out[option] = if p > 0.0 { choice / p } else { 0.0 };
        }
    }
}

/// Mean of `e^u` over a nest under base-year shares, at both ends of the year.
pub(crate) struct Rises {
    nests: usize,
    /// By origin, class and nest.
    lower: Vec<[f64; 2]>,
    /// By county and class: the own prefecture.
    own: Vec<[f64; 2]>,
}

impl Rises {
    /// The mean of a nest as a home and class see it.
    pub(crate) fn of(&self, geography: &Geography, home: usize, class: usize, nest: usize) -> [f64; 2] {
        if !geography.is_outside(home) && geography.nodes[home].prefecture == nest {
            self.own[geography.nodes[home].county * CLASSES + class]
        } else {
            let origin = origin(geography, home, nest);
            self.lower[(origin * CLASSES + class) * self.nests + nest]
        }
    }
}

/// Works out [`Rises`] for a year.
pub(crate) fn rises(law: &Law, geography: &Geography, now: &Now) -> Rises {
    let mean = |shares: &mut dyn Iterator<Item = (usize, f64)>, origin: usize| {
        let (mut all, mut sums) = (0.0, [0.0; 2]);
        for (j, share) in shares {
            all += share;
            sums[0] += share * now.place[origin][0][j];
            sums[1] += share * now.place[origin][1][j];
        }
        if all > 0.0 { sums.map(|s| s / all) } else { [1.0; 2] }
    };
    let lower = law
        .lower
        .iter()
        .enumerate()
        .flat_map(|(row, share)| {
            law.nests.iter().map(move |n| mean(&mut n.clone().map(|j| (j, share[j])), row / CLASSES))
        })
        .collect();
    let own = law
        .own_prefecture
        .iter()
        .enumerate()
        .flat_map(|(c, tables)| {
            let nest = law.nests[geography.counties[c].prefecture].clone();
            tables.iter().map(move |t| (nest.clone(), t))
        })
        .map(|(nest, share)| mean(&mut nest.zip(share.iter().copied()), 0))
        .collect();
    Rises { nests: law.nests.len(), lower, own }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Migration;
    use crate::people::odds::Drift;
    use crate::world::geography::{County, Prefecture, Province};
    use crate::world::{Node, fixtures};

    /// Two counties of two prefectures of one province, each a seat and no village.
    fn two_counties() -> Geography {
        let at = |i: usize| (format!("{i}"), i as f64);
        let node = |i: usize| {
            let (id, longitude) = at(i);
            Node { prefecture: i, longitude, area_km2: 100.0, ..fixtures::node(&id, Tier::CountySeat, i) }
        };
        let unit = |i: usize| {
            let (code, longitude) = at(i);
            County { prefecture: i, longitude, ..fixtures::county(&code, i) }
        };
        let prefecture = |i: usize| {
            let (code, longitude) = at(i);
            Prefecture { longitude, ..fixtures::prefecture(&code, i..i + 1, i..i + 1) }
        };
        Geography {
            nodes: vec![node(0), node(1)],
            counties: vec![unit(0), unit(1)],
            prefectures: vec![prefecture(0), prefecture(1)],
            provinces: vec![Province {
                code: "0".into(),
                name: String::new(),
                counties: 0..2,
                prefectures: 0..2,
                nodes: 0..2,
            }],
            outside: 2..2,
            ..Geography::default()
        }
    }

    fn now(step: f64, psi: f64) -> Now {
        Now {
            part: [step - 1.0, step].map(|t| t / 10.0),
            psi: [psi; TABLE_AGES],
            home: vec![0.8, 0.0],
            seat: vec![0.0; 2],
            village_to_seat: vec![0.0; 2],
            place: std::array::from_fn(|_| [vec![1.0; 2], vec![1.0; 2]]),
            growth: [1.0; 2],
            cost: [[0.02 * (step - 1.0), 0.0], [0.02 * step, 0.0]],
            ..Now::default()
        }
    }

    #[test]
    fn the_stock_follows_the_law_at_any_speed_of_review() {
        let geography = two_counties();
        let base = [0.8, 0.0, 0.0, 0.2];
        for psi in [1.0, 0.2, 0.12, 0.04] {
            let mut stock = base;
            for step in 1..=10 {
                let now = now(f64::from(step), psi);
                let mut factors = [0.0; 4];
                now.factors(&geography, 0, 0, &base, &|_| [1.0; 2], &mut factors);
                let weights: Vec<f64> = base.iter().zip(&factors).map(|(b, f)| b * f).collect();
                let all: f64 = weights.iter().sum();
                for (s, w) in stock.iter_mut().zip(&weights) {
                    *s = (1.0 - psi) * *s + psi * w / all;
                }
            }
            // Log odds of being away rise by .8 (home) and .2 (border).
            let odds = libm::log(stock[3] / stock[0]) - libm::log(0.2 / 0.8);
            assert!((odds - 1.0).abs() < 1e-9, "psi {psi}: {odds}");
        }
    }

    #[test]
    fn nothing_stated_changes_nothing() {
        assert!(Drift::new(&two_counties(), &Migration::default(), 2010).unwrap().is_none());
    }

    #[test]
    fn the_odds_of_all_who_stay_change_as_stated() {
        let mut geography = two_counties();
        geography.nodes[0].tier = Tier::Village;
        let mut now = now(10.0, 1.0);
        now.village_to_seat = vec![0.7; 2];
        // Thirty people of the seat stay for every hundred villagers, of whom a fifth live at the seat.
        now.seat[0] = 0.3;
        let base = [0.2, 0.8, 0.0, 0.0];
        let [seat, village] = now.seat(&geography, 0, &base)[1];
        let odds = |s: f64, v: f64| libm::log((0.3 + s) / v);
        assert!((odds(0.2 * seat, 0.8 * village) - odds(0.2, 0.8) - 0.7).abs() < 1e-12);
        assert!((0.2 * seat + 0.8 * village - 1.0).abs() < 1e-12, "as many stay as before");
    }
}
