//! The constants of the construction, each with its source or the word "assumed".

use crate::messages;
use crate::{Error, Result};

/// How the census is turned into nodes where the census itself is silent.
///
/// Every field can be set by a flag of the same name. "Recalled" figures were written from memory and
/// should be checked before they are quoted; "assumed" ones claim no source.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    /// Employed persons for each person of the long form. Empty: ten times a factor of the province that
    /// closes the published employment total (see `Rules::participation`).
    pub participation_factor: Option<f64>,
    /// Most employed persons per resident of 15 and over. Assumed.
    pub participation_cap: f64,
    /// Least persons at work in the long form per resident of 15 and over, relative to the province's, that are believed. A unit below
    /// has the jobs of its prefecture. Assumed; binds in two counties of herders in 2020 (.09 and .34) and nowhere in 2010.
    pub participation_least: f64,
    /// Standard deviation around their province of the log of employed residents a resident, in towns; 0 gives towns and
    /// countryside of a unit one rate. This and the next two: variances within provinces of 2,550 units of the census of 2020
    /// (more than 50,000 residents, without Tibet, Qinghai and Xinjiang; the long form at each unit's sampling rate), regressed on the
    /// squares and the product of the shares of towns and countryside.
    pub town_spread: f64,
    /// The same in the countryside.
    pub country_spread: f64,
    /// Correlation of the two in a unit.
    pub town_correlation: f64,
    /// Share of catering and culture jobs that serve visitors. Assumed; gives 1.9 % of output in Zhejiang.
    pub tourism_share: f64,
    /// Part of the trade jobs that is wholesale where trade has as many jobs a resident as in the nation. Assumed: the
    /// economic census of 2018 counts about a third (recalled).
    pub wholesale_share: f64,
    /// Fall of the retail part of trade jobs with trade jobs a resident: retail serves residents. Assumed.
    pub wholesale_elasticity: f64,
    /// Part of real estate's value added that is living in homes. Assumed, after the practice of the accounts
    /// (recalled).
    pub dwellings: f64,
    /// Fewest workers of a sector outside farming in a village; fewer work at the seat. Assumed.
    pub village_cell_minimum: i64,
    /// Share of farm jobs held by residents of the village node, or the village's share of workers where that is
    /// larger (very small seats). Assumed.
    pub farm_jobs_village: f64,
    /// Most of a village node's workers that farm; where nearly everybody does, halfway from the county's own
    /// share to one instead, so that the seat never farms more than its village. Assumed.
    pub farm_share_cap: f64,
    /// Share of the other village workers who work in the seat of their county. Assumed.
    pub commuting: f64,
    /// Output of a village worker outside farming relative to the seat's. Assumed.
    pub village_output: f64,
    /// Minimum wages that a job of the village outside farming makes at least, if the unit's mean is as much: the village then makes more
    /// than `village_output` of the seat. Assumed: pay is at least 1.2 minimum wages and at most three fifths of what is made (.47 of all value added
    /// outside farming, .65 in building; input-output table of 2020).
    pub village_minimum_wages: f64,
    /// Output of a farm job where the county publishes no primary output but has such jobs, yuan. Assumed.
    pub farm_output_yuan: f64,
    /// Published farm output is believed within this factor of the prefecture's output per farm job. Assumed;
    /// beyond it the figure belongs to other borders than the census. No unit of Zhejiang 2020 is beyond it.
    pub farm_output_bound: f64,
    /// Odds that a newcomer lives in the village, relative to the residents' own. Assumed.
    pub newcomer_village_odds: f64,
    /// Share of those registered in another township of the county who are villagers living at the seat.
    /// Assumed.
    pub villagers_at_seat: f64,
    /// Most of the stayers at the seat who are registered in the village. Assumed.
    pub villagers_at_seat_cap: f64,
    /// Share of those registered in another township of the county who moved from seat to village. Assumed.
    pub townspeople_in_village: f64,
    /// Most of the stayers in the village who are registered at the seat. Assumed.
    pub townspeople_in_village_cap: f64,
    /// Least share of the registered people who live elsewhere: a registered total below the stayers is an
    /// error of registration, not a county nobody ever left. Assumed.
    pub leavers_floor: f64,
    /// Most of a province's leavers who may live inside it. Assumed; binds only in municipalities.
    pub leavers_inside_cap: f64,
    /// Odds ratio of tertiary education between the urban and the village node. Assumed.
    pub talent_odds: f64,
    /// A village node with fewer residents joins its seat, if it is also less than `village_least_share` of its unit.
    /// Assumed.
    pub village_minimum: i64,
    /// Share of a unit's residents from which its village is a node of its own however small it is: no unit that is
    /// partly rural counts as urban. Assumed.
    pub village_least_share: f64,
    /// A remainder of a prefecture with fewer residents is reported and dropped. Assumed.
    pub remainder_minimum: i64,
    /// Density at which the urban node's land is cut out of the county's, persons per km2. Assumed.
    pub urban_density: f64,
    /// Most of a county's land that the urban node takes where there is a village node. Assumed.
    pub urban_area_cap: f64,
    /// County output of the year it is published for over that of the base year, used only where the prefecture
    /// table lacks one of the two years; 1 where they are the same year. Empty: the nation's growth between them
    /// (`national.csv`).
    pub output_growth: Option<f64>,
    /// Elasticity of farm output per job in the wage level of the prefecture, where output is not published.
    /// Assumed; outside farming it is one.
    pub farm_wage_elasticity: f64,
    /// Minimum wages of the base year over those of 2018: 1 in 2020, when most provinces had not moved them
    /// (recalled for Zhejiang), .5 in 2010 (recalled: Zhejiang 1,100 to 2,010, Henan 800 to 1,720). Empty:
    /// these by year.
    pub minimum_wage_level: Option<f64>,
    /// Share of newcomers from the own province who come from inside the area when only a part of a
    /// province is prepared. Assumed.
    pub newcomers_inside: f64,
    /// Urban residents from which a unit is a city (its urban node, with districts) and not a county with a seat. Empty: by
    /// the code of GB/T 2260, or the column `tier` of the census. No default: another country's threshold is its own.
    pub city_urban_residents: Option<f64>,
    /// Part of service jobs that are business services where the census has services in one column. China 2020 at urban
    /// places, as where a table of nodes has them in one column; assumed elsewhere.
    pub business_services: f64,
}

