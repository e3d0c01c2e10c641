//! The printed page of a comparison: winners and losers side by side, the cost, who paid, and always how many
//! people the numbers are of.

use super::break_even::{Found, YARDSTICKS, found};
use super::outcome::{Comparison, Line, Outcome};
use crate::Result;
use crate::experiment::metrics::Key;
use crate::experiment::replicates::{Difference, ratio};
use crate::experiment::report::{interval, left, number, right, shown_as, signed, width};
use crate::message::Language;
use crate::messages::{self, comma, known};
use crate::policy::called;
use crate::printable::in_large_money;

/// Indicators of the area on the first lines.
const OF_AREA: [&str; 13] = [
    "residents",
    "output",
    "output_per_head",
    "income_per_head",
    "theil_between_prefectures",
    "income_ratio_residence",
    "income_ratio_home",
    "gini",
    "welfare_gain",
    "share_urban",
    "talent_per_1000",
    "own_revenue",
    "ecology",
];

/// Indicators for which winners and losers are named; the others are in the table.
const OF_PLACES: [&str; 3] = ["income_per_head", "output_per_head", "residents"];

/// The purpose with which the centre passes on what it has left.
const CENTRAL_RETURN: &str = "central_return";

/// Winners and losers that are named for an indicator and scope.
const NAMED: usize = 5;

/// The page.
///
/// # Errors
/// Fails on a level that is no probability.
pub fn page(outcome: &Outcome) -> Result<String> {
    let mut text = String::new();
    if outcome.programs.len() > 1 {
        text += &side_by_side(outcome)?;
    }
    let asked = |c: &&Comparison| !c.name.contains(':') && (c.whole || outcome.pairs);
    for comparison in outcome.comparisons.iter().filter(asked) {
        text += &one(outcome, comparison)?;
    }
    text += &break_even(outcome)?;
    text += &parts(outcome)?;
    text += &narrowing(outcome)?;
    text += &residuals(outcome);
    Ok(text)
}

/// Scenarios on one screen.
const BESIDE: usize = 4;

/// All scenarios by indicator: means with their Monte Carlo errors, and differences from the first.
fn side_by_side(outcome: &Outcome) -> Result<String> {
    let variants = outcome.variants();
    let Some(first) = variants.first() else { return Ok(String::new()) };
    let n = outcome.replicates.len();
    let year = outcome.keys[first.program].last().map_or(0, |k| k.year);
    let mut text = messages::scenarios_side_by_side(variants.len(), year, replicates(outcome)).to_string();
    if n > 1 {
        text += &messages::monte_carlo_error(4 * n).to_string();
    }
    text += &format!("\n  {}\n", messages::second_lines(first.name));
    for variant in &variants {
        if let Some(why) = variant.comparison.and_then(|c| c.own_luck.as_ref()) {
            text += &format!("  {}\n", messages::luck_of_its_own(variant.name, why));
        }
    }
    let mut differences = Vec::new();
    for variant in &variants {
        differences.push(match variant.comparison {
            Some(comparison) => outcome.differences(comparison)?,
            None => Vec::new(),
        });
    }
    for (block, of) in variants.chunks(BESIDE).zip(differences.chunks(BESIDE)) {
        let heads: String = block.iter().map(|v| right(&shortened(v.name), 26)).collect();
        text += &format!("\n  {}{heads}\n", left(&known("area"), 34));
        for name in OF_AREA {
            let find = |keys: &[Key]| {
                keys.iter().position(|k| k.indicator == name && k.scope == "area" && k.year == year)
            };
            let mut levels = String::new();
            let mut changes = String::new();
            let places: Vec<Option<usize>> = block.iter().map(|v| find(&outcome.keys[v.program])).collect();
            let there = || block.iter().zip(&places).filter_map(|(v, k)| Some((v, (*k)?)));
            let Some(unit) = there().next().map(|(v, k)| outcome.keys[v.program][k].unit()) else { continue };
            let greatest = there().map(|(v, k)| outcome.mean(v, k).0.abs()).fold(0.0, f64::max);
            let (times, label) = shown_as(name, unit, greatest);
            for ((variant, rows), place) in block.iter().zip(of).zip(&places) {
                let keys = &outcome.keys[variant.program];
                let Some(k) = *place else {
                    levels += &right("-", 26);
                    changes += &right("", 26);
                    continue;
                };
                let (mean, error) = outcome.mean(variant, k);
                levels += &right(&with_error(times * mean, times * error), 26);
                let change = rows.iter().find(|(key, _)| *key == keys[k]);
                changes += &right(
                    &change.map_or(String::new(), |(_, d)| {
                        format!("{}{}", mark(d).trim(), signed(times * d.difference))
                    }),
                    26,
                );
            }
            text += &format!("  {}{levels}\n", left(&label, 34));
            if !changes.trim().is_empty() {
                text += &format!("  {}{changes}\n", left("", 34));
            }
        }
    }
    text.push('\n');
    Ok(text.to_string())
}

