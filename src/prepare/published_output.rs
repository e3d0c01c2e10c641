//! Output as published: of counties, of prefectures by sector, and of groups of units under other borders.

use std::collections::{BTreeMap, BTreeSet};

use super::changes::Joined;
use super::places::Renames;
use super::provinces::ProvinceOutput;
use super::units::Unit;
use crate::messages;
use crate::scenario::files::Input;
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::table::{Column, Kind, Table};

const YUAN: f64 = 1e4; // the published tables count in 10,000 yuan

/// County output as published for one year, yuan.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct CountyOutput {
    pub total: Option<f64>,
    pub primary: Option<f64>,
}

/// Output of a prefecture by year and sector (primary, secondary, tertiary), yuan.
pub(crate) type PrefectureOutput = BTreeMap<String, BTreeMap<i32, [f64; 3]>>;

/// What is published about output in and around the base year.
#[derive(Default)]
pub(crate) struct Published {
    /// Year of the county figures; the base year or the nearest one.
    pub county_year: i32,
    pub counties: BTreeMap<String, (String, CountyOutput)>,
    /// Groups of units whose output is published for another boundary: codes in the output table, units here.
    pub groups: Vec<Group>,
    pub prefectures: PrefectureOutput,
    /// Output of provinces in the base year.
    pub provinces: BTreeMap<String, ProvinceOutput>,
    /// Minimum wage by unit, in the order of the units; empty or zero where there is none.
    pub minimum_wages: Vec<i64>,
    /// Later codes of units (see [`Lookup`]).
    pub renames: Renames,
    /// Units whose code or border changed between the census and the table of county output.
    pub changes: Vec<Joined>,
    /// Wage level of prefectures, yuan a year.
    pub wages: BTreeMap<String, f64>,
    /// Living in homes in the nation's tertiary value added.
    pub dwelling_share: f64,
    /// Prefectures whose published output was divided over units by counts of the census, by unit: what the table of county output has
    /// of these is constructed.
    pub pools: BTreeMap<String, String>,
}

impl Published {
    /// Minimum wage of a unit, if there is one.
    pub(crate) fn minimum_wage(&self, i: usize) -> Option<f64> {
        self.minimum_wages.get(i).filter(|&&w| w > 0).map(|&w| w as f64)
    }

    /// Output of the prefectures that a pool is made of in a year, if it is published for them.
    pub(crate) fn of_pool<'a>(
        &self,
        pool: &str,
        units: impl Iterator<Item = &'a Unit>,
        year: i32,
    ) -> Option<[f64; 3]> {
        let mut codes: BTreeSet<&str> = units.map(|unit| unit.prefecture.as_str()).collect();
        codes.insert(pool);
        let outputs = codes.iter().filter_map(|code| self.prefectures.get(*code)?.get(&year));
        outputs.copied().reduce(|a, b| [a[0] + b[0], a[1] + b[1], a[2] + b[2]])
    }

    /// Code under which the output of a unit's prefecture is published.
    pub(crate) fn pool<'a>(&'a self, unit: &'a Unit) -> &'a String {
        self.pools.get(&unit.code).unwrap_or(&unit.prefecture)
    }
}

/// Output codes and the units that share them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Group {
    pub published: Vec<String>,
    pub units: Vec<String>,
}

static COUNTY_COLUMNS: [Column; 5] = [
    Column::required("gb_code", Kind::Code, "code of the unit"),
    Column::known("county_cn", Kind::Text, "its name"),
    Column::required("year", Kind::Year, "year of the figures"),
    Column::known("gdp_10k_yuan", Kind::MONEY_10K, "output, 10,000 yuan"),
    Column::known("gdp_primary_10k_yuan", Kind::MONEY_10K, "output of farming, 10,000 yuan"),
];

/// Reads county output of the year nearest to the base year.
pub(crate) fn read_counties(input: &Input, year: i32, published: &mut Published, problems: &mut Problems) {
    let table = Table::open_input(input, &COUNTY_COLUMNS[..], problems);
    let sound = || table.rows().filter(|&row| table.is_row_sound(row));
    let years: BTreeSet<i32> = sound().map(|row| table.persons(row, "year") as i32).collect();
    let nearest = years.into_iter().min_by_key(|y| ((y - year).abs(), *y)).unwrap_or(year);
    if (nearest - year).abs() > 2 && year != 0 {
        let title = messages::nearest_year_is(year, nearest);
        problems.push(Problem::new(table.whole(), title).help(messages::county_output_needed()));
    }
    published.county_year = nearest;
    for row in sound().filter(|&row| table.persons(row, "year") == i64::from(nearest)) {
        let (total, primary) = (table.number(row, "gdp_10k_yuan"), table.number(row, "gdp_primary_10k_yuan"));
        if total.is_some_and(|t| t < primary.unwrap_or(0.0)) {
            let expected = messages::from_zero_to_whole();
            problems.push(table.wrong(row, "gdp_primary_10k_yuan", &expected.to_string()));
        }
        let output = CountyOutput { total: total.map(|x| x * YUAN), primary: primary.map(|x| x * YUAN) };
        let fact = (table.text(row, "county_cn").to_string(), output);
        published.counties.insert(table.text(row, "gb_code").to_string(), fact);
    }
}

static PREFECTURE_COLUMNS: [Column; 5] = [
    Column::required("gb_code", Kind::Code, "code of the prefecture"),
    Column::required("year", Kind::Year, "year of the figures"),
    Column::required("gdp_primary_10k_yuan", Kind::MONEY_10K, "output of farming, 10,000 yuan"),
    Column::required("gdp_secondary_10k_yuan", Kind::MONEY_10K, "output of industry, 10,000 yuan"),
    Column::required("gdp_tertiary_10k_yuan", Kind::MONEY_10K, "output of services, 10,000 yuan"),
];

/// Reads prefecture output by sector.
pub(crate) fn read_prefectures(input: &Input, problems: &mut Problems) -> PrefectureOutput {
    let table = Table::open_input(input, &PREFECTURE_COLUMNS[..], problems);
    let mut outputs = PrefectureOutput::new();
    for row in table.rows().filter(|&row| table.is_row_sound(row)) {
        let sectors = ["gdp_primary_10k_yuan", "gdp_secondary_10k_yuan", "gdp_tertiary_10k_yuan"]
            .map(|column| table.number(row, column).unwrap_or(0.0) * YUAN);
        let year = table.persons(row, "year") as i32;
        outputs.entry(table.text(row, "gb_code").to_string()).or_default().insert(year, sectors);
    }
    outputs
}

static GROUP_COLUMNS: [Column; 3] = [
    Column::required("group", Kind::Text, "name of the group"),
    Column::known("published", Kind::Code, "code whose output is shared over the units of the group"),
    Column::known("unit", Kind::Code, "code of a unit of the group"),
];

/// Reads `group,published,unit`: one row a code, in either of the two columns.
pub(crate) fn read_groups(input: &Input, problems: &mut Problems) -> Vec<Group> {
    let table = Table::open_input(input, &GROUP_COLUMNS[..], problems);
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for row in table.rows().filter(|&row| table.is_row_sound(row)) {
        let group = groups.entry(table.text(row, "group").to_string()).or_default();
        if !table.is_empty(row, "published") {
            group.published.push(table.text(row, "published").to_string());
        }
        if !table.is_empty(row, "unit") {
            group.units.push(table.text(row, "unit").to_string());
        }
    }
    groups.into_values().collect()
}
