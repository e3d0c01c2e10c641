//! What each phase of a year costs, by size: Zhejiang with one agent a thousand and a hundred persons.
//!
//! `cargo bench --bench phases`. The phases are timed inside one step, so that all see the same world.

use std::path::Path;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use shanhai::inside::PHASES;
use shanhai::run::load;

fn phases(criterion: &mut Criterion) {
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/zhejiang/baseline.toml");
    for persons in [1000, 100] {
        let mut group = criterion.benchmark_group(format!("a year, {persons} persons an agent"));
        group.sample_size(10);
        let size = format!("run.persons_per_agent={persons}");
        // The last phase, observe, belongs to whoever reads the run.
        for (phase, name) in PHASES.iter().enumerate().take(PHASES.len() - 1) {
            group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
                bencher.iter_custom(|years| {
                    let mut spent = Duration::ZERO;
                    let mut left = years;
                    while left > 0 {
                        let mut run =
                            load(&scenario, std::slice::from_ref(&size)).expect("the shipped scenario");
                        for _ in 0..left.min(15) {
                            run.step().expect("an audited year");
                        }
                        spent += run.timings.phase[phase];
                        left -= left.min(15);
                    }
                    spent
                });
            });
        }
        group.finish();
    }
}

criterion_group!(benches, phases);
criterion_main!(benches);
