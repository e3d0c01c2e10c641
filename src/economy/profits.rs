//! Profit of projects after tax: what fills their cash, what reaches the pool of the fund that owns them, and what is
//! distributed.
//!
//! Projects are paid in pieces on all threads. A project's part of its cell's profit is a rounded running total less
//! what went before it, so a piece needs to know only what value stands before it; sums are whole fen, and are
//! booked in the order of (fund, place, sector).

use std::ops::AddAssign;

use super::income::pay_household;
use crate::kernel::chunks::{map_chunks, map_ranges, threads};
use crate::quantity::{Fen, SumsByKey, nearest, split};
use crate::rules::{Lever, Rules};
use crate::world::claims::{NATION, SEAT, VILLAGE};
use crate::world::givers::Way;
use crate::world::projects::PIECE;
use crate::world::sector::AGRICULTURE;
use crate::world::state::part;
use crate::world::{Account, Factor, Flows, Givers, NodeState, Project, SECTORS, Use, World};

/// What projects have in common that are booked together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Group {
    fund: u16,
    node: u16,
    sector: u8,
    enclave: u16,
    owner: u16,
}

impl Group {
    /// The group as a number, in the order of fund, place, sector, enclave and owner.
    #[inline]
    fn key(self) -> u128 {
        let Group { fund, node, sector, enclave, owner } = self;
        [node, u16::from(sector), enclave, owner]
            .iter()
            .fold(u128::from(fund), |key, &x| key << 16 | u128::from(x))
    }

    /// The group of a number.
    fn of(key: u128) -> Group {
        let part = |i: u32| (key >> (16 * i)) as u16;
        Group { fund: part(4), node: part(3), sector: part(2) as u8, enclave: part(1), owner: part(0) }
    }
}

/// What became of the profit of a group, fen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Parts {
    /// Losses out of project cash, and beyond it out of the fund's pool.
    loss_cash: i64,
    loss_pool: i64,
    /// Profit that is kept: what of it fills cash, and all of it.
    filled: i64,
    retained: i64,
    /// Cash beyond the target that is given back to the pool.
    released: i64,
    /// What is distributed: to the place, to the enclave's county, to owners.
    linked: i64,
    enclave: i64,
    owners: i64,
}

impl AddAssign for Parts {
    fn add_assign(&mut self, other: Parts) {
        self.loss_cash += other.loss_cash;
        self.loss_pool += other.loss_pool;
        self.filled += other.filled;
        self.retained += other.retained;
        self.released += other.released;
        self.linked += other.linked;
        self.enclave += other.enclave;
        self.owners += other.owners;
    }
}

/// The part of income that dividends of a sector are.
fn dividend_part(s: usize) -> usize {
    if s == AGRICULTURE { part::FARM_DIVIDENDS } else { part::DIVIDENDS }
}

/// A fifth of what the county's fund has lent to projects of a cell is paid back out of their profit.
fn pay_back(world: &mut World, j: usize, s: usize) -> i64 {
    let owed = world.nodes[j].refinanced[s];
    let profit = world.nodes[j].surplus[s] - world.nodes[j].profit_tax[s];
    let amount = Fen(owed).share(0.2).at_most(Fen(profit)).at_least(Fen::ZERO);
    let county = world.geography.nodes[j].county;
    world.accounts.pay(Account::Firm(j, s), Account::Fund(county), amount, Use::Repayment);
    world.nodes[j].refinanced[s] -= amount.0;
    amount.0
}

/// Profit after tax of every cell, less what is paid back of loans.
fn of_cells(world: &mut World) -> Vec<[i64; SECTORS]> {
    let area = world.geography.area_nodes();
    let mut profit: Vec<[i64; SECTORS]> =
        world.nodes[..area].iter().map(|n| std::array::from_fn(|s| n.surplus[s] - n.profit_tax[s])).collect();
    for j in 0..area {
        for s in 0..SECTORS {
            if world.nodes[j].refinanced[s] > 0 {
                profit[j][s] -= pay_back(world, j, s);
            }
        }
    }
    profit
}

/// A cell while its projects are paid, fen.
#[derive(Clone, Copy)]
struct Cell {
    profit: i64,
    /// Capital that works.
    capital: i64,
    /// Value of the projects before, and what is due up to them ([`Cell::UNKNOWN`] until it is asked for).
    seen: i64,
    opened: i64,
}

