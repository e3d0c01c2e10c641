//! Published incomes of prefectures, and pensions of provinces.

use std::collections::BTreeMap;

use super::files::Input;
use super::problem::{Problem, Problems};
use super::table::{Column, Kind, Table};
use crate::base_year::StudyArea;
use crate::base_year::study_area::PensionFacts;
use crate::messages;

pub(super) static PREFECTURE_COLUMNS: [Column; 5] = [
    Column::required("prefecture", Kind::Text, "code of the prefecture, or of a province for the rest of it"),
    Column::optional("name", Kind::Text, "its name"),
    Column::optional("income_urban_yuan", Kind::MONEY, "published income per urban resident, yuan a year"),
    Column::optional("income_rural_yuan", Kind::MONEY, "published income per rural resident, yuan a year"),
    Column::optional("provenance", Kind::Text, "words that name every assumption behind the row"),
];

static PENSION_COLUMNS: [Column; 10] = [
    Column::required("province", Kind::Text, "code of the province"),
    Column::optional("name", Kind::Text, "its name"),
    Column::required("year", Kind::Year, "of recipients and pensions"),
    Column::required(
        "recipients_employees",
        Kind::Count,
        "persons who draw a pension of the employees' scheme",
    ),
    Column::required("pension_employees_yuan", Kind::MONEY, "what each gets, yuan a year"),
    Column::required(
        "recipients_residents",
        Kind::Count,
        "persons who draw a pension of the residents' scheme",
    ),
    Column::required("pension_residents_yuan", Kind::MONEY, "what each gets, yuan a year"),
    Column::optional(
        "residents_60_over",
        Kind::Count,
        "residents of 60 and over of the whole province, persons",
    ),
    Column::optional("grade", Kind::Text, "how far to trust the row"),
    Column::optional("source", Kind::Text, "where the row comes from"),
];

/// Reads the published incomes of prefectures and provinces of the area.
pub(super) fn read_incomes(area: &mut StudyArea, input: &Input, problems: &mut Problems) {
    let table = Table::read_input(input, &PREFECTURE_COLUMNS, problems);
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for row in table.rows().filter(|&row| table.is_sound(row, &["prefecture"])) {
        let code = table.text(row, "prefecture");
        let prefecture = area.geography.prefectures.iter().position(|p| p.code == code);
        let province = area.geography.provinces.iter().position(|r| r.code == code);
        let income = match (prefecture, province) {
            (Some(p), _) => &mut area.published_income[p],
            (None, Some(r)) => &mut area.province_income[r],
            (None, None) => {
                let title = messages::no_node_in_unit(code);
                problems.push(
                    Problem::new(table.place(row, "prefecture"), title)
                        .help(messages::remove_row_or_add_nodes()),
                );
                continue;
            }
        };
        if let Some(first) = seen.insert(code, row) {
            problems.push(
                Problem::new(table.place(row, "prefecture"), messages::code_occurs_twice(code))
                    .also(table.place(first, "prefecture"), messages::first_here())
                    .help(messages::one_row_a_place()),
            );
        }
        *income = [table.number(row, "income_urban_yuan"), table.number(row, "income_rural_yuan")];
    }
}

/// Reads the rows of the base year; a province of the area without one is a problem.
pub(crate) fn read_pensions(area: &mut StudyArea, input: &Input, base_year: i32, problems: &mut Problems) {
    let before = problems.len();
    let table = Table::read_input(input, &PENSION_COLUMNS, problems);
    area.pensions = vec![None; area.geography.provinces.len()];
    let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
    let mut years: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for row in table.rows().filter(|&row| table.is_row_sound(row)) {
        let (code, year) = (table.text(row, "province"), table.persons(row, "year"));
        years.entry(code).or_default().push(year.to_string());
        let Some(r) = area.geography.provinces.iter().position(|r| r.code == code) else { continue };
        if year != i64::from(base_year) {
            continue;
        }
        if let Some(first) = seen.insert(r, row) {
            problems.push(
                Problem::new(table.place(row, "province"), messages::code_twice_in_year(code, year))
                    .also(table.place(first, "province"), messages::first_here())
                    .help(messages::one_row_a_province_and_year()),
            );
        }
        let pair = |[a, b]: [&str; 2]| [a, b].map(|column| table.number(row, column).unwrap_or_default());
        let persons = |column: &str| table.persons(row, column) as f64;
        area.pensions[r] = Some(PensionFacts {
            recipients: ["recipients_employees", "recipients_residents"].map(persons),
            pension_yuan: pair(["pension_employees_yuan", "pension_residents_yuan"]),
            residents_60_over: Some(persons("residents_60_over")).filter(|n| *n > 0.0),
        });
    }
    if problems.len() > before {
        return;
    }
    for (province, facts) in area.geography.provinces.iter().zip(&area.pensions) {
        if facts.is_none() {
            let title = messages::no_row_of_province(&province.code, base_year);
            let problem = Problem::new(table.whole(), title);
            problems.push(match years.get(province.code.as_str()) {
                Some(years) => problem.help(messages::it_has(years.join(messages::comma()))),
                None => problem.help(messages::add_row_of_province()),
            });
        }
    }
}
