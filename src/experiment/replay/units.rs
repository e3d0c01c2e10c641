//! Who is observed and who is treated: a study with its places found, its lots drawn and everything checked.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::study::{Estimator, Level, Sign, Study, Transform};
use crate::Result;
use crate::base_year::StudyArea;
use crate::kernel::draw::{Draws, Purpose};
use crate::message::Message;
use crate::messages;
use crate::policy::{Policies, Selector, View};
use crate::scenario::diagnose::{self, Spans};
use crate::scenario::files::{Files, Inputs};
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::{Loaded, ScenarioSource, policies};
use crate::simulation::size::Size;
use crate::simulation::{Scenario, Simulation};
use crate::world::Geography;

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Files of studies.
    pub studies: Vec<PathBuf>,
    /// Runs of each world, in place of what the studies say.
    pub replicates: Option<u32>,
    /// Persons an agent, in place of what the studies say.
    pub persons_per_agent: Option<u32>,
    /// Changes of both worlds of every study, as `--set` takes them. They stand over what the studies say.
    pub set: Vec<String>,
}

/// A unit of a sample.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// Index of the node, county, prefecture or province.
    pub key: usize,
    /// Code of the place in the tables.
    pub code: String,
    /// What a reader calls it.
    pub name: String,
    /// Its nodes in the sample.
    pub nodes: Vec<usize>,
    /// What shares its shocks.
    pub cluster: usize,
}

/// A study that can be run.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// File of the study.
    pub path: PathBuf,
    /// The study as read.
    pub study: Study,
    /// Changes of the base scenario in both worlds.
    pub overrides: Vec<String>,
    /// The policies of the treated world.
    pub policies: Policies,
    /// The units of each claim.
    pub samples: Vec<Vec<Unit>>,
    /// Keys of the treated units by group, sorted.
    pub treated: Vec<Vec<usize>>,
    /// First treated year by group.
    pub first: Vec<i32>,
    /// Calendar year of the first state.
    pub base_year: i32,
    /// Pairs of worlds, each with its own luck.
    pub replicates: u32,
    /// Memory that one run needs at most, bytes.
    pub peak_bytes: u64,
}

impl Prepared {
    /// The base scenario.
    pub fn scenario(&self) -> PathBuf {
        self.path.parent().unwrap_or(Path::new(".")).join(&self.study.scenario)
    }

    /// Its name in tables: the file's without its ending.
    pub fn name(&self) -> String {
        self.path.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned())
    }

    /// Last simulated year.
    pub fn last_year(&self) -> i32 {
        self.base_year + self.study.years as i32
    }
}

/// First worlds that conditions of studies look at: studies of the same base and size need one.
#[derive(Default)]
pub(crate) struct FirstWorlds(Vec<((PathBuf, Vec<String>), Simulation)>);

impl FirstWorlds {
    fn of(
        &mut self,
        base: PathBuf,
        overrides: &[String],
        scenario: Scenario,
        area: StudyArea,
    ) -> Result<&Simulation> {
        let key = (base, overrides.to_vec());
        let at = match self.0.iter().position(|(known, _)| *known == key) {
            Some(at) => at,
            None => {
                self.0.push((key, Simulation::new(scenario, area)?));
                self.0.len() - 1
            }
        };
        Ok(&self.0[at].1)
    }
}

/// Reads a study, finds its places and draws its lots.
///
/// # Errors
/// Everything that is wrong with it, under its line.
pub(crate) fn prepare(path: &Path, request: &Request, firsts: &mut FirstWorlds) -> Result<Prepared> {
    let read = diagnose::load::<Study>(path, &[])?;
    let (mut study, spans) = (read.value, read.spans);
    study.persons_per_agent = request.persons_per_agent.unwrap_or(study.persons_per_agent);
    let mut problems = Problems::new();
    words(&study, &spans, &mut problems);
    problems.check()?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut overrides = study.set.clone();
    overrides.push(format!("run.years={}", study.years));
    overrides.push(format!("run.persons_per_agent={}", study.persons_per_agent));
    overrides.extend(request.set.iter().cloned());
    let base = folder.join(&study.scenario);
    let loaded = ScenarioSource::file(&base).load(&overrides)?;
    // The study says what is run, whoever said it.
    study.set.extend(request.set.iter().cloned());
    study.years = loaded.scenario.run.years;
    study.persons_per_agent = loaded.scenario.run.persons_per_agent;

    let mut problems = Problems::new();
    let geography = &loaded.area.geography;
    for (selector, at) in selectors(&study) {
        policies::names(selector, &at, geography, &spans, &mut problems);
    }
    problems.check()?;
    let prepared = found(path, study, &spans, overrides, loaded, firsts)?;
    Ok(Prepared { replicates: request.replicates.unwrap_or(prepared.study.replicates), ..prepared })
}