impl Cell {
    const UNKNOWN: i64 = i64::MIN;

    /// Profit due to the projects up to a running total of their value.
    fn due(&self) -> i64 {
        if self.seen == self.capital {
            self.profit
        } else {
            nearest(self.profit as f64 * (self.seen as f64 / self.capital as f64))
        }
    }

    /// What is due to the next project.
    fn next(&mut self, value: i64) -> Fen {
        let opened = if self.opened == Cell::UNKNOWN { self.due() } else { self.opened };
        self.seen += value;
        self.opened = self.due();
        Fen(self.opened - opened)
    }

    /// Passes over projects of this value, which somebody else pays.
    fn pass(&mut self, value: i64) {
        self.seen += value;
        self.opened = Cell::UNKNOWN;
    }
}

/// Cells before any project is paid.
fn cells(world: &World, profit: &[[i64; SECTORS]]) -> Vec<[Cell; SECTORS]> {
    let of_node = |(state, profit): (&NodeState, &[i64; SECTORS])| {
        std::array::from_fn(|s| Cell {
            profit: profit[s],
            capital: state.capital[s] - state.idle[s],
            seen: 0,
            opened: Cell::UNKNOWN,
        })
    };
    world.nodes.iter().zip(profit).map(of_node).collect()
}

/// Shards of groups, by fund: sums of one stay near the processor, and shards are added to on all threads.
const SHARDS: usize = 128;

/// Groups of one shard.
type Rows = Vec<(u128, Parts)>;

/// Groups whose last row is remembered while a piece is paid: some thousands occur in it, and neighbours share them.
const REMEMBERED: usize = 1 << 14;

/// What the projects of a piece receive, cash included, given their cells with the value before them; by shard, given
/// that of each fund. A group may have several rows.
fn pay_piece(
    world: &World,
    rules: &Rules,
    shard: &[usize],
    cells: &mut [[Cell; SECTORS]],
    piece: &mut [Project],
) -> Vec<Rows> {
    let mut paid: Vec<Rows> = vec![Rows::new(); SHARDS];
    let mut last = vec![0_u32; REMEMBERED];
    for project in piece.iter_mut() {
        let (j, s) = (usize::from(project.node), usize::from(project.sector));
        let cell = &mut cells[j][s];
        if cell.capital <= 0 || project.waiting > 0 {
            continue;
        }
        let share = cell.next(project.value);
        let parts = pay(world, rules, project, share);
        let &mut Project { fund, node, sector, enclave, owner, .. } = project;
        let key = Group { fund, node, sector, enclave, owner }.key();
        let fund = usize::from(fund);
        let rows = &mut paid[shard[fund]];
        // Projects stand by cell at first and by fund later: one factor keeps either kind of neighbours apart.
        let last = &mut last[(j * SECTORS + s + fund * 2531) % REMEMBERED];
        match rows.get_mut(*last as usize) {
            Some((of, sum)) if *of == key => *sum += parts,
            _ => {
                *last = rows.len() as u32;
                rows.push((key, parts));
            }
        }
    }
    paid
}

/// What becomes of a project's profit. A loss comes out of its cash, then out of the pool. Of a gain a share `retained_profit_share` (of a
/// start-up, a family's own firm, only what its cash lacks) fills its cash to the target, then goes to the pool; of the rest `profit_link` goes to households of the place, a
/// part of an enclave's to its county, and the remainder to the owners.
fn pay(world: &World, rules: &Rules, project: &mut Project, share: Fen) -> Parts {
    if share < Fen::ZERO {
        let loss = (-share).at_most(Fen(project.cash));
        project.cash -= loss.0;
        return Parts { loss_cash: loss.0, loss_pool: (-share - loss).0, ..Parts::default() };
    }
    let j = usize::from(project.node);
    let target = Fen(project.value).share(rules.p.cash_target);
    let mut retained = share.share(rules.p.retained_profit_share);
    if project.founder().is_some() {
        // A family lives on what its firm earns: it keeps what the firm lacks in cash, no more.
        retained = (target - Fen(project.cash)).at_least(Fen::ZERO).at_most(retained);
    }
    let filled = (target - Fen(project.cash)).at_most(retained);
    project.cash += filled.0;
    let (filled, released) = (filled.at_least(Fen::ZERO), (-filled).at_least(Fen::ZERO));
    let mut rest = share - retained;
    let mut enclave = Fen::ZERO;
    if project.enclave != Project::NO_ENCLAVE {
        let county = |j: usize| world.geography.nodes[j].county;
        if let Some(link) = rules.levers.link(county(usize::from(project.enclave)), county(j)) {
            enclave = rest.share(link.dividend_share);
            rest -= enclave;
        }
    }
    let linked = rest.share(rules.levers.node(Lever::ProfitLink, j));
    Parts {
        filled: filled.0,
        retained: retained.0,
        released: released.0,
        linked: linked.0,
        enclave: enclave.0,
        owners: (rest - linked).0,
        ..Parts::default()
    }
}

