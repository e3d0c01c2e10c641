//! C6: core and periphery under monopolistic competition.

use crate::Result;
use crate::simulation::Simulation;
use crate::verify::bench::{Bench, Case, at};
use crate::verify::closed_form::core_periphery::{CorePeriphery, symmetric_tolerance};
use crate::verify::setup::{Place, Setup};
use crate::world::sector::{AGRICULTURE, INDUSTRY};

const WAGE: f64 = 10_000.0;

/// Two regions, each a city of workers and a countryside of farmers; all workers are registered in a place
/// where nobody wants to live, so that their network is who lives where.
fn regions(b: &Bench, name: &str, core: f64) -> (Setup, u64) {
    let mu = b.get("mu");
    let workers = libm::rint(mu * b.agents as f64) as u64;
    let farmers = (b.agents - workers) / 2;
    let first = libm::rint(core * workers as f64) as u64;
    let mut places = Vec::new();
    for (region, n) in [("1", first), ("2", workers - first)] {
        let mut city = Place::new(&format!("w{region}"), n, INDUSTRY, WAGE).of_newcomers();
        city.output[INDUSTRY] = WAGE * workers as f64;
        let mut farm = Place::new(&format!("f{region}"), farmers, AGRICULTURE, WAGE);
        city.province = region.into();
        farm.province = region.into();
        if region == "2" {
            city.newcomers = [0, n];
        }
        places.extend([city, farm]);
    }
    let mut home = Place::new("h", 0, INDUSTRY, 0.0);
    home.province = "1".into();
    home.registered = workers;
    home.amenity = -60.0;
    places.push(home);
    let mut setup = Setup::new(name, places).word("market", "ces").with(&[
        ("ces_substitution", b.get("sigma")),
        ("ces_manufactures_share", mu),
        ("ces_trade_cost", 1.0),
    ]);
    // Farmers stay; nobody else farms.
    for farm in ["f1", "f2"] {
        for to in ["pw1", "pw2", "ph", "pf1", "pf2"] {
            if to != format!("p{farm}") {
                setup.costs.push((farm.into(), to.into(), 60.0));
            }
        }
        setup.costs.push(("h".into(), format!("p{farm}"), 60.0));
        for city in ["w1", "w2"] {
            setup.costs.push((city.into(), format!("p{farm}"), 60.0));
        }
    }
    (setup, workers)
}

/// Log of the real wage of region 2 over region 1, as the engine's utility has it.
fn log_ratio(s: &mut Simulation) -> Result<f64> {
    s.step()?;
    let u = |id: &str| s.utilities.node[at(s, id)][0];
    Ok(u("w2") - u("w1"))
}

pub(super) const CORE_PERIPHERY: Case = Case {
    number: "C6",
    key: "core_periphery",
    title: "Core and periphery: break and sustain points, replicator dynamics",
    formula: "T_B = [(rho-mu)(1-mu)/((rho+mu)(1+mu))]^(-1/(sigma-1)); T_S: T^(-mu sigma)[(1+mu)/2 T^(1-sigma) + (1-mu)/2 T^(sigma-1)] = 1",
    off: "On: market \"ces\", and for dynamics migration with a network of elasticity 1/kappa, which is the replicator \
          dynamics (share ~ share x real wage^kappa); housing, services, finance, taxes off.",
    parameters: &[("sigma", 5.0), ("mu", 0.4), ("kappa", 20.0)],
    agents: 8_000,
    wrong: &["parameters.ces_substitution=4.0"],
    run: |b| {
        let [sigma, mu, kappa] = b.all(["sigma", "mu", "kappa"]);
        let law = CorePeriphery { substitution: sigma, manufacturing_share: mu };
        let (break_point, sustain_point) = (law.break_point()?, law.sustain_point()?);
        let trade = |t: f64| vec![format!("parameters.ces_trade_cost={t:?}")];
        // Equilibria of an instant.
        let (setup, workers) = regions(b, "instant", 0.7);
        let share = libm::rint(0.7 * workers as f64) / workers as f64;
        for t in [1.5, 1.7, 2.1] {
            let [first, second] = law.equilibrium(t, share)?.real_wages;
            let mut s = b.load_with(&setup, &trade(t))?;
            let found = libm::exp(log_ratio(&mut s)?);
            b.check(format!("T {t}, lambda .7: real wage ratio"), second / first, found, 1e-8);
        }
        let (core, _) = regions(b, "core", 1.0);
        for t in [1.5, 1.7, 2.1] {
            let mut s = b.load_with(&core, &trade(t))?;
            let found = libm::exp(log_ratio(&mut s)?);
            b.check(format!("T {t}, core: real wage ratio"), law.periphery_wage_ratio(t)?, found, 1e-8);
        }
        // Points where signs change, by bisection on runs of the engine.
        let near = 0.5 + 4.0 / workers as f64;
        let (split, _) = regions(b, "near_symmetry", near);
        let mut bisect = |setup: &Setup, expected: f64, positive_below: bool| -> Result<f64> {
            let (mut low, mut high) = (1.0 + 0.6 * (expected - 1.0), 1.0 + 1.4 * (expected - 1.0));
            while high - low > 2e-5 {
                let middle = 0.5 * (low + high);
                let mut s = b.load_with(setup, &trade(middle))?;
                let core_gains = log_ratio(&mut s)? < 0.0;
                if core_gains == positive_below { low = middle } else { high = middle }
            }
            Ok(0.5 * (low + high))
        };
        let found_break = bisect(&split, break_point, true)?;
        let found_sustain = bisect(&core, sustain_point, true)?;
        b.check("break point T_B (bisection)", break_point, found_break, 1e-4);
        b.check("sustain point T_S (bisection)", sustain_point, found_sustain, 1e-4);
        // Dynamics, where trade costs lie below, between and above the two points.
        let below = 1.0 + 0.8 * (break_point - 1.0);
        let between = 0.6 * break_point + 0.4 * sustain_point;
        let above = 1.0 + 1.36 * (sustain_point - 1.0);
        for (name, t, start, end) in [
            ("agglomerates", below, 0.53, 1.0),
            ("stays_symmetric", between, 0.51, 0.5),
            ("stays_agglomerated", between, 0.97, 1.0),
            ("disperses", above, 0.99, 0.5),
        ] {
            let psi = 0.05;
            let (setup, workers) = regions(b, name, start);
            let setup = setup
                .migrating(kappa, psi)
                .with(&[("network_pull", 1.0 / kappa), ("network_scale", 1e-12), ("ces_trade_cost", t)])
                .lasting(600);
            let s = b.run_through(&setup)?;
            let people = ["w1", "w2"].map(|id| s.world.residents(at(&s, id)) as f64);
            let found = people[0] / (people[0] + people[1]);
            let tolerance = if end == 1.0 {
                1e-6
            } else {
                // lambda' = lambda + psi kappa lambda (1-lambda) d ln(omega_1/omega_2).
                let state = law.equilibrium(t, 0.5)?;
                let slope = kappa / 4.0 * law.symmetric_slope(t)? / state.real_wages[0];
                symmetric_tolerance(workers as f64, 0.0) / libm::sqrt(-slope).min(1.0)
            };
            b.check(format!("T {t:.4}, from {start}: lambda"), end, found, tolerance);
        }
        Ok(())
    },
};
