//! A run that is taken from year to year, into any sink.

use serde::{Deserialize, Serialize};

use super::branch::{self, Past};
use super::checkpoint::Header;
use super::progress::Progress;
use crate::clock::Clock;
use crate::messages;
use crate::observe::{self, Memory, Observer, Snapshot};
use crate::output::build::Build;
use crate::output::checkpoint_file::{CheckpointReader, CheckpointWriter};
use crate::output::folder::{Positions, Status};
use crate::output::sink::Sink;
use crate::policy::Policy;
use crate::scenario::files::Files;
use crate::scenario::{Loaded, Origin, ScenarioSource};
use crate::simulation::{PHASES, Simulation};
use crate::world::World;
use crate::{Error, Result};

/// What a run is called, and what is left beside its tables.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Plan {
    /// The key of the run in all tables.
    pub run: String,
    /// A checkpoint every so many years; 0 is none.
    pub checkpoint_every: u32,
    /// Whether a page is made of the tables at the end.
    pub report: bool,
}

impl Plan {
    /// A run that leaves tables only.
    pub fn named(run: &str) -> Plan {
        Plan { run: run.to_owned(), checkpoint_every: 0, report: false }
    }
}

/// A run under way.
pub struct Session<S> {
    pub(super) plan: Plan,
    pub(super) origin: Origin,
    pub(super) simulation: Simulation,
    pub(super) sink: S,
    observer: Observer,
    clock: Clock,
}

impl<S: Sink> Session<S> {
    /// Builds the first world and writes the rows of the base year.
    ///
    /// # Errors
    /// If the world cannot be built, or the sink refuses a table.
    pub fn start(plan: Plan, loaded: Loaded, sink: S, clock: Clock) -> Result<Session<S>> {
        let origin = loaded.origin.clone();
        let world = branch::world(loaded, clock)?;
        Session::with(plan, origin, world, sink, clock)
    }

    /// A run whose first world is built, or taken from the past of another.
    pub(super) fn with(
        plan: Plan,
        origin: Origin,
        (simulation, past): (Simulation, Option<Past>),
        mut sink: S,
        clock: Clock,
    ) -> Result<Session<S>> {
        if let Some(past) = past {
            past.rows_into(&mut sink, &plan.run)?;
            let observer = Observer::open(&mut sink, true, past.header.memory)?;
            return Ok(Session { plan, origin, simulation, sink, observer, clock });
        }
        let observer = Observer::open(&mut sink, true, Memory::default())?;
        let mut session = Session { plan, origin, simulation, sink, observer, clock };
        session.write_rows()?;
        Ok(session)
    }

    /// Goes on from a checkpoint. `files` are the tables that policies name, `sink` takes the tables up where
    /// they stood.
    ///
    /// # Errors
    /// If the checkpoint is damaged, another build wrote it, or the tables do not fit it.
    pub fn resume(
        reader: &mut CheckpointReader,
        files: Files,
        sink: impl FnOnce(&Positions) -> Result<S>,
        clock: Clock,
    ) -> Result<Session<S>> {
        let header = Header::read(reader)?;
        let simulation = restore(&header, reader, files, clock)?;
        let sink = sink(&header.positions)?;
        Session::taken_up(header, simulation, sink, clock)
    }

    /// A run whose state is restored.
    pub(super) fn taken_up(
        header: Header,
        simulation: Simulation,
        mut sink: S,
        clock: Clock,
    ) -> Result<Session<S>> {
        let observer = Observer::open(&mut sink, true, header.memory)?;
        Ok(Session { plan: header.plan, origin: header.origin, simulation, sink, observer, clock })
    }

    /// Adds a policy of the caller's own, beside those of the scenario.
    pub fn add_policy(&mut self, name: &str, policy: impl Policy + Send + Sync + 'static) {
        self.simulation.add_policy(name, policy);
    }

    /// Whether all years are lived.
    pub fn is_over(&self) -> bool {
        self.simulation.world.step >= self.simulation.scenario.run.years
    }

    /// Lives a year and writes its rows.
    ///
    /// # Errors
    /// An identity that does not hold, or what the sink refuses.
    pub fn step(&mut self) -> Result<()> {
        self.simulation.step()?;
        self.write_rows()
    }

