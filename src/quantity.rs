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
        Fen(libm::rint(fen) as i64)
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

/// Splits a whole number in proportion to weights so that the parts add up to it exactly
/// (largest remainders; equal remainders go to the earlier part).
///
/// Negative and non-finite weights count as zero. If every weight is zero the first part takes all,
/// so that nothing is lost.
///
/// ```
/// use shanhai::quantity::split;
/// assert_eq!(split(100, &[1.0, 1.0, 1.0]), vec![34, 33, 33]);
/// assert_eq!(split(-7, &[0.5, 0.5]).iter().sum::<i64>(), -7);
/// ```
pub fn split(total: i64, weights: &[f64]) -> Vec<i64> {
    let mut parts = vec![0; weights.len()];
    split_into(total, weights, &mut parts);
    parts
}

/// [`split`] into a buffer of the same length as the weights.
pub fn split_into(total: i64, weights: &[f64], parts: &mut [i64]) {
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
    let mut remainders: Vec<(f64, usize)> = Vec::with_capacity(parts.len());
    for (i, &w) in weights.iter().enumerate() {
        let exact = size as f64 * (weight(w) / sum);
        let whole = (exact.floor() as u64).min(size - given);
        parts[i] = whole as i64;
        given += whole;
        // A part without weight never receives a remainder unless nothing else can.
        remainders.push((if weight(w) > 0.0 { exact - whole as f64 } else { -1.0 }, i));
    }
    remainders.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut rest = size - given;
    while rest > 0 {
        for &(remainder, i) in &remainders {
            if rest == 0 {
                break;
            }
            if remainder >= 0.0 {
                parts[i] += 1;
                rest -= 1;
            }
        }
    }
    if sign < 0 {
        parts.iter_mut().for_each(|p| *p = -*p);
    }
}

/// The sum of each key's values, in the order of keys; values must add up to the same in any order, as whole numbers do.
pub(crate) fn sums_by_key<K: Ord + Copy, V: std::ops::AddAssign>(mut rows: Vec<(K, V)>) -> Vec<(K, V)> {
    rows.sort_unstable_by_key(|(key, _)| *key);
    let mut sums: Vec<(K, V)> = Vec::new();
    for (key, value) in rows {
        match sums.last_mut() {
            Some((last, sum)) if *last == key => *sum += value,
            _ => sums.push((key, value)),
        }
    }
    sums
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
    fn a_split_without_weights_gives_all_to_the_first() {
        assert_eq!(split(5, &[0.0, f64::NAN, -1.0]), vec![5, 0, 0]);
    }

    #[test]
    fn values_of_a_key_are_added_up_in_the_order_of_keys() {
        assert_eq!(sums_by_key(vec![(2, 1), (1, 5), (2, 3)]), [(1, 5), (2, 4)]);
        assert_eq!(sums_by_key(Vec::<(u8, i64)>::new()), []);
    }
}
