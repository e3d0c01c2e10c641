//! `nodes.csv`: every node in every year.

use super::totals::{Whereabouts, by_origin, nominal_output, output};
use super::{Snapshot, columns};
use crate::economy::earnings::{HomeIncome, LOCAL, NEWCOMER, NodeEarnings};
use crate::economy::production::{labour_share, value_added_tax};
use crate::economy::{prices, shopping};
use crate::error::Result;
use crate::output::csv::{Cell, TableWriter};
use crate::output::table::TableSpec;
use crate::people::tally::Tally;
use crate::quantity::Fen;
use crate::world::people::PlaceCount;
use crate::world::sector::{AGRICULTURE, BUSINESS_SERVICES, INDUSTRY, LOCAL_SERVICES, SECTORS, TOURISM};
use crate::world::state::{NodeState, part};
use crate::world::{CountyFinance, Node};

/// What a row is made from; outside nodes have people but no economy.
struct NodeRow<'a> {
    snapshot: &'a Snapshot<'a>,
    j: usize,
    node: &'a Node,
    count: &'a PlaceCount,
    lives: Whereabouts,
    origin: [u64; 2],
    state: Option<&'a NodeState>,
    earned: Option<&'a NodeEarnings>,
    home: &'a HomeIncome,
}

fn per(sum: f64, heads: f64) -> f64 {
    // Fen to yuan; NaN, a missing value, where there is nobody.
    if heads > 0.0 { sum / 100.0 / heads } else { f64::NAN }
}

impl<'a> NodeRow<'a> {
    fn of(snapshot: &'a Snapshot, j: usize) -> Self {
        let world = snapshot.world;
        let area = j < world.geography.area_nodes();
        NodeRow {
            snapshot,
            j,
            node: &world.geography.nodes[j],
            count: &world.census.places[j],
            lives: Whereabouts::of(world, j),
            origin: by_origin(world, j),
            state: area.then(|| &world.nodes[j]),
            earned: area.then(|| &snapshot.earnings.nodes[j]),
            home: &snapshot.earnings.homes[j],
        }
    }

    fn persons(&self, agents: u64) -> i64 {
        (agents * self.snapshot.world.persons_per_agent()) as i64
    }

    fn code(&self, code: impl Fn(&'a Node) -> &'a str) -> Option<&'a str> {
        self.state.map(|_| code(self.node))
    }

    fn tallied(&self, count: impl Fn(&Tally) -> u64) -> Option<i64> {
        self.snapshot.tally.map(|t| self.persons(count(t)))
    }

    fn state(&self, value: impl Fn(&NodeState) -> f64) -> f64 {
        self.state.map_or(f64::NAN, value)
    }

    fn money(&self, value: impl Fn(&NodeState) -> i64) -> Option<Fen> {
        self.state.map(|s| Fen(value(s)))
    }

    /// Saving of the year, outside nodes included; the base year has none.
    fn saving(&self, value: impl Fn(&NodeState) -> i64) -> Option<Fen> {
        self.snapshot.tally.map(|_| Fen(value(&self.snapshot.world.nodes[self.j])))
    }

    fn earned(&self, value: impl Fn(&NodeEarnings) -> f64) -> f64 {
        self.earned.map_or(f64::NAN, value)
    }

    /// Yuan per resident who earned it.
    fn per_earner(&self, value: impl Fn(&NodeState) -> i64) -> f64 {
        self.state.map_or(f64::NAN, |s| per(value(s) as f64, self.earned(|e| e.residents)))
    }

    fn income_part(&self, part: usize) -> f64 {
        self.per_earner(|s| s.income_parts[part])
    }

    fn source(&self, source: usize) -> f64 {
        self.per_earner(|s| s.income_by_source()[source])
    }

    /// Yuan per resident after the move.
    fn per_resident(&self, yuan: impl Fn(&NodeState) -> f64) -> f64 {
        let residents = (self.origin[LOCAL] + self.origin[NEWCOMER]) as f64;
        if residents > 0.0 { self.state(yuan) / residents } else { f64::NAN }
    }

    fn home_part(&self, part: usize) -> f64 {
        per(self.home.parts[part], self.home.people)
    }

    fn wage_of_sector(&self, s: usize) -> f64 {
        self.earned(|e| per(e.wages[s][0] + e.wages[s][1], e.jobs[s][0] + e.jobs[s][1]))
    }

