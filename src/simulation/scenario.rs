//! A scenario as types: what a user may write, with units, ranges and defaults.
//!
//! These structs are the schema: the editor schema, the checks with line and caret, and the printed
//! help all come from them.

use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::config::{Config, Drivers, LifeTable, Model, Output, Parameters, Run, WorldFiles};
use crate::messages;
use crate::policy::Policies;

/// A scenario: one run of the model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// One line that says what this run shows.
    pub title: String,
    /// What the scenario is for, in a few sentences.
    #[serde(default)]
    pub description: String,
    /// Where its data come from.
    #[serde(default)]
    pub sources: Vec<String>,
    /// What in it is assumed, not observed.
    #[serde(default)]
    pub assumptions: Vec<String>,
    /// When, how long, how many agents, which luck.
    #[serde(default)]
    pub run: Run,
    /// The study area.
    pub world: WorldFiles,
    /// Which parts of the model are on.
    #[serde(default)]
    pub model: Model,
    /// Values of parameters that differ from their defaults; `shanhai parameters` lists them all.
    #[serde(default)]
    pub parameters: Parameters,
    /// Stated paths from outside the model.
    #[serde(default)]
    pub drivers: Drivers,
    /// Births and survival by age class of the scenario's own, and the years of a step; absent: those of
    /// the nation, a year a step.
    #[serde(default)]
    pub life_table: LifeTable,
    /// What is written.
    #[serde(default)]
    pub output: Output,
    /// Policies by kind; each kind may occur several times.
    #[serde(default)]
    pub policy: Policies,
}

impl Scenario {
    /// Whether a parameter or a policy makes use of market access, whose distances are worked out only then.
    pub(crate) fn uses_market_access(&self) -> bool {
        self.parameters.market_access > 0.0 || self.policy.uses_market_access()
    }

    /// What in it is assumed, in Chinese where a sentence is that of a shipped scenario.
    pub fn assumptions_in_chinese(&self) -> Vec<&str> {
        self.assumptions.iter().map(|one| messages::scenarios::in_chinese(one)).collect()
    }

    /// The title in the language of messages.
    pub fn title_shown(&self) -> &str {
        messages::scenarios::shown(&self.title)
    }

    /// What the equations and the base year read of it.
    pub fn config(&self) -> Config<'_> {
        Config {
            run: &self.run,
            world: &self.world,
            model: &self.model,
            parameters: &self.parameters,
            drivers: &self.drivers,
        }
    }

    /// Every file that the scenario reads beside itself, relative to its folder, each once: the tables of the
    /// study area and those that policies name. What is not in this list is not read; checksums of these files
    /// stand in every plan, journal and manifest.
    pub fn input_files(&self) -> Vec<&Path> {
        let policies = self.policy.each();
        let named = policies.iter().flat_map(|(_, _, policy)| policy.listings()).map(|listing| listing.file);
        let mut files: Vec<&Path> = Vec::new();
        for file in self.world.input_files().into_iter().chain(named) {
            if !files.contains(&file) {
                files.push(file);
            }
        }
        files
    }
}
