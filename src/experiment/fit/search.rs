//! Damped Gauss-Newton inside bounds, the steps that `shanhai_lab.calibrate` takes: slopes from differences to both sides
//! of a point, four dampings tried at a time, the best of them taken if it lowers the distance.
//!
//! Points of a round do not depend on each other, so they are asked for together and may be run side by side. Sums go in
//! the order of keys and targets.

use crate::Result;

/// What runs print at each of some points: a row of numbers a point.
type Predict<'a> = dyn FnMut(&[Vec<f64>]) -> Result<Vec<Vec<f64>>> + 'a;

/// Half width of a difference, share of the range: wide, since agents who cross a threshold are noise that does not shrink
/// with the step.
const STEP: f64 = 0.05;
/// Dampings that are tried at a time, relative to the last that helped.
const DAMPINGS: [f64; 4] = [0.1, 1.0, 10.0, 100.0];
/// The search ends when a step lowers the loss by less than this share.
const TOLERANCE: f64 = 1e-3;

/// Where a number may lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bounds {
    /// Least value.
    pub low: f64,
    /// Greatest value.
    pub high: f64,
    /// Whether it takes whole numbers only.
    pub whole: bool,
}

impl Bounds {
    fn width(&self) -> f64 {
        self.high - self.low
    }

    /// The nearest value that may be taken.
    fn nearest(&self, value: f64) -> f64 {
        let value = value.clamp(self.low, self.high);
        if self.whole { libm::rint(value) } else { value }
    }
}

/// What a printed number should be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Wanted {
    /// The value.
    pub value: f64,
    /// What counts as one error.
    pub scale: f64,
    /// Whether that is a standard error.
    pub known: bool,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fit {
    /// The point from which it set out: the scenario's own values, inside the bounds.
    pub start: Vec<f64>,
    /// Fitted values.
    pub values: Vec<f64>,
    /// Their standard errors; NaN at a bound, where no target moves, or where a target has no error.
    pub errors: Vec<f64>,
    /// Whether a value lies on a bound: the targets ask for more than it allows.
    pub at_bound: Vec<bool>,
    /// What runs print at the start.
    pub at_start: Vec<f64>,
    /// What runs print at the fitted values.
    pub printed: Vec<f64>,
    /// Sum of squared distances from the targets in errors, at the start and after each step.
    pub losses: Vec<f64>,
}

/// Looks for values at which printed numbers come near to wanted ones. `at` answers with what is printed at points, `heard`
/// is told of every step and of the loss after it.
///
/// # Errors
/// What `at` reports.
pub(crate) fn fit(
    start: &[f64],
    bounds: &[Bounds],
    wanted: &[Wanted],
    rounds: u32,
    at: &mut Predict<'_>,
    heard: &mut dyn FnMut(usize, f64),
) -> Result<Fit> {
    let start: Vec<f64> = start.iter().zip(bounds).map(|(&value, b)| b.nearest(value)).collect();
    let mut x = start.clone();
    let mut printed = one(at(std::slice::from_ref(&x))?);
    let at_start = printed.clone();
    let mut losses = vec![squared(&printed, wanted)];
    heard(0, losses[0]);
    let mut damping = 1e-2;
    let mut now = slopes(&x, bounds, wanted, at)?;
    for step in 1..=rounds as usize {
        let away = distances(&printed, wanted);
        let points: Vec<Vec<f64>> = DAMPINGS
            .iter()
            .map(|more| {
                let steps = damped(&now, &away, damping * more);
                x.iter().zip(steps).zip(bounds).map(|((x, s), b)| b.nearest(x + s * b.width())).collect()
            })
            .collect();
        let tried = at(&points)?;
        let losses_there: Vec<f64> = tried.iter().map(|p| squared(p, wanted)).collect();
        let mut best = 0;
        for i in 1..points.len() {
            if losses_there[i] < losses_there[best] {
                best = i;
            }
        }
        let before = losses[losses.len() - 1];
        if losses_there[best] >= before {
            break;
        }
        (x, printed) = (points[best].clone(), tried[best].clone());
        damping = (damping * DAMPINGS[best]).max(1e-9);
        losses.push(losses_there[best]);
        heard(step, losses_there[best]);
        now = slopes(&x, bounds, wanted, at)?;
        if before - losses_there[best] < TOLERANCE * before {
            break;
        }
    }
    let at_bound: Vec<bool> = x.iter().zip(bounds).map(|(&v, b)| v <= b.low || v >= b.high).collect();
    let errors = standard_errors(&now, bounds, &at_bound, wanted);
    Ok(Fit { start, values: x, errors, at_bound, at_start, printed, losses })
}

