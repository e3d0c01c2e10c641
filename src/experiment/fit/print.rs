//! The printed page of a fit.

use super::Question;
use super::search::Fit;
use crate::experiment::report::{left, number, right, width};
use crate::messages;

/// Root of the mean square of distances, errors.
pub(crate) fn root_mean_square(loss: f64, targets: usize) -> f64 {
    (loss / targets.max(1) as f64).sqrt()
}

/// The page; `runs` is how many were made.
pub(crate) fn page(question: &Question, fit: &Fit, runs: usize) -> String {
    let (keys, targets) = (&question.keys, &question.targets);
    let away =
        |loss: Option<&f64>| number(root_mean_square(loss.copied().unwrap_or(f64::NAN), targets.len()));
    let mut text = format!(
        "{}\n\n",
        messages::fit_head(
            fit.losses.len() - 1,
            runs,
            question.replicates,
            away(fit.losses.first()),
            away(fit.losses.last())
        )
    );
    let names: Vec<String> = keys.iter().map(|k| k.key.clone()).collect();
    let mut rows = Vec::new();
    for (i, key) in keys.iter().enumerate() {
        let said = match (fit.at_bound[i], fit.errors[i]) {
            (true, _) => messages::fit_at_bound().to_string(),
            (false, error) => number(error),
        };
        rows.push([number(fit.start[i]), number(fit.values[i]), said, range(key.low, key.high)]);
    }
    let heads =
        [messages::fit_start(), messages::header_estimate(), messages::fit_error(), messages::fit_range()];
    text += &table(&messages::fit_key().to_string(), &names, &heads.map(|h| h.to_string()), &rows);
    let names: Vec<String> =
        targets.iter().map(|t| format!("{} ({})", t.place(), messages::known(t.unit))).collect();
    let mut rows = Vec::new();
    for (i, target) in targets.iter().enumerate() {
        let distance = target.distance(fit.printed[i]);
        rows.push([number(target.value), number(fit.at_start[i]), number(fit.printed[i]), number(distance)]);
    }
    let heads =
        [messages::fit_wanted(), messages::fit_start(), messages::fit_fitted(), messages::fit_distance()];
    text += "\n";
    text += &table(&messages::fit_target().to_string(), &names, &heads.map(|h| h.to_string()), &rows);
    text += "\n";
    if fit.losses.len() == 1 {
        text += &format!("{}\n", messages::no_step_fits_better());
    }
    if targets.iter().any(|t| t.error.is_none()) {
        text += &format!("{}\n", messages::fit_without_errors());
    }
    text += &format!("{}\n", messages::fit_is_no_evidence());
    text
}

fn range(low: f64, high: f64) -> String {
    format!("{} .. {}", number(low), number(high))
}

fn table(head: &str, names: &[String], heads: &[String; 4], rows: &[[String; 4]]) -> String {
    let first = names.iter().map(|n| width(n)).chain([width(head)]).max().unwrap_or(0);
    let wide = |c: usize| rows.iter().map(|r| width(&r[c])).chain([width(&heads[c])]).max().unwrap_or(0);
    let line = |name: &str, cells: &[String; 4]| {
        let cells: Vec<String> = cells.iter().enumerate().map(|(c, text)| right(text, wide(c))).collect();
        format!("  {}  {}\n", left(name, first), cells.join("  "))
    };
    let mut text = line(head, heads);
    for (name, row) in names.iter().zip(rows) {
        text += &line(name, row);
    }
    text
}
