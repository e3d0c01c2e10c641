//! `flows.csv`: counted people by place of origin and of residence, at any one level of the hierarchy. The law of migration
//! knows pairs of provinces, so finer codes are summed up to those; what it cannot use is counted.

use std::collections::{BTreeMap, BTreeSet};

use super::files::Input;
pub(crate) use super::pair_tables::has_room;
use super::plausible::is_of_china;
use super::problem::{Problem, Problems, listed};
use super::table::{Column, Kind, Table};
use crate::base_year::StudyArea;
use crate::base_year::study_area::CountedFlows;
use crate::messages;
use crate::world::Geography;

static COLUMNS: [Column; 3] = [
    Column::required("origin", Kind::Text, "code of the place of origin, or id of an outside node"),
    Column::required("destination", Kind::Text, "code of the place of residence, or id of an outside node"),
    Column::required("persons", Kind::AMOUNT, "people, in any unit"),
];

/// Columns of the two ends.
pub(crate) const ENDS: [&str; 2] = ["origin", "destination"];

/// A level of the hierarchy that the codes of a table are of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Level {
    /// Counties.
    County,
    /// Prefectures.
    Prefecture,
    /// Provinces.
    #[default]
    Province,
}

impl Level {
    /// All, the finest first.
    pub(crate) const ALL: [Level; 3] = [Level::County, Level::Prefecture, Level::Province];

    /// Its name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Level::County => "county",
            Level::Prefecture => "prefecture",
            Level::Province => "province",
        }
    }
}

/// Which levels a code can be of, in the order of [`Level::ALL`]: several where one unit is all of them.
pub(crate) type Levels = [bool; Level::ALL.len()];

/// Levels of a code of which nothing is known.
pub(crate) const ANY: Levels = [true; Level::ALL.len()];

/// Levels that a code of GB/T 2260 can be of by its digits, any where it is none. Cities without counties stand for
/// themselves among counties, municipalities and units directly under a province among prefectures.
pub(crate) fn levels_by_digits(code: &str) -> Levels {
    if code.len() != 6 || !code.bytes().all(|b| b.is_ascii_digit()) {
        return ANY;
    }
    match (&code[..2], &code[2..4], &code[4..]) {
        ("11" | "12" | "31" | "50", "00", "00") => [false, true, true],
        (_, "00", "00") => [false, false, true],
        (_, _, "00") | (_, "90", _) => [true, true, false],
        _ => [true, false, false],
    }
}

/// Names of levels, with "or" between them.
fn named(levels: Levels) -> String {
    let there = Level::ALL.into_iter().zip(levels).filter(|(_, there)| *there);
    let names: Vec<String> = there.map(|(level, _)| messages::known(level.name())).collect();
    listed(&names, &messages::word_or())
}

/// The level that all codes of a table have in common; a problem at the first code of another one. Where a table holds
/// nothing but units that are several levels at once, it is of provinces, else of counties.
pub(crate) fn level_of(
    table: &Table,
    levels: impl Fn(&str) -> Levels,
    problems: &mut Problems,
) -> Option<Level> {
    let mut common = ANY;
    let mut since: Option<(usize, &str)> = None;
    for row in table.rows().filter(|&row| table.is_row_sound(row)) {
        for column in ENDS {
            let code = table.text(row, column);
            let of = levels(code);
            let both: Levels = std::array::from_fn(|level| common[level] && of[level]);
            if both == [false; Level::ALL.len()] {
                let title = messages::code_of_another_level(code, named(of), named(common));
                let mut problem =
                    Problem::new(table.place(row, column), title).help(messages::one_level_a_table());
                if let Some((row, column)) = since {
                    problem = problem.also(table.place(row, column), messages::level_told_here());
                }
                problems.push(problem);
                return None;
            }
            if both != common {
                common = both;
                since = Some((row, column));
            }
        }
    }
    let preferred = [Level::Province, Level::County, Level::Prefecture];
    preferred.into_iter().find(|level| common[*level as usize])
}

/// Where an end of a row lies.
#[derive(Clone, Copy)]
enum End {
    /// In a province of the area, by its position.
    Province(usize),
    /// At an outside node.
    Outside,
    /// Nowhere that the scenario knows.
    Elsewhere,
}

/// The places of an area by code.
struct Places<'g> {
    /// The province of a code, by level.
    codes: BTreeMap<&'g str, [Option<usize>; Level::ALL.len()]>,
    /// Ids of outside nodes.
    outside: BTreeSet<&'g str>,
    /// Whether codes are those of GB/T 2260.
    of_china: bool,
}

