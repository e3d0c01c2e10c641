//! Closes the circuit of money in the base year: phases 2 to 5 are repeated at base-year output and
//! employment until wallets and government cash repeat, with outside demand, outside income and CES weights
//! solved on the way. The first year then spends what the base year earned.

use super::ages::node_people;
use super::capital;
use super::homes::{Gravity, law, matrix};
use super::layout::{human_capital_table, lay_out};
use super::registration;
use super::utility_law;
use crate::economy::production::{market_potential, produce, tradable_scale};
use crate::economy::spending::{pull, spend, tourism_budget, visits};
use crate::economy::wages::composite;
use crate::economy::{Rules, ecology, fiscal, income};
use crate::flow::capital::{Attraction, ProjectSizes, expected_inflow};
use crate::flow::life_year;
use crate::flow::location::{Law, network_by_nest};
use crate::flow::utility::utilities;
use crate::quantity::Fen;
use crate::scenario::Scenario;
use crate::scenario::file::Base;
use crate::scenario::study_area::StudyArea;
use crate::world::node::{AGRICULTURE, INDUSTRY, TOURISM};
use crate::world::people::activity;
use crate::world::state::World;
use crate::world::{Accounts, Flows, NodeState, Project, SECTORS, SKILLS, Tier};

/// What the construction of the base year found.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct StartReport {
    /// Rounds and largest relative gap of the home x place fit.
    pub fit_rounds: usize,
    pub fit_gap: f64,
    /// Leavers for whom no place could be found, persons.
    pub stranded: f64,
    /// Leavers added where a province counts more newcomers from itself than people who left, persons.
    pub raised: f64,
    /// Rounds of the circuit and largest change of the last one, fen per person.
    pub circuit_rounds: usize,
    pub circuit_gap: f64,
    /// Nodes where local demand for services had to be cut, with the part that is met.
    pub demand_cut: Vec<(usize, f64)>,
    /// Outside income per head by prefecture, yuan a year: urban, rural.
    pub outside_income: Vec<[f64; 2]>,
    /// Capital over output, gross return.
    pub capital_output: f64,
    pub gross_return: f64,
}

/// Builds the world of the base year and its law of location.
pub fn build(scenario: &Scenario, area: StudyArea, rules: &Rules, seed: u64) -> (World, Law, StartReport) {
    let p = rules.p;
    let StudyArea { mut geography, outside_in_area, published_income } = area;
    registration::correct(&mut geography, &scenario.world.registration);
    let w = scenario.run.persons_per_agent;

    // People: matrix, law, agents.
    let fit = Gravity::fit(&geography, &outside_in_area, p);
    let mut report = StartReport {
        fit_rounds: fit.rounds,
        fit_gap: fit.gap,
        stranded: fit.stranded,
        raised: fit.raised,
        ..Default::default()
    };
    let outside_stay: Vec<[f64; SKILLS]> = geography
        .outside
        .clone()
        .map(|h| fit.leavers[h].map(|n| libm::rint(n * (p.outside_factor - 1.0))))
        .collect();
    let gone: Vec<[f64; SKILLS]> = {
        let mut sums = vec![[0.0; SKILLS]; geography.outside.len()];
        for h in 0..geography.area_nodes() {
            let row = fit.by_nest(&geography, h);
            for (o, sum) in sums.iter_mut().enumerate() {
                for k in 0..SKILLS {
                    sum[k] += row[geography.prefectures.len() + o][k];
                }
            }
        }
        sums
    };
    let outside_people: Vec<(u64, u64)> = outside_stay
        .iter()
        .zip(&gone)
        .map(|(a, b)| ((a[0] + a[1] + b[0] + b[1]) as u64, (a[1] + b[1]) as u64))
        .collect();
    let people = node_people(&geography, &outside_people, p.most_at_work);
    let residents: f64 = geography.nodes.iter().map(|n| n.facts.residents as f64).sum();
    let from_utility = scenario.world.base == Base::Utility;
    let mut law = if from_utility {
        utility_law::law(&geography, p)
    } else {
        law(&geography, &fit, &people, &outside_stay, p, residents)
    };
    let rows = matrix(&geography, &fit, &outside_stay, w);
    let human_capital = human_capital_table(p.human_capital_gini);
    let agents = lay_out(&rows, &people, &human_capital, seed, w);

    let mut world = World {
        nodes: vec![NodeState::default(); geography.len()],
        counties: vec![Default::default(); geography.counties.len()],
        accounts: Accounts::new(
            geography.len(),
            geography.counties.len(),
            geography.prefectures.len(),
            geography.provinces.len(),
        ),
        people: agents,
        geography,
        year: scenario.run.start_year,
        ..Default::default()
    };
    let codes = county_codes(&world);
    world.census = life_year::count(&mut world.people, &codes);
    world.base.growth = base_growth(scenario);
    world.base.participation = people.iter().map(|n| n.participation.map(|p| p as f32)).collect();
    world.base.residents = (0..world.geography.len()).map(|j| world.residents(j) as f64).collect();
    world.base.spending_weight = (0..world.geography.len())
        .map(|j| {
            let weight = if world.geography.nodes[j].tier == Tier::Village { p.village_weight } else { 1.0 };
            world.base.residents[j] * weight
        })
        .collect();
    first_states(&mut world);

    close(&mut world, rules, &published_income, &mut report);
    stocks(&mut world, rules, &mut report);
    capital::found(&mut world, rules, seed);
    invert_capital_logit(&mut world, rules);
    settle_base(&mut world, rules);
    law.base = utilities(&mut world, rules);
    if from_utility {
        utility_law::equal_terms(&mut world, &mut law);
    } else if p.gam_n > 0.0 {
        law.base_network = network_by_nest(&world, &law.nests);
    }
    grow_into_first_year(&mut world);
    (world, law, report)
}

