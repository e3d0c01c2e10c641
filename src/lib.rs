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
//! let mut simulation = shanhai::simulation::load(scenario, &changes)?;
//! simulation.run(|s| {
//!     println!("{}: {} people in the city", s.world.year, s.world.residents(0));
//!     Ok(())
//! })?;
//! assert_eq!(simulation.world.year, 2025);
//! # Ok::<(), shanhai::Error>(())
//! ```
//!
//! A year is ten phases in a fixed order: [`simulation::Simulation::step`] is the model on one screen.
//!
//! | question | module |
//! |---|---|
//! | where do people choose to live, where does capital go, how does a life run? | [`flow`] |
//! | how do wages, output, taxes, incomes, rents follow? | [`economy`] |
//! | how is the base year built from a census? | [`start`] |
//! | in what order does a year run, and what is audited? | [`simulation`] |
//! | what is a node, a person, a project, an account? | [`world`] |
//! | what may a policy move? | [`policy`] |
//! | how does a scenario become checked types, with every problem named? | [`scenario`] |
//! | how do county tables become a study area? | [`prepare`] |
//! | what is told about a run, and how is it written? | [`observe`], [`output`] |
//! | which runs to make, and what many runs say? | [`experiment`], [`estimate`] |
//! | which known answers must come out? | [`verify`] |
//! | how do results become one page? | [`report`] |
//! | how are draws keyed and loops ordered, so that threads change nothing? | [`kernel`] |
//! | what does the program accept on the command line? | [`cli`] |
//! | which tables of the documentation does it print? | [`docs`] |
//!
//! The model is described in `docs/odd.md`, the reasons for its shape in `docs/decisions.md`, the tables of a
//! study area in `docs/data-format.md`, the columns of the results in `results/README.md`.
//!
//! Each module knows those above it in this list and none below: [`quantity`]; [`kernel`]; [`world`];
//! [`policy`]; [`economy`], [`flow`]; [`simulation`], [`start`], [`observe`]; and at the edge, where text,
//! files and the terminal are, all others. No equation knows a file or a policy by name.

pub mod error;
pub mod quantity;

pub mod kernel;

pub mod world;

pub mod policy;

pub mod economy;
pub mod flow;

pub mod observe;
pub mod simulation;
pub mod start;

pub mod cli;
pub mod docs;
pub mod estimate;
pub mod experiment;
pub mod output;
pub mod prepare;
pub mod report;
pub mod scenario;
pub mod verify;

pub use error::{Error, Result};
