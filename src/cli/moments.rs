//! `shanhai moments`: the model beside what is known.

use std::path::PathBuf;

use super::interrupt::interrupted;
use crate::Result;
use crate::experiment::moments::{self, Request, print};

/// Print what the model says beside what is known, row by row
///
/// Each row makes the runs that it needs from the shipped scenarios and judges its numbers by stated bands; what a row
/// misses is measured again with one channel of the model off at a time. All rows take about ten minutes on two cores.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// These rows alone, such as services or spending (may be given several times, or separated by commas)
    #[arg(long, value_name = "ROW", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Folder of the shipped scenarios
    #[arg(long, value_name = "FOLDER", default_value = "scenarios")]
    pub scenarios: PathBuf,
    /// Write the rows between their marks into this page too (docs/evidence.md is such a page)
    #[arg(long, value_name = "FILE", conflicts_with = "only")]
    pub page: Option<PathBuf>,
    /// Write the rows as comma-separated values too
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    /// Do not measure again with channels off what is not met
    #[arg(long)]
    pub no_switches: bool,
    /// Replace the file of values
    #[arg(long)]
    pub force: bool,
    /// No progress
    #[arg(long)]
    pub quiet: bool,
}

/// Runs the command.
///
/// # Errors
/// A row that there is not, a file that may not be written, and what the runs return.
pub fn run(args: &Args) -> Result<()> {
    let old = match &args.page {
        Some(page) => {
            super::check_page(page, true)?;
            super::page_there(page)?
        }
        None => String::new(),
    };
    args.csv.as_deref().map_or(Ok(()), |file| super::check_page(file, args.force))?;
    let rows = moments::measure(&Request {
        scenarios: args.scenarios.clone(),
        only: args.only.clone(),
        switches: !args.no_switches,
        said: &|text| {
            if !args.quiet {
                super::note(text);
            }
        },
        interrupted: &interrupted,
    })?;
    let section = print::markdown(&rows);
    if let Some(page) = &args.page {
        crate::output::atomic_file::write(page, print::into_page(&old, &section).as_bytes())?;
    }
    if let Some(file) = &args.csv {
        crate::output::atomic_file::write(file, print::csv(&rows).as_bytes())?;
    }
    super::print(&section)
}
