//! A run: the world of the base year, and one year after the other.

use std::time::Duration;

use crate::Result;
use crate::base_year::StudyArea;
use crate::base_year::ages;
use crate::base_year::circuit::{self, StartReport};
use crate::base_year::layout::human_capital_table;
use crate::capital;
use crate::clock::Clock;
use crate::config::FlowLevel;
use crate::economy::earnings::Earnings;
use crate::economy::{ecology, fiscal, housing, income, prices, production, spending, technology};
use crate::messages;
use crate::people::choice::{self, Tables};
use crate::people::life_year;
use crate::people::location::Law;
use crate::people::odds::Drift;
use crate::people::tally::Tally;
use crate::people::utility::{self, Utilities};
use crate::people::vital_paths::{self, Projection};
use crate::people::wallets;
use crate::policy::{Change, Outlook, Policy, PolicySet};
use crate::rules::{Accessibility, Lever, Levers, Rules};
use crate::world::flows::Level;
use crate::world::sector::SECTOR_TABLE;
use crate::world::{Factor, Flows, People, World, claims};

mod audit;
mod checkpoint;
mod futures;
#[cfg(test)]
mod life_by_law;
mod life_tables;
mod scenario;
pub(crate) mod size;

pub(crate) use audit::Audit;
pub use scenario::Scenario;

/// Names of the phases of a year, in order.
pub const PHASES: [&str; 10] =
    ["rules", "spend", "produce", "tax", "distribute", "invest", "renew", "move", "audit", "observe"];

/// Time spent by phase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timings {
    /// By position in [`PHASES`].
    pub phase: [Duration; PHASES.len()],
    /// Building the first world.
    pub start: Duration,
    /// Agents at the end, and agent-years lived.
    pub agent_years: u64,
}

/// A run of one scenario.
pub struct Simulation {
    /// The scenario as read and checked.
    pub scenario: Scenario,
    /// State at the end of the year.
    pub world: World,
    /// What the year earned, by node and home, before capital and people moved.
    pub earnings: Earnings,
    /// What the last year did to people; nothing in the base year.
    pub tally: Tally,
    /// The year's flows of all factors.
    pub flows: Flows,
    /// The levers of the year, and those that hold without any policy.
    pub levers: Levers,
    /// Levers as they hold without any policy.
    pub neutral: Levers,
    /// Lever changes of the year by author; payments are in `world.programmes`.
    pub changes: Vec<Change>,
    /// The policies of the run.
    pub policies: PolicySet,
    /// What distances let through between nodes.
    pub accessibility: Accessibility,
    /// The location law of the scenario.
    pub law: Law,
    /// Utilities of the last move.
    pub utilities: Utilities,
    /// How well the base year could be built.
    pub report: StartReport,
    /// Time spent so far.
    pub timings: Timings,
    clock: Clock,
    seed: u64,
    county: Vec<u32>,
    tier: Vec<u8>,
    /// Which births and deaths hold at each node, and that there is one law where no table states them.
    vital_of: Vec<u16>,
    one_vital: Vec<u16>,
    /// People of the base year aged by survival alone.
    projection: Projection,
    human_capital: Vec<u8>,
    /// Largest distance of a row of probabilities from one in the last year (I10).
    gap: f64,
    /// Stated changes of the odds of living away; none unless given.
    drift: Option<Drift>,
}

/// The people of the base year after so many years of survival alone; of nobody where no table states births and deaths.
fn first_projection(world: &World, scenario: &Scenario, years: u32) -> Projection {
    let cohorts = if world.vital.is_empty() {
        Vec::new()
    } else {
        ages::single_ages(&world.geography, &vital_paths::of_nodes(&world.geography))
    };
    let mut projection = Projection::new(cohorts, &scenario.parameters);
    (0..years).for_each(|_| projection.advance());
    projection
}

/// Seed of a replicate: the same replicate number shares its luck across scenarios.
pub(crate) fn replicate_seed(seed: u64, replicate: u32) -> u64 {
    if replicate == 0 {
        return seed;
    }
    let draws = crate::kernel::draw::Draws::new(seed, crate::kernel::draw::Purpose::Experiment, 0);
    draws.bits(u64::from(replicate))
}

impl Simulation {
    /// Builds the world of the base year.
    ///
    /// # Errors
    /// If homes and places of the tables do not agree, so that the first world would not hold the people that they
    /// count, and if money has no room.
    pub fn new(scenario: Scenario, area: StudyArea) -> Result<Self> {
        Simulation::timed(scenario, area, Clock::STOPPED)
    }

