//! County tables to the tables of a study area: the library behind `shanhai prepare`.
//!
//! The steps, in order: read the census (`census`), find the units and what the county rows leave out
//! (`units`), place them (`places`), count who works where (`work`), divide published output
//! (`output`), sort residents by home (`homes`), education and age (`people`), and write the rows
//! (`nodes`) beside a report of what was missing and what was assumed (`report`).
//!
//! Everything counted stays exact: county sums of residents, ages, graduates and newcomers are those of the
//! census. Everything assumed is a field of [`Rules`].

pub(crate) mod area;
pub(crate) mod census;
mod changes;
pub(crate) mod china;
pub(crate) mod columns;
mod county_figures;
mod divide;
mod fitting;
mod flows;
pub(crate) mod hierarchy;
pub(crate) mod homes;
pub(crate) mod industries;
mod inputs;
pub(crate) mod national;
pub(crate) mod nodes;
pub(crate) mod output;
pub(crate) mod people;
pub(crate) mod places;
mod plausible;
mod prefecture_output;
pub(crate) mod preset;
pub(crate) mod provinces;
mod published_output;
pub(crate) mod report;
pub(crate) mod rules;
mod sums;
pub(crate) mod surroundings;
pub(crate) mod units;
pub(crate) mod work;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

pub use area::Area;
pub use preset::Preset;
pub use report::Report;
pub use rules::Rules;

pub(crate) use census::Census;
pub(crate) use nodes::Node;

use crate::messages;
use crate::output::file_set::FileSet;
use crate::scenario::files::Files;
use crate::scenario::mapping::Mapping;
use crate::scenario::table::MOST_YUAN;
use crate::world::sector::SECTOR_TABLE;
use crate::{Error, Result};
use inputs::Inputs;
use nodes::Facts;
use units::Unit;

/// What to prepare, and from which tables.
#[derive(Clone, Debug)]
pub struct Request {
    /// Where the tables below are.
    pub files: Files,
    /// Counts of people by county.
    pub census: PathBuf,
    /// Expected year of the census; none takes what the table says.
    pub year: Option<i32>,
    /// Longitude and latitude of units.
    pub centroids: PathBuf,
    /// Output of units by broad sector.
    pub gdp: Option<PathBuf>,
    /// Groups of units that share output published for another boundary.
    pub gdp_groups: Option<PathBuf>,
    /// Output of prefectures, for units without their own.
    pub prefecture_gdp: Option<PathBuf>,
    /// Jobs and value added of the nation by industry and year; none takes the table of the program.
    pub industries: Option<PathBuf>,
    /// Output of provinces, to which their units are scaled.
    pub province_gdp: Option<PathBuf>,
    /// Persons by province of origin and of residence: which of a list of provinces people come from.
    pub origins: Option<PathBuf>,
    /// Counted people by place of origin and of residence, at any one level: the scenario's table of flows. It says
    /// also what `origins` would.
    pub flows: Option<PathBuf>,
    /// Registered population of units, where the census has none.
    pub registered: Option<PathBuf>,
    /// Minimum wages of units.
    pub minimum_wage: Option<PathBuf>,
    /// Mean wages of prefectures.
    pub prefecture_wage: Option<PathBuf>,
    /// Household incomes of prefectures, urban and rural.
    pub income: Option<PathBuf>,
    /// Published means of the area to which prefecture incomes are scaled, urban and rural.
    pub income_means: [Option<f64>; 2],
    /// Tables that mark units with tags.
    pub tags: Vec<PathBuf>,
    /// Units that other tables have under a later code.
    pub renames: Option<PathBuf>,
    /// Units that join another one.
    pub joins: Option<PathBuf>,
    /// Units whose output is believed though it is far from the others'.
    pub believed: Vec<String>,
    /// Prefectures whose published output covers units of other codes, by unit.
    pub pools: BTreeMap<String, String>,
    /// Which units are prepared.
    pub area: Area,
    /// Point that stands for the rest of the country (longitude, latitude); none takes the middle of its units.
    pub outside: Option<(f64, f64)>,
    /// Which columns of the tables hold what.
    pub mapping: Mapping,
    /// Codes of units by year, with those that follow them; none leaves later codes to `renames`.
    pub changes: Option<PathBuf>,
    /// Facts that stand for what the census does not have.
    pub preset: Option<Preset>,
    /// Folder that the tables are written to.
    pub out: PathBuf,
    /// Whether tables that are there may be replaced.
    pub force: bool,
    /// Rules for what the tables do not say.
    pub rules: Rules,
}

