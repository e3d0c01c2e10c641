//! Every parameter of the model: one row says its key, symbol, default, range, unit, meaning, source
//! and how far to trust it. The struct, its JSON schema and the printed table come from these rows.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How far a number can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// Read in the paper's own abstract or page, or in the data release.
    Read,
    /// From a summary of the paper or code after it; check the paper before quoting it in print.
    SecondHand,
    /// From memory; check before quoting.
    Recalled,
    /// Computed from a formula that is given.
    Computed,
    /// A design default without a source; to be calibrated.
    Assumed,
}

impl Trust {
    /// The word used in tables.
    pub fn word(self) -> &'static str {
        match self {
            Trust::Read => "read",
            Trust::SecondHand => "second-hand",
            Trust::Recalled => "recalled",
            Trust::Computed => "computed",
            Trust::Assumed => "assumed",
        }
    }
}

/// One row of the parameter table.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Parameter {
    pub key: &'static str,
    pub symbol: &'static str,
    pub default: f64,
    pub least: f64,
    pub greatest: f64,
    pub unit: &'static str,
    pub meaning: &'static str,
    pub source: &'static str,
    pub trust: Trust,
}

macro_rules! parameters {
    ($( $key:ident $symbol:literal = $default:literal in $least:literal .. $greatest:literal $unit:literal
        $meaning:literal [ $source:literal $trust:ident ] ; )*) => {
        /// The values of all parameters in a run; what a scenario does not set keeps its default.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(default, deny_unknown_fields)]
        pub struct Parameters {
            $( #[doc = $meaning]
               #[schemars(range(min = $least, max = $greatest))]
               pub $key: f64, )*
        }

        impl Default for Parameters {
            fn default() -> Self {
                Parameters { $( $key: $default, )* }
            }
        }

        impl Parameters {
            /// The value under a key, if there is such a parameter.
            pub fn get(&self, key: &str) -> Option<f64> {
                match key { $( stringify!($key) => Some(self.$key), )* _ => None }
            }

            /// Sets the value under a key; false if there is no such parameter.
            pub fn set(&mut self, key: &str, value: f64) -> bool {
                match key { $( stringify!($key) => { self.$key = value; true } )* _ => false }
            }
        }

        /// The parameter table, in the order of the model page.
        pub static PARAMETERS: &[Parameter] = &[ $( Parameter {
            key: stringify!($key), symbol: $symbol, default: $default, least: $least, greatest: $greatest,
            unit: $unit, meaning: $meaning, source: $source, trust: Trust::$trust,
        }, )* ];
    };
}

