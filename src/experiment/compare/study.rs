//! The runs of a comparison: begun, kept in a journal as they are done, taken up again.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::outcome::{Arm, Outcome, RunId};
use super::plan::{Plan, Request, jobs, plan};
use crate::clock::Clock;
use crate::experiment::arms::Program;
use crate::experiment::first_worlds::{BaseYear, FirstWorlds, in_turn};
use crate::experiment::journal::{Number, done_in, kept, taken};
use crate::experiment::levers::{LeverPaths, Moved};
use crate::experiment::limits;
use crate::experiment::metrics::{Group, Keep, Key, Measured, groups, measure};
use crate::experiment::pool::{self, Split, run_all};
use crate::experiment::report;
use crate::message::Message;
use crate::messages;
use crate::quantity::Fen;
use crate::run::first_world;
use crate::simulation::{Scenario, Timings};
use crate::{Error, Result};

/// The journal in the folder of a comparison.
pub(crate) const JOURNAL: &str = "runs.jsonl";

/// A line of the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Entry {
    /// Names of the values and places of a scenario; before its first run.
    Names(Names),
    /// A run that is done.
    Run(Box<Run>),
}

/// What the values of a scenario are called.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Names {
    scenario: usize,
    keys: Vec<Key>,
    /// Scope, id, and what a reader calls it.
    places: Vec<(String, String, String)>,
}

/// What is left of a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    arm: usize,
    replicate: u32,
    /// One sum over the tables that runs of the scenario read.
    inputs_sha256: String,
    agents: u64,
    values: Vec<Number>,
    payments: Vec<(String, String, String, Fen)>,
    /// Policy, payer, purpose; demanded and paid.
    outlays: Vec<(String, String, String, Fen, Fen)>,
    /// Policy, lever, year; places, before, proposed, after. Of whole programmes.
    levers: Vec<(String, String, i32, [Number; 4])>,
    /// What is printed of the residual of income; of the first run without policies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    residual: Option<String>,
}

/// A comparison that was read and checked, and whose runs are not all done.
pub struct Study {
    outcome: Outcome,
    jobs: Vec<RunId>,
    split: Split,
    /// First worlds that may be kept beside the runs under way.
    worlds: usize,
}

/// Reads, plans, runs and compares.
///
/// # Errors
/// What is wrong with a scenario or the request, or the first run that fails.
pub fn compare(request: &Request) -> Result<Outcome> {
    Study::new(request)?.run(Clock::STOPPED, &|| false, |_| Ok(()), |_, _, _| {})
}

impl Study {
    /// Reads and checks everything that a comparison needs; nothing is written.
    ///
    /// # Errors
    /// What is wrong with a scenario or the request, or too little memory.
    pub fn new(request: &Request) -> Result<Study> {
        let outcome = plan(request)?;
        let jobs = jobs(&outcome, request);
        limits::at_most(&messages::comparison_of_runs().to_string(), jobs.len() as u64, limits::RUNS)?;
        let bytes = outcome.programs.iter().map(|p| p.peak_bytes).max().unwrap_or(0);
        let split = pool::split(request.threads, jobs.len(), bytes)?;
        Ok(Study { outcome, jobs, split, worlds: pool::beside(split, bytes) })
    }

    /// What is known of it before it runs.
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// What decides what its runs are.
    ///
    /// # Errors
    /// If a value cannot be written.
    pub fn plan(&self) -> Result<Plan> {
        Plan::of(&self.outcome)
    }

    /// Takes up runs that were done before. Those that the request does not ask for are left where they are.
    ///
    /// # Errors
    /// If they do not fit each other.
    pub fn take_up(&mut self, entries: Vec<Entry>) -> Result<()> {
        for entry in entries {
            self.outcome.enter(entry, &self.jobs)?;
        }
        Ok(())
    }

    /// What journals of the same comparison in other folders say is done.
    ///
    /// # Errors
    /// If a folder holds no such journal, or one of another comparison.
    pub fn elsewhere(&self, folders: &[PathBuf]) -> Result<Vec<Entry>> {
        let plan = self.plan()?;
        let mut all = Vec::new();
        for folder in folders {
            all.extend(done_in(folder, JOURNAL, &plan)?);
        }
        Ok(all)
    }

    /// Whether an entry says something that is not known yet.
    pub fn lacks(&self, entry: &Entry) -> bool {
        match entry {
            Entry::Names(names) => self.outcome.keys.get(names.scenario).is_none_or(Vec::is_empty),
            Entry::Run(run) => {
                let id = (run.arm, run.replicate);
                self.jobs.contains(&id) && !self.outcome.values.contains_key(&id)
            }
        }
    }

