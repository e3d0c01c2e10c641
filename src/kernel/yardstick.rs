//! The performance yardstick `logit-migration` v1: a deliberately small model with the cost structure of a
//! flow simulator, a huge flat population, node prices from counts, a rare discrete choice per agent.
//! Full description in `docs/yardstick.md`; it is here so that the kernel is measured, and checked against an
//! exact expectation, without the model around it.
//!
//! An agent is four bytes. A step draws one byte an agent (the [gate](super::gate)); only agents below the
//! ceiling, the highest rate of any age, are looked at, thinned to their own rate with Philox, and choose
//! with the same Philox block. Everything random is keyed by (seed, step, agent), so neither chunks nor
//! threads nor the processor's vector unit can change a run.

use super::choice::ChoiceRows;
use super::chunks;
use super::draw::{Draws, Purpose};
use super::gate::Gate;
use crate::{Error, Result};

/// Agents a block: what is worked on at a time, small enough for the first cache.
const BLOCK: usize = 4096;
/// Candidates worked on at a time; a block has about 128.
const BATCH: usize = 256;
/// Blocks of a chunk at least, so that merging its counts costs little.
const CHUNK_BLOCKS: usize = 32;
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
        35..50 => 1.0,
        _ => 0.5,
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
    let home = ((r >> 32) * nodes as u64 >> 32) as u32;
    let skill = match r & 0xFFFF {
        ..32_768 => 0,
        ..52_429 => 1,
        _ => 2,
    };
    Agent { current: home, home, skill, age: YOUNGEST + ((r >> 16 & 0xFFFF) * AGES as u64 >> 16) as u32 }
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
    blocks: Vec<[u32; BLOCK]>,
    map: Map,
    counts: Vec<u64>,
}

/// Where nodes are: fixed. Nodes are *placed*: numbered so that those of a cell are neighbours, 64 cells with
/// the same number of nodes each (eight strips by x, each cut in eight by y).
struct Map {
    /// The node at a place, and the place of a node.
    node: Vec<u32>,
    place: Vec<u32>,
    /// Nodes of a cell, as a power of two.
    shift: u32,
    attraction: Vec<f64>,
    /// For two cells, the greatest of the distance factors exp(-tau d) between their nodes.
    bound: Vec<[f64; CELLS]>,
    /// For two places, their distance factor over the bound of their cells, in 2^-32, less one.
    accept: Vec<u32>,
}

impl Map {
    fn new(nodes: usize) -> Self {
        let position = |j: usize, c: f64| (0.5 + j as f64 * c).fract();
        let x: Vec<f64> = (0..nodes).map(|j| position(j, 0.754_877_666_246_692_7)).collect();
        let y: Vec<f64> = (0..nodes).map(|j| position(j, 0.569_840_290_998_053_2)).collect();
        let mut node: Vec<u32> = (0..nodes as u32).collect();
        node.sort_by(|&a, &b| x[a as usize].total_cmp(&x[b as usize]));
        for strip in node.chunks_mut(nodes / 8) {
            strip.sort_by(|&a, &b| y[a as usize].total_cmp(&y[b as usize]));
        }
        let mut place = vec![0; nodes];
        node.iter().enumerate().for_each(|(p, &j)| place[j as usize] = p as u32);
        let attraction = node
            .iter()
            .map(|j| match j {
                j if j % 64 == 0 => 4.0,
                j if j % 8 == 0 => 2.0,
                _ => 1.0,
            })
            .collect();
        let factor = |p: usize, q: usize| {
            let (i, j) = (node[p] as usize, node[q] as usize);
            libm::exp(-TAU * libm::sqrt((x[i] - x[j]) * (x[i] - x[j]) + (y[i] - y[j]) * (y[i] - y[j])))
        };
        let shift = (nodes / CELLS).trailing_zeros();
        let mut bound = vec![[0.0f64; CELLS]; CELLS];
        for p in 0..nodes {
            for q in 0..nodes {
                let b = &mut bound[p >> shift][q >> shift];
                *b = b.max(factor(p, q));
            }
        }
        let mut accept = vec![0; nodes * nodes];
        for p in 0..nodes {
            for q in 0..nodes {
                let ratio = factor(p, q) / bound[p >> shift][q >> shift];
                accept[p * nodes + q] = (ratio * 4_294_967_296.0 - 0.5) as u32;
            }
        }
        Map { node, place, shift, attraction, bound, accept }
    }

    fn nodes(&self) -> usize {
        self.node.len()
    }
}

