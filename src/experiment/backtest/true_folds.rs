//! Agents under terms that have not seen a province, run in full: they say how good the short way is, which moves the
//! agents of one fit by what leaving a province out moves in closed form.
//!
//! A fold has the luck of the run with all provinces, replicate by replicate, so the two differ by the terms alone.

use std::fmt::Write as _;

use super::leave_out::LeaveOneOut;
use super::score::score;
use super::targets::Targets;
use super::{AgentRuns, Backtest, Request, held_out, one_run};
use crate::Result;
use crate::scenario::ScenarioSource;
use crate::world::Geography;

/// Replicates of a fold at most: under shared luck two tell as much as all.
const REPLICATES: u32 = 2;

/// Agents under the terms of a fit without one province.
pub struct TrueFold {
    /// The province by index.
    pub province: usize,
    /// What they predict of all counties.
    pub runs: AgentRuns,
}

/// Runs of so many folds, those first whose terms move their province most in closed form: where the short way is
/// most likely to be wrong.
///
/// # Errors
/// Whatever reading the scenario or a year of a run reports; the caller's wish to stop.
pub(crate) fn run(
    request: &Request,
    fit: &LeaveOneOut,
    targets: &Targets,
    geography: &Geography,
    folds: usize,
    mut said: impl FnMut(&str, u32, i32) -> Result<()>,
) -> Result<Vec<TrueFold>> {
    let source = ScenarioSource::file(&request.scenario);
    let mut order: Vec<(usize, f64)> = fit
        .folds
        .iter()
        .map(|(province, ..)| (*province, moved(fit, targets, geography, *province)))
        .collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut done = Vec::new();
    for &(province, _) in order.iter().take(folds) {
        let Some((_, terms, _)) = fit.folds.iter().find(|(p, ..)| *p == province) else { continue };
        let mut runs = AgentRuns::default();
        for replicate in 0..request.replicates.min(REPLICATES) {
            let loaded = source.load(&request.overrides)?;
            let mut scenario = loaded.scenario;
            scenario.drivers.migration = terms.clone();
            let name = &geography.provinces[province].name;
            let (run, _) = one_run(scenario, loaded.area, replicate, |year| said(name, replicate, year))?;
            runs.add(run);
        }
        done.push(TrueFold { province, runs });
    }
    Ok(done)
}

/// Root mean square over the units of a province of what its fold moves, log points.
fn moved(fit: &LeaveOneOut, targets: &Targets, geography: &Geography, province: usize) -> f64 {
    let [held, seen] = [&fit.held_out, &fit.in_sample].map(|p| targets.predicted(geography, &p.population));
    let units = units_of(targets, geography, province);
    let squares: f64 = units.iter().map(|&u| (held[u] - seen[u]) * (held[u] - seen[u])).sum();
    (squares / units.len().max(1) as f64).sqrt()
}

/// Targets that lie in a province.
pub(crate) fn units_of(targets: &Targets, geography: &Geography, province: usize) -> Vec<usize> {
    let lies = |u: &usize| geography.counties[targets.list[*u].counties[0]].province == province;
    (0..targets.list.len()).filter(lies).collect()
}

/// A fold beside the short way, over the units of its province: growth in log points.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Beside {
    /// Counted.
    pub actual: Vec<f64>,
    /// Agents under the terms of all provinces, the same replicates.
    pub seen: Vec<f64>,
    /// These, moved by what the fold moves in closed form.
    pub short: Vec<f64>,
    /// Agents under the terms of the fold.
    pub fold: Vec<f64>,
}

/// Sets a fold beside the short way.
pub(crate) fn beside(
    fold: &TrueFold,
    all: &AgentRuns,
    fit: &LeaveOneOut,
    targets: &Targets,
    geography: &Geography,
) -> Beside {
    let n = fold.runs.population.len().min(all.population.len());
    let seen = super::mean(&all.population[..n]);
    let short: Vec<f64> = seen
        .iter()
        .enumerate()
        .map(|(c, &agents)| {
            let (held, known) = (fit.held_out.population[c], fit.in_sample.population[c]);
            if known > 0.0 { agents * held / known } else { agents }
        })
        .collect();
    let run = super::mean(&fold.runs.population[..n]);
    let units = units_of(targets, geography, fold.province);
    let growth = |population: &[f64]| -> Vec<f64> {
        let predicted = targets.predicted(geography, population);
        units.iter().map(|&u| predicted[u]).collect()
    };
    let actual = targets.growth();
    Beside {
        actual: units.iter().map(|&u| actual[u]).collect(),
        seen: growth(&seen),
        short: growth(&short),
        fold: growth(&run),
    }
}

/// Agents run under terms that have not seen a province, beside the short way.
pub(super) fn print(out: &mut String, backtest: &Backtest, fit: &LeaveOneOut, folds: &[TrueFold]) {
    if folds.is_empty() {
        return;
    }
    let (g, targets) = (&backtest.geography, held_out::train(backtest));
    let _ = writeln!(
        out,
        "\nIs the short way right? {} province(s) whose terms change most when they are left out were run in full: {} replicate(s) of agents under the terms of \
         the fit without the province, with the luck of the run with all. Growth of the province's units of `{}`, log points:\n\n\
         | left out | units | mean, all terms | mean, short way | mean, run in full | gap by unit, short way to run | r, short way | r, run in full |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|",
        folds.len(),
        folds[0].runs.population.len(),
        held_out::name_of(targets)
    );
    let mean = |v: &[f64]| v.iter().sum::<f64>() / v.len().max(1) as f64;
    for fold in folds {
        let b = beside(fold, &backtest.runs, fit, targets, g);
        let r = |p: &[f64]| match b.actual.len() {
            0..=2 => String::new(),
            _ => format!("{:.3}", score(&b.actual, p).r),
        };
        let _ = writeln!(
            out,
            "| {} | {} | {:+.4} | {:+.4} | {:+.4} | {:.4} | {} | {} |",
            g.provinces[fold.province].name,
            b.actual.len(),
            mean(&b.seen),
            mean(&b.short),
            mean(&b.fold),
            score(&b.fold, &b.short).mae,
            r(&b.short),
            r(&b.fold)
        );
    }
}
