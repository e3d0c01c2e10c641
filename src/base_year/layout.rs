//! Lays people out as agents: nested whole-number splits in a fixed order, home to place, then age, skill
//! and work, so that the census is met exactly at one person an agent.

use std::sync::LazyLock;

use super::ages::{NodePeople, single_years};
use super::experience::{Experience, OfHome, teaches};
use crate::kernel::chunks::map_chunks;
use crate::kernel::gate::Gate;
use crate::world::people::{Block, Dwellers, activity};
use crate::world::{Geography, People, Person, SKILLS};

/// Human-capital codes by quantile: log-normal with mean one and a given Gini.
/// `sigma = sqrt(2) Phi^{-1}((1 + G)/2)`.
pub(crate) fn human_capital_table(gini: f64) -> Vec<u8> {
    let sigma = std::f64::consts::SQRT_2 * inverse_normal((1.0 + gini.clamp(0.0, 0.9)) / 2.0);
    let code = |z: &f64| {
        let ln_h = sigma * z - 0.5 * sigma * sigma;
        libm::rint(128.0 + 50.0 * ln_h).clamp(0.0, 255.0) as u8
    };
    NORMAL.iter().map(code).collect()
}

/// Middles of 4096 equal parts of the standard normal distribution: worked out once, since each takes eighty steps.
static NORMAL: LazyLock<[f64; 4096]> =
    LazyLock::new(|| std::array::from_fn(|i| inverse_normal((i as f64 + 0.5) / 4096.0)));

