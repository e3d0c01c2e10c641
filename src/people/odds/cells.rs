//! Border constants that bring people away to their number: everybody by home and age, as the law sees them.

use super::now::{Now, rises};
use crate::people::location::{CLASSES, Law, TABLE_AGES, border, class, table_age};
use crate::world::{Person, World};

/// One home and table age: persons, where they are, and base-year shares raised by place terms.
struct Cell {
    age: usize,
    persons: f64,
    away: [f64; 2],
    /// Of these, those who are expected to review their place this year.
    reviews: f64,
    reviews_away: [f64; 2],
    /// Share staying, and shares away by border at both ends of the year.
    stay: f64,
    share: [[f64; 2]; 2],
    /// `e` to the home and age terms at both ends of the year.
    term: [f64; 2],
}

pub(super) struct Cells {
    list: Vec<Cell>,
}

impl Cells {
    pub(super) fn new(law: &Law, world: &World, now: &Now, counts: &[Counts]) -> Cells {
        let geography = &world.geography;
        let nests = law.nests.len();
        let persons = world.persons_per_agent() as f64;
        let rises = rises(law, geography, now);
        let parts = crate::kernel::chunks::map_ranges(geography.len(), 64, |_, range| {
            let mut list = Vec::new();
            for h in range {
                let outside = geography.is_outside(h);
                for (class, count) in counts[h].iter().enumerate() {
                    let [all, own, other] = count.agents;
                    if all == 0 {
                        continue;
                    }
                    let [reviews, reviews_own, reviews_other] =
                        count.reviews.map(|n| n as f64 / ONE_REVIEW * persons);
                    let age = class % TABLE_AGES;
                    let row = law.upper_row(h, class);
                    let mut stay = row[0] + row[1];
                    let mut share = [[0.0; 2]; 2];
                    for n in 0..nests {
                        let p = row[2 + n];
                        if p <= 0.0 {
                            continue;
                        }
                        if outside && law.nests[n].contains(&h) {
                            stay += p;
                            continue;
                        }
                        let b = usize::from(border(geography, h, n) == 3);
                        let rise = rises.of(geography, h, class, n);
                        for e in 0..2 {
                            share[e][b] += p * rise[e];
                        }
                    }
                    list.push(Cell {
                        age,
                        persons: all as f64 * persons,
                        away: [own as f64 * persons, other as f64 * persons],
                        reviews,
                        reviews_away: [reviews_own, reviews_other],
                        stay,
                        share,
                        term: std::array::from_fn(|e| libm::exp(now.home(h, age, e))),
                    });
                }
            }
            list
        });
        Cells { list: parts.into_iter().flatten().collect() }
    }

    /// People away by border if everybody lived by the law at one end of the year.
    pub(super) fn stock(&self, cost: [f64; 2], end: usize) -> [f64; 2] {
        let factor = cost.map(libm::exp);
        let mut sums = [0.0; 2];
        for cell in &self.list {
            let away = shares(cell, factor, end);
            sums[0] += cell.persons * away[0];
            sums[1] += cell.persons * away[1];
        }
        sums
    }

    /// People away by border who are expected after this year's review.
    pub(super) fn expected(&self, now: &Now, last: [f64; 2], cost: [f64; 2]) -> [f64; 2] {
        let (before, after) = (last.map(libm::exp), cost.map(libm::exp));
        let mut sums = [0.0; 2];
        for cell in &self.list {
            let psi = now.psi[cell.age];
            let (old, new) = (shares(cell, before, 0), shares(cell, after, 1));
            let stay = |s: [f64; 2]| 1.0 - s[0] - s[1];
            let lead = |old: f64, new: f64| (old + (new - old) / psi).max(0.0);
            let choice = [lead(old[0], new[0]), lead(old[1], new[1])];
            let all = choice[0] + choice[1] + lead(stay(old), stay(new));
            for b in 0..2 {
                sums[b] += cell.away[b] - cell.reviews_away[b] + cell.reviews * choice[b] / all;
            }
        }
        sums
    }

