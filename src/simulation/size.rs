//! What a run will need: agents, memory, disk, time; and what the machine has.

use std::path::{Path, PathBuf};

use crate::base_year::study_area::StudyArea;
use crate::config::Market;
use crate::economy::saving;
use crate::messages;
use crate::people::location::CLASSES;
use crate::people::vital_rates;
use crate::simulation::Scenario;
use crate::world::Tier;
use crate::world::people::OLDEST;
use crate::{Error, Result};

/// Agents that a year of the full model moves in a second, on one thread of a laptop of 2024: for estimates.
const AGENT_YEARS_PER_SECOND: f64 = 60e6;

/// What a run is expected to need.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// Nodes, outside nodes included.
    pub nodes: usize,
    /// Agents of the base year, the pool outside included.
    pub agents: u64,
    /// Agents at the time when there are most.
    pub most_agents: u64,
    /// Greatest resident set.
    pub peak_bytes: u64,
    /// The tables that it writes.
    pub disk_bytes: u64,
    /// One checkpoint.
    pub checkpoint_bytes: u64,
    /// Time with so many threads.
    pub seconds: f64,
}

impl Size {
    /// Of a checked scenario, before anything is built.
    pub fn of(scenario: &Scenario, area: &StudyArea, threads: usize) -> Size {
        let g = &area.geography;
        let w = f64::from(scenario.run.persons_per_agent);
        let nodes = g.len() as f64;
        let facts = || g.nodes.iter().map(|n| &n.facts);
        let residents: u64 = facts().map(|f| f.residents).sum();
        let registered: u64 = facts().map(|f| f.registered).sum();
        let newcomers: u64 = facts().map(|f| f.newcomers_other).sum();
        let local = residents.saturating_sub(newcomers);
        // Registered in the area and not found in it, and the pool from which newcomers come.
        let away = if g.outside.is_empty() { 0 } else { registered.saturating_sub(local) };
        let pool = if g.outside.is_empty() { 0.0 } else { scenario.parameters.outside_factor - 1.0 };
        let persons = residents as f64 + away as f64 + newcomers as f64 * pool;
        let agents = persons / w;
        // Slots of the dead are used again, so the most people at a time count.
        let most = agents * most_people(scenario, area);

        let nests = (g.prefectures.len() + g.outside.len()) as f64;
        let counties = g.counties.len() as f64;
        let units = if g.len() <= 500 { nodes } else { nests };
        let years = f64::from(scenario.run.years);
        // Capital stands in projects: as many as fail and wear out are founded, and more as the economy grows; a
        // quarter of the list is room for what comes.
        let growth = scenario.drivers.technology.industry.max(0.0)
            / (1.0 - scenario.parameters.industry_capital_share).max(0.05);
        let projects = residents as f64 / scenario.parameters.persons_per_project
            * 1.25
            * libm::pow(1.0 + growth, years);
        let StartUps { tries, standing } = start_ups(scenario, area, w);
        let projects = projects + standing;
        // Freeness of trade between all nodes, and the factors that it comes from.
        let trade = if scenario.model.market == Market::Ces { 16.0 * nodes * nodes } else { 0.0 };
        let costs = (g.moving_costs.len() + g.trade_costs.len()) as f64;
        // Probabilities by home and class: the law and the tables of a year.
        let upper = nodes * CLASSES as f64 * (2.0 + nests) * 8.0;
        let own = g.prefectures.iter().map(|p| (p.counties.len() * p.nodes.len()) as f64).sum::<f64>()
            * CLASSES as f64
            * 8.0;
        let tables = BYTES_UPPER * upper
            + BYTES_OWN * own
            + counties * nodes * 4.0
            + 6.0 * units * units * 8.0
            + (TALLIES * units * units * 16.0).min(most * 4.0);
        let run = BYTES_PROGRAM
            + BYTES_AGENT * most
            + BYTES_PROJECT * projects
            + BYTES_TRY * tries
            + tables
            + trade
            + costs * BYTES_COST;
        // A long table of costs takes more while it is read than what it leaves.
        let peak = run.max(BYTES_PROGRAM + costs * BYTES_COST_READ);
        // Most rows of flows.csv are spending of one node at another.
        let pairs = units * units * if units < nodes { 1.0 } else { 2.0 };
        // Where small flows are summed, at most so many of a factor are as large as the least share; most are smaller.
        let rows = pairs.min(1.5 / scenario.output.flow_share.max(1e-12));
        let disk = (years + 1.0) * (nodes * 1450.0 + counties * 560.0 + rows * 95.0 + 65_000.0);
        let checkpoint = most * 8.0 + projects * 35.0 + upper + own + nodes * 6_000.0;
        let speed = AGENT_YEARS_PER_SECOND * threads.max(1) as f64;
        let seconds = (years + 1.5) * (agents / speed + upper * 1.5e-8 / threads.max(1) as f64)
            + SECONDS_START * nodes * nodes;
        Size {
            nodes: g.len(),
            agents: agents as u64,
            most_agents: most as u64,
            peak_bytes: peak as u64,
            disk_bytes: disk as u64,
            checkpoint_bytes: checkpoint as u64,
            seconds,
        }
    }

