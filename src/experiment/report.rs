//! Numbers and lines as a person reads them.

use crate::message::Language;
use crate::messages::{self, known};
use crate::printable::{in_large_money, thousands};
pub(crate) use crate::printable::{left, right, width};
use crate::simulation::Simulation;

/// From here on numbers are told in the unit of large money.
const LARGE: f64 = 1e9;

/// A number with thousands apart: whole from 1000 on, else with four significant digits.
pub(crate) fn number(value: f64) -> String {
    if !value.is_finite() {
        return "-".to_owned();
    }
    let size = value.abs();
    if size >= LARGE {
        let large = in_large_money(value);
        let large = if Language::shown() == Language::En { large.round() } else { large };
        return messages::in_large_unit(number(large)).to_string();
    }
    if size >= 999.5 {
        return format!("{}{}", if value < 0.0 { "-" } else { "" }, thousands(libm::rint(size) as u64));
    }
    if size == 0.0 {
        return "0".to_owned();
    }
    if size < 5e-7 {
        return format!("{value:.1e}");
    }
    let whole = libm::floor(libm::log10(size)) as i32 + 1;
    let decimals = (4 - whole).clamp(0, 7) as usize;
    format!("{value:.decimals$}")
}

/// The same with its sign.
pub(crate) fn signed(value: f64) -> String {
    if value > 0.0 { format!("+{}", number(value)) } else { number(value) }
}

/// How an indicator is shown whose greatest number of a row is known: by which number, and its name with the unit. A row of
/// large sums has one unit. In Chinese shares are told in per cent, and a name that says its unit is enough.
pub(crate) fn shown_as(indicator: &str, unit: &str, greatest: f64) -> (f64, String) {
    let named = |unit: &str| messages::words_and_name(known(indicator), unit).to_string();
    match (unit, Language::shown()) {
        ("yuan", _) if greatest >= LARGE => {
            (in_large_money(1.0), named(&messages::large_money().to_string()))
        }
        ("share", Language::Zh) => (100.0, named("%")),
        ("Gini" | "Theil T", Language::Zh) => (1.0, known(indicator)),
        _ => (1.0, named(&known(unit))),
    }
}

/// An interval.
pub(crate) fn interval(low: f64, high: f64) -> String {
    if low.is_finite() && high.is_finite() {
        format!("{} .. {}", signed(low), signed(high))
    } else {
        messages::no_interval().to_string()
    }
}

/// The residual between published and modelled income per head by prefecture, yuan: printed wherever a run
/// uses it, because it is no result of the model. Nothing where there is none.
pub fn outside_income(simulation: &Simulation) -> String {
    let rows: Vec<String> = simulation
        .world
        .geography
        .prefectures
        .iter()
        .zip(&simulation.report.outside_income)
        .filter(|(_, income)| **income != [0.0; 2])
        .map(|(prefecture, [urban, rural])| format!("{} {urban:+.0} {rural:+.0}", prefecture.name))
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    let lines: Vec<String> = rows.chunks(4).map(|row| format!("  {}\n", row.join("   "))).collect();
    format!("\n{}", messages::outside_income_residual(lines.concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_one_unit() {
        let told =
            |language: Language, name: &str, unit: &str| language.during(|| shown_as(name, unit, 9.5e10));
        assert_eq!(told(Language::En, "output", "yuan"), (1e-6, "output (m yuan)".to_owned()));
        assert_eq!(told(Language::Zh, "output", "yuan"), (1e-8, "产出（亿元）".to_owned()));
        assert_eq!(told(Language::En, "share_urban", "share"), (1.0, "share_urban (share)".to_owned()));
        assert_eq!(told(Language::Zh, "share_urban", "share"), (100.0, "城镇化率（%）".to_owned()));
        assert_eq!(told(Language::Zh, "gini", "Gini"), (1.0, "基尼系数".to_owned()));
    }

    #[test]
    fn numbers_are_read_at_a_glance() {
        let cases = [
            (0.0, "0"),
            (1234567.4, "1,234,567"),
            (-999.6, "-1,000"),
            (12.3456, "12.35"),
            (0.00123456, "0.001235"),
            (6.7e12, "6,700,000 m"),
            (f64::NAN, "-"),
        ];
        for (value, text) in cases {
            assert_eq!(number(value), text);
        }
        assert_eq!(signed(3.0), "+3.000");
        assert_eq!(Language::Zh.during(|| number(86_520e6)), "865.2 亿");
        assert_eq!(left("上城区", 8), "上城区  ");
    }
}
