//! `indicators.csv`: the headline numbers of a year, one row a number.

use std::collections::BTreeSet;

use super::dispersion::{CountyLevels, moments};
use super::inequality::Distribution;
use super::memory::Memory;
use super::totals::{Totals, Whereabouts};
use super::welfare::{self, Frame};
use super::{Snapshot, columns};
use crate::error::Result;
use crate::output::csv::{Cell, TableWriter};
use crate::output::table::TableSpec;
use crate::world::flows::Level;
use crate::world::sector::LOCAL_SERVICES;
use crate::world::state::part;
use crate::world::{Factor, SECTORS, SKILLS, Sector, Skill, Tier, Use};

macro_rules! indicators {
    ($( $id:ident $name:literal $unit:literal $meaning:literal ; )*) => {
        /// What is reported.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Indicator { $( #[doc = $meaning] $id, )* }

        /// Name, unit and meaning of every indicator, in order.
        pub static INDICATORS: &[(&str, &str, &str)] = &[ $( ($name, $unit, $meaning), )* ];
    };
}

indicators! {
    // People
    Residents "residents" "persons" "People living here after the year's moves.";
    Registered "registered" "persons" "People registered here, wherever they live.";
    ShareUrban "share_urban" "share" "Residents who live in cities and county seats.";
    ShareUrbanRegistered "share_urban_registered" "share" "People registered in the area who are registered in cities and county seats.";
    ShareNewcomers "share_newcomers" "share" "Residents registered in another county.";
    TalentPer1000 "talent_per_1000" "per 1000" "Residents with tertiary education per 1000.";
    Births "births" "persons" "Births of the year.";
    Deaths "deaths" "persons" "Deaths of the year.";
    MovedIn "moved_in" "persons" "Moves into these nodes from any other node.";
    MovedOut "moved_out" "persons" "Moves out of these nodes to any other node.";
    VillageLeavers "village_leavers" "persons" "People registered in villages who live elsewhere.";
    NearbyShareStock "nearby_share_stock" "share" "Of village leavers, those who live in the seat of their own county: nearby urbanisation as a stock.";
    NearbyShareFlow "nearby_share_flow" "share" "Of the year's moves out of villages, those to the seat of the same county; empty unless flows are kept by node.";
    SmallestNode "smallest_node" "ratio" "Residents of the node that lost most, relative to the base year.";
    LargestNode "largest_node" "ratio" "Residents of the node that gained most, relative to the base year.";

    // Work
    Employed "employed" "persons" "Residents with a job, before the year's moves.";
    Jobs "jobs" "persons" "Persons at work here wherever they live.";
    UnemploymentRate "unemployment_rate" "share" "Labour force without a job.";
    Participation "participation" "ratio" "Labour force (from 16) over residents of 18 and over.";
    WagePerWorker "wage_per_worker" "yuan" "Wages before tax over persons at work here.";

    // Income
    Income "income" "yuan" "Household income of residents.";
    IncomePerHead "income_per_head" "yuan" "Household income over the residents who earned it (before the year's moves).";
    HomeIncomePerHead "home_income_per_head" "yuan" "Income per head of people registered here, wherever in the area they live.";
    RealIncomePerHead "real_income_per_head" "yuan" "Household income at base-year cost of living over the residents who earned it.";
    IncomeRatioResidence "income_ratio_residence" "ratio" "Income per head in cities and county seats over villages, by where people live.";
    IncomeRatioHome "income_ratio_home" "ratio" "The same by where people are registered; people registered outside the area are left out.";
    Gini "gini" "Gini" "Inequality of household income per head among residents: places, skills, local or newcomer, and human capital; a lower bound.";
    Theil "theil" "Theil T" "The same inequality as Theil's T.";
    TheilBetweenTiers "theil_between_tiers" "Theil T" "Of it, between cities, county seats and villages.";
    TheilWithinTiers "theil_within_tiers" "Theil T" "Of it, within cities, county seats and villages.";
    TheilBetweenPrefectures "theil_between_prefectures" "Theil T" "Of it, between prefectures.";
    TheilWithinPrefectures "theil_within_prefectures" "Theil T" "Of it, within prefectures.";
    RentOverIncome "rent_over_income" "share" "Rents paid over household income.";
    RemittancesOverIncome "remittances_over_income" "share" "Remittances received over household income.";
    LandOverIncome "land_over_income" "share" "Land income over household income.";
    PensionsOverIncome "pensions_over_income" "share" "Pensions over household income.";
    WagesOverIncome "wages_over_income" "share" "Wages over household income, in the definition of the household survey: outside farming, before tax and employees' contributions, without the self-employed.";
    BusinessOverIncome "business_over_income" "share" "Income of the self-employed, farming and its land over household income.";
    PropertyOverIncome "property_over_income" "share" "Dividends and rents over household income.";
    TransfersOverIncome "transfers_over_income" "share" "Pensions, public transfers and remittances received, less remittances sent, wage tax and employees' contributions, over household income.";
    OutsideOverIncome "outside_over_income" "share" "Outside income, the printed residual, over household income; with the four shares above it makes one.";
    IncomeOverOutput "income_over_output" "share" "Household income over output.";
    SdLogIncomeUrban "sd_log_income_urban" "log points" "Standard deviation over counties, each counting one, of the log of income per head in their cities and seats; empty below ten counties.";
    SdLogIncomeRural "sd_log_income_rural" "log points" "The same in their villages.";
    ElasticityIncomeUrban "elasticity_income_urban" "elasticity" "Slope over counties of log income per head in cities and seats on log output per head of the county.";
    ElasticityIncomeRural "elasticity_income_rural" "elasticity" "The same in villages.";
    ElasticityGrowthUrban "elasticity_growth_urban" "elasticity" "Slope over counties of the growth since the base year of income per head in cities and seats on that of output per head of the county; empty in the base year.";
    ElasticityGrowthRural "elasticity_growth_rural" "elasticity" "The same in villages.";
    WelfareGain "welfare_gain" "log points" "Change of expected utility since the base year in log points of income, mean over those who lived in the area in the base year, newcomers from outside included; by tier and prefecture of the home.";
    WelfareGainRegistered "welfare_gain_registered" "log points" "The same of those who were registered in the area, wherever they lived.";
    WelfareGainNation "welfare_gain_nation" "log points" "The same of everybody whom the run follows, people outside included.";

    // Output and capital
    Output "output" "yuan" "Output at prices of the base year: value added of the sectors, and living in homes.";
    OutputNominal "output_nominal" "yuan" "The same at prices of the year.";
    ServicePrice "service_price" "index" "Price of local services, base year 1, weighted by what is made at base-year prices.";
    PriceIndex "price_index" "index" "Cost of living over the base year's, weighted by income at base-year cost of living.";
    OutputPerHead "output_per_head" "yuan" "Output at prices of the base year over residents before the year's moves.";
    OutputPerWorker "output_per_worker" "yuan" "Output at prices of the base year over persons at work here.";
    Consumption "consumption" "yuan" "Household spending.";
    Capital "capital" "yuan" "Value of projects at the end of the year.";
    Saved "saved" "yuan" "What households here saved into pools, project cash and start-ups in the year: deposits, retained profit less losses of what they own, guarantees.";
    Invested "invested" "yuan" "Money paid for new projects here, start-ups included, and project cash filled here less given back or lost.";
    NetSaving "net_saving" "yuan" "Saved less invested: above zero households here lend to other places.";
    NetLending "net_lending" "yuan" "Lent to the rest of the world in the year; below zero borrowed there.";
    CapitalOutputRatio "capital_output_ratio" "ratio" "Capital that produced over value added.";
    ReturnOnCapital "return_on_capital" "per year" "Operating surplus before profit tax over the capital that produced.";
    SdLnReturn "sd_ln_return" "log points" "Standard deviation of ln return over cells of node and sector with capital and a surplus: misallocation of capital.";
    SdLnReturnWeighted "sd_ln_return_weighted" "log points" "The same weighted by capital.";

    // Flows
    NetInflowLabour "net_inflow_labour" "persons" "Workers moving in from other tiers less those moving out.";
    NetInflowTalent "net_inflow_talent" "persons" "The same of talent.";
    NetInflowCapital "net_inflow_capital" "yuan" "Money that founds projects here and was saved in other tiers, less what was saved here and founds projects there.";
    NetInflowProjectCash "net_inflow_project_cash" "yuan" "Profit kept as cash of projects here whose owners live in other tiers, less that of owners here kept there.";
    NetInflowRelocation "net_inflow_relocation" "yuan" "Value and cash of projects that came from other tiers less of those that went there.";
    NetInflowOwnership "net_inflow_ownership" "yuan" "Profit that owners here have from projects in other tiers less that of owners there from projects here.";
    NetInflowFiscal "net_inflow_fiscal" "yuan" "Tax shares and transfers from governments seated in other tiers less those to them.";
    NetInflowConsumption "net_inflow_consumption" "yuan" "Spending here by residents of other tiers less spending there by residents here.";
    NetInflowRemittance "net_inflow_remittance" "yuan" "Remittances from other tiers less those to them.";
    ShareBoughtInCounty "share_bought_in_county" "share" "Residents' spending on services and tourism that stays in their own county.";

    // Public finance and services
    OwnRevenue "own_revenue" "yuan" "Counties' own revenue after the parts of province and prefecture.";
    Transfers "transfers" "yuan" "Transfers that counties receive.";
    LocalSpending "local_spending" "yuan" "Spending of counties and prefectures.";
    SelfSufficiency "self_sufficiency" "ratio" "Counties' own revenue over their spending.";
    SelfSufficiencyProvince "self_sufficiency_province" "ratio" "Revenue of counties, prefectures and province, without the centre's return, over spending of counties and prefectures.";
    RevenueOverOutput "revenue_over_output" "share" "Revenue of counties, prefectures and province over output.";
    SpendingOverOutput "spending_over_output" "share" "Spending of counties and prefectures over output.";
    CvSpendingCounties "cv_spending_counties" "ratio" "Coefficient of variation of what counties and prefectures spend a head, among counties, each counting one.";
    CvSpendingPrefectures "cv_spending_prefectures" "ratio" "The same among prefectures.";
    Debt "debt" "yuan" "What local governments owe.";
    CvServices "cv_services" "ratio" "Coefficient of variation of the service level among residents.";
    CvServicesNodes "cv_services_nodes" "ratio" "The same among nodes, each counting one.";
    Ecology "ecology" "index" "Mean ecological state, by residents.";
    EcologyNodes "ecology_nodes" "index" "Mean ecological state, each node counting one.";

    // Money
    HubBalance "hub_balance" "yuan" "Balance of the rest of the world, which mirrors the money held in the area.";
    HubChange "hub_change" "yuan" "Its change in the year.";
    HubChangeNet "hub_change_net" "yuan" "Its change less what a money stock growing with output would take from it: above zero the area pays, below it receives.";
}

