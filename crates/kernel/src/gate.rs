//! Gate words: 64 random bits for every agent and step, cheap enough to be drawn for agents that then
//! do nothing.
//!
//! Almost nothing happens to an agent in a year. Each of the four 16-bit lanes of a gate word is the upper part of a
//! uniform number that decides one kind of event ([`chance`](super::chance)). [`Gate::watch`] compares the lanes of
//! many agents with ceilings at or above the rates of all who are alike: only agents below one are looked
//! at one by one. A ceiling changes the cost of a step and never what happens.
//!
//! A word is a pure function of (seed, step, agent), with two 64-bit keys that Philox derives from (seed, step)
//! and the finaliser of SplitMix64 (Steele, Lea and Flood 2014, with the constants of Stafford's
//! variant 13) in between. The second key enters between the two multiplications, so that the words of
//! one step are not those of another step shifted along the agents.

use super::draw::{Draws, Purpose};
#[cfg(target_arch = "x86_64")]
use super::wide::wide;

/// The entity whose Philox block keys a step; no agent has this number.
const KEY_ENTITY: u64 = u64::MAX;

/// The golden ratio times 2^64, odd: neighbouring agents start far apart.
const STRIDE: u64 = 0x9E37_79B9_7F4A_7C15;

/// The multipliers of Stafford's variant 13.
const MULTIPLIERS: [u64; 2] = [0xBF58_476D_1CE4_E5B9, 0x94D0_49BB_1331_11EB];

/// The gate words of one step of one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gate {
    offset: u64,
    mask: u64,
}

impl Gate {
    /// The gate of `step` under `seed`.
    pub fn new(seed: u64, step: u32) -> Self {
        let key = Draws::new(seed, Purpose::Gate, step).block(KEY_ENTITY);
        Gate {
            offset: u64::from(key[0]) | u64::from(key[1]) << 32,
            mask: u64::from(key[2]) | u64::from(key[3]) << 32,
        }
    }

    /// The word of `agent`.
    #[inline]
    pub fn word(&self, agent: u64) -> u64 {
        let mut z = agent.wrapping_mul(STRIDE).wrapping_add(self.offset);
        z = (z ^ z >> 30).wrapping_mul(MULTIPLIERS[0]) ^ self.mask;
        z = (z ^ z >> 27).wrapping_mul(MULTIPLIERS[1]);
        z ^ z >> 31
    }

    /// One bit for each of 64 * `out.len()` agents: whether its *byte* of the gate is below `ceiling`. Agent
    /// `64 * (first_group + m) + k` has bit `k` of `out[m]`, and byte `k % 8` of the word numbered by the
    /// agent's number divided by eight. For models with one kind of event, at an eighth of the cost of a
    /// word an agent.
    pub fn byte_masks(&self, first_group: u64, ceiling: u8, out: &mut [u64]) {
        #[cfg(target_arch = "x86_64")]
        if wide() {
            // SAFETY: `wide` found the features that `byte_masks_avx512` is compiled for.
            return unsafe { self.byte_masks_avx512(first_group, ceiling, out) };
        }
        self.byte_masks_portable(first_group, ceiling, out);
    }

