//! Registered people whom the register still holds where they no longer live: some units show more stayers
//! than can be, because the register lags behind moves. A stated floor and shrinkage correct the share away.

use super::flows;
use crate::config::Registration;
use crate::world::Geography;

/// Corrects the registered people of a study area: the share away by [`Registration`], then the number of leavers
/// of every province by the counted flows, where there are any. A part of a country cannot count who lives elsewhere:
/// its counties have the leavers that a table of the nation's law states.
pub(crate) fn correct(geography: &mut Geography, rule: &Registration) {
    shrink(geography, rule);
    let leavers = flows::leavers(geography);
    leave_as_counted(geography, &leavers);
    leave_as_stated(geography);
}

/// Sets the people away of every county whose table states them; its homes share them as they shared those before.
fn leave_as_stated(geography: &mut Geography) {
    for c in 0..geography.counties.len() {
        let homes: Vec<usize> = geography.counties[c].nodes().collect();
        let Some(stated) = homes.iter().find_map(|&h| geography.nodes[h].facts.migration?.away) else {
            continue;
        };
        let stays: Vec<u64> = homes.iter().map(|&h| geography.stayers(h)).collect();
        let had = |i: usize| geography.nodes[homes[i]].facts.registered.saturating_sub(stays[i]) as f64;
        let parts: Vec<f64> = match (0..homes.len()).map(had).sum::<f64>() {
            away if away > 0.0 => (0..homes.len()).map(|i| had(i) / away).collect(),
            _ => {
                let all = stays.iter().sum::<u64>().max(1) as f64;
                stays.iter().map(|&stay| stay as f64 / all).collect()
            }
        };
        // Whole persons by running totals, so that the sum stays exact.
        let mut running = 0.0;
        for (i, &h) in homes.iter().enumerate() {
            let start = libm::rint(running);
            running += stated * parts[i];
            geography.nodes[h].facts.registered = stays[i] + (libm::rint(running) - start) as u64;
        }
    }
}

/// Scales the people away of every province so that they are the newcomers from within and its `leavers`, where those are known.
fn leave_as_counted(geography: &mut Geography, leavers: &[Option<f64>]) {
    for (p, leavers) in leavers.iter().enumerate() {
        let Some(beyond) = leavers else { continue };
        let nodes = geography.provinces[p].nodes.clone();
        let within: u64 = nodes.clone().map(|j| geography.nodes[j].facts.newcomers_province).sum();
        let away = |g: &Geography, h: usize| g.nodes[h].facts.registered.saturating_sub(g.stayers(h)) as f64;
        let found: f64 = nodes.clone().map(|h| away(geography, h)).sum();
        if found <= 0.0 {
            continue;
        }
        let scale = (within as f64 + beyond) / found;
        // Whole persons by running totals, so that the sum stays exact.
        let mut running = 0.0;
        for h in nodes {
            let start = libm::rint(running);
            running += away(geography, h) * scale;
            geography.nodes[h].facts.registered = geography.stayers(h) + (libm::rint(running) - start) as u64;
        }
    }
}

