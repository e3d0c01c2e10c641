//! Quantities that carry their unit: money in fen, and exact splits of integers.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use crate::messages;

use serde::{Deserialize, Serialize};

/// Money in fen (1 yuan = 100 fen), of the base year's prices.
///
/// Accounts are integers so that they can be audited: a sum that should be zero is zero. A sum that has no room stays
/// at the greatest number instead of changing its sign; a run stops long before
/// ([`Accounts::overflow`](crate::world::Accounts::overflow)).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Fen(pub i64);

impl Fen {
    /// No money.
    pub const ZERO: Fen = Fen(0);

    /// The nearest whole number of fen to an amount in fen computed in floating point.
    pub fn round(fen: f64) -> Fen {
        Fen(nearest(fen))
    }

    /// The nearest number of fen to an amount in yuan.
    pub fn from_yuan(yuan: f64) -> Fen {
        Fen::round(yuan * 100.0)
    }

    /// The amount in yuan.
    pub fn yuan(self) -> f64 {
        self.0 as f64 / 100.0
    }

    /// The amount in fen, for the equations.
    pub fn fen(self) -> f64 {
        self.0 as f64
    }

    /// This amount times a share, to the nearest fen.
    pub fn share(self, share: f64) -> Fen {
        Fen::round(self.0 as f64 * share)
    }

    /// The larger of the two.
    pub fn at_least(self, other: Fen) -> Fen {
        Fen(self.0.max(other.0))
    }

    /// The smaller of the two.
    pub fn at_most(self, other: Fen) -> Fen {
        Fen(self.0.min(other.0))
    }
}

impl Add for Fen {
    type Output = Fen;
    fn add(self, other: Fen) -> Fen {
        Fen(self.0.saturating_add(other.0))
    }
}

impl Sub for Fen {
    type Output = Fen;
    fn sub(self, other: Fen) -> Fen {
        Fen(self.0.saturating_sub(other.0))
    }
}

impl Neg for Fen {
    type Output = Fen;
    fn neg(self) -> Fen {
        Fen(self.0.saturating_neg())
    }
}

impl AddAssign for Fen {
    fn add_assign(&mut self, other: Fen) {
        self.0 = self.0.saturating_add(other.0);
    }
}

impl SubAssign for Fen {
    fn sub_assign(&mut self, other: Fen) {
        self.0 = self.0.saturating_sub(other.0);
    }
}

impl Sum for Fen {
    fn sum<I: Iterator<Item = Fen>>(amounts: I) -> Fen {
        amounts.fold(Fen::ZERO, Add::add)
    }
}

impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", messages::amount_in_yuan(format_args!("{:.2}", self.yuan())))
    }
}

/// The nearest whole number, of two the even one; at the ends of the range the last, and zero of what is no number.
///
/// Added to three halves of 2^52 nothing is left behind the point, the processor rounds as `rint` does, and the last bits of the
/// sum are the number.
#[inline]
pub(crate) fn nearest(x: f64) -> i64 {
    const EDGE: f64 = 6_755_399_441_055_744.0;
    if x.abs() < 2_251_799_813_685_248.0 {
        (x + EDGE).to_bits() as i64 - EDGE.to_bits() as i64
    } else {
        libm::rint(x) as i64
    }
}

/// Splits a whole number in proportion to weights so that the parts add up to it exactly
/// (largest remainders; equal remainders go to the earlier part).
///
/// Negative and non-finite weights count as zero. If every weight is zero the first part takes all,
/// so that nothing is lost.
///
/// ```
/// use shanhai::inside::split;
/// assert_eq!(split(100, &[1.0, 1.0, 1.0]), vec![34, 33, 33]);
/// assert_eq!(split(-7, &[0.5, 0.5]).iter().sum::<i64>(), -7);
/// ```
pub fn split(total: i64, weights: &[f64]) -> Vec<i64> {
    let mut parts = vec![0; weights.len()];
    split_into(total, weights, &mut parts);
    parts
}

