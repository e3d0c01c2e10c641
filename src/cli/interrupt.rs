//! Ctrl-C and its like: the first lets what is under way be finished, the second ends the program at once.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::messages;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Whether the user asked the program to stop.
pub(super) fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}

/// A wish of an earlier command in the same process is not one of the next.
pub(super) fn forget() {
    INTERRUPTED.store(false, Ordering::SeqCst);
}

/// From now on a signal to stop is answered. A signal that whoever started the program had it ignore (`nohup`)
/// stays ignored.
pub(super) fn listen() {
    let ignored = ignored::signals();
    // A second call in one process finds the handler set, which is as good.
    let _ = ctrlc::set_handler(|| {
        if INTERRUPTED.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
        super::note(&messages::finishing_under_way().to_string());
    });
    ignored::ignore(&ignored);
}

#[cfg(unix)]
mod ignored {
    /// Signals that the handler would answer and that are ignored now.
    pub(super) fn signals() -> Vec<libc::c_int> {
        let all = [libc::SIGHUP, libc::SIGINT, libc::SIGTERM];
        all.into_iter().filter(|&signal| is_ignored(signal)).collect()
    }

    fn is_ignored(signal: libc::c_int) -> bool {
        let mut now = std::mem::MaybeUninit::<libc::sigaction>::uninit();
        // SAFETY: with no new action the call only writes the present one into `now`, which is read only if the
        // call says that it did.
        unsafe {
            libc::sigaction(signal, std::ptr::null(), now.as_mut_ptr()) == 0
                && now.assume_init().sa_sigaction == libc::SIG_IGN
        }
    }

    pub(super) fn ignore(signals: &[libc::c_int]) {
        for &signal in signals {
            // SAFETY: to ignore a signal runs no code of ours.
            unsafe { libc::signal(signal, libc::SIG_IGN) };
        }
    }
}

#[cfg(not(unix))]
mod ignored {
    pub fn signals() {}

    pub fn ignore(_: &()) {}
}
