//! The scenario file as types: what a user may write, with units, ranges and defaults.
//!
//! These structs are the schema: the editor schema, the checks with line and caret, and the printed
//! help all come from them.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::parameters::Parameters;

/// A scenario: one run of the model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// One line that says what this run shows.
    pub title: String,
    /// What the scenario is for, in a few sentences.
    #[serde(default)]
    pub description: String,
    /// Where its data come from.
    #[serde(default)]
    pub sources: Vec<String>,
    /// What in it is assumed, not observed.
    #[serde(default)]
    pub assumptions: Vec<String>,
    /// When, how long, how many agents, which luck.
    #[serde(default)]
    pub run: Run,
    /// The study area.
    pub world: WorldFiles,
    /// Which parts of the model are on.
    #[serde(default)]
    pub model: Model,
    /// Values of parameters that differ from their defaults; `shanhai parameters` lists them all.
    #[serde(default)]
    pub parameters: Parameters,
    /// Stated paths from outside the model.
    #[serde(default)]
    pub drivers: Drivers,
    /// Births and survival by age class of the scenario's own, and the years of a step; absent: those of
    /// the nation, a year a step.
    #[serde(default)]
    pub life_table: LifeTable,
    /// What is written.
    #[serde(default)]
    pub output: Output,
    /// Policies by kind; each kind may occur several times.
    #[serde(default)]
    pub policy: crate::policy::Policies,
}

/// When, how long, how many agents, which luck.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Run {
    /// Year of the base-year data; the first simulated year is the next one.
    #[schemars(range(min = 1900, max = 2200))]
    pub start_year: i32,
    /// Years to simulate.
    #[schemars(range(min = 0, max = 1000))]
    pub years: u32,
    /// Master seed: equal seeds give equal bytes.
    pub seed: u64,
    /// Replicate number under the master seed; the same number shares its luck across scenarios.
    pub replicate: u32,
    /// Persons that one agent stands for; 1 makes every person an agent.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub persons_per_agent: u32,
}

impl Default for Run {
    fn default() -> Self {
        Run { start_year: 2020, years: 15, seed: 1, replicate: 0, persons_per_agent: 10 }
    }
}

/// The tables of the study area; paths are relative to the scenario file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WorldFiles {
    /// `nodes.csv`: one row a node.
    pub nodes: PathBuf,
    /// `outside.csv`: the rest of the country as seen from the area.
    pub outside: Option<PathBuf>,
    /// `prefectures.csv`: published income levels; without it there is no outside income.
    pub prefectures: Option<PathBuf>,
    /// Moving costs in log points of income from a node to a prefecture, every year lived there (columns
    /// from, to, cost); only with base = "utility".
    pub moving_costs: Option<PathBuf>,
    /// Iceberg trade costs between nodes (columns from, to, factor), used by market = "ces"; for a pair that
    /// is not listed the parameter `ces_trade` holds.
    pub trade_costs: Option<PathBuf>,
    /// Where the weights of places in the base year come from.
    #[serde(default)]
    pub base: Base,
    /// Corrections of the registered people of the tables; none unless given.
    #[serde(default)]
    pub registration: Registration,
}

/// Where the weights of places in the base year come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Base {
    /// Inverted so that the census of the base year is reproduced.
    #[default]
    Census,
    /// From utility alone: every place has the same place term, every sector and cell the same attraction,
    /// so that incomes, amenities, distance and stated costs decide (few nodes, no outside).
    Utility,
}

