//! Phase 5, distribute: wages, land, dividends, rents, remittances and deposits become next year's
//! wallets and this year's investment pools.

use super::fiscal::profit_tax;
use super::pay::{commuter_take_home, self_employed, take_home};
use super::{pensions, profits, programmes, saving};
use crate::quantity::{Fen, split_into};
use crate::rules::Lever;
use crate::rules::Rules;
use crate::world::givers::Way;
use crate::world::people::{EFFICIENCY_ONE, PlaceCount, activity};
use crate::world::sector::AGRICULTURE;
use crate::world::state::{INCOME_PARTS, ResidentsPay, part};
use crate::world::{Account, Factor, Flows, Givers, SECTORS, SKILLS, Tier, Use, World};

/// All incomes of the year are paid out; households save, the rest is next year's wallet.
pub(crate) fn distribute(world: &mut World, rules: &Rules, flows: &mut Flows) {
    let opening = pools(world);
    // Outside nodes save too: what they hold of the national fund.
    world.nodes.iter_mut().for_each(|node| (node.saved, node.invested) = (0, 0));
    let last = std::mem::replace(&mut world.givers, Givers::new(&world.geography));
    let transfers = programmes::to_households(world);
    for (j, transfers) in transfers.into_iter().enumerate().take(world.geography.area_nodes()) {
        let state = &mut world.nodes[j];
        state.income_parts = [0; INCOME_PARTS.len()];
        state.income_parts[part::TRANSFERS] = transfers + state.public_transfers;
        state.pay = ResidentsPay::default();
        world.nodes[j].remittances_sent = 0;
        world.nodes[j].earners = world.residents(j);
    }
    pensions::pay(world, rules);
    wages(world, rules);
    land(world, rules);
    collectives(world);
    rents_of_places(world, rules);
    let filled = if world.claims.are_unknown() {
        profits::by_deposits(world, rules, &last)
    } else {
        profits::by_project(world, rules, flows)
    };
    rents(world);
    remittances(world, rules, flows);
    outside_income(world);
    saving::save(world, rules);
    let opening: Vec<Fen> =
        opening.into_iter().zip(filled).map(|(opening, filled)| opening - filled).collect();
    lend_outside(world, flows, &opening);
}

/// Balances of the county pools, then of the national one.
fn pools(world: &World) -> Vec<Fen> {
    let accounts = &world.accounts;
    accounts.pool.iter().chain([&accounts.national_pool]).copied().collect()
}

/// Every pool lends the rest of the world its share of what it gained since it had these balances. Cash that projects
/// keep or give back is no saving: `distribute` leaves it out of the balances.
pub(crate) fn lend_outside(world: &mut World, flows: &mut Flows, opening: &[Fen]) {
    let counties = world.geography.counties.len();
    let mut rows = Vec::new();
    let hub = world.geography.len();
    for (fund, (now, before)) in pools(world).into_iter().zip(opening).enumerate() {
        let lent = (now - *before).share(world.base.net_lending);
        world.accounts.pay(Account::pool(fund, counties), Account::Hub, lent, Use::NetLending);
        rows.push((fund, hub, lent.0));
    }
    if !world.claims.are_unknown() {
        // What is borrowed counts with what it pays for.
        let shares = world.givers.shares(&world.claims, &world.base.residents);
        let lent = rows.iter().copied().filter(|row| row.2 > 0);
        shares.book(&world.geography, flows, (Factor::Capital, Way::ToPlace), lent);
    }
    for (fund, _, lent) in rows {
        world.givers.lend(fund, lent);
    }
}

pub(super) fn pay_household(
    world: &mut World,
    from: Account,
    j: usize,
    amount: Fen,
    part: usize,
    purpose: Use,
) {
    world.accounts.pay(from, Account::Wallet(j), amount, purpose);
    world.nodes[j].income_parts[part] += amount.0;
}

/// Pay on its way to the people of a place, fen.
#[derive(Clone, Copy)]
struct Payroll {
    /// After tax and contributions.
    net: Fen,
    tax: Fen,
    /// Employees' part of contributions.
    contributions: Fen,
}

