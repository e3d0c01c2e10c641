//! People: where they choose to live, how a life runs, who they are when a year is over.

pub(crate) mod choice;
mod counter;
pub(crate) mod life;
pub(crate) mod life_year;
pub(crate) mod location;
pub(crate) mod odds;
pub(crate) mod schedule;
pub(crate) mod tally;
pub(crate) mod utility;
pub(crate) mod vital_paths;
pub(crate) mod vital_rates;
pub(crate) mod wallets;
pub(crate) mod worth;
