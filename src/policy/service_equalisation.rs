//! Equal basic public services.
//!
//! County spending follows residents instead of past weights; provincial transfers fill more of the gap
//! between a county's need and its own revenue; villages use hospitals, libraries and schools of the seat from afar. Total
//! output can fall: money leaves places where it earns more.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{About, Hand, Lever, Payers, Period, Policy, Selector, View, terms};
use crate::world::programmes::Receiver;

/// What the program says of it.
pub(crate) static ABOUT: About = About {
    name: "service_equalisation",
    purpose: "Spends by residents, tops up poor counties, lets villages use the seat's services.",
    payer: "the province (top-up out of its transfers; digital services by order)",
    mechanisms: &["M05", "M06", "M28"],
    essays: &["E0", "E2", "E3", "E4"],
    levers: &[Lever::ByResidence, Lever::TopUp, Lever::DigitalServices],
    example: r#"
[[policy.service_equalisation]]
by_residence = 0.8
top_up = 0.5
digital = 0.1
digital_yuan = 50
payers = { province = 1.0 }
"#,
};

/// Equal basic public services.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ServiceEqualisation {
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
    /// Counties that the rule is for.
    pub counties: Selector,
    /// Part of county spending that follows residents.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub by_residence: f64,
    /// Part of the way from need to gaps that the formula of transfers moves.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub top_up: f64,
    /// Part of the seat's services that a village can use.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub digital: f64,
    /// Cost of digital services, yuan a villager and year.
    #[schemars(range(min = 0.0, max = 1e7))]
    pub digital_yuan: f64,
}

impl Default for ServiceEqualisation {
    fn default() -> Self {
        ServiceEqualisation {
            name: String::new(),
            active: Period::default(),
            intensity: 1.0,
            budget_cap: None,
            payers: Payers::province(),
            counties: Selector::default(),
            by_residence: 0.8,
            top_up: 0.5,
            digital: 0.0,
            digital_yuan: 0.0,
        }
    }
}

impl Policy for ServiceEqualisation {
    terms!();

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("counties", &self.counties)]
    }

    fn payers(&self) -> Option<&Payers> {
        Some(&self.payers)
    }

    fn propose(&self, view: &View, hand: &mut Hand) {
        for c in self.counties.counties(view) {
            let county = &view.world.geography.counties[c];
            hand.county(Lever::ByResidence, c, self.by_residence);
            hand.county(Lever::TopUp, c, self.top_up);
            if let Some(village) = county.village.filter(|_| self.digital > 0.0) {
                hand.node(Lever::DigitalServices, village, self.digital);
                let cost = self.digital_yuan * view.residents(village);
                hand.pay(
                    &self.payers.accounts(view, village),
                    Receiver::Advice(county.seat),
                    cost,
                    "digital services",
                );
            }
        }
    }
}
