//! A CSV text as rows whose fields know their places: every table that somebody writes is read with it.
//!
//! Lines that begin with `#` are remarks: a table's source and licence stand there.

use std::ops::Range;
use std::sync::Arc;

use super::encoding::{decode, decode_foreign};
use super::files::Input;
use super::problem::{Problem, Problems, listed};
use super::source::{Place, Source};
use super::spreadsheet::{self, Unread};
use crate::messages;

/// The rows of a CSV text.
#[derive(Clone, Debug)]
pub(crate) struct CsvText {
    source: Arc<Source>,
    /// Sign between two fields.
    delimiter: u8,
    /// Whether somebody else wrote it.
    foreign: bool,
    header: Record,
    rows: Vec<Record>,
}

/// One row, without the blanks around its fields.
#[derive(Clone, Debug, Default)]
struct Record {
    /// First byte of the row in the text.
    start: usize,
    fields: csv::StringRecord,
    /// Whether it has as many fields as the header, and none that runs over its line.
    whole: bool,
}

impl CsvText {
    /// Reads a file. `columns` are what its first line is told to name if there is none. Whatever is wrong is
    /// added to `problems`; what could be read is returned.
    pub(crate) fn read(
        input: &Input,
        columns: &[&str],
        problems: &mut Problems,
        refused: impl FnOnce(Problem) -> Problem,
    ) -> CsvText {
        let name = input.name();
        match input.bytes() {
            Ok(bytes) => CsvText::parse(&name, bytes, columns, problems),
            Err(problem) => {
                problems.push(refused(problem.clone()));
                CsvText::empty(Source::new(name, ""))
            }
        }
    }

    /// [`CsvText::read`] of a table that somebody else wrote: a workbook, or a text in UTF-8, UTF-16 or GB 18030 with any
    /// sign between its fields. `header` is the line of the names if it is not the first, from 1.
    pub(crate) fn read_foreign(
        input: &Input,
        sheet: Option<&str>,
        header: Option<usize>,
        columns: &[&str],
        problems: &mut Problems,
    ) -> CsvText {
        let name = input.name();
        let bytes = match input.bytes() {
            Ok(bytes) => bytes,
            Err(problem) => {
                problems.push(problem.clone());
                return CsvText::empty(Source::new(name, ""));
            }
        };
        let text = if spreadsheet::is_workbook(bytes) {
            match spreadsheet::text(bytes, sheet) {
                Ok(text) => Some(text),
                Err(unread) => {
                    problems.push(unread_workbook(&name, sheet, unread));
                    None
                }
            }
        } else {
            decode_foreign(&name, bytes, problems)
        };
        let Some(mut text) = text else { return CsvText::empty(Source::new(name, "")) };
        // Lines above the header stand as remarks, so that every other line keeps its number.
        let above: usize =
            header.map_or(0, |line| text.split_inclusive('\n').take(line - 1).map(str::len).sum());
        let signs: String = text[..above].chars().map(|sign| if sign == '\n' { '\n' } else { '#' }).collect();
        text.replace_range(..above, &signs);
        let delimiter = delimiter(&text);
        if delimiter == b',' && !first_line(&text).contains(',') && first_line(&text).contains('，') {
            text = text.replace('，', ",");
        }
        CsvText::of(&name, text, (delimiter, true), columns, problems)
    }

    fn empty(source: Arc<Source>) -> CsvText {
        CsvText { source, delimiter: b',', foreign: false, header: Record::default(), rows: Vec::new() }
    }

    /// Reads bytes; `name` is what messages call them.
    pub(crate) fn parse(name: &str, bytes: &[u8], columns: &[&str], problems: &mut Problems) -> CsvText {
        let Some(text) = decode(name, bytes, problems) else {
            return CsvText::empty(Source::new(name, ""));
        };
        let table = CsvText::of(name, text, (b',', false), columns, problems);
        if let Some(problem) = table.other_separator() {
            problems.push(problem);
            return CsvText::empty(table.source);
        }
        table
    }

    /// Rows of a text, judged.
    fn of(
        name: &str,
        text: String,
        (delimiter, foreign): (u8, bool),
        columns: &[&str],
        problems: &mut Problems,
    ) -> CsvText {
        let source = Source::new(name, text);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .delimiter(delimiter)
            .flexible(true)
            .trim(csv::Trim::All)
            .comment(Some(b'#'))
            .from_reader(source.text().as_bytes());
        let mut records = reader.records().map_while(|record| record.ok()).map(|fields| {
            let from = fields.position().map_or(0, |position| position.byte() as usize);
            Record { start: first_byte(source.text(), from), fields, whole: true }
        });
        let Some(header) = records.next() else {
            problems.push(
                Problem::new(Place::whole(&source), messages::table_is_empty())
                    .help(messages::first_line_names(columns.join(","))),
            );
            return CsvText::empty(source);
        };
        let rows = records.collect();
        let mut table = CsvText { source, delimiter, foreign, header, rows };
        if !foreign && table.other_separator().is_some() {
            return table;
        }
        table.judge_rows(problems);
        table.judge_remarks(problems);
        table
    }

