//! How far chance may carry a simulated number: the tolerance rule of every stochastic check.

/// z of one checked number: a false alarm with probability 6e-7.
pub(crate) const Z: f64 = 5.0;

/// Tolerance of a share p estimated from N independent agents, `z sqrt(p(1-p)/N) + bias`.
pub(crate) fn share(p: f64, agents: f64, bias: f64) -> f64 {
    Z * libm::sqrt(p * (1.0 - p) / agents) + bias
}

/// Tolerance of a count of survivors among n, each surviving with probability s: `z sqrt(n s (1-s))`.
pub(crate) fn binomial_count(n: f64, s: f64) -> f64 {
    Z * libm::sqrt(n * s * (1.0 - s))
}

/// Tolerance of a Poisson count with the given mean, such as births: `z sqrt(mean)`.
pub(crate) fn poisson_count(mean: f64) -> f64 {
    Z * libm::sqrt(mean)
}

/// The bias that T steps leave of a wrong start: `|lambda_2|^T`.
pub(crate) fn mixing_bias(second_eigenvalue: f64, steps: u32) -> f64 {
    libm::pow(second_eigenvalue.abs(), f64::from(steps))
}

/// The effective number of unequal parts, `(sum k)^2 / sum k^2` (Kish 1965): a share of money made of such
/// parts is as noisy as a share of so many equal ones.
pub(crate) fn effective_number(sizes: &[f64]) -> f64 {
    let sum: f64 = sizes.iter().sum();
    let squares: f64 = sizes.iter().map(|k| k * k).sum();
    sum * sum / squares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_by_pencil() {
        assert!((share(0.5, 10_000.0, 1e-9) - 0.025_000_001).abs() < 1e-15);
        assert_eq!(binomial_count(400.0, 0.5), 50.0);
        assert_eq!(poisson_count(16.0), 20.0);
        assert_eq!(mixing_bias(-0.5, 3), 0.125);
        assert_eq!(effective_number(&[2.0; 7]), 7.0);
        assert_eq!(effective_number(&[3.0, 1.0]), 1.6);
    }
}
