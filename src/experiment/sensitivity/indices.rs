//! What the runs of a design say about each factor: Morris's elementary effects for screening, Sobol's
//! indices for shares of variance.

use super::design::{MorrisDesign, SaltelliDesign};
use crate::Result;
use crate::estimate::resample::{Interval, bootstrap_intervals};
use crate::estimate::unusable;
use crate::messages;

/// The elementary effects of one factor: change of the output per full range of the factor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ElementaryEffects {
    /// Mean effect; near 0 with a large `mu_star` if the sign changes over the space.
    pub mu: f64,
    /// Mean absolute effect: how much the factor matters (Campolongo, Cariboni and Saltelli 2007).
    pub mu_star: f64,
    /// Standard deviation of the effects: how much it depends on where the others stand.
    pub sigma: f64,
}

#[cfg(test)]
/// Morris's measures of every factor from the outputs of the design's rows.
pub(crate) fn morris_effects(design: &MorrisDesign, outputs: &[f64]) -> Result<Vec<ElementaryEffects>> {
    check_outputs(outputs, design.rows.len())?;
    let length = design.factors + 1;
    let mut effects = vec![Vec::with_capacity(design.trajectories); design.factors];
    for (rows, outputs) in design.rows.chunks(length).zip(outputs.chunks(length)) {
        for (pair, output) in rows.windows(2).zip(outputs.windows(2)) {
            for (factor, effects) in effects.iter_mut().enumerate() {
                let step = pair[1][factor] - pair[0][factor];
                if step != 0.0 {
                    effects.push((output[1] - output[0]) / step);
                }
            }
        }
    }
    Ok(effects.iter().map(|effects| summarise(effects)).collect())
}

fn summarise(effects: &[f64]) -> ElementaryEffects {
    let n = effects.len() as f64;
    let mu = effects.iter().sum::<f64>() / n;
    let mu_star = effects.iter().map(|e| e.abs()).sum::<f64>() / n;
    let squares: f64 = effects.iter().map(|e| (e - mu) * (e - mu)).sum();
    ElementaryEffects { mu, mu_star, sigma: if n > 1.0 { (squares / (n - 1.0)).sqrt() } else { 0.0 } }
}

/// Shares of the output's variance that belong to one factor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct SobolIndices {
    /// Share explained by the factor alone, `V[E[y|x_i]]/V[y]`.
    pub first: Interval,
    /// Share that involves the factor, alone or with others: what would remain if all others were known.
    pub total: Interval,
}

/// First-order and total Sobol indices of every factor, with bootstrap intervals over the base points.
///
/// First order after Saltelli et al. (2010), `V_i = mean f(B) (f(A_B^i) - f(A))`; total after Jansen (1999),
/// `mean (f(A) - f(A_B^i))^2 / 2`; the variance is that of f(A) and f(B) together. Outputs are centred first,
/// which leaves the expectation and lowers the noise of the first-order estimate.
pub(crate) fn sobol_indices(
    design: &SaltelliDesign,
    outputs: &[f64],
    replicates: u32,
    level: f64,
    seed: u64,
) -> Result<Vec<SobolIndices>> {
    check_outputs(outputs, design.rows.len())?;
    let block = design.factors + 2;
    let mean = outputs.chunks(block).map(|points| points[0] + points[block - 1]).sum::<f64>()
        / (2 * design.base) as f64;
    let centred: Vec<f64> = outputs.iter().map(|y| y - mean).collect();
    // Asked of the outputs themselves: centring may leave rounding, which is not variance.
    if outputs.chunks(block).all(|points| points[0] == outputs[0] && points[block - 1] == outputs[0]) {
        return Err(unusable(
            messages::sobol_indices(),
            messages::output_never_changes(),
            messages::output_with_variance(),
        ));
    }
    let statistics = |points: &[usize]| estimate(&centred, block, points);
    let intervals = bootstrap_intervals(design.base, statistics, replicates, level, seed)?;
    Ok(intervals.chunks(2).map(|pair| SobolIndices { first: pair[0], total: pair[1] }).collect())
}

