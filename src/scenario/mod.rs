//!
pub mod diagnose;
pub mod overrides;
pub mod problem;
pub mod source;
pub mod table;

mod path;
mod schema;
