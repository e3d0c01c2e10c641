//! Closes the circuit of money in the base year: phases 2 to 5 are repeated at base-year output and
//! employment until wallets and government cash repeat, with outside demand, outside income and CES weights
//! solved on the way. The first year then spends what the base year earned.

use super::ages::node_people;
use super::arrivals;
use super::base_law::law;
use super::capital;
use super::experience::Experience;
use super::flows::{self, FlowGap};
use super::home_matrix::matrix;
use super::homes::Gravity;
use super::layout::{human_capital_table, lay_out};
use super::pay;
use super::pensions as first_pensions;
use super::registration;
use super::residual_income::{Published, outside_income_by_prefecture, published, residual_income};
use super::study_area::StudyArea;
use super::utility_law;
use crate::capital::attraction::{Appeal, net_return};
use crate::capital::{Attraction, Inflow, count_capital};
use crate::config::Base;
use crate::config::Config;
use crate::economy::production::{labour_share, market_potentials, produce, tradable_scale};
use crate::economy::spending::{pull_at, pull_factors, pulls, spend, tourism_budget, visits};
use crate::economy::wages::composite;
use crate::economy::{ecology, fiscal, income, pensions, prices};
use crate::messages;
use crate::people::life_year;
use crate::people::location::{Law, network_by_nest};
use crate::people::utility::utilities;
use crate::quantity::Fen;
use crate::rules::Rules;
use crate::world::people::activity;
use crate::world::sector::{AGRICULTURE, INDUSTRY, LOCAL_SERVICES, Price, SECTOR_TABLE, Sold, TOURISM};
use crate::world::state::World;
use crate::world::{ACTIVITIES, Accounts, Flows, Givers, NodeState, SECTORS, SKILLS, Tier, claims};
use crate::{Error, Result};

/// What the construction of the base year found.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct StartReport {
    /// Rounds and largest relative gap of the home x place fit.
    pub fit_rounds: usize,
    pub fit_gap: f64,
    /// Whether leavers of a home have another mix of skills than its residents have at the odds of all leavers.
    pub fit_mixed: bool,
    /// Residents that the tables count, and those of the first world, persons.
    pub residents: [u64; 2],
    /// Leavers for whom no place could be found, persons.
    pub stranded: f64,
    /// Leavers added where a province counts more newcomers from itself than people who left, persons.
    pub raised: f64,
    /// Pairs of provinces whose flow was counted, those first that the first world misses by most persons. A checkpoint
    /// comes later and does not keep them.
    #[serde(skip)]
    pub flow_gaps: Vec<FlowGap>,
    /// Rounds of the circuit and largest change of the last one, fen per person.
    pub circuit_rounds: usize,
    pub circuit_gap: f64,
    /// Nodes where local demand for services had to be cut, with the part that is met.
    pub demand_cut: Vec<(usize, f64)>,
    /// Mean outside income per head by prefecture, yuan a year: urban, rural.
    pub outside_income: Vec<[f64; 2]>,
    /// Capital over output, gross return.
    pub capital_output: f64,
    pub gross_return: f64,
    /// Share of what reaches pools that is lent to the rest of the world.
    pub net_lending: f64,
    /// Recipients of pensions by province and scheme, persons: stated, and those who draw.
    pub pension_recipients: Vec<[[f64; 2]; 2]>,
}

