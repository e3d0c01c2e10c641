//! A case at work: its parameters, the scenarios it loads, the numbers it compares.

use std::path::{Path, PathBuf};

use crate::messages;
use crate::run;
use crate::simulation::Simulation;
use crate::{Error, Result};

use super::setup::Setup;

/// A family of closed forms and how the engine is held against it.
pub struct Case {
    /// Number of the page, such as `C1`.
    pub number: &'static str,
    /// Name on the command line.
    pub key: &'static str,
    /// What is verified, for readers.
    pub title: &'static str,
    /// The closed form, in one line.
    pub formula: &'static str,
    /// What is switched off, or all that is on.
    pub off: &'static str,
    /// Parameters that `--set` changes, with the values of the page.
    pub parameters: &'static [(&'static str, f64)],
    /// Agents of a quick check; `--agents` changes it.
    pub agents: u64,
    /// Overrides of the scenario that must make the case fail: the closed form does not see them.
    pub wrong: &'static [&'static str],
    /// Runs the scenarios and adds rows.
    pub run: fn(&mut Bench) -> Result<()>,
}

/// One comparison.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Row {
    /// Key of the case.
    pub case: String,
    /// Number of the case.
    pub number: String,
    /// What is compared.
    pub what: String,
    /// Name of the scenario in an export; `seeds` of a rate over many.
    pub scenario: String,
    /// By the closed form.
    pub expected: f64,
    /// By the model.
    pub obtained: f64,
    /// Largest gap that passes, as the case states it.
    pub tolerance: f64,
    /// Whether the gap is within the tolerance.
    pub pass: bool,
}

/// Runs one case.
pub struct Bench {
    case: &'static Case,
    values: Vec<(&'static str, f64)>,
    /// Agents of every scenario.
    pub agents: u64,
    /// Seed of every scenario.
    pub seed: u64,
    folder: PathBuf,
    overrides: Vec<String>,
    scenario: String,
    /// Comparisons so far.
    pub rows: Vec<Row>,
}

impl Bench {
    /// The folder of a case's scenarios.
    pub(crate) fn folder_of(case: &Case) -> String {
        format!("{}_{}", case.number, case.key)
    }

    /// A bench that writes scenarios under a folder.
    ///
    /// # Errors
    /// A `--set` that no parameter of the case has.
    pub fn new(
        case: &'static Case,
        set: &[(String, f64)],
        agents: Option<u64>,
        folder: PathBuf,
    ) -> Result<Self> {
        let mut values = case.parameters.to_vec();
        for (key, value) in set {
            match values.iter_mut().find(|(k, _)| k == key) {
                Some(slot) => slot.1 = *value,
                None => {
                    let known: Vec<&str> = values.iter().map(|v| v.0).collect();
                    return Err(Error::Usage {
                        found: messages::case_has_no_parameter(case.key, key),
                        expected: messages::it_has(known.join(messages::comma())),
                    });
                }
            }
        }
        Ok(Bench {
            case,
            values,
            agents: agents.unwrap_or(case.agents).max(100),
            seed: 1,
            folder: folder.join(Bench::folder_of(case)),
            overrides: Vec::new(),
            scenario: String::new(),
            rows: Vec::new(),
        })
    }

    /// Runs the case with overrides that its closed form does not see.
    ///
    /// # Errors
    /// What the case returns.
    pub fn run(mut self, overrides: &[&str]) -> Result<Vec<Row>> {
        self.overrides = overrides.iter().map(|o| (*o).to_owned()).collect();
        (self.case.run)(&mut self)?;
        Ok(self.rows)
    }

    /// The value of a parameter of the case.
    pub fn get(&self, key: &str) -> f64 {
        self.values.iter().find(|(k, _)| *k == key).map_or(f64::NAN, |v| v.1)
    }

    /// Several parameters.
    pub fn all<const N: usize>(&self, keys: [&str; N]) -> [f64; N] {
        keys.map(|k| self.get(k))
    }

    /// Writes a scenario and loads it with the loader of `run`.
    ///
    /// # Errors
    /// A scenario that cannot be written or is wrong for these parameters.
    pub fn load(&mut self, setup: &Setup) -> Result<Simulation> {
        self.load_with(setup, &[])
    }

