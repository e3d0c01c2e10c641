//! Who filled the pools this year, so that what a fund pays for is known by whose saving it was.
//!
//! A pool mixes its money: everything that its fund pays in a year comes from those who gave to it this year, in
//! proportion. What waited from last year is spent as if they had given it.

use super::claims::{Claims, NATION, SEAT, VILLAGE, holder};
use super::flows::{Factor, Flows};
use super::geography::Geography;
use crate::kernel::chunks::map_ranges;
use crate::quantity::{Ratios, split};

/// Position of the rest of the world after the holders of a county's fund.
const HUB: usize = 3;

/// What one pool received this year, fen.
#[derive(Clone, Debug, Default, PartialEq)]
struct Receipts {
    /// From depositors: of a county's pool seat, village and (nothing) the national fund; of the national one
    /// every node.
    deposits: Vec<i64>,
    /// From the fund itself: profit that it retained beyond what fills cash, cash given back, guarantees, less losses.
    own: i64,
    /// Borrowed from the rest of the world.
    hub: i64,
    /// What the fund saved for its holders: retained profit less losses, and guarantees.
    saved: i64,
}

/// What each pool received this year; the national one last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Givers {
    pools: Vec<Receipts>,
}

/// By whom money of funds is given or held: weights of the holders of each county's fund with the rest of the world
/// last, and of every node for the national fund, again with the rest of the world last.
pub struct Shares {
    county: Vec<Ratios<4>>,
    nation: Vec<f64>,
}

impl Givers {
    /// Nobody has given yet.
    pub fn new(geography: &Geography) -> Givers {
        let mut pools =
            vec![Receipts { deposits: vec![0; 3], ..Default::default() }; geography.counties.len()];
        pools.push(Receipts { deposits: vec![0; geography.len()], ..Default::default() });
        Givers { pools }
    }

    /// Whether no year has been noted.
    pub fn is_empty(&self) -> bool {
        self.pools.is_empty()
    }

    /// Notes what households of a node gave to a pool, that of a county by its index, the national one by the number
    /// of counties.
    pub fn deposit(&mut self, geography: &Geography, pool: usize, node: usize, amount: i64) {
        let place = if pool < geography.counties.len() { holder(geography, pool, node) } else { node };
        self.pools[pool].deposits[place] += amount;
    }

    /// Notes what a fund gave to its own pool, and what it saved for its holders.
    pub fn retain(&mut self, fund: usize, given: i64, saved: i64) {
        self.pools[fund].own += given;
        self.pools[fund].saved += saved;
    }

    /// Deposits of the year in a county's pool, less what was lent of them outside, by holder.
    pub fn county_deposits(&self, county: usize) -> Vec<i64> {
        self.pools[county].deposits.clone()
    }

    /// Deposits of the year in the national pool, less what was lent of them outside, by node.
    pub fn national_deposits(&self) -> &[i64] {
        self.pools.last().map_or(&[], |pool| &pool.deposits)
    }

    /// What each fund saved for its holders.
    pub fn saved_by_funds(&self) -> impl Iterator<Item = i64> + '_ {
        self.pools.iter().map(|pool| pool.saved)
    }

    /// Notes that a pool lent to the rest of the world, out of all that it received, or borrowed there (below zero).
    pub fn lend(&mut self, pool: usize, amount: i64) {
        let pool = &mut self.pools[pool];
        if amount < 0 {
            pool.hub -= amount;
            return;
        }
        let weights: Vec<f64> = pool.deposits.iter().chain([&pool.own]).map(|&x| x as f64).collect();
        let mut rest = amount;
        for (deposit, part) in pool.deposits.iter_mut().zip(split(amount, &weights)) {
            // Nobody lends more than was deposited: what filled cash is lent of too, and that was the fund's.
            let lent = part.clamp(0, (*deposit).max(0));
            *deposit -= lent;
            rest -= lent;
        }
        pool.own -= rest;
    }

    /// Who gave to the pools this year.
    pub fn shares(&self, claims: &Claims, residents: &[f64]) -> Shares {
        let mut of_nation = 0;
        let counties = self.pools.len().saturating_sub(1);
        let county = (0..counties)
            .map(|c| {
                let pool = &self.pools[c];
                let held = claims.split_county(c, pool.own.max(0));
                of_nation += held[NATION];
                let given = [
                    pool.deposits[SEAT] + held[SEAT],
                    pool.deposits[VILLAGE] + held[VILLAGE],
                    held[NATION],
                    pool.hub,
                ];
                let nobody = given.iter().all(|&x| x <= 0);
                Ratios::new(if nobody { claims.county_weights(c) } else { given.map(|x| x as f64) })
            })
            .collect();
        let nation = self.pools.last().map_or_else(Vec::new, |pool| {
            let held = claims.split_nation(residents, pool.own.max(0) + of_nation);
            let given = pool.deposits.iter().zip(held).map(|(deposit, held)| (deposit + held) as f64);
            let mut weights: Vec<f64> = given.chain([pool.hub as f64]).collect();
            if weights.iter().all(|&x| x <= 0.0) {
                weights = claims.national_weights(residents);
            }
            weights
        });
        Shares { county, nation }
    }
}

