//! What a study measures: sums over the nodes of a unit, and what is read from them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::observe::Snapshot;
use crate::observe::totals::{Totals, Whereabouts};
use crate::observe::welfare::{self, Frame};
use crate::quantity::Fen;
use crate::simulation::Simulation;
use crate::world::sector::{AGRICULTURE, BUSINESS_SERVICES, INDUSTRY, LOCAL_SERVICES, TOURISM};

/// Yuan of a fen.
const YUAN: f64 = 0.01;

/// Sums over nodes in a year: those of all tables, in fen, and what only studies ask for, in yuan.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    of: Totals,
    away: f64,
    revenue_of_services: f64,
    invested: f64,
    invested_by_others: f64,
    founded: f64,
    projects: f64,
    moved_in: f64,
    own_revenue: f64,
    transfers: f64,
    spending: f64,
    spent_infrastructure: f64,
    spent_services: f64,
    /// Capital that earned, and sums of the log of its return and of the square.
    earning: f64,
    log_return: f64,
    log_return_squared: f64,
    /// Industrial output, and the sum of the log of industrial technology over it.
    technology_weight: f64,
    log_technology: f64,
    welfare_people: f64,
    welfare: f64,
}

impl Sums {
    /// Adds all of another.
    pub fn add(&mut self, o: &Sums) {
        macro_rules! each {
            ($($field:ident)*) => { $( self.$field += o.$field; )* };
        }
        self.of.add(&o.of);
        each!(away revenue_of_services invested invested_by_others founded projects moved_in own_revenue transfers spending
            spent_infrastructure spent_services earning log_return log_return_squared technology_weight
            log_technology welfare_people welfare);
    }

    /// Of every node of the area, the money of a county at its seat.
    pub(crate) fn of_nodes(now: &Simulation, with_welfare: bool) -> Vec<Sums> {
        let world = &now.world;
        let rules = now.rules();
        let snapshot = Snapshot::of("", now, &rules);
        let area = world.geography.area_nodes();
        let mut all: Vec<Sums> = (0..area).map(|j| Sums::of_node(&snapshot, j)).collect();
        for project in &world.projects.list {
            let (at, county) =
                (usize::from(project.node), world.geography.nodes[usize::from(project.node)].county);
            all[at].projects += 1.0;
            // The year's own projects have no age yet; the national pool is nobody's county.
            let other =
                usize::from(project.fund) != county && usize::from(project.fund) < world.counties.len();
            if other && project.age == 0 && project.founder().is_none() {
                all[at].invested_by_others += Fen(project.value).yuan();
            }
        }
        for (county, finance) in world.geography.counties.iter().zip(&world.counties) {
            let sums = &mut all[county.seat];
            sums.own_revenue = Fen(finance.own_revenue).yuan();
            sums.transfers = Fen(finance.transfers).yuan();
            sums.spending = Fen(finance.spending + finance.social).yuan();
        }
        if with_welfare {
            let gains = welfare::gains(&now.law, world, &rules, &now.utilities);
            for (h, sums) in all.iter_mut().enumerate() {
                // Weights are the people of the base year: births and moves are no gain.
                let people = world.base.homes[h].iter().flatten().sum::<f64>();
                let mean = gains.mean(world, Frame::Registered, [h], 0..2);
                if mean.is_finite() {
                    (sums.welfare_people, sums.welfare) = (people, people * mean);
                }
            }
        }
        all
    }

    fn of_node(now: &Snapshot, j: usize) -> Sums {
        let (world, earned) = (now.world, &now.earnings.nodes[j]);
        let state = &world.nodes[j];
        let mut sums = Sums {
            of: Totals::of(now, [j]),
            away: Whereabouts::of(world, j).left() as f64,
            revenue_of_services: Fen(state.revenue[LOCAL_SERVICES]).yuan(),
            invested: Fen(state.capital_flows.iter().map(|f| f.invested + f.founded).sum()).yuan(),
            founded: Fen(state.capital_flows.iter().map(|f| f.founded).sum()).yuan(),
            moved_in: Fen(state.capital_flows.iter().map(|f| f.moved_in).sum()).yuan(),
            spent_infrastructure: Fen(state.spent_infrastructure).yuan(),
            spent_services: Fen(state.spent_services).yuan(),
            ..Sums::default()
        };
        for s in [INDUSTRY, BUSINESS_SERVICES, LOCAL_SERVICES] {
            let (capital, surplus) = (Fen(earned.capital[s]).yuan(), Fen(state.surplus[s]).yuan());
            if capital > 0.0 && surplus > 0.0 {
                let log = libm::log(surplus / capital);
                sums.earning += capital;
                sums.log_return += capital * log;
                sums.log_return_squared += capital * log * log;
            }
        }
        if state.technology[INDUSTRY] > 0.0 {
            sums.technology_weight = Fen(state.output[INDUSTRY]).yuan();
            sums.log_technology = sums.technology_weight * libm::log(state.technology[INDUSTRY]);
        }
        sums
    }
}

macro_rules! outcomes {
    ($( $variant:ident $name:literal $meaning:literal |$s:ident| $value:expr; )*) => {
        /// What is measured, over all nodes of a unit.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum Outcome {
            $( #[doc = $meaning] $variant, )*
        }

        impl Outcome {
            /// Every outcome.
            pub const ALL: &'static [Outcome] = &[ $( Outcome::$variant, )* ];

            /// Its name in files and tables.
            pub fn name(self) -> &'static str {
                match self { $( Outcome::$variant => $name, )* }
            }

            /// What it is, with its unit.
            pub fn meaning(self) -> &'static str {
                match self { $( Outcome::$variant => $meaning, )* }
            }

            /// Its value in a unit; NaN where it has none.
            pub fn of(self, sums: &Sums) -> f64 {
                match self { $( Outcome::$variant => { let $s = sums; $value } )* }
            }
        }
    };
}