impl Payroll {
    fn part(self, share: f64) -> Payroll {
        Payroll {
            net: self.net.share(share),
            tax: self.tax.share(share),
            contributions: self.contributions.share(share),
        }
    }

    fn less(self, other: Payroll) -> Payroll {
        Payroll {
            net: self.net - other.net,
            tax: self.tax - other.tax,
            contributions: self.contributions - other.contributions,
        }
    }
}

/// Wages after tax and contributions to residents; commuters carry theirs home to the village, less the cost of
/// commuting.
fn wages(world: &mut World, rules: &Rules) {
    for j in 0..world.geography.area_nodes() {
        let county = &world.geography.counties[world.geography.nodes[j].county];
        let (seat, village) = (county.seat, county.village);
        for s in 0..SECTORS {
            let state = &world.nodes[j];
            let bill = Fen(state.wage_bill[s]);
            let (tax, levied) = (bill.share(rules.p.income_tax_rate), Fen(state.contributions[s]));
            let contributions = levied.share(rules.p.employees_part);
            let pay = Payroll { net: bill - tax - levied, tax, contributions };
            let firm = Account::Firm(j, s);
            let earned = |labour: &[f64; 2]| -> f64 {
                (0..2).map(|k| labour[k] * state.job_probability[s][k] * state.wage[s][k]).sum()
            };
            let all = earned(&state.labour[s]);
            if all <= 0.0 {
                receive(world, rules, firm, seat, pay);
                continue;
            }
            let commuters = pay.part(earned(&state.labour_commuting[s]) / all);
            receive(world, rules, firm, j, pay.less(commuters));
            let cost = commuters.net.share(rules.p.commuting_cost);
            world.accounts.pay(firm, Account::Hub, cost, Use::CommutingCost);
            receive(
                world,
                rules,
                firm,
                village.unwrap_or(j),
                Payroll { net: commuters.net - cost, ..commuters },
            );
        }
    }
}

/// Pay of a firm's cell reaches the residents of a node.
fn receive(world: &mut World, rules: &Rules, firm: Account, j: usize, pay: Payroll) {
    let Account::Firm(_, s) = firm else { return };
    let part = if s == AGRICULTURE { part::FARM_WAGES } else { part::WAGES };
    pay_household(world, firm, j, pay.net, part, Use::Wages);
    let levies = pay.tax + pay.contributions;
    let gross = pay.net + levies;
    let residents = &mut world.nodes[j].pay;
    residents.gross += gross.0;
    residents.self_employed += gross.share(self_employed(rules.p, s)).0;
    residents.levies += levies.0;
}

/// Part of the land entitlement of home h that people keep who live at a place: all at home, `land_retention_county` at the
/// other node of the own county, the lever `land_retention` away.
pub(crate) fn land_kept(world: &World, rules: &Rules, h: usize, place: usize) -> f64 {
    let g = &world.geography;
    if place == h {
        1.0
    } else if !g.is_outside(place) && g.nodes[place].county == g.nodes[h].county {
        rules.p.land_retention_county
    } else {
        rules.levers.node(Lever::LandRetention, h)
    }
}

/// Land income of home h: `T_h = rent_h/(people at home + lambda_land_county x those at the other node of the county +
/// lambda_land x people away)`; all receive their part of `T_h` where they live, outside the area through the hub.
fn land(world: &mut World, rules: &Rules) {
    let (mut weights, mut parts) = (Vec::new(), Vec::new());
    for h in 0..world.geography.area_nodes() {
        let rent = Fen(world.nodes[h].land_rent[AGRICULTURE]);
        weights.clear();
        let dwellers = world.census.homes[h].iter();
        weights.extend(dwellers.map(|d| d.total() as f64 * land_kept(world, rules, h, usize::from(d.place))));
        let heads: f64 = weights.iter().sum::<f64>() * world.persons_per_agent() as f64;
        world.nodes[h].land_entitlement = if heads > 0.0 { rent.fen() / heads } else { 0.0 };
        if rent == Fen::ZERO {
            continue;
        }
        let firm = Account::Firm(h, AGRICULTURE);
        if heads <= 0.0 {
            pay_household(world, firm, h, rent, part::LAND, Use::LandRent);
            continue;
        }
        parts.resize(weights.len(), 0);
        split_into(rent.0, &weights, &mut parts);
        for (i, &amount) in parts.iter().enumerate() {
            let place = usize::from(world.census.homes[h][i].place);
            if world.geography.is_outside(place) {
                world.accounts.pay(firm, Account::Hub, Fen(amount), Use::LandRent);
            } else {
                pay_household(world, firm, place, Fen(amount), part::LAND, Use::LandRent);
            }
        }
    }
}

