//! Points of a search: runs of the scenario at stated values, kept while the fit is under way.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Question, Target};
use crate::clock::Clock;
use crate::experiment::arms::Program;
use crate::experiment::journal::{Number, kept, taken};
use crate::experiment::pool::{self, run_all};
use crate::output::sink::MemoryTables;
use crate::run::{Plan, Session};
use crate::{Error, Result};

/// The journal of a fit.
pub(crate) const POINTS: &str = "points.jsonl";

/// A run at a point: the values of the keys, the number of the luck, and what was printed where the targets look.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Point {
    at: Vec<Number>,
    replicate: u32,
    printed: Vec<Number>,
}

/// Bits of the values and the number of the luck.
type Name = (Vec<u64>, u32);

fn bits(x: &[f64]) -> Vec<u64> {
    x.iter().map(|v| v.to_bits()).collect()
}

/// Runs points, each once.
pub(crate) struct Points<'a> {
    program: &'a Program,
    question: &'a Question,
    threads: usize,
    known: BTreeMap<Name, Vec<f64>>,
    enter: &'a mut dyn FnMut(&Point) -> Result<()>,
    interrupted: &'a (dyn Fn() -> bool + Sync),
}

impl<'a> Points<'a> {
    /// Those that are done, and what keeps a new one. Threads: 0 is one a core.
    pub(crate) fn new(
        program: &'a Program,
        question: &'a Question,
        threads: usize,
        done: Vec<Point>,
        enter: &'a mut dyn FnMut(&Point) -> Result<()>,
        interrupted: &'a (dyn Fn() -> bool + Sync),
    ) -> Points<'a> {
        let known = done.into_iter().map(|p| ((bits(&taken(p.at)), p.replicate), taken(p.printed))).collect();
        Points { program, question, threads, known, enter, interrupted }
    }

    /// How many runs are done.
    pub(crate) fn runs(&self) -> usize {
        self.known.len()
    }

    /// What is printed at points, means over replicates.
    ///
    /// # Errors
    /// What a run reports; [`Error::Stopped`] if the user wished it.
    pub(crate) fn at(&mut self, points: &[Vec<f64>]) -> Result<Vec<Vec<f64>>> {
        let Points { program, question, known, enter, .. } = self;
        let replicates = question.replicates;
        let mut left: Vec<(&Vec<f64>, u32)> = Vec::new();
        for point in points {
            for replicate in 0..replicates {
                let new = !known.contains_key(&(bits(point), replicate));
                if new && !left.iter().any(|(p, r)| bits(p) == bits(point) && *r == replicate) {
                    left.push((point, replicate));
                }
            }
        }
        if !left.is_empty() {
            let split = pool::split(self.threads, left.len(), program.peak_bytes)?;
            let interrupted = self.interrupted;
            let ended = run_all(
                split,
                left.len(),
                interrupted,
                |n| printed(program, question, left[n].0, left[n].1, interrupted),
                |n, printed| {
                    let (at, replicate) = left[n];
                    enter(&Point { at: kept(at), replicate, printed: kept(&printed) })?;
                    known.insert((bits(at), replicate), printed);
                    Ok(())
                },
            );
            match ended {
                Err(Error::Stopped { .. }) => return Err(Error::Stopped { done: known.len(), all: None }),
                ended => ended?,
            }
        }
        let mean = |point: &Vec<f64>| {
            let mut sums = vec![0.0; question.targets.len()];
            for replicate in 0..replicates {
                let printed = known.get(&(bits(point), replicate)).into_iter().flatten();
                sums.iter_mut().zip(printed).for_each(|(sum, value)| *sum += value);
            }
            sums.iter().map(|sum| sum / f64::from(replicates)).collect()
        };
        Ok(points.iter().map(mean).collect())
    }
}

/// What one run prints where the targets look; years after the last target are not lived.
fn printed(
    program: &Program,
    question: &Question,
    at: &[f64],
    replicate: u32,
    interrupted: &(dyn Fn() -> bool + Sync),
) -> Result<Vec<f64>> {
    let mut changes = program.overrides.clone();
    changes.extend(question.keys.iter().zip(at).map(|(key, &value)| key.change(value)));
    if replicate > 0 {
        changes.push(format!("run.replicate={}", program.scenario.run.replicate + replicate));
    }
    let loaded = program.load(&changes)?;
    let mut session = Session::start(Plan::named("fit"), loaded, MemoryTables::default(), Clock::STOPPED)?;
    let last = question.targets.iter().map(Target::year).max().flatten();
    let years_left = |session: &Session<MemoryTables>| {
        !session.is_over() && last.is_none_or(|last| session.simulation().world.year < last)
    };
    while years_left(&session) {
        if interrupted() {
            return Err(Error::Interrupted { year: session.simulation().world.year });
        }
        session.step()?;
    }
    let tables = session.stop()?.into_bytes();
    let cell = |target: &Target| target.cell(tables.get(&target.table.file()).map_or(&[][..], Vec::as_slice));
    question.targets.iter().map(cell).collect()
}
