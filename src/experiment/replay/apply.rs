//! The estimators of the papers on simulated panels, and the true effect that no author sees.

use super::study::{Claim, Estimator, Transform};
use super::units::{Prepared, Unit};
use super::worlds::{Pair, Track};
use crate::Result;
use crate::estimate::did::{Effect, PanelRow, two_way_fixed_effects};
use crate::estimate::event_study::event_study;
use crate::estimate::least_squares::Regressor;
use crate::estimate::long_difference::long_difference;
use crate::estimate::panel_poisson::panel_poisson;
use crate::estimate::resample::{Interval, mean_interval};
use crate::estimate::unusable;
use crate::messages;

/// Probability with which intervals cover.
pub(crate) const LEVEL: f64 = 0.95;

/// What an estimator found, as the mean over replicates of what an author would have printed of each.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Mean over replicates, in the unit of the paper's outcome.
    pub estimate: f64,
    /// Interval of 95 %.
    pub low: f64,
    /// Upper end of the interval of 95 %.
    pub high: f64,
    /// Standard error: the author's, or of a counterfactual that over replicates.
    pub error: f64,
    /// Effects by years since the start, with their intervals; of event studies.
    pub path: Vec<(i32, Interval)>,
    /// Probability that the effects before the start are 0, the least over replicates; of event studies.
    pub before: Option<f64>,
}

/// One panel's answer.
struct Answer {
    effect: Effect,
    path: Vec<(i32, Effect)>,
    before: Option<f64>,
}

/// Which track of a pair an estimator reads.
pub(crate) type Side = for<'a> fn(&Pair<'a>) -> &'a Track;

/// Applies the claim's estimator to one side of all pairs.
///
/// # Errors
/// What the estimator reports, and outcomes without a value, with unit and year.
pub(crate) fn estimate(p: &Prepared, claim: usize, pairs: &[Pair], side: Side) -> Result<Found> {
    let answers: Vec<Answer> =
        pairs.iter().map(|pair| one_panel(p, claim, side(pair))).collect::<Result<_>>()?;
    let mean = |of: &dyn Fn(&Answer) -> f64| answers.iter().map(of).sum::<f64>() / answers.len() as f64;
    let (value, error) = (mean(&|a| a.effect.estimate), mean(&|a| a.effect.standard_error));
    let interval = |value: f64, error: f64| {
        let effect = Effect::new("", value, error, answers[0].effect.degrees);
        effect.interval(LEVEL)
    };
    let all = interval(value, error);
    let path = (0..answers[0].path.len()).map(|k| {
        let at = interval(mean(&|a| a.path[k].1.estimate), mean(&|a| a.path[k].1.standard_error));
        (answers[0].path[k].0, at)
    });
    Ok(Found {
        estimate: value,
        low: all.low,
        high: all.high,
        error,
        path: path.collect(),
        before: answers.iter().filter_map(|a| a.before).reduce(f64::min),
    })
}

/// The two worlds compared: the mean over the years of the window of the difference of one unit made of all.
///
/// # Errors
/// Outcomes without a value, with the year.
pub(crate) fn counterfactual(p: &Prepared, claim: usize, pairs: &[Pair]) -> Result<Found> {
    let whole = whole(&p.samples[claim]);
    let each: Vec<f64> = pairs
        .iter()
        .map(|pair| mean_difference(p, claim, pair, std::slice::from_ref(&whole), 0))
        .collect::<Result<_>>()?;
    over_replicates(&each)
}

/// A mean over replicates with its t interval; the interval is NaN with one.
fn over_replicates(each: &[f64]) -> Result<Found> {
    let n = each.len() as f64;
    let mean = each.iter().sum::<f64>() / n;
    let (low, high) = match each.len() {
        1 => (f64::NAN, f64::NAN),
        _ if each.iter().all(|d| *d == mean) => (mean, mean),
        _ => mean_interval(each, LEVEL).map(|i| (i.low, i.high))?,
    };
    let spread = each.iter().map(|d| (d - mean) * (d - mean)).sum::<f64>() / (n - 1.0);
    Ok(Found { estimate: mean, low, high, error: libm::sqrt(spread / n), path: Vec::new(), before: None })
}

