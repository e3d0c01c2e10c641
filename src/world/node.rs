//! Nodes: cities, county seats and villages, with what does not change in a run, and what does.

use super::sector::SECTORS;
use serde::{Deserialize, Serialize};

/// Number of skills.
pub const SKILLS: usize = 2;

/// Place of a node in the hierarchy.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// The urban part of a district.
    City,
    /// The urban part of a county or county-level city.
    CountySeat,
    /// The rural part of any county-level unit.
    Village,
    /// The rest of the country, seen from the study area.
    Outside,
}

impl Tier {
    /// All tiers, in the order of tables.
    pub const ALL: [Tier; 4] = [Tier::City, Tier::CountySeat, Tier::Village, Tier::Outside];

    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Tier::City => "city",
            Tier::CountySeat => "county_seat",
            Tier::Village => "village",
            Tier::Outside => "outside",
        }
    }
}

/// What a person brings to work.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Skill {
    /// No tertiary education.
    Workers,
    /// Tertiary education.
    Talent,
}

impl Skill {
    /// Both skills; the position is the index in state arrays.
    pub const ALL: [Skill; SKILLS] = [Skill::Workers, Skill::Talent];

    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Skill::Workers => "workers",
            Skill::Talent => "talent",
        }
    }
}

/// What the tables say about a node: geography and base-year facts. Does not change in a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// Key of the node in all tables.
    pub id: String,
    /// What a reader calls it.
    pub name: String,
    /// The same in English.
    pub name_en: String,
    /// City, county seat, village or outside.
    pub tier: Tier,
    /// Index of the county-level unit in [`super::Geography::counties`].
    pub county: usize,
    /// Index in [`super::Geography::prefectures`].
    pub prefecture: usize,
    /// Index in [`super::Geography::provinces`].
    pub province: usize,
    /// Degrees.
    pub longitude: f64,
    /// Degrees.
    pub latitude: f64,
    /// Square kilometres.
    pub area_km2: f64,
    /// Words by which policies and reports choose nodes, such as `mountain`.
    pub tags: Vec<String>,
    /// Base-year facts, persons and yuan.
    pub facts: Facts,
}

impl Node {
    /// Whether a word is its id or one of its names.
    pub fn answers_to(&self, word: &str) -> bool {
        self.id == word || self.name == word || (self.name_en == word && !word.is_empty())
    }

    /// Id and name, as messages call it.
    pub fn called(&self) -> String {
        if self.name == self.id { self.id.clone() } else { format!("{} {}", self.id, self.name) }
    }
}

/// Base-year facts of a node as its table gives them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// Persons living here.
    pub residents: u64,
    /// Of these, with tertiary education.
    pub talent: u64,
    /// Residents by five-year age group 0-4 … 85+.
    pub ages: [u64; 18],
    /// Residents registered at the urban node of the own county.
    pub stayers_from_seat: u64,
    /// Residents registered at the village node of the own county.
    pub stayers_from_village: u64,
    /// Residents registered in another county of the province.
    pub newcomers_province: u64,
    /// Residents registered in another province.
    pub newcomers_other: u64,
    /// Persons registered here, wherever they live.
    pub registered: u64,
    /// Residents working here, by sector.
    pub employed: [u64; SECTORS],
    /// Village residents working in the seat of their county.
    pub commuters: u64,
    /// Value added of the base year, yuan.
    pub output_yuan: [f64; SECTORS],
    /// Value of living in homes of the base year as the accounts count it, yuan.
    pub dwellings_yuan: f64,
    /// Statutory minimum wage, yuan a year; 0 is none.
    pub minimum_wage_yuan: f64,
    /// Initial ecological state, 0 to 1.
    pub ecology: f64,
    /// Births per 1000 residents, where known.
    pub birth_rate: Option<f64>,
    /// Mining's share of employment, where known.
    pub mining_share: Option<f64>,
    /// Mean wage of the prefecture, yuan a year, where known.
    pub wage_yuan: Option<f64>,
    /// What a job of the sector's industries here pays in the nation, yuan a year, where known.
    #[serde(default)]
    pub pay_yuan: [Option<f64>; SECTORS],
    /// Share of capital in what these industries make in the nation, where known.
    #[serde(default)]
    pub capital_share: [Option<f64>; SECTORS],
    /// Return on capital here over the area's in the base year; absent: one.
    #[serde(default)]
    pub return_wedge: [Option<f64>; SECTORS],
    /// Share of ethnic minorities, where known.
    pub minority_share: Option<f64>,
    /// What living here is worth beside income, services and environment, log points of income.
    pub amenity: f64,
    /// Housing stock, units; absent: the stock whose base-year rent is one yuan.
    pub housing: Option<f64>,
    /// Industrial capital of the base year, yuan; absent: from what is invested.
    pub capital_yuan: Option<f64>,
    /// Industrial jobs that there are, persons; absent: as many as wages make.
    pub jobs_industry: Option<f64>,
    /// Return as investors see it over the true one; absent: one.
    pub investment_wedge: Option<f64>,
    /// Changes of the odds of living away that a national run stated for it; absent: from facts of the area.
    pub migration: Option<MigrationTerms>,
}

/// Terms of the law of migration over its period, log odds: of a home to be away, of a place to be gone to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MigrationTerms {
    /// Change of the odds that people registered here live away.
    pub home: f64,
    /// Change of the odds to come here: from the own province, from others.
    pub place: [f64; 2],
    /// Births per young adult relative to the nation.
    pub births: f64,
    /// People of the county who live away from it in the base year, where a national run knows from counted flows.
    #[serde(default)]
    pub away: Option<f64>,
}

impl Default for MigrationTerms {
    fn default() -> Self {
        MigrationTerms { home: 0.0, place: [0.0; 2], births: 1.0, away: None }
    }
}

impl Facts {
    /// Residents who work, commuters included.
    pub fn employed_residents(&self) -> u64 {
        self.employed.iter().sum::<u64>() + self.commuters
    }
}
