//! `runs.csv`: what a run is, with the value of every parameter.

use crate::config::Parameters;
use crate::config::parameters::PARAMETERS;
use crate::error::Result;
use crate::output::csv::TableWriter;
use crate::output::table::{Column, TableSpec};

/// Columns before those of the parameters.
const FIXED: [Column; 11] = [
    Column::text("run", "Which run; joins all tables."),
    Column::text("scenario", "Name of the scenario."),
    Column::text("title", "What the scenario says of itself."),
    Column::text("seed", "Master seed, a whole number of up to 64 bits."),
    Column::integer("replicate", "", "Replicate under the master seed; equal numbers share their luck."),
    Column::text("version", "Version of the program."),
    Column::text("status", "How far the run came: finished, interrupted or failed."),
    Column::year("start_year", "Year of the base-year data."),
    Column::integer("years", "years", "Years simulated."),
    Column::integer("persons_per_agent", "persons", "Persons that one agent stands for."),
    Column::integer("agents", "agents", "Agents in the base year."),
];

const N: usize = FIXED.len() + PARAMETERS.len();

const fn columns() -> [Column; N] {
    let mut columns = [FIXED[0]; N];
    let mut i = 0;
    while i < N {
        columns[i] = if i < FIXED.len() {
            FIXED[i]
        } else {
            let p = &PARAMETERS[i - FIXED.len()];
            Column::number(p.key, p.unit, p.meaning)
        };
        i += 1;
    }
    columns
}

static COLUMNS: [Column; N] = columns();

/// The table.
pub(crate) static SPEC: TableSpec = TableSpec {
    name: "runs",
    title: "Runs and their parameters",
    description: "One row a run: scenario, seed, version, status and the value of every parameter. Time, \
                  threads and machine are in manifest.json, so that every table is the same bytes on every run; \
                  so are switches, drivers and policies, with the text of the scenario.",
    columns: &COLUMNS,
    key: &["run"],
};

/// What a run is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run<'a> {
    pub run: &'a str,
    pub scenario: &'a str,
    pub title: &'a str,
    pub seed: u64,
    pub replicate: u32,
    pub status: &'a str,
    pub start_year: i32,
    pub years: u32,
    pub persons_per_agent: u32,
    pub agents: u64,
    pub parameters: &'a Parameters,
}

/// Writes the row of a run, when its status is known.
pub(crate) fn write(run: &Run, table: &mut TableWriter) -> Result<()> {
    let seed = run.seed.to_string();
    let mut row = table.row();
    row.text(run.run)
        .text(run.scenario)
        .text(run.title)
        .text(&seed)
        .integer(i64::from(run.replicate))
        .text(env!("CARGO_PKG_VERSION"))
        .text(run.status)
        .year(run.start_year)
        .integer(i64::from(run.years))
        .integer(i64::from(run.persons_per_agent))
        .integer(run.agents as i64);
    for parameter in PARAMETERS {
        row.number(run.parameters.get(parameter.key).unwrap_or(f64::NAN));
    }
    row.end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_one_row_with_every_parameter() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("runs.csv");
        let mut table = TableWriter::create(&path, &SPEC).unwrap();
        let parameters = Parameters { location_elasticity_workers: 1.75, ..Default::default() };
        let run = Run {
            run: "baseline",
            scenario: "zhejiang",
            title: "A, B",
            seed: u64::MAX,
            replicate: 2,
            status: "finished",
            start_year: 2020,
            years: 15,
            persons_per_agent: 10,
            agents: 6_456_759,
            parameters: &parameters,
        };
        write(&run, &mut table).unwrap();
        table.finish().unwrap();
        let text = std::fs::read_to_string(path).unwrap();
        let (header, row) = text.split_once('\n').unwrap();
        assert!(header.contains(",agents,location_elasticity_workers,location_elasticity_talent,"));
        let version = env!("CARGO_PKG_VERSION");
        let start = format!(
            "baseline,zhejiang,\"A, B\",18446744073709551615,2,{version},finished,2020,15,10,6456759,1.75,2,"
        );
        assert!(row.starts_with(&start), "{row}");
    }
}
