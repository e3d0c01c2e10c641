//! Pay and unemployment of a cell: a wage curve around a norm (Blanchflower and Oswald 1994).
//!
//! Hats are logs of a value over its base-year value. `m` is the hat of a cell's own marginal product at usual
//! employment, `A` what the province's pay has in common:
//!
//! ```text
//! ln(w/w0) = theta m + (1 - theta) A - beta x      x = zeta (ln(w/w0) - m)       pay, and what labour costs over its product
//! u        = U e^x, within U/5 and 3/10
//! ```
//!
//! Solved for the wage: `ln(w/w0) = o m + (1 - o) A` with `o = (theta + beta zeta)/(1 + beta zeta)`.

/// Least unemployment over its usual rate, and the greatest rate.
const LEAST: f64 = 0.2;
const GREATEST: f64 = 0.3;

/// The law of pay outside farming.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct WageCurve {
    /// Weight theta of the cell's own product in the norm of pay.
    pub own_weight: f64,
    /// Fall beta of pay per rise of the log unemployment rate.
    pub slope: f64,
    /// Rise zeta of the log unemployment rate with labour cost over its product.
    pub job_creation: f64,
}

impl WageCurve {
    /// Part `o` of a rise of the own product that pay follows once unemployment has answered.
    pub(crate) fn pass_through(&self) -> f64 {
        let answer = self.slope * self.job_creation;
        (self.own_weight + answer) / (1.0 + answer)
    }

    /// What the pay of a province has in common, A: at it labour keeps its share of value added,
    /// `sum b e^m = sum b e^(o m + (1-o) A)`. Cells are base-year pay at today's usual employment, b, and the hat m.
    /// Nothing if pay follows the own product alone, or if nobody works.
    pub(crate) fn common(&self, cells: &[(f64, f64)]) -> f64 {
        let o = self.pass_through();
        let sum = |power: f64| cells.iter().map(|(bill, hat)| bill * libm::exp(power * hat)).sum::<f64>();
        let (products, paid) = (sum(1.0), sum(o));
        if o >= 1.0 || products <= 0.0 || paid <= 0.0 { 0.0 } else { libm::log(products / paid) / (1.0 - o) }
    }

    /// Hat of pay.
    pub(crate) fn pay(&self, product: f64, common: f64) -> f64 {
        let o = self.pass_through();
        if o >= 1.0 { product } else { o * product + (1.0 - o) * common }
    }

    /// Unemployment rate where it is `usual` in the base year, at hats of pay and product. None stays none.
    pub(crate) fn unemployment(&self, usual: f64, pay: f64, product: f64) -> f64 {
        if usual <= 0.0 {
            return 0.0;
        }
        (usual * libm::exp(self.job_creation * (pay - product))).clamp(LEAST * usual, GREATEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CURVE: WageCurve = WageCurve { own_weight: 0.3, slope: 0.1, job_creation: 2.0 };

    #[test]
    fn pay_solves_the_curve_and_the_norm_together() {
        for (product, common) in [(0.0, 0.0), (0.4, 0.1), (-0.3, 0.2)] {
            let pay = CURVE.pay(product, common);
            let x = 2.0 * (pay - product);
            assert!((pay - (0.3 * product + 0.7 * common - 0.1 * x)).abs() < 1e-15);
            let u = CURVE.unemployment(0.05, pay, product);
            assert!((libm::log(u / 0.05) - x).abs() < 1e-14, "{u}");
        }
    }

    #[test]
    fn the_common_part_keeps_labours_share() {
        let cells = [(100.0, 0.5), (40.0, -0.2), (10.0, 0.0)];
        let common = CURVE.common(&cells);
        let products: f64 = cells.iter().map(|(b, m)| b * libm::exp(*m)).sum();
        let paid: f64 = cells.iter().map(|(b, m)| b * libm::exp(CURVE.pay(*m, common))).sum();
        assert!((paid / products - 1.0).abs() < 1e-14);
    }

    #[test]
    fn what_moves_all_cells_alike_moves_pay_alike_and_costs_no_job() {
        let common = CURVE.common(&[(100.0, 0.3), (40.0, 0.3)]);
        let pay = CURVE.pay(0.3, common);
        assert!((pay - 0.3).abs() < 1e-14);
        assert!((CURVE.unemployment(0.05, pay, 0.3) - 0.05).abs() < 1e-15);
    }

    #[test]
    fn with_full_weight_of_the_own_product_pay_is_the_product() {
        let neutral = WageCurve { own_weight: 1.0, slope: 0.0, job_creation: 0.0 };
        assert_eq!(neutral.pass_through(), 1.0);
        assert_eq!((neutral.pay(0.7, 9.0), neutral.common(&[(1.0, 0.7)])), (0.7, 0.0));
        assert_eq!(neutral.unemployment(0.0, 0.7, 0.7), 0.0);
    }

    #[test]
    fn unemployment_stays_within_its_bounds() {
        assert_eq!(CURVE.unemployment(0.05, 5.0, 0.0), 0.3);
        assert_eq!(CURVE.unemployment(0.05, -5.0, 0.0), 0.2 * 0.05);
        assert_eq!(CURVE.unemployment(0.05, 0.0, f64::NEG_INFINITY), 0.3);
    }
}
