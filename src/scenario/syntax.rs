//! What is not TOML at all, said for people who never read its grammar.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::message::Message;
use crate::messages;

use toml::de::DeTable;

use super::column::share_of_percent;
use super::problem::{Problem, Problems};
use super::source::{Place, Source};

/// How many statements that are not TOML are looked for; a text with more is not a scenario.
const LIMIT: usize = 100;

/// A text with everything blanked out that is not TOML, so that the rest can be checked.
pub(crate) struct Parsable<'t> {
    pub(crate) text: Cow<'t, str>,
    /// Whether something was blanked out.
    pub(crate) damaged: bool,
    /// Keys whose table is not known, because its header was blanked out.
    pub(crate) adrift: Vec<Range<usize>>,
}

impl<'t> Parsable<'t> {
    /// Reports every statement that is not TOML.
    ///
    /// The parser finds all errors of a line, but after a bracket that is not closed, or a line such as
    /// `until 2030`, it takes the rest of the text for something else and complains about all of it. So
    /// only its first error is believed. The statement it is in is blanked out, which moves nothing, and
    /// the text is parsed again.
    pub(crate) fn new(source: &Arc<Source>, original: &'t str, problems: &mut Problems) -> Self {
        let mut text = Cow::Borrowed(original);
        let mut adrift = Vec::new();
        for _ in 0..LIMIT {
            let errors = DeTable::parse_recoverable(&text).1;
            let (twice, wrong): (Vec<_>, Vec<_>) =
                errors.into_iter().partition(|error| error.message() == "duplicate key");
            let Some(first) =
                wrong.iter().min_by_key(|error| error.span().map(|span| (span.start, span.end)))
            else {
                let twice = twice.iter().filter_map(|error| error.span());
                twice.for_each(|span| problems.push(duplicate(source, Place::new(source, span))));
                return Parsable { damaged: matches!(text, Cow::Owned(_)), text, adrift };
            };
            let Some(span) = first.span().map(|span| source.clamp(&span)) else {
                problems.push(Problem::new(
                    Place::whole(source),
                    messages::not_toml(messages::known(first.message())),
                ));
                break;
            };
            let (statement, open) = statement(source, &text, span.start);
            problems.push(match open {
                Some(open) => unclosed(source, open),
                None => syntax(source, &text, span, first.message()),
            });
            if text.get(statement.clone()).is_none_or(|text| text.trim().is_empty()) {
                break;
            }
            if text[statement.clone()].trim_start().starts_with('[') {
                adrift.push(statement.start..next_header(source, &text, statement.end));
            }
            let blank = text[statement.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' });
            let blank: String = blank.collect();
            text.to_mut().replace_range(statement, &blank);
        }
        Parsable { text: Cow::Borrowed(""), damaged: true, adrift: Vec::new() }
    }
}

/// The lines of the statement that an error is in, and the bracket or mark that was left open if that is
/// what is wrong with it. Everything before the error is known to be TOML.
fn statement(source: &Source, text: &str, error: usize) -> (Range<usize>, Option<Range<usize>>) {
    let line = source.line_at(error);
    let last_line = source.line_at(text.len());
    let content = |line: usize| text.get(source.line_range(line)).unwrap_or("");
    let start = source.line_range(line).start;
    let open = left_open(text, start);
    let first = open.clone().map_or(line, |open| source.line_at(open.start));
    let next = |from: usize| (from..=last_line).find(|&line| starts_statement(content(line)));

    // A new statement where a value should go on, or the end of the text: the value was never closed.
    let begun = next(first + 1).unwrap_or(last_line + 1);
    let at_end = text[error..].trim().is_empty();
    if let Some(open) = open.filter(|_| begun <= line || at_end) {
        let end = source.line_range(begun - 1).end.max(open.end);
        return (source.line_range(first).start..end, Some(open));
    }
    let end_of_line = source.line_range(line).end;
    let end = match left_open(text, end_of_line) {
        Some(open) if at_end => return (source.line_range(first).start..text.len(), Some(open)),
        Some(_) => source.line_range(next(line + 1).map_or(last_line, |next| next - 1)).end,
        None => end_of_line,
    };
    (source.line_range(first).start..end, None)
}

/// Where the next `[header]` begins.
fn next_header(source: &Source, text: &str, from: usize) -> usize {
    let lines = source.line_at(from) + 1..=source.line_at(text.len());
    let mut starts = lines.map(|line| source.line_range(line));
    let header = starts.find(|range| {
        let line = text.get(range.clone()).unwrap_or("").trim_start();
        line.starts_with('[') && starts_statement(line)
    });
    header.map_or(text.len(), |range| range.start)
}

/// Whether a line looks like `key = ...` or `[header]`.
fn starts_statement(line: &str) -> bool {
    let line = line.trim();
    let named = |key: &str| {
        let key = key.trim();
        !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_-.\"' ".contains(c))
    };
    match line.strip_prefix('[') {
        Some(header) => {
            let header = header.strip_prefix('[').unwrap_or(header);
            let (name, rest) = header.split_once(']').unwrap_or((header, ""));
            let rest = rest.trim_start_matches(']').trim();
            name.starts_with(|c: char| c.is_alphabetic())
                && named(name)
                && (rest.is_empty() || rest.starts_with('#'))
        }
        None => line.split_once('=').is_some_and(|(key, _)| named(key)),
    }
}

