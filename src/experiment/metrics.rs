//! What is measured in every run of an experiment: a vector of numbers under fixed names, small enough to be
//! kept for hundreds of runs when the worlds are gone.
//!
//! Names, definitions and values are those of `indicators.csv`: they are worked out there, and chosen here.

use std::collections::BTreeMap;

use super::levers::LeverPaths;
use crate::Error;
use crate::observe::groups;
pub use crate::observe::groups::Group;
use crate::observe::indicators::{self, INDICATORS, Indicator};
use crate::observe::{Memory, Snapshot};
use crate::output::csv::Cell;
use crate::quantity::Fen;
use crate::simulation::{Simulation, Timings};
use crate::world::accounts::CLASSES;
use crate::world::programmes::When;
use crate::world::{Account, Factor, Tier, World};

/// What is kept of every set of nodes, in the order of tables.
pub(crate) static OF_GROUPS: &[Indicator] = &[
    Indicator::Residents,
    Indicator::TalentPer1000,
    Indicator::NetMigration,
    Indicator::Output,
    Indicator::RealIncomePerHead,
    Indicator::OutputPerHead,
    Indicator::Income,
    Indicator::IncomePerHead,
    Indicator::HomeIncomePerHead,
    Indicator::WelfareGain,
    Indicator::Capital,
    Indicator::OwnRevenue,
    Indicator::Transfers,
    Indicator::ServiceLevel,
    Indicator::Ecology,
];

/// What is kept of the area alone.
pub(crate) static OF_AREA: &[Indicator] = &[
    Indicator::IncomeRatioResidence,
    Indicator::IncomeRatioHome,
    Indicator::Gini,
    Indicator::Theil,
    Indicator::TheilBetweenTiers,
    Indicator::TheilWithinTiers,
    Indicator::TheilBetweenPrefectures,
    Indicator::ShareUrban,
    Indicator::SelfSufficiency,
    Indicator::CvServices,
    Indicator::HubBalance,
];

macro_rules! flows {
    ($( $name:literal $unit:literal $meaning:literal ; )*) => {
        /// Flows of the year between tiers: name, unit and meaning.
        pub static OF_FLOWS: &[(&str, &str, &str)] = &[ $( ($name, $unit, $meaning), )* ];
    };
}

// In the order of `Factor::ALL`.
flows! {
    "flow_labour" "persons" "Workers who move in the year from tier to tier, between nodes.";
    "flow_talent" "persons" "Talent who move in the year from tier to tier, between nodes.";
    "flow_capital" "yuan" "Money that founds projects, from the tier that saved it to that where they stand.";
    "flow_project_cash" "yuan" "Profit kept as cash of projects, from the owners' tier to the projects'.";
    "flow_relocation" "yuan" "Value and cash of projects that move from tier to tier.";
    "flow_ownership" "yuan" "Profit of projects, from the tier where they stand to the owners'.";
    "flow_fiscal" "yuan" "Public money from tier to tier.";
    "flow_consumption" "yuan" "Spending of residents of one tier in another.";
    "flow_remittance" "yuan" "Remittances from tier to tier.";
}

/// Unit and meaning of a number by its name.
pub(crate) fn known(name: &str) -> Option<(&'static str, &'static str)> {
    INDICATORS.iter().chain(OF_FLOWS).find(|row| row.0 == name).map(|row| (row.1, row.2))
}

/// What a number is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Key {
    /// Name of an `Indicator` or of a flow.
    pub indicator: String,
    /// area, tier, tag, prefecture, node, or tiers for a flow from one to another.
    pub scope: String,
    /// Which one; `all` for the area, `village > city` for a flow.
    pub scope_id: String,
    /// Calendar year at whose end it was taken.
    pub year: i32,
}

impl Key {
    /// Its cells under `columns::INDICATOR`, `SCOPE`, `SCOPE_ID` and `YEAR`.
    pub fn cells(&self) -> [Cell<'_>; 4] {
        [
            Cell::Text(&self.indicator),
            Cell::Text(&self.scope),
            Cell::Text(&self.scope_id),
            Cell::Year(self.year),
        ]
    }

