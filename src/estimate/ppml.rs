//! Gravity by Poisson pseudo maximum likelihood with origin and destination effects:
//! `E[flow_ij] = exp(a_i + b_j + x_ij'c)`.
//!
//! Zeros stay in (logs would drop them and bias the coefficients), and only the conditional mean has to be
//! right, not the Poisson variance: Santos Silva and Tenreyro 2006, "The log of gravity", Review of Economics
//! and Statistics 88(4). With the two effects the fitted flows have the observed totals by origin and by
//! destination (Fally 2015), and the coefficients are those of the multinomial logit of destinations.

use super::least_squares::{Cholesky, Matrix, Regressor, check_columns, collinear, dot};
use super::two_way::{TwoWayEffects, number_levels};
use super::unusable;
use crate::Result;
use crate::messages;

/// One cell of the table of flows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Flow {
    /// Label of the place that the flow leaves.
    pub origin: usize,
    /// Label of the place that it reaches.
    pub destination: usize,
    /// Persons, fen, or any other amount of at least 0; zeros are data and must be listed.
    pub amount: f64,
}

/// The coefficient of one bilateral regressor.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct GravityCoefficient {
    /// The bilateral regressor that it belongs to.
    pub name: String,
    /// Elasticity if the regressor is a logarithm, semi-elasticity otherwise.
    pub estimate: f64,
    /// From the Fisher information: right if flows are counts of independent choices.
    pub fisher_error: f64,
    /// Robust to heteroskedasticity: the sandwich `H^-1 (sum x x' (y - mu)^2) H^-1` without a
    /// small-sample factor (HC0).
    pub robust_error: f64,
}

/// A fitted gravity equation.
#[derive(Clone, Debug)]
// Effects, deviance and counts are what tests hold against other programs.
#[cfg_attr(not(test), allow(dead_code))]
pub(crate) struct GravityFit {
    /// In the order of the bilateral regressors.
    pub coefficients: Vec<GravityCoefficient>,
    /// Effect of each origin that has flows, `(label, a_i)`.
    pub origin_effects: Vec<(usize, f64)>,
    /// Effect of each destination that has flows, `(label, b_j)`; one is 0 in each group of linked nodes.
    pub destination_effects: Vec<(usize, f64)>,
    /// Fitted amounts in the order of the rows; 0 for separated rows.
    pub fitted: Vec<f64>,
    /// `2 sum [y ln(y/mu) - (y - mu)]`.
    pub deviance: f64,
    /// Rows that carry information.
    pub observations: usize,
    /// Rows that are zero with certainty because an effect or regressor would go to minus infinity: an origin
    /// that nobody leaves, say. They carry no information on the coefficients and are left out (Correia,
    /// Guimaraes and Zylkin 2019, "Verifying the existence of maximum likelihood estimates").
    pub separated: usize,
}

