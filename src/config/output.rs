//! What a run writes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Output {
    /// Level of origins and destinations in flows.csv; absent: node up to 500 nodes, prefecture above.
    pub flows: Option<FlowLevel>,
    /// A pair of places has a row of its own in flows.csv where at least this share of all that its factor moves in the year passes between them; what is less is summed by pair of prefectures (of provinces, where flows are by prefecture), so that no total changes. 0 keeps every pair.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub flow_share: f64,
    /// Kinds of files of each table. CSV is always one of them: pages, comparisons and resumed runs read it.
    pub format: Vec<Format>,
}

impl Default for Output {
    fn default() -> Self {
        Output { flows: None, flow_share: 1e-4, format: vec![Format::Csv] }
    }
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

/// Kind of file of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Text, read by everything.
    Csv,
    /// Columns with types, compressed; units and sources in the file. Made at the end of a run.
    Parquet,
}
