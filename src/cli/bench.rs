//! `shanhai bench`: what a year costs on this machine, by phase, beside the floor that memory sets.

use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::kernel::chunks::{map_parts, with_threads};
use crate::kernel::gate::second;
use crate::kernel::pages::prefer_large_pages;
use crate::scenario;
use crate::simulation::{PHASES, Simulation};
use crate::world::People;
use crate::{Error, Result};

/// Measure the pace of this machine
///
/// Runs a scenario with about as many agents as asked, at each number of threads, and prints the time of a year by
/// phase, agent-years a second, bytes an agent, and the floor: the time to read and write the same agents once and
/// do nothing. The hash of the last state is the same at every number of threads.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenario file
    #[arg(value_name = "SCENARIO.toml", default_value = "scenarios/zhejiang/baseline.toml")]
    pub scenario: PathBuf,
    /// Agents, about: the weight of an agent is the whole number that comes nearest
    #[arg(long, value_delimiter = ',', default_value = "1e6,1e7")]
    pub agents: Vec<f64>,
    /// Numbers of threads
    #[arg(long, value_delimiter = ',', default_value = "1,2")]
    pub threads: Vec<usize>,
    /// Years
    #[arg(long, default_value_t = 3)]
    pub years: u32,
    /// A file for the table as CSV
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
}

/// One line of the table.
struct Row {
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
    let mut rows = Vec::new();
    for &agents in &args.agents {
        for &threads in &args.threads {
            rows.push(with_threads(threads, || measure(args, agents, threads))??);
        }
    }
    super::print(&table(&rows))?;
    match &args.csv {
        Some(path) => std::fs::write(path, csv(&rows)).map_err(|e| Error::io("write", path, e)),
        None => Ok(()),
    }
}

fn measure(args: &Args, agents: f64, threads: usize) -> Result<Row> {
    let years = args.years.max(1);
    let set = |weight: u32| vec![format!("run.persons_per_agent={weight}"), format!("run.years={years}")];
    let (_, area) = scenario::load(&args.scenario, &set(1))?;
    let residents: u64 = area.geography.nodes.iter().map(|n| n.facts.residents).sum();
    let weight = (residents as f64 / agents.max(1.0)).round().max(1.0) as u32;
    let (scenario, area) = scenario::load(&args.scenario, &set(weight))?;
    let mut simulation = Simulation::new(scenario, area)?;
    simulation.run(|_| Ok(()))?;
    let people = &simulation.world.people;
    let timings = &simulation.timings;
    Ok(Row {
        agents: people.iter().count() as u64,
        threads,
        start: timings.start,
        phase: timings.phase.map(|t| t / years),
        agent_years: timings.agent_years,
        years,
        floor: floor(people.slots() as usize),
        bytes: people.blocks.iter().map(|b| b.slots.capacity() as u64 * 8).sum(),
        hash: hash(people),
    })
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
    let mut text = format!("{:>12} {:>7} {:>8}", "agents", "threads", "start");
    PHASES.iter().for_each(|phase| text += &format!(" {phase:>10}"));
    text += &format!(" {:>12} {:>9} {:>7} {:>6} {:>16}\n", "agents/s", "floor", "x floor", "bytes", "hash");
    for row in rows {
        text += &format!("{:>12} {:>7} {:>6.2} s", row.agents, row.threads, seconds(row.start));
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
    text + "Phases: wall time of one year. agents/s: agent-years of phase move. floor: read and write 8 bytes an agent.\n"
}

/// Position of the pass over agents in [`PHASES`].
const MOVE: usize = 7;

/// Agent-years that the pass over agents does in a second.
fn pace(row: &Row) -> f64 {
    row.agent_years as f64 / f64::from(row.years) / seconds(row.phase[MOVE]).max(1e-9)
}

fn csv(rows: &[Row]) -> String {
    let mut text = String::from("agents,threads,start_s");
    PHASES.iter().for_each(|phase| text += &format!(",{phase}_s"));
    text += ",agent_years_per_s,floor_s,bytes_per_agent,hash\n";
    for row in rows {
        text += &format!("{},{},{}", row.agents, row.threads, seconds(row.start));
        row.phase.iter().for_each(|&t| text += &format!(",{}", seconds(t)));
        text += &format!(
            ",{},{},{},{:016x}\n",
            pace(row),
            seconds(row.floor),
            row.bytes as f64 / row.agents.max(1) as f64,
            row.hash
        );
    }
    text
}
