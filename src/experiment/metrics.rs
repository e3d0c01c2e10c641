//! What is measured in every run of an experiment: a vector of numbers under fixed names, small enough to be
//! kept for hundreds of runs when the worlds are gone.
//!
//! Names and definitions are those of `indicators.csv`. Ratios are ratios of sums; income and output are
//! divided by the residents who earned them, before the year's moves.

use std::collections::{BTreeMap, BTreeSet};

use crate::quantity::Fen;
use crate::simulation::Simulation;
use crate::world::node::{SECTORS, SKILLS};
use crate::world::state::NodeState;
use crate::world::{Tier, World};

/// An indicator of an experiment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Indicator {
    pub name: &'static str,
    pub unit: &'static str,
    pub meaning: &'static str,
}

macro_rules! indicators {
    ($list:ident; $( $name:literal $unit:literal $meaning:literal ; )*) => {
        /// Name, unit and meaning, in the order of tables.
        pub static $list: &[Indicator] =
            &[ $( Indicator { name: $name, unit: $unit, meaning: $meaning }, )* ];
    };
}

indicators! { OF_GROUPS;
    "residents" "persons" "People living here after the year's moves.";
    "talent_per_1000" "per 1000" "Residents with tertiary education per 1000.";
    "net_migration" "persons" "Moves into these nodes less moves out of them in the year.";
    "output" "yuan" "Value added.";
    "output_per_head" "yuan" "Value added over residents before the year's moves.";
    "income" "yuan" "Household income of residents.";
    "income_per_head" "yuan" "Household income over the residents who earned it.";
    "capital" "yuan" "Value of projects at the end of the year.";
    "own_revenue" "yuan" "Own revenue of the counties whose seat is among these nodes.";
    "transfers" "yuan" "Transfers that these counties receive.";
    "service_level" "index" "Effective services, mean over residents.";
    "ecology" "index" "State of the environment, mean over residents.";
}

indicators! { OF_AREA;
    "income_ratio_residence" "ratio" "Income per head in cities and county seats over villages, by where people live.";
    "share_urban" "share" "Residents who live in cities and county seats.";
    "self_sufficiency" "ratio" "Counties' own revenue over their spending.";
    "cv_services" "ratio" "Coefficient of variation of the service level among residents.";
    "hub_balance" "yuan" "Balance of the rest of the world.";
}

/// The indicator of a name.
pub fn indicator(name: &str) -> Option<&'static Indicator> {
    OF_GROUPS.iter().chain(OF_AREA).find(|i| i.name == name)
}

/// What a number is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Key {
    pub indicator: String,
    /// area, tier, tag, prefecture or node.
    pub scope: String,
    /// Which one; `all` for the area.
    pub scope_id: String,
    pub year: i32,
}

impl Key {
    /// The unit of the number.
    pub fn unit(&self) -> &'static str {
        indicator(&self.indicator).map_or("", |i| i.unit)
    }
}

/// Which years and places are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Every year for the area, tiers, tags and prefectures, and the last year also for nodes.
    Everything,
    /// The last year for the area, tiers and tags.
    Headline,
}

/// Payments of a run: payer, receiver, purpose, and the sum over its years.
pub type Payments = BTreeMap<(String, String, String), Fen>;

/// What is left of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measured {
    /// In the order of a run: by year, scope, place and indicator.
    pub keys: Vec<Key>,
    /// One value a key; NaN where the question has no answer.
    pub values: Vec<f64>,
    pub payments: Payments,
    /// Agents at the end.
    pub agents: u64,
}

/// A named set of nodes.
pub struct Group {
    pub scope: &'static str,
    pub id: String,
    /// What a reader calls it.
    pub name: String,
    pub nodes: Vec<usize>,
}

/// The sets of nodes that are reported: the area, tiers, tags, prefectures, and each node.
pub fn groups(world: &World) -> Vec<Group> {
    let geography = &world.geography;
    let area: Vec<usize> = (0..geography.area_nodes()).collect();
    let pick = |keep: &dyn Fn(usize) -> bool| area.iter().copied().filter(|&j| keep(j)).collect::<Vec<_>>();
    let mut groups =
        vec![Group { scope: "area", id: "all".into(), name: "area".into(), nodes: area.clone() }];
    for tier in [Tier::City, Tier::CountySeat, Tier::Village] {
        let nodes = pick(&|j| geography.nodes[j].tier == tier);
        groups.push(Group { scope: "tier", id: tier.name().into(), name: tier.name().into(), nodes });
    }
    let tags: BTreeSet<&String> =
        area.iter().flat_map(|&j| &geography.nodes[j].tags).filter(|t| !t.is_empty()).collect();
    for tag in tags {
        let nodes = pick(&|j| geography.nodes[j].tags.contains(tag));
        groups.push(Group { scope: "tag", id: tag.clone(), name: tag.clone(), nodes });
    }
    for p in &geography.prefectures {
        let nodes = p.nodes.clone().collect();
        groups.push(Group { scope: "prefecture", id: p.code.clone(), name: p.name.clone(), nodes });
    }
    for &j in &area {
        let node = &geography.nodes[j];
        groups.push(Group { scope: "node", id: node.id.clone(), name: node.name.clone(), nodes: vec![j] });
    }
    groups.retain(|g| !g.nodes.is_empty());
    groups
}

