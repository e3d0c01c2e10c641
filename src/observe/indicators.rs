//! `indicators.csv`: the headline numbers of a year, one row a number. Comparisons, studies and pages take theirs from here.
//!
//! | question | file |
//! |---|---|
//! | which indicators are there? | `catalogue` |
//! | what is reported of every set of nodes? | `of_groups` |
//! | what is known of the area as a whole? | `of_area` |
//! | what do governments and the rest of the world take and pay? | `public_money` |

mod catalogue;
mod of_area;
mod of_groups;
mod public_money;

pub use catalogue::INDICATORS;
pub(crate) use catalogue::Indicator;
pub(crate) use public_money::spending_per_head;

use super::groups::{Group, groups};
use super::memory::Memory;
use super::totals::Totals;
use super::{Snapshot, columns, welfare};
use crate::error::Result;
use crate::output::csv::{Cell, TableWriter};
use crate::output::table::TableSpec;

/// Yuan of a fen.
const YUAN: f64 = 0.01;

/// One number of a year.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Value {
    /// Which number it is.
    pub indicator: Indicator,
    /// What it is of: area, tier, settlement, prefecture, tag, node, sector, skill, origin.
    pub scope: &'static str,
    /// Which one: a tier's name, a prefecture's code; `all` for the area.
    pub id: String,
    /// The value; NaN where there is none.
    pub value: f64,
}

struct Row<'a> {
    run: &'a str,
    year: i32,
    value: &'a Value,
}

columns! { r: Row;
    Text "run" "" "Which run." = r.run;
    Year "year" "" "The year." = Cell::Year(r.year);
    Text "indicator" "" "What is measured." = r.value.indicator.name();
    Text "scope" "" "Of what: area, tier, settlement (urban or rural), prefecture, tag, sector, skill, origin (locals or newcomers)." = r.value.scope;
    Text "scope_id" "" "Of which one; all for the area." = r.value.id.as_str();
    Number "value" "" "The value in the unit of the row; empty where the question has no answer." = r.value.value;
    Text "unit" "" "Unit of the value; money in yuan of the base year." = r.value.indicator.unit();
}

/// The table.
pub(crate) static SPEC: TableSpec = TableSpec {
    name: "indicators",
    title: "Headline numbers",
    description: "One row a number, year and scope. Ratios are ratios of sums. Income and output are divided by \
                  the residents who earned them, before the year's moves; counts of residents are after them. \
                  Income by residence and by home can move in opposite directions: read both.",
    columns: COLUMNS,
    key: &["run", "year", "indicator", "scope", "scope_id"],
};

/// Writes the indicators of a year.
pub(crate) fn write(snapshot: &Snapshot, memory: &Memory, table: &mut TableWriter) -> Result<()> {
    for value in &values(snapshot, memory) {
        write_row(&Row { run: snapshot.run, year: snapshot.world.year, value }, table)?;
    }
    Ok(())
}

/// All indicators of a year, in the order of the table.
pub(crate) fn values(snapshot: &Snapshot, memory: &Memory) -> Vec<Value> {
    of(snapshot, memory, &groups(&snapshot.world.geography))
}

/// The indicators of some sets of nodes, then those of the area as a whole. What compares with earlier years is empty
/// under an empty memory.
pub(crate) fn of<'a>(
    snapshot: &Snapshot,
    memory: &Memory,
    groups: impl IntoIterator<Item = &'a Group, IntoIter: Clone>,
) -> Vec<Value> {
    let mut out = List(Vec::new());
    let groups = groups.into_iter();
    let gains = snapshot.choice.map(|(law, now)| welfare::gains(law, snapshot.world, snapshot.rules, now));
    for group in groups.clone() {
        of_groups::of_group(&mut out, snapshot, group, gains.as_ref());
    }
    let area = Totals::of(snapshot, 0..snapshot.world.geography.area_nodes());
    of_area::village_leavers(&mut out, snapshot);
    of_area::sizes(&mut out, snapshot, memory);
    of_area::of_sectors_and_skills(&mut out, &area);
    of_area::inequality(&mut out, snapshot);
    for group in groups {
        of_groups::dispersion(&mut out, snapshot, memory, group);
    }
    if let Some(gains) = &gains {
        of_area::welfare_gains(&mut out, snapshot.world, gains);
    }
    of_area::returns(&mut out, snapshot);
    of_area::levels(&mut out, snapshot);
    public_money::net_inflows(&mut out, snapshot);
    public_money::governments(&mut out, snapshot, &area);
    public_money::rest_of_the_world(&mut out, snapshot, memory, &area);
    out.0
}

