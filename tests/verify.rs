//! The engine reproduces closed forms, and a wrong parameter is noticed.

use shanhai::cli::verify::{Args, chosen, run};
use shanhai::inside::split;
use shanhai::inside::verify::{Bench, CASES, Case, report};
use shanhai::world::Fen;

fn rows(case: &'static Case, set: &[(&str, f64)], overrides: &[&str]) -> Vec<shanhai::inside::verify::Row> {
    let folder = tempfile::tempdir().unwrap();
    let set: Vec<(String, f64)> = set.iter().map(|(k, v)| ((*k).to_owned(), *v)).collect();
    let bench = Bench::new(case, &set, None, folder.path().to_path_buf()).unwrap();
    bench.run(overrides).unwrap()
}

fn case(key: &str) -> &'static Case {
    chosen(&[key.to_owned()]).unwrap()[0]
}

#[test]
fn every_case_passes() {
    for case in CASES {
        let rows = rows(case, &[], &[]);
        assert!(!rows.is_empty());
        assert!(rows.iter().all(|r| r.pass), "{}", report::table(&rows));
    }
}

#[test]
fn every_case_fails_under_its_wrong_parameter() {
    for case in CASES {
        let rows = rows(case, &[], case.wrong);
        assert!(rows.iter().any(|r| !r.pass), "{} does not notice {:?}", case.key, case.wrong);
    }
}

#[test]
fn other_parameters_than_those_of_the_page_give_the_right_closed_form_too() {
    for (key, set) in [
        ("harris_todaro", &[("kappa", 2.5), ("rural_wage", 40_000.0), ("land_share", 0.3)][..]),
        ("migration_chain", &[("v2", 2.7), ("c13", 1.2), ("h2", 0.8), ("m", 1.1), ("network", 0.2)]),
        ("gravity", &[("beta", 0.8), ("kappa", 2.0), ("layout", 11.0)]),
        ("hat_algebra", &[("share1", 0.5), ("wage_growth", 0.25), ("kappa", 3.0)]),
        ("solow", &[("s", 0.25), ("a", 0.35), ("delta", 0.06), ("start", 1.7)]),
        ("capital_logit", &[("kappa", 2.2), ("a", 0.4), ("a2", 1.3), ("wedge", 0.6)]),
        ("core_periphery", &[("sigma", 6.0), ("mu", 0.3)]),
        ("rosen_roback", &[("kappa", 2.0), ("b", 0.3), ("a3", 2.5)]),
        ("fiscal_sharing", &[("vat", 900.0), ("profit_tax", 333.0), ("transfer", 450.0)]),
        ("sizes", &[("barrier", 0.4), ("sd", 0.25), ("alpha", 1.8)]),
        ("cohorts", &[("f2", 0.9), ("s3", 0.9), ("n2", 30.0)]),
        ("nested_logit", &[("lambda", 0.7), ("v3", 1.6)]),
        ("flow_of_funds", &[("wages_a", 200.0), ("farm", 300.0), ("ret", 0.7), ("leak", 0.8), ("s", 0.3)]),
        ("wage_curve", &[("theta", 0.6), ("beta", 0.2), ("zeta", 1.0), ("second", 0.7)]),
        (
            "pay_of_cells",
            &[("wage", 45_000.0), ("elasticity", 1.0), ("capital", 0.4), ("minimum", 0.9), ("bound", 0.05)],
        ),
        ("lewis", &[("a", 0.5), ("wage", 0.9), ("kappa", 12.0)]),
    ] {
        let rows = rows(case(key), set, &[]);
        assert!(rows.iter().all(|r| r.pass), "{}", report::table(&rows));
    }
}

#[test]
fn an_exported_scenario_runs_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let args = Args {
        cases: vec!["C11".into()],
        export: Some(folder.path().to_path_buf()),
        csv: Some(folder.path().join("rows.csv")),
        json: Some(folder.path().join("rows.json")),
        ..Default::default()
    };
    assert!(run(&args).unwrap());
    let scenario = folder.path().join("C11_nested_logit/nested/scenario.toml");
    let mut simulation = shanhai::run::load(&scenario, &[]).unwrap();
    simulation.run(|_| Ok(())).unwrap();
    assert!(std::fs::read_to_string(folder.path().join("rows.csv")).unwrap().lines().count() > 10);
}

#[test]
fn wrong_arguments_say_what_would_be_right() {
    let args = |cases: &[&str], set: &[&str]| Args {
        cases: cases.iter().map(|c| (*c).to_owned()).collect(),
        set: set.iter().map(|s| (*s).to_owned()).collect(),
        ..Default::default()
    };
    for (cases, set, word) in [
        (&["solo"][..], &[][..], "solow"),
        (&["solow"], &["sigma=5"], "delta"),
        (&["solow"], &["delta"], "--set"),
        (&["solow"], &["delta=1.5"], "from 0 to 1"),
    ] {
        let error = run(&args(cases, set)).unwrap_err().to_string();
        assert!(error.contains(word), "{error}");
    }
}

proptest::proptest! {
    #[test]
    fn splits_of_money_never_lose_a_fen(
        amount in -1_000_000_000_000_000i64..1_000_000_000_000_000,
        weights in proptest::collection::vec(0.0f64..1.0, 1..40),
        province in 0.0f64..0.5,
        prefecture in 0.0f64..0.5,
        base in 0i64..1_000_000_000_000,
    ) {
        proptest::prop_assert_eq!(split(amount, &weights).into_iter().sum::<i64>(), amount);
        for exempt in [Fen::ZERO, Fen(base)] {
            let parts = shanhai::inside::local_parts(Fen(amount), province, prefecture, exempt);
            proptest::prop_assert_eq!(parts.into_iter().sum::<Fen>(), Fen(amount));
        }
    }
}
