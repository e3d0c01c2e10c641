//! All studies: read, run, judged.

use super::units::{self, FirstWorlds, Prepared, Request};
use super::verdict::{self, Agreement, ClaimFound};
use super::worlds::{self, Job, Pair, Track};
use crate::experiment::pool;
use crate::{Error, Result};

/// A study with what was found.
#[derive(Clone, Debug)]
pub struct Replayed {
    /// The study as it was made ready.
    pub prepared: Prepared,
    /// Its claims in order, with what the model says of each.
    pub claims: Vec<ClaimFound>,
    /// Its place among the studies that were run.
    pub(crate) at: usize,
}

impl Replayed {
    /// Whether every claim has the published sign.
    pub(crate) fn signs_right(&self) -> bool {
        self.claims.iter().all(|c| c.verdict.sign == Agreement::Right)
    }
}

/// All studies with what was found, and the worlds that they were found in.
#[derive(Debug)]
pub struct Replays {
    /// In the order in which they were asked for, without those that could not be estimated.
    pub studies: Vec<Replayed>,
    /// Studies whose estimator has no answer on these worlds, each by its name and with the reason: the others stand.
    pub failed: Vec<(String, Error)>,
    jobs: Vec<Job>,
    tracks: Vec<Track>,
}

impl Replays {
    /// The pairs of worlds of a study, by replicate.
    pub fn pairs(&self, study: &Replayed) -> Vec<Pair<'_>> {
        worlds::pairs(&self.jobs, study.at, &self.tracks)
    }
}

/// Reads and checks every study.
///
/// # Errors
/// Everything that is wrong with the files, each with its place.
pub fn prepare(request: &Request) -> Result<Vec<Prepared>> {
    let mut firsts = FirstWorlds::default();
    request.studies.iter().map(|path| units::prepare(path, request, &mut firsts)).collect()
}

/// Runs all worlds and applies the estimators. Studies of the same base share the world without policy. `done` hears how
/// many worlds of how many have run.
///
/// # Errors
/// What a run reports; what an estimator reports where no study has an answer; [`Error::Stopped`] at the user's wish.
pub fn run(
    prepared: Vec<Prepared>,
    threads: usize,
    interrupted: &(dyn Fn() -> bool + Sync),
    mut done: impl FnMut(usize, usize),
) -> Result<Replays> {
    let jobs = worlds::jobs(&prepared);
    let groups = worlds::beginnings(&prepared, &jobs);
    // A beginning stays while a future of it runs.
    let peak = 2 * prepared.iter().map(|p| p.peak_bytes).max().unwrap_or(1);
    let split = pool::split(threads, groups.len(), peak)?;
    let mut found: Vec<Option<Track>> = vec![None; jobs.len()];
    let mut n = 0;
    pool::run_all(
        split,
        groups.len(),
        interrupted,
        |group| {
            let jobs: Vec<&Job> = groups[group].iter().map(|&job| &jobs[job]).collect();
            worlds::run(&prepared, &jobs, interrupted)
        },
        |group, tracks| {
            for (&job, track) in groups[group].iter().zip(tracks) {
                found[job] = Some(track);
                n += 1;
            }
            done(n, jobs.len());
            Ok(())
        },
    )?;
    let tracks: Vec<Track> = found.into_iter().flatten().collect();
    let (mut studies, mut failed) = (Vec::new(), Vec::new());
    for (at, prepared) in prepared.into_iter().enumerate() {
        match verdict::judge(&prepared, &worlds::pairs(&jobs, at, &tracks)) {
            Ok(claims) => studies.push(Replayed { prepared, claims, at }),
            Err(reason) => failed.push((prepared.name(), reason)),
        }
    }
    if studies.is_empty() && !failed.is_empty() {
        return Err(failed.remove(0).1);
    }
    Ok(Replays { studies, failed, jobs, tracks })
}
