//! Moments: what the model says beside what is known, row by row, with a verdict for each.
//!
//! A *row* is a question with the runs that it needs; it gives *moments*, each a number with its fact, a plausible band
//! and whether anything was fitted to it (`facts.csv`). A row with a moment outside its band is measured again with one
//! channel of the model switched off at a time, which shows what carries the miss.
//!
//! | question | file |
//! |---|---|
//! | what is known, and in which band is a number met? | [`facts`] |
//! | which runs are made, and what is kept of them? | [`lab`] |
//! | what do residents of formerly poor counties earn? | `poor_counties` |
//! | which channels can be switched off? | `channels` |
//! | what does each row measure? | [`rows`] |
//! | does it matter how many persons an agent is? | [`sizes`] |
//! | how does a reader see it? | `print` |
//! | how do programs? | [`tables`] |

pub(crate) mod channels;
pub(crate) mod facts;
pub(crate) mod lab;
pub(crate) mod poor_counties;
pub(crate) mod print;
pub(crate) mod rows;
pub(crate) mod sizes;
pub(crate) mod tables;

use std::path::PathBuf;

use crate::{Error, Result, messages};
use channels::Channel;
use facts::Fact;
use lab::Lab;
use rows::{ROWS, Row};

/// What is asked for.
pub struct Request<'a> {
    /// The folder of the shipped scenarios.
    pub scenarios: PathBuf,
    /// Changes of every scenario that is run, as `--set` takes them. What a row itself changes stands over them.
    pub set: Vec<String>,
    /// Rows by their keys; none: all.
    pub only: Vec<String>,
    /// Whether rows that are not met are measured again with channels off.
    pub switches: bool,
    /// Is told what is done next.
    pub said: &'a dyn Fn(&str),
    /// Whether the user wishes to stop.
    pub interrupted: &'a dyn Fn() -> bool,
}

/// What became of a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The model's number lies in the band.
    Met,
    /// It lies outside.
    NotMet,
    /// There is no band to judge it by.
    Reported,
    /// There is a band, and nothing here that could be measured.
    NotMeasured,
}

impl Verdict {
    /// As a reader sees it.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Met => "met",
            Verdict::NotMet => "not met",
            Verdict::Reported => "reported",
            Verdict::NotMeasured => "not measured",
        }
    }
}

/// A number of the model beside its fact.
#[derive(Clone, Debug)]
pub struct Moment {
    /// What was published.
    pub fact: Fact,
    /// Not a number where it was not measured.
    pub model: f64,
}

impl Moment {
    /// Whether it lies in its band.
    pub fn verdict(&self) -> Verdict {
        match (self.fact.band(), self.model.is_finite()) {
            (None, _) => Verdict::Reported,
            (Some(_), false) => Verdict::NotMeasured,
            (Some([least, most]), true) if (least..=most).contains(&self.model) => Verdict::Met,
            _ => Verdict::NotMet,
        }
    }
}

/// A row that was measured.
#[derive(Clone, Debug)]
pub struct Measured {
    /// What was asked of the model.
    pub row: &'static Row,
    /// Its numbers, each beside its fact.
    pub moments: Vec<Moment>,
    /// The moments that are not met with one channel off at a time, by their position among the moments.
    pub switched: Vec<(&'static Channel, Vec<f64>)>,
}

impl Measured {
    /// Met if all moments that have a band are.
    pub fn verdict(&self) -> Verdict {
        let has = |verdict| self.moments.iter().any(|m| m.verdict() == verdict);
        match (has(Verdict::NotMet), has(Verdict::NotMeasured), has(Verdict::Met)) {
            (true, ..) => Verdict::NotMet,
            (_, true, _) => Verdict::NotMeasured,
            (.., true) => Verdict::Met,
            _ => Verdict::Reported,
        }
    }
}

/// Measures rows.
///
/// # Errors
/// A key that no row has, what is wrong with the shipped scenarios, what a run returns, and a wish to stop.
pub fn measure(request: &Request) -> Result<Vec<Measured>> {
    let wanted = wanted(&request.only)?;
    let facts = facts::facts()?;
    let mut lab = Lab::new(&request.scenarios, request.said, request.interrupted).with(&request.set);
    let mut measured = Vec::new();
    for row in wanted {
        measured.push(measure_row(row, &facts, &mut lab, request.switches)?);
        lab.forget(row.forgets);
    }
    Ok(measured)
}

fn wanted(only: &[String]) -> Result<Vec<&'static Row>> {
    for key in only {
        if !ROWS.iter().any(|row| row.key == key) {
            return Err(Error::Usage {
                found: messages::no_row_is_called(key),
                expected: messages::as_is(
                    ROWS.iter().map(|row| row.key).collect::<Vec<_>>().join(messages::comma()),
                ),
            });
        }
    }
    Ok(ROWS.iter().filter(|row| only.is_empty() || only.iter().any(|key| key == row.key)).collect())
}

fn measure_row(row: &'static Row, facts: &[Fact], lab: &mut Lab, switches: bool) -> Result<Measured> {
    (lab.said)(&format!("row {}", row.key));
    let found = (row.measure)(lab)?;
    let of_row = facts.iter().filter(|fact| fact.row() == row.key);
    let model = |found: &[(String, f64)], measure: &str| {
        found.iter().find(|(id, _)| id == measure).map_or(f64::NAN, |(_, value)| *value)
    };
    let moments: Vec<Moment> =
        of_row.map(|fact| Moment { model: model(&found, &fact.measure), fact: fact.clone() }).collect();
    let mut measured = Measured { row, moments, switched: Vec::new() };
    if switches && measured.verdict() == Verdict::NotMet {
        for channel in row.channels {
            (lab.said)(&format!("row {} with {} off", row.key, channel.name));
            let off = lab.without(channel, row.measure)?;
            let values = measured.moments.iter().map(|m| model(&off, &m.fact.measure)).collect();
            measured.switched.push((channel, values));
        }
    }
    Ok(measured)
}
