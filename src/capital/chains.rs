//! Industrial chains: which one a project belongs to, and what copying does to its price.
//!
//! ```text
//! chain of a project: with chance f_ch that of its county, else any of the 12 at equal odds
//! copied_j = sum_c k_jc/k_j ln(x_c/x_c0),   x_c = K_c/sum K;   price of industry at j: exp(-copied_j/eps_c)
//! ```
//!
//! Growth of all industry lowers no price; a chain that takes a larger part of it than in the base year sells for less, in
//! every county that makes it.

use crate::kernel::draw::{Draws, Purpose, pair};
use crate::world::projects::Chains;
use crate::world::sector::INDUSTRY;
use crate::world::{Project, World};

/// Number of chains. A project without one (0) has no share in this.
const CHAINS: usize = Project::CHAINS;

/// Draws of chains stand for all years of a run.
pub(crate) struct ChainDraws {
    draws: Draws,
    home_share: f64,
    /// The chain in which each county is at home, 1 to 12. No table has it: it is a draw.
    home: Vec<u8>,
}

impl ChainDraws {
    /// Those of a run with so many counties; a project is in the chain of its county with chance `home_share`.
    pub(crate) fn new(seed: u64, home_share: f64, counties: usize) -> Self {
        let draws = Draws::new(seed, Purpose::Chain, 0);
        let home = |county| 1 + (draws.uniform(1 << 62 | county) * CHAINS as f64) as u8;
        ChainDraws { draws, home_share, home: (0..counties as u64).map(home).collect() }
    }

    /// The chain of a project of a county by its number; 0 outside industry.
    pub(crate) fn of_project(&self, county: usize, sector: usize, number: u64) -> u8 {
        if sector != INDUSTRY {
            return 0;
        }
        self.of_block(county, sector, self.draws.block(number))
    }

    /// The random words of projects by their numbers, side by side.
    pub(super) fn blocks<const N: usize>(&self, numbers: &[u64], words: &mut [[u32; N]; 4]) {
        self.draws.blocks(numbers, words);
    }

    /// [`ChainDraws::of_project`] by the random words of the project.
    pub(super) fn of_block(&self, county: usize, sector: usize, block: [u32; 4]) -> u8 {
        if sector != INDUSTRY {
            return 0;
        }
        let (u, v) = pair(block);
        if u < self.home_share { self.home[county] } else { 1 + (v * CHAINS as f64) as u8 }
    }
}

/// Share of each chain in the capital of all, from its value at each node, fen.
pub(crate) fn shares(by_node: &[Chains]) -> Vec<f64> {
    let sums: [i64; CHAINS] = std::array::from_fn(|c| by_node.iter().map(|chains| chains[c]).sum());
    let all = sums.iter().map(|&k| k as f64).sum::<f64>();
    sums.iter().map(|&k| if all > 0.0 { k as f64 / all } else { 0.0 }).collect()
}

/// Notes at every node how much its industry is copied: the mean over its capital of the log of its chains' shares over
/// those of the base year. By node the value of each chain, fen.
pub(crate) fn note_copies(world: &mut World, by_node: &[Chains]) {
    if world.base.chain_capital.len() != CHAINS {
        return;
    }
    let grown: Vec<f64> = shares(by_node)
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
        let draws = ChainDraws::new(7, 0.5, 4);
        let home = draws.home[3];
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
        let chains = |world: &World| world.projects.standing(2, 1).chains;
        let copies = |world: &mut World| {
            let chains = chains(world);
            note_copies(world, &chains);
        };
        let set = |world: &mut World, values: [i64; 2]| {
            world.projects.list = vec![project(0, 1, values[0]), project(1, 2, values[1])];
            for (state, value) in world.nodes.iter_mut().zip(values) {
                state.capital[INDUSTRY] = value;
            }
        };
        set(&mut world, [100, 100]);
        world.base.chain_capital = shares(&chains(&world));
        set(&mut world, [300, 300]);
        copies(&mut world);
        assert!(world.nodes.iter().all(|n| n.copied.abs() < 1e-12), "all grew alike");
        set(&mut world, [300, 100]);
        copies(&mut world);
        let expected = [1.5_f64.ln(), 0.5_f64.ln()];
        assert!(world.nodes.iter().zip(expected).all(|(n, e)| (n.copied - e).abs() < 1e-12));
    }
}
