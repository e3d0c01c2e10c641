//! A walk through a document beside its schema, with a message for everything that does not fit.

use std::ops::Range;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::column::share_of_percent;
use super::document::Document;
use super::path;
use super::problem::{Problem, listed};
use super::schema::{Rule, Word};
use super::source::Place;
use crate::config::drivers;
use crate::config::parameters::{RETIRED, renamed};
use crate::message::Message;
use crate::messages;
use crate::nearest::Guesses;
use crate::printable::{control_sign, named};

/// A walk through a document beside its schema.
pub(crate) struct Walk<'d> {
    document: &'d Document<'d>,
    schema: &'d Value,
    found: Vec<Problem>,
    guesses: Guesses,
}

impl<'d> Walk<'d> {
    /// Everything in a document that does not fit a schema.
    pub(crate) fn through(document: &'d Document<'d>, schema: &'d Value) -> Vec<Problem> {
        let mut walk = Walk { document, schema, found: Vec::new(), guesses: Guesses::default() };
        walk.value("", &document.root, &Rule::root(schema));
        walk.found
    }

    fn place(&self, span: Range<usize>) -> Place {
        self.document.sources.place(&span)
    }

    /// Adds a problem with the value at a path, and says what the value means.
    fn report(&mut self, path: &str, problem: Problem, rule: &Rule<'_>) {
        self.found.push(match rule.meaning() {
            Some(meaning) => problem.note(messages::means(path, messages::known(&meaning))),
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
                Problem::new(self.place(value.span()), messages::lacks_the_key(table_name(path), tag))
                    .label(messages::missing_from_table(tag))
                    .help(messages::key_says_what(tag, quoted(&names)));
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
                    let near = self.guesses.alike(name, &names);
                    let problem = self.unknown(path, name, inner, key.span(), &near, &names);
                    self.found.push(problem);
                }
            }
            return;
        }
        let count = if table.is_empty() {
            messages::no_key().to_string()
        } else {
            messages::keys_counted(table.len()).to_string()
        };
        let title = messages::needs_exactly_one(table_name(path), count);
        let problem = Problem::new(self.place(value.span()), title);
        self.found.push(problem.help(messages::its_key_says_what(listed(&names, &messages::word_or()))));
    }

    /// Of several alternatives, the one that leaves least to complain about.
    fn closest(&mut self, path: &str, value: &Spanned<DeValue<'_>>, all: &[&Rule<'d>]) {
        let tries = all.iter().map(|option| {
            let guesses = self.guesses.clone();
            let mut attempt =
                Walk { document: self.document, schema: self.schema, found: Vec::new(), guesses };
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
                if let Some(sign) = control_sign(&text.replace(['\n', '\r', '\t'], "")) {
                    self.unprintable(path, value, sign, rule);
                } else if let Some(words) = rule.words() {
                    self.word(path, value, text, &words, rule);
                } else if let Some(needed) = rule.wrong_count(text.chars().count(), "Length") {
                    let place = self.place(value.span());
                    let title = if text.is_empty() {
                        messages::path_is_empty(path)
                    } else {
                        messages::has_characters(path, text.chars().count())
                    };
                    self.report(
                        path,
                        Problem::new(place, title).label(messages::needs_characters(needed)),
                        rule,
                    );
                }
            }
            DeValue::Array(array) => {
                if let Some(needed) = rule.wrong_count(array.len(), "Items") {
                    let count = if array.len() == 1 {
                        messages::one_member_counted().to_string()
                    } else {
                        messages::members_counted(array.len()).to_string()
                    };
                    let problem = Problem::new(
                        self.place(value.span()),
                        messages::has_count_needs(path, count, &needed),
                    );
                    self.report(path, problem.label(messages::needs_count(needed)), rule);
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

    /// A text with a sign that would steer a terminal.
    fn unprintable(&mut self, path: &str, value: &Spanned<DeValue<'_>>, sign: char, rule: &Rule<'d>) {
        let title = messages::path_holds_sign(path, named(sign));
        let problem = Problem::new(self.place(value.span()), title).label(messages::sign_not_printable());
        self.report(path, problem.help(messages::delete_sign_of_text()), rule);
    }

    fn integer(&mut self, path: &str, value: &Spanned<DeValue<'_>>, number: Option<i128>, rule: &Rule<'d>) {
        let machine = rule.machine_range().filter(|_| rule.kinds().contains(&"integer"));
        let outside = match (number, machine) {
            (None, _) => Some(messages::too_large()),
            (Some(number), machine) => rule.outside(number as f64).or_else(|| match machine {
                Some((least, _)) if number < least => Some(messages::below_least(least)),
                Some((_, most)) if number > most => Some(messages::above_most(most)),
                _ => None,
            }),
        };
        if let Some(outside) = outside {
            self.out_of_range(path, value, outside, rule);
        }
    }

    fn float(&mut self, path: &str, value: &Spanned<DeValue<'_>>, text: &str, rule: &Rule<'d>) {
        let number = text.parse::<f64>().unwrap_or(f64::NAN);
        if !number.is_finite() {
            let place = self.place(value.span());
            let problem = Problem::new(place, messages::path_must_be(path, shorten(text), rule.expected()));
            self.report(path, problem.label(messages::not_finite()), rule);
        } else if let Some(outside) = rule.outside(number) {
            self.out_of_range(path, value, outside, rule);
        }
    }

    fn out_of_range(&mut self, path: &str, value: &Spanned<DeValue<'_>>, outside: Message, rule: &Rule<'d>) {
        let place = self.place(value.span());
        let title = messages::path_must_be(path, shorten(place.text()), rule.expected());
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
            messages::cannot_be(path, shorten(&text.escape_debug().to_string())),
        );
        let problem = match self.guesses.nearest(text, names.iter().copied()) {
            Some(near) => problem.label(messages::did_you_mean_text(near)),
            None => problem.label(messages::not_one_of_its_words()),
        };
        let problem = if words.iter().any(|word| word.meaning.is_some()) {
            let lines: Vec<String> = words
                .iter()
                .map(|word| match &word.meaning {
                    Some(meaning) => format!("\n\"{}\": {meaning}", word.name),
                    None => format!("\n\"{}\"", word.name),
                })
                .collect();
            problem.help(messages::choose_one_of(lines.concat()))
        } else {
            problem.help(messages::choose(quoted(&names)))
        };
        self.report(path, problem, rule);
    }

    /// A value of another type than the schema asks for.
    fn wrong_kind(&mut self, path: &str, value: &Spanned<DeValue<'_>>, rule: &Rule<'d>) {
        let place = self.place(value.span());
        let found = match value.get_ref() {
            DeValue::Array(_) if place.text().starts_with("[[") => messages::array_of_tables().to_string(),
            other => messages::known(toml_kind(other)),
        };
        let help = kind_help(path, value.get_ref(), place.text(), rule);
        let title = messages::must_be_but_is(path, rule.expected(), &found);
        let overriding = self.document.sources.order(place.source()) > 0;
        let mut problem = Problem::new(place, title).label(messages::this_is(found));
        if let Some(help) = help {
            let for_shell = overriding && help.to_string().contains('"');
            problem = problem.help(help);
            if for_shell {
                problem = problem.help(messages::shell_takes_quotes());
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
                    let near = self.meant(name, &keys, table, rule);
                    explained.extend(near.iter().copied());
                    let problem = self.unknown(path, name, value, key.span(), &near, &keys);
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

    /// The keys that an unknown one may stand for: those that are not there yet, or may occur several times.
    fn meant(&mut self, name: &str, keys: &[&'d str], table: &DeTable<'_>, rule: &Rule<'d>) -> Vec<&'d str> {
        let absent: Vec<&str> = keys.iter().copied().filter(|key| !table.contains_key(*key)).collect();
        let near = self.guesses.alike(name, &absent);
        if !near.is_empty() || absent.len() == keys.len() || self.guesses.is_used_up() {
            return near;
        }
        let repeats = |key: &str| rule.property(key).is_some_and(|rule| rule.kinds() == ["array"]);
        let again: Vec<&str> =
            keys.iter().copied().filter(|key| table.contains_key(*key) && repeats(key)).collect();
        self.guesses.alike(name, &again)
    }

    fn unknown(
        &self,
        path: &str,
        name: &str,
        value: &Spanned<DeValue<'_>>,
        span: Range<usize>,
        near: &[&str],
        keys: &[&str],
    ) -> Problem {
        let what = if json_kind(value.get_ref()) == "object" {
            messages::word_table()
        } else {
            messages::word_key()
        };
        let shown = path::join("", name);
        let place = if path.is_empty() {
            messages::at_top_level().to_string()
        } else {
            messages::in_table(path).to_string()
        };
        let problem = Problem::new(self.place(span), messages::unknown_key(what, &shown, place));
        if let Some(new) = renamed(name).filter(|_| path == "parameters") {
            return problem.label(messages::parameter_is_called(new));
        }
        let retired = RETIRED.iter().find(|(key, _)| path == "parameters" && *key == name);
        if let Some((_, instead)) = retired {
            return problem
                .label(messages::no_longer_parameter())
                .help(messages::as_is(messages::known(instead)));
        }
        let retired = drivers::RETIRED.iter().find(|(table, key, _)| path == *table && *key == name);
        if let Some((_, _, instead)) = retired {
            return problem
                .label(messages::no_longer_driver())
                .help(messages::as_is(messages::known(instead)));
        }
        let takes = |problem: Problem| match keys.len() {
            0 => problem.help(messages::takes_no_keys()),
            1..=16 => problem.help(messages::takes(listed(keys, &messages::word_and()))),
            n => problem.help(messages::takes_among(n, listed(&keys[..16], &messages::word_and()))),
        };
        if !near.is_empty() {
            let problem = problem.label(messages::did_you_mean_any(listed(near, &messages::word_or())));
            return if keys.len() > 16 { problem } else { takes(problem) };
        }
        // Like a guess, a search for the table that has the key is worth its time for the first slips only.
        let homes = if self.guesses.is_used_up() { Vec::new() } else { Rule::root(self.schema).homes(name) };
        match homes.as_slice() {
            [home] if home.is_empty() => {
                problem.label(messages::not_here()).help(messages::belongs_to_top(shown))
            }
            [home] => problem.label(messages::not_here()).help(messages::belongs_to(shown, home)),
            _ => takes(problem.label(messages::not_known_here())),
        }
    }

    fn missing(&self, path: &str, key: &str, span: Range<usize>, inner: Option<&Rule<'d>>) -> Problem {
        let is_table = inner.is_some_and(|rule| rule.kinds() == ["object"]);
        let what = if is_table { messages::word_table() } else { messages::word_key() };
        let full = path::join(path, key);
        let problem = Problem::new(self.place(span), messages::lacks(table_name(path), what, key))
            .label(messages::missing_from_table(key));
        let problem = match (is_table && !path.contains('['), inner) {
            (true, _) => problem.help(messages::add_a_table(&full)),
            _ if is_table => problem.help(messages::add_inline_table(key)),
            (false, Some(inner)) => problem.help(messages::add_key_taking(key, inner.expected())),
            (false, None) => problem.help(messages::add_key(key)),
        };
        match inner.and_then(Rule::meaning) {
            Some(meaning) => problem.note(messages::means(full, messages::known(&meaning))),
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
    if path.is_empty() { messages::the_file().to_string() } else { format!("`{path}`") }
}

fn quoted(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [start @ .., end] => messages::words_or(start.join(messages::comma()), end).to_string(),
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
fn kind_help(path: &str, value: &DeValue<'_>, written: &str, rule: &Rule<'_>) -> Option<Message> {
    let single = !written.contains('\n') && written.chars().count() <= 40;
    match value {
        DeValue::String(text) => {
            if let Some(share) = share_of_percent(text).filter(|_| rule.takes("number")) {
                return Some(messages::write_this(share));
            }
            let number = text.trim().parse::<f64>().is_ok_and(f64::is_finite);
            if (number
                && (rule.takes("number") || (rule.takes("integer") && text.trim().parse::<i64>().is_ok())))
                || (rule.takes("boolean") && matches!(text.as_ref(), "true" | "false"))
            {
                return Some(messages::write_unquoted(text.trim()));
            }
            (rule.takes("array") && single).then(|| messages::put_in_brackets(written))
        }
        DeValue::Float(float) if rule.takes("integer") => {
            let number = float.as_str().parse::<f64>().ok()?;
            (number.fract() == 0.0 && number.abs() < 1e15).then(|| messages::write_whole(number))
        }
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_)
            if single && rule.takes_text(written) =>
        {
            Some(messages::put_in_quotes(written))
        }
        DeValue::Integer(_) | DeValue::Float(_) if rule.takes("array") && single => {
            Some(messages::put_in_brackets(written))
        }
        DeValue::Table(_) if rule.takes("array") && written.starts_with('[') => {
            Some(messages::double_brackets(path))
        }
        DeValue::Array(_) if rule.takes("object") && written.starts_with("[[") => {
            Some(messages::single_brackets(path))
        }
        _ => None,
    }
}
