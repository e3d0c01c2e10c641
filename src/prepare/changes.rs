//! Units whose code changed between the census and another table: renamed, merged, split.

use std::collections::{BTreeMap, BTreeSet};

use crate::scenario::files::Input;
use crate::scenario::problem::Problems;
use crate::scenario::table::{Column, Kind, Table};

/// The file among the data of China.
pub(super) const CODE_CHANGES: &str = "code_changes.csv";

static COLUMNS: [Column; 5] = [
    Column::required("code", Kind::Code, "code of the unit"),
    Column::required("name_cn", Kind::Text, "its name under this code"),
    Column::required("from_year", Kind::Year, "first year in use"),
    Column::optional("until_year", Kind::Year, "year in which it went out of use; empty: in use"),
    Column::optional(
        "successor_codes",
        Kind::Tags,
        "codes that follow, with [year] where only a part went there",
    ),
];

/// A code that went out of use or gave away a part, in the words of the table.
#[derive(Clone, Debug)]
struct Step {
    code: String,
    year: i32,
    into: Vec<String>,
    /// Whether the unit stays under its code beside them.
    stays: bool,
}

/// Codes of units with the years of their use and what followed.
#[derive(Clone, Debug, Default)]
pub(super) struct Changes {
    steps: Vec<Step>,
    names: BTreeMap<String, String>,
}

/// What became of units between two years: those that hold the same people, by the codes of the one year and of the
/// other.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Joined {
    /// Codes of the census.
    pub units: BTreeSet<String>,
    /// Codes of the other table.
    pub others: BTreeSet<String>,
    /// Whether a part of a unit went elsewhere under a code that was there already: the border moved.
    pub moved: bool,
}

impl Changes {
    /// Reads the table.
    pub(super) fn read(input: &Input, problems: &mut Problems) -> Changes {
        let table = Table::open_input(input, &COLUMNS[..], problems);
        let mut changes = Changes::default();
        for row in table.rows().filter(|&row| table.is_row_sound(row)) {
            let code = table.text(row, "code").to_owned();
            let until = (!table.is_empty(row, "until_year")).then(|| table.persons(row, "until_year") as i32);
            changes.names.insert(code.clone(), table.text(row, "name_cn").to_owned());
            let mut by_year: BTreeMap<i32, Vec<String>> = BTreeMap::new();
            for word in table.tags(row, "successor_codes") {
                let (into, year) = match word.split_once('[') {
                    Some((into, year)) => (into, year.trim_end_matches(']').parse().ok()),
                    None => (word, until),
                };
                if let Some(year) = year {
                    by_year.entry(year).or_default().push(into.to_owned());
                }
            }
            for (year, into) in by_year {
                let stays = until.is_none_or(|until| year < until);
                changes.steps.push(Step { code: code.clone(), year, into, stays });
            }
        }
        changes.steps.sort_by(|a, b| a.year.cmp(&b.year).then_with(|| a.code.cmp(&b.code)));
        changes
    }

