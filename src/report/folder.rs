//! What a result folder says of itself: its manifest, its first run and its files.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

use super::data::{Folder, Interval, TableFile};
use super::sheet::{Sheet, refuse};
use crate::error::{Error, Result};
use crate::messages;
use crate::output::checksum::{sha256, sha256_of_file};
use crate::output::folder::ResultFolder;
use crate::output::manifest::Manifest;

/// Reads what a folder says of itself.
///
/// # Errors
/// If it is no result of this program, or cannot be read.
pub(crate) fn about(folder: &Path) -> Result<Folder> {
    if !folder.is_dir() {
        let found = if folder.exists() { messages::it_is_a_file() } else { messages::no_such_folder() };
        return Err(refuse(folder, messages::name_run_or_compare(found)));
    }
    let kind = if folder.join("compare.csv").is_file() {
        "comparison"
    } else if folder.join("indicators.csv").is_file() {
        "run"
    } else {
        return Err(refuse(folder, messages::no_result_of_run()));
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
    let said = assumptions.iter().chain(&sources).filter_map(Value::as_str);
    let said = said.chain([title.as_str(), description.as_str()]);
    let chinese = said.filter_map(|s| Some((s.to_owned(), messages::scenarios::chinese(s)?))).collect();
    let tables = tables(folder)?;
    let golden = golden(&tables);
    let interval = manifest.intervals.as_ref().map(|i| Interval { level: i.level, method: i.method.clone() });
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
        chinese,
        run,
        runs,
        policies,
        tables,
        golden,
        interval,
    })
}

/// One checksum for all tables, in the words of `sha256sum`, so that two machines are compared by one line.
fn golden(tables: &[TableFile]) -> String {
    let lines: String = tables.iter().map(|t| format!("{}  {}\n", t.sha256, t.name)).collect();
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
        what: messages::sessions_of_manifest(),
        found: messages::as_is(e),
        expected: messages::values_json_holds(),
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

fn tables(folder: &Path) -> Result<Vec<TableFile>> {
    let entries = std::fs::read_dir(folder).map_err(|e| Error::io(messages::io_list(), folder, e))?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .filter(|name| name.ends_with(".csv"))
        .collect();
    names.sort();
    names
        .into_iter()
        .map(|name| {
            sha256_of_file(folder.join(&name)).map(|(bytes, sha256)| TableFile { name, bytes, sha256 })
        })
        .collect()
}
