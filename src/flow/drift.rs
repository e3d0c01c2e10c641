//! Changes of the base-year odds of living away from home that a scenario states (`drivers.odds`): what a
//! run from the census of 2010 needs to arrive at that of 2020.
//!
//! ```text
//! odds_a(h) = odds0_a(h) e^{s_a + lam (x_h - l_h) - w_h} sum_j F(h,j) e^{dc_b + u_j} / sum_j F(h,j)
//! w_h = b_w (ln wage_h - mean) + b_m min(z(mining_h), 4)
//! u_j = b_c max(0, ln(density_j/3000)) + b_k [capital]
//! ```
//!
//! `l_h` is the log odds of being away of a home county in the base year, `x_h` its regression on facts of
//! that year over all counties. The border constants `dc_b` are solved so that people away grow as stated.
//! The changes are those of the stock of people away. Since only some review in a year, choices lead the
//! stock: whoever reviews at rate psi chooses from `S(t-1) + (S(t) - S(t-1))/psi`, so that the expected
//! stock follows `S(t)` at every speed of adjustment.

use super::location::{CLASSES, Law, TABLE_AGES, border, class, origin};
use crate::Result;
use crate::estimate::least_squares::{LinearFit, Regressor, ordinary};
use crate::scenario::Parameters;
use crate::scenario::file::Odds;
use crate::start::homes::stayers;
use crate::world::people::age_class;
use crate::world::{Geography, Person, Tier, World};

/// Cap on mining's share of jobs, standard deviations.
const MOST_MINING: f64 = 4.0;

/// Facts of the base year by county, in the units of the law.
#[derive(Clone, Debug, Default)]
pub struct CountyFacts {
    /// `l_h`: log odds of living away.
    pub log_odds: Vec<f64>,
    /// `x_h`: what the regression predicts.
    pub fundamental: Vec<f64>,
    /// ln wage less its mean; 0 where unknown.
    pub wage: Vec<f64>,
    /// Mining's share of jobs in standard deviations from its mean, at most 4; 0 where unknown.
    pub mining: Vec<f64>,
    /// Log density, persons per km2.
    pub density: Vec<f64>,
    /// Whether it has the tag `capital`.
    pub capital: Vec<bool>,
    /// Births per young adult relative to the nation.
    pub births: Vec<f64>,
    /// Names and columns of the facts, as regressors (the constant first).
    pub regressors: Vec<Regressor>,
    /// The regression of the log odds.
    pub fit: Option<LinearFit>,
}

/// Residents of a county by five-year age group.
pub fn ages(geography: &Geography, c: usize) -> [f64; 18] {
    let mut sum = [0.0; 18];
    for j in geography.counties[c].nodes() {
        for (s, n) in sum.iter_mut().zip(geography.nodes[j].facts.ages) {
            *s += n as f64;
        }
    }
    sum
}

/// Registered people of a county who live away from it, and those who stay.
pub fn away_and_stay(geography: &Geography, c: usize) -> (f64, f64) {
    let (mut away, mut stay) = (0.0, 0.0);
    for h in geography.counties[c].nodes() {
        let s = stayers(geography, h) as f64;
        stay += s;
        away += (geography.nodes[h].facts.registered as f64 - s).max(0.0);
    }
    (away, stay)
}

/// Values less their mean over the known ones, in units of `sd` if asked; 0 where unknown.
fn centred(values: &[Option<f64>], standard: bool) -> Vec<f64> {
    let known: Vec<f64> = values.iter().flatten().copied().collect();
    if known.is_empty() {
        return vec![0.0; values.len()];
    }
    let mean = known.iter().sum::<f64>() / known.len() as f64;
    let variance = known.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / known.len() as f64;
    let scale = if standard && variance > 0.0 { variance.sqrt() } else { 1.0 };
    values.iter().map(|v| v.map_or(0.0, |v| (v - mean) / scale)).collect()
}

