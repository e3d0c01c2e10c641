//! Which runs a request needs, and what decides what they are.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::attribution::Orders;
use super::break_even;
use super::outcome::{Arm, BreakEven, Comparison, INDEPENDENT, Outcome, RunId, independent_replicate};
use crate::experiment::arms::{Program, with_variants};
use crate::experiment::journal::{self, Model, different_input};
use crate::experiment::limits;
use crate::experiment::replicates::{Method, Settings, least_of_bootstrap};
use crate::experiment::sensitivity::ranges;
use crate::messages;
use crate::output::checksum::sha256;
use crate::output::manifest::InputFile;
use crate::simulation::Timings;
use crate::{Error, Result};

/// What is to be compared.
#[derive(Clone, Debug)]
pub struct Request {
    /// Scenario files; the first is what others are compared with.
    pub scenarios: Vec<PathBuf>,
    /// Changes that hold in every arm.
    pub overrides: Vec<String>,
    /// Changes that count as policies: off in the baseline.
    pub treat: Vec<String>,
    /// Number of runs of an arm, each with its own luck.
    pub replicates: u32,
    /// Only this replicate.
    pub replicate: Option<u32>,
    /// Whether every policy is also run alone and left out alone.
    pub each: bool,
    /// Whether the effect is shared out to policies by Shapley's rule.
    pub shapley: bool,
    /// Compare every scenario with every other, not with the first alone.
    pub pairs: bool,
    /// Orders of policies where not all can be run.
    pub orders: usize,
    /// Also run baselines with luck of their own, to measure what shared luck is worth.
    pub independent: bool,
    /// The assumed size of a policy, `key=low..high`, at which what is gained is to pay what it costs.
    pub break_even: Option<String>,
    /// Folders of comparisons of the same scenarios whose runs are taken over.
    pub take_up: Vec<PathBuf>,
    /// Runs at a time.
    pub threads: usize,
    /// Level and kind of all intervals.
    pub settings: Settings,
}

/// Refuses numbers that no comparison can have.
fn check(request: &Request) -> Result<()> {
    if !(request.settings.level > 0.0 && request.settings.level < 1.0) {
        return Err(Error::Usage {
            found: messages::level_asked(request.settings.level),
            expected: messages::a_probability_such_as(),
        });
    }
    let least = least_of_bootstrap(request.settings.level);
    let few = request.replicate.is_none() && (request.replicates as usize) < least;
    if request.settings.method == Method::Bootstrap && few {
        return Err(Error::Usage {
            found: messages::bootstrap_asked(request.replicates),
            expected: messages::replicates_for_level(
                least,
                format_args!("{:.0}", 100.0 * request.settings.level),
            ),
        });
    }
    limits::at_most("--orders", request.orders as u64, limits::ORDERS)?;
    match request.replicate {
        Some(one) => limits::at_most("--replicate", one.into(), u64::from(INDEPENDENT - 1)),
        None => limits::replicates("--replicates", request.replicates),
    }
}

