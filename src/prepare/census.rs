//! The county tables of the sixth (2010) and seventh (2020) census, whose columns differ.

use std::collections::BTreeMap;
use std::path::Path;

use super::columns::{self, Group};
use super::hierarchy::Hierarchy;
use super::industries::{COLUMNS, Jobs};
use super::preset::Preset;
use super::rules::Rules;
use crate::base_year::study_area::AGE_COLUMNS;
use crate::messages;
use crate::scenario::files::Input;
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::table::{Column, Kind, Table};
use crate::world::SECTORS;

/// Five-year age groups from 0 to 4 up to 85 and over.
pub(crate) const AGE_GROUPS: usize = AGE_COLUMNS.len();

/// What a row of the census stands for. Levels overlap: they are never added together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Country,
    Province,
    Prefecture,
    County,
}

/// What the census counts in a unit, in persons.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counts {
    /// Resident population.
    pub residents: i64,
    /// Residents of cities and towns.
    pub urban: i64,
    /// Residents of the countryside.
    pub rural: i64,
    /// Residents by five-year age group.
    pub ages: [i64; AGE_GROUPS],
    /// College, university and above.
    pub talent: i64,
    /// Registered in another township of the same county.
    pub moved_within: i64,
    /// Registered in another county of the province.
    pub newcomers_province: i64,
    /// Registered in another province.
    pub newcomers_other: i64,
    /// Persons at work by industry.
    pub jobs: Jobs,
    /// Persons at work by sector of the model where they were counted so, in place of `jobs`.
    pub sectors: Option<[f64; SECTORS]>,
    /// Registered population where the census gives it (2010).
    pub registered: Option<i64>,
    /// Births of the year and members of ethnic minorities, from the published rates.
    pub births: Option<f64>,
    /// Members of ethnic minorities, from the published share.
    pub minority: Option<f64>,
}

/// Applies `f` to each pair of counts.
fn combine(
    a: &Counts,
    b: &Counts,
    whole: impl Fn(i64, i64) -> i64,
    real: impl Fn(f64, f64) -> f64,
) -> Counts {
    let both = |x: Option<f64>, y: Option<f64>| x.zip(y).map(|(x, y)| real(x, y));
    let mut ages = [0; AGE_GROUPS];
    for (g, age) in ages.iter_mut().enumerate() {
        *age = whole(a.ages[g], b.ages[g]);
    }
    Counts {
        residents: whole(a.residents, b.residents),
        urban: whole(a.urban, b.urban),
        rural: whole(a.rural, b.rural),
        ages,
        talent: whole(a.talent, b.talent),
        moved_within: whole(a.moved_within, b.moved_within),
        newcomers_province: whole(a.newcomers_province, b.newcomers_province),
        newcomers_other: whole(a.newcomers_other, b.newcomers_other),
        jobs: Jobs(std::array::from_fn(|i| real(a.jobs.0[i], b.jobs.0[i]))),
        sectors: match (a.sectors, b.sectors) {
            (None, None) => None,
            (a, b) => {
                let of = |x: Option<[f64; SECTORS]>, s: usize| x.map_or(0.0, |x| x[s]);
                Some(std::array::from_fn(|s| real(of(a, s), of(b, s))))
            }
        },
        registered: a.registered.zip(b.registered).map(|(x, y)| whole(x, y)),
        births: both(a.births, b.births),
        minority: both(a.minority, b.minority),
    }
}

impl Counts {
    /// Both units as one. Facts that one of them lacks are lacking afterwards, except the registered
    /// population, which the caller settles.
    pub(crate) fn plus(&self, other: &Counts) -> Counts {
        combine(self, other, |x, y| x + y, |x, y| x + y)
    }

    /// What is left of a larger unit after a part is taken out; nothing falls below zero.
    pub(crate) fn minus(&self, other: &Counts) -> Counts {
        combine(self, other, |x, y| (x - y).max(0), |x, y| (x - y).max(0.0))
    }

    /// Residents registered in this county.
    pub fn stayers(&self) -> i64 {
        self.residents - self.newcomers_province - self.newcomers_other
    }

