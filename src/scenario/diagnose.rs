//! Checks a TOML document against the schema of the types it is read into, and reports everything
//! that is wrong with it at once.
//!
//! serde stops at its first error. So the document is first walked as a tree that knows its positions,
//! beside the JSON Schema that schemars derives from the same types, and only a document without
//! problems is handed to serde.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::overrides;
use super::path::{self, Step};
use super::problem::{Problem, Problems, listed, nearest};
use super::schema::{Rule, Word};
use super::source::{Place, Source, Sources};

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
    let mut problems = Problems::new();
    Document::parse(text, file, &mut problems).check(schema, &mut problems);
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

/// [`read`] for a caller that has more to add to the problems, or wants them in colour.
pub fn examine<T: DeserializeOwned + JsonSchema>(
    text: &str,
    file: &str,
    overrides: &[String],
) -> Result<Read<T>, Problems> {
    let schema = schema_of::<T>();
    let mut problems = Problems::new();
    let mut document = Document::parse(text, file, &mut problems);
    for text in overrides {
        overrides::apply(text, &mut document, &Rule::root(&schema), &mut problems);
    }
    document.check(&schema, &mut problems);
    if !problems.is_empty() {
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
    /// Lines that could not be parsed. What the parser made of them is not worth a second message.
    damaged: Vec<Range<usize>>,
}

impl<'t> Document<'t> {
    fn parse(text: &'t str, file: &str, problems: &mut Problems) -> Document<'t> {
        let source = Source::new(file, text);
        let mut sources = Sources::default();
        sources.add(source.clone());
        let (root, errors) = DeTable::parse_recoverable(text);
        let root = root.into_inner();

        let mut damaged: Vec<Range<usize>> = Vec::new();
        for error in &errors {
            let Some(span) = error.span().map(|span| source.clamp(&span)) else {
                damaged.push(0..0);
                problems.push(Problem::new(sources.file(), format!("this is not TOML: {}", error.message())));
                continue;
            };
            let place = Place::new(&source, span.clone());
            if error.message() == "duplicate key" {
                problems.push(duplicate(&source, place));
                continue;
            }
            let lines = source.line_range(source.line_at(span.start)).start
                ..source.line_range(source.line_at(span.end)).end;
            // After the first error of a line the parser only guesses what the rest of it means.
            if damaged.last().is_none_or(|last| last.end < lines.start || lines.end < last.start) {
                problems.push(syntax(&source, place, error.message()));
            }
            damaged.push(lines);
        }
        Document { root: Spanned::new(0..0, DeValue::Table(root)), sources, damaged }
    }

    fn check(&self, schema: &Value, problems: &mut Problems) {
        let mut walk = Walk { document: self, schema, found: Vec::new() };
        walk.value("", &self.root, &Rule::root(schema));
        walk.found.into_iter().for_each(|problem| problems.push(problem));
    }

    fn is_damaged(&self, span: &Range<usize>) -> bool {
        self.damaged.iter().any(|lines| span.start <= lines.end && lines.start <= span.end)
    }
}

/// The message for a text that is not TOML, from the parser's own.
fn syntax(source: &Source, place: Place, message: &str) -> Problem {
    let (what, expected) = message.split_once(", expected ").unwrap_or((message, ""));
    let line = place.span().map_or(0..0, |span| source.line_range(source.line_at(span.start)));
    let line = source.text().get(line).unwrap_or("");
    let mut problem = Problem::new(place, format!("this is not TOML: {what}"));
    if !expected.is_empty() {
        problem = problem.label(format!("expected {expected}"));
    }
    if let Some((wide, plain)) = full_width(line) {
        problem =
            problem.help(format!("outside of text, write `{plain}` instead of the full-width `{wide}`"));
    } else if what.contains("must be quoted") {
        problem = problem.help("text goes in quotation marks: \"…\"");
    }
    problem
}

/// A sign of a Chinese keyboard that looks like one of TOML's.
fn full_width(line: &str) -> Option<(char, char)> {
    line.chars().find_map(|sign| {
        let plain = match sign {
            '＝' => '=',
            '，' | '、' => ',',
            '。' | '．' => '.',
            '“' | '”' | '＂' => '"',
            '‘' | '’' => '\'',
            '【' | '［' => '[',
            '】' | '］' => ']',
            '｛' => '{',
            '｝' => '}',
            '＃' => '#',
            '－' => '-',
            '０'..='９' => char::from_u32('0' as u32 + sign as u32 - '０' as u32)?,
            _ => return None,
        };
        Some((sign, plain))
    })
}

/// The message for a key or table that is set twice. The parser tells only of the second time.
fn duplicate(source: &Arc<Source>, place: Place) -> Problem {
    let text = source.text();
    let span = place.span().unwrap_or(0..0);
    let name = place.text().to_owned();
    let line = source.line_range(source.line_at(span.start));
    let before = text.get(line.start..span.start).unwrap_or("");
    let header = before.trim_start().starts_with('[') && !before.contains('=');
    let what = if header { "table" } else { "key" };
    let problem = Problem::new(place, format!("the {what} `{name}` is set twice")).label("set again here");
    let problem = match first_time(source, &span, before, &name, header) {
        Some(first) => problem.also(Place::new(source, first), "set here first"),
        None => problem,
    };
    problem.help(if header {
        "put all keys of a table under one header; a table that may occur several times has double brackets, `[[…]]`"
    } else {
        "keep one of the two"
    })
}

/// Where a key was written the first time: the same words before it, in the same table.
fn first_time(
    source: &Source,
    span: &Range<usize>,
    before: &str,
    name: &str,
    header: bool,
) -> Option<Range<usize>> {
    let text = source.text();
    let opening = before.rfind(['{', ',']).map_or("", |at| &before[at + 1..]);
    if before.contains('{') {
        // Inside an inline table, which stands on one line: look back on that line.
        let start = span.start - before.len() + before.rfind('{')? + 1;
        let inside = text.get(start..span.start)?;
        let mut at = start;
        for part in inside.split(',') {
            let written = part.split('=').next().unwrap_or("").trim();
            if written == format!("{}{name}", opening.trim()) {
                let from = at + part.find(name)?;
                return Some(from..from + name.len());
            }
            at += part.len() + 1;
        }
        return None;
    }
    let wanted: String = before.chars().filter(|c| !c.is_whitespace()).chain(name.chars()).collect();
    for line in (0..source.line_at(span.start)).rev() {
        let range = source.line_range(line);
        let content = text.get(range.clone())?;
        let squeezed: String = content.chars().filter(|c| !c.is_whitespace()).collect();
        let follows = squeezed.strip_prefix(&wanted).and_then(|rest| rest.chars().next());
        if follows == Some(if header { ']' } else { '=' }) {
            let from = range.start + content.find(name)?;
            return Some(from..from + name.len());
        }
        if !header && squeezed.starts_with('[') {
            return None;
        }
    }
    None
}

/// A walk through a document beside its schema.
struct Walk<'d> {
    document: &'d Document<'d>,
    schema: &'d Value,
    found: Vec<Problem>,
}

impl<'d> Walk<'d> {
    fn place(&self, span: Range<usize>) -> Place {
        self.document.sources.place(&span)
    }

    fn report(&mut self, problem: Problem, rule: &Rule<'_>) {
        self.found.push(match rule.meaning() {
            Some(meaning) => problem.help(meaning),
            None => problem,
        });
    }

    /// Checks one value.
    fn value(&mut self, path: &str, value: &Spanned<DeValue<'_>>, rule: &Rule<'d>) {
        if rule.options.is_empty() || rule.words().is_some() {
            self.plain(path, value, rule);
        } else {
            self.choice(path, value, rule);
        }
    }

    /// Checks a value that can be one of several things, against the one that it was meant to be.
    fn choice(&mut self, path: &str, value: &Spanned<DeValue<'_>>, rule: &Rule<'d>) {
        let kind = json_kind(value.get_ref());
        let fitting: Vec<&Rule<'d>> = rule.options.iter().filter(|option| option.takes(kind)).collect();
        let words: Vec<Word<'d>> = fitting.iter().filter_map(|option| option.words()).flatten().collect();
        match (value.get_ref(), fitting.as_slice()) {
            (_, []) => self.wrong_kind(path, value, rule),
            (_, [only]) => self.plain(path, value, only),
            (DeValue::String(text), all) if all.iter().all(|option| option.words().is_some()) => {
                self.word(path, value, text, &words, rule);
            }
            (DeValue::Table(table), all) => match tag(all) {
                Some(tag) => self.tagged(path, value, table, tag, all),
                None => self.closest(path, value, all),
            },
            (_, all) => self.closest(path, value, all),
        }
    }

    /// A table whose key `tag` says which of several tables it is.
    fn tagged(
        &mut self,
        path: &str,
        value: &Spanned<DeValue<'_>>,
        table: &DeTable<'_>,
        tag: &str,
        all: &[&Rule<'d>],
    ) {
        let word = |option: &Rule<'d>| option.property(tag).and_then(|rule| rule.words()).unwrap_or_default();
        let Some(written) = table.get(tag) else {
            let names: Vec<&str> = all.iter().flat_map(|option| word(option)).map(|word| word.name).collect();
            let problem =
                Problem::new(self.place(value.span()), format!("{} lacks the key `{tag}`", table_name(path)))
                    .label(format!("`{tag}` is missing from this table"))
                    .help(format!("`{tag}` says what it is: {}", quoted(&names)));
            return self.found.push(problem);
        };
        let chosen = all.iter().find(|option| {
            written.get_ref().as_str().is_some_and(|text| word(option).iter().any(|word| word.name == text))
        });
        match (chosen, written.get_ref()) {
            (Some(option), _) => self.plain(path, value, option),
            (None, DeValue::String(text)) => {
                let words: Vec<Word<'d>> = all.iter().flat_map(|option| word(option)).collect();
                let rule = all.iter().find_map(|option| option.property(tag));
                if let Some(rule) = rule {
                    self.word(&path::join(path, tag), written, text, &words, &rule);
                }
            }
            (None, _) => {
                let rule = all.iter().find_map(|option| option.property(tag));
                if let Some(rule) = rule {
                    self.wrong_kind(&path::join(path, tag), written, &rule);
                }
            }
        }
    }

    /// Of several alternatives, the one that leaves least to complain about.
    fn closest(&mut self, path: &str, value: &Spanned<DeValue<'_>>, all: &[&Rule<'d>]) {
        let tries = all.iter().map(|option| {
            let mut attempt = Walk { document: self.document, schema: self.schema, found: Vec::new() };
            attempt.plain(path, value, option);
            attempt.found
        });
        if let Some(best) = tries.min_by_key(Vec::len) {
            self.found.extend(best);
        }
    }

    /// Checks a value against a rule without alternatives.
    fn plain(&mut self, path: &str, value: &Spanned<DeValue<'_>>, rule: &Rule<'d>) {
        if !rule.takes(json_kind(value.get_ref())) {
            return self.wrong_kind(path, value, rule);
        }
        match value.get_ref() {
            DeValue::Integer(integer) => {
                let number = i128::from_str_radix(integer.as_str(), integer.radix()).ok();
                self.integer(path, value, number, rule);
            }
            DeValue::Float(float) => self.float(path, value, float.as_str(), rule),
            DeValue::String(text) => {
                if let Some(words) = rule.words() {
                    self.word(path, value, text, &words, rule);
                } else if let Some(needed) = rule.wrong_count(text.chars().count(), "Length") {
                    let place = self.place(value.span());
                    let title = if text.is_empty() {
                        format!("`{path}` is empty")
                    } else {
                        format!("`{path}` has {} characters", text.chars().count())
                    };
                    self.report(Problem::new(place, title).label(format!("needs {needed} characters")), rule);
                }
            }
            DeValue::Array(array) => {
                if let Some(needed) = rule.wrong_count(array.len(), "Items") {
                    let count = if array.len() == 1 {
                        "1 member".to_owned()
                    } else {
                        format!("{} members", array.len())
                    };
                    let problem = Problem::new(
                        self.place(value.span()),
                        format!("`{path}` has {count}, but needs {needed}"),
                    );
                    self.report(problem.label(format!("needs {needed}")), rule);
                }
                for (index, item) in array.iter().enumerate() {
                    if let Some(item_rule) =
                        rule.item(index).filter(|_| !self.document.is_damaged(&item.span()))
                    {
                        self.value(&path::member(path, index), item, &item_rule);
                    }
                }
            }
            DeValue::Table(table) => self.table(path, value.span(), table, rule),
            DeValue::Boolean(_) | DeValue::Datetime(_) => {}
        }
    }

    fn integer(&mut self, path: &str, value: &Spanned<DeValue<'_>>, number: Option<i128>, rule: &Rule<'d>) {
        let machine = if rule.kinds().contains(&"integer") { rule.machine_range() } else { None };
        let outside = match (number, machine) {
            (None, _) => Some("too large".to_owned()),
            (Some(number), Some((least, most))) if number > most && rule.outside(number as f64).is_none() => {
                let _ = least;
                Some(format!("above {most}"))
            }
            (Some(number), Some((least, _))) if number < least && rule.outside(number as f64).is_none() => {
                Some(format!("below {least}"))
            }
            (Some(number), _) => rule.outside(number as f64),
        };
        if let Some(outside) = outside {
            self.out_of_range(path, value, &outside, rule);
        }
    }

    fn float(&mut self, path: &str, value: &Spanned<DeValue<'_>>, text: &str, rule: &Rule<'d>) {
        let number = text.parse::<f64>().unwrap_or(f64::NAN);
        if !number.is_finite() {
            let place = self.place(value.span());
            let problem = Problem::new(
                place,
                format!("`{path}` is {}, but must be {}", shorten(text), rule.expected()),
            );
            self.report(problem.label("not a finite number"), rule);
        } else if let Some(outside) = rule.outside(number) {
            self.out_of_range(path, value, &outside, rule);
        }
    }

    fn out_of_range(&mut self, path: &str, value: &Spanned<DeValue<'_>>, outside: &str, rule: &Rule<'d>) {
        let place = self.place(value.span());
        let title = format!("`{path}` is {}, but must be {}", shorten(place.text()), rule.expected());
        self.report(Problem::new(place, title).label(outside), rule);
    }

    /// Checks a word against those that are allowed.
    fn word(
        &mut self,
        path: &str,
        value: &Spanned<DeValue<'_>>,
        text: &str,
        words: &[Word<'d>],
        rule: &Rule<'d>,
    ) {
        if words.iter().any(|word| word.name == text) {
            return;
        }
        let names: Vec<&str> = words.iter().map(|word| word.name).collect();
        let problem = Problem::new(
            self.place(value.span()),
            format!("`{path}` has no choice \"{}\"", shorten(&text.escape_debug().to_string())),
        );
        let problem = match nearest(text, names.iter().copied()) {
            Some(near) => problem.label(format!("did you mean \"{near}\"?")),
            None => problem.label("not one of its words"),
        };
        let problem = if words.iter().any(|word| word.meaning.is_some()) {
            let lines: Vec<String> = words
                .iter()
                .map(|word| match &word.meaning {
                    Some(meaning) => format!("\n\"{}\": {meaning}", word.name),
                    None => format!("\n\"{}\"", word.name),
                })
                .collect();
            problem.help(format!("choose one of{}", lines.concat()))
        } else {
            problem.help(format!("choose {}", quoted(&names)))
        };
        self.report(problem, rule);
    }

    /// A value of another type than the schema asks for.
    fn wrong_kind(&mut self, path: &str, value: &Spanned<DeValue<'_>>, rule: &Rule<'d>) {
        let place = self.place(value.span());
        let found = match value.get_ref() {
            DeValue::Array(_) if place.text().starts_with("[[") => "an array of tables",
            other => toml_kind(other),
        };
        let help = kind_help(path, value.get_ref(), place.text(), rule);
        let title = format!("`{path}` must be {}, but is {found}", rule.expected());
        let mut problem = Problem::new(place, title).label(format!("this is {found}"));
        if let Some(help) = help {
            problem = problem.help(help);
        }
        self.report(problem, rule);
    }

    /// Checks the keys of a table.
    fn table(&mut self, path: &str, span: Range<usize>, table: &DeTable<'_>, rule: &Rule<'d>) {
        let keys = rule.keys();
        let mut explained = Vec::new();
        for (key, value) in table.iter() {
            let name: &str = key.get_ref();
            if self.document.is_damaged(&key.span()) || self.document.is_damaged(&value.span()) {
                continue;
            }
            match rule.property(name).or_else(|| rule.other(name)) {
                Some(inner) => self.value(&path::join(path, name), value, &inner),
                None => {
                    let absent = keys.iter().copied().filter(|known| !table.contains_key(*known));
                    let near = nearest(name, absent);
                    explained.extend(near);
                    let problem = self.unknown(path, name, value, key.span(), near, &keys);
                    self.found.push(problem);
                }
            }
        }
        // A missing key may stand on a line that could not be read.
        if !self.document.damaged.is_empty() {
            return;
        }
        for key in rule.required() {
            if !table.contains_key(key) && !explained.contains(&key) {
                let inner = rule.property(key);
                let problem = self.missing(path, key, span.clone(), inner.as_ref());
                self.found.push(problem);
            }
        }
    }

    fn unknown(
        &self,
        path: &str,
        name: &str,
        value: &Spanned<DeValue<'_>>,
        span: Range<usize>,
        near: Option<&str>,
        keys: &[&str],
    ) -> Problem {
        let what = if json_kind(value.get_ref()) == "object" { "table" } else { "key" };
        let shown = path::join("", name);
        let problem = Problem::new(self.place(span), format!("{} has no {what} `{shown}`", table_name(path)));
        let homes = Rule::root(self.schema).homes(name);
        match (near, homes.as_slice()) {
            (Some(near), _) if keys.len() <= 12 => problem
                .label(format!("did you mean `{near}`?"))
                .help(format!("it takes {}", listed(keys, "and"))),
            (Some(near), _) => problem.label(format!("did you mean `{near}`?")),
            (None, [home]) => {
                let problem = problem.label("not a key of this table");
                problem.help(format!(
                    "`{shown}` belongs to {}; a key belongs to the table whose header stands last above it",
                    table_name(home)
                ))
            }
            (None, _) if keys.is_empty() => problem.label("this table takes no keys"),
            (None, _) => {
                let (some, more) = (&keys[..keys.len().min(24)], keys.len().saturating_sub(24));
                let rest = if more > 0 { format!(", and {more} more") } else { String::new() };
                problem.label("unknown").help(format!("it takes {}{rest}", listed(some, "and")))
            }
        }
    }

    fn missing(&self, path: &str, key: &str, span: Range<usize>, inner: Option<&Rule<'d>>) -> Problem {
        let is_table = inner.is_some_and(|rule| rule.kinds() == ["object"]);
        let what = if is_table { "table" } else { "key" };
        let full = path::join(path, key);
        let problem =
            Problem::new(self.place(span), format!("{} lacks the {what} `{key}`", table_name(path)))
                .label(format!("`{key}` is missing from this table"));
        let meaning = inner.and_then(Rule::meaning).map(|meaning| format!(": {meaning}")).unwrap_or_default();
        let expected = inner.map_or_else(|| "a value".to_owned(), Rule::expected);
        problem.help(match is_table && !path.contains('[') {
            true => format!("add a table `[{full}]`{meaning}"),
            false => format!("add `{key} = …`, {expected}{meaning}"),
        })
    }
}

/// The key that tells the alternatives of a tagged enum apart.
fn tag<'s>(options: &[&Rule<'s>]) -> Option<&'s str> {
    let constant =
        |option: &Rule<'s>, key: &str| option.property(key).is_some_and(|rule| rule.get("const").is_some());
    let (first, rest) = options.split_first()?;
    first
        .keys()
        .into_iter()
        .find(|key| constant(first, key) && rest.iter().all(|option| constant(option, key)))
}

