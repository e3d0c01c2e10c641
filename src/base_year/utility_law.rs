//! The law of location and investment from utility alone: every place, sector and cell has the same
//! constant, so that incomes, amenities, distance and stated costs decide. For cases with a known answer and
//! for regions without a census.

use crate::config::Parameters;
use crate::people::location::{CLASSES, Law, ORIGINS, TABLE_AGES};
use crate::people::utility::Utilities;
use crate::world::sector::LOCAL_SERVICES;
use crate::world::{ACTIVITIES, Geography, SECTORS, SKILLS, World};

/// Weights `e^{-kappa c(h, n)}` of nests, one for every node of a nest; distance enters as
/// `gamma_d ln(max(km, d_0))`, inside the own prefecture from county to county.
pub(crate) fn law(geography: &Geography, p: &Parameters) -> Law {
    let nests: Vec<_> = geography.prefectures.iter().map(|n| n.nodes.clone()).collect();
    let kappa = [p.location_elasticity_workers, p.location_elasticity_talent];
    let lambda = p.nest_dissimilarity;
    let far = |km: f64| libm::log(km.max(p.local_distance_km));
    let mut own_prefecture = Vec::with_capacity(geography.counties.len());
    for (c, county) in geography.counties.iter().enumerate() {
        let tables = (0..CLASSES).map(|class| {
            let elasticity = kappa[class / TABLE_AGES] * p.distance_loss / lambda;
            nests[county.prefecture]
                .clone()
                .map(|j| match geography.nodes[j].county {
                    other if other == c => 0.0,
                    other => libm::exp(-elasticity * far(geography.county_distance(c, other))),
                })
                .collect()
        });
        own_prefecture.push(tables.collect());
    }
    let mut stated = vec![0.0; geography.len() * nests.len()];
    for &(from, to, cost) in &geography.moving_costs {
        stated[from * nests.len() + to] = cost;
    }
    let mut upper = Vec::with_capacity(geography.len() * CLASSES * (2 + nests.len()));
    let power = |count: f64| if count > 0.0 { libm::pow(count, lambda) } else { 0.0 };
    for (h, node) in geography.nodes.iter().enumerate() {
        let county = &geography.counties[node.county];
        let own = 1.0 + f64::from(u8::from(county.village.is_some()));
        for class in 0..CLASSES {
            let kappa = kappa[class / TABLE_AGES];
            let each = power(own) / own;
            upper.push(each);
            upper.push(if county.village.is_some() { each } else { 0.0 });
            for (n, nest) in nests.iter().enumerate() {
                let weight = if n == node.prefecture {
                    let near: &Vec<Vec<f64>> = &own_prefecture[node.county];
                    let sum: f64 = near[class].iter().sum();
                    power(sum) * libm::exp(p.prefecture_border)
                } else {
                    let distance = p.distance_loss * far(geography.prefecture_distance(node.county, n));
                    power(nest.len() as f64) * libm::exp(-kappa * distance)
                };
                upper.push(weight * libm::exp(-kappa * stated[h * nests.len() + n]));
            }
        }
    }
    let lower = vec![vec![1.0; geography.len()]; ORIGINS * CLASSES];
    Law { nests, lower, own_prefecture, upper, outside_kappa: 1.0, ..Default::default() }
}

/// Utilities are compared with one level for all places, wages with one for all sectors that produce, cells
/// that produce attract investors alike, and networks start from nobody.
pub(crate) fn equal_terms(world: &mut World, law: &mut Law) {
    let area = world.geography.area_nodes();
    let now = std::mem::take(&mut law.base);
    let best: [f64; SKILLS] = std::array::from_fn(|k| {
        let places = now.node.iter().map(|u| u[k]);
        let own = now.own.iter().flatten().map(|u| u[k]);
        places.chain(own).fold(f64::NEG_INFINITY, f64::max)
    });
    law.base = Utilities {
        node: vec![best; now.node.len()],
        own: vec![[best; 2]; now.own.len()],
        kept_land: vec![0.0; now.kept_land.len()],
        nest_income: now.nest_income,
    };
    law.base_network = vec![0.0; world.geography.len() * law.nests.len()];
    for j in 0..area {
        let produces = world.geography.nodes[j].facts.output_yuan.map(|y| y > 0.0);
        let sectors = produces.iter().filter(|p| **p).count().max(1) as f64;
        for k in 0..SKILLS {
            let wages = &mut world.base.activity_wages[j][k];
            let best = (0..SECTORS).filter(|&s| produces[s]).map(|s| wages[s]).fold(1.0, f64::max);
            *wages = [best; ACTIVITIES];
            world.base.activities[j][k] =
                std::array::from_fn(|a| if a < SECTORS && produces[a] { 1.0 / sectors } else { 0.0 });
            if !produces.contains(&true) {
                world.base.activities[j][k][LOCAL_SERVICES] = 1.0;
            }
        }
        world.base.capital_share[j] =
            std::array::from_fn(|s| f64::from(u8::from(world.base.capital[j][s] > 0)));
    }
}
