//! What a checkpoint holds beside the state of the run: which run it is, how long its tables were, and which
//! build wrote it.

use serde::{Deserialize, Serialize};

use super::Plan;
use crate::observe::Memory;
use crate::output::build::Build;
use crate::output::checkpoint_file::CheckpointReader;
use crate::output::folder::Positions;
use crate::scenario::Origin;
use crate::{Error, Result};

/// The header of a checkpoint.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Header {
    /// What wrote it: the state lies in the order of that build's fields.
    pub build: Build,
    /// The last year that was lived.
    pub year: i32,
    /// How many years of the run that is.
    pub step: u32,
    /// The run.
    pub plan: Plan,
    /// Its scenario.
    pub origin: Origin,
    /// Length of each table.
    pub positions: Positions,
    /// What later rows compare with.
    pub memory: Memory,
}

impl Header {
    /// The header of a checkpoint that this build can go on from.
    ///
    /// # Errors
    /// If the checkpoint is damaged, or another build wrote it.
    pub fn read(reader: &CheckpointReader) -> Result<Header> {
        let said: Said = reader.header()?;
        let here = Build::here();
        if let Some(difference) = said.build.difference(&here) {
            return Err(Error::Checkpoint { path: reader.path().to_path_buf(), reason: difference });
        }
        reader.header()
    }
}

/// The part of the header that every build understands.
#[derive(Deserialize)]
struct Said {
    #[serde(default)]
    build: Build,
}

const PREFIX: &str = "checkpoint_";
const SUFFIX: &str = ".shanhai";

/// The file of the checkpoint after a year.
pub(super) fn file_name(year: i32) -> String {
    format!("{PREFIX}{year}{SUFFIX}")
}

/// The year of a checkpoint's file; none of another file.
pub(super) fn year_of(file: &str) -> Option<i32> {
    file.strip_prefix(PREFIX)?.strip_suffix(SUFFIX)?.parse().ok()
}