    /// Border constants that bring people away to their targets: the log gap is closed round by round.
    pub(super) fn solve(
        &self,
        start: [f64; 2],
        target: [Option<f64>; 2],
        of: impl Fn(&Cells, [f64; 2]) -> [f64; 2],
    ) -> [f64; 2] {
        let mut cost = start;
        for _ in 0..200 {
            let found = of(self, cost);
            let mut gap: f64 = 0.0;
            for b in 0..2 {
                if let Some(target) = target[b]
                    && found[b] > 0.0
                {
                    let step = libm::log(target / found[b]);
                    gap = gap.max(step.abs());
                    cost[b] = (cost[b] + step).clamp(-5.0, 5.0);
                }
            }
            if gap < 1e-9 {
                break;
            }
        }
        cost
    }
}

fn shares(cell: &Cell, factor: [f64; 2], end: usize) -> [f64; 2] {
    let away: [f64; 2] = std::array::from_fn(|b| cell.share[end][b] * factor[b] * cell.term[end]);
    let all = cell.stay + away[0] + away[1];
    if all > 0.0 { away.map(|a| a / all) } else { [0.0; 2] }
}

/// Agents of a home and class: all, away in the own province, in another one.
#[derive(Clone, Copy, Default)]
pub(super) struct Count {
    agents: [u64; 3],
    /// Their expected reviews, in units of `1/ONE_REVIEW`: integers, so that the order of adding cannot matter.
    reviews: [u64; 3],
}

type Counts = [Count; CLASSES];

/// Parts of a review that are counted.
const ONE_REVIEW: f64 = 4_294_967_296.0;

/// Everybody by home and class; `rates` are the probabilities by age to review the place.
pub(super) fn counts(world: &World, rates: &[f64; 128]) -> Vec<Counts> {
    let parts = rates.map(|rate| libm::rint(rate * ONE_REVIEW) as u64);
    crate::kernel::chunks::map_ranges(world.geography.len(), 16, |_, range| {
        range.map(|h| count(world, h, &parts)).collect::<Vec<_>>()
    })
    .concat()
}

/// Mean probability to review over the people of each table age; nobody counts as a person who reviews for certain.
pub(super) fn mean_rates(counts: &[Counts]) -> [f64; TABLE_AGES] {
    let (mut agents, mut reviews) = ([0u64; TABLE_AGES], [0u128; TABLE_AGES]);
    for (class, count) in counts.iter().flat_map(|home| home.iter().enumerate()) {
        agents[class % TABLE_AGES] += count.agents[0];
        reviews[class % TABLE_AGES] += u128::from(count.reviews[0]);
    }
    std::array::from_fn(|age| {
        let rate = reviews[age] as f64 / ONE_REVIEW / agents[age] as f64;
        if agents[age] == 0 { 1.0 } else { rate.clamp(1e-6, 1.0) }
    })
}

fn count(world: &World, block: usize, parts: &[u64; 128]) -> Counts {
    let g = &world.geography;
    let mut counts = Counts::default();
    let mut add = |person: Person| {
        // Converts stay in the block of their first home; their home is the present one.
        let (home, place) = (person.home(), person.place());
        if home != block {
            return;
        }
        let review = parts[person.age() as usize];
        let cell = &mut counts[class(person.skill(), table_age(person.age()))];
        cell.agents[0] += 1;
        cell.reviews[0] += review;
        let away = match (g.is_outside(home), g.is_outside(place)) {
            (true, true) => false,
            (false, false) => g.nodes[home].county != g.nodes[place].county,
            _ => true,
        };
        if away {
            let other = g.is_outside(home)
                || g.is_outside(place)
                || g.nodes[home].province != g.nodes[place].province;
            cell.agents[1 + usize::from(other)] += 1;
            cell.reviews[1 + usize::from(other)] += review;
        }
    };
    for &person in &world.people.blocks[block].slots {
        if !person.is_free() {
            add(person);
        }
    }
    counts
}