/// Quantile of the standard normal distribution (bisection on the error function; used for tables only).
pub(crate) fn inverse_normal(p: f64) -> f64 {
    let (mut low, mut high) = (-40.0, 40.0);
    for _ in 0..80 {
        let middle: f64 = 0.5 * (low + high);
        // Two neighbours among numbers: every further step would leave them as they are.
        if middle == low || middle == high {
            break;
        }
        if 0.5 * libm::erfc(-middle / std::f64::consts::SQRT_2) < p { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// Agents of one place and skill in a fixed scattered order: cells of age group, activity and single year.
struct Sequence {
    total: u64,
    /// Running ends of cells.
    ends: Vec<u64>,
    /// (age, activity) of each cell.
    cells: Vec<(u8, u8)>,
    /// The cell of the first position of each stretch of `2^shift` positions: about as many stretches as cells, so the cell
    /// of a position is that of its stretch or one soon after it.
    first: Vec<u16>,
    shift: u32,
    step: u64,
}

impl Sequence {
    /// Systematic sampling from an offset of the place's own: a cell that ends at a running expectation e ends at
    /// `floor(e + offset)` agents. So no year of a group is favoured at any number of persons per agent, and
    /// where the table holds whole agents groups are met exactly.
    fn new(people: &NodePeople, place: usize, skill: usize, total: u64) -> Self {
        let cells = cells(people, skill);
        let all: f64 = cells.iter().map(|c| c.2).sum();
        let offset = ((2 * place + skill + 1) as f64 * 0.618_033_988_749_894_9).fract();
        let mut before = 0.0;
        let (ends, cells_of, first) = (Vec::new(), Vec::new(), Vec::new());
        let mut sequence = Sequence { total, ends, cells: cells_of, first, shift: 0, step: scatter(total) };
        for (age, what, persons) in cells {
            before += persons;
            let end = (libm::floor(total as f64 * (before / all) + offset) as u64).min(total);
            if end > sequence.ends.last().copied().unwrap_or(0) {
                sequence.ends.push(end);
                sequence.cells.push((age as u8, what as u8));
            }
        }
        if let Some(last) = sequence.ends.last_mut() {
            *last = total;
        }
        while total >> sequence.shift > 2 * sequence.ends.len() as u64 {
            sequence.shift += 1;
        }
        let mut cell = 0;
        for stretch in 0..=total.saturating_sub(1) >> sequence.shift {
            while sequence.ends.get(cell).is_some_and(|&end| end <= stretch << sequence.shift) {
                cell += 1;
            }
            sequence.first.push(cell as u16);
        }
        sequence
    }

    /// Age and activity of the agent at a position: of the first cell that ends beyond it.
    #[inline]
    fn at(&self, position: u64) -> (u32, usize) {
        let mut cell = usize::from(self.first[(position >> self.shift) as usize]);
        while self.ends[cell] <= position {
            cell += 1;
        }
        let (age, what) = self.cells[cell];
        (u32::from(age), usize::from(what))
    }
}

/// Persons of a skill by group, activity and single year, in this order: (age, activity, persons).
fn cells(people: &NodePeople, skill: usize) -> Vec<(u32, usize, f64)> {
    let mut persons: [f64; 18] = std::array::from_fn(|g| people.ages[g][skill] as f64);
    if persons.iter().sum::<f64>() <= 0.0 {
        // Rounding of agents may leave a person where the table has none: a working age.
        persons = std::array::from_fn(|g| f64::from(u8::from((5..10).contains(&g))));
    }
    let mut cells = Vec::new();
    for (g, persons) in persons.into_iter().enumerate().filter(|(_, n)| *n > 0.0) {
        let years = single_years(&people.ages, g, skill);
        for what in 0..activity::COUNT {
            for &(age, share) in &years {
                let weight = share * people.activity_weights(g, age, skill)[what];
                if weight > 0.0 {
                    cells.push((age, what, persons * weight));
                }
            }
        }
    }
    cells
}

/// A step near the golden section that shares no factor with n: stepping by it visits every position once,
/// evenly spread over all cells.
fn scatter(n: u64) -> u64 {
    if n < 3 {
        return 1;
    }
    let gcd = |mut a: u64, mut b: u64| {
        while b > 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    let mut step = ((n as f64 * 0.618_033_988_749_894_9) as u64).max(1);
    while gcd(step, n) != 1 {
        step += 1;
    }
    step % n
}

/// Lays out everybody; `rows` holds agents by home and place. Without a law of experience nobody has any.
pub(crate) fn lay_out(
    geography: &Geography,
    rows: &[Vec<Dwellers>],
    people: &[NodePeople],
    human_capital: &[u8],
    experience: Option<&Experience>,
    seed: u64,
    persons_per_agent: u32,
) -> People {
    let nodes = rows.len();
    let mut totals = vec![[0u64; SKILLS]; nodes];
    let mut starts: Vec<Vec<[u64; SKILLS]>> = Vec::with_capacity(nodes);
    for row in rows {
        starts.push(
            row.iter()
                .map(|d| {
                    let total = &mut totals[usize::from(d.place)];
                    let start = *total;
                    for k in 0..SKILLS {
                        total[k] += u64::from(d.agents[k]);
                    }
                    start
                })
                .collect(),
        );
    }
    let sequences: Vec<[Sequence; SKILLS]> =
        (0..nodes).map(|j| std::array::from_fn(|k| Sequence::new(&people[j], j, k, totals[j][k]))).collect();
    let gate = Gate::new(seed, u32::MAX);
    let mut blocks: Vec<Block> = vec![Block::default(); nodes];
    map_chunks(&mut blocks, |home, block| {
        let n: u64 = rows[home].iter().map(Dwellers::total).sum();
        // A few spare slots: untouched memory costs nothing until births need it.
        let mut slots: Vec<Person> = Vec::with_capacity((n + n / 64 + 16) as usize);
        let experience = experience.map(|law| (law.codes, law.of_home(home)));
        for (d, start) in rows[home].iter().zip(&starts[home]) {
            let place = usize::from(d.place);
            let away = teaches(geography, home, place);
            for k in 0..SKILLS {
                let sequence = &sequences[place][k];
                if d.agents[k] == 0 {
                    continue;
                }
                let mut position =
                    (u128::from(start[k]) * u128::from(sequence.step) % u128::from(sequence.total)) as u64;
                for _ in 0..d.agents[k] {
                    let (age, what) = sequence.at(position);
                    let word = gate.word(People::agent_number(home, slots.len()));
                    let code = human_capital[(word >> 52) as usize];
                    let person = Person::new(home, place, age, k, what, u32::from(code));
                    slots.push(match &experience {
                        Some((codes, years)) => experienced(geography, person, away, years, *codes, word),
                        None => person,
                    });
                    position += sequence.step;
                    if position >= sequence.total {
                        position -= sequence.total;
                    }
                }
            }
        }
        block.slots = slots;
    });
    People { blocks, persons_per_agent }
}

/// The person with experience from the stationary law, drawn with bits of the word that human capital leaves.
/// Who has experience and lives in the home county has come back.
fn experienced(
    geography: &Geography,
    person: Person,
    away: bool,
    years: &OfHome,
    codes: f64,
    word: u64,
) -> Person {
    let (home, place) = (person.home(), person.place());
    let u = ((word >> 20 & 0xFFFF_FFFF) as f64 + 0.5) / 4_294_967_296.0;
    let works = person.activity() != activity::NONE;
    let years = years.years(person.skill(), person.age(), away, works, u);
    let fraction = ((word >> 8 & 0xFFF) as f64 + 0.5) / 4096.0;
    // Not below zero, so cutting off is rounding down.
    let gain = (codes * f64::from(years) + fraction) as u32;
    let at_home = !geography.is_outside(home)
        && !geography.is_outside(place)
        && geography.nodes[home].county == geography.nodes[place].county;
    person
        .with_experience(years)
        .with_human_capital(person.human_capital() + gain)
        .with_returned(years > 0 && at_home)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn human_capital_has_mean_one_and_the_stated_gini() {
        let codes = human_capital_table(0.30);
        let h: Vec<f64> = codes.iter().map(|&c| ((f64::from(c) - 128.0) / 50.0).exp()).collect();
        let mean = h.iter().sum::<f64>() / h.len() as f64;
        assert!((mean - 1.0).abs() < 0.01, "{mean}");
        let n = h.len() as f64;
        let gini = h.iter().enumerate().map(|(i, x)| (2.0 * (i as f64 + 1.0) - n - 1.0) * x).sum::<f64>()
            / (n * n * mean);
        assert!((gini - 0.30).abs() < 0.01, "{gini}");
    }

    #[test]
    fn the_guide_to_cells_finds_what_a_search_finds() {
        let mut people = NodePeople {
            ages: std::array::from_fn(|g| [900 + 37 * g as u64 * (g as u64 % 4), 40 * g as u64]),
            participation: [0.7; 18],
            activities: Default::default(),
        };
        people
            .activities
            .iter_mut()
            .flatten()
            .enumerate()
            .for_each(|(i, share)| *share = f64::from(i as u8 % 3));
        for total in [1u64, 2, 7, 100, 630, 5000, 123_456] {
            let sequence = Sequence::new(&people, 3, 0, total);
            for position in 0..total {
                let searched = sequence.ends.partition_point(|&end| end <= position);
                let (age, what) = sequence.cells[searched];
                assert_eq!(
                    sequence.at(position),
                    (u32::from(age), usize::from(what)),
                    "{position} of {total}"
                );
            }
        }
    }

    #[test]
    fn scattering_visits_every_position_once() {
        for n in [1u64, 2, 3, 10, 97, 1000] {
            let step = scatter(n);
            let mut seen = vec![false; n as usize];
            let mut at = 0;
            for _ in 0..n {
                seen[at as usize] = true;
                at = (at + step) % n;
            }
            assert!(seen.iter().all(|s| *s), "{n}");
        }
    }
}
