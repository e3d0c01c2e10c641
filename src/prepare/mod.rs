//! County tables to the tables of a study area: the library behind `shanhai prepare`.
//!
//! The steps, in order: read the census ([`census`]), find the units and what the county rows leave out
//! ([`units`]), place them ([`places`]), count who works where ([`work`]), divide published output
//! ([`output`]), sort residents by home ([`homes`]), education and age ([`people`]), and write the rows
//! ([`nodes`]) beside a report of what was missing and what was assumed ([`report`]).
//!
//! Everything counted stays exact: county sums of residents, ages, graduates and newcomers are those of the
//! census. Everything assumed is a field of [`Rules`].

pub mod args;
pub mod census;
pub mod homes;
pub mod nodes;
pub mod output;
pub mod people;
pub mod places;
pub mod report;
pub mod rules;
pub mod surroundings;
pub mod table;
pub mod units;
pub mod work;

use std::fs;
use std::path::{Path, PathBuf};

pub use args::{Args, run};
pub use report::Report;
pub use rules::Rules;

use crate::{Error, Result};
use census::Census;
use nodes::{Facts, Node};
use output::Published;
use units::{prefecture_of, province_of};

/// Which units are prepared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Area {
    /// The whole country: there is no outside.
    All,
    Provinces(Vec<String>),
    Prefectures(Vec<String>),
}

impl Area {
    /// Whether a unit of this province and prefecture belongs to the area.
    pub fn contains(&self, province: &str, prefecture: &str) -> bool {
        match self {
            Area::All => true,
            Area::Provinces(codes) => codes.iter().any(|c| c == province),
            Area::Prefectures(codes) => codes.iter().any(|c| c == prefecture),
        }
    }

    /// Whether the whole of a province belongs to the area.
    pub fn whole_province(&self, province: &str) -> bool {
        match self {
            Area::All => true,
            Area::Provinces(codes) => codes.iter().any(|c| c == province),
            Area::Prefectures(codes) => codes.iter().any(|c| c == province),
        }
    }

    /// Refuses codes that the census does not have.
    fn check(&self, census: &Census) -> Result<()> {
        let (codes, kind) = match self {
            Area::All => return Ok(()),
            Area::Provinces(codes) => (codes, "provinces"),
            Area::Prefectures(codes) => (codes, "prefectures"),
        };
        let known = |code: &str| match self {
            Area::Prefectures(_) => {
                census.prefectures.contains_key(code)
                    || census.counties.iter().any(|c| prefecture_of(&c.code) == code)
            }
            _ => census.counties.iter().any(|c| province_of(&c.code) == code),
        };
        match codes.iter().find(|code| !known(code)) {
            None if codes.is_empty() => Err(Error::Data {
                what: format!("--{kind}"),
                found: "no code".into(),
                expected: "six-digit codes with commas between them".into(),
            }),
            None => Ok(()),
            Some(code) => Err(Error::Data {
                what: format!("--{kind}"),
                found: format!("{code}, which {} does not have", census.file),
                expected: format!("codes of {kind} in it, such as {}", example(census, self)),
            }),
        }
    }
}

fn example(census: &Census, area: &Area) -> String {
    let rows = match area {
        Area::Prefectures(_) => &census.prefectures,
        _ => &census.provinces,
    };
    rows.values().take(2).map(|e| format!("{} ({})", e.code, e.name)).collect::<Vec<_>>().join(", ")
}

/// What to prepare, and from which tables.
#[derive(Clone, Debug)]
pub struct Request {
    pub census: PathBuf,
    /// Expected year of the census; none takes what the table says.
    pub year: Option<i32>,
    pub centroids: PathBuf,
    pub gdp: Option<PathBuf>,
    /// Groups of units that share output published for another boundary.
    pub gdp_groups: Option<PathBuf>,
    pub prefecture_gdp: Option<PathBuf>,
    pub registered: Option<PathBuf>,
    pub minimum_wage: Option<PathBuf>,
    pub prefecture_wage: Option<PathBuf>,
    pub income: Option<PathBuf>,
    /// Published means of the area to which prefecture incomes are scaled, urban and rural.
    pub income_means: [Option<f64>; 2],
    pub tags: Vec<PathBuf>,
    /// Units that other tables have under a later code.
    pub renames: Option<PathBuf>,
    /// Units that join another one.
    pub joins: Option<PathBuf>,
    pub area: Area,
    /// Point that stands for the rest of the country (longitude, latitude); none takes the middle of its units.
    pub outside: Option<(f64, f64)>,
    pub out: PathBuf,
    pub rules: Rules,
}