    /// Residents of 15 and over.
    pub fn adults(&self) -> i64 {
        self.ages[3..].iter().sum()
    }
}

/// One row of the census.
#[derive(Clone, Debug)]
pub struct Entry {
    pub code: String,
    pub name: String,
    pub level: Level,
    /// Whether it is a city with districts, where the table says it.
    pub district: Option<bool>,
    pub counts: Counts,
    /// Misprints that were mended: the provenance word and what was done.
    pub mended: Vec<(&'static str, String)>,
    /// Whether the count of graduates is impossible: a fraction of a person, or more people with a level of
    /// education than residents of that age.
    pub(super) doubtful_talent: bool,
}

/// A census table.
#[derive(Debug)]
pub struct Census {
    /// File that it was read from.
    pub file: String,
    /// Calendar year of the census.
    pub year: i32,
    /// County-level units in the order of their codes.
    pub counties: Vec<Entry>,
    /// Prefecture rows by code.
    pub prefectures: BTreeMap<String, Entry>,
    /// Province rows by code.
    pub provinces: BTreeMap<String, Entry>,
    /// Rows without a code of their own (headings such as 市辖区): left out, because they repeat others.
    pub headings: Vec<String>,
    /// Rows that add up others (see `sums`): left out, with their residents.
    pub sums: Vec<String>,
    /// What stands above each unit.
    pub(crate) hierarchy: Hierarchy,
    /// Names of prefectures and provinces without a row of their own.
    pub(crate) names: BTreeMap<String, String>,
    /// What the table does not have and what stands for it, in words.
    pub assumed: Vec<String>,
}

/// The columns that name the same thing in the two layouts.
struct Layout {
    name: &'static str,
    moved_within: &'static str,
    newcomers_province: &'static str,
    newcomers_other: &'static str,
}

const LAYOUT_2010: Layout = Layout {
    name: "name_cn",
    moved_within: "inmig_same_county_city",
    newcomers_province: "inmig_other_county_same_province",
    newcomers_other: "inmig_other_province",
};

const LAYOUT_2020: Layout = Layout {
    name: "county_cn",
    moved_within: "reg_other_township_same_county",
    newcomers_province: "reg_other_county_same_province",
    newcomers_other: "reg_other_province",
};

/// What a row of the census can stand for.
const LEVELS: [&str; 6] = ["county", "prefecture", "province", "country", "other", "no_code"];

impl Layout {
    /// The layout that the names of a header row belong to.
    fn of(names: &[&str]) -> &'static Layout {
        if names.contains(&"name_cn") && !names.contains(&"county_cn") { &LAYOUT_2010 } else { &LAYOUT_2020 }
    }