/// Pays the profit of all projects. Returns what each pool went without for the cash of its projects.
pub(super) fn by_project(world: &mut World, rules: &Rules, flows: &mut Flows) -> Vec<Fen> {
    let profit = of_cells(world);
    let mut list = std::mem::take(&mut world.projects.list);
    let groups = pay_all(world, rules, &profit, &mut list, PIECE);
    world.projects.list = list;
    let mut booked = Booked::new(world);
    let mut left = profit;
    for (key, parts) in groups.into_iter().flatten() {
        let group = Group::of(key);
        let (j, s) = (usize::from(group.node), usize::from(group.sector));
        left[j][s] -= parts.retained + parts.linked + parts.enclave + parts.owners;
        left[j][s] += parts.loss_cash + parts.loss_pool;
        booked.group(world, flows, group, parts);
    }
    of_places(world, rules, &left);
    booked.close(world, flows)
}

/// Pieces that are paid at a time.
const ROUND: usize = 16;

/// Parts of all groups in the order of their keys, paid in pieces.
fn pay_all(
    world: &World,
    rules: &Rules,
    profit: &[[i64; SECTORS]],
    list: &mut [Project],
    piece: usize,
) -> Vec<Rows> {
    let mut cells = cells(world, profit);
    let funds = world.geography.counties.len() + 1;
    let shard: Vec<usize> = (0..funds).map(|fund| fund * SHARDS / funds).collect();
    let mut shards: Vec<SumsByKey<Parts>> = (0..SHARDS).map(|_| SumsByKey::new()).collect();
    // Some pieces at a time: each has cells with what was seen before it, and rows of its own. The last of them hands on its
    // cells, so one thread, which takes piece by piece, counts nothing beforehand.
    let at_once = if threads() == 1 { 1 } else { ROUND };
    for round in list.chunks_mut(at_once * piece) {
        let values = map_ranges((round.len() - 1) / piece * piece, piece, |_, range| {
            let mut sums = vec![[0; SECTORS]; profit.len()];
            for project in round[range].iter().filter(|p| p.waiting == 0) {
                sums[usize::from(project.node)][usize::from(project.sector)] += project.value;
            }
            sums
        });
        let mut before = Vec::with_capacity(values.len() + 1);
        for values in values {
            before.push(cells.clone());
            let cells = cells.as_flattened_mut().iter_mut();
            cells.zip(values.as_flattened()).for_each(|(cell, &value)| cell.pass(value));
        }
        before.push(cells);
        let mut pieces: Vec<_> = before.into_iter().zip(round.chunks_mut(piece)).collect();
        let paid = map_chunks(&mut pieces, |_, (cells, piece)| pay_piece(world, rules, &shard, cells, piece));
        cells = pieces.pop().map(|(cells, _)| cells).unwrap_or_default();
        map_chunks(&mut shards, |i, sums| {
            paid.iter().flat_map(|paid| &paid[i]).for_each(|&(key, parts)| sums.add(key, parts));
        });
    }
    map_chunks(&mut shards, |_, sums| std::mem::take(sums).sorted())
}

/// What the books of a year collect before it can be shared out.
struct Booked {
    filled: Vec<Fen>,
    dividends: Vec<i64>,
    /// (fund, place, amount) of profit that funds earned, and of cash that they filled.
    earned: Vec<(usize, usize, i64)>,
    cash: Vec<(usize, usize, i64)>,
}

impl Booked {
    fn new(world: &World) -> Booked {
        let funds = world.geography.counties.len() + 1;
        Booked {
            filled: vec![Fen::ZERO; funds],
            dividends: vec![0; funds],
            earned: Vec::new(),
            cash: Vec::new(),
        }
    }

