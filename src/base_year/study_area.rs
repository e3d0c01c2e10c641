//! What a study area is before its first world: geography with the facts of the census, people registered
//! outside, published incomes.

use crate::world::Geography;
use crate::world::vital::VitalRates;

/// Columns of residents by five-year groups.
pub(crate) const AGE_COLUMNS: [&str; 18] = [
    "age_0_4",
    "age_5_9",
    "age_10_14",
    "age_15_19",
    "age_20_24",
    "age_25_29",
    "age_30_34",
    "age_35_39",
    "age_40_44",
    "age_45_49",
    "age_50_54",
    "age_55_59",
    "age_60_64",
    "age_65_69",
    "age_70_74",
    "age_75_79",
    "age_80_84",
    "age_85",
];

/// Age structure used where a table gives none: China 2020, millions (7th census).
pub(crate) const NATIONAL_AGES: [f64; 18] = [
    77.88, 90.24, 85.26, 72.68, 74.94, 91.85, 124.15, 99.01, 92.96, 114.22, 121.16, 101.40, 73.38, 74.01,
    49.59, 31.24, 20.38, 15.42,
];

/// Published income per head of a prefecture or province, yuan a year: urban, rural.
pub(crate) type PublishedIncome = [Option<f64>; 2];

/// Pensions of a province in the base year, employees and residents.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PensionFacts {
    /// Persons who draw, by scheme.
    pub recipients: [f64; 2],
    /// What a recipient gets, yuan a year.
    pub pension_yuan: [f64; 2],
    /// Residents of 60 and over of the whole province, where known.
    pub residents_60_over: Option<f64>,
}

/// Rows of a table, and the people in them, in its unit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    /// Rows.
    pub rows: usize,
    /// People.
    pub persons: f64,
}

impl Tally {
    /// Adds a row.
    pub(crate) fn add(&mut self, persons: f64) {
        self.rows += 1;
        self.persons += persons;
    }
}

/// What a table of counted flows holds, and what of it the law of migration cannot use.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CountedFlows {
    /// What messages call the table.
    pub table: String,
    /// Level of its codes: county, prefecture or province.
    pub level: &'static str,
    /// All of it.
    pub all: Tally,
    /// Between two provinces of the area, or between one of them and the outside.
    pub used: Tally,
    /// Inside one province: the law has no weight for them.
    pub within: Tally,
    /// From outside to outside.
    pub outside: Tally,
    /// With an end that is neither in the area nor an outside node.
    pub elsewhere: Tally,
    /// Code of the first such end.
    pub first_elsewhere: String,
}

/// A study area: geography, people registered outside, published incomes by prefecture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StudyArea {
    /// Base year of the tables, if they say it.
    pub year: Option<i32>,
    /// Whether they say the ages of residents.
    pub ages_stated: bool,
    pub geography: Geography,
    /// Persons registered at each outside node who live in the area.
    pub outside_in_area: Vec<u64>,
    /// Published income by prefecture index, where there is any.
    pub published_income: Vec<PublishedIncome>,
    /// The same by province index: of the nodes whose prefecture has none.
    pub province_income: Vec<PublishedIncome>,
    /// What a user should know of how the tables were read.
    pub notes: Vec<String>,
    /// Pensions by province index, where there is a table of them.
    pub pensions: Vec<Option<PensionFacts>>,
    /// Births and deaths by province index and of the outside, where there is a table of them.
    pub vital: Vec<VitalRates>,
    /// What the table of counted flows holds, where there is one; the flows themselves are in the geography.
    pub counted_flows: Option<CountedFlows>,
}

/// Most nodes that a run can hold: places are 16-bit numbers.
pub(crate) const MOST_NODES: usize = 65_535;
