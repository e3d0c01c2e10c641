//! The floor of any step that looks at every agent: streaming over columns of agents without a model.
//!
//! `cargo bench -p shanhai-bench --bench floor -- --agents 1e7,1e8 --threads 1,2`. For columns of 4 and 8 bytes an agent:
//! only reading (what [`Yardstick::stream_read`](shanhai_bench::Yardstick::stream_read) does) and
//! updating every agent in place, in agents and in bytes a second. A step is judged as a multiple of these.

use std::hint::black_box;
use std::ops::BitXor;
use std::time::Instant;

use clap::Parser;
use shanhai_bench::Result;
use shanhai_kernel::chunks::{map_parts, with_threads};
use shanhai_kernel::pages::prefer_large_pages;

#[derive(Parser)]
struct Options {
    #[arg(long, value_delimiter = ',', default_value = "1e7,1e8")]
    agents: Vec<f64>,
    #[arg(long, value_delimiter = ',', default_value = "1,2")]
    threads: Vec<usize>,
    /// Timed passes; the median counts.
    #[arg(long, default_value_t = 21)]
    passes: usize,
    /// Passed by `cargo bench`.
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Result<()> {
    let options = Options::parse();
    println!(
        "{:>8} {:>5} {:>7} {:>7} {:>10} {:>7}",
        "agents", "bytes", "threads", "pass", "agents/s", "GB/s"
    );
    for &agents in &options.agents {
        for &threads in &options.threads {
            with_threads(threads, || {
                passes::<u32>(&options, agents as usize, threads, |word| word.wrapping_mul(5) ^ 1);
                passes::<u64>(&options, agents as usize, threads, |word| word.wrapping_add(word >> 7) ^ 1);
            })?;
        }
    }
    Ok(())
}

/// Entries of a part; a part is one thread's work.
const PART: usize = 1 << 18;

/// Reads and updates one column, and prints two rows. Bytes count once read and once written.
fn passes<T>(options: &Options, agents: usize, threads: usize, update: impl Fn(T) -> T + Sync)
where
    T: Copy + Default + Send + BitXor<Output = T>,
{
    let mut column = vec![T::default(); agents];
    prefer_large_pages(&mut column);
    column.fill(T::default());
    let read = |column: &mut Vec<T>| {
        let sums = map_parts(column, PART, |_, part| part.iter().fold(T::default(), |sum, &word| sum ^ word));
        drop(black_box(sums));
    };
    let write = |column: &mut Vec<T>| {
        map_parts(column, PART, |_, part| part.iter_mut().for_each(|word| *word = update(*word)));
    };
    for updates in [false, true] {
        let mut seconds: Vec<f64> = (0..options.passes.max(1))
            .map(|_| {
                let start = Instant::now();
                if updates {
                    write(&mut column)
                } else {
                    read(&mut column)
                }
                start.elapsed().as_secs_f64()
            })
            .collect();
        seconds.sort_by(f64::total_cmp);
        let pace = agents as f64 / seconds[seconds.len() / 2];
        let bytes = size_of::<T>();
        println!(
            "{:>8.0e} {bytes:>5} {threads:>7} {:>7} {pace:>10.2e} {:>7.1}",
            agents as f64,
            if updates { "update" } else { "read" },
            pace * (bytes * if updates { 2 } else { 1 }) as f64 / 1e9
        );
    }
}
