//! Policies change the rules of flows through named levers; they never write an outcome.
//!
//! Each policy is one file: what it is for, its fields with units, an example, its effect, its tests. To add one,
//! write the file and add two lines here: its `mod` line and its line in the registry.

pub mod lever;
pub mod payer;
pub mod period;
pub mod rules;
pub mod selector;
pub mod table;

pub mod agri_processing;
pub mod chain_leader;
pub mod consumption_upgrade;
pub mod county_empowerment;
pub mod development_zone;
pub mod fiscal_direct;
pub mod green_transition;
pub mod hukou_reform;
pub mod income_transfer;
pub mod industrial_upgrading;
pub mod industry_transfer;
pub mod infrastructure;
pub mod land_reform;
pub mod lever_change;
pub mod metropolitan_circle;
pub mod mountain_sea_pairing;
pub mod returnee_entrepreneurship;
pub mod rural_finance;
pub mod service_equalisation;
pub mod skills_training;
pub mod talent_to_countryside;
pub mod urban_renewal;

pub use lever::{Lever, Levers};
pub use payer::Payers;
pub use period::Period;
pub use rules::{Change, Hand, Policy, Registered, Terms, View};
pub use selector::Selector;

use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scenario::diagnose::{Spans, schema_of};
use crate::scenario::problem::{Problem, Problems, nearest};
use crate::world::Geography;

/// What the program says of a kind of policy.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct About {
    /// The key in a scenario.
    pub name: &'static str,
    /// What it is for, in a sentence.
    pub purpose: &'static str,
    /// Who pays, in words.
    pub payer: &'static str,
    /// Mechanisms of the essays, M01 to M41.
    pub mechanisms: &'static [&'static str],
    /// Essays that name it, E0 to E4.
    pub essays: &'static [&'static str],
    /// Levers that it sets.
    pub levers: &'static [Lever],
    /// The part of a scenario that switches it on.
    pub example: &'static str,
}

macro_rules! registry {
    ($( $kind:ident: $Type:ident $meaning:literal, )*) => {
        /// The policies of a scenario, by kind; each kind may occur several times.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(default, deny_unknown_fields)]
        pub struct Policies {
            $( #[doc = $meaning]
               #[serde(skip_serializing_if = "Vec::is_empty")]
               pub $kind: Vec<$kind::$Type>, )*
        }

        impl Policies {
            /// Every policy with its kind and place in the file.
            pub fn each(&self) -> Vec<(&'static str, usize, &dyn Policy)> {
                let mut all: Vec<(&'static str, usize, &dyn Policy)> = Vec::new();
                $( for (i, policy) in self.$kind.iter().enumerate() {
                    all.push((stringify!($kind), i, policy));
                } )*
                all
            }

            /// The policies of a run, in an order of their own.
            pub fn registered(&self) -> Registered {
                let mut all: Vec<(&'static str, String, Box<dyn Policy + Send + Sync>)> = Vec::new();
                $( for policy in &self.$kind {
                    let content = serde_json::to_string(policy).unwrap_or_default();
                    all.push((stringify!($kind), content, Box::new(policy.clone())));
                } )*
                Registered::new(all)
            }
        }

        /// What the program says of each kind, in alphabetical order.
        pub static KINDS: &[&About] = &[ $( &$kind::ABOUT, )* ];

        /// JSON Schema of a kind's fields.
        pub fn schema_of_kind(kind: &str) -> Option<serde_json::Value> {
            match kind { $( stringify!($kind) => Some(schema_of::<$kind::$Type>()), )* _ => None }
        }
    };
}

registry! {
    agri_processing: AgriProcessing "County industry processes what its farms grow (M34, M39).",
    chain_leader: ChainLeader "A leader for each industrial chain (M23, M25).",
    consumption_upgrade: ConsumptionUpgrade "County commerce and online trade (M13, M14).",
    county_empowerment: CountyEmpowerment "Delegation and a better business environment (M26).",
    development_zone: DevelopmentZone "A development zone in a county (M24).",
    fiscal_direct: FiscalDirect "The province settles with the county (M02).",
    green_transition: GreenTransition "Cleaner industry, ecological compensation, ecology as income (M10 to M12).",
    hukou_reform: HukouReform "Services by residence and settling near home (M04, M29).",
    income_transfer: IncomeTransfer "Transfers to areas and persons (M35, M36).",
    industrial_upgrading: IndustrialUpgrading "Industrial upgrading (M40).",
    industry_transfer: IndustryTransfer "Industry moves from cities to counties (M01, M32).",
    infrastructure: Infrastructure "Infrastructure that joins town and country (M27).",
    land_reform: LandReform "Rural land reform (M07 to M09).",
    lever_change: LeverChange "Any lever, for a what-if without Rust.",
    metropolitan_circle: MetropolitanCircle "Spillovers of a central city (M30, M33).",
    mountain_sea_pairing: MountainSeaPairing "Coastal units paired with mountain counties (M03).",
    returnee_entrepreneurship: ReturneeEntrepreneurship "Start-ups of returnees and households (M18, M19).",
    rural_finance: RuralFinance "Capital to the countryside (M20 to M22).",
    service_equalisation: ServiceEqualisation "Equal public services (M05, M06, M28).",
    skills_training: SkillsTraining "Training of workers (M17).",
    talent_to_countryside: TalentToCountryside "Talent and technology to the countryside (M15, M16).",
    urban_renewal: UrbanRenewal "Urban renewal and carrying capacity (M31, M41).",
}

/// The shared fields of a policy as [`Terms`].
macro_rules! terms {
    () => {
        fn terms(&self) -> $crate::policy::Terms<'_> {
            $crate::policy::Terms {
                name: &self.name,
                active: &self.active,
                intensity: self.intensity,
                budget_cap: self.budget_cap,
            }
        }
    };
}
pub(crate) use terms;

impl Policies {
    /// Whether any policy makes use of market access, whose distances are worked out once.
    pub fn uses_market_access(&self) -> bool {
        self.metropolitan_circle.iter().any(|p| p.intensity > 0.0 && p.market_access > 0.0)
            || self.lever_change.iter().any(|p| {
                p.intensity > 0.0 && p.lever == Lever::MarketAccess && p.value.is_some_and(|v| v > 0.0)
            })
    }
}

/// Reads the tables that policies name, relative to the folder of the scenario.
pub fn read_tables(policies: &mut Policies, folder: &Path, spans: &Spans, problems: &mut Problems) {
    for (i, policy) in policies.mountain_sea_pairing.iter_mut().enumerate() {
        let at = format!("policy.mountain_sea_pairing[{i}].pairs_file");
        policy.read(folder, || spans.locate(&at), problems);
    }
    for (i, policy) in policies.fiscal_direct.iter_mut().enumerate() {
        let at = format!("policy.fiscal_direct[{i}].counties_file");
        policy.read(folder, || spans.locate(&at), problems);
    }
}

/// Everything about policies that no type can say: names that must exist, shares that add up, years in order, and
/// rules that only one policy may set.
pub fn check(policies: &Policies, geography: &Geography, spans: &Spans, problems: &mut Problems) {
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
                    format!("`until` is {until}, before `from` {from}"),
                )
                .help("the last year of a policy is not before its first"),
            );
        }
        for (field, selector) in policy.selectors() {
            names(selector, &format!("{path}.{field}"), geography, spans, problems);
        }
        if let Some(payers) = policy.payers().filter(|p| (p.sum() - 1.0).abs() > 1e-9) {
            problems.push(
                Problem::new(
                    spans.locate(&format!("{path}.payers")),
                    format!("the shares of the payers add up to {:.3}", payers.sum()),
                )
                .help("county + city + prefecture + province + centre is 1"),
            );
        }
        for (field, title, help) in policy.faults(geography) {
            problems.push(Problem::new(spans.locate(&format!("{path}.{field}")), title).help(help));
        }
    }
    exclusive(&all, geography, spans, problems);
}

