//! Utility of living at a node: what makes a place worth going to, and what keeps people at home.
//!
//! ```text
//! v = ln y_jk - b_h ln rho_j - b_v ln p_v,j - b_P ln P_j + th_S ln(S^eff_j a) + th_E ln E_j - c_cong (N_j/N_bar)^phi
//!     + gam_N ln(1 + M_h,nest/M_0) + ln(1 + lambda_land T_h/w_nest) - c_k(h, j) + B
//! ```
//!
//! The first line belongs to a node (and skill), the second to a home and a nest. Inside the home
//! county access is full and the land entitlement is part of income, `land_retention_county` of it at the other node.

use crate::economy::prices;
use crate::rules::Lever;
use crate::rules::Rules;
use crate::world::{SKILLS, Tier, World};

/// Utility of a village that does not exist: finite, so that changes of it are zero.
const NOWHERE: f64 = -1e300;

/// Utilities of one year.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Utilities {
    /// Part of the node for people from elsewhere, `U_k(j)`: `[node][skill]`.
    pub node: Vec<[f64; SKILLS]>,
    /// Utility at the seat and the village of the own county: `[home][seat, village][skill]`.
    pub own: Vec<[[f64; SKILLS]; 2]>,
    /// Land entitlement kept while away, `lambda_land T_h`, fen a year: `[home]`.
    pub kept_land: Vec<f64>,
    /// Mean promised income of a nest: `[nest][skill]`.
    pub nest_income: Vec<[f64; SKILLS]>,
}

/// Effective services of every node before access, `S^eff = S/(N_local + sum_k a_k N_k)^chi_S`, with what a
/// village borrows from its seat.
pub(crate) fn service_levels(world: &World, rules: &Rules) -> Vec<f64> {
    let persons = world.persons_per_agent() as f64;
    let area = world.geography.area_nodes();
    let own: Vec<f64> = (0..area)
        .map(|j| {
            let count = &world.census.places[j];
            let newcomers = count.newcomers.map(|n| n as f64);
            let locals = count.total() as f64 - newcomers[0] - newcomers[1];
            let users =
                persons * (locals + access(rules, j)[0] * newcomers[0] + access(rules, j)[1] * newcomers[1]);
            world.nodes[j].services.max(1.0) / libm::pow(users.max(1.0), rules.p.services_congestion)
        })
        .collect();
    (0..area)
        .map(|j| {
            own[j]
                + rules.levers.node(Lever::DigitalServices, j)
                    * if is_village(world, j) { own[world.geography.seat_of(j)] } else { 0.0 }
        })
        .collect()
}

fn is_village(world: &World, j: usize) -> bool {
    world.geography.nodes[j].tier == Tier::Village
}

/// Access of people from elsewhere to services of a node, by skill.
pub(crate) fn access(rules: &Rules, j: usize) -> [f64; SKILLS] {
    [rules.levers.node(Lever::AccessWorkers, j), rules.levers.node(Lever::AccessTalent, j)]
}

/// Works out all utilities from the state at the end of the phases before the move.
pub(crate) fn utilities(world: &mut World, rules: &Rules) -> Utilities {
    let p = rules.p;
    let area = world.geography.area_nodes();
    let services = service_levels(world, rules);
    for (state, &level) in world.nodes.iter_mut().zip(&services) {
        state.service_level = level;
    }
    // What everybody at a node enjoys, without income and access.
    let amenity: Vec<f64> = (0..area)
        .map(|j| {
            let state = &world.nodes[j];
            let crowding = if p.congestion_loss > 0.0 {
                let full = p.congestion_density * world.geography.nodes[j].area_km2.max(0.01);
                p.congestion_loss
                    * rules.levers.node(Lever::Congestion, j)
                    * libm::pow(world.residents(j) as f64 / full, p.congestion_exponent)
            } else {
                0.0
            };
            -prices::cost_of_living(world, rules, j)
                + p.services_weight * libm::log(services[j].max(1e-9))
                + p.environment_weight * libm::log(state.ecology.max(1e-9))
                - crowding
                + world.geography.nodes[j].facts.amenity
        })
        .collect();
    let skill_amenity =
        |j: usize| [rules.levers.node(Lever::AmenityWorkers, j), rules.levers.node(Lever::AmenityTalent, j)];
    let outside_services = p.services_weight * libm::log(1.0 + world.base.growth) * f64::from(world.step);
    let node = (0..world.geography.len())
        .map(|j| {
            std::array::from_fn(|k| {
                if world.geography.is_outside(j) {
                    // Its services follow the balanced path; prices, rents and ecology stand there.
                    libm::log(world.outside_income[k].max(1.0)) + outside_services
                } else {
                    libm::log(world.nodes[j].promised_income[k])
                        + amenity[j]
                        + p.services_weight * libm::log(access(rules, j)[k])
                        + skill_amenity(j)[k]
                }
            })
        })
        .collect();
    let own = (0..area)
        .map(|h| {
            let county = &world.geography.counties[world.geography.nodes[h].county];
            let land = world.nodes[h].land_entitlement;
            let at = |j: usize| -> [f64; SKILLS] {
                let land = if j == h { land } else { land * p.land_retention_county };
                std::array::from_fn(|k| {
                    libm::log(world.nodes[j].promised_income[k] + land) + amenity[j] + skill_amenity(j)[k]
                })
            };
            [at(county.seat), county.village.map_or([NOWHERE; SKILLS], at)]
        })
        .collect();
    let kept_land = (0..area)
        .map(|h| rules.levers.node(Lever::LandRetention, h) * world.nodes[h].land_entitlement)
        .collect();
    let nest_income = nests(world)
        .map(|nodes| {
            std::array::from_fn(|k| {
                let (mut sum, mut people) = (0.0, 0.0);
                for j in nodes.clone() {
                    let n = (world.residents_by_skill(j, k) as f64).max(1.0);
                    let y = if world.geography.is_outside(j) {
                        world.outside_income[k]
                    } else {
                        world.nodes[j].promised_income[k]
                    };
                    sum += n * y;
                    people += n;
                }
                sum / people
            })
        })
        .collect();
    Utilities { node, own, kept_land, nest_income }
}

/// Nests of the location choice: prefectures, then each outside node.
pub(crate) fn nests(world: &World) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    world
        .geography
        .prefectures
        .iter()
        .map(|p| p.nodes.clone())
        .chain(world.geography.outside.clone().map(|j| j..j + 1))
}
