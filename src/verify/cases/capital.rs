//! C4, C5: capital.

use crate::verify::bench::{Bench, Case, at};
use crate::verify::closed_form::capital_logit::allocation;
use crate::verify::closed_form::solow::Solow;
use crate::verify::closed_form::tolerance;
use crate::verify::setup::{Place, Setup};
use crate::world::sector::INDUSTRY;

const THREE: [&str; 3] = ["a", "b", "c"];

pub(super) const SOLOW: Case = Case {
    number: "C4",
    key: "solow",
    title: "Solow: the path to balanced growth",
    formula: "K' = s Y + (1-delta) K, Y = K^a (A L)^(1-a): k* = (s/((1+n)(1+g) - 1 + delta))^(1/(1-a))",
    off: "On: investment of deposits in one place, capital deterministic. Labour and technology grow as efficiency \
          units, (1+n)(1+g) together, through the technology driver.",
    parameters: &[
        ("s", 0.4),
        ("delta", 0.1),
        ("n", 0.005),
        ("g", 0.03),
        ("a", 0.5),
        ("start", 0.2),
        ("r", 0.18),
    ],
    agents: 1_000,
    wrong: &["parameters.depreciation=0.12", "parameters.gross_return=0.2"],
    run: |b| {
        let [s, delta, n, g, a, start, r] = b.all(["s", "delta", "n", "g", "a", "start", "r"]);
        let law = Solow {
            saving: s,
            depreciation: delta,
            labour_growth: n,
            technology_growth: g,
            capital_share: a,
        };
        let steady = law.steady_state()?;
        let growth = (1.0 + n) * (1.0 + g);
        let driver = libm::pow(growth, 1.0 - a) - 1.0;
        let output = 1e12;
        // K_0 at which k_0 = start k*: K/Y falls with k^(1-a).
        let capital = output * steady.capital_output_ratio * libm::pow(start, 1.0 - a);
        let setup = |b: &Bench, name: &str, capital: Option<f64>, years: u32| {
            let mut place = Place::new("a", b.agents, INDUSTRY, output / b.agents as f64);
            place.capital = capital;
            let mut setup = Setup::new(name, vec![place])
                .on("investment")
                .with(&[
                    ("saving_rate_urban", s),
                    ("depreciation", delta),
                    ("industry_capital_share", a),
                    ("retained_profit_share", 0.0),
                ])
                .lasting(years);
            setup.base = "census";
            setup.sections = format!("[drivers.technology]\nindustry = {driver:?}");
            setup
        };
        let path: Vec<f64> =
            law.path(start * steady.capital, 100)?.into_iter().map(|k| k / steady.capital).collect();
        let scenario = setup(b, "path", Some(capital), 100).word("capital", "deterministic");
        let mut sim = b.load(&scenario)?;
        // k over k*: what the year opens with, per efficiency unit of that year.
        let k = |sim: &crate::simulation::Simulation| {
            let t = f64::from(sim.world.step);
            let capital_now = sim.world.nodes[0].capital[INDUSTRY] as f64 / 100.0;
            start * capital_now / (capital * libm::pow(growth, t + 1.0))
        };
        let mut before = 0.0;
        for (t, expected) in path.iter().enumerate().skip(1) {
            before = k(&sim);
            sim.step()?;
            if [1, 10, 50, 100].contains(&t) {
                b.check(format!("k/k* after {t} years"), *expected, k(&sim), 1e-9 * (1.0 + expected));
            }
        }
        let root = (k(&sim) - 1.0) / (before - 1.0);
        b.check("local root", steady.local_root, root, 2.0 * (k(&sim) - 1.0).abs() + 1e-9);
        let balanced = setup(b, "balanced", None, 30).word("capital", "deterministic");
        let mut sim = b.load(&balanced)?;
        let mut opened = 0.0;
        for _ in 0..balanced.years {
            opened = sim.world.nodes[0].capital[INDUSTRY] as f64;
            sim.step()?;
        }
        let node = &sim.world.nodes[0];
        let ratio = opened / node.revenue[INDUSTRY] as f64;
        b.check("balanced: K/Y", steady.capital_output_ratio, ratio, 1e-9);
        b.check(
            "balanced: net return",
            steady.net_return,
            node.surplus[INDUSTRY] as f64 / opened - delta,
            1e-9,
        );
        // With a stated return the rest of the world lends or borrows what saving and capital differ by.
        let stated =
            setup(b, "stated_return", None, 30).word("capital", "deterministic").with(&[("gross_return", r)]);
        let mut sim = b.load(&stated)?;
        for year in 1..=stated.years {
            opened = sim.world.nodes[0].capital[INDUSTRY] as f64;
            sim.step()?;
            if [1, 30].contains(&year) {
                let ratio = opened / sim.world.nodes[0].revenue[INDUSTRY] as f64;
                b.check(format!("stated return: K/Y after {year} years"), a / r, ratio, 1e-9 * a / r);
            }
        }
        // Whole projects of one size: at most one of them is waiting to be funded, and each of the first is scrapped when
        // a hundredth of its size is left.
        let worn = (libm::log(0.01) / libm::log(1.0 - delta)) as u32;
        let scenario = setup(b, "projects", Some(capital), worn.clamp(1, 50))
            .word("capital", "projects")
            .with(&[("project_size_ratio", 1.0), ("persons_per_project", 1.0)]);
        let sim = b.run_through(&scenario)?;
        let size = sim.world.base.project_min / 100.0;
        let first = b.agents as f64;
        let now = sim.world.nodes[0].capital[INDUSTRY] as f64 / 100.0;
        let expected = path[scenario.years as usize];
        b.check(
            format!("discrete projects: k/k* after {} years", scenario.years),
            expected,
            k(&sim),
            expected * size * (1.0 + 0.01 * first) / now + 1e-9,
        );
        Ok(())
    },
};

