//! Industrial upgrading: technology grows faster where talent is, and old capital is scrapped.
//!
//! The yearly gain is times the place's share of talent over the area's, so research money spent without
//! talent does little.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::selector::Kind;
use super::{About, Hand, Lever, Payers, Period, Policy, Selector, View, terms};
use crate::world::programmes::Receiver;
use crate::world::sector::INDUSTRY;

/// What the program says of it.
pub(crate) static ABOUT: About = About {
    name: "industrial_upgrading",
    purpose: "Raises growth of industrial technology where talent is; scraps old capital.",
    payer: "county and province, in stated shares",
    mechanisms: &["M40"],
    essays: &["E0", "E2", "E4"],
    levers: &[Lever::TechnologyGrowth, Lever::Scrapping],
    example: r#"
[[policy.industrial_upgrading]]
at = { tier = "urban" }
growth = 0.005
scrapping = 0.02
research_share = 0.005
payers = { county = 0.5, province = 0.5 }
"#,
};

/// Industrial upgrading: technology grows faster where talent is, and old capital is scrapped.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct IndustrialUpgrading {
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
    /// Growth of industrial technology at the area's mean share of talent, per year.
    #[schemars(range(min = 0.0, max = 0.2))]
    pub growth: f64,
    /// Industrial capital scrapped on top of depreciation, per year.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub scrapping: f64,
    /// Research money, part of industrial sales.
    #[schemars(range(min = 0.0, max = 0.2))]
    pub research_share: f64,
}

impl Default for IndustrialUpgrading {
    fn default() -> Self {
        IndustrialUpgrading {
            name: String::new(),
            active: Period::default(),
            intensity: 1.0,
            budget_cap: None,
            payers: Payers { county: 0.5, province: 0.5, ..Default::default() },
            at: Selector::tier(Kind::Urban),
            growth: 0.005,
            scrapping: 0.0,
            research_share: 0.005,
        }
    }
}

impl Policy for IndustrialUpgrading {
    terms!();

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("at", &self.at)]
    }

    fn payers(&self) -> Option<&Payers> {
        Some(&self.payers)
    }

    fn propose(&self, view: &View, hand: &mut Hand) {
        let area = view.world.geography.area_nodes();
        let sum = |f: &dyn Fn(usize) -> f64| (0..area).map(f).sum::<f64>();
        let mean = sum(&|j| view.skilled(j, 1)) / sum(&|j| view.residents(j)).max(1.0);
        for j in self.at.nodes(view) {
            let talent = view.skilled(j, 1) / view.residents(j).max(1.0) / mean.max(1e-9);
            hand.cell(Lever::TechnologyGrowth, j, INDUSTRY, self.growth * talent);
            if self.scrapping > 0.0 {
                hand.cell(Lever::Scrapping, j, INDUSTRY, self.scrapping);
            }
            let cost = self.research_share * view.sales(j, INDUSTRY);
            hand.pay(&self.payers.accounts(view, j), Receiver::Advice(j), cost, "research");
        }
    }
}
