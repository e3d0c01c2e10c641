//! What is measured in every run of an experiment: a vector of numbers under fixed names, small enough to be
//! kept for hundreds of runs when the worlds are gone.
//!
//! Names and definitions are those of `indicators.csv`. Ratios are ratios of sums; income and output are
//! divided by the residents who earned them, before the year's moves.

use std::collections::{BTreeMap, BTreeSet};

use super::levers::LeverPaths;
use crate::Error;
use crate::economy::prices;
use crate::observe::inequality::Distribution;
use crate::observe::totals;
use crate::observe::welfare::{self, Frame, Gains};
use crate::output::csv::Cell;
use crate::quantity::Fen;
use crate::simulation::{Simulation, Timings};
use crate::world::accounts::CLASSES;
use crate::world::node::SKILLS;
use crate::world::programmes::When;
use crate::world::{Account, Factor, Tier, World};

/// An indicator of an experiment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Indicator {
    /// Name in tables.
    pub name: &'static str,
    /// Unit in words.
    pub unit: &'static str,
    /// What it says, in one sentence.
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
    "output" "yuan" "Output at prices of the base year.";
    "real_income_per_head" "yuan" "Household income at base-year cost of living over the residents who earned it.";
    "output_per_head" "yuan" "Output at prices of the base year over residents before the year's moves.";
    "income" "yuan" "Household income of residents.";
    "income_per_head" "yuan" "Household income over the residents who earned it.";
    "home_income_per_head" "yuan" "Income per head of people registered here, wherever in the area they live.";
    "welfare_gain" "log points" "Change of expected utility since the base year in log points of income, mean over those registered here, and in the area over all, who lived in the area in the base year.";
    "capital" "yuan" "Value of projects at the end of the year.";
    "own_revenue" "yuan" "Own revenue of the counties whose seat is among these nodes.";
    "transfers" "yuan" "Transfers that these counties receive.";
    "service_level" "index" "Effective services, mean over residents.";
    "ecology" "index" "State of the environment, mean over residents.";
}

indicators! { OF_AREA;
    "income_ratio_residence" "ratio" "Income per head in cities and county seats over villages, by where people live.";
    "income_ratio_home" "ratio" "The same by where people are registered; people registered outside the area are left out.";
    "gini" "Gini" "Inequality of household income per head among residents: places, skills, local or newcomer, and human capital; a lower bound.";
    "theil" "Theil T" "The same inequality as Theil's T.";
    "theil_between_tiers" "Theil T" "Of it, between cities, county seats and villages.";
    "theil_within_tiers" "Theil T" "Of it, within cities, county seats and villages.";
    "theil_between_prefectures" "Theil T" "Of it, between prefectures: the regional gap.";
    "share_urban" "share" "Residents who live in cities and county seats.";
    "self_sufficiency" "ratio" "Counties' own revenue over their spending.";
    "cv_services" "ratio" "Coefficient of variation of the service level among residents.";
    "hub_balance" "yuan" "Balance of the rest of the world.";
}

// In the order of `Factor::ALL`.
indicators! { OF_FLOWS;
    "flow_labour" "persons" "Workers who move in the year from tier to tier, between nodes.";
    "flow_talent" "persons" "Talent who move in the year from tier to tier, between nodes.";
    "flow_capital" "yuan" "Money that founds projects, from the tier that saved it to that where they stand.";
    "flow_project_cash" "yuan" "Profit kept as cash of projects, from the owners' tier to the projects'.";
    "flow_relocation" "yuan" "Value and cash of projects that move from tier to tier.";
    "flow_ownership" "yuan" "Profit of projects, from the tier where they stand to the owners'.";
    "flow_fiscal" "yuan" "Public money from tier to tier.";
    "flow_consumption" "yuan" "Spending of residents of one tier in another.";
    "flow_remittance" "yuan" "Remittances from tier to tier.";
}

/// The indicator of a name.
pub fn indicator(name: &str) -> Option<&'static Indicator> {
    OF_GROUPS.iter().chain(OF_AREA).chain(OF_FLOWS).find(|i| i.name == name)
}

/// What a number is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Key {
    /// Name of an [`Indicator`].
    pub indicator: String,
    /// area, tier, tag, prefecture, node, or tiers for a flow from one to another.
    pub scope: String,
    /// Which one; `all` for the area, `village > city` for a flow.
    pub scope_id: String,
    /// Calendar year at whose end it was taken.
    pub year: i32,
}