impl CountyFacts {
    /// Reads the facts of every county and fits the regression of the log odds of being away.
    ///
    /// # Errors
    /// Fails if a fact is not a finite number.
    pub fn new(geography: &Geography) -> Result<Self> {
        let counties = &geography.counties;
        let n = counties.len();
        let sum = |c: usize, f: &dyn Fn(usize) -> f64| counties[c].nodes().map(f).sum::<f64>();
        let facts = |j: usize| &geography.nodes[j].facts;
        let residents: Vec<f64> = (0..n).map(|c| sum(c, &|j| facts(j).residents as f64).max(1.0)).collect();
        let first = |c: usize, f: &dyn Fn(usize) -> Option<f64>| counties[c].nodes().find_map(f);
        let log_odds = (0..n)
            .map(|c| {
                let (away, stay) = away_and_stay(geography, c);
                libm::log((away + 0.5) / (stay + 0.5))
            })
            .collect::<Vec<_>>();
        let density: Vec<f64> = (0..n)
            .map(|c| libm::log(residents[c] / sum(c, &|j| geography.nodes[j].area_km2).max(0.01)))
            .collect();
        let wage = centred(
            &(0..n)
                .map(|c| first(c, &|j| facts(j).wage_yuan).map(|w| libm::log(w.max(1.0))))
                .collect::<Vec<_>>(),
            false,
        );
        let mining: Vec<f64> =
            centred(&(0..n).map(|c| first(c, &|j| facts(j).mining_share)).collect::<Vec<_>>(), true)
                .into_iter()
                .map(|z| z.min(MOST_MINING))
                .collect();
        let capital: Vec<bool> = (0..n)
            .map(|c| counties[c].nodes().any(|j| geography.nodes[j].tags.iter().any(|t| t == "capital")))
            .collect();
        let young: Vec<f64> =
            (0..n).map(|c| ages(geography, c)[4..=6].iter().sum::<f64>().max(1.0)).collect();
        let rate: Vec<Option<f64>> =
            (0..n).map(|c| first(c, &|j| facts(j).birth_rate).map(|b| b * residents[c] / young[c])).collect();
        let (born, able) = rate
            .iter()
            .zip(&young)
            .filter_map(|(r, y)| r.map(|r| (r * y, *y)))
            .fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1));
        let births =
            rate.iter().map(|r| r.map_or(1.0, |r| if born > 0.0 { r * able / born } else { 1.0 })).collect();
        let mut all = CountyFacts {
            fundamental: log_odds.clone(),
            log_odds,
            wage,
            mining,
            density,
            capital,
            births,
            ..Default::default()
        };
        let share = |c: usize, s: usize| {
            let jobs = sum(c, &|j| facts(j).employed.iter().sum::<u64>() as f64).max(1.0);
            sum(c, &|j| facts(j).employed[s] as f64) / jobs
        };
        let column = |name: &str, f: &dyn Fn(usize) -> f64| Regressor::new(name, (0..n).map(f).collect());
        let minority =
            centred(&(0..n).map(|c| first(c, &|j| facts(j).minority_share)).collect::<Vec<_>>(), false);
        let candidates = [
            column("size", &|c| libm::log(residents[c])),
            column("district", &|c| f64::from(u8::from(counties[c].district))),
            column("density", &|c| all.density[c]),
            column("industry", &|c| share(c, 1)),
            column("education", &|c| sum(c, &|j| facts(j).talent as f64) / residents[c]),
            column("minority", &|c| minority[c]),
            column("distance_to_capital", &|c| libm::log(1.0 + capital_distance(geography, &all.capital, c))),
            column("wage", &|c| all.wage[c]),
        ];
        all.regressors.push(Regressor::constant(n));
        for candidate in candidates {
            // A fact that does not vary in this area says nothing.
            let mean = candidate.values.iter().sum::<f64>() / n.max(1) as f64;
            if candidate.values.iter().any(|v| (v - mean).abs() > 1e-9) {
                all.regressors.push(candidate);
            }
        }
        if n > all.regressors.len() {
            let fit = ordinary(&all.regressors, &all.log_odds)?;
            all.fundamental = all.log_odds.iter().zip(&fit.residuals).map(|(l, e)| l - e).collect();
            all.fit = Some(fit);
        }
        Ok(all)
    }

    /// The change of the log odds of being away that a home county's own terms carry over the period,
    /// without age and borders.
    pub fn home_term(&self, odds: &Odds, c: usize) -> f64 {
        odds.reversion * (self.fundamental[c] - self.log_odds[c])
            - odds.wage * self.wage[c]
            - odds.mining * self.mining[c]
    }

    /// The change of the log odds to go to a county over the period, `u_j`.
    pub fn place_term(&self, odds: &Odds, c: usize) -> f64 {
        odds.crowding * (self.density[c] - libm::log(odds.crowding_density)).max(0.0)
            + odds.capital * f64::from(u8::from(self.capital[c]))
    }
}

