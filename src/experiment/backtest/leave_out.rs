//! Terms of the law fitted on the counts of all provinces, and what they predict of a province that the fit has not
//! seen: every province in turn is left out.
//!
//! Rows are residuals of `ln(end/start)` of residents, and of newcomers where they were counted, each over the robust
//! scale of its kind. With `A = sum_p A_p = J'WJ` and `g = sum_p g_p = J'We` by province p at the full fit x,
//!
//! ```text
//! x_-p = argmin of the linearised loss without p = (A - A_p + R)^-1 [(A - A_p) x + g - g_p]
//! ```
//!
//! so leaving a province out is a small solve. R is a ridge in units of A's diagonal; its size is chosen for every left-out
//! province among the others alone, by leaving out each of them as well (nested). The national totals that a prediction
//! solves for come from the provinces that the fold has seen. Held-out units are then predicted exactly.

pub(crate) mod print;

use super::calibrate::{Free, value};
use super::law_closed_form::{ClosedForm, Prediction};
use super::normal_equations::{normal_equations, sandwich};
use super::score::LEAST_NEWCOMERS;
use super::targets::{Target, Targets, residents};
use crate::Result;
use crate::config::Migration;
use crate::estimate::huber::{huber_loss, huber_weight, robust_scale};
use crate::estimate::least_squares::{Cholesky, Matrix};
use crate::estimate::unusable;
use crate::messages;

/// Ridge penalties that are tried, shares of the diagonal of J'WJ.
const PENALTIES: [f64; 6] = [0.0, 0.003, 0.01, 0.03, 0.1, 0.3];
/// Half width of a difference, share of the range between the bounds.
const STEP: f64 = 0.005;
/// Rounds of the full fit.
const ROUNDS: usize = 25;

/// What a fit is held against: one row a unit and kind.
struct Rows {
    unit: Vec<usize>,
    /// Whether a row is of newcomers.
    newcomers: Vec<bool>,
    actual: Vec<f64>,
    province: Vec<usize>,
}

impl Rows {
    fn new(law: &ClosedForm, targets: &Targets) -> Rows {
        let mut rows =
            Rows { unit: Vec::new(), newcomers: Vec::new(), actual: Vec::new(), province: Vec::new() };
        for (u, t) in targets.list.iter().enumerate() {
            let mut row = |newcomers: bool, actual: f64| {
                rows.unit.push(u);
                rows.newcomers.push(newcomers);
                rows.actual.push(actual);
                rows.province.push(law.geography.counties[t.counties[0]].province);
            };
            row(false, libm::log(t.population_end / t.population_start));
            if let Some([before, after]) = t.newcomers.map(|ends| ends.map(|n| n[0] + n[1]))
                && before.min(after) >= LEAST_NEWCOMERS
            {
                row(true, libm::log(after / before));
            }
        }
        rows
    }

    fn predicted(&self, law: &ClosedForm, targets: &Targets, p: &Prediction) -> Vec<f64> {
        self.unit
            .iter()
            .zip(&self.newcomers)
            .map(|(&u, &newcomers)| {
                let counties = &targets.list[u].counties;
                let sum = |of: &dyn Fn(usize) -> f64| counties.iter().map(|&c| of(c)).sum::<f64>().max(1.0);
                if newcomers {
                    let all = |c: usize| p.newcomers[c][0] + p.newcomers[c][1];
                    libm::log(sum(&all) / sum(&|c| law.newcomers_of(c)))
                } else {
                    libm::log(sum(&|c| p.population[c]) / sum(&|c| residents(&law.geography, c)))
                }
            })
            .collect()
    }

    /// Residuals over the robust scale of their kind, and the scales.
    fn residuals(&self, predicted: &[f64], scale: Option<[f64; 2]>) -> (Vec<f64>, [f64; 2]) {
        let raw: Vec<f64> = self.actual.iter().zip(predicted).map(|(a, p)| a - p).collect();
        let scale = scale.unwrap_or_else(|| {
            [false, true].map(|kind| {
                let of: Vec<f64> =
                    raw.iter().zip(&self.newcomers).filter(|(_, n)| **n == kind).map(|(e, _)| *e).collect();
                if of.is_empty() { 1.0 } else { robust_scale(&of) }
            })
        });
        let over = raw.iter().zip(&self.newcomers).map(|(e, &n)| e / scale[usize::from(n)]).collect();
        (over, scale)
    }
}

