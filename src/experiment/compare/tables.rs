//! The tables of a comparison.

use std::collections::{BTreeMap, BTreeSet};

use super::break_even::{Found, YARDSTICKS, found};
use super::outcome::{Comparison, Outcome};
use crate::Result;
use crate::config::Format;
use crate::experiment::arms::Program;
use crate::experiment::metrics::Key;
use crate::experiment::metrics::columns::{INDICATOR, SCOPE, SCOPE_ID, UNIT, VALUE, YEAR};
use crate::experiment::replicates::{Difference, Settings};
use crate::observe::places;
use crate::output::csv::Cell;
use crate::output::datapackage::{About, DataPackage};
use crate::output::folder::ResultFolder;
use crate::output::manifest::{Intervals, Manifest, ScenarioRecord};
use crate::output::parquet;
use crate::output::table::{Column, TableSpec};

/// What a row compares.
const COMPARISON: Column = Column::text("comparison", "What is compared with what.");
/// Which run of the experiment.
const RUN: Column = Column::text("run", "Which run: scenario, arm, replicate.");
/// Which luck.
const REPLICATE: Column = Column::integer("replicate", "", "Replicate under the master seed.");
/// Ends of an interval over replicates.
const LOW: Column = Column::number("low", "", "Lower end of its interval over replicates; empty with one.");
/// Ends of an interval over replicates.
const HIGH: Column = Column::number("high", "", "Upper end.");

/// Columns of money with and without a policy, summed over all years; [`paired`] writes their cells.
const MONEY: [Column; 5] = [
    Column::number("baseline_yuan", "yuan", "Mean without the policy."),
    Column::number("policy_yuan", "yuan", "Mean with it."),
    Column::number("difference_yuan", "yuan", "Mean paired difference."),
    Column::number("low_yuan", "yuan", "Lower end of its interval."),
    Column::number("high_yuan", "yuan", "Upper end."),
];

/// Means with and without a policy, and their difference with its interval.
fn paired(d: &Difference) -> [Cell<'static>; 5] {
    [d.baseline, d.policy, d.difference, d.low, d.high].map(Cell::Number)
}

/// Differences.
pub(crate) static COMPARE: TableSpec = TableSpec {
    name: "compare",
    title: "What policies change",
    description: "One row a comparison, indicator, place and year: means over replicates with and without the \
                  policy, and their difference with its interval, paired under the same luck. The baseline is the \
                  same file with its policies off. Comparisons named with `:only:` and `:last:` hold one policy \
                  alone, and what it adds to all others. Intervals are one at a time: of twenty, one misses.",
    columns: &[
        COMPARISON,
        INDICATOR,
        SCOPE,
        SCOPE_ID,
        YEAR,
        Column::number("baseline", "", "Mean without the policy, in the unit of the row."),
        Column::number("policy", "", "Mean with it."),
        Column::number("difference", "", "Mean paired difference."),
        LOW,
        HIGH,
        Column::integer("replicates", "", "Pairs of runs with a value in both."),
        UNIT,
        Column::text(
            "luck",
            "shared: equal replicates of both arms draw the same luck, and differences are paired; own: they do not \
             (another seed, agents of another size, other base-year tables), and the interval is Welch's of two samples.",
        ),
    ],
    key: &["comparison", "indicator", "scope", "scope_id", "year"],
};

/// Scenarios side by side.
pub(crate) static VARIANTS: TableSpec = TableSpec {
    name: "variants",
    title: "Scenarios side by side",
    description: "One row a scenario and number of the last year, without nodes: its mean over replicates with the Monte \
                  Carlo error that a finite number of them leaves, and its difference from the first scenario (of one \
                  scenario alone: from its baseline).",
    columns: &[
        Column::text("variant", "Name of the scenario or variant."),
        Column::text("policies", "Policies that are on, joined by semicolons."),
        INDICATOR,
        SCOPE,
        SCOPE_ID,
        YEAR,
        Column::number("mean", "", "Mean over replicates, in the unit of the row."),
        Column::number("monte_carlo_error", "", "Its standard error over replicates; empty with one."),
        Column::integer("replicates", "", "Runs of the scenario."),
        Column::integer(
            "replicates_to_halve",
            "",
            "Runs that would halve the error: four times as many, as errors fall with their square root.",
        ),
        Column::number("difference", "", "Mean difference from the first scenario; empty for the first."),
        LOW,
        HIGH,
        Column::text("luck", "shared or own, as in compare.csv; empty for the first."),
        UNIT,
    ],
    key: &["variant", "indicator", "scope", "scope_id", "year"],
};

