//! What a checkpoint holds beside the state of the run: which run it is, how long its tables were, and which
//! build wrote it.

use std::collections::BTreeMap;

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
pub(crate) struct Header {
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
    /// First years of policies that began after another run's past.
    #[serde(default)]
    pub since: BTreeMap<String, i32>,
}

impl Header {
    /// The header of a checkpoint that this build can go on from.
    ///
    /// # Errors
    /// If the checkpoint is damaged, or another build wrote it.
    pub(crate) fn read(reader: &CheckpointReader) -> Result<Header> {
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

pub(super) use crate::output::checkpoint_file::{file_name, year_of};
