//! What the members of a complete design say: which parameters matter, and whether the sign of what a policy
//! does, and its rank among policies, hold over the draws.
//!
//! Draws of a trajectory, or of a base point, differ in few parameters and are not independent. Intervals of
//! shares are therefore bootstrapped over whole trajectories and base points.

use super::design::{MorrisDesign, SaltelliDesign};
use super::indices::{
    complete_points, elementary_effects, morris_intervals, rank_correlation, sobol_indices,
};
use super::members::{Member, Members};
use super::plan::{Design, Output, Plan};
use crate::Result;
use crate::estimate::resample::{Interval, bootstrap_interval, quantile};
use crate::experiment::metrics::Key;
use crate::experiment::replicates::{Method, Settings, interval};

/// Resamples of the intervals of indices and shares.
const RESAMPLES: u32 = 500;

/// A share of draws, or a mean over them, with its interval; NaN where nothing counts.
const UNKNOWN: Interval = Interval { estimate: f64::NAN, low: f64::NAN, high: f64::NAN };

/// A policy and a number: its effect with the scenario's own parameters, and what is left of it over draws.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    pub policy: String,
    pub key: Key,
    pub own: f64,
    /// Over the replicates of member 0: luck alone.
    pub own_interval: (f64, f64),
    /// Share of draws in which the effect has the sign of `own`.
    pub sign: Interval,
    pub rank: Option<usize>,
    /// Share of draws in which the policy has that rank.
    pub rank_holds: Interval,
    pub quantiles: [f64; 3],
    pub draws: usize,
    pub not_done: usize,
}

impl Held {
    /// Whether luck alone could have made the effect: its interval over replicates holds zero.
    pub(crate) fn within_luck(&self) -> bool {
        let (low, high) = self.own_interval;
        low <= 0.0 && 0.0 <= high
    }
}

/// The order of policies by the size of one number.
#[derive(Clone, Debug)]
pub(crate) struct Ranking {
    pub key: Key,
    /// The policy with the largest effect under the scenario's own parameters.
    pub first: String,
    /// Share of draws in which it stays the first.
    pub first_holds: Interval,
    /// Kendall's tau between the order in a draw and the scenario's own, mean over draws.
    pub tau: Interval,
    pub draws: usize,
}

/// A row of the table of indices.
#[derive(Clone, Debug)]
pub(crate) struct Index {
    pub output: String,
    pub key: Key,
    pub parameter: String,
    pub measure: &'static str,
    pub interval: Option<Interval>,
    pub used: usize,
}

/// Everything that complete members say.
pub(crate) struct Analysis {
    pub indices: Vec<Index>,
    pub policies: Vec<Held>,
    pub rankings: Vec<Ranking>,
}

/// Analyses a complete design.
///
/// # Errors
/// If the design cannot be made again.
pub(crate) fn analyse(members: &Members) -> Result<Analysis> {
    let (policies, rankings) = policies(members)?;
    Ok(Analysis { indices: indices(members)?, policies, rankings })
}

/// Values of an output in the members from 1 on; NaN where a member is not done.
fn series(members: &Members, output: &Output, key: usize) -> Vec<f64> {
    let count = members.members.keys().max().copied().unwrap_or(0);
    (1..=count).map(|m| members.members.get(&m).map_or(f64::NAN, |m| output.value(m, key))).collect()
}

fn indices(members: &Members) -> Result<Vec<Index>> {
    let plan = &members.plan;
    let places = plan.places()?;
    let mut rows = Vec::new();
    for output in plan.outputs() {
        for (k, key) in members.keys.iter().enumerate() {
            if !matches!(key.scope.as_str(), "area" | "tier") {
                continue;
            }
            let values = series(members, &output, k);
            if values.iter().all(|v| v.is_nan()) {
                continue;
            }
            let mut add = |p: usize, measure: &'static str, interval: Option<Interval>, used: usize| {
                rows.push(Index {
                    output: output.name.clone(),
                    key: key.clone(),
                    parameter: plan.parameters[p].key.clone(),
                    measure,
                    interval,
                    used,
                });
            };
            measures(plan, &places, &values, &mut add)?;
        }
    }
    Ok(rows)
}

