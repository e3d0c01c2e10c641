//! Phase 2, spend: households and governments spend what they received last year.
//!
//! Spending last year's money needs no fixed point inside a step and conserves money by construction.

use super::{Rules, programmes};
use crate::policy::Lever;
use crate::quantity::{Fen, split};
use crate::world::node::{SERVICES, TOURISM};
use crate::world::{Account, Factor, Flows, Tier, Use, World};

/// Households and governments spend; services, tourism, rents, tradables, S and G receive.
pub fn spend(world: &mut World, rules: &Rules, flows: &mut Flows) {
    households(world, rules, flows);
    visitors(world, rules, flows);
    for j in 0..world.geography.area_nodes() {
        world.nodes[j].spent_services = 0;
        world.nodes[j].spent_infrastructure = 0;
    }
    for finance in &mut world.counties {
        finance.programmes = 0;
    }
    programmes::pay(world, flows);
    governments(world, rules);
}

/// `C_j` is the wallet: housing `b_h`, services `b_v` (of which `ell_j` leaks to higher tiers), tourism
/// `b_e`, tradables the rest.
fn households(world: &mut World, rules: &Rules, flows: &mut Flows) {
    let p = rules.p;
    let b_p = (1.0 - p.b_h - p.b_v - p.b_e).max(0.0);
    let centres: Vec<(Vec<usize>, Vec<f64>)> = (0..world.geography.prefectures.len())
        .map(|pref| {
            let centres = world.geography.centres_of(pref);
            let size = centres.iter().map(|&j| world.residents(j) as f64).collect();
            (centres, size)
        })
        .collect();
    for j in 0..world.geography.area_nodes() {
        let consumption = world.accounts.wallet[j].at_least(Fen::ZERO);
        world.nodes[j].consumption = consumption.0;
        let parts = split(consumption.0, &[p.b_h, p.b_v, p.b_e, b_p]);
        world.accounts.pay(Account::Wallet(j), Account::Landlord(j), Fen(parts[0]), Use::Rent);
        world.accounts.pay(Account::Wallet(j), Account::Clearing, Fen(parts[2]), Use::Tourism);
        world.accounts.pay(Account::Wallet(j), Account::Hub, Fen(parts[3]), Use::Tradables);

        let node = &world.geography.nodes[j];
        let (tier, county, prefecture) = (node.tier, node.county, node.prefecture);
        let online = rules.levers.node(Lever::OnlineRetail, j).min(1.0);
        let leak = match tier {
            Tier::Village => p.leak_village,
            Tier::CountySeat => p.leak_seat,
            Tier::City | Tier::Outside => 0.0,
        };
        let leak = (leak * rules.levers.node(Lever::ServiceLeakage, j)).min(1.0);
        let services = split(parts[1], &[(1.0 - leak) * (1.0 - online), leak * (1.0 - online), online]);
        pay_services(world, flows, j, j, services[0]);
        world.accounts.pay(Account::Wallet(j), Account::Hub, Fen(services[2]), Use::Tradables);
        if tier == Tier::Village {
            pay_services(world, flows, j, world.geography.counties[county].seat, services[1]);
        } else {
            let (places, size) = &centres[prefecture];
            for (&place, amount) in places.iter().zip(split(services[1], size)) {
                pay_services(world, flows, j, place, amount);
            }
        }
    }
}

fn pay_services(world: &mut World, flows: &mut Flows, from: usize, to: usize, amount: i64) {
    world.accounts.pay(Account::Wallet(from), Account::Firm(to, SERVICES), Fen(amount), Use::LocalServices);
    flows.add(Factor::Consumption, from, to, amount);
}

/// Pull on visitors before distance: `const_j E_j^{eta_E} (1 + K_e,j/K_e0)^{eta_K}` times access.
pub fn pull(world: &World, rules: &Rules) -> Vec<f64> {
    (0..world.geography.area_nodes())
        .map(|j| {
            let state = &world.nodes[j];
            let base = world.base.capital.get(j).map_or(0, |k| k[TOURISM]).max(1) as f64;
            state.attraction
                * rules.levers.node(Lever::VisitorAccess, j)
                * libm::pow(state.ecology.max(1e-6), rules.p.eta_e)
                * libm::pow(1.0 + state.capital[TOURISM] as f64 / base, rules.p.eta_k)
        })
        .collect()
}

/// What visitors spend at each node if each county spends `budget` and is drawn by `pull` and distance:
/// `sum_i budget_i att_ij / sum_k att_ik`.
pub fn visits(rules: &Rules, budget: &[f64], pull: &[f64]) -> Vec<f64> {
    let mut received = vec![0.0; pull.len()];
    for (county, &budget) in budget.iter().enumerate() {
        if budget <= 0.0 {
            continue;
        }
        let near = rules.terrain.visit(county);
        let sum: f64 = near.iter().zip(pull).map(|(&d, a)| f64::from(d) * a).sum();
        if sum > 0.0 {
            for ((r, &d), a) in received.iter_mut().zip(near).zip(pull) {
                *r += budget * f64::from(d) * a / sum;
            }
        }
    }
    received
}

/// Spending of each county's residents on tourism, fen.
pub fn tourism_budget(world: &World, rules: &Rules) -> Vec<f64> {
    world
        .geography
        .counties
        .iter()
        .map(|c| c.nodes().map(|j| rules.p.b_e * world.nodes[j].consumption as f64).sum())
        .collect()
}