/// Distance of a county to the nearest county with the tag `capital` of its province, km; 0 if none has it.
fn capital_distance(geography: &Geography, capital: &[bool], c: usize) -> f64 {
    let province = geography.counties[c].province;
    geography.provinces[province]
        .counties
        .clone()
        .filter(|&d| capital[d])
        .map(|d| geography.county_distance(c, d))
        .fold(None, |best: Option<f64>, d| Some(best.map_or(d, |b| b.min(d))))
        .unwrap_or(0.0)
}

/// Age term of a table age (18-34, 35-54 and children, 55 and over).
fn age_term(odds: &Odds, age: usize) -> f64 {
    [0.0, odds.age_35_54, odds.age_others][age]
}

/// The terms of a run, worked out once from the facts of the base year.
#[derive(Clone, Debug, Default)]
pub struct Drift {
    pub odds: Odds,
    /// Home and place terms by county over the whole period.
    home: Vec<f64>,
    place: Vec<f64>,
    /// People away in the base year, persons: own province, other provinces.
    away: [f64; 2],
    /// Relative births of each home node in steps of [`BIRTH_STEP`]; empty unless given.
    pub birth_class: Vec<u8>,
}

/// Width of a class of relative births, log points, and the number of classes.
pub const BIRTH_STEP: f64 = 0.05;
/// Number of classes of relative births; the middle one is the national rate.
pub const BIRTH_CLASSES: usize = 61;

/// Relative births of a class.
pub fn birth_factor(class: usize) -> f64 {
    libm::exp(BIRTH_STEP * (class as f64 - (BIRTH_CLASSES / 2) as f64))
}

/// What the tables of one year take from the stated changes. Odds are multiplied by these numbers.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Now {
    years: f64,
    step: f64,
    psi: [f64; TABLE_AGES],
    odds: Odds,
    home: Vec<f64>,
    /// `e^u` of each node at the end of the last year and of this one.
    place: [Vec<f64>; 2],
    /// Growth of people away in a year by border class.
    growth: [f64; 2],
    /// Border constants at the end of the last year and of this one, log odds: own province, others.
    pub cost: [[f64; 2]; 2],
}

impl Drift {
    /// Works out the terms; `None` if the scenario states no change.
    ///
    /// # Errors
    /// As [`CountyFacts::new`].
    pub fn new(geography: &Geography, odds: &Odds) -> Result<Option<Self>> {
        if *odds == Odds::default() {
            return Ok(None);
        }
        let facts = CountyFacts::new(geography)?;
        let counties = 0..geography.counties.len();
        let mut away = [0.0; 2];
        for j in 0..geography.area_nodes() {
            away[0] += geography.nodes[j].facts.newcomers_province as f64;
            away[1] += geography.nodes[j].facts.newcomers_other as f64;
        }
        if !geography.outside.is_empty() {
            let gone: f64 = counties.clone().map(|c| away_and_stay(geography, c).0).sum();
            away[1] += (gone - away[0]).max(0.0);
        }
        let birth_class = if odds.county_births {
            let middle = (BIRTH_CLASSES / 2) as f64;
            geography
                .nodes
                .iter()
                .map(|n| {
                    let factor = if n.tier == Tier::Outside { 1.0 } else { facts.births[n.county] };
                    let class = middle + libm::rint(libm::log(factor.max(1e-3)) / BIRTH_STEP);
                    class.clamp(0.0, (BIRTH_CLASSES - 1) as f64) as u8
                })
                .collect()
        } else {
            Vec::new()
        };
        Ok(Some(Drift {
            home: counties.clone().map(|c| facts.home_term(odds, c)).collect(),
            place: counties.map(|c| facts.place_term(odds, c)).collect(),
            odds: odds.clone(),
            away,
            birth_class,
        }))
    }

