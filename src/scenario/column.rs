//! The columns of a table: what each holds, and what is said of a field that holds something else.

use std::borrow::Cow;

use super::problem::listed;
use crate::message::Message;
use crate::messages;
use crate::nearest::{likest, nearest};
use crate::printable::{control_sign, named};

/// Most persons that one field may count: more than live on Earth.
pub(super) const MOST_PERSONS: i64 = 10_000_000_000;

/// Most money that one field may hold, yuan: more than the world makes in a year. In fen it leaves room for
/// the sums and stocks that follow from it.
pub(crate) const MOST_YUAN: f64 = 1e15;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A whole number of persons, 0 or more.
    Persons,
    /// Persons as statistics print them: whole, or within rounding of it.
    Count,
    /// A calendar year.
    Year,
    /// A six-digit code of GB/T 2260.
    Code,
    /// A finite number in a range, both ends included.
    Number {
        /// Smallest value.
        least: f64,
        /// Largest value.
        most: f64,
    },
    /// Any text.
    Text,
    /// One of a few words.
    Words(&'static [&'static str]),
    /// Any number of words separated by `;`.
    Tags,
}

impl Kind {
    /// A finite number of any size.
    pub(crate) const NUMBER: Kind = Kind::Number { least: f64::NEG_INFINITY, most: f64::INFINITY };
    /// A finite number, 0 or more.
    pub const AMOUNT: Kind = Kind::Number { least: 0.0, most: f64::INFINITY };
    /// A number from 0 to 1.
    pub const SHARE: Kind = Kind::Number { least: 0.0, most: 1.0 };
    /// Yuan, 0 or more.
    pub(crate) const MONEY: Kind = Kind::Number { least: 0.0, most: MOST_YUAN };
    /// The same in units of 10,000 yuan.
    pub(crate) const MONEY_10K: Kind = Kind::Number { least: 0.0, most: MOST_YUAN / 1e4 };

    /// What is expected, to be read after "must be".
    pub(super) fn expected(self) -> String {
        match self {
            Kind::Persons => messages::whole_number_of_persons().to_string(),
            Kind::Count => messages::a_count_of_persons().to_string(),
            Kind::Year => messages::a_year().to_string(),
            Kind::Code => messages::a_gb_code().to_string(),
            Kind::Number { least, most } => match (least.is_finite(), most.is_finite()) {
                (false, false) => messages::known("a number"),
                (true, false) => messages::number_at_least(least).to_string(),
                (false, true) => messages::number_at_most(most).to_string(),
                (true, true) => messages::number_from_to(least, plain(most)).to_string(),
            },
            Kind::Text => messages::known("text"),
            Kind::Words(words) => listed(words, &messages::word_or()),
            Kind::Tags => messages::words_by_semicolons().to_string(),
        }
    }
}

/// A bound as people write it.
fn plain(number: f64) -> String {
    if number >= 1e9 { format!("{number:e}") } else { number.to_string() }
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
    /// Whether a field may be empty though the column has to be there.
    may_be_empty: bool,
}

impl Column {
    /// A column that must be there, with a value in every row.
    pub const fn required(name: &'static str, kind: Kind, meaning: &'static str) -> Self {
        Column { name, required: true, kind, meaning, may_be_empty: false }
    }

    /// A column that may be absent, or empty in some rows.
    pub const fn optional(name: &'static str, kind: Kind, meaning: &'static str) -> Self {
        Column { name, required: false, kind, meaning, may_be_empty: true }
    }

    /// A column that must be there, with empty fields where a value is not known.
    pub const fn known(name: &'static str, kind: Kind, meaning: &'static str) -> Self {
        Column { name, required: true, kind, meaning, may_be_empty: true }
    }
}

/// A field as it was understood.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Absent or left empty.
    Empty,
    /// It was reported; nothing is known of it.
    Wrong,
    Persons(i64),
    Number(f64),
    Text(String),
}

/// What is wrong with a field.
#[derive(Debug)]
pub(super) struct Wrong {
    pub(super) title: Message,
    pub(super) label: Message,
    pub(super) help: Option<Message>,
}

/// A field read as what its column holds.
pub(super) fn read_field(column: &Column, field: &str) -> Result<Cell, Wrong> {
    if let Some(sign) = control_sign(field) {
        return Err(Wrong {
            title: messages::column_holds_sign(column.name, named(sign)),
            label: messages::sign_not_printable(),
            help: Some(messages::delete_the_sign()),
        });
    }
    if field.is_empty() {
        return if column.may_be_empty {
            Ok(Cell::Empty)
        } else {
            Err(Wrong {
                title: messages::column_is_empty(column.name),
                label: messages::needs_expected(column.kind.expected()),
                help: None,
            })
        };
    }
    let wrong = |label: Message, help: Option<Message>| wrong(column, field, label, help);
    match column.kind {
        Kind::Persons => persons(column, field),
        Kind::Year => match field.parse::<i64>() {
            Ok(year) if (1..=9999).contains(&year) => Ok(Cell::Persons(year)),
            _ => Err(wrong(messages::not_a_year(), None)),
        },
        Kind::Code if field.len() == 6 && field.bytes().all(|b| b.is_ascii_digit()) => {
            Ok(Cell::Text(field.to_owned()))
        }
        Kind::Code => Err(wrong(messages::not_a_code(), code_help(field))),
        Kind::Count => number(column, field, 0.0, MOST_PERSONS as f64),
        Kind::Number { least, most } => number(column, field, least, most),
        Kind::Words(words) if !words.contains(&field) => Err(match nearest(field, words.iter().copied()) {
            Some(near) => wrong(messages::did_you_mean(near), None),
            None => wrong(messages::not_one_of_words(), None),
        }),
        Kind::Text | Kind::Words(_) | Kind::Tags => Ok(Cell::Text(field.to_owned())),
    }
}