impl Indicator {
    /// The name in tables.
    pub fn name(self) -> &'static str {
        INDICATORS[self as usize].0
    }

    /// The unit of its values.
    pub fn unit(self) -> &'static str {
        INDICATORS[self as usize].1
    }
}

/// One number of a year.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Which number it is.
    pub indicator: Indicator,
    /// What it is of: area, tier, settlement, prefecture, tag, sector, skill.
    pub scope: &'static str,
    /// Which one: a tier's name, a prefecture's code; `all` for the area.
    pub id: String,
    /// The value; NaN where there is none.
    pub value: f64,
}

struct Row<'a> {
    run: &'a str,
    year: i32,
    value: &'a Value,
}

columns! { r: Row;
    Text "run" "" "Which run." = r.run;
    Year "year" "" "The year." = Cell::Year(r.year);
    Text "indicator" "" "What is measured." = r.value.indicator.name();
    Text "scope" "" "Of what: area, tier, settlement (urban or rural), prefecture, tag, sector, skill, origin (locals or newcomers)." = r.value.scope;
    Text "scope_id" "" "Of which one; all for the area." = r.value.id.as_str();
    Number "value" "" "The value in the unit of the row; empty where the question has no answer." = r.value.value;
    Text "unit" "" "Unit of the value; money in yuan of the base year." = r.value.indicator.unit();
}

