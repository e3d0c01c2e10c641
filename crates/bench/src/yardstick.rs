//! The performance yardstick `logit-migration` v1: a deliberately small model with the cost structure of a
//! flow simulator, a huge flat population, node prices from counts, a rare discrete choice per agent. It is here so
//! that the kernel is measured, and checked against an exact expectation, without the model around it.
//!
//! One step is a month, and all choices of a step see the counts n of the step before, of N agents on J nodes:
//!
//! 1. Crowding m_j = max(n_j, 1) J / N; wage ln w_j = ln A_j - alpha ln m_j; rent ln r_j = gamma ln m_j.
//! 2. For skill s, v_sj = beta_s ln w_j - delta ln r_j.
//! 3. Every agent considers a move with probability lambda f(age).
//! 4. If so, it draws j from all nodes with P(j) in proportion to exp(v_sj - tau d_ij + h [j = home]).
//!
//! An agent is four bytes. A step draws one byte an agent (the [gate](shanhai_kernel::gate)); only agents below the
//! ceiling, the highest rate of any age, are looked at, thinned to their own rate with Philox, and choose
//! with the same Philox block. Everything random is keyed by (seed, step, agent), so neither chunks nor
//! threads nor the processor's vector unit can change a run.

mod law;
mod map;
#[cfg(target_arch = "x86_64")]
mod vector;

use self::law::Law;
use self::map::Map;
use crate::{Error, Result};
use shanhai_kernel::chunks;
use shanhai_kernel::gate::Gate;
use shanhai_kernel::pages::prefer_large_pages;

/// Agents a block: what is worked on at a time, small enough for the first cache.
const BLOCK: usize = 8192;
/// Blocks of a chunk at least, so that merging its counts costs little.
const CHUNK_BLOCKS: usize = 16;
/// Chunks at most: enough to share evenly among many threads.
const CHUNKS: usize = 256;

const SKILLS: usize = 3;
const AGES: usize = 60;
const YOUNGEST: u32 = 16;
/// Nodes an agent's twelve bits can name.
const MOST_NODES: usize = 4096;
/// Cells of the map.
const CELLS: usize = 64;

/// Constants of the yardstick.
const ALPHA: f64 = 0.3;
const GAMMA: f64 = 0.2;
const BETA: [f64; SKILLS] = [2.0, 2.5, 3.0];
const DELTA: f64 = 1.0;
const TAU: f64 = 3.0;
const HOME: f64 = 3.0;
const LAMBDA: f64 = 0.02;

/// The share of an agent's rate in lambda, by age.
fn age_factor(age: u32) -> f64 {
    match age {
        ..35 => 1.5,
        35..=49 => 1.0,
        50.. => 0.5,
    }
}

/// The gate's ceiling in 1/256, at or above the highest rate of any age.
const CEILING: u8 = 8;

/// One agent, read from its four bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agent {
    pub current: u32,
    pub home: u32,
    pub skill: u32,
    /// Years, 16 to 75.
    pub age: u32,
}

impl Agent {
    const NODE: u32 = MOST_NODES as u32 - 1;

    /// Lowest bits first: present node 12, home 12, skill 2, age above 16 years 6.
    #[inline(always)]
    fn pack(self) -> u32 {
        self.current | self.home << 12 | self.skill << 24 | (self.age - YOUNGEST) << 26
    }

    #[inline(always)]
    fn unpack(word: u32) -> Self {
        Agent {
            current: word & Self::NODE,
            home: word >> 12 & Self::NODE,
            skill: word >> 24 & 3,
            age: (word >> 26) + YOUNGEST,
        }
    }
}

