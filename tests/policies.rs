//! What mechanisms promise: each lever moves the state it claims to move, in the direction of the mechanism itself. What
//! holds of every policy alike is promised in `policy_rules.rs`.

use crate::six_nodes::{Area, FIRST, M_SEAT, M_VILLAGE, N_SEAT, N_VILLAGE, S_CITY, S_VILLAGE, SEA, SECOND};
use shanhai::inside::part;
use shanhai::policy::Lever;
use shanhai::run::Simulation;
use shanhai::world::{Sector, Use};

const FARM: usize = Sector::Agriculture as usize;
const INDUSTRY: usize = Sector::Industry as usize;
const SERVICES: usize = Sector::LocalServices as usize;
const TOURISM: usize = Sector::Tourism as usize;

/// The same years without and with a policy.
fn pair(years: u32, rest: &str, policy: &str) -> (Simulation, Simulation) {
    let area = Area::new();
    (area.run(years, rest), area.run(years, &format!("{rest}\n{policy}")))
}

fn capital(s: &Simulation, j: usize, sector: usize) -> f64 {
    s.world.nodes[j].capital[sector] as f64
}

fn sales(s: &Simulation, j: usize, sector: usize) -> f64 {
    s.world.nodes[j].revenue[sector] as f64
}

fn money(s: &Simulation, county: usize) -> i64 {
    let f = &s.world.counties[county];
    f.own_revenue + f.transfers + f.programmes
}

/// What policies of a kind paid this year, fen.
pub(crate) fn paid(s: &Simulation, kind: &str) -> i64 {
    let programmes = &s.world.programmes;
    let of = |author: usize| programmes.authors[author].starts_with(kind);
    programmes.orders.iter().filter(|o| of(o.author)).map(|o| o.paid.0).sum::<i64>()
        + programmes.contracts.iter().filter(|c| of(c.author)).map(|c| c.paid.0).sum::<i64>()
}

// Mechanisms

/// What policies paid to households of a node this year, fen: not what counties pay all of theirs.
fn from_policies(s: &Simulation, j: usize) -> i64 {
    let state = &s.world.nodes[j];
    state.income_parts[part::TRANSFERS] - state.public_transfers
}

#[test]
fn m01_more_city_projects_move_to_county_seats_and_the_payers_money_comes_with_them() {
    let policy = "[[policy.industry_transfer]]\nreview = 0.3\nloss = 0.05\nbonus = 0.1\n";
    let (base, with) = pair(3, "", policy);
    let into = |s: &Simulation| {
        [M_SEAT, N_SEAT].iter().map(|&j| s.world.nodes[j].capital_flows[INDUSTRY].moved_in).sum::<i64>()
    };
    assert!(into(&with) > 2 * into(&base), "{} {}", into(&with), into(&base));
    assert!(
        capital(&with, S_CITY, INDUSTRY) < capital(&base, S_CITY, INDUSTRY),
        "the city loses what leaves"
    );
    let names: Vec<usize> =
        with.world.programmes.contracts.iter().filter(|c| c.paid.0 > 0).map(|c| c.node).collect();
    assert!(names.contains(&M_SEAT) || names.contains(&N_SEAT), "somebody paid the bonus");
}

#[test]
fn m01_projects_under_contract_go_where_the_contract_says() {
    let to = "{ ids = [\"M_SEAT\"] }";
    for capital in ["projects", "deterministic"] {
        let still = format!("[parameters]\nrelocation_review = 0.0\n[model]\ncapital = \"{capital}\"\n");
        let area = Area::new();
        let id = area.run(1, &still).world.geography.nodes[M_SEAT].id.clone();
        let policy = format!(
            "{still}\n[[policy.industry_transfer]]\nreview = 0.3\nloss = 0.05\nbonus = 0.0\nto = {}\n",
            to.replace("M_SEAT", &id)
        );
        let with = area.run(3, &policy);
        let moved: Vec<i64> = with.world.nodes.iter().map(|n| n.capital_flows[INDUSTRY].moved_in).collect();
        assert!(moved[M_SEAT] > 0, "{capital}: nothing arrived");
        assert_eq!(moved.iter().sum::<i64>(), moved[M_SEAT], "{capital}: some went elsewhere");
    }
}

