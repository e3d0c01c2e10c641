//! Shanhai for JavaScript. A scenario and its tables go in as text and bytes, years are taken one by one, and the
//! tables come out as the program writes them, byte for byte. There is no file, no clock and one thread.
//!
//! | question | file |
//! |---|---|
//! | how does a run go from year to year? | `run.rs` |
//! | what did a reader choose, as TOML and as a link? | `what_if.rs` |
//! | which policies are there, with which fields? | `catalogue.rs` |
//! | what is in a study area? | `place.rs` |
//! | how do tables come in? | `files.rs` |
//! | what is said when something is wrong? | `fault.rs` |

mod catalogue;
mod fault;
mod files;
mod place;
mod run;
mod what_if;

use shanhai::Language;
use shanhai::experiment::{Method, Settings};
use shanhai::inside::bindings;
use wasm_bindgen::prelude::*;

/// The version of the engine.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Messages from now on in Chinese (`zh`), or in English.
#[wasm_bindgen(js_name = speak)]
pub fn speak(language: &str) {
    if language == "zh" { Language::Zh } else { Language::En }.show();
}

/// Mean difference of two arms with the same luck, pair by pair, and the ends of its 95 % interval; NaN without two
/// pairs.
///
/// # Errors
/// None with the level that is used here.
#[wasm_bindgen]
pub fn paired(with: &[f64], without: &[f64]) -> Result<Vec<f64>, JsError> {
    let settings = Settings { level: 0.95, method: Method::T, seed: 1 };
    let found = bindings::paired(with, without, &settings).map_err(fault::told)?;
    Ok(vec![found.difference, found.low, found.high])
}