/// A term as the full fit has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Name under `drivers.migration`.
    pub key: String,
    /// Fitted value on all provinces.
    pub value: f64,
    /// By prefecture clusters; NaN at a bound.
    pub standard_error: f64,
    /// Least and greatest value over the fits that leave one province out.
    pub range: [f64; 2],
}

/// A fit on all provinces, and what fits without each of them predict of it.
#[derive(Clone, Debug)]
pub struct LeaveOneOut {
    /// Terms of the fit on all provinces.
    pub terms: Vec<Term>,
    /// Drivers of migration as fitted on all provinces.
    pub full: Migration,
    /// Provinces by index, with the terms that were fitted without them and the penalty that was chosen.
    pub folds: Vec<(usize, Migration, f64)>,
    /// What each county's own fold predicts: by county of the area.
    pub held_out: Prediction,
    /// What the full fit predicts.
    pub in_sample: Prediction,
    /// Of the province with most units: largest difference between the small solve and a true refit, in standard errors.
    pub refit: (usize, f64),
}

/// Fits the free terms on all targets and on all provinces but one in turn.
///
/// # Errors
/// Targets of fewer than three provinces, or fewer rows than terms.
pub(crate) fn leave_one_province_out(
    law: &ClosedForm,
    start: &Migration,
    free: &[Free],
    targets: &Targets,
) -> Result<LeaveOneOut> {
    let rows = Rows::new(law, targets);
    let mut provinces: Vec<usize> = rows.province.clone();
    provinces.sort_unstable();
    provinces.dedup();
    if provinces.len() < 3 || rows.actual.len() <= free.len() {
        return Err(unusable(
            messages::leaving_out_one_province(),
            messages::provinces_and_rows(provinces.len(), rows.actual.len()),
            messages::three_provinces(),
        ));
    }
    let all = vec![true; rows.actual.len()];
    let full = Fit::new(law, start, free, targets, &rows, &all, None);
    let k = free.len();
    // The parts of J'WJ and J'We by province.
    let parts: Vec<(Matrix, Vec<f64>)> =
        provinces.iter().map(|&p| full.part(&rows, |i| rows.province[i] == p)).collect();
    let less = |out: &[usize]| -> (Matrix, Vec<f64>) {
        let (mut a, mut g) = (Matrix::zeros(k, k), vec![0.0; k]);
        for (q, (pa, pg)) in parts.iter().enumerate().filter(|(q, _)| !out.contains(q)) {
            let _ = q;
            for i in 0..k {
                g[i] += pg[i];
                for j in 0..k {
                    a[(i, j)] += pa[(i, j)];
                }
            }
        }
        (a, g)
    };
    let solve = |out: &[usize], penalty: f64| -> Vec<f64> {
        let (a, g) = less(out);
        let mut with = a.clone();
        let right: Vec<f64> =
            (0..k).map(|i| g[i] + (0..k).map(|j| a[(i, j)] * full.x[j]).sum::<f64>()).collect();
        (0..k).for_each(|i| with[(i, i)] += penalty * a[(i, i)] + 1e-12);
        let x = Cholesky::new(with).map_or_else(|_| full.x.clone(), |c| c.solve(&right));
        x.iter().zip(free).map(|(x, f)| x.clamp(f.low, f.high)).collect()
    };
    // Linearised loss of a province under given terms.
    let loss = |q: usize, x: &[f64]| -> f64 {
        (0..rows.actual.len())
            .filter(|&i| rows.province[i] == provinces[q])
            .map(|i| {
                let step: f64 = (0..k).map(|j| full.jacobian[j][i] * (x[j] - full.x[j])).sum();
                let u = (full.e[i] - step).abs();
                huber_loss(u, 1.0)
            })
            .sum()
    };
    let mut migration = full.migration.clone();
    if let Some((v, convergence)) = law.seat_terms(&migration, &law.predict(&migration), targets, |_| true) {
        (migration.village_to_seat, migration.seat_convergence) = (v, convergence);
    }
    let in_sample = law.predict(&migration);
    let mut held_out = in_sample.clone();
    let mut folds = Vec::new();
    for (p, &province) in provinces.iter().enumerate() {
        let inner = |penalty: f64| -> f64 {
            (0..provinces.len()).filter(|&q| q != p).map(|q| loss(q, &solve(&[p, q], penalty))).sum()
        };
        let penalty = PENALTIES
            .iter()
            .map(|&penalty| (penalty, inner(penalty)))
            .fold((0.0, f64::INFINITY), |best, now| if now.1 < best.1 { now } else { best })
            .0;
        let mut m = with_terms(start, free, &solve(&[p], penalty));
        totals_without(law, &mut m, targets, province);
        let held = |t: &Target| law.geography.counties[t.counties[0]].province == province;
        if let Some((v, convergence)) = law.seat_terms(&migration, &in_sample, targets, |t| !held(t)) {
            (m.village_to_seat, m.seat_convergence) = (v, convergence);
        }
        let predicted = law.predict(&m);
        for c in law.geography.provinces[province].counties.clone() {
            held_out.population[c] = predicted.population[c];
            held_out.newcomers[c] = predicted.newcomers[c];
            held_out.urban[c] = predicted.urban[c];
        }
        folds.push((province, m, penalty));
    }
    let errors = full.standard_errors(law, targets, &rows);
    let largest = (0..provinces.len())
        .max_by_key(|&p| (rows.province.iter().filter(|&&q| q == provinces[p]).count(), std::cmp::Reverse(p)))
        .unwrap_or(0);
    let seen: Vec<bool> = rows.province.iter().map(|&p| p != provinces[largest]).collect();
    let again = Fit::new(law, &full.migration, free, targets, &rows, &seen, Some(full.scale));
    let short = solve(&[largest], 0.0);
    let gap = (0..k)
        .filter(|&i| errors[i] > 0.0)
        .map(|i| (again.x[i] - short[i]).abs() / errors[i])
        .fold(0.0, f64::max);
    let terms = free
        .iter()
        .enumerate()
        .map(|(i, f)| {
            let each = folds.iter().map(|(_, m, _)| value(&mut m.clone(), &f.key).map_or(f64::NAN, |v| *v));
            let (low, high) = each.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
            Term { key: f.key.clone(), value: full.x[i], standard_error: errors[i], range: [low, high] }
        })
        .collect();
    Ok(LeaveOneOut { terms, full: migration, folds, held_out, in_sample, refit: (provinces[largest], gap) })
}

