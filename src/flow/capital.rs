//! Where capital goes: projects wear out, fail and move, and pools found new ones where returns call.
//!
//! ```text
//! S_{o->sj} = B_sj [tau_oj (1-t_pi) r_sj (1+sub_sj) e^{-risk_sj}]^{kappa_K} / sum
//! ```
//!
//! A share h_K of a county's pool chooses among cells of the own county only.

use crate::economy::{Rules, programmes};
use crate::kernel::draw::{Draws, Purpose};
use crate::policy::{Lever, lever::Link};
use crate::quantity::{Fen, split};
use crate::scenario::Parameters;
use crate::scenario::file::Capital;
use crate::world::node::{INDUSTRY, TOURISM};
use crate::world::programmes::When;
use crate::world::{Account, Factor, Flows, Project, SECTORS, Use, World};

use super::tally::StartUp;

/// Sizes of new projects: Pareto(alpha), truncated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ProjectSizes {
    alpha: f64,
    /// Least size, fen.
    least: f64,
    /// `1 - (k_max/k_min)^-alpha`.
    reach: f64,
}

impl ProjectSizes {
    /// Sizes from a least size in fen.
    pub fn new(p: &Parameters, least: f64) -> Self {
        ProjectSizes {
            alpha: p.project_alpha,
            least: least.max(1.0),
            reach: 1.0 - libm::pow(p.project_size_ratio, -p.project_alpha),
        }
    }

    /// Size at a uniform number: `k_min (1 - u reach)^{-1/alpha}`, whole fen.
    pub fn draw(&self, u: f64) -> i64 {
        libm::rint(self.least * libm::pow(1.0 - u * self.reach, -1.0 / self.alpha)) as i64
    }

    /// The least size, whole fen.
    pub fn least(&self) -> i64 {
        self.least as i64
    }

    /// Mean over least size.
    pub fn mean_ratio(p: &Parameters) -> f64 {
        let (a, b) = (p.project_alpha, p.project_size_ratio);
        let reach = 1.0 - libm::pow(b, -a);
        if reach <= 0.0 {
            // Projects of one size.
            1.0
        } else if (a - 1.0).abs() < 1e-9 {
            libm::log(b) / reach
        } else {
            a / (a - 1.0) * (1.0 - libm::pow(b, 1.0 - a)) / reach
        }
    }
}

/// Household node that owns a project of its own county: of a village project the seat with chance
/// `div_seat`.
pub fn owner_of_local_project(world: &World, rules: &Rules, j: usize, u: f64) -> usize {
    let seat = world.geography.seat_of(j);
    if u < rules.p.div_seat { seat } else { j }
}

/// Attraction of every cell to investors, and its running sums: nodes are sorted by province, prefecture and
/// county, so every group of cells is a range.
#[derive(Clone, Debug, Default)]
pub struct Attraction {
    /// Weight of a cell, [node x sector].
    pub weight: Vec<f64>,
    /// Running sum before each cell, seen from inside the own county.
    before: Vec<f64>,
    /// The same as outsiders see it (entry of outsiders).
    before_outside: Vec<f64>,
}

impl Attraction {
    /// `B_sj [(1-t_pi) r_sj (1+sub) e^{-risk}]^{kappa_K}` for all cells, refused sectors at zero.
    pub fn new(world: &World, rules: &Rules, share: &[[f64; SECTORS]], relocating: bool) -> Self {
        let p = rules.p;
        let area = world.geography.area_nodes();
        let mut weight = Vec::with_capacity(area * SECTORS);
        let mut outside = Vec::with_capacity(area * SECTORS);
        for j in 0..area {
            let open = libm::pow(rules.levers.node(Lever::OutsiderAccess, j), p.kappa_k);
            let wedge = world.geography.nodes[j].facts.investment_wedge.unwrap_or(1.0);
            for s in 0..SECTORS {
                let cell = |lever| rules.levers.cell(lever, j, s);
                let tax = (p.t_pi * cell(Lever::ProfitTax)).min(1.0);
                let mut value = (1.0 - tax)
                    * net_return(world, rules, j, s)
                    * cell(Lever::CapitalBonus)
                    * (1.0 + cell(Lever::InvestmentSubsidy))
                    * (1.0 - cell(Lever::EntryCost)).max(0.0)
                    * libm::exp(-cell(Lever::Risk))
                    * wedge;
                if relocating {
                    value *= cell(Lever::RelocationBonus);
                }
                let refused = cell(Lever::IndustryEntry) < 0.5 || full(world, rules, j, s);
                let w = if refused { 0.0 } else { share[j][s] * libm::pow(value, p.kappa_k) };
                weight.push(w);
                outside.push(w * open);
            }
        }
        Attraction { before: running(&weight), before_outside: running(&outside), weight }
    }