impl Request {
    /// A request for an area that names no table yet, to be filled by the caller.
    pub fn new(area: Area, out: impl Into<PathBuf>) -> Request {
        Request {
            files: Files::folder(""),
            census: PathBuf::new(),
            year: None,
            centroids: PathBuf::new(),
            gdp: None,
            gdp_groups: None,
            prefecture_gdp: None,
            industries: None,
            province_gdp: None,
            origins: None,
            flows: None,
            registered: None,
            minimum_wage: None,
            prefecture_wage: None,
            income: None,
            income_means: [None; 2],
            tags: Vec::new(),
            renames: None,
            joins: None,
            believed: Vec::new(),
            pools: BTreeMap::new(),
            area,
            outside: None,
            mapping: Mapping::default(),
            changes: None,
            preset: None,
            out: out.into(),
            force: false,
            rules: Rules::default(),
        }
    }
}

/// Prepares the tables and writes them into the folder of the request.
///
/// # Errors
/// Everything that is wrong with the tables, and whatever the operating system refuses.
pub fn prepare(request: &Request) -> Result<Report> {
    let prepared = tables(request)?;
    let at = |name: &str| request.out.join(name);
    let mut files = FileSet::new(request.force);
    for (name, bytes) in prepared.tables {
        files.add(at(name), bytes);
    }
    if prepared.area == Area::All {
        files.without(at("outside.csv"));
    }
    fs::create_dir_all(&request.out).map_err(|e| Error::io(messages::io_create(), &request.out, e))?;
    files.write()?;
    Ok(prepared.report)
}

/// The table of counted flows, which a scenario names as `world.flows`.
pub(crate) const FLOWS: &str = "flows.csv";

