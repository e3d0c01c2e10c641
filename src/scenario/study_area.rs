//! The study area of a scenario: its tables read, checked and sorted into a geography.

use std::collections::BTreeMap;

use super::column::{MOST_PERSONS, MOST_YUAN};
use super::files::Input;
use super::node_table::{Services, TOGETHER, WEDGE_OF_ALL, check_row, work_and_output};
use super::prefecture_tables::{PREFECTURE_COLUMNS, read_incomes};
use super::problem::{Problem, Problems};
use super::table::{Column, Kind, Table};
use crate::base_year::StudyArea;
use crate::base_year::study_area::{AGE_COLUMNS, MOST_NODES, NATIONAL_AGES};
use crate::messages;
use crate::world::geography::{County, Prefecture, Province};
use crate::world::node::Facts;
use crate::world::sector::{BUSINESS_SERVICES, SECTOR_TABLE, SectorRow};
use crate::world::{Geography, Node, Tier};

static OUTSIDE_COLUMNS: [Column; 6] = [
    Column::required("id", Kind::Text, "unique short name"),
    Column::required("name", Kind::Text, "what a reader calls it"),
    Column::required("longitude", Kind::Number { least: -180.0, most: 180.0 }, "degrees"),
    Column::required("latitude", Kind::Number { least: -90.0, most: 90.0 }, "degrees"),
    Column::required("registered_in_area", Kind::Persons, "persons registered outside who live in the area"),
    Column::optional("provenance", Kind::Text, "words that name every assumption behind the row"),
];

/// Whether a table of nodes has columns of ages.
fn says_ages(table: &Table) -> bool {
    AGE_COLUMNS.iter().any(|column| table.has(column))
}

/// Reads and checks the tables; every problem is reported.
pub(crate) fn read(
    nodes: &Input,
    outside: Option<&Input>,
    prefectures: Option<&Input>,
    problems: &mut Problems,
) -> StudyArea {
    let table = Table::read_input_by_header(nodes, |header| Services::of(header).columns(), problems);
    let services = Services::of(&table.names());
    let mut area = StudyArea::default();
    if services == Services::Both {
        problems.push(
            Problem::new(table.place(0, TOGETHER[0]), messages::services_twice())
                .also(table.place(0, SECTOR_TABLE[BUSINESS_SERVICES].employed_column), messages::and_here())
                .help(messages::services_either_or()),
        );
    }
    if services == Services::Together {
        area.notes.push(messages::services_together(nodes.name()).to_string());
    }
    let mut rows = Vec::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for row in table.rows() {
        let id = table.text(row, "id").to_owned();
        if let Some(&first) = seen.get(&id).filter(|_| table.is_sound(row, &["id"])) {
            problems.push(
                Problem::new(table.place(row, "id"), messages::node_occurs_twice(&id))
                    .also(table.place(first, "id"), messages::first_here())
                    .help(messages::node_needs_own_id()),
            );
        }
        seen.insert(id, row);
        check_row(&table, row, services, problems);
        rows.push(row);
    }
    if rows.is_empty() && problems.is_empty() {
        problems.push(
            Problem::new(table.whole(), messages::table_has_no_node()).help(messages::one_node_at_least()),
        );
    }
    if rows.len() > MOST_NODES {
        problems.push(
            Problem::new(table.whole(), messages::table_has_nodes(rows.len()))
                .help(messages::run_holds_nodes(MOST_NODES)),
        );
    }
    check_hierarchy(&table, &rows, problems);
    area.year = base_year(&table, problems);
    area.ages_stated = says_ages(&table);
    let tier = |row: usize| match table.text(row, "tier") {
        "city" => Tier::City,
        "village" => Tier::Village,
        _ => Tier::CountySeat,
    };
    let key = |row: usize| {
        (
            table.text(row, "province").to_owned(),
            table.text(row, "prefecture").to_owned(),
            table.text(row, "county").to_owned(),
            tier(row),
            table.text(row, "id").to_owned(),
        )
    };
    rows.sort_by_key(|&row| key(row));
    if !problems.is_empty() {
        // What follows relies on a sound table.
        let _ = outside.map(|input| Table::read_input(input, &OUTSIDE_COLUMNS, problems));
        let _ = prefectures.map(|input| Table::read_input(input, &PREFECTURE_COLUMNS, problems));
        return area;
    }
    for &row in &rows {
        place_node(&mut area.geography, &table, row, tier(row));
    }
    check_origins(&area.geography, &table, &rows, outside.is_some(), problems);
    check_money(&area.geography, &table, problems);
    centres(&mut area.geography);
    let nodes = area.geography.nodes.len();
    area.geography.outside = nodes..nodes;
    if let Some(input) = outside {
        read_outside(&mut area, input, problems);
    }
    area.published_income = vec![[None; 2]; area.geography.prefectures.len()];
    area.province_income = vec![[None; 2]; area.geography.provinces.len()];
    if let Some(input) = prefectures {
        read_incomes(&mut area, input, problems);
    }
    area
}

