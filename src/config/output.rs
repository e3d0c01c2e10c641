//! What a run writes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is written.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Output {
    /// Level of origins and destinations in flows.csv; absent: node up to 500 nodes, prefecture above.
    pub flows: Option<FlowLevel>,
}

/// Level of origins and destinations of flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FlowLevel {
    /// From node to node.
    Node,
    /// From county to county; nodes of one county are one place.
    County,
    /// From prefecture to prefecture.
    Prefecture,
    /// From tier to tier: city, county seat, village, outside.
    Tier,
}
