//! The industries of the census: which sector a job belongs to, and what it makes in the nation.

use std::path::PathBuf;

use super::rules::Rules;
use crate::messages;
use crate::scenario::files::Input;
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::table::{Column, Kind, Table};
use crate::world::SECTORS;

macro_rules! industries {
    ($($name:literal)*) => {
        /// The industries of the long form, in the order of the national accounts.
        pub(crate) const INDUSTRIES: [&str; 20] = [ $($name),* ];

        /// Their columns in the census.
        pub(crate) const COLUMNS: [&str; INDUSTRIES.len()] = [ $(concat!("emp10pct_", $name)),* ];
    };
}

industries! {
    "agri" "mining" "manufacturing" "utilities" "construction" "trade" "transport" "hotel_catering" "ict" "finance"
    "real_estate" "business_services" "science" "environment" "resident_services" "education" "health" "culture"
    "public_admin" "intl_org"
}

/// Position of mining.
pub(crate) const MINING: usize = 1;
const TRADE: usize = 5;
const REAL_ESTATE: usize = 10;
const PUBLIC_ADMINISTRATION: usize = 18;
const INTERNATIONAL: usize = 19;
/// First industry of the tertiary sector.
const TERTIARY: usize = 5;

/// Part of the value of dwellings that is depreciation and surplus: homes of their own pay nobody (the rest are taxes on
/// production and agents; assumed).
const HOMES_WITHOUT_PAY: f64 = 0.9;

/// Bounds of the share of capital in an industry: where the accounts find almost none or almost nothing else, owners'
/// work or a monopoly stands among the figures (assumed).
const CAPITAL_OF_AN_INDUSTRY: [f64; 2] = [0.05, 0.75];

/// Residents of the 31 provinces in the censuses, for the nation's trade jobs a resident.
const RESIDENTS: [(i32, f64); 2] = [(2010, 1_332_810_869.0), (2020, 1_409_778_724.0)];

/// Jobs in the long form by industry, in the order of [`INDUSTRIES`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Jobs(pub [f64; INDUSTRIES.len()]);

impl Jobs {
    /// All jobs.
    pub fn total(&self) -> f64 {
        self.0.iter().sum()
    }

    /// Jobs in mining.
    pub fn mining(&self) -> f64 {
        self.0[MINING]
    }
}

/// Part of the trade jobs of a place that is retail: with many trade jobs a resident, more of them are wholesale,
/// `(1 - q) x^(-e)` within .3 and .95, x the trade jobs a resident over the nation's.
fn retail(trade_jobs_over_nation: f64, rules: &Rules) -> f64 {
    let x = trade_jobs_over_nation.max(1e-9);
    ((1.0 - rules.wholesale_share) * libm::pow(x, -rules.wholesale_elasticity)).clamp(0.3, 0.95)
}

/// Parts of an industry's jobs in the sectors of the model.
fn parts(industry: usize, retail: f64, rules: &Rules) -> [f64; SECTORS] {
    const FARMING: [f64; SECTORS] = [1.0, 0.0, 0.0, 0.0, 0.0];
    const INDUSTRY: [f64; SECTORS] = [0.0, 1.0, 0.0, 0.0, 0.0];
    const BUSINESS: [f64; SECTORS] = [0.0, 0.0, 1.0, 0.0, 0.0];
    const LOCAL: [f64; SECTORS] = [0.0, 0.0, 0.0, 1.0, 0.0];
    match INDUSTRIES[industry] {
        "agri" => FARMING,
        "mining" | "manufacturing" | "utilities" | "construction" => INDUSTRY,
        "trade" => [0.0, 0.0, 1.0 - retail, retail, 0.0],
        "transport" | "ict" | "finance" | "business_services" | "science" => BUSINESS,
        "hotel_catering" | "culture" => [0.0, 0.0, 0.0, 1.0 - rules.tourism_share, rules.tourism_share],
        _ => LOCAL,
    }
}

/// What a job of each industry makes in the nation, beside dwellings.
#[derive(Clone, Debug, Default)]
pub(crate) struct Industries {
    /// Year of the input-output table.
    pub year: i32,
    /// Value added of a job, yuan; real estate without dwellings.
    value: [f64; INDUSTRIES.len()],
    /// Compensation of a job, yuan.
    pay: [f64; INDUSTRIES.len()],
    /// Value added of a job before net taxes on production, yuan, and the part of it that is depreciation and surplus.
    before_tax: [f64; INDUSTRIES.len()],
    capital: [f64; INDUSTRIES.len()],
    /// Jobs of the nation.
    jobs: Jobs,
    /// Dwellings in tertiary value added.
    pub dwelling_share: f64,
    /// Trade jobs a resident.
    trade_jobs: f64,
}

