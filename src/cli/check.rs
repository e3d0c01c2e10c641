//! `shanhai check`: validate and explain a scenario without running it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::check_sectors;
use super::common::How;
use super::run::Change;
use super::run::run_name;
use crate::band::{self, Finding};
use crate::base_year::study_area::StudyArea;
use crate::kernel::chunks::with_threads;
use crate::message::Language;
use crate::messages::{self, comma, gap, known};
use crate::observe::plausible::levels;
use crate::policy::{called, kind_of};
use crate::printable::{in_large_money, left, thousands};
use crate::scenario::plausible;
use crate::scenario::problem::Problems;
use crate::scenario::table::{Column, Kind, Table};
use crate::simulation::size::{self, Size, bytes};
use crate::simulation::{Scenario, Simulation};
use crate::world::{Geography, Tier};
use crate::{Result, scenario};

/// Validate and explain a scenario without running it
///
/// Reads the scenario and all its tables, reports every problem with file, line and what would be right, and
/// then says what the run will be: nodes and people, what was scaled or could not be matched in the base-year
/// data, and the agents, memory, disk and time to expect. It builds the first world with few agents to find
/// out; nothing is written. The time to expect is that of as many threads as --threads says.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenario file
    #[arg(value_name = "SCENARIO.toml")]
    pub scenario: PathBuf,
    #[command(flatten)]
    pub how: How,
    /// Make warnings errors: levels of the tables and of the first world that are not plausible
    #[arg(long)]
    pub strict: bool,
    /// List every unit, not only the largest residuals
    #[arg(long)]
    pub all: bool,
    // Last: what follows would stand under its heading.
    #[command(flatten)]
    pub change: Change,
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
    with_threads(args.how.threads(), || work(args))?
}

fn work(args: &Args) -> Result<()> {
    let (scenario, area) = scenario::load(&args.scenario, &args.change.overrides())?;
    let threads = rayon::current_num_threads();
    let size = Size::of(&scenario, &area, threads);
    let shown = if args.all { usize::MAX } else { SHOWN };
    let mut text = format!("{}\n{}\n\n", scenario.title_shown(), args.scenario.display());
    people(&mut text, &area);
    for note in &area.notes {
        let _ = writeln!(text, "{}", messages::check_note(note));
    }
    needs(&mut text, &scenario, &size, threads);
    let folder = args.scenario.parent().unwrap_or(Path::new("."));
    let nodes = folder.join(&scenario.world.nodes);
    registered(&mut text, &nodes.with_file_name("registered.csv"), shown)?;
    super::check_counties::provenance(&mut text, &nodes);
    super::check_flows::table(&mut text, &area);
    text += &super::variants::told(&args.scenario, &args.change.overrides())?;
    let name = run_name(&args.scenario);
    let few = with_few_agents(scenario, size.agents);
    if let Err(error) = Size::of(&few, &area, threads).must_fit(few.run.persons_per_agent) {
        let _ = writeln!(text, "\n{}", messages::few_agents_do_not_fit());
        args.how.print(&text)?;
        return Err(error);
    }
    let mut findings = plausible::facts(&area.geography);
    findings.extend(first_world(&mut text, few, area, shown)?);
    let warnings = band::told(&findings, shown);
    if args.how.quiet && !findings.is_empty() {
        super::note(warnings.trim_end());
    }
    let _ = write!(text, "\n{warnings}");
    let found = if findings.is_empty() {
        format!("{}{}", messages::no_problem_found(), gap())
    } else {
        String::new()
    };
    let _ = writeln!(text, "{}", messages::run_would_write_to(found, name));
    args.how.print(&text)?;
    super::run::strictly(&findings, args.strict, &args.scenario)
}

