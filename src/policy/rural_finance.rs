//! Capital to the countryside: deposits that stay, guarantees, refinancing, a negative list, and a share for
//! farmers.
//!
//! Guarantees and loans come from the county's fund, which named governments fill; when it is empty they
//! stop. A negative list refuses sectors. A share of distributed profit goes to households where the project
//! stands.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::selector::{Kind, counties_of};
use super::{About, Hand, Lever, Payers, Period, Policy, Selector, View, terms};
use crate::world::SECTORS;
use crate::world::programmes::Receiver;
use crate::world::sector::Choice;

/// What the program says of it.
pub(crate) static ABOUT: About = About {
    name: "rural_finance",
    purpose: "Keeps deposits in the county, guarantees and refinances projects, links profit to households.",
    payer: "the county's guarantee fund, filled by named governments",
    mechanisms: &["M20", "M21", "M22"],
    essays: &["E1", "E3", "E4"],
    levers: &[
        Lever::DepositLeakage,
        Lever::Risk,
        Lever::Guarantee,
        Lever::Refinancing,
        Lever::ProfitLink,
        Lever::IndustryEntry,
    ],
    example: r#"
[[policy.rural_finance]]
at = { tier = "county" }
deposit_leakage = 0.15
guarantee = 0.3
risk = 0.1
refinancing = 0.5
fund_yuan = 50
profit_link = 0.1
negative_list = []
"#,
};

/// Capital to the countryside: deposits that stay, guarantees, refinancing, a negative list, and a share for farmers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct RuralFinance {
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
    /// Part of the county's deposits that leaks to the national pool; absent: what it is without the policy. Like every
    /// field of this policy it changes nothing where it is left out.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub deposit_leakage: Option<f64>,
    /// Fall of the risk premium that investors see, log points.
    #[schemars(range(min = 0.0, max = 2.0))]
    pub risk: f64,
    /// Part of a failed project's value that the fund pays to its investors.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub guarantee: f64,
    /// Part of a project's missing cash that the fund lends.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub refinancing: f64,
    /// What the fund receives, yuan a resident and year.
    #[schemars(range(min = 0.0, max = 1e7))]
    pub fund_yuan: f64,
    /// Part of distributed profit that goes to households where the project stands.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub profit_link: f64,
    /// Sectors in which new projects are refused; `services` stands for both groups.
    pub negative_list: Vec<Choice>,
}

impl Default for RuralFinance {
    fn default() -> Self {
        RuralFinance {
            name: String::new(),
            active: Period::default(),
            intensity: 1.0,
            budget_cap: None,
            payers: Payers::county(),
            at: Selector::tier(Kind::County),
            deposit_leakage: None,
            risk: 0.0,
            guarantee: 0.0,
            refinancing: 0.0,
            fund_yuan: 0.0,
            profit_link: 0.0,
            negative_list: Vec::new(),
        }
    }
}

impl Policy for RuralFinance {
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
            if let Some(leakage) = self.deposit_leakage {
                // Where less leaks already, as in districts of cities, nothing is to be kept.
                hand.county(
                    Lever::DepositLeakage,
                    c,
                    leakage.min(view.neutral.county(Lever::DepositLeakage, c)),
                );
            }
            if self.refinancing > 0.0 {
                hand.county(Lever::Refinancing, c, self.refinancing);
            }
        }
        for j in nodes {
            for s in 0..SECTORS {
                if self.risk > 0.0 {
                    hand.cell(Lever::Risk, j, s, -self.risk);
                }
            }
            if self.guarantee > 0.0 {
                hand.node(Lever::Guarantee, j, self.guarantee);
            }
            if self.profit_link > 0.0 {
                hand.node(Lever::ProfitLink, j, self.profit_link);
            }
            for sector in self.negative_list.iter().flat_map(|choice| choice.indices()) {
                hand.cell(Lever::IndustryEntry, j, sector, 0.0);
            }
            let county = view.county(j);
            let amount = self.fund_yuan * view.residents(j);
            hand.pay(&self.payers.accounts(view, j), Receiver::Fund(county), amount, "guarantee fund");
        }
    }
}
