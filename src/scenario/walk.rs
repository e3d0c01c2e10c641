//! A walk through a document beside its schema, with a message for everything that does not fit.

use std::ops::Range;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::diagnose::Document;
use super::path;
use super::problem::{Problem, listed, nearest};
use super::schema::{Rule, Word};
use super::source::Place;

/// A walk through a document beside its schema.
pub(crate) struct Walk<'d> {
    document: &'d Document<'d>,
    schema: &'d Value,
    found: Vec<Problem>,
}

impl<'d> Walk<'d> {
    /// Everything in a document that does not fit a schema.
    pub(crate) fn through(document: &'d Document<'d>, schema: &'d Value) -> Vec<Problem> {
        let mut walk = Walk { document, schema, found: Vec::new() };
        walk.value("", &document.root, &Rule::root(schema));
        walk.found
    }

    fn place(&self, span: Range<usize>) -> Place {
        self.document.sources.place(&span)
    }

    /// Adds a problem with the value at a path, and says what the value means.
    fn report(&mut self, path: &str, problem: Problem, rule: &Rule<'_>) {
        self.found.push(match rule.meaning() {
            Some(meaning) => problem.note(format!("`{path}`: {meaning}")),
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
                None if all.iter().all(|option| option.variant().is_some()) => {
                    self.variant(path, value, table, all);
                }
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
        let word = |option: &Rule<'d>| {
            let words = option.property(tag).and_then(|rule| rule.words()).unwrap_or_default();
            let meaning = option.meaning();
            words.into_iter().map(move |word| Word { meaning: meaning.clone(), ..word }).collect::<Vec<_>>()
        };
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

    /// A table whose only key says which of several things it holds.
    fn variant(&mut self, path: &str, value: &Spanned<DeValue<'_>>, table: &DeTable<'_>, all: &[&Rule<'d>]) {
        let names: Vec<&str> = all.iter().filter_map(|option| option.variant()).collect();
        let mut keys = table.iter();
        if let (Some((key, inner)), None) = (keys.next(), keys.next()) {
            let name: &str = key.get_ref();
            match all.iter().find(|option| option.variant() == Some(name)) {
                Some(option) => self.plain(path, value, option),
                None => {
                    let near = nearest(name, names.iter().copied());
                    let problem = self.unknown(path, name, inner, key.span(), near, &names);
                    self.found.push(problem);
                }
            }
            return;
        }
        let count = if table.is_empty() { "no key".to_owned() } else { format!("{} keys", table.len()) };
        let title = format!("{} has {count}, but needs exactly one", table_name(path));
        let problem = Problem::new(self.place(value.span()), title);
        self.found.push(problem.help(format!("its key says what it is: {}", listed(&names, "or"))));
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
                    self.report(
                        path,
                        Problem::new(place, title).label(format!("needs {needed} characters")),
                        rule,
                    );
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
                    self.report(path, problem.label(format!("needs {needed}")), rule);
                }
                for (index, item) in array.iter().enumerate() {
                    if let Some(item_rule) = rule.item(index) {
                        self.value(&path::member(path, index), item, &item_rule);
                    }
                }
            }
            DeValue::Table(table) => self.table(path, value.span(), table, rule),
            DeValue::Boolean(_) | DeValue::Datetime(_) => {}
        }
    }

    fn integer(&mut self, path: &str, value: &Spanned<DeValue<'_>>, number: Option<i128>, rule: &Rule<'d>) {
        let machine = rule.machine_range().filter(|_| rule.kinds().contains(&"integer"));
        let outside = match (number, machine) {
            (None, _) => Some("too large".to_owned()),
            (Some(number), machine) => rule.outside(number as f64).or_else(|| match machine {
                Some((least, _)) if number < least => Some(format!("below {least}")),
                Some((_, most)) if number > most => Some(format!("above {most}")),
                _ => None,
            }),
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
            self.report(path, problem.label("not a finite number"), rule);
        } else if let Some(outside) = rule.outside(number) {
            self.out_of_range(path, value, &outside, rule);
        }
    }