    /// [`Bench::load`] with overrides, as by `run --set`.
    ///
    /// # Errors
    /// As [`Bench::load`].
    pub(crate) fn load_with(&mut self, setup: &Setup, more: &[String]) -> Result<Simulation> {
        self.scenario.clone_from(&setup.name);
        let path = setup.write(&self.folder, self.case.title, self.seed)?;
        let overrides: Vec<String> = self.overrides.iter().chain(more).cloned().collect();
        run::load(&path, &overrides)
    }

    /// Loads a scenario and runs all its years.
    ///
    /// # Errors
    /// As [`Bench::load`], or accounts that do not close.
    pub(crate) fn run_through(&mut self, setup: &Setup) -> Result<Simulation> {
        let mut s = self.load(setup)?;
        for _ in 0..setup.years {
            s.step()?;
        }
        Ok(s)
    }

    /// Compares a number of the engine with the closed form.
    pub fn check(&mut self, what: impl Into<String>, expected: f64, obtained: f64, tolerance: f64) {
        self.rows.push(Row {
            case: self.case.key.into(),
            number: self.case.number.into(),
            what: what.into(),
            scenario: self.scenario.clone(),
            expected,
            obtained,
            tolerance,
            pass: (expected - obtained).abs() <= tolerance,
        });
    }

    /// Compares several numbers.
    pub(crate) fn check_all(
        &mut self,
        what: &str,
        expected: &[f64],
        obtained: &[f64],
        tolerance: impl Fn(f64) -> f64,
    ) {
        for (i, (e, o)) in expected.iter().zip(obtained).enumerate() {
            self.check(format!("{what} {}", i + 1), *e, *o, tolerance(*e));
        }
    }
}

/// How errors fall with agents: the root mean square error of a comparison over 20 seeds with N agents, over
/// that with 16 N. Theory says 4; it must lie between 2 and 8.
///
/// # Errors
/// What the case returns.
pub(crate) fn rate(case: &'static Case, what: &str, folder: &Path) -> Result<Row> {
    let mut errors = [0.0; 2];
    for (size, error) in errors.iter_mut().enumerate() {
        let agents = if size == 0 { case.agents / 16 } else { case.agents };
        for seed in 1..=20 {
            let mut bench = Bench::new(case, &[], Some(agents), folder.join(format!("rate_{size}_{seed}")))?;
            bench.seed = seed;
            let rows = bench.run(&[])?;
            let row = rows.iter().find(|r| r.what == what).ok_or_else(|| Error::Data {
                what: messages::rate_of(case.key),
                found: messages::no_comparison(what),
                expected: messages::one_of_comparisons(),
            })?;
            *error += (row.obtained - row.expected) * (row.obtained - row.expected);
        }
    }
    let ratio = libm::sqrt(errors[0] / errors[1]);
    Ok(Row {
        case: case.key.into(),
        number: case.number.into(),
        what: format!("RMSE at N over 16 N: {what}"),
        scenario: "seeds".into(),
        expected: 4.0,
        obtained: ratio,
        tolerance: 4.0,
        pass: (2.0..=8.0).contains(&ratio),
    })
}

/// Index of a place by its id (places are sorted by province, prefecture and county).
pub(crate) fn at(s: &Simulation, id: &str) -> usize {
    s.world.geography.nodes.iter().position(|n| n.id == id).unwrap_or(0)
}

/// Shares of residents at places.
pub(crate) fn shares(s: &Simulation, ids: &[&str]) -> Vec<f64> {
    let people: Vec<f64> = ids.iter().map(|id| s.world.residents(at(s, id)) as f64).collect();
    let all: f64 = people.iter().sum();
    people.iter().map(|n| n / all).collect()
}

/// Probabilities with which a worker of 35 to 54 who looks from a place chooses places, as drawn.
pub(crate) fn row(s: &mut Simulation, from: &str, ids: &[&str]) -> Vec<f64> {
    let class = crate::people::location::class(0, 1);
    let home = at(s, from);
    let nodes = s.world.geography.len();
    let p = s.location_tables().probabilities(home, class, nodes);
    ids.iter().map(|id| p[at(s, id)]).collect()
}

/// Choice tables hold probabilities in 32 bits; a nested one is a product of two.
pub(crate) const TABLE: f64 = 1e-9;
