//! The tables of a sensitivity analysis.

use super::analysis::Analysis;
use super::members::{Ending, Members};
use super::plan::Plan;
use crate::Result;
use crate::estimate::resample::Interval;
use crate::experiment::metrics::columns::{INDICATOR, SCOPE, SCOPE_ID, UNIT, VALUE, YEAR};
use crate::output::csv::Cell;
use crate::output::folder::ResultFolder;
use crate::output::table::{Column, TableSpec};

/// Number of a member.
const MEMBER: Column = Column::integer("member", "", "Number of the member; --job runs it alone.");
/// What is looked at in a member.
const OUTPUT: Column = Column::text("output", "level, effect:all, or effect:POLICY.");
/// Ends of a range.
const LOW: Column = Column::number("low", "", "Low end of its range; empty where it is not varied.");
/// Ends of a range.
const HIGH: Column = Column::number("high", "", "High end.");

/// Parameters.
pub(crate) static FACTORS: TableSpec = TableSpec {
    name: "factors",
    title: "Parameters and their ranges",
    description: "One row a parameter that was asked for. Ranges follow, in this order: what the user gave; what \
                  literature states, or this program without a source; half to one and a half times the value in the scenario, \
                  inside the bounds of the parameter table. Parameters without a range are not varied.",
    columns: &[
        Column::text("parameter", "Key of the parameter."),
        Column::number("value", "", "Value in the scenario."),
        LOW,
        HIGH,
        Column::text("rule", "Where the range comes from, or why the parameter is not varied."),
        Column::text("trust", "How far the value can be trusted."),
    ],
    key: &["parameter"],
};

/// Members and parameters.
pub(crate) static DESIGN: TableSpec = TableSpec {
    name: "design",
    title: "Parameters of every member",
    description: "One row a member and parameter, with the range it was drawn from. Member 0 is the scenario \
                  itself.",
    columns: &[
        MEMBER,
        Column::text("parameter", "Key of the parameter."),
        Column::number("value", "", "Its value in the member."),
        LOW,
        HIGH,
    ],
    key: &["member", "parameter"],
};

/// Endings.
pub(crate) static MEMBERS: TableSpec = TableSpec {
    name: "members",
    title: "How every member ended",
    description: "One row a member. A member whose parameters make no valid scenario is refused with the reason; \
                  a failed one stopped. Neither has results, and no index or share counts it.",
    columns: &[
        MEMBER,
        Column::text("ending", "done, refused or failed."),
        Column::text("reason", "Why it was refused or failed."),
    ],
    key: &["member"],
};

/// Results.
pub(crate) static RESULTS: TableSpec = TableSpec {
    name: "results",
    title: "Results of every member",
    description: "One row a member that is done, output and number of the last year: means over replicates. level \
                  is the run without policies; effects are paired differences to it inside the member.",
    columns: &[MEMBER, OUTPUT, INDICATOR, SCOPE, SCOPE_ID, YEAR, VALUE, UNIT],
    key: &["member", "output", "indicator", "scope", "scope_id", "year"],
};

