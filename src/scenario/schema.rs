//! What a JSON Schema says about one value, in words for a reader.
//!
//! Only what schemars 1 generates from serde types is understood: references, nullable types,
//! enumerations with and without descriptions, tagged enums, maps, tuples, ranges and lengths. A
//! keyword that is not understood forbids nothing; serde still has the last word.

use serde_json::{Map, Value};

use super::path::{Spot, Step};
use crate::config::parameters::PARAMETERS;
use crate::message::{Language, Message};
use crate::messages;
use crate::rules::lever::LEVERS;

/// How deep references and alternatives may nest before they are taken for a circle.
const DEPTH: usize = 32;

/// Everything a schema says about one value.
///
/// A value is described in layers: its own keywords, then the definition it refers to, and so on. The
/// outermost description wins (that of the field), all limits apply.
#[derive(Clone, Debug)]
pub(crate) struct Rule<'s> {
    root: &'s Value,
    layers: Vec<&'s Map<String, Value>>,
    /// The alternatives of an enum; none if there is nothing to choose. TOML has no null, so "or null"
    /// is not an alternative.
    pub(crate) options: Vec<Rule<'s>>,
}

/// An end of a range, and whether it is itself excluded.
type Limit = (f64, bool);

/// A word that a value may be, with what it means.
#[derive(Clone, Debug)]
pub(crate) struct Word<'s> {
    pub(crate) name: &'s str,
    pub(crate) meaning: Option<String>,
}

impl<'s> Rule<'s> {
    /// The rule of the whole document.
    pub(crate) fn root(root: &'s Value) -> Self {
        Rule::of(root, root)
    }

    fn of(root: &'s Value, schema: &'s Value) -> Self {
        let mut rule = Rule { root, layers: Vec::new(), options: Vec::new() };
        rule.add(schema, DEPTH);
        rule
    }

    fn add(&mut self, schema: &'s Value, depth: usize) {
        let (Some(layer), Some(depth)) = (schema.as_object(), depth.checked_sub(1)) else { return };
        self.layers.push(layer);
        if let Some(target) = layer.get("$ref").and_then(Value::as_str) {
            let target = target.strip_prefix('#').and_then(|pointer| self.root.pointer(pointer));
            if let Some(target) = target {
                self.add(target, depth);
            }
        }
        for part in list(layer, "allOf") {
            self.add(part, depth);
        }
        for alternatives in ["anyOf", "oneOf"] {
            let mut options: Vec<Rule<'s>> = Vec::new();
            for option in list(layer, alternatives) {
                let mut rule = Rule { root: self.root, layers: Vec::new(), options: Vec::new() };
                rule.add(option, depth);
                let null = rule.get("type").and_then(Value::as_str) == Some("null");
                match rule {
                    _ if null => {}
                    rule if !rule.options.is_empty() && rule.words().is_none() => {
                        options.extend(rule.options)
                    }
                    rule => options.push(rule),
                }
            }
            match (options.len(), options.pop()) {
                (1, Some(only)) => {
                    self.layers.extend(only.layers);
                    self.options.extend(only.options);
                }
                (_, Some(last)) => {
                    self.options.extend(options);
                    self.options.push(last);
                }
                (_, None) => {}
            }
        }
    }

