//! The study area of a scenario: its tables read, checked and sorted into a geography.

use std::collections::BTreeMap;

use super::column::{MOST_PERSONS, MOST_YUAN};
use super::files::Input;
use super::problem::{Problem, Problems};
use super::source::Place;
use super::table::{Column, Kind, Table};
use crate::base_year::StudyArea;
use crate::base_year::study_area::{AGE_COLUMNS, MOST_NODES, NATIONAL_AGES, PensionFacts};
use crate::messages;
use crate::simulation::size::{BYTES_COST_READ, available_memory};
use crate::world::geography::{County, Prefecture, Province};
use crate::world::node::Facts;
use crate::world::sector::{BUSINESS_SERVICES, LOCAL_SERVICES, SECTOR_TABLE, SectorRow};
use crate::world::{Geography, Node, SECTORS, Tier};

/// Columns of `nodes.csv` but those of the sectors; `docs/data-format.md` explains them.
static NODE_COLUMNS: [Column; 52] = [
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
    Column::optional("area_km2", Kind::Number { least: 0.0, most: 2e7 }, "land area of the node, km2"),
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
    Column::optional("commuters", Kind::Persons, "villagers working in the seat of the county"),
    Column::optional(
        "output_dwellings_yuan",
        Kind::MONEY,
        "value of living in homes as the accounts count it, yuan",
    ),
    Column::optional("minimum_wage_yuan", Kind::MONEY, "statutory minimum wage, yuan a year"),
    Column::optional("ecology", Kind::SHARE, "initial ecological state, 0 to 1"),
    Column::optional("birth_rate", Kind::Number { least: 0.0, most: 1000.0 }, "births per 1000 residents"),
    Column::optional("mining_share", Kind::SHARE, "mining in employment, 0 to 1"),
    Column::optional("wage_yuan", Kind::MONEY, "mean wage of the prefecture, yuan a year"),
    Column::optional("minority_share", Kind::SHARE, "ethnic minorities in population, 0 to 1"),
    Column::optional(
        "amenity",
        Kind::Number { least: -1000.0, most: 1000.0 },
        "worth of living here, log points of income",
    ),
    Column::optional("housing", Kind::Number { least: 0.0, most: 1e15 }, "housing stock, units"),
    Column::optional("capital_yuan", Kind::MONEY, "industrial capital, yuan"),
    Column::optional("jobs_industry", Kind::Count, "industrial jobs that there are, persons"),
    Column::optional(
        "investment_wedge",
        Kind::Number { least: 0.0, most: 1e6 },
        "return as investors see it over the true one",
    ),
];

/// How a table tells services: business and local services apart, or, as tables did before, together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Services {
    Apart,
    Together,
    /// Both, which is refused.
    Both,
}

/// Columns of a table that tells services together.
const TOGETHER: [&str; 2] = ["employed_services", "output_services_yuan"];

impl Services {
    fn of(header: &[&str]) -> Services {
        let has = |column: &&str| header.contains(column);
        let apart = [BUSINESS_SERVICES, LOCAL_SERVICES].iter().any(|&s| {
            let row = &SECTOR_TABLE[s];
            has(&row.employed_column) || has(&row.output_column)
        });
        match (apart, TOGETHER.iter().any(has)) {
            (true, true) => Services::Both,
            (false, true) => Services::Together,
            (_, false) => Services::Apart,
        }
    }

    /// Whether a sector has columns of its own.
    fn tells(self, s: usize) -> bool {
        self != Services::Together || !matches!(s, BUSINESS_SERVICES | LOCAL_SERVICES)
    }

    /// Every column of `nodes.csv` in this form.
    fn columns(self) -> Vec<Column> {
        let mut columns = NODE_COLUMNS.to_vec();
        for (s, row) in SECTOR_TABLE.iter().enumerate() {
            if !self.tells(s) {
                continue;
            }
            columns.push(Column::required(row.employed_column, Kind::Persons, EMPLOYED));
            columns.push(Column::required(row.output_column, Kind::MONEY, OUTPUT));
        }
        if self != Services::Apart {
            columns.push(Column::required(TOGETHER[0], Kind::Persons, EMPLOYED));
            columns.push(Column::required(TOGETHER[1], Kind::MONEY, OUTPUT));
        }
        for row in SECTOR_TABLE.iter().filter(|row| row.urban) {
            columns.push(Column::optional(row.pay_column, Kind::MONEY, PAY));
            columns.push(Column::optional(row.capital_column, Kind::SHARE, CAPITAL));
        }
        columns.push(Column::optional(WEDGE_OF_ALL, WEDGE, RETURN));
        columns.extend(SECTOR_TABLE.iter().map(|row| Column::optional(row.wedge_column, WEDGE, RETURN)));
        columns.push(Column::optional("year", Kind::Year, "base year of the figures"));
        // Read by people only.
        let words = "words that name every assumption behind the row";
        columns.push(Column::optional("provenance", Kind::Text, words));
        columns
    }

