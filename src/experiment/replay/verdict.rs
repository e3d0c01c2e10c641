//! Does a replay agree with what was published?

use super::apply::{Found, counterfactual, estimate, truth};
use super::study::{Claim, Estimator, Sign};
use super::units::Prepared;
use super::worlds::Pair;
use crate::Result;

/// Whether a replay agrees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// The sign is that of the paper.
    Right,
    /// The sign is the opposite one.
    Wrong,
    /// The replay is not told apart from 0 where the paper is.
    Null,
    /// The paper gives no number.
    Unknown,
}

impl Agreement {
    /// A word for tables.
    pub fn word(self) -> &'static str {
        match self {
            Agreement::Right => "right",
            Agreement::Wrong => "wrong",
            Agreement::Null => "null",
            Agreement::Unknown => "no number",
        }
    }
}

/// What is said of a claim.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// Sign of the replay: that of its interval, 0 if the interval holds it.
    pub replayed: Sign,
    /// Whether the sign agrees with the paper's.
    pub sign: Agreement,
    /// Whether the intervals meet (without a published interval: whether the estimates are within a factor of two).
    pub size: Agreement,
}

/// One claim of a study as it was found on the model.
#[derive(Clone, Debug)]
pub struct ClaimFound {
    /// On the world with the policy.
    pub replayed: Found,
    /// On the world without it; none for a counterfactual, which compares the two.
    pub placebo: Option<Found>,
    /// Mean difference of the two worlds over treated units and years, with its interval over replicates.
    pub truth: Found,
    /// The same over untreated units; NaN where there are none.
    pub spillover: Found,
    /// What is said of it.
    pub verdict: Verdict,
    /// Whether the true effect has the published sign.
    pub true_sign: Agreement,
}

/// Every claim of a study on its worlds.
///
/// # Errors
/// What an estimator reports.
pub(crate) fn judge(p: &Prepared, pairs: &[Pair]) -> Result<Vec<ClaimFound>> {
    (0..p.study.claim.len())
        .map(|claim| {
            let said = &p.study.claim[claim];
            let (replayed, placebo) = match said.estimator {
                Estimator::Counterfactual => (counterfactual(p, claim, pairs)?, None),
                _ => (
                    estimate(p, claim, pairs, |pair| pair.with)?,
                    Some(estimate(p, claim, pairs, |pair| pair.without)?),
                ),
            };
            let truth_of_treated = truth(p, claim, pairs, true)?;
            Ok(ClaimFound {
                verdict: verdict(said, &replayed),
                true_sign: verdict(said, &truth_of_treated).sign,
                truth: truth_of_treated,
                spillover: truth(p, claim, pairs, false)?,
                replayed,
                placebo,
            })
        })
        .collect()
}

/// The verdict on what was found.
pub(crate) fn verdict(said: &Claim, found: &Found) -> Verdict {
    let small = said.negligible.is_some_and(|most| found.estimate.abs() <= most);
    let replayed = match (found.low, found.high) {
        (low, _) if low > 0.0 => Sign::Positive,
        (_, high) if high < 0.0 => Sign::Negative,
        _ => Sign::Zero,
    };
    let sign = match (said.sign, replayed) {
        (a, b) if a == b => Agreement::Right,
        (Sign::Zero, _) if small => Agreement::Right,
        (_, Sign::Zero) => Agreement::Null,
        _ => Agreement::Wrong,
    };
    let size = match (said.low, said.high, said.estimate) {
        (Some(low), Some(high), _) if found.low.is_finite() => {
            if found.low <= high && low <= found.high {
                Agreement::Right
            } else {
                Agreement::Wrong
            }
        }
        (_, _, Some(published)) if published != 0.0 => {
            let ratio = found.estimate / published;
            if (0.5..=2.0).contains(&ratio) { Agreement::Right } else { Agreement::Wrong }
        }
        _ => Agreement::Unknown,
    };
    Verdict { replayed, sign, size }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::replay::outcome::Outcome;
    use crate::experiment::replay::study::Transform;

    fn claim(sign: Sign, estimate: Option<f64>, interval: Option<(f64, f64)>) -> Claim {
        Claim {
            about: String::new(),
            outcome: Outcome::Output,
            transform: Transform::Log,
            estimator: Estimator::TwoWay,
            among: None,
            group: None,
            over: None,
            window: None,
            trend: false,
            controls: Vec::new(),
            sign,
            estimate,
            low: interval.map(|i| i.0),
            high: interval.map(|i| i.1),
            negligible: Some(0.01),
            source: String::new(),
        }
    }

    fn found(low: f64, high: f64) -> Found {
        Found { estimate: (low + high) / 2.0, low, high, error: 0.0, path: Vec::new(), before: None }
    }

    #[test]
    fn a_sign_is_right_only_beyond_the_interval() {
        let positive = claim(Sign::Positive, None, None);
        assert_eq!(verdict(&positive, &found(0.1, 0.3)).sign, Agreement::Right);
        assert_eq!(verdict(&positive, &found(-0.1, 0.3)).sign, Agreement::Null);
        assert_eq!(verdict(&positive, &found(-0.3, -0.1)).sign, Agreement::Wrong);
    }

    #[test]
    fn nothing_is_found_by_an_interval_around_zero_or_by_a_size_that_the_study_calls_negligible() {
        let zero = claim(Sign::Zero, None, None);
        assert_eq!(verdict(&zero, &found(-0.5, 0.5)).sign, Agreement::Right);
        assert_eq!(verdict(&zero, &found(0.004, 0.006)).sign, Agreement::Right);
        assert_eq!(verdict(&zero, &found(0.02, 0.04)).sign, Agreement::Wrong);
    }

    #[test]
    fn sizes_meet_by_their_intervals_or_by_a_factor_of_two() {
        let size = |c: &Claim, f: Found| verdict(c, &f).size;
        let published = claim(Sign::Positive, Some(0.2), Some((0.1, 0.3)));
        assert_eq!(size(&published, found(0.28, 0.5)), Agreement::Right);
        assert_eq!(size(&published, found(0.31, 0.5)), Agreement::Wrong);
        let alone = claim(Sign::Positive, Some(0.2), None);
        assert_eq!(size(&alone, found(0.38, 0.4)), Agreement::Right);
        assert_eq!(size(&alone, found(0.05, 0.09)), Agreement::Wrong);
        assert_eq!(size(&alone, found(-0.3, -0.2)), Agreement::Wrong, "the other sign is no factor of two");
        assert_eq!(size(&claim(Sign::Positive, None, None), found(0.1, 0.2)), Agreement::Unknown);
    }
}
