//! The units of the study area: county rows of the census, with what the county rows leave out.

use std::collections::{BTreeMap, BTreeSet};

use super::census::{Census, Counts, Entry};
use super::report::Report;
use super::rules::Rules;
use crate::messages;
use crate::quantity::split;
use crate::scenario::files::Input;
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::table::{Column, Kind, Table};
use crate::{Error, Result};

/// A county-level unit.
#[derive(Clone, Debug)]
pub(crate) struct Unit {
    pub code: String,
    pub name: String,
    pub prefecture: String,
    pub prefecture_name: String,
    pub province: String,
    pub province_name: String,
    /// A district of a city, as against a county or county-level city.
    pub district: bool,
    pub counts: Counts,
    /// Persons registered in the unit, wherever they live; none where no table has them.
    pub registered: Option<i64>,
    /// Residents of the urban and of the village node; the second is zero where there is no village node.
    pub node_residents: [i64; 2],
    pub words: BTreeSet<&'static str>,
    /// Codes of units that are counted here.
    pub joined: Vec<String>,
}

impl Unit {
    /// Whether the unit has a village node.
    pub(crate) fn has_village(&self) -> bool {
        self.node_residents[1] > 0
    }
}

/// In a city (prefectures 01 to 20 and 51 to 70), units 01 to 20 are districts and 71 to 80 development zones;
/// units from 21 on, and all units of leagues, autonomous and other prefectures, are counties and county-level
/// cities. A city without counties (00) is a district of itself.
fn is_district(code: &str) -> bool {
    let city = matches!(code[2..4].parse::<u8>(), Ok(0..=20 | 51..=70));
    city && matches!(code[4..].parse::<u8>(), Ok(0..=20 | 71..=80))
}

static JOIN_COLUMNS: [Column; 2] = [
    Column::required("from", Kind::Code, "code of the unit, or of the prefecture whose remainder it is"),
    Column::required("into", Kind::Code, "code of the unit that it joins"),
];

/// Reads `from,into` pairs: a unit (or the remainder of a prefecture) and the unit it joins.
pub(crate) fn read_joins(input: &Input, problems: &mut Problems) -> BTreeMap<String, String> {
    let table = Table::open_input(input, &JOIN_COLUMNS[..], problems);
    table.rows().map(|row| (table.text(row, "from").into(), table.text(row, "into").into())).collect()
}

static REGISTERED_COLUMNS: [Column; 3] = [
    Column::known("gb_code", Kind::Code, "code of the unit"),
    Column::required("year", Kind::Year, "year of the figure"),
    Column::known("hukou_pop_10k", Kind::AMOUNT, "registered persons in units of 10,000"),
];

/// Registered persons by unit from a table in units of 10,000.
pub(crate) fn read_registered(input: &Input, year: i32, problems: &mut Problems) -> BTreeMap<String, i64> {
    let table = Table::open_input(input, &REGISTERED_COLUMNS[..], problems);
    let mut registered = BTreeMap::new();
    for row in table.rows().filter(|&row| table.persons(row, "year") == i64::from(year)) {
        if let Some(n) = table.number(row, "hukou_pop_10k") {
            registered.insert(table.text(row, "gb_code").to_string(), libm::rint(n * 1e4) as i64);
        }
    }
    // Without a year, or without a row that could be read, the reason was told already.
    let read = table.rows().any(|row| table.is_row_sound(row));
    if registered.is_empty() && year != 0 && read {
        problems.push(
            Problem::new(table.whole(), messages::no_row_of_year(year))
                .help(messages::registered_of_census_year()),
        );
    }
    registered
}

/// The units of a census in the order of their codes.
pub(crate) fn units(
    census: &Census,
    registered: &BTreeMap<String, i64>,
    joins: &BTreeMap<String, String>,
    rules: &Rules,
    report: &mut Report,
) -> Result<Vec<Unit>> {
    let mut units: Vec<Unit> = census
        .counties
        .iter()
        .map(|entry| unit(census, entry, registered.get(&entry.code).copied(), report))
        .collect();
    add_remainders(census, &mut units, joins, rules, report);
    join_unregistered(&mut units, joins, report)?;
    report_residuals(census, &units, report);
    if units.is_empty() {
        return Err(Error::Data {
            what: messages::as_is(&census.file),
            found: messages::no_county_row(),
            expected: messages::at_least_one(),
        });
    }
    for unit in &mut units {
        let Counts { residents, urban, rural, .. } = unit.counts;
        if let Some(least) = rules.city_urban_residents {
            unit.district = urban as f64 >= least;
        }
        let small =
            rural < rules.village_minimum && (rural as f64) < rules.village_least_share * residents as f64;
        unit.node_residents = if small {
            if rural > 0 {
                unit.words.insert("no_village");
                report.note(
                    "Village nodes that join their seat",
                    format!("{} {}: {rural} rural residents", unit.code, unit.name),
                );
            }
            [residents, 0]
        } else {
            [urban, rural]
        };
    }
    Ok(units)
}

