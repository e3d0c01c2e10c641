//! `flows.csv` and `tier_flows.csv`: what went from where to where.

use super::{Snapshot, columns};
use crate::error::Result;
use crate::output::csv::{Cell, TableWriter};
use crate::output::table::TableSpec;
use crate::quantity::Fen;
use crate::world::{Factor, Tier};

struct Flow<'a> {
    run: &'a str,
    year: i32,
    factor: Factor,
    origin: &'a str,
    destination: &'a str,
    amount: i64,
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
}

const KEY: &[&str] = &["run", "year", "factor", "origin", "destination"];

/// Flows between units of the chosen level.
pub(crate) static SPEC: TableSpec = TableSpec {
    name: "flows",
    title: "Flows between places",
    description: "One row a factor, origin and destination with a flow in the year. Origins and destinations \
                  are nodes, counties, prefectures or tiers, as the scenario chose; where they are equal, the \
                  flow is between nodes of one unit. Two codes are no places: money that passes the national pool \
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
    for (factor, from, to, amount) in flows.between_units() {
        let (origin, destination) = (flows.unit_code(geography, from), flows.unit_code(geography, to));
        let (run, year) = (snapshot.run, snapshot.world.year);
        write_row(&Flow { run, year, factor, origin, destination, amount }, table)?;
    }
    Ok(())
}

/// Writes the flows of a year between tiers.
pub(crate) fn write_tiers(snapshot: &Snapshot, table: &mut TableWriter) -> Result<()> {
    for factor in Factor::ALL {
        for from in Tier::ALL {
            for to in Tier::ALL {
                let amount = snapshot.flows.between_tiers(factor, from, to);
                let (origin, destination) = (from.name(), to.name());
                let (run, year) = (snapshot.run, snapshot.world.year);
                write_row(&Flow { run, year, factor, origin, destination, amount }, table)?;
            }
        }
    }
    Ok(())
}
