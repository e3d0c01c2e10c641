//! Border constants that bring people away to their number: everybody by home and age, as the law sees them.

use super::now::{Now, rises};
use crate::people::location::{CLASSES, Law, TABLE_AGES, border, class, table_age};
use crate::world::{SKILLS, World};

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
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Count {
    agents: [u64; 3],
    /// Their expected reviews, in units of `1/ONE_REVIEW`: integers, so that the order of adding cannot matter.
    reviews: [u64; 3],
}

type Counts = [Count; CLASSES];

/// Years of age that a person's seven bits tell apart.
const AGES: usize = 128;

/// Parts of a review that are counted.
const ONE_REVIEW: f64 = 4_294_967_296.0;

/// Everybody by home and class; `rates` are the probabilities by age to review the place.
pub(super) fn counts(world: &World, rates: &[f64; AGES]) -> Vec<Counts> {
    let parts = rates.map(|rate| libm::rint(rate * ONE_REVIEW) as u64);
    let where_is = areas(world);
    crate::kernel::chunks::map_ranges(world.geography.len(), 16, |_, range| {
        range.map(|h| of_classes(&of_ages(world, h, &where_is), &parts)).collect::<Vec<_>>()
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

/// County and province of each node, side by side for the walk over everybody; what lies outside the area is one county
/// and one province of its own.
fn areas(world: &World) -> Vec<[u32; 2]> {
    let g = &world.geography;
    let nodes = g.nodes.iter().enumerate();
    nodes
        .map(
            |(j, node)| {
                if g.is_outside(j) { [u32::MAX; 2] } else { [node.county as u32, node.province as u32] }
            },
        )
        .collect()
}

/// Agents of a home by skill and year of age: in the own county, away in the own province, in another one.
fn of_ages(world: &World, block: usize, where_is: &[[u32; 2]]) -> [[u32; SKILLS * AGES]; 3] {
    let mut agents = [[0; SKILLS * AGES]; 3];
    let [county, province] = where_is[block];
    for &person in &world.people.blocks[block].slots {
        // Converts stay in the block of their first home; their home is the present one.
        if person.is_free() || person.home() != block {
            continue;
        }
        let [there, beyond] = where_is[person.place()];
        let away = usize::from(there != county);
        let other = away & usize::from(beyond != province);
        agents[away + other][person.skill() * AGES + person.age() as usize] += 1;
    }
    agents
}

/// The same by class, with the reviews that are expected of each.
fn of_classes(agents: &[[u32; SKILLS * AGES]; 3], parts: &[u64; AGES]) -> Counts {
    let mut counts = Counts::default();
    for (border, agents) in agents.iter().enumerate() {
        for (code, &agents) in agents.iter().enumerate().filter(|(_, agents)| **agents > 0) {
            let (skill, age) = (code / AGES, code % AGES);
            let (agents, cell) = (u64::from(agents), &mut counts[class(skill, table_age(age as u32))]);
            let borders = [true, border == 1, border == 2];
            for b in (0..3).filter(|&b| borders[b]) {
                cell.agents[b] += agents;
                cell.reviews[b] += agents * parts[age];
            }
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::people::Block;
    use crate::world::{Geography, Person, Tier, fixtures};

    /// Whether a person is away in the own province, in another one.
    fn away(g: &Geography, home: usize, place: usize) -> [bool; 2] {
        let away = match (g.is_outside(home), g.is_outside(place)) {
            (true, true) => false,
            (false, false) => g.nodes[home].county != g.nodes[place].county,
            _ => true,
        };
        let other =
            g.is_outside(home) || g.is_outside(place) || g.nodes[home].province != g.nodes[place].province;
        [away && !other, away && other]
    }

    #[test]
    fn everybody_is_counted_by_home_class_and_border_as_one_person_is() {
        // Two counties of a province, one of another, and two places outside.
        let [seat, village, outside] = [Tier::CountySeat, Tier::Village, Tier::Outside];
        let tiers = [seat, village, seat, seat, outside, outside];
        let mut nodes: Vec<_> = (0..6).map(|j| fixtures::node("", tiers[j], [0, 0, 1, 2, 3, 4][j])).collect();
        nodes[3].province = 1;
        let geography = Geography { nodes, outside: 4..6, ..Geography::default() };
        let person = |h: usize, i: usize| match i % 11 {
            0 => Person::FREE,
            // A convert: registered elsewhere.
            1 => Person::new((h + 1) % 6, i % 6, (i % 100) as u32, i % SKILLS, 0, 0),
            _ => Person::new(h, i % 6, (i * 7 % 100) as u32, i / 3 % SKILLS, 0, 0),
        };
        let blocks = (0..6).map(|h| Block { slots: (0..900).map(|i| person(h, i)).collect() }).collect();
        let mut world = World { geography, ..World::default() };
        world.people.blocks = blocks;
        let rates = std::array::from_fn(|age| age as f64 / 256.0);
        let counted = counts(&world, &rates);

        let g = &world.geography;
        let mut all = 0;
        for (h, counted) in counted.iter().enumerate() {
            let mut expected = Counts::default();
            let people = world.people.blocks[h].slots.iter().filter(|p| !p.is_free() && p.home() == h);
            for person in people {
                let age = person.age();
                let [own, other] = away(g, h, person.place());
                let cell = &mut expected[class(person.skill(), table_age(age))];
                for b in (0..3).filter(|&b| [true, own, other][b]) {
                    cell.agents[b] += 1;
                    cell.reviews[b] += libm::rint(rates[age as usize] * ONE_REVIEW) as u64;
                }
                all += 1;
            }
            assert_eq!(*counted, expected, "home {h}");
        }
        assert!(all > 4000, "{all}");
    }
}