/// The last bracket or quotation mark before `end` that is still open there.
fn left_open(text: &str, end: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes().get(..end)?;
    let mut open: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'[' | b'{' => open.push(at..at + 1),
            b']' | b'}' => {
                open.pop();
            }
            b'#' => at = find(bytes, at, b"\n"),
            b'"' | b'\'' => {
                let long = [byte; 3];
                let mark = if bytes[at..].starts_with(&long) { &long[..] } else { &long[..1] };
                let mut close = at + mark.len();
                // Text in single marks of either kind ends with its line at the latest.
                while close < bytes.len() && !bytes[close..].starts_with(mark) {
                    match bytes[close] {
                        b'\n' if mark.len() == 1 => break,
                        b'\\' if byte == b'"' => close += 2,
                        _ => close += 1,
                    }
                }
                if close >= bytes.len() && mark.len() == 3 {
                    return Some(at..at + 3);
                }
                at = close + mark.len() - 1;
            }
            _ => {}
        }
        at += 1;
    }
    open.pop()
}

fn find(bytes: &[u8], from: usize, what: &[u8]) -> usize {
    (from..bytes.len()).find(|&at| bytes[at..].starts_with(what)).unwrap_or(bytes.len())
}

/// The message for a bracket or mark without its partner.
fn unclosed(source: &Arc<Source>, open: Range<usize>) -> Problem {
    let place = Place::new(source, open);
    let (what, close) = match place.text() {
        "[" => ("array", "]"),
        "{" => ("inline table", "}"),
        mark => ("text", mark),
    };
    let close = close.to_owned();
    Problem::new(place, messages::not_toml_open(messages::known(what)))
        .label(messages::close_is_missing(close))
}

/// The message for a text that is not TOML, from the parser's own.
fn syntax(source: &Arc<Source>, text: &str, span: Range<usize>, message: &str) -> Problem {
    let (what, expected) = message.split_once(", expected ").unwrap_or((message, ""));
    let line = source.text().get(source.line_range(source.line_at(span.start))).unwrap_or("");
    let assigned = line.split_once('=').map(|(_, value)| value.split('#').next().unwrap_or("").trim());
    let value = assigned.unwrap_or("");
    let place = Place::new(source, span.clone());
    let title = |what: Message| messages::not_toml(what);
    if assigned == Some("") {
        return Problem::new(place, title(messages::key_without_value()))
            .label(messages::nothing_after_equals());
    }
    if let Some(share) = share_of_percent(value) {
        return Problem::new(place, title(messages::number_with_percent()))
            .label(messages::shares_are_decimal())
            .help(messages::write_this(share));
    }
    let unquoted = what == "string values must be quoted";
    // A header begins with a bracket too, but holds no values.
    let inside = !line.trim_start().starts_with('[') && left_open(text, span.start).is_some();
    if unquoted && inside && full_width(line).is_none() {
        return Problem::new(place, title(messages::comma_or_quote_missing()))
            .help(messages::commas_and_quotes());
    }
    let problem = Problem::new(
        place,
        if unquoted {
            title(messages::text_without_quotes())
        } else {
            messages::not_toml(messages::known(what))
        },
    );
    let problem = match expected {
        _ if unquoted => problem.label(messages::text_goes_in_quotes()),
        "" | "nothing" => problem,
        expected => problem.label(messages::expected_this(expected_words(expected))),
    };
    if let Some((wide, plain)) = full_width(line) {
        problem.help(messages::half_width_sign(plain, wide))
    } else if let Some(right) = right_spelling(value).filter(|right| right != value) {
        problem.help(if what.contains("leading zero") {
            messages::write_or_code(right, value)
        } else {
            messages::write_this(right)
        })
    } else if unquoted && !value.contains('"') {
        problem.help(messages::write_in_quotes(value))
    } else {
        problem
    }
}