/// Mean over treated (or untreated) units and treated years of the difference of the two worlds, with its interval over
/// replicates.
///
/// # Errors
/// Outcomes without a value, with unit and year.
pub(crate) fn truth(p: &Prepared, claim: usize, pairs: &[Pair], treated: bool) -> Result<Found> {
    let said = &p.study.claim[claim];
    if said.estimator == Estimator::Counterfactual {
        return if treated { counterfactual(p, claim, pairs) } else { over_replicates(&[f64::NAN]) };
    }
    let (group, over) = p.study.groups_of(said);
    let in_pair = |pair: &Pair, group: usize| {
        let units: Vec<Unit> = p.samples[claim]
            .iter()
            .filter(|u| match treated {
                true => p.treated[group].contains(&u.key),
                false => !p.treated.iter().any(|t| t.contains(&u.key)),
            })
            .cloned()
            .collect();
        match said.estimator {
            // A ratio of sums, as Poisson weighs units.
            Estimator::Ppml => ratio_of_sums(p, claim, pair, &units, group),
            _ => mean_difference(p, claim, pair, &units, group),
        }
    };
    let each: Vec<f64> = pairs
        .iter()
        .map(|pair| {
            let taken_off = match over.filter(|_| treated) {
                Some(over) => in_pair(pair, over)?,
                None => 0.0,
            };
            Ok(in_pair(pair, group)? - taken_off)
        })
        .collect::<Result<_>>()?;
    over_replicates(&each)
}

/// Years after the start of a group that count.
fn after(p: &Prepared, said: &Claim, group: usize) -> std::ops::RangeInclusive<i32> {
    let start = p.first.get(group).copied().or(p.study.starts()).unwrap_or(p.base_year + 1);
    let last = p.last_year();
    if said.estimator == Estimator::LongDifference {
        let end = said.window.map_or(last, |w| (start + w.until).min(last));
        return end..=end;
    }
    match said.window {
        None => start..=last,
        Some(w) => start + w.from..=(start + w.until).min(last),
    }
}

fn mean_difference(p: &Prepared, claim: usize, pair: &Pair, units: &[Unit], group: usize) -> Result<f64> {
    let said = &p.study.claim[claim];
    let (mut sum, mut n) = (0.0, 0.0);
    for unit in units {
        for year in after(p, said, group) {
            sum += value(pair.with, said, unit, year)? - value(pair.without, said, unit, year)?;
            n += 1.0;
        }
    }
    Ok(sum / n)
}

fn ratio_of_sums(p: &Prepared, claim: usize, pair: &Pair, units: &[Unit], group: usize) -> Result<f64> {
    let said = &p.study.claim[claim];
    let (mut with, mut without) = (0.0, 0.0);
    for unit in units {
        for year in after(p, said, group) {
            with += value(pair.with, said, unit, year)?;
            without += value(pair.without, said, unit, year)?;
        }
    }
    Ok(libm::log(with / without))
}

/// An outcome in the form in which it enters.
fn value(track: &Track, claim: &Claim, unit: &Unit, year: i32) -> Result<f64> {
    let plain = |year: i32| {
        let value = track.value(claim.outcome, unit, year);
        let fits = value.is_finite() && (claim.transform == Transform::Level || value > 0.0);
        if fits { Ok(value) } else { Err(no_value(claim, unit, year, value)) }
    };
    Ok(match claim.transform {
        Transform::Level => plain(year)?,
        Transform::Log => libm::log(plain(year)?),
        Transform::Growth => libm::log(plain(year)?) - libm::log(plain(year - 1)?),
    })
}

fn no_value(claim: &Claim, unit: &Unit, year: i32, value: f64) -> crate::Error {
    unusable(
        messages::outcome_of_unit(claim.outcome.name(), &unit.code, &unit.name, year),
        messages::as_is(value),
        messages::value_above_zero(),
    )
}

/// All units as one.
fn whole(units: &[Unit]) -> Unit {
    let nodes = units.iter().flat_map(|u| u.nodes.iter().copied()).collect();
    Unit { key: 0, code: "all".into(), name: "units together".into(), nodes, cluster: 0 }
}

