//! Capital: where projects are founded, how they wear, fail and move.

pub(crate) mod attraction;
pub(crate) mod chains;
mod enclave;
pub(crate) mod founding;
mod relocation;
pub(crate) mod sizes;
mod startups;
pub(crate) mod survival;
mod wear;

pub(crate) use attraction::{Attraction, Inflow, usual_access};
pub(crate) use sizes::ProjectSizes;
pub(crate) use startups::{founded_in, start_up};
pub(crate) use wear::failure_hazard;

use crate::rules::Rules;
use crate::world::{Flows, SECTORS, World};

/// Phase 6, invest: depreciation, failure, relocation, then pools found new projects.
pub(crate) fn invest(
    world: &mut World,
    rules: &Rules,
    flows: &mut Flows,
    seed: u64,
    share: &[[f64; SECTORS]],
) {
    for state in &mut world.nodes {
        state.capital_flows = Default::default();
    }
    let at = Attraction::new(world, rules, share, false);
    wear::wear_and_fail(world, rules, flows, seed);
    if rules.model.relocation {
        let relocating = Attraction::new(world, rules, share, true);
        relocation::relocate(world, rules, flows, seed, &relocating);
    }
    enclave::count_enclaves(world, rules);
    founding::spend_pools(world, rules, flows, seed, &at);
    world.projects.clear_away();
    count_capital(world);
}

/// Capital of every cell, and what of it waits for permits, from the projects that stand there.
pub(crate) fn count_capital(world: &mut World) {
    let area = world.geography.area_nodes();
    let (capital, idle) = world.projects.capital_and_idle(area);
    for ((state, capital), idle) in world.nodes.iter_mut().zip(capital).zip(idle) {
        (state.capital, state.idle) = (capital, idle);
    }
    chains::note_copies(world);
}
