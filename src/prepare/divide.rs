//! Output of a unit divided between its seat and its village.
//!
//! ```text
//! village's part of a sector = r v/(u + r v)        v: workers of the village who work there, u: at the seat, with commuters
//! r = village_output, or as much more, up to 1, as lets a job there make village_minimum_wages minimum wages
//! ```
//!
//! Farm output follows farm jobs: r = 1.

use super::rules::Rules;
use super::work::Work;
use crate::quantity::split;
use crate::world::sector::{AGRICULTURE, SECTORS, urban};

/// Workers of a sector at the seat, with commuters, and in the village, who count `relative` of one at the seat.
fn weights(work: &Work, sector: usize, relative: f64) -> [f64; 2] {
    let at_seat = (work.employed[0][sector] + work.commuters[sector]) as f64;
    [at_seat, relative * work.employed[1][sector] as f64]
}

/// Output of a village worker outside farming relative to the seat's.
pub(crate) fn village_output(output: &[i64; SECTORS], work: &Work, minimum_wage: i64, rules: &Rules) -> f64 {
    let stated = rules.village_output;
    let jobs: f64 = urban().map(|s| work.employed[1][s] as f64).sum();
    let least = rules.village_minimum_wages * minimum_wage as f64 * jobs;
    let made = |relative: f64| -> f64 {
        let of = |s: usize| {
            let [seat, village] = weights(work, s, relative);
            if village > 0.0 { output[s] as f64 * village / (seat + village) } else { 0.0 }
        };
        urban().map(of).sum()
    };
    if made(stated) >= least {
        return stated;
    }
    let (mut low, mut high) = (stated, stated.max(1.0));
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if made(middle) < least { low = middle } else { high = middle }
    }
    high
}

/// Output of a unit by node (urban, village) and sector: farm output follows farm jobs; elsewhere a worker of the village counts
/// `village_output` of one at the seat, where commuters work.
pub(crate) fn by_node(output: &[i64; SECTORS], work: &Work, village_output: f64) -> [[i64; SECTORS]; 2] {
    let mut by_node = [[0; SECTORS]; 2];
    for s in 0..SECTORS {
        let relative = if s == AGRICULTURE { 1.0 } else { village_output };
        let parts = split(output[s], &weights(work, s, relative));
        (by_node[0][s], by_node[1][s]) = (parts[0], parts[1]);
    }
    by_node
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_village_job_makes_what_the_minimum_wage_needs_if_the_unit_makes_as_much() {
        let mut work = Work::default();
        work.employed[0] = [10, 600, 0, 400, 0];
        work.employed[1] = [500, 600, 0, 400, 0];
        let rules = Rules::default();
        let a_job = |output: f64, minimum_wage: i64| {
            let output = [0, (1200.0 * output) as i64, 0, (800.0 * output) as i64, 0];
            let relative = village_output(&output, &work, minimum_wage, &rules);
            let made = by_node(&output, &work, relative)[1].iter().sum::<i64>() as f64 / 1000.0;
            (relative, made)
        };
        // Rich enough: a village job makes half of one at the seat, two thirds of the mean.
        let (relative, made) = a_job(90_000.0, 18_000);
        assert!(relative == rules.village_output && (made - 60_000.0).abs() < 2.0, "{relative} {made}");
        // 26,667 at a half would be less than 2 x 18,000.
        let (relative, made) = a_job(40_000.0, 18_000);
        assert!(relative > 0.5 && relative < 1.0 && (made - 36_000.0).abs() < 2.0, "{relative} {made}");
        // Not even the mean makes it: no village makes more than its seat.
        let (relative, made) = a_job(20_000.0, 18_000);
        assert!(relative == 1.0 && (made - 20_000.0).abs() < 2.0, "{relative} {made}");
        // Nothing is known of a minimum wage.
        assert_eq!(a_job(20_000.0, 0).0, rules.village_output);
    }
}
