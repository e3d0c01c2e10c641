//! First worlds that several runs begin in. No policy is seen by a base year, so arms that differ in policies alone share
//! one: the first of them builds it, the next copy it, the last takes it. Who shares is decided by what a base year is made
//! of, never by who asks: an arm that changes anything else has a first world of its own.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::Result;
use crate::clock::Clock;
use crate::output::checksum::sha256;
use crate::output::manifest::InputFile;
use crate::policy::Policies;
use crate::scenario::Loaded;
use crate::simulation::{Scenario, Simulation};

/// The sum over all that a base year is made of. Equal sums, equal first worlds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct BaseYear(String);

impl BaseYear {
    /// Of a scenario and the tables that it read; none of a run that begins with the past of another.
    pub(crate) fn of(scenario: &Scenario, inputs: &[InputFile]) -> Option<BaseYear> {
        // Named one by one: whatever a scenario says one day has to find its place here.
        let Scenario {
            run,
            world,
            model,
            parameters,
            drivers,
            life_table,
            output,
            policy: _,
            title: _,
            description: _,
            sources: _,
            assumptions: _,
        } = scenario;
        if run.start_from.is_some() {
            return None;
        }
        let sum = |file: &Path| inputs.iter().find(|i| Path::new(&i.path) == file).map(|i| &i.sha256);
        let tables: Vec<Option<&String>> = world.input_files().into_iter().map(sum).collect();
        let all = (run, world, model, parameters, drivers, life_table, output, tables);
        Some(BaseYear(sha256(&serde_json::to_vec(&all).ok()?)))
    }

    /// The same of a replicate of a scenario; none where there is no scenario.
    pub(crate) fn of_replicate(
        scenario: Option<&mut Scenario>,
        replicate: u32,
        inputs: &[InputFile],
    ) -> Option<BaseYear> {
        let scenario = scenario?;
        scenario.run.replicate = replicate;
        BaseYear::of(scenario, inputs)
    }
}

/// An order of runs in which those of one first world are next to each other, and so many first worlds are in use at a
/// time: workers that take turns then build one each, and nobody waits for a world while there is another to build.
pub(crate) fn in_turn(base_years: &[Option<BaseYear>], worlds: usize) -> Vec<usize> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut group_of: BTreeMap<&BaseYear, usize> = BTreeMap::new();
    for (run, base_year) in base_years.iter().enumerate() {
        let new = groups.len();
        let group = base_year.as_ref().map_or(new, |base_year| *group_of.entry(base_year).or_insert(new));
        if group == new {
            groups.push(Vec::new());
        }
        groups[group].push(run);
    }
    let mut order = Vec::with_capacity(base_years.len());
    for at_once in groups.chunks(worlds.max(1)) {
        let longest = at_once.iter().map(Vec::len).max().unwrap_or(0);
        for turn in 0..longest {
            order.extend(at_once.iter().filter_map(|group| group.get(turn)));
        }
    }
    order
}

/// The first worlds of runs that are known beforehand. Each is kept from its first run to the beginning of its last.
#[derive(Default)]
pub(crate) struct FirstWorlds {
    shared: Mutex<BTreeMap<BaseYear, Shared>>,
    /// Rings when a world stands, and when it could not be built.
    news: Condvar,
    built: AtomicUsize,
}

/// A first world that more than one run needs.
struct Shared {
    /// Runs that have not begun.
    left: usize,
    state: State,
}

enum State {
    Wanted,
    UnderWay,
    Stands(Arc<Simulation>),
}

/// What a run is to do for its first world.
enum Part<'a> {
    /// Build it for itself.
    Alone,
    /// Build it for all.
    Build(Promise<'a>),
    Share(Arc<Simulation>),
}

impl FirstWorlds {
    /// Of runs that begin in these; of what is made once nothing is kept.
    pub(crate) fn of(runs: &[Option<BaseYear>]) -> FirstWorlds {
        let mut shared: BTreeMap<BaseYear, Shared> = BTreeMap::new();
        for base_year in runs.iter().flatten() {
            shared.entry(base_year.clone()).or_insert(Shared { left: 0, state: State::Wanted }).left += 1;
        }
        shared.retain(|_, shared| shared.left > 1);
        FirstWorlds { shared: Mutex::new(shared), ..FirstWorlds::default() }
    }

    /// How many were built.
    pub(crate) fn built(&self) -> usize {
        self.built.load(Ordering::Relaxed)
    }

