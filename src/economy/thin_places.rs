//! Prices and rents of places with few people: the spending of a handful sets neither.

/// Log prices of the places of a prefecture, `(n ln p_j + n_0 ln pbar)/(n + n_0)` with `ln pbar = sum n ln p/sum n`: each place that has
/// one gives its n and its log, and n_0 is `thin`. A place without one has the mean of the prefecture.
pub(super) fn shrunk(places: &[Option<(f64, f64)>], thin: f64) -> Vec<f64> {
    let (mut people, mut sum) = (0.0, 0.0);
    for (n, log) in places.iter().flatten() {
        people += n;
        sum += n * log;
    }
    let mean = if people > 0.0 { sum / people } else { 0.0 };
    places.iter().map(|place| place.map_or(mean, |(n, log)| (n * log + thin * mean) / (n + thin))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thin_place_has_the_price_of_its_prefecture_and_a_large_one_its_own() {
        let prices = shrunk(&[Some((1e6, 0.2)), Some((50.0, 3.0)), None], 5_000.0);
        let mean = (1e6 * 0.2 + 50.0 * 3.0) / 1_000_050.0;
        assert!(
            (prices[0] - 0.2).abs() < 1e-4 && (prices[1] - mean).abs() < 0.03 && prices[2] == mean,
            "{prices:?}"
        );
        assert_eq!(shrunk(&[Some((7.0, 0.5)), Some((9.0, 0.1))], 0.0), [0.5, 0.1]);
        assert_eq!(shrunk(&[None], 0.0), [0.0]);
    }
}