/// How a reader calls the table at a path.
fn table_name(path: &str) -> String {
    if path.is_empty() { "the top level of the file".to_owned() } else { format!("`{path}`") }
}

fn quoted(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [start @ .., end] => format!("{} or {end}", start.join(", ")),
    }
}

/// A value as it is repeated in a title: its first line, not too much of it.
fn shorten(text: &str) -> String {
    let line = text.lines().next().unwrap_or("");
    match line.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

fn json_kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "string",
        DeValue::Integer(_) => "integer",
        DeValue::Float(_) => "number",
        DeValue::Boolean(_) => "boolean",
        DeValue::Array(_) => "array",
        DeValue::Table(_) => "object",
        // JSON has no dates, so no schema asks for one.
        DeValue::Datetime(_) => "date",
    }
}

fn toml_kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a float",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date-time",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    }
}

/// How to write what was most likely meant.
fn kind_help(path: &str, value: &DeValue<'_>, written: &str, rule: &Rule<'_>) -> Option<String> {
    let single = !written.contains('\n') && written.chars().count() <= 40;
    match value {
        DeValue::String(text) => {
            let number = text.trim().parse::<f64>().is_ok_and(f64::is_finite);
            if (number
                && (rule.takes("number") || (rule.takes("integer") && text.trim().parse::<i64>().is_ok())))
                || (rule.takes("boolean") && matches!(text.as_ref(), "true" | "false"))
            {
                return Some(format!("write {} without quotation marks", text.trim()));
            }
            (rule.takes("array") && single).then(|| format!("put it in brackets: [{written}]"))
        }
        DeValue::Float(float) if rule.takes("integer") => {
            let number = float.as_str().parse::<f64>().ok()?;
            (number.fract() == 0.0 && number.abs() < 1e15)
                .then(|| format!("write {number} without a decimal point"))
        }
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_)
            if rule.takes("string") && single =>
        {
            Some(format!("put it in quotation marks: \"{written}\""))
        }
        DeValue::Integer(_) | DeValue::Float(_) if rule.takes("array") && single => {
            Some(format!("put it in brackets: [{written}]"))
        }
        DeValue::Table(_) if rule.takes("array") && written.starts_with('[') => {
            Some(format!("write `[[{path}]]` with double brackets: this table may occur several times"))
        }
        DeValue::Array(_) if rule.takes("object") && written.starts_with("[[") => {
            Some(format!("write `[{path}]` with single brackets: this table occurs once"))
        }
        _ => None,
    }
}