/// The table.
pub static SPEC: TableSpec = TableSpec {
    name: "indicators",
    title: "Headline numbers",
    description: "One row a number, year and scope. Ratios are ratios of sums. Income and output are divided by \
                  the residents who earned them, before the year's moves; counts of residents are after them. \
                  Income by residence and by home can move in opposite directions: read both.",
    columns: COLUMNS,
    key: &["run", "year", "indicator", "scope", "scope_id"],
};

/// Writes the indicators of a year.
pub fn write(snapshot: &Snapshot, memory: &Memory, table: &mut TableWriter) -> Result<()> {
    for value in &values(snapshot, memory) {
        write_row(&Row { run: snapshot.run, year: snapshot.world.year, value }, table)?;
    }
    Ok(())
}

/// All indicators of a year, in the order of the table.
pub fn values(snapshot: &Snapshot, memory: &Memory) -> Vec<Value> {
    let mut out = List(Vec::new());
    let groups = groups(snapshot);
    for (scope, id, nodes) in &groups {
        of_group(&mut out, snapshot, scope, id, nodes);
    }
    let area = Totals::of(snapshot, 0..snapshot.world.geography.area_nodes());
    village_leavers(&mut out, snapshot);
    sizes(&mut out, snapshot, memory);
    of_sectors_and_skills(&mut out, &area);
    inequality(&mut out, snapshot);
    dispersion(&mut out, snapshot, memory);
    welfare_gains(&mut out, snapshot);
    returns(&mut out, snapshot);
    net_inflows(&mut out, snapshot);
    public_finance(&mut out, snapshot, &area);
    levels(&mut out, snapshot);
    money(&mut out, snapshot, memory, &area);
    out.0
}

struct List(Vec<Value>);

impl List {
    fn add(&mut self, indicator: Indicator, scope: &'static str, id: &str, value: f64) {
        self.0.push(Value { indicator, scope, id: id.to_string(), value });
    }

    fn area(&mut self, indicator: Indicator, value: f64) {
        self.add(indicator, "area", "all", value);
    }
}

/// Sets of nodes that are reported: the area, tiers, urban and rural, prefectures, tags.
fn groups(snapshot: &Snapshot) -> Vec<(&'static str, String, Vec<usize>)> {
    let geography = &snapshot.world.geography;
    let area: Vec<usize> = (0..geography.area_nodes()).collect();
    let pick = |keep: &dyn Fn(usize) -> bool| area.iter().copied().filter(|&j| keep(j)).collect::<Vec<_>>();
    let tier = |j: usize| geography.nodes[j].tier;
    let mut groups = vec![("area", "all".to_string(), area.clone())];
    for t in [Tier::City, Tier::CountySeat, Tier::Village] {
        groups.push(("tier", t.name().to_string(), pick(&|j| tier(j) == t)));
    }
    groups.push(("settlement", "urban".to_string(), pick(&|j| tier(j) != Tier::Village)));
    groups.push(("settlement", "rural".to_string(), pick(&|j| tier(j) == Tier::Village)));
    for p in &geography.prefectures {
        groups.push(("prefecture", p.code.clone(), p.nodes.clone().collect()));
    }
    let tags: BTreeSet<&String> =
        area.iter().flat_map(|&j| &geography.nodes[j].tags).filter(|t| !t.is_empty()).collect();
    for tag in tags {
        groups.push(("tag", tag.clone(), pick(&|j| geography.nodes[j].tags.contains(tag))));
    }
    groups
}

