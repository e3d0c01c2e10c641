//! The kernel's own samplers against those of `rand_distr`, by the two-sample test of Kolmogorov and Smirnov.

use rand::RngExt;
use rand_distr::{Distribution, StandardNormal};
use shanhai_kernel::draw::{Draws, Purpose};

const N: usize = 100_000;
/// Samples of one law are farther apart in one of a thousand cases: 1.949 sqrt(2/N). The seeds are fixed.
const APART: f64 = 0.0087;

/// The largest distance between the empirical distribution functions of two samples.
fn distance(mut a: Vec<f64>, mut b: Vec<f64>) -> f64 {
    a.sort_by(f64::total_cmp);
    b.sort_by(f64::total_cmp);
    let share = |sample: &[f64], x: f64| sample.partition_point(|y| *y <= x) as f64 / sample.len() as f64;
    a.iter().chain(&b).map(|&x| (share(&a, x) - share(&b, x)).abs()).fold(0.0, f64::max)
}

/// `N` values from the draws of one key each.
fn own(sample: impl Fn(&Draws, u64) -> f64) -> Vec<f64> {
    let draws = Draws::new(20_260, Purpose::Shock, 1);
    (0..N as u64).map(|entity| sample(&draws, entity)).collect()
}

/// `N` values of a distribution of `rand_distr` from one stream.
fn oracle(distribution: impl Distribution<f64>) -> Vec<f64> {
    let stream = Draws::new(20_260, Purpose::Experiment, 1).stream(0);
    distribution.sample_iter(stream).take(N).collect()
}

#[test]
fn uniform_draws_and_those_of_rand_are_of_one_law() {
    let mut stream = Draws::new(20_260, Purpose::Experiment, 1).stream(0);
    let expected: Vec<f64> = (0..N).map(|_| stream.random()).collect();
    assert!(distance(own(Draws::uniform), expected.clone()) < APART);
    assert!(distance(own(|draws, entity| draws.uniform_pair(entity).1), expected.clone()) < APART);
    let bent = own(|draws, entity| draws.uniform(entity).powf(1.05));
    assert!(distance(bent, expected) > APART, "the test sees a small difference");
}

#[test]
fn normal_draws_and_those_of_rand_distr_are_of_one_law() {
    let expected = oracle(StandardNormal);
    assert!(distance(own(Draws::normal), expected.clone()) < APART);
    let wide = own(|draws, entity| 1.05 * draws.normal(entity));
    assert!(distance(wide, expected) > APART, "the test sees a small difference");
}
