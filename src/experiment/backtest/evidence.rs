//! The page that says how far to trust predictions: what was fitted on what, what it predicts, where it
//! fails. Every number on it comes from the run that prints it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::calibrate::{Free, value};
use super::ceilings;
pub(crate) use super::held_out::train;
use super::held_out::{agents_held_out, name_of, row};
use super::law_closed_form::MoverAges;
use super::leave_out::{LeaveOneOut, leave_one_province_out, print};
use super::score::{Score, by_level, children_error, newcomers_of, score, urban_error};
use super::targets::{Targets, residents};
use super::true_folds::{self, TrueFold};
use super::{Backtest, Request, mean, ridge_leaving_out};
use crate::Result;
use crate::simulation::Scenario;
use crate::world::Geography;

/// Parameters of the shipped law and the bounds of their fit.
const FITTED: [(&str, f64, f64); 9] = [
    ("reversion", -0.5, 1.5),
    ("wage", -1.5, 1.5),
    ("thickness", -1.0, 1.0),
    ("mining", -1.0, 1.0),
    ("crowding", -1.5, 1.5),
    ("skills", -1.0, 1.0),
    ("size", -1.0, 1.0),
    ("city", -1.0, 2.0),
    ("convergence", -1.0, 0.5),
];

/// Bounds of the fit of the shipped law.
pub fn fitted() -> Vec<Free> {
    FITTED.iter().map(|&(key, low, high)| Free { key: key.into(), low, high }).collect()
}

const HEAD: &str = "| | units | r | R2 | centred R2 | MAE |\n|---|---:|---:|---:|---:|---:|";

/// Writes the page from a finished backtest.
///
/// # Errors
/// What a fit reports.
pub fn page(
    backtest: &Backtest,
    scenario: &Scenario,
    request: &Request,
    fit: Option<&LeaveOneOut>,
    folds: &[TrueFold],
) -> Result<String> {
    let mut out = String::new();
    let files: Vec<String> = request.targets.iter().map(|t| t.display().to_string()).collect();
    let sets: Vec<String> = request.overrides.iter().map(|o| format!(" --set {o}")).collect();
    let _ = writeln!(
        out,
        "# What the model predicts, and where it does not\n\n\
         Printed by the program from a run; do not edit. The command:\n\n```\nshanhai backtest {} --targets {}{} \
         --replicates {}{}{} --evidence docs/evidence.md\n```\n\n\
         {} years from {}, {} replicate(s) of {} persons an agent. Growth is ln(end/start) by unit; r is \
         Pearson's; R2 is against the mean of the targets; centred R2 gives away the common level. Read it beside \
         R2: units that changed their name grew faster than those that kept it.\n",
        request.scenario.display(),
        files.join(","),
        request.vital_rates.as_ref().map_or(String::new(), |t| format!(" --vital-rates {}", t.display())),
        request.replicates,
        sets.concat(),
        if folds.is_empty() { String::new() } else { format!(" --true-folds {}", folds.len()) },
        backtest.years,
        scenario.run.start_year,
        backtest.runs.population.len(),
        scenario.run.persons_per_agent,
    );
    let o = &scenario.drivers.migration;
    let stated = |v: Option<f64>| v.map_or_else(|| "free".into(), |v| v.to_string());
    let terms: Vec<String> = FITTED
        .iter()
        .map(|(key, ..)| format!("{key} {}", value(&mut o.clone(), key).map_or(f64::NAN, |v| *v)))
        .collect();
    let _ = writeln!(
        out,
        "## What it was fitted on\n\n\
         National totals: people away from their registered county, times {} inside provinces and {} across; the urban share \
         (by the village-to-seat term), births and deaths. The scenario states nine terms ({}); where they come from stands in it. \
         As far as they were chosen with these counts in view, the scores of the agent run and of the closed form below are **in sample**; the next section \
         scores fits that have not seen the province they predict. Leavers by province and where they went are those of the table of 2010. All \
         else is worked out from 2010, but for the age terms of .4, which are stated. The elasticities of location and the rate of review are not estimated here: prices \
         stand still in this run, and stocks follow the law at any speed of review, so growth between two censuses does not know them.\n",
        stated(o.own_province),
        stated(o.other_provinces),
        terms.join(", ")
    );
    left_out(&mut out, backtest, scenario, fit, folds)?;
    let _ = writeln!(
        out,
        "In the agent run people away grew {:.3} times inside provinces and {:.3} times across (those who converted \
         their registration are at home), and {:.1} million live in the area at the end.\n",
        backtest.runs.away_growth[0],
        backtest.runs.away_growth[1],
        backtest.runs.mean().iter().sum::<f64>() / 1e6
    );
    let _ = writeln!(out, "## Scores\n");
    for (name, population) in backtest.predictions() {
        let _ = writeln!(out, "{}\n", title(name));
        let _ = writeln!(out, "{HEAD}");
        for (level, s) in national(&backtest.targets, &backtest.geography, &population) {
            let _ = writeln!(out, "{}", row(level.trim(), s));
        }
        let _ = writeln!(out);
    }
    agents_beyond_residents(&mut out, backtest);
    agents_and_law(&mut out, backtest);
    let ridge = backtest.ridge();
    if !ridge.is_empty() {
        let _ = writeln!(
            out,
            "Ridge regression on facts of 2010, trained on some units and scored where it has seen nothing:\n\n{HEAD}"
        );
        for (name, s) in ridge {
            let _ = writeln!(out, "{}", row(&name, s));
        }
        let _ = writeln!(out);
    }
    failures(&mut out, backtest);
    Ok(out)
}

