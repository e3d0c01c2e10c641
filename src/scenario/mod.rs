//! From scenario text to checked types. Holding a [`Scenario`] means that it was checked.

pub mod check;
pub mod diagnose;
pub mod file;
pub mod overrides;
pub mod parameters;
pub mod problem;
pub mod source;
pub mod study_area;
pub mod table;

mod encoding;
mod path;
mod schema;
mod syntax;
mod walk;

pub use file::Scenario;
pub use parameters::Parameters;

use std::path::Path;

use crate::Result;
use problem::Problems;
use study_area::StudyArea;

/// Reads a scenario file with overrides (`key=value`) and its tables, and checks everything; all problems
/// are reported together.
///
/// # Errors
/// [`crate::Error::Scenario`] with every problem found.
pub fn load(path: &Path, overrides: &[String]) -> Result<(Scenario, StudyArea)> {
    let mut read = diagnose::load::<Scenario>(path, overrides)?;
    let mut problems = Problems::new();
    check::meaning(&read.value, &read.spans, &mut problems);
    let folder = path.parent().unwrap_or(Path::new("."));
    let files = &read.value.world;
    let at = |file: &Path| folder.join(file);
    let mut area = study_area::read(
        &at(&files.nodes),
        files.outside.as_deref().map(at).as_deref(),
        files.prefectures.as_deref().map(at).as_deref(),
        &mut problems,
    );
    study_area::read_costs(
        &mut area.geography,
        files.moving_costs.as_deref().map(at).as_deref(),
        files.trade_costs.as_deref().map(at).as_deref(),
        &mut problems,
    );
    crate::policy::read_tables(&mut read.value.policy, folder, &read.spans, &mut problems);
    if problems.is_empty() {
        crate::policy::check(&read.value.policy, &area.geography, &read.spans, &mut problems);
    }
    problems.check()?;
    Ok((read.value, area))
}