/// Jobs of a place by sector, as the long form counts them, and what they would make in the nation, yuan.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Mix {
    pub jobs: [f64; SECTORS],
    pub value: [f64; SECTORS],
    /// Part of trade that is wholesale.
    pub wholesale: f64,
    /// What a job of each sector pays in the nation, yuan a year, and the share of capital in what it makes before net
    /// taxes on production; none without a job.
    pub pay: [f64; SECTORS],
    pub capital: [f64; SECTORS],
}

impl Industries {
    /// Sectors of the jobs of a place with so many residents.
    pub(crate) fn mix(&self, jobs: &Jobs, residents: f64, rules: &Rules) -> Mix {
        let trade = if residents > 0.0 { 10.0 * jobs.0[TRADE] / residents } else { 0.0 };
        let retail = retail(trade / self.trade_jobs.max(1e-9), rules);
        let mut mix = Mix { wholesale: 1.0 - retail, ..Mix::default() };
        let mut made = [0.0; SECTORS];
        for (i, &n) in jobs.0.iter().enumerate() {
            for (s, part) in parts(i, retail, rules).into_iter().enumerate() {
                let jobs = part * n;
                mix.jobs[s] += jobs;
                mix.value[s] += jobs * self.value[i];
                mix.pay[s] += jobs * self.pay[i];
                made[s] += jobs * self.before_tax[i];
                mix.capital[s] += jobs * self.before_tax[i] * self.capital[i];
            }
        }
        for s in 0..SECTORS {
            mix.pay[s] = if mix.jobs[s] > 0.0 { mix.pay[s] / mix.jobs[s] } else { 0.0 };
            mix.capital[s] = if made[s] > 0.0 { mix.capital[s] / made[s] } else { 0.0 };
        }
        mix
    }

    /// Sectors of the jobs of the nation.
    pub(crate) fn nation(&self, rules: &Rules) -> Mix {
        let residents = 10.0 * self.jobs.0[TRADE] / self.trade_jobs.max(1e-9);
        self.mix(&self.jobs, residents, rules)
    }

    /// What a job of each industry makes, by name, thousand yuan.
    pub(crate) fn listed(&self) -> String {
        let each = INDUSTRIES.iter().zip(self.value);
        each.map(|(name, value)| format!("{name} {:.0}", value / 1000.0)).collect::<Vec<_>>().join(", ")
    }

    /// Reads the table; without a file the one that comes with the program. The nearest year within five is taken.
    pub(crate) fn read(
        path: &Option<PathBuf>,
        year: i32,
        rules: &Rules,
        problems: &mut Problems,
    ) -> Industries {
        let input = match path {
            Some(path) => Input::on_disk(path),
            None => Input::in_memory("industries.csv", include_bytes!("industries.csv").to_vec()),
        };
        let table = Table::read_input_by_header(&input, |_| TABLE_COLUMNS.to_vec(), problems);
        let sound = || table.rows().filter(|&row| table.is_row_sound(row));
        let year_of = |row: usize| table.persons(row, "year") as i32;
        let Some(nearest) = sound().map(year_of).min_by_key(|y| ((y - year).abs(), *y)) else {
            return Industries::default();
        };
        if (nearest - year).abs() > 5 && year != 0 {
            problems.push(
                Problem::new(table.whole(), messages::nearest_year_is(year, nearest))
                    .help(messages::input_output_table_needed()),
            );
        }
        let mut found = Industries { year: nearest, ..Industries::default() };
        let (mut tertiary, mut dwellings) = (0.0, 0.0);
        let mut seen = [None; INDUSTRIES.len()];
        for row in sound().filter(|&row| year_of(row) == nearest) {
            let name = table.text(row, "industry");
            let Some(i) = INDUSTRIES.iter().position(|industry| *industry == name) else { continue };
            if let Some(first) = seen[i].replace(row) {
                problems.push(
                    Problem::new(table.place(row, "industry"), messages::occurs_twice_in(name, nearest))
                        .also(table.place(first, "industry"), messages::first_here())
                        .help(messages::one_row_an_industry_and_year()),
                );
            }
            let amount = |column: &str| table.number(row, column).unwrap_or(0.0);
            let (jobs, value) = (amount("jobs"), amount("value_added_yuan"));
            let homes = if i == REAL_ESTATE { rules.dwellings * value } else { 0.0 };
            found.value[i] = (value - homes) / jobs.max(1.0);
            found.jobs.0[i] = jobs;
            let compensation = amount("compensation_yuan");
            let surplus = amount("depreciation_yuan") + amount("surplus_yuan") - homes * HOMES_WITHOUT_PAY;
            let before_tax = compensation + surplus;
            found.pay[i] = compensation / jobs.max(1.0);
            found.before_tax[i] = before_tax / jobs.max(1.0);
            let [least, most] = CAPITAL_OF_AN_INDUSTRY;
            found.capital[i] = if before_tax > 0.0 { (surplus / before_tax).clamp(least, most) } else { 0.0 };
            if i >= TERTIARY {
                tertiary += value;
                dwellings += homes;
            }
            if i == TRADE {
                let of = |y: i32| (y - nearest).abs();
                let people = RESIDENTS.iter().min_by_key(|(y, _)| of(*y)).map_or(1.0, |(_, n)| *n);
                found.trade_jobs = jobs / people;
            }
        }
        // The accounts count international organisations with public administration.
        for by_industry in [&mut found.value, &mut found.pay, &mut found.before_tax, &mut found.capital] {
            by_industry[INTERNATIONAL] = by_industry[PUBLIC_ADMINISTRATION];
        }
        let missing: Vec<&str> =
            (0..INTERNATIONAL).filter(|&i| seen[i].is_none()).map(|i| INDUSTRIES[i]).collect();
        if !missing.is_empty() && table.rows().all(|row| table.is_row_sound(row)) {
            problems.push(
                Problem::new(
                    table.whole(),
                    messages::has_no_row_of(nearest, missing.join(messages::comma())),
                )
                .help(messages::one_row_an_industry()),
            );
        }
        found.dwelling_share = if tertiary > 0.0 { dwellings / tertiary } else { 0.0 };
        found
    }
}

