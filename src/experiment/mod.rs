//! Many runs and what they say together: policies against their baseline, parameters against the answer.
//!
//! | question | file |
//! |---|---|
//! | what is measured in every run? | [`metrics`] |
//! | which policies are on in a run, and how is that said to the program? | [`arms`] |
//! | how do many runs share the machine? | [`pool`] |
//! | what did each policy change? | [`levers`] |
//! | what did a policy do, and how sure are we? | [`compare`], [`replicates`] |
//! | what does each policy add to the others? | [`attribution`] |
//! | where do the ranges of uncertain parameters come from? | [`ranges`] |
//! | which points of the parameter space are run? | [`design`] |
//! | which parameters matter, and does the answer survive them? | [`sensitivity`], [`indices`], [`sensitivity_analysis`] |
//! | how are members kept, shared out and put together again? | [`journal`] |

pub mod arms;
pub mod attribution;
pub mod backtest;
pub mod calibrate;
pub mod compare;
pub mod compare_print;
pub mod compare_tables;
pub mod design;
pub mod evidence;
pub mod indices;
pub mod journal;
pub mod law_closed_form;
pub mod levers;
pub mod metrics;
pub mod pool;
pub mod ranges;
pub mod replicates;
pub mod report;
pub mod score;
pub mod sensitivity;
pub mod sensitivity_analysis;
pub mod sensitivity_evidence;
pub mod sensitivity_print;
pub mod sensitivity_tables;
pub mod targets;