    fn sum(before: &[f64], nodes: &std::ops::Range<usize>) -> f64 {
        before[nodes.end * SECTORS] - before[nodes.start * SECTORS]
    }

    /// The cell where a uniform number in [0, 1) falls among the cells of a range.
    fn pick(before: &[f64], nodes: &std::ops::Range<usize>, u: f64) -> usize {
        let (first, end) = (nodes.start * SECTORS, nodes.end * SECTORS);
        let target = before[first] + u * (before[end] - before[first]);
        let i = before[first + 1..=end].partition_point(|&b| b <= target);
        (first + i).min(end - 1)
    }
}

fn running(weights: &[f64]) -> Vec<f64> {
    let mut before = Vec::with_capacity(weights.len() + 1);
    let mut sum = 0.0;
    before.push(0.0);
    for w in weights {
        sum += w;
        before.push(sum);
    }
    before
}

/// Return `r_sj = surplus/K`, at least 1e-6; an empty cell promises the area's mean.
pub fn net_return(world: &World, rules: &Rules, j: usize, s: usize) -> f64 {
    let state = &world.nodes[j];
    let _ = rules;
    if state.capital[s] > 0 {
        (state.surplus[s] as f64 / state.capital[s] as f64).max(1e-6)
    } else if state.surplus[s] > 0 {
        1.0
    } else {
        1e-6
    }
}

/// Whether construction land is used up: capital of industry and tourism may not exceed the base year's times
/// `land_slack` times the lever. While no slack is set only a lever below one binds.
fn full(world: &World, rules: &Rules, j: usize, s: usize) -> bool {
    let lever = rules.levers.node(Lever::ConstructionLand, j);
    if !(s == INDUSTRY || s == TOURISM) || (rules.p.land_slack >= 1e8 && lever >= 1.0) {
        return false;
    }
    let cap = if rules.p.land_slack >= 1e8 { lever } else { rules.p.land_slack * lever };
    let both = |k: &[i64; SECTORS]| (k[INDUSTRY] + k[TOURISM]) as f64;
    let base = both(&world.base.capital[j]);
    base > 0.0 && both(&world.nodes[j].capital) >= base * cap
}

/// `tau_oj`: the return of a project in another county as its owner sees it.
pub fn usual_access(world: &World, p: &Parameters, from: usize, to: usize) -> f64 {
    let prefecture = |c: usize| world.geography.counties[c].prefecture;
    if prefecture(from) == prefecture(to) { p.tau_k_prefecture } else { p.tau_k_far }
}

/// Weight that a tie adds to a county on top of what everybody outside sees there.
fn extra_weight(world: &World, rules: &Rules, at: &Attraction, link: &Link) -> f64 {
    let power = |tau: f64| libm::pow(tau, rules.p.kappa_k);
    let usual = usual_access(world, rules.p, link.from, link.to);
    let nodes = county_nodes(world, link.to);
    Attraction::sum(&at.before_outside, &nodes) * (power(link.access) - power(usual)).max(0.0)
}

fn county_nodes(world: &World, county: usize) -> std::ops::Range<usize> {
    let unit = &world.geography.counties[county];
    unit.seat..unit.seat + 1 + usize::from(unit.village.is_some())
}

/// How a county's investors see the area: weights of own county, rest of the prefecture, beyond.
struct View {
    county: std::ops::Range<usize>,
    prefecture: std::ops::Range<usize>,
    area: std::ops::Range<usize>,
    weights: [f64; 3],
    /// Counties with a tie: their nodes, and what the tie adds to their weight.
    partners: Vec<(std::ops::Range<usize>, f64)>,
}

