//! What a place promises to those who think of coming: its pay, or what the prefecture pays where few work.

use super::pay::{commuter_take_home, take_home};
use crate::config::Market;
use crate::rules::Rules;
use crate::world::people::activity;
use crate::world::sector::INDUSTRY;
use crate::world::{SECTORS, SKILLS, Tier, World};

/// Pay of a group after tax and the persons it is known from.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Pay {
    /// Sum over persons, fen a year.
    sum: f64,
    /// Persons of the skill who work or look for work.
    persons: f64,
}

impl Pay {
    fn mean(self) -> Option<f64> {
        (self.persons > 0.0 && self.sum > 0.0).then(|| self.sum / self.persons)
    }

    fn add(&mut self, other: Pay) {
        self.sum += other.sum;
        self.persons += other.persons;
    }
}

/// Weight of the own pay of `persons` in `(persons own + thin typical)/(persons + thin)`.
fn shrink(own: Pay, typical: f64, thin: f64) -> f64 {
    let weight = own.persons + thin;
    if weight > 0.0 { (own.sum + thin * typical) / weight } else { typical }
}

/// Pay of a place, after tax, for a person with h = 1, by skill: `sum_s (share_s) pe_s w_s (1 - t_W - c cov_s)`; commuters
/// earn the seat's wage less the cost of commuting.
fn own_pay(world: &World, rules: &Rules, j: usize) -> [Pay; SKILLS] {
    let node = &world.geography.nodes[j];
    let seat = world.geography.counties[node.county].seat;
    let (count, state) = (&world.census.places[j], &world.nodes[j]);
    let persons = world.persons_per_agent() as f64;
    std::array::from_fn(|k| {
        let mut pay = Pay::default();
        for s in 0..SECTORS {
            let people = count.people[k][activity::SECTOR + s] as f64 * persons;
            let wage = state.job_probability[s][k] * state.wage[s][k] * take_home(world, rules, j, s);
            pay.add(Pay { sum: people * wage, persons: people });
        }
        let commuters = count.people[k][activity::COMMUTING] as f64 * persons;
        if node.tier == Tier::Village && commuters > 0.0 {
            let wage = commuter_take_home(world, rules, seat, k);
            pay.add(Pay { sum: commuters * wage, persons: commuters });
        }
        pay
    })
}

/// What each place promises by skill, `y = (n own + n_0 m)/(n + n_0)`: its own pay weighs as much as the persons of the
/// skill who work there, what the prefecture pays as much as `thin_group` persons. Where the prefecture has nobody of
/// the skill the province stands in, then the area, then the other skill and `skill_premium`.
pub(crate) fn promise(world: &mut World, rules: &Rules) {
    let area = world.geography.area_nodes();
    let own: Vec<[Pay; SKILLS]> = (0..area).map(|j| own_pay(world, rules, j)).collect();
    let sum = |nodes: &mut dyn Iterator<Item = usize>| -> [Pay; SKILLS] {
        let mut sums = [Pay::default(); SKILLS];
        for j in nodes {
            (0..SKILLS).for_each(|k| sums[k].add(own[j][k]));
        }
        sums
    };
    let all = sum(&mut (0..area)).map(Pay::mean);
    let provinces: Vec<_> =
        world.geography.provinces.iter().map(|r| sum(&mut r.nodes.clone()).map(Pay::mean)).collect();
    let prefectures: Vec<_> =
        world.geography.prefectures.iter().map(|p| sum(&mut p.nodes.clone()).map(Pay::mean)).collect();
    for j in 0..area {
        let node = &world.geography.nodes[j];
        let known: [Option<f64>; SKILLS] = std::array::from_fn(|k| {
            prefectures[node.prefecture][k].or(provinces[node.province][k]).or(all[k])
        });
        let typical = both(known, rules.p.skill_premium);
        world.nodes[j].promised_income = std::array::from_fn(|k| {
            if own[j][k].persons <= 0.0 && rules.model.market == Market::Ces {
                // What the first firm could pay.
                return (world.nodes[j].wage[INDUSTRY][k] * take_home(world, rules, j, INDUSTRY)).max(1.0);
            }
            shrink(own[j][k], typical[k], rules.p.thin_group).max(1.0)
        });
    }
}

/// Typical pay of both skills; where one is unknown the other and the base premium say what would be paid.
fn both(known: [Option<f64>; SKILLS], premium: f64) -> [f64; SKILLS] {
    match known {
        [Some(workers), Some(talent)] => [workers, talent],
        [Some(workers), None] => [workers, workers * premium],
        [None, Some(talent)] => [talent / premium, talent],
        [None, None] => [1.0; 2],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_does_not_leap_when_the_first_graduate_arrives() {
        let (typical, thin) = (50_000.0, 5_000.0);
        let nobody = shrink(Pay::default(), typical, thin);
        // One agent of a thousand persons who earns a hundred times as much.
        let first = shrink(Pay { sum: 1_000.0 * 5e6, persons: 1_000.0 }, typical, thin);
        assert_eq!(nobody, typical);
        assert!(((first - nobody) - (5e6 - typical) * 1_000.0 / 6_000.0).abs() < 1e-6);
    }

    #[test]
    fn without_thin_groups_own_pay_alone_is_promised_and_a_place_with_nobody_promises_the_typical() {
        assert_eq!(shrink(Pay { sum: 60.0, persons: 2.0 }, 50.0, 0.0), 30.0);
        assert_eq!(shrink(Pay::default(), 50.0, 0.0), 50.0);
    }

    #[test]
    fn the_other_skill_and_the_premium_stand_in_for_a_skill_nobody_has() {
        assert_eq!(both([Some(40.0), None], 1.5), [40.0, 60.0]);
        assert_eq!(both([None, Some(60.0)], 1.5), [40.0, 60.0]);
    }
}
