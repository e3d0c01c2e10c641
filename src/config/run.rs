//! When a run begins, how long it is, how many agents it has, which luck.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// When, how long, how many agents, which luck.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Run {
    /// Year of the base-year data; the first simulated year is the next one.
    #[schemars(range(min = 1900, max = 2200))]
    pub start_year: i32,
    /// Years to simulate.
    #[schemars(range(min = 0, max = 1000))]
    pub years: u32,
    /// Master seed: equal seeds give equal bytes.
    pub seed: u64,
    /// Replicate number under the master seed; the same number shares its luck across scenarios.
    pub replicate: u32,
    /// Persons that one agent stands for; 1 makes every person an agent.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub persons_per_agent: u32,
    /// A checkpoint that this run goes on from, `FOLDER@YEAR`: the years up to then are those of the run in that folder (a path from the folder of the scenario), the later ones are lived under this scenario's policies, drivers, seed and replicate. Absent: the run begins with the base year.
    pub start_from: Option<String>,
    /// Whether policies that cannot act in this run are meant to stand in it.
    pub allow_idle: bool,
}

impl Default for Run {
    fn default() -> Self {
        Run {
            start_year: 2020,
            years: 15,
            seed: 1,
            replicate: 0,
            persons_per_agent: 10,
            start_from: None,
            allow_idle: false,
        }
    }
}

impl Run {
    /// The folder and the year of the checkpoint that it starts from; an error if that is not what is written.
    pub fn past(&self) -> Option<Result<(PathBuf, i32), String>> {
        let said = self.start_from.as_ref()?;
        let parts = said.rsplit_once('@').and_then(|(folder, year)| Some((folder, year.parse().ok()?)));
        Some(match parts {
            Some((folder, year)) if !folder.is_empty() => Ok((PathBuf::from(folder), year)),
            _ => Err(said.clone()),
        })
    }
}