/// Gains and costs of a policy by its size.
pub(crate) static BREAK_EVEN: TableSpec = TableSpec {
    name: "break_even",
    title: "The size at which a policy pays its cost",
    description: "One row a yardstick and size of the policy that `--break-even` names: what the area gains and what \
                  programmes pay, summed over the years of the run without discounting, against the scenario without \
                  that policy under common random numbers. `break_even` is the size at which the net gain is zero, by straight \
                  lines between the sizes that were run; empty where there is none or more than one.",
    columns: &[
        Column::text("key", "The key that is the size."),
        Column::text("yardstick", "What is gained: income of households, or output."),
        Column::number("size", "", "Value of the key."),
        Column::number("gain_yuan", "yuan", "Mean gained over all years."),
        Column::number("cost_yuan", "yuan", "Mean paid for programmes over all years."),
        Column::number("net_yuan", "yuan", "Gain less cost."),
        Column::number("low_yuan", "yuan", "Lower end of its interval over replicates; empty with one."),
        Column::number("high_yuan", "yuan", "Upper end."),
        Column::number("break_even", "", "Size at which the net gain is zero."),
        Column::number("break_even_low", "", "Least size at which the interval of the net gain holds zero."),
        Column::number("break_even_high", "", "Greatest such size."),
    ],
    key: &["key", "yardstick", "size"],
};

/// Runs.
pub(crate) static RUNS: TableSpec = TableSpec {
    name: "runs",
    title: "Runs of the experiment",
    description: "One row a run. The changes, given to `shanhai run` with --set, repeat it alone. Equal \
                  replicates share their luck over all arms.",
    columns: &[
        RUN,
        Column::text("scenario", "Name of the scenario."),
        Column::text("policies", "Policies that are on, joined by semicolons; none in the baseline."),
        REPLICATE,
        Column::text("seed", "Seed of the run's draws, a whole number of up to 64 bits."),
        Column::text("changes", "Changes to the file, as --set takes them, joined by semicolons."),
        Column::text("version", "Version of the program."),
        Column::integer("agents", "agents", "Agents at the end."),
    ],
    key: &["run"],
};

/// Values of single runs, year by year.
pub(crate) static REPLICATES: TableSpec = TableSpec {
    name: "replicates",
    title: "Values of single runs, year by year",
    description: "One row a run, number and year, without nodes: what the intervals are made of, for fan charts and \
                  statistics of one's own. Equal replicates of arms that share their luck are pairs.",
    columns: &[RUN, REPLICATE, INDICATOR, SCOPE, SCOPE_ID, YEAR, VALUE, UNIT],
    key: &["run", "indicator", "scope", "scope_id", "year"],
};

/// Programme money.
pub(crate) static COSTS: TableSpec = TableSpec {
    name: "costs",
    title: "What policies cost, and who paid",
    description: "One row a comparison, policy, payer and purpose: programme money summed over all years of the \
                  run. What was demanded and not paid was cut because the payer had neither cash nor credit. \
                  Policies of one kind without names are numbered by content, not by place in the file: name them.",
    columns: &[
        COMPARISON,
        Column::text("policy", "The policy whose programme it is."),
        Column::text("payer", "Who paid: city_districts, counties, or another class of government."),
        Column::text("purpose", "What for."),
        MONEY[0],
        MONEY[1],
        MONEY[2],
        MONEY[3],
        MONEY[4],
        Column::number("demanded_yuan", "yuan", "Mean demanded with the policy."),
    ],
    key: &["comparison", "policy", "payer", "purpose"],
};

/// Public money.
pub(crate) static PUBLIC_MONEY: TableSpec = TableSpec {
    name: "public_money",
    title: "How public money changed",
    description: "One row a comparison and line of public money: every payment by or to a government or fund, \
                  summed over all years of the run. The difference is what the policies moved, programmes and \
                  taxes alike.",
    columns: &[
        COMPARISON,
        Column::text("payer", "Class of account that paid."),
        Column::text("receiver", "Class of account that received."),
        Column::text("purpose", "What for."),
        MONEY[0],
        MONEY[1],
        MONEY[2],
        MONEY[3],
        MONEY[4],
    ],
    key: &["comparison", "payer", "receiver", "purpose"],
};

