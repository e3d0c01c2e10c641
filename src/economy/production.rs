//! Phase 3, produce: output, wages, jobs of every node and sector.

use super::Rules;
use super::wages::{Employment, LabourMarket, bill_shares, composite, talent_weight};
use crate::policy::Lever;
use crate::quantity::{Fen, split};
use crate::scenario::file::Market;
use crate::world::node::{AGRICULTURE, INDUSTRY, SERVICES, TOURISM};
use crate::world::people::{EFFICIENCY_ONE, activity};
use crate::world::{Account, SECTORS, Tier, Use, World};

/// Shares of land and capital in value added of a sector.
pub fn factor_shares(rules: &Rules, sector: usize) -> (f64, f64) {
    let p = rules.p;
    match sector {
        AGRICULTURE => (p.farm_land_share, p.farm_capital_share),
        INDUSTRY => (0.0, p.industry_capital_share),
        SERVICES => (0.0, p.services_capital_share),
        _ => (0.0, p.tourism_capital_share),
    }
}

/// Efficiency units that look for work at each node, by sector and skill; commuters count at the seat.
pub fn labour_supply(world: &mut World, rules: &Rules) {
    let scale = world.persons_per_agent() as f64 / EFFICIENCY_ONE;
    for j in 0..world.geography.area_nodes() {
        let count = &world.census.places[j];
        let state = &mut world.nodes[j];
        for s in 0..SECTORS {
            for k in 0..2 {
                state.labour[s][k] = count.efficiency[k][activity::SECTOR + s] as f64 * scale;
                state.labour_commuting[s][k] = 0.0;
            }
        }
    }
    for c in 0..world.geography.counties.len() {
        let county = &world.geography.counties[c];
        let (seat, Some(village)) = (county.seat, county.village) else { continue };
        for k in 0..2 {
            let commuters = world.census.places[village].efficiency[k][activity::COMMUTING] as f64 * scale;
            if commuters <= 0.0 {
                continue;
            }
            let seat = &mut world.nodes[seat];
            let local: f64 = (INDUSTRY..SECTORS).map(|s| seat.labour[s][k]).sum();
            for s in INDUSTRY..SECTORS {
                let share =
                    if local > 0.0 { seat.labour[s][k] / local } else { f64::from(u8::from(s == SERVICES)) };
                seat.labour_commuting[s][k] = commuters * share;
            }
            for s in INDUSTRY..SECTORS {
                seat.labour[s][k] += seat.labour_commuting[s][k];
            }
        }
    }
    let _ = rules;
}

/// Productivity of industry from agglomeration and public capital:
/// `g_j = H^{phi_H} L^{phi_L} (G/N)^{mu_G} (1 + omega_ch ln(1 + K_m/K_0))`, with zero counted as one person.
/// Scale constants H0, L0, G0 are one: the inverted technology holds them.
pub fn agglomeration(world: &World, rules: &Rules, j: usize) -> f64 {
    let p = rules.p;
    let posted = [0.0, rules.levers.node(Lever::PostedTalent, j)];
    let residents = |k: usize| (world.residents_by_skill(j, k) as f64 + posted[k]).max(1.0);
    let state = &world.nodes[j];
    let per_head = (state.public_capital / (residents(0) + residents(1))).max(1e-6);
    let mut g =
        libm::pow(residents(1), p.phi_h) * libm::pow(residents(0), p.phi_l) * libm::pow(per_head, p.mu_g);
    let omega = rules.levers.node(Lever::ChainProductivity, j);
    if omega > 0.0 {
        let base = world.base.capital[j][INDUSTRY].max(1) as f64;
        g *= 1.0 + omega * libm::log(1.0 + state.capital[INDUSTRY] as f64 / base);
    }
    g * (1.0 + rules.levers.node(Lever::ProducerServices, j)) * market_access(world, rules, j)
}

/// `(MA_j/MA_j,base)^{th_MA}`, `MA_j = sum_k Y_k exp(-d_jk/d_0)` with last year's output.
fn market_access(world: &World, rules: &Rules, j: usize) -> f64 {
    let theta = rules.levers.node(Lever::MarketAccess, j);
    let base = world.base.market_access.get(j).copied().unwrap_or(0.0);
    if theta == 0.0 || base <= 0.0 {
        return 1.0;
    }
    libm::pow(market_potential(world, rules, j) / base, theta)
}

