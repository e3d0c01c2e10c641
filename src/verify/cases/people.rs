//! C8, C9, C10, C12: governments, project sizes, generations, work on farms and in factories.

use crate::Result;
use crate::estimate::tail::hill;
use crate::quantity::Fen;
use crate::simulation::Simulation;
use crate::verify::bench::{Bench, Case, at};
use crate::verify::closed_form::cohort_component::LifeTable;
use crate::verify::closed_form::fiscal_sharing::{
    Claim, city_managing, equalising, increment_sharing, province_direct,
};
use crate::verify::closed_form::lewis::{farm_share_at_elasticity, farm_workers};
use crate::verify::closed_form::size_distribution::{
    Pareto, gabaix_exponent, hill_error, reflected_walk_exponent,
};
use crate::verify::closed_form::tolerance;
use crate::verify::setup::{Place, Setup};
use crate::world::sector::{AGRICULTURE, INDUSTRY};

pub(super) const LEWIS: Case = Case {
    number: "C12",
    key: "lewis",
    title: "Two-sector labour: farm and industry",
    formula: "x/(1-x) = (w_a(x)/w_m)^kappa_s, w_a = (1-a) A x^-a; kappa_s -> infinity: x = ((1-a) A/w_m)^(1/a)",
    off: "On: sector review in one place; the farm is Cobb-Douglas in land, industry is labour-only.",
    parameters: &[("a", 0.44), ("technology", 1.0), ("wage", 0.8), ("wage_high", 1.2), ("kappa", 20.0)],
    agents: 20_000,
    wrong: &["parameters.farm_land_share=0.3"],
    run: |b| {
        let [a, technology, low, high, kappa] = b.all(["a", "technology", "wage", "wage_high", "kappa"]);
        let limit = 400.0;
        for (name, wage, kappa) in [
            ("low_wage", low, kappa),
            ("high_wage", high, kappa),
            ("low_wage_limit", low, limit),
            ("high_wage_limit", high, limit),
        ] {
            let half = b.agents / 2;
            let n = (half * 2) as f64;
            let unit = 10_000.0;
            let mut place = Place::new("a", half * 2, INDUSTRY, 0.0);
            place.employed = [half, half, 0, 0, 0];
            let farm_wage = (1.0 - a) * technology * libm::pow(0.5, -a);
            place.output[AGRICULTURE] = unit * farm_wage * half as f64 / (1.0 - a);
            place.output[INDUSTRY] = unit * wage * half as f64;
            let finite = farm_share_at_elasticity(technology, a, wage, kappa)?;
            let psi = (1.0 / (1.0 + kappa)).min(0.1);
            let years = (30.0 / (psi * (1.0 + kappa * a * (1.0 - finite))) + 3.0 / psi).min(1000.0) as u32;
            let setup = Setup::new(name, vec![place])
                .on("sector_review")
                .with(&[("farm_land_share", a), ("sector_elasticity", kappa), ("sector_review_rate", psi)])
                .lasting(years);
            let s = b.run_through(&setup)?;
            let farms: u64 = s.world.census.places[0].people.iter().map(|p| p[1 + AGRICULTURE]).sum();
            let found = farms as f64 / n;
            let stale = libm::exp(-psi * f64::from(years));
            b.check(
                format!("w_m {wage}, kappa_s {kappa}: N_a"),
                finite,
                found,
                tolerance::share(finite, n, stale),
            );
            if kappa == limit {
                let equal = farm_workers(technology, a, wage, 1.0)?;
                let odds = libm::log(equal / (1.0 - equal)).abs();
                let bias = equal * libm::expm1(odds / (kappa * a)) + stale;
                b.check(
                    format!("w_m {wage}, wages equal (limit): N_a"),
                    equal,
                    found,
                    tolerance::share(equal, n, bias),
                );
            }
        }
        Ok(())
    },
};

