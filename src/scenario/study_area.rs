//! The study area of a scenario: its tables read, checked and sorted into a geography.

use std::collections::BTreeMap;
use std::path::Path;

use super::problem::{Problem, Problems};
use super::table::{Column, Kind, Table};
use crate::world::geography::{County, Prefecture, Province};
use crate::world::node::Facts;
use crate::world::{Geography, Node, Tier};

/// Columns of residents by five-year groups.
pub const AGE_COLUMNS: [&str; 18] = [
    "age_0_4",
    "age_5_9",
    "age_10_14",
    "age_15_19",
    "age_20_24",
    "age_25_29",
    "age_30_34",
    "age_35_39",
    "age_40_44",
    "age_45_49",
    "age_50_54",
    "age_55_59",
    "age_60_64",
    "age_65_69",
    "age_70_74",
    "age_75_79",
    "age_80_84",
    "age_85",
];

/// Age structure used where a table gives none: China 2020, millions (7th census).
pub const NATIONAL_AGES: [f64; 18] = [
    77.88, 90.24, 85.26, 72.68, 74.94, 91.85, 124.15, 99.01, 92.96, 114.22, 121.16, 101.40, 73.38, 74.01,
    49.59, 31.24, 20.38, 15.42,
];

/// Columns of `nodes.csv`; `docs/data-format.md` explains them.
pub static NODE_COLUMNS: [Column; 59] = [
    Column::required("id", Kind::Text, "unique short name of the node"),
    Column::required("name", Kind::Text, "what a reader calls it"),
    Column::optional("name_en", Kind::Text, "the same in English or pinyin"),
    Column::required("tier", Kind::Words(&["city", "county_seat", "village"]), "place in the hierarchy"),
    Column::required("county", Kind::Text, "code of the county-level unit"),
    Column::optional("county_name", Kind::Text, "its name"),
    Column::required("prefecture", Kind::Text, "code of the prefecture"),
    Column::optional("prefecture_name", Kind::Text, "its name"),
    Column::required("province", Kind::Text, "code of the province"),
    Column::optional("province_name", Kind::Text, "its name"),
    Column::required("longitude", Kind::Number { least: -180.0, most: 180.0 }, "degrees"),
    Column::required("latitude", Kind::Number { least: -90.0, most: 90.0 }, "degrees"),
    Column::optional("area_km2", Kind::AMOUNT, "land area of the node, km2"),
    Column::optional("tags", Kind::Tags, "words such as mountain, sea, direct, capital"),
    Column::required("residents", Kind::Persons, "persons living here"),
    Column::required("talent", Kind::Persons, "of these, with tertiary education"),
    Column::optional(AGE_COLUMNS[0], Kind::Persons, "residents aged 0 to 4"),
    Column::optional(AGE_COLUMNS[1], Kind::Persons, "residents aged 5 to 9"),
    Column::optional(AGE_COLUMNS[2], Kind::Persons, "residents aged 10 to 14"),
    Column::optional(AGE_COLUMNS[3], Kind::Persons, "residents aged 15 to 19"),
    Column::optional(AGE_COLUMNS[4], Kind::Persons, "residents aged 20 to 24"),
    Column::optional(AGE_COLUMNS[5], Kind::Persons, "residents aged 25 to 29"),
    Column::optional(AGE_COLUMNS[6], Kind::Persons, "residents aged 30 to 34"),
    Column::optional(AGE_COLUMNS[7], Kind::Persons, "residents aged 35 to 39"),
    Column::optional(AGE_COLUMNS[8], Kind::Persons, "residents aged 40 to 44"),
    Column::optional(AGE_COLUMNS[9], Kind::Persons, "residents aged 45 to 49"),
    Column::optional(AGE_COLUMNS[10], Kind::Persons, "residents aged 50 to 54"),
    Column::optional(AGE_COLUMNS[11], Kind::Persons, "residents aged 55 to 59"),
    Column::optional(AGE_COLUMNS[12], Kind::Persons, "residents aged 60 to 64"),
    Column::optional(AGE_COLUMNS[13], Kind::Persons, "residents aged 65 to 69"),
    Column::optional(AGE_COLUMNS[14], Kind::Persons, "residents aged 70 to 74"),
    Column::optional(AGE_COLUMNS[15], Kind::Persons, "residents aged 75 to 79"),
    Column::optional(AGE_COLUMNS[16], Kind::Persons, "residents aged 80 to 84"),
    Column::optional(AGE_COLUMNS[17], Kind::Persons, "residents aged 85 and over"),
    Column::required(
        "stayers_from_seat",
        Kind::Persons,
        "residents registered at the urban node of the county",
    ),
    Column::required(
        "stayers_from_village",
        Kind::Persons,
        "residents registered at the village of the county",
    ),
    Column::required(
        "newcomers_province",
        Kind::Persons,
        "residents registered in another county of the province",
    ),
    Column::required("newcomers_other", Kind::Persons, "residents registered in another province"),
    Column::required("registered", Kind::Persons, "persons registered here, wherever they live"),
    Column::required("employed_agriculture", Kind::Persons, "residents working in farming here"),
    Column::required("employed_industry", Kind::Persons, "residents working in industry here"),
    Column::required("employed_services", Kind::Persons, "residents working in services here"),
    Column::required("employed_tourism", Kind::Persons, "residents working in tourism here"),
    Column::optional("commuters", Kind::Persons, "villagers working in the seat of the county"),
    Column::required("output_agriculture_yuan", Kind::AMOUNT, "value added of farming, yuan"),
    Column::required("output_industry_yuan", Kind::AMOUNT, "value added of industry, yuan"),
    Column::required("output_services_yuan", Kind::AMOUNT, "value added of services, yuan"),
    Column::required("output_tourism_yuan", Kind::AMOUNT, "value added of tourism, yuan"),
    Column::optional("minimum_wage_yuan", Kind::AMOUNT, "statutory minimum wage, yuan a year"),
    Column::optional("ecology", Kind::SHARE, "initial ecological state, 0 to 1"),
    Column::optional("birth_rate", Kind::AMOUNT, "births per 1000 residents"),
    Column::optional("mining_share", Kind::SHARE, "mining in employment, 0 to 1"),
    Column::optional("wage_yuan", Kind::AMOUNT, "mean wage of the prefecture, yuan a year"),
    Column::optional("minority_share", Kind::SHARE, "ethnic minorities in population, 0 to 1"),
    Column::optional(
        "amenity",
        Kind::Number { least: -1000.0, most: 1000.0 },
        "worth of living here, log points of income",
    ),
    Column::optional("housing", Kind::AMOUNT, "housing stock, units"),
    Column::optional("capital_yuan", Kind::AMOUNT, "industrial capital, yuan"),
    Column::optional("jobs_industry", Kind::AMOUNT, "industrial jobs that there are, persons"),
    Column::optional("investment_wedge", Kind::AMOUNT, "return as investors see it over the true one"),
];

