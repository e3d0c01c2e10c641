//! Which published output belongs to which unit: codes that passed to others, borders that changed, groups that share.

use std::collections::{BTreeMap, BTreeSet};

use super::census::Census;
use super::places::{Found, Lookup, stem};
use super::published_output::{CountyOutput, Group, Published};
use super::report::Report;
use super::units::Unit;
use super::work::Work;

/// County output under the codes of the census. Where a code was given to another unit since, the name in the row is
/// that of a third unit of the census: the row is that unit's, not that of the unit with the code.
fn under_own_codes(
    census: &Census,
    published: &Published,
    report: &mut Report,
) -> BTreeMap<String, (String, CountyOutput)> {
    let names: BTreeMap<&str, &str> =
        census.counties.iter().map(|c| (c.code.as_str(), c.name.as_str())).collect();
    let mut stems: BTreeMap<(String, String), Vec<&str>> = BTreeMap::new();
    for (code, name) in &names {
        stems.entry((census.hierarchy.province(code), stem(name))).or_default().push(code);
    }
    let mut facts = published.counties.clone();
    for (code, (name, output)) in &published.counties {
        let Some(here) = names.get(code.as_str()).filter(|_| !name.is_empty()) else { continue };
        if stem(here) == stem(name) || published.renames.same.contains_key(code) {
            continue;
        }
        match stems.get(&(census.hierarchy.province(code), stem(name))).map(Vec::as_slice) {
            Some([owner]) => {
                facts.remove(code);
                let own = published.counties.contains_key(*owner);
                if !own {
                    facts.insert((*owner).to_owned(), (name.clone(), *output));
                }
                report.note(
                    "Output under another unit's code",
                    format!(
                        "{code} is {name} in the table of output and {here} in the census: taken for {owner}"
                    ),
                );
            }
            _ => report.note(
                "Output under another unit's code",
                format!(
                    "{code} is {name} in the table of output and {here} in the census: taken as one unit"
                ),
            ),
        }
    }
    facts
}

/// Groups of units whose code or border changed since or before: together they hold what is published for their codes of
/// the other year. Those that the caller groups or renames are left to it.
fn changed(
    census: &Census,
    units: &[Unit],
    facts: &BTreeMap<String, (String, CountyOutput)>,
    published: &Published,
    report: &mut Report,
) -> (Vec<Group>, BTreeSet<String>) {
    let mut groups = Vec::new();
    let mut taken = BTreeSet::new();
    let (base, year) = (census.year, published.county_year);
    for joined in &published.changes {
        let said = |code: &String| {
            published.renames.same.contains_key(code)
                || published.groups.iter().any(|group| group.units.contains(code))
        };
        let known: Vec<&String> =
            joined.others.iter().filter(|code| published.counties.contains_key(*code)).collect();
        let units_of: Vec<&Unit> = units.iter().filter(|unit| joined.units.contains(&unit.code)).collect();
        if joined.units.iter().any(said) || known.is_empty() || units_of.is_empty() {
            continue;
        }
        // A table that was brought to the borders of the census has the old codes still.
        let old = |code: &&String| published.counties.contains_key(*code) && !joined.others.contains(*code);
        if joined.units.iter().any(|code| old(&code)) {
            continue;
        }
        let name = |code: &str| facts.get(code).map_or(String::new(), |(name, _)| format!(" {name}"));
        let here: Vec<String> = units_of.iter().map(|unit| format!("{} {}", unit.code, unit.name)).collect();
        let there: Vec<String> = joined.others.iter().map(|code| format!("{code}{}", name(code))).collect();
        let missing = joined.others.len() - known.len();
        // Nobody knows how much moved where the units are the same before and after: each keeps its figure.
        let stays = joined.units == joined.others;
        let how = match (units_of.len(), joined.others.len(), missing) {
            _ if stays => "figures taken as they are published".to_owned(),
            (_, _, missing) if missing > 0 => {
                format!(
                    "{missing} of them without a figure: left out, jobs at their neighbours' output per job"
                )
            }
            (1, 1, _) => "the same unit under another code".to_owned(),
            (1, n, _) => format!("one unit of {base} is {n} of {year}: added up"),
            (n, 1, _) => format!("{n} units of {base} are one of {year}: divided by jobs"),
            (n, m, _) => format!("{n} units of {base} hold {m} of {year}: added up and divided by jobs"),
        };
        let moved = if joined.moved { "; a border moved" } else { "" };
        report.note(
            "Codes that changed",
            format!("{} in {base}, {} in {year}: {how}{moved}", here.join(", "), there.join(", ")),
        );
        if stays {
            continue;
        }
        taken.extend(joined.others.iter().cloned());
        if missing == 0 {
            groups.push(Group {
                published: joined.others.iter().cloned().collect(),
                units: units_of.iter().map(|unit| unit.code.clone()).collect(),
            });
        }
    }
    (groups, taken)
}

