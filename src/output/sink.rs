//! Where the tables of a run go: a folder of results, or memory.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::csv::TableWriter;
use super::folder::{Positions, ResultFolder};
use super::table::TableSpec;
use crate::error::{Error, Result};
use crate::messages;

/// Takes the tables of a run.
pub trait Sink {
    /// Begins a table, or goes on with it in a resumed run.
    ///
    /// # Errors
    /// If the place refuses it.
    fn table(&mut self, spec: &'static TableSpec) -> Result<TableWriter>;
}

impl Sink for ResultFolder {
    fn table(&mut self, spec: &'static TableSpec) -> Result<TableWriter> {
        ResultFolder::table(self, spec)
    }
}

/// Bytes that a writer adds to while somebody else keeps them.
#[derive(Clone, Debug, Default)]
pub(super) struct SharedBytes(Arc<Mutex<Vec<u8>>>);

impl SharedBytes {
    pub(super) fn append(&self, bytes: &[u8]) {
        self.with(|all| all.extend_from_slice(bytes));
    }

    /// The bytes, which are gone from here.
    pub(super) fn take(&self) -> Vec<u8> {
        self.with(std::mem::take)
    }

    pub(super) fn length(&self) -> u64 {
        self.with(|all| all.len() as u64)
    }

    /// A panic elsewhere leaves whole rows here: they are only ever appended.
    fn with<R>(&self, f: impl FnOnce(&mut Vec<u8>) -> R) -> R {
        f(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Tables in memory, by the names that their files would have.
///
/// ```
/// use shanhai::output::{MemoryTables, Sink};
/// # use shanhai::output::{Column, TableSpec};
/// # const YEARS: TableSpec = TableSpec {
/// #     name: "years",
/// #     title: "Years",
/// #     description: "One row a year.",
/// #     columns: &[Column::year("year", "The year.")],
/// #     key: &["year"],
/// # };
/// let mut tables = MemoryTables::default();
/// let mut years = tables.table(&YEARS)?;
/// years.row().year(2020).end()?;
/// years.finish()?;
/// assert_eq!(tables.into_bytes()["years.csv"], b"year\n2020\n");
/// # Ok::<(), shanhai::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct MemoryTables(BTreeMap<String, SharedBytes>);

impl MemoryTables {
    /// Tables of a run that is resumed, cut back to where they stood when the checkpoint was made.
    ///
    /// # Errors
    /// If a table is not there or is shorter than the checkpoint remembers.
    pub fn resume(mut tables: BTreeMap<String, Vec<u8>>, positions: &Positions) -> Result<MemoryTables> {
        tables.retain(|name, _| positions.contains_key(name));
        for (name, &position) in positions {
            let table = tables.get_mut(name).filter(|table| table.len() as u64 >= position);
            let Some(table) = table else {
                return Err(Error::Data {
                    what: messages::table_of_resumed_run(name),
                    found: messages::no_table_or_rows_missing(),
                    expected: messages::bytes_of_checkpoint(position),
                });
            };
            table.truncate(usize::try_from(position).unwrap_or(usize::MAX));
        }
        let shared = |bytes| SharedBytes(Arc::new(Mutex::new(bytes)));
        Ok(MemoryTables(tables.into_iter().map(|(name, bytes)| (name, shared(bytes))).collect()))
    }

    /// What was written to a table from a position on; nothing of a table that is not there.
    pub fn bytes_from(&self, name: &str, position: usize) -> Vec<u8> {
        let tail = |bytes: &mut Vec<u8>| bytes.get(position..).unwrap_or_default().to_vec();
        self.0.get(name).map_or(Vec::new(), |table| table.with(tail))
    }

    /// What was written so far.
    pub fn into_bytes(self) -> BTreeMap<String, Vec<u8>> {
        self.0.into_iter().map(|(name, bytes)| (name, bytes.take())).collect()
    }
}

impl Sink for MemoryTables {
    fn table(&mut self, spec: &'static TableSpec) -> Result<TableWriter> {
        let name = spec.file();
        let memory = self.0.entry(name.clone()).or_default().clone();
        Ok(TableWriter::in_memory(&name, spec, memory))
    }
}
