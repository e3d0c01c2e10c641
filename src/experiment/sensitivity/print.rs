//! The printed page of a sensitivity analysis: which parameters matter, and which answers survive them.

use super::analysis::{Analysis, Index};
use super::members::{Ending, Members, not_done};
use super::plan::{Design, Plan};
use crate::Result;
use crate::estimate::resample::Interval;
use crate::experiment::metrics::Key;
use crate::experiment::report::{left, number, right, signed};
use crate::message::Language;
use crate::messages;
use crate::policy::called;

/// Numbers on the printed page.
const HEADLINES: [(&str, &str, &str); 9] = [
    ("residents", "area", "all"),
    ("output_per_head", "area", "all"),
    ("income_ratio_residence", "area", "all"),
    ("income_ratio_home", "area", "all"),
    ("gini", "area", "all"),
    ("welfare_gain", "area", "all"),
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
pub(crate) fn page(members: &Members, analysis: Option<&Analysis>) -> Result<String> {
    let plan = &members.plan;
    let done = members.members.values().filter(|m| m.ending == Ending::Done).count();
    let mut text = format!(
        "{}\n",
        messages::members_ended(
            &plan.scenario,
            plan.parameters.len(),
            members.members.len(),
            plan.members()?,
            done
        )
    );
    for ((ending, reason), count) in not_done(members) {
        text += &format!("  {count} {ending}: {reason}\n");
    }
    if !plan.left_out.is_empty() {
        let keys: Vec<&str> = plan.left_out.iter().map(|l| l.key.as_str()).collect();
        text += &format!("  {}\n", messages::not_varied_keys(keys.join(messages::comma())));
    }
    let Some(analysis) = analysis else {
        text += &format!("  {}\n", messages::part_of_the_design());
        return Ok(text);
    };
    let (main, measure) = (main_output(plan), measure(plan));
    let told = match plan.policies.is_empty() {
        true => messages::level_without_policies().to_string(),
        false => messages::known(main),
    };
    text += &format!("\n{}\n", messages::which_parameters_matter(told, measure));
    for (indicator, scope, id) in HEADLINES {
        let found = most(analysis, main, measure, &|k| is(k, (indicator, scope, id)));
        text += &format!(
            "  {}\n",
            messages::indicator_of(
                messages::known(indicator),
                &if scope == "area" { messages::the_area().to_string() } else { messages::known(id) }
            )
        );
        for (x, i) in found.iter().take(NAMED) {
            let numbers =
                format!("{}   {} .. {}", right(&number(i.estimate), 14), number(i.low), number(i.high));
            text += &format!("    {}{numbers}\n", left(&x.parameter, 28));
        }
    }
    if !analysis.policies.is_empty() {
        text += &format!("\n{}\n", messages::does_sign_hold());
        if plan.own_replicates < 2 {
            text += &format!("  {}\n", messages::one_replicate_is_luck());
        }
        let narrow = if Language::shown() == Language::En { 8 } else { 10 };
        let head = |word: &str, room: usize| right(&messages::known(word), room);
        let columns = [
            left(&messages::known("policy"), 40),
            head("effect", 14),
            head("sign", narrow),
            head("rank", narrow),
            head("holds", narrow),
        ];
        for (indicator, scope, id) in HEADLINES {
            let place = &if scope == "area" { messages::the_area().to_string() } else { messages::known(id) };
            text +=
                &format!("  {}\n", messages::signs_of(messages::known(indicator), place, columns.concat()));
            for row in analysis.policies.iter().filter(|x| is(&x.key, (indicator, scope, id))) {
                let percent = |v: f64| if v.is_finite() { format!("{:.0} %", 100.0 * v) } else { "-".into() };
                let rank = row.rank.map_or_else(|| "-".to_owned(), |r| r.to_string());
                let cells = [
                    left(&called(&row.policy), 40),
                    right(&signed(row.own), 14),
                    right(&percent(row.sign.estimate), narrow),
                    right(&rank, narrow),
                    right(&percent(row.rank_holds.estimate), narrow),
                ];
                let [low, _, high] = row.quantiles;
                text += &format!("    {}   {} .. {}\n", cells.concat(), signed(low), signed(high));
            }
        }
    }
    Ok(text)
}

/// Whether a number is the one under an indicator, scope and place.
pub(super) fn is(key: &Key, (indicator, scope, id): (&str, &str, &str)) -> bool {
    key.indicator == indicator && key.scope == scope && key.scope_id == id
}

/// The output that a page is about: what all policies do, or without any the level.
pub(super) fn main_output(plan: &Plan) -> &'static str {
    if plan.policies.is_empty() { "level" } else { "effect:all" }
}

/// The measure of a design by which parameters are ordered.
pub(super) fn measure(plan: &Plan) -> &'static str {
    match &plan.design {
        Design::Morris { .. } => "mu_star",
        Design::Sobol { .. } => "total",
        Design::Lhs { .. } | Design::Table { .. } => "spearman",
    }
}

/// The parameters of an output and number by the size of a measure, the largest first.
pub(super) fn most<'a>(
    analysis: &'a Analysis,
    output: &str,
    measure: &str,
    of: &dyn Fn(&Key) -> bool,
) -> Vec<(&'a Index, Interval)> {
    let mut found: Vec<(&Index, Interval)> = analysis
        .indices
        .iter()
        .filter(|x| x.output == output && x.measure == measure && of(&x.key))
        .filter_map(|x| x.interval.map(|i| (x, i)))
        .collect();
    found.sort_by(|a, b| b.1.estimate.abs().total_cmp(&a.1.estimate.abs()));
    found
}