    /// Every column that is read from a table with these names. A part of a group must be there as a whole: a missing age
    /// group would look like a misprint.
    fn columns(&self, names: &[&str]) -> Vec<Column> {
        let there = |name: &str| names.contains(&name);
        let count = |name, meaning| Column::known(name, Kind::Count, meaning);
        let if_there = |name, kind, meaning| match there(name) {
            true => Column::known(name, kind, meaning),
            false => Column::optional(name, kind, meaning),
        };
        let stated = there("province");
        let mut columns = vec![
            Column::known("gb_code", Kind::Code, "code of the unit; empty in a heading"),
            Column::optional("year", Kind::Year, "year of the census"),
            Column::optional("level", Kind::Words(&LEVELS), "what the row stands for"),
            Column::known(self.name, Kind::Text, "name of the unit"),
            count("pop_total", "residents"),
            count("pop_urban", "urban residents"),
            if_there("pop_rural", Kind::Count, "rural residents"),
            if_there(
                self.moved_within,
                Kind::Count,
                "residents registered in another township of the county",
            ),
            count(self.newcomers_province, "residents registered in another county of the province"),
            count(self.newcomers_other, "residents registered in another province"),
            Column::optional("edu_preschool", Kind::Count, "residents who went to preschool"),
            Column::optional("hukou_pop", Kind::Count, "registered population"),
            Column::optional("birth_rate_permille", Kind::AMOUNT, "births per 1000 residents"),
            Column::optional("ethnic_minority_pct", Kind::AMOUNT, "ethnic minorities, per cent of residents"),
            Column::optional("emp10pct_total", Kind::NUMBER, "persons of the long form at work"),
            Column::optional("prefecture", Kind::Code, "code of the unit above: prefecture"),
            Column::optional("prefecture_name", Kind::Text, "its name"),
            Column::optional("province_name", Kind::Text, "name of the province"),
            Column::optional("tier", Kind::Words(&TIERS), "city or county with a seat"),
        ];
        columns.push(match stated {
            true => Column::required("province", Kind::Code, "code of the province"),
            false => Column::optional("province", Kind::Code, "code of the province"),
        });
        // Groups that another country may lack: all of their columns or none.
        let groups: [(Group, Vec<(&'static str, &'static str)>); 3] = [
            (Group::Ages, {
                let young = [("age_0", "residents under 1"), ("age_1_4", "residents of 1 to 4")];
                young
                    .into_iter()
                    .chain(age_columns().map(|name| (name, "residents of the age group")))
                    .collect()
            }),
            (Group::Graduates, EDUCATION_COLUMNS.map(|name| (name, "residents of that education")).to_vec()),
            (Group::Jobs, {
                let meaning = "persons of the long form at work in the industry";
                COLUMNS.map(|name| (name, meaning)).to_vec()
            }),
        ];
        for (group, members) in groups {
            let any = members.iter().any(|(name, _)| there(name));
            let other = columns::in_place_of(group).iter().any(|name| there(name));
            let kind = if group == Group::Jobs { Kind::NUMBER } else { Kind::Count };
            columns.extend(members.into_iter().map(|(name, meaning)| {
                match any || !other && names.is_empty() {
                    true => Column::known(name, kind, meaning),
                    false => Column::optional(name, kind, meaning),
                }
            }));
        }
        for (name, kind, meaning) in columns::OTHERS {
            columns.push(Column::optional(name, kind, meaning));
        }
        columns
    }
}

/// What a unit can be.
const TIERS: [&str; 2] = ["city", "county_seat"];

/// Columns of the ages from 5 on: those of `nodes.csv`, but that the census calls the last one otherwise, and has
/// those under 5 in two parts.
fn age_columns() -> impl Iterator<Item = &'static str> {
    AGE_COLUMNS[1..AGE_GROUPS - 1].iter().copied().chain(["age_85p"])
}

impl Census {
    /// Reads a census table; the layout follows from its columns, the year from its rows. What is wrong is added
    /// to `problems`; a row with a wrong field is left out.
    pub fn read(path: &Path, year: Option<i32>, problems: &mut Problems) -> Census {
        Census::of(&Input::on_disk(path), year, None, &Rules::default(), problems)
    }

