//! What a fit leaves behind: its two tables, and a scenario on top of the one that was fitted.

use std::fmt::Write as _;

use super::search::Fit;
use super::{Question, unit_of};
use crate::Result;
use crate::output::csv::Cell;
use crate::output::folder::ResultFolder;
use crate::output::table::{Column, TableSpec};

/// The variant that holds the fitted values in a scenario that is written.
pub(crate) const VARIANT: &str = "fitted";

/// Values.
pub(crate) static FITTED: TableSpec = TableSpec {
    name: "fitted",
    title: "Fitted numbers of a scenario",
    description: "One row a number of the scenario that was free. A target that is met by fitting is no evidence \
                  for the model.",
    columns: &[
        Column::text("key", "A parameter, or the path of another number of the scenario."),
        Column::text(
            "unit",
            "Unit of the values; empty where the table of parameters does not know the key.",
        ),
        Column::number("low", "", "Least value that the fit may take."),
        Column::number("high", "", "Greatest value that the fit may take."),
        Column::number("start", "", "The scenario's own value, inside the bounds."),
        Column::number("estimate", "", "Fitted value."),
        Column::number(
            "standard_error",
            "",
            "By least squares with the errors of the targets as independent; empty at a bound, where no target moves, or \
             where a target has no error of its own. Luck is no part of it.",
        ),
        Column::text("at_bound", "yes where the targets would go further than the bound; else no."),
    ],
    key: &["key"],
};

/// Targets.
pub(crate) static TARGETS: TableSpec = TableSpec {
    name: "fitted_targets",
    title: "Targets of a fit",
    description: "One row a cell of a table of the run and what it should be.",
    columns: &[
        Column::text("target", "Table, name, year and row, as the command took them."),
        Column::text("unit", "Unit of the values."),
        Column::number("wanted", "", "What it should be."),
        Column::number("error", "", "What counts as one error: the standard error, or a tenth of the value."),
        Column::number("at_start", "", "Printed under the scenario's own values, mean over replicates."),
        Column::number("at_fit", "", "Printed under the fitted values, mean over replicates."),
        Column::number("distance", "errors", "Wanted less printed under the fitted values, in errors."),
    ],
    key: &["target"],
};

/// The tables, in the order in which they are described.
pub(crate) static TABLES: [&TableSpec; 2] = [&FITTED, &TARGETS];

/// Writes the tables.
///
/// # Errors
/// What the operating system refuses.
pub(crate) fn write(question: &Question, fit: &Fit, folder: &mut ResultFolder) -> Result<()> {
    let mut table = folder.table(&FITTED)?;
    for (i, key) in question.keys.iter().enumerate() {
        table.write_row(&[
            Cell::Text(&key.key),
            Cell::Text(unit_of(&key.key)),
            Cell::Number(key.low),
            Cell::Number(key.high),
            Cell::Number(fit.start[i]),
            Cell::Number(fit.values[i]),
            Cell::Number(fit.errors[i]),
            Cell::Text(if fit.at_bound[i] { "yes" } else { "no" }),
        ])?;
    }
    table.finish()?;
    let mut table = folder.table(&TARGETS)?;
    for (i, target) in question.targets.iter().enumerate() {
        table.write_row(&[
            Cell::Text(target.place()),
            Cell::Text(target.unit),
            Cell::Number(target.value),
            Cell::Number(target.scale()),
            Cell::Number(fit.at_start[i]),
            Cell::Number(fit.printed[i]),
            Cell::Number(target.distance(fit.printed[i])),
        ])?;
    }
    table.finish()
}

/// A scenario that is the fitted one but for the fitted values, as its variant `fitted`. `changes` are those of the variant
/// that was fitted, if it was one; numbers are written to the last digit.
pub(crate) fn scenario(base: &str, changes: &[String], question: &Question, fit: &Fit) -> String {
    let mut text = String::from(
        "# Written by `shanhai calibrate`. Targets that are met by fitting are no evidence for the model:\n",
    );
    for (i, target) in question.targets.iter().enumerate() {
        let _ = writeln!(text, "#   {}: wanted {}, fitted {}", target.place(), target.value, fit.printed[i]);
    }
    let _ = writeln!(text, "base = {base:?}\n\n[variant.{VARIANT}]");
    let fitted: Vec<String> = question.keys.iter().zip(&fit.values).map(|(k, &v)| k.change(v)).collect();
    let path = |change: &str| change.split('=').next().unwrap_or_default().trim().to_owned();
    let kept = changes.iter().filter(|old| !fitted.iter().any(|new| path(new) == path(old)));
    for change in kept.chain(&fitted) {
        if let Some((path, value)) = change.split_once('=') {
            let _ = writeln!(text, "{:?} = {}", path.trim(), value.trim());
        }
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_tables_are_what_tables_have_to_be() {
        assert_eq!(crate::output::table::problems(&super::TABLES), Vec::<String>::new());
    }
}
