//! A run that writes into a folder: from its first world or from a snapshot to its end, an interruption or
//! an error.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use serde::{Deserialize, Serialize};

use super::progress::Progress;
use super::size::thousands;
use crate::experiment::report::outside_income;
use crate::kernel::chunks::with_threads;
use crate::observe::{self, Memory, Observer, Snapshot};
use crate::output::checksum::sha256_of_file;
use crate::output::datapackage::{About, DataPackage};
use crate::output::folder::{Positions, ResultFolder, Status};
use crate::output::manifest::{Manifest, PhaseTime, ScenarioRecord, SessionClock, peak_resident_bytes};
use crate::output::snapshot_file::{SnapshotReader, SnapshotWriter};
use crate::scenario::problem::Problems;
use crate::scenario::study_area::StudyArea;
use crate::scenario::{Scenario, check, diagnose};
use crate::simulation::{PHASES, Simulation, Timings};
use crate::world::World;
use crate::{Error, Result};

/// Set when the user asks the run to stop.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// From now on the first Ctrl-C lets the year under way be finished; the second ends the program at once.
pub fn listen_for_interrupts() {
    // A second call in one process finds the handler set, which is as good.
    let _ = ctrlc::set_handler(|| {
        if INTERRUPTED.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
        eprintln!("finishing the year under way; once more to stop at once");
    });
}

/// What a run is called, and how it is to be done.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Plan {
    /// The key of the run in all tables.
    pub run: String,
    /// The scenario file as the user named it.
    pub scenario_path: PathBuf,
    /// Its folder, for the tables that policies name.
    pub folder: PathBuf,
    /// The file, word for word.
    pub scenario_text: String,
    /// Changes by the command line.
    pub overrides: Vec<String>,
    /// A snapshot every so many years; 0 is none.
    pub snapshot_every: u32,
    /// Every table that was read.
    pub inputs: Vec<Input>,
}

/// A table that was read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Input {
    /// As messages call it.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// Its sha256 in hexadecimal.
    pub sha256: String,
}

/// How a process does its stretch of a run; no bearing on any number.
#[derive(Clone, Debug)]
pub struct Manner {
    /// Threads; 0 is one a core.
    pub threads: usize,
    /// No progress and no summary.
    pub quiet: bool,
    /// The words of the command line.
    pub command: Vec<String>,
}

impl Plan {
    /// Of a scenario file that was read; looks at its tables again for their checksums.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub fn new(
        path: &Path,
        overrides: Vec<String>,
        scenario: &Scenario,
        snapshot_every: u32,
    ) -> Result<Plan> {
        let scenario_text =
            std::fs::read_to_string(path).map_err(|e| Error::io("read the scenario", path, e))?;
        let folder = path.parent().unwrap_or(Path::new("."));
        let mut inputs = Vec::new();
        for file in tables_of(scenario) {
            let at = folder.join(file);
            let (_, sha256) = sha256_of_file(&at)?;
            let name = at.display().to_string();
            let path = std::path::absolute(&at).unwrap_or(at);
            inputs.push(Input { name, path, sha256 });
        }
        Ok(Plan {
            run: run_name(path),
            scenario_path: path.to_path_buf(),
            folder: std::path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf()),
            scenario_text,
            overrides,
            snapshot_every,
            inputs,
        })
    }

    /// Refuses to go on if a table was changed since the run began. A table of the study area that is gone does
    /// no harm: the snapshot holds what was read.
    fn inputs_are_unchanged(&self, snapshot: &Path) -> Result<()> {
        for input in &self.inputs {
            if !input.path.is_file() {
                continue;
            }
            let (_, now) = sha256_of_file(&input.path)?;
            if now != input.sha256 {
                return Err(Error::Snapshot {
                    path: snapshot.to_path_buf(),
                    reason: format!(
                        "{} was changed since the run began (sha256 {} then, {now} now); put the old table back, \
                         or begin a new run",
                        input.name, input.sha256
                    ),
                });
            }
        }
        Ok(())
    }
}