    /// A run at its beginning, the same as `build` makes it. Its time is that of what was done for it: building, or
    /// copying.
    ///
    /// # Errors
    /// What `build` says.
    pub(crate) fn begin(
        &self,
        mut loaded: Loaded,
        clock: Clock,
        build: impl Fn(Loaded, Clock) -> Result<Simulation>,
    ) -> Result<Simulation> {
        let build = |loaded: Loaded| {
            let world = build(loaded, clock)?;
            self.built.fetch_add(1, Ordering::Relaxed);
            Ok(world)
        };
        match BaseYear::of(&loaded.scenario, &loaded.origin.inputs).map_or(Part::Alone, |by| self.part(by)) {
            Part::Alone => build(loaded),
            Part::Share(world) => Ok(go_on(world, loaded.scenario, clock)),
            Part::Build(promise) => {
                let scenario = loaded.scenario.clone();
                // Those who share it have other policies.
                loaded.scenario.policy = Policies::default();
                let world = Arc::new(build(loaded)?);
                promise.keep(Arc::clone(&world));
                let start = world.timings.start;
                let mut run = go_on(world, scenario, clock);
                run.timings.start += start;
                Ok(run)
            }
        }
    }

    fn part(&self, base_year: BaseYear) -> Part<'_> {
        let mut all = self.lock();
        loop {
            let Some(shared) = all.get_mut(&base_year) else { return Part::Alone };
            let last = shared.left == 1;
            let part = match &shared.state {
                State::UnderWay => None,
                State::Wanted if last => Some(Part::Alone),
                State::Wanted => Some(Part::Build(Promise { worlds: self, base_year: base_year.clone() })),
                State::Stands(world) => Some(Part::Share(Arc::clone(world))),
            };
            if let Some(part) = part {
                shared.left -= 1;
                if matches!(part, Part::Build(_)) {
                    shared.state = State::UnderWay;
                }
                if last {
                    all.remove(&base_year);
                }
                return part;
            }
            all = self.news.wait(all).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn set(&self, base_year: &BaseYear, state: State) {
        if let Some(shared) = self.lock().get_mut(base_year) {
            shared.state = state;
        }
        self.news.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<BaseYear, Shared>> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A copy of a first world for a run, or the world itself if nobody else holds it.
fn go_on(world: Arc<Simulation>, scenario: Scenario, clock: Clock) -> Simulation {
    let begun = clock.elapsed();
    let mut run = match Arc::try_unwrap(world) {
        Ok(world) => world.taken(scenario),
        Err(world) => world.copied(scenario),
    };
    run.timings.start = clock.since(begun);
    run
}

/// A first world that somebody builds while others wait.
struct Promise<'a> {
    worlds: &'a FirstWorlds,
    base_year: BaseYear,
}

impl Promise<'_> {
    fn keep(self, world: Arc<Simulation>) {
        self.worlds.set(&self.base_year, State::Stands(world));
    }
}

impl Drop for Promise<'_> {
    /// Whoever waits builds it himself where it could not be built, even where the builder panicked.
    fn drop(&mut self) {
        let under_way =
            matches!(self.worlds.lock().get(&self.base_year), Some(Shared { state: State::UnderWay, .. }));
        if under_way {
            self.worlds.set(&self.base_year, State::Wanted);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;

    use super::*;
    use crate::Error;
    use crate::messages;
    use crate::output::checkpoint_file::CheckpointWriter;
    use crate::scenario::ScenarioSource;

    /// One that names a table of its own, one that orders money, one that needs distances which the base year does without.
    const POLICIES: [&str; 3] = [
        "policy.mountain_sea_pairing=[{ active = { from = 2021 }, pairs_file = 'pairing.csv', transfer_share = 0.005, \
         access = 0.95, enclave_yuan = 1.0e9, postings = 30 }]",
        "policy.infrastructure=[{ active = { from = 2021 }, building_yuan = 500, trade_wedge = 0.85 }]",
        "policy.metropolitan_circle=[{ active = { from = 2021 }, reach_km = 100, market_access = 0.1 }]",
    ];

    fn zhejiang(changes: &[&str]) -> Loaded {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/zhejiang/baseline.toml");
        let small = ["run.years=2", "run.persons_per_agent=5000"];
        let all: Vec<String> = small.iter().chain(changes).map(|change| (*change).to_owned()).collect();
        ScenarioSource::file(&file).load(&all).unwrap_or_else(|e| panic!("{e}"))
    }

    fn made_of(loaded: &Loaded) -> Option<BaseYear> {
        BaseYear::of(&loaded.scenario, &loaded.origin.inputs)
    }

    fn build(loaded: Loaded, clock: Clock) -> Result<Simulation> {
        Simulation::timed(loaded.scenario, loaded.area, clock)
    }

    /// All that a run remembers, at its beginning and at its end.
    fn remembered(mut simulation: Simulation) -> [Vec<u8>; 2] {
        let bytes = |now: &Simulation| CheckpointWriter::in_memory(&"", |w| now.save(w)).unwrap();
        let first = bytes(&simulation);
        simulation.run(|_| Ok(())).unwrap_or_else(|e| panic!("{e}"));
        [first, bytes(&simulation)]
    }

    #[test]
    fn a_run_from_a_shared_first_world_is_the_run_that_builds_its_own_byte_for_byte() {
        let arms: Vec<Vec<&str>> = std::iter::once(vec![]).chain(POLICIES.map(|p| vec![p])).collect();
        let base_years: Vec<_> = arms.iter().map(|arm| made_of(&zhejiang(arm))).collect();
        let worlds = FirstWorlds::of(&base_years);
        let mut ends = Vec::new();
        for arm in &arms {
            let shared = worlds.begin(zhejiang(arm), Clock::STOPPED, build).unwrap();
            let policies = &zhejiang(arm).scenario.policy;
            assert_eq!(shared.scenario.policy, *policies, "a run has the scenario that it asked for");
            let shared = remembered(shared);
            let own = remembered(build(zhejiang(arm), Clock::STOPPED).unwrap());
            assert!(shared == own, "{arm:?}");
            assert!(!ends.contains(&shared[1]), "{arm:?} does nothing");
            ends.push(own[1].clone());
        }
        assert_eq!(worlds.built(), 1);
        assert!(worlds.lock().is_empty(), "the last run takes it");
    }

    #[test]
    fn whatever_else_than_policies_and_words_an_arm_changes_gives_it_a_first_world_of_its_own() {
        let own = made_of(&zhejiang(&[]));
        assert!(own.is_some());
        for same in POLICIES.iter().chain(&["title='Another'", "description='Other words.'"]) {
            assert_eq!(made_of(&zhejiang(&[same])), own, "{same}");
        }
        for other in [
            "run.replicate=1",
            "run.seed=2",
            "run.persons_per_agent=5001",
            "run.years=3",
            "parameters.relocation_review=0.2",
            "drivers.technology.industry=0.031",
            "model.housing=false",
            "output.flows='tier'",
        ] {
            assert_ne!(made_of(&zhejiang(&[other])), own, "{other}");
        }
        let mut loaded = zhejiang(&[]);
        let nodes = loaded.scenario.world.nodes.clone();
        for input in &mut loaded.origin.inputs {
            if Path::new(&input.path) == nodes {
                input.sha256 = sha256(b"another table of the same name");
            }
        }
        assert_ne!(made_of(&loaded), own, "another table");
        loaded.scenario.run.start_from = Some("past@2025".to_owned());
        assert_eq!(made_of(&loaded), None, "a past of another run is no base year");
    }

    #[test]
    fn a_run_that_nobody_planned_builds_its_own() {
        let planned = made_of(&zhejiang(&[]));
        let worlds = FirstWorlds::of(&[planned.clone(), planned]);
        let other = zhejiang(&["parameters.relocation_review=0.2"]);
        worlds.begin(other, Clock::STOPPED, build).unwrap();
        assert_eq!((worlds.built(), worlds.lock().len()), (1, 1));
    }

    #[test]
    fn of_runs_that_want_a_world_at_once_one_builds_it_and_if_it_fails_the_next_one_does() {
        let base_year = made_of(&zhejiang(&[]));
        let worlds = FirstWorlds::of(&vec![base_year; 4]);
        let (at_once, tried) = (Barrier::new(4), AtomicUsize::new(0));
        let fails_once = |loaded: Loaded, clock: Clock| match tried.fetch_add(1, Ordering::Relaxed) {
            0 => Err(Error::Usage { found: messages::as_is("a"), expected: messages::as_is("b") }),
            _ => build(loaded, clock),
        };
        let begun: Vec<bool> = std::thread::scope(|scope| {
            let run = || {
                at_once.wait();
                worlds.begin(zhejiang(&[]), Clock::STOPPED, fails_once).is_ok()
            };
            let all: Vec<_> = (0..4).map(|_| scope.spawn(run)).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(begun.iter().filter(|ok| **ok).count(), 3);
        assert_eq!((tried.load(Ordering::Relaxed), worlds.built()), (2, 1));
        assert!(worlds.lock().is_empty());
    }

    #[test]
    fn runs_of_one_first_world_are_next_to_each_other_as_many_worlds_at_once_as_there_is_room_for() {
        let [a, b, c] = ["a", "b", "c"].map(|name| Some(BaseYear(name.to_owned())));
        let runs = [a.clone(), a.clone(), b.clone(), b, None, c.clone(), a, c];
        assert_eq!(in_turn(&runs, 1), [0, 1, 6, 2, 3, 4, 5, 7]);
        assert_eq!(in_turn(&runs, 2), [0, 2, 1, 3, 6, 4, 5, 7]);
        assert_eq!(in_turn(&runs, 9), [0, 2, 4, 5, 1, 3, 7, 6]);
        assert_eq!(in_turn(&[None, None, None], 0), [0, 1, 2]);
    }
}