/// A mean, with its error where there is one.
fn with_error(mean: f64, error: f64) -> String {
    match error.is_finite() {
        true => messages::value_and_error(number(mean), number(error)).to_string(),
        false => number(mean),
    }
}

/// A name that fits its column.
fn shortened(name: &str) -> String {
    let mut short = String::new();
    for c in name.chars() {
        if width(&short) + 2 > 23 {
            return short + "…";
        }
        short.push(c);
    }
    short
}

/// What is known while runs are under way: output and income per head of scenarios with runs.
pub(crate) fn so_far(outcome: &Outcome) -> String {
    let mut parts = Vec::new();
    for variant in outcome.variants() {
        let keys = &outcome.keys[variant.program];
        let last = keys.last().map_or(0, |k| k.year);
        let value = |name: &str| {
            let k = keys.iter().position(|k| k.indicator == name && k.scope == "area" && k.year == last)?;
            let (mean, error) = outcome.mean(&variant, k);
            mean.is_finite().then(|| format!("{} {}", known(name), with_error(mean, error)))
        };
        let told: Vec<String> =
            ["output_per_head", "income_per_head"].into_iter().filter_map(value).collect();
        if !told.is_empty() {
            parts.push(format!("  {}{}", left(&shortened(&known(variant.name)), 26), told.join(comma())));
        }
    }
    parts.join("\n")
}

/// The residual of income in the data of the first year, once for scenarios that share it.
fn residuals(outcome: &Outcome) -> String {
    let mut text = String::new();
    for (i, residual) in outcome.outside_income.iter().enumerate() {
        let same = |j: &usize| outcome.outside_income[*j] == *residual;
        if residual.is_empty() || (0..i).any(|j| same(&j)) {
            continue;
        }
        let names: Vec<&str> =
            (i..outcome.programs.len()).filter(same).map(|j| outcome.programs[j].name.as_str()).collect();
        text += residual;
        if names.len() < outcome.programs.len() {
            text += &format!("  {}\n", messages::in_places(names.join(comma())));
        }
    }
    text
}

fn one(outcome: &Outcome, comparison: &Comparison) -> Result<String> {
    let rows = outcome.differences(comparison)?;
    let year = outcome.last_year(comparison);
    let against =
        if comparison.whole { format!(" {}", messages::against_same_file()) } else { String::new() };
    let policies: Vec<String> = comparison.policies.split(';').map(|name| known(&called(name))).collect();
    let mut text = format!(
        "{}\n\n",
        messages::comparison_head(
            &comparison.name,
            against,
            year,
            policies.join(Language::shown().of(";", "、")),
            replicates(outcome),
            intervals(outcome, comparison)
        )
    );
    let last: Vec<&(Key, Difference)> = rows.iter().filter(|(k, _)| k.year == year).collect();
    // Of a pair both sides have names of their own.
    let [baseline, policy] = match comparison.whole {
        true => ["baseline", "policy"].map(known),
        false => [comparison.baseline, comparison.policy]
            .map(|arm| shortened(&outcome.programs[outcome.arms[arm].program].name)),
    };
    let wide = if comparison.whole { 16 } else { 24 };
    let columns = [
        left(&known("area"), 34),
        right(&baseline, wide),
        right(&policy, wide),
        right(&known("difference"), 16),
    ];
    text += &format!("  {}   {}\n", columns.concat(), known("interval"));
    for name in OF_AREA {
        if let Some((key, d)) = last.iter().find(|(k, _)| k.indicator == name && k.scope == "area") {
            let (times, label) = shown_as(name, key.unit(), d.baseline.abs().max(d.policy.abs()));
            text += &format!(
                "  {}{}{}{} {} {}\n",
                left(&label, 34),
                right(&number(times * d.baseline), wide),
                right(&number(times * d.policy), wide),
                right(&signed(times * d.difference), 16),
                mark(d),
                interval(times * d.low, times * d.high)
            );
        }
    }
    for name in OF_PLACES {
        text += &sides(outcome, &last, name);
    }
    text += &cost(outcome, comparison)?;
    text.push('\n');
    Ok(text)
}

