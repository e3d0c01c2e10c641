//! Which uncertain parameters matter, and whether what a policy does survives them.
//!
//! Member 0 is the scenario with its own parameters, and may have more replicates than the others, because
//! every share of draws is held against its effects; member k is row k of the design. Every member lives the
//! same years under the same luck with no policy, with all, and with each alone, so that an effect is a paired
//! difference inside the member, and differences between members come from parameters.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::arms::Program;
use super::design::{Factor, Scale, in_units, latin_hypercube, morris, read_factor_table, saltelli};
use super::journal::{Ending, Journal, Member, Members};
use super::metrics::{Keep, Key, measure};
use super::pool::{self, progress, run_all};
use super::ranges::{self, LeftOut, Varied};
use crate::output::checksum::{sha256, sha256_of_file};
use crate::{Error, Result};

/// Levels of the grid of a Morris design.
const MORRIS_LEVELS: u32 = 4;

/// Step of a Morris design, share of a parameter's range.
pub const MORRIS_STEP: f64 = MORRIS_LEVELS as f64 / (2 * (MORRIS_LEVELS - 1)) as f64;

/// Which points are run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Design {
    Morris {
        trajectories: usize,
    },
    Sobol {
        points: usize,
    },
    Lhs {
        points: usize,
    },
    /// Rows of a table, in units.
    Table {
        file: String,
        rows: Vec<Vec<f64>>,
    },
}

/// Everything that decides what the members are. Equal plans give equal bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    pub version: String,
    pub scenario: String,
    pub title: String,
    pub scenario_sha256: String,
    /// sha256 of every value as it was understood, tables of policies included.
    pub resolved_sha256: String,
    /// sha256 of the tables of the study area.
    pub tables_sha256: Vec<String>,
    pub overrides: Vec<String>,
    pub treat: Vec<String>,
    pub policies: Vec<String>,
    pub design: Design,
    pub seed: u64,
    pub replicates: u32,
    /// Of member 0.
    pub own_replicates: u32,
    pub parameters: Vec<Varied>,
    pub left_out: Vec<LeftOut>,
    pub level: f64,
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Request {
    pub scenario: PathBuf,
    pub overrides: Vec<String>,
    pub treat: Vec<String>,
    /// As [`ranges::choose`] reads it.
    pub parameters: String,
    /// `morris`, `sobol`, `lhs`, or the path of a table.
    pub design: String,
    pub trajectories: usize,
    pub points: usize,
    pub replicates: u32,
    /// Of member 0; as many as of the others if not given.
    pub own_replicates: Option<u32>,
    pub level: f64,
    pub seed: u64,
    pub threads: usize,
}

/// Which members one process runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    #[default]
    All,
    /// The i-th of n parts, from 1.
    Shard(usize, usize),
    Job(usize),
}

impl Part {
    /// Whether a member belongs to it.
    pub fn has(self, member: usize) -> bool {
        match self {
            Part::All => true,
            Part::Shard(i, n) => member % n == i - 1,
            Part::Job(job) => member == job,
        }
    }
}