pub(super) const FISCAL: Case = Case {
    number: "C8",
    key: "fiscal_sharing",
    title: "Fiscal sharing under three systems, exact in fen",
    formula: "city-managing: phi_P, phi_p of local revenue, q of the transfer; province-direct: phi_P; increment: phi_P of growth; \
              two counties: money (theta gap/sum gap + (1-theta) need/sum need), need = N^(1-e_N) density^-e_D",
    off: "On: taxes and transfers of one county, and of two; no investment, no migration. Amounts in millions of yuan.",
    parameters: &[
        ("vat", 1000.0),
        ("profit_tax", 400.0),
        ("wage_tax", 200.0),
        ("transfer", 500.0),
        ("now", 560.0),
        ("base", 460.0),
        ("equalisation", 0.5),
        ("need_size", 0.18),
        ("need_sparsity", 0.12),
    ],
    agents: 1_000,
    wrong: &["parameters.province_share=0.15", "parameters.equalisation=0.0"],
    run: |b| {
        let [vat, profit, wage, transfer, now, base] =
            b.all(["vat", "profit_tax", "wage_tax", "transfer", "now", "base"]);
        let million = 1e6;
        // Output ten times the value-added tax, half of the rest is surplus.
        let t_y = 0.1;
        let half = vat / t_y * (1.0 - t_y) / 2.0;
        let centre = 0.5 * vat + 0.6 * profit + 0.6 * wage;
        let local = vat + profit + wage - centre;
        let place = |b: &Bench, scale: f64| {
            Place::new("a", b.agents, INDUSTRY, scale * vat / t_y * million / b.agents as f64)
        };
        let systems: [(&str, f64, f64, f64); 2] =
            [("city_managing", 0.1, 0.2, 0.1), ("province_direct", 0.2, 0.0, 0.0)];
        let taxes = [
            ("revenue_tax_rate", t_y),
            ("profit_tax_rate", profit / half),
            ("income_tax_rate", wage / half),
            ("industry_capital_share", 0.5),
            ("centre_vat", 0.5),
            ("centre_profit", 0.6),
            ("centre_wage", 0.6),
        ];
        let fen = |f: i64| f as f64 / 100.0 / million;
        for (name, province, prefecture, kept) in systems {
            let setup = Setup::new(name, vec![place(b, 1.0)]).with(&taxes).with(&[
                ("province_share", province),
                ("prefecture_share", prefecture),
                ("interception", kept),
                ("central_return_share", (transfer - province * local) / centre),
            ]);
            let s = b.run_through(&setup)?;
            let c = &s.world.counties[0];
            b.check(format!("{name}: centre"), centre, fen(c.centre_take), 1e-7);
            let collected = Fen(c.own_revenue + c.province_take + c.prefecture_take);
            b.check(format!("{name}: local"), local, fen(collected.0), 1e-7);
            let prefecture_cash = s.world.accounts.prefecture[0];
            let passed = Fen(c.transfers) + prefecture_cash - Fen(c.prefecture_take);
            b.check(format!("{name}: transfer"), transfer, fen(passed.0), 1e-7);
            let of_million = |share: f64| libm::rint(share * 1e6) as u32;
            let expected = if kept > 0.0 || prefecture > 0.0 {
                city_managing(
                    collected,
                    passed,
                    of_million(province),
                    of_million(prefecture),
                    of_million(kept),
                )?
            } else {
                province_direct(collected, passed, of_million(province))?
            };
            let found = [Fen(c.province_take), prefecture_cash, Fen(c.own_revenue + c.transfers)];
            for ((tier, e), f) in ["province", "prefecture", "county"]
                .into_iter()
                .zip([expected.province, expected.prefecture, expected.county])
                .zip(found)
            {
                b.check(format!("{name}: {tier} (exact)"), fen(e.0), fen(f.0), 0.0);
            }
            let sum: Fen = found.into_iter().sum();
            b.check(format!("{name}: sum is local + transfer"), fen((collected + passed).0), fen(sum.0), 0.0);
        }
        // Output grows so that local revenue is `now` where it was `base`.
        let mut setup = Setup::new("increment", vec![place(b, base / local)])
            .with(&taxes)
            .with(&[("province_share", 0.2), ("incremental_sharing", 1.0)])
            .word("base_growth", "none");
        setup.sections = format!("[drivers.technology]\nindustry = {:?}", now / base - 1.0);
        let s = b.run_through(&setup)?;
        let c = &s.world.counties[0];
        let collected = Fen(c.own_revenue + c.province_take + c.prefecture_take);
        b.check("increment: local now", now, fen(collected.0), 1e-7);
        let (county, province) = increment_sharing(Fen(c.base_local_revenue), collected, 200_000)?;
        b.check("increment: county (exact)", fen(county.0), fen(c.own_revenue), 0.0);
        b.check("increment: province (exact)", fen(province.0), fen(c.province_take), 0.0);
        b.check("increment: county", now - 0.2 * (now - base), fen(c.own_revenue), 1e-7);
        two_counties(b, &taxes)
    },
};

