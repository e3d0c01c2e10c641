//! The tables of a year that every life is lived against: chances by age, tier, home and skill.

use super::Simulation;
use crate::base_year::{circuit, experience};
use crate::capital;
use crate::capital::attraction::net_return;
use crate::economy::saving;
use crate::kernel::chance::Chance;
use crate::kernel::choice_table::ChoiceTable;
use crate::people::choice::Tables;
use crate::people::life::{FOUNDERS, LifeTables};
use crate::people::{odds, schedule, vital_rates};
use crate::rules::{Lever, Rules};
use crate::world::sector::AGRICULTURE;
use crate::world::vital::{BIRTHS, DEATHS, VITAL};
use crate::world::{ACTIVITIES, SECTORS, SKILLS, Tier, World};

/// The tables of this year.
pub(super) fn life_tables<'a>(
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
    let by_age =
        |f: &dyn Fn(u32) -> f64| -> [Chance; 128] { std::array::from_fn(|age| Chance::new(f(age as u32))) };
    let birth_of_home = simulation.drift.as_ref().map(|d| d.birth_class.as_slice()).filter(|c| !c.is_empty());
    let trend = [drivers.fertility_growth, drivers.mortality_growth].map(|rate| libm::pow(1.0 + rate, t));
    let factors: Vec<[f64; VITAL]> =
        if world.vital.is_empty() { vec![trend] } else { world.vital.iter().map(|v| v.factor).collect() };
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
    let farming = drivers.sector.farming(t);
    let mut weights = Vec::with_capacity(nodes * SKILLS * ACTIVITIES);
    for j in 0..nodes {
        let wages = circuit::activity_wages(world, rules, j);
        for k in 0..SKILLS {
            for a in 0..ACTIVITIES {
                let share = world.base.activities[j][k][a];
                let ratio = wages[k][a] / world.base.activity_wages[j][k][a];
                let drift = if a == AGRICULTURE { farming } else { 1.0 };
                weights.push(share * libm::pow(ratio, p.sector_elasticity) * drift);
            }
        }
    }
    let (activities, _) = ChoiceTable::new(ACTIVITIES, &mut weights);
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
                std::array::from_fn(|founder| {
                    Chance::new(if outside(h) { 0.0 } else { startup_rate(world, rules, h, k, founder) })
                })
            })
        })
        .collect();
    let startup_sector = (0..nodes)
        .map(|h| {
            let odds = if outside(h) { None } else { capital::founded_in(world, h) };
            let mut sum = 0.0;
            odds.unwrap_or_default().map(|odds| {
                sum += odds;
                libm::rint(sum.min(1.0) * 4_294_967_295.0) as u32
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
        vital_of: if world.vital.is_empty() { &simulation.one_vital } else { &simulation.vital_of },
        death: factors
            .iter()
            .map(|f| {
                by_age(&|age| {
                    if own.is_given() { own.death(age) } else { vital_rates::death_rate(p, age, f[DEATHS]) }
                })
            })
            .collect(),
        birth_rows: if birth_of_home.is_some() { odds::BIRTH_CLASSES } else { Tier::ALL.len() },
        birth: factors
            .iter()
            .flat_map(|f| match birth_of_home {
                Some(_) => (0..odds::BIRTH_CLASSES)
                    .map(|class| {
                        let level = f[BIRTHS] * odds::birth_factor(class);
                        by_age(&|age| vital_rates::birth_rate(p, Tier::Outside, age, level))
                    })
                    .collect::<Vec<_>>(),
                None => Tier::ALL
                    .iter()
                    .map(|&tier| {
                        by_age(&|age| {
                            if own.is_given() {
                                own.births_of_survivor(age)
                            } else {
                                vital_rates::birth_rate(p, tier, age, f[BIRTHS])
                            }
                        })
                    })
                    .collect(),
            })
            .collect(),
        birth_of_home,
        participation,
        boundary: std::array::from_fn(|k| std::array::from_fn(|age| vital_rates::is_boundary(age as u32, k))),
        enrolment,
        review: schedule::review_rates(p).map(Chance::new),
        sector: Chance::new(p.sector_review_rate),
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
        training_codes: p.training_gain * 50.0,
        experience_codes: experience::codes_a_year(p),
        experience_cap: experience::years_that_add(p),
        startup,
        startup_sector,
        location,
        stay_bonus: libm::exp(p.moving_cost_once) - 1.0,
        human_capital: &simulation.human_capital,
        unit: simulation.flows.unit_of_nodes(),
        units: simulation.flows.units(),
    }
}

/// `pi_ent = pi_0 exp(b_1 [returnee] + b_2 ln(1 + savings/S0) + b_3 platform + b_4 talent) min(1, (r/r_0)^kappa_K)`: r is the
/// return where start-ups stand, r_0 that of the base year; who sees less founds less often. Who is away returns to found
/// only as far as a platform adds to the hazard: usual returns are in the base year's odds of living away.
fn startup_rate(world: &World, rules: &Rules, home: usize, skill: usize, founder: usize) -> f64 {
    let p = rules.p;
    let residents = (world.residents(home) as f64).max(1.0);
    let saved = saving::rate(p, world.geography.nodes[home].tier);
    let savings = world.accounts.wallet[home].yuan().max(0.0) / residents * saved / (1.0 - saved).max(1e-9);
    let platform = rules.levers.node(Lever::StartupPlatform, home);
    let exponent = f64::from(u8::from(founder > 0)) * p.startup_returnee
        + p.startup_savings * libm::log(1.0 + savings / p.startup_savings_scale)
        + f64::from(skill as u8) * p.startup_talent;
    let promise = match (capital::founded_in(world, home), world.base.net_return.get(home)) {
        (Some(odds), Some(base)) => (0..SECTORS)
            .filter(|&s| odds[s] > 0.0)
            .map(|s| match base[s] {
                base if base > 0.0 => {
                    odds[s] * libm::pow(net_return(world, home, s) / base, p.investment_elasticity).min(1.0)
                }
                _ => odds[s],
            })
            .sum(),
        (Some(_), None) => 1.0,
        (None, _) => 0.0,
    };
    let lifted = libm::exp((p.startup_platform + 1.0) * platform);
    let lifted = if founder == FOUNDERS - 1 { lifted - 1.0 } else { lifted };
    p.startup_rate * libm::exp(exponent) * promise * lifted
}
