//! A question that a reader puts to the model: a place, years, luck and policies. It is written into the text of a
//! scenario, read back from one, and put into a link; JavaScript only carries the words.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use shanhai::inside::bindings::diagnose;
use shanhai::scenario::Scenario;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table};
use wasm_bindgen::prelude::*;

use crate::fault::{told, unreadable};

/// What a reader chose.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WhatIf {
    /// Name of the place on the page.
    place: String,
    years: u32,
    persons_per_agent: u32,
    /// Number of the luck.
    #[serde(default)]
    replicate: u32,
    #[serde(default)]
    policies: Vec<Chosen>,
}

/// A policy that is on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Chosen {
    kind: String,
    #[serde(default)]
    values: toml::Table,
}

fn read(what_if: &str) -> Result<WhatIf, JsError> {
    let mut value: serde_json::Value =
        serde_json::from_str(what_if).map_err(|error| unreadable("what was chosen", error))?;
    without_nothing(&mut value);
    serde_json::from_value(value).map_err(|error| unreadable("what was chosen", error))
}

/// TOML has no null: what is nothing is left out.
fn without_nothing(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(map) => {
            map.retain(|_, value| !value.is_null());
            map.values_mut().for_each(without_nothing);
        }
        serde_json::Value::Array(list) => list.iter_mut().for_each(without_nothing),
        _ => {}
    }
}

/// The text of a scenario with other years, agents, luck and policies; the rest stays as its author wrote it.
///
/// # Errors
/// What is wrong with the text or with what was chosen.
#[wasm_bindgen(js_name = scenarioOf)]
pub fn scenario_of(base: &str, what_if: &str) -> Result<String, JsError> {
    let chosen = read(what_if)?;
    // A text that is no scenario is refused in the words that `check` has for it.
    diagnose::read::<Scenario>(base, "scenario.toml", &[]).map_err(told)?;
    let mut text: DocumentMut = base.parse().map_err(|error| unreadable("scenario.toml", error))?;
    let root = text.as_table_mut();
    let run = table(root, "run")?;
    run["years"] = toml_edit::value(i64::from(chosen.years));
    run["persons_per_agent"] = toml_edit::value(i64::from(chosen.persons_per_agent));
    if chosen.replicate > 0 || run.contains_key("replicate") {
        run["replicate"] = toml_edit::value(i64::from(chosen.replicate));
    }
    // Flows between single nodes are most of the bytes of a run's tables, and a tab keeps its tables in memory.
    table(root, "output")?["flows"] = toml_edit::value("prefecture");
    root.remove("policy");
    if !chosen.policies.is_empty() {
        let mut kinds = Table::new();
        kinds.set_implicit(true);
        for Chosen { kind, values } in &chosen.policies {
            let written = toml::to_string(values).map_err(|error| unreadable(kind, error))?;
            let written: DocumentMut = written.parse().map_err(|error| unreadable(kind, error))?;
            let mut policy = Table::new();
            for (key, item) in written.iter() {
                policy[key] = Item::Value(inline(item.clone()).ok_or_else(|| unreadable(kind, key))?);
            }
            policy.decor_mut().set_prefix("\n");
            let entries = kinds.entry(kind).or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
            entries.as_array_of_tables_mut().ok_or_else(|| unreadable(kind, "not a table"))?.push(policy);
        }
        root.insert("policy", Item::Table(kinds));
    }
    Ok(text.to_string())
}

/// A table inside a policy stands in one line, as scenarios write them: `at = { tier = "city" }`.
fn inline(item: Item) -> Option<toml_edit::Value> {
    item.into_value().ok().map(|mut value| {
        value.decor_mut().clear();
        if let Some(table) = value.as_inline_table_mut() {
            table.fmt();
        }
        value
    })
}

/// A table of the text, made if it is not there.
fn table<'t>(root: &'t mut Table, name: &str) -> Result<&'t mut Table, JsError> {
    let item = root.entry(name).or_insert_with(|| Item::Table(Table::new()));
    item.as_table_mut().ok_or_else(|| unreadable(name, "write it as a table of its own, [run] for instance"))
}