#[test]
fn m02_direct_settlement_gives_counties_what_the_prefecture_kept() {
    let managed = "[parameters]\nprovince_share = 0.1\nprefecture_share = 0.2\ninterception = 0.1\n";
    let policy = "[[policy.fiscal_direct]]\nprovince_share = 0.2\nspan_loss = 0.1\n";
    let (base, with) = pair(2, managed, policy);
    assert!(
        base.world.counties[FIRST].prefecture_take > 0 && with.world.counties[FIRST].prefecture_take == 0
    );
    assert!(with.world.accounts.prefecture[0].0 < base.world.accounts.prefecture[0].0);
    let reverse = "[[policy.fiscal_direct]]\nmode = \"city_managing\"\n";
    let (base, with) = pair(2, "", reverse);
    assert!(
        base.world.counties[SECOND].prefecture_take == 0 && with.world.counties[SECOND].prefecture_take > 0
    );
    assert!(money(&with, FIRST) < money(&base, FIRST), "what the prefecture takes is missing in the county");
}

#[test]
fn m03_a_pair_moves_money_capital_and_taxes_and_keeps_government_and_households_apart() {
    let policy = "[[policy.mountain_sea_pairing]]\npairs_file = \"pairs.csv\"\ntransfer_share = 0.05\naccess = 1.0\n\
                  enclave_yuan = 5e8\nenclave_tax_share = 0.5\nenclave_dividend_share = 0.3\n";
    let (base, with) = pair(4, "", policy);
    assert!(with.world.counties[SECOND].programmes > 0 && with.world.counties[SEA].programmes < 0);
    let partner = |s: &Simulation| {
        let g = &s.world.geography;
        s.world
            .projects
            .list
            .iter()
            .filter(|p| g.nodes[usize::from(p.node)].county == SECOND && usize::from(p.fund) == SEA)
            .map(|p| p.value)
            .sum::<i64>()
    };
    assert!(partner(&with) > partner(&base), "{} {}", partner(&with), partner(&base));
    let enclaves = with.world.projects.list.iter().filter(|p| usize::from(p.enclave) == N_SEAT).count();
    assert!(enclaves > 0, "no enclave was filled");
    assert!(
        with.world.counties[SECOND].own_revenue > base.world.counties[SECOND].own_revenue,
        "enclave taxes"
    );
    // What the government receives is not household income.
    let transfers: i64 = (0..6).map(|j| from_policies(&with, j)).sum();
    assert_eq!(transfers, 0);
}

#[test]
fn m03_postings_seats_and_purchases_are_paid_by_the_partner() {
    let policy = "[[policy.mountain_sea_pairing]]\npairs_file = \"pairs.csv\"\ntransfer_share = 0\npostings = 50\n\
                  diffusion = 0.5\ntraining_seats = 500\npurchases_share = 0.05\n";
    let (base, with) = pair(2, "", policy);
    assert!(with.levers.node(Lever::PostedTalent, N_SEAT) == 50.0);
    assert!(with.levers.node(Lever::PostedTalent, S_CITY) == -100.0);
    assert!(with.world.nodes[N_SEAT].technology[INDUSTRY] > base.world.nodes[N_SEAT].technology[INDUSTRY]);
    assert!(sales(&with, N_SEAT, TOURISM) > sales(&base, N_SEAT, TOURISM));
    assert!(with.tally.trained[N_VILLAGE] > 0 && base.tally.trained[N_VILLAGE] == 0);
    assert!(with.world.counties[SEA].programmes < 0 && with.world.counties[SECOND].programmes == 0);
}

#[test]
fn m04_opening_services_raises_utility_of_newcomers_and_conversions() {
    let policy = "[[policy.hukou_reform]]\naccess_workers = 1.0\nconversion_workers = 0.2\n";
    let (base, with) = pair(2, "", policy);
    assert!(with.tally.conversions > 2 * base.tally.conversions.max(1));
    assert!(with.utilities.node[S_CITY][0] > base.utilities.node[S_CITY][0]);
    assert!(with.world.nodes[S_CITY].service_level < base.world.nodes[S_CITY].service_level, "more users");
    assert!(paid(&with, "hukou_reform") > 0);
}

#[test]
fn m05_top_up_narrows_the_gap_of_services() {
    let policy = "[[policy.service_equalisation]]\ncounties = { county = [\"200001\"] }\nby_residence = 0\ntop_up = 1.0\n";
    // Needs by heads alone, so that the poor county has a gap.
    let equal = "[parameters]\nneed_size = 0\nneed_sparsity = 0\n";
    let (base, with) = pair(4, equal, policy);
    let per_head = |s: &Simulation, nodes: &[usize]| {
        let stock: f64 = nodes.iter().map(|&j| s.world.nodes[j].services).sum();
        stock / nodes.iter().map(|&j| s.world.residents(j) as f64).sum::<f64>()
    };
    let all = [S_CITY, S_VILLAGE, M_SEAT, M_VILLAGE, N_SEAT, N_VILLAGE];
    let gap = |s: &Simulation| 1.0 - per_head(s, &all[4..]) / per_head(s, &all);
    assert!(gap(&base) > 0.0 && gap(&with) < gap(&base), "{} {}", gap(&with), gap(&base));
    assert!(with.world.counties[SECOND].transfers > base.world.counties[SECOND].transfers);
    assert!(
        with.world.counties[FIRST].transfers < base.world.counties[FIRST].transfers,
        "out of the same money"
    );
}