impl Plan {
    /// Plans the members of a request.
    ///
    /// # Errors
    /// What is wrong with the scenario, the parameters or the design.
    pub fn new(request: &Request, program: &Program) -> Result<Plan> {
        let usage = |found: String, expected: &str| Error::Usage { found, expected: expected.into() };
        if request.replicates == 0 || request.own_replicates == Some(0) {
            return Err(usage("0 replicates".into(), "a member needs at least one run an arm"));
        }
        if !(request.level > 0.0 && request.level < 1.0) {
            return Err(usage(format!("--level {}", request.level), "a probability between 0 and 1"));
        }
        let (design, parameters, left_out) = match request.design.as_str() {
            "morris" | "sobol" | "lhs" => {
                let (varied, left_out) = ranges::choose(&request.parameters, &program.scenario)?;
                let design = match request.design.as_str() {
                    "morris" => Design::Morris { trajectories: request.trajectories },
                    "sobol" => Design::Sobol { points: request.points },
                    _ => Design::Lhs { points: request.points },
                };
                (design, varied, left_out)
            }
            file if Path::new(file).extension().is_some_and(|e| e == "csv") => from_table(file, program)?,
            other => {
                return Err(usage(
                    format!("the design `{other}`"),
                    "morris, sobol, lhs, or a table FILE.csv",
                ));
            }
        };
        let folder = program.path.parent().unwrap_or(Path::new("."));
        let files = &program.scenario.world;
        let mut tables_sha256 = Vec::new();
        for file in std::iter::once(&files.nodes).chain(&files.outside).chain(&files.prefectures) {
            tables_sha256.push(sha256_of_file(folder.join(file))?.1);
        }
        let plan = Plan {
            version: env!("CARGO_PKG_VERSION").into(),
            scenario: program.name.clone(),
            title: program.scenario.title.clone(),
            scenario_sha256: sha256_of_file(&program.path)?.1,
            resolved_sha256: sha256_of(&program.scenario)?,
            tables_sha256,
            overrides: request.overrides.clone(),
            treat: request.treat.clone(),
            policies: program.measures.iter().map(|m| m.label.clone()).collect(),
            design,
            seed: request.seed,
            replicates: request.replicates,
            own_replicates: request.own_replicates.unwrap_or(request.replicates),
            parameters,
            left_out,
            level: request.level,
        };
        plan.places()?;
        Ok(plan)
    }

    /// Names the plan: equal plans, equal sums.
    ///
    /// # Errors
    /// If a number cannot be written.
    pub fn sha256(&self) -> Result<String> {
        sha256_of(self)
    }

    /// Places of the members from 1 on in the unit cube; of a table, its rows over their own range.
    ///
    /// # Errors
    /// If the design cannot be made.
    pub fn places(&self) -> Result<Vec<Vec<f64>>> {
        let k = self.parameters.len();
        match &self.design {
            Design::Morris { trajectories } => Ok(morris(*trajectories, k, MORRIS_LEVELS, self.seed)?.rows),
            Design::Sobol { points } => Ok(saltelli(*points, k, self.seed)?.rows),
            Design::Lhs { points } => latin_hypercube(*points, k, self.seed),
            Design::Table { rows, .. } => {
                let place =
                    |v: f64, p: &Varied| if p.high > p.low { (v - p.low) / (p.high - p.low) } else { 0.5 };
                Ok(rows
                    .iter()
                    .map(|row| row.iter().zip(&self.parameters).map(|(v, p)| place(*v, p)).collect())
                    .collect())
            }
        }
    }

    /// Values of the parameters in every member.
    ///
    /// # Errors
    /// If the design cannot be made.
    pub fn rows(&self) -> Result<Vec<Vec<f64>>> {
        let own = self.parameters.iter().map(|p| p.value).collect();
        let mut rows = vec![own];
        match &self.design {
            Design::Table { rows: given, .. } => rows.extend(given.iter().cloned()),
            _ => {
                let factor = |p: &Varied| Factor::new(p.key.as_str(), p.low, p.high, Scale::Linear);
                let factors = self.parameters.iter().map(factor).collect::<Result<Vec<Factor>>>()?;
                rows.extend(in_units(&factors, &self.places()?)?);
            }
        }
        Ok(rows)
    }

    /// Number of members, the scenario itself included.
    ///
    /// # Errors
    /// If the design cannot be made.
    pub fn members(&self) -> Result<usize> {
        Ok(self.places()?.len() + 1)
    }

    /// Whether its members begin with those of another plan, or are the beginning of them: the same design with
    /// other trajectories or points. Equal numbers are then equal runs.
    ///
    /// # Errors
    /// If a design cannot be made.
    pub fn shares_members_with(&self, other: &Plan) -> Result<bool> {
        let resized = Plan { design: other.design.clone(), ..self.clone() };
        if resized != *other {
            return Ok(false);
        }
        let (a, b) = (self.rows()?, other.rows()?);
        Ok(a.iter().zip(&b).all(|(a, b)| a == b))
    }

    /// Arms of a member: none of the policies, all, each alone.
    pub fn arms(&self) -> Vec<Vec<usize>> {
        let n = self.policies.len();
        let mut arms = vec![Vec::new()];
        if n > 0 {
            arms.push((0..n).collect());
        }
        if n > 1 {
            arms.extend((0..n).map(|i| vec![i]));
        }
        arms
    }