/// [`split`] into a buffer of the same length as the weights.
pub(crate) fn split_into(total: i64, weights: &[f64], parts: &mut [i64]) {
    assert_eq!(weights.len(), parts.len(), "one part for each weight");
    if parts.is_empty() {
        return;
    }
    let weight = |w: f64| if w.is_finite() && w > 0.0 { w } else { 0.0 };
    let sum: f64 = weights.iter().map(|&w| weight(w)).sum();
    if sum <= 0.0 || !sum.is_finite() {
        parts.fill(0);
        parts[0] = total;
        return;
    }
    let (sign, size) = (total.signum(), total.unsigned_abs());
    let mut given: u64 = 0;
    let mut few = [(0.0, 0); FEW];
    let mut many = Vec::new();
    let remainders: &mut [(f64, usize)] = if parts.len() <= FEW {
        &mut few[..parts.len()]
    } else {
        many.resize(parts.len(), (0.0, 0));
        &mut many
    };
    for (i, &w) in weights.iter().enumerate() {
        let exact = size as f64 * (weight(w) / sum);
        // Cut off is rounded down: nothing here is below zero.
        let whole = (exact as u64).min(size - given);
        parts[i] = whole as i64;
        given += whole;
        // A part without weight never receives a remainder unless nothing else can.
        remainders[i] = (if weight(w) > 0.0 { exact - whole as f64 } else { -1.0 }, i);
    }
    hand_out(size - given, remainders, parts);
    if sign < 0 {
        parts.iter_mut().for_each(|p| *p = -*p);
    }
}

/// Weights that many numbers are split by: [`split_into`] with what it works out of the weights alone kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ratios<const N: usize> {
    /// Part of each in the sum of weights; nothing if no weight is above zero.
    parts: Option<[f64; N]>,
    /// Whether each weight is above zero.
    counts: [bool; N],
}

impl<const N: usize> Ratios<N> {
    /// Ratios of weights, as [`split_into`] reads them.
    pub(crate) fn new(weights: [f64; N]) -> Ratios<N> {
        let weights = weights.map(|w| if w.is_finite() && w > 0.0 { w } else { 0.0 });
        let sum: f64 = weights.iter().sum();
        let usable = sum > 0.0 && sum.is_finite();
        Ratios { parts: usable.then(|| weights.map(|w| w / sum)), counts: weights.map(|w| w > 0.0) }
    }

    /// The parts of a number.
    pub(crate) fn split(&self, total: i64) -> [i64; N] {
        let mut parts = [0; N];
        let Some(ratios) = &self.parts else {
            parts[0] = total;
            return parts;
        };
        let size = total.unsigned_abs();
        let mut rest = size;
        let mut remainders = [-1.0; N];
        for i in 0..N {
            let exact = size as f64 * ratios[i];
            // Cut off is rounded down: nothing here is below zero.
            let whole = (exact as u64).min(rest);
            parts[i] = whole as i64;
            rest -= whole;
            if self.counts[i] {
                remainders[i] = exact - whole as f64;
            }
        }
        if rest > 0 {
            let mut order: [(f64, usize); N] = std::array::from_fn(|i| (remainders[i], i));
            hand_out(rest, &mut order, &mut parts);
        }
        if total < 0 { parts.map(|part| -part) } else { parts }
    }
}

/// Parts of a split that need no memory of their own.
const FEW: usize = 8;

/// One more to each of the parts with the largest remainders, until nothing is left.
fn hand_out(mut rest: u64, remainders: &mut [(f64, usize)], parts: &mut [i64]) {
    if rest == 0 {
        return;
    }
    let order = |a: &(f64, usize), b: &(f64, usize)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
    // As a rule less is left than there are parts: who is among the first is enough, their order is not needed.
    let once = usize::try_from(rest).ok().filter(|&n| n < remainders.len());
    if let Some(n) = once.filter(|&n| n == 1 || remainders.len() <= FEW)
        && remainders.iter().filter(|remainder| remainder.0 >= 0.0).count() >= n
    {
        for _ in 0..n {
            let larger = |a: usize, b: usize| if remainders[b].0 > remainders[a].0 { b } else { a };
            let first = (1..remainders.len()).fold(0, larger);
            parts[remainders[first].1] += 1;
            remainders[first].0 = -1.0;
        }
        return;
    }
    if let Some(n) = once {
        let (first, last, _) = remainders.select_nth_unstable_by(n - 1, order);
        if last.0 >= 0.0 {
            first.iter().chain([&*last]).for_each(|&(_, i)| parts[i] += 1);
            return;
        }
    }
    remainders.sort_unstable_by(order);
    while rest > 0 {
        for &(remainder, i) in remainders.iter() {
            if rest == 0 {
                break;
            }
            if remainder >= 0.0 {
                parts[i] += 1;
                rest -= 1;
            }
        }
    }
}

