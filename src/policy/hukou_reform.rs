//! Services by residence and settling near home.
//!
//! People without local registration get more of the services of the place; more of them can convert; moving
//! from the village to the seat of the own county costs less. Services are shared by more users, and the
//! payers pay for each person who is expected to settle.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::selector::Kind;
use super::{About, Hand, Lever, Payers, Period, Policy, Selector, View, terms};
use crate::world::programmes::Receiver;

/// What the program says of it.
pub(crate) static ABOUT: About = About {
    name: "hukou_reform",
    purpose: "Opens services and registration to newcomers, and the own county's seat to villagers.",
    payer: "the place of destination; the centre may pay a part for each settled person",
    mechanisms: &["M04", "M29"],
    essays: &["E2", "E3", "E4"],
    levers: &[
        Lever::AccessWorkers,
        Lever::AccessTalent,
        Lever::ConversionWorkers,
        Lever::ConversionTalent,
        Lever::MovingCost,
    ],
    example: r#"
[[policy.hukou_reform]]
active = { from = 2021, phase_in = 5 }
at = { tier = "urban" }
access_workers = 0.8
access_talent = 1.0
payers = { county = 0.7, centre = 0.3 }
"#,
};

/// Services by residence and settling near home.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct HukouReform {
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
    /// Places that open.
    pub at: Selector,
    /// Access of non-local workers to services.
    #[schemars(range(min = 0.001, max = 1.0))]
    pub access_workers: f64,
    /// Access of non-local talent to services.
    #[schemars(range(min = 0.001, max = 1.0))]
    pub access_talent: f64,
    /// Hazard that a non-local worker converts registration, per year.
    #[schemars(range(min = 0.0, max = 0.25))]
    pub conversion_workers: f64,
    /// The same for talent.
    #[schemars(range(min = 0.0, max = 0.25))]
    pub conversion_talent: f64,
    /// Fall of the cost of moving from the village to the seat of the own county, log points of income.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub near_home: f64,
    /// Services bought once for each person who settles, yuan.
    #[schemars(range(min = 0.0, max = 1e7))]
    pub settle_yuan: f64,
}

impl Default for HukouReform {
    fn default() -> Self {
        HukouReform {
            name: String::new(),
            active: Period::default(),
            intensity: 1.0,
            budget_cap: None,
            payers: Payers::county(),
            at: Selector::tier(Kind::Urban),
            access_workers: 1.0,
            access_talent: 1.0,
            conversion_workers: 0.03,
            conversion_talent: 0.08,
            near_home: 0.0,
            settle_yuan: 20000.0,
        }
    }
}

impl Policy for HukouReform {
    terms!();

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("at", &self.at)]
    }

    fn payers(&self) -> Option<&Payers> {
        Some(&self.payers)
    }

    fn propose(&self, view: &View, hand: &mut Hand) {
        for j in self.at.nodes(view) {
            hand.node(Lever::AccessWorkers, j, self.access_workers);
            hand.node(Lever::AccessTalent, j, self.access_talent);
            hand.node(Lever::ConversionWorkers, j, self.conversion_workers);
            hand.node(Lever::ConversionTalent, j, self.conversion_talent);
            let newcomers = view.world.census.places[j].newcomers;
            let persons = view.world.persons_per_agent() as f64;
            let settled =
                self.conversion_workers * newcomers[0] as f64 + self.conversion_talent * newcomers[1] as f64;
            let cost = settled * persons * self.settle_yuan;
            hand.pay(
                &self.payers.accounts(view, j),
                Receiver::PublicServices(j),
                cost,
                "services for settled people",
            );
        }
        if self.near_home > 0.0 {
            for skill in 0..2 {
                hand.border(Lever::MovingCost, 0, skill, -self.near_home);
            }
        }
    }
}
