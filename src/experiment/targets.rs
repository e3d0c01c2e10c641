//! Counts that a run is held against: units of a later census as groups of county codes of the base year.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::Result;
use crate::scenario::problem::Problems;
use crate::scenario::table::{Column, Kind, Table};
use crate::world::Geography;

/// Columns of a target file; others are ignored only if they are one of these.
static COLUMNS: [Column; 8] = [
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
    Column::optional("note", Kind::Text, "remarks"),
];

/// A unit whose later count is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    pub unit: String,
    pub name: String,
    /// Counties of the study area that make up the unit.
    pub counties: Vec<usize>,
    pub population_start: f64,
    pub population_end: f64,
    pub urban_start: Option<f64>,
    pub urban_end: Option<f64>,
    /// Number of the file it came from.
    pub file: usize,
}

/// All targets of a backtest, and what could not be matched.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Targets {
    pub list: Vec<Target>,
    pub files: Vec<PathBuf>,
    /// Units left out, with the reason.
    pub unmatched: Vec<(String, String)>,
}

impl Targets {
    /// Reads target files and matches them to the counties of an area.
    ///
    /// # Errors
    /// A table that cannot be read, with every problem in it.
    pub fn read(files: &[PathBuf], geography: &Geography) -> Result<Targets> {
        let index: BTreeMap<&str, usize> =
            geography.counties.iter().enumerate().map(|(c, county)| (county.code.as_str(), c)).collect();
        let mut targets = Targets { files: files.to_vec(), ..Default::default() };
        let mut taken: BTreeMap<usize, String> = BTreeMap::new();
        for (file, path) in files.iter().enumerate() {
            let mut problems = Problems::new();
            let table = Table::read(Path::new(path), &COLUMNS, &mut problems);
            problems.check()?;
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
                    Some(format!("no county {} in the base year", missing.join(", ")))
                } else if let Some(&c) = counties.iter().find(|c| taken.contains_key(c)) {
                    Some(format!("county {} is already part of {}", geography.counties[c].code, taken[&c]))
                } else if end <= 0.0 || start <= 0.0 {
                    Some("no persons counted".to_owned())
                } else {
                    None
                };
                if let Some(reason) = reason {
                    targets.unmatched.push((unit, reason));
                    continue;
                }
                for &c in &counties {
                    taken.insert(c, unit.clone());
                }
                targets.list.push(Target {
                    name: table.text(row, "name").to_owned(),
                    urban_start: given("urban_2010"),
                    urban_end: given("urban_2020"),
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

    /// Targets of one file.
    pub fn of_file(&self, file: usize) -> Targets {
        Targets {
            list: self.list.iter().filter(|t| t.file == file).cloned().collect(),
            files: self.files.clone(),
            unmatched: Vec::new(),
        }
    }
}

/// Residents of a county in the base year.
pub fn residents(geography: &Geography, c: usize) -> f64 {
    geography.counties[c].nodes().map(|j| geography.nodes[j].facts.residents as f64).sum()
}
