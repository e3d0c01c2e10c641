//! Rows of a table, written as they come.
//!
//! Memory does not grow with the years: rows wait in one small buffer that is handed to the operating
//! system only at the end of a row, so that a run stopped at any moment has left complete rows.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

pub(crate) use super::cell::Cell;
use super::cell::{push_integer, push_number, push_text, push_yuan};
use super::sink::SharedBytes;
use super::table::{Kind, TableSpec};
use crate::error::{Error, Result};
use crate::message::Message;
use crate::messages;
use crate::quantity::Fen;

/// Rows go to the operating system in pieces of about this size: large enough that the calls do not
/// count, small enough to stay in the cache.
const BUFFER: usize = 256 << 10;

/// Writes the rows of one table.
///
/// ```
/// # use shanhai::output::{Column, TableSpec, TableWriter};
/// # use shanhai::world::Fen;
/// const WAGES: TableSpec = TableSpec {
///     name: "wages",
///     title: "Wages",
///     description: "One row a node and year.",
///     columns: &[
///         Column::text("node", "The node."),
///         Column::year("year", "The year."),
///         Column::number("wage_yuan", "yuan", "Mean wage."),
///     ],
///     key: &["node", "year"],
/// };
/// # fn main() -> shanhai::Result<()> {
/// # let folder = tempfile::tempdir().unwrap();
/// # let path = folder.path().join("wages.csv");
/// let mut wages = TableWriter::create(&path, &WAGES)?;
/// wages.row().text("330102u").year(2020).yuan(Fen(6_512_345)).end()?;
/// wages.row().text("330102v").year(2020).missing().end()?;
/// wages.finish()?;
/// # assert_eq!(std::fs::read_to_string(&path).unwrap(),
/// #     "node,year,wage_yuan\n330102u,2020,65123.45\n330102v,2020,\n");
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct TableWriter {
    spec: &'static TableSpec,
    path: PathBuf,
    target: Target,
    /// Complete rows, and behind them the row under way.
    buffer: Vec<u8>,
    /// Bytes handed to the operating system, always up to the end of a row.
    written: u64,
}

/// Where rows go.
#[derive(Debug)]
enum Target {
    File(File),
    Memory(SharedBytes),
}

impl Target {
    /// Adds bytes at the end, all or none.
    fn append(&mut self, bytes: &[u8], written: u64) -> std::io::Result<()> {
        match self {
            Target::File(file) => file.write_all(bytes).inspect_err(|_| {
                // The disk may be full after half a row. What cannot be kept whole is cut away.
                let _ = file.set_len(written);
            }),
            Target::Memory(memory) => {
                memory.append(bytes);
                Ok(())
            }
        }
    }

    fn sync(&self) -> std::io::Result<()> {
        match self {
            Target::File(file) => file.sync_all(),
            Target::Memory(_) => Ok(()),
        }
    }
}

impl TableWriter {
    /// Begins a table in memory, or goes on with it at its end; `path` is what messages call it.
    pub(super) fn in_memory(path: &str, spec: &'static TableSpec, memory: SharedBytes) -> TableWriter {
        let written = memory.length();
        let buffer = if written == 0 { header(spec) } else { Vec::new() };
        TableWriter { spec, path: path.into(), target: Target::Memory(memory), buffer, written }
    }

    /// Begins a table. A file that is already there is never overwritten.
    pub fn create(path: impl AsRef<Path>, spec: &'static TableSpec) -> Result<TableWriter> {
        let path = path.as_ref().to_path_buf();
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
            .map_err(|e| Error::io(messages::io_create_the_table(), &path, e))?;
        let buffer = header(spec);
        Ok(TableWriter { spec, path, target: Target::File(file), buffer, written: 0 })
    }

