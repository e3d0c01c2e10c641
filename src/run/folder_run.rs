//! A run into a folder: from its first world or from a checkpoint to its end, an interruption or an error. The
//! folder always says how the run stands, and a killed run is taken up again to the same bytes.

use std::path::Path;

use super::branch;
use super::checkpoint::{self, Header};
use super::progress::Progress;
use super::session::{self, Plan, Session};
use crate::band::Finding;
use crate::clock::Clock;
use crate::config::Format;
use crate::message::Message;
use crate::messages;
use crate::observe;
use crate::output::checkpoint_file::{CheckpointReader, CheckpointWriter};
use crate::output::checksum::sha256_of_file;
use crate::output::datapackage::{About, DataPackage};
use crate::output::folder::{ResultFolder, Status};
use crate::output::manifest::{InputFile, Manifest, PhaseTime, ScenarioRecord, SessionClock};
use crate::output::parquet;
use crate::scenario::files::Files;
use crate::scenario::{Loaded, Origin, plausible};
use crate::simulation::{PHASES, Simulation, Timings};
use crate::{Error, Result};

/// Checkpoints that a folder keeps: the newest may be damaged.
const KEPT: usize = 2;

/// What the caller gives a run; no bearing on any number.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// Measures phases and dates the manifest.
    pub clock: Clock,
    /// Threads of the pool in which the run is called, for the manifest.
    pub threads: usize,
    /// The words of the command line, for the manifest.
    pub command: &'a [String],
    /// Is told how far the run is.
    pub progress: &'a dyn Progress,
    /// Asked before every year whether to stop.
    pub interrupted: &'a (dyn Fn() -> bool + Sync),
    /// Is told what of the tables and of the first world is not plausible; its error ends the run before anything is
    /// touched.
    pub judge: &'a (dyn Fn(&[Finding]) -> Result<()> + Sync),
}

/// What is left of a run that came to its end.
pub struct Ended {
    /// What the run was called, and whether a page is made of its tables.
    pub plan: Plan,
    /// The summary of one screen.
    pub summary: String,
    /// The model after its last year.
    pub simulation: Simulation,
}

/// Runs a scenario from its first world into a new folder.
///
/// # Errors
/// What went wrong; the folder then says so too.
pub fn begin(plan: Plan, loaded: Loaded, out: &Path, force: bool, setting: &Setting) -> Result<Ended> {
    ResultFolder::may_be_taken(out, force)?;
    let Loaded { scenario, area, origin } = &loaded;
    let (origin, mut findings) = (origin.clone(), plausible::facts(&area.geography));
    let mut manifest = Manifest::new(setting.command.to_vec(), scenario.run.seed);
    manifest.scenarios.push(ScenarioRecord::new(&plan.run, &origin.text, scenario)?);
    manifest.inputs.clone_from(&origin.inputs);
    let clock = manifest.begin(setting.threads, None, setting.clock);
    setting.progress.begin(scenario.run.years, 0);
    setting.progress.say(&messages::building_first_world().to_string());
    // What is wrong with a scenario shows up here at the latest; nothing is touched before.
    let (simulation, past) = branch::world(loaded, setting.clock)?;
    simulation.must_act()?;
    if past.is_none() {
        findings.extend(observe::plausible::levels(&simulation));
    }
    (setting.judge)(&findings)?;
    let mut folder = ResultFolder::create(out, force)?;
    manifest.write(&mut folder)?;
    let watched = origin.inputs.clone();
    let session = Session::with(plan, origin, (simulation, past), folder, setting.clock)?;
    Papers { manifest, clock, watched, kept: Vec::new() }.run(session, setting)
}