/// Levers.
pub(crate) static LEVERS: TableSpec = TableSpec {
    name: "levers",
    title: "What each policy changed",
    description: "One row a comparison, policy, lever and year: means over the places where the policy moves the \
                  lever and over replicates. `shanhai run` writes the same by place into effects.csv.",
    columns: &[
        COMPARISON,
        Column::text("policy", "The policy."),
        Column::text("lever", "The lever it moves."),
        YEAR,
        Column::number(
            "places",
            "",
            "Places where it moves the lever: nodes, cells of node and sector, counties, borders.",
        ),
        Column::number("before", "", "Value without any policy, in the unit of the row."),
        Column::number("proposed", "", "Value that this policy asks for at its strength of the year."),
        Column::number("after", "", "Value that holds, all policies together."),
        UNIT,
    ],
    key: &["comparison", "policy", "lever", "year"],
};

/// Parts.
pub(crate) static ATTRIBUTION: TableSpec = TableSpec {
    name: "attribution",
    title: "What each policy adds to the others",
    description: "One row a policy, kind and number of the last year. alone: against no policy; last: added to \
                  all others; shapley: mean of what it adds over the orders in which policies can enter; total: \
                  all together; interaction: total less the sum of all alone.",
    columns: &[
        Column::text("scenario", "Name of the scenario."),
        Column::text("policy", "The policy; all for total and interaction."),
        Column::text("kind", "alone, last, shapley, total or interaction."),
        INDICATOR,
        SCOPE,
        SCOPE_ID,
        YEAR,
        Column::number("value", "", "Mean over replicates, in the unit of the row."),
        LOW,
        HIGH,
        Column::number(
            "order_error",
            "",
            "Standard error that sampled orders leave; 0 where all orders count.",
        ),
        UNIT,
    ],
    key: &["scenario", "policy", "kind", "indicator", "scope", "scope_id", "year"],
};

/// Worth of shared luck.
pub(crate) static NARROWING: TableSpec = TableSpec {
    name: "narrowing",
    title: "What shared luck is worth",
    description: "One row a number of the last year: widths of the interval of its difference when both arms \
                  share their luck, and when the baseline has luck of its own. A factor of f saves f squared \
                  times the replicates.",
    columns: &[
        COMPARISON,
        INDICATOR,
        SCOPE,
        SCOPE_ID,
        Column::number("width_shared", "", "Width with shared luck, in the unit of the row."),
        Column::number("width_independent", "", "Width with independent luck."),
        Column::number(
            "factor",
            "ratio",
            "How many times narrower; empty where shared luck leaves no width.",
        ),
        UNIT,
    ],
    key: &["comparison", "indicator", "scope", "scope_id"],
};

/// All tables of a comparison.
pub(crate) static TABLES: [&TableSpec; 11] = [
    &VARIANTS,
    &COMPARE,
    &COSTS,
    &PUBLIC_MONEY,
    &LEVERS,
    &ATTRIBUTION,
    &NARROWING,
    &BREAK_EVEN,
    &RUNS,
    &REPLICATES,
    &places::SPEC,
];

/// Writes the tables of a comparison and what describes them.
///
/// # Errors
/// What the operating system refuses.
pub(crate) fn write(outcome: &Outcome, folder: &mut ResultFolder) -> Result<()> {
    variants(outcome, folder)?;
    compare(outcome, folder)?;
    costs(outcome, folder)?;
    public_money(outcome, folder)?;
    levers(outcome, folder)?;
    attribution(outcome, folder)?;
    narrowing(outcome, folder)?;
    break_even(outcome, folder)?;
    runs(outcome, folder)?;
    where_things_are(outcome, folder)?;
    let place = folder.path().to_owned();
    let about = About {
        name: outcome.programs.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join("-"),
        title: format!("Comparison: {}", titles(outcome)),
        description: "Policies against their baseline under the same luck.".to_owned(),
        sources: sources(outcome),
    };
    DataPackage::describe(&place, &TABLES, &about)?.write(folder)?;
    let first = outcome.programs.first();
    if first.is_some_and(|program| program.scenario.output.format.contains(&Format::Parquet)) {
        parquet::beside(folder, &TABLES, &about)?;
    }
    Ok(())
}

/// Notes what is compared, and what the intervals are.
///
/// # Errors
/// If a value cannot be written.
pub(crate) fn record(outcome: &Outcome, manifest: &mut Manifest) -> Result<()> {
    outcome.programs.iter().try_for_each(|program| record_program(program, manifest))
}

/// What the intervals of the tables are.
pub(crate) fn intervals(settings: &Settings) -> Intervals {
    Intervals { level: settings.level, method: settings.method.name().to_owned() }
}

