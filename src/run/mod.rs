//! A run from its first world to its end. The library asks for nothing by itself: where tables go, what time it is,
//! what is shown and whether to stop come from the caller.
//!
//! | question | file |
//! |---|---|
//! | how is a run started, taken a year further, observed, stopped? | `session` |
//! | what does a checkpoint hold, and how is a run taken up from it? | `checkpoint` |
//! | how does a run begin with the past of another? | `branch` |
//! | how does a run write into a folder, and survive being killed? | `folder_run` |
//! | what does a run tell while it works? | `progress` |
//!
//! A run in memory, without a file, a clock or a thread of its own:
//!
//! ```
//! use shanhai::run::Clock;
//! use shanhai::output::MemoryTables;
//! use shanhai::run::{Plan, Session};
//! use shanhai::scenario::ScenarioSource;
//!
//! let source = ScenarioSource::file("scenarios/teaching/two_regions.toml".as_ref());
//! let loaded = source.load(&["run.years=2".to_owned(), "run.persons_per_agent=100".to_owned()])?;
//! let mut session = Session::start(Plan::named("two"), loaded, MemoryTables::default(), Clock::STOPPED)?;
//! while !session.is_over() {
//!     session.step()?;
//! }
//! let tables = session.stop()?.into_bytes();
//! assert!(tables["nodes.csv"].starts_with(b"run,year,node,"));
//! # Ok::<(), shanhai::Error>(())
//! ```

pub(crate) mod branch;
pub(crate) mod checkpoint;
pub(crate) mod folder_run;
pub(crate) mod progress;
pub(crate) mod session;

pub use crate::band::Finding;
pub use crate::clock::Clock;
pub use crate::simulation::Simulation;
pub use folder_run::{Ended, Setting, begin, resume};
pub use progress::{Progress, Silent};
pub use session::{Plan, Session};

pub(crate) use branch::first_world;
pub(crate) use folder_run::phases;

use std::path::Path;

use crate::{Result, scenario};

/// Reads a checked scenario and its tables into a simulation, which writes nothing.
///
/// # Errors
/// Every problem of the scenario and its tables together, or the fault of the first world.
pub fn load(path: &Path, overrides: &[String]) -> Result<Simulation> {
    let (scenario, area) = scenario::load(path, overrides)?;
    Simulation::new(scenario, area)
}
