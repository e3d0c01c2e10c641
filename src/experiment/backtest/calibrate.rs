//! Fits named parameters of a scenario to counts: damped Gauss-Newton with Huber weights inside bounds.
//!
//! Residuals are those of `ln(end/start)` by unit. Derivatives are differences of whole predictions; in
//! agent runs both ends share their draws (the seed is that of the scenario), so that the objective is
//! smooth but for who crosses a threshold. What crosses is noise that does not shrink with the step, so agent
//! runs take derivatives over a wide step (`AGENT_STEP`), and may be means over replicates. Standard errors are a sandwich with prefectures as clusters,
//! because neighbouring units err together.

use std::collections::BTreeMap;

use super::kept::Predictions;
use super::law_closed_form::ClosedForm;
use super::score::{Score, score};
use super::targets::Targets;
use super::{AgentRuns, one_run};
use crate::config::Migration;
use crate::estimate::least_squares::{Cholesky, Matrix};
use crate::estimate::unusable;
use crate::messages;
use crate::output::csv::Cell;
use crate::output::folder::ResultFolder;
use crate::output::table::{Column, TableSpec};
use crate::scenario::Loaded;
use crate::world::Geography;
use crate::{Error, Result};

/// What the residuals come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Method {
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
pub const KEYS: [&str; 12] = [
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

    /// Reads `key=low:high`; the key may carry its table, `drivers.migration.reversion`.
    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let wrong = || messages::no_key_low_high(text);
        let (key, range) = text.split_once('=').ok_or_else(wrong)?;
        let key = key.trim().trim_start_matches("drivers.migration.").to_owned();
        if value(&mut Migration::default(), &key).is_none() {
            return Err(messages::cannot_be_fitted(key, KEYS.join(", ")).to_string());
        }
        let (low, high) = range.split_once(':').ok_or_else(wrong)?;
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

/// Tuning constant of Huber's weights: 95 % efficient under normal errors.
pub(super) const HUBER: f64 = 1.345;
/// A direction counts as weak if its eigenvalue is below this share of the largest.
pub const WEAK: f64 = 0.02;

/// Fits parameters so that predicted log growth by unit comes near to counted log growth.
///
/// # Errors
/// Fewer units than parameters, or what a prediction reports.
pub fn calibrate(
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

/// Spread of residuals: median absolute value over .6745.
pub(super) fn robust_scale(e: &[f64]) -> f64 {
    let mut sizes: Vec<f64> = e.iter().map(|e| e.abs()).collect();
    sizes.sort_by(f64::total_cmp);
    (sizes[sizes.len() / 2] / 0.6745).max(1e-9)
}

pub(super) fn huber_weight(e: f64, scale: f64) -> f64 {
    let u = e.abs() / scale;
    if u <= HUBER { 1.0 } else { HUBER / u }
}

fn huber_loss(e: f64, scale: f64) -> f64 {
    let u = e.abs() / scale;
    if u <= HUBER { 0.5 * u * u } else { HUBER * (u - 0.5 * HUBER) }
}

pub(super) fn normal_equations(jacobian: &[Vec<f64>], weight: &[f64], e: &[f64]) -> (Matrix, Vec<f64>) {
    let k = jacobian.len();
    let mut normal = Matrix::zeros(k, k);
    let mut gradient = vec![0.0; k];
    for i in 0..k {
        for j in 0..k {
            normal[(i, j)] =
                jacobian[i].iter().zip(&jacobian[j]).zip(weight).map(|((a, b), w)| a * b * w).sum();
        }
        gradient[i] = jacobian[i].iter().zip(e).zip(weight).map(|((a, e), w)| a * e * w).sum();
    }
    (normal, gradient)
}

fn damped(normal: &Matrix, gradient: &[f64], damping: f64) -> Vec<f64> {
    let k = gradient.len();
    let mut a = normal.clone();
    let largest = (0..k).map(|i| normal[(i, i)]).fold(0.0, f64::max).max(1e-300);
    for i in 0..k {
        a[(i, i)] += damping * normal[(i, i)] + 1e-12 * largest;
    }
    Cholesky::new(a).map_or_else(|_| vec![0.0; k], |c| c.solve(gradient))
}

/// `(J'WJ)^-1 (sum_c s_c s_c') (J'WJ)^-1` with s_c the score of prefecture c, times C/(C-1).
pub(super) fn sandwich(
    normal: &Matrix,
    jacobian: &[Vec<f64>],
    weight: &[f64],
    e: &[f64],
    cluster: &[usize],
) -> Vec<f64> {
    let k = jacobian.len();
    let Ok(factor) = Cholesky::new(normal.clone()) else { return vec![f64::NAN; k] };
    let bread = factor.inverse();
    let mut clusters: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
    for (u, &cluster) in cluster.iter().enumerate() {
        let sum = clusters.entry(cluster).or_insert_with(|| vec![0.0; k]);
        for i in 0..k {
            sum[i] += jacobian[i][u] * weight[u] * e[u];
        }
    }
    let c = clusters.len() as f64;
    let mut meat = Matrix::zeros(k, k);
    for s in clusters.values() {
        for i in 0..k {
            for j in 0..k {
                meat[(i, j)] += s[i] * s[j] * c / (c - 1.0).max(1.0);
            }
        }
    }
    let covariance = bread.product(&meat).product(&bread);
    (0..k).map(|i| covariance[(i, i)].max(0.0).sqrt()).collect()
}

/// Eigenvectors of the correlation of derivatives whose eigenvalue is small: combinations of parameters
/// that the targets cannot tell apart.
fn weak_directions(jacobian: &[Vec<f64>], weight: &[f64]) -> Vec<(f64, Vec<f64>)> {
    let k = jacobian.len();
    let length: Vec<f64> =
        jacobian.iter().map(|j| j.iter().zip(weight).map(|(a, w)| a * a * w).sum::<f64>().sqrt()).collect();
    let mut weak = Vec::new();
    let mut a = Matrix::zeros(k, k);
    for i in 0..k {
        for j in 0..k {
            let product: f64 =
                jacobian[i].iter().zip(&jacobian[j]).zip(weight).map(|((a, b), w)| a * b * w).sum();
            let scale = length[i] * length[j];
            a[(i, j)] = if scale > 0.0 { product / scale } else { f64::from(u8::from(i == j)) };
        }
        if length[i] <= 0.0 {
            let mut direction = vec![0.0; k];
            direction[i] = 1.0;
            weak.push((0.0, direction));
        }
    }
    let (values, vectors) = symmetric_eigen(a);
    let largest = values.iter().copied().fold(0.0, f64::max).max(1e-300);
    for (i, value) in values.iter().enumerate() {
        if value / largest < WEAK {
            weak.push((value / largest, (0..k).map(|r| vectors[(r, i)]).collect()));
        }
    }
    weak
}

/// Eigenvalues and eigenvectors (columns) of a small symmetric matrix by Jacobi rotations.
pub fn symmetric_eigen(mut a: Matrix) -> (Vec<f64>, Matrix) {
    let n = a.rows;
    let mut v = Matrix::zeros(n, n);
    for i in 0..n {
        v[(i, i)] = 1.0;
    }
    for _ in 0..60 {
        let off: f64 = (0..n).flat_map(|i| (0..i).map(move |j| (i, j))).map(|at| a[at] * a[at]).sum();
        if off < 1e-24 {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                if a[(p, q)].abs() < 1e-300 {
                    continue;
                }
                let theta = (a[(q, q)] - a[(p, p)]) / (2.0 * a[(p, q)]);
                let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
                let t = if theta == 0.0 { 1.0 } else { t };
                let c = 1.0 / (t * t + 1.0).sqrt();
                let s = t * c;
                for i in 0..n {
                    let (x, y) = (a[(i, p)], a[(i, q)]);
                    a[(i, p)] = c * x - s * y;
                    a[(i, q)] = s * x + c * y;
                }
                for i in 0..n {
                    let (x, y) = (a[(p, i)], a[(q, i)]);
                    a[(p, i)] = c * x - s * y;
                    a[(q, i)] = s * x + c * y;
                }
                for i in 0..n {
                    let (x, y) = (v[(i, p)], v[(i, q)]);
                    v[(i, p)] = c * x - s * y;
                    v[(i, q)] = s * x + c * y;
                }
            }
        }
    }
    ((0..n).map(|i| a[(i, i)]).collect(), v)
}

/// Fits with the closed form.
///
/// # Errors
/// As [`calibrate`].
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
pub fn with_closed_form_kept(
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
pub fn with_agents(
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

/// The table of a fit.
pub static CALIBRATION: TableSpec = TableSpec {
    name: "calibration",
    title: "Fitted parameters",
    description: "One row a parameter that was fitted to counts of a later census.",
    columns: &[
        Column::text("parameter", "Key of the parameter in drivers.migration."),
        Column::number("low", "", "Low bound."),
        Column::number("high", "", "High bound."),
        Column::number("estimate", "", "Fitted value."),
        Column::number(
            "standard_error",
            "",
            "By prefecture clusters; empty at a bound, or where no target moves with the parameter.",
        ),
        Column::text("at_bound", "yes where the targets would go further than the bound; else no."),
    ],
    key: &["parameter"],
};

/// Writes the table of a fit.
///
/// # Errors
/// What the operating system refuses.
pub fn write(fit: &Calibration, free: &[Free], folder: &mut ResultFolder) -> Result<()> {
    let mut table = folder.table(&CALIBRATION)?;
    for (e, f) in fit.estimates.iter().zip(free) {
        table.write_row(&[
            Cell::Text(&e.key),
            Cell::Number(f.low),
            Cell::Number(f.high),
            Cell::Number(e.value),
            Cell::Number(e.standard_error),
            Cell::Text(if e.at_bound { "yes" } else { "no" }),
        ])?;
    }
    table.finish()
}

/// The text of a scenario with fitted values: lines of `[drivers.migration]` are replaced or added, everything
/// else stays as it was, and a comment says where the values come from.
pub fn scenario_with(text: &str, fit: &Calibration, provenance: &str) -> String {
    let mut out = Vec::new();
    let mut inside = false;
    let mut done = vec![false; fit.estimates.len()];
    let put = |out: &mut Vec<String>, e: &Estimate| {
        let error = match (e.standard_error.is_finite(), e.at_bound) {
            // Where agents fit almost exactly, three digits behind the point would say that there is no error.
            (true, _) if e.standard_error < 0.0005 => format!("s.e. {:.1e}", e.standard_error),
            (true, _) => format!("s.e. {:.3}", e.standard_error),
            (false, true) => "at its bound".to_owned(),
            (false, false) => "not identified".to_owned(),
        };
        out.push(format!("{} = {:.4} # {error}", e.key, e.value));
    };
    let rest = |out: &mut Vec<String>, done: &mut Vec<bool>| {
        for (i, e) in fit.estimates.iter().enumerate() {
            if !done[i] {
                put(out, e);
                done[i] = true;
            }
        }
    };
    let mut seen = false;
    for line in text.lines() {
        let trimmed = line.trim();
        if trimmed.starts_with('[') && !trimmed.contains('=') {
            if inside {
                rest(&mut out, &mut done);
            }
            inside = trimmed == "[drivers.migration]";
            out.push(line.to_owned());
            if inside {
                seen = true;
                out.push(format!("# {provenance}"));
            }
            continue;
        }
        let key = trimmed.split('=').next().unwrap_or("").trim();
        match fit.estimates.iter().position(|e| inside && e.key == key) {
            Some(i) => {
                put(&mut out, &fit.estimates[i]);
                done[i] = true;
            }
            None => out.push(line.to_owned()),
        }
    }
    if !seen {
        out.push(String::new());
        out.push("[drivers.migration]".to_owned());
        out.push(format!("# {provenance}"));
    }
    if inside || !seen {
        rest(&mut out, &mut done);
    }
    out.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eigenvalues_of_a_known_matrix() {
        let mut a = Matrix::zeros(2, 2);
        (a[(0, 0)], a[(1, 1)], a[(0, 1)], a[(1, 0)]) = (2.0, 2.0, 1.0, 1.0);
        let (mut values, _) = symmetric_eigen(a);
        values.sort_by(f64::total_cmp);
        assert!((values[0] - 1.0).abs() < 1e-12 && (values[1] - 3.0).abs() < 1e-12);
    }

    #[test]
    fn ranges_are_read_and_wrong_ones_explained() {
        let free: Free = "drivers.migration.reversion=0:1".parse().unwrap();
        assert_eq!((free.key.as_str(), free.low, free.high), ("reversion", 0.0, 1.0));
        assert!("reversion=1:0".parse::<Free>().unwrap_err().contains("below"));
        assert!("tax=0:1".parse::<Free>().unwrap_err().contains("one of"));
    }

    #[test]
    fn a_scenario_keeps_its_text_but_for_fitted_values() {
        let fit = Calibration {
            estimates: vec![
                Estimate { key: "reversion".into(), value: 0.5, standard_error: 0.1, at_bound: false },
                Estimate { key: "wage".into(), value: 0.2, standard_error: f64::NAN, at_bound: true },
            ],
            weak: vec![],
            rounds: 1,
            evaluations: 1,
            moved: true,
            score: Score::default(),
            odds: Migration::default(),
        };
        let text = "title = \"t\"\n[drivers.migration]\nreversion = 0.1\n[output]\n";
        let new = scenario_with(text, &fit, "fitted");
        assert_eq!(
            new,
            "title = \"t\"\n[drivers.migration]\n# fitted\nreversion = 0.5000 # s.e. 0.100\nwage = 0.2000 # at its \
             bound\n[output]\n"
        );
    }
}