/// Which parts of the model are on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Model {
    /// How goods are sold.
    pub market: Market,
    /// Whether choice compares places from the registered home or from the present place.
    pub anchor: Anchor,
    /// Discrete projects, or one pool of capital per cell that is divided in proportion.
    pub capital: Capital,
    /// Births, deaths, ageing.
    pub demography: bool,
    /// Enrolment at 18.
    pub education: bool,
    /// Conversion of registration by residents from elsewhere.
    pub conversion: bool,
    /// Experience gained away from home.
    pub experience: bool,
    /// Start-ups by persons.
    pub startups: bool,
    /// Failure of projects.
    pub failure: bool,
    /// Relocation of projects.
    pub relocation: bool,
    /// Location review of persons.
    pub migration: bool,
    /// Sector review of persons.
    pub sector_review: bool,
    /// Investment and depreciation.
    pub investment: bool,
    /// Housing stock and rents.
    pub housing: bool,
    /// Ecology dynamics.
    pub ecology: bool,
    /// Movers see the wages, prices and services of the base year (the law of the backtest is fitted so).
    pub fixed_prices: bool,
    /// Growth that the base year already implies, per year; "drivers" takes it from the technology
    /// drivers.
    pub base_growth: BaseGrowth,
}

impl Default for Model {
    fn default() -> Self {
        Model {
            market: Market::Hub,
            anchor: Anchor::Home,
            capital: Capital::Projects,
            demography: true,
            education: true,
            conversion: true,
            experience: true,
            startups: true,
            failure: true,
            relocation: true,
            migration: true,
            sector_review: true,
            investment: true,
            housing: true,
            ecology: true,
            fixed_prices: false,
            base_growth: BaseGrowth::Drivers,
        }
    }
}

/// Growth built into the base year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BaseGrowth {
    /// The base year grows at the rate that the technology drivers imply.
    #[default]
    Drivers,
    /// The base year stands still.
    None,
}

/// How goods are sold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Market {
    /// Tradables at fixed prices against the rest of the world.
    #[default]
    Hub,
    /// Monopolistic competition with iceberg trade costs between all nodes (few nodes only).
    Ces,
}

/// From where choice looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// From the registered home: moving costs are a recurring flow.
    #[default]
    Home,
    /// From the present place: moving costs are sunk (kept for comparison).
    Place,
}

/// How capital is held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Capital {
    /// Projects of Pareto size, each drawing its place.
    #[default]
    Projects,
    /// One divisible project per owner and cell: expected flows without lumps.
    Deterministic,
}

/// Stated paths from outside the model; all off unless given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Drivers {
    /// Technology growth a year by sector, as a rate.
    pub technology: Technology,
    /// Yearly change of the odds of living across a border, in log odds.
    pub migration: Migration,
    /// Yearly growth of fertility of every age group, as a rate.
    #[schemars(range(min = -0.5, max = 0.5))]
    pub fertility_growth: f64,
    /// Yearly growth of the probability to enrol at 18, as a rate.
    #[schemars(range(min = -0.5, max = 0.5))]
    pub education_growth: f64,
    /// Yearly growth of wages outside the area; absent: they follow the mean wage of the area.
    #[schemars(range(min = -0.5, max = 0.5))]
    pub outside_wage_growth: Option<f64>,
    /// Changes over a period of the base-year odds of living away from the registered home.
    pub odds: Odds,
}

/// Changes over a period of the odds that the base year shows for living away from the registered home:
/// the law of the backtest. A stated change happens evenly over `years` and goes on at that pace after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Odds {
    /// Years over which the changes below happen.
    #[schemars(range(min = 1.0, max = 100.0))]
    pub years: f64,
    /// Growth over the period of the people who live in another county of the own province, end over
    /// start: border costs inside provinces are solved in the run to meet it.
    #[schemars(range(min = 0.1, max = 20.0))]
    pub own_province: Option<f64>,
    /// The same for people in other provinces.
    #[schemars(range(min = 0.1, max = 20.0))]
    pub other_provinces: Option<f64>,
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
    /// Change of the log odds to stay, per standard deviation of mining's share of jobs (at most 4).
    #[schemars(range(min = -5.0, max = 5.0))]
    pub mining: f64,
    /// Change of the log odds to stay, per log point of the prefecture's mean wage.
    #[schemars(range(min = -5.0, max = 5.0))]
    pub wage: f64,
    /// Change of the log odds to go to a place, per log point of density above `crowding_density`.
    #[schemars(range(min = -5.0, max = 5.0))]
    pub crowding: f64,
    /// Density that counts as crowded, persons per km2.
    #[schemars(range(min = 1.0, max = 1e6))]
    pub crowding_density: f64,
    /// Change of the log odds to go to a place with the tag `capital`.
    #[schemars(range(min = -5.0, max = 5.0))]
    pub capital: f64,
    /// Births follow the home county's births per young adult of the base year, relative to the nation.
    pub county_births: bool,
}

