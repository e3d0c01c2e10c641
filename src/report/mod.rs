//! One page that shows results: a single HTML file that opens from disk without a network, and in ten years.
//!
//! | question | file |
//! |---|---|
//! | how is a table of a result folder read? | [`sheet`] |
//! | what of a folder goes into the page, and what is summed up or left out? | [`mod@collect`], [`flows`], [`policies`] |
//! | do people, capital and moves add up, worked out again? | [`mod@conservation`] |
//! | how do data get into a page so that no name can break out of it? | [`mod@page`] |
//! | how are plain pictures for papers drawn? | [`picture`] |
//!
//! The page itself is `assets/report`: plain JavaScript and CSS of our own, and the part of Apache ECharts
//! that it uses.

pub mod collect;
pub mod conservation;
pub mod flows;
pub mod page;
pub mod picture;
pub mod policies;
pub mod sheet;

pub use collect::{Report, collect};
pub use page::page;