/// Estimates a gravity equation with origin and destination effects.
pub(crate) fn gravity(flows: &[Flow], regressors: &[Regressor]) -> Result<GravityFit> {
    let amounts: Vec<f64> = flows.iter().map(|f| f.amount).collect();
    check_columns(regressors, &amounts)?;
    if regressors.is_empty() {
        return Err(unusable(
            messages::about_gravity(),
            messages::no_regressor(),
            messages::one_bilateral_regressor(),
        ));
    }
    if let Some(row) = amounts.iter().position(|&y| y < 0.0) {
        return Err(unusable(
            messages::flows_in_row(row + 1),
            messages::as_is(amounts[row]),
            messages::amount_from_zero(),
        ));
    }
    let kept = rows_with_information(flows, regressors)?;
    let take = |values: &[f64]| kept.iter().map(|&i| values[i]).collect::<Vec<f64>>();
    let (origin, origins) = number_levels(&kept.iter().map(|&i| flows[i].origin).collect::<Vec<_>>());
    let (destination, destinations) =
        number_levels(&kept.iter().map(|&i| flows[i].destination).collect::<Vec<_>>());
    let y = take(&amounts);
    let x: Vec<Regressor> =
        regressors.iter().map(|r| Regressor::new(r.name.clone(), take(&r.values))).collect();

    // Newton's method as iterated weighted least squares (Nelder and Wedderburn 1972).
    let mean = y.iter().sum::<f64>() / y.len() as f64;
    let mut eta: Vec<f64> = y.iter().map(|y| libm::log((y + mean) / 2.0)).collect();
    let mut lack = f64::INFINITY;
    let mut coefficients: Vec<f64> = vec![0.0; x.len()];
    for iteration in 1..=MOST_STEPS {
        let mu: Vec<f64> = eta.iter().map(|&e| libm::exp(e)).collect();
        let step = NewtonStep::new(&origin, &destination, &x, &y, &eta, &mu)?;
        let change = step
            .coefficients
            .iter()
            .zip(&coefficients)
            .zip(&step.information_errors)
            .map(|((new, old), error)| ((new - old) / error).abs())
            .fold(0.0, f64::max);
        // The likelihood is concave, so halving a step that overshoots always ends in an improvement.
        let mut share = 1.0;
        let mut next = step.eta.clone();
        let mut next_lack = deviance(&y, &next);
        let better = |new: f64| new <= lack + 1e-9 * (1.0 + lack);
        while iteration > 1 && share > 1e-6 && !better(next_lack) {
            share /= 2.0;
            next = eta.iter().zip(&step.eta).map(|(old, new)| old + share * (new - old)).collect();
            next_lack = deviance(&y, &next);
        }
        let settled = iteration > 1
            && share == 1.0
            && (lack - next_lack).abs() <= 1e-10 * (1e-3 + next_lack)
            && change < 1e-8;
        coefficients.clone_from(&step.coefficients);
        eta = next;
        lack = next_lack;
        // A perfect fit has no standard error to measure the change by.
        if settled || lack <= 1e-18 * mean * y.len() as f64 {
            return finish(flows, &kept, &origin, &destination, origins, destinations, &x, &y, &eta);
        }
    }
    Err(unusable(
        messages::about_gravity(),
        messages::no_convergence(MOST_STEPS, lack),
        messages::flows_that_determine(),
    ))
}

/// Newton's method takes about ten steps; a hundred mean that something is wrong with the data.
const MOST_STEPS: usize = 100;

/// One weighted least squares problem.
struct NewtonStep {
    coefficients: Vec<f64>,
    information_errors: Vec<f64>,
    /// The linear predictor that the step leads to.
    eta: Vec<f64>,
    /// Regressors less their effects, and the inverse of their information.
    residual_regressors: Vec<Vec<f64>>,
    inverse_information: Matrix,
}

impl NewtonStep {
    fn new(
        origin: &[usize],
        destination: &[usize],
        regressors: &[Regressor],
        y: &[f64],
        eta: &[f64],
        mu: &[f64],
    ) -> Result<Self> {
        let effects = TwoWayEffects::new(origin, destination, mu)?;
        let working: Vec<f64> = (0..y.len()).map(|i| eta[i] + (y[i] - mu[i]) / mu[i]).collect();
        let working_residual = effects.residuals(&working);
        let residual_regressors: Vec<Vec<f64>> =
            regressors.iter().map(|r| effects.residuals(&r.values)).collect();
        let k = regressors.len();
        let mut information = Matrix::zeros(k, k);
        let mut score = vec![0.0; k];
        for j in 0..k {
            let weighted: Vec<f64> = residual_regressors[j].iter().zip(mu).map(|(x, m)| x * m).collect();
            for l in 0..k {
                information[(j, l)] = dot(&weighted, &residual_regressors[l]);
            }
            score[j] = dot(&weighted, &working_residual);
            let raw: f64 = regressors[j].values.iter().zip(mu).map(|(x, m)| x * x * m).sum();
            let varies = information[(j, j)] > 1e-20 * raw;
            if !varies {
                return Err(collinear(&regressors[j].name));
            }
        }
        let factor = Cholesky::new(information).map_err(|j| collinear(&regressors[j].name))?;
        let coefficients = factor.solve(&score);
        let inverse_information = factor.inverse();
        let information_errors = (0..k).map(|j| inverse_information[(j, j)].sqrt()).collect();
        let eta = (0..y.len())
            .map(|i| {
                let explained: f64 =
                    residual_regressors.iter().zip(&coefficients).map(|(x, b)| x[i] * b).sum();
                working[i] - (working_residual[i] - explained)
            })
            .collect();
        Ok(NewtonStep { coefficients, information_errors, eta, residual_regressors, inverse_information })
    }
}

