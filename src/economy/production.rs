//! Phase 3, produce: output, wages, jobs of every node and sector.

use super::wages::{Employment, LabourMarket, bill_shares, composite, talent_weight};
use super::{jobs, prices, promise};
use crate::config::Market;
use crate::quantity::{Fen, split};
use crate::rules::Lever;
use crate::rules::Rules;
use crate::world::people::{EFFICIENCY_ONE, activity};
use crate::world::sector::{AGRICULTURE, INDUSTRY, LOCAL_SERVICES, SECTOR_TABLE, Sold, sold, urban};
use crate::world::{Account, SECTORS, Shares, Use, World};

/// Shares of a cell: as the base year found them, else the sector's.
pub(crate) fn factor_shares(world: &World, rules: &Rules, j: usize, sector: usize) -> Shares {
    match world.base.shares.get(j) {
        Some(cells) => cells[sector],
        None => shares_of_sector(world, rules, j, sector),
    }
}

/// Shares of a sector. In local services land stands for public buildings, and only what governments do not buy has private
/// capital.
pub(crate) fn shares_of_sector(world: &World, rules: &Rules, j: usize, sector: usize) -> Shares {
    let row = &SECTOR_TABLE[sector];
    let (mut land, mut capital) = ((row.land)(rules.p), (row.capital)(rules.p));
    if sector == LOCAL_SERVICES {
        let public = world.base.public_share.get(j).copied().unwrap_or(0.0);
        (land, capital) = (rules.p.public_capital_share * public, capital * (1.0 - public));
    }
    Shares { labour: 1.0 - land - capital, land, capital, measured: 1.0 }
}

/// Shares below this are what adding up left.
const ROUNDING: f64 = 1e-12;

/// Capital of a cell that works, fen, at least one.
pub(crate) fn capital_at_work(world: &World, j: usize, s: usize) -> f64 {
    ((world.nodes[j].capital[s] - world.nodes[j].idle[s]) as f64).max(1.0)
}

/// Efficiency units that look for work at each node, by sector and skill; commuters count at the seat.
pub(crate) fn labour_supply(world: &mut World, rules: &Rules) {
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
            let local: f64 = urban().map(|s| seat.labour[s][k]).sum();
            for s in urban() {
                let share = if local > 0.0 {
                    seat.labour[s][k] / local
                } else {
                    f64::from(u8::from(s == LOCAL_SERVICES))
                };
                seat.labour_commuting[s][k] = commuters * share;
            }
            for s in urban() {
                seat.labour[s][k] += seat.labour_commuting[s][k];
            }
        }
    }
    let _ = rules;
}

/// Productivity of industry and business services from people, public capital and markets:
/// `g_j = H_c^{phi_H} L_c^{phi_L} (G_j/N_j)^{mu_G} (MA_j/MA_j,base)^{th_MA}`, people of the county c, with zero counted as
/// one person. Scale constants H0, L0, G0 are one: the inverted technology holds them.
pub(crate) fn agglomeration(world: &World, rules: &Rules, j: usize) -> f64 {
    let p = rules.p;
    let residents = |j: usize, k: usize| {
        let posted = if k == 1 { rules.levers.node(Lever::PostedTalent, j) } else { 0.0 };
        world.residents_by_skill(j, k) as f64 + posted
    };
    let county = &world.geography.counties[world.geography.nodes[j].county];
    let of_county = |k: usize| county.nodes().map(|i| residents(i, k)).sum::<f64>().max(1.0);
    let here = residents(j, 0).max(1.0) + residents(j, 1).max(1.0);
    let per_head = (world.nodes[j].public_capital / here).max(1e-6);
    libm::pow(of_county(1), p.agglomeration_talent)
        * libm::pow(of_county(0), p.agglomeration_workers)
        * libm::pow(per_head, p.public_capital_elasticity)
        * market_access(world, rules, j)
}

