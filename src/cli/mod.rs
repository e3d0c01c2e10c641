//!
pub mod verify;
