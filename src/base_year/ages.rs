//! Ages by skill at each node, and who works in which sector: whole persons, by stated rules.

use crate::base_year::study_area::NATIONAL_AGES;
use crate::config::Parameters;
use crate::economy::jobs::usual_unemployment;
use crate::people::location::{CHILDREN, TABLE_AGES, table_age};
use crate::people::vital_paths::{AGES, Cohorts};
use crate::people::vital_rates::{PARTICIPATION, TALENT_WORKS_AT, participation, participation_factor};
use crate::quantity::split;
use crate::world::node::Facts;
use crate::world::people::activity;
use crate::world::sector::{ACTIVITIES, LOCAL_SERVICES, SECTOR_TABLE, SECTORS};
use crate::world::{Geography, SKILLS, Tier};

/// Relative share with tertiary education by age group 0-4 … 85+ (7th census, rounded; recalled). Only the
/// shape matters: the number of each node is given.
const TERTIARY: [f64; 18] =
    [0.0, 0.0, 0.0, 0.08, 0.50, 0.45, 0.40, 0.33, 0.24, 0.17, 0.12, 0.09, 0.08, 0.07, 0.05, 0.04, 0.03, 0.02];

/// Odds of talent to commute, relative to workers (assumed, as those of the sectors are).
const TALENT_ODDS_COMMUTING: f64 = 0.8;

/// Something of every activity of work: of the sectors, then of commuting.
fn by_activity(sector: impl Fn(usize) -> f64, commuting: f64) -> [f64; ACTIVITIES] {
    std::array::from_fn(|a| if a < SECTORS { sector(a) } else { commuting })
}

/// What is known of the people at one node.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct NodePeople {
    /// Persons by age group and skill.
    pub ages: [[u64; 2]; 18],
    /// Share at work by age group of those old enough (workers from 16, talent from 22).
    pub participation: [f64; 18],
    /// Share of each activity among those at work, by skill: the sectors, commuting.
    pub activities: [[f64; ACTIVITIES]; 2],
}

/// First age at work, by skill.
pub(crate) const WORKS_AT: [u32; SKILLS] = [16, TALENT_WORKS_AT];

/// Share of those of an age from 85 on who reach the next one (near the life table of 2020; assumed).
const SURVIVAL_FROM_85: f64 = 0.86;

/// Single years of a group and the share of its people of a skill in each; shares add up to one. `ages` are
/// persons by group and skill: of 15 to 19 only the two last years can have tertiary education, so the
/// workers of these years are fewer.
pub(crate) fn single_years(ages: &[[u64; SKILLS]; 18], group: usize, skill: usize) -> Vec<(u32, f64)> {
    let first = 5 * group as u32;
    let weights: Vec<f64> = match (group, skill) {
        (3, 0) => {
            let [workers, talent] = ages[3].map(|n| n as f64);
            let (year, gone) = ((workers + talent).max(1.0) / 5.0, talent / 2.0);
            (0..5).map(|y| if y < 3 { year } else { (year - gone).max(0.0) }).collect()
        }
        (3, _) => vec![0.0, 0.0, 0.0, 0.5, 0.5],
        (17, _) => (0..25).map(|y| libm::pow(SURVIVAL_FROM_85, f64::from(y))).collect(),
        _ => vec![0.2; 5],
    };
    let all: f64 = weights.iter().sum();
    (first..).zip(weights).map(|(age, weight)| (age, weight / all)).collect()
}

/// People of the base year by province (the outside after the last, at the nation's ages), tier and single year.
pub(crate) fn single_ages(geography: &Geography, province: &[u16]) -> Vec<Cohorts> {
    let mut cohorts: Vec<Cohorts> = vec![[[0.0; AGES]; Tier::ALL.len()]; geography.provinces.len() + 1];
    for (j, node) in geography.nodes.iter().enumerate() {
        let of_tier = &mut cohorts[usize::from(province[j])][node.tier as usize];
        let people = if geography.is_outside(j) { NATIONAL_AGES } else { node.facts.ages.map(|n| n as f64) };
        for (group, persons) in people.into_iter().enumerate() {
            for (age, share) in single_years(&[[1, 0]; 18], group, 0) {
                of_tier[(age as usize).min(AGES - 1)] += persons * share;
            }
        }
    }
    cohorts
}

