//! Promise: with policies, drivers, demography, education, conversion and start-ups off, nothing moves but by
//! luck: the inversion of the base year is right and the circuit of money is closed.

use crate::program::scenario;
use shanhai::inside::{SKILLS, class, review_rates};
use shanhai::run::{Simulation, load};

const STILL: [&str; 13] = [
    "parameters.farm_shock_sd=0",
    "drivers={}",
    "model.demography=false",
    "model.education=false",
    "model.conversion=false",
    "model.startups=false",
    "model.experience=false",
    "model.failure=false",
    "model.relocation=false",
    "model.sector_review=false",
    "model.ecology=false",
    "model.capital=\"deterministic\"",
    "run.years=15",
];

fn still(name: &str, more: &[&str]) -> Simulation {
    let overrides: Vec<String> = STILL.iter().chain(more).map(ToString::to_string).collect();
    load(&scenario(name), &overrides).unwrap_or_else(|e| panic!("{e}"))
}

/// Expected agents by node and skill after one review of everybody, and their variance.
fn expected(simulation: &mut Simulation) -> Vec<[(f64, f64); SKILLS]> {
    let tables = simulation.location_tables();
    let world = &simulation.world;
    let rates = review_rates(&simulation.scenario.parameters);
    let nodes = world.geography.len();
    let mut sums = vec![[(0.0, 0.0); SKILLS]; nodes];
    for (home, block) in world.people.blocks.iter().enumerate() {
        // Agents of this home by skill, age of the table and place, and how many of them are expected to review.
        let mut counts = vec![[0u32; 8]; nodes];
        let mut reviews = vec![[0.0; 8]; nodes];
        for person in block.slots.iter().filter(|p| !p.is_free()) {
            let age = match person.age() {
                0..=17 => 3,
                18..=34 => 0,
                35..=54 => 1,
                _ => 2,
            };
            counts[person.place()][class(person.skill(), age)] += 1;
            reviews[person.place()][class(person.skill(), age)] += rates[person.age() as usize];
        }
        for c in 0..8 {
            let chances = tables.probabilities(home, c, nodes);
            let all: f64 = reviews.iter().map(|n| n[c]).sum();
            for j in 0..nodes {
                let (here, moving) = (f64::from(counts[j][c]), reviews[j][c]);
                let (leave, come) = (moving * (1.0 - chances[j]), (all - moving) * chances[j]);
                let (mean, variance) = &mut sums[j][c / 4];
                *mean += here - leave + come;
                // At most: sums of draws of unequal chances vary less than their mean.
                *variance += leave + come;
            }
        }
    }
    sums
}

#[test]
fn the_first_step_keeps_residents_by_node_and_skill_within_sampling_error() {
    for (name, more) in [
        ("zhejiang/baseline.toml", &["run.persons_per_agent=100"][..]),
        ("henan/baseline.toml", &["run.persons_per_agent=200"]),
        ("teaching/mountain_and_coast.toml", &[]),
    ] {
        let mut simulation = still(name, more);
        let before: Vec<[u64; SKILLS]> =
            simulation.world.census.places.iter().map(|p| [p.of_skill(0), p.of_skill(1)]).collect();
        let expected = expected(&mut simulation);
        simulation.step().unwrap_or_else(|e| panic!("{e}"));
        let mut worst: f64 = 0.0;
        for j in 0..simulation.world.geography.area_nodes() {
            let id = &simulation.world.geography.nodes[j].id;
            for k in 0..SKILLS {
                let (mean, variance) = expected[j][k];
                let was = before[j][k] as f64;
                let is = simulation.world.census.places[j].of_skill(k) as f64;
                // One agent of rounding: the matrix of homes and places is in whole agents.
                let allowed = 5.0 * variance.sqrt() + 1.0;
                worst = worst.max((mean - was).abs() / allowed);
                assert!(
                    (is - was).abs() <= allowed,
                    "{name}, {id}, skill {k}: {was} became {is}, {allowed:.1} allowed"
                );
                assert!(
                    (mean - was).abs() <= allowed,
                    "{name}, {id}, skill {k}: {was} are expected to become {mean:.1}, {allowed:.1} allowed"
                );
            }
        }
        println!("{name}: the expected step is off by at most {:.2} sampling errors", 5.0 * worst);
    }
}