    /// Lives the years of all runs that are left. `journal` enters a run when it is done; `progress` hears how many
    /// of how many are done, and what they say; `clock` measures the phases.
    ///
    /// # Errors
    /// The first run that fails; [`Error::Stopped`] if the user wished it.
    pub fn run(
        self,
        clock: Clock,
        interrupted: &(dyn Fn() -> bool + Sync),
        mut journal: impl FnMut(&Entry) -> Result<()>,
        mut progress: impl FnMut(&Outcome, usize, usize),
    ) -> Result<Outcome> {
        let Study { mut outcome, jobs, split, worlds } = self;
        let mut left: Vec<RunId> =
            jobs.iter().copied().filter(|run| !outcome.values.contains_key(run)).collect();
        let before = jobs.len() - left.len();
        let mut done = before;
        progress(&outcome, done, jobs.len());
        let plan = Fixed::of(&outcome);
        let base_years = if worlds > 0 { plan.base_years(&left) } else { vec![None; left.len()] };
        let first_worlds = FirstWorlds::of(&base_years);
        left = in_turn(&base_years, worlds).into_iter().map(|n| left[n]).collect();
        let mut timings = Timings::default();
        let ended = run_all(
            split,
            left.len(),
            interrupted,
            |n| plan.run(left[n], &first_worlds, clock, interrupted),
            |n, (measured, groups, residual)| {
                let program = plan.arms[left[n].0].program;
                add_up(&mut timings, &measured.timings);
                if outcome.keys[program].is_empty() {
                    let names = Entry::Names(Names::of(program, &measured, &groups));
                    journal(&names)?;
                    outcome.enter(names, &jobs)?;
                } else if outcome.keys[program] != measured.keys {
                    return Err(other_names(&outcome, program));
                }
                let run = Entry::Run(Box::new(plan.entry(left[n], &measured, residual)));
                journal(&run)?;
                outcome.enter(run, &jobs)?;
                done += 1;
                progress(&outcome, done, jobs.len());
                Ok(())
            },
        );
        (outcome.timings, outcome.first_worlds) = (timings, first_worlds.built());
        match ended {
            Err(Error::Stopped { .. }) => Err(Error::Stopped { done, all: Some(jobs.len()) }),
            ended => ended.map(|()| outcome),
        }
    }
}

/// What runs read while the outcome is written: it does not change any more.
struct Fixed {
    programs: Vec<Program>,
    arms: Vec<Arm>,
    first_replicate: Option<u32>,
}

impl Fixed {
    fn of(outcome: &Outcome) -> Fixed {
        Fixed {
            programs: outcome.programs.clone(),
            arms: outcome.arms.clone(),
            first_replicate: outcome.replicates.first().copied(),
        }
    }

    /// What the first world of each run is made of, as far as it can be known before its tables are read.
    fn base_years(&self, runs: &[RunId]) -> Vec<Option<BaseYear>> {
        let mut scenarios: BTreeMap<usize, Option<Scenario>> = BTreeMap::new();
        let of = |&(arm, replicate): &RunId| {
            let Arm { program, on } = &self.arms[arm];
            let program = &self.programs[*program];
            let scenario =
                scenarios.entry(arm).or_insert_with(|| program.scenario_of(&program.with_only(on)));
            BaseYear::of_replicate(scenario.as_mut(), replicate, &program.inputs)
        };
        runs.iter().map(of).collect()
    }

    /// Lives one run.
    fn run(
        &self,
        (arm, replicate): RunId,
        first_worlds: &FirstWorlds,
        clock: Clock,
        interrupted: &dyn Fn() -> bool,
    ) -> Result<(Measured, Vec<Group>, Option<String>)> {
        let arm = &self.arms[arm];
        let program = &self.programs[arm.program];
        let mut changes = program.with_only(&arm.on);
        changes.push(format!("run.replicate={replicate}"));
        let loaded = program.load(&changes)?;
        let mut simulation = first_worlds.begin(loaded, clock, first_world)?;
        let measured = measure(&mut simulation, Keep::Everything, interrupted)?;
        let first = arm.on.is_empty() && self.first_replicate == Some(replicate);
        let residual = first.then(|| report::outside_income(&simulation));
        Ok((measured, groups(&simulation.world), residual))
    }

    /// The line of a run in the journal.
    fn entry(&self, (arm, replicate): RunId, measured: &Measured, residual: Option<String>) -> Run {
        let program = &self.programs[self.arms[arm].program];
        // Levers are told of whole programmes; what single policies change can be read there.
        let whole = self.arms[arm].on.len() == program.measures.len();
        let levers = measured.levers.moved.iter().filter(|_| whole);
        Run {
            arm,
            replicate,
            inputs_sha256: program.inputs_sha256(),
            agents: measured.agents,
            values: kept(&measured.values),
            payments: measured
                .payments
                .iter()
                .map(|((payer, receiver, purpose), fen)| {
                    (payer.clone(), receiver.clone(), purpose.clone(), *fen)
                })
                .collect(),
            outlays: measured
                .outlays
                .iter()
                .map(|((policy, payer, purpose), (demanded, paid))| {
                    (policy.clone(), payer.clone(), purpose.clone(), *demanded, *paid)
                })
                .collect(),
            levers: levers
                .map(|((policy, lever, year), m)| {
                    let of = [m.places, m.before, m.proposed, m.after].map(Number);
                    (policy.clone(), lever.clone(), *year, of)
                })
                .collect(),
            residual,
        }
    }
}

