//! A run: the world of the base year, and one year after the other.

use std::time::{Duration, Instant};

use crate::Result;
use crate::economy::{Rules, Terrain, ecology, fiscal, housing, income, population, production, spending};
use crate::flow::capital;
use crate::flow::drift::{self, Drift};
use crate::flow::life::LifeTables;
use crate::flow::life_year;
use crate::flow::location::{self, Law, Tables};
use crate::flow::tally::Tally;
use crate::flow::utility::{self, Utilities};
use crate::kernel::chance::Chance;
use crate::kernel::choice_table::ChoiceTable;
use crate::kernel::draw::{Draws, Purpose};
use crate::observe::earnings::Earnings;
use crate::policy::{Change, Lever, Levers, Registered};
use crate::quantity::Fen;
use crate::scenario::Scenario;
use crate::scenario::file::FlowLevel;
use crate::scenario::study_area::StudyArea;
use crate::start::circuit::{self, StartReport};
use crate::start::layout::human_capital_table;
use crate::world::flows::Level;
use crate::world::people::EXPERIENCE_CAP;
use crate::world::{Account, Factor, Flows, People, SECTORS, SKILLS, Tier, Use, World};

mod audit;
#[cfg(test)]
mod life_by_law;
mod snapshot;

pub use audit::Audit;

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
    pub scenario: Scenario,
    pub world: World,
    /// What the year earned, by node and home, before capital and people moved.
    pub earnings: Earnings,
    /// What the last year did to people; nothing in the base year.
    pub tally: Tally,
    pub flows: Flows,
    /// The levers of the year, and those that hold without any policy.
    pub levers: Levers,
    pub neutral: Levers,
    /// Lever changes of the year by author; payments are in `world.programmes`.
    pub changes: Vec<Change>,
    /// The policies of the run.
    pub policies: Registered,
    pub terrain: Terrain,
    pub law: Law,
    /// Utilities of the last move.
    pub utilities: Utilities,
    pub report: StartReport,
    pub timings: Timings,
    seed: u64,
    county: Vec<u32>,
    tier: Vec<u8>,
    human_capital: Vec<u8>,
    /// Largest distance of a row of probabilities from one in the last year (I10).
    gap: f64,
    /// Stated changes of the odds of living away; none unless given.
    drift: Option<Drift>,
}