/// What else was counted and the agent run says: newcomers by origin, urban share, children; births, deaths and the
/// stock between provinces.
fn agents_beyond_residents(out: &mut String, backtest: &Backtest) {
    let (runs, g) = (&backtest.runs, &backtest.geography);
    if runs.children.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "**Agent run: newcomers, urban share, children**. Newcomers are ln(end/start) in units with a thousand or more in both \
         years; urban share and the share of children below ten are shares of residents at the end, not growth.\n\n{HEAD}"
    );
    let base = |o: Option<usize>| -> Vec<f64> {
        let of = |j: usize| {
            let f = &g.nodes[j].facts;
            let by = [f.newcomers_province as f64, f.newcomers_other as f64];
            o.map_or(by[0] + by[1], |o| by[o])
        };
        g.counties.iter().map(|c| c.nodes().map(of).sum()).collect()
    };
    let all = mean(&runs.population);
    for targets in std::iter::once(&backtest.targets).chain(&backtest.other) {
        let name = name_of(targets);
        let mut line = |what: &str, s: Score| {
            if s.units > 0 {
                let _ = writeln!(out, "{}", row(&format!("{what}, `{name}`"), s));
            }
        };
        for (what, o) in [("newcomers", None), ("from the own province", Some(0)), ("from others", Some(1))] {
            let end = o.map_or_else(|| runs.newcomers(), |o| mean(&runs.newcomers[o]));
            let (actual, predicted) = newcomers_of(targets, o, &base(o), &end);
            line(what, score(&actual, &predicted));
        }
        line("urban share", urban_error(targets, &all, &mean(&runs.urban)));
        line("share of children", children_error(targets, &all, &mean(&runs.children)));
    }
    let total = |v: &[Vec<f64>]| mean(v).iter().sum::<f64>() / 1e6;
    let _ = writeln!(
        out,
        "\nBirths over the years of the run {:.1} million, deaths {:.1} million. No table counts them by county over these years; what is \
         counted is who is left of the born (share of children).\n",
        total(&runs.births),
        total(&runs.deaths)
    );
    if let (Some([births, deaths]), Some(table)) = (backtest.vital_scores(), &backtest.vital) {
        let _ = writeln!(
            out,
            "**Agent run: births and deaths by province**, a year per 1,000 residents (mean of start and end), mean over the years of \
             the run, against what provinces published (`{}`: linear between published years; before and after them a province follows \
             the nation). The sums of the nation were fitted, those of no province were; none of these rates went into the run.\n\n{HEAD}",
            table.file
        );
        for (what, s) in [("births", births), ("deaths", deaths)] {
            let _ = writeln!(out, "{}", row(what, s));
        }
        let _ = writeln!(out);
    }
    if !g.observed_flows.is_empty() {
        let n = g.provinces.len();
        let [start, end] = [0, 1].map(|e| mean(&runs.stock[e]));
        let counted = crate::base_year::flows::persons(g);
        let pairs = |v: &[f64]| -> Vec<f64> {
            (0..n * n)
                .filter(|i| i / n != i % n && counted[*i] >= 1e4)
                .map(|i| libm::log(v[i].max(1.0)))
                .collect()
        };
        let s = score(&pairs(&counted), &pairs(&start));
        let moved = score(&pairs(&start), &pairs(&end));
        let _ = writeln!(
            out,
            "People by province of registration and of residence (`province_stocks.csv`): in the base year the run agrees with the table it was given, \
             r {:.3} of logs over {} pairs of ten thousand people or more; in the end r {:.3} with its own beginning. No table of 2020 is there to hold it against.\n",
            s.r, s.units, moved.r
        );
    }
}

