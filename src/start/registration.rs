//! Registered people whom the register still holds where they no longer live: some units show more stayers
//! than can be, because the register lags behind moves. A stated floor and shrinkage correct the share away.

use super::homes::stayers;
use crate::scenario::file::Registration;
use crate::world::Geography;

/// Raises the share away of every county to a floor, moves it part of the way to the mean of its prefecture
/// and province (half each), and rescales those away so that their number stays what it was.
///
/// Stayers are counted and stay; what changes is how many people are registered. Nothing happens at the
/// neutral values 0 and 0.
pub fn correct(geography: &mut Geography, rule: &Registration) {
    if rule.least_away <= 0.0 && rule.shrink <= 0.0 {
        return;
    }
    let counties = geography.counties.len();
    let stay: Vec<f64> =
        geography.counties.iter().map(|c| c.nodes().map(|h| stayers(geography, h) as f64).sum()).collect();
    let registered: Vec<f64> = geography
        .counties
        .iter()
        .map(|c| c.nodes().map(|h| geography.nodes[h].facts.registered as f64).sum())
        .collect();
    let away: Vec<f64> = (0..counties).map(|c| (registered[c] - stay[c]).max(0.0)).collect();
    let floored: Vec<f64> = (0..counties)
        .map(|c| if registered[c] > 0.0 { (away[c] / registered[c]).max(rule.least_away) } else { 0.0 })
        .collect();
    let mean = |range: std::ops::Range<usize>| {
        let all: f64 = registered[range.clone()].iter().sum();
        let gone: f64 = range.map(|c| floored[c] * registered[c]).sum();
        if all > 0.0 { gone / all } else { 0.0 }
    };
    let prefecture: Vec<f64> = geography.prefectures.iter().map(|p| mean(p.counties.clone())).collect();
    let province: Vec<f64> = geography.provinces.iter().map(|p| mean(p.counties.clone())).collect();
    let corrected: Vec<f64> = (0..counties)
        .map(|c| {
            let county = &geography.counties[c];
            let target = 0.5 * (prefecture[county.prefecture] + province[county.province]);
            let share = (1.0 - rule.shrink) * floored[c] + rule.shrink * target;
            // Stayers are given, so the number away follows from the share.
            stay[c] * share / (1.0 - share).max(1e-6)
        })
        .collect();
    let (before, after): (f64, f64) = (away.iter().sum(), corrected.iter().sum());
    let scale = if after > 0.0 { before / after } else { 1.0 };
    // Whole persons by running totals, so that the sum stays exact.
    let mut running = 0.0;
    for c in 0..counties {
        let nodes: Vec<usize> = geography.counties[c].nodes().collect();
        let stays: Vec<f64> = nodes.iter().map(|&h| stayers(geography, h) as f64).collect();
        let all: f64 = stays.iter().sum();
        for (i, &h) in nodes.iter().enumerate() {
            // The county's people away are split over its homes as the table has them, else like stayers.
            let had = geography.nodes[h].facts.registered as f64 - stays[i];
            let part = match (away[c] > 0.0, all > 0.0) {
                (true, _) => had.max(0.0) / away[c],
                (false, true) => stays[i] / all,
                (false, false) => f64::from(u8::from(i == 0)),
            };
            let start = libm::rint(running);
            running += corrected[c] * scale * part;
            geography.nodes[h].facts.registered = stays[i] as u64 + (libm::rint(running) - start) as u64;
        }
    }
}