/// The growth of people away over the provinces that a fold has seen: the stated totals times their part in it.
fn totals_without(law: &ClosedForm, m: &mut Migration, targets: &Targets, province: usize) {
    let mut sums = [[[0.0; 2]; 2]; 2];
    for t in &targets.list {
        let Some(ends) = t.newcomers else { continue };
        let held = law.geography.counties[t.counties[0]].province == province;
        for (end, by_origin) in ends.iter().enumerate() {
            for (b, people) in by_origin.iter().enumerate() {
                sums[0][b][end] += people;
                if !held {
                    sums[1][b][end] += people;
                }
            }
        }
    }
    let growth = |s: [f64; 2]| if s[0] > 0.0 { s[1] / s[0] } else { 1.0 };
    for (b, stated) in [&mut m.own_province, &mut m.other_provinces].into_iter().enumerate() {
        if let Some(stated) = stated {
            *stated *= growth(sums[1][b]) / growth(sums[0][b]);
        }
    }
}

fn with_terms(start: &Migration, free: &[Free], x: &[f64]) -> Migration {
    let mut m = start.clone();
    for (f, v) in free.iter().zip(x) {
        if let Some(slot) = value(&mut m, &f.key) {
            *slot = *v;
        }
    }
    m
}

/// A fit by damped Gauss-Newton with Huber weights.
struct Fit {
    x: Vec<f64>,
    migration: Migration,
    /// Derivatives of predictions over the scale of their kind: `[term][row]`.
    jacobian: Vec<Vec<f64>>,
    e: Vec<f64>,
    weight: Vec<f64>,
    scale: [f64; 2],
    free: Vec<Free>,
}

