//! Facts of a country that stand for what a census does not have, chosen by name: never in silence.

use crate::base_year::study_area::NATIONAL_AGES;
pub use crate::config::Preset;

impl Preset {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Preset::China2020 => "china_2020",
        }
    }

    /// Residents by five-year age group, in any unit.
    pub fn ages(self) -> [f64; 18] {
        match self {
            Preset::China2020 => NATIONAL_AGES,
        }
    }

    /// Part of the residents with tertiary education: 218.36 of 1,409.78 million.
    pub fn graduates(self) -> f64 {
        match self {
            Preset::China2020 => 218.36 / 1_409.78,
        }
    }
}
