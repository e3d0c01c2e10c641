//! Births and deaths of a run held against those that provinces published: rates a head, mean over the years of the run.
//!
//! ```text
//! predicted = events of all years / years / mean of residents at start and end
//! published = mean over the years t of the run of rate(t), linear between published years
//! ```
//!
//! Before and after its published years a province follows the nation (`people::vital_paths`). Rates and not persons: large
//! provinces have many births whatever a law says.

use std::path::Path;

use super::score::{Score, score};
use super::targets::residents;
use super::{AgentRuns, mean};
use crate::Result;
use crate::base_year::StudyArea;
use crate::people::vital_paths::at;
use crate::scenario::files::Input;
use crate::scenario::problem::Problems;
use crate::scenario::vital_rates;
use crate::world::Geography;
use crate::world::vital::VITAL;

/// Residents of whom rates are told.
pub(crate) const PER: f64 = 1_000.0;

/// Births and deaths a head that the provinces of an area published.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PublishedRates {
    /// Name of the table without its folder.
    pub file: String,
    /// Births and deaths per 1,000 residents and year by province, mean over the years of the run.
    pub rates: Vec<[f64; VITAL]>,
}

impl PublishedRates {
    /// Reads them from a table as `world.vital_rates` names it; `first` is the base year.
    ///
    /// # Errors
    /// Every problem of the table, with line and caret.
    pub fn read(path: &Path, geography: &Geography, first: i32, years: u32) -> Result<PublishedRates> {
        let input = Input::on_disk(path);
        let mut area = StudyArea { geography: geography.clone(), ..StudyArea::default() };
        let mut problems = Problems::new();
        vital_rates::read(&mut area, &input, &mut problems);
        problems.check()?;
        let over_years = |path: &[(i32, f64)]| -> f64 {
            let last = first.saturating_add_unsigned(years);
            let sum: f64 = (first..last).filter_map(|before| at(path, before + 1)).sum();
            PER * sum / f64::from(years.max(1))
        };
        let rates = area.vital.iter().take(geography.provinces.len());
        let rates = rates.map(|province| std::array::from_fn(|kind| over_years(&province.stated[kind])));
        Ok(PublishedRates { file: input.file_name(), rates: rates.collect() })
    }

    /// Births and deaths per 1,000 residents and year that a run has, by province.
    pub fn predicted(runs: &AgentRuns, geography: &Geography, years: u32) -> Vec<[f64; VITAL]> {
        let end = runs.mean();
        let events = [&runs.births, &runs.deaths].map(|events| mean(events));
        let of = |province: &crate::world::geography::Province| {
            let counties = || province.counties.clone();
            let start: f64 = counties().map(|c| residents(geography, c)).sum();
            let last: f64 = counties().map(|c| end[c]).sum();
            let lived = 0.5 * (start + last) * f64::from(years.max(1));
            events.each_ref().map(|events| PER * counties().map(|c| events[c]).sum::<f64>() / lived.max(1.0))
        };
        geography.provinces.iter().map(of).collect()
    }

    /// How well births and deaths of a run agree with those published, by province; none of an area of less than three.
    pub(crate) fn scores(
        &self,
        runs: &AgentRuns,
        geography: &Geography,
        years: u32,
    ) -> Option<[Score; VITAL]> {
        if self.rates.len() < 3 || runs.births.is_empty() {
            return None;
        }
        let predicted = PublishedRates::predicted(runs, geography, years);
        let column =
            |rates: &[[f64; VITAL]], kind: usize| -> Vec<f64> { rates.iter().map(|r| r[kind]).collect() };
        Some(std::array::from_fn(|kind| score(&column(&self.rates, kind), &column(&predicted, kind))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::geography::Province;
    use crate::world::{Tier, fixtures};

    /// Provinces of one county with a thousand residents each.
    fn geography(codes: &[&str]) -> Geography {
        let mut g = Geography::default();
        for (i, code) in codes.iter().enumerate() {
            let mut node = fixtures::node(code, Tier::City, i);
            (node.province, node.facts.residents) = (i, 1000);
            g.nodes.push(node);
            g.counties.push(fixtures::county(code, i));
            let (counties, prefectures, nodes) = (i..i + 1, 0..0, i..i + 1);
            let (code, name) = ((*code).to_owned(), String::new());
            g.provinces.push(Province { code, name, counties, prefectures, nodes });
        }
        g
    }

    #[test]
    fn rates_of_the_years_of_a_run_are_held_against_its_events() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("rates.csv");
        let rows = "000000,2011,12,7\n000000,2015,12,7\n110000,2011,10,5\n110000,2015,14,5\n120000,2011,20,8\n\
                    120000,2015,20,8\n130000,2011,6,6\n130000,2015,6,6\n";
        std::fs::write(&path, format!("province,year,birth_rate_permille,death_rate_permille\n{rows}"))
            .expect("a table");
        let g = geography(&["110000", "120000", "130000"]);
        let published = PublishedRates::read(&path, &g, 2010, 5).expect("sound rates");
        // 10, 11, 12, 13 and 14 of the years 2011 to 2015.
        for (found, expected) in published.rates.iter().zip([[12.0, 5.0], [20.0, 8.0], [6.0, 6.0]]) {
            assert!((found[0] - expected[0]).abs() < 1e-9 && (found[1] - expected[1]).abs() < 1e-9);
        }
        // Residents stay as many; births are those published, deaths fall where those rise.
        let runs = AgentRuns {
            population: vec![vec![1000.0; 3]],
            births: vec![vec![60.0, 100.0, 30.0]],
            deaths: vec![vec![40.0, 20.0, 30.0]],
            ..AgentRuns::default()
        };
        let [births, deaths] = published.scores(&runs, &g, 5).expect("three provinces");
        assert!(births.r > 0.999 && births.mae < 1e-9, "{births:?}");
        assert!(deaths.r < -0.9 && deaths.mae > 1.0 && deaths.units == 3, "{deaths:?}");
        assert!(published.scores(&AgentRuns::default(), &g, 5).is_none());
    }
}
