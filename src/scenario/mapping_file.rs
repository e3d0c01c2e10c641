//! A mapping file: which columns of somebody's tables hold what, in which unit.
//!
//! ```toml
//! [census]
//! header_row = 3                                            # lines above it are passed over
//! [census.columns]
//! code = "区划代码"
//! population = { column = "总人口", unit = "10,000 persons" }
//! graduates = { sum = ["大专", "本科", "研究生"] }
//! rural = { column = "总人口", less = ["城镇人口"] }
//! level = { value = "county" }
//! ```

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::encoding::decode;
use super::files::Input;
use super::mapping::{Mapping, Origin, TableMapping, Word};
use super::problem::{Problem, Problems, listed};
use super::source::{Place, Source};
use crate::message::Message;
use crate::messages;
use crate::nearest::nearest;

/// Units by word: what is counted, and how many persons, yuan or square kilometres it is.
const UNITS: [(&str, Dimension, f64); 34] = [
    ("persons", Dimension::Persons, 1.0),
    ("人", Dimension::Persons, 1.0),
    ("1,000 persons", Dimension::Persons, 1e3),
    ("千人", Dimension::Persons, 1e3),
    ("10,000 persons", Dimension::Persons, 1e4),
    ("万人", Dimension::Persons, 1e4),
    ("lakh persons", Dimension::Persons, 1e5),
    ("million persons", Dimension::Persons, 1e6),
    ("百万人", Dimension::Persons, 1e6),
    ("yuan", Dimension::Money, 1.0),
    ("元", Dimension::Money, 1.0),
    ("rupees", Dimension::Money, 1.0),
    ("1,000 yuan", Dimension::Money, 1e3),
    ("千元", Dimension::Money, 1e3),
    ("10,000 yuan", Dimension::Money, 1e4),
    ("万元", Dimension::Money, 1e4),
    ("lakh", Dimension::Money, 1e5),
    ("lakh rupees", Dimension::Money, 1e5),
    ("million", Dimension::Money, 1e6),
    ("million yuan", Dimension::Money, 1e6),
    ("百万元", Dimension::Money, 1e6),
    ("crore", Dimension::Money, 1e7),
    ("crore rupees", Dimension::Money, 1e7),
    ("100 million yuan", Dimension::Money, 1e8),
    ("亿元", Dimension::Money, 1e8),
    ("billion", Dimension::Money, 1e9),
    ("km2", Dimension::Area, 1.0),
    ("平方公里", Dimension::Area, 1.0),
    ("hectares", Dimension::Area, 0.01),
    ("公顷", Dimension::Area, 0.01),
    ("mu", Dimension::Area, 1.0 / 1500.0),
    ("亩", Dimension::Area, 1.0 / 1500.0),
    ("percent", Dimension::Share, 0.01),
    ("share", Dimension::Share, 1.0),
];

/// What a column counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dimension {
    Persons,
    Money,
    Area,
    Share,
}

impl Dimension {
    /// Of a column of the model, with what one of its units is.
    fn of(column: &str) -> (Dimension, f64) {
        match column {
            _ if column.ends_with("_10k_yuan") => (Dimension::Money, 1e4),
            _ if column.ends_with("_yuan") => (Dimension::Money, 1.0),
            _ if column.ends_with("_10k") => (Dimension::Persons, 1e4),
            _ if column.ends_with("_km2") => (Dimension::Area, 1.0),
            _ if column.ends_with("_pct") => (Dimension::Share, 0.01),
            _ => (Dimension::Persons, 1.0),
        }
    }
}

