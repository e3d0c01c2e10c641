//! `counties.csv`: every county-level unit in every year, for maps and panels of counties. Sums over its nodes, seat and
//! village, and ratios of sums; what its government took in and spent.

use super::totals::{Totals, Whereabouts};
use super::{Snapshot, columns};
use crate::error::Result;
use crate::output::csv::{Cell, TableWriter};
use crate::output::table::TableSpec;
use crate::quantity::Fen;
use crate::world::sector::{AGRICULTURE, BUSINESS_SERVICES, INDUSTRY, LOCAL_SERVICES, SECTORS, TOURISM};
use crate::world::{County, CountyFinance};

/// What a row is made from.
struct CountyRow<'a> {
    snapshot: &'a Snapshot<'a>,
    c: usize,
    county: &'a County,
    finance: &'a CountyFinance,
    all: Totals,
    seat: Totals,
    village: Totals,
    registered: u64,
}

impl<'a> CountyRow<'a> {
    fn of(snapshot: &'a Snapshot, c: usize) -> Self {
        let world = snapshot.world;
        let county = &world.geography.counties[c];
        CountyRow {
            snapshot,
            c,
            county,
            finance: &world.counties[c],
            all: Totals::of(snapshot, county.nodes()),
            seat: Totals::of(snapshot, [county.seat]),
            village: Totals::of(snapshot, county.village),
            registered: county.nodes().map(|j| Whereabouts::of(world, j).registered()).sum(),
        }
    }

    /// Persons of the year's moves, births and deaths; the base year has none.
    fn of_year(&self, persons: f64) -> Option<i64> {
        self.snapshot.tally.map(|_| persons as i64)
    }

    fn per_head(&self, fen: i64) -> f64 {
        yuan_per(fen as f64, self.all.earners)
    }
}

/// Yuan of a sum in fen.
fn yuan(fen: f64) -> f64 {
    fen / 100.0
}

/// Yuan per head; missing where there is nobody.
fn yuan_per(fen: f64, heads: f64) -> f64 {
    if heads > 0.0 { yuan(fen) / heads } else { f64::NAN }
}

/// A part of a whole; missing where there is no whole.
fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { f64::NAN }
}

/// A sector has a column of its own in output.
const _: () = assert!(SECTORS == 5, "write the columns of the new sector, then count it here");

columns! { n: CountyRow;
    Text "run" "" "Which run." = n.snapshot.run;
    Year "year" "" "The year." = Cell::Year(n.snapshot.world.year);
    Text "county" "" "Code of the county-level unit." = n.county.code.as_str();
    Text "name" "" "Its name." = n.county.name.as_str();
    Text "kind" "" "district (of a city) or county; county-level cities are counties." = if n.county.district { "district" } else { "county" };
    Text "prefecture" "" "Code of the prefecture." = n.snapshot.world.geography.prefectures[n.county.prefecture].code.as_str();
    Text "province" "" "Code of the province." = n.snapshot.world.geography.provinces[n.county.province].code.as_str();

    // People
    Integer "residents" "persons" "People living here after the year's moves." = n.all.people() as i64;
    Integer "registered" "persons" "People registered here, wherever they live." = n.registered as i64;
    Integer "newcomers" "persons" "Residents registered elsewhere." = n.all.newcomers as i64;
    Integer "talent" "persons" "Residents with tertiary education." = n.all.residents[1] as i64;
    Number "share_urban" "share" "Residents who live in the city or county seat." = share(n.seat.people(), n.all.people());
    Integer "births" "persons" "Births of the year; empty in the base year." = n.of_year(n.all.births);
    Integer "deaths" "persons" "Deaths of the year." = n.of_year(n.all.deaths);
    Integer "earners" "persons" "People living here before the moves, over whom income, output and work of the year are counted." = libm::rint(n.all.earners) as i64;

    // Work and income
    Number "unemployment_rate" "share" "Unemployed over the labour force." = n.all.unemployment();
    Number "jobs" "persons" "Persons at work here, wherever they live." = n.all.jobs_of_all();
    Number "wage_yuan" "yuan" "Wages before tax over persons at work here." = yuan(n.all.wage_per_worker());
    Number "income_yuan" "yuan" "Household income over the residents who earned it." = yuan_per(n.all.income, n.all.earners);
    Number "real_income_yuan" "yuan" "The same at base-year cost of living." = yuan_per(n.all.real_income, n.all.earners);
    Number "income_urban_yuan" "yuan" "Household income per head in the city or county seat." = yuan_per(n.seat.income, n.seat.earners);
    Number "income_rural_yuan" "yuan" "The same in villages; empty where there are none." = yuan_per(n.village.income, n.village.earners);

    // Output and capital
    Number "output_yuan" "yuan" "Output at prices of the base year: value added of the sectors, and living in homes." = yuan(n.all.output_of_all());
    Number "output_agriculture_yuan" "yuan" "Of it, agriculture." = yuan(n.all.output[AGRICULTURE]);
    Number "output_industry_yuan" "yuan" "Of it, industry." = yuan(n.all.output[INDUSTRY]);
    Number "output_business_services_yuan" "yuan" "Of it, business services." = yuan(n.all.output[BUSINESS_SERVICES]);
    Number "output_local_services_yuan" "yuan" "Of it, local services." = yuan(n.all.output[LOCAL_SERVICES]);
    Number "output_tourism_yuan" "yuan" "Of it, tourism." = yuan(n.all.output[TOURISM]);
    Number "output_per_head_yuan" "yuan" "Output at prices of the base year over residents before the year's moves." = yuan_per(n.all.output_of_all(), n.all.earners);
    Number "capital_yuan" "yuan" "Value of projects at the end of the year." = yuan(n.all.capital.iter().sum());

    // Public finance
    Number "own_revenue_yuan" "yuan" "Own revenue of the county after the parts of province, prefecture and centre." = Fen(n.finance.own_revenue);
    Number "transfers_yuan" "yuan" "Transfers it received." = Fen(n.finance.transfers);
    Number "spending_yuan" "yuan" "What it spent: last year's money, payments to households among it, and its part of residents' pensions out of this year's." = Fen(n.finance.spending + n.finance.social);
    Number "revenue_per_head_yuan" "yuan" "Own revenue over the county's earners." = n.per_head(n.finance.own_revenue);
    Number "spending_per_head_yuan" "yuan" "Spending over the county's earners." = n.per_head(n.finance.spending + n.finance.social);
    Number "cash_yuan" "yuan" "Cash of the county at the end of the year." = n.snapshot.world.accounts.county[n.c];
    Number "debt_yuan" "yuan" "What it owes." = n.snapshot.world.accounts.debt.get(n.c).copied();
}

