//! Phase 4, tax: what is collected, how four tiers of government share it, and transfers.

use std::collections::BTreeMap;

use super::spending::SERVICE_WEIGHT;
use super::transfers::{self, Claimant};
use super::{pensions, programmes};
use crate::quantity::{Fen, split};
use crate::rules::Lever;
use crate::rules::Rules;
use crate::world::sector::LOCAL_SERVICES;
use crate::world::{Account, Factor, Flows, Project, SECTORS, Tier, Use, World};

/// Profit tax of a cell: `profit_tax_rate` times the lever, on a positive surplus.
pub(crate) fn profit_tax(rules: &Rules, j: usize, s: usize, surplus: Fen) -> Fen {
    surplus
        .at_least(Fen::ZERO)
        .share((rules.p.profit_tax_rate * rules.levers.cell(Lever::ProfitTax, j, s)).min(1.0))
}

/// Taxes and contributions are collected, taxes are shared, governments fill what pension funds miss, the centre returns
/// its part, the province meets needs and gaps.
pub(crate) fn tax(world: &mut World, rules: &Rules, flows: &mut Flows) {
    collect(world, rules);
    pensions::collect(world, rules);
    rents(world, rules);
    enclaves(world, rules, flows);
    share(world, rules, flows);
    public_surplus(world);
    let due = pensions::due(world, rules);
    pensions::fill_gaps(world, rules, &due);
    central_return(world, rules);
    transfers(world, rules, flows);
    pensions::county_part(world, rules, &due);
    close_centre(world);
    for c in 0..world.geography.counties.len() {
        programmes::repay(world, Account::County(c));
    }
    for p in 0..world.geography.prefectures.len() {
        programmes::repay(world, Account::Prefecture(p));
    }
}

/// Local taxes of a cell, fen: what the county collects before it is shared.
fn local_taxes(world: &World, rules: &Rules, j: usize, s: usize) -> f64 {
    let (p, state) = (rules.p, &world.nodes[j]);
    state.vat[s] as f64 * (1.0 - p.centre_vat)
        + state.profit_tax[s] as f64 * (1.0 - p.centre_profit)
        + state.wage_bill[s] as f64 * p.income_tax_rate * (1.0 - p.centre_wage)
}

/// The county where an enclave stands hands over the agreed part of what its projects pay.
fn enclaves(world: &mut World, rules: &Rules, flows: &mut Flows) {
    if rules.levers.links().is_empty() {
        return;
    }
    let mut values: BTreeMap<(u16, u8, u16), i64> = BTreeMap::new();
    for project in world.projects.list.iter().filter(|p| p.enclave != Project::NO_ENCLAVE) {
        *values.entry((project.node, project.sector, project.enclave)).or_default() += project.value;
    }
    for ((node, sector, enclave), value) in values {
        let (j, s) = (usize::from(node), usize::from(sector));
        let from = world.geography.nodes[usize::from(enclave)].county;
        let host = world.geography.nodes[j].county;
        let capital = world.nodes[j].capital[s];
        let Some(link) = rules.levers.link(from, host).filter(|_| capital > 0) else { continue };
        let amount = Fen::round(
            local_taxes(world, rules, j, s).max(0.0)
                * link.tax_share
                * (value as f64 / capital as f64).min(1.0),
        );
        world.accounts.pay(Account::County(host), Account::County(from), amount, Use::TaxSharing);
        world.counties[host].own_revenue -= amount.0;
        world.counties[from].own_revenue += amount.0;
        let seat = |c: usize| world.geography.counties[c].seat;
        flows.add(Factor::Fiscal, seat(host), seat(from), amount.0);
    }
}

/// Value-added, profit and wage tax from each cell: the centre's share of each, the rest to the county.
fn collect(world: &mut World, rules: &Rules) {
    let p = rules.p;
    for c in &mut world.counties {
        let base_local_revenue = c.base_local_revenue;
        let (spending, programmes) = (c.spending, c.programmes);
        *c = crate::world::CountyFinance { base_local_revenue, spending, programmes, ..Default::default() };
    }
    for j in 0..world.geography.area_nodes() {
        let c = world.geography.nodes[j].county;
        for s in 0..SECTORS {
            let state = &mut world.nodes[j];
            state.profit_tax[s] = profit_tax(rules, j, s, Fen(state.surplus[s])).0;
            let on_rent = profit_tax(rules, j, s, Fen(state.place_rent[s]));
            let taxes = [
                (Fen(state.vat[s]), p.centre_vat, Use::ValueAddedTax),
                (Fen(state.profit_tax[s]) + on_rent, p.centre_profit, Use::ProfitTax),
                (Fen(state.wage_bill[s]).share(p.income_tax_rate), p.centre_wage, Use::WageTax),
            ];
            for (amount, centre_share, purpose) in taxes {
                let centre = amount.share(centre_share);
                let firm = Account::Firm(j, s);
                world.accounts.pay(firm, Account::Centre, centre, purpose);
                world.accounts.pay(firm, Account::County(c), amount - centre, purpose);
                world.counties[c].centre_take += centre.0;
                world.counties[c].own_revenue += (amount - centre).0;
            }
        }
    }
}

