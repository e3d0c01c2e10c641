//! Promise: welfare counts the people of the base year, newcomers included, and nobody else.

use crate::six_nodes::{Area, S_CITY};
use shanhai::inside::SKILLS;
use shanhai::inside::welfare::{self, Frame, Gains};
use shanhai::run::Simulation;

fn gains(s: &Simulation) -> Gains {
    welfare::gains(&s.law, &s.world, &s.rules(), &s.utilities)
}

fn mean(s: &Simulation, frame: Frame) -> f64 {
    gains(s).mean(&s.world, frame, 0..s.world.geography.len(), 0..SKILLS)
}

/// In the city newcomers of every skill get the services of locals. Nobody registered in the area loses a right, but
/// the users crowd the city's services, so the locals of the city lose: counted by registration alone, the reform is worth
/// less than nothing to the city, though those for whom it was made live there.
#[test]
fn a_right_for_newcomers_alone_is_a_gain() {
    let area = Area::new();
    let right = |skill: &str| {
        format!(
            "[[policy.lever_change]]\nlever = \"access_{skill}\"\nat = {{ ids = [\"s_city\"] }}\nvalue = 1.0\n"
        )
    };
    let policy = [right("workers"), right("talent")].concat();
    // The next year: nobody has moved for it yet in more than a first review.
    let (base, with) = (area.run(1, ""), area.run(1, &policy));
    let gain = |frame| mean(&with, frame) - mean(&base, frame);
    assert!(gain(Frame::Residents) > 0.001, "{}", gain(Frame::Residents));
    assert!(gain(Frame::Newcomers) > 0.01, "{}", gain(Frame::Newcomers));
    // Those registered in the city itself meet more users and no new right.
    let of_city = |s: &Simulation| gains(s).mean(&s.world, Frame::Registered, [S_CITY], 0..SKILLS);
    assert!(of_city(&with) - of_city(&base) < 0.0, "{}", of_city(&with) - of_city(&base));
    assert!(gain(Frame::Residents) > gain(Frame::Registered));
}

/// At the utilities of the base year nobody has gained, whoever was born, died or moved since; and with a gain of one home
/// alone the mean does not answer to how many live there now.
#[test]
fn weights_do_not_follow_births() {
    let area = Area::new();
    let mut s = area.run(6, "");
    let born: u64 = s.tally.births.iter().sum();
    assert!(born > 0, "a run without births shows nothing");
    let mut now = s.law.base.clone();
    let still = welfare::gains(&s.law, &s.world, &s.rules(), &now);
    for frame in [Frame::Residents, Frame::Locals, Frame::Newcomers, Frame::Registered, Frame::Nation] {
        let gain = still.mean(&s.world, frame, 0..s.world.geography.len(), 0..SKILLS);
        assert!(gain.abs() < 1e-12, "{frame:?}: {gain}");
    }
    now.own[S_CITY].iter_mut().flatten().for_each(|v| *v += 0.1);
    let of_all = |s: &Simulation| {
        let gains = welfare::gains(&s.law, &s.world, &s.rules(), &now);
        gains.mean(&s.world, Frame::Residents, 0..s.world.geography.len(), 0..SKILLS)
    };
    let later = of_all(&s);
    s = area.load(6, "").expect("the base year");
    assert_eq!(later, of_all(&s));
}

/// A way that costs .2 of income less is worth something to those who go it, and no more than .2; nobody else's utility has
/// moved yet in the year in which it falls.
#[test]
fn an_easier_way_from_home_is_a_gain() {
    let area = Area::new();
    let policy = "[[policy.lever_change]]\nlever = \"moving_cost\"\nborder = \"county\"\nadd = -0.2\n";
    let (base, with) = (area.run(1, ""), area.run(1, policy));
    let gain = mean(&with, Frame::Registered) - mean(&base, Frame::Registered);
    assert!(gain > 0.001 && gain < 0.2, "{gain}");
}
