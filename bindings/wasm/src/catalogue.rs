//! Kinds of policies as a page shows them: every field with range, default and form, from the schema that scenarios
//! are held against. A new kind or field needs nothing here.

use serde::Serialize;
use serde_json::Value;
use shanhai::Language;
use shanhai::inside::bindings::known;
use shanhai::policy::{About, KINDS};
use wasm_bindgen::prelude::*;

use crate::fault::unreadable;

#[derive(Serialize)]
struct Catalogue {
    kinds: Vec<Kind>,
    /// Words for the place in the hierarchy, for what a condition looks at, and for who pays, with meanings.
    tiers: Vec<[String; 2]>,
    measures: Vec<[String; 2]>,
    payers: Vec<[String; 2]>,
}

#[derive(Serialize)]
struct Kind {
    name: &'static str,
    purpose: &'static str,
    payer: &'static str,
    /// Both in Chinese.
    aim_zh: [String; 2],
    essays: &'static [&'static str],
    /// What its example says: where a page begins.
    start: Value,
    fields: Vec<Field>,
}

#[derive(Serialize)]
struct Field {
    name: String,
    meaning: String,
    meaning_zh: String,
    /// number, whole, truth, choice, choices, text, pairs, or the name of a type: Period, Selector, Payers.
    form: String,
    least: Option<f64>,
    most: Option<f64>,
    default: Value,
    /// Whether it may be absent.
    optional: bool,
    /// Words that a choice takes, each with its meaning; the fields of each of the pairs.
    choices: Vec<[String; 2]>,
}

/// Every kind of policy, and what a place can be chosen by, as JSON.
///
/// # Errors
/// If the schema cannot be written.
#[wasm_bindgen]
pub fn catalogue() -> Result<String, JsError> {
    let kinds: Vec<Kind> = KINDS.iter().map(|about| kind(about)).collect();
    let schemas: Vec<Value> = KINDS.iter().map(|about| about.schema()).collect();
    let shared = |name: &str| schemas.iter().find_map(|schema| schema.get("$defs")?.get(name)).cloned();
    let [tiers, measures, payers] =
        ["Kind", "Measure", "Payers"].map(|name| shared(name).unwrap_or_default());
    let all = Catalogue { kinds, tiers: words(&tiers), measures: words(&measures), payers: parts(&payers) };
    serde_json::to_string(&all).map_err(|error| unreadable("the kinds of policies", error))
}

fn kind(about: &About) -> Kind {
    let schema = about.schema();
    let empty = serde_json::Map::new();
    let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&empty);
    Kind {
        name: about.name,
        purpose: about.purpose,
        payer: about.payer,
        aim_zh: about.aim_zh(),
        essays: about.essays,
        start: example(about).unwrap_or_default(),
        fields: properties.iter().map(|(name, field)| field_of(name, field, &schema)).collect(),
    }
}

/// The values of the example of a kind.
fn example(about: &About) -> Option<Value> {
    let table: toml::Table = about.example.parse().ok()?;
    serde_json::to_value(table.get("policy")?.get(about.name)?.get(0)?).ok()
}

fn text(schema: &Value, key: &str) -> String {
    schema.get(key).and_then(Value::as_str).unwrap_or_default().replace('\n', " ")
}

/// The schema behind `$ref`, alone or beside `null`, with its name.
fn behind<'s>(field: &'s Value, whole: &'s Value) -> Option<(&'s str, &'s Value)> {
    let alternatives = field.get("anyOf").and_then(Value::as_array).into_iter().flatten();
    let reference = std::iter::once(field).chain(alternatives).find_map(|s| s.get("$ref")?.as_str())?;
    let name = reference.rsplit('/').next()?;
    Some((name, whole.get("$defs")?.get(name)?))
}

fn field_of(name: &str, field: &Value, whole: &Value) -> Field {
    let types: Vec<&str> = match field.get("type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let null = |s: &Value| s.get("type").and_then(Value::as_str) == Some("null");
    let optional = types.contains(&"null")
        || field.get("anyOf").and_then(Value::as_array).is_some_and(|any| any.iter().any(null));
    let referred = behind(field, whole);
    let (form, choices) = match (&types[..], referred) {
        (_, Some((type_name, target))) => match words(target) {
            words if words.is_empty() => (type_name.to_owned(), words),
            words => ("choice".to_owned(), words),
        },
        (types, None) if types.contains(&"array") => {
            let member = field.get("items").and_then(|items| behind(items, whole));
            match member.map(|(_, target)| (words(target), target)) {
                Some((words, _)) if !words.is_empty() => ("choices".to_owned(), words),
                Some((_, target)) => ("pairs".to_owned(), parts(target)),
                None => ("texts".to_owned(), Vec::new()),
            }
        }
        (types, None) => {
            let known = [("number", "number"), ("integer", "whole"), ("boolean", "truth")];
            let known = known.into_iter().find(|(of_schema, _)| types.contains(of_schema));
            (known.map_or("text", |(_, form)| form).to_owned(), Vec::new())
        }
    };
    let meaning = text(field, "description");
    Field {
        name: name.to_owned(),
        meaning_zh: Language::Zh.during(|| known(&meaning)),
        meaning,
        form,
        least: field.get("minimum").and_then(Value::as_f64),
        most: field.get("maximum").and_then(Value::as_f64),
        default: field.get("default").cloned().unwrap_or_default(),
        optional,
        choices,
    }
}

/// The words of an enumeration, with meanings.
fn words(target: &Value) -> Vec<[String; 2]> {
    if let Some(plain) = target.get("enum").and_then(Value::as_array) {
        return plain.iter().filter_map(Value::as_str).map(|word| [word.to_owned(), String::new()]).collect();
    }
    let several = target.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    let mut words = Vec::new();
    for one in several {
        if let Some(word) = one.get("const").and_then(Value::as_str) {
            words.push([word.to_owned(), text(one, "description")]);
        }
        for word in one.get("enum").and_then(Value::as_array).into_iter().flatten() {
            words.extend(word.as_str().map(|word| [word.to_owned(), text(one, "description")]));
        }
    }
    words
}

/// The fields of a table with meanings.
fn parts(target: &Value) -> Vec<[String; 2]> {
    let properties = target.get("properties").and_then(Value::as_object).into_iter().flatten();
    properties.map(|(name, field)| [name.clone(), text(field, "description")]).collect()
}
