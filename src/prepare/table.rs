//! Reading the input tables: every complaint names the file, the line and the column.

use std::collections::BTreeMap;
use std::path::Path;

use crate::{Error, Result};

/// A CSV file with a header row. Lines that begin with `#` hold its source and licence.
pub struct Table {
    name: String,
    columns: BTreeMap<String, usize>,
    rows: Vec<(u64, csv::StringRecord)>,
}

/// One row of a [`Table`].
#[derive(Clone, Copy)]
pub struct Row<'a> {
    table: &'a Table,
    line: u64,
    fields: &'a csv::StringRecord,
}

impl Table {
    /// Reads the file and checks that the columns it must have are there.
    pub fn read(path: &Path, required: &[&str]) -> Result<Table> {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let text = std::fs::read(path).map_err(|e| Error::io("read", path, e))?;
        Table::parse(&name, &text, required)
    }

    fn parse(name: &str, text: &[u8], required: &[&str]) -> Result<Table> {
        // A byte order mark would otherwise become part of the first column's name.
        let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
        let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text);
        let header = reader.headers().map_err(|e| unreadable(name, &e))?.clone();
        let mut columns = BTreeMap::new();
        for (i, column) in header.iter().enumerate() {
            if columns.insert(column.trim().to_string(), i).is_some() {
                return Err(Error::Data {
                    what: format!("{name}, header"),
                    found: format!("the column `{column}` twice"),
                    expected: "each column once".into(),
                });
            }
        }
        if let Some(missing) = required.iter().find(|c| !columns.contains_key(**c)) {
            let nearest = columns
                .keys()
                .max_by(|a, b| strsim::jaro(a, missing).total_cmp(&strsim::jaro(b, missing)))
                .map_or(String::new(), |c| format!(" (the nearest column there is `{c}`)"));
            return Err(Error::Data {
                what: format!("{name}, header"),
                found: format!("no column `{missing}`{nearest}"),
                expected: format!("the columns {}", required.join(", ")),
            });
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|e| unreadable(name, &e))?;
            rows.push((record.position().map_or(0, |p| p.line()), record));
        }
        if rows.is_empty() {
            return Err(Error::Data {
                what: name.to_string(),
                found: "a header and no rows".into(),
                expected: "one row a unit".into(),
            });
        }
        Ok(Table { name: name.to_string(), columns, rows })
    }

    /// The file's name, without folders.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the file has this column.
    pub fn has(&self, column: &str) -> bool {
        self.columns.contains_key(column)
    }

    /// The rows in the order of the file.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(line, fields)| Row { table: self, line: *line, fields })
    }
}

fn unreadable(name: &str, error: &csv::Error) -> Error {
    Error::Data {
        what: name.to_string(),
        found: error.to_string(),
        expected: "UTF-8 CSV, as many fields in each row as in the header".into(),
    }
}

impl<'a> Row<'a> {
    /// The text of a column, without blanks around it; empty where the column is absent.
    pub fn text(&self, column: &str) -> &'a str {
        self.table.columns.get(column).and_then(|&i| self.fields.get(i)).unwrap_or("").trim()
    }

    /// The number in a column, or none where the cell is empty.
    pub fn number(&self, column: &str) -> Result<Option<f64>> {
        let text = self.text(column);
        if text.is_empty() {
            return Ok(None);
        }
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Some(number)),
            _ => Err(self.wrong(column, "a number, or nothing where it is not known")),
        }
    }

    /// A count of persons: whole, or within rounding of it, and not negative. Empty is zero.
    pub fn count(&self, column: &str) -> Result<i64> {
        match self.number(column)? {
            None => Ok(0),
            Some(n) if (0.0..1e12).contains(&n) => Ok(libm::rint(n) as i64),
            Some(_) => Err(self.wrong(column, "a count of persons, 0 or more")),
        }
    }

    /// A six-digit code of GB/T 2260.
    pub fn code(&self, column: &str) -> Result<&'a str> {
        let code = self.text(column);
        if code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()) {
            Ok(code)
        } else {
            Err(self.wrong(column, "a six-digit GB/T 2260 code, such as 330102"))
        }
    }

    /// A complaint about one cell.
    pub fn wrong(&self, column: &str, expected: &str) -> Error {
        Error::Data {
            what: format!("{}, line {}, column `{column}`", self.table.name, self.line),
            found: format!("`{}`", self.text(column)),
            expected: expected.into(),
        }
    }
}
