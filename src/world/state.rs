//! What changes at a node from year to year, and the whole world.

use super::accounts::Accounts;
use super::geography::Geography;
use super::node::{SECTORS, SKILLS};
use super::people::{Census, People};
use super::programmes::Programmes;
use super::projects::Projects;
use crate::quantity::Fen;
use serde::{Deserialize, Serialize};

/// State of one node. Stocks carry over; what a year produced is published at its end and read in the
/// next.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NodeState {
    // Stocks
    /// Value of projects by sector, fen (identity I4).
    pub capital: [i64; SECTORS],
    /// Public capital G, yuan.
    pub public_capital: f64,
    /// Stock of services S, yuan.
    pub services: f64,
    /// Housing stock Hs, units whose base-year rent is one yuan.
    pub housing: f64,
    /// Ecology E, 0 to 1.
    pub ecology: f64,
    /// Technology A by sector; services and tourism have none.
    pub technology: [f64; SECTORS],
    /// Sales beyond local spending in the base year Z by sector, fen a year.
    pub outside_demand: [f64; SECTORS],
    /// Part of local demand that is met here in the base year by sector, f_j; the rest goes to the hub.
    pub demand_met: [f64; SECTORS],
    /// What manufactures add to the log price of tradables (market "ces"); 0 at the hub's fixed prices.
    #[serde(default)]
    pub log_price: f64,
    /// Constant of the pull on visitors.
    pub attraction: f64,
    /// Weight of talent in the CES composite by sector.
    pub talent_weight: [f64; SECTORS],
    /// Outside income per resident, fen a year at base-year area output.
    pub outside_income: f64,
    /// Industrial output at which ecology stands still, fen (R0 of the ecology rule).
    pub ecology_output: f64,
    /// Farm land in use, square metres; construction land; other land (identity I11).
    pub land_m2: [i64; 3],

    // The year
    /// Household spending C, fen.
    pub consumption: i64,
    /// Government spending on services this year, fen.
    pub spent_services: i64,
    /// Government spending on infrastructure this year, fen.
    pub spent_infrastructure: i64,
    /// Efficiency units of labour at work here by sector and skill, commuters included (supply).
    pub labour: [[f64; SKILLS]; SECTORS],
    /// Efficiency units of commuters from the county's village, by sector and skill.
    pub labour_commuting: [[f64; SKILLS]; SECTORS],
    /// Revenue by sector, fen.
    pub revenue: [i64; SECTORS],
    /// Wage bill by sector before wage tax, fen.
    pub wage_bill: [i64; SECTORS],
    /// Land rent of farming, fen.
    pub land_rent: [i64; SECTORS],
    /// Value-added tax by sector, fen.
    pub vat: [i64; SECTORS],
    /// Operating surplus by sector, fen.
    pub surplus: [i64; SECTORS],
    /// Profit tax by sector, fen.
    pub profit_tax: [i64; SECTORS],
    /// Orders and inputs received less paid, by sector, fen (identity I6).
    pub inputs: [i64; SECTORS],
    /// Wage of an efficiency unit by sector and skill, fen a year, before tax.
    pub wage: [[f64; SKILLS]; SECTORS],
    /// Probability of a job by sector and skill.
    pub job_probability: [[f64; SKILLS]; SECTORS],
    /// Income promised to a person with h = 1, by skill, fen a year after tax.
    pub promised_income: [f64; SKILLS],
    /// Rent of a unit of housing, base year 1.
    pub rent: f64,
    /// Effective services S^eff before access.
    pub service_level: f64,
    /// Land entitlement of a person registered and living here, fen a year.
    pub land_entitlement: f64,
    /// Household income of the year, fen, and the residents who earned it (before the move).
    pub income: i64,
    pub earners: u64,
    /// Parts of that income, fen: net wages, land, dividends, rents, remittances received, outside income,
    /// public transfers.
    pub income_parts: [i64; 7],
    /// Remittances sent, fen.
    pub remittances_sent: i64,
    /// Price of farm goods against its mean, log points.
    pub farm_shock: f64,
    /// Value of projects that wait for their permits and do not work yet, fen.
    pub idle: [i64; SECTORS],
    /// Loans of the county's fund to projects here, fen.
    pub refinanced: [i64; SECTORS],
    /// Invested, founded, scrapped, depreciated, moved in and out this year by sector, fen.
    pub capital_flows: [CapitalFlows; SECTORS],
}