impl View {
    fn new(world: &World, rules: &Rules, at: &Attraction, county: usize) -> View {
        let unit = &world.geography.counties[county];
        let nodes = county_nodes(world, county);
        let prefecture = world.geography.prefectures[unit.prefecture].nodes.clone();
        let area = 0..world.geography.area_nodes();
        let power = |tau: f64| libm::pow(tau, rules.p.kappa_k);
        let own = Attraction::sum(&at.before, &nodes);
        let own_out = Attraction::sum(&at.before_outside, &nodes);
        let near = (Attraction::sum(&at.before_outside, &prefecture) - own_out).max(0.0);
        let far = (Attraction::sum(&at.before_outside, &area) - own_out - near).max(0.0);
        let weights = [own, near * power(rules.p.tau_k_prefecture), far * power(rules.p.tau_k_far)];
        let partners = rules
            .levers
            .links_from(county)
            .iter()
            .map(|link| (county_nodes(world, link.to), extra_weight(world, rules, at, link)))
            .collect();
        View { county: nodes, prefecture, area, weights, partners }
    }

    /// Weight of all cells together.
    fn sum(&self) -> f64 {
        self.weights.iter().sum::<f64>() + self.partners.iter().map(|(_, w)| w).sum::<f64>()
    }

    /// Cell chosen by two uniform numbers: first the group, then the cell in it.
    fn choose(&self, at: &Attraction, u: f64, v: f64) -> usize {
        let sum = self.sum();
        let target = u * sum;
        let mut end: f64 = self.weights.iter().sum();
        for (nodes, weight) in &self.partners {
            if target >= end && target < end + weight {
                return Attraction::pick(&at.before_outside, nodes, v);
            }
            end += weight;
        }
        if target < self.weights[0] || sum <= 0.0 {
            Attraction::pick(&at.before, &self.county, v)
        } else if target < self.weights[0] + self.weights[1] {
            self.outside_of(at, &self.county, &self.prefecture, v)
        } else {
            self.outside_of(at, &self.prefecture, &self.area, v)
        }
    }

    /// A cell of `outer` that does not lie in `inner`.
    fn outside_of(
        &self,
        at: &Attraction,
        inner: &std::ops::Range<usize>,
        outer: &std::ops::Range<usize>,
        v: f64,
    ) -> usize {
        let left = Attraction::sum(&at.before_outside, &(outer.start..inner.start));
        let right = Attraction::sum(&at.before_outside, &(inner.end..outer.end));
        let target = v * (left + right);
        if target < left {
            Attraction::pick(&at.before_outside, &(outer.start..inner.start), target / left)
        } else {
            let v = if right > 0.0 { (target - left) / right } else { 0.0 };
            Attraction::pick(&at.before_outside, &(inner.end..outer.end), v.min(1.0 - 1e-15))
        }
    }
}

/// Expected inflow of every cell if pools of the counties and the nation spend these amounts: what the
/// inversion of B and deterministic capital use.
pub fn expected_inflow(
    world: &World,
    rules: &Rules,
    at: &Attraction,
    pools: &[f64],
    national: f64,
) -> Vec<[f64; SECTORS]> {
    let area = world.geography.area_nodes();
    let mut inside = vec![0.0; world.geography.counties.len()];
    let mut near = vec![0.0; world.geography.prefectures.len()];
    let mut near_own = vec![0.0; world.geography.counties.len()];
    let mut far_total = 0.0;
    let mut far_own = vec![0.0; world.geography.prefectures.len()];
    let mut tied = vec![0.0; world.geography.counties.len()];
    for (c, &pool) in pools.iter().enumerate() {
        let view = View::new(world, rules, at, c);
        let own = view.weights[0];
        let sum = view.sum();
        if sum <= 0.0 {
            continue;
        }
        let power = |tau: f64| libm::pow(tau, rules.p.kappa_k);
        let open = pool * (1.0 - rules.p.h_k) / sum;
        let home = if own > 0.0 { pool * rules.p.h_k / own } else { 0.0 };
        inside[c] += home + open;
        let p = world.geography.counties[c].prefecture;
        let n = open * power(rules.p.tau_k_prefecture);
        near[p] += n;
        near_own[c] += n;
        let f = open * power(rules.p.tau_k_far);
        far_total += f;
        far_own[p] += f;
        for link in rules.levers.links_from(c) {
            let usual = power(usual_access(world, rules.p, c, link.to));
            tied[link.to] += open * (power(link.access) - usual).max(0.0);
        }
    }
    let all = at.before.last().copied().unwrap_or(0.0);
    let nation = if all > 0.0 { national / all } else { 0.0 };
    (0..area)
        .map(|j| {
            let (c, p) = (world.geography.nodes[j].county, world.geography.nodes[j].prefecture);
            std::array::from_fn(|s| {
                let i = j * SECTORS + s;
                let w = at.weight[i];
                let w_out = (at.before_outside[i + 1] - at.before_outside[i]).max(0.0);
                w * (inside[c] + nation) + w_out * (near[p] - near_own[c] + far_total - far_own[p] + tied[c])
            })
        })
        .collect()
}

