//! The price of local services that clears what arrives with what is made, and what living costs.
//!
//! ```text
//! q_j = A_j K^a Q^(1-a-b)          a = local_capital_share (1 - pub_j),  b = public_capital_share pub_j
//! p*_j = R_j/q_j                    ln p_j = (n ln p*_j + n_0 ln pbar)/(n + n_0),  ln pbar = sum n ln p*/sum n over the prefecture
//! ```
//!
//! pub_j is the part of base-year revenue that governments paid; their buildings (b) stand in A. n is labour at work, n_0 the size
//! of a thin group: where few work, what the prefecture charges counts for more. Base-year prices are one.

use super::production::{capital_at_work, labour_share};
use super::shopping;
use super::thin_places::shrunk;
use super::wages::{Employment, composite};
use crate::rules::{Lever, Rules};
use crate::world::World;
use crate::world::sector::{LOCAL_SERVICES, SECTORS};

/// Local services made by a labour composite of one, at technology one.
pub fn scale(world: &World, rules: &Rules, j: usize) -> f64 {
    let capital = super::production::factor_shares(world, rules, j, LOCAL_SERVICES).capital;
    libm::pow(capital_at_work(world, j, LOCAL_SERVICES), capital)
}

/// Local services that a cell makes, at base-year prices, fen.
fn made(world: &World, rules: &Rules, j: usize, employed: [f64; 2]) -> f64 {
    let state = &world.nodes[j];
    let q = composite(state.talent_weight[LOCAL_SERVICES], employed, rules.p.skill_substitution);
    let technology =
        state.technology[LOCAL_SERVICES] * rules.levers.cell(Lever::Productivity, j, LOCAL_SERVICES);
    if q <= 0.0 {
        return 0.0;
    }
    let labour = labour_share(world, rules, j, LOCAL_SERVICES);
    technology * scale(world, rules, j) * libm::pow(q, labour)
}

/// Sets prices and real output of local services; in the base year prices are one.
pub fn clear(world: &mut World, rules: &Rules, employment: &[[Employment; SECTORS]], base_year: bool) {
    let area = world.geography.area_nodes();
    if base_year {
        for state in &mut world.nodes[..area] {
            state.service_price = 1.0;
            state.output[LOCAL_SERVICES] = state.revenue[LOCAL_SERVICES];
        }
    } else {
        let cells: Vec<Option<(f64, f64)>> = (0..area)
            .map(|j| {
                let employed = employment[j][LOCAL_SERVICES].employed;
                let (revenue, made) =
                    (world.nodes[j].revenue[LOCAL_SERVICES] as f64, made(world, rules, j, employed));
                (revenue > 0.0 && made > 0.0).then(|| (employed[0] + employed[1], libm::log(revenue / made)))
            })
            .collect();
        for prefecture in 0..world.geography.prefectures.len() {
            let nodes = world.geography.prefectures[prefecture].nodes.clone();
            for (j, price) in nodes.clone().zip(shrunk(&cells[nodes], rules.p.thin_group)) {
                let state = &mut world.nodes[j];
                state.service_price = libm::exp(price);
                state.output[LOCAL_SERVICES] =
                    libm::rint(state.revenue[LOCAL_SERVICES] as f64 / state.service_price) as i64;
            }
        }
    }
    for j in 0..area {
        let basket = shopping::basket(world, rules, j);
        let logs = basket.places.zip(&basket.at).map(|(k, s)| s * libm::log(world.nodes[k].service_price));
        world.nodes[j].log_service_price = logs.sum();
    }
}

/// What a yuan of public money buys of the local services of a county, at base-year prices: the mean over who makes them
/// for it, `sum gamma_k/p_k`.
pub fn public_money_buys(world: &World, county: usize) -> f64 {
    let nodes: Vec<usize> = world.geography.counties[county].nodes().collect();
    let weights = shopping::makers(world, &nodes);
    let all: f64 = weights.iter().sum();
    nodes.iter().zip(&weights).map(|(&k, w)| w / all / world.nodes[k].service_price.max(1e-9)).sum()
}

/// Log cost of living at a node: rent, local services where they are bought, tradables.
pub fn cost_of_living(world: &World, rules: &Rules, j: usize) -> f64 {
    let state = &world.nodes[j];
    rules.p.housing_spending_share * libm::log(state.rent.max(1e-9))
        + shopping::budget_share(world, rules, j) * state.log_service_price
        + shopping::tradables_share(world, rules, j)
            * (libm::log(rules.levers.tau(rules.p, &world.geography, j)) + state.log_price)
}

/// Cost of living at a node over the base year's.
pub fn index(world: &World, rules: &Rules, j: usize) -> f64 {
    let base = world.base.cost_of_living.get(j).copied();
    base.map_or(1.0, |base| libm::exp(cost_of_living(world, rules, j) - base))
}