    /// The same, with a clock that measures phases.
    ///
    /// # Errors
    /// As of [`Simulation::new`].
    pub fn timed(scenario: Scenario, mut area: StudyArea, clock: Clock) -> Result<Self> {
        let begun = clock.elapsed();
        if scenario.run.start_from.is_some() {
            return Err(crate::Error::Usage {
                found: messages::start_from_where_no_past(),
                expected: messages::commands_with_a_past(),
            });
        }
        let vital = std::mem::take(&mut area.vital);
        let seed = replicate_seed(scenario.run.seed, scenario.run.replicate);
        let levers = Levers::neutral(&scenario.parameters, &area.geography);
        let accessibility =
            Accessibility::new(&area.geography, &scenario.parameters, scenario.uses_market_access());
        let rules = Rules {
            p: &scenario.parameters,
            levers: &levers,
            model: &scenario.model,
            accessibility: &accessibility,
        };
        let (mut world, law, report) = circuit::build(&scenario.config(), area, &rules, seed)?;
        audit::money_fits(&world)?;
        let flows = Flows::new(&world.geography, flow_level(&scenario, &world));
        let policies = scenario.policy.set();
        let drift = Drift::new(&world.geography, &scenario.drivers.migration, scenario.run.start_year)?;
        let earnings = Earnings::of(&world, &rules);
        circuit::grow_into_first_year(&mut world);
        world.vital = vital;
        let mut simulation = Simulation {
            vital_of: vital_paths::of_nodes(&world.geography),
            one_vital: vec![0; world.geography.len()],
            projection: first_projection(&world, &scenario, 0),
            county: circuit::county_codes(&world),
            tier: world.geography.nodes.iter().map(|n| n.tier as u8).collect(),
            human_capital: human_capital_table(scenario.parameters.human_capital_gini),
            utilities: law.base.clone(),
            earnings,
            tally: Tally::default(),
            timings: Timings::default(),
            clock,
            gap: 0.0,
            drift,
            scenario,
            world,
            flows,
            neutral: levers.clone(),
            levers,
            changes: Vec::new(),
            policies,
            accessibility,
            law,
            report,
            seed,
        };
        simulation.timings.start = clock.since(begun);
        Ok(simulation)
    }

    /// Adds a policy of the caller's own, beside those of the scenario; `name` stands in `effects.csv`. A run that
    /// goes on from a checkpoint needs it added again.
    pub fn add_policy(&mut self, name: &str, policy: impl Policy + Send + Sync + 'static) {
        // It may move the lever of market access, whose distances are worked out only where something uses them.
        self.know_market_access();
        self.policies.add(name, Box::new(policy));
    }

    /// Market access, where the first world did not need it and a policy that came after it does.
    fn know_market_access(&mut self) {
        if self.accessibility.market(0).is_some() {
            return;
        }
        self.accessibility = Accessibility::new(&self.world.geography, &self.scenario.parameters, true);
        if self.world.step == 0 {
            self.world.base.market_access = production::market_potentials(&self.world, &self.rules());
        }
    }

