//! How far an uncertain parameter may lie from its value.
//!
//! The least and greatest values of the parameter table bound what the program accepts; many are far wider
//! than what anybody believes. An experiment takes, in this order:
//!
//! 1. the range that the user gives, `key=low..high`;
//! 2. the range that the literature states, or that is stated here without a source ([`STATED`]);
//! 3. half to one and a half times the value in the scenario, inside least and greatest. Of a ratio that
//!    does nothing at one (`NEUTRAL_AT_ONE`) it is the distance from one that is halved and raised: half of
//!    a trade wedge of 1.2 is 1.1, not .6. Shares of one whole (`WHOLES`) stay so small that all of them
//!    together fit into it, so that no corner of a design is refused for that.
//!
//! A parameter that is 0, switched off or at a bound where it never binds has no such neighbourhood. It is left
//! out of `assumed`, and said so.

use serde::{Deserialize, Serialize};

use crate::config::Market;
use crate::config::parameters::{PARAMETERS, Parameter, Trust, renamed};
use crate::message::Message;
use crate::messages;
use crate::nearest::nearest;
use crate::simulation::Scenario;
use crate::{Error, Result};

/// Ranges stated with the parameter: key, low, high, by whom.
pub(crate) static STATED: &[(&str, f64, f64, &str)] = &[
    ("location_elasticity_workers", 1.2, 2.5, "Tombe and Zhu 2019; Zhou and Gong 2024; Zhao et al. 2025"),
    ("location_elasticity_talent", 1.5, 3.0, "by this program, without a source"),
    ("nest_dissimilarity", 0.4, 1.0, "by this program, without a source; 1 is the plain logit"),
    ("network_pull", 0.0, 0.2, "by this program, without a source"),
    ("services_weight", 0.05, 0.2, "around Zhou and Gong 2024"),
    ("services_congestion", 0.5, 1.5, "around Zhou and Gong 2024"),
    ("environment_weight", 0.0, 0.2, "by this program, without a source"),
    ("remittance_share", 0.05, 0.3, "surveys"),
    ("land_retention", 0.0, 1.0, "forfeited to kept"),
    ("housing_spending_share", 0.13, 0.30, "around Zhou and Gong 2024"),
    ("deposit_leakage", 0.1, 0.5, "loans over deposits of counties in ten provinces, 2010 to 2022"),
    ("skill_substitution", 1.5, 4.0, "around Wu and You"),
    ("industry_capital_share", 0.4, 0.5, "after Tombe and Zhu 2019, and income over output"),
    ("public_capital_elasticity", 0.05, 0.15, "meta-analysis"),
    ("depreciation", 0.05, 0.11, "around Zhang, Wu and Zhang 2004"),
    ("gross_return", 0.14, 0.20, "up to Bai, Hsieh and Qian 2006"),
    ("investment_elasticity", 1.0, 3.0, "around Zhao, Wang, Dai and Chen 2025"),
    ("project_size_exponent", 1.1, 2.0, "by this program, without a source"),
    ("land_rental_gain", 0.0, 0.1, "around Chari, Liu, Wang and Wang 2021"),
    ("span_loss", 0.0, 0.05, "sign from Li, Lu and Wang 2016"),
    ("need_size", 0.12, 0.25, "two standard errors around -.183"),
    ("need_sparsity", 0.07, 0.16, "two standard errors around -.118"),
    ("village_services", 0.8, 1.0, "around spending per pupil, Ministry of Education 2016-17"),
    ("village_infrastructure", 0.15, 0.3, "around spending a head, Ministry of Housing 2016"),
    ("training_gain", 0.03, 0.15, "quasi-experimental estimates"),
];

/// The rule of a parameter about whose range nothing is said.
const USUAL: &str = "half to one and a half times the value";
/// What is added where the parameter table cuts an end off.
const IN_BOUNDS: &str = ", inside the table's bounds";

/// Whether a range has the usual rule, not one of its own.
pub(crate) fn is_usual(rule: &str) -> bool {
    rule.strip_suffix(IN_BOUNDS).unwrap_or(rule) == USUAL
}

/// Ratios that do nothing at one, where a wedge, a premium or a cap is gone and nobody outside is followed.
const NEUTRAL_AT_ONE: &[&str] = &[
    "trade_wedge_village",
    "trade_wedge_seat",
    "trade_wedge_city",
    "skill_premium",
    "most_at_work",
    "outside_factor",
];

/// Shares that together may take no more than one.
const WHOLES: &[&[&str]] = &[
    &["spend_services", "spend_infrastructure", "spend_transfers"],
    &["housing_spending_share", "local_spending_share", "tourism_spending_share"],
];

/// Bounds that never bind at their default.
const NEVER_BINDS: &[&str] = &["land_slack", "chain_elasticity"];

