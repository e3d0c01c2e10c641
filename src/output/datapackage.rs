//! `datapackage.json`: the tables described for machines, by the Data Package standard, version 2
//! (<https://datapackage.org>).
//!
//! Readers in Python and R load the tables with the right types from it and check the lengths and
//! checksums. It holds no time, so that it is the same bytes on every run.

use std::path::Path;

use serde::Serialize;

use super::atomic_file;
use super::checksum::sha256_of_file;
use super::folder::ResultFolder;
use super::table::{Column, Kind, TableSpec};
use crate::error::{Error, Result};
use crate::messages;

/// The name of the file.
pub(crate) const FILE: &str = "datapackage.json";

/// What a result folder is about.
#[derive(Clone, Debug, Default)]
pub(crate) struct About {
    /// A short name; what the standard does not allow in it becomes `-`.
    pub name: String,
    /// A title, such as that of the scenario.
    pub title: String,
    /// What was asked.
    pub description: String,
    /// Where the data came from.
    pub sources: Vec<String>,
}

/// A package of tables.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DataPackage {
    #[serde(rename = "$schema")]
    profile: &'static str,
    name: String,
    title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    version: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<Source>,
    resources: Vec<Resource>,
}

#[derive(Clone, Debug, Serialize)]
struct Source {
    title: String,
}

/// One table.
#[derive(Clone, Debug, Serialize)]
struct Resource {
    #[serde(rename = "$schema")]
    profile: &'static str,
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    path: String,
    title: &'static str,
    description: &'static str,
    format: &'static str,
    mediatype: &'static str,
    encoding: &'static str,
    bytes: u64,
    hash: String,
    schema: Schema,
}

/// The columns of a table.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Schema {
    #[serde(rename = "$schema")]
    profile: &'static str,
    fields: Vec<Field>,
    missing_values: [&'static str; 1],
    primary_key: &'static [&'static str],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    foreign_keys: Vec<ForeignKey>,
}

/// A column whose values are keys of another table.
#[derive(Clone, Debug, Serialize)]
struct ForeignKey {
    fields: [&'static str; 1],
    reference: Reference,
}

#[derive(Clone, Debug, Serialize)]
struct Reference {
    resource: &'static str,
    fields: [&'static str; 1],
}

/// Columns that name a row of another table wherever they occur: column, table.
const REFERENCES: [(&str, &str); 2] = [("run", "runs"), ("node", "places")];

/// What a table refers to among the tables of its package.
fn foreign_keys(spec: &TableSpec, there: &[&TableSpec]) -> Vec<ForeignKey> {
    let mut keys = Vec::new();
    for (column, resource) in REFERENCES {
        let has_it = spec.columns.iter().any(|c| c.name == column);
        let has_its_rows = there.iter().any(|other| other.name == resource && other.key == [column]);
        if resource != spec.name && has_it && has_its_rows {
            keys.push(ForeignKey { fields: [column], reference: Reference { resource, fields: [column] } });
        }
    }
    keys
}

/// One column. The standard has no word for a unit and allows further ones.
#[derive(Clone, Debug, Serialize)]
struct Field {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    description: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    unit: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    constraints: Option<Constraints>,
}

#[derive(Clone, Debug, Serialize)]
struct Constraints {
    required: bool,
}

impl DataPackage {
    /// Describes the tables of a folder as they are now; a table that the run did not write is left out.
    pub(crate) fn describe(folder: &Path, specs: &[&TableSpec], about: &About) -> Result<DataPackage> {
        let mut resources = Vec::new();
        let there: Vec<&TableSpec> =
            specs.iter().copied().filter(|spec| folder.join(spec.file()).exists()).collect();
        for spec in &there {
            let (bytes, sha256) = sha256_of_file(folder.join(spec.file()))?;
            resources.push(Resource::new(spec, &there, bytes, &sha256));
        }
        if resources.is_empty() {
            return Err(Error::Results {
                path: folder.to_path_buf(),
                reason: messages::no_table_to_describe(),
            });
        }
        Ok(DataPackage {
            profile: "https://datapackage.org/profiles/2.0/datapackage.json",
            name: plain_name(&about.name),
            title: about.title.clone(),
            description: about.description.clone(),
            version: env!("CARGO_PKG_VERSION"),
            sources: about.sources.iter().map(|title| Source { title: title.clone() }).collect(),
            resources,
        })
    }