/// Columns of `nodes.csv` that are read by people only.
static NODE_COLUMNS_ALL: std::sync::LazyLock<&'static [Column]> = std::sync::LazyLock::new(|| {
    let mut all = NODE_COLUMNS.to_vec();
    all.push(Column::optional("provenance", Kind::Text, "words that name every assumption behind the row"));
    Box::leak(all.into_boxed_slice())
});

static OUTSIDE_COLUMNS: [Column; 6] = [
    Column::required("id", Kind::Text, "unique short name"),
    Column::required("name", Kind::Text, "what a reader calls it"),
    Column::required("longitude", Kind::Number { least: -180.0, most: 180.0 }, "degrees"),
    Column::required("latitude", Kind::Number { least: -90.0, most: 90.0 }, "degrees"),
    Column::required("registered_in_area", Kind::Persons, "persons registered outside who live in the area"),
    Column::optional("provenance", Kind::Text, "words that name every assumption behind the row"),
];

static PREFECTURE_COLUMNS: [Column; 5] = [
    Column::required("prefecture", Kind::Text, "code of the prefecture"),
    Column::optional("name", Kind::Text, "its name"),
    Column::optional("income_urban_yuan", Kind::AMOUNT, "published income per urban resident, yuan a year"),
    Column::optional("income_rural_yuan", Kind::AMOUNT, "published income per rural resident, yuan a year"),
    Column::optional("provenance", Kind::Text, "words that name every assumption behind the row"),
];