/// `MA_j = sum_k Y_k exp(-d_jk/d_0)`, fen; distance by county.
pub fn market_potential(world: &World, rules: &Rules, j: usize) -> f64 {
    let Some(near) = rules.terrain.market(world.geography.nodes[j].county) else { return 0.0 };
    near.iter().enumerate().map(|(k, &d)| f64::from(d) * world.node_output(k).fen()).sum()
}

/// Revenue of a tradable cell at one unit of the labour composite, fen:
/// `R_a = (p/tau) A Lam^{aL} K^{aK} Q^{1-aL-aK}`, `R_m = (p/tau) A g K^{aK} Q^{1-aK}`; farm land is part of A
/// unless it is converted.
pub fn tradable_scale(world: &World, rules: &Rules, j: usize, s: usize) -> f64 {
    let state = &world.nodes[j];
    let (land, capital) = factor_shares(rules, s);
    let price = 1.0 / rules.levers.tau(rules.p, &world.geography, j);
    let technology = state.technology[s] * rules.levers.cell(Lever::Productivity, j, s);
    let k = libm::pow(((state.capital[s] - state.idle[s]) as f64).max(1.0), capital);
    let place = if s == AGRICULTURE {
        libm::pow((state.land_m2[0] as f64).max(1.0), land)
            * (1.0 + rules.p.g_rent * rules.levers.node(Lever::RentalMarket, j))
            * if state.farm_shock == 0.0 { 1.0 } else { libm::exp(state.farm_shock) }
    } else {
        agglomeration(world, rules, j) * chain_price(world, rules)
    };
    price * technology * place * k
}

/// Price of duplicated industry: `p = (K_m/K_m,base)^{-1/eps_c}` over the area.
fn chain_price(world: &World, rules: &Rules) -> f64 {
    let elasticity = rules.levers.everywhere(Lever::ChainElasticity);
    if elasticity >= 1e8 {
        return 1.0;
    }
    let total =
        |f: &dyn Fn(usize) -> i64| (0..world.geography.area_nodes()).map(|j| f(j) as f64).sum::<f64>();
    let now = total(&|j| world.nodes[j].capital[INDUSTRY]);
    let base = total(&|j| world.base.capital[j][INDUSTRY]);
    if now > 0.0 && base > 0.0 { libm::pow(now / base, -1.0 / elasticity) } else { 1.0 }
}

/// Output targets of the base year, fen by node and sector: what production is inverted to.
pub type Targets<'a> = Option<&'a [[f64; SECTORS]]>;

/// Output, wages, jobs. With targets, technology, outside demand and CES weights are solved so that output
/// equals the target (the base year); without, they are given.
pub fn produce(world: &mut World, rules: &Rules, targets: Targets) {
    labour_supply(world, rules);
    let area = world.geography.area_nodes();
    let mut trade = vec![Trade::default(); area];
    for j in 0..area {
        let seat = world.geography.seat_of(j);
        let share = processing(world, rules, seat);
        let sold = tradable(
            world,
            rules,
            j,
            AGRICULTURE,
            targets.map(|t| t[j][AGRICULTURE]),
            Trade { sold_to: share, ..Trade::default() },
        );
        trade[seat].bought += sold;
    }
    if rules.model.market == Market::Ces {
        manufactures(world, rules, targets.is_some());
    } else {
        // City orders: those who place them produce first, those who receive them afterwards.
        let weights: Vec<f64> = (0..area)
            .map(|j| if works(world, j) { rules.levers.node(Lever::OrdersIn, j) } else { 0.0 })
            .collect();
        let receivers = weights.iter().any(|w| *w > 0.0);
        let mut placed = Fen::ZERO;
        for j in (0..area).filter(|&j| weights[j] == 0.0) {
            trade[j].ordered = if receivers { rules.levers.node(Lever::OrdersOut, j) } else { 0.0 };
            placed += tradable(world, rules, j, INDUSTRY, targets.map(|t| t[j][INDUSTRY]), trade[j]);
        }
        if receivers {
            for (j, orders) in split(placed.0, &weights).into_iter().enumerate() {
                trade[j].orders = Fen(orders);
            }
        }
        for j in (0..area).filter(|&j| weights[j] > 0.0) {
            tradable(world, rules, j, INDUSTRY, targets.map(|t| t[j][INDUSTRY]), trade[j]);
        }
    }
    let industry = industry_of_prefectures(world);
    if targets.is_some() {
        world.base.industry_of_prefecture = industry.clone();
    }
    let area = (industry.iter().sum::<f64>(), world.base.industry_of_prefecture.iter().sum::<f64>());
    for j in 0..world.geography.area_nodes() {
        let pref = world.geography.nodes[j].prefecture;
        let base = world.base.industry_of_prefecture[pref];
        let ratio = if base > 0.0 {
            industry[pref] / base
        } else if area.1 > 0.0 {
            area.0 / area.1
        } else {
            1.0
        };
        for s in [SERVICES, TOURISM] {
            local(world, rules, j, s, ratio, targets.map(|t| t[j][s]));
        }
        promised_income(world, rules, j);
    }
}

