//! Counted people by place of origin and of residence, brought to the newcomers that every province counts.
//!
//! ```text
//! persons(p, q) = flow(p, q)/(sum_p' flow(p', q) + flow(outside, q)) newcomers(q)
//! leavers(p)    = sum_q persons(p, q) + u flow(p, outside)      u: newcomers of all provinces over the flows into them
//! ```

use super::homes::Gravity;
use crate::world::Geography;

/// Least part of a province's newcomers that one origin is given, so that a pair which a sample missed is not closed
/// for ever.
const LEAST: f64 = 1e-5;

/// Newcomers from other provinces and from outside that the census counts in a province.
fn came(geography: &Geography, to: usize) -> u64 {
    geography.provinces[to].nodes.clone().map(|j| geography.nodes[j].facts.newcomers_other).sum()
}

/// Persons by province of origin and of residence (`[origin x provinces + residence]`, nothing inside a province): the
/// counted shares of origins among those who came, times the newcomers from other provinces that the census counts.
/// Empty if no flows were counted, or there is one province.
pub(crate) fn persons(geography: &Geography) -> Vec<f64> {
    let n = geography.provinces.len();
    if geography.observed_flows.is_empty() || n < 2 {
        return Vec::new();
    }
    let mut counted = vec![0.0; n * n];
    let mut from_outside = vec![0.0; n];
    for &(from, to, persons) in geography.observed_flows.iter().filter(|(from, to, _)| from != to && *to < n)
    {
        if from < n {
            counted[from * n + to] += persons;
        } else {
            from_outside[to] += persons;
        }
    }
    for to in 0..n {
        let came = came(geography, to);
        let others = (0..n).filter(|&from| from != to);
        let sum = |counted: &[f64]| -> f64 { others.clone().map(|from| counted[from * n + to]).sum() };
        let all = sum(&counted) + from_outside[to];
        let least = if all > 0.0 { LEAST * all } else { 1.0 };
        others.clone().for_each(|from| counted[from * n + to] = counted[from * n + to].max(least));
        let all = sum(&counted) + from_outside[to];
        others.for_each(|from| counted[from * n + to] *= came as f64 / all);
    }
    counted
}

/// People of each province who live in another one or outside, as the flows have it; none of a province of which they do
/// not say who lives outside. Empty if no flows were counted.
pub(crate) fn leavers(geography: &Geography) -> Vec<Option<f64>> {
    if geography.observed_flows.is_empty() {
        return Vec::new();
    }
    let n = geography.provinces.len();
    let counted = persons(geography);
    let inside = |p: usize| -> f64 {
        if counted.is_empty() {
            return 0.0;
        }
        (0..n).filter(|&q| q != p).map(|q| counted[p * n + q]).sum()
    };
    if geography.outside.is_empty() {
        return (0..n).map(|p| Some(inside(p))).collect();
    }
    // Nobody counts at home who came to the outside: those have the unit of the area's own newcomers.
    let (mut into, mut out) = (vec![0.0; n], vec![0.0; n]);
    for &(from, to, persons) in &geography.observed_flows {
        if to < n {
            into[to] += persons;
        } else {
            out[from] += persons;
        }
    }
    let reached = || (0..n).filter(|&q| into[q] > 0.0);
    let table: f64 = reached().map(|q| into[q]).sum();
    let people: u64 = reached().map(|q| came(geography, q)).sum();
    let known = |p: usize| out[p] > 0.0 && table > 0.0;
    (0..n).map(|p| known(p).then(|| inside(p) + out[p] * people as f64 / table)).collect()
}

/// People of one province who live in another one: as counted, and as the first world has them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FlowGap {
    /// Position of the province of origin.
    pub origin: usize,
    /// Position of the province of residence.
    pub destination: usize,
    /// As counted, brought to the newcomers of the census, persons.
    pub counted: f64,
    /// As the fitted law of homes and places has them, persons.
    pub found: f64,
}

