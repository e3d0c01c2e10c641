//! What is told about a run: observers read the world and write tables; they change nothing.
//!
//! A year is observed at two moments. Incomes are earned before people move, so `Earnings` is taken after
//! phase 5 (distribute), while the census is still that of the earners. The rows are written at the end of
//! the year (phase 10), when people have moved. Dividing the income of a year by the people who live
//! there after the move would make the urban-rural ratio fall in the first year for no reason.
//!
//! | question | file |
//! |---|---|
//! | what does a node look like? | `nodes` |
//! | what does a county look like? | `counties` |
//! | where is it? | `places` |
//! | who sent what to whom? | `flows` |
//! | which payments were made? | `accounts` |
//! | of which sets of nodes are numbers told? | `groups` |
//! | what are the headline numbers of the area, a tier, a prefecture? | `indicators`, `totals` |
//! | how unequal are incomes? | `inequality` |
//! | how do incomes of counties follow what is made there? | `dispersion` |
//! | who is better off? | `welfare` |
//! | what does a run print at its end? | `summary` |

pub(crate) mod accounts;
pub(crate) mod counties;
pub(crate) mod dispersion;
pub(crate) mod effects;
pub(crate) mod flows;
pub(crate) mod groups;
pub(crate) mod indicators;
pub(crate) mod inequality;
pub(crate) mod memory;
pub(crate) mod nodes;
pub(crate) mod places;
pub(crate) mod plausible;
pub(crate) mod runs;
pub(crate) mod summary;
#[cfg(test)]
pub(crate) mod tiny;
pub(crate) mod totals;
pub(crate) mod welfare;

pub use indicators::INDICATORS;

pub(crate) use memory::Memory;
pub(crate) use summary::summary;

use crate::economy::earnings::Earnings;
use crate::error::Result;
use crate::output::csv::TableWriter;
use crate::output::folder::Positions;
use crate::output::sink::Sink;
use crate::output::table::TableSpec;
use crate::people::location::Law;
use crate::people::tally::Tally;
use crate::people::utility::Utilities;
use crate::policy::set::Change;
use crate::rules::Rules;
use crate::simulation::Simulation;
use crate::world::{Flows, World};

/// A table whose columns stand beside the values of a row: kind, name, unit, meaning = value.
macro_rules! columns {
    ($row:ident: $Row:ty; $( $kind:ident $name:literal $unit:literal $meaning:literal = $value:expr ; )*) => {
        const COLUMNS: &[$crate::output::table::Column] = &[ $( $crate::output::table::Column {
            name: $name, kind: $crate::output::table::Kind::$kind, unit: $unit, meaning: $meaning,
        }, )* ];

        fn write_row(
            $row: &$Row,
            table: &mut $crate::output::csv::TableWriter,
        ) -> $crate::error::Result<()> {
            let mut cells = table.row();
            $( cells.cell($crate::output::csv::Cell::from($value)); )*
            cells.end()
        }
    };
}
use columns;

/// Every table of observers.
pub static TABLES: [&TableSpec; 9] = [
    &runs::SPEC,
    &places::SPEC,
    &nodes::SPEC,
    &counties::SPEC,
    &flows::SPEC,
    &flows::TIER_SPEC,
    &indicators::SPEC,
    &accounts::SPEC,
    &effects::SPEC,
];

/// All that is observed of one year.
#[derive(Clone, Copy)]
pub(crate) struct Snapshot<'a> {
    /// Which run; the key of all tables.
    pub run: &'a str,
    /// The world at the end of the year, after the move.
    pub world: &'a World,
    /// Parameters, levers and distances of the year.
    pub rules: &'a Rules<'a>,
    /// The year's flows of all factors, moves included, persons and fen.
    pub flows: &'a Flows,
    /// Births, deaths and moves of the year; `None` in the base year.
    pub tally: Option<&'a Tally>,
    /// Share of a factor's flow from which a pair of places has a row of its own.
    pub flow_share: f64,
    /// Who earned what, taken after phase 5 of the same year.
    pub earnings: &'a Earnings,
    /// The law of location and this year's utilities, for welfare; `None` where nobody chooses.
    pub choice: Option<(&'a Law, &'a Utilities)>,
    /// Names of policies, and the changes of levers that they made this year.
    pub policies: (&'a [String], &'a [Change]),
}

impl<'a> Snapshot<'a> {
    /// The last year of a simulation; `rules` are its own.
    pub(crate) fn of(run: &'a str, simulation: &'a Simulation, rules: &'a Rules<'a>) -> Snapshot<'a> {
        Snapshot {
            run,
            world: &simulation.world,
            rules,
            flows: &simulation.flows,
            flow_share: simulation.scenario.output.flow_share,
            tally: (simulation.world.step > 0).then_some(&simulation.tally),
            earnings: &simulation.earnings,
            choice: Some((&simulation.law, &simulation.utilities)),
            policies: (&simulation.policies.authors, &simulation.changes),
        }
    }
}

/// Writes the tables of a run year by year, and remembers what a later year compares with.
pub(crate) struct Observer {
    places: TableWriter,
    nodes: Option<TableWriter>,
    counties: TableWriter,
    flows: TableWriter,
    tier_flows: TableWriter,
    indicators: TableWriter,
    accounts: TableWriter,
    effects: TableWriter,
    memory: Memory,
}