/// Parameters that act only where a switch parameter or mode is on: key, switch.
const ACTS_ONLY_WITH: &[(&str, &str)] = &[
    ("network_scale", "network_pull"),
    ("congestion_exponent", "congestion_loss"),
    ("congestion_density", "congestion_loss"),
    ("market_access_distance", "market_access"),
    ("chain_elasticity", "chain_productivity"),
    ("chain_home", "chain_productivity"),
    ("project_barrier", "project_growth_sd"),
    ("span_normal", "span_loss"),
];

/// An uncertain parameter with its range.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Varied {
    pub key: String,
    /// In the scenario.
    pub value: f64,
    pub low: f64,
    pub high: f64,
    /// Where the range comes from.
    pub rule: String,
    /// How far the value itself can be trusted.
    pub trust: String,
    /// Whether the key takes whole numbers only.
    #[serde(default)]
    pub whole: bool,
}

impl Varied {
    /// A value of it as a change of the scenario, as `--set` takes it.
    pub fn change(&self, value: f64) -> String {
        let path = if is_path(&self.key) { self.key.clone() } else { format!("parameters.{}", self.key) };
        if self.whole { format!("{path}={}", libm::rint(value)) } else { format!("{path}={value:?}") }
    }
}

/// Whether a key is the path of any number of the scenario, not the short name of a parameter.
fn is_path(key: &str) -> bool {
    key.contains(['.', '['])
}

/// The number at a path of the scenario, and whether it is a whole one.
///
/// # Errors
/// [`Error::Usage`] if there is none.
fn at_path(key: &str, scenario: &Scenario) -> Result<(f64, bool)> {
    let steps: Vec<String> =
        key.split(['.', '[']).map(|step| step.trim_end_matches(']').to_owned()).collect();
    let value = serde_json::to_value(scenario).ok();
    let found = value.as_ref().and_then(|value| value.pointer(&format!("/{}", steps.join("/"))));
    match found.and_then(|number| Some((number.as_f64()?, number.is_i64() || number.is_u64()))) {
        Some(found) => Ok(found),
        None => Err(Error::Usage {
            found: messages::no_number_of_scenario(key),
            expected: messages::a_path_to_number(),
        }),
    }
}

/// A number of the scenario by its path, which has no range but the one that is given.
///
/// # Errors
/// [`Error::Usage`] for a path that leads to no number, or a range that is none.
fn by_path(key: &str, ends: Option<(f64, f64)>, rule: &str, scenario: &Scenario) -> Result<Varied> {
    let (value, whole) = at_path(key, scenario)?;
    let wrong = |found: Message| Error::Usage { found, expected: messages::a_range_such_as(key) };
    let (low, high) = ends.ok_or_else(|| wrong(messages::has_no_range(key)))?;
    if !(low.is_finite() && high.is_finite() && low < high) {
        return Err(wrong(messages::range_of_value(low, high, key, value)));
    }
    Ok(Varied { key: key.into(), value, low, high, rule: rule.into(), trust: "scenario".into(), whole })
}

/// A parameter that was asked for and is not varied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    pub key: String,
    pub reason: String,
}

/// The parameters of a list: `assumed`, keys, `key=low..high`, separated by commas.
///
/// # Errors
/// [`Error::Usage`] for a name that is none, a range that is none, or a list without a parameter.
pub(crate) fn choose(list: &str, scenario: &Scenario) -> Result<(Vec<Varied>, Vec<LeftOut>)> {
    let (mut varied, mut left_out): (Vec<Varied>, Vec<LeftOut>) = (Vec::new(), Vec::new());
    let mut add = |new: Varied| match varied.iter_mut().find(|v| v.key == new.key) {
        Some(old) => *old = new,
        None => varied.push(new),
    };
    for item in list.split(',').map(str::trim).filter(|item| !item.is_empty()) {
        if item == "assumed" {
            for row in PARAMETERS.iter().filter(|row| row.trust == Trust::Assumed) {
                match inactive(row, scenario) {
                    Some(reason) => left_out.push(LeftOut { key: row.key.into(), reason }),
                    None => add(around(row, scenario)?),
                }
            }
            continue;
        }
        let (key, range) = item.split_once('=').map_or((item, None), |(key, range)| (key, Some(range)));
        let key = key.trim().trim_start_matches("parameters.");
        if is_path(key) {
            let ends = range.map(|range| ends(key, range)).transpose()?;
            add(by_path(key, ends, "given", scenario)?);
            continue;
        }
        let row = find(key)?;
        match range {
            None => add(around(row, scenario)?),
            Some(range) => add(given(row, range, scenario)?),
        }
    }
    left_out.retain(|l| varied.iter().all(|v| v.key != l.key));
    if varied.is_empty() {
        return Err(Error::Usage {
            found: messages::no_parameter_in(list),
            expected: messages::give_assumed_or_keys(),
        });
    }
    Ok((varied, left_out))
}

