//! The county tables of the sixth (2010) and seventh (2020) census, whose columns differ.

use std::collections::BTreeMap;
use std::path::Path;

use super::table::{Row, Table};
use crate::scenario::study_area::AGE_COLUMNS;
use crate::{Error, Result};

/// Five-year age groups from 0 to 4 up to 85 and over.
pub const AGE_GROUPS: usize = AGE_COLUMNS.len();

/// What a row of the census stands for. Levels overlap: they are never added together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Country,
    Province,
    Prefecture,
    County,
}

/// Jobs in the long form, by the grouping the model uses.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Jobs {
    pub agriculture: f64,
    pub mining: f64,
    /// Manufacturing, utilities and building.
    pub other_industry: f64,
    pub catering_and_culture: f64,
    pub other_services: f64,
}

impl Jobs {
    /// Mining to building.
    pub fn industry(&self) -> f64 {
        self.mining + self.other_industry
    }

    /// Everything after building.
    pub fn services(&self) -> f64 {
        self.catering_and_culture + self.other_services
    }

    /// All jobs.
    pub fn total(&self) -> f64 {
        self.agriculture + self.industry() + self.services()
    }
}

/// What the census counts in a unit, in persons.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counts {
    pub residents: i64,
    pub urban: i64,
    pub rural: i64,
    pub ages: [i64; AGE_GROUPS],
    /// College, university and above.
    pub talent: i64,
    /// Registered in another township of the same county.
    pub moved_within: i64,
    pub newcomers_province: i64,
    pub newcomers_other: i64,
    pub jobs: Jobs,
    /// Registered population where the census gives it (2010).
    pub registered: Option<i64>,
    /// Births of the year and members of ethnic minorities, from the published rates.
    pub births: Option<f64>,
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
        jobs: Jobs {
            agriculture: real(a.jobs.agriculture, b.jobs.agriculture),
            mining: real(a.jobs.mining, b.jobs.mining),
            other_industry: real(a.jobs.other_industry, b.jobs.other_industry),
            catering_and_culture: real(a.jobs.catering_and_culture, b.jobs.catering_and_culture),
            other_services: real(a.jobs.other_services, b.jobs.other_services),
        },
        registered: a.registered.zip(b.registered).map(|(x, y)| whole(x, y)),
        births: both(a.births, b.births),
        minority: both(a.minority, b.minority),
    }
}

impl Counts {
    /// Both units as one. Facts that one of them lacks are lacking afterwards, except the registered
    /// population, which the caller settles.
    pub fn plus(&self, other: &Counts) -> Counts {
        combine(self, other, |x, y| x + y, |x, y| x + y)
    }

