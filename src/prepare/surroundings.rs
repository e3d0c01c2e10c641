//! The tables beside the nodes: the outside, published incomes of prefectures, registered people by unit.

use std::collections::BTreeMap;

use super::Request;
use super::homes::Homes;
use super::nodes::{Node, to_csv};
use super::places::{Incomes, Point};
use super::report::Report;
use super::units::Unit;
use crate::messages;
use crate::scenario::files::Input;
use crate::scenario::problem::Problems;
use crate::scenario::table::{Column, Kind, Table};
use crate::{Error, Result};

/// Id of the node that stands for the rest of the country.
pub(crate) const OUTSIDE: &str = "outside";

/// Persons by province of residence and of origin.
pub(crate) type Origins = BTreeMap<String, BTreeMap<String, f64>>;

static ORIGIN_COLUMNS: [Column; 3] = [
    Column::required("origin_code", Kind::Code, "code of the province people come from"),
    Column::required("destination_code", Kind::Code, "code of the province they live in"),
    Column::required("persons", Kind::AMOUNT, "persons, or anything in proportion to them"),
];

/// Reads persons by province of origin and of residence.
pub(crate) fn read_origins(input: &Input, problems: &mut Problems) -> Origins {
    let table = Table::open_input(input, &ORIGIN_COLUMNS[..], problems);
    let mut origins = Origins::new();
    for row in table.rows().filter(|&row| table.is_row_sound(row)) {
        let of = origins.entry(table.text(row, "destination_code").to_string()).or_default();
        of.insert(
            table.text(row, "origin_code").to_string(),
            table.number(row, "persons").unwrap_or_default(),
        );
    }
    origins
}

/// Newcomers from other provinces who come from outside the area: all of them, less those of the area's other provinces
/// in an area of several, as far as origins are known.
fn from_outside(rows: &[Node], origins: &Origins, report: &mut Report) -> i64 {
    let mut newcomers: BTreeMap<&str, i64> = BTreeMap::new();
    for node in rows {
        *newcomers.entry(&node.province).or_default() += node.newcomers_other;
    }
    let mut outside = 0;
    for (province, persons) in &newcomers {
        let from = origins.get(*province);
        let sum = |here: &dyn Fn(&str) -> bool| -> f64 {
            from.into_iter()
                .flatten()
                .filter(|(code, _)| *code != province && here(code))
                .map(|(_, n)| n)
                .sum()
        };
        let (all, inside) = (sum(&|_| true), sum(&|code| newcomers.contains_key(code)));
        let share = if all > 0.0 { inside / all } else { 0.0 };
        outside += persons - libm::rint(share * *persons as f64) as i64;
        if share > 0.0 {
            report.note(
                "The outside",
                format!(
                    "{province}: {:.1} % of newcomers from other provinces come from those of the area",
                    100.0 * share
                ),
            );
        }
    }
    outside
}

/// `outside.csv`: one point for the rest of the country.
pub(crate) fn outside_csv(
    request: &Request,
    rows: &[Node],
    middle: Option<Point>,
    origins: &Origins,
    report: &mut Report,
) -> Result<Vec<u8>> {
    let (longitude, latitude, word) = match (request.outside, middle) {
        (Some((lon, lat)), _) => (lon, lat, "point_given"),
        (None, Some((lon, lat))) => (lon, lat, "point_middle"),
        (None, None) => {
            return Err(Error::Data {
                what: messages::point_of_the_outside(),
                found: messages::no_unit_outside(),
                expected: messages::point_or_whole_country(),
            });
        }
    };
    report.note(
        "The outside",
        match word {
            "point_given" => format!("stands at {longitude}, {latitude}, as given"),
            _ => format!("stands at {longitude}, {latitude}, the mean of all units outside the area, each counting once"),
        },
    );
    let registered = from_outside(rows, origins, report);
    let row = [
        ("id", OUTSIDE.to_string()),
        ("name", "区域以外".to_string()),
        ("longitude", longitude.to_string()),
        ("latitude", latitude.to_string()),
        ("registered_in_area", registered.to_string()),
        ("provenance", word.to_string()),
    ]
    .map(|(column, value)| (column.to_string(), value))
    .to_vec();
    to_csv(&[&row])
}

/// Registered people of every unit as published and as used, so that nobody has to search for the difference.
pub(crate) fn registered_csv(units: &[Unit], homes: &[Homes]) -> Result<Vec<u8>> {
    let table: Vec<Vec<(String, String)>> = units
        .iter()
        .zip(homes)
        .map(|(unit, homes)| {
            let used = homes.registered(0) + homes.registered(1);
            let published = |x: Option<i64>| x.map_or(String::new(), |x| x.to_string());
            [
                ("county", unit.code.clone()),
                ("name", unit.name.clone()),
                ("residents", unit.counts.residents.to_string()),
                ("stayers", unit.counts.stayers().to_string()),
                ("registered_published", published(unit.registered)),
                ("registered_used", used.to_string()),
                ("difference", published(unit.registered.map(|r| used - r))),
            ]
            .map(|(column, value)| (column.to_string(), value))
            .to_vec()
        })
        .collect();
    to_csv(&table.iter().collect::<Vec<_>>())
}

/// Published incomes, scaled so that their resident-weighted means are those of the area's full year.
pub(crate) fn prefectures_csv(
    request: &Request,
    incomes: Incomes,
    year: i32,
    units: &[Unit],
    rows: &[Node],
    report: &mut Report,
) -> Result<Vec<u8>> {
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    for unit in units {
        names.insert(&unit.prefecture, &unit.prefecture_name);
    }
    let (incomes, part) = incomes;
    let mut scale = [1.0; 2];
    for (tier, scale) in scale.iter_mut().enumerate() {
        let (mut sum, mut people) = (0.0, 0.0);
        for node in rows.iter().filter(|n| (n.tier == "village") == (tier == 1)) {
            if let Some(income) = incomes.get(&node.prefecture).and_then(|i| i[tier]) {
                sum += income * node.residents as f64;
                people += node.residents as f64;
            }
        }
        if let (Some(mean), true) = (request.income_means[tier], people > 0.0) {
            *scale = mean / (sum / people);
            report.note(
                "Incomes",
                format!(
                    "{} incomes times {scale:.4}, so that their mean is {mean}",
                    ["urban", "rural"][tier]
                ),
            );
        }
    }
    if part && request.income_means == [None; 2] {
        report.note("Incomes", "they cover a part of the year and were not scaled".into());
    }
    let mut missing = 0;
    let mut table = Vec::new();
    for (code, name) in names {
        let income = incomes.get(code).copied().unwrap_or_default();
        missing += usize::from(income == [None; 2]);
        let scaled = |tier: usize| income[tier].map_or(String::new(), |x| format!("{:.0}", x * scale[tier]));
        let word = match (income, part) {
            ([None, None], _) => "not_found",
            (_, true) => "part_year_scaled",
            (_, false) => "published",
        };
        table.push(
            [
                ("prefecture", code.to_string()),
                ("name", name.to_string()),
                ("income_urban_yuan", scaled(0)),
                ("income_rural_yuan", scaled(1)),
                ("provenance", word.to_string()),
            ]
            .map(|(column, value)| (column.to_string(), value))
            .to_vec(),
        );
    }
    if missing > 0 {
        report.note("Incomes", format!("{missing} prefectures without a published income of {year}"));
    }
    to_csv(&table.iter().collect::<Vec<_>>())
}
