//! What the nation as a whole produces, works and earns in a census year: the yardstick of units for which nothing is
//! published. It is data (`national.csv`), so that a level never depends on which rows ride along in a table.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::messages;
use crate::{Error, Result};

/// Figures by year and item.
static FIGURES: LazyLock<BTreeMap<(i32, String), f64>> = LazyLock::new(|| {
    let mut reader =
        csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(include_str!("national.csv").as_bytes());
    let rows = reader.records().flatten();
    rows.filter_map(|row| {
        let (year, value) = (row.get(0)?.parse().ok()?, row.get(2)?.parse().ok()?);
        Some(((year, row.get(1)?.to_owned()), value))
    })
    .collect()
});

/// A national figure.
pub(crate) fn figure(year: i32, item: &str) -> Option<f64> {
    FIGURES.get(&(year, item.to_owned())).copied()
}

/// Sectors of the national accounts in `national.csv`: primary, secondary, tertiary.
const SECTORS: [&str; 3] = ["agriculture", "industry", "services"];

/// The nation in a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct National {
    /// Value added of the primary, secondary and tertiary sector, yuan.
    pub output: [f64; 3],
    /// Persons of the long form at work in them.
    pub long_form: [f64; 3],
}

impl National {
    /// The nation in a census year.
    ///
    /// # Errors
    /// If no figures of the year are stated.
    pub(crate) fn of(year: i32) -> Result<National> {
        let each = |kind: &str| -> Option<[f64; 3]> {
            let of = |sector: &str| figure(year, &format!("{kind}_{sector}"));
            Some([of(SECTORS[0])?, of(SECTORS[1])?, of(SECTORS[2])?])
        };
        match (each("output"), each("long_form")) {
            (Some(output), Some(long_form)) => Ok(National { output, long_form }),
            _ => Err(Error::Data {
                what: messages::units_without_output(year),
                found: messages::no_national_output(),
                expected: messages::output_or_year(
                    years().iter().map(i32::to_string).collect::<Vec<_>>().join(messages::comma()),
                ),
            }),
        }
    }

    /// Value added of the whole nation, yuan.
    pub(crate) fn total(&self) -> f64 {
        self.output.iter().sum()
    }
}

/// Years whose national output and jobs are stated.
fn years() -> Vec<i32> {
    FIGURES.keys().filter(|(_, item)| item == "long_form_industry").map(|(year, _)| *year).collect()
}

/// Output of one year over that of another, from the nation's; none if one of them is not stated.
pub(crate) fn growth(from: i32, to: i32) -> Option<f64> {
    Some(figure(to, "output")? / figure(from, "output")?)
}

/// Means of the nation that wage levels are relative to, and the factors that close output by wage level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Levels {
    /// Job-weighted mean wage of the prefectures that have one, yuan a year.
    pub wage: f64,
    /// The same of minimum wages.
    pub minimum_wage: f64,
    /// National output over output per job times the level, by sector.
    pub closing: [f64; 3],
}

impl Levels {
    /// The levels in a line of a report.
    pub(crate) fn words(&self) -> String {
        let [farm, industry, services] = self.closing;
        format!(
            "relative to a mean wage of {} and minimum wage of {} yuan; times {farm}, {industry}, {services} in the \
             three sectors, which closes the nation's output",
            self.wage, self.minimum_wage
        )
    }

    /// The levels stated for a year; without them levels are relative to nothing and not closed.
    pub(crate) fn of(year: i32) -> Option<Levels> {
        let closing = |sector: &str| figure(year, &format!("closing_{sector}"));
        Some(Levels {
            wage: figure(year, "wage_mean")?,
            minimum_wage: figure(year, "minimum_wage_mean")?,
            closing: [closing(SECTORS[0])?, closing(SECTORS[1])?, closing(SECTORS[2])?],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_years_of_both_censuses_are_stated_with_their_sums() {
        for year in [2010, 2020] {
            let nation = National::of(year).unwrap();
            let total = figure(year, "output").unwrap();
            // The first release of 2020 by province and the revised total differ by the revision.
            assert!((nation.total() / total - 1.0).abs() < 0.002, "{year}: {} and {total}", nation.total());
            assert!(Levels::of(year).is_some(), "{year}");
        }
        assert!(National::of(2005).is_err());
        assert!((growth(2020, 2021).unwrap() - 1.134).abs() < 0.001);
    }
}
