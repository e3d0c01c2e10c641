//! The law of migration: how the base-year odds of living away from home change (`drivers.migration`). One law
//! for every scenario, whether it is held against a later census or looks ahead.
//!
//! ```text
//! odds_a(h) = odds0_a(h) e^{p (s_a + lam (x_h - l_h) - w_h)} sum_j F(h,j) e^{dc_b + p u_bj} / sum_j F(h,j)
//! w_h  = b_w (ln wage_h - mean) + b_t max(0, ln(density_h/50))
//! u_bj = b_c max(0, ln(density_j/3000)) + b_s (ln skilled share_j - mean) + b_m min(z(mining_j), 4)
//!        + b_n (ln share of newcomers_j - mean) + [own province] (b_u [district] + b_r (ln residents_j - mean))
//! seat/village of those who stay = base e^{p v}
//! ```
//!
//! `p` is the part of the stated change that has happened ([`crate::config::Migration::part`]), `l_h` the log odds of
//! being away of a home county in the base year, `x_h` its regression on facts of that year over all counties. The
//! border constants `dc_b` are stated, or solved so that people away grow as stated.
//!
//! A part of a country cannot work these terms out by itself: regressions, means and the pull of places outside are
//! the nation's. Such an area reads them from a table that a national run wrote
//! ([`crate::world::node::MigrationTerms`]).
//!
//! The changes are those of the stock of people away. Since only some review in a year, choices lead the
//! stock: whoever reviews at rate psi chooses from `S(t-1) + (S(t) - S(t-1))/psi`, so that the expected
//! stock follows `S(t)` at every speed of adjustment.
//!
//! | question | file |
//! |---|---|
//! | what do the counts of the base year say about a county? | [`facts`] |
//! | which terms hold in a run, and how much of them in a year? | [`drift`] |
//! | by what does this year's choice differ from the base year's? | [`now`] |
//! | which border constants bring people away to their number? | `cells` |

mod cells;
pub(crate) mod drift;
pub(crate) mod facts;
pub(crate) mod now;

pub(crate) use drift::{BIRTH_CLASSES, Drift, birth_factor};
pub(crate) use facts::{CountyFacts, ages, away_and_stay};
pub(crate) use now::{Now, rises};
