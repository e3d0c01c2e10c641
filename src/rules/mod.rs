//! What holds in a year: parameters, levers, switches, distances.

pub(crate) mod accessibility;
pub(crate) mod lever;

pub(crate) use accessibility::Accessibility;
pub(crate) use lever::{Lever, Levers, Link};

use crate::config::{Model, Parameters};

/// What holds in a year: parameters, effective levers, which modules are on, distances.
#[derive(Clone, Copy)]
pub struct Rules<'a> {
    /// Values of the parameters.
    pub p: &'a Parameters,
    /// Effective values of the levers.
    pub levers: &'a Levers,
    /// Which parts of the model are on.
    pub model: &'a Model,
    /// Factors of distance.
    pub accessibility: &'a Accessibility,
}
