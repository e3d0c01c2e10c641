//! Distances that equations use every year, worked out once.

use crate::config::Parameters;
use crate::kernel::chunks::map_parts;
use crate::world::Geography;

/// Factors `exp(-d/d_e)` between counties and nodes.
#[derive(Clone, Debug, Default)]
pub struct Accessibility {
    nodes: usize,
    /// Visitors: [county][node] `exp(-d_ij/d_e)`. Single precision: a weight, and 2857 x 5700 of them.
    visit: Vec<f32>,
    /// Market access: [county][node] `exp(-d_jk/d_0)`; empty while nothing uses it.
    market: Vec<f32>,
    /// Shops: of each node its factors at the nodes of its prefecture, one after the other, and where they begin.
    shop: Vec<f32>,
    shop_starts: Vec<usize>,
}

impl Accessibility {
    /// Works the factors out; market access only where a parameter or policy needs it.
    pub fn new(geography: &Geography, p: &Parameters, market_access: bool) -> Self {
        let nodes = geography.area_nodes();
        let table = |scale: f64| -> Vec<f32> {
            let near = |c: usize, j: usize| libm::exp(-geography.node_distance(c, j) / scale) as f32;
            let point = |j: usize| (geography.nodes[j].longitude, geography.nodes[j].latitude);
            // A county's seat and village often stand at one point.
            let again: Vec<bool> = (0..nodes).map(|j| j > 0 && point(j) == point(j - 1)).collect();
            let mut table = vec![0.0; geography.counties.len() * nodes];
            map_parts(&mut table, nodes.max(1), |c, row| {
                for j in 0..row.len() {
                    row[j] = if again[j] { row[j - 1] } else { near(c, j) };
                }
            });
            table
        };
        let (mut shop, mut shop_starts) = (Vec::new(), vec![0]);
        for i in 0..nodes {
            let from = &geography.nodes[i];
            for k in geography.prefectures[from.prefecture].nodes.clone() {
                let near = if k == i {
                    1.0
                } else if geography.nodes[k].county == from.county {
                    p.shop_county
                } else {
                    p.shop_prefecture * libm::exp(-geography.node_distance(from.county, k) / p.shop_distance)
                };
                shop.push(near as f32);
            }
            shop_starts.push(shop.len());
        }
        Accessibility {
            nodes,
            shop,
            shop_starts,
            visit: table(p.tourism_distance),
            market: if market_access { table(p.market_access_distance) } else { Vec::new() },
        }
    }

    /// `exp(-d/d_e)` from a county to all nodes of the area.
    pub fn visit(&self, county: usize) -> &[f32] {
        &self.visit[county * self.nodes..(county + 1) * self.nodes]
    }

    /// How near shops at each node of a node's prefecture are: 1 at home, `shop_county` inside the county,
    /// `shop_prefecture e^(-d/shop_distance)` beyond.
    pub fn shop(&self, node: usize) -> &[f32] {
        &self.shop[self.shop_starts[node]..self.shop_starts[node + 1]]
    }

    /// `exp(-d/d_0)` from a county to all nodes of the area, if it was worked out.
    pub fn market(&self, county: usize) -> Option<&[f32]> {
        self.market.get(county * self.nodes..(county + 1) * self.nodes)
    }
}
