//! The worlds of the studies: each pair under the same luck, each world run once whoever asks for it.

use super::outcome::{Outcome, Sums};
use super::units::{Prepared, Unit};
use crate::policy::Policies;
use crate::scenario::{Loaded, ScenarioSource};
use crate::simulation::Simulation;
use crate::{Error, Result};

/// A world to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// The first study that needs it.
    pub study: usize,
    /// With its policies, or without.
    pub treated: bool,
    /// Number of the luck.
    pub replicate: u32,
    /// All that need it.
    serves: Vec<usize>,
}

/// What a run leaves: sums of every node in every year from the base year on.
#[derive(Clone, Debug)]
pub struct Track {
    /// Calendar year of the first sums.
    pub base_year: i32,
    years: Vec<Vec<Sums>>,
}

/// The two worlds of a study in one replicate.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    /// The world with the policies of the study.
    pub with: &'a Track,
    /// The same luck without them.
    pub without: &'a Track,
}

impl Track {
    /// Value of an outcome in a unit and year.
    pub fn value(&self, outcome: Outcome, unit: &Unit, year: i32) -> f64 {
        let mut sums = Sums::default();
        if let Ok(at) = usize::try_from(year - self.base_year) {
            unit.nodes.iter().for_each(|&j| sums.add(&self.years[at][j]));
        }
        outcome.of(&sums)
    }
}

/// All worlds that the studies need. Studies of the same base, years and size share the world without policies, and that with
/// them where these are the same too.
pub fn jobs(studies: &[Prepared]) -> Vec<Job> {
    let mut jobs: Vec<Job> = Vec::new();
    for (study, prepared) in studies.iter().enumerate() {
        for (replicate, treated) in (0..prepared.replicates).flat_map(|r| [(r, true), (r, false)]) {
            let world = |i: usize| {
                let policies = treated.then_some(&studies[i].policies);
                (studies[i].scenario(), &studies[i].overrides, policies)
            };
            let same = |job: &&mut Job| {
                (job.replicate, job.treated) == (replicate, treated) && world(job.study) == world(study)
            };
            match jobs.iter_mut().find(same) {
                Some(job) => job.serves.push(study),
                None => jobs.push(Job { study, treated, replicate, serves: vec![study] }),
            }
        }
    }
    jobs
}

fn asks_welfare(prepared: &Prepared) -> bool {
    prepared.study.claim.iter().any(|c| c.outcome == Outcome::Welfare)
}

/// Positions of the jobs that begin in the same world: of one base and one luck.
pub(crate) fn beginnings(studies: &[Prepared], jobs: &[Job]) -> Vec<Vec<usize>> {
    let beginning = |i: usize| {
        let prepared = &studies[jobs[i].study];
        (prepared.scenario(), &prepared.overrides, jobs[i].replicate)
    };
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for i in 0..jobs.len() {
        match groups.iter_mut().find(|group| beginning(group[0]) == beginning(i)) {
            Some(group) => group.push(i),
            None => groups.push(vec![i]),
        }
    }
    groups
}

/// Runs the worlds that begin alike, one after the other: of a nation the base year is most of the work, and no policy
/// changes it.
///
/// # Errors
/// What a run reports; [`Error::Interrupted`] at the user's wish.
pub(crate) fn run(
    studies: &[Prepared],
    jobs: &[&Job],
    interrupted: &(dyn Fn() -> bool + Sync),
) -> Result<Vec<Track>> {
    let Some(first) = jobs.first() else { return Ok(Vec::new()) };
    let prepared = &studies[first.study];
    let mut overrides = prepared.overrides.clone();
    overrides.push(format!("run.replicate={}", first.replicate));
    let Loaded { scenario, area, .. } = ScenarioSource::file(&prepared.scenario()).load(&overrides)?;
    let beginning = Simulation::new(scenario, area)?;
    jobs.iter().map(|job| future(studies, job, &beginning, interrupted)).collect()
}

fn future(
    studies: &[Prepared],
    job: &Job,
    beginning: &Simulation,
    interrupted: &(dyn Fn() -> bool + Sync),
) -> Result<Track> {
    let policies = if job.treated { studies[job.study].policies.clone() } else { Policies::default() };
    let with_welfare = job.serves.iter().any(|&study| asks_welfare(&studies[study]));
    let mut track = Track { base_year: beginning.world.year, years: Vec::new() };
    beginning.under(policies).run(|now| {
        if interrupted() {
            return Err(Error::Interrupted { year: now.world.year });
        }
        track.years.push(Sums::of_nodes(now, with_welfare));
        Ok(())
    })?;
    Ok(track)
}

/// The pairs of worlds of a study, by replicate.
pub(crate) fn pairs<'a>(jobs: &[Job], study: usize, tracks: &'a [Track]) -> Vec<Pair<'a>> {
    let each = jobs.iter().zip(tracks);
    each.clone()
        .filter(|(job, _)| job.treated && job.serves.contains(&study))
        .filter_map(|(job, with)| {
            let other = |(other, _): &(&Job, &Track)| {
                !other.treated && other.replicate == job.replicate && other.serves.contains(&study)
            };
            each.clone().find(other).map(|(_, without)| Pair { with, without })
        })
        .collect()
}