    /// The unit of the number.
    pub fn unit(&self) -> &'static str {
        known(&self.indicator).map_or("", |(unit, _)| unit)
    }
}

/// Columns that say which number a row is about, the same in all tables of experiments.
pub(crate) mod columns {
    use crate::output::table::Column;

    /// Name of the indicator.
    pub(crate) const INDICATOR: Column = Column::text("indicator", "What is measured.");
    /// Kind of place.
    pub(crate) const SCOPE: Column =
        Column::text("scope", "area, tier, tag, prefecture, node, or tiers for a flow from one to another.");
    /// Which place of the kind.
    pub(crate) const SCOPE_ID: Column =
        Column::text("scope_id", "Which one; all for the area, `village > city` for a flow.");
    /// Calendar year.
    pub(crate) const YEAR: Column = Column::year("year", "The year.");
    /// A number, where a row holds one.
    pub(crate) const VALUE: Column = Column::number("value", "", "The value in the unit of the row.");
    /// Unit of the values beside it.
    pub(crate) const UNIT: Column =
        Column::text("unit", "Unit of the row's values; money in yuan of the base year.");
}

/// Which years and places are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Every year for the area, tiers, tags and prefectures, and the last year also for nodes.
    Everything,
    /// Every year for all of them, nodes included.
    EveryPlace,
    /// The last year for the area, tiers and tags.
    Headline,
}

/// Payments of a run: payer, receiver, purpose, and the sum over its years.
pub(crate) type Payments = BTreeMap<(String, String, String), Fen>;

/// Programme money of a run: policy, payer, purpose; what was demanded and what was paid, over its years.
pub(crate) type Outlays = BTreeMap<(String, String, String), (Fen, Fen)>;

/// What is left of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measured {
    /// In the order of a run: by year, scope, place and indicator.
    pub keys: Vec<Key>,
    /// One value a key; NaN where the question has no answer.
    pub values: Vec<f64>,
    /// Who paid whom, over all years, fen.
    pub payments: Payments,
    /// What policies asked for and got, over all years, fen.
    pub outlays: Outlays,
    /// Levers that policies moved.
    pub levers: LeverPaths,
    /// Agents at the end.
    pub agents: u64,
    /// Where the time went.
    pub timings: Timings,
}

/// The sets of nodes whose numbers are kept: the area, tiers, tags, prefectures, and each node.
pub fn groups(world: &World) -> Vec<Group> {
    let order = |g: &Group| ["area", "tier", "tag", "prefecture"].iter().position(|s| *s == g.scope);
    let mut groups = groups::groups(&world.geography);
    groups.retain(|g| order(g).is_some() && !g.nodes.is_empty());
    groups.sort_by_key(order);
    groups.extend(groups::single_nodes(&world.geography));
    groups
}

/// Runs a simulation to its end and keeps its numbers.
///
/// # Errors
/// What the simulation returns; [`Error::Interrupted`] after a year if the user wished it.
pub(crate) fn measure(
    simulation: &mut Simulation,
    keep: Keep,
    interrupted: &dyn Fn() -> bool,
) -> crate::Result<Measured> {
    let mut measured = Measured::default();
    let groups = groups(&simulation.world);
    simulation.run(|now| {
        if interrupted() {
            return Err(Error::Interrupted { year: now.world.year });
        }
        year(now, &groups, keep, &mut measured);
        Ok(())
    })?;
    measured.agents = simulation.world.people.iter().count() as u64;
    measured.timings = simulation.timings;
    Ok(measured)
}

/// Adds what a year says to the numbers of its run; nothing of the base year.
pub fn year(now: &Simulation, groups: &[Group], keep: Keep, measured: &mut Measured) {
    if now.world.step == 0 {
        return;
    }
    pay(now, &mut measured.payments);
    spend(now, &mut measured.outlays);
    let at_end = now.world.step == now.scenario.run.years;
    if keep == Keep::Headline && !at_end {
        return;
    }
    let wanted = |scope: &str| match keep {
        Keep::Everything => at_end || scope != "node",
        Keep::EveryPlace => true,
        Keep::Headline => matches!(scope, "area" | "tier" | "tag"),
    };
    let groups = groups.iter().filter(|g| wanted(g.scope));
    of_indicators(now, groups, measured);
    if keep != Keep::Headline {
        of_flows(now, measured);
        measured.levers.year(now);
    }
}