/// Phase 6, invest: depreciation, failure, relocation, then pools found new projects.
pub fn invest(world: &mut World, rules: &Rules, flows: &mut Flows, seed: u64, share: &[[f64; SECTORS]]) {
    for state in &mut world.nodes {
        state.capital_flows = Default::default();
    }
    let at = Attraction::new(world, rules, share, false);
    wear_and_fail(world, rules, seed);
    if rules.model.relocation {
        let relocating = Attraction::new(world, rules, share, true);
        relocate(world, rules, flows, seed, &relocating);
    }
    count_enclaves(world, rules);
    spend_pools(world, rules, flows, seed, &at);
    world.projects.list.retain(|p| p.value > 0);
    let capital = world.projects.capital(world.geography.area_nodes());
    for (state, capital) in world.nodes.iter_mut().zip(capital) {
        state.capital = capital;
        state.idle = [0; SECTORS];
    }
    for project in world.projects.list.iter().filter(|p| p.waiting > 0) {
        world.nodes[usize::from(project.node)].idle[usize::from(project.sector)] += project.value;
    }
}

/// Value of industry that each tie's enclave holds.
fn count_enclaves(world: &mut World, rules: &Rules) {
    let links = rules.levers.links();
    let mut values = vec![0; links.len()];
    for project in world.projects.list.iter().filter(|p| p.enclave != Project::NO_ENCLAVE) {
        let county = |j: u16| world.geography.nodes[usize::from(j)].county;
        let key = (county(project.enclave), county(project.node));
        if let Ok(i) = links.binary_search_by_key(&key, |l| (l.from, l.to)) {
            values[i] += project.value;
        }
    }
    world.programmes.enclaves = values;
}

/// The enclave that a new project belongs to: that of its owner's county if there is a tie, else the first
/// enclave here that still has room for industry.
fn enclave(world: &mut World, rules: &Rules, owner: usize, j: usize, s: usize, value: i64) -> u16 {
    let links = rules.levers.links();
    if links.is_empty() {
        return Project::NO_ENCLAVE;
    }
    let county = |j: usize| world.geography.nodes[j].county;
    let (from, to) = (county(owner), county(j));
    let room = |i: &usize| links[*i].to == to && (world.programmes.enclaves[*i] as f64) < links[*i].capacity;
    let own = links.binary_search_by_key(&(from, to), |l| (l.from, l.to)).ok();
    let found = own.or_else(|| (0..links.len()).find(room).filter(|_| s == INDUSTRY && from == to));
    match found {
        Some(i) => {
            world.programmes.enclaves[i] += value;
            world.geography.counties[links[i].from].seat as u16
        }
        None => Project::NO_ENCLAVE,
    }
}

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

/// What the county's fund loses with a failed project: its loan, and the guarantee to the investors.
fn make_good(world: &mut World, rules: &Rules, j: usize, s: usize, owner: usize, gone: i64) {
    let capital = world.nodes[j].capital[s].max(1) as f64;
    let lost = libm::rint(world.nodes[j].refinanced[s] as f64 * (gone as f64 / capital).min(1.0)) as i64;
    world.nodes[j].refinanced[s] -= lost;
    let county = world.geography.nodes[j].county;
    let fund = world.accounts.fund[county].at_least(Fen::ZERO);
    let amount = Fen(gone).share(rules.levers.node(Lever::Guarantee, j)).at_most(fund);
    world.accounts.pay(Account::Fund(county), Account::Pool(owner), amount, Use::Guarantee);
}