    /// Columns of residents at work.
    fn work_columns(self) -> Vec<&'static str> {
        let services = [TOGETHER[0]].into_iter().filter(|_| self == Services::Together);
        let own = SECTOR_TABLE
            .iter()
            .enumerate()
            .filter(|(s, _)| self.tells(*s))
            .map(|(_, row)| row.employed_column);
        own.chain(services).chain(["commuters"]).collect()
    }
}

const EMPLOYED: &str = "residents working in the sector here";
const OUTPUT: &str = "value added of the sector, yuan";
const PAY: &str = "what a job of the sector's industries here pays in the nation, yuan a year";
const CAPITAL: &str = "share of capital in what the sector's industries here make in the nation, 0 to 1";
const RETURN: &str = "return on capital here over the area's";
const WEDGE: Kind = Kind::Number { least: 0.2, most: 5.0 };
const WEDGE_OF_ALL: &str = "return_wedge";

/// Business services in services where a table does not tell: of jobs, of output. Means of the nodes of China 2020.
fn business_part(tier: Tier) -> [f64; 2] {
    if tier == Tier::Village { [0.20, 0.30] } else { [0.30, 0.42] }
}

/// Residents at work and value added, yuan, by sector.
fn work_and_output(table: &Table, row: usize, tier: Tier) -> ([u64; SECTORS], [f64; SECTORS]) {
    let count = |column: &str| table.persons(row, column).max(0) as u64;
    let amount = |column: &str| table.number(row, column).unwrap_or(0.0);
    let services = Services::of(&table.names());
    let (mut employed, mut output) = ([0; SECTORS], [0.0; SECTORS]);
    for (s, row) in SECTOR_TABLE.iter().enumerate().filter(|(s, _)| services.tells(*s)) {
        (employed[s], output[s]) = (count(row.employed_column), amount(row.output_column));
    }
    if services == Services::Together {
        let [jobs, value] = business_part(tier);
        let (together, worth) = (count(TOGETHER[0]), amount(TOGETHER[1]));
        let business = libm::rint(jobs * together as f64) as u64;
        (employed[BUSINESS_SERVICES], employed[LOCAL_SERVICES]) = (business, together - business);
        (output[BUSINESS_SERVICES], output[LOCAL_SERVICES]) = (value * worth, (1.0 - value) * worth);
        if business == 0 {
            (output[BUSINESS_SERVICES], output[LOCAL_SERVICES]) = (0.0, worth);
        }
    }
    (employed, output)
}

static OUTSIDE_COLUMNS: [Column; 6] = [
    Column::required("id", Kind::Text, "unique short name"),
    Column::required("name", Kind::Text, "what a reader calls it"),
    Column::required("longitude", Kind::Number { least: -180.0, most: 180.0 }, "degrees"),
    Column::required("latitude", Kind::Number { least: -90.0, most: 90.0 }, "degrees"),
    Column::required("registered_in_area", Kind::Persons, "persons registered outside who live in the area"),
    Column::optional("provenance", Kind::Text, "words that name every assumption behind the row"),
];

static PREFECTURE_COLUMNS: [Column; 5] = [
    Column::required("prefecture", Kind::Text, "code of the prefecture, or of a province for the rest of it"),
    Column::optional("name", Kind::Text, "its name"),
    Column::optional("income_urban_yuan", Kind::MONEY, "published income per urban resident, yuan a year"),
    Column::optional("income_rural_yuan", Kind::MONEY, "published income per rural resident, yuan a year"),
    Column::optional("provenance", Kind::Text, "words that name every assumption behind the row"),
];

