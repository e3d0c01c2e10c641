//! `shanhai calibrate`: numbers of a scenario from what runs should print (`calibrate_printed`), or terms of the law of
//! migration from counts of a later census.

use std::path::PathBuf;

use super::common::{Changes, How};
use super::interrupt::interrupted;
use super::papers::Papers;
use crate::experiment::backtest::calibrate::{self, Calibration, Free, Method};
use crate::experiment::backtest::fitted::{self, CALIBRATION, scenario_with};
use crate::experiment::backtest::kept::{PREDICTIONS, Plan, Predictions};
use crate::experiment::backtest::law_closed_form::ClosedForm;
use crate::experiment::backtest::leave_out::{self, leave_one_province_out};
use crate::experiment::backtest::normal_equations::WEAK;
use crate::experiment::backtest::targets::Targets;
use crate::experiment::journal::Work;
use crate::experiment::limits;
use crate::messages;
use crate::output::datapackage::{About, DataPackage};
use crate::output::manifest::{Manifest, ScenarioRecord};
use crate::scenario::{Loaded, ScenarioSource};
use crate::{Error, Result};

/// Fit numbers of a scenario: any keys to what runs print, or terms of the law of migration to a later census
///
/// Example, a parameter fitted to an urban share; a target is an indicator of the area or a cell of any table of a run:
///   shanhai calibrate scenarios/zhejiang/baseline.toml --set run.persons_per_agent=2000
///     --parameters review_rate_18_34=0.05..0.2 --target share_urban@2024=0.755~0.003
///
/// Example, the terms of the shipped law, judged on every province by a fit that has not seen it:
///   shanhai calibrate scenarios/china/backtest_2010_2020.toml
///     --targets scenarios/china/census_2020_robust.csv --leave-one-province-out
///     --parameters reversion=-0.5:1.5,wage=-1.5:1.5,thickness=-1:1,mining=-1:1,crowding=-1.5:1.5,
///       skills=-1:1,size=-1:1,city=-1:2,convergence=-1:0.5
///
/// A target that is met by fitting is no evidence for the model. Runs and predictions are entered into a journal as they
/// are made: after Ctrl-C or a kill the same command in the same folder goes on to the same bytes.
#[derive(Clone, Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The scenario, such as scenarios/china/backtest_2010_2020.toml
    pub scenario: PathBuf,
    /// What runs should print, such as share_urban@2030=0.75~0.005 or
    /// 'nodes.residents@2030[node=331121v]=500000': an indicator of the area or a column of a table, year, row,
    /// value, standard error (may be given several times)
    #[arg(long, value_name = "TABLE.NAME@YEAR[ROW]=VALUE~ERROR", required_unless_present = "targets")]
    pub target: Vec<String>,
    /// Counts of the later census: columns unit, codes_2010, population_2020
    #[arg(long, value_name = "FILE", value_delimiter = ',', conflicts_with = "target")]
    pub targets: Vec<PathBuf>,
    /// What is free, with bounds. With --target parameters and paths of any number of the scenario, such as
    /// `policy.hukou_reform[0].access_workers=0.3..0.9`; with --targets reversion, wage, thickness, mining, crowding,
    /// skills, size, city, convergence, age_35_54, age_others, converts
    #[arg(
        long,
        value_name = "KEY=LOW..HIGH",
        value_delimiter = ',',
        required = true,
        allow_negative_numbers = true
    )]
    pub parameters: Vec<String>,
    /// Most steps of a fit to --target; each makes two runs a parameter and four more
    #[arg(long, value_name = "N", default_value_t = 8)]
    pub rounds: u32,
    /// Also fit on all provinces but one, for every province, and score what these fits predict of the province that
    /// they have not seen (closed form; residents and, where counted, newcomers)
    #[arg(long, conflicts_with_all = ["replicates", "target"])]
    pub leave_one_province_out: bool,
    /// Where predictions of a census come from
    #[arg(long, value_enum, default_value_t = Method::ClosedForm, conflicts_with = "target")]
    pub(crate) method: Method,
    /// Runs of a point, or of a prediction with --method agents, each with its own luck, the same at every point
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub replicates: u32,
    /// Write the scenario with the fitted values, beside the scenario itself (tables are named relative to it); a fit to
    /// --target writes a file on top of the scenario with the values as its variant `fitted`
    #[arg(long, value_name = "FILE")]
    pub write: Option<PathBuf>,
    /// Folder of the results; results/NAME_calibrate if not given
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace the results of an earlier run in the folder, and files that other options name; a file in the folder
    /// that is not ours stays
    #[arg(long)]
    pub force: bool,
    #[command(flatten)]
    pub changes: Changes,
    #[command(flatten)]
    pub how: How,
}

