//! What an economist computes from the results: gravity, policy effects, inequality, size
//! distributions, and how far chance alone would carry a number.
//!
//! Estimators take plain columns of numbers and know nothing of the model. Sums run in the order of
//! the rows and logarithms come from `libm`, so an estimate has the same bits on every machine.

pub(crate) mod did;
pub(crate) mod eigen;
pub(crate) mod event_study;
pub(crate) mod huber;
pub(crate) mod inequality;
pub(crate) mod least_squares;
pub(crate) mod long_difference;
pub(crate) mod panel_poisson;
pub(crate) mod ppml;
pub(crate) mod resample;
pub(crate) mod student;
pub(crate) mod tail;
pub(crate) mod two_way;

use crate::Error;
use crate::message::Message;

/// Input that an estimator or a design cannot use.
pub(crate) fn unusable(what: Message, found: Message, expected: Message) -> Error {
    Error::Data { what, found, expected }
}