fn industry_of_prefectures(world: &World) -> Vec<f64> {
    let mut industry = vec![0.0; world.geography.prefectures.len()];
    for j in 0..world.geography.area_nodes() {
        industry[world.geography.nodes[j].prefecture] += world.nodes[j].revenue[INDUSTRY] as f64;
    }
    industry
}

fn labour_market(
    world: &World,
    rules: &Rules,
    j: usize,
    s: usize,
    scale: f64,
    elasticity: f64,
) -> LabourMarket {
    let state = &world.nodes[j];
    let employed = 1.0 - rules.p.unemployment_base;
    LabourMarket {
        supply: state.labour[s].map(|l| l * employed),
        previous: if rules.p.lambda_w < 1.0 { state.wage[s] } else { [0.0; 2] },
        floor: world.geography.nodes[j].facts.minimum_wage_yuan * rules.p.floor_scale * 100.0,
        talent_weight: state.talent_weight[s],
        sigma: rules.p.sigma_k,
        scale,
        elasticity,
        speed: rules.p.lambda_w,
        fixed_jobs: if s == INDUSTRY { world.geography.nodes[j].facts.jobs_industry } else { None },
    }
}

/// What a cell buys from and sells to other cells.
#[derive(Clone, Copy, Debug, Default)]
struct Trade {
    /// Share of output that the county's industry buys (farms).
    sold_to: f64,
    /// Farm goods bought to be processed.
    bought: Fen,
    /// Share of sales that goes to other firms as orders.
    ordered: f64,
    /// Orders received.
    orders: Fen,
}

/// Whether industry stands and works at a node.
fn works(world: &World, j: usize) -> bool {
    let state = &world.nodes[j];
    state.technology[INDUSTRY] > 0.0 && state.labour[INDUSTRY].iter().sum::<f64>() > 0.0
}

/// Share of farm output that industry at a seat processes.
fn processing(world: &World, rules: &Rules, seat: usize) -> f64 {
    let share = rules.levers.node(Lever::FarmProcessing, seat);
    if share > 0.0 && works(world, seat) { share } else { 0.0 }
}

