//! The page that says how far to trust predictions: what was fitted on what, what it predicts, where it
//! fails. Every number on it comes from the run that prints it.

use std::fmt::Write as _;

use super::backtest::{Backtest, LEFT_OUT};
use super::calibrate::{Free, with_closed_form};
use super::law_closed_form::MoverAges;
use super::score::{Score, by_level, score};
use super::targets::{Targets, residents};
use crate::Result;
use crate::cli::backtest::Args;
use crate::scenario::Scenario;
use crate::scenario::file::Odds;

/// Parameters of the shipped law and the bounds of their fit.
const FITTED: [(&str, f64, f64); 5] = [
    ("reversion", -0.5, 1.0),
    ("mining", -1.0, 1.0),
    ("wage", -1.5, 1.5),
    ("crowding", -1.5, 1.5),
    ("capital", -1.0, 1.0),
];

/// Bounds of the fit of the shipped law.
pub fn fitted() -> Vec<Free> {
    FITTED.iter().map(|&(key, low, high)| Free { key: key.into(), low, high }).collect()
}

fn row(name: &str, s: Score) -> String {
    let n = |v: f64| if v.is_finite() { format!("{v:.3}") } else { String::new() };
    format!("| {name} | {} | {} | {} | {} | {:.3} |", s.units, n(s.r), n(s.r2), n(s.centred_r2), s.mae)
}

const HEAD: &str = "| | units | r | R2 | centred R2 | MAE |\n|---|---:|---:|---:|---:|---:|";

