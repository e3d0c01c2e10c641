//! The mechanisms: what each changes, the policy that switches it on alone, and what shows that it acts.

use super::channel;
use crate::simulation::Simulation;

/// A mechanism of the essays.
#[derive(Clone, Copy)]
pub struct Mechanism {
    /// M01 to M41.
    pub id: &'static str,
    /// What the essays call it.
    pub name: &'static str,
    /// The policies that switch it on alone, as `--set` takes them. Of two, what they do together beyond each alone is looked at.
    pub policies: &'static [&'static str],
    /// Levers and hooks through which it acts.
    pub through: &'static str,
    /// What is looked at, with its unit.
    pub channel: &'static str,
    /// Whether it rises when the mechanism acts; none where the mechanism claims no direction.
    pub rises: Option<bool>,
    /// The channel in a year.
    pub measure: fn(&Simulation) -> f64,
    /// The test in `tests/policies.rs` that holds it on an invented area.
    pub test: &'static str,
}

/// Mechanisms whose gain is a number of the policy or of an assumed parameter: rented land (`land_rental_gain`), training (`training_gain`), diffusion
/// (psi_T), access of visitors, the two trade wedges, chains, procedures, market access, producer services, growth of technology.
const ASSUMED: &[&str] = &["M08", "M12", "M14", "M16", "M17", "M23", "M26", "M27", "M30", "M33", "M40"];

impl Mechanism {
    /// Whether the channel is a gain that the policy or a parameter assumes: what it gives says nothing without its cost.
    pub(crate) fn assumed(&self) -> bool {
        ASSUMED.contains(&self.id)
    }
}

macro_rules! mechanisms {
    ($( $id:literal $name:literal [$($policy:literal)*] $through:literal $channel:literal $rises:ident $measure:ident $test:literal; )*) => {
        /// All of them, those with two channels twice.
        pub(crate) static MECHANISMS: &[Mechanism] = &[ $( Mechanism {
            id: $id, name: $name, policies: &[$($policy),*], through: $through, channel: $channel,
            rises: mechanisms!(@ $rises), measure: channel::$measure, test: $test,
        }, )* ];
    };
    (@ up) => { Some(true) };
    (@ down) => { Some(false) };
    (@ either) => { None };
}

