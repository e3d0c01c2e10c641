//! Pensions: who draws them, what jobs contribute, what governments add, where they are spent.
//!
//! A province has one fund. Employees' pensions are paid out of contributions on covered pay at a rate that balances the
//! base year and then stays; what is missing later comes from the province and the centre, a surplus stays in the fund.
//! Residents' pensions are paid by the centre and the county where the old live.

use super::income::pay_household;
use super::pay::covered;
use crate::config::Parameters;
use crate::quantity::{Fen, split};
use crate::rules::Rules;
use crate::world::people::{ELDERS, FIFTIES, PlaceCount};
use crate::world::state::{PensionTerms, part};
use crate::world::{Account, SECTORS, SKILLS, Use, World};

/// Index of the scheme of employees.
pub(crate) const EMPLOYEES: usize = 0;
/// Index of the scheme of all other residents.
pub(crate) const RESIDENTS: usize = 1;

/// Agents of 50 to 59 and of 60 and over, by what they are registered at and skill ([`PlaceCount::old`]).
pub(crate) type Old = [[[u64; SKILLS]; 2]; 2];

/// Part of those of 60 and over who draw an employees' pension, by what they are registered at (an urban node; a village
/// or the outside) and skill: `min(1, x)` of urban workers, all urban talent, the stated parts of `x` in villages.
fn employees(p: &Parameters, reach: f64) -> [[f64; SKILLS]; 2] {
    let of_village = |part: f64| (part * reach).min(1.0);
    [[reach.min(1.0), 1.0], [of_village(p.pension_village_workers), of_village(p.pension_village_talent)]]
}

/// Agents who draw a pension, by scheme and by what they are registered at. Of those in their fifties
/// `pension_early` of the part that will at 60 draws already; of all others of 60 and over the residents' scheme reaches
/// a share.
pub(crate) fn drawn(p: &Parameters, terms: &PensionTerms, old: &Old) -> [[f64; 2]; 2] {
    let share = employees(p, terms.reach);
    let (mut first, mut second) = ([0.0; 2], [0.0; 2]);
    for home in 0..2 {
        for k in 0..SKILLS {
            let (elders, fifties) = (old[ELDERS][home][k] as f64, old[FIFTIES][home][k] as f64);
            first[home] += share[home][k] * (elders + p.pension_early * fifties);
            second[home] += terms.residents_share * (1.0 - share[home][k]) * elders;
        }
    }
    [first, second]
}

/// Most that `x` may be: then all who can draw an employees' pension do.
const FARTHEST: f64 = 20.0;

/// The reach `x` of the employees' scheme and the share of all others that the residents' reaches, so that so many
/// agents draw, by scheme. Where more draw than can, all who can do.
pub(crate) fn solve_shares(p: &Parameters, old: &Old, recipients: [f64; 2]) -> (f64, f64) {
    let at = |reach: f64| drawn(p, &PensionTerms { reach, residents_share: 1.0, ..Default::default() }, old);
    let all = |by_home: [f64; 2]| by_home[0] + by_home[1];
    let (mut low, mut high) = (0.0, FARTHEST);
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        if all(at(middle)[EMPLOYEES]) < recipients[EMPLOYEES] { low = middle } else { high = middle }
    }
    let others = all(at(high)[RESIDENTS]);
    let share = if others > 0.0 { (recipients[RESIDENTS] / others).min(1.0) } else { 0.0 };
    (high, share)
}

/// Benefits of the year, fen by node, scheme and what people are registered at.
pub(crate) type Due = Vec<[[f64; 2]; 2]>;

/// What pensions cost this year.
pub(crate) fn due(world: &World, rules: &Rules) -> Due {
    let persons = world.persons_per_agent() as f64;
    (0..world.geography.area_nodes())
        .map(|j| {
            let terms = world.pension_terms(world.geography.nodes[j].province);
            let drawn = drawn(rules.p, &terms, &world.census.places[j].old);
            std::array::from_fn(|scheme| drawn[scheme].map(|agents| agents * persons * terms.benefit[scheme]))
        })
        .collect()
}

