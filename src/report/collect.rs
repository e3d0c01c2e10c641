//! What of the result folders goes into the page.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Serialize;
use serde_json::{Value, json};

use super::conservation::{Conservation, conservation};
use super::flows::{FlowData, TierYear, between_places, between_tiers};
use super::policies::{Names, Policies, is_part};
use super::sheet::{Sheet, refuse};
use crate::error::{Error, Result};
use crate::experiment::metrics::{OF_AREA, OF_FLOWS, OF_GROUPS};
use crate::observe::indicators::INDICATORS;
use crate::output::checksum::{sha256, sha256_of_file};
use crate::output::folder::ResultFolder;
use crate::output::manifest::Manifest;
use crate::output::table::TableSpec;
use crate::scenario::parameters::PARAMETERS;

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
/// Prefectures from which only the first of several runs keeps their numbers.
const MANY_PREFECTURES: usize = 60;
/// Rows that are kept of tables without bounds.
const ROWS_KEPT: usize = 20_000;

/// Four digits for numbers that are drawn: what an eye can tell and a page can hold.
pub fn round(x: f64) -> f64 {
    if !x.is_finite() || x == 0.0 {
        return x;
    }
    let scale = libm::pow(10.0, 4.0 - libm::floor(libm::log10(x.abs())));
    // Above 10^4 the digits before the point are kept to five.
    if scale >= 1.0 { libm::rint(x * scale) / scale } else { libm::rint(x * scale) * libm::rint(1.0 / scale) }
}

/// Everything on the page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    pub program: &'static str,
    pub version: &'static str,
    pub results: Vec<Folder>,
    /// Name, unit, meaning.
    pub indicators: Vec<(String, String, String)>,
    pub series: Vec<Series>,
    pub places: Option<Places>,
    pub nodes: Option<Nodes>,
    pub flows: Option<FlowData>,
    pub tiers: Vec<TierYear>,
    /// Year, payer, receiver, purpose, yuan, of the first run.
    pub payments: Vec<(i32, String, String, String, f64)>,
    pub comparisons: Vec<Difference>,
    /// Differences by node in the last year.
    pub node_differences: Vec<NodeDifference>,
    pub policies: Policies,
    /// Of the first run with nodes.
    pub conservation: Option<Conservation>,
    pub parameters: Vec<Value>,
    /// What was summed up or left out, as a key with numbers.
    pub notes: Vec<Value>,
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
    /// The row of `runs.csv`; of a comparison the first.
    pub run: BTreeMap<String, String>,
    pub runs: usize,
    pub policies: Vec<String>,
    /// Name, bytes and sha256 of every table.
    pub tables: Vec<(String, u64, String)>,
    /// One checksum for all tables: what `sha256sum *.csv | sha256sum` prints in the folder.
    pub golden: String,
    /// Level and kind of a comparison's intervals.
    pub interval: Option<(f64, String)>,
}

/// A number over the years.
#[derive(Clone, Debug, Serialize)]
pub struct Series {
    /// Position of the folder.
    pub f: usize,
    pub i: String,
    pub s: String,
    pub id: String,
    pub y: i32,
    pub v: Vec<f64>,
}

/// A difference over the years, with its interval.
#[derive(Clone, Debug, Serialize)]
pub struct Difference {
    pub f: usize,
    pub c: String,
    pub i: String,
    pub s: String,
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

/// Comparison, indicator, node, difference, low, high, without and with the policy.
pub type NodeDifference = (String, String, String, f64, f64, f64, f64, f64);

/// Rows of a table as they are.
#[derive(Clone, Debug, Serialize)]
pub struct Extract {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
    pub total: usize,
}

/// Where the nodes are.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Places {
    pub id: Vec<String>,
    pub name: Vec<String>,
    pub name_en: Vec<String>,
    pub tier: Vec<String>,
    pub county: Vec<String>,
    pub prefecture: Vec<String>,
    pub prefecture_name: Vec<String>,
    pub longitude: Vec<f64>,
    pub latitude: Vec<f64>,
}

impl Places {
    /// The prefecture of every node and county.
    pub fn prefecture_of(&self) -> BTreeMap<&str, &str> {
        let mut of = BTreeMap::new();
        for i in (0..self.id.len()).filter(|&i| !self.prefecture[i].is_empty()) {
            of.insert(self.id[i].as_str(), self.prefecture[i].as_str());
            of.insert(self.county[i].as_str(), self.prefecture[i].as_str());
        }
        of
    }

