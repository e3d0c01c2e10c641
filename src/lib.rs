//! **shanhai** (mountains and seas): an agent-based laboratory for urban-rural factor flows.
//!
//! Workers, talent and capital projects move between cities, county seats and villages. Every person is an
//! agent of eight bytes, every payment goes from one account to another in whole fen, and a policy may change
//! the rules of the flows (a cost, a tax, a sum of money), never their outcome. The base year is the census;
//! what the model says is the difference that a rule makes under the same luck.
//!
//! ```
//! use std::path::Path;
//!
//! let changes = ["run.years=5", "run.persons_per_agent=100"].map(String::from);
//! let scenario = Path::new("scenarios/teaching/two_regions.toml");
//! let mut simulation = shanhai::run::load(scenario, &changes)?;
//! simulation.run(|s| {
//!     println!("{}: {} people in the city", s.world.year, s.world.residents(0));
//!     Ok(())
//! })?;
//! assert_eq!(simulation.world.year, 2025);
//! # Ok::<(), shanhai::Error>(())
//! ```
//!
//! A year is ten phases in a fixed order: [`run::Simulation::step`] is the model on one screen.
//!
//! What an own program needs is public:
//!
//! | to | look into |
//! |---|---|
//! | run a scenario | [`run`], [`scenario`], [`output`] |
//! | write a policy of one's own | [`policy`] |
//! | read the world after a year | [`world`] |
//! | know tables and indicators | [`observe`] |
//! | make a study area of county tables | [`prepare`] |
//! | compare policies with their baseline | [`experiment`] |
//! | make a page of results | [`report`] |
//!
//! The rest is the crate's own. Where is what:
//!
//! | question | module |
//! |---|---|
//! | what does a scenario say? | `config` |
//! | what is a node, a person, a project, an account? | [`world`] |
//! | which parameters, levers and distances hold in a year? | `rules` |
//! | how do wages, output, taxes, incomes, rents follow? | `economy` |
//! | where do people choose to live, how does a life run? | `people` |
//! | where does capital go? | `capital` |
//! | what may a policy move? | [`policy`] |
//! | how is the base year built from a census? | `base_year` |
//! | in what order does a year run, and what is audited? | `simulation` |
//! | how does a scenario become checked types, with every problem named? | [`scenario`] |
//! | how is a run started, stopped and taken up again? | [`run`] |
//! | how do county tables become a study area? | [`prepare`] |
//! | what is told about a run, and how is it written? | [`observe`], [`output`] |
//! | which runs to make, and what many runs say? | [`experiment`], `estimate` |
//! | which known answers must come out? | `verify` |
//! | how do results become one page? | [`report`] |
//! | how are draws keyed and loops ordered, so that threads change nothing? | `kernel` |
//! | what does the program accept on the command line? | `cli` |
//!
//! The model is described in `docs/odd.md`, the reasons for its shape in `docs/decisions.md`, the tables of a
//! study area in `docs/data-format.md`, the columns of the results in `results/README.md`.
//!
//! The modules below stand on floors, a blank line between two floors: a module imports from floors above its own,
//! never from its own floor or below (`tests/layers.rs` reads the imports). No equation knows a file or a policy by
//! name.

// What the program says goes through `cli::print` and `cli::note`: a reader that has gone away is no reason to panic.
#![warn(clippy::print_stdout, clippy::print_stderr)]
#![warn(missing_docs, unreachable_pub)]
// The library alone does not print what the commands say.
#![cfg_attr(not(feature = "cli"), allow(dead_code, unused_imports))]

pub(crate) use shanhai_kernel as kernel;

mod message;

mod messages;

mod printable;

mod band;
mod clock;
mod error;
mod quantity;

mod estimate;
mod nearest;
pub mod output;

mod config;

pub mod world;

mod rules;

mod economy;

mod people;

mod capital;

mod base_year;
pub mod policy;

mod simulation;

pub mod observe;
pub mod scenario;

pub mod run;

pub mod prepare;
mod verify;

pub mod experiment;

pub mod report;

#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;

#[doc(hidden)]
pub mod inside;

pub use error::{Error, Result};
pub use message::Language;
