//! The cases, in the order of the page.

mod capital;
mod core_periphery;
mod location;
mod people;
mod symmetry;

use super::bench::Case;

/// All cases.
pub static CASES: &[Case] = &[
    location::HARRIS_TODARO,
    location::MIGRATION_CHAIN,
    location::GRAVITY,
    location::HAT_ALGEBRA,
    capital::SOLOW,
    capital::CAPITAL_LOGIT,
    core_periphery::CORE_PERIPHERY,
    location::ROSEN_ROBACK,
    people::FISCAL,
    people::SIZES,
    people::COHORTS,
    location::NESTED_LOGIT,
    people::LEWIS,
    symmetry::SYMMETRY,
];
