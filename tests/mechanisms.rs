//! Promise: mechanisms act on the shipped tables of Zhejiang at default parameters, each alone, in their own direction; what
//! is dead is printed as dead. A sample here; `shanhai mechanisms` runs all and renews the table of `docs/mechanisms.md`.

use crate::program::root;
use shanhai::inside::experiment::mechanisms::{Acting, Request, State, act};

fn run(only: &[&str], years: u32, persons: u32) -> Vec<Acting> {
    let request = Request {
        scenario: root().join("scenarios/zhejiang/baseline.toml"),
        overrides: vec![format!("run.years={years}"), format!("run.persons_per_agent={persons}")],
        replicates: 2,
        only: only.iter().map(|&id| id.to_owned()).collect(),
        threads: 0,
    };
    act(&request, &|| false, |_, _| {}).unwrap_or_else(|e| panic!("{e}"))
}

#[test]
fn a_sample_of_mechanisms_acts_on_the_shipped_tables() {
    // Money, a rule of spending, a price, a tie, a stock: one of each kind, large enough to be seen in two years.
    let found = run(&["M02", "M05", "M06", "M10", "M13", "M14", "M22", "M27", "M28", "M36"], 2, 5000);
    assert_eq!(found.len(), 10);
    for a in found {
        let m = a.mechanism;
        assert!(a.state == State::Acts, "{} {}: {} with noise {}", m.id, m.channel, a.difference, a.noise);
    }
}

#[test]
fn a_mechanism_whose_bottleneck_the_base_year_does_not_have_is_called_dead() {
    // Where crowding costs nothing, less of it does nothing, to the last digit; at default parameters it does something.
    let with = |crowding: f64| {
        let request = Request {
            scenario: root().join("scenarios/zhejiang/baseline.toml"),
            overrides: vec![
                "run.years=1".into(),
                "run.persons_per_agent=20000".into(),
                format!("parameters.congestion_loss={crowding}"),
            ],
            replicates: 2,
            only: vec!["M31".into()],
            threads: 0,
        };
        act(&request, &|| false, |_, _| {}).unwrap_or_else(|e| panic!("{e}"))[0]
    };
    let dead = with(0.0);
    assert_eq!((dead.difference, dead.state.word()), (0.0, "dead"));
    assert_eq!(with(0.02).state.word(), "acts");
    let request = Request {
        scenario: root().join("scenarios/zhejiang/baseline.toml"),
        overrides: Vec::new(),
        replicates: 2,
        only: vec!["M42".into()],
        threads: 0,
    };
    let message = act(&request, &|| false, |_, _| {}).err().expect("no such mechanism").to_string();
    assert!(message.contains("M42") && message.contains("M41"), "{message}");
}
