//! `shanhai resume`: go on with a run that was killed or interrupted.

use std::path::PathBuf;

use super::run::carry_out;
use crate::{Result, run};

/// Go on with a run that was killed or interrupted
///
/// Takes the newest good checkpoint of the folder (`shanhai run --checkpoint-every N` writes them), cuts every table
/// back to where it stood then, and goes on. The tables become the same bytes as if the run had never
/// stopped. The checkpoint holds the scenario and the study area; a table that was changed since is refused,
/// and so is a checkpoint with a single wrong bit.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder of the run
    #[arg(value_name = "RESULT_DIR")]
    pub folder: PathBuf,
    /// Threads; 0 is one a core. Has no bearing on any number
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=1024))]
    pub threads: u16,
    /// No progress and no summary
    #[arg(long)]
    pub quiet: bool,
}

/// Runs the command.
///
/// # Errors
/// If there is nothing to go on from, or what stopped the run.
pub fn run(args: &Args) -> Result<()> {
    carry_out((args.threads, args.quiet), &args.folder, &|_| Ok(()), |setting| {
        run::resume(&args.folder, setting)
    })
}
