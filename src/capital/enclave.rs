//! Enclaves: industry that one county of a pairing holds in the other.

use crate::rules::Rules;
use crate::world::projects::sums;
use crate::world::sector::INDUSTRY;
use crate::world::{Project, World};

/// Value of industry that each tie's enclave holds.
pub(super) fn count_enclaves(world: &mut World, rules: &Rules) {
    let links = rules.levers.links();
    if links.is_empty() {
        world.programmes.enclaves = Vec::new();
        return;
    }
    let county = |j: u16| world.geography.nodes[usize::from(j)].county;
    world.programmes.enclaves = sums(&world.projects.list, links.len(), |values: &mut [i64], project| {
        if project.enclave == Project::NO_ENCLAVE {
            return;
        }
        let key = (county(project.enclave), county(project.node));
        if let Ok(i) = links.binary_search_by_key(&key, |l| (l.from, l.to)) {
            values[i] += project.value;
        }
    });
}

/// The enclave that a new project belongs to: that of its fund's county if there is a tie, else, for a project of the
/// county here or of the national fund, the first enclave here that still has room for industry.
pub(super) fn enclave(world: &mut World, rules: &Rules, fund: usize, j: usize, s: usize, value: i64) -> u16 {
    let links = rules.levers.links();
    if links.is_empty() {
        return Project::NO_ENCLAVE;
    }
    let (from, to) = (fund, world.geography.nodes[j].county);
    let no_partner = from == to || from == world.geography.counties.len();
    let room = |i: &usize| links[*i].to == to && (world.programmes.enclaves[*i] as f64) < links[*i].capacity;
    let own = links.binary_search_by_key(&(from, to), |l| (l.from, l.to)).ok();
    let found = own.or_else(|| (0..links.len()).find(room).filter(|_| s == INDUSTRY && no_partner));
    match found {
        Some(i) => {
            world.programmes.enclaves[i] += value;
            world.geography.counties[links[i].from].seat as u16
        }
        None => Project::NO_ENCLAVE,
    }
}
