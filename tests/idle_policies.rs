//! Promise: a policy that cannot act is no experiment. It is an error until somebody insists, and `check` says of every
//! policy when, where, for whom and at what cost it acts.

use crate::program::{root, said, shanhai};
use crate::six_nodes::Area;
use shanhai::Error;

#[test]
fn a_window_after_the_end_is_an_error_unless_somebody_insists() {
    let case = root().join("tests/problems/idle/window_after_end.toml").display().to_string();
    let few = ["--persons-per-agent", "1000"];
    for command in ["check", "run"] {
        let place = tempfile::tempdir().expect("a folder");
        let out = place.path().join("out").display().to_string();
        let words = if command == "run" {
            vec!["run", &case, "--out", &out, "--years", "1"]
        } else {
            vec!["check", &case]
        };
        let output = shanhai([&words[..], &few].concat());
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        for part in
            ["`hukou_reform` begins in 2036", "`industrial_upgrading` begins in 2036", "--allow-idle insists"]
        {
            assert!(said(&output).contains(part), "no word of {part} in {}", said(&output));
        }
        let output = shanhai([&words[..], &few, &["--allow-idle"]].concat());
        assert!(output.status.success(), "{}", said(&output));
        if command == "check" {
            assert!(said(&output).contains("hukou_reform: no year of the run"), "{}", said(&output));
            assert!(said(&output).contains("it cannot act"), "{}", said(&output));
        }
    }
}

#[test]
fn a_condition_that_nothing_meets_in_the_base_year_is_refused_with_the_places_that_were_asked() {
    let area = Area::new();
    let policy = "[[policy.income_transfer]]\narea_yuan = 100\n\
                  areas = { tier = \"county\", where = { measure = \"ecology\", above = 2 } }\n\
                  persons = { tier = \"village\", where = { measure = \"ecology\", above = 2 } }\n";
    let loaded = area.load(3, policy).unwrap_or_else(|e| panic!("{e}"));
    let error = loaded.must_act().expect_err("it has nowhere to act");
    assert!(matches!(error, Error::Data { .. }), "{error}");
    assert_eq!(error.exit_code(), 2);
    for part in ["the policy `income_transfer`", "`areas` chooses 0 of 4 places", "--allow-idle"] {
        assert!(error.to_string().contains(part), "{error}");
    }
    let path = area.scenario("insisting", 3, policy);
    let output = shanhai(["check", &path.display().to_string()]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    let insists = shanhai::run::load(&path, &["run.allow_idle=true".to_owned()]);
    insists.and_then(|s| s.must_act()).unwrap_or_else(|e| panic!("{e}"));
    // A policy of intensity 0 says itself that it does nothing.
    let none = area.load(3, &policy.replace("area_yuan", "intensity = 0\narea_yuan"));
    none.and_then(|s| s.must_act()).unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn check_lists_years_places_payers_and_the_cost_of_the_first_and_last_year() {
    let area = Area::new();
    let policy = "[[policy.urban_renewal]]\nactive = { from = 2022, until = 2024, phase_in = 2 }\n\
                  renewal_yuan = 500\npayers = { county = 0.25, centre = 0.75 }\n";
    let path = area.scenario("listed", 5, policy).display().to_string();
    let output = shanhai(["check", &path]);
    assert!(output.status.success(), "{}", said(&output));
    // 90,000 residents of the one city: half of 45 m yuan in the first year, all of it in the last.
    for part in [
        "urban_renewal: 2022 to 2024, growing over 2 years; `at` 1 nodes",
        "paid by county 25 %, centre 75 %: 22.5 m yuan in 2022, 45.0 m in 2024",
    ] {
        assert!(said(&output).contains(part), "no word of {part} in {}", said(&output));
    }
    // What it lists is what is paid.
    let simulation = area.run(4, policy);
    let paid: i64 = simulation.world.programmes.orders.iter().map(|order| order.demanded.0).sum();
    let outlook = simulation.outlook();
    assert_eq!(outlook[0].years, Some((2022, 2024)));
    assert!((paid as f64 / 100.0 / 45e6 - 1.0).abs() < 0.1, "{paid} fen");
}
