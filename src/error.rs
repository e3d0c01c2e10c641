//! The one error type of the library. Every variant says where, what was found and what would be
//! right; there is no catch-all.

use std::fmt;
use std::path::{Path, PathBuf};

/// What can go wrong, in the words a user needs.
#[derive(Debug)]
pub enum Error {
    /// A scenario or a table it names is wrong. The text is complete: every problem with file, line,
    /// column, caret, what was found and what would be right.
    Scenario { problems: usize, rendered: String },
    /// The operating system refused a file or folder.
    Io { what: &'static str, path: PathBuf, source: std::io::Error },
    /// An accounting identity does not hold: the run stops, because its numbers cannot be trusted.
    Audit { identity: &'static str, account: String, node: String, year: i32, amount: String },
    /// A snapshot cannot be used.
    Snapshot { path: PathBuf, reason: String },
    /// The result folder is there already, or is not what the command needs.
    Results { path: PathBuf, reason: String },
    /// The run does not fit into the memory of the machine; said before anything is allocated.
    Memory { needed_bytes: u64, available_bytes: u64, advice: String },
    /// Data handed to an estimator or a tool cannot be used.
    Data { what: String, found: String, expected: String },
    /// The command line asks for something that is not there.
    Usage { found: String, expected: String },
    /// A verification case does not meet its closed form; the printed table says which.
    Verification,
    /// The user interrupted the run; complete rows were kept.
    Interrupted { year: i32 },
}

/// The result of anything in the library that can fail.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// Wraps an error of the operating system with what was tried and where.
    pub fn io(what: &'static str, path: impl AsRef<Path>, source: std::io::Error) -> Self {
        Error::Io { what, path: path.as_ref().to_path_buf(), source }
    }

    /// The exit code of the program: 1 failed run, 2 wrong scenario or arguments, 130 interrupted.
    pub fn exit_code(&self) -> u8 {
        match self {
            Error::Scenario { .. } | Error::Usage { .. } | Error::Data { .. } => 2,
            Error::Interrupted { .. } => 130,
            _ => 1,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Scenario { rendered, .. } => f.write_str(rendered.trim_end()),
            Error::Io { what, path, source } => {
                write!(f, "could not {what} {}: {source}", path.display())
            }
            Error::Audit { identity, account, node, year, amount } => write!(
                f,
                "the accounts do not close: identity {identity} is broken for {account} at {node} in {year} \
                 by {amount}; the run stopped because its numbers could not be trusted"
            ),
            Error::Snapshot { path, reason } => {
                write!(f, "the snapshot {} cannot be used: {reason}", path.display())
            }
            Error::Results { path, reason } => {
                write!(f, "the result folder {}: {reason}", path.display())
            }
            Error::Memory { needed_bytes, available_bytes, advice } => write!(
                f,
                "this run needs about {:.1} GiB of memory and {:.1} GiB are available; {advice}",
                *needed_bytes as f64 / (1u64 << 30) as f64,
                *available_bytes as f64 / (1u64 << 30) as f64
            ),
            Error::Data { what, found, expected } => {
                write!(f, "{what}: found {found}; expected {expected}")
            }
            Error::Usage { found, expected } => write!(f, "{found}; {expected}"),
            Error::Verification => f.write_str(
                "the engine does not reproduce every closed form; the table says which case failed",
            ),
            Error::Interrupted { year } => write!(
                f,
                "interrupted after the year {year}; every complete row was kept, and the manifest says so"
            ),
        }
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
