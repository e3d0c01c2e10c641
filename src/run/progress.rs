//! What a run tells while it works.

/// Is told how far a run is; does nothing unless it is overridden.
pub trait Progress: Sync {
    /// The run has so many years, of which some are done.
    fn begin(&self, _years: u32, _done: u32) {}

    /// What is being done.
    fn say(&self, _what: &str) {}

    /// Something that the user should know even after the run.
    fn warn(&self, _what: &str) {}

    /// A year is done, the `done`-th of the run.
    fn year(&self, _year: i32, _done: u32) {}

    /// The run is over, well or not.
    fn end(&self) {}
}

/// Tells nobody.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Progress for Silent {}
