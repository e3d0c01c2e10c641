//! The migration law of the backtest in closed form: expected people by county after a period, with the
//! home x place matrix, cohort survival by five-year groups, and the terms of `drivers.odds`.
//!
//! ```text
//! away_g(h)/stay_g(h) = m_g(h)/(1 - m_g(h)) e^{s_g + lam (x_h - l_h) - w_h} sum_j F(h,j) e^{dc_b + u_j} / O_h
//! ```

use super::targets::residents;
use crate::Result;
use crate::estimate::least_squares::{Regressor, weighted};
use crate::estimate::unusable;
use crate::flow::drift::{CountyFacts, ages, away_and_stay};
use crate::flow::location::{ORIGINS, border, origin};
use crate::kernel::chunks::map_ranges;
use crate::scenario::file::Odds;
use crate::scenario::study_area::{NATIONAL_AGES, StudyArea};
use crate::scenario::{Scenario, study_area};
use crate::start::homes::Gravity;
use crate::start::registration;
use crate::world::{Geography, SKILLS};

/// Five-year groups.
const GROUPS: usize = 18;
/// Years that the cohort tables span: two five-year groups.
pub const YEARS: f64 = 10.0;

/// The law prepared for a study area; predicting with other terms costs little.
pub struct ClosedForm {
    pub geography: Geography,
    pub facts: CountyFacts,
    /// Largest relative gap that the home x place fit left, and its rounds.
    pub fit_gap: f64,
    pub fit_rounds: usize,
    fit: Gravity,
    /// Expected leavers: [county][nest][skill].
    flows: Vec<Vec<[f64; SKILLS]>>,
    /// People in the base year by county and age group: staying, away.
    stay: Vec<[f64; GROUPS]>,
    away: Vec<[f64; GROUPS]>,
    /// The same registered people ten years on, without those who died, with those born.
    later: Vec<[f64; GROUPS]>,
    /// What natural increase alone makes of residents.
    pub natural: Vec<f64>,
    /// Share of newcomers by age group.
    pub movers: [f64; GROUPS],
    /// Newcomers counted over newcomers in the fitted matrix, by node.
    found: Vec<f64>,
    /// People away by border in the base year.
    base: [f64; 2],
}

/// What the law predicts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prediction {
    /// Persons by county.
    pub population: Vec<f64>,
    /// Border constants solved: own province, other provinces, log odds.
    pub cost: [f64; 2],
    /// People away by border.
    pub away: [f64; 2],
}