    /// Sets the changes of a year in the law: terms by time, then the border constants that bring people
    /// away to the stated numbers. Everything is worked out anew from the present state, so that a resumed
    /// run takes the same path.
    pub fn set(&self, law: &mut Law, world: &World, p: &Parameters) {
        let t = f64::from(world.step);
        let geography = &world.geography;
        let part = |t: f64| -> Vec<f64> {
            geography
                .nodes
                .iter()
                .map(|n| {
                    if n.tier == Tier::Outside {
                        1.0
                    } else {
                        libm::exp(self.place[n.county] * t / self.odds.years)
                    }
                })
                .collect()
        };
        let stated = [self.odds.own_province, self.odds.other_provinces];
        let yearly = stated.map(|g| libm::pow(g.unwrap_or(1.0), 1.0 / self.odds.years));
        let mut now = Now {
            years: self.odds.years,
            step: t,
            psi: [p.psi_18_34, p.psi_35_54, p.psi_55].map(|psi| psi.clamp(1e-6, 1.0)),
            odds: self.odds.clone(),
            home: geography
                .nodes
                .iter()
                .map(|n| if n.tier == Tier::Outside { 0.0 } else { self.home[n.county] })
                .collect(),
            place: [part(t - 1.0), part(t)],
            growth: yearly,
            cost: [[0.0; 2]; 2],
        };
        if stated.iter().any(Option::is_some) {
            let cells = Cells::new(law, world, &now);
            let target = |t: f64| -> [Option<f64>; 2] {
                std::array::from_fn(|b| stated[b].map(|_| self.away[b] * libm::pow(yearly[b], t)))
            };
            now.cost[0] = cells.solve([0.0; 2], target(t - 1.0), |cells, cost| cells.stock(cost, 0));
            let last = now.cost[0];
            now.cost[1] = cells.solve(last, target(t), |cells, cost| cells.expected(&now, last, cost));
        }
        law.now = Some(now);
    }
}

impl Now {
    /// Terms of a home and table age at the end of the last year (0) and of this one (1), log odds.
    fn home(&self, home: usize, age: usize, end: usize) -> f64 {
        (self.home[home] + age_term(&self.odds, age)) * (self.step - 1.0 + end as f64) / self.years
    }

    /// Share of a node inside its nest, times what the review has to overshoot: by how much a base-year
    /// weight is multiplied.
    pub fn lower(&self, j: usize, age: usize, origin: usize) -> f64 {
        let (before, after) = (self.place[0][j], self.place[1][j]);
        (before + (after * self.growth[origin] - before) / self.psi[age]).max(0.0)
    }

    /// `e^u` of a node at the end of the last year (0) and of this one (1).
    pub fn place(&self, j: usize, end: usize) -> f64 {
        self.place[end][j]
    }

    /// Factors of seat and village at both ends of the year: villagers who stay move to the seat, and as
    /// many stay as before.
    fn seat(&self, geography: &Geography, home: usize, base: &[f64]) -> [[f64; 2]; 2] {
        let stay = base[0] + base[1];
        if geography.nodes[home].tier != Tier::Village || stay <= 0.0 {
            return [[1.0; 2]; 2];
        }
        std::array::from_fn(|e| {
            let t = (self.step - 1.0 + e as f64) / self.years;
            let odds = libm::exp(self.odds.village_to_seat * t);
            let scale = stay / (base[0] * odds + base[1]);
            [odds * scale, scale]
        })
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
        let outside = geography.is_outside(home);
        let (mut sums, mut ends) = ([0.0; 2], vec![[0.0; 2]; base.len()]);
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
            for e in 0..2 {
                ends[option][e] = p * factor[e];
                sums[e] += ends[option][e];
            }
        }
        for (option, &p) in base.iter().enumerate() {
            let [before, after] = [ends[option][0] / sums[0], ends[option][1] / sums[1]];
            let choice = (before + (after - before) / self.psi[age]).max(0.0);
            out[option] = if p > 0.0 { choice / p } else { 0.0 };
        }
    }
}

/// One home and table age: persons, where they are, and base-year shares raised by place terms.
struct Cell {
    age: usize,
    persons: f64,
    away: [f64; 2],
    /// Share staying, and shares away by border at both ends of the year.
    stay: f64,
    share: [[f64; 2]; 2],
    /// `e` to the home and age terms at both ends of the year.
    term: [f64; 2],
}

struct Cells {
    list: Vec<Cell>,
}

