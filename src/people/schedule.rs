//! At which ages people review where to live: the model migration schedule of Rogers and Castro (1981), *Model Migration
//! Schedules*, IIASA RR-81-30, without its peak of retirement.
//!
//! ```text
//! m(x)   = a_1 e^(-alpha_1 x) + a_2 e^(-alpha_2 (x - mu_2) - e^(-lambda_2 (x - mu_2))) + c
//! psi(x) = min(1, psi m(x)/mean of m over 18 to 34)
//! ```
//!
//! Its terms are children, who move with parents, people of working age, and everybody. It is a schedule of moves; here
//! it is one of reviews, of which the law of location makes moves. It says who moves first, not how many are where in
//! the long run.

use crate::config::Parameters;

/// First and last age over which the stated rate is the mean.
const LEVEL: std::ops::RangeInclusive<u32> = 18..=34;

/// The schedule itself, up to its level.
fn moves(p: &Parameters, age: u32) -> f64 {
    let x = f64::from(age);
    let past = x - p.moves_work_age;
    let work = libm::exp(-p.moves_work_fall * past - libm::exp(-p.moves_work_rise * past));
    p.moves_children * libm::exp(-p.moves_children_fall * x) + p.moves_work * work + p.moves_always
}

/// Probability a year that a person of each age reviews the place; where the schedule is nothing, every age has the
/// stated rate.
pub fn review_rates(p: &Parameters) -> [f64; 128] {
    let level = LEVEL.map(|age| moves(p, age)).sum::<f64>() / LEVEL.count() as f64;
    // Alike to the last digit, which a mean of equal terms is not.
    let flat = (p.moves_children == 0.0 && p.moves_work == 0.0) || level <= 0.0;
    std::array::from_fn(|age| {
        let relative = if flat { 1.0 } else { moves(p, age as u32) / level };
        (p.review_rate_18_34 * relative).min(1.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stated_rate_is_the_mean_of_its_ages() {
        let rates = review_rates(&Parameters::default());
        let mean = LEVEL.map(|age| rates[age as usize]).sum::<f64>() / LEVEL.count() as f64;
        assert!((mean - Parameters::default().review_rate_18_34).abs() < 1e-12);
    }

    /// Rogers and Castro's fundamental parameters: a peak at mu_2 + ln(lambda_2/alpha_2)/lambda_2 = 23.5 years, a trough of
    /// the children before it, hardly a move in old age.
    #[test]
    fn it_peaks_in_the_early_twenties_and_falls_with_age() {
        let rates = review_rates(&Parameters::default());
        let peak = (0..100).max_by(|&a, &b| rates[a].total_cmp(&rates[b])).unwrap();
        assert!((23..=24).contains(&peak), "{peak}");
        assert!((24..90).all(|age| rates[age + 1] < rates[age]));
        let trough = (0..20).min_by(|&a, &b| rates[a].total_cmp(&rates[b])).unwrap();
        assert!((13..=17).contains(&trough), "{trough}");
        // 1.0 over the schedule's own scale: its gross migraproduction rate is near one.
        let total: f64 = (0..100).map(|age| moves(&Parameters::default(), age)).sum();
        assert!((0.9..1.5).contains(&total), "{total}");
    }

    #[test]
    fn without_a_schedule_all_ages_are_alike_and_no_rate_is_above_one() {
        let with = |children, work, always| {
            let mut p = Parameters::default();
            (p.moves_children, p.moves_work, p.moves_always) = (children, work, always);
            review_rates(&p)
        };
        for flat in [with(0.0, 0.0, 0.003), with(0.0, 0.0, 0.0)] {
            assert!(flat.iter().all(|&rate| rate == Parameters::default().review_rate_18_34));
        }
        let p = Parameters { review_rate_18_34: 0.9, ..Parameters::default() };
        assert!(review_rates(&p).iter().all(|rate| (0.0..=1.0).contains(rate)));
    }
}