    /// Goes on with a table at its end, which must be the end of a row. The header must be that of the
    /// table: rows of another version of the program are not mixed with ours.
    pub(crate) fn append(path: impl AsRef<Path>, spec: &'static TableSpec) -> Result<TableWriter> {
        let path = path.as_ref().to_path_buf();
        let refuse = |reason: Message| Error::Results { path: path.clone(), reason };
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .open(&path)
            .map_err(|e| Error::io(messages::io_open_the_table(), &path, e))?;
        let expected = header(spec);
        let mut found = Vec::with_capacity(expected.len());
        Read::by_ref(&mut file)
            .take(expected.len() as u64)
            .read_to_end(&mut found)
            .map_err(|e| Error::io(messages::io_read(), &path, e))?;
        if found != expected {
            return Err(refuse(messages::other_columns(String::from_utf8_lossy(&expected).trim_end())));
        }
        let written = file.seek(SeekFrom::End(0)).map_err(|e| Error::io(messages::io_read(), &path, e))?;
        if !ends_a_row(&mut file, written).map_err(|e| Error::io(messages::io_read(), &path, e))? {
            return Err(refuse(messages::ends_inside_a_row()));
        }
        file.seek(SeekFrom::End(0)).map_err(|e| Error::io(messages::io_read(), &path, e))?;
        Ok(TableWriter { spec, path, target: Target::File(file), buffer: Vec::new(), written })
    }

    /// The description of the table.
    pub fn spec(&self) -> &'static TableSpec {
        self.spec
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The length of the file in bytes once every complete row has arrived: what a checkpoint remembers,
    /// after [`sync`](TableWriter::sync).
    pub fn position(&self) -> u64 {
        self.written + self.buffer.len() as u64
    }

    /// Begins a row: one call a column in the order of the table, then [`Row::end`]. A row dropped
    /// before its end is not written.
    #[inline]
    pub fn row(&mut self) -> Row<'_> {
        let start = self.buffer.len();
        Row { table: self, start, column: 0, ended: false }
    }

    /// Writes a whole row.
    pub(crate) fn write_row(&mut self, cells: &[Cell<'_>]) -> Result<()> {
        let mut row = self.row();
        for &cell in cells {
            row.cell(cell);
        }
        row.end()
    }

    /// Whether a line is the header of this table.
    pub(crate) fn begins_with(&self, line: &[u8]) -> bool {
        line == header(self.spec)
    }

    /// Adds a row as it stands in another table of the same columns.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub(crate) fn take_over(&mut self, row: &[u8]) -> Result<()> {
        self.buffer.extend_from_slice(row);
        if self.buffer.len() >= BUFFER { self.flush() } else { Ok(()) }
    }

    /// Hands every complete row to the operating system: a killed process no longer loses them.
    pub fn flush(&mut self) -> Result<()> {
        self.target
            .append(&self.buffer, self.written)
            .map_err(|e| Error::io(messages::io_write_rows_to(), &self.path, e))?;
        self.written += self.buffer.len() as u64;
        self.buffer.clear();
        Ok(())
    }

    /// Forces every complete row to the disk: a power cut no longer loses them. Called before a checkpoint
    /// remembers the position.
    pub fn sync(&mut self) -> Result<()> {
        self.flush()?;
        self.target.sync().map_err(|e| Error::io(messages::io_write_to_disk(), &self.path, e))
    }

    /// Closes the table.
    pub fn finish(mut self) -> Result<()> {
        self.sync()
    }
}

impl Drop for TableWriter {
    fn drop(&mut self) {
        // After an error elsewhere the rows that are complete are still worth keeping.
        let _ = self.flush();
    }
}

/// The line with the names of the columns.
/// A text as a cell holds it, and the comma behind it.
pub(crate) fn text_cell(text: &str) -> Vec<u8> {
    let mut cell = Vec::new();
    push_text(&mut cell, text);
    cell.push(b',');
    cell
}

fn header(spec: &TableSpec) -> Vec<u8> {
    let names: Vec<&str> = spec.columns.iter().map(|column| column.name).collect();
    let mut line = names.join(",").into_bytes();
    line.push(b'\n');
    line
}

/// Whether a row ends at this place of a file.
pub(super) fn ends_a_row(file: &mut File, position: u64) -> std::io::Result<bool> {
    let Some(last) = position.checked_sub(1) else { return Ok(false) };
    let mut byte = [0];
    file.seek(SeekFrom::Start(last))?;
    file.read_exact(&mut byte)?;
    Ok(byte == *b"\n")
}

