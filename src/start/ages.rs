//! Ages by skill at each node, and who works in which sector: whole persons, by stated rules.

use crate::economy::population::{PARTICIPATION, participation, participation_factor};
use crate::quantity::split;
use crate::scenario::study_area::NATIONAL_AGES;
use crate::world::Geography;
use crate::world::node::Facts;
use crate::world::people::activity;

/// Relative share with tertiary education by age group 0-4 … 85+ (7th census, rounded; recalled). Only the
/// shape matters: the number of each node is given.
const TERTIARY: [f64; 18] =
    [0.0, 0.0, 0.0, 0.08, 0.50, 0.45, 0.40, 0.33, 0.24, 0.17, 0.12, 0.09, 0.08, 0.07, 0.05, 0.04, 0.03, 0.02];

/// Odds of talent to work in each activity, relative to workers: farming, industry, services, tourism,
/// commuting (assumed; the census does not give sectors by education and county).
const TALENT_ODDS: [f64; 5] = [0.1, 0.6, 1.6, 1.0, 0.8];

/// What is known of the people at one node.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NodePeople {
    /// Persons by age group and skill.
    pub ages: [[u64; 2]; 18],
    /// Share at work by age group of those old enough (workers from 16, talent from 22).
    pub participation: [f64; 18],
    /// Share of each activity among those at work, by skill: four sectors, commuting.
    pub activities: [[f64; 5]; 2],
}

/// Share of an age group that is old enough to work.
pub fn eligible(group: usize, skill: usize) -> f64 {
    match (group, skill) {
        (0..=2, _) | (3, 1) => 0.0,
        (3, _) => 0.8,
        (4, 1) => 0.6,
        _ => 1.0,
    }
}

/// Whole persons of a total by weights, none above its cap (the caps add up to at least the total).
pub fn split_capped(total: u64, weights: &[f64], caps: &[u64]) -> Vec<u64> {
    let mut parts = vec![0u64; weights.len()];
    let mut rest = total.min(caps.iter().sum());
    while rest > 0 {
        let open: Vec<f64> = weights
            .iter()
            .zip(&parts)
            .zip(caps)
            .map(|((w, p), c)| if p < c { w.max(1e-12) } else { 0.0 })
            .collect();
        let proposal = split(rest as i64, &open);
        for ((part, cap), more) in parts.iter_mut().zip(caps).zip(proposal) {
            let more = (more as u64).min(cap - *part);
            *part += more;
            rest -= more;
        }
    }
    parts
}

impl NodePeople {
    /// Works out ages by skill, participation and activities from the facts of a node.
    pub fn new(facts: &Facts, most_at_work: f64) -> Self {
        // Talent is 18 and over: of 15-19 two fifths.
        let caps: [u64; 18] = std::array::from_fn(|g| match g {
            0..=2 => 0,
            3 => facts.ages[3] * 2 / 5,
            _ => facts.ages[g],
        });
        let weights: [f64; 18] = std::array::from_fn(|g| facts.ages[g] as f64 * TERTIARY[g]);
        let talent = split_capped(facts.talent, &weights, &caps);
        let ages: [[u64; 2]; 18] = std::array::from_fn(|g| [facts.ages[g] - talent[g], talent[g]]);
        let able: [f64; 18] =
            std::array::from_fn(|g| (0..2).map(|k| ages[g][k] as f64 * eligible(g, k)).sum());
        let factor = participation_factor(&able, facts.employed_residents() as f64, most_at_work);
        let shares = participation(factor, most_at_work);
        let at_work: [f64; 2] =
            std::array::from_fn(|k| (0..18).map(|g| ages[g][k] as f64 * eligible(g, k) * shares[g]).sum());
        let jobs: [f64; 5] =
            std::array::from_fn(|a| if a < 4 { facts.employed[a] as f64 } else { facts.commuters as f64 });
        NodePeople { ages, participation: shares, activities: activities(jobs, at_work) }
    }

    /// A node without facts of its own (outside): national ages, a given number and share of talent.
    pub fn national(residents: u64, talent: u64, most_at_work: f64) -> Self {
        let parts = split(residents as i64, &NATIONAL_AGES);
        let facts = Facts {
            residents,
            talent: talent.min(residents / 2),
            ages: std::array::from_fn(|g| parts[g] as u64),
            ..Default::default()
        };
        let mut people = NodePeople::new(&facts, most_at_work);
        people.participation = PARTICIPATION;
        people
    }