/// What chains and contracted services add to industry: `(1 + omega_ch ln(1 + K_m/K_0)) (1 + producer services) p`.
fn chains(world: &World, rules: &Rules, j: usize) -> f64 {
    let omega = rules.levers.node(Lever::ChainProductivity, j);
    let mut g = 1.0;
    if omega > 0.0 {
        let base = world.base.capital[j][INDUSTRY].max(1) as f64;
        g += omega * libm::log(1.0 + world.nodes[j].capital[INDUSTRY] as f64 / base);
    }
    g * (1.0 + rules.levers.node(Lever::ProducerServices, j)) * chain_price(world, rules, j)
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

/// Market access of all nodes of the area, fen; 0 while nothing uses it.
pub(crate) fn market_potentials(world: &World, rules: &Rules) -> Vec<f64> {
    (0..world.geography.area_nodes()).map(|j| market_potential(world, rules, j)).collect()
}

/// `MA_j = sum_k Y_k exp(-d_jk/d_0)`, fen; distance by county.
fn market_potential(world: &World, rules: &Rules, j: usize) -> f64 {
    let Some(near) = rules.accessibility.market(world.geography.nodes[j].county) else { return 0.0 };
    near.iter().enumerate().map(|(k, &d)| f64::from(d) * world.node_output(k).fen()).sum()
}

/// Revenue of a tradable cell at one unit of the labour composite, fen:
/// `R_a = (p/tau) A Lam^{aL} K^{aK} Q^{1-aL-aK}`, `R_s = (1/tau) A g K^{aK} Q^{1-aK}` in industry and business services,
/// in industry times what chains do; farm land is part of A unless it is converted.
pub(crate) fn tradable_scale(world: &World, rules: &Rules, j: usize, s: usize) -> f64 {
    let state = &world.nodes[j];
    let Shares { land, capital, .. } = factor_shares(world, rules, j, s);
    let price = 1.0 / rules.levers.tau(rules.p, &world.geography, j);
    let technology = state.technology[s] * rules.levers.cell(Lever::Productivity, j, s);
    let k = libm::pow(capital_at_work(world, j, s), capital);
    let place = if s == AGRICULTURE {
        libm::pow((state.land_m2[0] as f64).max(1.0), land)
            * (1.0 + rules.p.land_rental_gain * rules.levers.node(Lever::RentalMarket, j))
            * if state.farm_shock == 0.0 { 1.0 } else { libm::exp(state.farm_shock) }
    } else {
        let place = if SECTOR_TABLE[s].agglomerates { agglomeration(world, rules, j) } else { 1.0 };
        place * if s == INDUSTRY { chains(world, rules, j) } else { 1.0 }
    };
    price * technology * place * k
}

/// Price of industry where its chains are copied: `p_j = exp(-copied_j/eps_c)`, 1 in the base year
/// (`capital::chains`).
fn chain_price(world: &World, rules: &Rules, j: usize) -> f64 {
    let elasticity = rules.levers.everywhere(Lever::ChainElasticity);
    if elasticity >= 1e8 { 1.0 } else { libm::exp(-world.nodes[j].copied / elasticity) }
}

/// Output targets of the base year, fen by node and sector: what production is inverted to.
pub(crate) type Targets<'a> = Option<&'a [[f64; SECTORS]]>;

/// Output, wages, jobs. With targets, technology, outside demand, CES weights and base-year pay are solved so that
/// output equals the target (the base year); without, they are given.
///
/// Pay outside farming follows what a whole province earns, so all cells say first what their labour would produce at
/// usual employment ([`jobs::employment`]); then they produce with those who have a job.
pub(crate) fn produce(world: &mut World, rules: &Rules, targets: Targets) {
    labour_supply(world, rules);
    let mut trade = farms(world, rules, targets);
    let varieties = (rules.model.market == Market::Ces).then(|| varieties(world, rules));
    if let Some(targets) = targets {
        base_year_cells(world, rules, targets);
    }
    expect_orders(world, rules, &mut trade);
    let bills = bills(world, rules, &trade, varieties.as_deref());
    if targets.is_some() {
        jobs::settle(world, rules, &bills);
    }
    let employment = jobs::employment(world, rules, &bills);
    match &varieties {
        Some(revenue) => manufactures(world, rules, revenue, &employment),
        None => industries(world, rules, &mut trade, &employment),
    }
    made_for_the_hub(world, rules, &employment);
    for j in 0..world.geography.area_nodes() {
        for s in sold(Sold::Arrivals) {
            local(world, rules, j, s, employment[j][s]);
        }
    }
    prices::clear(world, rules, &employment, targets.is_some());
    dwellings(world);
    promise::promise(world, rules);
}

/// Living in homes counts as output like the stock of homes over that of the base year.
fn dwellings(world: &mut World) {
    for j in 0..world.geography.area_nodes() {
        let base = world.base.housing.get(j).copied().unwrap_or(0.0);
        let stock = if base > 0.0 { world.nodes[j].housing / base } else { 1.0 };
        let value = world.geography.nodes[j].facts.dwellings_yuan * 100.0 * stock;
        world.nodes[j].dwellings = libm::rint(value) as i64;
    }
}

/// Farms of all nodes; what industry at their seat buys of them.
fn farms(world: &mut World, rules: &Rules, targets: Targets) -> Vec<Trade> {
    let area = world.geography.area_nodes();
    let mut trade = vec![Trade::default(); area];
    for j in 0..area {
        let seat = world.geography.seat_of(j);
        let share = processing(world, rules, seat);
        trade[seat].bought += farm(world, rules, j, targets.map(|t| t[j][AGRICULTURE]), share);
    }
    trade
}

/// CES weights, technology and outside demand of the base year outside farming.
fn base_year_cells(world: &mut World, rules: &Rules, targets: &[[f64; SECTORS]]) {
    for (j, target) in targets.iter().enumerate() {
        for s in urban() {
            world.nodes[j].talent_weight[s] =
                talent_weight(rules.p.skill_premium, world.nodes[j].labour[s], rules.p.skill_substitution);
        }
        for s in urban().filter(|&s| tradable(rules, s)) {
            let employed = jobs::market(world, rules, j, s, (0.0, 0.0)).usual();
            invert(world, rules, j, s, employed, target[s]);
        }
        for s in sold(Sold::Arrivals) {
            let demand = world.accounts.balance(Account::Firm(j, s)).fen();
            let met = if demand > target[s] { target[s] / demand } else { 1.0 };
            world.nodes[j].demand_met[s] = met;
            world.nodes[j].outside_demand[s] = (target[s] - met * demand).max(0.0);
        }
    }
}

/// Whether technology and a given price decide what a sector sells.
pub(crate) fn tradable(rules: &Rules, s: usize) -> bool {
    SECTOR_TABLE[s].sold == Sold::Hub && !(s == INDUSTRY && rules.model.market == Market::Ces)
}

/// Technology at which labour makes the target.
fn invert(world: &mut World, rules: &Rules, j: usize, s: usize, employed: [f64; 2], target: f64) {
    world.nodes[j].technology[s] = 1.0;
    let q = composite(world.nodes[j].talent_weight[s], employed, rules.p.skill_substitution);
    let unit = tradable_scale(world, rules, j, s) * libm::pow(q, labour_share(world, rules, j, s));
    world.nodes[j].technology[s] = if target > 0.0 && unit > 0.0 { target / unit } else { 0.0 };
}

/// Labour's share of value added after the tax on it, its exponent.
pub(crate) fn labour_share(world: &World, rules: &Rules, j: usize, sector: usize) -> f64 {
    factor_shares(world, rules, j, sector).labour
}

/// Tax on value added of a sector.
pub(crate) fn value_added_tax(rules: &Rules, sector: usize) -> f64 {
    if SECTOR_TABLE[sector].urban { rules.p.revenue_tax_rate } else { 0.0 }
}

/// Surplus of a cell over its wage bill at marginal products.
pub(crate) fn surplus_over_bill(world: &World, rules: &Rules, j: usize, s: usize) -> f64 {
    let Shares { labour, capital, .. } = factor_shares(world, rules, j, s);
    if labour > 0.0 { capital / labour } else { 0.0 }
}

/// Sales of industry at usual employment, fen.
fn usual_sales(world: &World, rules: &Rules, j: usize) -> f64 {
    let employed = jobs::market(world, rules, j, INDUSTRY, (0.0, 0.0)).usual();
    sales(world, rules, j, INDUSTRY, employed)
}

/// Sales of a tradable cell with so many at work, fen.
fn sales(world: &World, rules: &Rules, j: usize, s: usize, employed: [f64; 2]) -> f64 {
    let q = composite(world.nodes[j].talent_weight[s], employed, rules.p.skill_substitution);
    if q > 0.0 {
        tradable_scale(world, rules, j, s) * libm::pow(q, labour_share(world, rules, j, s))
    } else {
        0.0
    }
}

/// City orders: who places them, who receives them, and how much is to be expected at usual employment.
fn expect_orders(world: &World, rules: &Rules, trade: &mut [Trade]) {
    for (j, trade) in trade.iter_mut().enumerate().filter(|(j, _)| works(world, *j)) {
        trade.weight = rules.levers.node(Lever::OrdersIn, j);
    }
    if trade.iter().all(|t| t.weight <= 0.0) {
        return;
    }
    for (j, trade) in trade.iter_mut().enumerate().filter(|(_, t)| t.weight == 0.0) {
        trade.ordered = rules.levers.node(Lever::OrdersOut, j);
    }
    let placed: f64 = (0..trade.len())
        .filter(|&j| trade[j].ordered > 0.0)
        .map(|j| trade[j].ordered * usual_sales(world, rules, j))
        .sum();
    for (j, orders) in split(Fen::round(placed).0, &weights(trade)).into_iter().enumerate() {
        trade[j].orders = Fen(orders);
    }
}

fn weights(trade: &[Trade]) -> Vec<f64> {
    trade.iter().map(|t| t.weight).collect()
}

/// Wage bills at marginal products outside farming: revenue of local services and tourism is what arrives.
fn bills(world: &World, rules: &Rules, trade: &[Trade], varieties: Option<&[f64]>) -> jobs::Bills {
    let area = world.geography.area_nodes();
    let mut bills = vec![[(0.0, 0.0); SECTORS]; area];
    for j in 0..area {
        let share = |s: usize| labour_share(world, rules, j, s) * (1.0 - value_added_tax(rules, s));
        for s in plain_tradables() {
            let unit = tradable_scale(world, rules, j, s);
            bills[j][s] = (share(s) * unit, labour_share(world, rules, j, s));
        }
        bills[j][INDUSTRY] = match varieties {
            Some(revenue) => (share(INDUSTRY) * revenue[j], 0.0),
            None => {
                let value = trade[j].value_over_sales(rules, j, usual_sales(world, rules, j));
                let unit = tradable_scale(world, rules, j, INDUSTRY);
                (share(INDUSTRY) * unit * value, labour_share(world, rules, j, INDUSTRY))
            }
        };
        for s in sold(Sold::Arrivals) {
            let state = &world.nodes[j];
            let arrives = world.accounts.balance(Account::Firm(j, s)).fen() * state.demand_met[s];
            bills[j][s] = (share(s) * (arrives + state.outside_demand[s]), 0.0);
        }
    }
    bills
}

/// Industry of all nodes: those who place orders produce first, those who receive them afterwards.
fn industries(world: &mut World, rules: &Rules, trade: &mut [Trade], employment: &[[Employment; SECTORS]]) {
    let mut placed = Fen::ZERO;
    for j in 0..trade.len() {
        if trade[j].weight == 0.0 {
            placed += industry(world, rules, j, trade[j], employment[j][INDUSTRY]);
        }
    }
    let weights = weights(trade);
    if weights.iter().any(|w| *w > 0.0) {
        for (j, orders) in
            split(placed.0, &weights).into_iter().enumerate().filter(|(j, _)| weights[*j] > 0.0)
        {
            trade[j].orders = Fen(orders);
            industry(world, rules, j, trade[j], employment[j][INDUSTRY]);
        }
    }
}

/// Sectors that technology and a given price decide, without orders and chains as industry has them.
fn plain_tradables() -> impl Iterator<Item = usize> {
    sold(Sold::Hub).filter(|&s| SECTOR_TABLE[s].urban && s != INDUSTRY)
}

/// What they make is sold to the hub; what they hold already (programmes that bought advice of business services) is a
/// part of it.
fn made_for_the_hub(world: &mut World, rules: &Rules, employment: &[[Employment; SECTORS]]) {
    for (j, employment) in employment.iter().enumerate() {
        for s in plain_tradables() {
            let firm = Account::Firm(j, s);
            let made = Fen::round(sales(world, rules, j, s, employment[s].employed));
            let bought = world.accounts.balance(firm);
            world.accounts.pay(Account::Hub, firm, made - bought, Use::Sales);
            close_cell(world, rules, j, s, made, Fen::ZERO, employment[s]);
        }
    }
}

/// What industry at a node buys from and sells to other cells.
#[derive(Clone, Copy, Debug, Default)]
struct Trade {
    /// Farm goods bought to be processed.
    bought: Fen,
    /// Share of sales that goes to other firms as orders.
    ordered: f64,
    /// Weight among those who receive orders.
    weight: f64,
    /// Orders received: expected before anybody produces, then actual.
    orders: Fen,
}

impl Trade {
    /// What processing adds to farm goods.
    fn margin(&self, rules: &Rules, j: usize) -> Fen {
        self.bought.share(rules.levers.node(Lever::ProcessingMargin, j))
    }

    /// Value added over sales: orders and margins add to it, orders placed and cleaning take from it.
    fn value_over_sales(&self, rules: &Rules, j: usize, sales: f64) -> f64 {
        let added = (self.orders + self.margin(rules, j)).fen();
        let added = if added > 0.0 && sales > 0.0 { added / sales } else { 0.0 };
        (1.0 - self.ordered - cleaning(rules, j) + added).max(0.0)
    }
}

/// Share of industrial sales that cleaning costs.
fn cleaning(rules: &Rules, j: usize) -> f64 {
    rules.levers.node(Lever::Abatement, j) * rules.levers.node(Lever::AbatementCost, j)
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

/// Farms: the price is given, and everybody who farms works at the marginal product. Returns farm goods sold to
/// industry at the seat, the share `sold_to`.
fn farm(world: &mut World, rules: &Rules, j: usize, target: Option<f64>, sold_to: f64) -> Fen {
    let s = AGRICULTURE;
    let labour = world.nodes[j].labour[s];
    if let Some(target) = target {
        world.nodes[j].talent_weight[s] =
            talent_weight(rules.p.skill_premium, labour, rules.p.skill_substitution);
        invert(world, rules, j, s, labour, target);
    }
    let unit = tradable_scale(world, rules, j, s);
    let shares = factor_shares(world, rules, j, s);
    let market = LabourMarket {
        supply: labour,
        usual_unemployment: 0.0,
        talent_weight: world.nodes[j].talent_weight[s],
        sigma: rules.p.skill_substitution,
        scale: shares.measured * shares.labour * unit,
        elasticity: shares.labour,
        fixed_jobs: None,
    };
    let sales = Fen::round(sales(world, rules, j, s, labour));
    let firm = Account::Firm(j, s);
    let inside = sales.share(sold_to);
    if inside > Fen::ZERO {
        let buyer = Account::Firm(world.geography.seat_of(j), INDUSTRY);
        world.accounts.pay(buyer, firm, inside, Use::Inputs);
    }
    world.accounts.pay(Account::Hub, firm, sales - inside, Use::Sales);
    close_cell(world, rules, j, s, sales, Fen::ZERO, market.competitive());
    inside
}

/// Industry: the price is given, so employment decides revenue. Orders, processing margins and the cost of cleaning
/// add to or take from the value that is shared out. Returns the orders placed.
fn industry(world: &mut World, rules: &Rules, j: usize, trade: Trade, employment: Employment) -> Fen {
    let s = INDUSTRY;
    let sales = Fen::round(sales(world, rules, j, s, employment.employed));
    let firm = Account::Firm(j, s);
    let processed = trade.bought + trade.margin(rules, j);
    world.accounts.pay(Account::Hub, firm, sales + processed, Use::Sales);
    let placed = sales.share(trade.ordered);
    let cleaned = sales.share(cleaning(rules, j));
    world.accounts.pay(firm, Account::Clearing, placed, Use::Inputs);
    world.accounts.pay(firm, Account::Hub, cleaned, Use::Inputs);
    world.accounts.pay(Account::Clearing, firm, trade.orders, Use::Inputs);
    let inputs = trade.orders - trade.bought - placed - cleaned;
    close_cell(world, rules, j, s, sales + processed, inputs, employment);
    placed
}

/// Industry under monopolistic competition: revenue of each node that clears the market for its varieties, fen; the
/// index of manufactures follows. Industrial output of the tables is where the search begins, no more.
fn varieties(world: &mut World, rules: &Rules) -> Vec<f64> {
    let nodes = 0..world.geography.area_nodes();
    let labour: Vec<f64> = nodes.clone().map(|j| world.nodes[j].labour[INDUSTRY].iter().sum()).collect();
    let other: Vec<f64> = nodes.clone().map(|j| world.nodes[j].revenue[AGRICULTURE] as f64).collect();
    let iceberg = trade_costs(world, rules);
    let market = super::ces::Market {
        sigma: rules.p.ces_substitution,
        share: rules.p.ces_manufactures_share,
        iceberg: &iceberg,
    };
    let found = market.clear(&labour, &other);
    for j in nodes.clone() {
        world.nodes[j].log_price = rules.p.ces_manufactures_share * libm::log(found.index[j]);
        // What the first firm could pay, where there is none.
        let paid = labour_share(world, rules, j, INDUSTRY) * (1.0 - value_added_tax(rules, INDUSTRY));
        world.nodes[j].wage[INDUSTRY] = [paid * found.revenue[j]; 2];
    }
    nodes.map(|j| found.revenue[j] * labour[j]).collect()
}

/// Books the varieties.
fn manufactures(world: &mut World, rules: &Rules, revenue: &[f64], employment: &[[Employment; SECTORS]]) {
    for (j, &revenue) in revenue.iter().enumerate() {
        let revenue = Fen::round(revenue);
        world.accounts.pay(Account::Hub, Account::Firm(j, INDUSTRY), revenue, Use::Sales);
        let first = world.nodes[j].wage[INDUSTRY];
        close_cell(world, rules, j, INDUSTRY, revenue, Fen::ZERO, employment[j][INDUSTRY]);
        if world.nodes[j].labour[INDUSTRY] == [0.0; 2] {
            world.nodes[j].wage[INDUSTRY] = first;
        }
    }
}

/// Iceberg factors from node to node: as stated, else free inside a province and `ces_trade_cost` between two.
fn trade_costs(world: &World, rules: &Rules) -> Vec<f64> {
    let g = &world.geography;
    let nodes = g.area_nodes();
    let mut factors = Vec::with_capacity(nodes * nodes);
    for j in 0..nodes {
        for k in 0..nodes {
            let same = g.nodes[j].province == g.nodes[k].province;
            factors.push(if same { 1.0 } else { rules.p.ces_trade_cost });
        }
    }
    for &(from, to, factor) in g.trade_costs.iter().filter(|(from, to, _)| *from < nodes && *to < nodes) {
        factors[from * nodes + to] = factor;
    }
    factors
}

/// Local services and tourism: revenue is the spending that arrives, `R = f (households + governments) + Z`.
fn local(world: &mut World, rules: &Rules, j: usize, s: usize, employment: Employment) {
    let firm = Account::Firm(j, s);
    let demand = world.accounts.balance(firm);
    let unmet = demand - demand.share(world.nodes[j].demand_met[s]);
    world.accounts.pay(firm, Account::Hub, unmet, Use::OutsideDemand);
    let outside = Fen::round(world.nodes[j].outside_demand[s]);
    world.accounts.pay(Account::Hub, firm, outside, Use::OutsideDemand);
    let revenue = world.accounts.balance(firm);
    close_cell(world, rules, j, s, revenue, Fen::ZERO, employment);
}

/// Books a cell: VAT, wages, land rent, and rent of the place and surplus as the residual, so that value added is exhausted
/// exactly. A negative surplus is drawn from project cash, then wages are cut.
fn close_cell(
    world: &mut World,
    rules: &Rules,
    j: usize,
    s: usize,
    revenue: Fen,
    inputs: Fen,
    outcome: Employment,
) {
    let cash = world.accounts.project_cash[j][s];
    let shares = factor_shares(world, rules, j, s);
    let state = &mut world.nodes[j];
    let value = revenue + inputs;
    let vat = value.at_least(Fen::ZERO).share(value_added_tax(rules, s));
    let rent = (value - vat).share(shares.measured * shares.land);
    let labour = state.labour[s][0] + state.labour[s][1];
    let (mut bill, mut wage) = if labour > 0.0 {
        let paid = outcome.wage[0] * outcome.employed[0] + outcome.wage[1] * outcome.employed[1];
        (Fen::round(paid), outcome.wage)
    } else {
        // A cell with revenue and no agent (an agent may stand for more people than work here): its wage
        // bill goes to the seat, see `income`.
        (value.share(shares.measured * shares.labour * (1.0 - rules.p.revenue_tax_rate)), outcome.wage)
    };
    let mut surplus = value - vat - rent - bill;
    let shortfall = -(surplus + cash);
    if shortfall > Fen::ZERO {
        let cut = shortfall.at_most(bill);
        let kept = if bill > Fen::ZERO { (bill - cut).fen() / bill.fen() } else { 1.0 };
        wage = wage.map(|w| w * kept);
        bill -= cut;
        surplus += cut;
    }
    // What is left belongs to capital and to the place by their shares; losses are capital's alone.
    let of_place = shares.rent().max(0.0);
    let place_rent = if of_place > ROUNDING {
        surplus.at_least(Fen::ZERO).share(of_place / (of_place + shares.capital))
    } else {
        Fen::ZERO
    };
    state.place_rent[s] = place_rent.0;
    surplus -= place_rent;
    state.revenue[s] = revenue.0;
    state.vat[s] = vat.0;
    state.land_rent[s] = rent.0;
    state.wage_bill[s] = bill.0;
    state.surplus[s] = surplus.0;
    state.inputs[s] = inputs.0;
    state.output[s] = value.0;
    state.wage[s] = wage;
    state.job_probability[s] = outcome.job;
}

/// Splits the wage bill of a cell between skills, fen: what each skill's people earn together.
pub(crate) fn bill_by_skill(world: &World, rules: &Rules, j: usize, s: usize) -> [f64; 2] {
    let state = &world.nodes[j];
    let earned: [f64; 2] =
        std::array::from_fn(|k| state.labour[s][k] * state.job_probability[s][k] * state.wage[s][k]);
    let sum = earned[0] + earned[1];
    if sum > 0.0 {
        earned.map(|e| e / sum * state.wage_bill[s] as f64)
    } else {
        bill_shares(state.talent_weight[s], [1.0, 1.0], rules.p.skill_substitution)
            .map(|x| x * state.wage_bill[s] as f64)
    }
}
