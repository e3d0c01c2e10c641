//! What policies do: the same years lived with and without them under the same luck, replicate by replicate.
//!
//! The baseline of a scenario is the same file with its policies off. Replicate n draws the same luck in every
//! arm, so differences are paired and their intervals much narrower than those of either level.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::arms::Program;
use super::attribution::Orders;
use super::levers::{Key as LeverKey, LeverPaths, Moved};
use super::metrics::{Group, Keep, Key, Outlays, Payments, groups, measure};
use super::pool::{self, progress, run_all};
use super::replicates::{Difference, Settings, interval, paired};
use super::report;
use crate::quantity::Fen;
use crate::simulation::{Timings, replicate_seed};
use crate::{Error, Result};

/// What is to be compared.
#[derive(Clone, Debug)]
pub struct Request {
    pub scenarios: Vec<PathBuf>,
    /// Changes that hold in every arm.
    pub overrides: Vec<String>,
    /// Changes that count as policies: off in the baseline.
    pub treat: Vec<String>,
    pub replicates: u32,
    /// Only this replicate.
    pub replicate: Option<u32>,
    pub each: bool,
    pub shapley: bool,
    /// Orders of policies where not all can be run.
    pub orders: usize,
    /// Also run baselines with luck of their own, to measure what shared luck is worth.
    pub independent: bool,
    pub threads: usize,
    pub settings: Settings,
}

/// A line of money: payer, receiver and purpose, or policy, payer and purpose.
pub type Line = (String, String, String);

/// One set of policies of one scenario.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Arm {
    /// Number of the scenario.
    pub program: usize,
    /// Numbers of the measures that are on.
    pub on: Vec<usize>,
}

/// One run: an arm and the number of its luck.
pub type RunId = (usize, u32);

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
}