    /// The years that are left, until the caller interrupts; `after` is called after each.
    ///
    /// # Errors
    /// [`Error::Interrupted`] if the caller wished it, or what [`step`](Session::step) and `after` return.
    pub fn run(
        &mut self,
        progress: &dyn Progress,
        interrupted: &dyn Fn() -> bool,
        mut after: impl FnMut(&mut Self) -> Result<()>,
    ) -> Result<()> {
        while !self.is_over() {
            if interrupted() {
                return Err(Error::Interrupted { year: self.simulation.world.year });
            }
            self.step()?;
            progress.year(self.simulation.world.year, self.simulation.world.step);
            after(self)?;
        }
        Ok(())
    }

    /// The model as it stands.
    pub fn simulation(&self) -> &Simulation {
        &self.simulation
    }

    /// The summary of one screen of the run so far.
    pub fn summary(&self) -> String {
        let run = &self.simulation.scenario.run;
        let beyond = self
            .simulation
            .scenario
            .drivers
            .migration
            .extrapolation(run.start_year, self.simulation.world.year);
        match beyond {
            Some(said) => format!("{}\n{}\n", self.observer.summary(), messages::terms_of_migration(said)),
            None => self.observer.summary(),
        }
    }

    /// Where the tables are, with every row so far in them.
    ///
    /// # Errors
    /// What the sink refuses.
    pub fn tables(&mut self) -> Result<&S> {
        self.observer.sync()?;
        Ok(&self.sink)
    }

    /// A checkpoint in memory, from which [`resume`](Session::resume) goes on to the same bytes.
    ///
    /// # Errors
    /// What the sink refuses.
    pub fn checkpoint(&mut self) -> Result<Vec<u8>> {
        let header = self.header()?;
        CheckpointWriter::in_memory(&header, |writer| self.simulation.save(writer))
    }

    /// Brings all rows to where they belong and says how long the tables are.
    pub(super) fn header(&mut self) -> Result<Header> {
        Ok(Header {
            build: Build::here(),
            year: self.simulation.world.year,
            step: self.simulation.world.step,
            plan: self.plan.clone(),
            origin: self.origin.clone(),
            positions: self.observer.sync()?,
            memory: self.observer.memory().clone(),
            since: self.simulation.policies.since(),
        })
    }

    /// Ends the run, whether or not all years are lived, and hands back the sink with all tables.
    ///
    /// # Errors
    /// What the sink refuses.
    pub fn stop(self) -> Result<S> {
        let status = if self.is_over() { Status::Finished } else { Status::Interrupted };
        self.close(status).map(|(sink, _)| sink)
    }

    /// Closes the tables and writes the one that says how the run ended.
    pub(super) fn close(self, status: Status) -> Result<(S, Simulation)> {
        let Session { plan, simulation, mut sink, observer, .. } = self;
        observer.finish()?;
        let scenario = &simulation.scenario;
        let mut runs = sink.table(&observe::runs::SPEC)?;
        observe::runs::write(
            &observe::runs::Run {
                run: &plan.run,
                scenario: &plan.run,
                title: &scenario.title,
                seed: scenario.run.seed,
                replicate: scenario.run.replicate,
                status: status.name(),
                start_year: scenario.run.start_year,
                years: simulation.world.step,
                persons_per_agent: simulation.world.people.persons_per_agent,
                agents: agents_of_base_year(&simulation.world),
                parameters: &scenario.parameters,
            },
            &mut runs,
        )?;
        runs.finish()?;
        Ok((sink, simulation))
    }

    fn write_rows(&mut self) -> Result<()> {
        let begun = self.clock.elapsed();
        let rules = self.simulation.rules();
        self.observer.observe(&Snapshot::of(&self.plan.run, &self.simulation, &rules))?;
        self.simulation.timings.phase[PHASES.len() - 1] += self.clock.since(begun);
        Ok(())
    }
}

/// The state that a checkpoint keeps, under the scenario that it was begun with.
pub(super) fn restore(
    header: &Header,
    reader: &mut CheckpointReader,
    files: Files,
    clock: Clock,
) -> Result<Simulation> {
    let origin = &header.origin;
    let scenario = ScenarioSource::again(origin, files).scenario(&origin.overrides)?;
    let mut simulation = Simulation::restore(scenario, reader, clock)?;
    simulation.policies.began(&header.since);
    Ok(simulation)
}

/// Agents of the base year; a resumed run still knows them.
fn agents_of_base_year(world: &World) -> u64 {
    (world.base.residents.iter().sum::<f64>() / world.persons_per_agent().max(1) as f64) as u64
}