/// Coordinates of the first scenario's nodes, for maps.
fn where_things_are(outcome: &Outcome, folder: &mut ResultFolder) -> Result<()> {
    let mut table = folder.table(&places::SPEC)?;
    if let Some(program) = outcome.programs.first() {
        places::write(&program.load(&program.overrides)?.area.geography, &mut table)?;
    }
    table.finish()
}

fn titles(outcome: &Outcome) -> String {
    outcome.programs.iter().map(|p| p.scenario.title.as_str()).collect::<Vec<_>>().join("; ")
}

fn sources(outcome: &Outcome) -> Vec<String> {
    let all: BTreeSet<&String> = outcome.programs.iter().flat_map(|p| &p.scenario.sources).collect();
    all.into_iter().cloned().collect()
}

/// Notes scenarios and their tables in a manifest.
///
/// # Errors
/// If a value cannot be written.
pub(crate) fn record_program(program: &Program, manifest: &mut Manifest) -> Result<()> {
    manifest.scenarios.push(ScenarioRecord::new(&program.name, &program.text(), &program.scenario)?);
    manifest.inputs.extend(program.inputs.iter().cloned());
    Ok(())
}

fn variants(outcome: &Outcome, folder: &mut ResultFolder) -> Result<()> {
    let mut table = folder.table(&VARIANTS)?;
    let replicates = outcome.replicates.len() as i64;
    for variant in outcome.variants() {
        let arm = &outcome.arms[variant.arm];
        let policies = outcome.programs[variant.program].labels(&arm.on);
        let differences: BTreeMap<Key, Difference> = match variant.comparison {
            Some(comparison) => outcome.differences(comparison)?.into_iter().collect(),
            None => BTreeMap::new(),
        };
        let keys = &outcome.keys[variant.program];
        let last = keys.last().map_or(0, |k| k.year);
        for (k, key) in keys.iter().enumerate().filter(|(_, k)| k.year == last && k.scope != "node") {
            let (mean, error) = outcome.mean(&variant, k);
            let of = |f: fn(&Difference) -> f64| {
                differences.get(key).map_or(Cell::Missing, |d| Cell::Number(f(d)))
            };
            let luck = variant.comparison.map_or(Cell::Missing, |c| Cell::Text(c.luck()));
            let cells = [
                &[Cell::Text(variant.name), Cell::Text(&policies)][..],
                &key.cells(),
                &[Cell::Number(mean), Cell::Number(error)],
                &[Cell::Integer(replicates), Cell::Integer(4 * replicates)],
                &[of(|d| d.difference), of(|d| d.low), of(|d| d.high), luck, Cell::Text(key.unit())],
            ];
            table.write_row(&cells.concat())?;
        }
    }
    table.finish()
}

fn compare(outcome: &Outcome, folder: &mut ResultFolder) -> Result<()> {
    let mut table = folder.table(&COMPARE)?;
    for comparison in &outcome.comparisons {
        for (key, d) in outcome.differences(comparison)? {
            let count =
                [Cell::Integer(d.replicates as i64), Cell::Text(key.unit()), Cell::Text(comparison.luck())];
            let cells = [&[Cell::Text(&comparison.name)][..], &key.cells(), &paired(&d), &count];
            table.write_row(&cells.concat())?;
        }
    }
    table.finish()
}

fn costs(outcome: &Outcome, folder: &mut ResultFolder) -> Result<()> {
    let mut table = folder.table(&COSTS)?;
    for comparison in &outcome.comparisons {
        for ((policy, payer, purpose), d, demanded) in outcome.costs(comparison)? {
            let named = [&comparison.name, &policy, &payer, &purpose].map(|t| Cell::Text(t));
            table.write_row(&[&named[..], &paired(&d), &[Cell::Number(demanded)]].concat())?;
        }
    }
    table.finish()
}

fn public_money(outcome: &Outcome, folder: &mut ResultFolder) -> Result<()> {
    let mut table = folder.table(&PUBLIC_MONEY)?;
    for comparison in &outcome.comparisons {
        for ((payer, receiver, purpose), d) in outcome.public_money(comparison)? {
            let named = [&comparison.name, &payer, &receiver, &purpose].map(|t| Cell::Text(t));
            table.write_row(&[&named[..], &paired(&d)].concat())?;
        }
    }
    table.finish()
}

