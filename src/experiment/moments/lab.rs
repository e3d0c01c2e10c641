//! Runs of the shipped scenarios, and what is kept of them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::channels::Channel;
use super::poor_counties::{COMPARED, County, FORMERLY_POOR, counties};
use crate::message::Language;
use crate::observe::indicators::{self, spending_per_head};
use crate::observe::{Memory, Snapshot};
use crate::prepare::china;
use crate::scenario::{Loaded, ScenarioSource};
use crate::simulation::Simulation;
use crate::world::{Factor, SKILLS, Tier};
use crate::{Error, Result};

/// Where a run begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Base {
    /// Zhejiang in 2020.
    Zhejiang,
    /// Henan in 2020.
    Henan,
    /// Henan in 2010.
    Henan2010,
    /// All counties in 2010.
    China2010,
    /// All counties in 2020, as `shanhai new china` writes them.
    China,
}

impl Base {
    /// The shipped file; China in 2020 is prepared in memory.
    fn file(self) -> Option<&'static str> {
        match self {
            Base::Zhejiang => Some("zhejiang/baseline.toml"),
            Base::Henan => Some("henan/baseline.toml"),
            Base::Henan2010 => Some("henan/baseline_2010.toml"),
            Base::China2010 => Some("china/2010.toml"),
            Base::China => None,
        }
    }
}

/// A run.
#[derive(Clone, Debug)]
pub struct Spec {
    /// Where it begins.
    pub base: Base,
    /// Persons that one agent stands for.
    pub persons_per_agent: u32,
    /// Number of steps.
    pub years: u32,
    /// Changes of the scenario, as `--set` takes them.
    pub changes: Vec<String>,
    /// Whether the table of leakage by province is left out.
    pub one_leakage: bool,
}

impl Spec {
    /// The scenario as it is shipped, with other agents and years.
    pub fn of(base: Base, persons_per_agent: u32, years: u32) -> Spec {
        Spec { base, persons_per_agent, years, changes: Vec::new(), one_leakage: false }
    }

    /// The same with changes, `key=value`.
    pub fn with<S: Into<String>>(mut self, changes: impl IntoIterator<Item = S>) -> Spec {
        self.changes.extend(changes.into_iter().map(Into::into));
        self
    }
}

/// A prefecture in the base year.
#[derive(Clone, Copy, Debug)]
pub struct PrefectureLevels {
    /// Public spending and output a head, yuan; residents per km2.
    pub spending: f64,
    /// Output a head, yuan.
    pub output: f64,
    /// Residents per square kilometre.
    pub density: f64,
}

/// A place in a year.
#[derive(Clone, Copy, Debug)]
pub struct PlaceOfYear {
    /// Residents, persons.
    pub residents: f64,
    /// Income that it promises by skill, fen a year.
    pub promised: [f64; SKILLS],
}

/// What is kept of a run.
#[derive(Debug, Default)]
pub struct Ran {
    /// The base year.
    pub first: i32,
    indicators: BTreeMap<(i32, String, String, String), f64>,
    flows: BTreeMap<(i32, &'static str, Tier, Tier), f64>,
    /// Number of projects by step from the base year.
    pub projects: Vec<f64>,
    /// Residents of 18 years by step from the base year, persons.
    eighteen: Vec<f64>,
    /// Income a head by source, of cities and seats and of villages, yuan, by step: wages, business, property, pensions,
    /// public transfers, remittances received less sent, levies, outside income.
    pub sources: Vec<[[f64; PARTS]; 2]>,
    /// Of residents of five years and more, the share who lived in another county, and at another place, five years
    /// before: one a period of five years, where agents are few enough to remember.
    pub moved: Vec<[f64; 2]>,
    /// Where agents lived at the beginning of the period, by block and slot.
    remembered: Vec<Vec<u16>>,
    /// Places of the area by step from the base year.
    pub places: Vec<Vec<PlaceOfYear>>,
    /// Prefectures of the area in the base year.
    pub prefectures: Vec<PrefectureLevels>,
    /// Formerly poor counties in the base year and in the last one.
    pub poor: [Vec<County>; 2],
    /// Nodes of the area.
    pub nodes: usize,
}

/// Parts of income in [`Ran::sources`].
pub(crate) const PARTS: usize = 8;

impl Ran {
    /// An indicator of a year; not a number where there is none.
    pub fn get(&self, year: i32, indicator: &str, scope: &str, id: &str) -> f64 {
        let key = (year, indicator.to_owned(), scope.to_owned(), id.to_owned());
        self.indicators.get(&key).copied().unwrap_or(f64::NAN)
    }