    fn wage_of_skill(&self, k: usize) -> f64 {
        self.earned(|e| per(e.wages.iter().map(|w| w[k]).sum(), e.jobs.iter().map(|j| j[k]).sum()))
    }

    fn wage_over_product(&self) -> f64 {
        let rules = self.snapshot.rules;
        self.state(|n| {
            let product = |s: usize| {
                let value = (n.revenue[s] + n.inputs[s]) as f64;
                labour_share(self.snapshot.world, rules, self.j, s)
                    * (1.0 - value_added_tax(rules, s))
                    * value
            };
            n.wage_bill.iter().sum::<i64>() as f64 / (0..SECTORS).map(product).sum::<f64>()
        })
    }

    fn employed_in(&self, s: usize) -> f64 {
        self.earned(|e| e.employed[s][0] + e.employed[s][1])
    }

    fn price_index(&self) -> f64 {
        prices::index(self.snapshot.world, self.snapshot.rules, self.j)
    }

    fn promised(&self, k: usize) -> f64 {
        let outside = self.snapshot.world.outside_income[k];
        self.state.map_or(outside, |s| s.promised_income[k]) / 100.0
    }

    fn return_of(&self, sectors: impl IntoIterator<Item = usize>) -> f64 {
        let (Some(state), Some(earned)) = (self.state, self.earned) else { return f64::NAN };
        let (mut capital, mut surplus) = (0, 0);
        for s in sectors {
            capital += earned.capital[s];
            surplus += state.surplus[s];
        }
        if capital > 0 { surplus as f64 / capital as f64 } else { f64::NAN }
    }

    /// Index of the county, at its seat only.
    fn county(&self) -> Option<usize> {
        let at_seat = self.state.is_some() && self.snapshot.world.geography.seat_of(self.j) == self.j;
        at_seat.then_some(self.node.county)
    }

    fn finance(&self, value: impl Fn(&CountyFinance) -> i64) -> Option<Fen> {
        self.county().map(|c| Fen(value(&self.snapshot.world.counties[c])))
    }

    fn finance_per_head(&self, value: impl Fn(&CountyFinance) -> i64) -> f64 {
        let Some(c) = self.county() else { return f64::NAN };
        let world = self.snapshot.world;
        let people =
            world.geography.counties[c].nodes().map(|j| self.snapshot.earnings.nodes[j].residents).sum();
        per(value(&world.counties[c]) as f64, people)
    }
}

/// A sector has a column of its own among jobs, wages, output, capital and returns.
const _: () = assert!(SECTORS == 5, "write the columns of the new sector, then count it here");

