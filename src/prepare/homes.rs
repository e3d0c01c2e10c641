//! Where people are registered: stayers by home node, newcomers by origin, and those who left.

use std::collections::BTreeMap;

use super::Area;
use super::report::Report;
use super::rules::Rules;
use super::units::Unit;
use crate::messages;
use crate::quantity::split;
use crate::{Error, Result};

/// Homes of a unit's residents, by node (urban, village).
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Homes {
    /// Residents of a node registered at the urban and at the village node of the same county.
    pub stayers: [[i64; 2]; 2],
    pub newcomers_province: [i64; 2],
    pub newcomers_other: [i64; 2],
    /// Persons registered at the node who live elsewhere.
    pub leavers: [i64; 2],
}

impl Homes {
    /// Stayers of the county who are registered at a node.
    pub(crate) fn stayers_of(&self, home: usize) -> i64 {
        self.stayers[0][home] + self.stayers[1][home]
    }

    /// Persons registered at a node.
    pub(crate) fn registered(&self, home: usize) -> i64 {
        self.stayers_of(home) + self.leavers[home]
    }
}

/// Homes in every unit, in their order.
pub(crate) fn homes(
    units: &mut [Unit],
    area: &Area,
    away: &[i64],
    rules: &Rules,
    report: &mut Report,
) -> Result<Vec<Homes>> {
    part_newcomers(units, area, rules, report);
    let mut all: Vec<Homes> = units.iter().map(|u| residents_by_origin(u, rules)).collect();
    let away = match area {
        Area::All => away.to_vec(),
        _ => close(units, false, away, rules, report)?,
    };
    for ((unit, homes), away) in units.iter().zip(&mut all).zip(away) {
        let split_of = if unit.has_village() {
            split(away, &[homes.stayers_of(0) as f64, homes.stayers_of(1) as f64])
        } else {
            vec![away, 0]
        };
        homes.leavers = [split_of[0], split_of[1]];
    }
    Ok(all)
}

/// Persons registered in each unit who live elsewhere; over the whole country they are its newcomers.
///
/// # Errors
/// If the newcomers by origin do not agree with the registered population.
pub(crate) fn away(units: &mut [Unit], whole: bool, rules: &Rules, report: &mut Report) -> Result<Vec<i64>> {
    let away = leavers(units, rules, report);
    if whole { close(units, true, &away, rules, report) } else { Ok(away) }
}

/// Whether the registered people of nearly everybody's unit are known, so that they can be closed over the country.
pub(crate) fn mostly_registered(units: &[Unit]) -> bool {
    let all: i64 = units.iter().map(|u| u.counts.residents).sum();
    let known: i64 = units.iter().filter(|u| u.registered.is_some()).map(|u| u.counts.residents).sum();
    known as f64 > 0.95 * all as f64
}

/// Where only a part of a province is prepared, newcomers from the rest of it cannot be told apart from those
/// of the area: a stated share of them is counted with the other provinces, because they come from outside.
fn part_newcomers(units: &mut [Unit], area: &Area, rules: &Rules, report: &mut Report) {
    let mut moved: BTreeMap<String, i64> = BTreeMap::new();
    for unit in units.iter_mut().filter(|u| !area.whole_province(&u.province)) {
        let inside = libm::floor(rules.newcomers_inside * unit.counts.newcomers_province as f64) as i64;
        let outside = unit.counts.newcomers_province - inside;
        unit.counts.newcomers_province = inside;
        unit.counts.newcomers_other += outside;
        unit.words.insert("newcomers_part");
        *moved.entry(unit.province.clone()).or_default() += outside;
    }
    for (province, persons) in moved {
        report.note(
            "Part of a province",
            format!(
                "{province}: {persons} newcomers from the rest of the province counted with other provinces"
            ),
        );
    }
}

/// Places newcomers by the odds rule and sorts the stayers by home node.
fn residents_by_origin(unit: &Unit, rules: &Rules) -> Homes {
    let counts = &unit.counts;
    let [urban, rural] = unit.node_residents;
    let mut homes = Homes::default();
    if rural == 0 {
        homes.stayers[0][0] = counts.stayers();
        homes.newcomers_province[0] = counts.newcomers_province;
        homes.newcomers_other[0] = counts.newcomers_other;
        return homes;
    }
    // All newcomers first, so that neither node takes more than it holds; then by origin at the same share.
    let newcomers = counts.newcomers_province + counts.newcomers_other;
    let weights = [urban as f64, rules.newcomer_village_odds * rural as f64];
    let village = split(newcomers, &weights)[1].clamp((newcomers - urban).max(0), rural);
    let by_origin = split(village, &[counts.newcomers_province as f64, counts.newcomers_other as f64]);
    homes.newcomers_province = [counts.newcomers_province - by_origin[0], by_origin[0]];
    homes.newcomers_other = [counts.newcomers_other - by_origin[1], by_origin[1]];

    let at_seat = urban - (newcomers - village);
    let in_village = rural - village;
    let share = |share: f64, of: i64| share * of as f64;
    let villagers =
        share(rules.villagers_at_seat, counts.moved_within).min(share(rules.villagers_at_seat_cap, at_seat));
    let townspeople = share(rules.townspeople_in_village, counts.moved_within)
        .min(share(rules.townspeople_in_village_cap, in_village));
    let (villagers, townspeople) = (libm::rint(villagers) as i64, libm::rint(townspeople) as i64);
    homes.stayers = [[at_seat - villagers, villagers], [townspeople, in_village - townspeople]];
    homes
}

