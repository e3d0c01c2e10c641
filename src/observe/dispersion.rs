//! How incomes of counties lie around each other and follow what is made there: moments that household surveys know.
//!
//! ```text
//! sd_log_income       standard deviation of ln y over counties
//! elasticity_income   slope of ln y on ln (output per head of the county), the same year
//! elasticity_growth   slope of ln y/y_0 on ln (output per head)/(output per head)_0 since the base year
//! ```
//!
//! y is income per head of the urban node or of the village of a county; every county counts one.

use serde::{Deserialize, Serialize};

use super::Snapshot;
use super::totals::output;

/// Fewer counties say nothing.
pub(crate) const FEWEST: usize = 10;

/// What a county earned and made in a year, fen and persons: whole numbers, so that a checkpoint keeps them exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CountyLevels {
    /// Earners of the urban node and of the village.
    pub earners: [i64; 2],
    /// Their income.
    pub income: [i64; 2],
    /// Output of both nodes.
    pub output: i64,
}

impl CountyLevels {
    /// All counties in a year.
    pub(crate) fn of(snapshot: &Snapshot) -> Vec<CountyLevels> {
        let world = snapshot.world;
        let counties = world.geography.counties.iter();
        counties
            .map(|county| {
                let mut levels = CountyLevels::default();
                for j in county.nodes() {
                    let tier = usize::from(county.seat != j);
                    levels.earners[tier] += libm::rint(snapshot.earnings.nodes[j].residents) as i64;
                    levels.income[tier] += world.nodes[j].income;
                    levels.output += output(&world.nodes[j]);
                }
                levels
            })
            .collect()
    }

    /// Logs of income per head of a tier and of output per head of the county, where both are above nothing.
    fn logs(&self, tier: usize) -> Option<[f64; 2]> {
        let per_head =
            |sum: i64, people: i64| (sum > 0 && people > 0).then(|| libm::log(sum as f64 / people as f64));
        Some([
            per_head(self.income[tier], self.earners[tier])?,
            per_head(self.output, self.earners[0] + self.earners[1])?,
        ])
    }
}

/// Moments of one tier; NaN where there are too few counties or none differs from another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Moments {
    pub sd_log_income: f64,
    pub elasticity_income: f64,
    pub elasticity_growth: f64,
}

/// Moments of the urban nodes (0) or villages (1) of some counties; `base` are their levels of the base year, empty in it.
pub(crate) fn moments(now: &[CountyLevels], base: &[CountyLevels], tier: usize) -> Moments {
    let points: Vec<[f64; 2]> = now.iter().filter_map(|c| c.logs(tier)).collect();
    let growth: Vec<[f64; 2]> = now
        .iter()
        .zip(base)
        .filter_map(|(now, then)| {
            let ([y, x], [y0, x0]) = (now.logs(tier)?, then.logs(tier)?);
            Some([y - y0, x - x0])
        })
        .collect();
    Moments {
        sd_log_income: libm::sqrt(covariance(&points, 0, 0)),
        elasticity_income: covariance(&points, 0, 1) / covariance(&points, 1, 1),
        elasticity_growth: covariance(&growth, 0, 1) / covariance(&growth, 1, 1),
    }
}

/// Covariance of two columns, each point counting one; NaN of too few.
fn covariance(points: &[[f64; 2]], a: usize, b: usize) -> f64 {
    if points.len() < FEWEST {
        return f64::NAN;
    }
    let n = points.len() as f64;
    let mean = |column: usize| points.iter().map(|p| p[column]).sum::<f64>() / n;
    let (of_a, of_b) = (mean(a), mean(b));
    points.iter().map(|p| (p[a] - of_a) * (p[b] - of_b)).sum::<f64>() / n
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counties with output per head e^(i/10) and incomes that follow it with elasticities .5 and .25.
    fn counties(scale: f64) -> Vec<CountyLevels> {
        (0..20)
            .map(|i| {
                let output = libm::exp(f64::from(i) / 10.0 * scale);
                let income = |elasticity: f64| (1e12 * libm::pow(output, elasticity)) as i64;
                CountyLevels {
                    earners: [1_000, 3_000],
                    income: [income(0.5), income(0.25)],
                    output: (4e12 * output) as i64,
                }
            })
            .collect()
    }

    #[test]
    fn the_slopes_and_spreads_that_were_put_in_come_out() {
        let (now, then) = (counties(2.0), counties(1.0));
        let urban = moments(&now, &then, 0);
        let rural = moments(&now, &then, 1);
        assert!(
            (urban.elasticity_income - 0.5).abs() < 1e-6 && (rural.elasticity_income - 0.25).abs() < 1e-6
        );
        assert!(
            (urban.elasticity_growth - 0.5).abs() < 1e-6 && (rural.elasticity_growth - 0.25).abs() < 1e-6
        );
        // Twenty evenly spaced points a tenth apart: (n^2 - 1)/12 steps squared.
        let sd = libm::sqrt(399.0 / 12.0) * 0.1;
        assert!((urban.sd_log_income - sd).abs() < 1e-6 && (rural.sd_log_income - sd / 2.0).abs() < 1e-6);
    }

    #[test]
    fn few_counties_say_nothing_and_the_base_year_has_no_growth() {
        let all = counties(1.0);
        assert!(moments(&all[..9], &[], 0).sd_log_income.is_nan());
        let base = moments(&all, &[], 0);
        assert!(base.sd_log_income > 0.0 && base.elasticity_growth.is_nan());
    }
}