/// A field of a table that somebody else wrote as this program writes it: without thousands separators and full-width
/// digits, without the point that a spreadsheet gives a code, empty where it says that nothing is known.
pub(super) fn plain_field<'f>(column: &Column, field: &'f str) -> Cow<'f, str> {
    let is_number = matches!(column.kind, Kind::Persons | Kind::Count | Kind::Year | Kind::Number { .. });
    if !is_number && column.kind != Kind::Code {
        return Cow::Borrowed(field);
    }
    if is_number && column.may_be_empty && is_unknown(field) {
        return Cow::Borrowed("");
    }
    let ascii = |sign: char| match sign {
        '０'..='９' => char::from_u32(sign as u32 - '０' as u32 + '0' as u32).unwrap_or(sign),
        '．' => '.',
        '－' => '-',
        _ => sign,
    };
    let text: String = field.chars().map(ascii).collect();
    if column.kind == Kind::Code {
        let digits = text.strip_suffix(".0").filter(|d| d.bytes().all(|b| b.is_ascii_digit()));
        return Cow::Owned(digits.unwrap_or(&text).to_owned());
    }
    let separated = text
        .chars()
        .filter(|c| !matches!(c, ',' | '，' | ' ' | '\u{a0}' | '\u{202f}' | '\''))
        .collect::<String>();
    match separated.parse::<f64>() {
        Ok(_) if is_grouped(&text) => Cow::Owned(separated),
        _ => Cow::Owned(text),
    }
}

/// The code of a county in the longer codes of statistics, where zeros stand for its towns and villages: 350102000000 is 350102.
pub(super) fn county_code(field: &str) -> &str {
    let zeros = |below: &str| matches!(below.len(), 3 | 6) && below.bytes().all(|b| b == b'0');
    match field.split_at_checked(6) {
        Some((county, below)) if county.bytes().all(|b| b.is_ascii_digit()) && zeros(below) => county,
        _ => field,
    }
}

/// Whether separators stand between groups of digits as people set them, by three, or by two before the last three: a
/// decimal comma is none.
fn is_grouped(text: &str) -> bool {
    let whole = text.split('.').next().unwrap_or("").trim_start_matches(['-', '+']);
    let mut groups = whole.split([',', '，', ' ', '\u{a0}', '\u{202f}', '\'']).rev();
    let last = groups.next().unwrap_or("");
    let others: Vec<&str> = groups.collect();
    others.is_empty()
        || last.len() == 3
            && others.iter().enumerate().all(|(i, group)| match group.len() {
                3 | 2 => true,
                1 => i + 1 == others.len(),
                _ => false,
            })
}

/// Whether a text may be a code where codes are any text: short, without blanks and separators.
pub(super) fn is_text_code(field: &str) -> bool {
    field.chars().count() <= 32 && !field.contains([' ', ',', ';', '"', '/', '\\'])
}

fn wrong(column: &Column, field: &str, label: Message, help: Option<Message>) -> Wrong {
    Wrong { title: messages::column_must_be(column.name, short(field), column.kind.expected()), label, help }
}

fn persons(column: &Column, field: &str) -> Result<Cell, Wrong> {
    let wrong = |label: Message, help: Option<Message>| wrong(column, field, label, help);
    // A spreadsheet writes 400000.0 for a whole number.
    let whole = field.strip_suffix(".0").unwrap_or(field);
    match whole.parse::<i64>() {
        Ok(persons) if persons > MOST_PERSONS => Err(wrong(messages::more_than_all_people(), None)),
        Ok(persons) if persons >= 0 => Ok(Cell::Persons(persons)),
        Ok(_) => Err(wrong(messages::below_zero(), None)),
        Err(_) if is_unknown(field) => Err(wrong(messages::not_a_number(), unknown_help(column))),
        Err(_) => Err(match field.parse::<f64>() {
            Ok(number) if number.is_finite() && number.fract() != 0.0 => {
                wrong(messages::not_a_whole_number(), Some(messages::persons_one_by_one()))
            }
            Ok(number) if number.is_finite() => wrong(messages::out_of_range(), None),
            _ => wrong(messages::not_a_number(), plain_digits(field)),
        }),
    }
}

