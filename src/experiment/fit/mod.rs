//! Any numbers of a scenario, fitted to any numbers that runs print: the method of simulated moments in its plainest
//! form. A point of the search is some runs of the scenario with the values of that point; all points share their luck,
//! so that a difference between two points is theirs and not that of the draws.
//!
//! | question | file |
//! |---|---|
//! | which cell of which table is a target, and what should it be? | [`target`] |
//! | which values are tried next? | [`search`] |
//! | how are points run and kept? | `points` |
//! | what is written and printed? | `written`, `print` |

mod points;
pub(crate) mod print;
pub(crate) mod search;
pub(crate) mod target;
pub(crate) mod written;

use crate::config::parameters::PARAMETERS;
use crate::experiment::arms::Program;
use crate::experiment::sensitivity::ranges::{self, Varied};
use crate::{Error, Result, messages};

pub(crate) use points::{POINTS, Points};
pub(crate) use search::{Bounds, Fit};
pub(crate) use target::Target;

/// What is fitted to what.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    /// The numbers that are free, with their bounds and their values in the scenario.
    pub keys: Vec<Varied>,
    /// Cells and what they should be.
    pub targets: Vec<Target>,
    /// Runs of a point, each with its own luck, the same at every point.
    pub replicates: u32,
    /// Most steps of the search.
    pub rounds: u32,
}

impl Question {
    /// Reads what is asked and holds it against the scenario.
    ///
    /// # Errors
    /// [`Error::Usage`] for a key, a range or a target that is none, and for fewer targets than keys; what is wrong with
    /// the scenario at an end of a range.
    pub(crate) fn new(
        program: &Program,
        keys: &[String],
        targets: &[String],
        replicates: u32,
        rounds: u32,
    ) -> Result<Question> {
        crate::experiment::limits::replicates("--replicates", replicates)?;
        for key in keys {
            if !key.contains('=') {
                let found = messages::option_asked("--parameters", key);
                return Err(Error::Usage { found, expected: messages::a_range_such_as(key) });
            }
        }
        let (keys, _) = ranges::choose(&keys.join(","), &program.scenario)?;
        let targets = targets.iter().map(|text| Target::read(text)).collect::<Result<Vec<Target>>>()?;
        if targets.len() < keys.len() {
            return Err(Error::Usage {
                found: messages::targets_and_parameters(targets.len(), keys.len()),
                expected: messages::as_many_targets_as_parameters(),
            });
        }
        let run = &program.scenario.run;
        let last = run.start_year + i32::try_from(run.years).unwrap_or(i32::MAX);
        for target in &targets {
            target.must_be_in(run.start_year, last)?;
        }
        // An end that the scenario does not take would be found after many runs only.
        for key in &keys {
            for end in [key.low, key.high] {
                program.load(&[program.overrides.as_slice(), &[key.change(end)]].concat())?;
            }
        }
        Ok(Question { keys, targets, replicates, rounds })
    }

    /// In words that name the whole question: a journal of other words is of another fit.
    pub(crate) fn words(&self) -> Vec<String> {
        let keys = self.keys.iter().map(|k| format!("{}={:?}..{:?}", k.key, k.low, k.high));
        let targets = self.targets.iter().map(|t| t.text.clone());
        keys.chain(targets)
            .chain([format!("{} replicates, {} rounds", self.replicates, self.rounds)])
            .collect()
    }

    /// Fits.
    ///
    /// # Errors
    /// What a run reports; [`Error::Stopped`] if the user wished it.
    pub(crate) fn fit(&self, points: &mut Points, heard: &mut dyn FnMut(usize, f64)) -> Result<Fit> {
        let bounds: Vec<Bounds> =
            self.keys.iter().map(|k| Bounds { low: k.low, high: k.high, whole: k.whole }).collect();
        let start: Vec<f64> = self.keys.iter().map(|k| k.value).collect();
        let wanted: Vec<search::Wanted> = self
            .targets
            .iter()
            .map(|t| search::Wanted { value: t.value, scale: t.scale(), known: t.error.is_some() })
            .collect();
        search::fit(&start, &bounds, &wanted, self.rounds, &mut |x| points.at(x), heard)
    }
}

/// The unit of a key, where the table of parameters knows one.
pub(crate) fn unit_of(key: &str) -> &'static str {
    PARAMETERS.iter().find(|row| row.key == key).map_or("", |row| row.unit)
}