const YUAN: f64 = 0.01;

fn of_group(out: &mut List, snapshot: &Snapshot, scope: &'static str, id: &str, nodes: &[usize]) {
    use Indicator::*;
    let t = Totals::of(snapshot, nodes.iter().copied());
    let village = |j: usize| snapshot.world.geography.nodes[j].tier == Tier::Village;
    let all = |x: &[f64]| x.iter().sum::<f64>();
    let people = t.people();
    // Nobody is born, dies or moves in the base year as far as is known.
    let tallied = |count: f64| if snapshot.tally.is_some() { count } else { f64::NAN };
    for (indicator, value) in [
        (Residents, people),
        (Registered, t.registered),
        (ShareNewcomers, t.newcomers / people),
        (TalentPer1000, 1000.0 * t.residents[1] / people),
        (Births, tallied(t.births)),
        (Deaths, tallied(t.deaths)),
        (MovedIn, tallied(t.moved_in)),
        (MovedOut, tallied(t.moved_out)),
        (Employed, t.employed[0] + t.employed[1]),
        (Jobs, t.jobs_of_all()),
        (UnemploymentRate, t.unemployment()),
        (Participation, (t.labour_force[0] + t.labour_force[1]) / t.adults),
        (WagePerWorker, t.wage_per_worker() * YUAN),
        (Income, t.income * YUAN),
        (IncomePerHead, t.income_per_head() * YUAN),
        (HomeIncomePerHead, t.home_income_per_head() * YUAN),
        (RentOverIncome, snapshot.rules.p.housing_spending_share * t.consumption / t.income),
        (RemittancesOverIncome, t.income_parts[part::REMITTANCES] / t.income),
        (LandOverIncome, t.income_parts[part::LAND] / t.income),
        (PensionsOverIncome, t.income_parts[part::PENSIONS] / t.income),
        (WagesOverIncome, t.income_by_source[0] / t.income),
        (BusinessOverIncome, t.income_by_source[1] / t.income),
        (PropertyOverIncome, t.income_by_source[2] / t.income),
        (TransfersOverIncome, t.income_by_source[3] / t.income),
        (OutsideOverIncome, t.income_by_source[4] / t.income),
        (IncomeOverOutput, t.income / t.nominal_output()),
        (RealIncomePerHead, t.real_income_per_head() * YUAN),
        (Output, t.output_of_all() * YUAN),
        (OutputNominal, t.nominal_output() * YUAN),
        (ServicePrice, t.local_revenue / t.output[LOCAL_SERVICES]),
        (PriceIndex, t.income / t.real_income),
        (OutputPerHead, t.output_per_head() * YUAN),
        (OutputPerWorker, t.output_per_worker() * YUAN),
        (Consumption, t.consumption * YUAN),
        (Capital, all(&t.capital) * YUAN),
        (Saved, t.saved * YUAN),
        (Invested, t.invested * YUAN),
        (NetSaving, (t.saved - t.invested) * YUAN),
        (CapitalOutputRatio, all(&t.capital_used) / t.output_of_all()),
        (ReturnOnCapital, all(&t.surplus) / all(&t.capital_used)),
        (ShareBoughtInCounty, t.bought_in_county / t.bought),
        (Ecology, t.ecology / people),
    ] {
        out.add(indicator, scope, id, value);
    }
    if matches!(scope, "area" | "prefecture" | "tag") {
        let urban = Totals::of(snapshot, nodes.iter().copied().filter(|&j| !village(j)));
        let rural = Totals::of(snapshot, nodes.iter().copied().filter(|&j| village(j)));
        out.add(ShareUrban, scope, id, urban.people() / people);
        out.add(ShareUrbanRegistered, scope, id, urban.registered / t.registered);
        out.add(IncomeRatioResidence, scope, id, urban.income_per_head() / rural.income_per_head());
        out.add(IncomeRatioHome, scope, id, urban.home_income_per_head() / rural.home_income_per_head());
    }
}