/// Names in a selector that are not in the study area.
fn names(selector: &Selector, path: &str, g: &Geography, spans: &Spans, problems: &mut Problems) {
    let before = problems.len();
    let mut list = |field: &str, given: &[String], known: &dyn Fn() -> Vec<String>, what: &str| {
        if given.is_empty() {
            return;
        }
        let known = known();
        for (n, name) in given.iter().enumerate().filter(|(_, name)| !known.contains(name)) {
            let place = spans.locate(&format!("{path}.{field}[{n}]"));
            problems.push(unknown(Problem::new(place, format!("there is no {what} `{name}`")), name, &known));
        }
    };
    let codes = || g.counties.iter().map(|c| c.code.clone()).collect::<Vec<_>>();
    let ids = || g.nodes[..g.area_nodes()].iter().map(|n| n.id.clone()).collect::<Vec<_>>();
    list("ids", &selector.ids, &ids, "node");
    list("county", &selector.county, &codes, "county");
    list("except", &selector.except, &|| [codes(), ids()].concat(), "county or node");
    list(
        "prefecture",
        &selector.prefecture,
        &|| g.prefectures.iter().map(|p| p.code.clone()).collect(),
        "prefecture",
    );
    list(
        "province",
        &selector.province,
        &|| g.provinces.iter().map(|p| p.code.clone()).collect(),
        "province",
    );
    if let Some(tag) = &selector.tag {
        let mut tags: Vec<String> = g.nodes.iter().flat_map(|n| n.tags.iter().cloned()).collect();
        tags.sort();
        tags.dedup();
        if !tags.contains(tag) {
            let problem = Problem::new(
                spans.locate(&format!("{path}.tag")),
                format!("no node of the study area has the tag `{tag}`"),
            );
            problems.push(unknown(problem, tag, &tags));
        }
    }
    if problems.len() == before && selector.static_nodes(g).is_empty() {
        problems.push(
            Problem::new(spans.locate(path), "the selector chooses no node")
                .help("a node has to meet everything that the selector gives"),
        );
    }
}

/// A problem with the nearest right name, or with how many there are.
pub(crate) fn unknown(problem: Problem, name: &str, known: &[String]) -> Problem {
    match nearest(name, known.iter().map(String::as_str)) {
        Some(right) => problem.help(format!("did you mean `{right}`?")),
        None => {
            let some: Vec<&str> = known.iter().take(5).map(String::as_str).collect();
            problem.help(format!("there are {}, such as {}", known.len(), some.join(", ")))
        }
    }
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
                        format!(
                            "`{kind}[{i}]` and `{other_kind}[{other_i}]` both set `{}` of {place}",
                            lever.row().name
                        ),
                    )
                    .also(spans.locate(&format!("policy.{other_kind}[{other_i}]")), "the other one")
                    .help("only one policy may set this lever at a place; choose other places or years"),
                );
            }
        }
    }
}