/// The table.
pub(crate) static SPEC: TableSpec = TableSpec {
    name: "counties",
    title: "Counties",
    description: "One row a county-level unit and year: sums over its city or seat and its villages, ratios of these \
                  sums, and the finance of its government. Codes are text, as in maps of GB/T 2260. Counts of residents are \
                  after the year's moves; income, output and work are of the people who lived here before them \
                  (`earners`). Money in yuan of the base year.",
    columns: COLUMNS,
    key: &["run", "year", "county"],
};

/// Writes all counties of a year.
///
/// # Errors
/// If the table cannot be written.
pub(crate) fn write(snapshot: &Snapshot, table: &mut TableWriter) -> Result<()> {
    for c in 0..snapshot.world.geography.counties.len() {
        write_row(&CountyRow::of(snapshot, c), table)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tiny::Tiny;
    use super::*;

    #[test]
    fn a_county_is_the_sum_of_its_seat_and_its_villages() {
        let mut tiny = Tiny::new();
        tiny.world.counties[1].spending = 100 * 1_200;
        let rules = tiny.rules();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("counties.csv");
        let mut table = TableWriter::create(&path, &SPEC).unwrap();
        write(&tiny.snapshot(&rules), &mut table).unwrap();
        table.finish().unwrap();
        let text = std::fs::read_to_string(path).unwrap();
        assert_eq!(text.lines().count(), 1 + 2);
        let cell = |county: &str, column: &str| -> String {
            let at = text.lines().next().unwrap().split(',').position(|name| name == column).unwrap();
            let row = text.lines().find(|row| row.starts_with(&format!("tiny,2020,{county},"))).unwrap();
            row.split(',').nth(at).unwrap().to_string()
        };
        // County B: 20 residents registered in the seat and 10 from outside, and 30 villagers; 70 are registered in the
        // village. All 60 earned.
        assert_eq!(cell("330002", "residents"), "60");
        assert_eq!(cell("330002", "registered"), "90");
        assert_eq!(cell("330002", "newcomers"), "10");
        assert_eq!(cell("330002", "share_urban"), "0.5");
        assert_eq!(cell("330002", "births"), "");
        assert_eq!(cell("330002", "spending_per_head_yuan"), "20");
        let number = |county: &str, column: &str| cell(county, column).parse::<f64>().unwrap();
        let sum: f64 = ["330001", "330002"].iter().map(|c| number(c, "output_yuan")).sum();
        let area = Totals::of(&tiny.snapshot(&rules), 0..4).output_of_all() / 100.0;
        assert!((sum / area - 1.0).abs() < 1e-12, "{sum} {area}");
    }
}
