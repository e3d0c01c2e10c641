//! Which uncertain parameters matter, and whether what a policy does survives them.
//!
//! Member 0 is the scenario with its own parameters, and may have more replicates than the others, because
//! every share of draws is held against its effects; member k is row k of the design. Every member lives the
//! same years under the same luck with no policy, with all, and with each alone, so that an effect is a paired
//! difference inside the member, and differences between members come from parameters.
//!
//! | question | file |
//! |---|---|
//! | where do the ranges of uncertain parameters come from? | `ranges` |
//! | which points of the parameter space are run? | `design`, `plan` |
//! | how is a member run? | `run` |
//! | how are members kept, shared out and put together again? | `members` |
//! | which parameters matter, and does the answer survive them? | `indices`, `analysis` |
//! | what is printed, what is written? | `print`, `evidence`, `tables` |

pub(crate) mod analysis;
pub(crate) mod design;
pub(crate) mod evidence;
pub(crate) mod indices;
pub(crate) mod members;
pub(crate) mod plan;
pub(crate) mod print;
pub(crate) mod ranges;
pub(crate) mod run;
pub(crate) mod tables;

pub use members::{Journal, Members};
pub use plan::{Part, Plan, Request};
