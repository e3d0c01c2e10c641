//! What is looked at to see whether a mechanism acts.

use crate::capital;
use crate::economy::prices;
use crate::observe::totals::Whereabouts;
use crate::quantity::Fen;
use crate::simulation::Simulation;
use crate::world::sector::{AGRICULTURE, INDUSTRY, TOURISM};
use crate::world::state::part;
use crate::world::{Project, Tier};

/// Nodes of the area of a tier.
fn of_tier(now: &Simulation, tier: Tier) -> impl Iterator<Item = usize> + '_ {
    let g = &now.world.geography;
    (0..g.area_nodes()).filter(move |&j| g.nodes[j].tier == tier)
}

fn seats(now: &Simulation) -> impl Iterator<Item = usize> + '_ {
    of_tier(now, Tier::CountySeat)
}

fn villages(now: &Simulation) -> impl Iterator<Item = usize> + '_ {
    of_tier(now, Tier::Village)
}

fn mountain(now: &Simulation) -> impl Iterator<Item = usize> + '_ {
    let g = &now.world.geography;
    (0..g.area_nodes()).filter(move |&j| g.nodes[j].tags.iter().any(|t| t == "mountain"))
}

/// Nodes of counties, without districts of cities.
fn counties(now: &Simulation) -> impl Iterator<Item = usize> + '_ {
    let g = &now.world.geography;
    (0..g.area_nodes()).filter(move |&j| !g.counties[g.nodes[j].county].district)
}

/// Industrial capital that moved this year into county seats of the mountains, yuan.
pub(crate) fn moved_to_mountain_seats(now: &Simulation) -> f64 {
    let here = |j: &usize| now.world.geography.nodes[*j].tier == Tier::CountySeat;
    mountain(now).filter(here).map(|j| Fen(now.world.nodes[j].capital_flows[INDUSTRY].moved_in).yuan()).sum()
}

/// Taxes of counties that their prefectures took this year, yuan.
pub(crate) fn taken_by_prefectures(now: &Simulation) -> f64 {
    now.world.counties.iter().map(|c| Fen(c.prefecture_take).yuan()).sum()
}

/// Projects that funds of counties outside the mountains founded this year in the mountains, yuan: capital across the pairs,
/// without what the mountains invest at home.
pub(crate) fn founded_in_mountains_by_others(now: &Simulation) -> f64 {
    let g = &now.world.geography;
    let is_mountain = |j: usize| g.nodes[j].tags.iter().any(|t| t == "mountain");
    let by_others = |p: &&Project| {
        g.counties.get(usize::from(p.fund)).is_some_and(|fund| !is_mountain(fund.seat))
            && p.founder().is_none()
            && p.age == 0
            && is_mountain(usize::from(p.node))
    };
    now.world.projects.list.iter().filter(by_others).map(|p| Fen(p.value).yuan()).sum()
}

/// Changes of registration this year, persons.
pub(crate) fn conversions(now: &Simulation) -> f64 {
    (now.tally.conversions * now.world.persons_per_agent()) as f64
}

/// Utility of workers in cities, mean over nodes.
pub(crate) fn utility_of_city_workers(now: &Simulation) -> f64 {
    mean(of_tier(now, Tier::City).map(|j| now.utilities.node[j][0]))
}

/// Standard deviation over counties of the log of own revenue and transfers over need, as the province's formula sees it.
pub(crate) fn spread_of_money_over_need(now: &Simulation) -> f64 {
    let g = &now.world.geography;
    let counties = g.counties.iter().zip(&now.world.counties).filter(|(c, f)| !c.district && f.need > 0);
    let each: Vec<f64> = counties
        .map(|(_, f)| libm::log((f.own_revenue + f.transfers).max(1) as f64 / f.need as f64))
        .collect();
    let m = mean(each.iter().copied());
    libm::sqrt(mean(each.iter().map(|v| (v - m) * (v - m))))
}

