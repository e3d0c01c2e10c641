//! The one error type of the library. Every variant says where, what was found and what would be
//! right; there is no catch-all.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::message::Message;
use crate::messages;

/// What can go wrong, in the words a user needs.
#[derive(Debug)]
pub enum Error {
    /// A scenario or a table it names is wrong. The text is complete: every problem with file, line,
    /// column, caret, what was found and what would be right.
    Scenario {
        /// Number of problems.
        problems: usize,
        /// The text.
        rendered: String,
    },
    /// The operating system refused a file or folder.
    Io {
        /// What was tried.
        what: Message,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// An accounting identity does not hold: the run stops, because its numbers cannot be trusted.
    Audit {
        /// Which one, such as I5.
        identity: &'static str,
        /// Where it breaks: an account or a stock.
        account: String,
        /// The place.
        node: String,
        /// Calendar year.
        year: i32,
        /// The gap, with its unit.
        amount: String,
    },
    /// Money has no room any more in the whole numbers in which it is counted; said before a sum could change its sign.
    Overflow {
        /// The sum or balance.
        what: String,
        /// The place.
        node: String,
        /// Calendar year.
        year: i32,
        /// The amount that has no room, yuan.
        yuan: f64,
    },
    /// A checkpoint cannot be used.
    Checkpoint {
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: Message,
    },
    /// A file that was read is no longer what it was.
    Changed {
        /// Which file, and what differs.
        reason: Message,
    },
    /// The result folder is there already, or is not what the command needs.
    Results {
        /// The folder.
        path: PathBuf,
        /// What is wrong with it.
        reason: Message,
    },
    /// The run does not fit into the memory of the machine; said before anything is allocated.
    Memory {
        /// Needed at most, bytes.
        needed_bytes: u64,
        /// Free on the machine, bytes.
        available_bytes: u64,
        /// What would fit.
        advice: Message,
    },
    /// Data handed to an estimator or a tool cannot be used.
    Data {
        /// Which data.
        what: Message,
        /// What they are.
        found: Message,
        /// What would be right.
        expected: Message,
    },
    /// The command line asks for something that is not there.
    Usage {
        /// What was asked.
        found: Message,
        /// What would be right.
        expected: Message,
    },
    /// A verification case does not meet its closed form; the printed table says which.
    Verification,
    /// The user interrupted the run; complete rows were kept.
    Interrupted {
        /// Last calendar year that was kept.
        year: i32,
    },
    /// The user interrupted work of many runs; those that are done were kept.
    Stopped {
        /// Runs that are done.
        done: usize,
        /// Runs that were asked for, where known.
        all: Option<usize>,
    },
}

/// The result of anything in the library that can fail.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Wraps an error of the operating system with what was tried and where.
    pub fn io(what: Message, path: impl AsRef<Path>, source: std::io::Error) -> Self {
        Error::Io { what, path: path.as_ref().to_path_buf(), source }
    }

    /// A file or folder that the user named cannot be read: a mistake in the arguments, not of the run.
    pub fn unreadable(path: impl AsRef<Path>, source: &std::io::Error) -> Self {
        Error::Usage {
            found: messages::could_not_be_read(path.as_ref().display(), messages::system(source)),
            expected: messages::name_what_can_be_read(),
        }
    }

    /// The exit code of the program: 1 failed run, 2 wrong scenario or arguments, 130 interrupted.
    pub fn exit_code(&self) -> u8 {
        match self {
            Error::Scenario { .. } | Error::Usage { .. } | Error::Data { .. } | Error::Results { .. } => 2,
            Error::Interrupted { .. } | Error::Stopped { .. } => 130,
            _ => 1,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gib = |bytes: u64| format!("{:.1}", bytes as f64 / (1u64 << 30) as f64);
        let message = match self {
            Error::Scenario { rendered, .. } => return f.write_str(rendered.trim_end()),
            Error::Io { what, path, source } => {
                messages::io_failed(what, path.display(), messages::system(source))
            }
            Error::Audit { identity, account, node, year, amount } => messages::accounts_open(
                messages::known(identity),
                messages::known(account),
                messages::known(node),
                year,
                amount,
            ),
            Error::Overflow { what, node, year, yuan } => messages::money_overflows(
                messages::known(what),
                messages::known(node),
                year,
                format!("{yuan:.1e}"),
            ),
            Error::Changed { reason } => return reason.fmt(f),
            Error::Checkpoint { path, reason } => messages::checkpoint_unusable(path.display(), reason),
            Error::Results { path, reason } => messages::results_refused(path.display(), reason),
            Error::Memory { needed_bytes, available_bytes, advice } => {
                messages::memory_short(gib(*needed_bytes), gib(*available_bytes), advice)
            }
            Error::Data { what, found, expected } => messages::data_unusable(what, found, expected),
            Error::Usage { found, expected } => messages::usage_wrong(found, expected),
            Error::Verification => messages::verification_failed(),
            Error::Interrupted { year } => messages::interrupted(year),
            Error::Stopped { done, all: Some(all) } => messages::stopped_of(done, all),
            Error::Stopped { done, all: None } => messages::stopped(done),
        };
        message.fmt(f)
    }
}

impl From<crate::kernel::chunks::ThreadsError> for Error {
    fn from(error: crate::kernel::chunks::ThreadsError) -> Self {
        Error::Usage { found: messages::as_is(error), expected: messages::threads_refused() }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
