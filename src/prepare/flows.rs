//! Counted people by place of origin and of residence, as somebody published them, made the table of an area
//! (`world.flows`): codes as in its nodes, everything beyond it one place, and a note of what has no place there.

use std::collections::{BTreeMap, BTreeSet};

use super::Area;
use super::census::Census;
use super::hierarchy::province_of;
use super::nodes::csv_of;
use super::report::Report;
use super::surroundings::{OUTSIDE, Origins};
use super::units::Unit;
use crate::base_year::study_area::Tally;
use crate::messages;
use crate::scenario::files::Input;
use crate::scenario::flow_table::{ANY, ENDS, Level, Levels, has_room, level_of, levels_by_digits};
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::table::{Column, Kind, Table};
use crate::{Error, Result};

static COLUMNS: [Column; 3] = [
    Column::required("origin", Kind::Code, "code of the place of origin: county, prefecture or province"),
    Column::required("destination", Kind::Code, "code of the place of residence, of the same level"),
    Column::known("persons", Kind::AMOUNT, "people, in any unit"),
];

/// Codes of a census by level.
struct Known<'c> {
    census: &'c Census,
    counties: BTreeSet<&'c str>,
    prefectures: BTreeSet<String>,
    provinces: BTreeSet<String>,
    /// Prefectures that have counties; others stand for themselves.
    divided: BTreeSet<String>,
}

impl<'c> Known<'c> {
    fn of(census: &'c Census) -> Known<'c> {
        let above = &census.hierarchy;
        let counties: BTreeSet<&str> = census.counties.iter().map(|county| county.code.as_str()).collect();
        let of_counties = |up: &dyn Fn(&str) -> String| -> BTreeSet<String> {
            counties.iter().map(|code| up(code)).collect()
        };
        let divided = of_counties(&|code| above.prefecture(code));
        let mut prefectures: BTreeSet<String> = census.prefectures.keys().cloned().collect();
        prefectures.extend(divided.iter().cloned());
        let mut provinces: BTreeSet<String> = census.provinces.keys().cloned().collect();
        provinces.extend(of_counties(&|code| above.province(code)));
        Known { census, counties, prefectures, provinces, divided }
    }

    /// Levels that a code can be of.
    fn levels(&self, code: &str) -> Levels {
        let prefecture = self.prefectures.contains(code);
        let county = self.counties.contains(code) || prefecture && !self.divided.contains(code);
        let found = [county, prefecture, self.provinces.contains(code)];
        match found.contains(&true) {
            true => found,
            false if self.census.hierarchy.is_stated() => ANY,
            false => levels_by_digits(code),
        }
    }

    /// Whether the census has a place of this code.
    fn has(&self, code: &str) -> bool {
        self.counties.contains(code) || self.prefectures.contains(code) || self.provinces.contains(code)
    }
}

/// Where the end of a row lies as an area sees it.
#[derive(Clone, Copy, PartialEq)]
enum End {
    /// At a place of the area, by its position among them.
    Here(usize),
    /// Beyond the area.
    Outside,
    /// In a province of which the area holds a part: nobody knows which of its people.
    Part,
    /// In a place that no table knows.
    Unknown,
}

/// A table of counted people as it was read.
#[derive(Debug, Default)]
pub(super) struct Flows {
    file: String,
    level: Level,
    /// Codes, and rows by the positions of their ends.
    codes: Vec<String>,
    rows: Vec<([usize; 2], f64)>,
    /// Rows without a number.
    empty: usize,
}

/// What an area has of the flows.
pub(super) struct OfArea {
    /// The table as a scenario reads it.
    pub csv: Vec<u8>,
    /// People by province of residence and of origin, those from beyond the area under [`OUTSIDE`].
    pub origins: Origins,
    /// Rows and people between provinces, or between one and the outside: the law uses them.
    pub used: Tally,
}

/// Reads counted people by origin and residence.
pub(super) fn read(input: &Input, census: &Census, problems: &mut Problems) -> Flows {
    let mut flows = Flows { file: input.file_name(), ..Flows::default() };
    if !has_room(input, problems) {
        return flows;
    }
    let table = Table::open_input(input, &COLUMNS[..], problems);
    let known = Known::of(census);
    let Some(level) = level_of(&table, |code| known.levels(code), problems) else { return flows };
    flows.level = level;
    let mut positions: BTreeMap<&str, usize> = BTreeMap::new();
    let mut seen: BTreeMap<[usize; 2], usize> = BTreeMap::new();
    for row in table.rows().filter(|&row| table.is_row_sound(row)) {
        let ends = ENDS.map(|column| {
            let code = table.text(row, column);
            *positions.entry(code).or_insert_with(|| {
                flows.codes.push(code.to_owned());
                flows.codes.len() - 1
            })
        });
        if let Some(first) = seen.insert(ends, row) {
            problems.push(
                Problem::new(table.place(row, "origin"), messages::pair_occurs_twice())
                    .also(table.place(first, "origin"), messages::first_here())
                    .help(messages::one_row_a_pair()),
            );
        }
        match table.number(row, "persons") {
            Some(persons) => flows.rows.push((ends, persons)),
            None => flows.empty += 1,
        }
    }
    flows
}

impl Flows {
    /// The table of an area, with what it cannot hold in the report. `newcomers` are those of the area from other provinces.
    ///
    /// # Errors
    /// If no row is of the area, or none says who came from beyond it.
    pub(super) fn of_area(
        &self,
        census: &Census,
        area: &Area,
        units: &[Unit],
        newcomers: i64,
        report: &mut Report,
    ) -> Result<OfArea> {
        let places = Places::of(self.level, census, area, units);
        let ends: Vec<End> = self.codes.iter().map(|code| places.end(code)).collect();
        let outside = places.names.len();
        let [mut all, mut used, mut within, mut same, mut beyond, mut part, mut unknown] =
            [Tally::default(); 7];
        let mut cells: BTreeMap<[usize; 2], f64> = BTreeMap::new();
        let mut origins = Origins::new();
        let mut from_outside = 0.0;
        for &(row, persons) in &self.rows {
            all.add(persons);
            let [from, to] = row.map(|at| ends[at]);
            let position = |end: End| if let End::Here(at) = end { at } else { outside };
            let tally = match (from, to) {
                (End::Unknown, _) | (_, End::Unknown) => &mut unknown,
                (End::Part, _) | (_, End::Part) => &mut part,
                (End::Outside, End::Outside) => &mut beyond,
                (End::Here(a), End::Here(b)) if a == b => &mut same,
                (from, to) => {
                    *cells.entry([position(from), position(to)]).or_default() += persons;
                    let province = |end: End| match end {
                        End::Here(at) => places.names[at].1.as_str(),
                        _ => OUTSIDE,
                    };
                    if to != End::Outside && province(from) != province(to) {
                        let of = origins.entry(province(to).to_owned()).or_default();
                        *of.entry(province(from).to_owned()).or_default() += persons;
                    }
                    if from == End::Outside {
                        from_outside += persons;
                    }
                    if province(from) == province(to) { &mut within } else { &mut used }
                }
            };
            tally.add(persons);
        }
        let refused = |found, expected| Error::Data { what: messages::as_is(&self.file), found, expected };
        if cells.is_empty() {
            return Err(refused(messages::no_row_of_the_area(), messages::flows_of_the_census()));
        }
        if *area != Area::All && newcomers > 0 && from_outside <= 0.0 {
            return Err(refused(
                messages::no_flow_into_the_area(newcomers),
                messages::flows_of_the_whole_country(),
            ));
        }
        let mut note = |what: &str, tally: Tally| {
            if tally.rows > 0 {
                report.note(
                    "Counted flows",
                    format!("{} row(s), {:.0} people {what}", tally.rows, tally.persons),
                );
            }
        };
        note(&format!("by {} in {}", self.level.name(), self.file), all);
        note("between provinces of the area, or between one of them and the outside: used by the law", used);
        note("inside one province of the area: written, and the law has no weight for them", within);
        note("inside one unit: not written", same);
        note("from outside to outside: not written", beyond);
        note("of a province of which the area holds a part: not written", part);
        note("of a place that the census does not have: not written", unknown);
        if self.empty > 0 {
            report.note("Counted flows", format!("{} row(s) without a number: not written", self.empty));
        }
        for (code, end) in self.codes.iter().zip(&ends) {
            if *end == End::Unknown {
                report.note("Places of counted flows that the census does not have", code.clone());
            }
        }
        let name = |at: usize| places.names.get(at).map_or(OUTSIDE, |place| place.0.as_str()).to_owned();
        let lines = cells.iter().map(|(&[from, to], persons)| [name(from), name(to), persons.to_string()]);
        Ok(OfArea { csv: csv_of(["origin", "destination", "persons"], lines)?, origins, used })
    }
}

/// Places of an area at the level of a table.
struct Places<'c> {
    level: Level,
    known: Known<'c>,
    whole_country: bool,
    /// Code and province of each place, in the order of codes.
    names: Vec<(String, String)>,
    /// Position of the place that a code is counted in.
    positions: BTreeMap<String, usize>,
    /// Provinces with units in the area.
    provinces: BTreeSet<&'c str>,
}

