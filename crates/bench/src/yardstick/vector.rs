//! The same step as [`Law::chunk`] for sixteen agents at a time, with the same result in every bit.
//!
//! Unsafe code here loads, stores and gathers. It rests on three invariants, each made by the code
//! next to it: a candidate's position is below `BLOCK`; an index made from an agent's bits is masked to the size
//! of its table; arrays that are written sixteen words at a time have room for sixteen words more.

use std::arch::x86_64::*;

use super::law::{ATTEMPT, Law, candidates};
use super::{Agent, BLOCK, CELLS, Done};
use shanhai_kernel::gate::Gate;

/// Candidates worked on at a time: a block has about 256.
const BATCH: usize = 512;
/// Room for sixteen words written at once behind any of a batch.
const ROOM: usize = BATCH + LANES;
const LANES: usize = 16;

/// Whether this processor has what [`chunk`] needs.
pub(super) fn supported() -> bool {
    is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512vl")
        && is_x86_feature_detected!("avx512vbmi2")
        && is_x86_feature_detected!("popcnt")
}

/// Agents that are being worked on, as columns.
struct Batch {
    looked_at: [u32; ROOM],
    position: [u32; ROOM],
    agent: [u32; ROOM],
    words: [[u32; ROOM]; 4],
    /// Position and new place of those that move.
    moves: [[u32; ROOM]; 2],
}

/// See [`Law::chunk`].
#[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl,avx512vbmi2,popcnt")]
pub(super) fn chunk<const FOURS: usize>(
    law: &Law<'_, FOURS>,
    gate: &Gate,
    first: u64,
    agents: u64,
    blocks: &mut [[u32; BLOCK]],
) -> Done {
    debug_assert!(first.is_multiple_of(BLOCK as u64));
    let mut done = Done::new(law.map.nodes());
    let mut batch = Batch {
        looked_at: [0; ROOM],
        moves: [[0; ROOM]; 2],
        position: [0; ROOM],
        agent: [0; ROOM],
        words: [[0; ROOM]; 4],
    };
    let mut lists = [[0u16; BLOCK + 2 * LANES]; 2];
    let mut masks = [0; BLOCK / 64];
    let mut counts = [0; 2];
    for b in 0..=blocks.len() {
        // The next block's candidates are on their way from memory while this block's are worked on.
        if b < blocks.len() {
            candidates(gate, first + (b * BLOCK) as u64, agents, &mut masks);
            counts[b % 2] = list(&masks, &mut lists[b % 2]);
        }
        let Some(before) = b.checked_sub(1) else { continue };
        let first = first + (before * BLOCK) as u64;
        let (done_blocks, next) = blocks.split_at_mut(b);
        let block = &mut done_blocks[before];
        let mut ahead = match next.first() {
            Some(next) => Ahead { block: next, positions: lists[b % 2][..counts[b % 2]].chunks(LANES) },
            None => Ahead { block: &[0; BLOCK], positions: [].chunks(LANES) },
        };
        for positions in lists[before % 2][..counts[before % 2]].chunks(BATCH) {
            let n = consider(law, first, positions, block, &mut ahead, &mut batch);
            done.moves.considering += n as u64;
            settle(law, first, n, block, &mut batch, &mut done);
        }
    }
    done
}

/// Candidates of the next block, fetched a few at a time so that memory is kept busy and never waited for.
struct Ahead<'a> {
    block: &'a [u32; BLOCK],
    positions: std::slice::Chunks<'a, u16>,
}

impl Ahead<'_> {
    #[inline(always)]
    fn fetch(&mut self) {
        for &position in self.positions.next().unwrap_or_default() {
            let agent: *const u32 = &self.block[usize::from(position) % BLOCK];
            // SAFETY: fetching ahead has no effect but speed, and the address is one of the block's.
            unsafe { _mm_prefetch::<_MM_HINT_T0>(agent.cast()) };
        }
    }
}

