//! Projects wear out, borrow and fail.
//!
//! Wear and luck of a project depend on itself alone and are worked out in pieces on all threads. What a failure does to
//! accounts, and all that a county's fund lends, is booked afterwards in the order of projects. The same walk notes who
//! reviews its place and who stands in an enclave, so that nobody need look at all projects again for it.

use super::relocation::{Reviewer, Reviewers};
use super::survival::SCRAP;
use crate::config::Capital;
use crate::kernel::chunks::map_parts;
use crate::kernel::draw::{Draws, Purpose, pair};
use crate::quantity::{Fen, nearest};
use crate::rules::{Lever, Rules};
use crate::world::givers::Way;
use crate::world::projects::PIECE;
use crate::world::{Account, Factor, Flows, Project, SECTORS, Use, World};

/// Projects whose luck is drawn side by side.
const SIDE: usize = 256;

/// The county's fund lends a project part of the cash that it misses.
fn refinance(world: &mut World, rules: &Rules, project: &mut Project) {
    let (j, s) = (usize::from(project.node), usize::from(project.sector));
    let county = world.geography.nodes[j].county;
    let share = rules.levers.county(Lever::Refinancing, county);
    if share <= 0.0 {
        return;
    }
    let missing = Fen(project.value).share(rules.p.cash_target) - Fen(project.cash);
    let fund = world.accounts.fund[county].at_least(Fen::ZERO);
    let loan = missing.share(share).at_most(fund).at_least(Fen::ZERO);
    world.accounts.pay(Account::Fund(county), Account::ProjectCash(j, s), loan, Use::ProjectCash);
    project.cash += loan.0;
    world.nodes[j].refinanced[s] += loan.0;
}

/// What the county's guarantee fund loses with a failed project: its loan, and the guarantee to the owners.
fn make_good(world: &mut World, rules: &Rules, project: &Project, gone: i64) {
    let (j, s) = (usize::from(project.node), usize::from(project.sector));
    let capital = world.nodes[j].capital[s].max(1) as f64;
    let lost = nearest(world.nodes[j].refinanced[s] as f64 * (gone as f64 / capital).min(1.0));
    world.nodes[j].refinanced[s] -= lost;
    let county = world.geography.nodes[j].county;
    let fund = world.accounts.fund[county].at_least(Fen::ZERO);
    let amount = Fen(gone).share(rules.levers.node(Lever::Guarantee, j)).at_most(fund);
    let fund = usize::from(project.fund);
    let pool = Account::pool(fund, world.geography.counties.len());
    world.accounts.pay(Account::Fund(county), pool, amount, Use::Guarantee);
    match project.founder() {
        Some(owner) => {
            world.givers.deposit(&world.geography, fund, owner, amount.0);
            world.nodes[owner].saved += amount.0;
        }
        None => world.givers.retain(fund, amount.0, amount.0),
    }
}

/// Hazard a year that a project fails: `f f_0 exp(-f_1 cash/value)`, f a lever. Nothing where failure is off.
pub(crate) fn failure_hazard(rules: &Rules, project: &Project) -> f64 {
    let cash = project.cash as f64 / (project.value as f64).max(1.0);
    most_hazard(rules, project) * libm::exp(-rules.p.failure_cash * cash)
}

/// Failure hazard of a project without cash: no other fails more often.
fn most_hazard(rules: &Rules, project: &Project) -> f64 {
    if !rules.model.failure {
        return 0.0;
    }
    let (j, s) = (usize::from(project.node), usize::from(project.sector));
    rules.levers.cell(Lever::FailureHazard, j, s) * rules.p.failure_base
}

/// What a project loses beyond wear.
enum End {
    /// Value and cash of this project are gone, fen.
    Gone(Project, (i64, i64)),
    /// A county's fund lends first to the project at this position in the list.
    Lends(u32),
}

/// The year's law of wear and failure.
struct Law<'a> {
    world: &'a World,
    rules: &'a Rules<'a>,
    failure: Draws,
    growth: Draws,
    /// Whether projects end as a whole.
    discrete: bool,
    /// Value below which a project is scrapped, fen.
    scrap_below: f64,
    /// Mean value before the year, fen; nothing while values do not grow by chance.
    mean: f64,
}

