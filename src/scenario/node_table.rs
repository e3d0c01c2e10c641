//! The table of nodes: its columns, how it tells services, what a row says of work and output, and the sums within a row.

use super::problem::{Problem, Problems};
use super::table::{Column, Kind, Table};
use crate::base_year::study_area::AGE_COLUMNS;
use crate::messages;
use crate::world::sector::{BUSINESS_SERVICES, LOCAL_SERVICES, SECTOR_TABLE};
use crate::world::{SECTORS, Tier};

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
pub(super) enum Services {
    /// In columns of their own.
    Apart,
    /// In one column.
    Together,
    /// Both, which is refused.
    Both,
}

/// Columns of a table that tells services together.
pub(super) const TOGETHER: [&str; 2] = ["employed_services", "output_services_yuan"];

impl Services {
    pub(super) fn of(header: &[&str]) -> Services {
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
    pub(super) fn columns(self) -> Vec<Column> {
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
pub(super) const WEDGE_OF_ALL: &str = "return_wedge";

/// Business services in services where a table does not tell: of jobs, of output. Means of the nodes of China 2020.
fn business_part(tier: Tier) -> [f64; 2] {
    if tier == Tier::Village { [0.20, 0.30] } else { [0.30, 0.42] }
}

/// Residents at work and value added, yuan, by sector.
pub(super) fn work_and_output(table: &Table, row: usize, tier: Tier) -> ([u64; SECTORS], [f64; SECTORS]) {
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

/// Columns that say where residents are registered.
pub(super) const ORIGIN_COLUMNS: [&str; 4] =
    ["stayers_from_seat", "stayers_from_village", "newcomers_province", "newcomers_other"];

/// Sums within a row. A sum with a field that was reported is not judged: what it says would not be true.
pub(super) fn check_row(table: &Table, row: usize, services: Services, problems: &mut Problems) {
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
