//! Inequality of incomes among persons or places: Gini's index, and Theil's T split between and within
//! groups.

use super::unusable;
use crate::Result;
use crate::messages;

/// Gini's index of `values` (incomes) that stand for `weights` (persons): half the mean absolute difference
/// of two random persons over the mean. 0 is equality; with all income at one of many it approaches 1.
///
/// `G = 1 - sum_i f_i (S_i + S_{i-1})`, values in increasing order, f the share of persons and S the
/// cumulative share of income: the area under the Lorenz curve by trapezia, without a small-sample factor.
pub(crate) fn gini(values: &[f64], weights: &[f64]) -> Result<f64> {
    let (persons, income) = totals(values, weights)?;
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut below = 0.0;
    let mut area = 0.0;
    for i in order {
        let part = weights[i] * values[i];
        area += weights[i] * (2.0 * below + part);
        below += part;
    }
    // Rounding may leave equal incomes a hair below zero.
    Ok((1.0 - area / (persons * income)).max(0.0))
}

/// Theil's T, `sum_i f_i (y_i/m) ln(y_i/m)`: 0 is equality, `ln n` one of n has all. Zero incomes add
/// nothing.
#[cfg(test)]
pub(crate) fn theil(values: &[f64], weights: &[f64]) -> Result<f64> {
    let (persons, income) = totals(values, weights)?;
    Ok(theil_about(income / persons, persons, values.iter().zip(weights)))
}

fn theil_about<'a>(mean: f64, persons: f64, rows: impl Iterator<Item = (&'a f64, &'a f64)>) -> f64 {
    let terms = rows.filter(|&(&y, &w)| y > 0.0 && w > 0.0).map(|(&y, &w)| {
        let ratio = y / mean;
        w / persons * ratio * libm::log(ratio)
    });
    terms.sum::<f64>().max(0.0)
}

/// One group in a decomposition of Theil's T.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct TheilGroup {
    /// Label that the caller gave it.
    pub group: usize,
    /// Share of persons.
    pub population_share: f64,
    /// Share of income, by which its inner inequality counts.
    pub income_share: f64,
    /// Theil's T inside the group.
    pub theil: f64,
}

/// Theil's T and its parts, `total = between + within` (Theil 1967; Shorrocks 1980).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TheilDecomposition {
    /// Theil's T over everybody; 0 is equality.
    pub total: f64,
    /// What would be left if everybody had the mean income of his group: `sum_g s_g ln(s_g/f_g)`.
    pub between: f64,
    /// `sum_g s_g T_g`, s_g the income share of group g.
    pub within: f64,
    /// In the order of the group numbers.
    pub groups: Vec<TheilGroup>,
}

/// Splits Theil's T between and within groups: counties, prefectures, city and village.
pub(crate) fn theil_by_group(
    values: &[f64],
    weights: &[f64],
    groups: &[usize],
) -> Result<TheilDecomposition> {
    let (persons, income) = totals(values, weights)?;
    if groups.len() != values.len() {
        return Err(unusable(
            messages::about_groups(),
            messages::groups_for_values(groups.len(), values.len()),
            messages::one_group_a_value(),
        ));
    }
    let mut order: Vec<usize> = (0..values.len()).filter(|&i| weights[i] > 0.0).collect();
    order.sort_by_key(|&i| groups[i]); // stable: rows keep their order inside a group
    let mut parts = Vec::new();
    let (mut between, mut within) = (0.0, 0.0);
    for rows in order.chunk_by(|&a, &b| groups[a] == groups[b]) {
        let group_persons: f64 = rows.iter().map(|&i| weights[i]).sum();
        let group_income: f64 = rows.iter().map(|&i| weights[i] * values[i]).sum();
        let (population_share, income_share) = (group_persons / persons, group_income / income);
        let mut inner = 0.0;
        if group_income > 0.0 {
            let members = rows.iter().map(|&i| (&values[i], &weights[i]));
            inner = theil_about(group_income / group_persons, group_persons, members);
            between += income_share * libm::log(income_share / population_share);
        }
        within += income_share * inner;
        parts.push(TheilGroup { group: groups[rows[0]], population_share, income_share, theil: inner });
    }
    let total = theil_about(income / persons, persons, values.iter().zip(weights));
    Ok(TheilDecomposition { total, between: between.max(0.0), within, groups: parts })
}

