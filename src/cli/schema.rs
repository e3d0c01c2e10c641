//! `shanhai schema`: what a scenario file may contain, for editors.

use crate::Result;
use crate::scenario::{self, diagnose};
use crate::simulation::Scenario;

/// Print the JSON Schema of a scenario file
///
/// Editors that know TOML (Tombi, Even Better TOML) read it from the first line of a scenario,
/// `#:schema ../schema.json`, and then complete keys, show units and ranges, and underline mistakes. The
/// same schema is what `check` and `run` hold a scenario against; scenarios/schema.json is this text.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// The schema as text.
pub fn text() -> String {
    let mut schema = diagnose::schema_of::<Scenario>();
    scenario::in_schema(&mut schema);
    format!("{schema:#}\n")
}

/// Runs the command.
///
/// # Errors
/// If standard output refuses.
pub fn run(_: &Args) -> Result<()> {
    super::print(&text())
}
