//! The yardstick engine obeys the law of the yardstick, and gives one result whatever runs it.

use shanhai_bench::{Moves, Yardstick};
use shanhai_kernel::chunks::with_threads;

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

#[test]
fn every_thread_count_gives_one_result() {
    let run = |nodes, threads| {
        with_threads(threads, || {
            let mut yardstick = Yardstick::new(1_000_000, nodes, 3).unwrap();
            let moves: Vec<Moves> = (0..5).map(|_| yardstick.step().unwrap()).collect();
            (moves, yardstick.counts().to_vec(), yardstick.state_hash())
        })
        .unwrap()
    };
    for nodes in [64, 256] {
        let one = run(nodes, 1);
        for threads in [2, 3, 8] {
            assert_eq!(run(nodes, threads), one, "{nodes} nodes, {threads} threads");
        }
    }
}

/// Hashes that no processor, thread count or later version may change.
#[test]
fn state_hashes_are_pinned() {
    for (nodes, hash) in [(64, 13_456_014_128_431_423_507), (256, 2_166_054_343_946_913_003)] {
        let mut yardstick = Yardstick::new(50_000, nodes, 1).unwrap();
        movers_of_second_half(&mut yardstick, 10);
        assert_eq!(yardstick.state_hash(), hash, "{nodes} nodes");
    }
}

#[test]
fn counts_are_those_of_readable_agents() {
    let mut yardstick = Yardstick::new(30_000, 128, 1).unwrap();
    let start: Vec<_> = (0..30_000).map(|i| yardstick.agent(i)).collect();
    movers_of_second_half(&mut yardstick, 10);
    let mut counts = vec![0; 128];
    for (i, before) in start.iter().enumerate() {
        let agent = yardstick.agent(i as u64);
        counts[agent.current as usize] += 1;
        assert_eq!((agent.home, agent.skill, agent.age), (before.home, before.skill, before.age));
    }
    assert_eq!(counts, yardstick.counts());
}

/// The exact expectation by classes of home, skill and age band: the law as its definition says, without any of
/// the engine. Returns means and variances of counts (of independent agents) and the movers of the second half.
struct MeanField {
    mean: Vec<f64>,
    var: Vec<f64>,
    movers_half: f64,
}

fn mean_field(yardstick: &Yardstick, agents: u64, nodes: usize, steps: u32) -> MeanField {
    let position = |j: usize| {
        let part = |c: f64| (0.5 + j as f64 * c).fract();
        (part(0.754_877_666_246_692_7), part(0.569_840_290_998_053_2))
    };
    let decay = |i: usize, j: usize| {
        let ((x, y), (p, q)) = (position(i), position(j));
        (-3.0 * (x - p).hypot(y - q)).exp()
    };
    let decay: Vec<Vec<f64>> = (0..nodes).map(|i| (0..nodes).map(|j| decay(i, j)).collect()).collect();
    let attraction = |j: usize| match (j % 64, j % 8) {
        (0, _) => 4.0f64,
        (_, 0) => 2.0,
        _ => 1.0,
    };
    // The members of each class, and where they are.
    let mut members = vec![0.0; nodes * 9];
    for i in 0..agents {
        let agent = yardstick.agent(i);
        let band = usize::from(agent.age >= 35) + usize::from(agent.age >= 50);
        members[(agent.home as usize * 3 + agent.skill as usize) * 3 + band] += 1.0;
    }
    let mut share = vec![vec![0.0; nodes]; nodes * 9];
    share.iter_mut().enumerate().for_each(|(class, share)| share[class / 9] = 1.0);
    let expected = |share: &[Vec<f64>], f: &dyn Fn(f64) -> f64| -> Vec<f64> {
        (0..nodes).map(|j| share.iter().zip(&members).map(|(s, m)| m * f(s[j])).sum()).collect()
    };
    let mut movers_half = 0.0;
    for step in 0..steps {
        let counts = expected(&share, &|p| p);
        let weight: Vec<Vec<f64>> = [2.0, 2.5, 3.0]
            .map(|beta: f64| {
                let value = |j: usize| {
                    let crowding = (counts[j].max(1.0) * nodes as f64 / agents as f64).ln();
                    (beta * (attraction(j).ln() - 0.3 * crowding) - 0.2 * crowding).exp()
                };
                (0..nodes).map(value).collect()
            })
            .to_vec();
        for home in 0..nodes {
            for (skill, weight) in weight.iter().enumerate() {
                // Transition rows by origin, the same for the three age bands.
                let mut moved = [const { Vec::new() }; 3].map(|_: Vec<f64>| vec![0.0; nodes]);
                let classes = (home * 3 + skill) * 3;
                for i in 0..nodes {
                    let mut row: Vec<f64> = (0..nodes).map(|j| weight[j] * decay[i][j]).collect();
                    row[home] *= 3.0f64.exp();
                    let sum: f64 = row.iter().sum();
                    for (band, factor) in [1.5, 1.0, 0.5].into_iter().enumerate() {
                        let considering = 0.02 * factor * share[classes + band][i] / sum;
                        row.iter().zip(&mut moved[band]).for_each(|(w, m)| *m += w * considering);
                        moved[band][i] -= considering * sum;
                        if step >= steps / 2 {
                            movers_half += members[classes + band] * considering * (sum - row[i]);
                        }
                    }
                }
                for (band, moved) in moved.iter().enumerate() {
                    share[classes + band].iter_mut().zip(moved).for_each(|(s, m)| *s += m);
                }
            }
        }
    }
    MeanField { mean: expected(&share, &|p| p), var: expected(&share, &|p| p * (1.0 - p)), movers_half }
}

/// The mean field above is the one behind the oracle's file, so it may judge other numbers of nodes.
#[test]
fn mean_field_of_this_test_equals_the_oracle() {
    let oracle = oracle();
    let yardstick = Yardstick::new(oracle.n, oracle.j, 1).unwrap();
    let field = mean_field(&yardstick, oracle.n, oracle.j, oracle.steps);
    for j in 0..oracle.j {
        assert!((field.mean[j] - oracle.mean[j]).abs() < 1e-6 * oracle.mean[j]);
        assert!((field.var[j] - oracle.var[j]).abs() < 1e-6 * oracle.var[j]);
    }
    assert!((field.movers_half - oracle.movers_half).abs() < 1e-6 * oracle.movers_half);
}

/// Rejection over cells of several nodes, which the oracle's 64 nodes do not need, obeys the law too.
#[test]
fn rejection_over_cells_follows_the_exact_expectation() {
    let (agents, nodes, steps) = (2_000_000, 128, 20);
    let mut yardstick = Yardstick::new(agents, nodes, 2).unwrap();
    let MeanField { mean, var, movers_half } = mean_field(&yardstick, agents, nodes, steps);
    // Movers of different months are nearly independent and rare.
    let oracle = Oracle { n: agents, j: nodes, steps, mean, var, movers_half, movers_sd: movers_half.sqrt() };
    let movers = movers_of_second_half(&mut yardstick, steps);
    let (deviation, z) = against_oracle(&oracle, yardstick.counts(), movers);
    assert!((0.5..=1.5).contains(&deviation), "mean squared deviation {deviation}");
    assert!(z.abs() < 4.0, "movers are {z} standard deviations off");
}