/// Runs a simulation to its end and keeps its numbers.
///
/// # Errors
/// What the simulation returns.
pub fn measure(simulation: &mut Simulation, keep: Keep) -> crate::Result<Measured> {
    let mut measured = Measured::default();
    let groups = groups(&simulation.world);
    let last = simulation.scenario.run.years;
    simulation.run(|now| {
        if now.world.step > 0 {
            pay(now, &mut measured.payments);
            let at_end = now.world.step == last;
            for group in &groups {
                let wanted = match keep {
                    Keep::Everything => at_end || group.scope != "node",
                    Keep::Headline => at_end && matches!(group.scope, "area" | "tier" | "tag"),
                };
                if wanted {
                    of_group(now, group, &mut measured);
                }
            }
            if keep == Keep::Everything || at_end {
                of_area(now, &mut measured);
            }
        }
        Ok(())
    })?;
    measured.agents = simulation.world.people.iter().count() as u64;
    Ok(measured)
}

fn pay(now: &Simulation, payments: &mut Payments) {
    for (payer, receiver, purpose, amount) in now.world.accounts.payments() {
        let key = (payer.to_owned(), receiver.to_owned(), purpose.to_owned());
        *payments.entry(key).or_insert(Fen::ZERO) += amount;
    }
}

/// Value added of a node, fen (identity I6).
fn value_added(state: &NodeState) -> i64 {
    (0..SECTORS).map(|s| state.wage_bill[s] + state.land_rent[s] + state.surplus[s] + state.vat[s]).sum()
}

const YUAN: f64 = 0.01;

fn of_group(now: &Simulation, group: &Group, out: &mut Measured) {
    let world = &now.world;
    let nodes = || group.nodes.iter().copied();
    let sum = |f: &dyn Fn(usize) -> f64| nodes().map(f).sum::<f64>();
    let people = sum(&|j| world.residents(j) as f64);
    let earners = sum(&|j| world.nodes[j].earners as f64);
    let weighted = |f: &dyn Fn(usize) -> f64| sum(&|j| f(j) * world.residents(j) as f64) / people;
    let persons = world.persons_per_agent() as f64;
    let net = |j: usize| -> f64 {
        let moves = |m: &[[u64; SKILLS]]| m.get(j).map_or(0, |m| m.iter().sum::<u64>()) as f64;
        (moves(&now.tally.in_moves) - moves(&now.tally.out_moves)) * persons
    };
    let output = sum(&|j| value_added(&world.nodes[j]) as f64) * YUAN;
    let income = sum(&|j| world.nodes[j].income as f64) * YUAN;
    let counties: Vec<usize> = (0..world.counties.len())
        .filter(|&c| group.nodes.contains(&world.geography.counties[c].seat))
        .collect();
    // A village has no government of its own.
    let fiscal = |f: &dyn Fn(usize) -> i64| {
        if counties.is_empty() { f64::NAN } else { counties.iter().map(|&c| f(c) as f64).sum::<f64>() * YUAN }
    };
    let values = [
        people,
        1000.0 * sum(&|j| world.residents_by_skill(j, 1) as f64) / people,
        sum(&net),
        output,
        output / earners,
        income,
        income / earners,
        sum(&|j| world.nodes[j].capital.iter().sum::<i64>() as f64) * YUAN,
        fiscal(&|c| world.counties[c].own_revenue),
        fiscal(&|c| world.counties[c].transfers),
        weighted(&|j| world.nodes[j].service_level),
        weighted(&|j| world.nodes[j].ecology),
    ];
    for (indicator, value) in OF_GROUPS.iter().zip(values) {
        out.add(world, indicator, group.scope, &group.id, value);
    }
}

fn of_area(now: &Simulation, out: &mut Measured) {
    let world = &now.world;
    let area = 0..world.geography.area_nodes();
    let urban = |j: usize| world.geography.nodes[j].tier != Tier::Village;
    let sum = |keep: &dyn Fn(usize) -> bool, f: &dyn Fn(usize) -> f64| {
        area.clone().filter(|&j| keep(j)).map(f).sum::<f64>()
    };
    let per_head = |keep: &dyn Fn(usize) -> bool| {
        sum(keep, &|j| world.nodes[j].income as f64) / sum(keep, &|j| world.nodes[j].earners as f64)
    };
    let people = |j: usize| world.residents(j) as f64;
    let all = sum(&|_| true, &people);
    let level = |j: usize| world.nodes[j].service_level;
    let mean = sum(&|_| true, &|j| people(j) * level(j)) / all;
    let variance = sum(&|_| true, &|j| people(j) * (level(j) - mean) * (level(j) - mean)) / all;
    let finance = |f: &dyn Fn(&crate::world::CountyFinance) -> i64| {
        world.counties.iter().map(|c| f(c) as f64).sum::<f64>()
    };
    let values = [
        per_head(&urban) / per_head(&|j| !urban(j)),
        sum(&urban, &people) / all,
        finance(&|c| c.own_revenue) / finance(&|c| c.spending),
        libm::sqrt(variance) / mean,
        world.accounts.hub.yuan(),
    ];
    for (indicator, value) in OF_AREA.iter().zip(values) {
        out.add(world, indicator, "area", "all", value);
    }
}

impl Measured {
    fn add(&mut self, world: &World, indicator: &Indicator, scope: &str, scope_id: &str, value: f64) {
        self.keys.push(Key {
            indicator: indicator.name.to_owned(),
            scope: scope.to_owned(),
            scope_id: scope_id.to_owned(),
            year: world.year,
        });
        self.values.push(value);
    }

    /// The value under a key; NaN if it is not there.
    pub fn get(&self, indicator: &str, scope: &str, scope_id: &str, year: i32) -> f64 {
        let found = self.keys.iter().position(|k| {
            k.indicator == indicator && k.scope == scope && k.scope_id == scope_id && k.year == year
        });
        found.map_or(f64::NAN, |i| self.values[i])
    }
}
