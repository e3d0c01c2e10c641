//! From scenario text to checked types. Holding a [`Scenario`] means that it was checked.

pub(crate) mod check;
mod column;
pub(crate) mod csv_text;
pub(crate) mod deposit_leakage;
pub(crate) mod diagnose;
pub(crate) mod files;
pub(crate) mod flow_table;
mod listed_table;
pub(crate) mod mapping;
mod mapping_file;
mod migration_tables;
mod node_table;
pub(crate) mod origin;
pub(crate) mod overrides;
mod pair_tables;
pub(crate) mod plausible;
pub(crate) mod policies;
mod prefecture_tables;
pub(crate) mod problem;
pub(crate) mod source;
pub(crate) mod study_area;
pub(crate) mod table;
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

pub use crate::config::parameters::{PARAMETERS, Parameter, Parameters, Trust};
pub use crate::config::{Drivers, Model, Run};
pub use crate::simulation::Scenario;
pub use files::{Files, Input};
pub use layers::Variant;
pub use mapping::Mapping;
pub use origin::{Loaded, ScenarioSource};
pub use problem::{Problem, Problems};
pub use source::{Place, Source};

pub(crate) use layers::in_schema;
pub(crate) use origin::{Origin, file_and_variant};

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
