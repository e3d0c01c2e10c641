//! Policies in a scenario's text: the tables that they name, and what no type can say, with line and caret.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::diagnose::Spans;
use super::files::Inputs;
use super::listed_table;
use super::problem::{Problem, Problems, listed};
use crate::config::Run;
use crate::message::Message;
use crate::messages;
use crate::nearest::Guesses;
use crate::policy::selector::part_of;
use crate::policy::{Fault, Policies, Policy, Selector};
use crate::rules::{Lever, Levers};
use crate::world::Geography;

/// Reads the tables that policies name.
pub(crate) fn read_tables(
    policies: &mut Policies,
    inputs: &mut Inputs,
    spans: &Spans,
    problems: &mut Problems,
) {
    for (kind, i, policy) in policies.each_mut() {
        let wanted: Vec<(&'static str, PathBuf, Vec<String>)> = policy
            .listings()
            .into_iter()
            .map(|l| (l.field, l.file.to_path_buf(), l.columns.iter().map(|&c| c.to_owned()).collect()))
            .collect();
        for (field, file, columns) in wanted {
            let place = spans.locate(&format!("policy.{kind}[{i}].{field}"));
            if let Some(rows) = listed_table::read(&inputs.read(&file), &columns, &place, problems) {
                policy.fill(field, rows);
            }
        }
    }
}

/// Everything about policies that no type can say: names that must exist, shares that add up, years in order, and
/// rules that only one policy may set.
pub(crate) fn check(policies: &Policies, geography: &Geography, spans: &Spans, problems: &mut Problems) {
    let all = policies.each();
    for (kind, i, policy) in &all {
        let path = format!("policy.{kind}[{i}]");
        let terms = policy.terms();
        if let (Some(from), Some(until)) = (terms.active.from, terms.active.until)
            && until < from
        {
            problems.push(
                Problem::new(
                    spans.locate(&format!("{path}.active.until")),
                    messages::until_before_from(until, from),
                )
                .help(messages::last_year_not_before_first()),
            );
        }
        for (field, selector) in policy.selectors() {
            let at = format!("{path}.{field}");
            if *selector == Selector::default() && spans.is_written(&at) {
                problems.push(
                    Problem::new(spans.locate(&at), messages::selector_is_empty(field))
                        .help(messages::say_which_places(field, kind)),
                );
            }
            names(selector, &at, geography, spans, problems);
        }
        if let Some(payers) = policy.payers().filter(|p| (p.sum() - 1.0).abs() > 1e-9) {
            problems.push(
                Problem::new(
                    spans.locate(&format!("{path}.payers")),
                    messages::payer_shares(format_args!("{:.3}", payers.sum())),
                )
                .help(messages::payer_shares_are_one()),
            );
        }
        for Fault { field, title, help } in policy.faults(geography) {
            problems.push(Problem::new(spans.locate(&format!("{path}.{field}")), title).help(help));
        }
    }
    exclusive(&all, geography, spans, problems);
}

/// Policies that cannot act in a run: years outside it, conditions that nothing can meet. Whoever means them says so
/// with `allow_idle`. A policy of intensity 0 says it by itself.
pub(crate) fn idle(
    policies: &Policies,
    run: &Run,
    geography: &Geography,
    spans: &Spans,
    problems: &mut Problems,
) {
    if run.allow_idle {
        return;
    }
    let (first, last) = years_of(run);
    for (kind, i, policy) in
        policies.each().into_iter().filter(|(_, _, policy)| policy.terms().intensity > 0.0)
    {
        let path = format!("policy.{kind}[{i}]");
        let active = policy.terms().active;
        let outside = match (active.from, active.until) {
            (Some(from), _) if i64::from(from) > last => {
                Some(("from", messages::policy_begins_after_run(kind, from, last)))
            }
            (_, Some(until)) if i64::from(until) < first => {
                Some(("until", messages::policy_ends_before_run(kind, until, first)))
            }
            _ => None,
        };
        if let Some((key, title)) = outside {
            problems.push(
                Problem::new(spans.locate(&format!("{path}.active.{key}")), title)
                    .help(messages::years_of_run_or_idle(first, last)),
            );
        }
        for (field, selector) in policy.selectors() {
            if let Some((key, title)) = nobody_meets(selector, geography) {
                problems.push(
                    Problem::new(spans.locate(&format!("{path}.{field}.where{key}")), title)
                        .help(messages::bounds_a_place_can_meet()),
                );
            }
        }
    }
}

/// First and last simulated year.
fn years_of(run: &Run) -> (i64, i64) {
    let start = i64::from(run.start_year);
    (start + 1, start + i64::from(run.years))
}

/// Why a condition chooses nothing, or asks nothing, whatever the world is; and the key that says so.
fn nobody_meets(selector: &Selector, g: &Geography) -> Option<(&'static str, Message)> {
    let condition = selector.condition.as_ref()?;
    let asked = [condition.above, condition.below, condition.lowest, condition.highest];
    if asked.iter().all(Option::is_none) {
        return Some(("", messages::condition_asks_nothing()));
    }
    if let (Some(above), Some(below)) = (condition.above, condition.below)
        && above > below
    {
        return Some((".above", messages::nothing_between(above, below)));
    }
    let nodes = selector.static_nodes(g).len();
    for (key, share) in [(".lowest", condition.lowest), (".highest", condition.highest)] {
        if let Some(share) = share.filter(|share| part_of(*share, nodes) == 0) {
            return Some((key, messages::share_of_places_is_none(share, nodes)));
        }
    }
    None
}

/// The codes that each word of the study area stands for: itself if it is a code, and those of every unit of
/// that name.
type Called<'g> = BTreeMap<&'g str, Vec<&'g str>>;

fn called<'g>(units: impl Iterator<Item = (&'g str, [&'g str; 2])>) -> Called<'g> {
    let mut called = Called::new();
    let mut codes = Vec::new();
    for (code, names) in units {
        codes.push(code);
        for name in names.into_iter().filter(|name| !name.is_empty()) {
            let of_name = called.entry(name).or_default();
            if of_name.last() != Some(&code) {
                of_name.push(code);
            }
        }
    }
    // A code is never mistaken for somebody else's name.
    called.extend(codes.into_iter().map(|code| (code, vec![code])));
    called
}

/// Names in a selector that are not in the study area, or that several units have.
pub(crate) fn names<'g>(
    selector: &Selector,
    path: &str,
    g: &'g Geography,
    spans: &Spans,
    problems: &mut Problems,
) {
    let before = problems.len();
    let mut guesses = Guesses::default();
    let mut list = |field: &str, given: &[String], called: &dyn Fn() -> Called<'g>, what: &str| {
        if given.is_empty() {
            return;
        }
        let (called, what) = (called(), messages::known(what));
        for (n, name) in given.iter().enumerate() {
            let place = || spans.locate(&format!("{path}.{field}[{n}]"));
            match called.get(name.as_str()).map(Vec::as_slice) {
                Some([_]) => {}
                Some(codes) => problems.push(
                    Problem::new(place(), messages::several_are_called(codes.len(), &what, name))
                        .help(messages::write_the_codes(listed(codes, &messages::word_or()))),
                ),
                None => {
                    let problem = Problem::new(place(), messages::no_such_word(&what, name));
                    let codes: Vec<&str> = codes(&called).collect();
                    problems.push(match guesses.nearest(name, called.keys().copied()) {
                        Some(right) => problem.help(messages::did_you_mean(right)),
                        None => problem.help(some_of(&codes)),
                    });
                }
            }
        }
    };
    let counties = || g.counties.iter().map(|c| (c.code.as_str(), [c.name.as_str(), ""]));
    let nodes = || {
        let area = g.nodes[..g.area_nodes()].iter();
        area.map(|n| (n.id.as_str(), [n.name.as_str(), n.name_en.as_str()]))
    };
    list("ids", &selector.ids, &|| called(nodes()), "node");
    list("county", &selector.county, &|| called(counties()), "county");
    list("except", &selector.except, &|| either(called(nodes()), called(counties())), "county or node");
    let prefectures = || g.prefectures.iter().map(|p| (p.code.as_str(), [p.name.as_str(), ""]));
    list("prefecture", &selector.prefecture, &|| called(prefectures()), "prefecture");
    let provinces = || g.provinces.iter().map(|p| (p.code.as_str(), [p.name.as_str(), ""]));
    list("province", &selector.province, &|| called(provinces()), "province");
    if let Some(tag) = &selector.tag {
        let mut tags: Vec<&str> = g.nodes.iter().flat_map(|n| n.tags.iter().map(String::as_str)).collect();
        tags.sort_unstable();
        tags.dedup();
        if !tags.contains(&tag.as_str()) {
            let problem =
                Problem::new(spans.locate(&format!("{path}.tag")), messages::no_node_has_the_tag(tag));
            problems.push(match guesses.nearest(tag, tags.iter().copied()) {
                Some(right) => problem.help(messages::did_you_mean(right)),
                None => problem.help(some_of(&tags)),
            });
        }
    }
    if problems.len() == before && selector.static_nodes(g).is_empty() {
        problems.push(
            Problem::new(spans.locate(path), messages::selector_chooses_none())
                .help(messages::node_meets_everything()),
        );
    }
}