#[test]
fn m06_spending_follows_residents() {
    let (base, with) = pair(1, "", "[[policy.service_equalisation]]\nby_residence = 1.0\ntop_up = 0\n");
    let ratio = |s: &Simulation| {
        let per = |j: usize| s.world.nodes[j].spent_services as f64 / s.world.nodes[j].earners as f64;
        per(M_VILLAGE) / per(M_SEAT)
    };
    assert!(ratio(&base) < 0.95 && (ratio(&with) - 1.0).abs() < 0.01, "{} {}", ratio(&base), ratio(&with));
}

#[test]
fn m07_people_away_keep_their_land_income() {
    let (base, with) = pair(1, "", "[[policy.land_reform]]\nretention = 1.0\nrental = 0\n");
    assert!(
        with.world.nodes[S_CITY].income_parts[part::LAND] > base.world.nodes[S_CITY].income_parts[part::LAND]
    );
    assert!(
        with.world.nodes[M_VILLAGE].income_parts[part::LAND]
            < base.world.nodes[M_VILLAGE].income_parts[part::LAND]
    );
    assert!(with.utilities.kept_land[M_VILLAGE] > 2.0 * base.utilities.kept_land[M_VILLAGE]);
}

#[test]
fn m08_rented_land_is_farmed_better() {
    let (base, with) = pair(1, "", "[[policy.land_reform]]\nretention = 0.2\nrental = 1.0\n");
    let gain = sales(&with, M_VILLAGE, FARM) / sales(&base, M_VILLAGE, FARM);
    assert!((gain - 1.08).abs() < 1e-3, "{gain}");
}

#[test]
fn m09_land_that_may_be_sold_lets_industry_in_and_pays_the_village() {
    let rest = "[parameters]\nland_slack = 1.0\n[drivers.technology]\nindustry = 0.05\n";
    let (base, with) = pair(
        2,
        rest,
        "[[policy.land_reform]]\nretention = 0.2\nrental = 0\nconstruction_land = 3.0\nland_price = 0.1\n",
    );
    assert!(capital(&with, M_VILLAGE, INDUSTRY) > capital(&base, M_VILLAGE, INDUSTRY));
    assert!(with.world.accounts.paid_for(Use::LandSale).0 > 0);
    assert!(with.world.accounts.collective.iter().any(|c| c.0 > 0));
}

/// Without any limit to entry land is scarce still: who has more of it draws more industry.
#[test]
fn m09_more_land_draws_industry_where_no_limit_binds() {
    let rest = "[model]\nrelocation = false\ncapital = \"deterministic\"\n";
    let policy = "[[policy.land_reform]]\nretention = 0.2\nrental = 0\nconstruction_land = 3.0\n";
    let (base, with) = pair(2, rest, policy);
    let share = |s: &Simulation| {
        let of = |j: usize| s.world.nodes[j].capital_flows[INDUSTRY].invested as f64;
        of(M_VILLAGE) / of(M_SEAT)
    };
    // Land to the power of its share times kappa_K: 3^(.1 x 1.5), less what filling up takes back.
    let found = share(&with) / share(&base);
    assert!(found > 1.08 && found < 1.18, "{found}");
}

#[test]
fn m10_compensation_reaches_upstream_households_and_counties_from_those_downstream() {
    let policy = "[[policy.green_transition]]\nabatement = 0\nupstream = { tag = \"mountain\" }\ncompensation_yuan = 500\n\
                  exit = 0.2\nrecovery = 0.01\n";
    let (base, with) = pair(3, "", policy);
    assert!(from_policies(&with, M_VILLAGE) > 0 && with.world.counties[FIRST].programmes > 0);
    assert!(with.world.counties[SEA].programmes < 0, "downstream pays");
    assert!(with.world.nodes[M_VILLAGE].ecology > base.world.nodes[M_VILLAGE].ecology);
    assert!(sales(&with, M_SEAT, INDUSTRY) < sales(&base, M_SEAT, INDUSTRY), "output upstream falls");
}

#[test]
fn m11_cleaning_costs_industry_and_spares_nature() {
    let (base, with) = pair(3, "", "[[policy.green_transition]]\nabatement = 1.0\nabatement_cost = 0.05\n");
    assert!(with.world.nodes[S_CITY].ecology > base.world.nodes[S_CITY].ecology);
    let cost = -with.world.nodes[S_CITY].inputs[INDUSTRY] as f64 / sales(&with, S_CITY, INDUSTRY);
    assert!((cost - 0.05).abs() < 1e-6, "{cost}");
}

