//! Education and age by node, where the census counts them by county.

use super::census::{AGE_GROUPS, Counts};
use super::rules::Rules;
use crate::quantity::split;

/// Persons with tertiary education by node (urban, village): the county's count, divided so that the odds of
/// having it are `talent_odds` times as high at the urban node.
pub(crate) fn talent(counts: &Counts, residents: [i64; 2], rules: &Rules) -> [i64; 2] {
    let [urban, rural] = residents.map(|r| r as f64);
    if rural == 0.0 || urban == 0.0 {
        return if rural == 0.0 { [counts.talent, 0] } else { [0, counts.talent] };
    }
    // The share p of the village solves U r p/(1 + (r - 1) p) + R p = T, which rises in p: bisection.
    let odds = rules.talent_odds;
    let (mut low, mut high) = (0.0_f64, 1.0_f64);
    for _ in 0..100 {
        let p = 0.5 * (low + high);
        let found = urban * odds * p / (1.0 + (odds - 1.0) * p) + rural * p;
        if found < counts.talent as f64 { low = p } else { high = p }
    }
    let village = libm::rint(rural * low) as i64;
    let village = village.clamp((counts.talent - residents[0]).max(0), counts.talent.min(residents[1]));
    [counts.talent - village, village]
}

/// Residents by five-year age group and node: the county's mix in both, because nothing better is counted;
/// the sums over nodes and over groups are exact.
pub(crate) fn ages(counts: &Counts, residents: [i64; 2]) -> [[i64; AGE_GROUPS]; 2] {
    let weights: Vec<f64> = counts.ages.iter().map(|&a| a as f64).collect();
    let village = split(residents[1], &weights);
    let mut by_node = [[0; AGE_GROUPS]; 2];
    for g in 0..AGE_GROUPS {
        by_node[1][g] = if residents[1] == 0 { 0 } else { village[g] };
        by_node[0][g] = counts.ages[g] - by_node[1][g];
    }
    by_node
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_odds_ratio_of_talent_is_kept_and_no_graduate_lost() {
        let counts = Counts { talent: 100_000, ..Counts::default() };
        let [urban, village] = talent(&counts, [400_000, 200_000], &Rules::default());
        assert_eq!(urban + village, 100_000);
        let odds = |n: i64, of: i64| n as f64 / (of - n) as f64;
        assert!((odds(urban, 400_000) / odds(village, 200_000) - 4.0).abs() < 1e-3);
    }
}