fn wear_and_fail(world: &mut World, rules: &Rules, seed: u64) {
    let p = rules.p;
    let failure = Draws::new(seed, Purpose::Failure, world.step);
    let growth = Draws::new(seed, Purpose::ProjectGrowth, world.step);
    let discrete = rules.model.capital == Capital::Projects;
    let scrap_below = world.base.project_min / 100.0;
    let mut list = std::mem::take(&mut world.projects.list);
    let mean = list.iter().map(|q| q.value as f64).sum::<f64>() / list.len().max(1) as f64;
    for project in &mut list {
        let (j, s) = (usize::from(project.node), usize::from(project.sector));
        let scrapping = rules.levers.cell(Lever::Scrapping, j, s);
        let lost = libm::rint(project.value as f64 * (p.delta + scrapping).min(1.0)) as i64;
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
        let hazard = if rules.model.failure {
            let cash = project.cash as f64 / (project.value as f64).max(1.0);
            rules.levers.cell(Lever::FailureHazard, j, s) * p.failure_base * libm::exp(-p.failure_cash * cash)
        } else {
            0.0
        };
        let gone = if discrete {
            let worn = (project.value as f64) < scrap_below;
            if worn || (hazard > 0.0 && failure.uniform(project.number) < hazard) { project.value } else { 0 }
        } else {
            libm::rint(project.value as f64 * hazard) as i64
        };
        if gone > 0 {
            // What is left of its cash returns to the owner's pool.
            let cash = if gone == project.value {
                project.cash
            } else {
                libm::rint(project.cash as f64 * hazard) as i64
            };
            let owner = world.geography.nodes[usize::from(project.owner)].county;
            world.accounts.pay(Account::ProjectCash(j, s), Account::Pool(owner), Fen(cash), Use::ProjectCash);
            project.cash -= cash;
            project.value -= gone;
            make_good(world, rules, j, s, owner, gone);
            world.nodes[j].capital_flows[s].scrapped += gone;
        }
    }
    world.projects.list = list;
}