    /// Refuses a run that does not fit into the memory that is there.
    ///
    /// # Errors
    /// [`Error::Memory`] with what would make it fit.
    pub fn must_fit(&self, persons_per_agent: u32) -> Result<()> {
        let Some(available) = available_memory() else { return Ok(()) };
        if self.peak_bytes <= available {
            return Ok(());
        }
        let by_agents = self.most_agents as f64 * BYTES_AGENT;
        let room = available as f64 - (self.peak_bytes as f64 - by_agents);
        let advice = if room > 0.0 {
            let fits = (f64::from(persons_per_agent) * by_agents / room * 1.02).ceil().max(2.0);
            messages::weight_would_fit(format_args!("{fits:.0}"))
        } else {
            messages::area_too_large()
        };
        Err(Error::Memory { needed_bytes: self.peak_bytes, available_bytes: available, advice })
    }
}

/// The most people at a time over those of the base year: cohorts that age, bear and die at the rates of the scenario.
fn most_people(scenario: &Scenario, area: &StudyArea) -> f64 {
    if !scenario.model.demography {
        return 1.0;
    }
    let (p, own) = (&scenario.parameters, &scenario.life_table);
    let mut people = [[0.0; OLDEST as usize + 1]; Tier::ALL.len()];
    for node in &area.geography.nodes[..area.geography.area_nodes()] {
        for (group, &persons) in node.facts.ages.iter().enumerate() {
            for age in &mut people[node.tier as usize][5 * group..5 * group + 5] {
                *age += persons as f64 / 5.0;
            }
        }
    }
    let sum = |people: &[[f64; OLDEST as usize + 1]]| people.iter().flatten().sum::<f64>();
    let first = sum(&people);
    let mut most = first;
    for t in 1..=scenario.run.years {
        let trend = libm::pow(1.0 + scenario.drivers.fertility_growth, f64::from(t));
        for (tier, people) in Tier::ALL.into_iter().zip(&mut people) {
            let mut born = 0.0;
            for age in (0..OLDEST).rev() {
                let n = people[age as usize];
                let (birth, death) = if own.is_given() {
                    (own.births_of_survivor(age), own.death(age))
                } else {
                    (vital_rates::birth_rate(p, tier, age, trend), vital_rates::death_rate(p, age, 1.0))
                };
                people[age as usize + 1] = n * (1.0 - death);
                born += n * (1.0 - death) * birth;
            }
            people[0] = born;
        }
        most = most.max(sum(&people));
    }
    if first > 0.0 { most / first } else { 1.0 }
}

/// Start-ups of a run, in agents.
struct StartUps {
    /// Founders of a year.
    tries: f64,
    /// Projects of theirs that stand at the end.
    standing: f64,
}

/// Start-ups at the mean savings of each node. Households found what they can pay, so a year founds no more than their
/// income buys.
fn start_ups(scenario: &Scenario, area: &StudyArea, persons_per_agent: f64) -> StartUps {
    let p = &scenario.parameters;
    if !scenario.model.startups || p.startup_rate <= 0.0 {
        return StartUps { tries: 0.0, standing: 0.0 };
    }
    let (mut tries, mut founded) = (0.0, 0.0);
    for node in &area.geography.nodes[..area.geography.area_nodes()] {
        let facts = &node.facts;
        let residents = facts.residents.max(1) as f64;
        let income = INCOME_SHARE * facts.output_yuan.iter().sum::<f64>();
        let saved = saving::rate(p, node.tier);
        let savings = income / residents * saved / (1.0 - saved).max(1e-9);
        let exponent = p.startup_savings * libm::log(1.0 + savings / p.startup_savings_scale)
            + p.startup_talent * facts.talent as f64 / residents;
        let adults = facts.ages[4..].iter().sum::<u64>() as f64 + 0.4 * facts.ages[3] as f64;
        let tried = adults / persons_per_agent * (p.startup_rate * libm::exp(exponent)).min(1.0);
        tries += tried;
        founded += tried.min(income / (p.startup_size * persons_per_agent));
    }
    let (years, failing) = (f64::from(scenario.run.years), p.failure_base.max(1e-9));
    StartUps { tries, standing: founded * (1.0 - libm::exp(-failing * years)) / failing }
}