/// What the walk of the year noted of projects, by their positions in the list.
pub(super) struct Noted {
    /// Those that review their place.
    pub(super) reviewers: Vec<Reviewer>,
    /// Those in an enclave, while counties are paired.
    pub(super) enclaves: Vec<u32>,
}

/// What becomes of a piece: depreciation by cell, what ends, and what is noted, by positions in the list.
struct Worn {
    by_cell: Vec<[i64; SECTORS]>,
    ends: Vec<End>,
    noted: Noted,
}

impl<'a> Law<'a> {
    fn new(world: &'a World, rules: &'a Rules<'a>, seed: u64, list: &[Project]) -> Law<'a> {
        let [failure, growth] =
            [Purpose::Failure, Purpose::ProjectGrowth].map(|purpose| Draws::new(seed, purpose, world.step));
        let mean = || list.iter().map(|q| q.value as f64).sum::<f64>() / list.len().max(1) as f64;
        Law {
            world,
            rules,
            failure,
            growth,
            discrete: rules.model.capital == Capital::Projects,
            scrap_below: world.base.project_min * SCRAP,
            mean: if rules.p.project_growth_sd > 0.0 { mean() } else { 0.0 },
        }
    }

    /// Wear of a project and its growth by chance; returns what it lost of its value.
    fn wear(&self, project: &mut Project) -> i64 {
        let p = self.rules.p;
        let (j, s) = (usize::from(project.node), usize::from(project.sector));
        let scrapping = self.rules.levers.cell(Lever::Scrapping, j, s);
        let mut lost = nearest(project.value as f64 * (p.depreciation + scrapping).min(1.0));
        project.value -= lost;
        project.age = project.age.saturating_add(1);
        project.waiting = project.waiting.saturating_sub(1);
        if p.project_growth_sd > 0.0 {
            // Gibrat's law with a lower reflecting barrier: growth is booked as (negative) depreciation.
            let shock = libm::exp(
                p.project_growth_sd * self.growth.normal(project.number)
                    - 0.5 * p.project_growth_sd * p.project_growth_sd,
            );
            let value = (project.value as f64 * shock).max(p.project_barrier * self.mean);
            let value = nearest(value);
            lost -= value - project.value;
            project.value = value;
        }
        lost
    }

    /// Whether a project ends, at its uniform number.
    fn ends(&self, project: &Project, u: f64) -> bool {
        // Hardly a number is below what the hazard can be at most: the hazard itself is seldom needed.
        (project.value as f64) < self.scrap_below
            || (u < most_hazard(self.rules, project) && u < failure_hazard(self.rules, project))
    }

    /// Value and cash that are gone with a project.
    fn gone(&self, project: &Project, u: impl FnOnce() -> f64) -> (i64, i64) {
        if self.discrete {
            return if self.ends(project, u()) { (project.value, project.cash) } else { (0, 0) };
        }
        let hazard = failure_hazard(self.rules, project);
        let gone = nearest(project.value as f64 * hazard);
        // What is left of its cash returns to the pool.
        let whole = gone == project.value;
        (gone, if whole { project.cash } else { nearest(project.cash as f64 * hazard) })
    }

    /// Whether a county's fund lends to the project: then what it has depends on those before it.
    fn borrows(&self, project: &Project) -> bool {
        let county = self.world.geography.nodes[usize::from(project.node)].county;
        self.rules.levers.county(Lever::Refinancing, county) > 0.0
    }

    /// Wears the projects of a piece, of which the first has this position in the list, and notes who reviews its place.
    fn piece(&self, reviewers: Option<&Reviewers>, mut first: u32, piece: &mut [Project]) -> Worn {
        let mut by_cell = vec![[0; SECTORS]; self.world.geography.area_nodes()];
        let mut ends = Vec::new();
        let mut noted = Noted { reviewers: Vec::new(), enclaves: Vec::new() };
        let lends = self.rules.levers.values(Lever::Refinancing).iter().any(|&share| share > 0.0);
        let paired = !self.rules.levers.links().is_empty();
        let mut words = [[0; SIDE]; 4];
        let mut numbers = [0; SIDE];
        for side in piece.chunks_mut(SIDE) {
            numbers.iter_mut().zip(&*side).for_each(|(number, project)| *number = project.number);
            if let Some(reviewers) = reviewers {
                reviewers.note(first, side, &numbers[..side.len()], &mut words, &mut noted.reviewers);
            }
            if self.discrete && self.rules.model.failure {
                self.failure.blocks(&numbers[..side.len()], &mut words);
            }
            for (i, project) in side.iter_mut().enumerate() {
                by_cell[usize::from(project.node)][usize::from(project.sector)] += self.wear(project);
                if paired && project.enclave != Project::NO_ENCLAVE {
                    noted.enclaves.push(first + i as u32);
                }
                if lends && self.borrows(project) {
                    ends.push(End::Lends(first + i as u32));
                    continue;
                }
                let u = || pair(words.map(|words| words[i])).0;
                let gone = self.gone(project, u);
                if gone.0 > 0 {
                    ends.push(End::Gone(*project, gone));
                    project.value -= gone.0;
                    project.cash -= gone.1;
                }
            }
            first += side.len() as u32;
        }
        Worn { by_cell, ends, noted }
    }
}

/// Wears all projects and ends those that fail.
pub(super) fn wear_and_fail(world: &mut World, rules: &Rules, flows: &mut Flows, seed: u64) -> Noted {
    let mut list = std::mem::take(&mut world.projects.list);
    let law = Law::new(world, rules, seed, &list);
    let mean = law.mean;
    let reviewers = Reviewers::new(rules, seed, world.step);
    let pieces =
        map_parts(&mut list, PIECE, |i, piece| law.piece(reviewers.as_ref(), (i * PIECE) as u32, piece));
    let mut released = Vec::new();
    let mut noted = Noted { reviewers: Vec::new(), enclaves: Vec::new() };
    for Worn { by_cell, ends, noted: of_piece } in pieces {
        noted.reviewers.extend(of_piece.reviewers);
        noted.enclaves.extend(of_piece.enclaves);
        for (state, worn) in world.nodes.iter_mut().zip(by_cell) {
            for (flow, worn) in state.capital_flows.iter_mut().zip(worn) {
                flow.depreciation += worn;
            }
        }
        for what in ends {
            let (project, gone) = match what {
                End::Gone(project, gone) => (project, gone),
                End::Lends(at) => {
                    let project = &mut list[at as usize];
                    refinance(world, rules, project);
                    let law = Law { mean, ..Law::new(world, rules, seed, &[]) };
                    let gone = law.gone(project, || law.failure.uniform(project.number));
                    if gone.0 <= 0 {
                        continue;
                    }
                    let before = *project;
                    project.value -= gone.0;
                    project.cash -= gone.1;
                    (before, gone)
                }
            };
            released.extend(end(world, rules, flows, &project, gone));
        }
    }
    world.projects.list = list;
    let shares = world.claims.shares(&world.base.residents);
    shares.book(&world.geography, flows, (Factor::ProjectCash, Way::ToHolders), released);
    noted
}

/// Books what is gone with a project, value and cash. Returns fund, place and cash where no founder receives it.
fn end(
    world: &mut World,
    rules: &Rules,
    flows: &mut Flows,
    project: &Project,
    (gone, cash): (i64, i64),
) -> Option<(usize, usize, i64)> {
    let (j, s) = (usize::from(project.node), usize::from(project.sector));
    let fund = usize::from(project.fund);
    let pool = Account::pool(fund, world.geography.counties.len());
    world.accounts.pay(Account::ProjectCash(j, s), pool, Fen(cash), Use::ProjectCash);
    world.nodes[j].invested -= cash;
    match project.founder() {
        Some(owner) => {
            flows.add_money(Factor::ProjectCash, j, owner, cash);
            world.givers.deposit(&world.geography, fund, owner, cash);
        }
        None => world.givers.retain(fund, cash, 0),
    }
    make_good(world, rules, project, gone);
    world.nodes[j].capital_flows[s].scrapped += gone;
    project.founder().is_none().then_some((fund, j, cash))
}
