//! Years of experience of the first people: the stationary distribution of the law of lives itself, by home,
//! skill, age, where a person lives and whether it works. Without it experience would start at zero for
//! everybody, and output would grow for fifteen years without a cause.

use super::ages::WORKS_AT;
use crate::config::Parameters;
use crate::people::life::crossing;
use crate::people::location::{CLASSES, Law, ORIGINS, TABLE_AGES, class, origin, table_age};
use crate::people::schedule::review_rates;
use crate::people::vital_rates::{age_group, is_boundary};
use crate::world::people::{Dwellers, EXPERIENCE_CAP, OLDEST};
use crate::world::{Geography, SKILLS, Tier};

/// Shares by years of experience.
type Years = [f64; EXPERIENCE_CAP as usize + 1];
/// Persons of an age by where they live (0 elsewhere, 1 away from home in a city or seat), whether they work, and
/// years of experience.
type Mass = [[Years; 2]; 2];

/// Gain of a year's experience in human-capital codes (1/50 log point).
pub(crate) fn codes_a_year(p: &Parameters) -> f64 {
    libm::rint(p.experience_growth * 50.0 * 1e9) / 1e9
}

/// Years of experience that still add.
pub(crate) fn years_that_add(p: &Parameters) -> u32 {
    if p.experience_growth > 0.0 {
        (libm::rint(p.experience_cap / p.experience_growth) as u32).min(EXPERIENCE_CAP)
    } else {
        0
    }
}

/// Whether a person of a home learns at a place: away from the home county, in a city or seat.
pub(crate) fn teaches(geography: &Geography, home: usize, place: usize) -> bool {
    let tier = geography.nodes[place].tier;
    !geography.is_outside(place)
        && matches!(tier, Tier::City | Tier::CountySeat)
        && (geography.is_outside(home) || geography.nodes[home].county != geography.nodes[place].county)
}

/// The law that experience follows in the base year, the same for all homes.
pub(crate) struct Experience<'a> {
    geography: &'a Geography,
    law: &'a Law,
    /// Probability that a reviewer of a nest ends in a city or seat of it: `[origin][class][nest]`.
    learning: Vec<f64>,
    /// Share at work by age group of those away in cities and seats, by skill.
    participation: [[f32; 18]; SKILLS],
    review: [f64; 128],
    cap: usize,
    /// Codes of human capital that a year adds.
    pub codes: f64,
}

impl<'a> Experience<'a> {
    /// `participation` is the share at work by node and age group, `rows` the people of each home by place.
    pub(crate) fn new(
        geography: &'a Geography,
        law: &'a Law,
        participation: &[[f64; 18]],
        rows: &[Vec<Dwellers>],
        p: &Parameters,
    ) -> Self {
        let learning = (0..ORIGINS * CLASSES)
            .flat_map(|row| law.nests.iter().map(move |nest| (row, nest)))
            .map(|(row, nest)| {
                let share = &law.lower[row];
                ratio(nest.clone().filter(|&j| is_urban(geography, j)).map(|j| share[j]).sum(), {
                    nest.clone().map(|j| share[j]).sum()
                })
            })
            .collect();
        Experience {
            geography,
            law,
            learning,
            participation: at_work_away(geography, participation, rows),
            review: review_rates(p),
            cap: years_that_add(p) as usize,
            codes: codes_a_year(p),
        }
    }

    /// Probability that a reviewer of a home and class chooses a place that teaches.
    fn away(&self, home: usize, class: usize) -> f64 {
        let (g, nests) = (self.geography, self.law.nests.len());
        let row = self.law.upper_row(home, class);
        let own = (!g.is_outside(home)).then(|| &g.nodes[home]);
        let learning: f64 = (0..nests)
            .map(|n| {
                let share = match own {
                    Some(node) if node.prefecture == n => self.near(node.county, class, n),
                    _ => self.learning[(origin(g, home, n) * CLASSES + class) * nests + n],
                };
                row[2 + n] * share
            })
            .sum();
        ratio(learning, row.iter().sum())
    }

    /// Of those who choose another county of their own prefecture, the share in its cities and seats.
    fn near(&self, county: usize, class: usize, nest: usize) -> f64 {
        let share = &self.law.own_prefecture[county][class];
        let nodes = self.law.nests[nest].clone();
        ratio(
            nodes.clone().zip(share).filter(|(j, _)| is_urban(self.geography, *j)).map(|(_, s)| s).sum(),
            share.iter().sum(),
        )
    }

    /// The experience of the people of a home by skill, age and state.
    pub(crate) fn of_home(&self, home: usize) -> OfHome {
        let running = |mut mass: Mass| {
            for years in mass.iter_mut().flatten() {
                let mut sum = 0.0;
                for share in years {
                    sum += *share;
                    *share = sum;
                }
            }
            mass
        };
        OfHome { lives: std::array::from_fn(|k| self.life(home, k).into_iter().map(running).collect()) }
    }

