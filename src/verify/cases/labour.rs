//! C14: pay and unemployment around a wage curve.

use crate::verify::bench::{Case, at};
use crate::verify::closed_form::wage_curve::{Law, solve};
use crate::verify::setup::{Place, Setup};
use crate::world::sector::INDUSTRY;

pub(super) const WAGE_CURVE: Case = Case {
    number: "C14",
    key: "wage_curve",
    title: "A wage curve around a norm: three cells of one province",
    formula: "ln w/w0 = theta m + (1-theta) A - beta ln(u/u0), u = u0 (w/w0 e^-m)^zeta, sum b w/w0 = sum b e^m",
    off: "On: industry of three places, half of value added to capital; technology of each place is multiplied by a number.",
    parameters: &[
        ("theta", 0.3),
        ("beta", 0.1),
        ("zeta", 2.0),
        ("usual", 0.05),
        ("first", 1.3),
        ("second", 0.9),
        ("third", 1.0),
    ],
    agents: 3_000,
    wrong: &["parameters.wage_curve=0.3"],
    run: |b| {
        let [theta, beta, zeta, usual] = b.all(["theta", "beta", "zeta", "usual"]);
        let products = b.all(["first", "second", "third"]);
        let ids = ["a", "b", "c"];
        let places = ids.iter().enumerate().map(|(i, id)| {
            let mut place = Place::new(id, b.agents / 3, INDUSTRY, 40_000.0 * (i + 1) as f64);
            // Some look for work.
            place.employed[INDUSTRY] = place.employed[INDUSTRY] * 9 / 10;
            place
        });
        let setup = Setup::new("three_cells", places.collect()).with(&[
            ("industry_capital_share", 0.5),
            ("unemployment_seat", usual),
            ("wage_own", theta),
            ("wage_curve", beta),
            ("job_creation", zeta),
        ]);
        let mut s = b.load(&setup)?;
        let nodes = ids.map(|id| at(&s, id));
        let base = nodes.map(|j| s.world.base.pay[j][INDUSTRY][0].wage);
        let mut bills = [0.0; 3];
        for (i, &j) in nodes.iter().enumerate() {
            let state = &s.world.nodes[j];
            bills[i] = base[i] * (1.0 - usual) * state.labour[INDUSTRY][0];
            b.check(
                format!("{}: unemployment of the base year", ids[i]),
                usual,
                1.0 - state.job_probability[INDUSTRY][0],
                1e-12,
            );
            let half = 0.5 * state.revenue[INDUSTRY] as f64;
            b.check(format!("{}: labour's half of value added, of it", ids[i]), 1.0, bills[i] / half, 1e-9);
        }
        for (&j, product) in nodes.iter().zip(products) {
            s.world.nodes[j].technology[INDUSTRY] *= product;
        }
        s.step()?;
        let law = Law { own: theta, slope: beta, jobs: zeta, usual };
        let expected = solve(law, &bills, &products)?;
        let mut paid = 0.0;
        for (i, &j) in nodes.iter().enumerate() {
            let state = &s.world.nodes[j];
            let pay = state.wage[INDUSTRY][0] / base[i];
            paid += bills[i] * pay;
            b.check(format!("{}: pay over the base year's", ids[i]), expected.pay[i], pay, 1e-12);
            let found = 1.0 - state.job_probability[INDUSTRY][0];
            b.check(format!("{}: unemployment", ids[i]), expected.unemployment[i], found, 1e-12);
        }
        let products: f64 = bills.iter().zip(products).map(|(bill, product)| bill * product).sum();
        b.check("pay summed over cells, over what it was of products", 1.0, paid / products, 1e-12);
        Ok(())
    },
};
