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
//! | C14 wage curve | [`wage_curve`] |
//! | C15 a service that does not travel | [`nontraded`] |
//! | C16 pay-as-you-go pensions | [`pay_as_you_go`] |
//! | C17 flow of funds | [`flow_of_funds`] |
//! | C18 pay of cells | [`pay_of_cells`] |
//! | how far chance may carry a simulated number | [`tolerance`] |

pub(crate) mod capital_logit;
pub(crate) mod cohort_component;
pub(crate) mod core_periphery;
pub(crate) mod fiscal_sharing;
pub(crate) mod flow_of_funds;
pub(crate) mod gravity;
pub(crate) mod harris_todaro;
pub(crate) mod hat_algebra;
pub(crate) mod lewis;
pub(crate) mod migration_chain;
pub(crate) mod nested_logit;
pub(crate) mod nontraded;
pub(crate) mod pay_as_you_go;
pub(crate) mod pay_of_cells;
pub(crate) mod rosen_roback;
pub(crate) mod size_distribution;
pub(crate) mod solow;
pub(crate) mod solve;
pub(crate) mod tolerance;
pub(crate) mod wage_curve;

use crate::message::Message;
use crate::messages;
use crate::{Error, Result};

/// Parameters for which a closed form does not exist.
fn unusable(what: Message, found: Message, expected: Message) -> Error {
    Error::Data { what, found, expected }
}

/// A name or condition of a closed form, in the language of messages.
fn said(words: &str) -> Message {
    messages::as_is(messages::known(words))
}

/// Refuses a parameter for which `good` is false, by its name.
fn require(good: bool, what: &str, found: f64, expected: &str) -> Result<()> {
    if good { Ok(()) } else { Err(unusable(said(what), messages::as_is(found), said(expected))) }
}

/// Refuses vectors of different or zero length, and values that are not positive and finite.
fn require_positive(columns: &[(&str, &[f64])]) -> Result<()> {
    let length = columns.first().map_or(0, |c| c.1.len());
    for (name, values) in columns {
        if values.len() != length || length == 0 {
            return Err(unusable(
                said(name),
                messages::values_counted(values.len()),
                messages::vectors_of_one_length(),
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
