//! Signals belong to Python; while a command of the program runs they are lent to it, and given back afterwards.

use std::sync::{Mutex, PoisonError};

/// Signals that the program answers.
const SIGNALS: [libc::c_int; 3] = [libc::SIGHUP, libc::SIGINT, libc::SIGTERM];

type Actions = [libc::sigaction; SIGNALS.len()];

/// What the program does on them; known once it has listened for the first time in this process.
static OF_THE_PROGRAM: Mutex<Option<Actions>> = Mutex::new(None);

fn now() -> Actions {
    SIGNALS.map(|signal| {
        // SAFETY: an action of zeros is one, and without a new action the call only writes the present one into it.
        unsafe {
            let mut action: libc::sigaction = std::mem::zeroed();
            libc::sigaction(signal, std::ptr::null(), &raw mut action);
            action
        }
    })
}

fn set(actions: &Actions) {
    for (&signal, action) in SIGNALS.iter().zip(actions) {
        // SAFETY: the action was in force for this signal before, in this process.
        unsafe { libc::sigaction(signal, action, std::ptr::null_mut()) };
    }
}

/// Does what the program does with signals lent to it.
pub fn lent<R>(work: impl FnOnce() -> R) -> R {
    let of_python = now();
    let mut known = OF_THE_PROGRAM.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(actions) = *known {
        set(&actions);
    }
    let result = work();
    // A program that has listened answers Ctrl-C by another function than Python.
    let after = now();
    if known.is_none() && after[1].sa_sigaction != of_python[1].sa_sigaction {
        *known = Some(after);
    }
    set(&of_python);
    result
}
