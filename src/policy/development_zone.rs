//! A development zone in the seat of a county.
//!
//! Profit tax is lower, investors receive a part of a project's value, roads and pipes are built, land is
//! opened. The tax that is not collected is missing in the county's own revenue, and the centre's and
//! province's shares of it too.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::selector::Kind;
use super::{About, Hand, Lever, Payers, Period, Policy, Selector, View, terms};
use crate::world::programmes::{Receiver, When};
use crate::world::sector::INDUSTRY;

/// What the program says of it.
pub(crate) static ABOUT: About = About {
    name: "development_zone",
    purpose: "Lower tax, subsidy, infrastructure and land for industry in a zone.",
    payer: "county and province, in stated shares",
    mechanisms: &["M24"],
    essays: &["E2", "E4"],
    levers: &[Lever::ProfitTax, Lever::InvestmentSubsidy, Lever::Productivity, Lever::ConstructionLand],
    example: r#"
[[policy.development_zone]]
at = { tier = "county_seat" }
profit_tax = 0.7
subsidy = 0.05
building_yuan = 200
construction_land = 1.5
payers = { county = 0.5, province = 0.5 }
"#,
};

/// A development zone in the seat of a county.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct DevelopmentZone {
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
    /// Nodes with a zone.
    pub at: Selector,
    /// Profit tax of industry, times what it was.
    #[schemars(range(min = 0.0, max = 2.0))]
    pub profit_tax: f64,
    /// Part of a new industrial project's value that the payers add.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub subsidy: f64,
    /// Industrial productivity in the zone, times what it was.
    #[schemars(range(min = 0.5, max = 2.0))]
    pub productivity: f64,
    /// Roads, pipes and plants, yuan a resident and year.
    #[schemars(range(min = 0.0, max = 1e7))]
    pub building_yuan: f64,
    /// Construction land, times what it was.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub construction_land: f64,
}

impl Default for DevelopmentZone {
    fn default() -> Self {
        DevelopmentZone {
            name: String::new(),
            active: Period::default(),
            intensity: 1.0,
            budget_cap: None,
            payers: Payers { county: 0.5, province: 0.5, ..Default::default() },
            at: Selector::tier(Kind::CountySeat),
            profit_tax: 0.8,
            subsidy: 0.05,
            productivity: 1.0,
            building_yuan: 100.0,
            construction_land: 1.0,
        }
    }
}

impl Policy for DevelopmentZone {
    terms!();

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("at", &self.at)]
    }

    fn payers(&self) -> Option<&Payers> {
        Some(&self.payers)
    }

    fn propose(&self, view: &View, hand: &mut Hand) {
        for j in self.at.nodes(view) {
            let payers = self.payers.accounts(view, j);
            hand.cell(Lever::ProfitTax, j, INDUSTRY, self.profit_tax);
            hand.cell(Lever::InvestmentSubsidy, j, INDUSTRY, self.subsidy);
            hand.promise(&payers, When::Founding, j, INDUSTRY, self.subsidy);
            if self.productivity != 1.0 {
                hand.cell(Lever::Productivity, j, INDUSTRY, self.productivity);
            }
            if self.construction_land != 1.0 {
                hand.node(Lever::ConstructionLand, j, self.construction_land);
            }
            let cost = self.building_yuan * view.residents(j);
            hand.pay(&payers, Receiver::Infrastructure(j), cost, "development zone");
        }
    }
}
