//! One base year, several futures. A base year sees what is in [`crate::config::Config`], and policies are not: nothing of
//! them is in its world but what market access needs, which is worked out when a policy asks for it.

use super::{Simulation, Timings};
use crate::policy::Policies;
use crate::simulation::Scenario;

impl Simulation {
    /// The same world with a future of its own, under more policies than its scenario has. A base year depends on none, so
    /// worlds with and without them need one.
    pub fn under(&self, more: Policies) -> Simulation {
        let mut scenario = self.scenario.clone();
        scenario.policy.join(more);
        Simulation { timings: self.timings, ..self.copied(scenario) }
    }

    /// A copy of the first world under another scenario that has the same base year: it differs in policies and in words.
    /// Whoever calls has made sure of it. No time is spent on it yet.
    pub(crate) fn copied(&self, scenario: Scenario) -> Simulation {
        Simulation {
            policies: scenario.policy.set(),
            accessibility: self.accessibility.clone(),
            scenario,
            world: self.world.clone(),
            earnings: self.earnings.clone(),
            tally: self.tally.clone(),
            flows: self.flows.clone(),
            levers: self.levers.clone(),
            neutral: self.neutral.clone(),
            changes: self.changes.clone(),
            law: self.law.clone(),
            utilities: self.utilities.clone(),
            report: self.report.clone(),
            timings: Timings::default(),
            clock: self.clock,
            seed: self.seed,
            county: self.county.clone(),
            tier: self.tier.clone(),
            vital_of: self.vital_of.clone(),
            one_vital: self.one_vital.clone(),
            projection: self.projection.clone(),
            human_capital: self.human_capital.clone(),
            gap: self.gap,
            drift: self.drift.clone(),
        }
        .with_its_distances()
    }

    /// The first world itself under such a scenario, where nobody else needs it.
    pub(crate) fn taken(self, scenario: Scenario) -> Simulation {
        let policies = scenario.policy.set();
        Simulation { policies, scenario, timings: Timings::default(), ..self }.with_its_distances()
    }

    fn with_its_distances(mut self) -> Simulation {
        if self.scenario.uses_market_access() {
            self.know_market_access();
        }
        self
    }
}
