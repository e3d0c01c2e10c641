//! The first world from data: who lives where by home, the inverted law of location, the closed circuit of
//! money, and the first projects.

pub mod ages;
pub mod capital;
pub mod circuit;
pub mod homes;
pub mod layout;
pub mod registration;
pub mod utility_law;
