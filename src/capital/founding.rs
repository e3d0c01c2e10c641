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
use crate::kernel::draw::{Draws, Purpose, pair};
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
    let chains = ChainDraws::new(seed, rules.p.chain_home, world.geography.counties.len());
    let delays = Draws::new(seed, Purpose::EntryDelay, world.step);
    // Numbers, chains and delays of projects that a fund chose side by side, of which the first is its n-th.
    let plan = |fund: usize, n: usize, side: &[Choice], plans: &mut Vec<(usize, Plan)>| {
        let numbers: [u64; SIDE] = std::array::from_fn(|i| Projects::number(world.step, fund, n + i));
        let (mut chain_words, mut delay_words) = ([[0; SIDE]; 4], [[0; SIDE]; 4]);
        chains.blocks(&numbers[..side.len()], &mut chain_words);
        delays.blocks(&numbers[..side.len()], &mut delay_words);
        for (i, &(value, cash, cell)) in side.iter().enumerate() {
            let (j, s) = (cell / SECTORS, cell % SECTORS);
            let chain = match rules.model.capital {
                Capital::Projects => {
                    let block = chain_words.map(|words| words[i]);
                    chains.of_block(world.geography.nodes[j].county, s, block)
                }
                Capital::Deterministic => 0,
            };
            let (u, _) = pair(delay_words.map(|words| words[i]));
            let waiting = waiting(rules.levers.node(Lever::EntryDelay, j), u);
            plans.push((cell, Plan { chain, value, cash, number: numbers[i], waiting }));
        }
    };
    let sizes = ProjectSizes::new(rules.p, least_project(world, rules));
    let plans = map_ranges(funds, 1, |fund, _| {
        let choices = match rules.model.capital {
            Capital::Projects => choose(world, rules, at, &sizes, seed, fund),
            Capital::Deterministic => in_proportion(world, rules, at, fund),
        };
        let mut plans = Vec::with_capacity(choices.len());
        choices.chunks(SIDE).enumerate().for_each(|(k, side)| plan(fund, k * SIDE, side, &mut plans));
        plans
    });
    // A contract pays by what its payer has, and counties are paid for land: then every project is booked alone.
    let alone = world.programmes.contracts.iter().any(|contract| contract.when == When::Founding);
    let rows = book(world, rules, plans, alone);
    let shares = world.givers.shares(&world.claims, &world.base.residents);
    let rows = sums_by_key(rows);
    let rows = rows.into_iter().map(|(key, amount)| ((key >> 64) as usize, key as u64 as usize, amount));
    shares.book(&world.geography, flows, (Factor::Capital, Way::ToPlace), rows);
}

