//! The cases, in the order of the page.

mod capital;
mod core_periphery;
mod funds;
mod labour;
mod location;
mod pay;
mod pensions;
mod people;
mod services;
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
    labour::WAGE_CURVE,
    services::NONTRADED,
    pensions::PAY_AS_YOU_GO,
    funds::FLOW_OF_FUNDS,
    pay::PAY_OF_CELLS,
];

/// Comparisons whose errors must fall with the root of the number of agents: case, what is compared.
pub(crate) const RATES: &[(&str, &str)] = &[
    ("harris_todaro", "rural wage fixed, kappa 1.5: N_u/N"),
    ("migration_chain", "(a) symmetric costs: pi 1"),
    ("gravity", "distance coefficient"),
    ("hat_algebra", "agents, place 1"),
    ("rosen_roback", "eta 0.1, kappa 1.5: N 1"),
    ("nested_logit", "nested: agents 1"),
];