/// First and total index of each factor in turn, from the base points given.
fn estimate(outputs: &[f64], block: usize, points: &[usize]) -> Vec<f64> {
    let n = points.len() as f64;
    let of = |point: usize| &outputs[point * block..(point + 1) * block];
    let (mut sum, mut squares) = (0.0, 0.0);
    for &point in points {
        let (a, b) = (of(point)[0], of(point)[block - 1]);
        sum += a + b;
        squares += a * a + b * b;
    }
    let mean = sum / (2.0 * n);
    let variance = squares / (2.0 * n) - mean * mean;
    let mut indices = Vec::with_capacity(2 * (block - 2));
    for factor in 1..block - 1 {
        let (mut first, mut total) = (0.0, 0.0);
        for &point in points {
            let outputs = of(point);
            let (a, mixed, b) = (outputs[0], outputs[factor], outputs[block - 1]);
            first += b * (mixed - a);
            total += (a - mixed) * (a - mixed) / 2.0;
        }
        indices.push(first / n / variance);
        indices.push(total / n / variance);
    }
    indices
}

/// Elementary effects of each factor, each with its trajectory, where some rows have no output (NaN): an effect
/// needs both of its rows, and no other.
pub(crate) fn elementary_effects(design: &MorrisDesign, outputs: &[f64]) -> Vec<Vec<f64>> {
    let length = design.factors + 1;
    let mut effects = vec![Vec::new(); design.factors];
    for (rows, outputs) in design.rows.chunks(length).zip(outputs.chunks(length)) {
        for (pair, output) in rows.windows(2).zip(outputs.windows(2)) {
            for (factor, effects) in effects.iter_mut().enumerate() {
                let step = pair[1][factor] - pair[0][factor];
                let effect = (output[1] - output[0]) / step;
                if step != 0.0 && effect.is_finite() {
                    effects.push(effect);
                }
            }
        }
    }
    effects
}

/// Morris's three measures of one factor, mu, mu* and sigma, with bootstrap intervals over its effects.
///
/// # Errors
/// Fails with fewer than two effects.
pub(crate) fn morris_intervals(
    effects: &[f64],
    replicates: u32,
    level: f64,
    seed: u64,
) -> Result<[Interval; 3]> {
    let statistics = |rows: &[usize]| {
        let chosen: Vec<f64> = rows.iter().map(|&r| effects[r]).collect();
        let found = summarise(&chosen);
        vec![found.mu, found.mu_star, found.sigma]
    };
    let found = bootstrap_intervals(effects.len(), statistics, replicates, level, seed)?;
    Ok([found[0], found[1], found[2]])
}

/// The base points of a Saltelli design all of whose rows have an output, as a design of their own with its
/// outputs.
pub(crate) fn complete_points(design: &SaltelliDesign, outputs: &[f64]) -> (SaltelliDesign, Vec<f64>) {
    let block = design.factors + 2;
    let (mut rows, mut kept) = (Vec::new(), Vec::new());
    for (points, values) in design.rows.chunks(block).zip(outputs.chunks(block)) {
        if values.iter().all(|v| v.is_finite()) {
            rows.extend_from_slice(points);
            kept.extend_from_slice(values);
        }
    }
    (SaltelliDesign { factors: design.factors, base: rows.len() / block, rows }, kept)
}

/// Spearman's rank correlation of a factor with an output, with its bootstrap interval over runs: for designs
/// that have no index of their own. Runs without an output are left out.
///
/// # Errors
/// Fails with fewer than two runs.
pub(crate) fn rank_correlation(
    factor: &[f64],
    outputs: &[f64],
    replicates: u32,
    level: f64,
    seed: u64,
) -> Result<Interval> {
    let pairs: Vec<(f64, f64)> =
        factor.iter().zip(outputs).filter(|(_, y)| y.is_finite()).map(|(x, y)| (*x, *y)).collect();
    let statistic = |rows: &[usize]| {
        let x: Vec<f64> = rows.iter().map(|&r| pairs[r].0).collect();
        let y: Vec<f64> = rows.iter().map(|&r| pairs[r].1).collect();
        vec![correlation(&ranks(&x), &ranks(&y))]
    };
    Ok(bootstrap_intervals(pairs.len(), statistic, replicates, level, seed)?.remove(0))
}

/// Ranks from 1, equal values sharing their mean rank.
fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]).then(a.cmp(&b)));
    let mut ranks = vec![0.0; values.len()];
    let mut start = 0;
    while start < order.len() {
        let mut end = start + 1;
        while end < order.len() && values[order[end]] == values[order[start]] {
            end += 1;
        }
        for &i in &order[start..end] {
            ranks[i] = (start + 1 + end) as f64 / 2.0;
        }
        start = end;
    }
    ranks
}