/// The selectors of a study beside those of its policies, with their places in the file.
fn selectors(study: &Study) -> Vec<(&Selector, String)> {
    let mut all = vec![(&study.units.among, "units.among".to_owned())];
    all.extend(study.group.iter().enumerate().map(|(i, g)| (&g.units, format!("group[{i}].units"))));
    let claims = study.claim.iter().enumerate();
    all.extend(claims.filter_map(|(i, c)| Some((c.among.as_ref()?, format!("claim[{i}].among")))));
    all
}

/// What the words of a study contradict, before any place is looked at.
fn words(study: &Study, spans: &Spans, problems: &mut Problems) {
    let mut push = |at: &str, title: Message, help: Message| {
        problems.push(Problem::new(spans.locate(at), title).help(help));
    };
    if study.claim.is_empty() {
        push("claim", messages::study_claims_nothing(), messages::claim_says());
    }
    if study.policy.each().is_empty() {
        push("policy", messages::study_has_no_policy(), messages::policy_kind_is());
    } else if study.starts().is_none() {
        push("policy", messages::no_policy_says_when(), messages::active_from_year());
    }
    let names: Vec<&str> = study.group.iter().map(|g| g.name.as_str()).collect();
    for (i, name) in names.iter().enumerate() {
        if names[..i].contains(name) {
            push(
                &format!("group[{i}].name"),
                messages::two_groups_are_called(name),
                messages::give_each_its_name(),
            );
        }
    }
    for (i, claim) in study.claim.iter().enumerate() {
        let at = |field: &str| format!("claim[{i}].{field}");
        for (field, group) in [("group", &claim.group), ("over", &claim.over)] {
            if let Some(name) = group.as_deref().filter(|name| !names.contains(name)) {
                let known = if names.is_empty() {
                    messages::there_is_none().to_string()
                } else {
                    names.join(messages::comma())
                };
                push(&at(field), messages::no_group_of_name(name), messages::groups_are(known));
            }
        }
        let whole = claim.estimator == Estimator::Counterfactual;
        if !whole && study.group.is_empty() {
            push(&at("estimator"), messages::no_unit_is_treated(), messages::name_a_group());
        }
        if claim.over.is_some() && !matches!(claim.estimator, Estimator::TwoWay | Estimator::LongDifference) {
            push(&at("over"), messages::groups_against_each_other(), messages::leave_over_out());
        }
        if !claim.controls.is_empty() && claim.estimator != Estimator::LongDifference {
            push(&at("controls"), messages::only_long_difference_controls(), messages::leave_controls_out());
        }
        if claim.trend && !matches!(claim.estimator, Estimator::TwoWay | Estimator::Ppml) {
            push(&at("trend"), messages::only_panels_have_trends(), messages::leave_trend_out());
        }
        let form = match claim.estimator {
            Estimator::Ppml => claim.transform == Transform::Level,
            Estimator::LongDifference => claim.transform != Transform::Growth,
            _ => true,
        };
        if !form {
            push(&at("estimator"), messages::outcome_in_this_form(), messages::forms_of_outcome());
        }
        if let (Some(low), Some(high)) = (claim.low, claim.high)
            && low > high
        {
            push(&at("low"), messages::interval_begins_and_ends(low, high), messages::low_not_above_high());
        }
        if let Some(window) = claim.window.filter(|w| w.until < w.from) {
            push(
                &at("window"),
                messages::window_ends_before(window.until),
                messages::until_not_before_from(),
            );
        }
        let sign = |value: f64| if value > 0.0 { Sign::Positive } else { Sign::Negative };
        if let Some(estimate) = claim.estimate.filter(|&e| claim.sign != Sign::Zero && sign(e) != claim.sign)
        {
            push(
                &at("sign"),
                messages::sign_and_estimate(claim.sign.mark(), estimate),
                messages::sign_of_the_estimate(),
            );
        }
    }
}

