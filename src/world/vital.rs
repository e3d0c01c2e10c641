//! Births and deaths that tables state, and how the nation's rates by age are scaled to them.

use serde::{Deserialize, Serialize};

/// Kinds of vital events: [`BIRTHS`], [`DEATHS`].
pub(crate) const VITAL: usize = 2;
/// Position of births.
pub const BIRTHS: usize = 0;
/// Position of deaths.
pub const DEATHS: usize = 1;

/// Births and deaths of the people who live in a province, or outside the area.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct VitalRates {
    /// Stated rates by kind: year and events per resident, in order of years.
    pub stated: [Vec<(i32, f64)>; VITAL],
    /// What the nation's rates of every age are multiplied by this year.
    pub factor: [f64; VITAL],
    /// Persons born and dead since the base year, and how many the ages of the base year alone led to expect.
    pub counted: [f64; VITAL],
    /// Persons born and dead that the ages of the base year alone led to expect.
    pub expected: [f64; VITAL],
}

impl VitalRates {
    /// Nothing has happened yet.
    pub fn of(stated: [Vec<(i32, f64)>; VITAL]) -> VitalRates {
        VitalRates { stated, factor: [1.0; VITAL], ..Default::default() }
    }
}