    /// What `byte_masks` must equal on every processor.
    fn byte_masks_portable(&self, first_group: u64, ceiling: u8, out: &mut [u64]) {
        for (m, mask) in out.iter_mut().enumerate() {
            let first = (first_group + m as u64) * 8;
            *mask = (0..8).map(|k| bytes_below(self.word(first + k), ceiling) << (8 * k)).sum();
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f,avx512dq,avx512bw")]
    fn byte_masks_avx512(&self, first_group: u64, ceiling: u8, out: &mut [u64]) {
        use std::arch::x86_64::*;
        let ceiling = _mm512_set1_epi8(ceiling as i8);
        let mut words = WideWords::new(self, first_group * 8);
        for mask in out {
            *mask = _mm512_cmplt_epu8_mask(words.next_eight(), ceiling);
        }
    }

    /// Which of 64 agents may act: for agent `first_agent + i`, whose own word is `agents[i]`, bit `i` of the
    /// results says whether the lane of [`Lane::Review`] passes, whether that of [`Lane::Sector`] does, whether any
    /// other does, and whether the agent is none of the settled.
    pub fn watch(&self, first_agent: u64, agents: &[u64; 64], watch: &Watch) -> [u64; 4] {
        #[cfg(target_arch = "x86_64")]
        if wide() {
            // SAFETY: `wide` found the features that `watch_avx512` is compiled for.
            return unsafe { self.watch_avx512(first_agent, agents, watch) };
        }
        self.watch_portable(first_agent, agents, watch)
    }

    /// What `watch` must equal on every processor.
    fn watch_portable(&self, first_agent: u64, agents: &[u64; 64], watch: &Watch) -> [u64; 4] {
        let mut masks = [0; 4];
        for (i, &agent) in agents.iter().enumerate() {
            let word = self.word(first_agent.wrapping_add(i as u64));
            let (word, again) = (lanes(word), lanes(second(word)));
            let field = (agent >> FIELD_AT) as usize % FIELDS;
            let [review, ends, death, birth] = lanes(watch.by_field[field]);
            let [convert, training, sector, _] = lanes(watch.by_kind[field >> KIND_AT]);
            let below = |lane: u16, ceiling: u16| lane.min(HIGHEST_LANE) < ceiling;
            let settled = watch.settled.contains(&(agent as u32));
            let rest = below(again[3], ends)
                | below(word[2], death)
                | below(word[3].wrapping_add(watch.lift), birth)
                | (below(again[0], convert) & !settled)
                | below(again[1], training);
            masks[0] |= u64::from(below(word[0], review)) << i;
            masks[1] |= u64::from(below(word[1], sector)) << i;
            masks[2] |= u64::from(rest) << i;
            masks[3] |= u64::from(!settled) << i;
        }
        masks
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx512f,avx512dq,avx512bw")]
    fn watch_avx512(&self, first_agent: u64, agents: &[u64; 64], watch: &Watch) -> [u64; 4] {
        use std::arch::x86_64::*;
        let by_field = watch.by_field.as_ptr().cast::<i64>();
        // SAFETY: eight words are read from each half of sixteen.
        let [low_kinds, high_kinds] =
            [0, 8].map(|k| unsafe { _mm512_loadu_si512(watch.by_kind[k..k + 8].as_ptr().cast()) });
        let lift = _mm512_set1_epi64((u64::from(watch.lift) << 48) as i64);
        let highest = _mm512_set1_epi16(HIGHEST_LANE as i16);
        let field = _mm512_set1_epi64(FIELDS as i64 - 1);
        let a = _mm512_set1_epi64(i64::from(watch.settled[0]));
        let b = _mm512_set1_epi64(i64::from(watch.settled[1]));
        let low = _mm512_set1_epi64(0xFFFF_FFFF);
        let but_first = _mm512_set1_epi64(!0xFFFF);
        let stride = _mm512_set1_epi64(STRIDE as i64);
        let m0 = _mm512_set1_epi64(MULTIPLIERS[0] as i64);
        let m1 = _mm512_set1_epi64(MULTIPLIERS[1] as i64);
        let mut state = WideWords::new(self, first_agent);
        let mut masks = [0u64; 4];
        for (i, agents) in agents.chunks_exact(8).enumerate() {
            let word = state.next_eight();
            // SAFETY: the chunk is eight words long; the field of eleven bits stays inside the table of 2^11 words.
            let (agent, at, first) = unsafe {
                let agent = _mm512_loadu_si512(agents.as_ptr().cast());
                let at = _mm512_and_si512(_mm512_srli_epi64::<FIELD_AT>(agent), field);
                (agent, at, _mm512_i64gather_epi64::<8>(at, by_field))
            };
            // Four bits pick one of sixteen words; those above do not count.
            let kind = _mm512_srli_epi64::<KIND_SHIFT>(at);
            let other = _mm512_permutex2var_epi64(low_kinds, kind, high_kinds);
            let z = _mm512_add_epi64(word, stride);
            let z = _mm512_mullo_epi64(_mm512_xor_si512(z, _mm512_srli_epi64::<30>(z)), m0);
            let z = _mm512_mullo_epi64(_mm512_xor_si512(z, _mm512_srli_epi64::<27>(z)), m1);
            let again = _mm512_xor_si512(z, _mm512_srli_epi64::<31>(z));
            // Lane 3 of the second word stands in for lane 1 of the first, and that for lane 2 of the second.
            let lifted = _mm512_add_epi16(word, lift);
            let x = _mm512_mask_mov_epi16(lifted, 0x2222_2222, _mm512_srli_epi64::<32>(again));
            let y = _mm512_mask_mov_epi16(again, 0x4444_4444, _mm512_slli_epi64::<16>(word));
            // A difference that does not saturate at zero: the lane is below its ceiling.
            let first = _mm512_subs_epu16(first, _mm512_min_epu16(x, highest));
            let other = _mm512_subs_epu16(other, _mm512_min_epu16(y, highest));
            let at = _mm512_and_si512(agent, low);
            let settled = _mm512_cmpeq_epi64_mask(at, a) | _mm512_cmpeq_epi64_mask(at, b);
            let other = _mm512_mask_and_epi64(other, settled, other, but_first);
            let any = |lanes: __m512i, mask: i64| _mm512_test_epi64_mask(lanes, _mm512_set1_epi64(mask));
            let rest = any(first, !0xFFFF) | any(other, 0xFFFF_FFFF);
            masks[0] |= u64::from(any(first, 0xFFFF)) << (8 * i);
            masks[1] |= u64::from(any(other, 0xFFFF << 32)) << (8 * i);
            masks[2] |= u64::from(rest) << (8 * i);
            masks[3] |= u64::from(!settled) << (8 * i);
        }
        masks
    }
}

/// Where the field of an agent's own word starts that picks its ceilings, and how many values it has.
pub const FIELD_AT: u32 = 32;
/// Eleven bits.
pub const FIELDS: usize = 1 << 11;
/// Where the kind of an agent starts within its field: the highest four bits.
const KIND_AT: usize = 7;
#[cfg(target_arch = "x86_64")]
const KIND_SHIFT: u32 = KIND_AT as u32;
const KINDS: usize = FIELDS >> KIND_AT;
/// Lanes count at most this much, so that the highest ceiling lets everybody pass.
const HIGHEST_LANE: u16 = u16::MAX - 1;

/// Lanes that [`Gate::watch`] compares, each with a ceiling by field (age and kind) or by kind alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Lane 0 of the gate word, by field.
    Review,
    /// Lane 3 of the second word, by field.
    AgeGroup,
    /// Lane 2 of the gate word, by field.
    Death,
    /// Lane 3 of the gate word, lifted, by field.
    Birth,
    /// Lane 0 of the second word, by kind, for all but the settled.
    Conversion,
    /// Lane 1 of the second word, by kind.
    Training,
    /// Lane 1 of the gate word, by kind.
    Sector,
}

/// What [`Gate::watch`] looks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Watch {
    /// Four ceilings by field: review, age group, death, birth.
    by_field: Box<[u64; FIELDS]>,
    /// Three ceilings by kind: conversion, training, sector.
    by_kind: [u64; KINDS],
    /// Added to lane 3 of the gate word (without carry), so that a ceiling can also catch its largest values.
    pub lift: u16,
    /// Low halves of agents' words that are settled.
    pub settled: [u32; 2],
}

impl Watch {
    /// Nothing passes.
    pub fn new(lift: u16) -> Self {
        Watch { by_field: Box::new([0; FIELDS]), by_kind: [0; KINDS], lift, settled: [0; 2] }
    }

