//! How a fit that leaves provinces out is printed.

use std::fmt::Write as _;

use super::LeaveOneOut;
use crate::experiment::backtest::law_closed_form::{ClosedForm, Prediction};
use crate::experiment::backtest::score::{Score, by_level, newcomers, score, urban_error};
use crate::experiment::backtest::targets::Targets;
use crate::messages;
use crate::printable::{left, right};

/// Terms and scores in plain text.
pub(crate) fn plain(law: &ClosedForm, fit: &LeaveOneOut, targets: &Targets) -> String {
    let mut out = String::new();
    // Writing into a string does not fail.
    let _ = writeln!(
        out,
        "  {} {} {:>9}   {}",
        left(&messages::header_term().to_string(), 14),
        right(&messages::header_estimate().to_string(), 9),
        "s.e.",
        messages::without_one_province()
    );
    for t in &fit.terms {
        let error = if t.standard_error.is_nan() {
            messages::at_bound().to_string()
        } else {
            format!("{:.4}", t.standard_error)
        };
        let _ = writeln!(
            out,
            "  {:<14} {:9.4} {}   {}",
            t.key,
            t.value,
            right(&error, 9),
            messages::years_to(format_args!("{:.3}", t.range[0]), format_args!("{:.3}", t.range[1]))
        );
    }
    let mut penalties: Vec<f64> = fit.folds.iter().map(|f| f.2).collect();
    penalties.sort_by(f64::total_cmp);
    let ridge = messages::ridge_chosen(
        penalties[penalties.len() / 2],
        &law.geography.provinces[fit.refit.0].name,
        format_args!("{:.2}", fit.refit.1),
    );
    let _ = writeln!(
        out,
        "
{ridge}
"
    );
    let urban: f64 = targets.list.iter().filter_map(|t| t.urban_end).sum();
    let people: f64 = targets.list.iter().filter(|t| t.urban_end.is_some()).map(|t| t.population_end).sum();
    if people > 0.0 {
        let line = messages::as_urban_as_targets(
            format_args!("{:.4}", fit.full.village_to_seat),
            format_args!("{:.4}", urban / people),
            format_args!("{:.2}", fit.full.seat_convergence),
        );
        let _ = writeln!(out, "{line}\n");
    }
    let _ = writeln!(
        out,
        "  {} {} {:>5} {:>7} {:>7} {:>7}",
        left(&messages::header_prediction().to_string(), 14),
        left(&messages::header_level().to_string(), 16),
        "n",
        "r",
        "R2",
        "MAE"
    );
    for (name, p) in [(messages::held_out(), &fit.held_out), (messages::in_sample(), &fit.in_sample)] {
        for (level, s) in scores(law, targets, p) {
            let _ = writeln!(
                out,
                "  {} {level:<16} {:>5} {:7.3} {:7.3} {:7.3}",
                left(&name.to_string(), 14),
                s.units,
                s.r,
                s.r2,
                s.mae
            );
        }
    }
    out
}

/// Scores of a prediction: residents by level, newcomers, and the urban share (as mean error).
pub(crate) fn scores(law: &ClosedForm, targets: &Targets, p: &Prediction) -> Vec<(String, Score)> {
    let g = &law.geography;
    let mut rows: Vec<(String, Score)> = by_level(targets, g, &p.population)
        .into_iter()
        .filter(|(level, _)| !level.contains(" of "))
        .map(|(level, s)| (level.trim().to_owned(), s))
        .collect();
    let come: Vec<f64> = p.newcomers.iter().map(|n| n[0] + n[1]).collect();
    let base: Vec<f64> = (0..come.len()).map(|c| law.newcomers_of(c)).collect();
    let (actual, predicted) = newcomers(targets, &base, &come);
    rows.push(("newcomers".to_owned(), score(&actual, &predicted)));
    let urban = urban_error(targets, &p.population, &p.urban);
    rows.push(("urban share".to_owned(), urban));
    rows
}
