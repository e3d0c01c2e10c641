//! Promise: capital flows say whose saving founded what where, and they close: what is saved and not invested is lent
//! to the rest of the world or waits in a pool.

use crate::six_nodes::{Area, FIRST, M_VILLAGE, S_CITY};
use shanhai::inside::{claims, part};
use shanhai::run::Simulation;
use shanhai::world::{Factor, Tier, Use};

/// Expected flows instead of lumps.
const SMOOTH: &str = "[model]\ncapital = \"deterministic\"\n";

/// Balances of all pools, fen.
fn pools(s: &Simulation) -> i64 {
    let accounts = &s.world.accounts;
    accounts.pool.iter().chain([&accounts.national_pool]).map(|f| f.0).sum()
}

/// Saved and invested in the year over all nodes, fen.
fn saved_and_invested(s: &Simulation) -> (i64, i64) {
    let nodes = &s.world.nodes;
    (nodes.iter().map(|n| n.saved).sum(), nodes.iter().map(|n| n.invested).sum())
}

#[test]
fn saving_less_investment_is_net_lending_in_fen() {
    let area = Area::new();
    let policies = "[[policy.rural_finance]]\nguarantee = 0.3\nfund_yuan = 300\n";
    for body in
        ["", SMOOTH, policies, "[parameters]\ndeposit_leakage = 1\nhome_pool_share = 0\ndepreciation = 0.3\n"]
    {
        let mut s = area.load(4, body).unwrap_or_else(|e| panic!("{e}"));
        for _ in 0..4 {
            let before = pools(&s);
            s.step().unwrap_or_else(|e| panic!("{e}"));
            let (saved, invested) = saved_and_invested(&s);
            let lent = s.world.accounts.paid_for(Use::NetLending).0;
            assert_eq!(saved - invested, lent + pools(&s) - before, "{body}");
            assert!(saved > 0 && invested > 0 && lent != 0, "{body}: {saved}, {invested}, {lent}");
        }
    }
}

/// Sums of a factor's rows to and from units that are no places, fen.
fn through(s: &Simulation, factor: Factor, code: &str) -> (i64, i64) {
    let geography = &s.world.geography;
    let mut sums = (0, 0);
    for (f, from, to, amount) in s.flows.between_units() {
        if f == factor {
            sums.0 += if s.flows.unit_code(geography, to) == code { amount } else { 0 };
            sums.1 += if s.flows.unit_code(geography, from) == code { amount } else { 0 };
        }
    }
    sums
}

#[test]
fn the_national_pool_passes_on_what_it_received_and_the_hub_receives_what_is_lent() {
    let area = Area::new();
    let mut s = area.load(3, "").unwrap_or_else(|e| panic!("{e}"));
    for _ in 0..3 {
        s.step().unwrap_or_else(|e| panic!("{e}"));
        let (came, went) = through(&s, Factor::Capital, "national_pool");
        assert!(came > 0, "deposits leak");
        assert_eq!(came, went);
        // What a pool borrows is counted when it is spent.
        let (lent, borrowed) = through(&s, Factor::Capital, "hub");
        let net = s.world.accounts.paid_for(Use::NetLending).0 as f64;
        assert!(lent > 0 && ((lent - borrowed) as f64 / net - 1.0).abs() < 0.01, "{lent} {borrowed} {net}");
        // Between tiers nothing stops in the pool: rows and columns hold the same money.
        // Who holds a part of the national fund and lives outside gives too.
        let (to_holders, of_holders) = through(&s, Factor::Capital, "rest");
        let outside = s.flows.net_inflow(Factor::Capital, Tier::Outside);
        assert_eq!(outside, lent - borrowed + to_holders - of_holders);
    }
}

#[test]
fn a_project_that_moves_is_no_investment() {
    let area = Area::new();
    let s = area.run(3, "[parameters]\nrelocation_review = 0.5\ndeposit_leakage = 0\nhome_pool_share = 1\n");
    let moved = |f: Factor| s.flows.between_units().filter(|row| row.0 == f).map(|row| row.3).sum::<i64>();
    let within: i64 = s
        .flows
        .between_units()
        .filter(|row| row.0 == Factor::Capital && row.1 < 6 && row.2 < 6)
        .filter(|row| s.world.geography.nodes[row.1].county != s.world.geography.nodes[row.2].county)
        .map(|row| row.3)
        .sum();
    assert!(moved(Factor::Relocation) > 0);
    assert_eq!(within, 0, "every pool invests at home and nothing leaks");
}

