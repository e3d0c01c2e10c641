//! Rows of factor values from a CSV table: a design made elsewhere, or the draws of a posterior.

use std::path::Path;

use crate::estimate::unusable;
use crate::{Error, Result};

/// Factor values by row, in their own units.
#[derive(Clone, Debug, PartialEq)]
pub struct FactorTable {
    /// Column names, in the order of the file.
    pub factors: Vec<String>,
    /// One row a run.
    pub rows: Vec<Vec<f64>>,
}

/// Reads a CSV file whose header names the factors and whose rows are runs. Every cell is a finite number.
pub fn read_factor_table(path: &Path) -> Result<FactorTable> {
    let file = std::fs::File::open(path).map_err(|e| Error::io("read", path, e))?;
    parse(file, &path.display().to_string())
}

fn parse(source: impl std::io::Read, name: &str) -> Result<FactorTable> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(source);
    let broken = |e: csv::Error| unusable(name, e.to_string(), "a CSV table in UTF-8 with equally long rows");
    let header = reader.headers().map_err(broken)?.clone();
    // A byte order mark is Excel's habit, not part of a name.
    let factors: Vec<String> = header.iter().map(|n| n.trim_start_matches('\u{feff}').to_string()).collect();
    for (i, factor) in factors.iter().enumerate() {
        if factor.is_empty() || factors[..i].contains(factor) {
            return Err(unusable(
                format!("{name}, line 1, column {}", i + 1),
                if factor.is_empty() { "no name".to_string() } else { format!("`{factor}` again") },
                "a different factor name in every column",
            ));
        }
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(broken)?;
        let line = record.position().map_or(0, |p| p.line());
        let row = record
            .iter()
            .zip(&factors)
            .map(|(cell, factor)| match cell.parse::<f64>() {
                Ok(value) if value.is_finite() => Ok(value),
                _ => Err(unusable(
                    format!("{name}, line {line}, column `{factor}`"),
                    format!("`{cell}`"),
                    "a finite number",
                )),
            })
            .collect::<Result<Vec<f64>>>()?;
        rows.push(row);
    }
    if rows.is_empty() || factors.is_empty() {
        return Err(unusable(name, "no rows", "a header and at least one row"));
    }
    Ok(FactorTable { factors, rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_as_it_stands() {
        let table = parse("\u{feff}kappa, moving_cost\n1.5,2\n 3e-1 ,-4\n".as_bytes(), "t.csv").unwrap();
        assert_eq!(table.factors, ["kappa", "moving_cost"]);
        assert_eq!(table.rows, [vec![1.5, 2.0], vec![0.3, -4.0]]);
    }

    #[test]
    fn a_wrong_cell_is_shown_with_its_place() {
        for (text, place) in [
            ("a,b\n1,2\n1,x\n", "t.csv, line 3, column `b`: found `x`"),
            ("a,b\n1,\n", "line 2, column `b`"),
            ("a,b\n1,inf\n", "`inf`"),
            ("a,a\n1,2\n", "`a` again"),
            ("a,b\n", "no rows"),
            ("a,b\n1\n", "equally long rows"),
        ] {
            let message = parse(text.as_bytes(), "t.csv").unwrap_err().to_string();
            assert!(message.contains(place), "{message}");
        }
        assert!(read_factor_table(Path::new("no such file.csv")).is_err());
    }
}
