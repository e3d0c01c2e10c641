//! Births and survival of a scenario's own.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Births and survival by age class, a class being as long as a step.
///
/// Only ageing, births and deaths know the length of a step: every other rate is per step. What happens at
/// one age (schooling at 18, starting to work) happens only to those who pass through that age.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct LifeTable {
    /// Years of a step and of an age class.
    #[schemars(range(min = 1, max = 30))]
    pub step_years: u32,
    /// Births per person of each class in a step, of those who live at its beginning; empty: the nation's.
    pub births: Vec<f64>,
    /// Survival from each class to the next in a step; nobody outlives the last class. Empty: the nation's.
    pub survival: Vec<f64>,
}

impl Default for LifeTable {
    fn default() -> Self {
        LifeTable { step_years: 1, births: Vec::new(), survival: Vec::new() }
    }
}

impl LifeTable {
    /// Whether the scenario brings a table of its own.
    pub fn is_given(&self) -> bool {
        !self.births.is_empty()
    }

    /// Death in the step that ends at an age.
    pub fn death(&self, age: u32) -> f64 {
        let class = (age / self.step_years) as usize;
        if class == 0 {
            return 0.0;
        }
        1.0 - self.survival.get(class - 1).copied().unwrap_or(0.0)
    }

    /// Births of a survivor in the step that ends at an age: births a head over survival.
    pub fn births_of_survivor(&self, age: u32) -> f64 {
        let class = (age / self.step_years) as usize;
        if class == 0 {
            return 0.0;
        }
        let births = self.births.get(class - 1).copied().unwrap_or(0.0);
        let survival = self.survival.get(class - 1).copied().unwrap_or(0.0);
        if survival > 0.0 { births / survival } else { 0.0 }
    }
}