    fn group(&mut self, world: &mut World, flows: &mut Flows, group: Group, parts: Parts) {
        let (j, s, fund) = (usize::from(group.node), usize::from(group.sector), usize::from(group.fund));
        let counties = world.geography.counties.len();
        let (firm, cash) = (Account::Firm(j, s), Account::ProjectCash(j, s));
        let pool = Account::pool(fund, counties);
        let accounts = &mut world.accounts;
        accounts.pay(cash, firm, Fen(parts.loss_cash), Use::Losses);
        accounts.pay(pool, firm, Fen(parts.loss_pool), Use::Losses);
        accounts.pay(firm, cash, Fen(parts.filled), Use::ProjectCash);
        accounts.pay(cash, pool, Fen(parts.released), Use::ProjectCash);
        accounts.pay(firm, pool, Fen(parts.retained - parts.filled), Use::RetainedProfit);
        let filled = parts.filled - parts.released;
        self.filled[fund] += Fen(filled);
        world.nodes[j].invested += filled - parts.loss_cash;
        pay_household(world, firm, j, Fen(parts.linked), dividend_part(s), Use::Dividends);
        if group.enclave != Project::NO_ENCLAVE {
            let home = usize::from(group.enclave);
            pay_household(world, firm, home, Fen(parts.enclave), dividend_part(s), Use::Dividends);
            flows.add_money(Factor::Ownership, j, home, parts.enclave);
        }
        let kept = parts.retained - parts.loss_cash;
        if group.owner != Project::NOBODY {
            // A start-up is its founder's, and what it retains is a deposit; what its cash cannot cover is the fund's loss.
            let owner = usize::from(group.owner);
            pay_household(world, firm, owner, Fen(parts.owners), dividend_part(s), Use::Dividends);
            world.givers.deposit(&world.geography, fund, owner, parts.retained - filled);
            world.givers.retain(fund, -parts.loss_pool, -parts.loss_pool);
            world.nodes[owner].saved += kept;
            flows.add_money(Factor::Ownership, j, owner, kept + parts.owners);
            flows.add_money(Factor::ProjectCash, owner, j, filled - parts.loss_cash);
            self.earned.push((fund, j, -parts.loss_pool));
            return;
        }
        world.givers.retain(fund, parts.retained - filled - parts.loss_pool, kept - parts.loss_pool);
        let mut earned = kept - parts.loss_pool;
        if s == AGRICULTURE {
            // Farmers work with what the fund only lends.
            pay_household(world, firm, j, Fen(parts.owners), part::FARM_DIVIDENDS, Use::Dividends);
        } else {
            world.accounts.pay(firm, pool, Fen(parts.owners), Use::Dividends);
            self.dividends[fund] += parts.owners;
            earned += parts.owners;
        }
        self.earned.push((fund, j, earned));
        self.cash.push((fund, j, filled - parts.loss_cash));
    }

    /// Funds hand on what was distributed to them, and the flows between holders and places are noted.
    fn close(self, world: &mut World, flows: &mut Flows) -> Vec<Fen> {
        let shares = world.claims.shares(&world.base.residents);
        shares.book(&world.geography, flows, (Factor::Ownership, Way::ToHolders), self.earned);
        shares.book(&world.geography, flows, (Factor::ProjectCash, Way::ToPlace), self.cash);
        let mut of_nation = 0;
        for (fund, &amount) in self.dividends.iter().enumerate() {
            let Some(county) = world.geography.counties.get(fund) else {
                of_nation += amount;
                continue;
            };
            let (seat, village) = (county.seat, county.village.unwrap_or(county.seat));
            let parts = world.claims.split_county(fund, amount);
            let pool = Account::Pool(fund);
            pay_household(world, pool, seat, Fen(parts[SEAT]), part::DIVIDENDS, Use::Dividends);
            pay_household(world, pool, village, Fen(parts[VILLAGE]), part::DIVIDENDS, Use::Dividends);
            world.accounts.pay(pool, Account::NationalPool, Fen(parts[NATION]), Use::Dividends);
            of_nation += parts[NATION];
        }
        let parts = world.claims.split_nation(&world.base.residents, of_nation);
        to_nodes(world, &parts);
        self.filled
    }
}

/// The national pool pays dividends to households of every node, outside the area through the hub.
fn to_nodes(world: &mut World, parts: &[i64]) {
    let area = world.geography.area_nodes();
    for (h, &part) in parts.iter().enumerate() {
        if h < area {
            pay_household(world, Account::NationalPool, h, Fen(part), part::DIVIDENDS, Use::Dividends);
        } else {
            world.accounts.pay(Account::NationalPool, Account::Hub, Fen(part), Use::Dividends);
        }
    }
}

