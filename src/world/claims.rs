//! Whose capital it is: what households hold of the funds that own projects.
//!
//! A fund is a county's or the nation's. It owns the projects that its pool founded, with their cash, the pool, and, the
//! national fund, what it holds of county funds. Households hold claims on funds by node, at book value in whole
//! fen: depositors when they deposit, and by what they hold, when profit is retained or capital lost.

use serde::{Deserialize, Serialize};

use super::geography::Geography;
use super::state::World;
use crate::quantity::{split, split_into};

/// Position of the seat, the village and the national fund among the holders of a county's fund.
pub(crate) const SEAT: usize = 0;
/// Position of the village.
pub(crate) const VILLAGE: usize = 1;
/// Position of the national fund.
pub(crate) const NATION: usize = 2;

/// Claims on all funds, fen at book value (identity I13).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Claims {
    /// On each county's fund: households of the seat, of the village, the national fund.
    pub county: Vec<[i64; 3]>,
    /// On the national fund: every node, outside nodes last.
    pub nation: Vec<i64>,
}

/// Position of a node among the holders of its county's fund.
pub(crate) fn holder(geography: &Geography, county: usize, node: usize) -> usize {
    if node == geography.counties[county].seat { SEAT } else { VILLAGE }
}

impl Claims {
    /// Whether nothing is known of who holds what: while the base year is being built.
    pub fn are_unknown(&self) -> bool {
        self.county.is_empty()
    }

    /// What households of a node hold of all funds.
    pub fn of(&self, geography: &Geography, node: usize) -> i64 {
        let own = if geography.is_outside(node) {
            0
        } else {
            let county = geography.nodes[node].county;
            self.county.get(county).map_or(0, |c| c[holder(geography, county, node)])
        };
        own + self.nation.get(node).copied().unwrap_or(0)
    }

    /// An amount of a county's fund by its holders: seat, village, national fund. Without any holder the seat's.
    pub fn split_county(&self, county: usize, amount: i64) -> [i64; 3] {
        let mut parts = [0; 3];
        split_into(amount, &self.county[county].map(|x| x as f64), &mut parts);
        parts
    }

    /// An amount of the national fund by node; without any holder by residents.
    pub fn split_nation(&self, residents: &[f64], amount: i64) -> Vec<i64> {
        if self.nation.iter().all(|&x| x <= 0) {
            return split(amount, &residents[..self.nation.len()]);
        }
        let weights: Vec<f64> = self.nation.iter().map(|&x| x as f64).collect();
        split(amount, &weights)
    }
}

/// Value of what each fund holds beside claims on other funds: projects, their cash and its pool; the national one
/// last.
pub fn book_values(world: &World) -> Vec<i64> {
    with_pools(world, &world.projects.held_by_funds(world.accounts.pool.len() + 1))
}

/// Book values from the value and cash of the projects that each fund owns.
fn with_pools(world: &World, held: &[i64]) -> Vec<i64> {
    let pools = world.accounts.pool.iter().chain([&world.accounts.national_pool]);
    pools.zip(held).map(|(pool, held)| pool.0 + held).collect()
}

/// The end of a year: what funds saved is their holders' saving, and claims follow what funds are worth, given value and cash
/// of the projects that each owns.
pub(crate) fn close_year(world: &mut World, held: &[i64]) {
    let mut of_nation = 0;
    let saved: Vec<i64> = world.givers.saved_by_funds().collect();
    for (fund, saved) in saved.into_iter().enumerate() {
        if let Some(county) = world.geography.counties.get(fund) {
            let parts = world.claims.split_county(fund, saved);
            world.nodes[county.seat].saved += parts[SEAT];
            world.nodes[county.village.unwrap_or(county.seat)].saved += parts[VILLAGE];
            of_nation += parts[NATION];
        } else {
            of_nation += saved;
        }
    }
    let parts = world.claims.split_nation(&world.base.residents, of_nation);
    world.nodes.iter_mut().zip(parts).for_each(|(node, part)| node.saved += part);
    settle(world, held);
}

/// Claims after a year: deposits are the depositor's, and what else a fund gained or lost falls on those who held it.
/// A fund that is worth less than nothing has no claims. `held` is value and cash of the projects that each fund owns.
pub(crate) fn settle(world: &mut World, held: &[i64]) {
    let values = with_pools(world, held);
    let claims = &mut world.claims;
    let mut of_nation = *values.last().unwrap_or(&0);
    for (c, held) in claims.county.iter_mut().enumerate() {
        *held =
            after_the_year(values[c], held, &world.givers.county_deposits(c)).try_into().unwrap_or_default();
        of_nation += held[NATION];
    }
    claims.nation = after_the_year(of_nation, &claims.nation, world.givers.national_deposits());
}

/// Claims on a fund of this value, from claims before and the year's deposits.
fn after_the_year(value: i64, before: &[i64], deposits: &[i64]) -> Vec<i64> {
    let weights = |x: &[i64]| x.iter().map(|&x| x as f64).collect::<Vec<f64>>();
    let deposited: i64 = deposits.iter().sum();
    if value < deposited {
        return split(value.max(0), &weights(deposits));
    }
    let kept = split(value - deposited, &weights(before));
    kept.iter().zip(deposits).map(|(kept, deposit)| kept + deposit).collect()
}

/// Whether claims on every fund add up to its book value, given value and cash of the projects that each owns.
///
/// # Errors
/// The first fund for which they do not (the number of counties: the national one), with the gap in fen.
pub fn audit(world: &World, held: &[i64]) -> Result<(), (usize, i64)> {
    let mut values = with_pools(world, held);
    let last = values.len() - 1;
    values[last] += world.claims.county.iter().map(|c| c[NATION]).sum::<i64>();
    for (fund, value) in values.into_iter().enumerate() {
        let held: i64 = match world.claims.county.get(fund) {
            Some(claims) => claims.iter().sum(),
            None => world.claims.nation.iter().sum(),
        };
        if held != value.max(0) {
            return Err((fund, held - value.max(0)));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deposits_are_the_depositors_and_losses_fall_on_holders() {
        // A fund of 1000 earned 60, took in deposits of 40 and lost 100.
        assert_eq!(after_the_year(1000, &[600, 400, 0], &[30, 10, 0]), [576 + 30, 384 + 10, 0]);
        // More was lost than there was before.
        assert_eq!(after_the_year(20, &[600, 400, 0], &[30, 10, 0]), [15, 5, 0]);
        assert_eq!(after_the_year(-5, &[600, 400, 0], &[30, 10, 0]), [0, 0, 0]);
    }
}
