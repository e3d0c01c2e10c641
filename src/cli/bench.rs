//! `shanhai bench`: what a year costs on this machine, by phase, beside the floor that memory sets.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::common::{Changes, Kept, csv};
use super::interrupt::interrupted;
use crate::kernel::chunks::{map_parts, with_threads};
use crate::kernel::gate::second;
use crate::kernel::pages::prefer_large_pages;
use crate::messages::{self, known};
use crate::output::file_set::FileSet;
use crate::output::sink::Sink;
use crate::output::table::{Column, TableSpec};
use crate::printable::{left, right};
use crate::scenario;
use crate::simulation::{PHASES, Simulation};
use crate::world::People;
use crate::{Error, Result};

use super::bench_plot::{Panel, Series, svg};

/// Measure the pace of this machine
///
/// Runs a scenario with about as many agents as asked, at each number of threads, and prints the time of a year by
/// phase, agent-years a second, bytes an agent, and the floor: the time to read and write the same agents once and
/// do nothing. The hash of the last state is the same at every number of threads.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Scenario files
    #[arg(value_name = "SCENARIO.toml", default_value = "scenarios/zhejiang/baseline.toml")]
    pub scenarios: Vec<PathBuf>,
    /// Agents, about: the weight of an agent is the whole number that comes nearest
    #[arg(long, value_delimiter = ',', default_value = "1e6,1e7", value_parser = number_of_agents)]
    pub agents: Vec<f64>,
    /// Numbers of threads, each of them measured: here they are the question, so this is a list without 0
    #[arg(long, value_delimiter = ',', default_value = "1,2", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Vec<u16>,
    /// Years
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub years: u32,
    /// A file for the table as CSV
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    /// A file for a picture: time against agents, cost against nodes
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    #[command(flatten)]
    pub changes: Changes,
    #[command(flatten)]
    pub kept: Kept,
    /// No progress and nothing printed; warnings and errors are told all the same
    #[arg(long)]
    pub quiet: bool,
}

fn number_of_agents(text: &str) -> std::result::Result<f64, String> {
    text.parse()
        .ok()
        .filter(|n: &f64| (1.0..1e12).contains(n))
        .ok_or_else(|| messages::a_number_from_one().to_string())
}

/// One line of the table.
struct Row {
    scenario: String,
    nodes: usize,
    agents: u64,
    threads: usize,
    start: Duration,
    /// A year of each phase.
    phase: [Duration; PHASES.len()],
    agent_years: u64,
    years: u32,
    floor: Duration,
    bytes: u64,
    hash: u64,
}

/// Runs the command.
///
/// # Errors
/// What is wrong with the scenario, or what stopped the run.
pub fn run(args: &Args) -> Result<()> {
    let mut files = FileSet::new(args.kept.force);
    args.csv.iter().chain(&args.svg).try_for_each(|path| files.free(path))?;
    let most = args.threads.iter().copied().max().map_or(1, usize::from);
    let write = |rows: &Vec<Row>, sink: &mut dyn Sink| write_rows(rows, sink);
    let rows = args.kept.during(most, &BENCH, || measured(args), write)?;
    if !args.quiet {
        super::print(&table(&rows))?;
        args.kept.told()?;
    }
    if let Some(path) = &args.csv {
        files.add(path, csv(&BENCH, |sink| write(&rows, sink))?);
    }
    if let Some(path) = &args.svg {
        files.add(path, picture(&rows));
    }
    files.write()
}

/// Every scenario in every size at every number of threads.
fn measured(args: &Args) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for scenario in &args.scenarios {
        let mut measured = Vec::new();
        for &agents in &args.agents {
            let weight = weight(scenario, agents, &args.changes.set)?;
            // More agents than persons cannot be had.
            if measured.contains(&weight) {
                continue;
            }
            measured.push(weight);
            for threads in args.threads.iter().map(|&threads| usize::from(threads)) {
                if interrupted() {
                    return Err(Error::Stopped { done: rows.len(), all: None });
                }
                rows.push(with_threads(threads, || measure(args, scenario, weight, threads))??);
            }
        }
    }
    Ok(rows)
}

/// Persons an agent stands for, so that there are about as many agents as asked.
fn weight(scenario: &Path, agents: f64, set: &[String]) -> Result<u32> {
    let (_, area) = scenario::load(scenario, &super::compare::overrides(None, Some(1), set))?;
    let residents: u64 = area.geography.nodes.iter().map(|n| n.facts.residents).sum();
    Ok((residents as f64 / agents.max(1.0)).round().max(1.0) as u32)
}

