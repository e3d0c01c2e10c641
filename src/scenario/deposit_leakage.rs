//! `deposit_leakage.csv`: how much of what is deposited in a county is lent there, by province or county and year.

use std::collections::BTreeMap;

use super::column::{Column, Kind};
use super::files::Input;
use super::problem::{Problem, Problems};
use super::table::Table;
use crate::messages;
use crate::world::Geography;

static COLUMNS: [Column; 8] = [
    Column::required("province", Kind::Text, "code of the province"),
    Column::optional("county", Kind::Text, "code of the county, if the row is of one county"),
    Column::required("year", Kind::Year, "the year of the figure"),
    Column::required(
        "loans_over_deposits",
        Kind::Number { least: 0.0, most: 100.0 },
        "loans of the county's banks over their deposits",
    ),
    Column::optional("name", Kind::Text, "name of the place"),
    Column::optional("counties", Kind::Count, "counties behind the figure"),
    Column::optional("grade", Kind::Text, "how far the figure can be trusted"),
    Column::optional("source", Kind::Text, "where it is from"),
];

/// Figures of a place by how far their year is from the run's first; of equally near ones the earlier.
type Nearest = BTreeMap<String, ((u32, i32), f64)>;

/// Notes loans over deposits at the counties that the table knows, a row of a county before one of its province, the
/// year nearest to the first of the run. Districts of cities are left out: the figures are of counties.
pub(crate) fn read(geography: &mut Geography, input: &Input, first_year: i32, problems: &mut Problems) {
    let table = Table::read_input(input, &COLUMNS, problems);
    let (mut provinces, mut counties) = (Nearest::new(), Nearest::new());
    let mut seen: BTreeMap<(String, String, i32), usize> = BTreeMap::new();
    for row in table.rows().filter(|&row| table.is_row_sound(row)) {
        let (province, county) =
            (table.text(row, "province").to_owned(), table.text(row, "county").to_owned());
        let (Some(year), Some(ratio)) = (table.number(row, "year"), table.number(row, "loans_over_deposits"))
        else {
            continue;
        };
        let year = year as i32;
        if let Some(first) = seen.insert((province.clone(), county.clone(), year), row) {
            problems.push(
                Problem::new(table.place(row, "year"), messages::place_and_year_twice())
                    .also(table.place(first, "year"), messages::first_here())
                    .help(messages::one_row_a_place_and_year()),
            );
        }
        let (list, code) =
            if county.is_empty() { (&mut provinces, province) } else { (&mut counties, county) };
        let rank = (year.abs_diff(first_year), year);
        let entry = list.entry(code).or_insert((rank, ratio));
        if rank < entry.0 {
            *entry = (rank, ratio);
        }
    }
    let mut found = false;
    for c in 0..geography.counties.len() {
        let county = &geography.counties[c];
        if county.district {
            continue;
        }
        let of_province = provinces.get(&geography.provinces[county.province].code);
        let ratio = counties.get(&county.code).or(of_province).map(|entry| entry.1);
        found |= ratio.is_some();
        geography.counties[c].loans_over_deposits = ratio;
    }
    let has_counties = geography.counties.iter().any(|county| !county.district);
    if !found && has_counties && problems.is_empty() {
        problems.push(
            Problem::new(table.whole(), messages::no_row_of_the_area()).help(messages::leave_leakage_out()),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::files::Files;
    use crate::world::geography::{County, Province};

    fn geography() -> Geography {
        let county = |code: &str, district| County {
            code: code.to_owned(),
            name: String::new(),
            prefecture: 0,
            province: 0,
            seat: 0,
            village: None,
            district,
            longitude: 0.0,
            latitude: 0.0,
            loans_over_deposits: None,
            transfer_grade: 1.0,
        };
        Geography {
            counties: vec![county("a", false), county("b", false), county("c", true)],
            provinces: vec![Province {
                code: "P".to_owned(),
                name: String::new(),
                counties: 0..3,
                prefectures: 0..1,
                nodes: 0..0,
            }],
            ..Geography::default()
        }
    }

    fn read_text(text: &str) -> (Vec<Option<f64>>, Problems) {
        let files = Files::memory([("leak.csv", text.as_bytes().to_vec())]);
        let (mut geography, mut problems) = (geography(), Problems::new());
        read(&mut geography, &files.read("leak.csv".as_ref()), 2020, &mut problems);
        (geography.counties.iter().map(|c| c.loans_over_deposits).collect(), problems)
    }

    #[test]
    fn the_nearest_year_counts_and_a_county_before_its_province() {
        let (ratios, problems) = read_text(
            "province,county,year,loans_over_deposits\nP,,2010,.4\nP,,2019,.5\nP,,2021,.6\nP,b,2000,.7\nQ,,2020,.1\n",
        );
        assert!(problems.is_empty());
        assert_eq!(ratios, [Some(0.5), Some(0.7), None]);
    }

    #[test]
    fn a_table_of_other_places_is_refused() {
        let (_, problems) = read_text("province,year,loans_over_deposits\nQ,2020,.1\n");
        assert!(!problems.is_empty());
        let (_, problems) = read_text("province,year,loans_over_deposits\nP,2020,.1\nP,2020,.2\n");
        assert!(!problems.is_empty());
    }
}
