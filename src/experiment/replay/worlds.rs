//! The worlds of the studies: each pair under the same luck, each world run once whoever asks for it.

use super::outcome::{Outcome, Sums};
use super::units::{Prepared, Unit};
use crate::scenario::{Loaded, ScenarioSource};
use crate::simulation::Simulation;
use crate::{Error, Result};

/// A world to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// A study that needs it.
    pub study: usize,
    /// With its policies, or without.
    pub treated: bool,
    /// Number of the luck.
    pub replicate: u32,
    /// Studies for which it is the world without policies.
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

/// All worlds that the studies need. Those without policies are shared by studies of the same base, years and size.
pub fn jobs(studies: &[Prepared]) -> Vec<Job> {
    let mut jobs: Vec<Job> = Vec::new();
    let base = |i: usize| (studies[i].scenario(), &studies[i].overrides, asks_welfare(&studies[i]));
    for (study, prepared) in studies.iter().enumerate() {
        for replicate in 0..prepared.replicates {
            jobs.push(Job { study, treated: true, replicate, serves: Vec::new() });
            let same =
                |job: &&mut Job| !job.treated && job.replicate == replicate && base(job.study) == base(study);
            match jobs.iter_mut().find(same) {
                Some(job) => job.serves.push(study),
                None => jobs.push(Job { study, treated: false, replicate, serves: vec![study] }),
            }
        }
    }
    jobs
}

fn asks_welfare(prepared: &Prepared) -> bool {
    prepared.study.claim.iter().any(|c| c.outcome == Outcome::Welfare)
}

/// Runs a world.
///
/// # Errors
/// What the run reports; [`Error::Interrupted`] at the user's wish.
pub fn run(studies: &[Prepared], job: &Job, interrupted: &(dyn Fn() -> bool + Sync)) -> Result<Track> {
    let prepared = &studies[job.study];
    let mut overrides = prepared.overrides.clone();
    overrides.push(format!("run.replicate={}", job.replicate));
    let Loaded { mut scenario, area, .. } = ScenarioSource::file(&prepared.scenario()).load(&overrides)?;
    if job.treated {
        scenario.policy.join(prepared.policies.clone());
    }
    let with_welfare = asks_welfare(prepared);
    let mut track = Track { base_year: scenario.run.start_year, years: Vec::new() };
    Simulation::new(scenario, area)?.run(|now| {
        if interrupted() {
            return Err(Error::Interrupted { year: now.world.year });
        }
        track.years.push(Sums::of_nodes(now, with_welfare));
        Ok(())
    })?;
    Ok(track)
}

/// The pairs of worlds of a study, by replicate.
pub fn pairs<'a>(jobs: &[Job], study: usize, tracks: &'a [Track]) -> Vec<Pair<'a>> {
    let each = jobs.iter().zip(tracks);
    each.clone()
        .filter(|(job, _)| job.treated && job.study == study)
        .filter_map(|(job, with)| {
            let other = |(other, _): &(&Job, &Track)| {
                !other.treated && other.replicate == job.replicate && other.serves.contains(&study)
            };
            each.clone().find(other).map(|(_, without)| Pair { with, without })
        })
        .collect()
}