#[allow(clippy::too_many_arguments)] // the state of the iteration, used once
fn finish(
    flows: &[Flow],
    kept: &[usize],
    origin: &[usize],
    destination: &[usize],
    origins: Vec<usize>,
    destinations: Vec<usize>,
    x: &[Regressor],
    y: &[f64],
    eta: &[f64],
) -> Result<GravityFit> {
    let mu: Vec<f64> = eta.iter().map(|&e| libm::exp(e)).collect();
    let last = NewtonStep::new(origin, destination, x, y, eta, &mu)?;
    let k = x.len();
    let mut meat = Matrix::zeros(k, k);
    for i in 0..y.len() {
        let squared = (y[i] - mu[i]) * (y[i] - mu[i]);
        for j in 0..k {
            for l in 0..k {
                meat[(j, l)] += last.residual_regressors[j][i] * last.residual_regressors[l][i] * squared;
            }
        }
    }
    let sandwich = last.inverse_information.product(&meat).product(&last.inverse_information);
    let coefficients = (0..k)
        .map(|j| GravityCoefficient {
            name: x[j].name.clone(),
            estimate: last.coefficients[j],
            fisher_error: last.information_errors[j],
            robust_error: sandwich[(j, j)].sqrt(),
        })
        .collect();
    let effect_part: Vec<f64> = (0..y.len())
        .map(|i| {
            let explained: f64 = x.iter().zip(&last.coefficients).map(|(r, b)| r.values[i] * b).sum();
            last.eta[i] - explained
        })
        .collect();
    let (a, b) = TwoWayEffects::new(origin, destination, &mu)?.effects(&effect_part);
    let mut fitted = vec![0.0; flows.len()];
    for (&row, &eta) in kept.iter().zip(&last.eta) {
        fitted[row] = libm::exp(eta);
    }
    Ok(GravityFit {
        coefficients,
        origin_effects: origins.into_iter().zip(a).collect(),
        destination_effects: destinations.into_iter().zip(b).collect(),
        fitted,
        deviance: deviance(y, &last.eta),
        observations: kept.len(),
        separated: flows.len() - kept.len(),
    })
}

/// `2 sum [y ln(y/mu) - (y - mu)]`, mu = exp(eta).
fn deviance(y: &[f64], eta: &[f64]) -> f64 {
    let terms = y.iter().zip(eta).map(|(&y, &eta)| {
        let logs = if y > 0.0 { y * (libm::log(y) - eta) } else { 0.0 };
        logs - (y - libm::exp(eta))
    });
    2.0 * terms.sum::<f64>()
}

/// The rows that are not separated.
///
/// First origins and destinations without any flow go, then the iterative rectifier of Correia, Guimaraes and
/// Zylkin (2019) looks for a combination z of regressors and effects that is 0 wherever the flow is positive
/// and positive at some zero: pushing the coefficients along -z to infinity fits those zeros ever better.
fn rows_with_information(flows: &[Flow], regressors: &[Regressor]) -> Result<Vec<usize>> {
    let mut kept: Vec<usize> = (0..flows.len()).collect();
    loop {
        let before = kept.len();
        for end in [|f: &Flow| f.origin, |f: &Flow| f.destination] {
            let mut with_flow: Vec<usize> =
                kept.iter().filter(|&&i| flows[i].amount > 0.0).map(|&i| end(&flows[i])).collect();
            with_flow.sort_unstable();
            with_flow.dedup();
            kept.retain(|&i| with_flow.binary_search(&end(&flows[i])).is_ok());
        }
        if kept.len() == before {
            break;
        }
    }
    if kept.is_empty() {
        return Err(unusable(
            messages::about_flows(),
            messages::no_positive_amount(),
            messages::some_positive_flows(),
        ));
    }
    if kept.iter().all(|&i| flows[i].amount > 0.0) {
        return Ok(kept);
    }

    let (origin, _) = number_levels(&kept.iter().map(|&i| flows[i].origin).collect::<Vec<_>>());
    let (destination, _) = number_levels(&kept.iter().map(|&i| flows[i].destination).collect::<Vec<_>>());
    let zero: Vec<bool> = kept.iter().map(|&i| flows[i].amount == 0.0).collect();
    // A large weight holds z at 0 on the positive flows.
    let weights: Vec<f64> = zero.iter().map(|&z| if z { 1.0 } else { RECTIFIER_WEIGHT }).collect();
    let effects = TwoWayEffects::new(&origin, &destination, &weights)?;
    let x: Vec<Vec<f64>> = regressors
        .iter()
        .map(|r| effects.residuals(&kept.iter().map(|&i| r.values[i]).collect::<Vec<_>>()))
        .collect();
    let k = x.len();
    let mut gram = Matrix::zeros(k, k);
    for j in 0..k {
        let raw: f64 = kept.iter().zip(&weights).map(|(&i, w)| w * regressors[j].values[i].powi(2)).sum();
        for l in 0..k {
            gram[(j, l)] = (0..kept.len()).map(|i| weights[i] * x[j][i] * x[l][i]).sum();
        }
        let varies = gram[(j, j)] > 1e-20 * raw;
        if !varies {
            return Err(collinear(&regressors[j].name));
        }
    }
    let factor = Cholesky::new(gram).map_err(|j| collinear(&regressors[j].name))?;
    let mut u: Vec<f64> = zero.iter().map(|&z| f64::from(u8::from(z))).collect();
    for _ in 0..RECTIFIER_STEPS {
        let rest = effects.residuals(&u);
        let right: Vec<f64> =
            (0..k).map(|j| (0..u.len()).map(|i| weights[i] * x[j][i] * rest[i]).sum()).collect();
        let slopes = factor.solve(&right);
        let fitted: Vec<f64> = (0..u.len())
            .map(|i| u[i] - rest[i] + x.iter().zip(&slopes).map(|(x, s)| x[i] * s).sum::<f64>())
            .collect();
        let next: Vec<f64> =
            fitted.iter().zip(&zero).map(|(f, &z)| if z { f.max(0.0) } else { 0.0 }).collect();
        let largest = next.iter().fold(0.0, |a: f64, &b| a.max(b));
        let miss = fitted.iter().zip(&next).map(|(f, n)| (f - n).abs()).fold(0.0, f64::max);
        if largest < 1e-4 {
            break; // no separating combination
        }
        if miss < 1e-6 * largest {
            let rows = kept.iter().zip(&next).filter(|&(_, &n)| n < 1e-3 * largest).map(|(&i, _)| i);
            return rows_again(rows.collect(), flows, regressors);
        }
        u = next;
    }
    Ok(kept)
}