impl Names {
    fn of(scenario: usize, measured: &Measured, groups: &[Group]) -> Names {
        let places = groups.iter().map(|g| (g.scope.to_owned(), g.id.clone(), g.name.clone())).collect();
        Names { scenario, keys: measured.keys.clone(), places }
    }
}

impl Outcome {
    /// Takes in a line of the journal, if the comparison asks for it.
    fn enter(&mut self, entry: Entry, jobs: &[RunId]) -> Result<()> {
        let run = match entry {
            Entry::Names(Names { scenario, keys, places }) => {
                if scenario >= self.keys.len() {
                    return Err(unfit(messages::names_of_another_scenario()));
                }
                self.keys[scenario] = keys;
                self.places.extend(places.into_iter().map(|(scope, id, name)| ((scope, id), name)));
                return Ok(());
            }
            Entry::Run(run) => *run,
        };
        let id = (run.arm, run.replicate);
        if !jobs.contains(&id) {
            return Ok(());
        }
        let program = self.arms[run.arm].program;
        if self.keys[program].len() != run.values.len() {
            return Err(unfit(messages::run_with_other_numbers()));
        }
        if self.programs[program].inputs_sha256() != run.inputs_sha256 {
            return Err(unfit(messages::run_under_other_tables()));
        }
        if let Some(residual) = run.residual {
            self.outside_income[program] = residual;
        }
        self.values.insert(id, taken(run.values));
        let payments = run.payments.into_iter().map(|(payer, to, purpose, fen)| ((payer, to, purpose), fen));
        self.payments.insert(id, payments.collect());
        let outlays = run.outlays.into_iter();
        let outlays =
            outlays.map(|(policy, payer, what, asked, paid)| ((policy, payer, what), (asked, paid)));
        self.outlays.insert(id, outlays.collect());
        if self.arms[run.arm].on.len() == self.programs[program].measures.len() {
            let moved = run.levers.into_iter().map(|(policy, lever, year, of)| {
                let [places, before, proposed, after] = of.map(|Number(x)| x);
                ((policy, lever, year), Moved { places, before, proposed, after })
            });
            self.levers.insert(id, LeverPaths::of(moved.collect::<BTreeMap<_, _>>()));
        }
        self.agents.insert(id, run.agents);
        Ok(())
    }
}

fn unfit(found: Message) -> Error {
    Error::Data { what: messages::the_journal(JOURNAL), found, expected: messages::runs_of_this_comparison() }
}

fn other_names(outcome: &Outcome, program: usize) -> Error {
    Error::Data {
        what: messages::runs_of(&outcome.programs[program].name),
        found: messages::different_years_or_places(),
        expected: messages::policies_that_leave_years(),
    }
}

/// Time of one run on top of that of others.
fn add_up(sum: &mut Timings, run: &Timings) {
    sum.start += run.start;
    sum.agent_years += run.agent_years;
    sum.phase.iter_mut().zip(run.phase).for_each(|(sum, time)| *sum += time);
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::experiment::replicates::{Method, Settings};

    #[test]
    fn every_run_has_the_values_of_one_that_builds_its_own_first_world() {
        let small = ["run.years=2", "run.persons_per_agent=1000"].map(str::to_owned);
        let request = Request {
            scenarios: vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/teaching/transfer.toml")],
            overrides: small.to_vec(),
            treat: vec!["parameters.relocation_review=0.2".to_owned()],
            replicates: 2,
            replicate: None,
            each: true,
            pairs: false,
            shapley: false,
            orders: 1,
            independent: true,
            break_even: None,
            take_up: Vec::new(),
            threads: 2,
            settings: Settings { level: 0.95, method: Method::T, seed: 1 },
        };
        let outcome = compare(&request).unwrap_or_else(|e| panic!("{e}"));
        // Four arms under two lucks, two with and two without the change; and two baselines with luck of their own.
        assert_eq!((outcome.values.len(), outcome.first_worlds), (10, 6));
        let fixed = Fixed::of(&outcome);
        for (&run, values) in &outcome.values {
            let (alone, ..) = fixed.run(run, &FirstWorlds::default(), Clock::STOPPED, &|| false).unwrap();
            // As text, because a missing value is not equal to itself.
            assert_eq!(format!("{:?}", alone.values), format!("{values:?}"), "{run:?}");
        }
    }
}