fn unit(census: &Census, entry: &Entry, registered: Option<i64>, report: &mut Report) -> Unit {
    let above = &census.hierarchy;
    let (province, prefecture) = (above.province(&entry.code), above.prefecture(&entry.code));
    let name = |code: &str| {
        let entry = census.prefectures.get(code).or_else(|| census.provinces.get(code));
        let stated = || census.names.get(code).cloned().unwrap_or_else(|| code.to_string());
        entry.map_or_else(stated, |e| e.name.clone())
    };
    let mut words = BTreeSet::from(["common"]);
    if !census.assumed.is_empty() {
        words.insert("census_assumed");
    }
    for (word, text) in &entry.mended {
        words.insert(*word);
        report.note("Misprints mended", format!("{} {}: {text}", entry.code, entry.name));
    }
    Unit {
        prefecture_name: if prefecture == entry.code { entry.name.clone() } else { name(&prefecture) },
        province_name: name(&province),
        district: entry.district.unwrap_or_else(|| !above.is_stated() && is_district(&entry.code)),
        registered: entry.counts.registered.or(registered),
        counts: entry.counts.clone(),
        code: entry.code.clone(),
        name: entry.name.clone(),
        node_residents: [0; 2],
        prefecture,
        province,
        words,
        joined: Vec::new(),
    }
}

/// Residents whom a prefecture's row counts and no county row of it: development zones without a code, and
/// prefectures without counties. They join a district, or become a unit under the prefecture's code.
fn add_remainders(
    census: &Census,
    units: &mut Vec<Unit>,
    joins: &BTreeMap<String, String>,
    rules: &Rules,
    report: &mut Report,
) {
    for prefecture in census.prefectures.values() {
        let members = units.iter().filter(|u| u.prefecture == prefecture.code);
        let (mut sum, mut sum_registered, mut any) = (Counts::default(), 0, false);
        for member in members {
            sum = sum.plus(&member.counts);
            sum_registered += member.counts.registered.unwrap_or(0);
            any = true;
        }
        let residents = prefecture.counts.residents - sum.residents;
        if residents < rules.remainder_minimum {
            continue;
        }
        // Facts that only one side has must not vanish from the difference.
        sum.registered = Some(sum_registered);
        sum.births = sum.births.or(Some(0.0));
        sum.minority = sum.minority.or(Some(0.0));
        let mut counts = prefecture.counts.minus(&sum);
        counts.births = None;
        counts.minority = None;
        counts.rural = counts.rural.min(residents);
        counts.urban = residents - counts.rural;
        let ages: Vec<f64> = counts.ages.iter().map(|&a| a as f64).collect();
        counts.ages.copy_from_slice(&split(residents, &ages));
        let target =
            joins.get(&prefecture.code).cloned().or_else(|| largest_district(units, &prefecture.code, ""));
        let at = target.as_ref().and_then(|code| units.iter().position(|u| &u.code == code));
        let text = match at {
            Some(at) => {
                let host = &mut units[at];
                host.words.insert("remainder");
                host.registered = match (host.registered, counts.registered) {
                    (Some(a), Some(b)) => Some(a + b),
                    (a, b) => a.or(b),
                };
                absorb(&mut host.counts, &counts);
                format!("joins {} {}", host.code, host.name)
            }
            None => {
                let rest = if census.hierarchy.is_stated() { ", the rest" } else { "其余" };
                let name = if any { format!("{}{rest}", prefecture.name) } else { prefecture.name.clone() };
                let entry = Entry { name, counts, ..prefecture.clone() };
                let mut own = unit(census, &entry, None, report);
                own.prefecture_name = prefecture.name.clone();
                own.words.insert("remainder");
                units.push(own);
                "is a unit of its own under the prefecture's code".to_string()
            }
        };
        report.note(
            "Residents outside every county row",
            format!("{} {}: {residents} {text}", prefecture.code, prefecture.name),
        );
    }
    units.sort_by(|a, b| a.code.cmp(&b.code));
}