impl Observer {
    /// Begins the tables of a run, or goes on with them: a resumed run hands over the memory that the
    /// checkpoint kept, a new one `Memory::default()`.
    pub(crate) fn open(sink: &mut impl Sink, with_nodes: bool, memory: Memory) -> Result<Observer> {
        Ok(Observer {
            places: sink.table(&places::SPEC)?,
            nodes: if with_nodes { Some(sink.table(&nodes::SPEC)?) } else { None },
            counties: sink.table(&counties::SPEC)?,
            flows: sink.table(&flows::SPEC)?,
            tier_flows: sink.table(&flows::TIER_SPEC)?,
            indicators: sink.table(&indicators::SPEC)?,
            accounts: sink.table(&accounts::SPEC)?,
            effects: sink.table(&effects::SPEC)?,
            memory,
        })
    }

    /// Phase 10: all rows of a year. The first call is the base year.
    pub(crate) fn observe(&mut self, snapshot: &Snapshot) -> Result<()> {
        if self.memory == Memory::default() {
            places::write(&snapshot.world.geography, &mut self.places)?;
        }
        if let Some(table) = &mut self.nodes {
            nodes::write(snapshot, table)?;
        }
        counties::write(snapshot, &mut self.counties)?;
        flows::write(snapshot, &mut self.flows)?;
        flows::write_tiers(snapshot, &mut self.tier_flows)?;
        indicators::write(snapshot, &self.memory, &mut self.indicators)?;
        accounts::write(snapshot, &mut self.accounts)?;
        let (authors, changes) = snapshot.policies;
        effects::write(snapshot.run, snapshot.world, authors, changes, &mut self.effects)?;
        self.memory.close_year(snapshot);
        Ok(())
    }

    /// Brings every row to the disk and says how long the tables are, for the header of a checkpoint.
    pub(crate) fn sync(&mut self) -> Result<Positions> {
        let mut positions = Positions::new();
        for table in self.tables() {
            table.sync()?;
            positions.insert(table.spec().file(), table.position());
        }
        Ok(positions)
    }

    /// What a checkpoint must keep, so that a resumed run writes the same bytes.
    pub(crate) fn memory(&self) -> &Memory {
        &self.memory
    }

    /// The one-screen summary of the run so far.
    pub(crate) fn summary(&self) -> String {
        summary(&self.memory.start, &self.memory.end, &self.memory.cumulative)
    }

    /// Closes the tables.
    pub(crate) fn finish(mut self) -> Result<Memory> {
        for table in self.tables() {
            table.sync()?;
        }
        Ok(self.memory)
    }

    fn tables(&mut self) -> impl Iterator<Item = &mut TableWriter> {
        self.nodes.iter_mut().chain([
            &mut self.places,
            &mut self.counties,
            &mut self.flows,
            &mut self.tier_flows,
            &mut self.indicators,
            &mut self.accounts,
            &mut self.effects,
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::folder::ResultFolder;

    #[test]
    fn every_table_can_be_read_by_pandas_r_and_stata() {
        assert_eq!(crate::output::table::problems(&TABLES), Vec::<String>::new());
    }

    #[test]
    fn a_base_year_and_a_year_are_written_and_a_resumed_observer_remembers() {
        let tiny = tiny::Tiny::new();
        let rules = tiny.rules();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("results");
        let mut results = ResultFolder::create(&path, false).unwrap();
        let mut observer = Observer::open(&mut results, true, Memory::default()).unwrap();
        observer.observe(&tiny.snapshot(&rules)).unwrap();
        let positions = observer.sync().unwrap();
        assert_eq!(positions.len(), 8);

        // The memory goes through a checkpoint's header and comes back the same.
        let kept = serde_json::to_string(observer.memory()).unwrap();
        let memory: Memory = serde_json::from_str(&kept).unwrap();
        assert_eq!(&memory, observer.memory());
        assert_eq!(memory.base_residents, [100, 60, 30, 30]);
        drop(observer);

        let mut observer = Observer::open(&mut results, true, memory).unwrap();
        let mut world = tiny.world.clone();
        world.year = 2021;
        observer.observe(&Snapshot { world: &world, ..tiny.snapshot(&rules) }).unwrap();
        let summary = observer.summary();
        let moves = summary.lines().find(|line| line.starts_with("villages -> cities")).unwrap();
        assert_eq!(moves.split_whitespace().nth(3), Some("35"), "{summary}");
        observer.finish().unwrap();

        let read = |name: &str| std::fs::read_to_string(path.join(name)).unwrap();
        assert_eq!(read("tier_flows.csv").lines().count(), 1 + 2 * 16 * crate::world::flows::FACTORS);
        assert_eq!(read("nodes.csv").lines().count(), 1 + 2 * 5);
        assert_eq!(read("places.csv").lines().count(), 1 + 5);
        assert!(read("flows.csv").contains("\ntiny,2021,labour,a_village,a_city,30,persons,node\n"));
        assert!(read("accounts.csv").contains("\ntiny,2020,landlords,households,rent_income,50000\n"));
        assert!(read("indicators.csv").contains("\ntiny,2021,residents,area,all,220,persons\n"));
        let nodes = read("nodes.csv");
        let outside = nodes.lines().find(|row| row.starts_with("tiny,2020,rest,")).unwrap();
        assert!(
            outside.starts_with("tiny,2020,rest,rest,outside,,,,20,,20,0,10,10,20,10,0,10,0,"),
            "{outside}"
        );
    }
}