fn people(text: &mut String, area: &StudyArea) {
    let g = &area.geography;
    let _ = writeln!(
        text,
        "{}",
        messages::check_nodes(g.len(), g.counties.len(), g.prefectures.len(), g.provinces.len())
    );
    for tier in Tier::ALL {
        let of_tier = || g.nodes.iter().filter(|n| n.tier == tier);
        let residents = of_tier().map(|n| n.facts.residents).sum();
        if of_tier().next().is_some() {
            let people = if tier == Tier::Outside {
                messages::registered_there_live_here(thousands(area.outside_in_area.iter().sum()))
            } else {
                messages::check_residents(thousands(residents))
            };
            let _ = writeln!(text, "  {}{:>5}   {people}", left(&known(tier.name()), 14), of_tier().count());
        }
    }
}

fn needs(text: &mut String, scenario: &Scenario, size: &Size, threads: usize) {
    let run = &scenario.run;
    let _ = writeln!(
        text,
        "{}",
        messages::check_run(
            run.start_year,
            i64::from(run.start_year) + i64::from(run.years),
            run.seed,
            run.replicate
        )
    );
    let _ = writeln!(text, "{}", messages::check_agents(thousands(size.agents), run.persons_per_agent));
    let there =
        size::available_memory().map_or(String::new(), |n| messages::memory_available(bytes(n)).to_string());
    let _ = writeln!(text, "{}", messages::check_memory(bytes(size.peak_bytes), there));
    let _ = writeln!(text, "{}", messages::check_disk(bytes(size.disk_bytes), bytes(size.checkpoint_bytes)));
    let end = run.start_year + run.years as i32;
    if let Some(said) = scenario.drivers.migration.extrapolation(run.start_year, end) {
        let _ = writeln!(text, "{}", messages::check_migration(said));
    }
    let _ = writeln!(text, "{}", messages::check_time(format_args!("{:.0}", size.seconds.ceil()), threads));
    if size::available_memory().is_some_and(|there| there < size.peak_bytes) {
        let _ = writeln!(text, "           {}", messages::raise_persons_per_agent());
    }
}

/// Columns of `registered.csv`, which `shanhai prepare` writes.
static REGISTERED_COLUMNS: [Column; 4] = [
    Column::required("county", Kind::Text, "code of the unit"),
    Column::optional("name", Kind::Text, "its name"),
    Column::known("registered_published", Kind::Persons, "registered persons as published"),
    Column::required("registered_used", Kind::Persons, "registered persons that the nodes hold"),
];

/// How far the registered people that are used differ from those that were published.
fn registered(text: &mut String, path: &Path, shown: usize) -> Result<()> {
    if !path.is_file() {
        let _ = writeln!(text, "\n{}", messages::no_registered_table());
        return Ok(());
    }
    let mut problems = Problems::new();
    let table = Table::read_open(path, &REGISTERED_COLUMNS[..], &mut problems);
    problems.check()?;
    let mut rows = Vec::new();
    let mut unmatched = Vec::new();
    let (mut published_sum, mut used_sum) = (0, 0);
    for row in table.rows() {
        let unit = format!("{} {}", table.text(row, "county"), table.text(row, "name"));
        if table.is_empty(row, "registered_published") {
            unmatched.push(unit);
            continue;
        }
        let published = table.persons(row, "registered_published");
        let used = table.persons(row, "registered_used");
        published_sum += published;
        used_sum += used;
        if used != published {
            rows.push((used - published, published, unit));
        }
    }
    let _ = writeln!(
        text,
        "\n{}",
        messages::check_registered(
            thousands(published_sum as u64),
            thousands(used_sum as u64),
            format_args!("{:+}", used_sum - published_sum),
            rows.len()
        )
    );
    rows.sort_by_key(|(difference, ..)| -difference.abs());
    for (difference, published, unit) in rows.iter().take(shown) {
        let share = 100.0 * *difference as f64 / (*published).max(1) as f64;
        let _ = writeln!(text, "  {} {difference:>+10} ({share:+.1} %)", left(unit, 24));
    }
    more(text, rows.len(), shown);
    if !unmatched.is_empty() {
        let _ = writeln!(text, "  {}", messages::without_published_figure(unmatched.join(comma())));
    }
    Ok(())
}