columns! { n: NodeRow;
    Text "run" "" "Which run." = n.snapshot.run;
    Year "year" "" "The year." = Cell::Year(n.snapshot.world.year);
    Text "node" "" "Identifier of the node." = n.node.id.as_str();
    Text "name" "" "Its name." = n.node.name.as_str();
    Text "tier" "" "city, county_seat, village or outside." = n.node.tier.name();
    Text "county" "" "Code of the county-level unit; empty outside the area." = n.code(|x| &n.snapshot.world.geography.counties[x.county].code);
    Text "prefecture" "" "Code of the prefecture." = n.code(|x| &n.snapshot.world.geography.prefectures[x.prefecture].code);
    Text "province" "" "Code of the province." = n.code(|x| &n.snapshot.world.geography.provinces[x.province].code);

    // People
    Integer "residents" "persons" "People living here after the year's moves." = n.persons(n.count.total());
    Integer "earners" "persons" "People living here before the moves, over whom income, output and work of the year are counted." = n.earned.map(|e| libm::rint(e.residents) as i64);
    Integer "workers" "persons" "Residents without tertiary education." = n.persons(n.count.of_skill(0));
    Integer "talent" "persons" "Residents with tertiary education." = n.persons(n.count.of_skill(1));
    Integer "locals" "persons" "Residents registered in this county." = n.origin[LOCAL] as i64;
    Integer "newcomers" "persons" "Residents registered elsewhere." = n.origin[NEWCOMER] as i64;
    Integer "registered" "persons" "People registered at this node, wherever they live." = n.lives.registered() as i64;
    Integer "registered_at_home" "persons" "Of these, living at this node." = n.lives.at_home_node as i64;
    Integer "registered_in_county" "persons" "Of these, living in the other node of the county (villagers in the seat)." = n.lives.other_node_of_county as i64;
    Integer "registered_in_area" "persons" "Of these, living elsewhere in the area." = n.lives.elsewhere_in_area as i64;
    Integer "registered_outside" "persons" "Of these, living outside the area." = n.lives.outside as i64;
    Integer "births" "persons" "Births of the year; empty in the base year." = n.tallied(|t| t.births[n.j]);
    Integer "deaths" "persons" "Deaths of the year." = n.tallied(|t| t.deaths[n.j]);
    Integer "moved_in_workers" "persons" "Workers who moved here." = n.tallied(|t| t.in_moves[n.j][0]);
    Integer "moved_in_talent" "persons" "Talent that moved here." = n.tallied(|t| t.in_moves[n.j][1]);
    Integer "moved_out_workers" "persons" "Workers who moved away." = n.tallied(|t| t.out_moves[n.j][0]);
    Integer "moved_out_talent" "persons" "Talent that moved away." = n.tallied(|t| t.out_moves[n.j][1]);

    // Work
    Number "adults" "persons" "Residents of 18 and over, before the moves." = n.earned(|e| e.adults);
    Number "labour_force" "persons" "Residents of 16 and over who work or look for work, before the moves." = n.earned(|e| e.labour_force[0] + e.labour_force[1]);
    Number "employed_agriculture" "persons" "Residents with a job on farms here." = n.employed_in(AGRICULTURE);
    Number "employed_industry" "persons" "Residents with a job in industry here." = n.employed_in(INDUSTRY);
    Number "employed_business_services" "persons" "Residents with a job in business services here." = n.employed_in(BUSINESS_SERVICES);
    Number "employed_local_services" "persons" "Residents with a job in local services here." = n.employed_in(LOCAL_SERVICES);
    Number "employed_tourism" "persons" "Residents with a job in tourism here." = n.employed_in(TOURISM);
    Number "employed_commuting" "persons" "Residents with a job in the seat of the county." = n.earned(|e| e.commuters[0] + e.commuters[1]);
    Number "employed" "persons" "Residents with a job." = n.earned(NodeEarnings::employed_residents);
    Number "unemployed" "persons" "Labour force without a job." = n.earned(|e| e.labour_force[0] + e.labour_force[1] - e.employed_residents());
    Number "unemployment_rate" "share" "Unemployed over the labour force." = n.earned(|e| 1.0 - e.employed_residents() / (e.labour_force[0] + e.labour_force[1]));
    Number "participation" "ratio" "Labour force (from 16) over residents of 18 and over." = n.earned(|e| (e.labour_force[0] + e.labour_force[1]) / e.adults);
    Number "jobs" "persons" "Persons at work here, commuters from the village included." = n.earned(NodeEarnings::jobs_here);

    // Wages, yuan a year
    Number "wage_yuan" "yuan" "Wages before tax over persons at work here." = n.earned(|e| per(e.wages_paid(), e.jobs_here()));
    Number "wage_agriculture_yuan" "yuan" "The same in agriculture." = n.wage_of_sector(AGRICULTURE);
    Number "wage_industry_yuan" "yuan" "The same in industry." = n.wage_of_sector(INDUSTRY);
    Number "wage_business_services_yuan" "yuan" "The same in business services." = n.wage_of_sector(BUSINESS_SERVICES);
    Number "wage_local_services_yuan" "yuan" "The same in local services." = n.wage_of_sector(LOCAL_SERVICES);
    Number "wage_tourism_yuan" "yuan" "The same in tourism." = n.wage_of_sector(TOURISM);
    Number "wage_workers_yuan" "yuan" "The same of workers." = n.wage_of_skill(0);
    Number "wage_talent_yuan" "yuan" "The same of talent." = n.wage_of_skill(1);
    Number "wage_over_product" "ratio" "Wage bill over what marginal products at actual employment would pay: labour's share over its technical share." = n.wage_over_product();
    Number "promised_workers_yuan" "yuan" "Income after tax that the place promises to a worker of human capital one." = n.promised(0);
    Number "promised_talent_yuan" "yuan" "The same for talent." = n.promised(1);

    // Income by residence
    Number "income_total_yuan" "yuan" "Household income of residents." = n.money(|s| s.income);
    Number "income_yuan" "yuan" "Household income over earners: income by residence." = n.per_earner(|s| s.income);
    Number "income_wages_yuan" "yuan" "Of it, wages outside farming as the household survey counts them: before tax and employees' contributions, without the self-employed." = n.source(0);
    Number "income_business_yuan" "yuan" "Of it, income of the self-employed, farming and its land." = n.source(1);
    Number "income_property_yuan" "yuan" "Of it, dividends and rents." = n.source(2);
    Number "income_transfers_yuan" "yuan" "Of it, pensions, public transfers and remittances received, less remittances sent, wage tax and employees' contributions." = n.source(3);
    Number "income_outside_yuan" "yuan" "Of it, outside income: the residual between published and modelled income of the base year, in no source." = n.source(4);
    Number "income_part_wages_yuan" "yuan" "Wages outside farming after tax and contributions." = n.income_part(part::WAGES);
    Number "income_part_farm_wages_yuan" "yuan" "Wages of farming after tax." = n.income_part(part::FARM_WAGES);
    Number "income_part_land_yuan" "yuan" "Land entitlements." = n.income_part(part::LAND);
    Number "income_part_dividends_yuan" "yuan" "Dividends, of farming too." = n.per_earner(|s| s.income_parts[part::DIVIDENDS] + s.income_parts[part::FARM_DIVIDENDS]);
    Number "income_part_rents_yuan" "yuan" "Rents of housing." = n.income_part(part::RENTS);
    Number "income_part_pensions_yuan" "yuan" "Pensions." = n.income_part(part::PENSIONS);
    Number "income_part_transfers_yuan" "yuan" "Payments of governments to households, those of policies too." = n.income_part(part::TRANSFERS);
    Number "income_part_remittances_yuan" "yuan" "Remittances received." = n.income_part(part::REMITTANCES);
    Number "remittances_sent_yuan" "yuan" "Remittances sent over earners, taken from income." = n.per_earner(|s| s.remittances_sent);

    // Income by home
    Number "home_people" "persons" "People registered here who live in the area, before the moves." = n.home.people;
    Number "home_income_yuan" "yuan" "Their income per head wherever they live: income by home." = per(n.home.total(), n.home.people);
    Number "home_wages_yuan" "yuan" "Of it, wages after tax." = n.home_part(0);
    Number "home_land_yuan" "yuan" "Of it, land entitlements." = n.home_part(1);
    Number "home_property_yuan" "yuan" "Of it, dividends and rents, which belong to people living in their own county (the share mu_loc of rents to newcomers)." = n.home_part(2);
    Number "home_pensions_yuan" "yuan" "Of it, pensions." = n.home_part(3);
    Number "home_public_transfers_yuan" "yuan" "Of it, payments of governments to households." = n.home_part(4);
    Number "home_remittances_yuan" "yuan" "Of it, remittances received by those at home." = n.home_part(5);
    Number "home_sent_yuan" "yuan" "Of it, remittances sent by those away, negative." = n.home_part(6);
    Number "home_outside_yuan" "yuan" "Of it, outside income of the places where they live." = n.home_part(7);
    Number "home_other_yuan" "yuan" "Of it, what is left over: rounding, wages of cells without an agent." = n.home_part(8);

    // Output and capital
    Number "output_yuan" "yuan" "Output at prices of the base year: value added of the sectors, and living in homes." = n.money(output);
    Number "output_nominal_yuan" "yuan" "The same at prices of the year." = n.money(nominal_output);
    Number "output_agriculture_yuan" "yuan" "Output of agriculture, at prices of the base year." = n.money(|s| s.output[AGRICULTURE]);
    Number "output_industry_yuan" "yuan" "Output of industry, at prices of the base year." = n.money(|s| s.output[INDUSTRY]);
    Number "output_business_services_yuan" "yuan" "Output of business services, at prices of the base year." = n.money(|s| s.output[BUSINESS_SERVICES]);
    Number "output_local_services_yuan" "yuan" "Output of local services, at prices of the base year." = n.money(|s| s.output[LOCAL_SERVICES]);
    Number "output_tourism_yuan" "yuan" "Output of tourism, at prices of the base year." = n.money(|s| s.output[TOURISM]);
    Number "output_dwellings_yuan" "yuan" "Value of living in homes as the accounts count it: the base year's times the housing stock over the base year's." = n.money(|s| s.dwellings);
    Number "output_per_head_yuan" "yuan" "Output at prices of the base year over earners." = n.per_earner(output);
    Number "output_per_worker_yuan" "yuan" "Output at prices of the base year over persons at work here." = n.state(|s| per(output(s) as f64, n.earned(NodeEarnings::jobs_here)));
    Number "wage_bill_yuan" "yuan" "Wages paid here before tax." = n.money(|s| s.wage_bill.iter().sum());
    Number "land_rent_yuan" "yuan" "Rent of farm land." = n.money(|s| s.land_rent[AGRICULTURE]);
    Number "public_surplus_yuan" "yuan" "What public buildings earn in local services: own revenue of the county." = n.money(|s| s.land_rent[LOCAL_SERVICES]);
    Number "place_rent_yuan" "yuan" "Rent of the place before profit tax: what is made here beyond the shares of labour, land and capital (mines, refineries, monopolies, farm product that no household counts)." = n.money(|s| s.place_rent.iter().sum());
    Number "surplus_yuan" "yuan" "Operating surplus of capital before profit tax." = n.money(|s| s.surplus.iter().sum());
    Number "value_added_tax_yuan" "yuan" "Value-added tax." = n.money(|s| s.vat.iter().sum());
    Number "profit_tax_yuan" "yuan" "Profit tax." = n.money(|s| s.profit_tax.iter().sum());
    Number "outside_local_services_yuan" "yuan" "Local services sold to visitors from outside the prefecture (Z): found in the base year, grows with the area." = n.state(|s| s.outside_demand[LOCAL_SERVICES] / 100.0);
    Number "share_local_outside" "share" "Part of revenue of local services that visitors from outside the prefecture bring (Z)." = n.state(|s| s.outside_demand[LOCAL_SERVICES] / s.revenue[LOCAL_SERVICES] as f64);
    Number "share_services_away" "share" "Part of residents' spending on local services that goes outside the prefecture." = n.state(|_| shopping::basket(n.snapshot.world, n.snapshot.rules, n.j).away);
    Number "outside_tourism_yuan" "yuan" "The same of tourism." = n.state(|s| s.outside_demand[TOURISM] / 100.0);
    Number "share_demand_met_local_services" "share" "Part of what arrives for local services that is met here; below one where the base year had less output." = n.state(|s| s.demand_met[LOCAL_SERVICES]);
    Number "share_demand_met_tourism" "share" "The same of tourism." = n.state(|s| s.demand_met[TOURISM]);
    Number "capital_yuan" "yuan" "Value of projects at the end of the year." = n.money(|s| s.capital.iter().sum());
    Number "capital_agriculture_yuan" "yuan" "Of it, in agriculture." = n.money(|s| s.capital[AGRICULTURE]);
    Number "capital_industry_yuan" "yuan" "Of it, in industry." = n.money(|s| s.capital[INDUSTRY]);
    Number "capital_business_services_yuan" "yuan" "Of it, in business services." = n.money(|s| s.capital[BUSINESS_SERVICES]);
    Number "capital_local_services_yuan" "yuan" "Of it, in local services." = n.money(|s| s.capital[LOCAL_SERVICES]);
    Number "capital_tourism_yuan" "yuan" "Of it, in tourism." = n.money(|s| s.capital[TOURISM]);
    Number "saved_yuan" "yuan" "What households here saved in the year into pools, project cash and start-ups: deposits, retained profit less losses of what they own, guarantees." = n.saving(|s| s.saved);
    Number "invested_yuan" "yuan" "Paid for new projects here by all pools and founders, land and cash included, and project cash filled here less given back or lost; without subsidies." = n.saving(|s| s.invested);
    Number "net_saving_yuan" "yuan" "Saved less invested: above zero households here lend to other places. Over all nodes it is what is lent to the rest of the world and what pools hold more than before (identity I13)." = n.saving(|s| s.saved - s.invested);
    Number "claims_yuan" "yuan" "What households here hold of the funds that own projects, at book value, at the end of the year; start-ups are beside it." = Fen(n.snapshot.world.claims.of(&n.snapshot.world.geography, n.j));
    Number "new_capital_yuan" "yuan" "Value of new projects here, start-ups and subsidies included, without land, cash and what procedures cost." = n.money(|s| s.capital_flows.iter().map(|f| f.invested + f.founded).sum());
    Number "depreciation_yuan" "yuan" "Depreciation." = n.money(|s| s.capital_flows.iter().map(|f| f.depreciation).sum());
    Number "scrapped_yuan" "yuan" "Capital lost in failures, wear and moves." = n.money(|s| s.capital_flows.iter().map(|f| f.scrapped).sum());
    Number "capital_moved_in_yuan" "yuan" "Projects relocated here." = n.money(|s| s.capital_flows.iter().map(|f| f.moved_in).sum());
    Number "capital_moved_out_yuan" "yuan" "Projects relocated away." = n.money(|s| s.capital_flows.iter().map(|f| f.moved_out).sum());
    Number "return_on_capital" "per year" "Surplus over the capital that produced it." = n.return_of(0..SECTORS);
    Number "return_agriculture" "per year" "The same in agriculture." = n.return_of([AGRICULTURE]);
    Number "return_industry" "per year" "The same in industry." = n.return_of([INDUSTRY]);
    Number "return_business_services" "per year" "The same in business services." = n.return_of([BUSINESS_SERVICES]);
    Number "return_local_services" "per year" "The same in local services." = n.return_of([LOCAL_SERVICES]);
    Number "return_tourism" "per year" "The same in tourism." = n.return_of([TOURISM]);

    // Living
    Number "consumption_per_head_yuan" "yuan" "Household spending over earners." = n.per_earner(|s| s.consumption);
    Number "share_bought_in_county" "share" "Spending on services and tourism that stays in the county." = n.earned(|e| e.bought_in_county / e.bought);
    Number "service_price" "index" "Price of local services made here, base year 1." = n.state(|s| s.service_price);
    Number "price_index" "index" "Cost of living of residents over that of the base year: rent, local services where they buy them, tradables." = n.state(|_| n.price_index());
    Number "real_income_yuan" "yuan" "Income over earners at base-year cost of living." = n.state(|s| per(s.income as f64 / n.price_index(), s.earners as f64));
    Number "rent_index" "index" "Rent of a unit of housing, base year 1." = n.state(|s| s.rent);
    Number "share_rent_income" "share" "Rents paid over income." = n.state(|s| n.snapshot.rules.p.housing_spending_share * s.consumption as f64 / s.income as f64);
    Number "services_per_head_yuan" "yuan" "Stock of public services S per resident." = n.per_resident(|s| s.services);
    Number "service_level" "index" "Effective services S_eff before access: the stock over users, to the power chi_S." = n.state(|s| s.service_level);
    Number "infrastructure_per_head_yuan" "yuan" "Public capital G per resident." = n.per_resident(|s| s.public_capital);
    Number "spent_services_yuan" "yuan" "Government spending on services here." = n.money(|s| s.spent_services);
    Number "spent_infrastructure_yuan" "yuan" "Government spending on infrastructure here." = n.money(|s| s.spent_infrastructure);
    Number "ecology" "index" "Ecological state, 0 to 1." = n.state(|s| s.ecology);
    Number "trade_wedge" "ratio" "Price of tradables bought here over the hub's, and inverse of the price received." = n.state(|_| n.snapshot.rules.levers.tau(n.snapshot.rules.p, &n.snapshot.world.geography, n.j));
    Integer "farm_land_m2" "m2" "Farm land in use." = n.state.map(|s| s.land_m2[0]);
    Integer "construction_land_m2" "m2" "Construction land." = n.state.map(|s| s.land_m2[1]);

    // Public finance of the county, at the row of its seat
    Number "county_own_revenue_yuan" "yuan" "Own revenue of the county; this and the next columns stand at its seat only." = n.finance(|c| c.own_revenue);
    Number "county_transfers_yuan" "yuan" "Transfers it received." = n.finance(|c| c.transfers);
    Number "county_spending_yuan" "yuan" "What it spent: last year's money, payments to households among it, and its part of residents' pensions out of this year's." = n.finance(|c| c.spending + c.social);
    Number "county_pensions_yuan" "yuan" "Of it, residents' pensions." = n.finance(|c| c.social);
    Number "county_to_prefecture_yuan" "yuan" "Part of its revenue that the prefecture took." = n.finance(|c| c.prefecture_take);
    Number "county_to_province_yuan" "yuan" "Part that the province took." = n.finance(|c| c.province_take);
    Number "county_to_centre_yuan" "yuan" "Part that the centre took." = n.finance(|c| c.centre_take);
    Number "county_cash_yuan" "yuan" "Cash of the county at the end of the year." = n.county().map(|c| n.snapshot.world.accounts.county[c]);
    Number "county_debt_yuan" "yuan" "What it owes." = n.county().and_then(|c| n.snapshot.world.accounts.debt.get(c).copied());
    Number "county_pool_yuan" "yuan" "Its investment pool at the end of the year." = n.county().map(|c| n.snapshot.world.accounts.pool[c]);
    Number "county_revenue_per_head_yuan" "yuan" "Own revenue over the county's earners." = n.finance_per_head(|c| c.own_revenue);
    Number "county_spending_per_head_yuan" "yuan" "Spending over the county's earners." = n.finance_per_head(|c| c.spending + c.social);
    Number "county_need_per_head_yuan" "yuan" "What the province's formula of transfers holds to be its need, over earners: its share of all own revenue and the province's money." = n.finance_per_head(|c| c.need);
}