/// Why the agent run does not score exactly as the closed form: ages of movers, luck, and the rest.
fn agents_and_law(out: &mut String, backtest: &Backtest) {
    let Some((law, prediction)) = &backtest.law else { return };
    if backtest.targets.list.is_empty() {
        return;
    }
    let (targets, g) = (&backtest.targets, &backtest.geography);
    let actual = targets.growth();
    let r = |population: &[f64]| score(&actual, &targets.predicted(g, population)).r;
    let other = law.predict_with(&backtest.odds, MoverAges::CrossSection).population;
    let mean = backtest.runs.mean();
    let [closed, aged, agents] = [&prediction.population, &other, &mean].map(|p| r(p));
    let single: Vec<f64> = backtest.runs.population.iter().map(|p| r(p)).collect();
    let (low, high) =
        single.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), &r| (l.min(r), h.max(r)));
    let lucky: Vec<Vec<f64>> = backtest.runs.population.iter().map(|p| targets.predicted(g, p)).collect();
    let steady = agents * without_luck(&lucky);
    let together = score(&targets.predicted(g, &prediction.population), &targets.predicted(g, &mean));
    let all: Vec<f64> = (0..g.counties.len()).map(|c| residents(g, c).max(1.0)).collect();
    let growth =
        |p: &[f64]| -> Vec<f64> { p.iter().zip(&all).map(|(p, all)| libm::log(p.max(1.0) / all)).collect() };
    let nation = score(&growth(&prediction.population), &growth(&mean));
    let _ = writeln!(
        out,
        "### How near agents come to the law\n\n\
         By unit the agent run has r {agents:.3} and the closed form {closed:.3}. No table crosses age with origin, so both take newcomers to be \
         as old as their place; with the ages of the cross-section the closed form has {aged:.3}.\n\n\
         **Luck: {:+.3}.** An agent stands for many persons, so small units err at random, which lowers r: single \
         replicates have {}, the mean of all {agents:.3}. With the variance between replicates taken out, \
         agents have {steady:.3}: {:+.3} from the closed form, {}.\n\n\
         What remains is what agents do and a formula of one step of ten years does not: they move year by year, have children \
         where they live and not where they are registered, and convert one by one. Growth as agents and the law \
         predict it correlates with {:.3} over the targets, and with {:.3} over all {} counties, with a mean absolute \
         gap of {:.3} log points.\n",
        agents - steady,
        if single.len() > 1 { format!("{low:.3} to {high:.3}") } else { "no spread, being one".to_owned() },
        steady - closed,
        if (steady - closed).abs() <= 0.01 { "within .01" } else { "more than .01" },
        together.r,
        nation.r,
        all.len(),
        nation.mae,
    );
}

