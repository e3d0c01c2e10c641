//! Whether something happens to an agent in a step: a rate against one 16-bit lane of the agent's gate word.
//!
//! Lane and fraction together are one uniform number `u = (lane + f/2^32)/65536`, and the event happens if
//! `u < rate`. Only when the lane alone does not decide (once in 65,536 draws) is the fraction drawn. So the outcome
//! depends on the agent's luck and own rate alone, never on a ceiling that other agents' rates set; and a policy that
//! raises a rate adds events and takes none away.

/// A rate as a threshold of 48 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Chance {
    /// Lanes below this happen.
    whole: u32,
    /// At this very lane, words below this (of 2^32) happen.
    fraction: u32,
}

impl Chance {
    /// The chance of an event with this probability; what is below zero never happens, what is above one always.
    pub fn new(rate: f64) -> Self {
        let threshold = libm::rint(rate.clamp(0.0, 1.0) * 281_474_976_710_656.0) as u64;
        Chance { whole: (threshold >> 32) as u32, fraction: threshold as u32 }
    }

    /// The least number that no lane reaches which can happen: a lane below it may happen, others never.
    #[inline(always)]
    pub fn ceiling(self) -> u32 {
        self.whole + u32::from(self.fraction > 0)
    }

    /// Whether it ever happens.
    pub fn is_possible(self) -> bool {
        self.ceiling() > 0
    }

    /// Whether it happens to the agent with this lane; `word` is drawn only if the lane leaves it open.
    #[inline(always)]
    pub fn happens(self, lane: u32, word: impl FnOnce() -> u32) -> bool {
        lane < self.whole || (lane == self.whole && self.fraction > 0 && word() < self.fraction)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::{Draws, Purpose};
    use proptest::prelude::*;

    #[test]
    fn edges_are_never_and_always() {
        for rate in [0.0, -1.0, f64::NAN] {
            assert!(!Chance::new(rate).is_possible());
            assert!(!Chance::new(rate).happens(0, || unreachable!()));
        }
        for rate in [1.0, 7.0] {
            assert_eq!(Chance::new(rate).ceiling(), 65_536);
            assert!(Chance::new(rate).happens(65_535, || unreachable!()));
        }
    }

    /// A rate far below 1/65536 is met by the fraction.
    #[test]
    #[cfg_attr(miri, ignore = "many draws, and nothing unsafe")]
    fn rare_events_come_at_their_rate() {
        let draws = Draws::new(5, Purpose::Death, 1);
        let n = 1 << 23;
        for rate in [3e-6, 2.5e-5, 1e-3, 0.3] {
            let chance = Chance::new(rate);
            let seen = (0..n).filter(|&i| {
                let b = draws.block(i);
                chance.happens(b[0] & 0xFFFF, || b[1])
            });
            let (seen, expected) = (seen.count() as f64, rate * n as f64);
            assert!((seen - expected).abs() < 4.5 * expected.sqrt(), "{rate}: {seen} of {expected}");
        }
    }

    proptest! {
        #[test]
        fn more_of_a_rate_never_takes_an_event_away(
            low in 0.0..1.0f64, more in 0.0..1.0f64, lane in 0u32..65_536, word: u32,
        ) {
            let (low, high) = (Chance::new(low), Chance::new(low + more));
            prop_assert!(!low.happens(lane, || word) || high.happens(lane, || word));
            prop_assert!(!low.happens(lane, || word) || lane < low.ceiling());
        }
    }
}
