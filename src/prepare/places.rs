//! Facts that other tables hold for a unit: coordinates, area, minimum wage, wages, tags, income.

use std::collections::{BTreeMap, BTreeSet};

use super::census::Census;
use super::hierarchy::Hierarchy;
use super::report::Report;
use super::rules::Rules;
use super::units::Unit;
use crate::messages;
use crate::scenario::files::Input;
use crate::scenario::problem::Problems;
use crate::scenario::table::{Column, Kind, Table};
use crate::{Error, Result};

/// A table of facts by unit, in which a unit may stand under a later code or name.
pub(crate) struct Lookup<'a, T> {
    facts: BTreeMap<String, (String, T)>,
    /// Codes of the census and the later codes of the same units, where names do not tell.
    renames: &'a BTreeMap<String, String>,
    hierarchy: &'a Hierarchy,
    /// Rows that no unit of the census claims by its code, by province and the stem of the name.
    unclaimed: BTreeMap<(String, String), Vec<String>>,
}

/// Units of the census under the codes of later tables.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Renames {
    /// The same unit under a later code.
    pub same: BTreeMap<String, String>,
    /// All of these, and units that became a part of another one: near enough for coordinates and wages, not
    /// for output.
    pub near: BTreeMap<String, String>,
}

static RENAME_COLUMNS: [Column; 3] = [
    Column::required("gb_code", Kind::Code, "code of the unit in the census"),
    Column::required("later_code", Kind::Code, "its code in later tables"),
    Column::required("kind", Kind::Words(&["same", "part"]), "`part` where the later unit is larger"),
];

/// Reads `gb_code,later_code,kind`, the kind being `same` or `part`.
pub(crate) fn read_renames(input: &Input, problems: &mut Problems) -> Renames {
    let table = Table::open_input(input, &RENAME_COLUMNS[..], problems);
    let mut renames = Renames::default();
    for row in table.rows() {
        let (code, later) =
            (table.text(row, "gb_code").to_string(), table.text(row, "later_code").to_string());
        if table.text(row, "kind") == "same" {
            renames.same.insert(code.clone(), later.clone());
        }
        renames.near.insert(code, later);
    }
    renames
}

/// How a fact was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    ByCode,
    ByName,
}

/// A name without its last character, which says what kind of unit it is (county, city, district).
pub(super) fn stem(name: &str) -> String {
    let name = name.trim_end_matches("自治县");
    match name.char_indices().next_back() {
        Some((at, '县' | '市' | '区' | '旗')) if at > 0 => name[..at].to_string(),
        _ => name.to_string(),
    }
}

impl<'a, T> Lookup<'a, T> {
    /// Facts by code, with the names of their rows.
    pub(crate) fn new(
        census: &'a Census,
        facts: BTreeMap<String, (String, T)>,
        renames: &'a BTreeMap<String, String>,
    ) -> Self {
        let codes: BTreeSet<&str> = census.counties.iter().map(|c| c.code.as_str()).collect();
        let mut unclaimed: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
        for (code, (name, _)) in &facts {
            if !codes.contains(code.as_str()) {
                unclaimed
                    .entry((census.hierarchy.province(code), stem(name)))
                    .or_default()
                    .push(code.clone());
            }
        }
        Lookup { facts, renames, hierarchy: &census.hierarchy, unclaimed }
    }

    /// The fact of a unit: under its code, else under its later code, else under the one unclaimed row of its province with the same name.
    pub(crate) fn get(&self, code: &str, name: &str) -> Option<(&T, Found)> {
        if let Some((_, fact)) = self.facts.get(code) {
            return Some((fact, Found::ByCode));
        }
        if let Some((_, fact)) = self.renames.get(code).and_then(|later| self.facts.get(later)) {
            return Some((fact, Found::ByName));
        }
        let key = (self.hierarchy.province(code), stem(name));
        // A stem of one character (蓟县) is too weak to stand alone: the later name has two (蓟州区).
        let later = match self.unclaimed.get(&key) {
            Some(codes) if codes.len() == 1 => codes[0].clone(),
            Some(_) => return None,
            None if key.1.chars().count() == 1 => {
                let mut same = self.unclaimed.iter().filter(|((province, other), _)| {
                    *province == key.0 && other.starts_with(&key.1) && other.chars().count() == 2
                });
                let (_, codes) = same.next()?;
                if same.next().is_some()
                    || codes.len() != 1
                    || self.hierarchy.prefecture(&codes[0]) != self.hierarchy.prefecture(code)
                {
                    return None;
                }
                codes[0].clone()
            }
            None => return None,
        };
        Some((&self.facts[&later].1, Found::ByName))
    }
}