/// Need and gaps of a small, sparse, poor county and a large, dense, rich one.
fn two_counties(b: &mut Bench, taxes: &[(&'static str, f64)]) -> Result<()> {
    let [theta, size, sparsity] = b.all(["equalisation", "need_size", "need_sparsity"]);
    let (few, many) = (b.agents / 5, b.agents - b.agents / 5);
    let places: Vec<Place> = [("a", few, 40_000.0, 2000.0), ("b", many, 90_000.0, 500.0)]
        .into_iter()
        .map(|(id, people, wage, area)| {
            let mut place = Place::new(id, people, INDUSTRY, wage);
            place.area = Some(area);
            place
        })
        .collect();
    let setup = Setup::new("two_counties", places).with(taxes).with(&[
        ("province_share", 0.2),
        ("central_return_share", 0.5),
        ("equalisation", theta),
        ("need_size", size),
        ("need_sparsity", sparsity),
    ]);
    let s = b.run_through(&setup)?;
    let (a, z) = (at(&s, "a"), at(&s, "b"));
    let county = |j: usize| &s.world.counties[s.world.geography.nodes[j].county];
    let claims: Vec<Claim> = [(a, few, 2000.0), (z, many, 500.0)]
        .into_iter()
        .map(|(j, people, area)| Claim { own: county(j).own_revenue as f64, people: people as f64, area })
        .collect();
    let money = (county(a).transfers + county(z).transfers) as f64;
    let given: i64 = s.world.counties.iter().map(|c| c.province_take + Fen(c.centre_take).share(0.5).0).sum();
    b.check("two counties: all money is passed on, fen", given as f64, money, 1.0);
    let expected = equalising(money, &claims, size, sparsity, theta)?;
    for (name, j, expected) in [("small", a, expected[0]), ("large", z, expected[1])] {
        b.check(format!("two counties: {name}, fen"), expected, county(j).transfers as f64, 1.0);
    }
    Ok(())
}

fn sizes(s: &Simulation) -> Vec<f64> {
    s.world.projects.list.iter().map(|p| p.value as f64).collect()
}

pub(super) const SIZES: Case = Case {
    number: "C9",
    key: "sizes",
    title: "Size distributions: random growth with a barrier, Pareto projects",
    formula: "Gibrat with a lower barrier: zeta = 1/(1 - S_min/S_mean) for small steps (exact for finite ones by Spitzer); \
              Pareto: mean, median, top shares",
    off: "On: investment with neither saving nor depreciation, project growth; Hill's estimator, 4 standard errors.",
    parameters: &[("barrier", 0.3), ("sd", 0.2), ("alpha", 1.5), ("truncation", 1e4)],
    agents: 10_000,
    wrong: &["parameters.project_barrier=0.05", "parameters.project_size_exponent=2.2"],
    run: |b| {
        let [barrier, sd, alpha, truncation] = b.all(["barrier", "sd", "alpha", "truncation"]);
        let place = |b: &Bench| {
            let mut p = Place::new("a", b.agents, INDUSTRY, 50_000.0);
            p.capital = Some(b.agents as f64 * 150_000.0);
            p
        };
        let common = [
            ("industry_capital_share", 0.3),
            ("depreciation", 0.0),
            ("retained_profit_share", 0.0),
            ("persons_per_project", 1.0),
        ];
        let exact = reflected_walk_exponent(barrier, sd)?;
        let rate = exact * exact * sd * sd / 8.0;
        let setup = Setup::new("gibrat", vec![place(b)])
            .on("investment")
            .word("capital", "projects")
            .with(&common)
            .with(&[("project_size_ratio", 1.0), ("project_growth_sd", sd), ("project_barrier", barrier)])
            .lasting((7.0 / rate).min(1000.0) as u32);
        let mut s = b.load(&setup)?;
        // The mean over time: one giant moves the barrier of all, so a single year is noisier than its sizes.
        let (mut mean_log, mut looks, mut k) = (0.0, 0.0, 0);
        for year in 1..=setup.years {
            s.step()?;
            if year > setup.years / 2 && year.is_multiple_of(20) {
                let values = sizes(&s);
                k = values.len() / 20;
                mean_log += 1.0 / hill(&values, k)?.exponent;
                looks += 1.0;
            }
        }
        let found = looks / mean_log;
        let tolerance = 4.0 * hill_error(exact, k as f64);
        b.check(format!("Gibrat, steps of {sd}: zeta"), exact, found, tolerance);
        let limit = gabaix_exponent(barrier)?;
        b.check("Gibrat, limit of small steps: zeta", limit, found, tolerance + (limit - exact).abs());

        let setup = Setup::new("pareto", vec![place(b)])
            .on("investment")
            .word("capital", "projects")
            .with(&common)
            .with(&[("project_size_exponent", alpha), ("project_size_ratio", truncation)]);
        let s = b.load(&setup)?;
        let law = Pareto::truncated(alpha, 1.0, truncation)?;
        let mut values: Vec<f64> = sizes(&s).into_iter().map(|v| v / s.world.base.project_min).collect();
        values.sort_by(f64::total_cmp);
        let m = values.len() as f64;
        let effective = law.effective_share() * m;
        let total: f64 = values.iter().sum();
        b.check("Pareto: mean over k_min", law.mean(), total / m, 5.0 * law.mean() / libm::sqrt(effective));
        let median = law.quantile(0.5)?;
        let density = alpha * libm::pow(median, -alpha - 1.0);
        let middle = values[values.len() / 2];
        b.check("Pareto: median over k_min", median, middle, 2.5 / libm::sqrt(m) / density + 1e-6);
        for x in [0.01, 0.1] {
            let share = law.top_share(x)?;
            let from = values.len() - libm::rint(x * m) as usize;
            let found = values[from..].iter().sum::<f64>() / total;
            b.check(
                format!("Pareto: share of the top {x}"),
                share,
                found,
                tolerance::share(share, effective, 1e-3),
            );
        }
        let k = values.len() / 20;
        let tail = hill(&values, k)?.exponent;
        b.check("Pareto: Hill", alpha, tail, 4.0 * hill_error(alpha, k as f64) + 0.01);
        Ok(())
    },
};

pub(super) const COHORTS: Case = Case {
    number: "C10",
    key: "cohorts",
    title: "Cohort-component projection without migration",
    formula: "n_0' = sum f_a n_a, n_(a+1)' = s_a n_a; sum f_a l_a lambda^-(a+1) = 1",
    off: "On: demography with a life table of the scenario: five classes of 15 years, 15 years a step.",
    parameters: &[
        ("f2", 0.62),
        ("f3", 0.05),
        ("s1", 0.99),
        ("s2", 0.985),
        ("s3", 0.95),
        ("s4", 0.75),
        ("n1", 20.0),
        ("n2", 22.0),
        ("n3", 28.0),
        ("n4", 22.0),
        ("n5", 8.0),
    ],
    agents: 20_000,
    wrong: &["life_table.births=[0.0,0.55,0.05,0.0,0.0]"],
    run: |b| {
        let [f2, f3] = b.all(["f2", "f3"]);
        let survival = b.all(["s1", "s2", "s3", "s4"]);
        let start = b.all(["n1", "n2", "n3", "n4", "n5"]);
        let law =
            LifeTable { fertility: vec![0.0, f2, f3, 0.0, 0.0], survival: survival.to_vec(), years: 15.0 };
        let whole: f64 = start.iter().sum();
        let mut place = Place::new("a", 0, INDUSTRY, 0.0);
        for (class, n) in start.iter().enumerate() {
            place.ages[3 * class + 1] = libm::rint(n / whole * b.agents as f64) as u64;
        }
        let people: u64 = place.ages.iter().sum();
        place.stayers[0] = people;
        place.registered = people;
        place.employed[INDUSTRY] = place.ages[7];
        place.output[INDUSTRY] = 30_000.0 * place.ages[7] as f64;
        let steps = 8;
        let mut setup = Setup::new("five_classes", vec![place]).on("demography").lasting(steps);
        setup.base = "census";
        setup.sections = format!(
            "[life_table]\nstep_years = 15\nbirths = {:?}\nsurvival = {:?}",
            law.fertility, law.survival
        );
        let mut s = b.load(&setup)?;
        let classes = |s: &Simulation| {
            let mut n = [0.0; 5];
            for person in s.world.people.blocks.iter().flat_map(|b| &b.slots).filter(|p| !p.is_free()) {
                n[(person.age() as usize / 15).min(4)] += 1.0;
            }
            n
        };
        let first = classes(&s);
        let mut unconditional = first.to_vec();
        let mut before = first;
        for t in 1..=steps {
            s.step()?;
            let now = classes(&s);
            let expected = law.step(&before)?;
            if t <= 3 {
                let births = expected[0];
                b.check(
                    format!("t = {t}: births, given t-1"),
                    births,
                    now[0],
                    tolerance::poisson_count(births),
                );
                for a in 0..4 {
                    b.check(
                        format!("t = {t}: class {}, given t-1", a + 2),
                        expected[a + 1],
                        now[a + 1],
                        tolerance::binomial_count(before[a], survival[a]) + 1e-9,
                    );
                }
                unconditional = law.step(&unconditional)?;
                let scale = whole / first.iter().sum::<f64>();
                let sum: f64 = unconditional.iter().sum();
                let spread = f64::from(t) * tolerance::poisson_count(births);
                b.check(
                    format!("t = {t}: all, of {whole}"),
                    sum * scale,
                    now.iter().sum::<f64>() * scale,
                    spread * scale,
                );
            }
            if t == steps {
                let stable = law.stable()?;
                let n: f64 = before.iter().sum();
                let growth = now.iter().sum::<f64>() / n;
                // A step of a population that is not yet stable: its own expected growth differs.
                let bias = (expected.iter().sum::<f64>() / n - stable.growth).abs();
                b.check("long run: lambda", stable.growth, growth, tolerance::share(0.5, n, bias));
                b.check(
                    "long run: r a year",
                    stable.rate,
                    libm::log(growth) / 15.0,
                    tolerance::share(0.5, n, bias) / 10.0,
                );
            }
            before = now;
        }
        Ok(())
    },
};