outcomes! {
    Output "output" "Output at prices of the base year, yuan." |s| s.of.output_of_all() * YUAN;
    OutputPerHead "output_per_head" "Output at prices of the base year over earners, yuan." |s| s.of.output_per_head() * YUAN;
    NominalOutput "nominal_output" "Output at prices of the year, yuan." |s| s.of.nominal_output() * YUAN;
    AgricultureOutput "agriculture_output" "Output of farming, yuan." |s| s.of.output[AGRICULTURE] * YUAN;
    IndustryOutput "industry_output" "Output of industry, yuan." |s| s.of.output[INDUSTRY] * YUAN;
    TourismOutput "tourism_output" "Output of tourism, yuan." |s| s.of.output[TOURISM] * YUAN;
    LocalServicesRevenue "local_services_revenue" "Sales of local services, yuan." |s| s.revenue_of_services;
    Income "income" "Household income of residents, yuan." |s| s.of.income * YUAN;
    IncomePerHead "income_per_head" "Household income over earners, yuan." |s| s.of.income_per_head() * YUAN;
    RealIncomePerHead "real_income_per_head" "Household income over earners at base-year cost of living, yuan." |s| s.of.real_income_per_head() * YUAN;
    CostOfLiving "cost_of_living" "Cost of living over that of the base year, weighted by income." |s| s.of.price_index();
    Wage "wage" "Wages before tax over persons at work, yuan." |s| s.of.wage_per_worker() * YUAN;
    Jobs "jobs" "Persons at work." |s| s.of.jobs_of_all();
    IndustryJobs "industry_jobs" "Persons at work in industry." |s| s.of.jobs_of(INDUSTRY);
    JobsOutsideFarming "jobs_outside_farming" "Persons at work outside farming." |s| s.of.jobs_of_all() - s.of.jobs_of(AGRICULTURE);
    Capital "capital" "Value of projects at the end of the year, yuan." |s| s.of.capital.iter().sum::<f64>() * YUAN;
    IndustryCapital "industry_capital" "Value of industrial projects, yuan." |s| s.of.capital[INDUSTRY] * YUAN;
    Investment "investment" "New projects of the year, start-ups among them, yuan." |s| s.invested;
    InvestmentByOthers "investment_by_others" "New projects of the year that funds of other counties paid for, yuan." |s| s.invested_by_others;
    StartUps "start_ups" "Start-ups of the year, yuan." |s| s.founded;
    Projects "projects" "Projects that stand, number." |s| s.projects;
    CapitalMovedIn "capital_moved_in" "Projects relocated here in the year, yuan." |s| s.moved_in;
    IndustryTechnology "industry_technology" "Industrial technology, geometric mean over output." |s| libm::exp(s.log_technology / s.technology_weight);
    OwnRevenue "own_revenue" "Own revenue of counties, yuan." |s| s.own_revenue;
    Transfers "transfers" "Transfers that counties received, yuan." |s| s.transfers;
    Revenue "revenue" "Own revenue and transfers of counties, yuan." |s| s.own_revenue + s.transfers;
    Spending "spending" "Spending of counties, yuan." |s| s.spending;
    InfrastructureSpending "infrastructure_spending" "Government spending on infrastructure, yuan." |s| s.spent_infrastructure;
    ServicesSpending "services_spending" "Government spending on services, yuan." |s| s.spent_services;
    Residents "residents" "Residents, persons." |s| s.of.people();
    Newcomers "newcomers" "Residents registered elsewhere, persons." |s| s.of.newcomers;
    Talent "talent" "Residents with tertiary education, persons." |s| s.of.residents[1];
    ShareAway "share_away" "Part of the registered who do not live at their node." |s| s.away / s.of.registered;
    ReturnDispersion "return_dispersion" "Standard deviation of the log return on capital over cells outside farming and tourism, weighted by capital." |s| {
        let mean = s.log_return / s.earning;
        libm::sqrt((s.log_return_squared / s.earning - mean * mean).max(0.0))
    };
    Welfare "welfare" "Change of expected utility of the registered since the base year, log points of income." |s| s.welfare / s.welfare_people;
}

impl Outcome {
    /// Whether it is a flow of capital, which no year before the run has.
    pub(crate) fn begins_with_the_run(self) -> bool {
        matches!(
            self,
            Outcome::Investment | Outcome::InvestmentByOthers | Outcome::StartUps | Outcome::CapitalMovedIn
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_files_use() {
        for outcome in Outcome::ALL {
            assert_eq!(serde_json::to_value(outcome).unwrap(), outcome.name());
            assert!(outcome.meaning().ends_with('.'));
        }
    }

    #[test]
    fn the_spread_of_two_returns_of_equal_weight_is_half_their_distance() {
        let mut sums = Sums { earning: 1.0, log_return: -2.0, log_return_squared: 4.0, ..Sums::default() };
        assert!(Outcome::ReturnDispersion.of(&sums) < 1e-12, "one return has no spread");
        sums.add(&Sums { earning: 1.0, log_return: -1.0, log_return_squared: 1.0, ..Sums::default() });
        assert!((Outcome::ReturnDispersion.of(&sums) - 0.5).abs() < 1e-12);
    }
}