/// Profit of cells without a working project belongs to the households of the place.
fn of_places(world: &mut World, rules: &Rules, left: &[[i64; SECTORS]]) {
    for (j, left) in left.iter().enumerate() {
        let county = world.geography.nodes[j].county;
        for (s, &left) in left.iter().enumerate() {
            let retained = Fen(left).share(rules.p.retained_profit_share);
            let firm = Account::Firm(j, s);
            world.accounts.pay(firm, Account::Pool(county), retained, Use::RetainedProfit);
            pay_household(world, firm, j, Fen(left) - retained, dividend_part(s), Use::Dividends);
            if retained < Fen::ZERO {
                world.givers.retain(county, retained.0, retained.0);
            } else {
                world.givers.deposit(&world.geography, county, j, retained.0);
                world.nodes[j].saved += retained.0;
            }
        }
    }
}

/// Profit while the base year is built, before there are projects: every fund earns the same return, so what funds
/// hold is in proportion to what was deposited with them, and so is what they earn. Without any deposit, or before
/// the first, profit belongs to the place. `world.base.fund_dividends` corrects for what farms do not distribute to
/// funds.
pub(super) fn by_deposits(world: &mut World, rules: &Rules, last: &Givers) -> Vec<Fen> {
    let counties = world.geography.counties.len();
    let profit = of_cells(world);
    let nothing = vec![Fen::ZERO; counties + 1];
    let deposits: Vec<Vec<i64>> = (0..counties)
        .filter(|_| !last.is_empty())
        .map(|c| last.county_deposits(c))
        .chain([last.national_deposits().to_vec()])
        .collect();
    let by_fund: Vec<f64> = deposits.iter().map(|d| d.iter().sum::<i64>().max(0) as f64).collect();
    if last.is_empty() || by_fund.iter().sum::<f64>() <= 0.0 {
        of_places(world, rules, &profit);
        return nothing;
    }
    let (mut retained, mut distributed) = (0, 0);
    for (j, cells) in profit.iter().enumerate() {
        for (s, &profit) in cells.iter().enumerate() {
            let firm = Account::Firm(j, s);
            let kept = Fen(profit).share(rules.p.retained_profit_share);
            let rest = Fen(profit) - kept;
            let linked =
                if s == AGRICULTURE { rest } else { rest.share(rules.levers.node(Lever::ProfitLink, j)) };
            world.accounts.pay(firm, Account::NationalPool, kept, Use::RetainedProfit);
            pay_household(world, firm, j, linked, dividend_part(s), Use::Dividends);
            world.accounts.pay(firm, Account::NationalPool, rest - linked, Use::Dividends);
            retained += kept.0;
            distributed += (rest - linked).0;
        }
    }
    for (c, part) in split(retained, &by_fund).into_iter().enumerate() {
        world.givers.retain(c, part, part);
        if c < counties {
            world.accounts.pay(Account::NationalPool, Account::Pool(c), Fen(part), Use::RetainedProfit);
        }
    }
    let weights = if world.base.fund_dividends.is_empty() { &by_fund } else { &world.base.fund_dividends };
    let mut of_nodes = vec![0.0; world.geography.len()];
    for (fund, (deposits, &weight)) in deposits.iter().zip(weights).enumerate() {
        let all = by_fund[fund].max(1.0);
        match world.geography.counties.get(fund) {
            Some(county) => {
                of_nodes[county.seat] += weight * deposits[SEAT] as f64 / all;
                of_nodes[county.village.unwrap_or(county.seat)] += weight * deposits[VILLAGE] as f64 / all;
            }
            None => of_nodes.iter_mut().zip(deposits).for_each(|(w, &d)| *w += weight * d as f64 / all),
        }
    }
    to_nodes(world, &split(distributed, &of_nodes));
    nothing
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Model, Parameters};
    use crate::kernel::chunks::with_threads;
    use crate::rules::{Accessibility, Levers};
    use crate::world::{Geography, Tier, fixtures};

    /// Two places with projects of many sizes and owners in all sectors, some of them at a loss.
    fn world() -> World {
        let node = |i: usize| fixtures::node(&format!("n{i}"), Tier::CountySeat, i);
        let geography = Geography {
            nodes: vec![node(0), node(1)],
            counties: vec![fixtures::county("", 0), fixtures::county("", 1)],
            prefectures: vec![fixtures::prefecture("", 0..2, 0..2)],
            outside: 2..2,
            ..Geography::default()
        };
        let mut world = World { geography, nodes: vec![NodeState::default(); 2], ..World::default() };
        for i in 0..1000_i64 {
            let (node, sector) = ((i % 2) as usize, (i / 2 % SECTORS as i64) as usize);
            world.nodes[node].capital[sector] += 1000 + i * 37 % 911;
            world.projects.found(Project {
                node: node as u16,
                fund: (i % 3) as u16,
                owner: if i % 11 == 0 { node as u16 } else { Project::NOBODY },
                sector: sector as u8,
                chain: 0,
                age: 1,
                waiting: 0,
                enclave: Project::NO_ENCLAVE,
                value: 1000 + i * 37 % 911,
                cash: i % 90,
                number: 0,
            });
        }
        world
    }

    #[test]
    fn profit_of_a_start_up_is_its_founders_and_that_of_a_fund_the_funds() {
        let mut world = world();
        world.accounts = crate::world::Accounts::new(2, 2, 1, 1);
        world.givers = Givers::new(&world.geography);
        let mut flows = Flows::new(&world.geography, crate::world::flows::Level::Node);
        // Earned at place 1 with the fund of its county; the founder is at home at place 0.
        let start_up = Group { fund: 0, node: 1, sector: 1, enclave: Project::NO_ENCLAVE, owner: 0 };
        let parts = Parts { retained: 300, filled: 100, owners: 700, ..Parts::default() };
        let mut booked = Booked::new(&world);
        booked.group(&mut world, &mut flows, start_up, parts);
        let (founder, place) = (&world.nodes[0], &world.nodes[1]);
        assert_eq!((founder.income_parts[part::DIVIDENDS], place.income_parts[part::DIVIDENDS]), (700, 0));
        assert_eq!(founder.saved, 300, "what it keeps is what the founder saves");
        assert_eq!(world.givers.county_deposits(0).iter().sum::<i64>(), 200, "less what filled its cash");
        assert_eq!(booked.dividends[0], 0, "the fund only holds the deposit");

        booked.group(&mut world, &mut flows, Group { owner: Project::NOBODY, ..start_up }, parts);
        assert_eq!(booked.dividends[0], 700);
        assert_eq!(world.nodes[0].income_parts[part::DIVIDENDS], 700, "nobody is a founder of it");
    }

    #[test]
    fn paying_in_pieces_is_paying_in_order() {
        let p = Parameters::default();
        let mut world = world();
        let levers = Levers::neutral(&p, &world.geography);
        let model = Model::default();
        let accessibility = Accessibility::new(&world.geography, &p, false);
        let rules = Rules { p: &p, levers: &levers, model: &model, accessibility: &accessibility };
        let profit: Vec<[i64; SECTORS]> = (0..2)
            .map(|j| std::array::from_fn(|s| if s == 1 { -7_777 } else { 12_345 + j + s as i64 }))
            .collect();
        let list = std::mem::take(&mut world.projects.list);
        let pay = |piece: usize, threads: usize| {
            let mut list = list.clone();
            let pay = || pay_all(&world, &rules, &profit, &mut list, piece);
            let paid = with_threads(threads, pay).expect("threads");
            (paid.concat(), list)
        };
        let (whole, projects) = pay(list.len(), 1);
        for (piece, threads) in [(1, 1), (7, 1), (7, 2), (50, 2), (333, 2)] {
            let (paid, list) = pay(piece, threads);
            assert!(paid == whole && list == projects, "pieces of {piece} on {threads} threads");
        }
        // Every cell's profit is paid out to the fen.
        for j in 0..2 {
            for s in 0..SECTORS {
                let here = whole.iter().filter(|(key, _)| {
                    let group = Group::of(*key);
                    usize::from(group.node) == j && usize::from(group.sector) == s
                });
                let sum: i64 = here
                    .map(|(_, x)| x.retained + x.linked + x.enclave + x.owners - x.loss_cash - x.loss_pool)
                    .sum();
                assert_eq!(sum, profit[j][s]);
            }
        }
        assert_ne!(projects, list, "cash was filled and lost");
    }
}
