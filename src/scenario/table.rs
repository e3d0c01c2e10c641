//! The CSV tables of a study area: every field typed, every wrong one pointed at in its own line.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::column::{Cell, Wrong, county_code, is_text_code, plain_field, read_field, right_names};
use super::csv_text::CsvText;
use super::files::Input;
use super::mapping::{Origin, TableMapping};
use super::problem::{Problem, Problems};
use super::source::Place;
use crate::messages;
use crate::nearest::Guesses;

pub(crate) use super::column::MOST_YUAN;
pub use super::column::{Column, Kind};

/// A table that was read and checked, with the place of every field kept for later checks.
///
/// A wrong field is reported when the table is read and nothing is known of it afterwards: a check that looks
/// at several fields asks `Table::is_sound` first, so that one slip makes one message.
///
/// ```
/// use shanhai::inside::table::{Column, Kind, Table};
/// use shanhai::scenario::Problems;
///
/// static COLUMNS: [Column; 3] = [
///     Column::required("id", Kind::Text, "unique short name"),
///     Column::required("residents", Kind::Persons, "persons living here"),
///     Column::optional("ecology", Kind::SHARE, "initial ecological state, 0 to 1"),
/// ];
/// let mut problems = Problems::new();
/// let text = "id,residents\n330102u,540\n330102v,60\n";
/// let table = Table::parse("nodes.csv", text.as_bytes(), &COLUMNS, &mut problems);
/// problems.check()?;
/// let residents: i64 = table.rows().map(|row| table.persons(row, "residents")).sum();
/// assert_eq!(residents, 600);
/// assert_eq!(table.number(0, "ecology").unwrap_or(0.5), 0.5);
/// # Ok::<(), shanhai::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Table {
    text: CsvText,
    columns: Cow<'static, [Column]>,
    /// Where each of `columns` stands in the file, if it does.
    stands: Vec<Option<usize>>,
    /// One cell for each of `columns`, by row.
    rows: Vec<Vec<Cell>>,
    /// Whether somebody else wrote it, how it is to be read then, and whether its codes are any text.
    foreign: bool,
    mapping: Option<Arc<TableMapping>>,
    text_codes: bool,
}

/// What a mapping says of a column, with the places of its columns in the file.
#[derive(Clone, Debug)]
struct Mapped {
    origin: Origin,
    /// Columns of the file, with what each is multiplied by.
    parts: Vec<(usize, f64)>,
    /// Whether all of them are there.
    sound: bool,
}

/// What columns that nobody asked for are.
#[derive(Clone, Copy, PartialEq)]
enum Others {
    /// Mistakes: the table belongs to the program.
    Refused,
    /// None of its business: the table belongs to somebody else.
    Passed,
}

impl Table {
    /// Reads a table from a file. Whatever is wrong is added to `problems`; what could be read is
    /// returned.
    pub fn read(path: &Path, columns: &'static [Column], problems: &mut Problems) -> Table {
        Table::read_input(&Input::on_disk(path), columns, problems)
    }

    /// [`Table::read`] for a table of another origin: columns that are not asked for stay unread.
    pub(crate) fn read_open(
        path: &Path,
        columns: impl Into<Cow<'static, [Column]>>,
        problems: &mut Problems,
    ) -> Table {
        Table::open_input(&Input::on_disk(path), columns, problems)
    }

    /// [`Table::read_open`] of a table that was read already.
    pub(crate) fn open_input(
        input: &Input,
        columns: impl Into<Cow<'static, [Column]>>,
        problems: &mut Problems,
    ) -> Table {
        Table::open(input, columns.into(), Others::Passed, problems)
    }

    /// [`Table::open_input`] with columns that depend on what the header row names.
    pub(crate) fn open_by_header(
        input: &Input,
        choose: impl Fn(&[&str]) -> Vec<Column>,
        problems: &mut Problems,
    ) -> Table {
        Table::by_header(input, choose, Others::Passed, problems)
    }

    /// [`Table::read`] of an input of a scenario.
    pub(crate) fn read_input(input: &Input, columns: &'static [Column], problems: &mut Problems) -> Table {
        Table::open(input, Cow::Borrowed(columns), Others::Refused, problems)
    }