impl Cells {
    fn new(law: &Law, world: &World, now: &Now) -> Cells {
        let geography = &world.geography;
        let nests = law.nests.len();
        let persons = world.persons_per_agent() as f64;
        let counts = crate::kernel::chunks::map_ranges(geography.len(), 16, |_, range| {
            range.map(|h| count(world, h)).collect::<Vec<_>>()
        })
        .concat();
        let rises = rises(law, geography, now);
        let parts = crate::kernel::chunks::map_ranges(geography.len(), 64, |_, range| {
            let mut list = Vec::new();
            for h in range {
                let outside = geography.is_outside(h);
                for (class, &[all, own, other]) in counts[h].iter().enumerate() {
                    if all == 0 {
                        continue;
                    }
                    let age = class % TABLE_AGES;
                    let row = law.upper_row(h, class);
                    let mut stay = row[0] + row[1];
                    let mut share = [[0.0; 2]; 2];
                    for n in 0..nests {
                        let p = row[2 + n];
                        if p <= 0.0 {
                            continue;
                        }
                        if outside && law.nests[n].contains(&h) {
                            stay += p;
                            continue;
                        }
                        let b = usize::from(border(geography, h, n) == 3);
                        let rise = rises.of(geography, h, class, n);
                        for e in 0..2 {
                            share[e][b] += p * rise[e];
                        }
                    }
                    list.push(Cell {
                        age,
                        persons: all as f64 * persons,
                        away: [own as f64 * persons, other as f64 * persons],
                        stay,
                        share,
                        term: std::array::from_fn(|e| libm::exp(now.home(h, age, e))),
                    });
                }
            }
            list
        });
        Cells { list: parts.into_iter().flatten().collect() }
    }

    /// People away by border if everybody lived by the law at one end of the year.
    fn stock(&self, cost: [f64; 2], end: usize) -> [f64; 2] {
        let factor = cost.map(libm::exp);
        let mut sums = [0.0; 2];
        for cell in &self.list {
            let away = shares(cell, factor, end);
            sums[0] += cell.persons * away[0];
            sums[1] += cell.persons * away[1];
        }
        sums
    }

    /// People away by border who are expected after this year's review.
    fn expected(&self, now: &Now, last: [f64; 2], cost: [f64; 2]) -> [f64; 2] {
        let (before, after) = (last.map(libm::exp), cost.map(libm::exp));
        let mut sums = [0.0; 2];
        for cell in &self.list {
            let psi = now.psi[cell.age];
            let (old, new) = (shares(cell, before, 0), shares(cell, after, 1));
            let stay = |s: [f64; 2]| 1.0 - s[0] - s[1];
            let lead = |old: f64, new: f64| (old + (new - old) / psi).max(0.0);
            let choice = [lead(old[0], new[0]), lead(old[1], new[1])];
            let all = choice[0] + choice[1] + lead(stay(old), stay(new));
            for b in 0..2 {
                sums[b] += (1.0 - psi) * cell.away[b] + psi * cell.persons * choice[b] / all;
            }
        }
        sums
    }

    /// Border constants that bring people away to their targets: the log gap is closed round by round.
    fn solve(
        &self,
        start: [f64; 2],
        target: [Option<f64>; 2],
        of: impl Fn(&Cells, [f64; 2]) -> [f64; 2],
    ) -> [f64; 2] {
        let mut cost = start;
        for _ in 0..200 {
            let found = of(self, cost);
            let mut gap: f64 = 0.0;
            for b in 0..2 {
                if let Some(target) = target[b]
                    && found[b] > 0.0
                {
                    let step = libm::log(target / found[b]);
                    gap = gap.max(step.abs());
                    cost[b] = (cost[b] + step).clamp(-5.0, 5.0);
                }
            }
            if gap < 1e-9 {
                break;
            }
        }
        cost
    }
}

fn shares(cell: &Cell, factor: [f64; 2], end: usize) -> [f64; 2] {
    let away: [f64; 2] = std::array::from_fn(|b| cell.share[end][b] * factor[b] * cell.term[end]);
    let all = cell.stay + away[0] + away[1];
    if all > 0.0 { away.map(|a| a / all) } else { [0.0; 2] }
}

/// Agents of a home by class: all, away in the own province, in another one.
type Counts = [[u64; 3]; CLASSES];

