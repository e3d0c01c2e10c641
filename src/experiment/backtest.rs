//! A run of the full model from one census to a later one, held against what was counted, beside the law in
//! closed form and naive references worked out in the same run.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::law_closed_form::{ClosedForm, MoverAges, Prediction};
use super::score::{Score, by_level, score};
use super::targets::{Targets, residents};
use crate::Result;
use crate::estimate::least_squares::{Regressor, ridge};
use crate::output::folder::ResultFolder;
use crate::output::table::{Column, TableSpec};
use crate::scenario::Scenario;
use crate::scenario::file::Odds;
use crate::simulation::Simulation;
use crate::world::{Geography, Tier};

/// The table of a backtest.
pub static BACKTEST: TableSpec = TableSpec {
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
    ],
    key: &["unit"],
};

/// What the agent run predicts, by replicate.
#[derive(Clone, Debug, Default)]
pub struct AgentRuns {
    /// Residents by county: `[replicate][county]`.
    pub population: Vec<Vec<f64>>,
    /// Residents of urban nodes by county: `[replicate][county]`.
    pub urban: Vec<Vec<f64>>,
    /// People away at the end as a multiple of the base year: own province, other provinces; last replicate.
    pub away_growth: [f64; 2],
}

impl AgentRuns {
    /// Mean over replicates.
    pub fn mean(&self) -> Vec<f64> {
        mean(&self.population)
    }
}

fn mean(rows: &[Vec<f64>]) -> Vec<f64> {
    let n = rows.len().max(1) as f64;
    (0..rows.first().map_or(0, Vec::len)).map(|c| rows.iter().map(|r| r[c]).sum::<f64>() / n).collect()
}

/// Runs the full model once per replicate; `change` is made to the scenario before each run.
///
/// # Errors
/// Whatever reading the scenario or a year of it reports.
pub fn agent_runs(
    path: &Path,
    overrides: &[String],
    replicates: u32,
    change: impl Fn(&mut Scenario),
    mut said: impl FnMut(u32, i32),
) -> Result<(Scenario, Geography, AgentRuns)> {
    let mut runs = AgentRuns::default();
    let mut last = None;
    for replicate in 0..replicates.max(1) {
        let (mut scenario, area) = crate::scenario::load(path, overrides)?;
        scenario.run.replicate += replicate;
        change(&mut scenario);
        let mut simulation = Simulation::new(scenario, area)?;
        let before = away(&simulation);
        simulation.run(|s| {
            said(replicate, s.world.year);
            Ok(())
        })?;
        let after = away(&simulation);
        let world = &simulation.world;
        let g = &world.geography;
        let of = |urban: bool| -> Vec<f64> {
            g.counties
                .iter()
                .map(|c| {
                    c.nodes()
                        .filter(|&j| !urban || g.nodes[j].tier != Tier::Village)
                        .map(|j| world.residents(j) as f64)
                        .sum()
                })
                .collect()
        };
        runs.population.push(of(false));
        runs.urban.push(of(true));
        runs.away_growth = std::array::from_fn(|b| after[b] / before[b].max(1.0));
        last = Some((simulation.scenario, simulation.world.geography));
    }
    match last {
        Some((scenario, geography)) => Ok((scenario, geography, runs)),
        None => unreachable!("at least one replicate runs"),
    }
}

/// People who live away from their home county: in the own province, in another one or outside.
pub fn away(simulation: &Simulation) -> [f64; 2] {
    let world = &simulation.world;
    let g = &world.geography;
    let persons = world.persons_per_agent() as f64;
    let mut sums = [0.0; 2];
    for (h, row) in world.census.homes.iter().enumerate() {
        for d in row {
            let j = usize::from(d.place);
            let other = match (g.is_outside(h), g.is_outside(j)) {
                (true, true) => continue,
                (false, false) if g.nodes[h].county == g.nodes[j].county => continue,
                (false, false) => g.nodes[h].province != g.nodes[j].province,
                _ => true,
            };
            sums[usize::from(other)] += d.total() as f64 * persons;
        }
    }
    sums
}

