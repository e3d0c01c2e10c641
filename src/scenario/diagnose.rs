//! Checks a TOML document against the schema of the types it is read into, and reports everything
//! that is wrong with it at once.
//!
//! serde stops at its first error. So the document is first walked as a tree that knows its positions,
//! beside the JSON Schema that schemars derives from the same types, and only a document without
//! problems is handed to serde.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::encoding::{decode, unreadable};
use super::overrides;
use super::path::{self, Step};
use super::problem::{Problem, Problems};
use super::schema::Rule;
use super::source::{Place, Source, Sources};
use super::syntax::Parsable;
use super::walk::Walk;

/// A document that was read into its type, with the place of everything in it.
#[derive(Debug)]
pub struct Read<T> {
    /// The value.
    pub value: T,
    /// Where its parts were written.
    pub spans: Spans,
}

/// The JSON Schema of a type, as schemars derives it for reading.
pub fn schema_of<T: JsonSchema>() -> Value {
    schemars::schema_for!(T).to_value()
}

/// Everything that is wrong with a text, by a schema. `file` is what messages call it.
pub fn check(text: &str, file: &str, schema: &Value) -> Problems {
    let source = Source::new(file, text);
    let mut problems = Problems::new();
    let parsable = Parsable::new(&source, text, &mut problems);
    Document::new(&source, &parsable).check(schema, &mut problems);
    problems
}

/// Reads a text with overrides (`key=value`) into a type, or says everything that is wrong with it.
///
/// ```
/// use schemars::JsonSchema;
/// use serde::Deserialize;
/// use shanhai::scenario::diagnose::read;
/// use shanhai::scenario::problem::{Problem, Problems};
///
/// #[derive(Deserialize, JsonSchema)]
/// #[serde(deny_unknown_fields)]
/// struct Years {
///     from: i32,
///     until: i32,
/// }
///
/// let years = read::<Years>("from = 2020\nuntil = 2030\n", "years.toml", &["until=2015".to_owned()])?;
/// // What only the types' meaning can tell is checked afterwards, and points at the same text.
/// let mut problems = Problems::new();
/// if years.value.until < years.value.from {
///     problems.push(Problem::new(years.spans.locate("until"), "the run ends before it begins"));
/// }
/// assert!(problems.render(false).contains("--set:1:7"));
/// # Ok::<(), shanhai::Error>(())
/// ```
pub fn read<T: DeserializeOwned + JsonSchema>(
    text: &str,
    file: &str,
    overrides: &[String],
) -> crate::Result<Read<T>> {
    examine(text, file, overrides).map_err(Problems::into_error)
}

/// [`read`] from a file.
pub fn load<T: DeserializeOwned + JsonSchema>(path: &Path, overrides: &[String]) -> crate::Result<Read<T>> {
    let name = path.display().to_string();
    let mut problems = Problems::new();
    let text = match std::fs::read(path) {
        Ok(bytes) => decode(&name, &bytes, &mut problems),
        Err(error) => {
            problems.push(unreadable(path, &error));
            None
        }
    };
    // Text that is not UTF-8 has been changed to be shown; it must not become a scenario.
    match (problems.is_empty(), text) {
        (true, Some(text)) => read(&text, &name, overrides),
        (_, text) => {
            if let Some(Err(more)) = text.map(|text| examine::<T>(&text, &name, overrides)) {
                problems.append(more);
            }
            Err(problems.into_error())
        }
    }
}

/// [`read`] for a caller that has more to add to the problems, or wants them in colour.
pub fn examine<T: DeserializeOwned + JsonSchema>(
    text: &str,
    file: &str,
    overrides: &[String],
) -> Result<Read<T>, Problems> {
    let schema = schema_of::<T>();
    let mut problems = Problems::new();
    let source = Source::new(file, text);
    let parsable = Parsable::new(&source, text, &mut problems);
    let mut document = Document::new(&source, &parsable);
    for text in overrides {
        overrides::apply(text, &mut document, &Rule::root(&schema), &mut problems);
    }
    document.check(&schema, &mut problems);
    if !problems.is_empty() {
        problems.arrange(|source| document.sources.order(source));
        return Err(problems);
    }
    let spans = Spans { root: Written::new(None, &document.root), sources: document.sources };
    match T::deserialize(ValueDeserializer::from(document.root)) {
        Ok(value) => Ok(Read { value, spans }),
        Err(error) => {
            // What no schema can say: conversions of the types themselves.
            let place = error.span().map_or_else(|| spans.file(), |span| spans.sources.place(&span));
            problems.push(Problem::new(place, error.message()));
            Err(problems)
        }
    }
}

