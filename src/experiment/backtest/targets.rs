//! Counts that a run is held against: units of a later census as groups of county codes of the base year.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::Result;
use crate::messages;
use crate::scenario::problem::Problems;
use crate::scenario::table::{Column, Kind, Table};
use crate::world::Geography;

/// Columns of a target file; others are ignored only if they are one of these.
static COLUMNS: [Column; 15] = [
    Column::required("unit", Kind::Text, "code of the unit, or of the group of units"),
    Column::optional("name", Kind::Text, "its name"),
    Column::optional(
        "codes_2010",
        Kind::Tags,
        "county codes of the base year, separated by `;`; absent: the unit",
    ),
    Column::optional("population_2010", Kind::Persons, "persons in the base year; absent: as in the model"),
    Column::required("population_2020", Kind::Persons, "persons in the year to be predicted"),
    Column::optional("urban_2010", Kind::Persons, "urban persons in the base year"),
    Column::optional("urban_2020", Kind::Persons, "urban persons in the year to be predicted"),
    Column::optional("newcomers_own_2010", Kind::Persons, "registered in another county of the province"),
    Column::optional("newcomers_own_2020", Kind::Persons, "the same in the year to be predicted"),
    Column::optional("newcomers_other_2010", Kind::Persons, "registered in another province"),
    Column::optional("newcomers_other_2020", Kind::Persons, "the same in the year to be predicted"),
    Column::optional("age_0_9_2010", Kind::Persons, "persons below ten"),
    Column::optional("age_0_9_2020", Kind::Persons, "the same in the year to be predicted"),
    Column::optional("boundary_event", Kind::Count, "1: its border changed between the two years"),
    Column::optional("note", Kind::Text, "remarks"),
];

/// A unit whose later count is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Code of the unit in the file of targets.
    pub unit: String,
    /// What a reader calls it.
    pub name: String,
    /// Counties of the study area that make up the unit.
    pub counties: Vec<usize>,
    /// Residents in the base year, persons.
    pub population_start: f64,
    /// Residents at the later census, persons.
    pub population_end: f64,
    /// Urban residents in the base year, persons, where counted.
    pub urban_start: Option<f64>,
    /// Urban residents at the later census, persons, where counted.
    pub urban_end: Option<f64>,
    /// Newcomers by origin (own province, others) in both years.
    pub newcomers: Option<[[f64; 2]; 2]>,
    /// Persons below ten in the year to be predicted.
    pub children: Option<f64>,
    /// Whether its border changed between the two years.
    pub boundary_event: bool,
    /// Number of the file it came from.
    pub file: usize,
}

/// All targets of a backtest, and what could not be matched.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Targets {
    /// Units that were matched.
    pub list: Vec<Target>,
    /// Files that the counts come from.
    pub files: Vec<PathBuf>,
    /// Units left out, with the reason.
    pub unmatched: Vec<(String, String)>,
}

impl Targets {
    /// Reads target files and matches them to the counties of an area.
    ///
    /// # Errors
    /// Every problem of every table, with line and caret.
    pub fn read(files: &[PathBuf], geography: &Geography) -> Result<Targets> {
        let index: BTreeMap<&str, usize> =
            geography.counties.iter().enumerate().map(|(c, county)| (county.code.as_str(), c)).collect();
        let mut targets = Targets { files: files.to_vec(), ..Default::default() };
        let mut taken: BTreeMap<usize, String> = BTreeMap::new();
        let mut problems = Problems::new();
        let tables: Vec<Table> =
            files.iter().map(|path| Table::read(path, &COLUMNS, &mut problems)).collect();
        problems.check()?;
        for (file, table) in tables.iter().enumerate() {
            taken.clear();
            for row in table.rows() {
                let unit = table.text(row, "unit").to_owned();
                let mut codes: Vec<&str> = table.tags(row, "codes_2010").collect();
                if codes.is_empty() {
                    codes.push(&unit);
                }
                let missing: Vec<&str> = codes.iter().copied().filter(|c| !index.contains_key(c)).collect();
                let counties: Vec<usize> = codes.iter().filter_map(|c| index.get(c).copied()).collect();
                let given = |column: &str| {
                    (table.has(column) && !table.is_empty(row, column))
                        .then(|| table.persons(row, column) as f64)
                };
                let end = table.persons(row, "population_2020") as f64;
                let model: f64 = counties.iter().map(|&c| residents(geography, c)).sum();
                let start = given("population_2010").unwrap_or(model);
                let reason = if !missing.is_empty() {
                    Some(messages::no_county_in_base_year(missing.join(messages::comma())))
                } else if let Some(&c) = counties.iter().find(|c| taken.contains_key(c)) {
                    Some(messages::county_already_part(&geography.counties[c].code, &taken[&c]))
                } else if end <= 0.0 || start <= 0.0 {
                    Some(messages::no_persons_counted())
                } else {
                    None
                };
                if let Some(reason) = reason {
                    targets.unmatched.push((unit, reason.to_string()));
                    continue;
                }
                for &c in &counties {
                    taken.insert(c, unit.clone());
                }
                targets.list.push(Target {
                    name: table.text(row, "name").to_owned(),
                    urban_start: given("urban_2010"),
                    urban_end: given("urban_2020"),
                    newcomers: both(
                        both(given("newcomers_own_2010"), given("newcomers_other_2010")),
                        both(given("newcomers_own_2020"), given("newcomers_other_2020")),
                    ),
                    children: given("age_0_9_2020"),
                    boundary_event: table.number(row, "boundary_event").unwrap_or(0.0) > 0.0,
                    population_start: start,
                    population_end: end,
                    unit,
                    counties,
                    file,
                });
            }
        }
        Ok(targets)
    }

    /// Log of the counted growth of every target.
    pub fn growth(&self) -> Vec<f64> {
        self.list.iter().map(|t| libm::log(t.population_end / t.population_start)).collect()
    }

    /// Log of the growth that a prediction by county gives every target.
    pub fn predicted(&self, geography: &Geography, population: &[f64]) -> Vec<f64> {
        self.list
            .iter()
            .map(|t| {
                let start: f64 = t.counties.iter().map(|&c| residents(geography, c)).sum();
                let end: f64 = t.counties.iter().map(|&c| population[c]).sum();
                libm::log(end.max(1.0) / start.max(1.0))
            })
            .collect()
    }

    /// Targets apart by file if two files count the same county in units of their own, else all together.
    pub(crate) fn schemes(self) -> Vec<Targets> {
        let mut first: BTreeMap<usize, usize> = BTreeMap::new();
        let twice = self
            .list
            .iter()
            .flat_map(|t| t.counties.iter().map(|&c| (c, t.file)))
            .any(|(c, file)| *first.entry(c).or_insert(file) != file);
        if !twice {
            return vec![self];
        }
        (0..self.files.len())
            .map(|file| Targets {
                unmatched: if file == 0 { self.unmatched.clone() } else { Vec::new() },
                ..self.of_file(file)
            })
            .collect()
    }

    /// Targets of one file.
    pub fn of_file(&self, file: usize) -> Targets {
        Targets {
            list: self.list.iter().filter(|t| t.file == file).cloned().collect(),
            files: self.files.clone(),
            unmatched: Vec::new(),
        }
    }
}

/// Two values of which each may be missing, if neither is.
fn both<T>(a: Option<T>, b: Option<T>) -> Option<[T; 2]> {
    Some([a?, b?])
}

/// Residents of a county in the base year.
pub fn residents(geography: &Geography, c: usize) -> f64 {
    geography.counties[c].nodes().map(|j| geography.nodes[j].facts.residents as f64).sum()
}
