//! What agents of one step choose by, and the plain way to let them choose.

use std::hint::select_unpredictable;

use super::map::Map;
use super::{
    AGES, ALPHA, Agent, BETA, BLOCK, CEILING, CELLS, DELTA, Done, GAMMA, HOME, LAMBDA, SKILLS, YOUNGEST,
    age_factor,
};
use crate::Result;
use crate::choice::ChoiceRows;
use shanhai_kernel::draw::{Draws, Purpose};
use shanhai_kernel::gate::Gate;

/// What agents of one step choose by: the same for all, made from the counts of the step before.
///
/// An agent of skill `s` at place `i` with its home at `h` draws from the law P(j) ~ (e_sj + [j = h] (e^H - 1) e_sj) f_ij
/// with e = exp(v) by rejection: it proposes home or a cell and then a node of the cell with the distance factor
/// f replaced by its bound over the two cells, and accepts with f over the bound. With one node a cell the bound
/// is the factor itself and nothing is ever rejected.
///
/// `FOURS` is a quarter of the nodes a cell has room for; one stands for cells of a single node.
pub(super) struct Law<'a, const FOURS: usize> {
    pub(super) map: &'a Map,
    pub(super) draws: Draws,
    /// Of an age (above 16), the share of the ceiling, in 2^-32.
    pub(super) consider: [u32; 64],
    /// By skill and cell of origin: the cells.
    pub(super) cells: ChoiceRows<{ CELLS / 4 }>,
    /// By skill and cell: its nodes.
    pub(super) nodes: ChoiceRows<FOURS>,
    /// By skill and cell of origin: weight of all proposals but home.
    pub(super) total: [f32; SKILLS_PADDED * CELLS],
    /// By skill and place: weight of the proposal home before distance.
    pub(super) home: Vec<f32>,
}

/// Two bits name a skill; the fourth is never used.
const SKILLS_PADDED: usize = 4;

impl<'a, const FOURS: usize> Law<'a, FOURS> {
    pub(super) fn new(map: &'a Map, seed: u64, step: u32, counts: &[u64], agents: u64) -> Result<Self> {
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
        };
        for age in 0..AGES {
            let rate = LAMBDA * age_factor(age as u32 + YOUNGEST);
            law.consider[age] = (rate * 256.0 / f64::from(CEILING) * 4_294_967_296.0) as u32;
        }
        let crowding: Vec<f64> = (0..nodes)
            .map(|p| libm::log(counts[map.node[p] as usize].max(1) as f64 * nodes as f64 / agents as f64))
            .collect();
        let mut value = vec![0.0; nodes];
        for (skill, beta) in BETA.into_iter().enumerate() {
            for p in 0..nodes {
                let wage = libm::log(map.attraction[p]) - ALPHA * crowding[p];
                let rent = GAMMA * crowding[p];
                value[p] = libm::exp(beta * wage - DELTA * rent);
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

    /// Where `agent` would go, drawn with `words`, and whether that is accepted. The first word is uniform
    /// below `limit`.
    #[inline]
    fn propose(&self, agent: u32, limit: u32, words: [u32; 4]) -> (u32, bool) {
        let Agent { current, home, skill, .. } = Agent::unpack(agent);
        let nodes = self.map.nodes();
        let [from, home_cell] = [current, home].map(|place| (place >> self.map.shift) as usize);
        let row = skill as usize * CELLS + from;
        let extra = self.home[skill as usize * nodes + home as usize] * self.map.bound_f32[from][home_cell];
        let unit = (words[1] >> 8) as f32 * (1.0 / 16_777_216.0);
        let cell = self.cells.pick(row, words[2]);
        let place = match FOURS {
            1 => cell,
            _ => cell << self.map.shift | self.nodes.pick(skill as usize * CELLS + cell, words[3]),
        };
        let to = select_unpredictable(unit * (self.total[row] + extra) < extra, home, place as u32);
        if FOURS == 1 {
            return (to, true);
        }
        let accept = u64::from(self.map.accept[current as usize * nodes + to as usize]) + 1;
        (to, u64::from(words[0]) < (u64::from(limit) * accept) >> 32)
    }

    /// Lets the agents of a chunk of blocks move, of which the first agent has number `first`. There are
    /// `agents` in all.
    ///
    /// Work is done in stages over a batch, each a loop without surprises for the processor: who is looked at,
    /// their random words, their bytes (whose cache lines are then all under way at once), who considers.
    pub(super) fn chunk(&self, gate: &Gate, first: u64, agents: u64, blocks: &mut [[u32; BLOCK]]) -> Done {
        let mut done = Done::new(self.map.nodes());
        let mut masks = [0; BLOCK / 64];
        let mut positions = Vec::with_capacity(BLOCK);
        let mut batch = [Looked::default(); BATCH];
        for (first, block) in (first..).step_by(BLOCK).zip(blocks) {
            candidates(gate, first, agents, &mut masks);
            positions.clear();
            for (m, mut rest) in masks.into_iter().enumerate() {
                while rest != 0 {
                    positions.push(m * 64 + rest.trailing_zeros() as usize);
                    rest &= rest - 1;
                }
            }
            for positions in positions.chunks(BATCH) {
                for (looked, &position) in batch.iter_mut().zip(positions) {
                    *looked = Looked { position, agent: block[position % BLOCK], ..*looked };
                }
                for looked in &mut batch[..positions.len()] {
                    looked.words = self.draws.block(first + looked.position as u64);
                }
                let mut considering = 0;
                for k in 0..positions.len() {
                    let looked = batch[k];
                    batch[considering] = looked;
                    considering +=
                        usize::from(looked.words[0] < self.consider[(looked.agent >> 26) as usize]);
                }
                done.moves.considering += considering as u64;
                self.settle(first, considering, block, &mut batch, &mut done);
            }
        }
        done
    }

    /// Lets the first `n` of `batch` choose and move, again and again until each has accepted a proposal.
    #[inline]
    fn settle(
        &self,
        first: u64,
        mut n: usize,
        block: &mut [u32; BLOCK],
        batch: &mut [Looked; BATCH],
        done: &mut Done,
    ) {
        for attempt in 0.. {
            let mut refused = 0;
            for k in 0..n {
                let looked = batch[k];
                let Looked { position, agent, words } = looked;
                let limit = if attempt == 0 { self.consider[(agent >> 26) as usize] } else { u32::MAX };
                let (to, accepted) = self.propose(agent, limit, words);
                // Who refuses stays for now; guessing who does would often be wrong.
                done.move_to(
                    &mut block[position % BLOCK],
                    select_unpredictable(accepted, to, agent & Agent::NODE),
                );
                batch[refused] = looked;
                refused += usize::from(!accepted);
            }
            if refused == 0 {
                return;
            }
            n = refused;
            for looked in &mut batch[..n] {
                looked.words = self.draws.block((first + looked.position as u64) | (attempt + 1) << ATTEMPT);
            }
        }
    }
}

/// Candidates worked on at a time by the plain loop: a block has about 256.
const BATCH: usize = 512;

/// A candidate that is looked at.
#[derive(Clone, Copy, Default)]
struct Looked {
    position: usize,
    agent: u32,
    words: [u32; 4],
}

/// Where the number of an attempt stands above the number of an agent.
pub(super) const ATTEMPT: u32 = 40;

/// The agents of a block that are looked at, as bits.
pub(super) fn candidates(gate: &Gate, first: u64, agents: u64, masks: &mut [u64; BLOCK / 64]) {
    gate.byte_masks(first / 64, CEILING, masks);
    if first + BLOCK as u64 > agents {
        cut(masks, (agents - first) as usize);
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