/// Seed of a replicate: the same replicate number shares its luck across scenarios.
pub fn replicate_seed(seed: u64, replicate: u32) -> u64 {
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
    /// Fails if the choice tables of the base year do not add up, which would be a fault of the program.
    pub fn new(scenario: Scenario, area: StudyArea) -> Result<Self> {
        let begun = Instant::now();
        let seed = replicate_seed(scenario.run.seed, scenario.run.replicate);
        let levers = Levers::neutral(&scenario.parameters, &area.geography);
        let market_access = scenario.parameters.th_ma > 0.0 || scenario.policy.uses_market_access();
        let terrain = Terrain::new(&area.geography, &scenario.parameters, market_access);
        let rules =
            Rules { p: &scenario.parameters, levers: &levers, model: &scenario.model, terrain: &terrain };
        let (world, law, report) = circuit::build(&scenario, area, &rules, seed);
        let flows = Flows::new(&world.geography, flow_level(&scenario, &world));
        let policies = scenario.policy.registered();
        let drift = Drift::new(&world.geography, &scenario.drivers.odds)?;
        let earnings = Earnings::of(&world, &rules);
        let mut simulation = Simulation {
            county: circuit::county_codes(&world),
            tier: world.geography.nodes.iter().map(|n| n.tier as u8).collect(),
            human_capital: human_capital_table(scenario.parameters.human_capital_gini),
            utilities: law.base.clone(),
            earnings,
            tally: Tally::default(),
            timings: Timings::default(),
            gap: 0.0,
            drift,
            scenario,
            world,
            flows,
            neutral: levers.clone(),
            levers,
            changes: Vec::new(),
            policies,
            terrain,
            law,
            report,
            seed,
        };
        simulation.timings.start = begun.elapsed();
        Ok(simulation)
    }

    /// The rules that hold this year.
    pub fn rules(&self) -> Rules<'_> {
        Rules {
            p: &self.scenario.parameters,
            levers: &self.levers,
            model: &self.scenario.model,
            terrain: &self.terrain,
        }
    }

    /// One year, in order. Agents react to the last published state, not to each other within a year.
    ///
    /// # Errors
    /// Stops with the identity, account, node and amount if the accounts do not close.
    pub fn step(&mut self) -> Result<()> {
        let mut clock = Clock::new();
        self.open_year()?;
        let before = Audit::open(&self.world);
        clock.lap(&mut self.timings, 0);
        self.phase(spending::spend);
        clock.lap(&mut self.timings, 1);
        self.phase(|world, rules, _| production::produce(world, rules, None));
        clock.lap(&mut self.timings, 2);
        self.phase(fiscal::tax);
        clock.lap(&mut self.timings, 3);
        self.phase(income::distribute);
        self.earnings = Earnings::of(&self.world, &self.rules());
        clock.lap(&mut self.timings, 4);
        self.invest();
        clock.lap(&mut self.timings, 5);
        self.renew();
        clock.lap(&mut self.timings, 6);
        self.live();
        clock.lap(&mut self.timings, 7);
        before.close(&self.world, &self.tally, &self.flows, self.gap)?;
        clock.lap(&mut self.timings, 8);
        Ok(())
    }

    fn phase(&mut self, act: impl FnOnce(&mut World, &Rules, &mut Flows)) {
        let rules = Rules {
            p: &self.scenario.parameters,
            levers: &self.levers,
            model: &self.scenario.model,
            terrain: &self.terrain,
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
        let migration = &drivers.migration;
        let rates = [migration.village_to_seat, migration.county, migration.prefecture, migration.province];
        self.law.drift = rates.map(|rate| rate * (t + migration.lead_years));
        let technology = &drivers.technology;
        let growth = [technology.agriculture, technology.industry, 0.0, 0.0];
        for j in 0..world.geography.area_nodes() {
            for s in 0..SECTORS {
                let more = self.levers.cell(Lever::TechnologyGrowth, j, s);
                world.nodes[j].technology[s] *= 1.0 + growth[s] + more;
            }
            world.nodes[j].outside_demand[crate::world::node::SERVICES] *= 1.0 + technology.services;
        }
        diffuse(world, &self.levers);
        let now = circuit::mean_promised_income(world);
        world.outside_income = std::array::from_fn(|k| match drivers.outside_wage_growth {
            Some(rate) => world.base.mean_income[k] * libm::pow(1.0 + rate, t),
            None => now[k],
        });
        if self.scenario.parameters.farm_shock_sd > 0.0 {
            farm_shocks(world, &self.levers, self.scenario.parameters.farm_shock_sd, self.seed);
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
            terrain: &self.terrain,
        };
        let first = self.scenario.run.start_year + 1;
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
            return;
        }
        let share = std::mem::take(&mut self.world.base.capital_share);
        let seed = self.seed;
        self.phase(|world, rules, flows| capital::invest(world, rules, flows, seed, &share));
        self.world.base.capital_share = share;
    }

    /// Phase 7, renew: services, public capital, housing, ecology (persons renew with phase 8, in one pass).
    fn renew(&mut self) {
        let model = self.scenario.model.clone();
        self.phase(|world, rules, _| {
            for j in 0..world.geography.area_nodes() {
                let state = &mut world.nodes[j];
                state.services = (1.0 - rules.p.d_s) * state.services + state.spent_services as f64 / 100.0;
                state.public_capital =
                    (1.0 - rules.p.d_g) * state.public_capital + state.spent_infrastructure as f64 / 100.0;
            }
            if model.housing {
                housing::renew(world, rules);
            }
            if model.ecology {
                ecology::renew(world, rules);
            }
        });
    }

    /// Phases 7 and 8 for persons: one pass over everybody against frozen tables.
    fn live(&mut self) {
        let rules = Rules {
            p: &self.scenario.parameters,
            levers: &self.levers,
            model: &self.scenario.model,
            terrain: &self.terrain,
        };
        self.utilities = utility::utilities(&mut self.world, &rules);
        if self.scenario.model.fixed_prices {
            // Choices see the wages, prices and services of the base year.
            self.utilities = self.law.base.clone();
        }
        if let Some(drift) = &self.drift {
            drift.set(&mut self.law, &self.world, rules.p);
        }
        let tables = location::tables(&self.law, &self.world, &rules, &self.utilities);
        self.gap = tables.gap;
        let participation = std::mem::take(&mut self.world.base.participation);
        let persons_per_agent = self.world.people.persons_per_agent;
        let mut people =
            std::mem::replace(&mut self.world.people, People { persons_per_agent, ..Default::default() });
        self.timings.agent_years += people.slots();
        let life = life_tables(self, &rules, &tables, &participation);
        let year = life_year::live(&mut people, &life);
        drop(life);
        self.world.base.participation = participation;
        self.world.people = people;
        carry_wallets(&mut self.world, &year.tally, rules.p.purse_share);
        let persons = self.world.persons_per_agent();
        for (k, factor) in [Factor::Labour, Factor::Talent].into_iter().enumerate() {
            self.flows.add_moves(factor, &year.tally.moves[k], &year.tally.tier_moves[k], persons);
        }
        capital::start_up(&mut self.world, &rules, &mut self.flows, &year.startups);
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
            terrain: &self.terrain,
        };
        let now = utility::utilities(&mut self.world, &rules);
        location::tables(&self.law, &self.world, &rules, &now)
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
            let begun = Instant::now();
            observe(self)?;
            self.timings.phase[9] += begun.elapsed();
        }
        Ok(())
    }

    /// The seed of all draws of this run.
    pub fn seed(&self) -> u64 {
        self.seed
    }
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