/// The 64-bit mix of the yardstick's definition.
fn mix(mut z: u64) -> u64 {
    z = (z ^ z >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ z >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ z >> 31
}

/// The agent of the initial population with number `i`.
fn first_agent(seed: u64, nodes: usize, i: u64) -> Agent {
    let r = mix(seed
        .wrapping_mul(0xD134_2543_DE82_EF95)
        .wrapping_add((i + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15)));
    let home = (((r >> 32) * nodes as u64) >> 32) as u32;
    let skill = match r & 0xFFFF {
        0..=32_767 => 0,
        32_768..=52_428 => 1,
        _ => 2,
    };
    Agent { current: home, home, skill, age: YOUNGEST + (((r >> 16 & 0xFFFF) * AGES as u64) >> 16) as u32 }
}

/// What one step did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// Agents that considered a move.
    pub considering: u64,
    /// Agents whose node changed.
    pub movers: u64,
}

/// A population and its nodes.
pub struct Yardstick {
    seed: u64,
    step: u32,
    agents: u64,
    /// Whole blocks; what is beyond the last agent is never looked at.
    words: Vec<u32>,
    map: Map,
    counts: Vec<u64>,
}

/// What a chunk did; integers, so that chunks add up to the same in any order.
struct Done {
    /// Agents more at a place.
    change: Vec<i32>,
    moves: Moves,
}

impl Done {
    fn new(nodes: usize) -> Self {
        Done { change: vec![0; nodes], moves: Moves::default() }
    }

    #[inline(always)]
    fn move_to(&mut self, agent: &mut u32, to: u32) {
        let from = *agent & Agent::NODE;
        *agent ^= from ^ to;
        self.change[from as usize] -= 1;
        self.change[to as usize] += 1;
        self.moves.movers += u64::from(from != to);
    }
}

/// Lets a chunk move, the fastest way this processor has.
fn run<const FOURS: usize>(
    law: &Law<'_, FOURS>,
    gate: &Gate,
    first: u64,
    agents: u64,
    blocks: &mut [[u32; BLOCK]],
) -> Done {
    #[cfg(target_arch = "x86_64")]
    if vector::supported() {
        // SAFETY: `supported` found the features that `vector::chunk` is compiled for.
        return unsafe { vector::chunk(law, gate, first, agents, blocks) };
    }
    law.chunk(gate, first, agents, blocks)
}

impl Yardstick {
    /// The initial population.
    pub fn new(agents: u64, nodes: usize, seed: u64) -> Result<Self> {
        if !nodes.is_power_of_two() || !(CELLS..=MOST_NODES).contains(&nodes) || agents == 0 {
            return Err(Error {
                what: "the yardstick".into(),
                found: format!("{agents} agents on {nodes} nodes"),
                expected: format!(
                    "at least one agent, and a power of two from {CELLS} to {MOST_NODES} nodes"
                ),
            });
        }
        let map = Map::new(nodes);
        let mut words = vec![0; agents.next_multiple_of(BLOCK as u64) as usize];
        prefer_large_pages(&mut words);
        let chunk = chunk_len(words.len());
        let parts = chunks::map_parts(&mut words, chunk, |c, words| {
            let mut counts = vec![0u64; nodes];
            for (i, word) in ((c * chunk) as u64..agents).zip(words) {
                let agent = first_agent(seed, nodes, i);
                counts[agent.home as usize] += 1;
                let place = map.place[agent.home as usize];
                *word = Agent { current: place, home: place, ..agent }.pack();
            }
            counts
        });
        let counts = (0..nodes).map(|j| parts.iter().map(|p| p[j]).sum()).collect();
        Ok(Yardstick { seed, step: 0, agents, words, map, counts })
    }

    /// One month.
    pub fn step(&mut self) -> Result<Moves> {
        match self.map.shift {
            0 => self.step_with::<1>(),
            1..=4 => self.step_with::<4>(),
            _ => self.step_with::<16>(),
        }
    }

