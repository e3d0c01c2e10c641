//! Value added by unit and sector in the base year, and its division between seat and village.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::census::Census;
use super::places::{Found, Lookup, Renames};
use super::report::Report;
use super::rules::Rules;
use super::table::Table;
use super::units::Unit;
use super::work::{SECTORS, Work, sectors};
use crate::quantity::split;
use crate::{Error, Result};

const YUAN: f64 = 1e4; // the published tables count in 10,000 yuan

/// County output as published for one year, yuan.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CountyOutput {
    pub total: Option<f64>,
    pub primary: Option<f64>,
}

/// Output of a prefecture by year and sector (primary, secondary, tertiary), yuan.
pub type PrefectureOutput = BTreeMap<String, BTreeMap<i32, [f64; 3]>>;

/// What is published about output in and around the base year.
#[derive(Default)]
pub struct Published {
    /// Year of the county figures; the base year or the nearest one.
    pub county_year: i32,
    pub counties: BTreeMap<String, (String, CountyOutput)>,
    /// Groups of units whose output is published for another boundary: codes in the output table, units here.
    pub groups: Vec<Group>,
    pub prefectures: PrefectureOutput,
    /// Minimum wage by unit, in the order of the units; empty or zero where there is none.
    pub minimum_wages: Vec<i64>,
    /// Later codes of units (see [`Lookup`]).
    pub renames: Renames,
    /// Wage level of prefectures, yuan a year.
    pub wages: BTreeMap<String, f64>,
}

/// Output codes and the units that share them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    pub published: Vec<String>,
    pub units: Vec<String>,
}

/// Reads county output of the year nearest to the base year.
pub fn read_counties(path: &Path, year: i32, published: &mut Published) -> Result<()> {
    let table = Table::read(path, &["gb_code", "county_cn", "year", "gdp_10k_yuan", "gdp_primary_10k_yuan"])?;
    let mut years = BTreeSet::new();
    for row in table.rows() {
        years.insert(row.count("year")? as i32);
    }
    let nearest = years.into_iter().min_by_key(|y| ((y - year).abs(), *y)).unwrap_or(year);
    if (nearest - year).abs() > 2 {
        return Err(Error::Data {
            what: table.name().to_string(),
            found: format!("{nearest} as the year nearest to {year}"),
            expected: "county output within two years of the base year".into(),
        });
    }
    published.county_year = nearest;
    for row in table.rows() {
        if row.count("year")? as i32 != nearest {
            continue;
        }
        let (total, primary) = (row.number("gdp_10k_yuan")?, row.number("gdp_primary_10k_yuan")?);
        if total.is_some_and(|t| t < primary.unwrap_or(0.0)) || primary.is_some_and(|p| p < 0.0) {
            return Err(row.wrong("gdp_primary_10k_yuan", "from 0 to the county's whole output"));
        }
        let output = CountyOutput { total: total.map(|x| x * YUAN), primary: primary.map(|x| x * YUAN) };
        published
            .counties
            .insert(row.code("gb_code")?.to_string(), (row.text("county_cn").to_string(), output));
    }
    Ok(())
}

/// Reads prefecture output by sector.
pub fn read_prefectures(path: &Path) -> Result<PrefectureOutput> {
    let columns =
        ["gb_code", "year", "gdp_primary_10k_yuan", "gdp_secondary_10k_yuan", "gdp_tertiary_10k_yuan"];
    let table = Table::read(path, &columns)?;
    let mut outputs = PrefectureOutput::new();
    for row in table.rows() {
        let mut sectors = [0.0; 3];
        for (sector, column) in sectors.iter_mut().zip(&columns[2..]) {
            match row.number(column)? {
                Some(x) if x >= 0.0 => *sector = x * YUAN,
                _ => return Err(row.wrong(column, "output of the sector in 10,000 yuan")),
            }
        }
        let year = row.count("year")? as i32;
        outputs.entry(row.code("gb_code")?.to_string()).or_default().insert(year, sectors);
    }
    Ok(outputs)
}

/// Reads `group,published,unit`: one row a code, in either of the two columns.
pub fn read_groups(path: &Path) -> Result<Vec<Group>> {
    let table = Table::read(path, &["group", "published", "unit"])?;
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for row in table.rows() {
        let group = groups.entry(row.text("group").to_string()).or_default();
        if !row.text("published").is_empty() {
            group.published.push(row.code("published")?.to_string());
        }
        if !row.text("unit").is_empty() {
            group.units.push(row.code("unit")?.to_string());
        }
    }
    Ok(groups.into_values().collect())
}

