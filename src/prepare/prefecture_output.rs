//! Output of the units of one prefecture: by its sectors and their totals, by their totals alone, or by wages.

use std::collections::BTreeMap;

use super::census::Census;
use super::county_figures::Figures;
use super::fitting::fit;
use super::national::{Levels, National, growth};
use super::output::services;
use super::plausible;
use super::published_output::Published;
use super::report::Report;
use super::rules::Rules;
use super::units::Unit;
use super::work::Work;
use crate::messages;
use crate::world::sector::{AGRICULTURE, INDUSTRY};
use crate::{Error, Result};

/// Sums by sector, weights of the units by sector, and the provenance words of each unit.
pub(crate) type Shares = ([f64; 3], [Vec<f64>; 3], BTreeMap<usize, Vec<&'static str>>);

/// The units of a prefecture, whose output is divided over them.
pub(crate) struct Case<'a> {
    pub census: &'a Census,
    pub units: &'a [Unit],
    pub work: &'a [Work],
    pub published: &'a Published,
    pub counties: &'a [Figures],
    pub members: &'a [usize],
    pub rules: &'a Rules,
    /// What wage levels are relative to.
    pub levels: Option<Levels>,
}

impl Case<'_> {
    /// Output of the year of the county figures over that of the base year, from the nation's.
    fn growth(&self) -> f64 {
        let (from, to) = (self.census.year, self.published.county_year);
        match self.rules.output_growth {
            _ if from == to => 1.0,
            Some(growth) => growth,
            None => growth(from, to).unwrap_or(1.0),
        }
    }

    fn jobs(&self, i: usize) -> [f64; 3] {
        let w = &self.work[i];
        let tertiary: i64 = services().map(|s| w.in_sector(s)).sum();
        [w.in_sector(AGRICULTURE) as f64, w.in_sector(INDUSTRY) as f64, tertiary as f64]
    }

    /// The prefecture's sectors are known: farm output in proportion to the counties' own, the rest by
    /// proportional fitting of county totals (rows) and prefecture sectors (columns), from jobs.
    pub(crate) fn by_prefecture(
        &self,
        prefecture: &str,
        sums: [f64; 3],
        report: &mut Report,
    ) -> Result<Shares> {
        let constructed = |&i: &usize| {
            self.published.pools.contains_key(&self.units[i].code) && self.counties[i].total.is_some()
        };
        if self.members.iter().all(constructed) {
            return Ok(self.by_totals(prefecture, sums, report));
        }
        let members = self.members.iter().map(|&i| &self.units[i]);
        let growth = match self.published.of_pool(prefecture, members, self.published.county_year) {
            Some(then) => then.iter().sum::<f64>() / sums.iter().sum::<f64>(),
            None => self.growth(),
        };
        let others_sum = (sums[1] + sums[2]) * growth;
        let mut words = BTreeMap::new();
        let mut rows = Vec::with_capacity(self.members.len());
        let known: f64 = self.members.iter().filter_map(|&i| self.counties[i].other()).sum();
        let jobs_of = |known: bool| -> f64 {
            let has = |i: &&usize| self.counties[**i].total.is_some() == known;
            self.members.iter().filter(has).map(|&i| self.jobs(i)[1] + self.jobs(i)[2]).sum()
        };
        let (jobs_known, jobs_missing) = (jobs_of(true), jobs_of(false));
        let mean = if jobs_known > 0.0 { known / jobs_known } else { others_sum / jobs_missing.max(1.0) };
        let remainder = (others_sum - known) / jobs_missing.max(1.0);
        // What the total leaves is believed only where it is a possible output per job.
        let believable = jobs_known == 0.0 || (remainder > mean / 3.0 && remainder < mean * 3.0);
        let (per_job, word) = if believable { (remainder, "gdp_remainder") } else { (mean, "gdp_jobs") };
        for &i in self.members {
            let jobs = self.jobs(i);
            match self.counties[i].other() {
                Some(other) => {
                    rows.push(other);
                    words.insert(i, vec!["gdp_scaled"]);
                }
                None => {
                    rows.push(per_job * (jobs[1] + jobs[2]));
                    words.insert(i, vec![word]);
                }
            }
        }
        let missing = self.members.iter().filter(|&&i| self.counties[i].total.is_none()).count();
        if missing > 0 {
            report.note(
                "Output",
                format!(
                    "{prefecture}: {missing} of {} units without county output: {:.0} yuan a job outside farming \
                     ({word}; mean of the others {mean:.0})",
                    self.members.len(),
                    per_job,
                ),
            );
        }
        let known_total: f64 = rows.iter().sum();
        if missing == 0 {
            plausible::prefecture(prefecture, known_total, others_sum)?;
            report.note(
                "Output",
                format!(
                    "{prefecture}: county output outside farming of {} is {:.1} % of the prefecture's, scaled",
                    self.published.county_year,
                    100.0 * known_total / others_sum
                ),
            );
        }
        let start = |&i: &usize| [self.jobs(i)[1], self.jobs(i)[2]];
        let cells = fit(&rows, [sums[1], sums[2]], self.members.iter().map(start).collect());
        let farm = self.farm_weights(sums[0], &mut words);
        let weights = [farm, cells.iter().map(|c| c[0]).collect(), cells.iter().map(|c| c[1]).collect()];
        Ok((sums, weights, words))
    }

    /// Totals of all members are known, constructed, and nothing of their sectors: proportional fitting of totals (rows) and the
    /// prefecture's sectors (columns), from jobs. A unit that makes more a job than its prefecture does so in farming as outside it;
    /// farm output by farm jobs alone would leave next to nothing outside farming where many farm and little is made.
    fn by_totals(&self, prefecture: &str, sums: [f64; 3], report: &mut Report) -> Shares {
        let rows: Vec<f64> = self.members.iter().filter_map(|&i| self.counties[i].total).collect();
        let cells = fit(&rows, sums, self.members.iter().map(|&i| self.jobs(i)).collect());
        let weights = [0, 1, 2].map(|s| cells.iter().map(|cell| cell[s]).collect());
        report.note(
            "Output",
            format!("{prefecture}: output of {} units constructed, its sectors by their jobs", rows.len()),
        );
        (sums, weights, self.members.iter().map(|&i| (i, vec!["gdp_constructed"])).collect())
    }

    /// Weights of farm output: published primary output; where it is missing, jobs at the mean of the others;
    /// where it is missing or zero beside a published total, jobs at the assumed output of a job. A published
    /// figure that is impossible beside the jobs belongs to other borders, and jobs at the mean replace it.
    fn farm_weights(&self, sum: f64, words: &mut BTreeMap<usize, Vec<&'static str>>) -> Vec<f64> {
        let published = |i: usize| self.counties[i].primary.filter(|&p| p > 0.0);
        let (mut output, mut jobs, mut all_jobs) = (0.0, 0.0, 0.0);
        for &i in self.members {
            let farm = self.jobs(i)[0];
            all_jobs += farm;
            if let Some(primary) = published(i) {
                output += primary;
                jobs += farm;
            }
        }
        let mean = if jobs > 0.0 { output / jobs } else { sum / all_jobs.max(1.0) };
        let bound = self.rules.farm_output_bound;
        self.members
            .iter()
            .map(|&i| {
                let farm = self.jobs(i)[0];
                let mut word = |word| words.entry(i).or_default().push(word);
                match published(i) {
                    Some(primary) if (farm * mean / bound..=farm * mean * bound).contains(&primary) => {
                        primary
                    }
                    Some(_) => {
                        word("farm_mean");
                        farm * mean
                    }
                    None if self.counties[i].total.is_some() => {
                        if farm > 0.0 {
                            word("farm_assumed");
                        }
                        farm * self.rules.farm_output_yuan
                    }
                    None => farm * mean,
                }
            })
            .collect()
    }

    /// Only the counties are known (a unit directly under its province): brought to the base year with the
    /// growth of the province's prefectures, and split into sectors by jobs at the province's output per job.
    pub(crate) fn by_counties(&self, report: &mut Report) -> Result<Shares> {
        let province = &self.units[self.members[0]].province;
        let (mut then, mut base, mut sectors, mut jobs) = (0.0, 0.0, [0.0; 3], [0.0; 3]);
        for (code, years) in &self.published.prefectures {
            if self.census.hierarchy.province(code) != *province {
                continue;
            }
            let Some(of_base) = years.get(&self.census.year) else { continue };
            base += of_base.iter().sum::<f64>();
            let at = years.get(&self.published.county_year);
            then += at.map_or(of_base.iter().sum::<f64>() * self.growth(), |s| s.iter().sum());
            for (i, unit) in self.units.iter().enumerate() {
                if unit.prefecture == *code {
                    let here = self.jobs(i);
                    (0..3).for_each(|s| jobs[s] += here[s]);
                }
            }
            (0..3).for_each(|s| sectors[s] += of_base[s]);
        }
        let growth = if base > 0.0 { then / base } else { self.growth() };
        let national = if jobs.contains(&0.0) { self.national_per_job()? } else { [0.0; 3] };
        let per_job = |s: usize| if jobs[s] > 0.0 { sectors[s] / jobs[s] } else { national[s] };
        let mut sums = [0.0; 3];
        let mut weights: [Vec<f64>; 3] = [Vec::new(), Vec::new(), Vec::new()];
        let mut words = BTreeMap::new();
        let [farm_job, other_job] = self.known_per_job();
        for &i in self.members {
            let here = self.jobs(i);
            let usual = [here[0] * per_job(0), here[1] * per_job(1), here[2] * per_job(2)];
            let farm = self.counties[i].primary.unwrap_or(farm_job * here[0]) / growth;
            let other = self.counties[i].other().unwrap_or(other_job * (here[1] + here[2])) / growth;
            let secondary = other * usual[1] / (usual[1] + usual[2]).max(1.0);
            for (s, x) in [farm, secondary, other - secondary].into_iter().enumerate() {
                sums[s] += x;
                weights[s].push(x);
            }
            let known = self.counties[i].total.is_some();
            words.insert(i, vec![if known { "gdp_province" } else { "gdp_jobs" }]);
            let how = match known {
                true => format!("county output of {} over {growth:.4}", self.published.county_year),
                false => "no county output either, jobs at the output per job of its neighbours".to_string(),
            };
            let (code, name) = (&self.units[i].code, &self.units[i].name);
            report.note("Output", format!("{code} {name}: no prefecture output; {how}, sectors by jobs"));
        }
        Ok((sums, weights, words))
    }

    /// Output per job of the members that have a figure: in farming and outside it, yuan of its year.
    fn known_per_job(&self) -> [f64; 2] {
        let known: Vec<usize> =
            self.members.iter().copied().filter(|&i| self.counties[i].total.is_some()).collect();
        let sum = |f: &dyn Fn(usize) -> f64| known.iter().map(|&i| f(i)).sum::<f64>();
        let farm = sum(&|i| self.counties[i].primary.unwrap_or(0.0)) / sum(&|i| self.jobs(i)[0]).max(1.0);
        let others = sum(&|i| self.counties[i].other().unwrap_or(0.0));
        [farm, others / sum(&|i| self.jobs(i)[1] + self.jobs(i)[2]).max(1.0)]
    }

    /// Nothing is known: jobs at the national output per job and sector, times the wage level of the
    /// prefecture. The level is only relative; `output` closes the sums afterwards.
    pub(crate) fn by_wages(&self, report: &mut Report) -> Result<Shares> {
        let per_job = self.national_per_job()?;
        let mut weights: [Vec<f64>; 3] = [Vec::new(), Vec::new(), Vec::new()];
        let mut words = BTreeMap::new();
        let prefecture = &self.units[self.members[0]].prefecture;
        let (level, word) = self.wage_level(prefecture);
        if word != "gdp_wage" {
            report.note("Output", format!("{prefecture}: no wage found, level {level:.3} ({word})"));
        }
        let farm_level = libm::pow(level, self.rules.farm_wage_elasticity);
        for &i in self.members {
            let jobs = self.jobs(i);
            weights[0].push(jobs[0] * per_job[0] * farm_level);
            weights[1].push(jobs[1] * per_job[1] * level);
            weights[2].push(jobs[2] * per_job[2] * level);
            words.insert(i, vec![word]);
        }
        let sums = [0, 1, 2].map(|s| weights[s].iter().sum());
        Ok((sums, weights, words))
    }

    /// Wage level of a prefecture relative to the job-weighted mean of those known, the nation's if the table has
    /// only a part of it.
    fn wage_level(&self, prefecture: &str) -> (f64, &'static str) {
        let of = |value: &dyn Fn(usize) -> Option<f64>, here: &dyn Fn(usize) -> bool, mean: Option<f64>| {
            let value = |i: usize| value(i).filter(|_| here(i));
            mean_by_jobs(self.work, value).zip(mean).map(|(here, mean)| here / mean)
        };
        let wage = |i: usize| self.published.wages.get(&self.units[i].prefecture).copied();
        let minimum = |i: usize| self.published.minimum_wage(i);
        let in_prefecture = |i: usize| self.units[i].prefecture == prefecture;
        let province = &self.units[self.members[0]].province;
        let in_province = |i: usize| &self.units[i].province == province;
        let (mean_wage, mean_minimum) = (self.levels.map(|l| l.wage), self.levels.map(|l| l.minimum_wage));
        if let Some(level) = of(&wage, &in_prefecture, mean_wage) {
            (level, "gdp_wage")
        } else if let Some(level) = of(&minimum, &in_prefecture, mean_minimum) {
            (level, "gdp_minimum_wage")
        } else {
            (of(&wage, &in_province, mean_wage).unwrap_or(1.0), "gdp_level")
        }
    }

    /// Value added per job where nothing closer is known: of the province where its sectors are published and the country is
    /// another one; else the nation's, stated sector totals over all long-form jobs, raised like here.
    fn national_per_job(&self) -> Result<[f64; 3]> {
        if self.census.hierarchy.is_stated() {
            return self.province_per_job();
        }
        let (factor, _) = self.rules.participation("", self.census.year);
        let national = National::of(self.census.year)?;
        Ok([0, 1, 2].map(|s| national.output[s] / (10.0 * factor * national.long_form[s])))
    }
}

