//! The tables of the study area, and how the base year reads them.

use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
    /// Recipients of pensions and what they get, by province and year; without it nobody draws a pension.
    pub pensions: Option<PathBuf>,
    /// Births and deaths per 1,000 residents by province and year; without it the nation's rates by age hold everywhere.
    pub vital_rates: Option<PathBuf>,
    /// Moving costs in log points of income from a node to a prefecture, every year lived there (columns
    /// from, to, cost); only with base = "utility".
    pub moving_costs: Option<PathBuf>,
    /// Iceberg trade costs between nodes (columns from, to, factor), used by market = "ces"; for a pair that
    /// is not listed the parameter `ces_trade_cost` holds.
    pub trade_costs: Option<PathBuf>,
    /// Loans over deposits of counties by province or county and year (columns province, county, year,
    /// loans_over_deposits): what of deposits leaks; where no row is, the parameter `deposit_leakage` holds.
    pub deposit_leakage: Option<PathBuf>,
    /// Grades by which the province counts the needs of counties in transfers (columns place, grade); a county that is not
    /// listed counts in full.
    pub transfer_grades: Option<PathBuf>,
    /// Terms of the law of migration that a national run stated for the places of a part of the country (columns
    /// place, home, own_province, other_provinces, births; `shanhai backtest --terms` writes it).
    pub migration: Option<PathBuf>,
    /// Counted people by place of origin and of residence (columns origin, destination, persons): how many left each
    /// province, and where to. Codes of counties, prefectures or provinces, one level a table, or ids of outside nodes.
    /// In whatever unit: the counts of newcomers say how many there are.
    pub flows: Option<PathBuf>,
    /// Country whose facts stand for what the tables do not say: ages of the outside, and of nodes without them; births and
    /// deaths by age; the defaults of fiscal rules and of households. Needed unless the codes of the provinces are those of China
    /// and the nodes have ages.
    pub preset: Option<Preset>,
    /// Where the weights of places in the base year come from.
    #[serde(default)]
    pub base: Base,
    /// Corrections of the registered people of the tables; none unless given.
    #[serde(default)]
    pub registration: Registration,
}

impl WorldFiles {
    /// The files, in the order of the fields.
    pub fn input_files(&self) -> Vec<&Path> {
        let optional = [
            &self.outside,
            &self.prefectures,
            &self.pensions,
            &self.vital_rates,
            &self.moving_costs,
            &self.trade_costs,
            &self.deposit_leakage,
            &self.transfer_grades,
            &self.migration,
            &self.flows,
        ];
        std::iter::once(&self.nodes).chain(optional.into_iter().flatten()).map(PathBuf::as_path).collect()
    }
}

/// A country in a year, whose facts are taken by name: never in silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Preset {
    /// China at its seventh census.
    #[serde(rename = "china_2020")]
    #[cfg_attr(feature = "cli", value(name = "china_2020"))]
    China2020,
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