/// Every table that a scenario names: those of the study area, and what its policies call a file.
fn tables_of(scenario: &Scenario) -> Vec<PathBuf> {
    fn files(value: &serde_json::Value, found: &mut Vec<PathBuf>) {
        match value {
            serde_json::Value::Object(keys) => {
                for (key, value) in keys {
                    match value.as_str() {
                        Some(path) if key.ends_with("_file") => found.push(PathBuf::from(path)),
                        _ => files(value, found),
                    }
                }
            }
            serde_json::Value::Array(members) => members.iter().for_each(|value| files(value, found)),
            _ => {}
        }
    }
    let world = &scenario.world;
    let area = [&world.outside, &world.prefectures, &world.moving_costs, &world.trade_costs];
    let mut found: Vec<PathBuf> =
        std::iter::once(&world.nodes).chain(area.into_iter().flatten()).cloned().collect();
    files(&serde_json::to_value(&scenario.policy).unwrap_or_default(), &mut found);
    let mut once = Vec::new();
    for file in found {
        if !once.contains(&file) {
            once.push(file);
        }
    }
    once
}

/// `zhejiang-baseline` for `scenarios/zhejiang/baseline.toml`.
pub fn run_name(scenario: &Path) -> String {
    let path = std::path::absolute(scenario).unwrap_or_else(|_| scenario.to_path_buf());
    let stem = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    match path.parent().and_then(Path::file_name) {
        Some(folder) => format!("{}-{stem}", folder.to_string_lossy()),
        None => stem,
    }
}

/// The header of a snapshot.
#[derive(Serialize, Deserialize)]
struct Header {
    /// The version that wrote it: the state lies in the order of that version's fields.
    version: String,
    year: i32,
    step: u32,
    plan: Plan,
    positions: Positions,
    memory: Memory,
}

const SNAPSHOT: &str = "snapshot_";

fn snapshot_name(year: i32) -> String {
    format!("{SNAPSHOT}{year}.shanhai")
}

/// Runs a scenario from its first world into a new folder.
///
/// # Errors
/// What went wrong; the folder then says so too.
pub fn begin(
    plan: Plan,
    scenario: Scenario,
    area: StudyArea,
    out: &Path,
    force: bool,
    manner: &Manner,
) -> Result<()> {
    let mut folder = ResultFolder::create(out, force)?;
    let mut manifest = Manifest::new(manner.command.clone(), scenario.run.seed);
    manifest.scenarios.push(ScenarioRecord::new(&plan.run, &plan.scenario_text, &scenario)?);
    for input in &plan.inputs {
        manifest.input(&input.name, &input.path)?;
    }
    with_threads(manner.threads, || {
        let clock = manifest.begin(rayon::current_num_threads(), None);
        manifest.write(&mut folder)?;
        let progress = Progress::new(manner.quiet, u64::from(scenario.run.years), 0);
        progress.say("building the first world");
        let simulation = match Simulation::new(scenario, area) {
            Ok(simulation) => simulation,
            Err(error) => return failed(folder, manifest, &clock, error),
        };
        let observer = Observer::open(&mut folder, true, Memory::default())?;
        Session { plan, folder, manifest, clock, simulation, observer, progress, last_snapshot: None }
            .run(manner)
    })?
}

