//! C3a. The precision of a gravity coefficient when N agents choose destinations by
//! `P_ij prop. to e^V_j d_ij^-beta`, j != i: the Fisher information of beta with the V estimated beside it.

use super::solve::linear;
use super::{require_positive, shares_of_exponentials, unusable};
use crate::Result;
use crate::messages;

/// Choice probabilities, 0 on the diagonal. `distance[i][j]` is positive off the diagonal, in any unit.
pub(crate) fn destination_probabilities(
    value: &[f64],
    distance: &[Vec<f64>],
    beta: f64,
) -> Result<Vec<Vec<f64>>> {
    let n = value.len();
    if n < 2 || distance.len() != n || distance.iter().any(|row| row.len() != n) {
        return Err(unusable(
            messages::about_gravity(),
            messages::values_and_distances(n, distance.len()),
            messages::about_a_square(),
        ));
    }
    let mut probabilities = Vec::with_capacity(n);
    for (i, row) in distance.iter().enumerate() {
        let others: Vec<usize> = (0..n).filter(|&j| j != i).collect();
        let away: Vec<f64> = others.iter().map(|&j| row[j]).collect();
        require_positive(&[("distance", &away)])?;
        let exponents: Vec<f64> = others.iter().map(|&j| value[j] - beta * libm::log(row[j])).collect();
        let mut shares = vec![0.0; n];
        for (&j, p) in others.iter().zip(shares_of_exponentials(&exponents)) {
            shares[j] = p;
        }
        probabilities.push(shares);
    }
    Ok(probabilities)
}

/// The standard error of beta by maximum likelihood, `1/sqrt(I)`, from `agents[i]` agents in each origin.
///
/// `I = I_bb - I_bV I_VV^-1 I_Vb` with `I_bb = sum_i N_i Var_i(x)`, `I_bVj = sum_i N_i P_ij (x_ij - E_i x)`,
/// `I_VV = sum_i N_i (diag P_i - P_i P_i')`, x = -ln d; the level of V is not identified, so V_1 is fixed.
/// The Poisson estimator with origin and destination effects has the same information.
pub(crate) fn coefficient_error(
    value: &[f64],
    distance: &[Vec<f64>],
    beta: f64,
    agents: &[f64],
) -> Result<f64> {
    let p = destination_probabilities(value, distance, beta)?;
    let n = value.len();
    if agents.len() != n || agents.iter().any(|a| !(a.is_finite() && *a >= 0.0)) {
        return Err(unusable(
            messages::agents_by_origin(),
            messages::as_is(format_args!("{agents:?}")),
            messages::a_number_an_origin(),
        ));
    }
    let mut own = 0.0;
    let mut cross = vec![0.0; n];
    let mut among = vec![vec![0.0; n]; n];
    for i in 0..n {
        let x: Vec<f64> = (0..n).map(|j| if i == j { 0.0 } else { -libm::log(distance[i][j]) }).collect();
        let mean: f64 = p[i].iter().zip(&x).map(|(p, x)| p * x).sum();
        for j in 0..n {
            own += agents[i] * p[i][j] * (x[j] - mean) * (x[j] - mean);
            cross[j] += agents[i] * p[i][j] * (x[j] - mean);
            among[j][j] += agents[i] * p[i][j];
            for k in 0..n {
                among[j][k] -= agents[i] * p[i][j] * p[i][k];
            }
        }
    }
    let reduced: Vec<Vec<f64>> = among[1..].iter().map(|row| row[1..].to_vec()).collect();
    let projected = linear(reduced, cross[1..].to_vec())?;
    let known: f64 = cross[1..].iter().zip(&projected).map(|(c, p)| c * p).sum();
    let information = own - known;
    // Two or three places leave no variation of distance beside the values of places.
    if information > 1e-12 * own {
        Ok(1.0 / libm::sqrt(information))
    } else {
        Err(unusable(
            messages::about_gravity(),
            messages::layout_without_distance(),
            messages::four_scattered_places(),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::least_squares::Regressor;
    use crate::estimate::ppml::{Flow, gravity};
    use crate::kernel::draw::{Draws, Purpose};

    /// Twenty places in a square of 1000 km, values of standard deviation .5.
    fn layout() -> (Vec<f64>, Vec<Vec<f64>>) {
        let draws = Draws::new(20, Purpose::Experiment, 3);
        let places: Vec<(f64, f64)> = (0..20).map(|i| draws.uniform_pair(i)).collect();
        let value = (20..40).map(|i| 0.5 * draws.normal(i)).collect();
        let distance = places
            .iter()
            .map(|a| places.iter().map(|b| 1000.0 * libm::hypot(a.0 - b.0, a.1 - b.1)).collect())
            .collect();
        (value, distance)
    }

    /// At the expected flows the Poisson estimator finds beta itself, with the error computed here.
    #[test]
    fn the_error_is_that_of_the_poisson_estimator() {
        let (value, distance) = layout();
        let agents: Vec<f64> = (0..20).map(|i| 4_000.0 + 100.0 * f64::from(i)).collect();
        let p = destination_probabilities(&value, &distance, 1.2).unwrap();
        let (mut flows, mut logs) = (Vec::new(), Vec::new());
        for origin in 0..20 {
            for destination in (0..20).filter(|&j| j != origin) {
                flows.push(Flow { origin, destination, amount: agents[origin] * p[origin][destination] });
                logs.push(libm::log(distance[origin][destination]));
            }
        }
        let fit = gravity(&flows, &[Regressor::new("ln_km", logs)]).unwrap();
        let error = coefficient_error(&value, &distance, 1.2, &agents).unwrap();
        assert!((fit.coefficients[0].estimate + 1.2).abs() < 1e-10);
        assert!((fit.coefficients[0].fisher_error / error - 1.0).abs() < 1e-9);
    }

    /// Some layouts are more telling than others; the worked one gives 1.84/sqrt(N).
    #[test]
    fn a_random_layout_has_about_the_worked_precision() {
        let (value, distance) = layout();
        let root = 1e5_f64.sqrt();
        let error = coefficient_error(&value, &distance, 1.2, &[5_000.0; 20]).unwrap();
        assert!((1.3..2.6).contains(&(error * root)), "{}", error * root);
        let more = coefficient_error(&value, &distance, 1.2, &[500_000.0; 20]).unwrap();
        assert!((error / more - 10.0).abs() < 1e-9);
    }

    #[test]
    fn layouts_without_information_are_refused() {
        let two = vec![vec![0.0, 1.0], vec![1.0, 0.0]];
        assert!(coefficient_error(&[0.0, 0.0], &two, 1.0, &[10.0, 10.0]).is_err());
        assert!(destination_probabilities(&[0.0, 0.0], &[vec![0.0, -1.0], vec![1.0, 0.0]], 1.0).is_err());
    }
}