    /// The rules that hold this year.
    pub fn rules(&self) -> Rules<'_> {
        Rules {
            p: &self.scenario.parameters,
            levers: &self.levers,
            model: &self.scenario.model,
            accessibility: &self.accessibility,
        }
    }

    /// One year, in order. Agents react to the last published state, not to each other within a year.
    ///
    /// # Errors
    /// Stops with the identity, account, node and amount if the accounts do not close, and where money overflows.
    pub fn step(&mut self) -> Result<()> {
        let mut clock = Laps::new(self.clock);
        self.open_year()?;
        let before = Audit::open(&self.world);
        clock.lap(&mut self.timings, 0);
        self.phase(spending::spend);
        audit::money_fits(&self.world)?;
        clock.lap(&mut self.timings, 1);
        self.phase(|world, rules, _| production::produce(world, rules, None));
        audit::money_fits(&self.world)?;
        clock.lap(&mut self.timings, 2);
        self.phase(fiscal::tax);
        audit::money_fits(&self.world)?;
        clock.lap(&mut self.timings, 3);
        self.phase(income::distribute);
        self.earnings = Earnings::of(&self.world, &self.rules());
        audit::money_fits(&self.world)?;
        clock.lap(&mut self.timings, 4);
        self.invest();
        audit::money_fits(&self.world)?;
        clock.lap(&mut self.timings, 5);
        self.renew();
        clock.lap(&mut self.timings, 6);
        self.live();
        clock.lap(&mut self.timings, 7);
        audit::money_fits(&self.world)?;
        before.close(&self.world, &self.tally, &self.flows, self.gap)?;
        clock.lap(&mut self.timings, 8);
        Ok(())
    }

    fn phase(&mut self, act: impl FnOnce(&mut World, &Rules, &mut Flows)) {
        let rules = Rules {
            p: &self.scenario.parameters,
            levers: &self.levers,
            model: &self.scenario.model,
            accessibility: &self.accessibility,
        };
        act(&mut self.world, &rules, &mut self.flows);
    }

    /// Phase 1, rules: the year begins, drivers move what they state, policies set levers.
    fn open_year(&mut self) -> Result<()> {
        self.world.year += 1;
        self.world.step += 1;
        self.world.accounts.open_year();
        self.flows.open_year();
        self.set_rules()?;
        let world = &mut self.world;
        let drivers = &self.scenario.drivers;
        let t = f64::from(world.step);
        let technology = &drivers.technology;
        for j in 0..world.geography.area_nodes() {
            for (s, sector) in SECTOR_TABLE.iter().enumerate() {
                let more = self.levers.cell(Lever::TechnologyGrowth, j, s);
                world.nodes[j].technology[s] *= 1.0 + (sector.driver)(technology) + more;
            }
        }
        // What visitors bring grows as the area's balanced path.
        for state in &mut world.nodes {
            state.outside_demand.iter_mut().for_each(|z| *z *= 1.0 + world.base.growth);
        }
        let growth = drivers.pensions.growth(world.year);
        for terms in &mut world.pensions {
            (0..2).for_each(|scheme| terms.benefit[scheme] *= 1.0 + growth[scheme]);
        }
        self.phase(|world, rules, _| technology::diffuse(world, rules));
        let world = &mut self.world;
        let drivers = &self.scenario.drivers;
        // Not the area's own mean of the year: a gain of the whole area would then draw nobody.
        let outside = drivers.outside_wage_growth.unwrap_or(world.base.growth);
        world.outside_income = world.base.mean_income.map(|income| income * libm::pow(1.0 + outside, t));
        if self.scenario.parameters.farm_shock_sd > 0.0 {
            technology::farm_shocks(world, &self.levers, self.scenario.parameters.farm_shock_sd, self.seed);
        }
        Ok(())
    }

    /// Policies set the levers of the year and order its programme money, from what was published last year.
    fn set_rules(&mut self) -> Result<()> {
        if self.policies.is_empty() {
            return Ok(());
        }
        let rules = Rules {
            p: &self.scenario.parameters,
            levers: &self.neutral,
            model: &self.scenario.model,
            accessibility: &self.accessibility,
        };
        let [first, _] = years(&self.scenario);
        let year = self.policies.year(&rules, &self.world, &self.neutral, first)?;
        self.levers = year.levers;
        self.world.programmes = year.programmes;
        self.changes = year.changes;
        Ok(())
    }

    /// Phase 6, invest.
    fn invest(&mut self) {
        if !self.scenario.model.investment {
            // Start-ups are still booked as founded; last year's must not count again.
            self.world.nodes.iter_mut().for_each(|state| state.capital_flows = Default::default());
            let held = self.world.projects.held_by_funds(self.world.geography.counties.len() + 1);
            claims::close_year(&mut self.world, &held);
            return;
        }
        let share = std::mem::take(&mut self.world.base.capital_share);
        let seed = self.seed;
        let mut held = Vec::new();
        self.phase(|world, rules, flows| held = capital::invest(world, rules, flows, seed, &share));
        self.world.base.capital_share = share;
        claims::close_year(&mut self.world, &held);
    }

    /// Phase 7, renew: services, public capital, housing, ecology (persons renew with phase 8, in one pass).
    fn renew(&mut self) {
        let model = self.scenario.model.clone();
        let g = self.world.base.growth;
        let emissions = self.scenario.drivers.emissions.unwrap_or(-g / (1.0 + g));
        let emitted = libm::pow(1.0 + emissions, f64::from(self.world.step));
        self.phase(|world, rules, _| {
            for j in 0..world.geography.area_nodes() {
                let buys = prices::public_money_buys(world, world.geography.nodes[j].county);
                let state = &mut world.nodes[j];
                state.services = (1.0 - rules.p.services_depreciation) * state.services
                    + buys * state.spent_services as f64 / 100.0;
                state.public_capital = (1.0 - rules.p.public_capital_depreciation) * state.public_capital
                    + state.spent_infrastructure as f64 / 100.0;
            }
            if model.housing {
                housing::renew(world, rules);
            }
            if model.ecology {
                ecology::renew(world, rules, emitted);
            }
        });
    }

    /// Phases 7 and 8 for persons: one pass over everybody against frozen tables.
    fn live(&mut self) {
        let rules = Rules {
            p: &self.scenario.parameters,
            levers: &self.levers,
            model: &self.scenario.model,
            accessibility: &self.accessibility,
        };
        self.utilities = utility::utilities(&mut self.world, &rules);
        if self.scenario.model.fixed_prices {
            // Choices see the wages, prices and services of the base year.
            self.utilities = self.law.base.clone();
        }
        if let Some(drift) = &self.drift {
            drift.set(&mut self.law, &self.world, rules.p);
        }
        let tables = choice::tables(&self.law, &self.world, &rules, &self.utilities);
        self.gap = tables.gap;
        let drivers = &self.scenario.drivers;
        let years = [self.scenario.run.start_year + 1, self.world.year];
        let growth = [drivers.fertility_growth, drivers.mortality_growth];
        vital_paths::set(&mut self.world.vital, &self.projection, years, growth);
        let people_before: Vec<u64> =
            (0..self.world.geography.len()).map(|j| self.world.residents(j)).collect();
        let participation = std::mem::take(&mut self.world.base.participation);
        let persons_per_agent = self.world.people.persons_per_agent;
        let mut people =
            std::mem::replace(&mut self.world.people, People { persons_per_agent, ..Default::default() });
        self.timings.agent_years += people.slots();
        let life = life_tables::life_tables(self, &rules, &tables, &participation);
        let year = life_year::live(&mut people, &life);
        drop(life);
        self.world.base.participation = participation;
        self.world.people = people;
        vital_paths::count(&mut self.world, &self.projection, &year.tally, &people_before);
        self.projection.advance();
        wallets::carry_wallets(&mut self.world, &year.tally, rules.p.purse_share);
        if rules.model.claims_move {
            wallets::carry_claims(&mut self.world, &year.tally, rules.p.purse_share);
        }
        let persons = self.world.persons_per_agent();
        for (k, factor) in [Factor::Labour, Factor::Talent].into_iter().enumerate() {
            self.flows.add_moves(factor, &year.tally.moves[k], &year.tally.tier_moves[k], persons);
        }
        capital::start_up(&mut self.world, &rules, &year.startups);
        self.world.census.places.clone_from(&year.tally.places);
        self.world.census.homes = year.homes;
        self.tally = year.tally;
    }

    /// The choice tables that hold now; for tests and tools.
    pub fn location_tables(&mut self) -> Tables {
        let rules = Rules {
            p: &self.scenario.parameters,
            levers: &self.levers,
            model: &self.scenario.model,
            accessibility: &self.accessibility,
        };
        let now = utility::utilities(&mut self.world, &rules);
        choice::tables(&self.law, &self.world, &rules, &now)
    }

    /// Runs all years; `observe` sees the base year and then every year.
    ///
    /// # Errors
    /// What [`Simulation::step`] or the observer returns.
    pub fn run(&mut self, mut observe: impl FnMut(&Simulation) -> Result<()>) -> Result<()> {
        if self.world.step == 0 {
            observe(self)?;
        }
        while self.world.step < self.scenario.run.years {
            self.step()?;
            let begun = self.clock.elapsed();
            observe(self)?;
            self.timings.phase[9] += self.clock.since(begun);
        }
        Ok(())
    }

    /// Refuses a run with a policy that cannot act in it, unless somebody insists. Experiments do not ask: a policy of
    /// no strength is a point of a design.
    ///
    /// # Errors
    /// [`crate::Error::Data`] with the policy and the places that it chooses.
    pub fn must_act(&self) -> Result<()> {
        if self.scenario.run.allow_idle {
            return Ok(());
        }
        self.policies.must_act(&self.rules(), &self.world, &self.neutral, years(&self.scenario))
    }

    /// What each policy is about to do, by the world as it is now.
    pub fn outlook(&self) -> Vec<Outlook> {
        self.policies.outlook(&self.rules(), &self.world, &self.neutral, years(&self.scenario))
    }

    /// The seed of all draws of this run.
    pub fn seed(&self) -> u64 {
        self.seed
    }
}

/// First and last simulated year.
fn years(scenario: &Scenario) -> [i32; 2] {
    let start = scenario.run.start_year;
    [start + 1, start.saturating_add_unsigned(scenario.run.years)]
}

/// The level at which the flows of a run are kept.
fn flow_level(scenario: &Scenario, world: &World) -> Level {
    match scenario.output.flows {
        Some(FlowLevel::Node) => Level::Node,
        Some(FlowLevel::County) => Level::County,
        Some(FlowLevel::Prefecture) => Level::Prefecture,
        Some(FlowLevel::Tier) => Level::Tier,
        None if world.geography.len() <= 500 => Level::Node,
        None => Level::Prefecture,
    }
}

/// Times the phases of a year.
struct Laps {
    clock: Clock,
    last: Duration,
}

impl Laps {
    fn new(clock: Clock) -> Self {
        Laps { clock, last: clock.elapsed() }
    }

    fn lap(&mut self, timings: &mut Timings, phase: usize) {
        let now = self.clock.elapsed();
        timings.phase[phase] += now.saturating_sub(self.last);
        self.last = now;
    }
}
