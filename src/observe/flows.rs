//! `flows.csv` and `tier_flows.csv`: what went from where to where.

use super::{Snapshot, columns};
use crate::error::Result;
use crate::output::csv::{Cell, TableWriter};
use crate::output::table::TableSpec;
use crate::quantity::Fen;
use crate::world::flows::Level;
use crate::world::{Factor, Flows, Geography, Tier};

struct Flow<'a> {
    run: &'a str,
    year: i32,
    factor: Factor,
    origin: &'a str,
    destination: &'a str,
    amount: i64,
    level: &'static str,
}

impl Flow<'_> {
    fn amount(&self) -> Cell<'_> {
        if self.factor.is_persons() { Cell::Integer(self.amount) } else { Cell::Yuan(Fen(self.amount)) }
    }
}

columns! { f: Flow;
    Text "run" "" "Which run." = f.run;
    Year "year" "" "The year." = Cell::Year(f.year);
    Text "factor" "" "What flows: labour (workers who move), talent, capital (money that founds projects, from who saved it to where they stand), project_cash (profit kept as cash of projects), relocation (projects that move), ownership (profit, from where it is made to who owns it), fiscal (tax shares and transfers between governments), consumption (spending by residents of the origin), remittance." = f.factor.name();
    Text "origin" "" "Where it comes from." = f.origin;
    Text "destination" "" "Where it goes." = f.destination;
    Number "amount" "" "How much, in the unit of the row." = f.amount();
    Text "unit" "" "Persons, or yuan of the base year." = if f.factor.is_persons() { "persons" } else { "yuan" };
    Text "level" "" "What origin and destination are: node, county, prefecture, province or tier." = f.level;
}

const KEY: &[&str] = &["run", "year", "factor", "level", "origin", "destination"];

/// Flows between units of the chosen level.
pub(crate) static SPEC: TableSpec = TableSpec {
    name: "flows",
    title: "Flows between places",
    description: "One row a factor, origin and destination with a flow in the year. Origins and destinations \
                  are nodes, counties, prefectures or tiers, as the scenario chose; where they are equal, the \
                  flow is between nodes of one unit. Pairs with less than `output.flow_share` of all that the factor \
                  moves in the year have no row of their own: they are summed by pair of the wider units that `level` \
                  names, prefectures or provinces. The rows of a factor and year sum to all that it moved, whatever the \
                  share; `output.flow_share = 0` keeps every pair. Two codes are no places: money that passes the national pool \
                  stands as a row to `national_pool` and a row from it, and `hub` is the rest of the world as lender and \
                  borrower. The base year has no flows.",
    columns: COLUMNS,
    key: KEY,
};

/// Flows between tiers, zero cells included.
pub(crate) static TIER_SPEC: TableSpec = TableSpec {
    name: "tier_flows",
    title: "Flows between tiers",
    description: "One row a factor, tier of origin and tier of destination, zero or not: a matrix a factor and year. \
                  On the diagonal are flows between different nodes of a tier, and what passes the national pool from a \
                  tier to itself.",
    columns: COLUMNS,
    key: KEY,
};

/// Writes the flows of a year between units.
pub(crate) fn write(snapshot: &Snapshot, table: &mut TableWriter) -> Result<()> {
    let (flows, geography) = (snapshot.flows, &snapshot.world.geography);
    let (run, year) = (snapshot.run, snapshot.world.year);
    for factor in Factor::ALL {
        let (alone, summed) = told(flows, geography, factor, snapshot.flow_share);
        for (list, level) in [(alone, flows.level().name()), (summed, flows.level().wider())] {
            for (origin, destination, amount) in list {
                write_row(&Flow { run, year, factor, origin, destination, amount, level }, table)?;
            }
        }
    }
    Ok(())
}

/// Origin, destination and amount.
type Told<'a> = Vec<(&'a str, &'a str, i64)>;