/// Moments over the counties of the area and of every tag.
fn dispersion(out: &mut List, snapshot: &Snapshot, memory: &Memory) {
    use Indicator::*;
    let geography = &snapshot.world.geography;
    let all = CountyLevels::of(snapshot);
    for (scope, id, nodes) in groups(snapshot).iter().filter(|(scope, ..)| matches!(*scope, "area" | "tag")) {
        let in_group = |c: &usize| nodes.binary_search(&geography.counties[*c].seat).is_ok();
        let members: Vec<usize> = (0..all.len()).filter(in_group).collect();
        let of = |levels: &[CountyLevels]| -> Vec<CountyLevels> {
            members.iter().filter_map(|&c| levels.get(c).copied()).collect()
        };
        let (now, base) = (of(&all), of(&memory.base_counties));
        let [urban, rural] = [0, 1].map(|tier| moments(&now, &base, tier));
        for (indicator, value) in [
            (SdLogIncomeUrban, urban.sd_log_income),
            (SdLogIncomeRural, rural.sd_log_income),
            (ElasticityIncomeUrban, urban.elasticity_income),
            (ElasticityIncomeRural, rural.elasticity_income),
            (ElasticityGrowthUrban, urban.elasticity_growth),
            (ElasticityGrowthRural, rural.elasticity_growth),
        ] {
            out.add(indicator, scope, id, value);
        }
    }
}

fn village_leavers(out: &mut List, snapshot: &Snapshot) {
    let geography = &snapshot.world.geography;
    let (mut left, mut nearby) = (0, 0);
    for village in geography.counties.iter().filter_map(|c| c.village) {
        let lives = Whereabouts::of(snapshot.world, village);
        left += lives.left();
        nearby += lives.other_node_of_county;
    }
    out.area(Indicator::VillageLeavers, left as f64);
    out.area(Indicator::NearbyShareStock, nearby as f64 / left as f64);
    let mut flow = f64::NAN;
    if snapshot.flows.level() == Level::Node {
        let (mut left, mut nearby) = (0, 0);
        for (factor, from, to, amount) in snapshot.flows.between_units() {
            if factor.is_persons() && geography.nodes[from].tier == Tier::Village {
                left += amount;
                nearby += if geography.seat_of(from) == to { amount } else { 0 };
            }
        }
        flow = nearby as f64 / left as f64;
    }
    out.area(Indicator::NearbyShareFlow, flow);
}

fn sizes(out: &mut List, snapshot: &Snapshot, memory: &Memory) {
    let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
    for j in 0..snapshot.world.geography.area_nodes() {
        let now = snapshot.world.residents(j);
        let base = memory.base_residents.get(j).copied().unwrap_or(now);
        if base > 0 {
            least = least.min(now as f64 / base as f64);
            most = most.max(now as f64 / base as f64);
        }
    }
    out.area(Indicator::SmallestNode, least);
    out.area(Indicator::LargestNode, most);
}

fn of_sectors_and_skills(out: &mut List, area: &Totals) {
    use Indicator::*;
    for (s, sector) in Sector::ALL.into_iter().enumerate() {
        let jobs = area.jobs[s][0] + area.jobs[s][1];
        for (indicator, value) in [
            (Jobs, jobs),
            (WagePerWorker, (area.wages[s][0] + area.wages[s][1]) / jobs * YUAN),
            (Output, area.output[s] * YUAN),
            (OutputPerWorker, area.output[s] / jobs * YUAN),
            (Capital, area.capital[s] * YUAN),
            (CapitalOutputRatio, area.capital_used[s] / area.output[s]),
            (ReturnOnCapital, area.surplus[s] / area.capital_used[s]),
        ] {
            out.add(indicator, "sector", sector.name(), value);
        }
    }
    for (k, skill) in Skill::ALL.into_iter().enumerate() {
        let jobs: f64 = (0..SECTORS).map(|s| area.jobs[s][k]).sum();
        let wages: f64 = (0..SECTORS).map(|s| area.wages[s][k]).sum();
        for (indicator, value) in [
            (Residents, area.residents[k]),
            (Employed, area.employed[k]),
            (UnemploymentRate, 1.0 - area.employed[k] / area.labour_force[k]),
            (WagePerWorker, wages / jobs * YUAN),
        ] {
            out.add(indicator, "skill", skill.name(), value);
        }
    }
}

fn inequality(out: &mut List, snapshot: &Snapshot) {
    let nodes = &snapshot.world.geography.nodes;
    let persons = Distribution::of(snapshot.earnings, snapshot.rules.p.human_capital_gini);
    let tiers = persons.theil(|j| nodes[j].tier as usize);
    let prefectures = persons.theil(|j| nodes[j].prefecture);
    out.area(Indicator::Gini, persons.gini());
    out.area(Indicator::Theil, tiers.total);
    out.area(Indicator::TheilBetweenTiers, tiers.between);
    out.area(Indicator::TheilWithinTiers, tiers.within);
    out.area(Indicator::TheilBetweenPrefectures, prefectures.between);
    out.area(Indicator::TheilWithinPrefectures, prefectures.within);
}

