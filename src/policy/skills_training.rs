//! Training of workers who had none.
//!
//! Seats are bought whether or not they are filled; who is trained gains `training_gain` log points of human capital
//! for good and takes it along when moving. With `poorest_first` seats go where incomes are low.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{About, Hand, Lever, Payers, Period, Policy, Selector, View, terms};
use crate::world::programmes::Receiver;

/// What the program says of it.
pub(crate) static ABOUT: About = About {
    name: "skills_training",
    purpose: "Buys training seats for workers.",
    payer: "named governments",
    mechanisms: &["M17"],
    essays: &["E4"],
    levers: &[Lever::TrainingRate],
    example: r#"
[[policy.skills_training]]
at = { tier = "village" }
rate = 0.03
seat_yuan = 3000
payers = { province = 1.0 }
"#,
};

/// Training of workers who had none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct SkillsTraining {
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
    /// Where workers live who are trained.
    pub at: Selector,
    /// Share of workers living there who are trained a year.
    #[schemars(range(min = 0.0, max = 0.25))]
    pub rate: f64,
    /// Cost of a seat, yuan.
    #[schemars(range(min = 0.0, max = 1e7))]
    pub seat_yuan: f64,
    /// How far seats follow low income: the rate is times (mean income/income) to this power.
    #[schemars(range(min = 0.0, max = 5.0))]
    pub poorest_first: f64,
}

impl Default for SkillsTraining {
    fn default() -> Self {
        SkillsTraining {
            name: String::new(),
            active: Period::default(),
            intensity: 1.0,
            budget_cap: None,
            payers: Payers::province(),
            at: Selector::default(),
            rate: 0.03,
            seat_yuan: 3000.0,
            poorest_first: 0.0,
        }
    }
}

impl Policy for SkillsTraining {
    terms!();

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("at", &self.at)]
    }

    fn payers(&self) -> Option<&Payers> {
        Some(&self.payers)
    }

    fn propose(&self, view: &View, hand: &mut Hand) {
        let nodes = self.at.nodes(view);
        let people: f64 = nodes.iter().map(|&j| view.residents(j)).sum();
        let income: f64 = nodes.iter().map(|&j| view.residents(j) * view.promised(j, 0)).sum();
        let mean = income / people.max(1.0);
        for j in nodes {
            let rate = self.rate * libm::pow((mean / view.promised(j, 0)).max(1e-3), self.poorest_first);
            let rate = rate.min(0.25);
            hand.node(Lever::TrainingRate, j, rate);
            let cost = rate * view.skilled(j, 0) * self.seat_yuan;
            hand.pay(&self.payers.accounts(view, j), Receiver::Advice(j), cost, "training seats");
        }
    }
}
