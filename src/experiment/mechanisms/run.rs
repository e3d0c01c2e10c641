//! Runs every mechanism alone against the same years without it, and judges its channel.

use std::path::PathBuf;

use super::channel;
use super::list::{MECHANISMS, Mechanism};
use crate::clock::Clock;
use crate::experiment::first_worlds::{BaseYear, FirstWorlds, in_turn};
use crate::experiment::pool;
use crate::experiment::replicates::mean_and_error;
use crate::messages;
use crate::scenario::{Loaded, ScenarioSource};
use crate::simulation::Simulation;
use crate::simulation::size::Size;
use crate::{Error, Result};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The baseline; its places have the tags that the policies name.
    pub scenario: PathBuf,
    /// Changes of the baseline in all runs.
    pub overrides: Vec<String>,
    /// Pairs of runs with their own luck, at least two.
    pub replicates: u32,
    /// Ids that are run; all if empty.
    pub only: Vec<String>,
    /// Runs at a time.
    pub threads: usize,
}

/// What became of a mechanism.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Its channel moves in its direction beyond three times the noise.
    Acts,
    /// Its channel does not move beyond the noise.
    Dead,
    /// Its channel moves the other way.
    Reversed,
}

impl State {
    /// A word for tables.
    pub fn word(self) -> &'static str {
        match self {
            State::Acts => "acts",
            State::Dead => "dead",
            State::Reversed => "reversed",
        }
    }
}

/// A mechanism as it was found.
#[derive(Clone, Copy)]
pub struct Acting {
    /// The row of the list.
    pub mechanism: &'static Mechanism,
    /// The channel without the policy, mean over years and replicates.
    pub without: f64,
    /// What the policy adds.
    pub difference: f64,
    /// The larger of the standard error over replicates and what a policy of nothing adds.
    pub noise: f64,
    /// Whether its channel moves as the essays say.
    pub state: State,
    /// What it adds to the area's output in the last year, yuan, and its standard error.
    pub output: f64,
    /// Standard error of `output` over replicates, yuan.
    pub output_error: f64,
    /// What the policy pays, yuan a resident of the area and year.
    pub cost_per_head: f64,
    /// Part of the assumed gain that pays the cost: cost over the output that it adds in the last year; below one it pays more
    /// than it costs. NaN where it costs nothing, adds nothing, or assumes no gain.
    pub break_even: f64,
}

/// A policy of nothing: it moves nobody by its size, and shows how far luck is carried by the last digit.
const NOTHING: &str = "lever_change=[{ active = { from = 2021 }, lever = 'amenity_workers', add = 1e-7 }]";

/// Means of all channels over the years of a run, and output of the last.
struct Seen {
    channels: Vec<f64>,
    output: f64,
    paid: f64,
    residents: f64,
}

