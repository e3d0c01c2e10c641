//! `shanhai sensitivity`: which uncertain parameters matter, and whether the answers survive them.

use std::path::{Path, PathBuf};

use super::common::{Changes, How};
use super::interrupt::interrupted;
use super::papers::Papers;
use crate::experiment::arms::Program;
use crate::experiment::compare::tables::record_program;
use crate::experiment::sensitivity::analysis::analyse;
use crate::experiment::sensitivity::members::{self, Journal, Members};
use crate::experiment::sensitivity::tables::{self, TABLES};
use crate::experiment::sensitivity::{Part, Plan, Request};
use crate::experiment::sensitivity::{evidence as evidence_page, print, run};
use crate::experiment::{journal, pool, report};
use crate::kernel::chunks::with_threads;
use crate::message::Language;
use crate::messages;
use crate::output::atomic_file;
use crate::output::datapackage::{About, DataPackage};
use crate::output::folder::{Positions, ResultFolder};
use crate::output::manifest::Manifest;
use crate::report::of_design;
use crate::{Error, Result};

/// Run a scenario over a design of parameters: which of them matter, and which effects of policies survive them.
///
/// Members are entered into a journal as they are done; the same command in the same folder goes on with a run
/// that was killed, and a run that did not finish may go on with more or fewer trajectories or points, because a
/// longer Morris or Sobol design begins with the shorter one. Parts run with --shard or --job are put together with `merge`.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// Scenario file.
    #[arg(value_name = "SCENARIO")]
    pub scenario: PathBuf,
    /// `assumed` for all that the parameter table marks as assumed, keys, or key=low..high, with commas between.
    #[arg(long, default_value = "assumed", value_name = "LIST")]
    pub parameters: String,
    /// morris, sobol, lhs, or a table of rows FILE.csv.
    #[arg(long, default_value = "morris", value_name = "DESIGN")]
    pub design: String,
    /// Trajectories of a Morris design.
    #[arg(long, default_value_t = 20, value_name = "N")]
    pub trajectories: usize,
    /// Base points of a Sobol design (a power of two), points of a Latin hypercube.
    #[arg(long, default_value_t = 256, value_name = "N")]
    pub points: usize,
    /// Runs of each arm of a member, each with its own luck, the same in all members.
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub replicates: u32,
    /// Runs of each arm with the scenario's own parameters, against which the signs of all members are held; as
    /// many as --replicates if not given.
    #[arg(long, value_name = "N")]
    pub own_replicates: Option<u32>,
    /// Seed of the design and of resampling; runs draw from the scenario's own seed.
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub design_seed: u64,
    /// Only this member.
    #[arg(long, value_name = "N", conflicts_with = "shard")]
    pub job: Option<usize>,
    /// Only the i-th of n parts, from 1.
    #[arg(long, value_name = "I/N")]
    pub shard: Option<String>,
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
    /// Folder of the results; results/NAME_sensitivity if not given.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace the results of an earlier run in the folder, and files that other options name; a file in the folder
    /// that is not ours stays
    #[arg(long)]
    pub force: bool,
    /// Also write the tables that a referee asks for as a page (docs/sensitivity.md is such a page); between the
    /// lines begin:sensitivity and end:sensitivity, in comment marks, if the file has them.
    #[arg(long, value_name = "FILE")]
    pub evidence: Option<PathBuf>,
    #[command(flatten)]
    pub how: How,
}

impl Args {
    fn part(&self) -> Result<Part> {
        if let Some(job) = self.job {
            return Ok(Part::Job(job));
        }
        let Some(text) = &self.shard else { return Ok(Part::All) };
        let numbers =
            text.split_once('/').and_then(|(i, n)| Some((i.trim().parse().ok()?, n.trim().parse().ok()?)));
        match numbers {
            Some((i, n)) if 1 <= i && i <= n => Ok(Part::Shard(i, n)),
            _ => {
                Err(Error::Usage { found: messages::shard_asked(text), expected: messages::shard_of_parts() })
            }
        }
    }
}

/// Runs the command.
///
/// # Errors
/// What is wrong with the arguments, the scenario, the folder or the machine.
pub fn run(args: Args) -> Result<()> {
    let part = args.part()?;
    let overrides = super::compare::overrides(args.years, args.persons_per_agent, &args.changes.set);
    let program = Program::read(&args.scenario, &overrides, &args.treat)?;
    program.check_years()?;
    let evidence = args.evidence.as_deref().map(|page| (page, args.scenario.as_path()));
    let request = Request {
        scenario: args.scenario.clone(),
        overrides,
        treat: args.treat,
        parameters: args.parameters,
        design: args.design,
        trajectories: args.trajectories,
        points: args.points,
        replicates: args.replicates,
        own_replicates: args.own_replicates,
        level: args.level,
        seed: args.design_seed,
        threads: args.how.threads(),
    };
    let plan = Plan::new(&request, &program)?;
    let count = plan.members()?;
    if let Part::Job(job) = part
        && job >= count
    {
        return Err(Error::Usage {
            found: messages::job_asked(job),
            expected: messages::design_has_members(count - 1),
        });
    }
    // Everything is read and checked before the folder is touched: a slip costs no old results.
    pool::split(args.how.threads(), count, program.peak_bytes)?;
    evidence.map_or(Ok(()), |(page, _)| check_page(page, args.force))?;
    let out =
        args.out.unwrap_or_else(|| PathBuf::from("results").join(format!("{}_sensitivity", program.name)));
    let (folder, mut journal, mut members) = open(&out, args.force, &plan)?;
    let resumed = (!members.members.is_empty()).then_some(members::FILE);
    let record = |manifest: &mut Manifest| record_program(&program, manifest);
    let papers = Papers::begin(folder, program.scenario.run.seed, args.how.threads(), resumed, record)?;
    let mut bar = super::progress::jobs(messages::bar_members());
    let progress = |done, all| {
        if !args.how.quiet {
            bar(done, all);
        }
    };
    let ended = run::run(
        &plan,
        &program,
        part,
        args.how.threads(),
        &mut journal,
        &mut members,
        &interrupted,
        progress,
    );
    let residual = ended.and_then(|()| {
        program.unchanged()?;
        outside_income(&program, &members, args.how.threads())
    });
    finish(&members, papers, residual, &out, evidence, args.how.quiet)
}

