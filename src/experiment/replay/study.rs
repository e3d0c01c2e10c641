//! What a study says: `studies/*.toml`.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::outcome::Outcome;
use crate::policy::{Policies, Selector};

/// A published causal study and how it is run on the model.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Study {
    /// One line: the policy and the question.
    pub title: String,
    /// Authors, year, title, journal.
    pub paper: String,
    /// Where the published numbers were read: the paper, its abstract, a citation.
    pub read_in: String,
    /// What the authors did, in a few sentences.
    pub design: String,
    /// In what the run differs from the study: place, years, size of the policy.
    #[serde(default)]
    pub differences: Vec<String>,
    /// Base scenario, relative to this file.
    pub scenario: PathBuf,
    /// Changes of the base scenario that hold in both worlds, as `--set` takes them.
    #[serde(default)]
    pub set: Vec<String>,
    /// Years to simulate after the base year.
    #[schemars(range(min = 1, max = 100))]
    pub years: u32,
    /// Persons that an agent stands for.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub persons_per_agent: u32,
    /// Runs of each world, each pair with its own luck.
    #[serde(default = "three")]
    #[schemars(range(min = 1, max = 100))]
    pub replicates: u32,
    /// What is observed.
    #[serde(default)]
    pub units: Units,
    /// Groups of treated units; none where two whole worlds are compared.
    #[serde(default)]
    pub group: Vec<Group>,
    /// The policies of the world that is treated, beside those of the base scenario.
    pub policy: Policies,
    /// What the paper claims.
    pub claim: Vec<Claim>,
}

fn three() -> u32 {
    3
}

/// What is observed.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Units {
    /// What a unit is.
    pub level: Level,
    /// Which nodes make up the units of the sample.
    pub among: Selector,
    /// Units of which share their shocks: standard errors are clustered by it. The unit itself if absent.
    pub cluster: Option<Level>,
}

/// A level of the hierarchy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// A city, a county seat or a village.
    Node,
    /// A county or district.
    #[default]
    County,
    /// A prefecture.
    Prefecture,
    /// A province.
    Province,
}

/// Treated units.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its name, which claims use.
    pub name: String,
    /// Which units may be treated: a list or a rule. A condition is read in the base year and not again.
    #[serde(default)]
    pub units: Selector,
    /// Draw this part of them by lot, once and for all.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub share: Option<f64>,
    /// Key of the lot.
    #[serde(default = "one")]
    pub lot: u64,
    /// Selectors of the policies that are set to the treated units: `development_zone.at`, `fiscal_direct[1].counties`.
    /// Empty where the policies name the places themselves.
    #[serde(default)]
    pub sets: Vec<String>,
    /// First treated year; that in which the first policy begins if absent.
    pub from: Option<i32>,
}

fn one() -> u64 {
    1
}

/// One finding of the paper.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// What it says, in a few words.
    pub about: String,
    /// What is measured.
    pub outcome: Outcome,
    /// In which form it enters.
    #[serde(default)]
    pub transform: Transform,
    /// How the effect is estimated.
    pub estimator: Estimator,
    /// Which nodes make up the units, in place of `units.among`.
    pub among: Option<Selector>,
    /// Name of the treated group; the first if absent.
    pub group: Option<String>,
    /// Name of a group whose effect is taken off.
    pub over: Option<String>,
    /// Years since the start that count; all if absent.
    pub window: Option<Window>,
    /// Treated units have a linear trend of their own (two-way effects and Poisson), as authors add where what they would find
    /// before the start is not 0.
    #[serde(default)]
    pub trend: bool,
    /// Outcomes of the base year, in logs, that the long difference controls for.
    #[serde(default)]
    pub controls: Vec<Outcome>,
    /// Sign that the paper finds.
    pub sign: Sign,
    /// Its estimate, in log points or the unit of the outcome; absent where it is not known.
    pub estimate: Option<f64>,
    /// Lower end of its interval of 95 %.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Size that counts as nothing where the paper finds nothing.
    #[schemars(range(min = 0.0))]
    pub negligible: Option<f64>,
    /// Where the number stands, or why there is none.
    pub source: String,
}

/// Years since the first treated one, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// First.
    #[schemars(range(min = 0))]
    pub from: i32,
    /// Last.
    #[schemars(range(min = 0))]
    pub until: i32,
}

/// In which form an outcome enters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Transform {
    /// Logarithm: effects are log points.
    #[default]
    Log,
    /// As it is.
    Level,
    /// Change of the logarithm from the year before.
    Growth,
}

/// How an effect is estimated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Estimator {
    /// Unit and year effects, one treatment dummy, clustered errors.
    TwoWay,
    /// The same with a dummy for each year since the start; the mean of those after it is the estimate.
    EventStudy,
    /// Poisson pseudo maximum likelihood with unit and year effects.
    Ppml,
    /// Change from the base year to the last year on the treatment.
    LongDifference,
    /// Two worlds compared, as structural papers do; no units are held against each other.
    Counterfactual,
}

/// The sign of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// Above 0.
    Positive,
    /// Below 0.
    Negative,
    /// Not told apart from 0, or about 0.
    Zero,
}

impl Sign {
    /// A character for tables.
    pub fn mark(self) -> &'static str {
        match self {
            Sign::Positive => "+",
            Sign::Negative => "-",
            Sign::Zero => "0",
        }
    }
}

impl Estimator {
    /// Its name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Estimator::TwoWay => "two-way effects",
            Estimator::EventStudy => "event study",
            Estimator::Ppml => "Poisson",
            Estimator::LongDifference => "long difference",
            Estimator::Counterfactual => "two worlds",
        }
    }
}

impl Claim {
    /// How the effect is estimated, in words for tables.
    pub fn how(&self) -> String {
        let trend = if self.trend { ", trend of the treated" } else { "" };
        format!("{}{trend}", self.estimator.name())
    }
}

impl Study {
    /// First year in which a policy of the study holds.
    pub fn starts(&self) -> Option<i32> {
        self.policy.each().iter().filter_map(|(_, _, policy)| policy.terms().active.from).min()
    }

    /// Position of a claim's group, and of the one that is taken off.
    pub(crate) fn groups_of(&self, claim: &Claim) -> (usize, Option<usize>) {
        let at = |name: &str| self.group.iter().position(|g| g.name == name);
        (claim.group.as_deref().and_then(at).unwrap_or(0), claim.over.as_deref().and_then(at))
    }
}
