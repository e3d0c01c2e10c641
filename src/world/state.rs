//! What changes at a node from year to year, and the whole world.

use super::accounts::Accounts;
use super::claims::Claims;
use super::geography::Geography;
use super::givers::Givers;
use super::node::SKILLS;
use super::people::{AGE_CLASSES, Census, People};
use super::programmes::Programmes;
use super::projects::Projects;
use super::sector::{ACTIVITIES, SECTORS};
use super::shares::Shares;
use super::vital::VitalRates;
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
    /// Technology A by sector; tourism has none.
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
    /// Outside income per resident, fen a year at the base year's output per head of the area.
    pub outside_income: f64,
    /// Industrial output at which ecology stands still, fen (R0 of the ecology rule).
    pub ecology_output: f64,
    /// Farm land in use, square metres; construction land; other land (identity I11).
    pub land_m2: [i64; 3],

    // The year
    /// Household spending C, fen.
    pub consumption: i64,
    /// What households spent on building this year, fen.
    #[serde(default)]
    pub building: i64,
    /// Government spending on services this year, fen.
    pub spent_services: i64,
    /// Government spending on infrastructure this year, fen.
    pub spent_infrastructure: i64,
    /// Spending of county and prefecture here this year for all uses, fen.
    pub spent_public: i64,
    /// Of it, the county's payments to households here, fen.
    pub public_transfers: i64,
    /// Efficiency units of labour at work here by sector and skill, commuters included (supply).
    pub labour: [[f64; SKILLS]; SECTORS],
    /// Efficiency units of commuters from the county's village, by sector and skill.
    pub labour_commuting: [[f64; SKILLS]; SECTORS],
    /// Revenue by sector, fen.
    pub revenue: [i64; SECTORS],
    /// Wage bill by sector before wage tax, fen.
    pub wage_bill: [i64; SECTORS],
    /// Rent of farm land; in local services what public buildings earn, fen.
    pub land_rent: [i64; SECTORS],
    /// Value-added tax by sector, fen.
    pub vat: [i64; SECTORS],
    /// Operating surplus of capital by sector, fen.
    pub surplus: [i64; SECTORS],
    /// Rent of the place by sector before profit tax: what is made beyond the shares of labour, land and capital, fen.
    #[serde(default)]
    pub place_rent: [i64; SECTORS],
    /// Profit tax by sector, fen.
    pub profit_tax: [i64; SECTORS],
    /// Contributions to the pension fund on the wage bill, by sector, fen.
    pub contributions: [i64; SECTORS],
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
    /// Residents who earned that income, before the move, persons.
    pub earners: u64,
    /// Parts of that income by [`INCOME_PARTS`], fen.
    pub income_parts: [i64; INCOME_PARTS.len()],
    /// Pay of residents as surveys count it.
    pub pay: ResidentsPay,
    /// Remittances sent, fen.
    pub remittances_sent: i64,
    /// Output at prices of the base year by sector, fen.
    #[serde(default)]
    pub output: [i64; SECTORS],
    /// Price of local services made here, base year 1, and the log price of those that residents buy in the prefecture.
    #[serde(default)]
    pub service_price: f64,
    /// Log price of local services that residents buy in the prefecture.
    #[serde(default)]
    pub log_service_price: f64,
    /// Value of living in homes, fen: the base year's times the housing stock over the base year's.
    #[serde(default)]
    pub dwellings: i64,
    /// Price of farm goods against its mean, log points.
    pub farm_shock: f64,
    /// Value of projects that wait for their permits and do not work yet, fen.
    pub idle: [i64; SECTORS],
    /// How much its industry is copied: mean over its capital of the log of its chains' shares over the base year's.
    pub copied: f64,
    /// Loans of the county's fund to projects here, fen.
    pub refinanced: [i64; SECTORS],
    /// Invested, founded, scrapped, depreciated, moved in and out this year by sector, fen.
    pub capital_flows: [CapitalFlows; SECTORS],
    /// What households here saved this year into pools, project cash and start-ups: deposits, retained profit less losses
    /// that they own, guarantees received, fen (identity I13).
    pub saved: i64,
    /// What pools and founders paid for new projects here this year, and project cash filled less given back or lost,
    /// fen (identity I13).
    pub invested: i64,
}

