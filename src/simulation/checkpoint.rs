//! Checkpoints of a run: everything that a year reads and nothing that it works out again.
//!
//! People are one section of raw words a home, projects are columns, the rest of the world and the inverted
//! law are words in the order of their fields ([`crate::output::words`]), exact to the last bit. Counts of
//! people, levers, accessibility and flows are worked out again. A draw is a function of seed, purpose, step and
//! agent, so no generator is kept, and a restored run goes on to the same bytes.

use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Simulation, Timings, first_projection, flow_level, replicate_seed};
use crate::base_year::circuit;
use crate::base_year::layout::human_capital_table;
use crate::clock::Clock;
use crate::message::Message;
use crate::messages;
use crate::output::checkpoint_file::{CheckpointReader, CheckpointWriter};
use crate::output::words::{from_words, to_words};
use crate::people::life_year;
use crate::people::odds::Drift;
use crate::people::tally::Tally;
use crate::people::vital_paths;
use crate::policy::PolicySet;
use crate::rules::{Accessibility, Levers};
use crate::simulation::Scenario;
use crate::world::people::{Block, People};
use crate::world::{Flows, Person, Project, Projects, World};
use crate::{Error, Result};

fn put(writer: &mut CheckpointWriter, name: &str, state: &impl Serialize) -> Result<()> {
    let words = to_words(state).map_err(|e| Error::Data {
        what: messages::state_of_run(name),
        found: messages::as_is(e),
        expected: messages::fields_a_checkpoint_keeps(),
    })?;
    writer.section(name, &words)
}

fn take<T: DeserializeOwned>(reader: &mut CheckpointReader, path: &Path, name: &str) -> Result<T> {
    let words: Vec<u64> = reader.read(name)?;
    from_words(&words).map_err(|e| refuse(path, messages::section_not_understood(name, e)))
}

fn refuse(path: &Path, reason: Message) -> Error {
    Error::Checkpoint { path: path.to_path_buf(), reason }
}

/// Writes a column of the projects, read back under the same name.
macro_rules! project_columns {
    ($($field:ident $type:ty;)*) => {
        fn write_projects(writer: &mut CheckpointWriter, list: &[Project]) -> Result<()> {
            $({
                let column: Vec<$type> = list.iter().map(|p| p.$field).collect();
                writer.section(concat!("project_", stringify!($field)), &column)?;
            })*
            Ok(())
        }

        fn read_projects(reader: &mut CheckpointReader, path: &Path) -> Result<Vec<Project>> {
            $( let $field: Vec<$type> = reader.read(concat!("project_", stringify!($field)))?; )*
            let lengths = [$($field.len()),*];
            let count = lengths[0];
            if lengths.iter().any(|&n| n != count) {
                return Err(refuse(path, messages::projects_differ_in_length()));
            }
            Ok((0..count).map(|i| Project { $($field: $field[i]),* }).collect())
        }
    };
}

