//! The data of the page. `assets/report/script/data.js` reads them by the names of these fields.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::conservation::Conservation;
use super::extract::as_table;
use super::flows::{FlowData, TierYear};
use super::places::Places;
use super::policies::Policies;

/// Everything on the page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// Name of the program.
    pub program: &'static str,
    /// Version of the program.
    pub version: &'static str,
    /// Result folders on the page.
    pub results: Vec<Folder>,
    /// Indicators that occur, with unit and meaning.
    pub indicators: Vec<Meaning>,
    /// Numbers of runs over the years.
    #[serde(serialize_with = "as_table")]
    pub series: Vec<Series>,
    /// Places of the first run with nodes.
    pub places: Option<Places>,
    /// Columns of nodes over the years, of the first run with nodes.
    pub nodes: Option<Nodes>,
    /// Flows between places.
    pub flows: Option<FlowData>,
    /// Flows between tiers by year.
    pub tiers: Vec<TierYear>,
    /// Of the first run.
    #[serde(serialize_with = "as_table")]
    pub payments: Vec<Payment>,
    /// Differences of comparisons over the years.
    #[serde(serialize_with = "as_table")]
    pub comparisons: Vec<Difference>,
    /// Differences by node in the last year.
    #[serde(serialize_with = "as_table")]
    pub node_differences: Vec<NodeDifference>,
    /// Policies of the runs: what they cost and which levers they moved.
    pub policies: Policies,
    /// Of the first run with nodes.
    pub conservation: Option<Conservation>,
    /// The parameter table.
    pub parameters: Vec<Value>,
    /// What was summed up or left out, as a key with numbers.
    pub notes: Vec<Value>,
}

/// What a name of the tables means.
#[derive(Clone, Debug, Serialize)]
pub struct Meaning {
    pub name: String,
    pub unit: String,
    pub meaning: String,
}

impl Meaning {
    /// From the words of a table that the program prints.
    pub fn of((name, unit, meaning): (&str, &str, &str)) -> Meaning {
        Meaning { name: name.to_owned(), unit: unit.to_owned(), meaning: meaning.to_owned() }
    }
}

/// A result folder.
#[derive(Clone, Debug, Serialize)]
pub struct Folder {
    pub name: String,
    /// run or comparison.
    pub kind: &'static str,
    pub status: String,
    pub manifest: Value,
    pub title: String,
    pub description: String,
    pub sources: Vec<Value>,
    pub assumptions: Vec<Value>,
    /// Chinese of the title, the description, sources and assumptions; what has none is left out.
    pub chinese: BTreeMap<String, &'static str>,
    /// The row of `runs.csv`; of a comparison the first.
    pub run: BTreeMap<String, String>,
    pub runs: usize,
    pub policies: Vec<String>,
    pub tables: Vec<TableFile>,
    /// One checksum for all tables: what `sha256sum *.csv | sha256sum` prints in the folder.
    pub golden: String,
    /// Of a comparison.
    pub interval: Option<Interval>,
}

/// A table of a result folder, as a file.
#[derive(Clone, Debug, Serialize)]
pub struct TableFile {
    pub name: String,
    pub bytes: u64,
    pub sha256: String,
}

/// What the intervals of a comparison are: their level between 0 and 1, and how they were found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// Probability of covering the truth.
    pub level: f64,
    /// How the interval was found.
    pub method: String,
}

/// A number of a run over the years.
#[derive(Clone, Debug, Serialize)]
pub struct Series {
    /// Position of the folder in `results`.
    pub folder: usize,
    pub indicator: String,
    pub scope: String,
    pub id: String,
    pub first_year: i32,
    pub values: Vec<f64>,
}

/// A difference over the years, with its interval and both levels.
#[derive(Clone, Debug, Serialize)]
pub struct Difference {
    /// Position of the folder in `results`.
    pub folder: usize,
    pub comparison: String,
    pub indicator: String,
    pub scope: String,
    pub id: String,
    pub unit: String,
    pub years: Vec<i32>,
    pub baseline: Vec<f64>,
    pub policy: Vec<f64>,
    pub difference: Vec<f64>,
    pub low: Vec<f64>,
    pub high: Vec<f64>,
    pub replicates: i64,
}

/// A difference at a node in the last year.
#[derive(Clone, Debug, Serialize)]
pub struct NodeDifference {
    pub comparison: String,
    pub indicator: String,
    pub node: String,
    pub difference: f64,
    pub low: f64,
    pub high: f64,
    pub baseline: f64,
    pub policy: f64,
}

/// Payments of a year between two classes of accounts for one purpose.
#[derive(Clone, Debug, Serialize)]
pub struct Payment {
    pub year: i32,
    pub payer: String,
    pub receiver: String,
    pub purpose: String,
    pub yuan: f64,
}

/// Nodes over the years, in the order of the places.
#[derive(Clone, Debug, Serialize)]
pub struct Nodes {
    /// Position of the folder in `results`.
    pub folder: usize,
    pub years: Vec<i32>,
    pub columns: Vec<Meaning>,
    /// By column, year and place.
    pub values: Vec<Vec<Vec<f64>>>,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_page_of_many_rows_names_its_columns_once() {
        let payment = |year, yuan| Payment {
            year,
            payer: "firms".to_owned(),
            receiver: "households".to_owned(),
            purpose: "wages".to_owned(),
            yuan,
        };
        let report =
            Report { payments: vec![payment(2020, 5.0), payment(2021, f64::NAN)], ..Report::default() };
        let table = &serde_json::to_value(&report).unwrap()["payments"];
        let columns = ["payer", "purpose", "receiver", "year", "yuan"];
        assert_eq!(table["columns"], json!(columns));
        assert_eq!(table["rows"][0], json!(["firms", "wages", "households", 2020, 5.0]));
        assert_eq!(table["rows"][1][4], Value::Null, "what is missing stays missing");
        let empty = serde_json::to_value(Report::default()).unwrap();
        assert_eq!(empty["series"], json!({ "columns": [], "rows": [] }));
    }
}
