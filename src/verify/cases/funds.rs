//! C17: whose saving founds what where.

use crate::verify::bench::{Bench, Case, at};
use crate::verify::closed_form::flow_of_funds::Places;
use crate::verify::setup::{Place, Setup};
use crate::world::sector::{AGRICULTURE, INDUSTRY};
use crate::world::state::part;
use crate::world::{Factor, Tier};

pub(super) const FLOW_OF_FUNDS: Case = Case {
    number: "C17",
    key: "flow_of_funds",
    title: "Flow of funds: who holds capital, and what leakage moves",
    formula: "u = (w_A + X_A)/(w + X); A -> B = l u (1-n) I, B -> A = l (1-u) n I, n = (k_A - (1-l) u)/l; net (u - k_A) I at any l",
    off: "On: investment of deposits and retained profits in two places, capital deterministic; county funds at home only, no \
          growth, no taxes, no building. Farms of A need no capital.",
    parameters: &[
        ("wages_a", 300.0),
        ("wages_b", 500.0),
        ("farm", 200.0),
        ("a", 0.5),
        ("s", 0.4),
        ("ret", 0.5),
        ("delta", 0.1),
        ("leak", 0.6),
        ("more", 0.9),
    ],
    agents: 1_000,
    wrong: &["parameters.deposit_leakage=0.3", "parameters.retained_profit_share=0.2"],
    run: |b| {
        for leak in [b.get("leak"), b.get("more")] {
            compare(b, leak)?;
        }
        Ok(())
    },
};

/// Yuan of a unit of the case.
const UNIT: f64 = 1e8;

fn compare(b: &mut Bench, leak: f64) -> crate::Result<()> {
    let [w_a, w_b, farm, a] = b.all(["wages_a", "wages_b", "farm", "a"]);
    let [s, ret, delta] = b.all(["s", "ret", "delta"]);
    let places = Places { wages: [w_a, w_b], farm, capital_share: a, saving: s, retained: ret, leak };
    let expected = places.flows()?;
    // A is a county seat and B a city, so that flows between tiers are flows between the two.
    let people = b.agents;
    let half = people / 2;
    let mut first = Place::new("a", half, INDUSTRY, 0.0);
    first.employed[AGRICULTURE] = half / 3;
    first.employed[INDUSTRY] = half - half / 3;
    first.output[AGRICULTURE] = farm * UNIT;
    first.output[INDUSTRY] = w_a / (1.0 - a) * UNIT;
    let mut second = Place::new("b", people - half, INDUSTRY, 0.0);
    second.tier = "city";
    second.output[INDUSTRY] = w_b / (1.0 - a) * UNIT;
    let mut setup = Setup::new(&format!("leak_{leak}").replace('.', "_"), vec![first, second])
        .on("investment")
        .word("capital", "deterministic")
        .with(&[
            ("saving_rate_urban", s),
            ("retained_profit_share", ret),
            ("depreciation", delta),
            ("industry_capital_share", a),
            ("deposit_leakage", leak),
            ("deposit_leakage_city", leak),
            ("home_pool_share", 1.0),
        ])
        .lasting(20);
    setup.base = "census";
    let mut sim = b.load(&setup)?;
    for year in 1..=setup.years {
        sim.step()?;
        if ![1, setup.years].contains(&year) {
            continue;
        }
        let [i, j] = ["a", "b"].map(|id| at(&sim, id));
        let when = if year == 1 { "after a year" } else { "after 20 years" };
        let unit = 100.0 * UNIT;
        let node = |j: usize| &sim.world.nodes[j];
        let flow = |from, to| sim.flows.between_tiers(Factor::Capital, from, to) as f64 / unit;
        let claims = |j: usize| sim.world.claims.of(&sim.world.geography, j) as f64;
        let rows = [
            ("A to B", expected.gross[0], flow(Tier::CountySeat, Tier::City)),
            ("B to A", expected.gross[1], flow(Tier::City, Tier::CountySeat)),
            (
                "net saving of A",
                (expected.held - expected.capital) * expected.investment,
                (node(i).saved - node(i).invested) as f64 / unit,
            ),
            ("investment", expected.investment, (node(i).invested + node(j).invested) as f64 / unit),
            ("dividends of A", expected.dividends, node(i).income_parts[part::DIVIDENDS] as f64 / unit),
            ("claims of A", expected.held, claims(i) / (claims(i) + claims(j))),
        ];
        for (what, expected, obtained) in rows {
            b.check(format!("l = {leak}: {what} {when}"), expected, obtained, 1e-6 * (1.0 + expected));
        }
    }
    Ok(())
}