fn measure(args: &Args, scenario: &Path, weight: u32, threads: usize) -> Result<Row> {
    let name = name(scenario);
    let set = super::compare::overrides(Some(args.years), Some(weight), &args.changes.set);
    let (scenario, area) = scenario::load(scenario, &set)?;
    // `--set` stands over the option; a year is what time is divided by.
    let years = scenario.run.years.max(1);
    let mut simulation = Simulation::timed(scenario, area, super::clock::NATIVE)?;
    simulation.run(|_| Ok(()))?;
    let people = &simulation.world.people;
    let timings = &simulation.timings;
    let slots = people.slots() as usize;
    let row = Row {
        scenario: name,
        nodes: simulation.world.geography.len(),
        agents: people.iter().count() as u64,
        threads,
        start: timings.start,
        phase: timings.phase.map(|t| t / years),
        agent_years: timings.agent_years,
        years,
        floor: Duration::ZERO,
        bytes: people.blocks.iter().map(|b| b.slots.capacity() as u64 * 8).sum(),
        hash: hash(people),
    };
    // The column of the floor is as large as that of the agents: both together may not fit.
    drop(simulation);
    Ok(Row { floor: floor(slots), ..row })
}

/// Time to read and write a column of so many words of eight bytes, the median of seven passes.
fn floor(agents: usize) -> Duration {
    let mut column = vec![0u64; agents];
    prefer_large_pages(&mut column);
    let mut passes: Vec<Duration> = (0..8)
        .map(|_| {
            let begun = Instant::now();
            map_parts(&mut column, 1 << 18, |_, part| {
                part.iter_mut().for_each(|word| *word = word.wrapping_add(*word >> 7) ^ 1);
            });
            begun.elapsed()
        })
        .collect();
    black_box(&column);
    // The first pass also maps the memory.
    passes.remove(0);
    passes.sort();
    passes[passes.len() / 2]
}

/// A fingerprint of everybody and their numbers.
fn hash(people: &People) -> u64 {
    people.blocks.iter().enumerate().fold(0, |sum, (block, slots)| {
        slots.slots.iter().enumerate().fold(sum, |sum, (slot, person)| {
            sum.wrapping_add(second(second(People::agent_number(block, slot)) ^ person.0))
        })
    })
}

fn seconds(t: Duration) -> f64 {
    t.as_secs_f64()
}

fn table(rows: &[Row]) -> String {
    let mut text = left(&messages::head_scenario().to_string(), 20);
    let mut head = |name: String, width: usize| text += &format!(" {}", right(&name, width));
    head(known("nodes"), 6);
    head(known("agents"), 12);
    head(messages::head_threads().into(), 7);
    head(known("start"), 8);
    PHASES.iter().for_each(|phase| head(known(phase), 10));
    head(messages::head_agents_a_second().into(), 12);
    head(messages::head_floor().into(), 9);
    head(messages::head_times_floor().into(), 7);
    head(messages::head_bytes().into(), 6);
    head(messages::head_hash().into(), 16);
    text.push('\n');
    for row in rows {
        text += &format!(
            "{:<20} {:>6} {:>12} {:>7} {:>6.2} s",
            row.scenario,
            row.nodes,
            row.agents,
            row.threads,
            seconds(row.start)
        );
        row.phase.iter().for_each(|&t| text += &format!(" {:>7.2} ms", seconds(t) * 1e3));
        text += &format!(
            " {:>12.2e} {:>6.2} ms {:>7.1} {:>6.2} {:016x}\n",
            pace(row),
            seconds(row.floor) * 1e3,
            seconds(row.phase[MOVE]) / seconds(row.floor).max(1e-9),
            row.bytes as f64 / row.agents.max(1) as f64,
            row.hash
        );
    }
    text + &format!("{}\n", messages::bench_legend())
}

/// Position of the pass over agents in [`PHASES`].
const MOVE: usize = 7;

/// Agent-years that the pass over agents does in a second.
fn pace(row: &Row) -> f64 {
    row.agent_years as f64 / f64::from(row.years) / seconds(row.phase[MOVE]).max(1e-9)
}

/// A scenario by the end of its path: `zhejiang/baseline`.
fn name(path: &Path) -> String {
    let file = path.file_stem().unwrap_or_default().to_string_lossy();
    let folder = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    if folder.is_empty() { file.into_owned() } else { format!("{folder}/{file}") }
}

