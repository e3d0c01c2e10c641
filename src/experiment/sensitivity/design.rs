//! Which points of the parameter space to run: designs on the unit cube, and rows of a table.
//!
//! A design is a list of rows, one a run, one number from 0 to 1 a factor; [`Factor::value`] turns it into
//! the factor's own unit. Every row is a function of the seed and its number, so a design can be extended or
//! computed in parts.

mod direction_numbers;
mod factor_table;
mod latin_hypercube;
mod morris;
mod sobol;

pub(crate) use factor_table::read_factor_table;
pub(crate) use latin_hypercube::latin_hypercube;
pub(crate) use morris::{MorrisDesign, morris};
pub(crate) use sobol::{SaltelliDesign, saltelli};

use crate::Result;
use crate::estimate::unusable;
use crate::messages;

/// How a factor runs from its low to its high end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Scale {
    /// Equal steps are equal differences.
    #[default]
    Linear,
    /// Equal steps are equal ratios; both ends above 0.
    Logarithmic,
}

/// One uncertain parameter and its range, in its own unit.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Factor {
    pub name: String,
    pub low: f64,
    pub high: f64,
    pub scale: Scale,
}

impl Factor {
    /// A factor from `low` to `high`, checked.
    pub(crate) fn new(name: impl Into<String>, low: f64, high: f64, scale: Scale) -> Result<Self> {
        let name = name.into();
        let ordered = low.is_finite() && high.is_finite() && low < high;
        if !ordered || (scale == Scale::Logarithmic && low <= 0.0) {
            return Err(unusable(
                messages::range_of_factor(name),
                messages::from_low_to_high(low, high),
                messages::lower_below_upper(),
            ));
        }
        Ok(Factor { name, low, high, scale })
    }

    /// The value at a place from 0 (low) to 1 (high).
    pub(crate) fn value(&self, place: f64) -> f64 {
        match self.scale {
            Scale::Linear => self.low + place * (self.high - self.low),
            Scale::Logarithmic => self.low * libm::exp(place * libm::log(self.high / self.low)),
        }
    }
}

/// A design in the units of its factors, in the order of its rows.
pub(crate) fn in_units(factors: &[Factor], rows: &[Vec<f64>]) -> Result<Vec<Vec<f64>>> {
    rows.iter()
        .map(|row| {
            if row.len() != factors.len() {
                return Err(unusable(
                    messages::about_design(),
                    messages::columns_counted(row.len()),
                    messages::one_a_factor(factors.len()),
                ));
            }
            Ok(factors.iter().zip(row).map(|(f, &place)| f.value(place)).collect())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_become_values_in_the_factors_unit() {
        let share = Factor::new("share", 0.2, 0.6, Scale::Linear).unwrap();
        let cost = Factor::new("cost_yuan", 10.0, 1000.0, Scale::Logarithmic).unwrap();
        let rows = in_units(&[share, cost], &[vec![0.0, 0.0], vec![0.5, 0.5]]).unwrap();
        assert_eq!(rows[0], vec![0.2, 10.0]);
        assert!((rows[1][0] - 0.4).abs() < 1e-15 && (rows[1][1] - 100.0).abs() < 1e-12);
    }

    #[test]
    fn an_impossible_range_is_refused_by_name() {
        let message = Factor::new("cost", 0.0, 5.0, Scale::Logarithmic).unwrap_err().to_string();
        assert!(message.contains("`cost`"), "{message}");
        assert!(Factor::new("a", 1.0, 1.0, Scale::Linear).is_err());
    }
}