/// Where a unit lies.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Place {
    pub longitude: f64,
    pub latitude: f64,
    pub area_km2: f64,
    pub name_en: String,
}

/// Longitude and latitude.
pub(crate) type Point = (f64, f64);

/// A table of coordinates: its name, and names and places by code.
#[derive(Clone, Debug, Default)]
pub(crate) struct Centroids {
    file: String,
    facts: BTreeMap<String, (String, Place)>,
}

static CENTROID_COLUMNS: [Column; 6] = [
    Column::required("gb_code", Kind::Code, "code of the unit"),
    Column::known("county_cn", Kind::Text, "its name"),
    Column::optional("name_en", Kind::Text, "its name in pinyin"),
    Column::required("centroid_lon", Kind::Number { least: -180.0, most: 180.0 }, "longitude, degrees"),
    Column::required("centroid_lat", Kind::Number { least: -90.0, most: 90.0 }, "latitude, degrees"),
    Column::required("area_km2", Kind::Number { least: 0.0, most: 1e6 }, "area, km2"),
];

/// Reads coordinates and area by unit.
pub(crate) fn read_centroids(input: &Input, problems: &mut Problems) -> Centroids {
    let table = Table::open_input(input, &CENTROID_COLUMNS[..], problems);
    let file = input.file_name();
    let mut facts = BTreeMap::new();
    for row in table.rows().filter(|&row| table.is_row_sound(row)) {
        let number = |column: &str| table.number(row, column).unwrap_or_default();
        let place = Place {
            longitude: number("centroid_lon"),
            latitude: number("centroid_lat"),
            area_km2: number("area_km2"),
            name_en: table.text(row, "name_en").to_string(),
        };
        facts.insert(
            table.text(row, "gb_code").to_string(),
            (table.text(row, "county_cn").to_string(), place),
        );
    }
    Centroids { file, facts }
}

/// Coordinates and area of every unit, and the middle of the units outside the area (each counting once, which
/// follows settlement because counties are smaller where people are many).
pub(crate) fn places(
    centroids: Centroids,
    census: &Census,
    units: &mut [Unit],
    in_area: impl Fn(&str) -> bool,
    renames: &BTreeMap<String, String>,
    report: &mut Report,
) -> Result<(Vec<Place>, Option<Point>)> {
    let Centroids { file, facts } = centroids;
    let (mut lon_sum, mut lat_sum, mut outside) = (0.0, 0.0, 0.0);
    for (_, (_, place)) in facts.iter().filter(|(code, _)| !in_area(code)) {
        lon_sum += place.longitude;
        lat_sum += place.latitude;
        outside += 1.0;
    }
    let lookup = Lookup::new(census, facts, renames);
    let mut found: Vec<Option<Place>> = Vec::with_capacity(units.len());
    for unit in units.iter_mut() {
        let place = lookup.get(&unit.code, &unit.name);
        if let Some((_, Found::ByName)) = place {
            unit.words.insert("place_renamed");
        }
        found.push(place.map(|(place, _)| place.clone()));
    }
    let mut places = Vec::with_capacity(units.len());
    for (i, place) in found.iter().enumerate() {
        if let Some(place) = place {
            places.push(place.clone());
            continue;
        }
        // The rows of the table under the same prefecture, or of the province, stand for the unit.
        let unit = &units[i];
        let near = |same: &dyn Fn(&str) -> bool| -> Vec<&Place> {
            lookup.facts.iter().filter(|(code, _)| same(code)).map(|(_, (_, place))| place).collect()
        };
        let mut around = near(&|code| census.hierarchy.prefecture(code) == unit.prefecture);
        if around.is_empty() {
            around = (0..units.len())
                .filter(|&j| units[j].prefecture == unit.prefecture)
                .filter_map(|j| found[j].as_ref())
                .collect();
        }
        if around.is_empty() {
            around = near(&|code| census.hierarchy.province(code) == unit.province);
        }
        if around.is_empty() {
            return Err(Error::Data {
                what: messages::coordinates_of(file, &unit.code, &unit.name),
                found: messages::no_row_of_its_code(),
                expected: messages::centroids_that_cover(),
            });
        }
        let n = around.len() as f64;
        let mean = |f: &dyn Fn(&Place) -> f64| around.iter().map(|p| f(p)).sum::<f64>() / n;
        report.note(
            "Coordinates",
            format!("{} {}: none found, mean of {} neighbouring units", unit.code, unit.name, around.len()),
        );
        places.push(Place {
            longitude: round(mean(&|p| p.longitude), 5),
            latitude: round(mean(&|p| p.latitude), 5),
            area_km2: round(mean(&|p| p.area_km2), 1),
            name_en: String::new(),
        });
        units[i].words.insert("place_prefecture");
    }
    spread(&mut places, units);
    let outside = (outside > 0.0).then(|| (round(lon_sum / outside, 4), round(lat_sum / outside, 4)));
    Ok((places, outside))
}