/// A row under way.
#[derive(Debug)]
pub struct Row<'w> {
    table: &'w mut TableWriter,
    /// Where the row begins in the buffer.
    start: usize,
    /// How many columns have a value.
    column: usize,
    ended: bool,
}

impl Row<'_> {
    /// A value whose kind is known only when the program runs.
    #[inline]
    pub fn cell(&mut self, cell: Cell<'_>) -> &mut Self {
        match cell {
            Cell::Missing => self.missing(),
            Cell::Integer(value) => self.integer(value),
            Cell::Number(value) => self.number(value),
            Cell::Yuan(value) => self.yuan(value),
            Cell::Text(value) => self.text(value),
            Cell::Year(value) => self.year(value),
        }
    }

    /// No value.
    #[inline]
    pub fn missing(&mut self) -> &mut Self {
        self.next(&[Kind::Integer, Kind::Number, Kind::Text, Kind::Year]);
        self
    }

    /// A whole number.
    #[inline]
    pub fn integer(&mut self, value: i64) -> &mut Self {
        self.next(&[Kind::Integer, Kind::Number]);
        push_integer(&mut self.table.buffer, value);
        self
    }

    /// A number; NaN and infinities are missing values.
    #[inline]
    pub fn number(&mut self, value: f64) -> &mut Self {
        self.next(&[Kind::Number]);
        push_number(&mut self.table.buffer, value);
        self
    }

    /// Money, in yuan.
    #[inline]
    pub fn yuan(&mut self, value: Fen) -> &mut Self {
        self.next(&[Kind::Number]);
        push_yuan(&mut self.table.buffer, value);
        self
    }

    /// Words.
    #[inline]
    pub fn text(&mut self, value: &str) -> &mut Self {
        self.next(&[Kind::Text]);
        push_text(&mut self.table.buffer, value);
        self
    }

    /// A calendar year.
    #[inline]
    pub fn year(&mut self, value: i32) -> &mut Self {
        self.next(&[Kind::Year]);
        push_integer(&mut self.table.buffer, i64::from(value));
        self
    }

    /// Ends the row.
    ///
    /// # Panics
    ///
    /// If a column has no value: a table whose rows have different lengths is a mistake in the program.
    #[inline]
    pub fn end(&mut self) -> Result<()> {
        let spec = self.table.spec;
        assert!(
            self.column == spec.columns.len() && !self.ended,
            "a row of table `{}` has {} values for {} columns",
            spec.name,
            self.column,
            spec.columns.len()
        );
        self.table.buffer.push(b'\n');
        self.ended = true;
        if self.table.buffer.len() >= BUFFER { self.table.flush() } else { Ok(()) }
    }

    /// Moves on to the next column, which in debug builds must be of one of these kinds.
    #[inline]
    fn next(&mut self, kinds: &[Kind]) {
        let spec = self.table.spec;
        debug_assert!(
            self.column < spec.columns.len() && !self.ended,
            "a row of table `{}` has more values than columns",
            spec.name
        );
        debug_assert!(
            kinds.contains(&spec.columns[self.column].kind),
            "table `{}`, column `{}` holds {:?}, the value is one of {kinds:?}",
            spec.name,
            spec.columns[self.column].name,
            spec.columns[self.column].kind
        );
        if self.column > 0 {
            self.table.buffer.push(b',');
        }
        self.column += 1;
    }
}