/// Reads the scenarios and says which arms and comparisons a request needs; nothing is run.
///
/// # Errors
/// What is wrong with a scenario or the request.
pub(crate) fn plan(request: &Request) -> Result<Outcome> {
    check(request)?;
    let mut programs = Vec::new();
    for path in &request.scenarios {
        for path in with_variants(path)? {
            let program = Program::read(&path, &request.overrides, &request.treat)?;
            program.check_years()?;
            programs.push(program);
        }
    }
    distinct_names(&mut programs);
    let mut sizes = None;
    if let Some(asked) = &request.break_even {
        sizes = Some(at_sizes(asked, request, &mut programs)?);
    }
    if let [only] = &programs[..]
        && only.measures.is_empty()
    {
        return Err(Error::Usage {
            found: messages::no_policy_to_compare(only.path.display()),
            expected: messages::name_what_to_compare(),
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
        // A variant is held against the file that makes it, not against itself without its policies.
        let parts = request.each || request.shapley;
        if program.measures.is_empty() || (program.is_variant && programs.len() > 1 && !parts) {
            continue;
        }
        let none = arm(p, Vec::new());
        comparisons.push(Comparison {
            name: program.name.clone(),
            policies: program.labels(&program.all()),
            policy: full,
            baseline: none,
            whole: true,
            own_luck: None,
        });
        let n = program.measures.len();
        if parts && n > 1 {
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
                        own_luck: None,
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
        for a in 0..(if request.pairs { b } else { 1 }) {
            let (policy, baseline) = (arm(b, programs[b].all()), arm(a, programs[a].all()));
            comparisons.push(Comparison {
                name: format!("{} vs {}", programs[b].name, programs[a].name),
                policies: programs[b].name.clone(),
                policy,
                baseline,
                whole: false,
                own_luck: luck(&programs[b], &programs[a])?,
            });
        }
    }
    if let Some(BreakEven { key, sizes }) = &sizes {
        // Without the policy its size means nothing: one baseline serves all sizes.
        let measure = programs[0].measure_of(key);
        let rest: Vec<usize> = programs[0].all().into_iter().filter(|i| Some(*i) != measure).collect();
        let without = arm(0, rest);
        for &(_, program) in sizes {
            comparisons.push(Comparison {
                name: format!("{}{}", break_even::NAME, programs[program].name),
                policies: measure.map_or(String::new(), |i| programs[program].measures[i].label.clone()),
                policy: arm(program, programs[program].all()),
                baseline: without,
                whole: false,
                own_luck: None,
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
        pairs: request.pairs,
        break_even: sizes,
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
        first_worlds: 0,
        settings: request.settings,
        orders,
    })
}

/// The scenario at each size of a policy, added to the programs.
fn at_sizes(asked: &str, request: &Request, programs: &mut Vec<Program>) -> Result<BreakEven> {
    let refuse = |found, expected| Err(Error::Usage { found, expected });
    let [base] = &programs[..] else {
        return refuse(messages::break_even_of_scenarios(programs.len()), messages::break_even_of_one());
    };
    let key = asked.split('=').next().unwrap_or_default().trim().to_owned();
    let (varied, _) = ranges::choose(asked, &base.scenario)?;
    let [size] = &varied[..] else {
        return refuse(messages::as_is(asked), messages::break_even_one_key());
    };
    if base.measure_of(&key).is_none() {
        return refuse(messages::as_is(asked), messages::break_even_one_key());
    }
    let path = base.path.clone();
    let mut sizes = Vec::new();
    for step in 0..break_even::SIZES {
        let part = step as f64 / (break_even::SIZES - 1) as f64;
        let value = size.low + part * (size.high - size.low);
        let change = size.change(value);
        let mut changes = request.overrides.clone();
        changes.push(change.clone());
        let mut program = Program::read(&path, &changes, &request.treat)?;
        let (path, value_said) = change.split_once('=').unwrap_or((&change, ""));
        program.name = format!("{}={value_said}", path.rsplit('.').next().unwrap_or(path));
        if programs.iter().any(|other| other.name == program.name) {
            // Sizes that are whole numbers may lie closer than the steps.
            continue;
        }
        program.is_variant = true;
        sizes.push((value, programs.len()));
        programs.push(program);
    }
    Ok(BreakEven { key, sizes })
}

/// Whether two scenarios share their luck, and why not. Differences between places are no effect of anything.
fn luck(policy: &Program, baseline: &Program) -> Result<Option<String>> {
    if !policy.is_of_the_places_of(baseline) {
        return Err(Error::Usage {
            found: messages::of_different_areas(&policy.name, &baseline.name),
            expected: messages::scenarios_of_same_places(),
        });
    }
    Ok(policy.other_luck(baseline))
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
pub(crate) fn jobs(outcome: &Outcome, request: &Request) -> Vec<RunId> {
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

/// What decides what a run of a comparison is: of equal plans a run of one number has the same bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    model: Model,
    scenarios: Vec<Planned>,
    arms: Vec<Arm>,
}

/// A scenario as it was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Planned {
    name: String,
    sha256: String,
    /// Of every value as it was understood.
    resolved_sha256: String,
    inputs: Vec<InputFile>,
    overrides: Vec<String>,
    measures: Vec<String>,
}

impl Plan {
    /// The plan of what is to be run.
    ///
    /// # Errors
    /// If a value cannot be written.
    pub fn of(outcome: &Outcome) -> Result<Plan> {
        let scenarios = outcome.programs.iter().map(|program| {
            let resolved = serde_json::to_vec(&program.scenario).map_err(|e| Error::Data {
                what: messages::values_of_program(&program.name),
                found: messages::as_is(e),
                expected: messages::values_json_holds(),
            })?;
            Ok(Planned {
                name: program.name.clone(),
                sha256: program.text_sha256(),
                resolved_sha256: sha256(&resolved),
                inputs: program.inputs.clone(),
                overrides: program.overrides.clone(),
                measures: program.measures.iter().map(|m| m.label.clone()).collect(),
            })
        });
        let scenarios = scenarios.collect::<Result<Vec<Planned>>>()?;
        Ok(Plan { model: Model::here(), scenarios, arms: outcome.arms.clone() })
    }
}

impl journal::Plan for Plan {
    fn difference(&self, other: &Plan) -> String {
        if self.model != other.model {
            return messages::build_of_program().to_string();
        }
        let pairs = || self.scenarios.iter().zip(&other.scenarios);
        if let Some(said) = pairs().find_map(|(a, b)| different_input(&a.inputs, &b.inputs)) {
            return said;
        }
        match pairs().find(|(a, b)| a != b) {
            Some((a, b)) if a.sha256 != b.sha256 => messages::file_of(&a.name).to_string(),
            _ => messages::scenarios_changes_policies().to_string(),
        }
    }
}