/// A backtest: everything that is known at its end.
pub struct Backtest {
    pub geography: Geography,
    pub runs: AgentRuns,
    /// The law in closed form and what it predicts, in a national scenario.
    pub law: Option<(ClosedForm, Prediction)>,
    pub targets: Targets,
    pub years: u32,
    /// The terms of the scenario.
    pub odds: Odds,
}

impl Backtest {
    /// Runs agents and the closed form from the same scenario.
    ///
    /// # Errors
    /// Whatever reading the scenario, its tables, the targets or a year of the run reports.
    pub fn run(
        path: &Path,
        overrides: &[String],
        targets: &[PathBuf],
        replicates: u32,
        said: impl FnMut(u32, i32),
    ) -> Result<Backtest> {
        let (scenario, area) = crate::scenario::load(path, overrides)?;
        let targets = Targets::read(targets, &area.geography)?;
        let law = if area.outside_in_area.is_empty()
            && f64::from(scenario.run.years) == super::law_closed_form::YEARS
        {
            let law = ClosedForm::new(&scenario, area)?;
            let prediction = law.predict(&scenario.drivers.odds);
            Some((law, prediction))
        } else {
            None
        };
        let (scenario, geography, runs) = agent_runs(path, overrides, replicates, |_| {}, said)?;
        Ok(Backtest { geography, runs, law, targets, years: scenario.run.years, odds: scenario.drivers.odds })
    }

    /// Every prediction there is, by name: population by county.
    pub fn predictions(&self) -> Vec<(&'static str, Vec<f64>)> {
        let mut list = vec![("agent run", self.runs.mean())];
        if let Some((law, prediction)) = &self.law {
            list.push(("closed form", prediction.population.clone()));
            let odds = &self.odds;
            list.push(("  laid-out ages", law.predict_with(odds, MoverAges::AsLaidOut).population));
            let national =
                Odds { reversion: 0.0, mining: 0.0, wage: 0.0, crowding: 0.0, capital: 0.0, ..odds.clone() };
            list.push(("  no fitted term", law.predict(&national).population));
            list.push(("natural increase", law.natural.clone()));
            list.push(("uniform growth", law.uniform()));
        }
        list
    }

    /// The printed score.
    pub fn report(&self) -> String {
        let mut out = String::new();
        let persons: f64 = self.runs.mean().iter().sum();
        let _ = writeln!(
            out,
            "{} years, {} replicate(s): {:.1} million residents at the end",
            self.years,
            self.runs.population.len(),
            persons / 1e6
        );
        let _ = writeln!(
            out,
            "people away from their registered county, end over start: {:.3} in the own province, {:.3} in others",
            self.runs.away_growth[0], self.runs.away_growth[1]
        );
        if let Some((law, p)) = &self.law {
            let _ = writeln!(
                out,
                "closed form: border costs fall by {:.2} (own province) and {:.2} (others) in log odds; home x \
                 place fit leaves {} newcomers of {:.1} million misplaced",
                p.cost[0],
                p.cost[1],
                law.misplaced() as u64,
                law.newcomers() / 1e6
            );
        }
        if self.targets.list.is_empty() {
            let _ = writeln!(out, "no target was given: predictions only");
            return out;
        }
        let _ = writeln!(
            out,
            "\n{} targets, ln(end/start); R2c is R2 after both lost their mean, because units that changed their \
             name\ngrew faster than those that kept it\n\n  {:<18} {:<26} {:>5} {:>7} {:>7} {:>7} {:>6}",
            self.targets.list.len(),
            "prediction",
            "level",
            "n",
            "r",
            "R2",
            "R2c",
            "MAE"
        );
        for (name, population) in self.predictions() {
            for (level, s) in by_level(&self.targets, &self.geography, &population) {
                let _ = writeln!(out, "  {name:<18} {}", line(&level, s));
            }
        }
        for (name, s) in self.ridge() {
            let _ = writeln!(out, "  {:<18} {}", "ridge regression", line(&name, s));
        }
        let (mut gap, mut n) = (0.0, 0.0);
        for (t, [p, a]) in self.targets.list.iter().zip(self.urban_shares()) {
            if let (Some(p), Some(a)) = (p, a) {
                gap += (p - a).abs();
                n += 1.0;
            }
            debug_assert!(!t.counties.is_empty());
        }
        if n > 0.0 {
            let _ = writeln!(
                out,
                "\nurban share of a unit: mean absolute error {:.1} points over {n} units",
                100.0 * gap / n
            );
        }
        for (unit, reason) in &self.targets.unmatched {
            let _ = writeln!(out, "not matched: {unit} ({reason})");
        }
        out
    }

