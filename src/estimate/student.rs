//! Student's t and the normal distribution: probabilities and quantiles to about 1e-12, for intervals.

/// The regularised incomplete beta function I_x(a, b) by its continued fraction (Lentz's method; Press,
/// Teukolsky, Vetterling and Flannery, Numerical Recipes, 6.4). `rest` is 1 - x, asked for separately
/// because it loses its digits in a subtraction when x is near 1.
pub(crate) fn incomplete_beta(x: f64, rest: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if rest <= 0.0 {
        return 1.0;
    }
    // The fraction converges fast on this side of the mean only.
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta(rest, x, b, a);
    }
    let log = |of: f64, complement: f64| if of > 0.5 { libm::log1p(-complement) } else { libm::log(of) };
    let front = libm::exp(a * log(x, rest) + b * log(rest, x) - log_beta(a, b)) / a;
    let away = |v: f64| if v.abs() < 1e-300 { 1e-300 } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / away(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for m in 1..2000 {
        let m = f64::from(m);
        for numerator in [
            m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0)),
        ] {
            d = 1.0 / away(1.0 + numerator * d);
            c = away(1.0 + numerator / c);
            fraction *= c * d;
        }
        if (c * d - 1.0).abs() < 1e-16 {
            break;
        }
    }
    front * fraction
}

/// ln B(a, b). For a large argument the logarithms of the two large gamma functions would cancel, so their
/// difference comes from Stirling's series.
fn log_beta(a: f64, b: f64) -> f64 {
    let (large, small) = (a.max(b), a.min(b));
    if large < 50.0 {
        return libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
    }
    let series = |x: f64| (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / (1260.0 * x * x)) / (x * x)) / x;
    let sum = large + small;
    let difference = small * libm::log(sum) + (large - 0.5) * libm::log1p(small / large) - small
        + series(sum)
        - series(large);
    libm::lgamma(small) - difference
}

/// Probability that |T| exceeds `|t|` with `degrees` of freedom; infinite degrees are the normal law.
pub(crate) fn two_sided_p(t: f64, degrees: f64) -> f64 {
    if degrees.is_infinite() {
        return libm::erfc(t.abs() / std::f64::consts::SQRT_2);
    }
    let square = t * t;
    incomplete_beta(degrees / (degrees + square), square / (degrees + square), degrees / 2.0, 0.5)
}

/// The t that |T| exceeds with probability `1 - level`: half the width of an interval of that level in
/// standard errors. NaN unless `0 < level < 1` and `degrees > 0`.
pub(crate) fn two_sided_quantile(level: f64, degrees: f64) -> f64 {
    if !(level > 0.0 && level < 1.0 && degrees > 0.0) {
        return f64::NAN;
    }
    let outside = 1.0 - level;
    let mut high = 1.0;
    while two_sided_p(high, degrees) > outside {
        high *= 2.0;
    }
    let mut low = 0.0;
    // Bisection to the last bit: some sixty steps, and nothing that could go wrong.
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            return high;
        }
        if two_sided_p(middle, degrees) > outside {
            low = middle;
        } else {
            high = middle;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed with scipy 1.17.1, `stats.t.ppf((1 + level) / 2, degrees)` and `2 stats.t.sf(t, degrees)`.
    #[test]
    fn quantiles_and_probabilities_agree_with_scipy() {
        for (level, degrees, t) in QUANTILES {
            let found = two_sided_quantile(level, degrees);
            assert!((found / t - 1.0).abs() < 1e-11, "{level} {degrees}: {found} is not {t}");
        }
        for (t, degrees, p) in PROBABILITIES {
            let found = two_sided_p(t, degrees);
            assert!((found / p - 1.0).abs() < 1e-11, "{t} {degrees}: {found} is not {p}");
        }
    }

    const QUANTILES: [(f64, f64, f64); 10] = [
        (0.95, 1.0, 12.706204736174694),
        (0.95, 2.0, 4.302652729749462),
        (0.9, 4.0, 2.131846786326651),
        (0.99, 19.0, 2.8609346064649794),
        (0.999, 3.0, 12.923978636687476),
        (0.5, 30.0, 0.6827556933212927),
        (0.95, 1000.0, 1.9623390808264083),
        (0.95, 1000000.0, 1.959966356814107),
        (0.68, 0.5, 3.9801623031384805),
        (0.95, f64::INFINITY, 1.959963984540054),
    ];
    const PROBABILITIES: [(f64, f64, f64); 6] = [
        (0.1, 1.0, 0.936548965138893),
        (2.0, 5.0, 0.10193947882985835),
        (10.0, 8.0, 8.488181527628489e-06),
        (3.3, 200.0, 0.0011447226651288877),
        (0.001, 40.0, 0.9992070862860574),
        (25.0, 12.0, 1.0164797615466309e-11),
    ];

    #[test]
    fn impossible_levels_have_no_quantile() {
        assert!(two_sided_quantile(1.0, 5.0).is_nan() && two_sided_quantile(0.9, 0.0).is_nan());
    }
}
