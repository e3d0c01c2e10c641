//! What sections of the evidence share: the scheme that is fitted on, predictions of provinces that a fit has not seen, and
//! a row of scores.

use super::law_closed_form::Prediction;
use super::leave_out::LeaveOneOut;
use super::score::Score;
use super::targets::Targets;
use super::{AgentRuns, Backtest, mean};

/// A row of scores.
pub(super) fn row(name: &str, s: Score) -> String {
    let n = |v: f64| if v.is_finite() { format!("{v:.3}") } else { String::new() };
    format!("| {name} | {} | {} | {} | {} | {:.3} |", s.units, n(s.r), n(s.r2), n(s.centred_r2), s.mae)
}

/// The scheme that is fitted on: where no boundary disturbs the counts, the last that is given.
pub(crate) fn train(backtest: &Backtest) -> &Targets {
    backtest.other.last().unwrap_or(&backtest.targets)
}

/// What agents predict of provinces that the fit has not seen: the mean of all replicates under the terms of the scenario, moved by what
/// the law in closed form moves when a county's own province is left out.
pub(super) fn agents_held_out(runs: &AgentRuns, fit: &LeaveOneOut) -> Prediction {
    let moved = |agents: Vec<f64>, held: &dyn Fn(usize) -> f64, seen: &dyn Fn(usize) -> f64| -> Vec<f64> {
        let one = |(c, n): (usize, f64)| if seen(c) > 0.0 { n * held(c) / seen(c) } else { n };
        agents.into_iter().enumerate().map(one).collect()
    };
    let (held, seen) = (&fit.held_out, &fit.in_sample);
    let [own, other] =
        [0, 1].map(|o| moved(mean(&runs.newcomers[o]), &|c| held.newcomers[c][o], &|c| seen.newcomers[c][o]));
    Prediction {
        population: moved(runs.mean(), &|c| held.population[c], &|c| seen.population[c]),
        urban: moved(mean(&runs.urban), &|c| held.urban[c], &|c| seen.urban[c]),
        newcomers: own.into_iter().zip(other).map(|(a, b)| [a, b]).collect(),
        ..Prediction::default()
    }
}

/// The name of the file that a scheme came from.
pub(super) fn name_of(targets: &Targets) -> String {
    targets
        .list
        .first()
        .and_then(|t| targets.files.get(t.file))
        .and_then(|f| f.file_name())
        .map_or_else(String::new, |n| n.to_string_lossy().into_owned())
}
