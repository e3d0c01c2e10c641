//! The labour market of a small area and of a province: unemployment, the minimum wage, farm jobs, promises.

use crate::program::scenario;
use crate::six_nodes::{Area, M_SEAT, M_VILLAGE, N_SEAT, S_CITY};
use shanhai::run::{Simulation, load};
use shanhai::world::Sector;

const FARM: usize = Sector::Agriculture as usize;
const INDUSTRY: usize = Sector::Industry as usize;
const SERVICES: usize = Sector::LocalServices as usize;

/// Nothing moves but what a test moves.
const STILL: &str = "[model]\nmigration = false\ndemography = false\neducation = false\nsector_review = false\n\
                     experience = false\ninvestment = false\nstartups = false\n";

/// The area a year later, under a minimum wage that was announced after the base year.
fn year_with(floor: impl Fn(&Simulation, usize) -> f64) -> (Simulation, Simulation) {
    let area = Area::new();
    let calm = area.run(1, STILL);
    let mut with = area.load(1, STILL).unwrap_or_else(|e| panic!("{e}"));
    for j in 0..with.world.geography.area_nodes() {
        let yuan = floor(&with, j);
        with.world.geography.nodes[j].facts.minimum_wage_yuan = yuan;
    }
    with.step().unwrap_or_else(|e| panic!("{e}"));
    (calm, with)
}

fn jobless(s: &Simulation, j: usize, sector: usize) -> f64 {
    1.0 - s.world.nodes[j].job_probability[sector][0]
}

fn pay(s: &Simulation, j: usize, sector: usize) -> f64 {
    s.world.nodes[j].wage[sector][0]
}

#[test]
fn base_year_unemployment_is_the_stated_rate_in_every_province() {
    for name in ["zhejiang/baseline.toml", "henan/baseline_2010.toml"] {
        let s =
            load(&scenario(name), &["run.persons_per_agent=1000".into()]).unwrap_or_else(|e| panic!("{e}"));
        for j in 0..s.world.geography.area_nodes() {
            let village = s.world.geography.seat_of(j) != j;
            for sector in [FARM, INDUSTRY, SERVICES] {
                let rate = if sector == FARM {
                    0.0
                } else if village {
                    0.03
                } else {
                    0.055
                };
                for k in 0..2 {
                    let found = 1.0 - s.world.nodes[j].job_probability[sector][k];
                    let seen = s.world.nodes[j].labour[sector][k] > 0.0;
                    assert!(!seen || (found - rate).abs() < 1e-9, "{name} {j} {sector} {k}: {found}");
                }
            }
        }
    }
}

#[test]
fn a_floor_in_farming_costs_no_job() {
    let (calm, with) = year_with(|_, _| 1e6);
    for j in 0..calm.world.geography.area_nodes() {
        assert_eq!(jobless(&with, j, FARM), 0.0);
        assert_eq!(pay(&with, j, FARM), pay(&calm, j, FARM));
    }
    assert!(jobless(&with, M_SEAT, INDUSTRY) > 0.2, "elsewhere it costs jobs");
}

/// At a floor a tenth above pay covered unemployment rises by `1.1^2` (zeta 2), four fifths of industry.
#[test]
fn a_minimum_wage_ten_percent_above_pay_costs_the_stated_jobs() {
    let area = Area::new();
    let calm = area.run(1, STILL);
    let (_, with) = year_with(|_, j| 1.1 * pay(&calm, j, INDUSTRY) / 100.0);
    let base = jobless(&calm, M_SEAT, INDUSTRY);
    assert!((base - 0.055).abs() < 0.002, "{base}");
    let expected = 0.8 * base * 1.1 * 1.1 + 0.2 * base;
    let found = jobless(&with, M_SEAT, INDUSTRY);
    assert!((found / expected - 1.0).abs() < 0.01, "{found} is not {expected}");
}

#[test]
fn doubling_the_floor_raises_covered_unemployment_only() {
    let once = |s: &Simulation, j: usize| s.world.base.pay[j][INDUSTRY][0].wage / 100.0;
    let (_, low) = year_with(once);
    let (_, high) = year_with(|s, j| 2.0 * once(s, j));
    let tourism = 4;
    for j in [S_CITY, M_SEAT, N_SEAT, M_VILLAGE] {
        assert!(jobless(&high, j, INDUSTRY) > jobless(&low, j, INDUSTRY) + 0.05);
        for free in [FARM, tourism] {
            assert!((jobless(&high, j, free) - jobless(&low, j, free)).abs() < 1e-3, "{j} {free}");
        }
    }
}

/// What a county promises must not hang on how many persons an agent stands for: luck alone parts the two.
#[test]
fn promises_agree_between_a_hundred_and_a_thousand_persons_an_agent() {
    let promised = |persons: u32| -> Vec<[f64; 2]> {
        let overrides = [format!("run.persons_per_agent={persons}")];
        let s = load(&scenario("zhejiang/baseline.toml"), &overrides).unwrap_or_else(|e| panic!("{e}"));
        (0..s.world.geography.area_nodes()).map(|j| s.world.nodes[j].promised_income).collect()
    };
    let (fine, coarse) = (promised(100), promised(1000));
    for k in 0..2 {
        let mut gaps: Vec<f64> = fine.iter().zip(&coarse).map(|(f, c)| (c[k] / f[k]).ln().abs()).collect();
        gaps.sort_by(f64::total_cmp);
        let (median, worst) = (gaps[gaps.len() / 2], gaps[gaps.len() - 1]);
        assert!(median < 0.05 && worst < 0.5, "skill {k}: median {median}, worst {worst}");
    }
}

/// A share of farming that only sector review moves follows `s' = (1 - psi) s + psi law(t)`.
#[test]
fn the_farm_share_follows_its_driver() {
    let area = Area::new();
    let driver = "[drivers.sector]\nagriculture = -0.2\nlead_years = 2\nyears = 3\n[parameters]\nsector_elasticity = 0\nsector_review_rate = 0.3\n";
    let still = STILL.replace("sector_review = false\n", "");
    let mut s = area.load(5, &format!("{still}{driver}")).unwrap_or_else(|e| panic!("{e}"));
    let share = |s: &Simulation| {
        let count = &s.world.census.places[M_VILLAGE].people[0];
        count[1] as f64 / count[1..].iter().sum::<u64>() as f64
    };
    let base = share(&s);
    let mut expected = base;
    for t in 1..=5 {
        s.step().unwrap_or_else(|e| panic!("{e}"));
        let weight = base * (-0.2 * (f64::from(t.min(3)) + 2.0)).exp();
        expected += 0.3 * (weight / (weight + 1.0 - base) - expected);
        // Some 1,600 agents at work, of whom a part reviews each year.
        let error = 5.0 * (expected * (1.0 - expected) / 1_600.0).sqrt();
        assert!((share(&s) - expected).abs() < error, "year {t}: {} is not {expected}", share(&s));
    }
    assert!(expected < base - 0.08, "{base} to {expected}");
}