impl ClosedForm {
    /// Reads nothing but the area: everything is worked out from the base year.
    ///
    /// # Errors
    /// Fails for an area with an outside: people away are then not all known by home.
    pub fn new(scenario: &Scenario, area: StudyArea) -> Result<ClosedForm> {
        let StudyArea { mut geography, outside_in_area, .. } = area;
        if !outside_in_area.is_empty() {
            return Err(unusable(
                "the closed form",
                format!("an area with {} outside node(s)", outside_in_area.len()),
                "a national scenario, such as scenarios/china/backtest_2010_2020.toml",
            ));
        }
        registration::correct(&mut geography, &scenario.world.registration);
        let facts = CountyFacts::new(&geography)?;
        let fit = Gravity::fit(&geography, &outside_in_area, &scenario.parameters);
        let n = geography.counties.len();
        let flows: Vec<Vec<[f64; SKILLS]>> = map_ranges(n, 32, |_, range| {
            range
                .map(|c| {
                    let mut sum = vec![[0.0; SKILLS]; fit.nests().len()];
                    for h in geography.counties[c].nodes() {
                        for (s, row) in sum.iter_mut().zip(fit.by_nest(&geography, h)) {
                            s[0] += row[0];
                            s[1] += row[1];
                        }
                    }
                    sum
                })
                .collect::<Vec<_>>()
        })
        .concat();
        let people: Vec<[f64; GROUPS]> = (0..n).map(|c| ages(&geography, c)).collect();
        let newcomers: Vec<f64> = (0..n).map(|c| newcomers(&geography, c)).collect();
        let (movers, locals) = movers_ages(&people, &newcomers)?;
        let mut stay = Vec::with_capacity(n);
        let mut away = Vec::with_capacity(n);
        for c in 0..n {
            let new = split_newcomers(&people[c], newcomers[c], &movers, &locals);
            stay.push(std::array::from_fn(|g| (people[c][g] - new[g]).max(0.0)));
            let leavers = away_and_stay(&geography, c).0;
            away.push(movers.map(|m| m * leavers));
        }
        let national: [f64; GROUPS] = std::array::from_fn(|g| people.iter().map(|p| p[g]).sum());
        let registered: Vec<[f64; GROUPS]> =
            (0..n).map(|c| std::array::from_fn(|g| stay[c][g] + away[c][g])).collect();
        let later = age(&registered, &national, &facts.births);
        let natural = age(&people, &national, &facts.births).iter().map(|p| p.iter().sum()).collect();
        let mut base = [0.0; 2];
        for j in 0..geography.len() {
            base[0] += geography.nodes[j].facts.newcomers_province as f64;
            base[1] += geography.nodes[j].facts.newcomers_other as f64;
        }
        let mut law = ClosedForm {
            fit_gap: fit.gap,
            fit_rounds: fit.rounds,
            found: vec![1.0; geography.len()],
            geography,
            facts,
            fit,
            flows,
            stay,
            away,
            later,
            natural,
            movers,
            base,
        };
        let fitted = law.arrivals(&Odds::default(), [0.0; 2], &vec![1.0; n]);
        law.found = (0..law.geography.len())
            .map(|j| {
                let f = &law.geography.nodes[j].facts;
                let counted = (f.newcomers_province + f.newcomers_other) as f64;
                if fitted[j] > 1.0 { counted / fitted[j] } else { 1.0 }
            })
            .collect();
        Ok(law)
    }

    /// People of each county who go, by county and border, relative to the base year at zero border costs:
    /// `sum_j F e^u / O`.
    fn pull(&self, place: &[f64]) -> Vec<[f64; 2]> {
        let rises = self.rises(place);
        map_ranges(self.flows.len(), 64, |_, range| {
            range
                .map(|c| {
                    let mut sums = [0.0; 2];
                    let mut all = 0.0;
                    for (n, row) in self.flows[c].iter().enumerate() {
                        let b = self.border(c, n);
                        for k in 0..SKILLS {
                            sums[b] += row[k] * rises.of(self, c, k, n);
                            all += row[k];
                        }
                    }
                    if all > 0.0 { sums.map(|s| s / all) } else { [0.0; 2] }
                })
                .collect::<Vec<_>>()
        })
        .concat()
    }

    fn border(&self, c: usize, nest: usize) -> usize {
        usize::from(border(&self.geography, self.geography.counties[c].seat, nest) == 3)
    }

    /// Mean of `e^u` over each nest, as each home sees it.
    fn rises(&self, place: &[f64]) -> NestRise {
        let nests = self.fit.nests();
        let g = &self.geography;
        let at = |j: usize| place[g.nodes[j].county];
        let mut lower = Vec::with_capacity(ORIGINS * SKILLS * nests.len());
        for o in 0..ORIGINS {
            for k in 0..SKILLS {
                for nest in nests {
                    let (mut all, mut sum) = (0.0, 0.0);
                    for j in nest.clone() {
                        let w = self.fit.place_weight(o, k, j);
                        all += w;
                        sum += w * at(j);
                    }
                    lower.push(if all > 0.0 { [all, sum / all] } else { [0.0, 1.0] });
                }
            }
        }
        let own = (0..g.counties.len())
            .map(|c| {
                let nest = nests[g.counties[c].prefecture].clone();
                std::array::from_fn(|k| {
                    let (mut all, mut sum) = (0.0, 0.0);
                    for j in nest.clone() {
                        let w = self.fit.near_weight(c, k, j, nest.start);
                        all += w;
                        sum += w * at(j);
                    }
                    if all > 0.0 { [all, sum / all] } else { [0.0, 1.0] }
                })
            })
            .collect();
        NestRise { nests: nests.len(), lower, own }
    }