impl Fit {
    /// Fits on the rows that are `seen`; scales are those of the residuals unless given.
    fn new(
        law: &ClosedForm,
        start: &Migration,
        free: &[Free],
        targets: &Targets,
        rows: &Rows,
        seen: &[bool],
        given: Option<[f64; 2]>,
    ) -> Fit {
        let predict = |x: &[f64]| rows.predicted(law, targets, &law.predict(&with_terms(start, free, x)));
        let mut x: Vec<f64> = free
            .iter()
            .map(|f| value(&mut start.clone(), &f.key).map_or(0.0, |v| *v).clamp(f.low, f.high))
            .collect();
        let weigh = |e: &[f64]| -> Vec<f64> {
            e.iter().zip(seen).map(|(e, &s)| if s { huber_weight(*e, 1.0) } else { 0.0 }).collect()
        };
        let loss = |e: &[f64]| -> f64 {
            let of = |e: f64| huber_loss(e, 1.0);
            e.iter().zip(seen).filter(|(_, s)| **s).map(|(e, _)| of(*e)).sum()
        };
        let mut p = predict(&x);
        let (mut e, mut scale) = rows.residuals(&p, given);
        let mut jacobian = vec![vec![0.0; rows.actual.len()]; free.len()];
        let mut damping = 1e-3;
        for _ in 0..ROUNDS {
            for (i, f) in free.iter().enumerate() {
                let width = STEP * (f.high - f.low);
                let at = |v: f64| {
                    let mut there = x.clone();
                    there[i] = v.clamp(f.low, f.high);
                    (predict(&there), there[i])
                };
                let ((above, up), (below, down)) = (at(x[i] + width), at(x[i] - width));
                for (r, j) in jacobian[i].iter_mut().enumerate() {
                    *j = (above[r] - below[r]) / (up - down) / scale[usize::from(rows.newcomers[r])];
                }
            }
            let (normal, gradient) = normal_equations(&jacobian, &weigh(&e), &e);
            let before = loss(&e);
            let mut better = false;
            for _ in 0..6 {
                let mut a = normal.clone();
                (0..free.len()).for_each(|i| a[(i, i)] += damping * normal[(i, i)] + 1e-12);
                let step = Cholesky::new(a).map_or_else(|_| vec![0.0; free.len()], |c| c.solve(&gradient));
                let next: Vec<f64> =
                    x.iter().zip(&step).zip(free).map(|((x, s), f)| (x + s).clamp(f.low, f.high)).collect();
                let q = predict(&next);
                let (r, _) = rows.residuals(&q, Some(scale));
                if loss(&r) < before {
                    better = before - loss(&r) > 1e-6 * before;
                    (x, p) = (next, q);
                    damping = (damping * 0.3f64).max(1e-9);
                    break;
                }
                damping *= 5.0;
            }
            (e, scale) = rows.residuals(&p, given);
            if !better {
                break;
            }
        }
        let weight = weigh(&e);
        Fit { migration: with_terms(start, free, &x), x, jacobian, e, weight, scale, free: free.to_vec() }
    }

    /// `J'WJ` and `J'We` over some rows.
    fn part(&self, rows: &Rows, of: impl Fn(usize) -> bool) -> (Matrix, Vec<f64>) {
        let weight: Vec<f64> =
            (0..rows.actual.len()).map(|i| if of(i) { self.weight[i] } else { 0.0 }).collect();
        normal_equations(&self.jacobian, &weight, &self.e)
    }

    fn standard_errors(&self, law: &ClosedForm, targets: &Targets, rows: &Rows) -> Vec<f64> {
        let (normal, _) = normal_equations(&self.jacobian, &self.weight, &self.e);
        let cluster: Vec<usize> = rows
            .unit
            .iter()
            .map(|&u| law.geography.counties[targets.list[u].counties[0]].prefecture)
            .collect();
        let errors = sandwich(&normal, &self.jacobian, &self.weight, &self.e, &cluster);
        errors
            .into_iter()
            .zip(&self.x)
            .zip(&self.free)
            .map(|((error, x), f)| {
                let width = 1e-6 * (f.high - f.low);
                if *x < f.low + width || *x > f.high - width { f64::NAN } else { error }
            })
            .collect()
    }
}
