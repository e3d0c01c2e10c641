//! Closed forms the simulator must reproduce with the named modules switched off, for any parameters.
//!
//! Nothing here knows the model: each file is a family of textbook results with its own small solver, so that
//! an error in the model cannot hide in its test. Units are those of the arguments. Exponentials, logarithms
//! and powers come from `libm` and sums run in order, so the numbers have the same bits on every machine.
//!
//! | case | file |
//! |---|---|
//! | C1 Harris-Todaro | [`harris_todaro`] |
//! | C2 migration chains | [`migration_chain`] |
//! | C3 gravity, exact hat algebra | [`gravity`], [`hat_algebra`] |
//! | C4 Solow | [`solow`] |
//! | C5 capital logit | [`capital_logit`] |
//! | C6 core and periphery | [`core_periphery`] |
//! | C7 Rosen-Roback | [`rosen_roback`] |
//! | C8 fiscal sharing | [`fiscal_sharing`] |
//! | C9 size distributions | [`size_distribution`] |
//! | C10 cohort-component projection | [`cohort_component`] |
//! | C11 nested logit | [`nested_logit`] |
//! | C12 two-sector labour | [`lewis`] |
//! | how far chance may carry a simulated number | [`tolerance`] |

pub mod capital_logit;
pub mod cohort_component;
pub mod core_periphery;
pub mod fiscal_sharing;
pub mod gravity;
pub mod harris_todaro;
pub mod hat_algebra;
pub mod lewis;
pub mod migration_chain;
pub mod nested_logit;
pub mod rosen_roback;
pub mod size_distribution;
pub mod solow;
pub mod solve;
pub mod tolerance;

use crate::{Error, Result};

/// Parameters for which a closed form does not exist.
fn unusable(what: impl Into<String>, found: impl Into<String>, expected: &str) -> Error {
    Error::Data { what: what.into(), found: found.into(), expected: expected.to_string() }
}

/// Refuses a parameter for which `good` is false, by its name.
fn require(good: bool, what: &str, found: f64, expected: &str) -> Result<()> {
    if good { Ok(()) } else { Err(unusable(what, format!("{found}"), expected)) }
}

/// Refuses vectors of different or zero length, and values that are not positive and finite.
fn require_positive(columns: &[(&str, &[f64])]) -> Result<()> {
    let length = columns.first().map_or(0, |c| c.1.len());
    for (name, values) in columns {
        if values.len() != length || length == 0 {
            return Err(unusable(
                *name,
                format!("{} values", values.len()),
                "vectors of one length, at least 1",
            ));
        }
        for (i, &v) in values.iter().enumerate() {
            require(v.is_finite() && v > 0.0, &format!("{name}[{i}]"), v, "a finite number above 0")?;
        }
    }
    Ok(())
}

/// Divides by the sum.
fn normalised(mut values: Vec<f64>) -> Vec<f64> {
    let sum: f64 = values.iter().sum();
    values.iter_mut().for_each(|v| *v /= sum);
    values
}

/// Shares proportional to exponentials, without overflow.
fn shares_of_exponentials(exponents: &[f64]) -> Vec<f64> {
    let greatest = exponents.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    normalised(exponents.iter().map(|e| libm::exp(e - greatest)).collect())
}

#[cfg(test)]
pub(crate) fn assert_near(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (f, e) in found.iter().zip(expected) {
        assert!((f - e).abs() <= tolerance, "{found:?} is not {expected:?}");
    }
}