/// The year of a table that says it, the same in every row.
fn base_year(table: &Table, problems: &mut Problems) -> Option<i32> {
    let mut rows = table.rows().filter(|&row| table.is_sound(row, &["year"]) && !table.is_empty(row, "year"));
    let first = rows.next()?;
    let year = table.persons(first, "year");
    if let Some(other) = rows.find(|&row| table.persons(row, "year") != year) {
        problems.push(
            table
                .wrong(other, "year", &messages::one_base_year_a_table(year).to_string())
                .also(table.place(first, "year"), messages::first_here()),
        );
    }
    i32::try_from(year).ok()
}

/// A county lies in one prefecture, a prefecture in one province; a county has one urban node, at most one
/// village, and registers at least the people who stay.
fn check_hierarchy(table: &Table, rows: &[usize], problems: &mut Problems) {
    let mut prefecture_of: BTreeMap<&str, usize> = BTreeMap::new();
    let mut province_of: BTreeMap<&str, usize> = BTreeMap::new();
    let mut members: BTreeMap<&str, [Vec<usize>; 2]> = BTreeMap::new();
    let placed = |row: usize| table.is_sound(row, &["tier", "county", "prefecture", "province"]);
    // A county with a row that could not be placed is not judged.
    let all_placed = rows.iter().all(|&row| placed(row));
    for &row in rows.iter().filter(|&&row| placed(row)) {
        for (child, parent, first) in
            [("county", "prefecture", &mut prefecture_of), ("prefecture", "province", &mut province_of)]
        {
            let (code, up) = (table.text(row, child), table.text(row, parent));
            let at = *first.entry(code).or_insert(row);
            if table.text(at, parent) != up {
                problems.push(
                    Problem::new(
                        table.place(row, parent),
                        messages::lies_in_two(
                            messages::known(child),
                            code,
                            messages::known(parent),
                            table.text(at, parent),
                            up,
                        ),
                    )
                    .also(table.place(at, parent), messages::first_here())
                    .help(messages::lies_in_one(messages::known(child), messages::known(parent))),
                );
            }
        }
        let village = usize::from(table.text(row, "tier") == "village");
        members.entry(table.text(row, "county")).or_default()[village].push(row);
    }
    for (county, [urban, villages]) in &members {
        if let (None, Some(&row), true) = (urban.first(), villages.first(), all_placed) {
            problems.push(
                Problem::new(table.place(row, "county"), messages::county_without_seat(county))
                    .help(messages::village_needs_seat()),
            );
        }
        for list in [urban, villages] {
            if let Some(&row) = list.get(1) {
                problems.push(
                    Problem::new(table.place(row, "county"), messages::two_nodes_of_a_kind(county))
                        .help(messages::finer_units()),
                );
            }
        }
        for (list, column) in [(urban, "stayers_from_seat"), (villages, "stayers_from_village")] {
            let known = urban.iter().chain(villages).all(|&row| table.is_sound(row, &[column, "registered"]));
            let stayers: i64 = urban.iter().chain(villages).map(|&row| table.persons(row, column)).sum();
            let registered: i64 = list.iter().map(|&row| table.persons(row, "registered")).sum();
            if let (Some(&row), true) = (list.first(), known && registered < stayers) {
                problems.push(
                    Problem::new(
                        table.place(row, "registered"),
                        messages::fewer_registered_than_stay(registered, stayers),
                    )
                    .help(messages::registered_at_least(column)),
                );
            }
        }
    }
}

