//! Projects move: they review their place and choose another one within their own sector.
//!
//! At the usual rate xi a project looks everywhere. What a policy adds to the rate is under contract: such a project looks
//! only among the cells that contracts name, as far as there are any but its own.

use super::attraction::{Attraction, running};
use super::founding::Buckets;
use crate::config::Capital;
use crate::economy::programmes;
use crate::kernel::chunks::map_ranges;
use crate::kernel::draw::{Draws, Purpose, pair};
use crate::quantity::{Fen, nearest, split};
use crate::rules::{Lever, Rules};
use crate::world::programmes::When;
use crate::world::{Account, Factor, Flows, Project, SECTORS, Use, World};

/// A project that reviews its place, if it is still there.
pub(super) struct Reviewer {
    /// Position in the list.
    at: u32,
    /// Cell.
    node: u16,
    sector: u8,
    /// The numbers that say whether it looks everywhere and where it goes.
    numbers: [f64; 2],
}

/// Who reviews its place this year.
pub(super) struct Reviewers<'a> {
    rules: &'a Rules<'a>,
    draws: Draws,
    /// Highest rate of any cell, in parts of 2^32, rounded up.
    most: u64,
}

impl<'a> Reviewers<'a> {
    /// Those of a year; nothing where no project draws.
    pub(super) fn new(rules: &'a Rules<'a>, seed: u64, step: u32) -> Option<Reviewers<'a>> {
        let draw = rules.model.relocation && rules.model.capital == Capital::Projects;
        let most = rules.levers.values(Lever::RelocationReview).iter().copied().fold(0.0, f64::max);
        draw.then(|| Reviewers {
            rules,
            draws: Draws::new(seed, Purpose::Relocation, step),
            most: libm::ceil(most * 4_294_967_296.0) as u64,
        })
    }

    /// Notes those of some projects that stand side by side, given the position of the first and their numbers; `words` is
    /// room for their draws.
    pub(super) fn note<const N: usize>(
        &self,
        first: u32,
        side: &[Project],
        numbers: &[u64],
        words: &mut [[u32; N]; 4],
        noted: &mut Vec<Reviewer>,
    ) {
        self.draws.blocks(numbers, words);
        for (i, project) in side.iter().enumerate() {
            // Hardly a number is below the highest rate: that of the project's own cell is seldom needed.
            if u64::from(words[1][i]) >= self.most {
                continue;
            }
            let (u, v) = pair(words.map(|words| words[i]));
            let (j, s) = (usize::from(project.node), usize::from(project.sector));
            if u < self.rules.levers.cell(Lever::RelocationReview, j, s) {
                let &Project { node, sector, .. } = project;
                noted.push(Reviewer { at: first + i as u32, node, sector, numbers: [u, v] });
            }
        }
    }
}

/// Reviewers of a part that one thread takes.
const PART: usize = 4096;

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

/// Projects review their place and choose within their own sector, not the present node. Where they go is found on all
/// threads, since weights stand still; moves are booked in the order of projects.
pub(super) fn relocate(
    world: &mut World,
    rules: &Rules,
    flows: &mut Flows,
    reviewers: &[Reviewer],
    at: &Attraction,
) {
    let area = world.geography.area_nodes();
    let contract = |j, s| at.weight[j * SECTORS + s] * rules.levers.cell(Lever::RelocationContract, j, s);
    let review = Review {
        rules,
        anywhere: Choice::new(|j, s| at.weight[j * SECTORS + s], area),
        contracted: Choice::new(contract, area),
    };
    let mut list = std::mem::take(&mut world.projects.list);
    let mut added: Vec<Project> = Vec::new();
    match rules.model.capital {
        Capital::Projects => {
            let moves = map_ranges(reviewers.len(), PART, |_, range| {
                let to = |reviewer: &Reviewer| Some((reviewer.at, review.goes_to(reviewer)?));
                reviewers[range].iter().filter_map(to).collect::<Vec<_>>()
            });
            for (at, to) in moves.into_iter().flatten() {
                let project = &mut list[at as usize];
                if project.value > 0 {
                    relocate_whole(world, rules, flows, project, to);
                }
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
    /// All cells, and those that contracts name.
    anywhere: Choice,
    contracted: Choice,
}

impl Review<'_> {
    /// Rate at which a project of a cell looks at all, and that at which it looks everywhere.
    fn rates(&self, j: usize, s: usize) -> Option<(f64, f64)> {
        let rate = self.rules.levers.cell(Lever::RelocationReview, j, s);
        if rate <= 0.0 || self.anywhere.elsewhere(j, s) <= 0.0 {
            return None;
        }
        let named = self.contracted.elsewhere(j, s) > 0.0;
        Some((rate, if named { rate.min(self.rules.p.relocation_review) } else { rate }))
    }

    /// Where a project goes that reviews its place, with the numbers that it drew; nowhere if it stays.
    fn goes_to(&self, reviewer: &Reviewer) -> Option<usize> {
        let (j, s) = (usize::from(reviewer.node), usize::from(reviewer.sector));
        let (_, usual) = self.rates(j, s)?;
        let [u, v] = reviewer.numbers;
        let choice = if u < usual { &self.anywhere } else { &self.contracted };
        Some(choice.pick(j, s, v)).filter(|&to| to != j)
    }

    /// Deterministic capital: the part of a project that moves, divided over all other cells by their weights.
    fn in_proportion(
        &self,
        world: &mut World,
        flows: &mut Flows,
        project: &mut Project,
        added: &mut Vec<Project>,
    ) {
        let (j, s) = (usize::from(project.node), usize::from(project.sector));
        let Some((rate, usual)) = self.rates(j, s).filter(|_| project.value > 0) else { return };
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
