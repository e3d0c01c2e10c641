//! Huber's weights: residuals far out count less (Huber 1964, Annals of Mathematical Statistics 35(1)).

/// Tuning constant of Huber's weights: 95 % efficient under normal errors.
pub(crate) const HUBER: f64 = 1.345;
/// Spread of residuals: median absolute value over .6745.
pub(crate) fn robust_scale(e: &[f64]) -> f64 {
    let mut sizes: Vec<f64> = e.iter().map(|e| e.abs()).collect();
    sizes.sort_by(f64::total_cmp);
    (sizes[sizes.len() / 2] / 0.6745).max(1e-9)
}

/// Weight of a residual, one near zero.
pub(crate) fn huber_weight(e: f64, scale: f64) -> f64 {
    let u = e.abs() / scale;
    if u <= HUBER { 1.0 } else { HUBER / u }
}

/// Loss of a residual: square near zero, straight beyond the tuning constant.
pub(crate) fn huber_loss(e: f64, scale: f64) -> f64 {
    let u = e.abs() / scale;
    if u <= HUBER { 0.5 * u * u } else { HUBER * (u - 0.5 * HUBER) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn residuals_far_out_count_less_and_the_loss_has_no_kink() {
        assert_eq!((huber_weight(0.5, 1.0), huber_weight(-2.0 * HUBER, 1.0)), (1.0, 0.5));
        let (inside, outside) = (huber_loss(HUBER - 1e-9, 1.0), huber_loss(HUBER + 1e-9, 1.0));
        assert!((outside - inside).abs() < 1e-8 && (inside - 0.5 * HUBER * HUBER).abs() < 1e-8);
        assert_eq!(robust_scale(&[0.6745, -0.6745, 100.0, 0.0, -0.6745]), 1.0);
    }
}