/// Runs all.
///
/// # Errors
/// What the scenario or a run reports; [`Error::Stopped`] at the user's wish.
pub fn act(
    request: &Request,
    interrupted: &(dyn Fn() -> bool + Sync),
    mut done: impl FnMut(usize, usize),
) -> Result<Vec<Acting>> {
    if request.replicates < 2 {
        return Err(Error::Usage {
            found: messages::replicates_asked(request.replicates),
            expected: messages::two_runs_for_noise(),
        });
    }
    let chosen: Vec<&'static Mechanism> = MECHANISMS
        .iter()
        .filter(|m| request.only.is_empty() || request.only.iter().any(|id| id == m.id))
        .collect();
    if let Some(id) = request.only.iter().find(|id| !MECHANISMS.iter().any(|m| m.id == **id)) {
        return Err(Error::Usage {
            found: messages::only_asked(id),
            expected: messages::mechanisms_from_to(),
        });
    }
    // Arms: nothing at all, a policy of nothing, and every mechanism; of a coupling its parts as well.
    let mut arms: Vec<Vec<&'static str>> = vec![Vec::new(), vec![NOTHING]];
    let mut arm_of = |policies: &[&'static str]| match arms.iter().position(|a| a == policies) {
        Some(at) => at,
        None => {
            arms.push(policies.to_vec());
            arms.len() - 1
        }
    };
    let plan: Vec<(usize, Vec<usize>)> = chosen
        .iter()
        .map(|m| {
            let whole = arm_of(m.policies);
            let parts = if m.policies.len() > 1 {
                m.policies.iter().map(|&p| arm_of(&[p])).collect()
            } else {
                vec![]
            };
            (whole, parts)
        })
        .collect();
    let source = ScenarioSource::file(&request.scenario);
    let Loaded { scenario, area, origin } = source.load(&request.overrides)?;
    let replicates = request.replicates as usize;
    let jobs = arms.len() * replicates;
    let bytes = Size::of(&scenario, &area, 1).peak_bytes;
    let split = pool::split(request.threads, jobs, bytes)?;
    let changes = |arm: usize| -> Vec<String> {
        let policies = arms[arm].iter().map(|p| format!("policy.{p}"));
        request.overrides.iter().cloned().chain(policies).collect()
    };
    let worlds = pool::beside(split, bytes);
    let mut base_years = Vec::with_capacity(jobs);
    for arm in 0..arms.len() {
        let mut scenario = if worlds > 0 { source.scenario(&changes(arm)).ok() } else { None };
        let of = |replicate| BaseYear::of_replicate(scenario.as_mut(), replicate, &origin.inputs);
        base_years.extend((0..request.replicates).map(of));
    }
    let first_worlds = FirstWorlds::of(&base_years);
    let order = in_turn(&base_years, worlds);
    let mut seen: Vec<Option<Seen>> = (0..jobs).map(|_| None).collect();
    let mut n = 0;
    pool::run_all(
        split,
        jobs,
        interrupted,
        |turn| {
            let job = order[turn];
            let mut changes = changes(job / replicates);
            changes.push(format!("run.replicate={}", job % replicates));
            let new = |loaded: Loaded, _| Simulation::new(loaded.scenario, loaded.area);
            look(first_worlds.begin(source.load(&changes)?, Clock::STOPPED, new)?, &chosen, interrupted)
        },
        |turn, found| {
            seen[order[turn]] = Some(found);
            n += 1;
            done(n, jobs);
            Ok(())
        },
    )?;
    let seen: Vec<Seen> = seen.into_iter().flatten().collect();
    let at = |arm: usize, r: usize| &seen[arm * replicates + r];
    Ok(chosen
        .iter()
        .zip(&plan)
        .enumerate()
        .map(|(i, (mechanism, (whole, parts)))| {
            let added = |arm: usize, r: usize, of: &dyn Fn(&Seen) -> f64| of(at(arm, r)) - of(at(0, r));
            let effect = |r: usize, of: &dyn Fn(&Seen) -> f64| {
                added(*whole, r, of) - parts.iter().map(|&part| added(part, r, of)).sum::<f64>()
            };
            let over = |value: &dyn Fn(usize) -> f64| (0..replicates).map(value).collect::<Vec<f64>>();
            let channel = |s: &Seen| s.channels[i];
            let (difference, error) = mean_and_error(&over(&|r| effect(r, &channel)));
            let (nothing, _) = mean_and_error(&over(&|r| added(1, r, &channel)));
            let (output, output_error) = mean_and_error(&over(&|r| effect(r, &|s| s.output)));
            let noise = error.max(nothing.abs());
            let state = match difference {
                d if d.abs() <= 3.0 * noise || d == 0.0 => State::Dead,
                d if mechanism.rises.is_none_or(|rises| rises == (d > 0.0)) => State::Acts,
                _ => State::Reversed,
            };
            let (without, _) = mean_and_error(&over(&|r| channel(at(0, r))));
            let (paid, _) = mean_and_error(&over(&|r| effect(r, &|s| s.paid)));
            let (residents, _) = mean_and_error(&over(&|r| at(0, r).residents));
            let pays = mechanism.assumed() && paid > 0.0 && output > 3.0 * output_error;
            Acting {
                mechanism,
                without,
                difference,
                noise,
                state,
                output,
                output_error,
                cost_per_head: paid / residents,
                break_even: if pays { paid / output } else { f64::NAN },
            }
        })
        .collect())
}

fn look(
    mut simulation: Simulation,
    chosen: &[&'static Mechanism],
    interrupted: &(dyn Fn() -> bool + Sync),
) -> Result<Seen> {
    let mut seen = Seen { channels: vec![0.0; chosen.len()], output: 0.0, paid: 0.0, residents: 0.0 };
    let years = f64::from(simulation.scenario.run.years);
    let base = simulation.scenario.run.start_year;
    simulation.run(|now| {
        if interrupted() {
            return Err(Error::Interrupted { year: now.world.year });
        }
        if now.world.year > base {
            for (sum, mechanism) in seen.channels.iter_mut().zip(chosen) {
                *sum += (mechanism.measure)(now) / years;
            }
            seen.output = channel::output(now);
            seen.paid += channel::paid(now) / years;
            seen.residents = channel::residents(now);
        }
        Ok(())
    })?;
    Ok(seen)
}