/// Moves units that would share a point with an earlier one about 5 km away from it, each in another direction:
/// a distance of zero between two counties would mean more than the tables know.
fn spread(places: &mut [Place], units: &mut [Unit]) {
    let mut taken: BTreeMap<(u64, u64), u32> = BTreeMap::new();
    let own = |unit: &Unit| !unit.words.contains("place_renamed") && !unit.words.contains("place_prefecture");
    // Units with a row of their own keep their point, whatever their code.
    for with_row in [true, false] {
        for (place, unit) in places.iter_mut().zip(units.iter_mut()).filter(|(_, u)| own(u) == with_row) {
            let point = (place.longitude.to_bits(), place.latitude.to_bits());
            let seen = taken.entry(point).or_default();
            if *seen > 0 {
                let angle = f64::from(*seen) * 2.399_963; // the golden angle: no two directions repeat
                place.longitude = round(place.longitude + 0.05 * libm::cos(angle), 5);
                place.latitude = round(place.latitude + 0.05 * libm::sin(angle), 5);
                unit.words.insert("place_shifted");
            }
            *seen += 1;
        }
    }
}

/// Rounds to a number of decimals, so that tables stay readable.
pub(crate) fn round(x: f64, decimals: i32) -> f64 {
    let scale = libm::pow(10.0, f64::from(decimals));
    libm::rint(x * scale) / scale
}

/// Minimum wages a month by unit, with the names of their rows, and rows without a code.
#[derive(Clone, Debug, Default)]
pub(crate) struct MinimumWages {
    facts: BTreeMap<String, (String, f64)>,
    without_code: usize,
}

static MINIMUM_WAGE_COLUMNS: [Column; 3] = [
    Column::known("gb_code_2020", Kind::Code, "code of the unit; empty for a zone without one"),
    Column::known("county_cn", Kind::Text, "its name"),
    Column::known("monthly_mw_yuan", Kind::MONEY, "minimum wage, yuan a month"),
];

/// Reads minimum wages by unit.
pub(crate) fn read_minimum_wages(input: &Input, problems: &mut Problems) -> MinimumWages {
    let table = Table::open_input(input, &MINIMUM_WAGE_COLUMNS[..], problems);
    let mut wages = MinimumWages::default();
    for row in table.rows().filter(|&row| table.is_row_sound(row)) {
        if table.is_empty(row, "gb_code_2020") {
            wages.without_code += 1; // zones that no census row could claim
        } else if let Some(month) = table.number(row, "monthly_mw_yuan") {
            let fact = (table.text(row, "county_cn").to_string(), month);
            wages.facts.insert(table.text(row, "gb_code_2020").to_string(), fact);
        }
    }
    wages
}

/// Statutory minimum wage of every unit, yuan a year in the base year; zero where there is none at all.
pub(crate) fn minimum_wages(
    wages: MinimumWages,
    census: &Census,
    units: &mut [Unit],
    renames: &BTreeMap<String, String>,
    rules: &Rules,
    report: &mut Report,
) -> Vec<i64> {
    let (MinimumWages { facts, without_code }, year) = (wages, census.year);
    if without_code > 0 {
        report.note("Minimum wages", format!("{without_code} rows without a code left out"));
    }
    let lookup = Lookup::new(census, facts, renames);
    let found: Vec<Option<f64>> =
        units.iter().map(|u| lookup.get(&u.code, &u.name).map(|(&month, _)| month)).collect();
    let level = rules.minimum_wage(year);
    let mut wages = Vec::with_capacity(units.len());
    let mut missing = 0;
    for i in 0..units.len() {
        let month = found[i].unwrap_or_else(|| {
            missing += 1;
            let same = |prefecture: bool| {
                most_frequent((0..units.len()).filter_map(|j| {
                    let near = if prefecture {
                        units[j].prefecture == units[i].prefecture
                    } else {
                        units[j].province == units[i].province
                    };
                    found[j].filter(|_| near)
                }))
            };
            same(true).or_else(|| same(false)).unwrap_or(0.0)
        });
        if found[i].is_none() {
            units[i].words.insert("minimum_wage_prefecture");
        }
        if level != 1.0 {
            units[i].words.insert("minimum_wage_scaled");
        }
        wages.push(libm::rint(month * 12.0 * level) as i64);
    }
    if missing > 0 {
        report.note("Minimum wages", format!("{missing} units without a row of their own"));
    }
    report.note("Minimum wages", format!("in force on 2018-01-01, times {level} for {year}, 12 months"));
    wages
}

