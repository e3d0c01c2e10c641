//! The part of `shanhai calibrate` that fits any numbers of a scenario to what runs print.

use std::path::PathBuf;

use super::calibrate::Args;
use super::interrupt::interrupted;
use super::papers::Papers;
use crate::Result;
use crate::experiment::arms::Program;
use crate::experiment::backtest::kept::Plan;
use crate::experiment::compare::tables::record_program;
use crate::experiment::fit::print::{page, root_mean_square};
use crate::experiment::fit::written::{TABLES, VARIANT, scenario, write};
use crate::experiment::fit::{Fit, POINTS, Points, Question};
use crate::experiment::journal::Work;
use crate::experiment::pool;
use crate::messages;
use crate::output::atomic_file;
use crate::output::datapackage::{About, DataPackage};
use crate::output::manifest::Manifest;
use crate::scenario::{Loaded, ScenarioSource, file_and_variant};

/// Runs the command.
///
/// # Errors
/// Whatever the scenario, the targets or a run report.
pub(super) fn run(args: &Args) -> Result<()> {
    // Everything is read and checked before the folder is touched: a slip costs no old results.
    let program = Program::read(&args.scenario, &args.changes.set, &[])?;
    let question = Question::new(&program, &args.parameters, &args.target, args.replicates, args.rounds)?;
    pool::split(args.how.threads(), 1, program.peak_bytes)?;
    let Loaded { origin, .. } = ScenarioSource::file(&args.scenario).load(&args.changes.set)?;
    let plan = Plan::new(&origin, &[], question.words())?;
    let out = args
        .out
        .clone()
        .unwrap_or_else(|| PathBuf::from("results").join(format!("{}_calibrate", program.name)));
    let (folder, done, mut enter) = Work::take(&out, args.force, POINTS, &plan)?.split();
    let resumed = (!done.is_empty()).then_some(POINTS);
    let record = |manifest: &mut Manifest| record_program(&program, manifest);
    let mut papers = Papers::begin(folder, program.scenario.run.seed, args.how.threads(), resumed, record)?;
    let mut points = Points::new(&program, &question, args.how.threads(), done, &mut enter, &interrupted);
    let fitted = search(&question, &mut points, args.how.quiet).and_then(|fit| {
        program.unchanged()?;
        write(&question, &fit, &mut papers.folder)?;
        let about = About {
            name: format!("{}-calibration", program.name),
            title: format!("Calibration: {}", program.scenario.title),
            description: "Numbers of a scenario fitted to what runs should print.".into(),
            sources: program.scenario.sources.clone(),
        };
        DataPackage::describe(papers.folder.path(), &TABLES, &about)?.write(&mut papers.folder)?;
        Ok(fit)
    });
    let runs = points.runs();
    let fit = papers.end(fitted, Vec::new())?;
    let say = |text: &str| args.how.print(text);
    say(&page(&question, &fit, runs))?;
    if let Some(path) = &args.write {
        let (file, variant) = file_and_variant(&args.scenario);
        let base = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
        let all = ScenarioSource::file(&file).variants()?;
        let changes =
            all.into_iter().find(|v| Some(&v.name) == variant.as_ref()).map_or(Vec::new(), |v| v.changes);
        atomic_file::write(path, scenario(&base, &changes, &question, &fit).as_bytes())?;
        say(&format!("{}\n", messages::written(format_args!("{}#{VARIANT}", path.display()))))?;
    }
    say(&format!("{}\n", messages::tables_in(out.display())))
}

/// The search; every step is told on standard error.
fn search(question: &Question, points: &mut Points, quiet: bool) -> Result<Fit> {
    let targets = question.targets.len();
    let mut heard = |step: usize, loss: f64| {
        if !quiet {
            let away = crate::experiment::report::number(root_mean_square(loss, targets));
            super::note(&messages::fit_step(step, away).to_string());
        }
    };
    question.fit(points, &mut heard)
}