/// By how much r rises if predictions lose their luck: what varies over replicates is noise of the mean that no
/// target shares, so that `r = r_true sqrt(1 - noise/variance)`. One with a single replicate.
fn without_luck(predictions: &[Vec<f64>]) -> f64 {
    let (n, units) = (predictions.len() as f64, predictions.first().map_or(0, Vec::len));
    if n < 2.0 || units < 2 {
        return 1.0;
    }
    let means: Vec<f64> = (0..units).map(|u| predictions.iter().map(|p| p[u]).sum::<f64>() / n).collect();
    let square = |x: f64| x * x;
    let noise = (0..units)
        .map(|u| predictions.iter().map(|p| square(p[u] - means[u])).sum::<f64>() / (n - 1.0) / n)
        .sum::<f64>()
        / units as f64;
    let middle = means.iter().sum::<f64>() / units as f64;
    let variance = means.iter().map(|m| square(m - middle)).sum::<f64>() / (units - 1) as f64;
    if noise < variance { 1.0 / (1.0 - noise / variance).sqrt() } else { f64::NAN }
}

fn title(name: &str) -> String {
    match name {
        "agent run" => "**Agent run** (the full model)".to_owned(),
        "closed form" => "**Closed form** of the same law (expected values, no agents)".to_owned(),
        "  other ages" => {
            "The same with movers as old as the cross-section of 2010 says (more than half are 15 to 34), not with the age mix \
             of the place as agents have it"
                .to_owned()
        }
        "  no fitted term" => {
            "The same without the fitted terms: natural increase, the home x place matrix and \
                              falling border costs alone. Nothing in it has seen these provinces"
                .to_owned()
        }
        _ => format!("Naive: {name}"),
    }
}

/// Scores by level, without those of single provinces.
fn national(targets: &Targets, geography: &Geography, population: &[f64]) -> Vec<(String, Score)> {
    by_level(targets, geography, population)
        .into_iter()
        .filter(|(level, _)| !level.contains(" of "))
        .collect()
}

/// Scores of another model on the same counts that this program does not contain, on an earlier list of units: their
/// number, r, R2 and mean error, and what it was.
const FOREST: [(&str, &str); 2] = [
    ("fine units (an earlier list of 2,254)", "r .655, R2 .429, MAE .110"),
    ("robust units (1,896 that it had not seen)", "r .718 to .722, R2 .518, MAE .084"),
];

/// Fits of the shipped law that leave out one province at a time; none of a run that has no closed form or no provinces.
///
/// # Errors
/// What a fit reports.
pub(crate) fn fit(backtest: &Backtest, scenario: &Scenario) -> Result<Option<LeaveOneOut>> {
    let Some((law, _)) = &backtest.law else { return Ok(None) };
    let provinces: BTreeSet<usize> =
        backtest.targets.list.iter().map(|t| law.geography.counties[t.counties[0]].province).collect();
    if provinces.len() < 3 {
        return Ok(None);
    }
    leave_one_province_out(law, &scenario.drivers.migration, &fitted(), train(backtest)).map(Some)
}