impl<'g> Places<'g> {
    fn of(geography: &'g Geography) -> Places<'g> {
        let mut codes: BTreeMap<&str, [Option<usize>; Level::ALL.len()]> = BTreeMap::new();
        let mut put = |code: &'g str, level: Level, province: usize| {
            codes.entry(code).or_default()[level as usize] = Some(province);
        };
        for county in &geography.counties {
            put(county.code.as_str(), Level::County, county.province);
        }
        for prefecture in &geography.prefectures {
            put(prefecture.code.as_str(), Level::Prefecture, prefecture.province);
        }
        for (p, province) in geography.provinces.iter().enumerate() {
            put(province.code.as_str(), Level::Province, p);
        }
        let outside = geography.outside.clone().map(|j| geography.nodes[j].id.as_str()).collect();
        let of_china = geography.provinces.iter().all(|province| is_of_china(&province.code));
        Places { codes, outside, of_china }
    }

    fn levels(&self, code: &str) -> Levels {
        match self.codes.get(code) {
            Some(provinces) => provinces.map(|province| province.is_some()),
            None if self.of_china && !self.outside.contains(code) => levels_by_digits(code),
            None => ANY,
        }
    }

    fn end(&self, code: &str, level: Level) -> End {
        match self.codes.get(code).and_then(|provinces| provinces[level as usize]) {
            Some(province) => End::Province(province),
            None if self.outside.contains(code) => End::Outside,
            None => End::Elsewhere,
        }
    }
}

