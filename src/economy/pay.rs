//! What is left of a wage: after wage tax and contributions, and of commuters after the way.

use crate::config::Parameters;
use crate::rules::Rules;
use crate::world::World;
use crate::world::sector::{SECTOR_TABLE, urban};

/// Share of a sector's jobs that labour law reaches: minimum wages hold there, and pay bears contributions.
pub(crate) fn covered(p: &Parameters, sector: usize) -> f64 {
    (SECTOR_TABLE[sector].covered)(p)
}

/// Part of a sector's pay that is income of the self-employed; in farming all is.
pub(crate) fn self_employed(p: &Parameters, sector: usize) -> f64 {
    (SECTOR_TABLE[sector].self_employed)(p)
}

/// Part of a cell's wages that its people take home: `1 - t_W - c_r cov_s`.
pub(crate) fn take_home(world: &World, rules: &Rules, j: usize, s: usize) -> f64 {
    let contribution = world.pension_terms(world.geography.nodes[j].province).contribution;
    1.0 - rules.p.income_tax_rate - contribution * covered(rules.p, s)
}

/// Wage of an efficiency unit of commuters at a seat, after the cost of commuting, before tax.
pub(crate) fn commuter_wage(world: &World, rules: &Rules, seat: usize, k: usize) -> f64 {
    mean_of_commuters(world, rules, seat, k, |_| 1.0)
}

/// The same after tax and contributions.
pub(crate) fn commuter_take_home(world: &World, rules: &Rules, seat: usize, k: usize) -> f64 {
    mean_of_commuters(world, rules, seat, k, |s| take_home(world, rules, seat, s))
}

fn mean_of_commuters(
    world: &World,
    rules: &Rules,
    seat: usize,
    k: usize,
    kept: impl Fn(usize) -> f64,
) -> f64 {
    let state = &world.nodes[seat];
    let (mut weight, mut sum) = (0.0, 0.0);
    for s in urban() {
        weight += state.labour_commuting[s][k];
        sum += state.labour_commuting[s][k] * state.job_probability[s][k] * state.wage[s][k] * kept(s);
    }
    if weight > 0.0 { sum / weight * (1.0 - rules.p.commuting_cost) } else { 0.0 }
}
