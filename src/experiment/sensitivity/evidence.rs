//! The page for a referee: which parameters matter for which number, for every policy the share of draws in
//! which the sign of its effect holds, and what turns the signs that do not hold. Every number on it comes from
//! the design that prints it.

use std::fmt::Write as _;
use std::path::Path;

use super::analysis::{Analysis, Held};
use super::members::{Ending, Members, not_done};
use super::plan::{Design, MORRIS_STEP, Plan};
use super::print::{is, main_output, measure, most};
use super::ranges::{Varied, is_usual};
use crate::Result;
use crate::config::parameters::{PARAMETERS, Trust};
use crate::estimate::resample::Interval;
use crate::experiment::metrics::Key;
use crate::experiment::report::{number, signed};
use crate::output::page_section::Marks;

/// Numbers on the page: indicator, scope, which one, and how a reader calls it.
const NUMBERS: [(&str, &str, &str, &str); 11] = [
    ("output_per_head", "area", "all", "output per head, yuan"),
    ("output", "tier", "county_seat", "output of county seats, yuan"),
    ("residents", "tier", "village", "residents of villages"),
    ("income_per_head", "tier", "village", "income per head in villages, yuan"),
    ("income_per_head", "tier", "county_seat", "income per head in county seats, yuan"),
    ("income_per_head", "tier", "city", "income per head in cities, yuan"),
    ("income_ratio_residence", "area", "all", "urban-rural income ratio by residence"),
    ("income_ratio_home", "area", "all", "urban-rural income ratio by registered home"),
    ("gini", "area", "all", "Gini of income"),
    ("welfare_gain", "area", "all", "welfare of all, log points"),
    ("welfare_gain", "tier", "village", "welfare of people from villages, log points"),
];

/// Parameters that are named for a number, and for a sign that does not hold.
const NAMED: usize = 6;
const NAMED_FOR_A_SIGN: usize = 3;

/// A sign holds if the lower end of the interval of its share reaches this.
const HOLDS: f64 = 0.9;

/// Lines between which a page of somebody's own holds this one.
const MARKS: Marks = Marks { begin: "<!-- begin:sensitivity -->", end: "<!-- end:sensitivity -->" };

/// The page; `scenario` is the file as the reader would name it.
///
/// # Errors
/// If the design cannot be made again.
pub(crate) fn page(members: &Members, analysis: &Analysis, scenario: &Path) -> Result<String> {
    let plan = &members.plan;
    let mut out = String::new();
    heading(&mut out, members, scenario)?;
    parameters(&mut out, members, analysis);
    if !analysis.policies.is_empty() {
        signs(&mut out, plan, analysis);
        unsure(&mut out, plan, analysis);
        order(&mut out, analysis);
    }
    ranges(&mut out, plan);
    Ok(out)
}

/// A page with this one between its marks, or the page alone where there are none.
pub(crate) fn into_page(old: &str, page: &str) -> String {
    MARKS.replaced(old, &MARKS.around(page)).unwrap_or_else(|| page.to_owned())
}

/// Whether a page has the marks between which this one goes.
pub(crate) fn has_marks(page: &str) -> bool {
    MARKS.section(page).is_some()
}

fn heading(out: &mut String, members: &Members, scenario: &Path) -> Result<()> {
    let plan = &members.plan;
    let done = members.members.values().filter(|m| m.ending == Ending::Done).count();
    let arms = plan.arms().len();
    let _ = writeln!(
        out,
        "Printed by the program from a design; do not edit. The command:\n\n```\n{}\n```\n\n{}: {} parameters, {} \
         members of which {done} are done, {arms} runs each ({}).",
        command(plan, scenario),
        plan.title,
        plan.parameters.len(),
        plan.members()?,
        match arms {
            1 => "no policy",
            2 => "without and with the policy",
            _ => "no policy, all, each alone",
        }
    );
    for ((ending, reason), count) in not_done(members) {
        let _ = writeln!(out, "{count} {ending}: {reason}.");
    }
    let _ = writeln!(
        out,
        "The scenario's own parameters were run {} time(s), every other member {} time(s). {}\n",
        plan.own_replicates,
        plan.replicates,
        match &plan.design {
            Design::Morris { .. } =>
                "A Morris design draws the ends of every range as often as its inner levels, so shares of draws \
                 describe a wide space and are not probabilities.",
            _ => "Shares of draws are shares of the stated ranges, not probabilities.",
        }
    );
    Ok(())
}

