//! Technology: it spreads from the frontier where talent is; farm prices shake.

use crate::kernel::draw::{Draws, Purpose};
use crate::rules::{Lever, Levers, Rules};
use crate::world::World;

use super::production::{capital_at_work, factor_shares};

/// Technology of every cell of a sector in units that can be compared, logs; nothing where nobody works.
///
/// Cells differ in the exponents of capital and labour, so their `A` differ in units. The index asks what a cell makes of
/// one bundle of the area's mean shares, at constant returns (after Caves, Christensen and Diewert 1982):
/// `ln A_j + (a_j - a) ln K_j + (b_j - b) ln L_j, a + b = 1`. With equal shares it is `ln A_j`.
fn levels(world: &World, rules: &Rules, s: usize) -> Vec<Option<f64>> {
    let area = world.geography.area_nodes();
    let (mut capital, mut labour) = (0.0, 0.0);
    for j in 0..area {
        let (shares, output) = (factor_shares(world, rules, j, s), world.nodes[j].revenue[s].max(0) as f64);
        capital += shares.capital * output;
        labour += shares.labour * output;
    }
    let mean = capital / (capital + labour);
    (0..area)
        .map(|j| {
            let node = &world.nodes[j];
            let workers: f64 = node.labour[s].iter().sum();
            if node.technology[s] <= 0.0 || workers <= 0.0 || !mean.is_finite() {
                return None;
            }
            let shares = factor_shares(world, rules, j, s);
            let bundle = (shares.capital - mean) * libm::log(capital_at_work(world, j, s))
                + (shares.labour - (1.0 - mean)) * libm::log(workers);
            Some(libm::log(node.technology[s]) + bundle)
        })
        .collect()
}

/// Technology of the frontier: that of the node above which a tenth of the area's output of a sector is made.
/// The very best node would be one with so few people that its technology is a matter of rounding.
fn frontier(world: &World, levels: &[Option<f64>], s: usize) -> Option<f64> {
    let mut nodes: Vec<(usize, f64)> =
        levels.iter().enumerate().filter_map(|(j, level)| Some((j, (*level)?))).collect();
    nodes.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let output = |j: usize| world.nodes[j].revenue[s].max(0) as f64;
    let all: f64 = nodes.iter().map(|&(j, _)| output(j)).sum();
    let mut above = 0.0;
    nodes.into_iter().find_map(|(j, level)| {
        above += output(j);
        (above >= 0.1 * all).then_some(level)
    })
}

/// `dln A_j = psi_T (ln A* - ln A_j) H_j/N_j`: industry catches up with the frontier of the area,
/// faster where talent is.
pub(crate) fn diffuse(world: &mut World, rules: &Rules) {
    let s = crate::world::sector::INDUSTRY;
    let area = world.geography.area_nodes();
    if (0..area).all(|j| rules.levers.node(Lever::Diffusion, j) == 0.0) {
        return;
    }
    let levels = levels(world, rules, s);
    let Some(best) = frontier(world, &levels, s) else { return };
    for (j, level) in levels.into_iter().enumerate() {
        let people = world.residents(j) as f64;
        let Some(level) = level.filter(|_| people > 0.0) else { continue };
        let posted = rules.levers.node(Lever::PostedTalent, j);
        let talent = (world.residents_by_skill(j, 1) as f64 + posted).max(0.0) / people;
        let gap = (best - level).max(0.0);
        world.nodes[j].technology[s] *= libm::exp(rules.levers.node(Lever::Diffusion, j) * gap * talent);
    }
}

/// The year's price of farm goods in each county, `z sd - sd^2/2` log points; a share is averaged over the
/// prefecture where farms and firms pool their risk.
pub(crate) fn farm_shocks(world: &mut World, levers: &Levers, sd: f64, seed: u64) {
    let draws = Draws::new(seed, Purpose::Shock, world.step);
    let own: Vec<f64> =
        (0..world.geography.counties.len()).map(|c| sd * draws.normal(c as u64) - 0.5 * sd * sd).collect();
    for j in 0..world.geography.area_nodes() {
        let node = &world.geography.nodes[j];
        let counties = world.geography.prefectures[node.prefecture].counties.clone();
        let mean = own[counties.clone()].iter().sum::<f64>() / counties.len().max(1) as f64;
        let pooled = levers.node(Lever::ShockPooling, j);
        world.nodes[j].farm_shock = (1.0 - pooled) * own[node.county] + pooled * mean;
    }
}
