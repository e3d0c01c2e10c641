//! C13: nulls and symmetries, where no formula is needed.

use crate::messages;
use crate::simulation::Simulation;
use crate::verify::bench::{Bench, Case, TABLE, at, row, shares};
use crate::verify::closed_form::tolerance;
use crate::verify::setup::{Place, SWITCHES, Setup};
use crate::world::sector::INDUSTRY;
use crate::{Error, Result};

/// A small country with all modules on: two prefectures, four counties with villages.
fn country(b: &Bench, money: f64, persons_per_agent: u32) -> Setup {
    let mut places = Vec::new();
    let unit = b.agents / 16;
    for (i, (pref, city)) in
        [("p1", true), ("p1", false), ("p2", true), ("p2", false)].into_iter().enumerate()
    {
        for village in [false, true] {
            let id = format!("{}{}", ["k", "l", "m", "n"][i], if village { "v" } else { "u" });
            let mut p = Place::new(&id, 0, INDUSTRY, 0.0);
            p.tier = if village {
                "village"
            } else if city {
                "city"
            } else {
                "county_seat"
            };
            p.county = format!("c{i}");
            p.prefecture = pref.into();
            p.point = (110.0 + i as f64, 30.0 + 0.3 * i as f64);
            let n = unit * (if village { 2 } else { 1 + u64::from(city) });
            p.ages = std::array::from_fn(|g| if g < 16 { n / 16 } else { 0 });
            let residents: u64 = p.ages.iter().sum();
            p.talent = residents / if village { 20 } else { 6 };
            let newcomers = residents / 5;
            let rest = residents - newcomers;
            p.newcomers = [newcomers, 0];
            p.stayers = if village { [rest / 10, rest - rest / 10] } else { [rest / 2, rest - rest / 2] };
            let work = residents / 2;
            p.employed = if village {
                [work / 2, work / 4, work / 10, work / 10, work / 20]
            } else {
                [0, work / 2, work / 5, work / 5, work / 10]
            };
            let wage = money * [60_000.0, 120_000.0, 110_000.0, 90_000.0][i % 2 + 2 * usize::from(village)];
            p.output = p.employed.map(|e| e as f64 * wage);
            places.push(p);
        }
    }
    for c in 0..4 {
        let (seat, village) = (2 * c, 2 * c + 1);
        for home in 0..2 {
            let stay = places[seat].stayers[home] + places[village].stayers[home];
            places[2 * c + home].registered = stay;
        }
        let newcomers = places[seat].newcomers[0] + places[village].newcomers[0];
        places[village].registered += newcomers;
    }
    let mut setup = Setup::new("country", places).lasting(5);
    setup.base = "census";
    setup.persons_per_agent = persons_per_agent;
    for module in SWITCHES {
        setup = setup.on(module);
    }
    let p = crate::config::Parameters::default();
    let defaults: Vec<(&'static str, f64)> = crate::verify::setup::QUIET
        .iter()
        .filter_map(|(key, _)| p.get(key).map(|value| (*key, value)))
        .collect();
    setup.with(&defaults).with(&[
        ("startup_size", money * p.startup_size),
        ("startup_savings_scale", money * p.startup_savings_scale),
    ])
}

fn same_world(a: &Simulation, b: &Simulation) -> bool {
    a.world.people == b.world.people
        && a.world.nodes == b.world.nodes
        && a.world.accounts == b.world.accounts
        && a.world.projects == b.world.projects
}

fn through(s: &mut Simulation, years: u32, threads: usize) -> Result<()> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(|e| Error::Data {
        what: messages::the_threads(),
        found: messages::as_is(e),
        expected: messages::threads_counted(threads),
    })?;
    pool.install(|| (0..years).try_for_each(|_| s.step()))
}