/// Farms and industry: prices are given, so employment decides revenue. Orders, processing margins and the cost
/// of cleaning add to or take from the value that is shared out. Returns farm goods sold to industry, or
/// orders placed.
fn tradable(world: &mut World, rules: &Rules, j: usize, s: usize, target: Option<f64>, trade: Trade) -> Fen {
    let (land, capital) = factor_shares(rules, s);
    let labour_share = 1.0 - land - capital;
    let vat = if s == AGRICULTURE { 0.0 } else { rules.p.t_y };
    if let Some(target) = target {
        // Output is given, so the wage bill is: employment follows as it does in services (a floor may bind),
        // and technology is what makes that employment produce the target.
        world.nodes[j].talent_weight[s] =
            talent_weight(rules.p.skill_premium, world.nodes[j].labour[s], rules.p.sigma_k);
        world.nodes[j].technology[s] = 1.0;
        let bill = labour_share * (1.0 - vat) * target;
        let employed = labour_market(world, rules, j, s, bill, 0.0).clear().employed;
        let q = composite(world.nodes[j].talent_weight[s], employed, rules.p.sigma_k);
        let unit = tradable_scale(world, rules, j, s) * libm::pow(q, labour_share);
        world.nodes[j].technology[s] = if target > 0.0 && unit > 0.0 { target / unit } else { 0.0 };
    }
    let unit = tradable_scale(world, rules, j, s);
    let levers = rules.levers;
    let cleaning = if s == INDUSTRY {
        levers.node(Lever::Abatement, j) * levers.node(Lever::AbatementCost, j)
    } else {
        0.0
    };
    // Value added over sales at full employment: orders and margins add to it, inputs take from it.
    let margin = trade.bought.share(levers.node(Lever::ProcessingMargin, j));
    let added = (trade.orders + margin).fen();
    let mut value = 1.0 - trade.ordered - cleaning;
    if added > 0.0 {
        let market = labour_market(world, rules, j, s, unit, labour_share);
        let full =
            unit * libm::pow(composite(market.talent_weight, market.supply, market.sigma), labour_share);
        value += if full > 0.0 { added / full } else { 0.0 };
    }
    let scale = labour_share * (1.0 - vat) * unit * value.max(0.0);
    let market = labour_market(world, rules, j, s, scale, labour_share);
    let outcome = market.clear();
    let q = composite(market.talent_weight, outcome.employed, market.sigma);
    let sales = if q > 0.0 { Fen::round(unit * libm::pow(q, labour_share)) } else { Fen::ZERO };
    let firm = Account::Firm(j, s);
    let inside = sales.share(trade.sold_to);
    if inside > Fen::ZERO {
        let buyer = Account::Firm(world.geography.seat_of(j), INDUSTRY);
        world.accounts.pay(buyer, firm, inside, Use::Inputs);
    }
    let processed = trade.bought + margin;
    world.accounts.pay(Account::Hub, firm, sales - inside + processed, Use::Sales);
    let placed = sales.share(trade.ordered);
    let cleaned = sales.share(cleaning);
    world.accounts.pay(firm, Account::Clearing, placed, Use::Inputs);
    world.accounts.pay(firm, Account::Hub, cleaned, Use::Inputs);
    world.accounts.pay(Account::Clearing, firm, trade.orders, Use::Inputs);
    let inputs = trade.orders - trade.bought - placed - cleaned;
    close_cell(world, rules, j, s, sales + processed, inputs, outcome, land, vat);
    inside + placed
}

/// Industry under monopolistic competition: what an efficiency unit earns clears the market for every
/// node's varieties, and the index of manufactures follows. Industrial output of the tables is where the
/// search begins, no more.
fn manufactures(world: &mut World, rules: &Rules, base_year: bool) {
    let nodes = 0..world.geography.area_nodes();
    let s = INDUSTRY;
    let labour: Vec<f64> = nodes.clone().map(|j| world.nodes[j].labour[s].iter().sum()).collect();
    let other: Vec<f64> = nodes.clone().map(|j| world.nodes[j].revenue[AGRICULTURE] as f64).collect();
    let iceberg = trade_costs(world, rules);
    let market = super::ces::Market { sigma: rules.p.ces_sigma, share: rules.p.ces_mu, iceberg: &iceberg };
    let found = market.clear(&labour, &other);
    let (land, capital) = factor_shares(rules, s);
    let paid = (1.0 - land - capital) * (1.0 - rules.p.t_y);
    for j in nodes {
        let state = &mut world.nodes[j];
        state.log_price = rules.p.ces_mu * libm::log(found.index[j]);
        if base_year {
            state.talent_weight[s] = talent_weight(rules.p.skill_premium, state.labour[s], rules.p.sigma_k);
        }
        let revenue = Fen::round(found.revenue[j] * labour[j]);
        world.accounts.pay(Account::Hub, Account::Firm(j, s), revenue, Use::Sales);
        let outcome = labour_market(world, rules, j, s, paid * revenue.fen(), 0.0).clear();
        close_cell(world, rules, j, s, revenue, Fen::ZERO, outcome, land, rules.p.t_y);
        if labour[j] <= 0.0 {
            // What the first firm could pay.
            world.nodes[j].wage[s] = [paid * found.revenue[j]; 2];
        }
    }
}