/// Prepares the tables and writes them into the folder of the request.
pub fn prepare(request: &Request) -> Result<Report> {
    let mut report = Report::default();
    let rules = &request.rules;
    rules.check()?;
    let census = Census::read(&request.census, request.year)?;
    sources(request, &census, &mut report);

    let joins = optional(&request.joins, units::read_joins)?;
    let registered = optional(&request.registered, |path| units::read_registered(path, census.year))?;
    let mut units = units::units(&census, &request.area, &registered, &joins, rules, &mut report)?;

    let in_area = |code: &str| request.area.contains(&province_of(code), &prefecture_of(code));
    let mut published = published(request, census.year)?;
    let renames = &published.renames.near;
    let (places, middle) =
        places::places(&request.centroids, &census, &mut units, in_area, renames, &mut report)?;
    published.minimum_wages = match &request.minimum_wage {
        Some(path) => {
            places::minimum_wages(path, &census, &mut units, census.year, renames, rules, &mut report)?
        }
        None => vec![0; units.len()],
    };
    let work = work::work(&mut units, census.year, rules, &mut report);
    let whole_country = request.area == Area::All;
    let output = output::output(&census, &mut units, &work, &published, whole_country, rules, &mut report);
    let homes = homes::homes(&mut units, &request.area, rules, &mut report)?;

    let tags = places::read_tags(&request.tags)?;
    let mut rows: Vec<Node> = Vec::with_capacity(2 * units.len());
    for (i, unit) in units.iter().enumerate() {
        report.count_words(&unit.words);
        let facts = Facts {
            place: places[i].clone(),
            tags: places::tags_of(unit, &tags),
            minimum_wage: published.minimum_wages[i],
            wage: published.wages.get(&unit.prefecture).copied(),
        };
        rows.extend(nodes::nodes(unit, &work[i], &homes[i], &output[i], &facts, rules));
    }
    totals(&rows, &mut report);
    list_rules(rules, &mut report);

    fs::create_dir_all(&request.out).map_err(|e| Error::io("create", &request.out, e))?;
    write(&request.out, "nodes.csv", &nodes::nodes_csv(&rows)?)?;
    if !whole_country {
        write(&request.out, "outside.csv", &surroundings::outside_csv(request, &rows, middle, &mut report)?)?;
    }
    let incomes = surroundings::prefectures_csv(request, census.year, &units, &rows, &mut report)?;
    write(&request.out, "prefectures.csv", &incomes)?;
    write(&request.out, "registered.csv", &surroundings::registered_csv(&units, &homes)?)?;
    write(&request.out, "provenance.md", report.to_markdown().as_bytes())?;
    Ok(report)
}

fn optional<T: Default>(path: &Option<PathBuf>, read: impl FnOnce(&Path) -> Result<T>) -> Result<T> {
    path.as_deref().map_or_else(|| Ok(T::default()), read)
}

fn published(request: &Request, year: i32) -> Result<Published> {
    let mut published = Published { county_year: year, ..Published::default() };
    if let Some(path) = &request.gdp {
        output::read_counties(path, year, &mut published)?;
    }
    published.renames = optional(&request.renames, places::read_renames)?;
    published.groups = optional(&request.gdp_groups, output::read_groups)?;
    published.prefectures = optional(&request.prefecture_gdp, output::read_prefectures)?;
    published.wages = optional(&request.prefecture_wage, places::prefecture_wages)?;
    Ok(published)
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let path = folder.join(name);
    fs::write(&path, bytes).map_err(|e| Error::io("write", &path, e))
}

fn sources(request: &Request, census: &Census, report: &mut Report) {
    let area = match &request.area {
        Area::All => "the whole country".to_string(),
        Area::Provinces(codes) => format!("provinces {}", codes.join(", ")),
        Area::Prefectures(codes) => format!("prefectures {}", codes.join(", ")),
    };
    report.sources.push(format!("area: {area}; base year {}", census.year));
    report.sources.push(format!("census: {} ({} county rows)", census.file, census.counties.len()));
    let mut source = |kind: &str, path: &Option<PathBuf>| {
        let name = path.as_ref().and_then(|p| p.file_name()).map(|n| n.to_string_lossy().into_owned());
        report.sources.push(format!("{kind}: {}", name.unwrap_or_else(|| "not given".into())));
    };
    source("coordinates and area", &Some(request.centroids.clone()));
    source("county output", &request.gdp);
    source("output groups", &request.gdp_groups);
    source("prefecture output", &request.prefecture_gdp);
    source("registered population", &request.registered);
    source("minimum wages", &request.minimum_wage);
    source("prefecture wages", &request.prefecture_wage);
    source("prefecture incomes", &request.income);
    source("later codes", &request.renames);
    source("joined units", &request.joins);
    for tags in &request.tags {
        source("tags", &Some(tags.clone()));
    }
    if !census.headings.is_empty() {
        report.note(
            "Rows left out",
            format!("{} rows without a code, which repeat others: {}", census.headings.len(), {
                let mut names = census.headings.clone();
                names.sort();
                names.dedup();
                names.join(", ")
            }),
        );
    }
}

