//! `shanhai compare`: what policies change, for whom, at whose cost, and how sure that is.

use std::path::PathBuf;

use super::common::{Changes, How};
use super::interrupt::interrupted;
use super::papers::Papers;
use crate::Result;
use crate::experiment::arms::{self, Program};
use crate::experiment::compare::study::JOURNAL;
use crate::experiment::compare::{Outcome, Request, Study, print, tables};
use crate::experiment::journal::Work;
use crate::experiment::replicates::{Method, Settings};
use crate::messages;
use crate::output::manifest::Manifest;

/// Compare a scenario with itself without its policies, and scenarios with each other.
///
/// The same replicate number draws the same luck in every arm, so differences are paired. The printed page shows
/// winners and losers side by side, the cost and who paid; the folder holds every number.
///
/// Runs are entered into a journal as they are done: after Ctrl-C or a kill the same command in the same folder
/// goes on to the same bytes.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// Scenario files. A file with tables `variant.NAME` or `grid` stands for itself and all its variants, FILE#NAME for one.
    #[arg(required = true, value_name = "SCENARIO")]
    pub scenarios: Vec<PathBuf>,
    /// Runs of each arm, each with its own luck.
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub replicates: u32,
    /// Run only this replicate, which gives the same bytes as within the whole.
    #[arg(long, value_name = "N")]
    pub replicate: Option<u32>,
    /// Compare every scenario with every other; without it each is held against the first.
    #[arg(long)]
    pub pairs: bool,
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
    /// The assumed size of a policy, at which what households gain is to pay what it costs:
    /// `--break-even policy.service_equalisation[0].floor_share=0.5..0.9`
    #[arg(long, value_name = "KEY=LOW..HIGH")]
    pub break_even: Option<String>,
    /// Take over runs of the same comparison that were made elsewhere, by --replicate: one folder. Repeatable.
    #[arg(long, value_name = "DIR")]
    pub take_up: Vec<PathBuf>,
    /// A change that counts as a policy: off in the baseline. Repeatable.
    #[arg(long, value_name = "KEY=VALUE")]
    pub treat: Vec<String>,
    #[command(flatten)]
    pub changes: Changes,
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
    /// Replace the results of an earlier run in the folder, and files that other options name; a file in the folder
    /// that is not ours stays
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub how: How,
    /// Write report.html into the folder at the end: one page that opens without a network.
    #[arg(long)]
    pub report: bool,
}

/// Changes from the short options, before those of `--set`, which stands over them.
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
    let out = args.out.clone().unwrap_or_else(|| {
        let names: Vec<String> = args.scenarios.iter().map(|p| arms::name_of(p)).collect();
        PathBuf::from("results").join(format!("{}_compare", names.join("_")))
    });
    let request = Request {
        overrides: overrides(args.years, args.persons_per_agent, &args.changes.set),
        scenarios: args.scenarios,
        treat: args.treat,
        replicates: args.replicates,
        replicate: args.replicate,
        pairs: args.pairs,
        each: args.each,
        shapley: args.shapley,
        orders: args.orders,
        independent: args.independent,
        break_even: args.break_even,
        take_up: args.take_up,
        threads: args.how.threads(),
        settings: Settings { level: args.level, method: args.interval, seed: 1 },
    };
    // Everything is read and checked before the folder is touched, and the folder is taken before anything runs:
    // a slip costs no old results, and a folder that is in use costs no hours of work.
    let mut study = Study::new(&request)?;
    let (folder, done, enter) = Work::take(&out, args.force, JOURNAL, &study.plan()?)?.split();
    let resumed = (!done.is_empty()).then_some(JOURNAL);
    // What was done elsewhere is entered here too, so that the folder is that of the comparison in one piece.
    let mut enter = enter;
    let elsewhere = study.elsewhere(&request.take_up)?;
    study.take_up(done)?;
    for entry in elsewhere {
        if study.lacks(&entry) {
            enter(&entry)?;
            study.take_up(vec![entry])?;
        }
    }
    let seed = study.outcome().programs.first().map_or(1, |program| program.scenario.run.seed);
    let record = |manifest: &mut Manifest| tables::record(study.outcome(), manifest);
    let mut papers = Papers::begin(folder, seed, args.how.threads(), resumed, record)?;
    papers.manifest().intervals = Some(tables::intervals(&request.settings));
    let (mut bar, mut next) = (super::progress::jobs(messages::bar_runs()), 1);
    let quiet = args.how.quiet;
    let progress = |outcome: &Outcome, done: usize, all: usize| {
        if quiet {
            return;
        }
        bar(done, all);
        // First rows while it runs, and again whenever twice as many replicates are there.
        let replicates = done / outcome.arms.len();
        if replicates >= next && done < all {
            next = 2 * replicates;
            super::note(&messages::runs_done_so_far(done, all, print::so_far(outcome)).to_string());
        }
    };
    let outcome = study.run(super::clock::NATIVE, &interrupted, enter, progress).and_then(|outcome| {
        outcome.programs.iter().try_for_each(Program::unchanged)?;
        tables::write(&outcome, &mut papers.folder)?;
        Ok(outcome)
    });
    let phases = outcome.as_ref().map_or_else(|_| Vec::new(), |o| crate::run::phases(&o.timings));
    let outcome = papers.end(outcome, phases)?;
    if !quiet {
        super::print(&print::page(&outcome)?)?;
        super::print(&format!("{}\n", messages::tables_in(out.display())))?;
    }
    if args.report {
        super::report::of_folder(&out, quiet)?;
    }
    Ok(())
}