#[test]
fn m12_access_brings_visitors() {
    let policy = "[[policy.green_transition]]\nabatement = 0\nupstream = { tag = \"mountain\" }\nvisitor_access = 2.0\n";
    let (base, with) = pair(1, "", policy);
    assert!(sales(&with, M_VILLAGE, TOURISM) > sales(&base, M_VILLAGE, TOURISM));
    assert!(with.world.nodes[M_VILLAGE].wage_bill[TOURISM] > base.world.nodes[M_VILLAGE].wage_bill[TOURISM]);
}

#[test]
fn m13_less_leakage_keeps_spending_in_the_county() {
    let policy = "[[policy.consumption_upgrade]]\nleakage = 0.5\ntrade_wedge = 1.0\ncommerce_yuan = 0\n";
    let (base, with) = pair(1, "", policy);
    let kept = |s: &Simulation| sales(s, M_SEAT, SERVICES) + sales(s, M_VILLAGE, SERVICES);
    assert!(kept(&with) > kept(&base));
    assert!(sales(&with, S_CITY, SERVICES) < sales(&base, S_CITY, SERVICES), "the city loses it");
}

#[test]
fn m14_cheaper_trade_pays_farms_and_online_retail_costs_shops() {
    let policy =
        "[[policy.consumption_upgrade]]\nleakage = 1.0\ntrade_wedge = 0.5\nonline = 0.3\ncommerce_yuan = 0\n";
    let (base, with) = pair(1, "", policy);
    assert!(sales(&with, M_VILLAGE, FARM) > 1.02 * sales(&base, M_VILLAGE, FARM));
    assert!(sales(&with, M_SEAT, SERVICES) < sales(&base, M_SEAT, SERVICES));
}

#[test]
fn m15_allowances_draw_talent_and_are_paid() {
    let policy = "[[policy.talent_to_countryside]]\nallowance_yuan = 30000\ndiffusion = 0\n";
    let (base, with) = pair(6, "[parameters]\ndebt_limit = 5.0\n", policy);
    let talent = |s: &Simulation| {
        [M_SEAT, M_VILLAGE, N_SEAT, N_VILLAGE].iter().map(|&j| s.world.residents_by_skill(j, 1)).sum::<u64>()
    };
    assert!(talent(&with) > talent(&base), "{} {}", talent(&with), talent(&base));
    assert!(paid(&with, "talent_to_countryside") > 0);
}

#[test]
fn m16_technology_catches_up_where_talent_is() {
    let policy = "[[policy.talent_to_countryside]]\nallowance_yuan = 0\npostings = 500\ndiffusion = 0.5\n";
    let (base, with) = pair(2, "", policy);
    let technology = |s: &Simulation| s.world.nodes[N_SEAT].technology[INDUSTRY];
    assert!(technology(&with) > technology(&base));
    // It is the talent there that takes it up: the same channel without anybody posted does less.
    let alone = Area::new().run(2, &policy.replace("postings = 500", "postings = 0"));
    assert!(technology(&with) > 1.0001 * technology(&alone), "{} {}", technology(&with), technology(&alone));
}

#[test]
fn m17_training_raises_human_capital_for_good() {
    let (base, with) = pair(3, "", "[[policy.skills_training]]\nrate = 0.2\npoorest_first = 1.0\n");
    assert!(base.tally.trained.iter().sum::<u64>() == 0 && with.tally.trained.iter().sum::<u64>() > 0);
    let supply = |s: &Simulation| {
        let count = &s.world.census.places[M_VILLAGE];
        count.efficiency[0].iter().sum::<u64>() as f64 / count.people[0].iter().sum::<u64>() as f64
    };
    assert!(supply(&with) > supply(&base));
    assert!(paid(&with, "skills_training") > 0);
}

#[test]
fn m18_and_m19_platforms_and_grants_found_small_projects_at_home() {
    let rest = "[parameters]\nstartup_size = 20000\n";
    let policy = "[[policy.returnee_entrepreneurship]]\nplatform = 3.0\ngrant = 0.3\n";
    let (base, with) = pair(3, rest, policy);
    let founded =
        |s: &Simulation, j: usize| s.world.nodes[j].capital_flows.iter().map(|f| f.founded).sum::<i64>();
    assert!(founded(&with, M_VILLAGE) > founded(&base, M_VILLAGE), "villages");
    let granted = with.world.programmes.contracts.iter().any(|c| c.paid.0 > 0);
    assert!(granted, "a grant was paid");
}

