//! Industry moves from cities to counties, and city firms order from county firms.
//!
//! Projects of the source nodes review their place more often and lose less when they move; the receiving
//! counties add money to what moves in, build demonstration parks and receive a share of city orders. The
//! city's loss of output and tax stands in the same tables as the county's gain, and capital that is scrapped
//! in moving is counted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::selector::Kind;
use super::{About, Hand, Lever, Payers, Period, Policy, Selector, View, terms};
use crate::world::Sector;
use crate::world::programmes::{Receiver, When};
use crate::world::sector::INDUSTRY;

/// What the program says of it.
pub(crate) static ABOUT: About = About {
    name: "industry_transfer",
    purpose: "Projects of cities look at county seats more often; city firms order from county firms.",
    payer: "receiving county and the cities of its prefecture, in stated shares",
    mechanisms: &["M01", "M32"],
    essays: &["E1", "E2", "E4"],
    levers: &[
        Lever::RelocationReview,
        Lever::RelocationLoss,
        Lever::RelocationBonus,
        Lever::RelocationContract,
        Lever::ConstructionLand,
        Lever::OrdersOut,
        Lever::OrdersIn,
    ],
    example: r#"
[[policy.industry_transfer]]
active = { from = 2021, until = 2030, phase_in = 3 }
from = { tier = "city" }
to = { tier = "county_seat" }
review = 0.06
loss = 0.10
bonus = 0.10
orders = 0.02
payers = { county = 0.5, city = 0.5 }
"#,
};

/// Industry moves from cities to counties, and city firms order from county firms.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct IndustryTransfer {
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
    /// Where projects stand that look elsewhere.
    pub from: Selector,
    /// Where they are wanted.
    pub to: Selector,
    /// Sectors that move.
    pub sectors: Vec<Sector>,
    /// Probability a year that a project reviews its place.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub review: f64,
    /// Part of its value that a project loses when it moves.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub loss: f64,
    /// Part of a moved project's value that the payers add to its cash.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub bonus: f64,
    /// Share of the sources' industrial sales that is placed as orders with firms of the receivers.
    #[schemars(range(min = 0.0, max = 0.5))]
    pub orders: f64,
    /// Construction land of the receivers, times what it was (demonstration parks).
    #[schemars(range(min = 0.0, max = 10.0))]
    pub park_land: f64,
    /// Building of a park, yuan a year for each receiving node.
    #[schemars(range(min = 0.0, max = 1e12))]
    pub park_yuan: f64,
}

impl Default for IndustryTransfer {
    fn default() -> Self {
        IndustryTransfer {
            name: String::new(),
            active: Period::default(),
            intensity: 1.0,
            budget_cap: None,
            payers: Payers { county: 0.5, city: 0.5, ..Default::default() },
            from: Selector::tier(Kind::City),
            to: Selector::tier(Kind::CountySeat),
            sectors: vec![Sector::Industry],
            review: 0.06,
            loss: 0.10,
            bonus: 0.05,
            orders: 0.0,
            park_land: 1.0,
            park_yuan: 0.0,
        }
    }
}

impl Policy for IndustryTransfer {
    terms!();

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("from", &self.from), ("to", &self.to)]
    }

    fn payers(&self) -> Option<&Payers> {
        Some(&self.payers)
    }

    fn propose(&self, view: &View, hand: &mut Hand) {
        let sectors = || self.sectors.iter().map(|&s| s as usize);
        for j in self.from.nodes(view) {
            for s in sectors() {
                hand.cell(Lever::RelocationReview, j, s, self.review);
                hand.cell(Lever::RelocationLoss, j, s, self.loss);
            }
            if self.orders > 0.0 {
                hand.node(Lever::OrdersOut, j, self.orders);
            }
        }
        for j in self.to.nodes(view) {
            let payers = self.payers.accounts(view, j);
            for s in sectors() {
                hand.cell(Lever::RelocationContract, j, s, 1.0);
                if self.bonus > 0.0 {
                    hand.cell(Lever::RelocationBonus, j, s, 1.0 + self.bonus);
                    hand.promise(&payers, When::Relocation, j, s, self.bonus);
                }
            }
            if self.orders > 0.0 {
                // Orders go where county industry can fill them: by its capital, million yuan.
                hand.node(Lever::OrdersIn, j, view.capital(j, INDUSTRY) / 1e6);
            }
            if self.park_land != 1.0 {
                hand.node(Lever::ConstructionLand, j, self.park_land);
            }
            hand.pay(&payers, Receiver::Infrastructure(j), self.park_yuan, "demonstration park");
        }
    }
}
