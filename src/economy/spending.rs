//! Phase 2, spend: households and governments spend what they received last year.
//!
//! Spending last year's money needs no fixed point inside a step and conserves money by construction.

use super::{programmes, shopping};
use crate::kernel::chunks::map_ranges;
use crate::quantity::{Fen, nearest, split};
use crate::rules::Lever;
use crate::rules::Rules;
use crate::world::sector::{LOCAL_SERVICES, TOURISM};
use crate::world::{Account, Factor, Flows, NodeState, Tier, Use, World};

/// Households and governments spend; services, tourism, rents, tradables, S and G receive.
pub(crate) fn spend(world: &mut World, rules: &Rules, flows: &mut Flows) {
    households(world, rules, flows);
    visitors(world, rules, flows);
    for j in 0..world.geography.area_nodes() {
        world.nodes[j].spent_services = 0;
        world.nodes[j].spent_infrastructure = 0;
        world.nodes[j].spent_public = 0;
        world.nodes[j].public_transfers = 0;
    }
    for finance in &mut world.counties {
        finance.programmes = 0;
    }
    programmes::pay(world, flows);
    governments(world, rules);
}

/// `C_j` is the wallet: housing `housing_spending_share`, local services `local_spending_share` of the province (where, says [`shopping`]), tourism `tourism_spending_share`,
/// tradables the rest.
fn households(world: &mut World, rules: &Rules, flows: &mut Flows) {
    for j in 0..world.geography.area_nodes() {
        let consumption = world.accounts.wallet[j].at_least(Fen::ZERO);
        world.nodes[j].consumption = consumption.0;
        let (b_v, b_p) =
            (shopping::budget_share(world, rules, j), shopping::tradables_share(world, rules, j));
        let parts =
            split(consumption.0, &[rules.p.housing_spending_share, b_v, rules.p.tourism_spending_share, b_p]);
        world.accounts.pay(Account::Wallet(j), Account::Landlord(j), Fen(parts[0]), Use::Rent);
        world.accounts.pay(Account::Wallet(j), Account::Clearing, Fen(parts[2]), Use::Tourism);
        world.accounts.pay(Account::Wallet(j), Account::Hub, Fen(parts[3]), Use::Tradables);

        let shopping::Basket { places, at: mut shares, away, online } = shopping::basket(world, rules, j);
        shares.extend([away, online]);
        let amounts = split(parts[1], &shares);
        for (k, &amount) in places.zip(&amounts) {
            let firm = Account::Firm(k, LOCAL_SERVICES);
            world.accounts.pay(Account::Wallet(j), firm, Fen(amount), Use::LocalServices);
            flows.add(Factor::Consumption, j, k, amount);
        }
        let [away, online] = [shares.len() - 2, shares.len() - 1].map(|i| Fen(amounts[i]));
        world.accounts.pay(Account::Wallet(j), Account::Hub, away, Use::OutsideDemand);
        world.accounts.pay(Account::Wallet(j), Account::Hub, online, Use::Tradables);
    }
}

/// Pull on visitors before distance: `const_j E_j^{eta_E} (1 + K_e,j/K_e0)^{eta_K}` times access.
pub(crate) fn pull(world: &World, rules: &Rules) -> Vec<f64> {
    pull_at(world, &pull_factors(world, rules))
}

/// What the constants of all nodes are multiplied by: access, ecology, capital.
pub(crate) fn pull_factors(world: &World, rules: &Rules) -> Vec<[f64; 3]> {
    (0..world.geography.area_nodes())
        .map(|j| {
            let state = &world.nodes[j];
            let base = world.base.capital.get(j).map_or(0, |k| k[TOURISM]).max(1) as f64;
            [
                rules.levers.node(Lever::VisitorAccess, j),
                libm::pow(state.ecology.max(1e-6), rules.p.tourism_ecology_pull),
                libm::pow(1.0 + state.capital[TOURISM] as f64 / base, rules.p.tourism_capital_pull),
            ]
        })
        .collect()
}

/// [`pull`] at the constants of now.
pub(crate) fn pull_at(world: &World, factors: &[[f64; 3]]) -> Vec<f64> {
    let of_node = |(state, [access, ecology, capital]): (&NodeState, &[f64; 3])| {
        state.attraction * access * ecology * capital
    };
    world.nodes.iter().zip(factors).map(of_node).collect()
}

/// Nodes of a part that one thread takes: rows of nearness are long, and memory comes in streams.
const PART: usize = 2800;

/// What visitors spend at each node if each county spends `budget` and is drawn by `pull` and distance:
/// `sum_i budget_i att_ij / sum_k att_ik`, with what draws each county in `sums` ([`pulls`]).
pub(crate) fn visits(rules: &Rules, budget: &[f64], pull: &[f64], sums: &[f64]) -> Vec<f64> {
    let parts = map_ranges(pull.len(), PART, |_, nodes| {
        let mut received = vec![0.0; nodes.len()];
        for (county, (&budget, &sum)) in budget.iter().zip(sums).enumerate() {
            if budget > 0.0 && sum > 0.0 {
                let near = &rules.accessibility.visit(county)[nodes.clone()];
                for ((r, &d), a) in received.iter_mut().zip(near).zip(&pull[nodes.clone()]) {
                    *r += budget * f64::from(d) * a / sum;
                }
            }
        }
        received
    });
    parts.concat()
}