fn number(column: &Column, field: &str, least: f64, most: f64) -> Result<Cell, Wrong> {
    let wrong = |label: Message, help: Option<Message>| wrong(column, field, label, help);
    match field.parse::<f64>() {
        _ if is_unknown(field) => Err(wrong(messages::not_a_number(), unknown_help(column))),
        Ok(number) if !number.is_finite() => Err(wrong(messages::not_finite(), unknown_help(column))),
        Ok(number) if number < least => Err(wrong(messages::below_least(least), None)),
        Ok(number) if number > most => Err(wrong(messages::above_most(plain(most)), too_much(column.kind))),
        Ok(number) => Ok(Cell::Number(number)),
        Err(_) => Err(wrong(messages::not_a_number(), plain_digits(field))),
    }
}

fn too_much(kind: Kind) -> Option<Message> {
    (kind == Kind::MONEY).then(messages::more_than_world_makes)
}

fn code_help(field: &str) -> Option<Message> {
    let digits = field.strip_suffix(".0").unwrap_or(field);
    (digits != field && digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_digit()))
        .then(|| messages::code_from_spreadsheet(digits))
}

/// Whether a field says "not known" in one of the ways statistics tables do.
fn is_unknown(field: &str) -> bool {
    ["na", "n/a", "nan", "null", "none", "-", "--", "—", "..", "…"].contains(&field.to_lowercase().as_str())
}

fn unknown_help(column: &Column) -> Option<Message> {
    column.may_be_empty.then(messages::leave_empty_if_unknown)
}

/// The digits of a number with thousands separators or a percent sign, as they should be written.
fn plain_digits(field: &str) -> Option<Message> {
    if let Some(share) = share_of_percent(field) {
        return Some(messages::write_the_share(share));
    }
    let digits: String = field.chars().filter(|c| !matches!(c, ',' | ' ' | '_' | '\'' | '\u{a0}')).collect();
    let number = digits.parse::<f64>().ok()?;
    (number.is_finite() && digits != field).then(|| messages::without_separators(digits))
}

/// `0.8` for `80%`.
pub(super) fn share_of_percent(text: &str) -> Option<f64> {
    let percent = text.trim().strip_suffix(['%', '％'])?.trim().parse::<f64>().ok()?;
    percent.is_finite().then_some(percent / 100.0)
}

/// A field as it is quoted in a title.
fn short(field: &str) -> Cow<'_, str> {
    match field.char_indices().nth(40) {
        Some((end, _)) => Cow::Owned(format!("{}…", &field[..end])),
        None => Cow::Borrowed(field),
    }
}

/// Columns of a table that are told by name.
const TOLD: usize = 10;

/// What the columns of a table are called, for a name that is none of them; of many the likest.
pub(super) fn right_names(columns: &[Column], name: &str) -> Message {
    let right: Vec<&str> = columns.iter().map(|column| column.name).collect();
    if right.len() <= TOLD {
        return messages::columns_of_table(listed(&right, &messages::word_and()));
    }
    let near = likest(name, &right, TOLD);
    messages::columns_among(listed(&near, &messages::word_and()), right.len() - near.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(kind: Kind, field: &str) -> String {
        match read_field(&Column::known("x", kind, ""), field) {
            Ok(cell) => format!("{cell:?}"),
            Err(wrong) => [wrong.title, wrong.label]
                .into_iter()
                .chain(wrong.help)
                .map(String::from)
                .collect::<Vec<_>>()
                .join("; "),
        }
    }

    #[test]
    fn a_field_becomes_what_its_column_holds() {
        for (kind, field, read) in [
            (Kind::Persons, "12", "Persons(12)"),
            (Kind::Count, "400000.0", "Number(400000.0)"),
            (Kind::Year, "2020", "Persons(2020)"),
            (Kind::Code, "330102", "Text(\"330102\")"),
            (Kind::MONEY, "1e15", "Number(1000000000000000.0)"),
            (Kind::Text, "", "Empty"),
        ] {
            assert_eq!(said(kind, field), read);
        }
    }

    #[test]
    fn a_wrong_field_is_told_what_would_be_right() {
        for (kind, field, words) in [
            (Kind::Persons, "9223372036854775807", "more than all people"),
            (Kind::Count, "-3", "below 0"),
            (Kind::Year, "20O0", "a year, such as 2020"),
            (Kind::Code, "330102.0", "write 330102: a spreadsheet took the code for a number"),
            (Kind::MONEY, "1e16", "from 0 to 1e15; above 1e15; it is more than the world makes in a year"),
            (Kind::SHARE, "80%", "write the share, 0.8"),
            (Kind::NUMBER, "12,345", "write 12345, without separators"),
            (Kind::Text, "a\u{1b}[31m", "`x` holds ESC, U+001B"),
            (Kind::Tags, "a\0", "`x` holds NUL, U+0000"),
            (Kind::Text, "a\u{202e}b", "turns the order of letters round"),
        ] {
            assert!(said(kind, field).contains(words), "{}", said(kind, field));
        }
    }
}
