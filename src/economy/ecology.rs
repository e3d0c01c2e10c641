//! Ecology: industry wears it down, it recovers by itself.

use crate::rules::Lever;
use crate::rules::Rules;
use crate::world::World;
use crate::world::sector::INDUSTRY;

/// `E' = clip(E + g_E E (1-E) - xi_E (1-ab) m R_m/R0 E + restoration)`; m is what a unit of output emits over the base year's.
pub(crate) fn renew(world: &mut World, rules: &Rules, emitted: f64) {
    for j in 0..world.geography.area_nodes() {
        let abated = rules.levers.node(Lever::Abatement, j);
        let restored = rules.levers.node(Lever::EcologyRecovery, j);
        let state = &mut world.nodes[j];
        let pressure = if state.ecology_output > 0.0 {
            emitted * state.revenue[INDUSTRY] as f64 / state.ecology_output
        } else {
            0.0
        };
        let e = state.ecology;
        state.ecology = (e + rules.p.ecology_recovery * e * (1.0 - e)
            - rules.p.ecology_damage * (1.0 - abated) * pressure * e
            + restored)
            .clamp(0.01, 1.0);
    }
}

/// Industrial output at which a given state stands still:
/// `R0 = R_m xi_E/(g_E (1 - E))`, so that any initial ecology is stationary in the base year.
pub(crate) fn stationary_output(industry: f64, ecology: f64, g: f64, xi: f64) -> f64 {
    if g > 0.0 && ecology < 1.0 { industry * xi / (g * (1.0 - ecology)) } else { 0.0 }
}