/// A parameter, or a number by its path, that the rows of a table vary; a column may hold one value only.
///
/// # Errors
/// [`Error::Usage`] for a name that is none.
pub(crate) fn of_rows(key: &str, low: f64, high: f64, scenario: &Scenario) -> Result<Varied> {
    let rule = "least and greatest of the table's rows".to_owned();
    if is_path(key) {
        let (value, whole) = at_path(key, scenario)?;
        return Ok(Varied { key: key.into(), value, low, high, rule, trust: "scenario".into(), whole });
    }
    let row = find(key)?;
    let value = scenario.parameters.get(key).unwrap_or(row.default);
    Ok(Varied { key: key.into(), value, low, high, rule, trust: row.trust.word().into(), whole: false })
}

/// The row of a parameter.
///
/// # Errors
/// [`Error::Usage`] with the nearest name.
pub(crate) fn find(key: &str) -> Result<&'static Parameter> {
    PARAMETERS.iter().find(|row| row.key == key).ok_or_else(|| Error::Usage {
        found: messages::no_such_parameter(key),
        expected: match renamed(key).or_else(|| nearest(key, PARAMETERS.iter().map(|row| row.key))) {
            Some(near) => messages::did_you_mean(near),
            None => messages::parameters_lists_them(),
        },
    })
}

fn inactive(row: &Parameter, scenario: &Scenario) -> Option<String> {
    let value = scenario.parameters.get(row.key)?;
    if let Some((_, switch)) = ACTS_ONLY_WITH.iter().find(|(key, _)| *key == row.key)
        && scenario.parameters.get(switch) == Some(0.0)
    {
        return Some(format!("acts only where {switch} is above 0"));
    }
    if row.key.starts_with("ces_") && scenario.model.market != Market::Ces {
        return Some("acts only in the ces market mode".into());
    }
    if NEVER_BINDS.contains(&row.key) && value == row.default {
        return Some(format!("never binds at {value}; name it with a range"));
    }
    if NEUTRAL_AT_ONE.contains(&row.key) && value == 1.0 {
        return Some(format!("is neutral in the scenario; name it with a range, {}=1..1.2", row.key));
    }
    let stated = STATED.iter().any(|s| s.0 == row.key);
    (value == 0.0 && !stated).then(|| format!("is 0 in the scenario; name it with a range, {}=0..1", row.key))
}

fn around(row: &Parameter, scenario: &Scenario) -> Result<Varied> {
    let value = scenario.parameters.get(row.key).unwrap_or(row.default);
    if let Some((_, low, high, by)) = STATED.iter().find(|s| s.0 == row.key)
        && *low <= value
        && value <= *high
    {
        return varied(row, value, *low, *high, format!("stated: {by}"));
    }
    let (origin, of) = match NEUTRAL_AT_ONE.contains(&row.key) {
        true => (1.0, "the value's distance from one"),
        false => (0.0, "the value"),
    };
    let (a, b) = (origin + 0.5 * (value - origin), origin + 1.5 * (value - origin));
    let room = room_in_whole(row.key, scenario).map_or(f64::INFINITY, |times| times * value);
    let (low, high) = (a.min(b).max(row.least), a.max(b).min(row.greatest).min(room));
    let clipped = match (low > a.min(b) || high < a.max(b), high == room) {
        (_, true) => ", inside the whole that it is a share of",
        (true, false) => IN_BOUNDS,
        (false, false) => "",
    };
    varied(row, value, low, high, format!("half to one and a half times {of}{clipped}"))
}

/// How many times larger the shares of a whole may all become at once.
fn room_in_whole(key: &str, scenario: &Scenario) -> Option<f64> {
    let whole = WHOLES.iter().find(|whole| whole.contains(&key))?;
    let sum: f64 = whole.iter().filter_map(|key| scenario.parameters.get(key)).sum();
    (sum > 0.0).then_some(1.0 / sum)
}

/// Both ends of a range.
fn ends(key: &str, range: &str) -> Result<(f64, f64)> {
    range
        .split_once("..")
        .and_then(|(low, high)| Some((low.trim().parse::<f64>().ok()?, high.trim().parse::<f64>().ok()?)))
        .ok_or_else(|| Error::Usage {
            found: messages::range_of_key(range, key),
            expected: messages::two_numbers_such_as(key),
        })
}

fn given(row: &Parameter, range: &str, scenario: &Scenario) -> Result<Varied> {
    let value = scenario.parameters.get(row.key).unwrap_or(row.default);
    let (low, high) = ends(row.key, range)?;
    if low < row.least || high > row.greatest {
        return Err(Error::Usage {
            found: messages::range_low_high(low, high, row.key),
            expected: messages::lies_inside(row.least, row.greatest),
        });
    }
    varied(row, value, low, high, "given".into())
}