/// Value added of every unit by sector, whole yuan.
pub fn output(
    census: &Census,
    units: &mut [Unit],
    work: &[Work],
    published: &Published,
    whole_country: bool,
    rules: &Rules,
    report: &mut Report,
) -> Vec<[i64; SECTORS]> {
    let counties = county_figures(census, units, work, published);
    let mut prefectures: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, unit) in units.iter().enumerate() {
        prefectures.entry(unit.prefecture.clone()).or_default().push(i);
    }
    let mut shares = Vec::with_capacity(prefectures.len());
    let mut proxies = [0.0; 3];
    for (prefecture, members) in &prefectures {
        let base = published.prefectures.get(prefecture).and_then(|years| years.get(&census.year)).copied();
        let known = members.iter().any(|&i| counties[i].total.is_some());
        let case = Case { census, units, work, published, counties: &counties, members, rules };
        let (sums, weights, words) = match (base, known) {
            (Some(sums), _) => case.by_prefecture(prefecture, sums, report),
            (None, true) => case.by_counties(report),
            (None, false) => case.by_wages(report),
        };
        let proxy = base.is_none() && !known;
        if proxy {
            (0..3).for_each(|s| proxies[s] += sums[s]);
        }
        shares.push((members, sums, weights, words, proxy));
    }
    // Over the whole country the proxies must give the national sums; elsewhere they are levels per job.
    let scale = |s: usize| {
        if whole_country && proxies[s] > 0.0 { rules.national_output_yuan[s] / proxies[s] } else { 1.0 }
    };
    let mut output = vec![[0; SECTORS]; units.len()];
    for (members, sums, weights, words, proxy) in shares {
        for sector in 0..3 {
            // Sums of the prefecture in whole yuan, so that nothing is lost in the counties.
            let sum = sums[sector] * if proxy { scale(sector) } else { 1.0 };
            for (&i, part) in members.iter().zip(split(libm::rint(sum) as i64, &weights[sector])) {
                match sector {
                    0 => output[i][0] = part,
                    1 => output[i][1] = part,
                    _ => {
                        let jobs = [work[i].in_sector(2) as f64, work[i].in_sector(3) as f64];
                        let tertiary = split(part, &jobs);
                        output[i][2] = tertiary[0];
                        output[i][3] = tertiary[1];
                    }
                }
            }
        }
        for &i in members {
            if counties[i].group {
                units[i].words.insert("gdp_group");
            }
            units[i].words.extend(&words[&i]);
        }
    }
    output
}

/// Published output of a unit after groups are shared.
#[derive(Clone, Copy, Debug, Default)]
struct Figures {
    total: Option<f64>,
    primary: Option<f64>,
    group: bool,
}

impl Figures {
    fn other(&self) -> Option<f64> {
        self.total.map(|t| t - self.primary.unwrap_or(0.0))
    }
}

fn county_figures(census: &Census, units: &[Unit], work: &[Work], published: &Published) -> Vec<Figures> {
    let lookup = Lookup::new(census, published.counties.clone(), &published.renames.same);
    let mut figures: Vec<Figures> = units
        .iter()
        .map(|unit| match lookup.get(&unit.code, &unit.name) {
            // A unit found by name only is the same one under a later code: its output is its own.
            Some((output, Found::ByCode | Found::ByName)) => {
                Figures { total: output.total, primary: output.primary, ..Figures::default() }
            }
            None => Figures::default(),
        })
        .collect();
    for group in &published.groups {
        let of = |f: &dyn Fn(&CountyOutput) -> Option<f64>| -> f64 {
            group.published.iter().filter_map(|c| published.counties.get(c)).filter_map(|(_, o)| f(o)).sum()
        };
        let (total, primary) = (of(&|o| o.total), of(&|o| o.primary));
        let members: Vec<usize> =
            (0..units.len()).filter(|&i| group.units.contains(&units[i].code)).collect();
        let farm: f64 = members.iter().map(|&i| work[i].in_sector(0) as f64).sum();
        let others: f64 = members.iter().map(|&i| (work[i].total() - work[i].in_sector(0)) as f64).sum();
        if total <= 0.0 {
            continue;
        }
        for &i in &members {
            let farm_here = work[i].in_sector(0) as f64;
            let others_here = (work[i].total() - work[i].in_sector(0)) as f64;
            let primary = primary * farm_here / farm.max(1.0);
            figures[i].primary = Some(primary);
            figures[i].total = Some(primary + (total - of(&|o| o.primary)) * others_here / others.max(1.0));
            figures[i].group = true;
        }
    }
    figures
}

