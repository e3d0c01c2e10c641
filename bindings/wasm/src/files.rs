//! Tables of a scenario, from JavaScript.

use js_sys::{Array, Map, Uint8Array};
use shanhai::inside::bindings::diagnose;
use shanhai::scenario::{Loaded, Scenario, ScenarioSource};
use wasm_bindgen::prelude::*;

use crate::fault::told;

/// A scenario with the tables of a `Map` from the paths that it names to their bytes.
pub fn source(scenario: &str, tables: &Map) -> Result<ScenarioSource, JsError> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for entry in tables.entries() {
        let pair = Array::from(&entry.map_err(|_| JsError::new("the tables are not a Map"))?);
        let path = pair.get(0).as_string().ok_or_else(|| JsError::new("a path is not a string"))?;
        files.push((path, Uint8Array::new(&pair.get(1)).to_vec()));
    }
    Ok(ScenarioSource::memory(scenario, files))
}

/// The scenario read and checked.
pub fn load(scenario: &str, tables: &Map, changes: &[String]) -> Result<Loaded, JsError> {
    source(scenario, tables)?.load(changes).map_err(told)
}

/// The tables that a scenario reads, by the paths that it gives them.
///
/// # Errors
/// Every problem of its text, with line and caret.
#[wasm_bindgen(js_name = inputFiles)]
pub fn input_files(scenario: &str) -> Result<Vec<String>, JsError> {
    let read = diagnose::read::<Scenario>(scenario, "scenario.toml", &[]).map_err(told)?;
    Ok(read.value.input_files().into_iter().map(|path| path.display().to_string()).collect())
}