#[test]
fn m20_deposits_stay_and_the_negative_list_refuses() {
    let (base, with) =
        pair(1, "", "[[policy.rural_finance]]\ndeposit_leakage = 0.1\nnegative_list = [\"industry\"]\n");
    let leaked = |s: &Simulation| s.world.accounts.paid_for(Use::DepositLeakage).0;
    assert!(leaked(&with) < leaked(&base) / 2);
    assert_eq!(with.world.nodes[M_SEAT].capital_flows[INDUSTRY].invested, 0);
    let (base, with) =
        pair(3, "", "[[policy.rural_finance]]\nguarantee = 0.5\nrisk = 0.5\nfund_yuan = 200\n");
    assert!(with.world.accounts.paid_for(Use::Guarantee).0 > 0);
    assert!(capital(&with, M_SEAT, INDUSTRY) > capital(&base, M_SEAT, INDUSTRY), "less risk, more projects");
}

#[test]
fn m21_refinancing_keeps_projects_alive() {
    let rest = "[parameters]\nfailure_base = 0.3\nfailure_cash = 50\nretained_profit_share = 0.0\ncash_start = 0.0\n";
    let policy = "[[policy.rural_finance]]\ndeposit_leakage = 0.6\nrefinancing = 1.0\nfund_yuan = 1000\n";
    let (base, with) = pair(5, rest, policy);
    // Of the four nodes with a fund: one village alone is a handful of projects.
    let places = [M_SEAT, M_VILLAGE, N_SEAT, N_VILLAGE];
    let failed = |s: &Simulation| {
        let flows = places.iter().flat_map(|&j| &s.world.nodes[j].capital_flows);
        flows.map(|f| f.scrapped).sum::<i64>() as f64
    };
    assert!(failed(&with) < 0.5 * failed(&base), "{} {}", failed(&with), failed(&base));
    assert!(places.iter().all(|&j| with.world.nodes[j].refinanced.iter().sum::<i64>() > 0));
}

#[test]
fn m22_linked_profit_goes_to_villagers() {
    let (base, with) = pair(
        1,
        "",
        "[[policy.rural_finance]]\nat = { tier = \"village\" }\nprofit_link = 0.5\nfund_yuan = 0\n",
    );
    let dividends = |s: &Simulation, j: usize| s.world.nodes[j].income_parts[part::DIVIDENDS];
    let [linked, before] = [&with, &base].map(|s| dividends(s, M_VILLAGE));
    assert!(linked > before, "{linked} and {before}");
    assert!(
        dividends(&with, S_CITY) < dividends(&base, S_CITY),
        "those elsewhere who hold its projects get less"
    );
}

#[test]
fn m23_chains_raise_productivity_and_survival() {
    let policy = "[[policy.chain_leader]]\nproductivity = 0.1\nsurvival = 0.0\n";
    let (base, with) = pair(1, "[parameters]\nfailure_base = 0.3\n", policy);
    assert!(sales(&with, M_SEAT, INDUSTRY) > 1.03 * sales(&base, M_SEAT, INDUSTRY));
    let failed = |s: &Simulation| s.world.nodes[M_SEAT].capital_flows[INDUSTRY].scrapped;
    assert!(failed(&with) < failed(&base));
}

#[test]
fn m24_a_zone_draws_capital_and_costs_tax() {
    let policy = "[[policy.development_zone]]\nat = { ids = [\"n_seat\"] }\nprofit_tax = 0.5\nsubsidy = 0.3\nbuilding_yuan = 1000\n";
    let (base, with) = pair(3, "", policy);
    assert!(capital(&with, N_SEAT, INDUSTRY) > capital(&base, N_SEAT, INDUSTRY));
    assert!(with.world.nodes[N_SEAT].public_capital > base.world.nodes[N_SEAT].public_capital);
    let rate = |s: &Simulation| {
        s.world.nodes[N_SEAT].profit_tax[INDUSTRY] as f64 / s.world.nodes[N_SEAT].surplus[INDUSTRY] as f64
    };
    assert!((rate(&with) / rate(&base) - 0.5).abs() < 1e-6);
    let subsidies: i64 = with.world.programmes.contracts.iter().map(|c| c.paid.0).sum();
    assert!(subsidies > 0, "the subsidy is money");
}

#[test]
fn m24_whoever_promises_a_subsidy_pays_it() {
    for payer in ["county", "province", "centre"] {
        let policy = format!(
            "[[policy.development_zone]]\nat = {{ ids = [\"n_seat\"] }}\nsubsidy = 0.1\nbuilding_yuan = 0\n\
             payers = {{ {payer} = 1.0 }}\n[parameters]\ndebt_limit = 5.0\n"
        );
        let s = Area::new().run(1, &policy);
        let contracts = &s.world.programmes.contracts;
        let demanded = contracts.iter().map(|c| c.demanded.0).sum::<i64>();
        let paid = contracts.iter().map(|c| c.paid.0).sum::<i64>();
        assert!(demanded > 0 && paid == demanded, "{payer} pays {paid} of {demanded}");
    }
}

