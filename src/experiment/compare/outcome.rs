//! All runs of a comparison, and what they say.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::attribution::Orders;
use crate::Result;
use crate::experiment::arms::Program;
use crate::experiment::levers::{Key as LeverKey, LeverPaths, Moved};
use crate::experiment::metrics::{Key, Outlays, Payments};
use crate::experiment::replicates::{Difference, Settings, interval, mean_and_error, paired, unpaired};
use crate::quantity::Fen;
use crate::simulation::{Timings, replicate_seed};

/// A line of money: payer, receiver and purpose, or policy, payer and purpose.
pub(crate) type Line = (String, String, String);

/// One set of policies of one scenario.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Arm {
    /// Number of the scenario.
    pub program: usize,
    /// Numbers of the measures that are on.
    pub on: Vec<usize>,
}

/// One run: an arm and the number of its luck.
pub(crate) type RunId = (usize, u32);

/// Two arms that are compared.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// Its name in tables.
    pub name: String,
    /// The policies that make the difference.
    pub policies: String,
    /// Arms by number.
    pub policy: usize,
    pub baseline: usize,
    /// The whole programme of a scenario against none of it.
    pub whole: bool,
    /// Why equal replicates of its arms do not share their luck; none if they do.
    pub own_luck: Option<String>,
}

impl Comparison {
    /// The word in tables.
    pub fn luck(&self) -> &'static str {
        if self.own_luck.is_some() { "own" } else { "shared" }
    }
}

/// The size of a policy at which what is gained pays its cost, as it was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct BreakEven {
    /// The key that is the size of the policy.
    pub key: String,
    /// Sizes, from the least to the greatest, and the scenario that each is.
    pub sizes: Vec<(f64, usize)>,
}

/// All runs and what they say.
pub struct Outcome {
    /// Scenarios, the baseline's first.
    pub programs: Vec<Program>,
    /// Sets of policies that were run.
    pub arms: Vec<Arm>,
    /// Pairs of arms that are reported.
    pub comparisons: Vec<Comparison>,
    /// Replicate numbers of every arm.
    pub replicates: Vec<u32>,
    /// Names of the values, by scenario.
    pub keys: Vec<Vec<Key>>,
    /// Names of places for readers, by scope and id, over all scenarios.
    pub places: BTreeMap<(String, String), String>,
    /// Values of a run, in the order of its scenario's keys; NaN where the question has no answer.
    pub values: BTreeMap<RunId, Vec<f64>>,
    /// Who paid whom in a run, over its years, fen.
    pub payments: BTreeMap<RunId, Payments>,
    /// What policies of a run asked for and got, fen.
    pub outlays: BTreeMap<RunId, Outlays>,
    /// Levers that policies of a run moved.
    pub levers: BTreeMap<RunId, LeverPaths>,
    /// Agents at the end of a run.
    pub agents: BTreeMap<RunId, u64>,
    /// What is printed of the residual of income, by scenario: of its first run without policies.
    pub outside_income: Vec<String>,
    /// Whether all pairs of scenarios were asked for.
    pub pairs: bool,
    /// Of all runs together.
    pub timings: Timings,
    /// First worlds that were built for its runs; arms that differ in policies alone share one.
    pub first_worlds: usize,
    /// Level and kind of all intervals.
    pub settings: Settings,
    /// The size that is looked for, if one is.
    pub break_even: Option<BreakEven>,
    /// Orders of the policies of each scenario, where Shapley's shares are asked for.
    pub(super) orders: Vec<Option<Orders>>,
}

/// One row of an attribution.
#[derive(Clone, Debug)]
pub struct Part {
    pub program: usize,
    /// The policy, or `all`.
    pub policy: String,
    /// alone, last, shapley, total, interaction.
    pub kind: &'static str,
    pub key: Key,
    pub value: f64,
    pub low: f64,
    pub high: f64,
    /// Standard error from the choice of orders.
    pub order_error: f64,
}

/// A scenario of a comparison, side by side with the others.
#[derive(Clone, Copy, Debug)]
pub struct Variant<'a> {
    pub name: &'a str,
    pub program: usize,
    pub arm: usize,
    /// Against the first of them; none for the first.
    pub comparison: Option<&'a Comparison>,
}