/// Builds the world of the base year, with the stocks that made its output, and its law of location.
///
/// # Errors
/// If homes and places of the tables do not agree, so that the world would not hold the people that they count.
pub(crate) fn build(
    scenario: &Config,
    area: StudyArea,
    rules: &Rules,
    seed: u64,
) -> Result<(World, Law, StartReport)> {
    let p = rules.p;
    let StudyArea {
        mut geography, outside_in_area, published_income, province_income, pensions: facts, ..
    } = area;
    registration::correct(&mut geography, &scenario.world.registration);
    let w = scenario.run.persons_per_agent;

    // People: matrix, law, agents.
    let fit = Gravity::fit(&geography, &outside_in_area, p);
    fit.must_agree(&geography)?;
    let mut report = StartReport {
        fit_rounds: fit.rounds,
        fit_gap: fit.gap,
        fit_mixed: fit.mixed,
        stranded: fit.stranded,
        raised: fit.raised,
        flow_gaps: flows::gaps(&geography, &fit),
        ..Default::default()
    };
    let outside_stay: Vec<[f64; SKILLS]> = geography
        .outside
        .clone()
        .map(|h| fit.leavers[h].map(|n| libm::rint(n * (p.outside_factor - 1.0))))
        .collect();
    let gone: Vec<[f64; SKILLS]> = {
        let nests = fit.nest_sums(&geography);
        let mut sums = vec![[0.0; SKILLS]; geography.outside.len()];
        let homes = if sums.is_empty() { 0 } else { geography.area_nodes() };
        for h in 0..homes {
            let row = fit.by_nest(&geography, h, &nests);
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
    let people = node_people(&geography, &outside_people, p);
    let residents: f64 = geography.nodes.iter().map(|n| n.facts.residents as f64).sum();
    let from_utility = scenario.world.base == Base::Utility;
    let mut law = if from_utility {
        utility_law::law(&geography, p)
    } else {
        law(&geography, &fit, &people, &outside_stay, p, residents)
    };
    let rows = matrix(&geography, &fit, &outside_stay, w);
    let human_capital = human_capital_table(p.human_capital_gini);
    let participation: Vec<[f64; 18]> = people.iter().map(|n| n.participation).collect();
    let experience =
        rules.model.experience.then(|| Experience::new(&geography, &law, &participation, &rows, p));
    let agents = lay_out(&geography, &rows, &people, &human_capital, experience.as_ref(), seed, w);

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
    let tiers: Vec<u8> = world.geography.nodes.iter().map(|n| n.tier as u8).collect();
    world.census = life_year::count(&mut world.people, &codes, &tiers);
    world.base.growth = base_growth(scenario);
    (world.pensions, report.pension_recipients) = first_pensions::terms(&world, p, &facts);
    world.base.participation = people.iter().map(|n| n.participation.map(|p| p as f32)).collect();
    world.base.residents = (0..world.geography.len()).map(|j| world.residents(j) as f64).collect();
    world.base.spending_weight = (0..world.geography.len())
        .map(|j| {
            let village = world.geography.nodes[j].tier == Tier::Village;
            let weights = if village { [p.village_services, p.village_infrastructure] } else { [1.0; 2] };
            weights.map(|weight| world.base.residents[j] * weight)
        })
        .collect();
    report.residents =
        [residents as u64, (0..world.geography.area_nodes()).map(|j| world.residents(j)).sum()];
    nobody_is_lost(&report, w)?;
    first_states(&mut world);
    world.base.return_wedge = capital::return_wedges(&world, rules, seed);
    let mut first = None;

    let published = published(&world.geography, &published_income, &province_income);
    // Again: which funds own what, and so how dividends fall, is known only when weights of cells are. What is left
    // after three times is below the tolerance of the circuit.
    for _ in 0..3 {
        world.base.net_lending = 0.0;
        close(&mut world, rules, &published, &mut report);
        stocks(&mut world, rules, &mut report);
        let (at, inflow) = invert_capital_logit(&mut world, rules);
        world.base.fund_dividends = inflow.spread(&world, &at, &without_farms(&world));
        first = Some((at, inflow));
    }
    if let Some((at, inflow)) = first {
        capital::found(&mut world, rules, seed, &at, &inflow);
    }
    world.claims = capital::claims(&world);
    // Technology at the part of capital that waits in the mean: at what happens to wait, a cell whose few projects all wait
    // would have a technology without bound, and output would slump or leap when they work.
    for j in 0..world.geography.area_nodes() {
        let waits = capital::idle_share(&world, rules, j);
        let state = &mut world.nodes[j];
        state.idle = state.capital.map(|k| libm::rint(k as f64 * waits) as i64);
    }
    invert_technology(&mut world, rules);
    count_capital(&mut world);
    settle_base(&mut world, rules);
    world.base.cost_of_living =
        (0..world.geography.area_nodes()).map(|j| prices::cost_of_living(&world, rules, j)).collect();
    law.base = utilities(&mut world, rules);
    if from_utility {
        utility_law::equal_terms(&mut world, &mut law);
    } else if p.network_pull > 0.0 {
        law.base_network = network_by_nest(&world, &law.nests);
    }
    Ok((world, law, report))
}

/// Agents are whole, so the world may differ from the tables by one of them.
fn nobody_is_lost(report: &StartReport, persons_per_agent: u32) -> Result<()> {
    let [table, world] = report.residents;
    if table.abs_diff(world) <= u64::from(persons_per_agent) {
        return Ok(());
    }
    Err(Error::Data {
        what: messages::the_first_world(),
        found: messages::residents_of_table(world, table),
        expected: messages::all_of_them(),
    })
}

/// County of each node; outside nodes have numbers of their own.
pub(crate) fn county_codes(world: &World) -> Vec<u32> {
    let g = &world.geography;
    (0..g.len())
        .map(|j| {
            (if g.is_outside(j) { g.counties.len() + j - g.outside.start } else { g.nodes[j].county }) as u32
        })
        .collect()
}

/// Growth that the technology drivers imply on a balanced path: `(1 + g_m)^{1/(1 - aK_m)} - 1`.
pub(crate) fn base_growth(scenario: &Config) -> f64 {
    use crate::config::BaseGrowth;
    match scenario.model.base_growth {
        BaseGrowth::None => 0.0,
        BaseGrowth::Drivers => {
            let p = scenario.parameters;
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

fn close(world: &mut World, rules: &Rules, published: &[Published], report: &mut StartReport) {
    let area = world.geography.area_nodes();
    let tables: Vec<[f64; SECTORS]> =
        (0..area).map(|j| world.geography.nodes[j].facts.output_yuan.map(|y| y * 100.0)).collect();
    let persons: f64 = (0..area).map(|j| world.residents(j) as f64).sum::<f64>().max(1.0);
    let mut flows = Flows::unread(&world.geography);
    let growth = 1.0 + world.base.growth;
    let homes: f64 = world.geography.nodes.iter().map(|n| n.facts.dwellings_yuan * 100.0).sum();
    world.base.output = tables.iter().flatten().sum::<f64>() + homes;
    for round in 1..=300 {
        let before = balances(world);
        deflate(world, growth);
        attractions(world, rules, &tables);
        let targets = arrivals::solve(world, rules, &tables);
        world.base.shares = pay::shares(world, rules, &targets);
        spend(world, rules, &mut flows);
        produce(world, rules, Some(&targets));
        world.outside_income = mean_promised_income(world);
        pensions::balance(world, rules);
        fiscal::tax(world, rules, &mut flows);
        income::distribute(world, rules, &mut flows);
        residual_income(world, published);
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
    report.outside_income = outside_income_by_prefecture(world);
    report.demand_cut = (0..area)
        .filter_map(|j| {
            let met = world.nodes[j].demand_met[LOCAL_SERVICES];
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
    a.pension_fund.iter_mut().for_each(|f| *f = Fen::ZERO);
    a.landlord.iter_mut().for_each(|f| *f = Fen::ZERO);
    a.province.iter_mut().for_each(|f| *f = Fen::ZERO);
    a.firm.iter_mut().for_each(|f| *f = [Fen::ZERO; SECTORS]);
    a.project_cash.iter_mut().for_each(|f| *f = [Fen::ZERO; SECTORS]);
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
    let factors = pull_factors(world, rules);
    for _ in 0..5 {
        let pull = pull_at(world, &factors);
        let received = visits(rules, &budget, &pull, &pulls(rules, budget.len(), &pull));
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

/// Services, public capital, housing, ecology and capital of the base year.
fn stocks(world: &mut World, rules: &Rules, report: &mut StartReport) {
    let p = rules.p;
    let g = world.base.growth;
    let investment =
        world.accounts.pool.iter().chain([&world.accounts.national_pool]).map(|f| f.fen()).sum::<f64>();
    let capital = capital::cells(world, rules, investment);
    for j in 0..world.geography.area_nodes() {
        let state = &mut world.nodes[j];
        state.services = (state.spent_services as f64 / 100.0 / (p.services_depreciation + g)).max(1.0);
        state.public_capital =
            (state.spent_infrastructure as f64 / 100.0 / (p.public_capital_depreciation + g)).max(1.0);
        state.housing = (p.housing_spending_share * state.consumption as f64 / 100.0).max(1e-6);
        state.rent = 1.0;
        if let Some(stock) = world.geography.nodes[j].facts.housing {
            state.rent = (state.housing / stock).max(1e-9);
            state.housing = stock;
        }
        state.ecology_output = ecology::stationary_output(
            state.revenue[INDUSTRY] as f64,
            state.ecology,
            p.ecology_recovery,
            p.ecology_damage,
        );
        state.capital = capital[j];
    }
    let total: f64 = capital.iter().flatten().map(|&k| k as f64).sum();
    let surplus: f64 = world.nodes.iter().flat_map(|n| n.surplus).map(|s| s.max(0) as f64).sum();
    report.capital_output = total / world.base.output.max(1.0);
    report.gross_return = if total > 0.0 { surplus / total } else { 0.0 };
    world.base.capital = capital;
    world.base.housing = world.nodes.iter().map(|n| n.housing).collect();
    world.base.rent = world.nodes.iter().map(|n| n.rent).collect();
    world.base.building = (0..world.geography.area_nodes()).map(|j| world.nodes[j].building).collect();
    world.base.net_lending = capital::net_lending(world, rules, investment);
    report.net_lending = world.base.net_lending;
    // Pools began the last round empty, so all they hold is this year's.
    let empty = vec![Fen::ZERO; world.geography.counties.len() + 1];
    let mut flows = Flows::unread(&world.geography);
    income::lend_outside(world, &mut flows, &empty);
    world.base.project_min = capital::least_size(world, rules);
}

/// Technology at which base-year capital, labour and public capital give base-year output.
fn invert_technology(world: &mut World, rules: &Rules) {
    for j in 0..world.geography.area_nodes() {
        for s in (0..SECTORS).filter(|&s| SECTOR_TABLE[s].price != Price::Arrives) {
            let target = world.base.target_output[j][s];
            world.nodes[j].technology[s] = 1.0;
            let state = &world.nodes[j];
            let employed: [f64; 2] =
                std::array::from_fn(|k| state.labour[s][k] * state.job_probability[s][k]);
            let labour = labour_share(world, rules, j, s);
            let q = composite(state.talent_weight[s], employed, rules.p.skill_substitution);
            let scale = match SECTOR_TABLE[s].sold {
                Sold::Hub => tradable_scale(world, rules, j, s),
                Sold::Arrivals => prices::scale(world, rules, j),
            };
            let unit = scale * libm::pow(q, labour);
            world.nodes[j].technology[s] =
                if target > 0.0 && unit > 0.0 && q > 0.0 { target / unit } else { 0.0 };
        }
    }
}

/// Weights B of cells stay within this factor of their share of capital.
const WEIGHT_BOUND: f64 = 1e6;

/// `B *= need/inflow` until expected investment replaces what every cell loses and lets it grow.
fn invert_capital_logit(world: &mut World, rules: &Rules) -> (Attraction, Inflow) {
    let area = world.geography.area_nodes();
    let need: Vec<[f64; SECTORS]> = world.base.capital[..area].iter().map(|k| k.map(|k| k as f64)).collect();
    let all: f64 = need.iter().flatten().sum();
    let pools: Vec<f64> = world.accounts.pool.iter().map(|f| f.fen().max(0.0)).collect();
    let national = world.accounts.national_pool.fen().max(0.0);
    let spent: f64 = pools.iter().sum::<f64>() + national;
    let mut share: Vec<[f64; SECTORS]> = need.clone();
    if all > 0.0 && spent > 0.0 {
        let appeal = Appeal::new(world, rules, false);
        for _ in 0..400 {
            let at = Attraction::at(&appeal, &share);
            let inflow = Inflow::new(world, rules, &at, &pools, national).of_cells(world, &at);
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
            for (share, need) in share.iter_mut().flatten().zip(need.iter().flatten()) {
                // Where savers invest at home alone no weight meets the need: it stays in sight of the others.
                *share = (*share * scale).clamp(need / WEIGHT_BOUND, need * WEIGHT_BOUND);
            }
            if gap < 1e-10 {
                break;
            }
        }
    }
    share.iter_mut().flatten().for_each(|x| *x /= all.max(1.0));
    let at = Attraction::new(world, rules, &share, false);
    let inflow = Inflow::new(world, rules, &at, &pools, national);
    world.base.capital_share = share;
    world.accounts.pool.iter_mut().for_each(|f| *f = Fen::ZERO);
    world.accounts.national_pool = Fen::ZERO;
    world.accounts.hub = Fen::ZERO;
    world.accounts.open_year();
    (at, inflow)
}

/// Capital of the cells whose profit funds distribute: farms pay the households that work them.
fn without_farms(world: &World) -> Vec<[f64; SECTORS]> {
    let cells = world.base.capital[..world.geography.area_nodes()].iter();
    cells.map(|cells| std::array::from_fn(|s| if s == AGRICULTURE { 0.0 } else { cells[s] as f64 })).collect()
}

/// What later years compare with.
fn settle_base(world: &mut World, rules: &Rules) {
    let area = world.geography.area_nodes();
    world.base.output = world.output();
    world.keep_weights_of_welfare();
    let entering = 1.0 + world.base.growth;
    world.base.net_return =
        (0..area).map(|j| std::array::from_fn(|s| net_return(world, j, s) / entering)).collect();
    for c in &mut world.counties {
        c.base_local_revenue = c.own_revenue - c.public_surplus + c.province_take + c.prefecture_take;
    }
    world.base.mean_income = mean_promised_income(world);
    world.outside_income = world.base.mean_income;
    world.base.market_access = market_potentials(world, rules);
    world.base.activities = (0..world.geography.len())
        .map(|j| {
            std::array::from_fn(|k| {
                let count = &world.census.places[j].people[k];
                let all: u64 = count[activity::SECTOR..].iter().sum();
                std::array::from_fn(|a| {
                    if all > 0 {
                        count[activity::SECTOR + a] as f64 / all as f64
                    } else {
                        f64::from(u8::from(a == LOCAL_SERVICES))
                    }
                })
            })
        })
        .collect();
    world.base.activity_wages = (0..world.geography.len()).map(|j| activity_wages(world, rules, j)).collect();
    let services = crate::people::utility::service_levels(world, rules);
    let people: f64 = world.base.residents[..area].iter().sum::<f64>().max(1.0);
    world.base.mean_services =
        services.iter().zip(&world.base.residents).map(|(s, n)| s * n).sum::<f64>() / people;
}

/// Mean promised income of the area by skill, fen, over residents.
pub(crate) fn mean_promised_income(world: &World) -> [f64; SKILLS] {
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

/// What an efficiency unit expects in each activity of a node, fen: the sectors, commuting.
pub(crate) fn activity_wages(world: &World, rules: &Rules, j: usize) -> [[f64; ACTIVITIES]; SKILLS] {
    if world.geography.is_outside(j) {
        return [[1.0; ACTIVITIES]; SKILLS];
    }
    let state = &world.nodes[j];
    let seat = world.geography.seat_of(j);
    std::array::from_fn(|k| {
        std::array::from_fn(|a| {
            let wage = if a < SECTORS {
                state.wage[a][k] * state.job_probability[a][k]
            } else if seat != j {
                crate::economy::pay::commuter_wage(world, rules, seat, k)
            } else {
                0.0
            };
            wage.max(1.0)
        })
    })
}

/// Stocks enter the first year grown by the base year's growth. What the base year made, it made with the stocks
/// before: note its earnings first.
pub(crate) fn grow_into_first_year(world: &mut World) {
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
    count_capital(world);
    world.givers = Givers::new(&world.geography);
    let held = world.projects.held_by_funds(world.geography.counties.len() + 1);
    claims::settle(world, &held);
}
