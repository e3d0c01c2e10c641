//! Births and deaths of a province follow its published rates: the nation's rates by age are multiplied by a factor.
//!
//! ```text
//! factor(t) = stated(t)/(unit(t) c(t))        c(t) = (counted + n)/(expected + n)        0.2 <= factor <= 5
//! ```
//!
//! `unit(t)` are the births (deaths) a head that the nation's rates give the people of the base year, aged by survival
//! alone; who came and went since makes a difference, and c is what was counted since the base year over what
//! `factor unit` led to expect, with n persons more of both so that a few agents decide nothing. After the last stated year
//! the rates by age stand and only drivers move them: a rate a head that stood while people age would let them die ever later.
//!
//! Outside the years that a province states it follows the nation's path; a province without rows has the nation's.

use super::tally::Tally;
use super::vital_rates::{birth_rate, death_rate};
use crate::config::Parameters;
use crate::world::people::OLDEST;
use crate::world::vital::{BIRTHS, DEATHS, VITAL, VitalRates};
use crate::world::{Geography, Tier, World};

/// Ages that are told apart.
pub(crate) const AGES: usize = OLDEST as usize + 1;
/// People by tier and single year of age.
pub(crate) type Cohorts = [[f64; AGES]; Tier::ALL.len()];

/// Bounds of a factor.
const BOUNDS: (f64, f64) = (0.2, 5.0);
/// Persons born (dead) that count as many as what was expected: n above.
const THIN: f64 = 1_000.0;

/// A path of year and rate.
pub(crate) type Path = Vec<(i32, f64)>;

/// The value of a path in a year: linear between its years, at its ends what stands there; nothing if it is empty.
pub(crate) fn at(path: &[(i32, f64)], year: i32) -> Option<f64> {
    let (first, last) = (path.first()?, path.last()?);
    let year = year.clamp(first.0, last.0);
    let after = path.iter().position(|(y, _)| *y >= year).unwrap_or(0);
    let (y1, v1) = path[after];
    if y1 == year {
        return Some(v1);
    }
    let (y0, v0) = path[after - 1];
    Some(v0 + (v1 - v0) * f64::from(year - y0) / f64::from(y1 - y0))
}

/// The path of a province: its own years, and beyond them the nation's years at the level of its own nearest year.
pub(crate) fn with_nation(own: &[(i32, f64)], nation: &[(i32, f64)]) -> Path {
    let (Some(first), Some(last)) = (own.first(), own.last()) else { return nation.to_vec() };
    let beyond = |edge: &(i32, f64), keep: &dyn Fn(i32) -> bool| -> Path {
        let level = at(nation, edge.0).filter(|rate| *rate > 0.0);
        let years = nation.iter().filter(|(year, _)| keep(*year));
        years.filter_map(|(year, rate)| Some((*year, edge.1 * rate / level?))).collect()
    };
    let before = beyond(first, &|year| year < first.0);
    let after = beyond(last, &|year| year > last.0);
    [before, own.to_vec(), after].concat()
}

/// Which rates hold at each node: its province's, outside those after the last province.
pub(crate) fn of_nodes(geography: &Geography) -> Vec<u16> {
    let outside = geography.provinces.len();
    let of = |j: usize| if geography.is_outside(j) { outside } else { geography.nodes[j].province };
    (0..geography.len()).map(|j| of(j) as u16).collect()
}

/// The people of the base year aged by survival alone, at the nation's rates.
#[derive(Clone, Debug)]
pub(crate) struct Projection {
    cohorts: Vec<Cohorts>,
    birth: [[f64; AGES]; Tier::ALL.len()],
    death: [f64; AGES],
}

impl Projection {
    /// The base year: people by the provinces of [`of_nodes`].
    pub(crate) fn new(cohorts: Vec<Cohorts>, p: &Parameters) -> Projection {
        let ages = |rate: &dyn Fn(u32) -> f64| std::array::from_fn(|age| rate(age as u32));
        Projection {
            cohorts,
            birth: Tier::ALL.map(|tier| ages(&|age| birth_rate(p, tier, age, 1.0))),
            death: ages(&|age| death_rate(p, age, 1.0)),
        }
    }

    /// Births and deaths a head in the year to come: who survives it is a year older, and may have a child.
    pub(crate) fn unit(&self, province: usize) -> [f64; VITAL] {
        let (mut people, mut events) = (0.0, [0.0; VITAL]);
        for (cohort, birth) in self.cohorts[province].iter().zip(&self.birth) {
            for (age, n) in cohort.iter().enumerate().take(AGES - 1) {
                let dead = self.death[age + 1];
                people += n;
                events[DEATHS] += n * dead;
                events[BIRTHS] += n * (1.0 - dead) * birth[age + 1];
            }
        }
        events.map(|n| if people > 0.0 { n / people } else { 0.0 })
    }

    /// A year passes.
    pub(crate) fn advance(&mut self) {
        for tiers in &mut self.cohorts {
            for (cohort, birth) in tiers.iter_mut().zip(&self.birth) {
                let mut born = 0.0;
                for age in (1..AGES).rev() {
                    cohort[age] = cohort[age - 1] * (1.0 - self.death[age]);
                    born += cohort[age] * birth[age];
                }
                cohort[0] = born;
            }
        }
    }
}