/// Where each value of a document was written.
#[derive(Clone, Debug)]
pub struct Spans {
    root: Written,
    sources: Sources,
}

/// The place of one value, of its key if it has one, and of what is inside it.
#[derive(Clone, Debug)]
struct Written {
    key: Option<Range<usize>>,
    value: Range<usize>,
    keys: BTreeMap<String, Written>,
    members: Vec<Written>,
}

impl Written {
    fn new(key: Option<Range<usize>>, value: &Spanned<DeValue<'_>>) -> Self {
        let (mut keys, mut members) = (BTreeMap::new(), Vec::new());
        match value.get_ref() {
            DeValue::Table(table) => {
                let each = table.iter();
                keys = each
                    .map(|(key, value)| (key.get_ref().to_string(), Written::new(Some(key.span()), value)))
                    .collect();
            }
            DeValue::Array(array) => members = array.iter().map(|item| Written::new(None, item)).collect(),
            _ => {}
        }
        Written { key, value: value.span(), keys, members }
    }
}

impl Spans {
    /// The place of the value at a dotted path, `policy.industry_transfer[0].payer`.
    ///
    /// A value that was left to its default was not written anywhere; then it is the nearest table
    /// around it that was, and for a table of the top level the file as a whole.
    pub fn locate(&self, path: &str) -> Place {
        self.sources.place(&self.walk(path).0.value)
    }

    /// The place of the key at a dotted path, or what [`Spans::locate`] gives where there is no key.
    pub fn locate_key(&self, path: &str) -> Place {
        let (written, whole) = self.walk(path);
        let key = written.key.as_ref().filter(|_| whole);
        self.sources.place(key.unwrap_or(&written.value))
    }

    /// Whether the value at a path was written, in the file or in an override.
    pub fn is_written(&self, path: &str) -> bool {
        self.walk(path).1
    }

    /// The file as a whole.
    pub fn file(&self) -> Place {
        self.sources.file()
    }

    /// What a path leads to as far as it was written, and whether that is all of it.
    fn walk(&self, path: &str) -> (&Written, bool) {
        let spots = match path::parse(path) {
            Ok((spots, end)) if end == path.len() => spots,
            _ => {
                debug_assert!(path.is_empty(), "`{path}` is not a path");
                Vec::new()
            }
        };
        let mut here = &self.root;
        for spot in spots {
            let next = match &spot.step {
                Step::Key(key) => here.keys.get(key),
                Step::Member(index) => here.members.get(*index),
            };
            match next {
                Some(next) => here = next,
                None => return (here, false),
            }
        }
        (here, true)
    }
}

/// A parsed text with its overrides, as a tree whose values know where they were written.
#[derive(Debug)]
pub(crate) struct Document<'t> {
    pub(crate) root: Spanned<DeValue<'t>>,
    pub(crate) sources: Sources,
    /// Whether some of the text was not TOML and is left out.
    pub(crate) damaged: bool,
    /// Keys whose table is not known.
    pub(crate) adrift: Vec<Range<usize>>,
}

impl<'t> Document<'t> {
    /// The document of a text from [`Parsable::new`].
    fn new(source: &Arc<Source>, parsable: &'t Parsable<'_>) -> Document<'t> {
        let mut sources = Sources::default();
        sources.add(Arc::clone(source));
        let (root, _) = DeTable::parse_recoverable(&parsable.text);
        let root = Spanned::new(0..0, DeValue::Table(root.into_inner()));
        Document { root, sources, damaged: parsable.damaged, adrift: parsable.adrift.clone() }
    }

    fn check(&self, schema: &Value, problems: &mut Problems) {
        Walk::through(self, schema).into_iter().for_each(|problem| problems.push(problem));
    }
}