fn pay(now: &Simulation, payments: &mut Payments) {
    for (payer, receiver, purpose, amount) in now.world.accounts.payments() {
        let key = (payer.to_owned(), receiver.to_owned(), purpose.to_owned());
        *payments.entry(key).or_insert(Fen::ZERO) += amount;
    }
}

/// Orders and contracts of policies, by who pays: city districts and other counties apart.
fn spend(now: &Simulation, outlays: &mut Outlays) {
    let programmes = &now.world.programmes;
    let mut add = |author: usize, payer: Account, purpose: &str, demanded: Fen, paid: Fen| {
        let policy = programmes.authors.get(author).cloned().unwrap_or_default();
        let payer = match payer {
            Account::County(c) if now.world.geography.counties[c].district => "city_districts",
            Account::County(_) => "counties",
            other => CLASSES[other.class()],
        };
        let sum = outlays.entry((policy, payer.to_owned(), purpose.to_owned())).or_default();
        sum.0 += demanded;
        sum.1 += paid;
    };
    for o in &programmes.orders {
        add(o.author, o.payer, o.purpose, o.demanded, o.paid);
    }
    for c in &programmes.contracts {
        let purpose = match c.when {
            When::Founding => "bonus for founding",
            When::Relocation => "bonus for relocation",
            When::StartUp => "bonus for start-ups",
        };
        add(c.author, c.payer, purpose, c.demanded, c.paid);
    }
}

/// The indicators of the year that are kept, as `indicators.csv` has them. None of them looks back further than the base
/// year that the world itself knows, so no memory of earlier years is needed.
fn of_indicators<'a>(now: &Simulation, groups: impl Iterator<Item = &'a Group> + Clone, out: &mut Measured) {
    let rules = now.rules();
    let snapshot = Snapshot::of("", now, &rules);
    let values = indicators::of(&snapshot, &Memory::default(), groups.clone());
    let all: BTreeMap<_, f64> =
        values.iter().map(|v| ((v.scope, v.id.as_str(), v.indicator), v.value)).collect();
    let mut keep = |kept: &[Indicator], scope: &'static str, id: &str| {
        for &indicator in kept {
            let value = all.get(&(scope, id, indicator)).copied().unwrap_or(f64::NAN);
            out.add(&now.world, indicator.name(), scope, id, value);
        }
    };
    groups.for_each(|g| keep(OF_GROUPS, g.scope, &g.id));
    keep(OF_AREA, "area", "all");
}

/// Flows of the year between cities, county seats, villages and the outside.
fn of_flows(now: &Simulation, out: &mut Measured) {
    for (factor, (name, ..)) in Factor::ALL.into_iter().zip(OF_FLOWS) {
        let unit = if factor.is_persons() { 1.0 } else { 0.01 };
        for from in Tier::ALL {
            for to in Tier::ALL {
                let amount = now.flows.between_tiers(factor, from, to) as f64 * unit;
                let pair = format!("{} > {}", from.name(), to.name());
                out.add(&now.world, name, "tiers", &pair, amount);
            }
        }
    }
}

impl Measured {
    fn add(&mut self, world: &World, indicator: &str, scope: &str, scope_id: &str, value: f64) {
        self.keys.push(Key {
            indicator: indicator.to_owned(),
            scope: scope.to_owned(),
            scope_id: scope_id.to_owned(),
            year: world.year,
        });
        self.values.push(value);
    }

    /// The value under a key; NaN if it is not there.
    pub fn get(&self, indicator: &str, scope: &str, scope_id: &str, year: i32) -> f64 {
        let found = self.keys.iter().position(|k| {
            k.indicator == indicator && k.scope == scope && k.scope_id == scope_id && k.year == year
        });
        found.map_or(f64::NAN, |i| self.values[i])
    }
}
