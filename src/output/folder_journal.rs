//! The journal of a result folder: which files are ours, and how far the run has come. Pure text; [`super::folder`] keeps it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// The name of the journal.
pub(crate) const JOURNAL: &str = ".shanhai-folder";

/// The first line of a journal, with the version of its format.
pub(super) const TITLE: &str = "shanhai result folder 1";

/// How far a run has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Under way, or killed while it was.
    Running,
    /// Stopped by the user after complete rows.
    Interrupted,
    /// Complete.
    Finished,
    /// Stopped by an error after complete rows.
    Failed,
}

impl Status {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Status::Running => "running",
            Status::Interrupted => "interrupted",
            Status::Finished => "finished",
            Status::Failed => "failed",
        }
    }

    pub(super) fn from_name(name: &str) -> Option<Status> {
        [Status::Running, Status::Interrupted, Status::Finished, Status::Failed]
            .into_iter()
            .find(|status| status.name() == name)
    }
}

/// The part of a journal up to its last complete line.
pub(super) fn whole_lines(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1)]
}

/// The files of ours and the last status that a journal names; no status in an empty one. The error is the line that is
/// not understood.
pub(super) fn parse(bytes: &[u8]) -> std::result::Result<(BTreeSet<String>, Option<Status>), String> {
    let text = String::from_utf8_lossy(whole_lines(bytes));
    let mut lines = text.lines();
    match lines.next() {
        None => return Ok((BTreeSet::new(), None)),
        Some(TITLE) => {}
        Some(line) => return Err(line.to_owned()),
    }
    let mut ours = BTreeSet::new();
    let mut status = Status::Running;
    for line in lines {
        match line.split_once(' ') {
            Some(("file", name)) if is_plain(name) => {
                ours.insert(name.to_string());
            }
            Some(("status", name)) => status = Status::from_name(name).ok_or_else(|| line.to_owned())?,
            _ => return Err(line.to_owned()),
        }
    }
    Ok((ours, Some(status)))
}

/// Whether a name is that of a file directly in the folder, and not the journal or another hidden file.
pub(super) fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}
