//! Dotted paths to a value: `policy.industry_transfer[0].payer`.

use std::ops::Range;

use crate::message::Message;
use crate::messages;

use toml::de::DeValue;

/// One step of a path.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    /// A key of a table.
    Key(String),
    /// A member of an array, counted from 0.
    Member(usize),
}

/// A step and the bytes it is written in.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spot {
    pub(crate) step: Step,
    pub(crate) span: Range<usize>,
}

/// Why a text is not a path.
#[derive(Debug)]
pub(crate) struct NotAPath {
    pub(crate) span: Range<usize>,
    pub(crate) title: Message,
    pub(crate) help: Message,
}

/// Reads a path from the start of a text and returns it with the byte where it ends.
pub(crate) fn parse(text: &str) -> Result<(Vec<Spot>, usize), NotAPath> {
    let mut spots = Vec::new();
    let mut at = blank(text, 0);
    loop {
        let start = at;
        let (key, end) = read_key(text, start)?;
        spots.push(Spot { step: Step::Key(key), span: start..end });
        at = blank(text, end);
        while text[at..].starts_with('[') {
            let inside = &text[at + 1..];
            let member = inside.find(']').and_then(|close| {
                let digits = inside[..close].trim();
                let plain = digits.bytes().all(|b| b.is_ascii_digit());
                Some((plain.then(|| digits.parse().ok())??, at + close + 2))
            });
            let Some((number, end)) = member else {
                let end = inside.find(']').map_or(text.len(), |close| at + close + 2);
                return Err(NotAPath {
                    span: at..end,
                    title: messages::member_number_missing(),
                    help: messages::first_member_is_zero(),
                });
            };
            spots.push(Spot { step: Step::Member(number), span: at..end });
            at = blank(text, end);
        }
        if !text[at..].starts_with('.') {
            return Ok((spots, at));
        }
        at = blank(text, at + 1);
    }
}

fn blank(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start_matches([' ', '\t']).len()
}

fn read_key(text: &str, start: usize) -> Result<(String, usize), NotAPath> {
    let rest = &text[start..];
    let bare =
        rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-')).unwrap_or(rest.len());
    if bare > 0 {
        return Ok((rest[..bare].to_owned(), start + bare));
    }
    let mark = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
    let quoted = mark.and_then(|mark| {
        let mut escaped = false;
        let close = rest[1..].find(|c| {
            let closes = c == mark && !escaped;
            escaped = c == '\\' && mark == '"' && !escaped;
            closes
        })?;
        let end = close + 2;
        match DeValue::parse(&rest[..end]).ok()?.into_inner() {
            DeValue::String(key) => Some((key.into_owned(), start + end)),
            _ => None,
        }
    });
    quoted.ok_or(NotAPath {
        span: start..(start + rest.chars().next().map_or(0, char::len_utf8)),
        title: messages::key_missing_here(),
        help: messages::path_is_keys_and_dots(),
    })
}

/// The path of a key of the table at `path`.
pub(crate) fn join(path: &str, key: &str) -> String {
    let bare = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    let key = if bare { key.to_owned() } else { format!("\"{}\"", key.escape_debug()) };
    if path.is_empty() { key } else { format!("{path}.{key}") }
}

/// The path of a member of the array at `path`.
pub(crate) fn member(path: &str, index: usize) -> String {
    format!("{path}[{index}]")
}

/// The path of the first steps, as it is shown.
pub(crate) fn shown(spots: &[Spot]) -> String {
    spots.iter().fold(String::new(), |path, spot| match &spot.step {
        Step::Key(key) => join(&path, key),
        Step::Member(index) => member(&path, *index),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_reads_back_as_it_is_shown() {
        for path in ["a", "a.b[0].c", "a-1._b[12][3]", "\"浙 江\".x", "\"a.b\".c", "\"\""] {
            let (spots, end) = parse(path).expect("a path");
            assert_eq!((shown(&spots).as_str(), end), (path, path.len()));
        }
    }

    #[test]
    fn what_is_not_a_path_is_refused_where_it_goes_wrong() {
        for (text, at) in [
            ("", 0),
            (".a", 0),
            ("a.", 2),
            ("a..b", 2),
            ("a[", 1),
            ("a[-1]", 1),
            ("a[]", 1),
            ("a.\"b", 2),
            ("浙", 0),
        ] {
            assert_eq!(parse(text).expect_err(text).span.start, at, "{text}");
        }
    }
}