    /// What is looked at in every member: the level without policies, and the effect of all and of each.
    pub fn outputs(&self) -> Vec<Output> {
        let n = self.policies.len();
        let mut outputs = vec![Output { name: "level".into(), policy: 0, baseline: None }];
        if n > 0 {
            outputs.push(Output { name: "effect:all".into(), policy: 1, baseline: Some(0) });
        }
        if n > 1 {
            for (i, label) in self.policies.iter().enumerate() {
                outputs.push(Output { name: format!("effect:{label}"), policy: 2 + i, baseline: Some(0) });
            }
        }
        outputs
    }
}

/// A series of numbers over members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// level, effect:all, effect:POLICY.
    pub name: String,
    policy: usize,
    baseline: Option<usize>,
}

impl Output {
    /// Its value in each replicate of a member; NaN where there is none.
    pub fn by_replicate(&self, member: &Member, key: usize) -> Vec<f64> {
        let of = |arm: usize| {
            member.values.get(arm).into_iter().flatten().map(move |v| v.get(key).copied().flatten())
        };
        let or_nan = |v: Option<f64>| v.unwrap_or(f64::NAN);
        match self.baseline {
            None => of(self.policy).map(or_nan).collect(),
            Some(b) => of(self.policy).zip(of(b)).map(|(x, y)| or_nan(x) - or_nan(y)).collect(),
        }
    }

    /// Its mean over the replicates of a member; NaN for a member that was not done.
    pub fn value(&self, member: &Member, key: usize) -> f64 {
        let values = self.by_replicate(member, key);
        if values.is_empty() { f64::NAN } else { values.iter().sum::<f64>() / values.len() as f64 }
    }
}

fn sha256_of(value: &impl Serialize) -> Result<String> {
    let text = serde_json::to_vec(value).map_err(|e| Error::Data {
        what: "the plan of the design".into(),
        found: e.to_string(),
        expected: "numbers that JSON can hold".into(),
    })?;
    Ok(sha256(&text))
}

fn from_table(file: &str, program: &Program) -> Result<(Design, Vec<Varied>, Vec<LeftOut>)> {
    let table = read_factor_table(Path::new(file))?;
    let mut varied = Vec::new();
    for (i, key) in table.factors.iter().enumerate() {
        let row = ranges::find(key)?;
        let column = || table.rows.iter().map(move |r| r[i]);
        varied.push(Varied {
            key: key.clone(),
            value: program.scenario.parameters.get(key).unwrap_or(row.default),
            low: column().fold(f64::INFINITY, f64::min),
            high: column().fold(f64::NEG_INFINITY, f64::max),
            rule: "least and greatest of the table's rows".into(),
            trust: row.trust.word().into(),
        });
    }
    Ok((Design::Table { file: file.into(), rows: table.rows }, varied, Vec::new()))
}

/// Runs what is left of a part of a design, entering each member into the journal when it is done.
///
/// # Errors
/// What the operating system refuses, or too little memory.
pub fn run(
    plan: &Plan,
    program: &Program,
    part: Part,
    threads: usize,
    journal: &mut Journal,
    members: &mut Members,
) -> Result<()> {
    let rows = plan.rows()?;
    let todo: Vec<usize> =
        (0..rows.len()).filter(|&m| part.has(m) && !members.members.contains_key(&m)).collect();
    let all = (0..rows.len()).filter(|&m| part.has(m)).count();
    if todo.is_empty() {
        return Ok(());
    }
    let split = pool::split(threads, todo.len(), program.peak_bytes)?;
    let bar = progress(all, "members");
    bar.set_position((all - todo.len()) as u64);
    bar.reset_eta();
    run_all(
        split,
        todo.len(),
        |n| member(plan, program, &rows[todo[n]], todo[n]),
        |_, (member, keys)| {
            if !keys.is_empty() {
                if members.keys.is_empty() {
                    members.keys = keys;
                } else if members.keys != keys {
                    return Err(Error::Data {
                        what: format!("member {}", member.member),
                        found: "other years or places than in the members before".into(),
                        expected: "parameters that leave years and nodes alone".into(),
                    });
                }
            }
            journal.enter(&member, &members.keys)?;
            members.members.insert(member.member, member);
            bar.inc(1);
            Ok(())
        },
    )?;
    bar.finish_and_clear();
    Ok(())
}

