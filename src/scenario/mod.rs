//! From scenario text to checked types. Holding a [`Scenario`] means that it was checked.

pub mod file;
pub mod parameters;

pub use file::Scenario;
pub use parameters::Parameters;
