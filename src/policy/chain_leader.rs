//! A leader for each industrial chain, one county one industry.
//!
//! Industry gains from the chain's capital in the place and fails less; investors are led to counties that
//! are specialised in industry already and away from others; a chain that takes a larger part of industry than in the base
//! year, because many counties copy it, sells for less.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::selector::Kind;
use super::{About, Hand, Lever, Payers, Period, Policy, Selector, View, terms};
use crate::world::programmes::Receiver;
use crate::world::sector::INDUSTRY;

/// What the program says of it.
pub(crate) static ABOUT: About = About {
    name: "chain_leader",
    purpose: "Strengthens chains where they are, and discourages duplication.",
    payer: "the county",
    mechanisms: &["M23", "M25"],
    essays: &["E1", "E3", "E4"],
    levers: &[Lever::ChainProductivity, Lever::FailureHazard, Lever::CapitalBonus, Lever::ChainElasticity],
    example: r#"
[[policy.chain_leader]]
at = { tier = "county_seat" }
productivity = 0.03
survival = 0.7
bonus = 1.1
elsewhere = 0.9
office_yuan = 2000000
"#,
};

/// A leader for each industrial chain, one county one industry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ChainLeader {
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
    /// Places with a chain leader.
    pub at: Selector,
    /// Gain of industrial productivity from capital of the chain (omega_ch), log points.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub productivity: f64,
    /// Failure hazard of industry, times what it was.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub survival: f64,
    /// Weight of industry for investors where the county is specialised in it, times what it was.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub bonus: f64,
    /// The same where it is not.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub elsewhere: f64,
    /// Demand elasticity of a chain; its price falls with the share of industrial capital that makes the same.
    #[schemars(range(min = 0.1, max = 1.0e9))]
    pub price_elasticity: Option<f64>,
    /// Office, fairs and advice, yuan a place and year.
    #[schemars(range(min = 0.0, max = 1e12))]
    pub office_yuan: f64,
}

impl Default for ChainLeader {
    fn default() -> Self {
        ChainLeader {
            name: String::new(),
            active: Period::default(),
            intensity: 1.0,
            budget_cap: None,
            payers: Payers::county(),
            at: Selector::tier(Kind::CountySeat),
            productivity: 0.03,
            survival: 0.8,
            bonus: 1.0,
            elsewhere: 1.0,
            price_elasticity: None,
            office_yuan: 1000000.0,
        }
    }
}

impl Policy for ChainLeader {
    terms!();

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("at", &self.at)]
    }

    fn payers(&self) -> Option<&Payers> {
        Some(&self.payers)
    }

    fn propose(&self, view: &View, hand: &mut Hand) {
        let area = view.world.geography.area_nodes();
        let output = |j: usize| view.world.node_output(j).yuan();
        let industry: f64 = (0..area).map(|j| view.sales(j, INDUSTRY)).sum();
        let all: f64 = (0..area).map(output).sum();
        for j in self.at.nodes(view) {
            hand.node(Lever::ChainProductivity, j, self.productivity);
            hand.cell(Lever::FailureHazard, j, INDUSTRY, self.survival);
            // Location quotient: industry's share here over its share in the area.
            let quotient = view.sales(j, INDUSTRY) / output(j).max(1.0) / (industry / all.max(1.0)).max(1e-9);
            let weight = if quotient >= 1.0 { self.bonus } else { self.elsewhere };
            if weight != 1.0 {
                hand.cell(Lever::CapitalBonus, j, INDUSTRY, weight);
            }
            hand.pay(&self.payers.accounts(view, j), Receiver::Advice(j), self.office_yuan, "chain leader");
        }
        if let Some(elasticity) = self.price_elasticity {
            hand.everywhere(Lever::ChainElasticity, elasticity);
        }
    }
}
