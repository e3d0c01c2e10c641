//! The fitted law in whole agents: how many of each home live at each place.

use super::homes::{Gravity, nest_of, nest_of_outside};
use crate::kernel::chunks::map_ranges;
use crate::people::location::ORIGINS;
use crate::world::people::Dwellers;
use crate::world::{Geography, SKILLS};

/// The home x place matrix in whole agents, and what the rounding of `persons_per_agent` did.
pub(crate) fn matrix(
    geography: &Geography,
    fit: &Gravity,
    outside_stay: &[[f64; SKILLS]],
    persons_per_agent: u32,
) -> Vec<Vec<Dwellers>> {
    let w = f64::from(persons_per_agent);
    let area = geography.area_nodes();
    // Whole agents of every cell (place, origin, skill): running totals are rounded, so nothing drifts.
    let mut running = 0.0;
    let mut whole = move |persons: f64| {
        let before = libm::rint(running / w);
        running += persons;
        (libm::rint(running / w) - before) as u64
    };
    let sums = fit.nest_sums(geography);
    let homes_by_nest: Vec<Vec<[f64; SKILLS]>> = map_ranges(geography.len(), 64, |_, r| {
        r.map(|h| fit.by_nest(geography, h, &sums)).collect::<Vec<_>>()
    })
    .concat();
    let mut cells: Vec<[[u64; SKILLS]; 4]> = Vec::with_capacity(geography.len());
    for j in 0..area {
        let f = &geography.nodes[j].facts;
        let origins = [f.stayers_from_seat, f.stayers_from_village, f.newcomers_province, f.newcomers_other];
        let talent = crate::quantity::split(f.talent as i64, &origins.map(|n| n as f64));
        // Talent of an origin never exceeds its people: the split is proportional with remainders below one.
        cells.push(std::array::from_fn(|o| {
            let t = (talent[o] as u64).min(origins[o]);
            [whole((origins[o] - t) as f64), whole(t as f64)]
        }));
    }
    for j in geography.outside.clone() {
        let n = nest_of_outside(geography, j);
        let gone: [f64; SKILLS] =
            std::array::from_fn(|k| homes_by_nest[..area].iter().map(|row| row[n][k]).sum());
        let stay = outside_stay[j - geography.outside.start];
        cells.push([[0; SKILLS], [0; SKILLS], stay.map(&mut whole), gone.map(&mut whole)]);
    }
    let parts = map_ranges(geography.len(), 32, |_, places| {
        let mut entries: Vec<(u32, u16, u8, u32)> = Vec::new();
        let mut weights = Vec::new();
        for j in places {
            let (outside, nest) = (geography.is_outside(j), nest_of(geography, j));
            if outside {
                for k in 0..SKILLS {
                    push(&mut entries, j, j, k, cells[j][2][k]);
                }
            } else {
                let county = &geography.counties[geography.nodes[j].county];
                for (o, home) in [Some(county.seat), county.village].into_iter().enumerate() {
                    let home = home.unwrap_or(county.seat);
                    for k in 0..SKILLS {
                        push(&mut entries, home, j, k, cells[j][o][k]);
                    }
                }
            }
            for o in 0..ORIGINS {
                for k in 0..SKILLS {
                    let total = if outside && o == 0 { 0 } else { cells[j][2 + o][k] };
                    if total == 0 {
                        continue;
                    }
                    weights.clear();
                    let i = o * SKILLS + k;
                    let inside = sums.plain[i * fit.nests.len() + nest].max(1e-300);
                    weights.extend((0..geography.len()).filter(|&h| comes_from(geography, h, j, o)).map(
                        |h| {
                            let own =
                                !geography.is_outside(h) && geography.nodes[h].prefecture == nest && !outside;
                            let share = if own {
                                let (c, first) = (geography.nodes[h].county, fit.nests[nest].start);
                                let all: f64 =
                                    fit.nests[nest].clone().map(|i| fit.near_weight(c, k, i, first)).sum();
                                if all > 0.0 { fit.near_weight(c, k, j, first) / all } else { 0.0 }
                            } else {
                                fit.weight[i][j] / inside
                            };
                            (h, homes_by_nest[h][nest][k] * share)
                        },
                    ));
                    systematic(&mut entries, &weights, j, k, total);
                }
            }
        }
        entries
    });
    let mut rows: Vec<Vec<Dwellers>> = vec![Vec::new(); geography.len()];
    for (home, place, k, n) in parts.into_iter().flatten() {
        let row = &mut rows[home as usize];
        match row.last_mut() {
            Some(last) if last.place == place => last.agents[usize::from(k)] += n,
            _ => {
                let mut agents = [0; SKILLS];
                agents[usize::from(k)] = n;
                row.push(Dwellers { place, agents });
            }
        }
    }
    rows
}

fn push(entries: &mut Vec<(u32, u16, u8, u32)>, home: usize, place: usize, k: usize, n: u64) {
    if n > 0 {
        entries.push((home as u32, place as u16, k as u8, n as u32));
    }
}

/// Whether people of home h at place j are newcomers of origin class o (own province, another one).
fn comes_from(geography: &Geography, h: usize, j: usize, o: usize) -> bool {
    if geography.is_outside(j) {
        return o == 1 && !geography.is_outside(h);
    }
    if geography.is_outside(h) {
        return o == 1;
    }
    geography.nodes[h].county != geography.nodes[j].county
        && (geography.nodes[h].province == geography.nodes[j].province) == (o == 0)
}

/// Spreads whole agents over homes in proportion to weights by running totals from a fixed offset (systematic
/// sampling): exact in sum, and homes with small expectations are neither favoured nor forgotten.
fn systematic(
    entries: &mut Vec<(u32, u16, u8, u32)>,
    weights: &[(usize, f64)],
    j: usize,
    k: usize,
    total: u64,
) {
    let sum: f64 = weights.iter().map(|w| w.1).sum();
    if sum <= 0.0 {
        // Nobody can come from there by the law: the nearest thing that loses nobody is the first home.
        if let Some(&(h, _)) = weights.first() {
            push(entries, h, j, k, total);
        }
        return;
    }
    let golden = 0.618_033_988_749_894_9;
    let offset = ((j * 2 + k) as f64 * golden).fract();
    let (mut running, mut given) = (0.0, 0u64);
    let last = weights.len() - 1;
    for (i, &(h, weight)) in weights.iter().enumerate() {
        running += weight / sum;
        let until = if i == last { total } else { ((running * total as f64 + offset) as u64).min(total) };
        let until = until.max(given);
        push(entries, h, j, k, until - given);
        given = until;
    }
}
