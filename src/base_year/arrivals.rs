//! Who buys the local services that the tables count: shares of spending by province, what draws to places, and how much is
//! bought or sold beyond the prefecture.
//!
//! With O and B the local and business services of the tables, G what governments are to buy at a place, C household
//! spending, z `outside_local`:
//!
//! ```text
//! b_v(r) = clamp((sum O - sum G)/sum C, .5 b_v, 1.5 b_v)           V_p = sum b_v C (1 - online) over the prefecture
//! n_j    = max(O_j - G_j, .1 O_j)                                  what residents and visitors must buy at j
//! n_p'   = clamp(sum n_j, max(V_p - z O_p, .5 V_p), V_p + z O_p)
//! O'_j   = G_j + n_j n_p'/sum n_j,  O'_j - O_j at most .4 B_j      B'_j = B_j - (O'_j - O_j)
//! Z_j    = max(n_p' - V_p, 0) n_j/sum n_j                          away_p = max(V_p - n_p', 0)/V_p
//! ```
//!
//! So a prefecture sells at most z of its local output to visitors, and what its residents cannot have bought counts as business
//! services: a node's output is the table's in sum. What draws to k, a_k, is balanced until arrivals are n' - Z.

use crate::config::ServiceSpending;
use crate::economy::{shopping, spending};
use crate::kernel::chunks::map_ranges;
use crate::rules::{Lever, Rules};
use crate::world::World;
use crate::world::people::activity;
use crate::world::sector::{BUSINESS_SERVICES, LOCAL_SERVICES, SECTORS};

/// Part of a place's local output that its residents and visitors buy at least.
const LEAST_PRIVATE: f64 = 0.1;
/// Most of a place's business services that may count as local ones: labour has half of what they make, and what is left has to
/// pay those who work there.
const MOST_REGROUPED: f64 = 0.4;
/// Most of a place's local services that governments may have bought.
const MOST_PUBLIC: f64 = 0.9;
/// Largest gap of arrivals, of what is bought in the prefecture, and most rounds to reach it.
const GAP: f64 = 1e-9;
const ROUNDS: usize = 500;

/// Solves what later years keep of the buying of local services, at this round's spending; returns the output that production
/// is to meet.
pub(super) fn solve(world: &mut World, rules: &Rules, published: &[[f64; SECTORS]]) -> Vec<[f64; SECTORS]> {
    let solved = rules.model.service_spending == ServiceSpending::Solved;
    let mut targets = published.to_vec();
    let public = spending::public_demand(world, rules);
    if world.base.catchment.is_empty() {
        world.base.catchment = published.iter().map(|t| t[LOCAL_SERVICES]).collect();
    }
    world.base.service_share = budget_shares(world, rules, published, &public, solved);
    let prefectures = world.geography.prefectures.len();
    let solve = |p| of_prefecture(world, rules, published, &public, p, solved);
    let found = map_ranges(prefectures, 1, |p, _| solve(p));
    world.base.away = vec![0.0; prefectures];
    for (p, found) in found.into_iter().enumerate() {
        let nodes = world.geography.prefectures[p].nodes.clone();
        world.base.away[p] = found.away;
        targets[nodes.clone()].copy_from_slice(&found.targets);
        world.base.catchment[nodes].copy_from_slice(&found.catchment);
    }
    world.base.public_share = targets
        .iter()
        .zip(&public)
        .map(|(t, g)| if t[LOCAL_SERVICES] > 0.0 { (g / t[LOCAL_SERVICES]).min(MOST_PUBLIC) } else { 0.0 })
        .collect();
    world.base.target_output.clone_from(&targets);
    targets
}

/// What is solved for a prefecture.
struct Found {
    /// Output of its nodes that production is to meet.
    targets: Vec<[f64; SECTORS]>,
    /// What draws to each of them.
    catchment: Vec<f64>,
    /// Part that its residents buy outside.
    away: f64,
}

