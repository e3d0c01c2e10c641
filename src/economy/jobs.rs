//! Who has a job at what pay, outside farming: the wage curve, usual unemployment and the minimum wage.
//!
//! The base year fixes pay w0, marginal products MP0 and the pay of covered jobs of every cell; later years are hats of
//! these ([`super::wage_curve`]). Minimum wages reach a stated share of the jobs of a sector; there pay is at least
//! the floor, and what it costs above the product costs jobs by the same law. Farming has neither.

use super::pay::covered;
use super::production::surplus_over_bill;
use super::wage_curve::WageCurve;
use super::wages::{Employment, LabourMarket};
use crate::config::Parameters;
use crate::rules::Rules;
use crate::world::sector::{INDUSTRY, urban};
use crate::world::state::CellPay;
use crate::world::{SECTORS, SKILLS, Tier, World};

/// Wage bill at marginal products of every cell: `scale Q^elasticity` ([`LabourMarket`]).
pub(crate) type Bills = Vec<[(f64, f64); SECTORS]>;

/// Unemployment rate of the base year outside farming, by tier.
pub(crate) fn usual_unemployment(p: &Parameters, tier: Tier) -> f64 {
    match tier {
        Tier::City => p.unemployment_city,
        Tier::CountySeat => p.unemployment_seat,
        Tier::Village => p.unemployment_village,
        Tier::Outside => 0.0,
    }
}

/// Minimum wage of a place before any growth, fen per efficiency unit and year.
fn floor(world: &World, rules: &Rules, j: usize) -> f64 {
    world.geography.nodes[j].facts.minimum_wage_yuan * rules.p.floor_scale * 100.0
}

/// Part of a cell's surplus that a minimum wage leaves in the base year.
const LEAST_SURPLUS: f64 = 0.2;

fn curve(p: &Parameters) -> WageCurve {
    WageCurve { own_weight: p.wage_own, slope: p.wage_curve, job_creation: p.job_creation }
}

/// The labour market of a cell outside farming.
pub(crate) fn market(
    world: &World,
    rules: &Rules,
    j: usize,
    s: usize,
    (scale, elasticity): (f64, f64),
) -> LabourMarket {
    let (state, node) = (&world.nodes[j], &world.geography.nodes[j]);
    LabourMarket {
        supply: state.labour[s],
        usual_unemployment: usual_unemployment(rules.p, node.tier),
        talent_weight: state.talent_weight[s],
        sigma: rules.p.skill_substitution,
        scale,
        elasticity,
        fixed_jobs: if s == INDUSTRY { node.facts.jobs_industry } else { None },
    }
}

/// Pay and marginal products of the base year become what later years are compared with.
///
/// Pay is the marginal product at usual unemployment; covered jobs pay the floor where it is higher, as far as the
/// surplus keeps a fifth of itself.
pub(crate) fn settle(world: &mut World, rules: &Rules, bills: &Bills) {
    let area = world.geography.area_nodes();
    let mut pay = vec![[[CellPay::default(); SKILLS]; SECTORS]; area];
    for j in 0..area {
        let floor = floor(world, rules, j);
        for s in urban() {
            let market = market(world, rules, j, s, bills[j][s]);
            let usual = market.usual();
            let product = market.marginal(usual);
            let reached = covered(rules.p, s);
            let lift: f64 = (0..SKILLS).map(|k| reached * usual[k] * (floor - product[k]).max(0.0)).sum();
            let most = (1.0 - LEAST_SURPLUS) * surplus_over_bill(world, rules, j, s) * market.bill(usual);
            let part = if lift > 0.0 { (most / lift).min(1.0) } else { 1.0 };
            for k in (0..SKILLS).filter(|&k| usual[k] > 0.0) {
                let covered = product[k] + part * (floor - product[k]).max(0.0);
                pay[j][s][k] = CellPay { wage: product[k], covered, product: product[k], floor };
            }
        }
    }
    world.base.mean_pay = mean_pay(world, rules, bills, &pay);
    world.base.pay = pay;
}

/// Mean pay and product by province and skill, over those at work outside farming.
fn mean_pay(
    world: &World,
    rules: &Rules,
    bills: &Bills,
    pay: &[[[CellPay; SKILLS]; SECTORS]],
) -> Vec<[CellPay; SKILLS]> {
    let mut means = vec![[CellPay::default(); SKILLS]; world.geography.provinces.len()];
    let mut people = vec![[0.0; SKILLS]; means.len()];
    for (j, cells) in pay.iter().enumerate() {
        let r = world.geography.nodes[j].province;
        for s in urban() {
            let usual = market(world, rules, j, s, bills[j][s]).usual();
            for k in 0..SKILLS {
                people[r][k] += usual[k];
                means[r][k].wage += usual[k] * cells[s][k].wage;
                means[r][k].product += usual[k] * cells[s][k].product;
            }
        }
    }
    for (means, people) in means.iter_mut().zip(people) {
        for (mean, people) in means.iter_mut().zip(people).filter(|(_, people)| *people > 0.0) {
            mean.wage /= people;
            mean.product /= people;
        }
    }
    means
}

