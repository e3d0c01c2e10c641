//! Value added by unit and sector in the base year.

use std::collections::{BTreeMap, BTreeSet};

use super::census::Census;
use super::changes::Joined;
use super::fitting::fit;
use super::national::{Levels, National, growth};
use super::places::{Found, Lookup, Renames, stem};
use super::plausible;
use super::provinces::ProvinceOutput;
use super::report::Report;
use super::rules::Rules;
use super::units::Unit;
use super::work::Work;
use crate::messages;
use crate::quantity::split;
use crate::scenario::files::Input;
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::table::{Column, Kind, Table};
use crate::world::sector::{AGRICULTURE, INDUSTRY, LOCAL_SERVICES, SECTORS, Sector};
use crate::{Error, Result};

const YUAN: f64 = 1e4; // the published tables count in 10,000 yuan

/// County output as published for one year, yuan.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct CountyOutput {
    pub total: Option<f64>,
    pub primary: Option<f64>,
}

/// Output of a prefecture by year and sector (primary, secondary, tertiary), yuan.
pub(crate) type PrefectureOutput = BTreeMap<String, BTreeMap<i32, [f64; 3]>>;

/// What is published about output in and around the base year.
#[derive(Default)]
pub(crate) struct Published {
    /// Year of the county figures; the base year or the nearest one.
    pub county_year: i32,
    pub counties: BTreeMap<String, (String, CountyOutput)>,
    /// Groups of units whose output is published for another boundary: codes in the output table, units here.
    pub groups: Vec<Group>,
    pub prefectures: PrefectureOutput,
    /// Output of provinces in the base year.
    pub provinces: BTreeMap<String, ProvinceOutput>,
    /// Minimum wage by unit, in the order of the units; empty or zero where there is none.
    pub minimum_wages: Vec<i64>,
    /// Later codes of units (see [`Lookup`]).
    pub renames: Renames,
    /// Units whose code or border changed between the census and the table of county output.
    pub changes: Vec<Joined>,
    /// Wage level of prefectures, yuan a year.
    pub wages: BTreeMap<String, f64>,
    /// Living in homes in the nation's tertiary value added.
    pub dwelling_share: f64,
    /// Prefectures whose published output was divided over units by counts of the census, by unit: what the table of county output has
    /// of these is constructed.
    pub pools: BTreeMap<String, String>,
}

impl Published {
    /// Minimum wage of a unit, if there is one.
    fn minimum_wage(&self, i: usize) -> Option<f64> {
        self.minimum_wages.get(i).filter(|&&w| w > 0).map(|&w| w as f64)
    }

    /// Output of the prefectures that a pool is made of in a year, if it is published for them.
    fn of_pool<'a>(&self, pool: &str, units: impl Iterator<Item = &'a Unit>, year: i32) -> Option<[f64; 3]> {
        let mut codes: BTreeSet<&str> = units.map(|unit| unit.prefecture.as_str()).collect();
        codes.insert(pool);
        let outputs = codes.iter().filter_map(|code| self.prefectures.get(*code)?.get(&year));
        outputs.copied().reduce(|a, b| [a[0] + b[0], a[1] + b[1], a[2] + b[2]])
    }

    /// Code under which the output of a unit's prefecture is published.
    fn pool<'a>(&'a self, unit: &'a Unit) -> &'a String {
        self.pools.get(&unit.code).unwrap_or(&unit.prefecture)
    }
}

/// Output codes and the units that share them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Group {
    pub published: Vec<String>,
    pub units: Vec<String>,
}

static COUNTY_COLUMNS: [Column; 5] = [
    Column::required("gb_code", Kind::Code, "code of the unit"),
    Column::known("county_cn", Kind::Text, "its name"),
    Column::required("year", Kind::Year, "year of the figures"),
    Column::known("gdp_10k_yuan", Kind::MONEY_10K, "output, 10,000 yuan"),
    Column::known("gdp_primary_10k_yuan", Kind::MONEY_10K, "output of farming, 10,000 yuan"),
];

/// Reads county output of the year nearest to the base year.
pub(crate) fn read_counties(input: &Input, year: i32, published: &mut Published, problems: &mut Problems) {
    let table = Table::open_input(input, &COUNTY_COLUMNS[..], problems);
    let sound = || table.rows().filter(|&row| table.is_row_sound(row));
    let years: BTreeSet<i32> = sound().map(|row| table.persons(row, "year") as i32).collect();
    let nearest = years.into_iter().min_by_key(|y| ((y - year).abs(), *y)).unwrap_or(year);
    if (nearest - year).abs() > 2 && year != 0 {
        let title = messages::nearest_year_is(year, nearest);
        problems.push(Problem::new(table.whole(), title).help(messages::county_output_needed()));
    }
    published.county_year = nearest;
    for row in sound().filter(|&row| table.persons(row, "year") == i64::from(nearest)) {
        let (total, primary) = (table.number(row, "gdp_10k_yuan"), table.number(row, "gdp_primary_10k_yuan"));
        if total.is_some_and(|t| t < primary.unwrap_or(0.0)) {
            let expected = messages::from_zero_to_whole();
            problems.push(table.wrong(row, "gdp_primary_10k_yuan", &expected.to_string()));
        }
        let output = CountyOutput { total: total.map(|x| x * YUAN), primary: primary.map(|x| x * YUAN) };
        let fact = (table.text(row, "county_cn").to_string(), output);
        published.counties.insert(table.text(row, "gb_code").to_string(), fact);
    }
}

