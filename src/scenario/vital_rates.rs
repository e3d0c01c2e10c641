//! `vital_rates.csv`: births and deaths a head by province and year.

use std::collections::BTreeMap;

use super::column::{Column, Kind};
use super::files::Input;
use super::problem::{Problem, Problems};
use super::table::Table;
use crate::base_year::StudyArea;
use crate::messages;
use crate::people::vital_paths::{Path, with_nation};
use crate::world::vital::{VITAL, VitalRates};

/// Code of the rows of the nation.
const NATION: &str = "000000";
/// Columns of the rates, births first.
const RATES: [&str; VITAL] = ["birth_rate_permille", "death_rate_permille"];
/// More a thousand residents than any people has: a rate in another unit.
const PERMILLE: Kind = Kind::Number { least: 0.0, most: 100.0 };

static COLUMNS: [Column; 9] = [
    Column::required("province", Kind::Text, "code of the province, 000000 of the nation"),
    Column::optional("name", Kind::Text, "its name"),
    Column::required("year", Kind::Year, "of the rates"),
    Column::optional("birth_rate_permille", PERMILLE, "births per 1,000 residents; empty: unknown"),
    Column::optional("death_rate_permille", PERMILLE, "deaths per 1,000 residents; empty: unknown"),
    Column::optional("births", Kind::Count, "births, persons; not used"),
    Column::optional("deaths", Kind::Count, "deaths, persons; not used"),
    Column::optional("grade", Kind::Text, "how far to trust the row"),
    Column::optional("source", Kind::Text, "where the row comes from"),
];

/// Reads the rates of the provinces of an area, and of the nation where a province states nothing; a province for which
/// neither says anything is a problem.
pub(crate) fn read(area: &mut StudyArea, input: &Input, problems: &mut Problems) {
    let before = problems.len();
    let table = Table::read_input(input, &COLUMNS, problems);
    let mut seen: BTreeMap<(&str, i64), usize> = BTreeMap::new();
    let mut stated: BTreeMap<&str, [Path; VITAL]> = BTreeMap::new();
    for row in table.rows().filter(|&row| table.is_row_sound(row)) {
        let (code, year) = (table.text(row, "province"), table.persons(row, "year"));
        if let Some(first) = seen.insert((code, year), row) {
            problems.push(
                Problem::new(table.place(row, "province"), messages::code_twice_in_year(code, year))
                    .also(table.place(first, "province"), messages::first_here())
                    .help(messages::one_row_a_province_and_year()),
            );
        }
        let paths = stated.entry(code).or_default();
        for (path, column) in paths.iter_mut().zip(RATES) {
            path.extend(table.number(row, column).map(|rate| (year as i32, rate / 1_000.0)));
        }
    }
    if problems.len() > before {
        return;
    }
    for path in stated.values_mut().flatten() {
        path.sort_by_key(|(year, _)| *year);
    }
    let nation = stated.get(NATION).cloned().unwrap_or_default();
    for province in &area.geography.provinces {
        let own = stated.get(province.code.as_str()).cloned().unwrap_or_default();
        let paths: [Path; VITAL] = std::array::from_fn(|kind| with_nation(&own[kind], &nation[kind]));
        for (path, column) in paths.iter().zip(RATES) {
            if path.is_empty() {
                problems.push(
                    Problem::new(table.whole(), messages::no_rate_of_province(column, &province.code))
                        .help(messages::add_row_or_nation(NATION)),
                );
            }
        }
        area.vital.push(VitalRates::of(paths));
    }
    // People of the outside live at the nation's rates; without them, at those of the first year for ever.
    area.vital.push(VitalRates::of(nation));
}
