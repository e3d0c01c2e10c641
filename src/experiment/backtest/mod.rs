//! A run of the full model from one census to a later one, held against what was counted, beside the law in
//! closed form and naive references worked out in the same run.
//!
//! | question | file |
//! |---|---|
//! | what was counted later? | [`targets`] |
//! | what does the law say without agents? | [`law_closed_form`] |
//! | how old are people away, and who are they ten years on? | `cohorts` |
//! | how near do predictions come? | [`mod@score`] |
//! | which parameters would come nearest? | [`calibrate`] |
//! | what do terms predict of a province that they have not seen? | `leave_out` |
//! | and agents under such terms? | `true_folds` |
//! | how far should one trust it? | [`evidence`] |
//! | what if stated ceilings of residents are kept? | [`ceilings`] |
//! | what is the law of the nation to one of its provinces? | [`terms`] |
//! | what does a run say at its end? | [`outcome`] |
//! | were so many born, and did so many die? | [`vital`] |
//! | what would a regression say? | `ridge` |
//! | what is kept while runs are under way? | [`kept`] |
//! | what is written? | `tables` |

pub(crate) mod calibrate;
pub(crate) mod ceilings;
mod cohorts;
pub(crate) mod evidence;
pub(crate) mod fitted;
mod held_out;
pub(crate) mod kept;
pub(crate) mod law_closed_form;
pub(crate) mod leave_out;
pub(crate) mod normal_equations;
pub(crate) mod outcome;
mod ridge;
pub(crate) mod score;
mod tables;
pub(crate) mod targets;
pub(crate) mod terms;
pub(crate) mod true_folds;
pub(crate) mod vital;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::base_year::StudyArea;
use crate::config::{Migration, Parameters};
use crate::estimate::unusable;
use crate::experiment::journal::{self, Number};
use crate::experiment::limits;
use crate::messages;
use crate::people::location::ORIGINS;
use crate::scenario::{Loaded, ScenarioSource};
use crate::simulation::Scenario;
use crate::simulation::Simulation;
use crate::world::Geography;
use crate::world::vital::VITAL;
use crate::{Error, Result};
pub use ridge::ridge_leaving_one_prefecture_out;
pub(crate) use ridge::ridge_leaving_out;
pub(crate) use tables::{BACKTEST, STOCKS};

use kept::{Plan, Replicate};
use law_closed_form::{ClosedForm, MoverAges, Prediction};
use outcome::Vital;
use score::{Score, by_level};
use targets::Targets;
use vital::PublishedRates;

/// What the agent run predicts: `[replicate][county]`, or `[replicate][pair of provinces]`.
#[derive(Clone, Debug, Default)]
pub struct AgentRuns {
    /// Residents.
    pub population: Vec<Vec<f64>>,
    /// Residents of urban nodes.
    pub urban: Vec<Vec<f64>>,
    /// Newcomers by origin: own province, others.
    pub newcomers: [Vec<Vec<f64>>; ORIGINS],
    /// Residents below ten.
    pub children: Vec<Vec<f64>>,
    /// Births and deaths over all years.
    pub births: Vec<Vec<f64>>,
    /// Deaths over all years, persons.
    pub deaths: Vec<Vec<f64>>,
    /// People away by province of registration and of residence, in the base year and at the end.
    pub stock: [Vec<Vec<f64>>; 2],
    /// People away at the end as a multiple of the base year: own province, other provinces; last replicate.
    pub away_growth: [f64; 2],
}

impl AgentRuns {
    /// Adds a replicate; the last is the one whose people away are told.
    fn add(&mut self, run: Replicate) {
        self.population.push(journal::taken(run.population));
        self.urban.push(journal::taken(run.urban));
        self.newcomers[0].push(journal::taken(run.newcomers_own));
        self.newcomers[1].push(journal::taken(run.newcomers_other));
        self.children.push(journal::taken(run.children));
        self.births.push(journal::taken(run.births));
        self.deaths.push(journal::taken(run.deaths));
        self.stock[0].push(journal::taken(run.stock_start));
        self.stock[1].push(journal::taken(run.stock));
        self.away_growth = run.away_growth.map(|Number(x)| x);
    }

    /// Mean of residents over replicates.
    pub fn mean(&self) -> Vec<f64> {
        mean(&self.population)
    }