/// Adds a part to its host. Rates that only the host has are carried over to the part.
fn absorb(host: &mut Counts, part: &Counts) {
    let grow = 1.0 + part.residents as f64 / host.residents.max(1) as f64;
    let both = |h: Option<f64>, p: Option<f64>| match (h, p) {
        (Some(h), Some(p)) => Some(h + p),
        (h, None) => h.map(|h| h * grow),
        (None, _) => None,
    };
    let (births, minority) = (both(host.births, part.births), both(host.minority, part.minority));
    *host = host.plus(part);
    host.births = births;
    host.minority = minority;
}

fn largest_district(units: &[Unit], prefecture: &str, but: &str) -> Option<String> {
    let mut districts: Vec<&Unit> =
        units.iter().filter(|u| u.district && u.prefecture == prefecture && u.code != but).collect();
    districts.sort_by(|a, b| b.counts.residents.cmp(&a.counts.residents).then(a.code.cmp(&b.code)));
    districts.first().map(|u| u.code.clone())
}

/// Where a unit without registered people of its own belongs: the largest district of its prefecture, or its largest
/// unit where it has no district.
fn host_of(registered: &[Unit], unit: &Unit) -> Option<String> {
    let near = || registered.iter().filter(|u| u.prefecture == unit.prefecture);
    let largest =
        || near().max_by(|a, b| a.counts.residents.cmp(&b.counts.residents).then(b.code.cmp(&a.code)));
    largest_district(registered, &unit.prefecture, &unit.code).or_else(|| largest().map(|u| u.code.clone()))
}

/// Units without registered people of their own (development zones) join the largest registered district of
/// their prefecture, or the one that `joins` names.
fn join_unregistered(
    units: &mut Vec<Unit>,
    joins: &BTreeMap<String, String>,
    report: &mut Report,
) -> Result<()> {
    if units.iter().all(|u| u.registered.is_none()) {
        return Err(Error::Data {
            what: messages::registered_population(),
            found: messages::none_for_any_unit(),
            expected: messages::registered_or_census(),
        });
    }
    let registered: Vec<Unit> = units.iter().filter(|u| u.registered.is_some()).cloned().collect();
    let leaving: Vec<(String, String)> = units
        .iter()
        .filter_map(|u| match joins.get(&u.code) {
            Some(host) => Some((u.code.clone(), host.clone())),
            None if u.registered.is_none() => host_of(&registered, u).map(|host| (u.code.clone(), host)),
            None => None,
        })
        .collect();
    for (from, into) in leaving {
        let Some(at) = units.iter().position(|u| u.code == from) else { continue };
        if !units.iter().any(|u| u.code == into) || into == from {
            return Err(Error::Data {
                what: messages::unit_that_joins(from),
                found: messages::as_is(into),
                expected: messages::another_unit_of_area(),
            });
        }
        let part = units.remove(at);
        let host = units.iter_mut().find(|u| u.code == into).expect("looked up above");
        absorb(&mut host.counts, &part.counts);
        host.registered = match (host.registered, part.registered) {
            (Some(a), Some(b)) => Some(a + b),
            (a, b) => a.or(b),
        };
        host.words.insert("joined");
        host.joined.push(from);
        report.note(
            "Units that join a district",
            format!(
                "{} {} ({} residents) joins {} {}",
                part.code, part.name, part.counts.residents, host.code, host.name
            ),
        );
    }
    Ok(())
}

