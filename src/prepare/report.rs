//! What was not found and what was assumed instead.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::messages::{self, known};

/// The words of the `provenance` column and what each stands for.
pub(crate) const WORDS: [(&str, &str); 35] = [
    ("common", "the rules that hold for every row, listed in provenance.md under Rules"),
    ("census_assumed", "the census lacks columns; what stands for them is listed in provenance.md"),
    ("jobs_by_sector", "persons at work were counted by sector; what their jobs pay is not known"),
    ("joined", "a development zone or other unit without registered people of its own is counted here"),
    ("remainder", "residents whom the prefecture's row counts and no county row, counted here"),
    ("no_village", "too few rural residents for a node: they are counted at the seat"),
    (
        "registered_missing",
        "no registered population found: taken as the stayers over 1 less the least share away",
    ),
    ("registered_floor", "registered people hardly exceed or fall below the stayers: least share away set"),
    ("registered_rescaled", "people away rescaled so that those away and newcomers agree over the area"),
    (
        "newcomers_part",
        "newcomers from the rest of the own province, outside the area, counted with other provinces",
    ),
    ("ages_mended", "the printed age groups did not add up to the residents"),
    ("education_mended", "an impossible count of graduates was taken from what the prefecture's row leaves"),
    ("jobs_mended", "an impossible count of jobs was taken from what the row's total leaves"),
    ("participation_capped", "employment limited to the largest share of residents of 15 and over"),
    ("thin_cell", "a sector of the village outside farming with too few workers: they work at the seat"),
    ("participation_unit", "no jobs in the long form: the province's share of residents employed is used"),
    (
        "participation_prefecture",
        "hardly anybody at work in the long form (herders): jobs as in the other units of the prefecture",
    ),
    (
        "gdp_constructed",
        "output of the prefecture divided by counts of the census, not published (median error 16 %), its sectors by jobs",
    ),
    (
        "village_floor",
        "jobs of the village outside farming would make less than their minimum wage needs: more than the usual part of the seat's",
    ),
    (
        "gdp_scaled",
        "county output of a neighbouring year, scaled to the prefecture's sectors of the base year",
    ),
    ("gdp_group", "output published for units of another boundary, shared by jobs"),
    ("gdp_remainder", "no county output: what the prefecture's total leaves, shared by jobs"),
    ("gdp_jobs", "no county output: jobs times the prefecture's output per job"),
    ("gdp_of_province", "output scaled so that the province adds up to its published output"),
    (
        "gdp_province",
        "no prefecture output: county output brought to the base year and split like the province's",
    ),
    (
        "gdp_wage",
        "no output published: national output per job by sector times the wage level of the prefecture",
    ),
    ("gdp_minimum_wage", "as gdp_wage, with the minimum wage as the level"),
    ("gdp_level", "as gdp_wage, with the province's mean level"),
    (
        "farm_mean",
        "published farm output is impossible beside the farm jobs (other borders): the prefecture's mean",
    ),
    ("farm_assumed", "farm jobs without published primary output, at an assumed output a job"),
    ("place_renamed", "coordinates of a unit that carries this name under a later code"),
    ("place_prefecture", "no coordinates: the mean of the units of the same prefecture"),
    ("place_shifted", "moved about 5 km so that no two units share a point"),
    (
        "minimum_wage_prefecture",
        "no minimum wage: the most frequent one of the prefecture, else of the province",
    ),
    ("minimum_wage_scaled", "minimum wage of 2018 scaled to the base year"),
];

/// Lines printed under a topic; a national area has thousands, and every row says the same of itself.
const LINES: usize = 100;

/// What [`prepare`](super::prepare) found, did and assumed.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Sources and the area, in one line each.
    pub sources: Vec<String>,
    /// Totals of the area by name, to be checked against published figures.
    pub totals: Vec<(String, String)>,
    /// Constants of the construction with their values.
    pub rules: Vec<(&'static str, String)>,
    /// What was missing, and what stands in its place, by topic in the order of the steps.
    notes: Vec<(&'static str, Vec<String>)>,
    /// Words used in the provenance column and the number of units that carry them.
    words: BTreeMap<&'static str, usize>,
}

impl Report {
    /// Adds a line under a topic.
    pub fn note(&mut self, topic: &'static str, text: String) {
        match self.notes.iter_mut().find(|(t, _)| *t == topic) {
            Some((_, lines)) => lines.push(text),
            None => self.notes.push((topic, vec![text])),
        }
    }

    /// The lines under a topic.
    pub fn notes(&self, topic: &str) -> &[String] {
        self.notes.iter().find(|(t, _)| *t == topic).map_or(&[], |(_, lines)| lines)
    }

    /// Keeps the lines about units of an area, and those about no unit at all.
    pub fn only(&mut self, in_area: impl Fn(&str) -> bool) {
        let elsewhere = |line: &String| {
            let code = line.get(..6).filter(|code| code.bytes().all(|b| b.is_ascii_digit()));
            code.is_some_and(|code| !in_area(code))
        };
        for (_, lines) in &mut self.notes {
            lines.retain(|line| !elsewhere(line));
        }
        self.notes.retain(|(_, lines)| !lines.is_empty());
    }

    /// Counts the words that a unit carries.
    pub(crate) fn count_words(&mut self, words: &BTreeSet<&'static str>) {
        for word in words {
            *self.words.entry(word).or_default() += 1;
        }
    }

    /// The report as it is written to `provenance.md`, in the language of messages but for the lines under a topic.
    pub fn to_markdown(&self) -> String {
        let mut text = format!("{}\n\n", messages::provenance_head());
        for source in &self.sources {
            let _ = writeln!(text, "- {source}");
        }
        let _ = write!(text, "\n{}\n\n| | |\n|---|---:|\n", messages::provenance_totals());
        for (name, value) in &self.totals {
            let _ = writeln!(text, "| {} | {value} |", known(name));
        }
        let _ = write!(text, "\n{}\n|---|---:|\n", messages::provenance_rules());
        for (name, value) in &self.rules {
            let _ = writeln!(text, "| `{name}` | {} |", known(value));
        }
        let _ = write!(text, "\n{}\n|---|---:|---|\n", messages::provenance_words());
        for (word, meaning) in WORDS {
            if let Some(units) = self.words.get(word) {
                let _ = writeln!(text, "| `{word}` | {units} | {} |", known(meaning));
            }
        }
        let _ = write!(text, "\n{}\n", messages::provenance_other_tables());
        for (topic, lines) in &self.notes {
            let _ = writeln!(text, "\n## {}\n", known(topic));
            for line in lines.iter().take(LINES) {
                let _ = writeln!(text, "- {line}");
            }
            if lines.len() > LINES {
                let _ = writeln!(text, "- {}", messages::provenance_more_lines(lines.len() - LINES));
            }
        }
        text
    }
}
