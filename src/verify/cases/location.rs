//! C1, C2, C3, C7, C11: where people live.

use crate::estimate::least_squares::Regressor;
use crate::estimate::ppml::{Flow, gravity};
use crate::kernel::draw::{Draws, Purpose};
use crate::verify::bench::{Bench, Case, TABLE, at, row, shares};
use crate::verify::closed_form::gravity::coefficient_error;
use crate::verify::closed_form::harris_todaro::{HarrisTodaro, classic_unemployment, unemployment_tolerance};
use crate::verify::closed_form::hat_algebra::hat_change;
use crate::verify::closed_form::migration_chain::{
    current_place_chain, network_shares, reversible_stationary, uniform_cost_chain, uniform_cost_stationary,
};
use crate::verify::closed_form::nested_logit::nested_logit;
use crate::verify::closed_form::rosen_roback::RosenRoback;
use crate::verify::closed_form::solve::{second_eigenvalue, stationary};
use crate::verify::closed_form::tolerance;
use crate::verify::setup::{Place, Setup};
use crate::world::sector::{AGRICULTURE, INDUSTRY};

/// Yuan a year of a wage of one.
const WAGE: f64 = 10_000.0;

/// Review probability half as fast as the synchronous review can bear, at most `most`.
fn pace(kappa: f64, most: f64) -> f64 {
    (1.0 / (1.0 + 0.6 * kappa)).min(most)
}

pub(super) const HARRIS_TODARO: Case = Case {
    number: "C1",
    key: "harris_todaro",
    title: "Harris and Todaro: urban unemployment",
    formula: "N_u/N_r = (min(1, L_d/N_u) w_u/w_r)^kappa, w_r = c N_r^-a; kappa -> infinity: u* = 1 - w_r/w_u",
    off: "On: migration. Urban jobs fixed (column jobs_industry), technology labour-only or Cobb-Douglas in land; \
          demography, capital, rents, services, home bias off.",
    parameters: &[
        ("kappa", 1.5),
        ("urban_wage", 60_000.0),
        ("rural_wage", 30_000.0),
        ("jobs", 0.4),
        ("land_share", 0.44),
        ("rural_reference", 0.5),
    ],
    agents: 20_000,
    wrong: &["parameters.location_elasticity_workers=0.7"],
    run: |b| {
        let [kappa, w_u, w_r, jobs, land, reference] =
            b.all(["kappa", "urban_wage", "rural_wage", "jobs", "land_share", "rural_reference"]);
        let limit = 200.0;
        for (name, kappa, exponent) in [
            ("fixed_wage", kappa, 0.0),
            ("fixed_wage_5", 5.0, 0.0),
            ("fixed_wage_50", 50.0, 0.0),
            ("classic", limit, 0.0),
            ("farm", kappa, land),
            ("farm_classic", limit, land),
        ] {
            let n = b.agents as f64;
            let law = HarrisTodaro {
                workers: n,
                urban_jobs: jobs * n,
                urban_wage: w_u,
                rural_wage: w_r,
                rural_reference: reference * n,
                rural_exponent: exponent,
            };
            let finite = law.equilibrium(kappa)?;
            let mut expected = finite;
            let mut bias = 1e-6;
            if kappa == limit {
                // Distance of a finite elasticity from the limit, to first order in 1/kappa.
                expected = law.equilibrium(f64::INFINITY)?;
                let odds = expected.urban / (n - expected.urban);
                bias = (1.0 - expected.unemployment) * libm::expm1(libm::log(odds).abs() / kappa);
            }
            let urban0 = libm::rint(jobs * n) as u64;
            let rural0 = b.agents - urban0;
            let mut city = Place::new("u", urban0, INDUSTRY, w_u);
            city.tier = "city";
            city.registered = b.agents;
            city.jobs = Some(jobs * n);
            let mut village = Place::new("r", rural0, AGRICULTURE, w_r).of_newcomers();
            if exponent > 0.0 {
                let wage = w_r * libm::pow(rural0 as f64 / (reference * n), -exponent);
                village.output[AGRICULTURE] = wage * rural0 as f64 / (1.0 - exponent);
            }
            let psi = pace(kappa, 0.15);
            let p = finite.urban / n;
            // Once near, feedback closes the gap; until then only reviewers move.
            let years = (30.0 / (psi * (1.0 + kappa * (1.0 - p))) + 2.0 / psi) as u32;
            let setup = Setup::new(name, vec![city, village])
                .migrating(kappa, psi)
                .with(&[("farm_land_share", exponent)])
                .lasting(years);
            let s = b.run_through(&setup)?;
            let (u, r) = (at(&s, "u"), at(&s, "r"));
            let p = expected.urban / n;
            let tolerance = unemployment_tolerance(expected.unemployment, p, n) + bias;
            let label =
                if kappa == limit { "classic limit, kappa 200".into() } else { format!("kappa {kappa}") };
            let farm = if exponent > 0.0 { "farm Cobb-Douglas" } else { "rural wage fixed" };
            let pe = s.world.nodes[u].job_probability[INDUSTRY][0];
            b.check(format!("{farm}, {label}: u"), expected.unemployment, 1.0 - pe, tolerance);
            let share = s.world.residents(u) as f64 / n;
            let spread = 5.0 * libm::sqrt(p * (1.0 - p) / n) + bias * p / (1.0 - expected.unemployment);
            b.check(format!("{farm}, {label}: N_u/N"), p, share, spread);
            if exponent > 0.0 {
                let wage = s.world.nodes[r].wage[AGRICULTURE][0] / 100.0;
                let spread = expected.rural_wage * exponent * spread / (1.0 - p) * 1.1;
                b.check(format!("{farm}, {label}: w_r"), expected.rural_wage, wage, spread);
            } else if kappa == limit {
                b.check("classic u* = 1 - w_r/w_u", classic_unemployment(w_u, w_r), 1.0 - pe, tolerance);
            }
        }
        Ok(())
    },
};

