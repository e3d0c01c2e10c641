//! Projects move: they review their place and choose another one within their own sector.
//!
//! At the usual rate xi a project looks everywhere. What a policy adds to the rate is under contract: such a project looks
//! only among the cells that contracts name, as far as there are any but its own.

use super::attraction::{Attraction, running};
use super::founding::Buckets;
use crate::config::Capital;
use crate::economy::programmes;
use crate::kernel::chunks::map_ranges;
use crate::kernel::draw::{Draws, Purpose, unit};
use crate::quantity::{Fen, nearest, split};
use crate::rules::{Lever, Rules};
use crate::world::programmes::When;
use crate::world::projects::PIECE;
use crate::world::{Account, Factor, Flows, Project, SECTORS, Use, World};

/// Projects whose draws are made side by side.
const SIDE: usize = 256;

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

/// Projects review their place and choose within their own sector, not the present node. Who goes where is drawn in pieces
/// on all threads, since weights stand still; moves are booked in the order of projects.
pub(super) fn relocate(world: &mut World, rules: &Rules, flows: &mut Flows, seed: u64, at: &Attraction) {
    let area = world.geography.area_nodes();
    let contract = |j, s| at.weight[j * SECTORS + s] * rules.levers.cell(Lever::RelocationContract, j, s);
    let review = Review {
        rules,
        draws: Draws::new(seed, Purpose::Relocation, world.step),
        most: rules.levers.values(Lever::RelocationReview).iter().copied().fold(0.0, f64::max),
        anywhere: Choice::new(|j, s| at.weight[j * SECTORS + s], area),
        contracted: Choice::new(contract, area),
    };
    let mut list = std::mem::take(&mut world.projects.list);
    let mut added: Vec<Project> = Vec::new();
    match rules.model.capital {
        Capital::Projects => {
            let moves = map_ranges(list.len(), PIECE, |_, range| review.piece(range.start, &list[range]));
            for (i, to) in moves.into_iter().flatten() {
                relocate_whole(world, rules, flows, &mut list[i as usize], usize::from(to));
            }
        }
        Capital::Deterministic => {
            for project in &mut list {
                review.in_proportion(world, flows, project, &mut added);
            }
        }
    }
    world.projects.list = list;
    let mut buckets = Buckets::of(world, rules);
    for project in added {
        buckets.found(world, project);
    }
}

/// How projects review their place this year.
struct Review<'a> {
    rules: &'a Rules<'a>,
    draws: Draws,
    /// Highest rate of any cell.
    most: f64,
    /// All cells, and those that contracts name.
    anywhere: Choice,
    contracted: Choice,
}

impl Review<'_> {
    /// Rate at which a project looks at all, and that at which it looks everywhere.
    fn rates(&self, project: &Project) -> Option<(f64, f64)> {
        let (j, s) = (usize::from(project.node), usize::from(project.sector));
        let rate = self.rules.levers.cell(Lever::RelocationReview, j, s);
        if project.value <= 0 || rate <= 0.0 || self.anywhere.elsewhere(j, s) <= 0.0 {
            return None;
        }
        let named = self.contracted.elsewhere(j, s) > 0.0;
        Some((rate, if named { rate.min(self.rules.p.relocation_review) } else { rate }))
    }

    /// Projects of a piece that move: position among all, node where they go.
    fn piece(&self, mut first: usize, piece: &[Project]) -> Vec<(u32, u16)> {
        let mut moves = Vec::new();
        let mut words = [[0; SIDE]; 4];
        let mut numbers = [0; SIDE];
        for side in piece.chunks(SIDE) {
            numbers.iter_mut().zip(side).for_each(|(number, project)| *number = project.number);
            self.draws.blocks(&numbers[..side.len()], &mut words);
            for (i, project) in side.iter().enumerate() {
                let number = |w: usize| unit(u64::from(words[w][i]) | u64::from(words[w + 1][i]) << 32);
                let u = number(0);
                // Hardly a number is below the highest rate: that of the project's own cell is seldom needed.
                if u >= self.most {
                    continue;
                }
                let Some((rate, usual)) = self.rates(project) else { continue };
                if u >= rate {
                    continue;
                }
                let choice = if u < usual { &self.anywhere } else { &self.contracted };
                let to = choice.pick(usize::from(project.node), usize::from(project.sector), number(2));
                if to != usize::from(project.node) {
                    moves.push(((first + i) as u32, to as u16));
                }
            }
            first += side.len();
        }
        moves
    }

    /// Deterministic capital: the part of a project that moves, divided over all other cells by their weights.
    fn in_proportion(
        &self,
        world: &mut World,
        flows: &mut Flows,
        project: &mut Project,
        added: &mut Vec<Project>,
    ) {
        let Some((rate, usual)) = self.rates(project) else { return };
        let (j, s) = (usize::from(project.node), usize::from(project.sector));
        let loss = self.rules.levers.cell(Lever::RelocationLoss, j, s);
        let value = project.value as f64;
        let parts = [(&self.anywhere, usual), (&self.contracted, rate - usual)]
            .map(|(choice, rate)| (choice, nearest(value * rate)));
        for (choice, leaving) in parts.into_iter().filter(|(_, leaving)| *leaving > 0) {
            let split = split(leaving, &choice.weights(j, s));
            for (to, value) in split.into_iter().enumerate().filter(|(_, value)| *value > 0) {
                let lost = nearest(value as f64 * loss);
                let cash = nearest(project.cash as f64 * value as f64 / project.value as f64);
                move_value(world, flows, j, to, s, value, lost);
                move_cash(world, flows, (j, to), s, cash);
                project.value -= value;
                project.cash -= cash;
                let cash = cash + welcome(world, self.rules, (j, to), s, value - lost);
                added.push(Project { node: to as u16, value: value - lost, cash, ..*project });
            }
        }
    }
}

fn relocate_whole(world: &mut World, rules: &Rules, flows: &mut Flows, project: &mut Project, to: usize) {
    let (j, s) = (usize::from(project.node), usize::from(project.sector));
    let loss = rules.levers.cell(Lever::RelocationLoss, j, s);
    let lost = nearest(project.value as f64 * loss);
    move_value(world, flows, j, to, s, project.value, lost);
    move_cash(world, flows, (j, to), s, project.cash);
    project.value -= lost;
    project.node = to as u16;
    project.cash += welcome(world, rules, (j, to), s, project.value);
}

fn move_cash(world: &mut World, flows: &mut Flows, (from, to): (usize, usize), s: usize, cash: i64) {
    flows.add_money(Factor::Relocation, from, to, cash);
    let [payer, receiver] = [from, to].map(|j| Account::ProjectCash(j, s));
    world.accounts.pay(payer, receiver, Fen(cash), Use::ProjectCash);
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