/// Lists the set bits of `masks` and returns how many there are.
#[inline]
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vbmi2,popcnt")]
fn list(masks: &[u64; BLOCK / 64], out: &mut [u16; BLOCK + 2 * LANES]) -> usize {
    const PLACES: [u8; 64] = {
        let mut places = [0; 64];
        let mut k = 0;
        while k < 64 {
            places[k] = k as u8;
            k += 1;
        }
        places
    };
    // SAFETY: sixty-four bytes are read from an array of as many.
    let places = unsafe { _mm512_loadu_si512(PLACES.as_ptr().cast()) };
    let mut n = 0;
    for (m, &mask) in masks.iter().enumerate() {
        let set = _mm512_maskz_compress_epi8(mask, places);
        let base = _mm_set1_epi16((m * 64) as i16);
        let count = mask.count_ones() as usize;
        let low = _mm_add_epi16(_mm_cvtepu8_epi16(_mm512_castsi512_si128(set)), base);
        // SAFETY: `n` is at most 64 * m, so that eight words from it end before `out` does.
        unsafe { _mm_storeu_si128(out[n..].as_mut_ptr().cast(), low) };
        // More than eight of 64 come about once in six thousand masks.
        if count > 8 {
            let mut rest = mask;
            for slot in &mut out[n..n + count] {
                *slot = m as u16 * 64 + rest.trailing_zeros() as u16;
                rest &= rest - 1;
            }
        }
        n += count;
    }
    n
}

