//! Which policies are on in a run. An arm is a scenario file with changes written as `--set` takes them, so
//! that every run of an experiment can be repeated with `shanhai run`.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::message::Message;
use crate::messages;
use crate::output::checksum::{sha256, sha256_of_file};
use crate::output::manifest::InputFile;
use crate::scenario::{Loaded, ScenarioSource, file_and_variant};
use crate::simulation::Scenario;
use crate::simulation::size::Size;
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
    /// The scenario file.
    pub path: PathBuf,
    /// Whether it is one of the scenarios that another file makes of itself.
    pub is_variant: bool,
    /// Changes that hold in every arm.
    pub overrides: Vec<String>,
    /// Policies in the order of the file, then changes that count as one.
    pub measures: Vec<Measure>,
    /// As read, with everything on.
    pub scenario: Scenario,
    /// Ids of the nodes of the study area.
    nodes: Vec<String>,
    /// Every table that a run of it reads, as it was read.
    pub inputs: Vec<InputFile>,
    source: ScenarioSource,
    /// Greatest memory of one run, as `check` predicts it.
    pub peak_bytes: u64,
}

/// Labels of the policies of a scenario, by kind and entry in the order of the file.
pub(crate) fn policy_labels(scenario: &Scenario) -> Vec<String> {
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
        let source = ScenarioSource::file(path);
        let Loaded { scenario, area, origin } = source.load(&all)?;
        let mut inputs = origin.inputs;
        if !changes.is_empty() {
            // A change may name another table.
            let without = source.load(overrides)?.origin.inputs;
            inputs.extend(without.into_iter().filter(|one| !inputs.contains(one)).collect::<Vec<_>>());
        }
        let mut measures = policies(&scenario);
        for change in changes {
            measures.push(Measure { label: change.clone(), place: Place::Change(change.clone()) });
        }
        let nodes = area.geography.nodes.iter().map(|n| n.id.clone()).collect();
        Ok(Program {
            nodes,
            name: name_of(path),
            path: path.to_owned(),
            is_variant: file_and_variant(path).1.is_some(),
            overrides: overrides.to_vec(),
            measures,
            peak_bytes: Size::of(&scenario, &area, 1).peak_bytes,
            scenario,
            inputs,
            source,
        })
    }

    /// The scenario of one run. Its text is that of the beginning, and its tables have to be.
    ///
    /// # Errors
    /// What is wrong with the changes; [`Error::Changed`] if a table is not what it was.
    pub fn load(&self, changes: &[String]) -> Result<Loaded> {
        let loaded = match self.source.load(changes) {
            // A table that is gone makes no valid scenario either.
            Err(Error::Scenario { problems, rendered }) => {
                self.unchanged()?;
                return Err(Error::Scenario { problems, rendered });
            }
            other => other?,
        };
        match loaded.origin.inputs.iter().find(|input| !self.inputs.contains(input)) {
            Some(other) => Err(self.changed(messages::path_was_changed(self.place(&other.path).display()))),
            None => Ok(loaded),
        }
    }

    /// The same without its study area; none where something is wrong with it, which [`Program::load`] says.
    pub(crate) fn scenario_of(&self, changes: &[String]) -> Option<Scenario> {
        self.source.scenario(changes).ok()
    }

    /// Whether another scenario is of the same places.
    pub(crate) fn is_of_the_places_of(&self, other: &Program) -> bool {
        self.nodes == other.nodes
    }

    /// What makes the first world of another scenario draw other luck than this one's, in words; none if equal
    /// replicates share their luck.
    pub(crate) fn other_luck(&self, other: &Program) -> Option<String> {
        let (a, b) = (&self.scenario, &other.scenario);
        let files = |p: &Program| -> Vec<Option<String>> {
            let world = &p.scenario.world;
            let tables = [
                Some(&world.nodes),
                world.outside.as_ref(),
                world.prefectures.as_ref(),
                world.moving_costs.as_ref(),
                world.trade_costs.as_ref(),
            ];
            let sum = |file: &PathBuf| {
                p.inputs.iter().find(|i| Path::new(&i.path) == file).map(|i| i.sha256.clone())
            };
            tables.into_iter().map(|file| file.and_then(sum)).collect()
        };
        let rules = |s: &Scenario| (s.world.base, s.world.registration.clone());
        if files(self) != files(other) {
            return Some(messages::tables_of_study_area().to_string());
        }
        if rules(a) != rules(b) {
            return Some(messages::how_base_year_reads().to_string());
        }
        let run = |key: &str, x: u64, y: u64| (x != y).then(|| format!("run.{key}"));
        run("seed", a.run.seed, b.run.seed)
            .or_else(|| run("replicate", a.run.replicate.into(), b.run.replicate.into()))
            .or_else(|| {
                run("persons_per_agent", a.run.persons_per_agent.into(), b.run.persons_per_agent.into())
            })
            .or_else(|| run("start_year", a.run.start_year as u64, b.run.start_year as u64))
    }

    /// Proves that the tables are still those of the beginning: results whose inputs are gone cannot be repeated.
    ///
    /// # Errors
    /// [`Error::Changed`] with the first that is not.
    pub(crate) fn unchanged(&self) -> Result<()> {
        for input in &self.inputs {
            let path = self.place(&input.path);
            let said = match sha256_of_file(&path) {
                Ok((_, now)) if now == input.sha256 => continue,
                Ok(_) => messages::path_was_changed(path.display()),
                Err(_) => messages::path_is_gone(path.display()),
            };
            return Err(self.changed(said));
        }
        Ok(())
    }

    fn changed(&self, what: Message) -> Error {
        let reason = messages::changed_since_command(what);
        Error::Changed { reason }
    }

    fn place(&self, input: &str) -> PathBuf {
        self.path.parent().unwrap_or(Path::new(".")).join(input)
    }

    /// One sum over all tables that its runs read.
    pub(crate) fn inputs_sha256(&self) -> String {
        let lines: Vec<String> = self.inputs.iter().map(|i| format!("{}  {}\n", i.sha256, i.path)).collect();
        sha256(lines.concat().as_bytes())
    }

    /// The text of the scenario, word for word.
    pub fn text(&self) -> String {
        self.source.text()
    }

    /// Of its text.
    pub(crate) fn text_sha256(&self) -> String {
        sha256(self.text().as_bytes())
    }

    /// The changes that make an arm in which only the given measures are on.
    pub(crate) fn with_only(&self, on: &[usize]) -> Vec<String> {
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

    /// The measure that a key belongs to, such as `policy.hukou_reform[0].access_workers`; without a number the first
    /// of its kind.
    pub(crate) fn measure_of(&self, key: &str) -> Option<usize> {
        let (policy, _) = key.strip_prefix("policy.")?.split_once('.')?;
        let (kind, entry) = match policy.strip_suffix(']').and_then(|p| p.split_once('[')) {
            Some((kind, entry)) => (kind, entry.parse().ok()?),
            None => (policy, 0),
        };
        let wanted = Place::Policy { kind: kind.to_owned(), entry };
        self.measures.iter().position(|measure| measure.place == wanted)
    }

    /// All measures.
    pub fn all(&self) -> Vec<usize> {
        (0..self.measures.len()).collect()
    }

    /// Names of the measures that are on, for tables.
    pub(crate) fn labels(&self, on: &[usize]) -> String {
        let labels: Vec<&str> = on.iter().map(|&i| self.measures[i].label.as_str()).collect();
        if labels.is_empty() { "none".to_owned() } else { labels.join(";") }
    }

    /// Complains where there is nothing to compare.
    ///
    /// # Errors
    /// [`Error::Usage`] if the run has no years.
    pub(crate) fn check_years(&self) -> Result<()> {
        if self.scenario.run.years > 0 {
            return Ok(());
        }
        Err(Error::Usage {
            found: messages::runs_for_no_years(self.path.display()),
            expected: messages::at_least_one_year(),
        })
    }
}

/// The name of a scenario in tables: that of the variant, or the file name without its ending.
pub(crate) fn name_of(path: &Path) -> String {
    let (file, variant) = file_and_variant(path);
    let stem =
        || file.file_stem().map_or_else(|| "scenario".to_owned(), |s| s.to_string_lossy().into_owned());
    variant.unwrap_or_else(stem)
}

/// A scenario file and the variants that it makes of itself, as paths; of a variant the variant alone.
///
/// # Errors
/// What is wrong with its `[variant]` and `[grid]` tables.
pub(crate) fn with_variants(path: &Path) -> Result<Vec<PathBuf>> {
    let mut all = vec![path.to_owned()];
    if file_and_variant(path).1.is_none() {
        for variant in ScenarioSource::file(path).variants()? {
            all.push(PathBuf::from(format!("{}#{}", path.display(), variant.name)));
        }
    }
    Ok(all)
}