/// The most frequent value; of equally frequent ones the lowest.
fn most_frequent(values: impl Iterator<Item = f64>) -> Option<f64> {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    let mut best: Option<(usize, f64)> = None;
    for chunk in sorted.chunk_by(|a, b| a == b) {
        if best.is_none_or(|(n, _)| chunk.len() > n) {
            best = Some((chunk.len(), chunk[0]));
        }
    }
    best.map(|(_, value)| value)
}

static WAGE_COLUMNS: [Column; 2] = [
    Column::required("gb_code", Kind::Code, "code of the prefecture"),
    Column::known("average_wage_yuan", Kind::MONEY, "mean wage, yuan a year"),
];

/// Mean wage by prefecture, yuan a year.
pub(crate) fn prefecture_wages(input: &Input, problems: &mut Problems) -> BTreeMap<String, f64> {
    let table = Table::open_input(input, &WAGE_COLUMNS[..], problems);
    let mut wages = BTreeMap::new();
    for row in table.rows() {
        match table.number(row, "average_wage_yuan") {
            Some(wage) if wage > 0.0 => drop(wages.insert(table.text(row, "gb_code").to_string(), wage)),
            Some(_) => problems.push(table.wrong(
                row,
                "average_wage_yuan",
                &messages::a_wage_above_zero().to_string(),
            )),
            None => {}
        }
    }
    wages
}

static TAG_COLUMNS: [Column; 2] = [
    Column::required("gb_code", Kind::Code, "code of the unit"),
    Column::required("tag", Kind::Text, "one word of small letters, digits and _"),
];

/// Tags by unit from tables of `gb_code,tag`.
pub(crate) fn read_tags(inputs: &[Input], problems: &mut Problems) -> BTreeMap<String, Vec<String>> {
    let mut tags: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for input in inputs {
        let table = Table::open_input(input, &TAG_COLUMNS[..], problems);
        for row in table.rows().filter(|&row| table.is_row_sound(row)) {
            let tag = table.text(row, "tag");
            if !tag.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_') {
                problems.push(table.wrong(row, "tag", &messages::one_small_word().to_string()));
            }
            let of_unit = tags.entry(table.text(row, "gb_code").to_string()).or_default();
            if !of_unit.iter().any(|t| t == tag) {
                of_unit.push(tag.to_string());
            }
        }
    }
    tags
}

/// The tags of a unit: those of the tables, and `capital` for the districts of a provincial capital (whose
/// prefecture codes end in 0100) and of the municipalities.
pub(crate) fn tags_of(unit: &Unit, tags: &BTreeMap<String, Vec<String>>) -> String {
    let mut words: Vec<&str> = tags.get(&unit.code).into_iter().flatten().map(String::as_str).collect();
    let capital = unit.prefecture[2..] == *"0100" || unit.prefecture == unit.province;
    if unit.district && capital && !words.contains(&"capital") {
        words.push("capital");
    }
    words.join(";")
}

/// Published disposable income per head of a prefecture, yuan a year, urban and rural.
pub(crate) type Income = [Option<f64>; 2];

static INCOME_COLUMNS: [Column; 5] = [
    Column::required("gb_code", Kind::Code, "code of the prefecture"),
    Column::required("year", Kind::Year, "year of the figures"),
    Column::known("urban_income_yuan", Kind::MONEY, "income per urban resident, yuan a year"),
    Column::known("rural_income_yuan", Kind::MONEY, "income per rural resident, yuan a year"),
    Column::optional("period", Kind::Text, "part of the year that they cover"),
];

/// Incomes by prefecture, and whether they cover only a part of the year.
pub(crate) type Incomes = (BTreeMap<String, Income>, bool);

/// Incomes by prefecture of the base year as printed, and whether they cover only a part of the year.
pub(crate) fn read_incomes(input: &Input, year: i32, problems: &mut Problems) -> Incomes {
    let table = Table::open_input(input, &INCOME_COLUMNS[..], problems);
    let mut incomes = BTreeMap::new();
    let mut part = false;
    for row in table.rows().filter(|&row| table.is_row_sound(row)) {
        let code = table.text(row, "gb_code");
        if table.persons(row, "year") != i64::from(year)
            || !table.text_codes() && code == super::hierarchy::province_of(code)
        {
            continue;
        }
        part |= !table.is_empty(row, "period") && table.text(row, "period") != "full year";
        let income = [table.number(row, "urban_income_yuan"), table.number(row, "rural_income_yuan")];
        incomes.insert(code.to_string(), income);
    }
    (incomes, part)
}