/// Every province predicted by a fit that has not seen it, on every scheme of units, beside references.
fn left_out(
    out: &mut String,
    backtest: &Backtest,
    scenario: &Scenario,
    fit: Option<&LeaveOneOut>,
    folds: &[TrueFold],
) -> Result<()> {
    let (Some((law, _)), Some(fit)) = (&backtest.law, fit) else { return Ok(()) };
    let schemes = std::iter::once(&backtest.targets).chain(&backtest.other);
    let train = train(backtest);
    let _ = writeln!(
        out,
        "## Provinces that a fit has not seen\n\n\
         Every province in turn is left out: terms are fitted on all others, the ridge penalty is chosen among them alone, and the national \
         totals that a prediction solves for are those of the provinces that were seen. Fitted in closed form on {} units. A true refit without {} \
         is {:.2} standard errors from the small solve that the other provinces get.\n\n\
         | term | all provinces | s.e. | without one province | shipped |\n|---|---:|---:|---|---:|",
        train.list.len(),
        law.geography.provinces[fit.refit.0].name,
        fit.refit.1
    );
    for t in &fit.terms {
        let error =
            if t.standard_error.is_nan() { "bound".to_owned() } else { format!("{:.3}", t.standard_error) };
        let shipped = value(&mut scenario.drivers.migration.clone(), &t.key).map_or(f64::NAN, |v| *v);
        let _ = writeln!(
            out,
            "| {} | {:.3} | {error} | {:.3} to {:.3} | {shipped} |",
            t.key, t.value, t.range[0], t.range[1]
        );
    }
    let agents = agents_held_out(&backtest.runs, fit);
    let mut remarks = Vec::new();
    for targets in schemes {
        let _ = writeln!(out, "\n{} units of `{}`:\n", targets.list.len(), name_of(targets));
        let _ = writeln!(
            out,
            "| prediction | level | units | r | R2 | centred R2 | MAE |\n|---|---|---:|---:|---:|---:|---:|"
        );
        let mut line = |who: &str, level: &str, s: Score| {
            let text = row(level, s);
            let _ = writeln!(out, "| {who} {text}");
        };
        let rows = [
            ("agents, held out", &agents),
            ("closed form, held out", &fit.held_out),
            ("closed form, in sample", &fit.in_sample),
        ];
        for (who, p) in rows {
            for (level, s) in print::scores(law, targets, p) {
                line(who, &level, s);
            }
        }
        let noise = without_luck(
            &backtest
                .runs
                .population
                .iter()
                .map(|p| targets.predicted(&law.geography, p))
                .collect::<Vec<_>>(),
        );
        let taken_out = if noise.is_finite() { noise } else { 1.0 };
        let units = score(&targets.growth(), &targets.predicted(&law.geography, &agents.population)).r;
        remarks.push(format!("{:.3} in `{}`", units * taken_out, name_of(targets)));
        let (g, actual) = (&law.geography, targets.growth());
        for (who, p) in [("natural increase", &law.natural), ("uniform growth", &law.uniform())] {
            line(who, "units", score(&actual, &targets.predicted(g, p)));
        }
        if let Some(p) = ridge_leaving_out(law, targets, |c| g.counties[c].province) {
            line("ridge, one province left out", "units", score(&actual, &p));
        }
    }
    let _ = writeln!(
        out,
        "\n\"agents, held out\": the mean of {} replicates, each county moved by what leaving its province out moves in the closed form. With the variance between \
         replicates taken out, r by unit is {}.",
        backtest.runs.population.len(),
        remarks.join(" and ")
    );
    true_folds::print(out, backtest, fit, folds);
    ceilings::print(out, backtest, law, scenario, fit);
    let _ = writeln!(
        out,
        "\nA random forest on facts of 2010 that saw other provinces (not part of this program; stated from the measurement that this \
         work began with):\n"
    );
    for (units, scores) in FOREST {
        let _ = writeln!(out, "* {units}: {scores}");
    }
    let _ = writeln!(
        out,
        "\nUrban share is the share itself, not its growth; its MAE is in shares. Newcomers are units of a thousand or more in both years.\n"
    );
    Ok(())
}

