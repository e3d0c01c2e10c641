//! Experiments with many runs: which points of the parameter space to run, and what the runs say.

pub mod backtest;
pub mod calibrate;
pub mod design;
pub mod evidence;
pub mod indices;
pub mod law_closed_form;
pub mod score;
pub mod targets;