/// Words for a county or a node; the name of a county is often that of its seat too, and then means the county.
fn either<'g>(nodes: Called<'g>, counties: Called<'g>) -> Called<'g> {
    let mut either = nodes;
    either.extend(counties);
    either
}

/// The codes among the words of a study area.
fn codes<'g>(called: &Called<'g>) -> impl Iterator<Item = &'g str> {
    called.iter().filter(|(word, codes)| codes.as_slice() == [**word]).map(|(word, _)| *word)
}

/// How many there are, and which for example.
fn some_of(known: &[&str]) -> Message {
    let some = known.iter().take(5).copied().collect::<Vec<_>>().join(messages::comma());
    messages::there_are_such_as(known.len(), some)
}

/// Levers that two policies claim for one place in one year.
fn exclusive(
    all: &[(&'static str, usize, &dyn Policy)],
    g: &Geography,
    spans: &Spans,
    problems: &mut Problems,
) {
    let claims: Vec<Vec<(Lever, Vec<usize>)>> = all.iter().map(|(_, _, p)| p.claims(g)).collect();
    for (b, (kind, i, policy)) in all.iter().enumerate() {
        for (a, (other_kind, other_i, other)) in all[..b].iter().enumerate() {
            let on = |p: &dyn Policy| p.terms().intensity > 0.0;
            if !policy.terms().active.overlaps(other.terms().active) || !on(*policy) || !on(*other) {
                continue;
            }
            let clash = claims[b].iter().find_map(|(lever, places)| {
                claims[a].iter().filter(|(l, _)| l == lever).find_map(|(_, others)| {
                    places.iter().find(|p| others.contains(p)).map(|&place| (*lever, place))
                })
            });
            if let Some((lever, place)) = clash {
                let place = Levers::place(g, lever, place);
                problems.push(
                    Problem::new(
                        spans.locate(&format!("policy.{kind}[{i}]")),
                        messages::both_set_lever(kind, i, other_kind, other_i, lever.row().name, place),
                    )
                    .also(spans.locate(&format!("policy.{other_kind}[{other_i}]")), messages::the_other_one())
                    .help(messages::only_one_may_set()),
                );
            }
        }
    }
}