/// Share of an age group that is old enough to work.
pub(crate) fn eligible(ages: &[[u64; SKILLS]; 18], group: usize, skill: usize) -> f64 {
    let old_enough = single_years(ages, group, skill).into_iter().filter(|(age, _)| *age >= WORKS_AT[skill]);
    old_enough.map(|(_, share)| share).sum()
}

/// Whole persons of a total by weights, none above its cap (the caps add up to at least the total).
pub(crate) fn split_capped(total: u64, weights: &[f64], caps: &[u64]) -> Vec<u64> {
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
    /// Works out ages by skill, participation and activities from the facts of a node. Tables count people at work; those
    /// who look for work are `1/(1 - unemployed)` times as many, by activity.
    pub(crate) fn new(facts: &Facts, most_at_work: f64, unemployed: [f64; ACTIVITIES]) -> Self {
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
            std::array::from_fn(|g| (0..2).map(|k| ages[g][k] as f64 * eligible(&ages, g, k)).sum());
        let jobs: [f64; ACTIVITIES] = std::array::from_fn(|a| {
            let at_work = if a < SECTORS { facts.employed[a] } else { facts.commuters };
            at_work as f64 / (1.0 - unemployed[a])
        });
        let factor = participation_factor(&able, jobs.iter().sum(), most_at_work);
        let shares = participation(factor, most_at_work);
        let at_work: [f64; 2] = std::array::from_fn(|k| {
            (0..18).map(|g| ages[g][k] as f64 * eligible(&ages, g, k) * shares[g]).sum()
        });
        NodePeople { ages, participation: shares, activities: activities(jobs, at_work) }
    }

    /// A node without facts of its own (outside): national ages, a given number and share of talent.
    pub(crate) fn national(residents: u64, talent: u64, most_at_work: f64) -> Self {
        let parts = split(residents as i64, &NATIONAL_AGES);
        let facts = Facts {
            residents,
            talent: talent.min(residents / 2),
            ages: std::array::from_fn(|g| parts[g] as u64),
            ..Default::default()
        };
        let mut people = NodePeople::new(&facts, most_at_work, [0.0; ACTIVITIES]);
        people.participation = PARTICIPATION;
        people
    }

    /// Share of each table age among people of a skill. Nobody is a child with tertiary education: that table is never
    /// drawn from, and is that of 18 to 34.
    pub(crate) fn table_ages(&self, skill: usize) -> [f64; TABLE_AGES] {
        let mut sums = [0.0; TABLE_AGES];
        for (g, by_skill) in self.ages.iter().enumerate() {
            for (age, share) in single_years(&self.ages, g, skill) {
                sums[table_age(age)] += by_skill[skill] as f64 * share;
            }
        }
        let all: f64 = sums.iter().sum();
        let mut shares =
            if all > 0.0 { sums.map(|s| s / all) } else { [1.0 / TABLE_AGES as f64; TABLE_AGES] };
        if skill == 1 {
            shares[CHILDREN] = shares[0];
        }
        shares
    }

    /// Weights of activities (none, the sectors, commuting) of one single year of an age group and skill:
    /// nobody works before the first age at work.
    pub(crate) fn activity_weights(&self, group: usize, age: u32, skill: usize) -> [f64; activity::COUNT] {
        let at_work = if age < WORKS_AT[skill] { 0.0 } else { self.participation[group] };
        std::array::from_fn(|a| {
            if a == activity::NONE { 1.0 - at_work } else { at_work * self.activities[skill][a - 1] }
        })
    }
}