/// Technology of the frontier: that of the node above which a tenth of the area's output of a sector is made.
/// The very best node would be one with so few people that its technology is a matter of rounding.
fn frontier(world: &World, s: usize) -> f64 {
    let area = world.geography.area_nodes();
    let mut nodes: Vec<usize> = (0..area).filter(|&j| world.nodes[j].technology[s] > 0.0).collect();
    nodes.sort_by(|&a, &b| {
        world.nodes[b].technology[s].total_cmp(&world.nodes[a].technology[s]).then(a.cmp(&b))
    });
    let output = |j: usize| world.nodes[j].revenue[s].max(0) as f64;
    let all: f64 = nodes.iter().map(|&j| output(j)).sum();
    let mut above = 0.0;
    for &j in &nodes {
        above += output(j);
        if above >= 0.1 * all {
            return world.nodes[j].technology[s];
        }
    }
    0.0
}

/// `dln A_j = psi_T (ln A* - ln A_j) H_j/N_j`: industry catches up with the frontier of the area,
/// faster where talent is.
fn diffuse(world: &mut World, levers: &Levers) {
    let s = crate::world::node::INDUSTRY;
    let area = world.geography.area_nodes();
    if (0..area).all(|j| levers.node(Lever::Diffusion, j) == 0.0) {
        return;
    }
    let best = frontier(world, s);
    for j in 0..area {
        let technology = world.nodes[j].technology[s];
        let people = world.residents(j) as f64;
        if technology > 0.0 && people > 0.0 {
            let posted = levers.node(Lever::PostedTalent, j);
            let talent = (world.residents_by_skill(j, 1) as f64 + posted).max(0.0) / people;
            let gap = libm::log(best / technology).max(0.0);
            world.nodes[j].technology[s] *= libm::exp(levers.node(Lever::Diffusion, j) * gap * talent);
        }
    }
}

/// The year's price of farm goods in each county, `z sd - sd^2/2` log points; a share is averaged over the
/// prefecture where farms and firms pool their risk.
fn farm_shocks(world: &mut World, levers: &Levers, sd: f64, seed: u64) {
    let draws = Draws::new(seed, Purpose::Shock, world.step);
    let own: Vec<f64> =
        (0..world.geography.counties.len()).map(|c| sd * draws.normal(c as u64) - 0.5 * sd * sd).collect();
    for j in 0..world.geography.area_nodes() {
        let node = &world.geography.nodes[j];
        let counties = world.geography.prefectures[node.prefecture].counties.clone();
        let mean = own[counties.clone()].iter().sum::<f64>() / counties.len().max(1) as f64;
        let pooled = levers.node(Lever::ShockPooling, j);
        world.nodes[j].farm_shock = (1.0 - pooled) * own[node.county] + pooled * mean;
    }
}