/// Spent on services in villages, yuan a resident.
pub(crate) fn services_a_villager(now: &Simulation) -> f64 {
    let people: f64 = villages(now).map(|j| now.world.residents(j) as f64).sum();
    villages(now).map(|j| Fen(now.world.nodes[j].spent_services).yuan()).sum::<f64>() / people
}

/// People registered in villages who live at another node, persons.
pub(crate) fn villagers_away(now: &Simulation) -> f64 {
    villages(now).map(|j| Whereabouts::of(&now.world, j).left() as f64).sum()
}

/// Farm output of villages at prices of the base year, yuan.
pub(crate) fn farm_output(now: &Simulation) -> f64 {
    villages(now).map(|j| Fen(now.world.nodes[j].output[AGRICULTURE]).yuan()).sum()
}

/// Industrial capital in villages, yuan.
pub(crate) fn village_industry_capital(now: &Simulation) -> f64 {
    villages(now).map(|j| Fen(now.world.nodes[j].capital[INDUSTRY]).yuan()).sum()
}

/// Balance of the land accounts of village collectives, yuan.
pub(crate) fn paid_to_collectives(now: &Simulation) -> f64 {
    now.world.accounts.collective.iter().map(|f| f.fen() / 100.0).sum()
}

/// Transfers to households in the mountains without those of their county's budget, yuan.
pub(crate) fn transfers_to_mountain_households(now: &Simulation) -> f64 {
    mountain(now)
        .map(|j| {
            let state = &now.world.nodes[j];
            Fen(state.income_parts[part::TRANSFERS] - state.public_transfers).yuan()
        })
        .sum()
}

/// Ecology, mean over nodes of the area.
pub(crate) fn ecology(now: &Simulation) -> f64 {
    mean(now.world.nodes[..now.world.geography.area_nodes()].iter().map(|n| n.ecology))
}

/// Revenue of tourism in the mountains, yuan.
pub(crate) fn mountain_tourism(now: &Simulation) -> f64 {
    mountain(now).map(|j| Fen(now.world.nodes[j].revenue[TOURISM]).yuan()).sum()
}

/// Part of the spending on services and tourism of county residents that stays in their county.
pub(crate) fn bought_in_county(now: &Simulation) -> f64 {
    let sum = |of: fn(&crate::economy::earnings::NodeEarnings) -> f64| {
        counties(now).map(|j| of(&now.earnings.nodes[j])).sum::<f64>()
    };
    sum(|e| e.bought_in_county) / sum(|e| e.bought)
}

/// Price index of villages, mean over nodes.
pub(crate) fn village_cost_of_living(now: &Simulation) -> f64 {
    mean(villages(now).map(|j| prices::index(&now.world, &now.rules(), j)))
}

/// Residents of counties with tertiary education, persons.
pub(crate) fn talent_in_counties(now: &Simulation) -> f64 {
    counties(now).map(|j| now.world.residents_by_skill(j, 1) as f64).sum()
}

/// Log technology of industry at county seats, mean over nodes that have any.
pub(crate) fn seat_technology(now: &Simulation) -> f64 {
    mean(seats(now).map(|j| now.world.nodes[j].technology[INDUSTRY]).filter(|a| *a > 0.0).map(libm::log))
}

/// People who finished training this year, persons.
pub(crate) fn trained(now: &Simulation) -> f64 {
    (now.tally.trained.iter().sum::<u64>() * now.world.persons_per_agent()) as f64
}

/// Value of projects founded this year at county seats, yuan.
pub(crate) fn founded_at_seats(now: &Simulation) -> f64 {
    founded(now, seats(now))
}

/// Value of projects founded this year in villages, yuan.
pub(crate) fn founded_in_villages(now: &Simulation) -> f64 {
    founded(now, villages(now))
}

fn founded(now: &Simulation, nodes: impl Iterator<Item = usize>) -> f64 {
    nodes.flat_map(|j| now.world.nodes[j].capital_flows.iter()).map(|f| Fen(f.founded).yuan()).sum()
}

