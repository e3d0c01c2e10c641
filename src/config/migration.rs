//! How living away from the registered home becomes more or less likely: stated changes of base-year odds.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::message::Message;
use crate::messages;

/// Changes over a period of the odds that the base year shows for living away from the registered home: one law
/// for every scenario, from the one that is scored against a later census to the one that looks ahead. Changes
/// are of the stock of people, in log odds over the whole period; after the period they fade, stop or go on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Migration {
    /// Where the changes come from: data and method, or that they are assumed.
    pub source: String,
    /// Year in which the period begins; absent: the base year. A period before the base year leaves what comes
    /// after it.
    #[schemars(range(min = 1900, max = 2200))]
    pub since: Option<i32>,
    /// Years of the period: the changes below happen evenly over them.
    #[schemars(range(min = 1.0, max = 100.0))]
    pub years: f64,
    /// What follows the period.
    pub after: After,
    /// Years in which the yearly change falls to zero, evenly, where `after` is "fade".
    #[schemars(range(min = 1.0, max = 100.0))]
    pub fade_years: f64,
    /// Growth over the period of the people who live in another county of the own province, end over
    /// start: border costs inside provinces are solved in the run to meet it.
    #[schemars(range(min = 0.1, max = 20.0))]
    pub own_province: Option<f64>,
    /// The same for people in other provinces.
    #[schemars(range(min = 0.1, max = 20.0))]
    pub other_provinces: Option<f64>,
    /// Change of the log odds of living in another county of the own province, where no growth of these people
    /// is stated.
    #[schemars(range(min = -10.0, max = 10.0))]
    pub border_own_province: f64,
    /// The same for other provinces.
    #[schemars(range(min = -10.0, max = 10.0))]
    pub border_other_provinces: f64,
    /// Log of (away and converted over away): people who converted their registration still live away
    /// from their first home. The closed form adds them; agents convert one by one.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub converts: f64,
    /// Change of the log odds of people of 35 to 54, relative to those of 15 to 34.
    #[schemars(range(min = -5.0, max = 5.0))]
    pub age_35_54: f64,
    /// The same for all others (children and 55 and over).
    #[schemars(range(min = -5.0, max = 5.0))]
    pub age_others: f64,
    /// Share of the gap between a home's log odds of being away and what its facts of the base year
    /// predict (a regression over all units) that closes over the period.
    #[schemars(range(min = -1.0, max = 1.0))]
    pub reversion: f64,
    /// Change of the log odds to stay, per log point of the prefecture's mean wage.
    #[schemars(range(min = -5.0, max = 5.0))]
    pub wage: f64,
    /// Change of the log odds to stay, per log point of density above `thin_density`: thick places keep their people.
    #[schemars(range(min = -5.0, max = 5.0))]
    pub thickness: f64,
    /// Density up to which a place is thin whatever it is, persons per km2.
    #[schemars(range(min = 0.1, max = 1e6))]
    pub thin_density: f64,
    /// Change of the log odds to go to a place, per standard deviation of mining's share of jobs (at most 4).
    #[schemars(range(min = -5.0, max = 5.0))]
    pub mining: f64,
    /// Change of the log odds to go to a place, per log point of density above `crowding_density`.
    #[schemars(range(min = -5.0, max = 5.0))]
    pub crowding: f64,
    /// Density that counts as crowded, persons per km2.
    #[schemars(range(min = 1.0, max = 1e6))]
    pub crowding_density: f64,
    /// Change of the log odds to go to a place, per log point of the share of people with tertiary education among its
    /// residents.
    #[schemars(range(min = -5.0, max = 5.0))]
    pub skills: f64,
    /// Change of the log odds to go to a place, per log point of its residents, among moves inside the own province.
    #[schemars(range(min = -5.0, max = 5.0))]
    pub size: f64,
    /// Change of the log odds to go to a district rather than a county, among moves inside the own province.
    #[schemars(range(min = -5.0, max = 5.0))]
    pub city: f64,
    /// Change of the log odds to go to a place, per log point of the share of newcomers among its residents in the
    /// base year; below zero newcomers spread out.
    #[schemars(range(min = -5.0, max = 5.0))]
    pub convergence: f64,
    /// Ceilings of residents that provinces and prefectures have stated: a policy of these years, not a law.
    pub ceilings: Vec<Ceiling>,
    /// Change of the log odds of those who stay in their county to live in its seat and not in its village; it
    /// moves nobody in or out of the county.
    #[schemars(range(min = -5.0, max = 5.0))]
    pub village_to_seat: f64,
    /// By how much that change is less, per log point of the base-year odds of the seat among those who stay: counties
    /// that are urban already become so more slowly.
    #[schemars(range(min = -1.0, max = 1.0))]
    pub seat_convergence: f64,
    /// Births follow the home county's births per young adult of the base year, relative to the nation.
    pub county_births: bool,
}