/// What the parser expects, word by word.
fn expected_words(expected: &str) -> String {
    let words: Vec<String> = expected.split(", ").map(messages::known).collect();
    words.join(messages::comma())
}

/// The TOML spelling of a truth value or number that is written as people and other programs do.
pub(crate) fn right_spelling(value: &str) -> Option<String> {
    match value.to_lowercase().as_str() {
        "true" | "yes" | "on" => return Some("true".to_owned()),
        "false" | "no" | "off" => return Some("false".to_owned()),
        _ => {}
    }
    if let Some(share) = share_of_percent(value) {
        return Some(share.to_string());
    }
    let digits: String = value.chars().filter(|c| !matches!(c, ',' | ' ')).collect();
    let number: f64 = digits.parse().ok()?;
    (number.is_finite() && digits.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)))
        .then(|| number.to_string())
}

/// A sign of a Chinese keyboard that looks like one of TOML's.
fn full_width(line: &str) -> Option<(char, char)> {
    line.chars().find_map(|sign| {
        let plain = match sign {
            '＝' => '=',
            '，' | '、' => ',',
            '。' | '．' => '.',
            '“' | '”' | '＂' => '"',
            '‘' | '’' => '\'',
            '【' | '［' => '[',
            '】' | '］' => ']',
            '｛' => '{',
            '｝' => '}',
            '＃' => '#',
            '－' => '-',
            '０'..='９' => char::from_u32('0' as u32 + sign as u32 - '０' as u32)?,
            _ => return None,
        };
        Some((sign, plain))
    })
}

/// The message for a key or table that is set twice. The parser tells only of the second time.
fn duplicate(source: &Arc<Source>, place: Place) -> Problem {
    let text = source.text();
    let span = place.span().unwrap_or(0..0);
    let name = place.text().to_owned();
    let line = source.line_range(source.line_at(span.start));
    let before = text.get(line.start..span.start).unwrap_or("");
    let header = before.trim_start().starts_with('[') && !before.contains('=');
    let what = if header { messages::word_table() } else { messages::word_key() };
    let problem = Problem::new(place, messages::set_twice(what, &name)).label(messages::set_again_here());
    let problem = match first_time(source, &span, before, &name, header) {
        Some(first) => problem.also(Place::new(source, first), messages::set_here_first()),
        None => problem,
    };
    problem.help(if header { messages::keys_under_one_header() } else { messages::keep_one_of_two() })
}

/// Where a key was written the first time: the same words before it, in the same table.
fn first_time(
    source: &Source,
    span: &Range<usize>,
    before: &str,
    name: &str,
    header: bool,
) -> Option<Range<usize>> {
    let text = source.text();
    let opening = before.rfind(['{', ',']).map_or("", |at| &before[at + 1..]);
    if before.contains('{') {
        // Inside an inline table, which stands on one line: look back on that line.
        let start = span.start - before.len() + before.rfind('{')? + 1;
        let inside = text.get(start..span.start)?;
        let mut at = start;
        for part in inside.split(',') {
            let written = part.split('=').next().unwrap_or("").trim();
            if written == format!("{}{name}", opening.trim()) {
                let from = at + part.find(name)?;
                return Some(from..from + name.len());
            }
            at += part.len() + 1;
        }
        return None;
    }
    let wanted: String = before.chars().filter(|c| !c.is_whitespace()).chain(name.chars()).collect();
    for line in (0..source.line_at(span.start)).rev() {
        let range = source.line_range(line);
        let content = text.get(range.clone())?;
        let squeezed: String = content.chars().filter(|c| !c.is_whitespace()).collect();
        let follows = squeezed.strip_prefix(&wanted).and_then(|rest| rest.chars().next());
        if follows == Some(if header { ']' } else { '=' }) {
            let from = range.start + content.find(name)?;
            return Some(from..from + name.len());
        }
        if !header && squeezed.starts_with('[') {
            return None;
        }
    }
    None
}
