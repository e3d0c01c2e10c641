//! Which parts of the model are on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
    /// Claims on funds follow net movement of people as wallets do.
    pub claims_move: bool,
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
    /// How much households spend on local services, and what is made of local output that they cannot have bought.
    pub service_spending: ServiceSpending,
    /// What jobs of the base year pay.
    pub pay: Pay,
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
            claims_move: true,
            sector_review: true,
            investment: true,
            housing: true,
            ecology: true,
            fixed_prices: false,
            service_spending: ServiceSpending::Solved,
            pay: Pay::Data,
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

/// Pay in the base year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Pay {
    /// From pay of jobs by industry: what a job of its industries pays in the nation, at the level of the prefecture's
    /// wages, of the county's minimum wage and of the tier, where the table has columns `pay_<sector>_yuan`; without
    /// them the share of labour.
    #[default]
    Data,
    /// The share of labour in what each cell makes, whatever the table knows of pay.
    Share,
}

/// Spending on local services in the base year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ServiceSpending {
    /// Shares of spending are solved by province, and at most `outside_local` of a prefecture's local output is sold beyond
    /// it: what its residents cannot have bought counts as business services.
    #[default]
    Solved,
    /// Shares of spending are the parameter `local_spending_share`; output stays as the tables have it, and all that residents do not buy is
    /// sold beyond.
    Stated,
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
    /// One divisible project per fund and cell: expected flows without lumps.
    Deterministic,
}
