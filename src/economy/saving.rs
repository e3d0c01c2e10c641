//! What households save: at the end of phase 5 a part of income builds, the rest is deposited.

use crate::config::Parameters;
use crate::quantity::{Fen, split};
use crate::rules::Lever;
use crate::rules::Rules;
use crate::world::{Account, Tier, Use, World};

/// Part of income that households of a tier save, `s_H`.
pub(crate) fn rate(p: &Parameters, tier: Tier) -> f64 {
    if tier == Tier::Village { p.saving_rate_village } else { p.saving_rate_urban }
}

/// Part of saving that buys building.
fn building(p: &Parameters, tier: Tier) -> f64 {
    if tier == Tier::Village { p.housing_saving_village } else { p.housing_saving_urban }
}

/// Households save `s_H` of income: a share `housing_saving_urban` buys building, the rest is deposited, and `deposit_leakage` of
/// deposits leaks to the national pool. What is left is next year's wallet.
pub(crate) fn save(world: &mut World, rules: &Rules) {
    for j in 0..world.geography.area_nodes() {
        let (tier, c) = (world.geography.nodes[j].tier, world.geography.nodes[j].county);
        let income = world.accounts.wallet[j];
        world.nodes[j].income = income.0;
        let saved = income.at_least(Fen::ZERO).share(rate(rules.p, tier));
        let (build, leak) = (building(rules.p, tier), rules.levers.county(Lever::DepositLeakage, c));
        let parts = split(saved.0, &[build, (1.0 - build) * (1.0 - leak), (1.0 - build) * leak]);
        world.nodes[j].building = parts[0];
        world.accounts.pay(Account::Wallet(j), Account::Hub, Fen(parts[0]), Use::Building);
        world.accounts.pay(Account::Wallet(j), Account::Pool(c), Fen(parts[1]), Use::Deposits);
        world.accounts.pay(Account::Wallet(j), Account::NationalPool, Fen(parts[2]), Use::DepositLeakage);
        world.givers.deposit(&world.geography, c, j, parts[1]);
        world.givers.deposit(&world.geography, world.geography.counties.len(), j, parts[2]);
        world.nodes[j].saved += parts[1] + parts[2];
    }
}