/// Shares of activities by skill so that jobs and people at work agree in total (iterative proportional
/// fitting from the odds of talent).
fn activities(jobs: [f64; ACTIVITIES], at_work: [f64; 2]) -> [[f64; ACTIVITIES]; 2] {
    let total: f64 = jobs.iter().sum();
    if total <= 0.0 {
        return [by_activity(|s| f64::from(u8::from(s == LOCAL_SERVICES)), 0.0); 2];
    }
    let people: f64 = at_work[0] + at_work[1];
    let odds = by_activity(|s| SECTOR_TABLE[s].talent_odds, TALENT_ODDS_COMMUTING);
    let mut cell: [[f64; ACTIVITIES]; 2] = [jobs, std::array::from_fn(|a| jobs[a] * odds[a])];
    for _ in 0..100 {
        for k in 0..2 {
            let sum: f64 = cell[k].iter().sum();
            if sum > 0.0 && people > 0.0 {
                let target = at_work[k] / people * total;
                cell[k].iter_mut().for_each(|c| *c *= target / sum);
            }
        }
        for a in 0..ACTIVITIES {
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

/// Unemployment rate of the base year by activity of a node's residents: none in farming, commuters' at the seat.
fn unemployed(geography: &Geography, p: &Parameters, j: usize) -> [f64; ACTIVITIES] {
    let here = usual_unemployment(p, geography.nodes[j].tier);
    let seat = usual_unemployment(p, geography.nodes[geography.seat_of(j)].tier);
    by_activity(|s| if SECTOR_TABLE[s].urban { here } else { 0.0 }, seat)
}

/// What is known of the people of every node; outside nodes from the newcomers' mix.
pub(crate) fn node_people(geography: &Geography, outside: &[(u64, u64)], p: &Parameters) -> Vec<NodePeople> {
    let most_at_work = p.most_at_work;
    (0..geography.len())
        .map(|j| {
            if geography.is_outside(j) {
                let (residents, talent) = outside[j - geography.outside.start];
                NodePeople::national(residents, talent, most_at_work)
            } else {
                NodePeople::new(&geography.nodes[j].facts, most_at_work, unemployed(geography, p, j))
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn talent_ages_and_employment_of_a_node_are_met_after_unemployment() {
        let parts = split(100_000, &NATIONAL_AGES);
        let facts = Facts {
            residents: 100_000,
            talent: 17_000,
            ages: std::array::from_fn(|g| parts[g] as u64),
            employed: [9_000, 21_000, 6_000, 14_000, 1_000],
            commuters: 500,
            ..Default::default()
        };
        let unemployed = [0.0, 0.05, 0.05, 0.05, 0.05, 0.1];
        let people = NodePeople::new(&facts, 0.97, unemployed);
        assert_eq!(people.ages.iter().map(|a| a[1]).sum::<u64>(), 17_000);
        for g in 0..18 {
            assert_eq!(people.ages[g][0] + people.ages[g][1], facts.ages[g]);
        }
        for a in 0..ACTIVITIES {
            let at: f64 = (0..2)
                .flat_map(|k| (0..18).map(move |g| (g, k)))
                .map(|(g, k)| {
                    let years = single_years(&people.ages, g, k);
                    let share: f64 =
                        years.iter().map(|&(y, w)| w * people.activity_weights(g, y, k)[a + 1]).sum();
                    people.ages[g][k] as f64 * share
                })
                .sum();
            let jobs = if a < SECTORS { facts.employed[a] } else { facts.commuters };
            assert!((at * (1.0 - unemployed[a]) - jobs as f64).abs() < 1.0, "{a}: {at}");
        }
    }

    #[test]
    fn single_years_of_both_skills_add_up_to_equal_years_of_the_group() {
        let mut ages = [[0; 2]; 18];
        ages[3] = [4_000, 1_000];
        let persons = |k: usize| -> Vec<f64> {
            single_years(&ages, 3, k).into_iter().map(|(_, share)| share * ages[3][k] as f64).collect()
        };
        for (age, (workers, talent)) in (15..).zip(persons(0).into_iter().zip(persons(1))) {
            assert!((workers + talent - 1_000.0).abs() < 1e-9, "{age}: {workers} and {talent}");
        }
        for g in 0..18 {
            for k in 0..2 {
                let sum: f64 = single_years(&ages, g, k).iter().map(|(_, share)| share).sum();
                assert!((sum - 1.0).abs() < 1e-12, "group {g}, skill {k}: {sum}");
            }
        }
    }
}
