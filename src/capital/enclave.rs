//! Enclaves: industry that one county of a pairing holds in the other.

use crate::rules::Rules;
use crate::world::sector::INDUSTRY;
use crate::world::{Project, World};

/// Value of industry that each tie's enclave holds, given the positions of the projects in enclaves.
pub(super) fn count_enclaves(world: &mut World, rules: &Rules, positions: impl Iterator<Item = usize>) {
    let links = rules.levers.links();
    let county = |j: u16| world.geography.nodes[usize::from(j)].county;
    let mut values = vec![0; links.len()];
    for project in positions.map(|i| &world.projects.list[i]).filter(|p| p.enclave != Project::NO_ENCLAVE) {
        let key = (county(project.enclave), county(project.node));
        if let Ok(i) = links.binary_search_by_key(&key, |l| (l.from, l.to)) {
            values[i] += project.value;
        }
    }
    world.programmes.enclaves = values;
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
    let may_join = s == INDUSTRY && no_partner;
    let found = own.or_else(|| if may_join { (0..links.len()).find(room) } else { None });
    match found {
        Some(i) => {
            world.programmes.enclaves[i] += value;
            world.geography.counties[links[i].from].seat as u16
        }
        None => Project::NO_ENCLAVE,
    }
}
