//! The CSV tables of a study area: every field typed, every wrong one pointed at in its own line.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::encoding::{decode, unreadable};
use super::problem::{Problem, Problems, listed, nearest};
use super::source::{Place, Source};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A whole number of persons, 0 or more.
    Persons,
    /// A finite number in a range, both ends included.
    Number { least: f64, most: f64 },
    /// Any text.
    Text,
    /// One of a few words.
    Words(&'static [&'static str]),
    /// Any number of words separated by `;`.
    Tags,
}

impl Kind {
    /// A finite number of any size.
    pub const NUMBER: Kind = Kind::Number { least: f64::NEG_INFINITY, most: f64::INFINITY };
    /// A finite number, 0 or more.
    pub const AMOUNT: Kind = Kind::Number { least: 0.0, most: f64::INFINITY };
    /// A number from 0 to 1.
    pub const SHARE: Kind = Kind::Number { least: 0.0, most: 1.0 };

    /// What is expected, to be read after "must be".
    fn expected(self) -> String {
        match self {
            Kind::Persons => "a whole number of persons, 0 or more".to_owned(),
            Kind::Number { least, most } => match (least.is_finite(), most.is_finite()) {
                (false, false) => "a number".to_owned(),
                (true, false) => format!("a number of at least {least}"),
                (false, true) => format!("a number of at most {most}"),
                (true, true) => format!("a number from {least} to {most}"),
            },
            Kind::Text => "text".to_owned(),
            Kind::Words(words) => listed(words, "or"),
            Kind::Tags => "words separated by `;`".to_owned(),
        }
    }
}

/// One column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name in the header row.
    pub name: &'static str,
    /// Whether the table has to have it, with a value in every row.
    pub required: bool,
    /// What it holds.
    pub kind: Kind,
    /// What it means, with its unit; shown when a value is wrong.
    pub meaning: &'static str,
}

impl Column {
    /// A column that must be there, with a value in every row.
    pub const fn required(name: &'static str, kind: Kind, meaning: &'static str) -> Self {
        Column { name, required: true, kind, meaning }
    }

    /// A column that may be absent, or empty in some rows.
    pub const fn optional(name: &'static str, kind: Kind, meaning: &'static str) -> Self {
        Column { name, required: false, kind, meaning }
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Cell {
    /// Absent or left empty; a wrong field too, after it was reported.
    Empty,
    Persons(i64),
    Number(f64),
    Text(String),
}

/// A table that was read and checked, with the place of every field kept for later checks.
///
/// A wrong field is reported when the table is read and then counts as empty, so that the checks that
/// follow can go on and report what they find.
///
/// ```
/// use shanhai::scenario::problem::Problems;
/// use shanhai::scenario::table::{Column, Kind, Table};
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
    source: Arc<Source>,
    columns: &'static [Column],
    /// Where each of `columns` stands in the file, if it does.
    stands: Vec<Option<usize>>,
    rows: Vec<Row>,
}

#[derive(Clone, Debug)]
struct Row {
    /// First byte of the row in the text.
    start: usize,
    /// One cell for each of the table's `columns`.
    cells: Vec<Cell>,
}

impl Table {
    /// Reads a table from a file. Whatever is wrong is added to `problems`; what could be read is
    /// returned.
    pub fn read(path: &Path, columns: &'static [Column], problems: &mut Problems) -> Table {
        Table::open(path, columns, problems, |problem| problem)
    }

    /// [`Table::read`] for a file that a scenario names: a missing file is reported where it is named.
    pub fn read_named(
        named_at: &Place,
        path: &Path,
        columns: &'static [Column],
        problems: &mut Problems,
    ) -> Table {
        Table::open(path, columns, problems, |problem| problem.moved(named_at.clone()))
    }

    fn open(
        path: &Path,
        columns: &'static [Column],
        problems: &mut Problems,
        refused: impl FnOnce(Problem) -> Problem,
    ) -> Table {
        match std::fs::read(path) {
            Ok(bytes) => Table::parse(&path.display().to_string(), &bytes, columns, problems),
            Err(error) => {
                problems.push(refused(unreadable(path, &error)));
                Table::empty(Source::new(path.display().to_string(), ""), columns)
            }
        }
    }

    fn empty(source: Arc<Source>, columns: &'static [Column]) -> Table {
        Table { source, columns, stands: vec![None; columns.len()], rows: Vec::new() }
    }

