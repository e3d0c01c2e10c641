//! Rows as a table for programs.

use super::Measured;
use crate::Result;
use crate::output::sink::Sink;
use crate::output::table::{Column, TableSpec};

/// Moments.
pub(crate) static MOMENTS: TableSpec = TableSpec {
    name: "moments",
    title: "The model beside what is known",
    description: "One row a moment: a number of the model, what was published, and the band in which it is met.",
    columns: &[
        Column::text("row", "The question that it answers, as `--only` takes it."),
        Column::text("measure", "Its name."),
        Column::text("quantity", "What is measured."),
        Column::text("area", "Of which area."),
        Column::text("year", "Of which year or years."),
        Column::text("unit", "Its unit."),
        Column::number("model", "", "The number of the model; empty where it was not measured."),
        Column::number("fact", "", "What was published; empty where there is only a band."),
        Column::number("least", "", "Lower end of the band."),
        Column::number("most", "", "Upper end of the band."),
        Column::text("verdict", "met, not met, reported (there is no band) or not measured."),
        Column::text("fitted", "Whether anything was fitted to it, and what."),
        Column::text("source", "Publication that the fact is from."),
        Column::text("command", "What measures it again."),
    ],
    key: &["measure"],
};

/// Writes the rows; `command` with `--only` and a row measures that row again.
///
/// # Errors
/// What the place refuses.
pub(crate) fn write(rows: &[Measured], command: &str, sink: &mut dyn Sink) -> Result<()> {
    let mut table = sink.table(&MOMENTS)?;
    for row in rows {
        let command = format!("{command} --only {}", row.row.key);
        for m in &row.moments {
            let f = &m.fact;
            let number = |value: Option<f64>| value.unwrap_or(f64::NAN);
            table
                .row()
                .text(row.row.key)
                .text(&f.measure)
                .text(&f.quantity)
                .text(&f.area)
                .text(&f.year)
                .text(&f.unit)
                .number(m.model)
                .number(number(f.fact))
                .number(number(f.least))
                .number(number(f.most))
                .text(m.verdict().name())
                .text(&f.fitted)
                .text(&f.source)
                .text(&command)
                .end()?;
        }
    }
    table.finish()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_is_sound() {
        assert_eq!(super::MOMENTS.problems(), Vec::<String>::new());
    }
}
