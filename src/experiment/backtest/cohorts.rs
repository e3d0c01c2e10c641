//! Registered people by five-year group: how old those away are, and the same people ten years on.

use crate::Result;
use crate::base_year::study_area::NATIONAL_AGES;
use crate::estimate::least_squares::{Regressor, weighted};

/// Five-year groups.
pub(super) const GROUPS: usize = 18;

/// How old people away are taken to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MoverAges {
    /// As the cross-section of the base year says: more than half are 15 to 34.
    CrossSection,
    /// As agents are laid out: every origin has the age mix of the place, and the law knows three ages.
    #[default]
    AsLaidOut,
}

/// Registered people of every county by age group.
#[derive(Clone, Debug, Default)]
pub(super) struct Stocks {
    /// Migration of being away in the base year.
    pub(super) odds: Vec<[f64; GROUPS]>,
    /// The same people ten years on, without those who died, with those born.
    pub(super) later: Vec<[f64; GROUPS]>,
}

impl Stocks {
    pub(super) fn new(
        stay: &[[f64; GROUPS]],
        away: &[[f64; GROUPS]],
        national: &[f64; GROUPS],
        births: &[f64],
        ages: MoverAges,
    ) -> Stocks {
        let class = |g: usize| match (ages, g) {
            (MoverAges::CrossSection, g) => g,
            (_, 3..=6) => 18,
            (_, 0..=10) => 19,
            _ => 20,
        };
        let odds = stay
            .iter()
            .zip(away)
            .map(|(stay, away)| {
                std::array::from_fn(|g| {
                    let of = |v: &[f64; GROUPS]| -> f64 {
                        (0..GROUPS).filter(|&i| class(i) == class(g)).map(|i| v[i]).sum()
                    };
                    of(away) / of(stay).max(1e-3)
                })
            })
            .collect();
        let registered: Vec<[f64; GROUPS]> =
            stay.iter().zip(away).map(|(s, a)| std::array::from_fn(|g| s[g] + a[g])).collect();
        Stocks { odds, later: age(&registered, national, births) }
    }
}

/// Ages of newcomers and of locals from the cross-section: the share of each age group regressed on the
/// share of newcomers, at one and at zero.
pub(super) fn movers_ages(
    people: &[[f64; GROUPS]],
    newcomers: &[f64],
) -> Result<([f64; GROUPS], [f64; GROUPS])> {
    let all: Vec<f64> = people.iter().map(|p| p.iter().sum::<f64>().max(1.0)).collect();
    let share: Vec<f64> = newcomers.iter().zip(&all).map(|(n, a)| (n / a).min(1.0)).collect();
    let x = [Regressor::constant(all.len()), Regressor::new("newcomers", share)];
    let (mut movers, mut locals) = ([0.0; GROUPS], [0.0; GROUPS]);
    for g in 0..GROUPS {
        let y: Vec<f64> = people.iter().zip(&all).map(|(p, a)| p[g] / a).collect();
        let fit = weighted(&x, &y, &all)?;
        movers[g] = (fit.coefficients[0] + fit.coefficients[1]).max(1e-4);
        locals[g] = fit.coefficients[0].max(1e-4);
    }
    let norm = |v: [f64; GROUPS]| {
        let sum: f64 = v.iter().sum();
        v.map(|x| x / sum)
    };
    Ok((norm(movers), norm(locals)))
}

/// Newcomers of a county by age: odds proportional to how over-represented an age is among newcomers.
pub(super) fn split_newcomers(
    people: &[f64; GROUPS],
    newcomers: f64,
    movers: &[f64; GROUPS],
    locals: &[f64; GROUPS],
) -> [f64; GROUPS] {
    let all: f64 = people.iter().sum();
    let wanted = newcomers.min(0.98 * all);
    let at = |theta: f64| -> [f64; GROUPS] {
        std::array::from_fn(|g| {
            let o = theta * movers[g] / locals[g];
            people[g] * o / (1.0 + o)
        })
    };
    let (mut low, mut high): (f64, f64) = (-30.0, 30.0);
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if at(libm::exp(middle)).iter().sum::<f64>() < wanted { low = middle } else { high = middle }
    }
    at(libm::exp(0.5 * (low + high)))
}

/// People ten years on: cohorts survive at national rates, births follow the county's births per young
/// adult, scaled so that both add up to the nation's age structure at the end.
pub(super) fn age(people: &[[f64; GROUPS]], national: &[f64; GROUPS], births: &[f64]) -> Vec<[f64; GROUPS]> {
    let end = NATIONAL_AGES.map(|m| m * 1e6);
    let survival: [f64; GROUPS] = std::array::from_fn(|g| {
        if g < 15 { end[g + 2] / national[g] } else { end[17] / national[15..].iter().sum::<f64>() }
    });
    // Young adults (20-34 at the middle of each five years) by their age in the base year.
    let young = |p: &[f64; GROUPS], born: usize| -> f64 {
        let (a, b) = if born == 1 { (3..=5, 4..=6) } else { (2..=4, 3..=5) };
        0.5 * (p[a].iter().sum::<f64>() + p[b].iter().sum::<f64>())
    };
    let mut scale = [0.0; 2];
    for (born, scale) in scale.iter_mut().enumerate() {
        let all: f64 = people.iter().zip(births).map(|(p, b)| b * young(p, born)).sum();
        *scale = end[born] / all.max(1.0);
    }
    people
        .iter()
        .zip(births)
        .map(|(p, b)| {
            let mut later = [0.0; GROUPS];
            for g in 0..GROUPS {
                later[(g + 2).min(17)] += p[g] * survival[g];
            }
            later[0] = b * young(p, 0) * scale[0];
            later[1] = b * young(p, 1) * scale[1];
            later
        })
        .collect()
}