/// Runs the command.
///
/// # Errors
/// Whatever the scenario, the targets or a prediction report.
pub fn run(args: &Args) -> Result<()> {
    if !args.target.is_empty() {
        free_file(args)?;
        return super::calibrate_printed::run(args);
    }
    crate::kernel::chunks::with_threads(args.how.threads(), || work(args))?
}

/// Refuses a file for the fitted scenario that would not find its tables, or is there already.
fn free_file(args: &Args) -> Result<()> {
    if let Some(path) = &args.write {
        let folder = |p: &std::path::Path| p.parent().map(std::path::Path::to_path_buf).unwrap_or_default();
        if folder(path) != folder(&args.scenario) {
            return Err(Error::Usage {
                found: messages::in_another_folder_than_scenario(path.display()),
                expected: messages::write_beside_scenario(),
            });
        }
        if path.exists() && !args.force {
            return Err(Error::Usage {
                found: messages::is_there_already(path.display()),
                expected: messages::another_file_or_force(),
            });
        }
    }
    Ok(())
}

fn work(args: &Args) -> Result<()> {
    free_file(args)?;
    limits::replicates("--replicates", args.replicates)?;
    let wrong = |said: String| Error::Usage {
        found: messages::as_is(said),
        expected: messages::any_key_with_target(),
    };
    let free = args.parameters.iter().map(|text| text.parse().map_err(wrong));
    let free = free.collect::<Result<Vec<Free>>>()?;
    let source = ScenarioSource::file(&args.scenario);
    let Loaded { scenario, area, origin } = source.load(&args.changes.set)?;
    let targets = Targets::read(&args.targets, &area.geography)?;
    if args.leave_one_province_out {
        let law = ClosedForm::new(&scenario, area)?;
        let fit = leave_one_province_out(&law, &scenario.drivers.migration, &free, &targets)?;
        return args.how.print(&leave_out::print::plain(&law, &fit, &targets));
    }
    let plan = Plan::new(&origin, &args.targets, asked(args, &free))?;
    // What the closed form cannot say is said before a folder is touched.
    let law = match args.method {
        Method::ClosedForm => Some(ClosedForm::new(&scenario, area)?),
        Method::Agents => None,
    };
    let name = crate::experiment::arms::name_of(&args.scenario);
    let out = args.out.clone().unwrap_or_else(|| PathBuf::from("results").join(format!("{name}_calibrate")));
    let (folder, done, mut enter) = Work::take(&out, args.force, PREDICTIONS, &plan)?.split();
    let resumed = (!done.is_empty()).then_some(PREDICTIONS);
    let record = |manifest: &mut Manifest| {
        manifest.scenarios.push(ScenarioRecord::new(&name, &source.text(), &scenario)?);
        manifest.inputs.extend(plan.inputs().iter().cloned());
        Ok(())
    };
    let threads = rayon::current_num_threads();
    let mut papers = Papers::begin(folder, scenario.run.seed, threads, resumed, record)?;
    let mut predictions = Predictions::new(done, &mut enter);
    let fitted = match &law {
        Some(law) => calibrate::with_closed_form_kept(
            law,
            &scenario.drivers.migration,
            &free,
            &targets,
            &mut predictions,
        ),
        None => {
            let again = || {
                let loaded = source.load(&args.changes.set)?;
                plan.must_be_of(&loaded.origin)?;
                Ok(loaded)
            };
            calibrate::with_agents(&again, &free, &targets, args.replicates, &interrupted, &mut predictions)
        }
    };
    let fitted = fitted.and_then(|fit| {
        let folder = &mut papers.folder;
        fitted::write(&fit, &free, folder)?;
        let about = About {
            name: format!("{name}-calibration"),
            title: format!("Calibration: {}", scenario.title),
            description: "Parameters fitted to counts of a later census.".into(),
            sources: scenario.sources.clone(),
        };
        DataPackage::describe(folder.path(), &[&CALIBRATION], &about)?.write(folder)?;
        Ok(fit)
    });
    let fit = papers.end(fitted, Vec::new())?;
    let say = |text: &str| args.how.print(text);
    say(&describe(&fit, &targets))?;
    if let Some(path) = &args.write {
        let files: Vec<String> = args.targets.iter().map(|t| t.display().to_string()).collect();
        let how = match args.method {
            Method::ClosedForm => "the closed form",
            Method::Agents => "agent runs with common draws",
        };
        let provenance = format!(
            "fitted by `shanhai calibrate` with {how} on {} ({} units, r {:.3}); s.e. by prefecture clusters",
            files.join(", "),
            targets.list.len(),
            fit.score.r
        );
        crate::output::atomic_file::write(path, scenario_with(&source.text(), &fit, &provenance).as_bytes())?;
        say(&format!("{}\n", messages::written(path.display())))?;
    }
    Ok(())
}