    /// What kind of place codes belong to.
    pub fn level_of(&self, codes: &[String]) -> &'static str {
        let has = |list: &[String]| {
            let there: BTreeSet<&String> = list.iter().collect();
            codes.iter().filter(|code| there.contains(code)).count() * 2 > codes.len()
        };
        if codes.is_empty() {
            "none"
        } else if has(&self.id) {
            "node"
        } else if has(&self.county) {
            "county"
        } else if has(&self.prefecture) {
            "prefecture"
        } else {
            "tier"
        }
    }

    fn read(mut sheet: Sheet) -> Result<Places> {
        let id = match sheet.find("node") {
            Some(id) => id,
            None => sheet.need("id")?,
        };
        let [name, longitude, latitude] = sheet.columns(["name", "longitude", "latitude"])?;
        let others =
            ["name_en", "tier", "county", "prefecture", "prefecture_name"].map(|name| sheet.find(name));
        let mut places = Places::default();
        while sheet.advance()? {
            let cell = |at: Option<usize>| at.map_or("", |at| sheet.text(at)).to_owned();
            places.id.push(sheet.text(id).to_owned());
            places.name.push(sheet.text(name).to_owned());
            places.longitude.push(sheet.number(longitude)?);
            places.latitude.push(sheet.number(latitude)?);
            let [name_en, tier, county, prefecture, prefecture_name] = others.map(cell);
            places.name_en.push(name_en);
            places.tier.push(if tier.is_empty() { "outside".to_owned() } else { tier });
            places.county.push(county);
            places.prefecture.push(prefecture);
            places.prefecture_name.push(prefecture_name);
        }
        Ok(places)
    }

    fn join(&mut self, more: Places) {
        self.id.extend(more.id);
        self.name.extend(more.name);
        self.name_en.extend(more.name_en);
        self.tier.extend(more.tier);
        self.county.extend(more.county);
        self.prefecture.extend(more.prefecture);
        self.prefecture_name.extend(more.prefecture_name);
        self.longitude.extend(more.longitude);
        self.latitude.extend(more.latitude);
    }
}

/// Nodes over the years, in the order of the places.
#[derive(Clone, Debug, Serialize)]
pub struct Nodes {
    pub folder: usize,
    pub years: Vec<i32>,
    /// Name, unit, meaning.
    pub columns: Vec<(String, String, String)>,
    /// By column, year and place.
    pub values: Vec<Vec<Vec<f64>>>,
}

/// Reads the folders.
///
/// # Errors
/// If one is no result of this program, or cannot be read.
pub fn collect(folders: &[PathBuf], nodes_table: Option<&Path>) -> Result<Report> {
    let mut report = Report { program: "shanhai", version: env!("CARGO_PKG_VERSION"), ..Report::default() };
    let mut names = Vec::new();
    for (f, folder) in folders.iter().enumerate() {
        let about = about(folder)?;
        names.push(if about.kind == "run" {
            series(folder, f, &mut report)?;
            Names::new()
        } else {
            differences(folder, f, &about.name, &mut report)?
        });
        report.results.push(about);
        if report.places.is_none() {
            let found = places(folder, nodes_table, &mut report.notes)?;
            report.places = found;
        }
    }
    for (f, folder) in folders.iter().enumerate() {
        details(folder, f, &names[f], &mut report)?;
    }
    let meanings: BTreeSet<&str> = report
        .series
        .iter()
        .map(|s| s.i.as_str())
        .chain(report.comparisons.iter().map(|d| d.i.as_str()))
        .collect();
    let of_runs = INDICATORS.iter().copied();
    let of_comparisons = OF_GROUPS.iter().chain(OF_AREA).chain(OF_FLOWS).map(|i| (i.name, i.unit, i.meaning));
    let mut known = BTreeSet::new();
    report.indicators = of_runs
        .chain(of_comparisons)
        .filter(|(name, ..)| meanings.contains(name) && known.insert(*name))
        .map(|(name, unit, meaning)| (name.to_owned(), unit.to_owned(), meaning.to_owned()))
        .collect();
    report.parameters = parameters(&report.results);
    report.policies.explain();
    Ok(report)
}

