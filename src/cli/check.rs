//! `shanhai check`: validate and explain a scenario without running it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::run::Change;
use super::session::run_name;
use super::size::{self, Size, bytes, thousands};
use crate::scenario::Scenario;
use crate::scenario::study_area::StudyArea;
use crate::simulation::Simulation;
use crate::world::Tier;
use crate::{Result, scenario};

/// Validate and explain a scenario without running it
///
/// Reads the scenario and all its tables, reports every problem with file, line and what would be right, and
/// then says what the run will be: nodes and people, what was scaled or could not be matched in the base-year
/// data, and the agents, memory, disk and time to expect. It builds the first world with few agents to find
/// out; nothing is written.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenario file
    #[arg(value_name = "SCENARIO.toml")]
    pub scenario: PathBuf,
    #[command(flatten)]
    pub change: Change,
    /// Threads that the run would use; 0 is one a core
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub threads: u16,
    /// List every unit, not only the largest residuals
    #[arg(long)]
    pub all: bool,
}

/// Rows of a list that is cut short.
const SHOWN: usize = 12;
/// Agents of the world that is built to look at.
const FEW_AGENTS: u64 = 200_000;

/// Runs the command.
///
/// # Errors
/// Everything that is wrong with the scenario and its tables.
pub fn run(args: &Args) -> Result<()> {
    let (scenario, area) = scenario::load(&args.scenario, &args.change.overrides())?;
    let threads = match args.threads {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        n => usize::from(n),
    };
    let size = Size::of(&scenario, &area, threads);
    let shown = if args.all { usize::MAX } else { SHOWN };
    let mut text = format!("{}\n{}\n\n", scenario.title, args.scenario.display());
    people(&mut text, &area);
    needs(&mut text, &scenario, &size, threads);
    let folder = args.scenario.parent().unwrap_or(Path::new("."));
    let nodes = folder.join(&scenario.world.nodes);
    registered(&mut text, &nodes.with_file_name("registered.csv"), shown);
    let name = run_name(&args.scenario);
    first_world(&mut text, scenario, area, size.agents, shown)?;
    let _ = writeln!(text, "\nNo problem found. The run would write to results/{name}.");
    super::print(&text)
}

fn people(text: &mut String, area: &StudyArea) {
    let g = &area.geography;
    let _ = writeln!(
        text,
        "Nodes      {} in {} counties, {} prefectures, {} provinces",
        g.len(),
        g.counties.len(),
        g.prefectures.len(),
        g.provinces.len()
    );
    for tier in Tier::ALL {
        let of_tier = || g.nodes.iter().filter(|n| n.tier == tier);
        let residents = of_tier().map(|n| n.facts.residents).sum();
        if of_tier().next().is_some() {
            let people = if tier == Tier::Outside {
                format!("{} registered there live in the area", thousands(area.outside_in_area.iter().sum()))
            } else {
                format!("{} residents", thousands(residents))
            };
            let _ = writeln!(text, "  {:<14}{:>5}   {people}", tier.name(), of_tier().count());
        }
    }
}

fn needs(text: &mut String, scenario: &Scenario, size: &Size, threads: usize) {
    let run = &scenario.run;
    let _ = writeln!(
        text,
        "Run        {} to {}, seed {}, replicate {}",
        run.start_year,
        i64::from(run.start_year) + i64::from(run.years),
        run.seed,
        run.replicate
    );
    let _ = writeln!(
        text,
        "Agents     {} of {} person(s) each, people registered in or moving from outside included",
        thousands(size.agents),
        run.persons_per_agent
    );
    let there = size::available_memory().map_or(String::new(), |n| format!("; {} are available", bytes(n)));
    let _ = writeln!(text, "Memory     {} at the peak{there}", bytes(size.peak_bytes));
    let _ = writeln!(
        text,
        "Disk       {} of tables; {} a snapshot (--snapshot-every)",
        bytes(size.disk_bytes),
        bytes(size.snapshot_bytes)
    );
    let _ = writeln!(text, "Time       about {:.0} s on {threads} threads", size.seconds.ceil());
    if size::available_memory().is_some_and(|there| there < size.peak_bytes) {
        let _ = writeln!(text, "           this does not fit: raise --persons-per-agent");
    }
}