/// Benefits of a scheme at some nodes, whole fen.
fn sum(due: &Due, scheme: usize, nodes: impl Iterator<Item = usize>) -> Fen {
    Fen::round(nodes.map(|j| due[j][scheme][0] + due[j][scheme][1]).sum())
}

/// Pay that bears contributions, by cell of a province: node, sector, fen.
fn covered_pay(world: &World, rules: &Rules, r: usize) -> Vec<(usize, usize, f64)> {
    let nodes = world.geography.provinces[r].nodes.clone();
    nodes
        .flat_map(|j| (0..SECTORS).map(move |s| (j, s)))
        .map(|(j, s)| (j, s, covered(rules.p, s) * world.nodes[j].wage_bill[s] as f64))
        .filter(|(_, _, pay)| *pay > 0.0)
        .collect()
}

/// Greatest rate of contributions: beyond it the base year too has a gap, which governments fill.
const MOST_CONTRIBUTED: f64 = 0.5;

/// The rate that pays the employees' pensions of the year: pay as you go.
pub(crate) fn balance(world: &mut World, rules: &Rules) {
    let due = due(world, rules);
    for r in 0..world.pensions.len() {
        let needed = sum(&due, EMPLOYEES, world.geography.provinces[r].nodes.clone()).fen();
        let pay: f64 = covered_pay(world, rules, r).iter().map(|c| c.2).sum();
        world.pensions[r].contribution = if pay > 0.0 { (needed / pay).min(MOST_CONTRIBUTED) } else { 0.0 };
    }
}

/// Contributions of the year, from firms to the fund of their province.
pub(crate) fn collect(world: &mut World, rules: &Rules) {
    for state in &mut world.nodes {
        state.contributions = [0; SECTORS];
    }
    for r in 0..world.pensions.len() {
        let cells = covered_pay(world, rules, r);
        let pay: Vec<f64> = cells.iter().map(|c| c.2).collect();
        let total = Fen::round(world.pensions[r].contribution * pay.iter().sum::<f64>());
        if total == Fen::ZERO {
            continue;
        }
        for (&(j, s, _), amount) in cells.iter().zip(split(total.0, &pay)) {
            world.nodes[j].contributions[s] = amount;
            world.accounts.pay(Account::Firm(j, s), Account::PensionFund(r), Fen(amount), Use::Contributions);
        }
    }
}

/// What contributions and savings of the fund do not cover of employees' pensions: `pension_gap_province` of it the
/// province pays, at most half of what it holds, the centre the rest. The centre pays its part of residents' pensions.
pub(crate) fn fill_gaps(world: &mut World, rules: &Rules, due: &Due) {
    for r in 0..world.pensions.len() {
        let province = &world.geography.provinces[r];
        let counties = province.counties.clone();
        let fund = Account::PensionFund(r);
        let needed = sum(due, EMPLOYEES, province.nodes.clone());
        let missing = (needed - world.accounts.balance(fund)).at_least(Fen::ZERO);
        let able = world.accounts.province[r].at_least(Fen::ZERO).share(0.5);
        let from_province = missing.share(rules.p.pension_gap_province).at_most(able);
        world.accounts.pay(Account::Province(r), fund, from_province, Use::PensionSubsidy);
        world.accounts.pay(Account::Centre, fund, missing - from_province, Use::PensionSubsidy);
        for c in counties {
            let [centre, _] = residents_parts(world, rules, due, c);
            world.accounts.pay(Account::Centre, fund, centre, Use::PensionSubsidy);
        }
    }
}

/// Residents' pensions of a county by payer: the centre, the county.
fn residents_parts(world: &World, rules: &Rules, due: &Due, c: usize) -> [Fen; 2] {
    let all = sum(due, RESIDENTS, world.geography.counties[c].nodes());
    let centre = all.share(rules.p.pension_centre);
    [centre, all - centre]
}

/// Counties pay their part of residents' pensions as far as their cash reaches, the centre what is missing.
pub(crate) fn county_part(world: &mut World, rules: &Rules, due: &Due) {
    if world.pensions.is_empty() {
        return;
    }
    for c in 0..world.geography.counties.len() {
        let fund = Account::PensionFund(world.geography.counties[c].province);
        let [_, owed] = residents_parts(world, rules, due, c);
        let paid = owed.at_most(world.accounts.county[c].at_least(Fen::ZERO));
        world.accounts.pay(Account::County(c), fund, paid, Use::PensionSubsidy);
        world.counties[c].social = paid.0;
        world.accounts.pay(Account::Centre, fund, owed - paid, Use::PensionSubsidy);
    }
}

