//! Sizes of projects.

use crate::config::Parameters;
use crate::quantity::nearest;

/// Sizes of new projects: Pareto(alpha), truncated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ProjectSizes {
    alpha: f64,
    /// Least size, fen.
    least: f64,
    /// `1 - (k_max/k_min)^-alpha`.
    reach: f64,
}

impl ProjectSizes {
    /// Sizes from a least size in fen.
    pub(crate) fn new(p: &Parameters, least: f64) -> Self {
        ProjectSizes {
            alpha: p.project_size_exponent,
            least: least.max(1.0),
            reach: 1.0 - libm::pow(p.project_size_ratio, -p.project_size_exponent),
        }
    }

    /// Size at a uniform number: `k_min (1 - u reach)^{-1/alpha}`, whole fen.
    pub(crate) fn draw(&self, u: f64) -> i64 {
        nearest(self.least * libm::pow(1.0 - u * self.reach, -1.0 / self.alpha))
    }

    /// The least size, whole fen.
    pub(crate) fn least(&self) -> i64 {
        self.least as i64
    }

    /// Mean over least size.
    pub(crate) fn mean_ratio(p: &Parameters) -> f64 {
        let (a, b) = (p.project_size_exponent, p.project_size_ratio);
        let reach = 1.0 - libm::pow(b, -a);
        if reach <= 0.0 {
            // Projects of one size.
            1.0
        } else if (a - 1.0).abs() < 1e-9 {
            libm::log(b) / reach
        } else {
            a / (a - 1.0) * (1.0 - libm::pow(b, 1.0 - a)) / reach
        }
    }
}

#[cfg(test)]
mod tests {
    use rand_distr::{Distribution, Pareto};

    use super::*;
    use crate::kernel::draw::{Draws, Purpose};

    const N: usize = 50_000;

    /// The largest distance between two empirical distribution functions (Kolmogorov and Smirnov).
    fn distance(mut a: Vec<f64>, mut b: Vec<f64>) -> f64 {
        a.sort_by(f64::total_cmp);
        b.sort_by(f64::total_cmp);
        let share = |sample: &[f64], x: f64| sample.partition_point(|y| *y <= x) as f64 / N as f64;
        a.iter().chain(&b).map(|&x| (share(&a, x) - share(&b, x)).abs()).fold(0.0, f64::max)
    }

    #[test]
    fn sizes_are_those_of_a_pareto_law_without_its_tail() {
        let p = Parameters { project_size_exponent: 1.2, project_size_ratio: 100.0, ..Parameters::default() };
        let sizes = ProjectSizes::new(&p, 1e6);
        let draws = Draws::new(5, Purpose::ProjectSize, 0);
        let own = (0..N as u64).map(|i| sizes.draw(draws.uniform(i)) as f64).collect();
        let stream = Draws::new(5, Purpose::Experiment, 0).stream(0);
        let law = Pareto::new(1e6, 1.2).expect("a law");
        let oracle = law.sample_iter(stream).filter(|size| *size < 1e8).take(N).collect();
        // Samples of one law are farther apart in one of a thousand cases.
        let apart = 1.949 * libm::sqrt(2.0 / N as f64);
        assert!(distance(own, oracle) < apart);
    }
}