/// Goes on with a run from the newest snapshot of its folder.
///
/// # Errors
/// If there is no snapshot that can be used, or what went wrong later.
pub fn resume(path: &Path, manner: &Manner) -> Result<()> {
    let refuse = |reason: &str| Error::Results { path: path.to_path_buf(), reason: reason.to_owned() };
    let Some((status, files)) = ResultFolder::look(path)? else {
        return Err(refuse("there is no run of this program in it that could be resumed"));
    };
    if status == Status::Finished {
        return Err(refuse("its run is finished; there is nothing to resume"));
    }
    let year = |name: &String| -> Option<i32> {
        name.strip_prefix(SNAPSHOT)?.strip_suffix(".shanhai")?.parse().ok()
    };
    let Some(name) = files.iter().filter(|name| year(name).is_some()).max_by_key(|name| year(name)) else {
        return Err(refuse(
            "its run left no snapshot to go on from; run it again with --force, and with --snapshot-every 1 \
             to be able to resume",
        ));
    };
    let at = path.join(name);
    let mut reader = SnapshotReader::open(&at)?;
    let header: Header = reader.header()?;
    if header.version != env!("CARGO_PKG_VERSION") {
        return Err(Error::Snapshot {
            path: at,
            reason: format!(
                "version {} wrote it and this is version {}; resume with that version, or begin a new run",
                header.version,
                env!("CARGO_PKG_VERSION")
            ),
        });
    }
    header.plan.inputs_are_unchanged(&at)?;
    let scenario = read_again(&header.plan)?;
    let mut manifest = Manifest::read(path)?;
    with_threads(manner.threads, || {
        let simulation = Simulation::restore(scenario, &mut reader, &at)?;
        drop(reader);
        let mut folder = ResultFolder::resume(path, &header.positions)?;
        let clock = manifest.begin(rayon::current_num_threads(), Some(name));
        manifest.write(&mut folder)?;
        let years = u64::from(simulation.scenario.run.years);
        let progress = Progress::new(manner.quiet, years, u64::from(header.step));
        progress.say(&format!("going on after {}", header.year));
        for old in files.iter().filter(|file| year(file).is_some() && *file != name) {
            folder.remove(old)?;
        }
        let observer = Observer::open(&mut folder, true, header.memory)?;
        let last_snapshot = Some(name.clone());
        Session { plan: header.plan, folder, manifest, clock, simulation, observer, progress, last_snapshot }
            .run(manner)
    })?
}

/// The scenario of a snapshot, from the text that it keeps.
fn read_again(plan: &Plan) -> Result<Scenario> {
    let name = plan.scenario_path.display().to_string();
    let mut read = diagnose::read::<Scenario>(&plan.scenario_text, &name, &plan.overrides)?;
    let mut problems = Problems::new();
    check::meaning(&read.value, &read.spans, &mut problems);
    crate::policy::read_tables(&mut read.value.policy, &plan.folder, &read.spans, &mut problems);
    problems.check()?;
    Ok(read.value)
}

struct Session {
    plan: Plan,
    folder: ResultFolder,
    manifest: Manifest,
    clock: SessionClock,
    simulation: Simulation,
    observer: Observer,
    progress: Progress,
    last_snapshot: Option<String>,
}

impl Session {
    fn run(mut self, manner: &Manner) -> Result<()> {
        let begun = Instant::now();
        let outcome = self.years();
        self.progress.clear();
        let summary = self.observer.summary();
        let agent_years = self.simulation.timings.agent_years;
        let residual = outside_income(&self.simulation);
        let path = self.folder.path().to_path_buf();
        self.close(outcome)?;
        if !manner.quiet {
            let seconds = begun.elapsed().as_secs_f64();
            let peak = peak_resident_bytes()
                .map_or(String::new(), |bytes| format!(", {:.2} GB at the peak", bytes as f64 / 1e9));
            super::print(&format!(
                "{summary}{residual}\n{} agent-years in {seconds:.1} s: {:.1} million a second on {} threads{peak}; tables in {}\n",
                thousands(agent_years),
                agent_years as f64 / seconds.max(1e-9) / 1e6,
                rayon::current_num_threads(),
                path.display()
            ))?;
        }
        Ok(())
    }

    fn years(&mut self) -> Result<()> {
        if self.simulation.world.step == 0 {
            self.observe()?;
        }
        while self.simulation.world.step < self.simulation.scenario.run.years {
            if INTERRUPTED.load(Ordering::SeqCst) {
                if self.plan.snapshot_every > 0 {
                    self.save()?;
                }
                return Err(Error::Interrupted { year: self.simulation.world.year });
            }
            self.simulation.step()?;
            self.observe()?;
            let (year, step) = (self.simulation.world.year, self.simulation.world.step);
            self.progress.year(year, u64::from(step));
            let last = step == self.simulation.scenario.run.years;
            if self.plan.snapshot_every > 0 && (step.is_multiple_of(self.plan.snapshot_every) || last) {
                self.save()?;
            }
        }
        Ok(())
    }

