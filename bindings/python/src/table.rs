//! A table of a run: the program's bytes, and the same values as Arrow.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::builder::{Float64Builder, Int64Builder, StringBuilder};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{ArrayRef, RecordBatch, RecordBatchIterator};
use arrow_schema::{DataType, Field, Schema};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule};
use shanhai::output::{Kind, TableSpec};

/// A table. It speaks the Arrow PyCapsule protocol, so pandas, polars, duckdb and pyarrow take it without a copy.
#[pyclass(frozen, module = "shanhai_lab._lib")]
pub struct Table {
    /// The name of the file without `.csv`.
    #[pyo3(get)]
    name: String,
    bytes: Vec<u8>,
    batch: RecordBatch,
}

#[pymethods]
impl Table {
    /// A table from the bytes of a CSV of the program, and what `datapackage.json` says of its columns: name, type, unit,
    /// meaning. Without it the tables of a run are known by name, and columns of others are text.
    #[staticmethod]
    #[pyo3(signature = (name, bytes, fields = None))]
    fn from_csv(name: &str, bytes: Vec<u8>, fields: Option<Vec<[String; 4]>>) -> PyResult<Table> {
        let Some(fields) = fields else { return Table::new(name, bytes) };
        let described = fields.into_iter().map(|[name, kind, unit, meaning]| {
            let kind = match kind.as_str() {
                "integer" => Kind::Integer,
                "number" => Kind::Number,
                "year" => Kind::Year,
                _ => Kind::Text,
            };
            (name, Described { kind, unit, meaning })
        });
        Table::described_by(name, bytes, &described.collect())
    }

    /// The bytes that the program writes.
    #[getter]
    fn csv<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.bytes)
    }

    /// Names of the columns.
    #[getter]
    fn columns(&self) -> Vec<String> {
        self.batch.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// Units of the columns; empty where there is none.
    #[getter]
    fn units(&self) -> std::collections::BTreeMap<String, String> {
        self.described("unit")
    }

    /// Meanings of the columns.
    #[getter]
    fn meanings(&self) -> std::collections::BTreeMap<String, String> {
        self.described("meaning")
    }

    fn __len__(&self) -> usize {
        self.batch.num_rows()
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The protocol lets a producer that knows one layout only ignore what is asked for.
        drop(requested_schema);
        let batches = RecordBatchIterator::new([Ok(self.batch.clone())], self.batch.schema());
        let stream = FFI_ArrowArrayStream::new(Box::new(batches));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }
}

impl Table {
    pub fn new(name: &str, bytes: Vec<u8>) -> PyResult<Table> {
        let columns = spec(name).map_or(&[][..], |spec| spec.columns);
        let described = columns.iter().map(|c| {
            let said = Described { kind: c.kind, unit: c.unit.to_owned(), meaning: c.meaning.to_owned() };
            (c.name.to_owned(), said)
        });
        Table::described_by(name, bytes, &described.collect())
    }

    fn described_by(name: &str, bytes: Vec<u8>, described: &HashMap<String, Described>) -> PyResult<Table> {
        let batch = batch(described, &bytes)
            .map_err(|error| PyValueError::new_err(format!("{name}.csv is not a table of ours: {error}")))?;
        Ok(Table { name: name.to_owned(), bytes, batch })
    }

    fn described(&self, what: &str) -> std::collections::BTreeMap<String, String> {
        let schema = self.batch.schema();
        let of = |field: &Field| field.metadata().get(what).cloned().unwrap_or_default();
        schema.fields().iter().map(|field| (field.name().clone(), of(field))).collect()
    }
}

/// What is known of a column.
struct Described {
    kind: Kind,
    unit: String,
    meaning: String,
}

/// What is known of a table of this name.
fn spec(name: &str) -> Option<&'static TableSpec> {
    shanhai::observe::TABLES.iter().copied().find(|spec| spec.name == name)
}

/// Values of a column while rows come.
enum Values {
    Integer(Int64Builder),
    Number(Float64Builder),
    Text(StringBuilder),
}

impl Values {
    fn of(kind: Kind) -> Values {
        match kind {
            Kind::Integer | Kind::Year => Values::Integer(Int64Builder::new()),
            Kind::Number => Values::Number(Float64Builder::new()),
            Kind::Text => Values::Text(StringBuilder::new()),
        }
    }

    /// The empty field is a missing value.
    fn push(&mut self, text: &str) -> Result<(), String> {
        let wrong = |error: &dyn std::fmt::Display| format!("`{text}`: {error}");
        match self {
            _ if text.is_empty() => self.push_missing(),
            Values::Integer(values) => values.append_value(text.parse().map_err(|e| wrong(&e))?),
            Values::Number(values) => values.append_value(text.parse().map_err(|e| wrong(&e))?),
            Values::Text(values) => values.append_value(text),
        }
        Ok(())
    }

    fn push_missing(&mut self) {
        match self {
            Values::Integer(values) => values.append_null(),
            Values::Number(values) => values.append_null(),
            Values::Text(values) => values.append_null(),
        }
    }

    fn finish(self) -> (DataType, ArrayRef) {
        match self {
            Values::Integer(mut values) => (DataType::Int64, Arc::new(values.finish())),
            Values::Number(mut values) => (DataType::Float64, Arc::new(values.finish())),
            Values::Text(mut values) => (DataType::Utf8, Arc::new(values.finish())),
        }
    }
}

/// Columns of a CSV; one that no description knows is text.
fn batch(described: &HashMap<String, Described>, bytes: &[u8]) -> Result<RecordBatch, String> {
    let mut reader = csv::ReaderBuilder::new().from_reader(bytes);
    let names: Vec<String> = reader.headers().map_err(|e| e.to_string())?.iter().map(str::to_owned).collect();
    let described: Vec<Option<&Described>> = names.iter().map(|name| described.get(name)).collect();
    let mut values: Vec<Values> =
        described.iter().map(|column| Values::of(column.map_or(Kind::Text, |column| column.kind))).collect();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|e| e.to_string())? {
        for (column, text) in values.iter_mut().zip(&record) {
            column.push(text)?;
        }
    }
    let (fields, arrays): (Vec<Field>, Vec<ArrayRef>) = names
        .iter()
        .zip(described)
        .zip(values)
        .map(|((name, column), values)| {
            let (kind, array) = values.finish();
            let about = column.map(|c| [("unit", &c.unit), ("meaning", &c.meaning)]).into_iter().flatten();
            let about = about.map(|(key, text)| (key.to_owned(), text.clone()));
            (Field::new(name, kind, true).with_metadata(about.collect::<HashMap<_, _>>()), array)
        })
        .unzip();
    RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays).map_err(|e| e.to_string())
}
