//! How well predicted growth agrees with counted growth.

use std::collections::BTreeMap;

use super::targets::Targets;
use crate::world::Geography;

/// Agreement of predicted and counted `ln(end/start)` over some units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Score {
    /// Number of units compared.
    pub units: usize,
    /// Pearson correlation; 0 if the prediction does not vary.
    pub r: f64,
    /// `1 - sum (y - p)^2 / sum (y - mean y)^2`.
    pub r2: f64,
    /// The same after both lost their means: what is left if the common level is given away.
    pub centred_r2: f64,
    /// Mean absolute error, log points.
    pub mae: f64,
}

/// Scores predicted against counted log growth.
pub fn score(actual: &[f64], predicted: &[f64]) -> Score {
    let n = actual.len();
    if n == 0 {
        return Score::default();
    }
    let mean = |v: &[f64]| v.iter().sum::<f64>() / n as f64;
    let (y, p) = (mean(actual), mean(predicted));
    let (mut yy, mut pp, mut yp, mut raw, mut centred, mut absolute) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    for (a, b) in actual.iter().zip(predicted) {
        yy += (a - y) * (a - y);
        pp += (b - p) * (b - p);
        yp += (a - y) * (b - p);
        raw += (a - b) * (a - b);
        centred += (a - y - b + p) * (a - y - b + p);
        absolute += (a - b).abs();
    }
    let flat = pp <= 1e-18 || yy <= 1e-18;
    let ratio = |e: f64| if yy > 0.0 { 1.0 - e / yy } else { f64::NAN };
    Score {
        units: n,
        r: if flat { 0.0 } else { yp / (yy * pp).sqrt() },
        r2: ratio(raw),
        centred_r2: ratio(centred),
        mae: absolute / n as f64,
    }
}

/// Log growth of groups of targets: actual and predicted, by key.
fn grouped(
    targets: &Targets,
    geography: &Geography,
    population: &[f64],
    key: impl Fn(usize) -> usize,
) -> (Vec<f64>, Vec<f64>) {
    let mut sums: BTreeMap<usize, [f64; 4]> = BTreeMap::new();
    for t in &targets.list {
        let sum = sums.entry(key(t.counties[0])).or_default();
        sum[0] += t.population_start;
        sum[1] += t.population_end;
        for &c in &t.counties {
            sum[2] += super::targets::residents(geography, c);
            sum[3] += population[c];
        }
    }
    sums.values().map(|s| (libm::log(s[1] / s[0]), libm::log(s[3].max(1.0) / s[2].max(1.0)))).unzip()
}

/// Newcomers below this many tell more of chance and of borders than of a law.
pub(crate) const LEAST_NEWCOMERS: f64 = 1000.0;

/// Log growth of the newcomers of units where they were counted, counted and predicted from newcomers by county.
pub(crate) fn newcomers(targets: &Targets, base: &[f64], end: &[f64]) -> (Vec<f64>, Vec<f64>) {
    newcomers_of(targets, None, base, end)
}

/// The same of newcomers from the own province (0) or from others (1), or from both.
pub(crate) fn newcomers_of(
    targets: &Targets,
    origin: Option<usize>,
    base: &[f64],
    end: &[f64],
) -> (Vec<f64>, Vec<f64>) {
    targets
        .list
        .iter()
        .filter_map(|t| {
            let [before, after] = t.newcomers?.map(|n| origin.map_or(n[0] + n[1], |o| n[o]));
            let sum = |v: &[f64]| t.counties.iter().map(|&c| v[c]).sum::<f64>().max(1.0);
            (before.min(after) >= LEAST_NEWCOMERS)
                .then(|| (libm::log(after / before), libm::log(sum(end) / sum(base))))
        })
        .unzip()
}

/// Error of the predicted urban share over units that were counted: the share as such, not its growth.
pub(crate) fn urban_error(targets: &Targets, population: &[f64], urban: &[f64]) -> Score {
    let (actual, predicted): (Vec<f64>, Vec<f64>) = targets
        .list
        .iter()
        .filter_map(|t| {
            let sum = |v: &[f64]| t.counties.iter().map(|&c| v[c]).sum::<f64>();
            Some((t.urban_end? / t.population_end, sum(urban) / sum(population).max(1.0)))
        })
        .unzip();
    score(&actual, &predicted)
}

/// Error of the predicted share of children among residents, over units where they were counted.
pub(crate) fn children_error(targets: &Targets, population: &[f64], children: &[f64]) -> Score {
    let (actual, predicted): (Vec<f64>, Vec<f64>) = targets
        .list
        .iter()
        .filter_map(|t| {
            let sum = |v: &[f64]| t.counties.iter().map(|&c| v[c]).sum::<f64>();
            Some((t.children? / t.population_end, sum(children) / sum(population).max(1.0)))
        })
        .unzip();
    score(&actual, &predicted)
}

/// Scores by unit, by prefecture (totals of its targets, on which boundaries between its units do not
/// matter), by province, and of districts and counties alone.
pub fn by_level(targets: &Targets, geography: &Geography, population: &[f64]) -> Vec<(String, Score)> {
    let predicted = targets.predicted(geography, population);
    let actual = targets.growth();
    let mut rows = vec![("units".to_owned(), score(&actual, &predicted))];
    for (name, wanted) in [("  districts", true), ("  counties", false)] {
        let (a, p): (Vec<f64>, Vec<f64>) = targets
            .list
            .iter()
            .zip(actual.iter().zip(&predicted))
            .filter(|(t, _)| geography.counties[t.counties[0]].district == wanted)
            .map(|(_, (a, p))| (*a, *p))
            .unzip();
        if !a.is_empty() {
            rows.push((name.to_owned(), score(&a, &p)));
        }
    }
    let (a, p) = grouped(targets, geography, population, |c| geography.counties[c].prefecture);
    rows.push(("prefectures".to_owned(), score(&a, &p)));
    let (a, p) = grouped(targets, geography, population, |c| geography.counties[c].province);
    if a.len() > 2 {
        rows.push(("provinces".to_owned(), score(&a, &p)));
    }
    for (i, province) in geography.provinces.iter().enumerate() {
        let part = Targets {
            list: targets
                .list
                .iter()
                .filter(|t| geography.counties[t.counties[0]].province == i)
                .cloned()
                .collect(),
            ..Default::default()
        };
        if !part.list.is_empty() {
            let s = score(&part.growth(), &part.predicted(geography, population));
            rows.push((format!("units of {}", province.name), s));
            let (a, p) = grouped(&part, geography, population, |c| geography.counties[c].province);
            let level =
                Score { units: 1, r: f64::NAN, r2: f64::NAN, centred_r2: f64::NAN, mae: (a[0] - p[0]).abs() };
            rows.push((format!("total of {}", province.name), level));
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shifted_prediction_has_full_correlation_and_only_a_centred_fit() {
        let actual = [0.1, -0.2, 0.3, 0.0];
        let predicted = actual.map(|a| a + 0.5);
        let s = score(&actual, &predicted);
        assert!((s.r - 1.0).abs() < 1e-12 && (s.centred_r2 - 1.0).abs() < 1e-12);
        assert!((s.mae - 0.5).abs() < 1e-12 && s.r2 < 0.0);
        assert_eq!(score(&actual, &[0.1; 4]).r, 0.0);
    }
}