impl Mapping {
    /// Reads a mapping. `words` are what its tables may name: for each table its columns. What is wrong is added to
    /// `problems` with its place in the file.
    pub fn read(input: &Input, words: &[Word], problems: &mut Problems) -> Mapping {
        let name = input.name();
        let bytes = match input.bytes() {
            Ok(bytes) => bytes,
            Err(problem) => {
                problems.push(problem.clone());
                return Mapping::default();
            }
        };
        let Some(text) = decode(&name, bytes, problems) else { return Mapping::default() };
        let source = Source::new(name, text);
        let text = source.text().to_owned();
        let (root, errors) = DeTable::parse_recoverable(&text);
        for error in errors {
            let place = error.span().map_or_else(|| Place::whole(&source), |span| Place::new(&source, span));
            problems.push(Problem::new(place, messages::mapping_is_not_toml(error.message())));
        }
        let mut reader = Reader { source: &source, words, problems };
        let mut mapping = Mapping::default();
        for (key, value) in root.get_ref() {
            match key.get_ref().as_ref() {
                "title" | "source" => {}
                "codes" => mapping.text_codes = reader.one_of(value, &["gb", "text"]) == Some("text"),
                "tiers" => mapping.city_urban_residents = reader.tiers(value),
                table if words.iter().any(|word| word.table == table) => {
                    let read = reader.table(table, value);
                    mapping.tables.insert(table.to_owned(), Arc::new(read));
                }
                other => {
                    let mut right: Vec<&str> = words.iter().map(|word| word.table).collect();
                    right.dedup();
                    right.extend(["codes", "tiers", "title", "source"]);
                    reader.unknown(key.span(), other, &right);
                }
            }
        }
        mapping
    }
}

/// What is read and where problems go.
struct Reader<'a> {
    source: &'a Arc<Source>,
    words: &'a [Word],
    problems: &'a mut Problems,
}