    /// Predicted and counted urban share of every target.
    fn urban_shares(&self) -> Vec<[Option<f64>; 2]> {
        let (all, urban) = (self.runs.mean(), mean(&self.runs.urban));
        self.targets
            .list
            .iter()
            .map(|t| {
                let sum = |v: &[f64]| t.counties.iter().map(|&c| v[c]).sum::<f64>();
                [Some(sum(&urban) / sum(&all).max(1.0)), t.urban_end.map(|u| u / t.population_end)]
            })
            .collect()
    }

    /// Ridge regression of counted growth on facts of the base year, trained on one target file and scored
    /// on the units of the others. With a single file it is trained on all prefectures but one and predicts the
    /// one that it has not seen; the score is over the units of all of them.
    pub fn ridge(&self) -> Vec<(String, Score)> {
        let Some((law, _)) = &self.law else { return Vec::new() };
        let files: Vec<usize> = (0..self.targets.files.len()).collect();
        if files.len() < 2 {
            let predicted = ridge_leaving_one_prefecture_out(law, &self.targets);
            let score = |predicted: Vec<f64>| score(&self.targets.growth(), &predicted);
            return predicted.map(|p| (LEFT_OUT.to_owned(), score(p))).into_iter().collect();
        }
        let features = features(law);
        files
            .iter()
            .filter_map(|&file| {
                let train = self.targets.of_file(file);
                let rest = Targets {
                    list: self.targets.list.iter().filter(|t| t.file != file).cloned().collect(),
                    ..Default::default()
                };
                let predicted = ridge_predict(&features, &train, &rest, &self.geography)?;
                let name = format!("trained on file {}", file + 1);
                Some((name, score(&rest.growth(), &predicted)))
            })
            .collect()
    }

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
        let mut row =
            |unit: &str, name: &str, counties: &[usize], actual: Option<(f64, f64)>, share: Option<f64>| {
                let sum = |v: &[f64]| counties.iter().map(|&c| v[c]).sum::<f64>();
                let each: Vec<f64> = runs.population.iter().map(|r| sum(r)).collect();
                let n = each.len() as f64;
                let mean = each.iter().sum::<f64>() / n;
                let spread = (each.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0)).sqrt();
                let urban = runs.urban.iter().map(|r| sum(r)).sum::<f64>() / n;
                let start: f64 = counties.iter().map(|&c| residents(g, c)).sum();
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
                match actual {
                    Some((from, to)) => row
                        .integer(to as i64)
                        .number(libm::log(mean.max(1.0) / start.max(1.0)) - libm::log(to / from)),
                    None => row.missing().missing(),
                };
                row.number(urban / mean.max(1.0)).number(share.unwrap_or(f64::NAN));
                row.end()
            };
        for (t, share) in self.targets.list.iter().zip(&urban) {
            t.counties.iter().for_each(|&c| taken[c] = true);
            row(&t.unit, &t.name, &t.counties, Some((t.population_start, t.population_end)), share[1])?;
        }
        for (c, county) in g.counties.iter().enumerate() {
            if !taken[c] {
                row(&county.code, &county.name, &[c], None, None)?;
            }
        }
        table.finish()
    }
}

