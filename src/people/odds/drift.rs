//! The stated changes of a run, worked out once, and how much of them has happened in a year.

use super::cells::{self, Cells};
use super::facts::{CountyFacts, away_and_stay};
use super::now::Now;
use crate::Result;
use crate::config::{Migration, Parameters};
use crate::people::location::{Law, ORIGINS};
use crate::people::schedule::review_rates;
use crate::world::{Geography, Tier, World};

/// The terms of a run.
#[derive(Clone, Debug, Default)]
pub(crate) struct Drift {
    migration: Migration,
    /// Years of the period that lie before the base year.
    gone: f64,
    /// Home terms by node over the whole period, log odds.
    home: Vec<f64>,
    /// Place terms by origin (own province, others) and node.
    place: [Vec<f64>; ORIGINS],
    /// Stayers registered at the seat over those registered in the village, by home.
    seat: Vec<f64>,
    /// Change of the log odds of the seat among stayers over the whole period, by home.
    village_to_seat: Vec<f64>,
    /// People away in the base year, persons: own province, other provinces.
    away: [f64; ORIGINS],
    /// Relative births of each home node in steps of [`BIRTH_STEP`]; empty unless given.
    pub birth_class: Vec<u8>,
}

/// Width of a class of relative births, log points, and the number of classes.
pub(crate) const BIRTH_STEP: f64 = 0.05;
/// Number of classes of relative births; the middle one is the national rate.
pub(crate) const BIRTH_CLASSES: usize = 61;

/// Relative births of a class.
pub(crate) fn birth_factor(class: usize) -> f64 {
    libm::exp(BIRTH_STEP * (class as f64 - (BIRTH_CLASSES / 2) as f64))
}

/// The class whose births are nearest.
fn birth_class(factor: f64) -> u8 {
    let class = (BIRTH_CLASSES / 2) as f64 + libm::rint(libm::log(factor.max(1e-3)) / BIRTH_STEP);
    class.clamp(0.0, (BIRTH_CLASSES - 1) as f64) as u8
}

impl Drift {
    /// Works out the terms of a run from a base year; `None` if nothing is stated. A node whose table states its
    /// terms has these, over the period that `drivers.migration` states; for the others facts of the area decide.
    ///
    /// # Errors
    /// As [`CountyFacts::new`].
    pub(crate) fn new(geography: &Geography, migration: &Migration, base_year: i32) -> Result<Option<Self>> {
        let listed = geography.nodes.iter().any(|n| n.facts.migration.is_some());
        if *migration == Migration::default() || (migration.is_still() && !listed) {
            return Ok(None);
        }
        let facts = CountyFacts::new(geography)?;
        let terms: Vec<_> = geography
            .nodes
            .iter()
            .map(|n| {
                n.facts.migration.unwrap_or_else(|| {
                    if n.tier == Tier::Outside {
                        return Default::default();
                    }
                    facts.terms(migration, n.county)
                })
            })
            .collect();
        let mut away = [0.0; ORIGINS];
        for j in 0..geography.area_nodes() {
            away[0] += geography.nodes[j].facts.newcomers_province as f64;
            away[1] += geography.nodes[j].facts.newcomers_other as f64;
        }
        if !geography.outside.is_empty() {
            let gone: f64 = (0..geography.counties.len()).map(|c| away_and_stay(geography, c).0).sum();
            away[1] += (gone - away[0]).max(0.0);
        }
        Ok(Some(Drift {
            gone: f64::from(base_year - migration.since(base_year)),
            home: terms.iter().map(|t| t.home).collect(),
            place: std::array::from_fn(|o| terms.iter().map(|t| t.place[o]).collect()),
            seat: (0..geography.len()).map(|h| seat_to_village(geography, h)).collect(),
            village_to_seat: geography
                .nodes
                .iter()
                .map(|n| if n.tier == Tier::Outside { 0.0 } else { facts.seat_term(migration, n.county) })
                .collect(),
            birth_class: if migration.county_births {
                terms.iter().map(|t| birth_class(t.births)).collect()
            } else {
                Vec::new()
            },
            migration: migration.clone(),
            away,
        }))
    }

    /// The part of the stated change that has happened `t` years after the base year.
    fn part(&self, t: f64) -> f64 {
        self.migration.part(self.gone + t) - self.migration.part(self.gone)
    }

    /// Sets the changes of a year in the law: terms by time, then the border constants that bring people
    /// away to the stated numbers. Everything is worked out anew from the present state, so that a resumed
    /// run takes the same path.
    pub(crate) fn set(&self, law: &mut Law, world: &World, p: &Parameters) {
        let t = f64::from(world.step);
        let m = &self.migration;
        let part = [self.part(t - 1.0), self.part(t)];
        let growth = [m.own_province, m.other_provinces];
        let border = [m.border_own_province, m.border_other_provinces];
        let year = part[1] - part[0];
        let counts = cells::counts(world, &review_rates(p));
        let mut now = Now {
            part,
            psi: cells::mean_rates(&counts),
            home: self.home.clone(),
            age: [0.0, m.age_35_54, m.age_others, m.age_others],
            seat: self.seat.clone(),
            village_to_seat: self.village_to_seat.clone(),
            place: std::array::from_fn(|o| {
                part.map(|part| self.place[o].iter().map(|u| libm::exp(u * part)).collect())
            }),
            growth: std::array::from_fn(|b| match growth[b] {
                Some(growth) => libm::pow(growth, year),
                None => libm::exp(border[b] * year),
            }),
            cost: part.map(|part| border.map(|border| border * part)),
        };
        if growth.iter().any(Option::is_some) {
            let cells = Cells::new(law, world, &now, &counts);
            let target = |part: f64| -> [Option<f64>; ORIGINS] {
                std::array::from_fn(|b| growth[b].map(|growth| self.away[b] * libm::pow(growth, part)))
            };
            let start = now.cost[0];
            now.cost[0] = cells.solve(start, target(part[0]), |cells, cost| cells.stock(cost, 0));
            let last = now.cost[0];
            let start = std::array::from_fn(|b| if growth[b].is_some() { last[b] } else { now.cost[1][b] });
            now.cost[1] = cells.solve(start, target(part[1]), |cells, cost| cells.expected(&now, last, cost));
        }
        law.now = Some(now);
    }
}

/// Stayers registered at the seat over those registered in the village of a home's county.
fn seat_to_village(geography: &Geography, h: usize) -> f64 {
    if geography.is_outside(h) {
        return 0.0;
    }
    let county = &geography.counties[geography.nodes[h].county];
    let Some(village) = county.village else { return 0.0 };
    geography.stayers(county.seat) as f64 / (geography.stayers(village) as f64).max(1.0)
}
