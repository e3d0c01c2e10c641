//! The first world from data: who lives where by home, the inverted law of location, the closed circuit of
//! money, and the first projects.

pub(crate) mod ages;
mod anderson;
mod arrivals;
mod base_law;
pub(crate) mod capital;
pub(crate) mod circuit;
pub(crate) mod experience;
pub(crate) mod flows;
mod home_matrix;
pub(crate) mod homes;
pub(crate) mod layout;
mod newcomers;
mod pay;
pub(crate) mod pensions;
pub(crate) mod registration;
mod residual_income;
pub(crate) mod study_area;
pub(crate) mod utility_law;

pub(crate) use study_area::StudyArea;
