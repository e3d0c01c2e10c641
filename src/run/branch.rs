//! A run that begins with another's past: the world of a checkpoint, with a future of its own.
//!
//! What made the past has to be the same: study area, base year, size of agents, parameters and switches of the model.
//! Policies, drivers, seed, replicate, years and titles may differ. Agents draw by seed, purpose, year and agent, so two
//! futures of one past share their luck as two runs from the base year do.

use std::path::PathBuf;

use serde_json::{Map, Value, json};

use super::checkpoint::{self, Header};
use crate::clock::Clock;
use crate::message::Message;
use crate::messages;
use crate::observe;
use crate::output::checkpoint_file::CheckpointReader;
use crate::output::csv::text_cell;
use crate::output::manifest::InputFile;
use crate::output::sink::Sink;
use crate::scenario::files::Files;
use crate::scenario::{Loaded, ScenarioSource};
use crate::simulation::{Scenario, Simulation};
use crate::{Error, Result};

/// The run whose past another goes on from.
pub(super) struct Past {
    folder: PathBuf,
    pub(super) header: Header,
}

/// The world that a scenario begins with: that of its base year, or of the checkpoint that it names.
///
/// # Errors
/// If the world cannot be built; if the checkpoint is damaged, another build wrote it, or its past is not one of this
/// scenario.
pub(crate) fn first_world(loaded: Loaded, clock: Clock) -> Result<Simulation> {
    world(loaded, clock).map(|(simulation, _)| simulation)
}

/// The same, with the run that the past is of.
pub(super) fn world(loaded: Loaded, clock: Clock) -> Result<(Simulation, Option<Past>)> {
    let Loaded { scenario, area, origin } = loaded;
    let Some(Ok((folder, year))) = scenario.run.past() else {
        return Simulation::timed(scenario, area, clock).map(|simulation| (simulation, None));
    };
    let folder = origin.folder.join(folder);
    let at = folder.join(checkpoint::file_name(year));
    let mut reader = CheckpointReader::open(&at)?;
    let header = Header::read(&reader)?;
    let then = &header.origin;
    let before = ScenarioSource::again(then, Files::folder(&then.folder)).scenario(&then.overrides)?;
    let [was, is] = [(&before, &then.inputs), (&scenario, &origin.inputs)].map(|(s, i)| made_of(s, i));
    if let Some(key) = difference("", &was, &is) {
        return Err(Error::Data {
            what: messages::the_past_of(at.display()),
            found: messages::past_with_other(key),
            expected: messages::what_a_branch_may_change(),
        });
    }
    let mut past = before.policy.set();
    past.began(&header.since);
    let simulation = Simulation::branch(scenario, &past, &mut reader, clock)?;
    Ok((simulation, Some(Past { folder, header })))
}

/// What a past is made of, by key; files by what is in them.
fn made_of(scenario: &Scenario, inputs: &[InputFile]) -> Value {
    let of = |value: serde_json::Result<Value>| value.unwrap_or(Value::Null);
    let mut world = of(serde_json::to_value(&scenario.world));
    if let Value::Object(keys) = &mut world {
        for value in keys.values_mut() {
            let file = value.as_str().and_then(|name| inputs.iter().find(|input| input.path == name));
            if let Some(input) = file {
                *value = input.sha256.as_str().into();
            }
        }
    }
    let run = &scenario.run;
    json!({
        "run": { "start_year": run.start_year, "persons_per_agent": run.persons_per_agent },
        "world": world,
        "model": of(serde_json::to_value(&scenario.model)),
        "parameters": of(serde_json::to_value(&scenario.parameters)),
        "life_table": of(serde_json::to_value(&scenario.life_table)),
        // Rows of the past stand in the same tables.
        "output": { "flows": of(serde_json::to_value(scenario.output.flows)), "flow_share": scenario.output.flow_share },
    })
}

/// The first key whose values differ.
fn difference(path: &str, a: &Value, b: &Value) -> Option<String> {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            let none = Value::Null;
            let keys: Vec<&String> = a.keys().chain(b.keys().filter(|key| !a.contains_key(*key))).collect();
            let value = |map: &'_ Map<String, Value>, key: &str| map.get(key).unwrap_or(&none).clone();
            keys.into_iter().find_map(|key| {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                difference(&path, &value(a, key), &value(b, key))
            })
        }
        _ => (a != b).then(|| path.to_owned()),
    }
}

impl Past {
    /// Puts the rows of the past into the tables of the new run, under its name.
    pub(super) fn rows_into(&self, sink: &mut impl Sink, run: &str) -> Result<()> {
        let (then, now) = (text_cell(&self.header.plan.run), text_cell(run));
        for spec in observe::TABLES {
            let Some(&position) = self.header.positions.get(&spec.file()) else { continue };
            let path = self.folder.join(spec.file());
            let refuse = |found: Message| Error::Data {
                what: messages::table_of_resumed_run(path.display()),
                found,
                expected: messages::bytes_of_checkpoint(position),
            };
            let bytes = std::fs::read(&path).map_err(|e| Error::io(messages::io_read(), &path, e))?;
            let until = usize::try_from(position).unwrap_or(usize::MAX);
            let rows = bytes.get(..until).ok_or_else(|| refuse(messages::no_table_or_rows_missing()))?;
            let mut lines = rows.split_inclusive(|byte| *byte == b'\n');
            let named = spec.columns.first().is_some_and(|column| column.name == "run");
            let mut table = sink.table(spec)?;
            let header = lines.next().unwrap_or_default();
            if !table.begins_with(header) {
                return Err(refuse(messages::other_columns(String::from_utf8_lossy(header).trim_end())));
            }
            for line in lines {
                let rest = if named { line.strip_prefix(then.as_slice()) } else { Some(line) };
                let rest = rest.ok_or_else(|| refuse(messages::no_table_or_rows_missing()))?;
                table.take_over(&[if named { now.as_slice() } else { &[] }, rest].concat())?;
            }
            table.finish()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_key_that_differs_is_named_by_its_path() {
        let a = json!({ "run": { "start_year": 2020 }, "parameters": { "kappa": 1.0, "psi": 2.0 } });
        let mut b = a.clone();
        assert_eq!(difference("", &a, &b), None);
        b["parameters"]["psi"] = json!(2.5);
        assert_eq!(difference("", &a, &b).as_deref(), Some("parameters.psi"));
        b["parameters"].as_object_mut().unwrap().remove("psi");
        assert_eq!(difference("", &a, &b).as_deref(), Some("parameters.psi"));
        b["world"] = json!({ "nodes": "x" });
        b["parameters"] = a["parameters"].clone();
        assert_eq!(difference("", &a, &b).as_deref(), Some("world"));
    }
}
