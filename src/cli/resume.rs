//! `shanhai resume`: go on with a run that was killed or interrupted.

use std::path::PathBuf;

use super::common::How;
use super::run::carry_out;
use crate::{Result, run};

/// Go on with a run that was killed or interrupted
///
/// Takes the newest good checkpoint of the folder (`shanhai run --checkpoint-every N` writes them), cuts every table
/// back to where it stood then, and goes on. The tables become the same bytes as if the run had never
/// stopped. The checkpoint holds the scenario and the study area; a table that was changed since is refused,
/// and so is a checkpoint with a single wrong bit.
///
/// There is no --set, --out or --force: what goes on is what stood in the folder. Another future of the same past is a
/// run of its own (`run.start_from` in a scenario).
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder of the run
    #[arg(value_name = "RESULT_DIR")]
    pub folder: PathBuf,
    #[command(flatten)]
    pub how: How,
}

/// Runs the command.
///
/// # Errors
/// If there is nothing to go on from, or what stopped the run.
pub fn run(args: &Args) -> Result<()> {
    carry_out(args.how, &args.folder, &|_| Ok(()), |setting| run::resume(&args.folder, setting))
}
