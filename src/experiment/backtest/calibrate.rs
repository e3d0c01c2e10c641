//! Fits named parameters of a scenario to counts: damped Gauss-Newton with Huber weights inside bounds.
//!
//! Residuals are those of `ln(end/start)` by unit. Derivatives are differences of whole predictions; in
//! agent runs both ends share their draws (the seed is that of the scenario), so that the objective is
//! smooth but for who crosses a threshold. What crosses is noise that does not shrink with the step, so agent
//! runs take derivatives over a wide step (`AGENT_STEP`), and may be means over replicates. Standard errors are a sandwich with prefectures as clusters,
//! because neighbouring units err together.

use super::kept::Predictions;
use super::law_closed_form::ClosedForm;
use super::normal_equations::{damped, normal_equations, sandwich, weak_directions};
use super::score::{Score, score};
use super::targets::Targets;
use super::{AgentRuns, one_run};
use crate::config::Migration;
use crate::estimate::huber::{huber_loss, huber_weight, robust_scale};
use crate::estimate::unusable;
use crate::messages;
use crate::scenario::Loaded;
use crate::world::Geography;
use crate::{Error, Result};

/// What the residuals come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub(crate) enum Method {
    /// The law in closed form: exact expectations, a second a fit.
    #[default]
    ClosedForm,
    /// Full agent runs with common draws: minutes a fit.
    Agents,
}

/// A parameter of `drivers.migration` with its bounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Free {
    /// Name under `drivers.migration`.
    pub key: String,
    /// Smallest value that a fit may take.
    pub low: f64,
    /// Largest value that a fit may take.
    pub high: f64,
}

/// Keys that can be fitted.
pub(crate) const KEYS: [&str; 12] = [
    "reversion",
    "wage",
    "thickness",
    "mining",
    "crowding",
    "skills",
    "size",
    "city",
    "convergence",
    "age_35_54",
    "age_others",
    "converts",
];

/// The value under a key.
pub fn value<'a>(odds: &'a mut Migration, key: &str) -> Option<&'a mut f64> {
    Some(match key {
        "reversion" => &mut odds.reversion,
        "wage" => &mut odds.wage,
        "thickness" => &mut odds.thickness,
        "mining" => &mut odds.mining,
        "crowding" => &mut odds.crowding,
        "skills" => &mut odds.skills,
        "size" => &mut odds.size,
        "city" => &mut odds.city,
        "convergence" => &mut odds.convergence,
        "age_35_54" => &mut odds.age_35_54,
        "age_others" => &mut odds.age_others,
        "converts" => &mut odds.converts,
        _ => return None,
    })
}

impl std::str::FromStr for Free {
    type Err = String;

    /// Reads `key=low..high` or `key=low:high`; the key may carry its table, `drivers.migration.reversion`.
    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let wrong = || messages::no_key_low_high(text);
        let (key, range) = text.split_once('=').ok_or_else(wrong)?;
        let key = key.trim().trim_start_matches("drivers.migration.").to_owned();
        if value(&mut Migration::default(), &key).is_none() {
            return Err(messages::cannot_be_fitted(key, KEYS.join(messages::comma())).to_string());
        }
        let (low, high) = range.split_once("..").or_else(|| range.split_once(':')).ok_or_else(wrong)?;
        let number = |t: &str| t.trim().parse::<f64>().ok().filter(|v| v.is_finite()).ok_or_else(wrong);
        let (low, high) = (number(low)?, number(high)?);
        if low >= high {
            return Err(messages::low_below_high(text).to_string());
        }
        Ok(Free { key, low, high })
    }
}

/// An estimate.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// Name under `drivers.migration`.
    pub key: String,
    /// Fitted value, in the unit of the parameter.
    pub value: f64,
    /// Clustered standard error; NaN at a bound or where no target moves with it.
    pub standard_error: f64,
    /// Whether the value lies on one of its bounds, where a standard error says nothing.
    pub at_bound: bool,
}

/// A fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// In the order of the free parameters.
    pub estimates: Vec<Estimate>,
    /// Directions that the targets hardly see: eigenvalue relative to the largest, and the weights of
    /// parameters in standard units.
    pub weak: Vec<(f64, Vec<f64>)>,
    /// Steps that the search took.
    pub rounds: usize,
    /// Times that the law was asked for a prediction.
    pub evaluations: usize,
    /// Whether any step from the start made the fit better.
    pub moved: bool,
    /// In-sample score.
    pub score: Score,
    /// The drivers of migration with the fitted values in place.
    pub odds: Migration,
}