/// Pearson's correlation; 0 where one of the two never changes.
fn correlation(x: &[f64], y: &[f64]) -> f64 {
    let n = x.len() as f64;
    let mean = |v: &[f64]| v.iter().sum::<f64>() / n;
    let (mx, my) = (mean(x), mean(y));
    let product = |a: &[f64], ma: f64, b: &[f64], mb: f64| {
        a.iter().zip(b).map(|(a, b)| (a - ma) * (b - mb)).sum::<f64>()
    };
    let size = (product(x, mx, x, mx) * product(y, my, y, my)).sqrt();
    if size > 0.0 { product(x, mx, y, my) / size } else { 0.0 }
}

fn check_outputs(outputs: &[f64], rows: usize) -> Result<()> {
    if outputs.len() != rows {
        return Err(unusable(
            messages::outputs_of_design(),
            messages::outputs_counted(outputs.len()),
            messages::one_a_row(rows),
        ));
    }
    match outputs.iter().position(|y| !y.is_finite()) {
        Some(row) => Err(unusable(
            messages::outputs_of_design_row(row + 1),
            messages::as_is(outputs[row]),
            messages::a_finite_number(),
        )),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

    use super::super::design::{morris, saltelli};
    use super::*;

    /// Ishigami and Homma (1990): `sin x1 + a sin^2 x2 + b x3^4 sin x1`, x uniform on [-pi, pi].
    fn ishigami(row: &[f64]) -> f64 {
        let x = [0, 1, 2].map(|i| PI * (2.0 * row[i] - 1.0));
        let (s1, s2) = (libm::sin(x[0]), libm::sin(x[1]));
        s1 + 7.0 * s2 * s2 + 0.1 * libm::pow(x[2], 4.0) * s1
    }

    fn outputs(rows: &[Vec<f64>], f: impl Fn(&[f64]) -> f64) -> Vec<f64> {
        rows.iter().map(|r| f(r)).collect()
    }

    fn compare(indices: &[SobolIndices], first: &[f64], total: &[f64], tolerance: f64) {
        for (i, found) in indices.iter().enumerate() {
            assert!((found.first.estimate - first[i]).abs() < tolerance, "first {i}: {:?}", found.first);
            assert!((found.total.estimate - total[i]).abs() < tolerance, "total {i}: {:?}", found.total);
            let near = |interval: Interval, v: f64| interval.low - 1e-6 <= v && v <= interval.high + 1e-6;
            assert!(near(found.first, first[i]), "first {i}: {:?} {}", found.first, first[i]);
            assert!(near(found.total, total[i]), "total {i}: {:?} {}", found.total, total[i]);
        }
    }

    /// Analytic values at a = 7, b = 0.1: V = a^2/8 + b pi^4/5 + b^2 pi^8/18 + 1/2, V1 = (1 + b pi^4/5)^2/2,
    /// V2 = a^2/8, V13 = 8 b^2 pi^8/225; printed by Saltelli et al. (2008), Global Sensitivity Analysis, as
    /// S = (.3139, .4424, 0) and total (.5576, .4424, .2437).
    #[test]
    fn ishigami_indices_lie_in_their_intervals() {
        let p4 = libm::pow(PI, 4.0);
        let (v2, v13) = (49.0 / 8.0, 8.0 * 0.01 * p4 * p4 / 225.0);
        let v1 = (1.0 + 0.1 * p4 / 5.0) * (1.0 + 0.1 * p4 / 5.0) / 2.0;
        let v = v1 + v2 + v13;
        let first = [v1 / v, v2 / v, 0.0];
        let total = [(v1 + v13) / v, v2 / v, v13 / v];
        for (found, printed) in first.iter().chain(&total).zip([0.3139, 0.4424, 0.0, 0.5576, 0.4424, 0.2437])
        {
            assert!((found - printed).abs() < 6e-5);
        }
        let design = saltelli(4096, 3, 2).unwrap();
        let found = sobol_indices(&design, &outputs(&design.rows, ishigami), 200, 0.99, 1).unwrap();
        compare(&found, &first, &total, 0.01);
    }

    /// Sobol's g-function `prod (|4 x - 2| + a_i)/(1 + a_i)`: V_i = 1/(3 (1 + a_i)^2), V = prod (1 + V_i) -
    /// 1, S_i = V_i/V, T_i = V_i prod_{j != i} (1 + V_j)/V (Saltelli and Sobol' 1995).
    #[test]
    fn g_function_indices_lie_in_their_intervals() {
        let a = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0];
        let g = |row: &[f64]| -> f64 {
            row.iter().zip(&a).map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product()
        };
        let parts = a.map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
        let whole: f64 = parts.iter().map(|v| 1.0 + v).product();
        let first = parts.map(|v| v / (whole - 1.0));
        let total = parts.map(|v| v * whole / (1.0 + v) / (whole - 1.0));
        let design = saltelli(4096, 6, 5).unwrap();
        let found = sobol_indices(&design, &outputs(&design.rows, g), 200, 0.99, 1).unwrap();
        compare(&found, &first, &total, 0.015);
    }

    /// A linear function has the slope as effect everywhere; a product has effects that depend on the other.
    #[test]
    fn elementary_effects_of_simple_functions_are_exact() {
        let design = morris(40, 3, 4, 6).unwrap();
        let linear = outputs(&design.rows, |x| 3.0 * x[0] - 5.0 * x[1]);
        for (found, slope) in morris_effects(&design, &linear).unwrap().iter().zip([3.0, -5.0, 0.0_f64]) {
            assert!((found.mu - slope).abs() < 1e-13);
            assert!((found.mu_star - slope.abs()).abs() < 1e-13);
            assert!(found.sigma < 1e-13);
        }
        let product = outputs(&design.rows, |x| x[0] * (x[1] - 0.5));
        let effects = morris_effects(&design, &product).unwrap();
        assert!(effects[0].mu.abs() < 0.2 && effects[0].mu_star > 0.25 && effects[0].sigma > 0.25);
        assert_eq!(effects[2].mu_star, 0.0);
    }

    #[test]
    fn refused_rows_cost_only_the_effects_and_points_that_need_them() {
        let design = morris(3, 2, 4, 1).unwrap();
        let mut y = outputs(&design.rows, |x| 2.0 * x[0] - x[1]);
        let all = elementary_effects(&design, &y);
        assert_eq!((all[0].len(), all[1].len()), (3, 3));
        let [mu, mu_star, sigma] = morris_intervals(&all[1], 50, 0.9, 1).unwrap();
        assert!((mu.estimate + 1.0).abs() < 1e-12 && (mu_star.estimate - 1.0).abs() < 1e-12);
        assert!(sigma.estimate < 1e-12 && mu.low <= mu.estimate && mu.estimate <= mu.high);
        y[0] = f64::NAN;
        let some = elementary_effects(&design, &y);
        assert_eq!(some[0].len() + some[1].len(), 5);

        let design = saltelli(4, 2, 1).unwrap();
        let mut y = outputs(&design.rows, |x| x[0]);
        y[5] = f64::NAN;
        let (part, kept) = complete_points(&design, &y);
        assert_eq!((part.base, part.rows.len(), kept.len()), (3, 12, 12));
        assert_eq!(part.rows[4], design.rows[8]);
    }

    #[test]
    fn rank_correlation_sees_any_rising_curve_and_shares_ties() {
        let x: Vec<f64> = (0..20).map(f64::from).collect();
        let mut y: Vec<f64> = x.iter().map(|x| libm::exp(*x)).collect();
        assert!((rank_correlation(&x, &y, 50, 0.9, 1).unwrap().estimate - 1.0).abs() < 1e-12);
        y[3] = f64::NAN;
        assert!((rank_correlation(&x, &y, 50, 0.9, 1).unwrap().estimate - 1.0).abs() < 1e-12);
        assert_eq!(ranks(&[5.0, 1.0, 5.0]), [2.5, 1.0, 2.5]);
        assert_eq!(rank_correlation(&x, &[1.0; 20], 50, 0.9, 1).unwrap().estimate, 0.0);
    }

    #[test]
    fn outputs_that_do_not_fit_the_design_are_refused() {
        let design = saltelli(8, 2, 1).unwrap();
        assert!(sobol_indices(&design, &[1.0; 31], 50, 0.9, 1).is_err());
        assert!(sobol_indices(&design, &[0.1; 32], 50, 0.9, 1).is_err());
        let mut nan = vec![1.0; 32];
        nan[7] = f64::NAN;
        let message = sobol_indices(&design, &nan, 50, 0.9, 1).unwrap_err().to_string();
        assert!(message.contains("row 8"), "{message}");
    }
}