/// Raises the share away of every county to a floor, moves it part of the way to the mean of its prefecture
/// and province (half each), and rescales those away so that their number stays what it was.
///
/// Stayers are counted and stay; what changes is how many people are registered. Nothing happens at the
/// neutral values 0 and 0.
fn shrink(geography: &mut Geography, rule: &Registration) {
    if rule.least_away <= 0.0 && rule.shrink <= 0.0 {
        return;
    }
    let counties = geography.counties.len();
    let stay: Vec<f64> =
        geography.counties.iter().map(|c| c.nodes().map(|h| geography.stayers(h) as f64).sum()).collect();
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
        let stays: Vec<f64> = nodes.iter().map(|&h| geography.stayers(h) as f64).collect();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::files::Input;
    use crate::scenario::problem::Problems;
    use crate::scenario::study_area;

    #[test]
    fn correction_keeps_the_number_away_and_raises_the_least_share() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/zhejiang/2010");
        let mut problems = Problems::new();
        let [nodes, outside] = ["nodes.csv", "outside.csv"].map(|file| Input::on_disk(&root.join(file)));
        let area = study_area::read(&nodes, Some(&outside), None, &mut problems);
        problems.check().unwrap();
        let mut geography = area.geography;
        let away = |g: &Geography| -> Vec<f64> {
            (0..g.counties.len()).map(|c| crate::people::odds::away_and_stay(g, c).0).collect()
        };
        let share = |g: &Geography| -> f64 {
            (0..g.counties.len())
                .map(|c| {
                    let (away, stay) = crate::people::odds::away_and_stay(g, c);
                    away / (away + stay)
                })
                .fold(1.0, f64::min)
        };
        let before = away(&geography);
        let unchanged = geography.clone();
        correct(&mut geography, &Registration::default());
        assert_eq!(geography, unchanged);
        let least = share(&geography);
        correct(&mut geography, &Registration { least_away: 0.06, shrink: 0.25 });
        let after = away(&geography);
        let (a, b): (f64, f64) = (before.iter().sum(), after.iter().sum());
        assert!((a - b).abs() <= 1.0, "{a} away before, {b} after");
        assert!(share(&geography) > least);
    }

    #[test]
    fn counties_lose_as_many_people_as_a_table_of_the_nation_states() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/zhejiang/2010");
        let mut problems = Problems::new();
        let [nodes, outside] = ["nodes.csv", "outside.csv"].map(|file| Input::on_disk(&root.join(file)));
        let mut geography = study_area::read(&nodes, Some(&outside), None, &mut problems).geography;
        problems.check().unwrap();
        let away = |g: &Geography, c: usize| crate::people::odds::away_and_stay(g, c).0;
        let before = [0, 1].map(|c| away(&geography, c));
        for h in geography.counties[0].nodes().collect::<Vec<_>>() {
            let terms = crate::world::node::MigrationTerms { away: Some(12_345.0), ..Default::default() };
            geography.nodes[h].facts.migration = Some(terms);
        }
        correct(&mut geography, &Registration::default());
        assert_eq!([0, 1].map(|c| away(&geography, c)), [12_345.0, before[1]]);
    }

    #[test]
    fn provinces_lose_as_many_people_as_were_counted_elsewhere() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/zhejiang/2010");
        let mut problems = Problems::new();
        let nodes = Input::on_disk(&root.join("nodes.csv"));
        let outside = Input::on_disk(&root.join("outside.csv"));
        let mut geography = study_area::read(&nodes, Some(&outside), None, &mut problems).geography;
        problems.check().unwrap();
        // Two provinces out of one: the first five prefectures and the rest, counted in persons of a sample.
        let mut second = geography.provinces[0].clone();
        let cut = geography.prefectures[5].nodes.start;
        second.nodes.start = cut;
        geography.provinces[0].nodes.end = cut;
        geography.provinces.push(second);
        // Nothing lies outside: an area with an outside learns from its flows only who went there.
        geography.nodes.truncate(geography.outside.start);
        geography.outside.end = geography.outside.start;
        geography.observed_flows = vec![(0, 1, 30.0), (1, 0, 10.0)];
        correct(&mut geography, &Registration::default());
        let sum =
            |p: usize, of: &dyn Fn(usize) -> u64| geography.provinces[p].nodes.clone().map(of).sum::<u64>();
        for p in 0..2 {
            let away = sum(p, &|h| geography.nodes[h].facts.registered - geography.stayers(h));
            let within = sum(p, &|j| geography.nodes[j].facts.newcomers_province);
            let counted = sum(1 - p, &|j| geography.nodes[j].facts.newcomers_other);
            assert!(away.abs_diff(within + counted) <= 1, "province {p}: {away} away");
        }
    }
}
