//! `shanhai mechanisms`: does every mechanism act?

use std::path::PathBuf;

use super::interrupt::{self, interrupted};
use crate::experiment::mechanisms::{Request, act, page};
use crate::{Error, Result, messages};

/// Switch every mechanism on alone and see whether its own channel moves
///
/// Each runs on the shipped tables of Zhejiang at default parameters, against the same years without it and under the same
/// luck. All 41 take about two minutes on two cores. With --page the table of a page such as docs/mechanisms.md is renewed
/// between its marks.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// The baseline
    #[arg(value_name = "SCENARIO.toml", default_value = "scenarios/zhejiang/baseline.toml")]
    pub scenario: PathBuf,
    /// Only these (commas between): M05,M20
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Years to simulate
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub years: u32,
    /// Persons that one agent stands for
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pub persons_per_agent: u32,
    /// Pairs of runs, each with its own luck
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub replicates: u32,
    /// Change a value of the scenario in all runs (may be given several times)
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// Renew the table of this page
    #[arg(long, value_name = "FILE")]
    pub page: Option<PathBuf>,
    /// Threads; 0 is one a core. They change no number
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub threads: usize,
    /// No progress and no printed table
    #[arg(long)]
    pub quiet: bool,
}

/// Runs the command.
///
/// # Errors
/// What is wrong with the scenario, a run or the page.
pub fn run(args: &Args) -> Result<()> {
    let old = match &args.page {
        None => None,
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|e| Error::unreadable(path, &e))?;
            if page::MARKS.section(&text).is_none() {
                return Err(Error::Usage {
                    found: messages::page_has_no_place(path.display()),
                    expected: messages::write_marks_into_it(page::MARKS.begin, page::MARKS.end),
                });
            }
            Some((path, text))
        }
    };
    interrupt::listen();
    let request = Request {
        scenario: args.scenario.clone(),
        overrides: super::compare::overrides(Some(args.years), Some(args.persons_per_agent), &args.set),
        replicates: args.replicates,
        only: args.only.clone(),
        threads: args.threads,
    };
    let mut bar = super::progress::jobs(messages::bar_runs());
    let found = act(&request, &interrupted, |done, all| {
        if !args.quiet {
            bar(done, all);
        }
    })?;
    let mut words = vec!["shanhai mechanisms".to_owned()];
    words.extend((!args.only.is_empty()).then(|| format!("--only {}", args.only.join(","))));
    words.push(format!(
        "--years {} --persons-per-agent {} --replicates {}",
        args.years, args.persons_per_agent, args.replicates
    ));
    words.extend(args.set.iter().map(|s| format!("--set {s}")));
    words.extend(args.page.as_ref().map(|p| format!("--page {}", p.display())));
    let table = page::table(&found, &words.join(" "));
    if let Some((path, text)) = old
        && let Some(new) = page::MARKS.replaced(&text, &table)
    {
        crate::output::atomic_file::write(path, new.as_bytes())?;
    }
    if args.quiet { Ok(()) } else { super::print(&format!("{table}\n")) }
}