/// Seat and village of a county share its pool, so how its money is divided between them is attraction alone, not what firms
/// have left.
#[test]
fn m24_a_lower_profit_tax_draws_investors_by_itself() {
    let rest =
        "[parameters]\nhome_pool_share = 1.0\n[model]\nrelocation = false\ncapital = \"deterministic\"\n";
    let policy =
        "[[policy.lever_change]]\nlever = \"profit_tax\"\nat = { ids = [\"n_seat\"] }\nvalue = 0.2\n";
    let (base, with) = pair(1, rest, policy);
    let ratio = |s: &Simulation| {
        let of = |j: usize| s.world.nodes[j].capital_flows.iter().map(|f| f.invested).sum::<i64>() as f64;
        of(N_SEAT) / of(N_VILLAGE)
    };
    // (1 - .2 x .2)/(1 - .2) to the power of 1.5, for what the county's own pool invests.
    let expected = libm::pow(0.96 / 0.8, 1.5);
    let found = ratio(&with) / ratio(&base);
    assert!((found / expected - 1.0).abs() < 0.1, "{found}, not {expected}");
}

#[test]
fn m25_duplicated_industry_earns_less_and_capital_follows_specialisation() {
    // What many copied by the end of the first year sells for less in the second, what few make for more.
    let policy = "[[policy.chain_leader]]\nproductivity = 0\nprice_elasticity = 0.5\n";
    let (first, _) = pair(1, "", policy);
    let (base, with) = pair(2, "", policy);
    let copied = |j: usize| first.world.nodes[j].copied;
    let seen: Vec<usize> = (0..6).filter(|&j| copied(j).abs() > 1e-3).collect();
    assert!(!seen.is_empty(), "nobody's chains grew more than another's");
    for j in seen {
        let (now, then) = (sales(&with, j, INDUSTRY), sales(&base, j, INDUSTRY));
        assert_eq!(now < then, copied(j) > 0.0, "node {j}: copied {}, sales {then} to {now}", copied(j));
    }
    let (base, with) = pair(2, "", "[[policy.chain_leader]]\nproductivity = 0\nelsewhere = 0.1\n");
    assert!(capital(&with, N_SEAT, INDUSTRY) < capital(&base, N_SEAT, INDUSTRY));
}

#[test]
fn m26_cheaper_and_faster_entry_lets_projects_work() {
    let rest = "[parameters]\nentry_cost = 0.2\nentry_delay = 2\n[model]\nrelocation = false\n";
    let (base, with) =
        pair(2, rest, "[[policy.county_empowerment]]\nentry_cost = 0\nentry_delay = 0\noutsiders = 2.0\n");
    let idle = |s: &Simulation| s.world.nodes[M_SEAT].idle.iter().sum::<i64>();
    assert!(idle(&base) > 0 && idle(&with) == 0, "{} {}", idle(&with), idle(&base));
    assert!(capital(&with, M_SEAT, INDUSTRY) > capital(&base, M_SEAT, INDUSTRY));
}

#[test]
fn m26_what_procedures_no_longer_cost_investors_is_work_of_officials() {
    let area = Area::new();
    let reform = |years: u32, officials: f64| {
        let policy = "[[policy.county_empowerment]]\nentry_cost = 0.1\noffice_yuan = 0\nofficials";
        area.run(years, &format!("[parameters]\nentry_cost = 0.2\n{policy} = {officials}\n"))
    };
    let first = reform(1, 1.0);
    let founded = |j: usize| first.world.nodes[j].capital_flows.iter().map(|f| f.invested).sum::<i64>();
    let saved = 0.1 * [M_SEAT, M_VILLAGE, N_SEAT, N_VILLAGE].map(founded).iter().sum::<i64>() as f64;
    for officials in [0.0, 0.5, 1.0] {
        let part = paid(&reform(2, officials), "county_empowerment") as f64 / saved;
        assert!((part - officials).abs() < 1e-3, "{part} of {saved}, not {officials}");
    }
}

#[test]
fn m27_building_adds_public_capital_and_lowers_the_wedge() {
    let policy = "[[policy.infrastructure]]\nbuilding_yuan = 1000\ntrade_wedge = 0.5\nmoving_cost = 0.3\n\
                  spending_tilt = 0.1\nvisitor_access = 1.5\n";
    let (base, with) = pair(2, "", policy);
    assert!(with.world.nodes[M_VILLAGE].public_capital > base.world.nodes[M_VILLAGE].public_capital);
    assert!(sales(&with, M_VILLAGE, FARM) > sales(&base, M_VILLAGE, FARM));
    let moved = |s: &Simulation| s.tally.in_moves.iter().map(|m| m[0] + m[1]).sum::<u64>();
    assert!(moved(&with) > moved(&base), "the way is shorter in both directions");
}

