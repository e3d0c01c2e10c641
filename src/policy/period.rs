//! When a policy holds: first and last year, and years over which it grows to full strength.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// When a policy holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Period {
    /// First year; absent: from the first simulated year.
    #[schemars(range(min = 1900, max = 2300))]
    pub from: Option<i32>,
    /// Last year; absent: to the end.
    #[schemars(range(min = 1900, max = 2300))]
    pub until: Option<i32>,
    /// Years until full strength; 1 is at once.
    #[schemars(range(min = 1, max = 100))]
    pub phase_in: u32,
}

impl Default for Period {
    fn default() -> Self {
        Period { from: None, until: None, phase_in: 1 }
    }
}

impl Period {
    /// Strength in a year: `min(1, (n + 1)/phase_in)` in year n of the policy, 0 outside its years. `first` is
    /// the first simulated year; a policy that began earlier is as far along as its own calendar says.
    pub fn ramp(&self, year: i32, first: i32) -> f64 {
        self.ramp_from(year, self.from.unwrap_or(first))
    }

    /// The same of a policy that began in a year, whatever its own calendar says.
    pub fn ramp_from(&self, year: i32, began: i32) -> f64 {
        if year < began || self.until.is_some_and(|until| year > until) {
            return 0.0;
        }
        (f64::from(year - began + 1) / f64::from(self.phase_in.max(1))).min(1.0)
    }

    /// Whether two periods share a year.
    pub fn overlaps(&self, other: &Period) -> bool {
        let from = |p: &Period| p.from.unwrap_or(i32::MIN);
        let until = |p: &Period| p.until.unwrap_or(i32::MAX);
        from(self) <= until(other) && from(other) <= until(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_grows_to_full_strength_and_ends_after_its_last_year() {
        let period = Period { from: Some(2022), until: Some(2025), phase_in: 2 };
        let ramps: Vec<f64> = (2021..=2026).map(|year| period.ramp(year, 2021)).collect();
        assert_eq!(ramps, [0.0, 0.5, 1.0, 1.0, 1.0, 0.0]);
    }
}
