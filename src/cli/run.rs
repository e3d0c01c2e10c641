//! `shanhai run`: from a scenario file to a folder of tables.

use std::path::PathBuf;

use super::session::{self, Manner, Plan};
use super::size::Size;
use crate::{Result, scenario};

/// Run a scenario and write its tables
///
/// Reads the scenario and its tables, says everything that is wrong with them, builds the first world from
/// the base-year data and lives year after year; every identity of people, capital and money is checked in
/// every year. Tables for pandas, R and Stata go to results/FOLDER-FILE (results/zhejiang-baseline for
/// scenarios/zhejiang/baseline.toml); a summary of one screen goes to standard output. Equal scenarios and
/// seeds give equal tables, byte for byte, for any number of threads.
///
/// Ctrl-C finishes the year under way, keeps complete rows and notes the interruption in manifest.json. With
/// --snapshot-every the run can then be resumed (so can one that was killed) to the same bytes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenario file
    #[arg(value_name = "SCENARIO.toml")]
    pub scenario: PathBuf,
    #[command(flatten)]
    pub change: Change,
    /// Threads; 0 is one a core. Has no bearing on any number
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=1024))]
    pub threads: u16,
    /// Folder for the tables
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace the results of an earlier run in that folder; files that are not ours stay
    #[arg(long)]
    pub force: bool,
    /// No progress and no summary
    #[arg(long)]
    pub quiet: bool,
    /// Write a snapshot every N years, from which `shanhai resume` goes on; 0 is none
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub snapshot_every: u32,
    /// Write report.html into the folder at the end: one page that opens without a network
    #[arg(long)]
    pub report: bool,
}

/// Changes to a scenario, checked as if they stood in the file.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Changes to the scenario, checked as if they stood in the file")]
pub struct Change {
    /// Any key by its dotted path, `[0]` for members of arrays, the value in TOML: --set run.years=5,
    /// --set 'title="A test"'. May be given several times
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub sets: Vec<String>,
    /// Master seed (run.seed)
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Years to simulate (run.years)
    #[arg(long, value_name = "N")]
    pub years: Option<u64>,
    /// Persons that one agent stands for; 1 makes every person an agent (run.persons_per_agent)
    #[arg(long, value_name = "N")]
    pub persons_per_agent: Option<u64>,
}

impl Change {
    /// All changes as overrides; the named options win over --set.
    pub fn overrides(&self) -> Vec<String> {
        let named = [
            ("run.seed", self.seed),
            ("run.years", self.years),
            ("run.persons_per_agent", self.persons_per_agent),
        ];
        let named = named.into_iter().filter_map(|(key, value)| Some(format!("{key}={}", value?)));
        self.sets.iter().cloned().chain(named).collect()
    }
}

/// Runs the command.
///
/// # Errors
/// Everything that is wrong with the scenario, or what stopped the run.
pub fn run(args: &Args) -> Result<()> {
    let overrides = args.change.overrides();
    let (scenario, area) = scenario::load(&args.scenario, &overrides)?;
    let manner = manner(args.threads, args.quiet);
    Size::of(&scenario, &area, manner.threads).must_fit(scenario.run.persons_per_agent)?;
    let plan = Plan::new(&args.scenario, overrides, &scenario, args.snapshot_every)?;
    let out = args.out.clone().unwrap_or_else(|| PathBuf::from("results").join(&plan.run));
    session::listen_for_interrupts();
    session::begin(plan, scenario, area, &out, args.force, &manner)?;
    if args.report { super::report::of_folder(&out) } else { Ok(()) }
}

/// How this process runs.
pub(super) fn manner(threads: u16, quiet: bool) -> Manner {
    Manner { threads: usize::from(threads), quiet, command: command() }
}

/// The words of the command line, for manifests; the program goes by its name, wherever it lies.
pub(super) fn command() -> Vec<String> {
    let words = std::env::args_os().map(|word| word.to_string_lossy().into_owned());
    std::iter::once("shanhai".to_owned()).chain(words.skip(1)).collect()
}
