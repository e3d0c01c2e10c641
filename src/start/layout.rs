//! Lays people out as agents: nested whole-number splits in a fixed order, home to place, then age, skill
//! and work, so that the census is met exactly at one person an agent.

use super::ages::NodePeople;
use crate::economy::population::TALENT_WORKS_AT;
use crate::kernel::chunks::map_chunks;
use crate::kernel::gate::Gate;
use crate::quantity::split;
use crate::world::people::{Block, Dwellers, activity};
use crate::world::{People, Person, SKILLS};

/// Human-capital codes by quantile: log-normal with mean one and a given Gini.
/// `sigma = sqrt(2) Phi^{-1}((1 + G)/2)`.
pub fn human_capital_table(gini: f64) -> Vec<u8> {
    let sigma = std::f64::consts::SQRT_2 * inverse_normal((1.0 + gini.clamp(0.0, 0.9)) / 2.0);
    let n = 4096;
    (0..n)
        .map(|i| {
            let z = inverse_normal((i as f64 + 0.5) / n as f64);
            let ln_h = sigma * z - 0.5 * sigma * sigma;
            libm::rint(128.0 + 50.0 * ln_h).clamp(0.0, 255.0) as u8
        })
        .collect()
}

/// Quantile of the standard normal distribution (bisection on the error function; used for tables only).
pub fn inverse_normal(p: f64) -> f64 {
    let (mut low, mut high) = (-40.0, 40.0);
    for _ in 0..80 {
        let middle: f64 = 0.5 * (low + high);
        if 0.5 * libm::erfc(-middle / std::f64::consts::SQRT_2) < p { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// Agents of one place and skill in a fixed scattered order: cells of age group and activity.
struct Sequence {
    total: u64,
    /// Running ends of cells.
    ends: Vec<u64>,
    /// (age group, activity) of each cell.
    cells: Vec<(u8, u8)>,
    step: u64,
}

impl Sequence {
    fn new(people: &NodePeople, skill: usize, total: u64) -> Self {
        let persons: Vec<f64> = (0..18).map(|g| people.ages[g][skill] as f64).collect();
        let persons = if persons.iter().sum::<f64>() > 0.0 {
            persons
        } else {
            // Rounding of agents may leave a person where the table has none: a working age.
            (0..18).map(|g| f64::from(u8::from((5..10).contains(&g)))).collect()
        };
        let by_age = split(total as i64, &persons);
        let (mut ends, mut cells, mut end) = (Vec::new(), Vec::new(), 0u64);
        for (g, &n) in by_age.iter().enumerate() {
            for (a, n) in split(n, &people.activity_weights(g, skill)).into_iter().enumerate() {
                if n > 0 {
                    end += n as u64;
                    ends.push(end);
                    cells.push((g as u8, a as u8));
                }
            }
        }
        Sequence { total, ends, cells, step: scatter(total) }
    }

    /// The cell of the m-th agent and its rank in the cell.
    #[inline]
    fn at(&self, position: u64) -> (u8, u8, u64) {
        let i = self.ends.partition_point(|&end| end <= position);
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        let (g, a) = self.cells[i];
        (g, a, position - start)
    }
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

/// Age in years of an agent of a cell: the single years of a group in turn, those too young or too old for
/// what they do left out.
fn age_of(group: u8, skill: usize, what: usize, rank: u64) -> u32 {
    let (first, years): (u32, u64) = match (group, skill, what) {
        (3, 1, _) => (18, 2),
        (3, _, activity::NONE) => (15, 5),
        (3, _, _) => (16, 4),
        (4, 1, activity::NONE) => (20, 5),
        (4, 1, _) => (TALENT_WORKS_AT, 3),
        (17, _, _) => (85, 10),
        _ => (u32::from(group) * 5, 5),
    };
    first + (rank % years) as u32
}

/// Lays out everybody; `rows` holds agents by home and place.
pub fn lay_out(
    rows: &[Vec<Dwellers>],
    people: &[NodePeople],
    human_capital: &[u8],
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
        (0..nodes).map(|j| std::array::from_fn(|k| Sequence::new(&people[j], k, totals[j][k]))).collect();
    let gate = Gate::new(seed, u32::MAX);
    let mut blocks: Vec<Block> = vec![Block::default(); nodes];
    map_chunks(&mut blocks, |home, block| {
        let n: u64 = rows[home].iter().map(Dwellers::total).sum();
        // A few spare slots: untouched memory costs nothing until births need it.
        let mut slots: Vec<Person> = Vec::with_capacity((n + n / 64 + 16) as usize);
        for (d, start) in rows[home].iter().zip(&starts[home]) {
            let place = usize::from(d.place);
            for k in 0..SKILLS {
                let sequence = &sequences[place][k];
                if d.agents[k] == 0 {
                    continue;
                }
                let mut position =
                    (u128::from(start[k]) * u128::from(sequence.step) % u128::from(sequence.total)) as u64;
                for _ in 0..d.agents[k] {
                    let (group, what, rank) = sequence.at(position);
                    let word = gate.word(People::agent_number(home, slots.len()));
                    let code = human_capital[(word >> 52) as usize];
                    let what = usize::from(what);
                    let age = age_of(group, k, what, rank);
                    slots.push(Person::new(home, place, age, k, what, u32::from(code)));
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