project_columns! {
    node u16;
    fund u16;
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
    /// Writes the state of the run into a checkpoint whose header is written.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn save(&self, writer: &mut CheckpointWriter) -> Result<()> {
        let world = &self.world;
        put(writer, "geography", &world.geography)?;
        put(
            writer,
            "world",
            &(
                (world.year, world.step, world.people.persons_per_agent, world.projects.next),
                (
                    &world.nodes,
                    &world.counties,
                    &world.accounts,
                    &world.claims,
                    &world.base,
                    &world.pensions,
                    &world.vital,
                ),
                world.outside_income,
            ),
        )?;
        put(writer, "law", &self.law)?;
        put(writer, "utilities", &self.utilities)?;
        put(writer, "report", &self.report)?;
        put(writer, "levers", &self.levers)?;
        put(writer, "asked", self.policies.last())?;
        write_projects(writer, &world.projects.list)?;
        for (home, block) in world.people.blocks.iter().enumerate() {
            writer.section(&format!("people_{home}"), &block.slots)?;
        }
        Ok(())
    }

    /// The run that a checkpoint keeps, under the scenario that it was begun with.
    ///
    /// # Errors
    /// If the checkpoint is damaged or does not fit together.
    pub fn restore(scenario: Scenario, reader: &mut CheckpointReader, clock: Clock) -> Result<Simulation> {
        Simulation::after(scenario, None, reader, clock)
    }

    /// The world that a checkpoint keeps, under a scenario that differs from the one it was begun with in what is to
    /// come: policies, drivers, luck. `past` are the policies of the run that wrote it. Whoever calls has made sure that
    /// study area, parameters and model are the same.
    ///
    /// # Errors
    /// As of [`Simulation::restore`].
    pub fn branch(
        scenario: Scenario,
        past: &PolicySet,
        reader: &mut CheckpointReader,
        clock: Clock,
    ) -> Result<Simulation> {
        Simulation::after(scenario, Some(past), reader, clock)
    }

    fn after(
        scenario: Scenario,
        past: Option<&PolicySet>,
        reader: &mut CheckpointReader,
        clock: Clock,
    ) -> Result<Simulation> {
        let begun = clock.elapsed();
        let path = &reader.path().to_path_buf();
        let mut world = World { geography: take(reader, path, "geography")?, ..Default::default() };
        let (
            (year, step, persons_per_agent, next),
            (nodes, counties, accounts, claims, base, pensions, vital),
            outside_income,
        ) = take(reader, path, "world")?;
        (world.year, world.step, world.outside_income) = (year, step, outside_income);
        (world.nodes, world.counties, world.accounts, world.base) = (nodes, counties, accounts, base);
        (world.pensions, world.vital) = (pensions, vital);
        world.claims = claims;
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
            || world.projects.list.iter().any(|p| {
                usize::from(p.node) >= places
                    || p.founder().is_some_and(|owner| owner >= places)
                    || usize::from(p.fund) > world.geography.counties.len()
            })
            || world.claims.county.len() != world.geography.counties.len()
            || world.claims.nation.len() != places
        {
            return Err(refuse(path, messages::nodes_it_does_not_have()));
        }
        if persons_per_agent != scenario.run.persons_per_agent {
            return Err(refuse(path, messages::other_persons_an_agent()));
        }
        let county = circuit::county_codes(&world);
        let tier: Vec<u8> = world.geography.nodes.iter().map(|n| n.tier as u8).collect();
        world.census = life_year::count(&mut world.people, &county, &tier);
        let levers = Levers::neutral(&scenario.parameters, &world.geography);
        let mut policies = scenario.policy.set();
        let asked = take(reader, path, "asked")?;
        if let Some(past) = past {
            policies.branch_off(past, &asked, year + 1);
        } else if !policies.go_on_after(asked) {
            return Err(refuse(path, messages::other_policies()));
        }
        let accessibility =
            Accessibility::new(&world.geography, &scenario.parameters, scenario.uses_market_access());
        let mut simulation = Simulation {
            earnings: Default::default(),
            tally: Tally::default(),
            flows: Flows::new(&world.geography, flow_level(&scenario, &world)),
            neutral: levers,
            // Effects are changes since last year, so last year's values go on.
            levers: take(reader, path, "levers")?,
            changes: Vec::new(),
            policies,
            drift: Drift::new(&world.geography, &scenario.drivers.migration, scenario.run.start_year)?,
            accessibility,
            law: take(reader, path, "law")?,
            utilities: take(reader, path, "utilities")?,
            report: take(reader, path, "report")?,
            timings: Timings::default(),
            clock,
            seed: replicate_seed(scenario.run.seed, scenario.run.replicate),
            human_capital: human_capital_table(scenario.parameters.human_capital_gini),
            gap: 0.0,
            county,
            tier,
            one_vital: vec![0; places],
            vital_of: vital_paths::of_nodes(&world.geography),
            projection: first_projection(&world, &scenario, step),
            scenario,
            world,
        };
        simulation.timings.start = clock.since(begun);
        Ok(simulation)
    }
}