/// One line of the score.
fn line(level: &str, s: Score) -> String {
    let number = |v: f64| if v.is_finite() { format!("{v:7.3}") } else { format!("{:>7}", "") };
    // Chinese characters take two columns in a terminal.
    let wide = level.chars().filter(|c| !c.is_ascii()).count();
    let pad = 26usize.saturating_sub(level.chars().count() + wide);
    format!(
        "{level}{} {:>5} {} {} {} {:6.3}",
        " ".repeat(pad),
        s.units,
        number(s.r),
        number(s.r2),
        number(s.centred_r2),
        s.mae
    )
}

/// Facts of every county for the ridge regression, standardised over all counties.
fn features(law: &ClosedForm) -> Vec<Vec<f64>> {
    let n = law.geography.counties.len();
    let mut columns: Vec<Vec<f64>> = law.facts.regressors.iter().skip(1).map(|r| r.values.clone()).collect();
    columns.push(law.facts.log_odds.clone());
    columns.push(law.facts.mining.clone());
    columns.push(law.facts.capital.iter().map(|&c| f64::from(u8::from(c))).collect());
    columns.push((0..n).map(|c| libm::log(law.natural[c] / residents(&law.geography, c).max(1.0))).collect());
    columns.push((0..n).map(|c| law.newcomers_of(c) / residents(&law.geography, c).max(1.0)).collect());
    for column in &mut columns {
        let mean = column.iter().sum::<f64>() / n as f64;
        let sd = (column.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / n as f64).sqrt().max(1e-12);
        column.iter_mut().for_each(|v| *v = (*v - mean) / sd);
    }
    columns
}

/// How the ridge regression with a single target file is called.
pub const LEFT_OUT: &str = "leaving one prefecture out";

/// Log growth of every target as a ridge regression predicts it that has seen the targets of all other
/// prefectures; none where there are no others.
pub fn ridge_leaving_one_prefecture_out(law: &ClosedForm, targets: &Targets) -> Option<Vec<f64>> {
    let geography = &law.geography;
    let features = features(law);
    let prefecture: Vec<usize> =
        targets.list.iter().map(|t| geography.counties[t.counties[0]].prefecture).collect();
    let all: BTreeSet<usize> = prefecture.iter().copied().collect();
    if all.len() < 2 {
        return None;
    }
    let mut predicted = vec![f64::NAN; targets.list.len()];
    for out in all {
        let part = |inside: bool| Targets {
            list: targets
                .list
                .iter()
                .zip(&prefecture)
                .filter(|(_, p)| (**p == out) == inside)
                .map(|(t, _)| t.clone())
                .collect(),
            ..Default::default()
        };
        let growth = ridge_predict(&features, &part(false), &part(true), geography)?;
        let places = (0..prefecture.len()).filter(|&i| prefecture[i] == out);
        places.zip(growth).for_each(|(i, g)| predicted[i] = g);
    }
    Some(predicted)
}

/// Penalty of the ridge regression on standardised facts (stated, not tuned).
const RIDGE_PENALTY: f64 = 10.0;

fn ridge_predict(
    features: &[Vec<f64>],
    train: &Targets,
    rest: &Targets,
    geography: &Geography,
) -> Option<Vec<f64>> {
    let of = |targets: &Targets, column: &[f64]| -> Vec<f64> {
        targets
            .list
            .iter()
            .map(|t| {
                let weight = |c: usize| residents(geography, c);
                let all: f64 = t.counties.iter().map(|&c| weight(c)).sum();
                t.counties.iter().map(|&c| weight(c) * column[c]).sum::<f64>() / all.max(1.0)
            })
            .collect()
    };
    let mut x = vec![Regressor::constant(train.list.len())];
    let mut penalties = vec![0.0];
    for (i, column) in features.iter().enumerate() {
        x.push(Regressor::new(format!("fact {i}"), of(train, column)));
        penalties.push(RIDGE_PENALTY);
    }
    let fit = ridge(&x, &train.growth(), &penalties).ok()?;
    let columns: Vec<Vec<f64>> = features.iter().map(|c| of(rest, c)).collect();
    Some(
        (0..rest.list.len())
            .map(|i| {
                fit.coefficients[0]
                    + columns.iter().zip(&fit.coefficients[1..]).map(|(c, b)| c[i] * b).sum::<f64>()
            })
            .collect(),
    )
}