pub(super) fn more(text: &mut String, all: usize, shown: usize) {
    if all > shown {
        let _ = writeln!(text, "  {}", messages::and_more(all - shown));
    }
}

/// Greatest rate of contributions that is not remarked.
const USUAL_CONTRIBUTION: f64 = 0.35;

/// Who draws pensions and what they cost pay; what the table says and cannot be.
fn pensions(text: &mut String, simulation: &Simulation) {
    let (world, report) = (&simulation.world, &simulation.report);
    if world.pensions.is_empty() {
        let _ = writeln!(text, "  {}", messages::no_table_of_pensions());
    }
    let provinces = world.geography.provinces.iter().zip(&world.pensions).zip(&report.pension_recipients);
    for ((province, terms), [stated, draw]) in provinces {
        let _ = writeln!(
            text,
            "  {}",
            messages::pensions_in(
                &province.name,
                thousands(draw[0] as u64),
                thousands(draw[1] as u64),
                format_args!("{:.1}", 100.0 * terms.contribution)
            )
        );
        for (scheme, name) in [messages::word_employees(), messages::word_residents()].into_iter().enumerate()
        {
            if (draw[scheme] / stated[scheme].max(1.0) - 1.0).abs() > 0.01 {
                let _ = writeln!(
                    text,
                    "    {}",
                    messages::pensions_stated(thousands(stated[scheme] as u64), name)
                );
            }
        }
        if terms.contribution > USUAL_CONTRIBUTION {
            let _ = writeln!(
                text,
                "    {}",
                messages::contribution_not_plausible(format_args!("{:.0}", 100.0 * USUAL_CONTRIBUTION))
            );
        }
    }
}

/// A note where one value of ecology stands in nearly all nodes: nothing can be learnt from it then.
fn one_ecology(text: &mut String, g: &Geography) {
    let mut values: Vec<f64> = g.nodes[..g.area_nodes()].iter().map(|n| n.facts.ecology).collect();
    values.sort_by(f64::total_cmp);
    let most = values.chunk_by(|a, b| a == b).max_by_key(|equal| equal.len());
    let Some(most) = most.filter(|most| values.len() >= 10 && most.len() * 10 >= values.len() * 9) else {
        return;
    };
    let _ = writeln!(text, "\n{}", messages::one_ecology(most[0], most.len(), values.len()));
}

/// What each policy is about to do.
fn policies(text: &mut String, simulation: &Simulation) {
    let all = simulation.outlook();
    if all.is_empty() {
        return;
    }
    let year = simulation.world.year;
    let _ = writeln!(text, "\n{}", messages::check_policies(year, all.len()));
    for policy in &all {
        let years = match policy.years {
            Some((first, last)) if first == last => first.to_string(),
            Some((first, last)) => messages::years_to(first, last).to_string(),
            None => messages::no_year_of_run().to_string(),
        };
        let growing = match policy.phase_in {
            0 | 1 => String::new(),
            n => messages::growing_over(n).to_string(),
        };
        let places: Vec<String> = policy
            .places
            .iter()
            .map(|(field, now, all)| {
                if now == all {
                    messages::selects_all_nodes(field, all).to_string()
                } else {
                    messages::selects_of_nodes(field, now, all).to_string()
                }
            })
            .collect();
        let places =
            if places.is_empty() { messages::everywhere().to_string() } else { places.join(comma()) };
        let _ = writeln!(text, "  {}", messages::check_policy(called(&policy.name), years, growing, places));
        let shares: Vec<String> = policy
            .payers
            .iter()
            .map(|(who, share)| format!("{} {:.0} %", known(who), 100.0 * share))
            .collect();
        // A kind without shares of its own says in words who pays.
        let in_words = || kind_of(&policy.name).map_or(String::new(), |kind| known(kind.payer));
        let payers = if shares.is_empty() { in_words() } else { shares.join(comma()) };
        let decimals = if Language::shown() == Language::En { 1 } else { 2 };
        let large = |yuan: f64| format!("{:.decimals$}", in_large_money(yuan));
        let [first, last] = policy.cost_yuan.map(large);
        let paid = match (policy.years, policy.cost_yuan != [0.0; 2]) {
            (Some((from, until)), true) => messages::paid_by(payers, first, from, last, until),
            _ => messages::no_payments_by_order(),
        };
        let promised = match policy.promises {
            0 => String::new(),
            n => messages::adds_to_projects(n).to_string(),
        };
        let idle = match (policy.intensity, policy.acts) {
            (0.0, _) => messages::intensity_zero().to_string(),
            (_, false) => messages::cannot_act().to_string(),
            _ => String::new(),
        };
        let _ = writeln!(text, "    {paid}{promised}{idle}");
    }
}

