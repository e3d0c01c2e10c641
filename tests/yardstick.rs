//! The yardstick engine obeys the law of the yardstick, and gives one result whatever runs it.

use shanhai::kernel::chunks::with_threads;
use shanhai::kernel::yardstick::{Moves, Yardstick};

/// The exact mean-field expectation for 100,000 agents, 64 nodes, seed 1, after 120 steps.
#[derive(serde::Deserialize)]
struct Oracle {
    n: u64,
    j: usize,
    steps: u32,
    mean: Vec<f64>,
    var: Vec<f64>,
    movers_half: f64,
    movers_sd: f64,
}

fn oracle() -> Oracle {
    serde_json::from_str(include_str!("data/yardstick_oracle_n1e5_j64_seed1.json")).unwrap()
}

/// The mean of ((n_j - E n_j)^2 / Var n_j) over nodes, and the score of the movers of the second half.
fn against_oracle(oracle: &Oracle, counts: &[u64], movers: u64) -> (f64, f64) {
    let squares = oracle.mean.iter().zip(&oracle.var).zip(counts);
    let deviation = squares.map(|((m, v), &n)| (n as f64 - m).powi(2) / v).sum::<f64>() / oracle.j as f64;
    (deviation, (movers as f64 - oracle.movers_half) / oracle.movers_sd)
}

fn movers_of_second_half(yardstick: &mut Yardstick, steps: u32) -> u64 {
    let moves: Vec<Moves> = (0..steps).map(|_| yardstick.step().unwrap()).collect();
    moves[steps as usize / 2..].iter().map(|m| m.movers).sum()
}

#[test]
fn counts_and_movers_follow_the_exact_expectation() {
    let oracle = oracle();
    let mut yardstick = Yardstick::new(oracle.n, oracle.j, 1).unwrap();
    let movers = movers_of_second_half(&mut yardstick, oracle.steps);
    let (deviation, z) = against_oracle(&oracle, yardstick.counts(), movers);
    assert!((0.25..=1.2).contains(&deviation), "mean squared deviation {deviation}");
    assert!(z.abs() < 4.0, "movers are {z} standard deviations off");
}