/// A ceiling of the residents of a province or prefecture.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Ceiling {
    /// Code of the province or prefecture.
    pub place: String,
    /// Residents that were stated as the most at the end of the period, persons.
    #[schemars(range(min = 0.0, max = 1e10))]
    pub residents: f64,
    /// Change over the period of the log odds to go there, as `shanhai backtest --evidence` solves it from `residents`;
    /// 0: the ceiling is stated and not kept. People from elsewhere in a province of their own move inside it as before.
    #[schemars(range(min = -5.0, max = 0.0))]
    pub log_odds: f64,
    /// Where the ceiling was stated.
    pub source: String,
}

/// What follows the period of a stated change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum After {
    /// The yearly change falls to zero over `fade_years`.
    #[default]
    Fade,
    /// Nothing changes any more.
    Stop,
    /// The yearly change goes on for ever.
    Continue,
}

impl Default for Migration {
    fn default() -> Self {
        Migration {
            source: String::new(),
            since: None,
            years: 10.0,
            after: After::Fade,
            fade_years: 10.0,
            own_province: None,
            other_provinces: None,
            border_own_province: 0.0,
            border_other_provinces: 0.0,
            converts: 0.0,
            age_35_54: 0.0,
            age_others: 0.0,
            reversion: 0.0,
            wage: 0.0,
            thickness: 0.0,
            thin_density: 50.0,
            mining: 0.0,
            crowding: 0.0,
            crowding_density: 3000.0,
            skills: 0.0,
            size: 0.0,
            city: 0.0,
            convergence: 0.0,
            ceilings: Vec::new(),
            village_to_seat: 0.0,
            seat_convergence: 0.0,
            county_births: false,
        }
    }
}

impl Migration {
    /// Whether nothing is stated but, perhaps, when and whence.
    pub fn is_still(&self) -> bool {
        let mut said = self.clone();
        said.ceilings.retain(|c| c.log_odds == 0.0);
        let still = Migration {
            source: said.source,
            since: said.since,
            years: said.years,
            after: said.after,
            fade_years: said.fade_years,
            converts: said.converts,
            ceilings: said.ceilings,
            crowding_density: said.crowding_density,
            thin_density: said.thin_density,
            ..Migration::default()
        };
        *self == still
    }

    /// The first year of the period's clock in a run from `start_year`.
    pub fn since(&self, start_year: i32) -> i32 {
        self.since.unwrap_or(start_year)
    }

    /// How much of the stated change has happened `t` years after the period began, as a multiple of it:
    ///
    /// ```text
    /// t/years                                              inside the period
    /// 1 + (x - x^2/(2 fade))/years,  x = min(t - years, fade)     after it, if it fades
    /// ```
    pub fn part(&self, t: f64) -> f64 {
        if t <= self.years {
            return t / self.years;
        }
        match self.after {
            After::Continue => t / self.years,
            After::Stop => 1.0,
            After::Fade => {
                let x = (t - self.years).min(self.fade_years);
                1.0 + (x - x * x / (2.0 * self.fade_years)) / self.years
            }
        }
    }

    /// What of a run from `start_year` to `end_year` lies beyond the data of the stated change, in words; none if
    /// nothing does or nothing is stated.
    pub fn extrapolation(&self, start_year: i32, end_year: i32) -> Option<Message> {
        let since = self.since(start_year);
        let until = f64::from(since) + self.years;
        if self.is_still() || f64::from(end_year) <= until {
            return None;
        }
        let first = (until as i32 + 1).max(start_year + 1);
        let how = match self.after {
            After::Fade => messages::change_fades(until + self.fade_years),
            After::Stop => messages::change_stops(),
            After::Continue => messages::change_goes_on(),
        };
        Some(messages::stated_for_years(since, until, first, end_year, how))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_fades_stops_or_goes_on_as_stated() {
        let with = |after| Migration { after, years: 10.0, fade_years: 8.0, ..Default::default() };
        for after in [After::Fade, After::Stop, After::Continue] {
            assert_eq!(with(after).part(5.0), 0.5);
            assert_eq!(with(after).part(10.0), 1.0);
        }
        assert_eq!(with(After::Stop).part(20.0), 1.0);
        assert_eq!(with(After::Continue).part(20.0), 2.0);
        // The pace falls evenly from a tenth to nothing in eight years: half of eight tenths.
        assert!((with(After::Fade).part(18.0) - 1.4).abs() < 1e-12);
        assert_eq!(with(After::Fade).part(30.0), with(After::Fade).part(18.0));
    }

    #[test]
    fn what_lies_beyond_the_data_is_said() {
        let mut m = Migration { city: 0.5, since: Some(2010), ..Default::default() };
        assert_eq!(m.extrapolation(2010, 2020), None);
        let said = m.extrapolation(2020, 2035).unwrap().to_string();
        assert!(said.contains("2021 to 2035") && said.contains("nothing in 2030"), "{said}");
        m.city = 0.0;
        assert_eq!(m.extrapolation(2020, 2035), None);
    }
}