impl Default for Rules {
    fn default() -> Self {
        Rules {
            participation_factor: None,
            participation_cap: 0.8,
            participation_least: 0.35,
            town_spread: 0.157,
            country_spread: 0.228,
            town_correlation: 0.11,
            tourism_share: 0.3,
            wholesale_share: 0.35,
            wholesale_elasticity: 0.5,
            dwellings: 0.45,
            village_cell_minimum: 200,
            farm_jobs_village: 0.85,
            farm_share_cap: 0.85,
            commuting: 0.25,
            village_output: 0.5,
            village_minimum_wages: 2.0,
            farm_output_yuan: 20_000.0,
            farm_output_bound: 5.0,
            newcomer_village_odds: 0.5,
            villagers_at_seat: 0.7,
            villagers_at_seat_cap: 0.8,
            townspeople_in_village: 0.05,
            townspeople_in_village_cap: 0.2,
            leavers_floor: 0.02,
            leavers_inside_cap: 0.95,
            talent_odds: 4.0,
            village_minimum: 20_000,
            village_least_share: 0.05,
            remainder_minimum: 1_000,
            urban_density: 5_000.0,
            urban_area_cap: 0.5,
            output_growth: None,
            farm_wage_elasticity: 0.5,
            minimum_wage_level: None,
            newcomers_inside: 0.5,
            city_urban_residents: None,
            business_services: 0.3,
        }
    }
}

