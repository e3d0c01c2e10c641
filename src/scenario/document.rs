//! A parsed text as a tree whose values know where they were written.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::source::{Source, Sources};
use super::syntax::Parsable;

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
    pub(crate) fn new(source: &Arc<Source>, parsable: &'t Parsable<'_>) -> Document<'t> {
        let mut sources = Sources::default();
        sources.add(Arc::clone(source));
        let (root, _) = DeTable::parse_recoverable(&parsable.text);
        let root = Spanned::new(0..0, DeValue::Table(root.into_inner()));
        Document { root, sources, damaged: parsable.damaged, adrift: parsable.adrift.clone() }
    }

    /// Puts another text under this one: what this one says stays. Names of tables in it are relative to `prefix`.
    pub(crate) fn inherit(&mut self, source: &Arc<Source>, parsable: &'t Parsable<'_>, prefix: &Path) {
        let offset = self.sources.add(Arc::clone(source));
        let (lower, _) = DeTable::parse_recoverable(&parsable.text);
        let lower = moved(Spanned::new(0..0, DeValue::Table(lower.into_inner())), offset);
        if let (DeValue::Table(upper), DeValue::Table(mut lower)) = (self.root.get_mut(), lower.into_inner())
        {
            for own in [BASE, VARIANT, GRID] {
                lower.remove(own);
            }
            rebase(&mut lower, prefix, true);
            put_under(upper, lower);
        }
        self.damaged |= parsable.damaged;
        self.adrift.extend(parsable.adrift.iter().map(|span| span.start + offset..span.end + offset));
    }
}

/// Keys of a file that are no part of the scenario: the file below, and the scenarios that it makes of itself. They are
/// not inherited.
pub(crate) const BASE: &str = "base";
/// See [`BASE`].
pub(crate) const VARIANT: &str = "variant";
/// See [`BASE`].
pub(crate) const GRID: &str = "grid";

/// Puts a table under another one: what the upper says stays.
fn put_under<'t>(upper: &mut DeTable<'t>, lower: DeTable<'t>) {
    for (key, value) in lower {
        match upper.get_mut(key.get_ref().as_ref()) {
            None => {
                upper.insert(key, value);
            }
            Some(there) => {
                if let (DeValue::Table(upper), DeValue::Table(_)) = (there.get_mut(), value.get_ref())
                    && let DeValue::Table(lower) = value.into_inner()
                {
                    put_under(upper, lower);
                }
            }
        }
    }
}

/// Names of tables in a file below are relative to that file: each text inside a table that ends in `.csv`.
fn rebase(table: &mut DeTable<'_>, prefix: &Path, top: bool) {
    for (_, value) in table.iter_mut() {
        rebase_value(value.get_mut(), prefix, top);
    }
}

fn rebase_value(value: &mut DeValue<'_>, prefix: &Path, top: bool) {
    match value {
        DeValue::Table(inner) => rebase(inner, prefix, false),
        DeValue::Array(list) => {
            for item in list.iter_mut() {
                if matches!(item.get_ref(), DeValue::Table(_)) {
                    rebase_value(item.get_mut(), prefix, false);
                }
            }
        }
        DeValue::String(text) if !top && text.ends_with(".csv") && Path::new(text.as_ref()).is_relative() => {
            *text = prefix.join(text.as_ref()).display().to_string().into();
        }
        _ => {}
    }
}

pub(crate) fn shift(span: &Range<usize>, by: usize) -> Range<usize> {
    span.start + by..span.end + by
}

/// A value whose places are all moved by a number of bytes.
pub(crate) fn moved<'t>(value: Spanned<DeValue<'t>>, by: usize) -> Spanned<DeValue<'t>> {
    let span = shift(&value.span(), by);
    let value = match value.into_inner() {
        DeValue::Array(array) => {
            DeValue::Array(array.into_iter().map(|item| moved(item, by)).collect::<DeArray<'_>>())
        }
        DeValue::Table(table) => DeValue::Table(
            table
                .into_iter()
                .map(|(key, value)| {
                    let span = shift(&key.span(), by);
                    (Spanned::new(span, key.into_inner()), moved(value, by))
                })
                .collect(),
        ),
        other => other,
    };
    Spanned::new(span, value)
}