/// County of each node; outside nodes have numbers of their own.
pub fn county_codes(world: &World) -> Vec<u32> {
    let g = &world.geography;
    (0..g.len())
        .map(|j| {
            (if g.is_outside(j) { g.counties.len() + j - g.outside.start } else { g.nodes[j].county }) as u32
        })
        .collect()
}

/// Growth that the technology drivers imply on a balanced path: `(1 + g_m)^{1/(1 - aK_m)} - 1`.
pub fn base_growth(scenario: &Scenario) -> f64 {
    use crate::scenario::file::BaseGrowth;
    match scenario.model.base_growth {
        BaseGrowth::None => 0.0,
        BaseGrowth::Drivers => {
            let p = &scenario.parameters;
            libm::pow(1.0 + scenario.drivers.technology.industry, 1.0 / (1.0 - p.industry_capital_share))
                - 1.0
        }
    }
}

fn first_states(world: &mut World) {
    for j in 0..world.geography.area_nodes() {
        let node = &world.geography.nodes[j];
        let facts = &node.facts;
        let output: f64 = facts.output_yuan.iter().sum::<f64>() * 100.0;
        let m2 = (node.area_km2 * 1e6) as i64;
        // Farm and construction land are not in the tables: a third and a twentieth of the area (assumed).
        let land = [m2 / 3, m2 / 20, m2 - m2 / 3 - m2 / 20];
        let state = &mut world.nodes[j];
        state.ecology = facts.ecology.clamp(0.01, 0.99);
        state.land_m2 = land;
        state.demand_met = [1.0; SECTORS];
        state.attraction = facts.output_yuan[TOURISM];
        state.rent = 1.0;
        state.capital = facts.output_yuan.map(|y| (y * 270.0) as i64);
        state.public_capital = output / 100.0;
        state.services = output / 100.0;
        world.accounts.wallet[j] = Fen::round(0.38 * output);
        let c = world.geography.nodes[j].county;
        world.accounts.county[c] += Fen::round(0.12 * output);
    }
    world.base.capital = world.nodes.iter().take(world.geography.area_nodes()).map(|n| n.capital).collect();
}

/// One project a cell and owner in proportion to surplus: who owns what while the circuit closes.
fn provisional_projects(world: &mut World, rules: &Rules) {
    world.projects.list.clear();
    for j in 0..world.geography.area_nodes() {
        let seat = world.geography.seat_of(j);
        for s in 0..SECTORS {
            let value = world.nodes[j].capital[s];
            let seat_part = if seat == j { 0 } else { libm::rint(value as f64 * rules.p.div_seat) as i64 };
            for (owner, value) in [(seat, seat_part), (j, value - seat_part)] {
                if value > 0 {
                    world.projects.list.push(Project {
                        node: j as u16,
                        owner: owner as u16,
                        sector: s as u8,
                        chain: 0,
                        age: 0,
                        waiting: 0,
                        enclave: Project::NO_ENCLAVE,
                        value,
                        cash: (Fen(value).share(rules.p.cash_target)).0,
                        number: 0,
                    });
                }
            }
        }
    }
}

