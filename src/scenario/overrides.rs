//! `--set key=value`: changes to a scenario from the command line, checked as if they stood in the file.

use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::document::{Document, moved, shift};
use super::path::{self, Spot, Step};
use super::problem::{Problem, Problems, listed};
use super::schema::Rule;
use super::source::{Place, Source};
use super::syntax::right_spelling;
use crate::message::Message;
use crate::messages;
use crate::nearest::nearest;

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
            messages::ends_before_equals()
        } else {
            messages::something_for_equals()
        };
        let problem = Problem::new(Place::new(source, end..end + 1), messages::the_override(found))
            .label(messages::expected_equals())
            .help(messages::override_reads(path::shown(&path)));
        return Err(Box::new(problem));
    };
    let shown = path::shown(&path);
    let start = text.len() - value_text.trim_start().len();
    let bare = value_text.trim();
    let rule = rule.at(&path);
    let expected = rule.as_ref().map(|rule| messages::key_takes(&shown, rule.expected()));
    if bare.is_empty() {
        let title = messages::override_without_value(shown);
        let problem =
            Problem::new(Place::new(source, end + 1..end + 1), title).label(messages::nothing_after_equals());
        return Err(Box::new(expected.into_iter().fold(problem, Problem::help)));
    }
    let (value, errors) = DeValue::parse_recoverable(bare);
    if let Some(error) = errors.first() {
        let what = messages::known(error.message().split(", expected ").next().unwrap_or_default());
        let problem = Problem::new(
            Place::new(source, start..start + bare.len()),
            messages::value_not_toml(&shown, what),
        );
        let text_is_right = rule.is_some_and(|rule| rule.takes_text(bare));
        let hint = match right_spelling(bare).filter(|_| !text_is_right) {
            Some(right) => Some(messages::write_key_is(&shown, right)),
            None if bare.contains(['"', '\'', '[', '{', '\n']) => None,
            None => Some(messages::text_needs_quotes(shown, bare)),
        };
        return Err(Box::new(expected.into_iter().chain(hint).fold(problem, Problem::help)));
    }
    Ok((path, moved(value, start)))
}

/// Why an override cannot be put in: the step of its path that is in the way.
pub(crate) struct Refused {
    pub(crate) spot: usize,
    pub(crate) title: Message,
    pub(crate) help: Option<Message>,
}

/// Puts a value at a path; the spans of the path are moved by `offset`.
pub(crate) fn put<'t>(
    root: &mut Spanned<DeValue<'t>>,
    path: &[Spot],
    value: Spanned<DeValue<'t>>,
    offset: usize,
) -> Result<(), Refused> {
    let mut here = root;
    let mut value = Some(value);
    for (index, spot) in path.iter().enumerate() {
        let before = path::shown(&path[..index]);
        let refused = |title: Message, help: Option<Message>| Err(Refused { spot: index, title, help });
        let kind = messages::known(here.get_ref().type_str());
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
                            Some(near) => Some(messages::did_you_mean(near)),
                            None if names.is_empty() || names.len() > 12 => None,
                            None => Some(messages::there_are(listed(&names, &messages::word_and()))),
                        };
                        let title = messages::no_member_of(path::join(&before, key));
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
                        0 => messages::no_members().to_string(),
                        1 => messages::one_member().to_string(),
                        n => messages::members_from_to(n, n - 1).to_string(),
                    };
                    return refused(messages::so_no_member(before, has, member), None);
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
                    _ => Some(messages::say_which_one(path::join(&format!("{before}[0]"), key))),
                };
                return refused(messages::array_members_have_keys(before), help);
            }
            (Step::Key(key), _) => {
                return refused(messages::type_has_no_key(before, kind, key), None);
            }
            (Step::Member(member), _) => {
                return refused(messages::type_is_no_array(before, kind, member), None);
            }
        };
    }
    Ok(())
}

fn spanned_key<'t>(key: &str, spot: &Spot, offset: usize) -> Spanned<std::borrow::Cow<'t, str>> {
    Spanned::new(shift(&spot.span, offset), key.to_owned().into())
}
