//! Nodes: cities, county seats and villages, with what does not change in a run, and what does.

use serde::{Deserialize, Serialize};

/// Number of sectors.
pub const SECTORS: usize = 4;
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

/// Sectors of production.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Sector {
    /// Farming, forestry, fishing.
    Agriculture,
    /// Mining, manufacturing, utilities, construction.
    Industry,
    /// Local services.
    Services,
    /// Eco-tourism and specialties.
    Tourism,
}

impl Sector {
    /// All sectors; the position is the index in state arrays.
    pub const ALL: [Sector; SECTORS] =
        [Sector::Agriculture, Sector::Industry, Sector::Services, Sector::Tourism];

    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Sector::Agriculture => "agriculture",
            Sector::Industry => "industry",
            Sector::Services => "services",
            Sector::Tourism => "tourism",
        }
    }
}

/// Index of agriculture in sector arrays.
pub const AGRICULTURE: usize = 0;
/// Index of industry in sector arrays.
pub const INDUSTRY: usize = 1;
/// Index of services in sector arrays.
pub const SERVICES: usize = 2;
/// Index of tourism in sector arrays.
pub const TOURISM: usize = 3;

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
    pub id: String,
    pub name: String,
    pub name_en: String,
    pub tier: Tier,
    /// Index of the county-level unit in [`super::Geography::counties`].
    pub county: usize,
    pub prefecture: usize,
    pub province: usize,
    /// Degrees.
    pub longitude: f64,
    /// Degrees.
    pub latitude: f64,
    /// Square kilometres.
    pub area_km2: f64,
    pub tags: Vec<String>,
    /// Base-year facts, persons and yuan.
    pub facts: Facts,
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
}

impl Facts {
    /// Residents who work, commuters included.
    pub fn employed_residents(&self) -> u64 {
        self.employed.iter().sum::<u64>() + self.commuters
    }
}
