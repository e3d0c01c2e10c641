//! The migration law of the backtest in closed form: expected people by county after a period, with the
//! home x place matrix, cohort survival by five-year groups, and the terms of `drivers.migration`.
//!
//! ```text
//! away_g(h)/stay_g(h) = m_g(h)/(1 - m_g(h)) e^{s_g + lam (x_h - l_h) - w_h} sum_j F(h,j) e^{dc_b + u_bj} / O_h
//! ```

use super::cohorts::{GROUPS, Stocks, age, movers_ages, split_newcomers};
use super::targets::{Target, Targets, residents};

pub use super::cohorts::MoverAges;
use crate::Result;
use crate::base_year::homes::Gravity;
use crate::base_year::registration;
use crate::base_year::study_area::StudyArea;
use crate::config::Migration;
use crate::estimate::unusable;
use crate::kernel::chunks::map_ranges;
use crate::messages;
use crate::people::location::{ORIGINS, border, origin};
use crate::people::odds::{CountyFacts, ages, away_and_stay};
use crate::simulation::Scenario;
use crate::world::{Geography, SKILLS};

/// Years that the cohort tables span: two five-year groups.
pub(crate) const YEARS: f64 = 10.0;

/// Values of [`Migration::seat_convergence`] that a fit tries.
pub(crate) const SEAT_CONVERGENCES: [f64; 7] = [0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3];