fn one(mut printed: Vec<Vec<f64>>) -> Vec<f64> {
    printed.pop().unwrap_or_default()
}

/// How far printed numbers are from wanted ones, in errors.
pub(crate) fn distances(printed: &[f64], wanted: &[Wanted]) -> Vec<f64> {
    wanted.iter().zip(printed).map(|(w, p)| (w.value - p) / w.scale).collect()
}

fn squared(printed: &[f64], wanted: &[Wanted]) -> f64 {
    distances(printed, wanted).iter().map(|d| d * d).sum()
}

/// Change of each target, in errors, with each key, in ranges: one list a key.
fn slopes(x: &[f64], bounds: &[Bounds], wanted: &[Wanted], at: &mut Predict<'_>) -> Result<Vec<Vec<f64>>> {
    let mut ends = Vec::new();
    for (i, b) in bounds.iter().enumerate() {
        let width = if b.whole { (STEP * b.width()).max(1.0) } else { STEP * b.width() };
        for value in [x[i] + width, x[i] - width] {
            let mut end = x.to_vec();
            end[i] = b.nearest(value);
            ends.push(end);
        }
    }
    let printed = at(&ends)?;
    let of_key = |(i, b): (usize, &Bounds)| {
        let apart = (ends[2 * i][i] - ends[2 * i + 1][i]) / b.width();
        let pairs = printed[2 * i].iter().zip(&printed[2 * i + 1]).zip(wanted);
        pairs.map(|((above, below), w)| (above - below) / apart / w.scale).collect()
    };
    Ok(bounds.iter().enumerate().map(of_key).collect())
}

fn normal(slopes: &[&Vec<f64>]) -> Vec<Vec<f64>> {
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(p, q)| p * q).sum();
    slopes.iter().map(|a| slopes.iter().map(|b| product(a, b)).collect()).collect()
}

/// The step of Levenberg and Marquardt, in ranges: the diagonal is raised by a share of itself.
fn damped(slopes: &[Vec<f64>], away: &[f64], damping: f64) -> Vec<f64> {
    let mut a = normal(&slopes.iter().collect::<Vec<_>>());
    let most = (0..a.len()).map(|i| a[i][i]).fold(0.0, f64::max);
    let most = if most > 0.0 { most } else { 1.0 };
    for i in 0..a.len() {
        a[i][i] += damping * a[i][i].max(1e-6 * most);
    }
    let gradient: Vec<f64> = slopes.iter().map(|s| s.iter().zip(away).map(|(p, q)| p * q).sum()).collect();
    solved(&a, &gradient)
}

/// Standard errors of least squares whose targets have known, independent errors.
fn standard_errors(slopes: &[Vec<f64>], bounds: &[Bounds], at_bound: &[bool], wanted: &[Wanted]) -> Vec<f64> {
    let mut errors = vec![f64::NAN; bounds.len()];
    if wanted.iter().any(|w| !w.known) {
        return errors;
    }
    let moves = |i: usize| slopes[i].iter().any(|s| *s != 0.0);
    let free: Vec<usize> = (0..bounds.len()).filter(|&i| !at_bound[i] && moves(i)).collect();
    let a = normal(&free.iter().map(|&i| &slopes[i]).collect::<Vec<_>>());
    for (place, &i) in free.iter().enumerate() {
        let unit: Vec<f64> = (0..free.len()).map(|other| f64::from(u8::from(other == place))).collect();
        let variance = solved(&a, &unit)[place];
        if variance > 0.0 {
            errors[i] = variance.sqrt() * bounds[i].width();
        }
    }
    errors
}

