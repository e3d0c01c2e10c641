//! The folder and the manifest of an experiment, from its first session to its end.

use std::time::Duration;

use super::{clock, interrupt};
use crate::output::folder::{ResultFolder, Status};
use crate::output::manifest::{FILE, Manifest, PhaseTime, SessionClock};
use crate::{Error, Result};

/// What an experiment writes into, and what it says about itself.
pub(super) struct Papers {
    pub folder: ResultFolder,
    manifest: Manifest,
    clock: SessionClock,
}

impl Papers {
    /// Begins a session on so many threads (0 is one a core), from the start or from the journal of that name. What is
    /// run is recorded by `record` once. From now on a signal to stop is answered.
    pub(super) fn begin(
        folder: ResultFolder,
        seed: u64,
        threads: usize,
        journal: Option<&str>,
        record: impl FnOnce(&mut Manifest) -> Result<()>,
    ) -> Result<Papers> {
        Papers::begin_at(clock::NATIVE.elapsed(), folder, seed, threads, journal, record)
    }

    /// The same of a session that began when the clock said this, with work whose folder is taken when it is done.
    pub(super) fn begin_at(
        begun: Duration,
        mut folder: ResultFolder,
        seed: u64,
        threads: usize,
        journal: Option<&str>,
        record: impl FnOnce(&mut Manifest) -> Result<()>,
    ) -> Result<Papers> {
        interrupt::listen();
        let old = match journal {
            Some(_) if folder.path().join(FILE).is_file() => Some(Manifest::read(folder.path())?),
            _ => None,
        };
        let mut manifest = match old {
            Some(manifest) => manifest,
            None => {
                let mut manifest = Manifest::new(super::run::command(), seed);
                record(&mut manifest)?;
                manifest
            }
        };
        let threads = match threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            n => n,
        };
        let clock = manifest.begin_at(begun, threads, journal, clock::NATIVE);
        manifest.write(&mut folder)?;
        Ok(Papers { folder, manifest, clock })
    }

    /// What the manifest says, to be added to.
    pub(super) fn manifest(&mut self) -> &mut Manifest {
        &mut self.manifest
    }

    /// Ends the session and says how it went; why it went wrong matters more than that the folder could not be closed.
    pub(super) fn end<T>(mut self, outcome: Result<T>, phases: Vec<PhaseTime>) -> Result<T> {
        let status = match &outcome {
            Ok(_) => Status::Finished,
            Err(Error::Stopped { .. } | Error::Interrupted { .. }) => Status::Interrupted,
            Err(_) => Status::Failed,
        };
        let message = outcome.as_ref().err().map(ToString::to_string);
        self.manifest.end(&self.clock, phases, status, message);
        let closed = self.manifest.write(&mut self.folder).and_then(|()| self.folder.close(status));
        outcome.and_then(|value| closed.map(|()| value))
    }
}