/// Left, the pass over agents and its floor against agents; right, what an agent costs against nodes.
fn picture(rows: &[Row]) -> String {
    let mut groups: Vec<(&str, usize)> = Vec::new();
    for row in rows {
        if !groups.contains(&(&row.scenario, row.threads)) {
            groups.push((&row.scenario, row.threads));
        }
    }
    let of = |group: &(&str, usize), point: &dyn Fn(&Row) -> (f64, f64)| -> Vec<(f64, f64)> {
        rows.iter().filter(|row| (row.scenario.as_str(), row.threads) == *group).map(point).collect()
    };
    let mut time: Vec<Series> = groups
        .iter()
        .map(|group| Series {
            name: format!("{}, {} thread(s)", group.0, group.1),
            points: of(group, &|row| (row.agents as f64, seconds(row.phase[MOVE]))),
            joined: true,
        })
        .collect();
    let most = rows.iter().map(|row| row.threads).max().unwrap_or(1);
    let mut floor: Vec<(f64, f64)> = rows
        .iter()
        .filter(|row| row.threads == most)
        .map(|row| (row.agents as f64, seconds(row.floor).max(1e-9)))
        .collect();
    floor.sort_by(|a, b| a.0.total_cmp(&b.0));
    time.push(Series { name: format!("floor, {most} thread(s)"), points: floor, joined: true });
    let cost = groups
        .iter()
        .map(|group| Series {
            name: format!("{}, {} thread(s)", group.0, group.1),
            points: of(group, &|row| (row.nodes as f64, 1e9 / pace(row))),
            joined: false,
        })
        .collect();
    svg(&[
        Panel { title: "Pass over agents", x: "agents", y: "seconds a year", series: time },
        Panel { title: "Cost of an agent", x: "nodes", y: "ns an agent-year", series: cost },
    ])
}

/// Measurements.
static BENCH: TableSpec = TableSpec {
    name: "bench",
    title: "Pace of this machine",
    description: "One row a scenario, size and number of threads; columns of phases hold the time of one year.",
    columns: &[
        Column::text("scenario", "The scenario, by the end of its path."),
        Column::integer("nodes", "nodes", "Its nodes."),
        Column::integer("agents", "agents", "Agents in the last year."),
        Column::integer("threads", "threads", "Threads."),
        Column::number("start_s", "s", "Building the first world."),
        Column::number("rules_s", "s", "Drivers and levers."),
        Column::number("spend_s", "s", "What households and governments buy."),
        Column::number("produce_s", "s", "Output, wages and profits."),
        Column::number("tax_s", "s", "Taxes and what governments share."),
        Column::number("distribute_s", "s", "Incomes of households and pools."),
        Column::number("invest_s", "s", "Projects that wear, fail, move and are founded."),
        Column::number("renew_s", "s", "Services, public capital, housing and ecology."),
        Column::number("move_s", "s", "The pass over agents."),
        Column::number("audit_s", "s", "Identities of people, capital and money."),
        Column::number("observe_s", "s", "What is told of the year."),
        Column::number("agent_years_per_s", "1/s", "Agent-years that the pass over agents does in a second."),
        Column::number("floor_s", "s", "Reading and writing the same agents once and doing nothing."),
        Column::number("bytes_per_agent", "bytes", "Memory of the agents over their number."),
        Column::text("hash", "Of the last state; the same at every number of threads."),
    ],
    key: &["scenario", "agents", "threads"],
};

fn write_rows(rows: &[Row], sink: &mut dyn Sink) -> Result<()> {
    let mut table = sink.table(&BENCH)?;
    for row in rows {
        let mut cells = table.row();
        cells.text(&row.scenario).integer(row.nodes as i64).integer(row.agents as i64);
        cells.integer(row.threads as i64).number(seconds(row.start));
        row.phase.iter().for_each(|&t| {
            cells.number(seconds(t));
        });
        cells.number(pace(row)).number(seconds(row.floor));
        cells.number(row.bytes as f64 / row.agents.max(1) as f64).text(&format!("{:016x}", row.hash));
        cells.end()?;
    }
    table.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sound_and_has_a_column_for_every_phase() {
        assert_eq!(BENCH.problems(), Vec::<String>::new());
        let names: Vec<String> = BENCH.columns.iter().map(|column| column.name.to_owned()).collect();
        assert_eq!(names[5..5 + PHASES.len()], PHASES.map(|phase| format!("{phase}_s")));
    }
}
