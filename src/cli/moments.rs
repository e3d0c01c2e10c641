//! `shanhai moments`: the model beside what is known.

use std::path::{Path, PathBuf};

use super::common::{Changes, How, Kept, csv};
use super::interrupt::interrupted;
use crate::Result;
use crate::experiment::moments::tables::{self, MOMENTS};
use crate::experiment::moments::{self, Measured, Request, print};
use crate::kernel::chunks::with_threads;
use crate::message::Language;
use crate::output::sink::Sink;

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
    #[arg(long, value_name = "DIR", default_value = SCENARIOS)]
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
    #[command(flatten)]
    pub changes: Changes,
    #[command(flatten)]
    pub kept: Kept,
    #[command(flatten)]
    pub how: How,
}

/// The folder of the repository.
const SCENARIOS: &str = "scenarios";

/// Runs the command.
///
/// # Errors
/// A row that there is not, a file that may not be written, and what the runs return.
pub fn run(args: &Args) -> Result<()> {
    with_threads(args.how.threads(), || work(args))?
}

fn work(args: &Args) -> Result<()> {
    let old = match &args.page {
        Some(page) => {
            super::check_page(page, true)?;
            super::page_there(page)?
        }
        None => String::new(),
    };
    args.csv.as_deref().map_or(Ok(()), |file| super::check_page(file, args.kept.force))?;
    let said = |text: &str| {
        if !args.how.quiet {
            super::note(text);
        }
    };
    let request = Request {
        scenarios: args.scenarios.clone(),
        set: args.changes.set.clone(),
        only: args.only.clone(),
        switches: !args.no_switches,
        said: &said,
        interrupted: &interrupted,
    };
    let table = |rows: &Vec<Measured>, sink: &mut dyn Sink| tables::write(rows, &again(args, true), sink);
    let measure = || moments::measure(&request);
    let rows = args.kept.during(rayon::current_num_threads(), &MOMENTS, measure, table)?;
    let section = || print::markdown(&rows, &again(args, false));
    if let Some(page) = &args.page {
        // A page of the documentation is in English, whoever prints it.
        let section = Language::En.during(section);
        crate::output::atomic_file::write(page, print::into_page(&old, &section).as_bytes())?;
    }
    if let Some(file) = &args.csv {
        crate::output::atomic_file::write(file, &csv(&MOMENTS, |sink| table(&rows, sink))?)?;
    }
    if args.how.quiet {
        return Ok(());
    }
    super::print(&section())?;
    args.kept.told()
}

/// The command that prints the page again, or the beginning of one that prints a single row.
fn again(args: &Args, a_row: bool) -> String {
    let mut words = vec!["shanhai moments".to_owned()];
    if args.scenarios != Path::new(SCENARIOS) {
        words.push(format!("--scenarios {}", args.scenarios.display()));
    }
    if !a_row {
        words.extend((!args.only.is_empty()).then(|| format!("--only {}", args.only.join(","))));
        words.extend(args.no_switches.then(|| "--no-switches".to_owned()));
        words.extend(args.page.as_ref().map(|page| format!("--page {}", page.display())));
    }
    words.extend(args.changes.words());
    words.join(" ")
}
