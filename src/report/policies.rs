//! What policies did, small enough for a page: their levers year by year, and the money of their programmes.
//! A comparison keeps both as tables; of a run they are summed from `effects.csv`, which has a row a place.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Serialize;

use super::extract::{Extract, as_table, extract, round};
use super::sheet::{Sheet, refuse};
use crate::error::Result;
use crate::messages;
use crate::policy::{About, KINDS};
use crate::rules::lever::LEVERS;

/// A lever of a policy in one year, as means over the places where it is moved.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LeverYear {
    pub comparison: String,
    pub policy: String,
    pub lever: String,
    pub year: i32,
    pub places: f64,
    pub before: f64,
    pub proposed: f64,
    pub after: f64,
}

/// Programme money of a policy in one year, by class of payer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Spent {
    pub policy: String,
    pub payer: String,
    pub purpose: String,
    pub year: i32,
    pub demanded: f64,
    pub paid: f64,
}

/// Everything about policies.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Policies {
    #[serde(serialize_with = "as_table")]
    pub levers: Vec<LeverYear>,
    /// Of a run; a comparison has `costs`.
    #[serde(serialize_with = "as_table")]
    pub spent: Vec<Spent>,
    /// Programme money of a comparison.
    pub costs: Option<Extract>,
    /// All public money of a comparison, taxes and transfers too.
    pub public_money: Option<Extract>,
    /// What each policy adds to the others.
    pub attribution: Option<Extract>,
    /// Of the levers that are moved.
    pub lever_meanings: Vec<LeverMeaning>,
    pub kinds: Vec<Kind>,
}

/// What a lever is.
#[derive(Clone, Debug, Serialize)]
pub struct LeverMeaning {
    pub name: &'static str,
    pub unit: &'static str,
    pub meaning: &'static str,
    pub meaning_zh: &'static str,
}

/// What a kind of policy is for, and who pays.
#[derive(Clone, Debug, Serialize)]
pub struct Kind {
    pub name: &'static str,
    pub purpose: &'static str,
    pub payer: &'static str,
    /// Both in Chinese.
    pub aim_zh: [String; 2],
}

/// What the comparisons of a folder are called on the page, where many folders may use one name.
pub(crate) type Names = BTreeMap<String, String>;

/// Whether a comparison is of a single policy with `--each`; such ones are shown by their contributions.
pub(crate) fn is_part(comparison: &str) -> bool {
    comparison.contains(":only:") || comparison.contains(":last:")
}

impl Policies {
    /// Adds what a folder holds: every comparison under its name on the page, and the first run that has any.
    ///
    /// # Errors
    /// If a table is broken.
    pub fn read(&mut self, folder: &Path, names: &Names) -> Result<()> {
        let called = |name: &str| names.get(name).cloned().unwrap_or_else(|| name.to_owned());
        for mut row in levers_of_comparison(folder)? {
            row.comparison = called(&row.comparison);
            self.levers.push(row);
        }
        if self.levers.is_empty() && self.spent.is_empty() {
            (self.levers, self.spent) = effects_of_run(folder)?;
        }
        let whole = |name: &str| !is_part(name);
        let headline = |scope: &str| scope == "area" || scope == "tier";
        for (slot, table, column, keep) in [
            (&mut self.costs, "costs.csv", "comparison", &whole as &dyn Fn(&str) -> bool),
            (&mut self.public_money, "public_money.csv", "comparison", &whole),
            (&mut self.attribution, "attribution.csv", "scope", &headline),
        ] {
            let Some(mut more) = extract(folder, table, column, keep)? else { continue };
            // Contributions name the scenario, which is what a comparison with no policy is called.
            for row in &mut more.rows {
                row[0] = called(&row[0]);
            }
            match slot {
                None => *slot = Some(more),
                Some(there) if there.columns == more.columns => {
                    there.rows.extend(more.rows);
                    there.total += more.total;
                }
                Some(_) => {
                    let found = messages::has_other_columns(table);
                    return Err(refuse(folder, messages::report_of_each(found)));
                }
            }
        }
        Ok(())
    }

    /// Says what the levers and kinds of policies mean.
    pub fn explain(&mut self) {
        let moved: BTreeSet<&str> = self.levers.iter().map(|l| l.lever.as_str()).collect();
        let rows = LEVERS.iter().filter(|row| moved.contains(row.name));
        self.lever_meanings = rows
            .map(|r| LeverMeaning {
                name: r.name,
                unit: r.unit,
                meaning: r.meaning,
                meaning_zh: r.meaning_zh,
            })
            .collect();
        let kind = |about: &&About| Kind {
            name: about.name,
            purpose: about.purpose,
            payer: about.payer,
            aim_zh: about.aim_zh(),
        };
        self.kinds = KINDS.iter().map(kind).collect();
    }
}

fn levers_of_comparison(folder: &Path) -> Result<Vec<LeverYear>> {
    let Some(mut sheet) = Sheet::open(folder, "levers.csv")? else { return Ok(Vec::new()) };
    let [comparison, policy, lever, year, places, before, proposed, after] =
        sheet.columns(["comparison", "policy", "lever", "year", "places", "before", "proposed", "after"])?;
    let mut rows = Vec::new();
    while sheet.advance()? {
        rows.push(LeverYear {
            comparison: sheet.text(comparison).to_owned(),
            policy: sheet.text(policy).to_owned(),
            lever: sheet.text(lever).to_owned(),
            year: sheet.year(year)?,
            places: round(sheet.number(places)?),
            before: round(sheet.number(before)?),
            proposed: round(sheet.number(proposed)?),
            after: round(sheet.number(after)?),
        });
    }
    Ok(rows)
}