fn one_panel(p: &Prepared, claim: usize, track: &Track) -> Result<Answer> {
    let said = &p.study.claim[claim];
    let (group, over) = p.study.groups_of(said);
    let units: Vec<&Unit> = p.samples[claim]
        .iter()
        .filter(|u| {
            // Units of other groups are no controls.
            let of = |g: usize| p.treated[g].contains(&u.key);
            of(group) || over.is_some_and(of) || !(0..p.treated.len()).any(of)
        })
        .collect();
    let start_of = |u: &Unit| {
        let of = |g: &usize| p.treated[*g].contains(&u.key).then_some(p.first[*g]);
        of(&group).or_else(|| over.as_ref().and_then(of))
    };
    if said.estimator == Estimator::LongDifference {
        return long(p, said, &units, group, over, track);
    }
    let (first_start, counted) = (p.first[group], after(p, said, group));
    let late = said.transform == Transform::Growth || said.outcome.begins_with_the_run();
    let from = p.base_year + i32::from(late);
    let mut rows = Vec::new();
    let (mut y, mut starts) = (Vec::new(), Vec::new());
    for (i, unit) in units.iter().enumerate() {
        for year in from..=p.last_year() {
            if year >= first_start && !counted.contains(&year) {
                continue;
            }
            rows.push(PanelRow { unit: i, period: year, cluster: unit.cluster });
            y.push(value(track, said, unit, year)?);
            starts.push(start_of(unit));
        }
    }
    let dummy = |name: &str, g: usize| {
        let values = rows.iter().map(|r| {
            let unit = units[r.unit];
            f64::from(u8::from(p.treated[g].contains(&unit.key) && r.period >= p.first[g]))
        });
        Regressor::new(name, values.collect())
    };
    let mut x = vec![dummy("treated", group)];
    x.extend(over.map(|g| dummy("treated otherwise", g)));
    let trend = |g: usize| {
        let values = rows.iter().map(|r| {
            let is = f64::from(u8::from(p.treated[g].contains(&units[r.unit].key)));
            is * f64::from(r.period - p.base_year)
        });
        Regressor::new("trend of the treated", values.collect())
    };
    x.extend(std::iter::once(group).chain(over).filter(|_| said.trend).map(trend));
    Ok(match said.estimator {
        Estimator::Ppml => {
            let effects = panel_poisson(&rows, &y, &x)?;
            Answer { effect: effects[0].clone(), path: Vec::new(), before: None }
        }
        Estimator::EventStudy => {
            let all = p.study.years as i32 + 1;
            let study = event_study(&rows, &y, &starts, all, all)?;
            Answer { effect: study.after, path: study.path, before: study.before.map(|(_, p)| p) }
        }
        _ => {
            let fit = two_way_fixed_effects(&rows, &y, &x)?;
            let effect = match over {
                None => fit.effects[0].clone(),
                Some(_) => {
                    let mut weights = vec![0.0; x.len()];
                    (weights[0], weights[1]) = (1.0, -1.0);
                    fit.combination("difference of groups", &weights)
                }
            };
            Answer { effect, path: Vec::new(), before: None }
        }
    })
}

fn long(
    p: &Prepared,
    said: &Claim,
    units: &[&Unit],
    group: usize,
    over: Option<usize>,
    track: &Track,
) -> Result<Answer> {
    let end = *after(p, said, group).end();
    // With a second group its units are the reference, and others stay out.
    let units: Vec<&Unit> = units
        .iter()
        .copied()
        .filter(|u| over.is_none_or(|o| p.treated[o].contains(&u.key) || p.treated[group].contains(&u.key)))
        .collect();
    let change = units
        .iter()
        .map(|u| Ok(value(track, said, u, end)? - value(track, said, u, p.base_year)?))
        .collect::<Result<Vec<f64>>>()?;
    let treated = units.iter().map(|u| f64::from(u8::from(p.treated[group].contains(&u.key))));
    let mut x = vec![Regressor::new("treated", treated.collect())];
    for &outcome in &said.controls {
        let column = units
            .iter()
            .map(|u| {
                let before = track.value(outcome, u, p.base_year);
                if before > 0.0 { Ok(libm::log(before)) } else { Err(no_value(said, u, p.base_year, before)) }
            })
            .collect::<Result<Vec<f64>>>()?;
        x.push(Regressor::new(outcome.name(), column));
    }
    let clusters: Vec<usize> = units.iter().map(|u| u.cluster).collect();
    let effects = long_difference(&change, &x, &clusters)?;
    Ok(Answer { effect: effects[0].clone(), path: Vec::new(), before: None })
}