impl Drop for Row<'_> {
    fn drop(&mut self) {
        if !self.ended {
            self.table.buffer.truncate(self.start);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::output::table::Column;
    use crate::printable::escaped;

    const THINGS: TableSpec = TableSpec {
        name: "things",
        title: "Things",
        description: "One row a thing.",
        columns: &[
            Column::text("thing", "Its name."),
            Column::year("year", "The year."),
            Column::integer("persons", "persons", "How many."),
            Column::number("size_km", "km", "How long."),
        ],
        key: &["thing", "year"],
    };

    #[test]
    fn a_table_has_a_header_and_rows() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("things.csv");
        let mut things = TableWriter::create(&path, &THINGS).unwrap();
        things.row().text("road, \"old\"").year(2020).integer(-3).number(0.5).end().unwrap();
        things.row().text("given up").year(2020);
        things.write_row(&["杭州".into(), Cell::Year(2021), Cell::Missing, Some(2.0).into()]).unwrap();
        let position = things.position();
        things.flush().unwrap();
        assert_eq!(things.position(), position);
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text, "thing,year,persons,size_km\n\"road, \"\"old\"\"\",2020,-3,0.5\n杭州,2021,,2\n");
        assert_eq!(text.len() as u64, position);
        assert!(TableWriter::create(&path, &THINGS).is_err(), "a table is never overwritten");
    }

    #[test]
    fn only_complete_rows_reach_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("things.csv");
        let mut things = TableWriter::create(&path, &THINGS).unwrap();
        for i in 0..30_000 {
            things.row().text("thing").year(2020).integer(i).number(0.5).end().unwrap();
            if i % 1000 == 0 {
                let text = std::fs::read_to_string(&path).unwrap();
                assert!(text.is_empty() || text.ends_with('\n'));
            }
        }
        assert!(things.buffer.len() < 2 * BUFFER, "memory does not grow with the rows");
        let position = things.position();
        drop(things);
        assert_eq!(std::fs::metadata(&path).unwrap().len(), position);
    }

    #[test]
    fn a_table_goes_on_where_it_ended() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("things.csv");
        let mut things = TableWriter::create(&path, &THINGS).unwrap();
        things.row().text("a").year(2020).integer(1).number(1.5).end().unwrap();
        things.finish().unwrap();
        let mut things = TableWriter::append(&path, &THINGS).unwrap();
        things.row().text("b").year(2021).integer(2).number(2.5).end().unwrap();
        let position = things.position();
        things.finish().unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text, "thing,year,persons,size_km\na,2020,1,1.5\nb,2021,2,2.5\n");
        assert_eq!(position, text.len() as u64);
    }

    #[test]
    fn a_table_of_another_shape_is_not_continued() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("things.csv");
        for (text, reason) in [
            ("thing,year\na,2020\n", "columns are not those"),
            ("", "columns are not those"),
            ("thing,year,persons,size_km\na,20", "middle of a row"),
        ] {
            std::fs::write(&path, text).unwrap();
            let error = TableWriter::append(&path, &THINGS).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text, "the file is left as it was");
        }
    }

    #[test]
    #[should_panic(expected = "3 values for 4 columns")]
    fn a_short_row_is_a_mistake_in_the_program() {
        let folder = tempfile::tempdir().unwrap();
        let mut things = TableWriter::create(folder.path().join("things.csv"), &THINGS).unwrap();
        let _ = things.row().text("a").year(2020).integer(1).end();
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "column `persons` holds Integer")]
    fn a_value_of_the_wrong_kind_is_a_mistake_in_the_program() {
        let folder = tempfile::tempdir().unwrap();
        let mut things = TableWriter::create(folder.path().join("things.csv"), &THINGS).unwrap();
        things.row().text("a").year(2020).number(1.5);
    }

    #[test]
    fn a_sign_that_cannot_be_printed_never_reaches_a_table() {
        for (value, written) in
            [("a\0b", "a\\u{0}b"), ("\u{1b}[31m,x", "\"\\u{1b}[31m,x\""), ("№ 山", "№ 山")]
        {
            let mut buffer = Vec::new();
            push_text(&mut buffer, value);
            assert_eq!(String::from_utf8(buffer).unwrap(), written);
        }
    }

    proptest! {
        #[test]
        fn any_words_survive_a_csv_reader(words in proptest::collection::vec(any::<String>(), 1..8)) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("things.csv");
            let mut things = TableWriter::create(&path, &THINGS).unwrap();
            for text in &words {
                things.row().text(text).year(2020).missing().number(0.25).end().unwrap();
            }
            things.finish().unwrap();
            let mut reader = ::csv::Reader::from_path(&path).unwrap();
            let read: Vec<String> = reader.records().map(|r| r.unwrap()[0].to_string()).collect();
            let printable: Vec<String> = words.iter().map(|word| escaped(word).into_owned()).collect();
            prop_assert_eq!(read, printable);
        }
    }
}
