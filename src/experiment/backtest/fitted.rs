//! What a fit leaves behind: its table, and the scenario with the fitted values.

use super::calibrate::{Calibration, Estimate, Free};
use crate::Result;
use crate::output::csv::Cell;
use crate::output::folder::ResultFolder;
use crate::output::table::{Column, TableSpec};

/// The table of a fit.
pub(crate) static CALIBRATION: TableSpec = TableSpec {
    name: "calibration",
    title: "Fitted parameters",
    description: "One row a parameter that was fitted to counts of a later census.",
    columns: &[
        Column::text("parameter", "Key of the parameter in drivers.migration."),
        Column::number("low", "", "Low bound."),
        Column::number("high", "", "High bound."),
        Column::number("estimate", "", "Fitted value."),
        Column::number(
            "standard_error",
            "",
            "By prefecture clusters; empty at a bound, or where no target moves with the parameter.",
        ),
        Column::text("at_bound", "yes where the targets would go further than the bound; else no."),
    ],
    key: &["parameter"],
};

/// Writes the table of a fit.
///
/// # Errors
/// What the operating system refuses.
pub(crate) fn write(fit: &Calibration, free: &[Free], folder: &mut ResultFolder) -> Result<()> {
    let mut table = folder.table(&CALIBRATION)?;
    for (e, f) in fit.estimates.iter().zip(free) {
        table.write_row(&[
            Cell::Text(&e.key),
            Cell::Number(f.low),
            Cell::Number(f.high),
            Cell::Number(e.value),
            Cell::Number(e.standard_error),
            Cell::Text(if e.at_bound { "yes" } else { "no" }),
        ])?;
    }
    table.finish()
}

/// The text of a scenario with fitted values: lines of `[drivers.migration]` are replaced or added, everything
/// else stays as it was, and a comment says where the values come from.
pub(crate) fn scenario_with(text: &str, fit: &Calibration, provenance: &str) -> String {
    let mut out = Vec::new();
    let mut inside = false;
    let mut done = vec![false; fit.estimates.len()];
    let put = |out: &mut Vec<String>, e: &Estimate| {
        let error = match (e.standard_error.is_finite(), e.at_bound) {
            // Where agents fit almost exactly, three digits behind the point would say that there is no error.
            (true, _) if e.standard_error < 0.0005 => format!("s.e. {:.1e}", e.standard_error),
            (true, _) => format!("s.e. {:.3}", e.standard_error),
            (false, true) => "at its bound".to_owned(),
            (false, false) => "not identified".to_owned(),
        };
        out.push(format!("{} = {:.4} # {error}", e.key, e.value));
    };
    let rest = |out: &mut Vec<String>, done: &mut Vec<bool>| {
        for (i, e) in fit.estimates.iter().enumerate() {
            if !done[i] {
                put(out, e);
                done[i] = true;
            }
        }
    };
    let mut seen = false;
    for line in text.lines() {
        let trimmed = line.trim();
        if trimmed.starts_with('[') && !trimmed.contains('=') {
            if inside {
                rest(&mut out, &mut done);
            }
            inside = trimmed == "[drivers.migration]";
            out.push(line.to_owned());
            if inside {
                seen = true;
                out.push(format!("# {provenance}"));
            }
            continue;
        }
        let key = trimmed.split('=').next().unwrap_or("").trim();
        match fit.estimates.iter().position(|e| inside && e.key == key) {
            Some(i) => {
                put(&mut out, &fit.estimates[i]);
                done[i] = true;
            }
            None => out.push(line.to_owned()),
        }
    }
    if !seen {
        out.push(String::new());
        out.push("[drivers.migration]".to_owned());
        out.push(format!("# {provenance}"));
    }
    if inside || !seen {
        rest(&mut out, &mut done);
    }
    out.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Migration;
    use crate::experiment::backtest::score::Score;

    #[test]
    fn a_scenario_keeps_its_text_but_for_fitted_values() {
        let fit = Calibration {
            estimates: vec![
                Estimate { key: "reversion".into(), value: 0.5, standard_error: 0.1, at_bound: false },
                Estimate { key: "wage".into(), value: 0.2, standard_error: f64::NAN, at_bound: true },
            ],
            weak: vec![],
            rounds: 1,
            evaluations: 1,
            moved: true,
            score: Score::default(),
            odds: Migration::default(),
        };
        let text = "title = \"t\"\n[drivers.migration]\nreversion = 0.1\n[output]\n";
        let new = scenario_with(text, &fit, "fitted");
        assert_eq!(
            new,
            "title = \"t\"\n[drivers.migration]\n# fitted\nreversion = 0.5000 # s.e. 0.100\nwage = 0.2000 # at its \
             bound\n[output]\n"
        );
    }
}
