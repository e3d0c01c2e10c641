//! `shanhai run`: from a scenario file to a folder of tables.

use std::path::{Path, PathBuf};

use super::common::{Changes, How};
use super::progress::Shown;
use super::{clock, interrupt};
use crate::band::{self, Finding};
use crate::experiment::report::outside_income;
use crate::kernel::chunks::with_threads;
use crate::messages;
use crate::output::manifest::peak_resident_bytes;
use crate::printable::thousands;
use crate::run::{self, Ended, Plan, Progress, Setting, Silent};
use crate::scenario::{ScenarioSource, file_and_variant};
use crate::simulation::size::Size;
use crate::{Error, Result};

/// Run a scenario and write its tables
///
/// Reads the scenario and its tables, says everything that is wrong with them, builds the first world from
/// the base-year data and lives year after year; every identity of people, capital and money is checked in
/// every year. Tables for pandas, R and Stata go to results/FOLDER-FILE (results/zhejiang-baseline for
/// scenarios/zhejiang/baseline.toml); a summary of one screen goes to standard output. Equal scenarios and
/// seeds give equal tables, byte for byte, for any number of threads.
///
/// Ctrl-C finishes the year under way, keeps complete rows and notes the interruption in manifest.json. With
/// --checkpoint-every the run can then be resumed (so can one that was killed) to the same bytes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenario file, or FILE#NAME for a variant that it makes of itself
    #[arg(value_name = "SCENARIO.toml")]
    pub scenario: PathBuf,
    #[command(flatten)]
    pub how: How,
    /// Folder for the tables
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace the results of an earlier run in the folder, and files that other options name; a file in the folder
    /// that is not ours stays
    #[arg(long)]
    pub force: bool,
    /// Make warnings errors: levels of the tables and of the first world that are not plausible
    #[arg(long)]
    pub strict: bool,
    /// Write a checkpoint every N years, from which `shanhai resume` goes on; 0 is none. --snapshot-every is its former name
    #[arg(long, value_name = "N", default_value_t = 0, alias = "snapshot-every")]
    pub checkpoint_every: u32,
    /// Write report.html into the folder at the end: one page that opens without a network
    #[arg(long)]
    pub report: bool,
    // Last: what follows would stand under its heading.
    #[command(flatten)]
    pub change: Change,
}

/// Changes to a scenario, checked as if they stood in the file.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Changes to the scenario, checked as if they stood in the file")]
pub struct Change {
    #[command(flatten)]
    pub changes: Changes,
    /// Master seed (run.seed)
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Years to simulate (run.years)
    #[arg(long, value_name = "N")]
    pub years: Option<u64>,
    /// Persons that one agent stands for; 1 makes every person an agent (run.persons_per_agent)
    #[arg(long, value_name = "N")]
    pub persons_per_agent: Option<u64>,
    /// Insist on policies that cannot act: years outside the run, conditions that nothing meets (run.allow_idle)
    #[arg(long)]
    pub allow_idle: bool,
}

impl Change {
    /// All changes as overrides; --set stands over named options.
    pub fn overrides(&self) -> Vec<String> {
        let named = [
            ("run.seed", self.seed),
            ("run.years", self.years),
            ("run.persons_per_agent", self.persons_per_agent),
        ];
        let named = named.into_iter().filter_map(|(key, value)| Some(format!("{key}={}", value?)));
        let idle = self.allow_idle.then(|| "run.allow_idle=true".to_owned());
        named.chain(idle).chain(self.changes.set.iter().cloned()).collect()
    }
}

/// Runs the command.
///
/// # Errors
/// Everything that is wrong with the scenario, or what stopped the run.
pub fn run(args: &Args) -> Result<()> {
    let loaded = ScenarioSource::file(&args.scenario).load(&args.change.overrides())?;
    let size = Size::of(&loaded.scenario, &loaded.area, args.how.threads());
    size.must_fit(loaded.scenario.run.persons_per_agent)?;
    let run = run_name(&args.scenario);
    for note in &loaded.area.notes {
        args.how.print(&format!("{}\n", messages::run_note(note)))?;
    }
    let out = args.out.clone().unwrap_or_else(|| PathBuf::from("results").join(&run));
    let plan = Plan { run, checkpoint_every: args.checkpoint_every, report: args.report };
    let judge = |findings: &[Finding]| judge(findings, args.strict, &args.scenario);
    carry_out(args.how, &out, &judge, |setting| run::begin(plan, loaded, &out, args.force, setting))
}

