//! Keyed draws, ordered parallel loops, choice tables: the machinery, without any economics.

#![warn(missing_docs, unreachable_pub)]

pub mod chance;
pub mod choice_table;
pub mod chunks;
pub mod draw;
pub mod gate;
pub mod pages;
pub mod stream;
pub mod wide;
