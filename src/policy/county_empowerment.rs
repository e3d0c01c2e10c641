//! Delegation to counties and a better business environment.
//!
//! Entry costs less and takes less time than the parameters `entry_cost` and `entry_delay` say, and owners from elsewhere are
//! let in. What investors no longer pay is work that somebody does still: surveys, supervision, papers. A part of it stays as
//! work of officials, which the payer pays for each project founded, beside offices that cost a sum a resident.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::selector::Kind;
use super::{About, Hand, Lever, Payers, Period, Policy, Selector, View, terms};
use crate::world::SECTORS;
use crate::world::programmes::Receiver;

/// What the program says of it.
pub(crate) static ABOUT: About = About {
    name: "county_empowerment",
    purpose: "Cheaper and faster entry, doors open to outsiders.",
    payer: "the county",
    mechanisms: &["M26"],
    essays: &["E1", "E2", "E3", "E4"],
    levers: &[Lever::EntryCost, Lever::EntryDelay, Lever::OutsiderAccess],
    example: r#"
[[policy.county_empowerment]]
at = { tier = "county" }
entry_cost = 0.02
entry_delay = 0
outsiders = 1.1
office_yuan = 20
"#,
};

/// Delegation to counties and a better business environment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CountyEmpowerment {
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
    /// Places of the reform.
    pub at: Selector,
    /// Part of a new project's value that procedures cost; absent: what it is without the policy.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub entry_cost: Option<f64>,
    /// Years before a new project works; absent: what it is without the policy.
    #[schemars(range(min = 0.0, max = 20.0))]
    pub entry_delay: Option<f64>,
    /// Return that owners from other counties see, times what it was.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub outsiders: f64,
    /// Part of what procedures no longer cost investors that is work of officials now, paid on the value founded last year; assumed.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub officials: f64,
    /// One-stop offices, yuan a resident and year.
    #[schemars(range(min = 0.0, max = 1e7))]
    pub office_yuan: f64,
}

impl Default for CountyEmpowerment {
    fn default() -> Self {
        CountyEmpowerment {
            name: String::new(),
            active: Period::default(),
            intensity: 1.0,
            budget_cap: None,
            payers: Payers::county(),
            at: Selector::tier(Kind::County),
            entry_cost: None,
            entry_delay: None,
            outsiders: 1.0,
            officials: 0.5,
            office_yuan: 10.0,
        }
    }
}

impl Policy for CountyEmpowerment {
    terms!();

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("at", &self.at)]
    }

    fn payers(&self) -> Option<&Payers> {
        Some(&self.payers)
    }

    fn propose(&self, view: &View, hand: &mut Hand) {
        for j in self.at.nodes(view) {
            // A reform that finds lower costs than it aims at leaves them.
            let mut taken_over = 0.0;
            for (s, cost) in self.entry_cost.iter().flat_map(|&cost| (0..SECTORS).map(move |s| (s, cost))) {
                let usual = view.neutral.cell(Lever::EntryCost, j, s);
                hand.cell(Lever::EntryCost, j, s, cost.min(usual));
                taken_over += (usual - cost).max(0.0) * view.invested(j, s);
            }
            if let Some(delay) = self.entry_delay {
                hand.node(Lever::EntryDelay, j, delay.min(view.neutral.node(Lever::EntryDelay, j)));
            }
            if self.outsiders != 1.0 {
                hand.node(Lever::OutsiderAccess, j, self.outsiders);
            }
            let cost = self.office_yuan * view.residents(j) + self.officials * taken_over;
            hand.pay(&self.payers.accounts(view, j), Receiver::Advice(j), cost, "one-stop offices");
        }
    }
}