/// Persons registered in each unit who live elsewhere, before the area is closed.
fn leavers(units: &mut [Unit], rules: &Rules, report: &mut Report) -> Vec<i64> {
    let floor = rules.leavers_floor;
    units
        .iter_mut()
        .map(|unit| {
            let stayers = unit.counts.stayers();
            let Some(registered) = unit.registered else {
                unit.words.insert("registered_missing");
                report.note("Registered people", format!("{} {}: none found", unit.code, unit.name));
                return libm::rint(floor / (1.0 - floor) * stayers as f64) as i64;
            };
            let least = libm::rint(floor * registered as f64) as i64;
            if registered - stayers < least {
                unit.words.insert("registered_floor");
                report.note(
                    "Registered people",
                    format!(
                        "{} {}: {registered} registered, {stayers} stayers; {least} taken as living elsewhere",
                        unit.code, unit.name
                    ),
                );
            }
            least.max(registered - stayers)
        })
        .collect()
}

/// Makes those away and newcomers agree over the area.
///
/// With an outside, those away must be at least the newcomers from the own province; the others live
/// outside. Without one, those away are all the newcomers, and in each province at least its newcomers from
/// within.
fn close(
    units: &mut [Unit],
    national: bool,
    away: &[i64],
    rules: &Rules,
    report: &mut Report,
) -> Result<Vec<i64>> {
    let mut provinces: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for (unit, away) in units.iter().zip(away) {
        let entry = provinces.entry(unit.province.clone()).or_default();
        entry.0 += away;
        entry.1 += unit.counts.newcomers_province;
    }
    let newcomers: i64 = units.iter().map(|u| u.counts.newcomers_province + u.counts.newcomers_other).sum();
    let total: i64 = away.iter().sum();
    let mut targets: BTreeMap<String, i64> = BTreeMap::new();
    let least = |inside: i64| libm::ceil(inside as f64 / rules.leavers_inside_cap) as i64;
    if national {
        // Provinces at their lower bound keep it; the others share the rest in proportion. Each round fixes at
        // least one more province, so it ends.
        let mut open: Vec<(&String, i64, i64)> =
            provinces.iter().map(|(p, &(a, inside))| (p, a, least(inside))).collect();
        let mut left = newcomers;
        loop {
            let sum: i64 = open.iter().map(|o| o.1).sum();
            let scale = left as f64 / sum.max(1) as f64;
            let (bound, free): (Vec<_>, Vec<_>) =
                open.into_iter().partition(|&(_, a, low)| a as f64 * scale < low as f64);
            for &(province, _, low) in &bound {
                targets.insert(province.clone(), low);
                left -= low;
            }
            open = free;
            if bound.is_empty() || open.is_empty() {
                break;
            }
        }
        if left < 0 || (open.is_empty() && left != 0) {
            return Err(Error::Data {
                what: messages::people_away_from_home(),
                found: messages::more_newcomers_than_all(),
                expected: messages::census_that_agrees(),
            });
        }
        let shares = split(left, &open.iter().map(|o| o.1 as f64).collect::<Vec<_>>());
        for (&(province, ..), share) in open.iter().zip(shares) {
            targets.insert(province.clone(), share);
        }
        report.note(
            "Registered people",
            format!(
                "the whole country: {total} registered away from home before, {newcomers} newcomers counted; those \
                 away rescaled to them ({:.4}), registered people overseas or unknown dropped",
                newcomers as f64 / total.max(1) as f64
            ),
        );
    } else {
        for (province, &(a, inside)) in &provinces {
            targets.insert(province.clone(), a.max(least(inside)));
        }
    }
    let mut closed = away.to_vec();
    for (province, target) in targets {
        let (before, inside) = provinces[&province];
        if target == before {
            continue;
        }
        let members: Vec<usize> = (0..units.len()).filter(|&i| units[i].province == province).collect();
        let weights: Vec<f64> = members.iter().map(|&i| away[i].max(1) as f64).collect();
        for (&i, persons) in members.iter().zip(split(target, &weights)) {
            closed[i] = persons;
            units[i].words.insert("registered_rescaled");
        }
        report.note(
            "Registered people",
            format!(
                "{province}: {before} away rescaled to {target} ({inside} newcomers from within the province)"
            ),
        );
    }
    Ok(closed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prepare::census::Counts;
    use crate::prepare::units::tests::unit;

    #[test]
    fn residents_are_stayers_and_newcomers_exactly() {
        let unit = Unit {
            counts: Counts {
                residents: 453_106,
                urban: 319_409,
                rural: 133_697,
                moved_within: 50_001,
                newcomers_province: 30_003,
                newcomers_other: 90_007,
                ..Counts::default()
            },
            registered: Some(419_200),
            node_residents: [319_409, 133_697],
            ..unit("330122")
        };
        let homes = residents_by_origin(&unit, &Rules::default());
        for node in 0..2 {
            let sum = homes.stayers[node].iter().sum::<i64>()
                + homes.newcomers_province[node]
                + homes.newcomers_other[node];
            assert_eq!(sum, unit.node_residents[node]);
        }
        assert_eq!(homes.newcomers_other.iter().sum::<i64>(), 90_007);
        assert_eq!(homes.stayers[0][1], 35_001);
        assert_eq!(homes.stayers[1][0], 2_500);
    }
}
