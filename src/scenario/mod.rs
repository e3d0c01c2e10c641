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

pub use crate::config::parameters::{PARAMETERS, Parameter, Parameters};
pub use crate::config::{Model, Run};
pub use crate::simulation::Scenario;
pub use files::Files;
pub use origin::{Loaded, ScenarioSource};
pub use problem::{Problem, Problems};

pub(crate) use layers::in_schema;
pub(crate) use origin::{Origin, file_and_variant, load};