/// Where it fails: the largest errors, and groups that are known to be exceptional.
fn failures(out: &mut String, backtest: &Backtest) {
    let g = &backtest.geography;
    let population = backtest.runs.mean();
    let targets = &backtest.targets;
    let predicted = targets.predicted(g, &population);
    let actual = targets.growth();
    let _ = writeln!(
        out,
        "## Where it fails\n\nMean error (predicted less counted growth, log points) and share of all squared error of the agent run:\n\n\
         | group of units | units | mean error | share of units | share of squared error |\n|---|---:|---:|---:|---:|"
    );
    let error: Vec<f64> = predicted.iter().zip(&actual).map(|(p, a)| p - a).collect();
    let all: f64 = error.iter().map(|e| e * e).sum();
    let mut group = |name: &str, of: &dyn Fn(usize) -> bool| {
        let part: Vec<f64> = (0..error.len()).filter(|&u| of(u)).map(|u| error[u]).collect();
        if part.is_empty() {
            return;
        }
        let n = part.len() as f64;
        let _ = writeln!(
            out,
            "| {name} | {} | {:+.3} | {:.1} % | {:.1} % |",
            part.len(),
            part.iter().sum::<f64>() / n,
            100.0 * n / error.len() as f64,
            100.0 * part.iter().map(|e| e * e).sum::<f64>() / all
        );
    };
    let county = |u: usize| &g.counties[targets.list[u].counties[0]];
    group("districts", &|u| county(u).district);
    group("counties", &|u| !county(u).district);
    group("a border changed", &|u| targets.list[u].boundary_event);
    group("fewer than 100,000 people", &|u| targets.list[u].population_start < 1e5);
    for (p, province) in g.provinces.iter().enumerate() {
        group(&province.name, &|u| county(u).province == p);
    }
    let _ = writeln!(out);
    let _ = writeln!(
        out,
        "Population by province, millions:\n\n| province | start | predicted | change % | counted change % |\n|---|---:|---:|---:|---:|"
    );
    for province in &g.provinces {
        let start: f64 = province.counties.clone().map(|c| residents(g, c)).sum();
        let end: f64 = province.counties.clone().map(|c| population[c]).sum();
        let counted = targets
            .list
            .iter()
            .filter(|t| province.counties.contains(&t.counties[0]))
            .fold([0.0; 2], |[a, b], t| [a + t.population_start, b + t.population_end]);
        let counted = if counted[0] > 0.0 {
            format!("{:+.1}", 100.0 * (counted[1] / counted[0] - 1.0))
        } else {
            String::new()
        };
        let _ = writeln!(
            out,
            "| {} | {:.2} | {:.2} | {:+.1} | {counted} |",
            province.name,
            start / 1e6,
            end / 1e6,
            100.0 * (end / start - 1.0)
        );
    }
    let mut order: Vec<usize> = (0..targets.list.len()).collect();
    order.sort_by(|&a, &b| {
        (predicted[b] - actual[b]).abs().total_cmp(&(predicted[a] - actual[a]).abs()).then(a.cmp(&b))
    });
    let _ = writeln!(
        out,
        "\nThe fifteen largest errors of the agent run:\n\n| unit | name | counted | predicted | error |\n|---|---|---:|---:|---:|"
    );
    for &i in order.iter().take(15) {
        let t = &targets.list[i];
        let _ = writeln!(
            out,
            "| {} | {} | {:+.3} | {:+.3} | {:+.3} |",
            t.unit,
            t.name,
            actual[i],
            predicted[i],
            predicted[i] - actual[i]
        );
    }
    for (unit, reason) in &targets.unmatched {
        let _ = writeln!(out, "\nNot matched: {unit} ({reason}).");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::draw::{Draws, Purpose};

    /// Truth is half of the variance of the target; noise of twice the truth's variance is put on each replicate.
    #[test]
    fn correlation_is_found_again_under_the_luck_of_replicates() {
        let units = 4000;
        let normal = |purpose: u32, u: usize| {
            let draws = Draws::new(7, Purpose::Bootstrap, purpose);
            // Irwin and Hall: twelve uniform numbers less six have variance one.
            (0..12).map(|i| draws.bits((12 * u + i) as u64) as f64 / u64::MAX as f64).sum::<f64>() - 6.0
        };
        let truth: Vec<f64> = (0..units).map(|u| normal(0, u)).collect();
        let target: Vec<f64> = (0..units).map(|u| truth[u] + normal(1, u)).collect();
        let noisy = |r: u32| -> Vec<f64> {
            (0..units).map(|u| truth[u] + std::f64::consts::SQRT_2 * normal(2 + r, u)).collect()
        };
        let replicates: Vec<Vec<f64>> = (0..4).map(noisy).collect();
        let mean: Vec<f64> = (0..units).map(|u| replicates.iter().map(|p| p[u]).sum::<f64>() / 4.0).collect();
        let (seen, real) = (score(&target, &mean).r, score(&target, &truth).r);
        let found = seen * without_luck(&replicates);
        assert!(real - seen > 0.1 && (found - real).abs() < 0.02, "{seen} {found} {real}");
        assert_eq!(without_luck(&replicates[..1]), 1.0);
    }
}
