//! Sectors of production: one row of `sectors!` says what a sector is and how its equations go. Arrays of the state have
//! a place for each row, in its order.

use crate::config::Parameters;
use crate::config::drivers::Technology;
use serde::{Deserialize, Serialize};

/// Where output is sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sold {
    /// To the rest of the world, as much as is made.
    Hub,
    /// Where it is made: revenue is the spending that arrives.
    Arrivals,
}

/// How the price of a sector's output is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Price {
    /// It is given.
    Fixed,
    /// It clears what arrives with what is made.
    Clearing,
    /// There is none: what arrives is all there is.
    Arrives,
}

/// What a sector is. A share of value added is one of net value added, after the tax on it.
#[derive(Clone, Copy, Debug)]
pub struct SectorRow {
    /// The name in tables and scenarios.
    pub name: &'static str,
    /// What is counted in it.
    pub meaning: &'static str,
    /// Columns of `nodes.csv`: residents at work, value added in yuan.
    pub employed_column: &'static str,
    /// Column of value added, yuan a year.
    pub output_column: &'static str,
    /// More of them, which a table may leave out: pay of a job, share of capital, return over the area's.
    pub pay_column: &'static str,
    /// Column of the share of capital.
    pub capital_column: &'static str,
    /// Column of the return over the area's.
    pub wedge_column: &'static str,
    /// Whom it sells to.
    pub sold: Sold,
    /// How its price is made.
    pub price: Price,
    /// Outside farming: value added is taxed, commuters work in it, pay follows the wage curve, some are without a job.
    pub urban: bool,
    /// Whether people, talent, public capital and market access of the place raise its productivity.
    pub agglomerates: bool,
    /// Whether its projects need construction land and pay for it.
    pub site: bool,
    /// Whether people found small firms in it.
    pub startups: bool,
    /// Share of jobs that labour law reaches: minimum wages and contributions.
    pub covered: fn(&Parameters) -> f64,
    /// Part of pay that is income of the self-employed.
    pub self_employed: fn(&Parameters) -> f64,
    /// Land in value added.
    pub land: fn(&Parameters) -> f64,
    /// Capital in value added.
    pub capital: fn(&Parameters) -> f64,
    /// Growth of its technology, per year.
    pub driver: fn(&Technology) -> f64,
    /// Odds of talent to work in it relative to workers (the census gives no sectors by education and county).
    pub talent_odds: f64,
}

macro_rules! sectors {
    ($( #[doc = $meaning:literal] $variant:ident $index:ident $name:literal {
        sold: $sold:ident, price: $price:ident, urban: $urban:literal, agglomerates: $agglomerates:literal, site: $site:literal,
        startups: $startups:literal, covered: $covered:expr, self_employed: $own:expr, land: $land:expr, capital: $capital:expr,
        driver: $driver:expr, talent_odds: $odds:literal,
    } )*) => {
        /// Sectors of production.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
        )]
        #[serde(rename_all = "snake_case")]
        pub enum Sector { $( #[doc = $meaning] $variant, )* }

        /// Sectors as a policy names them: one, or both groups of services at once.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum Choice {
            $( #[doc = $meaning] $variant, )*
            /// Business services and local services.
            Services,
        }

        $( #[doc = concat!("Index of ", $name, " in sector arrays.")]
           pub const $index: usize = Sector::$variant as usize; )*

        /// Number of sectors.
        pub const SECTORS: usize = [ $( Sector::$variant ),* ].len();

        impl Sector {
            /// All sectors; the position is the index in state arrays.
            pub const ALL: [Sector; SECTORS] = [ $( Sector::$variant ),* ];
        }

        /// The rows, in the order of state arrays.
        pub static SECTOR_TABLE: [SectorRow; SECTORS] = [ $( SectorRow {
            name: $name,
            meaning: $meaning,
            employed_column: concat!("employed_", $name),
            output_column: concat!("output_", $name, "_yuan"),
            pay_column: concat!("pay_", $name, "_yuan"),
            capital_column: concat!("capital_", $name),
            wedge_column: concat!("return_wedge_", $name),
            sold: Sold::$sold,
            price: Price::$price,
            urban: $urban,
            agglomerates: $agglomerates,
            site: $site,
            startups: $startups,
            covered: $covered,
            self_employed: $own,
            land: $land,
            capital: $capital,
            driver: $driver,
            talent_odds: $odds,
        }, )* ];
    };
}

