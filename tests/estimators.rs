//! Promise: the estimators that replays apply give the numbers of published packages on a fixed table
//! (`tests/estimators/panel.csv`; `expected.csv` was written by `expected.py` beside it), and closed forms.

use shanhai::inside::estimate::{
    Effect, PanelRow, Regressor, event_study, long_difference, panel_poisson, two_way_fixed_effects,
};

/// Columns of the table, by name.
fn column(name: &str) -> Vec<f64> {
    let mut lines = include_str!("estimators/panel.csv").lines();
    let at = lines.next().expect("a header").split(',').position(|c| c == name).expect("the column");
    lines.map(|line| line.split(',').nth(at).expect("a cell").parse().expect("a number")).collect()
}

/// Estimate and standard error of the package.
fn expected(estimator: &str, name: &str) -> [f64; 2] {
    let key = format!("{estimator},{name},");
    let line = include_str!("estimators/expected.csv").lines().find(|l| l.starts_with(&key)).expect(&key);
    let mut cells = line[key.len()..].split(',').map(|c| c.parse().expect("a number"));
    [cells.next().expect("an estimate"), cells.next().expect("an error")]
}

fn panel() -> Vec<PanelRow> {
    let (unit, year, cluster) = (column("unit"), column("year"), column("cluster"));
    (0..unit.len())
        .map(|i| PanelRow { unit: unit[i] as usize, period: year[i] as i32, cluster: cluster[i] as usize })
        .collect()
}

fn regressors() -> Vec<Regressor> {
    ["treated", "price"].map(|name| Regressor::new(name, column(name))).to_vec()
}

fn agrees(found: &Effect, [estimate, error]: [f64; 2]) {
    let close = |a: f64, b: f64| (a - b).abs() < 1e-7 * b.abs().max(1.0);
    assert!(close(found.estimate, estimate), "{found:?} is not {estimate}");
    assert!(close(found.standard_error, error), "{found:?} has not the error {error}");
}

#[test]
fn two_way_fixed_effects_are_those_of_fixest() {
    let fit = two_way_fixed_effects(&panel(), &column("y"), &regressors()).expect("a fit");
    fit.effects.iter().for_each(|e| agrees(e, expected("two_way", &e.name)));
}

#[test]
fn the_event_study_is_that_of_fixest_and_its_mean_has_the_error_of_all_lags() {
    let first: Vec<Option<i32>> = column("first").iter().map(|&f| (f > 0.0).then_some(f as i32)).collect();
    let study = event_study(&panel(), &column("y"), &first, 3, 3).expect("a fit");
    assert_eq!(study.path.iter().map(|(k, _)| *k).collect::<Vec<_>>(), [-3, -2, 0, 1, 2, 3]);
    study.path.iter().for_each(|(k, e)| agrees(e, expected("event_study", &k.to_string())));
    agrees(&study.after, expected("event_study", "mean_after"));
    // Two leads: F = b'V^-1 b/2 with the two by two covariance written out.
    let v = |j, l| study.fit.covariance[(j, l)];
    let [a, b] = [study.path[0].1.estimate, study.path[1].1.estimate];
    let f = (a * a * v(1, 1) - 2.0 * a * b * v(0, 1) + b * b * v(0, 0))
        / (v(0, 0) * v(1, 1) - v(0, 1) * v(0, 1))
        / 2.0;
    let (found, p) = study.before.expect("leads");
    assert!((found / f - 1.0).abs() < 1e-9);
    // F(2, d) has the closed tail (1 + 2F/d)^(-d/2); d = 5 clusters less one.
    assert!((p - (1.0 + 2.0 * f / 5.0).powf(-2.5)).abs() < 1e-10, "{p}");
}

#[test]
fn poisson_effects_on_a_panel_are_those_of_fixest_with_clustered_errors() {
    let effects = panel_poisson(&panel(), &column("firms"), &regressors()).expect("a fit");
    effects.iter().for_each(|e| agrees(e, expected("ppml", &e.name)));
}

#[test]
fn the_long_difference_is_least_squares_of_statsmodels() {
    let (year, y, price, first, cluster) =
        (column("year"), column("y"), column("price"), column("first"), column("cluster"));
    let rows: Vec<usize> = (0..y.len()).filter(|&i| year[i] == 2011.0).collect();
    let change: Vec<f64> = rows.iter().map(|&i| y[i + 7] - y[i]).collect();
    let treated = rows.iter().map(|&i| f64::from(u8::from(first[i] > 0.0))).collect();
    let before = rows.iter().map(|&i| price[i]).collect();
    let clusters: Vec<usize> = rows.iter().map(|&i| cluster[i] as usize).collect();
    let x = [Regressor::new("treated", treated), Regressor::new("price", before)];
    let effects = long_difference(&change, &x, &clusters).expect("a fit");
    for (effect, name) in effects.iter().zip(["treated", "price", "const"]) {
        agrees(effect, expected("long_difference", name));
    }
}

/// Two units, two years: every estimator of a ratio or difference is the difference of differences.
#[test]
fn two_groups_and_two_years_have_closed_forms() {
    let rows: Vec<PanelRow> =
        (0..4).flat_map(|unit| [1, 2].map(|period| PanelRow { unit, period, cluster: unit })).collect();
    let y = [10.0, 20.0, 12.0, 20.0, 5.0, 30.0, 7.0, 42.0];
    let treated = [0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0];
    let poisson = panel_poisson(&rows, &y, &[Regressor::new("treated", treated.to_vec())]).expect("a fit");
    // Sums of the groups: 22 to 40 and 12 to 72.
    assert!((poisson[0].estimate - (72.0_f64 / 12.0 / (40.0 / 22.0)).ln()).abs() < 1e-9, "{poisson:?}");
    let first = [None, None, None, None, Some(2), Some(2), Some(2), Some(2)];
    let study = event_study(&rows, &y, &first, 1, 0).expect("a fit");
    assert!((study.after.estimate - (30.0 - 9.0)).abs() < 1e-12);
    assert!(study.before.is_none(), "the reference is the only year before");
    let change: Vec<f64> = y.chunks(2).map(|c| c[1] - c[0]).collect();
    let d = [Regressor::new("treated", vec![0.0, 0.0, 1.0, 1.0])];
    let long = long_difference(&change, &d, &[0, 1, 2, 3]).expect("a fit");
    assert!((long[0].estimate - 21.0).abs() < 1e-12 && (long[1].estimate - 9.0).abs() < 1e-12);
}

#[test]
fn a_panel_that_cannot_answer_says_what_is_missing() {
    let rows = panel();
    let nobody = vec![None; rows.len()];
    let message = event_study(&rows, &column("y"), &nobody, 3, 3).expect_err("nobody").to_string();
    assert!(message.contains("no treated year"), "{message}");
    let message = long_difference(&[1.0, 2.0], &[], &[0, 0]).expect_err("one cluster").to_string();
    assert!(message.contains("1 clusters"), "{message}");
    assert!(panel_poisson(&rows, &[1.0], &regressors()).is_err());
}