/// Sums by sector, weights of the units by sector, and the provenance words of each unit.
type Shares = ([f64; 3], [Vec<f64>; 3], BTreeMap<usize, Vec<&'static str>>);

struct Case<'a> {
    census: &'a Census,
    units: &'a [Unit],
    work: &'a [Work],
    published: &'a Published,
    counties: &'a [Figures],
    members: &'a [usize],
    rules: &'a Rules,
}

impl Case<'_> {
    fn jobs(&self, i: usize) -> [f64; 3] {
        let w = &self.work[i];
        [w.in_sector(0) as f64, w.in_sector(1) as f64, (w.in_sector(2) + w.in_sector(3)) as f64]
    }

    /// The prefecture's sectors are known: farm output in proportion to the counties' own, the rest by
    /// proportional fitting of county totals (rows) and prefecture sectors (columns), from jobs.
    fn by_prefecture(&self, prefecture: &str, sums: [f64; 3], report: &mut Report) -> Shares {
        let years = &self.published.prefectures[prefecture];
        let growth = match years.get(&self.published.county_year) {
            Some(then) => then.iter().sum::<f64>() / sums.iter().sum::<f64>(),
            None => self.rules.output_growth,
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
            report.note(
                "Output",
                format!(
                    "{prefecture}: county output outside farming of {} is {:.1} % of the prefecture's, scaled",
                    self.published.county_year,
                    100.0 * known_total / others_sum
                ),
            );
        }
        let cells = fit(&rows, [sums[1], sums[2]], self.members.iter().map(|&i| self.jobs(i)).collect());
        let farm = self.farm_weights(sums[0], &mut words);
        let weights = [farm, cells.iter().map(|c| c[0]).collect(), cells.iter().map(|c| c[1]).collect()];
        (sums, weights, words)
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
    fn by_counties(&self, report: &mut Report) -> Shares {
        let province = &self.units[self.members[0]].province;
        let (mut then, mut base, mut sectors, mut jobs) = (0.0, 0.0, [0.0; 3], [0.0; 3]);
        for (code, years) in &self.published.prefectures {
            if code[..2] != province[..2] {
                continue;
            }
            let Some(of_base) = years.get(&self.census.year) else { continue };
            base += of_base.iter().sum::<f64>();
            let at = years.get(&self.published.county_year);
            then += at.map_or(of_base.iter().sum::<f64>() * self.rules.output_growth, |s| s.iter().sum());
            for (i, unit) in self.units.iter().enumerate() {
                if unit.prefecture == *code {
                    let here = self.jobs(i);
                    (0..3).for_each(|s| jobs[s] += here[s]);
                }
            }
            (0..3).for_each(|s| sectors[s] += of_base[s]);
        }
        let growth = if base > 0.0 { then / base } else { self.rules.output_growth };
        let national = self.national_per_job();
        let per_job = |s: usize| if jobs[s] > 0.0 { sectors[s] / jobs[s] } else { national[s] };
        let mut sums = [0.0; 3];
        let mut weights: [Vec<f64>; 3] = [Vec::new(), Vec::new(), Vec::new()];
        let mut words = BTreeMap::new();
        for &i in self.members {
            let here = self.jobs(i);
            let usual = [here[0] * per_job(0), here[1] * per_job(1), here[2] * per_job(2)];
            let farm = self.counties[i].primary.map_or(usual[0], |p| p / growth);
            let other = self.counties[i].other().map_or(usual[1] + usual[2], |o| o / growth);
            let secondary = other * usual[1] / (usual[1] + usual[2]).max(1.0);
            for (s, x) in [farm, secondary, other - secondary].into_iter().enumerate() {
                sums[s] += x;
                weights[s].push(x);
            }
            words.insert(i, vec!["gdp_province"]);
            report.note(
                "Output",
                format!(
                    "{} {}: no prefecture output; county output of {} over {growth:.4}, sectors by jobs",
                    self.units[i].code, self.units[i].name, self.published.county_year
                ),
            );
        }
        (sums, weights, words)
    }

    /// Nothing is known: jobs at the national output per job and sector, times the wage level of the
    /// prefecture. The level is only relative; `output` is scaled afterwards by the caller's national sums.
    fn by_wages(&self, report: &mut Report) -> Shares {
        let per_job = self.national_per_job();
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
        (sums, weights, words)
    }

    /// Wage level of a prefecture relative to the job-weighted mean of those known.
    fn wage_level(&self, prefecture: &str) -> (f64, &'static str) {
        let relative = |value: &dyn Fn(usize) -> Option<f64>, here: &dyn Fn(usize) -> bool| -> Option<f64> {
            let (mut sum, mut jobs, mut sum_here, mut jobs_here) = (0.0, 0.0, 0.0, 0.0);
            for i in 0..self.units.len() {
                let Some(v) = value(i) else { continue };
                let w = self.work[i].total() as f64;
                sum += v * w;
                jobs += w;
                if here(i) {
                    sum_here += v * w;
                    jobs_here += w;
                }
            }
            (jobs_here > 0.0 && sum > 0.0).then(|| (sum_here / jobs_here) / (sum / jobs))
        };
        let wage = |i: usize| self.published.wages.get(&self.units[i].prefecture).copied();
        let minimum = |i: usize| self.published.minimum_wages.get(i).filter(|&&w| w > 0).map(|&w| w as f64);
        let in_prefecture = |i: usize| self.units[i].prefecture == prefecture;
        let province = &self.units[self.members[0]].province;
        let in_province = |i: usize| &self.units[i].province == province;
        if let Some(level) = relative(&wage, &in_prefecture) {
            (level, "gdp_wage")
        } else if let Some(level) = relative(&minimum, &in_prefecture) {
            (level, "gdp_minimum_wage")
        } else {
            (relative(&wage, &in_province).unwrap_or(1.0), "gdp_level")
        }
    }

    /// National value added per job: sector totals over all long-form jobs of the census, raised like here.
    fn national_per_job(&self) -> [f64; 3] {
        let (factor, _) = self.rules.participation("", self.census.year);
        let jobs = sectors(&self.census.all_jobs(), 0.0);
        [0, 1, 2].map(|s| self.rules.national_output_yuan[s] / (10.0 * factor * jobs[s]).max(1.0))
    }
}