    fn observe(&mut self) -> Result<()> {
        let begun = Instant::now();
        let simulation = &self.simulation;
        self.observer.observe(&Snapshot {
            run: &self.plan.run,
            world: &simulation.world,
            rules: &simulation.rules(),
            flows: &simulation.flows,
            tally: (simulation.world.step > 0).then_some(&simulation.tally),
            earnings: &simulation.earnings,
            choice: Some((&simulation.law, &simulation.utilities)),
            policies: (&simulation.policies.authors, &simulation.changes),
        })?;
        self.simulation.timings.phase[PHASES.len() - 1] += begun.elapsed();
        Ok(())
    }

    /// Writes a snapshot from which the run can go on to the same bytes, then forgets the one before.
    fn save(&mut self) -> Result<()> {
        let (year, step) = (self.simulation.world.year, self.simulation.world.step);
        let name = snapshot_name(year);
        if self.last_snapshot.as_ref() == Some(&name) {
            return Ok(());
        }
        let header = Header {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            year,
            step,
            plan: self.plan.clone(),
            positions: self.observer.sync()?,
            memory: self.observer.memory().clone(),
        };
        let mut writer = SnapshotWriter::create(self.folder.file(&name)?, &header)?;
        self.simulation.save(&mut writer)?;
        writer.finish()?;
        if let Some(old) = self.last_snapshot.replace(name) {
            self.folder.remove(&old)?;
        }
        self.manifest.update(&self.clock, phases(&self.simulation.timings));
        self.manifest.write(&mut self.folder)
    }

    /// Closes tables, data package, manifest and folder, in this order, and says how it went.
    fn close(self, outcome: Result<()>) -> Result<()> {
        let Session { plan, mut folder, mut manifest, clock, simulation, observer, .. } = self;
        let status = match &outcome {
            Ok(()) => Status::Finished,
            Err(Error::Interrupted { .. }) => Status::Interrupted,
            Err(_) => Status::Failed,
        };
        let closed = (|| {
            observer.finish()?;
            let scenario = &simulation.scenario;
            let mut runs = folder.table(&observe::runs::SPEC)?;
            let people = &simulation.world.people;
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
                    persons_per_agent: people.persons_per_agent,
                    agents: agents_of_base_year(&simulation.world),
                    parameters: &scenario.parameters,
                },
                &mut runs,
            )?;
            runs.finish()?;
            let about = About {
                name: plan.run.clone(),
                title: scenario.title.clone(),
                description: scenario.description.clone(),
                sources: scenario.sources.clone(),
            };
            DataPackage::describe(folder.path(), &observe::TABLES, &about)?.write(&mut folder)?;
            let message = outcome.as_ref().err().map(ToString::to_string);
            manifest.end(&clock, phases(&simulation.timings), status, message);
            manifest.write(&mut folder)?;
            match status {
                Status::Interrupted => folder.interrupted(),
                Status::Failed => folder.failed(),
                _ => folder.finish(),
            }
        })();
        // Why the run stopped matters more than that its folder could not be closed.
        outcome.and(closed)
    }
}

/// Agents of the base year; a resumed run still knows them.
fn agents_of_base_year(world: &World) -> u64 {
    (world.base.residents.iter().sum::<f64>() / world.persons_per_agent().max(1) as f64) as u64
}

/// A run that failed before its first row.
fn failed(
    mut folder: ResultFolder,
    mut manifest: Manifest,
    clock: &SessionClock,
    error: Error,
) -> Result<()> {
    manifest.end(clock, Vec::new(), Status::Failed, Some(error.to_string()));
    let _ = manifest.write(&mut folder).and_then(|()| folder.failed());
    Err(error)
}

/// Where the time went, for the manifest.
pub(super) fn phases(timings: &Timings) -> Vec<PhaseTime> {
    let start = PhaseTime::new("start", timings.start, 0);
    let each = PHASES.iter().zip(timings.phase);
    std::iter::once(start)
        .chain(each.map(|(name, time)| PhaseTime::new(name, time, timings.agent_years)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_named_after_folder_and_file() {
        assert_eq!(run_name(Path::new("scenarios/zhejiang/baseline.toml")), "zhejiang-baseline");
        assert_eq!(run_name(Path::new("/baseline.toml")), "baseline");
    }
}
