//! Checks that need the meaning of a scenario: shares that add up, stable speeds of adjustment.

use super::diagnose::Spans;
use super::problem::{Problem, Problems};
use crate::config::Format;
use crate::messages;
use crate::output::parquet;
use crate::simulation::Scenario;

/// Everything that no type can say.
pub(crate) fn meaning(scenario: &Scenario, spans: &Spans, problems: &mut Problems) {
    let p = &scenario.parameters;
    let budget = p.housing_spending_share + p.local_spending_share + p.tourism_spending_share;
    if budget > 1.0 {
        problems.push(
            Problem::new(
                spans.locate("parameters.housing_spending_share"),
                messages::budget_shares(format_args!("{budget:.2}")),
            )
            .label(messages::label_budget())
            .help(messages::budget_at_most_one()),
        );
    }
    let farm = p.farm_land_share + p.farm_capital_share;
    if farm >= 1.0 {
        problems.push(
            Problem::new(
                spans.locate("parameters.farm_land_share"),
                messages::farm_shares(format_args!("{farm:.2}")),
            )
            .help(messages::farm_shares_below_one()),
        );
    }
    let spending = p.spend_services + p.spend_infrastructure + p.spend_transfers;
    if spending > 1.0 {
        problems.push(
            Problem::new(
                spans.locate("parameters.spend_services"),
                messages::county_spending_shares(format_args!("{spending:.2}")),
            )
            .help(messages::county_spending_at_most_one()),
        );
    }
    let local = p.province_share + p.prefecture_share;
    if local > 1.0 {
        problems.push(
            Problem::new(
                spans.locate("parameters.province_share"),
                messages::local_revenue_shares(format_args!("{local:.2}")),
            )
            .help(messages::local_shares_at_most_one()),
        );
    }
    if scenario.title.contains(['\n', '\r', '\t']) {
        problems.push(
            Problem::new(spans.locate("title"), messages::title_of_several_lines())
                .help(messages::one_line_title()),
        );
    }
    stability(scenario, spans, problems);
    wear_outlasts_decline(scenario, spans, problems);
    from_utility(scenario, spans, problems);
    life_table(scenario, spans, problems);
    formats(scenario, spans, problems);
}

/// Kinds of files that this build cannot write, or not without the other.
fn formats(scenario: &Scenario, spans: &Spans, problems: &mut Problems) {
    let format = &scenario.output.format;
    if !format.contains(&Format::Csv) {
        problems.push(
            Problem::new(spans.locate("output.format"), messages::format_without_csv())
                .help(messages::write_both_formats()),
        );
    }
    if format.contains(&Format::Parquet) && !parquet::HERE {
        problems.push(
            Problem::new(spans.locate("output.format"), messages::no_parquet_in_build())
                .help(messages::how_to_get_parquet()),
        );
    }
}

/// What a base year from utility alone cannot hold.
fn from_utility(scenario: &Scenario, spans: &Spans, problems: &mut Problems) {
    let utility = scenario.world.base == crate::config::Base::Utility;
    if utility && scenario.world.outside.is_some() {
        problems.push(
            Problem::new(spans.locate("world.outside"), messages::utility_without_outside())
                .help(messages::leave_outside_away()),
        );
    }
    if !utility && scenario.world.moving_costs.is_some() {
        problems.push(
            Problem::new(spans.locate("world.moving_costs"), messages::moving_costs_need_utility())
                .help(messages::costs_by_inversion()),
        );
    }
}

fn life_table(scenario: &Scenario, spans: &Spans, problems: &mut Problems) {
    let table = &scenario.life_table;
    if table.is_given() && scenario.world.vital_rates.is_some() {
        problems.push(
            Problem::new(spans.locate("world.vital_rates"), messages::rates_stated_twice())
                .also(spans.locate("life_table.births"), messages::and_here())
                .help(messages::life_table_or_rates()),
        );
    }
    if !table.is_given() && table.survival.is_empty() {
        if table.step_years != 1 {
            problems.push(
                Problem::new(spans.locate("life_table.step_years"), messages::step_needs_rates())
                    .help(messages::rates_by_class()),
            );
        }
        return;
    }
    let classes = table.births.len();
    if table.survival.len() + 1 != classes {
        problems.push(
            Problem::new(
                spans.locate("life_table.survival"),
                messages::survival_for_classes(table.survival.len(), classes),
            )
            .help(messages::one_survival_less()),
        );
        return;
    }
    if classes as u32 * table.step_years > crate::world::people::OLDEST {
        problems.push(
            Problem::new(spans.locate("life_table.births"), messages::classes_pass_oldest(classes))
                .help(messages::ages_up_to(crate::world::people::OLDEST)),
        );
    }
    for (a, &births) in table.births.iter().enumerate() {
        let survival = table.survival.get(a).copied().unwrap_or(0.0);
        if !(0.0..=1.0).contains(&survival) {
            problems.push(
                Problem::new(spans.locate("life_table.survival"), messages::survival_of(survival))
                    .help(messages::probability_from_zero()),
            );
        } else if !(0.0..=survival).contains(&births) {
            problems.push(
                Problem::new(
                    spans.locate("life_table.births"),
                    messages::births_with_survival(births, a + 1, survival),
                )
                .help(messages::births_at_most_survival()),
            );
        }
    }
}