    /// Mean of newcomers of both origins over replicates.
    pub fn newcomers(&self) -> Vec<f64> {
        let [own, other] = [0, 1].map(|o| mean(&self.newcomers[o]));
        own.iter().zip(&other).map(|(a, b)| a + b).collect()
    }
}

fn mean(rows: &[Vec<f64>]) -> Vec<f64> {
    let n = rows.len().max(1) as f64;
    (0..rows.first().map_or(0, Vec::len)).map(|c| rows.iter().map(|r| r[c]).sum::<f64>() / n).collect()
}

/// Runs the full model once per replicate; `change` is made to the scenario before each run.
///
/// # Errors
/// Whatever reading the scenario or a year of it reports.
pub fn agent_runs(
    path: &Path,
    overrides: &[String],
    replicates: u32,
    change: impl Fn(&mut Scenario),
    mut said: impl FnMut(u32, i32),
) -> Result<(Scenario, Geography, AgentRuns)> {
    let mut runs = AgentRuns::default();
    let mut last = None;
    for replicate in 0..replicates.max(1) {
        let (mut scenario, area) = crate::scenario::load(path, overrides)?;
        change(&mut scenario);
        let said = |year| {
            said(replicate, year);
            Ok(())
        };
        let (run, simulation) = one_run(scenario, area, replicate, said)?;
        runs.add(run);
        last = Some((simulation.scenario, simulation.world.geography));
    }
    match last {
        Some((scenario, geography)) => Ok((scenario, geography, runs)),
        None => unreachable!("at least one replicate runs"),
    }
}

/// Runs the full model once with the luck of a replicate; `year` hears of every year, and may stop the run.
///
/// # Errors
/// Whatever a year of it or the caller reports.
pub(crate) fn one_run(
    mut scenario: Scenario,
    area: StudyArea,
    replicate: u32,
    mut year: impl FnMut(i32) -> Result<()>,
) -> Result<(Replicate, Simulation)> {
    scenario.run.replicate += replicate;
    let mut simulation = Simulation::new(scenario, area)?;
    let before = outcome::away(&simulation);
    let mut vital = Vital::new(&simulation.world.geography);
    simulation.run(|s| {
        vital.add(s);
        year(s.world.year)
    })?;
    let run = outcome::of(&simulation, replicate, &before, &vital);
    Ok((run, simulation))
}

/// A backtest: everything that is known at its end.
pub struct Backtest {
    /// Places of the study area.
    pub geography: Geography,
    /// What the agent runs say, by replicate.
    pub runs: AgentRuns,
    /// The law in closed form and what it predicts, in a national scenario.
    pub law: Option<(ClosedForm, Prediction)>,
    /// Counts of the later census, matched to counties.
    pub targets: Targets,
    /// The same places in other units.
    pub other: Vec<Targets>,
    /// Years between the two censuses.
    pub years: u32,
    /// The terms of the scenario.
    pub odds: Migration,
    /// Births and deaths that provinces published, where a table of them was named.
    pub vital: Option<PublishedRates>,
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Request {
    /// File of the scenario that starts at the earlier census.
    pub scenario: PathBuf,
    /// Changes of the scenario, as `--set` takes them.
    pub overrides: Vec<String>,
    /// Counts of the later census.
    pub targets: Vec<PathBuf>,
    /// Births and deaths a head by province, which those of the run are held against.
    pub vital_rates: Option<PathBuf>,
    /// Runs with luck of their own.
    pub replicates: u32,
}

/// A backtest that was read and checked, and has not run yet.
pub struct Study {
    /// What was asked.
    pub request: Request,
    /// The scenario as read and checked.
    pub scenario: Scenario,
    /// What decides what its runs are.
    pub plan: Plan,
    source: ScenarioSource,
    geography: Geography,
    targets: Targets,
    other: Vec<Targets>,
    law: Option<(ClosedForm, Prediction)>,
    vital: Option<PublishedRates>,
}

impl Study {
    /// Reads and checks everything that a backtest needs; nothing is written.
    ///
    /// # Errors
    /// Whatever reading the scenario, its tables or the targets reports.
    pub fn new(request: Request) -> Result<Study> {
        limits::replicates("--replicates", request.replicates)?;
        let source = ScenarioSource::file(&request.scenario);
        let loaded = source.load(&request.overrides)?;
        let mut other = Targets::read(&request.targets, &loaded.area.geography)?.schemes();
        let targets = other.remove(0);
        let counted: Vec<PathBuf> = request.targets.iter().chain(&request.vital_rates).cloned().collect();
        let plan = Plan::new(&loaded.origin, &counted, Vec::new())?;
        let Loaded { scenario, area, .. } = loaded;
        let geography = area.geography.clone();
        if let (Some(_), Some(stated)) = (&request.vital_rates, &scenario.world.vital_rates) {
            return Err(Error::Usage {
                found: messages::rates_are_stated(stated.display()),
                expected: messages::rates_not_stated(),
            });
        }
        let run = &scenario.run;
        let published = |path: &PathBuf| PublishedRates::read(path, &geography, run.start_year, run.years);
        let vital = request.vital_rates.as_ref().map(published).transpose()?;
        let law =
            if area.outside_in_area.is_empty() && f64::from(scenario.run.years) == law_closed_form::YEARS {
                let law = ClosedForm::new(&scenario, area)?;
                let prediction = law.predict(&scenario.drivers.migration);
                Some((law, prediction))
            } else {
                None
            };
        Ok(Study { request, scenario, plan, source, geography, targets, other, law, vital })
    }