/// Means over homes, by people of the base year.
fn welfare_gains(out: &mut List, snapshot: &Snapshot) {
    let Some((law, now)) = snapshot.choice else { return };
    let world = snapshot.world;
    let gains = welfare::gains(law, world, snapshot.rules, now);
    let homes = || 0..world.geography.len();
    let of = |frame: Frame, keep: &dyn Fn(usize) -> bool, skills: std::ops::Range<usize>| {
        gains.mean(world, frame, homes().filter(|&h| keep(h)), skills)
    };
    out.area(Indicator::WelfareGain, of(Frame::Residents, &|_| true, 0..SKILLS));
    out.area(Indicator::WelfareGainRegistered, of(Frame::Registered, &|_| true, 0..SKILLS));
    out.area(Indicator::WelfareGainNation, of(Frame::Nation, &|_| true, 0..SKILLS));
    for (k, skill) in Skill::ALL.into_iter().enumerate() {
        let value = of(Frame::Residents, &|_| true, k..k + 1);
        out.add(Indicator::WelfareGain, "skill", skill.name(), value);
    }
    for (id, frame) in [("locals", Frame::Locals), ("newcomers", Frame::Newcomers)] {
        out.add(Indicator::WelfareGain, "origin", id, of(frame, &|_| true, 0..SKILLS));
    }
    for tier in Tier::ALL {
        let value = of(Frame::Residents, &|h| world.geography.nodes[h].tier == tier, 0..SKILLS);
        out.add(Indicator::WelfareGain, "tier", tier.name(), value);
    }
    for (p, prefecture) in world.geography.prefectures.iter().enumerate() {
        let value = of(Frame::Residents, &|h| world.geography.nodes[h].prefecture == p, 0..SKILLS);
        out.add(Indicator::WelfareGain, "prefecture", &prefecture.code, value);
    }
}

/// Dispersion of ln return over cells.
fn returns(out: &mut List, snapshot: &Snapshot) {
    let mut cells: Vec<(f64, f64)> = Vec::new();
    for (j, earned) in snapshot.earnings.nodes.iter().enumerate() {
        for s in 0..SECTORS {
            let (surplus, capital) = (snapshot.world.nodes[j].surplus[s], earned.capital[s]);
            if surplus > 0 && capital > 0 {
                cells.push((libm::log(surplus as f64 / capital as f64), capital as f64));
            }
        }
    }
    let deviation = |weight: &dyn Fn(f64) -> f64| {
        let all: f64 = cells.iter().map(|c| weight(c.1)).sum();
        let mean = cells.iter().map(|c| weight(c.1) * c.0).sum::<f64>() / all;
        libm::sqrt(cells.iter().map(|c| weight(c.1) * (c.0 - mean) * (c.0 - mean)).sum::<f64>() / all)
    };
    out.area(Indicator::SdLnReturn, deviation(&|_| 1.0));
    out.area(Indicator::SdLnReturnWeighted, deviation(&|capital| capital));
}

fn net_inflows(out: &mut List, snapshot: &Snapshot) {
    use Indicator::*;
    let indicator = [
        NetInflowLabour,
        NetInflowTalent,
        NetInflowCapital,
        NetInflowProjectCash,
        NetInflowRelocation,
        NetInflowOwnership,
        NetInflowFiscal,
        NetInflowConsumption,
        NetInflowRemittance,
    ];
    for (factor, indicator) in Factor::ALL.into_iter().zip(indicator) {
        let unit = if factor.is_persons() { 1.0 } else { YUAN };
        for tier in Tier::ALL {
            let net = snapshot.flows.net_inflow(factor, tier) as f64;
            out.add(indicator, "tier", tier.name(), net * unit);
        }
    }
}

fn public_finance(out: &mut List, snapshot: &Snapshot, area: &Totals) {
    use Indicator::*;
    let world = snapshot.world;
    let sum = |f: &dyn Fn(&crate::world::CountyFinance) -> i64| {
        world.counties.iter().map(|c| f(c) as f64).sum::<f64>()
    };
    let own = sum(&|c| c.own_revenue);
    let taken = sum(&|c| c.province_take + c.prefecture_take);
    let spending = sum(&|c| c.spending + c.social);
    let prefectures: f64 = world
        .accounts
        .payments()
        .filter(|p| {
            p.0 == "prefecture_governments" && matches!(p.2, "government_purchases" | "infrastructure")
        })
        .map(|p| p.3.fen())
        .sum();
    let debt: f64 = world.accounts.debt.iter().map(|d| d.fen()).sum();
    let output = area.nominal_output();
    for (indicator, value) in [
        (OwnRevenue, own * YUAN),
        (Transfers, sum(&|c| c.transfers) * YUAN),
        (LocalSpending, (spending + prefectures) * YUAN),
        (SelfSufficiency, own / spending),
        (SelfSufficiencyProvince, (own + taken) / (spending + prefectures)),
        (RevenueOverOutput, (own + taken) / output),
        (SpendingOverOutput, (spending + prefectures) / output),
        (
            CvSpendingCounties,
            spread(world.geography.counties.iter().map(|c| spending_per_head(snapshot, c.nodes()))),
        ),
        (
            CvSpendingPrefectures,
            spread(world.geography.prefectures.iter().map(|p| spending_per_head(snapshot, p.nodes.clone()))),
        ),
        (Debt, debt * YUAN),
    ] {
        out.area(indicator, value);
    }
}

