//! The differences that a comparison shows.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::data::{Difference, NodeDifference, Report};
use super::extract::round;
use super::policies::{Names, is_part};
use super::sheet::Sheet;
use crate::error::Result;

/// Columns of `compare.csv`.
struct Columns {
    comparison: usize,
    indicator: usize,
    scope: usize,
    id: usize,
    unit: usize,
    year: usize,
    baseline: usize,
    policy: usize,
    difference: usize,
    low: usize,
    high: usize,
    replicates: usize,
}

impl Columns {
    fn of(sheet: &Sheet) -> Result<Columns> {
        let [comparison, indicator, scope, id, unit, year] =
            sheet.columns(["comparison", "indicator", "scope", "scope_id", "unit", "year"])?;
        let [baseline, policy, difference, low, high, replicates] =
            sheet.columns(["baseline", "policy", "difference", "low", "high", "replicates"])?;
        Ok(Columns {
            comparison,
            indicator,
            scope,
            id,
            unit,
            year,
            baseline,
            policy,
            difference,
            low,
            high,
            replicates,
        })
    }

    /// The row of a node, which is of one year.
    fn node(&self, sheet: &Sheet, comparison: String) -> Result<NodeDifference> {
        let number = |at: usize| sheet.number(at).map(round);
        Ok(NodeDifference {
            comparison,
            indicator: sheet.text(self.indicator).to_owned(),
            node: sheet.text(self.id).to_owned(),
            difference: number(self.difference)?,
            low: number(self.low)?,
            high: number(self.high)?,
            baseline: number(self.baseline)?,
            policy: number(self.policy)?,
        })
    }

    /// A difference that has no year yet.
    fn start(&self, sheet: &Sheet, folder: usize, comparison: String) -> Difference {
        Difference {
            folder,
            comparison,
            indicator: sheet.text(self.indicator).to_owned(),
            scope: sheet.text(self.scope).to_owned(),
            id: sheet.text(self.id).to_owned(),
            unit: sheet.text(self.unit).to_owned(),
            years: Vec::new(),
            baseline: Vec::new(),
            policy: Vec::new(),
            difference: Vec::new(),
            low: Vec::new(),
            high: Vec::new(),
            replicates: 0,
        }
    }

    /// Adds the year of a row.
    fn add(&self, sheet: &Sheet, to: &mut Difference) -> Result<()> {
        to.years.push(sheet.year(self.year)?);
        let lists = [
            (&mut to.baseline, self.baseline),
            (&mut to.policy, self.policy),
            (&mut to.difference, self.difference),
            (&mut to.low, self.low),
            (&mut to.high, self.high),
        ];
        for (list, column) in lists {
            list.push(round(sheet.number(column)?));
        }
        to.replicates = sheet.number(self.replicates)? as i64;
        Ok(())
    }
}

/// Adds the differences of a comparison, and says what its comparisons are called here: by their own name, and
/// by their folder's too if a folder before it took that name.
///
/// # Errors
/// If the table is broken.
pub(crate) fn differences(
    path: &Path,
    folder: usize,
    folder_name: &str,
    report: &mut Report,
) -> Result<Names> {
    let Some(mut sheet) = Sheet::open(path, "compare.csv")? else { return Ok(Names::new()) };
    let taken: BTreeSet<String> = report.comparisons.iter().map(|d| d.comparison.clone()).collect();
    let own = |name: &str| {
        if !taken.contains(name) {
            return name.to_owned();
        }
        let longer = format!("{name} ({folder_name})");
        if taken.contains(&longer) { format!("{longer} {}", folder + 1) } else { longer }
    };
    let mut names = Names::new();
    let columns = Columns::of(&sheet)?;
    let mut rows: BTreeMap<[String; 4], Difference> = BTreeMap::new();
    while sheet.advance()? {
        let name = sheet.text(columns.comparison);
        if is_part(name) {
            continue;
        }
        let called = names.entry(name.to_owned()).or_insert_with(|| own(name)).clone();
        if sheet.text(columns.scope) == "node" {
            report.node_differences.push(columns.node(&sheet, called)?);
            continue;
        }
        let key = [columns.comparison, columns.indicator, columns.scope, columns.id];
        let key = key.map(|at| sheet.text(at).to_owned());
        let row = rows.entry(key).or_insert_with(|| columns.start(&sheet, folder, called));
        columns.add(&sheet, row)?;
    }
    report.comparisons.extend(rows.into_values());
    Ok(names)
}
