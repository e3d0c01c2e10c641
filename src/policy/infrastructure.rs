//! Infrastructure that joins town and country.
//!
//! Building adds to public capital, which industry uses; better roads lower the trade wedge, bring visitors
//! and shorten the way across county borders, for people who leave as well as for those who come.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::selector::{Kind, counties_of};
use super::{About, Hand, Lever, Payers, Period, Policy, Selector, View, terms};
use crate::world::programmes::Receiver;

/// What the program says of it.
pub(crate) static ABOUT: About = About {
    name: "infrastructure",
    purpose: "Builds public capital; lowers trade wedge and moving cost.",
    payer: "county, province and centre, in stated shares",
    mechanisms: &["M27"],
    essays: &["E0", "E3", "E4"],
    levers: &[Lever::TradeWedge, Lever::VisitorAccess, Lever::MovingCost, Lever::PublicSpendingTilt],
    example: r#"
[[policy.infrastructure]]
at = { tier = "county" }
building_yuan = 500
trade_wedge = 0.85
payers = { county = 0.4, province = 0.4, centre = 0.2 }
"#,
};

/// Infrastructure that joins town and country.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Infrastructure {
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
    /// Places that are joined.
    pub at: Selector,
    /// Building, yuan a resident and year.
    #[schemars(range(min = 0.0, max = 1e7))]
    pub building_yuan: f64,
    /// Carriage in the trade wedge (what is above one without `wedge_online`), times what it was.
    #[schemars(range(min = 0.3, max = 1.0))]
    pub trade_wedge: f64,
    /// Pull on visitors, times what it was.
    #[schemars(range(min = 0.1, max = 10.0))]
    pub visitor_access: f64,
    /// Fall of the cost of crossing a county border, everywhere, log points of income.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub moving_cost: f64,
    /// Part of county spending that moves from administration to building.
    #[schemars(range(min = 0.0, max = 0.25))]
    pub spending_tilt: f64,
}

impl Default for Infrastructure {
    fn default() -> Self {
        Infrastructure {
            name: String::new(),
            active: Period::default(),
            intensity: 1.0,
            budget_cap: None,
            payers: Payers { county: 0.4, province: 0.4, centre: 0.2, ..Default::default() },
            at: Selector::tier(Kind::County),
            building_yuan: 300.0,
            trade_wedge: 0.9,
            visitor_access: 1.0,
            moving_cost: 0.0,
            spending_tilt: 0.0,
        }
    }
}

impl Policy for Infrastructure {
    terms!();

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("at", &self.at)]
    }

    fn payers(&self) -> Option<&Payers> {
        Some(&self.payers)
    }

    fn propose(&self, view: &View, hand: &mut Hand) {
        let nodes = self.at.nodes(view);
        for c in counties_of(&view.world.geography, &nodes) {
            if self.spending_tilt > 0.0 {
                hand.county(Lever::PublicSpendingTilt, c, self.spending_tilt);
            }
        }
        for j in nodes {
            hand.node(Lever::TradeWedge, j, self.trade_wedge);
            if self.visitor_access != 1.0 {
                hand.node(Lever::VisitorAccess, j, self.visitor_access);
            }
            let cost = self.building_yuan * view.residents(j);
            hand.pay(&self.payers.accounts(view, j), Receiver::Infrastructure(j), cost, "infrastructure");
        }
        if self.moving_cost > 0.0 {
            for skill in 0..2 {
                hand.border(Lever::MovingCost, 1, skill, -self.moving_cost);
            }
        }
    }
}
