//! Difference in differences by two-way fixed effects: `y_it = a_i + l_t + x_it'b + e_it`, with standard
//! errors clustered by county, prefecture or whatever shares its shocks (Liang and Zeger 1986; Bertrand,
//! Duflo and Mullainathan 2004).
//!
//! With treatment at different dates and effects that differ or grow, b is a weighted sum of effects in which
//! some weights are negative (Goodman-Bacon 2021; de Chaisemartin and D'Haultfoeuille 2020). In a simulated
//! world the true effect is known, so the difference is a finding, not a nuisance.

use super::least_squares::{Cholesky, Matrix, Regressor, check_columns, collinear, dot};
use super::resample::Interval;
use super::student::{incomplete_beta, two_sided_p, two_sided_quantile};
use super::two_way::{TwoWayEffects, number_levels};
use super::unusable;
use crate::Result;
use crate::messages;

/// Where and when one row of a panel was observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PanelRow {
    /// The unit with its own level: a node, a county.
    pub unit: usize,
    /// The year.
    pub period: i32,
    /// Rows of one cluster may be correlated in any way.
    pub cluster: usize,
}

/// One estimated effect.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    /// The regressor that it belongs to.
    pub name: String,
    /// Change of the outcome, in its own unit, for one unit of the regressor.
    pub estimate: f64,
    /// Clustered standard error.
    pub standard_error: f64,
    /// Probability of a larger |t| by chance, with clusters - 1 degrees of freedom.
    pub p_value: f64,
    /// Clusters - 1, the degrees of freedom of Student's t.
    pub degrees: f64,
}

impl Effect {
    /// An estimate with its clustered error and the degrees of freedom of its t.
    pub(crate) fn new(name: &str, estimate: f64, standard_error: f64, degrees: f64) -> Effect {
        let p_value = two_sided_p(estimate / standard_error, degrees);
        Effect { name: name.to_owned(), estimate, standard_error, p_value, degrees }
    }

    /// The interval that covers the effect with probability `level`, from Student's t.
    pub fn interval(&self, level: f64) -> Interval {
        let half = two_sided_quantile(level, self.degrees) * self.standard_error;
        Interval { estimate: self.estimate, low: self.estimate - half, high: self.estimate + half }
    }
}

/// A fitted two-way fixed-effects regression.
#[derive(Clone, Debug)]
pub struct PanelFit {
    /// In the order of the regressors.
    pub effects: Vec<Effect>,
    /// Clustered covariance of the estimates, small-sample factor included.
    pub covariance: Matrix,
    /// Residuals in the order of the rows; 0 for rows left out.
    pub residuals: Vec<f64>,
    /// Rows used: units and periods seen once fit themselves and are left out (Correia 2015), because they
    /// would only make the standard errors look better.
    pub observations: usize,
    /// Rows that were not used.
    pub left_out: usize,
    /// Units among the rows used.
    pub units: usize,
    /// Periods among the rows used.
    pub periods: usize,
    /// Groups within which errors may be correlated.
    pub clusters: usize,
}

