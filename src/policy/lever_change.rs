//! Any lever by hand: a what-if without Rust.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{About, Hand, Lever, Period, Policy, Selector, View, terms};
use crate::messages;
use crate::rules::lever::{BORDERS, Combine, Scope};
use crate::world::sector::Choice;
use crate::world::{Geography, SECTORS, Skill};

/// What the program says of it.
pub(crate) static ABOUT: About = About {
    name: "lever_change",
    purpose: "Sets, scales or shifts one lever at chosen places, for a what-if.",
    payer: "nobody: a what-if moves a rule, not money",
    mechanisms: &[],
    essays: &[],
    levers: &[Lever::MovingCost],
    example: r#"
[[policy.lever_change]]
active = { from = 2025 }
lever = "moving_cost"
border = "county"
skill = "workers"
add = -0.2
"#,
};

/// Reference levels of moving costs, log points of income: village to seat, county, prefecture, province
/// (assumed; the run itself knows only changes).
pub(crate) const REFERENCE: [f64; 4] = [0.3, 0.8, 1.2, 1.6];

/// A border of the moving cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Border {
    /// From the village to the seat of the own county.
    VillageToSeat,
    /// To another county of the prefecture.
    County,
    /// To another prefecture of the province.
    Prefecture,
    /// To another province.
    Province,
}

/// Any lever by hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeverChange {
    /// A name of its own, if the kind occurs several times.
    #[serde(default)]
    pub name: String,
    /// When it holds.
    #[serde(default)]
    pub active: Period,
    /// How much of the change is made, 0 to 1.
    #[serde(default = "one")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub intensity: f64,
    /// Not used: nothing is paid.
    #[serde(default)]
    pub budget_cap: Option<f64>,
    /// The lever.
    pub lever: Lever,
    /// Places, for levers of nodes and counties.
    #[serde(default)]
    pub at: Selector,
    /// One sector only, for levers of a node and sector; `services` stands for both groups.
    #[serde(default)]
    pub sector: Option<Choice>,
    /// One border only, for the moving cost.
    #[serde(default)]
    pub border: Option<Border>,
    /// One skill only, for the moving cost.
    #[serde(default)]
    pub skill: Option<Skill>,
    /// The new value.
    #[serde(default)]
    pub value: Option<f64>,
    /// Times the value without policy; of the moving cost, times its reference level.
    #[serde(default)]
    pub scale: Option<f64>,
    /// On top of the value without policy.
    #[serde(default)]
    pub add: Option<f64>,
}

fn one() -> f64 {
    1.0
}

impl LeverChange {
    /// The value that it asks for at full strength, where `neutral` holds without it.
    pub fn changed(&self, neutral: f64, reference: f64) -> f64 {
        let scaled = match self.scale {
            Some(scale) if self.lever == Lever::MovingCost => neutral + (scale - 1.0) * reference,
            Some(scale) => neutral * scale,
            None => neutral,
        };
        self.value.unwrap_or(scaled) + self.add.unwrap_or(0.0)
    }

    fn places(&self, nodes: &[usize], counties: &[usize]) -> Vec<usize> {
        match self.lever.row().scope {
            Scope::Everywhere => vec![0],
            Scope::Node => nodes.to_vec(),
            Scope::County => counties.to_vec(),
            Scope::Cell => nodes
                .iter()
                .flat_map(|j| (0..SECTORS).map(move |s| (j, s)))
                .filter(|(_, s)| self.sector.is_none_or(|sector| sector.holds(*s)))
                .map(|(j, s)| j * SECTORS + s)
                .collect(),
            Scope::Border => (0..BORDERS.len() * 2)
                .filter(|i| self.border.is_none_or(|b| b as usize == i / 2))
                .filter(|i| self.skill.is_none_or(|k| k as usize == i % 2))
                .collect(),
        }
    }
}

impl Policy for LeverChange {
    terms!();

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("at", &self.at)]
    }

    fn claims(&self, g: &Geography) -> Vec<(Lever, Vec<usize>)> {
        if self.lever.row().combine != Combine::Exclusive {
            return Vec::new();
        }
        vec![(self.lever, self.places(&self.at.static_nodes(g), &self.at.static_counties(g)))]
    }

    fn faults(&self, _: &Geography) -> Vec<super::Fault> {
        let row = self.lever.row();
        if self.value.is_none() && self.scale.is_none() && self.add.is_none() {
            let help = messages::write_value_scale_or_add();
            return vec![super::Fault::new("lever", messages::nothing_said_about(row.name), help)];
        }
        let technology = matches!(self.lever, Lever::Productivity | Lever::TechnologyGrowth);
        if technology && self.sector == Some(Choice::Tourism) {
            return vec![super::Fault::new(
                "sector",
                messages::does_nothing_in_tourism(row.name),
                messages::name_a_producing_sector(),
            )];
        }
        match self.value.filter(|v| !(row.least..=row.greatest).contains(v)) {
            Some(v) => vec![super::Fault::new(
                "value",
                messages::lies_outside_range_of(v, row.name),
                messages::range_with_unit(row.least, row.greatest, row.unit),
            )],
            None => Vec::new(),
        }
    }

    fn propose(&self, view: &View, hand: &mut Hand) {
        for i in self.places(&self.at.nodes(view), &self.at.counties(view)) {
            let reference = if self.lever == Lever::MovingCost { REFERENCE[i / 2] } else { 0.0 };
            hand.index(self.lever, i, self.changed(view.neutral.values(self.lever)[i], reference));
        }
    }
}
