//! Start-ups found small projects at the founder's home.

use super::founding::Buckets;
use crate::economy::programmes;
use crate::people::tally::StartUp;
use crate::quantity::Fen;
use crate::rules::Rules;
use crate::world::programmes::When;
use crate::world::sector::{SECTOR_TABLE, SECTORS};
use crate::world::{Account, Project, Use, World};

/// Odds of the sectors of start-ups at a node: what it sells of each sector in which people found (small industry with farm
/// processing, business services with online trade, local services, tourism), together one. None where nothing is sold.
pub(crate) fn founded_in(world: &World, j: usize) -> Option<[f64; SECTORS]> {
    let sold = |s: usize| {
        if SECTOR_TABLE[s].startups { world.nodes[j].revenue[s].max(0) as f64 } else { 0.0 }
    };
    let all: f64 = (0..SECTORS).map(sold).sum();
    (all > 0.0).then(|| std::array::from_fn(|s| sold(s) / all))
}

/// Start-ups found small projects at the founder's home, paid by the households there; one that they cannot
/// pay is not founded.
pub(crate) fn start_up(world: &mut World, rules: &Rules, startups: &[StartUp]) -> u64 {
    let size = Fen::from_yuan(rules.p.startup_size * world.persons_per_agent() as f64);
    let mut founded = 0;
    let mut buckets = Buckets::of(world, rules);
    for startup in startups {
        let j = usize::from(startup.home);
        if world.geography.is_outside(j) || world.accounts.wallet[j] < size {
            continue;
        }
        let s = usize::from(startup.sector);
        world.accounts.pay(Account::Wallet(j), Account::Hub, size, Use::StartUps);
        let value = size + programmes::claim(world, rules, When::StartUp, (j, s), size.0, Account::Hub);
        world.nodes[j].capital_flows[s].founded += value.0;
        world.nodes[j].capital[s] += value.0;
        // Money that stays at home is no flow.
        world.nodes[j].saved += size.0;
        world.nodes[j].invested += size.0;
        let project = Project {
            node: j as u16,
            fund: world.geography.nodes[j].county as u16,
            owner: j as u16,
            sector: s as u8,
            chain: 0,
            age: 0,
            waiting: 0,
            enclave: Project::NO_ENCLAVE,
            value: value.0,
            cash: 0,
            number: 0,
        };
        buckets.found(world, project);
        founded += 1;
    }
    founded
}
