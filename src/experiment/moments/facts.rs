//! What is known of each moment, and the band in which it is met.

use crate::Result;
use crate::scenario::problem::Problems;
use crate::scenario::table::{Column, Kind, Table};

/// What a moment is held against.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// The name of the moment: the key of its row, then what it is of.
    pub measure: String,
    /// What a reader calls it.
    pub quantity: String,
    /// Study area that the number is of.
    pub area: String,
    /// Year, or years, of the model's number.
    pub year: String,
    /// Unit in words.
    pub unit: String,
    /// Published value; none where there is only a band.
    pub fact: Option<f64>,
    /// Lower end of the band.
    pub least: Option<f64>,
    /// Upper end of the band.
    pub most: Option<f64>,
    /// Whether anything was fitted to it, and what.
    pub fitted: String,
    /// Publication that the fact is from.
    pub source: String,
}

impl Fact {
    /// Key of its row.
    pub fn row(&self) -> &str {
        self.measure.split('.').next().unwrap_or_default()
    }

    /// The band; none where there is nothing to judge by.
    pub fn band(&self) -> Option<[f64; 2]> {
        (self.least.is_some() || self.most.is_some())
            .then(|| [self.least.unwrap_or(f64::NEG_INFINITY), self.most.unwrap_or(f64::INFINITY)])
    }
}

static COLUMNS: [Column; 10] = [
    Column::required("measure", Kind::Text, "name of the moment"),
    Column::required("quantity", Kind::Text, "what a reader calls it"),
    Column::required("area", Kind::Text, "of which area"),
    Column::required("year", Kind::Text, "of which year or years"),
    Column::required("unit", Kind::Text, "its unit"),
    Column::optional("fact", Kind::NUMBER, "what is known"),
    Column::optional("least", Kind::NUMBER, "least number that meets it"),
    Column::optional("most", Kind::NUMBER, "greatest number that meets it"),
    Column::required("fitted", Kind::Text, "whether anything was fitted to it"),
    Column::optional("source", Kind::Text, "where the fact comes from"),
];

/// All facts, in the order of the page.
///
/// # Errors
/// If the table inside the program is damaged.
pub(crate) fn facts() -> Result<Vec<Fact>> {
    let mut problems = Problems::new();
    let table = Table::parse("facts.csv", include_bytes!("facts.csv"), &COLUMNS, &mut problems);
    problems.check()?;
    let of = |row: usize| {
        let text = |column: &str| table.text(row, column).to_owned();
        Fact {
            measure: text("measure"),
            quantity: text("quantity"),
            area: text("area"),
            year: text("year"),
            unit: text("unit"),
            fact: table.number(row, "fact"),
            least: table.number(row, "least"),
            most: table.number(row, "most"),
            fitted: text("fitted"),
            source: text("source"),
        }
    };
    Ok(table.rows().map(of).collect())
}

#[cfg(test)]
mod tests {
    use super::super::rows::ROWS;
    use super::*;

    #[test]
    fn every_fact_belongs_to_a_row_and_has_a_source_if_it_judges() {
        let facts = facts().unwrap_or_else(|e| panic!("{e}"));
        assert!(facts.len() > 80);
        for fact in &facts {
            assert!(ROWS.iter().any(|row| row.key == fact.row()), "{}", fact.measure);
            assert!(
                facts.iter().filter(|other| other.measure == fact.measure).count() == 1,
                "{}",
                fact.measure
            );
            if let Some([least, most]) = fact.band() {
                assert!(least <= most && !fact.source.is_empty(), "{}", fact.measure);
            }
        }
        for row in ROWS {
            assert!(facts.iter().any(|fact| fact.row() == row.key), "{}", row.key);
        }
    }
}