    /// [`Table::read_input`] with columns that depend on the header: `choose` is given the names that are there, first
    /// none.
    pub(crate) fn read_input_by_header(
        input: &Input,
        choose: impl Fn(&[&str]) -> Vec<Column>,
        problems: &mut Problems,
    ) -> Table {
        Table::by_header(input, choose, Others::Refused, problems)
    }

    fn by_header(
        input: &Input,
        choose: impl Fn(&[&str]) -> Vec<Column>,
        others: Others,
        problems: &mut Problems,
    ) -> Table {
        let expected: Vec<Column> = choose(&[]);
        let names: Vec<&str> = expected.iter().map(|column| column.name).collect();
        let text = Table::text_of(input, &names, others, problems);
        let mapped = input.mapping().into_iter().flat_map(|mapping| mapping.columns.keys());
        let there: Vec<&str> = text.names().chain(mapped.map(String::as_str)).collect();
        let columns = choose(&there);
        Table::of(text, Cow::Owned(columns), others, Some(input), problems)
    }

    fn open(
        input: &Input,
        columns: Cow<'static, [Column]>,
        others: Others,
        problems: &mut Problems,
    ) -> Table {
        let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
        let text = Table::text_of(input, &names, others, problems);
        Table::of(text, columns, others, Some(input), problems)
    }

    fn text_of(input: &Input, names: &[&str], others: Others, problems: &mut Problems) -> CsvText {
        match others {
            Others::Refused => CsvText::read(input, names, problems, |problem| problem),
            Others::Passed => {
                let mapping = input.mapping();
                let sheet = mapping.and_then(|mapping| mapping.sheet.as_deref());
                let header = mapping.and_then(|mapping| mapping.header_row);
                CsvText::read_foreign(input, sheet, header, names, problems)
            }
        }
    }

    /// Reads a table from bytes; `name` is what messages call it.
    pub fn parse(name: &str, bytes: &[u8], columns: &'static [Column], problems: &mut Problems) -> Table {
        let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
        let text = CsvText::parse(name, bytes, &names, problems);
        Table::of(text, Cow::Borrowed(columns), Others::Refused, None, problems)
    }

    fn of(
        text: CsvText,
        columns: Cow<'static, [Column]>,
        others: Others,
        input: Option<&Input>,
        problems: &mut Problems,
    ) -> Table {
        let stands = vec![None; columns.len()];
        let foreign = others == Others::Passed;
        let mapping = input.filter(|_| foreign).and_then(Input::mapping).cloned();
        let text_codes = foreign && input.is_some_and(Input::text_codes);
        let mut table = Table { text, columns, stands, rows: Vec::new(), foreign, mapping, text_codes };
        if table.text.width() == 0 {
            return table;
        }
        table.keep_rows(problems);
        table.read_header(others, problems);
        let origins = table.origins(problems);
        table.rows = table.text.rows().map(|row| table.read_row(row, &origins, problems)).collect();
        if table.rows.is_empty() {
            problems.push(
                Problem::new(table.text.header_place(), messages::table_has_no_rows())
                    .label(messages::nothing_follows_header()),
            );
        }
        table
    }

    /// Where a column of the file stands. Headings are spaced out as people like: 地  区 is 地区.
    fn position(&self, name: &str) -> Option<usize> {
        let letters = |text: &str| -> String { text.split_whitespace().collect() };
        let exact = self.text.names().position(|there| there == name);
        exact.or_else(|| self.text.names().position(|there| letters(there) == letters(name)))
    }

    /// Where a column of the file stands that a mapping names.
    fn named_by_mapping(&self, name: &str, place: &Place, problems: &mut Problems) -> Option<usize> {
        let found = self.position(name);
        if found.is_none() {
            let problem = Problem::new(place.clone(), messages::table_has_no_column(name))
                .also(self.text.header_place(), messages::columns_that_are_there());
            problems.push(match crate::nearest::nearest(name, self.text.names()) {
                Some(near) => problem.label(messages::did_you_mean(near)),
                None => problem,
            });
        }
        found
    }

