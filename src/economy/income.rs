//! Phase 5, distribute: wages, land, dividends, rents, remittances and deposits become next year's
//! wallets and this year's investment pools.

use super::production::commuter_wage;
use super::{Rules, programmes};
use crate::policy::Lever;
use crate::quantity::{Fen, split, split_into};
use crate::world::node::AGRICULTURE;
use crate::world::people::{EFFICIENCY_ONE, activity};
use crate::world::{Account, Factor, Flows, Project, SECTORS, Use, World};

const WAGES: usize = 0;
const LAND: usize = 1;
const DIVIDENDS: usize = 2;
const RENTS: usize = 3;
const REMITTANCES: usize = 4;
const OUTSIDE: usize = 5;
const TRANSFERS: usize = 6;

/// All incomes of the year are paid out; households save, the rest is next year's wallet.
pub fn distribute(world: &mut World, rules: &Rules, flows: &mut Flows) {
    let transfers = programmes::to_households(world);
    for (j, transfers) in transfers.into_iter().enumerate().take(world.geography.area_nodes()) {
        world.nodes[j].income_parts = [0; 7];
        world.nodes[j].income_parts[TRANSFERS] = transfers;
        world.nodes[j].remittances_sent = 0;
        world.nodes[j].earners = world.residents(j);
    }
    wages(world, rules);
    land(world, rules);
    collectives(world);
    profits(world, rules);
    rents(world);
    remittances(world, rules, flows);
    outside_income(world);
    save(world, rules);
}

fn pay_household(world: &mut World, from: Account, j: usize, amount: Fen, part: usize, purpose: Use) {
    world.accounts.pay(from, Account::Wallet(j), amount, purpose);
    world.nodes[j].income_parts[part] += amount.0;
}

/// Wages after tax to residents; commuters carry theirs home to the village, less the cost of commuting.
fn wages(world: &mut World, rules: &Rules) {
    for j in 0..world.geography.area_nodes() {
        let county = &world.geography.counties[world.geography.nodes[j].county];
        let (seat, village) = (county.seat, county.village);
        for s in 0..SECTORS {
            let state = &world.nodes[j];
            let bill = Fen(state.wage_bill[s]);
            let net = bill - bill.share(rules.p.t_w);
            let firm = Account::Firm(j, s);
            let earned = |labour: &[f64; 2]| -> f64 {
                (0..2).map(|k| labour[k] * state.job_probability[s][k] * state.wage[s][k]).sum()
            };
            let all = earned(&state.labour[s]);
            if all <= 0.0 {
                pay_household(world, firm, seat, net, WAGES, Use::Wages);
                continue;
            }
            let commuters = net.share(earned(&state.labour_commuting[s]) / all);
            pay_household(world, firm, j, net - commuters, WAGES, Use::Wages);
            let cost = commuters.share(rules.p.commuting_cost);
            world.accounts.pay(firm, Account::Hub, cost, Use::CommutingCost);
            pay_household(world, firm, village.unwrap_or(j), commuters - cost, WAGES, Use::Wages);
        }
    }
}

/// Land income of home h: `T_h = rent_h/(people in own county + lambda_land x people away)`; those away
/// receive `lambda_land T_h` where they live, outside the area through the hub.
fn land(world: &mut World, rules: &Rules) {
    let (mut weights, mut parts) = (Vec::new(), Vec::new());
    for h in 0..world.geography.area_nodes() {
        let rent = Fen(world.nodes[h].land_rent.iter().sum());
        let county = world.geography.nodes[h].county;
        let kept = rules.levers.node(Lever::LandRetention, h);
        weights.clear();
        weights.extend(world.census.homes[h].iter().map(|d| {
            let place = usize::from(d.place);
            let own = !world.geography.is_outside(place) && world.geography.nodes[place].county == county;
            d.total() as f64 * if own { 1.0 } else { kept }
        }));
        let heads: f64 = weights.iter().sum::<f64>() * world.persons_per_agent() as f64;
        world.nodes[h].land_entitlement = if heads > 0.0 { rent.fen() / heads } else { 0.0 };
        if rent == Fen::ZERO {
            continue;
        }
        let firm = Account::Firm(h, AGRICULTURE);
        if heads <= 0.0 {
            pay_household(world, firm, h, rent, LAND, Use::LandRent);
            continue;
        }
        parts.resize(weights.len(), 0);
        split_into(rent.0, &weights, &mut parts);
        for (i, &part) in parts.iter().enumerate() {
            let place = usize::from(world.census.homes[h][i].place);
            if world.geography.is_outside(place) {
                world.accounts.pay(firm, Account::Hub, Fen(part), Use::LandRent);
            } else {
                pay_household(world, firm, place, Fen(part), LAND, Use::LandRent);
            }
        }
    }
}