const THREE: [&str; 3] = ["a", "b", "c"];

/// Three places with wages v, everybody at home.
fn three(b: &Bench, v: [f64; 3]) -> Vec<Place> {
    THREE.iter().zip(v).map(|(id, v)| Place::new(id, b.agents / 3, INDUSTRY, WAGE * v)).collect()
}

pub(super) const MIGRATION_CHAIN: Case = Case {
    number: "C2",
    key: "migration_chain",
    title: "Markov chains of migration, entry barriers, one-off costs, networks",
    formula: "P_ij = e^(V_j - c_ij - h_j)/Z_i; symmetric c: pi_i ~ e^(V_i - h_i) Z_i; one-off cost m: W_ii = e^(V_i + m); \
              network: share ~ e^(kappa u/(1 - kappa gam_N))",
    off: "On: migration, anchored at the present place (a, c) or at home (b, d); wages from labour-only technology.",
    parameters: &[
        ("v1", 3.0),
        ("v2", 2.0),
        ("v3", 1.0),
        ("c12", 1.0),
        ("c13", 2.0),
        ("c23", 0.5),
        ("h1", 1.0),
        ("h2", 0.3),
        ("h3", 0.0),
        ("m", 2.0),
        ("network_kappa", 1.5),
        ("network", 0.1),
    ],
    agents: 30_000,
    wrong: &["parameters.location_elasticity_workers=1.4"],
    run: |b| {
        let v = b.all(["v1", "v2", "v3"]);
        let ln_v = v.map(libm::log);
        let [c12, c13, c23] = b.all(["c12", "c13", "c23"]);
        let h = b.all(["h1", "h2", "h3"]);
        let symmetric = vec![vec![0.0, c12, c13], vec![c12, 0.0, c23], vec![c13, c23, 0.0]];
        let mut general = symmetric.clone();
        general[2][0] += 1.5;
        general[0][1] += 0.7;
        general[1][2] += 1.1;
        let n = (b.agents / 3 * 3) as f64;
        for (name, what, cost, barrier) in [
            ("symmetric", "(a) symmetric costs", &symmetric, [0.0; 3]),
            ("barriers", "(a) entry barriers", &symmetric, h),
            ("general", "(c) general costs", &general, [0.0; 3]),
        ] {
            let chain = current_place_chain(&ln_v, cost, &barrier)?;
            let pi = if name == "general" {
                stationary(&chain)?
            } else {
                reversible_stationary(&ln_v, cost, &barrier)?
            };
            let second = second_eigenvalue(&chain)?;
            let years = ((-16.0 / libm::log(second.abs())) as u32).clamp(10, 900);
            let mut setup =
                Setup::new(name, three(b, v)).migrating(1.0, 1.0).word("anchor", "place").lasting(years);
            for i in 0..3 {
                for j in (0..3).filter(|&j| j != i) {
                    setup.costs.push((THREE[i].into(), format!("p{}", THREE[j]), cost[i][j] + barrier[j]));
                }
            }
            let mut s = b.run_through(&setup)?;
            for (i, from) in THREE.iter().enumerate() {
                let found = row(&mut s, from, &THREE);
                b.check_all(&format!("{what}: P from {} to", i + 1), &chain[i], &found, |_| TABLE);
            }
            let bias = tolerance::mixing_bias(second, years) + 1e-9;
            b.check_all(&format!("{what}: pi"), &pi, &shares(&s, &THREE), |p| tolerance::share(p, n, bias));
        }
        let m = b.get("m");
        for (name, m) in [("one_off_cost", m), ("no_cost", 0.0)] {
            let pi = uniform_cost_stationary(&ln_v, m)?;
            let second = second_eigenvalue(&uniform_cost_chain(&ln_v, m)?)?;
            let years = if m == 0.0 { 5 } else { ((-16.0 / libm::log(second.abs())) as u32).clamp(10, 900) };
            let setup = Setup::new(name, three(b, v))
                .migrating(1.0, 1.0)
                .with(&[("moving_cost_once", m)])
                .lasting(years);
            let s = b.run_through(&setup)?;
            let bias = tolerance::mixing_bias(second, years) + 1e-9;
            b.check_all(&format!("(b) one-off cost {m}: pi"), &pi, &shares(&s, &THREE), |p| {
                tolerance::share(p, n, bias)
            });
        }
        let [kappa, gamma] = b.all(["network_kappa", "network"]);
        let psi = (2.0 * pace(kappa, 1.0) * 0.95).min(1.0);
        for (name, gamma) in [("network", gamma), ("no_network", 0.0)] {
            let expected = network_shares(&ln_v, kappa, gamma)?;
            let mut places: Vec<Place> = three(b, v).into_iter().map(Place::of_newcomers).collect();
            let mut home = Place::new("h", 0, INDUSTRY, WAGE);
            home.registered = b.agents / 3 * 3;
            home.amenity = -80.0;
            places.push(home);
            let setup = Setup::new(name, places)
                .migrating(kappa, psi)
                .with(&[("network_pull", gamma), ("network_scale", 1e-12)])
                .lasting((25.0 / psi / (1.0 - kappa * gamma)).min(1000.0) as u32);
            let s = b.run_through(&setup)?;
            b.check_all(&format!("(d) network gam_N {gamma}: share"), &expected, &shares(&s, &THREE), |p| {
                tolerance::share(p, n, 1e-9) / (1.0 - kappa * gamma)
            });
        }
        Ok(())
    },
};

