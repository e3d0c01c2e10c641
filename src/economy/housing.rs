//! Rents and the housing stock.

use crate::rules::Lever;
use crate::rules::Rules;
use crate::world::World;

/// `rho_j = b_h C_j/Hs_j`, with `dln Hs = eps_H dln rho` in the year: the stock follows rents at once along
/// the supply curve. A lever adds growth of its own.
pub(crate) fn renew(world: &mut World, rules: &Rules) {
    for j in 0..world.geography.area_nodes() {
        let grow = 1.0 + rules.levers.node(Lever::HousingSupply, j);
        let state = &mut world.nodes[j];
        let spending = rules.p.housing_spending_share * state.consumption as f64 / 100.0;
        if state.housing <= 0.0 || spending <= 0.0 {
            continue;
        }
        state.housing *= grow;
        // Market rent at the present stock, then supply and rent meet: rho' = rho (rho*/rho)^{1/(1+eps)}.
        let market = spending / state.housing;
        let rent =
            state.rent * libm::pow(market / state.rent, 1.0 / (1.0 + rules.p.housing_supply_elasticity));
        state.housing *= market / rent;
        state.rent = rent;
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn supply_and_rent_share_a_rise_of_spending_by_the_elasticity() {
        let (eps, rise): (f64, f64) = (0.56, 1.10);
        let rent = rise.powf(1.0 / (1.0 + eps));
        let stock = rise / rent;
        assert!((stock.ln() - eps * rent.ln()).abs() < 1e-12);
    }
}
