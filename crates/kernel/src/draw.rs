//! Keyed draws: a random number is a pure function of (seed, purpose, step, entity), and of nothing
//! else. No generator is stored, so threads, chunks, order and other agents cannot change a draw,
//! and two scenarios share the luck of every agent that a policy does not touch.
//!
//! The generator is Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as
//! easy as 1, 2, 3", SC'11), pinned to its published test vectors.

use super::stream::Stream;
use super::wide::{Work, widest};

/// What a draw decides. The number is part of the key, so a new purpose never changes an old draw:
/// add at the end, never renumber.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Purpose {
    /// The yearly gate word of an agent, and what follows from it.
    Gate = 0,
    /// Where somebody who thinks of moving goes.
    Location = 1,
    /// In which activity an agent works.
    Sector = 2,
    /// Whether a child is born, and how it starts.
    Birth = 3,
    /// Whether somebody dies.
    Death = 4,
    /// Whether somebody enters tertiary education.
    Education = 5,
    /// Whether somebody is trained.
    Training = 6,
    /// Whether somebody changes registration.
    Conversion = 7,
    /// Whether somebody works or looks for work.
    Participation = 8,
    /// Whether somebody founds a start-up.
    StartUp = 9,
    /// How the human capital of somebody grows.
    HumanCapital = 10,
    /// How large a new project is.
    ProjectSize = 11,
    /// Where a new project stands, and which fund owns it.
    Investment = 12,
    /// Whether a project moves, and where to.
    Relocation = 13,
    /// Whether a project fails.
    Failure = 14,
    /// How a project grows.
    ProjectGrowth = 15,
    /// Nothing draws with it now; it keeps its number.
    Placement = 16,
    /// Nothing draws with it now; it keeps its number.
    Posting = 17,
    /// Shocks of a year, such as to farm prices.
    Shock = 18,
    /// Designs and samples of experiments.
    Experiment = 19,
    /// Resamples of a bootstrap.
    Bootstrap = 20,
    /// The yardstick of the benchmarks.
    Yardstick = 21,
    /// Return of a cell over the area's in the base year.
    ReturnWedge = 22,
    /// How long a project waits for its permits.
    EntryDelay = 23,
    /// Which industrial chain a project belongs to, and in which a county is at home.
    Chain = 24,
}

/// The draws of one purpose in one step of one run.
#[derive(Clone, Copy, Debug)]
pub struct Draws {
    key: [u32; 2],
    step: u32,
    purpose: u32,
}

impl Draws {
    /// The draws for `purpose` in `step` under `seed`.
    pub fn new(seed: u64, purpose: Purpose, step: u32) -> Self {
        Draws { key: [seed as u32, (seed >> 32) as u32], step, purpose: purpose as u32 }
    }

    /// The parts of a Philox block that all entities share: key, step and purpose.
    #[inline]
    pub fn parts(&self) -> ([u32; 2], u32, u32) {
        (self.key, self.step, self.purpose)
    }

    /// 128 random bits of `entity`.
    #[inline]
    pub fn block(&self, entity: u64) -> [u32; 4] {
        philox4x32_10([entity as u32, (entity >> 32) as u32, self.step, self.purpose], self.key)
    }

    /// The blocks of many entities, word by word: `out[w][i]` is word `w` of the block of `entities[i]`. At most `N`
    /// entities, and `N` a multiple of eight; the same words as [`block`](Self::block), eight entities at a time.
    #[inline]
    pub fn blocks<const N: usize>(&self, entities: &[u64], out: &mut [[u32; N]; 4]) {
        const { assert!(N.is_multiple_of(8)) };
        assert!(entities.len() <= N);
        widest(Blocks { draws: self, entities, out });
    }

    /// The draws of `entity` as a generator of the `rand` family; it begins with the words of [`block`](Self::block).
    pub fn stream(&self, entity: u64) -> Stream {
        Stream::new(self, entity)
    }

    /// 64 random bits of `entity`.
    #[inline]
    pub fn bits(&self, entity: u64) -> u64 {
        let block = self.block(entity);
        u64::from(block[0]) | u64::from(block[1]) << 32
    }

    /// A uniform number in [0, 1) with 53 bits.
    #[inline]
    pub fn uniform(&self, entity: u64) -> f64 {
        unit(self.bits(entity))
    }

    /// Two independent uniform numbers in [0, 1).
    #[inline]
    pub fn uniform_pair(&self, entity: u64) -> (f64, f64) {
        pair(self.block(entity))
    }

    /// A standard normal number (Box and Muller 1958).
    pub fn normal(&self, entity: u64) -> f64 {
        let (u, v) = self.uniform_pair(entity);
        libm::sqrt(-2.0 * libm::log(1.0 - u)) * libm::cos(std::f64::consts::TAU * v)
    }
}

struct Blocks<'a, const N: usize> {
    draws: &'a Draws,
    entities: &'a [u64],
    out: &'a mut [[u32; N]; 4],
}