/// What the units of a province still miss of the province's own row.
fn report_residuals(census: &Census, units: &[Unit], report: &mut Report) {
    for province in census.provinces.values() {
        let sum: i64 = units.iter().filter(|u| u.province == province.code).map(|u| u.counts.residents).sum();
        let rows: i64 = census
            .counties
            .iter()
            .filter(|c| census.hierarchy.province(&c.code) == province.code)
            .map(|c| c.counts.residents)
            .sum();
        if rows != province.counts.residents || sum != province.counts.residents {
            report.note(
                "Provinces whose county rows do not add up",
                format!(
                    "{} {}: residents {}, county rows {:+}; left after the remainders above: {:+}, dropped",
                    province.code,
                    province.name,
                    province.counts.residents,
                    rows - province.counts.residents,
                    sum - province.counts.residents,
                ),
            );
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::prepare::hierarchy::Hierarchy;

    /// A unit of which nothing is known but its code.
    pub(crate) fn unit(code: &str) -> Unit {
        Unit {
            code: code.into(),
            name: String::new(),
            prefecture: Hierarchy::default().prefecture(code),
            prefecture_name: String::new(),
            province: Hierarchy::default().province(code),
            province_name: String::new(),
            district: is_district(code),
            counts: Counts::default(),
            registered: None,
            node_residents: [0; 2],
            words: BTreeSet::new(),
            joined: Vec::new(),
        }
    }

    #[test]
    fn a_zone_joins_the_largest_district_or_where_there_is_none_the_largest_unit() {
        let sized = |code: &str, residents: i64| {
            let mut unit = unit(code);
            unit.counts.residents = residents;
            unit
        };
        let city = [sized("330302", 5), sized("330303", 7), sized("330381", 9), sized("330402", 99)];
        assert_eq!(host_of(&city, &unit("330371")).as_deref(), Some("330303"));
        let league = [sized("152221", 5), sized("152201", 7)];
        assert_eq!(host_of(&league, &unit("152271")).as_deref(), Some("152201"));
        assert_eq!(host_of(&league, &unit("330371")), None);
    }

    /// The units of a census inside the program.
    #[cfg(feature = "china")]
    fn inside(year: i32) -> (Census, Vec<Unit>) {
        use crate::prepare::china::{embedded, member};
        let files = embedded().expect("the data inside");
        let read = |name: &str| files.read(name.as_ref());
        let (rules, mut problems) = (Rules::default(), Problems::new());
        let census = Census::of(&read(&member("census", year)), Some(year), None, &rules, &mut problems);
        // The census of 2010 counts registered people itself.
        let registered = match year {
            2020 => read_registered(&read(&member("registered", year)), year, &mut problems),
            _ => BTreeMap::new(),
        };
        assert!(problems.is_empty(), "{}", problems.render(false));
        let units = units(&census, &registered, &BTreeMap::new(), &rules, &mut Report::default());
        (census, units.expect("units"))
    }

    /// Ninety sparse counties were once counted as wholly urban because their villages are small. The rule: a county keeps the
    /// urban share of the census, but for one that is urban to 95 % or more and has less than 20,000 rural residents.
    #[test]
    #[cfg(feature = "china")]
    fn no_county_with_a_countryside_is_counted_as_wholly_urban() {
        for year in [2020, 2010] {
            let (census, units) = inside(year);
            let counted: BTreeMap<&str, &Counts> =
                census.counties.iter().map(|county| (county.code.as_str(), &county.counts)).collect();
            let (mut nation, mut merged, mut exact) = (0, 0, 0);
            for unit in &units {
                let members = || std::iter::once(&unit.code).chain(&unit.joined);
                // What a prefecture counts beyond its counties has no row of its own.
                let rows: Vec<&Counts> = match unit.words.contains("remainder") {
                    true => vec![&unit.counts],
                    false => members().map(|code| counted[code.as_str()]).collect(),
                };
                let sum = |of: fn(&Counts) -> i64| rows.iter().map(|&row| of(row)).sum::<i64>();
                let [residents, urban, rural] = [sum(|c| c.residents), sum(|c| c.urban), sum(|c| c.rural)];
                nation += residents;
                if unit.has_village() || rural == 0 {
                    assert_eq!(unit.node_residents, [urban, rural], "{year} {}", unit.code);
                    exact += 1;
                } else {
                    assert_eq!(unit.node_residents, [residents, 0], "{year} {}", unit.code);
                    let share = urban as f64 / residents as f64;
                    assert!(share > 0.95 && rural < 20_000, "{year} {}: {share}, {rural}", unit.code);
                    assert!(unit.words.contains("no_village"), "{year} {}", unit.code);
                    merged += rural;
                }
            }
            assert!(exact > 2_700 && exact < units.len(), "{year}: {exact} of {}", units.len());
            assert!((merged as f64) < 0.001 * nation as f64, "{year}: {merged} of {nation}");
            // The seven counties of Ngari have fewer than 20,000 villagers each.
            let ngari: Vec<&Unit> = units.iter().filter(|unit| unit.prefecture == "542500").collect();
            assert_eq!(ngari.len(), 7, "{year}");
            for unit in ngari {
                assert!(unit.counts.urban < unit.counts.residents && unit.has_village(), "{}", unit.code);
            }
        }
    }
}
