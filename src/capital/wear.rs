//! Projects wear out, borrow and fail.

use super::survival::SCRAP;
use crate::config::Capital;
use crate::kernel::draw::{Draws, Purpose};
use crate::quantity::Fen;
use crate::rules::{Lever, Rules};
use crate::world::givers::Way;
use crate::world::{Account, Factor, Flows, Project, Use, World};

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
    let lost = libm::rint(world.nodes[j].refinanced[s] as f64 * (gone as f64 / capital).min(1.0)) as i64;
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
    if !rules.model.failure {
        return 0.0;
    }
    let (j, s) = (usize::from(project.node), usize::from(project.sector));
    let cash = project.cash as f64 / (project.value as f64).max(1.0);
    rules.levers.cell(Lever::FailureHazard, j, s)
        * rules.p.failure_base
        * libm::exp(-rules.p.failure_cash * cash)
}

pub(super) fn wear_and_fail(world: &mut World, rules: &Rules, flows: &mut Flows, seed: u64) {
    let p = rules.p;
    let failure = Draws::new(seed, Purpose::Failure, world.step);
    let growth = Draws::new(seed, Purpose::ProjectGrowth, world.step);
    let discrete = rules.model.capital == Capital::Projects;
    let scrap_below = world.base.project_min * SCRAP;
    let mut released = Vec::new();
    let mut list = std::mem::take(&mut world.projects.list);
    let mean = list.iter().map(|q| q.value as f64).sum::<f64>() / list.len().max(1) as f64;
    for project in &mut list {
        let (j, s) = (usize::from(project.node), usize::from(project.sector));
        let scrapping = rules.levers.cell(Lever::Scrapping, j, s);
        let lost = libm::rint(project.value as f64 * (p.depreciation + scrapping).min(1.0)) as i64;
        project.value -= lost;
        project.age = project.age.saturating_add(1);
        project.waiting = project.waiting.saturating_sub(1);
        let flow = &mut world.nodes[j].capital_flows[s];
        flow.depreciation += lost;
        if p.project_growth_sd > 0.0 {
            // Gibrat's law with a lower reflecting barrier: growth is booked as (negative) depreciation.
            let shock = libm::exp(
                p.project_growth_sd * growth.normal(project.number)
                    - 0.5 * p.project_growth_sd * p.project_growth_sd,
            );
            let value = (project.value as f64 * shock).max(p.project_barrier * mean);
            let value = libm::rint(value) as i64;
            flow.depreciation -= value - project.value;
            project.value = value;
        }
        refinance(world, rules, project);
        let hazard = failure_hazard(rules, project);
        let gone = if discrete {
            let worn = (project.value as f64) < scrap_below;
            if worn || (hazard > 0.0 && failure.uniform(project.number) < hazard) { project.value } else { 0 }
        } else {
            libm::rint(project.value as f64 * hazard) as i64
        };
        if gone > 0 {
            // What is left of its cash returns to the pool.
            let cash = if gone == project.value {
                project.cash
            } else {
                libm::rint(project.cash as f64 * hazard) as i64
            };
            let fund = usize::from(project.fund);
            let pool = Account::pool(fund, world.geography.counties.len());
            world.accounts.pay(Account::ProjectCash(j, s), pool, Fen(cash), Use::ProjectCash);
            world.nodes[j].invested -= cash;
            match project.founder() {
                Some(owner) => {
                    flows.add_money(Factor::ProjectCash, j, owner, cash);
                    world.givers.deposit(&world.geography, fund, owner, cash);
                }
                None => {
                    released.push((fund, j, cash));
                    world.givers.retain(fund, cash, 0);
                }
            }
            project.cash -= cash;
            project.value -= gone;
            make_good(world, rules, project, gone);
            world.nodes[j].capital_flows[s].scrapped += gone;
        }
    }
    world.projects.list = list;
    let shares = world.claims.shares(&world.base.residents);
    shares.book(&world.geography, flows, (Factor::ProjectCash, Way::ToHolders), released);
}