/// Half width of a difference, share of the range between the bounds: closed form, agent runs.
const EXACT_STEP: f64 = 0.005;
/// See [`EXACT_STEP`].
const AGENT_STEP: f64 = 0.2;

/// Fits parameters so that predicted log growth by unit comes near to counted log growth.
///
/// # Errors
/// Fewer units than parameters, or what a prediction reports.
pub(crate) fn calibrate(
    start: &Migration,
    free: &[Free],
    targets: &Targets,
    geography: &Geography,
    step_share: f64,
    mut predict: impl FnMut(&Migration) -> Result<Vec<f64>>,
) -> Result<Calibration> {
    let (n, k) = (targets.list.len(), free.len());
    if n <= k || k == 0 {
        return Err(unusable(
            messages::about_calibration(),
            messages::units_and_parameters(n, k),
            messages::more_units_than_parameters(),
        ));
    }
    let actual = targets.growth();
    let mut evaluations = 0;
    let mut growth = |x: &[f64]| -> Result<Vec<f64>> {
        let mut odds = start.clone();
        for (f, v) in free.iter().zip(x) {
            if let Some(slot) = value(&mut odds, &f.key) {
                *slot = *v;
            }
        }
        evaluations += 1;
        Ok(targets.predicted(geography, &predict(&odds)?))
    };
    let residuals = |p: &[f64]| -> Vec<f64> { actual.iter().zip(p).map(|(a, p)| a - p).collect() };
    let mut x: Vec<f64> = free
        .iter()
        .map(|f| {
            let mut odds = start.clone();
            value(&mut odds, &f.key).map_or(0.0, |v| *v).clamp(f.low, f.high)
        })
        .collect();
    let mut p = growth(&x)?;
    let mut e = residuals(&p);
    let mut damping = 1e-3;
    let mut rounds = 0;
    let mut left_start = false;
    let mut jacobian = vec![vec![0.0; n]; k];
    while rounds < 40 {
        rounds += 1;
        let scale = robust_scale(&e);
        let weight: Vec<f64> = e.iter().map(|e| huber_weight(*e, scale)).collect();
        for (i, f) in free.iter().enumerate() {
            let width = step_share * (f.high - f.low);
            let (up, down) = ((x[i] + width).min(f.high), (x[i] - width).max(f.low));
            let mut at = x.clone();
            at[i] = up;
            let above = growth(&at)?;
            at[i] = down;
            let below = growth(&at)?;
            for u in 0..n {
                jacobian[i][u] = (above[u] - below[u]) / (up - down);
            }
        }
        let (normal, gradient) = normal_equations(&jacobian, &weight, &e);
        let loss = |e: &[f64]| -> f64 { e.iter().map(|e| huber_loss(*e, scale)).sum() };
        let before = loss(&e);
        let mut better = false;
        let mut moved: f64 = 0.0;
        for _ in 0..8 {
            let step = damped(&normal, &gradient, damping);
            let next: Vec<f64> =
                x.iter().zip(&step).zip(free).map(|((x, s), f)| (x + s).clamp(f.low, f.high)).collect();
            let q = growth(&next)?;
            let r = residuals(&q);
            if loss(&r) < before {
                moved = next
                    .iter()
                    .zip(&x)
                    .zip(free)
                    .map(|((a, b), f)| (a - b).abs() / (f.high - f.low))
                    .fold(0.0, f64::max);
                better = before - loss(&r) > 1e-9 * before;
                left_start = true;
                (x, p, e) = (next, q, r);
                damping = (damping * 0.3).max(1e-9);
                break;
            }
            damping *= 4.0;
        }
        if !better || moved < 1e-5 {
            break;
        }
    }
    let scale = robust_scale(&e);
    let weight: Vec<f64> = e.iter().map(|e| huber_weight(*e, scale)).collect();
    let (normal, _) = normal_equations(&jacobian, &weight, &e);
    // A parameter that moves no target has no error, and must not take those of the others away.
    let seen: Vec<usize> = (0..k).filter(|&i| normal[(i, i)] > 0.0).collect();
    let part: Vec<Vec<f64>> = seen.iter().map(|&i| jacobian[i].clone()).collect();
    let (normal, _) = normal_equations(&part, &weight, &e);
    let mut errors = vec![f64::NAN; k];
    let cluster: Vec<usize> =
        targets.list.iter().map(|t| geography.counties[t.counties[0]].prefecture).collect();
    for (&i, error) in seen.iter().zip(sandwich(&normal, &part, &weight, &e, &cluster)) {
        errors[i] = error;
    }
    let estimates: Vec<Estimate> = free
        .iter()
        .zip(&x)
        .zip(errors)
        .map(|((f, &value), standard_error)| {
            let width = 1e-6 * (f.high - f.low);
            let at_bound = value < f.low + width || value > f.high - width;
            Estimate {
                key: f.key.clone(),
                value,
                standard_error: if at_bound { f64::NAN } else { standard_error },
                at_bound,
            }
        })
        .collect();
    let mut odds = start.clone();
    for estimate in &estimates {
        if let Some(slot) = value(&mut odds, &estimate.key) {
            *slot = estimate.value;
        }
    }
    let weak = weak_directions(&jacobian, &weight);
    Ok(Calibration {
        estimates,
        weak,
        rounds,
        evaluations,
        moved: left_start,
        score: score(&actual, &p),
        odds,
    })
}