/// What decides the predictions of a fit beside the scenario and the targets.
fn asked(args: &Args, free: &[Free]) -> Vec<String> {
    let free = free.iter().map(|f| format!("{}={:?}:{:?}", f.key, f.low, f.high));
    free.chain([format!("{:?}", args.method), format!("{} replicates", args.replicates)]).collect()
}

/// The printed fit.
pub fn describe(fit: &Calibration, targets: &Targets) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{}\n",
        messages::calibration_fit(
            targets.list.len(),
            fit.rounds,
            fit.evaluations,
            format_args!("{:.3}", fit.score.r),
            format_args!("{:.3}", fit.score.r2),
            format_args!("{:.3}", fit.score.centred_r2),
            format_args!("{:.3}", fit.score.mae)
        )
    );
    let _ = writeln!(out, "  {:<12} {:>9} {:>9} {:>7}", "parameter", "estimate", "s.e.", "t");
    for e in &fit.estimates {
        if e.at_bound {
            let _ = writeln!(
                out,
                "  {}",
                messages::at_its_bound(format_args!("{:<12}", e.key), format_args!("{:9.4}", e.value))
            );
        } else if e.standard_error.is_nan() {
            let _ = writeln!(
                out,
                "  {}",
                messages::moves_no_target(format_args!("{:<12}", e.key), format_args!("{:9.4}", e.value))
            );
        } else {
            let _ = writeln!(
                out,
                "  {:<12} {:9.4} {:9.4} {:7.1}",
                e.key,
                e.value,
                e.standard_error,
                e.value / e.standard_error
            );
        }
    }
    if !fit.moved {
        let _ = writeln!(out, "\n{}", messages::no_step_fits_better());
    }
    if fit.weak.is_empty() {
        let _ = writeln!(out, "\n{}", messages::every_direction_identified(WEAK));
    }
    for (value, direction) in &fit.weak {
        let parts: Vec<String> = fit
            .estimates
            .iter()
            .zip(direction)
            .filter(|(_, w)| w.abs() > 0.2)
            .map(|(e, w)| format!("{:+.2} {}", w, e.key))
            .collect();
        let _ = writeln!(
            out,
            "\n{}",
            messages::direction_not_identified(parts.join(" "), format_args!("{value:.4}"))
        );
    }
    for (unit, reason) in &targets.unmatched {
        let _ = writeln!(out, "{}", messages::unit_not_matched(unit, reason));
    }
    out
}