/// Estimates the effects of `regressors` (the treatment first, by custom) on `outcome` with unit and period
/// effects. Balanced or not; a missing row is simply not there.
///
/// The covariance is `G/(G-1) (n-1)/(n-K)` times the sandwich of cluster sums. K counts the regressors and
/// the period effects, and the unit effects only if some unit spans several clusters: the convention of
/// Stata's `xtreg, fe` with period dummies.
pub fn two_way_fixed_effects(
    panel: &[PanelRow],
    outcome: &[f64],
    regressors: &[Regressor],
) -> Result<PanelFit> {
    one_outcome_a_row(panel, outcome)?;
    check_columns(regressors, outcome)?;
    if regressors.is_empty() {
        return Err(unusable(
            messages::about_panel(),
            messages::no_regressor(),
            messages::the_treatment_at_least(),
        ));
    }
    let mut places: Vec<(usize, i32)> = panel.iter().map(|r| (r.unit, r.period)).collect();
    places.sort_unstable();
    if let Some(twice) = places.windows(2).find(|p| p[0] == p[1]) {
        return Err(unusable(
            messages::about_panel(),
            messages::unit_twice_in(twice[0].0, twice[0].1),
            messages::one_row_a_unit_and_period(),
        ));
    }

    let kept = without_singletons(panel);
    let Levels { unit, period, cluster, units, periods, groups } = Levels::of(panel, &kept)?;
    let n = kept.len();
    let k = regressors.len();
    let effects = TwoWayEffects::new(&unit, &period, &vec![1.0; n])?;
    let counted_effects = if nested(&unit, &cluster, units) { periods } else { effects.rank() };
    if n <= k + effects.rank().max(counted_effects) {
        return Err(unusable(
            messages::about_panel(),
            messages::rows_regressors_effects(n, k, effects.rank()),
            messages::more_rows_than_coefficients(),
        ));
    }

    let take = |values: &[f64]| kept.iter().map(|&i| values[i]).collect::<Vec<f64>>();
    let y = effects.residuals(&take(outcome));
    let x: Vec<Vec<f64>> = regressors.iter().map(|r| effects.residuals(&take(&r.values))).collect();
    let mut gram = Matrix::zeros(k, k);
    for j in 0..k {
        for l in 0..k {
            gram[(j, l)] = dot(&x[j], &x[l]);
        }
        let raw = take(&regressors[j].values);
        let varies = gram[(j, j)] > 1e-20 * dot(&raw, &raw);
        if !varies {
            return Err(collinear(&regressors[j].name));
        }
    }
    let factor = Cholesky::new(gram).map_err(|j| collinear(&regressors[j].name))?;
    let b = factor.solve(&x.iter().map(|x| dot(x, &y)).collect::<Vec<_>>());
    let e: Vec<f64> = (0..n).map(|i| y[i] - x.iter().zip(&b).map(|(x, b)| x[i] * b).sum::<f64>()).collect();

    let meat = cluster_meat(&cluster, groups, &x, &e);
    let bread = factor.inverse();
    let mut covariance = bread.product(&meat).product(&bread);
    let (g, rows) = (groups as f64, n as f64);
    let small_sample = g / (g - 1.0) * (rows - 1.0) / (rows - (k + counted_effects) as f64);
    for j in 0..k {
        for l in 0..k {
            covariance[(j, l)] *= small_sample;
        }
    }
    let effects =
        (0..k).map(|j| Effect::new(&regressors[j].name, b[j], covariance[(j, j)].sqrt(), g - 1.0)).collect();
    let mut residuals = vec![0.0; panel.len()];
    for (&row, &e) in kept.iter().zip(&e) {
        residuals[row] = e;
    }
    Ok(PanelFit {
        effects,
        covariance,
        residuals,
        observations: n,
        left_out: panel.len() - n,
        units,
        periods,
        clusters: groups,
    })
}

impl PanelFit {
    /// A weighted sum of the estimates, one weight a regressor: their mean, or one less another.
    pub fn combination(&self, name: &str, weights: &[f64]) -> Effect {
        let estimate = self.effects.iter().zip(weights).map(|(e, w)| w * e.estimate).sum();
        let spread = self.covariance.times(weights);
        Effect::new(name, estimate, dot(weights, &spread).max(0.0).sqrt(), (self.clusters - 1) as f64)
    }

    /// F that the estimates of the given positions are all 0, and the probability of a larger one by chance
    /// (clusters - 1 degrees of freedom below). None where there are none, or as many as clusters.
    pub fn joint_test(&self, positions: &[usize]) -> Option<(f64, f64)> {
        let q = positions.len();
        let mut covariance = Matrix::zeros(q, q);
        for (a, &j) in positions.iter().enumerate() {
            for (b, &l) in positions.iter().enumerate() {
                covariance[(a, b)] = self.covariance[(j, l)];
            }
        }
        if q == 0 || q >= self.clusters {
            return None;
        }
        let estimates: Vec<f64> = positions.iter().map(|&j| self.effects[j].estimate).collect();
        let factor = Cholesky::new(covariance).ok()?;
        let (q, below) = (q as f64, (self.clusters - 1) as f64);
        let f = dot(&estimates, &factor.solve(&estimates)) / q;
        let all = below + q * f;
        Some((f, incomplete_beta(below / all, q * f / all, below / 2.0, q / 2.0)))
    }
}