/// Residents who are registered elsewhere come from somewhere: another county of the province, another province, or the
/// outside. A world without such a place could not hold them.
fn check_origins(g: &Geography, table: &Table, rows: &[usize], outside: bool, problems: &mut Problems) {
    let facts = || g.nodes.iter().map(|n| &n.facts);
    let others: u64 = facts().map(|f| f.newcomers_other).sum();
    if others > 0 && !outside && g.provinces.len() == 1 {
        let first = facts().position(|f| f.newcomers_other > 0).unwrap_or_default();
        problems.push(
            Problem::new(
                table.place(rows[first], "newcomers_other"),
                messages::province_without_outside(others),
            )
            .help(messages::name_outside()),
        );
    }
    for province in g.provinces.iter().filter(|province| province.counties.len() == 1) {
        let here = || province.nodes.clone().map(|j| g.nodes[j].facts.newcomers_province);
        let newcomers: u64 = here().sum();
        if newcomers == 0 {
            continue;
        }
        let first = province.nodes.start + here().position(|n| n > 0).unwrap_or_default();
        problems.push(
            Problem::new(
                table.place(rows[first], "newcomers_province"),
                messages::county_without_others(newcomers, &province.code),
            )
            .help(messages::count_as_newcomers_other()),
        );
    }
}

/// Money of all nodes together has room in whole fen, with the stocks that follow from it.
fn check_money(g: &Geography, table: &Table, problems: &mut Problems) {
    let output: f64 = g.nodes.iter().flat_map(|n| n.facts.output_yuan).sum();
    let capital: f64 = g.nodes.iter().filter_map(|n| n.facts.capital_yuan).sum();
    for (what, yuan) in [("output", output), ("capital", capital)] {
        if yuan > MOST_YUAN {
            problems.push(
                Problem::new(
                    table.whole(),
                    messages::nodes_have_yuan(format_args!("{yuan:.1e}"), messages::known(what)),
                )
                .help(messages::more_than_the_world(format_args!("{:e}", MOST_YUAN))),
            );
        }
    }
}

// Sums of persons over all nodes and their columns have room, whatever a table says.
const _: () = assert!(MOST_PERSONS < i64::MAX / (MOST_NODES as i64 * 1000));

