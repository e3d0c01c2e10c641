//! County commerce and online trade.
//!
//! More of what residents spend on services stays in the county; goods travel more cheaply both ways; part of
//! local retail goes online, to the hub, which is a loss for local shops.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::selector::Kind;
use super::{About, Hand, Lever, Payers, Period, Policy, Selector, View, terms};
use crate::world::programmes::Receiver;

/// What the program says of it.
pub(crate) static ABOUT: About = About {
    name: "consumption_upgrade",
    purpose: "Keeps service spending in the county, lowers the trade wedge, moves part of retail online.",
    payer: "the county (commercial infrastructure)",
    mechanisms: &["M13", "M14"],
    essays: &["E0", "E1"],
    levers: &[Lever::ServiceLeakage, Lever::OnlineWedge, Lever::OnlineRetail],
    example: r#"
[[policy.consumption_upgrade]]
at = { tier = "county" }
leakage = 0.8
trade_wedge = 0.8
online = 0.05
commerce_yuan = 100
"#,
};

/// County commerce and online trade.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ConsumptionUpgrade {
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
    /// Places of the programme.
    pub at: Selector,
    /// Leakage of service spending to higher tiers, times what it was.
    #[schemars(range(min = 0.0, max = 2.0))]
    pub leakage: f64,
    /// Search and delivery in the trade wedge (the part `wedge_online` of what is above one), times what it was.
    #[schemars(range(min = 0.3, max = 1.0))]
    pub trade_wedge: f64,
    /// Share of service spending that goes to the hub instead.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub online: f64,
    /// Markets, storage and delivery, yuan a resident and year.
    #[schemars(range(min = 0.0, max = 1e7))]
    pub commerce_yuan: f64,
}

impl Default for ConsumptionUpgrade {
    fn default() -> Self {
        ConsumptionUpgrade {
            name: String::new(),
            active: Period::default(),
            intensity: 1.0,
            budget_cap: None,
            payers: Payers::county(),
            at: Selector::tier(Kind::County),
            leakage: 0.8,
            trade_wedge: 0.9,
            online: 0.0,
            commerce_yuan: 50.0,
        }
    }
}

impl Policy for ConsumptionUpgrade {
    terms!();

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("at", &self.at)]
    }

    fn payers(&self) -> Option<&Payers> {
        Some(&self.payers)
    }

    fn propose(&self, view: &View, hand: &mut Hand) {
        for j in self.at.nodes(view) {
            hand.node(Lever::ServiceLeakage, j, self.leakage);
            hand.node(Lever::OnlineWedge, j, self.trade_wedge);
            if self.online > 0.0 {
                hand.node(Lever::OnlineRetail, j, self.online);
            }
            let cost = self.commerce_yuan * view.residents(j);
            hand.pay(&self.payers.accounts(view, j), Receiver::Infrastructure(j), cost, "county commerce");
        }
    }
}
