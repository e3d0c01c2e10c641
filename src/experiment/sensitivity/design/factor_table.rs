//! Rows of factor values from a CSV table: a design made elsewhere, or the draws of a posterior.

use std::path::Path;

use crate::Result;
use crate::messages;
use crate::scenario::csv_text::CsvText;
use crate::scenario::files::Input;
use crate::scenario::problem::{Problem, Problems};

/// Factor values by row, in their own units.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FactorTable {
    /// Column names, in the order of the file.
    pub factors: Vec<String>,
    /// One row a run.
    pub rows: Vec<Vec<f64>>,
}

/// Reads a CSV file whose header names the factors and whose rows are runs. Every cell is a finite number.
///
/// # Errors
/// Everything that is wrong with the table, with line and caret.
pub(crate) fn read_factor_table(path: &Path) -> Result<FactorTable> {
    let mut problems = Problems::new();
    let text =
        CsvText::read(&Input::on_disk(path), &["factor", "another factor"], &mut problems, |problem| problem);
    let table = factors_and_rows(&text, &mut problems);
    problems.check()?;
    Ok(table)
}

fn factors_and_rows(text: &CsvText, problems: &mut Problems) -> FactorTable {
    let factors: Vec<String> = text.names().map(str::to_owned).collect();
    for (index, factor) in factors.iter().enumerate() {
        let twice = factors[..index].contains(factor);
        let title = match factor.as_str() {
            "" => messages::column_without_name(),
            factor if twice => messages::factor_twice(factor),
            _ => continue,
        };
        problems.push(Problem::new(text.name_place(index), title).help(messages::every_column_a_factor()));
    }
    if text.width() > 0 && text.rows().is_empty() {
        problems.push(
            Problem::new(text.header_place(), messages::table_has_no_rows())
                .label(messages::nothing_follows_header())
                .help(messages::one_row_a_run()),
        );
    }
    let rows = text.rows().filter(|&row| text.is_whole(row));
    let rows = rows.map(|row| values(text, row, &factors, problems)).collect();
    FactorTable { factors, rows }
}

fn values(text: &CsvText, row: usize, factors: &[String], problems: &mut Problems) -> Vec<f64> {
    let mut value = |(index, factor): (usize, &String)| match text.field(row, index).parse::<f64>() {
        Ok(value) if value.is_finite() => value,
        _ => {
            let title = messages::finite_number_wanted(factor, text.field(row, index));
            problems.push(Problem::new(text.place(row, index), title));
            f64::NAN
        }
    };
    factors.iter().enumerate().map(&mut value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<FactorTable> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("t.csv");
        std::fs::write(&path, text).expect("a file");
        read_factor_table(&path)
    }

    #[test]
    fn a_table_is_read_as_it_stands() {
        let table = read("\u{feff}kappa, moving_cost\n1.5,2\n 3e-1 ,-4\n").expect("a table");
        assert_eq!(table.factors, ["kappa", "moving_cost"]);
        assert_eq!(table.rows, [vec![1.5, 2.0], vec![0.3, -4.0]]);
    }

    #[test]
    fn every_wrong_cell_is_shown_with_its_place() {
        for (text, words) in [
            ("a,b\n1,2\n1,x\n", &["`b` is `x`, but must be a finite number", "t.csv:3:3"][..]),
            ("a,b\n1,\ny,inf\n", &["t.csv:2:3", "t.csv:3:1", "`inf`", "3 problems"]),
            ("a,a\n1,2\n", &["the factor `a` occurs twice"]),
            ("a,b\n", &["no rows"]),
            ("a,b\n1\n", &["line 2 has 1 field, the header row has 2"]),
            ("", &["the table is empty"]),
        ] {
            let message = read(text).expect_err(text).to_string();
            for words in words {
                assert!(message.contains(words), "{message}");
            }
        }
        assert_eq!(read_factor_table(Path::new("no such file.csv")).expect_err("no file").exit_code(), 2);
    }
}
