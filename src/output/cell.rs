//! One value of a table, and how it is written.
//!
//! Numbers take the shortest form that reads back as the same number; -0 is 0; a missing value is the
//! empty field.

use std::io::Write;

use crate::printable::escaped;
use crate::quantity::Fen;

/// One value of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Nothing is known, or the question has no answer: the empty field.
    Missing,
    /// A whole number, in an integer or a number column.
    Integer(i64),
    /// A number. NaN and infinities, which a ratio with nothing below the line gives, are missing values.
    Number(f64),
    /// Money, written exactly, in yuan, in a number column.
    Yuan(Fen),
    /// Words. Readers cannot tell no words from a missing value.
    Text(&'a str),
    /// A calendar year.
    Year(i32),
}

impl From<i64> for Cell<'_> {
    fn from(value: i64) -> Self {
        Cell::Integer(value)
    }
}

impl From<f64> for Cell<'_> {
    fn from(value: f64) -> Self {
        Cell::Number(value)
    }
}

impl From<Fen> for Cell<'_> {
    fn from(value: Fen) -> Self {
        Cell::Yuan(value)
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(value: &'a str) -> Self {
        Cell::Text(value)
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Missing, Into::into)
    }
}

/// Digits of a whole number.
#[inline]
pub(super) fn push_integer(buffer: &mut Vec<u8>, value: i64) {
    if value < 0 {
        buffer.push(b'-');
    }
    push_digits(buffer, value.unsigned_abs());
}

/// Digits of a whole number that is not negative.
#[inline]
fn push_digits(buffer: &mut Vec<u8>, mut value: u64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    buffer.extend_from_slice(&digits[at..]);
}

/// Whole numbers below this are exact in a float and are written as such, which is fast.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The shortest digits that read back as the same number. Very large and very small numbers take an
/// exponent, with the capital E that the Table Schema asks for.
#[inline]
pub(super) fn push_number(buffer: &mut Vec<u8>, value: f64) {
    let size = value.abs();
    if !value.is_finite() {
        return;
    }
    if size < EXACT && value as i64 as f64 == value {
        // -0 becomes 0 on the way.
        return push_integer(buffer, value as i64);
    }
    // Writing into memory does not fail.
    let _ =
        if (1e-5..1e17).contains(&size) { write!(buffer, "{value}") } else { write!(buffer, "{value:E}") };
}

/// Money in yuan, exact to the fen, without trailing zeros.
#[inline]
pub(super) fn push_yuan(buffer: &mut Vec<u8>, value: Fen) {
    if value.0 < 0 {
        buffer.push(b'-');
    }
    let fen = value.0.unsigned_abs();
    push_digits(buffer, fen / 100);
    let (tens, ones) = ((fen / 10 % 10) as u8, (fen % 10) as u8);
    if tens + ones > 0 {
        buffer.extend_from_slice(&[b'.', b'0' + tens]);
    }
    if ones > 0 {
        buffer.push(b'0' + ones);
    }
}

/// Words, in quotes where a reader would otherwise stumble; signs that cannot be printed are written out.
#[inline]
pub(super) fn push_text(buffer: &mut Vec<u8>, value: &str) {
    // 0xC2 and 0xE2 begin the signs above ASCII that steer a terminal, and some that do not.
    if value.bytes().any(|b| matches!(b, b',' | b'"' | 0..=0x1f | 0x7f | 0xc2 | 0xe2)) {
        return push_quoted(buffer, &escaped(value));
    }
    buffer.extend_from_slice(value.as_bytes());
}

fn push_quoted(buffer: &mut Vec<u8>, value: &str) {
    if !value.contains([',', '"', '\n', '\r']) {
        return buffer.extend_from_slice(value.as_bytes());
    }
    buffer.push(b'"');
    for byte in value.bytes() {
        if byte == b'"' {
            buffer.push(b'"');
        }
        buffer.push(byte);
    }
    buffer.push(b'"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number(value: f64) -> String {
        let mut buffer = Vec::new();
        push_number(&mut buffer, value);
        String::from_utf8(buffer).unwrap()
    }

    fn yuan(fen: i64) -> String {
        let mut buffer = Vec::new();
        push_yuan(&mut buffer, Fen(fen));
        String::from_utf8(buffer).unwrap()
    }

    #[test]
    fn numbers_have_their_shortest_form() {
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (-12.5, "-12.5"),
            (0.1, "0.1"),
            (1.0 / 3.0, "0.3333333333333333"),
            (1e-7, "1E-7"),
            (123_456_789_012.25, "123456789012.25"),
            (9_007_199_254_740_992.0, "9007199254740992"),
            (1e300, "1E300"),
            (f64::NAN, ""),
            (f64::INFINITY, ""),
            (f64::NEG_INFINITY, ""),
        ];
        for (value, text) in cases {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn money_is_exact() {
        let cases = [
            (0, "0"),
            (5, "0.05"),
            (-5, "-0.05"),
            (50, "0.5"),
            (12_345, "123.45"),
            (-100, "-1"),
            (i64::MAX, "92233720368547758.07"),
            (i64::MIN, "-92233720368547758.08"),
        ];
        for (fen, text) in cases {
            assert_eq!(yuan(fen), text);
        }
    }

    proptest! {
        #[test]
        fn every_number_reads_back_as_itself(bits in any::<u64>()) {
            let value = f64::from_bits(bits);
            if value.is_finite() {
                let text = number(value);
                let back: f64 = text.parse().unwrap();
                prop_assert_eq!(back, value);
                prop_assert!(text.len() <= 25, "{}", text);
            }
        }

        #[test]
        fn every_integer_and_sum_of_money_is_written_exactly(value in any::<i64>()) {
            let mut buffer = Vec::new();
            push_integer(&mut buffer, value);
            prop_assert_eq!(String::from_utf8(buffer).unwrap(), value.to_string());
            let text = yuan(value);
            let (whole, rest) = text.split_once('.').unwrap_or((&text, "0"));
            let fen: i128 = whole.parse::<i128>().unwrap() * 100;
            let rest: i128 = format!("{rest:0<2}").parse().unwrap();
            prop_assert_eq!(if value < 0 { fen - rest } else { fen + rest }, i128::from(value));
        }
    }
}