    /// The text of the scenario, word for word.
    pub fn text(&self) -> String {
        self.source.text()
    }

    /// Runs agents from the scenario that the closed form was worked out for, but for runs that are `done`. `enter`
    /// keeps a run that is done; `said` hears of every year.
    ///
    /// # Errors
    /// Whatever a year of a run reports; [`Error::Stopped`] if the user wished it.
    pub fn run(
        self,
        done: Vec<Replicate>,
        interrupted: &dyn Fn() -> bool,
        mut enter: impl FnMut(&Replicate) -> Result<()>,
        mut said: impl FnMut(u32, i32),
    ) -> Result<Backtest> {
        let replicates = self.request.replicates;
        let mut runs = AgentRuns::default();
        for replicate in 0..replicates {
            if let Some(old) = done.iter().find(|run| run.replicate == replicate) {
                runs.add(old.clone());
                continue;
            }
            let stopped = || Error::Stopped { done: runs.population.len(), all: Some(replicates as usize) };
            let Loaded { scenario, area, origin } = self.source.load(&self.request.overrides)?;
            self.plan.must_be_of(&origin)?;
            let year = |year| {
                said(replicate, year);
                if interrupted() { Err(stopped()) } else { Ok(()) }
            };
            let (run, _) = one_run(scenario, area, replicate, year)?;
            enter(&run)?;
            runs.add(run);
        }
        let Study { scenario, geography, targets, other, law, vital, .. } = self;
        let (years, odds) = (scenario.run.years, scenario.drivers.migration);
        Ok(Backtest { geography, runs, law, targets, other, years, odds, vital })
    }
}

impl Backtest {
    /// The table of terms of a province ([`terms::table`]).
    ///
    /// # Errors
    /// A province that the nation does not have; a run that is not national.
    pub fn terms(&self, parameters: &Parameters, province: &str, outside: &str) -> Result<String> {
        match &self.law {
            Some((law, _)) => terms::table(law, &self.odds, parameters, province, outside),
            None => Err(unusable(
                messages::a_table_of_terms(),
                messages::run_of_a_part(),
                messages::a_national_backtest(),
            )),
        }
    }

    /// Every prediction there is, by name: population by county.
    pub fn predictions(&self) -> Vec<(&'static str, Vec<f64>)> {
        let mut list = vec![("agent run", self.runs.mean())];
        if let Some((law, prediction)) = &self.law {
            list.push(("closed form", prediction.population.clone()));
            let odds = &self.odds;
            list.push(("  other ages", law.predict_with(odds, MoverAges::CrossSection).population));
            let national = without_fitted_terms(odds);
            list.push(("  no fitted term", law.predict(&national).population));
            list.push(("natural increase", law.natural.clone()));
            list.push(("uniform growth", law.uniform()));
        }
        list
    }