/// Invested and founded this year in counties, all sectors, yuan.
pub(crate) fn invested_in_counties(now: &Simulation) -> f64 {
    counties(now)
        .flat_map(|j| now.world.nodes[j].capital_flows.iter())
        .map(|f| Fen(f.invested + f.founded).yuan())
        .sum()
}

/// Part of the industrial capital of counties that failure was expected to take this year, at the cash that projects held
/// when it came: the hazard itself, without the luck of who fails and without how much capital there is. Projects of the year
/// itself have not met it.
pub(crate) fn failing_in_counties(now: &Simulation) -> f64 {
    let (g, rules) = (&now.world.geography, now.rules());
    let county = |p: &&Project| !g.counties[g.nodes[usize::from(p.node)].county].district;
    let met = |p: &&Project| usize::from(p.sector) == INDUSTRY && p.age > 0;
    let projects = now.world.projects.list.iter().filter(county).filter(met);
    let (failing, all) = projects.fold((0.0, 0.0), |(failing, all), p| {
        let value = Fen(p.value).yuan();
        (failing + value * capital::failure_hazard(&rules, p), all + value)
    });
    failing / all
}

/// Dividends that village households received this year, yuan.
pub(crate) fn village_dividends(now: &Simulation) -> f64 {
    villages(now).map(|j| Fen(now.world.nodes[j].income_parts[part::DIVIDENDS]).yuan()).sum()
}

/// Surplus of industry at county seats over the capital that made it.
pub(crate) fn seat_return(now: &Simulation) -> f64 {
    let sum = |of: &dyn Fn(usize) -> f64| seats(now).map(of).sum::<f64>();
    sum(&|j| Fen(now.world.nodes[j].surplus[INDUSTRY]).yuan())
        / sum(&|j| Fen(now.earnings.nodes[j].capital[INDUSTRY]).yuan())
}

/// Industrial capital at county seats of the mountains, yuan.
pub(crate) fn mountain_seat_capital(now: &Simulation) -> f64 {
    let here = |j: &usize| now.world.geography.nodes[*j].tier == Tier::CountySeat;
    mountain(now).filter(here).map(|j| Fen(now.world.nodes[j].capital[INDUSTRY]).yuan()).sum()
}

/// Part of the seats' industrial capital that stands where industry had more than its usual part in the base year.
pub(crate) fn capital_where_specialised(now: &Simulation) -> f64 {
    let base = &now.world.base.capital;
    let part = |j: usize| base[j][INDUSTRY] as f64 / base[j].iter().sum::<i64>().max(1) as f64;
    let usual = mean(seats(now).map(part));
    let capital = |j: usize| Fen(now.world.nodes[j].capital[INDUSTRY]).yuan();
    seats(now).filter(|&j| part(j) >= usual).map(capital).sum::<f64>() / seats(now).map(capital).sum::<f64>()
}

/// Part of this year's new industrial projects of seats that stand where industry sells more of what the place makes than in
/// the area: the quotient by which chain leaders favour places. Projects are counted, since one large one hides where the
/// others go.
pub(crate) fn founded_where_at_home(now: &Simulation) -> f64 {
    let world = &now.world;
    let area = world.geography.area_nodes();
    let sales = |j: usize| Fen(world.nodes[j].revenue[INDUSTRY]).yuan();
    let output = |j: usize| world.node_output(j).yuan().max(1.0);
    let usual = (0..area).map(sales).sum::<f64>() / (0..area).map(output).sum::<f64>();
    let new = |p: &&Project| {
        let seat = world.geography.nodes[usize::from(p.node)].tier == Tier::CountySeat;
        seat && usize::from(p.sector) == INDUSTRY && p.age == 0 && p.founder().is_none()
    };
    let at_home = |p: &Project| sales(usize::from(p.node)) >= usual * output(usize::from(p.node));
    let projects = world.projects.list.iter().filter(new);
    let (home, all) =
        projects.fold((0.0, 0.0), |(home, all), p| (home + f64::from(u8::from(at_home(p))), all + 1.0));
    home / all
}

