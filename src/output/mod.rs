//! What a run leaves behind: tables for pandas, R and Stata, a manifest, a data package, checkpoints.
//!
//! A result folder holds one tidy CSV a kind of row, `manifest.json` (the only place for time, threads
//! and machine, so that every CSV is the same bytes on every run), `datapackage.json` (names, types,
//! units, keys and checksums of the tables) and checkpoints from which a killed run goes on to the same
//! bytes.
//!
//! The order of a run: `folder::ResultFolder::create`; [`manifest::Manifest::begin`] and write; a
//! [`csv::TableWriter`] a table; before each checkpoint, `sync` every table and put its `position` into the
//! header; at the end close the tables, write `datapackage::DataPackage`, then the manifest, and last
//! mark the folder finished. A resumed run reads the newest checkpoint and hands its positions to
//! `folder::ResultFolder::resume`.
//!
//! | question | file |
//! |---|---|
//! | which columns does a table have? | `table` |
//! | how does a row become text? | `csv` |
//! | who may write into which folder? | `folder` |
//! | where else may tables go? | `sink` |
//! | how are other files written, where the user says? | `file_set` |
//! | what was run, where, and how long did it take? | `manifest` |
//! | which build wrote it? | `build` |
//! | how do programs learn types and units? | `datapackage` |
//! | how do people? | `data_dictionary` |
//! | how does a table become a Parquet file? | `parquet` |
//! | how does a command print one section of a page? | `page_section` |
//! | how does the state of a run lie in a file? | `checkpoint_file` |
//! | how does any other state become numbers? | `words` |

pub(crate) mod atomic_file;
pub(crate) mod build;
pub(crate) mod cell;
pub(crate) mod checkpoint_file;
pub(crate) mod checksum;
pub(crate) mod csv;
pub(crate) mod data_dictionary;
pub(crate) mod datapackage;
pub(crate) mod file_set;
pub(crate) mod folder;
pub(crate) mod folder_journal;
pub(crate) mod manifest;
pub(crate) mod page_section;
pub(crate) mod parquet;
pub(crate) mod sink;
pub(crate) mod table;
pub(crate) mod words;

pub use csv::{Row, TableWriter};
pub use sink::{MemoryTables, Sink};
pub use table::{Column, Kind, TableSpec};

#[cfg(test)]
mod killed_run;