/// All runs and what they say.
pub struct Outcome {
    pub programs: Vec<Program>,
    pub arms: Vec<Arm>,
    pub comparisons: Vec<Comparison>,
    /// Replicate numbers of every arm.
    pub replicates: Vec<u32>,
    /// Names of the values, by scenario.
    pub keys: Vec<Vec<Key>>,
    /// Names of places for readers, by scope and id, over all scenarios.
    pub places: BTreeMap<(String, String), String>,
    pub values: BTreeMap<RunId, Vec<f64>>,
    pub payments: BTreeMap<RunId, Payments>,
    pub outlays: BTreeMap<RunId, Outlays>,
    pub levers: BTreeMap<RunId, LeverPaths>,
    pub agents: BTreeMap<RunId, u64>,
    /// What is printed of the residual of income, by scenario: of its first run without policies.
    pub outside_income: Vec<String>,
    /// Of all runs together.
    pub timings: Timings,
    pub settings: Settings,
    /// Orders of the policies of each scenario, where Shapley's shares are asked for.
    orders: Vec<Option<Orders>>,
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

/// Reads, plans, runs and compares.
///
/// # Errors
/// What is wrong with a scenario or the request, or the first run that fails.
pub fn compare(request: &Request) -> Result<Outcome> {
    let mut outcome = plan(request)?;
    let jobs = jobs(&outcome, request);
    let bytes = outcome.programs.iter().map(|p| p.peak_bytes).max().unwrap_or(0);
    let split = pool::split(request.threads, jobs.len(), bytes)?;
    let bar = progress(jobs.len(), "runs");
    // The places of a scenario are known from its first run; later ones must agree.
    let Outcome {
        programs,
        arms,
        replicates,
        keys,
        places,
        values,
        payments,
        outlays,
        levers,
        agents,
        outside_income,
        timings,
        ..
    } = &mut outcome;
    let (programs, arms, replicates) = (&*programs, &*arms, &*replicates);
    run_all(
        split,
        jobs.len(),
        |n| {
            let (arm, replicate) = jobs[n];
            let arm = &arms[arm];
            let program = &programs[arm.program];
            let mut changes = program.with_only(&arm.on);
            changes.push(format!("run.replicate={replicate}"));
            let mut simulation = crate::simulation::load(&program.path, &changes)?;
            let measured = measure(&mut simulation, Keep::Everything)?;
            let first = arm.on.is_empty() && replicates.first() == Some(&replicate);
            let residual = first.then(|| report::outside_income(&simulation));
            Ok((measured, groups(&simulation.world), residual))
        },
        |n, (measured, groups, residual)| {
            let program = arms[jobs[n].0].program;
            name_places(places, &groups);
            if let Some(residual) = residual {
                outside_income[program] = residual;
            }
            if keys[program].is_empty() {
                keys[program] = measured.keys;
            } else if keys[program] != measured.keys {
                return Err(Error::Data {
                    what: format!("runs of {}", programs[program].name),
                    found: "different years or places in different arms".into(),
                    expected: "policies and changes that leave years and nodes alone".into(),
                });
            }
            values.insert(jobs[n], measured.values);
            payments.insert(jobs[n], measured.payments);
            outlays.insert(jobs[n], measured.outlays);
            // Levers are told of whole programmes; what single policies change can be read there.
            if arms[jobs[n].0].on.len() == programs[program].measures.len() {
                levers.insert(jobs[n], measured.levers);
            }
            agents.insert(jobs[n], measured.agents);
            add_up(timings, &measured.timings);
            bar.inc(1);
            Ok(())
        },
    )?;
    bar.finish_and_clear();
    Ok(outcome)
}

/// Time of one run on top of that of others.
fn add_up(sum: &mut Timings, run: &Timings) {
    sum.start += run.start;
    sum.agent_years += run.agent_years;
    sum.phase.iter_mut().zip(run.phase).for_each(|(sum, time)| *sum += time);
}

fn name_places(places: &mut BTreeMap<(String, String), String>, groups: &[Group]) {
    for group in groups {
        places.insert((group.scope.to_owned(), group.id.clone()), group.name.clone());
    }
}

fn plan(request: &Request) -> Result<Outcome> {
    if request.replicates == 0 && request.replicate.is_none() {
        return Err(Error::Usage {
            found: "0 replicates".into(),
            expected: "a comparison needs at least one, and two for an interval".into(),
        });
    }
    let mut programs = Vec::new();
    for path in &request.scenarios {
        let program = Program::read(path, &request.overrides, &request.treat)?;
        program.check_years()?;
        programs.push(program);
    }
    distinct_names(&mut programs);
    if let [only] = &programs[..]
        && only.measures.is_empty()
    {
        return Err(Error::Usage {
            found: format!("{} has no policy that could be compared with its absence", only.path.display()),
            expected:
                "name a scenario with a [[policy.…]] table, several scenarios, or a change that counts \
                       as a policy, such as --treat parameters.xi=0.04"
                    .into(),
        });
    }
    let mut arms: Vec<Arm> = Vec::new();
    let mut arm = |program: usize, on: Vec<usize>| {
        let wanted = Arm { program, on };
        arms.iter().position(|a| *a == wanted).unwrap_or_else(|| {
            arms.push(wanted);
            arms.len() - 1
        })
    };
    let mut comparisons = Vec::new();
    let mut orders = vec![None; programs.len()];
    for (p, program) in programs.iter().enumerate() {
        let full = arm(p, program.all());
        let none = arm(p, Vec::new());
        if program.measures.is_empty() {
            continue;
        }
        comparisons.push(Comparison {
            name: program.name.clone(),
            policies: program.labels(&program.all()),
            policy: full,
            baseline: none,
            whole: true,
        });
        let n = program.measures.len();
        if (request.each || request.shapley) && n > 1 {
            for i in 0..n {
                let rest: Vec<usize> = (0..n).filter(|&j| j != i).collect();
                let label = program.measures[i].label.clone();
                let alone = arm(p, vec![i]);
                let without = arm(p, rest);
                for (kind, policy, baseline) in [("only", alone, none), ("last", full, without)] {
                    comparisons.push(Comparison {
                        name: format!("{}:{kind}:{label}", program.name),
                        policies: label.clone(),
                        policy,
                        baseline,
                        whole: false,
                    });
                }
            }
        }
        if request.shapley && n > 1 {
            let chosen = Orders::choose(n, request.orders, request.settings.seed);
            for set in chosen.sets(n) {
                arm(p, set);
            }
            orders[p] = Some(chosen);
        }
    }
    for b in 1..programs.len() {
        for a in 0..b {
            let (policy, baseline) = (arm(b, programs[b].all()), arm(a, programs[a].all()));
            comparisons.push(Comparison {
                name: format!("{} vs {}", programs[b].name, programs[a].name),
                policies: programs[b].name.clone(),
                policy,
                baseline,
                whole: false,
            });
        }
    }
    let replicates = match request.replicate {
        Some(n) => vec![n],
        None => (0..request.replicates).collect(),
    };
    Ok(Outcome {
        keys: vec![Vec::new(); programs.len()],
        outside_income: vec![String::new(); programs.len()],
        programs,
        arms,
        comparisons,
        replicates,
        places: BTreeMap::new(),
        values: BTreeMap::new(),
        payments: BTreeMap::new(),
        outlays: BTreeMap::new(),
        levers: BTreeMap::new(),
        agents: BTreeMap::new(),
        timings: Timings::default(),
        settings: request.settings,
        orders,
    })
}

/// Two files of one name in different folders take the folder's name along.
fn distinct_names(programs: &mut [Program]) {
    for i in 0..programs.len() {
        if programs[..i].iter().any(|p| p.name == programs[i].name) {
            let folder = programs[i].path.parent().and_then(|f| f.file_name());
            let folder = folder.map_or_else(|| (i + 1).to_string(), |f| f.to_string_lossy().into_owned());
            programs[i].name = format!("{}_{folder}", programs[i].name);
            if programs[..i].iter().any(|p| p.name == programs[i].name) {
                programs[i].name = format!("{}_{}", programs[i].name, i + 1);
            }
        }
    }
}

/// All runs, replicate by replicate.
fn jobs(outcome: &Outcome, request: &Request) -> Vec<RunId> {
    let mut jobs = Vec::new();
    for &replicate in &outcome.replicates {
        jobs.extend((0..outcome.arms.len()).map(|arm| (arm, replicate)));
    }
    if request.independent {
        for c in outcome.comparisons.iter().filter(|c| c.whole) {
            jobs.extend(outcome.replicates.iter().map(|&r| (c.baseline, independent_replicate(r))));
        }
    }
    jobs
}

/// The number of a luck that no arm of the comparison shares.
fn independent_replicate(replicate: u32) -> u32 {
    replicate + (1 << 20)
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

    /// The last year of a comparison.
    pub fn last_year(&self, comparison: &Comparison) -> i32 {
        self.keys[self.arms[comparison.policy].program].last().map_or(0, |k| k.year)
    }

    /// All differences of a comparison in the order of its names. Parts of a programme are kept for the last
    /// year only, and not by node.
    ///
    /// # Errors
    /// Fails on a level that is no probability.
    pub fn differences(&self, comparison: &Comparison) -> Result<Vec<(Key, Difference)>> {
        let keys = &self.keys[self.arms[comparison.policy].program];
        let last = self.last_year(comparison);
        let part = comparison.name.contains(':');
        self.common(comparison)
            .into_iter()
            .filter(|(i, _)| !part || (keys[*i].year == last && keys[*i].scope != "node"))
            .map(|(i, j)| {
                let policy = self.series(comparison.policy, i);
                let baseline = self.series(comparison.baseline, j);
                Ok((keys[i].clone(), paired(&policy, &baseline, &self.settings)?))
            })
            .collect()
    }

    /// The difference of one indicator summed over all years, by replicate.
    pub fn sums_over_years(
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
                let d = paired(&of(comparison.policy), &of(comparison.baseline), &self.settings)?;
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
                let d = paired(&paid(&policy), &paid(&baseline), &self.settings)?;
                Ok((line, d, demanded))
            })
            .collect()
    }

    /// What programmes paid more than in the baseline, by replicate, yuan over all years.
    pub fn programme_cost(&self, comparison: &Comparison) -> Vec<f64> {
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
    pub fn run_name(&self, run: RunId) -> String {
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
