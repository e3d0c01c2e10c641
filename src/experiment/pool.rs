//! Many runs on one machine: runs first, agents second. As many runs at once as there are threads and memory;
//! what threads are left over work inside the runs. Neither changes a byte of any result.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;

use crate::kernel::chunks::{check_threads, with_threads};
use crate::messages;
use crate::simulation::size::available_memory;
use crate::{Error, Result};

/// How the machine is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Split {
    /// Runs at once.
    pub runs: usize,
    /// All threads.
    pub threads: usize,
}

impl Split {
    /// Threads of the n-th of the runs that go on at once.
    pub(crate) fn threads_of(&self, worker: usize) -> usize {
        let more = usize::from(worker < self.threads % self.runs);
        (self.threads / self.runs + more).max(1)
    }
}

/// Divides `threads` (0 is one a core) between runs that need `bytes` each.
///
/// # Errors
/// [`Error::Usage`] for too many threads, [`Error::Memory`] if not even one run fits.
pub(crate) fn split(threads: usize, runs: usize, bytes: u64) -> Result<Split> {
    check_threads(threads)?;
    divide(threads, runs, bytes, available_memory())
}

fn divide(threads: usize, runs: usize, bytes: u64, available: Option<u64>) -> Result<Split> {
    let threads =
        if threads == 0 { std::thread::available_parallelism().map_or(1, usize::from) } else { threads };
    let mut at_once = threads.min(runs).max(1);
    if let Some(available) = available {
        let fit = fit(available, bytes);
        if fit == 0 {
            return Err(Error::Memory {
                needed_bytes: bytes,
                available_bytes: available,
                advice: messages::more_persons_an_agent(),
            });
        }
        at_once = at_once.min(fit);
    }
    Ok(Split { runs: at_once, threads })
}

/// How many worlds of `bytes` each fit; a fifth of the memory is left to everybody else.
fn fit(available: u64, bytes: u64) -> usize {
    (available / 5 * 4 / bytes.max(1)) as usize
}

/// How many worlds may be kept beside the runs that go on at once, none of them larger than a run. Where memory is short
/// there is none: a run less at once costs more than base years that are built again.
pub(crate) fn beside(split: Split, bytes: u64) -> usize {
    room_beside(split.runs, bytes, available_memory())
}

fn room_beside(runs: usize, bytes: u64, available: Option<u64>) -> usize {
    available.map_or(runs, |available| fit(available, bytes).saturating_sub(runs).min(runs))
}

/// Does all jobs, each in a pool of its own threads, and hands results to `done` in the order in which they
/// finish, on the calling thread. The first error stops what has not begun, and so does the user's wish; a job
/// that heard of it answers [`Error::Interrupted`].
///
/// # Errors
/// The first error of a job or of `done`; [`Error::Stopped`] if jobs were left at the user's wish.
pub(crate) fn run_all<T: Send>(
    split: Split,
    jobs: usize,
    interrupted: &(dyn Fn() -> bool + Sync),
    job: impl Fn(usize) -> Result<T> + Sync,
    mut done: impl FnMut(usize, T) -> Result<()>,
) -> Result<()> {
    let next = AtomicUsize::new(0);
    let stop = AtomicBool::new(false);
    let (send, receive) = mpsc::channel();
    let (next, stop, job) = (&next, &stop, &job);
    std::thread::scope(|scope| {
        for worker in 0..split.runs {
            let send = send.clone();
            scope.spawn(move || {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= jobs || stop.load(Ordering::Relaxed) || interrupted() {
                        break;
                    }
                    let result = with_threads(split.threads_of(worker), || job(number))
                        .map_err(Into::into)
                        .and_then(|r| r);
                    if send.send((number, result)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        let mut outcome = Ok(());
        let mut finished = 0;
        for (number, result) in receive {
            if outcome.is_err() || matches!(result, Err(Error::Interrupted { .. })) {
                continue;
            }
            outcome = result.and_then(|value| done(number, value));
            match outcome {
                Ok(()) => finished += 1,
                Err(_) => stop.store(true, Ordering::Relaxed),
            }
        }
        outcome?;
        if finished < jobs { Err(Error::Stopped { done: finished, all: Some(jobs) }) } else { Ok(()) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_come_first_and_agents_get_the_threads_that_are_left() {
        let split = divide(8, 3, 1 << 30, Some(64 << 30)).unwrap();
        assert_eq!(split.runs, 3);
        assert_eq!([0, 1, 2].map(|w| split.threads_of(w)), [3, 3, 2]);
        assert_eq!(divide(2, 40, 1 << 30, None).unwrap().runs, 2);
    }

    #[test]
    fn memory_bounds_the_runs_at_once_and_too_little_is_said_before_anything_is_allocated() {
        assert_eq!(divide(8, 40, 3 << 30, Some(10 << 30)).unwrap().runs, 2);
        let error = divide(8, 40, 3 << 30, Some(3 << 30)).unwrap_err().to_string();
        assert!(error.contains("3.0 GiB") && error.contains("--persons-per-agent"), "{error}");
    }

    #[test]
    fn worlds_are_kept_beside_runs_where_memory_is_left_and_never_instead_of_one() {
        assert_eq!([7, 10, 13, 16].map(|gib| room_beside(2, 3 << 30, Some(gib << 30))), [0, 0, 1, 2]);
        assert_eq!(room_beside(2, 1 << 20, Some(64 << 30)), 2, "more than one a run is of no use");
        assert_eq!(room_beside(2, 3 << 30, None), 2);
    }

    #[test]
    fn every_job_is_done_once_and_an_error_stops_the_rest() {
        let split = Split { runs: 3, threads: 3 };
        let mut seen = vec![0; 20];
        run_all(
            split,
            20,
            &|| false,
            |n| Ok(n * n),
            |n, square| {
                assert_eq!(square, n * n);
                seen[n] += 1;
                Ok(())
            },
        )
        .unwrap();
        assert_eq!(seen, vec![1; 20]);
        let bad = Error::Usage { found: messages::as_is("a"), expected: messages::as_is("b") };
        let one = std::sync::Mutex::new(Some(bad));
        let fail = |n: usize| match (n, one.lock().unwrap().take()) {
            (_, Some(error)) => Err(error),
            _ => Ok(n),
        };
        assert!(run_all(split, 20, &|| false, fail, |_, _| Ok(())).is_err());
    }

    #[test]
    fn a_wish_to_stop_ends_what_is_under_way_and_keeps_what_is_done() {
        let split = Split { runs: 1, threads: 1 };
        let wish = AtomicBool::new(false);
        let asked = || wish.load(Ordering::Relaxed);
        // A job begins when all before it are kept, however fast the machine is.
        let entered = std::sync::atomic::AtomicUsize::new(0);
        let job = |n: usize| {
            while entered.load(Ordering::Acquire) < n {
                std::thread::yield_now();
            }
            match asked() {
                true => Err(Error::Interrupted { year: 2020 }),
                false => Ok(n),
            }
        };
        let mut kept = Vec::new();
        let outcome = run_all(split, 9, &asked, job, |n, _| {
            kept.push(n);
            wish.store(n >= 3, Ordering::Relaxed);
            entered.fetch_add(1, Ordering::Release);
            Ok(())
        });
        let Err(Error::Stopped { done, all }) = outcome else { panic!("{outcome:?}") };
        assert!(done == kept.len() && all == Some(9) && (4..9).contains(&done), "{kept:?}");
    }
}