impl<const N: usize> Work for Blocks<'_, N> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Blocks { draws, entities, out } = self;
        let [step, purpose] = [u64::from(draws.step), u64::from(draws.purpose)];
        let mut k = 0;
        while k < entities.len() {
            let mut low = [0; 8];
            match entities.get(k..k + 8) {
                Some(eight) => low.copy_from_slice(eight),
                None => low[..entities.len() - k].copy_from_slice(&entities[k..]),
            }
            let mut high = low;
            for i in 0..8 {
                high[i] >>= 32;
            }
            let words = philox_eight([low, high, [step; 8], [purpose; 8]], draws.key);
            for w in 0..4 {
                if let Some(column) = out[w].get_mut(k..k + 8) {
                    for i in 0..8 {
                        column[i] = words[w][i] as u32;
                    }
                }
            }
            k += 8;
        }
    }
}

/// The top 53 bits of a word as a number in [0, 1).
#[inline]
pub fn unit(bits: u64) -> f64 {
    (bits >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
}

/// The two uniform numbers in [0, 1) of a block: [`Draws::uniform_pair`] where blocks were made side by side.
#[inline]
pub fn pair(block: [u32; 4]) -> (f64, f64) {
    let number = |w: usize| unit(u64::from(block[w]) | u64::from(block[w + 1]) << 32);
    (number(0), number(2))
}

/// Philox4x32 with ten rounds.
#[inline]
pub fn philox4x32_10(mut counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
    for round in 0..10 {
        if round > 0 {
            key[0] = key[0].wrapping_add(0x9E37_79B9);
            key[1] = key[1].wrapping_add(0xBB67_AE85);
        }
        let p0 = u64::from(counter[0]) * 0xD251_1F53;
        let p1 = u64::from(counter[2]) * 0xCD9E_8D57;
        counter = [
            (p1 >> 32) as u32 ^ counter[1] ^ key[0],
            p1 as u32,
            (p0 >> 32) as u32 ^ counter[3] ^ key[1],
            p0 as u32,
        ];
    }
    counter
}

/// [`philox4x32_10`] of eight counters. Of each 64-bit lane only the low half counts: what the products leave in the
/// upper halves never reaches a lower one.
#[inline(always)]
fn philox_eight([mut c0, mut c1, mut c2, mut c3]: [[u64; 8]; 4], key: [u32; 2]) -> [[u64; 8]; 4] {
    const LOW: u64 = 0xFFFF_FFFF;
    for round in 0..10u32 {
        let k0 = u64::from(key[0].wrapping_add(round.wrapping_mul(0x9E37_79B9)));
        let k1 = u64::from(key[1].wrapping_add(round.wrapping_mul(0xBB67_AE85)));
        let (mut p0, mut p1) = ([0; 8], [0; 8]);
        for i in 0..8 {
            p0[i] = (c0[i] & LOW) * 0xD251_1F53;
            p1[i] = (c2[i] & LOW) * 0xCD9E_8D57;
        }
        for i in 0..8 {
            c0[i] = (p1[i] >> 32) ^ c1[i] ^ k0;
            c2[i] = (p0[i] >> 32) ^ c3[i] ^ k1;
        }
        (c1, c3) = (p1, p0);
    }
    [c0, c1, c2, c3]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_blocks_are_the_single_blocks() {
        let draws = Draws::new(0x1234_5678_9ABC_DEF0, Purpose::Sector, 7);
        for n in [0, 1, 7, 8, 9, 64, 100] {
            let entities: Vec<u64> = (0..n).map(|i: u64| i.wrapping_mul(0x9E37_79B9_7F4A_7C15)).collect();
            let mut out = [[0; 104]; 4];
            draws.blocks(&entities, &mut out);
            for (i, &entity) in entities.iter().enumerate() {
                assert_eq!(out.map(|column| column[i]), draws.block(entity));
            }
        }
    }

    /// Known answers of Random123 1.x, file `kat_vectors`, lines `philox4x32 10`.
    #[test]
    fn philox_gives_the_published_vectors() {
        assert_eq!(philox4x32_10([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        assert_eq!(
            philox4x32_10([u32::MAX; 4], [u32::MAX; 2]),
            [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
        );
        assert_eq!(
            philox4x32_10([0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0]),
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
        );
    }

    #[test]
    fn philox_equals_rand_philox() {
        for i in 0..1000u32 {
            let counter =
                [0, 1, 2, 3].map(|k| i.wrapping_mul(0x9E37_79B9).rotate_left(7 * k).wrapping_add(k));
            let key = [i, i.wrapping_mul(0x85EB_CA6B)];
            assert_eq!(philox4x32_10(counter, key), rand_philox::philox4x32_10(counter, key));
        }
    }

    /// The key names seed, purpose and step; change one of them or the entity, and the block is another.
    #[test]
    fn every_part_of_the_key_counts() {
        let block = |seed, purpose, step, entity| Draws::new(seed, purpose, step).block(entity);
        let base = block(1, Purpose::Location, 2, 3);
        assert_eq!(base, rand_philox::philox4x32_10([3, 0, 2, 1], [1, 0]));
        for other in [
            block(2, Purpose::Location, 2, 3),
            block(1 | 1 << 32, Purpose::Location, 2, 3),
            block(1, Purpose::Sector, 2, 3),
            block(1, Purpose::Location, 3, 3),
            block(1, Purpose::Location, 2, 4),
            block(1, Purpose::Location, 2, 3 | 1 << 32),
        ] {
            assert_ne!(base, other);
        }
    }
}
