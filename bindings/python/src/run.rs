//! A run, year by year.

use pyo3::prelude::*;
use shanhai::inside::bindings::with_threads;
use shanhai::output::MemoryTables;
use shanhai::run::{Clock, Plan, Session};
use shanhai::{Error, Result};

use crate::policy::{Asked, Author, Wishes};
use crate::source::Source;
use crate::table::Table;
use crate::{ShanhaiError, told};

/// A run under way; its tables stay in memory.
#[pyclass(module = "shanhai_lab._lib")]
pub struct Run {
    /// None once it is finished.
    session: Option<Session<MemoryTables>>,
    threads: usize,
    authors: Vec<Author>,
    /// Bytes of `nodes.csv` that policies have been told of.
    told: usize,
    heading: Vec<u8>,
}

#[pymethods]
impl Run {
    /// Builds the first world; the interpreter is free meanwhile.
    #[new]
    fn new(py: Python<'_>, name: &str, source: &Source, threads: usize) -> PyResult<Run> {
        let loaded = source.load()?;
        let plan = Plan::named(name);
        let start = || Session::start(plan, loaded, MemoryTables::default(), Clock::STOPPED);
        let session = py.detach(|| on(threads, start)).map_err(told)?;
        Ok(Run { session: Some(session), threads, authors: Vec::new(), told: 0, heading: Vec::new() })
    }

    /// A policy of the caller's own: asked before every year.
    fn add_policy(&mut self, name: &str, callback: Py<PyAny>) -> PyResult<()> {
        let wishes = Wishes::default();
        self.session()?.add_policy(name, Asked::new(wishes.clone()));
        self.authors.push(Author { wishes, callback });
        Ok(())
    }

    /// The last year that is over.
    #[getter]
    fn year(&mut self) -> PyResult<i32> {
        Ok(self.session()?.simulation().world.year)
    }

    /// Years of the whole run.
    #[getter]
    fn years(&mut self) -> PyResult<u32> {
        Ok(self.session()?.simulation().scenario.run.years)
    }

    /// Whether all years are over.
    #[getter]
    fn is_over(&mut self) -> PyResult<bool> {
        Ok(self.session()?.is_over())
    }

    /// One year more; the interpreter is free meanwhile, and Ctrl-C is answered between two years.
    fn step(&mut self, py: Python<'_>) -> PyResult<()> {
        py.check_signals()?;
        self.ask_policies(py)?;
        let threads = self.threads;
        let session = self.session()?;
        py.detach(|| on(threads, || session.step())).map_err(told)
    }

    /// The summary of one screen of the run so far.
    #[getter]
    fn summary(&mut self) -> PyResult<String> {
        Ok(self.session()?.summary())
    }

    /// Ends the run and hands out its tables.
    fn finish(&mut self) -> PyResult<Vec<Table>> {
        let session = self.session.take().ok_or_else(over)?;
        let tables = session.stop().map_err(told)?.into_bytes();
        tables.into_iter().map(|(file, bytes)| Table::new(file.trim_end_matches(".csv"), bytes)).collect()
    }
}

impl Run {
    fn session(&mut self) -> PyResult<&mut Session<MemoryTables>> {
        self.session.as_mut().ok_or_else(over)
    }

    /// Lets every policy in Python see the node rows of the last year and say what it wants.
    fn ask_policies(&mut self, py: Python<'_>) -> PyResult<()> {
        if self.authors.is_empty() {
            return Ok(());
        }
        let session = self.session.as_mut().ok_or_else(over)?;
        let year = session.simulation().world.year + 1;
        let rows = session.tables().map_err(told)?.bytes_from("nodes.csv", self.told);
        self.told += rows.len();
        if self.heading.is_empty() {
            let end = rows.iter().position(|&byte| byte == b'\n').map_or(rows.len(), |at| at + 1);
            self.heading = rows[..end].to_vec();
        }
        // Later rows come without a heading.
        let table = if rows.starts_with(&self.heading) { rows } else { [&self.heading[..], &rows].concat() };
        let table = Py::new(py, Table::new("nodes", table)?)?;
        for author in &self.authors {
            let told = (year, table.clone_ref(py)).into_pyobject(py)?;
            author.ask(told.into_any(), &session.simulation().world.geography)?;
        }
        Ok(())
    }
}

/// On so many threads; 0 is one a core.
fn on<R: Send>(threads: usize, work: impl FnOnce() -> Result<R> + Send) -> Result<R> {
    with_threads(threads, work).map_err(Error::from)?
}

fn over() -> PyErr {
    ShanhaiError::new_err("this run is finished: start another")
}
