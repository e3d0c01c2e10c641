//! Tables as Parquet files beside their CSV, made when a run is over: columns with types, compressed, with titles, units,
//! meanings and sources in the file itself.
//!
//! CSV is what a run writes as it goes, what a resumed run cuts back and what pages read; a Parquet file cannot be
//! appended to by a process that may be killed. So it is made of the finished table, row group by row group.

use super::datapackage::About;
use super::folder::ResultFolder;
use super::table::TableSpec;
use crate::error::Result;

/// Whether this build can write Parquet.
pub(crate) const HERE: bool = cfg!(feature = "parquet");

/// Writes the Parquet file of every table that is in the folder.
///
/// # Errors
/// What the operating system refuses; a table that is not as its description says.
#[cfg_attr(not(feature = "parquet"), allow(unused_variables))]
pub(crate) fn beside(folder: &mut ResultFolder, specs: &[&'static TableSpec], about: &About) -> Result<()> {
    #[cfg(feature = "parquet")]
    for spec in specs.iter().filter(|spec| folder.path().join(spec.file()).is_file()).collect::<Vec<_>>() {
        let csv = folder.path().join(spec.file());
        let target = folder.file(&format!("{}.parquet", spec.name))?;
        writer::write(&csv, &target, spec, about)?;
    }
    Ok(())
}

#[cfg(feature = "parquet")]
mod writer {
    use std::io::BufWriter;
    use std::path::Path;
    use std::sync::Arc;

    use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
    use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
    use parquet::errors::ParquetError;
    use parquet::file::metadata::KeyValue;
    use parquet::file::properties::WriterProperties;
    use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
    use parquet::schema::types::Type;

    use super::super::atomic_file::AtomicFile;
    use super::super::checksum::sha256_of_file;
    use super::super::datapackage::About;
    use super::super::table::{Column, Kind, TableSpec};
    use crate::error::{Error, Result};
    use crate::messages;

    /// Rows that are in memory at a time.
    const ROW_GROUP: usize = 100_000;

    /// One column of a row group: values that are there, and which rows have one.
    struct Cells {
        values: Values,
        there: Vec<i16>,
    }

    enum Values {
        Integer(Vec<i64>),
        Number(Vec<f64>),
        Text(Vec<ByteArray>),
        Year(Vec<i32>),
    }

    impl Cells {
        fn of(kind: Kind) -> Cells {
            let values = match kind {
                Kind::Integer => Values::Integer(Vec::new()),
                Kind::Number => Values::Number(Vec::new()),
                Kind::Text => Values::Text(Vec::new()),
                Kind::Year => Values::Year(Vec::new()),
            };
            Cells { values, there: Vec::new() }
        }

        /// Takes a cell; false if it is not of its kind.
        fn push(&mut self, cell: &str) -> bool {
            self.there.push(i16::from(!cell.is_empty()));
            if cell.is_empty() {
                return true;
            }
            match &mut self.values {
                Values::Integer(list) => cell.parse().map(|x| list.push(x)).is_ok(),
                Values::Number(list) => cell.parse().map(|x| list.push(x)).is_ok(),
                Values::Text(list) => {
                    list.push(ByteArray::from(cell));
                    true
                }
                Values::Year(list) => cell.parse().map(|x| list.push(x)).is_ok(),
            }
        }
    }

    /// Writes one table.
    pub(super) fn write(csv: &Path, target: &Path, spec: &TableSpec, about: &About) -> Result<()> {
        let refused = |e: ParquetError| Error::io(messages::io_write(), target, std::io::Error::other(e));
        let mut rows = csv::Reader::from_path(csv)
            .map_err(|e| Error::io(messages::io_read(), csv, std::io::Error::other(e)))?;
        let mut file = AtomicFile::create(target)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_created_by(format!("shanhai {}", env!("CARGO_PKG_VERSION")))
            .set_key_value_metadata(Some(described(csv, spec, about)?))
            .build();
        let schema = Arc::new(schema(spec).map_err(refused)?);
        let mut writer = SerializedFileWriter::new(BufWriter::new(&mut file), schema, Arc::new(properties))
            .map_err(refused)?;
        let mut record = csv::StringRecord::new();
        loop {
            let mut group: Vec<Cells> = spec.columns.iter().map(|column| Cells::of(column.kind)).collect();
            let mut count = 0;
            while count < ROW_GROUP {
                let more = rows
                    .read_record(&mut record)
                    .map_err(|e| Error::io(messages::io_read(), csv, std::io::Error::other(e)))?;
                if !more {
                    break;
                }
                count += 1;
                for ((cells, column), cell) in group.iter_mut().zip(spec.columns).zip(&record) {
                    if !cells.push(cell) {
                        let line = rows.position().line();
                        let reason = messages::row_not_a_number(line, column.name, cell);
                        return Err(Error::Results { path: csv.to_path_buf(), reason });
                    }
                }
            }
            if count == 0 {
                break;
            }
            let mut out = writer.next_row_group().map_err(refused)?;
            for (cells, column) in group.iter().zip(spec.columns) {
                put(&mut out, cells, spec.key.contains(&column.name)).map_err(refused)?;
            }
            out.close().map_err(refused)?;
            if count < ROW_GROUP {
                break;
            }
        }
        writer.close().map_err(refused)?;
        file.commit()
    }

    fn put<W: std::io::Write + Send>(
        group: &mut SerializedRowGroupWriter<'_, W>,
        cells: &Cells,
        required: bool,
    ) -> std::result::Result<(), ParquetError> {
        let there = (!required).then_some(cells.there.as_slice());
        match &cells.values {
            Values::Integer(list) => column::<Int64Type, W>(group, list, there),
            Values::Number(list) => column::<DoubleType, W>(group, list, there),
            Values::Text(list) => column::<ByteArrayType, W>(group, list, there),
            Values::Year(list) => column::<Int32Type, W>(group, list, there),
        }
    }

    fn column<T: DataType, W: std::io::Write + Send>(
        group: &mut SerializedRowGroupWriter<'_, W>,
        values: &[T::T],
        there: Option<&[i16]>,
    ) -> std::result::Result<(), ParquetError> {
        if let Some(mut column) = group.next_column()? {
            column.typed::<T>().write_batch(values, there, None)?;
            column.close()?;
        }
        Ok(())
    }

    /// The columns: keys are always there, everything else may be missing.
    fn schema(spec: &TableSpec) -> std::result::Result<Type, ParquetError> {
        let field = |column: &Column| {
            let (physical, logical) = match column.kind {
                Kind::Integer => (Physical::INT64, None),
                Kind::Number => (Physical::DOUBLE, None),
                Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
                Kind::Year => (Physical::INT32, None),
            };
            let repetition = match spec.key.contains(&column.name) {
                true => Repetition::REQUIRED,
                false => Repetition::OPTIONAL,
            };
            let field = Type::primitive_type_builder(column.name, physical);
            field.with_repetition(repetition).with_logical_type(logical).build().map(Arc::new)
        };
        let fields = spec.columns.iter().map(field).collect::<std::result::Result<Vec<_>, _>>()?;
        Type::group_type_builder(spec.name).with_fields(fields).build()
    }

    /// What the file says of itself: JSON where a value is more than a text.
    fn described(csv: &Path, spec: &TableSpec, about: &About) -> Result<Vec<KeyValue>> {
        let of = |value: fn(&Column) -> &'static str| -> String {
            let each = spec.columns.iter().filter(|column| !value(column).is_empty());
            let map: serde_json::Map<String, serde_json::Value> =
                each.map(|column| (column.name.to_owned(), value(column).into())).collect();
            serde_json::Value::Object(map).to_string()
        };
        let said = [
            ("title", spec.title.to_owned()),
            ("description", spec.description.to_owned()),
            ("package", about.title.clone()),
            ("sources", serde_json::Value::from(about.sources.clone()).to_string()),
            ("primary_key", serde_json::Value::from(spec.key.to_vec()).to_string()),
            ("units", of(|column| column.unit)),
            ("meanings", of(|column| column.meaning)),
            ("csv_sha256", sha256_of_file(csv)?.1),
        ];
        Ok(said.into_iter().map(|(key, value)| KeyValue::new(key.to_owned(), value)).collect())
    }

    #[cfg(test)]
    mod tests {
        use std::fs::File;

        use parquet::file::reader::{FileReader, SerializedFileReader};
        use parquet::record::RowAccessor;

        use super::super::super::folder::ResultFolder;
        use super::super::*;
        use super::*;

        const SPEC: TableSpec = TableSpec {
            name: "nodes",
            title: "Nodes",
            description: "One row a node and year.",
            columns: &[
                Column::text("node", "The node."),
                Column::year("year", "The year."),
                Column::integer("persons", "persons", "How many live there."),
                Column::number("income_yuan", "yuan", "Income per head."),
            ],
            key: &["node", "year"],
        };
        static NODES: TableSpec = SPEC;

        #[test]
        fn types_missing_values_units_and_sources_are_in_the_file() {
            let place = tempfile::tempdir().unwrap();
            let mut folder = ResultFolder::create(place.path(), false).unwrap();
            let mut table = folder.table(&NODES).unwrap();
            for year in 0..(ROW_GROUP as i32 + 2) {
                table.row().text("330102, 上城").year(year).integer(5).number(0.1).end().unwrap();
            }
            table.row().text("007").year(-1).missing().missing().end().unwrap();
            table.finish().unwrap();
            let about = About { sources: vec!["Census 2020".into()], ..About::default() };
            beside(&mut folder, &[&NODES], &about).unwrap();
            let reader =
                SerializedFileReader::new(File::open(place.path().join("nodes.parquet")).unwrap()).unwrap();
            assert_eq!(reader.num_row_groups(), 2);
            let rows: Vec<_> = reader.get_row_iter(None).unwrap().map(|row| row.unwrap()).collect();
            assert_eq!(rows.len(), ROW_GROUP + 3);
            assert_eq!(rows[0].get_string(0).unwrap(), "330102, 上城");
            assert_eq!((rows[7].get_int(1).unwrap(), rows[7].get_long(2).unwrap()), (7, 5));
            assert_eq!(rows[7].get_double(3).unwrap(), 0.1);
            let last = rows.last().unwrap();
            assert_eq!(last.get_string(0).unwrap(), "007", "a code stays text");
            assert!(last.get_long(2).is_err(), "a missing value is null");
            let said = reader.metadata().file_metadata().key_value_metadata().unwrap();
            let value = |key: &str| said.iter().find(|kv| kv.key == key).unwrap().value.clone().unwrap();
            assert_eq!(value("sources"), r#"["Census 2020"]"#);
            assert!(value("units").contains(r#""income_yuan":"yuan""#));
            assert_eq!(value("csv_sha256"), sha256_of_file(&place.path().join("nodes.csv")).unwrap().1);
        }
    }
}