/// How far the registered people that are used differ from those that were published.
fn registered(text: &mut String, path: &Path, shown: usize) {
    let Ok(mut reader) = csv::Reader::from_path(path) else {
        let _ = writeln!(
            text,
            "\nRegistered people: no registered.csv beside the nodes; nothing is known of residuals."
        );
        return;
    };
    let columns = reader.headers().cloned().unwrap_or_default();
    let at = |name: &str| columns.iter().position(|column| column == name);
    let mut rows = Vec::new();
    let mut unmatched = Vec::new();
    let (mut published_sum, mut used_sum) = (0i64, 0i64);
    for row in reader.records().flatten() {
        let cell = |name: &str| at(name).and_then(|i| row.get(i)).unwrap_or("").to_owned();
        let unit = format!("{} {}", cell("county"), cell("name"));
        match (cell("registered_published").parse::<i64>(), cell("registered_used").parse::<i64>()) {
            (Ok(published), Ok(used)) => {
                published_sum += published;
                used_sum += used;
                if used != published {
                    rows.push((used - published, published, unit));
                }
            }
            _ => unmatched.push(unit),
        }
    }
    let _ = writeln!(
        text,
        "\nRegistered people: {} published, {} used after closing ({:+}); {} units differ",
        thousands(published_sum.max(0) as u64),
        thousands(used_sum.max(0) as u64),
        used_sum - published_sum,
        rows.len()
    );
    rows.sort_by_key(|(difference, ..)| -difference.abs());
    for (difference, published, unit) in rows.iter().take(shown) {
        let share = 100.0 * *difference as f64 / (*published).max(1) as f64;
        let _ = writeln!(text, "  {unit:<24} {difference:>+10} ({share:+.1} %)");
    }
    more(text, rows.len(), shown);
    if !unmatched.is_empty() {
        let _ = writeln!(text, "  without a published figure: {}", unmatched.join(", "));
    }
}

fn more(text: &mut String, all: usize, shown: usize) {
    if all > shown {
        let _ = writeln!(text, "  … and {} more (--all)", all - shown);
    }
}

/// What the construction of the first world could not match.
fn first_world(
    text: &mut String,
    mut scenario: Scenario,
    area: StudyArea,
    agents: u64,
    shown: usize,
) -> Result<()> {
    let few = (agents / FEW_AGENTS).max(1) * u64::from(scenario.run.persons_per_agent);
    scenario.run.persons_per_agent = u32::try_from(few).unwrap_or(u32::MAX);
    let simulation = Simulation::new(scenario, area)?;
    let (world, report) = (&simulation.world, &simulation.report);
    let _ = writeln!(
        text,
        "\nFirst world: homes and places fitted in {} rounds (largest gap {:.1e}); circuit of money closed in {} \
         rounds ({:.1e} fen a person)",
        report.fit_rounds, report.fit_gap, report.circuit_rounds, report.circuit_gap
    );
    let _ = writeln!(
        text,
        "  capital over output {:.2}, gross return {:.3}",
        report.capital_output, report.gross_return
    );
    if report.stranded >= 0.5 {
        let _ = writeln!(
            text,
            "  {} people registered in units whose leavers fit no place stay uncounted",
            thousands(report.stranded as u64)
        );
    } else {
        let _ = writeln!(text, "  everybody registered was found a place");
    }
    let cut = &report.demand_cut;
    if cut.is_empty() {
        let _ = writeln!(text, "  local demand for services is met by local supply in every node");
    } else {
        let _ = writeln!(
            text,
            "  local demand for services exceeds supply in {} nodes; the part met at home:",
            cut.len()
        );
        let mut cut = cut.clone();
        cut.sort_by(|a, b| a.1.total_cmp(&b.1));
        for (j, met) in cut.iter().take(shown) {
            let n = &world.geography.nodes[*j];
            let _ = writeln!(text, "  {:<10} {:<16} {:.2}", n.id, n.name, met);
        }
        more(text, cut.len(), shown);
    }
    if report.outside_income.iter().flatten().any(|x| *x != 0.0) {
        let _ = writeln!(
            text,
            "  outside income a head, yuan a year (a residual: published less modelled): urban, rural"
        );
        for (p, [urban, rural]) in world.geography.prefectures.iter().zip(&report.outside_income) {
            let _ = writeln!(text, "  {:<8} {:<12} {urban:>+10.0} {rural:>+10.0}", p.code, p.name);
        }
    } else {
        let _ = writeln!(text, "  no published incomes: no outside income");
    }
    Ok(())
}