static PENSION_COLUMNS: [Column; 10] = [
    Column::required("province", Kind::Text, "code of the province"),
    Column::optional("name", Kind::Text, "its name"),
    Column::required("year", Kind::Year, "of recipients and pensions"),
    Column::required(
        "recipients_employees",
        Kind::Count,
        "persons who draw a pension of the employees' scheme",
    ),
    Column::required("pension_employees_yuan", Kind::MONEY, "what each gets, yuan a year"),
    Column::required(
        "recipients_residents",
        Kind::Count,
        "persons who draw a pension of the residents' scheme",
    ),
    Column::required("pension_residents_yuan", Kind::MONEY, "what each gets, yuan a year"),
    Column::optional(
        "residents_60_over",
        Kind::Count,
        "residents of 60 and over of the whole province, persons",
    ),
    Column::optional("grade", Kind::Text, "how far to trust the row"),
    Column::optional("source", Kind::Text, "where the row comes from"),
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

fn read_incomes(area: &mut StudyArea, input: &Input, problems: &mut Problems) {
    let table = Table::read_input(input, &PREFECTURE_COLUMNS, problems);
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for row in table.rows().filter(|&row| table.is_sound(row, &["prefecture"])) {
        let code = table.text(row, "prefecture");
        let prefecture = area.geography.prefectures.iter().position(|p| p.code == code);
        let province = area.geography.provinces.iter().position(|r| r.code == code);
        let income = match (prefecture, province) {
            (Some(p), _) => &mut area.published_income[p],
            (None, Some(r)) => &mut area.province_income[r],
            (None, None) => {
                let title = messages::no_node_in_unit(code);
                problems.push(
                    Problem::new(table.place(row, "prefecture"), title)
                        .help(messages::remove_row_or_add_nodes()),
                );
                continue;
            }
        };
        if let Some(first) = seen.insert(code, row) {
            problems.push(
                Problem::new(table.place(row, "prefecture"), messages::code_occurs_twice(code))
                    .also(table.place(first, "prefecture"), messages::first_here())
                    .help(messages::one_row_a_place()),
            );
        }
        *income = [table.number(row, "income_urban_yuan"), table.number(row, "income_rural_yuan")];
    }
}

/// Reads the rows of the base year; a province of the area without one is a problem.
pub(crate) fn read_pensions(area: &mut StudyArea, input: &Input, base_year: i32, problems: &mut Problems) {
    let before = problems.len();
    let table = Table::read_input(input, &PENSION_COLUMNS, problems);
    area.pensions = vec![None; area.geography.provinces.len()];
    let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
    let mut years: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for row in table.rows().filter(|&row| table.is_row_sound(row)) {
        let (code, year) = (table.text(row, "province"), table.persons(row, "year"));
        years.entry(code).or_default().push(year.to_string());
        let Some(r) = area.geography.provinces.iter().position(|r| r.code == code) else { continue };
        if year != i64::from(base_year) {
            continue;
        }
        if let Some(first) = seen.insert(r, row) {
            problems.push(
                Problem::new(table.place(row, "province"), messages::code_twice_in_year(code, year))
                    .also(table.place(first, "province"), messages::first_here())
                    .help(messages::one_row_a_province_and_year()),
            );
        }
        let pair = |[a, b]: [&str; 2]| [a, b].map(|column| table.number(row, column).unwrap_or_default());
        let persons = |column: &str| table.persons(row, column) as f64;
        area.pensions[r] = Some(PensionFacts {
            recipients: ["recipients_employees", "recipients_residents"].map(persons),
            pension_yuan: pair(["pension_employees_yuan", "pension_residents_yuan"]),
            residents_60_over: Some(persons("residents_60_over")).filter(|n| *n > 0.0),
        });
    }
    if problems.len() > before {
        return;
    }
    for (province, facts) in area.geography.provinces.iter().zip(&area.pensions) {
        if facts.is_none() {
            let title = messages::no_row_of_province(&province.code, base_year);
            let problem = Problem::new(table.whole(), title);
            problems.push(match years.get(province.code.as_str()) {
                Some(years) => problem.help(messages::it_has(years.join(", "))),
                None => problem.help(messages::add_row_of_province()),
            });
        }
    }
}

/// Columns that say where residents are registered.
const ORIGIN_COLUMNS: [&str; 4] =
    ["stayers_from_seat", "stayers_from_village", "newcomers_province", "newcomers_other"];

/// Sums within a row. A sum with a field that was reported is not judged: what it says would not be true.
fn check_row(table: &Table, row: usize, services: Services, problems: &mut Problems) {
    let work = services.work_columns();
    let n = |column: &str| table.persons(row, column);
    let sound = |columns: &[&str]| table.is_sound(row, columns);
    let sum = |columns: &[&str]| columns.iter().map(|column| n(column)).sum::<i64>();
    let residents = n("residents");
    let origins = sum(&ORIGIN_COLUMNS);
    if sound(&["residents"]) && sound(&ORIGIN_COLUMNS) && origins != residents {
        problems.push(
            Problem::new(table.place(row, "residents"), messages::origins_differ(residents, origins))
                .help(messages::origins_add_up()),
        );
    }
    if sound(&["residents", "talent"]) && n("talent") > residents {
        problems.push(
            Problem::new(table.place(row, "talent"), messages::more_talent_than_residents())
                .help(messages::at_most_residents(residents)),
        );
    }
    let employed = sum(&work);
    if sound(&["residents"]) && sound(&work) && employed > residents {
        problems.push(
            Problem::new(
                table.place(row, work[LOCAL_SERVICES.min(work.len() - 2)]),
                messages::residents_at_work(employed),
            )
            .help(messages::node_has_residents(residents)),
        );
    }
    let ages = sum(&AGE_COLUMNS);
    let given = AGE_COLUMNS.iter().any(|a| table.has(a));
    if given && sound(&["residents"]) && sound(&AGE_COLUMNS) && ages != residents {
        problems.push(
            Problem::new(table.place(row, "residents"), messages::ages_differ(residents, ages))
                .help(messages::all_ages_or_none()),
        );
    }
    if sound(&["tier", "commuters"]) && table.text(row, "tier") != "village" && n("commuters") > 0 {
        problems.push(
            Problem::new(table.place(row, "commuters"), messages::commuters_in_villages())
                .help(messages::no_commuters_of_cities()),
        );
    }
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
    let ages = if AGE_COLUMNS.iter().any(|a| table.has(a)) {
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

/// Reads stated moving costs and trade costs into a geography.
pub(crate) fn read_costs(
    geography: &mut Geography,
    moving: Option<&Input>,
    trade: Option<&Input>,
    problems: &mut Problems,
) {
    let nodes = indexed(geography.nodes.iter().map(|node| &node.id));
    if let Some(input) = moving {
        let prefectures = indexed(geography.prefectures.iter().map(|prefecture| &prefecture.code));
        let ends = [("from", "node", &nodes), ("to", "prefecture", &prefectures)];
        geography.moving_costs = read_pairs(input, &MOVING_COST_COLUMNS, "cost", ends, problems);
    }
    if let Some(input) = trade {
        let ends = [("from", "node", &nodes), ("to", "node", &nodes)];
        geography.trade_costs = read_pairs(input, &TRADE_COST_COLUMNS, "factor", ends, problems);
    }
}

/// The position of each code.
pub(super) fn indexed<'c>(codes: impl Iterator<Item = &'c String>) -> BTreeMap<String, usize> {
    codes.enumerate().map(|(at, code)| (code.clone(), at)).collect()
}

/// Rows of two ends and a number, in the order of the table; each pair once.
pub(super) fn read_pairs(
    input: &Input,
    columns: &'static [Column],
    number: &str,
    ends: [(&str, &str, &BTreeMap<String, usize>); 2],
    problems: &mut Problems,
) -> Vec<(usize, usize, f64)> {
    if let (Ok(bytes), Some(available)) = (input.bytes(), available_memory()) {
        // A row is some twenty signs: a number of rows before any of them takes memory.
        let needed = bytes.iter().filter(|&&byte| byte == b'\n').count() as f64 * BYTES_COST_READ;
        if needed > available as f64 {
            problems.push(
                Problem::new(
                    Place::file(input.name()),
                    messages::reading_needs(input.name(), format_args!("{:.1}", needed / 1e9)),
                )
                .help(messages::fewer_pairs(format_args!("{:.1}", available as f64 / 1e9))),
            );
            return Vec::new();
        }
    }
    let table = Table::read_input(input, columns, problems);
    let mut pairs = Vec::new();
    let mut seen: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for row in table.rows().filter(|&row| table.is_row_sound(row)) {
        let mut end = |(column, what, known): (&str, &str, &BTreeMap<String, usize>)| {
            let code = table.text(row, column);
            let at = known.get(code).copied();
            if at.is_none() {
                problems.push(
                    Problem::new(
                        table.place(row, column),
                        messages::no_such_word(messages::known(what), code),
                    )
                    .help(messages::named_in_nodes(messages::known(what))),
                );
            }
            at
        };
        let (Some(from), Some(to)) = (end(ends[0]), end(ends[1])) else { continue };
        if let Some(first) = seen.insert((from, to), row) {
            problems.push(
                Problem::new(table.place(row, number), messages::pair_occurs_twice())
                    .also(table.place(first, number), messages::first_here())
                    .help(messages::one_row_a_pair()),
            );
        }
        pairs.push((from, to, table.number(row, number).unwrap_or_default()));
    }
    pairs
}
