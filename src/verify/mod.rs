//! What the model must reproduce: closed forms of the literature, for any parameters, by the engine itself.
//!
//! Every case writes scenarios as a user would, loads them with the loader of `run`, switches modules off
//! through scenario keys, and steps the same simulation. Only the comparison is made here.

pub(crate) mod bench;
pub(crate) mod cases;
pub(crate) mod closed_form;
pub(crate) mod report;
pub(crate) mod setup;

pub(crate) use cases::CASES;