fn about(folder: &Path) -> Result<Folder> {
    if !folder.is_dir() {
        let found = if folder.exists() { "it is a file" } else { "there is no such folder" };
        return Err(refuse(folder, &format!("{found}; name a folder that `shanhai run` or `compare` wrote")));
    }
    let kind = if folder.join("compare.csv").is_file() {
        "comparison"
    } else if folder.join("indicators.csv").is_file() {
        "run"
    } else {
        return Err(refuse(
            folder,
            "it holds neither indicators.csv nor compare.csv, so it is no result of a run or a comparison; name \
             the folder that `--out` named",
        ));
    };
    let manifest = Manifest::read(folder)?;
    let status = match ResultFolder::look(folder)? {
        Some((status, _)) => status.name().to_owned(),
        None => manifest.status.name().to_owned(),
    };
    let name = folder.canonicalize().ok();
    let name = name.as_deref().unwrap_or(folder).file_name();
    let name = name.map_or_else(|| folder.display().to_string(), |n| n.to_string_lossy().into_owned());
    let first = manifest.scenarios.first().map(|s| &s.resolved);
    let word = |key: &str| first.and_then(|r| r[key].as_str()).unwrap_or("").to_owned();
    let list = |key: &str| first.and_then(|r| r[key].as_array()).cloned().unwrap_or_default();
    let mut policies = Vec::new();
    for scenario in &manifest.scenarios {
        if let Some(all) = scenario.resolved["policy"].as_object() {
            policies.extend(all.iter().map(|(name, list)| {
                let n = list.as_array().map_or(1, Vec::len);
                if n > 1 { format!("{name} ×{n}") } else { name.clone() }
            }));
        }
    }
    let (run, runs) = first_row(folder)?;
    let title = match word("title") {
        title if title.is_empty() => name.clone(),
        title => title,
    };
    let (description, sources, assumptions) = (word("description"), list("sources"), list("assumptions"));
    let tables = tables(folder)?;
    let golden = golden(&tables);
    let interval = manifest.intervals.as_ref().map(|i| (i.level, i.method.clone()));
    let manifest = manifest_for_readers(&manifest)?;
    Ok(Folder {
        name,
        kind,
        status,
        manifest,
        title,
        description,
        sources,
        assumptions,
        run,
        runs,
        policies,
        tables,
        golden,
        interval,
    })
}

/// One checksum for all tables, in the words of `sha256sum`, so that two machines are compared by one line.
fn golden(tables: &[(String, u64, String)]) -> String {
    let lines: String = tables.iter().map(|(name, _, sha256)| format!("{sha256}  {name}\n")).collect();
    sha256(lines.as_bytes())
}

/// The manifest without paths of somebody's computer.
fn manifest_for_readers(manifest: &Manifest) -> Result<Value> {
    let last = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or("").to_owned();
    let scenarios: Vec<Value> = manifest
        .scenarios
        .iter()
        .map(|s| json!({ "name": s.name, "text": s.text, "sha256": s.sha256, "resolved": s.resolved }))
        .collect();
    let inputs: Vec<Value> = manifest
        .inputs
        .iter()
        .map(|i| json!({ "name": last(&i.path), "bytes": i.bytes, "sha256": i.sha256 }))
        .collect();
    let sessions = serde_json::to_value(&manifest.sessions).map_err(|e| Error::Data {
        what: "the sessions of a manifest".to_owned(),
        found: e.to_string(),
        expected: "values that JSON can hold".to_owned(),
    })?;
    Ok(json!({
        "version": manifest.version,
        "seed": manifest.seed.to_string(),
        "message": manifest.message,
        "scenarios": scenarios,
        "inputs": inputs,
        "sessions": sessions,
    }))
}

fn first_row(folder: &Path) -> Result<(BTreeMap<String, String>, usize)> {
    let Some(mut sheet) = Sheet::open(folder, "runs.csv")? else { return Ok((BTreeMap::new(), 1)) };
    let (mut row, mut n) = (BTreeMap::new(), 0);
    while sheet.advance()? {
        if n == 0 {
            row = sheet
                .names()
                .iter()
                .enumerate()
                .map(|(i, c)| (c.clone(), sheet.text(i).to_owned()))
                .collect();
        }
        n += 1;
    }
    Ok((row, n))
}

