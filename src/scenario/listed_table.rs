//! Small tables that policies name: lists of counties and pairs.

use super::csv_text::CsvText;
use super::files::Input;
use super::problem::{Problem, Problems, listed};
use super::source::Place;
use crate::messages;
use crate::nearest::nearest;
use crate::printable::{control_sign, named};

/// The cells of some columns of a table, row by row. A file that is not there is shown at the place that names
/// it, everything else in its own line.
pub(super) fn read(
    input: &Input,
    columns: &[String],
    named_at: &Place,
    problems: &mut Problems,
) -> Option<Vec<Vec<String>>> {
    let before = problems.len();
    let names: Vec<&str> = columns.iter().map(String::as_str).collect();
    let table = CsvText::read(input, &names, problems, |problem| problem.moved(named_at.clone()));
    let mut found = Vec::new();
    for name in columns.iter().filter(|_| table.width() > 0) {
        match table.names().position(|there| there == name) {
            Some(index) => found.push(index),
            None => problems.push(missing(&table, name, named_at)),
        }
    }
    let rows = table.rows().map(|row| cells(&table, row, &found, problems)).collect();
    (problems.len() == before).then_some(rows)
}

fn missing(table: &CsvText, name: &str, named_at: &Place) -> Problem {
    let known: Vec<&str> = table.names().collect();
    let problem = Problem::new(table.header_place(), messages::table_has_no_column(name))
        .also(named_at.clone(), messages::needed_here());
    match nearest(name, known.iter().copied()) {
        Some(right) => problem.help(messages::did_you_mean(right)),
        None => problem.help(messages::it_has(listed(&known, &messages::word_and()))),
    }
}

fn cells(table: &CsvText, row: usize, columns: &[usize], problems: &mut Problems) -> Vec<String> {
    for &index in columns {
        if let Some(sign) = control_sign(table.field(row, index)) {
            problems.push(
                Problem::new(table.place(row, index), messages::field_holds_sign(named(sign)))
                    .label(messages::sign_not_printable()),
            );
        }
    }
    columns.iter().map(|&index| table.field(row, index).to_owned()).collect()
}