/// The command that makes the design, as somebody would type it.
fn command(plan: &Plan, scenario: &Path) -> String {
    let mut words = vec!["shanhai sensitivity".to_owned(), scenario.display().to_string()];
    if !matches!(plan.design, Design::Table { .. }) {
        words.push(format!("--parameters {}", asked(plan)));
    }
    words.push(match &plan.design {
        Design::Morris { trajectories } => format!("--design morris --trajectories {trajectories}"),
        Design::Sobol { points } => format!("--design sobol --points {points}"),
        Design::Lhs { points } => format!("--design lhs --points {points}"),
        Design::Table { file, .. } => format!("--design {file}"),
    });
    let mut number = |flag: &str, value: u64, usual: u64| {
        if value != usual {
            words.push(format!("--{flag} {value}"));
        }
    };
    number("replicates", u64::from(plan.replicates), 1);
    number("own-replicates", u64::from(plan.own_replicates), u64::from(plan.replicates));
    number("design-seed", plan.seed, 1);
    words.extend(plan.overrides.iter().map(|change| format!("--set {change}")));
    words.extend(plan.treat.iter().map(|change| format!("--treat {change}")));
    words.push("--evidence docs/sensitivity.md".to_owned());
    words.join(" ")
}

/// The list of parameters, shortened to `assumed` where all that are assumed are in it.
fn asked(plan: &Plan) -> String {
    let named = |key: &str| plan.parameters.iter().any(|p| p.key == key);
    let out = |key: &str| plan.left_out.iter().any(|l| l.key == key);
    let assumed = PARAMETERS.iter().filter(|p| p.trust == Trust::Assumed);
    let whole = assumed.clone().all(|p| named(p.key) || out(p.key));
    let mut list: Vec<String> = Vec::new();
    if whole {
        list.push("assumed".to_owned());
    }
    for p in &plan.parameters {
        if p.rule == "given" {
            list.push(format!("{}={}..{}", p.key, p.low, p.high));
        } else if !whole || !assumed.clone().any(|a| a.key == p.key) {
            list.push(p.key.clone());
        }
    }
    list.join(",")
}

/// Which parameters matter for which number.
fn parameters(out: &mut String, members: &Members, analysis: &Analysis) {
    let plan = &members.plan;
    let measure = measure(plan);
    let said = match &plan.design {
        Design::Morris { .. } => {
            "mu*, the mean absolute change of the number when the parameter crosses its whole range and the others \
             stand anywhere, with its interval over trajectories; the sign is that of the mean change, and `~` says \
             that the change goes both ways (|mu| below half of mu*)"
        }
        Design::Sobol { .. } => {
            "the total index, the share of variance that would remain if all other parameters were known, with its \
             interval over base points"
        }
        _ => "Spearman's rank correlation of parameter and number, with its interval over members",
    };
    let morris = matches!(plan.design, Design::Morris { .. });
    let mut subjects = vec![("level", "the level without policies")];
    if !plan.policies.is_empty() {
        subjects.push((main_output(plan), "the effect of all policies together"));
    }
    for (output, what) in subjects {
        let _ = writeln!(
            out,
            "## Which parameters matter for {what}\n\nMeasured by {said}. The {NAMED} largest of {}.{}\n\n| number | \
             parameters | luck |\n|---|---|---:|",
            plan.parameters.len(),
            if morris {
                " Luck: the mu* of a parameter that does nothing, if every run had luck of its own; shared luck makes it \
                 less. What is not well above it is not known to matter."
            } else {
                ""
            }
        );
        for (indicator, scope, id, name) in NUMBERS {
            let of = |k: &Key| is(k, (indicator, scope, id));
            let found = most(analysis, output, measure, &of);
            let mean = most(analysis, output, "mu", &of);
            let cells: Vec<String> = found
                .iter()
                .take(NAMED)
                .map(|(x, i)| {
                    let mu = mean.iter().find(|(m, _)| m.parameter == x.parameter).map(|(_, m)| m.estimate);
                    let sign = match mu {
                        Some(mu) if mu.abs() < 0.5 * i.estimate => "~",
                        Some(mu) if mu < 0.0 => "-",
                        Some(_) => "+",
                        None => "",
                    };
                    format!(
                        "`{}` {sign}{} ({} .. {})",
                        x.parameter,
                        number(i.estimate),
                        number(i.low),
                        number(i.high)
                    )
                })
                .collect();
            if !cells.is_empty() {
                let luck = if morris { number(mu_star_of_luck(members, output, &of)) } else { "-".into() };
                let _ = writeln!(out, "| {name} | {} | {luck} |", cells.join("<br>"));
            }
        }
        let _ = writeln!(out);
    }
}