/// Fits with the closed form.
///
/// # Errors
/// As `calibrate`.
pub fn with_closed_form(
    law: &ClosedForm,
    start: &Migration,
    free: &[Free],
    targets: &Targets,
) -> Result<Calibration> {
    calibrate(start, free, targets, &law.geography, EXACT_STEP, |odds| Ok(law.predict(odds).population))
}

/// The same, with predictions that are kept while the fit is under way.
///
/// # Errors
/// As [`calibrate`], and what the journal reports.
pub(crate) fn with_closed_form_kept(
    law: &ClosedForm,
    start: &Migration,
    free: &[Free],
    targets: &Targets,
    predictions: &mut Predictions,
) -> Result<Calibration> {
    calibrate(start, free, targets, &law.geography, EXACT_STEP, |odds| {
        predictions.at(&values(odds, free), || Ok(law.predict(odds).population))
    })
}

/// Fits with agent runs: every prediction is the mean of as many runs as there are replicates, with the same luck
/// in every prediction. Predictions are kept while the fit is under way.
///
/// # Errors
/// As [`calibrate`], and what a run or the journal reports; [`Error::Stopped`] if the user wished it.
pub(crate) fn with_agents(
    scenario: &dyn Fn() -> Result<Loaded>,
    free: &[Free],
    targets: &Targets,
    replicates: u32,
    interrupted: &dyn Fn() -> bool,
    predictions: &mut Predictions,
) -> Result<Calibration> {
    let Loaded { scenario: own, area, .. } = scenario()?;
    calibrate(&own.drivers.migration, free, targets, &area.geography, AGENT_STEP, |odds| {
        let made = predictions.made();
        predictions.at(&values(odds, free), || {
            let mut runs = AgentRuns::default();
            for replicate in 0..replicates.max(1) {
                let Loaded { mut scenario, area, .. } = scenario()?;
                scenario.drivers.migration = odds.clone();
                let year = |_| match interrupted() {
                    true => Err(Error::Stopped { done: made, all: None }),
                    false => Ok(()),
                };
                runs.add(one_run(scenario, area, replicate, year)?.0);
            }
            Ok(runs.mean())
        })
    })
}

/// The values of the free parameters, in their order.
fn values(odds: &Migration, free: &[Free]) -> Vec<f64> {
    let mut odds = odds.clone();
    free.iter().map(|f| value(&mut odds, &f.key).map_or(f64::NAN, |v| *v)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_and_wrong_ones_explained() {
        let free: Free = "drivers.migration.reversion=0:1".parse().unwrap();
        assert_eq!((free.key.as_str(), free.low, free.high), ("reversion", 0.0, 1.0));
        assert_eq!("reversion=0..1".parse::<Free>().unwrap(), free);
        assert!("reversion=1:0".parse::<Free>().unwrap_err().contains("below"));
        assert!("tax=0:1".parse::<Free>().unwrap_err().contains("one of"));
    }
}
