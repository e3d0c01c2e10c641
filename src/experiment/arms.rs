//! Which policies are on in a run. An arm is a scenario file with changes written as `--set` takes them, so
//! that every run of an experiment can be repeated with `shanhai run`.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::cli::size::Size;
use crate::scenario::Scenario;
use crate::{Error, Result};

/// Something that is on under the policy and off in the baseline: a policy of the file, or a change of the
/// command line that is treated as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Its name in tables: `industry_transfer`; `industry_transfer.east` with a name of its own, or
    /// `industry_transfer[1]` without, where the kind occurs again.
    pub label: String,
    place: Place,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    /// The n-th entry of a kind of policy.
    Policy { kind: String, entry: usize },
    /// A change that holds only where the policy is on.
    Change(String),
}

/// A scenario file whose policies can be switched one by one.
#[derive(Clone, Debug)]
pub struct Program {
    /// Its name in tables.
    pub name: String,
    pub path: PathBuf,
    /// Changes that hold in every arm.
    pub overrides: Vec<String>,
    pub measures: Vec<Measure>,
    /// As read, with everything on.
    pub scenario: Scenario,
    /// Greatest memory of one run, as `check` predicts it.
    pub peak_bytes: u64,
}

/// Labels of the policies of a scenario, by kind and entry in the order of the file.
pub fn policy_labels(scenario: &Scenario) -> Vec<String> {
    policies(scenario).into_iter().map(|m| m.label).collect()
}

/// The policies of a scenario, whatever kinds exist: every array of tables in its `policy` table.
fn policies(scenario: &Scenario) -> Vec<Measure> {
    let mut measures = Vec::new();
    // A map of serde_json is sorted by key unless a feature asks otherwise; sorting again costs nothing.
    let mut kinds: Vec<(String, Vec<Value>)> = match serde_json::to_value(&scenario.policy) {
        Ok(Value::Object(kinds)) => kinds
            .into_iter()
            .filter_map(|(kind, entries)| match entries {
                Value::Array(entries) => Some((kind, entries)),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    kinds.sort_by(|a, b| a.0.cmp(&b.0));
    for (kind, entries) in kinds {
        for (entry, policy) in entries.iter().enumerate() {
            let label = match policy.get("name").and_then(Value::as_str) {
                Some(name) if !name.is_empty() => format!("{kind}.{name}"),
                _ if entries.len() == 1 => kind.clone(),
                _ => format!("{kind}[{entry}]"),
            };
            measures.push(Measure { label, place: Place::Policy { kind: kind.clone(), entry } });
        }
    }
    measures
}

impl Program {
    /// Reads a scenario file. `changes` are treated as policies: off in the baseline.
    ///
    /// # Errors
    /// Every problem of the scenario, its tables and the changes.
    pub fn read(path: &Path, overrides: &[String], changes: &[String]) -> Result<Program> {
        let all: Vec<String> = overrides.iter().chain(changes).cloned().collect();
        let (scenario, area) = crate::scenario::load(path, &all)?;
        let mut measures = policies(&scenario);
        for change in changes {
            measures.push(Measure { label: change.clone(), place: Place::Change(change.clone()) });
        }
        Ok(Program {
            name: name_of(path),
            path: path.to_owned(),
            overrides: overrides.to_vec(),
            measures,
            peak_bytes: Size::of(&scenario, &area, 1).peak_bytes,
            scenario,
        })
    }

    /// The changes that make an arm in which only the given measures are on.
    pub fn with_only(&self, on: &[usize]) -> Vec<String> {
        let mut changes = self.overrides.clone();
        changes.extend(self.switches(on));
        changes
    }

    /// Of these, the ones that switch measures on and off.
    pub fn switches(&self, on: &[usize]) -> Vec<String> {
        let mut changes = Vec::new();
        let mut kinds_off: Vec<&str> = Vec::new();
        for (i, measure) in self.measures.iter().enumerate() {
            match &measure.place {
                Place::Change(change) if on.contains(&i) => changes.push(change.clone()),
                Place::Change(_) => {}
                Place::Policy { .. } if on.contains(&i) => {}
                Place::Policy { kind, entry } => {
                    let any_on = self.measures.iter().enumerate().any(|(other, m)| {
                        on.contains(&other) && matches!(&m.place, Place::Policy { kind: k, .. } if k == kind)
                    });
                    if any_on {
                        // Entries that stay keep their numbers; intensity zero equals absence.
                        changes.push(format!("policy.{kind}[{entry}].intensity=0.0"));
                    } else if !kinds_off.contains(&kind.as_str()) {
                        kinds_off.push(kind);
                        changes.push(format!("policy.{kind}=[]"));
                    }
                }
            }
        }
        changes
    }

    /// All measures.
    pub fn all(&self) -> Vec<usize> {
        (0..self.measures.len()).collect()
    }

    /// Names of the measures that are on, for tables.
    pub fn labels(&self, on: &[usize]) -> String {
        let labels: Vec<&str> = on.iter().map(|&i| self.measures[i].label.as_str()).collect();
        if labels.is_empty() { "none".to_owned() } else { labels.join(";") }
    }

    /// Complains where there is nothing to compare.
    ///
    /// # Errors
    /// [`Error::Usage`] if the run has no years.
    pub fn check_years(&self) -> Result<()> {
        if self.scenario.run.years > 0 {
            return Ok(());
        }
        Err(Error::Usage {
            found: format!("{} runs for 0 years", self.path.display()),
            expected: "an experiment needs at least one year; say --years 15".into(),
        })
    }
}

/// The name of a scenario in tables: its file name without the ending.
pub fn name_of(path: &Path) -> String {
    path.file_stem().map_or_else(|| "scenario".to_owned(), |s| s.to_string_lossy().into_owned())
}