/// Mean absolute elementary effect of a parameter that does nothing: the difference of two independent runs over
/// the step, `sd sqrt(2) sqrt(2/pi)/step` for normal luck, its `sd` over the replicates of member 0.
fn mu_star_of_luck(members: &Members, output: &str, of: &dyn Fn(&Key) -> bool) -> f64 {
    let outputs = members.plan.outputs();
    let (Some(output), Some(key), Some(own)) = (
        outputs.iter().find(|o| o.name == output),
        members.keys.iter().position(of),
        members.members.get(&0),
    ) else {
        return f64::NAN;
    };
    let values = output.by_replicate(own, key);
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0);
    2.0 * (variance / std::f64::consts::PI).sqrt() / MORRIS_STEP
}

fn percent(v: f64) -> String {
    if v.is_finite() { format!("{:.0}", 100.0 * v) } else { "-".into() }
}

fn shares(interval: Interval) -> String {
    match interval.low.is_finite() {
        true => {
            format!(
                "{} ({} .. {})",
                percent(interval.estimate),
                percent(interval.low),
                percent(interval.high)
            )
        }
        false => percent(interval.estimate),
    }
}

/// What a row says in a word.
fn verdict(row: &Held) -> &'static str {
    if row.own == 0.0 && row.quantiles == [0.0; 3] {
        "none"
    } else if row.within_luck() {
        "luck"
    } else if row.sign.low >= HOLDS {
        "holds"
    } else if row.sign.estimate >= HOLDS {
        "mostly"
    } else {
        "open"
    }
}

/// For every policy and number: effect, sign, rank.
fn signs(out: &mut String, plan: &Plan, analysis: &Analysis) {
    let _ = writeln!(
        out,
        "## Does the sign of an effect hold?\n\nEffect: with the scenario's own parameters, mean and {:.0} % interval over \
         {} replicates (luck alone). Sign: percent of draws in which the effect has the same sign, with its interval. \
         Draws: 5 % to 95 % of the effect. Rank: among the policies alone, 1 the largest, and percent of draws in which \
         the policy has it. In a word: **holds** if even the lower end of the interval of the sign's share is at least \
         {:.0} %; mostly if only the share is; **open** if it is not: nobody should quote the sign; luck if the \
         effect's own interval holds zero, so that there is no sign to hold.\n",
        100.0 * plan.level,
        plan.own_replicates,
        100.0 * HOLDS,
    );
    for (indicator, scope, id, name) in NUMBERS {
        let rows: Vec<&Held> =
            analysis.policies.iter().filter(|r| is(&r.key, (indicator, scope, id))).collect();
        if rows.is_empty() {
            continue;
        }
        let _ = writeln!(
            out,
            "### {}\n\n| policy | effect | draws | sign holds, % | rank holds, % | in a word |\n|---|---:|---:|---:|---:|---|",
            capital(name)
        );
        for row in rows {
            let (low, high) = row.own_interval;
            let luck = if low.is_finite() {
                format!(" ({} .. {})", signed(low), signed(high))
            } else {
                String::new()
            };
            let rank = row.rank.map_or_else(String::new, |r| format!("{r}: {}", shares(row.rank_holds)));
            let word = verdict(row);
            let word = if matches!(word, "holds" | "open") { format!("**{word}**") } else { word.into() };
            let _ = writeln!(
                out,
                "| `{}` | {}{luck} | {} .. {} | {} | {rank} | {word} |",
                row.policy,
                signed(row.own),
                signed(row.quantiles[0]),
                signed(row.quantiles[2]),
                shares(row.sign),
            );
        }
        let _ = writeln!(out);
    }
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

/// Signs that do not hold though they are no luck, and the parameters that move them.
fn unsure(out: &mut String, plan: &Plan, analysis: &Analysis) {
    let _ = writeln!(
        out,
        "## Signs that do not hold, and what turns them\n\nEffects that luck does not explain under the scenario's own \
         parameters, and whose sign the draws leave open, with the {NAMED_FOR_A_SIGN} parameters that move the effect \
         most.\n"
    );
    let mut any = false;
    let several = plan.policies.len() > 1;
    for (indicator, scope, id, name) in NUMBERS {
        for row in analysis.policies.iter().filter(|r| is(&r.key, (indicator, scope, id))) {
            if verdict(row) != "open" {
                continue;
            }
            if !any {
                let _ = writeln!(
                    out,
                    "| policy | number | effect | sign holds, % | moved most by |\n|---|---|---:|---:|---|"
                );
            }
            any = true;
            let output = if several { format!("effect:{}", row.policy) } else { "effect:all".to_owned() };
            let found = most(analysis, &output, measure(plan), &|k| is(k, (indicator, scope, id)));
            let names: Vec<String> =
                found.iter().take(NAMED_FOR_A_SIGN).map(|(x, _)| format!("`{}`", x.parameter)).collect();
            let _ = writeln!(
                out,
                "| `{}` | {name} | {} | {} | {} |",
                row.policy,
                signed(row.own),
                shares(row.sign),
                names.join(", ")
            );
        }
    }
    if !any {
        let _ = writeln!(out, "There is none.");
    }
    let _ = writeln!(out);
}

/// Whether the order of policies holds.
fn order(out: &mut String, analysis: &Analysis) {
    if analysis.rankings.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "## Does the order of policies hold?\n\nKendall's tau between the order of the policies in a draw and that under \
         the scenario's own parameters, mean over draws: 1 is the same order, 0 none. Policies are compared as they \
         stand, with their assumed sizes, not per yuan.\n\n| number | tau | first | stays first, % |\n|---|---:|---|---:|"
    );
    for (indicator, scope, id, name) in NUMBERS {
        for row in analysis.rankings.iter().filter(|r| is(&r.key, (indicator, scope, id))) {
            let _ = writeln!(
                out,
                "| {name} | {:.2} ({:.2} .. {:.2}) | `{}` | {} |",
                row.tau.estimate,
                row.tau.low,
                row.tau.high,
                row.first,
                shares(row.first_holds)
            );
        }
    }
    let _ = writeln!(out);
}

