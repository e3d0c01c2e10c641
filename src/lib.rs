//! **shanhai** (mountains and seas): an agent-based laboratory for urban-rural factor flows.
//!
//! Workers, talent and capital projects move between city, county-seat and village nodes; policies
//! change the rules of those flows, never their outcomes.

pub mod error;
pub mod quantity;

pub mod kernel;

pub mod world;

pub mod policy;

pub mod economy;
pub mod flow;

pub mod observe;
pub mod simulation;
pub mod start;

pub mod cli;
pub mod docs;
pub mod estimate;
pub mod experiment;
pub mod output;
pub mod prepare;
pub mod scenario;
pub mod verify;

pub use error::{Error, Result};