    /// Leaves out the rows that the mapping does not keep.
    fn keep_rows(&mut self, problems: &mut Problems) {
        let Some(mapping) = self.mapping.clone() else { return };
        for (name, values) in &mapping.keep {
            let place = self.text.header_place();
            if let Some(index) = self.named_by_mapping(name, &place, problems) {
                self.text.retain(|fields| {
                    fields.get(index).is_some_and(|field| values.iter().any(|v| v == field))
                });
            }
        }
    }

    /// The origins of the columns that the mapping names, with the places of theirs in the file.
    fn origins(&mut self, problems: &mut Problems) -> Vec<Option<Mapped>> {
        let Some(mapping) = self.mapping.clone() else { return vec![None; self.columns.len()] };
        let named = || {
            self.columns
                .iter()
                .filter_map(|c| mapping.columns.get(c.name))
                .flat_map(|o| &o.parts)
                .map(|p| &p.0)
        };
        // Another sheet, or a title where the names are expected: said once and not of every column.
        let astray = named().count() > 1 && named().all(|name| self.position(name).is_none());
        if astray {
            problems.push(
                Problem::new(self.text.header_place(), messages::no_mapped_column(named().count()))
                    .label(messages::columns_that_are_there())
                    .help(messages::say_header_and_sheet()),
            );
        }
        let mut origins = Vec::with_capacity(self.columns.len());
        for at in 0..self.columns.len() {
            let Some(origin) = mapping.columns.get(self.columns[at].name) else {
                origins.push(None);
                continue;
            };
            let found = origin.parts.iter().filter(|_| !astray).filter_map(|(name, times)| {
                Some((self.named_by_mapping(name, &origin.place, problems)?, *times))
            });
            let parts: Vec<(usize, f64)> = found.collect();
            let sound = parts.len() == origin.parts.len();
            // A constant stands nowhere; its place is the row.
            self.stands[at] = parts.first().map(|part| part.0);
            origins.push(Some(Mapped { origin: origin.clone(), parts, sound }));
        }
        origins
    }

    fn read_header(&mut self, others: Others, problems: &mut Problems) {
        let mut unknown = Vec::new();
        for (index, name) in self.text.names().enumerate() {
            let mapped = self.mapping.as_ref().is_some_and(|m| m.columns.contains_key(name));
            let Some(column) = self.columns.iter().position(|column| column.name == name && !mapped) else {
                unknown.push((index, name));
                continue;
            };
            match self.stands[column] {
                None => self.stands[column] = Some(index),
                Some(first) => problems.push(
                    Problem::new(self.text.name_place(index), messages::column_occurs_twice(name))
                        .label(messages::second_time())
                        .also(self.text.name_place(first), messages::first_time())
                        .help(messages::column_once()),
                ),
            }
        }
        let mut explained = Vec::new();
        if others == Others::Refused {
            self.refuse(&unknown, &mut explained, problems);
            unknown.clear();
        }
        let mut guesses = Guesses::default();
        for (column, stands) in self.columns.iter().zip(&self.stands) {
            let mapped = self.mapping.as_ref().is_some_and(|m| m.columns.contains_key(column.name));
            if column.required && stands.is_none() && !mapped && !explained.contains(&column.name) {
                let near = guesses.nearest(column.name, unknown.iter().map(|(_, name)| *name));
                problems.push(self.missing(column, near));
            }
        }
    }

    /// Reports columns that no table of this kind has.
    fn refuse(&self, unknown: &[(usize, &str)], explained: &mut Vec<&'static str>, problems: &mut Problems) {
        // A misspelt name most likely stands for a column that is missing, so those come first.
        let absent = self.columns.iter().zip(&self.stands).filter(|(_, at)| at.is_none());
        let absent: Vec<&'static str> = absent.map(|(column, _)| column.name).collect();
        let mut guesses = Guesses::default();
        for &(index, name) in unknown {
            let place = self.text.name_place(index);
            let problem = match name {
                "" => Problem::new(place, messages::column_without_name())
                    .label(messages::nothing_stands_here()),
                name => Problem::new(place, messages::unknown_column(name)),
            };
            problems.push(match guesses.nearest(name, absent.iter().copied()) {
                Some(near) => {
                    explained.push(near);
                    problem.label(messages::did_you_mean(near))
                }
                None => problem.help(right_names(&self.columns, name)),
            });
        }
    }