/// Counties whose sums run side by side: each waits for itself only.
const SIDE: usize = 8;
/// Nodes whose products are made by vectors before they are added.
const BLOCK: usize = 64;

/// All that draws visitors of each county, `sum_k att_ik`.
pub(crate) fn pulls(rules: &Rules, counties: usize, pull: &[f64]) -> Vec<f64> {
    let parts = map_ranges(counties, SIDE, |_, counties| {
        let row = |i: usize| rules.accessibility.visit((counties.start + i).min(counties.end - 1));
        let rows: [&[f32]; SIDE] = std::array::from_fn(row);
        let (mut sums, mut products) = ([0.0; SIDE], [[0.0; BLOCK]; SIDE]);
        for (block, pull) in pull.chunks(BLOCK).enumerate() {
            for (products, row) in products.iter_mut().zip(rows) {
                let near = row[block * BLOCK..].iter().zip(pull);
                products.iter_mut().zip(near).for_each(|(product, (&d, a))| *product = f64::from(d) * a);
            }
            for k in 0..pull.len() {
                sums.iter_mut().zip(&products).for_each(|(sum, products)| *sum += products[k]);
            }
        }
        sums[..counties.len()].to_vec()
    });
    parts.concat()
}

/// Spending of each county's residents on tourism, fen.
pub(crate) fn tourism_budget(world: &World, rules: &Rules) -> Vec<f64> {
    world
        .geography
        .counties
        .iter()
        .map(|c| c.nodes().map(|j| rules.p.tourism_spending_share * world.nodes[j].consumption as f64).sum())
        .collect()
}

fn visitors(world: &mut World, rules: &Rules, flows: &mut Flows) {
    let budget = tourism_budget(world, rules);
    let pull = pull(world, rules);
    let sums = pulls(rules, budget.len(), &pull);
    let received = visits(rules, &budget, &pull, &sums);
    let total = world.accounts.clearing;
    for (j, &part) in split(total.0, &received).iter().enumerate() {
        world.accounts.pay(Account::Clearing, Account::Firm(j, TOURISM), Fen(part), Use::Tourism);
    }
    if !flows.are_kept() {
        return;
    }
    // The money is cleared in one pool; who visited whom is the law itself, to the nearest fen.
    let counties = &world.geography.counties;
    let rows = map_ranges(counties.len(), 16, |_, range| {
        let mut rows = Vec::new();
        for c in range.filter(|&c| sums[c] > 0.0) {
            let near = rules.accessibility.visit(c);
            for i in counties[c].nodes() {
                let scale = rules.p.tourism_spending_share * world.nodes[i].consumption as f64 / sums[c];
                let amounts = near.iter().zip(&pull).map(|(&d, a)| nearest(scale * f64::from(d) * a));
                rows.push(flows.row(i, amounts));
            }
        }
        rows
    });
    rows.iter().flatten().for_each(|row| flows.add_row(Factor::Consumption, row));
}

/// County cash is paid to households and, with that of prefectures, buys services, infrastructure and administration.
fn governments(world: &mut World, rules: &Rules) {
    for c in 0..world.geography.counties.len() {
        let nodes: Vec<usize> = world.geography.counties[c].nodes().collect();
        let equal = rules.levers.county(Lever::ByResidence, c);
        let weights = [SERVICE_WEIGHT, BUILDING_WEIGHT].map(|part| node_weights(world, &nodes, equal, part));
        let cash = world.accounts.county[c].at_least(Fen::ZERO);
        world.counties[c].spending = cash.0;
        let tilt = rules.levers.county(Lever::PublicSpendingTilt, c);
        let paid = cash.share(rules.p.spend_transfers);
        public_transfers(world, rules, c, &nodes, paid);
        purchase(
            world,
            rules,
            Account::County(c),
            cash - paid,
            (rules.p.spend_transfers, tilt),
            &nodes,
            &weights,
            supervision(world, rules, c),
        );
    }
    for pref in 0..world.geography.prefectures.len() {
        let range = world.geography.prefectures[pref].nodes.clone();
        let nodes = districts(world, range);
        let weights = [SERVICE_WEIGHT, BUILDING_WEIGHT].map(|part| node_weights(world, &nodes, 0.0, part));
        let cash = world.accounts.prefecture[pref].at_least(Fen::ZERO);
        purchase(world, rules, Account::Prefecture(pref), cash, (0.0, 0.0), &nodes, &weights, 1.0);
    }
}