/// Indices.
pub(crate) static INDICES: TableSpec = TableSpec {
    name: "indices",
    title: "Which parameters matter",
    description: "One row an output, parameter and measure. Morris: mu, mu_star and sigma of elementary effects per \
                  full range of the parameter, in the unit of the output. Sobol: first and total share of \
                  variance. Other designs: spearman, the rank correlation. Intervals are bootstrapped over \
                  trajectories, base points or members.",
    columns: &[
        OUTPUT,
        INDICATOR,
        SCOPE,
        SCOPE_ID,
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
pub(crate) static POLICIES: TableSpec = TableSpec {
    name: "policies",
    title: "Do the answers survive the parameters?",
    description: "One row a policy and number of the last year: its effect with the scenario's own parameters, and \
                  the share of parameter draws in which the effect has that sign and the policy that rank among \
                  all policies alone (1 is the largest effect). Draws are the members of the design; in a Morris \
                  or Sobol design they are not independent of each other, so intervals of shares are \
                  bootstrapped over trajectories or base points. Policies are compared as they stand, not per \
                  yuan. An effect whose own interval holds zero has a sign by luck.",
    columns: &[
        Column::text("policy", "The policy alone; all for all together."),
        INDICATOR,
        SCOPE,
        SCOPE_ID,
        YEAR,
        Column::number("own_effect", "", "Effect with the scenario's own parameters."),
        Column::number("own_low", "", "Lower end of its interval over replicates; empty with one replicate."),
        Column::number("own_high", "", "Upper end."),
        Column::number("share_sign_holds", "share", "Draws in which the effect has the same sign."),
        Column::number("sign_low", "share", "Lower end of its interval."),
        Column::number("sign_high", "share", "Upper end."),
        Column::integer(
            "own_rank",
            "",
            "Rank of the effect among policies with the scenario's own parameters.",
        ),
        Column::number("share_rank_holds", "share", "Draws in which the policy has that rank."),
        Column::number("rank_low", "share", "Lower end of its interval."),
        Column::number("rank_high", "share", "Upper end."),
        Column::number("low_5", "", "5 % quantile of the effect over draws."),
        Column::number("middle", "", "Median over draws."),
        Column::number("high_95", "", "95 % quantile."),
        Column::integer("draws", "", "Draws that count."),
        Column::integer("not_done", "", "Draws refused or failed, which do not count."),
        UNIT,
    ],
    key: &["policy", "indicator", "scope", "scope_id", "year"],
};

/// Orders of policies.
pub(crate) static RANKINGS: TableSpec = TableSpec {
    name: "rankings",
    title: "Does the order of policies survive the parameters?",
    description: "One row a number of the last year: the policy with the largest effect, the share of draws in which \
                  it stays the first, and Kendall's tau between the order of policies in a draw and that under the \
                  scenario's own parameters (1 the same, -1 reversed), mean over draws.",
    columns: &[
        INDICATOR,
        SCOPE,
        SCOPE_ID,
        YEAR,
        Column::text("first", "The policy with the largest effect under the scenario's own parameters."),
        Column::number("share_first_holds", "share", "Draws in which it is the first."),
        Column::number("first_low", "share", "Lower end of its interval."),
        Column::number("first_high", "share", "Upper end."),
        Column::number("kendall_tau", "", "Mean over draws of Kendall's tau with the scenario's own order."),
        Column::number("tau_low", "", "Lower end of its interval."),
        Column::number("tau_high", "", "Upper end."),
        Column::integer("draws", "", "Draws in which all policies have an effect."),
    ],
    key: &["indicator", "scope", "scope_id", "year"],
};

/// All tables of a sensitivity analysis.
pub(crate) static TABLES: [&TableSpec; 7] =
    [&FACTORS, &DESIGN, &MEMBERS, &RESULTS, &INDICES, &POLICIES, &RANKINGS];

/// Writes the tables of the members that are there; those that need all of them only with an analysis.
///
/// # Errors
/// What the operating system refuses.
pub(crate) fn write(members: &Members, analysis: Option<&Analysis>, folder: &mut ResultFolder) -> Result<()> {
    factors(&members.plan, folder)?;
    design(members, folder)?;
    endings(members, folder)?;
    results(members, folder)?;
    if let Some(analysis) = analysis {
        write_indices(analysis, folder)?;
        if !analysis.policies.is_empty() {
            write_policies(analysis, folder)?;
        }
        if !analysis.rankings.is_empty() {
            write_rankings(analysis, folder)?;
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
                let named = [Cell::Integer(*number as i64), Cell::Text(&output.name)];
                let value = [Cell::Number(output.value(member, k)), Cell::Text(key.unit())];
                table.write_row(&[&named[..], &key.cells(), &value].concat())?;
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
        let [indicator, scope, id, _] = row.key.cells();
        table.write_row(&[
            Cell::Text(&row.output),
            indicator,
            scope,
            id,
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
        let own = [row.own, row.own_interval.0, row.own_interval.1].map(Cell::Number);
        let rank = [row.rank.map_or(Cell::Missing, |r| Cell::Integer(r as i64))];
        let draws = [Cell::Integer(row.draws as i64), Cell::Integer(row.not_done as i64)];
        let cells = [
            &[Cell::Text(&row.policy)][..],
            &row.key.cells(),
            &own,
            &of(row.sign),
            &rank,
            &of(row.rank_holds),
            &row.quantiles.map(Cell::Number),
            &draws,
            &[Cell::Text(row.key.unit())],
        ];
        table.write_row(&cells.concat())?;
    }
    table.finish()
}

fn write_rankings(analysis: &Analysis, folder: &mut ResultFolder) -> Result<()> {
    let mut table = folder.table(&RANKINGS)?;
    for row in &analysis.rankings {
        let cells = [
            &row.key.cells()[..],
            &[Cell::Text(&row.first)],
            &of(row.first_holds),
            &of(row.tau),
            &[Cell::Integer(row.draws as i64)],
        ];
        table.write_row(&cells.concat())?;
    }
    table.finish()
}

/// An estimate and the ends of its interval.
fn of(interval: Interval) -> [Cell<'static>; 3] {
    [interval.estimate, interval.low, interval.high].map(Cell::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_can_be_read_by_pandas_r_and_stata() {
        assert_eq!(crate::output::table::problems(&TABLES), Vec::<String>::new());
    }
}
