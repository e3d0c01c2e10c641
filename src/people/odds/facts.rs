//! What the counts of the base year say about a county, in the units in which the law of migration uses it.

use crate::Result;
use crate::config::{Ceiling, Migration};
use crate::estimate::least_squares::{LinearFit, Regressor, ordinary};
use crate::world::Geography;
use crate::world::node::MigrationTerms;

/// Least share of newcomers that counts: below it a handful of people would decide.
const LEAST_NEWCOMERS: f64 = 0.005;

/// Least share of people with tertiary education that counts.
const LEAST_SKILLED: f64 = 0.001;

/// Cap on the log odds of the seat: beyond it a few people decide.
const MOST_SEAT: f64 = 4.0;

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
    /// ln of the share of newcomers among residents, less its mean.
    pub newcomers: Vec<f64>,
    /// ln of the share of people with tertiary education among residents, less its mean.
    pub skills: Vec<f64>,
    /// ln residents less its mean.
    pub size: Vec<f64>,
    /// Code of the province.
    pub province: Vec<String>,
    /// Code of the prefecture.
    pub prefecture: Vec<String>,
    /// Whether it is a district of a city.
    pub district: Vec<bool>,
    /// Log density, persons per km2.
    pub density: Vec<f64>,
    /// Whether it has the tag `capital`.
    pub capital: Vec<bool>,
    /// Log odds of the seat among those who stay in the county, at most 4 either way; 0 where all is seat.
    pub seat: Vec<f64>,
    /// Births per young adult relative to the nation.
    pub births: Vec<f64>,
    /// Names and columns of the facts, as regressors (the constant first).
    pub regressors: Vec<Regressor>,
    /// The regression of the log odds.
    pub fit: Option<LinearFit>,
}

/// Residents of a county by five-year age group.
pub(crate) fn ages(geography: &Geography, c: usize) -> [f64; 18] {
    let mut sum = [0.0; 18];
    for j in geography.counties[c].nodes() {
        for (s, n) in sum.iter_mut().zip(geography.nodes[j].facts.ages) {
            *s += n as f64;
        }
    }
    sum
}

/// Registered people of a county who live away from it, and those who stay.
pub(crate) fn away_and_stay(geography: &Geography, c: usize) -> (f64, f64) {
    let (mut away, mut stay) = (0.0, 0.0);
    for h in geography.counties[c].nodes() {
        let s = geography.stayers(h) as f64;
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
        let jobs = |c: usize| sum(c, &|j| facts(j).employed.iter().sum::<u64>() as f64);
        let skilled = |c: usize| (sum(c, &|j| facts(j).talent as f64) / residents[c]).max(LEAST_SKILLED);
        let skills = centred(&(0..n).map(|c| Some(libm::log(skilled(c)))).collect::<Vec<_>>(), false);
        let size = centred(&residents.iter().map(|r| Some(libm::log(*r))).collect::<Vec<_>>(), false);
        let come = |c: usize| sum(c, &|j| (facts(j).newcomers_province + facts(j).newcomers_other) as f64);
        let newcomers = centred(
            &(0..n)
                .map(|c| Some(libm::log((come(c) / residents[c]).max(LEAST_NEWCOMERS))))
                .collect::<Vec<_>>(),
            false,
        );
        let dwell = |j: usize| (facts(j).stayers_from_seat + facts(j).stayers_from_village) as f64;
        let seat = counties
            .iter()
            .map(|c| {
                let odds = |village: usize| libm::log((dwell(c.seat) + 0.5) / (dwell(village) + 0.5));
                c.village.map_or(0.0, |village| odds(village).clamp(-MOST_SEAT, MOST_SEAT))
            })
            .collect();
        let mut all = CountyFacts {
            seat,
            newcomers,
            skills,
            size,
            province: counties.iter().map(|c| geography.provinces[c.province].code.clone()).collect(),
            prefecture: counties.iter().map(|c| geography.prefectures[c.prefecture].code.clone()).collect(),
            district: counties.iter().map(|c| c.district).collect(),
            fundamental: log_odds.clone(),
            log_odds,
            wage,
            mining,
            density,
            capital,
            births,
            ..Default::default()
        };
        let share = |c: usize, s: usize| sum(c, &|j| facts(j).employed[s] as f64) / jobs(c).max(1.0);
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
            // A fact that does not vary in this area says nothing, nor does one that others say (in a city of one prefecture
            // the distance to the capital tells districts, as the district does).
            let mean = candidate.values.iter().sum::<f64>() / n.max(1) as f64;
            if candidate.values.iter().any(|v| (v - mean).abs() > 1e-9) {
                all.regressors.push(candidate);
                if n > all.regressors.len() && ordinary(&all.regressors, &all.log_odds).is_err() {
                    all.regressors.pop();
                }
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
    pub fn home_term(&self, m: &Migration, c: usize) -> f64 {
        m.reversion * (self.fundamental[c] - self.log_odds[c])
            - m.wage * self.wage[c]
            - m.thickness * (self.density[c] - libm::log(m.thin_density)).max(0.0)
    }

    /// The change of the log odds of those who stay in a county to live at its seat.
    pub fn seat_term(&self, m: &Migration, c: usize) -> f64 {
        m.village_to_seat - m.seat_convergence * self.seat[c]
    }

    /// The change of the log odds to go to a county over the period, `u_j`, for people of its own province (0) and
    /// of others (1).
    pub fn place_term(&self, m: &Migration, c: usize, origin: usize) -> f64 {
        let near = if origin == 0 {
            m.city * f64::from(u8::from(self.district[c])) + m.size * self.size[c]
        } else {
            0.0
        };
        let keeps_out = |ceiling: &&Ceiling| {
            if ceiling.place == self.province[c] { origin == 1 } else { ceiling.place == self.prefecture[c] }
        };
        let ceiling: f64 = m.ceilings.iter().filter(keeps_out).map(|ceiling| ceiling.log_odds).sum();
        m.crowding * (self.density[c] - libm::log(m.crowding_density)).max(0.0)
            + m.skills * self.skills[c]
            + m.mining * self.mining[c]
            + m.convergence * self.newcomers[c]
            + ceiling
            + near
    }
}

impl CountyFacts {
    /// All terms of a county over the period.
    pub fn terms(&self, m: &Migration, c: usize) -> MigrationTerms {
        MigrationTerms {
            home: self.home_term(m, c),
            place: std::array::from_fn(|origin| self.place_term(m, c, origin)),
            births: self.births[c],
            away: None,
        }
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
