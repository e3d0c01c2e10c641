//! What the journals of `backtest` and `calibrate` keep: runs and predictions that are done.

use std::collections::VecDeque;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::experiment::journal::{self, Model, Number, different_input, kept, taken};
use crate::messages;
use crate::output::checksum::sha256;
use crate::output::manifest::InputFile;
use crate::scenario::Origin;
use crate::{Error, Result};

/// The journal of a backtest.
pub(crate) const RUNS: &str = "runs.jsonl";

/// The journal of a calibration.
pub(crate) const PREDICTIONS: &str = "predictions.jsonl";

/// What decides what a run or a prediction is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    model: Model,
    scenario_sha256: String,
    overrides: Vec<String>,
    /// Tables of the scenario, then those of the later census.
    inputs: Vec<InputFile>,
    /// Everything else that was asked, in words.
    asked: Vec<String>,
}

impl Plan {
    /// The plan of a scenario that was read.
    ///
    /// # Errors
    /// If a table of targets cannot be read.
    pub fn new(origin: &Origin, targets: &[PathBuf], asked: Vec<String>) -> Result<Plan> {
        let mut inputs = origin.inputs.clone();
        for target in targets {
            inputs.push(InputFile::read(target, target)?);
        }
        Ok(Plan {
            model: Model::here(),
            scenario_sha256: sha256(origin.text.as_bytes()),
            overrides: origin.overrides.clone(),
            inputs,
            asked,
        })
    }

    /// Refuses a scenario that was read again and is not what it was.
    ///
    /// # Errors
    /// [`Error::Changed`] with the first table that differs.
    pub(crate) fn must_be_of(&self, origin: &Origin) -> Result<()> {
        match origin.inputs.iter().find(|input| !self.inputs.contains(input)) {
            None => Ok(()),
            Some(input) => Err(Error::Changed {
                reason: messages::input_was_changed(origin.folder.join(&input.path).display()),
            }),
        }
    }

    /// Every file that was read.
    pub fn inputs(&self) -> &[InputFile] {
        &self.inputs
    }
}

impl journal::Plan for Plan {
    fn difference(&self, other: &Plan) -> String {
        match different_input(&self.inputs, &other.inputs) {
            Some(said) => said,
            None if self.model != other.model => messages::build_of_program().to_string(),
            None if self.scenario_sha256 != other.scenario_sha256 => messages::scenario_file().to_string(),
            None if self.overrides != other.overrides => messages::changes_of_scenario().to_string(),
            None => messages::what_is_fitted().to_string(),
        }
    }
}

/// A run with luck of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Replicate {
    /// Number of the luck.
    pub replicate: u32,
    /// Residents by county, and those of urban nodes.
    pub population: Vec<Number>,
    /// Residents of urban nodes by county, persons.
    pub urban: Vec<Number>,
    /// Residents registered in another county of the province, and in another province, by county.
    pub newcomers_own: Vec<Number>,
    /// Residents registered in another province, by county, persons.
    pub newcomers_other: Vec<Number>,
    /// Residents below ten by county.
    pub children: Vec<Number>,
    /// Births and deaths by county over all years.
    pub births: Vec<Number>,
    /// Deaths by county over all years, persons.
    pub deaths: Vec<Number>,
    /// As [`super::outcome::Away::stock`], in the base year and at the end.
    pub stock_start: Vec<Number>,
    /// People away at the end, in the layout of the base year's.
    pub stock: Vec<Number>,
    /// As [`super::AgentRuns::away_growth`].
    pub away_growth: [Number; 2],
}

/// A prediction: free parameters in their order, and residents by county.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Prediction {
    at: Vec<Number>,
    population: Vec<Number>,
}

/// Predictions that a fit made before it was stopped. A fit is a function of its predictions, so the same fit asks
/// for the same ones in the same order.
pub(crate) struct Predictions<'a> {
    done: VecDeque<Prediction>,
    made: usize,
    enter: &'a mut dyn FnMut(&Prediction) -> Result<()>,
}

impl<'a> Predictions<'a> {
    /// Those that are done, and what keeps a new one.
    pub(crate) fn new(
        done: Vec<Prediction>,
        enter: &'a mut dyn FnMut(&Prediction) -> Result<()>,
    ) -> Predictions<'a> {
        Predictions { done: done.into(), made: 0, enter }
    }

    /// How many are made.
    pub(crate) fn made(&self) -> usize {
        self.made
    }

    /// The prediction at these parameters: from the journal, or worked out and entered.
    ///
    /// # Errors
    /// What working it out reports, or a journal of another fit.
    pub(crate) fn at(&mut self, at: &[f64], work_out: impl FnOnce() -> Result<Vec<f64>>) -> Result<Vec<f64>> {
        let at = kept(at);
        if let Some(old) = self.done.pop_front() {
            if old.at != at {
                return Err(Error::Data {
                    what: messages::the_journal(PREDICTIONS),
                    found: messages::prediction_at_other_parameters(),
                    expected: messages::journal_of_this_fit(),
                });
            }
            self.made += 1;
            return Ok(taken(old.population));
        }
        let population = work_out()?;
        self.made += 1;
        (self.enter)(&Prediction { at, population: kept(&population) })?;
        Ok(population)
    }
}