/// Rents first pay what homes cost (`rent_upkeep`, to the hub); in cities and seats the land account's share `s_LF`
/// is revenue of the county. What is left reaches households in phase 5.
fn rents(world: &mut World, rules: &Rules) {
    let p = rules.p;
    for j in 0..world.geography.area_nodes() {
        let (tier, c) = (world.geography.nodes[j].tier, world.geography.nodes[j].county);
        let (upkeep, land) = match tier {
            Tier::Village => (p.rent_upkeep_village, 0.0),
            Tier::City | Tier::CountySeat | Tier::Outside => (p.rent_upkeep_urban, p.land_revenue_share),
        };
        let rents = world.accounts.landlord[j];
        let landlord = Account::Landlord(j);
        let upkeep = rents.share(upkeep);
        world.accounts.pay(landlord, Account::Hub, upkeep, Use::Building);
        let revenue = rents.share(land).at_most(rents - upkeep);
        world.accounts.pay(landlord, Account::County(c), revenue, Use::LandRevenue);
        world.counties[c].own_revenue += revenue.0;
    }
}

/// What public buildings earn in local services is the county's own, and is not shared.
fn public_surplus(world: &mut World) {
    for j in 0..world.geography.area_nodes() {
        let c = world.geography.nodes[j].county;
        let amount = Fen(world.nodes[j].land_rent[LOCAL_SERVICES]);
        world.accounts.pay(Account::Firm(j, LOCAL_SERVICES), Account::County(c), amount, Use::PublicSurplus);
        world.counties[c].own_revenue += amount.0;
        world.counties[c].public_surplus += amount.0;
    }
}

/// Node that stands for a government in flows: the largest urban node of its area in the base year.
fn seat_of(world: &World, mut nodes: std::ops::Range<usize>) -> usize {
    let first = nodes.start;
    let weight = |j: usize| world.base.spending_weight[j][SERVICE_WEIGHT];
    nodes.try_fold(first, |best, j| Some(if weight(j) > weight(best) { j } else { best })).unwrap_or(first)
}

/// Parts of an amount of local tax revenue for (province, prefecture, county), exact in fen.
///
/// Of what is collected an exempt base stays with the county: where growth alone is shared (the Zhejiang way), what was
/// collected in the year from which growth counts.
pub fn local_parts(local: Fen, province: f64, prefecture: f64, exempt: Fen) -> [Fen; 3] {
    let shared = (local - exempt).at_least(Fen::ZERO);
    let county = (1.0 - province - prefecture).max(0.0);
    let parts = split(shared.0, &[province, prefecture, county]);
    [Fen(parts[0]), Fen(parts[1]), local - Fen(parts[0]) - Fen(parts[1])]
}

fn share(world: &mut World, rules: &Rules, flows: &mut Flows) {
    let province_seats: Vec<usize> =
        world.geography.provinces.iter().map(|r| seat_of(world, r.nodes.clone())).collect();
    let prefecture_seats: Vec<usize> =
        world.geography.prefectures.iter().map(|r| seat_of(world, r.nodes.clone())).collect();
    for c in 0..world.geography.counties.len() {
        let county = &world.geography.counties[c];
        let (province, prefecture, seat) = (county.province, county.prefecture, county.seat);
        let finance = &mut world.counties[c];
        let local = Fen(finance.own_revenue);
        // Revenue that is not shared: a part of the base year's, which is this year's while the base year is built.
        let base = if finance.base_local_revenue == 0 { local } else { Fen(finance.base_local_revenue) };
        let exempt = base.share(rules.p.incremental_sharing);
        let [to_province, to_prefecture, _] = local_parts(
            local,
            rules.levers.county(Lever::ProvinceShare, c),
            rules.levers.county(Lever::PrefectureShare, c),
            exempt,
        );
        finance.province_take = to_province.0;
        finance.prefecture_take = to_prefecture.0;
        finance.own_revenue -= (to_province + to_prefecture).0;
        let county = Account::County(c);
        world.accounts.pay(county, Account::Province(province), to_province, Use::TaxSharing);
        world.accounts.pay(county, Account::Prefecture(prefecture), to_prefecture, Use::TaxSharing);
        flows.add(Factor::Fiscal, seat, province_seats[province], to_province.0);
        flows.add(Factor::Fiscal, seat, prefecture_seats[prefecture], to_prefecture.0);
    }
}