    /// The outermost value of a keyword.
    pub(crate) fn get(&self, keyword: &str) -> Option<&'s Value> {
        self.layers.iter().find_map(|layer| layer.get(keyword))
    }

    fn text(&self, keyword: &str) -> Option<&'s str> {
        self.get(keyword).and_then(Value::as_str)
    }

    fn number(&self, keyword: &str) -> impl Iterator<Item = f64> {
        self.layers.iter().filter_map(move |layer| layer.get(keyword)?.as_f64())
    }

    fn count(&self, keyword: &str) -> Option<u64> {
        self.get(keyword).and_then(Value::as_u64)
    }

    /// The first paragraph of the description, on one line, with the unit if the schema names one
    /// (`#[schemars(extend("x-unit" = "yuan a year"))]`).
    pub(crate) fn meaning(&self) -> Option<String> {
        let paragraph = self.text("description").map(|text| {
            let first = text.split("\n\n").next().unwrap_or("");
            let first = first.split_whitespace().collect::<Vec<_>>().join(" ");
            meaning_of(first.trim_end_matches('.'))
        });
        match (paragraph.filter(|text| !text.is_empty()), self.text("x-unit")) {
            (Some(text), Some(unit)) => Some(format!("{text} ({unit})")),
            (Some(text), None) => Some(text),
            (None, unit) => unit.map(str::to_owned),
        }
    }

    /// The JSON types that are allowed; empty if any is.
    pub(crate) fn kinds(&self) -> Vec<&'s str> {
        let mut kinds = match self.get("type") {
            Some(Value::String(kind)) => vec![kind.as_str()],
            Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
            _ if !self.options.is_empty() => {
                let each: Vec<_> = self.options.iter().map(Rule::kinds).collect();
                if each.iter().any(Vec::is_empty) { Vec::new() } else { each.concat() }
            }
            _ if self.words().is_some() => vec!["string"],
            _ if self.get("properties").is_some() || self.get("additionalProperties").is_some() => {
                vec!["object"]
            }
            _ if self.get("items").is_some() || self.get("prefixItems").is_some() => vec!["array"],
            _ => Vec::new(),
        };
        kinds.retain(|kind| *kind != "null");
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// Whether a JSON type is allowed; an integer is a number.
    pub(crate) fn takes(&self, kind: &str) -> bool {
        let kinds = self.kinds();
        kinds.is_empty() || kinds.contains(&kind) || (kind == "integer" && kinds.contains(&"number"))
    }

    /// Whether a certain text is allowed.
    pub(crate) fn takes_text(&self, text: &str) -> bool {
        match self.words() {
            Some(words) => words.iter().any(|word| word.name == text),
            None if self.options.is_empty() => self.takes("string"),
            None => self.options.iter().any(|option| option.takes_text(text)),
        }
    }

    /// The words that are allowed, if only certain words are.
    pub(crate) fn words(&self) -> Option<Vec<Word<'s>>> {
        // A single alternative is one with its field, whose description is not that of the word.
        if let Some(layer) = self.layers.iter().copied().find(|layer| layer.contains_key("const")) {
            let own = Rule { root: self.root, layers: vec![layer], options: Vec::new() };
            return Some(vec![Word { name: layer.get("const")?.as_str()?, meaning: own.meaning() }]);
        }
        if let Some(names) = self.get("enum").and_then(Value::as_array) {
            let name = |name: &'s Value| Some(Word { name: name.as_str()?, meaning: None });
            return names.iter().filter(|name| !name.is_null()).map(name).collect();
        }
        if self.options.is_empty() {
            return None;
        }
        let each: Option<Vec<_>> = self.options.iter().map(Rule::words).collect();
        Some(each?.concat())
    }

    /// The rule of a key, if the key is one that is named.
    pub(crate) fn property(&self, key: &str) -> Option<Rule<'s>> {
        let schema = self.layers.iter().find_map(|layer| layer.get("properties")?.get(key))?;
        Some(Rule::of(self.root, schema))
    }

    /// The keys that are named.
    pub(crate) fn keys(&self) -> Vec<&'s str> {
        let named = self.layers.iter().filter_map(|layer| layer.get("properties")?.as_object());
        let mut keys: Vec<&str> = named.flat_map(|named| named.keys().map(String::as_str)).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// The keys that must be there.
    pub(crate) fn required(&self) -> Vec<&'s str> {
        let each = self.layers.iter().flat_map(|layer| list(layer, "required"));
        each.filter_map(Value::as_str).collect()
    }

    /// The key of an enum variant that serde writes as a table with one key.
    pub(crate) fn variant(&self) -> Option<&'s str> {
        match (self.keys().as_slice(), self.required().as_slice()) {
            ([key], [required]) if key == required => Some(*key),
            _ => None,
        }
    }

    /// The rule of a key that is not named, if such keys are allowed.
    ///
    /// Where a schema names keys and says nothing about others, others are refused: in a scenario they
    /// can only be mistakes.
    pub(crate) fn other(&self, key: &str) -> Option<Rule<'s>> {
        for layer in &self.layers {
            for (pattern, schema) in
                layer.get("patternProperties").and_then(Value::as_object).into_iter().flatten()
            {
                let digits = match pattern.as_str() {
                    r"^\d+$" => key,
                    r"^-?\d+$" => key.strip_prefix('-').unwrap_or(key),
                    _ => continue,
                };
                if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) {
                    return Some(Rule::of(self.root, schema));
                }
            }
        }
        match self.get("additionalProperties") {
            Some(Value::Bool(false)) => None,
            Some(schema) => Some(Rule::of(self.root, schema)),
            None if self.get("properties").is_none() && self.get("patternProperties").is_none() => {
                Some(Rule { root: self.root, layers: Vec::new(), options: Vec::new() })
            }
            None => None,
        }
    }

    /// The rule of a member of an array.
    pub(crate) fn item(&self, index: usize) -> Option<Rule<'s>> {
        let listed = self.get("prefixItems").and_then(|items| items.get(index));
        listed.or_else(|| self.get("items")).map(|schema| Rule::of(self.root, schema))
    }

    /// What is wrong with the number of members of an array, or with the length of a string.
    pub(crate) fn wrong_count(&self, count: usize, keyword: &str) -> Option<String> {
        let least = self.count(&format!("min{keyword}"));
        let most = self.count(&format!("max{keyword}"));
        let count = count as u64;
        if least.is_none_or(|least| count >= least) && most.is_none_or(|most| count <= most) {
            return None;
        }
        Some(match (least, most) {
            (Some(least), Some(most)) if least == most => messages::exactly_length(least).to_string(),
            (Some(least), Some(most)) => messages::length_from_to(least, most).to_string(),
            (Some(least), None) => messages::length_at_least(least).to_string(),
            (None, Some(most)) => messages::length_at_most(most).to_string(),
            (None, None) => return None,
        })
    }

    /// The range of a number: its least and greatest value.
    fn range(&self) -> (Option<Limit>, Option<Limit>) {
        let least = self
            .number("minimum")
            .map(|n| (n, false))
            .chain(self.number("exclusiveMinimum").map(|n| (n, true)));
        let most = self
            .number("maximum")
            .map(|n| (n, false))
            .chain(self.number("exclusiveMaximum").map(|n| (n, true)));
        // Of two equal limits the one that excludes is the stricter.
        (
            least.max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))),
            most.min_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))),
        )
    }

    /// On which side of its range a number lies, if it is outside.
    pub(crate) fn outside(&self, number: f64) -> Option<Message> {
        match self.range() {
            (Some((least, false)), _) if number < least => Some(messages::below_least(least)),
            (Some((least, true)), _) if number <= least => Some(messages::not_above_least(least)),
            (_, Some((most, false))) if number > most => Some(messages::above_most(most)),
            (_, Some((most, true))) if number >= most => Some(messages::not_below_most(most)),
            _ => None,
        }
    }

    /// The limits of the machine's integer, which a schema gives as a format.
    pub(crate) fn machine_range(&self) -> Option<(i128, i128)> {
        Some(match self.text("format")? {
            "int8" => (i8::MIN.into(), i8::MAX.into()),
            "uint8" => (0, u8::MAX.into()),
            "int16" => (i16::MIN.into(), i16::MAX.into()),
            "uint16" => (0, u16::MAX.into()),
            "int32" => (i32::MIN.into(), i32::MAX.into()),
            "uint32" => (0, u32::MAX.into()),
            "int64" | "int" => (i64::MIN.into(), i64::MAX.into()),
            "uint64" | "uint" => (0, u64::MAX.into()),
            _ => return None,
        })
    }

    /// What is expected, to be read after "must be".
    pub(crate) fn expected(&self) -> String {
        if let Some(words) = self.words() {
            let names: Vec<String> = words.iter().map(|word| format!("\"{}\"", word.name)).collect();
            return match names.as_slice() {
                [one] => one.clone(),
                [start @ .., end] if start.len() < 8 => {
                    messages::words_or(start.join(messages::comma()), end).to_string()
                }
                all => messages::one_of_words(all.len()).to_string(),
            };
        }
        if !self.options.is_empty() {
            let mut each: Vec<String> = self.options.iter().map(Rule::expected).collect();
            each.dedup();
            return each
                .into_iter()
                .reduce(|one, other| messages::word_or_option(one, other).to_string())
                .unwrap_or_default();
        }
        let each: Vec<String> = self.kinds().into_iter().map(|kind| self.expected_kind(kind)).collect();
        if each.is_empty() {
            messages::known("a value")
        } else {
            each.join(&format!(" {} ", messages::word_or()))
        }
    }

    fn expected_kind(&self, kind: &str) -> String {
        match kind {
            "integer" => messages::integer_of(self.range_words()).to_string(),
            "number" => messages::number_of(self.range_words()).to_string(),
            "string" => messages::known("a string"),
            "boolean" => messages::true_or_false().to_string(),
            "object" => messages::known("a table"),
            "array" => match self.item(0).map(|item| item.kinds()).as_deref() {
                Some(["object"]) => messages::array_of_tables().to_string(),
                Some(["array"]) => messages::array_of_arrays().to_string(),
                Some([kind]) => messages::array_of(messages::known(kind)).to_string(),
                _ => messages::an_array().to_string(),
            },
            other => messages::value_of_type(messages::known(other)).to_string(),
        }
    }

    fn range_words(&self) -> String {
        match self.range() {
            (None, None) => String::new(),
            (Some((least, false)), Some((most, false))) => messages::range_between(least, most).to_string(),
            (least, most) => {
                let least = least.map(|(n, without)| match without {
                    true => messages::limit_above(n),
                    false => messages::limit_of_at_least(n),
                });
                let most = most.map(|(n, without)| match without {
                    true => messages::limit_below(n),
                    false => messages::band_at_most(n),
                });
                match (least, most) {
                    (Some(least), Some(most)) => messages::range_two(least, most).to_string(),
                    (Some(one), None) | (None, Some(one)) => messages::range_one(one).to_string(),
                    (None, None) => String::new(),
                }
            }
        }
    }

    /// The rule of the value at a path, as far as the path alone decides it.
    pub(crate) fn at(&self, path: &[Spot]) -> Option<Rule<'s>> {
        path.iter().try_fold(self.clone(), |rule, spot| match &spot.step {
            Step::Key(key) => rule.property(key).or_else(|| rule.other(key)),
            Step::Member(index) => rule.item(*index),
        })
    }

    /// The tables that have a key of this name, for a key that stands in the wrong one.
    pub(crate) fn homes(&self, key: &str) -> Vec<String> {
        let mut homes = Vec::new();
        self.find_homes(key, "", 4, &mut homes);
        homes
    }

    fn find_homes(&self, key: &str, path: &str, depth: usize, homes: &mut Vec<String>) {
        let Some(depth) = depth.checked_sub(1) else { return };
        for name in self.keys() {
            if name == key {
                homes.push(path.to_owned());
            }
            if let Some(inner) = self.property(name) {
                let path = super::path::join(path, name);
                inner.item(0).as_ref().unwrap_or(&inner).find_homes(key, &path, depth, homes);
            }
        }
    }
}

fn list<'s>(layer: &'s Map<String, Value>, keyword: &str) -> &'s [Value] {
    layer.get(keyword).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
/// A meaning in the language of messages; parameters and levers carry their own Chinese.
fn meaning_of(english: &str) -> String {
    if Language::shown() == Language::En {
        return english.to_owned();
    }
    let parameters = PARAMETERS.iter().map(|row| (row.meaning, row.meaning_zh));
    let levers = LEVERS.iter().map(|row| (row.meaning, row.meaning_zh));
    let found = parameters.chain(levers).find(|(meaning, _)| meaning.trim_end_matches('.') == english);
    found.map_or_else(|| messages::known(english), |(_, chinese)| chinese.trim_end_matches('。').to_owned())
}
