//! The equations of a year: spending, production, wages, public finance, income, housing, ecology.
//! Each file states its equations; none knows files, formats or policies by name.

pub mod ces;
pub mod ecology;
pub mod fiscal;
pub mod housing;
pub mod income;
pub mod population;
pub mod production;
pub mod programmes;
pub mod spending;
pub mod terrain;
pub mod wages;

use crate::policy::Levers;
use crate::scenario::Parameters;
use crate::scenario::file::Model;

pub use terrain::Terrain;

/// What holds in a year: parameters, effective levers, which modules are on, distances.
#[derive(Clone, Copy)]
pub struct Rules<'a> {
    pub p: &'a Parameters,
    pub levers: &'a Levers,
    pub model: &'a Model,
    pub terrain: &'a Terrain,
}
