//! The compiled half of `shanhai_lab`: scenarios with their tables in, years one by one, tables out as Arrow. What is
//! pleasant to use is written in Python beside it; this half holds what needs the engine.

mod policy;
mod run;
#[cfg(unix)]
mod signals;
mod source;
mod table;

use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyKeyboardInterrupt};
use pyo3::prelude::*;

create_exception!(
    shanhai_lab._lib,
    ShanhaiError,
    PyException,
    "What the engine cannot or will not do, and why."
);
create_exception!(
    shanhai_lab._lib,
    ScenarioError,
    ShanhaiError,
    "Everything that is wrong with a scenario and its tables, each problem with line and caret."
);

/// An error of the library as an exception with the same words.
fn told(error: shanhai::Error) -> PyErr {
    match error {
        shanhai::Error::Scenario { .. } => ScenarioError::new_err(error.to_string()),
        shanhai::Error::Interrupted { .. } | shanhai::Error::Stopped { .. } => {
            PyKeyboardInterrupt::new_err(error.to_string())
        }
        _ => ShanhaiError::new_err(error.to_string()),
    }
}

/// Runs the program on the words of a command line, without its own name; the exit code.
#[pyfunction]
fn command(py: Python<'_>, words: Vec<String>) -> u8 {
    let run = || shanhai::cli::run_words(std::iter::once("shanhai".to_owned()).chain(words));
    #[cfg(unix)]
    let run = || signals::lent(run);
    py.detach(run)
}

#[pymodule]
fn _lib(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("ShanhaiError", py.get_type::<ShanhaiError>())?;
    module.add("ScenarioError", py.get_type::<ScenarioError>())?;
    module.add_class::<source::Source>()?;
    module.add_class::<run::Run>()?;
    module.add_class::<table::Table>()?;
    module.add_function(wrap_pyfunction!(command, module)?)?;
    module.add_function(wrap_pyfunction!(policy::levers, module)?)
}