    /// What became of the units of a census until the year of another table, or what they were before: only units whose
    /// code or border changed.
    pub(super) fn between<'c>(
        &self,
        census: i32,
        other: i32,
        codes: impl Iterator<Item = &'c str>,
    ) -> Vec<Joined> {
        let (first, last) = (census.min(other), census.max(other));
        // Codes at the later of the two years that each code of the earlier one leads to.
        let mut leads: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut moved: BTreeSet<String> = BTreeSet::new();
        let existing: BTreeSet<&str> = codes.collect();
        let steps: Vec<&Step> = self.steps.iter().filter(|s| (first + 1..=last).contains(&s.year)).collect();
        for step in &steps {
            let ends: Vec<String> = step.into.clone();
            if step.stays {
                moved.insert(step.code.clone());
            }
            let mut replaced = false;
            for targets in leads.values_mut() {
                if targets.contains(&step.code) {
                    replaced = true;
                    if !step.stays {
                        targets.remove(&step.code);
                    }
                    targets.extend(ends.iter().cloned());
                }
            }
            if !replaced {
                let mut targets: BTreeSet<String> = ends.into_iter().collect();
                if step.stays {
                    targets.insert(step.code.clone());
                }
                leads.insert(step.code.clone(), targets);
            }
        }
        // Units that share a code at either end hold the same people together.
        let mut joined: Vec<(BTreeSet<String>, BTreeSet<String>)> = Vec::new();
        for (early, late) in leads {
            let mut own = (BTreeSet::from([early]), late);
            let (with, without): (Vec<_>, Vec<_>) =
                joined.into_iter().partition(|(e, l)| !e.is_disjoint(&own.0) || !l.is_disjoint(&own.1));
            for (e, l) in with {
                own.0.extend(e);
                own.1.extend(l);
            }
            joined = without;
            joined.push(own);
        }
        let mut all = Vec::new();
        for (mut early, late) in joined {
            // A code that was in use before and took others in is a unit of the earlier year too.
            let born: BTreeSet<&String> = steps
                .iter()
                .filter(|s| !s.stays)
                .flat_map(|s| &s.into)
                .filter(|c| late.contains(*c))
                .collect();
            let there = |code: &String| match census <= other {
                true => existing.contains(code.as_str()),
                false => !born.contains(code),
            };
            early.extend(late.iter().filter(|code| there(code)).cloned());
            let has_moved = early.iter().any(|code| moved.contains(code));
            let (units, others) = if census <= other { (early, late) } else { (late, early) };
            let units: BTreeSet<String> =
                units.into_iter().filter(|code| existing.contains(code.as_str())).collect();
            if !units.is_empty() {
                all.push(Joined { units, others, moved: has_moved });
            }
        }
        all.sort_by(|a, b| a.units.cmp(&b.units));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str =
        "code,province_cn,prefecture_cn,name_cn,level,status,from_year,until_year,successor_codes
330103,浙江省,杭州市,下城区,county,abolished,1983,2021,330105
330104,浙江省,杭州市,江干区,county,abolished,1983,2021,330102;330114
330102,浙江省,杭州市,上城区,county,in_use,1983,,
330105,浙江省,杭州市,拱墅区,county,in_use,1983,,
330110,浙江省,杭州市,余杭区,county,in_use,2001,,330113[2021]
330113,浙江省,杭州市,临平区,county,in_use,2021,,
330114,浙江省,杭州市,钱塘区,county,in_use,2021,,
330185,浙江省,杭州市,临安市,county,abolished,1996,2017,330112
330112,浙江省,杭州市,临安区,county,in_use,2017,,
";

    fn of(census: i32, other: i32, codes: &[&str]) -> Vec<(String, String, bool)> {
        let mut problems = Problems::new();
        let changes = Changes::read(&Input::in_memory("changes.csv", TABLE.into()), &mut problems);
        assert!(problems.is_empty(), "{}", problems.render(false));
        let words = |set: BTreeSet<String>| set.into_iter().collect::<Vec<_>>().join(" ");
        let joined = changes.between(census, other, codes.iter().copied());
        joined.into_iter().map(|j| (words(j.units), words(j.others), j.moved)).collect()
    }

    #[test]
    fn units_that_merged_split_or_took_another_code_hold_the_same_people_together() {
        let codes = ["330102", "330103", "330104", "330105", "330110", "330112"];
        let row = |units: &str, others: &str, moved: bool| (units.to_owned(), others.to_owned(), moved);
        assert_eq!(
            of(2020, 2021, &codes),
            [
                row("330102 330104", "330102 330114", false),
                row("330103 330105", "330105", false),
                row("330110", "330110 330113", true),
            ]
        );
        // Between a census of 2010 and a table of 2018 only Lin'an changed its code.
        assert_eq!(of(2010, 2018, &["330185", "330110"]), [row("330185", "330112", false)]);
        // And a table of 2015 beside a census of 2020, the other way round.
        assert_eq!(of(2020, 2015, &codes), [row("330112", "330185", false)]);
        assert_eq!(of(2020, 2020, &codes), []);
    }
}