static MOVING_COST_COLUMNS: [Column; 3] = [
    Column::required("from", Kind::Text, "id of the home node"),
    Column::required("to", Kind::Text, "code of the prefecture"),
    Column::required("cost", Kind::Number { least: -1000.0, most: 1000.0 }, "log points of income"),
];

static TRADE_COST_COLUMNS: [Column; 3] = [
    Column::required("from", Kind::Text, "id of the selling node"),
    Column::required("to", Kind::Text, "id of the buying node"),
    Column::required(
        "factor",
        Kind::Number { least: 1.0, most: 1000.0 },
        "units sent for one that arrives, 1 or more",
    ),
];

/// Published income per head of a prefecture, yuan a year: urban, rural.
pub type PublishedIncome = [Option<f64>; 2];

/// A study area: geography, people registered outside, published incomes by prefecture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StudyArea {
    pub geography: Geography,
    /// Persons registered at each outside node who live in the area.
    pub outside_in_area: Vec<u64>,
    /// Published income by prefecture index, where there is any.
    pub published_income: Vec<PublishedIncome>,
}

/// Most nodes that a run can hold: places are 16-bit numbers.
pub const MOST_NODES: usize = 65_535;

/// Reads and checks the tables; every problem is reported.
pub fn read(
    nodes: &Path,
    outside: Option<&Path>,
    prefectures: Option<&Path>,
    problems: &mut Problems,
) -> StudyArea {
    let table = Table::read(nodes, *NODE_COLUMNS_ALL, problems);
    let mut area = StudyArea::default();
    let mut rows = Vec::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for row in table.rows() {
        let id = table.text(row, "id").to_owned();
        if let Some(&first) = seen.get(&id) {
            problems.push(
                Problem::new(table.place(row, "id"), format!("the node `{id}` occurs twice"))
                    .also(table.place(first, "id"), "first here")
                    .help("every node needs an id of its own"),
            );
        }
        seen.insert(id, row);
        check_row(&table, row, problems);
        rows.push(row);
    }
    if rows.is_empty() && problems.is_empty() {
        problems.push(
            Problem::new(table.whole(), "the table has no node").help("a study area needs at least one node"),
        );
    }
    if rows.len() > MOST_NODES {
        problems.push(
            Problem::new(table.whole(), format!("the table has {} nodes", rows.len()))
                .help(format!("a run holds at most {MOST_NODES} nodes, outside nodes included")),
        );
    }
    check_hierarchy(&table, &rows, problems);
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
        let _ = outside.map(|path| Table::read(path, &OUTSIDE_COLUMNS, problems));
        let _ = prefectures.map(|path| Table::read(path, &PREFECTURE_COLUMNS, problems));
        return area;
    }
    for &row in &rows {
        place_node(&mut area.geography, &table, row, tier(row));
    }
    centres(&mut area.geography);
    let nodes = area.geography.nodes.len();
    area.geography.outside = nodes..nodes;
    if let Some(path) = outside {
        read_outside(&mut area, path, problems);
    }
    area.published_income = vec![[None; 2]; area.geography.prefectures.len()];
    if let Some(path) = prefectures {
        let table = Table::read(path, &PREFECTURE_COLUMNS, problems);
        for row in table.rows() {
            let code = table.text(row, "prefecture");
            match area.geography.prefectures.iter().position(|p| p.code == code) {
                Some(p) => {
                    area.published_income[p] =
                        [table.number(row, "income_urban_yuan"), table.number(row, "income_rural_yuan")];
                }
                None => problems.push(
                    Problem::new(
                        table.place(row, "prefecture"),
                        format!("no node lies in a prefecture `{code}`"),
                    )
                    .help("remove the row, or add the prefecture's nodes"),
                ),
            }
        }
    }
    area
}