impl Key {
    /// Its cells under [`columns::INDICATOR`], `SCOPE`, `SCOPE_ID` and `YEAR`.
    pub fn cells(&self) -> [Cell<'_>; 4] {
        [
            Cell::Text(&self.indicator),
            Cell::Text(&self.scope),
            Cell::Text(&self.scope_id),
            Cell::Year(self.year),
        ]
    }

    /// The unit of the number.
    pub fn unit(&self) -> &'static str {
        indicator(&self.indicator).map_or("", |i| i.unit)
    }
}

/// Columns that say which number a row is about, the same in all tables of experiments.
pub mod columns {
    use crate::output::table::Column;

    /// Name of the indicator.
    pub const INDICATOR: Column = Column::text("indicator", "What is measured.");
    /// Kind of place.
    pub const SCOPE: Column =
        Column::text("scope", "area, tier, tag, prefecture, node, or tiers for a flow from one to another.");
    /// Which place of the kind.
    pub const SCOPE_ID: Column =
        Column::text("scope_id", "Which one; all for the area, `village > city` for a flow.");
    /// Calendar year.
    pub const YEAR: Column = Column::year("year", "The year.");
    /// Unit of the values beside it.
    pub const UNIT: Column =
        Column::text("unit", "Unit of the row's values; money in yuan of the base year.");
}

/// Which years and places are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Every year for the area, tiers, tags and prefectures, and the last year also for nodes.
    Everything,
    /// Every year for all of them, nodes included.
    EveryPlace,
    /// The last year for the area, tiers and tags.
    Headline,
}

/// Payments of a run: payer, receiver, purpose, and the sum over its years.
pub type Payments = BTreeMap<(String, String, String), Fen>;

/// Programme money of a run: policy, payer, purpose; what was demanded and what was paid, over its years.
pub type Outlays = BTreeMap<(String, String, String), (Fen, Fen)>;

/// What is left of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measured {
    /// In the order of a run: by year, scope, place and indicator.
    pub keys: Vec<Key>,
    /// One value a key; NaN where the question has no answer.
    pub values: Vec<f64>,
    /// Who paid whom, over all years, fen.
    pub payments: Payments,
    /// What policies asked for and got, over all years, fen.
    pub outlays: Outlays,
    /// Levers that policies moved.
    pub levers: LeverPaths,
    /// Agents at the end.
    pub agents: u64,
    /// Where the time went.
    pub timings: Timings,
}