/// The flows of a factor: pairs with at least a share of all that it moves, then the others summed by pair of wider
/// units, by code.
fn told<'a>(flows: &Flows, geography: &'a Geography, factor: Factor, share: f64) -> (Told<'a>, Told<'a>) {
    let all: i128 = flows.of_factor(factor).map(|flow| i128::from(flow.2.abs())).sum();
    let least = share * all as f64;
    let mut alone = Vec::new();
    if flows.level() == Level::Tier {
        let codes =
            |(from, to, amount)| (flows.unit_code(geography, from), flows.unit_code(geography, to), amount);
        return (flows.of_factor(factor).map(codes).collect(), Vec::new());
    }
    // Wider units in the order of their codes, and the place of each unit's among them.
    let wider: Vec<&str> = (0..flows.units()).map(|unit| flows.wider_code(geography, unit)).collect();
    let mut codes = wider.clone();
    codes.sort_unstable();
    codes.dedup();
    let place: Vec<usize> = wider.iter().map(|code| codes.partition_point(|c| c < code)).collect();
    let mut summed: Vec<Option<i64>> = vec![None; codes.len() * codes.len()];
    for (from, to, amount) in flows.of_factor(factor) {
        if amount.abs() as f64 >= least {
            alone.push((flows.unit_code(geography, from), flows.unit_code(geography, to), amount));
        } else {
            *summed[place[from] * codes.len() + place[to]].get_or_insert(0) += amount;
        }
    }
    let told = summed
        .into_iter()
        .enumerate()
        .filter_map(|(i, sum)| Some((codes[i / codes.len()], codes[i % codes.len()], sum?)));
    (alone, told.collect())
}

/// Writes the flows of a year between tiers.
pub(crate) fn write_tiers(snapshot: &Snapshot, table: &mut TableWriter) -> Result<()> {
    for factor in Factor::ALL {
        for from in Tier::ALL {
            for to in Tier::ALL {
                let amount = snapshot.flows.between_tiers(factor, from, to);
                let (origin, destination) = (from.name(), to.name());
                let (run, year) = (snapshot.run, snapshot.world.year);
                let level = Level::Tier.name();
                write_row(&Flow { run, year, factor, origin, destination, amount, level }, table)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tiny::Tiny;
    use super::*;

    #[test]
    fn small_flows_are_summed_by_prefecture_and_no_total_changes() {
        let tiny = Tiny::new();
        let geography = &tiny.world.geography;
        let mut flows = Flows::new(geography, Level::Node);
        // From the village of A to its city, from that of B to the same, and two that stay in B.
        for (from, to, amount) in [(1, 0, 900), (3, 0, 40), (3, 2, 30), (2, 3, 30), (4, 2, 5)] {
            flows.add(Factor::Labour, from, to, amount);
        }
        let code = |node: usize| geography.prefectures[geography.nodes[node].prefecture].code.as_str();
        for share in [0.0, 0.035, 0.5, 1.0] {
            let (alone, summed) = told(&flows, geography, Factor::Labour, share);
            let sum: i64 = alone.iter().chain(&summed).map(|flow| flow.2).sum();
            assert_eq!(sum, 1005, "{share}: {alone:?} {summed:?}");
        }
        assert_eq!(told(&flows, geography, Factor::Labour, 0.0).0.len(), 5);
        let (alone, summed) = told(&flows, geography, Factor::Labour, 0.035);
        assert_eq!(alone, [("a_village", "a_city", 900), ("b_village", "a_city", 40)]);
        assert!(
            summed.contains(&(code(3), code(2), 60)) && summed.contains(&("rest", code(2), 5)),
            "{summed:?}"
        );
        // Tiers have no wider unit.
        let mut tiers = Flows::new(geography, Level::Tier);
        tiers.add(Factor::Labour, 1, 0, 7);
        tiers.add(Factor::Labour, 3, 2, 1);
        assert_eq!(told(&tiers, geography, Factor::Labour, 1.0).0.len(), 2);
    }
}