fn check_row(table: &Table, row: usize, problems: &mut Problems) {
    let n = |column: &str| table.persons(row, column);
    let residents = n("residents");
    let origins =
        n("stayers_from_seat") + n("stayers_from_village") + n("newcomers_province") + n("newcomers_other");
    if origins != residents {
        problems.push(
            Problem::new(
                table.place(row, "residents"),
                format!("{residents} residents, but stayers and newcomers add up to {origins}"),
            )
            .help(
                "stayers_from_seat + stayers_from_village + newcomers_province + newcomers_other = residents",
            ),
        );
    }
    if n("talent") > residents {
        problems.push(
            Problem::new(table.place(row, "talent"), "more talent than residents")
                .help(format!("at most {residents}")),
        );
    }
    let employed: i64 = ["agriculture", "industry", "services", "tourism"]
        .iter()
        .map(|s| n(&format!("employed_{s}")))
        .sum::<i64>()
        + n("commuters");
    if employed > residents {
        problems.push(
            Problem::new(table.place(row, "employed_services"), format!("{employed} residents at work"))
                .help(format!("the node has {residents} residents")),
        );
    }
    if AGE_COLUMNS.iter().any(|a| table.has(a)) {
        let ages: i64 = AGE_COLUMNS.iter().map(|a| n(a)).sum();
        if ages != residents {
            problems.push(
                Problem::new(
                    table.place(row, "residents"),
                    format!("{residents} residents, but the age groups add up to {ages}"),
                )
                .help("give all 18 age columns, or none"),
            );
        }
    }
    if table.text(row, "tier") != "village" && n("commuters") > 0 {
        problems.push(
            Problem::new(table.place(row, "commuters"), "commuters live in villages")
                .help("0 for a city or county seat"),
        );
    }
}

/// A county lies in one prefecture, a prefecture in one province; a county has one urban node, at most one
/// village, and registers at least the people who stay.
fn check_hierarchy(table: &Table, rows: &[usize], problems: &mut Problems) {
    let mut prefecture_of: BTreeMap<&str, usize> = BTreeMap::new();
    let mut province_of: BTreeMap<&str, usize> = BTreeMap::new();
    let mut members: BTreeMap<&str, [Vec<usize>; 2]> = BTreeMap::new();
    for &row in rows {
        for (child, parent, first) in
            [("county", "prefecture", &mut prefecture_of), ("prefecture", "province", &mut province_of)]
        {
            let (code, up) = (table.text(row, child), table.text(row, parent));
            let at = *first.entry(code).or_insert(row);
            if table.text(at, parent) != up {
                problems.push(
                    Problem::new(
                        table.place(row, parent),
                        format!(
                            "the {child} `{code}` lies in two {parent}s, `{}` and `{up}`",
                            table.text(at, parent)
                        ),
                    )
                    .also(table.place(at, parent), "first here")
                    .help(format!("a {child} lies in one {parent}")),
                );
            }
        }
        let village = usize::from(table.text(row, "tier") == "village");
        members.entry(table.text(row, "county")).or_default()[village].push(row);
    }
    for (county, [urban, villages]) in &members {
        if let (None, Some(&row)) = (urban.first(), villages.first()) {
            problems.push(
                Problem::new(
                    table.place(row, "county"),
                    format!("the county `{county}` has no city or county seat"),
                )
                .help("every village needs the urban node of its county"),
            );
        }
        for list in [urban, villages] {
            if let Some(&row) = list.get(1) {
                problems.push(
                    Problem::new(table.place(row, "county"), format!("the county `{county}` has two nodes of one kind"))
                        .help("one urban node and at most one village a county; give finer units codes of their own"),
                );
            }
        }
        for (list, column) in [(urban, "stayers_from_seat"), (villages, "stayers_from_village")] {
            let stayers: i64 = urban.iter().chain(villages).map(|&row| table.persons(row, column)).sum();
            let registered: i64 = list.iter().map(|&row| table.persons(row, "registered")).sum();
            if let (Some(&row), true) = (list.first(), registered < stayers) {
                problems.push(
                    Problem::new(
                        table.place(row, "registered"),
                        format!("{registered} persons are registered here, but {stayers} of them stay in the county"),
                    )
                    .help(format!("registered is at least the sum of {column} over the county")),
                );
            }
        }
    }
}

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
    let ages = if AGE_COLUMNS.iter().any(|a| table.has(a)) {
        AGE_COLUMNS.map(count)
    } else {
        let parts = crate::quantity::split(residents as i64, &NATIONAL_AGES);
        std::array::from_fn(|i| parts[i] as u64)
    };
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
            employed: ["agriculture", "industry", "services", "tourism"]
                .map(|s| count(&format!("employed_{s}"))),
            commuters: count("commuters"),
            output_yuan: ["agriculture", "industry", "services", "tourism"]
                .map(|s| amount(&format!("output_{s}_yuan"))),
            minimum_wage_yuan: amount("minimum_wage_yuan"),
            ecology: table.number(row, "ecology").unwrap_or(0.5),
            birth_rate: table.number(row, "birth_rate"),
            mining_share: table.number(row, "mining_share"),
            wage_yuan: table.number(row, "wage_yuan"),
            minority_share: table.number(row, "minority_share"),
            amenity: amount("amenity"),
            housing: table.number(row, "housing").filter(|&h| h > 0.0),
            capital_yuan: table.number(row, "capital_yuan"),
            jobs_industry: table.number(row, "jobs_industry"),
            investment_wedge: table.number(row, "investment_wedge"),
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