/// The tables of an area, not written yet.
#[derive(Debug)]
pub struct Prepared {
    /// Names and bytes; no `outside.csv` of the whole country.
    pub tables: Vec<(&'static str, Vec<u8>)>,
    /// The area as codes.
    pub area: Area,
    /// Calendar year of the census.
    pub year: i32,
    /// Rows of `nodes.csv`, in its order.
    pub rows: Vec<Node>,
    /// Names of the area's provinces and prefectures by code.
    pub names: BTreeMap<String, String>,
    /// What was done to the data, and what looks odd.
    pub report: Report,
}

/// Prepares the tables of a request.
///
/// Everything that a unit shares with others (output by wage level, registered people away from home) is worked out
/// over all units of the census, and the area is taken out afterwards: a county has the same row whatever is asked for
/// beside it.
///
/// # Errors
/// Everything that is wrong with the tables.
pub fn tables(request: &Request) -> Result<Prepared> {
    let mut report = Report::default();
    let rules = &request.rules;
    rules.check()?;
    let Inputs {
        census,
        industries,
        joins,
        registered,
        mut published,
        centroids,
        minimum_wages,
        tags,
        incomes,
        mut origins,
        flows,
    } = Inputs::read(request)?;
    let area = request.area.resolved(&census)?;
    sources(request, &area, &census, &mut report);
    let above = &census.hierarchy;
    let in_area = |code: &str| area.contains(&above.province(code), &above.prefecture(code));

    let mut units = units::units(&census, &registered, &joins, rules, &mut report)?;
    let renames = &published.renames.near;
    published.minimum_wages = match minimum_wages {
        Some(wages) => places::minimum_wages(wages, &census, &mut units, renames, rules, &mut report),
        None => vec![0; units.len()],
    };
    let work = work::work(&mut units, census.year, &industries, rules, &mut report);
    published.dwelling_share = industries.dwelling_share;
    let mut output = output::output(&census, &mut units, &work, &published, rules, &mut report)?;
    provinces::scale(&mut units, &mut output, &published.provinces, &mut report);
    plausible::check(&census, &units, &output, |unit| in_area(&unit.code), &request.believed)?;
    let whole = area == Area::All || census.whole_country() && homes::mostly_registered(&units);
    let away = homes::away(&mut units, whole, rules, &mut report)?;

    let chosen: Vec<usize> = (0..units.len()).filter(|&i| in_area(&units[i].code)).collect();
    let take = |i: usize| (work[i].clone(), output[i], published.minimum_wages[i], away[i]);
    let facts: Vec<_> = chosen.iter().map(|&i| take(i)).collect();
    let mut units: Vec<Unit> = chosen.iter().map(|&i| units[i].clone()).collect();
    report.only(in_area);
    let (places, middle) = places::places(centroids, &census, &mut units, in_area, renames, &mut report)?;
    let away: Vec<i64> = facts.iter().map(|fact| fact.3).collect();
    let homes = homes::homes(&mut units, &area, &away, rules, &mut report)?;

    let mut relative = Vec::with_capacity(units.len());
    for (unit, (work, output, minimum_wage, _)) in units.iter_mut().zip(&facts) {
        relative.push(divide::village_output(&output.sectors, work, *minimum_wage, rules));
        if relative.last().is_some_and(|&relative| relative > rules.village_output) {
            unit.words.insert("village_floor");
        }
    }
    let mut rows: Vec<Node> = Vec::with_capacity(2 * units.len());
    for (i, unit) in units.iter().enumerate() {
        report.count_words(&unit.words);
        let (work, output, minimum_wage, _) = &facts[i];
        let facts = Facts {
            year: census.year,
            parts: if census.hierarchy.is_stated() {
                [" city", " villages", " towns"]
            } else {
                ["城区", "乡村", "城镇"]
            },
            place: places[i].clone(),
            tags: places::tags_of(unit, &tags),
            minimum_wage: *minimum_wage,
            village_output: relative[i],
            wage: published.wages.get(&unit.prefecture).copied(),
        };
        rows.extend(nodes::nodes(unit, work, &homes[i], output, &facts, rules));
    }
    money_fits(&rows)?;
    totals(&rows, &mut report);
    list_rules(rules, &mut report);

    let mut tables = vec![("nodes.csv", nodes::nodes_csv(&rows)?)];
    if let Some(flows) = flows {
        let newcomers = rows.iter().map(|n| n.newcomers_other).sum();
        let of_area = flows.of_area(&census, &area, &units, newcomers, &mut report)?;
        let known = [
            ("rows of counted flows that are used", of_area.used.rows.to_string()),
            ("people in these rows, in the unit of their table", format!("{:.0}", of_area.used.persons)),
        ];
        report.totals.extend(known.map(|(name, value)| (name.to_owned(), value)));
        tables.push((FLOWS, of_area.csv));
        // Both say who came from beyond the area; the scenario reads these.
        origins = of_area.origins;
    }
    if area != Area::All {
        tables
            .push(("outside.csv", surroundings::outside_csv(request, &rows, middle, &origins, &mut report)?));
    }
    let incomes = surroundings::prefectures_csv(request, incomes, census.year, &units, &rows, &mut report)?;
    tables.push(("prefectures.csv", incomes));
    tables.push(("registered.csv", surroundings::registered_csv(&units, &homes)?));
    tables.push(("provenance.md", report.to_markdown().into_bytes()));
    let named = |unit: &Unit| {
        [(&unit.province, &unit.province_name), (&unit.prefecture, &unit.prefecture_name)]
            .map(|(code, name)| (code.clone(), name.clone()))
    };
    let names = units.iter().flat_map(named).collect();
    Ok(Prepared { tables, area, year: census.year, rows, names, report })
}

fn sources(request: &Request, area: &Area, census: &Census, report: &mut Report) {
    report.sources.push(messages::provenance_area(area.words(), census.year).into());
    report.sources.push(messages::provenance_census(&census.file, census.counties.len()).into());
    let mut source = |kind: &str, path: &Option<PathBuf>| {
        let name = path.as_ref().and_then(|p| p.file_name()).map(|n| n.to_string_lossy().into_owned());
        let name = name.unwrap_or_else(|| messages::known("not given"));
        report.sources.push(messages::provenance_source(messages::known(kind), name).into());
    };
    source("coordinates and area", &Some(request.centroids.clone()));
    source("county output", &request.gdp);
    source("output groups", &request.gdp_groups);
    source("prefecture output", &request.prefecture_gdp);
    if request.industries.is_some() {
        source("jobs and value added by industry", &request.industries);
    }
    source("province output", &request.province_gdp);
    source("people by province of origin", &request.origins);
    if request.flows.is_some() {
        source("counted flows", &request.flows);
    }
    source("registered population", &request.registered);
    source("minimum wages", &request.minimum_wage);
    source("prefecture wages", &request.prefecture_wage);
    source("prefecture incomes", &request.income);
    source("later codes", &request.renames);
    source("joined units", &request.joins);
    if request.changes.is_some() {
        source("codes that changed", &request.changes);
    }
    for tags in &request.tags {
        source("tags", &Some(tags.clone()));
    }
    if let Some(preset) = request.preset {
        let kind = messages::known("preset chosen");
        report.sources.push(messages::provenance_source(kind, preset.name()).into());
    }
    for line in &census.assumed {
        report.note("Assumed for the census", line.clone());
    }
    if !census.sums.is_empty() {
        let text = format!("{} rows that add up others: {}", census.sums.len(), census.sums.join("; "));
        report.note("Rows left out", text);
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

/// Refuses output that no world makes, before sums of it could change their sign.
fn money_fits(rows: &[Node]) -> Result<()> {
    let yuan = |n: &Node| n.output.iter().map(|&x| i128::from(x)).sum::<i128>();
    let all: i128 = rows.iter().map(yuan).sum();
    let Some(most) = rows.iter().max_by_key(|n| yuan(n)).filter(|_| all > MOST_YUAN as i128) else {
        return Ok(());
    };
    Err(Error::Data {
        what: messages::output_of_all_units(),
        found: messages::output_found(
            format_args!("{:.1e}", all as f64),
            &most.id,
            format_args!("{:.1e}", yuan(most) as f64),
        ),
        expected: messages::output_at_most(format_args!("{:e}", MOST_YUAN)),
    })
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
    let output: i64 = sum(&|n| n.output.iter().sum::<i64>() + n.dwellings);
    let percent = |part: i64, whole: i64| format!("{:.1} %", 100.0 * part as f64 / whole.max(1) as f64);
    let known = [
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
    ];
    report.totals = known.map(|(name, value)| (name.to_owned(), value)).to_vec();
    for (s, row) in SECTOR_TABLE.iter().enumerate() {
        report
            .totals
            .push((format!("of it {}", row.name.replace('_', " ")), percent(sum(&|n| n.output[s]), output)));
    }
    report.totals.extend([
        ("of it living in homes".to_owned(), percent(sum(&|n| n.dwellings), output)),
        ("output per resident, yuan".to_owned(), format!("{:.0}", output as f64 / residents.max(1) as f64)),
    ]);
}

fn list_rules(rules: &Rules, report: &mut Report) {
    let number = |x: f64| x.to_string();
    let by_year = |x: Option<f64>| x.map_or("by province and year".to_string(), number);
    report.rules = vec![
        ("participation_factor", by_year(rules.participation_factor)),
        ("participation_cap", number(rules.participation_cap)),
        ("participation_least", number(rules.participation_least)),
        ("town_spread", number(rules.town_spread)),
        ("country_spread", number(rules.country_spread)),
        ("town_correlation", number(rules.town_correlation)),
        ("tourism_share", number(rules.tourism_share)),
        ("wholesale_share", number(rules.wholesale_share)),
        ("wholesale_elasticity", number(rules.wholesale_elasticity)),
        ("dwellings", number(rules.dwellings)),
        ("village_cell_minimum", rules.village_cell_minimum.to_string()),
        ("farm_jobs_village", number(rules.farm_jobs_village)),
        ("farm_share_cap", number(rules.farm_share_cap)),
        ("commuting", number(rules.commuting)),
        ("village_output", number(rules.village_output)),
        ("village_minimum_wages", number(rules.village_minimum_wages)),
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
        ("village_least_share", number(rules.village_least_share)),
        ("remainder_minimum", rules.remainder_minimum.to_string()),
        ("urban_density", number(rules.urban_density)),
        ("urban_area_cap", number(rules.urban_area_cap)),
        ("output_growth", rules.output_growth.map_or("the nation's by year".to_string(), number)),
        ("farm_wage_elasticity", number(rules.farm_wage_elasticity)),
        ("minimum_wage_level", by_year(rules.minimum_wage_level)),
        ("newcomers_inside", number(rules.newcomers_inside)),
    ];
    if let Some(least) = rules.city_urban_residents {
        report.rules.push(("city_urban_residents", number(least)));
    }
}