    /// The same of the area.
    pub fn area(&self, year: i32, indicator: &str) -> f64 {
        self.get(year, indicator, "area", "all")
    }

    /// What flowed from one tier to another in all years after the base year.
    pub fn flow(&self, factor: Factor, from: Tier, to: Tier) -> f64 {
        let rows =
            self.flows.iter().filter(|((_, name, x, y), _)| (*name, *x, *y) == (factor.name(), from, to));
        rows.map(|(_, amount)| amount).sum()
    }

    /// Residents of 18 years so many steps from the base year, persons; not a number where the run did not come so far.
    pub(crate) fn eighteen(&self, step: usize) -> f64 {
        self.eighteen.get(step).copied().unwrap_or(f64::NAN)
    }

    fn note(&mut self, simulation: &Simulation, memory: &mut Memory) {
        let (world, rules) = (&simulation.world, simulation.rules());
        let snapshot = Snapshot { choice: None, ..Snapshot::of("moments", simulation, &rules) };
        if world.step == 0 {
            self.first = world.year;
            self.nodes = world.geography.area_nodes();
        }
        for value in indicators::values(&snapshot, memory) {
            let key = (world.year, value.indicator.name().to_owned(), value.scope.to_owned(), value.id);
            self.indicators.insert(key, value.value);
        }
        if world.step == 0 {
            self.prefectures = prefectures(self, &snapshot);
        } else {
            for factor in Factor::ALL {
                let unit = if factor.is_persons() { 1.0 } else { 0.01 };
                for from in Tier::ALL {
                    for to in Tier::ALL {
                        let amount = simulation.flows.between_tiers(factor, from, to) as f64 * unit;
                        self.flows.insert((world.year, factor.name(), from, to), amount);
                    }
                }
            }
        }
        let persons = world.persons_per_agent() as f64;
        let here = |p: &crate::world::Person| p.age() == 18 && !world.geography.is_outside(p.place());
        self.projects.push(world.projects.list.len() as f64);
        self.eighteen.push(world.people.iter().filter(here).count() as f64 * persons);
        self.sources.push(sources(simulation));
        if world.step.is_multiple_of(PERIOD) && world.people.iter().count() <= REMEMBERED {
            self.remember(simulation);
        }
        let place = |j: usize| PlaceOfYear {
            residents: world.residents(j) as f64,
            promised: world.nodes[j].promised_income,
        };
        self.places.push((0..self.nodes).map(place).collect());
        self.poor[1] = counties(simulation);
        if world.step == 0 {
            self.poor[0] = self.poor[1].clone();
        }
        memory.close_year(&snapshot);
    }
}

/// Years over which moves are counted, as censuses ask; and agents whose places are remembered at most.
const PERIOD: u32 = 5;
const REMEMBERED: usize = 5_000_000;

impl Ran {
    /// Counts who has moved since the period began, and begins another one.
    fn remember(&mut self, simulation: &Simulation) {
        let (world, g) = (&simulation.world, &simulation.world.geography);
        let (mut all, mut moved) = (0u64, [0u64; 2]);
        for (block, before) in world.people.blocks.iter().zip(&self.remembered) {
            // Slots at the end of a block, and those of the dead, are newborns.
            for (person, &was) in block.slots.iter().zip(before).filter(|(p, _)| !p.is_free()) {
                let (is, was) = (person.place(), usize::from(was));
                if person.age() < PERIOD || g.is_outside(is) {
                    continue;
                }
                all += 1;
                let elsewhere = g.is_outside(was) || g.nodes[is].county != g.nodes[was].county;
                moved[0] += u64::from(elsewhere);
                moved[1] += u64::from(is != was);
            }
        }
        if all > 0 {
            self.moved.push(moved.map(|n| n as f64 / all as f64));
        }
        let places =
            |block: &crate::world::people::Block| block.slots.iter().map(|p| p.place() as u16).collect();
        self.remembered = world.people.blocks.iter().map(places).collect();
    }
}

fn prefectures(ran: &Ran, snapshot: &Snapshot) -> Vec<PrefectureLevels> {
    let geography = &snapshot.world.geography;
    let of = |p: &crate::world::geography::Prefecture| {
        let km2: f64 = p.nodes.clone().map(|j| geography.nodes[j].area_km2).sum();
        let people: f64 = p.nodes.clone().map(|j| snapshot.world.residents(j) as f64).sum();
        PrefectureLevels {
            spending: spending_per_head(snapshot, p.nodes.clone()) * 0.01,
            output: ran.get(snapshot.world.year, "output_per_head", "prefecture", &p.code),
            density: people / km2,
        }
    };
    geography.prefectures.iter().map(of).collect()
}

/// Parts of income a head in cities and seats, and in villages, yuan.
fn sources(simulation: &Simulation) -> [[f64; PARTS]; 2] {
    use crate::world::state::part;
    let world = &simulation.world;
    [false, true].map(|village| {
        let nodes = (0..world.geography.area_nodes())
            .filter(|&j| (world.geography.nodes[j].tier == Tier::Village) == village);
        let (mut sums, mut earners) = ([0.0; PARTS], 0.0);
        for state in nodes.map(|j| &world.nodes[j]) {
            let [wages, business, property, _, outside] = state.income_by_source();
            let of = |i: usize| state.income_parts[i];
            let parts = [
                wages,
                business,
                property,
                of(part::PENSIONS),
                of(part::TRANSFERS),
                of(part::REMITTANCES) - state.remittances_sent,
                -state.pay.levies,
                outside,
            ];
            sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part as f64 * 0.01);
            earners += state.earners as f64;
        }
        sums.map(|sum| sum / earners)
    })
}