/// What a village sold of its land last year is income of its households.
fn collectives(world: &mut World) {
    for j in 0..world.geography.area_nodes() {
        let sold = world.accounts.collective[j];
        pay_household(world, Account::Collective(j), j, sold, LAND, Use::LandSale);
    }
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

/// Profit after tax by project: a share `ret` fills the project's cash to its target and goes to the pool of
/// the owner's county, the rest to households of the owner (`s_link` of it where the project stands).
/// Losses come out of project cash.
fn profits(world: &mut World, rules: &Rules) {
    let nodes = world.geography.area_nodes();
    // Exact shares of a cell's profit: project i gets the rounded running total less what went before.
    let mut seen = vec![[0i64; SECTORS]; nodes];
    let mut paid = vec![[0i64; SECTORS]; nodes];
    let mut profit: Vec<[i64; SECTORS]> =
        world.nodes.iter().map(|n| std::array::from_fn(|s| n.surplus[s] - n.profit_tax[s])).collect();
    for j in 0..nodes {
        for s in 0..SECTORS {
            if world.nodes[j].refinanced[s] > 0 {
                profit[j][s] -= pay_back(world, j, s);
            }
        }
    }
    let mut list = std::mem::take(&mut world.projects.list);
    for project in &mut list {
        let (j, s, owner) =
            (usize::from(project.node), usize::from(project.sector), usize::from(project.owner));
        let capital = world.nodes[j].capital[s] - world.nodes[j].idle[s];
        if capital <= 0 || project.waiting > 0 {
            continue;
        }
        seen[j][s] += project.value;
        let due = libm::rint(profit[j][s] as f64 * (seen[j][s] as f64 / capital as f64)) as i64;
        let due = if seen[j][s] == capital { profit[j][s] } else { due };
        let share = Fen(due - paid[j][s]);
        paid[j][s] = due;
        let firm = Account::Firm(j, s);
        let cash = Account::ProjectCash(j, s);
        if share < Fen::ZERO {
            let loss = (-share).at_most(Fen(project.cash));
            project.cash -= loss.0;
            world.accounts.pay(cash, firm, loss, Use::Losses);
            // What the cash of this project cannot cover is the owner's loss.
            let owner_county = world.geography.nodes[owner].county;
            world.accounts.pay(Account::Pool(owner_county), firm, -share - loss, Use::Losses);
            continue;
        }
        let retained = share.share(rules.p.ret);
        let target = Fen(project.value).share(rules.p.cash_target);
        let fill = (target - Fen(project.cash)).at_most(retained);
        project.cash += fill.0;
        let pool = Account::Pool(world.geography.nodes[owner].county);
        if fill >= Fen::ZERO {
            world.accounts.pay(firm, cash, fill, Use::ProjectCash);
            world.accounts.pay(firm, pool, retained - fill, Use::RetainedProfit);
        } else {
            world.accounts.pay(cash, pool, -fill, Use::ProjectCash);
            world.accounts.pay(firm, pool, retained, Use::RetainedProfit);
        }
        let mut distributed = share - retained;
        if project.enclave != Project::NO_ENCLAVE {
            let home = usize::from(project.enclave);
            let counties = (world.geography.nodes[home].county, world.geography.nodes[j].county);
            if let Some(link) = rules.levers.link(counties.0, counties.1) {
                let part = distributed.share(link.dividend_share);
                pay_household(world, firm, home, part, DIVIDENDS, Use::Dividends);
                distributed = distributed - part;
            }
        }
        dividends(world, rules, j, s, owner, distributed);
    }
    world.projects.list = list;
    for (j, paid) in paid.iter().enumerate() {
        for s in 0..SECTORS {
            // A cell without capital: its profit belongs to the node itself.
            let rest = Fen(profit[j][s] - paid[s]);
            let retained = rest.share(rules.p.ret);
            let county = world.geography.nodes[j].county;
            world.accounts.pay(Account::Firm(j, s), Account::Pool(county), retained, Use::RetainedProfit);
            dividends(world, rules, j, s, j, rest - retained);
        }
    }
}

fn dividends(world: &mut World, rules: &Rules, j: usize, s: usize, owner: usize, amount: Fen) {
    let linked = amount.share(rules.levers.node(Lever::ProfitLink, j));
    pay_household(world, Account::Firm(j, s), j, linked, DIVIDENDS, Use::Dividends);
    pay_household(world, Account::Firm(j, s), owner, amount - linked, DIVIDENDS, Use::Dividends);
}

/// What is left of rents after the land account is income of households at the node.
fn rents(world: &mut World) {
    for j in 0..world.geography.area_nodes() {
        let rent = world.accounts.landlord[j];
        pay_household(world, Account::Landlord(j), j, rent, RENTS, Use::RentIncome);
    }
}

/// Net wage of one agent away from the home county at a place, by skill, fen (the mean over those away).
pub fn wage_of_newcomer(world: &World, rules: &Rules, j: usize) -> [f64; 2] {
    let count = &world.census.places[j];
    let state = &world.nodes[j];
    let seat = world.geography.seat_of(j);
    std::array::from_fn(|k| {
        if count.newcomers[k] == 0 {
            return 0.0;
        }
        let mut earned = 0.0;
        for s in 0..SECTORS {
            earned += count.away_efficiency[k][activity::SECTOR + s] as f64
                * state.job_probability[s][k]
                * state.wage[s][k];
        }
        if count.away_efficiency[k][activity::COMMUTING] > 0 {
            earned +=
                count.away_efficiency[k][activity::COMMUTING] as f64 * commuter_wage(world, rules, seat, k);
        }
        earned * (1.0 - rules.p.t_w) * world.persons_per_agent() as f64
            / EFFICIENCY_ONE
            / count.newcomers[k] as f64
    })
}

/// Net wage of one agent of the area living outside, by skill, fen: the outside wage times the area's share
/// of people at work.
pub fn wage_outside(world: &World) -> [f64; 2] {
    let area = &world.census.places[..world.geography.area_nodes()];
    std::array::from_fn(|k| {
        let all: u64 = area.iter().map(|c| c.of_skill(k)).sum();
        let idle: u64 = area.iter().map(|c| c.people[k][activity::NONE]).sum();
        let working = if all > 0 { (all - idle) as f64 / all as f64 } else { 0.0 };
        world.outside_income[k] * working * world.persons_per_agent() as f64
    })
}

/// People away from their home county send `s_rem` of their net wage home; every origin at a place earns the
/// mean of the newcomers there.
fn remittances(world: &mut World, rules: &Rules, flows: &mut Flows) {
    let area = world.geography.area_nodes();
    let mut rate: Vec<[f64; 2]> =
        (0..area).map(|j| wage_of_newcomer(world, rules, j).map(|w| w * rules.p.s_rem)).collect();
    let outside = wage_outside(world).map(|w| w * rules.p.s_rem);
    rate.resize(world.geography.len(), outside);
    for h in 0..world.geography.len() {
        let home_outside = world.geography.is_outside(h);
        let county = if home_outside { usize::MAX } else { world.geography.nodes[h].county };
        for i in 0..world.census.homes[h].len() {
            let d = world.census.homes[h][i];
            let j = usize::from(d.place);
            let place_outside = world.geography.is_outside(j);
            if (home_outside && place_outside)
                || (!place_outside && world.geography.nodes[j].county == county)
            {
                continue;
            }
            let amount =
                Fen::round(f64::from(d.agents[0]) * rate[j][0] + f64::from(d.agents[1]) * rate[j][1]);
            let from = if place_outside { Account::Hub } else { Account::Wallet(j) };
            if home_outside {
                world.accounts.pay(from, Account::Hub, amount, Use::Remittances);
            } else {
                pay_household(world, from, h, amount, REMITTANCES, Use::Remittances);
            }
            if !place_outside {
                world.nodes[j].remittances_sent += amount.0;
            }
            flows.add(Factor::Remittance, j, h, amount.0);
        }
    }
}

/// The residual between published and modelled income per head, indexed to area output.
fn outside_income(world: &mut World) {
    let index = if world.base.output > 0.0 { world.output() / world.base.output } else { 1.0 };
    for j in 0..world.geography.area_nodes() {
        let amount = Fen::round(world.nodes[j].outside_income * world.residents(j) as f64 * index);
        pay_household(world, Account::Hub, j, amount, OUTSIDE, Use::OutsideIncome);
    }
}

/// Households save `s_H` of income: a share `house` buys building, the rest is deposited, and `ell_dep` of
/// deposits leaks to the national pool. What is left is next year's wallet.
fn save(world: &mut World, rules: &Rules) {
    for j in 0..world.geography.area_nodes() {
        let income = world.accounts.wallet[j];
        world.nodes[j].income = income.0;
        let saved = income.at_least(Fen::ZERO).share(rules.p.s_h);
        let c = world.geography.nodes[j].county;
        let leak = rules.levers.county(Lever::DepositLeakage, c);
        let parts = split(
            saved.0,
            &[rules.p.house, (1.0 - rules.p.house) * (1.0 - leak), (1.0 - rules.p.house) * leak],
        );
        world.accounts.pay(Account::Wallet(j), Account::Hub, Fen(parts[0]), Use::Building);
        world.accounts.pay(Account::Wallet(j), Account::Pool(c), Fen(parts[1]), Use::Deposits);
        world.accounts.pay(Account::Wallet(j), Account::NationalPool, Fen(parts[2]), Use::DepositLeakage);
    }
}