    /// What is left of a larger unit after a part is taken out; nothing falls below zero.
    pub fn minus(&self, other: &Counts) -> Counts {
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
    pub file: String,
    pub year: i32,
    /// County-level units in the order of their codes.
    pub counties: Vec<Entry>,
    pub prefectures: BTreeMap<String, Entry>,
    pub provinces: BTreeMap<String, Entry>,
    /// Rows without a code of their own (headings such as 市辖区): left out, because they repeat others.
    pub headings: Vec<String>,
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

/// Columns of the ages from 5 on: those of `nodes.csv`, but that the census calls the last one otherwise, and has
/// those under 5 in two parts.
fn age_columns() -> impl Iterator<Item = &'static str> {
    AGE_COLUMNS[1..AGE_GROUPS - 1].iter().copied().chain(["age_85p"])
}

impl Census {
    /// Reads a census table; the layout follows from its columns, the year from its rows.
    pub fn read(path: &Path, year: Option<i32>) -> Result<Census> {
        let common = ["gb_code", "year", "level", "pop_total", "pop_urban", "pop_rural", "emp10pct_agri"];
        let table = Table::read(path, &common)?;
        let layout = if table.has("county_cn") { LAYOUT_2020 } else { LAYOUT_2010 };
        // Every column that is read must be there: a missing age group would look like a misprint.
        let named = [
            layout.name,
            layout.moved_within,
            layout.newcomers_province,
            layout.newcomers_other,
            "age_0",
            "age_1_4",
        ];
        let industries = INDUSTRIES.iter().map(|industry| format!("emp10pct_{industry}"));
        let columns = named.into_iter().chain(age_columns()).chain(EDUCATION_COLUMNS).map(str::to_string);
        if let Some(missing) = columns.chain(industries).find(|c| !table.has(c)) {
            return Err(Error::Data {
                what: format!("{}, header", table.name()),
                found: format!("no column `{missing}`"),
                expected: "the county table of the census of 2010 or 2020, as in scenarios/zhejiang/data"
                    .into(),
            });
        }
        let mut census = Census {
            file: table.name().to_string(),
            year: 0,
            counties: Vec::new(),
            prefectures: BTreeMap::new(),
            provinces: BTreeMap::new(),
            headings: Vec::new(),
        };
        for row in table.rows() {
            let row_year = row.count("year")? as i32;
            if year.is_some_and(|y| y != row_year) || (census.year != 0 && census.year != row_year) {
                return Err(
                    row.wrong("year", &format!("the year {}, one year a table", year.unwrap_or(census.year)))
                );
            }
            census.year = row_year;
            let level = match row.text("level") {
                "country" => Level::Country,
                "province" => Level::Province,
                "prefecture" => Level::Prefecture,
                // Development zones may stand as `other`; with a code they are units like the rest.
                "county" => Level::County,
                "other" if !row.text("gb_code").is_empty() => Level::County,
                "no_code" | "other" => {
                    census.headings.push(row.text(layout.name).to_string());
                    continue;
                }
                _ => {
                    return Err(row.wrong("level", "county, prefecture, province, country, other or no_code"));
                }
            };
            let entry = entry(&row, level, &layout)?;
            match level {
                Level::Country => {}
                Level::Province => drop(census.provinces.insert(entry.code.clone(), entry)),
                Level::Prefecture => drop(census.prefectures.insert(entry.code.clone(), entry)),
                Level::County => census.counties.push(entry),
            }
        }
        census.counties.sort_by(|a, b| a.code.cmp(&b.code));
        if let Some(pair) = census.counties.windows(2).find(|pair| pair[0].code == pair[1].code) {
            return Err(Error::Data {
                what: format!("{}, column `gb_code`", census.file),
                found: format!("{} twice ({}, {})", pair[0].code, pair[0].name, pair[1].name),
                expected: "one row a unit".into(),
            });
        }
        census.mend_ages();
        census.mend_talent();
        Ok(census)
    }