    /// Pointing at the end of the header row says where the column can be added.
    fn missing(&self, column: &Column, near: Option<&str>) -> Problem {
        let problem = Problem::new(self.text.header_end(), messages::column_is_missing(column.name))
            .label(messages::header_has_no(column.name))
            .help(messages::column_holds(column.name, column.kind.expected()))
            .note(messages::means(column.name, messages::known(column.meaning)));
        match near {
            Some(near) => problem.help(messages::nearest_column(near)),
            None => problem,
        }
    }

    fn read_row(&self, row: usize, origins: &[Option<Mapped>], problems: &mut Problems) -> Vec<Cell> {
        if !self.text.is_whole(row) {
            return vec![Cell::Wrong; self.columns.len()];
        }
        let each = self.columns.iter().zip(&self.stands).zip(origins);
        each.map(|((column, stands), origin)| match (origin, stands) {
            (Some(mapped), _) => self.read_mapped(row, mapped, column, problems),
            (None, Some(index)) => {
                let field = self.text.field(row, *index);
                self.read_cell(field, || self.text.place(row, *index), column, problems)
            }
            (None, None) if column.required => Cell::Wrong,
            (None, None) => Cell::Empty,
        })
        .collect()
    }

    /// A cell that a mapping makes of several fields, or of none.
    fn read_mapped(&self, row: usize, mapped: &Mapped, column: &Column, problems: &mut Problems) -> Cell {
        let Mapped { origin, parts, sound } = mapped;
        if !sound {
            return Cell::Wrong;
        }
        let place =
            || parts.first().map_or_else(|| origin.place.clone(), |part| self.text.place(row, part.0));
        if let Some(value) = &origin.value {
            return self.read_cell(value, place, column, problems);
        }
        let is_number = matches!(column.kind, Kind::Persons | Kind::Count | Kind::Number { .. });
        if !is_number {
            let text: String = parts.iter().map(|part| self.text.field(row, part.0)).collect();
            let text = origin.words.get(&text).unwrap_or(&text);
            return self.read_cell(text, place, column, problems);
        }
        if let (&[(at, 1.0)], 1.0) = (parts.as_slice(), origin.times) {
            return self.read_cell(self.text.field(row, at), place, column, problems);
        }
        let one = Column::known(column.name, Kind::NUMBER, column.meaning);
        let (mut sum, mut any, mut wrong) = (0.0, false, false);
        for &(at, times) in parts {
            match self.read_cell(self.text.field(row, at), || self.text.place(row, at), &one, problems) {
                Cell::Number(x) => (sum, any) = (sum + times * x, true),
                Cell::Empty => {}
                _ => wrong = true,
            }
        }
        if wrong {
            return Cell::Wrong;
        }
        let mut x = sum * origin.times;
        // 1.234 ten thousand persons are 12,340 and not a millionth more.
        if (x - libm::rint(x)).abs() < 1e-6 * x.abs().clamp(1.0, 1e3) {
            x = libm::rint(x);
        }
        let field = if any { x.to_string() } else { String::new() };
        self.read_cell(&field, place, column, problems)
    }

    fn read_cell(
        &self,
        field: &str,
        place: impl FnOnce() -> Place,
        column: &Column,
        problems: &mut Problems,
    ) -> Cell {
        let field = if self.foreign { plain_field(column, field) } else { Cow::Borrowed(field) };
        if self.text_codes && column.kind == Kind::Code && is_text_code(&field) && !field.is_empty() {
            return Cell::Text(field.into_owned());
        }
        let field = if self.foreign && column.kind == Kind::Code { county_code(&field) } else { &field };
        match read_field(column, field) {
            Ok(cell) => cell,
            Err(Wrong { title, label, help }) => {
                let mut problem = Problem::new(place(), title).label(label);
                if let Some(help) = help {
                    problem = problem.help(help);
                }
                problems.push(problem.note(messages::means(column.name, messages::known(column.meaning))));
                Cell::Wrong
            }
        }
    }