/// The scenario with so many persons an agent that the first world is built in a moment.
fn with_few_agents(mut scenario: Scenario, agents: u64) -> Scenario {
    let few = (agents / FEW_AGENTS).max(1) * u64::from(scenario.run.persons_per_agent);
    scenario.run.persons_per_agent = u32::try_from(few).unwrap_or(u32::MAX);
    // What is told is the base year, whichever year the run goes on from.
    scenario.run.start_from = None;
    scenario
}

/// What the construction of the first world could not match.
fn first_world(text: &mut String, scenario: Scenario, area: StudyArea, shown: usize) -> Result<Vec<Finding>> {
    let simulation = Simulation::new(scenario, area)?;
    simulation.must_act()?;
    let (world, report) = (&simulation.world, &simulation.report);
    let _ = writeln!(
        text,
        "\n{}",
        messages::first_world_fitted(
            report.fit_rounds,
            format_args!("{:.1e}", report.fit_gap),
            report.circuit_rounds,
            format_args!("{:.1e}", report.circuit_gap)
        )
    );
    let [table, there] = report.residents.map(thousands);
    let _ = writeln!(text, "  {}", messages::first_world_residents(table, there, world.persons_per_agent()));
    super::check_counties::residents(text, &simulation, shown);
    if report.fit_mixed {
        let _ = writeln!(text, "  {}", messages::skills_mixed());
    }
    let _ = writeln!(
        text,
        "  {}",
        messages::first_world_capital(
            format_args!("{:.2}", report.capital_output),
            format_args!("{:.3}", report.gross_return),
            format_args!("{:.1}", 100.0 * report.net_lending)
        )
    );
    pensions(text, &simulation);
    check_sectors::regrouped(text, &simulation, shown);
    check_sectors::unbalanced(text, &simulation);
    if report.stranded >= 0.5 {
        let _ = writeln!(text, "  {}", messages::stranded_people(thousands(report.stranded as u64)));
    } else {
        let _ = writeln!(text, "  {}", messages::everybody_was_placed());
    }
    super::check_flows::gaps(text, &simulation, shown);
    let cut = &report.demand_cut;
    if cut.is_empty() {
        let _ = writeln!(text, "  {}", messages::demand_met_everywhere());
    } else {
        let _ = writeln!(text, "  {}", messages::demand_exceeds_supply(cut.len()));
        let mut cut = cut.clone();
        cut.sort_by(|a, b| a.1.total_cmp(&b.1));
        for (j, met) in cut.iter().take(shown) {
            let n = &world.geography.nodes[*j];
            let _ = writeln!(text, "  {:<10} {} {:.2}", n.id, left(&n.name, 16), met);
        }
        more(text, cut.len(), shown);
    }
    if report.outside_income.iter().flatten().any(|x| *x != 0.0) {
        let _ = writeln!(text, "  {}", messages::outside_income_head());
        for (p, [urban, rural]) in world.geography.prefectures.iter().zip(&report.outside_income) {
            let _ = writeln!(text, "  {:<8} {} {urban:>+10.0} {rural:>+10.0}", p.code, left(&p.name, 12));
        }
    } else {
        let _ = writeln!(text, "  {}", messages::no_published_incomes());
    }
    policies(text, &simulation);
    one_ecology(text, &world.geography);
    Ok(levels(&simulation))
}
