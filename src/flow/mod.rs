//! What flows: persons between places, projects between places.

pub mod capital;
mod counter;
pub mod drift;
pub mod life;
pub mod life_year;
pub mod location;
pub mod tally;
pub mod utility;
