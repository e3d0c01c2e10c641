//! Numbers and lines as a person reads them.

use crate::messages;
use crate::printable::thousands;
pub(crate) use crate::printable::{left, right, width};
use crate::simulation::Simulation;

/// A number with thousands apart: whole from 1000 on, else with four significant digits.
pub(crate) fn number(value: f64) -> String {
    if !value.is_finite() {
        return "-".to_owned();
    }
    let size = value.abs();
    if size >= 1e9 {
        return messages::in_millions(number((value / 1e6).round())).to_string();
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
        assert_eq!(left("上城区", 8), "上城区  ");
    }
}