#[test]
fn claims_on_every_fund_are_its_book_value_in_fen() {
    let area = Area::new();
    let policies = "[[policy.rural_finance]]\nguarantee = 0.3\nfund_yuan = 300\n[drivers.migration]\nborder_own_province = 2.0\n";
    let audit = |s: &Simulation| {
        claims::audit(&s.world, &s.world.projects.held_by_funds(s.world.geography.counties.len() + 1))
    };
    for body in ["", SMOOTH, policies, "[parameters]\ndeposit_leakage = 0\nfailure_base = 0.5\n"] {
        let mut s = area.load(4, body).unwrap_or_else(|e| panic!("{e}"));
        for _ in 0..4 {
            s.step().unwrap_or_else(|e| panic!("{e}"));
            assert_eq!(audit(&s), Ok(()), "{body}");
        }
        let held: i64 = (0..s.world.geography.len()).map(|j| s.world.claims.of(&s.world.geography, j)).sum();
        let pools_of_funds = claims::book_values(&s.world);
        assert_eq!(held, pools_of_funds.iter().map(|v| v.max(&0)).sum::<i64>(), "{body}");
        // One fen too much is noticed.
        s.world.claims.nation[0] += 1;
        assert_eq!(audit(&s), Err((s.world.geography.counties.len(), 1)));
    }
}

#[test]
fn a_villagers_deposit_founded_in_a_city_pays_dividends_to_the_village() {
    let area = Area::new();
    // All deposits of counties leak to the national fund, whose projects stand mostly in the city.
    let mut s = area
        .load(1, &format!("{SMOOTH}[parameters]\ndeposit_leakage = 1\n"))
        .unwrap_or_else(|e| panic!("{e}"));
    let nation = s.world.geography.counties.len();
    let in_city = s.world.projects.list.iter().filter(|p| usize::from(p.node) == S_CITY);
    let held: i64 = in_city.filter(|p| usize::from(p.fund) == nation).map(|p| p.value).sum();
    assert!(held > 0 && s.world.claims.nation[M_VILLAGE] > 0);
    assert_eq!(s.world.claims.county[FIRST], [0; 3], "nothing stayed in the county's own fund");
    s.step().unwrap_or_else(|e| panic!("{e}"));
    let received: i64 = s
        .flows
        .between_units()
        .filter(|row| row.0 == Factor::Ownership && row.2 == M_VILLAGE)
        .map(|row| row.3)
        .sum();
    assert!(received > 0);
    // Beside farms, it has dividends of the national fund alone, whose retained profit it owns too.
    let from_fund = s.world.nodes[M_VILLAGE].income_parts[part::DIVIDENDS];
    assert!(from_fund > 0 && from_fund < received, "{from_fund} of {received}");
}

#[test]
fn counties_of_henan_lend_with_their_villages() {
    let path = crate::program::scenario("henan/baseline.toml");
    let overrides = ["run.persons_per_agent=2000".to_owned()];
    let mut s = shanhai::run::load(&path, &overrides).unwrap_or_else(|e| panic!("{e}"));
    let mut net = [0_i64; 4];
    for _ in 0..2 {
        s.step().unwrap_or_else(|e| panic!("{e}"));
        for (node, state) in s.world.geography.nodes.iter().zip(&s.world.nodes) {
            net[node.tier as usize] += state.saved - state.invested;
        }
    }
    let [_, seats, villages, _] = net;
    // Villages alone borrow: the evidence page says why.
    assert!(seats > 0 && villages + seats > 0, "net saving of cities, seats, villages: {net:?}");
}

#[test]
fn movers_take_their_claims() {
    let area = Area::new();
    let held = |moves: bool| {
        let body = format!(
            "[model]\nclaims_move = {moves}\n[drivers.migration]\nyears = 1\nvillage_to_seat = 2.0\nborder_own_province = 2.0\n"
        );
        let s = area.run(1, &body);
        let left: u64 = s.tally.out_moves[M_VILLAGE].iter().sum();
        let came: u64 = s.tally.in_moves[M_VILLAGE].iter().sum();
        assert!(left > came, "the village loses people");
        let claims = |j: usize| s.world.claims.of(&s.world.geography, j);
        let all: i64 = (0..s.world.geography.len()).map(claims).sum();
        (claims(M_VILLAGE), all)
    };
    let (with, without) = (held(true), held(false));
    assert!(with.0 < without.0, "{} {}", with.0, without.0);
    assert_eq!(with.1, without.1, "claims change hands, none is lost");
}

#[test]
fn deposits_that_leak_are_sent_by_the_county_that_saved_them() {
    let area = Area::new();
    let sent = |body: &str| {
        let s = area.run(2, &format!("{SMOOTH}{body}"));
        [Tier::CountySeat, Tier::Village].map(|from| s.flows.between_tiers(Factor::Capital, from, Tier::City))
    };
    let by_parameter = |leak: f64| sent(&format!("[parameters]\ndeposit_leakage = {leak}\n"));
    let by_lever = |leak: f64| {
        sent(&format!(
            "[[policy.lever_change]]\nlever = \"deposit_leakage\"\nat = {{ tier = \"county\" }}\nvalue = {leak}\n"
        ))
    };
    for (name, flows) in
        [("parameter", [0.0, 0.3, 0.6, 0.9].map(by_parameter)), ("lever", [0.0, 0.2, 0.4, 0.6].map(by_lever))]
    {
        for pair in flows.windows(2) {
            assert!(pair[0][0] < pair[1][0], "{name}, from seats: {flows:?}");
            assert!(pair[0][1] < pair[1][1], "{name}, from villages: {flows:?}");
        }
    }
}
