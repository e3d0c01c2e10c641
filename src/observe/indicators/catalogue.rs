//! Which indicators there are: name, unit and meaning of each, once for all tables, comparisons and pages.

macro_rules! indicators {
    ($( $id:ident $name:literal $unit:literal $meaning:literal ; )*) => {
        /// What is reported.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum Indicator { $( #[doc = $meaning] $id, )* }

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
    NetMigration "net_migration" "persons" "Moves into these nodes less moves out of them.";
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
    WelfareGain "welfare_gain" "log points" "Change of expected utility since the base year in log points of income, mean over those who lived in the area in the base year, newcomers from outside included; by tier, prefecture and tag of the home.";
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
    OwnRevenue "own_revenue" "yuan" "Own revenue of the counties whose seat is among these nodes, after the parts of province and prefecture.";
    Transfers "transfers" "yuan" "Transfers that these counties receive.";
    LocalSpending "local_spending" "yuan" "Spending of counties and prefectures.";
    SelfSufficiency "self_sufficiency" "ratio" "Counties' own revenue over their spending.";
    SelfSufficiencyProvince "self_sufficiency_province" "ratio" "Revenue of counties, prefectures and province, without the centre's return, over spending of counties and prefectures.";
    RevenueOverOutput "revenue_over_output" "share" "Revenue of counties, prefectures and province over output.";
    SpendingOverOutput "spending_over_output" "share" "Spending of counties and prefectures over output.";
    CvSpendingCounties "cv_spending_counties" "ratio" "Coefficient of variation of what counties and prefectures spend a head, among counties, each counting one.";
    CvSpendingPrefectures "cv_spending_prefectures" "ratio" "The same among prefectures.";
    Debt "debt" "yuan" "What local governments owe.";
    ServiceLevel "service_level" "index" "Effective services, mean over residents.";
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
    pub(crate) fn name(self) -> &'static str {
        INDICATORS[self as usize].0
    }

    /// The unit of its values.
    pub(crate) fn unit(self) -> &'static str {
        INDICATORS[self as usize].1
    }
}