fn place_node(geography: &mut Geography, table: &Table, row: usize, tier: Tier) {
    let text = |column: &str| table.text(row, column).to_owned();
    let named = |column: &str, code: &str| {
        let name = table.text(row, column);
        if name.is_empty() { code.to_owned() } else { name.to_owned() }
    };
    let (province, prefecture, county) = (text("province"), text("prefecture"), text("county"));
    let j = geography.nodes.len();
    if geography.provinces.last().is_none_or(|p| p.code != province) {
        let (c, p) = (geography.counties.len(), geography.prefectures.len());
        let name = named("province_name", &province);
        geography.provinces.push(Province {
            code: province,
            name,
            counties: c..c,
            prefectures: p..p,
            nodes: j..j,
        });
    }
    let r = geography.provinces.len() - 1;
    if geography.prefectures.last().is_none_or(|p| p.code != prefecture) {
        let c = geography.counties.len();
        let name = named("prefecture_name", &prefecture);
        geography.prefectures.push(Prefecture {
            code: prefecture,
            name,
            province: r,
            counties: c..c,
            nodes: j..j,
            longitude: 0.0,
            latitude: 0.0,
        });
    }
    let p = geography.prefectures.len() - 1;
    let (longitude, latitude) = (
        table.number(row, "longitude").unwrap_or_default(),
        table.number(row, "latitude").unwrap_or_default(),
    );
    if geography.counties.last().is_none_or(|c| c.code != county) {
        let name = named("county_name", &county);
        geography.counties.push(County {
            code: county,
            name,
            prefecture: p,
            province: r,
            seat: j,
            village: None,
            district: tier == Tier::City,
            longitude,
            latitude,
            loans_over_deposits: None,
            transfer_grade: 1.0,
        });
    } else if let Some(c) = geography.counties.last_mut() {
        c.village = Some(j);
    }
    let c = geography.counties.len() - 1;
    geography.provinces[r].counties.end = c + 1;
    geography.provinces[r].prefectures.end = p + 1;
    geography.provinces[r].nodes.end = j + 1;
    geography.prefectures[p].counties.end = c + 1;
    geography.prefectures[p].nodes.end = j + 1;
    let count = |column: &str| table.persons(row, column).max(0) as u64;
    let amount = |column: &str| table.number(row, column).unwrap_or(0.0);
    let residents = count("residents");
    let ages = if says_ages(table) {
        AGE_COLUMNS.map(count)
    } else {
        let parts = crate::quantity::split(residents as i64, &NATIONAL_AGES);
        std::array::from_fn(|i| parts[i] as u64)
    };
    let known = |column: &str| if table.has(column) { table.number(row, column) } else { None };
    let urban = |row: &'static SectorRow| row.urban.then_some(row);
    let sectors = |f: &dyn Fn(&'static SectorRow) -> Option<f64>| SECTOR_TABLE.each_ref().map(f);
    let (employed, output_yuan) = work_and_output(table, row, tier);
    geography.nodes.push(Node {
        id: text("id"),
        name: text("name"),
        name_en: text("name_en"),
        tier,
        county: c,
        prefecture: p,
        province: r,
        longitude,
        latitude,
        area_km2: table.number(row, "area_km2").unwrap_or(1000.0),
        tags: table.tags(row, "tags").map(str::to_owned).collect(),
        facts: Facts {
            residents,
            talent: count("talent"),
            ages,
            stayers_from_seat: count("stayers_from_seat"),
            stayers_from_village: count("stayers_from_village"),
            newcomers_province: count("newcomers_province"),
            newcomers_other: count("newcomers_other"),
            registered: count("registered"),
            employed,
            commuters: count("commuters"),
            output_yuan,
            dwellings_yuan: amount("output_dwellings_yuan"),
            minimum_wage_yuan: amount("minimum_wage_yuan"),
            ecology: table.number(row, "ecology").unwrap_or(0.5),
            birth_rate: table.number(row, "birth_rate"),
            mining_share: table.number(row, "mining_share"),
            wage_yuan: table.number(row, "wage_yuan"),
            pay_yuan: sectors(&|row| {
                urban(row).and_then(|row| known(row.pay_column)).filter(|&pay| pay > 0.0)
            }),
            capital_share: sectors(&|row| urban(row).and_then(|row| known(row.capital_column))),
            return_wedge: sectors(&|row| known(row.wedge_column).or_else(|| known(WEDGE_OF_ALL))),
            minority_share: table.number(row, "minority_share"),
            amenity: amount("amenity"),
            housing: table.number(row, "housing").filter(|&h| h > 0.0),
            capital_yuan: table.number(row, "capital_yuan"),
            jobs_industry: table.number(row, "jobs_industry"),
            investment_wedge: table.number(row, "investment_wedge"),
            migration: None,
        },
    });
}

/// Centres of population of prefectures.
fn centres(geography: &mut Geography) {
    for p in &mut geography.prefectures {
        let nodes = &geography.nodes[p.nodes.clone()];
        let people: f64 = nodes.iter().map(|n| n.facts.residents as f64).sum::<f64>().max(1e-9);
        let mean = |f: &dyn Fn(&Node) -> f64| {
            nodes.iter().map(|n| n.facts.residents as f64 * f(n)).sum::<f64>() / people
        };
        p.longitude = mean(&|n| n.longitude);
        p.latitude = mean(&|n| n.latitude);
    }
}

fn read_outside(area: &mut StudyArea, input: &Input, problems: &mut Problems) {
    let table = Table::read_input(input, &OUTSIDE_COLUMNS, problems);
    let listed: i64 = table.rows().map(|row| table.persons(row, "registered_in_area")).sum();
    let found: u64 = area.geography.nodes.iter().map(|n| n.facts.newcomers_other).sum();
    // In an area of several provinces some newcomers from other provinces come from those.
    let several = area.geography.provinces.len() > 1;
    if (listed > found as i64 || listed < found as i64 && !several) && problems.is_empty() {
        problems.push(
            Problem::new(table.whole(), messages::outside_adds_up_to(listed, found))
                .help(messages::registered_in_area_adds_up()),
        );
    }
    let first = area.geography.nodes.len();
    for row in table.rows() {
        let id = table.text(row, "id").to_owned();
        if table.is_sound(row, &["id"]) && area.geography.nodes.iter().any(|n| n.id == id) {
            problems.push(
                Problem::new(table.place(row, "id"), messages::node_occurs_twice(&id))
                    .help(messages::outside_needs_own_id()),
            );
        }
        area.outside_in_area.push(table.persons(row, "registered_in_area").max(0) as u64);
        area.geography.nodes.push(Node {
            id,
            name: table.text(row, "name").to_owned(),
            name_en: String::new(),
            tier: Tier::Outside,
            county: usize::MAX,
            prefecture: usize::MAX,
            province: usize::MAX,
            longitude: table.number(row, "longitude").unwrap_or_default(),
            latitude: table.number(row, "latitude").unwrap_or_default(),
            area_km2: 0.0,
            tags: Vec::new(),
            facts: Facts::default(),
        });
    }
    area.geography.outside = first..area.geography.nodes.len();
}
