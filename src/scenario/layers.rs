//! A scenario by difference: `base` names the file that it changes, and `[variant.NAME]` and `[grid]` say which other
//! scenarios it makes of itself.
//!
//! A file on top of another replaces what it says and leaves the rest: tables are merged key by key, everything
//! else (numbers, texts, lists, all policies of a kind) is taken from the upper file. A variant is a set of changes,
//! each at a dotted path; where a path has to name a member of a list, it is a key in quotation marks,
//! `"policy.hukou_reform[0].access_workers" = 0.9`; what stands in braces is one value. A grid gives lists of values at paths, and its points are all
//! combinations, or with `how = "zipped"` the first of all lists, the second of all, and so on.

use std::ops::Range;

use serde_json::{Value, json};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::document::{BASE, Document, GRID, VARIANT};
use super::overrides::{Refused, put};
use super::path::{self, Spot, Step};
use super::problem::{Problem, Problems, listed};
use super::source::Sources;
use crate::messages;
use crate::nearest::nearest;

/// The key of a grid that is no path.
const HOW: &str = "how";
/// Most variants and points of a file.
const MOST: usize = 1000;

/// A scenario that a file makes of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// What stands after `#` on the command line, and in tables.
    pub name: String,
    /// Its changes, `key = value`.
    pub changes: Vec<String>,
}

/// A value at a path.
#[derive(Clone, Debug)]
struct Change<'t> {
    path: Vec<Spot>,
    value: Spanned<DeValue<'t>>,
}

/// What a file says beside the scenario itself.
#[derive(Debug, Default)]
pub(crate) struct Set<'t> {
    variants: Vec<(String, Vec<Change<'t>>)>,
}

impl<'t> Set<'t> {
    /// Takes `base`, `variant` and `grid` out of a document.
    pub(crate) fn take(document: &mut Document<'t>, problems: &mut Problems) -> Set<'t> {
        let Document { root, sources, .. } = document;
        let DeValue::Table(table) = root.get_mut() else { return Set::default() };
        table.remove(BASE);
        let mut set = Set::default();
        if let Some(variants) = table.remove(VARIANT) {
            set.read_variants(variants, sources, problems);
        }
        if let Some(grid) = table.remove(GRID) {
            set.read_grid(grid, sources, problems);
        }
        set
    }

    fn read_variants(&mut self, variants: Spanned<DeValue<'t>>, sources: &Sources, problems: &mut Problems) {
        let span = variants.span();
        let DeValue::Table(variants) = variants.into_inner() else {
            let problem = Problem::new(sources.place(&span), messages::variant_no_table());
            return problems.push(problem.help(messages::write_variant()));
        };
        for (key, value) in variants {
            let (at, name) = (key.span(), key.into_inner().into_owned());
            if !is_name(&name) {
                let problem = Problem::new(sources.place(&at), messages::no_name_for_variant(name));
                problems.push(problem.help(messages::name_of_letters()));
                continue;
            }
            let mut changes = Vec::new();
            let span = value.span();
            match value.into_inner() {
                DeValue::Table(table) => flatten(table, &[], sources, &mut changes),
                _ => problems.push(
                    Problem::new(sources.place(&span), messages::variant_is_no_table(&name))
                        .help(messages::write_changes_under()),
                ),
            }
            self.variants.push((name, changes));
        }
    }

    fn read_grid(&mut self, grid: Spanned<DeValue<'t>>, sources: &Sources, problems: &mut Problems) {
        let span = grid.span();
        let place = || sources.place(&span);
        let DeValue::Table(mut grid) = grid.into_inner() else {
            let problem = Problem::new(place(), messages::grid_no_table());
            return problems.push(problem.help(messages::write_grid()));
        };
        let zipped = match grid.remove(HOW) {
            None => false,
            Some(how) => match how.get_ref() {
                DeValue::String(word) if word == "full" => false,
                DeValue::String(word) if word == "zipped" => true,
                _ => {
                    let problem = Problem::new(sources.place(&how.span()), messages::grid_made_otherwise());
                    return problems.push(problem.help(messages::how_full_or_zipped()));
                }
            },
        };
        let mut axes = Vec::new();
        flatten(grid, &[], sources, &mut axes);
        let mut lists = Vec::new();
        for Change { path, value } in axes {
            let span = value.span();
            match value.into_inner() {
                DeValue::Array(values) if !values.is_empty() => {
                    lists.push((path, values.into_iter().collect::<Vec<_>>()));
                }
                _ => {
                    let title = messages::axis_no_list(path::shown(&path));
                    problems.push(Problem::new(sources.place(&span), title).help(messages::write_values()));
                    return;
                }
            }
        }
        let lengths: Vec<usize> = lists.iter().map(|(_, values)| values.len()).collect();
        let points = match zipped {
            true => lengths.first().copied().unwrap_or(0),
            false if lengths.is_empty() => 0,
            false => lengths.iter().fold(1, |points: usize, &n| points.saturating_mul(n)),
        };
        if zipped && lengths.iter().any(|&n| n != points) {
            let said = lengths.iter().map(usize::to_string).collect::<Vec<_>>();
            let title = messages::zipped_lists_long(listed(&said, &messages::word_and()));
            return problems.push(Problem::new(place(), title).help(messages::make_equally_long()));
        }
        if points > MOST {
            let problem = Problem::new(place(), messages::grid_has_points(points));
            return problems.push(problem.help(messages::grid_at_most(MOST)));
        }
        let labels = labels(&lists);
        for point in 0..points {
            let mut rest = point;
            let mut chosen = vec![0; lists.len()];
            for axis in (0..lists.len()).rev() {
                chosen[axis] = if zipped { point } else { rest % lengths[axis] };
                rest /= lengths[axis];
            }
            let each = || lists.iter().zip(&chosen).map(|((path, values), &i)| (path, &values[i]));
            let name: Vec<String> = labels
                .iter()
                .zip(each())
                .map(|(label, (_, value))| format!("{label}={}", word(sources, &value.span())))
                .collect();
            let changes =
                each().map(|(path, value)| Change { path: path.clone(), value: value.clone() }).collect();
            self.variants.push((name.join(","), changes));
        }
    }

    /// Every variant and point, in the order of tables.
    pub(crate) fn listed(&self, sources: &Sources) -> Vec<Variant> {
        let shown = |change: &Change| {
            let text = sources.place(&change.value.span()).text().to_owned();
            format!("{} = {}", path::shown(&change.path), text.split('\n').next().unwrap_or_default())
        };
        let each = self.variants.iter();
        each.map(|(name, changes)| Variant {
            name: name.clone(),
            changes: changes.iter().map(shown).collect(),
        })
        .collect()
    }

    /// Puts the changes of a variant into the document.
    pub(crate) fn apply(self, name: &str, document: &mut Document<'t>, problems: &mut Problems) {
        let names: Vec<String> = self.variants.iter().map(|(name, _)| name.clone()).collect();
        let Some((_, changes)) = self.variants.into_iter().find(|(other, _)| other == name) else {
            let title = messages::no_such_variant(name);
            let problem = Problem::new(document.sources.file(), title);
            let help = match nearest(name, names.iter().map(String::as_str)) {
                Some(near) => messages::did_you_mean(near),
                None if names.is_empty() => messages::neither_variant_nor_grid(),
                None => messages::there_are(listed(&names[..names.len().min(12)], &messages::word_and())),
            };
            return problems.push(problem.help(help));
        };
        for Change { path, value } in changes {
            if let Err(Refused { spot, title, help }) = put(&mut document.root, &path, value, 0) {
                let problem = Problem::new(document.sources.place(&path[spot].span), title);
                problems.push(match help {
                    Some(help) => problem.help(help),
                    None => problem,
                });
            }
        }
    }
}

fn is_name(name: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-');
    !name.is_empty() && !name.starts_with(['.', '-']) && name.chars().all(plain)
}

/// The values of a table with their paths, by name. A table in braces is one value.
fn flatten<'t>(table: DeTable<'t>, before: &[Spot], sources: &Sources, into: &mut Vec<Change<'t>>) {
    for (key, value) in table {
        let mut path = before.to_vec();
        let (span, key) = (key.span(), key.into_inner().into_owned());
        // A key in quotation marks may be a whole path; all its steps are where the key is.
        let steps = match path::parse(&key) {
            Ok((spots, end)) if end == key.len() => spots.into_iter().map(|spot| spot.step).collect(),
            _ => vec![Step::Key(key)],
        };
        path.extend(steps.into_iter().map(|step| Spot { step, span: span.clone() }));
        let at = value.span();
        match value.into_inner() {
            DeValue::Table(inner) if !inner.is_empty() && !sources.place(&at).text().starts_with('{') => {
                flatten(inner, &path, sources, into)
            }
            other => into.push(Change { path, value: Spanned::new(at, other) }),
        }
    }
}