/// Writes the page from a finished backtest.
///
/// # Errors
/// What a fit reports.
pub fn page(backtest: &Backtest, scenario: &Scenario, args: &Args) -> Result<String> {
    let mut out = String::new();
    let files: Vec<String> = args.targets.iter().map(|t| t.display().to_string()).collect();
    let sets: Vec<String> = args.overrides.iter().map(|o| format!(" --set {o}")).collect();
    let _ = writeln!(
        out,
        "# What the model predicts, and where it does not\n\n\
         Printed by the program from a run; do not edit. The command:\n\n```\nshanhai backtest {} --targets {} \
         --replicates {}{} --evidence docs/evidence.md\n```\n\n\
         {} years from {}, {} replicate(s) of {} persons an agent. Growth is ln(end/start) by unit; r is \
         Pearson's; R2 is against the mean of the targets; centred R2 gives away the common level. Read it beside \
         R2: units that changed their name grew faster than those that kept it.\n",
        args.scenario.display(),
        files.join(","),
        args.replicates,
        sets.concat(),
        backtest.years,
        scenario.run.start_year,
        backtest.runs.population.len(),
        scenario.run.persons_per_agent,
    );
    let o = &scenario.drivers.odds;
    let _ = writeln!(
        out,
        "## What it was fitted on\n\n\
         National totals: people away from their registered county, times {} inside provinces and {} across; the age \
         structure, urban share and population of 2020 (by the village-to-seat term, births and deaths). Five terms (reversion {}, mining {}, wage {}, crowding {}, capital {}) were fitted on \
         Zhejiang and Henan, so scores on these two are **in sample** for them; every other province is a prediction, \
         for which no target is shipped. All else is worked out from 2010, but for the age terms of .4, which are stated. The shipped \
         values come from an earlier fit of the same law; the table further down fits them anew, and `calibrate --write` put \
         those into `scenarios/china/backtest_fitted.toml`.\n",
        o.own_province.map_or_else(|| "free".into(), |v| v.to_string()),
        o.other_provinces.map_or_else(|| "free".into(), |v| v.to_string()),
        o.reversion,
        o.mining,
        o.wage,
        o.crowding,
        o.capital
    );
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
        for (level, s) in by_level(&backtest.targets, &backtest.geography, &population) {
            let _ = writeln!(out, "{}", row(level.trim(), s));
        }
        let _ = writeln!(out);
    }
    agents_and_law(&mut out, backtest);
    let ridge = backtest.ridge();
    if !ridge.is_empty() {
        let _ = writeln!(
            out,
            "Ridge regression on facts of 2010, {}:\n\n{HEAD}",
            if backtest.targets.files.len() > 1 {
                "trained on one file and scored on the other".to_owned()
            } else {
                format!("{LEFT_OUT} (trained on the others, and scored where it has seen nothing)")
            }
        );
        for (name, s) in ridge {
            let _ = writeln!(out, "{}", row(&name, s));
        }
        let _ = writeln!(out);
    }
    fits(&mut out, backtest, scenario)?;
    failures(&mut out, backtest);
    Ok(out)
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
    let laid_out = law.predict_with(&backtest.odds, MoverAges::AsLaidOut).population;
    let mean = backtest.runs.mean();
    let [closed, aged, agents] = [&prediction.population, &laid_out, &mean].map(|p| r(p));
    let single: Vec<f64> = backtest.runs.population.iter().map(|p| r(p)).collect();
    let (low, high) =
        single.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), &r| (l.min(r), h.max(r)));
    let lucky: Vec<Vec<f64>> = backtest.runs.population.iter().map(|p| targets.predicted(g, p)).collect();
    let steady = agents * without_luck(&lucky);
    let together = score(&targets.predicted(g, &laid_out), &targets.predicted(g, &mean));
    let all: Vec<f64> = (0..g.counties.len()).map(|c| residents(g, c).max(1.0)).collect();
    let growth =
        |p: &[f64]| -> Vec<f64> { p.iter().zip(&all).map(|(p, all)| libm::log(p.max(1.0) / all)).collect() };
    let nation = score(&growth(&laid_out), &growth(&mean));
    let _ = writeln!(
        out,
        "### How near agents come to the law\n\n\
         By unit the agent run has r {agents:.3} and the closed form {closed:.3}. Two things lie between them.\n\n\
         * **Ages of movers: {:+.3}.** The closed form takes them from the cross-section; agents get the age mix of the place \
         where they live, because no table crosses age with origin. The closed form with those ages has {aged:.3}.\n\
         * **Luck: {:+.3}.** An agent stands for many persons, so small units err at random, which lowers r: single \
         replicates have {}, the mean of all {agents:.3}. With the variance between replicates taken out, \
         agents have {steady:.3}: {:+.3} from the closed form with their ages, {}.\n\n\
         What remains is what agents do and a formula of one step of ten years does not: they move year by year, have children \
         where they live and not where they are registered, and convert one by one. Growth as agents and the law with their \
         ages predict it correlates with {:.3} over the targets, and with {:.3} over all {} counties, with a mean absolute \
         gap of {:.3} log points.\n",
        aged - closed,
        agents - steady,
        if single.len() > 1 { format!("{low:.3} to {high:.3}") } else { "no spread, being one".to_owned() },
        steady - aged,
        if (steady - aged).abs() <= 0.01 { "within .01" } else { "more than .01" },
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
        "  laid-out ages" => {
            "The same with movers as old as agents are laid out (every origin has the age mix of the \
                             place): what the agent run should come near to"
                .to_owned()
        }
        "  no fitted term" => {
            "The same without the five fitted terms: natural increase, the home x place matrix and \
                              falling border costs alone. Nothing in it has seen these provinces"
                .to_owned()
        }
        _ => format!("Naive: {name}"),
    }
}

/// One fit: its name, what is free, what it sees, and what it is scored on (with a name).
type Fit = (String, Vec<Free>, Targets, Option<(String, Targets)>);