/// Refuses outcomes that are not one a row.
pub(crate) fn one_outcome_a_row(panel: &[PanelRow], outcome: &[f64]) -> Result<()> {
    if panel.len() == outcome.len() {
        return Ok(());
    }
    Err(unusable(
        messages::about_panel(),
        messages::rows_and_outcomes(panel.len(), outcome.len()),
        messages::one_outcome_a_row(),
    ))
}

/// Units, periods and clusters of the rows that are kept, numbered from 0.
pub(crate) struct Levels {
    pub(crate) unit: Vec<usize>,
    pub(crate) period: Vec<usize>,
    pub(crate) cluster: Vec<usize>,
    /// How many units there are.
    pub(crate) units: usize,
    /// How many periods.
    pub(crate) periods: usize,
    /// How many clusters, two or more.
    pub(crate) groups: usize,
}

impl Levels {
    /// Of some rows of a panel; refuses fewer than two clusters.
    pub(crate) fn of(panel: &[PanelRow], kept: &[usize]) -> Result<Levels> {
        let (unit, units) = number_levels(&kept.iter().map(|&i| panel[i].unit).collect::<Vec<_>>());
        let (period, periods) = number_levels(&kept.iter().map(|&i| panel[i].period).collect::<Vec<_>>());
        let (cluster, clusters) = number_levels(&kept.iter().map(|&i| panel[i].cluster).collect::<Vec<_>>());
        let groups = clusters.len();
        if groups < 2 {
            return Err(unusable(
                messages::about_panel(),
                messages::clusters_counted(groups),
                messages::two_clusters(),
            ));
        }
        Ok(Levels { unit, period, cluster, units: units.len(), periods: periods.len(), groups })
    }
}

/// The meat of a sandwich: products of the sums of `x e` over the rows of a cluster, added up over clusters.
pub(crate) fn cluster_meat(cluster: &[usize], groups: usize, x: &[Vec<f64>], e: &[f64]) -> Matrix {
    let k = x.len();
    let mut scores = Matrix::zeros(groups, k);
    for (i, &g) in cluster.iter().enumerate() {
        for j in 0..k {
            scores[(g, j)] += x[j][i] * e[i];
        }
    }
    let mut meat = Matrix::zeros(k, k);
    for g in 0..groups {
        for j in 0..k {
            for l in 0..k {
                meat[(j, l)] += scores[(g, j)] * scores[(g, l)];
            }
        }
    }
    meat
}

/// The rows whose unit and period are both seen more than once among them.
fn without_singletons(panel: &[PanelRow]) -> Vec<usize> {
    let mut kept: Vec<usize> = (0..panel.len()).collect();
    loop {
        let before = kept.len();
        let (unit, units) = number_levels(&kept.iter().map(|&i| panel[i].unit).collect::<Vec<_>>());
        let (period, periods) = number_levels(&kept.iter().map(|&i| panel[i].period).collect::<Vec<_>>());
        let (mut of_unit, mut of_period) = (vec![0; units.len()], vec![0; periods.len()]);
        for (&u, &p) in unit.iter().zip(&period) {
            of_unit[u] += 1;
            of_period[p] += 1;
        }
        kept = (0..before)
            .filter(|&i| of_unit[unit[i]] > 1 && of_period[period[i]] > 1)
            .map(|i| kept[i])
            .collect();
        if kept.len() == before {
            return kept;
        }
    }
}