/// What agents of one step choose by: the same for all, made from the counts of the step before.
///
/// An agent of skill `s` at place `i` with its home at `h` draws from the law P(j) ~ (e_sj + [j = h] (e^H - 1) e_sj) f_ij
/// with e = exp(v) by rejection: it proposes home or a cell and then a node of the cell with the distance factor
/// f replaced by its bound over the two cells, and accepts with f over the bound. With one node a cell the bound
/// is the factor itself and nothing is ever rejected.
struct Law<'a, const IN_CELL: usize> {
    map: &'a Map,
    draws: Draws,
    /// Of an age (above 16), the share of the ceiling, in 2^-32.
    consider: [u32; 64],
    /// By skill and cell of origin: the cells.
    cells: ChoiceRows<CELLS>,
    /// By skill and cell: its nodes.
    nodes: ChoiceRows<IN_CELL>,
    /// By skill and cell of origin: weight of all proposals but home.
    total: [f32; SKILLS_PADDED * CELLS],
    /// By skill and place: weight of the proposal home before distance.
    home: Vec<f32>,
    bound: [[f32; CELLS]; CELLS],
}

/// Two bits name a skill; the fourth is never used.
const SKILLS_PADDED: usize = 4;

impl<'a, const IN_CELL: usize> Law<'a, IN_CELL> {
    fn new(map: &'a Map, seed: u64, step: u32, counts: &[u64], agents: u64) -> Result<Self> {
        let nodes = map.nodes();
        let in_cell = 1 << map.shift;
        let mut law = Law {
            map,
            draws: Draws::new(seed, Purpose::Yardstick, step),
            consider: [0; 64],
            cells: ChoiceRows::new(SKILLS * CELLS),
            nodes: ChoiceRows::new(SKILLS * CELLS),
            total: [0.0; SKILLS_PADDED * CELLS],
            home: vec![0.0; SKILLS_PADDED * nodes],
            bound: [[0.0; CELLS]; CELLS],
        };
        for age in 0..AGES {
            let rate = LAMBDA * age_factor(age as u32 + YOUNGEST);
            law.consider[age] = (rate * 256.0 / f64::from(CEILING) * 4_294_967_296.0) as u32;
        }
        for (narrow, wide) in law.bound.iter_mut().flatten().zip(map.bound.iter().flatten()) {
            *narrow = *wide as f32;
        }
        let crowding: Vec<f64> = (0..nodes)
            .map(|p| libm::log(counts[map.node[p] as usize].max(1) as f64 * nodes as f64 / agents as f64))
            .collect();
        let mut value = vec![0.0; nodes];
        for skill in 0..SKILLS {
            for p in 0..nodes {
                let wage = libm::log(map.attraction[p]) - ALPHA * crowding[p];
                let rent = GAMMA * crowding[p];
                value[p] = libm::exp(BETA[skill] * wage - DELTA * rent);
                law.home[skill * nodes + p] = ((libm::exp(HOME) - 1.0) * value[p]) as f32;
            }
            let mut mass = [0.0; CELLS];
            for cell in 0..CELLS {
                let values = &value[cell * in_cell..(cell + 1) * in_cell];
                mass[cell] = match in_cell {
                    1 => values[0],
                    _ => law.nodes.set(skill * CELLS + cell, values)?,
                };
            }
            for from in 0..CELLS {
                let weights: [f64; CELLS] = std::array::from_fn(|to| mass[to] * map.bound[from][to]);
                let row = skill * CELLS + from;
                law.total[row] = law.cells.set(row, &weights)? as f32;
            }
        }
        Ok(law)
    }

    /// Where an agent at `place` would go: a place, and whether it is accepted.
    #[inline(always)]
    fn propose(&self, agent: u32, limit: u64, words: [u32; 4]) -> (u32, bool) {
        let Agent { current, home, skill, .. } = Agent::unpack(agent);
        let nodes = self.map.nodes();
        let from = (current >> self.map.shift) as usize % CELLS;
        let row = skill as usize * CELLS + from;
        let extra = self.home[skill as usize * nodes + home as usize]
            * self.bound[from][(home >> self.map.shift) as usize % CELLS];
        let unit = (words[1] >> 8) as f32 * (1.0 / 16_777_216.0);
        let cell = self.cells.pick(row, words[2]) as u32;
        let place = match IN_CELL {
            1 => cell,
            _ => {
                let within = self.nodes.pick(skill as usize * CELLS + cell as usize, words[3]) as u32;
                cell << self.map.shift | within
            }
        };
        let to = if unit * (self.total[row] + extra) < extra { home } else { place };
        if IN_CELL == 1 {
            return (to, true);
        }
        // The first word, known to be below the limit, is uniform up to it.
        let accept = u64::from(self.map.accept[current as usize * nodes + to as usize]) + 1;
        (to, u64::from(words[0]) < limit * accept >> 32)
    }
}

