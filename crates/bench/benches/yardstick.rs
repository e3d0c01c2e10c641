//! The performance yardstick `logit-migration` v1 on the project's own kernel.
//!
//! `cargo bench -p shanhai-bench --bench yardstick -- --agents 1e7 --nodes 64 --threads 2 --steps 20`; every option may be a list
//! (`--nodes 64,1024`), and each combination is a row. `--check` runs the statistical check instead.
//!
//! Columns: agent-steps a second (median chunk of steps, with the slowest and fastest); the same by processor
//! time, which neighbours on the machine disturb less (threads times agent-steps over the time the threads
//! ran); agents that considered a move a second; the pace of only reading the same column in the same process,
//! which is the floor of any model that looks at every agent, and the share of it that a step reaches; bytes
//! an agent; and the fingerprint of the final state, equal for every thread count.

use std::hint::black_box;
use std::time::Instant;

use clap::Parser;
use shanhai_bench::Result;
use shanhai_bench::Yardstick;
use shanhai_kernel::chunks::with_threads;

#[derive(Parser)]
struct Options {
    /// Agents, such as 10000000 or 1e7.
    #[arg(long, value_delimiter = ',', default_value = "1e7")]
    agents: Vec<f64>,
    /// Nodes, a power of two.
    #[arg(long, value_delimiter = ',', default_value = "64,1024")]
    nodes: Vec<usize>,
    #[arg(long, value_delimiter = ',', default_value = "1,2")]
    threads: Vec<usize>,
    /// Steps in a timed chunk.
    #[arg(long, default_value_t = 20)]
    steps: u32,
    /// Untimed steps before.
    #[arg(long, default_value_t = 5)]
    warm: u32,
    /// Timed chunks.
    #[arg(long, default_value_t = 7)]
    repetitions: u32,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only the statistical check: 100,000 agents, 64 nodes, 120 steps, against the exact expectation.
    #[arg(long)]
    check: bool,
    /// Passed by `cargo bench`.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Result<()> {
    let options = Options::parse();
    if options.check {
        return check();
    }
    println!(
        "{:>8} {:>5} {:>7} {:>13} {:>19} {:>11} {:>11} {:>11} {:>6} {:>6}  {:<16}",
        "agents",
        "nodes",
        "threads",
        "agent-steps/s",
        "slowest..fastest",
        "by cpu time",
        "draws/s",
        "read/s",
        "share",
        "bytes",
        "state_hash"
    );
    for &agents in &options.agents {
        for &nodes in &options.nodes {
            for &threads in &options.threads {
                with_threads(threads, || row(&options, agents as u64, nodes, threads))??;
            }
        }
    }
    Ok(())
}

/// Measures one combination and prints it.
fn row(options: &Options, agents: u64, nodes: usize, threads: usize) -> Result<()> {
    let before = resident_bytes("VmRSS:");
    let mut yardstick = Yardstick::new(agents, nodes, options.seed)?;
    for _ in 0..options.warm {
        yardstick.step()?;
    }
    let (mut steps, mut reads) = (Vec::new(), Vec::new());
    let mut considering = 0;
    let mut processor = 0.0;
    for _ in 0..options.repetitions {
        let start = Instant::now();
        let before = processor_seconds();
        for _ in 0..options.steps {
            considering += yardstick.step()?.considering;
        }
        steps.push(pace(agents, options.steps, start));
        processor += processor_seconds() - before;
        // Between the chunks, so that both meet the same neighbours on the machine.
        let start = Instant::now();
        for _ in 0..options.steps {
            black_box(yardstick.stream_read());
        }
        reads.push(pace(agents, options.steps, start));
    }
    let bytes = resident_bytes("VmRSS:").saturating_sub(before) as f64 / agents as f64;
    let agent_steps = agents as f64 * f64::from(options.repetitions * options.steps);
    let by_cpu = agent_steps * threads as f64 / processor;
    let [slowest, median, fastest] = spread(&mut steps);
    let [_, read, _] = spread(&mut reads);
    println!(
        "{:>8.0e} {nodes:>5} {threads:>7} {median:>13.2e} {:>19} {by_cpu:>11.2e} {:>11.2e} {read:>11.2e} {:>5.0}% {bytes:>6.2}  {:016x}",
        agents as f64,
        format!("{slowest:.2e}..{fastest:.2e}"),
        considering as f64 / agent_steps * median,
        100.0 * median / read,
        yardstick.state_hash(),
    );
    Ok(())
}

fn pace(agents: u64, steps: u32, start: Instant) -> f64 {
    agents as f64 * f64::from(steps) / start.elapsed().as_secs_f64()
}

/// The least, the median and the greatest.
fn spread(paces: &mut [f64]) -> [f64; 3] {
    paces.sort_by(f64::total_cmp);
    [paces[0], paces[paces.len() / 2], paces[paces.len() - 1]]
}

/// How long the threads of this process ran, so far; not a number where the system does not say.
fn processor_seconds() -> f64 {
    let Ok(tasks) = std::fs::read_dir("/proc/self/task") else { return f64::NAN };
    let nanoseconds = |task: std::path::PathBuf| {
        let account = std::fs::read_to_string(task.join("schedstat")).ok()?;
        account.split(' ').next()?.parse::<f64>().ok()
    };
    tasks.flatten().map(|task| nanoseconds(task.path()).unwrap_or(f64::NAN)).sum::<f64>() / 1e9
}

/// A line of the kernel's account of this process, in bytes; 0 where there is none.
fn resident_bytes(line: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kib = status
        .lines()
        .find_map(|l| l.strip_prefix(line)?.trim().strip_suffix("kB")?.trim().parse::<u64>().ok());
    kib.unwrap_or(0) * 1024
}

/// The statistical check; `cargo test -p shanhai-bench` asserts the same bounds.
fn check() -> Result<()> {
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
    let oracle: Oracle =
        serde_json::from_str(include_str!("../tests/data/yardstick_oracle_n1e5_j64_seed1.json"))
            .expect("a valid oracle");
    println!("seed  mean of (n - E n)^2 / Var n, in [0.25, 1.2]  z of movers, below 4");
    let mut failed = false;
    for seed in [1] {
        let mut yardstick = Yardstick::new(oracle.n, oracle.j, seed)?;
        let mut movers = 0;
        for step in 0..oracle.steps {
            let moves = yardstick.step()?;
            movers += if step >= oracle.steps / 2 { moves.movers } else { 0 };
        }
        let squares = yardstick.counts().iter().zip(&oracle.mean).zip(&oracle.var);
        let deviation = squares.map(|((&n, m), v)| (n as f64 - m).powi(2) / v).sum::<f64>() / oracle.j as f64;
        let z = (movers as f64 - oracle.movers_half) / oracle.movers_sd;
        let passed = (0.25..=1.2).contains(&deviation) && z.abs() < 4.0;
        failed |= !passed;
        println!("{seed:>4}  {deviation:>44.3}  {z:>20.2}  {}", if passed { "passed" } else { "FAILED" });
    }
    std::process::exit(i32::from(failed));
}
