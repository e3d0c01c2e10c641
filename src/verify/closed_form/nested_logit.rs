//! C11. Nested logit (McFadden 1978): alternatives in one nest are closer substitutes than others.

use super::{require, shares_of_exponentials, unusable};
use crate::Result;
use crate::messages;

/// Choice probabilities and their elasticities.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NestedLogit {
    /// P_i.
    pub probabilities: Vec<f64>,
    /// P_(i|B), within the nest.
    pub conditional: Vec<f64>,
    /// Row i, column j: d ln P_i / d V_j.
    pub elasticities: Vec<Vec<f64>>,
}

/// Probabilities `P_i = P_(i|B) P_B`, `P_(i|B) prop. to e^(V_i/lambda_B)`,
/// `P_B prop. to (sum_B e^(V_i/lambda_B))^lambda_B`, with `nest[i]` the nest of alternative i and
/// `dissimilarity[b]` = lambda_b in (0, 1]; 1 everywhere is the plain logit.
///
/// Elasticities to V_j: own `(1/lambda)(1 - P_(j|B)) + P_(j|B)(1 - P_B)`, same nest
/// `P_(j|B)(1 - 1/lambda) - P_j`, other nest `-P_j`.
pub(crate) fn nested_logit(value: &[f64], nest: &[usize], dissimilarity: &[f64]) -> Result<NestedLogit> {
    let n = value.len();
    if n == 0 || nest.len() != n || nest.iter().any(|&b| b >= dissimilarity.len()) {
        return Err(unusable(
            messages::nested_logit(),
            messages::values_nests_dissimilarities(n, format_args!("{nest:?}"), dissimilarity.len()),
            messages::a_nest_for_each(),
        ));
    }
    value.iter().try_for_each(|&v| require(v.is_finite(), "value", v, "a finite number"))?;
    dissimilarity
        .iter()
        .try_for_each(|&l| require(l > 0.0 && l <= 1.0, "dissimilarity", l, "above 0, at most 1"))?;

    let mut conditional = vec![0.0; n];
    let mut inclusive = vec![f64::NEG_INFINITY; dissimilarity.len()];
    for (b, lambda) in dissimilarity.iter().enumerate() {
        let members: Vec<usize> = (0..n).filter(|&i| nest[i] == b).collect();
        let Some(greatest) = members.iter().map(|&i| value[i]).reduce(f64::max) else { continue };
        let sum: f64 = members.iter().map(|&i| libm::exp((value[i] - greatest) / lambda)).sum();
        for &i in &members {
            conditional[i] = libm::exp((value[i] - greatest) / lambda) / sum;
        }
        inclusive[b] = greatest + lambda * libm::log(sum);
    }
    let of_nest = shares_of_exponentials(&inclusive);
    let probabilities: Vec<f64> = (0..n).map(|i| conditional[i] * of_nest[nest[i]]).collect();
    let elasticity = |i: usize, j: usize| {
        let lambda = dissimilarity[nest[j]];
        if i == j {
            (1.0 - conditional[j]) / lambda + conditional[j] * (1.0 - of_nest[nest[j]])
        } else if nest[i] == nest[j] {
            conditional[j] * (1.0 - 1.0 / lambda) - probabilities[j]
        } else {
            -probabilities[j]
        }
    };
    let elasticities = (0..n).map(|i| (0..n).map(|j| elasticity(i, j)).collect()).collect();
    Ok(NestedLogit { probabilities, conditional, elasticities })
}

#[cfg(test)]
mod tests {
    use super::super::assert_near;
    use super::*;

    fn value() -> Vec<f64> {
        [3.0, 2.0, 1.0].map(libm::log).to_vec()
    }

    #[test]
    fn two_nests_give_the_worked_numbers() {
        let found = nested_logit(&value(), &[0, 1, 1], &[1.0, 0.5]).unwrap();
        assert_near(&found.probabilities, &[0.572949, 0.341641, 0.085410], 5e-7);
        let to_second: Vec<f64> = found.elasticities.iter().map(|row| row[1]).collect();
        assert_near(&to_second, &[-0.341641, 0.858359, -1.141641], 5e-7);
        // 3 : sqrt(5) between the nests and 4 : 1 inside, by pencil.
        let root = libm::sqrt(5.0);
        let exact = [3.0 / (3.0 + root), 0.8 * root / (3.0 + root), 0.2 * root / (3.0 + root)];
        assert_near(&found.probabilities, &exact, 1e-12);
    }

    #[test]
    fn full_dissimilarity_is_the_plain_logit() {
        let found = nested_logit(&value(), &[0, 1, 1], &[1.0, 1.0]).unwrap();
        assert_near(&found.probabilities, &[0.5, 1.0 / 3.0, 1.0 / 6.0], 1e-12);
    }

    #[test]
    fn elasticities_are_derivatives() {
        let (value, nest, lambda) = ([0.3, -1.0, 2.0, 0.7, 0.0], [1, 0, 1, 0, 2], [0.6, 0.3, 1.0]);
        let at = |v: &[f64]| nested_logit(v, &nest, &lambda).unwrap();
        let found = at(&value);
        for j in 0..5 {
            let (mut up, mut down) = (value, value);
            up[j] += 1e-5;
            down[j] -= 1e-5;
            let (up, down) = (at(&up).probabilities, at(&down).probabilities);
            for i in 0..5 {
                let slope = libm::log(up[i] / down[i]) / 2e-5;
                assert!((slope - found.elasticities[i][j]).abs() < 1e-8);
            }
        }
        assert!(nested_logit(&value, &nest, &[0.6, 1.3, 1.0]).is_err());
        assert!(nested_logit(&value, &nest, &[0.6, 0.3]).is_err());
    }
}
