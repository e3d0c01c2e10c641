//! Rural land reform: rights kept while away, a rental market, construction land that may be sold.
//!
//! Who keeps land income while away gives up less by leaving, and the income then counts where the person
//! lives: the urban-rural ratio by residence can rise while that by registered home falls. Rented land is
//! farmed better. Where village construction land may be sold, investors pay the village and the county for
//! it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::selector::Kind;
use super::{About, Hand, Lever, Period, Policy, Selector, View, terms};

/// What the program says of it.
pub(crate) static ABOUT: About = About {
    name: "land_reform",
    purpose: "Keeps land rights of people away, opens rental and construction land.",
    payer: "nobody; investors pay for construction land",
    mechanisms: &["M07", "M08", "M09"],
    essays: &["E3"],
    levers: &[
        Lever::LandRetention,
        Lever::RentalMarket,
        Lever::ConstructionLand,
        Lever::LandPriceVillage,
        Lever::LandPriceCounty,
    ],
    example: r#"
[[policy.land_reform]]
at = { tier = "village" }
retention = 0.8
rental = 0.6
construction_land = 1.5
land_price = 0.1
village_share = 0.7
"#,
};

/// Rural land reform: rights kept while away, a rental market, construction land that may be sold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct LandReform {
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
    /// Villages of the reform.
    pub at: Selector,
    /// Share of the land entitlement that people keep while away.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub retention: f64,
    /// Share of farm land that can be rented.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub rental: f64,
    /// Construction land, times what it was.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub construction_land: f64,
    /// Part of the value of a new industrial or tourism project that buys its land.
    #[schemars(range(min = 0.0, max = 0.5))]
    pub land_price: f64,
    /// The village's part of the sale; the rest is the county's.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub village_share: f64,
}

impl Default for LandReform {
    fn default() -> Self {
        LandReform {
            name: String::new(),
            active: Period::default(),
            intensity: 1.0,
            budget_cap: None,
            at: Selector::tier(Kind::Village),
            retention: 1.0,
            rental: 0.5,
            construction_land: 1.0,
            land_price: 0.0,
            village_share: 0.7,
        }
    }
}

impl Policy for LandReform {
    terms!();

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("at", &self.at)]
    }

    fn propose(&self, view: &View, hand: &mut Hand) {
        for j in self.at.nodes(view) {
            hand.node(Lever::LandRetention, j, self.retention);
            hand.node(Lever::RentalMarket, j, self.rental);
            if self.construction_land != 1.0 {
                hand.node(Lever::ConstructionLand, j, self.construction_land);
            }
            if self.land_price > 0.0 {
                hand.node(Lever::LandPriceVillage, j, self.land_price * self.village_share);
                hand.node(Lever::LandPriceCounty, j, self.land_price * (1.0 - self.village_share));
            }
        }
    }
}
