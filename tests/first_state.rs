//! Promise: the first state is one that the model itself would keep: what a run adds to it without drivers is luck.

use crate::program::scenario;
use crate::six_nodes::Area;
use shanhai::inside::{SECTORS, part};
use shanhai::run::{Simulation, load};
use shanhai::world::{Person, Tier};

const AGES: std::ops::Range<usize> = 18..80;

/// Persons and years of experience by single year of age, of those at work.
fn experience_by_age(simulation: &Simulation) -> [[f64; 2]; 128] {
    let mut sums = [[0.0; 2]; 128];
    for person in simulation.world.people.iter().filter(|p| p.activity() > 0) {
        sums[person.age() as usize][0] += 1.0;
        sums[person.age() as usize][1] += f64::from(person.experience());
    }
    sums
}

/// Mean experience of those at work, at the ages of `weights`.
fn mean_experience(by_age: &[[f64; 2]; 128], weights: &[[f64; 2]; 128]) -> f64 {
    let (mut sum, mut all) = (0.0, 0.0);
    for age in AGES {
        if by_age[age][0] > 0.0 {
            sum += weights[age][0] * by_age[age][1] / by_age[age][0];
            all += weights[age][0];
        }
    }
    sum / all
}

#[test]
fn experience_stands_still_without_drivers() {
    let body = "[model]\nconversion = false\neducation = false\nstartups = false\n";
    let mut simulation = Area::new().load(30, body).unwrap_or_else(|e| panic!("{e}"));
    let first = experience_by_age(&simulation);
    let start = mean_experience(&first, &first);
    simulation.run(|_| Ok(())).unwrap_or_else(|e| panic!("{e}"));
    let last = experience_by_age(&simulation);
    let (found, fresh) = (mean_experience(&last, &first), {
        // The control: had everybody begun without experience, thirty years would have brought this much.
        let mut fresh = Area::new().load(30, body).unwrap_or_else(|e| panic!("{e}"));
        for block in &mut fresh.world.people.blocks {
            for slot in &mut block.slots {
                if !slot.is_free() {
                    *slot = Person(slot.with_experience(0).0);
                }
            }
        }
        for _ in 0..5 {
            fresh.step().unwrap_or_else(|e| panic!("{e}"));
        }
        mean_experience(&experience_by_age(&fresh), &first)
    });
    println!("mean experience of those at work: {start:.3} years at first, {found:.3} after thirty years");
    assert!(start > 0.5, "{start}");
    assert!((found / start - 1.0).abs() < 0.05, "{start} years became {found}");
    assert!(fresh < 0.9 * start, "starting at zero would be seen: {fresh} for {start}");
}

/// No lives, no moves, no drivers: only capital is renewed.
const CAPITAL_ALONE: &str = "[model]\ndemography = false\neducation = false\nconversion = false\nstartups = false\n\
    migration = false\nexperience = false\nsector_review = false\n\n[parameters]\npersons_per_project = 10\n";

#[test]
fn projects_of_the_first_state_are_as_many_after_fifteen_years() {
    let mut simulation = Area::new().load(15, CAPITAL_ALONE).unwrap_or_else(|e| panic!("{e}"));
    let measure = |s: &Simulation| {
        let list = &s.world.projects.list;
        let value: f64 = list.iter().map(|p| p.value as f64).sum();
        let age: f64 = list.iter().map(|p| f64::from(p.age)).sum();
        [list.len() as f64, value, age / list.len() as f64]
    };
    let start = measure(&simulation);
    simulation.run(|_| Ok(())).unwrap_or_else(|e| panic!("{e}"));
    let end = measure(&simulation);
    println!("number, value and mean age of projects: {start:?}, after fifteen years {end:?}");
    for (what, (start, end)) in ["number", "value", "mean age"].iter().zip(start.into_iter().zip(end)) {
        assert!((end / start - 1.0).abs() < 0.1, "{what}: {start} became {end}");
    }
    assert!(start[2] > 5.0, "first projects have a past: {start:?}");
}

/// Published income of an urban and a rural resident of each prefecture, yuan, as the table gives it.
fn published() -> Vec<(String, [f64; 2])> {
    let text = std::fs::read_to_string(scenario("zhejiang/2020/prefectures.csv")).unwrap();
    let head: Vec<&str> = text.lines().next().unwrap().split(',').collect();
    let at = |name: &str| head.iter().position(|column| *column == name).unwrap();
    let (code, urban, rural) = (at("prefecture"), at("income_urban_yuan"), at("income_rural_yuan"));
    let rows = text.lines().skip(1).map(|row| row.split(',').collect::<Vec<_>>());
    rows.map(|r| (r[code].to_owned(), [r[urban].parse().unwrap(), r[rural].parse().unwrap()])).collect()
}

