//! How much an experiment may ask for. A number far beyond any use is a slip of the keyboard: it is refused by name,
//! with the limit, before anything is allocated or touched.

use crate::messages;
use crate::{Error, Result};

/// Runs of an arm, each with its own luck.
pub(crate) const REPLICATES: u64 = 10_000;

/// Members of a design.
pub(crate) const MEMBERS: u64 = 1_000_000;

/// Orders in which policies can enter.
pub(crate) const ORDERS: u64 = 10_000;

/// Runs of a comparison.
pub(crate) const RUNS: u64 = 1_000_000;

/// Refuses a number above its limit.
///
/// # Errors
/// [`Error::Usage`] with the option, what it said and the limit.
pub(crate) fn at_most(option: &str, asked: u64, most: u64) -> Result<()> {
    if asked <= most {
        return Ok(());
    }
    Err(Error::Usage { found: messages::option_asked(option, asked), expected: messages::band_at_most(most) })
}

/// Refuses no runs and too many.
///
/// # Errors
/// [`Error::Usage`].
pub(crate) fn replicates(option: &str, asked: u32) -> Result<()> {
    if asked == 0 {
        return Err(Error::Usage {
            found: messages::option_zero(option),
            expected: messages::one_run_an_arm(),
        });
    }
    at_most(option, asked.into(), REPLICATES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_beyond_its_limit_is_refused_with_the_limit() {
        assert!(replicates("--replicates", 10_000).is_ok());
        let message = replicates("--replicates", u32::MAX).unwrap_err().to_string();
        assert_eq!(message, "--replicates 4294967295; at most 10000");
        assert!(replicates("--replicates", 0).unwrap_err().to_string().contains("at least one"));
    }
}
