//! Bands: what a quantity is believed to lie between, what that belief rests on, and what was found outside.
//!
//! A band is no range of validity. The program computes with a village that makes more than Shanghai; a reader has to
//! know that it does. So findings are warnings, unless somebody asks for errors.

use std::fmt::Write as _;

use crate::messages;
use crate::printable::{left, thousands};

/// What a quantity is believed to lie between.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// The quantity, with its unit.
    pub quantity: &'static str,
    /// What it is measured of: a tier, nodes, counties, the area.
    pub of: &'static str,
    /// Least and greatest value that nobody has to explain.
    pub least: f64,
    /// The upper end of the range, in the unit of the quantity.
    pub most: f64,
    /// What the band rests on.
    pub evidence: &'static str,
}

impl Band {
    /// A band.
    pub const fn new(
        quantity: &'static str,
        of: &'static str,
        [least, most]: [f64; 2],
        evidence: &'static str,
    ) -> Band {
        Band { quantity, of, least, most, evidence }
    }

    /// The band in words: `from 1,000 to 400,000`.
    pub fn range(&self) -> String {
        match (self.least.is_finite(), self.most.is_finite()) {
            (true, true) => messages::band_from_to(number(self.least), number(self.most)).to_string(),
            (false, true) => messages::band_at_most(number(self.most)).to_string(),
            (true, false) => messages::band_at_least(number(self.least)).to_string(),
            (false, false) => messages::anything().to_string(),
        }
    }

    /// Whether a value needs no explanation. What is not a number was not measured.
    pub fn holds(&self, value: f64) -> bool {
        value.is_nan() || (self.least..=self.most).contains(&value)
    }

    /// What lies outside among named values, if anything does.
    pub fn finding(&'static self, values: impl IntoIterator<Item = (String, f64)>) -> Option<Finding> {
        let outside: Vec<(String, f64)> =
            values.into_iter().filter(|(_, value)| !self.holds(*value)).collect();
        (!outside.is_empty()).then_some(Finding { band: self, outside })
    }
}

/// Values outside a band, with the names of what has them.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The band.
    pub band: &'static Band,
    /// Name and value of everything outside.
    pub outside: Vec<(String, f64)>,
}

impl Finding {
    /// What a reader is told: quantity, band and evidence, then so many names with their values.
    pub fn told(&self, shown: usize) -> String {
        let Band { quantity, of, evidence, .. } = self.band;
        let mut text = format!(
            "{}\n",
            messages::plausible_is(
                messages::known(quantity),
                messages::known(of),
                self.band.range(),
                messages::known(evidence)
            )
        );
        for (name, value) in self.outside.iter().take(shown) {
            let _ = writeln!(text, "  {} {:>14}", left(&messages::known(name), 40), number(*value));
        }
        if self.outside.len() > shown {
            let _ = writeln!(text, "  {}", messages::and_more(self.outside.len() - shown));
        }
        text
    }
}

/// All findings as text, with a last line that counts them; nothing if there are none.
pub fn told(findings: &[Finding], shown: usize) -> String {
    if findings.is_empty() {
        return String::new();
    }
    let all: String =
        findings.iter().map(|finding| messages::warning_line(finding.told(shown)).to_string()).collect();
    format!("{all}{}\n", counted(findings.len()))
}

/// `1 warning`, `3 warnings`.
pub(crate) fn counted(warnings: usize) -> String {
    if warnings == 1 {
        messages::warning_counted().to_string()
    } else {
        messages::warnings_counted(warnings).to_string()
    }
}

/// A number as people write it: thousands set apart, three digits of what is small.
pub(crate) fn number(value: f64) -> String {
    let size = value.abs();
    if size >= 1e12 || (size > 0.0 && size < 1e-4) {
        return format!("{value:.1e}");
    }
    if size >= 100.0 {
        return format!("{}{}", if value < 0.0 { "-" } else { "" }, thousands(libm::rint(size) as u64));
    }
    let places = if size >= 10.0 { 1 } else { 4 };
    let text = format!("{value:.places$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    static HEADS: Band = Band::new("output per head, yuan", "villages", [1000.0, 400_000.0], "seen");

    #[test]
    fn a_finding_names_what_lies_outside_and_nothing_else() {
        let values =
            [("a", 999.0), ("b", 1000.0), ("c", f64::NAN), ("d", 5e6)].map(|(n, x)| (n.to_owned(), x));
        let finding = HEADS.finding(values.clone()).expect("two are outside");
        let names: Vec<&str> = finding.outside.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["a", "d"]);
        assert!(HEADS.finding(values[1..3].to_vec()).is_none());
        let text = told(&[finding], 1);
        for part in ["plausible is from 1,000 to 400,000 (seen)", "and 1 more", "1 warning"] {
            assert!(text.contains(part), "{text}");
        }
        assert!(told(&[], 12).is_empty());
    }

    #[test]
    fn numbers_are_short_and_thousands_are_set_apart() {
        let shown = [0.0, 0.1, 0.003, 12.345, 1234.5, -98765.0, 3.2e13].map(number);
        assert_eq!(shown, ["0", "0.1", "0.003", "12.3", "1,234", "-98,765", "3.2e13"]);
    }
}
