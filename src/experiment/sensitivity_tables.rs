//! What the members of a design say, as tables and as a page.

use std::collections::BTreeMap;

use super::design::{MorrisDesign, SaltelliDesign};
use super::indices::{
    complete_points, elementary_effects, morris_intervals, rank_correlation, sobol_indices,
};
use super::journal::{Ending, Member, Members};
use super::metrics::Key;
use super::replicates::{Method, Settings, interval};
use super::report::{left, number, right, signed};
use super::sensitivity::{Design, Output, Plan, not_done};
use crate::Result;
use crate::estimate::resample::{Interval, quantile};
use crate::output::csv::Cell;
use crate::output::folder::ResultFolder;
use crate::output::table::{Column, TableSpec};

/// Resamples of the intervals of indices.
const RESAMPLES: u32 = 500;

/// Parameters.
pub static FACTORS: TableSpec = TableSpec {
    name: "factors",
    title: "Parameters and their ranges",
    description: "One row a parameter that was asked for. Ranges follow, in this order: what the user gave; what \
                  literature or the design page states; half to one and a half times the value in the scenario, \
                  inside the bounds of the parameter table. Parameters without a range are not varied.",
    columns: &[
        Column::text("parameter", "Key of the parameter."),
        Column::number("value", "", "Value in the scenario."),
        Column::number("low", "", "Low end of the range; empty where it is not varied."),
        Column::number("high", "", "High end."),
        Column::text("rule", "Where the range comes from, or why the parameter is not varied."),
        Column::text("trust", "How far the value can be trusted."),
    ],
    key: &["parameter"],
};

/// Members and parameters.
pub static DESIGN: TableSpec = TableSpec {
    name: "design",
    title: "Parameters of every member",
    description: "One row a member and parameter, with the range it was drawn from. Member 0 is the scenario \
                  itself.",
    columns: &[
        Column::integer("member", "", "Number of the member; --job runs it alone."),
        Column::text("parameter", "Key of the parameter."),
        Column::number("value", "", "Its value in the member."),
        Column::number("low", "", "Low end of its range."),
        Column::number("high", "", "High end."),
    ],
    key: &["member", "parameter"],
};

/// Endings.
pub static MEMBERS: TableSpec = TableSpec {
    name: "members",
    title: "How every member ended",
    description: "One row a member. A member whose parameters make no valid scenario is refused with the reason; \
                  a failed one stopped. Neither has results, and no index or share counts it.",
    columns: &[
        Column::integer("member", "", "Number of the member."),
        Column::text("ending", "done, refused or failed."),
        Column::text("reason", "Why it was refused or failed."),
    ],
    key: &["member"],
};

/// Results.
pub static RESULTS: TableSpec = TableSpec {
    name: "results",
    title: "Results of every member",
    description: "One row a member that is done, output and number of the last year: means over replicates. level \
                  is the run without policies; effects are paired differences to it inside the member.",
    columns: &[
        Column::integer("member", "", "Number of the member."),
        Column::text("output", "level, effect:all, or effect:POLICY."),
        Column::text("indicator", "What is measured."),
        Column::text("scope", "area, tier or tag."),
        Column::text("scope_id", "Which one; all for the area."),
        Column::year("year", "The year."),
        Column::number("value", "", "The value in the unit of the row."),
        Column::text("unit", "Unit of the value; money in yuan of the base year."),
    ],
    key: &["member", "output", "indicator", "scope", "scope_id", "year"],
};

/// Indices.
pub static INDICES: TableSpec = TableSpec {
    name: "indices",
    title: "Which parameters matter",
    description: "One row an output, parameter and measure. Morris: mu, mu_star and sigma of elementary effects per \
                  full range of the parameter, in the unit of the output. Sobol: first and total share of \
                  variance. Other designs: spearman, the rank correlation. Intervals are bootstrapped over \
                  trajectories, base points or members.",
    columns: &[
        Column::text("output", "level, effect:all, or effect:POLICY."),
        Column::text("indicator", "What is measured."),
        Column::text("scope", "area or tier."),
        Column::text("scope_id", "Which one; all for the area."),
        Column::text("parameter", "Key of the parameter."),
        Column::text("measure", "mu, mu_star, sigma; first, total; or spearman."),
        Column::number(
            "value",
            "",
            "The measure; empty where the output never changes or too few rows are left.",
        ),
        Column::number("low", "", "Lower end of its interval."),
        Column::number("high", "", "Upper end."),
        Column::integer("used", "", "Elementary effects, base points or members that count."),
    ],
    key: &["output", "indicator", "scope", "scope_id", "parameter", "measure"],
};