    /// Takes an impossible count of graduates from what the prefecture's row leaves, where the other counties
    /// allow it.
    fn mend_talent(&mut self) {
        let mut sums: BTreeMap<String, (i64, usize)> = BTreeMap::new();
        for county in &self.counties {
            let sum = sums.entry(county.code[..4].to_string()).or_default();
            sum.0 += county.counts.talent;
            sum.1 += usize::from(county.doubtful_talent);
        }
        for county in self.counties.iter_mut().filter(|c| c.doubtful_talent) {
            let Some(prefecture) = self.prefectures.get(&format!("{}00", &county.code[..4])) else {
                continue;
            };
            let (sum, doubtful) = sums[&county.code[..4]];
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
            let sum = sums.entry(county.code[..4].to_string()).or_default();
            sum.iter_mut().zip(county.counts.ages).for_each(|(s, a)| *s += a);
        }
        for county in &mut self.counties {
            let ages = &mut county.counts.ages;
            let gap = ages.iter().sum::<i64>() - county.counts.residents;
            if gap == 0 {
                continue;
            }
            let prefecture = self.prefectures.get(&format!("{}00", &county.code[..4]));
            let group = prefecture.zip(sums.get(&county.code[..4])).and_then(|(p, sum)| {
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

    /// Long-form jobs of all provinces of the table.
    pub fn all_jobs(&self) -> Jobs {
        let mut all = Counts::default();
        for province in self.provinces.values() {
            all = all.plus(&province.counts);
        }
        all.jobs
    }
}

fn entry(row: &Row<'_>, level: Level, layout: &Layout) -> Result<Entry> {
    let code = row.code("gb_code")?;
    let residents = row.count("pop_total")?;
    let (urban, rural) = (row.count("pop_urban")?, row.count("pop_rural")?);
    if level == Level::County && urban + rural != residents {
        return Err(row.wrong("pop_urban", &format!("urban and rural residents that add up to {residents}")));
    }
    let mut ages = [0; AGE_GROUPS];
    ages[0] = row.count("age_0")? + row.count("age_1_4")?;
    for (age, column) in ages[1..].iter_mut().zip(age_columns()) {
        *age = row.count(column)?;
    }
    let (newcomers_province, newcomers_other) =
        (row.count(layout.newcomers_province)?, row.count(layout.newcomers_other)?);
    if newcomers_province + newcomers_other > residents {
        return Err(
            row.wrong(layout.newcomers_other, &format!("no more newcomers than the {residents} residents"))
        );
    }
    let talent = row.count("edu_college")? + row.count("edu_university_plus")?;
    if talent > residents {
        return Err(
            row.wrong("edu_university_plus", &format!("no more graduates than the {residents} residents"))
        );
    }
    let rate = |column: &str, per: f64| -> Result<Option<f64>> {
        Ok(row.number(column)?.map(|share| share / per * residents as f64))
    };
    let mut mended = Vec::new();
    let jobs = jobs(row, &mut mended)?;
    let mut educated = 0.0;
    for column in EDUCATION_COLUMNS {
        educated += row.number(column)?.unwrap_or(0.0);
    }
    let fraction = row.number("edu_university_plus")?.is_some_and(|x| x != libm::rint(x));
    // The census of 2010 asked residents of 6 and over for their education, that of 2020 those of 3 and over.
    let doubtful_talent = fraction
        || (level == Level::County
            && row.count("edu_preschool")? == 0
            && educated > (residents - ages[0]) as f64);
    Ok(Entry {
        code: code.to_string(),
        name: row.text(layout.name).to_string(),
        level,
        counts: Counts {
            residents,
            urban,
            rural,
            ages,
            talent,
            moved_within: row.count(layout.moved_within)?,
            newcomers_province,
            newcomers_other,
            jobs,
            registered: row.number("hukou_pop")?.map(|n| libm::rint(n) as i64),
            births: rate("birth_rate_permille", 1000.0)?,
            minority: rate("ethnic_minority_pct", 100.0)?,
        },
        mended,
        doubtful_talent,
    })
}

/// Levels of education that both censuses print.
const EDUCATION_COLUMNS: [&str; 6] =
    ["edu_none", "edu_primary", "edu_junior_high", "edu_senior_high", "edu_college", "edu_university_plus"];

/// The twenty industries of the long form: the first for agriculture, then mining, the rest of industry with
/// building, catering and culture, and the other services.
const INDUSTRIES: [&str; 20] = [
    "agri",
    "mining",
    "manufacturing",
    "utilities",
    "construction",
    "hotel_catering",
    "culture",
    "transport",
    "ict",
    "trade",
    "finance",
    "real_estate",
    "business_services",
    "science",
    "environment",
    "resident_services",
    "education",
    "health",
    "public_admin",
    "intl_org",
];

/// Jobs from the twenty industries; an empty cell is no job. A cell that is no count (negative, or a fraction)
/// is what the row's own total leaves.
fn jobs(row: &Row<'_>, mended: &mut Vec<(&'static str, String)>) -> Result<Jobs> {
    let mut cells = [0.0; INDUSTRIES.len()];
    let mut impossible = Vec::new();
    for (i, industry) in INDUSTRIES.iter().enumerate() {
        cells[i] = row.number(&format!("emp10pct_{industry}"))?.unwrap_or(0.0);
        if cells[i] < 0.0 || cells[i] != libm::rint(cells[i]) {
            impossible.push(i);
        }
    }
    if let &[i] = impossible.as_slice() {
        let column = format!("emp10pct_{}", INDUSTRIES[i]);
        let others = cells.iter().sum::<f64>() - cells[i];
        match row.number("emp10pct_total")? {
            Some(total) if total >= others => {
                mended.push((
                    "jobs_mended",
                    format!(
                        "{column} {} as printed, {} by the row's total",
                        row.text(&column),
                        total - others
                    ),
                ));
                cells[i] = total - others;
            }
            _ => return Err(row.wrong(&column, "a count of persons, 0 or more")),
        }
    } else if let Some(&i) = impossible.first() {
        return Err(row.wrong(&format!("emp10pct_{}", INDUSTRIES[i]), "a count of persons, 0 or more"));
    }
    Ok(Jobs {
        agriculture: cells[0],
        mining: cells[1],
        other_industry: cells[2..5].iter().sum(),
        catering_and_culture: cells[5..7].iter().sum(),
        other_services: cells[7..].iter().sum(),
    })
}