fn found(
    path: &Path,
    study: Study,
    spans: &Spans,
    overrides: Vec<String>,
    loaded: Loaded,
    firsts: &mut FirstWorlds,
) -> Result<Prepared> {
    let Loaded { scenario, area, .. } = loaded;
    let size = Size::of(&scenario, &area, 1);
    let geography = area.geography.clone();
    let base_year = scenario.run.start_year;
    let run = scenario.run.clone();
    let mut problems = Problems::new();
    // Conditions look at the base year of the world that is run.
    let conditions = selectors(&study).iter().any(|(selector, _)| selector.condition.is_some());
    let base = path.parent().unwrap_or(Path::new(".")).join(&study.scenario);
    let first_world = if conditions { Some(firsts.of(base, &overrides, scenario, area)?) } else { None };
    let choose = |selector: &Selector| match first_world {
        None => selector.static_nodes(&geography),
        Some(s) => selector.nodes(&View {
            year: base_year,
            world: &s.world,
            p: &s.scenario.parameters,
            neutral: &s.neutral,
        }),
    };
    let level = study.units.level;
    let key = |level: Level, j: usize| {
        let node = &geography.nodes[j];
        match level {
            Level::Node => j,
            Level::County => node.county,
            Level::Prefecture => node.prefecture,
            Level::Province => node.province,
        }
    };
    // A condition chooses units above the node whole: the money of a county is written down at its seat, which may be too
    // small for the condition that its villages meet.
    let members = |selector: &Selector| -> Vec<usize> {
        let chosen = choose(selector);
        if level == Level::Node || selector.condition.is_none() {
            return chosen;
        }
        let mut counties: Vec<usize> = chosen.iter().map(|&j| geography.nodes[j].county).collect();
        counties.sort_unstable();
        let of_kind = selector.static_nodes(&geography);
        of_kind.into_iter().filter(|&j| counties.binary_search(&geography.nodes[j].county).is_ok()).collect()
    };
    let cluster = study.units.cluster.unwrap_or(level);
    let sample = |selector: &Selector| {
        let mut units: Vec<Unit> = Vec::new();
        for j in members(selector) {
            let at = key(level, j);
            match units.iter_mut().find(|u| u.key == at) {
                Some(unit) => unit.nodes.push(j),
                None => {
                    let (code, name) = called(&geography, level, at);
                    units.push(Unit { key: at, code, name, nodes: vec![j], cluster: key(cluster, j) });
                }
            }
        }
        units
    };
    let samples: Vec<Vec<Unit>> =
        study.claim.iter().map(|c| sample(c.among.as_ref().unwrap_or(&study.units.among))).collect();

    let in_sample: Vec<usize> = sample(&study.units.among).iter().map(|u| u.key).collect();
    let mut treated: Vec<Vec<usize>> = Vec::new();
    for (i, group) in study.group.iter().enumerate() {
        let mut keys: Vec<usize> = choose(&group.units).into_iter().map(|j| key(level, j)).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.retain(|k| in_sample.contains(k) && !treated.iter().any(|taken| taken.contains(k)));
        if let Some(share) = group.share {
            keys = lot(&keys, share, group.lot);
        }
        if keys.is_empty() {
            problems.push(
                Problem::new(spans.locate(&format!("group[{i}]")), messages::group_has_no_unit(&group.name))
                    .help(messages::a_treated_unit()),
            );
        }
        treated.push(keys);
    }
    for (i, (claim, units)) in study.claim.iter().zip(&samples).enumerate() {
        let at = |title: Message, help: Message| {
            Problem::new(spans.locate(&format!("claim[{i}]")), title).help(help)
        };
        let others = units.iter().filter(|u| !treated.iter().any(|t| t.contains(&u.key))).count();
        if units.is_empty() {
            problems.push(at(messages::no_node_in_units(), messages::node_meets_among()));
        } else if claim.estimator != Estimator::Counterfactual && others == 0 {
            problems.push(at(messages::every_unit_is_treated(), messages::leave_units_untreated()));
        }
    }
    let starts = study.starts().unwrap_or(base_year + 1);
    let first: Vec<i32> = study.group.iter().map(|g| g.from.unwrap_or(starts)).collect();
    let last = base_year + study.years as i32;
    for (i, &first) in first.iter().enumerate() {
        if first <= base_year || first > last {
            problems.push(
                Problem::new(spans.locate(&format!("group[{i}]")), messages::treatment_begins_in(first))
                    .help(messages::years_and_one_before(base_year, last)),
            );
        }
    }
    for (i, claim) in study.claim.iter().enumerate() {
        let Some(window) = claim.window else { continue };
        let from = first.get(study.groups_of(claim).0).copied().unwrap_or(starts) + window.from;
        if from > last {
            problems.push(
                Problem::new(spans.locate(&format!("claim[{i}].window")), messages::window_begins_in(from))
                    .help(messages::window_within_the_run(last)),
            );
        }
    }
    problems.check()?;

    let mut problems = Problems::new();
    let placed = with_places(&study, spans, &treated, &geography, &mut problems);
    problems.check()?;
    let Some(mut policies) = placed else {
        return Err(crate::estimate::unusable(
            messages::as_is(path.display()),
            messages::policies_without_places(),
            messages::policies_that_sets_names(),
        ));
    };
    let mut problems = Problems::new();
    let files = Files::folder(path.parent().unwrap_or(Path::new(".")));
    let tables: Vec<PathBuf> = policies
        .each()
        .iter()
        .flat_map(|(_, _, policy)| policy.listings())
        .map(|listing| listing.file.to_path_buf())
        .collect();
    let mut inputs = Inputs::new(&files, &tables.iter().map(PathBuf::as_path).collect::<Vec<_>>());
    policies::read_tables(&mut policies, &mut inputs, spans, &mut problems);
    problems.check()?;
    let mut problems = Problems::new();
    policies::check(&policies, &geography, spans, &mut problems);
    policies::idle(&policies, &run, &geography, spans, &mut problems);
    problems.check()?;
    Ok(Prepared {
        path: path.to_owned(),
        overrides,
        policies,
        samples,
        treated,
        first,
        base_year,
        replicates: study.replicates,
        peak_bytes: size.peak_bytes,
        study,
    })
}