fn tables(folder: &Path) -> Result<Vec<(String, u64, String)>> {
    let entries = std::fs::read_dir(folder).map_err(|e| Error::io("list", folder, e))?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .filter(|name| name.ends_with(".csv"))
        .collect();
    names.sort();
    names
        .into_iter()
        .map(|name| sha256_of_file(folder.join(&name)).map(|(bytes, sha256)| (name, bytes, sha256)))
        .collect()
}

/// Indicators of a run.
fn series(folder: &Path, f: usize, report: &mut Report) -> Result<()> {
    let Some(mut sheet) = Sheet::open(folder, "indicators.csv")? else { return Ok(()) };
    let [year, indicator, scope, id, value] =
        sheet.columns(["year", "indicator", "scope", "scope_id", "value"])?;
    let mut rows: BTreeMap<(String, String, String), BTreeMap<i32, f64>> = BTreeMap::new();
    while sheet.advance()? {
        let key = (sheet.text(indicator).into(), sheet.text(scope).into(), sheet.text(id).into());
        rows.entry(key).or_default().insert(sheet.year(year)?, round(sheet.number(value)?));
    }
    let prefectures: BTreeSet<&String> = rows.keys().filter(|k| k.1 == "prefecture").map(|k| &k.2).collect();
    let many = prefectures.len() > MANY_PREFECTURES;
    if many && f > 0 {
        report.notes.push(json!({ "key": "prefectures_of_first_run", "folder": f }));
    }
    for ((i, s, id), values) in rows {
        if many && f > 0 && s == "prefecture" {
            continue;
        }
        let (Some((&y, _)), Some((&end, _))) = (values.first_key_value(), values.last_key_value()) else {
            continue;
        };
        let v: Vec<f64> = (y..=end).map(|t| values.get(&t).copied().unwrap_or(f64::NAN)).collect();
        if v.iter().any(|x| x.is_finite()) {
            report.series.push(Series { f, i, s, id, y, v });
        }
    }
    Ok(())
}

/// The differences of a comparison, and what its comparisons are called here: by their own name, and by their
/// folder's too if a folder before it took that name.
fn differences(folder: &Path, f: usize, folder_name: &str, report: &mut Report) -> Result<Names> {
    let Some(mut sheet) = Sheet::open(folder, "compare.csv")? else { return Ok(Names::new()) };
    let taken: BTreeSet<String> = report.comparisons.iter().map(|d| d.c.clone()).collect();
    let own = |name: &str| {
        if !taken.contains(name) {
            return name.to_owned();
        }
        let longer = format!("{name} ({folder_name})");
        if taken.contains(&longer) { format!("{longer} {}", f + 1) } else { longer }
    };
    let mut names = Names::new();
    let [comparison, indicator, scope, id, year, baseline, policy, difference, low, high, replicates, unit] =
        sheet.columns([
            "comparison",
            "indicator",
            "scope",
            "scope_id",
            "year",
            "baseline",
            "policy",
            "difference",
            "low",
            "high",
            "replicates",
            "unit",
        ])?;
    let mut rows: BTreeMap<[String; 4], Difference> = BTreeMap::new();
    while sheet.advance()? {
        if is_part(sheet.text(comparison)) {
            continue;
        }
        let name = sheet.text(comparison);
        let called = names.entry(name.to_owned()).or_insert_with(|| own(name)).clone();
        let word = |at: usize| sheet.text(at).to_owned();
        let number = |at: usize| sheet.number(at).map(round);
        if sheet.text(scope) == "node" {
            report.node_differences.push((
                called,
                word(indicator),
                word(id),
                number(difference)?,
                number(low)?,
                number(high)?,
                number(baseline)?,
                number(policy)?,
            ));
            continue;
        }
        let row = rows.entry([comparison, indicator, scope, id].map(word)).or_insert_with(|| Difference {
            f,
            c: called,
            i: word(indicator),
            s: word(scope),
            id: word(id),
            unit: word(unit),
            years: Vec::new(),
            baseline: Vec::new(),
            policy: Vec::new(),
            difference: Vec::new(),
            low: Vec::new(),
            high: Vec::new(),
            replicates: 0,
        });
        row.years.push(sheet.year(year)?);
        row.baseline.push(number(baseline)?);
        row.policy.push(number(policy)?);
        row.difference.push(number(difference)?);
        row.low.push(number(low)?);
        row.high.push(number(high)?);
        row.replicates = sheet.number(replicates)? as i64;
    }
    report.comparisons.extend(rows.into_values());
    Ok(names)
}

