//! Facts that other tables hold for a unit: coordinates, area, minimum wage, wages, tags, income.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::census::Census;
use super::report::Report;
use super::rules::Rules;
use super::table::Table;
use super::units::{Unit, prefecture_of, province_of};
use crate::{Error, Result};

/// A table of facts by unit, in which a unit may stand under a later code or name.
pub struct Lookup<'a, T> {
    facts: BTreeMap<String, (String, T)>,
    /// Codes of the census and the later codes of the same units, where names do not tell.
    renames: &'a BTreeMap<String, String>,
    /// Rows that no unit of the census claims by its code, by province and the stem of the name.
    unclaimed: BTreeMap<(String, String), Vec<String>>,
}

/// Units of the census under the codes of later tables.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Renames {
    /// The same unit under a later code.
    pub same: BTreeMap<String, String>,
    /// All of these, and units that became a part of another one: near enough for coordinates and wages, not
    /// for output.
    pub near: BTreeMap<String, String>,
}

/// Reads `gb_code,later_code,kind`, the kind being `same` or `part`.
pub fn read_renames(path: &Path) -> Result<Renames> {
    let table = Table::read(path, &["gb_code", "later_code", "kind"])?;
    let mut renames = Renames::default();
    for row in table.rows() {
        let pair = (row.code("gb_code")?.to_string(), row.code("later_code")?.to_string());
        match row.text("kind") {
            "same" => drop(renames.same.insert(pair.0.clone(), pair.1.clone())),
            "part" => {}
            _ => return Err(row.wrong("kind", "`same`, or `part` where the later unit is larger")),
        }
        renames.near.insert(pair.0, pair.1);
    }
    Ok(renames)
}

/// How a fact was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    ByCode,
    ByName,
}

/// A name without its last character, which says what kind of unit it is (county, city, district).
fn stem(name: &str) -> String {
    let name = name.trim_end_matches("自治县");
    match name.char_indices().next_back() {
        Some((at, '县' | '市' | '区' | '旗')) if at > 0 => name[..at].to_string(),
        _ => name.to_string(),
    }
}

impl<'a, T> Lookup<'a, T> {
    /// Facts by code, with the names of their rows.
    pub fn new(
        census: &Census,
        facts: BTreeMap<String, (String, T)>,
        renames: &'a BTreeMap<String, String>,
    ) -> Self {
        let codes: BTreeSet<&str> = census.counties.iter().map(|c| c.code.as_str()).collect();
        let mut unclaimed: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
        for (code, (name, _)) in &facts {
            if !codes.contains(code.as_str()) {
                unclaimed.entry((province_of(code), stem(name))).or_default().push(code.clone());
            }
        }
        Lookup { facts, renames, unclaimed }
    }