/// Sum of weights and of weighted values, of usable data.
fn totals(values: &[f64], weights: &[f64]) -> Result<(f64, f64)> {
    if values.len() != weights.len() {
        return Err(unusable(
            messages::about_incomes(),
            messages::values_and_weights(values.len(), weights.len()),
            messages::one_weight_a_value(),
        ));
    }
    for (what, column) in [("incomes", values), ("weights", weights)] {
        if let Some(row) = column.iter().position(|v| !(v.is_finite() && *v >= 0.0)) {
            return Err(unusable(
                messages::what_in_row(what, row + 1),
                messages::as_is(column[row]),
                messages::finite_from_zero(),
            ));
        }
    }
    let persons: f64 = weights.iter().sum();
    let income: f64 = values.iter().zip(weights).map(|(y, w)| y * w).sum();
    if !(persons > 0.0 && income > 0.0) {
        return Err(unusable(
            messages::about_incomes(),
            messages::weight_and_income(persons, income),
            messages::both_above_zero(),
        ));
    }
    Ok((persons, income))
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUES: [f64; 8] = [12.0, 7.5, 30.0, 0.0, 18.0, 55.0, 7.5, 21.0];
    const WEIGHTS: [f64; 8] = [3.0, 10.0, 1.5, 2.0, 4.0, 0.5, 6.0, 2.5];
    const GROUPS: [usize; 8] = [2, 1, 2, 1, 2, 5, 1, 5];

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-14, "{found} is not {expected}");
    }

    /// Computed with numpy 2.4.6 from the definitions: all pairs of persons for Gini, group means for Theil.
    #[test]
    fn indices_agree_with_their_definitions() {
        assert_eq!(gini(&[1.0, 3.0], &[1.0, 1.0]).unwrap(), 0.25);
        close(gini(&VALUES, &WEIGHTS).unwrap(), GINI);
        let split = theil_by_group(&VALUES, &WEIGHTS, &GROUPS).unwrap();
        close(split.total, THEIL);
        close(theil(&VALUES, &WEIGHTS).unwrap(), THEIL);
        close(split.between, BETWEEN);
        close(split.within, THEIL - BETWEEN);
        assert_eq!(split.groups.iter().map(|g| g.group).collect::<Vec<_>>(), [1, 2, 5]);
        for (group, expected) in split.groups.iter().zip(GROUP_THEIL) {
            close(group.theil, expected);
        }
    }

    const GINI: f64 = 0.3466653862774283;
    const THEIL: f64 = 0.24439456101625437;
    const BETWEEN: f64 = 0.15971944387672865;
    const GROUP_THEIL: [f64; 3] = [0.11778303565638347, 0.054839275670429156, 0.09207428617388626];

    #[test]
    fn extremes_are_zero_and_one_less_one_nth() {
        let mut rich = vec![0.0; 10];
        rich[3] = 8.0;
        close(gini(&rich, &[1.0; 10]).unwrap(), 0.9);
        close(theil(&rich, &[1.0; 10]).unwrap(), libm::log(10.0));
        assert_eq!(gini(&[0.1; 10], &[0.3; 10]).unwrap().max(1e-15), 1e-15);
        assert_eq!(theil(&[4.0; 10], &[1.0; 10]).unwrap(), 0.0);
    }

    #[test]
    fn a_weight_is_as_good_as_repetition() {
        let (a, b) = ([1.0, 2.0, 7.0], [1.0, 1.0, 1.0, 2.0, 7.0, 7.0]);
        let weights = [3.0, 1.0, 2.0];
        close(gini(&a, &weights).unwrap(), gini(&b, &[1.0; 6]).unwrap());
        close(theil(&a, &weights).unwrap(), theil(&b, &[1.0; 6]).unwrap());
    }

    #[test]
    fn debts_are_refused_with_the_row() {
        let message = gini(&[1.0, -2.0], &[1.0, 1.0]).unwrap_err().to_string();
        assert!(message.contains("incomes, row 2"), "{message}");
        assert!(theil(&[0.0, 0.0], &[1.0, 1.0]).is_err());
    }
}
