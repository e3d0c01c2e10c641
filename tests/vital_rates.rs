//! Promise: births and deaths of a province are what its table says; a province without rows has the nation's.

use crate::program::scenario;
use crate::six_nodes::Area;
use shanhai::inside::{BIRTHS, DEATHS};
use shanhai::run::{Simulation, load};

/// Births and deaths of the last year in the area, persons.
fn events(s: &Simulation) -> [f64; 2] {
    let area = s.world.geography.area_nodes();
    let persons = s.world.persons_per_agent() as f64;
    [&s.tally.births, &s.tally.deaths].map(|n| n[..area].iter().sum::<u64>() as f64 * persons)
}

/// Zhejiang's births fall and deaths rise over these years, so constant rates would not meet them. By 200 persons an agent
/// the luck of a year's 2,000 births is a fiftieth.
#[test]
fn births_and_deaths_of_a_province_are_the_tables_within_five_percent() {
    // Bureau of statistics of Zhejiang, communiques (scenarios/zhejiang/vital_rates.csv), persons.
    let published = [(2021, [449e3, 384e3]), (2022, [412e3, 409e3]), (2023, [383e3, 440e3])];
    let mut s = load(
        &scenario("zhejiang/baseline.toml"),
        &["run.persons_per_agent=200".to_owned(), "run.years=4".to_owned()],
    )
    .unwrap_or_else(|e| panic!("{e}"));
    for (year, published) in published {
        s.step().unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(s.world.year, year);
        for (kind, (model, fact)) in events(&s).into_iter().zip(published).enumerate() {
            assert!((model / fact - 1.0).abs() < 0.05, "{year}, kind {kind}: {model} beside {fact}");
        }
    }
    let factors = s.world.vital[0].factor;
    s.step().unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(s.world.vital[0].factor, factors, "after the last stated year rates by age stand");
}

/// A year of six nodes under a table; births and deaths a head.
fn a_year(rows: &str, drivers: &str) -> [f64; 2] {
    let area = Area::new();
    let table = format!("province,year,birth_rate_permille,death_rate_permille\n{rows}");
    std::fs::write(area.path().join("vital_rates.csv"), table).expect("vital_rates.csv");
    let path = area.scenario("scenario", 2, drivers);
    let mut s =
        load(&path, &["world.vital_rates=\"vital_rates.csv\"".to_owned()]).unwrap_or_else(|e| panic!("{e}"));
    let people: u64 = (0..s.world.geography.area_nodes()).map(|j| s.world.residents(j)).sum();
    s.step().unwrap_or_else(|e| panic!("{e}"));
    events(&s).map(|n| n / people as f64)
}

#[test]
fn a_province_without_rows_has_the_nations() {
    // More births and deaths than the rates of the program give, so they cannot be met by chance.
    let nation = a_year("000000,2021,30,20\n", "");
    let own = a_year("000000,2021,30,20\n10,2021,15,\n", "");
    for (found, stated) in [(nation[BIRTHS], 0.030), (nation[DEATHS], 0.020), (own[BIRTHS], 0.015)] {
        assert!((found / stated - 1.0).abs() < 0.12, "{found} beside {stated}");
    }
    assert!((own[DEATHS] / 0.020 - 1.0).abs() < 0.15, "deaths that it does not state: {}", own[DEATHS]);
}

#[test]
fn a_table_that_says_nothing_of_a_province_and_one_of_another_unit_are_refused() {
    let refused = |rows: &str| {
        let area = Area::new();
        let table = format!("province,year,birth_rate_permille,death_rate_permille\n{rows}");
        std::fs::write(area.path().join("vital_rates.csv"), table).expect("vital_rates.csv");
        let path = area.scenario("scenario", 1, "");
        let loaded = load(&path, &["world.vital_rates=\"vital_rates.csv\"".to_owned()]);
        loaded.err().expect("a problem").to_string()
    };
    let missing = refused("20,2021,7,6\n");
    assert!(missing.contains("no `birth_rate_permille` of the province `10`"), "{missing}");
    let twice = refused("10,2021,7,6\n10,2021,7,6\n");
    assert!(twice.contains("occurs twice in 2021"), "{twice}");
    let unit = refused("10,2021,710,600\n");
    assert!(unit.contains("from 0 to 100"), "{unit}");
}
