//! Snapshots of a run.