/// None of a thing, whatever the scenario says.
fn none<T>(_: &T) -> f64 {
    0.0
}

sectors! {
    /// Farming, forestry, fishing.
    Agriculture AGRICULTURE "agriculture" {
        sold: Hub, price: Fixed, urban: false, agglomerates: false, site: false, startups: false,
        covered: none, self_employed: |_| 1.0, land: |p| p.farm_land_share, capital: |p| p.farm_capital_share,
        driver: |t| t.agriculture, talent_odds: 0.1,
    }
    /// Mining, manufacturing, utilities, construction.
    Industry INDUSTRY "industry" {
        sold: Hub, price: Fixed, urban: true, agglomerates: true, site: true, startups: true,
        covered: |p| p.covered_industry, self_employed: |p| p.self_employed_industry, land: none, capital: |p| p.industry_capital_share,
        driver: |t| t.industry, talent_odds: 0.6,
    }
    /// Services sold over distance: transport, information, finance, business services, science, wholesale.
    BusinessServices BUSINESS_SERVICES "business_services" {
        sold: Hub, price: Fixed, urban: true, agglomerates: true, site: false, startups: true,
        covered: |p| p.covered_business, self_employed: |p| p.self_employed_business, land: none, capital: |p| p.business_capital_share,
        driver: |t| t.business_services, talent_odds: 1.6,
    }
    /// Services bought where they are made: retail, catering, schools, health, offices, real estate without homes.
    LocalServices LOCAL_SERVICES "local_services" {
        sold: Arrivals, price: Clearing, urban: true, agglomerates: false, site: false, startups: true,
        covered: |p| p.covered_local, self_employed: |p| p.self_employed_local, land: none, capital: |p| p.local_capital_share,
        driver: |t| t.local_services, talent_odds: 1.6,
    }
    /// Eco-tourism and specialties.
    Tourism TOURISM "tourism" {
        sold: Arrivals, price: Arrives, urban: true, agglomerates: false, site: true, startups: true,
        covered: none, self_employed: |p| p.self_employed_tourism, land: none, capital: |p| p.tourism_capital_share,
        driver: none, talent_odds: 1.0,
    }
}

/// What residents at work can do: a sector at home, or commuting to the seat, which comes last.
pub(crate) const ACTIVITIES: usize = SECTORS + 1;

impl Sector {
    /// Its row of the table.
    pub fn row(self) -> &'static SectorRow {
        &SECTOR_TABLE[self as usize]
    }

    /// The name in tables.
    pub fn name(self) -> &'static str {
        self.row().name
    }
}

/// Indices of the sectors outside farming.
pub fn urban() -> impl Iterator<Item = usize> {
    (0..SECTORS).filter(|&s| SECTOR_TABLE[s].urban)
}

/// Indices of the sectors that are sold in a way.
pub(crate) fn sold(way: Sold) -> impl Iterator<Item = usize> {
    (0..SECTORS).filter(move |&s| SECTOR_TABLE[s].sold == way)
}

impl Choice {
    /// Whether a sector is meant.
    pub fn holds(self, sector: usize) -> bool {
        match self {
            Choice::Services => matches!(sector, BUSINESS_SERVICES | LOCAL_SERVICES),
            one => one as usize == sector,
        }
    }

    /// Indices of the sectors that are meant.
    pub fn indices(self) -> impl Iterator<Item = usize> {
        (0..SECTORS).filter(move |&s| self.holds(s))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_the_table_is_the_order_of_the_names() {
        let names: Vec<&str> = SECTOR_TABLE.iter().map(|row| row.name).collect();
        for (s, sector) in Sector::ALL.into_iter().enumerate() {
            assert_eq!(sector as usize, s);
            assert_eq!(serde_json::to_value(sector).unwrap(), names[s]);
        }
        assert_eq!((AGRICULTURE, TOURISM), (0, SECTORS - 1));
    }

    #[test]
    fn services_stands_for_both_groups() {
        let choice = |word: &str| serde_json::from_value::<Choice>(word.into()).unwrap();
        assert_eq!(choice("services").indices().collect::<Vec<_>>(), [BUSINESS_SERVICES, LOCAL_SERVICES]);
        assert_eq!(choice("industry").indices().collect::<Vec<_>>(), [INDUSTRY]);
    }
}