/// Goes on with a run from the newest good checkpoint of its folder.
///
/// # Errors
/// If there is no checkpoint that can be used, or what went wrong later.
pub fn resume(path: &Path, setting: &Setting) -> Result<Ended> {
    let checkpoints = checkpoints_of(path)?;
    let found = newest_good(path, &checkpoints, setting)?;
    let Found { header, simulation, name, watched } = found;
    let mut manifest = Manifest::read(path)?;
    let mut folder = ResultFolder::resume(path, &header.positions)?;
    let clock = manifest.begin(setting.threads, Some(&name), setting.clock);
    manifest.write(&mut folder)?;
    setting.progress.begin(simulation.scenario.run.years, header.step);
    setting.progress.say(&messages::going_on_after(header.year).to_string());
    // What is newer could not be used; it would be written again.
    let mut kept = Vec::new();
    for file in checkpoints.into_iter().rev() {
        if checkpoint::year_of(&file) > Some(header.year) {
            folder.remove(&file)?;
        } else {
            kept.push(file);
        }
    }
    let session = Session::taken_up(header, simulation, folder, setting.clock)?;
    Papers { manifest, clock, watched, kept }.run(session, setting)
}

/// The checkpoints of a folder whose run did not finish, newest first.
fn checkpoints_of(path: &Path) -> Result<Vec<String>> {
    let refuse = |reason: Message| Error::Results { path: path.to_path_buf(), reason };
    let Some((status, files)) = ResultFolder::look(path)? else {
        return Err(refuse(messages::no_run_to_resume()));
    };
    if status == Status::Finished {
        return Err(refuse(messages::nothing_to_resume()));
    }
    let mut found: Vec<String> =
        files.into_iter().filter(|name| checkpoint::year_of(name).is_some()).collect();
    found.sort_by_key(|name| std::cmp::Reverse(checkpoint::year_of(name)));
    if found.is_empty() {
        return Err(refuse(messages::no_checkpoint_to_resume()));
    }
    Ok(found)
}

/// A checkpoint that can be gone on from.
struct Found {
    header: Header,
    simulation: Simulation,
    name: String,
    watched: Vec<InputFile>,
}

/// The newest checkpoint that is not damaged; says which were. Where none is good, the error is of the newest.
fn newest_good(path: &Path, checkpoints: &[String], setting: &Setting) -> Result<Found> {
    let mut newest: Option<Error> = None;
    for name in checkpoints {
        let tried = open(&path.join(name), setting.clock);
        match tried {
            Ok((header, simulation, watched)) => {
                if let Some(error) = &newest {
                    setting.progress.warn(&messages::going_on_from(error, name).to_string());
                }
                return Ok(Found { header, simulation, name: name.clone(), watched });
            }
            Err(error @ (Error::Checkpoint { .. } | Error::Io { .. })) => {
                newest.get_or_insert(error);
            }
            Err(error) => return Err(error),
        }
    }
    Err(newest.unwrap_or(Error::Results { path: path.to_path_buf(), reason: messages::left_no_checkpoint() }))
}

/// A checkpoint with the state that it keeps, and the inputs that are still there.
fn open(at: &Path, clock: Clock) -> Result<(Header, Simulation, Vec<InputFile>)> {
    let mut reader = CheckpointReader::open(at)?;
    let header = Header::read(&reader)?;
    let watched = still_there(&header.origin);
    if let Some(reason) = changed(&header.origin, &watched)? {
        let reason = messages::put_old_table_back(reason);
        return Err(Error::Changed { reason });
    }
    let files = Files::folder(&header.origin.folder);
    let simulation = session::restore(&header, &mut reader, files, clock)?;
    Ok((header, simulation, watched))
}

/// Inputs that a resumed run finds in their place. One of the study area that is gone does no harm: the
/// checkpoint holds what was read.
fn still_there(origin: &Origin) -> Vec<InputFile> {
    let there = |input: &&InputFile| origin.folder.join(&input.path).is_file();
    origin.inputs.iter().filter(there).cloned().collect()
}

/// What is wrong with the first table that is not as it was read; nothing if all are.
fn changed(origin: &Origin, watched: &[InputFile]) -> Result<Option<String>> {
    for input in watched {
        let path = origin.folder.join(&input.path);
        if !path.is_file() {
            return Ok(Some(messages::table_was_deleted(path.display()).to_string()));
        }
        let (_, now) = sha256_of_file(&path)?;
        if now != input.sha256 {
            return Ok(Some(messages::table_was_changed(path.display(), &input.sha256, now).to_string()));
        }
    }
    Ok(None)
}