fn visitors(world: &mut World, rules: &Rules, flows: &mut Flows) {
    let budget = tourism_budget(world, rules);
    let pull = pull(world, rules);
    let received = visits(rules, &budget, &pull);
    let total = world.accounts.clearing;
    for (j, &part) in split(total.0, &received).iter().enumerate() {
        world.accounts.pay(Account::Clearing, Account::Firm(j, TOURISM), Fen(part), Use::Tourism);
    }
    // The money is cleared in one pool; who visited whom is the law itself, to the nearest fen.
    for (c, county) in world.geography.counties.iter().enumerate() {
        let near = rules.terrain.visit(c);
        let sum: f64 = near.iter().zip(&pull).map(|(&d, a)| f64::from(d) * a).sum();
        for i in county.nodes().filter(|_| sum > 0.0) {
            let scale = rules.p.b_e * world.nodes[i].consumption as f64 / sum;
            for (j, (&d, a)) in near.iter().zip(&pull).enumerate() {
                flows.add(Factor::Consumption, i, j, libm::rint(scale * f64::from(d) * a) as i64);
            }
        }
    }
}

/// County and prefecture cash buys services, infrastructure and administration at the nodes.
fn governments(world: &mut World, rules: &Rules) {
    for c in 0..world.geography.counties.len() {
        let nodes: Vec<usize> = world.geography.counties[c].nodes().collect();
        let equal = rules.levers.county(Lever::ByResidence, c);
        let weights = node_weights(world, &nodes, equal);
        let cash = world.accounts.county[c].at_least(Fen::ZERO);
        world.counties[c].spending = cash.0;
        let tilt = rules.levers.county(Lever::PublicSpendingTilt, c);
        purchase(
            world,
            rules,
            Account::County(c),
            cash,
            tilt,
            &nodes,
            &weights,
            supervision(world, rules, c),
        );
    }
    for pref in 0..world.geography.prefectures.len() {
        let range = world.geography.prefectures[pref].nodes.clone();
        let districts: Vec<usize> = range
            .clone()
            .filter(|&j| world.geography.counties[world.geography.nodes[j].county].district)
            .collect();
        let nodes = if districts.is_empty() { range.collect() } else { districts };
        let weights = node_weights(world, &nodes, 0.0);
        let cash = world.accounts.prefecture[pref].at_least(Fen::ZERO);
        purchase(world, rules, Account::Prefecture(pref), cash, 0.0, &nodes, &weights, 1.0);
    }
}

/// Inside a county spending is allocated `(1 - omega_eq) base + omega_eq residents`.
fn node_weights(world: &World, nodes: &[usize], equal: f64) -> Vec<f64> {
    let base: f64 = nodes.iter().map(|&j| world.base.spending_weight[j]).sum();
    let people: f64 = nodes.iter().map(|&j| world.residents(j) as f64).sum();
    nodes
        .iter()
        .map(|&j| {
            (1.0 - equal) * world.base.spending_weight[j] / base.max(1e-9)
                + equal * world.residents(j) as f64 / people.max(1e-9)
        })
        .collect()
}

/// Part of pro-growth spending that keeps its effect under the province's span of control:
/// `max(0, 1 - m_span max(0, counties/n_0 - 1))`, where the province settles with the county directly.
pub fn supervision(world: &World, rules: &Rules, county: usize) -> f64 {
    let direct = |c: usize| {
        !world.geography.counties[c].district
            && rules.levers.county(Lever::PrefectureShare, c) == 0.0
            && rules.levers.county(Lever::Interception, c) == 0.0
    };
    let loss = rules.levers.everywhere(Lever::SpanLoss);
    if loss == 0.0 || !direct(county) {
        return 1.0;
    }
    let province = &world.geography.provinces[world.geography.counties[county].province];
    let counties = province.counties.clone().filter(|&c| direct(c)).count() as f64;
    (1.0 - loss * (counties / rules.p.n_span - 1.0).max(0.0)).max(0.0)
}

#[expect(
    clippy::too_many_arguments,
    reason = "one purchase order has these parts, and a struct would be used once"
)]
fn purchase(
    world: &mut World,
    rules: &Rules,
    payer: Account,
    cash: Fen,
    tilt: f64,
    nodes: &[usize],
    weights: &[f64],
    supervised: f64,
) {
    if cash <= Fen::ZERO {
        return;
    }
    let p = rules.p;
    let infrastructure = (p.spend_infrastructure + tilt).clamp(0.0, 1.0 - p.spend_services);
    let administration = (1.0 - p.spend_services - infrastructure).max(0.0);
    let parts = split(cash.0, &[p.spend_services, infrastructure, administration]);
    let services = split(parts[0], weights);
    let building = split(parts[1], weights);
    let offices = split(parts[2], weights);
    for (i, &j) in nodes.iter().enumerate() {
        let firm = Account::Firm(j, SERVICES);
        world.accounts.pay(payer, firm, Fen(services[i]), Use::GovernmentPurchases);
        world.accounts.pay(payer, firm, Fen(offices[i]), Use::GovernmentPurchases);
        world.accounts.pay(payer, Account::Hub, Fen(building[i]), Use::Infrastructure);
        world.nodes[j].spent_services += services[i];
        world.nodes[j].spent_infrastructure += (building[i] as f64 * supervised) as i64;
    }
}