    /// The fact of a unit: under its code, else under its later code, else under the one unclaimed row of its province with the same name.
    pub fn get(&self, code: &str, name: &str) -> Option<(&T, Found)> {
        if let Some((_, fact)) = self.facts.get(code) {
            return Some((fact, Found::ByCode));
        }
        if let Some((_, fact)) = self.renames.get(code).and_then(|later| self.facts.get(later)) {
            return Some((fact, Found::ByName));
        }
        let key = (province_of(code), stem(name));
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
                    || prefecture_of(&codes[0]) != prefecture_of(code)
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
pub struct Place {
    pub longitude: f64,
    pub latitude: f64,
    pub area_km2: f64,
    pub name_en: String,
}

/// Longitude and latitude.
pub type Point = (f64, f64);

/// Coordinates and area of every unit, and the middle of the units outside the area (each counting once, which
/// follows settlement because counties are smaller where people are many).
pub fn places(
    path: &Path,
    census: &Census,
    units: &mut [Unit],
    in_area: impl Fn(&str) -> bool,
    renames: &BTreeMap<String, String>,
    report: &mut Report,
) -> Result<(Vec<Place>, Option<Point>)> {
    let required = ["gb_code", "county_cn", "centroid_lon", "centroid_lat", "area_km2"];
    let table = Table::read(path, &required)?;
    let mut facts = BTreeMap::new();
    let (mut lon_sum, mut lat_sum, mut outside) = (0.0, 0.0, 0.0);
    for row in table.rows() {
        let needed = |column: &str, low: f64, high: f64| match row.number(column)? {
            Some(x) if (low..=high).contains(&x) => Ok(x),
            _ => Err(row.wrong(column, &format!("a number from {low} to {high}"))),
        };
        let code = row.code("gb_code")?;
        let place = Place {
            longitude: needed("centroid_lon", -180.0, 180.0)?,
            latitude: needed("centroid_lat", -90.0, 90.0)?,
            area_km2: needed("area_km2", 0.0, 1e6)?,
            name_en: row.text("name_en").to_string(),
        };
        if !in_area(code) {
            lon_sum += place.longitude;
            lat_sum += place.latitude;
            outside += 1.0;
        }
        facts.insert(code.to_string(), (row.text("county_cn").to_string(), place));
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
        let mut around = near(&|code| prefecture_of(code) == unit.prefecture);
        if around.is_empty() {
            around = (0..units.len())
                .filter(|&j| units[j].prefecture == unit.prefecture)
                .filter_map(|j| found[j].as_ref())
                .collect();
        }
        if around.is_empty() {
            around = near(&|code| province_of(code) == unit.province);
        }
        if around.is_empty() {
            return Err(Error::Data {
                what: format!("{}, coordinates of {} {}", table.name(), unit.code, unit.name),
                found: "no row of its code, name, prefecture or province".into(),
                expected: "a table of centroids that covers the area".into(),
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
pub fn round(x: f64, decimals: i32) -> f64 {
    let scale = libm::pow(10.0, f64::from(decimals));
    libm::rint(x * scale) / scale
}

/// Statutory minimum wage of every unit, yuan a year in the base year; zero where there is none at all.
pub fn minimum_wages(
    path: &Path,
    census: &Census,
    units: &mut [Unit],
    year: i32,
    renames: &BTreeMap<String, String>,
    rules: &Rules,
    report: &mut Report,
) -> Result<Vec<i64>> {
    let table = Table::read(path, &["gb_code_2020", "county_cn", "monthly_mw_yuan"])?;
    let mut facts = BTreeMap::new();
    let mut without_code = 0;
    for row in table.rows() {
        if row.text("gb_code_2020").is_empty() {
            without_code += 1; // zones that no census row could claim
        } else if let Some(month) = row.number("monthly_mw_yuan")? {
            let fact = (row.text("county_cn").to_string(), month);
            facts.insert(row.code("gb_code_2020")?.to_string(), fact);
        }
    }
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
    Ok(wages)
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

/// Mean wage by prefecture, yuan a year.
pub fn prefecture_wages(path: &Path) -> Result<BTreeMap<String, f64>> {
    let table = Table::read(path, &["gb_code", "average_wage_yuan"])?;
    let mut wages = BTreeMap::new();
    for row in table.rows() {
        match row.number("average_wage_yuan")? {
            Some(wage) if wage > 0.0 => drop(wages.insert(row.code("gb_code")?.to_string(), wage)),
            Some(_) => return Err(row.wrong("average_wage_yuan", "a wage above 0")),
            None => {}
        }
    }
    Ok(wages)
}

/// Tags by unit from tables of `gb_code,tag`.
pub fn read_tags(paths: &[std::path::PathBuf]) -> Result<BTreeMap<String, Vec<String>>> {
    let mut tags: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in paths {
        let table = Table::read(path, &["gb_code", "tag"])?;
        for row in table.rows() {
            let tag = row.text("tag");
            if tag.is_empty()
                || !tag.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
            {
                return Err(row.wrong("tag", "one word of small letters, digits and _"));
            }
            let of_unit = tags.entry(row.code("gb_code")?.to_string()).or_default();
            if !of_unit.iter().any(|t| t == tag) {
                of_unit.push(tag.to_string());
            }
        }
    }
    Ok(tags)
}

/// The tags of a unit: those of the tables, and `capital` for the districts of a provincial capital (whose
/// prefecture codes end in 0100) and of the municipalities.
pub fn tags_of(unit: &Unit, tags: &BTreeMap<String, Vec<String>>) -> String {
    let mut words: Vec<&str> = tags.get(&unit.code).into_iter().flatten().map(String::as_str).collect();
    let capital = unit.prefecture[2..] == *"0100" || unit.prefecture == unit.province;
    if unit.district && capital && !words.contains(&"capital") {
        words.push("capital");
    }
    words.join(";")
}

/// Published disposable income per head of a prefecture, yuan a year, urban and rural.
pub type Income = [Option<f64>; 2];

/// Incomes by prefecture of the base year as printed, and whether they cover only a part of the year.
pub fn read_incomes(path: &Path, year: i32) -> Result<(BTreeMap<String, Income>, bool)> {
    let table = Table::read(path, &["gb_code", "year", "urban_income_yuan", "rural_income_yuan"])?;
    let mut incomes = BTreeMap::new();
    let mut part = false;
    for row in table.rows() {
        let code = row.code("gb_code")?;
        if row.count("year")? != i64::from(year) || code == province_of(code) {
            continue;
        }
        part |= !row.text("period").is_empty() && row.text("period") != "full year";
        let income = [row.number("urban_income_yuan")?, row.number("rural_income_yuan")?];
        incomes.insert(code.to_string(), income);
    }
    Ok((incomes, part))
}