/// Separated rows can hide others: look again among the rest.
fn rows_again(rows: Vec<usize>, flows: &[Flow], regressors: &[Regressor]) -> Result<Vec<usize>> {
    let rest: Vec<Flow> = rows.iter().map(|&i| flows[i]).collect();
    let columns: Vec<Regressor> = regressors
        .iter()
        .map(|r| Regressor::new(r.name.clone(), rows.iter().map(|&i| r.values[i]).collect()))
        .collect();
    Ok(rows_with_information(&rest, &columns)?.into_iter().map(|i| rows[i]).collect())
}

/// Weight of positive flows in the rectifier; its square root bounds the digits lost.
const RECTIFIER_WEIGHT: f64 = 1e6;
/// Without separation the rectifier ends within a few dozen steps; if it has found nothing by then, Newton's
/// method will say whether the coefficients exist.
const RECTIFIER_STEPS: usize = 400;

#[cfg(test)]
mod tests {
    use super::super::student::two_sided_quantile;
    use super::*;

    fn close(found: f64, expected: f64, tolerance: f64) {
        assert!((found - expected).abs() <= tolerance, "{found} is not {expected}");
    }

    /// Distances (100 km) and border dummies of seven nodes, flows by a fixed rule with zeros.
    fn table() -> (Vec<Flow>, Vec<Regressor>) {
        let mut flows = Vec::new();
        let (mut distance, mut border) = (Vec::new(), Vec::new());
        for origin in 0..7_usize {
            for destination in 0..7_usize {
                if origin == destination {
                    continue;
                }
                let (a, b) = (origin as i64, destination as i64);
                let d = ((a * a - b * b).abs() + 3 * ((a - b).abs() % 3) + 2) as f64;
                let noise = ((7 * a + 11 * b + a * b * 5) % 13) as f64;
                let amount = libm::floor((40.0 + 30.0 * b as f64) * noise / (4.0 * d));
                flows.push(Flow { origin, destination, amount });
                distance.push(libm::log(d));
                border.push(f64::from(u8::from((a < 3) != (b < 3))));
            }
        }
        (flows, vec![Regressor::new("ln_distance", distance), Regressor::new("border", border)])
    }

    /// Computed with statsmodels 0.15.0: GLM Poisson, origin and destination dummies, non-robust and HC0.
    #[test]
    fn coefficients_and_both_errors_agree_with_statsmodels() {
        let (flows, regressors) = table();
        assert!(flows.iter().filter(|f| f.amount == 0.0).count() >= 3, "the zeros matter");
        let fit = gravity(&flows, &regressors).unwrap();
        for (found, expected) in fit.coefficients.iter().zip(STATSMODELS) {
            close(found.estimate, expected[0], 1e-8);
            close(found.fisher_error, expected[1], 1e-8);
            close(found.robust_error, expected[2], 1e-8);
        }
        close(fit.deviance, STATSMODELS_DEVIANCE, 1e-7);
        let base = fit.destination_effects[0].1;
        for ((_, found), expected) in fit.destination_effects[1..].iter().zip(STATSMODELS_DESTINATIONS) {
            close(found - base, expected, 1e-7);
        }
        assert_eq!((fit.observations, fit.separated), (42, 0));
    }

