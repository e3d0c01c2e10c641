//! Stated paths from outside the model.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::migration::Migration;

/// Stated paths from outside the model; all off unless given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Drivers {
    /// Technology growth a year by sector, as a rate.
    pub technology: Technology,
    /// Changes over a period of the base-year odds of living away from the registered home.
    pub migration: Migration,
    /// Yearly change of the odds of working in a sector, in log odds.
    pub sector: SectorChoice,
    /// Yearly growth of fertility of every age group, as a rate.
    #[schemars(range(min = -0.5, max = 0.5))]
    pub fertility_growth: f64,
    /// Yearly growth of mortality of every age, as a rate. Where `vital_rates` states births and deaths, both
    /// growths begin after its last year.
    #[schemars(range(min = -0.5, max = 0.5))]
    pub mortality_growth: f64,
    /// Yearly growth of the probability to enrol at 18, as a rate.
    #[schemars(range(min = -0.5, max = 0.5))]
    pub education_growth: f64,
    /// Yearly growth of wages outside the area; absent: the growth that the base year implies, the same in every arm.
    #[schemars(range(min = -0.5, max = 0.5))]
    pub outside_wage_growth: Option<f64>,
    /// Yearly growth of what a unit of industrial output emits; absent: it falls as the balanced path grows, so that ecology
    /// stands still on it.
    #[schemars(range(min = -0.5, max = 0.5))]
    pub emissions: Option<f64>,
    /// Yearly growth of what a recipient of a pension gets, beyond prices.
    pub pensions: Pensions,
}

/// Yearly growth of what a recipient of a pension gets, beyond prices, as a rate.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Pensions {
    /// Growth of employees' pensions, per year.
    #[schemars(range(min = -0.2, max = 0.5))]
    pub employees: f64,
    /// Growth of residents' pensions, per year.
    #[schemars(range(min = -0.2, max = 0.5))]
    pub residents: f64,
    /// Last year of this growth; absent: to the end.
    pub until: Option<i32>,
    /// Growth of both after that year, per year.
    #[schemars(range(min = -0.2, max = 0.5))]
    pub later: f64,
}

impl Pensions {
    /// Growth of both schemes in a year.
    pub fn growth(&self, year: i32) -> [f64; 2] {
        match self.until {
            Some(last) if year > last => [self.later; 2],
            _ => [self.employees, self.residents],
        }
    }
}

/// Keys that scenarios may still set, by table, with what to do now.
pub(crate) static RETIRED: &[(&str, &str, &str)] = &[
    (
        "drivers.technology",
        "services",
        "set `business_services` and `local_services`, which grow the productivity of either group, instead",
    ),
    ("drivers.migration", "ceiling", "state `ceilings` with a place, its residents and `log_odds` instead"),
    (
        "drivers.migration",
        "ceiling_provinces",
        "state `ceilings` with a place, its residents and `log_odds` instead",
    ),
];

/// Technology growth a year by sector.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Technology {
    /// Growth of farm productivity, per year.
    #[schemars(range(min = -0.2, max = 0.5))]
    pub agriculture: f64,
    /// Growth of industrial productivity, per year.
    #[schemars(range(min = -0.2, max = 0.5))]
    pub industry: f64,
    /// Growth of productivity in business services, per year.
    #[schemars(range(min = -0.2, max = 0.5))]
    pub business_services: f64,
    /// Growth of productivity in local services, per year: it lowers their price.
    #[schemars(range(min = -0.2, max = 0.5))]
    pub local_services: f64,
}

/// Yearly change of the odds of working in a sector, in log odds, beyond what wages do.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SectorChoice {
    /// Change of the log odds of farming (negative: people leave the farms).
    #[schemars(range(min = -1.0, max = 1.0))]
    pub agriculture: f64,
    /// Years of the change that the base-year stock has not caught up with: a stock that is reviewed with probability
    /// psi lags a steady driver by 1/psi - 1 years.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub lead_years: f64,
    /// Years of the run for which it goes on; absent: to the end.
    #[schemars(range(min = 0.0, max = 1000.0))]
    pub years: Option<f64>,
}

impl SectorChoice {
    /// Factor of the weight of farming, `t` years after the base year.
    pub fn farming(&self, t: f64) -> f64 {
        let years = self.years.map_or(t, |years| t.min(years));
        libm::exp(self.agriculture * (years + self.lead_years))
    }
}
