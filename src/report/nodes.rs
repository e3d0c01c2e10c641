//! The nodes of a run, year by year.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::data::{Meaning, Nodes};
use super::extract::round;
use super::places::Places;
use super::sheet::Sheet;
use crate::error::Result;
use crate::output::table::TableSpec;

/// Columns of `nodes.csv` that the page shows; those of large results first.
const NODE_COLUMNS: [&str; 15] = [
    "residents",
    "income_yuan",
    "output_per_head_yuan",
    "capital_yuan",
    "service_level",
    "ecology",
    "output_yuan",
    "registered",
    "newcomers",
    "talent",
    "home_income_yuan",
    "wage_yuan",
    "rent_index",
    "unemployment_rate",
    "return_on_capital",
];
/// Columns that are kept of a large result.
const FEW_COLUMNS: usize = 6;
/// Nodes from which a result is large.
const MANY_NODES: usize = 1_500;

/// Reads `nodes.csv`, if it is there; nodes that have no place get one without coordinates.
///
/// # Errors
/// If it is broken.
pub(crate) fn nodes(
    path: &Path,
    folder: usize,
    places: &mut Places,
    notes: &mut Vec<Value>,
) -> Result<Option<Nodes>> {
    let Some(mut sheet) = Sheet::open(path, "nodes.csv")? else { return Ok(None) };
    let [year, node, name, tier, prefecture] =
        sheet.columns(["year", "node", "name", "tier", "prefecture"])?;
    let county = sheet.find("county");
    let mut at: BTreeMap<String, usize> =
        places.id.iter().cloned().enumerate().map(|(i, id)| (id, i)).collect();
    let mut keep = NODE_COLUMNS.len();
    if places.id.len() > MANY_NODES {
        keep = FEW_COLUMNS;
        notes.push(json!({ "key": "few_columns", "nodes": places.id.len(), "kept": keep }));
    }
    let columns: Vec<(&str, usize)> =
        NODE_COLUMNS[..keep].iter().filter_map(|name| Some((*name, sheet.find(name)?))).collect();
    let mut years: Vec<i32> = Vec::new();
    let mut values: Vec<Vec<Vec<f64>>> = vec![Vec::new(); columns.len()];
    while sheet.advance()? {
        let t = sheet.year(year)?;
        let y = match years.iter().position(|&known| known == t) {
            Some(y) => y,
            None => {
                years.push(t);
                values.iter_mut().for_each(|column| column.push(Vec::new()));
                years.len() - 1
            }
        };
        let n = match at.get(sheet.text(node)) {
            Some(&n) => n,
            None => {
                // A node without a point still has numbers.
                let n = places.id.len();
                at.insert(sheet.text(node).to_owned(), n);
                places.id.push(sheet.text(node).to_owned());
                places.name.push(sheet.text(name).to_owned());
                places.name_en.push(String::new());
                places.tier.push(sheet.text(tier).to_owned());
                places.county.push(county.map_or("", |c| sheet.text(c)).to_owned());
                places.prefecture.push(sheet.text(prefecture).to_owned());
                places.prefecture_name.push(String::new());
                places.longitude.push(f64::NAN);
                places.latitude.push(f64::NAN);
                n
            }
        };
        for ((_, column), values) in columns.iter().zip(&mut values) {
            let row = &mut values[y];
            if row.len() <= n {
                row.resize(n + 1, f64::NAN);
            }
            row[n] = round(sheet.number(*column)?);
        }
    }
    let spec: &TableSpec = &crate::observe::nodes::SPEC;
    let columns = columns
        .iter()
        .map(|(name, _)| {
            let known = spec.columns.iter().find(|c| c.name == *name);
            let (unit, meaning) = known.map_or(("", ""), |c| (c.unit, c.meaning));
            Meaning::of((name, unit, meaning))
        })
        .collect();
    Ok(Some(Nodes { folder, years, columns, values }))
}