    const STATSMODELS: [[f64; 3]; 2] = [
        [-0.9725268057596105, 0.17416132007218318, 0.33109154138813623],
        [0.08551983828355772, 0.13596109011330465, 0.24298351645993607],
    ];
    const STATSMODELS_DEVIANCE: f64 = 168.46632406063216;
    const STATSMODELS_DESTINATIONS: [f64; 6] = [
        1.1773507243949253,
        1.151606864478172,
        1.5483044070291494,
        1.8895122293709763,
        1.1514537587589682,
        2.0155933608322343,
    ];

    #[test]
    fn fitted_flows_have_the_observed_totals_by_origin_and_destination() {
        let (flows, regressors) = table();
        let fit = gravity(&flows, &regressors).unwrap();
        for node in 0..7 {
            let total = |of: fn(&Flow) -> usize, amounts: &[f64]| -> f64 {
                flows.iter().zip(amounts).filter(|(f, _)| of(f) == node).map(|(_, a)| a).sum()
            };
            let observed: Vec<f64> = flows.iter().map(|f| f.amount).collect();
            close(total(|f| f.origin, &fit.fitted), total(|f| f.origin, &observed), 1e-7);
            close(total(|f| f.destination, &fit.fitted), total(|f| f.destination, &observed), 1e-7);
        }
    }

    #[test]
    fn an_origin_nobody_leaves_changes_nothing() {
        let (mut flows, mut regressors) = table();
        let without = gravity(&flows, &regressors).unwrap();
        for destination in 0..7 {
            flows.push(Flow { origin: 99, destination, amount: 0.0 });
            regressors[0].values.push(destination as f64);
            regressors[1].values.push(1.0);
        }
        let with = gravity(&flows, &regressors).unwrap();
        assert_eq!(with.separated, 7);
        assert_eq!(with.coefficients, without.coefficients);
        assert_eq!(with.origin_effects.len(), 7);
    }

    /// Nobody moves from the first four nodes to the last three, and the table has no row the other way: the
    /// effects can push these zeros to certainty, although every origin and destination has flows.
    #[test]
    fn zeros_that_effects_make_certain_are_separated() {
        let (flows, regressors) = table();
        let block = |node: usize| node >= 4;
        let rows: Vec<usize> =
            (0..flows.len()).filter(|&i| !block(flows[i].origin) || block(flows[i].destination)).collect();
        let inside = |i: &usize| block(flows[*i].origin) == block(flows[*i].destination);
        let fit = |rows: &[usize]| {
            let amount = |i: usize| if inside(&i) { flows[i].amount.max(1.0) } else { 0.0 };
            let flows: Vec<Flow> = rows.iter().map(|&i| Flow { amount: amount(i), ..flows[i] }).collect();
            let take = |r: &Regressor| rows.iter().map(|&i| r.values[i]).collect();
            gravity(&flows, &[Regressor::new("ln_distance", take(&regressors[0]))]).unwrap()
        };
        let with = fit(&rows);
        let without = fit(&rows.iter().copied().filter(|i| inside(i)).collect::<Vec<_>>());
        assert_eq!((with.separated, without.separated), (12, 0));
        assert_eq!(with.coefficients, without.coefficients);
    }

    #[test]
    fn a_dummy_that_only_marks_zeros_is_separated_and_named() {
        let (mut flows, mut regressors) = table();
        let mut barred = vec![0.0; flows.len()];
        for i in [4, 11, 25] {
            flows[i].amount = 0.0;
            barred[i] = 1.0;
        }
        regressors.push(Regressor::new("barred", barred));
        let message = gravity(&flows, &regressors).unwrap_err().to_string();
        assert!(message.contains("`barred`"), "{message}");
    }

