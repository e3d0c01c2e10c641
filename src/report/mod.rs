//! One page that shows results: a single HTML file that opens from disk without a network, and in ten years.
//!
//! | question | file |
//! |---|---|
//! | how is a table of a result folder read? | `sheet` |
//! | what does the page hold, and by which names? | `data` |
//! | what of a folder goes into the page, and what is summed up or left out? | `collect`, `folder`, `differences`, `places`, `nodes`, `flows`, `policies` |
//! | how do numbers and rows of tables get onto it? | `extract` |
//! | do people, capital and moves add up, worked out again? | `conservation` |
//! | how do data get into a page so that no name can break out of it? | `page` |
//! | how do scripts of a file each become one script of the page? | `script` |
//! | how are values drawn on boundaries that a reader gives? | `boundaries` |
//! | how are plain pictures for papers drawn? | `picture`; of variants by indicator `multiples`, of a design of parameters `design` |
//!
//! The page itself is `assets/report`: plain JavaScript and CSS of our own, and the part of Apache ECharts
//! that it uses.

pub(crate) mod boundaries;
pub(crate) mod collect;
pub(crate) mod conservation;
pub(crate) mod data;
pub(crate) mod design;
pub(crate) mod differences;
pub(crate) mod errors;
pub(crate) mod extract;
pub(crate) mod flows;
pub(crate) mod folder;
pub(crate) mod multiples;
pub(crate) mod nodes;
pub(crate) mod page;
pub(crate) mod picture;
pub(crate) mod places;
pub(crate) mod policies;
pub(crate) mod script;
pub(crate) mod sheet;

pub(crate) use boundaries::Boundaries;
pub use collect::collect;
pub use data::Report;
pub use page::page;
pub use picture::pictures;

pub(crate) use design::of_design;
pub(crate) use multiples::multiples;
pub(crate) use page::page_with;