/// A named set of nodes.
pub struct Group {
    /// Kind of set: area, tier, tag, prefecture or node.
    pub scope: &'static str,
    /// Which one of the kind.
    pub id: String,
    /// What a reader calls it.
    pub name: String,
    /// Indexes of its nodes.
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
/// What the simulation returns; [`Error::Interrupted`] after a year if the user wished it.
pub fn measure(
    simulation: &mut Simulation,
    keep: Keep,
    interrupted: &dyn Fn() -> bool,
) -> crate::Result<Measured> {
    let mut measured = Measured::default();
    let groups = groups(&simulation.world);
    simulation.run(|now| {
        if interrupted() {
            return Err(Error::Interrupted { year: now.world.year });
        }
        year(now, &groups, keep, &mut measured);
        Ok(())
    })?;
    measured.agents = simulation.world.people.iter().count() as u64;
    measured.timings = simulation.timings;
    Ok(measured)
}

/// Adds what a year says to the numbers of its run; nothing of the base year.
pub fn year(now: &Simulation, groups: &[Group], keep: Keep, measured: &mut Measured) {
    if now.world.step == 0 {
        return;
    }
    pay(now, &mut measured.payments);
    spend(now, &mut measured.outlays);
    let at_end = now.world.step == now.scenario.run.years;
    if keep == Keep::Headline && !at_end {
        return;
    }
    let gains = welfare::gains(&now.law, &now.world, &now.rules(), &now.utilities);
    for group in groups {
        let wanted = match keep {
            Keep::Everything => at_end || group.scope != "node",
            Keep::EveryPlace => true,
            Keep::Headline => matches!(group.scope, "area" | "tier" | "tag"),
        };
        if wanted {
            of_group(now, group, &gains, measured);
        }
    }
    of_area(now, measured);
    if keep != Keep::Headline {
        of_flows(now, measured);
        measured.levers.year(now);
    }
}

fn pay(now: &Simulation, payments: &mut Payments) {
    for (payer, receiver, purpose, amount) in now.world.accounts.payments() {
        let key = (payer.to_owned(), receiver.to_owned(), purpose.to_owned());
        *payments.entry(key).or_insert(Fen::ZERO) += amount;
    }
}

/// Orders and contracts of policies, by who pays: city districts and other counties apart.
fn spend(now: &Simulation, outlays: &mut Outlays) {
    let programmes = &now.world.programmes;
    let mut add = |author: usize, payer: Account, purpose: &str, demanded: Fen, paid: Fen| {
        let policy = programmes.authors.get(author).cloned().unwrap_or_default();
        let payer = match payer {
            Account::County(c) if now.world.geography.counties[c].district => "city_districts",
            Account::County(_) => "counties",
            other => CLASSES[other.class()],
        };
        let sum = outlays.entry((policy, payer.to_owned(), purpose.to_owned())).or_default();
        sum.0 += demanded;
        sum.1 += paid;
    };
    for o in &programmes.orders {
        add(o.author, o.payer, o.purpose, o.demanded, o.paid);
    }
    for c in &programmes.contracts {
        let purpose = match c.when {
            When::Founding => "bonus for founding",
            When::Relocation => "bonus for relocation",
            When::StartUp => "bonus for start-ups",
        };
        add(c.author, c.payer, purpose, c.demanded, c.paid);
    }
}

const YUAN: f64 = 0.01;

fn of_group(now: &Simulation, group: &Group, gains: &Gains, out: &mut Measured) {
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
    let output = sum(&|j| totals::output(&world.nodes[j]) as f64) * YUAN;
    let income = sum(&|j| world.nodes[j].income as f64) * YUAN;
    let rules = now.rules();
    let real_income = sum(&|j| world.nodes[j].income as f64 / prices::index(world, &rules, j)) * YUAN;
    let counties: Vec<usize> = (0..world.counties.len())
        .filter(|&c| group.nodes.contains(&world.geography.counties[c].seat))
        .collect();
    // A village has no government of its own.
    let fiscal = |f: &dyn Fn(usize) -> i64| {
        if counties.is_empty() { f64::NAN } else { counties.iter().map(|&c| f(c) as f64).sum::<f64>() * YUAN }
    };
    // Homes outside the area belong to no group but all.
    let outside = if group.scope == "area" { world.geography.outside.clone() } else { 0..0 };
    let homes = nodes().chain(outside);
    let values = [
        people,
        1000.0 * sum(&|j| world.residents_by_skill(j, 1) as f64) / people,
        sum(&net),
        output,
        real_income / earners,
        output / earners,
        income,
        income / earners,
        sum(&|j| now.earnings.homes[j].total()) / sum(&|j| now.earnings.homes[j].people) * YUAN,
        gains.mean(world, Frame::Residents, homes, 0..SKILLS),
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
    // Those who used the services of the year, before the moves.
    let users = |j: usize| now.earnings.nodes[j].residents;
    let used = sum(&|_| true, &users);
    let mean = sum(&|_| true, &|j| users(j) * level(j)) / used;
    let variance = sum(&|_| true, &|j| users(j) * (level(j) - mean) * (level(j) - mean)) / used;
    let finance = |f: &dyn Fn(&crate::world::CountyFinance) -> i64| {
        world.counties.iter().map(|c| f(c) as f64).sum::<f64>()
    };
    let by_home = |keep: &dyn Fn(usize) -> bool| {
        sum(keep, &|j| now.earnings.homes[j].total()) / sum(keep, &|j| now.earnings.homes[j].people)
    };
    let persons = Distribution::of(&now.earnings, now.scenario.parameters.human_capital_gini);
    let nodes = &world.geography.nodes;
    let between_tiers = persons.theil(|j| nodes[j].tier as usize);
    let values = [
        per_head(&urban) / per_head(&|j| !urban(j)),
        by_home(&urban) / by_home(&|j| !urban(j)),
        persons.gini(),
        between_tiers.total,
        between_tiers.between,
        between_tiers.within,
        persons.theil(|j| nodes[j].prefecture).between,
        sum(&urban, &people) / all,
        finance(&|c| c.own_revenue) / finance(&|c| c.spending + c.social),
        libm::sqrt(variance) / mean,
        world.accounts.hub.yuan(),
    ];
    for (indicator, value) in OF_AREA.iter().zip(values) {
        out.add(world, indicator, "area", "all", value);
    }
}

/// Flows of the year between cities, county seats, villages and the outside.
fn of_flows(now: &Simulation, out: &mut Measured) {
    for (factor, indicator) in Factor::ALL.into_iter().zip(OF_FLOWS) {
        let unit = if factor.is_persons() { 1.0 } else { YUAN };
        for from in Tier::ALL {
            for to in Tier::ALL {
                let amount = now.flows.between_tiers(factor, from, to) as f64 * unit;
                let pair = format!("{} > {}", from.name(), to.name());
                out.add(&now.world, indicator, "tiers", &pair, amount);
            }
        }
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
