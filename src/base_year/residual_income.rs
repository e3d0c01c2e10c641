//! Published incomes and what the model leaves of them: the income from outside, a residual.

use super::study_area::PublishedIncome;
use crate::world::state::World;
use crate::world::{Geography, Tier};

/// Nodes whose income per head is published together, with the figure, fen a year.
pub(crate) struct Published {
    nodes: Vec<usize>,
    income: f64,
}

/// Published incomes by prefecture and tier; those of a province are of its nodes whose prefecture has none.
pub(crate) fn published(
    geography: &Geography,
    prefectures: &[PublishedIncome],
    provinces: &[PublishedIncome],
) -> Vec<Published> {
    let village = |j: usize| usize::from(geography.nodes[j].tier == Tier::Village);
    let unknown = |j: usize| prefectures[geography.nodes[j].prefecture][village(j)].is_none();
    let of = |nodes: std::ops::Range<usize>, tier: usize, income: f64, all: bool| Published {
        nodes: nodes.filter(|&j| village(j) == tier && (all || unknown(j))).collect(),
        income: income * 100.0,
    };
    let tiers = |income: &PublishedIncome| income.iter().copied().enumerate().collect::<Vec<_>>();
    let by_prefecture = geography.prefectures.iter().zip(prefectures).flat_map(|(p, income)| {
        tiers(income).into_iter().filter_map(|(tier, income)| Some(of(p.nodes.clone(), tier, income?, true)))
    });
    let by_province = geography.provinces.iter().zip(provinces).flat_map(|(r, income)| {
        tiers(income).into_iter().filter_map(|(tier, income)| Some(of(r.nodes.clone(), tier, income?, false)))
    });
    by_prefecture.chain(by_province).collect()
}

/// Outside income, a residual: what is published of some nodes beyond what the model gives them, spread in proportion
/// to modelled income, `x_j = (published/model - 1) model_j` per head, so that it leaves no node less than nothing and
/// does not flatten the differences between counties.
pub(crate) fn residual_income(world: &mut World, published: &[Published]) {
    for group in published {
        let people = |j: usize| world.residents(j) as f64;
        let all: f64 = group.nodes.iter().map(|&j| people(j)).sum();
        if all <= 0.0 {
            continue;
        }
        let modelled: Vec<f64> = group
            .nodes
            .iter()
            .map(|&j| (world.nodes[j].income as f64 - world.nodes[j].outside_income * people(j)).max(0.0))
            .collect();
        let sum: f64 = modelled.iter().sum();
        let residual = group.income * all - sum;
        let per_head: Vec<f64> = group
            .nodes
            .iter()
            .zip(&modelled)
            .map(|(&j, modelled)| match people(j) {
                0.0 => 0.0,
                n if sum > 0.0 => residual * modelled / sum / n,
                _ => residual / all,
            })
            .collect();
        for (&j, x) in group.nodes.iter().zip(per_head) {
            world.nodes[j].outside_income = x;
        }
    }
}

/// Mean outside income per head by prefecture, yuan a year: urban, rural.
pub(crate) fn outside_income_by_prefecture(world: &World) -> Vec<[f64; 2]> {
    let mean = |nodes: std::ops::Range<usize>, village: bool| {
        let (mut sum, mut people) = (0.0, 0.0);
        for j in nodes.filter(|&j| (world.geography.nodes[j].tier == Tier::Village) == village) {
            sum += world.nodes[j].outside_income * world.residents(j) as f64 / 100.0;
            people += world.residents(j) as f64;
        }
        if people > 0.0 { sum / people } else { 0.0 }
    };
    let of = |nodes: &std::ops::Range<usize>| [false, true].map(|village| mean(nodes.clone(), village));
    world.geography.prefectures.iter().map(|p| of(&p.nodes)).collect()
}