fn replicates(outcome: &Outcome) -> String {
    match &outcome.replicates[..] {
        [one] => messages::replicate_alone(one).to_string(),
        all => messages::replicates_counted(all.len()).to_string(),
    }
}

/// What the intervals of a comparison are, and whether its arms share their luck (common random numbers).
fn intervals(outcome: &Outcome, comparison: &Comparison) -> String {
    let level = 100.0 * outcome.settings.level;
    match &comparison.own_luck {
        None => {
            let method = known(outcome.settings.method.name());
            messages::intervals_paired(format_args!("{level:.0}"), method).to_string()
        }
        Some(why) => messages::intervals_welch(format_args!("{level:.0}"), why).to_string(),
    }
}

/// `~` where the interval holds zero; nothing where no run differs from its pair.
fn mark(d: &Difference) -> &'static str {
    if d.low.is_finite() && !d.is_clear() && d.low < d.high { "~" } else { " " }
}

/// Those who gained on the left, those who lost on the right.
fn sides(outcome: &Outcome, rows: &[&(Key, Difference)], indicator: &str) -> String {
    let unit = crate::experiment::metrics::known(indicator).map_or("", |(unit, _)| unit);
    let head = [
        left(&messages::winners_of(known(indicator), known(unit)).to_string(), 58),
        messages::losers().to_string(),
    ];
    let mut text = format!("\n  {}\n", head.concat());
    for scope in ["tier", "tag", "prefecture"] {
        let mut found: Vec<&(Key, Difference)> = rows
            .iter()
            .copied()
            .filter(|(k, d)| k.indicator == indicator && k.scope == scope && d.difference.is_finite())
            .collect();
        found.sort_by(|a, b| {
            b.1.difference.total_cmp(&a.1.difference).then_with(|| a.0.scope_id.cmp(&b.0.scope_id))
        });
        let cell = |(key, d): &(Key, Difference)| {
            let name = outcome.places.get(&(key.scope.clone(), key.scope_id.clone()));
            let name = name.map_or(key.scope_id.as_str(), String::as_str);
            // The seat of government and the factor have one name in English only.
            let seat = key.scope == "tag" && name == "capital" && Language::shown() != Language::En;
            let name = match key.scope.as_str() {
                "prefecture" => messages::scenarios::prefecture(&key.scope_id, name).to_owned(),
                _ => known(if seat { "capital_tag" } else { name }),
            };
            format!(
                "{} {} {} ({})",
                left(&name, 14),
                right(&signed(d.difference), 11),
                mark(d),
                interval(d.low, d.high)
            )
        };
        let winners: Vec<String> =
            found.iter().filter(|r| r.1.difference > 0.0).take(NAMED).map(|r| cell(r)).collect();
        let losers: Vec<String> =
            found.iter().rev().filter(|r| r.1.difference < 0.0).take(NAMED).map(|r| cell(r)).collect();
        for line in 0..winners.len().max(losers.len()) {
            let side = |cells: &[String]| cells.get(line).cloned().unwrap_or_default();
            let columns = if width(&side(&winners)) > 56 { width(&side(&winners)) + 2 } else { 58 };
            let line = format!("  {}{}", left(&side(&winners), columns), side(&losers));
            text += &format!("{}\n", line.trim_end());
        }
    }
    text
}

