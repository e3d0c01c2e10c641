//! Who is better off: the change of expected utility since the base year, in log points of income.
//!
//! ```text
//! EV_hk = (1/kappa) ln sum_n [sum_{j in n} exp(kappa v/lambda)]^lambda
//! ```
//!
//! is the income in logs that would make a person of home h and skill k as well off where it was as with
//! today's places to choose from (Small and Rosen 1981). In changes since the base year only base-year
//! probabilities are needed, as `people::worth` has them:
//!
//! ```text
//! EV_hk - EV_hk,base = (1/kappa) ln sum_n P0(n | h) I_n^lambda e^{kappa dC(h, n)}
//! ```
//!
//! What the stated law of migration adds to the odds of a nest counts as a gain, as a decline of moving costs does; what
//! it moves between seat and village does not. Age classes are weighted by their numbers among adults of the
//! area. Whose gain counts is settled by where people lived in the base year, and weights never change: births and
//! moves are no gain. Who is registered outside and lives here feels what changes here, so the sum runs over the
//! nests of the area only; with that of all nests, in which the area is a small chance, those who settled would not count.

use crate::kernel::chunks::map_ranges;
use crate::people::location::{CHILDREN, Law, class};
use crate::people::odds::rises;
use crate::people::utility::Utilities;
use crate::people::worth::Worth;
use crate::rules::Rules;
use crate::world::state::{AT_HOME, AWAY};
use crate::world::{SKILLS, World};

/// Changes of expected utility since the base year by home, outside homes included, and skill, log points of income.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gains {
    /// Over all places.
    pub everywhere: Vec<[f64; SKILLS]>,
    /// As those of the home feel it who live in the area: of outside homes over places of the area only.
    pub here: Vec<[f64; SKILLS]>,
}

/// Whose gain is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// Who lived in the area in the base year.
    Residents,
    /// Of these, who lived in the county of registration, and who did not.
    Locals,
    /// Of the residents, who did not live in the county of registration.
    Newcomers,
    /// Who was registered in the area, wherever they lived.
    Registered,
    /// Everybody, people of outside homes included.
    Nation,
}

/// Change of expected utility since the base year of each home by skill.
pub fn gains(law: &Law, world: &World, rules: &Rules, now: &Utilities) -> Gains {
    let geography = &world.geography;
    let ages = age_weights(world);
    let worth = Worth::new(law, world, rules, now);
    let stated = law.now.as_ref().map(|now| (now, rises(law, geography, now)));
    let (area, own) = (geography.area_nodes(), 2 + geography.prefectures.len());
    let of_home = |h: usize, row: &mut [f64]| {
        let [mut everywhere, mut here] = [[0.0; SKILLS]; 2];
        let ways = worth.ways(h);
        for k in 0..SKILLS {
            let kappa = worth.kappa(h, k);
            if kappa <= 0.0 {
                (everywhere[k], here[k]) = (f64::NAN, f64::NAN);
                continue;
            }
            for a in 0..CHILDREN {
                let class = class(k, a);
                let base = law.upper_row(h, class);
                row.fill(0.0);
                worth.write(h, class, &ways, row);
                if let Some((now, rises)) = &stated {
                    let rise = |n: usize| rises.of(geography, h, class, n);
                    now.stock(geography, h, a, base, &rise, |option, [_, end]| {
                        // Within the own county the law moves people, not what a place is worth.
                        row[option] *= if option < 2 { 1.0 } else { end };
                    });
                }
                let gain = |options: std::ops::Range<usize>| {
                    let (sum, all): (f64, f64) =
                        (row[options.clone()].iter().sum(), base[options].iter().sum());
                    if all > 0.0 { libm::log(sum / all) / kappa } else { 0.0 }
                };
                // Who is registered outside has no county of its own to stay in.
                everywhere[k] += ages[k][a] * gain(if h < area { 0 } else { 2 }..row.len());
                here[k] += ages[k][a] * if h < area { gain(0..row.len()) } else { gain(2..own) };
            }
        }
        (everywhere, here)
    };
    let parts = map_ranges(geography.len(), 64, |_, homes| {
        let mut row = vec![0.0; law.options()];
        homes.map(|h| of_home(h, &mut row)).collect::<Vec<_>>()
    });
    let (everywhere, here) = parts.into_iter().flatten().unzip();
    Gains { everywhere, here }
}

impl Gains {
    /// Mean gain of some homes and skills in a frame, by the people of the base year; NaN where nobody is.
    pub fn mean(
        &self,
        world: &World,
        frame: Frame,
        homes: impl IntoIterator<Item = usize>,
        skills: std::ops::Range<usize>,
    ) -> f64 {
        let (mut sum, mut people) = (0.0, 0.0);
        for h in homes {
            if frame == Frame::Registered && world.geography.is_outside(h) {
                continue;
            }
            for k in skills.clone() {
                let n = world.base.homes[h][k];
                let (gain, n) = match frame {
                    Frame::Residents => (&self.here, n[AT_HOME] + n[AWAY]),
                    Frame::Locals => (&self.here, n[AT_HOME]),
                    Frame::Newcomers => (&self.here, n[AWAY]),
                    Frame::Registered | Frame::Nation => (&self.everywhere, n.iter().sum()),
                };
                if n > 0.0 {
                    sum += gain[h][k] * n;
                    people += n;
                }
            }
        }
        sum / people
    }
}