/// Working space of one chunk.
struct Scratch {
    masks: [u64; BLOCK / 64],
    candidates: [u32; BLOCK + SLACK],
    words: [[u32; BATCH]; 4],
    kept: [u32; BATCH],
    agents: [u32; BATCH],
}

/// Candidates written at once; see `list`.
const SLACK: usize = 4;

/// What a chunk did; integers, so that chunks add up to the same in any order.
struct Done {
    change: Vec<i32>,
    moves: Moves,
}

/// Lists the set bits of `masks` and returns how many there are. Most masks have four bits or fewer, and
/// writing four in any case is cheaper than guessing how many.
#[inline(always)]
fn list(masks: &[u64; BLOCK / 64], out: &mut [u32; BLOCK + SLACK]) -> usize {
    let mut n = 0;
    for (m, &mask) in masks.iter().enumerate() {
        let (mut rest, mut at) = (mask, n);
        n += mask.count_ones() as usize;
        while at < n {
            let Some(slots) = out[at..].first_chunk_mut::<SLACK>() else { break };
            for slot in slots {
                *slot = m as u32 * 64 + (rest.trailing_zeros() & 63);
                rest &= rest.wrapping_sub(1);
            }
            at += SLACK;
        }
    }
    n
}

impl<const IN_CELL: usize> Law<'_, IN_CELL> {
    #[inline(always)]
    fn chunk_portable(&self, gate: &Gate, first: u64, agents: u64, blocks: &mut [[u32; BLOCK]]) -> Done {
        let mut done = Done { change: vec![0; self.map.nodes()], moves: Moves::default() };
        let mut scratch = Scratch {
            masks: [0; BLOCK / 64],
            candidates: [0; BLOCK + SLACK],
            words: [[0; BATCH]; 4],
            kept: [0; BATCH],
            agents: [0; BATCH],
        };
        for (b, block) in blocks.iter_mut().enumerate() {
            let first = first + (b * BLOCK) as u64;
            gate.byte_masks(first / 64, CEILING, &mut scratch.masks);
            if first + BLOCK as u64 > agents {
                cut(&mut scratch.masks, (agents - first) as usize);
            }
            let n = list(&scratch.masks, &mut scratch.candidates);
            for start in (0..n).step_by(BATCH) {
                self.batch(first, start, n.min(start + BATCH), block, &mut scratch, &mut done);
            }
        }
        done
    }

    /// Lets the candidates `start..end` of a block move.
    #[inline(always)]
    fn batch(
        &self,
        first: u64,
        start: usize,
        end: usize,
        block: &mut [u32; BLOCK],
        scratch: &mut Scratch,
        done: &mut Done,
    ) {
        let Scratch { candidates, words, kept, agents, .. } = scratch;
        let candidates = &candidates[start..end];
        for (k, &c) in candidates.iter().enumerate() {
            let block = self.draws.block(first + u64::from(c));
            for w in 0..4 {
                words[w][k] = block[w];
            }
        }
        let mut considering = 0;
        for (k, &c) in candidates.iter().enumerate() {
            let agent = block[c as usize % BLOCK];
            agents[k] = agent;
            kept[considering % BATCH] = k as u32;
            considering += usize::from(words[0][k] < self.consider[(agent >> 26) as usize]);
        }
        done.moves.considering += considering as u64;
        for &k in &kept[..considering] {
            let k = k as usize % BATCH;
            let agent = agents[k];
            let current = agent & Agent::NODE;
            let mut limit = u64::from(self.consider[(agent >> 26) as usize]);
            let mut four = std::array::from_fn(|w| words[w][k]);
            let mut attempt = 0u64;
            let to = loop {
                let (to, accepted) = self.propose(agent, limit, four);
                if accepted {
                    break to;
                }
                attempt += 1;
                limit = 1 << 32;
                four = self.draws.block(first + u64::from(candidates[k]) | attempt << 40);
            };
            block[candidates[k] as usize % BLOCK] = agent & !Agent::NODE | to;
            done.change[current as usize] -= 1;
            done.change[to as usize] += 1;
            done.moves.movers += u64::from(to != current);
        }
    }

    fn chunk(&self, gate: &Gate, first: u64, agents: u64, blocks: &mut [[u32; BLOCK]]) -> Done {
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512vl")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("popcnt")
        {
            // SAFETY: the features that `chunk_avx512` is compiled for were found just above.
            return unsafe { self.chunk_avx512(gate, first, agents, blocks) };
        }
        self.chunk_portable(gate, first, agents, blocks)
    }

    /// The same chunk, compiled for processors with wide vectors.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl,bmi1,popcnt")]
    fn chunk_avx512(&self, gate: &Gate, first: u64, agents: u64, blocks: &mut [[u32; BLOCK]]) -> Done {
        self.chunk_portable(gate, first, agents, blocks)
    }
}