impl<'c> Places<'c> {
    fn of(level: Level, census: &'c Census, area: &Area, units: &'c [Unit]) -> Places<'c> {
        let code_of = |unit: &Unit| match level {
            Level::County => unit.code.clone(),
            Level::Prefecture => unit.prefecture.clone(),
            Level::Province => unit.province.clone(),
        };
        let whole = |unit: &&Unit| level != Level::Province || area.whole_province(&unit.province);
        let here: BTreeMap<String, String> =
            units.iter().filter(whole).map(|unit| (code_of(unit), unit.province.clone())).collect();
        let names: Vec<(String, String)> = here.into_iter().collect();
        let mut positions: BTreeMap<String, usize> =
            names.iter().enumerate().map(|(at, (code, _))| (code.clone(), at)).collect();
        if level == Level::County {
            for unit in units {
                let at = positions[&unit.code];
                positions.extend(unit.joined.iter().map(|code| (code.clone(), at)));
            }
        }
        let provinces = units.iter().map(|unit| unit.province.as_str()).collect();
        let whole_country = *area == Area::All;
        Places { level, known: Known::of(census), whole_country, names, positions, provinces }
    }

    fn end(&self, code: &str) -> End {
        let above = &self.known.census.hierarchy;
        // Districts and counties of a municipality have codes of prefectures that nobody else uses.
        let key = if self.level == Level::Prefecture { above.prefecture(code) } else { code.to_owned() };
        if let Some(&at) = self.positions.get(&key) {
            return End::Here(at);
        }
        if self.level == Level::Province && self.provinces.contains(code) {
            return End::Part;
        }
        let is_known = self.known.has(&key);
        // The census of a part of a country has no row of the rest, which is outside all the same.
        let of_the_rest = || above.is_stated() || !self.provinces.contains(province_of(code).as_str());
        if !self.whole_country && (is_known || of_the_rest()) { End::Outside } else { End::Unknown }
    }
}
