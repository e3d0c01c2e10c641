//! `--set key=value`: changes to a scenario from the command line, checked as if they stood in the file.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::diagnose::Document;
use super::path::{self, Spot, Step};
use super::problem::{Problem, Problems, listed, nearest};
use super::schema::Rule;
use super::source::{Place, Source};
use super::syntax::right_spelling;

/// What messages call an override.
const NAME: &str = "--set";

/// Puts one override, `policy.industry_transfer[0].intensity=0.5`, into a document.
///
/// The value is in TOML syntax, so text needs quotation marks: without them `until=2030` and
/// `code=330102` would have to guess. Tables on the way are made if they are not there; members of
/// arrays are not, because a scenario that lacks the policy would silently get one with a single key.
/// An override that cannot be put in is reported and changes nothing.
pub(crate) fn apply<'t>(
    text: &'t str,
    document: &mut Document<'t>,
    rule: &Rule<'_>,
    problems: &mut Problems,
) {
    let source = Source::new(NAME, text);
    let offset = document.sources.add(Arc::clone(&source));
    let (path, value) = match read(text, &source, rule) {
        Ok((path, value)) => (path, moved(value, offset)),
        Err(problem) => return problems.push(*problem),
    };
    if let Err(Refused { spot, title, help }) = put(&mut document.root, &path, value, offset) {
        let problem = Problem::new(Place::new(&source, path[spot].span.clone()), title);
        problems.push(match help {
            Some(help) => problem.help(help),
            None => problem,
        });
    }
}

/// Splits an override into its path and its value.
fn read<'t>(
    text: &'t str,
    source: &Arc<Source>,
    rule: &Rule<'_>,
) -> Result<(Vec<Spot>, Spanned<DeValue<'t>>), Box<Problem>> {
    let (path, end) = path::parse(text)
        .map_err(|bad| Box::new(Problem::new(Place::new(source, bad.span), bad.title).help(bad.help)))?;
    let Some(value_text) = text[end..].strip_prefix('=') else {
        let found = if text[end..].is_empty() {
            "ends before its `=`"
        } else {
            "has something else where `=` should be"
        };
        let problem = Problem::new(Place::new(source, end..end + 1), format!("the override {found}"))
            .label("expected `=`")
            .help(format!("an override reads key=value, such as --set {}=…", path::shown(&path)));
        return Err(Box::new(problem));
    };
    let shown = path::shown(&path);
    let start = text.len() - value_text.trim_start().len();
    let bare = value_text.trim();
    let rule = rule.at(&path);
    let expected = rule.as_ref().map(|rule| format!("`{shown}` takes {}", rule.expected()));
    if bare.is_empty() {
        let title = format!("the override of `{shown}` has no value");
        let problem = Problem::new(Place::new(source, end + 1..end + 1), title).label("nothing after `=`");
        return Err(Box::new(expected.into_iter().fold(problem, Problem::help)));
    }
    let (value, errors) = DeValue::parse_recoverable(bare);
    if let Some(error) = errors.first() {
        let what = error.message().split(", expected ").next().unwrap_or_default();
        let problem = Problem::new(
            Place::new(source, start..start + bare.len()),
            format!("the value of `{shown}` is not TOML: {what}"),
        );
        let text_is_right = rule.is_some_and(|rule| rule.takes_text(bare));
        let hint = match right_spelling(bare).filter(|_| !text_is_right) {
            Some(right) => Some(format!("write {shown}={right}")),
            None if bare.contains(['"', '\'', '[', '{', '\n']) => None,
            None => Some(format!(
                "text needs quotation marks, and the shell takes one pair away: --set '{shown}=\"{bare}\"'"
            )),
        };
        return Err(Box::new(expected.into_iter().chain(hint).fold(problem, Problem::help)));
    }
    Ok((path, moved(value, start)))
}

/// Why an override cannot be put in: the step of its path that is in the way.
struct Refused {
    spot: usize,
    title: String,
    help: Option<String>,
}

fn put<'t>(
    root: &mut Spanned<DeValue<'t>>,
    path: &[Spot],
    value: Spanned<DeValue<'t>>,
    offset: usize,
) -> Result<(), Refused> {
    let mut here = root;
    let mut value = Some(value);
    for (index, spot) in path.iter().enumerate() {
        let before = path::shown(&path[..index]);
        let refused = |title: String, help: Option<String>| Err(Refused { spot: index, title, help });
        let kind = here.get_ref().type_str();
        let rest = &path[index + 1..];
        here = match (&spot.step, here.get_mut()) {
            (Step::Key(key), DeValue::Table(table)) => {
                if rest.is_empty() {
                    // The old key goes too, so that messages point at the override.
                    table.remove(key.as_str());
                    if let Some(value) = value.take() {
                        table.insert(spanned_key(key, spot, offset), value);
                    }
                    return Ok(());
                }
                if !table.contains_key(key.as_str()) {
                    if rest.iter().any(|spot| matches!(spot.step, Step::Member(_))) {
                        let names: Vec<&str> = table.keys().map(|key| key.get_ref().as_ref()).collect();
                        let help = match nearest(key, names.iter().copied()) {
                            Some(near) => Some(format!("did you mean `{near}`?")),
                            None if names.is_empty() || names.len() > 12 => None,
                            None => Some(format!("there are {}", listed(&names, "and"))),
                        };
                        let title = format!(
                            "the scenario has no `{}` to change a member of",
                            path::join(&before, key)
                        );
                        return refused(title, help);
                    }
                    let empty = DeValue::Table(DeTable::new());
                    let new = spanned_key(key, spot, offset);
                    let span = new.span();
                    table.insert(new, Spanned::new(span, empty));
                }
                match table.get_mut(key.as_str()) {
                    Some(inner) => inner,
                    None => return Ok(()),
                }
            }
            (Step::Member(member), DeValue::Array(array)) => {
                let count = array.len();
                let Some(item) = array.get_mut(*member) else {
                    let has = match count {
                        0 => "no members".to_owned(),
                        1 => "one member, [0]".to_owned(),
                        n => format!("{n} members, [0] to [{}]", n - 1),
                    };
                    return refused(format!("`{before}` has {has}, so no [{member}]"), None);
                };
                if rest.is_empty() {
                    if let Some(value) = value.take() {
                        *item = value;
                    }
                    return Ok(());
                }
                item
            }
            (Step::Key(key), DeValue::Array(array)) => {
                let help = match array.len() {
                    0 => None,
                    _ => Some(format!("say which one: {}", path::join(&format!("{before}[0]"), key))),
                };
                return refused(format!("`{before}` is an array, and only its members have keys"), help);
            }
            (Step::Key(key), _) => {
                return refused(format!("`{before}` is of type {kind}, so it has no key `{key}`"), None);
            }
            (Step::Member(member), _) => {
                return refused(
                    format!("`{before}` is of type {kind}, not an array, so it has no [{member}]"),
                    None,
                );
            }
        };
    }
    Ok(())
}

fn spanned_key<'t>(key: &str, spot: &Spot, offset: usize) -> Spanned<std::borrow::Cow<'t, str>> {
    Spanned::new(shift(&spot.span, offset), key.to_owned().into())
}

fn shift(span: &Range<usize>, by: usize) -> Range<usize> {
    span.start + by..span.end + by
}

/// A value whose places are all moved by a number of bytes.
fn moved<'t>(value: Spanned<DeValue<'t>>, by: usize) -> Spanned<DeValue<'t>> {
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