/// Rent of places after profit tax: a part `rent_outside` belongs to owners outside the area, the rest reaches
/// households of the place.
fn rents_of_places(world: &mut World, rules: &Rules) {
    for j in 0..world.geography.area_nodes() {
        for s in 0..SECTORS {
            let rent = Fen(world.nodes[j].place_rent[s]);
            let rent = rent - profit_tax(rules, j, s, rent);
            let outside = rent.share(rules.p.rent_outside);
            world.accounts.pay(Account::Firm(j, s), Account::Hub, outside, Use::PlaceRent);
            pay_household(world, Account::Firm(j, s), j, rent - outside, part::DIVIDENDS, Use::PlaceRent);
        }
    }
}

/// What a village sold of its land last year is income of its households.
fn collectives(world: &mut World) {
    for j in 0..world.geography.area_nodes() {
        let sold = world.accounts.collective[j];
        pay_household(world, Account::Collective(j), j, sold, part::LAND, Use::LandSale);
    }
}

/// What is left of rents after upkeep and the land account is income of households at the node.
fn rents(world: &mut World) {
    for j in 0..world.geography.area_nodes() {
        let rent = world.accounts.landlord[j];
        pay_household(world, Account::Landlord(j), j, rent, part::RENTS, Use::RentIncome);
    }
}

/// Efficiency units by skill and activity, fixed point.
type Efficiency = [[u64; activity::COUNT]; SKILLS];

/// Net wage of one agent of a place by skill, fen: what `units` earn there over `heads`.
fn net_wage(
    world: &World,
    rules: &Rules,
    j: usize,
    units: &Efficiency,
    heads: [u64; SKILLS],
) -> [f64; SKILLS] {
    let state = &world.nodes[j];
    let seat = world.geography.seat_of(j);
    let kept: [f64; SECTORS] = std::array::from_fn(|s| take_home(world, rules, j, s));
    std::array::from_fn(|k| {
        if heads[k] == 0 {
            return 0.0;
        }
        let mut earned: f64 = (0..SECTORS)
            .map(|s| {
                let units = units[k][activity::SECTOR + s] as f64;
                units * state.job_probability[s][k] * state.wage[s][k] * kept[s]
            })
            .sum();
        if units[k][activity::COMMUTING] > 0 {
            earned += units[k][activity::COMMUTING] as f64 * commuter_take_home(world, rules, seat, k);
        }
        earned * world.persons_per_agent() as f64 / EFFICIENCY_ONE / heads[k] as f64
    })
}

/// Net wage of one agent away from the home county at a place, by skill, fen (the mean over those away).
pub(crate) fn wage_of_newcomer(world: &World, rules: &Rules, j: usize) -> [f64; SKILLS] {
    let count = &world.census.places[j];
    net_wage(world, rules, j, &count.away_efficiency, count.newcomers)
}

/// Net wage of one agent who lives in the home county, by skill, fen.
pub(crate) fn wage_of_local(world: &World, rules: &Rules, j: usize) -> [f64; SKILLS] {
    let count = &world.census.places[j];
    let units = std::array::from_fn(|k| {
        std::array::from_fn(|a| count.efficiency[k][a] - count.away_efficiency[k][a])
    });
    net_wage(world, rules, j, &units, locals(count))
}

