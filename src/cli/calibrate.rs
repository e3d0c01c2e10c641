//! `shanhai calibrate`: parameters of a scenario from counts of a later census.

use std::path::PathBuf;

use crate::experiment::calibrate::{self, Calibration, Free, Method, WEAK, scenario_with};
use crate::experiment::law_closed_form::ClosedForm;
use crate::experiment::targets::Targets;
use crate::{Error, Result};

/// Fit parameters of drivers.odds to counts of a later census
///
/// Example, the parameters of the shipped backtest:
///   shanhai calibrate scenarios/china/backtest_2010_2020.toml
///     --targets scenarios/zhejiang/census_2020.csv,scenarios/henan/census_2020.csv
///     --parameters reversion=-0.5:1,mining=-1:1,wage=-1.5:1.5,crowding=-1.5:1.5,capital=-1:1
///     --write scenarios/china/backtest_fitted.toml
#[derive(Clone, Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The scenario, such as scenarios/china/backtest_2010_2020.toml
    pub scenario: PathBuf,
    /// Counts of the later census: columns unit, codes_2010, population_2020
    #[arg(long, value_name = "FILE", value_delimiter = ',', required = true)]
    pub targets: Vec<PathBuf>,
    /// Parameters and their bounds: reversion, mining, wage, crowding, capital, age_35_54, age_others, converts
    #[arg(
        long,
        value_name = "KEY=LOW:HIGH",
        value_delimiter = ',',
        required = true,
        allow_negative_numbers = true
    )]
    pub parameters: Vec<Free>,
    /// Where predictions come from
    #[arg(long, value_enum, default_value_t = Method::ClosedForm)]
    pub method: Method,
    /// Runs of a prediction with --method agents, each with its own luck, the same in every prediction
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub replicates: u32,
    /// Write the scenario with the fitted values, beside the scenario itself (tables are named relative to it)
    #[arg(long, value_name = "FILE")]
    pub write: Option<PathBuf>,
    /// Replace that file if it is there
    #[arg(long)]
    pub force: bool,
    /// Change a value of the scenario first (may be given several times)
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub overrides: Vec<String>,
    /// Threads; 0 is one a core. Results do not depend on it
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub threads: usize,
}

/// Runs the command.
///
/// # Errors
/// Whatever the scenario, the targets or a prediction report.
pub fn run(args: &Args) -> Result<()> {
    crate::kernel::chunks::with_threads(args.threads, || work(args))?
}

fn work(args: &Args) -> Result<()> {
    if let Some(path) = &args.write {
        let folder = |p: &std::path::Path| p.parent().map(std::path::Path::to_path_buf).unwrap_or_default();
        if folder(path) != folder(&args.scenario) {
            return Err(Error::Usage {
                found: format!("{} is in another folder than the scenario", path.display()),
                expected: "a scenario names its tables relative to itself; write it beside the old one"
                    .into(),
            });
        }
        if path.exists() && !args.force {
            return Err(Error::Usage {
                found: format!("{} is there already", path.display()),
                expected: "name another file, or add --force to replace it".into(),
            });
        }
    }
    let (scenario, area) = crate::scenario::load(&args.scenario, &args.overrides)?;
    let targets = Targets::read(&args.targets, &area.geography)?;
    let fit = match args.method {
        Method::ClosedForm => {
            let law = ClosedForm::new(&scenario, area)?;
            calibrate::with_closed_form(&law, &scenario.drivers.odds, &args.parameters, &targets)?
        }
        Method::Agents => calibrate::with_agents(
            &args.scenario,
            &args.overrides,
            &scenario,
            &args.parameters,
            &targets,
            &area.geography,
            args.replicates,
        )?,
    };
    super::print(&describe(&fit, &targets))?;
    if let Some(path) = &args.write {
        let text =
            std::fs::read_to_string(&args.scenario).map_err(|e| Error::io("read", &args.scenario, e))?;
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
        crate::output::atomic_file::write(path, scenario_with(&text, &fit, &provenance).as_bytes())?;
        super::print(&format!("written: {}\n", path.display()))?;
    }
    Ok(())
}

/// The printed fit.
pub fn describe(fit: &Calibration, targets: &Targets) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{} units, {} rounds, {} predictions; in sample r {:.3}, R2 {:.3}, centred R2 {:.3}, MAE {:.3}\n",
        targets.list.len(),
        fit.rounds,
        fit.evaluations,
        fit.score.r,
        fit.score.r2,
        fit.score.centred_r2,
        fit.score.mae
    );
    let _ = writeln!(out, "  {:<12} {:>9} {:>9} {:>7}", "parameter", "estimate", "s.e.", "t");
    for e in &fit.estimates {
        if e.at_bound {
            let _ =
                writeln!(out, "  {:<12} {:9.4}  at its bound: the targets would go further", e.key, e.value);
        } else if e.standard_error.is_nan() {
            let _ = writeln!(out, "  {:<12} {:9.4}  moves no target", e.key, e.value);
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
        let _ = writeln!(
            out,
            "\nno step from the scenario's own values made the fit better: they are the best that was found"
        );
    }
    if fit.weak.is_empty() {
        let _ = writeln!(out, "\nevery direction is identified (no eigenvalue below {WEAK} of the largest)");
    }
    for (value, direction) in &fit.weak {
        let parts: Vec<String> = fit
            .estimates
            .iter()
            .zip(direction)
            .filter(|(_, w)| w.abs() > 0.2)
            .map(|(e, w)| format!("{:+.2} {}", w, e.key))
            .collect();
        let _ = writeln!(out, "\nnot identified: {} (eigenvalue {value:.4} of the largest)", parts.join(" "));
    }
    for (unit, reason) in &targets.unmatched {
        let _ = writeln!(out, "not matched: {unit} ({reason})");
    }
    out
}
