//! Pools found projects where returns call. A share h_K of a county's pool chooses among cells of the own county
//! only.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::attraction::{Attraction, Inflow, Outlook};
use super::chains::ChainDraws;
use super::enclave::enclave;
use super::sizes::ProjectSizes;
use crate::config::Capital;
use crate::economy::programmes;
use crate::kernel::chunks::map_ranges;
use crate::kernel::draw::{Draws, Purpose, unit as uniform};
use crate::quantity::{Fen, nearest, split, sums_by_key};
use crate::rules::{Lever, Rules};
use crate::world::givers::Way;
use crate::world::programmes::When;
use crate::world::sector::SECTOR_TABLE;
use crate::world::{Account, Factor, Flows, Project, Projects, SECTORS, Use, World};

/// Least size of this year's projects, fen. It is that of the base year, unless pools have grown so far beyond
/// it that more projects would be founded in a year than the base year has in all: then sizes grow with them.
fn least_project(world: &World, rules: &Rules) -> f64 {
    let pools = world.accounts.pool.iter().chain([&world.accounts.national_pool]);
    let money: f64 = pools.map(|f| f.fen().max(0.0)).sum();
    let persons: f64 = (0..world.geography.area_nodes()).map(|j| world.residents(j) as f64).sum();
    let most = (persons / rules.p.persons_per_project).max(1.0);
    world.base.project_min.max(money / most / ProjectSizes::mean_ratio(rules.p))
}

/// Projects of a pool whose draws are made side by side.
const SIDE: usize = 64;

/// A project that a pool chose: value and cash, fen, and its cell.
type Choice = (i64, i64, usize);

/// What a pool is about to found in a cell.
struct Plan {
    chain: u8,
    value: i64,
    cash: i64,
    number: u64,
    waiting: u8,
}

/// Years that a project waits for its permits where procedures take `delay` years in the mean: whole years, and one more
/// for the part of projects that the fraction says.
pub(crate) fn waiting(delay: f64, uniform: f64) -> u8 {
    let whole = libm::floor(delay);
    whole as u8 + u8::from(uniform < delay - whole)
}

/// Pools found projects until what is left is less than the smallest. What a pool chooses depends on its own money,
/// on draws keyed by its county and on the weights of cells, which stand still in this phase: pools choose on all
/// threads, and what they chose is booked in the order of counties.
pub(super) fn spend_pools(world: &mut World, rules: &Rules, flows: &mut Flows, seed: u64, at: &Attraction) {
    let funds = world.geography.counties.len() + 1;
    let chains = ChainDraws::new(seed, rules.p.chain_home);
    let delays = Draws::new(seed, Purpose::EntryDelay, world.step);
    let plan = |fund: usize, n: usize, (value, cash, cell): Choice| {
        let (j, s) = (cell / SECTORS, cell % SECTORS);
        let number = Projects::number(world.step, fund, n);
        let chain = match rules.model.capital {
            Capital::Projects => chains.of_project(world.geography.nodes[j].county, s, number),
            Capital::Deterministic => 0,
        };
        let waiting = waiting(rules.levers.node(Lever::EntryDelay, j), delays.uniform(number));
        (cell, Plan { chain, value, cash, number, waiting })
    };
    let sizes = ProjectSizes::new(rules.p, least_project(world, rules));
    let plans = map_ranges(funds, 1, |fund, _| {
        let choices = match rules.model.capital {
            Capital::Projects => choose(world, rules, at, &sizes, seed, fund),
            Capital::Deterministic => in_proportion(world, rules, at, fund),
        };
        choices.into_iter().enumerate().map(|(n, choice)| plan(fund, n, choice)).collect::<Vec<_>>()
    });
    let mut buckets = Buckets::of(world, rules);
    let mut rows = Vec::new();
    for (fund, plans) in plans.into_iter().enumerate() {
        for (cell, plan) in plans {
            let (j, s) = (cell / SECTORS, cell % SECTORS);
            rows.push(((fund as u128) << 64 | j as u128, plan.value + plan.cash));
            found(world, rules, &mut buckets, fund, (j, s), plan);
        }
    }
    let shares = world.givers.shares(&world.claims, &world.base.residents);
    let rows = sums_by_key(rows);
    let rows = rows.into_iter().map(|(key, amount)| ((key >> 64) as usize, key as u64 as usize, amount));
    shares.book(&world.geography, flows, (Factor::Capital, Way::ToPlace), rows);
}