/// The centre returns `central_return_share` of what it took to each province.
fn central_return(world: &mut World, rules: &Rules) {
    for r in 0..world.geography.provinces.len() {
        let take: i64 =
            world.geography.provinces[r].counties.clone().map(|c| world.counties[c].centre_take).sum();
        world.accounts.pay(
            Account::Centre,
            Account::Province(r),
            Fen(take).share(rules.p.central_return_share),
            Use::CentralReturn,
        );
    }
}

/// What the centre has left it spends outside the area; what its payments for pensions miss comes from there.
fn close_centre(world: &mut World) {
    let rest = world.accounts.centre;
    world.accounts.pay(Account::Centre, Account::Hub, rest, Use::CentralReturn);
}

/// The counties of a province as its formula of transfers sees them.
fn claimants(world: &World, rules: &Rules, counties: std::ops::Range<usize>) -> Vec<Claimant> {
    counties
        .map(|c| {
            let nodes = || world.geography.counties[c].nodes();
            Claimant {
                own: world.counties[c].own_revenue as f64,
                people: nodes().map(|j| world.residents(j) as f64).sum(),
                area_km2: nodes().map(|j| world.geography.nodes[j].area_km2).sum(),
                grade: world.geography.counties[c].transfer_grade,
                top_up: rules.levers.county(Lever::TopUp, c),
            }
        })
        .collect()
}

/// Province to county by need and by gaps ([`transfers::weights`]), which exhausts the money exactly; a share
/// `q` stays with the prefecture.
fn transfers(world: &mut World, rules: &Rules, flows: &mut Flows) {
    for r in 0..world.geography.provinces.len() {
        let counties = world.geography.provinces[r].counties.clone();
        programmes::settle(world, Account::Province(r));
        programmes::repay(world, Account::Province(r));
        let money = world.accounts.province[r].at_least(Fen::ZERO);
        let claims = claimants(world, rules, counties.clone());
        let needs = transfers::needs(&claims, rules.p.need_size, rules.p.need_sparsity);
        publish_needs(world, counties.clone(), &claims, &needs, money);
        if money == Fen::ZERO || counties.is_empty() {
            continue;
        }
        let weights = transfers::weights(&claims, &needs, money.fen(), rules.p.equalisation);
        let from = seat_of(world, world.geography.provinces[r].nodes.clone());
        for (c, amount) in counties.zip(split(money.0, &weights)) {
            let (seat, prefecture) =
                (world.geography.counties[c].seat, world.geography.counties[c].prefecture);
            let kept = Fen(amount).share(rules.levers.county(Lever::Interception, c));
            let paid = Fen(amount) - kept;
            world.accounts.pay(Account::Province(r), Account::County(c), paid, Use::Transfers);
            world.accounts.pay(
                Account::Province(r),
                Account::Prefecture(prefecture),
                kept,
                Use::Interception,
            );
            world.counties[c].transfers = paid.0;
            flows.add(Factor::Fiscal, from, seat, paid.0);
        }
    }
}

/// Notes what the formula grants each county as its need: its share of all own revenue and the province's money.
fn publish_needs(
    world: &mut World,
    counties: std::ops::Range<usize>,
    claims: &[Claimant],
    needs: &[f64],
    money: Fen,
) {
    let all: f64 = claims.iter().map(|c| c.own).sum::<f64>() + money.fen();
    let needed: f64 = needs.iter().sum();
    for (c, need) in counties.zip(needs) {
        world.counties[c].need = if needed > 0.0 { Fen::round(all * need / needed).0 } else { 0 };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `docs/verification.md`, C8: 740 of local revenue and a transfer of 500 under the three systems.
    #[test]
    fn sharing_reproduces_the_worked_example_in_fen() {
        let yuan = |y: i64| Fen(y * 100);
        let [province, prefecture, county] = local_parts(yuan(740), 0.10, 0.20, Fen::ZERO);
        assert_eq!((province, prefecture + yuan(50), county + yuan(450)), (yuan(74), yuan(198), yuan(968)));
        let [province, prefecture, county] = local_parts(yuan(740), 0.20, 0.0, Fen::ZERO);
        assert_eq!((province, prefecture, county + yuan(500)), (yuan(148), yuan(0), yuan(1092)));
        let [province, _, county] = local_parts(yuan(560), 0.20, 0.0, yuan(460));
        assert_eq!((province, county), (yuan(20), yuan(540)));
    }
}
