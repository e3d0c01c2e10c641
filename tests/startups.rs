//! Promise: a start-up needs somebody who lives at home, and a return; and it brings a job.

use crate::six_nodes::{Area, M_VILLAGE};
use shanhai::run::Simulation;

/// Everybody who may found does, but for what the return says; nobody moves or changes the sector otherwise.
const EAGER: &str = "[parameters]\nstartup_rate = 1.0\nstartup_size = 100.0\n\n[model]\nmigration = false\n\
                     sector_review = false\ndemography = false\neducation = false\nconversion = false\n";

/// Start-ups of the last year: projects that a household owns and that are new.
fn founded(s: &Simulation) -> usize {
    let new = |p: &&shanhai::world::Project| p.owner != u16::MAX && p.age == 0;
    s.world.projects.list.iter().filter(new).count()
}

#[test]
fn who_lives_at_home_founds_and_works_in_it_and_who_lives_away_does_not() {
    let area = Area::new();
    let mut s = area
        .load(1, &EAGER.replace("[parameters]\n", "[parameters]\ninvestment_elasticity = 0.0\n"))
        .expect("loads");
    let before: Vec<_> = s.world.people.iter().collect();
    s.step().unwrap_or_else(|e| panic!("{e}"));
    let county = |j: usize| s.world.geography.nodes[j].county;
    let (mut at_home, mut away) = (Vec::new(), 0);
    for (now, then) in
        s.world.people.iter().zip(before).filter(|(p, _)| p.home() == M_VILLAGE && p.age() >= 18)
    {
        if !s.world.geography.is_outside(now.place()) && county(now.place()) == county(M_VILLAGE) {
            at_home.push(now.activity());
        } else {
            assert_eq!(now.activity(), then.activity(), "who lives away keeps what he did");
            away += 1;
        }
    }
    assert!(away > 100 && at_home.len() > 100, "{away} {}", at_home.len());
    let farms = shanhai::inside::activity::SECTOR + shanhai::inside::sector::AGRICULTURE;
    let idle = shanhai::inside::activity::NONE;
    assert!(
        at_home.iter().all(|a| *a != farms && *a != idle),
        "founders work in what they found, not on farms"
    );
    assert!(at_home.iter().any(|a| *a != at_home[0]), "in more sectors than one");
}

#[test]
fn who_sees_less_of_a_return_founds_less_often() {
    let area = Area::new();
    let year = |times: f64| {
        let mut s = area.load(1, &EAGER.replace("startup_rate = 1.0", "startup_rate = 0.02")).expect("loads");
        s.world.base.net_return.iter_mut().flatten().for_each(|r| *r *= times);
        s.step().unwrap_or_else(|e| panic!("{e}"));
        founded(&s)
    };
    // A base year with four times the return: (1/4)^1.5 as many found.
    let (usual, poor) = (year(1.0), year(4.0));
    assert!(usual > 100, "{usual}");
    let share = poor as f64 / usual as f64;
    assert!((share - 0.125).abs() < 0.06, "{poor} of {usual}");
}

#[test]
fn who_has_returned_founds_more_often() {
    let area = Area::new();
    let rare = EAGER
        .replace("startup_rate = 1.0", "startup_rate = 0.002")
        .replace("migration = false", "migration = true");
    let after = |more: &str| {
        let body = rare.replace("[parameters]\n", &format!("[parameters]\nstartup_returnee = {more}\n"));
        let mut s = area.load(5, &body).expect("loads");
        (0..5)
            .map(|_| {
                s.step().unwrap_or_else(|e| panic!("{e}"));
                founded(&s)
            })
            .sum::<usize>()
    };
    let (alike, eager) = (after("0.0"), after("3.0"));
    assert!(alike > 30 && eager as f64 > 1.05 * alike as f64, "{alike} and {eager}");
}

/// People away come back to found only where a platform adds to the hazard, and then they are there and work in it.
#[test]
fn a_platform_brings_founders_back() {
    let area = Area::new();
    let policy = "\n[[policy.returnee_entrepreneurship]]\nat = { ids = [\"m_village\"] }\nplatform = 1.0\ngrant = 0\nplatform_yuan = 0\n";
    let eager = EAGER.replace("startup_rate = 1.0", "startup_rate = 0.2");
    let away = |body: &str| {
        let mut s = area.load(1, body).expect("loads");
        let county = |s: &Simulation, j: usize| s.world.geography.nodes[j].county;
        let adults = |s: &Simulation| {
            s.world
                .people
                .iter()
                .filter(|p| p.home() == M_VILLAGE && p.age() >= 18)
                .filter(|p| county(s, p.place()) != county(s, M_VILLAGE))
                .count()
        };
        let before = adults(&s);
        s.step().unwrap_or_else(|e| panic!("{e}"));
        (before, adults(&s))
    };
    let (before, without) = away(&eager);
    assert_eq!(before, without, "nobody returns to found without a platform");
    let (_, with) = away(&format!("{eager}{policy}"));
    assert!(with < before * 9 / 10, "{before} away, {with} after a platform");
}
