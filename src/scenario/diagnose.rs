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
use toml::de::{DeValue, ValueDeserializer};

use super::document::Document;
use super::encoding::decode;
use super::files::{Input, MOST_BYTES_OF_TEXT};
use super::layers::{Set, Variant};
use super::overrides;
use super::path::{self, Step};
use super::problem::{Problem, Problems};
use super::schema::Rule;
use super::source::{Place, Source, Sources};
use super::syntax::Parsable;
use super::walk::Walk;
use crate::messages;

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
    let document = Document::new(&source, &parsable);
    Walk::through(&document, schema).into_iter().for_each(|problem| problems.push(problem));
    problems
}

/// Reads a text with overrides (`key=value`) into a type, or says everything that is wrong with it.
///
/// ```
/// use schemars::JsonSchema;
/// use serde::Deserialize;
/// use shanhai::inside::bindings::{as_is, diagnose::read};
/// use shanhai::scenario::{Problem, Problems};
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
///     problems.push(Problem::new(years.spans.locate("until"), as_is("the run ends before it begins")));
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
    read_input(&Input::up_to(path, MOST_BYTES_OF_TEXT), overrides)
}

/// [`read`] from the bytes of a file.
pub(crate) fn read_input<T: DeserializeOwned + JsonSchema>(
    input: &Input,
    overrides: &[String],
) -> crate::Result<Read<T>> {
    read_inputs(&[(input, Path::new(""))], None, overrides)
}

/// [`read`] from the bytes of files on top of each other, the uppermost first, each with its folder as seen from there.
pub(crate) fn read_inputs<T: DeserializeOwned + JsonSchema>(
    inputs: &[(&Input, &Path)],
    variant: Option<&str>,
    overrides: &[String],
) -> crate::Result<Read<T>> {
    let mut problems = Problems::new();
    let mut texts = Vec::new();
    for (input, prefix) in inputs {
        let name = input.name();
        match input.bytes() {
            Ok(bytes) => {
                if let Some(text) = decode(&name, bytes, &mut problems) {
                    texts.push((name, text, *prefix));
                }
            }
            Err(problem) => problems.push(problem.clone()),
        }
    }
    // Text that is not UTF-8 has been changed to be shown; it must not become a scenario.
    let is_whole = problems.is_empty();
    let layers: Vec<Layer> = texts.iter().map(|(name, text, prefix)| Layer { name, text, prefix }).collect();
    // Without a file below its keys would be said to be missing.
    if layers.len() < inputs.len() && (layers.is_empty() || inputs.len() > 1) {
        return Err(problems.into_error());
    }
    match examine_layers(&layers, variant, overrides) {
        Ok(read) if is_whole => Ok(read),
        Ok(_) => Err(problems.into_error()),
        Err(more) => {
            problems.append(more);
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
    examine_layers(&[Layer { name: file, text, prefix: Path::new("") }], None, overrides)
}

/// A text with the texts below it, the uppermost first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layer<'a> {
    /// What messages call it.
    pub(crate) name: &'a str,
    pub(crate) text: &'a str,
    /// Its folder, seen from that of the uppermost.
    pub(crate) prefix: &'a Path,
}

/// Reads texts on top of each other, with the changes of a variant of the uppermost and with overrides.
pub(crate) fn examine_layers<T: DeserializeOwned + JsonSchema>(
    layers: &[Layer],
    variant: Option<&str>,
    overrides: &[String],
) -> Result<Read<T>, Problems> {
    let schema = schema_of::<T>();
    let mut problems = Problems::new();
    let sources: Vec<Arc<Source>> = layers.iter().map(|layer| Source::new(layer.name, layer.text)).collect();
    let each = layers.iter().zip(&sources);
    let parsables: Vec<Parsable> =
        each.map(|(layer, source)| Parsable::new(source, layer.text, &mut problems)).collect();
    let mut document = Document::new(&sources[0], &parsables[0]);
    let set = Set::take(&mut document, &mut problems);
    for ((layer, source), parsable) in layers.iter().zip(&sources).zip(&parsables).skip(1) {
        document.inherit(source, parsable, layer.prefix);
    }
    if let Some(name) = variant {
        set.apply(name, &mut document, &mut problems);
    }
    for text in overrides {
        overrides::apply(text, &mut document, &Rule::root(&schema), &mut problems);
    }
    Walk::through(&document, &schema).into_iter().for_each(|problem| problems.push(problem));
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
            problems.push(Problem::new(place, messages::as_is(error.message())));
            Err(problems)
        }
    }
}

