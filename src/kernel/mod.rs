//! Keyed draws, ordered parallel loops, choice tables: the machinery, without any economics.

pub mod chance;
pub mod choice;
pub mod choice_table;
pub mod chunks;
pub mod draw;
pub mod gate;
pub mod pages;
pub mod wide;
pub mod yardstick;
