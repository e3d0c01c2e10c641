//! `transfer_grades.csv`: by how much the province counts the need of a county when it shares its money out.

use std::collections::BTreeMap;

use super::column::{Column, Kind};
use super::files::Input;
use super::problem::{Problem, Problems};
use super::table::Table;
use crate::messages;
use crate::world::Geography;

static COLUMNS: [Column; 4] = [
    Column::required("place", Kind::Text, "code of a county, or of a prefecture for its other counties"),
    Column::required(
        "grade",
        Kind::Number { least: 0.0, most: 10.0 },
        "weight of a unit of need in transfers, over that of a county that is not listed",
    ),
    Column::optional("name", Kind::Text, "name of the place"),
    Column::optional("source", Kind::Text, "where it is from"),
];

/// Notes the grade of each county: a row of the county before one of its prefecture, else 1.
pub(crate) fn read(geography: &mut Geography, input: &Input, problems: &mut Problems) {
    let table = Table::read_input(input, &COLUMNS, problems);
    let mut grades: BTreeMap<String, (f64, usize)> = BTreeMap::new();
    for row in table.rows().filter(|&row| table.is_row_sound(row)) {
        let Some(grade) = table.number(row, "grade") else { continue };
        if let Some((_, first)) = grades.insert(table.text(row, "place").to_owned(), (grade, row)) {
            problems.push(
                Problem::new(table.place(row, "place"), messages::place_has_two_grades())
                    .also(table.place(first, "place"), messages::first_here()),
            );
        }
    }
    let mut found = false;
    for county in &mut geography.counties {
        let of_prefecture = grades.get(&geography.prefectures[county.prefecture].code);
        if let Some((grade, _)) = grades.get(&county.code).or(of_prefecture) {
            county.transfer_grade = *grade;
            found = true;
        }
    }
    if !found && problems.is_empty() {
        problems.push(
            Problem::new(table.whole(), messages::no_row_of_the_area()).help(messages::leave_grades_out()),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::files::Files;
    use crate::world::fixtures;

    fn read_text(text: &str) -> (Vec<f64>, Problems) {
        let mut geography = Geography {
            counties: vec![fixtures::county("a", 0), fixtures::county("b", 0)],
            prefectures: vec![fixtures::prefecture("P", 0..2, 0..0)],
            ..Geography::default()
        };
        let files = Files::memory([("grades.csv", text.as_bytes().to_vec())]);
        let mut problems = Problems::new();
        read(&mut geography, &files.read("grades.csv".as_ref()), &mut problems);
        (geography.counties.iter().map(|c| c.transfer_grade).collect(), problems)
    }

    #[test]
    fn a_county_counts_before_its_prefecture_and_one_that_is_not_listed_in_full() {
        let (grades, problems) = read_text("place,grade\nP,.4\nb,.9\n");
        assert!(problems.is_empty());
        assert_eq!(grades, [0.4, 0.9]);
        let (grades, _) = read_text("place,grade\nb,.9\n");
        assert_eq!(grades, [1.0, 0.9]);
    }

    #[test]
    fn a_table_of_other_places_or_with_a_place_twice_is_refused() {
        assert!(!read_text("place,grade\nQ,.4\n").1.is_empty());
        assert!(!read_text("place,grade\nb,.4\nb,.5\n").1.is_empty());
    }
}