/// Founds what funds planned, and books it: what a fund pays in a cell in one sum, or project by project. Returns what each
/// paid at each place, by fund and place.
fn book(world: &mut World, rules: &Rules, plans: Vec<Vec<(usize, Plan)>>, alone: bool) -> Vec<(u128, i64)> {
    let mut buckets = Buckets::of(world, rules);
    let mut bills = vec![Bill::default(); world.geography.area_nodes() * SECTORS];
    let mut rows = Vec::new();
    for (fund, plans) in plans.into_iter().enumerate() {
        let mut cells = Vec::new();
        for (cell, plan) in plans {
            let bill = &mut bills[cell];
            if bill.projects == 0 {
                cells.push(cell);
            }
            found(world, rules, &mut buckets, fund, cell, (plan, bill, alone));
        }
        for cell in cells {
            let bill = std::mem::take(&mut bills[cell]);
            rows.push(((fund as u128) << 64 | (cell / SECTORS) as u128, (bill.price + bill.cash).0));
            bill.pay(world, fund, cell);
        }
    }
    rows
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
        let (u, _) = pair(size_words.map(|words| words[i]));
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

/// What a fund pays for projects of a cell, fen, and what they are worth in the end.
#[derive(Clone, Copy, Default)]
struct Bill {
    projects: u32,
    /// What is paid without cash; of it land of the village and of the county.
    price: Fen,
    village: Fen,
    county: Fen,
    cash: Fen,
    /// What of all that has been paid.
    paid: [Fen; 4],
    worth: i64,
}

impl Bill {
    /// Pays what has not been paid.
    fn pay_up(&mut self, world: &mut World, fund: usize, cell: usize) {
        let (j, s) = (cell / SECTORS, cell % SECTORS);
        let payer = Account::pool(fund, world.geography.counties.len());
        let host = Account::County(world.geography.nodes[j].county);
        let all = [self.price, self.village, self.county, self.cash];
        let [price, village, county, cash] = std::array::from_fn(|i| all[i] - self.paid[i]);
        self.paid = all;
        world.accounts.pay(payer, Account::Collective(j), village, Use::LandSale);
        programmes::transfer(world, payer, host, county, Use::LandSale);
        world.accounts.pay(payer, Account::Hub, price - village - county, Use::Investment);
        world.accounts.pay(payer, Account::ProjectCash(j, s), cash, Use::ProjectCash);
    }

    /// Pays what has not been paid, and notes what was invested.
    fn pay(mut self, world: &mut World, fund: usize, cell: usize) {
        self.pay_up(world, fund, cell);
        let state = &mut world.nodes[cell / SECTORS];
        state.invested += (self.price + self.cash).0;
        state.capital_flows[cell % SECTORS].invested += self.worth;
    }
}

/// Founds a project of a fund. What is paid for it is added to the bill of its cell, and paid at once if it is booked alone.
fn found(
    world: &mut World,
    rules: &Rules,
    buckets: &mut Buckets,
    fund: usize,
    cell: usize,
    (plan, bill, alone): (Plan, &mut Bill, bool),
) {
    let Plan { chain, value, cash, number, waiting } = plan;
    let (j, s) = (cell / SECTORS, cell % SECTORS);
    bill.projects += 1;
    if value == 0 && cash == 0 {
        return;
    }
    let lost = nearest(value as f64 * rules.levers.cell(Lever::EntryCost, j, s));
    let land = |lever| {
        if SECTOR_TABLE[s].site { Fen(value).share(rules.levers.node(lever, j)) } else { Fen::ZERO }
    };
    let (village, county) = (land(Lever::LandPriceVillage), land(Lever::LandPriceCounty));
    bill.price += Fen(value);
    bill.village += village;
    bill.county += county;
    bill.cash += Fen(cash);
    let mut value = (value - lost - (village + county).0).max(0);
    if alone {
        bill.pay_up(world, fund, cell);
        value += programmes::claim(world, rules, When::Founding, (j, s), plan.value, Account::Hub).0;
    }
    let enclave = enclave(world, rules, fund, j, s, value);
    bill.worth += value;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Model, Parameters};
    use crate::rules::{Accessibility, Levers};
    use crate::world::{Accounts, CountyFinance, Geography, NodeState, Tier, fixtures};

    #[test]
    fn projects_paid_in_one_sum_are_those_paid_one_by_one() {
        let node = |i: usize| fixtures::node(&format!("n{i}"), Tier::CountySeat, i);
        let geography = Geography {
            nodes: vec![node(0), node(1)],
            counties: vec![fixtures::county("", 0), fixtures::county("", 1)],
            prefectures: vec![fixtures::prefecture("", 0..2, 0..2)],
            outside: 2..2,
            ..Geography::default()
        };
        let p = Parameters::default();
        let mut levers = Levers::neutral(&p, &geography);
        for j in 0..2 {
            levers.set(Lever::LandPriceVillage, j, 0.07);
            levers.set(Lever::LandPriceCounty, j, 0.031);
            (0..SECTORS).for_each(|s| levers.set(Lever::EntryCost, j * SECTORS + s, 0.05));
        }
        let model = Model::default();
        let accessibility = Accessibility::new(&geography, &p, false);
        let rules = Rules { p: &p, levers: &levers, model: &model, accessibility: &accessibility };
        let [one, other] = [true, false].map(|alone| {
            let mut world = World {
                geography: geography.clone(),
                nodes: vec![NodeState::default(); 2],
                counties: vec![CountyFinance::default(); 2],
                accounts: Accounts::new(2, 2, 1, 0),
                ..World::default()
            };
            let plan = |i: i64| Plan {
                chain: 0,
                value: 1000 + i * 37 % 911,
                cash: i % 90,
                number: i as u64 + 1,
                waiting: (i % 2) as u8,
            };
            let of_fund = |fund: i64| (0..500).map(move |i| ((i * i % 10) as usize, plan(7 * i + fund)));
            let plans = (0..3).map(|fund| of_fund(fund).collect()).collect();
            let rows = sums_by_key(book(&mut world, &rules, plans, alone));
            assert_eq!(world.projects.list.len(), 1500);
            assert!(world.accounts.collective[1] > Fen::ZERO && world.counties[0].programmes > 0);
            (rows, world.projects, world.accounts, world.nodes, world.counties)
        });
        assert!(one.0 == other.0 && one.1 == other.1 && one.2 == other.2);
        let booked = |nodes: &[NodeState]| -> Vec<_> {
            nodes.iter().map(|n| (n.invested, n.capital_flows.map(|flows| flows.invested))).collect()
        };
        assert_eq!(booked(&one.3), booked(&other.3));
        assert!(one.4.iter().zip(&other.4).all(|(a, b)| a.programmes == b.programmes));
    }
}
