//! All studies: read, run, judged.

use super::units::{self, FirstWorlds, Prepared, Request};
use super::verdict::{self, Agreement, ClaimFound};
use super::worlds::{self, Job, Pair, Track};
use crate::Result;
use crate::experiment::pool;

/// A study with what was found.
#[derive(Clone, Debug)]
pub struct Replayed {
    /// The study as it was made ready.
    pub prepared: Prepared,
    /// Its claims in order, with what the model says of each.
    pub claims: Vec<ClaimFound>,
}

impl Replayed {
    /// Whether every claim has the published sign.
    pub(crate) fn signs_right(&self) -> bool {
        self.claims.iter().all(|c| c.verdict.sign == Agreement::Right)
    }
}

/// All studies with what was found, and the worlds that they were found in.
#[derive(Clone, Debug)]
pub struct Replays {
    /// In the order in which they were asked for.
    pub studies: Vec<Replayed>,
    jobs: Vec<Job>,
    tracks: Vec<Track>,
}

impl Replays {
    /// The pairs of worlds of a study, by replicate.
    pub fn pairs(&self, study: usize) -> Vec<Pair<'_>> {
        worlds::pairs(&self.jobs, study, &self.tracks)
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
/// What a run or an estimator reports; [`crate::Error::Stopped`] at the user's wish.
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
    let studies = prepared
        .into_iter()
        .enumerate()
        .map(|(i, prepared)| {
            let claims = verdict::judge(&prepared, &worlds::pairs(&jobs, i, &tracks))?;
            Ok(Replayed { prepared, claims })
        })
        .collect::<Result<_>>()?;
    Ok(Replays { studies, jobs, tracks })
}