/// What was varied how far, and what was not.
fn ranges(out: &mut String, plan: &Plan) {
    let plain = |p: &&Varied| is_usual(&p.rule);
    let text = |p: &Varied| format!("`{}` {} .. {}", p.key, short(p.low), short(p.high));
    let _ = writeln!(out, "## Ranges\n\n`factors.csv` has the rule of each.\n");
    let usual: Vec<String> = plan.parameters.iter().filter(plain).map(text).collect();
    if !usual.is_empty() {
        let _ = writeln!(
            out,
            "Half to one and a half times the value, inside the bounds of the parameter table: {}.\n",
            usual.join(", ")
        );
    }
    let mut others: Vec<(&str, Vec<String>)> = Vec::new();
    for p in plan.parameters.iter().filter(|p| !plain(p)) {
        match others.iter_mut().find(|(rule, _)| *rule == p.rule) {
            Some((_, list)) => list.push(text(p)),
            None => others.push((&p.rule, vec![text(p)])),
        }
    }
    for (rule, list) in others {
        let _ = writeln!(out, "{}: {}.\n", capital(rule), list.join(", "));
    }
    if !plan.left_out.is_empty() {
        let keys: Vec<String> = plan.left_out.iter().map(|l| format!("`{}`", l.key)).collect();
        let _ = writeln!(
            out,
            "Assumed but not varied, because they are switched off or never bind here: {}.",
            keys.join(", ")
        );
    }
}

/// A number without the tail that halving leaves.
fn short(value: f64) -> String {
    let text = format!("{value:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_stands_between_the_marks_and_leaves_the_rest_alone() {
        let Marks { begin, end } = MARKS;
        let old = format!("# Mine\n{begin}\nold\n{end}\nmine too\n");
        assert_eq!(into_page(&old, "new\n"), format!("# Mine\n{begin}\n\nnew\n\n{end}\nmine too\n"));
        assert_eq!(into_page("mine alone", "new"), "new");
    }

    #[test]
    fn ranges_are_printed_without_rounding_tails() {
        assert_eq!(short(0.30000000000000004), "0.3");
        assert_eq!([short(1500.0), short(0.0001), short(0.0)], ["1500", "0.0001", "0"]);
    }
}
