//! Industrial chains: which one a project belongs to, and what copying does to its price.
//!
//! ```text
//! chain of a project: with chance f_ch that of its county, else any of the 12 at equal odds
//! copied_j = sum_c k_jc/k_j ln(x_c/x_c0),   x_c = K_c/sum K;   price of industry at j: exp(-copied_j/eps_c)
//! ```
//!
//! Growth of all industry lowers no price; a chain that takes a larger part of it than in the base year sells for less, in
//! every county that makes it.

use crate::kernel::draw::{Draws, Purpose};
use crate::world::World;
use crate::world::projects::sums;
use crate::world::sector::INDUSTRY;

/// Number of chains. A project without one (0) has no share in this.
pub(crate) const CHAINS: usize = 12;

/// Draws of chains stand for all years of a run.
pub(crate) struct ChainDraws {
    draws: Draws,
    home_share: f64,
}

impl ChainDraws {
    /// Those of a run; a project is in the chain of its county with chance `home_share`.
    pub(crate) fn new(seed: u64, home_share: f64) -> Self {
        ChainDraws { draws: Draws::new(seed, Purpose::Chain, 0), home_share }
    }

    /// The chain in which a county is at home, 1 to 12. No table has it: it is a draw.
    pub(crate) fn home(&self, county: usize) -> u8 {
        1 + (self.draws.uniform(1 << 62 | county as u64) * CHAINS as f64) as u8
    }

    /// The chain of a project of a county by its number; 0 outside industry.
    pub(crate) fn of_project(&self, county: usize, sector: usize, number: u64) -> u8 {
        if sector != INDUSTRY {
            return 0;
        }
        let (u, v) = self.draws.uniform_pair(number);
        if u < self.home_share { self.home(county) } else { 1 + (v * CHAINS as f64) as u8 }
    }
}

/// Value of the projects of each chain at each node, fen.
fn by_node(world: &World) -> Vec<[i64; CHAINS]> {
    sums(&world.projects.list, world.nodes.len(), |sums: &mut [[i64; CHAINS]], project| {
        if (1..=CHAINS).contains(&usize::from(project.chain)) {
            sums[usize::from(project.node)][usize::from(project.chain) - 1] += project.value;
        }
    })
}

/// Share of each chain in the capital of all.
pub(crate) fn shares(world: &World) -> Vec<f64> {
    shares_of(&by_node(world))
}

fn shares_of(by_node: &[[i64; CHAINS]]) -> Vec<f64> {
    let sums: [i64; CHAINS] = std::array::from_fn(|c| by_node.iter().map(|chains| chains[c]).sum());
    let all = sums.iter().map(|&k| k as f64).sum::<f64>();
    sums.iter().map(|&k| if all > 0.0 { k as f64 / all } else { 0.0 }).collect()
}

/// Notes at every node how much its industry is copied: the mean over its capital of the log of its chains' shares over
/// those of the base year.
pub(crate) fn note_copies(world: &mut World) {
    if world.base.chain_capital.len() != CHAINS {
        return;
    }
    let by_node = by_node(world);
    let grown: Vec<f64> = shares_of(&by_node)
        .iter()
        .zip(&world.base.chain_capital)
        .map(|(&x, &x0)| if x > 0.0 && x0 > 0.0 { libm::log(x / x0) } else { 0.0 })
        .collect();
    for (state, chains) in world.nodes.iter_mut().zip(by_node) {
        let copied: f64 = chains.iter().zip(&grown).map(|(&k, grown)| k as f64 * grown).sum();
        state.copied = copied / state.capital[INDUSTRY].max(1) as f64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{NodeState, Project};

    #[test]
    fn half_of_the_projects_are_at_home_where_the_share_says_so() {
        let draws = ChainDraws::new(7, 0.5);
        let home = draws.home(3);
        let at_home =
            (0..20_000).filter(|&n| draws.of_project(3, INDUSTRY, n) == home).count() as f64 / 20_000.0;
        // Half, and a twelfth of the other half.
        assert!((at_home - (0.5 + 0.5 / CHAINS as f64)).abs() < 0.015, "{at_home}");
        assert_eq!(draws.of_project(3, INDUSTRY + 1, 5), 0);
    }

    #[test]
    fn who_makes_what_many_copy_is_copied_and_growth_of_all_is_no_copying() {
        let project = |node: u16, chain: u8, value: i64| Project {
            node,
            fund: 0,
            owner: Project::NOBODY,
            sector: INDUSTRY as u8,
            chain,
            age: 1,
            waiting: 0,
            enclave: Project::NO_ENCLAVE,
            value,
            cash: 0,
            number: 0,
        };
        let mut world = World { nodes: vec![NodeState::default(); 2], ..World::default() };
        let set = |world: &mut World, values: [i64; 2]| {
            world.projects.list = vec![project(0, 1, values[0]), project(1, 2, values[1])];
            for (state, value) in world.nodes.iter_mut().zip(values) {
                state.capital[INDUSTRY] = value;
            }
        };
        set(&mut world, [100, 100]);
        world.base.chain_capital = shares(&world);
        set(&mut world, [300, 300]);
        note_copies(&mut world);
        assert!(world.nodes.iter().all(|n| n.copied.abs() < 1e-12), "all grew alike");
        set(&mut world, [300, 100]);
        note_copies(&mut world);
        let expected = [1.5_f64.ln(), 0.5_f64.ln()];
        assert!(world.nodes.iter().zip(expected).all(|(n, e)| (n.copied - e).abs() < 1e-12));
    }
}
