//! Conservation, worked out again from the tables of a run: a reader need not believe the program's own audit.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::sheet::Sheet;
use crate::error::Result;

/// What does not add up, over all places and years.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Conservation {
    /// Pairs of a place and a year that were looked at.
    pub places_and_years: usize,
    /// Largest gap of `residents = before + births - deaths + in - out`, persons.
    pub people: f64,
    /// Largest gap of `capital = before + new - depreciation - scrapped + in - out`, yuan.
    pub capital: f64,
    /// Largest gap between moves in, moves out and the matrix between tiers, by year, persons.
    pub moves: f64,
}

const COLUMNS: [&str; 14] = [
    "residents",
    "births",
    "deaths",
    "moved_in_workers",
    "moved_in_talent",
    "moved_out_workers",
    "moved_out_talent",
    "capital_yuan",
    "new_capital_yuan",
    "depreciation_yuan",
    "scrapped_yuan",
    "capital_moved_in_yuan",
    "capital_moved_out_yuan",
    "year",
];

/// Reads `nodes.csv` and `tier_flows.csv`; `None` if the run kept no nodes.
///
/// # Errors
/// If a table is broken.
pub(crate) fn conservation(folder: &Path) -> Result<Option<Conservation>> {
    let Some(mut sheet) = Sheet::open(folder, "nodes.csv")? else { return Ok(None) };
    if COLUMNS.iter().any(|name| sheet.find(name).is_none()) {
        return Ok(None);
    }
    let at = sheet.columns(COLUMNS)?;
    let node = sheet.need("node")?;
    let mut before: BTreeMap<String, [f64; 2]> = BTreeMap::new();
    let mut moves: BTreeMap<i32, [f64; 3]> = BTreeMap::new();
    let mut found = Conservation::default();
    while sheet.advance()? {
        let mut row = [0.0; COLUMNS.len()];
        for (value, column) in row.iter_mut().zip(at) {
            let number = sheet.number(column)?;
            *value = if number.is_finite() { number } else { 0.0 };
        }
        let [people, births, deaths, in_w, in_t, out_w, out_t, capital, built, worn, lost, came, left, year] =
            row;
        if let Some([people_before, capital_before]) = before.get(sheet.text(node)) {
            let gap = people - (people_before + births - deaths + in_w + in_t - out_w - out_t);
            found.people = found.people.max(gap.abs());
            let gap = capital - (capital_before + built - worn - lost + came - left);
            found.capital = found.capital.max(gap.abs());
            let sums = moves.entry(year as i32).or_default();
            sums[0] += in_w + in_t;
            sums[1] += out_w + out_t;
            found.places_and_years += 1;
        }
        before.insert(sheet.text(node).to_owned(), [people, capital]);
    }
    if let Some(mut sheet) = Sheet::open(folder, "tier_flows.csv")? {
        let [year, factor, amount] = sheet.columns(["year", "factor", "amount"])?;
        while sheet.advance()? {
            if matches!(sheet.text(factor), "labour" | "talent")
                && let Some(sums) = moves.get_mut(&sheet.year(year)?)
            {
                sums[2] += sheet.number(amount)?;
            }
        }
        for [came, left, matrix] in moves.values() {
            found.moves = found.moves.max((came - left).abs()).max((came - matrix).abs());
        }
    }
    Ok((found.places_and_years > 0).then_some(found))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_too_many_and_a_lost_move_are_found() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: String| std::fs::write(folder.path().join(name), text).unwrap();
        let table = |residents: &str| {
            format!(
                "node,{}\na,100,,,,,,,5,,,,,,2020\na,{residents},3,2,10,4,5,0,6,2,1,0,0,0,2021\n\
                 b,50,,,,,,,5,,,,,,2020\nb,41,0,0,5,0,10,4,5,0,0,0,0,0,2021\n",
                COLUMNS.join(",")
            )
        };
        write("tier_flows.csv", "year,factor,amount\n2021,labour,15\n2021,talent,4\n2021,capital,9\n".into());
        write("nodes.csv", table("110"));
        let exact = conservation(folder.path()).unwrap().unwrap();
        assert_eq!(exact, Conservation { places_and_years: 2, people: 0.0, capital: 0.0, moves: 0.0 });
        write("nodes.csv", table("111"));
        assert_eq!(conservation(folder.path()).unwrap().unwrap().people, 1.0);
        write("tier_flows.csv", "year,factor,amount\n2021,labour,12\n2021,talent,4\n".into());
        assert_eq!(conservation(folder.path()).unwrap().unwrap().moves, 3.0);
    }
}