pub(super) const SYMMETRY: Case = Case {
    number: "C13",
    key: "symmetry",
    title: "Nulls and symmetries",
    formula: "labels, units of money, size of agents, threads and islands do not matter",
    off: "A small country with all modules on, and three places with migration only. Zero-intensity policies and \
          checkpoints are tested elsewhere.",
    parameters: &[("v1", 3.0), ("v2", 2.0)],
    agents: 16_000,
    wrong: &["parameters.startup_rate=0.05", "parameters.startup_size=300000.0"],
    run: |b| {
        // Threads.
        let setup = country(b, 1.0, 1);
        let (mut one, mut four) = (b.load(&setup)?, b.load(&setup)?);
        through(&mut one, setup.years, 1)?;
        through(&mut four, setup.years, 4)?;
        b.check(
            "1 thread and 4 threads, bit-identical",
            1.0,
            f64::from(u8::from(same_world(&one, &four))),
            0.0,
        );
        // Twice the money.
        let mut double = country(b, 2.0, 1);
        double.name = "double_money".into();
        let twice = b.run_through(&double)?;
        let n = one.world.geography.len();
        let people = |s: &Simulation| (0..n).map(|j| s.world.residents(j) as f64).collect::<Vec<_>>();
        let all: f64 = people(&one).iter().sum();
        let moved: f64 =
            people(&one).iter().zip(people(&twice)).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max) / all;
        b.check("money doubled: residents moved, of all", 0.0, moved, 20.0 / all);
        b.check("money doubled: output", 2.0, twice.world.output() / one.world.output(), 2e-3);
        // Half the agents, each of twice the weight.
        let mut halves = country(b, 1.0, 2);
        halves.name = "half_the_agents".into();
        let coarse = b.run_through(&halves)?;
        for j in 0..n {
            let share = people(&one)[j] / all;
            let found = people(&coarse)[j] / people(&coarse).iter().sum::<f64>();
            let id = &one.world.geography.nodes[j].id;
            // Two runs with draws of their own, agents of weight one and two; rounding of cells to agents.
            let bound = tolerance::share(share, all / 2.0, 1.0 / all) * libm::sqrt(1.5);
            b.check(format!("agents split in two: share of {id}"), share, found, bound);
        }
        // Labels swapped.
        let third = b.agents / 3;
        let named = |v: [f64; 2], name: &str| {
            let places = vec![
                Place::new("a", third, INDUSTRY, 1e4 * v[0]),
                Place::new("b", third, INDUSTRY, 1e4 * v[1]),
            ];
            Setup::new(name, places).migrating(1.5, 1.0).lasting(2)
        };
        let [v1, v2] = b.all(["v1", "v2"]);
        let mut left = b.run_through(&named([v1, v2], "labels"))?;
        let mut right = b.run_through(&named([v2, v1], "labels_swapped"))?;
        let (p, q) = (row(&mut left, "a", &["a", "b"]), row(&mut right, "b", &["b", "a"]));
        b.check_all("labels swapped: table P", &p, &q, |_| TABLE);
        let (p, q) = (shares(&left, &["a", "b"]), shares(&right, &["b", "a"]));
        b.check_all("labels swapped: shares", &p, &q, |p| {
            tolerance::share(p, (third * 2) as f64, 0.0) * libm::sqrt(2.0)
        });
        // An island.
        let island = |jobs: f64, name: &str| {
            let mut setup = named([v1, v2], name);
            let mut lonely = Place::new("z", third, INDUSTRY, 1e4 * v2.min(v1) / 2.0);
            lonely.jobs = Some(jobs);
            setup.places.push(lonely);
            for (from, to) in [("a", "pz"), ("b", "pz"), ("z", "pa"), ("z", "pb")] {
                setup.costs.push((from.into(), to.into(), 500.0));
            }
            setup
        };
        let calm = b.run_through(&island(third as f64, "island"))?;
        let shocked = b.run_through(&island(third as f64 / 2.0, "island_shocked"))?;
        let same = ["a", "b"].iter().all(|id| {
            let (i, j) = (at(&calm, id), at(&shocked, id));
            calm.world.nodes[i] == shocked.world.nodes[j]
                && calm.world.people.blocks[i] == shocked.world.people.blocks[j]
                && calm.world.accounts.wallet[i] == shocked.world.accounts.wallet[j]
        });
        b.check("a shock on an island leaves the rest, bit-identical", 1.0, f64::from(u8::from(same)), 0.0);
        let z = at(&shocked, "z");
        b.check("the island itself: jobs", 0.5, shocked.world.nodes[z].job_probability[INDUSTRY][0], 1e-3);
        Ok(())
    },
};
