//! Many runs and what they say together: policies against their baseline, parameters against the answer, a census
//! against the next one.
//!
//! | question | file |
//! |---|---|
//! | what did a policy do, and how sure are we? | [`compare`] |
//! | which parameters matter, and does the answer survive them? | `sensitivity` |
//! | does the model predict a later census, and which parameters would? | `backtest` |
//! | which values of any keys meet numbers that runs should print? | `fit` |
//! | does every mechanism act? | `mechanisms` |
//! | do published causal studies come out? | `replay` |
//! | what does the model say beside what is known? | `moments` |
//! | what is measured in every run? | `metrics`, `levers` |
//! | which policies are on in a run, and how is that said to the program? | `arms` |
//! | what do replicates say, and how sure is it? | `replicates` |
//! | how do many runs share the machine? | `pool` |
//! | which runs begin in the same first world? | `first_worlds` |
//! | how is work kept while it is under way, and taken up again? | `journal` |
//! | how much may be asked for? | `limits` |
//! | how are numbers printed for a reader? | `report` |

pub(crate) mod arms;
pub(crate) mod backtest;
pub mod compare;
pub(crate) mod first_worlds;
pub(crate) mod fit;
pub(crate) mod journal;
pub(crate) mod levers;
pub(crate) mod limits;
pub(crate) mod mechanisms;
pub(crate) mod metrics;
pub(crate) mod moments;
pub(crate) mod pool;
pub(crate) mod replay;
pub(crate) mod replicates;
pub(crate) mod report;
pub(crate) mod sensitivity;

pub use replicates::{Method, Settings};
