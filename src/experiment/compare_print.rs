//! The printed page of a comparison: winners and losers side by side, the cost, who paid, and always how many
//! people the numbers are of.

use super::compare::{Comparison, Line, Outcome};
use super::metrics::Key;
use super::replicates::{Difference, ratio};
use super::report::{interval, left, number, right, signed, width};
use crate::Result;

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

/// Winners and losers that are named for an indicator and scope.
const NAMED: usize = 5;

/// The page.
///
/// # Errors
/// Fails on a level that is no probability.
pub fn page(outcome: &Outcome) -> Result<String> {
    let mut text = String::new();
    for comparison in outcome.comparisons.iter().filter(|c| !c.name.contains(':')) {
        text += &one(outcome, comparison)?;
    }
    text += &parts(outcome)?;
    text += &narrowing(outcome)?;
    text += &residuals(outcome);
    Ok(text)
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
            text += &format!("  in {}\n", names.join(", "));
        }
    }
    text
}

fn one(outcome: &Outcome, comparison: &Comparison) -> Result<String> {
    let rows = outcome.differences(comparison)?;
    let year = outcome.last_year(comparison);
    let settings = &outcome.settings;
    let against = if comparison.whole { " against the same file without its policies" } else { "" };
    let mut text = format!(
        "{}{against}, {year}\n  policies: {}\n  {}; {:.0} % {} intervals of paired differences under the same \
         luck; ~ marks an interval that holds zero\n\n",
        comparison.name,
        comparison.policies,
        replicates(outcome),
        100.0 * settings.level,
        settings.method.name(),
    );
    let last: Vec<&(Key, Difference)> = rows.iter().filter(|(k, _)| k.year == year).collect();
    let columns = [left("area", 34), right("baseline", 16), right("policy", 16), right("difference", 16)];
    text += &format!("  {}   interval\n", columns.concat());
    for name in OF_AREA {
        if let Some((key, d)) = last.iter().find(|(k, _)| k.indicator == name && k.scope == "area") {
            text += &format!(
                "  {}{}{}{} {} {}\n",
                left(&format!("{name} ({})", key.unit()), 34),
                right(&number(d.baseline), 16),
                right(&number(d.policy), 16),
                right(&signed(d.difference), 16),
                mark(d),
                interval(d.low, d.high)
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
        [one] => format!("replicate {one} alone, so no interval"),
        all => format!("{} replicates", all.len()),
    }
}

fn mark(d: &Difference) -> &'static str {
    if d.low.is_finite() && !d.is_clear() && d.difference != 0.0 { "~" } else { " " }
}

/// Those who gained on the left, those who lost on the right.
fn sides(outcome: &Outcome, rows: &[&(Key, Difference)], indicator: &str) -> String {
    let unit = super::metrics::indicator(indicator).map_or("", |i| i.unit);
    let head = [left(&format!("{indicator} ({unit}): winners"), 58), "losers".to_owned()];
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
            format!(
                "{} {} {} ({})",
                left(name.map_or(key.scope_id.as_str(), String::as_str), 14),
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
    let mut text = String::from("\n  programme money over all years, and who paid (yuan)\n");
    let cost = outcome.programme_cost(comparison);
    let mean = cost.iter().sum::<f64>() / cost.len() as f64;
    for ((policy, payer, purpose), d, demanded) in outcome.costs(comparison)? {
        if d.difference == 0.0 && d.policy == demanded {
            continue;
        }
        let who = format!("{policy}: {payer}, {purpose}");
        let cut = demanded - d.policy;
        let cut = if cut > 1e-3 * demanded {
            format!("; {} more was cut for want of means", number(cut))
        } else {
            String::new()
        };
        let range = interval(d.low, d.high);
        text += &format!("  {}{}   {range}{cut}\n", left(&who, 66), right(&signed(d.difference), 16));
    }
    let lines = outcome.public_money(comparison)?;
    text += "  public money received less paid, change\n";
    for class in
        ["county_governments", "prefecture_governments", "province_governments", "central_government"]
    {
        let sum = |side: &dyn Fn(&Line) -> bool| {
            lines.iter().filter(|(line, _)| side(line)).map(|(_, d)| d.difference).sum::<f64>()
        };
        let net = (sum(&|line| line.1 == class) - sum(&|line| line.0 == class)).round();
        text += &format!("  {}{}\n", left(class, 66), right(&signed(net), 16));
    }
    if mean.abs() < 0.5 {
        text += "  no programme paid anything, so there is no effect per 100 yuan; rules and taxes moved the rest\n";
        return Ok(text);
    }
    text += "  per 100 yuan of programme money, over all years\n";
    for (indicator, scope, id, name) in [
        ("output", "area", "all", "output of the area"),
        ("income", "area", "all", "household income of the area"),
        ("income", "tier", "city", "household income in cities"),
        ("income", "tier", "county_seat", "household income in county seats"),
        ("income", "tier", "village", "household income in villages"),
    ] {
        let gained: Vec<f64> = outcome
            .sums_over_years(comparison, indicator, scope, id)
            .iter()
            .map(|gained| 100.0 * gained)
            .collect();
        let (value, low, high) = ratio(&gained, &cost, outcome.settings.level);
        text += &format!("  {}{}   {}\n", left(name, 66), right(&signed(value), 16), interval(low, high));
    }
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
            let place = if scope == "area" { "the area" } else { id };
            text += &format!(
                "{}: {indicator} of {place} ({}), {}\n  {}{}{}{}   interval of the share\n",
                program.name,
                first.key.unit(),
                first.key.year,
                left("policy", 40),
                right("alone", 14),
                right("last", 14),
                right("shapley", 14)
            );
            let find = |policy: &str, kind: &str| here.iter().find(|x| x.policy == policy && x.kind == kind);
            for measure in &program.measures {
                let value = |kind: &str| {
                    find(&measure.label, kind).map_or_else(|| "-".to_owned(), |x| signed(x.value))
                };
                let share = find(&measure.label, "shapley").or_else(|| find(&measure.label, "alone"));
                let mut range = share.map(|x| interval(x.low, x.high)).unwrap_or_default();
                if let Some(x) = share.filter(|x| x.order_error != 0.0) {
                    range += &format!("; orders add +-{}", number(x.order_error));
                }
                text += &format!(
                    "  {}{}{}{}   {range}\n",
                    left(&measure.label, 40),
                    right(&value("alone"), 14),
                    right(&value("last"), 14),
                    right(&value("shapley"), 14),
                );
            }
            for kind in ["total", "interaction"] {
                if let Some(x) = find("all", kind) {
                    let range = interval(x.low, x.high);
                    text += &format!("  {}{}   {range}\n", left(kind, 40), right(&signed(x.value), 14));
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
    let mut text = String::from(
        "what shared luck is worth: intervals are so many times narrower than with luck of their own\n",
    );
    for row in rows.iter().filter(|n| matches!(n.key.scope.as_str(), "area" | "tier")) {
        let place = if row.key.scope == "area" { "area" } else { &row.key.scope_id };
        text += &format!(
            "  {}{}{}\n",
            left(&row.key.indicator, 28),
            left(place, 14),
            right(&number(row.factor()), 10)
        );
    }
    let mut factors: Vec<f64> = rows.iter().map(|n| n.factor()).filter(|f| f.is_finite()).collect();
    factors.sort_by(f64::total_cmp);
    if let Some(middle) = factors.get(factors.len() / 2) {
        text += &format!("  median over {} numbers: {}\n", factors.len(), number(*middle));
    }
    Ok(text)
}
