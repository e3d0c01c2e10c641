//! C14. A wage curve around a norm (Blanchflower and Oswald 1994): pay and unemployment of cells whose products part.

use super::solve::bisect;
use super::{require, require_positive};
use crate::Result;

/// The elasticities of the law.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Law {
    /// Weight of the own product in the norm.
    pub own: f64,
    /// Fall of log pay per log point of unemployment.
    pub slope: f64,
    /// Log points of unemployment per log point of labour cost over its product.
    pub jobs: f64,
    /// Unemployment rate where pay and product are what they were.
    pub usual: f64,
}

/// Growth of pay and unemployment of each cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Solution {
    /// Pay over what it was.
    pub pay: Vec<f64>,
    /// Unemployment rate.
    pub unemployment: Vec<f64>,
}

/// Solves `ln w = own m + (1 - own) A - slope ln(u/u0)`, `u = u0 (w e^-m)^jobs` for every cell, and A so that pay summed
/// over cells grows as products do. Cells: base-year bill and growth of the product. Bounds of u are not looked at.
pub(crate) fn solve(law: Law, bills: &[f64], products: &[f64]) -> Result<Solution> {
    require_positive(&[("bill", bills), ("growth of the product", products)])?;
    require(law.own < 1.0, "weight of the own product", law.own, "below 1")?;
    // Pay of a cell at A: the curve falls in pay, pay rises in pay.
    let pay = |product: f64, common: f64| {
        let excess = |w: f64| {
            let curve = law.slope * law.jobs * (w - libm::log(product));
            w - (law.own * libm::log(product) + (1.0 - law.own) * common - curve)
        };
        bisect(-50.0, 50.0, excess)
    };
    let target: f64 = bills.iter().zip(products).map(|(b, p)| b * p).sum();
    let excess = |common: f64| -> f64 {
        let paid = bills.iter().zip(products).map(|(b, p)| pay(*p, common).map(|w| b * libm::exp(w)));
        paid.sum::<Result<f64>>().map_or(f64::NAN, |paid| libm::log(paid / target))
    };
    let common = bisect(-20.0, 20.0, excess)?;
    let logs = products.iter().map(|p| pay(*p, common)).collect::<Result<Vec<f64>>>()?;
    Ok(Solution {
        unemployment: logs
            .iter()
            .zip(products)
            .map(|(w, p)| law.usual * libm::pow(libm::exp(*w) / p, law.jobs))
            .collect(),
        pay: logs.into_iter().map(libm::exp).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Own weight 0 and no curve: all pay grows alike, by the bill-weighted mean of products (100 x 1.3 + 100 x .9)/200.
    #[test]
    fn without_own_weight_and_curve_everybody_gets_the_mean() {
        let law = Law { own: 0.0, slope: 0.0, jobs: 2.0, usual: 0.05 };
        let found = solve(law, &[100.0, 100.0], &[1.3, 0.9]).unwrap();
        assert!(found.pay.iter().all(|w| (w - 1.1).abs() < 1e-12), "{found:?}");
        assert!((found.unemployment[0] - 0.05 * (1.1 / 1.3) * (1.1 / 1.3)).abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn a_common_rise_moves_all_alike() {
        let law = Law { own: 0.3, slope: 0.1, jobs: 2.0, usual: 0.05 };
        let found = solve(law, &[100.0, 20.0], &[1.2, 1.2]).unwrap();
        assert!(found.pay.iter().all(|w| (w - 1.2).abs() < 1e-12), "{found:?}");
        assert!(found.unemployment.iter().all(|u| (u - 0.05).abs() < 1e-12), "{found:?}");
    }
}