    /// Whether codes are any text.
    pub(crate) fn text_codes(&self) -> bool {
        self.text_codes
    }

    /// The rows, to be counted through.
    pub fn rows(&self) -> Range<usize> {
        0..self.rows.len()
    }

    /// The names of the header row, and of the columns that a mapping makes.
    pub fn names(&self) -> Vec<&str> {
        let mapped = self.mapping.iter().flat_map(|mapping| mapping.columns.keys());
        self.text.names().chain(mapped.map(String::as_str)).collect()
    }

    /// Whether the file has this column at all, or a mapping makes it.
    pub fn has(&self, column: &str) -> bool {
        let mapped = self.mapping.as_ref().is_some_and(|mapping| mapping.columns.contains_key(column));
        mapped || self.index(column).is_some_and(|at| self.stands[at].is_some())
    }

    /// Whether a field is empty or absent.
    pub fn is_empty(&self, row: usize, column: &str) -> bool {
        *self.cell(row, column) == Cell::Empty
    }

    /// Whether something is known of all these fields: none of them was reported.
    pub(crate) fn is_sound(&self, row: usize, columns: &[&str]) -> bool {
        columns.iter().all(|column| *self.cell(row, column) != Cell::Wrong)
    }

    /// Whether something is known of every field of a row.
    pub(crate) fn is_row_sound(&self, row: usize) -> bool {
        self.rows.get(row).is_some_and(|cells| !cells.contains(&Cell::Wrong))
    }

    /// A number of persons, rounded, or a year; 0 where the field is empty or absent.
    pub fn persons(&self, row: usize, column: &str) -> i64 {
        match self.cell(row, column) {
            Cell::Persons(persons) => *persons,
            Cell::Number(number) => libm::rint(*number) as i64,
            _ => 0,
        }
    }

    /// A number, if there is one.
    pub fn number(&self, row: usize, column: &str) -> Option<f64> {
        match self.cell(row, column) {
            Cell::Number(number) => Some(*number),
            Cell::Persons(persons) => Some(*persons as f64),
            _ => None,
        }
    }

    /// A text; empty where the field is empty or absent.
    pub fn text(&self, row: usize, column: &str) -> &str {
        match self.cell(row, column) {
            Cell::Text(text) => text,
            _ => "",
        }
    }

    /// The words of a field that are separated by `;`.
    pub fn tags(&self, row: usize, column: &str) -> impl Iterator<Item = &str> {
        self.text(row, column).split(';').map(str::trim).filter(|tag| !tag.is_empty())
    }

    /// Where a field is, for checks that look at several fields or rows. A column that the file does
    /// not have is the whole row.
    pub fn place(&self, row: usize, column: &str) -> Place {
        match self.index(column).and_then(|at| self.stands[at]) {
            Some(index) => self.text.place(row, index),
            None => self.text.row_place(row),
        }
    }

    /// The file as a whole.
    pub fn whole(&self) -> Place {
        self.text.whole()
    }

    /// A problem with a field, as the file writes it, and what it must be.
    pub fn wrong(&self, row: usize, column: &str, expected: &str) -> Problem {
        let place = self.place(row, column);
        let title = messages::column_must_be(column, place.text(), expected);
        Problem::new(place, title)
    }

    fn index(&self, column: &str) -> Option<usize> {
        let index = self.columns.iter().position(|c| c.name == column);
        debug_assert!(index.is_some(), "`{column}` is not among the columns this table was read with");
        index
    }

