//! From scenario text to checked types. Holding a [`Scenario`] means that it was checked.

pub(crate) mod check;
mod column;
pub(crate) mod csv_text;
pub(crate) mod deposit_leakage;
pub mod diagnose;
pub mod files;
pub(crate) mod flow_table;
mod listed_table;
pub mod mapping;
mod mapping_file;
mod migration_tables;
mod node_table;
mod origin;
pub(crate) mod overrides;
mod pair_tables;
pub(crate) mod plausible;
pub(crate) mod policies;
mod prefecture_tables;
pub mod problem;
pub mod source;
pub(crate) mod study_area;
pub mod table;
pub(crate) mod transfer_grades;
pub(crate) mod vital_rates;

mod document;
mod encoding;
mod layers;
mod path;
mod schema;
mod spreadsheet;
mod syntax;
mod walk;

pub use crate::simulation::Scenario;

pub use layers::Variant;
pub(crate) use layers::in_schema;
pub(crate) use origin::Origin;
pub use origin::{Loaded, ScenarioSource, file_and_variant};
pub use plausible::facts;

use std::path::Path;

use crate::Result;
use crate::base_year::StudyArea;

/// Reads a scenario file with overrides (`key=value`) and its tables, and checks everything; all problems
/// are reported together.
///
/// # Errors
/// [`crate::Error::Scenario`] with every problem found.
pub fn load(path: &Path, overrides: &[String]) -> Result<(Scenario, StudyArea)> {
    let loaded = ScenarioSource::file(path).load(overrides)?;
    Ok((loaded.scenario, loaded.area))
}
