//! A table of a result folder, read back row by row with its columns by name.

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::message::Message;
use crate::messages;

/// An open table.
pub(crate) struct Sheet {
    path: PathBuf,
    columns: Vec<String>,
    reader: csv::Reader<File>,
    row: csv::StringRecord,
    line: u64,
}

impl Sheet {
    /// Opens a table; `None` if the folder has none of this name.
    ///
    /// # Errors
    /// If it is there and cannot be read.
    pub(crate) fn open(folder: &Path, name: &str) -> Result<Option<Sheet>> {
        let path = folder.join(name);
        if path.is_file() { Sheet::read(&path).map(Some) } else { Ok(None) }
    }

    /// Opens a table that must be there.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(crate) fn read(path: &Path) -> Result<Sheet> {
        let file = File::open(path).map_err(|e| Error::io(messages::io_read(), path, e))?;
        let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(file);
        let refuse = |e: csv::Error| refuse(path, messages::as_is(e));
        let columns = reader.headers().map_err(refuse)?.iter().map(str::to_owned).collect();
        Ok(Sheet { path: path.to_path_buf(), columns, reader, row: csv::StringRecord::new(), line: 1 })
    }

    /// Position of a column that must be there.
    ///
    /// # Errors
    /// Names the column and the table.
    pub(crate) fn need(&self, name: &str) -> Result<usize> {
        self.find(name).ok_or_else(|| refuse(&self.path, messages::sheet_has_no_column(name)))
    }

    /// Positions of columns that must be there.
    ///
    /// # Errors
    /// Names the first that is not.
    pub(crate) fn columns<const N: usize>(&self, names: [&str; N]) -> Result<[usize; N]> {
        let mut at = [0; N];
        for (at, name) in at.iter_mut().zip(names) {
            *at = self.need(name)?;
        }
        Ok(at)
    }

    /// Position of a column, if it is there.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// Names of all columns.
    pub(crate) fn names(&self) -> &[String] {
        &self.columns
    }

    /// Goes to the next row; false at the end.
    ///
    /// # Errors
    /// If the row is broken.
    pub(crate) fn advance(&mut self) -> Result<bool> {
        self.line += 1;
        self.reader.read_record(&mut self.row).map_err(|e| refuse(&self.path, messages::as_is(e)))
    }

    /// The words of a cell; empty is missing.
    pub(crate) fn text(&self, column: usize) -> &str {
        self.row.get(column).unwrap_or("")
    }

    /// A number; NaN where the cell is empty.
    ///
    /// # Errors
    /// If there is something else in the cell.
    pub(crate) fn number(&self, column: usize) -> Result<f64> {
        let text = self.text(column);
        if text.is_empty() {
            return Ok(f64::NAN);
        }
        text.parse().map_err(|_| {
            let name = self.columns.get(column).map_or("", String::as_str);
            refuse(&self.path, messages::row_not_a_number(self.line, name, text))
        })
    }

    /// A year.
    ///
    /// # Errors
    /// If there is something else in the cell.
    pub(crate) fn year(&self, column: usize) -> Result<i32> {
        let text = self.text(column);
        text.parse().map_err(|_| refuse(&self.path, messages::row_not_a_year(self.line, text)))
    }
}

/// A table that cannot be used.
pub(crate) fn refuse(path: &Path, reason: Message) -> Error {
    Error::Results { path: path.to_path_buf(), reason }
}