pub(super) const GRAVITY: Case = Case {
    number: "C3a",
    key: "gravity",
    title: "The coefficient of distance by PPML with origin and destination effects",
    formula: "P_ij ~ e^V_j d_ij^-beta, j != i; tolerance 4 Fisher standard errors of this layout",
    off: "On: migration from home with distance (gamma_d = beta/kappa); 20 places in a square of 1000 km.",
    parameters: &[("beta", 1.2), ("kappa", 1.0), ("layout", 7.0)],
    agents: 40_000,
    wrong: &["parameters.distance_loss=1.5"],
    run: |b| {
        let [beta, kappa, layout] = b.all(["beta", "kappa", "layout"]);
        let draws = Draws::new(layout as u64, Purpose::Experiment, 0);
        let each = b.agents / 20;
        let psi = (2.0 * pace(kappa, 1.0) * 0.95).min(1.0);
        let places: Vec<Place> = (0..20u64)
            .map(|i| {
                let wage = WAGE * libm::exp(0.5 * draws.normal(3 * i));
                let mut place = Place::new(&format!("n{i:02}"), each, INDUSTRY, wage);
                // Some 9 degrees are 1000 km at the equator.
                let at = |k: u64| libm::rint(9e6 * draws.uniform(3 * i + k)) / 1e6;
                place.point = (100.0 + at(1), at(2) - 4.5);
                place
            })
            .collect();
        let mut setup = Setup::new("square", places)
            .migrating(kappa, psi)
            .with(&[("distance_loss", beta / kappa), ("local_distance_km", 0.1)])
            .lasting(if psi < 1.0 { (25.0 / psi) as u32 } else { 1 });
        // Leaving is favoured everywhere alike, so that nearly all leave; among destinations it cancels.
        for i in 0..20 {
            for j in (0..20).filter(|&j| j != i) {
                setup.costs.push((format!("n{i:02}"), format!("pn{j:02}"), -12.0 * beta.max(1.0) / kappa));
            }
        }
        let s = b.run_through(&setup)?;
        let g = &s.world.geography;
        let n = g.len();
        let distance: Vec<Vec<f64>> =
            (0..n).map(|i| (0..n).map(|j| g.county_distance(i, j).max(0.1)).collect()).collect();
        let (mut flows, mut logs) = (Vec::new(), Vec::new());
        let mut leavers = vec![0.0; n];
        for i in 0..n {
            for j in (0..n).filter(|&j| j != i) {
                let amount: u64 = s.world.census.homes[i]
                    .iter()
                    .filter(|d| usize::from(d.place) == j)
                    .map(|d| d.total())
                    .sum();
                leavers[i] += amount as f64;
                flows.push(Flow { origin: i, destination: j, amount: amount as f64 });
                logs.push(libm::log(distance[i][j]));
            }
        }
        let fit = gravity(&flows, &[Regressor::new("ln_km", logs)])?;
        let value: Vec<f64> =
            (0..n).map(|j| kappa * libm::log(s.world.nodes[j].promised_income[0] / 1e6)).collect();
        let error = coefficient_error(&value, &distance, beta, &leavers)?;
        b.check("distance coefficient", -beta, fit.coefficients[0].estimate, 4.0 * error);
        b.check("its Fisher error", error, fit.coefficients[0].fisher_error, 0.15 * error);
        Ok(())
    },
};