/// Shares of the age classes among adults of the area in the base year, by skill.
fn age_weights(world: &World) -> [[f64; CHILDREN]; SKILLS] {
    world.base.ages.map(|ages| {
        let adults: [f64; CHILDREN] = std::array::from_fn(|a| ages[a + 1]);
        let all: f64 = adults.iter().sum();
        adults.map(|n| if all > 0.0 { n / all } else { 1.0 / CHILDREN as f64 })
    })
}

#[cfg(test)]
mod tests {
    use super::super::tiny::Tiny;
    use super::*;
    use crate::people::choice::tables;

    #[test]
    fn a_rise_of_income_everywhere_is_worth_itself() {
        let tiny = Tiny::new();
        let law = tiny.law();
        let mut now = law.base.clone();
        now.node.iter_mut().flatten().for_each(|v| *v += 0.08);
        now.own.iter_mut().flatten().flatten().for_each(|v| *v += 0.08);
        let gains = gains(&law, &tiny.world, &tiny.rules(), &now);
        for gain in gains.everywhere.iter().chain(&gains.here).flatten() {
            assert!((gain - 0.08).abs() < 1e-12, "{gain}");
        }
    }

    /// The nest outside is not touched, so its probability falls by exactly the sum of weights.
    #[test]
    fn gains_agree_with_the_probabilities_of_the_choice_tables() {
        let tiny = Tiny::new();
        let law = tiny.law();
        let mut now = law.base.clone();
        now.node[2][0] += 0.3;
        now.own[1][0][0] += 0.2;
        now.own[1][1][0] -= 0.1;
        let rules = tiny.rules();
        let table = tables(&law, &tiny.world, &rules, &now);
        let outside = 4;
        for home in [0, 1, 3] {
            let p = table.probabilities(home, class(0, 1), 5)[outside];
            let expected =
                libm::log(law.upper_row(home, class(0, 1))[3] / p) / rules.p.location_elasticity_workers;
            let found = gains(&law, &tiny.world, &rules, &now).everywhere[home][0];
            assert!((found - expected).abs() < 1e-8, "{home}: {found} is not {expected}");
        }
    }

    /// Who is registered outside (home 4, ten persons live at node 2) gains from what is better at node 2; the registered of
    /// the area hardly do.
    #[test]
    fn a_gain_of_those_who_settled_from_outside_counts_for_them() {
        let tiny = Tiny::new();
        let law = tiny.law();
        let mut now = law.base.clone();
        now.node[2][0] += 0.5;
        let gains = gains(&law, &tiny.world, &tiny.rules(), &now);
        let mean = |frame, homes: std::ops::Range<usize>| gains.mean(&tiny.world, frame, homes, 0..1);
        // Of the nests of the area alone the gain is larger than with the outside, where nothing changed.
        assert!(gains.here[4][0] > gains.everywhere[4][0] && gains.everywhere[4][0] > 0.0);
        let (residents, registered) = (mean(Frame::Residents, 0..5), mean(Frame::Registered, 0..5));
        // Ten of the 200 workers who live in the area are registered outside.
        let others = mean(Frame::Residents, 0..4);
        let persons: f64 = tiny.world.base.homes[..4].iter().map(|h| h[0][AT_HOME] + h[0][AWAY]).sum();
        let expected = (others * persons + gains.here[4][0] * 10.0) / (persons + 10.0);
        assert!((residents - expected).abs() < 1e-12, "{residents} {expected}");
        assert!(registered != residents);
        assert!((mean(Frame::Locals, 4..5)).is_nan(), "nobody of an outside home is at home here");
    }

    #[test]
    fn weights_do_not_follow_births() {
        let mut tiny = Tiny::new();
        let law = tiny.law();
        let mut now = law.base.clone();
        now.own[1][1][0] += 0.1;
        let rules = tiny.rules();
        let before = gains(&law, &tiny.world, &rules, &now).mean(&tiny.world, Frame::Residents, 0..5, 0..1);
        let mut grown = tiny.world.clone();
        grown.census.homes[1].iter_mut().for_each(|d| d.agents[0] *= 3);
        grown.census.places[1].ages[0][3] += 50;
        let after = gains(&law, &grown, &rules, &now).mean(&grown, Frame::Residents, 0..5, 0..1);
        assert_eq!(before, after);
        tiny.world.base.homes[1][0][AT_HOME] *= 3.0;
        let rules = tiny.rules();
        let other = gains(&law, &tiny.world, &rules, &now).mean(&tiny.world, Frame::Residents, 0..5, 0..1);
        assert!(other != before);
    }
}
