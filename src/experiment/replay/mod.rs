//! The laboratory of replays: published causal studies run on the model.
//!
//! A study is a file: the place, who is treated and who is not, the policy with its published size, the estimator of
//! the paper and what the paper found. Two worlds run under the same luck, one with the policy and one without. The
//! paper's estimator is applied to the panel of the first as its authors would have done, and to that of the second,
//! where it should find nothing. The difference of the worlds themselves is the true effect, which no author can see:
//! what the estimator misses of it is the bias of the design. Failures are printed like successes.
//!
//! | question | file |
//! |---|---|
//! | what does a study say? | [`study`] |
//! | what is measured? | [`outcome`] |
//! | who is treated, which nodes make a unit? | [`units`] |
//! | how do the worlds run, and in what order does all of it happen? | [`worlds`], `laboratory` |
//! | what does the estimator find? | `apply` |
//! | does it agree with what was published? | [`verdict`] |
//! | how is it printed and drawn? | [`mod@page`], [`tables`], `event_picture` |

pub(crate) mod apply;
pub(crate) mod event_picture;
pub(crate) mod laboratory;
pub(crate) mod outcome;
pub(crate) mod page;
pub(crate) mod study;
pub(crate) mod tables;
pub(crate) mod units;
pub(crate) mod verdict;
pub(crate) mod worlds;

pub use laboratory::{Replays, prepare, run};
pub use units::Request;
