//! Snapshots of a run: everything that a year reads and nothing that it works out again.
//!
//! People are one section of raw words a home, projects are columns, the rest of the world and the inverted
//! law are words in the order of their fields ([`crate::output::words`]), exact to the last bit. Counts of
//! people, levers, terrain and flows are worked out again. A draw is a function of seed, purpose, step and
//! agent, so no generator is kept, and a restored run goes on to the same bytes.

use std::path::Path;
use std::time::Instant;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Simulation, Timings, flow_level, replicate_seed};
use crate::economy::Terrain;
use crate::flow::life_year;
use crate::flow::tally::Tally;
use crate::output::snapshot_file::{SnapshotReader, SnapshotWriter};
use crate::output::words::{from_words, to_words};
use crate::policy::Levers;
use crate::scenario::Scenario;
use crate::start::circuit;
use crate::start::layout::human_capital_table;
use crate::world::people::{Block, People};
use crate::world::{Flows, Person, Project, Projects, World};
use crate::{Error, Result};

fn put(writer: &mut SnapshotWriter, name: &str, state: &impl Serialize) -> Result<()> {
    let words = to_words(state).map_err(|e| Error::Data {
        what: format!("the state `{name}` of the run"),
        found: e.to_string(),
        expected: "fields that a snapshot can keep".into(),
    })?;
    writer.section(name, &words)
}

fn take<T: DeserializeOwned>(reader: &mut SnapshotReader, path: &Path, name: &str) -> Result<T> {
    let words: Vec<u64> = reader.read(name)?;
    from_words(&words).map_err(|e| refuse(path, format!("its section `{name}` cannot be understood: {e}")))
}

fn refuse(path: &Path, reason: impl Into<String>) -> Error {
    Error::Snapshot { path: path.to_path_buf(), reason: reason.into() }
}

/// Writes a column of the projects, read back under the same name.
macro_rules! project_columns {
    ($($field:ident $type:ty;)*) => {
        fn write_projects(writer: &mut SnapshotWriter, list: &[Project]) -> Result<()> {
            $({
                let column: Vec<$type> = list.iter().map(|p| p.$field).collect();
                writer.section(concat!("project_", stringify!($field)), &column)?;
            })*
            Ok(())
        }

        fn read_projects(reader: &mut SnapshotReader, path: &Path) -> Result<Vec<Project>> {
            $( let $field: Vec<$type> = reader.read(concat!("project_", stringify!($field)))?; )*
            let lengths = [$($field.len()),*];
            let count = lengths[0];
            if lengths.iter().any(|&n| n != count) {
                return Err(refuse(path, "its columns of projects differ in length"));
            }
            Ok((0..count).map(|i| Project { $($field: $field[i]),* }).collect())
        }
    };
}

project_columns! {
    node u16;
    owner u16;
    sector u8;
    chain u8;
    age u16;
    waiting u8;
    enclave u16;
    value i64;
    cash i64;
    number u64;
}

impl Simulation {
    /// Writes the state of the run into a snapshot whose header is written.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn save(&self, writer: &mut SnapshotWriter) -> Result<()> {
        let world = &self.world;
        put(writer, "geography", &world.geography)?;
        put(
            writer,
            "world",
            &(
                (world.year, world.step, world.people.persons_per_agent, world.projects.next),
                (&world.nodes, &world.counties, &world.accounts, &world.base),
                world.outside_income,
            ),
        )?;
        put(writer, "law", &self.law)?;
        put(writer, "utilities", &self.utilities)?;
        put(writer, "report", &self.report)?;
        put(writer, "levers", &self.levers)?;
        write_projects(writer, &world.projects.list)?;
        for (home, block) in world.people.blocks.iter().enumerate() {
            writer.section(&format!("people_{home}"), &block.slots)?;
        }
        Ok(())
    }

    /// The run that a snapshot keeps, under the scenario that it was begun with. `path` is what messages
    /// call it.
    ///
    /// # Errors
    /// If the snapshot is damaged or does not fit together.
    pub fn restore(scenario: Scenario, reader: &mut SnapshotReader, path: &Path) -> Result<Simulation> {
        let begun = Instant::now();
        let mut world = World { geography: take(reader, path, "geography")?, ..Default::default() };
        let ((year, step, persons_per_agent, next), (nodes, counties, accounts, base), outside_income) =
            take(reader, path, "world")?;
        (world.year, world.step, world.outside_income) = (year, step, outside_income);
        (world.nodes, world.counties, world.accounts, world.base) = (nodes, counties, accounts, base);
        world.projects = Projects { list: read_projects(reader, path)?, next };
        let places = world.geography.len();
        world.people = People { persons_per_agent, blocks: Vec::with_capacity(places) };
        for home in 0..places {
            let mut slots: Vec<Person> = reader.read(&format!("people_{home}"))?;
            // As in the first world: untouched memory costs nothing until births need it.
            slots.reserve_exact(slots.len() / 64 + 16);
            world.people.blocks.push(Block { slots });
        }
        if world.nodes.len() != places
            || world.people.iter().any(|p| p.home() >= places || p.place() >= places)
            || world.projects.list.iter().any(|p| usize::from(p.node.max(p.owner)) >= places)
        {
            return Err(refuse(path, "its people or projects are at nodes that it does not have"));
        }
        if persons_per_agent != scenario.run.persons_per_agent {
            return Err(refuse(
                path,
                "its agents stand for another number of persons than the scenario says",
            ));
        }
        let county = circuit::county_codes(&world);
        world.census = life_year::count(&mut world.people, &county);
        let levers = Levers::neutral(&scenario.parameters, &world.geography);
        let market_access = scenario.parameters.th_ma > 0.0 || scenario.policy.uses_market_access();
        let terrain = Terrain::new(&world.geography, &scenario.parameters, market_access);
        let mut simulation = Simulation {
            earnings: Default::default(),
            tally: Tally::default(),
            flows: Flows::new(&world.geography, flow_level(&scenario, &world)),
            neutral: levers,
            // Effects are changes since last year, so last year's values go on.
            levers: take(reader, path, "levers")?,
            changes: Vec::new(),
            policies: scenario.policy.registered(),
            drift: crate::flow::drift::Drift::new(&world.geography, &scenario.drivers.odds)?,
            terrain,
            law: take(reader, path, "law")?,
            utilities: take(reader, path, "utilities")?,
            report: take(reader, path, "report")?,
            timings: Timings::default(),
            seed: replicate_seed(scenario.run.seed, scenario.run.replicate),
            tier: world.geography.nodes.iter().map(|n| n.tier as u8).collect(),
            human_capital: human_capital_table(scenario.parameters.human_capital_gini),
            gap: 0.0,
            county,
            scenario,
            world,
        };
        simulation.timings.start = begun.elapsed();
        Ok(simulation)
    }
}
