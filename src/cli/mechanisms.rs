//! `shanhai mechanisms`: does every mechanism act?

use std::path::{Path, PathBuf};

use super::common::{Changes, How, Kept};
use super::interrupt::interrupted;
use crate::experiment::mechanisms::tables::{self, MECHANISMS};
use crate::experiment::mechanisms::{Acting, Request, act, page};
use crate::message::Language;
use crate::output::sink::Sink;
use crate::{Error, Result, messages};

/// Switch every mechanism on alone and see whether its own channel moves
///
/// Each runs on the shipped tables of Zhejiang at default parameters, against the same years without it and under the same
/// luck. All 41 take about two minutes on two cores. With --page the table of a page such as docs/mechanisms.md is renewed
/// between its marks.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// The baseline
    #[arg(value_name = "SCENARIO.toml", default_value = BASELINE)]
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
    #[command(flatten)]
    pub changes: Changes,
    /// Renew the table of this page
    #[arg(long, value_name = "FILE")]
    pub page: Option<PathBuf>,
    #[command(flatten)]
    pub kept: Kept,
    #[command(flatten)]
    pub how: How,
}

/// The baseline whose places have the tags that the policies name.
const BASELINE: &str = "scenarios/zhejiang/baseline.toml";

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
    let request = Request {
        scenario: args.scenario.clone(),
        overrides: super::compare::overrides(
            Some(args.years),
            Some(args.persons_per_agent),
            &args.changes.set,
        ),
        replicates: args.replicates,
        only: args.only.clone(),
        threads: args.how.threads(),
    };
    let mut bar = super::progress::jobs(messages::bar_runs());
    let progress = |done, all| {
        if !args.how.quiet {
            bar(done, all);
        }
    };
    let run = || act(&request, &interrupted, progress);
    let write = |found: &Vec<Acting>, sink: &mut dyn Sink| tables::write(found, sink);
    let found = args.kept.during(args.how.threads(), &MECHANISMS, run, write)?;
    let mut words = vec!["shanhai mechanisms".to_owned()];
    words.extend((args.scenario != Path::new(BASELINE)).then(|| args.scenario.display().to_string()));
    words.extend((!args.only.is_empty()).then(|| format!("--only {}", args.only.join(","))));
    words.push(format!(
        "--years {} --persons-per-agent {} --replicates {}",
        args.years, args.persons_per_agent, args.replicates
    ));
    words.extend(args.changes.words());
    words.extend(args.page.as_ref().map(|p| format!("--page {}", p.display())));
    let table = || page::table(&found, &words.join(" "));
    // A page of the documentation is in English, whoever prints it.
    if let Some((path, text)) = old
        && let Some(new) = page::MARKS.replaced(&text, &Language::En.during(table))
    {
        crate::output::atomic_file::write(path, new.as_bytes())?;
    }
    if args.how.quiet {
        return Ok(());
    }
    super::print(&format!("{}\n", table()))?;
    args.kept.told()
}
