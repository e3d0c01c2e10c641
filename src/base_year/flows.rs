//! Counted people by province of origin and of residence, brought to the newcomers that every province counts.

use crate::world::Geography;

/// Least part of a province's newcomers that one origin is given, so that a pair which a sample missed is not closed
/// for ever.
const LEAST: f64 = 1e-5;

/// Persons by province of origin and of residence (`[origin x provinces + residence]`, nothing inside a province): the
/// counted shares of origins among those who came, times the newcomers from other provinces that the census counts.
/// Empty if no flows were counted.
pub(crate) fn persons(geography: &Geography) -> Vec<f64> {
    let n = geography.provinces.len();
    if geography.observed_flows.is_empty() {
        return Vec::new();
    }
    let mut counted = vec![0.0; n * n];
    for &(from, to, persons) in geography.observed_flows.iter().filter(|(from, to, _)| from != to) {
        counted[from * n + to] += persons;
    }
    for to in 0..n {
        let came: u64 =
            geography.provinces[to].nodes.clone().map(|j| geography.nodes[j].facts.newcomers_other).sum();
        let others = (0..n).filter(|&from| from != to);
        let all: f64 = others.clone().map(|from| counted[from * n + to]).sum();
        let least = if all > 0.0 { LEAST * all } else { 1.0 };
        others.clone().for_each(|from| counted[from * n + to] = counted[from * n + to].max(least));
        let all: f64 = others.clone().map(|from| counted[from * n + to]).sum();
        others.for_each(|from| counted[from * n + to] *= came as f64 / all);
    }
    counted
}
