//! Policies change the rules of flows through named levers; they never write an outcome.
//!
//! Each policy is one file: what it is for, its fields with units, an example, its effect, its tests. To add
//! one, write the file and add two lines here: its `mod` line and its line in the registry.

pub(crate) mod fault;
pub(crate) mod hand;
pub(crate) mod listing;
pub(crate) mod outlook;
pub(crate) mod payer;
pub(crate) mod period;
pub(crate) mod selector;
pub(crate) mod set;
pub(crate) mod view;

pub(crate) mod agri_processing;
pub(crate) mod chain_leader;
pub(crate) mod consumption_upgrade;
pub(crate) mod county_empowerment;
pub(crate) mod development_zone;
pub(crate) mod fiscal_direct;
pub(crate) mod green_transition;
pub(crate) mod hukou_reform;
pub(crate) mod income_transfer;
pub(crate) mod industrial_upgrading;
pub(crate) mod industry_transfer;
pub(crate) mod infrastructure;
pub(crate) mod land_reform;
pub(crate) mod lever_change;
pub(crate) mod metropolitan_circle;
pub(crate) mod mountain_sea_pairing;
pub(crate) mod returnee_entrepreneurship;
pub(crate) mod rural_finance;
pub(crate) mod service_equalisation;
pub(crate) mod skills_training;
pub(crate) mod talent_to_countryside;
pub(crate) mod urban_renewal;

pub use hand::Hand;
pub use payer::Payers;
pub use period::Period;
pub use selector::{Kind, Selector};
pub use set::{Policy, Terms};
pub use view::View;

pub(crate) use fault::Fault;
pub(crate) use listing::Listing;
pub(crate) use outlook::Outlook;
pub(crate) use set::{Change, PolicySet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::message::Language;
use crate::messages::{self, known};
pub use crate::rules::lever::{BORDERS, LEVERS, Lever, LeverRow, Levers, Scope};
pub use crate::world::programmes::Receiver;

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

impl About {
    /// What it is for and who pays, in Chinese.
    pub fn aim_zh(&self) -> [String; 2] {
        [self.purpose, self.payer].map(in_chinese)
    }

    /// JSON Schema of its fields.
    pub fn schema(&self) -> serde_json::Value {
        schema_of_kind(self.name).unwrap_or_default()
    }
}

/// What the schema or an [`About`] says, in Chinese; as it is where the table of messages has none.
fn in_chinese(meaning: &str) -> String {
    Language::Zh.during(|| known(meaning))
}

/// The kind of a policy by its name in a run, such as `hukou_reform[0]`; none of a change that counts as a policy.
pub(crate) fn kind_of(name: &str) -> Option<&'static About> {
    let kind = name.split(['.', '[']).next().unwrap_or(name);
    KINDS.iter().copied().find(|about| about.name == kind)
}

/// A policy as it is told: its name in a run, in Chinese behind the words for its kind.
pub(crate) fn called(name: &str) -> String {
    let words = kind_of(name).map(|about| known(about.name));
    match words.filter(|words| !name.starts_with(words.as_str())) {
        Some(words) => messages::words_and_name(words, name).to_string(),
        None => name.to_owned(),
    }
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

            /// The same, to be filled from the tables that they name.
            pub fn each_mut(&mut self) -> Vec<(&'static str, usize, &mut dyn Policy)> {
                let mut all: Vec<(&'static str, usize, &mut dyn Policy)> = Vec::new();
                $( for (i, policy) in self.$kind.iter_mut().enumerate() {
                    all.push((stringify!($kind), i, policy));
                } )*
                all
            }

            /// Adds all policies of another list.
            pub fn join(&mut self, other: Policies) {
                $( self.$kind.extend(other.$kind); )*
            }

            /// The policies of a run, in an order of their own.
            pub fn set(&self) -> PolicySet {
                let mut all: Vec<(&'static str, String, Box<dyn Policy + Send + Sync>)> = Vec::new();
                $( for policy in &self.$kind {
                    let content = serde_json::to_string(policy).unwrap_or_default();
                    all.push((stringify!($kind), content, Box::new(policy.clone())));
                } )*
                PolicySet::new(all)
            }
        }

        /// What the program says of each kind, in alphabetical order.
        pub static KINDS: &[&About] = &[ $( &$kind::ABOUT, )* ];

        /// JSON Schema of a kind's fields.
        fn schema_of_kind(kind: &str) -> Option<serde_json::Value> {
            match kind { $( stringify!($kind) => Some(schemars::schema_for!($kind::$Type).to_value()), )* _ => None }
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
