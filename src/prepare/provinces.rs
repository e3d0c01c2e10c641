//! Published output of provinces: what the units of a province add up to, whatever is known below it.

use std::collections::BTreeMap;

use super::output::Output;
use super::report::Report;
use super::units::Unit;
use crate::quantity::split;
use crate::scenario::files::Input;
use crate::scenario::problem::Problems;
use crate::scenario::table::{Column, Kind, Table};

/// Output of a province in a year, yuan: the whole, and by sector (primary, secondary, tertiary) where it is published.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ProvinceOutput {
    pub total: f64,
    pub sectors: Option<[f64; 3]>,
}

static COLUMNS: [Column; 6] = [
    Column::required("gb_code", Kind::Code, "code of the province"),
    Column::required("year", Kind::Year, "year of the figures"),
    Column::required("gdp_10k_yuan", Kind::AMOUNT, "output, 10,000 yuan"),
    Column::optional("gdp_primary_10k_yuan", Kind::AMOUNT, "output of farming, 10,000 yuan"),
    Column::optional("gdp_secondary_10k_yuan", Kind::AMOUNT, "output of industry, 10,000 yuan"),
    Column::optional("gdp_tertiary_10k_yuan", Kind::AMOUNT, "output of services, 10,000 yuan"),
];

/// Reads the output of provinces in a year.
pub(crate) fn read(input: &Input, year: i32, problems: &mut Problems) -> BTreeMap<String, ProvinceOutput> {
    let table = Table::open_input(input, &COLUMNS[..], problems);
    let rows =
        table.rows().filter(|&row| table.is_row_sound(row) && table.persons(row, "year") == i64::from(year));
    let of = |row: usize, column: &str| table.number(row, column).map(|x| x * 1e4);
    rows.map(|row| {
        let sectors = of(row, "gdp_primary_10k_yuan")
            .zip(of(row, "gdp_secondary_10k_yuan"))
            .zip(of(row, "gdp_tertiary_10k_yuan"))
            .map(|((a, b), c)| [a, b, c]);
        let total = of(row, "gdp_10k_yuan").unwrap_or_default();
        (table.text(row, "gb_code").to_string(), ProvinceOutput { total, sectors })
    })
    .collect()
}

/// Scales the output of units so that it adds up to that of their province, by sector where that is published.
pub(crate) fn scale(
    units: &mut [Unit],
    output: &mut [Output],
    published: &BTreeMap<String, ProvinceOutput>,
    report: &mut Report,
) {
    for (province, stated) in published {
        let members: Vec<usize> = (0..units.len()).filter(|&i| units[i].province == *province).collect();
        let mut here = [0.0; 3];
        for &i in &members {
            for (sum, cells) in here.iter_mut().zip(output[i].parts()) {
                *sum += cells.into_iter().map(|x| *x as f64).sum::<f64>();
            }
        }
        let all: f64 = here.iter().sum();
        if members.is_empty() || all <= 0.0 {
            continue;
        }
        let sums = stated.sectors.unwrap_or(here.map(|x| x * stated.total / all));
        // Cells of the three sectors of the national accounts, over all units.
        let mut cells: [Vec<&mut i64>; 3] = Default::default();
        for (_, output) in output.iter_mut().enumerate().filter(|(i, _)| units[*i].province == *province) {
            for (all, own) in cells.iter_mut().zip(output.parts()) {
                all.extend(own);
            }
        }
        for (cells, sum) in cells.into_iter().zip(sums) {
            let weights: Vec<f64> = cells.iter().map(|x| **x as f64).collect();
            if weights.iter().sum::<f64>() > 0.0 {
                for (cell, part) in cells.into_iter().zip(split(libm::rint(sum) as i64, &weights)) {
                    *cell = part;
                }
            }
        }
        let factor = sums.iter().sum::<f64>() / all;
        if (factor - 1.0).abs() > 1e-6 {
            for &i in &members {
                units[i].words.insert("gdp_of_province");
            }
        }
        report.note(
            "Output of provinces",
            format!(
                "{province} {}: units add up to {:.4} of the published output, scaled",
                units[members[0]].province_name,
                1.0 / factor
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prepare::units::tests::unit;

    #[test]
    fn units_add_up_to_their_province_by_sector_and_keep_their_proportions() {
        let mut units = vec![unit("350102"), unit("350121"), unit("360102")];
        let mut output = vec![Output::default(); 3];
        for (i, of) in output.iter_mut().enumerate() {
            of.sectors[0] = 100 * (i as i64 + 1);
            of.sectors[1] = 1_000;
            of.sectors[2] = 2_800;
            of.dwellings = 200;
        }
        let stated = ProvinceOutput { total: 9_300.0, sectors: Some([600.0, 2_000.0, 6_600.0]) };
        let table = BTreeMap::from([("350000".to_string(), stated)]);
        let mut report = Report::default();
        scale(&mut units, &mut output, &table, &mut report);
        let column = |s: usize| [output[0].sectors[s], output[1].sectors[s], output[2].sectors[s]];
        assert_eq!(column(0), [200, 400, 300]);
        assert_eq!(column(1), [1_000, 1_000, 1_000]);
        assert_eq!(column(2), [3_080, 3_080, 2_800]);
        assert_eq!([output[0].dwellings, output[2].dwellings], [220, 200]);
        assert!(units[0].words.contains("gdp_of_province") && !units[2].words.contains("gdp_of_province"));
        assert_eq!(report.notes("Output of provinces").len(), 1);
    }
}