/// Changes of capital in a cell this year, fen (identity I3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapitalFlows {
    /// Worn.
    pub depreciation: i64,
    /// Lost with projects that failed, and on the way of those that moved.
    pub scrapped: i64,
    /// Bought by pools for new projects.
    pub invested: i64,
    /// Bought by founders for start-ups.
    pub founded: i64,
    /// Came with projects from other nodes.
    pub moved_in: i64,
    /// Left with projects to other nodes.
    pub moved_out: i64,
}

/// Labels of [`NodeState::income_parts`]; wages after tax and contributions.
pub const INCOME_PARTS: [&str; 10] = [
    "wages",
    "farm_wages",
    "land",
    "farm_dividends",
    "dividends",
    "rents",
    "pensions",
    "public_transfers",
    "remittances_received",
    "outside_income",
];

/// Positions in [`INCOME_PARTS`].
pub mod part {
    /// Wages outside farming.
    pub const WAGES: usize = 0;
    /// Wages of farming.
    pub const FARM_WAGES: usize = 1;
    /// Land entitlements and land sales of villages.
    pub const LAND: usize = 2;
    /// Distributed profit of farming.
    pub const FARM_DIVIDENDS: usize = 3;
    /// All other distributed profit.
    pub const DIVIDENDS: usize = 4;
    /// Rents of homes.
    pub const RENTS: usize = 5;
    /// Pensions of both schemes.
    pub const PENSIONS: usize = 6;
    /// Payments of governments, of policies too.
    pub const TRANSFERS: usize = 7;
    /// Remittances received.
    pub const REMITTANCES: usize = 8;
    /// The residual between published and modelled income.
    pub const OUTSIDE: usize = 9;
}

/// Pay of the residents of a node as household surveys count it, fen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResidentsPay {
    /// Pay before tax and employees' contributions.
    pub gross: i64,
    /// Of it, income of the self-employed, farmers among them.
    pub self_employed: i64,
    /// Wage tax and employees' contributions.
    pub levies: i64,
}

/// Income by source in the definitions of the household survey.
pub const SOURCES: [&str; 5] = ["wages", "business", "property", "transfers", "outside"];

impl NodeState {
    /// Income by [`SOURCES`], fen: wages before tax; business with farming and its land; property; transfers received
    /// less sent, with tax and employees' contributions; outside income, which is in none of them. Together they are
    /// the income of the year.
    pub fn income_by_source(&self) -> [i64; SOURCES.len()] {
        let of = |i: usize| self.income_parts[i];
        let (received, sent) = (of(part::REMITTANCES), self.remittances_sent);
        [
            self.pay.gross - self.pay.self_employed,
            self.pay.self_employed + of(part::LAND) + of(part::FARM_DIVIDENDS),
            of(part::DIVIDENDS) + of(part::RENTS),
            of(part::PENSIONS) + of(part::TRANSFERS) + received - sent - self.pay.levies,
            of(part::OUTSIDE),
        ]
    }
}

/// Who draws pensions of a province, what they get and what pay contributes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PensionTerms {
    /// How far the employees' scheme reaches, x, solved to the recipients of the base year.
    pub reach: f64,
    /// Share of all others of 60 and over whom the residents' scheme reaches, solved likewise.
    pub residents_share: f64,
    /// What a recipient gets this year by scheme, employees and residents, fen.
    pub benefit: [f64; 2],
    /// Contributions on covered pay, a share of it: what balances the base year.
    pub contribution: f64,
}

/// Public finance of a county in one year, fen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountyFinance {
    /// Taxes, land revenue and the surplus of public buildings that stay with the county.
    pub own_revenue: i64,
    /// Of it, the surplus of public buildings.
    #[serde(default)]
    pub public_surplus: i64,
    /// What the province took of local revenue.
    pub province_take: i64,
    /// What the prefecture took of local revenue.
    pub prefecture_take: i64,
    /// What the centre took.
    pub centre_take: i64,
    /// Transfers received (after interception).
    pub transfers: i64,
    /// What the province's formula holds to be the need: a share of all own revenue and the province's money.
    pub need: i64,
    /// Spending of the year out of last year's money.
    pub spending: i64,
    /// Residents' pensions paid out of this year's money.
    pub social: i64,
    /// Programme money received less paid this year, loans received less repaid, and land sold.
    pub programmes: i64,
    /// Local revenue of the base year, for incremental sharing.
    pub base_local_revenue: i64,
}