/// Public capital of counties, yuan.
pub(crate) fn county_public_capital(now: &Simulation) -> f64 {
    counties(now).map(|j| now.world.nodes[j].public_capital).sum()
}

/// Effective services of villages before access, mean over nodes.
pub(crate) fn village_services(now: &Simulation) -> f64 {
    mean(villages(now).map(|j| now.world.nodes[j].service_level))
}

/// People registered in villages who live at another node of their county, persons.
pub(crate) fn villagers_in_their_seat(now: &Simulation) -> f64 {
    villages(now).map(|j| Whereabouts::of(&now.world, j).other_node_of_county as f64).sum()
}

/// Orders and inputs that industry at county seats of the mountains received less paid, yuan.
pub(crate) fn orders_at_mountain_seats(now: &Simulation) -> f64 {
    let here = |j: &usize| now.world.geography.nodes[*j].tier == Tier::CountySeat;
    mountain(now).filter(here).map(|j| Fen(now.world.nodes[j].inputs[INDUSTRY]).yuan()).sum()
}

/// Spread of farm prices about their mean over villages, log points.
pub(crate) fn spread_of_farm_shocks(now: &Simulation) -> f64 {
    libm::sqrt(mean(villages(now).map(|j| now.world.nodes[j].farm_shock * now.world.nodes[j].farm_shock)))
}

/// Programme money, loans and land sales that counties received less what they paid this year, yuan.
pub(crate) fn programmes_of_counties(now: &Simulation) -> f64 {
    let g = &now.world.geography;
    g.counties
        .iter()
        .zip(&now.world.counties)
        .filter(|(c, _)| !c.district)
        .map(|(_, f)| Fen(f.programmes).yuan())
        .sum()
}

/// Transfers to village households without those of their county's budget, yuan.
pub(crate) fn transfers_to_village_households(now: &Simulation) -> f64 {
    villages(now)
        .map(|j| {
            let state = &now.world.nodes[j];
            Fen(state.income_parts[part::TRANSFERS] - state.public_transfers).yuan()
        })
        .sum()
}

/// Wage bill of industry at county seats before wage tax, yuan.
pub(crate) fn seat_industry_wages(now: &Simulation) -> f64 {
    seats(now).map(|j| Fen(now.world.nodes[j].wage_bill[INDUSTRY]).yuan()).sum()
}

/// Farm goods that industry at county seats bought to work them up, yuan.
pub(crate) fn farm_goods_bought(now: &Simulation) -> f64 {
    seats(now).map(|j| -Fen(now.world.nodes[j].inputs[INDUSTRY]).yuan()).sum()
}

/// Log technology of industry, mean over nodes of the area that have any.
pub(crate) fn technology(now: &Simulation) -> f64 {
    let nodes = &now.world.nodes[..now.world.geography.area_nodes()];
    mean(nodes.iter().map(|n| n.technology[INDUSTRY]).filter(|a| *a > 0.0).map(libm::log))
}

/// Rent of a unit of housing in cities, mean over nodes, base year 1.
pub(crate) fn city_rent(now: &Simulation) -> f64 {
    mean(of_tier(now, Tier::City).map(|j| now.world.nodes[j].rent))
}

/// What policies paid in the year, yuan.
pub(crate) fn paid(now: &Simulation) -> f64 {
    let p = &now.world.programmes;
    Fen(p.orders.iter().map(|o| o.paid.0).sum::<i64>() + p.contracts.iter().map(|c| c.paid.0).sum::<i64>())
        .yuan()
}

/// Residents of the area, persons.
pub(crate) fn residents(now: &Simulation) -> f64 {
    (0..now.world.geography.area_nodes()).map(|j| now.world.residents(j) as f64).sum()
}

/// Output of the area at prices of the base year, yuan.
pub(crate) fn output(now: &Simulation) -> f64 {
    now.world.output() / 100.0
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, n) = values.fold((0.0, 0.0), |(sum, n), v| (sum + v, n + 1.0));
    sum / n
}