/// Makes runs, each once.
pub struct Lab<'a> {
    scenarios: PathBuf,
    set: Vec<String>,
    runs: BTreeMap<String, Rc<Ran>>,
    channel: Option<&'static Channel>,
    china: Option<ScenarioSource>,
    /// Is told what is done next.
    pub said: &'a dyn Fn(&str),
    interrupted: &'a dyn Fn() -> bool,
}

impl<'a> Lab<'a> {
    /// A lab for the shipped scenarios in a folder.
    pub fn new(scenarios: &Path, said: &'a dyn Fn(&str), interrupted: &'a dyn Fn() -> bool) -> Lab<'a> {
        Lab {
            scenarios: scenarios.to_path_buf(),
            set: Vec::new(),
            runs: BTreeMap::new(),
            channel: None,
            china: None,
            said,
            interrupted,
        }
    }

    /// The same, with changes of every scenario.
    #[must_use]
    pub fn with(mut self, set: &[String]) -> Lab<'a> {
        self.set = set.to_vec();
        self
    }

    /// Measures with a channel off.
    ///
    /// # Errors
    /// What the measure returns.
    pub fn without<T>(
        &mut self,
        channel: &'static Channel,
        measure: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<T> {
        self.channel = Some(channel);
        let found = measure(self);
        self.channel = None;
        found
    }

    /// Lets go of the runs of a base that no later row needs.
    pub(crate) fn forget(&mut self, bases: &[Base]) {
        let is_of = |key: &String| bases.iter().any(|base| key.starts_with(&format!("{base:?} ")));
        self.runs.retain(|key, _| !is_of(key));
    }

    /// A run to its end.
    ///
    /// # Errors
    /// What is wrong with the scenario, what a year returns, and a wish to stop.
    pub fn run(&mut self, spec: &Spec) -> Result<Rc<Ran>> {
        let off = self.channel.map_or("nothing", |channel| channel.name);
        let table = if spec.one_leakage { ", one leakage everywhere" } else { "" };
        let key = format!(
            "{:?} {} persons an agent, {} years{table}, {}, {off} off",
            spec.base,
            spec.persons_per_agent,
            spec.years,
            spec.changes.join(" ")
        );
        if let Some(ran) = self.runs.get(&key) {
            return Ok(Rc::clone(ran));
        }
        (self.said)(&key);
        let Loaded { scenario, area, .. } = self.load(spec)?;
        let mut simulation = Simulation::new(scenario, area)?;
        let (mut ran, mut memory) = (Ran::default(), Memory::default());
        simulation.run(|now| {
            if (self.interrupted)() {
                return Err(Error::Interrupted { year: now.world.year });
            }
            ran.note(now, &mut memory);
            Ok(())
        })?;
        let ran = Rc::new(ran);
        self.runs.insert(key, Rc::clone(&ran));
        Ok(ran)
    }

    fn load(&mut self, spec: &Spec) -> Result<Loaded> {
        let mut changes = vec![
            format!("run.persons_per_agent={}", spec.persons_per_agent),
            format!("run.years={}", spec.years),
            "output.flows=\"tier\"".to_owned(),
        ];
        changes.extend(self.set.iter().cloned());
        // What a row changes is what it asks about.
        changes.extend(spec.changes.iter().cloned());
        changes.extend(self.channel.iter().flat_map(|channel| channel.changes).map(ToString::to_string));
        let mut loaded = match spec.base.file() {
            Some(file) => ScenarioSource::file(&self.scenarios.join(file)).load(&changes)?,
            None => self.china()?.load(&changes)?,
        };
        tag_formerly_poor(&mut loaded);
        if spec.one_leakage {
            loaded.area.geography.counties.iter_mut().for_each(|c| c.loans_over_deposits = None);
        }
        if let Some(channel) = self.channel {
            (channel.cut)(&mut loaded.area);
        }
        Ok(loaded)
    }

    /// China in 2020, prepared in memory.
    fn china(&mut self) -> Result<&ScenarioSource> {
        let source = match self.china.take() {
            Some(source) => source,
            None => Self::prepared_china()?,
        };
        Ok(self.china.insert(source))
    }

    fn prepared_china() -> Result<ScenarioSource> {
        let prepared = china::prepared("china", 2020, &china::inside()?)?;
        let files = Language::En.during(|| china::files(&prepared, "shanhai new china"));
        let text = files.iter().find(|(path, _)| path == Path::new("baseline.toml"));
        let text =
            String::from_utf8_lossy(&text.map(|(_, bytes)| bytes.clone()).unwrap_or_default()).into_owned();
        Ok(ScenarioSource::memory(&text, files))
    }
}

/// Tags the counties that were on the national list of 832 poor counties.
fn tag_formerly_poor(loaded: &mut Loaded) {
    let list = include_str!("../../../data/tags_2020.csv");
    let codes: Vec<&str> =
        list.lines().filter(|l| l.contains(",former_poor,")).filter_map(|l| l.split(',').next()).collect();
    let geography = &mut loaded.area.geography;
    for county in 0..geography.counties.len() {
        if codes.binary_search(&geography.counties[county].code.as_str()).is_err() {
            continue;
        }
        let compared = !LEFT_OUT.contains(&&geography.counties[county].code[..2]);
        let nodes: Vec<usize> = geography.counties[county].nodes().collect();
        for j in nodes {
            let tags = &mut geography.nodes[j].tags;
            if !tags.iter().any(|tag| tag == FORMERLY_POOR) {
                tags.push(FORMERLY_POOR.to_owned());
            }
            if compared {
                tags.push(COMPARED.to_owned());
            }
        }
    }
}

/// Tibet, Qinghai and Xinjiang, where output of counties is least known: not compared.
const LEFT_OUT: [&str; 3] = ["54", "63", "65"];