static PREFECTURE_COLUMNS: [Column; 5] = [
    Column::required("gb_code", Kind::Code, "code of the prefecture"),
    Column::required("year", Kind::Year, "year of the figures"),
    Column::required("gdp_primary_10k_yuan", Kind::MONEY_10K, "output of farming, 10,000 yuan"),
    Column::required("gdp_secondary_10k_yuan", Kind::MONEY_10K, "output of industry, 10,000 yuan"),
    Column::required("gdp_tertiary_10k_yuan", Kind::MONEY_10K, "output of services, 10,000 yuan"),
];

/// Reads prefecture output by sector.
pub(crate) fn read_prefectures(input: &Input, problems: &mut Problems) -> PrefectureOutput {
    let table = Table::open_input(input, &PREFECTURE_COLUMNS[..], problems);
    let mut outputs = PrefectureOutput::new();
    for row in table.rows().filter(|&row| table.is_row_sound(row)) {
        let sectors = ["gdp_primary_10k_yuan", "gdp_secondary_10k_yuan", "gdp_tertiary_10k_yuan"]
            .map(|column| table.number(row, column).unwrap_or(0.0) * YUAN);
        let year = table.persons(row, "year") as i32;
        outputs.entry(table.text(row, "gb_code").to_string()).or_default().insert(year, sectors);
    }
    outputs
}

static GROUP_COLUMNS: [Column; 3] = [
    Column::required("group", Kind::Text, "name of the group"),
    Column::known("published", Kind::Code, "code whose output is shared over the units of the group"),
    Column::known("unit", Kind::Code, "code of a unit of the group"),
];

/// Reads `group,published,unit`: one row a code, in either of the two columns.
pub(crate) fn read_groups(input: &Input, problems: &mut Problems) -> Vec<Group> {
    let table = Table::open_input(input, &GROUP_COLUMNS[..], problems);
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    for row in table.rows().filter(|&row| table.is_row_sound(row)) {
        let group = groups.entry(table.text(row, "group").to_string()).or_default();
        if !table.is_empty(row, "published") {
            group.published.push(table.text(row, "published").to_string());
        }
        if !table.is_empty(row, "unit") {
            group.units.push(table.text(row, "unit").to_string());
        }
    }
    groups.into_values().collect()
}

/// Value added of a unit, whole yuan.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Output {
    pub sectors: [i64; SECTORS],
    /// Living in homes.
    pub dwellings: i64,
}

impl Output {
    /// All of it, yuan.
    pub(crate) fn total(&self) -> f64 {
        self.sectors.iter().map(|&x| x as f64).sum::<f64>() + self.dwellings as f64
    }

    /// Farming, industry, and the services with living in homes, one cell a sector.
    pub(crate) fn parts(&mut self) -> [Vec<&mut i64>; 3] {
        let [farming, industry, services @ ..] = &mut self.sectors;
        [vec![farming], vec![industry], services.iter_mut().chain([&mut self.dwellings]).collect()]
    }
}