    /// The printed score.
    pub fn report(&self) -> String {
        let mut out = String::new();
        let persons: f64 = self.runs.mean().iter().sum();
        let _ = writeln!(
            out,
            "{}",
            messages::backtest_years(
                self.years,
                self.runs.population.len(),
                format_args!("{:.1}", persons / 1e6)
            )
        );
        let _ = writeln!(
            out,
            "{}",
            messages::people_away_growth(
                format_args!("{:.3}", self.runs.away_growth[0]),
                format_args!("{:.3}", self.runs.away_growth[1])
            )
        );
        if let Some((law, p)) = &self.law {
            let _ = writeln!(
                out,
                "{}",
                messages::closed_form_costs(
                    format_args!("{:.2}", p.cost[0]),
                    format_args!("{:.2}", p.cost[1]),
                    law.misplaced() as u64,
                    format_args!("{:.1}", law.newcomers() / 1e6)
                )
            );
        }
        if let Some([births, deaths]) = self.vital_scores() {
            let number = |x: f64| format!("{x:.3}");
            let _ = writeln!(
                out,
                "{}",
                messages::vital_rates_score(
                    births.units,
                    number(births.r),
                    number(births.mae),
                    number(deaths.r),
                    number(deaths.mae)
                )
            );
        }
        if self.targets.list.is_empty() {
            let _ = writeln!(out, "{}", messages::no_target_was_given());
            return out;
        }
        let _ = writeln!(
            out,
            "\n{} targets, ln(end/start); R2c is R2 after both lost their mean, because units that changed their \
             name\ngrew faster than those that kept it\n\n  {:<18} {:<26} {:>5} {:>7} {:>7} {:>7} {:>6}",
            self.targets.list.len(),
            "prediction",
            "level",
            "n",
            "r",
            "R2",
            "R2c",
            "MAE"
        );
        let predictions = self.predictions();
        for (name, population) in &predictions {
            for (level, s) in by_level(&self.targets, &self.geography, population) {
                let _ = writeln!(out, "  {name:<18} {}", line(&level, s));
            }
        }
        for targets in &self.other {
            let file = targets.list.first().map_or(0, |t| t.file);
            let _ = writeln!(out, "\n  in {} other units, of target file {}:", targets.list.len(), file + 1);
            for (name, population) in &predictions {
                for (level, s) in by_level(targets, &self.geography, population) {
                    if !level.contains(" of ") {
                        let _ = writeln!(out, "  {name:<18} {}", line(&level, s));
                    }
                }
            }
        }
        for (name, s) in self.ridge() {
            let _ = writeln!(out, "  {:<18} {}", "ridge regression", line(&name, s));
        }
        let (mut gap, mut n) = (0.0, 0.0);
        for (t, [p, a]) in self.targets.list.iter().zip(self.urban_shares()) {
            if let (Some(p), Some(a)) = (p, a) {
                gap += (p - a).abs();
                n += 1.0;
            }
            debug_assert!(!t.counties.is_empty());
        }
        if n > 0.0 {
            let _ =
                writeln!(out, "\n{}", messages::urban_share_error(format_args!("{:.1}", 100.0 * gap / n), n));
        }
        for (unit, reason) in &self.targets.unmatched {
            let _ = writeln!(out, "{}", messages::unit_not_matched(unit, reason));
        }
        out
    }

    /// Births and deaths of provinces against those published, where a table of them was named.
    pub(crate) fn vital_scores(&self) -> Option<[Score; VITAL]> {
        self.vital.as_ref()?.scores(&self.runs, &self.geography, self.years)
    }

    /// Predicted and counted urban share of every target.
    fn urban_shares(&self) -> Vec<[Option<f64>; 2]> {
        let (all, urban) = (self.runs.mean(), mean(&self.runs.urban));
        self.targets
            .list
            .iter()
            .map(|t| {
                let sum = |v: &[f64]| t.counties.iter().map(|&c| v[c]).sum::<f64>();
                [Some(sum(&urban) / sum(&all).max(1.0)), t.urban_end.map(|u| u / t.population_end)]
            })
            .collect()
    }
}

/// The law with its national totals and stated age terms alone.
pub fn without_fitted_terms(m: &Migration) -> Migration {
    let mut none = m.clone();
    for key in calibrate::KEYS {
        if let Some(term) = calibrate::value(&mut none, key)
            && !["age_35_54", "age_others", "converts"].contains(&key)
        {
            *term = 0.0;
        }
    }
    none
}

/// One line of the score.
fn line(level: &str, s: Score) -> String {
    let number = |v: f64| if v.is_finite() { format!("{v:7.3}") } else { format!("{:>7}", "") };
    // Chinese characters take two columns in a terminal.
    let wide = level.chars().filter(|c| !c.is_ascii()).count();
    let pad = 26usize.saturating_sub(level.chars().count() + wide);
    format!(
        "{level}{} {:>5} {} {} {} {:6.3}",
        " ".repeat(pad),
        s.units,
        number(s.r),
        number(s.r2),
        number(s.centred_r2),
        s.mae
    )
}
