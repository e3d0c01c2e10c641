//! `shanhai backtest`: a run from one census held against a later one.

use std::path::PathBuf;

use crate::experiment::backtest::{BACKTEST, Backtest};
use crate::experiment::evidence;
use crate::output::datapackage::{About, DataPackage};
use crate::output::folder::ResultFolder;
use crate::output::folder::Status;
use crate::output::manifest::{Manifest, ScenarioRecord};
use crate::{Error, Result};

/// Run the model from a census and score it against a later one
///
/// Without --targets the predictions of every unit are written all the same, so that anybody can score
/// them. The shipped scenario has 1,000 persons an agent: about a minute and 1 GB a replicate on two cores.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// The scenario, such as scenarios/china/backtest_2010_2020.toml
    pub scenario: PathBuf,
    /// Counts of the later census: columns unit, codes_2010, population_2020 (may be given several times,
    /// or separated by commas)
    #[arg(long, value_name = "FILE", value_delimiter = ',')]
    pub targets: Vec<PathBuf>,
    /// Runs with luck of their own; predictions are their mean
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub replicates: u32,
    /// Folder for backtest.csv
    #[arg(long, value_name = "FOLDER", default_value = "results/backtest")]
    pub out: PathBuf,
    /// Replace the results of an earlier run in the folder
    #[arg(long)]
    pub force: bool,
    /// Change a value of the scenario, such as run.persons_per_agent=100 (may be given several times)
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub overrides: Vec<String>,
    /// Threads; 0 is one a core. Results do not depend on it
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub threads: usize,
    /// Also write what the model is fitted on, predicts and misses as a page (docs/evidence.md is such a page)
    #[arg(long, value_name = "FILE", requires = "targets")]
    pub evidence: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// Whatever the scenario, the targets, the run or the folder report.
pub fn run(args: &Args) -> Result<()> {
    crate::kernel::chunks::with_threads(args.threads, || work(args))?
}

fn work(args: &Args) -> Result<()> {
    let text = std::fs::read_to_string(&args.scenario).map_err(|e| Error::io("read", &args.scenario, e))?;
    let mut folder = ResultFolder::create(&args.out, args.force)?;
    let finished = compute(args, &text, &mut folder);
    match finished {
        Ok(()) => folder.finish(),
        Err(error) => {
            folder.failed()?;
            Err(error)
        }
    }
}

fn compute(args: &Args, text: &str, folder: &mut ResultFolder) -> Result<()> {
    let name = args.scenario.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    let (scenario, _) = crate::scenario::load(&args.scenario, &args.overrides)?;
    let mut manifest = Manifest::new(super::run::command(), scenario.run.seed);
    manifest.scenarios.push(ScenarioRecord::new(&name, text, &scenario)?);
    let base = args.scenario.parent().unwrap_or(std::path::Path::new("."));
    let nodes = base.join(&scenario.world.nodes);
    manifest.input(&nodes.display().to_string(), &nodes)?;
    for target in &args.targets {
        manifest.input(&target.display().to_string(), target)?;
    }
    let clock = manifest.begin(rayon::current_num_threads(), None);
    let years = scenario.run.start_year + scenario.run.years as i32;
    let backtest =
        Backtest::run(&args.scenario, &args.overrides, &args.targets, args.replicates, |replicate, year| {
            if year == years {
                eprintln!("replicate {} of {} has reached {year}", replicate + 1, args.replicates);
            }
        })?;
    backtest.write(folder)?;
    let about = About {
        name: name.clone(),
        title: scenario.title.clone(),
        description: scenario.description.clone(),
        sources: scenario.sources.clone(),
    };
    DataPackage::describe(folder.path(), &[&BACKTEST], &about)?.write(folder)?;
    manifest.end(&clock, Vec::new(), Status::Finished, None);
    manifest.write(folder)?;
    super::print(&backtest.report())?;
    super::print(&format!("\nwritten: {}\n", args.out.join(BACKTEST.file()).display()))?;
    if let Some(path) = &args.evidence {
        let page = evidence::page(&backtest, &scenario, args)?;
        crate::output::atomic_file::write(path, page.as_bytes())?;
        super::print(&format!("written: {}\n", path.display()))?;
    }
    Ok(())
}