/// The law prepared for a study area; predicting with other terms costs little.
pub struct ClosedForm {
    /// Places of the study area.
    pub geography: Geography,
    /// What the law reads of counties.
    pub facts: CountyFacts,
    /// Largest relative gap that the home x place fit left, and its rounds.
    pub fit_gap: f64,
    /// Rounds that the home x place fit took.
    pub fit_rounds: usize,
    fit: Gravity,
    /// Expected leavers: [county][nest][skill].
    flows: Vec<Vec<[f64; SKILLS]>>,
    /// Registered people by age: movers with the ages of the cross-section, and as agents are laid out.
    stocks: [Stocks; 2],
    /// What natural increase alone makes of residents.
    pub natural: Vec<f64>,
    /// Share of newcomers by age group.
    pub movers: [f64; GROUPS],
    /// Newcomers counted over newcomers in the fitted matrix, by node and origin (own province, others).
    found: Vec<[f64; ORIGINS]>,
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
    /// Newcomers by county and origin: registered in another county of the province, in another province.
    pub newcomers: Vec<[f64; ORIGINS]>,
    /// Residents of urban nodes by county.
    pub urban: Vec<f64>,
    /// Residents who are registered in their county, or converted their registration to another one.
    pub stay: Vec<f64>,
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
                messages::the_closed_form(),
                messages::area_with_outside(outside_in_area.len()),
                messages::a_national_scenario(),
            ));
        }
        registration::correct(&mut geography, &scenario.world.registration);
        let facts = CountyFacts::new(&geography)?;
        let fit = Gravity::fit(&geography, &outside_in_area, &scenario.parameters);
        let (n, nests) = (geography.counties.len(), fit.nest_sums(&geography));
        let flows: Vec<Vec<[f64; SKILLS]>> = map_ranges(n, 32, |_, range| {
            range
                .map(|c| {
                    let mut sum = vec![[0.0; SKILLS]; fit.nests().len()];
                    for h in geography.counties[c].nodes() {
                        for (s, row) in sum.iter_mut().zip(fit.by_nest(&geography, h, &nests)) {
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
        let first = Stocks::new(&stay, &away, &national, &facts.births, MoverAges::CrossSection);
        let natural = age(&people, &national, &facts.births).iter().map(|p| p.iter().sum()).collect();
        let mut base = [0.0; 2];
        for j in 0..geography.len() {
            base[0] += geography.nodes[j].facts.newcomers_province as f64;
            base[1] += geography.nodes[j].facts.newcomers_other as f64;
        }
        let mut law = ClosedForm {
            fit_gap: fit.gap,
            fit_rounds: fit.rounds,
            found: vec![[1.0; ORIGINS]; geography.len()],
            geography,
            facts,
            fit,
            flows,
            stocks: [first, Stocks::default()],
            natural,
            movers,
            base,
        };
        let (stay, away) = law.laid_out(&people, &newcomers);
        law.stocks[1] = Stocks::new(&stay, &away, &national, &law.facts.births, MoverAges::AsLaidOut);
        let fitted = law.arrivals(&Migration::default(), [0.0; 2], &vec![1.0; n]);
        law.found = (0..law.geography.len())
            .map(|j| {
                let f = &law.geography.nodes[j].facts;
                let counted = [f.newcomers_province as f64, f.newcomers_other as f64];
                std::array::from_fn(|o| if fitted[j][o] > 1.0 { counted[o] / fitted[j][o] } else { 1.0 })
            })
            .collect();
        Ok(law)
    }

    /// Stayers and leavers by age if every origin has the age mix of the place, as agents are laid out.
    fn laid_out(
        &self,
        people: &[[f64; GROUPS]],
        newcomers: &[f64],
    ) -> (Vec<[f64; GROUPS]>, Vec<[f64; GROUPS]>) {
        let g = &self.geography;
        let nests = self.fit.nests();
        let mix = |weights: &mut dyn Iterator<Item = (usize, f64)>| -> [f64; GROUPS] {
            let (mut sum, mut all) = ([0.0; GROUPS], 0.0);
            for (j, w) in weights {
                let f = &g.nodes[j].facts;
                let scale = w / (f.residents as f64).max(1.0);
                all += w;
                (0..GROUPS).for_each(|a| sum[a] += scale * f.ages[a] as f64);
            }
            if all > 0.0 { sum.map(|s| s / all) } else { [0.0; GROUPS] }
        };
        let mut lower = Vec::new();
        for o in 0..ORIGINS {
            for k in 0..SKILLS {
                for nest in nests {
                    lower.push(mix(&mut nest.clone().map(|j| (j, self.fit.place_weight(o, k, j)))));
                }
            }
        }
        (0..people.len())
            .map(|c| {
                let county = &g.counties[c];
                let mut gone = [0.0; GROUPS];
                for (n, row) in self.flows[c].iter().enumerate() {
                    for k in 0..SKILLS {
                        let ages = if county.prefecture == n {
                            let nest = nests[n].clone();
                            mix(&mut nest.clone().map(|j| (j, self.fit.near_weight(c, k, j, nest.start))))
                        } else {
                            lower[(origin(g, county.seat, n) * SKILLS + k) * nests.len() + n]
                        };
                        (0..GROUPS).for_each(|a| gone[a] += row[k] * ages[a]);
                    }
                }
                let all: f64 = people[c].iter().sum::<f64>().max(1.0);
                (people[c].map(|p| p * (1.0 - newcomers[c] / all).max(0.0)), gone)
            })
            .unzip()
    }

    /// People of each county who go, by county and border, relative to the base year at zero border costs:
    /// `sum_j F e^u / O`.
    fn pull(&self, place: &[Vec<f64>; ORIGINS]) -> Vec<[f64; 2]> {
        let rises = self.rises(place);
        map_ranges(self.flows.len(), 64, |_, range| {
            range
                .map(|c| {
                    let mut sums = [0.0; 2];
                    let mut all = 0.0;
                    for (n, row) in self.flows[c].iter().enumerate() {
                        let b = self.border(c, n);
                        for (k, people) in row.iter().enumerate() {
                            sums[b] += people * rises.of(self, c, k, n);
                            all += people;
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
    fn rises(&self, place: &[Vec<f64>; ORIGINS]) -> NestRise {
        let nests = self.fit.nests();
        let g = &self.geography;
        let at = |o: usize, j: usize| place[o][g.nodes[j].county];
        let mut lower = Vec::with_capacity(ORIGINS * SKILLS * nests.len());
        for o in 0..ORIGINS {
            for k in 0..SKILLS {
                for nest in nests {
                    let (mut all, mut sum) = (0.0, 0.0);
                    for j in nest.clone() {
                        let w = self.fit.place_weight(o, k, j);
                        all += w;
                        sum += w * at(o, j);
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
                        sum += w * at(0, j);
                    }
                    if all > 0.0 { [all, sum / all] } else { [0.0, 1.0] }
                })
            })
            .collect();
        NestRise { nests: nests.len(), lower, own }
    }

    /// `e^u` of every county by origin.
    fn place(&self, m: &Migration) -> [Vec<f64>; ORIGINS] {
        std::array::from_fn(|o| {
            (0..self.flows.len()).map(|c| libm::exp(self.facts.place_term(m, c, o))).collect()
        })
    }

    /// Newcomers by node and origin if `scale[c]` times the base year's leavers of a county went by the terms given.
    fn arrivals(&self, odds: &Migration, cost: [f64; 2], scale: &[f64]) -> Vec<[f64; ORIGINS]> {
        let place = self.place(odds);
        let rises = self.rises(&place);
        let nests = self.fit.nests();
        let g = &self.geography;
        let costs = cost.map(libm::exp);
        let mut sums = vec![0.0; ORIGINS * SKILLS * nests.len()];
        let mut arrivals = vec![[0.0; ORIGINS]; g.len()];
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
                            arrivals[j][0] += people * w * place[0][g.nodes[j].county] / all;
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
                        arrivals[j][o] += sums[i] * w * place[o][g.nodes[j].county] / all;
                    }
                }
            }
        }
        arrivals
    }

    /// Predicts every county after the period, with people away as old as agents are laid out.
    pub fn predict(&self, odds: &Migration) -> Prediction {
        self.predict_with(odds, MoverAges::AsLaidOut)
    }

    /// Predicts with movers of other ages.
    pub fn predict_with(&self, odds: &Migration, movers: MoverAges) -> Prediction {
        let stocks = &self.stocks[movers as usize];
        let n = self.flows.len();
        let place = self.place(odds);
        let pull = self.pull(&place);
        let ages: [f64; GROUPS] = std::array::from_fn(|g| {
            libm::exp(match g {
                3..=6 => 0.0,
                7..=10 => odds.age_35_54,
                _ => odds.age_others,
            })
        });
        // Migration at zero border costs by county and group.
        let odds0: Vec<[f64; GROUPS]> = (0..n)
            .map(|c| {
                let home = libm::exp(self.facts.home_term(odds, c));
                std::array::from_fn(|g| stocks.odds[c][g] * ages[g] * home)
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
                            stocks.later[c][g] * o / (1.0 + o)
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
        // Where no growth is stated the border constant is.
        let border = [odds.border_own_province, odds.border_other_provinces];
        let mut cost: [f64; 2] = std::array::from_fn(|b| if stated[b].is_some() { 0.0 } else { border[b] });
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
        let come = |j: usize| [0, 1].map(|o| arrivals[j][o] * self.found[j][o]);
        let all = |v: [f64; ORIGINS]| v[0] + v[1];
        let counties = &self.geography.counties;
        let stay = |c: usize| stocks.later[c].iter().sum::<f64>() - gone[c];
        let converted = libm::exp(-odds.converts);
        Prediction {
            population: (0..n)
                .map(|c| stay(c) + counties[c].nodes().map(|j| all(come(j))).sum::<f64>())
                .collect(),
            newcomers: (0..n)
                .map(|c| [0, 1].map(|o| converted * counties[c].nodes().map(|j| come(j)[o]).sum::<f64>()))
                .collect(),
            urban: (0..n).map(|c| stay(c) * self.at_seat(odds, c) + all(come(counties[c].seat))).collect(),
            stay: (0..n).map(stay).collect(),
            cost,
            away: sums,
        }
    }

    /// The terms of the seat that come nearest to the urban shares of targets: for every convergence of
    /// [`SEAT_CONVERGENCES`] the change at which all of them together are as urban as counted, and among these the one
    /// with the least mean error. `p` is predicted under `m`; targets that are not `seen` do not count. None without
    /// counts.
    pub(crate) fn seat_terms(
        &self,
        m: &Migration,
        p: &Prediction,
        targets: &Targets,
        seen: impl Fn(&Target) -> bool,
    ) -> Option<(f64, f64)> {
        let counted: Vec<(&Target, f64)> = targets
            .list
            .iter()
            .filter(|t| seen(t))
            .filter_map(|t| t.urban_end.map(|urban| (t, urban / t.population_end)))
            .collect();
        let people: f64 = counted.iter().map(|(t, _)| t.population_end).sum();
        let urban: f64 = counted.iter().map(|(t, share)| share * t.population_end).sum();
        let stayers_at_seat =
            |m: &Migration| -> Vec<f64> { (0..p.stay.len()).map(|c| self.at_seat(m, c)).collect() };
        let now = stayers_at_seat(m);
        let predicted = |m: &Migration| -> Vec<f64> {
            let then = stayers_at_seat(m);
            let share = |t: &Target| {
                let sum = |of: &dyn Fn(usize) -> f64| t.counties.iter().map(|&c| of(c)).sum::<f64>();
                sum(&|c| p.urban[c] + p.stay[c] * (then[c] - now[c])) / sum(&|c| p.population[c]).max(1.0)
            };
            counted.iter().map(|(t, _)| share(t)).collect()
        };
        let of = |seat_convergence: f64| -> (f64, f64) {
            let with = |v: f64| Migration { village_to_seat: v, seat_convergence, ..m.clone() };
            let (mut low, mut high) = (-5.0, 5.0);
            for _ in 0..40 {
                let middle = 0.5 * (low + high);
                let shares = predicted(&with(middle));
                let found: f64 = counted.iter().zip(&shares).map(|((t, _), s)| s * t.population_end).sum();
                if found < urban { low = middle } else { high = middle }
            }
            let v = 0.5 * (low + high);
            let gap = counted.iter().zip(predicted(&with(v))).map(|((_, share), s)| (s - share).abs()).sum();
            (v, gap)
        };
        (people > 0.0)
            .then(|| {
                SEAT_CONVERGENCES.iter().map(|&convergence| (of(convergence), convergence)).fold(
                    ((0.0, f64::INFINITY), 0.0),
                    |best, one| if one.0.1 < best.0.1 { one } else { best },
                )
            })
            .map(|((v, _), convergence)| (v, convergence))
    }

    /// Mean of `e^u` over the places of other provinces as people of a province go there, and over its own places as
    /// people of others come.
    pub(super) fn rise_across(&self, m: &Migration, province: usize) -> [f64; 2] {
        let rises = self.rises(&self.place(m));
        let g = &self.geography;
        let mut sums = [[0.0; 2]; 2];
        for (c, flows) in self.flows.iter().enumerate() {
            for (n, row) in flows.iter().enumerate() {
                let ends = [g.counties[c].province, g.prefectures[n].province].map(|p| p == province);
                if ends[0] == ends[1] {
                    continue;
                }
                for (k, people) in row.iter().enumerate() {
                    let sum = &mut sums[usize::from(ends[1])];
                    sum[0] += people;
                    sum[1] += people * rises.of(self, c, k, n);
                }
            }
        }
        sums.map(|[all, rise]| if all > 0.0 { rise / all } else { 1.0 })
    }

    /// Share of those who stay in their county who live at its seat at the end.
    fn at_seat(&self, m: &Migration, c: usize) -> f64 {
        let county = &self.geography.counties[c];
        let Some(village) = county.village else { return 1.0 };
        let stayers = |j: usize| {
            let f = &self.geography.nodes[j].facts;
            (f.stayers_from_seat + f.stayers_from_village) as f64
        };
        let seat = stayers(county.seat) * libm::exp(self.facts.seat_term(m, c));
        seat / (seat + stayers(village)).max(1.0)
    }

    /// People in the base year who live in another county than the one they are registered in.
    pub fn newcomers(&self) -> f64 {
        self.base[0] + self.base[1]
    }

    /// Newcomers of a county in the base year.
    pub(crate) fn newcomers_of(&self, c: usize) -> f64 {
        newcomers(&self.geography, c)
    }

    /// Newcomers whom the fitted home x place matrix puts at the wrong place.
    pub(crate) fn misplaced(&self) -> f64 {
        let f = |j: usize| &self.geography.nodes[j].facts;
        (0..self.geography.len())
            .map(|j| {
                let counted = (f(j).newcomers_province + f(j).newcomers_other) as f64;
                let found = f(j).newcomers_province as f64 / self.found[j][0]
                    + f(j).newcomers_other as f64 / self.found[j][1];
                (counted - found).abs() / 2.0
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

/// Reads a scenario and prepares the law.
///
/// # Errors
/// Every problem of the scenario and its tables; an area with an outside.
pub fn load(path: &std::path::Path, overrides: &[String]) -> Result<(Scenario, ClosedForm)> {
    let (scenario, area): (Scenario, StudyArea) = crate::scenario::load(path, overrides)?;
    let law = ClosedForm::new(&scenario, area)?;
    Ok((scenario, law))
}