fn close(world: &mut World, rules: &Rules, published: &[[Option<f64>; 2]], report: &mut StartReport) {
    let area = world.geography.area_nodes();
    let targets: Vec<[f64; SECTORS]> =
        (0..area).map(|j| world.geography.nodes[j].facts.output_yuan.map(|y| y * 100.0)).collect();
    let persons: f64 = (0..area).map(|j| world.residents(j) as f64).sum::<f64>().max(1.0);
    let mut flows = Flows::default_for(&world.geography);
    let growth = 1.0 + world.base.growth;
    provisional_projects(world, rules);
    world.base.output = targets.iter().flatten().sum();
    for round in 1..=300 {
        let before = balances(world);
        deflate(world, growth);
        attractions(world, rules, &targets);
        spend(world, rules, &mut flows);
        produce(world, rules, Some(&targets));
        world.outside_income = mean_promised_income(world);
        fiscal::tax(world, rules, &mut flows);
        income::distribute(world, rules, &mut flows);
        residual_income(world, published, report);
        let after = balances(world);
        let gap = before.iter().zip(&after).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
            / (persons / world.geography.len().max(1) as f64);
        // Everything but wallets and government cash starts each round from zero.
        let pools = (world.accounts.pool.clone(), world.accounts.national_pool);
        clear(world);
        (report.circuit_rounds, report.circuit_gap) = (round, gap);
        if gap < 1.0 && round > 3 {
            (world.accounts.pool, world.accounts.national_pool) = pools;
            break;
        }
        if round == 300 {
            (world.accounts.pool, world.accounts.national_pool) = pools;
        }
    }
    report.demand_cut = (0..area)
        .filter_map(|j| {
            let met = world.nodes[j].demand_met[crate::world::node::SERVICES];
            (met < 0.999).then_some((j, met))
        })
        .collect();
}

fn balances(world: &World) -> Vec<f64> {
    let a = &world.accounts;
    a.wallet.iter().chain(&a.county).chain(&a.prefecture).map(|f| f.fen()).collect()
}

/// Base-year spending is the balances before a year of growth.
fn deflate(world: &mut World, growth: f64) {
    let a = &mut world.accounts;
    for balance in a.wallet.iter_mut().chain(&mut a.county).chain(&mut a.prefecture) {
        *balance = Fen::round(balance.fen() / growth);
    }
}

fn clear(world: &mut World) {
    let a = &mut world.accounts;
    a.pool.iter_mut().for_each(|f| *f = Fen::ZERO);
    a.fund.iter_mut().for_each(|f| *f = Fen::ZERO);
    a.landlord.iter_mut().for_each(|f| *f = Fen::ZERO);
    a.province.iter_mut().for_each(|f| *f = Fen::ZERO);
    a.firm.iter_mut().for_each(|f| *f = [Fen::ZERO; 4]);
    a.project_cash.iter_mut().for_each(|f| *f = [Fen::ZERO; 4]);
    a.national_pool = Fen::ZERO;
    a.centre = Fen::ZERO;
    a.clearing = Fen::ZERO;
    a.hub = Fen::ZERO;
    a.open_year();
}

/// Constants of the pull on visitors, so that what they spend falls like base-year tourism output.
fn attractions(world: &mut World, rules: &Rules, targets: &[[f64; SECTORS]]) {
    for j in 0..targets.len() {
        world.nodes[j].consumption = world.accounts.wallet[j].0.max(0);
    }
    let budget = tourism_budget(world, rules);
    let spent: f64 = budget.iter().sum();
    let output: f64 = targets.iter().map(|t| t[TOURISM]).sum();
    if spent <= 0.0 || output <= 0.0 {
        return;
    }
    for _ in 0..5 {
        let received = visits(rules, &budget, &pull(world, rules));
        for (j, received) in received.iter().enumerate() {
            let target = targets[j][TOURISM] / output * spent;
            if *received > 0.0 {
                world.nodes[j].attraction *= target / received;
            }
        }
    }
    let largest = world.nodes.iter().map(|n| n.attraction).fold(0.0, f64::max);
    world.nodes.iter_mut().for_each(|n| n.attraction /= largest);
}

