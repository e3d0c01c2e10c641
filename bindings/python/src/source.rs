//! A scenario with its tables and changes, as values: it travels between processes without a disk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use pyo3::prelude::*;
use pyo3::types::PyBytes;
use shanhai::inside::bindings::file_and_variant;
use shanhai::scenario::{Files, Loaded, ScenarioSource};

use crate::{ShanhaiError, told};

/// A scenario: its text, the tables that it names, changes on top.
#[pyclass(frozen, module = "shanhai_lab._lib")]
#[derive(Clone)]
pub struct Source {
    /// What messages call it.
    #[pyo3(get)]
    name: String,
    /// TOML.
    #[pyo3(get)]
    text: String,
    /// Changes, `key=value` with the value in TOML.
    #[pyo3(get)]
    changes: Vec<String>,
    files: BTreeMap<String, Vec<u8>>,
}

#[pymethods]
impl Source {
    #[new]
    fn new(name: String, text: String, files: BTreeMap<String, Vec<u8>>, changes: Vec<String>) -> Source {
        Source { name, text, changes, files }
    }

    /// Reads a scenario file and every table that it names; checked.
    #[staticmethod]
    fn read(path: PathBuf) -> PyResult<Source> {
        let source = ScenarioSource::file(&path);
        let loaded = source.load(&[]).map_err(told)?;
        let (file, _) = file_and_variant(&path);
        let folder = file.parent().unwrap_or(Path::new("."));
        let mut files = BTreeMap::new();
        for file in loaded.scenario.input_files() {
            let bytes = std::fs::read(folder.join(file)).map_err(|error| {
                ShanhaiError::new_err(format!("{} could not be read: {error}", folder.join(file).display()))
            })?;
            files.insert(file.display().to_string(), bytes);
        }
        // The files below it; paths are from the folder of the scenario.
        for (file, text) in loaded.origin.bases {
            files.insert(file.display().to_string(), text.into_bytes());
        }
        Ok(Source { name: path.display().to_string(), text: source.text(), changes: Vec::new(), files })
    }

    /// TOML of a document in JSON.
    #[staticmethod]
    fn toml(json: &str) -> PyResult<String> {
        let value: serde_json::Value = serde_json::from_str(json).map_err(wrong)?;
        toml::to_string(&value).map_err(wrong)
    }

    /// The same with more changes on top.
    fn with_changes(&self, changes: Vec<String>) -> Source {
        let mut changed = self.clone();
        changed.changes.extend(changes);
        changed
    }

    /// The tables by the paths that the text gives them.
    #[getter]
    fn files<'py>(&self, py: Python<'py>) -> BTreeMap<String, Bound<'py, PyBytes>> {
        self.files.iter().map(|(name, bytes)| (name.clone(), PyBytes::new(py, bytes))).collect()
    }

    /// A value of the scenario as it was understood, in JSON, by its dotted path.
    fn value(&self, py: Python<'_>, path: &str) -> PyResult<String> {
        let scenario = py.detach(|| self.load())?.scenario;
        let all = serde_json::to_value(&scenario).map_err(wrong)?;
        let pointer = format!("/{}", path.replace('.', "/").replace('[', "/").replace(']', ""));
        let value = all.pointer(&pointer);
        let value =
            value.ok_or_else(|| ShanhaiError::new_err(format!("the scenario has no value `{path}`")))?;
        serde_json::to_string(value).map_err(wrong)
    }

    /// Reads everything and says what is wrong.
    fn check(&self, py: Python<'_>) -> PyResult<()> {
        py.detach(|| self.load()).map(drop)
    }
}

impl Source {
    pub fn load(&self) -> PyResult<Loaded> {
        let files = Files::memory(self.files.iter().map(|(name, bytes)| (name.clone(), bytes.clone())));
        let (file, variant) = file_and_variant(Path::new(&self.name));
        ScenarioSource::of(&file.display().to_string(), &self.text, files)
            .of_variant(variant)
            .load(&self.changes)
            .map_err(told)
    }
}

fn wrong(error: impl std::fmt::Display) -> PyErr {
    ShanhaiError::new_err(format!("no scenario can be written of this: {error}"))
}