    /// A header row that is divided by another sign than the comma.
    fn other_separator(&self) -> Option<Problem> {
        let whole = self.header.fields.get(0).filter(|_| self.width() == 1)?;
        let (sign, name) = [(';', "`;`"), ('\t', "tabs"), ('|', "`|`"), ('，', "the full-width `，`")]
            .into_iter()
            .find(|(sign, _)| whole.contains(*sign))?;
        let at = self.header.start + whole.find(sign)?;
        Some(
            Problem::new(
                Place::new(&self.source, at..at + sign.len_utf8()),
                messages::fields_divided_by(messages::known(name)),
            )
            .label(messages::a_comma_is_expected())
            .help(messages::save_with_commas()),
        )
    }

    /// Reports rows that have more or fewer fields than the header, or a field that does not end.
    fn judge_rows(&mut self, problems: &mut Problems) {
        let width = self.width();
        for row in 0..self.rows.len() {
            let fields = &self.rows[row].fields;
            let open = fields.iter().position(|field| field.contains(['\n', '\r']));
            let problem = match (open, fields.len()) {
                (Some(index), _) => self.open_quote(row, index),
                // A line of text between rows of another table: its only field is no row that lost the others.
                (None, 1) if self.foreign => continue,
                (None, n) if n != width => self.ragged(row, n),
                _ => continue,
            };
            problems.push(problem);
            self.rows[row].whole = false;
        }
    }

    fn open_quote(&self, row: usize, index: usize) -> Problem {
        let line = self.line(row) + 1;
        Problem::new(self.place(row, index), messages::quoted_field_runs_over(line))
            .label(messages::opened_here())
            .help(messages::close_the_quote())
    }

    fn ragged(&self, row: usize, n: usize) -> Problem {
        let (width, line) = (self.width(), self.line(row));
        let title = match n {
            1 => messages::one_field_and_header(line + 1, width),
            _ => messages::fields_and_header(line + 1, n, width),
        };
        if n < width {
            let end = self.source.line_range(line).end;
            return Problem::new(Place::new(&self.source, end..end), title)
                .label(messages::fields_missing(width - n))
                .help(messages::empty_between_commas());
        }
        Problem::new(self.place(row, width), title)
            .label(messages::first_field_too_many())
            .help(messages::comma_inside_a_field())
    }

    /// Reports remarks that look like rows: an id may begin with the sign of a remark.
    fn judge_remarks(&self, problems: &mut Problems) {
        let (first, width) = (self.source.line_at(self.header.start), self.width());
        if width < 2 {
            return;
        }
        for line in first + 1..=self.source.line_at(self.source.text().len()) {
            let range = self.source.line_range(line);
            let text = self.source.text().get(range.clone()).unwrap_or("");
            if text.starts_with('#') && text.matches(char::from(self.delimiter)).count() + 1 == width {
                problems.push(
                    Problem::new(
                        Place::new(&self.source, range.start..range.start + 1),
                        messages::line_begins_with_remark(line + 1, width),
                    )
                    .label(messages::remark_or_row())
                    .help(messages::quote_or_delete()),
                );
            }
        }
    }

    /// Fields of the header row.
    pub(crate) fn width(&self) -> usize {
        self.header.fields.len()
    }

    /// The names of the columns; none if there is no header row.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.header.fields.iter()
    }

    /// The rows below the header, to be counted through.
    pub(crate) fn rows(&self) -> Range<usize> {
        0..self.rows.len()
    }

    /// Leaves out the rows whose fields do not please.
    pub(crate) fn retain(&mut self, pleases: impl Fn(&csv::StringRecord) -> bool) {
        self.rows.retain(|row| pleases(&row.fields));
    }

    /// Whether a row has a field for each column.
    pub(crate) fn is_whole(&self, row: usize) -> bool {
        self.rows.get(row).is_some_and(|row| row.whole)
    }

    /// A field without the blanks around it; empty where there is none.
    pub(crate) fn field(&self, row: usize, index: usize) -> &str {
        self.rows.get(row).and_then(|row| row.fields.get(index)).unwrap_or("")
    }

    /// Where a field is.
    pub(crate) fn place(&self, row: usize, index: usize) -> Place {
        match self.rows.get(row) {
            Some(row) => {
                Place::new(&self.source, field_range(self.source.text(), self.delimiter, row.start, index))
            }
            None => self.whole(),
        }
    }

    /// Where a whole row is.
    pub(crate) fn row_place(&self, row: usize) -> Place {
        match self.rows.get(row) {
            Some(_) => Place::new(&self.source, self.source.line_range(self.line(row))),
            None => self.whole(),
        }
    }

    /// Where the name of a column is.
    pub(crate) fn name_place(&self, index: usize) -> Place {
        Place::new(&self.source, field_range(self.source.text(), self.delimiter, self.header.start, index))
    }

    /// The header row.
    pub(crate) fn header_place(&self) -> Place {
        Place::new(&self.source, self.source.line_range(self.source.line_at(self.header.start)))
    }

    /// The end of the header row, where a column could be added.
    pub(crate) fn header_end(&self) -> Place {
        let end = self.source.line_range(self.source.line_at(self.header.start)).end;
        Place::new(&self.source, end..end)
    }

    /// The file as a whole.
    pub(crate) fn whole(&self) -> Place {
        Place::whole(&self.source)
    }

    fn line(&self, row: usize) -> usize {
        self.source.line_at(self.rows[row].start)
    }
}