/// Whether every unit lies in one cluster.
pub(crate) fn nested(unit: &[usize], cluster: &[usize], units: usize) -> bool {
    let mut home = vec![None; units];
    unit.iter().zip(cluster).all(|(&u, &c)| *home[u].get_or_insert(c) == c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64, tolerance: f64) {
        assert!((found - expected).abs() <= tolerance, "{found} is not {expected}");
    }

    /// Nine counties in 2011..2016, treated from 2013 to 2015 in thirds, with a covariate; `keep` makes it
    /// unbalanced.
    fn panel(
        keep: fn(usize, i32) -> bool,
        cluster: fn(usize) -> usize,
    ) -> (Vec<PanelRow>, Vec<f64>, Vec<Regressor>) {
        let (mut rows, mut outcome) = (Vec::new(), Vec::new());
        let (mut treated, mut price) = (Vec::new(), Vec::new());
        for unit in 0..9_usize {
            for period in 2011..2017 {
                if !keep(unit, period) {
                    continue;
                }
                let (i, t) = (unit as i32, period - 2011);
                let d = i % 3 != 0 && t > i % 3;
                let p = f64::from((5 * i + 3 * t + i * t) % 7);
                let noise = f64::from((7 * i * i + 13 * t + 5 * i * t) % 17) / 10.0;
                rows.push(PanelRow { unit, period, cluster: cluster(unit) });
                outcome.push(
                    f64::from(i) + 0.3 * f64::from(t * t) + if d { 2.0 } else { 0.0 } + 0.5 * p + noise,
                );
                treated.push(f64::from(u8::from(d)));
                price.push(p);
            }
        }
        (rows, outcome, vec![Regressor::new("treated", treated), Regressor::new("price", price)])
    }

    fn compare(fit: &PanelFit, expected: [[f64; 2]; 2]) {
        for (found, [estimate, error]) in fit.effects.iter().zip(expected) {
            close(found.estimate, estimate, 1e-11);
            close(found.standard_error, error, 1e-11);
        }
    }

    /// Computed with statsmodels 0.15.0: OLS on all dummies with `cov_type='cluster'`, its factor
    /// (n-1)/(n-K) restated with the K of nested effects.
    #[test]
    fn balanced_and_unbalanced_panels_agree_with_statsmodels() {
        let (rows, y, x) = panel(|_, _| true, |unit| unit);
        let fit = two_way_fixed_effects(&rows, &y, &x).unwrap();
        compare(&fit, BALANCED);
        assert_eq!((fit.observations, fit.units, fit.periods, fit.clusters), (54, 9, 6, 9));
        close(fit.effects[0].p_value, BALANCED_P, 1e-11);
        // t(8) at 95 % is 2.306004135.
        let interval = fit.effects[0].interval(0.95);
        close(interval.high - interval.estimate, 2.306004135 * BALANCED[0][1], 1e-9);

        let (rows, y, x) = panel(|unit, period| (unit as i32 + 2 * period) % 5 != 0, |unit| unit / 2);
        let fit = two_way_fixed_effects(&rows, &y, &x).unwrap();
        compare(&fit, UNBALANCED);
        assert_eq!(fit.clusters, 5);
    }

    const BALANCED: [[f64; 2]; 2] =
        [[2.161156161690636, 0.22960663081791408], [0.5370023958717256, 0.042016681627231434]];
    const BALANCED_P: f64 = 1.3314983065846436e-05;
    const UNBALANCED: [[f64; 2]; 2] =
        [[2.1407638292604605, 0.3988342259008297], [0.5687062256028307, 0.018005395863176784]];

    #[test]
    fn two_groups_and_two_periods_give_the_difference_of_differences() {
        let rows: Vec<PanelRow> =
            (0..4).flat_map(|unit| [0, 1].map(|period| PanelRow { unit, period, cluster: unit })).collect();
        let y = [1.0, 2.0, 3.0, 5.0, 10.0, 14.0, 12.0, 17.0];
        let treated = [0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0].to_vec();
        let fit = two_way_fixed_effects(&rows, &y, &[Regressor::new("treated", treated)]).unwrap();
        close(fit.effects[0].estimate, 4.5 - 1.5, 1e-14);
    }

    #[test]
    fn a_county_seen_once_is_left_out() {
        let (mut rows, mut y, mut x) = panel(|_, _| true, |unit| unit);
        let without = two_way_fixed_effects(&rows, &y, &x).unwrap();
        rows.push(PanelRow { unit: 77, period: 2012, cluster: 77 });
        y.push(1000.0);
        x.iter_mut().for_each(|r| r.values.push(1.0));
        let with = two_way_fixed_effects(&rows, &y, &x).unwrap();
        assert_eq!(with.left_out, 1);
        assert_eq!(with.effects, without.effects);
    }

    #[test]
    fn a_treatment_that_never_changes_is_named() {
        let (rows, y, _) = panel(|_, _| true, |unit| unit);
        let always = rows.iter().map(|r| f64::from(u8::from(r.unit > 4))).collect();
        let message =
            two_way_fixed_effects(&rows, &y, &[Regressor::new("mountain", always)]).unwrap_err().to_string();
        assert!(message.contains("`mountain`"), "{message}");
    }
}
