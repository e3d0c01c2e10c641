//! Transfers to areas in need and to persons with low income.
//!
//! Areas receive money for their government by residents and by the weight of farming; households of places
//! in the lowest part of incomes receive it themselves, the more the lower the income, and people who think of
//! living there count it. Nothing else is changed: what follows comes from that and from spending it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::selector::{Kind, Measure, measure};
use super::{About, Hand, Lever, Payers, Period, Policy, Selector, View, terms};
use crate::world::programmes::Receiver;

/// What the program says of it.
pub(crate) static ABOUT: About = About {
    name: "income_transfer",
    purpose: "Formula transfers to main farm areas, difficult areas and poor households.",
    payer: "centre and province",
    mechanisms: &["M35", "M36"],
    essays: &["E0", "E2", "E3"],
    levers: &[Lever::ByResidence, Lever::AmenityWorkers, Lever::AmenityTalent],
    example: r#"
[[policy.income_transfer]]
areas = { tier = "county", where = { measure = "revenue_per_head", lowest = 0.3 } }
area_yuan = 300
farm_yuan = 300
persons = { tier = "village", where = { measure = "income_per_head", lowest = 0.3 } }
person_yuan = 1000
payers = { centre = 0.6, province = 0.4 }
"#,
};

/// Transfers to areas in need and to persons with low income.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct IncomeTransfer {
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
    /// Counties that receive money for their budget.
    pub areas: Selector,
    /// Transfer, yuan a resident and year.
    #[schemars(range(min = 0.0, max = 1e7))]
    pub area_yuan: f64,
    /// On top of it, times the share of farming in the county's output, yuan a resident and year.
    #[schemars(range(min = 0.0, max = 1e7))]
    pub farm_yuan: f64,
    /// Places whose households receive money.
    pub persons: Selector,
    /// Transfer at zero income, yuan a resident and year; it falls to nothing at `income_limit`.
    #[schemars(range(min = 0.0, max = 1e7))]
    pub person_yuan: f64,
    /// Income per resident at which the transfer ends, yuan a year.
    #[schemars(range(min = 1.0))]
    pub income_limit: f64,
    /// Part of the receivers' spending that follows residents.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub by_residence: f64,
}

impl Default for IncomeTransfer {
    fn default() -> Self {
        IncomeTransfer {
            name: String::new(),
            active: Period::default(),
            intensity: 1.0,
            budget_cap: None,
            payers: Payers { centre: 0.6, province: 0.4, ..Default::default() },
            areas: Selector::tier(Kind::County),
            area_yuan: 0.0,
            farm_yuan: 0.0,
            persons: Selector::tier(Kind::Village),
            person_yuan: 0.0,
            income_limit: 60000.0,
            by_residence: 0.0,
        }
    }
}

impl Policy for IncomeTransfer {
    terms!();

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("areas", &self.areas), ("persons", &self.persons)]
    }

    fn payers(&self) -> Option<&Payers> {
        Some(&self.payers)
    }

    fn propose(&self, view: &View, hand: &mut Hand) {
        for c in self.areas.counties(view) {
            let county = &view.world.geography.counties[c];
            let people: f64 = county.nodes().map(|j| view.residents(j)).sum();
            let farming = measure(view.world, Measure::AgricultureShare, county.seat);
            let amount = people * (self.area_yuan + self.farm_yuan * farming);
            hand.pay(&self.payers.accounts(view, county.seat), Receiver::County(c), amount, "area transfer");
            if self.by_residence > 0.0 {
                hand.county(Lever::ByResidence, c, self.by_residence);
            }
        }
        for j in self.persons.nodes(view) {
            let income = measure(view.world, Measure::IncomePerHead, j);
            let part = (1.0 - income / self.income_limit).clamp(0.0, 1.0);
            hand.give(view, &self.payers.accounts(view, j), j, self.person_yuan * part, "income support");
        }
    }
}
