//! Pensions and payments to households: who draws, who pays, and that every fen of income has a source.

use crate::program::scenario;
use crate::six_nodes::{Area, M_SEAT, M_VILLAGE, S_CITY, S_VILLAGE};
use shanhai::inside::{SOURCES, part};
use shanhai::run::{Simulation, load};

/// Nothing moves but what a test moves.
const STILL: &str = "[model]\nmigration = false\ndemography = false\neducation = false\nsector_review = false\n\
                     experience = false\ninvestment = false\nstartups = false\n";
const EMPLOYEES: f64 = 12_000.0 * 30_000.0 * 1.25 * 100.0;
const RESIDENTS: f64 = 20_000.0 * 2_000.0 * 100.0;

/// The area of six nodes with a table of pensions.
fn load_area(area: &Area, years: u32, body: &str) -> Simulation {
    let table = "province,year,recipients_employees,pension_employees_yuan,recipients_residents,\
                 pension_residents_yuan\n10,2019,1,1,1,1\n10,2020,12000,30000,20000,2000\n";
    std::fs::write(area.path().join("pensions.csv"), table).expect("pensions.csv");
    area.load(years, &format!("pensions = \"pensions.csv\"\n\n{body}")).unwrap_or_else(|e| panic!("{e}"))
}

fn run_area(years: u32, body: &str) -> Simulation {
    let mut simulation = load_area(&Area::new(), years, body);
    simulation.run(|_| Ok(())).unwrap_or_else(|e| panic!("{e}"));
    simulation
}

/// Fen paid this year from a class of accounts for a use.
fn paid(s: &Simulation, payer: &str, purpose: &str) -> i64 {
    let payments = s.world.accounts.payments();
    payments.filter(|p| p.0 == payer && p.2 == purpose).map(|p| p.3.0).sum()
}

fn per_head(s: &Simulation, j: usize, part: usize) -> f64 {
    s.world.nodes[j].income_parts[part] as f64 / s.world.nodes[j].earners as f64
}

#[test]
fn recipients_meet_the_table() {
    let s = load_area(&Area::new(), 1, STILL);
    let [stated, draw] = s.report.pension_recipients[0];
    assert_eq!(stated, [12_000.0, 20_000.0]);
    for (stated, draw) in stated.into_iter().zip(draw) {
        assert!((draw / stated - 1.0).abs() < 1e-9, "{draw} of {stated}");
    }
    let area = s.world.geography.area_nodes();
    let received: i64 = (0..area).map(|j| s.world.nodes[j].income_parts[part::PENSIONS]).sum();
    assert!((received as f64 - EMPLOYEES - RESIDENTS).abs() < 5.0, "{received}");
    for name in ["zhejiang/baseline.toml", "henan/baseline_2010.toml"] {
        let set = ["run.persons_per_agent=1000".to_owned()];
        let s = load(&scenario(name), &set).unwrap_or_else(|e| panic!("{e}"));
        for [stated, draw] in &s.report.pension_recipients {
            for (stated, draw) in stated.iter().zip(draw) {
                assert!((draw / stated - 1.0).abs() < 1e-6, "{name}: {draw} of {stated}");
            }
        }
        for fund in &s.world.accounts.pension_fund {
            assert_eq!(fund.0, 0, "{name}");
        }
    }
}

#[test]
fn fund_balances_are_zero_in_the_base_year_and_a_gap_is_paid_as_stated() {
    let mut s = load_area(&Area::new(), 1, &format!("[drivers.pensions]\nemployees = 0.1\n{STILL}"));
    let fund = |s: &Simulation| s.world.accounts.pension_fund[0].0;
    assert_eq!(fund(&s), 0);
    s.step().unwrap_or_else(|e| panic!("{e}"));
    // What jobs contribute stands, a tenth more is due.
    let contributed = paid(&s, "firms", "contributions");
    assert!((contributed as f64 / EMPLOYEES - 1.0).abs() < 1e-3, "{contributed}");
    let missing = 1.1 * EMPLOYEES - contributed as f64;
    let province = paid(&s, "province_governments", "pension_subsidy");
    assert!((province as f64 - 0.2 * missing).abs() < 5.0, "{province} of {missing}");
    let centre = paid(&s, "central_government", "pension_subsidy");
    assert!((centre as f64 - 0.8 * missing - 0.6 * RESIDENTS).abs() < 5.0, "{centre}");
    let counties = paid(&s, "county_governments", "pension_subsidy");
    assert!((counties as f64 - 0.4 * RESIDENTS).abs() < 5.0, "{counties}");
    assert_eq!(fund(&s), 0);
    let social: i64 = s.world.counties.iter().map(|c| c.social).sum();
    assert_eq!(social, counties);
}

#[test]
fn a_fund_keeps_what_is_left_over() {
    let mut s = load_area(&Area::new(), 1, &format!("[drivers.pensions]\nemployees = -0.1\n{STILL}"));
    s.step().unwrap_or_else(|e| panic!("{e}"));
    let left = s.world.accounts.pension_fund[0].0 as f64;
    let expected = paid(&s, "firms", "contributions") as f64 - 0.9 * EMPLOYEES;
    assert!((left - expected).abs() < 5.0, "{left} {expected}");
    assert_eq!(paid(&s, "province_governments", "pension_subsidy"), 0);
}

#[test]
fn pensions_follow_ageing() {
    let still = run_area(10, STILL);
    let ageing = run_area(10, &STILL.replace("demography = false", "demography = true"));
    for j in [S_VILLAGE, M_VILLAGE, M_SEAT] {
        let (before, after) = (per_head(&still, j, part::PENSIONS), per_head(&ageing, j, part::PENSIONS));
        assert!(after > 1.1 * before, "{j}: {before} became {after}");
    }
}

#[test]
fn counties_pay_a_villager_half_as_much_again_as_a_townsman() {
    let s = load_area(&Area::new(), 1, STILL);
    for (seat, village) in [(S_CITY, S_VILLAGE), (M_SEAT, M_VILLAGE)] {
        let ratio = per_head(&s, village, part::TRANSFERS) / per_head(&s, seat, part::TRANSFERS);
        assert!((ratio - 1.5).abs() < 1e-6, "{ratio}");
    }
}

#[test]
fn income_by_source_adds_up_in_every_node_to_the_fen() {
    let s = run_area(3, "");
    for j in 0..s.world.geography.area_nodes() {
        let state = &s.world.nodes[j];
        let sources = state.income_by_source();
        assert_eq!(sources.iter().sum::<i64>(), state.income, "{:?} {sources:?}", SOURCES);
        assert!(sources[..3].iter().all(|x| *x > 0), "{sources:?}");
    }
}

#[test]
fn a_table_without_the_base_year_is_told() {
    let area = Area::new();
    let table = "province,year,recipients_employees,pension_employees_yuan,recipients_residents,\
                 pension_residents_yuan\n10,2010,12000,30000,20000,2000\n";
    std::fs::write(area.path().join("pensions.csv"), table).expect("pensions.csv");
    let found = area.load(1, "pensions = \"pensions.csv\"\n").map(|_| ()).unwrap_err().to_string();
    assert!(found.contains("no row of the province `10` in 2020"), "{found}");
    assert!(found.contains("it has 2010"), "{found}");
}