fn levers(outcome: &Outcome, folder: &mut ResultFolder) -> Result<()> {
    let whole = |c: &&Comparison| c.whole;
    let rows: Vec<_> = outcome
        .comparisons
        .iter()
        .filter(whole)
        .flat_map(|c| outcome.levers(c).into_iter().map(move |l| (c, l)))
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    let mut table = folder.table(&LEVERS)?;
    for (comparison, ((policy, lever, year), moved)) in &rows {
        let unit =
            crate::rules::lever::LEVERS.iter().find(|row| row.name == *lever).map_or("", |row| row.unit);
        table.write_row(&[
            Cell::Text(&comparison.name),
            Cell::Text(policy),
            Cell::Text(lever),
            Cell::Year(*year),
            Cell::Number(moved.places),
            Cell::Number(moved.before),
            Cell::Number(moved.proposed),
            Cell::Number(moved.after),
            Cell::Text(unit),
        ])?;
    }
    table.finish()
}

fn attribution(outcome: &Outcome, folder: &mut ResultFolder) -> Result<()> {
    let parts = outcome.attribution()?;
    if parts.is_empty() {
        return Ok(());
    }
    let mut table = folder.table(&ATTRIBUTION)?;
    for part in &parts {
        let scenario = &outcome.programs[part.program].name;
        let named = [Cell::Text(scenario), Cell::Text(&part.policy), Cell::Text(part.kind)];
        let values = [part.value, part.low, part.high, part.order_error].map(Cell::Number);
        let cells = [&named[..], &part.key.cells(), &values, &[Cell::Text(part.key.unit())]];
        table.write_row(&cells.concat())?;
    }
    table.finish()
}

fn narrowing(outcome: &Outcome, folder: &mut ResultFolder) -> Result<()> {
    let rows: Vec<_> = outcome.narrowing()?.into_iter().filter(|n| n.width_independent.is_finite()).collect();
    if rows.is_empty() {
        return Ok(());
    }
    let mut table = folder.table(&NARROWING)?;
    for row in &rows {
        let [indicator, scope, id, _] = row.key.cells();
        table.write_row(&[
            Cell::Text(&row.comparison),
            indicator,
            scope,
            id,
            Cell::Number(row.width_shared),
            Cell::Number(row.width_independent),
            Cell::Number(row.factor()),
            Cell::Text(row.key.unit()),
        ])?;
    }
    table.finish()
}

fn break_even(outcome: &Outcome, folder: &mut ResultFolder) -> Result<()> {
    let Some(asked) = &outcome.break_even else { return Ok(()) };
    let mut table = folder.table(&BREAK_EVEN)?;
    for yardstick in YARDSTICKS {
        let at = outcome.at_sizes(asked, yardstick)?;
        let Found { sizes, low, high } = found(&at);
        let only = if let [size] = sizes[..] { size } else { f64::NAN };
        for x in &at {
            let numbers = [x.size, x.gain, x.cost, x.net, x.low, x.high, only, low, high].map(Cell::Number);
            table.write_row(&[&[Cell::Text(&asked.key), Cell::Text(yardstick)][..], &numbers].concat())?;
        }
    }
    table.finish()
}

fn runs(outcome: &Outcome, folder: &mut ResultFolder) -> Result<()> {
    let mut runs = folder.table(&RUNS)?;
    let mut replicates = folder.table(&REPLICATES)?;
    for (name, run, seed) in outcome.runs() {
        let arm = &outcome.arms[run.0];
        let program = &outcome.programs[arm.program];
        let mut changes = program.with_only(&arm.on);
        changes.push(format!("run.replicate={}", run.1));
        runs.write_row(&[
            Cell::Text(&name),
            Cell::Text(&program.name),
            Cell::Text(&program.labels(&arm.on)),
            Cell::Integer(i64::from(run.1)),
            Cell::Text(&seed.to_string()),
            Cell::Text(&changes.join(";")),
            Cell::Text(env!("CARGO_PKG_VERSION")),
            Cell::Integer(outcome.agents.get(&run).copied().unwrap_or(0) as i64),
        ])?;
        let keys = &outcome.keys[arm.program];
        for (key, value) in keys.iter().zip(outcome.values.get(&run).into_iter().flatten()) {
            if key.scope == "node" {
                continue;
            }
            let cells = [Cell::Number(*value), Cell::Text(key.unit())];
            let of = [Cell::Text(&name), Cell::Integer(i64::from(run.1))];
            replicates.write_row(&[&of[..], &key.cells(), &cells].concat())?;
        }
    }
    runs.finish()?;
    replicates.finish()
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_table_can_be_read_by_pandas_r_and_stata() {
        assert_eq!(crate::output::table::problems(&super::TABLES), Vec::<String>::new());
    }
}
