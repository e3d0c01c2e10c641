//! Small tables that policies name: lists of counties and pairs.

use std::path::Path;

use crate::scenario::problem::{Problem, Problems, nearest};
use crate::scenario::source::Place;

/// A table read as text.
pub struct Listing {
    name: String,
    headers: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Listing {
    /// Reads a file; what is wrong is shown at the place that names it.
    pub fn read(path: &Path, place: &Place, problems: &mut Problems) -> Option<Listing> {
        let name = path.display().to_string();
        let mut wrong = |why: String| {
            problems.push(
                Problem::new(place.clone(), format!("the table {name} cannot be read: {why}"))
                    .help("the path is relative to the folder of the scenario"),
            );
        };
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                wrong(error.to_string());
                return None;
            }
        };
        let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).flexible(true).from_reader(&bytes[..]);
        let headers = match reader.headers() {
            Ok(headers) => {
                headers.iter().map(|h| h.trim_start_matches('\u{feff}').trim().to_owned()).collect()
            }
            Err(error) => {
                wrong(error.to_string());
                return None;
            }
        };
        let mut rows = Vec::new();
        for row in reader.records() {
            match row {
                Ok(row) => rows.push(row.iter().map(|cell| cell.trim().to_owned()).collect()),
                Err(error) => {
                    wrong(error.to_string());
                    return None;
                }
            }
        }
        Some(Listing { name, headers, rows })
    }

    /// The cells of some columns, row by row; empty where a row is short.
    pub fn columns(
        &self,
        names: &[&str],
        place: &Place,
        problems: &mut Problems,
    ) -> Option<Vec<Vec<String>>> {
        let mut found = Vec::new();
        for name in names {
            match self.headers.iter().position(|h| h == name) {
                Some(i) => found.push(i),
                None => {
                    let known = format!("it has {}", self.headers.join(", "));
                    let right = nearest(name, self.headers.iter().map(String::as_str));
                    let help = right.map_or(known, |right| format!("did you mean `{right}`?"));
                    let title = format!("the table {} has no column `{name}`", self.name);
                    problems.push(Problem::new(place.clone(), title).help(help));
                    return None;
                }
            }
        }
        let cell = |row: &[String], i: usize| row.get(i).cloned().unwrap_or_default();
        Some(self.rows.iter().map(|row| found.iter().map(|&i| cell(row, i)).collect()).collect())
    }
}

/// Codes that are not in the study area, as faults of a field.
pub fn strangers<'a>(
    codes: impl Iterator<Item = &'a str>,
    known: &[&str],
    field: &str,
) -> Vec<(String, String, String)> {
    codes
        .filter(|code| !known.contains(code))
        .map(|code| {
            let help = match nearest(code, known.iter().copied()) {
                Some(right) => format!("did you mean `{right}`?"),
                None => format!("the study area has {} counties", known.len()),
            };
            (field.to_owned(), format!("there is no county `{code}`"), help)
        })
        .collect()
}
