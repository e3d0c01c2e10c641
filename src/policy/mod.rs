//! Policies change the rules of flows through named levers; they never write an outcome.

pub mod lever;

pub use lever::{Lever, Levers};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The policies of a scenario, by kind.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Policies {}