pub(super) const CAPITAL_LOGIT: Case = Case {
    number: "C5",
    key: "capital_logit",
    title: "Capital logit and equalisation of returns",
    formula: "K_j ~ (tau_j A_j L_j^(1-a))^(kappa/(1 + kappa (1-a))); kappa -> infinity: K_j ~ A_j^(1/(1-a)) L_j",
    off: "On: investment of retained profits, every cell with the same constant; no home share, no distance wedge.",
    parameters: &[
        ("kappa", 1.5),
        ("a", 0.5),
        ("wedge", 0.8),
        ("a1", 1.5),
        ("a2", 1.0),
        ("a3", 0.8),
        ("l1", 5.0),
        ("l2", 3.0),
        ("l3", 2.0),
    ],
    agents: 2_000,
    wrong: &["parameters.investment_elasticity=3.0"],
    run: |b| {
        let [kappa, a, wedge] = b.all(["kappa", "a", "wedge"]);
        let (technology, labour) = (b.all(["a1", "a2", "a3"]), b.all(["l1", "l2", "l3"]));
        let people: f64 = labour.iter().sum();
        let limit = 120.0;
        for (name, kappa, tau, size) in [
            ("finite", kappa, 1.0, None),
            ("elastic", 10.0, 1.0, None),
            ("equal_returns", limit, 1.0, None),
            ("wedge", kappa, wedge, None),
            ("equal_projects", kappa, 1.0, Some(1.0)),
            ("pareto_projects", kappa, 1.0, Some(1e4)),
        ] {
            let residents: Vec<f64> =
                labour.iter().map(|l| libm::rint(l / people * b.agents as f64)).collect();
            let places = (0..3)
                .map(|j| {
                    let mut p = Place::new(THREE[j], residents[j] as u64, INDUSTRY, 0.0);
                    // Base capital is proportional to output, so this output is that of technology A_j.
                    p.output[INDUSTRY] = 1e9 * libm::pow(technology[j], 1.0 / (1.0 - a)) * residents[j];
                    p.wedge = (j == 0 && tau != 1.0).then_some(tau);
                    p
                })
                .collect();
            let delta = (1.0 / (1.0 + kappa * (1.0 - a))).min(0.3);
            let rate = delta * (1.0 + kappa * (1.0 - a));
            let years = (28.0 / rate) as u32 + 5;
            let mut setup = Setup::new(name, places)
                .on("investment")
                .with(&[
                    ("investment_elasticity", kappa),
                    ("depreciation", delta),
                    ("industry_capital_share", a),
                    ("retained_profit_share", 1.0),
                ])
                .lasting(years);
            setup = match size {
                None => setup.word("capital", "deterministic"),
                Some(ratio) => setup
                    .word("capital", "projects")
                    .with(&[("project_size_ratio", ratio), ("persons_per_project", 1.0)]),
            };
            let mut s = b.load(&setup)?;
            let mut opened = [0.0; 3];
            for _ in 0..years {
                opened = THREE.map(|id| s.world.nodes[at(&s, id)].capital[INDUSTRY] as f64);
                s.step()?;
            }
            let now = THREE.map(|id| s.world.nodes[at(&s, id)].capital[INDUSTRY] as f64);
            let all: f64 = now.iter().sum();
            let found = now.map(|k| k / all);
            let wedges = [tau, 1.0, 1.0];
            let law = |kappa| allocation(&technology, &residents, &wedges, 1.0, a, kappa);
            let expected = law(kappa)?;
            let returns: Vec<f64> = THREE
                .iter()
                .zip(opened)
                .map(|(id, k)| libm::log(s.world.nodes[at(&s, id)].surplus[INDUSTRY] as f64 / k))
                .collect();
            let mean = returns.iter().sum::<f64>() / 3.0;
            let dispersion = libm::sqrt(returns.iter().map(|r| (r - mean) * (r - mean)).sum::<f64>() / 3.0);
            let what = match size {
                None if tau != 1.0 => format!("kappa {kappa}, wedge {tau}"),
                None => format!("kappa {kappa}"),
                Some(1.0) => format!("kappa {kappa}, projects of one size"),
                Some(_) => format!("kappa {kappa}, Pareto projects"),
            };
            if size.is_some() {
                let sizes: Vec<f64> = s.world.projects.list.iter().map(|p| p.value as f64).collect();
                let effective = tolerance::effective_number(&sizes);
                b.check_all(&format!("{what}: K"), &expected.capital, &found, |p| {
                    tolerance::share(p, effective, 1e-6)
                });
                continue;
            }
            b.check_all(&format!("{what}: K"), &expected.capital, &found, |_| 1e-7);
            b.check(format!("{what}: sd ln r"), expected.dispersion, dispersion, 1e-6);
            if kappa == limit {
                let equal = law(f64::INFINITY)?;
                let spread = equal.capital.iter().map(|k| libm::log(*k).abs()).fold(0.0, f64::max);
                b.check_all("returns equal (limit): K", &equal.capital, &found, |k| {
                    k * spread / (kappa * (1.0 - a))
                });
                b.check("returns equal (limit): sd ln r", 0.0, dispersion, spread / kappa);
            }
        }
        Ok(())
    },
};