fn cost(outcome: &Outcome, comparison: &Comparison) -> Result<String> {
    let unit = messages::large_money();
    let mut text = format!("\n  {}\n", messages::programme_money(&unit));
    let cost = outcome.programme_cost(comparison);
    let mean = cost.iter().sum::<f64>() / cost.len() as f64;
    for ((policy, payer, purpose), d, demanded) in outcome.costs(comparison)? {
        if d.difference == 0.0 && d.policy == demanded {
            continue;
        }
        let who = messages::who_paid_for(called(&policy), known(&payer), known(&purpose)).to_string();
        let cut = demanded - d.policy;
        let cut = if cut > 1e-3 * demanded {
            messages::more_was_cut(number(in_large_money(cut))).to_string()
        } else {
            String::new()
        };
        let [paid, low, high] = [d.difference, d.low, d.high].map(in_large_money);
        let range = interval(low, high);
        text += &format!("  {}{}   {range}{cut}\n", left(&who, 66), right(&signed(paid), 16));
    }
    let lines = outcome.public_money(comparison)?;
    // What is left to the centre goes to the rest of the nation: with that line a policy would cost it nothing. What it returns
    // to the provinces of the area is theirs.
    let abroad = |line: &Line| line.2 == CENTRAL_RETURN && line.1 == "hub";
    let lines: Vec<_> = lines.into_iter().filter(|(line, _)| !abroad(line)).collect();
    text += &format!("  {}\n", messages::public_money(&unit));
    for class in
        ["county_governments", "prefecture_governments", "province_governments", "central_government"]
    {
        let sum = |side: &dyn Fn(&Line) -> bool| {
            lines.iter().filter(|(line, _)| side(line)).map(|(_, d)| d.difference).sum::<f64>()
        };
        let net = (sum(&|line| line.1 == class) - sum(&|line| line.0 == class)).round();
        text += &format!("  {}{}\n", left(&known(class), 66), right(&signed(in_large_money(net)), 16));
    }
    if mean.abs() < 0.5 {
        text += &format!("  {}\n", messages::no_programme_paid());
        return Ok(text);
    }
    text += &format!("  {}\n", messages::per_hundred_yuan());
    for (indicator, scope, id, name) in [
        ("output", "area", "all", messages::output_of_area()),
        ("income", "area", "all", messages::income_of_area()),
        ("income", "tier", "city", messages::income_in_cities()),
        ("income", "tier", "county_seat", messages::income_in_seats()),
        ("income", "tier", "village", messages::income_in_villages()),
    ] {
        let gained: Vec<f64> = outcome
            .sums_over_years(comparison, indicator, scope, id)
            .iter()
            .map(|gained| 100.0 * gained)
            .collect();
        let (value, mut low, mut high) = ratio(&gained, &cost, outcome.settings.level);
        if comparison.own_luck.is_some() {
            // The delta method of `ratio` is one of pairs.
            (low, high) = (f64::NAN, f64::NAN);
        }
        text += &format!(
            "  {}{}   {}\n",
            left(&name.to_string(), 66),
            right(&signed(value), 16),
            interval(low, high)
        );
    }
    Ok(text)
}

/// The size at which a policy pays its cost.
fn break_even(outcome: &Outcome) -> Result<String> {
    let Some(asked) = &outcome.break_even else { return Ok(String::new()) };
    let mut text = messages::break_even_head(&asked.key, replicates(outcome)).to_string() + "\n";
    for yardstick in YARDSTICKS {
        let at = outcome.at_sizes(asked, yardstick)?;
        let unit = messages::large_money();
        let heads = [known("size"), known("gained"), known("paid"), known("net")];
        text += &format!("\n  {} ({unit})\n", messages::break_even_of(known(yardstick)));
        let heads: String = heads.iter().map(|head| right(head, 16)).collect();
        text += &format!("  {heads}   {}\n", known("interval"));
        for x in &at {
            let large = |yuan: f64| right(&signed(in_large_money(yuan)), 16);
            let size = right(format!("{:.4}", x.size).trim_end_matches('0').trim_end_matches('.'), 16);
            let range = interval(in_large_money(x.low), in_large_money(x.high));
            text += &format!("  {size}{}{}{}   {range}\n", large(x.gain), large(x.cost), large(x.net));
        }
        let Found { sizes, low, high } = found(&at);
        text += &match (&sizes[..], at.first().is_some_and(|x| x.net > 0.0)) {
            ([], true) => format!("  {}\n", messages::pays_at_every_size()),
            ([], false) => format!("  {}\n", messages::pays_at_no_size()),
            (sizes, _) => {
                let sizes: Vec<String> = sizes.iter().map(|size| number(*size)).collect();
                let range = if low.is_finite() { interval(low, high) } else { interval(f64::NAN, f64::NAN) };
                format!("  {}\n", messages::breaks_even_at(sizes.join(comma()), range))
            }
        };
    }
    text.push('\n');
    Ok(text)
}