    /// [`Census::read`] of a table that was read already.
    ///
    /// A group of columns that is not there is filled from the preset, where one was chosen by name.
    pub fn of(
        input: &Input,
        year: Option<i32>,
        preset: Option<Preset>,
        rules: &Rules,
        problems: &mut Problems,
    ) -> Census {
        let stated = |names: &[&str]| names.contains(&"province");
        // The columns are chosen by the header, and so is whether codes are those of China.
        let names: Vec<String> = {
            let peek = Table::open_by_header(input, |_| Vec::new(), &mut Problems::new());
            peek.names().into_iter().map(str::to_owned).collect()
        };
        let there: Vec<&str> = names.iter().map(String::as_str).collect();
        let text_codes = input.text_codes() || stated(&there);
        let input = &input.clone().mapped(input.mapping().cloned(), text_codes);
        let table = Table::open_by_header(input, |names| Layout::of(names).columns(names), problems);
        let layout = Layout::of(&table.names());
        let mut assumed = Vec::new();
        if !names.is_empty() {
            columns::missing(&table, layout.moved_within, preset, text_codes, rules, &mut assumed, problems);
        }
        let mut census = Census {
            file: input.file_name(),
            year: 0,
            counties: Vec::new(),
            prefectures: BTreeMap::new(),
            provinces: BTreeMap::new(),
            headings: Vec::new(),
            sums: Vec::new(),
            hierarchy: if text_codes { Hierarchy::of_columns() } else { Hierarchy::default() },
            names: BTreeMap::new(),
            assumed,
        };
        let fill = Fill { preset, rules };
        census.year = year_of(&table, year, problems);
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for row in table.rows().filter(|&row| table.is_row_sound(row)) {
            let level = match table.text(row, "level") {
                "" if !table.has("level") && !table.is_empty(row, "gb_code") => Level::County,
                "country" => Level::Country,
                "province" => Level::Province,
                "prefecture" => Level::Prefecture,
                // Development zones may stand as `other`; with a code they are units like the rest. Without one
                // nobody knows where they lie: the row of their prefecture counts their people.
                "other" | "county" if !table.is_empty(row, "gb_code") => Level::County,
                _ => {
                    census.headings.push(table.text(row, layout.name).to_string());
                    continue;
                }
            };
            let Some(entry) = entry(&table, row, level, layout, &fill, problems) else { continue };
            census.state(&table, row, &entry);
            match level {
                Level::Country => {}
                Level::Province => drop(census.provinces.insert(entry.code.clone(), entry)),
                Level::Prefecture => drop(census.prefectures.insert(entry.code.clone(), entry)),
                Level::County => {
                    if let Some(first) = seen.insert(entry.code.clone(), row) {
                        problems.push(twice(&table, first, row));
                    }
                    census.counties.push(entry);
                }
            }
        }
        census.counties.sort_by(|a, b| a.code.cmp(&b.code));
        census.set_sums_aside();
        census.mend_ages();
        census.mend_talent();
        census
    }

    /// States what stands above a unit, where columns say it; names of what has no row of its own come from there.
    fn state(&mut self, table: &Table, row: usize, entry: &Entry) {
        if !self.hierarchy.is_stated() {
            return;
        }
        let or_code = |column: &str, code: &str| match table.text(row, column) {
            "" => code.to_owned(),
            text => text.to_owned(),
        };
        let province = or_code("province", &entry.code);
        let prefecture = match entry.level {
            Level::County => or_code("prefecture", &entry.code),
            Level::Prefecture => entry.code.clone(),
            Level::Province | Level::Country => province.clone(),
        };
        self.hierarchy.state(&entry.code, &prefecture, &province);
        let above = [
            (&prefecture, or_code("prefecture_name", &prefecture), entry.level == Level::County),
            (&province, or_code("province_name", &province), entry.level != Level::Province),
        ];
        for (code, name, is_above) in above {
            if is_above && *code != entry.code {
                self.names.entry(code.clone()).or_insert(name);
            }
        }
    }

    /// Takes an impossible count of graduates from what the prefecture's row leaves, where the other counties
    /// allow it.
    fn mend_talent(&mut self) {
        let mut sums: BTreeMap<String, (i64, usize)> = BTreeMap::new();
        for county in &self.counties {
            let sum = sums.entry(self.hierarchy.row_above(&county.code)).or_default();
            sum.0 += county.counts.talent;
            sum.1 += usize::from(county.doubtful_talent);
        }
        for county in self.counties.iter_mut().filter(|c| c.doubtful_talent) {
            let above = self.hierarchy.row_above(&county.code);
            let Some(prefecture) = self.prefectures.get(&above) else {
                continue;
            };
            let (sum, doubtful) = sums[&above];
            let left = county.counts.talent - (sum - prefecture.counts.talent);
            if doubtful == 1 && (0..=county.counts.residents).contains(&left) && left != county.counts.talent
            {
                let text =
                    format!("graduates {} as printed, {left} by the prefecture's row", county.counts.talent);
                county.mended.push(("education_mended", text));
                county.counts.talent = left;
            }
        }
    }