/// The five terms fitted anew on all targets and on each file alone, scored on the other.
fn fits(out: &mut String, backtest: &Backtest, scenario: &Scenario) -> Result<()> {
    let Some((law, _)) = &backtest.law else { return Ok(()) };
    let targets = &backtest.targets;
    let _ = writeln!(
        out,
        "## Fitted anew, and each province from the other alone\n\n\
         `shanhai calibrate` with the closed form; standard errors in brackets, by prefecture clusters. The last \
         columns score what the fit had not seen: where one province alone is a poor teacher of all five terms, this \
         shows it.\n\n| fitted on | reversion | mining | wage | crowding | capital | r in \
         sample | not identified | scored on | r | R2 | centred R2 | MAE |\n|---|---|---|---|---|---|---:|---|---|---:|---:|---:|---:|"
    );
    let name = |file: usize| {
        let path = &targets.files[file];
        path.parent()
            .and_then(|p| p.file_name())
            .map_or_else(|| path.display().to_string(), |p| p.to_string_lossy().into_owned())
    };
    let mut parts: Vec<Fit> = vec![("all".into(), fitted(), targets.clone(), None)];
    if targets.files.len() > 1 {
        for file in 0..targets.files.len() {
            let rest = Targets {
                list: targets.list.iter().filter(|t| t.file != file).cloned().collect(),
                ..Default::default()
            };
            let other = Some(("the rest".to_owned(), rest));
            let few = fitted().into_iter().take(1).collect();
            parts.push((name(file), fitted(), targets.of_file(file), other.clone()));
            parts.push((format!("{}, others 0", name(file)), few, targets.of_file(file), other));
        }
    }
    let none = Odds {
        reversion: 0.0,
        mining: 0.0,
        wage: 0.0,
        crowding: 0.0,
        capital: 0.0,
        ..scenario.drivers.odds.clone()
    };
    for (label, free, train, test) in parts {
        let fit = with_closed_form(law, &none, &free, &train)?;
        let mut estimates: Vec<String> = fit
            .estimates
            .iter()
            .map(|e| {
                if e.at_bound {
                    format!("{:.2} (bound)", e.value)
                } else {
                    format!("{:.3} ({:.3})", e.value, e.standard_error)
                }
            })
            .collect();
        estimates.resize(FITTED.len(), "0".to_owned());
        let weak: Vec<String> = fit
            .weak
            .iter()
            .map(|(_, d)| {
                let keys: Vec<&str> = fit
                    .estimates
                    .iter()
                    .zip(d)
                    .filter(|(_, w)| w.abs() > 0.2)
                    .map(|(e, _)| e.key.as_str())
                    .collect();
                keys.join("+")
            })
            .collect();
        let tested = match &test {
            Some((name, test)) => {
                let p = law.predict(&fit.odds).population;
                let s = score(&test.growth(), &test.predicted(&law.geography, &p));
                format!("{name} | {:.3} | {:.3} | {:.3} | {:.3}", s.r, s.r2, s.centred_r2, s.mae)
            }
            None => " | | | |".to_owned(),
        };
        let _ = writeln!(
            out,
            "| {label} | {} | {:.3} | {} | {tested} |",
            estimates.join(" | "),
            fit.score.r,
            weak.join(", ")
        );
    }
    let _ = writeln!(out);
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
        "## Where it fails\n\n\
         * **Boundaries.** Errors of districts are larger than of counties (above): districts take over towns, and \
         zones were cut out of them. Prefecture totals do not feel this.\n\
         * **Home of overseas migrants.** Registered people abroad are not in the census; counties such as Qingtian and \
         Wencheng follow their own path.\n\
         * **The north-east** lost more people than its age structure and its migrants of 2010 tell; nothing in the facts \
         of 2010 says so. No target is shipped, so compare `backtest.csv` with the census yourself: the predictions are \
         listed here to be judged.\n\
         * **Border towns of 2020**, closed in the epidemic, and new cities decided after 2010 are not foreseen.\n"
    );
    let _ = writeln!(
        out,
        "Predicted population by province, millions (north-east: 辽宁省, 吉林省, 黑龙江省):\n\n| province | 2010 | predicted | change % |\n|---|---:|---:|---:|"
    );
    for province in &g.provinces {
        let start: f64 = province.counties.clone().map(|c| residents(g, c)).sum();
        let end: f64 = province.counties.clone().map(|c| population[c]).sum();
        let _ = writeln!(
            out,
            "| {} | {:.2} | {:.2} | {:+.1} |",
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