    /// Writes the description; a reader never sees half of it.
    pub(crate) fn write(&self, folder: &mut ResultFolder) -> Result<()> {
        let path = folder.file(FILE)?;
        let mut text =
            serde_json::to_vec_pretty(self).map_err(|e| Error::io(messages::io_write(), &path, e.into()))?;
        text.push(b'\n');
        atomic_file::write(path, &text)
    }
}

impl Resource {
    fn new(spec: &TableSpec, there: &[&TableSpec], bytes: u64, sha256: &str) -> Resource {
        Resource {
            profile: "https://datapackage.org/profiles/2.0/dataresource.json",
            name: spec.name,
            kind: "table",
            path: spec.file(),
            title: spec.title,
            description: spec.description,
            format: "csv",
            mediatype: "text/csv",
            encoding: "utf-8",
            bytes,
            hash: format!("sha256:{sha256}"),
            schema: Schema {
                profile: "https://datapackage.org/profiles/2.0/tableschema.json",
                fields: spec.columns.iter().map(|column| Field::new(spec, column)).collect(),
                missing_values: [""],
                primary_key: spec.key,
                foreign_keys: foreign_keys(spec, there),
            },
        }
    }
}

impl Field {
    fn new(spec: &TableSpec, column: &Column) -> Field {
        let required = spec.key.contains(&column.name);
        Field {
            name: column.name,
            kind: match column.kind {
                Kind::Integer => "integer",
                Kind::Number => "number",
                Kind::Text => "string",
                Kind::Year => "year",
            },
            description: column.meaning,
            unit: column.unit,
            constraints: required.then_some(Constraints { required }),
        }
    }
}

/// A name of lower-case letters, digits, `.`, `-` and `_`, as the standard wishes.
fn plain_name(name: &str) -> String {
    let words = name.to_lowercase();
    let words = words.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')));
    let plain: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    if plain.is_empty() { "results".to_string() } else { plain.join("-") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use std::collections::BTreeSet;

    const NODES: TableSpec = TableSpec {
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
    const FLOWS: TableSpec = TableSpec { name: "flows", ..NODES };
    const EFFECTS: TableSpec = TableSpec { name: "effects", ..NODES };

    /// Where a description breaks the profiles of version 2.0 for packages, resources and schemas.
    fn violations(package: &Value) -> Vec<String> {
        let mut wrong = Vec::new();
        let mut demand = |holds: bool, what: String| {
            if !holds {
                wrong.push(what);
            }
        };
        let text = |value: &Value| value.as_str().is_some_and(|text| !text.is_empty());
        let name_of = |value: &Value| value.as_str().unwrap_or_default().to_string();
        let plain = |name: &str| {
            !name.is_empty()
                && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"._-".contains(&b))
        };
        demand(text(&package["$schema"]), "package: $schema".into());
        demand(plain(&name_of(&package["name"])), "package: name".into());
        for word in ["title", "description", "version"] {
            let value = &package[word];
            demand(value.is_null() || value.is_string(), format!("package: {word}"));
        }
        for source in package["sources"].as_array().into_iter().flatten() {
            demand(source.as_object().is_some_and(|s| !s.is_empty()), "package: sources".into());
        }
        let none = Vec::new();
        let resources = package["resources"].as_array().unwrap_or(&none);
        demand(!resources.is_empty(), "package: resources".into());
        let mut names = BTreeSet::new();
        for resource in resources {
            let name = name_of(&resource["name"]);
            demand(plain(&name) && names.insert(name.clone()), format!("{name}: name"));
            let path = name_of(&resource["path"]);
            let starts_well = !path.is_empty() && !path.starts_with(['.', '/', '~']);
            demand(starts_well && !path.contains(['\\', ':']), format!("{name}: path"));
            demand(resource["data"].is_null(), format!("{name}: path and data"));
            demand(resource["type"] == "table", format!("{name}: type"));
            demand(name_of(&resource["mediatype"]).split('/').count() == 2, format!("{name}: mediatype"));
            demand(resource["encoding"] == "utf-8", format!("{name}: encoding"));
            demand(resource["bytes"].is_u64(), format!("{name}: bytes"));
            let hash = name_of(&resource["hash"]);
            let hash = hash.strip_prefix("sha256:").unwrap_or_default();
            let digits = hash.bytes().all(|b| b.is_ascii_hexdigit());
            demand(hash.len() == 64 && digits, format!("{name}: hash"));
            let schema = &resource["schema"];
            let fields = schema["fields"].as_array().unwrap_or(&none);
            demand(!fields.is_empty(), format!("{name}: fields"));
            let mut columns = BTreeSet::new();
            for field in fields {
                let column = name_of(&field["name"]);
                demand(text(&field["name"]) && columns.insert(column), format!("{name}: field name"));
                let types = ["integer", "number", "string", "year"];
                demand(types.contains(&name_of(&field["type"]).as_str()), format!("{name}: field type"));
                let constraints = &field["constraints"];
                demand(
                    constraints.is_null() || constraints["required"].is_boolean(),
                    format!("{name}: constraints"),
                );
            }
            demand(schema["missingValues"] == serde_json::json!([""]), format!("{name}: missingValues"));
            for key in schema["primaryKey"].as_array().into_iter().flatten() {
                demand(columns.contains(&name_of(key)), format!("{name}: primaryKey"));
            }
        }
        wrong
    }

    fn package() -> (tempfile::TempDir, Value) {
        let place = tempfile::tempdir().unwrap();
        let mut folder = ResultFolder::create(place.path(), false).unwrap();
        for spec in [&NODES, &FLOWS] {
            let mut table = folder.table(spec).unwrap();
            table.row().text("330102u").year(2020).integer(5).number(0.5).end().unwrap();
            table.finish().unwrap();
        }
        let about = About {
            name: "Zhejiang 山海: baseline".into(),
            title: "Zhejiang".into(),
            description: String::new(),
            sources: vec!["Census 2020".into()],
        };
        let specs = [&NODES, &FLOWS, &EFFECTS];
        DataPackage::describe(place.path(), &specs, &about).unwrap().write(&mut folder).unwrap();
        let text = std::fs::read_to_string(place.path().join(FILE)).unwrap();
        (place, serde_json::from_str(&text).unwrap())
    }

    #[test]
    fn the_description_keeps_the_rules_of_the_standard() {
        let (_place, package) = package();
        assert_eq!(violations(&package), Vec::<String>::new());
        assert_eq!(package["name"], "zhejiang-baseline");
    }

    #[test]
    fn the_rules_find_what_is_wrong() {
        let (_place, good) = package();
        let changes: [(&str, Value, &str); 7] = [
            ("/resources/0/name", "flows".into(), "flows: name"),
            ("/resources/0/path", "../nodes.csv".into(), "path"),
            ("/resources/0/hash", "abc".into(), "hash"),
            ("/resources/0/bytes", "5".into(), "bytes"),
            ("/resources/0/schema/primaryKey/0", "other".into(), "primaryKey"),
            ("/resources/0/schema/fields/1/name", "node".into(), "field name"),
            ("/resources", Value::Array(Vec::new()), "resources"),
        ];
        for (place, value, complaint) in changes {
            let mut bad = good.clone();
            *bad.pointer_mut(place).unwrap() = value;
            let found = violations(&bad).join("\n");
            assert!(found.contains(complaint), "{place}: {found}");
        }
    }

    #[test]
    fn lengths_checksums_and_columns_are_those_of_the_files() {
        let (place, package) = package();
        let resources = package["resources"].as_array().unwrap();
        let names: Vec<_> = resources.iter().map(|r| r["name"].as_str().unwrap()).collect();
        assert_eq!(names, ["nodes", "flows"], "a table that was not written is not described");
        let (bytes, sha256) = sha256_of_file(place.path().join("nodes.csv")).unwrap();
        assert_eq!(resources[0]["bytes"], bytes);
        assert_eq!(resources[0]["hash"], format!("sha256:{sha256}"));
        let fields = resources[0]["schema"]["fields"].as_array().unwrap();
        let income = serde_json::json!({
            "name": "income_yuan", "type": "number", "description": "Income per head.", "unit": "yuan"
        });
        assert_eq!(fields[3], income);
        assert_eq!(fields[1]["type"], "year");
        assert_eq!(fields[1]["constraints"]["required"], true);
    }

    #[test]
    fn columns_that_name_rows_of_another_table_refer_to_it() {
        const PLACES: TableSpec = TableSpec { name: "places", key: &["node"], ..NODES };
        let keys = |there: &[&TableSpec]| serde_json::to_value(foreign_keys(&NODES, there)).unwrap();
        let expected = serde_json::json!([
            { "fields": ["node"], "reference": { "resource": "places", "fields": ["node"] } }
        ]);
        assert_eq!(keys(&[&NODES, &PLACES]), expected);
        assert_eq!(keys(&[&NODES, &FLOWS]), serde_json::json!([]), "nothing refers to what is not there");
        assert!(foreign_keys(&PLACES, &[&PLACES]).is_empty());
    }

    #[test]
    fn a_folder_without_tables_has_nothing_to_describe() {
        let place = tempfile::tempdir().unwrap();
        let error = DataPackage::describe(place.path(), &[&NODES], &About::default()).unwrap_err();
        assert!(error.to_string().contains("no table"), "{error}");
        assert_eq!(plain_name("山海"), "results");
    }
}