/// Agents who live in their home county at a place, by skill.
pub(crate) fn locals(count: &PlaceCount) -> [u64; SKILLS] {
    std::array::from_fn(|k| count.of_skill(k) - count.newcomers[k])
}

/// What one villager who lives at the seat of the own county sends to the village, by skill, fen: a part of the local
/// net wage there.
pub(crate) fn sent_from_seat(world: &World, rules: &Rules, seat: usize) -> [f64; SKILLS] {
    wage_of_local(world, rules, seat).map(|wage| wage * rules.p.remittance_share_county)
}

/// Net wage of one agent of the area living outside, by skill, fen: the outside wage times the area's share
/// of people at work.
pub(crate) fn wage_outside(world: &World) -> [f64; 2] {
    let area = &world.census.places[..world.geography.area_nodes()];
    std::array::from_fn(|k| {
        let all: u64 = area.iter().map(|c| c.of_skill(k)).sum();
        let idle: u64 = area.iter().map(|c| c.people[k][activity::NONE]).sum();
        let working = if all > 0 { (all - idle) as f64 / all as f64 } else { 0.0 };
        world.outside_income[k] * working * world.persons_per_agent() as f64
    })
}

/// People away from their home county send `remittance_share` of their net wage home, every origin at a place the mean of the
/// newcomers there; villagers at the seat of their own county send `remittance_share_county`.
fn remittances(world: &mut World, rules: &Rules, flows: &mut Flows) {
    let area = world.geography.area_nodes();
    let mut rate: Vec<[f64; 2]> =
        (0..area).map(|j| wage_of_newcomer(world, rules, j).map(|w| w * rules.p.remittance_share)).collect();
    let outside = wage_outside(world).map(|w| w * rules.p.remittance_share);
    rate.resize(world.geography.len(), outside);
    for h in 0..world.geography.len() {
        let home = &world.geography.nodes[h];
        let home_outside = world.geography.is_outside(h);
        let county = if home_outside { usize::MAX } else { home.county };
        let of_village = if home.tier == Tier::Village {
            sent_from_seat(world, rules, world.geography.seat_of(h))
        } else {
            [0.0; SKILLS]
        };
        for i in 0..world.census.homes[h].len() {
            let d = world.census.homes[h][i];
            let j = usize::from(d.place);
            let place_outside = world.geography.is_outside(j);
            let at_home = j == h || (home_outside && place_outside);
            let in_county = !place_outside && world.geography.nodes[j].county == county;
            if at_home || (in_county && of_village == [0.0; SKILLS]) {
                continue;
            }
            let rate = if in_county { of_village } else { rate[j] };
            let amount = Fen::round(f64::from(d.agents[0]) * rate[0] + f64::from(d.agents[1]) * rate[1]);
            let from = if place_outside { Account::Hub } else { Account::Wallet(j) };
            if home_outside {
                world.accounts.pay(from, Account::Hub, amount, Use::Remittances);
            } else {
                pay_household(world, from, h, amount, part::REMITTANCES, Use::Remittances);
            }
            if !place_outside {
                world.nodes[j].remittances_sent += amount.0;
            }
            flows.add(Factor::Remittance, j, h, amount.0);
        }
    }
}

/// Output of the area per head of those who made it, over that of the base year.
fn output_per_head_index(world: &World) -> f64 {
    let area = world.geography.area_nodes();
    let now: f64 = world.nodes[..area].iter().map(|n| n.earners as f64).sum();
    let then: f64 = world.base.residents.iter().take(area).sum();
    let index = world.output() * then / (world.base.output * now);
    if index.is_finite() { index } else { 1.0 }
}

/// The residual between published and modelled income per head, indexed to the area's output per head: people who
/// come bring output, and must not raise what each of those who are here already receives.
fn outside_income(world: &mut World) {
    let index = output_per_head_index(world);
    for j in 0..world.geography.area_nodes() {
        let amount = Fen::round(world.nodes[j].outside_income * world.residents(j) as f64 * index);
        pay_household(world, Account::Hub, j, amount, part::OUTSIDE, Use::OutsideIncome);
    }
}