/// What a scenario's text chooses, as JSON; `place` is what the page calls its study area.
///
/// # Errors
/// Every problem of the text, with line and caret.
#[wasm_bindgen(js_name = whatIfOf)]
pub fn what_if_of(scenario: &str, place: &str) -> Result<String, JsError> {
    let read = diagnose::read::<Scenario>(scenario, "scenario.toml", &[]).map_err(told)?;
    let text: toml::Table = scenario.parse().map_err(|error| unreadable("scenario.toml", error))?;
    let mut policies = Vec::new();
    let kinds = text.get("policy").and_then(toml::Value::as_table);
    for (kind, entries) in kinds.into_iter().flatten() {
        for entry in entries.as_array().into_iter().flatten() {
            let values = entry.as_table().cloned().unwrap_or_default();
            policies.push(Chosen { kind: kind.clone(), values });
        }
    }
    let run = &read.value.run;
    let chosen = WhatIf {
        place: place.to_owned(),
        years: run.years,
        persons_per_agent: run.persons_per_agent,
        replicate: run.replicate,
        policies,
    };
    serde_json::to_string(&chosen).map_err(|error| unreadable("what was chosen", error))
}

/// Bytes of the checksum of a link: a link that was cut off is told from one of another question.
const CHECK: usize = 4;

/// What was chosen as the words of a link.
///
/// # Errors
/// What is wrong with what was chosen.
#[wasm_bindgen(js_name = linkOf)]
pub fn link_of(what_if: &str) -> Result<String, JsError> {
    let text = toml::to_string(&read(what_if)?).map_err(|error| unreadable("what was chosen", error))?;
    let mut bytes = Sha256::digest(text.as_bytes())[..CHECK].to_vec();
    bytes.extend_from_slice(text.as_bytes());
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// What a link chooses, as JSON.
///
/// # Errors
/// If it was cut off or changed.
#[wasm_bindgen(js_name = whatIfOfLink)]
pub fn what_if_of_link(link: &str) -> Result<String, JsError> {
    let damaged = || {
        JsError::new(
            "this link is damaged: a part of it is missing or was changed; copy it again, to its end",
        )
    };
    let bytes = URL_SAFE_NO_PAD.decode(link.trim()).map_err(|_| damaged())?;
    let (check, text) = bytes.split_at_checked(CHECK).ok_or_else(damaged)?;
    if Sha256::digest(text)[..CHECK] != *check {
        return Err(damaged());
    }
    let text = std::str::from_utf8(text).map_err(|_| damaged())?;
    let chosen: WhatIf = toml::from_str(text)
        .map_err(|error| unreadable("this link was made by another version of the page", error))?;
    serde_json::to_string(&chosen).map_err(|error| unreadable("the link", error))
}

/// A scenario for tables that come without one: `names` are their file names.
///
/// # Errors
/// If none of them can be the table of nodes.
#[wasm_bindgen(js_name = scenarioForTables)]
pub fn scenario_for_tables(names: Vec<String>) -> Result<String, JsError> {
    let with = |word: &str| names.iter().find(|name| name.to_lowercase().contains(word));
    let nodes = with("nodes").or(if names.len() == 1 { names.first() } else { None }).ok_or_else(|| {
        JsError::new("none of these files has `nodes` in its name: which one is the table of nodes? docs/data-format.md says what is in it")
    })?;
    let mut text = DocumentMut::new();
    text["title"] = toml_edit::value("Tables of one's own; what they do not say is taken from China 2020");
    text["run"] = Item::Table(Table::new());
    text["run"]["start_year"] = toml_edit::value(2020);
    text["run"]["years"] = toml_edit::value(15);
    text["run"]["persons_per_agent"] = toml_edit::value(500);
    text["world"] = Item::Table(Table::new());
    text["world"]["nodes"] = toml_edit::value(nodes.as_str());
    // The title and the scenario to download say so.
    text["world"]["preset"] = toml_edit::value("china_2020");
    for key in ["outside", "prefectures"] {
        if let Some(name) = with(key) {
            text["world"][key] = toml_edit::value(name.as_str());
        }
    }
    Ok(text.to_string())
}