fn called(g: &Geography, level: Level, key: usize) -> (String, String) {
    match level {
        Level::Node => (g.nodes[key].id.clone(), g.nodes[key].name.clone()),
        Level::County => (g.counties[key].code.clone(), g.counties[key].name.clone()),
        Level::Prefecture => (g.prefectures[key].code.clone(), g.prefectures[key].name.clone()),
        Level::Province => (g.provinces[key].code.clone(), g.provinces[key].name.clone()),
    }
}

/// A part of units by lot: those with the lowest keyed draws. The lot depends on the unit and its number alone.
fn lot(keys: &[usize], share: f64, number: u64) -> Vec<usize> {
    let draws = Draws::new(number, Purpose::Experiment, 1);
    let mut drawn: Vec<(u64, usize)> = keys.iter().map(|&k| (draws.bits(k as u64), k)).collect();
    drawn.sort_unstable();
    let taken = crate::policy::selector::part_of(share, keys.len());
    let mut keys: Vec<usize> = drawn[..taken].iter().map(|&(_, k)| k).collect();
    keys.sort_unstable();
    keys
}

/// The policies with their selectors set to the treated units.
fn with_places(
    study: &Study,
    spans: &Spans,
    treated: &[Vec<usize>],
    g: &Geography,
    problems: &mut Problems,
) -> Option<Policies> {
    let mut all = serde_json::to_value(&study.policy).ok()?;
    let level = study.units.level;
    for (i, (group, keys)) in study.group.iter().zip(treated).enumerate() {
        let codes: Vec<String> = keys.iter().map(|&k| called(g, level, k).0).collect();
        for (n, target) in group.sets.iter().enumerate() {
            let place = spans.locate(&format!("group[{i}].sets[{n}]"));
            match selector_at(&mut all, study, target) {
                Ok(selector) => {
                    let field = match level {
                        Level::Node => "ids",
                        Level::County => "county",
                        Level::Prefecture => "prefecture",
                        Level::Province => "province",
                    };
                    if selector.is_null() {
                        *selector = json!({});
                    }
                    selector[field] = json!(codes);
                }
                Err((title, help)) => problems.push(Problem::new(place, title).help(help)),
            }
        }
    }
    serde_json::from_value(all).ok()
}

/// The selector that `kind.field` or `kind[1].field` names, or what is wrong with the words.
fn selector_at<'v>(
    all: &'v mut Value,
    study: &Study,
    target: &str,
) -> std::result::Result<&'v mut Value, (Message, Message)> {
    let form = || (messages::names_no_selector(target), messages::kind_and_field());
    let (kind, field) = target.rsplit_once('.').ok_or_else(form)?;
    let (kind, entry) = match kind.strip_suffix(']').and_then(|k| k.split_once('[')) {
        Some((kind, number)) => (kind, number.parse::<usize>().map_err(|_| form())?),
        None => (kind, 0),
    };
    let each = study.policy.each();
    let Some((_, _, policy)) = each.iter().find(|(k, i, _)| *k == kind && *i == entry) else {
        let kinds: Vec<String> = each.iter().map(|(k, i, _)| format!("{k}[{i}]")).collect();
        return Err((
            messages::study_without_policy(kind, entry),
            messages::it_has(kinds.join(messages::comma())),
        ));
    };
    let fields: Vec<&str> = policy.selectors().iter().map(|(f, _)| *f).collect();
    if !fields.contains(&field) {
        return Err((
            messages::has_no_selector(kind, field),
            messages::it_has(fields.join(messages::comma())),
        ));
    }
    all.get_mut(kind).and_then(|k| k.get_mut(entry)).and_then(|p| p.get_mut(field)).ok_or_else(form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lot_takes_a_share_and_does_not_depend_on_who_else_is_there() {
        let all: Vec<usize> = (0..100).collect();
        let half = lot(&all, 0.5, 7);
        assert_eq!(half.len(), 50);
        assert_ne!(half, lot(&all, 0.5, 8));
        // Without the unlucky the lucky are the same.
        assert_eq!(lot(&half, 1.0, 7), half);
        assert_eq!(lot(&half, 0.5, 7), lot(&all, 0.25, 7));
    }
}
