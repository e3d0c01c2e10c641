//! What each policy of a scenario adds to the others: alone, as the last one, and on average over orders
//! (Shapley 1953), and what is left of their interaction.

use crate::estimate::resample::below;
use crate::kernel::draw::{Draws, Purpose};

/// Most policies for which all subsets are run.
pub(crate) const MOST_EXACT: usize = 6;

/// Orders in which policies enter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Orders {
    /// Every subset is run, so that every order counts.
    All,
    /// Some orders, drawn in pairs of an order and its reverse.
    Sampled(Vec<Vec<usize>>),
}

/// Sets of policies, as sorted lists of their numbers.
pub(crate) type Set = Vec<usize>;

impl Orders {
    /// All orders of up to [`MOST_EXACT`] policies; beyond, about `count` drawn ones.
    pub(crate) fn choose(policies: usize, count: usize, seed: u64) -> Orders {
        if policies <= MOST_EXACT {
            return Orders::All;
        }
        let pairs = count.div_ceil(2).max(1);
        let mut orders = Vec::with_capacity(2 * pairs);
        for pair in 0..pairs {
            let draws = Draws::new(seed, Purpose::Experiment, pair as u32);
            let mut order: Vec<usize> = (0..policies).collect();
            for i in (1..policies).rev() {
                order.swap(i, below(draws.bits(i as u64), i + 1));
            }
            let reverse = order.iter().rev().copied().collect();
            orders.push(order);
            orders.push(reverse);
        }
        Orders::Sampled(orders)
    }

    /// The sets of policies that have to be run, each once.
    pub(crate) fn sets(&self, policies: usize) -> Vec<Set> {
        let mut sets: Vec<Set> = match self {
            Orders::All => (0..1_u32 << policies).map(|mask| members(mask, policies)).collect(),
            Orders::Sampled(orders) => {
                orders.iter().flat_map(|order| (0..=order.len()).map(|n| prefix(order, n))).collect()
            }
        };
        sets.sort();
        sets.dedup();
        sets
    }

    /// Shapley's share of each policy, and the standard error that the choice of orders leaves (0 if all
    /// count). `value` is asked for the sets of [`Orders::sets`] only.
    pub(crate) fn shares(&self, policies: usize, value: impl Fn(&[usize]) -> f64) -> Vec<(f64, f64)> {
        match self {
            Orders::All => (0..policies).map(|p| (exact(p, policies, &value), 0.0)).collect(),
            Orders::Sampled(orders) => sampled(orders, policies, &value),
        }
    }
}

fn members(mask: u32, policies: usize) -> Set {
    (0..policies).filter(|p| mask >> p & 1 == 1).collect()
}

fn prefix(order: &[usize], n: usize) -> Set {
    let mut set = order[..n].to_vec();
    set.sort_unstable();
    set
}

/// `sum_S |S|! (n - |S| - 1)!/n! (v(S + p) - v(S))`.
fn exact(policy: usize, policies: usize, value: &impl Fn(&[usize]) -> f64) -> f64 {
    let factorial = |n: usize| (1..=n).map(|i| i as f64).product::<f64>();
    let mut share = 0.0;
    for mask in (0..1_u32 << policies).filter(|mask| mask >> policy & 1 == 0) {
        let size = mask.count_ones() as usize;
        let weight = factorial(size) * factorial(policies - size - 1) / factorial(policies);
        let with = members(mask | 1 << policy, policies);
        share += weight * (value(&with) - value(&members(mask, policies)));
    }
    share
}

fn sampled(orders: &[Vec<usize>], policies: usize, value: &impl Fn(&[usize]) -> f64) -> Vec<(f64, f64)> {
    // One number a policy and pair of orders: the two of a pair are not independent of each other.
    let mut pairs = vec![Vec::new(); policies];
    for both in orders.chunks(2) {
        let mut sums = vec![0.0; policies];
        for order in both {
            let mut before = value(&[]);
            for n in 1..=order.len() {
                let now = value(&prefix(order, n));
                sums[order[n - 1]] += now - before;
                before = now;
            }
        }
        for (pairs, sum) in pairs.iter_mut().zip(&sums) {
            pairs.push(sum / both.len() as f64);
        }
    }
    pairs
        .iter()
        .map(|pairs| {
            let n = pairs.len() as f64;
            let mean = pairs.iter().sum::<f64>() / n;
            let squares: f64 = pairs.iter().map(|x| (x - mean) * (x - mean)).sum();
            let error = if pairs.len() > 1 { (squares / (n - 1.0) / n).sqrt() } else { f64::NAN };
            (mean, error)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Policies 0 and 1 are worth 3 and 5, and 4 more together; the others 1 each.
    fn value(set: &[usize]) -> f64 {
        let one = |p: usize| match p {
            0 => 3.0,
            1 => 5.0,
            _ => 1.0,
        };
        let together = if set.contains(&0) && set.contains(&1) { 4.0 } else { 0.0 };
        set.iter().map(|&p| one(p)).sum::<f64>() + together
    }

    #[test]
    fn exact_shares_split_an_interaction_evenly_and_add_up() {
        let orders = Orders::choose(4, 10, 1);
        assert_eq!((orders.clone(), orders.sets(4).len()), (Orders::All, 16));
        let shares = orders.shares(4, value);
        for (found, expected) in shares.iter().zip([5.0, 7.0, 1.0, 1.0]) {
            assert!((found.0 - expected).abs() < 1e-12 && found.1 == 0.0, "{shares:?}");
        }
    }

    #[test]
    fn sampled_shares_add_up_and_tell_their_error() {
        let orders = Orders::choose(8, 20, 3);
        let shares = orders.shares(8, value);
        let sum: f64 = shares.iter().map(|s| s.0).sum();
        assert!((sum - value(&[0, 1, 2, 3, 4, 5, 6, 7])).abs() < 1e-9);
        // In an order and its reverse, two policies that only act together share evenly.
        assert!((shares[0].0 - 5.0).abs() < 1e-12 && shares[0].1 < 1e-12);
        let sets = orders.sets(8);
        assert!(sets.iter().all(|s| s.is_sorted()) && sets.contains(&Vec::new()));
    }
}
