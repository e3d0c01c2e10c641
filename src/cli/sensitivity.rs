//! `shanhai sensitivity`: which uncertain parameters matter, and whether the answers survive them.

use std::path::{Path, PathBuf};

use crate::experiment::arms::Program;
use crate::experiment::compare_tables::record_program;
use crate::experiment::journal::{self, Journal, Members};
use crate::experiment::sensitivity::{self, Part, Plan, Request};
use crate::experiment::sensitivity_analysis::analyse;
use crate::experiment::sensitivity_tables::{self, TABLES};
use crate::experiment::{report, sensitivity_evidence, sensitivity_print};
use crate::kernel::chunks::with_threads;
use crate::output::datapackage::{About, DataPackage};
use crate::output::folder::{Positions, ResultFolder, Status};
use crate::output::manifest::{Manifest, SessionClock};
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
    /// A change that holds in every member and arm. Repeatable.
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
    /// Folder of the results; results/NAME_sensitivity if not given.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace the results of an earlier design.
    #[arg(long)]
    pub force: bool,
    /// Also write the tables that a referee asks for as a page (docs/sensitivity.md is such a page); between the
    /// lines begin:sensitivity and end:sensitivity, in comment marks, if the file has them.
    #[arg(long, value_name = "FILE")]
    pub evidence: Option<PathBuf>,
    /// Threads; 0 is one a core. They change no byte.
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub threads: usize,
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
            _ => Err(Error::Usage {
                found: format!("--shard {text}"),
                expected: "a part and the number of parts, such as 2/8; parts count from 1".into(),
            }),
        }
    }
}

/// Runs the command.
///
/// # Errors
/// What is wrong with the arguments, the scenario, the folder or the machine.
pub fn run(args: Args) -> Result<()> {
    let part = args.part()?;
    let overrides = super::compare::overrides(args.years, args.persons_per_agent, &args.set);
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
        threads: args.threads,
    };
    let plan = Plan::new(&request, &program)?;
    let count = plan.members()?;
    if let Part::Job(job) = part
        && job >= count
    {
        return Err(Error::Usage {
            found: format!("--job {job}"),
            expected: format!("the design has members 0 to {}", count - 1),
        });
    }
    let out =
        args.out.unwrap_or_else(|| PathBuf::from("results").join(format!("{}_sensitivity", program.name)));
    let (mut folder, mut journal, mut members) = open(&out, args.force, &plan)?;
    let mut manifest = Manifest::new(super::run::command(), program.scenario.run.seed);
    record_program(&program, &mut manifest)?;
    let clock = manifest.begin(args.threads, None);
    manifest.write(&mut folder)?;
    match sensitivity::run(&plan, &program, part, args.threads, &mut journal, &mut members) {
        Ok(()) => {
            let residual = outside_income(&program, &members, args.threads)?;
            finish(&members, folder, manifest, &clock, &out, evidence, &residual)
        }
        Err(error) => {
            manifest.end(&clock, Vec::new(), Status::Failed, Some(error.to_string()));
            manifest.write(&mut folder)?;
            folder.failed()?;
            Err(error)
        }
    }
}

/// The residual of income under the scenario's own parameters, for the page of a whole design. The journal holds
/// values only, so the first world is built once more where incomes are published.
fn outside_income(program: &Program, members: &Members, threads: usize) -> Result<String> {
    if members.members.len() < members.plan.members()? || program.scenario.world.prefectures.is_none() {
        return Ok(String::new());
    }
    let own = program.with_only(&[]);
    let first = with_threads(threads, || crate::simulation::load(&program.path, &own))?;
    // A world that cannot be built is a row of members.csv, and no reason to lose the tables.
    Ok(first.map_or_else(|_| String::new(), |simulation| report::outside_income(&simulation)))
}

/// Takes a folder for a new design, or goes on with one that did not finish.
fn open(out: &Path, force: bool, plan: &Plan) -> Result<(ResultFolder, Journal, Members)> {
    let unfinished = ResultFolder::look(out)?.is_some_and(|(status, files)| {
        status != Status::Finished && files.iter().any(|f| f == journal::FILE)
    });
    if unfinished && !force {
        let folder = ResultFolder::resume(out, &Positions::new())?;
        let (journal, members) = Journal::resume(&out.join(journal::FILE))?;
        if members.plan != *plan && plan.shares_members_with(&members.plan)? {
            let (journal, members) = Journal::resize(&out.join(journal::FILE), plan, members)?;
            return Ok((folder, journal, members));
        }
        if members.plan != *plan {
            return Err(Error::Results {
                path: out.to_owned(),
                reason: "it holds part of another design: other parameters, scenario, changes or seed; name \
                         another folder, or add --force to replace it"
                    .into(),
            });
        }
        return Ok((folder, journal, members));
    }
    let mut folder = ResultFolder::create(out, force)?;
    let journal = Journal::create(&folder.file(journal::FILE)?, plan)?;
    let members =
        Members { plan: plan.clone(), sha256: plan.sha256()?, keys: Vec::new(), members: Default::default() };
    Ok((folder, journal, members))
}

/// Writes the tables and prints the page; the analysis needs all members. `evidence` is the page for referees
/// and the scenario file as it is called there; `outside_income` is said at the end of the printed page.
pub(super) fn finish(
    members: &Members,
    mut folder: ResultFolder,
    mut manifest: Manifest,
    clock: &SessionClock,
    out: &Path,
    evidence: Option<(&Path, &Path)>,
    outside_income: &str,
) -> Result<()> {
    let complete = members.members.len() == members.plan.members()?;
    let analysis = if complete { Some(analyse(members)?) } else { None };
    sensitivity_tables::write(members, analysis.as_ref(), &mut folder)?;
    let about = About {
        name: format!("{}-sensitivity", members.plan.scenario),
        title: format!("Sensitivity: {}", members.plan.title),
        description: "Which parameters matter, and which effects survive them.".into(),
        sources: Vec::new(),
    };
    DataPackage::describe(folder.path(), &TABLES, &about)?.write(&mut folder)?;
    manifest.end(clock, Vec::new(), Status::Finished, None);
    manifest.write(&mut folder)?;
    folder.finish()?;
    let mut said = sensitivity_print::page(members, analysis.as_ref())?;
    said += outside_income;
    said += &format!("tables: {}\n", out.display());
    match (evidence, &analysis) {
        (Some((page, scenario)), Some(analysis)) => {
            let text = sensitivity_evidence::page(members, analysis, scenario)?;
            // A file that is not there has no marks.
            let old = std::fs::read_to_string(page).unwrap_or_default();
            let text = sensitivity_evidence::into_page(&old, &text);
            crate::output::atomic_file::write(page, text.as_bytes())?;
            said += &format!("written: {}\n", page.display());
        }
        (Some((page, _)), None) => {
            said += &format!("{} waits for the whole design\n", page.display());
        }
        (None, _) => {}
    }
    super::print(&said)
}
