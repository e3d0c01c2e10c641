//! The performance yardstick `logit-migration` v1 on the kernel of shanhai: a deliberately small model that has the
//! cost structure of any simulator of urban-rural factor flows.

pub mod choice;
mod error;
mod yardstick;

pub use error::{Error, Result};
pub use yardstick::{Moves, Yardstick};