    /// Raises a ceiling of agents with this value of the field (or of their kind): all whose lane is below it
    /// pass. From 2^16 - 1 on, all pass.
    pub fn raise(&mut self, field: usize, lane: Lane, ceiling: u32) {
        let ceiling = ceiling.min(u32::from(u16::MAX)) as u16;
        let (packed, at) = match lane {
            Lane::Review => (&mut self.by_field[field], 0),
            Lane::AgeGroup => (&mut self.by_field[field], 1),
            Lane::Death => (&mut self.by_field[field], 2),
            Lane::Birth => (&mut self.by_field[field], 3),
            Lane::Conversion => (&mut self.by_kind[field >> KIND_AT], 0),
            Lane::Training => (&mut self.by_kind[field >> KIND_AT], 1),
            Lane::Sector => (&mut self.by_kind[field >> KIND_AT], 2),
        };
        let ceiling = lanes(*packed)[at].max(ceiling);
        *packed = *packed & !(0xFFFF << (16 * at)) | u64::from(ceiling) << (16 * at);
    }

    /// Agents with this value of the field always pass.
    pub fn always(&mut self, field: usize) {
        self.raise(field, Lane::Death, u32::MAX);
    }
}

/// A second gate word for rarer events, derived from the first (one more round of the finaliser of SplitMix64).
#[inline(always)]
pub fn second(word: u64) -> u64 {
    let mut z = word.wrapping_add(STRIDE);
    z = (z ^ z >> 30).wrapping_mul(MULTIPLIERS[0]);
    z = (z ^ z >> 27).wrapping_mul(MULTIPLIERS[1]);
    z ^ z >> 31
}

/// The words of consecutive numbers, eight at a time: [`Gate::word`] with vector instructions.
#[cfg(target_arch = "x86_64")]
struct WideWords {
    state: std::arch::x86_64::__m512i,
    stride: std::arch::x86_64::__m512i,
    mask: std::arch::x86_64::__m512i,
}

#[cfg(target_arch = "x86_64")]
impl WideWords {
    #[inline]
    #[target_feature(enable = "avx512f,avx512dq")]
    fn new(gate: &Gate, first: u64) -> Self {
        use std::arch::x86_64::*;
        let start = |k: u64| first.wrapping_add(k).wrapping_mul(STRIDE).wrapping_add(gate.offset) as i64;
        let [a, b, c, d, e, f, g, h] = [0, 1, 2, 3, 4, 5, 6, 7].map(start);
        WideWords {
            state: _mm512_setr_epi64(a, b, c, d, e, f, g, h),
            stride: _mm512_set1_epi64(STRIDE.wrapping_mul(8) as i64),
            mask: _mm512_set1_epi64(gate.mask as i64),
        }
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512dq")]
    fn next_eight(&mut self) -> std::arch::x86_64::__m512i {
        use std::arch::x86_64::*;
        // Not `map`: a closure that returns vectors is not inlined into code without these features.
        let first = _mm512_set1_epi64(MULTIPLIERS[0] as i64);
        let second = _mm512_set1_epi64(MULTIPLIERS[1] as i64);
        let z = _mm512_xor_si512(self.state, _mm512_srli_epi64::<30>(self.state));
        let z = _mm512_xor_si512(_mm512_mullo_epi64(z, first), self.mask);
        let z = _mm512_xor_si512(z, _mm512_srli_epi64::<27>(z));
        let z = _mm512_mullo_epi64(z, second);
        self.state = _mm512_add_epi64(self.state, self.stride);
        _mm512_xor_si512(z, _mm512_srli_epi64::<31>(z))
    }
}

/// The gate word of `agent` in `step` under `seed`. In a loop, make one [`Gate`] and ask it.
#[inline]
pub fn gate_word(seed: u64, step: u32, agent: u64) -> u64 {
    Gate::new(seed, step).word(agent)
}

/// The four independent 16-bit lanes of a gate word, lowest bits first.
#[inline]
pub fn lanes(word: u64) -> [u16; 4] {
    [word as u16, (word >> 16) as u16, (word >> 32) as u16, (word >> 48) as u16]
}

/// Bit `k` says whether byte `k` of `word` is below `ceiling` (Warren 2013, "Hacker's Delight", 2-18).
#[inline]
fn bytes_below(word: u64, ceiling: u8) -> u64 {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let ceiling = u64::from(ceiling) * 0x0101_0101_0101_0101;
    let difference = ((word | HIGH) - (ceiling & !HIGH)) ^ ((word ^ !ceiling) & HIGH);
    let below = (!word & ceiling | (!word | ceiling) & difference) & HIGH;
    // The product moves the eight high bits side by side into the top byte.
    (below >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The standard normal score of a chi-square value with `freedom` degrees (Wilson and Hilferty 1931).
    fn score(chi_square: f64, freedom: f64) -> f64 {
        let spread = 2.0 / (9.0 * freedom);
        ((chi_square / freedom).cbrt() - (1.0 - spread)) / spread.sqrt()
    }

    /// Chi-square score of `cells` counts that should be equal.
    fn evenness(counts: &[u32]) -> f64 {
        let expected = counts.iter().map(|&c| f64::from(c)).sum::<f64>() / counts.len() as f64;
        let chi_square = counts.iter().map(|&c| (f64::from(c) - expected).powi(2) / expected).sum();
        score(chi_square, (counts.len() - 1) as f64)
    }

    const AGENTS: u64 = 1 << 20;

    fn words(seed: u64, step: u32, first: u64, count: u64) -> Vec<u64> {
        let gate = Gate::new(seed, step);
        (first..first + count).map(|agent| gate.word(agent)).collect()
    }

    /// Bytes that no processor, compiler or later version may change, from a second implementation.
    #[test]
    fn words_are_pinned() {
        assert_eq!(
            [gate_word(1, 0, 0), gate_word(1, 0, 1), gate_word(1, 1, 0), gate_word(2, 0, u64::MAX)],
            [0xceb8_8558_bb42_8711, 0xfb49_5145_1d0d_472e, 0xe84b_25e7_f0e3_60c9, 0x1881_2f26_ff36_d5e3]
        );
    }

    #[test]
    fn watched_agents_are_those_below_their_ceilings_on_every_processor() {
        let gate = Gate::new(3, 8);
        let mut watch = Watch::new(1311);
        watch.settled = [5, 9 << 16 | 2];
        for field in 0..FIELDS {
            let share = gate.word(field as u64);
            for (n, lane) in [Lane::Review, Lane::AgeGroup, Lane::Death, Lane::Birth].into_iter().enumerate()
            {
                watch.raise(field, lane, (share >> (9 * n) & 0x1FFF) as u32);
            }
            if field % 31 == 0 {
                watch.always(field);
            }
        }
        for kind in 0..KINDS {
            let share = gate.word(kind as u64);
            for (n, lane) in [Lane::Conversion, Lane::Training, Lane::Sector].into_iter().enumerate() {
                watch.raise(kind << KIND_AT, lane, (share >> (9 * n) & 0x1FFF) as u32);
            }
        }
        let mut some = [0; 4];
        for first in [0, 64, 1 << 40] {
            let agents: [u64; 64] = std::array::from_fn(|i| match i % 3 {
                0 => gate.word(first + i as u64) & !0xFFFF_FFFF | 5,
                1 => gate.word(first + i as u64) & !0xFFFF_FFFF | 9 << 16 | 2,
                _ => gate.word(first + i as u64),
            });
            let masks = gate.watch(first, &agents, &watch);
            assert_eq!(masks, gate.watch_portable(first, &agents, &watch));
            for (i, &agent) in agents.iter().enumerate() {
                let field = (agent >> FIELD_AT) as usize % FIELDS;
                assert!(!field.is_multiple_of(31) || masks[2] >> i & 1 == 1);
            }
            some.iter_mut().zip(masks).for_each(|(some, mask)| *some += mask.count_ones());
        }
        assert!(some.iter().all(|&n| n > 5 && n < 187), "{some:?}");
    }

    #[test]
    fn byte_masks_compare_the_bytes_of_words() {
        let gate = Gate::new(9, 1);
        for (first, ceiling) in [(0, 8), (5, 0), (1 << 40, 255), (77, 128), (3, 129), (4, 1)] {
            let mut vector = [0; 19];
            let mut portable = [0; 19];
            gate.byte_masks(first, ceiling, &mut vector);
            gate.byte_masks_portable(first, ceiling, &mut portable);
            assert_eq!(vector, portable);
            for agent in first * 64..(first + 19) * 64 {
                let byte = gate.word(agent / 8).to_le_bytes()[agent as usize % 8];
                let bit = vector[(agent / 64 - first) as usize] >> (agent % 64) & 1;
                assert_eq!(bit == 1, byte < ceiling);
            }
        }
    }

    #[test]
    #[cfg_attr(miri, ignore = "many draws, and nothing unsafe")]
    fn every_lane_is_even() {
        for step in 0..4 {
            let words = words(1, step, 0, AGENTS);
            for lane in 0..4 {
                let mut counts = vec![0; 1 << 16];
                words.iter().for_each(|&w| counts[usize::from(lanes(w)[lane])] += 1);
                let z = evenness(&counts);
                assert!(z.abs() < 4.0, "step {step}, lane {lane}: {z}");
            }
        }
    }

    /// Chi-square of 16 x 16 cells of two lanes' high and of their low four bits.
    fn independent(what: &str, pairs: impl Iterator<Item = (u16, u16)>) {
        let (mut high, mut low) = (vec![0; 256], vec![0; 256]);
        for (a, b) in pairs {
            high[usize::from(a >> 12 << 4 | b >> 12)] += 1;
            low[usize::from((a & 15) << 4 | (b & 15))] += 1;
        }
        for (part, counts) in [("high", high), ("low", low)] {
            let z = evenness(&counts);
            assert!(z.abs() < 4.5, "{what}, {part} bits: {z}");
        }
    }

    #[test]
    #[cfg_attr(miri, ignore = "many draws, and nothing unsafe")]
    fn lanes_of_a_word_are_independent() {
        let words = words(5, 17, 1 << 31, AGENTS);
        for a in 0..4 {
            for b in 0..a {
                independent(&format!("lanes {a} and {b}"), words.iter().map(|&w| (lanes(w)[a], lanes(w)[b])));
            }
        }
    }

    #[test]
    #[cfg_attr(miri, ignore = "many draws, and nothing unsafe")]
    fn neighbouring_agents_are_independent() {
        let words = words(1, 3, 0, AGENTS + 4096);
        for distance in [1, 2, 3, 8, 64, 1024, 4096] {
            for lane in 0..4 {
                independent(
                    &format!("distance {distance}, lane {lane}"),
                    (0..AGENTS as usize).map(|i| (lanes(words[i])[lane], lanes(words[i + distance])[lane])),
                );
            }
        }
    }

    #[test]
    #[cfg_attr(miri, ignore = "many draws, and nothing unsafe")]
    fn steps_and_seeds_are_independent() {
        let base = words(1, 10, 0, AGENTS);
        for (seed, step) in [(1, 11), (1, 12), (1, 42), (2, 10), (1 << 40, 10)] {
            let other = words(seed, step, 0, AGENTS);
            for a in 0..4 {
                for b in 0..4 {
                    independent(
                        &format!("seed {seed}, step {step}, lanes {a} and {b}"),
                        base.iter().zip(&other).map(|(&x, &y)| (lanes(x)[a], lanes(y)[b])),
                    );
                }
            }
        }
    }

    /// Of one agent over the years: the case of a person's own life.
    #[test]
    #[cfg_attr(miri, ignore = "many draws, and nothing unsafe")]
    fn years_of_one_agent_are_independent() {
        for agent in [0, 1, 123_456_789] {
            let words: Vec<u64> = (0..1 << 16).map(|step| gate_word(7, step, agent)).collect();
            for lane in 0..4 {
                independent(
                    &format!("agent {agent}, lane {lane}"),
                    words.windows(2).map(|w| (lanes(w[0])[lane], lanes(w[1])[lane])),
                );
            }
        }
    }

    /// Flipping any bit of the agent's number flips each bit of the word in half of all cases.
    #[test]
    #[cfg_attr(miri, ignore = "many draws, and nothing unsafe")]
    fn every_input_bit_reaches_every_output_bit() {
        let gate = Gate::new(11, 2);
        let samples = 1u32 << 14;
        for bit in 0..64 {
            let mut flips = [0u32; 64];
            for i in 0..samples {
                let agent = u64::from(i) * 2_654_435_761;
                let changed = gate.word(agent) ^ gate.word(agent ^ 1 << bit);
                flips.iter_mut().enumerate().for_each(|(k, f)| *f += (changed >> k & 1) as u32);
            }
            for (k, &f) in flips.iter().enumerate() {
                let z = (f64::from(f) - f64::from(samples) / 2.0) / (f64::from(samples) / 4.0).sqrt();
                assert!(z.abs() < 6.5, "agent bit {bit}, word bit {k}: {z}");
            }
        }
    }

    /// What the model uses: how many agents pass a ceiling, and how many pass in two steps or lanes.
    #[test]
    #[cfg_attr(miri, ignore = "many draws, and nothing unsafe")]
    fn rare_passes_come_at_their_rate() {
        let ceiling = 655; // about one in a hundred
        let rate = f64::from(ceiling) / 65_536.0;
        let count = 8 * AGENTS;
        let (now, next) = (words(1, 1, 0, count), words(1, 2, 0, count));
        let z = |seen: usize, rate: f64| {
            (seen as f64 - count as f64 * rate) / (count as f64 * rate * (1.0 - rate)).sqrt()
        };
        let passes = |w: u64, lane: usize| lanes(w)[lane] < ceiling as u16;
        for lane in 0..4 {
            let seen = now.iter().filter(|&&w| passes(w, lane)).count();
            assert!(z(seen, rate).abs() < 4.0, "lane {lane}");
            let twice = now.iter().zip(&next).filter(|&(&a, &b)| passes(a, lane) && passes(b, lane)).count();
            assert!(z(twice, rate * rate).abs() < 4.0, "lane {lane} in two steps");
            let both = now.iter().filter(|&&w| passes(w, lane) && passes(w, (lane + 1) % 4)).count();
            assert!(z(both, rate * rate).abs() < 4.0, "lane {lane} and the next");
            let pair = now.windows(2).filter(|w| passes(w[0], lane) && passes(w[1], lane)).count();
            assert!(z(pair, rate * rate).abs() < 4.0, "lane {lane} of neighbours");
        }
    }
}