/// What each policy adds, for headline numbers.
fn parts(outcome: &Outcome) -> Result<String> {
    let parts = outcome.attribution()?;
    let mut text = String::new();
    for (p, program) in outcome.programs.iter().enumerate() {
        for (indicator, scope, id) in [
            ("output_per_head", "area", "all"),
            ("residents", "area", "all"),
            ("income_ratio_residence", "area", "all"),
            ("income_per_head", "tier", "village"),
            ("income_per_head", "tier", "county_seat"),
            ("income_per_head", "tier", "city"),
        ] {
            let here: Vec<_> = parts
                .iter()
                .filter(|x| {
                    x.program == p
                        && x.key.indicator == indicator
                        && x.key.scope == scope
                        && x.key.scope_id == id
                })
                .collect();
            let Some(first) = here.first() else { continue };
            let place = if scope == "area" { messages::the_area().to_string() } else { known(id) };
            text += &format!(
                "{}\n  {}{}{}{}   {}\n",
                messages::row_of_shares(
                    &program.name,
                    known(indicator),
                    place,
                    known(first.key.unit()),
                    first.key.year
                ),
                left(&messages::header_policy().to_string(), 40),
                right(&known("alone"), 14),
                right(&known("last"), 14),
                right(&known("shapley"), 14),
                messages::header_interval_of_share()
            );
            let find = |policy: &str, kind: &str| here.iter().find(|x| x.policy == policy && x.kind == kind);
            for measure in &program.measures {
                let value = |kind: &str| {
                    find(&measure.label, kind).map_or_else(|| "-".to_owned(), |x| signed(x.value))
                };
                let share = find(&measure.label, "shapley").or_else(|| find(&measure.label, "alone"));
                let mut range = share.map(|x| interval(x.low, x.high)).unwrap_or_default();
                if let Some(x) = share.filter(|x| x.order_error != 0.0) {
                    range += &messages::orders_add(number(x.order_error)).to_string();
                }
                text += &format!(
                    "  {}{}{}{}   {range}\n",
                    left(&called(&measure.label), 40),
                    right(&value("alone"), 14),
                    right(&value("last"), 14),
                    right(&value("shapley"), 14),
                );
            }
            for kind in ["total", "interaction"] {
                if let Some(x) = find("all", kind) {
                    let range = interval(x.low, x.high);
                    text +=
                        &format!("  {}{}   {range}\n", left(&known(kind), 40), right(&signed(x.value), 14));
                }
            }
            text.push('\n');
        }
    }
    Ok(text)
}

/// How much shared luck narrows the intervals.
fn narrowing(outcome: &Outcome) -> Result<String> {
    let rows: Vec<_> = outcome.narrowing()?.into_iter().filter(|n| n.width_independent.is_finite()).collect();
    if rows.is_empty() {
        return Ok(String::new());
    }
    let mut text = format!("{}\n", messages::worth_of_shared_luck());
    for row in rows.iter().filter(|n| matches!(n.key.scope.as_str(), "area" | "tier")) {
        let place = if row.key.scope == "area" { "area" } else { &row.key.scope_id };
        text += &format!(
            "  {}{}{}\n",
            left(&known(&row.key.indicator), 28),
            left(&known(place), 14),
            right(&number(row.factor()), 10)
        );
    }
    let mut factors: Vec<f64> = rows.iter().map(|n| n.factor()).filter(|f| f.is_finite()).collect();
    factors.sort_by(f64::total_cmp);
    if let Some(middle) = factors.get(factors.len() / 2) {
        text += &format!("  {}\n", messages::median_over_numbers(factors.len(), number(*middle)));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_that_holds_zero_is_marked_whatever_lies_in_its_middle() {
        let of = |difference: f64, low: f64, high: f64| {
            let (baseline, policy) = (100.0, 100.0 + difference);
            mark(&Difference { baseline, policy, difference, low, high, replicates: 2 })
        };
        assert_eq!(of(0.0, -4.469, 4.469), "~");
        assert_eq!(of(1.0, -1.0, 3.0), "~");
        assert_eq!(of(2.0, 1.0, 3.0), " ");
        assert_eq!(of(0.0, 0.0, 0.0), " ", "no run differs from its pair");
        assert_eq!(of(1.0, f64::NAN, f64::NAN), " ", "one replicate has no interval");
    }
}
