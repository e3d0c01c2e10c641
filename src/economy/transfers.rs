//! The formula of transfers from a province to its counties: what each needs, what it lacks, what it gets.

/// A county as the formula sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Claimant {
    /// Own revenue, fen.
    pub own: f64,
    /// Residents, persons.
    pub people: f64,
    /// Land of its nodes, square kilometres.
    pub area_km2: f64,
    /// Weight of a unit of need ([`crate::world::geography::County::transfer_grade`]).
    pub grade: f64,
    /// Part of the way from need to gaps that a policy moves its formula.
    pub top_up: f64,
}

/// Need of each county, persons of equal cost:
/// `grade N (N/mean of counties)^-size ((N/a)/(sum N/sum a))^-sparsity`.
///
/// Small and sparse counties cost more a head; a province may count the needs of some counties by a grade. A county without
/// people needs nothing.
pub(crate) fn needs(counties: &[Claimant], size: f64, sparsity: f64) -> Vec<f64> {
    let people: f64 = counties.iter().map(|c| c.people).sum();
    let area: f64 = counties.iter().map(|c| c.area_km2).sum();
    let mean = people / counties.len().max(1) as f64;
    let need = |c: &Claimant| {
        if c.people <= 0.0 {
            return 0.0;
        }
        let density = if c.area_km2 > 0.0 { c.people / c.area_km2 / (people / area) } else { 1.0 };
        c.grade * c.people * libm::pow(c.people / mean, -size) * libm::pow(density, -sparsity)
    };
    counties.iter().map(need).collect()
}

/// Weights by which the province's money is split:
/// `theta_c gap_c/sum of gaps + (1 - theta_c) need_c/sum of needs`, `theta_c = theta + (1 - theta) top_up_c`.
///
/// A gap is what is missing to the share in need of all own revenue and the money; without any gap need alone counts.
pub(crate) fn weights(counties: &[Claimant], needs: &[f64], money: f64, theta: f64) -> Vec<f64> {
    let all: f64 = counties.iter().map(|c| c.own).sum::<f64>() + money;
    let needed: f64 = needs.iter().sum::<f64>().max(f64::MIN_POSITIVE);
    let gaps: Vec<f64> =
        counties.iter().zip(needs).map(|(c, need)| (need / needed * all - c.own).max(0.0)).collect();
    let lacking: f64 = gaps.iter().sum();
    counties
        .iter()
        .zip(needs.iter().zip(&gaps))
        .map(|(c, (need, gap))| {
            let theta = if lacking > 0.0 { theta + (1.0 - theta) * c.top_up } else { 0.0 };
            let gap = if lacking > 0.0 { gap / lacking } else { 0.0 };
            theta * gap + (1.0 - theta) * need / needed
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::split;

    fn county(own: f64, people: f64, area_km2: f64) -> Claimant {
        Claimant { own, people, area_km2, grade: 1.0, top_up: 0.0 }
    }

    /// Spending a head of each county when the money is split.
    fn spending(counties: &[Claimant], money: i64, theta: f64, [size, sparsity]: [f64; 2]) -> Vec<f64> {
        let weights = weights(counties, &needs(counties, size, sparsity), money as f64, theta);
        let parts = split(money, &weights);
        counties.iter().zip(parts).map(|(c, part)| (c.own + part as f64) / c.people).collect()
    }

    #[test]
    fn transfers_always_exhaust_the_provinces_money() {
        for counties in [
            vec![county(10.0, 5.0, 1.0), county(90.0, 5.0, 3.0), county(0.0, 0.0, 2.0)],
            vec![county(1e9, 5.0, 0.0), county(1e9, 5.0, 0.0)],
            vec![county(0.0, 0.0, 1.0)],
        ] {
            for theta in [0.0, 0.5, 1.0] {
                let weights = weights(&counties, &needs(&counties, 0.18, 0.12), 1001.0, theta);
                assert_eq!(split(1001, &weights).iter().sum::<i64>(), 1001, "{counties:?}");
            }
        }
    }

    #[test]
    fn a_small_and_sparse_county_spends_more_a_head() {
        let counties =
            [county(100.0, 100.0, 100.0), county(100.0, 100.0, 10.0), county(1000.0, 1000.0, 100.0)];
        let found = spending(&counties, 100_000, 0.5, [0.18, 0.12]);
        assert!(found[0] > found[1] && found[1] > found[2], "{found:?}");
        let equal = spending(&counties, 100_000, 0.5, [0.0, 0.0]);
        assert!((equal[0] / equal[2] - 1.0).abs() < 1e-3, "{equal:?}");
    }

    #[test]
    fn a_higher_grade_brings_more_at_equal_means() {
        let graded = |grade: f64| Claimant { grade, ..county(100.0, 100.0, 10.0) };
        let counties = [graded(0.9), graded(0.4)];
        // Without own means a gap is a need, so money is split as the grades are.
        let needs = needs(&counties, 0.18, 0.12);
        assert!((needs[0] / needs[1] - 0.9 / 0.4).abs() < 1e-12, "{needs:?}");
        let found = spending(&counties, 100_000, 0.5, [0.18, 0.12]);
        assert!((found[0] + found[1] - 1002.0).abs() < 1e-6, "{found:?}");
        assert!(found[0] > 2.0 * found[1], "{found:?}");
    }

    #[test]
    fn top_up_one_equalises_spending_a_head() {
        let poor_and_rich = |top_up: f64| {
            [(10.0, 100.0), (900.0, 200.0)]
                .map(|(own, people)| Claimant { top_up, ..county(own * 100.0, people, 1.0) })
        };
        let full = spending(&poor_and_rich(1.0), 80_000, 0.0, [0.0, 0.0]);
        assert!((full[0] / full[1] - 1.0).abs() < 1e-3, "{full:?}");
        // By need alone the rich stay ahead.
        let none = spending(&poor_and_rich(0.0), 80_000, 0.0, [0.0, 0.0]);
        assert!(none[0] < 0.9 * none[1], "{none:?}");
    }
}