/// Changes of capital in a cell this year, fen (identity I3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapitalFlows {
    pub depreciation: i64,
    pub scrapped: i64,
    pub invested: i64,
    pub founded: i64,
    pub moved_in: i64,
    pub moved_out: i64,
}

/// Labels of [`NodeState::income_parts`].
pub const INCOME_PARTS: [&str; 7] =
    ["wages", "land", "dividends", "rents", "remittances_received", "outside_income", "public_transfers"];

/// Public finance of a county in one year, fen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountyFinance {
    /// Taxes and land revenue that stay with the county.
    pub own_revenue: i64,
    /// What the province took of local revenue.
    pub province_take: i64,
    /// What the prefecture took of local revenue.
    pub prefecture_take: i64,
    /// What the centre took.
    pub centre_take: i64,
    /// Transfers received (after interception).
    pub transfers: i64,
    /// Spending of the year.
    pub spending: i64,
    /// Programme money received less paid this year, loans received less repaid, and land sold.
    pub programmes: i64,
    /// Local revenue of the base year, for incremental sharing.
    pub base_local_revenue: i64,
}

/// Facts of the base year that equations compare with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BaseYear {
    /// Industrial output of each prefecture, fen.
    pub industry_of_prefecture: Vec<f64>,
    /// Output of the area, fen.
    pub output: f64,
    /// Mean promised income of the area by skill, fen.
    pub mean_income: [f64; SKILLS],
    /// Market access of each node.
    pub market_access: Vec<f64>,
    /// Weights of nodes in county spending (residents with the tier's weight).
    pub spending_weight: Vec<f64>,
    /// Capital of each chain, fen.
    pub chain_capital: Vec<f64>,
    /// Mean effective services by home, for enrolment.
    pub mean_services: f64,
    /// Growth built into the base year, per year.
    pub growth: f64,
    /// Capital of cells, fen: the level that construction land is measured against.
    pub capital: Vec<[i64; SECTORS]>,
    /// Least size of a project, fen.
    pub project_min: f64,
    /// Share at work by age group of each node's people.
    pub participation: Vec<[f32; 18]>,
    /// Shares of activities among those at work in the base year, by node and skill, and what an efficiency
    /// unit earned in each (fen): the inverted terms of sector choice.
    pub activities: Vec<[[f64; 5]; SKILLS]>,
    pub activity_wages: Vec<[[f64; 5]; SKILLS]>,
    /// Weights of cells in the capital logit, B.
    pub capital_share: Vec<[f64; SECTORS]>,
    /// Persons at each node, for what is compared with the base year.
    pub residents: Vec<f64>,
}

/// The simulated country at one point in time.
#[derive(Clone, Debug, Default)]
pub struct World {
    pub geography: Geography,
    pub nodes: Vec<NodeState>,
    pub counties: Vec<CountyFinance>,
    pub people: People,
    pub census: Census,
    pub projects: Projects,
    pub accounts: Accounts,
    /// Programme money of the year.
    pub programmes: Programmes,
    pub base: BaseYear,
    /// Promised income outside by skill, fen a year.
    pub outside_income: [f64; SKILLS],
    pub year: i32,
    /// Steps since the base year.
    pub step: u32,
}

impl World {
    /// Persons that one agent stands for.
    pub fn persons_per_agent(&self) -> u64 {
        u64::from(self.people.persons_per_agent)
    }

    /// Residents of a node, persons.
    pub fn residents(&self, node: usize) -> u64 {
        self.census.places[node].total() * self.persons_per_agent()
    }

    /// Residents of a node by skill, persons.
    pub fn residents_by_skill(&self, node: usize, skill: usize) -> u64 {
        self.census.places[node].of_skill(skill) * self.persons_per_agent()
    }

    /// Output of the area this year, fen.
    pub fn output(&self) -> f64 {
        (0..self.geography.area_nodes()).map(|j| self.node_output(j).fen()).sum()
    }

    /// Output of a node this year: sales, and orders and inputs received less paid.
    pub fn node_output(&self, node: usize) -> Fen {
        let state = &self.nodes[node];
        Fen(state.revenue.iter().sum::<i64>() + state.inputs.iter().sum::<i64>())
    }
}