/// Iceberg factors from node to node: as stated, else free inside a province and `ces_trade` between two.
fn trade_costs(world: &World, rules: &Rules) -> Vec<f64> {
    let g = &world.geography;
    let nodes = g.area_nodes();
    let mut factors = Vec::with_capacity(nodes * nodes);
    for j in 0..nodes {
        for k in 0..nodes {
            let default = if g.nodes[j].province == g.nodes[k].province { 1.0 } else { rules.p.ces_trade };
            let stated = g.iceberg.get(j * g.len() + k).copied().flatten();
            factors.push(stated.unwrap_or(default));
        }
    }
    factors
}

/// Services and tourism: revenue is the spending that arrives,
/// `R_v = f (local demand + government purchases) + Z R_m,pref/R_m,pref,base`.
fn local(world: &mut World, rules: &Rules, j: usize, s: usize, ratio: f64, target: Option<f64>) {
    let firm = Account::Firm(j, s);
    let demand = world.accounts.balance(firm);
    if let Some(target) = target {
        let met = if demand.fen() > target { target / demand.fen() } else { 1.0 };
        let state = &mut world.nodes[j];
        state.demand_met[s] = met;
        state.outside_demand[s] = (target - met * demand.fen()).max(0.0);
        state.talent_weight[s] = talent_weight(rules.p.skill_premium, state.labour[s], rules.p.sigma_k);
    }
    let unmet = demand - demand.share(world.nodes[j].demand_met[s]);
    world.accounts.pay(firm, Account::Hub, unmet, Use::OutsideDemand);
    let growth = if s == SERVICES { ratio } else { 1.0 };
    let outside = Fen::round(world.nodes[j].outside_demand[s] * growth);
    world.accounts.pay(Account::Hub, firm, outside, Use::OutsideDemand);
    let revenue = world.accounts.balance(firm);
    let (land, capital) = factor_shares(rules, s);
    let bill = (1.0 - land - capital) * (1.0 - rules.p.t_y) * revenue.fen();
    let outcome = labour_market(world, rules, j, s, bill, 0.0).clear();
    close_cell(world, rules, j, s, revenue, Fen::ZERO, outcome, land, rules.p.t_y);
}

/// Books a cell: VAT, wages, land rent, and the surplus as the residual, so that value added is exhausted
/// exactly. A negative surplus is drawn from project cash, then wages are cut.
#[expect(clippy::too_many_arguments, reason = "the parts of one cell's account")]
fn close_cell(
    world: &mut World,
    rules: &Rules,
    j: usize,
    s: usize,
    revenue: Fen,
    inputs: Fen,
    outcome: Employment,
    land: f64,
    vat: f64,
) {
    let cash = world.accounts.project_cash[j][s];
    let state = &mut world.nodes[j];
    let value = revenue + inputs;
    let vat = value.at_least(Fen::ZERO).share(vat);
    let rent = value.share(land);
    let labour = state.labour[s][0] + state.labour[s][1];
    let (mut bill, mut wage) = if labour > 0.0 {
        let paid = outcome.wage[0] * outcome.employed[0] + outcome.wage[1] * outcome.employed[1];
        (Fen::round(paid), outcome.wage)
    } else {
        // A cell with revenue and no agent (an agent may stand for more people than work here): its wage
        // bill goes to the seat, see `income`.
        let (aland, capital) = factor_shares(rules, s);
        (value.share((1.0 - aland - capital) * (1.0 - rules.p.t_y)), [0.0; 2])
    };
    let mut surplus = value - vat - rent - bill;
    let shortfall = -(surplus + cash);
    if shortfall > Fen::ZERO {
        let cut = shortfall.at_most(bill);
        let kept = (bill - cut).fen() / bill.fen();
        wage = wage.map(|w| w * kept);
        bill -= cut;
        surplus += cut;
    }
    state.revenue[s] = revenue.0;
    state.vat[s] = vat.0;
    state.land_rent[s] = rent.0;
    state.wage_bill[s] = bill.0;
    state.surplus[s] = surplus.0;
    state.inputs[s] = inputs.0;
    state.wage[s] = wage;
    for k in 0..2 {
        state.job_probability[s][k] = if state.labour[s][k] > 0.0 && labour > 0.0 {
            (outcome.employed[k] / state.labour[s][k]).min(1.0)
        } else {
            1.0
        };
    }
}