/// What county and prefecture spend at some nodes a head, fen.
pub fn spending_per_head(snapshot: &Snapshot, nodes: impl Iterator<Item = usize>) -> f64 {
    let (spent, people) = nodes.fold((0.0, 0.0), |(spent, people), j| {
        (spent + snapshot.world.nodes[j].spent_public as f64, people + snapshot.earnings.nodes[j].residents)
    });
    spent / people
}

/// Coefficient of variation of units that each count one; those without people are left out.
fn spread(values: impl Iterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.filter(|x| x.is_finite()).collect();
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    libm::sqrt(values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n) / mean
}

fn levels(out: &mut List, snapshot: &Snapshot) {
    let world = snapshot.world;
    let area = 0..world.geography.area_nodes();
    let level = |j: usize| world.nodes[j].service_level;
    let people = |j: usize| snapshot.earnings.nodes[j].residents;
    let variation = |weight: &dyn Fn(usize) -> f64| {
        let all: f64 = area.clone().map(weight).sum();
        let mean = area.clone().map(|j| weight(j) * level(j)).sum::<f64>() / all;
        let square = |j: usize| (level(j) - mean) * (level(j) - mean);
        libm::sqrt(area.clone().map(|j| weight(j) * square(j)).sum::<f64>() / all) / mean
    };
    out.area(Indicator::CvServices, variation(&people));
    out.area(Indicator::CvServicesNodes, variation(&|_| 1.0));
    let ecology: f64 = area.clone().map(|j| world.nodes[j].ecology).sum();
    out.area(Indicator::EcologyNodes, ecology / area.len() as f64);
}

/// The hub's balance mirrors the money held in the area (identity I5), so its change is what it received
/// less what it paid. Of a fall, the part `g x money` only lets the money stock keep pace with output.
fn money(out: &mut List, snapshot: &Snapshot, memory: &Memory, area: &Totals) {
    let accounts = &snapshot.world.accounts;
    let change: f64 = accounts
        .payments()
        .map(|(payer, receiver, _, amount)| {
            (f64::from(u8::from(receiver == "hub")) - f64::from(u8::from(payer == "hub"))) * amount.fen()
        })
        .sum();
    let hub = accounts.hub.fen();
    let before = accounts.total() as f64 - hub + change;
    let growth = memory.last_output.map_or(f64::NAN, |y| area.output_of_all() / y as f64 - 1.0);
    out.area(Indicator::NetLending, accounts.paid_for(Use::NetLending).fen() * YUAN);
    out.area(Indicator::HubBalance, hub * YUAN);
    out.area(Indicator::HubChange, change * YUAN);
    out.area(Indicator::HubChangeNet, (change + growth * before) * YUAN);
}

#[cfg(test)]
mod tests {
    use super::super::tiny::Tiny;
    use super::*;

    fn all(tiny: &Tiny, memory: &Memory) -> Vec<Value> {
        let rules = tiny.rules();
        values(&tiny.snapshot(&rules), memory)
    }

    fn find(values: &[Value], indicator: Indicator, scope: &str, id: &str) -> f64 {
        let mut found = values.iter().filter(|v| v.indicator == indicator && v.scope == scope && v.id == id);
        let value = found.next().unwrap_or_else(|| panic!("no {indicator:?} of {scope} {id}")).value;
        assert!(found.next().is_none(), "{indicator:?} of {scope} {id} occurs twice");
        value
    }

    fn close(found: f64, expected: f64) {
        assert!((found / expected - 1.0).abs() < 1e-6, "{found} is not {expected}");
    }

    #[test]
    fn the_two_income_ratios_count_migrants_where_they_live_or_where_they_belong() {
        let tiny = Tiny::new();
        let v = all(&tiny, &Memory::default());
        let node = |j: usize| tiny.world.nodes[j].income as f64 / 100.0;
        let home = |h: usize| tiny.earnings.homes[h].total() / 100.0;
        // Nodes 0 to 3 have 100, 60, 30 and 30 people; homes 50, 80, 20 and 60 in the area.
        let residence = ((node(0) + node(2)) / 130.0) / ((node(1) + node(3)) / 90.0);
        let by_home = ((home(0) + home(2)) / 70.0) / ((home(1) + home(3)) / 140.0);
        close(find(&v, Indicator::IncomeRatioResidence, "area", "all"), residence);
        close(find(&v, Indicator::IncomeRatioHome, "area", "all"), by_home);
        assert!(by_home < residence, "migrants send villages up by home: {by_home}, {residence}");
        close(find(&v, Indicator::IncomePerHead, "settlement", "rural"), (node(1) + node(3)) / 90.0);
        close(find(&v, Indicator::HomeIncomePerHead, "tag", "mountain"), (home(2) + home(3)) / 80.0);
    }