impl Reader<'_> {
    fn wrong(&mut self, span: Range<usize>, title: Message) {
        self.problems.push(Problem::new(Place::new(self.source, span), title));
    }

    fn unknown(&mut self, span: Range<usize>, word: &str, right: &[&str]) {
        let problem = Problem::new(Place::new(self.source, span), messages::mapping_unknown(word));
        self.problems.push(match nearest(word, right.iter().copied()) {
            Some(near) => problem.label(messages::did_you_mean(near)),
            None => problem.help(messages::mapping_may_say(listed(right, &messages::word_and()))),
        });
    }

    fn text<'t>(&mut self, value: &'t Spanned<DeValue<'_>>) -> Option<&'t str> {
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.wrong(value.span(), messages::mapping_text_expected());
        }
        text
    }

    fn texts(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<String> {
        match value.get_ref() {
            DeValue::Array(items) => {
                items.iter().filter_map(|item| self.text(item).map(str::to_owned)).collect()
            }
            _ => self.text(value).map(str::to_owned).into_iter().collect(),
        }
    }

    fn number(&mut self, value: &Spanned<DeValue<'_>>) -> Option<f64> {
        let number = match value.get_ref() {
            DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix()).ok().map(|n| n as f64),
            DeValue::Float(x) => x.as_str().parse().ok(),
            _ => None,
        };
        let number = number.filter(|x: &f64| x.is_finite() && *x > 0.0);
        if number.is_none() {
            self.wrong(value.span(), messages::mapping_number_expected());
        }
        number
    }

    fn one_of<'w>(&mut self, value: &Spanned<DeValue<'_>>, right: &[&'w str]) -> Option<&'w str> {
        let text = self.text(value)?;
        let found = right.iter().find(|word| **word == text).copied();
        if found.is_none() {
            self.unknown(value.span(), text, right);
        }
        found
    }

    fn tiers(&mut self, value: &Spanned<DeValue<'_>>) -> Option<f64> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong(value.span(), messages::mapping_table_expected());
            return None;
        };
        let mut threshold = None;
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "city_urban_residents" => threshold = self.number(value),
                other => self.unknown(key.span(), other, &["city_urban_residents"]),
            }
        }
        threshold
    }

    fn table(&mut self, name: &str, value: &Spanned<DeValue<'_>>) -> TableMapping {
        let mut mapping = TableMapping::default();
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong(value.span(), messages::mapping_table_expected());
            return mapping;
        };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "sheet" => mapping.sheet = self.text(value).map(str::to_owned),
                "header_row" => mapping.header_row = self.number(value).map(|n| n as usize),
                "keep" => mapping.keep = self.keep(value),
                "columns" => self.columns(name, value, &mut mapping),
                other => self.unknown(key.span(), other, &["sheet", "header_row", "keep", "columns"]),
            }
        }
        mapping
    }

    fn keep(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<(String, Vec<String>)> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong(value.span(), messages::mapping_table_expected());
            return Vec::new();
        };
        table.iter().map(|(key, value)| (key.get_ref().to_string(), self.texts(value))).collect()
    }

    fn columns(&mut self, table: &str, value: &Spanned<DeValue<'_>>, mapping: &mut TableMapping) {
        let DeValue::Table(columns) = value.get_ref() else {
            self.wrong(value.span(), messages::mapping_table_expected());
            return;
        };
        for (key, value) in columns {
            let of_table = || self.words.iter().filter(|word| word.table == table);
            let name = key.get_ref().as_ref();
            let Some(word) = of_table().find(|word| word.word == name || word.column == name) else {
                let right: Vec<&str> = of_table().map(|word| word.word).collect();
                self.unknown(key.span(), name, &right);
                continue;
            };
            let column = word.column;
            if let Some(origin) = self.origin(column, value) {
                mapping.columns.insert(column.to_owned(), origin);
            }
        }
    }

    fn origin(&mut self, column: &str, value: &Spanned<DeValue<'_>>) -> Option<Origin> {
        let mut origin = Origin {
            parts: Vec::new(),
            value: None,
            words: BTreeMap::new(),
            times: 1.0,
            place: Place::new(self.source, value.span()),
        };
        match value.get_ref() {
            DeValue::Array(_) | DeValue::String(_) => origin.parts = self.parts(value),
            DeValue::Table(table) => {
                for (key, value) in table {
                    match key.get_ref().as_ref() {
                        "column" | "sum" => origin.parts.extend(self.parts(value)),
                        "less" => {
                            let parts = self.parts(value).into_iter().map(|(name, times)| (name, -times));
                            origin.parts.extend(parts);
                        }
                        "value" => {
                            origin.value = match value.get_ref() {
                                DeValue::Integer(n) => Some(n.as_str().to_owned()),
                                DeValue::Float(x) => Some(x.as_str().to_owned()),
                                _ => self.text(value).map(str::to_owned),
                            }
                        }
                        "unit" => origin.times *= self.unit(column, value).unwrap_or(1.0),
                        "times" => origin.times *= self.number(value).unwrap_or(1.0),
                        "words" => {
                            let keep = self.keep(value);
                            origin.words = keep
                                .into_iter()
                                .filter_map(|(from, to)| Some((from, to.into_iter().next()?)))
                                .collect();
                        }
                        other => {
                            let right = ["column", "sum", "less", "value", "unit", "times", "words"];
                            self.unknown(key.span(), other, &right);
                        }
                    }
                }
            }
            _ => {
                self.wrong(value.span(), messages::mapping_column_expected());
                return None;
            }
        }
        if origin.parts.is_empty() == origin.value.is_none() {
            self.wrong(value.span(), messages::mapping_column_expected());
            return None;
        }
        Some(origin)
    }

    /// Columns of a sum: a name, `{ column = "name", times = 0.4 }`, or a list of them.
    fn parts(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<(String, f64)> {
        match value.get_ref() {
            DeValue::Array(items) => items.iter().flat_map(|item| self.parts(item)).collect(),
            DeValue::Table(table) => {
                let (mut names, mut times) = (Vec::new(), 1.0);
                for (key, value) in table {
                    match key.get_ref().as_ref() {
                        "column" => names = self.texts(value),
                        "times" => times = self.number(value).unwrap_or(1.0),
                        other => self.unknown(key.span(), other, &["column", "times"]),
                    }
                }
                names.into_iter().map(|name| (name, times)).collect()
            }
            _ => self.text(value).map(|name| (name.to_owned(), 1.0)).into_iter().collect(),
        }
    }

    fn unit(&mut self, column: &str, value: &Spanned<DeValue<'_>>) -> Option<f64> {
        let text = self.text(value)?;
        let (dimension, base) = Dimension::of(column);
        let right: Vec<&str> = UNITS.iter().filter(|unit| unit.1 == dimension).map(|unit| unit.0).collect();
        match UNITS.iter().find(|unit| unit.0 == text && unit.1 == dimension) {
            Some((_, _, size)) => Some(size / base),
            None => {
                self.unknown(value.span(), text, &right);
                None
            }
        }
    }
}