    fn out_of_range(&mut self, path: &str, value: &Spanned<DeValue<'_>>, outside: &str, rule: &Rule<'d>) {
        let place = self.place(value.span());
        let title = format!("`{path}` is {}, but must be {}", shorten(place.text()), rule.expected());
        self.report(path, Problem::new(place, title).label(outside), rule);
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
            format!("`{path}` cannot be \"{}\"", shorten(&text.escape_debug().to_string())),
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
        self.report(path, problem, rule);
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
        let overriding = self.document.sources.order(place.source()) > 0;
        let mut problem = Problem::new(place, title).label(format!("this is {found}"));
        if let Some(help) = help {
            let for_shell = overriding && help.contains('"');
            problem = problem.help(help);
            if for_shell {
                problem = problem
                    .help("the shell takes quotation marks away: put the override in single ones, --set '…'");
            }
        }
        self.report(path, problem, rule);
    }

    /// Checks the keys of a table.
    fn table(&mut self, path: &str, span: Range<usize>, table: &DeTable<'_>, rule: &Rule<'d>) {
        let keys = rule.keys();
        let mut explained = Vec::new();
        for (key, value) in table.iter() {
            let name: &str = key.get_ref();
            if self.document.adrift.iter().any(|lines| lines.contains(&key.span().start)) {
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
        // A missing key may stand in what could not be read.
        if self.document.damaged {
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
        let place =
            if path.is_empty() { "at the top level of the file".to_owned() } else { format!("in `{path}`") };
        let problem = Problem::new(self.place(span), format!("unknown {what} `{shown}` {place}"));
        let takes = |problem: Problem| match keys.len() {
            0 => problem.help("it takes no keys"),
            1..=16 => problem.help(format!("it takes {}", listed(keys, "and"))),
            n => problem.help(format!("it takes {n} keys, among them {}", listed(&keys[..16], "and"))),
        };
        let homes = Rule::root(self.schema).homes(name);
        match (near, homes.as_slice()) {
            (Some(near), _) if keys.len() > 16 => problem.label(format!("did you mean `{near}`?")),
            (Some(near), _) => takes(problem.label(format!("did you mean `{near}`?"))),
            (None, [home]) if home.is_empty() => problem.label("not here").help(format!(
                "`{shown}` belongs to the top level of the file, above the first header in brackets"
            )),
            (None, [home]) => problem.label("not here").help(format!(
                "`{shown}` belongs to `{home}`; a key is read as part of the table whose header stands last above it"
            )),
            (None, _) => takes(problem.label("not known here")),
        }
    }

    fn missing(&self, path: &str, key: &str, span: Range<usize>, inner: Option<&Rule<'d>>) -> Problem {
        let is_table = inner.is_some_and(|rule| rule.kinds() == ["object"]);
        let what = if is_table { "table" } else { "key" };
        let full = path::join(path, key);
        let problem =
            Problem::new(self.place(span), format!("{} lacks the {what} `{key}`", table_name(path)))
                .label(format!("`{key}` is missing from this table"));
        let problem = match (is_table && !path.contains('['), inner) {
            (true, _) => problem.help(format!("add a table `[{full}]`")),
            _ if is_table => problem.help(format!("add `{key} = {{ … }}`")),
            (false, Some(inner)) => problem.help(format!("add `{key} = …`; it takes {}", inner.expected())),
            (false, None) => problem.help(format!("add `{key} = …`")),
        };
        match inner.and_then(Rule::meaning) {
            Some(meaning) => problem.note(format!("`{full}`: {meaning}")),
            None => problem,
        }
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
    if path.is_empty() { "the file".to_owned() } else { format!("`{path}`") }
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
            if single && rule.takes_text(written) =>
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