/// Output raises market access, and market access output: `dln Y = (aK_m + mu_G + th_MA) dln Y` of industry, where capital
/// and public capital follow output. At one or more there is no path that stays, so `th_MA < 1 - aK_m - mu_G`, in the
/// parameters and in every policy that sets it.
fn market_access(scenario: &Scenario, spans: &Spans, problems: &mut Problems) {
    let p = &scenario.parameters;
    let bound = 1.0 - p.industry_capital_share - p.public_capital_elasticity;
    let at_strength = |value: f64, intensity: f64| p.market_access + intensity * (value - p.market_access);
    let mut set = vec![("parameters.market_access".to_owned(), p.market_access)];
    for (i, policy) in scenario.policy.metropolitan_circle.iter().enumerate() {
        let value = at_strength(policy.market_access, policy.intensity);
        set.push((format!("policy.metropolitan_circle[{i}].market_access"), value));
    }
    for (i, policy) in scenario.policy.lever_change.iter().enumerate() {
        if policy.lever == crate::rules::Lever::MarketAccess {
            let value = at_strength(policy.changed(p.market_access, 0.0), policy.intensity);
            set.push((format!("policy.lever_change[{i}]"), value));
        }
    }
    for (path, value) in set.into_iter().filter(|(_, value)| *value > 0.0 && *value >= bound) {
        problems.push(
            Problem::new(spans.locate(&path), messages::market_access_unstable(value))
                .help(messages::market_access_bound(format_args!("{bound:.3}"))),
        );
    }
}

/// What a base year spends on a stock makes good its wear and its growth, so the stock is `S = E/(d + g)`: a base year that
/// shrinks faster than its stocks wear has built none of them, and the first years would grow out of nothing.
fn wear_outlasts_decline(scenario: &Scenario, spans: &Spans, problems: &mut Problems) {
    /// Wear less decline, per year: the least wear that a parameter may state.
    const LEAST: f64 = 0.001;
    let p = &scenario.parameters;
    let growth = crate::base_year::circuit::base_growth(&scenario.config());
    let (key, wear) = [
        ("services_depreciation", p.services_depreciation),
        ("public_capital_depreciation", p.public_capital_depreciation),
        ("housing_depreciation", p.housing_depreciation),
    ]
    .into_iter()
    .min_by(|a, b| a.1.total_cmp(&b.1))
    .expect("three stocks");
    if wear + growth >= LEAST {
        return;
    }
    let technology = libm::pow(1.0 + LEAST - wear, 1.0 - p.industry_capital_share) - 1.0;
    let mut problem = Problem::new(
        spans.locate("drivers.technology.industry"),
        messages::decline_beyond_wear(format_args!("{growth:.3}"), key, wear),
    )
    .help(messages::decline_at_most_wear(format_args!("{technology:.3}")));
    if spans.is_written(&format!("parameters.{key}")) {
        problem = problem.also(spans.locate(&format!("parameters.{key}")), messages::and_here());
    }
    problems.push(problem);
}

/// Bounds of the synchronous yearly review (found by perturbing the mean-field model):
/// `psi < 2/(1 + .6 kappa/lambda)`, `psi_s < 2/(1 + kappa_s)`.
fn stability(scenario: &Scenario, spans: &Spans, problems: &mut Problems) {
    let p = &scenario.parameters;
    if scenario.model.migration {
        let kappa = p.location_elasticity_workers.max(p.location_elasticity_talent);
        let bound = 2.0 / (1.0 + 0.6 * kappa / p.nest_dissimilarity);
        if p.review_rate_18_34 >= bound && spans.is_written("parameters.review_rate_18_34") {
            problems.push(
                Problem::new(
                    spans.locate("parameters.review_rate_18_34"),
                    messages::review_overshoots("review_rate_18_34", p.review_rate_18_34),
                )
                .help(messages::review_bound(format_args!("{bound:.3}"))),
            );
        }
    }
    market_access(scenario, spans, problems);
    let bound = 2.0 / (1.0 + p.sector_elasticity);
    if scenario.model.sector_review
        && p.sector_review_rate >= bound
        && spans.is_written("parameters.sector_review_rate")
    {
        problems.push(
            Problem::new(
                spans.locate("parameters.sector_review_rate"),
                messages::sectors_overshoot(p.sector_review_rate),
            )
            .help(messages::sectors_bound(format_args!("{bound:.3}"))),
        );
    }
}