    /// Newcomers by node if `scale[c]` times the base year's leavers of a county went by the terms given.
    fn arrivals(&self, odds: &Odds, cost: [f64; 2], scale: &[f64]) -> Vec<f64> {
        let place: Vec<f64> =
            (0..self.flows.len()).map(|c| libm::exp(self.facts.place_term(odds, c))).collect();
        let rises = self.rises(&place);
        let nests = self.fit.nests();
        let g = &self.geography;
        let costs = cost.map(libm::exp);
        let mut sums = vec![0.0; ORIGINS * SKILLS * nests.len()];
        let mut arrivals = vec![0.0; g.len()];
        for c in 0..self.flows.len() {
            let seat = g.counties[c].seat;
            for (n, row) in self.flows[c].iter().enumerate() {
                let factor = scale[c] * costs[self.border(c, n)];
                let own = g.counties[c].prefecture == n;
                for k in 0..SKILLS {
                    let people = row[k] * factor;
                    if people <= 0.0 {
                        continue;
                    }
                    if own {
                        // People go to each place in proportion to weight x e^u.
                        let nest = nests[n].clone();
                        let all = rises.own[c][k][0].max(1e-300);
                        for j in nest.clone() {
                            let w = self.fit.near_weight(c, k, j, nest.start);
                            arrivals[j] += people * w * place[g.nodes[j].county] / all;
                        }
                    } else {
                        sums[(origin(g, seat, n) * SKILLS + k) * nests.len() + n] += people;
                    }
                }
            }
        }
        for o in 0..ORIGINS {
            for k in 0..SKILLS {
                for (n, nest) in nests.iter().enumerate() {
                    let i = (o * SKILLS + k) * nests.len() + n;
                    let all = rises.lower[i][0].max(1e-300);
                    for j in nest.clone() {
                        let w = self.fit.place_weight(o, k, j);
                        arrivals[j] += sums[i] * w * place[g.nodes[j].county] / all;
                    }
                }
            }
        }
        arrivals
    }