/// What the axes of a grid are called: by their last key, or by the whole path where two end alike.
fn labels<V>(axes: &[(Vec<Spot>, V)]) -> Vec<String> {
    let last = |path: &[Spot]| {
        path.iter().rev().find_map(|spot| match &spot.step {
            Step::Key(key) => Some(key.clone()),
            Step::Member(_) => None,
        })
    };
    let short: Vec<String> = axes.iter().map(|(path, _)| last(path).unwrap_or_default()).collect();
    let alone = |label: &String| short.iter().filter(|other| *other == label).count() == 1;
    let named = axes.iter().zip(&short);
    named.map(|((path, _), label)| if alone(label) { label.clone() } else { path::shown(path) }).collect()
}

/// A value as part of a name.
fn word(sources: &Sources, span: &Range<usize>) -> String {
    let text = sources.place(span).text().to_owned();
    let plain = |c: char| if c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+') { c } else { '_' };
    text.trim_matches(['"', '\'']).chars().map(plain).collect()
}

/// Adds what a file may say beside the scenario to the schema of a scenario, for editors. A file on top of another needs
/// nothing of its own.
pub(crate) fn in_schema(schema: &mut Value) {
    let Value::Object(schema) = schema else { return };
    let more = json!({
        "base": {
            "description": "The scenario file that this one changes, relative to this one: tables are merged, all else is \
                            replaced.",
            "type": "string"
        },
        "variant": {
            "description": "Scenarios that the file makes of itself, each a set of changes; a path with members of lists \
                            is a key in quotation marks.",
            "type": "object",
            "additionalProperties": { "type": "object" }
        },
        "grid": {
            "description": "Lists of values at paths: a scenario for every combination, or with how = \"zipped\" for the \
                            first of all lists, the second of all, and so on.",
            "type": "object"
        }
    });
    if let (Some(Value::Object(properties)), Value::Object(more)) = (schema.get_mut("properties"), more) {
        properties.extend(more);
    }
    if let Some(required) = schema.remove("required") {
        schema.insert("anyOf".into(), json!([{ "required": required }, { "required": ["base"] }]));
    }
}

/// The file below that a text names, and where; what is not TOML is left for others to report.
pub(crate) fn base_of(text: &str) -> Option<(String, Range<usize>)> {
    let (table, _) = DeTable::parse_recoverable(text);
    let base = table.get_ref().get(BASE)?;
    match base.get_ref() {
        DeValue::String(name) => Some((name.to_string(), base.span())),
        _ => None,
    }
}
