//! Start-ups of returnees and of households.
//!
//! A platform at home (advice, workshops, premises) raises the hazard that people found a small project, and brings people
//! back who live away: they found at home, in any sector outside farming (small industry with farm processing, business
//! services with online trade, local services, tourism), work in it, and live on its profit. The payers add a part of its
//! value. The founders' households pay the rest: where they have no money nothing is founded.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::selector::Kind;
use super::{About, Hand, Lever, Payers, Period, Policy, Selector, View, terms};
use crate::world::programmes::{Receiver, When};
use crate::world::sector::{SECTOR_TABLE, SECTORS};

/// What the program says of it.
pub(crate) static ABOUT: About = About {
    name: "returnee_entrepreneurship",
    purpose: "Raises start-ups at home and adds to their capital.",
    payer: "the county",
    mechanisms: &["M18", "M19"],
    essays: &["E1", "E4"],
    levers: &[Lever::StartupPlatform],
    example: r#"
[[policy.returnee_entrepreneurship]]
at = { tier = "county" }
platform = 0.7
grant = 0.2
platform_yuan = 20
"#,
};

/// Start-ups of returnees and of households.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ReturneeEntrepreneurship {
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
    /// Home nodes of the founders.
    pub at: Selector,
    /// Platform at home, log points of the start-up hazard.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub platform: f64,
    /// Part of a start-up's value that the payers add.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub grant: f64,
    /// Cost of the platform, yuan a resident and year.
    #[schemars(range(min = 0.0, max = 1e7))]
    pub platform_yuan: f64,
}

impl Default for ReturneeEntrepreneurship {
    fn default() -> Self {
        ReturneeEntrepreneurship {
            name: String::new(),
            active: Period::default(),
            intensity: 1.0,
            budget_cap: None,
            payers: Payers::county(),
            at: Selector::tier(Kind::County),
            platform: 0.7,
            grant: 0.1,
            platform_yuan: 20.0,
        }
    }
}

impl Policy for ReturneeEntrepreneurship {
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
            hand.node(Lever::StartupPlatform, j, self.platform);
            for s in (0..SECTORS).filter(|&s| SECTOR_TABLE[s].startups) {
                hand.promise(&payers, When::StartUp, j, s, self.grant);
            }
            hand.pay(
                &payers,
                Receiver::Advice(j),
                self.platform_yuan * view.residents(j),
                "start-up platform",
            );
        }
    }
}