/// Movers take their wallets along. Where people only swap places their wallets swap too, so it is the net
/// movement that carries money: a node that loses people gives the mean wallet of each into a pot, and nodes
/// that gain people share it by what they gain. The rest of the country pays and receives through the hub.
fn carry_wallets(world: &mut World, tally: &Tally, share: f64) {
    let area = world.geography.area_nodes();
    let gain: Vec<i64> = (0..world.geography.len())
        .map(|j| {
            let sum = |m: &[u64; SKILLS]| (m[0] + m[1]) as i64;
            sum(&tally.in_moves[j]) - sum(&tally.out_moves[j])
        })
        .collect();
    let per_agent = |wallet: i64, agents: u64| if agents > 0 { wallet.max(0) / agents as i64 } else { 0 };
    let all: i64 = world.accounts.wallet.iter().map(|w| w.0.max(0)).sum();
    let agents: u64 = world.census.places[..area].iter().map(|p| p.total()).sum();
    for j in 0..world.geography.len() {
        let loss = -gain[j];
        if loss <= 0 {
            continue;
        }
        let (from, mean) = if j < area {
            (Account::Wallet(j), per_agent(world.accounts.wallet[j].0, world.census.places[j].total()))
        } else {
            (Account::Hub, per_agent(all, agents))
        };
        world.accounts.pay(from, Account::Clearing, Fen(mean * loss).share(share), Use::MovingWallets);
    }
    let weights: Vec<f64> = gain.iter().map(|&n| n.max(0) as f64).collect();
    let pot = world.accounts.clearing;
    let to = |j: usize| if j < area { Account::Wallet(j) } else { Account::Hub };
    world.accounts.pay_split(Account::Clearing, to, pot, &weights, Use::MovingWallets);
}