/// Totals that a reader can hold against published figures.
fn totals(rows: &[Node], report: &mut Report) {
    let sum = |f: &dyn Fn(&Node) -> i64| rows.iter().map(f).sum::<i64>();
    let village = |n: &Node| n.tier == "village";
    let residents = sum(&|n| n.residents);
    let registered = sum(&|n| n.registered);
    let registered_village = sum(&|n| if village(n) { n.registered } else { 0 });
    let stayers: [i64; 2] = [sum(&|n| n.stayers[0]), sum(&|n| n.stayers[1])];
    let leavers = registered - stayers[0] - stayers[1];
    let newcomers_province = sum(&|n| n.newcomers_province);
    let at_home = sum(&|n| if village(n) { n.stayers[1] } else { 0 });
    let employed = sum(&|n| n.employed.iter().sum::<i64>() + n.commuters);
    let output: i64 = sum(&|n| n.output.iter().sum());
    let percent = |part: i64, whole: i64| format!("{:.1} %", 100.0 * part as f64 / whole.max(1) as f64);
    report.totals = vec![
        ("nodes", rows.len().to_string()),
        ("city nodes", rows.iter().filter(|n| n.tier == "city").count().to_string()),
        ("county seat nodes", rows.iter().filter(|n| n.tier == "county_seat").count().to_string()),
        ("village nodes", rows.iter().filter(|n| village(n)).count().to_string()),
        ("residents", residents.to_string()),
        (
            "share of residents at urban nodes",
            percent(residents - sum(&|n| if village(n) { n.residents } else { 0 }), residents),
        ),
        ("persons with tertiary education", sum(&|n| n.talent).to_string()),
        ("registered in the area", registered.to_string()),
        ("share of them at village nodes", percent(registered_village, registered)),
        ("share of the village-registered who live at home", percent(at_home, registered_village)),
        ("registered and living in another county", leavers.to_string()),
        ("newcomers from the own province", newcomers_province.to_string()),
        ("newcomers from other provinces", sum(&|n| n.newcomers_other).to_string()),
        ("of them outside the own province", (leavers - newcomers_province).to_string()),
        ("employed", employed.to_string()),
        ("commuters", sum(&|n| n.commuters).to_string()),
        ("output, hundred million yuan", format!("{:.1}", output as f64 / 1e8)),
        ("of it agriculture", percent(sum(&|n| n.output[0]), output)),
        ("of it industry", percent(sum(&|n| n.output[1]), output)),
        ("of it services", percent(sum(&|n| n.output[2]), output)),
        ("of it tourism", percent(sum(&|n| n.output[3]), output)),
        ("output per resident, yuan", format!("{:.0}", output as f64 / residents.max(1) as f64)),
    ];
}

fn list_rules(rules: &Rules, report: &mut Report) {
    let number = |x: f64| x.to_string();
    let by_year = |x: Option<f64>| x.map_or("by province and year".to_string(), number);
    report.rules = vec![
        ("participation_factor", by_year(rules.participation_factor)),
        ("participation_cap", number(rules.participation_cap)),
        ("tourism_share", number(rules.tourism_share)),
        ("farm_jobs_village", number(rules.farm_jobs_village)),
        ("farm_share_cap", number(rules.farm_share_cap)),
        ("commuting", number(rules.commuting)),
        ("village_output", number(rules.village_output)),
        ("farm_output_yuan", number(rules.farm_output_yuan)),
        ("farm_output_bound", number(rules.farm_output_bound)),
        ("newcomer_village_odds", number(rules.newcomer_village_odds)),
        ("villagers_at_seat", number(rules.villagers_at_seat)),
        ("villagers_at_seat_cap", number(rules.villagers_at_seat_cap)),
        ("townspeople_in_village", number(rules.townspeople_in_village)),
        ("townspeople_in_village_cap", number(rules.townspeople_in_village_cap)),
        ("leavers_floor", number(rules.leavers_floor)),
        ("leavers_inside_cap", number(rules.leavers_inside_cap)),
        ("talent_odds", number(rules.talent_odds)),
        ("village_minimum", rules.village_minimum.to_string()),
        ("remainder_minimum", rules.remainder_minimum.to_string()),
        ("urban_density", number(rules.urban_density)),
        ("urban_area_cap", number(rules.urban_area_cap)),
        ("output_growth", number(rules.output_growth)),
        ("national_output_yuan", rules.national_output_yuan.map(|x| format!("{x:.0}")).join(", ")),
        ("farm_wage_elasticity", number(rules.farm_wage_elasticity)),
        ("minimum_wage_level", by_year(rules.minimum_wage_level)),
        ("newcomers_inside", number(rules.newcomers_inside)),
    ];
}
