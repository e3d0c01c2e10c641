//! Projects move: they review their place and choose another one within their own sector.
//!
//! At the usual rate xi a project looks everywhere. What a policy adds to the rate is under contract: such a project looks
//! only among the cells that contracts name, as far as there are any but its own.

use super::attraction::{Attraction, running};
use super::founding::Buckets;
use crate::config::Capital;
use crate::economy::programmes;
use crate::kernel::draw::{Draws, Purpose};
use crate::quantity::{Fen, split};
use crate::rules::{Lever, Rules};
use crate::world::programmes::When;
use crate::world::{Account, Factor, Flows, Project, SECTORS, Use, World};

/// Running weights of the nodes for projects of each sector.
struct Choice {
    before: Vec<Vec<f64>>,
}

impl Choice {
    fn new(weight: impl Fn(usize, usize) -> f64, area: usize) -> Choice {
        Choice {
            before: (0..SECTORS)
                .map(|s| running(&(0..area).map(|j| weight(j, s)).collect::<Vec<_>>()))
                .collect(),
        }
    }

    /// Weight of all nodes but one.
    fn elsewhere(&self, j: usize, s: usize) -> f64 {
        let before = &self.before[s];
        before[before.len() - 1] - (before[j + 1] - before[j])
    }

    /// The node where a uniform number in [0, 1) falls among all but one.
    fn pick(&self, j: usize, s: usize, v: f64) -> usize {
        let before = &self.before[s];
        let area = before.len() - 1;
        let mut target = v * self.elsewhere(j, s);
        if target >= before[j] {
            target += before[j + 1] - before[j];
        }
        before[1..=area].partition_point(|&b| b <= target).min(area - 1)
    }

    /// Weights of all nodes but one.
    fn weights(&self, j: usize, s: usize) -> Vec<f64> {
        let before = &self.before[s];
        (0..before.len() - 1).map(|i| if i == j { 0.0 } else { before[i + 1] - before[i] }).collect()
    }
}

/// Projects review their place and choose within their own sector, not the present node.
pub(super) fn relocate(world: &mut World, rules: &Rules, flows: &mut Flows, seed: u64, at: &Attraction) {
    let draws = Draws::new(seed, Purpose::Relocation, world.step);
    let area = world.geography.area_nodes();
    let anywhere = Choice::new(|j, s| at.weight[j * SECTORS + s], area);
    let contract = |j, s| at.weight[j * SECTORS + s] * rules.levers.cell(Lever::RelocationContract, j, s);
    let contracted = Choice::new(contract, area);
    let discrete = rules.model.capital == Capital::Projects;
    let mut list = std::mem::take(&mut world.projects.list);
    let mut added: Vec<Project> = Vec::new();
    for project in &mut list {
        let (j, s) = (usize::from(project.node), usize::from(project.sector));
        let rate = rules.levers.cell(Lever::RelocationReview, j, s);
        if project.value <= 0 || rate <= 0.0 || anywhere.elsewhere(j, s) <= 0.0 {
            continue;
        }
        let named = contracted.elsewhere(j, s) > 0.0;
        let usual = if named { rate.min(rules.p.relocation_review) } else { rate };
        let loss = rules.levers.cell(Lever::RelocationLoss, j, s);
        if discrete {
            let (u, v) = draws.uniform_pair(project.number);
            if u >= rate {
                continue;
            }
            let choice = if u < usual { &anywhere } else { &contracted };
            let to = choice.pick(j, s, v);
            if to == j {
                continue;
            }
            let lost = libm::rint(project.value as f64 * loss) as i64;
            move_value(world, flows, j, to, s, project.value, lost);
            let cash = Fen(project.cash);
            flows.add_money(Factor::Relocation, j, to, cash.0);
            world.accounts.pay(
                Account::ProjectCash(j, s),
                Account::ProjectCash(to, s),
                cash,
                Use::ProjectCash,
            );
            project.value -= lost;
            project.node = to as u16;
            project.cash += welcome(world, rules, (j, to), s, project.value);
        } else {
            let value = project.value as f64;
            let parts = [(&anywhere, usual), (&contracted, rate - usual)]
                .map(|(choice, rate)| (choice, libm::rint(value * rate) as i64));
            for (choice, leaving) in parts {
                if leaving <= 0 {
                    continue;
                }
                for (to, value) in
                    split(leaving, &choice.weights(j, s)).into_iter().enumerate().filter(|(_, v)| *v > 0)
                {
                    let lost = libm::rint(value as f64 * loss) as i64;
                    let cash = libm::rint(project.cash as f64 * value as f64 / project.value as f64) as i64;
                    move_value(world, flows, j, to, s, value, lost);
                    flows.add_money(Factor::Relocation, j, to, cash);
                    world.accounts.pay(
                        Account::ProjectCash(j, s),
                        Account::ProjectCash(to, s),
                        Fen(cash),
                        Use::ProjectCash,
                    );
                    project.value -= value;
                    project.cash -= cash;
                    let cash = cash + welcome(world, rules, (j, to), s, value - lost);
                    added.push(Project { node: to as u16, value: value - lost, cash, ..*project });
                }
            }
        }
    }
    world.projects.list = list;
    let mut buckets = Buckets::of(world, rules);
    for project in added {
        buckets.found(world, project);
    }
}

/// What the receiving county's contracts add to the cash of a project from another county.
fn welcome(world: &mut World, rules: &Rules, (from, to): (usize, usize), s: usize, value: i64) -> i64 {
    if world.geography.nodes[from].county == world.geography.nodes[to].county {
        return 0;
    }
    programmes::claim(world, rules, When::Relocation, (to, s), value, Account::ProjectCash(to, s)).0
}

fn move_value(world: &mut World, flows: &mut Flows, from: usize, to: usize, s: usize, value: i64, lost: i64) {
    world.nodes[from].capital_flows[s].scrapped += lost;
    world.nodes[from].capital_flows[s].moved_out += value - lost;
    world.nodes[to].capital_flows[s].moved_in += value - lost;
    flows.add_money(Factor::Relocation, from, to, value - lost);
}