    #[test]
    fn people_work_and_moves_are_counted_by_tier() {
        let tiny = Tiny::new();
        let v = all(&tiny, &Memory::default());
        close(find(&v, Indicator::Residents, "area", "all"), 220.0);
        close(find(&v, Indicator::Registered, "area", "all"), 220.0);
        close(find(&v, Indicator::ShareUrban, "area", "all"), 130.0 / 220.0);
        close(find(&v, Indicator::ShareUrbanRegistered, "area", "all"), 70.0 / 220.0);
        close(find(&v, Indicator::TalentPer1000, "tier", "city"), 200.0);
        close(find(&v, Indicator::UnemploymentRate, "area", "all"), 4.5 / 210.0);
        close(find(&v, Indicator::UnemploymentRate, "skill", "workers"), 4.5 / 190.0);
        // Village leavers: 20 from A in their own city, 30 from B in the area and 10 outside.
        close(find(&v, Indicator::VillageLeavers, "area", "all"), 60.0);
        close(find(&v, Indicator::NearbyShareStock, "area", "all"), 20.0 / 60.0);
        close(find(&v, Indicator::NearbyShareFlow, "area", "all"), 30.0 / 40.0);
        close(find(&v, Indicator::NetInflowLabour, "tier", "city"), 35.0);
        close(find(&v, Indicator::NetInflowLabour, "tier", "village"), -35.0);
        close(find(&v, Indicator::SmallestNode, "area", "all"), 1.0);
        // Half the residents of node 1 before: it doubled.
        let memory = Memory { base_residents: vec![100, 30, 30, 40], ..Default::default() };
        let v = all(&tiny, &memory);
        close(find(&v, Indicator::SmallestNode, "area", "all"), 0.75);
        close(find(&v, Indicator::LargestNode, "area", "all"), 2.0);
    }

    #[test]
    fn output_returns_and_money_follow_their_definitions() {
        let mut tiny = Tiny::new();
        tiny.world.nodes[3].surplus[0] = 100 * 6_000;
        tiny.world.nodes[3].output[0] += 100 * 6_000;
        tiny.earnings.nodes[3].capital[0] = 100 * 15_000;
        tiny.world.counties[0].own_revenue = 100 * 700;
        tiny.world.counties[0].spending = 100 * 1_000;
        tiny.world.counties[1].province_take = 100 * 50;
        let output: i64 = tiny.world.nodes[..4].iter().map(super::super::totals::output).sum();
        let memory = Memory { last_output: Some(output / 2), ..Default::default() };
        let v = all(&tiny, &memory);
        // Wages 5,930,000 + 800,000 + 900,000 + 600,000, land 160,000, surplus 506,000.
        close(find(&v, Indicator::Output, "area", "all"), 8_896_000.0);
        close(find(&v, Indicator::OutputPerHead, "tier", "county_seat"), 900_000.0 / 30.0);
        close(find(&v, Indicator::Output, "sector", "agriculture"), 1_400_000.0 + 160_000.0 + 6_000.0);
        // Returns .2 and .4: ln ratio ln 2, so the deviation is half of it.
        close(find(&v, Indicator::SdLnReturn, "area", "all"), 0.5 * libm::log(2.0));
        let w: f64 = 15_000.0 / 2_515_000.0;
        close(
            find(&v, Indicator::SdLnReturnWeighted, "area", "all"),
            libm::sqrt(w * (1.0 - w)) * libm::log(2.0),
        );
        close(find(&v, Indicator::SelfSufficiency, "area", "all"), 0.7);
        close(find(&v, Indicator::SelfSufficiencyProvince, "area", "all"), 0.75);
        // All accounts began empty, so the hub's balance is its change, and there was no stock to grow.
        let hub = tiny.world.accounts.hub.yuan();
        close(find(&v, Indicator::HubBalance, "area", "all"), hub);
        close(find(&v, Indicator::HubChange, "area", "all"), hub);
        assert!((find(&v, Indicator::HubChangeNet, "area", "all") - hub).abs() < 1e-6);
        // Equal service levels do not vary.
        assert!(find(&v, Indicator::CvServices, "area", "all").abs() < 1e-12);
    }

    #[test]
    fn no_number_is_reported_twice_and_every_indicator_has_a_unit() {
        let tiny = Tiny::new();
        let rules = tiny.rules();
        let law = tiny.law();
        let now = law.base.clone();
        let snapshot = Snapshot { choice: Some((&law, &now)), ..tiny.snapshot(&rules) };
        let v = values(&snapshot, &Memory::default());
        let keys: BTreeSet<_> = v.iter().map(|v| (v.indicator, v.scope, &v.id)).collect();
        assert_eq!(keys.len(), v.len());
        let reported: BTreeSet<&str> = v.iter().map(|v| v.indicator.name()).collect();
        for (name, unit, meaning) in INDICATORS {
            assert!(reported.contains(name), "{name} is never reported");
            assert!(!unit.is_empty() && meaning.ends_with('.'), "{name}");
        }
        assert!(find(&v, Indicator::WelfareGain, "skill", "talent").abs() < 1e-12);
        let between = find(&v, Indicator::TheilBetweenTiers, "area", "all");
        let within = find(&v, Indicator::TheilWithinTiers, "area", "all");
        close(between + within, find(&v, Indicator::Theil, "area", "all"));
    }
}