    /// Makes the age groups of a county add up to its residents. A gap that the prefecture's own row shows in
    /// one age group is mended there; any other is spread over all of them.
    fn mend_ages(&mut self) {
        let mut sums: BTreeMap<String, [i64; AGE_GROUPS]> = BTreeMap::new();
        for county in &self.counties {
            let sum = sums.entry(self.hierarchy.row_above(&county.code)).or_default();
            sum.iter_mut().zip(county.counts.ages).for_each(|(s, a)| *s += a);
        }
        for county in &mut self.counties {
            let ages = &mut county.counts.ages;
            let gap = ages.iter().sum::<i64>() - county.counts.residents;
            if gap == 0 {
                continue;
            }
            let above = self.hierarchy.row_above(&county.code);
            let prefecture = self.prefectures.get(&above);
            let group = prefecture.zip(sums.get(&above)).and_then(|(p, sum)| {
                (0..AGE_GROUPS).find(|&g| sum[g] - p.counts.ages[g] == gap && ages[g] >= gap)
            });
            let how =
                if group.is_some() { "in the group the prefecture's row shows" } else { "over all groups" };
            county.mended.push(("ages_mended", format!("age groups {gap:+} as printed, taken out {how}")));
            match group {
                Some(g) => ages[g] -= gap,
                None => {
                    let weights: Vec<f64> = ages.iter().map(|&a| a as f64).collect();
                    ages.copy_from_slice(&crate::quantity::split(county.counts.residents, &weights));
                }
            }
        }
    }

    /// Codes of the units.
    pub(super) fn codes(&self) -> impl Iterator<Item = &str> {
        self.counties.iter().map(|county| county.code.as_str())
    }

    /// Whether the table holds every province.
    pub(crate) fn whole_country(&self) -> bool {
        if self.hierarchy.is_stated() {
            return false;
        }
        let there: std::collections::BTreeSet<&str> = self.counties.iter().map(|c| &c.code[..2]).collect();
        super::area::PROVINCES.iter().all(|province| there.contains(&province.0[..2]))
    }
}

/// The year of a table: the one that it must be of, or that of its first row; the first row of another year is
/// reported. 0 if no row has a year.
fn year_of(table: &Table, asked: Option<i32>, problems: &mut Problems) -> i32 {
    let mut years = table.rows().filter(|&row| table.is_sound(row, &["year"]));
    let of = |row: usize| table.persons(row, "year") as i32;
    let first = years.clone().next().map(of);
    let year = asked.or(first).unwrap_or(0);
    if year == 0 && !table.has("year") && table.rows().next().is_some() {
        let problem = Problem::new(table.whole(), messages::census_without_year());
        problems.push(problem.help(messages::give_year()));
    }
    if !table.has("year") {
        return year;
    }
    if let Some(other) = years.find(|&row| of(row) != year) {
        problems.push(table.wrong(other, "year", &messages::one_year_a_table(year).to_string()));
    }
    year
}

fn twice(table: &Table, first: usize, row: usize) -> Problem {
    let title = messages::unit_occurs_twice(table.text(row, "gb_code"));
    Problem::new(table.place(row, "gb_code"), title)
        .also(table.place(first, "gb_code"), messages::first_here())
        .help(messages::one_row_a_unit())
}

/// What stands for columns that are not there.
struct Fill<'a> {
    preset: Option<Preset>,
    rules: &'a Rules,
}

