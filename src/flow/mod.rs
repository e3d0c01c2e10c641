//! What flows: persons between places, projects between places.

pub mod capital;
pub mod drift;
pub mod life;
pub mod location;
pub mod utility;