/// A county pays households by residents, a villager `village_transfers` times a townsman. They spend it next year.
fn public_transfers(world: &mut World, rules: &Rules, c: usize, nodes: &[usize], amount: Fen) {
    let weight = |j: usize| match world.geography.nodes[j].tier {
        Tier::Village => world.residents(j) as f64 * rules.p.village_transfers,
        Tier::City | Tier::CountySeat | Tier::Outside => world.residents(j) as f64,
    };
    let weights: Vec<f64> = nodes.iter().map(|&j| weight(j)).collect();
    let to = |i: usize| Account::Wallet(nodes[i]);
    let parts = world.accounts.pay_split(Account::County(c), to, amount, &weights, Use::PublicTransfers);
    for (&j, part) in nodes.iter().zip(parts) {
        world.nodes[j].public_transfers = part.0;
        world.nodes[j].spent_public += part.0;
    }
}

/// Nodes that a prefecture spends in: its districts, or all where it has none.
fn districts(world: &World, nodes: std::ops::Range<usize>) -> Vec<usize> {
    let district = |j: &usize| world.geography.counties[world.geography.nodes[*j].county].district;
    let districts: Vec<usize> = nodes.clone().filter(district).collect();
    if districts.is_empty() { nodes.collect() } else { districts }
}

/// Shares of services, infrastructure and administration in what a government spends that pays households a share.
fn uses(rules: &Rules, transferred: f64, tilt: f64) -> [f64; 3] {
    let p = rules.p;
    let most = (1.0 - transferred - p.spend_services).max(0.0);
    let infrastructure = (p.spend_infrastructure + tilt).clamp(0.0, most);
    [p.spend_services, infrastructure, most - infrastructure]
}

/// What counties and prefectures are about to buy of local services at each node, fen.
pub(crate) fn public_demand(world: &World, rules: &Rules) -> Vec<f64> {
    let mut demand = vec![0.0; world.geography.area_nodes()];
    let mut buy = |nodes: &[usize], cash: Fen, (transferred, tilt): (f64, f64)| {
        let [services, _, offices] = uses(rules, transferred, tilt);
        let weights = shopping::makers(world, nodes);
        let all: f64 = weights.iter().sum();
        for (&j, weight) in nodes.iter().zip(weights) {
            demand[j] += cash.fen().max(0.0) * (services + offices) * weight / all;
        }
    };
    for c in 0..world.geography.counties.len() {
        let nodes: Vec<usize> = world.geography.counties[c].nodes().collect();
        let tilt = rules.levers.county(Lever::PublicSpendingTilt, c);
        buy(&nodes, world.accounts.county[c], (rules.p.spend_transfers, tilt));
    }
    for (p, prefecture) in world.geography.prefectures.iter().enumerate() {
        buy(&districts(world, prefecture.nodes.clone()), world.accounts.prefecture[p], (0.0, 0.0));
    }
    demand
}

/// Index of services and administration in [`crate::world::state::BaseYear::spending_weight`].
pub(crate) const SERVICE_WEIGHT: usize = 0;
/// Index of infrastructure there.
pub(crate) const BUILDING_WEIGHT: usize = 1;

/// Inside a county spending on a use is allocated `(1 - omega_eq) base + omega_eq residents`.
fn node_weights(world: &World, nodes: &[usize], equal: f64, part: usize) -> Vec<f64> {
    let base: f64 = nodes.iter().map(|&j| world.base.spending_weight[j][part]).sum();
    let people: f64 = nodes.iter().map(|&j| world.residents(j) as f64).sum();
    nodes
        .iter()
        .map(|&j| {
            (1.0 - equal) * world.base.spending_weight[j][part] / base.max(1e-9)
                + equal * world.residents(j) as f64 / people.max(1e-9)
        })
        .collect()
}

/// Part of pro-growth spending that keeps its effect under the province's span of control:
/// `max(0, 1 - m_span max(0, counties/n_0 - 1))`, where the province settles with the county directly.
pub(crate) fn supervision(world: &World, rules: &Rules, county: usize) -> f64 {
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
    (1.0 - loss * (counties / rules.p.span_normal - 1.0).max(0.0)).max(0.0)
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
    (transferred, tilt): (f64, f64),
    nodes: &[usize],
    [for_services, for_building]: &[Vec<f64>; 2],
    supervised: f64,
) {
    if cash <= Fen::ZERO {
        return;
    }
    let parts = split(cash.0, &uses(rules, transferred, tilt));
    let services = split(parts[0], for_services);
    let building = split(parts[1], for_building);
    let offices = split(parts[2], for_services);
    // What is bought is bought where it is made; whom it serves follows the weights.
    let bought = split(parts[0] + parts[2], &shopping::makers(world, nodes));
    for (i, &j) in nodes.iter().enumerate() {
        let firm = Account::Firm(j, LOCAL_SERVICES);
        world.accounts.pay(payer, firm, Fen(bought[i]), Use::GovernmentPurchases);
        world.accounts.pay(payer, Account::Hub, Fen(building[i]), Use::Infrastructure);
        world.nodes[j].spent_public += services[i] + offices[i] + building[i];
        world.nodes[j].spent_services += services[i];
        world.nodes[j].spent_infrastructure += (building[i] as f64 * supervised) as i64;
    }
}
