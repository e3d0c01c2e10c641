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
    from_utility(scenario, spans, problems);
    life_table(scenario, spans, problems);
}

/// What a base year from utility alone cannot hold.
fn from_utility(scenario: &Scenario, spans: &Spans, problems: &mut Problems) {
    let utility = scenario.world.base == super::file::Base::Utility;
    if utility && scenario.world.outside.is_some() {
        problems.push(
            Problem::new(spans.locate("world.outside"), "base = \"utility\" has no outside nodes")
                .help("leave `outside` away, or take the base year from the census"),
        );
    }
    if !utility && scenario.world.moving_costs.is_some() {
        problems.push(
            Problem::new(spans.locate("world.moving_costs"), "stated moving costs need base = \"utility\"")
                .help("a base year from the census finds its costs by inversion"),
        );
    }
}

fn life_table(scenario: &Scenario, spans: &Spans, problems: &mut Problems) {
    let table = &scenario.life_table;
    if !table.is_given() && table.survival.is_empty() {
        if table.step_years != 1 {
            problems.push(
                Problem::new(
                    spans.locate("life_table.step_years"),
                    "a step of several years needs births and survival",
                )
                .help("give both by age class, or step_years = 1"),
            );
        }
        return;
    }
    let classes = table.births.len();
    if table.survival.len() + 1 != classes {
        problems.push(
            Problem::new(
                spans.locate("life_table.survival"),
                format!("{} survival rates for {classes} age classes", table.survival.len()),
            )
            .help("one survival rate less than births: nobody outlives the last class"),
        );
        return;
    }
    if classes as u32 * table.step_years > crate::world::people::OLDEST {
        problems.push(
            Problem::new(spans.locate("life_table.births"), format!("{classes} classes pass the oldest age"))
                .help(format!("ages are told apart up to {}", crate::world::people::OLDEST)),
        );
    }
    for (a, &births) in table.births.iter().enumerate() {
        let survival = table.survival.get(a).copied().unwrap_or(0.0);
        if !(0.0..=1.0).contains(&survival) {
            problems.push(
                Problem::new(spans.locate("life_table.survival"), format!("survival of {survival}"))
                    .help("a probability from 0 to 1"),
            );
        } else if !(0.0..=survival).contains(&births) {
            problems.push(
                Problem::new(
                    spans.locate("life_table.births"),
                    format!("{births} births a head in class {} with survival {survival}", a + 1),
                )
                .help("from 0 to the survival of the class: a person has at most one birth a step"),
            );
        }
    }
}

/// Bounds of the synchronous yearly review (found by perturbing the mean-field model):
/// `psi < 2/(1 + .6 kappa/lambda)`, `psi_s < 2/(1 + kappa_s)`.
fn stability(scenario: &Scenario, spans: &Spans, problems: &mut Problems) {
    let p = &scenario.parameters;
    if scenario.model.migration {
        let kappa = p.kappa_workers.max(p.kappa_talent);
        let bound = 2.0 / (1.0 + 0.6 * kappa / p.lambda_nest);
        for (key, psi) in [("psi_18_34", p.psi_18_34), ("psi_35_54", p.psi_35_54), ("psi_55", p.psi_55)] {
            if psi >= bound && spans.is_written(&format!("parameters.{key}")) {
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
