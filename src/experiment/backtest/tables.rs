//! The tables of a backtest: one row a unit, and people away between provinces.

use super::targets::{Target, residents};
use super::{Backtest, mean};
use crate::Result;
use crate::output::folder::ResultFolder;
use crate::output::table::{Column, TableSpec};

/// The table of a backtest.
pub(crate) static BACKTEST: TableSpec = TableSpec {
    name: "backtest",
    title: "Backtest",
    description: "One row a unit of the study area: what a run from the first census predicts for the second. \
                  Units of a target file stand for all counties they are made of; every other county is a \
                  unit of its own. `predicted` is the mean over replicates.",
    columns: &[
        Column::text("unit", "the unit: a code of the target file, or of the county"),
        Column::text("codes", "counties of the base year that make it up, separated by ;"),
        Column::text("name", "its name"),
        Column::text("province", "the province it lies in"),
        Column::integer("population_start", "persons", "residents in the base year"),
        Column::number("predicted", "persons", "residents at the end, mean over replicates of the agent run"),
        Column::number("predicted_sd", "persons", "standard deviation over replicates; empty with one"),
        Column::number("predicted_low", "persons", "least of the replicates"),
        Column::number("predicted_high", "persons", "greatest of the replicates"),
        Column::number(
            "closed_form",
            "persons",
            "what the law in closed form predicts; empty where it does not apply",
        ),
        Column::integer("actual", "persons", "residents counted at the end; empty where no target is given"),
        Column::number("error", "log points", "ln predicted growth less ln counted growth"),
        Column::number("urban_share_predicted", "share", "residents of urban nodes at the end"),
        Column::number("urban_share_actual", "share", "urban residents counted at the end, where given"),
        Column::number(
            "newcomers_own_predicted",
            "persons",
            "residents registered in another county of the province",
        ),
        Column::integer("newcomers_own_actual", "persons", "the same as counted, where given"),
        Column::number(
            "newcomers_other_predicted",
            "persons",
            "residents registered in another province or outside",
        ),
        Column::integer("newcomers_other_actual", "persons", "the same as counted, where given"),
        Column::number("children_predicted", "persons", "residents below ten at the end"),
        Column::integer("children_actual", "persons", "the same as counted, where given"),
        Column::number("births", "persons", "births over all years"),
        Column::number("deaths", "persons", "deaths over all years"),
        Column::number(
            "longitude",
            "degrees",
            "east, mean of its counties by their residents in the base year",
        ),
        Column::number(
            "latitude",
            "degrees",
            "north, mean of its counties by their residents in the base year",
        ),
    ],
    key: &["unit"],
};

/// The table of people away between provinces.
pub(crate) static STOCKS: TableSpec = TableSpec {
    name: "province_stocks",
    title: "People away by province of registration and of residence",
    description: "One row a pair of provinces; within a province, people in another county of it. Means over replicates.",
    columns: &[
        Column::text("origin", "code of the province of registration"),
        Column::text("destination", "code of the province of residence"),
        Column::number("start", "persons", "people in the base year"),
        Column::number("end", "persons", "people at the end, mean over replicates"),
    ],
    key: &["origin", "destination"],
};

impl Backtest {
    /// Writes `backtest.csv` into a result folder.
    ///
    /// # Errors
    /// A folder that is not ours, or a file that cannot be written.
    pub fn write(&self, folder: &mut ResultFolder) -> Result<()> {
        let mut table = folder.table(&BACKTEST)?;
        let g = &self.geography;
        let runs = &self.runs;
        let mut taken = vec![false; g.counties.len()];
        let urban = self.urban_shares();
        let [newcomers_own, newcomers_other] = [0, 1].map(|o| mean(&runs.newcomers[o]));
        let [children, births, deaths] = [&runs.children, &runs.births, &runs.deaths].map(|v| mean(v));
        let mut row =
            |unit: &str, name: &str, counties: &[usize], target: Option<&Target>, share: Option<f64>| {
                let sum = |v: &[f64]| counties.iter().map(|&c| v[c]).sum::<f64>();
                let each: Vec<f64> = runs.population.iter().map(|r| sum(r)).collect();
                let n = each.len() as f64;
                let mean = each.iter().sum::<f64>() / n;
                let spread = (each.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0)).sqrt();
                let urban = runs.urban.iter().map(|r| sum(r)).sum::<f64>() / n;
                let start: f64 = counties.iter().map(|&c| residents(g, c)).sum();
                let middle = |of: &dyn Fn(usize) -> f64| {
                    let (mut sum, mut weights) = (0.0, 0.0);
                    for &c in counties {
                        let weight = residents(g, c).max(1.0);
                        sum += weight * of(c);
                        weights += weight;
                    }
                    libm::rint(sum / weights * 1e4) / 1e4
                };
                let codes: Vec<&str> = counties.iter().map(|&c| g.counties[c].code.as_str()).collect();
                let mut row = table.row();
                row.text(unit)
                    .text(&codes.join(";"))
                    .text(name)
                    .text(&g.provinces[g.counties[counties[0]].province].name)
                    .integer(start as i64)
                    .number(mean)
                    .number(spread)
                    .number(each.iter().copied().fold(f64::INFINITY, f64::min))
                    .number(each.iter().copied().fold(0.0, f64::max));
                match &self.law {
                    Some((_, p)) => row.number(libm::rint(sum(&p.population))),
                    None => row.missing(),
                };
                match target {
                    Some(t) => row.integer(t.population_end as i64).number(
                        libm::log(mean.max(1.0) / start.max(1.0))
                            - libm::log(t.population_end / t.population_start),
                    ),
                    None => row.missing().missing(),
                };
                row.number(urban / mean.max(1.0)).number(share.unwrap_or(f64::NAN));
                let came = |o: usize| target.and_then(|t| t.newcomers).map(|ends| ends[1][o]);
                for (predicted, counted) in [
                    (&newcomers_own, came(0)),
                    (&newcomers_other, came(1)),
                    (&children, target.and_then(|t| t.children)),
                ] {
                    row.number(sum(predicted));
                    match counted {
                        Some(persons) => row.integer(persons as i64),
                        None => row.missing(),
                    };
                }
                row.number(sum(&births)).number(sum(&deaths));
                row.number(middle(&|c| g.counties[c].longitude)).number(middle(&|c| g.counties[c].latitude));
                row.end()
            };
        for (t, share) in self.targets.list.iter().zip(&urban) {
            t.counties.iter().for_each(|&c| taken[c] = true);
            row(&t.unit, &t.name, &t.counties, Some(t), share[1])?;
        }
        for (c, county) in g.counties.iter().enumerate() {
            if !taken[c] {
                row(&county.code, &county.name, &[c], None, None)?;
            }
        }
        table.finish()?;
        let mut table = folder.table(&STOCKS)?;
        let [start, end] = [0, 1].map(|e| mean(&runs.stock[e]));
        for (p, from) in g.provinces.iter().enumerate() {
            for (q, to) in g.provinces.iter().enumerate() {
                let i = p * g.provinces.len() + q;
                let mut row = table.row();
                row.text(&from.code).text(&to.code).number(start[i]).number(end[i]);
                row.end()?;
            }
        }
        table.finish()
    }
}