/// How much shared luck narrows an interval.
#[derive(Clone, Debug)]
pub struct Narrowing {
    pub comparison: String,
    pub key: Key,
    pub width_shared: f64,
    pub width_independent: f64,
}

impl Narrowing {
    /// How many times narrower; empty where shared luck leaves no width at all.
    pub fn factor(&self) -> f64 {
        if self.width_shared > 0.0 { self.width_independent / self.width_shared } else { f64::NAN }
    }
}

/// Replicates from this number on are of luck that no arm of the comparison shares.
pub(super) const INDEPENDENT: u32 = 1 << 20;

/// The number of a luck that no arm of the comparison shares.
pub(super) fn independent_replicate(replicate: u32) -> u32 {
    replicate + INDEPENDENT
}

impl Outcome {
    /// Values of one name over the replicates of an arm.
    fn series(&self, arm: usize, key: usize) -> Vec<f64> {
        self.replicates.iter().map(|&r| self.value(arm, r, key)).collect()
    }

    fn value(&self, arm: usize, replicate: u32, key: usize) -> f64 {
        self.values.get(&(arm, replicate)).map_or(f64::NAN, |v| v[key])
    }

    /// Positions in the baseline's and the policy's values of every name that both have.
    fn common(&self, comparison: &Comparison) -> Vec<(usize, usize)> {
        let (p, b) = (self.arms[comparison.policy].program, self.arms[comparison.baseline].program);
        if p == b || self.keys[p] == self.keys[b] {
            return (0..self.keys[p].len()).map(|i| (i, i)).collect();
        }
        let there: BTreeMap<&Key, usize> = self.keys[b].iter().enumerate().map(|(i, k)| (k, i)).collect();
        let found = |(i, k): (usize, &Key)| there.get(k).map(|&j| (i, j));
        self.keys[p].iter().enumerate().filter_map(found).collect()
    }

