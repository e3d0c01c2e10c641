//! The command line: one file a command.

pub mod compare;
pub mod merge;
pub mod sensitivity;
