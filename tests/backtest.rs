//! What the backtest promises: skill of the law on the shipped targets, and agents that follow the law.

use std::path::{Path, PathBuf};

use shanhai::experiment::backtest::agent_runs;
use shanhai::experiment::calibrate::with_closed_form;
use shanhai::experiment::evidence::fitted;
use shanhai::experiment::law_closed_form::{ClosedForm, MoverAges, load};
use shanhai::experiment::score::{by_level, score};
use shanhai::experiment::targets::{Targets, residents};
use shanhai::scenario::file::Odds;

fn path(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(file)
}

fn targets(law: &ClosedForm) -> Targets {
    let files = [path("zhejiang/census_2020.csv"), path("henan/census_2020.csv")];
    Targets::read(&files, &law.geography).unwrap()
}

/// Population-weighted correlation of log growth, so that sampling of small counties does not decide.
fn agreement(law: &ClosedForm, a: &[f64], b: &[f64]) -> f64 {
    let n = a.len();
    let start: Vec<f64> = (0..n).map(|c| residents(&law.geography, c)).collect();
    let by_prefecture = |v: &[f64]| -> Vec<f64> {
        law.geography
            .prefectures
            .iter()
            .map(|p| {
                let sum = |v: &[f64]| p.counties.clone().map(|c| v[c]).sum::<f64>();
                (sum(v) / sum(&start)).ln()
            })
            .collect()
    };
    score(&by_prefecture(a), &by_prefecture(b)).r
}

#[test]
fn law_and_agents_predict_the_shipped_targets_as_the_evidence_says() {
    let file = path("china/backtest_2010_2020.toml");
    let (scenario, law) = load(&file, &[]).unwrap();
    let targets = targets(&law);
    assert_eq!((targets.list.len(), targets.unmatched.len()), (205, 0));
    let odds = &scenario.drivers.odds;
    let prediction = law.predict(odds);
    let levels = by_level(&targets, &law.geography, &prediction.population);
    assert!((levels[0].1.r - 0.63).abs() < 0.02, "{:?}", levels[0]);
    assert!(levels.iter().any(|(l, s)| l == "prefectures" && (s.r - 0.775).abs() < 0.03));
    assert!((prediction.population.iter().sum::<f64>() / 1e6 - 1409.8).abs() < 2.0);
    // People away, converts among them, are as many as stated.
    for (b, growth) in [odds.own_province, odds.other_provinces].into_iter().enumerate() {
        let start: f64 = law
            .geography
            .nodes
            .iter()
            .map(|n| if b == 0 { n.facts.newcomers_province } else { n.facts.newcomers_other } as f64)
            .sum();
        assert!((prediction.away[b] / (start * growth.unwrap() * odds.converts.exp()) - 1.0).abs() < 1e-6);
    }
    // Fitting what a prediction made finds the terms again.
    let mut known = targets.clone();
    for t in &mut known.list {
        let start: f64 = t.counties.iter().map(|&c| residents(&law.geography, c)).sum();
        t.population_start = start;
        t.population_end = t.counties.iter().map(|&c| prediction.population[c]).sum();
    }
    let start = Odds { reversion: 0.1, mining: 0.0, wage: 0.0, crowding: 0.0, capital: 0.0, ..odds.clone() };
    let fit = with_closed_form(&law, &start, &fitted(), &known).unwrap();
    let truth = [odds.reversion, odds.mining, odds.wage, odds.crowding, odds.capital];
    for (e, t) in fit.estimates.iter().zip(truth) {
        assert!((e.value - t).abs() < 0.01, "{}: {} is not {t}", e.key, e.value);
    }

    // Agents at a small scale: 5,000 persons each, so a county of 400,000 has 80 of them and prefectures are
    // what can be compared.
    let few = ["run.persons_per_agent=5000".to_owned()];
    let (_, _, runs) = agent_runs(&file, &few, 1, |_, _| {}).unwrap();
    for (found, stated) in runs.away_growth.iter().zip([2.119, 1.454]) {
        assert!((found / stated - 1.0).abs() < 0.03, "{found} for {stated}");
    }
    let expected = law.predict_with(odds, MoverAges::AsLaidOut).population;
    let r = agreement(&law, &runs.mean(), &expected);
    assert!(r > 0.85, "agents and law agree with r {r}");
}
