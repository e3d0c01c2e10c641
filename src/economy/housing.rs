//! Rents and the housing stock.

use super::thin_places::shrunk;
use crate::config::Parameters;
use crate::rules::Lever;
use crate::rules::Rules;
use crate::world::World;

/// `Hs' = (1 - d_H) Hs + u` with [`built`] units and a lever that adds growth of its own; then rents of the new stock.
pub(crate) fn renew(world: &mut World, rules: &Rules) {
    let growth = world.base.growth;
    for j in 0..world.geography.area_nodes() {
        let grow = rules.levers.node(Lever::HousingSupply, j);
        let money = money(world.base.building[j], world.nodes[j].building);
        let built = built(rules.p, growth, world.base.housing[j], money);
        let stock = &mut world.nodes[j].housing;
        *stock = (1.0 - rules.p.housing_depreciation + grow) * *stock + built;
    }
    rents(world, rules);
}

/// `rho*_j = b_h C_j/Hs_j` clears the market of a place; its rent over the base year's is
/// `ln rho_j = (n ln rho*_j + n_0 ln rhobar)/(n + n_0)`, with n its residents, n_0 the size of a thin group and
/// `ln rhobar = sum n ln rho*/sum n` over the prefecture: the spending of a handful sets no rent, as it sets no price.
fn rents(world: &mut World, rules: &Rules) {
    let own = |j: usize| {
        let (state, residents) = (&world.nodes[j], world.residents(j) as f64);
        let spending = rules.p.housing_spending_share * state.consumption as f64 / 100.0;
        let sound = residents > 0.0 && spending > 0.0 && state.housing > 0.0;
        sound.then(|| (residents, libm::log(spending / state.housing / world.base.rent[j])))
    };
    let places: Vec<Option<(f64, f64)>> = (0..world.geography.area_nodes()).map(own).collect();
    for prefecture in 0..world.geography.prefectures.len() {
        let nodes = world.geography.prefectures[prefecture].nodes.clone();
        for (j, rent) in nodes.clone().zip(shrunk(&places[nodes], rules.p.thin_group)) {
            world.nodes[j].rent = world.base.rent[j] * libm::exp(rent);
        }
    }
}

/// Money for building over that of the base year. Where none was spent then, homes are kept up as they were.
fn money(base: i64, now: i64) -> f64 {
    if base > 0 { now.max(0) as f64 / base as f64 } else { 1.0 }
}

/// Units built in a year where money for building is `money` times that of the base year:
/// `u = (d_H + g_H)/(1 + g_H) Hs_0 m^{eps_H/(1+eps_H)}`, where `g_H = (1 + g)^{eps_H/(1+eps_H)} - 1`.
///
/// Land is fixed and takes the rest of the money, so in the long run `dln Hs = eps_H dln rho`. Building of the base year keeps
/// the stock on the path that money growing at `g` implies.
fn built(p: &Parameters, g: f64, base: f64, money: f64) -> f64 {
    let structures = p.housing_supply_elasticity / (1.0 + p.housing_supply_elasticity);
    let path = libm::pow(1.0 + g, structures) - 1.0;
    (p.housing_depreciation + path) / (1.0 + path) * base * libm::pow(money, structures)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The stock after so many years of money that grows from `first` times the base year's at a rate.
    fn stock(p: &Parameters, g: f64, first: f64, years: i32) -> f64 {
        (1..=years).fold(1.0, |stock, year| {
            (1.0 - p.housing_depreciation) * stock + built(p, g, 1.0, first * (1.0 + g).powi(year))
        })
    }

    #[test]
    fn in_the_long_run_supply_and_rent_share_a_rise_of_spending_by_the_elasticity() {
        let (p, rise) = (Parameters::default(), 1.1_f64);
        let stock = stock(&p, 0.0, rise, 1000);
        let rent = rise / stock;
        assert!((stock.ln() - p.housing_supply_elasticity * rent.ln()).abs() < 1e-9, "{stock} {rent}");
    }

    #[test]
    fn money_for_building_builds() {
        let p = Parameters::default();
        let twice = built(&p, 0.02, 1.0, 2.0) / built(&p, 0.02, 1.0, 1.0);
        assert!(
            (twice.ln() - p.housing_supply_elasticity / (1.0 + p.housing_supply_elasticity) * 2_f64.ln())
                .abs()
                < 1e-12
        );
        assert!(stock(&p, 0.0, 2.0, 1) > 1.0 && stock(&p, 0.0, 2.0, 1) < 1.03, "a year builds little");
    }

    #[test]
    fn on_the_balanced_path_stock_and_rent_grow_as_the_elasticity_says() {
        let (p, g) = (Parameters::default(), 0.05);
        let path = (1.0_f64 + g).powf(p.housing_supply_elasticity / (1.0 + p.housing_supply_elasticity));
        assert!((stock(&p, g, 1.0, 15) / path.powi(15) - 1.0).abs() < 1e-12);
        assert!(
            (stock(&p, 0.0, 1.0, 15) - 1.0).abs() < 1e-12,
            "without growth homes are kept up as they were"
        );
    }

    #[test]
    fn without_elasticity_no_money_builds_more() {
        let p = Parameters { housing_supply_elasticity: 0.0, ..Parameters::default() };
        assert!((stock(&p, 0.0, 3.0, 15) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn where_nobody_spent_on_building_homes_are_kept_up() {
        assert_eq!(money(0, 1_000).to_bits(), 1_f64.to_bits());
        assert_eq!(money(100, -5).to_bits(), 0_f64.to_bits());
    }
}
