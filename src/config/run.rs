//! When a run begins, how long it is, how many agents it has, which luck.

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
    /// Whether policies that cannot act in this run are meant to stand in it.
    pub allow_idle: bool,
}

impl Default for Run {
    fn default() -> Self {
        Run { start_year: 2020, years: 15, seed: 1, replicate: 0, persons_per_agent: 10, allow_idle: false }
    }
}