fn read_outside(area: &mut StudyArea, path: &Path, problems: &mut Problems) {
    let table = Table::read(path, &OUTSIDE_COLUMNS, problems);
    let listed: i64 = table.rows().map(|row| table.persons(row, "registered_in_area")).sum();
    let found: u64 = area.geography.nodes.iter().map(|n| n.facts.newcomers_other).sum();
    if listed != found as i64 && problems.is_empty() {
        problems.push(
            Problem::new(
                table.whole(),
                format!("{listed} persons registered outside live in the area, but nodes.csv counts {found}"),
            )
            .help("registered_in_area adds up to the newcomers_other of nodes.csv"),
        );
    }
    let first = area.geography.nodes.len();
    for row in table.rows() {
        let id = table.text(row, "id").to_owned();
        if area.geography.nodes.iter().any(|n| n.id == id) {
            problems.push(
                Problem::new(table.place(row, "id"), format!("the node `{id}` occurs twice"))
                    .help("every node needs an id of its own, outside nodes too"),
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

/// Reads stated moving costs and trade costs into a geography.
pub fn read_costs(
    geography: &mut Geography,
    moving: Option<&Path>,
    trade: Option<&Path>,
    problems: &mut Problems,
) {
    let unknown = |table: &Table, row: usize, column: &str, what: &str| {
        Problem::new(table.place(row, column), format!("there is no {what} `{}`", table.text(row, column)))
            .help(format!("every {what} named here stands in the table of nodes"))
    };
    let node = |geography: &Geography, id: &str| geography.nodes.iter().position(|n| n.id == id);
    if let Some(path) = moving {
        let table = Table::read(path, &MOVING_COST_COLUMNS, problems);
        for row in table.rows() {
            let to = geography.prefectures.iter().position(|p| p.code == table.text(row, "to"));
            match (node(geography, table.text(row, "from")), to) {
                (Some(from), Some(to)) => {
                    let cost = table.number(row, "cost").unwrap_or(0.0);
                    geography.moving_costs.push((from, to, cost));
                }
                (None, _) => problems.push(unknown(&table, row, "from", "node")),
                (_, None) => problems.push(unknown(&table, row, "to", "prefecture")),
            }
        }
    }
    if let Some(path) = trade {
        let table = Table::read(path, &TRADE_COST_COLUMNS, problems);
        let n = geography.len();
        geography.iceberg = vec![None; n * n];
        for row in table.rows() {
            match (node(geography, table.text(row, "from")), node(geography, table.text(row, "to"))) {
                (Some(from), Some(to)) => {
                    geography.iceberg[from * n + to] = table.number(row, "factor");
                }
                (None, _) => problems.push(unknown(&table, row, "from", "node")),
                (_, None) => problems.push(unknown(&table, row, "to", "node")),
            }
        }
    }
}