    fn cell(&self, row: usize, column: &str) -> &Cell {
        let cell = self.index(column).and_then(|at| self.rows.get(row)?.get(at));
        cell.unwrap_or(&Cell::Empty)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static COLUMNS: [Column; 4] = [
        Column::required("id", Kind::Text, "unique short name"),
        Column::required("residents", Kind::Persons, "persons living here"),
        Column::optional("ecology", Kind::SHARE, "initial ecological state"),
        Column::optional("tags", Kind::Tags, "words about the node"),
    ];

    fn read(text: &str) -> (Table, Problems) {
        let mut problems = Problems::new();
        let table = Table::parse("nodes.csv", text.as_bytes(), &COLUMNS, &mut problems);
        (table, problems)
    }

    #[test]
    fn fields_are_typed() {
        let (table, problems) = read("residents,id,tags\n 12 ,\"a \"\"b\"\", c\",sea; mountain;\n0,x,\n");
        assert!(problems.is_empty(), "{}", problems.render(false));
        assert_eq!(table.rows(), 0..2);
        assert_eq!((table.persons(0, "residents"), table.text(0, "id")), (12, "a \"b\", c"));
        assert_eq!(table.tags(0, "tags").collect::<Vec<_>>(), ["sea", "mountain"]);
        assert!(table.is_empty(1, "tags") && !table.is_empty(1, "residents"));
        assert_eq!((table.has("ecology"), table.number(0, "ecology")), (false, None));
        assert_eq!(table.number(0, "residents"), Some(12.0));
    }

    #[test]
    fn a_field_is_found_again_in_its_line() {
        let (table, _) = read("\r\n\r\nid,residents,tags\r\n\r\n\"a,\"\"b\"\"\", 5 ,\"x\"\r\n浙,7,y");
        let at = |row, column| {
            (table.place(row, column).line_column(), table.place(row, column).text().to_owned())
        };
        assert_eq!(at(0, "id"), (Some((5, 1)), "\"a,\"\"b\"\"\"".to_owned()));
        assert_eq!(at(0, "residents"), (Some((5, 12)), "5".to_owned()));
        assert_eq!(at(0, "tags"), (Some((5, 15)), "\"x\"".to_owned()));
        assert_eq!(at(1, "residents"), (Some((6, 3)), "7".to_owned()));
        assert_eq!(at(1, "tags"), (Some((6, 5)), "y".to_owned()));
        // A column that is not in the file is the whole line.
        assert_eq!(at(1, "ecology"), (Some((6, 1)), "浙,7,y".to_owned()));
    }

    #[test]
    fn a_wrong_field_is_told_and_nothing_is_known_of_it() {
        let (table, problems) = read("id,residents,ecology\na,5,0.5\nb,many,7\nc,6,0.1\n");
        assert_eq!(problems.len(), 2);
        assert!(table.is_sound(0, &["residents", "ecology"]) && !table.is_sound(1, &["id", "residents"]));
        assert_eq!(table.rows().map(|row| table.persons(row, "residents")).sum::<i64>(), 11);
        let titles: Vec<String> = problems.iter().map(Problem::title).collect();
        assert_eq!(
            titles,
            [
                "`residents` is `many`, but must be a whole number of persons, 0 or more",
                "`ecology` is `7`, but must be a number from 0 to 1"
            ]
        );
    }

    #[test]
    fn a_missing_table_is_named_with_the_one_that_was_perhaps_meant() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("nodes.csv"), "id,residents\na,1\n").expect("a file");
        let mut problems = Problems::new();
        let table = Table::read(&folder.path().join("node.csv"), &COLUMNS, &mut problems);
        assert!(table.rows().is_empty());
        let text = problems.render(false);
        assert!(text.contains("node.csv could not be read"), "{text}");
        assert!(text.contains("help: there is a file `nodes.csv` in the same folder"), "{text}");
        let mut problems = Problems::new();
        assert_eq!(Table::read(&folder.path().join("nodes.csv"), &COLUMNS, &mut problems).rows(), 0..1);
        assert!(problems.is_empty());
    }

    #[test]
    fn every_problem_counts_and_twenty_are_shown() {
        let rows: String = (0..100).map(|row| format!("n{row},-1\n")).collect();
        let (_, problems) = read(&format!("id,residents\n{rows}"));
        assert_eq!(problems.len(), 100);
        let text = problems.render(false);
        assert_eq!(text.matches("error:").count(), 20);
        assert!(
            text.ends_with("... and 80 more in nodes.csv, not shown\n\n100 problems in nodes.csv"),
            "{text}"
        );
    }
}