    /// Reads a table from bytes; `name` is what messages call it.
    pub fn parse(name: &str, bytes: &[u8], columns: &'static [Column], problems: &mut Problems) -> Table {
        let Some(text) = decode(name, bytes, problems) else {
            return Table::empty(Source::new(name, ""), columns);
        };
        let source = Source::new(name, text);
        let names: Vec<&str> = columns.iter().map(|column| column.name).collect();

        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(source.text().as_bytes());
        let mut records = reader.records().map_while(|record| record.ok()).map(|record| {
            let start = record.position().map_or(0, |position| position.byte() as usize);
            (skip_empty_lines(source.text(), start), record)
        });

        let Some((header_start, header)) = records.next() else {
            problems.push(
                Problem::new(Place::whole(&source), "the table is empty")
                    .help(format!("its first line names the columns: {}", names.join(","))),
            );
            return Table::empty(source, columns);
        };
        let mut table = Table::empty(Arc::clone(&source), columns);
        table.read_header(&header, header_start, problems);
        for (start, record) in records {
            let row = table.read_row(&record, start, header.len(), problems);
            table.rows.push(row);
        }
        if table.rows.is_empty() {
            let place = Place::new(&source, source.line_range(source.line_at(header_start)));
            problems
                .push(Problem::new(place, "the table has no rows").label("nothing follows this header row"));
        }
        table
    }

    fn read_header(&mut self, header: &csv::StringRecord, start: usize, problems: &mut Problems) {
        let place = |index| Place::new(&self.source, field_range(self.source.text(), start, index));
        let mut unknown = Vec::new();
        for (index, name) in header.iter().enumerate() {
            let Some(column) = self.columns.iter().position(|column| column.name == name) else {
                unknown.push((index, name));
                continue;
            };
            match self.stands[column] {
                None => self.stands[column] = Some(index),
                Some(first) => problems.push(
                    Problem::new(place(index), format!("the column `{name}` occurs twice"))
                        .label("second time")
                        .also(place(first), "first time")
                        .help("a column may occur once; rename or delete one of the two"),
                ),
            }
        }
        // A misspelt name most likely stands for a column that is missing, so those come first.
        let absent: Vec<&Column> = (self.columns.iter().zip(&self.stands))
            .filter_map(|(column, at)| at.is_none().then_some(column))
            .collect();
        let mut explained = Vec::new();
        for (index, name) in unknown {
            let mut problem = Problem::new(place(index), format!("unknown column `{name}`"));
            if name.is_empty() {
                problem = Problem::new(place(index), "a column without a name").label("nothing stands here");
            }
            problem = match nearest(name, absent.iter().map(|column| column.name)) {
                Some(near) => {
                    explained.push(near);
                    problem.label(format!("did you mean `{near}`?"))
                }
                None => {
                    let right: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
                    problem.help(format!("the columns of this table are {}", listed(&right, "and")))
                }
            };
            problems.push(problem);
        }
        // Pointing at the end of the header row says where the column can be added.
        let end = self.source.line_range(self.source.line_at(start)).end;
        for column in absent.iter().filter(|c| c.required && !explained.contains(&c.name)) {
            problems.push(
                Problem::new(
                    Place::new(&self.source, end..end),
                    format!("the column `{}` is missing", column.name),
                )
                .label(format!("this header row has no `{}`", column.name))
                .help(format!("`{}` holds {}", column.name, column.kind.expected()))
                .note(format!("`{}`: {}", column.name, column.meaning)),
            );
        }
    }