static TABLE_COLUMNS: [Column; 12] = [
    Column::required("year", Kind::Year, "year of the input-output table"),
    Column::required("industry", Kind::Words(&INDUSTRIES), "industry of the census"),
    Column::required("jobs", Kind::Number { least: 1.0, most: 1e10 }, "persons at work in it"),
    Column::required("value_added_yuan", Kind::AMOUNT, "value added, yuan"),
    Column::optional("compensation_yuan", Kind::NUMBER, "compensation of employees, yuan"),
    Column::optional("net_taxes_yuan", Kind::NUMBER, "net taxes on production, yuan"),
    Column::optional("depreciation_yuan", Kind::NUMBER, "depreciation, yuan"),
    Column::optional("surplus_yuan", Kind::NUMBER, "operating surplus, yuan"),
    Column::optional("household_consumption_yuan", Kind::NUMBER, "final use by households, yuan"),
    Column::optional("government_consumption_yuan", Kind::NUMBER, "final use by governments, yuan"),
    Column::optional("grade", Kind::Text, "how far to trust the row"),
    Column::optional("source", Kind::Text, "where it is from"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn of(year: i32) -> Industries {
        let mut problems = Problems::new();
        let industries = Industries::read(&None, year, &Rules::default(), &mut problems);
        assert!(problems.is_empty(), "{}", problems.render(false));
        industries
    }

    #[test]
    fn dwellings_are_the_stated_part_of_real_estate() {
        // .45 x 7,696.7 over 55,370.5 billion of tertiary value added; 2010: .45 x 2,278.2 over 16,872.5.
        assert!((of(2020).dwelling_share - 0.0626).abs() < 1e-4);
        assert!((of(2010).dwelling_share - 0.0608).abs() < 1e-4);
    }

    #[test]
    fn more_trade_jobs_a_resident_are_more_wholesale() {
        let industries = of(2020);
        let mut jobs = Jobs::default();
        jobs.0[TRADE] = 0.0657 * 1e5 / 10.0;
        let typical = industries.mix(&jobs, 1e5, &Rules::default());
        assert!((typical.wholesale - 0.35).abs() < 1e-3, "{}", typical.wholesale);
        let market = industries.mix(&jobs, 1e5 / 4.0, &Rules::default());
        assert!((market.wholesale - (1.0 - 0.65 / 2.0)).abs() < 1e-3, "{}", market.wholesale);
    }

    #[test]
    fn every_job_of_every_industry_is_in_a_sector() {
        for i in 0..INDUSTRIES.len() {
            let sum: f64 = parts(i, 0.6, &Rules::default()).iter().sum();
            assert!((sum - 1.0).abs() < 1e-12, "{}: {sum}", INDUSTRIES[i]);
        }
    }

    #[test]
    fn a_table_of_another_time_is_refused() {
        let mut problems = Problems::new();
        Industries::read(&None, 1990, &Rules::default(), &mut problems);
        assert!(problems.render(false).contains("the year nearest to 1990 is 2010"));
    }
}
