//! Texts on a terminal: signs that cannot be printed are refused where texts come in and escaped where they go out; columns
//! are as wide as their characters.

use std::borrow::Cow;

use crate::message::Language;
use crate::messages;

/// The first sign in a text that cannot be printed: it steers a terminal, ends a text early in other programs
/// or turns the order of letters round.
pub(crate) fn control_sign(text: &str) -> Option<char> {
    text.chars().find(|&sign| steers(sign))
}

fn steers(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A sign that cannot be printed, in words.
pub(crate) fn named(sign: char) -> String {
    let code = format!("U+{:04X}", u32::from(sign));
    let message = match sign {
        '\0' => messages::sign_nul(code),
        '\u{1b}' => messages::sign_esc(code),
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => messages::sign_turning(code),
        _ => messages::sign_control(code),
    };
    message.to_string()
}

/// A whole number with commas between thousands.
pub(crate) fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// An amount in the unit of [`messages::large_money`]: a million yuan, in Chinese a hundred million.
pub(crate) fn in_large_money(yuan: f64) -> f64 {
    yuan / if Language::shown() == Language::En { 1e6 } else { 1e8 }
}

/// A text for a terminal or a table: signs that cannot be printed are written as `\u{1b}`. Line ends and tabs of
/// a longer text stay.
pub(crate) fn escaped(text: &str) -> Cow<'_, str> {
    let wrong = |sign: char| steers(sign) && !matches!(sign, '\n' | '\t');
    if !text.contains(wrong) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len() + 16);
    for sign in text.chars() {
        if wrong(sign) { plain.extend(sign.escape_unicode()) } else { plain.push(sign) }
    }
    Cow::Owned(plain)
}

/// Columns a character wide; Chinese characters take two.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(|c| if (c as u32) >= 0x1100 { 2 } else { 1 }).sum()
}

/// Text filled up to a width on the right.
pub(crate) fn left(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// Text filled up to a width on the left.
pub(crate) fn right(text: &str, columns: usize) -> String {
    format!("{}{text}", " ".repeat(columns.saturating_sub(width(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_written_out() {
        assert_eq!(escaped("a\u{1b}[31m\0\u{202e}b\n\tc"), "a\\u{1b}[31m\\u{0}\\u{202e}b\n\tc");
        assert!(matches!(escaped("山海\n"), Cow::Borrowed(_)));
        assert_eq!(control_sign("a\nb"), Some('\n'));
        assert_eq!(named('\0'), "NUL, U+0000");
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(thousands(64_567_588), "64,567,588");
        assert_eq!(thousands(12), "12");
    }
}