    fn read_row(
        &self,
        record: &csv::StringRecord,
        start: usize,
        width: usize,
        problems: &mut Problems,
    ) -> Row {
        let mut cells = vec![Cell::Empty; self.columns.len()];
        let place = |index| Place::new(&self.source, field_range(self.source.text(), start, index));
        if let Some(index) = record.iter().position(|field| field.contains(['\n', '\r'])) {
            let opened = place(index);
            let line = self.source.line_at(start);
            problems.push(
                Problem::new(opened, format!("a quoted field of line {} runs over the end of the line", line + 1))
                    .label("opened here")
                    .help("close it with a second \" on the same line; a \" that belongs to the text is written twice"),
            );
            return Row { start, cells };
        }
        if record.len() != width {
            let (n, title) = (record.len(), self.source.line_at(start) + 1);
            let title = format!(
                "line {title} has {n} field{}, the header row has {width}",
                if n == 1 { "" } else { "s" }
            );
            let problem = if n < width {
                let end = self.source.line_range(self.source.line_at(start)).end;
                Problem::new(Place::new(&self.source, end..end), title)
                    .label(format!("{} missing", width - n))
                    .help("leave a field empty by writing nothing between two commas")
            } else {
                Problem::new(place(width), title)
                    .label("the first field too many")
                    .help("a comma inside a field is read as the start of the next one: put such a field in double quotes, and write numbers without commas")
            };
            problems.push(problem);
            return Row { start, cells };
        }
        for ((column, stands), cell) in self.columns.iter().zip(&self.stands).zip(&mut cells) {
            let Some((index, field)) = stands.and_then(|at| Some((at, record.get(at)?))) else { continue };
            match read_field(column, field) {
                Ok(value) => *cell = value,
                Err(Wrong { title, label, help }) => {
                    let mut problem = Problem::new(place(index), title).label(label);
                    if let Some(help) = help {
                        problem = problem.help(help);
                    }
                    problems.push(problem.note(format!("`{}`: {}", column.name, column.meaning)));
                }
            }
        }
        Row { start, cells }
    }

    /// The rows, to be counted through.
    pub fn rows(&self) -> Range<usize> {
        0..self.rows.len()
    }

    /// Whether the file has this column at all.
    pub fn has(&self, column: &str) -> bool {
        self.index(column).is_some_and(|at| self.stands[at].is_some())
    }

    /// Whether a field is empty or absent.
    pub fn is_empty(&self, row: usize, column: &str) -> bool {
        *self.cell(row, column) == Cell::Empty
    }