fn entry(
    table: &Table,
    row: usize,
    level: Level,
    layout: &Layout,
    fill: &Fill,
    problems: &mut Problems,
) -> Option<Entry> {
    let count = |column: &str| table.persons(row, column);
    let mut wrong = |column: &str, expected: &str| problems.push(table.wrong(row, column, expected));
    if table.is_empty(row, "gb_code") {
        wrong("gb_code", &messages::a_gb_code().to_string());
        return None;
    }
    let residents = count("pop_total");
    let urban = count("pop_urban");
    let rural = if table.has("pop_rural") { count("pop_rural") } else { residents - urban };
    if level == Level::County && urban + rural != residents {
        wrong("pop_urban", &messages::urban_and_rural(residents).to_string());
    }
    let mut ages = [0; AGE_GROUPS];
    ages[0] = count("age_0") + count("age_1_4");
    for (age, column) in ages[1..].iter_mut().zip(age_columns()) {
        *age = count(column);
    }
    if let (false, Some(preset)) = (columns::has(table, Group::Ages), fill.preset) {
        ages.copy_from_slice(&crate::quantity::split(residents, &preset.ages()));
    }
    let (newcomers_province, newcomers_other) =
        (count(layout.newcomers_province), count(layout.newcomers_other));
    if newcomers_province + newcomers_other > residents {
        wrong(layout.newcomers_other, &messages::no_more_newcomers(residents).to_string());
    }
    let talent = match (table.has("graduates"), columns::has(table, Group::Graduates), fill.preset) {
        (true, ..) => count("graduates"),
        (_, false, Some(preset)) => libm::rint(preset.graduates() * residents as f64) as i64,
        _ => count("edu_college") + count("edu_university_plus"),
    };
    if talent > residents {
        wrong("edu_university_plus", &messages::no_more_graduates(residents).to_string());
    }
    let rate = |column: &str, per: f64| table.number(row, column).map(|share| share / per * residents as f64);
    let mut mended = Vec::new();
    let jobs = jobs(table, row, &mut mended, problems)?;
    let sectors = columns::sectors(table, row, fill.rules);
    let educated: f64 = EDUCATION_COLUMNS.iter().filter_map(|column| table.number(row, column)).sum();
    let fraction = table.number(row, "edu_university_plus").is_some_and(|x| x != libm::rint(x));
    // The census of 2010 asked residents of 6 and over for their education, that of 2020 those of 3 and over.
    let doubtful_talent = fraction
        || (level == Level::County && count("edu_preschool") == 0 && educated > (residents - ages[0]) as f64);
    Some(Entry {
        code: table.text(row, "gb_code").to_string(),
        name: table.text(row, layout.name).to_string(),
        level,
        district: match table.text(row, "tier") {
            "" => None,
            tier => Some(tier == TIERS[0]),
        },
        counts: Counts {
            residents,
            urban,
            rural,
            ages,
            talent,
            moved_within: count(layout.moved_within),
            newcomers_province,
            newcomers_other,
            jobs,
            sectors,
            registered: table.number(row, "hukou_pop").map(|n| libm::rint(n) as i64),
            births: rate("birth_rate_permille", 1000.0),
            minority: rate("ethnic_minority_pct", 100.0),
        },
        mended,
        doubtful_talent,
    })
}

/// Levels of education that both censuses print.
const EDUCATION_COLUMNS: [&str; 6] =
    ["edu_none", "edu_primary", "edu_junior_high", "edu_senior_high", "edu_college", "edu_university_plus"];

/// Jobs from the twenty industries; an empty cell is no job. A cell that is no count (negative, or a fraction)
/// is what the row's own total leaves.
fn jobs(
    table: &Table,
    row: usize,
    mended: &mut Vec<(&'static str, String)>,
    problems: &mut Problems,
) -> Option<Jobs> {
    let mut cells = COLUMNS.map(|column| table.number(row, column).unwrap_or(0.0));
    let impossible: Vec<usize> =
        (0..cells.len()).filter(|&i| cells[i] < 0.0 || cells[i] != libm::rint(cells[i])).collect();
    let others = |i: usize| cells.iter().sum::<f64>() - cells[i];
    match impossible.as_slice() {
        [] => {}
        &[i] if table.number(row, "emp10pct_total").is_some_and(|total| total >= others(i)) => {
            let left = table.number(row, "emp10pct_total").unwrap_or(0.0) - others(i);
            mended.push((
                "jobs_mended",
                format!("{} {} as printed, {left} by the row's total", COLUMNS[i], cells[i]),
            ));
            cells[i] = left;
        }
        impossible => {
            let wrong =
                |&i: &usize| table.wrong(row, COLUMNS[i], &messages::a_count_of_persons().to_string());
            impossible.iter().for_each(|i| problems.push(wrong(i)));
            return None;
        }
    }
    Some(Jobs(cells))
}
