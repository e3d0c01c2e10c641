//! Capital of the base year: its total from what is invested, its place from what it earns, and the first
//! projects.

use crate::economy::Rules;
use crate::flow::capital::{ProjectSizes, owner_of_local_project};
use crate::kernel::draw::{Draws, Purpose};
use crate::scenario::file::Capital;
use crate::world::{Project, SECTORS, World};

/// Yearly loss of a unit of capital: depreciation, relocation losses, failure at target cash.
pub fn yearly_loss(rules: &Rules) -> f64 {
    let p = rules.p;
    let relocation = if rules.model.relocation { p.xi * p.chi } else { 0.0 };
    let failure =
        if rules.model.failure { p.failure_base * libm::exp(-p.failure_cash * p.cash_target) } else { 0.0 };
    p.delta + relocation + failure
}

/// Capital of every cell, yuan x 100: `K_js = surplus_js/r` with one r such that investment replaces what
/// is lost and grows at g: `I = (delta + xi chi + f + g) K`.
pub fn cells(world: &World, rules: &Rules, investment: f64) -> Vec<[i64; SECTORS]> {
    let area = world.geography.area_nodes();
    let surplus: f64 =
        (0..area).map(|j| world.nodes[j].surplus.iter().map(|&s| s.max(0) as f64).sum::<f64>()).sum();
    // Pools also fill the cash of what is added: I + cash g K.
    let total = investment / (yearly_loss(rules) + world.base.growth * (1.0 + rules.p.cash_target));
    world
        .nodes
        .iter()
        .take(area)
        .map(|n| {
            std::array::from_fn(|s| {
                if surplus > 0.0 {
                    libm::rint(n.surplus[s].max(0) as f64 / surplus * total) as i64
                } else {
                    0
                }
            })
        })
        .collect()
}

/// Founds the first projects: Pareto sizes that fill each cell exactly, or one project a cell and owner.
pub fn found(world: &mut World, rules: &Rules, seed: u64) {
    let sizes = ProjectSizes::new(rules.p, world.base.project_min);
    let draws = Draws::new(seed, Purpose::ProjectSize, 0);
    let owners = Draws::new(seed, Purpose::Investment, 0);
    world.projects = Default::default();
    for j in 0..world.geography.area_nodes() {
        for s in 0..SECTORS {
            let cell = world.base.capital[j][s];
            if cell <= 0 {
                continue;
            }
            if rules.model.capital == Capital::Deterministic {
                let seat = world.geography.seat_of(j);
                let seat_part = if seat == j { 0 } else { libm::rint(cell as f64 * rules.p.div_seat) as i64 };
                for (owner, value) in [(seat, seat_part), (j, cell - seat_part)] {
                    if value > 0 {
                        add(world, rules, j, s, owner, value);
                    }
                }
                continue;
            }
            let mut rest = cell;
            while rest > 0 {
                let number = world.projects.next;
                let drawn = sizes.draw(draws.uniform(number));
                // The last project takes what is left, so that the cell is met exactly.
                let value = if rest < drawn + sizes.least() { rest } else { drawn };
                let owner = owner_of_local_project(world, rules, j, owners.uniform(number));
                add(world, rules, j, s, owner, value);
                rest -= value;
            }
        }
    }
    for project in &world.projects.list {
        world.accounts.project_cash[usize::from(project.node)][usize::from(project.sector)].0 += project.cash;
    }
    for j in 0..world.geography.area_nodes() {
        world.nodes[j].capital = world.base.capital[j];
    }
}

fn add(world: &mut World, rules: &Rules, j: usize, s: usize, owner: usize, value: i64) {
    world.projects.found(Project {
        node: j as u16,
        owner: owner as u16,
        sector: s as u8,
        chain: 0,
        age: 0,
        waiting: 0,
        enclave: Project::NO_ENCLAVE,
        value,
        cash: libm::rint(value as f64 * rules.p.cash_target) as i64,
        number: 0,
    });
}