fn varied(row: &Parameter, value: f64, low: f64, high: f64, rule: String) -> Result<Varied> {
    let ordered = low.is_finite() && high.is_finite() && low < high;
    if !ordered {
        return Err(Error::Usage {
            found: messages::range_of_value(low, high, row.key, value),
            expected: messages::low_below_high_such_as(row.key),
        });
    }
    Ok(Varied { key: row.key.into(), value, low, high, rule, trust: row.trust.word().into(), whole: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scenario() -> Scenario {
        crate::scenario::diagnose::read::<Scenario>(
            "title = \"a\"\n[world]\nnodes = \"nodes.csv\"\n",
            "a.toml",
            &[],
        )
        .unwrap()
        .value
    }

    #[test]
    fn every_rule_but_the_usual_one_goes_by_another_name() {
        let (varied, _) = choose("assumed", &scenario()).unwrap();
        let usual = |key: &str| is_usual(&varied.iter().find(|v| v.key == key).unwrap().rule);
        assert!(
            usual("relocation_review")
                && !usual("trade_wedge_village")
                && !usual("spend_services")
                && !usual("environment_weight")
        );
    }

    #[test]
    fn assumed_parameters_get_stated_or_proportional_ranges_and_idle_ones_are_left_out_with_a_reason() {
        let (varied, left_out) = choose("assumed", &scenario()).unwrap();
        let of = |key: &str| varied.iter().find(|v| v.key == key);
        let xi = of("relocation_review").unwrap();
        assert!((xi.low - 0.01).abs() < 1e-15 && (xi.high - 0.03).abs() < 1e-15, "{xi:?}");
        assert_eq!(of("environment_weight").map(|v| (v.low, v.high)), Some((0.0, 0.2)));
        assert!(of("trade_wedge_village").is_some_and(|v| v.low == 1.1 && (v.high - 1.3).abs() < 1e-15));
        assert!(of("most_at_work").is_some_and(|v| v.low < v.value && v.high < 1.0));
        let highs = ["spend_services", "spend_infrastructure"].map(|key| of(key).unwrap().high);
        // With payments to households (.09) they can take all that counties spend.
        assert!(
            (highs[0] - 0.42 / 0.78).abs() < 1e-15 && (highs[1] - 0.27 / 0.78).abs() < 1e-15,
            "{highs:?}"
        );
        assert!(of("location_elasticity_workers").is_none(), "not assumed");
        assert!(of("trade_wedge_city").is_none() && of("land_slack").is_none());
        assert!(
            of("network_scale").is_none()
                && of("chain_elasticity").is_none()
                && of("market_access").is_none()
        );
        let reason = |key: &str| left_out.iter().find(|l| l.key == key).map(|l| l.reason.clone());
        assert_eq!(reason("network_scale").unwrap(), "acts only where network_pull is above 0");
        assert!(reason("market_access").unwrap().contains("market_access=0..1"));
        assert!(reason("trade_wedge_city").unwrap().contains("trade_wedge_city=1..1.2"));
        assert!(reason("land_slack").unwrap().contains("never binds"));
        for v in &varied {
            let row = find(&v.key).unwrap();
            assert!(row.least <= v.low && v.low <= v.value && v.value <= v.high && v.high <= row.greatest);
        }
    }

    #[test]
    fn stated_ranges_are_of_parameters_and_inside_their_bounds() {
        for (key, low, high, _) in STATED {
            let row = find(key).unwrap();
            assert!(row.least <= *low && low < high && *high <= row.greatest, "{key}");
            assert!(*low <= row.default && row.default <= *high, "{key}");
        }
        for (key, switch) in ACTS_ONLY_WITH {
            assert!(find(key).is_ok() && find(switch).is_ok());
        }
        let named = [NEUTRAL_AT_ONE, NEVER_BINDS].concat();
        assert!(named.iter().chain(WHOLES.concat().iter()).all(|key| find(key).is_ok()));
    }

    #[test]
    fn a_range_of_the_user_counts_and_a_wrong_one_is_explained() {
        let (varied, _) = choose("assumed,relocation_review=0..0.1", &scenario()).unwrap();
        assert_eq!(
            varied.iter().filter(|v| v.key == "relocation_review").map(|v| v.high).collect::<Vec<_>>(),
            [0.1]
        );
        let message = |list: &str| choose(list, &scenario()).unwrap_err().to_string();
        assert!(
            message("relocation_reviews").contains("did you mean `relocation_review`?"),
            "{}",
            message("relocation_reviews")
        );
        assert!(message("relocation_review=0..2").contains("inside 0 to 1"));
        assert!(message("relocation_review=a").contains("relocation_review=0.1..0.3"));
        assert!(message("market_access").contains("market_access=0..1"));
        assert!(message(" ").contains("no parameter"));
    }
}