    /// A life from birth to the oldest age: grow older, start or stop work, learn, review the place.
    fn life(&self, home: usize, k: usize) -> Vec<Mass> {
        let away: [f64; TABLE_AGES] = std::array::from_fn(|a| self.away(home, class(k, a)));
        let mut mass: Mass = Default::default();
        let born_away = away[table_age(0)];
        (mass[0][0][0], mass[1][0][0]) = (1.0 - born_away, born_away);
        let mut life = vec![mass];
        for age in 1..=OLDEST {
            if is_boundary(age, k) {
                mass.iter_mut().for_each(|place| cross(place, &self.participation[k], age, k));
            }
            if age >= WORKS_AT[0] {
                learn(&mut mass[1][1], self.cap);
            }
            let works =
                if age < WORKS_AT[k] { 0.0 } else { f64::from(self.participation[k][age_group(age)]) };
            mass = review(&mass, self.review[age as usize], away[table_age(age)], works);
            life.push(mass);
        }
        life
    }
}

/// Those who start or stop work in the first year of an age group.
fn cross(place: &mut [Years; 2], shares: &[f32; 18], age: u32, skill: usize) {
    let [starts, stops] = [false, true].map(|works| crossing(shares, age, skill, works).clamp(0.0, 1.0));
    let [idle, working] = *place;
    for (x, (idle, working)) in idle.into_iter().zip(working).enumerate() {
        place[0][x] = idle * (1.0 - starts) + working * stops;
        place[1][x] = idle * starts + working * (1.0 - stops);
    }
}

/// A year of work away from home.
fn learn(years: &mut Years, cap: usize) {
    for x in (0..cap).rev() {
        years[x + 1] += years[x];
        years[x] = 0.0;
    }
}

/// Reviewers choose anew; who changes the place, or comes to another city, looks for work there.
fn review(mass: &Mass, rate: f64, away: f64, works: f64) -> Mass {
    let mut next = *mass;
    for x in 0..next[0][0].len() {
        let [home, gone] = [0, 1].map(|place| mass[place][0][x] + mass[place][1][x]);
        let arriving = rate * away * (home + gone);
        let returning = rate * (1.0 - away) * gone;
        for (i, share) in [1.0 - works, works].into_iter().enumerate() {
            next[0][i][x] = mass[0][i][x] * (1.0 - rate * away) + returning * share;
            next[1][i][x] = mass[1][i][x] * (1.0 - rate) + arriving * share;
        }
    }
    next
}

/// Mean share at work by age group in cities and seats, weighted by the people there from other counties.
fn at_work_away(
    geography: &Geography,
    participation: &[[f64; 18]],
    rows: &[Vec<Dwellers>],
) -> [[f32; 18]; SKILLS] {
    let mut sums = [[0.0; 18]; SKILLS];
    let mut people = [0.0; SKILLS];
    for (home, row) in rows.iter().enumerate() {
        for d in row.iter().filter(|d| teaches(geography, home, usize::from(d.place))) {
            for k in 0..SKILLS {
                let n = f64::from(d.agents[k]);
                people[k] += n;
                let shares = &participation[usize::from(d.place)];
                sums[k].iter_mut().zip(shares).for_each(|(sum, share)| *sum += n * share);
            }
        }
    }
    std::array::from_fn(|k| sums[k].map(|sum| ratio(sum, people[k]) as f32))
}

fn is_urban(geography: &Geography, j: usize) -> bool {
    !geography.is_outside(j) && matches!(geography.nodes[j].tier, Tier::City | Tier::CountySeat)
}

fn ratio(part: f64, all: f64) -> f64 {
    if all > 0.0 { part / all } else { 0.0 }
}

/// Experience of the people of a home: running sums of shares over years.
pub(crate) struct OfHome {
    lives: [Vec<Mass>; SKILLS],
}

impl OfHome {
    /// Years of experience of a person at a uniform number; zero where the law knows nobody like it.
    pub(crate) fn years(&self, skill: usize, age: u32, away: bool, works: bool, u: f64) -> u32 {
        let sums = &self.lives[skill][age.min(OLDEST) as usize][usize::from(away)][usize::from(works)];
        let target = u * sums[sums.len() - 1];
        // Counted, not searched: where a search would end nobody can foretell.
        let passed: u32 = sums.iter().map(|&sum| u32::from(target >= sum)).sum();
        if passed < sums.len() as u32 { passed } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(mass: &Mass) -> f64 {
        let all = mass.iter().flatten().flat_map(|years| years.iter().enumerate());
        all.map(|(x, share)| x as f64 * share).sum()
    }

    #[test]
    fn a_review_and_a_new_age_group_lose_nobody_and_keep_experience() {
        let mut mass: Mass = Default::default();
        (mass[0][0][0], mass[0][1][2], mass[1][0][3], mass[1][1][1]) = (0.4, 0.2, 0.1, 0.3);
        let before = mean(&mass);
        let mut after = review(&mass, 0.3, 0.25, 0.8);
        cross(&mut after[0], &[0.5; 18], 40, 0);
        assert!((after.iter().flatten().flatten().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!((mean(&after) - before).abs() < 1e-12);
        let away: f64 = after[1].iter().flatten().sum();
        assert!((away - (0.4 * 0.7 + 0.3 * 0.25)).abs() < 1e-12, "{away}");
    }

    #[test]
    fn a_year_of_learning_stops_at_the_cap() {
        let mut years: Years = Default::default();
        (years[0], years[3], years[4]) = (0.5, 0.3, 0.2);
        learn(&mut years, 4);
        assert_eq!((years[0], years[1], years[4]), (0.0, 0.5, 0.5));
    }
}