/// Reads the flows into the geography of an area, summed up to pairs of provinces, and notes what could not be used. The
/// position after the last province stands for everything outside.
pub(super) fn read(area: &mut StudyArea, input: &Input, problems: &mut Problems) {
    if !has_room(input, problems) {
        return;
    }
    let table = Table::read_input(input, &COLUMNS, problems);
    let places = Places::of(&area.geography);
    let Some(level) = level_of(&table, |code| places.levels(code), problems) else { return };
    let outside = area.geography.provinces.len();
    let mut found = CountedFlows { table: input.name(), level: level.name(), ..Default::default() };
    // Pairs of provinces in the order of the table.
    let mut pairs: Vec<(usize, usize, f64)> = Vec::new();
    let mut stands: BTreeMap<[usize; 2], usize> = BTreeMap::new();
    let mut seen: BTreeMap<[&str; 2], usize> = BTreeMap::new();
    for row in table.rows().filter(|&row| table.is_row_sound(row)) {
        let codes = ENDS.map(|column| table.text(row, column));
        let persons = table.number(row, "persons").unwrap_or_default();
        if let Some(first) = seen.insert(codes, row) {
            problems.push(
                Problem::new(table.place(row, "persons"), messages::pair_occurs_twice())
                    .also(table.place(first, "persons"), messages::first_here())
                    .help(messages::one_row_a_pair()),
            );
        }
        found.all.add(persons);
        let [from, to] = codes.map(|code| places.end(code, level));
        let pair = match (from, to) {
            (End::Elsewhere, _) | (_, End::Elsewhere) => {
                if found.elsewhere.rows == 0 {
                    let unknown = if matches!(from, End::Elsewhere) { codes[0] } else { codes[1] };
                    found.first_elsewhere = unknown.to_owned();
                }
                found.elsewhere.add(persons);
                continue;
            }
            (End::Outside, End::Outside) => {
                found.outside.add(persons);
                continue;
            }
            (End::Province(from), End::Province(to)) if from == to => {
                found.within.add(persons);
                continue;
            }
            (End::Province(from), End::Province(to)) => [from, to],
            (End::Province(from), End::Outside) => [from, outside],
            (End::Outside, End::Province(to)) => [outside, to],
        };
        found.used.add(persons);
        match stands.get(&pair) {
            Some(&at) => pairs[at].2 += persons,
            None => {
                stands.insert(pair, pairs.len());
                pairs.push((pair[0], pair[1], persons));
            }
        }
    }
    if problems.is_empty() && found.used.rows + found.within.rows == 0 {
        problems.push(
            Problem::new(table.whole(), messages::no_row_of_the_area()).help(messages::leave_flows_out()),
        );
    }
    // Shares of origins say nothing where most origins are missing.
    let registered_outside: u64 = area.outside_in_area.iter().sum();
    let from_outside = pairs.iter().any(|&(from, _, persons)| from == outside && persons > 0.0);
    if let (Some(&id), true) =
        (places.outside.first(), !pairs.is_empty() && registered_outside > 0 && !from_outside)
    {
        problems.push(
            Problem::new(table.whole(), messages::no_flow_from(id, registered_outside))
                .help(messages::add_flows_from(id)),
        );
    }
    area.geography.observed_flows = pairs;
    area.counted_flows = Some(found);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::files::Files;
    use crate::world::geography::Province;
    use crate::world::{Tier, fixtures};

    /// Two provinces, the first with two prefectures of a county each, the second with one; perhaps an outside.
    fn area(with_outside: bool) -> StudyArea {
        let mut counties: Vec<_> =
            ["310101", "320102", "320205"].iter().map(|code| fixtures::county(code, 0)).collect();
        let mut prefectures: Vec<_> = ["310000", "320100", "320200"]
            .iter()
            .map(|code| fixtures::prefecture(code, 0..0, 0..0))
            .collect();
        for (i, province) in [0, 1, 1].into_iter().enumerate() {
            (counties[i].province, prefectures[i].province) = (province, province);
        }
        let province = |code: &str, counties: std::ops::Range<usize>| Province {
            code: code.to_owned(),
            name: String::new(),
            prefectures: counties.clone(),
            counties,
            nodes: 0..0,
        };
        let nodes: Vec<_> =
            with_outside.then(|| fixtures::node("outside", Tier::Outside, usize::MAX)).into_iter().collect();
        StudyArea {
            outside_in_area: nodes.iter().map(|_| 1000).collect(),
            geography: Geography {
                outside: 0..nodes.len(),
                nodes,
                counties,
                prefectures,
                provinces: vec![province("310000", 0..1), province("320000", 1..3)],
                ..Geography::default()
            },
            ..StudyArea::default()
        }
    }

    fn read_text(with_outside: bool, rows: &str) -> (StudyArea, Problems) {
        let text = format!("origin,destination,persons\n{rows}");
        let files = Files::memory([("flows.csv", text.into_bytes())]);
        let (mut area, mut problems) = (area(with_outside), Problems::new());
        read(&mut area, &files.read("flows.csv".as_ref()), &mut problems);
        (area, problems)
    }

    fn flows(area: &StudyArea) -> &CountedFlows {
        area.counted_flows.as_ref().expect("a table")
    }

    #[test]
    fn codes_of_any_level_are_summed_up_to_provinces() {
        for (level, rows) in [
            ("province", "320000,310000,70\n310000,320000,5\n"),
            ("prefecture", "320100,310000,30\n320200,310000,40\n310000,320200,5\n"),
            ("county", "320102,310101,30\n310101,320102,5\n320205,310101,40\n"),
        ] {
            let (area, problems) = read_text(false, rows);
            assert!(problems.is_empty(), "{}", problems.render(false));
            let mut pairs = area.geography.observed_flows.clone();
            pairs.sort_by_key(|pair| (pair.0, pair.1));
            assert_eq!(pairs, [(0, 1, 5.0), (1, 0, 70.0)], "{level}");
            assert_eq!((flows(&area).level, flows(&area).used.persons), (level, 75.0));
        }
    }

    #[test]
    fn what_cannot_be_used_is_counted() {
        let (area, problems) = read_text(
            true,
            "320102,320205,7\n320102,320102,1\n310101,440105,9\nabroad,310101,2\noutside,310101,50\n\
             outside,outside,6\n320205,outside,4\n320205,310101,3\n",
        );
        assert!(problems.is_empty(), "{}", problems.render(false));
        let found = flows(&area);
        let of = |tally: &crate::base_year::study_area::Tally| (tally.rows, tally.persons);
        assert_eq!(of(&found.all), (8, 82.0));
        assert_eq!(of(&found.used), (3, 57.0));
        assert_eq!(of(&found.within), (2, 8.0));
        assert_eq!((of(&found.elsewhere), found.first_elsewhere.as_str()), ((2, 11.0), "440105"));
        assert_eq!(of(&found.outside), (1, 6.0));
        // Everything outside is the position after the last province.
        assert_eq!(area.geography.observed_flows, [(2, 0, 50.0), (1, 2, 4.0), (1, 0, 3.0)]);
    }

    #[test]
    fn one_table_has_one_level_and_the_first_code_of_another_one_is_shown() {
        let (_, problems) = read_text(false, "320102,310101,30\n310101,320000,5\n310000,320000,5\n");
        assert_eq!(problems.len(), 1);
        let text = problems.render(false);
        assert!(
            text.contains("`320000` is of the level `province`, the codes before it are of `county`"),
            "{text}"
        );
        assert!(text.contains("flows.csv:3:8") && text.contains("^^^^^^"), "{text}");
        // The municipality is a prefecture too, so that it decides nothing.
        let (area, problems) = read_text(false, "310000,320100,30\n320200,310000,5\n");
        assert!(problems.is_empty(), "{}", problems.render(false));
        assert_eq!(flows(&area).level, "prefecture");
        // Codes of places that are not here have digits all the same.
        assert!(!read_text(false, "310101,320102,30\n440000,310101,5\n").1.is_empty());
        assert!(read_text(false, "310101,320102,30\n441900,310101,5\n").1.is_empty());
    }

    #[test]
    fn a_table_without_the_area_or_without_its_outside_or_with_a_pair_twice_is_refused() {
        let refused = |with_outside: bool, rows: &str, words: &str| {
            let (_, problems) = read_text(with_outside, rows);
            assert_eq!(problems.len(), 1, "{rows}");
            let text = problems.render(false);
            assert!(text.contains(words), "`{words}` is not in {text}");
        };
        refused(false, "440000,450000,30\n", "no row is of a province or county");
        refused(true, "320000,310000,70\n", "no row has the origin `outside`");
        refused(false, "320000,310000,70\n320000,310000,7\n", "twice");
        assert!(read_text(true, "320000,310000,70\noutside,310000,7\n").1.is_empty());
    }
}