/// A skill in a cell before anybody is paid.
#[derive(Clone, Copy, Default)]
struct Offer {
    base: CellPay,
    /// Hat of the marginal product at usual employment; none where nobody of the skill looks for work or nothing is
    /// earned.
    product: Option<f64>,
}

fn offer(world: &World, rules: &Rules, j: usize, s: usize, k: usize, product: f64) -> Offer {
    let own = world.base.pay[j][s][k];
    if product <= 0.0 {
        return Offer { base: own, product: None };
    }
    let base = if own.product > 0.0 { own } else { newly_paid(world, rules, j, k, product) };
    Offer { base, product: Some(libm::log(product / base.product)) }
}

/// What stands for base-year pay where nobody of the skill worked: the province's mean, or the first product where it has
/// none either.
fn newly_paid(world: &World, rules: &Rules, j: usize, k: usize, product: f64) -> CellPay {
    let floor = floor(world, rules, j);
    let mean = world.base.mean_pay[world.geography.nodes[j].province][k];
    let (wage, product) = if mean.product > 0.0 { (mean.wage, mean.product) } else { (product, product) };
    CellPay { wage, product, covered: wage.max(floor), floor }
}

/// Employment and pay of every cell outside farming.
pub(crate) fn employment(world: &World, rules: &Rules, bills: &Bills) -> Vec<[Employment; SECTORS]> {
    let area = world.geography.area_nodes();
    let mut offers = vec![[[Offer::default(); SKILLS]; SECTORS]; area];
    let mut cells = vec![[const { Vec::new() }; SKILLS]; world.geography.provinces.len()];
    for j in 0..area {
        for s in urban() {
            let market = market(world, rules, j, s, bills[j][s]);
            let usual = market.usual();
            let product = market.marginal(usual);
            for k in 0..SKILLS {
                let offer = offer(world, rules, j, s, k, product[k]);
                if let Some(hat) = offer.product {
                    cells[world.geography.nodes[j].province][k].push((offer.base.wage * usual[k], hat));
                }
                offers[j][s][k] = offer;
            }
        }
    }
    let curve = curve(rules.p);
    let common: Vec<[f64; SKILLS]> =
        cells.iter().map(|skills| std::array::from_fn(|k| curve.common(&skills[k]))).collect();
    let mut result = vec![[Employment::default(); SECTORS]; area];
    for j in 0..area {
        let common = common[world.geography.nodes[j].province];
        for s in urban() {
            let market = market(world, rules, j, s, bills[j][s]);
            let floor = floor(world, rules, j) * libm::exp(rules.p.floor_indexation * common[0]);
            let reached = if floor > 0.0 { covered(rules.p, s) } else { 0.0 };
            let terms: [(f64, f64); SKILLS] = std::array::from_fn(|k| {
                Terms { curve, usual: market.usual_unemployment, common: common[k], floor, reached }
                    .of(&offers[j][s][k], market.supply[k])
            });
            result[j][s] = market.employ(terms.map(|t| t.0), terms.map(|t| t.1));
        }
    }
    result
}

/// On what terms a cell employs.
struct Terms {
    curve: WageCurve,
    /// Unemployment rate of the base year.
    usual: f64,
    /// What the province's pay has in common, a log.
    common: f64,
    /// Minimum wage of the year, fen.
    floor: f64,
    /// Share of jobs that it reaches.
    reached: f64,
}

impl Terms {
    /// Wage of an efficiency unit and chance of a job.
    fn of(&self, offer: &Offer, supply: f64) -> (f64, f64) {
        let base = &offer.base;
        let Some(product) = offer.product else {
            // Nobody to pay: what a first one would find. Nothing earned: nothing is paid.
            let wage = if supply > 0.0 { 0.0 } else { base.wage * libm::exp(self.common) };
            return (wage, 1.0 - self.usual);
        };
        let pay = self.curve.pay(product, self.common);
        let wage = base.wage * libm::exp(pay);
        let job = 1.0 - self.curve.unemployment(self.usual, pay, product);
        if self.reached <= 0.0 {
            return (wage, job);
        }
        // Where the surplus could not bear the whole floor in the base year, it bears the same part later.
        let borne = if base.floor > 0.0 { (base.covered / base.floor).min(1.0) } else { 1.0 };
        let covered = wage.max(self.floor * borne);
        let covered_job =
            1.0 - self.curve.unemployment(self.usual, libm::log(covered / base.covered), product);
        let jobs = self.reached * covered_job + (1.0 - self.reached) * job;
        let paid = self.reached * covered_job * covered + (1.0 - self.reached) * job * wage;
        (if jobs > 0.0 { paid / jobs } else { wage }, jobs)
    }
}
