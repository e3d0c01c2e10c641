//! Urban renewal and carrying capacity.
//!
//! Housing, land and amenities grow at a cost, and crowding (`congestion_loss`) hurts less. A city that carries more people also draws
//! more.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::selector::Kind;
use super::{About, Hand, Lever, Payers, Period, Policy, Selector, View, terms};
use crate::world::programmes::Receiver;

/// What the program says of it.
pub(crate) static ABOUT: About = About {
    name: "urban_renewal",
    purpose: "Raises housing, amenity and land of cities at a cost.",
    payer: "the city itself",
    mechanisms: &["M31", "M41"],
    essays: &["E2", "E4"],
    levers: &[
        Lever::HousingSupply,
        Lever::AmenityWorkers,
        Lever::AmenityTalent,
        Lever::Congestion,
        Lever::ConstructionLand,
    ],
    example: r#"
[[policy.urban_renewal]]
at = { tier = "city" }
housing = 0.01
amenity = 0.01
congestion = 0.9
renewal_yuan = 500
"#,
};

/// Urban renewal and carrying capacity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct UrbanRenewal {
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
    /// Places that are renewed.
    pub at: Selector,
    /// Growth of the housing stock on top of the market's, per year.
    #[schemars(range(min = 0.0, max = 0.5))]
    pub housing: f64,
    /// Added to the utility of living there, log points of income.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub amenity: f64,
    /// Loss from crowding, times what it was.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub congestion: f64,
    /// Construction land, times what it was.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub construction_land: f64,
    /// Cost, yuan a resident and year.
    #[schemars(range(min = 0.0, max = 1e7))]
    pub renewal_yuan: f64,
}

impl Default for UrbanRenewal {
    fn default() -> Self {
        UrbanRenewal {
            name: String::new(),
            active: Period::default(),
            intensity: 1.0,
            budget_cap: None,
            payers: Payers::county(),
            at: Selector::tier(Kind::City),
            housing: 0.01,
            amenity: 0.0,
            congestion: 1.0,
            construction_land: 1.0,
            renewal_yuan: 300.0,
        }
    }
}

impl Policy for UrbanRenewal {
    terms!();

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("at", &self.at)]
    }

    fn payers(&self) -> Option<&Payers> {
        Some(&self.payers)
    }

    fn propose(&self, view: &View, hand: &mut Hand) {
        for j in self.at.nodes(view) {
            hand.node(Lever::HousingSupply, j, self.housing);
            if self.amenity > 0.0 {
                hand.node(Lever::AmenityWorkers, j, self.amenity);
                hand.node(Lever::AmenityTalent, j, self.amenity);
            }
            if self.congestion != 1.0 {
                hand.node(Lever::Congestion, j, self.congestion);
            }
            if self.construction_land != 1.0 {
                hand.node(Lever::ConstructionLand, j, self.construction_land);
            }
            let cost = self.renewal_yuan * view.residents(j);
            hand.pay(&self.payers.accounts(view, j), Receiver::Goods, cost, "urban renewal");
        }
    }
}
