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
use crate::world::projects::Standing;
use crate::world::{Flows, SECTORS, World};

/// Phase 6, invest: depreciation, failure, relocation, then pools found new projects. Returns value and cash of the projects
/// that each fund owns, fen.
pub(crate) fn invest(
    world: &mut World,
    rules: &Rules,
    flows: &mut Flows,
    seed: u64,
    share: &[[f64; SECTORS]],
) -> Vec<i64> {
    for state in &mut world.nodes {
        state.capital_flows = Default::default();
    }
    let at = Attraction::new(world, rules, share, false);
    let noted = wear::wear_and_fail(world, rules, flows, seed);
    let standing = world.projects.list.len();
    if rules.model.relocation {
        let relocating = Attraction::new(world, rules, share, true);
        relocation::relocate(world, rules, flows, &noted.reviewers, &relocating);
    }
    // Relocation may have added parts of projects.
    let in_enclaves = noted.enclaves.iter().map(|&i| i as usize).chain(standing..world.projects.list.len());
    enclave::count_enclaves(world, rules, in_enclaves);
    founding::spend_pools(world, rules, flows, seed, &at);
    let standing = world.projects.clear_away(world.nodes.len(), world.geography.counties.len() + 1);
    note_capital(world, &standing);
    standing.held
}

/// Capital of every cell, and what of it waits for permits, from the projects that stand there.
pub(crate) fn count_capital(world: &mut World) {
    let standing = world.projects.standing(world.nodes.len(), world.geography.counties.len() + 1);
    note_capital(world, &standing);
}

/// Capital of every cell, and what of it waits for permits, from sums over the projects.
pub(crate) fn note_capital(world: &mut World, standing: &Standing) {
    let area = world.geography.area_nodes();
    for (state, cells) in world.nodes.iter_mut().zip(&standing.capital).take(area) {
        (state.capital, state.idle) = (cells.map(|cell| cell[0]), cells.map(|cell| cell[1]));
    }
    chains::note_copies(world, &standing.chains);
}
