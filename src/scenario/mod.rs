//! From scenario text to checked types. Holding a [`Scenario`] means that it was checked.

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