    /// Share of each table age (18-34, 35-54 and children, 55+) among people of a skill.
    pub fn table_ages(&self, skill: usize) -> [f64; 3] {
        let mut sums = [0.0; 3];
        for (g, by_skill) in self.ages.iter().enumerate() {
            let n = by_skill[skill] as f64;
            match g {
                0..=2 => sums[1] += n,
                3 if skill == 0 => {
                    sums[1] += n * 0.6;
                    sums[0] += n * 0.4;
                }
                3..=6 => sums[0] += n,
                7..=10 => sums[1] += n,
                _ => sums[2] += n,
            }
        }
        let all: f64 = sums.iter().sum();
        if all > 0.0 { sums.map(|s| s / all) } else { [1.0 / 3.0; 3] }
    }

    /// Weights of activities (none, four sectors, commuting) of one age group and skill.
    pub fn activity_weights(&self, group: usize, skill: usize) -> [f64; activity::COUNT] {
        let at_work = eligible(group, skill) * self.participation[group];
        std::array::from_fn(|a| {
            if a == activity::NONE { 1.0 - at_work } else { at_work * self.activities[skill][a - 1] }
        })
    }
}

/// Shares of activities by skill so that jobs and people at work agree in total (iterative proportional
/// fitting from the odds of talent).
fn activities(jobs: [f64; 5], at_work: [f64; 2]) -> [[f64; 5]; 2] {
    let total: f64 = jobs.iter().sum();
    if total <= 0.0 {
        return [[0.0, 0.0, 1.0, 0.0, 0.0]; 2];
    }
    let people: f64 = at_work[0] + at_work[1];
    let mut cell: [[f64; 5]; 2] = [jobs, std::array::from_fn(|a| jobs[a] * TALENT_ODDS[a])];
    for _ in 0..100 {
        for k in 0..2 {
            let sum: f64 = cell[k].iter().sum();
            if sum > 0.0 && people > 0.0 {
                let target = at_work[k] / people * total;
                cell[k].iter_mut().for_each(|c| *c *= target / sum);
            }
        }
        for a in 0..5 {
            let sum = cell[0][a] + cell[1][a];
            if sum > 0.0 {
                let factor = jobs[a] / sum;
                cell[0][a] *= factor;
                cell[1][a] *= factor;
            }
        }
    }
    cell.map(|row| {
        let sum: f64 = row.iter().sum();
        if sum > 0.0 { row.map(|c| c / sum) } else { jobs.map(|j| j / total) }
    })
}

/// What is known of the people of every node; outside nodes from the newcomers' mix.
pub fn node_people(geography: &Geography, outside: &[(u64, u64)], most_at_work: f64) -> Vec<NodePeople> {
    (0..geography.len())
        .map(|j| {
            if geography.is_outside(j) {
                let (residents, talent) = outside[j - geography.outside.start];
                NodePeople::national(residents, talent, most_at_work)
            } else {
                NodePeople::new(&geography.nodes[j].facts, most_at_work)
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn talent_ages_and_employment_of_a_node_are_met() {
        let parts = split(100_000, &NATIONAL_AGES);
        let facts = Facts {
            residents: 100_000,
            talent: 17_000,
            ages: std::array::from_fn(|g| parts[g] as u64),
            employed: [9_000, 21_000, 20_000, 1_000],
            commuters: 500,
            ..Default::default()
        };
        let people = NodePeople::new(&facts, 0.97);
        assert_eq!(people.ages.iter().map(|a| a[1]).sum::<u64>(), 17_000);
        for g in 0..18 {
            assert_eq!(people.ages[g][0] + people.ages[g][1], facts.ages[g]);
        }
        for a in 0..5 {
            let at: f64 = (0..2)
                .flat_map(|k| (0..18).map(move |g| (g, k)))
                .map(|(g, k)| people.ages[g][k] as f64 * people.activity_weights(g, k)[a + 1])
                .sum();
            let jobs = if a < 4 { facts.employed[a] } else { facts.commuters };
            assert!((at - jobs as f64).abs() < 1.0, "{a}: {at}");
        }
    }
}
