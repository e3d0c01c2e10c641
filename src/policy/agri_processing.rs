//! County industry processes what its farms grow, and shares the risk of prices.
//!
//! Industry of the seat buys a share of the county's farm goods at the usual price and sells it with a
//! margin; its workers and owners earn the margin. A share of the yearly shock to farm prices is averaged
//! over the prefecture (`farm_shock_sd`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::selector::Kind;
use super::{About, Hand, Lever, Payers, Period, Policy, Selector, View, terms};
use crate::world::programmes::Receiver;

/// What the program says of it.
pub(crate) static ABOUT: About = About {
    name: "agri_processing",
    purpose: "Processes farm goods in the county; pools price risk.",
    payer: "the county (equipment)",
    mechanisms: &["M34", "M39"],
    essays: &["E1", "E2"],
    levers: &[Lever::FarmProcessing, Lever::ProcessingMargin, Lever::ShockPooling],
    example: r#"
[[policy.agri_processing]]
at = { tier = "county" }
share = 0.3
margin = 0.25
pooling = 0.5
equipment_yuan = 50
"#,
};

/// County industry processes what its farms grow, and shares the risk of prices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct AgriProcessing {
    /// A name of its own, if the kind occurs several times.
    pub name: String,
    /// When it holds.
    pub active: Period,
    /// How much of it is done, 0 to 1.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub intensity: f64,
    /// Most that is spent in a year, yuan.
    #[schemars(range(min = 0.0, max = 1e15))]
    pub budget_cap: Option<f64>,
    /// Who pays.
    pub payers: Payers,
    /// Counties of the programme; industry of their seats takes part.
    pub at: Selector,
    /// Share of farm output that the county's industry buys.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub share: f64,
    /// What processing adds, part of the price paid to the farm.
    #[schemars(range(min = 0.0, max = 2.0))]
    pub margin: f64,
    /// Share of the farm price shock that is averaged over the prefecture.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub pooling: f64,
    /// Equipment, yuan a resident and year.
    #[schemars(range(min = 0.0, max = 1e7))]
    pub equipment_yuan: f64,
}

impl Default for AgriProcessing {
    fn default() -> Self {
        AgriProcessing {
            name: String::new(),
            active: Period::default(),
            intensity: 1.0,
            budget_cap: None,
            payers: Payers::county(),
            at: Selector::tier(Kind::County),
            share: 0.2,
            margin: 0.25,
            pooling: 0.0,
            equipment_yuan: 30.0,
        }
    }
}

impl Policy for AgriProcessing {
    terms!();

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("at", &self.at)]
    }

    fn payers(&self) -> Option<&Payers> {
        Some(&self.payers)
    }

    fn propose(&self, view: &View, hand: &mut Hand) {
        for c in self.at.counties(view) {
            let county = &view.world.geography.counties[c];
            hand.node(Lever::FarmProcessing, county.seat, self.share);
            hand.node(Lever::ProcessingMargin, county.seat, self.margin);
            for j in county.nodes() {
                if self.pooling > 0.0 {
                    hand.node(Lever::ShockPooling, j, self.pooling);
                }
                let cost = self.equipment_yuan * view.residents(j);
                hand.pay(&self.payers.accounts(view, j), Receiver::Goods, cost, "processing equipment");
            }
        }
    }
}
