//! `shanhai compare`: what policies change, for whom, at whose cost, and how sure that is.

use std::path::PathBuf;

use crate::experiment::compare::{Request, compare};
use crate::experiment::replicates::{Method, Settings};
use crate::experiment::{arms, compare_print, compare_tables};
use crate::output::folder::ResultFolder;
use crate::output::manifest::Manifest;
use crate::{Error, Result};

/// Compare a scenario with itself without its policies, and scenarios with each other.
///
/// The same replicate number draws the same luck in every arm, so differences are paired. The printed page shows
/// winners and losers side by side, the cost and who paid; the folder holds every number.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// Scenario files.
    #[arg(required = true, value_name = "SCENARIO")]
    pub scenarios: Vec<PathBuf>,
    /// Runs of each arm, each with its own luck.
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub replicates: u32,
    /// Run only this replicate, which gives the same bytes as within the whole.
    #[arg(long, value_name = "N")]
    pub replicate: Option<u32>,
    /// Also run each policy alone, and all others without it.
    #[arg(long)]
    pub each: bool,
    /// Also share the effect out over the orders in which policies can enter (Shapley).
    #[arg(long)]
    pub shapley: bool,
    /// Orders drawn when there are more than six policies.
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub orders: usize,
    /// Also run baselines with luck of their own, and say how much shared luck narrows the intervals.
    #[arg(long)]
    pub independent: bool,
    /// A change that counts as a policy: off in the baseline. Repeatable.
    #[arg(long, value_name = "KEY=VALUE")]
    pub treat: Vec<String>,
    /// A change that holds in every arm. Repeatable.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub set: Vec<String>,
    /// Years to simulate.
    #[arg(long, value_name = "N")]
    pub years: Option<u32>,
    /// Persons that one agent stands for.
    #[arg(long, value_name = "N")]
    pub persons_per_agent: Option<u32>,
    /// Probability with which an interval covers the truth.
    #[arg(long, default_value_t = 0.95)]
    pub level: f64,
    /// Kind of interval.
    #[arg(long, value_enum, default_value_t = Method::T)]
    pub interval: Method,
    /// Folder of the results; results/NAME_compare if not given.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace the results of an earlier comparison.
    #[arg(long)]
    pub force: bool,
    /// Threads; 0 is one a core. They change no byte.
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub threads: usize,
    /// Write report.html into the folder at the end: one page that opens without a network.
    #[arg(long)]
    pub report: bool,
}

/// Changes from the short options, before those of `--set`.
pub(super) fn overrides(years: Option<u32>, persons_per_agent: Option<u32>, set: &[String]) -> Vec<String> {
    let mut all = Vec::new();
    all.extend(years.map(|n| format!("run.years={n}")));
    all.extend(persons_per_agent.map(|n| format!("run.persons_per_agent={n}")));
    all.extend_from_slice(set);
    all
}

/// Runs the command.
///
/// # Errors
/// What is wrong with the arguments, the scenarios, a run or the folder.
pub fn run(args: Args) -> Result<()> {
    if !(args.level > 0.0 && args.level < 1.0) {
        return Err(Error::Usage {
            found: format!("--level {}", args.level),
            expected: "a probability between 0 and 1, such as 0.95".into(),
        });
    }
    let out = args.out.clone().unwrap_or_else(|| {
        let names: Vec<String> = args.scenarios.iter().map(|p| arms::name_of(p)).collect();
        PathBuf::from("results").join(format!("{}_compare", names.join("_")))
    });
    // The folder is taken first: hours of work are not lost to a folder that is in use.
    let folder = ResultFolder::create(&out, args.force)?;
    let mut manifest = Manifest::new(super::run::command(), 1);
    let threads = match args.threads {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        n => n,
    };
    let clock = manifest.begin(threads, None);
    let request = Request {
        overrides: overrides(args.years, args.persons_per_agent, &args.set),
        scenarios: args.scenarios,
        treat: args.treat,
        replicates: args.replicates,
        replicate: args.replicate,
        each: args.each,
        shapley: args.shapley,
        orders: args.orders,
        independent: args.independent,
        threads: args.threads,
        settings: Settings { level: args.level, method: args.interval, seed: 1 },
    };
    let outcome = match compare(&request) {
        Ok(outcome) => outcome,
        Err(error) => {
            folder.failed()?;
            return Err(error);
        }
    };
    if let Some(program) = outcome.programs.first() {
        manifest.seed = program.scenario.run.seed;
    }
    super::print(&compare_print::page(&outcome)?)?;
    compare_tables::write(&outcome, folder, manifest, &clock, super::session::phases(&outcome.timings))?;
    super::print(&format!("tables: {}\n", out.display()))?;
    if args.report {
        super::report::of_folder(&out)?;
    }
    Ok(())
}
