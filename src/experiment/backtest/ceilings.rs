//! What a stated ceiling of residents does in closed form: the log odds to go there are lowered until as many live there as
//! were stated. Where fewer are predicted, the ceiling does nothing. Nothing is fitted: the number was stated before the
//! census that predictions are held against.

use std::fmt::Write as _;

use super::law_closed_form::{ClosedForm, Prediction};
use super::leave_out::{self, LeaveOneOut};
use super::{Backtest, held_out};
use crate::config::Migration;
use crate::simulation::Scenario;

/// Rounds of the solution at most, and the relative excess at which it ends.
const ROUNDS: usize = 40;
const NEAR: f64 = 1e-4;
/// Part of newcomers that a round may send away at most.
const MOST: f64 = 0.6;

/// Counties of a place: of a province, or else of a prefecture.
pub(crate) fn counties(law: &ClosedForm, place: &str) -> Vec<usize> {
    let g = &law.geography;
    if let Some(p) = g.provinces.iter().find(|p| p.code == place) {
        return p.counties.clone().collect();
    }
    g.prefectures.iter().find(|p| p.code == place).map_or_else(Vec::new, |p| p.counties.clone().collect())
}

/// Residents of a place.
pub fn residents(law: &ClosedForm, prediction: &Prediction, place: &str) -> f64 {
    counties(law, place).into_iter().map(|c| prediction.population[c]).sum()
}

/// The same drivers with the log odds of each ceiling solved, and what they predict.
pub fn kept(law: &ClosedForm, m: &Migration) -> (Migration, Prediction) {
    let mut kept = m.clone();
    kept.ceilings.iter_mut().for_each(|c| c.log_odds = 0.0);
    let mut prediction = law.predict(&kept);
    for _ in 0..ROUNDS {
        let mut worst: f64 = 0.0;
        for ceiling in &mut kept.ceilings {
            let here = counties(law, &ceiling.place);
            let all: f64 = here.iter().map(|&c| prediction.population[c]).sum();
            let excess = all - ceiling.residents;
            // A ceiling that does not bind stays away; one that was lowered too far is raised again.
            if all <= 0.0 || ceiling.residents <= 0.0 || (excess < 0.0 && ceiling.log_odds == 0.0) {
                continue;
            }
            worst = worst.max((excess / ceiling.residents).abs());
            let province = law.geography.provinces.iter().any(|p| p.code == ceiling.place);
            let came: f64 = here
                .iter()
                .map(|&c| {
                    prediction.newcomers[c][1] + if province { 0.0 } else { prediction.newcomers[c][0] }
                })
                .sum::<f64>()
                * libm::exp(m.converts);
            let step = libm::log(1.0 - (excess / came.max(1.0)).clamp(-MOST, MOST));
            ceiling.log_odds = (ceiling.log_odds + step).clamp(-5.0, 0.0);
        }
        if worst < NEAR {
            break;
        }
        prediction = law.predict(&kept);
    }
    (kept, prediction)
}

/// The same with the ceilings of residents that were stated in these years. A policy, so it is not in the headline; solved from
/// the stated numbers, not fitted.
pub(super) fn print(
    out: &mut String,
    backtest: &Backtest,
    law: &ClosedForm,
    scenario: &Scenario,
    fit: &LeaveOneOut,
) {
    let m = &scenario.drivers.migration;
    if m.ceilings.is_empty() {
        return;
    }
    let (full, mut held) = kept(law, &fit.full);
    for (province, terms, _) in &fit.folds {
        let (_, predicted) = kept(law, terms);
        for c in law.geography.provinces[*province].counties.clone() {
            held.population[c] = predicted.population[c];
            held.newcomers[c] = predicted.newcomers[c];
            held.urban[c] = predicted.urban[c];
        }
    }
    let _ = writeln!(
        out,
        "\n### With stated ceilings\n\n\
         A policy of these years, not a law, and not part of the scores above. Each number was stated before the census of 2020; the log odds to go there are \
         solved so that a prediction does not exceed it, and nothing is fitted to what was counted. All ceilings that were found are here, also those that did not hold.\n\n\
         | place | stated, m | predicted without, m | log odds | counted, m | where stated |\n|---|---:|---:|---:|---:|---|"
    );
    let counted = |place: &str| -> String {
        let here = counties(law, place);
        let of = backtest.targets.list.iter().filter(|t| here.contains(&t.counties[0]));
        let people: f64 = of.map(|t| t.population_end).sum();
        if people > 0.0 { format!("{:.2}", people / 1e6) } else { String::new() }
    };
    for ceiling in &full.ceilings {
        let g = &law.geography;
        let name = g.provinces.iter().find(|p| p.code == ceiling.place).map(|p| &p.name);
        let name = name.or_else(|| g.prefectures.iter().find(|p| p.code == ceiling.place).map(|p| &p.name));
        let _ = writeln!(
            out,
            "| {} | {:.2} | {:.2} | {:+.3} | {} | {} |",
            name.map_or(ceiling.place.as_str(), String::as_str),
            ceiling.residents / 1e6,
            residents(law, &fit.in_sample, &ceiling.place) / 1e6,
            ceiling.log_odds,
            counted(&ceiling.place),
            ceiling.source
        );
    }
    let with = LeaveOneOut { held_out: held, ..fit.clone() };
    let agents = held_out::agents_held_out(&backtest.runs, &with);
    for targets in std::iter::once(&backtest.targets).chain(&backtest.other) {
        let _ = writeln!(
            out,
            "\nWith them, provinces that the fit has not seen, {} units of `{}`:\n\n\
             | prediction | level | units | r | R2 | centred R2 | MAE |\n|---|---|---:|---:|---:|---:|---:|",
            targets.list.len(),
            held_out::name_of(targets)
        );
        for (who, p) in [("agents, held out", &agents), ("closed form, held out", &with.held_out)] {
            for (level, s) in leave_out::print::scores(law, targets, p) {
                let _ = writeln!(out, "| {who} {}", held_out::row(&level, s));
            }
        }
    }
}