/// Policy and lever, with what holds at each place since its last change.
type Held = BTreeMap<(String, String), BTreeMap<String, [f64; 3]>>;

/// Policy, payer, purpose and year, with what was demanded and paid.
type Sums = BTreeMap<(String, String, String, i32), [f64; 2]>;

fn effects_of_run(folder: &Path) -> Result<(Vec<LeverYear>, Vec<Spent>)> {
    let Some(mut sheet) = Sheet::open(folder, "effects.csv")? else { return Ok((Vec::new(), Vec::new())) };
    let [year, kind, author, subject, place, payer, before, proposed, after, demanded, paid] = sheet
        .columns([
            "year",
            "kind",
            "author",
            "subject",
            "place",
            "payer",
            "before",
            "proposed",
            "after",
            "demanded_yuan",
            "paid_yuan",
        ])?;
    let (mut held, mut levers, mut sums) = (Held::new(), Vec::new(), Sums::new());
    let mut open: Option<i32> = None;
    while sheet.advance()? {
        let now = sheet.year(year)?;
        // Only changes are on record: what was set before goes on until it is taken back.
        if let Some(before) = open.filter(|&before| before < now) {
            (before..now).for_each(|y| close(y, &held, &mut levers));
        }
        open = Some(now);
        let policy = sheet.text(author).to_owned();
        if sheet.text(kind) == "lever" {
            let values = [sheet.number(before)?, sheet.number(proposed)?, sheet.number(after)?];
            let places = held.entry((policy, sheet.text(subject).to_owned())).or_default();
            if values[0] == values[1] {
                places.remove(sheet.text(place));
            } else {
                places.insert(sheet.text(place).to_owned(), values);
            }
        } else if sheet.text(kind) != "loan" {
            let key = (policy, class(sheet.text(payer)).to_owned(), sheet.text(subject).to_owned(), now);
            let sum = sums.entry(key).or_default();
            sum[0] += sheet.number(demanded)?;
            sum[1] += sheet.number(paid)?;
        }
    }
    if let Some(last) = open {
        close(last, &held, &mut levers);
    }
    let spent = sums
        .into_iter()
        .map(|((policy, payer, purpose, year), [demanded, paid])| Spent {
            policy,
            payer,
            purpose,
            year,
            demanded: round(demanded),
            paid: round(paid),
        })
        .collect();
    Ok((levers, spent))
}

fn close(year: i32, held: &Held, levers: &mut Vec<LeverYear>) {
    for ((policy, lever), places) in held.iter().filter(|(_, places)| !places.is_empty()) {
        let n = places.len() as f64;
        let mean = |i: usize| round(places.values().map(|v| v[i]).sum::<f64>() / n);
        levers.push(LeverYear {
            comparison: String::new(),
            policy: policy.clone(),
            lever: lever.clone(),
            year,
            places: n,
            before: mean(0),
            proposed: mean(1),
            after: mean(2),
        });
    }
}

/// The class of an account as `accounts.csv` names it.
fn class(account: &str) -> &str {
    match account.split(':').next().unwrap_or(account) {
        "county" => "county_governments",
        "prefecture" => "prefecture_governments",
        "province" => "province_governments",
        "centre" => "central_government",
        "fund" => "guarantee_funds",
        "households" => "households",
        "pool" => "county_pools",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str =
        "run,year,kind,author,subject,place,payer,before,proposed,after,demanded_yuan,paid_yuan\n";

    #[test]
    fn a_lever_goes_on_until_it_is_taken_back_and_money_is_summed_by_class() {
        let folder = tempfile::tempdir().unwrap();
        let rows = "r,2021,lever,p,abatement,a,rule,0,0.2,0.2,,\n\
                    r,2021,lever,p,abatement,b,rule,0,0.4,0.5,,\n\
                    r,2021,payment,p,aid,households:x,county:1,,,,10,8\n\
                    r,2021,payment,p,aid,households:y,county:2,,,,5,5\n\
                    r,2023,lever,p,abatement,b,rule,0,0,0,,\n\
                    r,2023,loan,all,borrowing,governments,hub,,,,7,7\n";
        std::fs::write(folder.path().join("effects.csv"), format!("{HEAD}{rows}")).unwrap();
        let (levers, spent) = effects_of_run(folder.path()).unwrap();
        let found: Vec<(i32, f64, f64, f64)> =
            levers.iter().map(|l| (l.year, l.places, l.proposed, l.after)).collect();
        let means = [(2021, 2.0, 0.3, 0.35), (2022, 2.0, 0.3, 0.35), (2023, 1.0, 0.2, 0.2)];
        assert_eq!(found, means);
        assert_eq!(spent.len(), 1, "loans are no programme money");
        assert_eq!(
            (spent[0].payer.as_str(), spent[0].demanded, spent[0].paid),
            ("county_governments", 15.0, 13.0)
        );
    }

    #[test]
    fn parts_of_a_programme_are_told_by_their_names() {
        assert!(is_part("a:only:hukou_reform") && is_part("a:last:x") && !is_part("a vs b"));
    }
}