/// The sum of each key's values, in the order of keys; values must add up to the same in any order, as whole numbers do.
pub(crate) fn sums_by_key<V: AddAssign + Copy>(rows: impl IntoIterator<Item = (u128, V)>) -> Vec<(u128, V)> {
    let mut sums = SumsByKey::new();
    rows.into_iter().for_each(|(key, value)| sums.add(key, value));
    sums.sorted()
}

/// Sums that grow while rows come: far more rows than keys, so nothing is kept of a row. Sums stand in the order in
/// which their keys came; a table of positions, half empty or more, finds them.
pub(crate) struct SumsByKey<V> {
    rows: Vec<(u128, V)>,
    /// Position of a row plus one; zero is free.
    positions: Vec<u32>,
}

impl<V> Default for SumsByKey<V> {
    fn default() -> Self {
        SumsByKey { rows: Vec::new(), positions: vec![0; 1024] }
    }
}

impl<V: AddAssign + Copy> SumsByKey<V> {
    /// No sums.
    pub(crate) fn new() -> Self {
        SumsByKey::default()
    }

    /// Where a key stands, or would.
    #[inline]
    fn find(&self, key: u128) -> usize {
        // Two rounds of multiplication: the high bits then depend on every bit of both halves.
        const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
        let once = (key as u64)
            .wrapping_mul(ODD)
            .wrapping_add(((key >> 64) as u64).wrapping_mul(0xBF58_476D_1CE4_E5B9));
        let mixed = (once ^ once >> 32).wrapping_mul(ODD);
        let mask = self.positions.len() - 1;
        let mut at = (mixed >> (64 - self.positions.len().trailing_zeros())) as usize;
        loop {
            match self.positions[at] {
                0 => return at,
                row if self.rows[row as usize - 1].0 == key => return at,
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// Adds a value to the sum of its key.
    #[inline]
    pub(crate) fn add(&mut self, key: u128, value: V) {
        let at = self.find(key);
        if let Some(row) = (self.positions[at] as usize).checked_sub(1) {
            self.rows[row].1 += value;
            return;
        }
        self.rows.push((key, value));
        self.positions[at] = self.rows.len() as u32;
        if 2 * self.rows.len() > self.positions.len() {
            self.grow();
        }
    }

    fn grow(&mut self) {
        self.positions = vec![0; 4 * self.positions.len()];
        for row in 0..self.rows.len() {
            let at = self.find(self.rows[row].0);
            self.positions[at] = row as u32 + 1;
        }
    }

    /// The sums in the order of keys.
    pub(crate) fn sorted(self) -> Vec<(u128, V)> {
        // Keys are put in order, not the far longer rows.
        let mut order: Vec<(u128, u32)> =
            self.rows.iter().zip(0..).map(|((key, _), row)| (*key, row)).collect();
        order.sort_unstable();
        order.into_iter().map(|(_, row)| self.rows[row as usize]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_split_loses_nothing_and_follows_the_weights() {
        let parts = split(1_000_003, &[0.2, 0.3, 0.5, 0.0]);
        assert_eq!(parts.iter().sum::<i64>(), 1_000_003);
        assert_eq!(parts, vec![200_001, 300_001, 500_001, 0]);
    }

    #[test]
    fn a_sum_of_money_without_room_never_changes_its_sign() {
        let most = Fen(i64::MAX);
        assert_eq!(most + Fen(1), most);
        assert_eq!([most, most].into_iter().sum::<Fen>(), most);
        assert!(Fen(i64::MIN) - Fen(1) < Fen::ZERO && -Fen(i64::MIN) > Fen::ZERO);
    }

    #[test]
    fn the_nearest_whole_number_is_that_of_rint() {
        let tie = 2_251_799_813_685_247.5;
        for x in [
            0.0,
            0.5,
            1.5,
            2.5,
            0.499_999_999_999_999_94,
            7.3e11 + 0.5,
            tie,
            4.6e15 + 0.5,
            9.1e18,
            1e300,
            f64::NAN,
        ] {
            for x in [x, -x, x + 1.0, x - 0.1] {
                assert_eq!(nearest(x), libm::rint(x) as i64, "{x}");
            }
        }
        let draws = crate::kernel::draw::Draws::new(1, crate::kernel::draw::Purpose::Experiment, 0);
        for i in 0..10_000 {
            let x = (draws.uniform(i) - 0.5) * libm::exp(draws.uniform(i + 10_000) * 44.0);
            assert_eq!(nearest(x), libm::rint(x) as i64, "{x}");
        }
    }

    #[test]
    fn a_split_without_weights_gives_all_to_the_first() {
        assert_eq!(split(5, &[0.0, f64::NAN, -1.0]), vec![5, 0, 0]);
    }

    #[test]
    fn values_of_a_key_are_added_up_in_the_order_of_keys() {
        assert_eq!(sums_by_key([(2, 1), (1, 5), (2, 3)]), [(1, 5), (2, 4)]);
        assert_eq!(sums_by_key(Vec::<(u128, i64)>::new()), []);
        // More keys than the table begins with, far apart and close together, against a map.
        let key = |i: u128| if i.is_multiple_of(2) { i % 777 } else { (i * i % 5003) << 70 };
        let mut map = std::collections::BTreeMap::new();
        (0..20_000).for_each(|i| *map.entry(key(i)).or_insert(0) += i as i64);
        assert_eq!(sums_by_key((0..20_000).map(|i| (key(i), i as i64))), map.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn kept_ratios_split_as_their_weights_do() {
        let draws = crate::kernel::draw::Draws::new(1, crate::kernel::draw::Purpose::Experiment, 0);
        for i in 0..20_000 {
            let weights: [f64; 4] = std::array::from_fn(|k| {
                let (u, v) = draws.uniform_pair(8 * i + k as u64);
                let odd = [0.0, -1.0, f64::NAN, 1e300][(v * 4.0) as usize];
                if u < 0.3 { odd } else { libm::floor(v * libm::exp(u * 40.0)) }
            });
            let total =
                libm::rint((draws.uniform(8 * i + 5) - 0.5) * libm::exp(draws.uniform(8 * i + 6) * 43.0));
            for total in [total as i64, 0, 1, -3, i64::MAX] {
                assert_eq!(
                    Ratios::new(weights).split(total)[..],
                    split(total, &weights),
                    "{total} by {weights:?}"
                );
            }
        }
    }

    #[test]
    fn remainders_are_handed_out_as_if_all_were_sorted() {
        for n in [1, 3, 8, 9, 50] {
            for total in [0_i64, 1, 7, -49, 1_000_003, i64::MAX] {
                let weights: Vec<f64> =
                    (0..n).map(|i| f64::from(i * 7 % 5) + 0.1 * f64::from(i % 3)).collect();
                let parts = split(total, &weights);
                assert_eq!(parts.iter().map(|&p| i128::from(p)).sum::<i128>(), i128::from(total));
                let sum: f64 = weights.iter().sum();
                if total.abs() > 1_000_000_000 || sum <= 0.0 {
                    continue;
                }
                let exact = |i: usize| total.abs() as f64 * (weights[i] / sum);
                let mut order: Vec<usize> = (0..parts.len()).filter(|&i| weights[i] > 0.0).collect();
                order.sort_by(|&a, &b| exact(b).fract().total_cmp(&exact(a).fract()));
                let whole: i64 = (0..parts.len()).map(|i| exact(i).floor() as i64).sum();
                let more = &order[..(total.abs() - whole) as usize];
                for (i, part) in parts.iter().enumerate() {
                    assert_eq!(part.abs(), exact(i).floor() as i64 + i64::from(more.contains(&i)));
                }
            }
        }
    }
}
