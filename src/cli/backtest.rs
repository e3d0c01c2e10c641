//! `shanhai backtest`: a run from one census held against a later one.

use std::path::PathBuf;

use super::common::{Changes, How};
use super::interrupt::interrupted;
use super::papers::Papers;
use crate::Result;
use crate::experiment::backtest::evidence;
use crate::experiment::backtest::kept::RUNS;
use crate::experiment::backtest::{BACKTEST, Request, STOCKS, Study, true_folds};
use crate::experiment::journal::Work;
use crate::experiment::moments;
use crate::messages;
use crate::output::datapackage::{About, DataPackage};
use crate::output::manifest::{Manifest, ScenarioRecord};

/// Run the model from a census and score it against a later one
///
/// Without --targets the predictions of every unit are written all the same, so that anybody can score
/// them. The shipped scenario has 1,000 persons an agent: about a minute and 1 GB a replicate on two cores.
///
/// Runs are entered into a journal as they are done: after Ctrl-C or a kill the same command in the same folder
/// goes on to the same bytes.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// The scenario, such as scenarios/china/backtest_2010_2020.toml
    pub scenario: PathBuf,
    /// Counts of the later census: columns unit, codes_2010, population_2020 (may be given several times,
    /// or separated by commas)
    #[arg(long, value_name = "FILE", value_delimiter = ',')]
    pub targets: Vec<PathBuf>,
    /// Births and deaths a head by province and year, which those of the run are scored against (columns as of
    /// world.vital_rates, which the scenario then may not name)
    #[arg(long, value_name = "FILE")]
    pub vital_rates: Option<PathBuf>,
    /// Runs with luck of their own; predictions are their mean
    #[arg(long, value_name = "N", default_value_t = 12)]
    pub replicates: u32,
    /// Folder for backtest.csv
    #[arg(long, value_name = "DIR", default_value = "results/backtest")]
    pub out: PathBuf,
    /// Replace the results of an earlier run in the folder, and files that other options name; a file in the folder
    /// that is not ours stays
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub changes: Changes,
    #[command(flatten)]
    pub how: How,
    /// Also write the terms of the law as a province of the scenario needs them (`world.migration` of its own
    /// scenario), for the province that --of names
    #[arg(long, value_name = "FILE", requires = "of")]
    pub terms: Option<PathBuf>,
    /// Code of that province, and the id of the outside node of its scenario
    #[arg(long, value_name = "PROVINCE[:OUTSIDE]", requires = "terms")]
    pub of: Option<String>,
    /// Write report.html into the folder at the end: maps of signed error by unit, and the same in tables
    #[arg(long)]
    pub report: bool,
    /// Also write what the model is fitted on, predicts and misses as a page (docs/evidence.md is such a page)
    #[arg(long, value_name = "FILE", requires = "targets")]
    pub evidence: Option<PathBuf>,
    /// For the page, run agents in full under the terms of so many fits that leave out one province, those first
    /// whose terms change most; two replicates each, which are not kept in the journal
    #[arg(long, value_name = "N", default_value_t = 0, requires = "evidence")]
    pub true_folds: usize,
}

/// Runs the command.
///
/// # Errors
/// Whatever the scenario, the targets, the run or the folder report.
pub fn run(args: &Args) -> Result<()> {
    crate::kernel::chunks::with_threads(args.how.threads(), || work(args))?
}

fn work(args: &Args) -> Result<()> {
    // Everything is read and checked before the folder is touched: a slip costs no old results.
    let study = Study::new(Request {
        scenario: args.scenario.clone(),
        overrides: args.changes.set.clone(),
        targets: args.targets.clone(),
        vital_rates: args.vital_rates.clone(),
        replicates: args.replicates,
    })?;
    for page in [&args.evidence, &args.terms] {
        page.as_deref().map_or(Ok(()), |page| super::check_page(page, args.force))?;
    }
    let (folder, done, enter) = Work::take(&args.out, args.force, RUNS, &study.plan)?.split();
    let resumed = (!done.is_empty()).then_some(RUNS);
    let (scenario, request) = (study.scenario.clone(), study.request.clone());
    let name = args.scenario.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    let record = |manifest: &mut Manifest| {
        manifest.scenarios.push(ScenarioRecord::new(&name, &study.text(), &scenario)?);
        manifest.inputs.extend(study.plan.inputs().iter().cloned());
        Ok(())
    };
    let threads = rayon::current_num_threads();
    let mut papers = Papers::begin(folder, scenario.run.seed, threads, resumed, record)?;
    let end = scenario.run.start_year + scenario.run.years as i32;
    let said = |replicate, year| {
        if year == end && !args.how.quiet {
            super::note(&messages::replicate_has_reached(replicate + 1, args.replicates, year).to_string());
        }
    };
    let ended = study.run(done, &interrupted, enter, said).and_then(|backtest| {
        let folder = &mut papers.folder;
        backtest.write(folder)?;
        let about = About {
            name: name.clone(),
            title: scenario.title.clone(),
            description: scenario.description.clone(),
            sources: scenario.sources.clone(),
        };
        DataPackage::describe(folder.path(), &[&BACKTEST, &STOCKS], &about)?.write(folder)?;
        Ok(backtest)
    });
    let backtest = papers.end(ended, Vec::new())?;
    let say = |text: &str| args.how.print(text);
    say(&backtest.report())?;
    say(&format!("\n{}\n", messages::written(args.out.join(BACKTEST.file()).display())))?;
    if args.report {
        super::report::of_folder(&args.out, args.how.quiet)?;
    }
    if let (Some(path), Some(of)) = (&args.terms, &args.of) {
        let (province, outside) = of.split_once(':').unwrap_or((of, "outside"));
        let text = backtest.terms(&scenario.parameters, province, outside)?;
        crate::output::atomic_file::write(path, text.as_bytes())?;
        say(&format!("{}\n", messages::written(path.display())))?;
    }
    if let Some(path) = &args.evidence {
        // The page may hold the section of `shanhai moments`, which no backtest prints.
        let old = super::page_there(path)?;
        let fit = evidence::fit(&backtest, &scenario)?;
        let said = |province: &str, replicate: u32, year| {
            if year == end && !args.how.quiet {
                super::note(&messages::fold_has_reached(province, replicate + 1, year).to_string());
            }
            if interrupted() { Err(crate::Error::Interrupted { year }) } else { Ok(()) }
        };
        let folds = match &fit {
            Some(fit) => {
                let (g, train) = (&backtest.geography, evidence::train(&backtest));
                true_folds::run(&request, fit, train, g, args.true_folds, said)?
            }
            None => Vec::new(),
        };
        let page = evidence::page(&backtest, &scenario, &request, fit.as_ref(), &folds)?;
        let page = moments::print::kept(&old, &page);
        crate::output::atomic_file::write(path, page.as_bytes())?;
        say(&format!("{}\n", messages::written(path.display())))?;
    }
    Ok(())
}