pub(super) const HAT_ALGEBRA: Case = Case {
    number: "C3b",
    key: "hat_algebra",
    title: "Exact hat algebra on inverted base shares",
    formula: "pi'_j = pi_j w_j^kappa / sum, welfare = (sum pi_j w_j^kappa)^(1/kappa)",
    off: "On: migration; base year inverted from the census; one sector's technology grows, wages follow it.",
    parameters: &[("share1", 0.6), ("share2", 0.3), ("wage_growth", 0.1), ("kappa", 1.5)],
    agents: 20_000,
    wrong: &["drivers.technology.agriculture=0.2"],
    run: |b| {
        let [s1, s2, growth, kappa] = b.all(["share1", "share2", "wage_growth", "kappa"]);
        let n = b.agents as f64;
        let people = [s1, s2].map(|s| libm::rint(s * n) as u64);
        let last = b.agents.saturating_sub(people[0] + people[1]);
        let mut first = Place::new("a", people[0], INDUSTRY, WAGE);
        first.registered = b.agents;
        let second = Place::new("b", people[1], AGRICULTURE, WAGE).of_newcomers();
        let third = Place::new("c", last, INDUSTRY, WAGE).of_newcomers();
        let psi = (2.0 * pace(kappa, 1.0) * 0.95).min(1.0);
        let mut setup = Setup::new("one_wage_rises", vec![first, second, third]).migrating(kappa, psi);
        setup.base = "census";
        setup.sections = format!("[drivers.technology]\nagriculture = {growth:?}");
        let base = [people[0], people[1], last].map(|p| p as f64 / n);
        let expected = hat_change(&base, &[1.0, 1.0 + growth, 1.0], kappa)?;
        let mut s = b.run_through(&setup)?;
        let table = row(&mut s, "a", &THREE);
        b.check_all("table, place", &expected.shares, &table, |_| TABLE);
        // The first place's wage stands, so its share has fallen by welfare to the power kappa.
        let welfare = libm::pow(base[0] / table[0], 1.0 / kappa);
        b.check("welfare", expected.welfare, welfare, 1e-8);
        let mixed: Vec<f64> =
            base.iter().zip(&expected.shares).map(|(old, new)| (1.0 - psi) * old + psi * new).collect();
        b.check_all("agents, place", &mixed, &shares(&s, &THREE), |p| tolerance::share(p, n, 1e-9));
        Ok(())
    },
};