/// The table.
pub(crate) static SPEC: TableSpec = TableSpec {
    name: "nodes",
    title: "Nodes",
    description: "One row a node and year. Counts of residents are after the year's moves; income, output and work \
                  are of the people who lived here before them (`earners`). Outside nodes have people but no \
                  economy. Money in yuan of the base year.",
    columns: COLUMNS,
    key: &["run", "year", "node"],
};

/// Writes all nodes of a year.
pub(crate) fn write(snapshot: &Snapshot, table: &mut TableWriter) -> Result<()> {
    for j in 0..snapshot.world.geography.len() {
        write_row(&NodeRow::of(snapshot, j), table)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tiny::Tiny;
    use super::*;

    #[test]
    fn a_row_says_what_was_worked_out_by_hand() {
        let mut tiny = Tiny::new();
        tiny.world.counties[1].spending = 100 * 1_200;
        let rules = tiny.rules();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("nodes.csv");
        let mut table = TableWriter::create(&path, &SPEC).unwrap();
        write(&tiny.snapshot(&rules), &mut table).unwrap();
        table.finish().unwrap();
        let text = std::fs::read_to_string(path).unwrap();
        let cell = |node: &str, column: &str| -> String {
            let at = text.lines().next().unwrap().split(',').position(|name| name == column).unwrap();
            let row = text.lines().find(|row| row.starts_with(&format!("tiny,2020,{node},"))).unwrap();
            row.split(',').nth(at).unwrap().to_string()
        };
        let number = |node: &str, column: &str| cell(node, column).parse::<f64>().unwrap();
        let close = |found: f64, expected: f64| assert!((found / expected - 1.0).abs() < 1e-6, "{found}");

        assert_eq!(cell("b_village", "county"), "330002");
        assert_eq!(cell("b_village", "residents"), "30");
        assert_eq!(cell("b_village", "registered"), "70");
        assert_eq!(cell("b_village", "registered_in_area"), "30");
        assert_eq!(cell("b_village", "registered_outside"), "10");
        assert_eq!(cell("a_village", "registered_in_county"), "20");
        assert_eq!(cell("a_city", "newcomers"), "30");
        assert_eq!(cell("a_city", "births"), "");
        close(number("a_city", "unemployment_rate"), 0.04);
        close(number("a_city", "wage_yuan"), 5_930_000.0 / 105.5);
        close(number("a_city", "wage_talent_yuan"), 85_000.0);
        close(number("a_city", "return_industry"), 0.2);
        // See `earnings` for the sums; 60 people of the home live in the area.
        let share = 60_000.0 / 38.0;
        let away = 20.0 * 52_812.0 + 10.0 * 78_240.0;
        let home = 30.0 * 19_560.0 + 36.0 * share + away + 5_000.0 + 0.08 * 10.0 * 47_500.0;
        close(number("b_village", "home_income_yuan"), home / 60.0);
        let residence = 19_560.0 + share + 0.08 * (away + 475_000.0) / 30.0;
        close(number("b_village", "income_yuan"), residence);
        // The county stands at its seat: 60 earners.
        assert_eq!(cell("b_seat", "county_spending_yuan"), "1200");
        close(number("b_seat", "county_spending_per_head_yuan"), 20.0);
        assert_eq!(cell("b_village", "county_spending_yuan"), "");
        close(number("b_village", "trade_wedge"), 1.2);
    }
}