/// The first line that is neither empty nor a remark.
fn first_line(text: &str) -> &str {
    text.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#')).unwrap_or("")
}

/// The sign between the fields of a text: the one that its first line has most of outside quotation marks.
fn delimiter(text: &str) -> u8 {
    let line = first_line(text);
    let count = |sign: u8| {
        let mut quoted = false;
        let outside = |byte: &u8| {
            quoted ^= *byte == b'"';
            !quoted && *byte == sign
        };
        line.as_bytes().iter().copied().filter(outside).count()
    };
    [b';', b'\t', b'|']
        .into_iter()
        .fold(b',', |best, sign| if count(sign) > count(best) { sign } else { best })
}

/// What is said of a workbook that could not be read.
fn unread_workbook(name: &str, sheet: Option<&str>, unread: Unread) -> Problem {
    let place = Place::file(name);
    match unread {
        Unread::NoSheet(names) => {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            Problem::new(place, messages::no_sheet(sheet.unwrap_or_default()))
                .help(messages::sheets_are(listed(&names, &messages::word_and())))
        }
        Unread::Damaged(why) => {
            Problem::new(place, messages::workbook_unreadable(why)).help(messages::save_sheet_as_csv())
        }
        Unread::NotBuilt => {
            Problem::new(place, messages::built_without_workbooks()).help(messages::save_sheet_as_csv())
        }
    }
}

/// The first byte of a row: the reader counts empty lines and remarks before it as part of it.
fn first_byte(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = start;
    loop {
        match bytes.get(at) {
            Some(b'\n' | b'\r') => at += 1,
            Some(b'#') => at += bytes[at..].iter().position(|&b| b == b'\n').unwrap_or(bytes.len() - at),
            _ => return at,
        }
    }
}

/// The bytes of field `index` of the row that starts at `start`, without the blanks around it.
///
/// The csv crate gives fields with their quotation marks resolved; to point at one, the row is walked
/// once more by the same rules.
fn field_range(text: &str, delimiter: u8, start: usize, index: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut field, mut field_start) = (start, 0, start);
    let mut quoted = false;
    while at < bytes.len() {
        match bytes[at] {
            b'"' if quoted || at == field_start => quoted = !quoted,
            // A second mark right after a closing one is a mark that belongs to the text.
            b'"' if bytes[at - 1] == b'"' && bytes[field_start] == b'"' => quoted = true,
            byte if byte == delimiter && !quoted && field == index => break,
            byte if byte == delimiter && !quoted => {
                field += 1;
                field_start = at + 1;
            }
            b'\n' | b'\r' if !quoted => break,
            _ => {}
        }
        at += 1;
    }
    if field < index {
        return at..at;
    }
    let inside = text.get(field_start..at).unwrap_or("");
    let blank = inside.len() - inside.trim_start().len();
    if inside.trim().is_empty() {
        return field_start..field_start;
    }
    field_start + blank..field_start + blank + inside.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (CsvText, String) {
        let mut problems = Problems::new();
        let table = CsvText::parse("t.csv", text.as_bytes(), &["id", "name"], &mut problems);
        (table, problems.render(false))
    }

    #[test]
    fn remarks_and_empty_lines_move_no_place() {
        let (table, said) = read("# Source: invented\n\n# CC0\nid,name\n# a remark\n\na,甲\n#\nb,乙\n");
        assert_eq!(said, "no problems");
        assert_eq!(table.names().collect::<Vec<_>>(), ["id", "name"]);
        assert_eq!(table.rows(), 0..2);
        assert_eq!((table.field(1, 1), table.place(1, 1).line_column()), ("乙", Some((9, 3))));
        assert_eq!(table.header_end().line_column(), Some((4, 8)));
    }

    #[test]
    fn a_remark_that_could_be_a_row_is_not_passed_over() {
        let (table, said) = read("id,name\n#1,甲\n\"#2\",乙\n");
        assert!(said.contains("line 2 begins with `#` and has 2 fields"), "{said}");
        assert_eq!((table.rows(), table.field(0, 0)), (0..1, "#2"));
    }

    #[test]
    fn another_separator_is_named_once() {
        for (text, name) in
            [("id;name\na;甲\n", "`;`"), ("id\tname\na\t甲\n", "tabs"), ("id，name\n", "full-width")]
        {
            let (table, said) = read(text);
            assert!(table.rows().is_empty());
            assert!(said.contains(name) && said.ends_with("1 problem in t.csv"), "{said}");
        }
        let (table, said) = read("id\na;b\n");
        assert_eq!(
            (table.rows(), said.as_str()),
            (0..1, "no problems"),
            "a table of one column has no separator"
        );
    }
}
