//! Experiments with many runs: which points of the parameter space to run, and what the runs say.

pub mod design;
pub mod indices;