/// Phase 5: pensions reach the wallets of the places where the old live.
pub(crate) fn pay(world: &mut World, rules: &Rules) {
    let due = due(world, rules);
    for r in 0..world.pensions.len() {
        let nodes = world.geography.provinces[r].nodes.clone();
        pay_out(world, r, &due, EMPLOYEES, nodes.collect());
        for c in world.geography.provinces[r].counties.clone() {
            let nodes = world.geography.counties[c].nodes().collect();
            pay_out(world, r, &due, RESIDENTS, nodes);
        }
    }
}

fn pay_out(world: &mut World, r: usize, due: &Due, scheme: usize, nodes: Vec<usize>) {
    let total = sum(due, scheme, nodes.iter().copied());
    let weights: Vec<f64> = nodes.iter().map(|&j| due[j][scheme][0] + due[j][scheme][1]).collect();
    if total == Fen::ZERO {
        return;
    }
    for (&j, amount) in nodes.iter().zip(split(total.0, &weights)) {
        pay_household(world, Account::PensionFund(r), j, Fen(amount), part::PENSIONS, Use::Pensions);
    }
}

/// Part of a node's pensions that people of a home receive: by what they are registered at.
pub(crate) fn by_home(due: &[[f64; 2]; 2]) -> [f64; 2] {
    let home = |h: usize| due[EMPLOYEES][h] + due[RESIDENTS][h];
    let all = home(0) + home(1);
    if all > 0.0 { [home(0) / all, home(1) / all] } else { [0.0; 2] }
}

/// The old of some places together.
pub(crate) fn old_of<'a>(places: impl Iterator<Item = &'a PlaceCount>) -> Old {
    let mut sums = Old::default();
    for count in places {
        for (sum, old) in sums.iter_mut().flatten().flatten().zip(count.old.iter().flatten().flatten()) {
            *sum += old;
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    fn old() -> Old {
        // Fifties, then 60 and over: urban (workers, talent), villages (workers, talent).
        [[[100, 20], [300, 10]], [[200, 30], [500, 10]]]
    }

    #[test]
    fn as_many_draw_as_the_table_says() {
        let p = Parameters::default();
        let (reach, residents_share) = solve_shares(&p, &old(), [180.0, 400.0]);
        let terms = PensionTerms { reach, residents_share, ..Default::default() };
        let [employees, residents] = drawn(&p, &terms, &old());
        assert!((employees[0] + employees[1] - 180.0).abs() < 1e-9, "{employees:?}");
        assert!((residents[0] + residents[1] - 400.0).abs() < 1e-9, "{residents:?}");
        // Urban workers 200 + .4 x 100, talent 30 + .4 x 20; in villages .05 x (500 + 120) and .5 x (10 + 4), times x.
        let x = (180.0 - 38.0) / (240.0 + 0.05 * 620.0 + 0.5 * 14.0);
        assert!((reach / x - 1.0).abs() < 1e-9, "{reach} {x}");
    }

    #[test]
    fn more_recipients_than_can_draw_are_all_who_can() {
        let p = Parameters::default();
        let (reach, share) = solve_shares(&p, &old(), [1e6, 1e6]);
        let terms = PensionTerms { reach, residents_share: share, ..Default::default() };
        let [employees, residents] = drawn(&p, &terms, &old());
        let all = 240.0 + 38.0 + 620.0 + 14.0;
        assert!((employees[0] + employees[1] - all).abs() < 1e-6 && residents == [0.0; 2], "{employees:?}");
    }

    #[test]
    fn a_home_gets_what_its_old_draw() {
        assert_eq!(by_home(&[[30.0, 0.0], [10.0, 60.0]]), [0.4, 0.6]);
        assert_eq!(by_home(&[[0.0; 2]; 2]), [0.0; 2]);
    }
}