pub(super) const ROSEN_ROBACK: Case = Case {
    number: "C7",
    key: "rosen_roback",
    title: "Rosen and Roback with a finite elasticity",
    formula: "w = A N^-eta, rho = b w N/H, v = B w rho^-b: N_j ~ [B A^(1-b) H^b]^(kappa/(1 + kappa (eta (1-b) + b)))",
    off: "On: migration, housing (supply fixed); amenity and housing stock are columns; rents return to residents.",
    parameters: &[
        ("kappa", 1.5),
        ("b", 0.2),
        ("a1", 3.0),
        ("a2", 2.0),
        ("a3", 1.0),
        ("b1", 1.0),
        ("b2", 1.2),
        ("b3", 1.5),
        ("h1", 1.0),
        ("h2", 1.5),
        ("h3", 3.0),
    ],
    agents: 20_000,
    wrong: &["parameters.housing_spending_share=0.3"],
    run: |b| {
        let [kappa, housing_share] = b.all(["kappa", "b"]);
        let (productivity, amenity, housing) =
            (b.all(["a1", "a2", "a3"]), b.all(["b1", "b2", "b3"]), b.all(["h1", "h2", "h3"]));
        let limit = 100.0;
        for (name, eta, kappa) in [
            ("congestion", 0.1, kappa),
            ("neutral", 0.0, kappa),
            ("agglomeration", -0.05, kappa),
            ("equal_utility", 0.0, limit),
        ] {
            let law = |kappa| RosenRoback { wage_elasticity: eta, housing_share, location_elasticity: kappa };
            let n = b.agents as f64;
            let finite = law(kappa).equilibrium(&amenity, &productivity, &housing, n)?;
            let third = b.agents / 3;
            let places = (0..3)
                .map(|j| {
                    let mut p = Place::new(THREE[j], third, INDUSTRY, WAGE * productivity[j]);
                    p.amenity = libm::log(amenity[j]);
                    p.housing = Some(housing[j] * n);
                    p
                })
                .collect();
            let psi = pace(kappa * (1.0 + 2.0 * housing_share), 0.15);
            let setup = Setup::new(name, places)
                .migrating(kappa, psi)
                .on("housing")
                .with(&[("housing_spending_share", housing_share), ("agglomeration_workers", -eta)])
                .lasting((25.0 / (psi * law(kappa).stability()) + 3.0 / psi).clamp(30.0, 1000.0) as u32);
            let s = b.run_through(&setup)?;
            let found = shares(&s, &THREE);
            if kappa == limit {
                let equal = law(f64::INFINITY).equilibrium(&amenity, &productivity, &housing, n)?;
                // Distance of a finite elasticity from the limit: ln N moves by ln N/(kappa b) at most.
                let spread = equal.shares.iter().map(|s| libm::log(*s).abs()).fold(0.0, f64::max);
                b.check_all(&format!("utilities equal (kappa {kappa}): N"), &equal.shares, &found, |p| {
                    tolerance::share(p, n, p * spread / (kappa * housing_share))
                });
            }
            b.check_all(&format!("eta {eta}, kappa {kappa}: N"), &finite.shares, &found, |p| {
                tolerance::share(p, n, 1e-6)
            });
        }
        Ok(())
    },
};