#[test]
fn outside_income_meets_what_is_published_in_proportion_to_what_the_model_gives() {
    let set = ["run.persons_per_agent=2000".to_owned()];
    let simulation = load(&scenario("zhejiang/baseline.toml"), &set).unwrap_or_else(|e| panic!("{e}"));
    let world = &simulation.world;
    for (code, incomes) in published() {
        let prefecture = world.geography.prefectures.iter().find(|p| p.code == code).unwrap();
        for (published, village) in incomes.into_iter().zip([false, true]) {
            let nodes: Vec<usize> = prefecture
                .nodes
                .clone()
                .filter(|&j| (world.geography.nodes[j].tier == Tier::Village) == village)
                .collect();
            let people: f64 = nodes.iter().map(|&j| world.residents(j) as f64).sum();
            let income: f64 = nodes.iter().map(|&j| world.nodes[j].income as f64 / 100.0).sum();
            assert!((income / people - published).abs() < 1.0, "{code}: {} {published}", income / people);
            let scale = |j: usize| {
                let (all, residual) = (world.nodes[j].income, world.nodes[j].income_parts[part::OUTSIDE]);
                all as f64 / (all - residual) as f64
            };
            for &j in &nodes {
                let gap = scale(j) / scale(nodes[0]) - 1.0;
                assert!(
                    gap.abs() < 1e-4,
                    "{}: {} {}",
                    world.geography.nodes[j].id,
                    scale(j),
                    scale(nodes[0])
                );
            }
        }
    }
}

/// Outside income of the first year, fen, if the base year had had so many times its people and its output.
fn outside_income(people: f64, output: f64) -> i64 {
    let set = ["run.persons_per_agent=2000".to_owned()];
    let mut simulation = load(&scenario("zhejiang/baseline.toml"), &set).unwrap_or_else(|e| panic!("{e}"));
    let base = &mut simulation.world.base;
    base.residents.iter_mut().for_each(|n| *n *= people);
    base.output *= output;
    simulation.step().unwrap_or_else(|e| panic!("{e}"));
    let area = simulation.world.geography.area_nodes();
    simulation.world.nodes[..area].iter().map(|n| n.income_parts[part::OUTSIDE]).sum()
}

#[test]
fn people_who_come_do_not_raise_outside_income_per_head() {
    let same = outside_income(1.0, 1.0);
    assert!(same.abs() > 1_000_000);
    // Twice the people with twice the output of the base year.
    let doubled = outside_income(0.5, 0.5);
    assert!((doubled - same).abs() <= 200, "rounding alone: {doubled} and {same}");
    let richer = outside_income(1.0, 0.5);
    assert!((richer - 2 * same).abs() <= 400, "twice the output per head: {richer} and {same}");
}

/// Zhejiang with a growth of technology in industry.
fn zhejiang(growth: f64) -> Simulation {
    let set = ["run.persons_per_agent=2000".to_owned(), format!("drivers.technology.industry={growth}")];
    load(&scenario("zhejiang/baseline.toml"), &set).unwrap_or_else(|e| panic!("{e}"))
}

/// Capital that made the year's output, fen by node and sector.
fn capital_used(simulation: &Simulation) -> Vec<[i64; SECTORS]> {
    let area = simulation.world.geography.area_nodes();
    simulation.earnings.nodes[..area].iter().map(|n| n.capital).collect()
}

#[test]
fn capital_over_output_is_the_same_with_any_driver() {
    let [growing, still] = [0.02, 0.0].map(|growth| {
        let simulation = zhejiang(growth);
        let capital: f64 = capital_used(&simulation).iter().flatten().map(|&k| k as f64).sum();
        (capital, simulation.world.output(), simulation.report.net_lending)
    });
    // What is spent in the base year is what it earned before a year of growth: governments buy less of local services, and what
    // they do not buy has private capital.
    assert!((growing.0 / still.0 - 1.0).abs() < 0.01, "capital {} and {}", growing.0, still.0);
    assert!((growing.1 / still.1 - 1.0).abs() < 1e-9, "output {} and {}", growing.1, still.1);
    // An area that does not grow needs less of its saving.
    assert!(still.2 > growing.2, "net lending {} and {}", still.2, growing.2);
}

#[test]
fn the_first_year_opens_with_the_capital_that_the_base_row_closes_with() {
    let mut simulation = zhejiang(0.02);
    let area = simulation.world.geography.area_nodes();
    let closing: Vec<[i64; SECTORS]> = simulation.world.nodes[..area].iter().map(|n| n.capital).collect();
    let before = capital_used(&simulation);
    simulation.step().unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(capital_used(&simulation), closing);
    let sum = |cells: &[[i64; SECTORS]]| cells.iter().flatten().map(|&k| k as f64).sum::<f64>();
    let growth = sum(&closing) / sum(&before) - 1.0;
    assert!((growth - simulation.world.base.growth).abs() < 1e-6, "{growth}");
}
