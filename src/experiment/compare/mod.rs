//! What policies do: the same years lived with and without them under the same luck, replicate by replicate.
//!
//! The baseline of a scenario is the same file with its policies off. Replicate n draws the same luck in every
//! arm, so differences are paired and their intervals much narrower than those of either level.
//!
//! | question | file |
//! |---|---|
//! | which runs does a request need? | `plan` |
//! | how are they run, kept and taken up again? | `study` |
//! | what do they say? | `outcome` |
//! | what does each policy add to the others? | `attribution` |
//! | at which size does a policy pay its cost? | `break_even` |
//! | what is printed, what is written? | `print`, `tables` |

pub(crate) mod attribution;
pub(crate) mod break_even;
pub(crate) mod outcome;
pub(crate) mod plan;
pub(crate) mod print;
pub(crate) mod study;
pub(crate) mod tables;

pub use outcome::Outcome;
pub use plan::Request;
pub use print::page;
pub(crate) use study::Study;
pub use study::compare;