/// Published output of a unit after groups are shared.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Figures {
    pub total: Option<f64>,
    pub primary: Option<f64>,
    /// Whether it is a part of what is published for a group.
    pub group: bool,
}

impl Figures {
    /// Outside farming.
    pub(crate) fn other(&self) -> Option<f64> {
        self.total.map(|t| t - self.primary.unwrap_or(0.0))
    }
}

/// Published output of every unit, none where there is none.
pub(crate) fn county_figures(
    census: &Census,
    units: &[Unit],
    work: &[Work],
    published: &Published,
    report: &mut Report,
) -> Vec<Figures> {
    let facts = under_own_codes(census, published, report);
    let facts_of_joined = facts.clone();
    let (groups, taken) = changed(census, units, &facts, published, report);
    let mut facts = facts;
    // Output of a changed unit is that of its group: no other unit may claim it by its name.
    facts.retain(|code, _| !taken.contains(code));
    let lookup = Lookup::new(census, facts, &published.renames.same);
    let mut figures: Vec<Figures> = units
        .iter()
        .map(|unit| match lookup.get(&unit.code, &unit.name) {
            // A unit found by name only is the same one under a later code: its output is its own.
            Some((output, Found::ByCode | Found::ByName)) => {
                let mut figures =
                    Figures { total: output.total, primary: output.primary, ..Figures::default() };
                // Units that joined it bring the output that is published for them.
                for (_, part) in unit.joined.iter().filter_map(|code| facts_of_joined.get(code)) {
                    figures.total = figures.total.map(|total| total + part.total.unwrap_or(0.0));
                    figures.primary = figures.primary.map(|primary| primary + part.primary.unwrap_or(0.0));
                }
                figures
            }
            None => Figures::default(),
        })
        .collect();
    for group in published.groups.iter().chain(&groups) {
        let of = |f: &dyn Fn(&CountyOutput) -> Option<f64>| -> f64 {
            group.published.iter().filter_map(|c| published.counties.get(c)).filter_map(|(_, o)| f(o)).sum()
        };
        let (total, primary) = (of(&|o| o.total), of(&|o| o.primary));
        let members: Vec<usize> =
            (0..units.len()).filter(|&i| group.units.contains(&units[i].code)).collect();
        let farm: f64 = members.iter().map(|&i| work[i].in_sector(0) as f64).sum();
        let others: f64 = members.iter().map(|&i| (work[i].total() - work[i].in_sector(0)) as f64).sum();
        if total <= 0.0 {
            continue;
        }
        for &i in &members {
            let farm_here = work[i].in_sector(0) as f64;
            let others_here = (work[i].total() - work[i].in_sector(0)) as f64;
            let primary = primary * farm_here / farm.max(1.0);
            figures[i].primary = Some(primary);
            figures[i].total = Some(primary + (total - of(&|o| o.primary)) * others_here / others.max(1.0));
            figures[i].group = true;
        }
    }
    figures
}