/// Pay of a skill in a cell of the base year, fen per efficiency unit and year before tax.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CellPay {
    /// Of jobs that no minimum wage reaches.
    pub wage: f64,
    /// Of jobs that it reaches.
    pub covered: f64,
    /// Marginal product at usual employment.
    pub product: f64,
    /// Minimum wage.
    pub floor: f64,
}

/// Number of kinds of places where people of a home live: [`AT_HOME`], [`AWAY`], [`BEYOND`].
pub(crate) const WHEREABOUTS: usize = 3;
/// In the county of registration.
pub(crate) const AT_HOME: usize = 0;
/// Elsewhere in the area.
pub(crate) const AWAY: usize = 1;
/// Outside the area.
pub(crate) const BEYOND: usize = 2;

/// Facts of the base year that equations compare with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BaseYear {
    /// Output that production meets, fen by node and sector: the tables', with what residents cannot have bought of local
    /// services among business services.
    pub target_output: Vec<[f64; SECTORS]>,
    /// Local services in spending, by province.
    pub service_share: Vec<f64>,
    /// Part of it that is bought outside the prefecture, by prefecture.
    pub away: Vec<f64>,
    /// What draws buyers of local services to a node.
    pub catchment: Vec<f64>,
    /// Part of a node's local services that governments bought.
    pub public_share: Vec<f64>,
    /// Log cost of living at a node.
    pub cost_of_living: Vec<f64>,
    /// Output of the area, fen.
    pub output: f64,
    /// Mean promised income of the area by skill, fen.
    pub mean_income: [f64; SKILLS],
    /// Market access of each node.
    pub market_access: Vec<f64>,
    /// Weights of nodes in county spending by use, services and infrastructure (residents with the tier's weight).
    pub spending_weight: Vec<[f64; 2]>,
    /// Share of each industrial chain in the capital of all.
    pub chain_capital: Vec<f64>,
    /// Mean effective services by home, for enrolment.
    pub mean_services: f64,
    /// Growth built into the base year, per year.
    pub growth: f64,
    /// Share of what reaches pools in a year that is lent to the rest of the world; negative: borrowed there.
    pub net_lending: f64,
    /// Capital of cells, fen: the level that construction land is measured against.
    pub capital: Vec<[i64; SECTORS]>,
    /// Least size of a project, fen.
    pub project_min: f64,
    /// Share at work by age group of each node's people.
    pub participation: Vec<[f32; 18]>,
    /// Shares of activities among those at work in the base year, by node and skill, and what an efficiency
    /// unit earned in each (fen): the inverted terms of sector choice.
    pub activities: Vec<[[f64; ACTIVITIES]; SKILLS]>,
    /// What an efficiency unit earned in each activity, fen, by node and skill.
    pub activity_wages: Vec<[[f64; ACTIVITIES]; SKILLS]>,
    /// Pay by node, sector and skill; nothing where nobody worked, and in farming.
    pub pay: Vec<[[CellPay; SKILLS]; SECTORS]>,
    /// Mean pay and product by province and skill outside farming.
    pub mean_pay: Vec<[CellPay; SKILLS]>,
    /// Weights of funds in distributed profit; used while the base year is built.
    pub fund_dividends: Vec<f64>,
    /// Shares of each cell in what it makes; nothing where they are the sector's.
    #[serde(default)]
    pub shares: Vec<[Shares; SECTORS]>,
    /// Return of each cell over that of the area, z; nothing where all are one.
    #[serde(default)]
    pub return_wedge: Vec<[f64; SECTORS]>,
    /// Weights of cells in the capital logit, B.
    pub capital_share: Vec<[f64; SECTORS]>,
    /// Housing stock of each node; empty while the base year is built.
    pub housing: Vec<f64>,
    /// Rent of each node.
    #[serde(default)]
    pub rent: Vec<f64>,
    /// Money that households of each node spent on building, fen.
    #[serde(default)]
    pub building: Vec<i64>,
    /// Persons at each node, for what is compared with the base year.
    pub residents: Vec<f64>,
    /// Surplus over the capital that enters the next year, by node and sector: what a founder compares with.
    pub net_return: Vec<[f64; SECTORS]>,
    /// Persons by home, outside homes included, skill and where they lived: weights of welfare that never change.
    pub homes: Vec<[[f64; WHEREABOUTS]; SKILLS]>,
    /// Persons who lived in the area by skill and age class: weights of ages in welfare.
    pub ages: [[f64; AGE_CLASSES]; SKILLS],
}