struct List(Vec<Value>);

impl List {
    fn add(&mut self, indicator: Indicator, scope: &'static str, id: &str, value: f64) {
        self.0.push(Value { indicator, scope, id: id.to_string(), value });
    }

    fn area(&mut self, indicator: Indicator, value: f64) {
        self.add(indicator, "area", "all", value);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::tiny::Tiny;
    use super::*;

    fn all(tiny: &Tiny, memory: &Memory) -> Vec<Value> {
        let rules = tiny.rules();
        values(&tiny.snapshot(&rules), memory)
    }

    fn find(values: &[Value], indicator: Indicator, scope: &str, id: &str) -> f64 {
        let mut found = values.iter().filter(|v| v.indicator == indicator && v.scope == scope && v.id == id);
        let value = found.next().unwrap_or_else(|| panic!("no {indicator:?} of {scope} {id}")).value;
        assert!(found.next().is_none(), "{indicator:?} of {scope} {id} occurs twice");
        value
    }

    fn close(found: f64, expected: f64) {
        assert!((found / expected - 1.0).abs() < 1e-6, "{found} is not {expected}");
    }

    #[test]
    fn the_two_income_ratios_count_migrants_where_they_live_or_where_they_belong() {
        let tiny = Tiny::new();
        let v = all(&tiny, &Memory::default());
        let node = |j: usize| tiny.world.nodes[j].income as f64 / 100.0;
        let home = |h: usize| tiny.earnings.homes[h].total() / 100.0;
        // Nodes 0 to 3 have 100, 60, 30 and 30 people; homes 50, 80, 20 and 60 in the area.
        let residence = ((node(0) + node(2)) / 130.0) / ((node(1) + node(3)) / 90.0);
        let by_home = ((home(0) + home(2)) / 70.0) / ((home(1) + home(3)) / 140.0);
        close(find(&v, Indicator::IncomeRatioResidence, "area", "all"), residence);
        close(find(&v, Indicator::IncomeRatioHome, "area", "all"), by_home);
        assert!(by_home < residence, "migrants send villages up by home: {by_home}, {residence}");
        close(find(&v, Indicator::IncomePerHead, "settlement", "rural"), (node(1) + node(3)) / 90.0);
        close(find(&v, Indicator::HomeIncomePerHead, "tag", "mountain"), (home(2) + home(3)) / 80.0);
    }

    #[test]
    fn people_work_and_moves_are_counted_by_tier() {
        let tiny = Tiny::new();
        let v = all(&tiny, &Memory::default());
        close(find(&v, Indicator::Residents, "area", "all"), 220.0);
        close(find(&v, Indicator::Registered, "area", "all"), 220.0);
        close(find(&v, Indicator::ShareUrban, "area", "all"), 130.0 / 220.0);
        close(find(&v, Indicator::ShareUrbanRegistered, "area", "all"), 70.0 / 220.0);
        close(find(&v, Indicator::TalentPer1000, "tier", "city"), 200.0);
        close(find(&v, Indicator::UnemploymentRate, "area", "all"), 4.5 / 210.0);
        close(find(&v, Indicator::UnemploymentRate, "skill", "workers"), 4.5 / 190.0);
        // Village leavers: 20 from A in their own city, 30 from B in the area and 10 outside.
        close(find(&v, Indicator::VillageLeavers, "area", "all"), 60.0);
        close(find(&v, Indicator::NearbyShareStock, "area", "all"), 20.0 / 60.0);
        close(find(&v, Indicator::NearbyShareFlow, "area", "all"), 30.0 / 40.0);
        close(find(&v, Indicator::NetInflowLabour, "tier", "city"), 35.0);
        close(find(&v, Indicator::NetInflowLabour, "tier", "village"), -35.0);
        close(find(&v, Indicator::SmallestNode, "area", "all"), 1.0);
        // Half the residents of node 1 before: it doubled.
        let memory = Memory { base_residents: vec![100, 30, 30, 40], ..Default::default() };
        let v = all(&tiny, &memory);
        close(find(&v, Indicator::SmallestNode, "area", "all"), 0.75);
        close(find(&v, Indicator::LargestNode, "area", "all"), 2.0);
    }

    #[test]
    fn output_returns_and_money_follow_their_definitions() {
        let mut tiny = Tiny::new();
        tiny.world.nodes[3].surplus[0] = 100 * 6_000;
        tiny.world.nodes[3].output[0] += 100 * 6_000;
        tiny.earnings.nodes[3].capital[0] = 100 * 15_000;
        tiny.world.counties[0].own_revenue = 100 * 700;
        tiny.world.counties[0].spending = 100 * 1_000;
        tiny.world.counties[1].province_take = 100 * 50;
        let output: i64 = tiny.world.nodes[..4].iter().map(super::super::totals::output).sum();
        let memory = Memory { last_output: Some(output / 2), ..Default::default() };
        let v = all(&tiny, &memory);
        // Wages 5,930,000 + 800,000 + 900,000 + 600,000, land 160,000, surplus 506,000.
        close(find(&v, Indicator::Output, "area", "all"), 8_896_000.0);
        close(find(&v, Indicator::OutputPerHead, "tier", "county_seat"), 900_000.0 / 30.0);
        close(find(&v, Indicator::Output, "sector", "agriculture"), 1_400_000.0 + 160_000.0 + 6_000.0);
        // Returns .2 and .4: ln ratio ln 2, so the deviation is half of it.
        close(find(&v, Indicator::SdLnReturn, "area", "all"), 0.5 * libm::log(2.0));
        let w: f64 = 15_000.0 / 2_515_000.0;
        close(
            find(&v, Indicator::SdLnReturnWeighted, "area", "all"),
            libm::sqrt(w * (1.0 - w)) * libm::log(2.0),
        );
        close(find(&v, Indicator::SelfSufficiency, "area", "all"), 0.7);
        close(find(&v, Indicator::SelfSufficiencyProvince, "area", "all"), 0.75);
        // All accounts began empty, so the hub's balance is its change, and there was no stock to grow.
        let hub = tiny.world.accounts.hub.yuan();
        close(find(&v, Indicator::HubBalance, "area", "all"), hub);
        close(find(&v, Indicator::HubChange, "area", "all"), hub);
        assert!((find(&v, Indicator::HubChangeNet, "area", "all") - hub).abs() < 1e-6);
        // Equal service levels do not vary.
        assert!(find(&v, Indicator::CvServices, "area", "all").abs() < 1e-12);
    }

    #[test]
    fn no_number_is_reported_twice_and_every_indicator_has_a_unit() {
        let tiny = Tiny::new();
        let rules = tiny.rules();
        let law = tiny.law();
        let now = law.base.clone();
        let snapshot = Snapshot { choice: Some((&law, &now)), ..tiny.snapshot(&rules) };
        let v = values(&snapshot, &Memory::default());
        let keys: BTreeSet<_> = v.iter().map(|v| (v.indicator, v.scope, &v.id)).collect();
        assert_eq!(keys.len(), v.len());
        let reported: BTreeSet<&str> = v.iter().map(|v| v.indicator.name()).collect();
        for (name, unit, meaning) in INDICATORS {
            assert!(reported.contains(name), "{name} is never reported");
            assert!(!unit.is_empty() && meaning.ends_with('.'), "{name}");
        }
        assert!(find(&v, Indicator::WelfareGain, "skill", "talent").abs() < 1e-12);
        let between = find(&v, Indicator::TheilBetweenTiers, "area", "all");
        let within = find(&v, Indicator::TheilWithinTiers, "area", "all");
        close(between + within, find(&v, Indicator::Theil, "area", "all"));
    }
}
