//! Does every mechanism act? Each is switched on alone, with the size of its scenario file, on the shipped tables at default
//! parameters, and its own channel is looked at: a flow, a price, a stock, in the direction that the mechanism claims. The
//! sign of output is printed beside it and asks for nothing.
//!
//! | question | file |
//! |---|---|
//! | what are the mechanisms, and what shows that they act? | [`list`] |
//! | what is looked at in a year? | [`channel`] |
//! | how are they run and judged? | [`run`] |
//! | how is it printed? | [`mod@page`] |
//! | how do programs read it? | [`tables`] |

pub(crate) mod channel;
pub(crate) mod list;
pub(crate) mod page;
pub(crate) mod run;
pub(crate) mod tables;

pub use run::{Acting, Request, State, act};