/// The factors of a year; `growth` of births and deaths by age holds where nothing is stated any more.
pub(crate) fn set(
    rates: &mut [VitalRates],
    projection: &Projection,
    [first, year]: [i32; 2],
    growth: [f64; VITAL],
) {
    for (r, rates) in rates.iter_mut().enumerate() {
        let unit = projection.unit(r);
        for kind in 0..VITAL {
            let path = &rates.stated[kind];
            let is_over = path.last().is_none_or(|(last, _)| year > *last);
            if is_over && (path.is_empty() || year > first) {
                rates.factor[kind] *= 1.0 + growth[kind];
                continue;
            }
            let found = (rates.counted[kind] + THIN) / (rates.expected[kind] + THIN);
            if let Some(stated) = at(path, year).filter(|_| unit[kind] > 0.0) {
                rates.factor[kind] = (stated / (unit[kind] * found)).clamp(BOUNDS.0, BOUNDS.1);
            }
        }
    }
}

/// Notes who was born and who died in a year, beside what was expected of `people` who lived at each node before it.
pub(crate) fn count(world: &mut World, projection: &Projection, tally: &Tally, people: &[u64]) {
    let persons = world.persons_per_agent() as f64;
    let units: Vec<[f64; VITAL]> = (0..world.vital.len()).map(|r| projection.unit(r)).collect();
    for (j, r) in of_nodes(&world.geography).into_iter().map(usize::from).enumerate() {
        let Some(rates) = world.vital.get_mut(r) else { continue };
        for (kind, events) in [&tally.births, &tally.deaths].into_iter().enumerate() {
            rates.counted[kind] += events[j] as f64 * persons;
            rates.expected[kind] += rates.factor[kind] * units[r][kind] * people[j] as f64;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_linear_between_its_years_and_stands_at_its_ends() {
        let path = [(2010, 8.0), (2015, 10.0), (2016, 9.0)];
        assert_eq!(at(&path, 2008), Some(8.0));
        assert_eq!(at(&path, 2010), Some(8.0));
        assert!((at(&path, 2012).unwrap() - 8.8).abs() < 1e-12);
        assert_eq!(at(&path, 2016), Some(9.0));
        assert_eq!(at(&path, 2030), Some(9.0));
        assert_eq!(at(&[], 2012), None);
    }

    #[test]
    fn a_province_follows_the_nation_where_it_states_nothing() {
        let nation = [(2010, 12.0), (2015, 12.0), (2021, 9.0), (2022, 6.0)];
        let own = [(2015, 6.0), (2020, 4.0)];
        // In 2020 the nation is at 9.5 by its line, so the province is at 4/9.5 of it.
        let path = with_nation(&own, &nation);
        assert_eq!(&path[..3], &[(2010, 6.0), (2015, 6.0), (2020, 4.0)]);
        assert!((path[3].1 - 4.0 * 9.0 / 9.5).abs() < 1e-12 && (path[4].1 - 4.0 * 6.0 / 9.5).abs() < 1e-12);
        assert_eq!(with_nation(&[], &nation), nation.to_vec());
        assert_eq!(with_nation(&own, &[]), own.to_vec());
    }

    /// A thousand of 29 and a thousand of 84 in a county seat.
    fn projection() -> Projection {
        let mut cohorts = [[0.0; AGES]; Tier::ALL.len()];
        cohorts[1][29] = 1_000.0;
        cohorts[1][84] = 1_000.0;
        Projection::new(vec![cohorts], &Parameters::default())
    }

    #[test]
    fn the_factor_of_the_first_year_makes_the_stated_rate_and_stands_after_the_last() {
        let projection = projection();
        let [births, deaths] = projection.unit(0);
        assert!(births > 0.0 && deaths > 0.05, "{births} {deaths}");
        let mut rates = vec![VitalRates::of([vec![(2021, 2.0 * births)], vec![(2020, 0.5 * deaths)]])];
        set(&mut rates, &projection, [2021, 2021], [0.1, 0.0]);
        assert!((rates[0].factor[BIRTHS] - 2.0).abs() < 1e-9, "{:?}", rates[0].factor);
        assert!((rates[0].factor[DEATHS] - 0.5).abs() < 1e-9, "{:?}", rates[0].factor);
        set(&mut rates, &projection, [2021, 2022], [0.1, 0.0]);
        assert!((rates[0].factor[BIRTHS] - 2.2).abs() < 1e-9 && (rates[0].factor[DEATHS] - 0.5).abs() < 1e-9);
    }

    #[test]
    fn who_was_counted_beyond_what_was_expected_lowers_the_factor() {
        let projection = projection();
        let births = projection.unit(0)[BIRTHS];
        let mut rates = vec![VitalRates::of([vec![(2030, births)], Vec::new()])];
        rates[0].counted[BIRTHS] = 120_000.0 - THIN;
        rates[0].expected[BIRTHS] = 100_000.0 - THIN;
        set(&mut rates, &projection, [2021, 2022], [0.0; 2]);
        assert!((rates[0].factor[BIRTHS] - 1.0 / 1.2).abs() < 1e-9, "{:?}", rates[0].factor);
    }

    #[test]
    fn people_age_and_die() {
        let mut projection = projection();
        let before = projection.unit(0);
        (0..20).for_each(|_| projection.advance());
        let after = projection.unit(0);
        // The old are dead, the others nearly past their fertile years, and hardly a child of theirs has come into them.
        assert!(after[DEATHS] < 0.2 * before[DEATHS] && after[BIRTHS] < before[BIRTHS], "{after:?}");
    }
}