/// Signs and ranks.
pub static POLICIES: TableSpec = TableSpec {
    name: "policies",
    title: "Do the answers survive the parameters?",
    description: "One row a policy and number of the last year: its effect with the scenario's own parameters, and \
                  the share of parameter draws in which the effect has that sign and the policy that rank among \
                  all policies alone (1 is the largest effect). Draws are the members of the design; in a Morris \
                  or Sobol design they are not independent of each other. Policies are compared as they stand, \
                  not per yuan.",
    columns: &[
        Column::text("policy", "The policy alone; all for all together."),
        Column::text("indicator", "What is measured."),
        Column::text("scope", "area, tier or tag."),
        Column::text("scope_id", "Which one; all for the area."),
        Column::year("year", "The year."),
        Column::number("own_effect", "", "Effect with the scenario's own parameters."),
        Column::number("own_low", "", "Lower end of its interval over replicates; empty with one replicate."),
        Column::number("own_high", "", "Upper end."),
        Column::number("share_sign_holds", "share", "Draws in which the effect has the same sign."),
        Column::integer(
            "own_rank",
            "",
            "Rank of the effect among policies with the scenario's own parameters.",
        ),
        Column::number("share_rank_holds", "share", "Draws in which the policy has that rank."),
        Column::number("low_5", "", "5 % quantile of the effect over draws."),
        Column::number("middle", "", "Median over draws."),
        Column::number("high_95", "", "95 % quantile."),
        Column::integer("draws", "", "Draws that count."),
        Column::integer("not_done", "", "Draws refused or failed, which do not count."),
        Column::text("unit", "Unit of the effects."),
    ],
    key: &["policy", "indicator", "scope", "scope_id", "year"],
};

/// All tables of a sensitivity analysis.
pub static TABLES: [&TableSpec; 6] = [&FACTORS, &DESIGN, &MEMBERS, &RESULTS, &INDICES, &POLICIES];

/// A row of the table of policies.
#[derive(Clone, Debug)]
pub struct Held {
    pub policy: String,
    pub key: Key,
    pub own: f64,
    pub own_interval: (f64, f64),
    pub sign: f64,
    pub rank: Option<usize>,
    pub rank_holds: f64,
    pub quantiles: [f64; 3],
    pub draws: usize,
    pub not_done: usize,
}

/// A row of the table of indices.
#[derive(Clone, Debug)]
pub struct Index {
    pub output: String,
    pub key: Key,
    pub parameter: String,
    pub measure: &'static str,
    pub interval: Option<Interval>,
    pub used: usize,
}

/// Everything that complete members say.
pub struct Analysis {
    pub indices: Vec<Index>,
    pub policies: Vec<Held>,
}

/// Analyses a complete design.
///
/// # Errors
/// If the design cannot be made again.
pub fn analyse(members: &Members) -> Result<Analysis> {
    Ok(Analysis { indices: indices(members)?, policies: policies(members)? })
}

/// Values of an output in the members from 1 on; NaN where a member is not done.
fn series(members: &Members, output: &Output, key: usize) -> Vec<f64> {
    let count = members.members.keys().max().copied().unwrap_or(0);
    (1..=count).map(|m| members.members.get(&m).map_or(f64::NAN, |m| output.value(m, key))).collect()
}

fn indices(members: &Members) -> Result<Vec<Index>> {
    let plan = &members.plan;
    let places = plan.places()?;
    let mut rows = Vec::new();
    for output in plan.outputs() {
        for (k, key) in members.keys.iter().enumerate() {
            if !matches!(key.scope.as_str(), "area" | "tier") {
                continue;
            }
            let values = series(members, &output, k);
            if values.iter().all(|v| v.is_nan()) {
                continue;
            }
            let mut add = |p: usize, measure: &'static str, interval: Option<Interval>, used: usize| {
                rows.push(Index {
                    output: output.name.clone(),
                    key: key.clone(),
                    parameter: plan.parameters[p].key.clone(),
                    measure,
                    interval,
                    used,
                });
            };
            measures(plan, &places, &values, &mut add)?;
        }
    }
    Ok(rows)
}