/// Clears the bits from `agents` on.
fn cut(masks: &mut [u64; BLOCK / 64], agents: usize) {
    for (m, mask) in masks.iter_mut().enumerate() {
        match agents.saturating_sub(m * 64) {
            64.. => {}
            left => *mask &= (1 << left) - 1,
        }
    }
}

impl Yardstick {
    /// The initial population.
    pub fn new(agents: u64, nodes: usize, seed: u64) -> Result<Self> {
        if !nodes.is_power_of_two() || !(CELLS..=MOST_NODES).contains(&nodes) || agents == 0 {
            return Err(Error::Usage {
                found: format!("{agents} agents on {nodes} nodes"),
                expected: format!(
                    "at least one agent, and a power of two from {CELLS} to {MOST_NODES} nodes"
                ),
            });
        }
        let map = Map::new(nodes);
        let mut blocks = vec![[0; BLOCK]; agents.div_ceil(BLOCK as u64) as usize];
        let chunk = chunk_blocks(blocks.len());
        let parts = chunks::map_parts(&mut blocks, chunk, |c, blocks| {
            let mut counts = vec![0u64; nodes];
            let words = blocks.iter_mut().flatten();
            for (i, word) in ((c * chunk * BLOCK) as u64..agents).zip(words) {
                let agent = first_agent(seed, nodes, i);
                counts[agent.home as usize] += 1;
                let place = map.place[agent.home as usize];
                *word = Agent { current: place, home: place, ..agent }.pack();
            }
            counts
        });
        let counts = (0..nodes).map(|j| parts.iter().map(|p| p[j]).sum()).collect();
        Ok(Yardstick { seed, step: 0, agents, blocks, map, counts })
    }

    /// One month.
    pub fn step(&mut self) -> Result<Moves> {
        match self.map.shift {
            0 => self.step_with::<1>(),
            1..=4 => self.step_with::<16>(),
            _ => self.step_with::<64>(),
        }
    }

    fn step_with<const IN_CELL: usize>(&mut self) -> Result<Moves> {
        let law = Law::<IN_CELL>::new(&self.map, self.seed, self.step, &self.counts, self.agents)?;
        let gate = Gate::new(self.seed, self.step);
        let (agents, chunk) = (self.agents, chunk_blocks(self.blocks.len()));
        let done = chunks::map_parts(&mut self.blocks, chunk, |c, blocks| {
            law.chunk(&gate, (c * chunk * BLOCK) as u64, agents, blocks)
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
        self.read(self.blocks[(i / BLOCK as u64) as usize][(i % BLOCK as u64) as usize])
    }

    fn read(&self, word: u32) -> Agent {
        let agent = Agent::unpack(word);
        let node = |place: u32| self.map.node[place as usize];
        Agent { current: node(agent.current), home: node(agent.home), ..agent }
    }

    /// The fingerprint of the state: the sum of mix((i << 12) ^ current) over agents.
    pub fn state_hash(&self) -> u64 {
        chunks::map_ranges(self.blocks.len(), 64, |_, range| {
            let first = (range.start * BLOCK) as u64;
            let words = self.blocks[range].iter().flatten();
            (first..self.agents).zip(words).fold(0u64, |hash, (i, &word)| {
                hash.wrapping_add(mix(i << 12 ^ u64::from(self.read(word).current)))
            })
        })
        .into_iter()
        .fold(0, u64::wrapping_add)
    }

    /// Reads every agent once and does nothing else: the pace of memory, to compare a step with.
    pub fn stream_read(&self) -> u64 {
        chunks::map_ranges(self.blocks.len(), chunk_blocks(self.blocks.len()), |_, range| {
            self.blocks[range].iter().flatten().fold(0u64, |sum, &word| sum ^ u64::from(word))
        })
        .into_iter()
        .fold(0, |a, b| a ^ b)
    }
}

/// Blocks of a chunk: a function of the population alone, never of threads.
fn chunk_blocks(blocks: usize) -> usize {
    blocks.div_ceil(CHUNKS).max(CHUNK_BLOCKS)
}
