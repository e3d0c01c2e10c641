//! Everything that decides what the members of a design are.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::design::{Factor, Scale, in_units, latin_hypercube, morris, read_factor_table, saltelli};
use super::ranges::{self, LeftOut, Varied};
use crate::experiment::arms::Program;
use crate::experiment::journal::different_input;
use crate::experiment::limits;
use crate::message::Message;
use crate::messages;
use crate::output::checksum::sha256;
use crate::output::manifest::InputFile;
use crate::{Error, Result};

/// Levels of the grid of a Morris design.
const MORRIS_LEVELS: u32 = 4;

/// Step of a Morris design, share of a parameter's range.
pub(crate) const MORRIS_STEP: f64 = MORRIS_LEVELS as f64 / (2 * (MORRIS_LEVELS - 1)) as f64;

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
    /// Version of the program.
    pub version: String,
    /// File name of the scenario.
    pub scenario: String,
    /// Title of the scenario.
    pub title: String,
    /// Checksum of the scenario file.
    pub scenario_sha256: String,
    /// sha256 of every value as it was understood.
    pub resolved_sha256: String,
    /// Every table that the scenario reads.
    pub inputs: Vec<InputFile>,
    /// Changes of the scenario, as `--set` takes them.
    pub overrides: Vec<String>,
    /// Changes that count as policies.
    pub treat: Vec<String>,
    /// Names of the policies that are on.
    pub policies: Vec<String>,
    /// Which points of the parameter space are run.
    pub design: Design,
    /// Key of the design's draws.
    pub seed: u64,
    /// Runs of a member, each with its own luck.
    pub replicates: u32,
    /// Of member 0.
    pub own_replicates: u32,
    /// Parameters that vary, with their ranges.
    pub parameters: Vec<Varied>,
    /// Parameters that were asked for and do not vary, with the reason.
    pub left_out: Vec<LeftOut>,
    /// Probability of the intervals, between 0 and 1.
    pub level: f64,
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Request {
    /// The scenario file.
    pub scenario: PathBuf,
    /// Changes of the scenario, as `--set` takes them.
    pub overrides: Vec<String>,
    /// Changes that count as policies.
    pub treat: Vec<String>,
    /// As `ranges::choose` reads it.
    pub parameters: String,
    /// `morris`, `sobol`, `lhs`, or the path of a table.
    pub design: String,
    /// Trajectories of Morris's design.
    pub trajectories: usize,
    /// Base points of Sobol's design, points of a Latin hypercube.
    pub points: usize,
    /// Runs of a member, each with its own luck.
    pub replicates: u32,
    /// Of member 0; as many as of the others if not given.
    pub own_replicates: Option<u32>,
    /// Probability of the intervals, between 0 and 1.
    pub level: f64,
    /// Key of the design's draws.
    pub seed: u64,
    /// Runs at a time.
    pub threads: usize,
}

/// Which members one process runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// Every member.
    #[default]
    All,
    /// The i-th of n parts, from 1.
    Shard(usize, usize),
    /// The one member-run of an array job, by its number.
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
        let usage = |found: Message, expected: Message| Error::Usage { found, expected };
        limits::replicates("--replicates", request.replicates)?;
        limits::replicates("--own-replicates", request.own_replicates.unwrap_or(1))?;
        if !(request.level > 0.0 && request.level < 1.0) {
            return Err(usage(messages::level_asked(request.level), messages::a_probability()));
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
                return Err(usage(messages::the_design(other), messages::designs_are()));
            }
        };
        let plan = Plan {
            version: env!("CARGO_PKG_VERSION").into(),
            scenario: program.name.clone(),
            title: program.scenario.title.clone(),
            scenario_sha256: program.text_sha256(),
            resolved_sha256: sha256_of(&program.scenario)?,
            inputs: program.inputs.clone(),
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
        plan.check_size()?;
        plan.places()?;
        Ok(plan)
    }

    /// Refuses a design of more members than any machine will run, before its rows are made.
    fn check_size(&self) -> Result<()> {
        let (option, asked, rows_each) = match &self.design {
            Design::Morris { trajectories } => ("--trajectories", *trajectories, self.parameters.len() + 1),
            Design::Sobol { points } => ("--points", *points, self.parameters.len() + 2),
            Design::Lhs { points } => ("--points", *points, 1),
            Design::Table { rows, .. } => ("--design with rows", rows.len(), 1),
        };
        limits::at_most(option, asked as u64, (limits::MEMBERS - 1) / rows_each as u64)
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
    pub(crate) fn shares_members_with(&self, other: &Plan) -> Result<bool> {
        let resized = Plan { design: other.design.clone(), ..self.clone() };
        if resized != *other {
            return Ok(false);
        }
        let (a, b) = (self.rows()?, other.rows()?);
        Ok(a.iter().zip(&b).all(|(a, b)| a == b))
    }

    /// Where another plan is not this one, in words: the first table that differs, or what may.
    pub fn difference(&self, other: &Plan) -> String {
        match different_input(&self.inputs, &other.inputs) {
            Some(said) => said,
            None if self.scenario_sha256 != other.scenario_sha256 => messages::scenario_file().to_string(),
            None => messages::parameters_changes_design().to_string(),
        }
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
    pub(super) policy: usize,
    pub(super) baseline: Option<usize>,
}

fn sha256_of(value: &impl Serialize) -> Result<String> {
    let text = serde_json::to_vec(value).map_err(|e| Error::Data {
        what: messages::plan_of_design(),
        found: messages::as_is(e),
        expected: messages::numbers_json_holds(),
    })?;
    Ok(sha256(&text))
}

fn from_table(file: &str, program: &Program) -> Result<(Design, Vec<Varied>, Vec<LeftOut>)> {
    let table = read_factor_table(Path::new(file))?;
    let mut varied = Vec::new();
    for (i, key) in table.factors.iter().enumerate() {
        let column = || table.rows.iter().map(move |r| r[i]);
        let (low, high) =
            (column().fold(f64::INFINITY, f64::min), column().fold(f64::NEG_INFINITY, f64::max));
        varied.push(ranges::of_rows(key, low, high, &program.scenario)?);
    }
    Ok((Design::Table { file: file.into(), rows: table.rows }, varied, Vec::new()))
}