    /// Predicts every county after the period.
    pub fn predict(&self, odds: &Odds) -> Prediction {
        let n = self.flows.len();
        let place: Vec<f64> = (0..n).map(|c| libm::exp(self.facts.place_term(odds, c))).collect();
        let pull = self.pull(&place);
        let ages: [f64; GROUPS] = std::array::from_fn(|g| {
            libm::exp(match g {
                3..=6 => 0.0,
                7..=10 => odds.age_35_54,
                _ => odds.age_others,
            })
        });
        // Odds at zero border costs by county and group.
        let odds0: Vec<[f64; GROUPS]> = (0..n)
            .map(|c| {
                let home = libm::exp(self.facts.home_term(odds, c));
                std::array::from_fn(|g| {
                    let stay = self.stay[c][g].max(1e-3);
                    self.away[c][g] / stay * ages[g] * home
                })
            })
            .collect();
        let away = |cost: [f64; 2]| -> (Vec<f64>, [f64; 2]) {
            let e = cost.map(libm::exp);
            let mut sums = [0.0; 2];
            let list = (0..n)
                .map(|c| {
                    let by = [pull[c][0] * e[0], pull[c][1] * e[1]];
                    let all = by[0] + by[1];
                    let gone: f64 = (0..GROUPS)
                        .map(|g| {
                            let o = odds0[c][g] * all;
                            self.later[c][g] * o / (1.0 + o)
                        })
                        .sum();
                    if all > 0.0 {
                        sums[0] += gone * by[0] / all;
                        sums[1] += gone * by[1] / all;
                    }
                    gone
                })
                .collect();
            (list, sums)
        };
        let stated = [odds.own_province, odds.other_provinces];
        let mut cost = [0.0; 2];
        for _ in 0..300 {
            let (_, sums) = away(cost);
            let mut gap: f64 = 0.0;
            for b in 0..2 {
                if let Some(growth) = stated[b]
                    && sums[b] > 0.0
                {
                    let target = self.base[b] * growth * libm::exp(odds.converts);
                    let step = libm::log(target / sums[b]);
                    gap = gap.max(step.abs());
                    cost[b] = (cost[b] + step).clamp(-5.0, 5.0);
                }
            }
            if gap < 1e-10 {
                break;
            }
        }
        let (gone, sums) = away(cost);
        let e = cost.map(libm::exp);
        let scale: Vec<f64> = (0..n)
            .map(|c| {
                let leavers: f64 = self.flows[c].iter().map(|r| r[0] + r[1]).sum();
                let all = leavers * (pull[c][0] * e[0] + pull[c][1] * e[1]);
                if all > 0.0 { gone[c] / all } else { 0.0 }
            })
            .collect();
        let arrivals = self.arrivals(odds, cost, &scale);
        let population = (0..n)
            .map(|c| {
                let stay = self.later[c].iter().sum::<f64>() - gone[c];
                stay + self.geography.counties[c].nodes().map(|j| arrivals[j] * self.found[j]).sum::<f64>()
            })
            .collect();
        Prediction { population, cost, away: sums }
    }

    /// People in the base year who live in another county than the one they are registered in.
    pub fn newcomers(&self) -> f64 {
        self.base[0] + self.base[1]
    }

    /// Newcomers of a county in the base year.
    pub fn newcomers_of(&self, c: usize) -> f64 {
        newcomers(&self.geography, c)
    }

    /// Newcomers whom the fitted home x place matrix puts at the wrong place.
    pub fn misplaced(&self) -> f64 {
        let f = |j: usize| &self.geography.nodes[j].facts;
        (0..self.geography.len())
            .map(|j| {
                let counted = (f(j).newcomers_province + f(j).newcomers_other) as f64;
                (counted - counted / self.found[j]).abs() / 2.0
            })
            .sum()
    }

    /// Growth of everybody at the national rate.
    pub fn uniform(&self) -> Vec<f64> {
        let n = self.flows.len();
        let now: f64 = (0..n).map(|c| residents(&self.geography, c)).sum();
        let then: f64 = self.natural.iter().sum();
        (0..n).map(|c| residents(&self.geography, c) * then / now).collect()
    }
}

struct NestRise {
    nests: usize,
    /// [origin x skill x nest]: sum of weights, mean of `e^u`.
    lower: Vec<[f64; 2]>,
    /// [county][skill] of the own prefecture.
    own: Vec<[[f64; 2]; SKILLS]>,
}

impl NestRise {
    fn of(&self, law: &ClosedForm, c: usize, k: usize, nest: usize) -> f64 {
        let county = &law.geography.counties[c];
        if county.prefecture == nest {
            self.own[c][k][1]
        } else {
            let o = origin(&law.geography, county.seat, nest);
            self.lower[(o * SKILLS + k) * self.nests + nest][1]
        }
    }
}

fn newcomers(geography: &Geography, c: usize) -> f64 {
    geography.counties[c]
        .nodes()
        .map(|j| {
            let f = &geography.nodes[j].facts;
            (f.newcomers_province + f.newcomers_other) as f64
        })
        .sum()
}