pub(super) const NESTED_LOGIT: Case = Case {
    number: "C11",
    key: "nested_logit",
    title: "Nested logit: probabilities and elasticities",
    formula: "P_j = P_j|n P_n, P_n ~ (sum_j e^(V_j/lambda))^lambda; own elasticity (1/lambda)(1-P_2|B) + P_2|B (1-P_B)",
    off: "On: migration from home; the home county is one nest, a prefecture of two counties the other.",
    parameters: &[("v1", 3.0), ("v2", 2.0), ("v3", 1.0), ("lambda", 0.5)],
    agents: 20_000,
    wrong: &["parameters.nest_dissimilarity=0.8"],
    run: |b| {
        let v = b.all(["v1", "v2", "v3"]);
        let lambda = b.get("lambda");
        let ln_v = v.map(libm::log);
        let nests = |b: &Bench, v: [f64; 3]| {
            let mut places: Vec<Place> = three(b, v).into_iter().map(Place::of_newcomers).collect();
            places[0].registered = b.agents / 3 * 3;
            places[0].stayers[0] = places[0].newcomers[0];
            places[0].newcomers[0] = 0;
            places[1].prefecture = "pbc".into();
            places[2].prefecture = "pbc".into();
            places
        };
        let n = (b.agents / 3 * 3) as f64;
        let psi = pace(1.0 / lambda, 1.0);
        let years = (25.0 / psi) as u32;
        for (name, what, lambda) in
            [("nested", "nested", lambda), ("plain", "lambda 1 is the plain logit", 1.0)]
        {
            let expected = nested_logit(&ln_v, &[0, 1, 1], &[1.0, lambda])?;
            let setup = Setup::new(name, nests(b, v))
                .migrating(1.0, psi)
                .with(&[("nest_dissimilarity", lambda)])
                .lasting(years);
            let mut s = b.run_through(&setup)?;
            let found = row(&mut s, "a", &THREE);
            b.check_all(&format!("{what}: table P"), &expected.probabilities, &found, |_| TABLE);
            let met = shares(&s, &THREE);
            b.check_all(&format!("{what}: agents"), &expected.probabilities, &met, |p| {
                tolerance::share(p, n, 1e-9)
            });
            if name == "plain" {
                let sum: f64 = v.iter().sum();
                b.check_all("plain logit: table P", &v.map(|v| v / sum), &found, |_| TABLE);
                continue;
            }
            // Elasticities to V_2 by central differences of two widths (Richardson), each a run of its own.
            let h = 0.02;
            let mut tables = Vec::new();
            for (i, step) in [-2.0, -1.0, 1.0, 2.0].into_iter().enumerate() {
                let mut moved = v;
                moved[1] *= libm::exp(h * step);
                let setup = Setup::new(&format!("nested_step_{i}"), nests(b, moved))
                    .migrating(1.0, psi)
                    .with(&[("nest_dissimilarity", lambda)]);
                let mut s = b.load(&setup)?;
                tables.push(row(&mut s, "a", &THREE).into_iter().map(libm::log).collect::<Vec<_>>());
            }
            for (j, what) in ["other nest", "own", "same nest"].into_iter().enumerate() {
                let near = (tables[2][j] - tables[1][j]) / (2.0 * h);
                let wide = (tables[3][j] - tables[0][j]) / (4.0 * h);
                let found = (4.0 * near - wide) / 3.0;
                b.check(format!("elasticity to V_2, {what}"), expected.elasticities[j][1], found, 2e-6);
            }
        }
        Ok(())
    },
};