impl Rules {
    /// Refuses values outside the meaning of a constant.
    pub fn check(&self) -> Result<()> {
        let shares = [
            ("participation-cap", self.participation_cap),
            ("participation-least", self.participation_least),
            ("town-spread", self.town_spread),
            ("country-spread", self.country_spread),
            ("town-correlation", self.town_correlation),
            ("tourism-share", self.tourism_share),
            ("wholesale-share", self.wholesale_share),
            ("dwellings", self.dwellings),
            ("farm-jobs-village", self.farm_jobs_village),
            ("farm-share-cap", self.farm_share_cap),
            ("commuting", self.commuting),
            ("villagers-at-seat", self.villagers_at_seat),
            ("villagers-at-seat-cap", self.villagers_at_seat_cap),
            ("townspeople-in-village", self.townspeople_in_village),
            ("townspeople-in-village-cap", self.townspeople_in_village_cap),
            ("urban-area-cap", self.urban_area_cap),
            ("newcomers-inside", self.newcomers_inside),
        ];
        let positive = [
            ("participation-factor", self.participation_factor.unwrap_or(1.0)),
            ("village-output", self.village_output),
            ("farm-output-yuan", self.farm_output_yuan),
            ("newcomer-village-odds", self.newcomer_village_odds),
            ("talent-odds", self.talent_odds),
            ("urban-density", self.urban_density),
            ("output-growth", self.output_growth.unwrap_or(1.0)),
        ];
        let wrong = |name: &str, value: f64, expected: &str| {
            Err(Error::Usage {
                found: messages::rule_is(name, value),
                expected: messages::it_must_be(expected),
            })
        };
        if let Some((name, value)) = shares.iter().find(|(_, x)| !(0.0..=1.0).contains(x)) {
            return wrong(name, *value, &messages::a_share().to_string());
        }
        if let Some((name, value)) = positive.iter().find(|(_, x)| !(x.is_finite() && *x > 0.0)) {
            return wrong(name, *value, &messages::above_zero().to_string());
        }
        if self.farm_output_bound.is_nan() || self.farm_output_bound < 1.0 {
            return wrong("farm-output-bound", self.farm_output_bound, &messages::one_or_more().to_string());
        }
        if !(self.leavers_inside_cap > 0.0 && self.leavers_inside_cap <= 1.0) {
            return wrong(
                "leavers-inside-cap",
                self.leavers_inside_cap,
                &messages::above_zero_to_one().to_string(),
            );
        }
        if !(0.0..1.0).contains(&self.leavers_floor) {
            return wrong("leavers-floor", self.leavers_floor, &messages::a_share_below_one().to_string());
        }
        if !(self.wholesale_elasticity.is_finite() && self.wholesale_elasticity >= 0.0) {
            return wrong(
                "wholesale-elasticity",
                self.wholesale_elasticity,
                &messages::zero_or_more().to_string(),
            );
        }
        if !(self.village_minimum_wages.is_finite() && self.village_minimum_wages >= 0.0) {
            return wrong(
                "village-minimum-wages",
                self.village_minimum_wages,
                &messages::zero_or_more().to_string(),
            );
        }
        if self.village_cell_minimum < 0 {
            return wrong(
                "village-cell-minimum",
                self.village_cell_minimum as f64,
                &messages::zero_or_more().to_string(),
            );
        }
        if self.village_minimum < 1 || self.remainder_minimum < 1 {
            let least = self.village_minimum.min(self.remainder_minimum);
            return wrong(
                "village-minimum or --remainder-minimum",
                least as f64,
                &messages::one_or_more().to_string(),
            );
        }
        if !(0.0..=1.0).contains(&self.village_least_share) {
            return wrong(
                "village-least-share",
                self.village_least_share,
                &messages::above_zero_to_one().to_string(),
            );
        }
        if !self.farm_wage_elasticity.is_finite() || !self.minimum_wage_level.unwrap_or(0.0).is_finite() {
            return wrong("farm-wage-elasticity or --minimum-wage-level", f64::NAN, "a number");
        }
        Ok(())
    }

    /// Employed persons for ten long-form persons in a province and year, and the published total behind it.
    pub(crate) fn participation(&self, province: &str, year: i32) -> (f64, &'static str) {
        if let Some(factor) = self.participation_factor {
            return (factor, "set on the command line");
        }
        participation_factor(province, year)
    }

    /// Minimum wages of the base year over those of 2018.
    pub fn minimum_wage(&self, year: i32) -> f64 {
        self.minimum_wage_level.unwrap_or(if year <= 2010 { 0.5 } else { 1.0 })
    }
}

/// Factors that close the published employment of a province, all recalled.
fn participation_factor(province: &str, year: i32) -> (f64, &'static str) {
    match (province, year) {
        ("330000", 2020) => (1.059, "36.4 to 38.6 million employed in Zhejiang, recalled"),
        ("330000", 2010) => (1.108, "32.8 to 36.4 million employed in Zhejiang, recalled"),
        ("410000", 2020) => (1.156, "42.3 to 48.8 million employed in Henan, recalled"),
        (_, 2020) => (1.144, "656 to 751 million employed in the country in 2020, NBS, recalled"),
        _ => (1.064, "715 to 761 million employed in the country in 2010, recalled"),
    }
}