impl Case<'_> {
    /// Value added per job of the members' province, by its published sectors.
    fn province_per_job(&self) -> Result<[f64; 3]> {
        let province = &self.units[self.members[0]].province;
        let sectors = self.published.provinces.get(province).and_then(|output| output.sectors);
        let Some(sectors) = sectors else {
            return Err(Error::Data {
                what: messages::units_without_output(self.census.year),
                found: messages::no_output_of_province(province),
                expected: messages::output_of_units_or_province(),
            });
        };
        let mut jobs = [0.0; 3];
        for i in (0..self.units.len()).filter(|&i| self.units[i].province == *province) {
            self.jobs(i).iter().zip(&mut jobs).for_each(|(here, sum)| *sum += here);
        }
        Ok([0, 1, 2].map(|s| sectors[s] / f64::max(jobs[s], 1.0)))
    }
}

/// Mean of a value over the units that have it, weighted by their jobs.
fn mean_by_jobs(work: &[Work], value: impl Fn(usize) -> Option<f64>) -> Option<f64> {
    let (mut sum, mut jobs) = (0.0, 0.0);
    for (i, work) in work.iter().enumerate() {
        if let Some(v) = value(i) {
            sum += v * work.total() as f64;
            jobs += work.total() as f64;
        }
    }
    (sum > 0.0 && jobs > 0.0).then(|| sum / jobs)
}

/// Means of the units of a table, to be closed.
pub(crate) fn levels_here(units: &[Unit], work: &[Work], published: &Published) -> Levels {
    let wage = |i: usize| published.wages.get(&units[i].prefecture).copied();
    Levels {
        wage: mean_by_jobs(work, wage).unwrap_or(1.0),
        minimum_wage: mean_by_jobs(work, |i| published.minimum_wage(i)).unwrap_or(1.0),
        closing: [1.0; 3],
    }
}