    /// A number of persons; 0 where the field is empty or absent.
    pub fn persons(&self, row: usize, column: &str) -> i64 {
        match self.cell(row, column) {
            Cell::Persons(persons) => *persons,
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
        let Some(start) = self.rows.get(row).map(|row| row.start) else {
            return Place::whole(&self.source);
        };
        match self.index(column).and_then(|at| self.stands[at]) {
            Some(index) => Place::new(&self.source, field_range(self.source.text(), start, index)),
            None => Place::new(&self.source, self.source.line_range(self.source.line_at(start))),
        }
    }

    /// The file as a whole.
    pub fn whole(&self) -> Place {
        Place::whole(&self.source)
    }

    fn index(&self, column: &str) -> Option<usize> {
        let index = self.columns.iter().position(|c| c.name == column);
        debug_assert!(index.is_some(), "`{column}` is not among the columns this table was read with");
        index
    }

    fn cell(&self, row: usize, column: &str) -> &Cell {
        let cell = self.index(column).and_then(|at| self.rows.get(row)?.cells.get(at));
        cell.unwrap_or(&Cell::Empty)
    }
}

struct Wrong {
    title: String,
    label: String,
    help: Option<String>,
}

fn read_field(column: &Column, field: &str) -> Result<Cell, Wrong> {
    let name = column.name;
    let wrong = |label: &str, help: Option<String>| Wrong {
        title: format!("`{name}` is `{}`, but must be {}", short(field), column.kind.expected()),
        label: label.to_owned(),
        help,
    };
    if field.is_empty() {
        if column.required {
            return Err(Wrong {
                title: format!("`{name}` is empty"),
                label: format!("needs {}", column.kind.expected()),
                help: None,
            });
        }
        return Ok(Cell::Empty);
    }
    match column.kind {
        Kind::Persons => match field.parse::<i64>() {
            Ok(persons) if persons >= 0 => Ok(Cell::Persons(persons)),
            Ok(_) => Err(wrong("below 0", None)),
            Err(_) if is_unknown(field) => Err(wrong("not a number", unknown_help(column))),
            Err(_) => Err(match field.parse::<f64>() {
                Ok(number) if number.is_finite() && number.fract() != 0.0 => {
                    wrong("not a whole number", Some("persons are counted one by one".into()))
                }
                Ok(number) if number.is_finite() && (0.0..1e15).contains(&number) => {
                    wrong("written as a decimal number", Some(format!("write {number:.0}")))
                }
                Ok(number) if number.is_finite() => wrong("out of range", None),
                _ => wrong("not a number", plain_digits(field)),
            }),
        },
        Kind::Number { least, most } => match field.parse::<f64>() {
            _ if is_unknown(field) => Err(wrong("not a number", unknown_help(column))),
            Ok(number) if !number.is_finite() => Err(wrong("not a finite number", unknown_help(column))),
            Ok(number) if number < least => Err(wrong(&format!("below {least}"), None)),
            Ok(number) if number > most => Err(wrong(&format!("above {most}"), None)),
            Ok(number) => Ok(Cell::Number(number)),
            Err(_) => Err(wrong("not a number", plain_digits(field))),
        },
        Kind::Words(words) if !words.contains(&field) => Err(match nearest(field, words.iter().copied()) {
            Some(near) => wrong(&format!("did you mean `{near}`?"), None),
            None => wrong("not one of these words", None),
        }),
        Kind::Text | Kind::Words(_) | Kind::Tags => Ok(Cell::Text(field.to_owned())),
    }
}

/// Whether a field says "not known" in one of the ways statistics tables do.
fn is_unknown(field: &str) -> bool {
    ["na", "n/a", "nan", "null", "none", "-", "--", "—", "..", "…"].contains(&field.to_lowercase().as_str())
}

fn unknown_help(column: &Column) -> Option<String> {
    (!column.required).then(|| "leave the field empty where the value is not known".to_owned())
}

/// The digits of a number with thousands separators or a percent sign, as they should be written.
fn plain_digits(field: &str) -> Option<String> {
    if let Some(percent) = field.strip_suffix('%').and_then(|number| number.trim().parse::<f64>().ok()) {
        return percent.is_finite().then(|| format!("write the share, {}", percent / 100.0));
    }
    let digits: String = field.chars().filter(|c| !matches!(c, ',' | ' ' | '_' | '\'' | '\u{a0}')).collect();
    let number = digits.parse::<f64>().ok()?;
    (number.is_finite() && digits != field).then(|| format!("write {digits}, without separators"))
}

/// A field as it is quoted in a title.
fn short(field: &str) -> Cow<'_, str> {
    match field.char_indices().nth(40) {
        Some((end, _)) => Cow::Owned(format!("{}…", &field[..end])),
        None => Cow::Borrowed(field),
    }
}

/// The place of the first byte of a row: the reader counts the empty lines before it as part of it.
fn skip_empty_lines(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    (start..bytes.len()).find(|&at| !matches!(bytes[at], b'\n' | b'\r')).unwrap_or(bytes.len())
}

/// The bytes of field `index` of the row that starts at `start`, without the blanks around it.
///
/// The csv crate gives fields with their quotation marks resolved; to point at one, the row is walked
/// once more by the same rules.
fn field_range(text: &str, start: usize, index: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut field, mut field_start) = (start, 0, start);
    let mut quoted = false;
    while at < bytes.len() {
        match bytes[at] {
            b'"' if quoted || at == field_start => quoted = !quoted,
            // A second mark right after a closing one is a mark that belongs to the text.
            b'"' if bytes[at - 1] == b'"' && bytes[field_start] == b'"' => quoted = true,
            b',' if !quoted && field == index => break,
            b',' if !quoted => {
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
    fn a_wrong_field_is_told_and_counts_as_empty() {
        let (table, problems) = read("id,residents,ecology\na,5,0.5\nb,many,7\nc,6,0.1\n");
        assert_eq!(problems.len(), 2);
        assert_eq!(table.rows().map(|row| table.persons(row, "residents")).sum::<i64>(), 11);
        let titles: Vec<&str> = problems.iter().map(Problem::title).collect();
        assert_eq!(
            titles,
            [
                "`residents` is `many`, but must be a whole number of persons, 0 or more",
                "`ecology` is `7`, but must be a number from 0 to 1"
            ]
        );
    }

    #[test]
    fn a_missing_table_is_shown_where_it_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("nodes.csv"), "id,residents\na,1\n").expect("a file");
        let scenario = Source::new("scenario.toml", "nodes = \"node.csv\"\n");
        let mut problems = Problems::new();
        let path = folder.path().join("node.csv");
        let table = Table::read_named(&Place::new(&scenario, 8..18), &path, &COLUMNS, &mut problems);
        assert!(table.rows().is_empty());
        let text = problems.render(false);
        assert!(text.contains(" --> scenario.toml:1:9"), "{text}");
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