/// The simulated country at one point in time.
#[derive(Clone, Debug, Default)]
pub struct World {
    /// Places that never change in a run.
    pub geography: Geography,
    /// State by node, outside nodes included.
    pub nodes: Vec<NodeState>,
    /// Budgets by county.
    pub counties: Vec<CountyFinance>,
    /// All agents.
    pub people: People,
    /// Counts of agents by place and home.
    pub census: Census,
    /// All projects.
    pub projects: Projects,
    /// All balances, and the year's payments.
    pub accounts: Accounts,
    /// Programme money of the year.
    pub programmes: Programmes,
    /// Who filled the pools this year.
    pub givers: Givers,
    /// Who holds what of the funds that own projects.
    pub claims: Claims,
    /// Facts of the base year that equations compare with.
    pub base: BaseYear,
    /// Pensions by province; none where the scenario has no table of them.
    pub pensions: Vec<PensionTerms>,
    /// Births and deaths by province, then of the outside; none where the scenario has no table of them.
    pub vital: Vec<VitalRates>,
    /// Promised income outside by skill, fen a year.
    pub outside_income: [f64; SKILLS],
    /// Calendar year.
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

    /// The pensions of a province; of none, nothing.
    pub fn pension_terms(&self, province: usize) -> PensionTerms {
        self.pensions.get(province).copied().unwrap_or_default()
    }

    /// Residents of a node by skill, persons.
    pub fn residents_by_skill(&self, node: usize, skill: usize) -> u64 {
        self.census.places[node].of_skill(skill) * self.persons_per_agent()
    }

    /// Persons by home, outside homes included, skill and where they live.
    pub fn whereabouts(&self) -> Vec<[[f64; WHEREABOUTS]; SKILLS]> {
        let geography = &self.geography;
        let of = |home: usize| {
            let mut persons = [[0.0; WHEREABOUTS]; SKILLS];
            for d in &self.census.homes[home] {
                let place = usize::from(d.place);
                let kind = if geography.is_outside(place) {
                    BEYOND
                } else if !geography.is_outside(home)
                    && geography.nodes[place].county == geography.nodes[home].county
                {
                    AT_HOME
                } else {
                    AWAY
                };
                for k in 0..SKILLS {
                    persons[k][kind] += f64::from(d.agents[k]) * self.persons_per_agent() as f64;
                }
            }
            persons
        };
        (0..geography.len()).map(of).collect()
    }

    /// Keeps who lives where and how old the residents of the area are: whose welfare is asked for.
    pub fn keep_weights_of_welfare(&mut self) {
        self.base.homes = self.whereabouts();
        let persons = self.persons_per_agent() as f64;
        let mut ages = [[0.0; AGE_CLASSES]; SKILLS];
        for place in &self.census.places[..self.geography.area_nodes()] {
            for (k, ages) in ages.iter_mut().enumerate() {
                ages.iter_mut().zip(place.ages[k]).for_each(|(sum, n)| *sum += n as f64 * persons);
            }
        }
        self.base.ages = ages;
    }

    /// Output of the area this year at prices of the base year, fen.
    pub fn output(&self) -> f64 {
        (0..self.geography.area_nodes()).map(|j| self.node_output(j).fen()).sum()
    }

    /// Output of a node this year at prices of the base year: of its cells, and living in homes.
    pub fn node_output(&self, node: usize) -> Fen {
        let state = &self.nodes[node];
        Fen(state.output.iter().sum::<i64>() + state.dwellings)
    }
}
