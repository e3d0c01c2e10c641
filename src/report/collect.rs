//! What of the result folders goes into the page.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::conservation::conservation;
use super::data::{Folder, Meaning, Payment, Report, Series};
use super::differences::differences;
use super::extract::round;
use super::flows::{between_places, between_tiers};
use super::folder::about;
use super::nodes::nodes;
use super::places::places;
use super::policies::Names;
use super::sheet::Sheet;
use crate::config::parameters::PARAMETERS;
use crate::error::Result;
use crate::experiment::metrics::OF_FLOWS;
use crate::observe::indicators::INDICATORS;

/// Prefectures from which only the first of several runs keeps their numbers.
const MANY_PREFECTURES: usize = 60;
/// Reads the folders.
///
/// # Errors
/// If one is no result of this program, or cannot be read.
pub fn collect(folders: &[PathBuf], nodes_table: Option<&Path>) -> Result<Report> {
    let mut report = Report { program: "shanhai", version: env!("CARGO_PKG_VERSION"), ..Report::default() };
    let mut names = Vec::new();
    for (folder, path) in folders.iter().enumerate() {
        let about = about(path)?;
        names.push(if about.kind == "run" {
            series(path, folder, &mut report)?;
            Names::new()
        } else {
            differences(path, folder, &about.name, &mut report)?
        });
        report.results.push(about);
        if report.places.is_none() {
            let found = places(path, nodes_table, &mut report.notes)?;
            report.places = found;
        }
    }
    for (folder, path) in folders.iter().enumerate() {
        details(path, folder, &names[folder], &mut report)?;
    }
    report.indicators = meanings(&report);
    report.parameters = parameters(&report.results);
    report.policies.explain();
    Ok(report)
}

/// What the indicators on the page mean, each once.
fn meanings(report: &Report) -> Vec<Meaning> {
    let of_runs_shown = report.series.iter().map(|s| s.indicator.as_str());
    let of_comparisons_shown = report.comparisons.iter().map(|d| d.indicator.as_str());
    let shown: BTreeSet<&str> = of_runs_shown.chain(of_comparisons_shown).collect();
    let known = INDICATORS.iter().chain(OF_FLOWS).copied();
    known.filter(|(name, ..)| shown.contains(name)).map(Meaning::of).collect()
}

/// Indicators of a run.
fn series(path: &Path, folder: usize, report: &mut Report) -> Result<()> {
    let Some(mut sheet) = Sheet::open(path, "indicators.csv")? else { return Ok(()) };
    let [year, indicator, scope, id, value] =
        sheet.columns(["year", "indicator", "scope", "scope_id", "value"])?;
    let mut rows: BTreeMap<(String, String, String), BTreeMap<i32, f64>> = BTreeMap::new();
    while sheet.advance()? {
        let key = (sheet.text(indicator).into(), sheet.text(scope).into(), sheet.text(id).into());
        rows.entry(key).or_default().insert(sheet.year(year)?, round(sheet.number(value)?));
    }
    let prefectures: BTreeSet<&String> = rows.keys().filter(|k| k.1 == "prefecture").map(|k| &k.2).collect();
    let without_prefectures = prefectures.len() > MANY_PREFECTURES && folder > 0;
    if without_prefectures {
        report.notes.push(json!({ "key": "prefectures_of_first_run", "folder": folder }));
    }
    for ((indicator, scope, id), by_year) in rows {
        let ends = (by_year.first_key_value(), by_year.last_key_value());
        let (Some((&first_year, _)), Some((&last_year, _))) = ends else { continue };
        let values: Vec<f64> =
            (first_year..=last_year).map(|year| by_year.get(&year).copied().unwrap_or(f64::NAN)).collect();
        let wanted = !(without_prefectures && scope == "prefecture");
        if wanted && values.iter().any(|x| x.is_finite()) {
            report.series.push(Series { folder, indicator, scope, id, first_year, values });
        }
    }
    Ok(())
}

/// Nodes, flows and payments of the first run; costs, contributions and effects of all folders.
fn details(path: &Path, folder: usize, names: &Names, report: &mut Report) -> Result<()> {
    if report.results[folder].kind == "run" && report.nodes.is_none() {
        let mut places = report.places.take().unwrap_or_default();
        report.nodes = nodes(path, folder, &mut places, &mut report.notes)?;
        report.flows = between_places(path, &places)?;
        report.tiers = between_tiers(path)?;
        report.payments = payments(path)?;
        report.conservation = conservation(path)?;
        if !places.id.is_empty() {
            report.places = Some(places);
        }
    }
    report.policies.read(path, names)
}

fn payments(folder: &Path) -> Result<Vec<Payment>> {
    let Some(mut sheet) = Sheet::open(folder, "accounts.csv")? else { return Ok(Vec::new()) };
    let [year, payer, receiver, purpose, amount] =
        sheet.columns(["year", "payer_class", "receiver_class", "purpose", "amount_yuan"])?;
    let mut rows = Vec::new();
    while sheet.advance()? {
        let word = |at: usize| sheet.text(at).to_owned();
        rows.push(Payment {
            year: sheet.year(year)?,
            payer: word(payer),
            receiver: word(receiver),
            purpose: word(purpose),
            yuan: round(sheet.number(amount)?),
        });
    }
    Ok(rows)
}

/// Every parameter with its value in every folder.
fn parameters(results: &[Folder]) -> Vec<Value> {
    let of = |folder: &Folder, key: &str| -> Option<f64> {
        let scenario = folder.manifest["scenarios"].get(0)?;
        scenario["resolved"]["parameters"][key].as_f64()
    };
    PARAMETERS
        .iter()
        .map(|p| {
            let values: Vec<Option<f64>> = results.iter().map(|r| of(r, p.key)).collect();
            json!({
                "key": p.key, "symbol": p.symbol, "default": p.default, "unit": p.unit, "meaning": p.meaning,
                "meaning_zh": p.meaning_zh, "source": p.source, "trust": p.trust.word(), "values": values,
            })
        })
        .collect()
}