/// All pairs of provinces whose flow was counted, those first that the fit misses by most persons.
pub(super) fn gaps(geography: &Geography, fit: &Gravity) -> Vec<FlowGap> {
    if fit.flows.is_empty() {
        return Vec::new();
    }
    let n = geography.provinces.len();
    let found = fit.newcomers_found(geography, None, true).pairs;
    let mut gaps: Vec<FlowGap> = fit
        .flows
        .iter()
        .zip(found)
        .enumerate()
        .filter(|(_, (counted, _))| **counted > 0.0)
        .map(|(i, (&counted, found))| FlowGap { origin: i / n, destination: i % n, counted, found })
        .collect();
    let missed = |gap: &FlowGap| (gap.found - gap.counted).abs();
    gaps.sort_by(|a, b| missed(b).total_cmp(&missed(a)));
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Parameters;
    use crate::world::geography::Province;
    use crate::world::{Tier, fixtures};

    /// Provinces of one county each, a hundred kilometres apart, with so many newcomers from other provinces and people who
    /// left; perhaps an outside.
    fn geography(newcomers: &[u64], left: &[u64], with_outside: bool) -> Geography {
        let mut g = Geography::default();
        for (i, (&came, &left)) in newcomers.iter().zip(left).enumerate() {
            let mut node = fixtures::node(&format!("n{i}"), Tier::City, i);
            (node.prefecture, node.province, node.longitude) = (i, i, i as f64);
            node.facts.newcomers_other = came;
            node.facts.stayers_from_seat = 1_000_000;
            node.facts.residents = 1_000_000 + came;
            node.facts.registered = 1_000_000 + left;
            g.nodes.push(node);
            let mut county = fixtures::county(&format!("c{i}"), i);
            (county.prefecture, county.province, county.longitude) = (i, i, i as f64);
            g.counties.push(county);
            let mut prefecture = fixtures::prefecture(&format!("p{i}"), i..i + 1, i..i + 1);
            (prefecture.province, prefecture.longitude) = (i, i as f64);
            g.prefectures.push(prefecture);
            g.provinces.push(Province {
                code: format!("r{i}"),
                name: String::new(),
                counties: i..i + 1,
                prefectures: i..i + 1,
                nodes: i..i + 1,
            });
        }
        let first = g.nodes.len();
        if with_outside {
            g.nodes.push(fixtures::node("outside", Tier::Outside, usize::MAX));
        }
        g.outside = first..g.nodes.len();
        g
    }

    #[test]
    fn shares_of_origins_are_brought_to_the_newcomers_of_the_census() {
        let mut g = geography(&[1000, 400, 0], &[0, 0, 0], false);
        g.observed_flows = vec![(1, 0, 3.0), (2, 0, 1.0), (0, 1, 5.0)];
        let found = persons(&g);
        // The pair that the table misses keeps a hundred-thousandth.
        let expected = [0.0, 400.0, 0.0, 750.0, 0.0, 0.0, 250.0, 0.004, 0.0];
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 0.01, "{found} is not {expected}");
        }
        assert_eq!(leavers(&g), [Some(found[1]), Some(found[3]), Some(found[6] + found[7])]);
        assert!(persons(&geography(&[1000], &[0], false)).is_empty());
    }

    #[test]
    fn a_part_of_a_country_has_the_newcomers_that_its_outside_leaves() {
        let mut g = geography(&[1000, 400], &[0, 0], true);
        // Of a hundred in the first province ten come from the second, of forty in the second all from outside.
        g.observed_flows = vec![(1, 0, 10.0), (2, 0, 90.0), (2, 1, 40.0), (1, 2, 7.0)];
        let found = persons(&g);
        assert!((found[2] - 100.0).abs() < 1e-9, "{found:?}");
        assert!((found[1] - 400.0 * LEAST).abs() < 1e-6, "{found:?}");
        // Nothing is known of who left the first province for the outside; ten people are one of the table.
        assert_eq!(leavers(&g)[0], None);
        assert!((leavers(&g)[1].unwrap() - (100.0 + 70.0)).abs() < 1e-9, "{:?}", leavers(&g));
        // A province alone learns how many left it.
        let mut alone = geography(&[1000], &[0], true);
        alone.observed_flows = vec![(1, 0, 50.0), (0, 1, 20.0)];
        assert!(persons(&alone).is_empty());
        assert_eq!(leavers(&alone), [Some(400.0)]);
    }

    #[test]
    fn the_pair_that_a_first_world_misses_most_comes_first() {
        // As many came to each province as left the others: the flows can be met.
        let mut g = geography(&[30_000; 3], &[30_000; 3], false);
        let flows = [(0, 1, 2.0), (0, 2, 1.0), (1, 0, 1.0), (1, 2, 2.0), (2, 0, 2.0), (2, 1, 1.0)];
        g.observed_flows = flows.to_vec();
        let met = gaps(&g, &Gravity::fit(&g, &[], &Parameters::default()));
        assert_eq!(met.len(), 6);
        assert!(met.iter().all(|gap| (gap.found - gap.counted).abs() < 0.01 * gap.counted), "{met:?}");
        // By the register twice as many left the first province and nobody the second, which the table contradicts.
        let mut g = geography(&[30_000; 3], &[60_000, 0, 30_000], false);
        g.observed_flows = flows.to_vec();
        let missed = gaps(&g, &Gravity::fit(&g, &[], &Parameters::default()));
        let gap = |i: usize| (missed[i].found - missed[i].counted).abs();
        assert!(gap(0) > 15_000.0, "{missed:?}");
        assert!((1..6).all(|i| gap(i) <= gap(i - 1)), "{missed:?}");
        assert!(missed.iter().any(|gap| gap.origin == 1 && gap.found < 1.0), "{missed:?}");
    }
}
