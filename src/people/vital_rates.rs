//! Births, deaths and who works at which age: rates of the nation, by age group and tier.

use crate::config::Parameters;
use crate::world::Tier;
use crate::world::people::OLDEST;

/// Births per woman of five-year groups 15-19 … 45-49 in 2020 (7th census, total fertility 1.3; recalled).
pub(crate) const BIRTHS_PER_WOMAN: [f64; 7] = [0.00607, 0.05522, 0.09898, 0.06505, 0.02691, 0.00634, 0.00161];

/// Deaths per person a year by five-year group 0-4 … 85+ (7th census, rounded; recalled).
pub(crate) const DEATHS: [f64; 18] = [
    0.0012, 0.0002, 0.0002, 0.0003, 0.0004, 0.0005, 0.0007, 0.0010, 0.0015, 0.0023, 0.0036, 0.0052, 0.0086,
    0.0138, 0.0243, 0.0420, 0.0740, 0.1400,
];

/// Relative participation by five-year group 0-4 … 85+ (a stated profile; assumed).
pub(crate) const PARTICIPATION: [f64; 18] =
    [0.0, 0.0, 0.0, 0.20, 0.70, 0.88, 0.90, 0.91, 0.91, 0.90, 0.82, 0.66, 0.46, 0.34, 0.20, 0.10, 0.04, 0.01];

/// Age at which talent starts to work; enrolment is at 18.
pub(crate) const TALENT_WORKS_AT: u32 = 22;

/// Five-year group of an age.
#[inline(always)]
pub(crate) fn age_group(age: u32) -> usize {
    (age as usize / 5).min(17)
}

/// First age of a five-year group at which its participation starts: 16 for the group 15-19.
#[inline(always)]
pub(crate) fn is_boundary(age: u32, skill: usize) -> bool {
    match skill {
        0 => age == 16 || ((20..=85).contains(&age) && age.is_multiple_of(5)),
        _ => age == TALENT_WORKS_AT || ((25..=85).contains(&age) && age.is_multiple_of(5)),
    }
}

fn of_tier(p: &Parameters, tier: Tier) -> f64 {
    match tier {
        Tier::City => p.fertility_city,
        Tier::CountySeat => p.fertility_county_seat,
        Tier::Village => p.fertility_village,
        Tier::Outside => 1.0,
    }
}

/// Births per person and year at an age in a tier; half of persons are women, so it is half the rate of
/// [`BIRTHS_PER_WOMAN`]. `trend` multiplies it (a driver).
pub(crate) fn birth_rate(p: &Parameters, tier: Tier, age: u32, trend: f64) -> f64 {
    if !(15..50).contains(&age) {
        return 0.0;
    }
    (0.5 * BIRTHS_PER_WOMAN[(age as usize - 15) / 5] * p.fertility_scale * trend * of_tier(p, tier)).min(1.0)
}

/// Deaths per person and year at an age; everybody dies by [`OLDEST`]. `trend` multiplies it (a driver or a table).
pub(crate) fn death_rate(p: &Parameters, age: u32, trend: f64) -> f64 {
    if age >= OLDEST { 1.0 } else { (DEATHS[age_group(age)] * p.mortality_scale * trend).min(1.0) }
}

/// Participation by age group, scaled so that a place's employment is met: `min(most, f profile)`.
pub(crate) fn participation(factor: f64, most: f64) -> [f64; 18] {
    PARTICIPATION.map(|share| (share * factor).min(most))
}

/// Solves the factor of [`participation`] for given people by age group and employment (bisection; people
/// by group already exclude those who cannot work).
pub(crate) fn participation_factor(people: &[f64; 18], employed: f64, most: f64) -> f64 {
    let at = |f: f64| -> f64 { participation(f, most).iter().zip(people).map(|(p, n)| p * n).sum() };
    let (mut low, mut high) = (0.0, 1.0);
    while at(high) < employed && high < 1e6 {
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if at(middle) < employed { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fertility_adds_up_to_the_published_total() {
        let total: f64 = BIRTHS_PER_WOMAN.iter().map(|r| 5.0 * r).sum();
        assert!((total - 1.30).abs() < 0.01, "{total}");
    }

    #[test]
    fn births_follow_the_tier() {
        let p = Parameters::default();
        let nation = birth_rate(&p, Tier::Outside, 27, 1.0);
        for (tier, level) in [
            (Tier::City, p.fertility_city),
            (Tier::CountySeat, p.fertility_county_seat),
            (Tier::Village, p.fertility_village),
        ] {
            assert!((birth_rate(&p, tier, 27, 1.0) / nation - level).abs() < 1e-12, "{tier:?}");
        }
    }

    #[test]
    fn the_participation_factor_meets_employment() {
        let people = [100.0; 18];
        let f = participation_factor(&people, 700.0, 0.97);
        let met: f64 = participation(f, 0.97).iter().zip(&people).map(|(p, n)| p * n).sum();
        assert!((met - 700.0).abs() < 1e-6);
    }
}
