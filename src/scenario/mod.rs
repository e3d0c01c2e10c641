//!
pub mod diagnose;
pub mod overrides;
pub mod problem;
pub mod source;
pub mod table;

mod encoding;
mod path;
mod schema;
mod syntax;
mod walk;