    fn step_with<const FOURS: usize>(&mut self) -> Result<Moves> {
        let law: Law<'_, FOURS> = Law::new(&self.map, self.seed, self.step, &self.counts, self.agents)?;
        let gate = Gate::new(self.seed, self.step);
        let (agents, chunk) = (self.agents, chunk_len(self.words.len()));
        let done = chunks::map_parts(&mut self.words, chunk, |c, words| {
            run(&law, &gate, (c * chunk) as u64, agents, words.as_chunks_mut().0)
        });
        let mut moves = Moves::default();
        for part in &done {
            moves.considering += part.moves.considering;
            moves.movers += part.moves.movers;
            for (&node, &change) in self.map.node.iter().zip(&part.change) {
                let count = &mut self.counts[node as usize];
                *count = count.wrapping_add_signed(i64::from(change));
            }
        }
        self.step += 1;
        Ok(moves)
    }

    /// Agents at each node.
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// An agent as it is now.
    pub fn agent(&self, i: u64) -> Agent {
        self.read(self.words[i as usize])
    }

    fn read(&self, word: u32) -> Agent {
        let agent = Agent::unpack(word);
        let node = |place: u32| self.map.node[place as usize];
        Agent { current: node(agent.current), home: node(agent.home), ..agent }
    }

    /// The fingerprint of the state: the sum of mix((i << 12) ^ current) over agents.
    pub fn state_hash(&self) -> u64 {
        chunks::map_ranges(self.agents as usize, chunk_len(self.words.len()), |_, range| {
            let numbered = range.clone().zip(&self.words[range]);
            numbered.fold(0u64, |hash, (i, &word)| {
                hash.wrapping_add(mix((i as u64) << 12 ^ u64::from(self.read(word).current)))
            })
        })
        .into_iter()
        .fold(0, u64::wrapping_add)
    }

    /// Reads every agent once and does nothing else: the pace of memory, to compare a step with.
    pub fn stream_read(&self) -> u32 {
        chunks::map_ranges(self.words.len(), chunk_len(self.words.len()), |_, range| {
            self.words[range].iter().fold(0, |sum, &word| sum ^ word)
        })
        .into_iter()
        .fold(0, |a, b| a ^ b)
    }
}

/// Agents of a chunk, in whole blocks: a function of the population alone, never of threads.
fn chunk_len(words: usize) -> usize {
    BLOCK * (words / BLOCK).div_ceil(CHUNKS).max(CHUNK_BLOCKS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agent_fits_its_bits() {
        let agent = Agent { current: 4095, home: 17, skill: 2, age: 75 };
        assert_eq!(Agent::unpack(agent.pack()), agent);
    }

    /// The chunk of each way must do the same in every bit, also to the last agents of half a block.
    fn both_ways<const FOURS: usize>(nodes: usize) {
        let agents = 5 * BLOCK as u64 - 3000;
        let mut yardstick = Yardstick::new(agents, nodes, 7).unwrap();
        for step in 0..3 {
            let counts = yardstick.counts.clone();
            let law: Law<'_, FOURS> = Law::new(&yardstick.map, 7, step, &counts, agents).unwrap();
            let gate = Gate::new(7, step);
            // An agent number above 2^32 too.
            for first in [0, 3 << 33] {
                let mut plain = yardstick.words.clone();
                let mut fast = yardstick.words.clone();
                let done = law.chunk(&gate, first, first + agents, plain.as_chunks_mut().0);
                let fast_done = run(&law, &gate, first, first + agents, fast.as_chunks_mut().0);
                assert!(done.moves.movers > 0 && done.moves.considering > done.moves.movers);
                assert_eq!((done.change, done.moves), (fast_done.change, fast_done.moves));
                assert_eq!(plain, fast);
                assert!(plain[agents as usize..].iter().all(|&word| word == 0));
            }
            yardstick.step().unwrap();
        }
    }

    #[test]
    fn vector_and_plain_steps_are_equal() {
        both_ways::<1>(64);
        both_ways::<4>(128);
        both_ways::<4>(1024);
        both_ways::<16>(2048);
    }

    #[test]
    fn wrong_sizes_are_refused() {
        for (agents, nodes) in [(0, 64), (10, 63), (10, 32), (10, 8192)] {
            assert!(Yardstick::new(agents, nodes, 1).is_err());
        }
    }
}
