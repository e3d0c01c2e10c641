//! What can be wrong with a yardstick.

use std::fmt;

/// What was found and what would be right.
#[derive(Debug)]
pub struct Error {
    /// What is wrong.
    pub what: String,
    /// What was found.
    pub found: String,
    /// What would be right.
    pub expected: String,
}

/// The result of anything here that can fail.
pub type Result<T> = std::result::Result<T, Error>;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: found {}; expected {}", self.what, self.found, self.expected)
    }
}

impl std::error::Error for Error {}

impl From<shanhai_kernel::chunks::ThreadsError> for Error {
    fn from(error: shanhai_kernel::chunks::ThreadsError) -> Self {
        Error {
            what: "threads".into(),
            found: error.to_string(),
            expected: "fewer threads, or 0 for one a core".into(),
        }
    }
}