/// Movers of a year by five-year age groups: as many as the schedule of reviews lets the law of location move.
#[test]
fn movers_have_the_ages_of_the_schedule() {
    let mut simulation = still("zhejiang/baseline.toml", &["run.persons_per_agent=50"]);
    let rates = review_rates(&simulation.scenario.parameters);
    let tables = simulation.location_tables();
    let nodes = simulation.world.geography.len();
    let table_age = |age: u32| match age {
        0..=17 => 3,
        18..=34 => 0,
        35..=54 => 1,
        _ => 2,
    };
    let before: Vec<Vec<(usize, u32)>> = simulation
        .world
        .people
        .blocks
        .iter()
        .map(|block| block.slots.iter().map(|p| (p.place(), p.age())).collect())
        .collect();
    let (mut expected, mut agents) = ([0.0; 18], [0.0; 18]);
    for (home, block) in simulation.world.people.blocks.iter().enumerate() {
        let chances: Vec<Vec<f64>> = (0..8).map(|c| tables.probabilities(home, c, nodes)).collect();
        for person in block.slots.iter().filter(|p| !p.is_free()) {
            let group = (person.age() as usize / 5).min(17);
            let stays = chances[class(person.skill(), table_age(person.age()))][person.place()];
            expected[group] += rates[person.age() as usize] * (1.0 - stays);
            agents[group] += 1.0;
        }
    }
    simulation.step().unwrap_or_else(|e| panic!("{e}"));
    let mut moved = [0.0; 18];
    for (block, was) in simulation.world.people.blocks.iter().zip(&before) {
        for (person, &(place, age)) in block.slots.iter().zip(was).filter(|(p, _)| !p.is_free()) {
            assert_eq!(person.age(), age, "nobody grows older here");
            moved[(age as usize / 5).min(17)] += f64::from(u8::from(person.place() != place));
        }
    }
    for group in 0..18 {
        let (m, e) = (moved[group], expected[group]);
        assert!((m - e).abs() < 5.0 * e.sqrt() + 1.0, "from {} years: {m} moved, {e:.0} expected", 5 * group);
    }
    // The shape itself: a peak from 20 to 29, and a fall to a fifth or less in old age.
    let share = |group: usize| moved[group] / agents[group];
    assert!(share(4).max(share(5)) > 2.0 * share(8) && share(5) > 5.0 * share(13), "{moved:?} of {agents:?}");
    assert!(
        share(0) > 1.5 * share(2),
        "infants move with young parents, ten-year-olds less: {moved:?} of {agents:?}"
    );
}

#[test]
fn the_first_years_wallets_and_government_cash_repeat() {
    for name in ["zhejiang/baseline.toml", "teaching/mountain_and_coast.toml"] {
        let mut simulation = still(name, &["run.persons_per_agent=200", "model.migration=false"]);
        let wallets = simulation.world.accounts.wallet.clone();
        let county = simulation.world.accounts.county.clone();
        simulation.step().unwrap_or_else(|e| panic!("{e}"));
        let world = &simulation.world;
        let all: i64 = wallets.iter().map(|f| f.0).sum();
        let mut off = 0i64;
        for j in 0..world.geography.area_nodes() {
            let now = world.accounts.wallet[j].0;
            off += (now - wallets[j].0).abs();
            let people = world.residents(j).max(1) as i64;
            assert!(
                (now - wallets[j].0).abs() <= 200 * people,
                "{name}, {}: {} fen a person became {}",
                world.geography.nodes[j].id,
                wallets[j].0 / people,
                now / people
            );
        }
        println!("{name}: wallets repeat within {:.2e} of their sum", off as f64 / all as f64);
        let cash: i64 = county.iter().map(|f| f.0.abs()).sum();
        let change: i64 = county.iter().zip(&world.accounts.county).map(|(a, b)| (a.0 - b.0).abs()).sum();
        println!("{name}: county cash of {cash} fen changed by {change}");
        assert!(
            change as f64 <= 1e-3 * cash as f64 + 1e6,
            "{name}: county cash of {cash} fen changed by {change}"
        );
    }
}

#[test]
fn money_and_capital_stand_still_for_fifteen_years() {
    for (name, more) in [
        ("zhejiang/baseline.toml", &["run.persons_per_agent=500"][..]),
        ("teaching/mountain_and_coast.toml", &[]),
    ] {
        let mut simulation = still(name, more);
        let measure = |s: &Simulation| {
            let world = &s.world;
            let capital: f64 = world.nodes.iter().flat_map(|n| n.capital).map(|k| k as f64).sum();
            let wallets: f64 = world.accounts.wallet.iter().map(|f| f.0 as f64).sum();
            [world.output(), capital, wallets]
        };
        let start = measure(&simulation);
        for _ in 0..15 {
            simulation.step().unwrap_or_else(|e| panic!("{e}"));
            for (what, (now, then)) in
                ["output", "capital", "wallets"].iter().zip(measure(&simulation).iter().zip(start))
            {
                let change = now / then - 1.0;
                assert!(
                    change.abs() < 0.03,
                    "{name}, {}: {what} changed by {:.2} % since the base year",
                    simulation.world.year,
                    100.0 * change
                );
            }
        }
        let end = measure(&simulation);
        println!(
            "{name}: after 15 years {:?}",
            std::array::from_fn::<f64, 3, _>(|i| end[i] / start[i] - 1.0)
        );
    }
}
