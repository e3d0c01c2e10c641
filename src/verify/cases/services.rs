//! C15: a service that is bought where it is made.

use crate::simulation::Simulation;
use crate::verify::bench::{Case, at, shares};
use crate::verify::closed_form::nontraded::Nontraded;
use crate::verify::closed_form::tolerance;
use crate::verify::setup::{Place, Setup};
use crate::world::people::activity;
use crate::world::sector::{INDUSTRY, LOCAL_SERVICES};

/// Yuan a year of a job in industry.
const WAGE: f64 = 50_000.0;
/// Elasticity of a place whose people do not care where they live.
const FREE: f64 = 100.0;

pub(super) const NONTRADED: Case = Case {
    number: "C15",
    key: "nontraded",
    title: "A service that does not travel",
    formula: "p_j = x_j n_j^a; v_j = x_j^(1-b) n_j^(-a b), n = N/N_0; N_1/N_2 = x^(kappa (1-b)/(1 + kappa a b))",
    off: "On: migration, until people are at rest. Two prefectures with industry (labour only, sold at the hub) and local services; \
          shares of work, capital and b stand; no government, tax, saving, housing. x multiplies industry's productivity in one.",
    parameters: &[("x", 1.3), ("a", 0.3), ("b", 0.4), ("kappa", 1.5)],
    agents: 20_000,
    wrong: &["parameters.local_spending_share=0.3", "parameters.local_capital_share=0.1"],
    run: |b| {
        let [x, a, share, kappa] = b.all(["x", "a", "b", "kappa"]);
        for (name, a, kappa) in [("labour_only", 0.0, kappa), ("with_capital", a, kappa), ("mobile", a, FREE)]
        {
            let law = Nontraded { capital_share: a, spending_share: share, location_elasticity: kappa };
            law.check()?;
            let each = b.agents / 4 * 2;
            let places = ["a", "b"].map(|id| {
                let mut place = Place::new(id, each, INDUSTRY, 0.0);
                place.employed[INDUSTRY] = each / 2;
                place.employed[LOCAL_SERVICES] = each / 2;
                place.output[INDUSTRY] = WAGE * (each / 2) as f64;
                place.output[LOCAL_SERVICES] = share / (1.0 - share) * place.output[INDUSTRY];
                place
            });
            // Half as fast as the yearly review of everybody can bear; the ratio then closes 1 - psi of its gap a year or more.
            let psi = (1.0 / (1.0 + 0.6 * kappa)).min(0.5);
            let years = ((20.0 / psi) as u32).min(800);
            let setup = Setup::new(name, places.to_vec())
                .migrating(kappa, psi)
                .word("capital", "deterministic")
                .with(&[
                    ("local_spending_share", share),
                    ("local_capital_share", a),
                    ("gross_return", 0.17),
                    ("retained_profit_share", 0.0),
                    ("sector_elasticity", 0.0),
                ])
                .lasting(years + 80);
            let mut s = b.load(&setup)?;
            let nodes = ["a", "b"].map(|id| at(&s, id));
            let at_work = |s: &Simulation, j: usize| {
                let people = s.world.census.places[j].people[0];
                [INDUSTRY, LOCAL_SERVICES].map(|s| people[activity::SECTOR + s] as f64)
            };
            let before = nodes.map(|j| (s.world.nodes[j].promised_income[0], at_work(&s, j)));
            s.world.nodes[nodes[0]].technology[INDUSTRY] *= x;
            for _ in 0..years {
                s.step()?;
            }
            let found = shares(&s, &["a", "b"]);
            // Nobody moves until spending, which lags a year, has come to rest.
            s.scenario.model.migration = false;
            for _ in 0..80 {
                s.step()?;
            }
            let ratio = law.people(x);
            let expected = [ratio / (1.0 + ratio), 1.0 / (1.0 + ratio)];
            let n = 2.0 * each as f64;
            let chance = tolerance::Z * law.deviation(n * expected[0], n * expected[1]);
            b.check_all(&format!("{name}: people"), &expected, &found, |p| {
                tolerance::share(p, n, chance * p * (1.0 - p))
            });
            let mut real = [0.0; 2];
            for (i, &j) in nodes.iter().enumerate() {
                let state = &s.world.nodes[j];
                let (income, was) = before[i];
                let now = at_work(&s, j);
                let [goods, service] = [now[0] / was[0], now[1] / was[1]];
                let people = (now[0] + now[1]) / (was[0] + was[1]);
                let x = if i == 0 { x } else { 1.0 };
                let label = |what: &str| format!("{name}: {what} {}", i + 1);
                b.check(label("price"), law.price(x, goods, service), state.service_price, 1e-6);
                real[i] = state.promised_income[0] / income * libm::exp(-share * state.log_service_price);
                b.check(label("real income"), law.real_income(x, goods, service, people), real[i], 1e-6);
            }
            if kappa == FREE {
                let ratio = libm::pow(found[0] / found[1], 1.0 / kappa);
                b.check(format!("{name}: real incomes are nearly equal"), ratio, real[0] / real[1], 2e-3);
            }
        }
        Ok(())
    },
};
