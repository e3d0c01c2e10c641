//! Talent and technology to the countryside.
//!
//! A yearly allowance makes a place better for talent by exactly its part of income; technology commissioners
//! are posted for the year while the sending city keeps paying their wage; technology diffuses where talent
//! is. When the allowance ends, who stays is decided by the place.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::selector::Kind;
use super::{About, Hand, Lever, Payers, Period, Policy, Selector, View, terms};
use crate::world::programmes::Receiver;

/// What the program says of it.
pub(crate) static ABOUT: About = About {
    name: "talent_to_countryside",
    purpose: "Allowances for talent, posted commissioners, diffusion of technology.",
    payer: "county and province, in stated shares",
    mechanisms: &["M15", "M16"],
    essays: &["E0", "E1", "E2", "E3", "E4"],
    levers: &[Lever::AmenityTalent, Lever::PostedTalent, Lever::Diffusion],
    example: r#"
[[policy.talent_to_countryside]]
at = { tier = "county" }
allowance_yuan = 6000
postings = 20
from = { tier = "city" }
diffusion = 0.05
payers = { county = 0.5, province = 0.5 }
"#,
};

/// Talent and technology to the countryside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct TalentToCountryside {
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
    /// Places that want talent.
    pub at: Selector,
    /// Allowance for each talent living there, yuan a year.
    #[schemars(range(min = 0.0, max = 1e7))]
    pub allowance_yuan: f64,
    /// Commissioners at each place, persons.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub postings: f64,
    /// Cost of a commissioner, yuan a year, paid to the household at home.
    #[schemars(range(min = 0.0, max = 1e7))]
    pub posting_yuan: f64,
    /// Where commissioners come from, by talent there.
    pub from: Selector,
    /// Diffusion of technology, per year times the share of talent (psi_T).
    #[schemars(range(min = 0.0, max = 1.0))]
    pub diffusion: f64,
}

impl Default for TalentToCountryside {
    fn default() -> Self {
        TalentToCountryside {
            name: String::new(),
            active: Period::default(),
            intensity: 1.0,
            budget_cap: None,
            payers: Payers { county: 0.5, province: 0.5, ..Default::default() },
            at: Selector::tier(Kind::County),
            allowance_yuan: 6000.0,
            postings: 0.0,
            posting_yuan: 30000.0,
            from: Selector::tier(Kind::City),
            diffusion: 0.05,
        }
    }
}

impl Policy for TalentToCountryside {
    terms!();

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("at", &self.at), ("from", &self.from)]
    }

    fn payers(&self) -> Option<&Payers> {
        Some(&self.payers)
    }

    fn propose(&self, view: &View, hand: &mut Hand) {
        let sources = self.from.nodes(view);
        let nodes = self.at.nodes(view);
        let talent: f64 = sources.iter().map(|&j| view.skilled(j, 1)).sum();
        for &j in &nodes {
            let payers = self.payers.accounts(view, j);
            hand.node(Lever::AmenityTalent, j, view.counted(self.allowance_yuan, j, 1));
            hand.node(Lever::Diffusion, j, self.diffusion);
            let amount = self.allowance_yuan * view.skilled(j, 1);
            hand.pay(&payers, Receiver::Households(j), amount, "talent allowance");
            if self.postings > 0.0 && talent > 0.0 {
                hand.node(Lever::PostedTalent, j, self.postings);
                for &i in &sources {
                    let cost = self.postings * self.posting_yuan * view.skilled(i, 1) / talent;
                    hand.pay(&payers, Receiver::Households(i), cost, "commissioners");
                }
            }
        }
        if self.postings > 0.0 && talent > 0.0 {
            for &i in &sources {
                let sent = self.postings * nodes.len() as f64 * view.skilled(i, 1) / talent;
                hand.node(Lever::PostedTalent, i, -sent);
            }
        }
    }
}