/// Ages of newcomers and of locals from the cross-section: the share of each age group regressed on the
/// share of newcomers, at one and at zero.
fn movers_ages(people: &[[f64; GROUPS]], newcomers: &[f64]) -> Result<([f64; GROUPS], [f64; GROUPS])> {
    let all: Vec<f64> = people.iter().map(|p| p.iter().sum::<f64>().max(1.0)).collect();
    let share: Vec<f64> = newcomers.iter().zip(&all).map(|(n, a)| (n / a).min(1.0)).collect();
    let x = [Regressor::constant(all.len()), Regressor::new("newcomers", share)];
    let (mut movers, mut locals) = ([0.0; GROUPS], [0.0; GROUPS]);
    for g in 0..GROUPS {
        let y: Vec<f64> = people.iter().zip(&all).map(|(p, a)| p[g] / a).collect();
        let fit = weighted(&x, &y, &all)?;
        movers[g] = (fit.coefficients[0] + fit.coefficients[1]).max(1e-4);
        locals[g] = fit.coefficients[0].max(1e-4);
    }
    let norm = |v: [f64; GROUPS]| {
        let sum: f64 = v.iter().sum();
        v.map(|x| x / sum)
    };
    Ok((norm(movers), norm(locals)))
}

/// Newcomers of a county by age: odds proportional to how over-represented an age is among newcomers.
fn split_newcomers(
    people: &[f64; GROUPS],
    newcomers: f64,
    movers: &[f64; GROUPS],
    locals: &[f64; GROUPS],
) -> [f64; GROUPS] {
    let all: f64 = people.iter().sum();
    let wanted = newcomers.min(0.98 * all);
    let at = |theta: f64| -> [f64; GROUPS] {
        std::array::from_fn(|g| {
            let o = theta * movers[g] / locals[g];
            people[g] * o / (1.0 + o)
        })
    };
    let (mut low, mut high): (f64, f64) = (-30.0, 30.0);
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if at(libm::exp(middle)).iter().sum::<f64>() < wanted { low = middle } else { high = middle }
    }
    at(libm::exp(0.5 * (low + high)))
}

/// People ten years on: cohorts survive at national rates, births follow the county's births per young
/// adult, scaled so that both add up to the nation's age structure at the end.
fn age(people: &[[f64; GROUPS]], national: &[f64; GROUPS], births: &[f64]) -> Vec<[f64; GROUPS]> {
    let end = NATIONAL_AGES.map(|m| m * 1e6);
    let survival: [f64; GROUPS] = std::array::from_fn(|g| {
        if g < 15 { end[g + 2] / national[g] } else { end[17] / national[15..].iter().sum::<f64>() }
    });
    // Young adults (20-34 at the middle of each five years) by their age in the base year.
    let young = |p: &[f64; GROUPS], born: usize| -> f64 {
        let (a, b) = if born == 1 { (3..=5, 4..=6) } else { (2..=4, 3..=5) };
        0.5 * (p[a].iter().sum::<f64>() + p[b].iter().sum::<f64>())
    };
    let mut scale = [0.0; 2];
    for (born, scale) in scale.iter_mut().enumerate() {
        let all: f64 = people.iter().zip(births).map(|(p, b)| b * young(p, born)).sum();
        *scale = end[born] / all.max(1.0);
    }
    people
        .iter()
        .zip(births)
        .map(|(p, b)| {
            let mut later = [0.0; GROUPS];
            for g in 0..GROUPS {
                later[(g + 2).min(17)] += p[g] * survival[g];
            }
            later[0] = b * young(p, 0) * scale[0];
            later[1] = b * young(p, 1) * scale[1];
            later
        })
        .collect()
}

/// Reads a scenario and prepares the law.
///
/// # Errors
/// Every problem of the scenario and its tables; an area with an outside.
pub fn load(path: &std::path::Path, overrides: &[String]) -> Result<(Scenario, ClosedForm)> {
    let (scenario, area): (Scenario, study_area::StudyArea) = crate::scenario::load(path, overrides)?;
    let law = ClosedForm::new(&scenario, area)?;
    Ok((scenario, law))
}
