//!
pub mod report;
