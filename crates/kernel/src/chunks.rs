//! Ordered parallel loops over fixed chunks.
//!
//! Threads decide who does a piece of work, never what the pieces are or in which order their results
//! are put together. So a run gives the same bytes at every thread count, and floating-point sums
//! may be taken over the returned results in order.
//!
//! The threads are those of the current rayon pool; see [`with_threads`].

use std::ops::Range;

use rayon::prelude::*;

/// Calls `f(index, chunk)` for every chunk and returns the results in the order of the chunks.
pub fn map_chunks<T: Send, R: Send>(chunks: &mut [T], f: impl Fn(usize, &mut T) -> R + Sync) -> Vec<R> {
    if serial(chunks.len()) {
        return chunks.iter_mut().enumerate().map(|(i, chunk)| f(i, chunk)).collect();
    }
    chunks.par_iter_mut().with_max_len(1).enumerate().map(|(i, chunk)| f(i, chunk)).collect()
}

/// Calls `f(index, range)` for the ranges `0..chunk`, `chunk..2 * chunk`, ... up to `len`, and returns
/// the results in order. The last range may be shorter.
pub fn map_ranges<R: Send>(len: usize, chunk: usize, f: impl Fn(usize, Range<usize>) -> R + Sync) -> Vec<R> {
    assert!(chunk > 0, "a chunk holds at least one entry");
    let range = |i: usize| i * chunk..len.min((i + 1) * chunk);
    let count = len.div_ceil(chunk);
    if serial(count) {
        return (0..count).map(|i| f(i, range(i))).collect();
    }
    (0..count).into_par_iter().with_max_len(1).map(|i| f(i, range(i))).collect()
}

/// Calls `f(index, part)` for consecutive parts of `chunk` entries of a column, and returns the
/// results in order. The last part may be shorter.
pub fn map_parts<T: Send, R: Send>(
    column: &mut [T],
    chunk: usize,
    f: impl Fn(usize, &mut [T]) -> R + Sync,
) -> Vec<R> {
    let mut parts: Vec<&mut [T]> = column.chunks_mut(chunk).collect();
    map_chunks(&mut parts, |i, part| f(i, part))
}

/// So many threads could not be started.
#[derive(Debug)]
pub struct ThreadsError {
    /// How many were asked for; 0 is one a core.
    pub threads: usize,
    /// What the operating system or the pool said.
    pub reason: String,
}

impl std::fmt::Display for ThreadsError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} threads could not be started ({})", self.threads, self.reason)
    }
}

impl std::error::Error for ThreadsError {}

/// Most threads that may be asked for: some thousands more would exhaust the machine before the first agent moves.
pub const MOST_THREADS: usize = 1024;

/// Refuses more threads than [`MOST_THREADS`], before anything is begun that they would work on.
///
/// # Errors
/// The number with the limit.
pub fn check_threads(threads: usize) -> Result<(), ThreadsError> {
    if threads <= MOST_THREADS {
        return Ok(());
    }
    Err(ThreadsError { threads, reason: format!("at most {MOST_THREADS} can be asked for") })
}

/// Runs `f` with exactly `threads` threads (0 means one a core), whatever pool is current outside.
///
/// # Errors
/// For more threads than [`MOST_THREADS`], or if they cannot be started.
pub fn with_threads<R: Send>(threads: usize, f: impl FnOnce() -> R + Send) -> Result<R, ThreadsError> {
    check_threads(threads)?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .map_err(|error| ThreadsError { threads, reason: error.to_string() })?;
    Ok(pool.install(f))
}

/// Threads of the current pool: for work that is only needed so that others can begin. Results never depend on it.
pub fn threads() -> usize {
    rayon::current_num_threads()
}

/// One chunk or one thread: no other thread need be woken.
fn serial(chunks: usize) -> bool {
    chunks <= 1 || threads() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs `f` at several thread counts, expecting one answer.
    fn same_at_every_thread_count<R: PartialEq + std::fmt::Debug + Send>(f: impl Fn() -> R + Sync) -> R {
        let [first, others @ ..] = [1, 2, 3, 8].map(|threads| with_threads(threads, &f).unwrap());
        others.iter().for_each(|other| assert_eq!(*other, first));
        first
    }

    /// Terms of very different size: their floating-point sum depends on the order.
    fn term(i: usize) -> f64 {
        libm::exp((i * 7919 % 97) as f64 - 48.0)
    }

    #[test]
    fn chunks_are_changed_and_collected_in_order_at_every_thread_count() {
        let (chunks, results) = same_at_every_thread_count(|| {
            let mut chunks: Vec<Vec<f64>> = (0..57).map(|i| vec![term(i); i]).collect();
            let results = map_chunks(&mut chunks, |i, chunk| {
                chunk.iter_mut().enumerate().for_each(|(k, x)| *x += term(i + k));
                (i, chunk.iter().sum::<f64>())
            });
            (chunks, results)
        });
        assert!(results.iter().enumerate().all(|(i, r)| r.0 == i));
        assert_eq!(chunks[3], [term(3) + term(3), term(3) + term(4), term(3) + term(5)]);
    }

    #[test]
    fn sum_over_ranges_is_one_number_at_every_thread_count() {
        same_at_every_thread_count(|| {
            let terms = if cfg!(miri) { 5003 } else { 100_003 };
            let sums = map_ranges(terms, 1000, |_, range| range.map(term).sum::<f64>());
            sums.iter().sum::<f64>().to_bits()
        });
    }

    #[test]
    fn ranges_cover_every_entry_once() {
        for (len, chunk) in [(0, 5), (1, 5), (5, 5), (6, 5), (100, 7)] {
            let ranges = same_at_every_thread_count(|| map_ranges(len, chunk, |i, range| (i, range)));
            let covered: Vec<usize> = ranges.iter().flat_map(|(_, range)| range.clone()).collect();
            assert_eq!(covered, (0..len).collect::<Vec<_>>());
            assert!(ranges.iter().enumerate().all(|(k, (i, range))| k == *i && range.start == i * chunk));
        }
    }

    #[test]
    fn parts_of_a_column_are_changed_in_place() {
        let column = same_at_every_thread_count(|| {
            let mut column = vec![0; 23];
            let lengths = map_parts(&mut column, 10, |i, part| {
                part.fill(i);
                part.len()
            });
            assert_eq!(lengths, [10, 10, 3]);
            column
        });
        assert_eq!((column[9], column[10], column[22]), (0, 1, 2));
    }
}