/// Finds where the nodes are: `places.csv` of the folder, a table the user names, or the input of the run if
/// it is still the same.
fn places(folder: &Path, named: Option<&Path>, notes: &mut Vec<Value>) -> Result<Option<Places>> {
    if let Some(path) = named {
        return Sheet::read(path).and_then(Places::read).map(Some);
    }
    if let Some(sheet) = Sheet::open(folder, "places.csv")? {
        return Places::read(sheet).map(Some);
    }
    let mut found: Option<Places> = None;
    for input in Manifest::read(folder)?.inputs {
        let path = Path::new(&input.path);
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if !(name.ends_with("nodes.csv") || name.ends_with("outside.csv")) {
            continue;
        }
        let there = [path.to_path_buf(), folder.join(path)].into_iter().find(|p| p.is_file());
        let Some(path) = there else { continue };
        if sha256_of_file(&path)?.1 != input.sha256 {
            notes.push(json!({ "key": "input_changed", "name": name }));
            continue;
        }
        let more = Places::read(Sheet::read(&path)?)?;
        match &mut found {
            Some(places) => places.join(more),
            None => found = Some(more),
        }
    }
    if found.is_none() {
        notes.push(json!({ "key": "no_places" }));
    }
    Ok(found)
}

/// Nodes, flows and payments of the first run; costs, contributions and effects of all folders.
fn details(folder: &Path, f: usize, names: &Names, report: &mut Report) -> Result<()> {
    if report.results[f].kind == "run" && report.nodes.is_none() {
        let mut places = report.places.take().unwrap_or_default();
        report.nodes = nodes(folder, f, &mut places, &mut report.notes)?;
        report.flows = between_places(folder, &places)?;
        report.tiers = between_tiers(folder)?;
        report.payments = payments(folder)?;
        report.conservation = conservation(folder)?;
        if !places.id.is_empty() {
            report.places = Some(places);
        }
    }
    report.policies.read(folder, names)
}

fn nodes(folder: &Path, f: usize, places: &mut Places, notes: &mut Vec<Value>) -> Result<Option<Nodes>> {
    let Some(mut sheet) = Sheet::open(folder, "nodes.csv")? else { return Ok(None) };
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
            ((*name).to_owned(), unit.to_owned(), meaning.to_owned())
        })
        .collect();
    Ok(Some(Nodes { folder: f, years, columns, values }))
}

/// Year, class of payers, class of receivers, purpose, yuan.
type Payment = (i32, String, String, String, f64);

fn payments(folder: &Path) -> Result<Vec<Payment>> {
    let Some(mut sheet) = Sheet::open(folder, "accounts.csv")? else { return Ok(Vec::new()) };
    let [year, payer, receiver, purpose, amount] =
        sheet.columns(["year", "payer_class", "receiver_class", "purpose", "amount_yuan"])?;
    let mut rows = Vec::new();
    while sheet.advance()? {
        let word = |at: usize| sheet.text(at).to_owned();
        rows.push((
            sheet.year(year)?,
            word(payer),
            word(receiver),
            word(purpose),
            round(sheet.number(amount)?),
        ));
    }
    Ok(rows)
}

/// The rows of a table whose `column` is to be kept.
pub fn extract(
    folder: &Path,
    name: &str,
    column: &str,
    keep: &dyn Fn(&str) -> bool,
) -> Result<Option<Extract>> {
    let Some(mut sheet) = Sheet::open(folder, name)? else { return Ok(None) };
    let column = sheet.need(column)?;
    let columns = sheet.names().to_vec();
    let (mut rows, mut total) = (Vec::new(), 0);
    while sheet.advance()? {
        if !keep(sheet.text(column)) {
            continue;
        }
        total += 1;
        if rows.len() < ROWS_KEPT {
            rows.push((0..columns.len()).map(|c| sheet.text(c).to_owned()).collect());
        }
    }
    Ok(Some(Extract { columns, rows, total }))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_digits_are_kept() {
        assert_eq!(round(123_456_789.0), 123_460_000.0);
        assert_eq!(round(0.012_345_678), 0.012_346);
        assert_eq!(round(-2.0), -2.0);
        assert_eq!(round(1e-320).to_string(), round(1e-320).to_string());
        assert!(round(f64::NAN).is_nan());
        assert_eq!(round(64_567_590.0), 64_568_000.0);
    }
}
