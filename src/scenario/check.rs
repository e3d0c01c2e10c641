//! Checks that need the meaning of a scenario: shares that add up, stable speeds of adjustment.

use super::Scenario;
use super::diagnose::Spans;
use super::problem::{Problem, Problems};

/// Everything that no type can say.
pub fn meaning(scenario: &Scenario, spans: &Spans, problems: &mut Problems) {
    let p = &scenario.parameters;
    let budget = p.b_h + p.b_v + p.b_e;
    if budget > 1.0 {
        problems.push(
            Problem::new(
                spans.locate("parameters.b_h"),
                format!("housing, services and tourism take {budget:.2} of household spending"),
            )
            .label("b_h + b_v + b_e")
            .help("b_h + b_v + b_e is at most 1; the rest buys tradables"),
        );
    }
    let farm = p.farm_land_share + p.farm_capital_share;
    if farm >= 1.0 {
        problems.push(
            Problem::new(
                spans.locate("parameters.farm_land_share"),
                format!("land and capital take {farm:.2} of farm value added"),
            )
            .help("farm_land_share + farm_capital_share is below 1; the rest is labour's share"),
        );
    }
    let spending = p.spend_services + p.spend_infrastructure;
    if spending > 1.0 {
        problems.push(
            Problem::new(
                spans.locate("parameters.spend_services"),
                format!("services and infrastructure take {spending:.2} of county spending"),
            )
            .help("spend_services + spend_infrastructure is at most 1; the rest is administration"),
        );
    }
    let local = p.phi_province + p.phi_prefecture;
    if local > 1.0 {
        problems.push(
            Problem::new(
                spans.locate("parameters.phi_province"),
                format!("province and prefecture take {local:.2} of local revenue"),
            )
            .help("phi_province + phi_prefecture is at most 1; the rest is the county's"),
        );
    }
    stability(scenario, spans, problems);
}

/// Bounds of the synchronous yearly review (found by perturbing the mean-field model):
/// `psi < 2/(1 + .6 kappa/lambda)`, `psi_s < 2/(1 + kappa_s)`.
fn stability(scenario: &Scenario, spans: &Spans, problems: &mut Problems) {
    let p = &scenario.parameters;
    if scenario.model.migration {
        let kappa = p.kappa_workers.max(p.kappa_talent);
        let bound = 2.0 / (1.0 + 0.6 * kappa / p.lambda_nest);
        for (key, psi) in [("psi_18_34", p.psi_18_34), ("psi_35_54", p.psi_35_54), ("psi_55", p.psi_55)] {
            if psi >= bound && spans.is_written(&format!("parameters.{key}")) && !scenario.model.fixed_prices
            {
                problems.push(
                    Problem::new(
                        spans.locate(&format!("parameters.{key}")),
                        format!("{key} = {psi} makes places overshoot every year"),
                    )
                    .help(format!("below 2/(1 + .6 kappa/lambda) = {bound:.3} the path is stable")),
                );
            }
        }
    }
    let bound = 2.0 / (1.0 + p.kappa_s);
    if scenario.model.sector_review && p.psi_s >= bound && spans.is_written("parameters.psi_s") {
        problems.push(
            Problem::new(
                spans.locate("parameters.psi_s"),
                format!("psi_s = {} makes sectors overshoot every year", p.psi_s),
            )
            .help(format!("below 2/(1 + kappa_s) = {bound:.3} the path is stable")),
        );
    }
}