impl Default for Odds {
    fn default() -> Self {
        Odds {
            years: 10.0,
            own_province: None,
            other_provinces: None,
            converts: 0.0,
            age_35_54: 0.0,
            age_others: 0.0,
            reversion: 0.0,
            mining: 0.0,
            wage: 0.0,
            crowding: 0.0,
            crowding_density: 3000.0,
            capital: 0.0,
            county_births: false,
        }
    }
}

/// Corrections of registered people who are in truth away: registers lag behind moves.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Registration {
    /// Least share of a county's registered people who live away from it; 0 leaves the table as it is.
    #[schemars(range(min = 0.0, max = 0.9))]
    pub least_away: f64,
    /// Part of the way that every county's share moves to that of its prefecture and province.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub shrink: f64,
}

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
    /// Growth of what services sell beyond local spending, per year, on top of the prefecture's industry.
    #[schemars(range(min = -0.2, max = 0.5))]
    pub services: f64,
}

/// Yearly change of the odds of living across a border, in log odds (positive: moving gets easier).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Migration {
    /// From the village to the seat of the own county.
    #[schemars(range(min = -1.0, max = 1.0))]
    pub village_to_seat: f64,
    /// To another county of the prefecture.
    #[schemars(range(min = -1.0, max = 1.0))]
    pub county: f64,
    /// To another prefecture of the province.
    #[schemars(range(min = -1.0, max = 1.0))]
    pub prefecture: f64,
    /// To another province.
    #[schemars(range(min = -1.0, max = 1.0))]
    pub province: f64,
    /// Years of the decline that the base-year stock has not caught up with: a stock that is reviewed
    /// with probability psi lags a steady driver by 1/psi - 1 years.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub lead_years: f64,
}

/// Births and survival by age class, a class being as long as a step.
///
/// Only ageing, births and deaths know the length of a step: every other rate is per step. What happens at
/// one age (schooling at 18, starting to work) happens only to those who pass through that age.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct LifeTable {
    /// Years of a step and of an age class.
    #[schemars(range(min = 1, max = 30))]
    pub step_years: u32,
    /// Births per person of each class in a step, of those who live at its beginning; empty: the nation's.
    pub births: Vec<f64>,
    /// Survival from each class to the next in a step; nobody outlives the last class. Empty: the nation's.
    pub survival: Vec<f64>,
}

impl Default for LifeTable {
    fn default() -> Self {
        LifeTable { step_years: 1, births: Vec::new(), survival: Vec::new() }
    }
}

impl LifeTable {
    /// Whether the scenario brings a table of its own.
    pub fn is_given(&self) -> bool {
        !self.births.is_empty()
    }

    /// Death in the step that ends at an age.
    pub fn death(&self, age: u32) -> f64 {
        let class = (age / self.step_years) as usize;
        if class == 0 {
            return 0.0;
        }
        1.0 - self.survival.get(class - 1).copied().unwrap_or(0.0)
    }

    /// Births of a survivor in the step that ends at an age: births a head over survival.
    pub fn births_of_survivor(&self, age: u32) -> f64 {
        let class = (age / self.step_years) as usize;
        if class == 0 {
            return 0.0;
        }
        let births = self.births.get(class - 1).copied().unwrap_or(0.0);
        let survival = self.survival.get(class - 1).copied().unwrap_or(0.0);
        if survival > 0.0 { births / survival } else { 0.0 }
    }
}

/// What is written.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Output {
    /// Level of origins and destinations in flows.csv; absent: node up to 500 nodes, prefecture above.
    pub flows: Option<FlowLevel>,
}

/// Level of origins and destinations of flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FlowLevel {
    Node,
    County,
    Prefecture,
    Tier,
}