impl Claims {
    /// Weights of the holders of a county's fund, the rest of the world last.
    fn county_weights(&self, county: usize) -> [f64; 4] {
        let held = self.county[county];
        if held.iter().all(|&x| x <= 0) {
            return [1.0, 0.0, 0.0, 0.0];
        }
        [held[SEAT] as f64, held[VILLAGE] as f64, held[NATION] as f64, 0.0]
    }

    /// Weights of the holders of the national fund, the rest of the world last.
    fn national_weights(&self, residents: &[f64]) -> Vec<f64> {
        let nobody = self.nation.iter().all(|&x| x <= 0);
        let held = self.nation.iter().zip(residents);
        held.map(|(&x, &n)| if nobody { n } else { x as f64 }).chain([0.0]).collect()
    }

    /// Who holds the funds.
    pub fn shares(&self, residents: &[f64]) -> Shares {
        Shares {
            county: (0..self.county.len()).map(|c| Ratios::new(self.county_weights(c))).collect(),
            nation: self.national_weights(residents),
        }
    }
}

/// Which way money of funds flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// From holders to the place.
    ToPlace,
    /// From the place to holders.
    ToHolders,
}

/// Rows that are split at a time, and those of a part that one thread takes.
const ROUND: usize = 1 << 18;
const PART: usize = 1 << 13;

impl Shares {
    /// An amount of a county's fund by its holders; nothing of the national one.
    fn split(&self, fund: usize, amount: i64) -> Option<[i64; 4]> {
        Some(self.county.get(fund)?.split(amount))
    }

    /// Notes in the flows money between the holders of funds and places, from (fund, place, amount): the national
    /// fund's, its part of county funds included, passes the national pool.
    pub fn book(
        &self,
        geography: &Geography,
        flows: &mut Flows,
        (factor, way): (Factor, Way),
        rows: impl IntoIterator<Item = (usize, usize, i64)>,
    ) {
        let hub = geography.len();
        let mut through = vec![0; hub + 1];
        let rows: Vec<(usize, usize, i64)> = rows.into_iter().collect();
        // Amounts are split on all threads, some rows at a time, and booked in their order.
        for rows in rows.chunks(ROUND) {
            let parts = map_ranges(rows.len(), PART, |_, range| {
                rows[range].iter().map(|&(fund, _, amount)| self.split(fund, amount)).collect::<Vec<_>>()
            });
            for (&(fund, place, amount), parts) in rows.iter().zip(parts.iter().flatten()) {
                let Some(parts) = parts else {
                    through[place] += amount;
                    continue;
                };
                through[place] += parts[NATION];
                let county = &geography.counties[fund];
                for (at, node) in
                    [(SEAT, county.seat), (VILLAGE, county.village.unwrap_or(county.seat)), (HUB, hub)]
                {
                    match way {
                        Way::ToPlace => flows.add_money(factor, node, place, parts[at]),
                        Way::ToHolders => flows.add_money(factor, place, node, parts[at]),
                    }
                }
            }
        }
        let holders = split(through.iter().sum(), &self.nation);
        match way {
            Way::ToPlace => flows.add_through_pool(factor, &holders, &through),
            Way::ToHolders => flows.add_through_pool(factor, &through, &holders),
        }
    }
}