mechanisms! {
    "M01" "industry transfer from city to county" ["industry_transfer=[{ active = { from = 2021 }, to = { tier = 'county_seat', tag = 'mountain' }, review = 0.06, loss = 0.10, bonus = 0.05, orders = 0.0 }]"]
        "relocation_review, relocation_loss, relocation_bonus; contracts paid on arrival" "industry moved into mountain seats, yuan" up moved_to_mountain_seats "m01_more_city_projects_move_to_county_seats_and_the_payers_money_comes_with_them";
    "M02" "province-direct fiscal administration (here its reverse)" ["fiscal_direct=[{ active = { from = 2021 }, mode = 'city_managing', counties = { tag = 'direct' }, prefecture_share = 0.20, interception = 0.10, province_share = 0.10 }]"]
        "prefecture_share, interception, province_share, span_loss" "taken by prefectures, yuan" up taken_by_prefectures "m02_direct_settlement_gives_counties_what_the_prefecture_kept";
    "M03" "mountain-sea pairing, enclaves" ["mountain_sea_pairing=[{ active = { from = 2021 }, pairs_file = 'pairing.csv', transfer_share = 0.005, access = 0.95, enclave_yuan = 1.0e9, enclave_tax_share = 0.5, enclave_dividend_share = 0.1, postings = 30, diffusion = 0.02, training_seats = 2000, purchases_share = 0.001 }]"]
        "ties between counties, posted_talent, diffusion, training_rate; payments of the partner" "projects founded in mountain places by counties outside them, yuan" up founded_in_mountains_by_others "m03_a_pair_moves_money_capital_and_taxes_and_keeps_government_and_households_apart";
    "M04" "hukou reform, services by residence" ["hukou_reform=[{ active = { from = 2021 }, at = { tier = 'urban' }, access_workers = 0.8, access_talent = 1.0 }]"]
        "access_workers, access_talent, conversion_workers, conversion_talent" "conversions of registration, persons" up conversions "m04_opening_services_raises_utility_of_newcomers_and_conversions";
    "M05" "equal public services" ["service_equalisation=[{ active = { from = 2021 }, by_residence = 0.0, top_up = 0.5 }]"]
        "top_up" "spread over counties of money over need, log points" down spread_of_money_over_need "m05_top_up_narrows_the_gap_of_services";
    "M06" "resources matched to residents" ["service_equalisation=[{ active = { from = 2021 }, by_residence = 0.8, top_up = 0.0 }]"]
        "by_residence" "spending on services a villager, yuan" up services_a_villager "m06_spending_follows_residents";
    "M07" "land rights kept when away" ["land_reform=[{ active = { from = 2021 }, retention = 0.8, rental = 0.0 }]"]
        "land_retention" "people registered in villages who live elsewhere, persons" up villagers_away "m07_people_away_keep_their_land_income";
    "M08" "land rental market" ["land_reform=[{ active = { from = 2021 }, retention = 0.2, rental = 0.6 }]"]
        "rental_market" "farm output of villages, yuan" up farm_output "m08_rented_land_is_farmed_better";
    "M09" "construction land: the cap" ["land_reform=[{ active = { from = 2021 }, retention = 0.2, rental = 0.0, construction_land = 1.5 }]"]
        "construction_land" "industrial capital in villages, yuan" up village_industry_capital "m09_land_that_may_be_sold_lets_industry_in_and_pays_the_village";
    "M09" "construction land: the sale" ["land_reform=[{ active = { from = 2021 }, retention = 0.2, rental = 0.0, land_price = 0.05 }]"]
        "land_price_village, land_price_county" "money of village collectives, yuan" up paid_to_collectives "m09_land_that_may_be_sold_lets_industry_in_and_pays_the_village";
    "M10" "ecological compensation" ["green_transition=[{ active = { from = 2021 }, abatement = 0.0, upstream = { tag = 'mountain', where = { measure = 'ecology', highest = 0.5 } }, compensation_yuan = 300, visitor_access = 1.0 }]"]
        "payments by residents and ecology; scrapping, ecology_recovery" "policy money of mountain households, yuan" up transfers_to_mountain_households "m10_compensation_reaches_upstream_households_and_counties_from_those_downstream";
    "M11" "green transformation of industry" ["green_transition=[{ active = { from = 2021 }, abatement = 0.5, abatement_cost = 0.02, compensation_yuan = 0, visitor_access = 1.0 }]"]
        "abatement, abatement_cost" "ecology, mean index" up ecology "m11_cleaning_costs_industry_and_spares_nature";
    "M12" "ecology to economy" ["green_transition=[{ active = { from = 2021 }, abatement = 0.0, upstream = { tag = 'mountain' }, compensation_yuan = 0, visitor_access = 1.2 }]"]
        "visitor_access" "tourism in mountain places, yuan" up mountain_tourism "m12_access_brings_visitors";
    "M13" "consumption upgrade, county commerce" ["consumption_upgrade=[{ active = { from = 2021 }, leakage = 0.8, trade_wedge = 1.0 }]"]
        "service_leakage" "part of counties' spending on services that stays there" up bought_in_county "m13_less_leakage_keeps_spending_in_the_county";
    "M14" "e-commerce" ["consumption_upgrade=[{ active = { from = 2021 }, leakage = 1.0, trade_wedge = 0.85, online = 0.05 }]"]
        "online_wedge, online_retail" "cost of living in villages, index" down village_cost_of_living "m14_cheaper_trade_pays_farms_and_online_retail_costs_shops";
    "M15" "urban talent to the countryside" ["talent_to_countryside=[{ active = { from = 2021 }, at = { tier = 'county' }, allowance_yuan = 6000, postings = 0, diffusion = 0.0 }]"]
        "amenity_talent (allowance over income), posted_talent" "talent in counties, persons" up talent_in_counties "m15_allowances_draw_talent_and_are_paid";
    "M16" "technology commissioners" ["talent_to_countryside=[{ active = { from = 2021 }, at = { tier = 'county' }, allowance_yuan = 0, postings = 20, diffusion = 0.05 }]"]
        "diffusion, posted_talent" "industrial technology of seats, mean log" up seat_technology "m16_technology_catches_up_where_talent_is";
    "M17" "skills training" ["skills_training=[{ active = { from = 2021 }, at = { tier = 'village' }, rate = 0.03, poorest_first = 1.0 }]"]
        "training_rate" "trained in the year, persons" up trained "m17_training_raises_human_capital_for_good";
    "M18" "returnee entrepreneurship" ["returnee_entrepreneurship=[{ active = { from = 2021 }, at = { tier = 'county_seat' }, platform = 0.7, grant = 0.2 }]"]
        "startup_platform; grants by contract" "start-ups at county seats, yuan" up founded_at_seats "m18_and_m19_platforms_and_grants_found_small_projects_at_home";
    "M19" "household start-ups, workshops" ["returnee_entrepreneurship=[{ active = { from = 2021 }, at = { tier = 'village' }, platform = 0.7, grant = 0.2 }]"]
        "startup_platform at villages" "start-ups in villages, yuan" up founded_in_villages "m18_and_m19_platforms_and_grants_found_small_projects_at_home";
    "M20" "capital to the countryside" ["rural_finance=[{ active = { from = 2021 }, deposit_leakage = 0.15 }]"]
        "deposit_leakage, risk, guarantee, industry_entry" "investment in counties, yuan" up invested_in_counties "m20_deposits_stay_and_the_negative_list_refuses";
    "M21" "long-term finance" ["rural_finance=[{ active = { from = 2021 }, refinancing = 0.5, fund_yuan = 50 }]"]
        "refinancing (the county fund lends)" "part of the industrial capital of counties that is expected to fail, per year" down failing_in_counties "m21_refinancing_keeps_projects_alive";
    "M22" "interest linkage with farmers" ["rural_finance=[{ active = { from = 2021 }, profit_link = 0.1 }]"]
        "profit_link" "dividends of villagers, yuan" up village_dividends "m22_linked_profit_goes_to_villagers";
    "M23" "chain leaders" ["chain_leader=[{ active = { from = 2021 }, productivity = 0.02, survival = 0.8 }]"]
        "chain_productivity, failure_hazard" "return on industrial capital of seats, per year" up seat_return "m23_chains_raise_productivity_and_survival";
    "M24" "development zone" ["development_zone=[{ active = { from = 2021 }, at = { tier = 'county_seat', tag = 'mountain' }, profit_tax = 0.8, subsidy = 0.05, building_yuan = 200 }]"]
        "profit_tax, investment_subsidy (paid by contract), productivity, construction_land" "industrial capital of mountain seats, yuan" up mountain_seat_capital "m24_a_zone_draws_capital_and_costs_tax";
    "M25" "one county one industry, no duplication" ["chain_leader=[{ active = { from = 2021 }, productivity = 0.0, survival = 1.0, bonus = 1.05, elsewhere = 0.95 }]"]
        "chain_elasticity, capital_bonus by location quotient" "part of the seats' new industrial projects where industry is at home" up founded_where_at_home "m25_duplicated_industry_earns_less_and_capital_follows_specialisation";
    "M26" "business environment: procedures" ["county_empowerment=[{ active = { from = 2021 }, entry_cost = 0.01, entry_delay = 0 }]"]
        "entry_cost, entry_delay" "investment in counties, yuan" up invested_in_counties "m26_cheaper_and_faster_entry_lets_projects_work";
    "M26" "business environment: outsiders" ["county_empowerment=[{ active = { from = 2021 }, outsiders = 1.05, office_yuan = 0 }]"]
        "outsider_access" "investment in counties, yuan" up invested_in_counties "m26_cheaper_and_faster_entry_lets_projects_work";
    "M27" "infrastructure" ["infrastructure=[{ active = { from = 2021 }, building_yuan = 500, trade_wedge = 0.85, visitor_access = 1.1 }]"]
        "orders of building; trade_wedge, visitor_access, moving_cost, public_spending_tilt" "public capital of counties, yuan" up county_public_capital "m27_building_adds_public_capital_and_lowers_the_wedge";
    "M28" "digitised services" ["service_equalisation=[{ active = { from = 2021 }, by_residence = 0.0, top_up = 0.0, digital = 0.1, digital_yuan = 50 }]"]
        "digital_services" "effective services of villages, mean index" up village_services "m28_villages_use_the_services_of_the_seat";
    "M29" "nearby urbanisation" ["hukou_reform=[{ active = { from = 2021 }, at = { tier = 'county_seat' }, access_workers = 0.3, access_talent = 0.6, near_home = 0.05 }]"]
        "moving_cost from village to seat" "villagers in the seat of their county, persons" up villagers_in_their_seat "m29_villagers_settle_in_their_own_seat";
    "M30" "city spillover, metropolitan circle" ["metropolitan_circle=[{ active = { from = 2021 }, reach_km = 100, market_access = 0.1, producer_services = 0.0 }]"]
        "market_access" "return on industrial capital of seats, per year" up seat_return "m30_growth_of_markets_nearby_raises_industry";
    "M31" "big-city disease" ["urban_renewal=[{ active = { from = 2021 }, housing = 0.0, amenity = 0.0, congestion = 0.9, renewal_yuan = 0 }]"]
        "congestion" "utility of workers in cities, mean log points" up utility_of_city_workers "m31_crowding_hurts_less_after_renewal";
    "M32" "big firm and small firm chain links" ["industry_transfer=[{ active = { from = 2021 }, to = { tier = 'county_seat', tag = 'mountain' }, review = 0.0, loss = 1.0, bonus = 0.0, orders = 0.005 }]"]
        "orders_out, orders_in" "orders received at mountain seats, yuan" up orders_at_mountain_seats "m32_city_orders_are_income_of_county_firms_and_missing_in_the_city";
    "M33" "city services for county firms" ["metropolitan_circle=[{ active = { from = 2021 }, market_access = 0.0, producer_services = 0.01 }]"]
        "producer_services" "return on industrial capital of seats, per year" up seat_return "m33_services_of_the_city_raise_county_industry";
    "M34" "leading firms and cooperatives, risk" ["agri_processing=[{ active = { from = 2021 }, share = 0.0, margin = 0.0, pooling = 0.5 }]"]
        "shock_pooling" "size of farm price shocks, log points" down spread_of_farm_shocks "m34_pooled_shocks_vary_less";
    "M35" "transfers to farm and difficult areas" ["income_transfer=[{ active = { from = 2021 }, areas = { tier = 'county', where = { measure = 'revenue_per_head', lowest = 0.33 } }, area_yuan = 300, farm_yuan = 300, person_yuan = 0 }]"]
        "orders to county budgets by residents and farming" "programme money of counties, yuan" up programmes_of_counties "m35_and_m36_transfers_reach_budgets_and_households";
    "M36" "income distribution, social security" ["income_transfer=[{ active = { from = 2021 }, area_yuan = 0, farm_yuan = 0, persons = { tier = 'village', where = { measure = 'income_per_head', lowest = 0.33 } }, person_yuan = 1000 }]"]
        "orders to households, falling with income" "policy money of village households, yuan" up transfers_to_village_households "m35_and_m36_transfers_reach_budgets_and_households";
    "M37" "coupling of reforms: rented land and farm processing" ["land_reform=[{ active = { from = 2021 }, retention = 0.2, rental = 0.6 }]" "agri_processing=[{ active = { from = 2021 }, share = 0.33, margin = 0.25, pooling = 0.0 }]"]
        "none: the levers combine" "farm goods that industry at seats buys, both beyond each alone, yuan" either farm_goods_bought "m37_an_interaction_is_what_two_policies_do_together_beyond_each_alone";
    "M38" "adapt to place" ["development_zone=[{ active = { from = 2021 }, at = { tier = 'county_seat', where = { measure = 'industry_share', highest = 0.3 } }, profit_tax = 0.8, subsidy = 0.05, building_yuan = 0 }]"]
        "none: the selector" "part of the seats' industrial capital where industry is at home" up capital_where_specialised "m38_policies_choose_places_by_type";
    "M39" "farm processing" ["agri_processing=[{ active = { from = 2021 }, share = 0.33, margin = 0.25, pooling = 0.0 }]"]
        "farm_processing, processing_margin" "wage bill of industry at seats, yuan" up seat_industry_wages "m39_the_county_earns_a_margin_on_its_own_farm_goods";
    "M40" "industrial upgrading" ["industrial_upgrading=[{ active = { from = 2021 }, growth = 0.005, scrapping = 0.01 }]"]
        "technology_growth by talent, scrapping" "industrial technology, mean log" up technology "m40_technology_grows_where_talent_is_and_old_capital_goes";
    "M41" "urban renewal, carrying capacity" ["urban_renewal=[{ active = { from = 2021 }, housing = 0.01, amenity = 0.01, congestion = 1.0 }]"]
        "housing_supply, amenity_workers, amenity_talent, construction_land" "rent in cities, mean index" down city_rent "m41_renewal_adds_housing_and_lowers_rent";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mechanism_is_there_in_order_and_names_a_test_that_exists() {
        let mut ids: Vec<&str> = MECHANISMS.iter().map(|m| m.id).collect();
        assert!(ids.is_sorted());
        ids.dedup();
        assert_eq!(ids, (1..=41).map(|n| format!("M{n:02}")).collect::<Vec<_>>());
        let tests = include_str!("../../../tests/policies.rs");
        for m in MECHANISMS {
            assert!(tests.contains(&format!("fn {}()", m.test)), "{}: no test {}", m.id, m.test);
        }
    }
}