#[test]
fn m28_villages_use_the_services_of_the_seat() {
    let (base, with) =
        pair(1, "", "[[policy.service_equalisation]]\nby_residence = 0\ntop_up = 0\ndigital = 0.5\n");
    assert!(with.world.nodes[M_VILLAGE].service_level > 1.2 * base.world.nodes[M_VILLAGE].service_level);
}

#[test]
fn m29_villagers_settle_in_their_own_seat() {
    let policy = "[[policy.hukou_reform]]\nat = { tier = \"city\" }\naccess_workers = 0.2\naccess_talent = 0.5\n\
                  near_home = 0.5\n";
    let (base, with) = pair(4, "", policy);
    let own = |s: &Simulation| {
        let row = &s.world.census.homes[M_VILLAGE];
        let at = |j: usize| row.iter().filter(|d| usize::from(d.place) == j).map(|d| d.total()).sum::<u64>();
        at(M_SEAT)
    };
    assert!(own(&with) > own(&base), "{} {}", own(&with), own(&base));
}

#[test]
fn m30_growth_of_markets_nearby_raises_industry() {
    let grows = "[drivers.technology]\nindustry = 0.05\nbusiness_services = 0.05\n";
    let policy =
        "[[policy.metropolitan_circle]]\nmarket_access = 0.3\nproducer_services = 0\nservices_yuan = 0\n";
    let (base, with) = pair(3, grows, policy);
    assert!(sales(&with, M_SEAT, INDUSTRY) > sales(&base, M_SEAT, INDUSTRY));
}

#[test]
fn m31_crowding_hurts_less_after_renewal() {
    let rest = "[parameters]\ncongestion_loss = 0.5\ncongestion_density = 300\n";
    let (base, with) =
        pair(1, rest, "[[policy.urban_renewal]]\nhousing = 0\ncongestion = 0.5\nrenewal_yuan = 0\n");
    assert!(with.utilities.node[S_CITY][0] > base.utilities.node[S_CITY][0]);
}

#[test]
fn m32_city_orders_are_income_of_county_firms_and_missing_in_the_city() {
    let policy = "[[policy.industry_transfer]]\nreview = 0.02\nloss = 0.15\nbonus = 0\norders = 0.05\n";
    let (base, with) = pair(1, "", policy);
    let (city, seats) = (with.world.nodes[S_CITY].inputs[INDUSTRY], [M_SEAT, N_SEAT]);
    assert!(city < 0);
    assert_eq!(-city, seats.iter().map(|&j| with.world.nodes[j].inputs[INDUSTRY]).sum::<i64>());
    assert!(with.world.nodes[M_SEAT].wage_bill[INDUSTRY] > base.world.nodes[M_SEAT].wage_bill[INDUSTRY]);
    assert!(with.world.nodes[S_CITY].wage_bill[INDUSTRY] < base.world.nodes[S_CITY].wage_bill[INDUSTRY]);
}

#[test]
fn m33_services_of_the_city_raise_county_industry() {
    let policy = "[[policy.metropolitan_circle]]\nmarket_access = 0\nproducer_services = 0.1\n";
    let (base, with) = pair(1, "", policy);
    assert!(sales(&with, M_SEAT, INDUSTRY) > 1.05 * sales(&base, M_SEAT, INDUSTRY));
    assert!(with.world.counties[SEA].programmes < 0, "the city pays");
    assert_eq!(with.levers.node(Lever::ProducerServices, N_SEAT), 0.0, "too far away");
}

#[test]
fn m34_pooled_shocks_vary_less() {
    let rest = "[parameters]\nfarm_shock_sd = 0.3\n";
    let (base, with) = pair(
        1,
        rest,
        "[[policy.agri_processing]]\nat = { prefecture = [\"1000\"] }\nshare = 0\npooling = 1.0\n",
    );
    let spread =
        |s: &Simulation| (s.world.nodes[S_VILLAGE].farm_shock - s.world.nodes[M_VILLAGE].farm_shock).abs();
    assert!(spread(&base) > 0.01 && spread(&with) < 1e-12);
    // What is pooled is shared, not gone.
    let mean = |s: &Simulation| {
        let seats = [S_VILLAGE, M_VILLAGE].map(|j| s.world.nodes[j].farm_shock);
        (seats[0] + seats[1]) / 2.0
    };
    assert!((mean(&with) - mean(&base)).abs() < 1e-12, "{} {}", mean(&with), mean(&base));
}