/// The first lanes of sixteen, up to `n`.
#[inline(always)]
fn lanes(n: usize) -> __mmask16 {
    if n >= LANES { !0 } else { (1 << n) - 1 }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn load(column: &[u32; ROOM], k: usize) -> __m512i {
    let sixteen: &[u32; LANES] = column[k..].first_chunk().expect("columns have room");
    // SAFETY: sixteen words are read from an array of as many.
    unsafe { _mm512_loadu_si512(sixteen.as_ptr().cast()) }
}

#[inline]
#[target_feature(enable = "avx512f")]
fn store(column: &mut [u32; ROOM], k: usize, words: __m512i) {
    let sixteen: &mut [u32; LANES] = column[k..].first_chunk_mut().expect("columns have room");
    // SAFETY: sixteen words are written to an array of as many.
    unsafe { _mm512_storeu_si512(sixteen.as_mut_ptr().cast(), words) }
}

/// The words of a table at `index`, which is masked here to the table's size, a power of two.
#[inline]
#[target_feature(enable = "avx512f")]
fn gather(table: &[u32], index: __m512i) -> __m512i {
    assert!(table.len().is_power_of_two());
    let index = _mm512_and_si512(index, _mm512_set1_epi32((table.len() - 1) as i32));
    // SAFETY: no index is above the last of the table.
    unsafe { _mm512_i32gather_epi32::<4>(index, table.as_ptr().cast()) }
}

/// See [`gather`].
#[inline]
#[target_feature(enable = "avx512f")]
fn gather_f32(table: &[f32], index: __m512i) -> __m512 {
    assert!(table.len().is_power_of_two());
    let index = _mm512_and_si512(index, _mm512_set1_epi32((table.len() - 1) as i32));
    // SAFETY: no index is above the last of the table.
    unsafe { _mm512_i32gather_ps::<4>(index, table.as_ptr().cast()) }
}

/// Philox blocks of sixteen counters that differ only in their lowest words (see `draw.rs`).
#[inline]
#[target_feature(enable = "avx512f")]
fn philox(low: __m512i, rest: [u32; 3], key: [u32; 2]) -> [__m512i; 4] {
    let set = |word: u32| _mm512_set1_epi64(i64::from(word));
    let [m0, m1] = [0xD251_1F53, 0xCD9E_8D57].map(set);
    // Even and odd lanes apart, in the low halves of 64 bits; what is in the high halves has no effect.
    let half = |first: __m512i| {
        let mut c = [first, set(rest[0]), set(rest[1]), set(rest[2])];
        for round in 0..10u32 {
            let k0 = set(key[0].wrapping_add(round.wrapping_mul(0x9E37_79B9)));
            let k1 = set(key[1].wrapping_add(round.wrapping_mul(0xBB67_AE85)));
            let p0 = _mm512_mul_epu32(c[0], m0);
            let p1 = _mm512_mul_epu32(c[2], m1);
            c = [
                _mm512_ternarylogic_epi64::<0x96>(_mm512_srli_epi64::<32>(p1), c[1], k0),
                p1,
                _mm512_ternarylogic_epi64::<0x96>(_mm512_srli_epi64::<32>(p0), c[3], k1),
                p0,
            ];
        }
        c
    };
    let (even, odd) = (half(low), half(_mm512_srli_epi64::<32>(low)));
    std::array::from_fn(|w| _mm512_mask_blend_epi32(0xAAAA, even[w], _mm512_slli_epi64::<32>(odd[w])))
}

/// The share of the ceiling at which agents of these ages consider a move.
#[inline]
#[target_feature(enable = "avx512f")]
fn share(consider: &[u32; 64], agent: __m512i) -> __m512i {
    // SAFETY: sixteen words are read from each quarter of sixty-four.
    let [a, b, c, d] =
        [0, 16, 32, 48].map(|k| unsafe { _mm512_loadu_si512(consider[k..k + 16].as_ptr().cast()) });
    let age = _mm512_srli_epi32::<26>(agent);
    let upper = _mm512_test_epi32_mask(age, _mm512_set1_epi32(32));
    _mm512_mask_blend_epi32(upper, _mm512_permutex2var_epi32(a, age, b), _mm512_permutex2var_epi32(c, age, d))
}

/// Draws for the candidates at `positions`, keeps those that consider a move in `batch`, and returns how many.
#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl,avx512vbmi2,popcnt")]
fn consider<const FOURS: usize>(
    law: &Law<'_, FOURS>,
    first: u64,
    positions: &[u16],
    block: &[u32; BLOCK],
    ahead: &mut Ahead<'_>,
    batch: &mut Batch,
) -> usize {
    let (key, step, purpose) = law.draws.parts();
    let base = _mm512_set1_epi32(first as i32);
    // Plain loads: sixteen at a time as one instruction, they take longer.
    for (agent, &position) in batch.looked_at.iter_mut().zip(positions) {
        *agent = block[usize::from(position) % BLOCK];
    }
    let mut n = 0;
    for (k, sixteen) in positions.chunks(LANES).enumerate() {
        ahead.fetch();
        let lanes = lanes(sixteen.len());
        // SAFETY: only as many words are read as `sixteen` has.
        let narrow = unsafe { _mm256_maskz_loadu_epi16(lanes, sixteen.as_ptr().cast()) };
        let position = _mm512_cvtepu16_epi32(narrow);
        let agent = load(&batch.looked_at, k * LANES);
        // A block starts at a multiple of its length, so its numbers share all bits but the position.
        let words = philox(_mm512_or_si512(base, position), [(first >> 32) as u32, step, purpose], key);
        let kept = _mm512_mask_cmplt_epu32_mask(lanes, words[0], share(&law.consider, agent));
        store(&mut batch.position, n, _mm512_maskz_compress_epi32(kept, position));
        store(&mut batch.agent, n, _mm512_maskz_compress_epi32(kept, agent));
        for (w, (column, words)) in batch.words.iter_mut().zip(words).enumerate() {
            // Without rejection, the first word has done its work and the last has none.
            if FOURS > 1 || w == 1 || w == 2 {
                store(column, n, _mm512_maskz_compress_epi32(kept, words));
            }
        }
        n += kept.count_ones() as usize;
    }
    n
}

/// Lets the first `n` of `batch` choose and move, again and again until each has accepted a proposal.
#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl,avx512vbmi2,popcnt")]
fn settle<const FOURS: usize>(
    law: &Law<'_, FOURS>,
    first: u64,
    mut n: usize,
    block: &mut [u32; BLOCK],
    batch: &mut Batch,
    done: &mut Done,
) {
    let (key, step, purpose) = law.draws.parts();
    let base = _mm512_set1_epi32(first as i32);
    let mut attempt = 0;
    let mut moves = 0;
    while n > 0 {
        if attempt > 0 {
            let high = ((first | attempt << ATTEMPT) >> 32) as u32;
            for k in (0..n).step_by(LANES) {
                let low = _mm512_or_si512(base, load(&batch.position, k));
                let words = philox(low, [high, step, purpose], key);
                for (column, words) in batch.words.iter_mut().zip(words) {
                    store(column, k, words);
                }
            }
        }
        let mut refused = 0;
        for k in (0..n).step_by(LANES) {
            let mut lanes = lanes(n - k);
            let agent = load(&batch.agent, k);
            let position = load(&batch.position, k);
            let (to, accepted) = propose(law, agent, attempt > 0, batch, k);
            if FOURS > 1 {
                let again = lanes & !accepted;
                store(&mut batch.position, refused, _mm512_maskz_compress_epi32(again, position));
                store(&mut batch.agent, refused, _mm512_maskz_compress_epi32(again, agent));
                refused += again.count_ones() as usize;
                lanes &= accepted;
            }
            let node = _mm512_set1_epi32(Agent::NODE as i32);
            let from = _mm512_and_si512(agent, node);
            let moving = _mm512_mask_cmpneq_epi32_mask(lanes, from, to);
            for (column, words) in batch.moves.iter_mut().zip([position, to]) {
                store(column, moves, _mm512_maskz_compress_epi32(moving, words));
            }
            moves += moving.count_ones() as usize;
        }
        n = refused;
        attempt += 1;
    }
    let [positions, places] = &batch.moves;
    for (&position, &to) in positions.iter().zip(places).take(moves) {
        done.move_to(&mut block[position as usize % BLOCK], to);
    }
}

/// Sixteen times [`Law::propose`].
#[inline]
#[target_feature(enable = "avx512f,avx512dq,avx512bw,avx512vl,avx512vbmi2,popcnt")]
fn propose<const FOURS: usize>(
    law: &Law<'_, FOURS>,
    agent: __m512i,
    again: bool,
    batch: &Batch,
    k: usize,
) -> (__m512i, __mmask16) {
    let nodes = law.map.nodes();
    let places = _mm512_set1_epi32(nodes as i32 - 1);
    let shift = _mm_cvtsi32_si128(law.map.shift as i32);
    let node_bits = _mm_cvtsi32_si128(nodes.trailing_zeros() as i32);
    let current = _mm512_and_si512(agent, places);
    let home = _mm512_and_si512(_mm512_srli_epi32::<12>(agent), places);
    let skill = _mm512_and_si512(_mm512_srli_epi32::<24>(agent), _mm512_set1_epi32(3));
    let from = _mm512_srl_epi32(current, shift);
    let skill_row = _mm512_slli_epi32::<6>(skill);
    let row = _mm512_or_si512(skill_row, from);

    let bound = _mm512_or_si512(_mm512_slli_epi32::<6>(from), _mm512_srl_epi32(home, shift));
    let extra = _mm512_mul_ps(
        gather_f32(&law.home, _mm512_or_si512(_mm512_sll_epi32(skill, node_bits), home)),
        gather_f32(law.map.bound_f32.as_flattened(), bound),
    );
    let total = _mm512_add_ps(gather_f32(&law.total, row), extra);
    let unit = _mm512_cvtepi32_ps(_mm512_srli_epi32::<8>(load(&batch.words[1], k)));
    let unit = _mm512_mul_ps(unit, _mm512_set1_ps(1.0 / 16_777_216.0));
    let at_home = _mm512_cmp_ps_mask::<_CMP_LT_OQ>(_mm512_mul_ps(unit, total), extra);

    let mut rows = [0u32; LANES];
    // SAFETY: sixteen words are written to an array of as many.
    unsafe { _mm512_storeu_si512(rows.as_mut_ptr().cast(), row) };
    let mut picked = [0u32; LANES];
    for (lane, place) in picked.iter_mut().enumerate() {
        let row = rows[lane] as usize % law.cells.rows();
        let cell = law.cells.pick_avx512(row, batch.words[2][k + lane]);
        *place = match FOURS {
            1 => cell as u32,
            _ => {
                let row = (row & !(CELLS - 1)) | cell;
                (cell << law.map.shift | law.nodes.pick_avx512(row, batch.words[3][k + lane])) as u32
            }
        };
    }
    // SAFETY: sixteen words are read from an array of as many.
    let place = unsafe { _mm512_loadu_si512(picked.as_ptr().cast()) };
    let to = _mm512_mask_blend_epi32(at_home, place, home);
    if FOURS == 1 {
        return (to, !0);
    }
    let limit = if again { _mm512_set1_epi32(-1) } else { share(&law.consider, agent) };
    let accept = gather(&law.map.accept, _mm512_or_si512(_mm512_sll_epi32(current, node_bits), to));
    let below = product_high(limit, accept);
    (to, _mm512_cmplt_epu32_mask(load(&batch.words[0], k), below))
}

/// The high words of a * (b + 1).
#[inline]
#[target_feature(enable = "avx512f")]
fn product_high(a: __m512i, b: __m512i) -> __m512i {
    let low = _mm512_set1_epi64(0xFFFF_FFFF);
    let half = |a: __m512i, b: __m512i| _mm512_add_epi64(_mm512_mul_epu32(a, b), _mm512_and_si512(a, low));
    let even = half(a, b);
    let odd = half(_mm512_srli_epi64::<32>(a), _mm512_srli_epi64::<32>(b));
    _mm512_mask_blend_epi32(0xAAAA, _mm512_srli_epi64::<32>(even), odd)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Masks with more bits than are written at once are rare in a run, so they are made here.
    #[test]
    fn list_holds_every_set_bit_in_order() {
        if !supported() {
            return;
        }
        let mut masks: [u64; BLOCK / 64] = std::array::from_fn(|m| 0x8421_0000_1000_0401 << (m % 64));
        (masks[0], masks[5], masks[6], masks[9], masks[BLOCK / 64 - 1]) = (!0, !0, 0, 0x1FF, !0);
        for masks in [masks, [!0; BLOCK / 64], [0; BLOCK / 64]] {
            let mut out = [0; BLOCK + 2 * LANES];
            // SAFETY: `supported` found the features.
            let n = unsafe { list(&masks, &mut out) };
            let set = (0..BLOCK).filter(|k| masks[k / 64] >> (k % 64) & 1 == 1).map(|k| k as u16);
            assert!(out[..n].iter().copied().eq(set));
        }
    }

    #[test]
    fn high_products_are_exact() {
        if !supported() {
            return;
        }
        let edges = [0, 1, 2, 1 << 31, u32::MAX - 1, u32::MAX, 0x1234_5678, 0x9ABC_DEF0];
        for a in edges {
            for b in edges {
                // SAFETY: `supported` found the features; sixteen words are written to as many.
                let high = unsafe {
                    let product = product_high(_mm512_set1_epi32(a as i32), _mm512_set1_epi32(b as i32));
                    let mut out = [0u32; LANES];
                    _mm512_storeu_si512(out.as_mut_ptr().cast(), product);
                    out
                };
                assert_eq!(high, [((u64::from(a) * (u64::from(b) + 1)) >> 32) as u32; LANES]);
            }
        }
    }
}