/// `y_jk = sum_s (employed share_s) pe_s w_s (1 - t_W)` for a person with h = 1; commuters earn the seat's
/// wage less the cost of commuting.
fn promised_income(world: &mut World, rules: &Rules, j: usize) {
    let node = &world.geography.nodes[j];
    let seat = world.geography.counties[node.county].seat;
    let village = node.tier == Tier::Village;
    let count = &world.census.places[j];
    let mut income = [0.0; 2];
    for (k, income) in income.iter_mut().enumerate() {
        let (mut weight, mut sum) = (0.0, 0.0);
        for s in 0..SECTORS {
            let people = count.people[k][activity::SECTOR + s] as f64;
            weight += people;
            sum += people * world.nodes[j].job_probability[s][k] * world.nodes[j].wage[s][k];
        }
        let commuters = count.people[k][activity::COMMUTING] as f64;
        if village && commuters > 0.0 {
            weight += commuters;
            sum += commuters * commuter_wage(world, rules, seat, k);
        }
        *income = if weight > 0.0 { sum / weight * (1.0 - rules.p.t_w) } else { 0.0 };
    }
    if income == [0.0; 2] && rules.model.market == Market::Ces {
        income = world.nodes[j].wage[INDUSTRY].map(|w| w * (1.0 - rules.p.t_w));
    }
    if income == [0.0; 2] {
        // No agent works here, though the census counts jobs: they are fewer than an agent stands for. What they pay
        // is what a newcomer is promised; a promise of nothing would leap when the first agent arrives.
        let jobs: u64 = world.geography.nodes[j].facts.employed.iter().sum();
        let bill: i64 = world.nodes[j].wage_bill.iter().sum();
        if jobs > 0 && bill > 0 {
            income[0] = bill as f64 / jobs as f64 * (1.0 - rules.p.t_w);
        }
    }
    // Where nobody of a skill works, the other skill's wage and the base premium say what would be paid.
    let premium = rules.p.skill_premium;
    if income[0] <= 0.0 {
        income[0] = income[1] / premium;
    }
    if income[1] <= 0.0 {
        income[1] = income[0] * premium;
    }
    world.nodes[j].promised_income = income.map(|y| y.max(1.0));
}

/// Wage of an efficiency unit of commuters at a seat, after the cost of commuting, before tax.
pub fn commuter_wage(world: &World, rules: &Rules, seat: usize, k: usize) -> f64 {
    let state = &world.nodes[seat];
    let (mut weight, mut sum) = (0.0, 0.0);
    for s in INDUSTRY..SECTORS {
        weight += state.labour_commuting[s][k];
        sum += state.labour_commuting[s][k] * state.job_probability[s][k] * state.wage[s][k];
    }
    if weight > 0.0 { sum / weight * (1.0 - rules.p.commuting_cost) } else { 0.0 }
}

/// Splits the wage bill of a cell between skills, fen: what each skill's people earn together.
pub fn bill_by_skill(world: &World, rules: &Rules, j: usize, s: usize) -> [f64; 2] {
    let state = &world.nodes[j];
    let earned: [f64; 2] =
        std::array::from_fn(|k| state.labour[s][k] * state.job_probability[s][k] * state.wage[s][k]);
    let sum = earned[0] + earned[1];
    if sum > 0.0 {
        earned.map(|e| e / sum * state.wage_bill[s] as f64)
    } else {
        bill_shares(state.talent_weight[s], [1.0, 1.0], rules.p.sigma_k)
            .map(|x| x * state.wage_bill[s] as f64)
    }
}