parameters! {
    // People and places
    kappa_workers "kappa" = 1.5 in 0.0..1000.0 "elasticity" "Income elasticity of location choice of workers, between nests." ["Tombe and Zhu 2019: 1.5 by instrumental variables; 1.462 in Zhou and Gong 2024" SecondHand];
    kappa_talent "kappa" = 2.0 in 0.0..1000.0 "elasticity" "Income elasticity of location choice of talent, between nests." ["none" Assumed];
    lambda_nest "lambda" = 0.7 in 0.05..1.0 "ratio" "Nest parameter of location choice: inside a nest the elasticity is kappa/lambda; 1 is the plain logit." ["none" Assumed];
    psi_18_34 "psi" = 0.20 in 0.0..1.0 "per year" "Probability a year that a person of 18 to 34 reviews where to live; sets speed, not the long run." ["none" Assumed];
    psi_35_54 "psi" = 0.12 in 0.0..1.0 "per year" "The same at 35 to 54; children move at this rate too, since no parents are on record." ["none" Assumed];
    psi_55 "psi" = 0.04 in 0.0..1.0 "per year" "The same at 55 and over." ["none" Assumed];
    access_workers "a_k" = 0.2 in 0.001..1.0 "share" "Access of workers without local registration to services outside their home county." ["set so that 1 - a^th_S is 14.9 % of the wage, near Wu and You's fiscal wedge of 15 %" Computed];
    access_talent "a_k" = 0.5 in 0.001..1.0 "share" "Access of talent without local registration to services outside the home county." ["none" Assumed];
    gam_n "gam_N" = 0.0 in 0.0..2.0 "log points" "Pull of people of the same home who live there already (network); off, because inverted place terms hold today's networks." ["none" Assumed];
    moving_cost_once "m" = 0.0 in 0.0..20.0 "log odds" "One-off cost of any move: the weight of the present place is multiplied by e^m in a review." ["none; off" Assumed];
    most_at_work "most" = 0.97 in 0.5..1.0 "share" "Greatest share of an age group at work." ["none" Assumed];
    network_m0 "M_0" = 1000.0 in 1.0e-12..1.0e9 "persons" "Scale of the network term ln(1 + M/M_0)." ["none" Assumed];
    th_s "th_S" = 0.10 in 0.0..1.0 "elasticity" "Weight of services in utility." ["Zhou and Gong 2024" SecondHand];
    chi_s "chi_S" = 1.0 in 0.0..2.0 "elasticity" "Congestion of services: S_eff = S/N^chi_S." ["Zhou and Gong 2024" SecondHand];
    th_e "th_E" = 0.05 in 0.0..1.0 "elasticity" "Weight of the environment in utility." ["none" Assumed];
    c_cong "c_cong" = 0.0 in 0.0..5.0 "log points" "Loss of utility from crowding, times (N/N_bar)^phi." ["none" Assumed];
    congestion_exponent "phi" = 1.0 in 0.0..5.0 "elasticity" "Exponent of crowding." ["none" Assumed];
    congestion_density "N_bar" = 3000.0 in 1.0..1.0e6 "persons per km2" "Density that counts as crowded: N_bar is this density times the node's area." ["none" Assumed];
    gamma_d "gamma_d" = 0.7 in 0.0..5.0 "log points" "Loss of utility per log kilometre of distance from home." ["none" Assumed];
    prefecture_border "border" = 1.0 in -10.0..10.0 "log odds" "Advantage of places in the own prefecture over others at the same distance, in log odds." ["the backtest law: e^1 inside a prefecture" Assumed];
    local_distance_km "d_0" = 10.0 in 0.1..1000.0 "km" "Shortest distance between two counties that counts: keeps merged or enclosed units finite." ["none" Assumed];
    outside_factor "pool" = 2.0 in 1.0..100.0 "ratio" "Population registered outside that the run follows, as a multiple of the part that lives in the area." ["none" Assumed];
    outside_population "rest" = 1.41e9 in 1.0..1.0e11 "persons" "Population of the whole country, for the true share of outsiders who live in the area." ["7th census: 1.41 billion" Read];
    s_rem "s_rem" = 0.15 in 0.0..1.0 "share" "Share of the net wage that people away from the home county send home." ["none; .05 to .3 in surveys" Assumed];
    lambda_land "lambda_land" = 0.2 in 0.0..1.0 "share" "Share of the land entitlement kept while living outside the home county." ["Tombe and Zhu 2019: forfeited; .2 for informal leasing" Assumed];
    conversion_workers "h_conv" = 0.01 in 0.0..1.0 "per year" "Hazard that a worker living outside the home county converts registration to the place; only with conversion on." ["e^.15 in ten years of the people away" Computed];
    conversion_talent "h_conv" = 0.03 in 0.0..1.0 "per year" "The same for talent." ["none" Assumed];
    g_exp "g_exp" = 0.02 in 0.0..0.2 "log points per year" "Growth of human capital per year lived away in a city or seat." ["none" Assumed];
    g_exp_cap "cap" = 0.3 in 0.0..0.3 "log points" "Greatest gain from experience." ["none" Assumed];
    g_tr "g_tr" = 0.05 in 0.0..0.5 "log points" "Gain of human capital from one training." ["quasi-experimental estimates, selection likely" Read];
    human_capital_gini "G_h" = 0.30 in 0.0..0.6 "Gini" "Inequality of human capital inside a cell of place, skill and sector (log-normal)." ["none" Assumed];
    tertiary_probability "e_0" = 0.50 in 0.0..1.0 "probability" "Probability to become talent at 18, at mean services of the home node." ["gross tertiary enrolment 54.4 % in 2020" Recalled];
    tertiary_elasticity "e_1" = 0.10 in 0.0..2.0 "elasticity" "Elasticity of that probability in services of the home node." ["none" Assumed];
    fertility_scale "f" = 1.0 in 0.0..10.0 "ratio" "Multiplies births per person of every age group." ["7th census: total fertility 1.3" Recalled];
    mortality_scale "m" = 1.0 in 0.0..10.0 "ratio" "Multiplies deaths per person of every age group." ["7th census life table" Recalled];
    fertility_city "f_city" = 0.86 in 0.0..5.0 "ratio" "Births in cities relative to the national rate of the age group." ["7th census: 1.12 of 1.30" Recalled];
    fertility_county_seat "f_seat" = 1.08 in 0.0..5.0 "ratio" "The same in county seats." ["7th census: towns 1.40" Recalled];
    fertility_village "f_village" = 1.18 in 0.0..5.0 "ratio" "The same in villages." ["7th census: 1.54" Recalled];

    // Spending and prices
    b_h "b_h" = 0.15 in 0.0..0.9 "share" "Housing in household spending." [".2 in Zhou and Gong 2024; .15 puts rent at .10 of income" Assumed];
    b_v "b_v" = 0.30 in 0.0..0.9 "share" "Local services in household spending." ["none" Assumed];
    b_e "b_e" = 0.05 in 0.0..0.9 "share" "Tourism and specialties in household spending; the rest are tradables." ["none" Assumed];
    leak_village "ell" = 0.60 in 0.0..1.0 "share" "Part of villagers' service spending that goes to the own seat." ["none" Assumed];
    leak_seat "ell" = 0.35 in 0.0..1.0 "share" "Part of seat residents' service spending that goes to the cities of the prefecture." ["none" Assumed];
    tau_village "tau" = 1.20 in 1.0..3.0 "ratio" "Trade wedge of villages: price of tradables bought there, and inverse of the price received." ["none" Assumed];
    tau_seat "tau" = 1.08 in 1.0..3.0 "ratio" "Trade wedge of county seats." ["none" Assumed];
    tau_city "tau" = 1.0 in 1.0..3.0 "ratio" "Trade wedge of cities." ["none" Assumed];
    d_e "d_e" = 150.0 in 1.0..5000.0 "km" "Distance over which the pull on visitors falls by e." ["none" Assumed];
    eta_e "eta_E" = 1.0 in 0.0..5.0 "elasticity" "Pull of ecology on visitors." ["none" Assumed];
    eta_k "eta_K" = 0.5 in 0.0..5.0 "elasticity" "Pull of tourism capital on visitors." ["none" Assumed];
    s_h "s_H" = 0.30 in 0.0..0.9 "share" "Household saving." ["national accounts" Recalled];
    house "house" = 0.30 in 0.0..1.0 "share" "Part of saving that buys building." ["none" Assumed];
    ell_dep "ell_dep" = 0.60 in 0.0..1.0 "share" "Part of county deposits that leaks to the national pool." ["none; .2 to .8" Assumed];
    ell_dep_city "ell_dep" = 0.0 in 0.0..1.0 "share" "The same for deposits of city districts." ["none" Assumed];

    // Production
    sigma_k "sigma_k" = 3.21 in 1.01..20.0 "elasticity" "Substitution between workers and talent." ["Wu and You" SecondHand];
    skill_premium "premium" = 1.5 in 0.5..5.0 "ratio" "Wage of an efficiency unit of talent over that of workers in the base year; sets CES weights by node." ["none" Assumed];
    farm_land_share "aL" = 0.44 in 0.0..0.9 "share" "Land in farm value added." ["from code after Tombe and Zhu, renormalised" SecondHand];
    farm_capital_share "aK_a" = 0.10 in 0.0..0.9 "share" "Capital in farm value added." ["same" SecondHand];
    industry_capital_share "aK_m" = 0.50 in 0.0..0.95 "share" "Capital in industrial value added." [".43 in the same source; .50 meets income over output" Computed];
    services_capital_share "aK_v" = 0.45 in 0.0..0.95 "share" "Capital in services." ["none" Assumed];
    tourism_capital_share "aK_e" = 0.45 in 0.0..0.95 "share" "Capital in tourism." ["none" Assumed];
    phi_h "phi_H" = 0.08 in 0.0..1.0 "elasticity" "Agglomeration: industrial productivity in talent of the node." ["Wu and You" SecondHand];
    phi_l "phi_L" = 0.02 in -1.0..1.0 "elasticity" "Agglomeration: industrial productivity in workers of the node." ["Wu and You" SecondHand];
    mu_g "mu_G" = 0.10 in 0.0..1.0 "elasticity" "Industrial productivity in public capital per head." ["meta-analysis; Zhou and Gong's flow elasticity is .006: run both" Recalled];
    lambda_w "lambda_w" = 1.0 in 0.0..1.0 "per year" "Speed at which wages move to their market level; 1 is competitive." ["none" Assumed];
    psi_s "psi_s" = 0.10 in 0.0..1.0 "per year" "Probability a year that a worker reviews the sector of work." ["none" Assumed];
    kappa_s "kappa_s" = 1.5 in 0.0..1000.0 "elasticity" "Wage elasticity of sector choice." ["none" Assumed];
    commuting_cost "c_com" = 0.05 in 0.0..0.9 "share" "Part of the seat's wage that commuting from the village costs; paid to the hub." ["none" Assumed];
    unemployment_base "u_0" = 0.0 in 0.0..0.5 "share" "Unemployment rate of the base year, the same in every node." ["none" Assumed];
    floor_scale "floor" = 1.0 in 0.0..5.0 "ratio" "Multiplies the statutory minimum wage of the tables." ["none" Assumed];
    g_rent "g_rent" = 0.08 in 0.0..1.0 "log points" "Gain of farm output when all farm land can be rented." ["Chari, Liu, Wang and Wang 2021: output +8 %" Read];

    // Capital
    delta "delta" = 0.096 in 0.0..0.5 "per year" "Depreciation of projects." ["Zhang, Wu and Zhang 2004" Recalled];
    kappa_k "kappa_K" = 1.5 in 0.0..1000.0 "elasticity" "Elasticity of investment in returns." ["Zhao, Wang, Dai and Chen 2025" SecondHand];
    xi "xi" = 0.02 in 0.0..1.0 "per year" "Probability a year that a project reviews its place." ["none" Assumed];
    chi "chi" = 0.15 in 0.0..1.0 "share" "Part of a project's value that is lost when it moves." ["none" Assumed];
    project_alpha "alpha" = 1.5 in 0.5..10.0 "exponent" "Pareto exponent of project sizes." ["none" Assumed];
    project_size_ratio "k_max/k_min" = 1000.0 in 1.0..1.0e9 "ratio" "Largest over smallest project." ["none" Assumed];
    persons_per_project "n_K" = 100.0 in 1.0..1.0e9 "persons" "Persons per project of the base year; sets k_min." ["at most one project per hundred persons" Assumed];
    cash_target "cash" = 0.10 in 0.0..1.0 "share" "Cash that a project keeps, of its value." ["none" Assumed];
    cash_start "cash" = 0.05 in 0.0..1.0 "share" "Cash of a new project, of its value." ["none" Assumed];
    failure_base "f_0" = 0.02 in 0.0..1.0 "per year" "Failure hazard of a project without cash." ["none" Assumed];
    failure_cash "f_1" = 10.0 in 0.0..100.0 "per share" "Fall of the failure hazard in cash over value." ["none" Assumed];
    ret "ret" = 0.80 in 0.0..1.0 "share" "Profit after tax that is retained." ["meets income over output" Computed];
    s_link "s_link" = 0.0 in 0.0..1.0 "share" "Part of distributed profit that goes to households where the project stands." ["none" Assumed];
    div_seat "div_seat" = 0.60 in 0.0..1.0 "share" "Seat-owned part of village projects." ["none" Assumed];
    h_k "h_K" = 0.60 in 0.0..1.0 "share" "Part of a county pool that looks for projects at home only." ["none" Assumed];
    tau_k_prefecture "tau_oj" = 0.85 in 0.0..1.0 "ratio" "Return of a project in another county of the prefecture as its owner sees it." ["none" Assumed];
    tau_k_far "tau_oj" = 0.70 in 0.0..1.0 "ratio" "The same beyond the prefecture." ["none" Assumed];
    project_growth_sd "sd" = 0.0 in 0.0..1.0 "log points" "Yearly random growth of a project's value (Gibrat); off." ["none" Assumed];
    project_barrier "S_min" = 0.0 in 0.0..1.0 "ratio" "Lower reflecting barrier of project values over their mean; off." ["none" Assumed];
    startup_rate "pi_0" = 0.0002 in 0.0..1.0 "per year" "Base hazard that an adult founds a project at home." ["none" Assumed];
    startup_returnee "b_1" = 1.0 in -5.0..5.0 "log points" "Start-ups: returnees with experience." ["none" Assumed];
    startup_savings "b_2" = 0.5 in -5.0..5.0 "log points" "Start-ups: ln(1 + savings/S_0)." ["none" Assumed];
    startup_platform "b_3" = 0.0 in -5.0..5.0 "log points" "Start-ups: a platform at the home node (a lever)." ["none" Assumed];
    startup_talent "b_4" = 0.5 in -5.0..5.0 "log points" "Start-ups: talent." ["none" Assumed];
    startup_savings_scale "S_0" = 30000.0 in 1.0..1.0e9 "yuan" "Scale of savings in start-ups." ["none" Assumed];
    startup_size "k_0" = 100000.0 in 1.0..1.0e9 "yuan" "Value of one person's start-up." ["none" Assumed];

    // Public finance
    t_y "t_Y" = 0.10 in 0.0..0.9 "share" "Tax on revenue outside agriculture (like value-added tax), effective." ["none" Assumed];
    t_pi "t_pi" = 0.20 in 0.0..0.9 "share" "Profit tax, effective." ["none" Assumed];
    t_w "t_W" = 0.08 in 0.0..0.9 "share" "Wage tax and contributions, net of pensions." ["none" Assumed];
    centre_vat "centre" = 0.50 in 0.0..1.0 "share" "Centre's share of value-added tax." ["law" Recalled];
    centre_profit "centre" = 0.60 in 0.0..1.0 "share" "Centre's share of profit tax." ["law" Recalled];
    centre_wage "centre" = 0.60 in 0.0..1.0 "share" "Centre's share of wage tax." ["law" Recalled];
    phi_province "phi_P" = 0.20 in 0.0..1.0 "share" "Province's share of local tax revenue." ["none; .10 where prefectures manage counties" Assumed];
    phi_prefecture "phi_p" = 0.0 in 0.0..1.0 "share" "Prefecture's share of counties' local revenue; .20 where prefectures manage counties." ["none" Assumed];
    interception "q" = 0.0 in 0.0..1.0 "share" "Part of county transfers that stays with the prefecture; .10 where prefectures manage counties." ["none" Assumed];
    incremental_sharing "inc" = 0.0 in 0.0..1.0 "switch" "1: province and prefecture take their shares of growth over the base year only." ["the Zhejiang way" Recalled];
    c_back "c_back" = 0.35 in 0.0..1.5 "share" "Part of the centre's take that returns to the province." ["(local spending - local revenue)/take: .35 Zhejiang, near .9 Henan" Recalled];
    m_span "m_span" = 0.0 in 0.0..0.5 "per ratio" "Loss of supervision of pro-growth spending per multiple of the normal span." ["sign from Li, Lu and Wang 2016" Read];
    n_span "n_0" = 50.0 in 1.0..1000.0 "counties" "Counties that a province supervises without loss." ["none" Assumed];
    spend_services "share" = 0.45 in 0.0..1.0 "share" "County spending on services." ["none" Assumed];
    spend_infrastructure "share" = 0.30 in 0.0..1.0 "share" "County spending on infrastructure; the rest is administration." ["none" Assumed];
    village_weight "w_V" = 0.60 in 0.0..10.0 "ratio" "Weight of a villager in the base split of county spending." ["none" Assumed];
    omega_eq "omega_eq" = 0.0 in 0.0..1.0 "share" "Part of county spending that follows residents." ["none" Assumed];
    s_lf "s_LF" = 0.30 in 0.0..1.0 "share" "Part of rents that goes to the land account." ["none" Assumed];
    mu_loc "mu_loc" = 0.0 in 0.0..1.0 "share" "Part of rents that goes to households without local registration." ["none" Assumed];
    debt_limit "D" = 0.5 in 0.0..10.0 "years of revenue" "Debt up to which a government may borrow." ["none" Assumed];
    d_s "d_S" = 0.20 in 0.001..1.0 "per year" "Depreciation of services." ["none" Assumed];
    d_g "d_G" = 0.08 in 0.001..1.0 "per year" "Depreciation of public capital." ["none" Assumed];

    // Housing, ecology
    eps_h "eps_H" = 0.56 in 0.0..20.0 "elasticity" "Housing supply: (1 - .64)/.64." ["land share in housing .64: Wu and You mean" SecondHand];
    g_ecology "g_E" = 0.10 in 0.0..2.0 "per year" "Recovery of ecology." ["none" Assumed];
    xi_ecology "xi_E" = 0.02 in 0.0..1.0 "per year" "Damage of industry at base-year output." ["none" Assumed];

    // Hooks, neutral unless a policy or a scenario uses them
    th_ma "th_MA" = 0.0 in 0.0..2.0 "elasticity" "Industrial productivity in market access." ["none" Assumed];
    d_ma "d_0" = 100.0 in 1.0..5000.0 "km" "Distance over which market access falls by e." ["none" Assumed];
    omega_chain "omega_ch" = 0.0 in 0.0..1.0 "log points" "Gain of industrial productivity from capital of the chain in the node." ["none" Assumed];
    psi_t "psi_T" = 0.0 in 0.0..1.0 "per year" "Diffusion of technology from the frontier, times the talent share." ["none" Assumed];
    eps_chain "eps_c" = 1.0e9 in 0.1..1.0e9 "elasticity" "Demand elasticity of a chain: price falls with duplicated capital." ["none" Assumed];
    entry_cost "f_ent" = 0.0 in 0.0..0.9 "share" "Part of a new project's value lost to procedures before any policy." ["none" Assumed];
    entry_delay "wait" = 0.0 in 0.0..20.0 "years" "Years before a new project works, before any policy." ["none" Assumed];
    land_slack "Lam_c" = 1.0e9 in 1.0..1.0e9 "ratio" "Capital of industry and tourism that construction land can hold, over the base year's; the default never binds." ["none" Assumed];
    farm_shock_sd "sd_p" = 0.0 in 0.0..1.0 "log points" "Yearly random price of farm goods in each county; off." ["none" Assumed];

    // Core-periphery market mode
    ces_sigma "sigma" = 5.0 in 1.01..100.0 "elasticity" "Substitution between varieties in the ces market mode." ["Fujita, Krugman and Venables 1999" Recalled];
    ces_mu "mu" = 0.4 in 0.0..0.99 "share" "Share of manufactures in the ces market mode." ["Fujita, Krugman and Venables 1999" Recalled];
    ces_trade "T" = 1.5 in 1.0..100.0 "ratio" "Iceberg trade cost between nodes of two provinces in the ces market mode, where `trade_costs` states none; inside a province trade is free." ["Fujita, Krugman and Venables 1999" Recalled];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_lies_in_its_range_and_every_key_is_unique() {
        for (i, p) in PARAMETERS.iter().enumerate() {
            assert!(p.least <= p.default && p.default <= p.greatest, "{}", p.key);
            assert!(PARAMETERS[..i].iter().all(|q| q.key != p.key), "{} occurs twice", p.key);
            assert_eq!(Parameters::default().get(p.key), Some(p.default));
        }
    }
}