/// Gaussian elimination with pivots; a direction that nothing moves stays where it is.
fn solved(matrix: &[Vec<f64>], right: &[f64]) -> Vec<f64> {
    const NOTHING: f64 = 1e-300;
    let n = right.len();
    let mut rows: Vec<Vec<f64>> =
        matrix.iter().zip(right).map(|(row, r)| [row.as_slice(), &[*r]].concat()).collect();
    for i in 0..n {
        let mut pivot = i;
        for r in i + 1..n {
            if rows[r][i].abs() > rows[pivot][i].abs() {
                pivot = r;
            }
        }
        rows.swap(i, pivot);
        if rows[i][i].abs() < NOTHING {
            continue;
        }
        let top = rows[i].clone();
        for (r, row) in rows.iter_mut().enumerate() {
            if r != i {
                let share = row[i] / top[i];
                row.iter_mut().zip(&top).for_each(|(a, b)| *a -= share * b);
            }
        }
    }
    (0..n).map(|i| if rows[i][i].abs() >= NOTHING { rows[i][n] / rows[i][i] } else { 0.0 }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: Bounds = Bounds { low: 0.0, high: 1.0, whole: false };

    fn wanted(value: f64, scale: f64) -> Wanted {
        Wanted { value, scale, known: true }
    }

    fn found(bounds: &[Bounds], goals: &[Wanted], law: impl Fn(&[f64]) -> Vec<f64>) -> Fit {
        let start = vec![0.5; bounds.len()];
        let mut at = |points: &[Vec<f64>]| Ok(points.iter().map(|x| law(x)).collect());
        fit(&start, bounds, goals, 20, &mut at, &mut |_, _| {}).unwrap()
    }

    #[test]
    fn a_straight_line_is_met_with_the_errors_of_least_squares() {
        // a + b = 1.1 and a - b = 0.5, errors .01: a = .8, b = .3, and each has the error .01 / sqrt 2.
        let goals = [wanted(1.1, 0.01), wanted(0.5, 0.01)];
        let fit = found(&[UNIT; 2], &goals, |x| vec![x[0] + x[1], x[0] - x[1]]);
        assert!((fit.values[0] - 0.8).abs() < 1e-4 && (fit.values[1] - 0.3).abs() < 1e-4, "{fit:?}");
        for error in &fit.errors {
            assert!((error - 0.01 / 2f64.sqrt()).abs() < 1e-9, "{fit:?}");
        }
        assert!(fit.losses.windows(2).all(|pair| pair[1] < pair[0]), "{:?}", fit.losses);
    }

    #[test]
    fn a_curve_is_met_too_and_a_target_out_of_reach_ends_at_the_bound_and_says_so() {
        let fit = found(&[UNIT], &[wanted(0.04, 0.001)], |x| vec![x[0] * x[0]]);
        assert!((fit.values[0] - 0.2).abs() < 1e-3 && !fit.at_bound[0], "{fit:?}");
        let far = found(&[UNIT], &[wanted(7.0, 0.1)], |x| vec![x[0]]);
        assert!(far.values[0] == 1.0 && far.at_bound[0] && far.errors[0].is_nan(), "{far:?}");
    }

    #[test]
    fn what_moves_nothing_stays_and_whole_numbers_stay_whole() {
        let still = found(&[UNIT; 2], &[wanted(0.9, 0.01), wanted(0.9, 0.01)], |x| vec![x[0], x[0]]);
        assert!(
            still.values[1] == 0.5 && still.errors[1].is_nan() && still.errors[0].is_finite(),
            "{still:?}"
        );
        let years = Bounds { low: 0.0, high: 10.0, whole: true };
        let whole = found(&[years], &[wanted(7.2, 1.0)], |x| vec![x[0]]);
        assert_eq!(whole.values, [7.0]);
    }

    #[test]
    fn a_target_without_a_known_error_gives_no_standard_errors() {
        let goals = [Wanted { known: false, ..wanted(0.7, 0.07) }];
        let fit = found(&[UNIT], &goals, |x| vec![x[0]]);
        assert!((fit.values[0] - 0.7).abs() < 1e-3 && fit.errors[0].is_nan(), "{fit:?}");
    }
}
