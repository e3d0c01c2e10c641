//! How numbers and rows of tables get onto the page: rounded, cut short, their columns named once.

use std::path::Path;

use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::sheet::Sheet;
use crate::error::Result;

/// Rows that are kept of tables without bounds.
const ROWS_KEPT: usize = 20_000;

/// Rows of a table as they are.
#[derive(Clone, Debug, Serialize)]
pub struct Extract {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Cells by row, in the order of the columns.
    pub rows: Vec<Vec<String>>,
    /// Rows of the whole table, those left out included.
    pub total: usize,
}

/// The rows of a table whose `column` is to be kept.
pub(crate) fn extract(
    folder: &Path,
    name: &str,
    column: &str,
    keep: &dyn Fn(&str) -> bool,
) -> Result<Option<Extract>> {
    let Some(mut sheet) = Sheet::open(folder, name)? else { return Ok(None) };
    let column = sheet.need(column)?;
    let columns = sheet.names().to_vec();
    let (mut rows, mut total) = (Vec::new(), 0);
    while sheet.advance()? {
        if !keep(sheet.text(column)) {
            continue;
        }
        total += 1;
        if rows.len() < ROWS_KEPT {
            rows.push((0..columns.len()).map(|c| sheet.text(c).to_owned()).collect());
        }
    }
    Ok(Some(Extract { columns, rows, total }))
}

/// Four digits for numbers that are drawn: what an eye can tell and a page can hold.
pub(crate) fn round(x: f64) -> f64 {
    if !x.is_finite() || x == 0.0 {
        return x;
    }
    let scale = libm::pow(10.0, 4.0 - libm::floor(libm::log10(x.abs())));
    // Above 10^4 the digits before the point are kept to five.
    if scale >= 1.0 { libm::rint(x * scale) / scale } else { libm::rint(x * scale) * libm::rint(1.0 / scale) }
}

/// Writes rows as `{"columns": [..], "rows": [[..], ..]}`, so that a page of many rows names its columns once.
///
/// # Errors
/// If a row has no names, or cannot be JSON.
pub(crate) fn as_table<T: Serialize, S: Serializer>(
    rows: &[T],
    to: S,
) -> std::result::Result<S::Ok, S::Error> {
    let mut columns: Vec<String> = Vec::new();
    let mut cells: Vec<Vec<Value>> = Vec::with_capacity(rows.len());
    for row in rows {
        let Value::Object(fields) = serde_json::to_value(row).map_err(S::Error::custom)? else {
            return Err(S::Error::custom("a row of the page has no names"));
        };
        if columns.is_empty() {
            columns = fields.keys().cloned().collect();
        }
        cells.push(fields.into_iter().map(|(_, value)| value).collect());
    }
    json!({ "columns": columns, "rows": cells }).serialize(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_digits_are_kept() {
        assert_eq!(round(123_456_789.0), 123_460_000.0);
        assert_eq!(round(0.012_345_678), 0.012_346);
        assert_eq!(round(-2.0), -2.0);
        assert_eq!(round(1e-320).to_string(), round(1e-320).to_string());
        assert!(round(f64::NAN).is_nan());
        assert_eq!(round(64_567_590.0), 64_568_000.0);
    }
}
