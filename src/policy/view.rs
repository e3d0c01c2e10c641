//! What a policy sees: the world as it was published at the end of last year.

use crate::config::Parameters;
use crate::rules::Levers;
use crate::world::World;

/// What a policy may read: the year, the world as published at the end of last year, neutral levers.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// Calendar year that begins.
    pub year: i32,
    /// State at the end of last year.
    pub world: &'a World,
    /// Parameters of the scenario.
    pub p: &'a Parameters,
    /// Levers as they hold without any policy.
    pub neutral: &'a Levers,
}

impl View<'_> {
    /// Residents of a node, persons.
    pub fn residents(&self, j: usize) -> f64 {
        self.world.residents(j) as f64
    }

    /// Residents of a skill, persons.
    pub fn skilled(&self, j: usize, skill: usize) -> f64 {
        self.world.residents_by_skill(j, skill) as f64
    }

    /// Local revenue of a county before transfers, yuan a year.
    pub fn own_revenue(&self, c: usize) -> f64 {
        self.world.counties[c].own_revenue as f64 / 100.0
    }

    /// Income that a place promises to a skill, yuan a year.
    pub fn promised(&self, j: usize, skill: usize) -> f64 {
        (self.world.nodes[j].promised_income[skill] / 100.0).max(1.0)
    }

    /// Sales of a sector, yuan a year.
    pub fn sales(&self, j: usize, s: usize) -> f64 {
        self.world.nodes[j].revenue[s] as f64 / 100.0
    }

    /// Projects that funds founded last year, yuan.
    pub fn invested(&self, j: usize, s: usize) -> f64 {
        self.world.nodes[j].capital_flows[s].invested as f64 / 100.0
    }

    /// Capital of a sector, yuan.
    pub fn capital(&self, j: usize, s: usize) -> f64 {
        self.world.nodes[j].capital[s] as f64 / 100.0
    }

    /// The county of a node.
    pub fn county(&self, j: usize) -> usize {
        self.world.geography.nodes[j].county
    }

    /// What a payment of so many yuan a year counts for whoever thinks of living at a node, beside the income y that the place
    /// promises to the skill: `ln(1 + x/y)` of utility.
    pub fn counted(&self, yuan: f64, j: usize, skill: usize) -> f64 {
        libm::log(1.0 + yuan / self.promised(j, skill))
    }
}