/// Outside income per head by prefecture and tier: `x = published - model`, a residual.
fn residual_income(world: &mut World, published: &[[Option<f64>; 2]], report: &mut StartReport) {
    report.outside_income = vec![[0.0; 2]; world.geography.prefectures.len()];
    for (p, published) in published.iter().enumerate() {
        for (tier, published) in published.iter().enumerate() {
            let Some(published) = published else { continue };
            let nodes: Vec<usize> = world.geography.prefectures[p]
                .nodes
                .clone()
                .filter(|&j| usize::from(world.geography.nodes[j].tier == Tier::Village) == tier)
                .collect();
            let people: f64 = nodes.iter().map(|&j| world.residents(j) as f64).sum();
            if people <= 0.0 {
                continue;
            }
            let income: f64 = nodes.iter().map(|&j| world.nodes[j].income as f64).sum();
            let had: f64 =
                nodes.iter().map(|&j| world.nodes[j].outside_income * world.residents(j) as f64).sum();
            let residual = published * 100.0 - (income - had) / people;
            report.outside_income[p][tier] = residual / 100.0;
            for &j in &nodes {
                world.nodes[j].outside_income = residual;
            }
        }
    }
}

/// Services, public capital, housing, ecology and capital of the base year.
fn stocks(world: &mut World, rules: &Rules, report: &mut StartReport) {
    let p = rules.p;
    let g = world.base.growth;
    let investment =
        world.accounts.pool.iter().chain([&world.accounts.national_pool]).map(|f| f.fen()).sum::<f64>();
    let mut capital = capital::cells(world, rules, investment);
    for (cells, node) in capital.iter_mut().zip(&world.geography.nodes) {
        if let Some(yuan) = node.facts.capital_yuan {
            cells[INDUSTRY] = libm::rint(yuan * 100.0) as i64;
        }
    }
    for j in 0..world.geography.area_nodes() {
        let state = &mut world.nodes[j];
        state.services = (state.spent_services as f64 / 100.0 / (p.d_s + g)).max(1.0);
        state.public_capital = (state.spent_infrastructure as f64 / 100.0 / (p.d_g + g)).max(1.0);
        state.housing = (p.b_h * state.consumption as f64 / 100.0).max(1e-6);
        state.rent = 1.0;
        if let Some(stock) = world.geography.nodes[j].facts.housing {
            state.rent = (state.housing / stock).max(1e-9);
            state.housing = stock;
        }
        state.ecology_output = ecology::stationary_output(
            state.revenue[INDUSTRY] as f64,
            state.ecology,
            p.g_ecology,
            p.xi_ecology,
        );
        state.capital = capital[j];
    }
    let total: f64 = capital.iter().flatten().map(|&k| k as f64).sum();
    let surplus: f64 = world.nodes.iter().flat_map(|n| n.surplus).map(|s| s.max(0) as f64).sum();
    report.capital_output = total / world.base.output.max(1.0);
    report.gross_return = if total > 0.0 { surplus / total } else { 0.0 };
    world.base.capital = capital;
    let area = world.geography.area_nodes();
    let persons: f64 = world.base.residents[..area].iter().sum();
    let projects = (persons / p.persons_per_project).max(1.0);
    world.base.project_min = (total / projects / ProjectSizes::mean_ratio(p)).max(100.0);
    invert_technology(world, rules);
}

/// Technology at which base-year capital, labour and public capital give base-year output.
fn invert_technology(world: &mut World, rules: &Rules) {
    for j in 0..world.geography.area_nodes() {
        for s in [AGRICULTURE, INDUSTRY] {
            let target = world.geography.nodes[j].facts.output_yuan[s] * 100.0;
            world.nodes[j].technology[s] = 1.0;
            let state = &world.nodes[j];
            let employed: [f64; 2] =
                std::array::from_fn(|k| state.labour[s][k] * state.job_probability[s][k]);
            let (land, capital) = crate::economy::production::factor_shares(rules, s);
            let q = composite(state.talent_weight[s], employed, rules.p.sigma_k);
            let unit = tradable_scale(world, rules, j, s) * libm::pow(q, 1.0 - land - capital);
            world.nodes[j].technology[s] =
                if target > 0.0 && unit > 0.0 && q > 0.0 { target / unit } else { 0.0 };
        }
    }
}

