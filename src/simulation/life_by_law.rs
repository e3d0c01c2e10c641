//! A year of people by gates, lists and cells is the year by the whole law of one person, to the last bit.

use super::{Rules, Simulation};
use crate::people::{choice, life_year};

fn same_year(scenario: &str, overrides: &[&str], years: u32) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(scenario);
    let overrides: Vec<String> = overrides.iter().map(ToString::to_string).collect();
    let mut simulation: Simulation = crate::run::load(&path, &overrides).unwrap();
    for _ in 0..years {
        simulation.step().unwrap();
        let rules = Rules {
            p: &simulation.scenario.parameters,
            levers: &simulation.levers,
            model: &simulation.scenario.model,
            accessibility: &simulation.accessibility,
        };
        let tables = choice::tables(&simulation.law, &simulation.world, &rules, &simulation.utilities);
        for home in (0..simulation.world.geography.len()).step_by(37) {
            let all = tables.probabilities(home, 1, simulation.world.geography.len());
            assert!((all.iter().sum::<f64>() - 1.0).abs() < 1e-9);
            let one = |place| tables.probability(home, 1, place);
            all.iter().enumerate().for_each(|(place, p)| assert!((p - one(place)).abs() < 1e-12));
        }
        let t = super::life_tables::life_tables(
            &simulation,
            &rules,
            &tables,
            &simulation.world.base.participation,
        );
        let (mut fast, mut slow) = (simulation.world.people.clone(), simulation.world.people.clone());
        let (year, law) = (life_year::live(&mut fast, &t), life_year::live_by_law(&mut slow, &t));
        assert!(fast == slow, "{scenario}: persons differ");
        assert_eq!(year.tally, law.tally, "{scenario}");
        assert_eq!(year.homes, law.homes, "{scenario}");
        assert_eq!(year.startups, law.startups, "{scenario}");
        let tally = &year.tally;
        assert!(tally.reviews > 100 && tally.deaths.iter().sum::<u64>() > 10, "{scenario}: little happened");
    }
}

#[test]
fn a_year_with_many_policies_is_the_year_by_law() {
    same_year("zhejiang/common_prosperity.toml", &["run.persons_per_agent=1000"], 3);
}

/// Rates that are high, fractional and rare, one-off costs of moving, choices from the present place.
#[test]
fn a_year_of_unusual_rates_is_the_year_by_law() {
    let parameters = [
        "run.persons_per_agent=2000",
        "parameters.review_rate_18_34=0.7",
        "parameters.moves_always=0.0333",
        "parameters.sector_review_rate=0.75",
        "parameters.moving_cost_once=0.5",
        "parameters.experience_growth=0.033",
        "model.anchor=\"place\"",
    ];
    same_year("zhejiang/baseline.toml", &parameters, 2);
}

/// All prefectures of China as nests, odds that drift, births by class of home.
#[test]
fn a_year_of_the_backtest_is_the_year_by_law() {
    same_year("china/backtest_2010_2020.toml", &["run.persons_per_agent=20000"], 1);
}