    /// All scenarios side by side. The first is what the others are held against: the first scenario, or of one scenario
    /// alone its baseline.
    pub fn variants(&self) -> Vec<Variant<'_>> {
        let of =
            |comparison: &&Comparison, arm: usize| comparison.policy == arm && !comparison.name.contains(':');
        if let [program] = &self.programs[..] {
            let whole = self.comparisons.iter().find(|c| c.whole);
            return whole.map_or(Vec::new(), |c| {
                vec![
                    Variant { name: "baseline", program: 0, arm: c.baseline, comparison: None },
                    Variant { name: &program.name, program: 0, arm: c.policy, comparison: Some(c) },
                ]
            });
        }
        let full = |p: usize| {
            let program = &self.programs[p];
            self.arms.iter().position(|a| a.program == p && a.on == program.all())
        };
        let first = full(0);
        let each = (0..self.programs.len()).filter_map(|p| full(p).map(|arm| (p, arm)));
        each.map(|(p, arm)| Variant {
            name: &self.programs[p].name,
            program: p,
            arm,
            comparison: self.comparisons.iter().find(|c| of(c, arm) && Some(c.baseline) == first && !c.whole),
        })
        .collect()
    }

    /// The mean of a number of a variant over replicates, and its Monte Carlo error.
    pub fn mean(&self, variant: &Variant, key: usize) -> (f64, f64) {
        mean_and_error(&self.series(variant.arm, key))
    }

    /// The last year of a comparison.
    pub fn last_year(&self, comparison: &Comparison) -> i32 {
        self.keys[self.arms[comparison.policy].program].last().map_or(0, |k| k.year)
    }

    /// The difference of two arms: replicate by replicate where they share their luck, else of two samples.
    fn difference(&self, comparison: &Comparison, policy: &[f64], baseline: &[f64]) -> Result<Difference> {
        match comparison.own_luck {
            None => paired(policy, baseline, &self.settings),
            Some(_) => Ok(unpaired(policy, baseline, self.settings.level)),
        }
    }

    /// All differences of a comparison in the order of its names. Parts of a programme are kept for the last
    /// year only, and not by node.
    ///
    /// # Errors
    /// Fails on a level that is no probability.
    pub(crate) fn differences(&self, comparison: &Comparison) -> Result<Vec<(Key, Difference)>> {
        let keys = &self.keys[self.arms[comparison.policy].program];
        let last = self.last_year(comparison);
        let part = comparison.name.contains(':');
        self.common(comparison)
            .into_iter()
            .filter(|(i, _)| !part || (keys[*i].year == last && keys[*i].scope != "node"))
            .map(|(i, j)| {
                let policy = self.series(comparison.policy, i);
                let baseline = self.series(comparison.baseline, j);
                Ok((keys[i].clone(), self.difference(comparison, &policy, &baseline)?))
            })
            .collect()
    }

    /// The difference of one indicator summed over all years, by replicate.
    pub(crate) fn sums_over_years(
        &self,
        comparison: &Comparison,
        indicator: &str,
        scope: &str,
        id: &str,
    ) -> Vec<f64> {
        let keys = &self.keys[self.arms[comparison.policy].program];
        let common: Vec<(usize, usize)> = self
            .common(comparison)
            .into_iter()
            .filter(|(i, _)| {
                keys[*i].indicator == indicator && keys[*i].scope == scope && keys[*i].scope_id == id
            })
            .collect();
        let difference = |r: u32| {
            let one = |(i, j): &(usize, usize)| {
                self.value(comparison.policy, r, *i) - self.value(comparison.baseline, r, *j)
            };
            common.iter().map(one).sum()
        };
        self.replicates.iter().map(|&r| difference(r)).collect()
    }

    /// Payments over all years by payer, receiver and purpose, in the baseline and under the policy.
    ///
    /// # Errors
    /// Fails on a level that is no probability.
    pub fn public_money(&self, comparison: &Comparison) -> Result<Vec<(Line, Difference)>> {
        let mut lines = BTreeSet::new();
        for &r in &self.replicates {
            for arm in [comparison.policy, comparison.baseline] {
                if let Some(payments) = self.payments.get(&(arm, r)) {
                    lines.extend(payments.keys().filter(|line| is_public(line)).cloned());
                }
            }
        }
        lines
            .into_iter()
            .map(|line| {
                let of = |arm: usize| -> Vec<f64> {
                    let paid = |r: &u32| self.payments.get(&(arm, *r)).and_then(|p| p.get(&line)).copied();
                    self.replicates.iter().map(|r| paid(r).map_or(0.0, Fen::yuan)).collect()
                };
                let d = self.difference(comparison, &of(comparison.policy), &of(comparison.baseline))?;
                Ok((line, d))
            })
            .collect()
    }

    /// Levers of the policies by policy, lever and year, as means over places and replicates; the number of
    /// places is a mean over replicates.
    pub fn levers(&self, comparison: &Comparison) -> Vec<(LeverKey, Moved)> {
        let mut sums: BTreeMap<&LeverKey, Moved> = BTreeMap::new();
        let of = |r: &u32| self.levers.get(&(comparison.policy, *r));
        for (key, moved) in self.replicates.iter().filter_map(of).flat_map(|paths| &paths.moved) {
            let sum = sums.entry(key).or_default();
            sum.places += moved.places;
            sum.before += moved.before;
            sum.proposed += moved.proposed;
            sum.after += moved.after;
        }
        let replicates = self.replicates.len() as f64;
        let mean = |sum: Moved| Moved {
            places: sum.places / replicates,
            before: sum.before / sum.places,
            proposed: sum.proposed / sum.places,
            after: sum.after / sum.places,
        };
        sums.into_iter().map(|(key, sum)| (key.clone(), mean(sum))).collect()
    }

    /// Programme money over all years by policy, payer and purpose: what was paid, and what was demanded under
    /// the policy.
    ///
    /// # Errors
    /// Fails on a level that is no probability.
    pub fn costs(&self, comparison: &Comparison) -> Result<Vec<(Line, Difference, f64)>> {
        let mut lines = BTreeSet::new();
        for &r in &self.replicates {
            for arm in [comparison.policy, comparison.baseline] {
                lines.extend(self.outlays.get(&(arm, r)).into_iter().flat_map(|o| o.keys().cloned()));
            }
        }
        lines
            .into_iter()
            .map(|line| {
                let of = |arm: usize| -> Vec<(Fen, Fen)> {
                    let one = |r: &u32| self.outlays.get(&(arm, *r)).and_then(|o| o.get(&line)).copied();
                    self.replicates.iter().map(|r| one(r).unwrap_or_default()).collect()
                };
                let (policy, baseline) = (of(comparison.policy), of(comparison.baseline));
                let paid = |v: &[(Fen, Fen)]| v.iter().map(|x| x.1.yuan()).collect::<Vec<f64>>();
                let demanded = policy.iter().map(|x| x.0.yuan()).sum::<f64>() / policy.len() as f64;
                let d = self.difference(comparison, &paid(&policy), &paid(&baseline))?;
                Ok((line, d, demanded))
            })
            .collect()
    }

    /// What programmes paid more than in the baseline, by replicate, yuan over all years.
    pub(crate) fn programme_cost(&self, comparison: &Comparison) -> Vec<f64> {
        let paid = |arm: usize, r: u32| -> Fen {
            self.outlays.get(&(arm, r)).into_iter().flatten().map(|(_, outlay)| outlay.1).sum()
        };
        let cost = |&r: &u32| (paid(comparison.policy, r) - paid(comparison.baseline, r)).yuan();
        self.replicates.iter().map(cost).collect()
    }

    /// What each policy adds: alone, last, by Shapley, and what is left of interaction. Last year, without
    /// nodes.
    ///
    /// # Errors
    /// Fails on a level that is no probability.
    pub fn attribution(&self) -> Result<Vec<Part>> {
        let mut parts = Vec::new();
        for (p, program) in self.programs.iter().enumerate() {
            let n = program.measures.len();
            let find = |on: &[usize]| self.arms.iter().position(|a| a.program == p && a.on == on);
            let singles: Option<Vec<usize>> = (0..n).map(|i| find(&[i])).collect();
            let (Some(singles), Some(none), Some(full)) = (singles, find(&[]), find(&program.all())) else {
                continue;
            };
            if n < 2 {
                continue;
            }
            let without: Vec<Option<usize>> =
                (0..n).map(|i| find(&(0..n).filter(|&j| j != i).collect::<Vec<_>>())).collect();
            let last = self.keys[p].last().map_or(0, |k| k.year);
            let sets = self.orders[p].as_ref().map(|orders| orders.sets(n)).unwrap_or_default();
            let arms_of_sets: BTreeMap<Vec<usize>, usize> =
                sets.into_iter().filter_map(|set| find(&set).map(|arm| (set, arm))).collect();
            for (k, key) in self.keys[p].iter().enumerate() {
                if key.year != last || key.scope == "node" {
                    continue;
                }
                let base = self.series(none, k);
                let whole = self.series(full, k);
                let minus = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a - b).collect::<Vec<f64>>();
                let total = minus(&whole, &base);
                let alone: Vec<Vec<f64>> =
                    singles.iter().map(|&arm| minus(&self.series(arm, k), &base)).collect();
                for i in 0..n {
                    let label = &program.measures[i].label;
                    parts.push(self.part(p, label, "alone", key, &alone[i], 0.0)?);
                    if let Some(arm) = without[i] {
                        let added = minus(&whole, &self.series(arm, k));
                        parts.push(self.part(p, label, "last", key, &added, 0.0)?);
                    }
                }
                if let Some(orders) = &self.orders[p] {
                    self.shapley(p, key, k, orders, &arms_of_sets, &mut parts)?;
                }
                parts.push(self.part(p, "all", "total", key, &total, 0.0)?);
                let sum: Vec<f64> =
                    (0..total.len()).map(|r| alone.iter().map(|a| a[r]).sum::<f64>()).collect();
                parts.push(self.part(p, "all", "interaction", key, &minus(&total, &sum), 0.0)?);
            }
        }
        Ok(parts)
    }

    /// Shapley's shares by replicate; the orders are the same in every replicate, so the error they leave is
    /// that of the mean over replicates.
    fn shapley(
        &self,
        program: usize,
        key: &Key,
        k: usize,
        orders: &Orders,
        arms: &BTreeMap<Vec<usize>, usize>,
        parts: &mut Vec<Part>,
    ) -> Result<()> {
        let n = self.programs[program].measures.len();
        let of = |r: u32| move |set: &[usize]| arms.get(set).map_or(f64::NAN, |&arm| self.value(arm, r, k));
        let by_replicate: Vec<Vec<(f64, f64)>> =
            self.replicates.iter().map(|&r| orders.shares(n, of(r))).collect();
        let means: BTreeMap<&[usize], f64> = arms
            .iter()
            .map(|(set, &arm)| {
                (&set[..], self.series(arm, k).iter().sum::<f64>() / self.replicates.len() as f64)
            })
            .collect();
        let errors = orders.shares(n, |set| means.get(set).copied().unwrap_or(f64::NAN));
        for (i, (_, error)) in errors.into_iter().enumerate() {
            let shares: Vec<f64> = by_replicate.iter().map(|s| s[i].0).collect();
            let label = &self.programs[program].measures[i].label;
            parts.push(self.part(program, label, "shapley", key, &shares, error)?);
        }
        Ok(())
    }

    fn part(
        &self,
        program: usize,
        policy: &str,
        kind: &'static str,
        key: &Key,
        values: &[f64],
        order_error: f64,
    ) -> Result<Part> {
        let (low, high) = interval(values, &self.settings)?;
        let value = values.iter().sum::<f64>() / values.len() as f64;
        Ok(Part { program, policy: policy.to_owned(), kind, key: key.clone(), value, low, high, order_error })
    }

    /// How much narrower shared luck makes the intervals of whole programmes in the last year, without nodes.
    ///
    /// # Errors
    /// Fails on a level that is no probability.
    pub fn narrowing(&self) -> Result<Vec<Narrowing>> {
        let mut rows = Vec::new();
        for c in self.comparisons.iter().filter(|c| c.whole) {
            let keys = &self.keys[self.arms[c.policy].program];
            let last = self.last_year(c);
            for (i, j) in self.common(c) {
                if keys[i].year != last || keys[i].scope == "node" {
                    continue;
                }
                let policy = self.series(c.policy, i);
                let alone = |&r: &u32| self.value(c.baseline, independent_replicate(r), j);
                let independent: Vec<f64> = self.replicates.iter().map(alone).collect();
                let shared = paired(&policy, &self.series(c.baseline, j), &self.settings)?;
                let apart = paired(&policy, &independent, &self.settings)?;
                rows.push(Narrowing {
                    comparison: c.name.clone(),
                    key: keys[i].clone(),
                    width_shared: shared.high - shared.low,
                    width_independent: apart.high - apart.low,
                });
            }
        }
        Ok(rows)
    }

    /// Every run with its name, arm, replicate and seed, in the order of arms and replicates.
    pub fn runs(&self) -> Vec<(String, RunId, u64)> {
        let seed =
            |run: &RunId| replicate_seed(self.programs[self.arms[run.0].program].scenario.run.seed, run.1);
        self.values.keys().map(|run| (self.run_name(*run), *run, seed(run))).collect()
    }

    /// The name of a run: scenario, policies that are on, replicate.
    pub(crate) fn run_name(&self, run: RunId) -> String {
        let arm = &self.arms[run.0];
        let program = &self.programs[arm.program];
        let what = match arm.on.len() {
            0 => "baseline".to_owned(),
            n if n == program.measures.len() => "policy".to_owned(),
            _ => format!("with:{}", program.labels(&arm.on)),
        };
        format!("{}/{what}/{}", program.name, run.1)
    }
}

/// Whether a payment is public money.
fn is_public(line: &Line) -> bool {
    let public = |class: &str| class.ends_with("_government") || class.ends_with("_governments");
    public(&line.0) || public(&line.1) || line.0 == "guarantee_funds"
}