/// Value added of every unit.
pub(crate) fn output(
    census: &Census,
    units: &mut [Unit],
    work: &[Work],
    published: &Published,
    rules: &Rules,
    report: &mut Report,
) -> Result<Vec<Output>> {
    let counties = county_figures(census, units, work, published, report);
    let mut prefectures: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, unit) in units.iter().enumerate() {
        prefectures.entry(published.pool(unit).clone()).or_default().push(i);
    }
    let mut levels = match census.whole_country() {
        true => Some(levels_here(units, work, published)),
        false => Levels::of(census.year),
    };
    let mut shares = Vec::with_capacity(prefectures.len());
    for (prefecture, members) in &prefectures {
        let base = published.of_pool(prefecture, members.iter().map(|&i| &units[i]), census.year);
        let known = members.iter().any(|&i| counties[i].total.is_some());
        let case = Case { census, units, work, published, counties: &counties, members, rules, levels };
        let (sums, weights, words) = match (base, known) {
            (Some(sums), _) => case.by_prefecture(prefecture, sums, report)?,
            (None, true) => case.by_counties(report)?,
            (None, false) => case.by_wages(report)?,
        };
        shares.push((members, sums, weights, words, base.is_none() && !known));
    }
    // Output by wage level adds up to the nation's, over all prefectures and whatever is published for some of them.
    let closing = match (shares.iter().any(|share| share.4), &mut levels) {
        (true, Some(levels)) if census.whole_country() => {
            let mut sums = [0.0; 3];
            for members in prefectures.values() {
                let levels = Some(*levels);
                let case =
                    Case { census, units, work, published, counties: &counties, members, rules, levels };
                let (part, ..) = case.by_wages(&mut Report::default())?;
                (0..3).for_each(|s| sums[s] += part[s]);
            }
            let national = National::of(census.year)?.output;
            levels.closing = [0, 1, 2].map(|s| national[s] / sums[s].max(1.0));
            report.note("Output by wage level", levels.words());
            levels.closing
        }
        (true, Some(levels)) => {
            report.note("Output by wage level", levels.words());
            levels.closing
        }
        _ => [1.0; 3],
    };
    let mut output = vec![Output::default(); units.len()];
    for (members, sums, weights, words, proxy) in shares {
        for sector in 0..3 {
            // Sums of the prefecture in whole yuan, so that nothing is lost in the counties.
            let sum = sums[sector] * if proxy { closing[sector] } else { 1.0 };
            for (&i, part) in members.iter().zip(split(libm::rint(sum) as i64, &weights[sector])) {
                match sector {
                    0 => output[i].sectors[AGRICULTURE] = part,
                    1 => output[i].sectors[INDUSTRY] = part,
                    _ => tertiary(&mut output[i], part, &work[i], published.dwelling_share),
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
    Ok(output)
}

/// County output under the codes of the census. Where a code was given to another unit since, the name in the row is
/// that of a third unit of the census: the row is that unit's, not that of the unit with the code.
fn under_own_codes(
    census: &Census,
    published: &Published,
    report: &mut Report,
) -> BTreeMap<String, (String, CountyOutput)> {
    let names: BTreeMap<&str, &str> =
        census.counties.iter().map(|c| (c.code.as_str(), c.name.as_str())).collect();
    let mut stems: BTreeMap<(String, String), Vec<&str>> = BTreeMap::new();
    for (code, name) in &names {
        stems.entry((census.hierarchy.province(code), stem(name))).or_default().push(code);
    }
    let mut facts = published.counties.clone();
    for (code, (name, output)) in &published.counties {
        let Some(here) = names.get(code.as_str()).filter(|_| !name.is_empty()) else { continue };
        if stem(here) == stem(name) || published.renames.same.contains_key(code) {
            continue;
        }
        match stems.get(&(census.hierarchy.province(code), stem(name))).map(Vec::as_slice) {
            Some([owner]) => {
                facts.remove(code);
                let own = published.counties.contains_key(*owner);
                if !own {
                    facts.insert((*owner).to_owned(), (name.clone(), *output));
                }
                report.note(
                    "Output under another unit's code",
                    format!(
                        "{code} is {name} in the table of output and {here} in the census: taken for {owner}"
                    ),
                );
            }
            _ => report.note(
                "Output under another unit's code",
                format!(
                    "{code} is {name} in the table of output and {here} in the census: taken as one unit"
                ),
            ),
        }
    }
    facts
}

/// Whether published output of the tertiary sector is shared out to a sector. That of the primary goes to farming and that of
/// the secondary to industry, whole: a second sector of theirs needs a share of it in `output`.
fn is_service(sector: usize) -> bool {
    match Sector::ALL[sector] {
        Sector::Agriculture | Sector::Industry => false,
        Sector::BusinessServices | Sector::LocalServices | Sector::Tourism => true,
    }
}

/// Sectors of the services.
fn services() -> impl Iterator<Item = usize> {
    (0..SECTORS).filter(|&s| is_service(s))
}

/// Tertiary output: living in homes first, the rest by what the unit's jobs in services would make in the nation.
fn tertiary(output: &mut Output, sum: i64, work: &Work, dwelling_share: f64) {
    output.dwellings = libm::rint(dwelling_share * sum as f64) as i64;
    let mut value = work.value;
    // A sector with a job in the long form and nobody at work after rounding makes nothing.
    (0..SECTORS).filter(|&s| !is_service(s) || work.in_sector(s) == 0).for_each(|s| value[s] = 0.0);
    if value.iter().all(|v| *v <= 0.0) {
        output.sectors[LOCAL_SERVICES] = sum - output.dwellings;
        return;
    }
    let parts = split(sum - output.dwellings, &value);
    services().for_each(|s| output.sectors[s] = parts[s]);
}

/// Groups of units whose code or border changed since or before: together they hold what is published for their codes of
/// the other year. Those that the caller groups or renames are left to it.
fn changed(
    census: &Census,
    units: &[Unit],
    facts: &BTreeMap<String, (String, CountyOutput)>,
    published: &Published,
    report: &mut Report,
) -> (Vec<Group>, BTreeSet<String>) {
    let mut groups = Vec::new();
    let mut taken = BTreeSet::new();
    let (base, year) = (census.year, published.county_year);
    for joined in &published.changes {
        let said = |code: &String| {
            published.renames.same.contains_key(code)
                || published.groups.iter().any(|group| group.units.contains(code))
        };
        let known: Vec<&String> =
            joined.others.iter().filter(|code| published.counties.contains_key(*code)).collect();
        let units_of: Vec<&Unit> = units.iter().filter(|unit| joined.units.contains(&unit.code)).collect();
        if joined.units.iter().any(said) || known.is_empty() || units_of.is_empty() {
            continue;
        }
        // A table that was brought to the borders of the census has the old codes still.
        let old = |code: &&String| published.counties.contains_key(*code) && !joined.others.contains(*code);
        if joined.units.iter().any(|code| old(&code)) {
            continue;
        }
        let name = |code: &str| facts.get(code).map_or(String::new(), |(name, _)| format!(" {name}"));
        let here: Vec<String> = units_of.iter().map(|unit| format!("{} {}", unit.code, unit.name)).collect();
        let there: Vec<String> = joined.others.iter().map(|code| format!("{code}{}", name(code))).collect();
        let missing = joined.others.len() - known.len();
        // Nobody knows how much moved where the units are the same before and after: each keeps its figure.
        let stays = joined.units == joined.others;
        let how = match (units_of.len(), joined.others.len(), missing) {
            _ if stays => "figures taken as they are published".to_owned(),
            (_, _, missing) if missing > 0 => {
                format!(
                    "{missing} of them without a figure: left out, jobs at their neighbours' output per job"
                )
            }
            (1, 1, _) => "the same unit under another code".to_owned(),
            (1, n, _) => format!("one unit of {base} is {n} of {year}: added up"),
            (n, 1, _) => format!("{n} units of {base} are one of {year}: divided by jobs"),
            (n, m, _) => format!("{n} units of {base} hold {m} of {year}: added up and divided by jobs"),
        };
        let moved = if joined.moved { "; a border moved" } else { "" };
        report.note(
            "Codes that changed",
            format!("{} in {base}, {} in {year}: {how}{moved}", here.join(", "), there.join(", ")),
        );
        if stays {
            continue;
        }
        taken.extend(joined.others.iter().cloned());
        if missing == 0 {
            groups.push(Group {
                published: joined.others.iter().cloned().collect(),
                units: units_of.iter().map(|unit| unit.code.clone()).collect(),
            });
        }
    }
    (groups, taken)
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

fn county_figures(
    census: &Census,
    units: &[Unit],
    work: &[Work],
    published: &Published,
    report: &mut Report,
) -> Vec<Figures> {
    let facts = under_own_codes(census, published, report);
    let facts_of_joined = facts.clone();
    let (groups, taken) = changed(census, units, &facts, published, report);
    let mut facts = facts;
    // Output of a changed unit is that of its group: no other unit may claim it by its name.
    facts.retain(|code, _| !taken.contains(code));
    let lookup = Lookup::new(census, facts, &published.renames.same);
    let mut figures: Vec<Figures> = units
        .iter()
        .map(|unit| match lookup.get(&unit.code, &unit.name) {
            // A unit found by name only is the same one under a later code: its output is its own.
            Some((output, Found::ByCode | Found::ByName)) => {
                let mut figures =
                    Figures { total: output.total, primary: output.primary, ..Figures::default() };
                // Units that joined it bring the output that is published for them.
                for (_, part) in unit.joined.iter().filter_map(|code| facts_of_joined.get(code)) {
                    figures.total = figures.total.map(|total| total + part.total.unwrap_or(0.0));
                    figures.primary = figures.primary.map(|primary| primary + part.primary.unwrap_or(0.0));
                }
                figures
            }
            None => Figures::default(),
        })
        .collect();
    for group in published.groups.iter().chain(&groups) {
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
    /// What wage levels are relative to.
    levels: Option<Levels>,
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
    fn by_prefecture(&self, prefecture: &str, sums: [f64; 3], report: &mut Report) -> Result<Shares> {
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
    fn by_counties(&self, report: &mut Report) -> Result<Shares> {
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
    fn by_wages(&self, report: &mut Report) -> Result<Shares> {
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
fn levels_here(units: &[Unit], work: &[Work], published: &Published) -> Levels {
    let wage = |i: usize| published.wages.get(&units[i].prefecture).copied();
    Levels {
        wage: mean_by_jobs(work, wage).unwrap_or(1.0),
        minimum_wage: mean_by_jobs(work, |i| published.minimum_wage(i)).unwrap_or(1.0),
        closing: [1.0; 3],
    }
}
