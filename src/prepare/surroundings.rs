//! The tables beside the nodes: the outside, published incomes of prefectures, registered people by unit.

use std::collections::BTreeMap;

use super::Request;
use super::homes::Homes;
use super::nodes::{Node, to_csv};
use super::places::{Point, read_incomes};
use super::report::Report;
use super::units::Unit;
use crate::{Error, Result};

/// `outside.csv`: one point for the rest of the country.
pub fn outside_csv(
    request: &Request,
    rows: &[Node],
    middle: Option<Point>,
    report: &mut Report,
) -> Result<Vec<u8>> {
    let (longitude, latitude, word) = match (request.outside, middle) {
        (Some((lon, lat)), _) => (lon, lat, "point_given"),
        (None, Some((lon, lat))) => (lon, lat, "point_middle"),
        (None, None) => {
            return Err(Error::Data {
                what: "the point of the outside".into(),
                found: "no unit outside the area in the table of centroids".into(),
                expected: "--outside LONGITUDE,LATITUDE, or a table of the whole country".into(),
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
    let registered: i64 = rows.iter().map(|n| n.newcomers_other).sum();
    let row = [
        ("id", "outside".to_string()),
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
pub fn registered_csv(units: &[Unit], homes: &[Homes]) -> Result<Vec<u8>> {
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
pub fn prefectures_csv(
    request: &Request,
    year: i32,
    units: &[Unit],
    rows: &[Node],
    report: &mut Report,
) -> Result<Vec<u8>> {
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    for unit in units {
        names.insert(&unit.prefecture, &unit.prefecture_name);
    }
    let (incomes, part) = match &request.income {
        Some(path) => read_incomes(path, year)?,
        None => (BTreeMap::new(), false),
    };
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
