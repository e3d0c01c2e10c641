//! Who earns what a cell makes.

use serde::{Deserialize, Serialize};

/// Shares of value added after the tax on it: exponents of labour, land and capital. What they leave belongs to a factor of
/// the place that nobody can move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Shares {
    /// Exponent of labour.
    pub labour: f64,
    /// Land; in local services public buildings.
    pub land: f64,
    /// Exponent of capital.
    pub capital: f64,
    /// Part of what labour and land make that reaches them; the rest is rent of the place too.
    pub measured: f64,
}

impl Shares {
    /// Rent of the place.
    pub fn rent(&self) -> f64 {
        1.0 - self.capital - self.measured * (self.labour + self.land)
    }
}
