//! A table that a policy names: the reader of the scenario reads it, the policy takes its rows.

use std::path::Path;

/// A table that a policy wants read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing<'a> {
    /// The field of the policy that names the file.
    pub field: &'static str,
    /// The file, relative to the scenario.
    pub file: &'a Path,
    /// Columns that are wanted, in the order in which [`Policy::fill`](super::Policy::fill) takes their cells.
    pub columns: Vec<&'a str>,
}