#[test]
fn m35_and_m36_transfers_reach_budgets_and_households() {
    let policy = "[[policy.income_transfer]]\nareas = { tier = \"county\", where = { measure = \"agriculture_share\", highest = 0.5 } }\n\
                  area_yuan = 200\nfarm_yuan = 500\nperson_yuan = 1000\nby_residence = 0.5\n";
    let (base, with) = pair(2, "", policy);
    assert!(with.world.counties[SECOND].programmes > 0 && base.world.counties[SECOND].programmes == 0);
    let part = |j: usize| from_policies(&with, j) as f64 / with.world.nodes[j].earners as f64;
    assert!(part(N_VILLAGE) > 0.0 && part(N_VILLAGE) >= part(S_VILLAGE), "the poorer receive more");
    assert_eq!(from_policies(&with, S_CITY), 0);
    assert!(paid(&with, "income_transfer") > 0);
    // Who thinks of living there counts it: a village draws by as much as it gives.
    let draws = |j: usize| with.rules().levers.node(Lever::AmenityWorkers, j);
    let a_head = |j: usize| from_policies(&with, j) as f64 / with.world.residents(j) as f64;
    let promised = |j: usize| with.world.nodes[j].promised_income[0];
    for village in [N_VILLAGE, S_VILLAGE] {
        let counted = libm::log(1.0 + a_head(village) / promised(village));
        assert!(draws(village) > 0.0 && (draws(village) / counted - 1.0).abs() < 0.2, "{village}: {counted}");
    }
    assert!(draws(S_CITY).abs() < 1e-12);
}

#[test]
fn m37_an_interaction_is_what_two_policies_do_together_beyond_each_alone() {
    let area = Area::new();
    let (a, b) = ("[[policy.development_zone]]\n", "[[policy.infrastructure]]\n");
    let output = |body: &str| area.run(3, body).world.output();
    let (none, only_a, only_b, both) = (output(""), output(a), output(b), output(&format!("{a}{b}")));
    let interaction = both - only_a - only_b + none;
    assert!(interaction != 0.0 && interaction.is_finite());
}

#[test]
fn m38_policies_choose_places_by_type() {
    let policy = "[[policy.green_transition]]\nabatement = 0\n\
                  upstream = { where = { measure = \"ecology\", highest = 0.34 } }\ncompensation_yuan = 100\n";
    let (_, with) = pair(1, "", policy);
    let receives: Vec<usize> = (0..6).filter(|&j| from_policies(&with, j) > 0).collect();
    assert_eq!(receives, [M_VILLAGE, N_VILLAGE], "the two with the best ecology");
}

#[test]
fn m39_the_county_earns_a_margin_on_its_own_farm_goods() {
    let (base, with) = pair(1, "", "[[policy.agri_processing]]\nshare = 0.5\nmargin = 0.4\n");
    let bought = -with.world.nodes[M_SEAT].inputs[INDUSTRY] as f64;
    let farms = sales(&with, M_SEAT, FARM) + sales(&with, M_VILLAGE, FARM);
    assert!((bought / farms - 0.5).abs() < 1e-6);
    assert!(with.world.nodes[M_SEAT].wage_bill[INDUSTRY] > base.world.nodes[M_SEAT].wage_bill[INDUSTRY]);
    assert!(
        (sales(&with, M_VILLAGE, FARM) / sales(&base, M_VILLAGE, FARM) - 1.0).abs() < 1e-9,
        "the usual price"
    );
}

#[test]
fn m40_technology_grows_where_talent_is_and_old_capital_goes() {
    let (base, with) = pair(1, "", "[[policy.industrial_upgrading]]\ngrowth = 0.02\nscrapping = 0.05\n");
    let gain = |j: usize| with.world.nodes[j].technology[INDUSTRY] / base.world.nodes[j].technology[INDUSTRY];
    assert!(gain(S_CITY) > gain(N_SEAT) && gain(N_SEAT) > 1.0);
    let worn = |s: &Simulation| s.world.nodes[S_CITY].capital_flows[INDUSTRY].depreciation;
    assert!(worn(&with) > worn(&base));
    assert!(paid(&with, "industrial_upgrading") > 0);
}

#[test]
fn m41_renewal_adds_housing_and_lowers_rent() {
    let (base, with) =
        pair(2, "", "[[policy.urban_renewal]]\nhousing = 0.1\namenity = 0.05\nconstruction_land = 1.2\n");
    assert!(with.world.nodes[S_CITY].housing > base.world.nodes[S_CITY].housing);
    assert!(with.world.nodes[S_CITY].rent < base.world.nodes[S_CITY].rent);
    assert!(paid(&with, "urban_renewal") > 0);
}