/// Proportional fitting of two columns: rows keep their proportions, columns their sums.
fn fit(rows: &[f64], columns: [f64; 2], start: Vec<[f64; 3]>) -> Vec<[f64; 2]> {
    let total = columns[0] + columns[1];
    let sum: f64 = rows.iter().sum();
    let mut cells: Vec<[f64; 2]> =
        start.iter().map(|j| if j[1] + j[2] > 0.0 { [j[1], j[2]] } else { [1.0, 1.0] }).collect();
    for _ in 0..1000 {
        let mut sums = [0.0; 2];
        for (cell, row) in cells.iter_mut().zip(rows) {
            let scale = row * total / sum.max(1.0) / (cell[0] + cell[1]).max(f64::MIN_POSITIVE);
            cell.iter_mut().zip(&mut sums).for_each(|(c, s)| {
                *c *= scale;
                *s += *c;
            });
        }
        let scale = [columns[0] / sums[0].max(1.0), columns[1] / sums[1].max(1.0)];
        for cell in &mut cells {
            cell[0] *= scale[0];
            cell[1] *= scale[1];
        }
        if (scale[0] - 1.0).abs() < 1e-12 && (scale[1] - 1.0).abs() < 1e-12 {
            break;
        }
    }
    cells
}

/// Output of a unit by node (urban, village) and sector: farm output follows farm jobs; elsewhere a worker of
/// the village counts `village_output` of one at the seat, where commuters work.
pub fn by_node(output: &[i64; SECTORS], work: &Work, rules: &Rules) -> [[i64; SECTORS]; 2] {
    let mut by_node = [[0; SECTORS]; 2];
    for s in 0..SECTORS {
        let at_seat = (work.employed[0][s] + work.commuters[s]) as f64;
        let in_village = work.employed[1][s] as f64;
        let relative = if s == 0 { 1.0 } else { rules.village_output };
        let parts = split(output[s], &[at_seat, relative * in_village]);
        (by_node[0][s], by_node[1][s]) = (parts[0], parts[1]);
    }
    by_node
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fitting_keeps_rows_and_columns() {
        let start = vec![[0.0, 3.0, 1.0], [0.0, 1.0, 4.0], [0.0, 2.0, 2.0]];
        let cells = fit(&[40.0, 50.0, 10.0], [45.0, 55.0], start);
        let column = |c: usize| cells.iter().map(|cell| cell[c]).sum::<f64>();
        assert!((column(0) - 45.0).abs() < 1e-9 && (column(1) - 55.0).abs() < 1e-9);
        assert!((cells[1][0] + cells[1][1] - 50.0).abs() < 1e-9);
    }
}