fn measures(
    plan: &Plan,
    places: &[Vec<f64>],
    values: &[f64],
    add: &mut impl FnMut(usize, &'static str, Option<Interval>, usize),
) -> Result<()> {
    let factors = plan.parameters.len();
    match &plan.design {
        Design::Morris { trajectories } => {
            let design = MorrisDesign { factors, trajectories: *trajectories, rows: places.to_vec() };
            for (p, effects) in elementary_effects(&design, values).iter().enumerate() {
                let found = morris_intervals(effects, RESAMPLES, plan.level, plan.seed).ok();
                for (i, measure) in ["mu", "mu_star", "sigma"].into_iter().enumerate() {
                    add(p, measure, found.map(|f| f[i]), effects.len());
                }
            }
        }
        Design::Sobol { points } => {
            let design = SaltelliDesign { factors, base: *points, rows: places.to_vec() };
            let (design, values) = complete_points(&design, values);
            // An output that never changes has no shares.
            let found = sobol_indices(&design, &values, RESAMPLES, plan.level, plan.seed).ok();
            for p in 0..factors {
                let index = found.as_ref().map(|f| f[p]);
                add(p, "first", index.map(|i| i.first), design.base);
                add(p, "total", index.map(|i| i.total), design.base);
            }
        }
        Design::Lhs { .. } | Design::Table { .. } => {
            let used = values.iter().filter(|v| v.is_finite()).count();
            for p in 0..factors {
                let column: Vec<f64> = places.iter().map(|row| row[p]).collect();
                let found = rank_correlation(&column, values, RESAMPLES, plan.level, plan.seed).ok();
                add(p, "spearman", found, used);
            }
        }
    }
    Ok(())
}

fn policies(members: &Members) -> Result<Vec<Held>> {
    let plan = &members.plan;
    let own = members.members.get(&0);
    let outputs: Vec<Output> = plan.outputs().into_iter().filter(|o| o.name != "level").collect();
    // With one policy, all of them are that one.
    let label = |o: &Output| match &plan.policies[..] {
        [one] => one.clone(),
        _ => o.name.trim_start_matches("effect:").to_owned(),
    };
    let settings = Settings { level: plan.level, method: Method::T, seed: plan.seed };
    let mut rows = Vec::new();
    for (k, key) in members.keys.iter().enumerate() {
        let draws: Vec<Vec<f64>> = outputs.iter().map(|o| series(members, o, k)).collect();
        let own_of = |o: &Output| own.map_or(f64::NAN, |m: &Member| o.value(m, k));
        let owns: Vec<f64> = outputs.iter().map(own_of).collect();
        for (i, output) in outputs.iter().enumerate() {
            if owns[i].is_nan() {
                continue;
            }
            let ranked = plan.policies.len() > 1 && output.name != "effect:all";
            let known: Vec<f64> = draws[i].iter().copied().filter(|v| v.is_finite()).collect();
            let same = known.iter().filter(|v| sign(**v) == sign(owns[i])).count();
            let rank = ranked.then(|| rank_of(&owns[1..], i - 1));
            let holds = |m: &usize| {
                let column: Vec<f64> = draws[1..].iter().map(|d| d[*m]).collect();
                Some(rank_of(&column, i - 1)) == rank
            };
            let ranks_known: Vec<usize> =
                (0..draws[i].len()).filter(|&m| draws[1.min(i)..].iter().all(|d| d[m].is_finite())).collect();
            let rank_holds = if ranked {
                ranks_known.iter().filter(|m| holds(m)).count() as f64 / ranks_known.len() as f64
            } else {
                f64::NAN
            };
            let at = |p: f64| quantile(&known, p).unwrap_or(f64::NAN);
            rows.push(Held {
                policy: label(output),
                key: key.clone(),
                own: owns[i],
                own_interval: match own {
                    Some(m) => interval(&output.by_replicate(m, k), &settings)?,
                    None => (f64::NAN, f64::NAN),
                },
                sign: same as f64 / known.len() as f64,
                rank,
                rank_holds,
                quantiles: [at(0.05), at(0.5), at(0.95)],
                draws: known.len(),
                not_done: draws[i].len() - known.len(),
            });
        }
    }
    Ok(rows)
}

fn sign(value: f64) -> i8 {
    i8::from(value > 0.0) - i8::from(value < 0.0)
}

/// Rank of the i-th value among all, 1 for the largest; the order of the file breaks a tie.
fn rank_of(values: &[f64], i: usize) -> usize {
    1 + values.iter().enumerate().filter(|(j, v)| **v > values[i] || (**v == values[i] && *j < i)).count()
}

/// Writes the tables of the members that are there; those that need all of them only with an analysis.
///
/// # Errors
/// What the operating system refuses.
pub fn write(members: &Members, analysis: Option<&Analysis>, folder: &mut ResultFolder) -> Result<()> {
    factors(&members.plan, folder)?;
    design(members, folder)?;
    endings(members, folder)?;
    results(members, folder)?;
    if let Some(analysis) = analysis {
        write_indices(analysis, folder)?;
        if !analysis.policies.is_empty() {
            write_policies(analysis, folder)?;
        }
    }
    Ok(())
}

fn factors(plan: &Plan, folder: &mut ResultFolder) -> Result<()> {
    let mut table = folder.table(&FACTORS)?;
    for p in &plan.parameters {
        table.write_row(&[
            Cell::Text(&p.key),
            Cell::Number(p.value),
            Cell::Number(p.low),
            Cell::Number(p.high),
            Cell::Text(&p.rule),
            Cell::Text(&p.trust),
        ])?;
    }
    for p in &plan.left_out {
        let reason = format!("not varied: {}", p.reason);
        table.write_row(&[
            Cell::Text(&p.key),
            Cell::Missing,
            Cell::Missing,
            Cell::Missing,
            Cell::Text(&reason),
            Cell::Text("assumed"),
        ])?;
    }
    table.finish()
}

fn design(members: &Members, folder: &mut ResultFolder) -> Result<()> {
    let mut table = folder.table(&DESIGN)?;
    for (member, row) in members.plan.rows()?.iter().enumerate() {
        if !members.members.contains_key(&member) {
            continue;
        }
        for (p, value) in members.plan.parameters.iter().zip(row) {
            table.write_row(&[
                Cell::Integer(member as i64),
                Cell::Text(&p.key),
                Cell::Number(*value),
                Cell::Number(p.low),
                Cell::Number(p.high),
            ])?;
        }
    }
    table.finish()
}

fn endings(members: &Members, folder: &mut ResultFolder) -> Result<()> {
    let mut table = folder.table(&MEMBERS)?;
    for (number, member) in &members.members {
        table.write_row(&[
            Cell::Integer(*number as i64),
            Cell::Text(member.ending.name()),
            Cell::Text(&member.reason),
        ])?;
    }
    table.finish()
}

fn results(members: &Members, folder: &mut ResultFolder) -> Result<()> {
    let mut table = folder.table(&RESULTS)?;
    let outputs = members.plan.outputs();
    for (number, member) in members.members.iter().filter(|(_, m)| m.ending == Ending::Done) {
        for output in &outputs {
            for (k, key) in members.keys.iter().enumerate() {
                table.write_row(&[
                    Cell::Integer(*number as i64),
                    Cell::Text(&output.name),
                    Cell::Text(&key.indicator),
                    Cell::Text(&key.scope),
                    Cell::Text(&key.scope_id),
                    Cell::Year(key.year),
                    Cell::Number(output.value(member, k)),
                    Cell::Text(key.unit()),
                ])?;
            }
        }
    }
    table.finish()
}

fn write_indices(analysis: &Analysis, folder: &mut ResultFolder) -> Result<()> {
    let mut table = folder.table(&INDICES)?;
    for row in &analysis.indices {
        let cell = |f: &dyn Fn(&Interval) -> f64| {
            row.interval.as_ref().map_or(Cell::Missing, |i| Cell::Number(f(i)))
        };
        table.write_row(&[
            Cell::Text(&row.output),
            Cell::Text(&row.key.indicator),
            Cell::Text(&row.key.scope),
            Cell::Text(&row.key.scope_id),
            Cell::Text(&row.parameter),
            Cell::Text(row.measure),
            cell(&|i| i.estimate),
            cell(&|i| i.low),
            cell(&|i| i.high),
            Cell::Integer(row.used as i64),
        ])?;
    }
    table.finish()
}

fn write_policies(analysis: &Analysis, folder: &mut ResultFolder) -> Result<()> {
    let mut table = folder.table(&POLICIES)?;
    for row in &analysis.policies {
        table.write_row(&[
            Cell::Text(&row.policy),
            Cell::Text(&row.key.indicator),
            Cell::Text(&row.key.scope),
            Cell::Text(&row.key.scope_id),
            Cell::Year(row.key.year),
            Cell::Number(row.own),
            Cell::Number(row.own_interval.0),
            Cell::Number(row.own_interval.1),
            Cell::Number(row.sign),
            row.rank.map_or(Cell::Missing, |r| Cell::Integer(r as i64)),
            Cell::Number(row.rank_holds),
            Cell::Number(row.quantiles[0]),
            Cell::Number(row.quantiles[1]),
            Cell::Number(row.quantiles[2]),
            Cell::Integer(row.draws as i64),
            Cell::Integer(row.not_done as i64),
            Cell::Text(row.key.unit()),
        ])?;
    }
    table.finish()
}

/// Numbers on the printed page.
const HEADLINES: [(&str, &str, &str); 6] = [
    ("residents", "area", "all"),
    ("output_per_head", "area", "all"),
    ("income_ratio_residence", "area", "all"),
    ("income_per_head", "tier", "village"),
    ("income_per_head", "tier", "county_seat"),
    ("income_per_head", "tier", "city"),
];

/// Parameters that the page names for a number.
const NAMED: usize = 6;

/// The page.
///
/// # Errors
/// If the design cannot be made again.
pub fn page(members: &Members, analysis: Option<&Analysis>) -> Result<String> {
    let plan = &members.plan;
    let done = members.members.values().filter(|m| m.ending == Ending::Done).count();
    let mut text = format!(
        "{}: {} parameters, {} of {} members ended, {done} of them done\n",
        plan.scenario,
        plan.parameters.len(),
        members.members.len(),
        plan.members()?
    );
    for ((ending, reason), count) in not_done(members) {
        text += &format!("  {count} {ending}: {reason}\n");
    }
    if !plan.left_out.is_empty() {
        let keys: Vec<&str> = plan.left_out.iter().map(|l| l.key.as_str()).collect();
        text += &format!("  not varied (reasons in factors.csv): {}\n", keys.join(", "));
    }
    let Some(analysis) = analysis else {
        text += "  a part of the design: merge the parts for indices and signs\n";
        return Ok(text);
    };
    let main = match plan.policies.len() {
        0 => "level",
        _ => "effect:all",
    };
    let measure = match &plan.design {
        Design::Morris { .. } => "mu_star",
        Design::Sobol { .. } => "total",
        _ => "spearman",
    };
    text += &format!("\nwhich parameters matter for the {main} ({measure})\n");
    for (indicator, scope, id) in HEADLINES {
        let of = |k: &Key| k.indicator == indicator && k.scope == scope && k.scope_id == id;
        let mut found: Vec<(&Index, Interval)> = analysis
            .indices
            .iter()
            .filter(|x| x.output == main && x.measure == measure && of(&x.key))
            .filter_map(|x| x.interval.map(|i| (x, i)))
            .collect();
        found.sort_by(|a, b| b.1.estimate.abs().total_cmp(&a.1.estimate.abs()));
        text += &format!("  {indicator} of {}\n", if scope == "area" { "the area" } else { id });
        for (x, i) in found.iter().take(NAMED) {
            let numbers =
                format!("{}   {} .. {}", right(&number(i.estimate), 14), number(i.low), number(i.high));
            text += &format!("    {}{numbers}\n", left(&x.parameter, 28));
        }
    }
    if !analysis.policies.is_empty() {
        text += "\ndoes the sign of the effect hold over parameter draws, and the rank among policies?\n";
        let columns =
            [left("policy", 40), right("effect", 14), right("sign", 8), right("rank", 8), right("holds", 8)];
        for (indicator, scope, id) in HEADLINES {
            let place = if scope == "area" { "the area" } else { id };
            text += &format!("  {indicator} of {place}\n    {}   5 % .. 95 % of draws\n", columns.concat());
            let of = |k: &Key| k.indicator == indicator && k.scope == scope && k.scope_id == id;
            for row in analysis.policies.iter().filter(|x| of(&x.key)) {
                let percent = |v: f64| if v.is_finite() { format!("{:.0} %", 100.0 * v) } else { "-".into() };
                let rank = row.rank.map_or_else(|| "-".to_owned(), |r| r.to_string());
                let cells = [
                    left(&row.policy, 40),
                    right(&signed(row.own), 14),
                    right(&percent(row.sign), 8),
                    right(&rank, 8),
                    right(&percent(row.rank_holds), 8),
                ];
                let [low, _, high] = row.quantiles;
                text += &format!("    {}   {} .. {}\n", cells.concat(), signed(low), signed(high));
            }
        }
    }
    Ok(text)
}

/// Members by ending, for tests and reports.
pub fn count(members: &Members) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for member in members.members.values() {
        *counts.entry(member.ending.name()).or_insert(0) += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_can_be_read_by_pandas_r_and_stata() {
        assert_eq!(crate::output::table::problems(&TABLES), Vec::<String>::new());
    }

    #[test]
    fn ranks_begin_with_the_largest_and_ties_keep_the_order_of_the_file() {
        let values = [1.0, 5.0, 1.0, -2.0];
        assert_eq!([0, 1, 2, 3].map(|i| rank_of(&values, i)), [2, 1, 3, 4]);
        assert_eq!([sign(-1.0), sign(0.0), sign(-0.0), sign(2.0)], [-1, 0, 0, 1]);
    }
}