/// The scenarios that a text makes of itself.
pub(crate) fn variants(text: &str, file: &str) -> Result<Vec<Variant>, Problems> {
    let mut problems = Problems::new();
    let source = Source::new(file, text);
    let parsable = Parsable::new(&source, text, &mut problems);
    let mut document = Document::new(&source, &parsable);
    let set = Set::take(&mut document, &mut problems);
    if problems.is_empty() { Ok(set.listed(&document.sources)) } else { Err(problems) }
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
    pub(crate) fn is_written(&self, path: &str) -> bool {
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

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    struct Plan {
        run: Run,
        #[serde(default)]
        policy: Vec<Policy>,
    }

    #[derive(Debug, Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    struct Run {
        from: i32,
        #[serde(default)]
        #[allow(dead_code, reason = "only whether it can be read matters")]
        even: Even,
    }

    #[derive(Debug, Deserialize, JsonSchema)]
    #[serde(deny_unknown_fields)]
    struct Policy {
        payer: String,
        #[serde(default)]
        shares: Vec<f64>,
    }

    /// A type with a rule that no schema can state.
    #[derive(Debug, Default, Deserialize, JsonSchema)]
    #[serde(try_from = "u32")]
    #[schemars(with = "u32")]
    struct Even;

    impl TryFrom<u32> for Even {
        type Error = String;
        fn try_from(number: u32) -> Result<Self, String> {
            if number.is_multiple_of(2) {
                Ok(Even)
            } else {
                Err(format!("{number} is odd; an even number is needed"))
            }
        }
    }

    const TEXT: &str = "[run]\nfrom = 2020\n\n[[policy]]\npayer = \"city\"\n\n[[policy]]\npayer = \"village\"\nshares = [0.5, 0.6]\n";

    fn plan(overrides: &[&str]) -> Result<Read<Plan>, Problems> {
        let overrides: Vec<String> = overrides.iter().map(|text| (*text).to_owned()).collect();
        examine::<Plan>(TEXT, "plan.toml", &overrides)
    }

    #[test]
    fn every_value_can_be_found_again() {
        let read = plan(&[]).expect("a right plan");
        assert_eq!(read.value.policy[1].shares, [0.5, 0.6]);
        let spans = &read.spans;
        let at = |path: &str| (spans.locate(path).line_column(), spans.locate(path).text().to_owned());
        assert_eq!(at("run"), (Some((1, 1)), "[run]".to_owned()));
        assert_eq!(at("run.from"), (Some((2, 8)), "2020".to_owned()));
        assert_eq!(at("policy[1].payer"), (Some((8, 9)), "\"village\"".to_owned()));
        assert_eq!(at("policy[1].shares[1]"), (Some((9, 16)), "0.6".to_owned()));
        assert_eq!(spans.locate_key("policy[1].shares").line_column(), Some((9, 1)));
    }

    #[test]
    fn a_value_left_to_its_default_is_its_table() {
        let spans = plan(&[]).expect("a right plan").spans;
        assert_eq!(spans.locate("policy[0].shares").line_column(), Some((4, 1)));
        assert!(!spans.is_written("policy[0].shares") && spans.is_written("policy[1].shares"));
        assert_eq!(spans.locate("output.folder").line_column(), None);
        assert_eq!(spans.locate("output.folder").source().name(), "plan.toml");
    }

    #[test]
    fn an_overridden_value_is_found_in_its_override() {
        let read = plan(&["run.from=2021", "policy[0].shares=[1.0]", "policy[0].payer=\"村\""])
            .expect("a right plan");
        assert_eq!(read.value.run.from, 2021);
        assert_eq!(read.value.policy[0].payer, "村");
        let place = read.spans.locate("policy[0].shares[0]");
        assert_eq!(
            (place.source().name(), place.line_column(), place.text()),
            ("--set", Some((1, 19)), "1.0")
        );
        assert_eq!(read.spans.locate_key("run.from").text(), "from");
        assert_eq!(read.spans.locate("policy[0].payer").text(), "\"村\"");
        // What was not overridden is still found in the file.
        assert_eq!(read.spans.locate("policy[1].payer").line_column(), Some((8, 9)));
    }

    #[test]
    fn the_last_override_of_a_value_counts() {
        assert_eq!(plan(&["run.from=2021", "run.from=2022"]).expect("a right plan").value.run.from, 2022);
        assert_eq!(plan(&["run={from=1}", "run.from=2"]).expect("a right plan").value.run.from, 2);
    }

    #[test]
    fn what_only_the_type_knows_is_shown_at_its_value() {
        let problems = plan(&["run.even=3"]).expect_err("3 is odd");
        assert_eq!(
            problems.render(false),
            "error: 3 is odd; an even number is needed\n --> --set:1:10\n  |\n1 | run.even=3\n  |          ^\n\n1 problem in --set"
        );
    }

    #[test]
    fn a_later_check_points_at_two_texts() {
        let spans = plan(&["policy[1].shares=[0.9]"]).expect("a right plan").spans;
        let mut problems = Problems::new();
        problems.push(
            Problem::new(spans.locate("policy[1].shares"), messages::as_is("the shares do not add up to 1"))
                .label(messages::as_is("adds up to 0.9"))
                .also(spans.locate("policy[1].payer"), messages::as_is("of this payer")),
        );
        assert_eq!(
            problems.render(false),
            "\
error: the shares do not add up to 1
 --> --set:1:18
  |
1 | policy[1].shares=[0.9]
  |                  ^^^^^ adds up to 0.9
  |
 ::: plan.toml:8:9
  |
8 | payer = \"village\"
  |         --------- of this payer

1 problem in --set"
        );
    }

    #[test]
    fn a_file_is_named_by_its_path() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plan.toml");
        std::fs::write(&path, TEXT).expect("a file");
        assert_eq!(load::<Plan>(&path, &[]).expect("a right plan").value.run.from, 2020);
        let wrong = load::<Plan>(&folder.path().join("plans.toml"), &[]).expect_err("no such file");
        assert!(wrong.to_string().contains("there is a file `plan.toml` in the same folder"), "{wrong}");
        assert_eq!(wrong.exit_code(), 2);
        std::fs::write(&path, b"[run]\nfrom = 2020 # \xb4\xba\nuntil = 1\n").expect("a file");
        let wrong = load::<Plan>(&path, &[]).expect_err("not UTF-8").to_string();
        assert!(wrong.contains("line 2 is not UTF-8: its byte 15 is 0xB4"), "{wrong}");
        assert!(wrong.contains("unknown key `until` in `run`"), "{wrong}");
        assert!(wrong.contains("2 problems in "), "{wrong}");
    }

    #[test]
    fn colour_comes_only_when_asked_for() {
        let problems = plan(&["run.even=3"]).expect_err("3 is odd");
        assert!(!problems.render(false).contains('\u{1b}'));
        assert!(problems.render(true).contains('\u{1b}'));
    }

    #[test]
    fn signs_that_steer_a_terminal_are_not_passed_on() {
        let problems = check("\"\\u001b[31mred\" = 1\n", "plan.toml", &schema_of::<Plan>());
        assert!(!problems.render(false).contains('\u{1b}'));
    }
}