    /// Nodes on a spiral, `agents` who choose among the others by `exp(V_j) d^-1.2`, by keyed draws.
    fn simulated(nodes: usize, agents: u64) -> (Vec<Flow>, Vec<Regressor>) {
        use crate::kernel::draw::{Draws, Purpose};
        let place = |i: usize| {
            let angle = 2.4 * i as f64;
            let radius = 100.0 * (i as f64 + 0.5).sqrt();
            (radius * libm::cos(angle), radius * libm::sin(angle))
        };
        let distance = |i: usize, j: usize| {
            let ((a, b), (c, d)) = (place(i), place(j));
            libm::hypot(a - c, b - d)
        };
        let draws = Draws::new(5, Purpose::Experiment, 0);
        let mut counts = vec![0.0; nodes * nodes];
        for agent in 0..agents {
            let origin = (agent % nodes as u64) as usize;
            let pull = |j: usize| {
                let size = libm::exp(0.8 * libm::sin(j as f64));
                if j == origin { 0.0 } else { size * libm::pow(distance(origin, j), -1.2) }
            };
            let mut left = draws.uniform(agent) * (0..nodes).map(pull).sum::<f64>();
            let chosen = (0..nodes).find(|&j| {
                left -= pull(j);
                left < 0.0
            });
            counts[origin * nodes + chosen.unwrap_or(usize::from(origin == 0))] += 1.0;
        }
        let pairs = (0..nodes).flat_map(|i| (0..nodes).map(move |j| (i, j))).filter(|(i, j)| i != j);
        let mut logs = Vec::new();
        let flows = pairs
            .map(|(origin, destination)| {
                logs.push(libm::log(distance(origin, destination)));
                Flow { origin, destination, amount: counts[origin * nodes + destination] }
            })
            .collect();
        (flows, vec![Regressor::new("ln_km", logs)])
    }

    /// Flows that follow 1000 d^-1.5 exactly among four places on a road; three would not be enough, since their
    /// effects explain any symmetric distance.
    #[test]
    fn an_exact_power_of_distance_is_found() {
        let place: [f64; 4] = [0.0, 1.0, 3.0, 7.0];
        let (mut flows, mut logs) = (Vec::new(), Vec::new());
        for origin in 0..4 {
            for destination in (0..4).filter(|&j| j != origin) {
                let km = (place[origin] - place[destination]).abs();
                flows.push(Flow { origin, destination, amount: 1000.0 * libm::pow(km, -1.5) });
                logs.push(libm::log(km));
            }
        }
        let fit = gravity(&flows, &[Regressor::new("ln_km", logs)]).unwrap();
        assert!((fit.coefficients[0].estimate + 1.5).abs() < 1e-9);
    }

    /// Twenty nodes and 1e5 agents: the true coefficient is -1.2. Forty nodes and 600 agents: two cells in
    /// three are zero, and logs would have nothing to work with.
    #[test]
    fn the_coefficient_of_simulated_movers_is_found_within_four_errors() {
        for (nodes, agents) in [(20, 100_000), (40, 600)] {
            let (flows, regressors) = simulated(nodes, agents);
            let fit = gravity(&flows, &regressors).unwrap();
            let beta = &fit.coefficients[0];
            assert!((beta.estimate + 1.2).abs() < 4.0 * beta.fisher_error, "{beta:?}");
            let half = two_sided_quantile(0.9999, f64::INFINITY) * beta.robust_error;
            assert!((beta.estimate + 1.2).abs() < half, "{beta:?}");
            // Choices are independent, so both errors estimate the same spread.
            assert!((beta.robust_error / beta.fisher_error - 1.0).abs() < 0.25, "{beta:?}");
        }
    }

    #[test]
    fn amounts_of_any_size_converge() {
        let (flows, regressors) = table();
        let reference = gravity(&flows, &regressors).unwrap();
        for scale in [1e-8, 1e12] {
            let scaled: Vec<Flow> = flows.iter().map(|f| Flow { amount: f.amount * scale, ..*f }).collect();
            let fit = gravity(&scaled, &regressors).unwrap();
            close(fit.coefficients[0].estimate, reference.coefficients[0].estimate, 1e-8);
            close(fit.coefficients[0].robust_error, reference.coefficients[0].robust_error, 1e-8);
        }
    }

    #[test]
    fn impossible_tables_are_refused_with_the_row() {
        let (mut flows, regressors) = table();
        flows[5].amount = -1.0;
        let message = gravity(&flows, &regressors).unwrap_err().to_string();
        assert!(message.contains("row 6"), "{message}");
        let (flows, mut regressors) = table();
        regressors[1].values = flows.iter().map(|f| f.origin as f64).collect();
        let message = gravity(&flows, &regressors).unwrap_err().to_string();
        assert!(message.contains("`border`"), "{message}");
    }
}