/// Projects review their place with probability xi and choose within their own sector, not the present node.
fn relocate(world: &mut World, rules: &Rules, flows: &mut Flows, seed: u64, at: &Attraction) {
    let draws = Draws::new(seed, Purpose::Relocation, world.step);
    let area = world.geography.area_nodes();
    let by_sector: Vec<Vec<f64>> = (0..SECTORS)
        .map(|s| running(&(0..area).map(|j| at.weight[j * SECTORS + s]).collect::<Vec<_>>()))
        .collect();
    let discrete = rules.model.capital == Capital::Projects;
    let mut list = std::mem::take(&mut world.projects.list);
    let mut added: Vec<Project> = Vec::new();
    for project in &mut list {
        let (j, s) = (usize::from(project.node), usize::from(project.sector));
        let rate = rules.levers.cell(Lever::RelocationReview, j, s);
        if project.value <= 0 || rate <= 0.0 {
            continue;
        }
        let before = &by_sector[s];
        let here = before[j + 1] - before[j];
        let elsewhere = before[area] - here;
        if elsewhere <= 0.0 {
            continue;
        }
        let loss = rules.levers.cell(Lever::RelocationLoss, j, s);
        if discrete {
            let (u, v) = draws.uniform_pair(project.number);
            if u >= rate {
                continue;
            }
            let mut target = v * elsewhere;
            if target >= before[j] {
                target += here;
            }
            let to = before[1..=area].partition_point(|&b| b <= target).min(area - 1);
            if to == j {
                continue;
            }
            let lost = libm::rint(project.value as f64 * loss) as i64;
            move_value(world, flows, j, to, s, project.value, lost);
            let cash = Fen(project.cash);
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
            let leaving = libm::rint(project.value as f64 * rate) as i64;
            let weights: Vec<f64> =
                (0..area).map(|i| if i == j { 0.0 } else { at.weight[i * SECTORS + s] }).collect();
            for (to, value) in split(leaving, &weights).into_iter().enumerate().filter(|(_, v)| *v > 0) {
                let lost = libm::rint(value as f64 * loss) as i64;
                let cash = libm::rint(project.cash as f64 * value as f64 / project.value as f64) as i64;
                move_value(world, flows, j, to, s, value, lost);
                world.accounts.pay(
                    Account::ProjectCash(j, s),
                    Account::ProjectCash(to, s),
                    Fen(cash),
                    Use::ProjectCash,
                );
                let cash = cash + welcome(world, rules, (j, to), s, value - lost);
                project.value -= value;
                project.cash -= cash;
                added.push(Project { node: to as u16, value: value - lost, cash, ..*project });
            }
        }
    }
    world.projects.list = list;
    for project in added {
        add_to_bucket(world, project);
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
    flows.add(Factor::Capital, from, to, value - lost);
}

/// Least size of this year's projects, fen. It is that of the base year, unless pools have grown so far beyond
/// it that more projects would be founded in a year than the base year has in all: then sizes grow with them.
fn least_project(world: &World, rules: &Rules) -> f64 {
    let pools = world.accounts.pool.iter().chain([&world.accounts.national_pool]);
    let money: f64 = pools.map(|f| f.fen().max(0.0)).sum();
    let persons: f64 = (0..world.geography.area_nodes()).map(|j| world.residents(j) as f64).sum();
    let most = (persons / rules.p.persons_per_project).max(1.0);
    world.base.project_min.max(money / most / ProjectSizes::mean_ratio(rules.p))
}

/// Pools found projects until they cannot fund the next; the remainder stays.
fn spend_pools(world: &mut World, rules: &Rules, flows: &mut Flows, seed: u64, at: &Attraction) {
    if rules.model.capital == Capital::Deterministic {
        return spend_in_proportion(world, rules, flows, at);
    }
    let sizes = ProjectSizes::new(rules.p, least_project(world, rules));
    let size_draws = Draws::new(seed, Purpose::ProjectSize, world.step);
    let place_draws = Draws::new(seed, Purpose::Investment, world.step);
    for c in 0..=world.geography.counties.len() {
        let national = c == world.geography.counties.len();
        let account = if national { Account::NationalPool } else { Account::Pool(c) };
        let view = (!national).then(|| View::new(world, rules, at, c));
        let whole = 0..world.geography.area_nodes();
        for n in 0u64.. {
            let key = (c as u64) << 32 | n;
            let value = sizes.draw(size_draws.uniform(key));
            let cash = libm::rint(value as f64 * rules.p.cash_start) as i64;
            if world.accounts.balance(account) < Fen(value + cash) {
                break;
            }
            let b = place_draws.block(key);
            let unit = |w: u32| (f64::from(w) + 0.5) / 4_294_967_296.0;
            let cell = match &view {
                None => Attraction::pick(&at.before, &whole, unit(b[0])),
                Some(view) if unit(b[2]) < rules.p.h_k && view.weights[0] > 0.0 => {
                    Attraction::pick(&at.before, &view.county, unit(b[1]))
                }
                Some(view) => view.choose(at, unit(b[0]), unit(b[1])),
            };
            let (j, s) = (cell / SECTORS, cell % SECTORS);
            let owner = owner(world, rules, c, j, unit(b[3]));
            found(world, rules, flows, account, j, s, owner, value, cash);
        }
    }
}

/// Households that own what a pool founds. Whether they are urban or rural depends on where the project stands
/// (`div_seat` of village projects belong to seats), whichever county they live in; what the national pool
/// founds belongs to the place.
fn owner(world: &World, rules: &Rules, pool: usize, j: usize, u: f64) -> usize {
    let local = owner_of_local_project(world, rules, j, u);
    match world.geography.counties.get(pool) {
        Some(county) if world.geography.nodes[j].county != pool => {
            let urban = local == world.geography.seat_of(j);
            if urban { county.seat } else { county.village.unwrap_or(county.seat) }
        }
        _ => local,
    }
}

#[expect(clippy::too_many_arguments, reason = "the deed of foundation of one project")]
fn found(
    world: &mut World,
    rules: &Rules,
    flows: &mut Flows,
    payer: Account,
    j: usize,
    s: usize,
    owner: usize,
    value: i64,
    cash: i64,
) {
    if value == 0 && cash == 0 {
        return;
    }
    let lost = libm::rint(value as f64 * rules.levers.cell(Lever::EntryCost, j, s)) as i64;
    let land = |lever| {
        if s == INDUSTRY || s == TOURISM { Fen(value).share(rules.levers.node(lever, j)) } else { Fen::ZERO }
    };
    let (village, county) = (land(Lever::LandPriceVillage), land(Lever::LandPriceCounty));
    let host = world.geography.nodes[j].county;
    world.accounts.pay(payer, Account::Collective(j), village, Use::LandSale);
    programmes::transfer(world, payer, Account::County(host), county, Use::LandSale);
    world.accounts.pay(payer, Account::Hub, Fen(value) - village - county, Use::Investment);
    world.accounts.pay(payer, Account::ProjectCash(j, s), Fen(cash), Use::ProjectCash);
    let subsidy = programmes::claim(world, rules, When::Founding, (j, s), value, Account::Hub);
    let value = (value - lost - (village + county).0).max(0) + subsidy.0;
    let enclave = enclave(world, rules, owner, j, s, value);
    world.nodes[j].capital_flows[s].invested += value;
    flows.add(Factor::Capital, owner, j, value);
    let project = Project {
        node: j as u16,
        owner: owner as u16,
        sector: s as u8,
        chain: 0,
        age: 0,
        waiting: libm::rint(rules.levers.node(Lever::EntryDelay, j)) as u8,
        enclave,
        value,
        cash,
        number: 0,
    };
    if rules.model.capital == Capital::Deterministic {
        add_to_bucket(world, project);
    } else {
        world.projects.found(project);
    }
}

/// Deterministic capital: an owner's stake in a cell is one project that grows and shrinks.
fn add_to_bucket(world: &mut World, project: Project) {
    let same = |q: &Project| q.node == project.node && q.sector == project.sector && q.owner == project.owner;
    match world.projects.list.iter_mut().find(|q| same(q)) {
        Some(bucket) => {
            bucket.value += project.value;
            bucket.cash += project.cash;
        }
        None => world.projects.found(project),
    }
}

/// Every pool divided over all cells by the law itself, whole fen; for few nodes.
fn spend_in_proportion(world: &mut World, rules: &Rules, flows: &mut Flows, at: &Attraction) {
    let counties = world.geography.counties.len();
    for c in 0..=counties {
        let national = c == counties;
        let account = if national { Account::NationalPool } else { Account::Pool(c) };
        let money = world.accounts.balance(account).at_least(Fen::ZERO);
        let budget = libm::floor(money.fen() / (1.0 + rules.p.cash_start)) as i64;
        let mut pools = vec![0.0; counties];
        if !national {
            pools[c] = 1.0;
        }
        let shares = expected_inflow(world, rules, at, &pools, f64::from(u8::from(national)));
        let weights: Vec<f64> = shares.iter().flatten().copied().collect();
        if weights.iter().sum::<f64>() <= 0.0 {
            continue;
        }
        for (cell, value) in split(budget, &weights).into_iter().enumerate().filter(|(_, v)| *v > 0) {
            let (j, s) = (cell / SECTORS, cell % SECTORS);
            let cash = libm::floor(value as f64 * rules.p.cash_start) as i64;
            let seat = world.geography.seat_of(j);
            let part = if seat == j { 1.0 } else { rules.p.div_seat };
            let urban = [value, cash].map(|x| libm::rint(x as f64 * part) as i64);
            // The two kinds of owners that a random number would choose between, each with its part.
            let owners = [owner(world, rules, c, j, 0.0), owner(world, rules, c, j, 1.0)];
            found(world, rules, flows, account, j, s, owners[0], urban[0], urban[1]);
            found(world, rules, flows, account, j, s, owners[1], value - urban[0], cash - urban[1]);
        }
    }
}

/// Start-ups found small projects at the founder's home, paid by the households there; one that they cannot
/// pay is not founded.
pub fn start_up(world: &mut World, rules: &Rules, flows: &mut Flows, startups: &[StartUp]) -> u64 {
    let size = Fen::from_yuan(rules.p.startup_size * world.persons_per_agent() as f64);
    let mut founded = 0;
    for startup in startups {
        let j = usize::from(startup.home);
        if world.geography.is_outside(j) || world.accounts.wallet[j] < size {
            continue;
        }
        // Services and small industry, by what the home node does most.
        let revenue = &world.nodes[j].revenue;
        let s = if revenue[1] > revenue[2] { 1 } else { 2 };
        world.accounts.pay(Account::Wallet(j), Account::Hub, size, Use::StartUps);
        let value = size + programmes::claim(world, rules, When::StartUp, (j, s), size.0, Account::Hub);
        world.nodes[j].capital_flows[s].founded += value.0;
        world.nodes[j].capital[s] += value.0;
        flows.add(Factor::Capital, j, j, value.0);
        let project = Project {
            node: j as u16,
            owner: j as u16,
            sector: s as u8,
            chain: 0,
            age: 0,
            waiting: 0,
            enclave: Project::NO_ENCLAVE,
            value: value.0,
            cash: 0,
            number: 0,
        };
        if rules.model.capital == Capital::Deterministic {
            add_to_bucket(world, project);
        } else {
            world.projects.found(project);
        }
        founded += 1;
    }
    founded
}
