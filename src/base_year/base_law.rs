//! The law of location of the base year: the probabilities that the fitted homes and places say.

use super::ages::NodePeople;
use super::homes::{Gravity, by_origin, nest_of_outside};
use crate::config::Parameters;
use crate::kernel::chunks::map_ranges;
use crate::people::location::{CLASSES, Law, ORIGINS, TABLE_AGES, border, class, origin};
use crate::world::{Geography, SKILLS, Tier};

/// Base-year probabilities by home, class and place: the matrix itself, with the age mix of each place.
pub(crate) fn law(
    geography: &Geography,
    fit: &Gravity,
    people: &[NodePeople],
    outside_stay: &[[f64; SKILLS]],
    p: &Parameters,
    residents: f64,
) -> Law {
    let nests = fit.nests.clone();
    let sums = fit.nest_sums(geography);
    let ages: Vec<[[f64; TABLE_AGES]; SKILLS]> =
        people.iter().map(|n| std::array::from_fn(|k| n.table_ages(k))).collect();
    let mut lower = Vec::with_capacity(ORIGINS * CLASSES);
    // Mean of the age share over a nest under its lower shares: what the upper table has to carry.
    let mut nest_age = vec![0.0; ORIGINS * CLASSES * nests.len()];
    for o in 0..ORIGINS {
        for k in 0..SKILLS {
            for a in 0..TABLE_AGES {
                let weight = &fit.weight[o * SKILLS + k];
                let share: Vec<f64> = (0..geography.len()).map(|j| weight[j] * ages[j][k][a]).collect();
                for (n, nest) in nests.iter().enumerate() {
                    let all: f64 = nest.clone().map(|j| weight[j]).sum();
                    let with: f64 = nest.clone().map(|j| share[j]).sum();
                    nest_age[(o * CLASSES + class(k, a)) * nests.len() + n] =
                        if all > 0.0 { with / all } else { 0.0 };
                }
                lower.push(share);
            }
        }
    }
    let mut own_prefecture = Vec::with_capacity(geography.counties.len());
    let mut own_age = vec![0.0; geography.counties.len() * CLASSES];
    for (c, county) in geography.counties.iter().enumerate() {
        let nest = nests[county.prefecture].clone();
        let mut tables = vec![Vec::new(); CLASSES];
        for k in 0..SKILLS {
            let plain: Vec<f64> = nest.clone().map(|j| fit.near_weight(c, k, j, nest.start)).collect();
            let all: f64 = plain.iter().sum();
            for a in 0..TABLE_AGES {
                let with: Vec<f64> = nest.clone().zip(&plain).map(|(j, w)| w * ages[j][k][a]).collect();
                own_age[c * CLASSES + class(k, a)] =
                    if all > 0.0 { with.iter().sum::<f64>() / all } else { 0.0 };
                tables[class(k, a)] = with;
            }
        }
        own_prefecture.push(tables);
    }
    let options = 2 + nests.len();
    let upper = map_ranges(geography.len(), 64, |_, homes| {
        let mut part = Vec::with_capacity(homes.len() * CLASSES * options);
        for h in homes {
            let by_nest = fit.by_nest(geography, h, &sums);
            for k in 0..SKILLS {
                for a in 0..TABLE_AGES {
                    let at = part.len();
                    part.extend(own_stay(geography, h, k).map(|(j, n)| j.map_or(0.0, |j| n * ages[j][k][a])));
                    for (n, people) in by_nest.iter().enumerate() {
                        let own = !geography.is_outside(h) && geography.nodes[h].prefecture == n;
                        let age = if own {
                            own_age[geography.nodes[h].county * CLASSES + class(k, a)]
                        } else {
                            nest_age[(origin(geography, h, n) * CLASSES + class(k, a)) * nests.len() + n]
                        };
                        part.push(people[k] * age);
                    }
                    if geography.is_outside(h) {
                        let n = nest_of_outside(geography, h);
                        part[at + 2 + n] += outside_stay[h - geography.outside.start][k] * ages[h][k][a];
                    }
                    let row = &mut part[at..];
                    let sum: f64 = row.iter().sum();
                    if sum > 0.0 {
                        row.iter_mut().for_each(|x| *x /= sum);
                    } else {
                        // A home without people: whoever is registered there later stays.
                        row[usize::from(
                            !geography.is_outside(h) && geography.nodes[h].tier == Tier::Village,
                        )] = 1.0;
                        if geography.is_outside(h) {
                            row[0] = 0.0;
                            row[2 + nest_of_outside(geography, h)] = 1.0;
                        }
                    }
                }
            }
        }
        part
    })
    .concat();
    // An outside node alone in its nest has a lower share of one whatever its weight.
    for share in &mut lower {
        for j in geography.outside.clone() {
            share[j] = share[j].max(1.0);
        }
    }
    let in_area = 1.0 / p.outside_factor;
    let outsiders: f64 =
        outside_stay.iter().map(|s| s[0] + s[1]).sum::<f64>().max(1.0) / (1.0 - in_area).max(1e-9) * in_area;
    let truly = (outsiders / (p.outside_population - residents).max(outsiders)).min(1.0);
    let outside_kappa = if p.outside_factor > 1.0 { ((1.0 - truly) / (1.0 - in_area)).max(1.0) } else { 1.0 };
    debug_assert!((0..nests.len()).all(|n| border(geography, 0, n) <= 3));
    Law { nests, lower, own_prefecture, upper, outside_kappa, ..Default::default() }
}

/// Persons of home h and skill k who live at the seat and at the village of their own county.
fn own_stay(geography: &Geography, h: usize, k: usize) -> [(Option<usize>, f64); 2] {
    if geography.is_outside(h) {
        return [(None, 0.0); 2];
    }
    let node = &geography.nodes[h];
    let county = &geography.counties[node.county];
    let from = usize::from(node.tier == Tier::Village);
    [Some(county.seat), county.village]
        .map(|place| (place, place.map_or(0.0, |j| by_origin(geography, j)[from][k])))
}