fn life_tables<'a>(
    simulation: &'a Simulation,
    rules: &Rules,
    location: &'a Tables,
    participation: &'a [[f32; 18]],
) -> LifeTables<'a> {
    let world = &simulation.world;
    let (p, model) = (rules.p, rules.model);
    let drivers = &simulation.scenario.drivers;
    let own = &simulation.scenario.life_table;
    let nodes = world.geography.len();
    let t = f64::from(world.step);
    let trend = libm::pow(1.0 + drivers.fertility_growth, t);
    let by_age =
        |f: &dyn Fn(u32) -> f64| -> [Chance; 128] { std::array::from_fn(|age| Chance::new(f(age as u32))) };
    let psi = |age: u32| match age {
        0..=17 => p.psi_35_54,
        18..=34 => p.psi_18_34,
        35..=54 => p.psi_35_54,
        _ => p.psi_55,
    };
    let enrolment = (0..nodes)
        .map(|h| {
            let level = if world.geography.is_outside(h) || world.base.mean_services <= 0.0 {
                1.0
            } else {
                libm::pow(world.nodes[h].service_level / world.base.mean_services, p.tertiary_elasticity)
            };
            let e = p.tertiary_probability * level * libm::pow(1.0 + drivers.education_growth, t);
            libm::rint(e.clamp(0.0, 1.0) * 4_294_967_296.0) as u64
        })
        .collect();
    let mut weights = Vec::with_capacity(nodes * SKILLS * 5);
    for j in 0..nodes {
        let wages = circuit::activity_wages(world, rules, j);
        for k in 0..SKILLS {
            for a in 0..5 {
                let share = world.base.activities[j][k][a];
                let ratio = wages[k][a] / world.base.activity_wages[j][k][a];
                weights.push(share * libm::pow(ratio, p.kappa_s));
            }
        }
    }
    let (activities, _) = ChoiceTable::new(5, &mut weights);
    let outside = |j: usize| world.geography.is_outside(j);
    let convert = (0..nodes)
        .map(|j| {
            [Lever::ConversionWorkers, Lever::ConversionTalent].map(|lever| {
                let rate = if outside(j) { 0.0 } else { rules.levers.node(lever, j) };
                Chance::new(rate)
            })
        })
        .collect();
    let trains = (0..nodes).any(|j| !outside(j) && rules.levers.node(Lever::TrainingRate, j) > 0.0);
    let startup = (0..nodes)
        .map(|h| {
            std::array::from_fn(|k| {
                std::array::from_fn(|returned| {
                    let rate = if outside(h) { 0.0 } else { startup_rate(world, rules, h, k, returned == 1) };
                    Chance::new(rate)
                })
            })
        })
        .collect();
    LifeTables {
        seed: simulation.seed,
        step: world.step,
        anchor: model.anchor,
        demography: model.demography,
        education: model.education,
        conversion: model.conversion,
        experience: model.experience,
        startups: model.startups,
        migration: model.migration,
        sector_review: model.sector_review,
        county: &simulation.county,
        tier: &simulation.tier,
        step_years: own.step_years,
        death: by_age(&|age| if own.is_given() { own.death(age) } else { population::death_rate(p, age) }),
        birth: match &simulation.drift {
            Some(drift) if !drift.birth_class.is_empty() => (0..drift::BIRTH_CLASSES)
                .map(|class| {
                    let level = trend * drift::birth_factor(class);
                    by_age(&|age| population::birth_rate(p, Tier::Outside, age, level))
                })
                .collect(),
            _ => Tier::ALL
                .iter()
                .map(|&tier| {
                    by_age(&|age| {
                        if own.is_given() {
                            own.births_of_survivor(age)
                        } else {
                            population::birth_rate(p, tier, age, trend)
                        }
                    })
                })
                .collect(),
        },
        birth_of_home: simulation.drift.as_ref().map(|d| d.birth_class.as_slice()).filter(|c| !c.is_empty()),
        participation,
        boundary: std::array::from_fn(|k| std::array::from_fn(|age| population::is_boundary(age as u32, k))),
        enrolment,
        review: by_age(&psi),
        sector: Chance::new(p.psi_s),
        activities,
        convert,
        training: trains.then(|| {
            (0..nodes)
                .map(|j| {
                    let rate = if outside(j) { 0.0 } else { rules.levers.node(Lever::TrainingRate, j) };
                    Chance::new(rate)
                })
                .collect()
        }),
        training_codes: p.g_tr * 50.0,
        experience_codes: libm::rint(p.g_exp * 50.0 * 1e9) / 1e9,
        experience_cap: if p.g_exp > 0.0 {
            (libm::rint(p.g_exp_cap / p.g_exp) as u32).min(EXPERIENCE_CAP)
        } else {
            0
        },
        startup,
        location,
        stay_bonus: libm::exp(p.moving_cost_once) - 1.0,
        human_capital: &simulation.human_capital,
        unit: simulation.flows.unit_of_nodes(),
        units: simulation.flows.units(),
    }
}

/// `pi_ent = pi_0 exp(b_1 [returnee] + b_2 ln(1 + savings/S0) + b_3 platform + b_4 talent)`.
fn startup_rate(world: &World, rules: &Rules, home: usize, skill: usize, returned: bool) -> f64 {
    let p = rules.p;
    let residents = (world.residents(home) as f64).max(1.0);
    let savings = world.accounts.wallet[home].yuan().max(0.0) / residents * p.s_h / (1.0 - p.s_h).max(1e-9);
    let platform = rules.levers.node(Lever::StartupPlatform, home);
    let exponent = f64::from(u8::from(returned)) * p.startup_returnee
        + p.startup_savings * libm::log(1.0 + savings / p.startup_savings_scale)
        + (p.startup_platform + 1.0) * platform
        + f64::from(skill as u8) * p.startup_talent;
    p.startup_rate * libm::exp(exponent)
}

struct Clock {
    last: Instant,
}

impl Clock {
    fn new() -> Self {
        Clock { last: Instant::now() }
    }

    fn lap(&mut self, timings: &mut Timings, phase: usize) {
        let now = Instant::now();
        timings.phase[phase] += now - self.last;
        self.last = now;
    }
}

/// Reads a checked scenario and its tables into a simulation.
///
/// # Errors
/// Every problem of the scenario and its tables together, or the fault of the first world.
pub fn load(path: &std::path::Path, overrides: &[String]) -> Result<Simulation> {
    let (scenario, area) = crate::scenario::load(path, overrides)?;
    Simulation::new(scenario, area)
}