/// `B *= need/inflow` until expected investment replaces what every cell loses and lets it grow.
fn invert_capital_logit(world: &mut World, rules: &Rules) {
    let area = world.geography.area_nodes();
    let need: Vec<[f64; SECTORS]> = world.base.capital[..area].iter().map(|k| k.map(|k| k as f64)).collect();
    let all: f64 = need.iter().flatten().sum();
    let pools: Vec<f64> = world.accounts.pool.iter().map(|f| f.fen().max(0.0)).collect();
    let national = world.accounts.national_pool.fen().max(0.0);
    let spent: f64 = pools.iter().sum::<f64>() + national;
    let mut share: Vec<[f64; SECTORS]> = need.clone();
    if all > 0.0 && spent > 0.0 {
        for _ in 0..400 {
            let at = Attraction::new(world, rules, &share, false);
            let inflow = expected_inflow(world, rules, &at, &pools, national);
            let mut gap: f64 = 0.0;
            for j in 0..area {
                for s in 0..SECTORS {
                    if need[j][s] > 0.0 && inflow[j][s] > 0.0 {
                        let ratio = need[j][s] / all * spent / inflow[j][s];
                        gap = gap.max((ratio - 1.0).abs());
                        share[j][s] *= ratio;
                    }
                }
            }
            let scale = all / share.iter().flatten().sum::<f64>();
            share.iter_mut().flatten().for_each(|x| *x *= scale);
            if gap < 1e-10 {
                break;
            }
        }
    }
    share.iter_mut().flatten().for_each(|x| *x /= all.max(1.0));
    world.base.capital_share = share;
    world.accounts.pool.iter_mut().for_each(|f| *f = Fen::ZERO);
    world.accounts.national_pool = Fen::ZERO;
    world.accounts.hub = Fen::ZERO;
    world.accounts.open_year();
}

/// What later years compare with.
fn settle_base(world: &mut World, rules: &Rules) {
    let area = world.geography.area_nodes();
    world.base.output = world.output();
    for c in &mut world.counties {
        c.base_local_revenue = c.own_revenue + c.province_take + c.prefecture_take;
    }
    world.base.mean_income = mean_promised_income(world);
    world.outside_income = world.base.mean_income;
    world.base.market_access = (0..area).map(|j| market_potential(world, rules, j)).collect();
    world.base.activities = (0..world.geography.len())
        .map(|j| {
            std::array::from_fn(|k| {
                let count = &world.census.places[j].people[k];
                let all: u64 = count[activity::SECTOR..].iter().sum();
                std::array::from_fn(|a| {
                    if all > 0 {
                        count[activity::SECTOR + a] as f64 / all as f64
                    } else {
                        f64::from(u8::from(a == 2))
                    }
                })
            })
        })
        .collect();
    world.base.activity_wages = (0..world.geography.len()).map(|j| activity_wages(world, rules, j)).collect();
    let services = crate::flow::utility::service_levels(world, rules);
    let people: f64 = world.base.residents[..area].iter().sum::<f64>().max(1.0);
    world.base.mean_services =
        services.iter().zip(&world.base.residents).map(|(s, n)| s * n).sum::<f64>() / people;
}

/// Mean promised income of the area by skill, fen, over residents.
pub fn mean_promised_income(world: &World) -> [f64; SKILLS] {
    std::array::from_fn(|k| {
        let (mut sum, mut people) = (0.0, 0.0);
        for j in 0..world.geography.area_nodes() {
            let n = world.residents_by_skill(j, k) as f64;
            sum += n * world.nodes[j].promised_income[k];
            people += n;
        }
        if people > 0.0 { sum / people } else { 1.0 }
    })
}

/// What an efficiency unit expects in each activity of a node, fen: four sectors, commuting.
pub fn activity_wages(world: &World, rules: &Rules, j: usize) -> [[f64; 5]; SKILLS] {
    if world.geography.is_outside(j) {
        return [[1.0; 5]; SKILLS];
    }
    let state = &world.nodes[j];
    let seat = world.geography.seat_of(j);
    std::array::from_fn(|k| {
        std::array::from_fn(|a| {
            let wage = if a < SECTORS {
                state.wage[a][k] * state.job_probability[a][k]
            } else if seat != j {
                crate::economy::production::commuter_wage(world, rules, seat, k)
            } else {
                0.0
            };
            wage.max(1.0)
        })
    })
}

/// Stocks enter the first year grown by the base year's growth.
fn grow_into_first_year(world: &mut World) {
    let growth = 1.0 + world.base.growth;
    if growth == 1.0 {
        return;
    }
    for state in &mut world.nodes {
        state.services *= growth;
        state.public_capital *= growth;
    }
    for project in &mut world.projects.list {
        let (value, cash) = (project.value, project.cash);
        project.value = libm::rint(value as f64 * growth) as i64;
        project.cash = libm::rint(cash as f64 * growth) as i64;
        let cell = &mut world.accounts.project_cash[usize::from(project.node)][usize::from(project.sector)];
        cell.0 += project.cash - cash;
    }
    let capital = world.projects.capital(world.geography.area_nodes());
    for (state, capital) in world.nodes.iter_mut().zip(capital) {
        state.capital = capital;
    }
}