/// Household income over output, about, for the money that start-ups can take.
const INCOME_SHARE: f64 = 0.45;
/// Bytes of a founder of the year, and of a row of a table of costs: while it is read, and after.
const BYTES_TRY: f64 = 40.0;
const BYTES_COST: f64 = 24.0;
/// The same while the table is read; also what a reader has to have free.
pub(crate) const BYTES_COST_READ: f64 = 300.0;

// Measured on the scenarios of this repository (see `check` against the peak of their manifests).
const BYTES_PROGRAM: f64 = 12e6;
const BYTES_AGENT: f64 = 8.7;
const BYTES_PROJECT: f64 = 46.0;
const BYTES_UPPER: f64 = 1.5;
const BYTES_OWN: f64 = 3.0;
const TALLIES: f64 = 16.0;
const SECONDS_START: f64 = 3e-7;

/// Memory that this process may still take, where the system tells: the least of what the machine and the
/// control groups of the process leave.
pub(crate) fn available_memory() -> Option<u64> {
    let machine = std::fs::read_to_string("/proc/meminfo").ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("MemAvailable:"))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok()?.checked_mul(1024)
    });
    let group = group_memory();
    match (machine, group) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// What the memory limits of the process's control groups leave.
fn group_memory() -> Option<u64> {
    let number = |path: PathBuf| std::fs::read_to_string(path).ok()?.trim().parse::<u64>().ok();
    let text = std::fs::read_to_string("/proc/self/cgroup").ok()?;
    let mut least: Option<u64> = None;
    let mut consider = |limit: Option<u64>, used: Option<u64>, cache: u64| {
        if let (Some(limit), Some(used)) = (limit, used) {
            let left = limit.saturating_sub(used.saturating_sub(cache));
            least = Some(least.map_or(left, |l| l.min(left)));
        }
    };
    // Pages of files that the kernel can drop count as used but are not in the way.
    let cache = |folder: &Path, key: &str| {
        std::fs::read_to_string(folder.join("memory.stat"))
            .ok()
            .and_then(|text| {
                let line = text.lines().find(|line| line.split(' ').next() == Some(key))?;
                line.split(' ').nth(1)?.parse::<u64>().ok()
            })
            .unwrap_or(0)
    };
    for line in text.lines() {
        let mut parts = line.splitn(3, ':');
        let (Some(_), Some(controllers), Some(path)) = (parts.next(), parts.next(), parts.next()) else {
            continue;
        };
        let inside = path.trim_start_matches('/');
        if controllers.is_empty() {
            let root = Path::new("/sys/fs/cgroup");
            for folder in root.join(inside).ancestors().take_while(|folder| folder.starts_with(root)) {
                let limit = number(folder.join("memory.max"));
                consider(limit, number(folder.join("memory.current")), cache(folder, "inactive_file"));
            }
        } else if controllers.split(',').any(|c| c == "memory") {
            let root = Path::new("/sys/fs/cgroup/memory");
            for folder in [root.join(inside), root.to_path_buf()] {
                let limit = number(folder.join("memory.limit_in_bytes"));
                let used = number(folder.join("memory.usage_in_bytes"));
                consider(limit, used, cache(&folder, "total_inactive_file"));
            }
        }
    }
    least
}

/// Bytes for people.
pub(crate) fn bytes(n: u64) -> String {
    match n {
        0..1_000_000 => format!("{:.0} kB", n as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.0} MB", n as f64 / 1e6),
        _ => format!("{:.2} GB", n as f64 / 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_that_does_not_fit_is_told_what_would() {
        let size = Size {
            nodes: 173,
            agents: 1 << 40,
            most_agents: 1 << 40,
            peak_bytes: ((1u64 << 40) as f64 * BYTES_AGENT) as u64 + (1 << 20),
            disk_bytes: 0,
            checkpoint_bytes: 0,
            seconds: 0.0,
        };
        if available_memory().is_some() {
            let error = size.must_fit(1).unwrap_err();
            assert!(error.to_string().contains("--persons-per-agent"), "{error}");
        }
    }
}
