//! What a scenario says, as types: when and where it runs, which parts are on, parameters, drivers.

pub(crate) mod drivers;
mod life_table;
mod migration;
mod model;
mod output;
pub(crate) mod parameters;
mod run;
mod tables;

pub(crate) use drivers::Drivers;
pub(crate) use life_table::LifeTable;
pub(crate) use migration::{Ceiling, Migration};
pub use model::Model;
pub(crate) use model::{Anchor, BaseGrowth, Capital, Market, Pay, ServiceSpending};
pub(crate) use output::{FlowLevel, Format, Output};
pub(crate) use parameters::Parameters;
pub use run::Run;
pub use tables::Preset;
pub(crate) use tables::{Base, Registration, WorldFiles};

/// The parts of a scenario that equations and the base year read: all but its words and its policies.
#[derive(Clone, Copy, Debug)]
pub struct Config<'a> {
    /// When, how long, how many agents, which luck.
    pub run: &'a Run,
    /// The tables of the study area and how the base year reads them.
    pub world: &'a WorldFiles,
    /// Which parts of the model are on.
    pub model: &'a Model,
    /// Values of the parameters.
    pub parameters: &'a Parameters,
    /// Stated paths from outside the model.
    pub drivers: &'a Drivers,
}
