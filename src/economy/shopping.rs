//! Who buys local services where.
//!
//! Residents of i spend `V_i = b_v C_i` on them. A part goes online and a part outside the prefecture; the rest is bought at
//! the places k of the own prefecture:
//!
//! ```text
//! s_ik = a_k f_ik/sum_k a_k f_ik      f_ii = 1;  f_ik = shop_county inside the county;  shop_prefecture e^(-d_ik/shop_distance) beyond
//! ```
//!
//! with f_ik times the lever `service_leakage` of i for every other place. What draws to k (a_k), b_v by province and the part
//! bought outside the prefecture are found in the base year and stand.

use std::ops::Range;

use crate::rules::{Lever, Rules};
use crate::world::World;
use crate::world::sector::LOCAL_SERVICES;

/// Share of local services in what residents of a node spend, b_v of their province.
pub(crate) fn budget_share(world: &World, rules: &Rules, i: usize) -> f64 {
    let province = world.geography.nodes[i].province;
    world.base.service_share.get(province).copied().unwrap_or(rules.p.local_spending_share)
}

/// Share of tradables in what residents of a node spend.
pub(crate) fn tradables_share(world: &World, rules: &Rules, i: usize) -> f64 {
    (1.0 - rules.p.housing_spending_share - budget_share(world, rules, i) - rules.p.tourism_spending_share)
        .max(0.0)
}

/// Where the spending of a node on local services goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Basket {
    /// Nodes of the own prefecture.
    pub places: Range<usize>,
    /// Shares bought at these.
    pub at: Vec<f64>,
    /// Share bought outside the prefecture.
    pub away: f64,
    /// Share bought online.
    pub online: f64,
}

/// The basket of a node; its shares add up to one.
pub(crate) fn basket(world: &World, rules: &Rules, i: usize) -> Basket {
    let prefecture = world.geography.nodes[i].prefecture;
    let places = world.geography.prefectures[prefecture].nodes.clone();
    let online = rules.levers.node(Lever::OnlineRetail, i).min(1.0);
    let away = world.base.away.get(prefecture).copied().unwrap_or(0.0);
    let draws = |k: usize| world.base.catchment.get(k).copied().unwrap_or(1.0);
    let weights: Vec<f64> = places.clone().map(draws).collect();
    let mut at = vec![0.0; weights.len()];
    let elsewhere = rules.levers.node(Lever::ServiceLeakage, i);
    if !shares(&weights, rules.accessibility.shop(i), i - places.start, elsewhere, &mut at) {
        return Basket { places, at, away: 1.0 - online, online };
    }
    at.iter_mut().for_each(|share| *share *= (1.0 - online) * (1.0 - away));
    Basket { places, at, away: (1.0 - online) * away, online }
}

/// `a_k f_k/sum`, with f times `elsewhere` at all places but the own one; false if nothing draws.
pub(crate) fn shares(draws: &[f64], near: &[f32], own: usize, elsewhere: f64, at: &mut [f64]) -> bool {
    let mut sum = 0.0;
    for (k, ((share, &a), &f)) in at.iter_mut().zip(draws).zip(near).enumerate() {
        *share = a * f64::from(f) * if k == own { 1.0 } else { elsewhere };
        sum += *share;
    }
    if sum > 0.0 {
        at.iter_mut().for_each(|share| *share /= sum);
    }
    sum > 0.0
}

/// Weights of places as makers of the local services that a government buys: their local output in the tables;
/// the first place where none makes any.
pub(crate) fn makers(world: &World, places: &[usize]) -> Vec<f64> {
    let made = |&j: &usize| world.geography.nodes[j].facts.output_yuan[LOCAL_SERVICES];
    let mut weights: Vec<f64> = places.iter().map(made).collect();
    if weights.iter().all(|w| *w <= 0.0) {
        weights.iter_mut().take(1).for_each(|w| *w = 1.0);
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_fall_with_distance_and_follow_what_draws() {
        let mut at = [0.0; 3];
        assert!(shares(&[1.0, 2.0, 1.0], &[1.0, 0.5, 0.25], 0, 1.0, &mut at));
        assert_eq!(at, [1.0 / 2.25, 1.0 / 2.25, 0.25 / 2.25]);
        assert!(shares(&[1.0, 2.0, 1.0], &[1.0, 0.5, 0.25], 0, 0.0, &mut at));
        assert_eq!(at, [1.0, 0.0, 0.0]);
        assert!(!shares(&[0.0; 3], &[1.0; 3], 0, 1.0, &mut at));
    }
}