/// Projects of drawn sizes, each in a cell drawn by its weight.
fn choose(
    world: &World,
    rules: &Rules,
    at: &Attraction,
    sizes: &ProjectSizes,
    seed: u64,
    fund: usize,
) -> Vec<Choice> {
    let size_draws = Draws::new(seed, Purpose::ProjectSize, world.step);
    let place_draws = Draws::new(seed, Purpose::Investment, world.step);
    let counties = world.geography.counties.len();
    let view = (fund < counties).then(|| Outlook::new(world, rules, at, fund));
    let whole = 0..world.geography.area_nodes();
    let mut balance = world.accounts.balance(Account::pool(fund, counties));
    let mut plans = Vec::new();
    let (mut size_words, mut place_words) = ([[0; SIDE]; 4], [[0; SIDE]; 4]);
    for n in 0u64.. {
        let i = n as usize % SIDE;
        if i == 0 {
            let keys: [u64; SIDE] = std::array::from_fn(|i| (fund as u64) << 32 | (n + i as u64));
            size_draws.blocks(&keys, &mut size_words);
            place_draws.blocks(&keys, &mut place_words);
        }
        // The last project is as large as what is left: else a small pool would hold years of money for a large one.
        let left = balance.fen() / (1.0 + rules.p.cash_start);
        let u = uniform(u64::from(size_words[0][i]) | u64::from(size_words[1][i]) << 32);
        let value = sizes.draw(u).min(libm::floor(left) as i64);
        if value < sizes.least() {
            break;
        }
        let cash = libm::floor(value as f64 * rules.p.cash_start) as i64;
        let b = place_words.map(|words| words[i]);
        let unit = |w: u32| (f64::from(w) + 0.5) / 4_294_967_296.0;
        let cell = match &view {
            None => Attraction::pick(&at.before, &whole, unit(b[0])),
            Some(view) if unit(b[2]) < rules.p.home_pool_share && view.weights[0] > 0.0 => {
                Attraction::pick(&at.before, &view.county, unit(b[1]))
            }
            Some(view) => view.choose(at, unit(b[0]), unit(b[1])),
        };
        plans.push((value, cash, cell));
        balance -= Fen(value + cash);
    }
    plans
}

/// A pool divided over all cells by the law itself, whole fen; for few nodes.
fn in_proportion(world: &World, rules: &Rules, at: &Attraction, fund: usize) -> Vec<Choice> {
    let counties = world.geography.counties.len();
    let money = world.accounts.balance(Account::pool(fund, counties)).at_least(Fen::ZERO);
    let budget = libm::floor(money.fen() / (1.0 + rules.p.cash_start)) as i64;
    let mut pools = vec![0.0; counties];
    if let Some(pool) = pools.get_mut(fund) {
        *pool = 1.0;
    }
    let national = f64::from(u8::from(fund == counties));
    let inflow = Inflow::new(world, rules, at, &pools, national).of_cells(world, at);
    let weights: Vec<f64> = inflow.iter().flatten().copied().collect();
    if weights.iter().sum::<f64>() <= 0.0 {
        return Vec::new();
    }
    let parts = split(budget, &weights).into_iter().enumerate();
    parts
        .filter(|(_, value)| *value > 0)
        .map(|(cell, value)| (value, libm::floor(value as f64 * rules.p.cash_start) as i64, cell))
        .collect()
}

fn found(
    world: &mut World,
    rules: &Rules,
    buckets: &mut Buckets,
    fund: usize,
    (j, s): (usize, usize),
    Plan { chain, value, cash, number, waiting }: Plan,
) {
    let payer = Account::pool(fund, world.geography.counties.len());
    if value == 0 && cash == 0 {
        return;
    }
    let lost = nearest(value as f64 * rules.levers.cell(Lever::EntryCost, j, s));
    let land = |lever| {
        if SECTOR_TABLE[s].site { Fen(value).share(rules.levers.node(lever, j)) } else { Fen::ZERO }
    };
    let (village, county) = (land(Lever::LandPriceVillage), land(Lever::LandPriceCounty));
    let host = world.geography.nodes[j].county;
    world.accounts.pay(payer, Account::Collective(j), village, Use::LandSale);
    programmes::transfer(world, payer, Account::County(host), county, Use::LandSale);
    world.accounts.pay(payer, Account::Hub, Fen(value) - village - county, Use::Investment);
    world.accounts.pay(payer, Account::ProjectCash(j, s), Fen(cash), Use::ProjectCash);
    world.nodes[j].invested += value + cash;
    let subsidy = programmes::claim(world, rules, When::Founding, (j, s), value, Account::Hub);
    let value = (value - lost - (village + county).0).max(0) + subsidy.0;
    let enclave = enclave(world, rules, fund, j, s, value);
    world.nodes[j].capital_flows[s].invested += value;
    let project = Project {
        node: j as u16,
        fund: fund as u16,
        owner: Project::NOBODY,
        sector: s as u8,
        chain,
        age: 0,
        waiting,
        enclave,
        value,
        cash,
        number,
    };
    buckets.found(world, project);
}

/// Deterministic capital: a fund's stake in a cell, or a founder's, is one project that grows and shrinks.
pub(super) struct Buckets {
    /// Position of each in the list of projects; nothing with projects that are drawn.
    at: Option<BTreeMap<(u16, u8, u16, u16), usize>>,
}

impl Buckets {
    /// Those that stand.
    pub(super) fn of(world: &World, rules: &Rules) -> Buckets {
        let key = |(i, p): (usize, &Project)| ((p.node, p.sector, p.fund, p.owner), i);
        let deterministic = rules.model.capital == Capital::Deterministic;
        Buckets { at: deterministic.then(|| world.projects.list.iter().enumerate().map(key).collect()) }
    }

    /// Adds a project, or what it is worth to the one that stands.
    pub(super) fn found(&mut self, world: &mut World, project: Project) {
        let list = &mut world.projects.list;
        let key = (project.node, project.sector, project.fund, project.owner);
        match self.at.as_mut().map(|at| at.entry(key)) {
            Some(Entry::Occupied(entry)) => {
                let bucket = &mut list[*entry.get()];
                bucket.value += project.value;
                bucket.cash += project.cash;
            }
            Some(Entry::Vacant(entry)) => {
                entry.insert(list.len());
                world.projects.found(project);
            }
            None => world.projects.found(project),
        }
    }
}