/// Names that a warning shows while a run begins; `check --all` shows them all.
const NAMED: usize = 3;

/// Tells what is not plausible, or ends the run for it.
fn judge(findings: &[Finding], strict: bool, scenario: &Path) -> Result<()> {
    if findings.is_empty() {
        return Ok(());
    }
    super::note(band::told(findings, NAMED).trim_end());
    strictly(findings, strict, scenario)
}

/// The error that warnings are for who asks for it.
pub(super) fn strictly(findings: &[Finding], strict: bool, scenario: &Path) -> Result<()> {
    if !strict || findings.is_empty() {
        return Ok(());
    }
    let warnings = band::counted(findings.len());
    let rendered = messages::strict_makes_errors(warnings, scenario.display());
    Err(Error::Scenario { problems: findings.len(), rendered: rendered.to_string() })
}

/// Runs on so many threads, shows how far the run is, and tells at the end what came out. A page is made of the
/// tables if the run was begun so.
pub(super) fn carry_out(
    how: How,
    folder: &Path,
    judge: &(dyn Fn(&[Finding]) -> Result<()> + Sync),
    work: impl FnOnce(&Setting) -> Result<Ended> + Send,
) -> Result<()> {
    interrupt::listen();
    let command = command();
    let shown = Shown::default();
    let progress: &dyn Progress = if how.quiet { &Silent } else { &shown };
    let begun = clock::NATIVE.elapsed();
    let (ended, threads) = with_threads(how.threads(), || {
        let threads = rayon::current_num_threads();
        let setting = Setting {
            clock: clock::NATIVE,
            threads,
            command: &command,
            progress,
            interrupted: &interrupt::interrupted,
            judge,
        };
        (work(&setting), threads)
    })?;
    let ended = ended?;
    how.print(&told(&ended, clock::NATIVE.since(begun).as_secs_f64(), threads, folder))?;
    if ended.plan.report { super::report::of_folder(folder, how.quiet) } else { Ok(()) }
}

/// The summary, with how fast it was.
fn told(ended: &Ended, seconds: f64, threads: usize, folder: &Path) -> String {
    let agent_years = ended.simulation.timings.agent_years;
    let peak = peak_resident_bytes().map_or(String::new(), |bytes| {
        messages::at_the_peak(format_args!("{:.2}", bytes as f64 / 1e9)).to_string()
    });
    let pace = messages::run_pace(
        thousands(agent_years),
        format_args!("{seconds:.1}"),
        format_args!("{:.1}", agent_years as f64 / seconds.max(1e-9) / 1e6),
        threads,
        peak,
        folder.display(),
    );
    format!("{}{}\n{pace}\n", ended.summary, outside_income(&ended.simulation))
}

/// `zhejiang-baseline` for `scenarios/zhejiang/baseline.toml`.
pub(super) fn run_name(scenario: &Path) -> String {
    let (path, variant) = file_and_variant(scenario);
    let path = std::path::absolute(&path).unwrap_or(path);
    let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = variant.map_or(stem.clone(), |variant| format!("{stem}-{variant}"));
    match path.parent().and_then(Path::file_name) {
        Some(folder) => format!("{}-{stem}", folder.to_string_lossy()),
        None => stem,
    }
}

/// The words of the command line, for manifests; the program goes by its name, wherever it lies.
pub(super) fn command() -> Vec<String> {
    let words = std::env::args_os().map(|word| word.to_string_lossy().into_owned());
    std::iter::once("shanhai".to_owned()).chain(words.skip(1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_named_after_folder_and_file() {
        assert_eq!(run_name(Path::new("scenarios/zhejiang/baseline.toml")), "zhejiang-baseline");
        assert_eq!(run_name(Path::new("/baseline.toml")), "baseline");
        assert_eq!(run_name(Path::new("scenarios/zhejiang/set.toml#late")), "zhejiang-set-late");
    }
}