/// As [`super::check_page`]; between its marks a page may always be renewed.
pub(super) fn check_page(page: &Path, force: bool) -> Result<()> {
    let marked = std::fs::read_to_string(page).is_ok_and(|text| evidence_page::has_marks(&text));
    super::check_page(page, force || marked)
}

/// The residual of income under the scenario's own parameters, for the page of a whole design. The journal holds
/// values only, so the first world is built once more where incomes are published.
fn outside_income(program: &Program, members: &Members, threads: usize) -> Result<String> {
    if members.members.len() < members.plan.members()? || program.scenario.world.prefectures.is_none() {
        return Ok(String::new());
    }
    let own = program.with_only(&[]);
    let first = with_threads(threads, || crate::run::load(&program.path, &own))?;
    // A world that cannot be built is a row of members.csv, and no reason to lose the tables.
    Ok(first.map_or_else(|_| String::new(), |simulation| report::outside_income(&simulation)))
}

/// Takes a folder for a new design, or goes on with one that did not finish.
fn open(out: &Path, force: bool, plan: &Plan) -> Result<(ResultFolder, Journal, Members)> {
    if !force && journal::is_begun(out, members::FILE)? {
        let folder = ResultFolder::resume(out, &Positions::new())?;
        let (journal, members) = Journal::resume(&out.join(members::FILE))?;
        if members.plan != *plan && plan.shares_members_with(&members.plan)? {
            let (journal, members) = Journal::resize(&out.join(members::FILE), plan, members)?;
            return Ok((folder, journal, members));
        }
        if members.plan != *plan {
            return Err(Error::Results {
                path: out.to_owned(),
                reason: messages::part_of_another_design(members.plan.difference(plan)),
            });
        }
        return Ok((folder, journal, members));
    }
    let mut folder = ResultFolder::create(out, force || journal::is_empty(out)?)?;
    let journal = Journal::create(&folder.file(members::FILE)?, plan)?;
    let members =
        Members { plan: plan.clone(), sha256: plan.sha256()?, keys: Vec::new(), members: Default::default() };
    Ok((folder, journal, members))
}

/// The picture in the folder of a design.
const PICTURE: &str = "sensitivity.svg";

/// Writes the tables and prints the page; the analysis needs all members. `evidence` is the page for referees
/// and the scenario file as it is called there; `residual` is said at the end of the printed page.
pub(super) fn finish(
    members: &Members,
    mut papers: Papers,
    residual: Result<String>,
    out: &Path,
    evidence: Option<(&Path, &Path)>,
    quiet: bool,
) -> Result<()> {
    let written = residual.and_then(|residual| {
        let complete = members.members.len() == members.plan.members()?;
        let analysis = if complete { Some(analyse(members)?) } else { None };
        let folder = &mut papers.folder;
        tables::write(members, analysis.as_ref(), folder)?;
        let about = About {
            name: format!("{}-sensitivity", members.plan.scenario),
            title: format!("Sensitivity: {}", members.plan.title),
            description: "Which parameters matter, and which effects survive them.".into(),
            sources: Vec::new(),
        };
        DataPackage::describe(folder.path(), &TABLES, &about)?.write(folder)?;
        if let Some(svg) = of_design(folder.path(), Language::shown())? {
            atomic_file::write(folder.file(PICTURE)?, svg.as_bytes())?;
        }
        Ok((residual, analysis))
    });
    let (residual, analysis) = papers.end(written, Vec::new())?;
    let mut said = print::page(members, analysis.as_ref())?;
    said += &residual;
    said += &format!("{}\n", messages::tables_in(out.display()));
    match (evidence, &analysis) {
        (Some((page, scenario)), Some(analysis)) => {
            let text = evidence_page::page(members, analysis, scenario)?;
            // A file that is not there has no marks.
            let old = std::fs::read_to_string(page).unwrap_or_default();
            let text = evidence_page::into_page(&old, &text);
            atomic_file::write(page, text.as_bytes())?;
            said += &format!("{}\n", messages::written(page.display()));
        }
        (Some((page, _)), None) => {
            said += &format!("{}\n", messages::page_waits(page.display()));
        }
        (None, _) => {}
    }
    if quiet { Ok(()) } else { super::print(&said) }
}