/// Runs one member: every arm and replicate.
fn member(plan: &Plan, program: &Program, row: &[f64], number: usize) -> Result<(Member, Vec<Key>)> {
    let ended = |ending, reason: String| {
        Ok((Member { member: number, ending, reason, values: Vec::new() }, Vec::new()))
    };
    // A fault of the program in a far corner of the parameters is a row of the table, not the end of a night's
    // work.
    match catch_unwind(AssertUnwindSafe(|| values(plan, program, row, number))) {
        Ok(Ok((values, keys))) => {
            let member = Member { member: number, ending: Ending::Done, reason: String::new(), values };
            Ok((member, keys))
        }
        Ok(Err(Error::Scenario { rendered, .. })) => ended(Ending::Refused, first_lines(&rendered)),
        Ok(Err(error @ (Error::Audit { .. } | Error::Data { .. }))) => {
            ended(Ending::Failed, error.to_string())
        }
        Ok(Err(error)) => Err(error),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
            ended(Ending::Failed, format!("the program stopped: {text}"))
        }
    }
}

/// Values by arm, replicate and name.
type Values = Vec<Vec<Vec<Option<f64>>>>;

fn values(plan: &Plan, program: &Program, row: &[f64], number: usize) -> Result<(Values, Vec<Key>)> {
    let mut keys = Vec::new();
    let mut values = Vec::new();
    let changes = parameter_changes(plan, row, number);
    let count = if number == 0 { plan.own_replicates } else { plan.replicates };
    for on in plan.arms() {
        let mut replicates = Vec::new();
        for replicate in 0..count {
            // The member's parameters hold against the user's changes, and policies against both.
            let mut all = program.overrides.clone();
            all.extend(changes.iter().cloned());
            all.extend(program.switches(&on));
            all.push(format!("run.replicate={replicate}"));
            let mut simulation = crate::simulation::load(&program.path, &all)?;
            let measured = measure(&mut simulation, Keep::Headline)?;
            replicates.push(measured.values.iter().map(|v| v.is_finite().then_some(*v)).collect());
            keys = measured.keys;
        }
        values.push(replicates);
    }
    Ok((values, keys))
}

/// The changes of a member, as `--set` takes them. Member 0 has none: it is the scenario itself.
pub fn parameter_changes(plan: &Plan, row: &[f64], number: usize) -> Vec<String> {
    if number == 0 {
        return Vec::new();
    }
    plan.parameters.iter().zip(row).map(|(p, v)| format!("parameters.{}={v:?}", p.key)).collect()
}

/// The sentences of a report of problems, without its pictures.
fn first_lines(rendered: &str) -> String {
    let sentences: Vec<&str> = rendered
        .lines()
        .filter_map(|line| line.strip_prefix("error: ").or_else(|| line.strip_prefix("error")))
        .map(|line| line.trim_start_matches([':', ' ']))
        .collect();
    if sentences.is_empty() {
        rendered.lines().next().unwrap_or_default().to_owned()
    } else {
        sentences.join("; ")
    }
}

/// Members that were not done, by reason.
pub fn not_done(members: &Members) -> BTreeMap<(&'static str, String), usize> {
    let mut reasons = BTreeMap::new();
    for member in members.members.values().filter(|m| m.ending != Ending::Done) {
        *reasons.entry((member.ending.name(), without_numbers(&member.reason))).or_insert(0) += 1;
    }
    reasons
}

/// A sentence with its numbers left out, so that reasons can be counted.
fn without_numbers(sentence: &str) -> String {
    let mut text = String::new();
    for word in sentence.split(' ') {
        let is_number = word.trim_end_matches([',', ';', '.']).parse::<f64>().is_ok();
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(if is_number { "#" } else { word });
    }
    text
}
