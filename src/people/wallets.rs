//! Movers take money along.

use crate::people::tally::Tally;
use crate::quantity::{Fen, split};
use crate::world::claims::{NATION, book_values, holder};
use crate::world::{Account, SKILLS, Use, World};

/// Movers take their wallets along. Where people only swap places their wallets swap too, so it is the net
/// movement that carries money: a node that loses people gives the mean wallet of each into a pot, and nodes
/// that gain people share it by what they gain. The rest of the country pays and receives through the hub.
pub(crate) fn carry_wallets(world: &mut World, tally: &Tally, share: f64) {
    let area = world.geography.area_nodes();
    let gain = net_moves(world, tally);
    let per_agent = |wallet: i64, agents: u64| if agents > 0 { wallet.max(0) / agents as i64 } else { 0 };
    let all: i64 = world.accounts.wallet.iter().map(|w| w.0.max(0)).sum();
    let agents: u64 = world.census.places[..area].iter().map(|p| p.total()).sum();
    for j in 0..world.geography.len() {
        let loss = -gain[j];
        if loss <= 0 {
            continue;
        }
        let (from, mean) = if j < area {
            (Account::Wallet(j), per_agent(world.accounts.wallet[j].0, world.census.places[j].total()))
        } else {
            (Account::Hub, per_agent(all, agents))
        };
        world.accounts.pay(from, Account::Clearing, Fen(mean * loss).share(share), Use::MovingWallets);
    }
    let weights: Vec<f64> = gain.iter().map(|&n| n.max(0) as f64).collect();
    let pot = world.accounts.clearing;
    let to = |j: usize| if j < area { Account::Wallet(j) } else { Account::Hub };
    world.accounts.pay_split(Account::Clearing, to, pot, &weights, Use::MovingWallets);
}

/// Agents who came less those who left, by node.
fn net_moves(world: &World, tally: &Tally) -> Vec<i64> {
    let sum = |m: &[u64; SKILLS]| (m[0] + m[1]) as i64;
    (0..world.geography.len()).map(|j| sum(&tally.in_moves[j]) - sum(&tally.out_moves[j])).collect()
}

/// Movers take their claims on funds along as their wallets: a node that loses a part of its people gives that part of
/// its claims, and nodes that gain people share them. What leaves a county's fund passes to the national fund,
/// whose claims the receivers get.
pub(crate) fn carry_claims(world: &mut World, tally: &Tally, share: f64) {
    let gain = net_moves(world, tally);
    let weights: Vec<f64> = gain.iter().map(|&n| n.max(0) as f64).collect();
    if weights.iter().sum::<f64>() <= 0.0 {
        return;
    }
    if national_fund_is_under_water(world) {
        return;
    }
    let mut pot = 0;
    for (j, &gain) in gain.iter().enumerate().filter(|(_, gain)| **gain < 0) {
        let people = world.census.places[j].total() as f64;
        let part = if people > 0.0 { (share * -gain as f64 / people).min(1.0) } else { 0.0 };
        let taken = |claims: i64| Fen(claims).share(part).0;
        if !world.geography.is_outside(j) {
            let county = world.geography.nodes[j].county;
            let held = &mut world.claims.county[county];
            let place = holder(&world.geography, county, j);
            let amount = taken(held[place]);
            held[place] -= amount;
            held[NATION] += amount;
            pot += amount;
        }
        let amount = taken(world.claims.nation[j]);
        world.claims.nation[j] -= amount;
        pot += amount;
    }
    for (claims, part) in world.claims.nation.iter_mut().zip(split(pot, &weights)) {
        *claims += part;
    }
}

/// Whether the national fund is worth less than nothing: nobody holds it, and nothing can be handed over to it.
fn national_fund_is_under_water(world: &World) -> bool {
    let of_counties: i64 = world.claims.county.iter().map(|c| c[NATION]).sum();
    let nobody = world.claims.nation.iter().all(|&x| x == 0);
    nobody && book_values(world).last().is_some_and(|value| value + of_counties < 0)
}