/// Prefectures do not depend on each other.
fn of_prefecture(
    world: &World,
    rules: &Rules,
    published: &[[f64; SECTORS]],
    public: &[f64],
    p: usize,
    solved: bool,
) -> Found {
    let nodes = world.geography.prefectures[p].nodes.clone();
    let mut targets = published[nodes.clone()].to_vec();
    let spent: Vec<f64> = nodes.clone().map(|i| spent_in_shops(world, rules, i)).collect();
    let private = |j: usize| {
        let made = published[j][LOCAL_SERVICES];
        (made - public[j]).max(LEAST_PRIVATE * made)
    };
    let needed: Vec<f64> = nodes.clone().map(private).collect();
    let (all, need) = (spent.iter().sum::<f64>(), needed.iter().sum::<f64>());
    let made: f64 = nodes.clone().map(|j| published[j][LOCAL_SERVICES]).sum();
    let sold = if need <= 0.0 {
        0.0
    } else if solved {
        let beyond = rules.p.outside_local * made;
        need.clamp((all - beyond).max(0.5 * all), all + beyond)
    } else {
        all
    };
    let from_outside = if need > 0.0 { (sold - all).max(0.0) / need } else { 0.0 };
    let away = if all > 0.0 { (all - sold).max(0.0) / all } else { 0.0 };
    let part = if need > 0.0 { sold / need } else { 0.0 };
    if solved {
        for ((target, j), n) in targets.iter_mut().zip(nodes.clone()).zip(&needed) {
            regroup(world, target, j, public[j] + n * part);
        }
    }
    let wanted: Vec<f64> = needed.iter().map(|n| n * (part - from_outside)).collect();
    let spent: Vec<f64> = spent.iter().map(|v| v * (1.0 - away)).collect();
    Found { targets, away, catchment: balance(world, rules, nodes, &spent, &wanted) }
}

/// What residents of a node spend on local services, but online, fen.
fn spent_in_shops(world: &World, rules: &Rules, i: usize) -> f64 {
    let online = rules.levers.node(Lever::OnlineRetail, i).min(1.0);
    shopping::budget_share(world, rules, i) * world.accounts.wallet[i].fen().max(0.0) * (1.0 - online)
}

/// b_v by province.
fn budget_shares(
    world: &World,
    rules: &Rules,
    published: &[[f64; SECTORS]],
    public: &[f64],
    solved: bool,
) -> Vec<f64> {
    let p = rules.p;
    let most = (1.0 - p.housing_spending_share - p.tourism_spending_share).max(0.0);
    let share = |nodes: std::ops::Range<usize>| {
        let spending: f64 = nodes.clone().map(|j| world.accounts.wallet[j].fen().max(0.0)).sum();
        let private: f64 = nodes.map(|j| published[j][LOCAL_SERVICES] - public[j]).sum();
        if solved && spending > 0.0 {
            (private / spending).clamp(0.5 * p.local_spending_share, 1.5 * p.local_spending_share).min(most)
        } else {
            p.local_spending_share
        }
    };
    world.geography.provinces.iter().map(|r| share(r.nodes.clone())).collect()
}

/// Local output of a node becomes `wanted`, as far as its business services can give or take the difference.
fn regroup(world: &World, target: &mut [f64; SECTORS], j: usize, wanted: f64) {
    let works = |s: usize| (0..2).any(|k| world.census.places[j].people[k][activity::SECTOR + s] > 0);
    // Where nobody works in one of the groups it cannot make what it would take over.
    if !works(BUSINESS_SERVICES) || !works(LOCAL_SERVICES) {
        return;
    }
    let (local, business) = (target[LOCAL_SERVICES], target[BUSINESS_SERVICES]);
    let more = (wanted - local).min(MOST_REGROUPED * business);
    target[LOCAL_SERVICES] = local + more;
    target[BUSINESS_SERVICES] = business - more;
}

/// `a_k *= wanted_k/arrivals_k` until arrivals at the nodes of a prefecture are what is wanted; returns `a_k`.
fn balance(
    world: &World,
    rules: &Rules,
    nodes: std::ops::Range<usize>,
    spent: &[f64],
    wanted: &[f64],
) -> Vec<f64> {
    let mut draws: Vec<f64> = world.base.catchment[nodes.clone()].to_vec();
    let mut at = vec![0.0; draws.len()];
    let all: f64 = wanted.iter().sum();
    if all <= 0.0 {
        return draws;
    }
    for _ in 0..ROUNDS {
        let mut arrivals = vec![0.0; draws.len()];
        for (own, (i, &money)) in nodes.clone().zip(spent).enumerate() {
            let elsewhere = rules.levers.node(Lever::ServiceLeakage, i);
            if shopping::shares(&draws, rules.accessibility.shop(i), own, elsewhere, &mut at) {
                arrivals.iter_mut().zip(&at).for_each(|(sum, share)| *sum += money * share);
            }
        }
        let mut gap: f64 = 0.0;
        for ((a, &wanted), &arrives) in draws.iter_mut().zip(wanted).zip(&arrivals) {
            gap = gap.max((wanted - arrives).abs() / all);
            if arrives > 0.0 {
                *a *= wanted / arrives;
            }
        }
        let largest = draws.iter().copied().fold(0.0, f64::max);
        if largest > 0.0 {
            draws.iter_mut().for_each(|a| *a /= largest);
        }
        if gap < GAP {
            break;
        }
    }
    draws
}