/// What a folder holds beside the tables of its run.
struct Papers {
    manifest: Manifest,
    clock: SessionClock,
    /// Inputs that must be the same at the end.
    watched: Vec<InputFile>,
    /// Checkpoints of this run, oldest first.
    kept: Vec<String>,
}

impl Papers {
    /// Takes a session through the years that are left.
    fn run(mut self, mut session: Session<ResultFolder>, setting: &Setting) -> Result<Ended> {
        let outcome = self.years(&mut session, setting);
        setting.progress.end();
        let (plan, summary) = (session.plan.clone(), session.summary());
        let closed = self.close(session, &outcome);
        // Why the run stopped matters more than that its folder could not be closed.
        outcome.and(closed).map(|simulation| Ended { plan, summary, simulation })
    }

    fn years(&mut self, session: &mut Session<ResultFolder>, setting: &Setting) -> Result<()> {
        let every = session.plan.checkpoint_every;
        let outcome = session.run(setting.progress, setting.interrupted, |session| {
            let due = session.simulation.world.step.is_multiple_of(every.max(1)) || session.is_over();
            if every > 0 && due { self.save(session) } else { Ok(()) }
        });
        if matches!(outcome, Err(Error::Interrupted { .. })) && every > 0 {
            self.save(session)?;
        }
        outcome.and_then(|()| self.inputs_are_unchanged(&session.origin))
    }

    /// Writes a checkpoint from which the run can go on to the same bytes, and forgets all but the last two.
    fn save(&mut self, session: &mut Session<ResultFolder>) -> Result<()> {
        let name = checkpoint::file_name(session.simulation.world.year);
        if self.kept.contains(&name) {
            return Ok(());
        }
        let header = session.header()?;
        let mut writer = CheckpointWriter::create(session.sink.file(&name)?, &header)?;
        session.simulation.save(&mut writer)?;
        writer.finish()?;
        self.kept.push(name);
        while self.kept.len() > KEPT {
            session.sink.remove(&self.kept.remove(0))?;
        }
        self.manifest.update(&self.clock, phases(&session.simulation.timings));
        self.manifest.write(&mut session.sink)
    }

    /// A result whose inputs are no longer those of its manifest cannot be repeated: that is no success.
    fn inputs_are_unchanged(&self, origin: &Origin) -> Result<()> {
        changed(origin, &self.watched)?
            .map_or(Ok(()), |reason| Err(Error::Changed { reason: messages::tables_of_the_old_one(reason) }))
    }

    /// Closes tables, data package, manifest and folder, in this order, and says how it went.
    fn close(mut self, session: Session<ResultFolder>, outcome: &Result<()>) -> Result<Simulation> {
        let status = match outcome {
            Ok(()) => Status::Finished,
            Err(Error::Interrupted { .. }) => Status::Interrupted,
            Err(_) => Status::Failed,
        };
        let name = session.plan.run.clone();
        let (mut folder, simulation) = session.close(status)?;
        let scenario = &simulation.scenario;
        let about = About {
            name,
            title: scenario.title.clone(),
            description: scenario.description.clone(),
            sources: scenario.sources.clone(),
        };
        DataPackage::describe(folder.path(), &observe::TABLES, &about)?.write(&mut folder)?;
        if status == Status::Finished && scenario.output.format.contains(&Format::Parquet) {
            parquet::beside(&mut folder, &observe::TABLES, &about)?;
        }
        let message = outcome.as_ref().err().map(ToString::to_string);
        self.manifest.end(&self.clock, phases(&simulation.timings), status, message);
        self.manifest.write(&mut folder)?;
        folder.close(status)?;
        Ok(simulation)
    }
}

/// Where the time went, for the manifest.
pub(crate) fn phases(timings: &Timings) -> Vec<PhaseTime> {
    let start = PhaseTime::new("start", timings.start, 0);
    let each = PHASES.iter().zip(timings.phase);
    std::iter::once(start)
        .chain(each.map(|(name, time)| PhaseTime::new(name, time, timings.agent_years)))
        .collect()
}