fn measures(
    plan: &Plan,
    places: &[Vec<f64>],
    values: &[f64],
    add: &mut impl FnMut(usize, &'static str, Option<Interval>, usize),
) -> Result<()> {
    let factors = plan.parameters.len();
    match &plan.design {
        Design::Morris { trajectories } => {
            let design = MorrisDesign { factors, trajectories: *trajectories, rows: places.to_vec() };
            for (p, effects) in elementary_effects(&design, values).iter().enumerate() {
                let found = morris_intervals(effects, RESAMPLES, plan.level, plan.seed).ok();
                for (i, measure) in ["mu", "mu_star", "sigma"].into_iter().enumerate() {
                    add(p, measure, found.map(|f| f[i]), effects.len());
                }
            }
        }
        Design::Sobol { points } => {
            let design = SaltelliDesign { factors, base: *points, rows: places.to_vec() };
            let (design, values) = complete_points(&design, values);
            // An output that never changes has no shares.
            let found = sobol_indices(&design, &values, RESAMPLES, plan.level, plan.seed).ok();
            for p in 0..factors {
                let index = found.as_ref().map(|f| f[p]);
                add(p, "first", index.map(|i| i.first), design.base);
                add(p, "total", index.map(|i| i.total), design.base);
            }
        }
        Design::Lhs { .. } | Design::Table { .. } => {
            let used = values.iter().filter(|v| v.is_finite()).count();
            for p in 0..factors {
                let column: Vec<f64> = places.iter().map(|row| row[p]).collect();
                let found = rank_correlation(&column, values, RESAMPLES, plan.level, plan.seed).ok();
                add(p, "spearman", found, used);
            }
        }
    }
    Ok(())
}

/// Draws that stand or fall together: rows of a trajectory or of a base point.
fn rows_together(plan: &Plan) -> usize {
    match &plan.design {
        Design::Morris { .. } => plan.parameters.len() + 1,
        Design::Sobol { .. } => plan.parameters.len() + 2,
        Design::Lhs { .. } | Design::Table { .. } => 1,
    }
}

/// The mean of a number over draws that have one, with its interval; no interval where there is one piece only
/// or a resample could be empty.
fn mean_over_draws(plan: &Plan, values: &[f64]) -> Interval {
    let pieces: Vec<(f64, usize)> = values
        .chunks(rows_together(plan))
        .map(|piece| {
            let known: Vec<f64> = piece.iter().copied().filter(|v| v.is_finite()).collect();
            (known.iter().sum(), known.len())
        })
        .filter(|(_, known)| *known > 0)
        .collect();
    let mean = |chosen: &[usize]| {
        let (sum, n) = chosen.iter().fold((0.0, 0), |(s, n), &i| (s + pieces[i].0, n + pieces[i].1));
        sum / n as f64
    };
    match bootstrap_interval(pieces.len(), mean, RESAMPLES, plan.level, plan.seed) {
        Ok(interval) => interval,
        Err(_) if pieces.is_empty() => UNKNOWN,
        Err(_) => Interval { estimate: mean(&(0..pieces.len()).collect::<Vec<_>>()), ..UNKNOWN },
    }
}

fn share(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}

fn policies(members: &Members) -> Result<(Vec<Held>, Vec<Ranking>)> {
    let plan = &members.plan;
    let own = members.members.get(&0);
    let outputs: Vec<Output> = plan.outputs().into_iter().filter(|o| o.name != "level").collect();
    // With one policy, all of them are that one.
    let label = |o: &Output| match &plan.policies[..] {
        [one] => one.clone(),
        _ => o.name.trim_start_matches("effect:").to_owned(),
    };
    let settings = Settings { level: plan.level, method: Method::T, seed: plan.seed };
    let (mut rows, mut rankings) = (Vec::new(), Vec::new());
    for (k, key) in members.keys.iter().enumerate() {
        let draws: Vec<Vec<f64>> = outputs.iter().map(|o| series(members, o, k)).collect();
        let own_of = |o: &Output| own.map_or(f64::NAN, |m: &Member| o.value(m, k));
        let owns: Vec<f64> = outputs.iter().map(own_of).collect();
        if owns.iter().all(|v| v.is_nan()) {
            continue;
        }
        let alone = owns.get(1..).unwrap_or_default();
        // Effects of each policy alone by draw, where all are known.
        let columns: Vec<Option<Vec<f64>>> = (0..draws[0].len())
            .map(|m| {
                let column: Vec<f64> = draws[1..].iter().map(|d| d[m]).collect();
                (!column.is_empty() && column.iter().all(|v| v.is_finite())).then_some(column)
            })
            .collect();
        let over_columns = |of: &dyn Fn(&[f64]) -> f64| -> Vec<f64> {
            columns.iter().map(|c| c.as_ref().map_or(f64::NAN, |c| of(c))).collect()
        };
        for (i, output) in outputs.iter().enumerate() {
            if owns[i].is_nan() {
                continue;
            }
            let rank = (i > 0).then(|| rank_of(alone, i - 1));
            let known: Vec<f64> = draws[i].iter().copied().filter(|v| v.is_finite()).collect();
            let same = |v: &f64| if v.is_nan() { *v } else { share(sign(*v) == sign(owns[i])) };
            let at = |p: f64| quantile(&known, p).unwrap_or(f64::NAN);
            rows.push(Held {
                policy: label(output),
                key: key.clone(),
                own: owns[i],
                own_interval: match own {
                    Some(m) => interval(&output.by_replicate(m, k), &settings)?,
                    None => (f64::NAN, f64::NAN),
                },
                sign: mean_over_draws(plan, &draws[i].iter().map(same).collect::<Vec<_>>()),
                rank,
                rank_holds: match rank {
                    Some(rank) => mean_over_draws(plan, &over_columns(&|c| share(rank_of(c, i - 1) == rank))),
                    None => UNKNOWN,
                },
                quantiles: [at(0.05), at(0.5), at(0.95)],
                draws: known.len(),
                not_done: draws[i].len() - known.len(),
            });
        }
        if alone.len() > 1 && alone.iter().all(|v| v.is_finite()) {
            let first = (0..alone.len()).find(|&i| rank_of(alone, i) == 1).unwrap_or(0);
            rankings.push(Ranking {
                key: key.clone(),
                first: label(&outputs[1 + first]),
                first_holds: mean_over_draws(plan, &over_columns(&|c| share(rank_of(c, first) == 1))),
                tau: mean_over_draws(plan, &over_columns(&|c| kendall(alone, c))),
                draws: columns.iter().flatten().count(),
            });
        }
    }
    Ok((rows, rankings))
}

fn sign(value: f64) -> i8 {
    i8::from(value > 0.0) - i8::from(value < 0.0)
}

/// Rank of the i-th value among all, 1 for the largest; the order of the file breaks a tie.
fn rank_of(values: &[f64], i: usize) -> usize {
    1 + values.iter().enumerate().filter(|(j, v)| **v > values[i] || (**v == values[i] && *j < i)).count()
}

/// Kendall's tau: pairs in the same order less pairs in the opposite one, over all pairs (Kendall 1938).
fn kendall(a: &[f64], b: &[f64]) -> f64 {
    let (mut agree, mut pairs) = (0, 0);
    for i in 0..a.len() {
        for j in 0..i {
            agree += i32::from(sign(a[i] - a[j]) * sign(b[i] - b[j]));
            pairs += 1;
        }
    }
    f64::from(agree) / f64::from(pairs.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_begin_with_the_largest_and_ties_keep_the_order_of_the_file() {
        let values = [1.0, 5.0, 1.0, -2.0];
        assert_eq!([0, 1, 2, 3].map(|i| rank_of(&values, i)), [2, 1, 3, 4]);
        assert_eq!([sign(-1.0), sign(0.0), sign(-0.0), sign(2.0)], [-1, 0, 0, 1]);
    }

    #[test]
    fn kendalls_tau_counts_pairs() {
        let a = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(kendall(&a, &[10.0, 20.0, 30.0, 40.0]), 1.0);
        assert_eq!(kendall(&a, &[4.0, 3.0, 2.0, 1.0]), -1.0);
        // One of six pairs is swapped.
        assert!((kendall(&a, &[2.0, 1.0, 3.0, 4.0]) - 4.0 / 6.0).abs() < 1e-15);
    }
}