fn count(world: &World, block: usize) -> Counts {
    let g = &world.geography;
    let mut counts = [[0u64; 3]; CLASSES];
    let mut add = |person: Person| {
        // Converts stay in the block of their first home; their home is the present one.
        let (home, place) = (person.home(), person.place());
        let age = match age_class(person.age()) {
            1 => 0,
            3 => 2,
            _ => 1,
        };
        let cell = &mut counts[class(person.skill(), age)];
        if home != block {
            return;
        }
        cell[0] += 1;
        let away = match (g.is_outside(home), g.is_outside(place)) {
            (true, true) => false,
            (false, false) => g.nodes[home].county != g.nodes[place].county,
            _ => true,
        };
        if away {
            let other = g.is_outside(home)
                || g.is_outside(place)
                || g.nodes[home].province != g.nodes[place].province;
            cell[1 + usize::from(other)] += 1;
        }
    };
    for &person in &world.people.blocks[block].slots {
        if !person.is_free() {
            add(person);
        }
    }
    counts
}

/// Mean of `e^u` over a nest under base-year shares, at both ends of the year.
pub struct Rises {
    nests: usize,
    /// By origin, class and nest.
    lower: Vec<[f64; 2]>,
    /// By county and class: the own prefecture.
    own: Vec<[f64; 2]>,
}

impl Rises {
    /// The mean of a nest as a home and class see it.
    pub fn of(&self, geography: &Geography, home: usize, class: usize, nest: usize) -> [f64; 2] {
        if !geography.is_outside(home) && geography.nodes[home].prefecture == nest {
            self.own[geography.nodes[home].county * CLASSES + class]
        } else {
            let origin = origin(geography, home, nest);
            self.lower[(origin * CLASSES + class) * self.nests + nest]
        }
    }
}

/// Works out [`Rises`] for a year.
pub fn rises(law: &Law, geography: &Geography, now: &Now) -> Rises {
    let mean = |shares: &mut dyn Iterator<Item = (usize, f64)>| {
        let (mut all, mut sums) = (0.0, [0.0; 2]);
        for (j, share) in shares {
            all += share;
            sums[0] += share * now.place(j, 0);
            sums[1] += share * now.place(j, 1);
        }
        if all > 0.0 { sums.map(|s| s / all) } else { [1.0; 2] }
    };
    let lower = law
        .lower
        .iter()
        .flat_map(|share| law.nests.iter().map(|n| mean(&mut n.clone().map(|j| (j, share[j])))))
        .collect();
    let own = law
        .own_prefecture
        .iter()
        .enumerate()
        .flat_map(|(c, tables)| {
            let nest = law.nests[geography.counties[c].prefecture].clone();
            tables.iter().map(move |t| (nest.clone(), t))
        })
        .map(|(nest, share)| mean(&mut nest.zip(share.iter().copied())))
        .collect();
    Rises { nests: law.nests.len(), lower, own }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::Node;
    use crate::world::geography::{County, Prefecture, Province};
    use crate::world::node::Facts;

    /// Two counties of two prefectures of one province, each a seat and no village.
    fn two_counties() -> Geography {
        let node = |i: usize| Node {
            id: format!("{i}"),
            name: String::new(),
            name_en: String::new(),
            tier: Tier::CountySeat,
            county: i,
            prefecture: i,
            province: 0,
            longitude: i as f64,
            latitude: 0.0,
            area_km2: 100.0,
            tags: Vec::new(),
            facts: Facts::default(),
        };
        let unit = |i: usize| County {
            code: format!("{i}"),
            name: String::new(),
            prefecture: i,
            province: 0,
            seat: i,
            village: None,
            district: false,
            longitude: i as f64,
            latitude: 0.0,
        };
        let prefecture = |i: usize| Prefecture {
            code: format!("{i}"),
            name: String::new(),
            province: 0,
            counties: i..i + 1,
            nodes: i..i + 1,
            longitude: i as f64,
            latitude: 0.0,
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
            years: 10.0,
            step,
            psi: [psi; TABLE_AGES],
            odds: Odds::default(),
            home: vec![0.8, 0.0],
            place: [vec![1.0; 2], vec![1.0; 2]],
            growth: [1.0; 2],
            cost: [[0.02 * (step - 1.0), 0.0], [0.02 * step, 0.0]],
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
        assert!(Drift::new(&two_counties(), &Odds::default()).unwrap().is_none());
    }
}
